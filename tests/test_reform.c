/* History on the boundaries of one day: what is counted, what is known, what stays open. */
#include <math.h>

#include "fixtures_reform.h"

#include "series/notes.h"
#include "series/population.h"
#include "series/series_set.h"

/* 2024: A 2, B 1, C 4, X 10, Y 1; D/? 1. 2025: A 1 (March), N1 2, N2 3 (autumn). */
static const char cases_2024[] =
    CASES "a1,A,XHTE.TD,2024-02-01\na2,A,XHTE.TD,2024-09-01\nb1,B,XHTE.BL,2024-03-01\n"
          "c1,C,XHTE.TD,2024-01-05\nc2,C,XHTE.TD,2024-04-05\nc3,C,XHTE.TD,2024-08-05\n"
          "c4,C,XHTE.TD,2024-12-05\n"
          "x1,X,XHTE.TD,2024-01-10\nx2,X,XHTE.TD,2024-02-10\nx3,X,XHTE.TD,2024-03-10\n"
          "x4,X,XHTE.TD,2024-04-10\nx5,X,XHTE.TD,2024-05-10\nx6,X,XHTE.TD,2024-07-10\n"
          "x7,X,XHTE.TD,2024-08-10\nx8,X,XHTE.TD,2024-09-10\nx9,X,XHTE.TD,2024-10-10\n"
          "x10,X,XHTE.TD,2024-11-10\ny1,Y,XHTE.TD,2024-05-20\nu1,D/?,XHTE.TD,2024-06-01\n";
static const char cases_2025[] =
    CASES "a3,A,XHTE.TD,2025-03-01\nn1,N1,XHTE.TD,2025-08-01\nn2,N1,XHTE.TD,2025-09-01\n"
          "m1,N2,XHTE.TD,2025-10-01\nm2,N2,XHTE.TD,2025-10-02\nm3,N2,XHTE.TD,2025-11-03\n";

static void reform_with_cases(struct reform *r, const char *how)
{
    const struct options first = {.source = "P", .covers = "2024", .only = "P"};
    const struct options second = {.source = "P", .covers = "2025", .only = "P"};
    reform_new(r, how);
    loads_with(&r->desk, "incidents", cases_2024, first);
    loads_with(&r->desk, "incidents", cases_2025, second);
}

/* Cases of XHTE in 2025 against 2024 on the boundaries of a day. */
static void compare_on(struct set *s, struct reform *r, const char *on, enum split split,
                       const char *period)
{
    *s = (struct set){0};
    reform_on(r, on, split);
    s->q.tally =
        (struct tally_query){.state = STATE_NOW, .as_of = DAY_NONE, .lineage = &r->lineage};
    s->q.calendar = CALENDAR_CIVIL;
    s->q.period = period_of(period);
    s->q.before[0] = period_years_before(&s->q.period, CALENDAR_CIVIL, 1);
    s->q.before_count = 1;
    s->category = category_of(&r->desk.directory, "XHTE");
    s->q.categories = &s->category;
    s->q.category_count = 1;
    if (!cover_load(&s->cover, r->desk.store, STATE_NOW, &r->desk.directory, &s->err) ||
        !compare_init(&s->compare, r->desk.store, &r->desk.directory, &s->cover, &s->q, &s->err))
        fail_msg("%s", s->err.msg);
}

static void merged_units_are_added_and_every_case_counts_once(void **state)
{
    (void)state;
    struct reform r;
    struct set s;
    reform_with_cases(&r, DIVIDED);
    compare_on(&s, &r, "2025-12-31", SPLIT_NONE, "2025");
    CHECK_ROW(row_of(&s, "N1", "XHTE"), 3, 3);
    CHECK_ROW(row_of(&s, "N1", "XHTE.BL"), 0, 1);
    CHECK_ROW(row_of(&s, "P", "XHTE"), 6, 19);
    CHECK_ROW(row_of(&s, "P/?", "XHTE"), 0, 1);
    set_free(&s);
    reform_free(&r);
}

