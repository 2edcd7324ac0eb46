/* Counts that do not fit the days asked: who is named, who stands outside, what is still known. */
#include "fixtures_series.h"

#include "series/series_set.h"

#define COUNTS "unit,category,period,count\n"

static void check_named(const char *counts, const char *periods, const char *source,
                        const char *from, size_t window)
{
    struct desk k;
    struct counted x;
    desk_new(&k);
    loads_with(&k, "counts", counts, (struct options){.source = "office"});
    count_all(&x, &k, "XHTE", periods);
    if (*source) {
        assert_string_equal(x.tally.coarse.source, source);
        assert_int_equal(x.tally.coarse.days.from, day_of(from));
        assert_int_equal(x.tally.coarse.window, window);
    } else {
        assert_null(x.tally.coarse.source);
    }
    counted_free(&x);
    desk_free(&k);
}

static void the_row_that_sticks_out_of_the_first_window_is_named(void **state)
{
    (void)state;
    check_named(COUNTS "30037,XHTE,2022,1\n30037,XHTE,2023,2\n30040,XHTE,2023,2\n", "2023H1 2022H1",
                "office", "2023-01-01", 0);
    check_named(COUNTS "30037,XHTE,2022,1\n30037,XHTE,2023,2\n", "2023 2022H1", "office",
                "2022-01-01", 1);
    check_named(COUNTS "30037,XHTE,2024-01,1\n", "2023-12-15..2024-01-14", "office", "2024-01-01",
                0);
}

static void a_row_that_does_no_harm_is_not_named(void **state)
{
    (void)state;
    check_named(COUNTS "30037,XHTE,2023,2\n", "2023 2021..2023", "", "", 0);
    check_named(COUNTS "30037,XHTE,2023Q1,9\n30037,XHTE,2023-01,2\n30037,XHTE,2023-02,3\n"
                       "30037,XHTE,2023-03,4\n",
                "2023-02", "", "", 0);
}

/* ---- comparisons ---- */

/* A commune by whole years, two by months: one case a month in each, as far as a year tells it. */
static void desk_mixed(struct desk *k, const char *year_units, const char *month_units)
{
    struct buf csv = {0};
    buf_adds(&csv, COUNTS);
    for (int year = 2022; year <= 2024; year++) {
        for (const char *u = year_units; *u; u += 6)
            buf_addf(&csv, "%.5s,XHTE,%d,12\n", u, year);
        for (const char *u = month_units; *u; u += 6)
            for (int month = 1; month <= 12; month++)
                buf_addf(&csv, "%.5s,XHTE,%d-%02d,1\n", u, year, month);
    }
    desk_new(k);
    loads(k, "counts", csv.data);
    buf_free(&csv);
}

static void a_unit_by_years_stands_outside_a_half_year(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_mixed(&k, "30037,", "30040,30043,");
    asks(&s, &k, (struct asked){.period = "2024H1"});
    struct compared total = row_of(&s, "872", "XHTE"), coarse = row_of(&s, "30037", "XHTE");
    CHECK_ROW(total, 12, 12);
    assert_int_equal(total.units, 3);
    assert_int_equal(total.units_compared, 2);
    assert_int_equal(total.recorded, 12);
    assert_int_equal(total.marks & TALLY_COARSE, 0);
    assert_false(coarse.known || coarse.known_before);
    assert_true(coarse.marks & TALLY_COARSE);
    CHECK_ROW(row_of(&s, "30040", "XHTE"), 6, 6);
    set_free(&s);
    desk_free(&k);
}

static void in_a_whole_year_it_is_compared(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_mixed(&k, "30037,", "30040,30043,");
    asks(&s, &k, (struct asked){.period = "2024"});
    CHECK_ROW(row_of(&s, "872", "XHTE"), 36, 36);
    assert_int_equal(row_of(&s, "872", "XHTE").units_compared, 3);
    set_free(&s);
    desk_free(&k);
}

static void where_most_do_not_fit_the_total_is_not_known(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_mixed(&k, "30037,30040,", "30043,");
    asks(&s, &k, (struct asked){.period = "2024H1"});
    assert_false(row_of(&s, "872", "XHTE").known);
    CHECK_ROW(row_of(&s, "30043", "XHTE"), 6, 6);
    set_free(&s);
    desk_free(&k);
}

static void calendar_months_are_not_cut_to_police_periods(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_mixed(&k, "", "30037,30040,30043,");
    asks(&s, &k, (struct asked){.period = "2023-12-15..2024-06-14"});
    struct compared total = row_of(&s, "872", "XHTE");
    assert_false(total.known || total.known_before);
    assert_string_equal(s.compare.tally.coarse.source, "872");
    set_free(&s);
    desk_free(&k);
}

