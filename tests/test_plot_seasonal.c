#include "fixtures_charts.h"

static bool draw(const struct result *months, const struct plot_options *o, struct err *e)
{
    return plot_seasonal(months, &row, o, e);
}

static void put_season(double p, int peak)
{
    put(&row, "season_p", cell_real(p));
    put(&row, "season_peak", cell_int(peak));
}

/* Two years; each month has its number, June 20. */
static void two_years(struct result *r, enum lang lang)
{
    charts_init(r, lang);
    for (int i = 0; i < 24; i++) {
        int month = i % 12 + 1;
        add_month(r, arena_format(&r->arena, "%d-%02d", 2023 + i / 12, month),
                  month == 6 ? 20 : month, "known");
    }
}

/* The row of the data block that fills the cell of this year (from 0) and month (from 1), as far as
 * its colour: cells come year by year, and all of them are there. */
static unsigned colour_of(const struct buf *script, int year, int month)
{
    const char *at = strstr(buf_text(script), "$cells << EOD\n");
    unsigned colour = 0;
    assert_non_null(at);
    for (int i = 0; i < 1 + year * 12 + month; i++)
        at = strchr(at, '\n') + 1;
    assert_int_equal(sscanf(at, "%*f %*f %*f %*f %*f %*f %u", &colour), 1);
    return colour;
}

static void a_season_beyond_chance_names_its_month(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    two_years(&r, LANG_VI);
    put_season(0.0004, 6);
    script_of(draw, &r, &b);
    assert_tells(&b, "Cao nhất vào tháng 6 (bình quân 20\u00a0vụ); thấp nhất vào tháng 1 "
                     "(1\u00a0vụ)");
    assert_tells(&b, "p\u00a0<\u00a00,001.");
    assert_says(&b, "\"20,0\" at");
    assert_vietnamese(&b);
    /* A month beside the fitted peak is named by its mean; farther away both are. */
    put_season(0.0496, 7);
    script_of(draw, &r, &b);
    assert_tells(&b, "Cao nhất vào tháng 6 (bình quân 20\u00a0vụ);");
    assert_tells(&b, "p\u00a0=\u00a00,0496.");
    put_season(0.0496, 12);
    script_of(draw, &r, &b);
    assert_tells(&b, "Mùa cao nhất vào khoảng tháng 12; bình quân cao nhất là tháng 6 "
                     "(20\u00a0vụ)");
    buf_free(&b);
    charts_free(&r);
}

static void a_season_within_chance_is_none(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    two_years(&r, LANG_VI);
    put_season(0.05, 6);
    script_of(draw, &r, &b);
    assert_tells(&b, "Chưa thấy mùa rõ rệt: bình quân từng tháng từ 1,0 đến 20\u00a0vụ");
    assert_silent(&b, "Cao nhất");
    assert_vietnamese(&b);
    buf_free(&b);
    charts_free(&r);
}

static void without_a_test_the_title_says_only_what_is_shown(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    two_years(&r, LANG_VI);
    script_of(draw, &r, &b);
    assert_tells(&b, "Số vụ theo tháng và năm, 2023–2024");
    assert_silent(&b, "Kiểm định");
    assert_silent(&b, "Cao nhất");
    buf_free(&b);
    charts_free(&r);
}

static void the_more_the_darker_and_the_text_turns_white(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    two_years(&r, LANG_EN);
    script_of(draw, &r, &b);
    assert_int_equal(colour_of(&b, 0, 1), 0xEEF3F8);
    assert_int_equal(colour_of(&b, 0, 6), 0x12436D);
    assert_int_equal(colour_of(&b, 1, 12), 0x12436D);
    assert_int_equal(colour_of(&b, 1, 4), 0xC3D7E9);
    assert_says(&b, " \"20\" 16777215\n");
    assert_says(&b, " \"1\" 2042163\n");
    assert_tells(&b, "\u00a0cases in 24 of 24 months.");
    assert_tells(&b, "92\u00a0cases");
    buf_free(&b);
    charts_free(&r);
}

static void one_month_far_above_takes_no_contrast_from_the_others(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    two_years(&r, LANG_EN);
    put(&r, "count", cell_int(100000));
    script_of(draw, &r, &b);
    assert_true(colour_of(&b, 0, 1) != colour_of(&b, 0, 9));
    /* Its number has no room in its cell. */
    assert_silent(&b, "\"100,000\" ");
    buf_free(&b);
    charts_free(&r);
}

static void unknown_partial_and_excluded_months_have_no_shade_and_no_part_in_the_means(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    two_years(&r, LANG_VI);
    for (size_t i = 0; i < 3; i++) {
        static const char *const states[] = {"unknown", "partial", "excluded"};
        r.row_count = 13 + i;
        put(&r, "count", cell_int(900));
        put(&r, "state", cell_text(states[i]));
    }
    r.row_count = 24;
    script_of(draw, &r, &b);
    assert_tells(&b, "chưa có số liệu (không phải bằng 0)");
    assert_tells(&b, "tháng chưa đủ số liệu");
    assert_tells(&b, "không đưa vào tính");
    assert_says(&b, "\"1,0\" at");
    assert_says(&b, "\"2,0\" at");
    assert_says(&b, "\"3,0\" at");
    assert_says(&b, " \"900\" 2042163\n");
    assert_silent(&b, "\"900\" 16777215");
    assert_tells(&b, "(10/12 tháng)");
    buf_free(&b);
    charts_free(&r);
}

static void all_zero_and_a_single_month_are_drawn(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    charts_init(&r, LANG_VI);
    add_year(&r, 2022, 0);
    add_year(&r, 2023, 0);
    script_of(draw, &r, &b);
    assert_int_equal(colour_of(&b, 1, 12), 0xEEF3F8);
    charts_free(&r);
    charts_init(&r, LANG_VI);
    add_month(&r, "2024-05", UNKNOWN, "unknown");
    script_of(draw, &r, &b);
    assert_tells(&b, "Số vụ theo tháng, năm 2024");
    buf_free(&b);
    charts_free(&r);
}

static void gnuplot_draws_it(void **state)
{
    (void)state;
    struct result r;
    two_years(&r, LANG_VI);
    put_season(0.01, 6);
    assert_gnuplot_draws(draw, &r, "seasonal");
    charts_free(&r);
}

static void inside_a_document_it_is_no_higher_than_asked(void **state)
{
    (void)state;
    struct result r;
    two_years(&r, LANG_VI);
    put_season(0.01, 6);
    assert_fits(draw, &r, 60);
    charts_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_season_beyond_chance_names_its_month),
        cmocka_unit_test(a_season_within_chance_is_none),
        cmocka_unit_test(without_a_test_the_title_says_only_what_is_shown),
        cmocka_unit_test(the_more_the_darker_and_the_text_turns_white),
        cmocka_unit_test(one_month_far_above_takes_no_contrast_from_the_others),
        cmocka_unit_test(
            unknown_partial_and_excluded_months_have_no_shade_and_no_part_in_the_means),
        cmocka_unit_test(all_zero_and_a_single_month_are_drawn),
        cmocka_unit_test(gnuplot_draws_it),
        cmocka_unit_test(inside_a_document_it_is_no_higher_than_asked),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
