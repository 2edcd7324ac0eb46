/* What a comparison says of units and categories of a kind of their own: unknown places, units that
 * begin or end, parents with totals of their own, what is left beyond the parts, what has no date,
 * how many people. */
#include "fixtures_series.h"

#define BOTH_YEARS                                                                                 \
    "30037,2023-01-01,2024-12-31,XHTE,\n30040,2023-01-01,2024-12-31,XHTE,\n"                       \
    "30043,2023-01-01,2024-12-31,XHTE,\n"

static void desk_with(struct desk *k, const char *coverage, const char *cases)
{
    desk_new(k);
    loads(k, "coverage", coverage);
    loads(k, "incidents", cases);
}

/* ---- unknown places ---- */

static void an_unknown_place_stands_in_the_total_and_is_no_unit_of_it(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_with(&k, COVERS BOTH_YEARS,
              CASES "A-1,872/?,XHTE.TD,2024-03-01\nA-2,30037,XHTE.TD,2023-03-01\n");
    asks(&s, &k, (struct asked){0});
    struct compared place = row_of(&s, "872/?", "XHTE"), total = row_of(&s, "872", "XHTE");
    CHECK_ROW(place, 1, 0);
    assert_int_equal(place.units, 0);
    CHECK_ROW(total, 1, 1);
    assert_int_equal(total.units, 3);
    set_free(&s);
    asks(&s, &k, (struct asked){.unit = "872/?"});
    CHECK_ROW(row_of(&s, "872/?", "XHTE"), 1, 0);
    set_free(&s);
    desk_free(&k);
}

/* ---- units that begin and end ---- */

#define CHANGING                                                                                   \
    "unit,name,parent,valid_from,valid_to\n9,Tỉnh,,,\n91,A,9,,2024-06-30\n92,B,9,,\n"            \
    "93,C,9,2024-07-01,\n94,D,9,2025-01-01,\n"

static void desk_changing(struct desk *k, const char *coverage)
{
    desk_new_in(k, "");
    loads(k, "units", CHANGING);
    loads(k, "categories", CATEGORIES);
    loads(k, "coverage", coverage);
    loads(k, "incidents",
          CASES "A-1,91,XHTE.TD,2024-03-01\nA-2,91,XHTE.TD,2023-03-01\nA-3,91,XHTE.TD,2023-09-01\n"
                "B-1,92,XHTE.TD,2024-03-01\nC-1,93,XHTE.TD,2024-09-01\n");
}

static void a_unit_that_ended_is_compared_up_to_its_end(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_changing(&k, COVERS "91,2023-01-01,2024-06-30,XHTE,\n92,2023-01-01,2024-12-31,XHTE,\n"
                             "93,2024-07-01,2024-12-31,XHTE,\n");
    asks(&s, &k, (struct asked){0});
    assert_int_equal(s.compare.data_end, day_of("2024-12-31"));
    assert_false(s.compare.lagging_any);
    CHECK_ROW(row_of(&s, "91", "XHTE"), 1, 1);
    CHECK_ROW(row_of(&s, "92", "XHTE"), 1, 0);
    assert_false(row_of(&s, "93", "XHTE").has_before);
    struct compared total = row_of(&s, "9", "XHTE");
    CHECK_ROW(total, 2, 1);
    assert_int_equal(total.recorded, 3);
    assert_int_equal(total.units, 3); /* D begins later */
    assert_int_equal(total.units_compared, 2);
    set_free(&s);
    desk_free(&k);
}

static void a_unit_that_begins_after_the_data_end_is_not_asked(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_changing(&k, COVERS "91,2023-01-01,2024-06-30,XHTE,\n92,2023-01-01,2024-06-30,XHTE,\n");
    asks(&s, &k, (struct asked){.period = "2024M6"});
    assert_false(compare_asks(&s.compare, slot_of(&s, "93")));
    assert_int_equal(row_of(&s, "9", "XHTE").units, 2);
    assert_false(s.compare.lagging_any);
    set_free(&s);
    desk_free(&k);
}

