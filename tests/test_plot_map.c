/* test_plot_map.c: what the map says and draws of rows and shapes. */
#include "fixtures_map.h"

static void areas_carry_names_counts_and_levels(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    start(&r, LANG_EN);
    add_area("a", 105, 10, 0.3, 0.2);
    add_area("b", 105.3, 10, 0.3, 0.2);
    add_place(&r, "a", "Trường Xuân", 30, 12, "high");
    add_place(&r, "b", "Mỹ Hòa", 12, 14, "elevated");
    script_of(draw, &r, &b);
    assert_says(&b, "\"▲ Trường Xuân\"");
    assert_says(&b, "\"30\"");
    assert_says(&b, "\"◊ Mỹ Hòa\"");
    assert_tells(&b, "Above the overall level (at least 95% likely): Trường\u00a0Xuân");
    assert_tells(&b, "▲ high: above the overall level,");
    assert_tells(&b, "◊ to be watched: chance");
    assert_tells(&b, "Bold figures: counts");
    assert_tells(&b, "no legal force");
    assert_tells(&b, "Not for ranking units");
    assert_keeps_quiet(&b, "cluster");
    assert_keeps_quiet(&b, "not known");
    done(&r, &b);
}

static void five_classes_have_their_number_of_places(void **state)
{
    static const double rr[] = {0.4, 0.7, 1, 1, 1.5, 2.5, 2};
    struct result r;
    struct buf b = {0};
    (void)state;
    start(&r, LANG_EN);
    add_grid(&r, 7, 1, "P", "normal");
    for (size_t i = 0; i < 7; i++)
        r.cells[i * r.column_count + result_column(&r, "rr")] = cell_real(rr[i]);
    script_of(draw, &r, &b);
    /* Breaks 0.5, 0.8, 1.25, 2, the lower bound in the class. */
    assert_says(&b, "\"2 and more\"");
    assert_says(&b, "\"1.25–2\"");
    assert_says(&b, "\"0.8–1.25\"");
    assert_says(&b, "\"0.5–0.8\"");
    assert_says(&b, "\"under 0.5\"");
    assert_order(&b, "lc rgb '#EEF3F8'", "lc rgb '#12436D'");
    done(&r, &b);
}

static void near_the_overall_level_the_classes_are_narrow(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    start(&r, LANG_VI);
    add_grid(&r, 4, 1, "P", "normal");
    for (size_t i = 0; i < 4; i++)
        r.cells[i * r.column_count + result_column(&r, "rr")] = cell_real(0.9 + 0.1 * (double)i);
    script_of(draw, &r, &b);
    assert_says(&b, "\"0,95–1,05\"");
    done(&r, &b);
}

static void what_is_not_known_is_hatched(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    start(&r, LANG_EN);
    add_grid(&r, 3, 1, "P", "normal");
    add_area("x", 105.3, 10, 0.1, 0.1); /* no row of the result */
    add_area("y", 105.4, 10, 0.1, 0.1);
    add_place(&r, "y", "Silent", UNKNOWN, 4, "");
    script_of(draw, &r, &b);
    assert_says(&b, "lc rgb HATCH");
    assert_says(&b, "\"Silent\"");
    assert_says(&b, "\"…\"");
    assert_tells(&b, "not known, which is not zero");
    done(&r, &b);
}

static void clusters_have_a_double_outline(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    start(&r, LANG_EN);
    add_grid(&r, 3, 2, "P", "normal");
    put(&r, "cluster", cell_int(1));
    script_of(draw, &r, &b);
    assert_says(&b, "$rings with lines lc rgb '#FFFFFF'");
    assert_tells(&b, "cluster of places that are high together");
    done(&r, &b);
}

static void without_boundaries_circles_are_drawn(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    start(&r, LANG_EN);
    add_spot("a", 105.1, 10.1);
    add_spot("b", 105.4, 10.2);
    add_spot("c", NAN, NAN);
    add_place(&r, "a", "An", 40, 30, "high");
    add_place(&r, "b", "Bình", 10, 12, "normal");
    add_place(&r, "c", "Lost", 3, 3, "normal");
    script_of(draw, &r, &b);
    assert_says(&b, "set object circle at first");
    assert_says(&b, "\"▲ An, 40\"");
    assert_tells(&b, "40\u00a0cases");
    assert_tells(&b, "10\u00a0cases"); /* the key's second circle */
    assert_tells(&b, "No place on the map: Lost.");
    assert_keeps_quiet(&b, "legal force");
    done(&r, &b);
}

