/* test_plot_alert.c: what the chart of alarms says and draws of its cells. */
#include "fixtures_charts.h"

#include <math.h>

static const struct column alert_columns[] = {
    {"unit", "", COLUMN_TEXT, 0},       {"unit_name", "", COLUMN_TEXT, 0},
    {"category", "", COLUMN_TEXT, 0},   {"category_name", "", COLUMN_TEXT, 0},
    {"month", "", COLUMN_TEXT, 0},      {"count", "", COLUMN_COUNT, 0},
    {"expected", "", COLUMN_REAL, 1},   {"upper", "", COLUMN_REAL, 1},
    {"p_value", "", COLUMN_P, 0},       {"method", "", COLUMN_TOKEN, 0},
    {"false_alarm", "", COLUMN_PROB, 0}};

static void init(struct result *r, enum lang lang)
{
    result_init(r, "alert", alert_columns, sizeof alert_columns / sizeof *alert_columns, lang);
    r->title = "Huyện Tháp Mười";
}

static void add(struct result *r, const char *unit, int month, int count, double expected,
                double upper)
{
    char label[24];
    snprintf(label, sizeof label, "2024-%02d", month);
    assert_non_null(result_add_row(r, NULL));
    put(r, "unit", cell_text(arena_text(&r->arena, unit)));
    put(r, "unit_name", cell_text(arena_text(&r->arena, unit)));
    put(r, "category", cell_text("U18"));
    put(r, "category_name", cell_text("under 18"));
    put(r, "month", cell_text(arena_text(&r->arena, label)));
    put(r, "method", cell_text("farrington"));
    if (count != UNKNOWN)
        put(r, "count", cell_int(count));
    put(r, "expected", cell_real(expected));
    put(r, "upper", cell_real(upper));
    if (month == 12)
        put(r, "false_alarm", cell_real(0.06));
}

static void add_series(struct result *r, const char *unit, int last)
{
    for (int month = 1; month < 12; month++)
        add(r, unit, month, 3, 2.5, 6);
    add(r, unit, 12, last, 2.5, 6);
}

static void done(struct result *r, struct buf *b)
{
    result_free(r);
    buf_free(b);
}

static void an_alarm_in_the_latest_month_is_the_title(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    init(&r, LANG_EN);
    add_series(&r, "An", 9);
    script_of(plot_alert, &r, &b);
    assert_tells(&b, "▲ 12/2024: higher than usual: 9\u00a0cases, usually about 2.5");
    assert_says(&b, "11 9 2.5 6 1 # 2024-12");
    assert_says(&b, "10 3 2.5 6 0 # 2024-11");
    assert_tells(&b, "Method: farrington.");
    assert_tells(&b, "it may be chance or better reporting");
    done(&r, &b);
}

static void several_series_say_how_many_marks_chance_alone_gives(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    init(&r, LANG_EN);
    add_series(&r, "An", 9);
    add_series(&r, "Ba", 3);
    add_series(&r, "Cu", 3);
    script_of(plot_alert, &r, &b);
    assert_tells(&b, "By chance alone about 0.2 of 3 series would be ▲ in the last month.");
    done(&r, &b);
}

static void a_count_at_the_limit_is_no_alarm(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    init(&r, LANG_EN);
    add_series(&r, "An", 6);
    script_of(plot_alert, &r, &b);
    assert_tells(&b, "No month is higher than usual");
    assert_keeps_quiet(&b, "▲");
    done(&r, &b);
}

static void earlier_alarms_are_counted(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    init(&r, LANG_EN);
    add(&r, "An", 1, 9, 2.5, 6);
    add(&r, "An", 2, 8, 2.5, 6);
    add(&r, "An", 3, 2, 2.5, 6);
    script_of(plot_alert, &r, &b);
    assert_tells(&b, "The latest month is not higher than usual; months that were: 2");
    done(&r, &b);
}

static void unknown_months_are_hatched_and_not_the_latest(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    init(&r, LANG_EN);
    add_series(&r, "An", UNKNOWN);
    script_of(plot_alert, &r, &b);
    assert_says(&b, "11 NaN 2.5 6 0 # 2024-12");
    assert_tells(&b, "Hatched: not known, which is not zero.");
    assert_tells(&b, "n\u00a0=\u00a033\u00a0cases.");
    done(&r, &b);
}

