/* test_plot_gaps.c: what the chart of days between cases says and draws of its cells. */
#include "plot_check.h"

static const struct column gap_columns[] = {
    {"unit", "", COLUMN_TEXT, 0},  {"category", "", COLUMN_TEXT, 0},
    {"on", "", COLUMN_TEXT, 0},    {"cases", "", COLUMN_COUNT, 0},
    {"gap", "", COLUMN_COUNT, 0},  {"centre", "", COLUMN_REAL, 1},
    {"lower", "", COLUMN_REAL, 1}, {"upper", "", COLUMN_REAL, 1},
    {"signal", "", COLUMN_TEXT, 0}};

static const struct column control_columns[] = {
    {"to", "", COLUMN_TEXT, 0},           {"total", "", COLUMN_COUNT, 0},
    {"segment_from", "", COLUMN_TEXT, 0}, {"variation", "", COLUMN_TOKEN, 0},
    {"signals", "", COLUMN_COUNT, 0},     {"signal", "", COLUMN_TOKEN, 0},
    {"signal_from", "", COLUMN_TEXT, 0},  {"signal_to", "", COLUMN_TEXT, 0},
    {"open_prob", "", COLUMN_PROB, 0}};

static struct result cases, control;

static bool draw(const struct result *r, const struct plot_options *o, struct err *e)
{
    return plot_gaps(r, control.row_count ? &control : NULL, o, e);
}

/* gap: UNKNOWN for the first. */
static void add_case(const char *on, int count, int gap, const char *signal)
{
    assert_non_null(result_add_row(&cases, NULL));
    put(&cases, "unit", cell_text("803"));
    put(&cases, "category", cell_text("U18"));
    put(&cases, "on", cell_text(on));
    put(&cases, "cases", cell_int(count));
    if (gap != UNKNOWN)
        put(&cases, "gap", cell_int(gap));
    put(&cases, "centre", cell_real(99.5));
    put(&cases, "upper", cell_real(812.25));
    put(&cases, "signal", cell_text(signal));
}

/* Four cases and an open gap in five years. */
static void init(enum lang lang, const char *variation)
{
    result_init(&cases, "gaps", gap_columns, sizeof gap_columns / sizeof *gap_columns, lang);
    result_init(&control, "control", control_columns,
                sizeof control_columns / sizeof *control_columns, lang);
    add_case("2020-02-01", 1, UNKNOWN, "");
    add_case("2020-05-01", 2, 90, "");
    add_case("2022-08-09", 1, 830, "long");
    add_case("2024-05-03", 1, 633, "");
    add_case("2024-12-31", 0, 242, "");
    assert_non_null(result_add_row(&control, NULL));
    put(&control, "total", cell_int(5));
    put(&control, "segment_from", cell_text("2020-01-01"));
    put(&control, "to", cell_text("2024-12-31"));
    put(&control, "variation", cell_text(variation));
}

static void done(struct buf *b)
{
    buf_free(b);
    result_free(&cases);
    result_free(&control);
}

/* ---- words ---- */

static void the_title_is_the_segment_in_force_and_its_variation(void **state)
{
    struct buf b = {0};
    (void)state;
    init(LANG_EN, "common");
    script_of(draw, &cases, &b);
    assert_says(&b, "5\u00a0cases (2020-01-01–2024-12-31); within the usual variation");
    control.row_count = 0;
    script_of(draw, &cases, &b);
    assert_says(&b, "\"5\u00a0cases (2020-02-01–2024-12-31)\"");
    done(&b);
}

static void dates_are_written_as_the_language_has_them(void **state)
{
    struct buf b = {0};
    (void)state;
    init(LANG_VI, "common");
    script_of(draw, &cases, &b);
    assert_says(&b, "5\u00a0vụ (01/01/2020–31/12/2024); trong dao động thông thường");
    done(&b);
}

static void the_open_gap_is_told_with_its_chance(void **state)
{
    struct buf b = {0};
    (void)state;
    init(LANG_EN, "common");
    put(&control, "open_prob", cell_real(0.413));
    script_of(draw, &cases, &b);
    assert_says(&b, "Since the last case (2024-05-03): 242 days up to 2024-12-31.");
    assert_says(&b, "if nothing changed: about 41%.");
    put(&control, "variation", cell_text("too_few"));
    script_of(draw, &cases, &b);
    assert_says(&b, "242 days up to");
    assert_silent(&b, "if nothing changed");
    done(&b);
}

static void the_last_signal_is_named_by_its_rule(void **state)
{
    struct buf b = {0};
    (void)state;
    init(LANG_EN, "worsening");
    put(&control, "signals", cell_int(1));
    put(&control, "signal", cell_text("close"));
    put(&control, "signal_from", cell_text("2024-04-20"));
    put(&control, "signal_to", cell_text("2024-05-03"));
    script_of(draw, &cases, &b);
    assert_says(&b, "Last sign: 2024-04-20–2024-05-03, cases unusually");
    assert_silent(&b, "(one of");
    done(&b);
}

