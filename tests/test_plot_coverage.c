#include "plot_check.h"

static const struct column coverage_columns[] = {{"unit", "", COLUMN_TEXT, 0},
                                                 {"unit_name", "", COLUMN_TEXT, 0},
                                                 {"month", "", COLUMN_TEXT, 0},
                                                 {"state", "", COLUMN_TOKEN, 0},
                                                 {"count", "", COLUMN_COUNT, 0}};

static void start(struct result *r, enum lang lang)
{
    result_init(r, "coverage", coverage_columns, sizeof coverage_columns / sizeof *coverage_columns,
                lang);
    r->title = "Huyện Tháp Mười";
    assert_true(result_add_prov(r, "source", "Source", "số liệu thử", NULL, NULL));
}

/* Months from 2024-01 on, a letter each: k known, p partial, u unknown, "." without a row. */
static void add(struct result *r, const char *unit, const char *months)
{
    for (int i = 0; months[i]; i++) {
        char label[24];
        if (months[i] == '.')
            continue;
        snprintf(label, sizeof label, "%d-%02d", 2024 + i / 12, i % 12 + 1);
        assert_non_null(result_add_row(r, NULL));
        put(r, "unit", cell_text(arena_text(&r->arena, unit)));
        put(r, "unit_name", cell_text(arena_format(&r->arena, "Xã %s", unit)));
        put(r, "month", cell_text(arena_text(&r->arena, label)));
        put(r, "state",
            cell_text(months[i] == 'k'   ? "known"
                      : months[i] == 'p' ? "partial"
                                         : "unknown"));
        if (months[i] != 'u')
            put(r, "count", cell_int(7));
    }
}

static void add_many(struct result *r, int units, int months)
{
    char all[700], late[700];
    memset(all, 'k', sizeof all);
    all[months] = '\0';
    memcpy(late, all, sizeof all);
    late[months - 1] = 'u';
    for (int i = 0; i < units; i++) {
        char unit[16];
        snprintf(unit, sizeof unit, "%05d", i);
        add(r, unit, i == units - 1 ? late : all);
    }
}

static void assert_title(const char *words, enum lang lang, const char *const units[])
{
    struct result r;
    struct buf b = {0};
    static const char *const names[] = {"A", "B", "C", "D", "E"};
    start(&r, lang);
    for (size_t i = 0; units[i]; i++)
        add(&r, names[i], units[i]);
    script_of(plot_coverage, &r, &b);
    assert_says(&b, words);
    buf_free(&b);
    result_free(&r);
}

static void title_says_who_stays_behind_and_since_when(void **state)
{
    (void)state;
    assert_title("\"2 of 2 units have reported up to 4/2024\"", LANG_EN,
                 (const char *const[]){"kkkk", "kkkk", NULL});
    assert_title("\"1 of 2 units have reported up to 4/2024; Xã B only to 2/2024\"", LANG_EN,
                 (const char *const[]){"kkkk", "kkuu", NULL});
    assert_title("; Xã B nothing\"", LANG_EN, (const char *const[]){"kkkk", "uuuu", NULL});
    assert_title("; with gaps before: 1\"", LANG_EN, (const char *const[]){"kkkk", "kupk", NULL});
    assert_title("\"No month is known as a whole\"", LANG_EN,
                 (const char *const[]){"uuuu", "pppu", NULL});
}

static void many_that_stay_behind_are_counted(void **state)
{
    (void)state;
    assert_title("Xã B only to 3/2024, Xã C only to 2/2024", LANG_EN,
                 (const char *const[]){"kkkk", "kkku", "kkuu", "kuuu", "uuuu", NULL});
    assert_title("and 2 more units stay", LANG_EN,
                 (const char *const[]){"kkkk", "kkku", "kkuu", "kuuu", "uuuu", NULL});
}

static void month_that_nobody_knows_as_a_whole_makes_nobody_late(void **state)
{
    (void)state;
    assert_title("\"2 of 2 units have reported up to 3/2024\"", LANG_EN,
                 (const char *const[]){"kkkp", "kkku", NULL});
}

static void unit_that_was_not_asked_is_not_late(void **state)
{
    (void)state;
    assert_title("\"2 of 2 units have reported up to 4/2024\"", LANG_EN,
                 (const char *const[]){"kkkk", "kk..", NULL});
}