static void a_circle_has_the_area_of_its_count(void **state)
{
    struct result r;
    struct buf b = {0};
    double x, y, large = 0, small = 0;
    static const char set[] = "set object circle at first";
    (void)state;
    start(&r, LANG_EN);
    add_spot("a", 105.1, 10.1);
    add_spot("b", 105.4, 10.2);
    add_place(&r, "a", "An", 160, 30, "normal");
    add_place(&r, "b", "Bình", 40, 12, "normal");
    script_of(draw, &r, &b);
    const char *at = strstr(buf_text(&b), set); /* the largest first */
    assert_non_null(at);
    assert_int_equal(
        sscanf(at, "set object circle at first %lf,%lf size first %lf", &x, &y, &large), 3);
    at = strstr(at + 1, set);
    assert_non_null(at);
    assert_int_equal(
        sscanf(at, "set object circle at first %lf,%lf size first %lf", &x, &y, &small), 3);
    CHECK_NEAR(small, large / 2, 0, 0.02);
    done(&r, &b);
}

/* ---- where it stands ---- */

/* The outline of the only shape, from the block of areas. */
static void read_bounds(const struct buf *b, struct label_box *box)
{
    double x, y;
    int used;
    const char *at = strstr(buf_text(b), "$areas << EOD\n");
    assert_non_null(at);
    *box = (struct label_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (at += strlen("$areas << EOD\n"); sscanf(at, "%lf %lf\n%n", &x, &y, &used) == 2; at += used)
        *box = (struct label_box){fmin(box->left, x), fmin(box->top, y), fmax(box->right, x),
                                  fmax(box->bottom, y)};
}

static void a_degree_of_longitude_shrinks_with_the_cosine_of_the_latitude(void **state)
{
    struct result r;
    struct buf b = {0};
    struct label_box box;
    (void)state;
    start(&r, LANG_EN);
    add_area("a", 20, 59, 2, 2); /* cos 60 = 0.5 */
    add_place(&r, "a", "An", 5, 5, "normal");
    script_of(draw, &r, &b);
    read_bounds(&b, &box);
    CHECK_NEAR((box.right - box.left) / (box.bottom - box.top), 0.5, 0, 0.001);
    done(&r, &b);
}

static void the_scale_bar_is_as_long_as_it_says(void **state)
{
    struct result r;
    struct buf b = {0};
    struct label_box box;
    double x, y, dx, dy;
    (void)state;
    start(&r, LANG_EN);
    add_area("a", 105, -0.5, 1, 1); /* a degree at the equator: 111.195 km */
    add_place(&r, "a", "An", 5, 5, "normal");
    script_of(draw, &r, &b);
    read_bounds(&b, &box);
    assert_says(&b, "\"20 km\"");
    const char *look = strstr(buf_text(&b), "lc rgb INK lw 2\n"), *rows = buf_text(&b);
    assert_non_null(look);
    for (const char *at = rows; (at = strstr(at, "$rows << EOD\n")) && at < look; at++)
        rows = at + strlen("$rows << EOD\n");
    assert_int_equal(sscanf(rows, "%lf %lf %lf %lf", &x, &y, &dx, &dy), 4);
    CHECK_NEAR(dx, (box.right - box.left) * 20 / 111.195, 0.001, 0);
    done(&r, &b);
}

/* ---- hard cases ---- */

static void shapes_that_cross_themselves_lack_points_or_lie_nowhere_are_drawn(void **state)
{
    static const double bow[] = {105, 10, 106, 11, 106, 10, 105, 11};
    static const double ring[] = {107,   10,   109,   10,   109,   12,   107,   12,   107,   10,
                                  107.5, 10.5, 108.5, 10.5, 108.5, 11.5, 107.5, 11.5, 107.5, 10.5};
    static const double line[] = {110, 10, 111, 11}, bad[] = {NAN, NAN, 105, 200, 105, 10, 105, 10};
    static const size_t five[] = {5, 5}, two[] = {2};
    struct err e = {0};
    struct result r;
    struct buf b = {0};
    (void)state;
    start(&r, LANG_EN);
    const struct map_shape items[] = {{"bow", NAN, NAN, 1, four, bow},
                                      {"ring", NAN, NAN, 2, five, ring},
                                      {"line", NAN, NAN, 1, two, line},
                                      {"bad", NAN, NAN, 1, four, bad}};
    memcpy(shape_items, items, sizeof items);
    shapes.count = 4;
    for (size_t i = 0; i < 4; i++)
        add_place(&r, items[i].unit, items[i].unit, 5, 5, i == 0 ? "" : "high");
    script_of(draw, &r, &b);
    assert_silent(&b, "nan");
    assert_silent(&b, "inf");
    if (has_gnuplot()) {
        struct plot_options o = {.path = path_of("hard.png")};
        if (!plot_map(&r, &shapes, &o, &e))
            fail_msg("%s", e.msg);
    }
    done(&r, &b);
}

static void one_place_on_one_spot_is_drawn(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    start(&r, LANG_EN);
    add_spot("a", 105, 10);
    add_place(&r, "a", "An", 0, 5, "normal");
    script_of(draw, &r, &b);
    assert_tells(&b, "An, 0");
    assert_silent(&b, "nan");
    assert_silent(&b, "inf");
    done(&r, &b);
}

static void without_any_place_it_says_what_to_load(void **state)
{
    struct result r;
    (void)state;
    start(&r, LANG_EN);
    add_district(&r);
    assert_refused(draw, &r, "load boundaries");
    add_area("elsewhere", 105, 10, 1, 1);
    assert_refused(draw, &r, "load boundaries");
    result_free(&r);
}

static void gnuplot_draws_it(void **state)
{
    static const char *const names[] = {"map.svg", "map.png", "map.pdf"};
    struct buf b = {0};
    struct result r;
    (void)state;
    if (!has_gnuplot())
        skip();
    start(&r, LANG_VI);
    add_grid(&r, 4, 3, "Phú Điền", "high");
    put(&r, "cluster", cell_int(1));
    add_spot("s", 105.2, 10.4);
    add_place(&r, "s", "Điểm", 12, 5, "high");
    add_place(&r, "803/?", "", 4, NAN, "");
    for (size_t i = 0; i < 3; i++) {
        struct err e = {0};
        struct plot_options o = {.path = path_of(names[i])};
        if (!plot_map(&r, &shapes, &o, &e))
            fail_msg("%s", e.msg);
        read_all(o.path, &b);
        assert_true(b.len > 1000);
    }
    done(&r, &b);
}

static void inside_a_document_it_is_no_higher_than_asked(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    static const double heights[] = {98, 85};
    start(&r, LANG_VI);
    add_grid(&r, 4, 4, "Xã Đốc Binh Kiều", "normal");
    r.synthetic = true;
    for (size_t i = 0; i < sizeof heights / sizeof heights[0]; i++) {
        assert_true(bare_script_of(draw, &r, 0, &b) > heights[i]);
        assert_true(bare_script_of(draw, &r, heights[i], &b) <= heights[i]);
        assert_silent(&b, "SỐ LIỆU MÔ PHỎNG");
        assert_tells(&b, "không có giá trị xác định địa giới");
        assert_tells(&b, "Xã Đốc");
    }
    done(&r, &b);
}

/* The key stands beside it, with the notes: a figure low as it is has a map, not a stamp. */
static void inside_a_document_the_map_has_the_height(void **state)
{
    (void)state;
    struct result r;
    struct buf b = {0};
    start(&r, LANG_VI);
    add_grid(&r, 2, 6, "Đốc Binh Kiều", "normal");
    double height = bare_script_of(draw, &r, 71, &b);
    assert_true(height <= 71 && height > 66);
    const char *rings = strstr(buf_text(&b), "$rings << EOD");
    assert_non_null(rings);
    double low = INFINITY, high = -INFINITY;
    for (const char *c = strchr(rings, '\n') + 1; *c != 'E'; c = strchr(c, '\n') + 1) {
        double x, y;
        if (sscanf(c, "%lf %lf", &x, &y) != 2)
            continue;
        low = fmin(low, y);
        high = fmax(high, y);
    }
    assert_true(high - low > 40);
    /* Twenty-seven names in the key: as high as that, with a map of that height. */
    shapes.count = 0;
    result_free(&r);
    places_init(&r, LANG_VI);
    add_grid(&r, 3, 9, "Đốc Binh Kiều", "normal");
    assert_true(bare_script_of(draw, &r, 56, &b) < 112);
    done(&r, &b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas_carry_names_counts_and_levels),
        cmocka_unit_test(five_classes_have_their_number_of_places),
        cmocka_unit_test(near_the_overall_level_the_classes_are_narrow),
        cmocka_unit_test(what_is_not_known_is_hatched),
        cmocka_unit_test(clusters_have_a_double_outline),
        cmocka_unit_test(without_boundaries_circles_are_drawn),
        cmocka_unit_test(a_circle_has_the_area_of_its_count),
        cmocka_unit_test(a_degree_of_longitude_shrinks_with_the_cosine_of_the_latitude),
        cmocka_unit_test(the_scale_bar_is_as_long_as_it_says),
        cmocka_unit_test(shapes_that_cross_themselves_lack_points_or_lie_nowhere_are_drawn),
        cmocka_unit_test(one_place_on_one_spot_is_drawn),
        cmocka_unit_test(without_any_place_it_says_what_to_load),
        cmocka_unit_test(gnuplot_draws_it),
        cmocka_unit_test(inside_a_document_it_is_no_higher_than_asked),
        cmocka_unit_test(inside_a_document_the_map_has_the_height),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
