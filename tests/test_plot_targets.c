#include "fixtures_charts.h"

static const struct column target_columns[] = {
    {"indicator", "", COLUMN_TEXT, 0},    {"name", "", COLUMN_TEXT, 0},
    {"unit", "", COLUMN_TEXT, 0},         {"kind", "", COLUMN_TOKEN, 0},
    {"threshold", "", COLUMN_REAL, 1},    {"numerator", "", COLUMN_COUNT, 0},
    {"denominator", "", COLUMN_COUNT, 0}, {"value", "", COLUMN_PERCENT, 0},
    {"ci_low", "", COLUMN_PERCENT, 0},    {"verdict", "", COLUMN_TOKEN, 0},
    {"may_miss", "", COLUMN_COUNT, 0},    {"prob_met", "", COLUMN_PROB, 0},
    {"target", "", COLUMN_TEXT, 0},       {"result", "", COLUMN_TEXT, 0},
    {"missing", "", COLUMN_TEXT, 0}};

static void start(struct result *r, enum lang lang)
{
    result_init(r, "targets", target_columns, sizeof target_columns / sizeof *target_columns, lang);
    r->title = "Kế hoạch 2024";
    assert_true(result_add_prov(r, "source", "Source", "số liệu thử", NULL, NULL));
}

static void add(struct result *r, const char *indicator, const char *name, const char *kind,
                const char *verdict)
{
    assert_non_null(result_add_row(r, NULL));
    put(r, "indicator", cell_text(arena_text(&r->arena, indicator)));
    put(r, "name", cell_text(name));
    put(r, "unit", cell_text("872"));
    put(r, "kind", cell_text(kind));
    put(r, "verdict", cell_text(verdict));
}

static void add_rate(struct result *r, const char *indicator, const char *name, int met, int total,
                     const char *verdict)
{
    char words[64];
    add(r, indicator, name, "rate", verdict);
    put(r, "threshold", cell_real(95));
    put(r, "numerator", cell_int(met));
    put(r, "denominator", cell_int(total));
    put(r, "target", cell_text("> 95%"));
    snprintf(words, sizeof words, "%d/%d", met, total);
    put(r, "result", cell_text(arena_text(&r->arena, words)));
    if (total == 0)
        return;
    put(r, "value", cell_real(100.0 * met / total));
    put(r, "ci_low", cell_real(12.345));
}

static void add_fall(struct result *r, const char *indicator, int before, int now, int most,
                     const char *verdict)
{
    add(r, indicator, "Giảm số vụ xâm hại trẻ em", "reduction", verdict);
    put(r, "threshold", cell_real(3));
    put(r, "numerator", cell_int(now));
    put(r, "denominator", cell_int(before));
    put(r, "may_miss", cell_int(most));
    put(r, "target", cell_text("giảm 3%"));
    put(r, "result", cell_text("11/12 vụ, giảm 1 vụ (−8,3%)"));
}

static void add_watched(struct result *r)
{
    add(r, "4", "Công tác tuyên truyền", "count", NULL);
    put(r, "numerator", cell_int(131));
    put(r, "target", cell_text("theo dõi"));
    put(r, "result", cell_text("131"));
}

static void add_plan(struct result *r)
{
    add_fall(r, "1", 12, 11, 11, "met");
    add_rate(r, "3a", "Tỷ lệ giải quyết tin báo, tố giác: xâm hại tình dục trẻ em", 9, 10,
             "not_met");
    put(r, "missing", cell_text("thiếu 1 tin"));
    add_watched(r);
    add_rate(r, "3b", "Tỷ lệ giải quyết tin báo, tố giác: người dưới 18 tuổi", 58, 61, "met");
    r->synthetic = true;
}

static void title_counts_what_is_met_and_names_what_is_not(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    start(&r, LANG_EN);
    add_plan(&r);
    script_of(plot_targets, &r, &b);
    assert_says(&b, "\"2 of 3 targets met; not met: 3a\"");
    buf_free(&b);
    result_free(&r);
}

static void what_is_missed_is_told_by_mark_and_weight_not_by_colour(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    start(&r, LANG_EN);
    add_plan(&r);
    script_of(plot_targets, &r, &b);
    const char *missed = strstr(buf_text(&b), "\"▲\u00a0not met\"");
    assert_non_null(missed);
    const char *end = strchr(missed, '\n');
    assert_true(strstr(missed, "F_BOLD") && strstr(missed, "F_BOLD") < end);
    assert_says(&b, "with points pt 9");
    assert_says(&b, "\"thiếu 1 tin\"");
    buf_free(&b);
    result_free(&r);
}