static void the_whole_year_before_is_known_where_its_part_is_not(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_new(&k);
    loads(&k, "counts", COUNTS "30037,XHTE,2023,40\n30040,XHTE,2023,2\n30043,XHTE,2023,0\n");
    loads_with(&k, "coverage",
               COVERS "30037,2024-01-01,2024-03-31,XHTE,\n"
                      "30040,2024-01-01,2024-03-31,XHTE,\n"
                      "30043,2024-01-01,2024-03-31,XHTE,\n",
               (struct options){0});
    loads(&k, "incidents", CASES "A-1,30037,XHTE.TD,2024-02-01\n");
    asks(&s, &k, (struct asked){.period = "2024"});
    struct compared total = row_of(&s, "872", "XHTE");
    assert_true(s.compare.running);
    assert_true(total.known && !total.known_before && total.known_whole);
    assert_int_equal(total.count, 1);
    assert_int_equal(total.whole_before, 42);
    set_free(&s);
    desk_free(&k);
}

/* ---- series ---- */

struct taken {
    size_t n, known;
    int64_t total;
    unsigned marks;
    size_t units_compared;
};

static struct taken take_series(struct desk *k, int per_year, const char *unit)
{
    struct cover cover;
    struct events events;
    struct series_set set;
    struct series x;
    size_t root = category_of(&k->directory, "XHTE");
    struct series_query q = {.tally = {.state = STATE_NOW, .as_of = DAY_NONE},
                             .calendar = CALENDAR_CIVIL,
                             .per_year = per_year,
                             .reach = {DAY_MIN, DAY_MAX},
                             .per = PER_DAYS,
                             .categories = &root,
                             .category_count = 1};
    assert_true(cover_load(&cover, k->store, STATE_NOW, &k->directory, NULL));
    assert_true(events_read(&events, k->store, STATE_NOW, &k->directory, NULL));
    assert_true(series_set_init(&set, k->store, &k->directory, &cover, &events, &q, NULL));
    assert_true(series_take(&set, set.scope.unit_slot[unit_of(&k->directory, unit)],
                            set.scope.category_slot[root], &x, NULL));
    struct taken t = {x.n, x.known, x.total, x.marks, x.units_compared};
    series_free(&x);
    series_set_free(&set);
    events_free(&events);
    cover_free(&cover);
    return t;
}

static void a_unit_by_years_takes_no_part_in_months(void **state)
{
    (void)state;
    struct desk k;
    desk_mixed(&k, "30037,", "30040,30043,");
    struct taken months = take_series(&k, 12, "872"), years = take_series(&k, 1, "872");
    assert_int_equal(months.n, 36);
    assert_int_equal(months.known, 36);
    assert_int_equal(months.total, 72);
    assert_int_equal(months.units_compared, 2);
    assert_int_equal(years.known, 3);
    assert_int_equal(years.total, 108);
    assert_int_equal(years.units_compared, 3);
    struct taken own = take_series(&k, 12, "30037");
    assert_int_equal(own.known, 0);
    assert_true(own.marks & TALLY_COARSE);
    desk_free(&k);
}

static void where_all_come_by_years_no_month_is_known(void **state)
{
    (void)state;
    struct desk k;
    desk_mixed(&k, "30037,30040,30043,", "");
    struct taken months = take_series(&k, 12, "872");
    assert_int_equal(months.known, 0);
    assert_int_equal(months.units_compared, 3);
    assert_true(months.marks & TALLY_COARSE);
    desk_free(&k);
}

static void months_behind_years_are_known_from_their_first(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "counts",
          COUNTS "30037,XHTE,2022,7\n30040,XHTE,2022,7\n30043,XHTE,2022,7\n"
                 "30037,XHTE,2023-01,1\n30040,XHTE,2023-01,2\n30043,XHTE,2023-01,3\n"
                 "30037,XHTE,2023-02,1\n30040,XHTE,2023-02,2\n30043,XHTE,2023-02,0\n");
    struct taken months = take_series(&k, 12, "872");
    assert_int_equal(months.n, 14);
    assert_int_equal(months.known, 2);
    assert_int_equal(months.total, 9);
    assert_int_equal(months.units_compared, 3);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_row_that_sticks_out_of_the_first_window_is_named),
        cmocka_unit_test(a_row_that_does_no_harm_is_not_named),
        cmocka_unit_test(a_unit_by_years_stands_outside_a_half_year),
        cmocka_unit_test(in_a_whole_year_it_is_compared),
        cmocka_unit_test(where_most_do_not_fit_the_total_is_not_known),
        cmocka_unit_test(calendar_months_are_not_cut_to_police_periods),
        cmocka_unit_test(the_whole_year_before_is_known_where_its_part_is_not),
        cmocka_unit_test(a_unit_by_years_takes_no_part_in_months),
        cmocka_unit_test(where_all_come_by_years_no_month_is_known),
        cmocka_unit_test(months_behind_years_are_known_from_their_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
