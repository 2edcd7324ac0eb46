/* The arithmetic of `export cells`: days cut into pieces, cases added to them, periods named. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "cli/export_cells.h"
#include "series/flow.h"

static day at(int year, int month, int mday)
{
    day d = DAY_NONE;
    assert_true(day_from_date((struct date){year, month, mday}, &d));
    return d;
}

static const struct span any_day = {DAY_MIN, DAY_MAX};

struct cut {
    struct spans covered;
    struct cell_piece *pieces;
    size_t count, cap;
};

static void cut_days(struct cut *c, struct span covered, struct span within,
                     struct calendar calendar, struct span valid)
{
    *c = (struct cut){0};
    assert_true(spans_add(&c->covered, covered, NULL));
    assert_true(
        cell_pieces(&c->covered, within, calendar, valid, &c->pieces, &c->count, &c->cap, NULL));
}

static void cut_free(struct cut *c)
{
    spans_free(&c->covered);
    free(c->pieces);
}

static void check_piece(const struct cut *c, size_t i, day from, day to, bool expected)
{
    assert_true(i < c->count);
    assert_int_equal(c->pieces[i].span.from, from);
    assert_int_equal(c->pieces[i].span.to, to);
    assert_int_equal(c->pieces[i].expected, expected);
}

/* ---- pieces ---- */

static void days_are_cut_at_the_ends_of_months(void **state)
{
    (void)state;
    struct cut c;
    cut_days(&c, (struct span){at(2024, 1, 20), at(2024, 3, 5)}, any_day, CALENDAR_CIVIL, any_day);
    assert_int_equal(c.count, 3);
    check_piece(&c, 0, at(2024, 1, 20), at(2024, 1, 31), true);
    check_piece(&c, 1, at(2024, 2, 1), at(2024, 2, 29), true);
    check_piece(&c, 2, at(2024, 3, 1), at(2024, 3, 5), true);
    cut_free(&c);
}

static void police_months_are_cut_at_the_fourteenth(void **state)
{
    (void)state;
    struct cut c;
    cut_days(&c, (struct span){at(2024, 6, 15), at(2024, 8, 14)}, any_day,
             (struct calendar){12, 15}, any_day);
    assert_int_equal(c.count, 2);
    check_piece(&c, 0, at(2024, 6, 15), at(2024, 7, 14), true);
    check_piece(&c, 1, at(2024, 7, 15), at(2024, 8, 14), true);
    cut_free(&c);
}

static void days_are_cut_where_the_place_begins_and_ends(void **state)
{
    (void)state;
    struct cut c;
    struct span valid = {at(2024, 2, 10), at(2024, 3, 10)};
    cut_days(&c, (struct span){at(2024, 2, 1), at(2024, 3, 31)}, any_day, CALENDAR_CIVIL, valid);
    assert_int_equal(c.count, 4);
    check_piece(&c, 0, at(2024, 2, 1), at(2024, 2, 9), false);
    check_piece(&c, 1, at(2024, 2, 10), at(2024, 2, 29), true);
    check_piece(&c, 2, at(2024, 3, 1), at(2024, 3, 10), true);
    check_piece(&c, 3, at(2024, 3, 11), at(2024, 3, 31), false);
    cut_free(&c);
}

static void only_days_within_the_question_are_cut(void **state)
{
    (void)state;
    struct cut c;
    cut_days(&c, (struct span){at(2023, 1, 1), at(2024, 12, 31)},
             (struct span){at(2024, 5, 1), at(2024, 5, 31)}, CALENDAR_CIVIL, any_day);
    assert_int_equal(c.count, 1);
    check_piece(&c, 0, at(2024, 5, 1), at(2024, 5, 31), true);
    cut_free(&c);
}