static void unknown_months_are_hatched_and_have_no_count(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    start(&r, LANG_EN);
    add(&r, "A", "uuu");
    script_of(plot_coverage, &r, &b);
    assert_says(&b, "lc rgb INK lw 0.5");
    assert_silent(&b, "\"7\"");
    assert_silent(&b, "\"0\"");
    add(&r, "B", "kpk");
    script_of(plot_coverage, &r, &b);
    assert_says(&b, "\"7\"");
    buf_free(&b);
    result_free(&r);
}

static void late_rows_are_marked_without_colour(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    start(&r, LANG_EN);
    add(&r, "A", "kkkk");
    add(&r, "B", "kuuu");
    script_of(plot_coverage, &r, &b);
    assert_says(&b, "\"4/4\"");
    assert_says(&b, "\"▲ to 1/2024\"");
    const char *name = strstr(buf_text(&b), "\"Xã B\"");
    assert_non_null(name);
    assert_true(strstr(name, "F_BOLD") < strchr(name, '\n'));
    buf_free(&b);
    result_free(&r);
}

static void months_too_many_for_tiles_are_cut_at_the_old_end_and_told(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    start(&r, LANG_EN);
    add_many(&r, 2, 240);
    script_of(plot_coverage, &r, &b);
    assert_says(&b, "months before are not.");
    assert_says(&b, "\"2043\"");
    assert_silent(&b, "\"2025\"");
    buf_free(&b);
    result_free(&r);
}

static void thirteen_units_of_six_years_and_a_province_of_two_are_drawn_whole(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    start(&r, LANG_EN);
    add_many(&r, 13, 72);
    script_of(plot_coverage, &r, &b);
    assert_silent(&b, "not drawn");
    assert_silent(&b, "before are not");
    result_free(&r);
    start(&r, LANG_EN);
    add_many(&r, 102, 24);
    script_of(plot_coverage, &r, &b);
    assert_silent(&b, "not drawn");
    assert_silent(&b, "before are not");
    assert_says(&b, "\"Xã 00101\"");
    buf_free(&b);
    result_free(&r);
}

static void units_without_room_are_those_that_reported_everything(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    start(&r, LANG_EN);
    add_many(&r, 102, 24);
    assert_true(bare_script_of(plot_coverage, &r, 71, &b) <= 71);
    assert_says(&b, "more units that have reported everything are not drawn.");
    assert_says(&b, "\"Xã 00101\"");
    assert_silent(&b, "\"Xã 00100\"");
    buf_free(&b);
    assert_fits(plot_coverage, &r, 71);
    result_free(&r);
}

static void wrong_months_and_no_rows_are_refused(void **state)
{
    (void)state;
    struct result r;
    start(&r, LANG_EN);
    assert_refused(plot_coverage, &r, "--from");
    add(&r, "A", "k");
    put(&r, "month", cell_text("2024/05"));
    assert_refused(plot_coverage, &r, "no month");
    result_free(&r);
}

static void gnuplot_draws_it(void **state)
{
    (void)state;
    struct result r;
    start(&r, LANG_VI);
    add(&r, "A", "k");
    assert_gnuplot_draws(plot_coverage, &r, "one");
    add(&r, "B", "kpu.");
    assert_gnuplot_draws(plot_coverage, &r, "coverage");
    result_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(title_says_who_stays_behind_and_since_when),
        cmocka_unit_test(many_that_stay_behind_are_counted),
        cmocka_unit_test(month_that_nobody_knows_as_a_whole_makes_nobody_late),
        cmocka_unit_test(unit_that_was_not_asked_is_not_late),
        cmocka_unit_test(unknown_months_are_hatched_and_have_no_count),
        cmocka_unit_test(late_rows_are_marked_without_colour),
        cmocka_unit_test(months_too_many_for_tiles_are_cut_at_the_old_end_and_told),
        cmocka_unit_test(thirteen_units_of_six_years_and_a_province_of_two_are_drawn_whole),
        cmocka_unit_test(units_without_room_are_those_that_reported_everything),
        cmocka_unit_test(wrong_months_and_no_rows_are_refused),
        cmocka_unit_test(gnuplot_draws_it),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
