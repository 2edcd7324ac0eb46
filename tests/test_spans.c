/* Sets of days, against sets kept day by day. */
#include "check.h"

#include <string.h>

#include "series/spans.h"

static day at(int year, int month, int mday)
{
    day d = DAY_NONE;
    assert_true(day_from_date((struct date){year, month, mday}, &d));
    return d;
}

static struct span between(int y, int m, int d, int to_y, int to_m, int to_d)
{
    return (struct span){at(y, m, d), at(to_y, to_m, to_d)};
}

/* ---- day by day ---- */

#define DAYS 120

struct bitmap {
    bool has[DAYS];
};

static unsigned random_below(uint64_t *seed, unsigned n)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*seed >> 33) % n;
}

static void bitmap_add(struct bitmap *b, struct span s)
{
    for (day d = s.from; d <= s.to; d++)
        b->has[d] = true;
}

static bool bitmap_all(const struct bitmap *b, struct span s)
{
    bool all = true;
    for (day d = s.from; d <= s.to; d++)
        all = all && b->has[d];
    return all;
}

static bool bitmap_any(const struct bitmap *b, struct span s)
{
    bool any = false;
    for (day d = s.from; d <= s.to; d++)
        any = any || b->has[d];
    return any;
}

/* The same days, and in the one form that a set has: ascending, apart. */
static void assert_is(const struct spans *s, const struct bitmap *b)
{
    int64_t days = 0;
    for (day d = 0; d < DAYS; d++) {
        assert_int_equal(spans_has(s, d), b->has[d]);
        days += b->has[d];
    }
    assert_int_equal(spans_days(s), days);
    for (size_t i = 0; i < s->count; i++) {
        assert_true(s->items[i].from <= s->items[i].to);
        assert_true(i == 0 || s->items[i].from > s->items[i - 1].to + 1);
    }
}

static struct span random_span(uint64_t *seed)
{
    day from = (day)random_below(seed, DAYS);
    day to = from + (day)random_below(seed, 15);
    return (struct span){from, to < DAYS ? to : DAYS - 1};
}

static void random_set(uint64_t *seed, struct spans *s, struct bitmap *b)
{
    *s = (struct spans){0};
    *b = (struct bitmap){0};
    for (unsigned n = random_below(seed, 8); n > 0; n--) {
        struct span x = random_span(seed);
        assert_true(spans_add(s, x, NULL));
        bitmap_add(b, x);
    }
}

static void sets_are_what_their_days_are(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int round = 0; round < 3000; round++) {
        struct spans a, b, both = {0}, cut = {0}, gaps = {0};
        struct bitmap da, db, want;
        random_set(&seed, &a, &da);
        random_set(&seed, &b, &db);
        struct span x = random_span(&seed);
        assert_is(&a, &da);
        assert_int_equal(spans_contain(&a, x), bitmap_all(&da, x));
        assert_int_equal(spans_touch(&a, x), bitmap_any(&da, x));

        assert_true(spans_intersect(&both, &a, &b, NULL));
        for (day d = 0; d < DAYS; d++)
            want.has[d] = da.has[d] && db.has[d];
        assert_is(&both, &want);
        assert_true(spans_clip(&cut, &a, x, NULL));
        assert_true(spans_missing(&gaps, &a, x, NULL));
        for (day d = 0; d < DAYS; d++)
            want.has[d] = da.has[d] && span_has(x, d);
        assert_is(&cut, &want);
        for (day d = 0; d < DAYS; d++)
            want.has[d] = !da.has[d] && span_has(x, d);
        assert_is(&gaps, &want);
        spans_free(&a);
        spans_free(&b);
        spans_free(&both);
        spans_free(&cut);
        spans_free(&gaps);
    }
}

static void what_is_taken_away_and_what_is_left_are_the_whole(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (int round = 0; round < 2000; round++) {
        struct spans a, b, both = {0}, left = {0};
        struct bitmap da, db;
        random_set(&seed, &a, &da);
        random_set(&seed, &b, &db);
        assert_true(spans_intersect(&both, &a, &b, NULL));
        assert_true(spans_add_all(&left, &a, NULL) && spans_equal(&left, &a));
        assert_true(spans_subtract(&left, &b, NULL));
        for (day d = 0; d < DAYS; d++)
            assert_int_equal(spans_has(&left, d), da.has[d] && !db.has[d]);
        assert_int_equal(spans_days(&left) + spans_days(&both), spans_days(&a));
        assert_true(spans_add_all(&left, &both, NULL) && spans_equal(&left, &a));
        spans_free(&a);
        spans_free(&b);
        spans_free(&both);
        spans_free(&left);
    }
}