static void nothing_covered_gives_no_piece(void **state)
{
    (void)state;
    struct cut c;
    cut_days(&c, (struct span){2, 1}, any_day, CALENDAR_CIVIL, any_day);
    assert_int_equal(c.count, 0);
    struct case_fact f = {.on = 1, .received = 1, .closed = DAY_NONE, .is_case = true};
    assert_false(cell_add(c.pieces, c.count, &f, true));
    cut_free(&c);
}

/* ---- cases ---- */

static void a_blank_makes_the_sum_unknown_for_good(void **state)
{
    (void)state;
    struct cut c;
    day on = at(2024, 5, 3);
    cut_days(&c, (struct span){at(2024, 5, 1), at(2024, 5, 31)}, any_day, CALENDAR_CIVIL, any_day);
    struct case_fact f = {.on = on,
                          .received = on,
                          .closed = DAY_NONE,
                          .is_case = true,
                          .offenders = 2,
                          .victims = 1};
    assert_true(cell_add(c.pieces, c.count, &f, true));
    f.victims = -1;
    assert_true(cell_add(c.pieces, c.count, &f, true));
    f.victims = 4;
    assert_true(cell_add(c.pieces, c.count, &f, true));
    assert_int_equal(c.pieces[0].numbers[NUMBER_COUNT], 3);
    assert_int_equal(c.pieces[0].numbers[NUMBER_OFFENDERS], 6);
    assert_int_equal(c.pieces[0].numbers[NUMBER_VICTIMS], -1);
    cut_free(&c);
}

/* Unfounded: a report that came in and was resolved, of which nothing else counts. */
static void a_report_that_is_no_case_is_accepted_and_not_counted(void **state)
{
    (void)state;
    struct cut c;
    day on = at(2024, 5, 3);
    cut_days(&c, (struct span){at(2024, 5, 1), at(2024, 5, 31)}, any_day, CALENDAR_CIVIL, any_day);
    struct case_fact f = {.on = on,
                          .received = on,
                          .closed = on,
                          .is_resolved = true,
                          .offenders = -1,
                          .victims = -1};
    assert_true(cell_add(c.pieces, c.count, &f, true));
    assert_int_equal(c.pieces[0].numbers[NUMBER_COUNT], 0);
    assert_int_equal(c.pieces[0].numbers[NUMBER_ACCEPTED], 1);
    assert_int_equal(c.pieces[0].numbers[NUMBER_RESOLVED], 1);
    assert_int_equal(c.pieces[0].numbers[NUMBER_VICTIMS], 0);
    cut_free(&c);
}

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

/* A random report and what it is to the cells. */
static struct case_fact random_fact(unsigned *seed, struct flow_report *report)
{
    int outcome = (int)(next_random(seed) % 9) - 1;
    bool over = outcome != OUTCOME_NONE && outcome != OUTCOME_OPEN;
    day received = at(2023, 6, 1) + (day)(next_random(seed) % 700);
    day closed = over ? received + (day)(next_random(seed) % 200) : DAY_NONE;
    bool solved = next_random(seed) % 2;
    int64_t supported = (int64_t)(next_random(seed) % 5) - 1; /* of 2; blank, too many */
    *report =
        (struct flow_report){received, closed, solved ? received : DAY_NONE, outcome, 2, supported};
    return (struct case_fact){
        .on = received,
        .received = received,
        .closed = closed,
        .is_case = outcome != OUTCOME_UNFOUNDED && outcome != OUTCOME_TRANSFERRED,
        .is_transferred = outcome == OUTCOME_TRANSFERRED,
        .is_resolved = over && outcome != OUTCOME_TRANSFERRED && outcome != OUTCOME_SUSPENDED,
        .is_suspended = outcome == OUTCOME_SUSPENDED,
        .is_solved = solved,
        .victims = 2,
        .supported = supported};
}

