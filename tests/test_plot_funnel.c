/* test_plot_funnel.c: what the funnel says and draws of its cells. */
#include "fixtures_places.h"

#include "plot/draw.h"

static const struct column limit_columns[] = {
    {"expected", "", COLUMN_REAL, 1}, {"low_95", "", COLUMN_REAL, 1},
    {"high_95", "", COLUMN_REAL, 1},  {"low_998", "", COLUMN_REAL, 1},
    {"high_998", "", COLUMN_REAL, 1}, {"note", "", COLUMN_NOTE, 0}};

static struct result limits;

static void add_limit(double expected, double low, double high, double lowest, double highest)
{
    assert_non_null(result_add_row(&limits, NULL));
    put(&limits, "expected", cell_real(expected));
    put(&limits, "low_95", cell_real(low));
    put(&limits, "high_95", cell_real(high));
    put(&limits, "low_998", cell_real(lowest));
    put(&limits, "high_998", cell_real(highest));
}

static void init_limits(void)
{
    result_init(&limits, "limits", limit_columns, sizeof limit_columns / sizeof *limit_columns,
                LANG_EN);
    for (int i = 0; i <= 40; i++) {
        double expected = 0.5 * pow(200, i / 40.0), sd = 1 / sqrt(expected);
        add_limit(expected, fmax(0, 1 - 1.96 * sd), 1 + 1.96 * sd, fmax(0, 1 - 3.09 * sd),
                  1 + 3.09 * sd);
    }
}

static bool draw(const struct result *r, const struct plot_options *o, struct err *e)
{
    return plot_funnel(r, limits.row_count ? &limits : NULL, o, e);
}

static void start(struct result *r, enum lang lang)
{
    places_init(r, lang);
    init_limits();
}

static void done(struct result *r, struct buf *b)
{
    result_free(r);
    result_free(&limits);
    buf_free(b);
}

static void only_places_outside_the_limits_are_named(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    start(&r, LANG_EN);
    add_district(&r);
    script_of(draw, &r, &b);
    assert_tells(&b, "Above the 95% limit: Đốc\u00a0Binh\u00a0Kiều");
    assert_says(&b, "\"Đốc Binh Kiều, 27\u00a0cases\"");
    assert_silent(&b, "\"Mỹ Hòa");
    assert_says(&b, "15.4 1.753246753 1 # Đốc Binh Kiều");
    assert_says(&b, "13.6 0.9558823529 0 # Mỹ Hòa");
    done(&r, &b);
}

static void far_above_and_below_are_told_apart(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    start(&r, LANG_EN);
    add_place(&r, "a", "Far", 60, 20, "high");
    add_place(&r, "b", "Above", 31, 20, "elevated");
    add_place(&r, "c", "Inside", 20, 20, "normal");
    add_place(&r, "d", "Below", 9, 20, "normal");
    add_place(&r, "e", "Deep", 2, 20, "normal");
    script_of(draw, &r, &b);
    assert_says(&b, "20 3 2 # Far");
    assert_says(&b, "20 1.55 1 # Above");
    assert_says(&b, "20 1 0 # Inside");
    assert_says(&b, "20 0.45 -1 # Below");
    assert_says(&b, "20 0.1 -2 # Deep");
    assert_tells(&b, "▲ Above the 99.8% limit: Far; above the 95% limit: Above");
    done(&r, &b);
}

static void none_outside_is_a_finding(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    start(&r, LANG_EN);
    add_place(&r, "a", "An", 5, 4, "normal");
    add_place(&r, "b", "Bình", 3, 4, "normal");
    script_of(draw, &r, &b);
    assert_tells(&b, "No place is above the limits of chance");
    assert_tells(&b, "1 in 20 lies outside the 95% limits");
    assert_tells(&b, "Poisson, exact");
    put(&limits, "note", cell_text(""));
    limits.cells[limits.column_count - 1] = cell_text("dispersed_limits=1;");
    script_of(draw, &r, &b);
    assert_keeps_quiet(&b, "Poisson");
    assert_tells(&b, "as places ordinarily do");
    done(&r, &b);
}

static void a_place_beyond_the_points_of_the_limits_is_not_judged(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    start(&r, LANG_EN);
    add_place(&r, "a", "Tiny", 3, 0.1, "normal");
    add_place(&r, "b", "Huge", 900, 300, "normal");
    script_of(draw, &r, &b);
    assert_says(&b, " 0 # Tiny");
    assert_says(&b, " 0 # Huge");
    done(&r, &b);
}

