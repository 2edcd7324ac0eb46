/* Counts from cases. */
#include "fixtures_series.h"

#define COLUMNS                                                                                    \
    "case_id,unit,category,received_on,occurred_on,outcome,resolved_on,victims,victims_u16,"       \
    "offenders,offenders_u18\n"

/* Two periods of cases: in 2023 three of XHTE, in 2024 five; one stands in both roots. */
static const char *const cases =
    COLUMNS "A-1,30037,XHTE.TD,2023-01-01,2022-12-31,prosecuted,2023-01-09,1,1,1,0\n"
            "A-2,30037,XHTE.BL,2023-12-31,2023-12-30,,,2,1,1,0\n"
            "A-3,30040,XHTE,2023-06-15,2023-06-01,,,1,,2,\n"
            "A-4,30037,XHTE.TD;U18.TTXH,2024-01-01,2024-01-01,,,3,2,4,3\n"
            "A-5,872/?,XHTE.TD,2024-12-31,2023-12-01,,,,,,\n"
            "A-6,30040,XHTE.BL,2024-02-29,2024-02-28,unfounded,2024-03-01,1,1,1,1\n"
            "A-7,30040,XHTE.BL,2024-02-29,2024-02-28,transferred,2024-03-01,1,1,1,1\n"
            "A-8,30043,XHTE.TD,2024-07-01,,,,1,1,1,0\n"
            "A-9,30043,XHTE.TD,,2024-07-02,,,1,1,1,0\n";

static void desk_with_cases(struct desk *k)
{
    desk_new(k);
    loads(k, "incidents", cases);
}

static struct tally_query query_of(enum basis basis, enum count_unit count)
{
    return (struct tally_query){
        .state = STATE_NOW, .basis = basis, .count = count, .as_of = DAY_NONE};
}

static void counts(struct counted *x, struct desk *k, const char *category, const char *periods,
                   struct tally_query q)
{
    if (!count_periods(x, k, category, periods, &q))
        fail_msg("%s", x->err.msg);
}

static void a_parent_has_its_own_cases_and_those_below(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    desk_with_cases(&k);
    count_all(&x, &k, "XHTE", "2023 2024");
    CHECK_CELL(&x, "30037", "XHTE.TD", 0, 1);
    CHECK_CELL(&x, "30037", "XHTE.BL", 0, 1);
    CHECK_CELL(&x, "30037", "XHTE", 0, 2);
    CHECK_CELL(&x, "30040", "XHTE", 0, 1);
    CHECK_CELL(&x, "30040", "XHTE.TD", 0, 0);
    CHECK_CELL(&x, "872", "XHTE.TD", 0, 1);
    CHECK_CELL(&x, "872", "XHTE", 0, 3);
    CHECK_CELL(&x, "872", "XHTE", 1, 3); /* with the one whose place is unknown */
    CHECK_CELL(&x, "872/?", "XHTE.TD", 1, 1);
    counted_free(&x);
    desk_free(&k);
}

static void both_ends_of_a_period_are_in_it(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    desk_with_cases(&k);
    count_all(&x, &k, "XHTE",
              "2023-01-01..2023-01-01 2023-01-02..2023-12-30 2023-12-31 2024-12-31 2024-02-29 "
              "2021..2024");
    assert_int_equal(cell(&x, "872", "XHTE", 0), 1);
    assert_int_equal(cell(&x, "872", "XHTE", 1), 1);
    assert_int_equal(cell(&x, "872", "XHTE", 2), 1);
    assert_int_equal(cell(&x, "872", "XHTE", 3), 1);
    assert_int_equal(cell(&x, "872", "XHTE", 4), 0);
    assert_int_equal(cell(&x, "872", "XHTE", 5), 6);
    counted_free(&x);
    desk_free(&k);
}

static void a_case_of_two_roots_is_one_in_each(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    desk_with_cases(&k);
    count_all(&x, &k, "U18", "2024");
    CHECK_CELL(&x, "872", "U18", 0, 1);
    CHECK_CELL(&x, "30037", "U18.TTXH", 0, 1);
    counted_free(&x);
    desk_free(&k);
}

static void unfounded_and_transferred_reports_are_no_cases(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    desk_with_cases(&k);
    counts(&x, &k, "XHTE", "2024", query_of(BASIS_RECEIVED, COUNT_REPORTS));
    CHECK_CELL(&x, "872", "XHTE", 0, 5);
    CHECK_CELL(&x, "30040", "XHTE.BL", 0, 2);
    counted_free(&x);
    count_all(&x, &k, "XHTE", "2024");
    CHECK_CELL(&x, "30040", "XHTE.BL", 0, 0);
    counted_free(&x);
    desk_free(&k);
}

