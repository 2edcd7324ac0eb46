#include "fixtures_charts.h"

static bool draw(const struct result *months, const struct plot_options *o, struct err *e)
{
    return plot_trend(months, &row, o, e);
}

static bool draw_alone(const struct result *months, const struct plot_options *o, struct err *e)
{
    return plot_trend(months, NULL, o, e);
}

static void three_years(struct result *r)
{
    add_year(r, 2021, 4);
    add_year(r, 2022, 6);
    add_year(r, 2023, 6);
}

static void put_change(double pct, double low, double high)
{
    put(&row, "annual_change_pct", cell_real(pct));
    put(&row, "ci_low", cell_real(low));
    put(&row, "ci_high", cell_real(high));
}

/* ---- months as they are ---- */

static void months_without_a_model_are_titled_by_their_full_years(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    charts_init(&r, LANG_VI);
    three_years(&r);
    script_of(draw, &r, &b);
    assert_tells(&b, "Cao nhất năm 2022, 2023 (72\u00a0vụ); thấp nhất năm 2021 (48\u00a0vụ)");
    assert_says(&b, "\"2021: 48\u00a0vụ\"");
    assert_tells(&b, "n\u00a0=\u00a0192\u00a0vụ trong 36/36 tháng.");
    assert_tells(&b, "Số liệu quá ít, không ước lượng xu hướng.");
    add_month(&r, "2024-01", 90, "known");
    script_of(draw_alone, &r, &b);
    assert_tells(&b, "Trong các năm đủ số liệu: cao nhất năm 2022, 2023 (72\u00a0vụ);");
    assert_silent(&b, "xu hướng");
    buf_free(&b);
    charts_free(&r);
}

static void a_year_cut_in_its_middle_has_its_total_upright(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    charts_init(&r, LANG_VI);
    for (int year = 2019; year < 2024; year++)
        add_year(&r, year, 6);
    for (int month = 1; month <= 6; month++) {
        char label[24];
        snprintf(label, sizeof label, "2024-%02d", month);
        add_month(&r, label, 5, "known");
    }
    script_of(draw_alone, &r, &b);
    assert_says(&b, "\"2023: 72\u00a0vụ\"");
    assert_says(&b, "\"2024:\"");
    assert_says(&b, "\"30\u00a0vụ\"");
    assert_says(&b, "\"(6/12)\"");
    assert_silent(&b, "rotate");
    assert_tells(&b, "(9/12): có số liệu đủ 9 trong 12 tháng");
    buf_free(&b);
    charts_free(&r);
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
    add_month(&r, "2024-07", 5, "excluded");
    script_of(draw_alone, &r, &b);
    assert_says(&b, "\n0 3 0 NaN NaN NaN # 2024-01\n1 0 0 NaN NaN NaN # 2024-02\n"
                    "2 NaN 0 NaN NaN NaN # 2024-03\n3 NaN 0 NaN NaN NaN # 2024-04\n"
                    "4 NaN 0 NaN NaN NaN # 2024-05\n5 2 1 NaN NaN NaN # 2024-06\n"
                    "6 5 2 NaN NaN NaN # 2024-07\n");
    assert_says(&b, "chưa có số liệu");
    assert_says(&b, "tháng chưa đủ số liệu");
    assert_says(&b, "○ không xảy ra");
    assert_tells(&b, "Cột gạch chéo: không đưa vào mô hình.");
    assert_tells(&b, "Số vụ từng tháng, từ 01/2024 đến 07/2024");
    assert_says(&b, "3/12 tháng");
    buf_free(&b);
    result_free(&r);
}

