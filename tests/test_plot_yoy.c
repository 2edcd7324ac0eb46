#include "plot_check.h"

/* ---- the dumbbell ---- */

static void assert_title(int before, int now, double prob, double wide_low, const char *title)
{
    struct result r;
    struct buf b = {0};
    yoy_init(&r, LANG_EN);
    add_total(&r, before, now, prob);
    if (!isnan(wide_low)) {
        put(&r, "ci_low", cell_real(wide_low + 5));
        put(&r, "ci_low_phi", cell_real(wide_low));
        put(&r, "ci_high_phi", cell_real(99));
    }
    script_of(plot_yoy, &r, &b);
    assert_says(&b, title);
    buf_free(&b);
    result_free(&r);
}

static void title_says_no_more_than_chance_and_interval_allow(void **state)
{
    (void)state;
    assert_title(12, 11, 0.58, NAN, "Cases fell from 12 to 11; too little to conclude on a trend");
    assert_title(64, 52, 0.87, NAN, "in line with a downward trend, too little to confirm it");
    assert_title(64, 52, 0.97, 10, "there are grounds to see an improvement");
    /* The chance is high, but the interval that allows for over-dispersion holds no change. */
    assert_title(64, 52, 0.97, -2, "in line with a downward trend, too little to confirm it");
    assert_title(64, 70, 0.15, NAN, "Cases rose from 64 to 70; no downward trend shows");
    assert_title(7, 7, 0.5, NAN, "Cases unchanged at 7; too little to conclude on a trend");
    assert_title(0, 3, 0.05, NAN, "3\u00a0cases where there had been none");
    assert_title(0, 0, 0.5, NAN, "None in either of the two periods");
    assert_title(UNKNOWN, 5, 0, NAN, "5\u00a0cases now; no figures to compare with");
    assert_title(5, UNKNOWN, 0, NAN, "Too little reported to compare");
}

static void chance_is_judged_as_printed_with_one_decimal(void **state)
{
    (void)state;
    assert_title(64, 52, 0.7996, NAN, "in line with a downward trend");
    assert_title(64, 52, 0.7994, NAN, "too little to conclude on a trend");
    assert_title(64, 52, 0.9494, 10, "in line with a downward trend");
    assert_title(64, 52, 0.9496, 10, "there are grounds");
}

static void break_between_the_periods_takes_the_place_of_a_conclusion(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    yoy_init(&r, LANG_EN);
    add_total(&r, 64, 20, 0.999);
    put(&r, "note", cell_text("total=1;not_comparable=2025-03-01;"));
    script_of(plot_yoy, &r, &b);
    assert_says(&b, "Cases fell from 64 to 20; the two periods are not directly comparable");
    buf_free(&b);
    result_free(&r);
}

static void rows_stand_by_change_and_those_without_marks_below(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    yoy_init(&r, LANG_VI);
    add_communes(&r);
    script_of(plot_yoy, &r, &b);
    assert_order(&b, "# TT. Mỹ An", "# Thạnh Lợi");
    assert_order(&b, "# Thạnh Lợi", "# Trường Xuân");
    assert_order(&b, "# Láng Biển", "# Ấp mới");
    assert_order(&b, "# Ấp mới", "# Tân Kiều");
    assert_order(&b, "# Tân Kiều", "# chưa rõ địa bàn");
    buf_free(&b);
    result_free(&r);
}

static void unknown_is_not_drawn_as_zero(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    yoy_init(&r, LANG_VI);
    add_communes(&r);
    script_of(plot_yoy, &r, &b);
    assert_says(&b, " NaN NaN NaN NaN NaN NaN NaN 0 # Tân Kiều");
    assert_says(&b, " 0 0 NaN NaN NaN NaN NaN 0 # Thạnh Lợi");
    assert_says(&b, "\"chưa báo cáo\"");
    assert_says(&b, "\"…\"");
    assert_says(&b, "lc rgb HATCH");
    buf_free(&b);
    result_free(&r);
}