static void another_basis_counts_by_its_own_date(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    desk_with_cases(&k);
    counts(&x, &k, "XHTE", "2022 2023 2024", query_of(BASIS_OCCURRED, COUNT_CASES));
    CHECK_CELL(&x, "872", "XHTE", 0, 1);
    CHECK_CELL(&x, "872", "XHTE", 1, 3);
    CHECK_CELL(&x, "872", "XHTE", 2, 2); /* A-8 has no such date */
    counted_free(&x);
    desk_free(&k);
}

static void what_has_no_date_is_placed_by_the_date_it_has(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    struct tally_query q = query_of(BASIS_OCCURRED, COUNT_CASES);
    desk_with_cases(&k);
    q.undated = true;
    counts(&x, &k, "XHTE", "2023 2024", q);
    CHECK_CELL(&x, "872", "XHTE", 0, 0);
    CHECK_CELL(&x, "30043", "XHTE.TD", 1, 1);
    CHECK_CELL(&x, "872", "XHTE", 1, 1);
    counted_free(&x);
    q.basis = BASIS_RECEIVED;
    counts(&x, &k, "XHTE", "2023 2024", q);
    CHECK_CELL(&x, "872", "XHTE", 1, 1); /* */
    counted_free(&x);
    desk_free(&k);
}

static void victims_and_offenders_are_the_roots_children(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    desk_with_cases(&k);
    counts(&x, &k, "XHTE", "2023 2024", query_of(BASIS_RECEIVED, COUNT_VICTIMS));
    assert_int_equal(cell(&x, "872", "XHTE", 0), 2);
    assert_int_equal(x.tally.blank[cell_at(&x, "872", "XHTE", 0)], 1); /* */
    assert_int_equal(cell(&x, "872", "XHTE", 1), 3);
    assert_int_equal(x.tally.blank[cell_at(&x, "872", "XHTE", 1)], 1); /* */
    CHECK_NEAR(x.tally.sums[cell_at(&x, "872", "XHTE", 1)], 3, 0, 0);
    CHECK_NEAR(x.tally.squares[cell_at(&x, "872", "XHTE", 1)], 2 * 2 + 1 * 1, 0, 0);
    counted_free(&x);
    counts(&x, &k, "XHTE", "2023 2024", query_of(BASIS_RECEIVED, COUNT_OFFENDERS));
    assert_int_equal(cell(&x, "872", "XHTE", 1), 5); /* everybody */
    counted_free(&x);
    counts(&x, &k, "U18", "2024", query_of(BASIS_RECEIVED, COUNT_OFFENDERS));
    assert_int_equal(cell(&x, "872", "U18", 0), 3); /* those under 18 */
    counted_free(&x);
    counts(&x, &k, "U18", "2024", query_of(BASIS_RECEIVED, COUNT_VICTIMS));
    assert_int_equal(cell(&x, "872", "U18", 0), 3);
    counted_free(&x);
    desk_free(&k);
}

static void harm_weights_are_summed_with_their_squares(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    struct tally_query q = query_of(BASIS_RECEIVED, COUNT_CASES);
    desk_new(&k);
    loads_with(&k, "categories",
               "category,name,parent,weight\nXHTE.TD,Tình dục,XHTE,2.5\n"
               "XHTE.BL,Bạo lực,XHTE,0.5\n",
               (struct options){.update = true});
    loads(&k, "incidents", cases);
    q.weighted = true;
    counts(&x, &k, "XHTE", "2023", q);
    size_t at = cell_at(&x, "872", "XHTE", 0);
    assert_int_equal(x.tally.counts[at], 3);
    CHECK_NEAR(x.tally.sums[at], 2.5 + 0.5 + 1, 1e-15, 0);
    CHECK_NEAR(x.tally.squares[at], 6.25 + 0.25 + 1, 1e-15, 0);
    counted_free(&x);
    desk_free(&k);
}

static void what_was_not_received_yet_is_left_out(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    struct tally_query q = query_of(BASIS_OCCURRED, COUNT_CASES);
    desk_with_cases(&k);
    q.as_of = day_of("2023-12-31");
    counts(&x, &k, "XHTE", "2023", q);
    CHECK_CELL(&x, "872", "XHTE", 0, 2); /* A-5 became known a year later */
    counted_free(&x);
    desk_free(&k);
}