static void two_series_and_what_is_no_month_are_refused(void **state)
{
    (void)state;
    struct result r;
    months_init(&r, LANG_EN);
    assert_refused(draw_alone, &r, "--from");
    add_month(&r, "2024-13", 1, "known");
    assert_refused(draw_alone, &r, "2024-13");
    put(&r, "month", cell_text("2024-01"));
    add_month(&r, "2024-02", 1, "known");
    put(&r, "category", cell_text("XHTE"));
    assert_refused(draw_alone, &r, "--category");
    put(&r, "category", cell_text("U18"));
    put(&r, "month", cell_text("1924-01"));
    assert_refused(draw_alone, &r, "600 months");
    result_free(&r);
}

/* ---- the model ---- */

static void a_slope_stands_in_the_title_only_where_its_interval_leaves_out_zero(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    charts_init(&r, LANG_VI);
    three_years(&r);
    put_change(20.5, -1, 46.25);
    script_of(draw, &r, &b);
    assert_tells(&b, "Số vụ 48 (2021) → 72 (2023); chưa đủ cơ sở kết luận về xu hướng");
    assert_says(&b, "1/2021–12/2023: 192\u00a0vụ trong 36 tháng, +20,5%/năm (95%: từ −1,0% đến "
                    "+46,3%), chưa chắc chắn");
    assert_vietnamese(&b);
    put_change(20.5, 0.02, 46.25);
    script_of(draw, &r, &b);
    assert_tells(&b, "xu hướng tăng 20,5% mỗi năm (từ <0,1% đến 46,3%)");
    assert_silent(&b, "chưa chắc chắn");
    put_change(-20.5, -46.25, -1);
    script_of(draw, &r, &b);
    assert_tells(&b, "xu hướng giảm 20,5% mỗi năm (từ 1,0% đến 46,3%)");
    put_change(20.5, NAN, NAN);
    script_of(draw, &r, &b);
    assert_tells(&b, "chưa đủ cơ sở kết luận về xu hướng");
    buf_free(&b);
    charts_free(&r);
}

static void with_joinpoints_the_title_speaks_of_the_last_segment(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    charts_init(&r, LANG_VI);
    three_years(&r);
    put_change(5, 1, 9);
    put(&row, "joinpoints", cell_text("2022-04;2023-01"));
    put(&row, "segment_change_pct", cell_text("12.5;;-46.63"));
    put(&row, "segment_low", cell_text("-1.5;;-50.1"));
    put(&row, "segment_high", cell_text("30.2;;-42.04"));
    put(&row, "segment_total", cell_text("66;54;12203"));
    put(&row, "segment_months", cell_text("15;9;12"));
    script_of(draw, &r, &b);
    assert_says(&b, "Từ 1/2023: 12.203\u00a0vụ trong 12 tháng;");
    assert_tells(&b, "xu hướng giảm 46,6% mỗi năm (từ 42,0% đến 50,1%)");
    assert_says(&b, "1/2021–3/2022: 66\u00a0vụ trong 15 tháng, +12,5%/năm (95%: từ −1,5% đến "
                    "+30,2%), chưa chắc chắn");
    assert_says(&b, "4/2022–12/2022: 54\u00a0vụ trong 9 tháng, quá ít để ước lượng nhịp độ");
    assert_says(&b, "1/2023–12/2023: 12.203\u00a0vụ trong 12 tháng, −46,6%/năm (95%: từ −50,1% "
                    "đến −42,0%)");
    assert_says(&b, "\"điểm gãy 4/2022\"");
    assert_says(&b, "\"điểm gãy 1/2023\"");
    assert_vietnamese(&b);
    buf_free(&b);
    charts_free(&r);
}

static void the_curve_and_its_band_are_drawn_and_a_wild_band_is_cut(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    charts_init(&r, LANG_EN);
    add_month(&r, "2024-01", 4, "known");
    put_fit(&r, 3.5, 2.25, 400);
    add_month(&r, "2024-02", 2, "known");
    put_fit(&r, 3, 2, 4.5);
    put_change(3, -10, 20);
    script_of(draw, &r, &b);
    assert_says(&b, "\n0 4 0 3.5 2.25 5.2 # 2024-01\n1 2 0 3 2 4.5 # 2024-02\n");
    assert_says(&b, "with filledcurves");
    assert_tells(&b, "The band goes beyond the axis.");
    assert_tells(&b, "6\u00a0cases in 2 months; too little to conclude on a trend");
    buf_free(&b);
    charts_free(&r);
}