static void rows_carry_their_change_in_words_with_the_sign_of_the_table(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    yoy_init(&r, LANG_VI);
    add_communes(&r);
    script_of(plot_yoy, &r, &b);
    assert_says(&b, "\"−1\u00a0vụ (−8,3%)\"");
    assert_says(&b, "\"−2\u00a0vụ (−66,7%)\"");
    assert_says(&b, "\"▲ +1\u00a0vụ (+100,0%)\"");
    assert_says(&b, "\"▲ +1\u00a0vụ (kỳ trước 0)\"");
    assert_says(&b, "\"không xảy ra\"");
    assert_says(&b, "\"bằng cùng kỳ\"");
    assert_says(&b, "\"thiếu số liệu cùng kỳ\"");
    buf_free(&b);
    result_free(&r);
}

static void chart_says_unit_n_period_source_target_and_what_it_is_not_for(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    yoy_init(&r, LANG_VI);
    add_communes(&r);
    script_of(plot_yoy, &r, &b);
    assert_says(&b, "Số vụ giảm từ 12 xuống 11 ở 6/7 đơn vị đã báo cáo;");
    assert_says(&b, "\"Huyện Tháp Mười\"");
    assert_says(&b, "\"○ 2023\"");
    assert_says(&b, "\"● 2024\"");
    assert_says(&b, "n\u00a0=\u00a023\u00a0vụ (12 + 11).");
    assert_says(&b, "số liệu thử");
    assert_says(&b, "\"chỉ tiêu −3%\"");
    assert_says(&b, "\"SỐ LIỆU MÔ PHỎNG\"");
    assert_says(&b,
                "Không dùng để xếp loại thi đua; số vụ tăng có thể do phát hiện, tố giác tốt hơn.");
    buf_free(&b);
    result_free(&r);
}

static void inside_a_document_the_chart_says_only_what_its_signs_mean(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    yoy_init(&r, LANG_VI);
    add_communes(&r);
    bare_script_of(plot_yoy, &r, 0, &b);
    assert_silent(&b, "Số vụ giảm");
    assert_silent(&b, "Huyện Tháp Mười, ");
    assert_silent(&b, "số liệu thử");
    assert_silent(&b, "n\u00a0=");
    assert_silent(&b, "SỐ LIỆU MÔ PHỎNG");
    assert_silent(&b, "thi đua");
    assert_says(&b, "khoảng tin cậy 95%");
    assert_says(&b, "chưa có số liệu");
    buf_free(&b);
    result_free(&r);
}

static size_t count_rows(const struct buf *b)
{
    const char *from = strstr(buf_text(b), "$units << EOD\n"),
               *to = from ? strstr(from, "\nEOD") : NULL;
    size_t n = 0;
    assert_non_null(to);
    for (from += strlen("$units << EOD"); from < to; from++)
        n += *from == '\n';
    return n;
}

static void of_many_units_the_largest_falls_and_rises_are_drawn_and_the_rest_told(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    yoy_init(&r, LANG_EN);
    add_total(&r, 1000, 990, 0.6);
    for (int i = 0; i < 102; i++)
        add_row(&r, "X", "Commune", 60, 60 + i - 51);
    for (int i = 0; i < 15; i++)
        add_row(&r, "Y", "Silent", 60, UNKNOWN);
    script_of(plot_yoy, &r, &b);
    assert_int_equal(count_rows(&b), 70);
    assert_says(&b, "the first 30 and the last 30");
    assert_says(&b, "42 between");
    assert_says(&b, "from −21 to +20");
    assert_says(&b, "5 more units");
    buf_free(&b);
    result_free(&r);
}

static void add_thirteen(struct result *r)
{
    add_total(r, 64, 52, 0.6);
    put(r, "target_pct", cell_real(5));
    for (int i = 0; i < 13; i++)
        add_row(r, "X", "Xã Đốc Binh Kiều", 6, i);
    r->synthetic = true;
}

static void thirteen_communes_fit_the_page_and_the_slide(void **state)
{
    (void)state;
    static const double heights[] = {92, 71};
    struct result r;
    struct buf b = {0};
    yoy_init(&r, LANG_VI);
    add_thirteen(&r);
    for (size_t i = 0; i < 2; i++) {
        assert_true(bare_script_of(plot_yoy, &r, heights[i], &b) <= heights[i]);
        assert_int_equal(count_rows(&b), 13);
        assert_silent(&b, "không vẽ");
    }
    bare_script_of(plot_yoy, &r, 92, &b);
    assert_says(&b, "thang lôgarit");
    buf_free(&b);
    result_free(&r);
}

