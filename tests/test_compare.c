/* Who is compared with what, on which days. */
#include "fixtures_series.h"

static day month_day(int year, int month)
{
    day d = DAY_NONE;
    assert_true(day_from_date((struct date){year, month, 15}, &d));
    return d;
}

/* Three communes, each with a case on the 15th of every month from 2022 on, up to a day. */
static void monthly_cases(struct buf *csv, day last)
{
    static const char *const units[] = {"30037", "30040", "30043"};
    buf_adds(csv, CASES);
    for (int year = 2022; year <= 2024; year++)
        for (int month = 1; month <= 12; month++)
            for (int u = 0; u < 3 && month_day(year, month) <= last; u++)
                buf_addf(csv, "%d-%d-%s,%s,XHTE.TD,%d-%02d-15\n", year, month, units[u], units[u],
                         year, month);
}

static void desk_until(struct desk *k, const char *coverage, const char *last)
{
    struct buf csv = {0}, cover = {0};
    monthly_cases(&csv, day_of(last));
    buf_addf(&cover, COVERS "%s", coverage);
    desk_new(k);
    loads(k, "coverage", cover.data);
    loads(k, "incidents", csv.data);
    buf_free(&csv);
    buf_free(&cover);
}

static void desk_monthly(struct desk *k, const char *coverage)
{
    desk_until(k, coverage, "2024-12-31");
}

#define ALL(to)                                                                                    \
    "30037,2022-01-01," to ",XHTE,\n30040,2022-01-01," to ",XHTE,\n30043,2022-01-01," to ",XHTE,"  \
    "\n"

static void whole_periods_are_compared_whole(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_monthly(&k, ALL("2024-12-31"));
    asks(&s, &k, (struct asked){0});
    CHECK_ROW(row_of(&s, "30037", "XHTE"), 12, 12);
    struct compared total = row_of(&s, "872", "XHTE");
    CHECK_ROW(total, 36, 36);
    assert_true(total.comparable && !total.incomplete);
    assert_int_equal(total.units, 3);
    assert_int_equal(total.units_compared, 3);
    assert_int_equal(total.recorded, 36);
    assert_int_equal(total.whole_before, 36);
    CHECK_NEAR(total.exposure, 1, 0, 0);
    CHECK_NEAR(total.exposure_before, 1, 0, 0);
    assert_false(s.compare.running);
    assert_true(s.compare.same_span);
    assert_int_equal(s.compare.data_end, day_of("2024-12-31"));
    set_free(&s);
    desk_free(&k);
}

static void a_unit_that_lags_stands_outside_with_its_own_days(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_monthly(&k, "30037,2022-01-01,2024-12-31,XHTE,\n30040,2022-01-01,2024-12-31,XHTE,\n"
                     "30043,2022-01-01,2024-09-30,XHTE,\n");
    asks(&s, &k, (struct asked){0});
    struct compared late = row_of(&s, "30043", "XHTE"), total = row_of(&s, "872", "XHTE");
    assert_true(late.incomplete && late.comparable);
    CHECK_ROW(late, 9, 9);
    assert_int_equal(late.recorded, 12); /* what lies outside the coverage */
    assert_int_equal(late.recorded_before, 12);
    assert_int_equal(late.covered_to, day_of("2024-09-30"));
    assert_false(total.incomplete);
    CHECK_ROW(total, 24, 24);
    assert_int_equal(total.recorded, 36);
    assert_int_equal(total.units_compared, 2);
    assert_int_equal(total.units, 3);
    assert_false(s.compare.running);
    CHECK_ROW(row_of(&s, "30037", "XHTE"), 12, 12);
    set_free(&s);
    desk_free(&k);
}

static void a_unit_ahead_of_the_others_does_not_make_them_late(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_monthly(&k, "30037,2022-01-01,2024-06-30,XHTE,\n30040,2022-01-01,2024-06-30,XHTE,\n"
                     "30043,2022-01-01,2024-12-31,XHTE,\n");
    asks(&s, &k, (struct asked){0});
    struct compared total = row_of(&s, "872", "XHTE");
    assert_int_equal(s.compare.data_end, day_of("2024-06-30"));
    assert_true(s.compare.running);
    assert_false(s.compare.lagging_any);
    CHECK_ROW(total, 18, 18);
    assert_int_equal(total.units_compared, 3);
    set_free(&s);
    desk_free(&k);
}

static void a_period_that_runs_is_compared_up_to_its_data_end(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_until(&k, ALL("2024-09-30"), "2024-09-30");
    asks(&s, &k, (struct asked){0});
    struct compared total = row_of(&s, "872", "XHTE");
    assert_true(s.compare.running);
    CHECK_ROW(total, 27, 27);
    assert_int_equal(total.whole_before, 36);
    assert_int_equal(total.recorded_before, 36);
    set_free(&s);
    desk_free(&k);
}