/* ---- events ---- */

static void events_are_named_and_one_over_several_months_is_one(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    charts_init(&r, LANG_VI);
    for (int month = 1; month <= 12; month++) {
        char label[24];
        snprintf(label, sizeof label, "2024-%02d", month);
        add_month(&r, arena_text(&r.arena, label), month, month < 4 ? "excluded" : "known");
        if (month < 4)
            put_event(&r, "Giãn cách", "exclude");
        if (month == 5)
            put_event(&r, "Đổi cách ghi nhận", "step");
        if (month == 7)
            put_event(&r, "Ra quân", "mark");
    }
    put_change(3, 1, 5);
    script_of(draw, &r, &b);
    assert_says(&b, "\"1/2024–3/2024: Giãn cách\"");
    assert_says(&b, "\"5/2024: Đổi cách ghi nhận\"");
    assert_says(&b, "\"7/2024: Ra quân\"");
    assert_tells(&b, "Nét đứng liền: mức số liệu thay đổi");
    assert_tells(&b, "Nét đứng chấm: sự kiện.");
    /* Counts on the two sides of a step are not held against each other. */
    assert_tells(&b, "78\u00a0vụ trong 12 tháng; xu hướng tăng");
    buf_free(&b);
    charts_free(&r);
}

static void what_has_no_room_above_is_told_below(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    charts_init(&r, LANG_VI);
    for (int year = 2010; year < 2024; year++)
        add_year(&r, year, 70000);
    for (size_t i = 0; i < 12; i++) {
        r.row_count = 61 + i;
        put_event(&r, arena_format(&r.arena, "E%zu", i), "mark");
    }
    r.row_count = 168;
    script_of(draw, &r, &b);
    assert_says(&b, "\"12/2015: E11\"");
    assert_silent(&b, "\"6/2015: E5\"");
    assert_tells(&b, "Còn có: ");
    assert_tells(&b, "6/2015: E5;");
    buf_free(&b);
    charts_free(&r);
}

static void gnuplot_draws_it(void **state)
{
    (void)state;
    struct result r;
    charts_init(&r, LANG_VI);
    three_years(&r);
    put_fit(&r, 3.5, 2.25, 7);
    put_event(&r, "`rm` \"x\" \\", "mark");
    put_change(3, 1, 5);
    assert_gnuplot_draws(draw, &r, "trend");
    charts_free(&r);
}

static void inside_a_document_it_is_no_higher_than_asked(void **state)
{
    (void)state;
    struct result r;
    charts_init(&r, LANG_VI);
    three_years(&r);
    put_fit(&r, 3.5, 2.25, 7);
    put_change(3, 1, 5);
    assert_fits(draw, &r, 74);
    assert_fits(draw, &r, 60);
    charts_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_without_a_model_are_titled_by_their_full_years),
        cmocka_unit_test(a_year_cut_in_its_middle_has_its_total_upright),
        cmocka_unit_test(unknown_and_absent_months_are_hatched_and_zero_is_a_ring),
        cmocka_unit_test(two_series_and_what_is_no_month_are_refused),
        cmocka_unit_test(a_slope_stands_in_the_title_only_where_its_interval_leaves_out_zero),
        cmocka_unit_test(with_joinpoints_the_title_speaks_of_the_last_segment),
        cmocka_unit_test(the_curve_and_its_band_are_drawn_and_a_wild_band_is_cut),
        cmocka_unit_test(events_are_named_and_one_over_several_months_is_one),
        cmocka_unit_test(what_has_no_room_above_is_told_below),
        cmocka_unit_test(gnuplot_draws_it),
        cmocka_unit_test(inside_a_document_it_is_no_higher_than_asked),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
