/* The rings of boundaries and their middles. */
#include "check.h"

#include <string.h>

#include "ingest/geometry.h"

static void read_shape(struct geometry *g, const char *text)
{
    struct err e = {0};
    if (!geometry_read(g, text, &e))
        fail_msg("%s: %s", text, e.msg);
}

static void check_middle(const char *text, double want_lon, double want_lat)
{
    struct geometry g;
    double lon = 0, lat = 0;
    read_shape(&g, text);
    assert_true(geometry_middle(&g, &lon, &lat));
    CHECK_NEAR(lon, want_lon, 1e-12, 0);
    CHECK_NEAR(lat, want_lat, 1e-12, 0);
    geometry_free(&g);
}

static void rings_come_in_the_order_of_the_text(void **state)
{
    (void)state;
    struct geometry g;
    read_shape(&g, "{\"type\":\"MultiPolygon\",\"coordinates\":["
                   "[[[1,2],[3,2],[3,4],[1,2]],[[5,6],[7,6],[7,8]]],[[[9,9],[8,9],[8,8],[9,9]]]]}");
    assert_int_equal(g.ring_count, 3);
    assert_int_equal(g.points, 11);
    assert_int_equal(g.ring_sizes[0], 4);
    assert_int_equal(g.ring_sizes[1], 3);
    assert_int_equal(g.ring_sizes[2], 4);
    assert_true(g.lon_lat[2 * 4] == 5 && g.lon_lat[2 * 4 + 1] == 6);
    assert_true(g.lon_lat[2 * 10] == 9 && g.lon_lat[2 * 10 + 1] == 9);
    geometry_free(&g);
}

static void rings_without_an_inside_are_passed_over(void **state)
{
    (void)state;
    struct geometry g;
    double lon, lat;
    read_shape(&g, "{\"type\":\"Polygon\",\"coordinates\":[[[1,2],[3,2]]]}");
    assert_int_equal(g.ring_count, 0);
    assert_false(geometry_middle(&g, &lon, &lat));
    geometry_free(&g);
    read_shape(&g, "{\"type\":\"Polygon\",\"coordinates\":[[[1,2],[2,3],[3,4],[1,2]]]}");
    assert_int_equal(g.ring_count, 1);
    assert_false(geometry_middle(&g, &lon, &lat));
    geometry_free(&g);
}

/* Middles by hand: a triangle's is the mean of its corners; an L of three squares has it at
 * 5/6 of a side from the corner. */
static void the_middle_is_that_of_the_area(void **state)
{
    (void)state;
    check_middle("{\"type\":\"Polygon\",\"coordinates\":[[[105,10],[108,10],[105,13],[105,10]]]}",
                 106, 11);
    check_middle("{\"type\":\"Polygon\",\"coordinates\":[[[105,10],[105,13],[108,10],[105,10]]]}",
                 106, 11);
    check_middle("{\"type\":\"Polygon\",\"coordinates\":[[[105,10],[107,10],[107,11],[106,11],"
                 "[106,12],[105,12],[105,10]]]}",
                 105 + 5 / 6.0, 10 + 5 / 6.0);
}

static void an_island_does_not_draw_the_middle_away(void **state)
{
    (void)state;
    check_middle("{\"type\":\"MultiPolygon\",\"coordinates\":["
                 "[[[200,40],[201,40],[200,41],[200,40]]],"
                 "[[[104,10],[106,10],[106,12],[104,12],[104,10]]]]}",
                 105, 11);
}

static void what_is_no_area_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "[]",
        "{\"type\":\"Point\",\"coordinates\":[1,2]}",
        "{\"type\":\"Polygon\"}",
        "{\"coordinates\":[[[1,2],[3,2],[3,4],[1,2]]]}",
        "{\"type\":\"Polygon\",\"coordinates\":[[[1,2],[3,\"x\"],[3,4],[1,2]]]}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct geometry g;
        struct err e = {0};
        assert_false(geometry_read(&g, texts[i], &e));
        assert_int_equal(e.code, ERR_INPUT);
        assert_non_null(strstr(e.msg, "Polygon"));
        geometry_free(&g);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rings_come_in_the_order_of_the_text),
        cmocka_unit_test(rings_without_an_inside_are_passed_over),
        cmocka_unit_test(the_middle_is_that_of_the_area),
        cmocka_unit_test(an_island_does_not_draw_the_middle_away),
        cmocka_unit_test(what_is_no_area_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