static void neither_probability_nor_interval_is_drawn(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    start(&r, LANG_EN);
    add_plan(&r);
    put(&r, "prob_met", cell_real(0.4567));
    script_of(plot_targets, &r, &b);
    assert_silent(&b, "12.345");
    assert_silent(&b, "0.4567");
    assert_silent(&b, "45.7");
    buf_free(&b);
    result_free(&r);
}

static void rates_stand_at_their_value_and_reductions_at_their_counts(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    start(&r, LANG_EN);
    add_plan(&r);
    script_of(plot_targets, &r, &b);
    assert_says(&b, " 11 12 11 1 ");
    assert_says(&b, " 90 NaN 95 2 ");
    assert_order(&b, "$reductions << EOD", "$rates << EOD");
    buf_free(&b);
    result_free(&r);
}

static void axis_of_rates_says_where_it_begins_unless_at_zero(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    start(&r, LANG_EN);
    add_rate(&r, "3a", "A", 9, 10, "not_met");
    script_of(plot_targets, &r, &b);
    assert_says(&b, "The axis of rates begins at 80%.");
    assert_says(&b, "set xrange [80:100]");
    add_rate(&r, "3b", "B", 1, 10, "not_met");
    script_of(plot_targets, &r, &b);
    assert_silent(&b, "begins at");
    assert_says(&b, "set xrange [0:100]");
    buf_free(&b);
    result_free(&r);
}

static void none_of_none_has_no_mark_and_counts_as_not_judged(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    start(&r, LANG_EN);
    add_rate(&r, "3a", "A", 10, 10, "met");
    add_rate(&r, "3b", "B", 0, 0, NULL);
    script_of(plot_targets, &r, &b);
    assert_says(&b, " NaN NaN 95 0 ");
    assert_says(&b, "\"0/0\"");
    assert_says(&b, "lc rgb HATCH");
    assert_says(&b, "1 of 2 targets met; not judged yet: 1");
    buf_free(&b);
    result_free(&r);
}

static void nothing_known_is_no_result_of_zero(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    start(&r, LANG_EN);
    add(&r, "7", "C", "rate", NULL);
    put(&r, "threshold", cell_real(95));
    put(&r, "result", cell_text("no data"));
    script_of(plot_targets, &r, &b);
    assert_says(&b, "\"no data\"");
    assert_says(&b, "\"No target can be judged yet\"");
    buf_free(&b);
    result_free(&r);
}

static void period_that_runs_is_not_judged_as_if_it_were_over(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    start(&r, LANG_EN);
    add_rate(&r, "3a", "A", 10, 10, "on_track");
    put(&r, "prob_met", cell_real(0.9));
    add_rate(&r, "3b", "B", 1, 10, "lost");
    script_of(plot_targets, &r, &b);
    assert_says(&b, "So far 0 of 2 targets met; not met: 3b");
    assert_says(&b, "\"on track\"");
    assert_says(&b, "The period is not over: results may still change.");
    buf_free(&b);
    result_free(&r);
}

static void watched_rows_stand_in_the_note_alone(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    start(&r, LANG_EN);
    add_plan(&r);
    script_of(plot_targets, &r, &b);
    assert_says(&b, "Watched, not judged: 4 Công tác tuyên truyền (131).");
    bare_script_of(plot_targets, &r, 0, &b);
    assert_says(&b, "Watched, not judged: 4 (131).");
    buf_free(&b);
    result_free(&r);
}

static void names_that_differ_behind_their_colon_keep_what_differs(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    start(&r, LANG_VI);
    for (int i = 0; i < 8; i++)
        add_plan(&r);
    assert_true(bare_script_of(plot_targets, &r, 130, &b) <= 130);
    assert_says(&b, "…: xâm hại tình dục");
    assert_says(&b, "…: người dưới 18 tuổi\"");
    buf_free(&b);
    result_free(&r);
}

static void plan_of_ten_fits_the_page_and_the_slide(void **state)
{
    (void)state;
    struct result r;
    start(&r, LANG_VI);
    for (int i = 0; i < 3; i++)
        add_fall(&r, "2b", 60, 55, 57, "met");
    for (int i = 0; i < 7; i++)
        add_rate(&r, "3a2", "Tỷ lệ giải quyết tin báo, tố giác: người dưới 18 tuổi", 9, 10,
                 "not_met");
    r.synthetic = true;
    assert_fits(plot_targets, &r, 72);
    assert_fits(plot_targets, &r, 71);
    result_free(&r);
}

