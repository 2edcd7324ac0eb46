/* What had been received by a day: now by that day, before by the same day of its own year. */
#include "fixtures_series.h"

#define DATED "case_id,unit,category,received_on,occurred_on\n"

static void desk_covered(struct desk *k, const char *coverage, const char *cases)
{
    desk_new(k);
    loads(k, "coverage", coverage);
    loads(k, "incidents", cases);
}

#define WHOLE COVERS "872,2019-01-01,2025-03-31,XHTE,\n"

/* Acts of 2024 and of 2023 that were reported before and after 28 February of the next year. */
static const char *const late = DATED "N-1,30037,XHTE.TD,2024-05-01,2024-05-01\n"
                                      "N-2,30037,XHTE.TD,2025-02-28,2024-12-01\n"
                                      "N-3,30037,XHTE.TD,2025-03-01,2024-12-01\n"
                                      "B-1,30037,XHTE.TD,2024-02-28,2023-12-01\n"
                                      "B-2,30037,XHTE.TD,2024-02-29,2023-12-01\n"
                                      "B-3,30037,XHTE.TD,2024-12-01,2023-12-01\n"
                                      "B-4,30037,XHTE.TD,2023-12-01,2023-12-01\n";

static void each_period_has_the_same_time_to_be_reported(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_covered(&k, WHOLE, late);
    asks(&s, &k, (struct asked){.basis = BASIS_OCCURRED});
    CHECK_ROW(row_of(&s, "30037", "XHTE"), 3, 4);
    set_free(&s);
    asks(&s, &k, (struct asked){.basis = BASIS_OCCURRED, .as_of = "2025-02-28"});
    CHECK_ROW(row_of(&s, "30037", "XHTE"), 2, 2);
    CHECK_ROW(row_of(&s, "872", "XHTE"), 2, 2);
    struct compared row = row_of(&s, "872", "XHTE");
    assert_int_equal(row.recorded, 2);
    assert_int_equal(row.recorded_before, 4); /* by now */
    assert_int_equal(row.whole_before, 4);
    assert_false(s.compare.running);
    set_free(&s);
    desk_free(&k);
}

static void by_receipt_a_finished_period_reads_the_same_ever_after(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_covered(&k, WHOLE, late);
    asks(&s, &k, (struct asked){0});
    CHECK_ROW(row_of(&s, "30037", "XHTE"), 4, 1);
    set_free(&s);
    asks(&s, &k, (struct asked){.as_of = "2025-01-15"});
    CHECK_ROW(row_of(&s, "30037", "XHTE"), 4, 1);
    set_free(&s);
    desk_free(&k);
}

static void a_period_that_the_day_cuts_runs_up_to_it(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_covered(&k, WHOLE,
                 DATED "A,30037,XHTE,2024-10-31,\nB,30037,XHTE,2024-11-01,\n"
                       "C,30037,XHTE,2023-10-31,\nD,30037,XHTE,2023-11-01,\n");
    asks(&s, &k, (struct asked){.as_of = "2024-10-31"});
    struct compared row = row_of(&s, "872", "XHTE");
    CHECK_ROW(row, 1, 1);
    assert_true(s.compare.running);
    assert_int_equal(s.compare.data_end, day_of("2024-10-31"));
    assert_int_equal(row.recorded, 1);
    assert_int_equal(row.whole_before, 2); /* what the allowance of the whole year is made of */
    set_free(&s);
    desk_free(&k);
}

static void a_leap_day_is_the_28th_in_other_years(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_covered(&k, WHOLE,
                 DATED "A,30037,XHTE,2024-02-29,2023-03-01\nB,30037,XHTE,2023-02-28,2022-03-01\n"
                       "C,30037,XHTE,2023-03-01,2022-03-01\n");
    asks(&s, &k, (struct asked){.period = "2023", .basis = BASIS_OCCURRED, .as_of = "2024-02-29"});
    CHECK_ROW(row_of(&s, "872", "XHTE"), 1, 1);
    set_free(&s);
    desk_free(&k);
}

static void each_year_of_a_mean_has_its_own_day(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_covered(&k, WHOLE,
                 DATED "A,30037,XHTE,2025-02-01,2024-12-01\n"
                       "B,30037,XHTE,2024-01-31,2023-12-01\nB2,30037,XHTE,2024-02-02,2023-12-01\n"
                       "C,30037,XHTE,2023-01-31,2022-12-01\nC2,30037,XHTE,2023-02-02,2022-12-01\n"
                       "D,30037,XHTE,2022-02-01,2021-12-01\nD2,30037,XHTE,2022-02-02,2021-12-01\n");
    asks(&s, &k,
         (struct asked){.against = "mean3", .basis = BASIS_OCCURRED, .as_of = "2025-02-01"});
    CHECK_ROW(row_of(&s, "872", "XHTE"), 1, 3);
    set_free(&s);
    asks(&s, &k, (struct asked){.against = "mean3", .basis = BASIS_OCCURRED});
    CHECK_ROW(row_of(&s, "872", "XHTE"), 1, 6);
    set_free(&s);
    desk_free(&k);
}

