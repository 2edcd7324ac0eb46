#include "fixtures_charts.h"

static bool draw(const struct result *months, const struct plot_options *o, struct err *e)
{
    return plot_forecast(months, &row, o, e);
}

/* A month of 2024; cumulative counts UNKNOWN where there is none. */
static void add_past(struct result *r, int month, int count, int cumulative, int before)
{
    add_month(r, arena_format(&r->arena, "2024-%02d", month), count,
              count == UNKNOWN ? "unknown" : "known");
    if (cumulative != UNKNOWN)
        put(r, "cumulative", cell_int(cumulative));
    if (before != UNKNOWN)
        put(r, "cumulative_before", cell_int(before));
}

static void put_fan(struct result *r, double expected, int low, int high, int wide_low,
                    int wide_high)
{
    put(r, "expected", cell_real(expected));
    put(r, "pi_low", cell_int(low));
    put(r, "pi_high", cell_int(high));
    put(r, "wide_low", cell_int(wide_low));
    put(r, "wide_high", cell_int(wide_high));
}

static void put_target(int allowance, int left, double prob)
{
    put(&row, "allowance", cell_int(allowance));
    put(&row, "left", cell_int(left));
    put(&row, "prob_total", cell_real(prob));
}

/* 27 cases by the end of June, 57 expected in the year, 64 the year before. */
static void half_year(struct result *r, enum lang lang)
{
    static const int observed[] = {4, 9, 15, 18, 22, 27};
    charts_init(r, lang);
    put(&row, "period", cell_text("2024"));
    put(&row, "observed", cell_int(27));
    put(&row, "observed_to", cell_text("2024-06-30"));
    for (int month = 1; month <= 12; month++) {
        bool is_past = month <= 6;
        add_past(r, month,
                 is_past ? observed[month - 1] - (month > 1 ? observed[month - 2] : 0) : UNKNOWN,
                 is_past ? observed[month - 1] : UNKNOWN, month * 64 / 12);
        if (!is_past)
            put_fan(r, 27 + 5.0 * (month - 6), 27 + (month - 6) * 22 / 6, 27 + (month - 6) * 39 / 6,
                    27 + (month - 6) * 17 / 6, 27 + (month - 6) * 45 / 6);
    }
}

/* ---- the running period ---- */

static void the_title_has_counts_interval_and_maximum_and_no_bare_probability(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    half_year(&r, LANG_VI);
    put_target(62, 35, 0.7312);
    script_of(draw, &r, &b);
    assert_tells(&b, "Đến 30/06/2024: 27\u00a0vụ, dự báo cả năm 49–66\u00a0vụ; mức tối đa "
                     "62\u00a0vụ: chưa đủ cơ sở kết luận có đạt chỉ tiêu hay không");
    assert_tells(&b, "dự báo: khoảng 57\u00a0vụ");
    assert_says(&b, "\"80%: 49–66\"");
    assert_says(&b, "\"95%: 44–72\"");
    assert_tells(&b, "mức tối đa để đạt: 62\u00a0vụ còn được 35\u00a0vụ");
    assert_tells(&b, "cùng kỳ năm trước: 64\u00a0vụ");
    assert_tells(&b, "n\u00a0=\u00a027\u00a0vụ trong 6/12 tháng.");
    assert_keeps_quiet(&b, "73");
    assert_vietnamese(&b);
    buf_free(&b);
    charts_free(&r);
}