/* ---- marks ---- */

static void a_row_without_cases_is_the_open_gap(void **state)
{
    struct buf b = {0};
    (void)state;
    init(LANG_EN, "common");
    script_of(draw, &cases, &b);
    assert_says(&b, "$gaps << EOD\n0 NaN 0 0 0 99.5 NaN 812.25 1 # 2020-02-01\n"
                    "90 90 1 0 0 99.5 NaN 812.25 2 # 2020-05-01\n"
                    "920 830 3 0 90 99.5 NaN 812.25 1 # 2022-08-09\n");
    assert_says(&b, " 242 1 1 1553 99.5 NaN 812.25 0 # 2024-12-31\n");
    assert_says(&b, "○ no case since");
    assert_says(&b, "\"830 days\" at screen");
    assert_says(&b, "\"242 days\" at screen");
    assert_says(&b, "Ring: a day with several cases.");
    done(&b);
}

static void close_and_long_gaps_have_shapes_of_their_own(void **state)
{
    struct buf b = {0};
    (void)state;
    init(LANG_EN, "common");
    script_of(draw, &cases, &b);
    assert_says(&b, "◊ unusually far apart");
    assert_silent(&b, "■ unusually close");
    put(&cases, "signal", cell_text("long,apart"));
    cases.row_count--;
    put(&cases, "signal", cell_text("close"));
    cases.row_count++;
    script_of(draw, &cases, &b);
    assert_says(&b, "■ unusually close");
    assert_silent(&b, "○ no case since"); /* it is drawn as the signal that it is */
    done(&b);
}

static void short_spans_are_named_by_months(void **state)
{
    struct buf b = {0};
    (void)state;
    init(LANG_EN, "common");
    script_of(draw, &cases, &b);
    assert_says(&b, "\"2022\" at screen");
    assert_silent(&b, "\"1/2022\"");
    cases.row_count = 0;
    add_case("2024-02-01", 1, UNKNOWN, "");
    add_case("2024-05-03", 1, 92, "");
    script_of(draw, &cases, &b);
    assert_says(&b, "\"3/2024\" at screen");
    done(&b);
}

static void one_case_and_a_row_without_limits_are_drawn(void **state)
{
    struct buf b = {0};
    (void)state;
    init(LANG_EN, "too_few");
    cases.row_count = 0;
    add_case("2024-02-01", 1, UNKNOWN, "");
    put(&cases, "centre", cell_text(NULL));
    put(&cases, "upper", cell_text(NULL));
    script_of(draw, &cases, &b);
    assert_silent(&b, "inf");
    assert_silent(&b, "limits of");
    done(&b);
}

static void what_is_no_series_of_cases_is_refused(void **state)
{
    struct buf b = {0};
    (void)state;
    init(LANG_EN, "common");
    put(&cases, "unit", cell_text("804"));
    assert_refused(draw, &cases, "one series");
    put(&cases, "unit", cell_text("803"));
    put(&cases, "on", cell_text("2024-02-30"));
    assert_refused(draw, &cases, "2024-02-30");
    cases.row_count = 0;
    assert_refused(draw, &cases, "--from");
    for (int i = 0; i < 601; i++)
        add_case("2024-02-01", 1, 0, "");
    assert_refused(draw, &cases, "plot spc");
    done(&b);
}

static void gnuplot_draws_it(void **state)
{
    struct err e = {0};
    struct buf b = {0};
    struct plot_options o = {.path = path_of("gaps.svg")};
    (void)state;
    if (!has_gnuplot())
        skip();
    init(LANG_VI, "common");
    if (!plot_gaps(&cases, &control, &o, &e))
        fail_msg("%s", e.msg);
    read_all(o.path, &b);
    assert_says(&b, "<svg");
    done(&b);
}

static void inside_a_document_it_is_no_higher_than_asked(void **state)
{
    (void)state;
    struct buf b = {0};
    init(LANG_VI, "common");
    assert_fits(draw, &cases, 71);
    done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_title_is_the_segment_in_force_and_its_variation),
        cmocka_unit_test(dates_are_written_as_the_language_has_them),
        cmocka_unit_test(the_open_gap_is_told_with_its_chance),
        cmocka_unit_test(the_last_signal_is_named_by_its_rule),
        cmocka_unit_test(a_row_without_cases_is_the_open_gap),
        cmocka_unit_test(close_and_long_gaps_have_shapes_of_their_own),
        cmocka_unit_test(short_spans_are_named_by_months),
        cmocka_unit_test(one_case_and_a_row_without_limits_are_drawn),
        cmocka_unit_test(what_is_no_series_of_cases_is_refused),
        cmocka_unit_test(gnuplot_draws_it),
        cmocka_unit_test(inside_a_document_it_is_no_higher_than_asked),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