static void the_order_of_adding_does_not_matter(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int round = 0; round < 2000; round++) {
        struct spans a, b, ab = {0}, ba = {0};
        struct bitmap da, db;
        random_set(&seed, &a, &da);
        random_set(&seed, &b, &db);
        assert_true(spans_add_all(&ab, &a, NULL) && spans_add_all(&ab, &b, NULL));
        assert_true(spans_add_all(&ba, &b, NULL) && spans_add_all(&ba, &a, NULL));
        assert_true(spans_equal(&ab, &ba));
        spans_free(&a);
        spans_free(&b);
        spans_free(&ab);
        spans_free(&ba);
    }
}

/* ---- edges ---- */

static void the_empty_set_has_nothing(void **state)
{
    (void)state;
    struct spans s = {0}, gaps = {0};
    struct span year = between(2024, 1, 1, 2024, 12, 31);
    assert_true(spans_add(&s, (struct span){5, 4}, NULL));
    assert_int_equal(s.count, 0);
    assert_int_equal(spans_days(&s), 0);
    assert_int_equal(spans_end(&s), DAY_NONE);
    assert_false(spans_has(&s, 0));
    assert_false(spans_touch(&s, year));
    assert_false(spans_contain(&s, year));
    assert_true(spans_missing(&gaps, &s, year, NULL));
    assert_int_equal(spans_days(&gaps), 366);
    spans_free(&gaps);
    spans_free(&s);
}

static void neighbours_become_one(void **state)
{
    (void)state;
    struct spans s = {0};
    assert_true(spans_add(&s, between(2024, 1, 1, 2024, 1, 31), NULL));
    assert_true(spans_add(&s, between(2024, 3, 1, 2024, 3, 31), NULL));
    assert_int_equal(s.count, 2);
    assert_true(spans_add(&s, between(2024, 2, 1, 2024, 2, 29), NULL));
    assert_int_equal(s.count, 1);
    assert_int_equal(spans_days(&s), 91);
    assert_int_equal(spans_end(&s), at(2024, 3, 31));
    spans_free(&s);
}

/* ---- years ---- */

static void assert_shifted(struct span from, int years, struct span want)
{
    struct spans s = {0}, moved = {0};
    assert_true(spans_add(&s, from, NULL));
    assert_true(spans_shift_years(&moved, &s, years, NULL));
    assert_int_equal(moved.count, 1);
    assert_int_equal(moved.items[0].from, want.from);
    assert_int_equal(moved.items[0].to, want.to);
    spans_free(&s);
    spans_free(&moved);
}

static void the_end_of_february_stays_the_end_of_february(void **state)
{
    (void)state;
    assert_shifted(between(2024, 2, 1, 2024, 2, 29), -1, between(2023, 2, 1, 2023, 2, 28));
    assert_shifted(between(2023, 2, 1, 2023, 2, 28), 1, between(2024, 2, 1, 2024, 2, 29));
    assert_shifted(between(2024, 1, 1, 2024, 2, 28), -1, between(2023, 1, 1, 2023, 2, 28));
    assert_shifted(between(2024, 1, 1, 2024, 12, 31), -4, between(2020, 1, 1, 2020, 12, 31));
}

static void a_single_leap_day_has_no_counterpart(void **state)
{
    (void)state;
    struct spans s = {0}, moved = {0};
    assert_true(spans_add(&s, between(2024, 2, 29, 2024, 2, 29), NULL));
    assert_true(spans_shift_years(&moved, &s, -1, NULL));
    assert_int_equal(moved.count, 0);
    spans_free(&s);
    spans_free(&moved);
}

static void shifting_there_and_back_is_the_same_set(void **state)
{
    (void)state;
    uint64_t seed = 4;
    for (int round = 0; round < 2000; round++) {
        struct spans s = {0}, there = {0}, back = {0};
        for (unsigned n = 1 + random_below(&seed, 5); n > 0; n--) {
            struct span x = random_span(&seed);
            x.from += at(2022, 3, 1); /* no leap day within 120 days */
            x.to += at(2022, 3, 1);
            assert_true(spans_add(&s, x, NULL));
        }
        int years = (int)random_below(&seed, 9) - 4;
        assert_true(spans_shift_years(&there, &s, years, NULL));
        assert_true(spans_shift_years(&back, &there, -years, NULL));
        assert_int_equal(spans_days(&there), spans_days(&s));
        assert_true(spans_equal(&back, &s));
        spans_free(&s);
        spans_free(&there);
        spans_free(&back);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_are_what_their_days_are),
        cmocka_unit_test(what_is_taken_away_and_what_is_left_are_the_whole),
        cmocka_unit_test(the_order_of_adding_does_not_matter),
        cmocka_unit_test(the_empty_set_has_nothing),
        cmocka_unit_test(neighbours_become_one),
        cmocka_unit_test(the_end_of_february_stays_the_end_of_february),
        cmocka_unit_test(a_single_leap_day_has_no_counterpart),
        cmocka_unit_test(shifting_there_and_back_is_the_same_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