/* 2024Q4 against 2024Q2, a month behind the end of each. */
static void of_unlike_spans_the_distance_is_in_days(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_covered(&k, WHOLE,
                 DATED "A,30037,XHTE,2025-01-30,2024-12-01\nA2,30037,XHTE,2025-01-31,2024-12-01\n"
                       "B,30037,XHTE,2024-07-30,2024-06-01\nB2,30037,XHTE,2024-07-31,2024-06-01\n");
    asks(&s, &k,
         (struct asked){.period = "2024Q4",
                        .against = "2024Q2",
                        .per = PER_DAYS,
                        .basis = BASIS_OCCURRED,
                        .as_of = "2025-01-30"});
    CHECK_ROW(row_of(&s, "872", "XHTE"), 1, 1);
    set_free(&s);
    desk_free(&k);
}

/* 30043 is known to 15 January only: what others received later is not asked of it, so that the
 * period before is not asked of it either. */
static void who_is_known_to_an_earlier_day_sets_the_day_of_all(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_covered(&k,
                 COVERS "30037,2022-01-01,2025-03-31,XHTE,\n30040,2022-01-01,2025-03-31,XHTE,\n"
                        "30043,2022-01-01,2025-01-15,XHTE,\n",
                 DATED "A,30037,XHTE,2025-01-15,2024-12-01\nA2,30037,XHTE,2025-01-16,2024-12-01\n"
                       "B,30043,XHTE,2024-01-15,2023-12-01\nB2,30043,XHTE,2024-01-16,2023-12-01\n");
    asks(&s, &k, (struct asked){.basis = BASIS_OCCURRED, .as_of = "2025-01-31"});
    CHECK_ROW(row_of(&s, "872", "XHTE"), 1, 1);
    assert_int_equal(row_of(&s, "872", "XHTE").recorded, 2);
    set_free(&s);
    desk_free(&k);
}

/* What is not known to have been received by then is in no count, and said to be in none. */
static void a_case_without_receipt_is_undated_on_every_basis(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_covered(&k, WHOLE,
                 DATED "A,30037,XHTE,2024-03-05,\nB,30037,XHTE,,2024-03-06\n"
                       "C,30037,XHTE,2025-03-01,\nD,30037,XHTE,2024-03-07,2024-03-07\n");
    asks(&s, &k, (struct asked){.as_of = "2024-12-31"});
    assert_int_equal(row_of(&s, "872", "XHTE").count, 2);
    assert_int_equal(row_of(&s, "872", "XHTE").undated, 1); /* B */
    set_free(&s);
    asks(&s, &k, (struct asked){.basis = BASIS_OCCURRED, .as_of = "2024-12-31"});
    assert_int_equal(row_of(&s, "872", "XHTE").count, 1);
    assert_int_equal(row_of(&s, "872", "XHTE").undated, 2); /* A, B; C came later */
    set_free(&s);
    asks(&s, &k, (struct asked){.basis = BASIS_OCCURRED});
    assert_int_equal(row_of(&s, "872", "XHTE").count, 2);
    set_free(&s);
    desk_free(&k);
}

/* ---- counts ---- */

static void counts_do_not_say_when_each_report_came_in(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_new(&k);
    loads(&k, "counts",
          "unit,category,period,count\n30037,XHTE,2023,7\n30037,XHTE,2024,8\n30040,XHTE,2023,7\n");
    assert_false(ask(&s, &k, (struct asked){.as_of = "2024-06-30"}));
    assert_int_equal(s.err.code, ERR_INPUT);
    assert_string_equal(s.err.msg, "source 872 has only counts here, which do not say when each "
                                   "report came in: leave out --as-of, or choose other units with "
                                   "--unit");
    set_free(&s);
    desk_free(&k);
}

static void counts_beside_cases_of_the_same_days_are_passed_over(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_covered(&k, WHOLE, DATED "A,30037,XHTE.TD,2024-03-01,\nB,30037,XHTE.TD,2023-03-01,\n");
    loads(&k, "counts", "unit,category,period,count\n872,XHTE,2023,1\n872,XHTE,2024,1\n");
    asks(&s, &k, (struct asked){.as_of = "2024-06-30"});
    CHECK_ROW(row_of(&s, "872", "XHTE"), 1, 1);
    set_free(&s);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_period_has_the_same_time_to_be_reported),
        cmocka_unit_test(by_receipt_a_finished_period_reads_the_same_ever_after),
        cmocka_unit_test(a_period_that_the_day_cuts_runs_up_to_it),
        cmocka_unit_test(a_leap_day_is_the_28th_in_other_years),
        cmocka_unit_test(each_year_of_a_mean_has_its_own_day),
        cmocka_unit_test(of_unlike_spans_the_distance_is_in_days),
        cmocka_unit_test(who_is_known_to_an_earlier_day_sets_the_day_of_all),
        cmocka_unit_test(a_case_without_receipt_is_undated_on_every_basis),
        cmocka_unit_test(counts_do_not_say_when_each_report_came_in),
        cmocka_unit_test(counts_beside_cases_of_the_same_days_are_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
