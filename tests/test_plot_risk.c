/* test_plot_risk.c: what the caterpillar says and draws of its cells. */
#include "fixtures_places.h"

static void draw_district(struct buf *b, enum lang lang, struct result *r)
{
    places_init(r, lang);
    add_district(r);
    script_of(plot_risk, r, b);
}

static void the_title_names_the_places_above_the_overall_level(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    draw_district(&b, LANG_EN, &r);
    assert_tells(&b, "Above the overall level (at least 95% likely): Đốc\u00a0Binh\u00a0Kiều;");
    assert_tells(&b, "to be\u00a0watched: TT\u00a0Mỹ\u00a0An");
    result_free(&r);
    buf_free(&b);
}

static void without_one_the_title_says_that_none_is(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    places_init(&r, LANG_EN);
    add_place(&r, "a", "An", 5, 4, "normal");
    add_place(&r, "b", "Bình", 3, 4, "normal");
    script_of(plot_risk, &r, &b);
    assert_tells(&b, "No place is above the overall level with certainty");
    assert_keeps_quiet(&b, "watched");
    assert_keeps_quiet(&b, "▲");
    result_free(&r);
    buf_free(&b);
}

static void of_many_high_places_the_first_are_named(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    places_init(&r, LANG_EN);
    for (int i = 0; i < 6; i++) {
        char name[24];
        snprintf(name, sizeof name, "P%d", i);
        add_place(&r, name, name, 30, 10, "high");
    }
    script_of(plot_risk, &r, &b);
    assert_tells(&b, "P0, P1, P2 and 3 more");
    result_free(&r);
    buf_free(&b);
}

static void expected_is_said_in_the_committees_words(void **state)
{
    static const char *const banned[] = {"kỳ vọng", "Kỳ vọng", "nguy cơ", "Nguy cơ"};
    struct result r;
    struct buf b = {0};
    (void)state;
    draw_district(&b, LANG_VI, &r);
    for (size_t i = 0; i < sizeof banned / sizeof *banned; i++)
        assert_keeps_quiet(&b, banned[i]);
    assert_tells(&b, "Không dùng để xếp loại thi đua");
    assert_tells(&b, "15,4");
    result_free(&r);
    buf_free(&b);
}

static void rows_stand_by_rank_and_the_unknown_apart(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    places_init(&r, LANG_EN);
    add_place(&r, "803/?", "", 4, NAN, "");
    add_place(&r, "x", "Unreported", UNKNOWN, 2, "");
    add_place(&r, "b", "Second", 5, 4, "normal");
    put(&r, "rank", cell_int(2));
    add_place(&r, "a", "First", 9, 4, "normal");
    put(&r, "rank", cell_int(1));
    script_of(plot_risk, &r, &b);
    assert_order(&b, "\"First\"", "\"Second\"");
    assert_order(&b, "\"Second\"", "\"Unreported\"");
    assert_order(&b, "\"Unreported\"", "\"place unknown\"");
    assert_tells(&b, "not reported yet");
    assert_tells(&b, "n\u00a0=\u00a018\u00a0cases; places: 3.");
    result_free(&r);
    buf_free(&b);
}

static void a_total_row_is_no_place(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    places_init(&r, LANG_EN);
    add_place(&r, "803", "The district", 12, 12, "normal");
    put(&r, "note", cell_text("basis=1;total=1;"));
    add_place(&r, "a", "An", 7, 6, "normal");
    add_place(&r, "b", "Bình", 5, 6, "normal");
    script_of(plot_risk, &r, &b);
    assert_keeps_quiet(&b, "The district");
    assert_tells(&b, "n\u00a0=\u00a012\u00a0cases");
    result_free(&r);
    buf_free(&b);
}

static void of_many_rows_the_middle_is_left_out_and_counted(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    places_init(&r, LANG_EN);
    for (int i = 0; i < 300; i++) {
        char name[24];
        snprintf(name, sizeof name, "P%03d", i);
        add_place(&r, name, name, 5, 5, "normal");
    }
    script_of(plot_risk, &r, &b);
    assert_tells(&b, "… 240 places between, not drawn");
    assert_says(&b, "\"P039\"");
    assert_silent(&b, "\"P040\"");
    assert_silent(&b, "\"P279\"");
    assert_says(&b, "\"P280\"");
    result_free(&r);
    buf_free(&b);
}

