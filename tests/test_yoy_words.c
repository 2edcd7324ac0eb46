/* What `yoy` says beside its numbers: verdicts, sentences below the table, case ids. */
#include "fixtures_yoy.h"

#define TARGETS "plan,indicator,kind,op,threshold,category\n2024,1,reduction,>=,3,XHTE\n"

/* A case a month in each of three communes, from 2023 up to a month of 2024. */
static void desk_monthly(struct desk *k, const char *coverage, int last_month)
{
    static const char *const units[] = {"30037", "30040", "30043"};
    struct buf csv = {0};
    buf_adds(&csv, CASES);
    for (int month = 0; month < 12 + last_month; month++)
        for (int u = 0; u < 3; u++)
            buf_addf(&csv, "%s/%d,%s,XHTE.TD,%d-%02d-15\n", units[u], month + 1, units[u],
                     2023 + month / 12, month % 12 + 1);
    desk_new(k);
    loads(k, "coverage", coverage);
    loads(k, "targets", TARGETS);
    loads(k, "incidents", csv.data);
    buf_free(&csv);
}

#define UNTIL(a, b, c)                                                                             \
    COVERS "30037,2023-01-01," a ",XHTE,\n30040,2023-01-01," b ",XHTE,\n"                          \
           "30043,2023-01-01," c ",XHTE,\n"

/* ---- who is left out ---- */

static void what_was_recorded_is_said_before_what_is_compared(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_monthly(&k, UNTIL("2024-12-31", "2024-12-31", "2024-06-30"), 12);
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_BY, "unit"});
    assert_table(&y, "unit count count_before verdict allowance luck note",
                 "872|24|24|not_met|23|0.4711|total=1;compared_units=2/3;left_out=30043;recorded="
                 "36;recorded_before=36;\n"
                 "30037|12|12|not_met|11|0.4591|\n30040|12|12|not_met|11|0.4591|\n"
                 "30043|6|6|incomplete|5||recorded=12;recorded_before=12;covered_to=2024-06-30;\n");
    assert_true(says(&y, "Xâm hại trẻ em: recorded 36 cases, in the same period 36 cases; on the "
                         "same base of comparison (2/3 units): 24 cases, in the same period 24 "
                         "cases: unchanged; not met (target: down 3%); this is not enough to "
                         "conclude on a trend. Since the numbers are small, the target would be "
                         "met with a chance of about 47% even if nothing had changed."));
    assert_true(says(&y, "Not in the totals compared, since not reported to the end: Hưng Thạnh "
                         "(to 2024-06-30)."));
    yoy_free(&y);
    desk_free(&k);
}

static void where_all_is_compared_nothing_is_said_of_a_base(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_monthly(&k, UNTIL("2024-12-31", "2024-12-31", "2024-12-31"), 12);
    YOY(&y, &k, {OPT_PERIOD, "2024"});
    assert_false(says(&y, "recorded"));
    assert_false(says(&y, "Not in the totals"));
    assert_false(says(&y, "Not for ranking"));
    yoy_free(&y);
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_BY, "unit"});
    assert_true(says(&y, "Not for ranking offices"));
    yoy_free(&y);
    desk_free(&k);
}

/* ---- periods that run, or of which nothing is known ---- */

static void a_period_that_runs_is_judged_on_the_whole(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_monthly(&k, UNTIL("2024-09-30", "2024-09-30", "2024-09-30"), 9);
    YOY(&y, &k, {OPT_PERIOD, "2024"});
    /* 27 so far; 34 of last year's 36 are allowed, 9 were in the rest */
    assert_table(&y, "count count_before allowance verdict", "27|27|34|at_risk\n");
    assert_true(says(&y, "recorded 27 cases, in the same period 36 cases; on the same base of "
                         "comparison (to 2024-09-30): 27 cases, in the same period 27 cases"));
    yoy_free(&y);
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_TARGET, "40"});
    assert_table(&y, "count allowance verdict", "27|21|lost\n");
    yoy_free(&y);
    YOY(&y, &k, {OPT_PERIOD, "2024H1"}); /* a half-year that is over stands on its own */
    assert_table(&y, "count allowance verdict", "18|17|not_met\n");
    yoy_free(&y);
    desk_free(&k);
}

