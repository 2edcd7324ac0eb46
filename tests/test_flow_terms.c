/* The days by which the law wants a report decided. */
#include "check.h"

#include "series/flow.h"

static day at(int year, int month, int mday)
{
    day d = DAY_NONE;
    assert_true(day_from_date((struct date){year, month, mday}, &d));
    return d;
}

static struct flow_report report(day received_on, int outcome, day resolved_on)
{
    return (struct flow_report){received_on, resolved_on, DAY_NONE, outcome, -1, -1};
}

static struct flow flow_of(struct span span, struct flow_report r)
{
    struct flow f = {0};
    flow_add(&f, span, &r);
    return f;
}

static void a_report_is_in_time_up_to_the_twentieth_day_after_receipt(void **state)
{
    (void)state;
    day received = at(2024, 5, 1);
    assert_int_equal(flow_due(received), at(2024, 5, 21));
    struct span in = {at(2024, 1, 1), at(2024, 5, 21)}, out = {at(2024, 1, 1), at(2024, 5, 22)};
    struct flow f = flow_of(in, report(received, OUTCOME_OPEN, DAY_NONE));
    assert_int_equal(f.open_in_time, 1);
    f = flow_of(out, report(received, OUTCOME_OPEN, DAY_NONE));
    assert_int_equal(f.open_in_time, 0);
    assert_int_equal(f.open_extended, 1);
}

static void a_report_is_overdue_from_the_day_after_four_months(void **state)
{
    (void)state;
    day received = at(2024, 5, 1);
    struct span in = {at(2024, 1, 1), at(2024, 9, 1)}, out = {at(2024, 1, 1), at(2024, 9, 2)};
    struct flow f = flow_of(in, report(received, OUTCOME_NONE, DAY_NONE));
    assert_int_equal(f.open_extended, 1);
    assert_int_equal(f.overdue, 0);
    f = flow_of(out, report(received, OUTCOME_NONE, DAY_NONE));
    assert_int_equal(f.open_extended, 0);
    assert_int_equal(f.overdue, 1);
}

static void a_stage_lasts_to_the_end_of_its_last_day(void **state)
{
    (void)state;
    struct flow_report r = report(at(2023, 12, 31), OUTCOME_OPEN, DAY_NONE);
    assert_int_equal(flow_due_complicated(r.received_on), at(2024, 2, 29));
    assert_int_equal(flow_due_complicated(at(2024, 12, 30)), at(2025, 2, 28));
    assert_int_equal(flow_due_complicated(at(2024, 5, 1)), at(2024, 7, 1));
    assert_int_equal(flow_stage(&r, at(2024, 1, 20)), FLOW_IN_TIME);
    assert_int_equal(flow_stage(&r, at(2024, 1, 21)), FLOW_EXTENDED);
    assert_int_equal(flow_stage(&r, at(2024, 4, 30)), FLOW_EXTENDED);
    assert_int_equal(flow_stage(&r, at(2024, 5, 1)), FLOW_OVERDUE);
    r = report(at(2023, 12, 31), OUTCOME_PROSECUTED, at(2024, 6, 1));
    assert_int_equal(flow_stage(&r, at(2024, 5, 31)), FLOW_OVERDUE);
    assert_int_equal(flow_stage(&r, at(2024, 6, 1)), FLOW_CLOSED);
    r = report(at(2023, 12, 31), OUTCOME_TRANSFERRED, at(2024, 1, 2));
    assert_int_equal(flow_stage(&r, at(2024, 1, 2)), FLOW_CLOSED);
}

static void four_months_end_on_the_months_last_day_where_it_lacks_the_same(void **state)
{
    (void)state;
    assert_int_equal(flow_due_extended(at(2024, 1, 15)), at(2024, 5, 15));
    assert_int_equal(flow_due_extended(at(2023, 10, 31)), at(2024, 2, 29));
    assert_int_equal(flow_due_extended(at(2024, 10, 30)), at(2025, 2, 28));
    assert_int_equal(flow_due_extended(at(2024, 5, 31)), at(2024, 9, 30));
    assert_int_equal(flow_due_extended(at(2024, 12, 31)), at(2025, 4, 30));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_is_in_time_up_to_the_twentieth_day_after_receipt),
        cmocka_unit_test(a_report_is_overdue_from_the_day_after_four_months),
        cmocka_unit_test(a_stage_lasts_to_the_end_of_its_last_day),
        cmocka_unit_test(four_months_end_on_the_months_last_day_where_it_lacks_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