static void the_set_sentence_follows_the_chance_as_it_would_be_printed(void **state)
{
    (void)state;
    static const struct {
        double prob;
        const char *sentence;
    } cases[] = {{0.95, ": rất nhiều khả năng đạt chỉ tiêu"},
                 {0.9496, ": rất nhiều khả năng đạt chỉ tiêu"},
                 {0.949, ": nhiều khả năng đạt chỉ tiêu"},
                 {0.80, ": nhiều khả năng đạt chỉ tiêu"},
                 {0.799, ": chưa đủ cơ sở kết luận có đạt chỉ tiêu hay không"},
                 {0.20, ": chưa đủ cơ sở kết luận có đạt chỉ tiêu hay không"},
                 {NAN, ": chưa đủ cơ sở kết luận có đạt chỉ tiêu hay không"},
                 {0.199, ": nhiều khả năng không đạt chỉ tiêu"},
                 {0.051, ": nhiều khả năng không đạt chỉ tiêu"},
                 {0.05, ": rất khó đạt chỉ tiêu"},
                 {0, ": rất khó đạt chỉ tiêu"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct result r;
        struct buf b = {0};
        half_year(&r, LANG_VI);
        put_target(62, 35, cases[i].prob);
        script_of(draw, &r, &b);
        assert_tells(&b, cases[i].sentence);
        buf_free(&b);
        charts_free(&r);
    }
}

static void the_fan_starts_where_the_observed_ends(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    half_year(&r, LANG_EN);
    script_of(draw, &r, &b);
    assert_says(&b, "$steps << EOD\n0 -1 0\n0 4 0\n1 4 0\n1 9 0\n2 9 0\n");
    assert_says(&b, "\n5 27 0\n6 27 0\nEOD\n");
    assert_says(&b, "$fan << EOD\n6 27 27 27 27 27\n7 32 30 33 29 34\n");
    assert_says(&b, "\n12 57 49 66 44 72\nEOD\n");
    /* No target, no line. */
    assert_silent(&b, "lc rgb GOAL");
    assert_silent(&b, "maximum");
    buf_free(&b);
    charts_free(&r);
}

static void a_running_month_ends_on_the_last_day_of_the_data(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    half_year(&r, LANG_VI);
    r.row_count = 6;
    put(&r, "state", cell_text("partial"));
    put_fan(&r, 29.5, 28, 31, 27, 33);
    r.row_count = 12;
    put(&row, "observed_to", cell_text("2024-06-15"));
    script_of(draw, &r, &b);
    assert_says(&b, "\n5 22 0\n5 22 1\n5 27 1\n5.5 27 1\nEOD\n");
    assert_says(&b, "$fan << EOD\n5.5 27 27 27 27 27\n6 29.5 28 31 27 33\n");
    assert_tells(&b, "Bậc nét đứt: tháng chưa đủ số liệu.");
    buf_free(&b);
    charts_free(&r);
}

static void more_than_the_maximum_is_said_before_the_period_ends(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    half_year(&r, LANG_VI);
    put_target(20, -7, 0);
    script_of(draw, &r, &b);
    assert_tells(&b, "dự báo cả năm 49–66\u00a0vụ; đã vượt mức tối đa 20\u00a0vụ");
    assert_tells(&b, "mức tối đa để đạt: 20\u00a0vụ đã vượt 7\u00a0vụ");
    buf_free(&b);
    charts_free(&r);
}

/* ---- other periods ---- */

static void a_finished_period_has_no_fan_and_says_that_it_is_over(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    charts_init(&r, LANG_VI);
    put(&row, "period", cell_text("2024Q1"));
    put(&row, "observed_to", cell_text("2024-03-31"));
    for (int month = 1; month <= 3; month++)
        add_past(&r, month, 0, 0, UNKNOWN);
    put(&row, "observed", cell_int(0));
    put_target(0, 0, NAN);
    script_of(draw, &r, &b);
    assert_tells(&b, "Hết kỳ QI/2024: 0\u00a0vụ; không vượt mức tối đa 0\u00a0vụ");
    assert_silent(&b, "filledcurves");
    assert_silent(&b, "dự báo");
    assert_silent(&b, "còn được");
    assert_silent(&b, "năm trước");
    buf_free(&b);
    charts_free(&r);
}

static void unknown_months_are_hatched_and_leave_the_steps_open(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    charts_init(&r, LANG_VI);
    put(&row, "period", cell_text("2024H1"));
    add_past(&r, 1, 3, 3, 2);
    add_past(&r, 2, UNKNOWN, UNKNOWN, UNKNOWN);
    add_past(&r, 3, 2, 5, 7);
    add_past(&r, 4, UNKNOWN, UNKNOWN, 9);
    script_of(draw, &r, &b);
    assert_says(&b, "\n1 3 0\n1 NaN 0\n2 NaN 0\n2 5 0\n3 5 0\nEOD\n");
    assert_says(&b, "\n1 NaN\n2 NaN\n2 7\n");
    assert_tells(&b, "Gạch chéo: chưa có số liệu");
    assert_tells(&b, "Đến nay: 5\u00a0vụ; số liệu quá ít để dự báo");
    buf_free(&b);
    charts_free(&r);
}

static void a_period_without_figures_is_only_forecast(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    charts_init(&r, LANG_EN);
    put(&row, "period", cell_text("2024-05"));
    add_past(&r, 5, UNKNOWN, UNKNOWN, 9);
    put_fan(&r, 0.4, 0, 0, 0, 2);
    script_of(draw, &r, &b);
    assert_tells(&b, "No figures of this period yet; forecast for the whole period 0\u00a0cases");
    assert_tells(&b, "forecast: about 0.4\u00a0cases 80%: 0 95%: 0–2");
    assert_says(&b, "$fan << EOD\n0 0 0 0 0 0\n1 0.4 0 0 0 2\nEOD\n");
    buf_free(&b);
    charts_free(&r);
}

static void without_a_forecast_or_months_there_is_nothing_to_draw(void **state)
{
    (void)state;
    struct result r;
    charts_init(&r, LANG_EN);
    assert_refused(draw, &r, "--from");
    row.row_count = 0;
    add_past(&r, 5, 1, 1, UNKNOWN);
    assert_refused(draw, &r, "--period");
    charts_free(&r);
}

static void gnuplot_draws_it(void **state)
{
    (void)state;
    struct result r;
    half_year(&r, LANG_VI);
    put_target(62, 35, 0.7);
    assert_gnuplot_draws(draw, &r, "forecast");
    charts_free(&r);
}

static void inside_a_document_it_is_no_higher_than_asked(void **state)
{
    (void)state;
    struct result r;
    half_year(&r, LANG_VI);
    put_target(62, 35, 0.7);
    assert_fits(draw, &r, 74);
    assert_fits(draw, &r, 71);
    charts_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_title_has_counts_interval_and_maximum_and_no_bare_probability),
        cmocka_unit_test(the_set_sentence_follows_the_chance_as_it_would_be_printed),
        cmocka_unit_test(the_fan_starts_where_the_observed_ends),
        cmocka_unit_test(a_running_month_ends_on_the_last_day_of_the_data),
        cmocka_unit_test(more_than_the_maximum_is_said_before_the_period_ends),
        cmocka_unit_test(a_finished_period_has_no_fan_and_says_that_it_is_over),
        cmocka_unit_test(unknown_months_are_hatched_and_leave_the_steps_open),
        cmocka_unit_test(a_period_without_figures_is_only_forecast),
        cmocka_unit_test(without_a_forecast_or_months_there_is_nothing_to_draw),
        cmocka_unit_test(gnuplot_draws_it),
        cmocka_unit_test(inside_a_document_it_is_no_higher_than_asked),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