static void rows_without_room_are_the_middle_ones_and_told(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    yoy_init(&r, LANG_EN);
    add_total(&r, 1000, 990, 0.6);
    for (int i = 0; i < 40; i++)
        add_row(&r, "X", "Commune", 60, 60 + i - 20);
    add_row(&r, "Y", "Silent", 60, UNKNOWN);
    assert_true(bare_script_of(plot_yoy, &r, 92, &b) <= 92);
    size_t rows = count_rows(&b);
    assert_true(rows >= 12 && rows <= 20);
    char words[80];
    snprintf(words, sizeof words, "the first %zu and the last %zu", rows / 2, (rows - 1) / 2);
    assert_says(&b, words);
    assert_says(&b, "−20");
    assert_says(&b, "+19");
    assert_says(&b, "\"Silent\"");
    buf_free(&b);
    result_free(&r);
}

static void however_little_room_two_rows_stay(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    yoy_init(&r, LANG_EN);
    add_thirteen(&r);
    bare_script_of(plot_yoy, &r, 5, &b);
    assert_int_equal(count_rows(&b), 2);
    buf_free(&b);
    result_free(&r);
}

static void scale_of_counts_is_a_root_where_most_would_stand_at_zero(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    yoy_init(&r, LANG_EN);
    add_total(&r, 100200, 90200, 1);
    add_row(&r, "A", "Large", 100000, 90000);
    add_row(&r, "B", "Small", 100, 110);
    add_row(&r, "C", "Smaller", 50, 40);
    script_of(plot_yoy, &r, &b);
    assert_says(&b, "set nonlinear x via sqrt(x)");
    assert_says(&b, "(root scale)");
    assert_says(&b, "\"−10,000 (−10.0%)\"");
    buf_free(&b);
    result_free(&r);
}

static void mean_of_years_is_drawn_on_the_scale_of_one(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    yoy_init(&r, LANG_VI);
    add_total(&r, 64, 52, 0.01);
    put(&r, "against", cell_text("mean3"));
    put(&r, "change", cell_real(52 - 64 / 3.0));
    script_of(plot_yoy, &r, &b);
    assert_says(&b, "\"○ TB 3 năm\"");
    assert_says(&b, "Số vụ tăng từ 21,3 lên 52;");
    assert_says(&b, "(64 + 52)");
    buf_free(&b);
    result_free(&r);
}

static void several_categories_several_totals_and_no_rows_are_refused(void **state)
{
    (void)state;
    struct result r;
    yoy_init(&r, LANG_EN);
    assert_refused(plot_yoy, &r, "--period");
    add_total(&r, 5, 4, 0.5);
    add_row(&r, "A", "A", 5, 4);
    put(&r, "category", cell_text("U18"));
    assert_refused(plot_yoy, &r, "--category");
    put(&r, "category", cell_text("XHTE"));
    add_total(&r, 5, 4, 0.5);
    assert_refused(plot_yoy, &r, "--unit");
    result_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(title_says_no_more_than_chance_and_interval_allow),
        cmocka_unit_test(chance_is_judged_as_printed_with_one_decimal),
        cmocka_unit_test(break_between_the_periods_takes_the_place_of_a_conclusion),
        cmocka_unit_test(rows_stand_by_change_and_those_without_marks_below),
        cmocka_unit_test(unknown_is_not_drawn_as_zero),
        cmocka_unit_test(rows_carry_their_change_in_words_with_the_sign_of_the_table),
        cmocka_unit_test(chart_says_unit_n_period_source_target_and_what_it_is_not_for),
        cmocka_unit_test(inside_a_document_the_chart_says_only_what_its_signs_mean),
        cmocka_unit_test(thirteen_communes_fit_the_page_and_the_slide),
        cmocka_unit_test(rows_without_room_are_the_middle_ones_and_told),
        cmocka_unit_test(however_little_room_two_rows_stay),
        cmocka_unit_test(of_many_units_the_largest_falls_and_rises_are_drawn_and_the_rest_told),
        cmocka_unit_test(scale_of_counts_is_a_root_where_most_would_stand_at_zero),
        cmocka_unit_test(mean_of_years_is_drawn_on_the_scale_of_one),
        cmocka_unit_test(several_categories_several_totals_and_no_rows_are_refused),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