static void a_divided_unit_leaves_its_heirs_within_bounds(void **state)
{
    (void)state;
    struct reform r;
    struct set s;
    reform_with_cases(&r, DIVIDED);
    compare_on(&s, &r, "2025-12-31", SPLIT_NONE, "2025");
    struct compared two = row_of(&s, "N2", "XHTE"), three = row_of(&s, "N3", "XHTE");
    assert_true(two.known && !two.known_before);
    assert_int_equal(two.count, 3);
    assert_int_equal(two.count_before, 4);
    assert_int_equal(two.possible_before, 10);
    assert_int_equal(three.count_before, 1);
    assert_int_equal(three.possible_before, 10);
    assert_int_equal(three.possible, 0);
    set_free(&s);
    reform_free(&r);
}

static void shares_deal_the_cases_out(void **state)
{
    (void)state;
    struct reform r;
    struct set s;
    reform_with_cases(&r, SHARED);
    compare_on(&s, &r, "2025-12-31", SPLIT_NONE, "2025");
    CHECK_ROW(row_of(&s, "N2", "XHTE"), 3, 4 + 6);
    CHECK_ROW(row_of(&s, "N3", "XHTE"), 0, 1 + 4);
    CHECK_ROW(row_of(&s, "P", "XHTE"), 6, 19);
    set_free(&s);
    reform_free(&r);
}

static void a_case_goes_to_the_same_heir_whatever_the_period(void **state)
{
    (void)state;
    static const char *const quarters[] = {"2024Q1", "2024Q2", "2024Q3", "2024Q4"};
    struct reform r;
    struct set s;
    int64_t sum = 0;
    reform_with_cases(&r, SHARED);
    for (size_t i = 0; i < 4; i++) {
        compare_on(&s, &r, "2025-12-31", SPLIT_NONE, quarters[i]);
        sum += row_of(&s, "N2", "XHTE").recorded;
        set_free(&s);
    }
    assert_int_equal(sum, 10);
    reform_free(&r);
}

static void backward_the_new_units_cases_are_bounds_of_the_old(void **state)
{
    (void)state;
    struct reform r;
    struct set s;
    reform_with_cases(&r, DIVIDED);
    compare_on(&s, &r, "2025-06-30", SPLIT_NONE, "2025");
    struct compared a = row_of(&s, "A", "XHTE"), d = row_of(&s, "D", "XHTE");
    assert_int_equal(a.count, 1);
    assert_int_equal(a.possible, 2);
    assert_int_equal(a.count_before, 2);
    assert_int_equal(d.count, 3);    /* A's own and N1's, whose parts are both in D */
    assert_int_equal(d.possible, 3); /* N2 is of D and E */
    CHECK_ROW(row_of(&s, "P", "XHTE"), 6, 19);
    set_free(&s);
    reform_free(&r);
}

static void a_unit_is_known_when_all_that_it_is_made_of_is(void **state)
{
    (void)state;
    const struct options all = {.source = "P", .covers = "2024", .only = "A,B"};
    const struct options some = {.source = "P", .covers = "2025-01-01..2025-06-30", .only = "A"};
    const struct options rest = {.source = "P", .covers = "2025-07-01..2025-12-31", .only = "N1"};
    struct reform r;
    struct set s;
    reform_new(&r, DIVIDED);
    loads_with(&r.desk, "incidents", CASES "a1,A,XHTE.TD,2024-02-01\n", all);
    loads_with(&r.desk, "incidents", CASES "a3,A,XHTE.TD,2025-03-01\n", some);
    loads_with(&r.desk, "incidents", CASES "n1,N1,XHTE.TD,2025-08-01\n", rest);
    compare_on(&s, &r, "2025-12-31", SPLIT_NONE, "2025");
    const struct spans *known = &s.compare.known.spans[slot_of(&s, "N1")];
    assert_int_equal(known->count, 2);
    assert_int_equal(known->items[0].from, day_of("2024-01-01"));
    assert_int_equal(known->items[0].to, day_of("2024-12-31"));
    assert_int_equal(known->items[1].from, day_of("2025-07-01"));
    assert_int_equal(known->items[1].to, day_of("2025-12-31"));
    CHECK_ROW(row_of(&s, "N1", "XHTE"), 1, 0);
    set_free(&s);
    reform_free(&r);
}

