/* test_plot_polygons.c: areas of several rings, with holes and with rings that cross themselves. */
#include "check.h"

#include <math.h>
#include <stdio.h>

#include "plot/polygons.h"

#define NEAR(got, want) CHECK_NEAR(got, want, 0, 1e-9)

/* A square of 10, the hole of 4 in it turned the same way, the island of 2 in that. */
static double nested[] = {0, 0, 10, 0, 10, 10, 0, 10, 3, 3, 7, 3,
                          7, 7, 3,  7, 4,  4,  6, 4,  6, 6, 4, 6};
static size_t nested_sizes[] = {4, 4, 4};

static struct polygon oriented(double *xy, size_t *sizes, size_t rings)
{
    struct polygon p = {.xy = xy, .sizes = sizes, .rings = rings};
    for (size_t i = 0; i < rings; i++)
        p.points += sizes[i];
    assert_true(polygon_orient(&p, NULL));
    return p;
}

static void inside_is_what_an_odd_number_of_rings_surrounds(void **state)
{
    struct polygon p = oriented(nested, nested_sizes, 3);
    (void)state;
    assert_true(polygon_contains(&p, 1, 1));
    assert_false(polygon_contains(&p, 3.5, 5));
    assert_true(polygon_contains(&p, 5, 5));
    assert_false(polygon_contains(&p, 11, 5));
}

static void holes_count_against_the_area(void **state)
{
    struct polygon p = oriented(nested, nested_sizes, 3);
    double x, y;
    (void)state;
    NEAR(polygon_area(&p), 100 - 16 + 4);
    polygon_centroid(&p, &x, &y);
    NEAR(x, 5);
    NEAR(y, 5);
}

/* Winding number by crossings of a ray to the right, as a renderer counts. */
static int winding(const struct polygon *p, double x, double y)
{
    int sum = 0;
    const double *xy = p->xy;
    for (size_t r = 0; r < p->rings; xy += 2 * p->sizes[r++])
        for (size_t i = 0, j = p->sizes[r] - 1; i < p->sizes[r]; j = i++) {
            double y0 = xy[2 * j + 1], y1 = xy[2 * i + 1];
            bool crosses = (y0 > y) != (y1 > y) &&
                           x < xy[2 * j] + (y - y0) / (y1 - y0) * (xy[2 * i] - xy[2 * j]);
            sum += crosses ? (y1 > y0 ? 1 : -1) : 0;
        }
    return sum;
}

static void oriented_rings_fill_alike_by_winding_and_by_odd_and_even(void **state)
{
    /* Turned in every way that three rings can be. */
    (void)state;
    for (int turns = 0; turns < 8; turns++) {
        double xy[24];
        for (int r = 0; r < 3; r++)
            for (int i = 0; i < 4; i++) {
                int from = turns >> r & 1 ? 3 - i : i;
                xy[8 * r + 2 * i] = nested[8 * r + 2 * from];
                xy[8 * r + 2 * i + 1] = nested[8 * r + 2 * from + 1];
            }
        struct polygon p = oriented(xy, nested_sizes, 3);
        for (int i = 0; i < 100; i++) {
            double x = i % 10 + 0.5, y = i / 10 + 0.5;
            assert_int_equal(winding(&p, x, y) != 0, polygon_contains(&p, x, y));
        }
    }
}

static void a_bow_tie_has_its_label_in_a_wing(void **state)
{
    double xy[] = {0, 0, 4, 4, 4, 0, 0, 4}, x, y;
    size_t sizes[] = {4};
    struct polygon p = oriented(xy, sizes, 1);
    (void)state;
    assert_true(polygon_pole(&p, &x, &y) > 0.7);
    assert_true(polygon_contains(&p, x, y));
    assert_true(polygon_contains(&p, 0.2, 2));
    assert_false(polygon_contains(&p, 2, 0.2));
    polygon_centroid(&p, &x, &y); /* no area in sum: the middle of the bounds */
    NEAR(x, 2);
    NEAR(y, 2);
}

static void the_pole_is_the_middle_of_the_widest_part(void **state)
{
    /* A corridor of 1 with a room of 4 at its end. */
    double xy[] = {0, 0, 10, 0, 10, 4, 6, 4, 6, 1, 0, 1}, x, y;
    size_t sizes[] = {6};
    struct polygon p = oriented(xy, sizes, 1);
    (void)state;
    CHECK_NEAR(polygon_pole(&p, &x, &y), 2, 0, 0.05);
    CHECK_NEAR(x, 8, 0, 0.2);
    CHECK_NEAR(y, 2, 0, 0.2);
}