static void a_unit_that_never_reported_is_incomplete_and_never_zero(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_with(&k, COVERS "30037,2023-01-01,2024-12-31,XHTE,\n30040,2023-01-01,2024-12-31,XHTE,\n",
              CASES "A-1,30037,XHTE.TD,2024-03-01\n");
    asks(&s, &k, (struct asked){0});
    struct compared row = row_of(&s, "30043", "XHTE");
    assert_true(!row.has_now && !row.has_before && row.incomplete && !row.comparable);
    assert_true(scope_expects(&s.compare.scope, s.compare.knows, slot_of(&s, "30043")));
    assert_int_equal(row_of(&s, "872", "XHTE").units_compared, 2);
    set_free(&s);
    desk_free(&k);
}

/* ---- totals of their own ---- */

static void a_parents_stated_total_compares_all_its_units(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_new(&k);
    loads(&k, "counts",
          "unit,category,period,count\n872,XHTE,2024,10\n872,XHTE,2023,12\n30037,XHTE,2024,3\n"
          "30037,XHTE,2023,4\n");
    asks(&s, &k, (struct asked){0});
    struct compared total = row_of(&s, "872", "XHTE");
    CHECK_ROW(total, 10, 12);
    assert_int_equal(total.units_compared, total.units);
    assert_false(total.incomplete);
    CHECK_ROW(row_of(&s, "30037", "XHTE"), 3, 4);
    assert_true(row_of(&s, "30040", "XHTE").incomplete);
    set_free(&s);
    desk_free(&k);
}

static void what_a_total_holds_beyond_its_parts_is_its_rest(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    int64_t now, before;
    desk_new(&k);
    loads(&k, "counts",
          "unit,category,period,count\n872,XHTE,2024,10\n872,XHTE,2023,12\n872,XHTE.TD,2024,3\n"
          "872,XHTE.BL,2024,4\n872,XHTE.TD,2023,8\n872,XHTE.BL,2023,9\n30037,XHTE,2024,1\n"
          "30037,XHTE,2023,2\n");
    asks(&s, &k, (struct asked){0});
    size_t top = slot_of(&s, "872"), root = 0;
    compare_rest(&s.compare, top, root, &now, &before);
    assert_int_equal(now, 3);
    assert_int_equal(before, -5);
    assert_true(row_of(&s, "872", "XHTE").marks & TALLY_NEGATIVE);
    compare_unit_rest(&s.compare, top, root, &now, &before);
    assert_int_equal(now, 9);
    assert_int_equal(before, 10);
    compare_rest(&s.compare, top, root + 1, &now, &before); /* a leaf */
    assert_int_equal(now, 0);
    compare_unit_rest(&s.compare, slot_of(&s, "30037"), root, &now, &before);
    assert_int_equal(now, 0);
    set_free(&s);
    desk_free(&k);
}

static void cases_of_a_category_itself_are_its_rest(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    int64_t now, before;
    desk_with(&k, COVERS BOTH_YEARS,
              CASES "A-1,30037,XHTE,2024-03-01\nA-2,30037,XHTE.TD,2024-03-01\n");
    asks(&s, &k, (struct asked){0});
    compare_rest(&s.compare, slot_of(&s, "872"), 0, &now, &before);
    assert_int_equal(now, 1);
    assert_int_equal(before, 0);
    set_free(&s);
    desk_free(&k);
}

/* ---- dates and numbers that are missing ---- */

static void too_many_cases_without_a_date_make_a_row_incomplete(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    struct buf csv = {0};
    buf_adds(&csv, "case_id,unit,category,received_on,occurred_on\n");
    for (int i = 0; i < 40; i++)
        buf_addf(&csv, "A-%d,%s,XHTE.TD,2024-03-01,%s\n", i, i < 20 ? "30037" : "30040",
                 i == 0 || i == 20 || i == 21 ? "" : "2024-02-01");
    buf_adds(&csv, "B-1,30043,XHTE.TD,2023-03-01,\nB-2,30043,XHTE.TD,2024-03-01,2024-03-01\n");
    desk_with(&k, COVERS BOTH_YEARS, csv.data);
    buf_free(&csv);
    asks(&s, &k, (struct asked){.basis = BASIS_OCCURRED});
    struct compared fine = row_of(&s, "30037", "XHTE"), many = row_of(&s, "30040", "XHTE");
    assert_int_equal(fine.undated, 1); /* 1 of 20 is not over 5 % */
    assert_false(fine.incomplete);
    assert_int_equal(many.undated, 2);
    assert_int_equal(many.count, 18);
    assert_true(many.incomplete);
    assert_true(row_of(&s, "30043", "XHTE").incomplete); /* in the period before */
    assert_int_equal(row_of(&s, "872", "XHTE").undated, 4);
    set_free(&s);
    desk_free(&k);
}