static void months_that_were_not_judged_have_no_lines(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    init(&r, LANG_EN);
    add(&r, "An", 1, 4, NAN, NAN);
    script_of(plot_alert, &r, &b);
    assert_tells(&b, "Too few figures to judge the months");
    assert_says(&b, "0 4 NaN NaN 0 # 2024-01");
    assert_keeps_quiet(&b, "Dashed");
    done(&r, &b);
}

static void of_several_series_those_with_the_latest_alarm_come_first(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    init(&r, LANG_EN);
    add_series(&r, "Quiet", 2);
    add_series(&r, "Alarmed", 9);
    add(&r, "Early", 3, 9, 2.5, 6);
    add(&r, "Early", 12, 1, 2.5, 6);
    script_of(plot_alert, &r, &b);
    assert_tells(&b, "▲ 12/2024: higher than usual: Alarmed");
    assert_order(&b, "\"Alarmed\"", "\"Early\"");
    assert_order(&b, "\"Early\"", "\"Quiet\"");
    assert_says(&b, "\"▲ 12/2024: 9 (2.5)\"");
    assert_says(&b, "\"▲ 3/2024: 9 (2.5)\"");
    assert_says(&b, "\"12/2024: 2 (2.5)\"");
    assert_tells(&b, "Not for ranking units");
    done(&r, &b);
}

static void series_that_have_no_room_are_counted(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    init(&r, LANG_EN);
    for (int i = 0; i < 40; i++) {
        char unit[24];
        snprintf(unit, sizeof unit, "P%02d", i);
        add_series(&r, unit, 2);
    }
    script_of(plot_alert, &r, &b);
    assert_tells(&b, "12/2024: no series is higher than usual");
    assert_tells(&b, "16 more series are not drawn.");
    done(&r, &b);
}

static void vietnamese_never_says_hoped_for(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    init(&r, LANG_VI);
    add_series(&r, "An", 9);
    script_of(plot_alert, &r, &b);
    assert_keeps_quiet(&b, "kỳ vọng");
    assert_tells(&b, "cao hơn mức thường");
    done(&r, &b);
}

static void what_has_no_months_is_refused(void **state)
{
    struct result r;
    (void)state;
    init(&r, LANG_EN);
    assert_refused(plot_alert, &r, "no months");
    add(&r, "An", 1, 4, 2.5, 6);
    put(&r, "month", cell_text("2024Q1"));
    assert_refused(plot_alert, &r, "is no month");
    result_free(&r);
}

static void gnuplot_draws_one_and_several(void **state)
{
    struct err e = {0};
    struct buf b = {0};
    struct plot_options o = {.path = path_of("alert.svg")};
    struct result r;
    (void)state;
    if (!has_gnuplot())
        skip();
    init(&r, LANG_VI);
    add_series(&r, "An", 9);
    if (!plot_alert(&r, &o, &e))
        fail_msg("%s", e.msg);
    add_series(&r, "Bình", UNKNOWN);
    if (!plot_alert(&r, &o, &e))
        fail_msg("%s", e.msg);
    read_all(o.path, &b);
    assert_says(&b, "Bình");
    done(&r, &b);
}

static void inside_a_document_it_is_no_higher_than_asked(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    init(&r, LANG_VI);
    add_series(&r, "An", 9);
    assert_fits(plot_alert, &r, 60);
    for (int i = 0; i < 12; i++) {
        char unit[16];
        snprintf(unit, sizeof unit, "Xã %d", i);
        add_series(&r, arena_text(&r.arena, unit), 2);
    }
    assert_fits(plot_alert, &r, 74);
    bare_script_of(plot_alert, &r, 74, &b);
    assert_says(&b, "chuỗi không vẽ");
    done(&r, &b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_alarm_in_the_latest_month_is_the_title),
        cmocka_unit_test(several_series_say_how_many_marks_chance_alone_gives),
        cmocka_unit_test(a_count_at_the_limit_is_no_alarm),
        cmocka_unit_test(earlier_alarms_are_counted),
        cmocka_unit_test(unknown_months_are_hatched_and_not_the_latest),
        cmocka_unit_test(months_that_were_not_judged_have_no_lines),
        cmocka_unit_test(of_several_series_those_with_the_latest_alarm_come_first),
        cmocka_unit_test(series_that_have_no_room_are_counted),
        cmocka_unit_test(vietnamese_never_says_hoped_for),
        cmocka_unit_test(what_has_no_months_is_refused),
        cmocka_unit_test(gnuplot_draws_one_and_several),
        cmocka_unit_test(inside_a_document_it_is_no_higher_than_asked),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