static void a_box_is_held_only_whole(void **state)
{
    struct polygon p = oriented(nested, nested_sizes, 3);
    (void)state;
    assert_true(polygon_holds_box(&p, &(struct label_box){0.5, 0.5, 9.5, 2.5}));
    assert_false(polygon_holds_box(&p, &(struct label_box){0.5, 0.5, 10.5, 2.5}));
    assert_false(polygon_holds_box(&p, &(struct label_box){1, 1, 9, 9})); /* around the hole */
    assert_false(polygon_holds_box(&p, &(struct label_box){3.1, 3.1, 3.9, 6.9}));
    assert_true(polygon_holds_box(&p, &(struct label_box){4.1, 4.1, 5.9, 5.9}));
}

static void hatching_stays_inside(void **state)
{
    struct polygon p = oriented(nested, nested_sizes, 3);
    struct buf b = {0};
    double x, y, dx, dy, length = 0;
    (void)state;
    assert_true(polygon_hatch(&b, &p, NULL));
    const char *row = buf_text(&b);
    for (int used; sscanf(row, "%lf %lf %lf %lf%n", &x, &y, &dx, &dy, &used) == 4; row += used) {
        assert_true(polygon_contains(&p, x + dx / 2, y + dy / 2));
        assert_true(polygon_contains(&p, x + dx * 0.01, y + dy * 0.01));
        assert_true(polygon_contains(&p, x + dx * 0.99, y + dy * 0.99));
        length += hypot(dx, dy);
    }
    /* Lines 1.1 mm apart cover 88 square mm. */
    CHECK_NEAR(length, 88 / 1.1, 0, 6);
    buf_free(&b);
}

static void points_on_one_line_or_spot_have_no_inside(void **state)
{
    double line[] = {0, 0, 5, 5, 10, 10}, spot[] = {3, 3, 3, 3, 3, 3}, x, y;
    size_t sizes[] = {3};
    struct polygon p = oriented(line, sizes, 1);
    struct buf b = {0};
    (void)state;
    NEAR(polygon_pole(&p, &x, &y), 0);
    assert_true(isfinite(x) && isfinite(y));
    assert_true(polygon_hatch(&b, &p, NULL));
    p = oriented(spot, sizes, 1);
    polygon_centroid(&p, &x, &y);
    NEAR(x, 3);
    NEAR(polygon_area(&p), 0);
    buf_free(&b);
}

static void boxes_keep_apart(void **state)
{
    struct label_room room = {.within = {0, 0, 100, 100}};
    (void)state;
    assert_true(label_room_take(&room, (struct label_box){10, 10, 20, 20}, NULL));
    assert_false(label_room_is_free(&room, (struct label_box){19, 19, 25, 25}));
    assert_true(label_room_is_free(&room, (struct label_box){20, 10, 25, 20}));
    assert_false(label_room_is_free(&room, (struct label_box){95, 95, 105, 99}));
    assert_false(label_room_line_is_free(&room, 0, 0, 40, 40));
    assert_true(label_room_line_is_free(&room, 0, 50, 40, 50));
    assert_true(label_room_take_line(&room, 0, 50, 40, 50, NULL));
    assert_false(label_room_is_free(&room, (struct label_box){18, 48, 22, 52}));
    for (size_t place = 0; place < LABEL_PLACES; place++) {
        struct label_box box = label_box_beside(50, 50, 10, 4, 2, place);
        NEAR(box.right - box.left, 10);
        NEAR(box.bottom - box.top, 4);
        assert_false(box.left < 50 && box.right > 50 && box.top < 50 && box.bottom > 50);
    }
    label_room_free(&room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inside_is_what_an_odd_number_of_rings_surrounds),
        cmocka_unit_test(holes_count_against_the_area),
        cmocka_unit_test(oriented_rings_fill_alike_by_winding_and_by_odd_and_even),
        cmocka_unit_test(a_bow_tie_has_its_label_in_a_wing),
        cmocka_unit_test(the_pole_is_the_middle_of_the_widest_part),
        cmocka_unit_test(a_box_is_held_only_whole),
        cmocka_unit_test(hatching_stays_inside),
        cmocka_unit_test(points_on_one_line_or_spot_have_no_inside),
        cmocka_unit_test(boxes_keep_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