static void what_a_missing_predecessor_had_is_not_known(void **state)
{
    (void)state;
    struct reform r;
    struct set s;
    struct buf note = {0};
    reform_with_cases(&r, DIVIDED "99002,N1,2025-07-01\n");
    compare_on(&s, &r, "2025-12-31", SPLIT_NONE, "2025");
    struct compared row = row_of(&s, "N1", "XHTE");
    assert_false(row.has_before);
    assert_false(s.compare.compared[slot_of(&s, "N1")]);
    notes_compared(&note, &s.compare, slot_of(&s, "N1"), 0, &row, false);
    assert_non_null(strstr(buf_text(&note), "missing=99002;"));
    buf_free(&note);
    set_free(&s);
    reform_free(&r);
}

static void counts_of_merged_units_are_added(void **state)
{
    (void)state;
    struct reform r;
    struct set s;
    reform_new(&r, SHARED);
    loads(&r.desk, "counts",
          "unit,category,period,count\n"
          "A,XHTE,2024H1,2\nA,XHTE,2024H2,3\nB,XHTE,2024,4\n"
          "X,XHTE,2024H1,5\nX,XHTE,2024H2,5\nC,XHTE,2024,1\nY,XHTE,2024,0\n"
          "A,XHTE,2025H1,1\nB,XHTE,2025H1,2\nX,XHTE,2025H1,10\nC,XHTE,2025H1,0\n"
          "Y,XHTE,2025H1,1\n"
          "N1,XHTE,2025H2,7\nN2,XHTE,2025H2,2\nN3,XHTE,2025H2,3\n");
    compare_on(&s, &r, "2025-12-31", SPLIT_NONE, "2025");
    CHECK_ROW(row_of(&s, "N1", "XHTE"), 1 + 2 + 7, 2 + 3 + 4);
    CHECK_ROW(row_of(&s, "N2", "XHTE"), 6 + 2, 6 + 1);
    CHECK_ROW(row_of(&s, "N3", "XHTE"), 4 + 1 + 3, 4 + 0);
    CHECK_ROW(row_of(&s, "P", "XHTE"), 26, 20);
    set_free(&s);
    reform_free(&r);
}

static void people_are_those_of_what_the_unit_was_made_of(void **state)
{
    (void)state;
    struct reform r;
    struct scope scope;
    struct population p;
    struct spans year = {0};
    size_t root;
    reform_new(&r, SHARED);
    loads(&r.desk, "population",
          "unit,year,population_u16\nA1,2019,60\nA2,2019,40\nA,2024,110\n"
          "B,2019,200\nX,2024,1000\nY,2024,50\nC,2024,30\nN1,2025,9999\n");
    reform_on(&r, "2025-12-31", SPLIT_NONE);
    root = category_of(&r.desk.directory, "XHTE");
    assert_true(scope_init(&scope, &r.desk.directory, &r.lineage, NULL, 0, &root, 1, NULL));
    assert_true(population_init(&p, r.desk.store, &scope, STATE_NOW, root, NULL));
    assert_true(spans_add(&year, period_of("2023").span, NULL));
    size_t n1 = scope.unit_slot[unit_of(&r.desk.directory, "N1")];
    size_t n3 = scope.unit_slot[unit_of(&r.desk.directory, "N3")];
    CHECK_NEAR(population_person_years(&p, n1, &year), 310, 1e-9, 0);
    CHECK_NEAR(population_person_years(&p, n3, &year), 450, 1e-9, 0);
    spans_free(&year);
    assert_true(spans_add(&year, period_of("2019").span, NULL));
    CHECK_NEAR(population_person_years(&p, n1, &year), 300, 1e-9, 0);
    spans_free(&year);
    assert_true(spans_add(&year, period_of("2026").span, NULL));
    CHECK_NEAR(population_person_years(&p, n1, &year), 310, 1e-9, 0); /* not the registered 9999 */
    spans_free(&year);
    population_free(&p);
    scope_free(&scope);
    reform_free(&r);
}

