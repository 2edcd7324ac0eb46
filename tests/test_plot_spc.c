/* test_plot_spc.c: what the control chart says and draws of its cells. */
#include "plot_check.h"

static const struct column spc_columns[] = {
    {"unit", "", COLUMN_TEXT, 0},     {"category", "", COLUMN_TEXT, 0},
    {"month", "", COLUMN_TEXT, 0},    {"count", "", COLUMN_COUNT, 0},
    {"state", "", COLUMN_TOKEN, 0},   {"centre", "", COLUMN_REAL, 2},
    {"lower", "", COLUMN_REAL, 0},    {"upper", "", COLUMN_REAL, 0},
    {"segment", "", COLUMN_COUNT, 0}, {"signal", "", COLUMN_TEXT, 0},
    {"event", "", COLUMN_TEXT, 0},    {"action", "", COLUMN_TOKEN, 0}};

static const struct column control_columns[] = {
    {"to", "", COLUMN_TEXT, 0},         {"n", "", COLUMN_COUNT, 0},
    {"total", "", COLUMN_COUNT, 0},     {"segment_from", "", COLUMN_TEXT, 0},
    {"variation", "", COLUMN_TOKEN, 0}, {"signals", "", COLUMN_COUNT, 0},
    {"signal", "", COLUMN_TOKEN, 0},    {"signal_from", "", COLUMN_TEXT, 0},
    {"signal_to", "", COLUMN_TEXT, 0},  {"target", "", COLUMN_COUNT, 0},
    {"assurance", "", COLUMN_TOKEN, 0}, {"prob_within", "", COLUMN_PROB, 0},
    {"note", "", COLUMN_NOTE, 0}};

static struct result months, control;

static bool draw(const struct result *r, const struct plot_options *o, struct err *e)
{
    return plot_spc(r, control.row_count ? &control : NULL, o, e);
}

static void add_point(const char *month, int count, double centre, int lower, int upper,
                      int segment)
{
    assert_non_null(result_add_row(&months, NULL));
    put(&months, "unit", cell_text("803"));
    put(&months, "category", cell_text("U18"));
    put(&months, "month", cell_text(arena_text(&months.arena, month)));
    put(&months, "state", cell_text(count == UNKNOWN ? "unknown" : "known"));
    if (count != UNKNOWN)
        put(&months, "count", cell_int(count));
    put(&months, "centre", cell_real(centre));
    put(&months, "lower", cell_real(lower));
    put(&months, "upper", cell_real(upper));
    put(&months, "segment", cell_int(segment));
}

/* Twelve months of 2024, three cases each; a control row of them. */
static void init(enum lang lang, const char *variation)
{
    result_init(&months, "spc", spc_columns, sizeof spc_columns / sizeof *spc_columns, lang);
    result_init(&control, "control", control_columns,
                sizeof control_columns / sizeof *control_columns, lang);
    months.title = "Huyện Tháp Mười";
    for (int month = 1; month <= 12; month++) {
        char label[24];
        snprintf(label, sizeof label, "2024-%02d", month);
        add_point(label, 3, 2.5, 0, 8, 1);
    }
    assert_non_null(result_add_row(&control, NULL));
    put(&control, "segment_from", cell_text("2024-01"));
    put(&control, "to", cell_text("2024-12"));
    put(&control, "n", cell_int(12));
    put(&control, "total", cell_int(36));
    put(&control, "variation", cell_text(variation));
}

static void done(struct buf *b)
{
    buf_free(b);
    result_free(&months);
    result_free(&control);
}

/* ---- words ---- */

static void the_title_is_the_segment_in_force_and_its_variation(void **state)
{
    static const char *const want[][2] = {
        {"common", "36\u00a0cases in 12 months (1/2024–12/2024); within the usual variation"},
        {"improving", "; a sign of fewer than the usual variation explains"},
        {"worsening", "; ▲ a sign of more than the usual variation explains"},
        {"earlier", "; within the usual variation for a year, with signs of change before"},
        {"too_few", "; too few figures to judge the variation"}};
    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        struct buf b = {0};
        init(LANG_EN, want[i][0]);
        script_of(draw, &months, &b);
        /* A long title stands on two lines. */
        const char *fact = strstr(want[i][1], "; ");
        if (!strstr(buf_text(&b), want[i][1]))
            assert_says(&b, fact + 2);
        done(&b);
    }
}