static void rows_add_up_where_the_units_end_on_different_days(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_monthly(&k, "30037,2022-01-01,2024-12-31,XHTE,\n30040,2022-01-01,2024-12-10,XHTE,\n"
                     "30043,2022-01-01,2024-12-20,XHTE,\n");
    asks(&s, &k, (struct asked){0});
    assert_int_equal(s.compare.data_end, day_of("2024-12-10"));
    CHECK_ROW(row_of(&s, "30037", "XHTE"), 11, 11);
    CHECK_ROW(row_of(&s, "30043", "XHTE"), 11, 11);
    CHECK_ROW(row_of(&s, "872", "XHTE"), 33, 33);
    assert_false(s.compare.lagging_any);
    set_free(&s);
    desk_free(&k);
}

static void only_days_that_both_periods_know_are_compared(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_monthly(&k, "30037,2023-04-01,2024-12-31,XHTE,\n"
                     "30040,2022-01-01,2024-02-29,XHTE,\n30040,2024-06-01,2024-12-31,XHTE,\n"
                     "30043,2022-01-01,2024-12-31,XHTE,\n");
    asks(&s, &k, (struct asked){0});
    struct compared first = row_of(&s, "30037", "XHTE");
    CHECK_ROW(first, 9, 9);
    assert_int_equal(first.recorded, 12);
    CHECK_ROW(row_of(&s, "30040", "XHTE"), 9, 9); /* without March to May */
    CHECK_ROW(row_of(&s, "872", "XHTE"), 30, 30);
    set_free(&s);
    desk_free(&k);
}

static void a_unit_without_a_base_stands_outside(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_monthly(&k, "30037,2022-01-01,2024-12-31,XHTE,\n30040,2024-01-01,2024-12-31,XHTE,\n"
                     "30043,2023-07-01,2023-12-31,XHTE,\n30043,2024-01-01,2024-06-30,XHTE,\n");
    asks(&s, &k, (struct asked){.period = "2024H1"});
    struct compared new = row_of(&s, "30040", "XHTE"), other = row_of(&s, "30043", "XHTE");
    assert_true(new.has_now && !new.has_before && !new.comparable && !new.incomplete);
    assert_int_equal(new.count, 6);
    assert_true(other.has_now && !other.has_before); /* of other days of the year */
    CHECK_ROW(row_of(&s, "872", "XHTE"), 6, 6);
    assert_int_equal(row_of(&s, "872", "XHTE").units_compared, 1);
    set_free(&s);
    desk_free(&k);
}

static void of_a_period_that_nobody_knows_the_base_is_told(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_until(&k, ALL("2023-12-31"), "2023-12-31");
    asks(&s, &k, (struct asked){0});
    struct compared total = row_of(&s, "872", "XHTE");
    assert_int_equal(s.compare.data_end, DAY_NONE);
    assert_false(s.compare.running);
    assert_true(!total.has_now && total.has_before && !total.comparable);
    assert_int_equal(total.count_before, 36);
    assert_int_equal(total.recorded, 0);
    assert_int_equal(row_of(&s, "30040", "XHTE").count_before, 12);
    set_free(&s);
    desk_free(&k);
}

static void of_nothing_known_there_is_neither_now_nor_before(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_monthly(&k, ALL("2024-12-31"));
    asks(&s, &k, (struct asked){.category = "U18"});
    struct compared total = row_of(&s, "872", "U18");
    assert_false(total.has_now || total.has_before || total.comparable);
    assert_false(scope_expects(&s.compare.scope, s.compare.knows, slot_of(&s, "30040")));
    set_free(&s);
    desk_free(&k);
}

/* ---- other periods ---- */

static void a_mean_sums_its_years_and_needs_all_of_them(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_monthly(&k, "30037,2021-01-01,2024-12-31,XHTE,\n30040,2022-01-01,2024-12-31,XHTE,\n"
                     "30043,2021-01-01,2024-12-31,XHTE,\n");
    asks(&s, &k, (struct asked){.against = "mean3"});
    struct compared row = row_of(&s, "30037", "XHTE"), total = row_of(&s, "872", "XHTE");
    CHECK_ROW(row, 12, 24); /* 2021: none */
    CHECK_NEAR(row.exposure_before, 3, 0, 0);
    assert_false(row_of(&s, "30040", "XHTE").has_before);
    CHECK_ROW(total, 24, 48);
    assert_int_equal(total.units_compared, 2);
    set_free(&s);
    desk_free(&k);
}