static void of_a_period_nobody_knows_no_number_is_made_up(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_monthly(&k, UNTIL("2024-12-31", "2024-12-31", "2024-12-31"), 12);
    YOY(&y, &k, {OPT_PERIOD, "2025"}, {OPT_TARGET, "3"});
    assert_table(&y, "count count_before change p_value verdict luck", "|36|||incomplete|\n");
    assert_true(says(&y, "Nothing is known of 2025: the coverage of no unit reaches it."));
    yoy_free(&y);
    YOY(&y, &k, {OPT_PERIOD, "2023"}, {OPT_TARGET, "3"});
    assert_table(&y, "count count_before change p_value verdict allowance", "36||||no_base|\n");
    yoy_free(&y);
    desk_free(&k);
}

/* ---- what cannot be concluded ---- */

static void across_a_break_nothing_is_concluded(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_monthly(&k, UNTIL("2024-12-31", "2024-12-31", "2024-12-31"), 12);
    loads(&k, "events", "date,label\n2023-11-05,Luật mới\n");
    YOY(&y, &k, {OPT_PERIOD, "2024"});
    assert_table(&y, "verdict note", "not_met|not_comparable=2023-11-05 Luật mới;\n");
    assert_true(says(&y, "not met (target: down 3%)."));
    assert_true(says(&y, "The two periods are not directly comparable; between them: Luật mới "
                         "(2023-11-05)."));
    yoy_free(&y);
    desk_free(&k);
}

static void large_counts_come_with_a_caution_and_no_conclusion(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_new(&k);
    loads(&k, "counts",
          "unit,category,period,count\n872,XHTE,2024,900\n872,XHTE,2023,1200\n872,XHTE,2022,100\n"
          "872,XHTE,2021,200\n");
    YOY(&y, &k, {OPT_PERIOD, "2024"});
    assert_true(says(&y, "900 cases, in the same period 1,200 cases: down 300 cases (−25.0%)."));
    assert_true(says(&y, "Large counts vary more than Poisson counts"));
    yoy_free(&y);
    YOY(&y, &k, {OPT_PERIOD, "2022"});
    assert_true(says(&y, "there are grounds to speak of an improvement."));
    assert_false(says(&y, "Large counts"));
    yoy_free(&y);
    desk_free(&k);
}

static void cases_without_a_date_are_told_once(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_monthly(&k, UNTIL("2024-12-31", "2024-12-31", "2024-12-31"), 12);
    loads(&k, "coverage", COVERS "872,2023-01-01,2024-12-31,U18,\n");
    loads(&k, "incidents",
          "case_id,unit,category,received_on,occurred_on\n"
          "U-1,30037,U18,2024-05-05,\nU-2,30037,U18,2024-05-05,2024-05-04\n");
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_BASIS, "occurred"});
    assert_table(&y, "category count verdict", "U18|1|incomplete\nXHTE|0|incomplete\n");
    assert_true(says(&y, "Cases of the two periods without a date of the act, in no count here: "
                         "1 (U18), 72 (XHTE)."));
    yoy_free(&y);
    desk_free(&k);
}

/* ---- which cases ---- */

static void the_cases_shown_are_those_that_were_counted(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_monthly(&k, UNTIL("2024-03-31", "2024-03-31", "2024-01-31"), 3);
    YOY(&y, &k, {OPT_PERIOD, "2024H1"}, {OPT_BY, "unit"}, {OPT_SHOW_CASES, "1"});
    assert_table(&y, "unit count cases cases_before",
                 "872|6|30037/13 30037/14 30037/15 30040/13 30040/14 30040/15|"
                 "30037/1 30037/2 30037/3 30040/1 30040/2 30040/3\n"
                 "30037|3|30037/13 30037/14 30037/15|30037/1 30037/2 30037/3\n"
                 "30040|3|30040/13 30040/14 30040/15|30040/1 30040/2 30040/3\n"
                 "30043|1|30043/13|30043/1\n");
    yoy_free(&y);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_recorded_is_said_before_what_is_compared),
        cmocka_unit_test(where_all_is_compared_nothing_is_said_of_a_base),
        cmocka_unit_test(a_period_that_runs_is_judged_on_the_whole),
        cmocka_unit_test(of_a_period_nobody_knows_no_number_is_made_up),
        cmocka_unit_test(across_a_break_nothing_is_concluded),
        cmocka_unit_test(large_counts_come_with_a_caution_and_no_conclusion),
        cmocka_unit_test(cases_without_a_date_are_told_once),
        cmocka_unit_test(the_cases_shown_are_those_that_were_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