static void the_last_signal_is_named_by_its_rule(void **state)
{
    struct buf b = {0};
    (void)state;
    init(LANG_EN, "improving");
    put(&control, "signals", cell_int(3));
    put(&control, "signal", cell_text("run_below"));
    put(&control, "signal_from", cell_text("2024-03"));
    put(&control, "signal_to", cell_text("2024-11"));
    script_of(draw, &months, &b);
    assert_says(&b, "Last sign: 3/2024–11/2024, one after another below");
    done(&b);
}

static void assurance_is_said_with_its_chance_and_certainty_is_not_claimed(void **state)
{
    static const struct {
        const char *token, *words;
        double chance;
    } want[] = {
        {"meets", "likely to be met at the present level (chance: more than 99%)", 0.9996},
        {"unsure", "may or may not be met at the present level (chance: about 24%)", 0.2412},
        {"unsure", "may or may not be met at the present level (chance: about 89.9%)", 0.899},
        {"fails", "unlikely to be met at the present level (chance: less than 1%)", 0.004}};
    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        struct buf b = {0};
        init(LANG_EN, "common");
        put(&control, "target", cell_int(30));
        put(&control, "assurance", cell_text(want[i].token));
        put(&control, "prob_within", cell_real(want[i].chance));
        script_of(draw, &months, &b);
        assert_says(&b, "Target, at most 30\u00a0cases a year: ");
        assert_says(&b, want[i].words);
        done(&b);
    }
}

static void without_a_control_row_the_months_are_drawn_alone(void **state)
{
    struct buf b = {0};
    (void)state;
    init(LANG_VI, "common");
    control.row_count = 0;
    script_of(draw, &months, &b);
    assert_says(&b, "Số vụ từng tháng, từ 01/2024 đến 12/2024");
    done(&b);
}

static void the_note_says_what_the_limits_are(void **state)
{
    struct buf b = {0};
    (void)state;
    init(LANG_EN, "common");
    script_of(draw, &months, &b);
    assert_says(&b, "Poisson, exact");
    assert_says(&b, "no lower limit");
    assert_says(&b, "n\u00a0=\u00a036\u00a0cases");
    assert_silent(&b, "SIMULATED");
    assert_silent(&b, "▲");
    months.synthetic = true;
    put(&control, "note", cell_text("dispersed_limits=1;seasonal_limits=1;"));
    script_of(draw, &months, &b);
    assert_says(&b, "over-dispersion");
    assert_says(&b, "follow the season");
    assert_silent(&b, "Poisson");
    assert_says(&b, "SIMULATED DATA");
    done(&b);
}

/* ---- marks ---- */

static void signals_are_triangles_up_and_down_and_level_goes_before_pace(void **state)
{
    struct buf b = {0};
    (void)state;
    init(LANG_EN, "worsening");
    add_point("2025-01", 19, 2.5, 0, 8, 1);
    put(&months, "signal", cell_text("above"));
    add_point("2025-02", 1, 2.5, 0, 8, 1);
    put(&months, "signal", cell_text("run_below,rising"));
    add_point("2025-03", 17, 2.5, 0, 8, 1);
    put(&months, "signal", cell_text("rising"));
    script_of(draw, &months, &b);
    assert_says(&b, "\n12 19 2 2.5 0 8 # 2025-01\n13 1 3 2.5 0 8 # 2025-02\n14 17 2 2.5 0 8 #");
    assert_says(&b, "▲ unusually high");
    assert_says(&b, "▼ unusually low");
    assert_says(&b, "\"19\" at screen"); /* beyond the limit: with its count */
    assert_silent(&b, "\"17\" at screen");
    done(&b);
}

static void unknown_partial_and_excluded_months_are_told_apart(void **state)
{
    struct buf b = {0};
    (void)state;
    init(LANG_EN, "common");
    add_point("2025-01", UNKNOWN, 2.5, 0, 8, 1);
    add_point("2025-02", 1, 2.5, 0, 8, 1);
    put(&months, "state", cell_text("partial"));
    add_point("2025-03", 7, 2.5, 0, 8, 1);
    put(&months, "state", cell_text("excluded"));
    script_of(draw, &months, &b);
    assert_says(&b, "\n12 NaN 0 2.5 0 8 # 2025-01\n13 1 4 2.5 0 8 # 2025-02\n14 7 5 2.5 0 8 #");
    assert_says(&b, "no figures yet, not zero");
    assert_says(&b, "○ month not complete");
    assert_says(&b, "×: left out of mean and limits.");
    done(&b);
}

