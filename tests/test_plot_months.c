#include "plot_check.h"

/* ---- months ---- */

static void months_are_titled_by_their_full_years(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    months_init(&r, LANG_VI);
    add_year(&r, 2021, 4);
    add_year(&r, 2022, 6);
    add_year(&r, 2023, 6);
    script_of(plot_months, &r, &b);
    assert_says(&b, "Cao nhất năm 2022, 2023 (72\u00a0vụ); thấp nhất năm 2021 (48\u00a0vụ)");
    assert_says(&b, "\"2021: 48\u00a0vụ\"");
    assert_says(&b, "n\u00a0=\u00a0192\u00a0vụ trong 36/36 tháng.");
    add_month(&r, "2024-01", 90, "known");
    script_of(plot_months, &r, &b);
    assert_says(&b, "Trong các năm đủ số liệu: cao nhất năm 2022, 2023 (72\u00a0vụ);");
    buf_free(&b);
    result_free(&r);
}

static void unknown_and_absent_months_are_hatched_and_zero_is_a_ring(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    months_init(&r, LANG_VI);
    add_month(&r, "2024-01", 3, "known");
    add_month(&r, "2024-02", 0, "known");
    add_month(&r, "2024-03", UNKNOWN, "unknown");
    add_month(&r, "2024-04", 7, "unknown");
    add_month(&r, "2024-06", 2, "partial");
    script_of(plot_months, &r, &b);
    assert_says(&b, "\n0 3 0 # 2024-01\n1 0 0 # 2024-02\n2 NaN 0 # 2024-03\n3 NaN 0 # 2024-04\n"
                    "4 NaN 0 # 2024-05\n5 2 1 # 2024-06\n");
    assert_says(&b, "chưa có số liệu");
    assert_says(&b, "tháng chưa đủ số liệu");
    assert_says(&b, "○ không xảy ra");
    assert_says(&b, "Số vụ từng tháng, từ 01/2024 đến 06/2024");
    assert_says(&b, "2/12 tháng");
    buf_free(&b);
    result_free(&r);
}

static void two_series_and_what_is_no_month_are_refused(void **state)
{
    (void)state;
    struct result r;
    months_init(&r, LANG_EN);
    assert_refused(plot_months, &r, "--from");
    add_month(&r, "2024-13", 1, "known");
    assert_refused(plot_months, &r, "2024-13");
    put(&r, "month", cell_text("2024-01"));
    add_month(&r, "2024-02", 1, "known");
    put(&r, "category", cell_text("XHTE"));
    assert_refused(plot_months, &r, "--category");
    put(&r, "category", cell_text("U18"));
    put(&r, "month", cell_text("1924-01"));
    assert_refused(plot_months, &r, "600 months");
    result_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_are_titled_by_their_full_years),
        cmocka_unit_test(unknown_and_absent_months_are_hatched_and_zero_is_a_ring),
        cmocka_unit_test(two_series_and_what_is_no_month_are_refused),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