static void months_in_which_a_divided_unit_existed_are_left_out_of_its_heirs(void **state)
{
    (void)state;
    struct reform r;
    struct series_set set;
    struct series x;
    struct cover cover;
    struct events events = {0};
    struct err e = {0};
    reform_with_cases(&r, DIVIDED);
    reform_on(&r, "2025-12-31", SPLIT_NONE);
    size_t root = category_of(&r.desk.directory, "XHTE");
    const struct series_query q = {
        .tally = {.state = STATE_NOW, .as_of = DAY_NONE, .lineage = &r.lineage},
        .calendar = CALENDAR_CIVIL,
        .per_year = 12,
        .reach = {DAY_MIN, DAY_MAX},
        .per = PER_DAYS,
        .categories = &root,
        .category_count = 1};
    assert_true(cover_load(&cover, r.desk.store, STATE_NOW, &r.desk.directory, &e));
    assert_true(series_set_init(&set, r.desk.store, &r.desk.directory, &cover, &events, &q, &e));
    size_t n2 = set.scope.unit_slot[unit_of(&r.desk.directory, "N2")];
    assert_true(series_take(&set, n2, 0, &x, &e));
    assert_int_equal(x.n, 24);
    assert_int_equal(x.state[0], STEP_BOUNDED); /* January 2024: x1 */
    assert_int_equal(x.state[5], STEP_BOUNDED); /* June 2024: none of X, but it might have had */
    assert_int_equal(x.state[18], STEP_KNOWN);  /* July 2025 */
    assert_true(isnan(x.count[5]));
    assert_true(x.count[21] == 2); /* October 2025 */
    series_free(&x);
    series_set_free(&set);
    cover_free(&cover);
    reform_free(&r);
}

static void a_unit_that_is_no_more_cannot_be_asked_for(void **state)
{
    (void)state;
    struct reform r;
    struct scope scope;
    struct err e = {0};
    reform_new(&r, DIVIDED);
    reform_on(&r, "2025-12-31", SPLIT_NONE);
    size_t d = unit_of(&r.desk.directory, "D");
    assert_false(scope_init(&scope, &r.desk.directory, &r.lineage, &d, 1, NULL, 0, &e));
    assert_string_equal(e.msg, "--unit D: Huyện D does not exist on the boundaries of 2025-12-31: "
                               "ask for N1,N2, or for --units-as-of 2025-06-30");
    reform_free(&r);
}

static void a_group_is_the_sum_of_its_members_or_of_their_heirs(void **state)
{
    (void)state;
    struct reform r;
    struct scope scope;
    reform_new(&r, DIVIDED);
    size_t members[] = {unit_of(&r.desk.directory, "A"), unit_of(&r.desk.directory, "C")};
    assert_true(directory_add_group(&r.desk.directory, "G", "Nhóm", members, 2, NULL));
    size_t group = r.desk.directory.unit_count - 1;
    reform_on(&r, "2025-12-31", SPLIT_NONE);
    assert_true(scope_init(&scope, &r.desk.directory, &r.lineage, &group, 1, NULL, 0, NULL));
    assert_int_equal(scope.unit_count, 3);
    assert_int_equal(scope.units[0], group);
    assert_int_equal(scope.parent[scope.unit_slot[unit_of(&r.desk.directory, "N1")]], 0);
    assert_int_equal(scope.parent[scope.unit_slot[unit_of(&r.desk.directory, "N2")]], 0);
    scope_free(&scope);
    reform_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merged_units_are_added_and_every_case_counts_once),
        cmocka_unit_test(a_divided_unit_leaves_its_heirs_within_bounds),
        cmocka_unit_test(shares_deal_the_cases_out),
        cmocka_unit_test(a_case_goes_to_the_same_heir_whatever_the_period),
        cmocka_unit_test(backward_the_new_units_cases_are_bounds_of_the_old),
        cmocka_unit_test(a_unit_is_known_when_all_that_it_is_made_of_is),
        cmocka_unit_test(what_a_missing_predecessor_had_is_not_known),
        cmocka_unit_test(counts_of_merged_units_are_added),
        cmocka_unit_test(people_are_those_of_what_the_unit_was_made_of),
        cmocka_unit_test(months_in_which_a_divided_unit_existed_are_left_out_of_its_heirs),
        cmocka_unit_test(a_unit_that_is_no_more_cannot_be_asked_for),
        cmocka_unit_test(a_group_is_the_sum_of_its_members_or_of_their_heirs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