static void without_limits_or_ratios_nothing_is_made_up(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    start(&r, LANG_EN);
    limits.row_count = 0;
    add_place(&r, "a", "An", 0, 0, "");
    add_place(&r, "b", "Bình", UNKNOWN, 4, "");
    script_of(draw, &r, &b);
    assert_tells(&b, "Too few figures to compare places");
    assert_keeps_quiet(&b, "95%");
    assert_silent(&b, "inf");
    add_district(&r);
    script_of(draw, &r, &b);
    assert_tells(&b, "Cases against what overall level and population give");
    done(&r, &b);
}

/* ---- labels ---- */

struct box {
    double left, right, middle;
};

/* The boxes of the texts that end in "cases", in mm of a page of that height. */
static size_t read_boxes(const struct buf *b, double height, struct box *boxes, size_t most)
{
    static const char set[] = "set label \"";
    size_t n = 0;
    for (const char *at = buf_text(b); (at = strstr(at, set)) && n < most; at++) {
        char text[200];
        double x, y;
        size_t length = strcspn(at + strlen(set), "\"");
        snprintf(text, sizeof text, "%.*s", (int)length, at + strlen(set));
        size_t end = strlen(text);
        if (end < 5 || strcmp(text + end - 5, "cases") != 0)
            continue;
        const char *place = at + strlen(set) + length;
        assert_int_equal(sscanf(place, "\" at screen %lf,%lf left", &x, &y), 2);
        enum draw_style style =
            strstr(place, "F_BOLD") == strstr(place, "F_") ? DRAW_STRONG : DRAW_LABEL;
        boxes[n++] = (struct box){160 * x, 160 * x + draw_width(style, text), height * (1 - y)};
    }
    return n;
}

static void names_do_not_meet(void **state)
{
    struct result r;
    struct buf b = {0};
    struct box boxes[100];
    double height = 0;
    (void)state;
    start(&r, LANG_EN);
    for (int i = 0; i < 120; i++) {
        char name[40];
        snprintf(name, sizeof name, "Xã Tân Thạnh %d", i);
        add_place(&r, name, name, (i * 37) % 61, 5 + (i * 13) % 40, "normal");
    }
    script_of(draw, &r, &b);
    assert_int_equal(sscanf(strstr(buf_text(&b), "H = "), "H = %lf", &height), 1);
    size_t n = read_boxes(&b, height, boxes, 100);
    assert_true(n > 10);
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            if (fabs(boxes[i].middle - boxes[j].middle) < 3.2 && boxes[i].left < boxes[j].right &&
                boxes[j].left < boxes[i].right)
                fail_msg("labels %zu and %zu meet", i, j);
    assert_tells(&b, "without room for a name: ");
    done(&r, &b);
}

static void gnuplot_draws_it(void **state)
{
    struct err e = {0};
    struct buf b = {0};
    struct plot_options o = {.path = path_of("funnel.svg")};
    struct result r;
    (void)state;
    if (!has_gnuplot())
        skip();
    start(&r, LANG_VI);
    add_district(&r);
    add_place(&r, "803/?", "", 4, NAN, "");
    add_place(&r, "z", "Vọt", 30, 2, "high"); /* a square-root axis */
    if (!plot_funnel(&r, &limits, &o, &e))
        fail_msg("%s", e.msg);
    read_all(o.path, &b);
    assert_says(&b, "Đốc Binh Kiều");
    done(&r, &b);
}

static void inside_a_document_it_is_no_higher_than_asked(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    start(&r, LANG_VI);
    add_district(&r);
    assert_fits(draw, &r, 80);
    assert_fits(draw, &r, 71);
    done(&r, &b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_places_outside_the_limits_are_named),
        cmocka_unit_test(far_above_and_below_are_told_apart),
        cmocka_unit_test(none_outside_is_a_finding),
        cmocka_unit_test(a_place_beyond_the_points_of_the_limits_is_not_judged),
        cmocka_unit_test(without_limits_or_ratios_nothing_is_made_up),
        cmocka_unit_test(names_do_not_meet),
        cmocka_unit_test(gnuplot_draws_it),
        cmocka_unit_test(inside_a_document_it_is_no_higher_than_asked),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