/* An identity: what goes up to the next level is what the indicators count here (series/flow.h). */
static void cells_are_the_flows_of_their_days(void **state)
{
    (void)state;
    enum { REPORTS = 500 };
    struct cut c;
    unsigned seed = 1;
    cut_days(&c, (struct span){at(2023, 8, 10), at(2024, 11, 20)}, any_day,
             (struct calendar){12, 15}, any_day);
    assert_true(spans_add(&c.covered, (struct span){at(2025, 2, 1), at(2025, 3, 31)}, NULL));
    assert_true(cell_pieces(&c.covered, any_day, (struct calendar){12, 15}, any_day, &c.pieces,
                            &c.count, &c.cap, NULL));
    struct flow *flows = calloc(c.count, sizeof *flows);
    assert_non_null(flows);
    for (int i = 0; i < REPORTS; i++) {
        struct flow_report report;
        struct case_fact f = random_fact(&seed, &report);
        cell_add(c.pieces, c.count, &f, true);
        for (size_t k = 0; k < c.count; k++)
            flow_add(&flows[k], c.pieces[k].span, &report);
    }
    for (size_t k = 0; k < c.count; k++) {
        const int64_t *n = c.pieces[k].numbers;
        assert_int_equal(n[NUMBER_COUNT], flows[k].cases);
        assert_int_equal(n[NUMBER_VICTIMS], flows[k].victims);
        assert_int_equal(n[NUMBER_ACCEPTED], flows[k].accepted);
        assert_int_equal(n[NUMBER_CARRIED_OVER], flows[k].carried_over);
        assert_int_equal(n[NUMBER_TRANSFERRED], flows[k].transferred);
        assert_int_equal(n[NUMBER_RESOLVED], flows[k].resolved);
        assert_int_equal(n[NUMBER_OVERDUE], flows[k].overdue);
        assert_int_equal(n[NUMBER_SOLVED], flows[k].solved);
        assert_int_equal(n[NUMBER_SUPPORTED], flows[k].supported);
        assert_int_equal(n[NUMBER_SUSPENDED], flows[k].suspended);
    }
    free(flows);
    cut_free(&c);
}

/* ---- names of periods ---- */

static void check_label(const char *label, struct calendar c)
{
    char got[32];
    struct period p;
    assert_true(period_parse(label, strlen(label), c, &p));
    export_period(p.span, c, got);
    assert_string_equal(got, label);
}

static void periods_are_named_as_they_are_read(void **state)
{
    (void)state;
    static const char *const labels[] = {"2024-02",
                                         "2024",
                                         "2024Q4",
                                         "2024H1",
                                         "2024H2",
                                         "2024-02-03..2024-02-09",
                                         "2024-02-29..2024-03-01"};
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        check_label(labels[i], CALENDAR_CIVIL);
        check_label(labels[i], (struct calendar){12, 15});
    }
}

static void spans_without_a_name_are_written_as_dates(void **state)
{
    (void)state;
    char got[32];
    export_period((struct span){at(2024, 1, 1), at(2024, 9, 30)}, CALENDAR_CIVIL, got);
    assert_string_equal(got, "2024-01-01..2024-09-30");
    export_period((struct span){at(2024, 2, 1), at(2024, 2, 28)}, CALENDAR_CIVIL, got);
    assert_string_equal(got, "2024-02-01..2024-02-28");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_cut_at_the_ends_of_months),
        cmocka_unit_test(police_months_are_cut_at_the_fourteenth),
        cmocka_unit_test(days_are_cut_where_the_place_begins_and_ends),
        cmocka_unit_test(only_days_within_the_question_are_cut),
        cmocka_unit_test(nothing_covered_gives_no_piece),
        cmocka_unit_test(a_blank_makes_the_sum_unknown_for_good),
        cmocka_unit_test(a_report_that_is_no_case_is_accepted_and_not_counted),
        cmocka_unit_test(cells_are_the_flows_of_their_days),
        cmocka_unit_test(periods_are_named_as_they_are_read),
        cmocka_unit_test(spans_without_a_name_are_written_as_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