/* The plan of 2024: in the height of a page's figure, of a slide, and less. */
static void names_of_the_plan_can_be_told_apart_at_any_height(void **state)
{
    static const char *const rates[][2] = {
        {"3.0", "Tố giác, tin báo xâm hại trẻ em được tiếp nhận, phân loại xử lý"},
        {"3a", "Tỷ lệ giải quyết tin báo, tố giác: xâm hại tình dục trẻ em"},
        {"3a2", "Tỷ lệ giải quyết tin báo, tố giác: xâm hại trẻ em"},
        {"3b", "Tỷ lệ giải quyết tin báo, tố giác: vụ việc liên quan đến người dưới 18 tuổi"},
        {"6", "Tỷ lệ điều tra khám phá: xâm hại trẻ em"},
        {"6b", "Tỷ lệ điều tra khám phá: vụ việc do người dưới 18 tuổi gây ra"}};
    static const double heights[] = {100, 71, 60};
    (void)state;
    struct result r;
    struct buf b = {0};
    start(&r, LANG_VI);
    for (int i = 0; i < 3; i++)
        add_fall(&r, "2b", 60, 55, 57, "met");
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++)
        add_rate(&r, rates[i][0], rates[i][1], 9, 10, "not_met");
    for (size_t i = 0; i < sizeof heights / sizeof heights[0]; i++) {
        assert_true(bare_script_of(plot_targets, &r, heights[i], &b) <= heights[i]);
        assert_tells(&b, ": xâm hại tình dục trẻ em");
        assert_tells(&b, ": vụ việc liên quan");
        assert_tells(&b, ": vụ việc do người dưới");
        for (size_t k = 0; k < sizeof rates / sizeof rates[0]; k++) {
            char code[24];
            snprintf(code, sizeof code, " # %s\n", rates[k][0]);
            assert_says(&b, code);
        }
    }
    buf_free(&b);
    result_free(&r);
}

static void rows_without_room_are_told(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    start(&r, LANG_EN);
    for (int i = 0; i < 30; i++)
        add_rate(&r, "x", "Name", 9, 10, "met");
    assert_true(bare_script_of(plot_targets, &r, 72, &b) <= 72);
    assert_says(&b, "more targets are not drawn.");
    buf_free(&b);
    result_free(&r);
}

static void several_units_and_plans_without_targets_are_refused(void **state)
{
    (void)state;
    struct result r;
    start(&r, LANG_EN);
    assert_refused(plot_targets, &r, "--plan");
    add_watched(&r);
    assert_refused(plot_targets, &r, "--plan");
    add_rate(&r, "3a", "A", 9, 10, "met");
    put(&r, "unit", cell_text("873"));
    assert_refused(plot_targets, &r, "--unit");
    result_free(&r);
}

static void gnuplot_draws_counts_alone_and_all_kinds(void **state)
{
    (void)state;
    struct result r;
    start(&r, LANG_VI);
    add(&r, "5a", "Mô hình", "count", "met");
    put(&r, "threshold", cell_real(2));
    put(&r, "numerator", cell_int(3));
    put(&r, "result", cell_text("3"));
    assert_gnuplot_draws(plot_targets, &r, "counts");
    add_plan(&r);
    add_fall(&r, "9", 5000, 4000, 4800, "met");
    assert_gnuplot_draws(plot_targets, &r, "targets");
    result_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(title_counts_what_is_met_and_names_what_is_not),
        cmocka_unit_test(what_is_missed_is_told_by_mark_and_weight_not_by_colour),
        cmocka_unit_test(neither_probability_nor_interval_is_drawn),
        cmocka_unit_test(rates_stand_at_their_value_and_reductions_at_their_counts),
        cmocka_unit_test(axis_of_rates_says_where_it_begins_unless_at_zero),
        cmocka_unit_test(none_of_none_has_no_mark_and_counts_as_not_judged),
        cmocka_unit_test(nothing_known_is_no_result_of_zero),
        cmocka_unit_test(period_that_runs_is_not_judged_as_if_it_were_over),
        cmocka_unit_test(watched_rows_stand_in_the_note_alone),
        cmocka_unit_test(names_that_differ_behind_their_colon_keep_what_differs),
        cmocka_unit_test(plan_of_ten_fits_the_page_and_the_slide),
        cmocka_unit_test(names_of_the_plan_can_be_told_apart_at_any_height),
        cmocka_unit_test(rows_without_room_are_told),
        cmocka_unit_test(several_units_and_plans_without_targets_are_refused),
        cmocka_unit_test(gnuplot_draws_counts_alone_and_all_kinds),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