static void an_earlier_state_has_what_was_there_then(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    struct tally_query q = query_of(BASIS_RECEIVED, COUNT_CASES);
    desk_with_cases(&k);
    loads(&k, "incidents", CASES "B-1,30037,XHTE.BL,2024-05-05\n");
    counts(&x, &k, "XHTE", "2024", q);
    assert_int_equal(cell(&x, "872", "XHTE", 0), 4);
    counted_free(&x);
    q.state = 3;
    counts(&x, &k, "XHTE", "2024", q);
    assert_int_equal(cell(&x, "872", "XHTE", 0), 3);
    counted_free(&x);
    desk_free(&k);
}

static void windows_may_differ_from_unit_to_unit_or_leave_units_out(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    struct tally t;
    struct tally_query q = query_of(BASIS_RECEIVED, COUNT_CASES);
    desk_with_cases(&k);
    count_all(&x, &k, "XHTE", "2023");
    struct spans *by_unit = calloc(x.scope.unit_count, sizeof *by_unit);
    bool *some = calloc(x.scope.unit_count, sizeof *some);
    size_t a = x.scope.unit_slot[unit_of(&k.directory, "30037")];
    size_t b = x.scope.unit_slot[unit_of(&k.directory, "30040")];
    assert_true(spans_add(&by_unit[a], period_of("2023H1").span, NULL));
    assert_true(spans_add(&by_unit[b], period_of("2023").span, NULL));
    some[b] = true;
    const struct window windows[] = {{.by_unit = by_unit}, {.days = &x.days[0], .units = some}};
    assert_true(tally_init(&t, k.store, &x.scope, &q, windows, 2, &x.known, NULL));
    size_t top = x.scope.unit_slot[unit_of(&k.directory, "872")];
    assert_int_equal(t.counts[tally_at(&t, a, 0, 0)], 1);
    assert_int_equal(t.counts[tally_at(&t, b, 0, 0)], 1);
    assert_int_equal(t.counts[tally_at(&t, top, 0, 0)], 2);
    assert_int_equal(t.counts[tally_at(&t, a, 0, 1)], 0);
    assert_int_equal(t.counts[tally_at(&t, top, 0, 1)], 1);
    spans_free(&by_unit[a]);
    spans_free(&by_unit[b]);
    free(by_unit);
    free(some);
    tally_free(&t);
    counted_free(&x);
    desk_free(&k);
}

static void several_scopes_are_counted_as_one_by_one(void **state)
{
    (void)state;
    struct desk k;
    struct counted x, y;
    struct tally a, b;
    const struct tally_query q = query_of(BASIS_RECEIVED, COUNT_CASES);
    desk_with_cases(&k);
    count_all(&x, &k, "XHTE", "2023 2024");
    count_all(&y, &k, "U18", "2022..2024");
    const struct tally_job jobs[] = {{&a, &x.scope, x.windows, 2, &x.known},
                                     {&b, &y.scope, y.windows, 1, &y.known}};
    assert_true(tally_init_all(jobs, 2, k.store, &q, NULL));
    size_t n = x.scope.unit_count * x.scope.category_count * 2;
    assert_memory_equal(a.counts, x.tally.counts, n * sizeof *a.counts);
    n = y.scope.unit_count * y.scope.category_count;
    assert_memory_equal(b.counts, y.tally.counts, n * sizeof *b.counts);
    tally_free(&a);
    tally_free(&b);
    counted_free(&x);
    counted_free(&y);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_parent_has_its_own_cases_and_those_below),
        cmocka_unit_test(both_ends_of_a_period_are_in_it),
        cmocka_unit_test(a_case_of_two_roots_is_one_in_each),
        cmocka_unit_test(unfounded_and_transferred_reports_are_no_cases),
        cmocka_unit_test(another_basis_counts_by_its_own_date),
        cmocka_unit_test(what_has_no_date_is_placed_by_the_date_it_has),
        cmocka_unit_test(victims_and_offenders_are_the_roots_children),
        cmocka_unit_test(harm_weights_are_summed_with_their_squares),
        cmocka_unit_test(what_was_not_received_yet_is_left_out),
        cmocka_unit_test(an_earlier_state_has_what_was_there_then),
        cmocka_unit_test(windows_may_differ_from_unit_to_unit_or_leave_units_out),
        cmocka_unit_test(several_scopes_are_counted_as_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