static void february_is_compared_with_february(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_monthly(&k, ALL("2024-02-29"));
    loads_with(&k, "incidents",
               CASES "L-1,30037,XHTE.BL,2024-02-29\nL-2,30037,XHTE.BL,2023-02-28\n",
               (struct options){0});
    asks(&s, &k, (struct asked){.period = "2024-02"});
    assert_true(s.compare.same_span);
    assert_false(s.compare.running);
    CHECK_ROW(row_of(&s, "30037", "XHTE"), 2, 2);
    set_free(&s);
    desk_free(&k);
}

static void spans_of_unlike_length_are_compared_by_the_day(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_monthly(&k, ALL("2024-12-31"));
    asks(&s, &k, (struct asked){.period = "2024H1", .against = "2023", .per = PER_DAYS});
    struct compared row = row_of(&s, "30037", "XHTE"), total = row_of(&s, "872", "XHTE");
    assert_false(s.compare.same_span);
    CHECK_ROW(row, 6, 12);
    CHECK_NEAR(row.exposure, 182, 0, 0);
    CHECK_NEAR(row.exposure_before, 365, 0, 0);
    CHECK_ROW(total, 18, 36);
    CHECK_NEAR(total.exposure, 182, 0, 0); /* of the average unit */
    set_free(&s);
    desk_free(&k);
}

static void days_are_those_that_were_compared(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_monthly(&k, "30037,2022-01-01,2024-12-31,XHTE,\n30040,2022-01-01,2024-09-30,XHTE,\n"
                     "30043,2023-07-01,2024-12-31,XHTE,\n");
    asks(&s, &k, (struct asked){.per = PER_DAYS});
    struct compared late = row_of(&s, "30040", "XHTE"), total = row_of(&s, "872", "XHTE");
    CHECK_NEAR(late.exposure, 274, 0, 0);
    CHECK_NEAR(late.exposure_before, 273, 0, 0);
    CHECK_NEAR(total.exposure, (366 + 184) / 2.0, 0, 0);
    CHECK_NEAR(total.exposure_before, (365 + 184) / 2.0, 0, 0);
    set_free(&s);
    desk_free(&k);
}

/* ---- several sets ---- */

static void sets_counted_together_are_as_counted_alone(void **state)
{
    (void)state;
    struct desk k;
    struct set a, b, alone;
    desk_monthly(&k, ALL("2024-12-31"));
    loads(&k, "incidents", CASES "U-1,30037,U18.TTXH,2024-02-29\n");
    asks(&a, &k, (struct asked){0});
    asks(&b, &k, (struct asked){.category = "U18"});
    asks(&alone, &k, (struct asked){.category = "U18"});
    struct compare x = {.q = &a.q}, y = {.q = &b.q};
    struct compare *const both[] = {&x, &y};
    assert_true(compare_init_all(both, 2, k.store, &k.directory, &a.cover, NULL));
    for (size_t u = 0; u < x.scope.unit_count; u++) {
        struct compared row, want;
        compare_row(&x, u, 0, &row);
        compare_row(&a.compare, u, 0, &want);
        assert_int_equal(row.count, want.count);
        assert_int_equal(row.count_before, want.count_before);
        compare_row(&y, u, 0, &row);
        compare_row(&alone.compare, u, 0, &want);
        assert_int_equal(row.count, want.count);
    }
    compare_free(&x);
    compare_free(&y);
    set_free(&a);
    set_free(&b);
    set_free(&alone);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_periods_are_compared_whole),
        cmocka_unit_test(a_unit_that_lags_stands_outside_with_its_own_days),
        cmocka_unit_test(a_unit_ahead_of_the_others_does_not_make_them_late),
        cmocka_unit_test(a_period_that_runs_is_compared_up_to_its_data_end),
        cmocka_unit_test(rows_add_up_where_the_units_end_on_different_days),
        cmocka_unit_test(only_days_that_both_periods_know_are_compared),
        cmocka_unit_test(a_unit_without_a_base_stands_outside),
        cmocka_unit_test(of_a_period_that_nobody_knows_the_base_is_told),
        cmocka_unit_test(of_nothing_known_there_is_neither_now_nor_before),
        cmocka_unit_test(a_mean_sums_its_years_and_needs_all_of_them),
        cmocka_unit_test(february_is_compared_with_february),
        cmocka_unit_test(spans_of_unlike_length_are_compared_by_the_day),
        cmocka_unit_test(days_are_those_that_were_compared),
        cmocka_unit_test(sets_counted_together_are_as_counted_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
