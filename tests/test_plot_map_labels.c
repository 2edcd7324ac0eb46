/* test_plot_map_labels.c: names, counts and numbers on the map keep apart. */
#include "fixtures_map.h"

struct box {
    double left, right, top, bottom;
};

/* The boxes of all texts that are set with a size of their own: those on the map. */
static size_t read_boxes(const struct buf *b, double height, struct box *boxes, size_t most)
{
    static const char set[] = "set label \"";
    size_t n = 0;
    for (const char *at = buf_text(b); (at = strstr(at, set)) && n < most; at++) {
        char text[200], weight[16] = "";
        double x, y, pt;
        size_t length = strcspn(at + strlen(set), "\"");
        snprintf(text, sizeof text, "%.*s", (int)length, at + strlen(set));
        const char *place = at + strlen(set) + length;
        if (sscanf(place, "\" at screen %lf,%lf center font FONT.'%15[^,],%lf", &x, &y, weight,
                   &pt) != 4 &&
            sscanf(place, "\" at screen %lf,%lf center font FONT.',%lf", &x, &y, &pt) != 3)
            continue;
        double half = map_text_width(text, pt, *weight) / 2, mm = pt * 25.4 / 72;
        boxes[n++] = (struct box){160 * x - half, 160 * x + half, height * (1 - y) - mm / 2,
                                  height * (1 - y) + mm / 2};
    }
    return n;
}

static void assert_apart(const struct buf *b, size_t least)
{
    struct box boxes[300];
    double height = 0;
    assert_int_equal(sscanf(strstr(buf_text(b), "H = "), "H = %lf", &height), 1);
    size_t n = read_boxes(b, height, boxes, 300);
    if (n < least)
        fail_msg("only %zu texts on the map", n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            if (boxes[i].left < boxes[j].right && boxes[j].left < boxes[i].right &&
                boxes[i].top < boxes[j].bottom && boxes[j].top < boxes[i].bottom)
                fail_msg("texts %zu and %zu meet", i, j);
}

static void texts_do_not_meet(void **state)
{
    static const int sizes[][2] = {{2, 2}, {7, 8}, {20, 3}, {12, 12}};
    static const char *const levels[] = {"normal", "high"};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (size_t level = 0; level < 2; level++) {
            struct result r;
            struct buf b = {0};
            int n = sizes[i][0] * sizes[i][1];
            start(&r, LANG_VI);
            add_grid(&r, sizes[i][0], sizes[i][1], "Kensington and Chelsea", levels[level]);
            script_of(draw, &r, &b);
            assert_apart(&b, n <= MAP_MOST_NAMED ? (size_t)n : level ? 5 : 0);
            done(&r, &b);
        }
}

static void texts_beside_circles_do_not_meet(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    start(&r, LANG_EN);
    for (int i = 0; i < 50; i++) {
        char unit[24];
        snprintf(unit, sizeof unit, "Place %d", i);
        add_spot(arena_text(&r.arena, unit), 105 + 0.013 * (i * 17 % 50),
                 10 + 0.011 * (i * 31 % 50));
        add_place(&r, unit, unit, i, 25, "normal");
    }
    script_of(draw, &r, &b);
    assert_apart(&b, 30);
    done(&r, &b);
}

static void small_areas_get_numbers_that_the_key_explains(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    start(&r, LANG_EN);
    add_area("wide", 105, 10, 4, 3);
    add_place(&r, "wide", "Wide", 10, 10, "normal");
    add_area("tiny", 109, 10, 0.15, 3);
    add_place(&r, "tiny", "Kensington and Chelsea", 77, 50, "high");
    script_of(draw, &r, &b);
    assert_says(&b, "\"Wide\"");
    assert_tells(&b, "Numbers on the map");
    assert_tells(&b, "▲ Kensington and Chelsea");
    assert_says(&b, "\"77\"");
    done(&r, &b);
}

static void of_many_areas_only_the_high_ones_are_named(void **state)
{
    struct result r;
    struct buf b = {0};
    (void)state;
    start(&r, LANG_EN);
    add_grid(&r, 20, 15, "P", "normal");
    r.cells[123 * r.column_count + result_column(&r, "level")] = cell_text("high");
    script_of(draw, &r, &b);
    assert_says(&b, "\"▲ P 123, 14\"");
    assert_silent(&b, "\"P 122");
    assert_tells(&b, "places: 300.");
    done(&r, &b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_do_not_meet),
        cmocka_unit_test(texts_beside_circles_do_not_meet),
        cmocka_unit_test(small_areas_get_numbers_that_the_key_explains),
        cmocka_unit_test(of_many_areas_only_the_high_ones_are_named),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