static void levels_have_shapes_and_words(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    draw_district(&b, LANG_EN, &r);
    assert_says(&b, "1.753246753 4 # Đốc Binh Kiều");
    assert_says(&b, " 3 # TT Mỹ An");
    assert_says(&b, " 2 # Láng Biển");
    assert_tells(&b, "▲ high");
    assert_tells(&b, "◊ to be watched");
    assert_tells(&b, "too few to tell");
    assert_tells(&b, "Rings beyond the axis are not drawn."); /* Láng Biển: none of 0.7 */
    result_free(&r);
    buf_free(&b);
}

static void ranks_have_their_interval_and_are_not_in_documents(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    places_init(&r, LANG_EN);
    add_place(&r, "a", "An", 9, 4, "elevated");
    put(&r, "rank_low", cell_int(1));
    put(&r, "rank_high", cell_int(2));
    add_place(&r, "b", "Bình", 3, 4, "normal");
    put(&r, "rank_low", cell_int(2));
    put(&r, "rank_high", cell_int(2));
    script_of(plot_risk, &r, &b);
    assert_says(&b, "\"1–2\"");
    assert_says(&b, "\"2\"");
    assert_says(&b, "\"Rank\"");
    /* Signed pages: no league table. */
    bare_script_of(plot_risk, &r, 0, &b);
    assert_silent(&b, "\"1–2\"");
    assert_silent(&b, "\"Rank\"");
    result_free(&r);
    buf_free(&b);
}

static void no_cases_anywhere_is_drawn_without_numbers_made_up(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    places_init(&r, LANG_EN);
    add_place(&r, "a", "An", 0, 0, "");
    add_place(&r, "b", "Bình", 0, 0, "");
    script_of(plot_risk, &r, &b);
    assert_tells(&b, "Too few figures to compare places");
    assert_tells(&b, "not compared");
    assert_silent(&b, "inf");
    assert_silent(&b, "-nan");
    result_free(&r);
    buf_free(&b);
}

static void what_is_no_single_comparison_is_refused(void **state)
{
    struct result r;
    (void)state;
    places_init(&r, LANG_EN);
    assert_refused(plot_risk, &r, "no rows");
    add_place(&r, "a", "An", 5, 4, "normal");
    add_place(&r, "b", "Bình", 5, 4, "normal");
    put(&r, "period", cell_text("2023"));
    assert_refused(plot_risk, &r, "one period");
    put(&r, "category", cell_text("XHTE"));
    assert_refused(plot_risk, &r, "one category");
    result_free(&r);
}

static void gnuplot_draws_it(void **state)
{
    struct err e = {0};
    struct buf b = {0};
    struct plot_options o = {.path = path_of("risk.svg")};
    struct result r;
    (void)state;
    if (!has_gnuplot())
        skip();
    places_init(&r, LANG_VI);
    add_district(&r);
    add_place(&r, "803/?", "", 4, NAN, "");
    if (!plot_risk(&r, &o, &e))
        fail_msg("%s", e.msg);
    read_all(o.path, &b);
    assert_says(&b, "Đốc Binh Kiều");
    result_free(&r);
    buf_free(&b);
}

static void inside_a_document_it_is_no_higher_than_asked(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    places_init(&r, LANG_VI);
    for (int i = 0; i < 20; i++)
        add_district(&r);
    assert_fits(plot_risk, &r, 92);
    assert_fits(plot_risk, &r, 71);
    bare_script_of(plot_risk, &r, 71, &b);
    assert_says(&b, "không vẽ");
    assert_silent(&b, "thi đua");
    result_free(&r);
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_title_names_the_places_above_the_overall_level),
        cmocka_unit_test(without_one_the_title_says_that_none_is),
        cmocka_unit_test(of_many_high_places_the_first_are_named),
        cmocka_unit_test(expected_is_said_in_the_committees_words),
        cmocka_unit_test(rows_stand_by_rank_and_the_unknown_apart),
        cmocka_unit_test(a_total_row_is_no_place),
        cmocka_unit_test(of_many_rows_the_middle_is_left_out_and_counted),
        cmocka_unit_test(levels_have_shapes_and_words),
        cmocka_unit_test(ranks_have_their_interval_and_are_not_in_documents),
        cmocka_unit_test(no_cases_anywhere_is_drawn_without_numbers_made_up),
        cmocka_unit_test(what_is_no_single_comparison_is_refused),
        cmocka_unit_test(gnuplot_draws_it),
        cmocka_unit_test(inside_a_document_it_is_no_higher_than_asked),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
