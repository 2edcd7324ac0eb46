/* What becomes of reports, and spans that make up a longer one. */
#include "check.h"

#include "series/flow.h"
#include "series/tiling.h"

static day at(int year, int month, int mday)
{
    day d = DAY_NONE;
    assert_true(day_from_date((struct date){year, month, mday}, &d));
    return d;
}

static struct span year_2024(void)
{
    return (struct span){at(2024, 1, 1), at(2024, 12, 31)};
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

static int64_t open_of(const struct flow *f)
{
    return f->open_in_time + f->open_extended + f->overdue;
}

/* ---- one report ---- */

static void first_and_last_day_belong_to_the_span(void **state)
{
    (void)state;
    struct span y = year_2024();
    struct flow f = {0};
    struct flow_report first = report(y.from, OUTCOME_PROSECUTED, y.from);
    struct flow_report last = report(y.to, OUTCOME_PROSECUTED, y.to);
    flow_add(&f, y, &first);
    flow_add(&f, y, &last);
    assert_int_equal(f.accepted, 2);
    assert_int_equal(f.resolved, 2);
    f = flow_of(y, report(y.to + 1, OUTCOME_PROSECUTED, y.to + 1));
    assert_int_equal(f.accepted + f.carried_over + f.resolved + open_of(&f), 0);
}

static void a_report_resolved_after_the_span_is_open_at_its_end(void **state)
{
    (void)state;
    struct span y = year_2024();
    struct flow f = flow_of(y, report(y.to - 3, OUTCOME_NOT_PROSECUTED, y.to + 1));
    assert_int_equal(f.accepted, 1);
    assert_int_equal(f.resolved, 0);
    assert_int_equal(f.open_in_time, 1);
    f = flow_of(y, report(y.from - 30, OUTCOME_TRANSFERRED, y.to + 1));
    assert_int_equal(f.carried_over, 1);
    assert_int_equal(f.transferred, 0);
    assert_int_equal(f.overdue, 1);
    assert_int_equal(flow_to_resolve(&f), 1);
}

static void what_is_open_when_the_span_starts_is_carried_over(void **state)
{
    (void)state;
    struct span y = year_2024();
    struct flow f = flow_of(y, report(y.from - 9, OUTCOME_PROSECUTED, y.from - 1));
    assert_int_equal(f.carried_over + f.resolved, 0);
    f = flow_of(y, report(y.from - 9, OUTCOME_PROSECUTED, y.from));
    assert_int_equal(f.carried_over, 1);
    assert_int_equal(f.resolved, 1);
    assert_int_equal(f.accepted + f.cases, 0);
    f = flow_of(y, report(y.from - 9, OUTCOME_SUSPENDED, y.from - 1));
    assert_int_equal(f.carried_over + f.suspended, 0);
}

static void outcomes_go_where_the_official_formula_has_them(void **state)
{
    (void)state;
    static const int resolved[] = {OUTCOME_PROSECUTED, OUTCOME_ADMINISTRATIVE, OUTCOME_DIVERTED,
                                   OUTCOME_NOT_PROSECUTED, OUTCOME_UNFOUNDED};
    struct span y = year_2024();
    for (size_t i = 0; i < sizeof resolved / sizeof resolved[0]; i++) {
        struct flow f = flow_of(y, report(y.from, resolved[i], y.from + 5));
        assert_int_equal(f.resolved, 1);
        assert_int_equal(flow_to_resolve(&f), 1);
    }
    struct flow f = flow_of(y, report(y.from, OUTCOME_SUSPENDED, y.from + 5));
    assert_int_equal(f.resolved, 0);
    assert_int_equal(f.suspended, 1);
    assert_int_equal(flow_to_resolve(&f), 1);
    f = flow_of(y, report(y.from, OUTCOME_TRANSFERRED, y.from + 5));
    assert_int_equal(f.transferred, 1);
    assert_int_equal(flow_to_resolve(&f), 0);
}

static void an_outcome_without_its_date_leaves_the_report_open(void **state)
{
    (void)state;
    struct span y = year_2024();
    struct flow f = flow_of(y, report(y.to, OUTCOME_PROSECUTED, DAY_NONE));
    assert_int_equal(f.open_in_time, 1);
    f = flow_of(y, report(y.to, OUTCOME_OPEN, y.to));
    assert_int_equal(f.open_in_time, 1);
}

static void unfounded_and_transferred_reports_are_no_cases(void **state)
{
    (void)state;
    struct span y = year_2024();
    assert_int_equal(flow_of(y, report(y.from, OUTCOME_UNFOUNDED, y.from)).cases, 0);
    assert_int_equal(flow_of(y, report(y.from, OUTCOME_TRANSFERRED, y.from)).cases, 0);
    assert_int_equal(flow_of(y, report(y.from, OUTCOME_SUSPENDED, y.from)).cases, 1);
    assert_int_equal(flow_of(y, report(y.from, OUTCOME_NONE, DAY_NONE)).cases, 1);
}

static void what_happened_after_the_day_asked_for_has_not_happened(void **state)
{
    (void)state;
    struct span y = year_2024();
    struct flow_report r = report(y.from, OUTCOME_PROSECUTED, y.from + 30);
    r.solved_on = y.to + 40;
    flow_report_as_of(&r, y.to + 40);
    assert_int_equal(flow_of(y, r).solved, 1);
    flow_report_as_of(&r, DAY_NONE);
    assert_int_equal(flow_of(y, r).solved, 1);
    flow_report_as_of(&r, y.to + 39);
    assert_int_equal(flow_of(y, r).solved, 0);
    assert_int_equal(flow_of(y, r).resolved, 1);
    flow_report_as_of(&r, y.from + 29);
    assert_int_equal(flow_of(y, r).resolved, 0);
    struct flow f = flow_of(y, r);
    assert_int_equal(open_of(&f), 1);
    assert_int_equal(flow_of(y, r).accepted, 1);
}

static void a_case_is_solved_whenever_it_was(void **state)
{
    (void)state;
    struct span y = year_2024();
    struct flow_report r = report(y.to, OUTCOME_OPEN, DAY_NONE);
    r.solved_on = y.to + 40;
    assert_int_equal(flow_of(y, r).solved, 1);
    assert_int_equal(flow_of(y, r).unsolved_open, 0);
    r.solved_on = DAY_NONE;
    assert_int_equal(flow_of(y, r).solved, 0);
    assert_int_equal(flow_of(y, r).unsolved_open, 1);
    r.received_on = y.from;
    assert_int_equal(flow_of(y, r).unsolved_late, 1);
    r.received_on = y.from - 1; /* a case of the year before */
    r.solved_on = y.from + 5;
    assert_int_equal(flow_of(y, r).cases + flow_of(y, r).solved, 0);
}

static void blank_amounts_are_counted_and_never_guessed(void **state)
{
    (void)state;
    struct span y = year_2024();
    struct flow_report r = report(y.from, OUTCOME_OPEN, DAY_NONE);
    struct flow f = flow_of(y, r);
    assert_int_equal(f.blank_victims, 1);
    assert_int_equal(f.victims + f.supported + f.blank_support, 0);
    r.victims = 2;
    f = flow_of(y, r);
    assert_int_equal(f.victims, 2);
    assert_int_equal(f.supported, 0);
    assert_int_equal(f.blank_support, 1);
    assert_int_equal(f.blank_support_of, 2);
    r.supported = 3; /* adults among them */
    f = flow_of(y, r);
    assert_int_equal(f.supported, 2);
    assert_int_equal(f.blank_support, 0);
    r.victims = 0;
    r.supported = -1;
    assert_int_equal(flow_of(y, r).blank_support, 0);
}

/* ---- the identity ---- */

/* Every outcome, received and closed on all days around the ends of the span. */
static void check_identity(struct span span, struct flow *sum)
{
    const int days[] = {-150, -21, -1, 0, 1, 20, 21};
    const size_t n = sizeof days / sizeof days[0];
    for (int outcome = OUTCOME_NONE; outcome <= OUTCOME_OPEN; outcome++)
        for (size_t i = 0; i < 2 * n; i++)
            for (size_t k = 0; k < 2 * n; k++) {
                day received = (i < n ? span.from : span.to) + days[i % n];
                day closed = (k < n ? span.from : span.to) + days[k % n];
                if (closed < received)
                    continue;
                struct flow_report r = report(received, outcome, closed);
                struct flow f = flow_of(span, r);
                assert_true(flow_is_balanced(&f));
                flow_add(sum, span, &r);
            }
}

static void what_came_in_is_what_became_of_it(void **state)
{
    (void)state;
    struct flow sum = {0};
    check_identity(year_2024(), &sum);
    check_identity((struct span){at(2024, 2, 1), at(2024, 2, 29)}, &sum);
    assert_true(flow_is_balanced(&sum));
    assert_true(sum.carried_over > 0 && sum.accepted > 0 && sum.suspended > 0);
    assert_true(sum.transferred > 0 && sum.open_in_time > 0 && sum.overdue > 0);
}

static void open_at_the_end_of_one_span_is_carried_into_the_next(void **state)
{
    (void)state;
    struct span first = {at(2024, 1, 1), at(2024, 6, 30)},
                next = {at(2024, 7, 1), at(2024, 12, 31)};
    struct flow f = {0}, g = {0}, both = {0}, year = {0};
    for (day received = first.from - 40; received <= next.to; received += 3)
        for (int outcome = OUTCOME_PROSECUTED; outcome <= OUTCOME_OPEN; outcome++) {
            struct flow_report r = report(received, outcome, received + 7 * outcome);
            flow_add(&f, first, &r);
            flow_add(&g, next, &r);
            flow_add(&year, year_2024(), &r);
        }
    assert_int_equal(g.carried_over, open_of(&f));
    flow_add_flow(&both, &f);
    flow_add_flow(&both, &g);
    assert_int_equal(both.accepted, year.accepted);
    assert_int_equal(both.resolved, year.resolved);
    assert_int_equal(both.cases, year.cases);
    assert_int_equal(year.carried_over, f.carried_over);
    assert_int_equal(open_of(&year), open_of(&g));
}

static void closed_before_it_was_received_breaks_the_identity(void **state)
{
    (void)state;
    struct span y = year_2024();
    struct flow f = flow_of(y, report(y.from + 2, OUTCOME_PROSECUTED, y.from - 2));
    assert_int_equal(f.accepted, 1);
    assert_false(flow_is_balanced(&f));
}

static void no_reports_are_balanced_and_have_no_denominator(void **state)
{
    (void)state;
    struct flow f = {0};
    struct flow_report r = report(at(2024, 5, 1), OUTCOME_OPEN, DAY_NONE);
    flow_add(&f, (struct span){1, 0}, &r);
    assert_true(flow_is_balanced(&f));
    assert_int_equal(flow_to_resolve(&f), 0);
}

/* ---- spans that make up a longer one ---- */

static struct span month(int m)
{
    return (struct span){at(2024, m, 1), at(2024, m, date_month_days(2024, m))};
}

static struct span months(int from, int to)
{
    return (struct span){month(from).from, month(to).to};
}

static void the_longest_rows_are_taken(void **state)
{
    (void)state;
    const struct span rows[] = {month(1), month(2), month(3), months(4, 6), months(1, 3), month(4)};
    struct tiling t;
    assert_true(tiling_init(&t, rows, 6, months(1, 6), NULL));
    assert_true(t.is_whole);
    assert_int_equal(t.count, 2);
    assert_int_equal(t.chosen[0], 4);
    assert_int_equal(t.chosen[1], 3);
    tiling_free(&t);
}

static void a_longer_row_that_leads_nowhere_gives_way(void **state)
{
    (void)state;
    const struct span rows[] = {months(1, 2), month(1), months(2, 3)};
    struct tiling t;
    assert_true(tiling_init(&t, rows, 3, months(1, 3), NULL));
    assert_true(t.is_whole);
    assert_int_equal(t.count, 2);
    assert_int_equal(t.chosen[0], 1);
    assert_int_equal(t.chosen[1], 2);
    tiling_free(&t);
}

static void rows_up_to_the_first_gap_are_kept(void **state)
{
    (void)state;
    const struct span rows[] = {month(1), month(2), month(4), months(1, 12)};
    struct tiling t;
    assert_true(tiling_init(&t, rows, 4, months(1, 6), NULL));
    assert_false(t.is_whole);
    assert_int_equal(t.count, 2);
    assert_int_equal(t.to, month(2).to);
    tiling_free(&t);
}

static void nothing_is_made_of_no_rows_or_later_ones(void **state)
{
    (void)state;
    const struct span rows[] = {month(2)};
    struct tiling t;
    assert_true(tiling_init(&t, rows, 1, months(1, 2), NULL));
    assert_int_equal(t.count, 0);
    assert_int_equal(t.to, DAY_NONE);
    tiling_free(&t);
    assert_true(tiling_init(&t, NULL, 0, months(1, 2), NULL));
    assert_false(t.is_whole);
    tiling_free(&t);
}

static void the_same_row_twice_counts_once(void **state)
{
    (void)state;
    const struct span rows[] = {month(1), month(1), month(2), month(2)};
    struct tiling t;
    assert_true(tiling_init(&t, rows, 4, months(1, 2), NULL));
    assert_true(t.is_whole);
    assert_int_equal(t.count, 2);
    tiling_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_and_last_day_belong_to_the_span),
        cmocka_unit_test(a_report_resolved_after_the_span_is_open_at_its_end),
        cmocka_unit_test(what_is_open_when_the_span_starts_is_carried_over),
        cmocka_unit_test(outcomes_go_where_the_official_formula_has_them),
        cmocka_unit_test(an_outcome_without_its_date_leaves_the_report_open),
        cmocka_unit_test(unfounded_and_transferred_reports_are_no_cases),
        cmocka_unit_test(what_happened_after_the_day_asked_for_has_not_happened),
        cmocka_unit_test(a_case_is_solved_whenever_it_was),
        cmocka_unit_test(blank_amounts_are_counted_and_never_guessed),
        cmocka_unit_test(what_came_in_is_what_became_of_it),
        cmocka_unit_test(open_at_the_end_of_one_span_is_carried_into_the_next),
        cmocka_unit_test(closed_before_it_was_received_breaks_the_identity),
        cmocka_unit_test(no_reports_are_balanced_and_have_no_denominator),
        cmocka_unit_test(the_longest_rows_are_taken),
        cmocka_unit_test(a_longer_row_that_leads_nowhere_gives_way),
        cmocka_unit_test(rows_up_to_the_first_gap_are_kept),
        cmocka_unit_test(nothing_is_made_of_no_rows_or_later_ones),
        cmocka_unit_test(the_same_row_twice_counts_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
