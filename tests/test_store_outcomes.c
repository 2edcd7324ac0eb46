/* Outcomes files: what changed of cases that are there. */
#include "fixtures_store.h"

#define OPEN_CASES                                                                                 \
    "case_id,unit,category,received_on,outcome,resolved_on,victims\n"                              \
    "A-1,30037,XHTE.TD,2024-01-05,open,,2\n"                                                       \
    "A-2,30040,XHTE.BL,2024-02-05,,,\n"

static void desk_with_cases(struct desk *k)
{
    desk_new(k);
    loads(k, "incidents", OPEN_CASES);
}

static void an_outcome_is_merged_with_its_case(void **state)
{
    (void)state;
    struct desk k;
    desk_with_cases(&k);
    struct loaded r =
        load_text(&k, "outcomes", "case_id,outcome,resolved_on\nA-1,prosecuted,2024-01-20\n",
                  (struct options){0});
    assert_true(r.ok);
    assert_int_equal(r.changed, 1);
    assert_answer(&k,
                  "SELECT case_id, unit, category, received_on, outcome, resolved_on, victims"
                  " FROM analysis_incidents ORDER BY 1",
                  "A-1|30037|XHTE.TD|2024-01-05|prosecuted|2024-01-20|2\n"
                  "A-2|30040|XHTE.BL|2024-02-05|||\n");
    desk_free(&k);
}

static void a_blank_cell_changes_nothing(void **state)
{
    (void)state;
    struct desk k;
    desk_with_cases(&k);
    loads(&k, "outcomes", "case_id,victims,severity\nA-1,,3\nA-2,1,\n");
    assert_answer(&k,
                  "SELECT case_id, ifnull(victims, '-'), ifnull(severity, '-')"
                  " FROM analysis_incidents ORDER BY 1",
                  "A-1|2|3\nA-2|1|-\n");
    assert_int_equal(loads(&k, "outcomes", "case_id,victims,severity\nA-1,,\nA-2,1,\n"), 0);
    desk_free(&k);
}

static void an_unknown_case_is_refused(void **state)
{
    (void)state;
    struct desk k;
    desk_with_cases(&k);
    assert_rejects(&k, "outcomes", "case_id,victims\nA-1,3\nB-9,1\n", (struct options){0},
                   "3 case_id: no such case in this source: load the case first, or name "
                   "--source\n");
    assert_rejects(&k, "outcomes", "case_id,victims\nA-1,3\n", (struct options){.source = "X"},
                   "2 case_id: no such case in this source: load the case first, or name "
                   "--source\n");
    desk_free(&k);
}

static void an_outcome_without_its_date_is_refused_after_merging(void **state)
{
    (void)state;
    struct desk k;
    desk_with_cases(&k);
    assert_rejects(&k, "outcomes", "case_id,outcome\nA-1,prosecuted\nA-2,open\n",
                   (struct options){0}, "2 resolved_on: empty, but the outcome is not open\n");
    loads(&k, "outcomes", "case_id,outcome,resolved_on\nA-1,prosecuted,2024-03-01\n");
    assert_int_not_equal(loads(&k, "outcomes", "case_id,outcome\nA-1,unfounded\n"), 0);
    desk_free(&k);
}

static void dates_of_the_merged_case_must_be_in_order(void **state)
{
    (void)state;
    struct desk k;
    desk_with_cases(&k);
    assert_rejects(&k, "outcomes", "case_id,solved_on\nA-2,2024-02-04\n", (struct options){0},
                   "2 solved_on: before received_on\n");
    desk_free(&k);
}

static void a_case_stands_once_in_an_outcomes_file(void **state)
{
    (void)state;
    struct desk k;
    desk_with_cases(&k);
    assert_rejects(&k, "outcomes", "case_id,victims\nA-1,3\nA-1,4\nA-2,1\nA-2,1\n",
                   (struct options){0},
                   "3 case_id: stands in this file twice: keep one of the rows\n"
                   "5 case_id: stands in this file twice: keep one of the rows\n");
    desk_free(&k);
}

static void outcomes_assume_no_coverage(void **state)
{
    (void)state;
    struct desk k;
    desk_with_cases(&k);
    struct loaded r =
        load_text(&k, "outcomes", "case_id,solved_on\nA-1,2024-11-01\n", (struct options){0});
    assert_true(r.ok);
    assert_string_equal(r.covers, "");
    assert_answer(&k, "SELECT date(max(day_to) * 86400, 'unixepoch') FROM coverage",
                  "2024-02-29\n");
    desk_free(&k);
}

static void an_outcome_moved_to_another_root_is_counted_there(void **state)
{
    (void)state;
    struct desk k;
    desk_with_cases(&k);
    loads(&k, "outcomes", "case_id,category\nA-1,XHTE.BL;U18.TTXH\n");
    assert_answer(&k, "SELECT category FROM analysis_incidents WHERE case_id = 'A-1'",
                  "XHTE.BL;U18.TTXH\n");
    assert_answer(&k, "PRAGMA foreign_key_check", "");
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_outcome_is_merged_with_its_case),
        cmocka_unit_test(a_blank_cell_changes_nothing),
        cmocka_unit_test(an_unknown_case_is_refused),
        cmocka_unit_test(an_outcome_without_its_date_is_refused_after_merging),
        cmocka_unit_test(dates_of_the_merged_case_must_be_in_order),
        cmocka_unit_test(a_case_stands_once_in_an_outcomes_file),
        cmocka_unit_test(outcomes_assume_no_coverage),
        cmocka_unit_test(an_outcome_moved_to_another_root_is_counted_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