static void segments_are_told_and_their_break_is_named(void **state)
{
    struct buf b = {0};
    (void)state;
    init(LANG_EN, "common");
    for (int month = 1; month <= 3; month++) {
        char label[24];
        snprintf(label, sizeof label, "2025-%02d", month);
        add_point(label, 5, 5, 0, 13, 2);
        if (month == 1) {
            put(&months, "event", cell_text("new way of recording"));
            put(&months, "action", cell_text("step"));
        }
    }
    script_of(draw, &months, &b);
    assert_says(&b, "1/2024–12/2024: 36\u00a0cases in 12 months.");
    assert_says(&b, "1/2025–3/2025: 15\u00a0cases in 3 months.");
    assert_says(&b, "1/2025: new way of recording");
    assert_says(&b, "mean and limits begin anew");
    assert_says(&b, "\"limit 13\"");
    assert_says(&b, "\"mean 5\"");
    done(&b);
}

static void large_counts_cut_the_axis_and_say_so(void **state)
{
    struct buf b = {0};
    (void)state;
    init(LANG_EN, "common");
    months.row_count = 0;
    for (int month = 1; month <= 12; month++) {
        char label[24];
        snprintf(label, sizeof label, "2024-%02d", month);
        add_point(label, 300 + month, 300, 249, 353, 1);
    }
    script_of(draw, &months, &b);
    assert_says(&b, "The axis does not begin at 0.");
    assert_says(&b, "\"limit 249\"");
    done(&b);
}

static void months_without_limits_or_figures_are_drawn(void **state)
{
    struct buf b = {0};
    (void)state;
    init(LANG_EN, "too_few");
    months.row_count = 0;
    add_point("2024-01", UNKNOWN, NAN, 0, 0, 1);
    put(&months, "lower", cell_text(NULL));
    put(&months, "upper", cell_text(NULL));
    put(&control, "n", cell_int(0));
    script_of(draw, &months, &b);
    assert_silent(&b, "inf");
    assert_silent(&b, "limits of");
    done(&b);
}

static void what_is_no_series_is_refused(void **state)
{
    struct buf b = {0};
    (void)state;
    init(LANG_EN, "common");
    put(&months, "unit", cell_text("804"));
    assert_refused(draw, &months, "one series");
    done(&b);
}

static void gnuplot_draws_it(void **state)
{
    struct err e = {0};
    struct buf b = {0};
    struct plot_options o = {.path = path_of("spc.svg")};
    (void)state;
    if (!has_gnuplot())
        skip();
    init(LANG_VI, "common");
    add_point("2025-01", UNKNOWN, 2.5, 0, 8, 1);
    if (!plot_spc(&months, &control, &o, &e))
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
    for (int i = 1; i <= 12; i++) {
        char month[24];
        snprintf(month, sizeof month, "2024-%02d", i);
        add_point(month, i, 2.5, 0, 8, 1);
    }
    assert_fits(draw, &months, 71);
    done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_title_is_the_segment_in_force_and_its_variation),
        cmocka_unit_test(the_last_signal_is_named_by_its_rule),
        cmocka_unit_test(assurance_is_said_with_its_chance_and_certainty_is_not_claimed),
        cmocka_unit_test(without_a_control_row_the_months_are_drawn_alone),
        cmocka_unit_test(the_note_says_what_the_limits_are),
        cmocka_unit_test(signals_are_triangles_up_and_down_and_level_goes_before_pace),
        cmocka_unit_test(unknown_partial_and_excluded_months_are_told_apart),
        cmocka_unit_test(segments_are_told_and_their_break_is_named),
        cmocka_unit_test(large_counts_cut_the_axis_and_say_so),
        cmocka_unit_test(months_without_limits_or_figures_are_drawn),
        cmocka_unit_test(what_is_no_series_is_refused),
        cmocka_unit_test(gnuplot_draws_it),
        cmocka_unit_test(inside_a_document_it_is_no_higher_than_asked),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