static void cases_without_the_number_are_told(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_with(&k, COVERS BOTH_YEARS,
              "case_id,unit,category,received_on,victims_u16\nA-1,30037,XHTE.TD,2024-03-01,3\n"
              "A-2,30037,XHTE.TD,2024-03-01,\nA-3,30037,XHTE.TD,2023-03-01,1\n");
    asks(&s, &k, (struct asked){.count = COUNT_VICTIMS});
    struct compared row = row_of(&s, "30037", "XHTE");
    CHECK_ROW(row, 3, 1);
    assert_int_equal(row.blank, 1);
    CHECK_NEAR(row.squares, 9 + 1, 0, 0);
    CHECK_NEAR(row.sums, 4, 0, 0);
    set_free(&s);
    desk_free(&k);
}

/* ---- people ---- */

static void exposure_per_population_is_in_person_years(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_with(&k, COVERS BOTH_YEARS,
              CASES "A-1,30037,XHTE.TD,2024-03-01\nA-2,872/?,XHTE.TD,2024-03-01\n");
    loads(&k, "population",
          "unit,year,population,population_u16\n30037,2022,1000,400\n30037,2024,1000,500\n"
          "30040,2024,1000,300\n30043,2024,1000,200\n");
    asks(&s, &k, (struct asked){.per = PER_POPULATION});
    struct compared row = row_of(&s, "30037", "XHTE"), total = row_of(&s, "872", "XHTE");
    assert_string_equal(s.compare.population_column, "population_u16");
    assert_false(s.compare.population_proxy);
    assert_true(s.compare.population_held);
    CHECK_NEAR(row.exposure, 500, 1e-12, 0);
    CHECK_NEAR(row.exposure_before, 450, 1e-12, 0);
    CHECK_NEAR(total.exposure, 1000, 1e-12, 0);
    CHECK_NEAR(total.exposure_before, 950, 1e-12, 0);
    assert_int_equal(total.count, 2);
    assert_true(isnan(row_of(&s, "872/?", "XHTE").exposure));
    set_free(&s);
    desk_free(&k);
}

static void a_parents_own_population_serves_where_its_units_have_none(void **state)
{
    (void)state;
    struct desk k;
    struct set s;
    desk_with(&k, COVERS BOTH_YEARS, CASES "A-1,30037,XHTE.TD,2024-03-01\n");
    loads(&k, "population", "unit,year,population\n872,2024,5000\n30037,2024,1000\n");
    asks(&s, &k, (struct asked){.per = PER_POPULATION});
    assert_string_equal(s.compare.population_column, "population");
    assert_true(s.compare.population_proxy);
    CHECK_NEAR(row_of(&s, "872", "XHTE").exposure, 5000, 1e-12, 0);
    CHECK_NEAR(row_of(&s, "30037", "XHTE").exposure, 1000, 1e-12, 0);
    assert_true(isnan(row_of(&s, "30040", "XHTE").exposure));
    set_free(&s);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unknown_place_stands_in_the_total_and_is_no_unit_of_it),
        cmocka_unit_test(a_unit_that_ended_is_compared_up_to_its_end),
        cmocka_unit_test(a_unit_that_begins_after_the_data_end_is_not_asked),
        cmocka_unit_test(a_unit_that_never_reported_is_incomplete_and_never_zero),
        cmocka_unit_test(a_parents_stated_total_compares_all_its_units),
        cmocka_unit_test(what_a_total_holds_beyond_its_parts_is_its_rest),
        cmocka_unit_test(cases_of_a_category_itself_are_its_rest),
        cmocka_unit_test(too_many_cases_without_a_date_make_a_row_incomplete),
        cmocka_unit_test(cases_without_the_number_are_told),
        cmocka_unit_test(exposure_per_population_is_in_person_years),
        cmocka_unit_test(a_parents_own_population_serves_where_its_units_have_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
