/* Count rows in a tally: what is stated, what is zero, what is unknown. */
#include "fixtures_series.h"

#define COUNTS "unit,category,period,count\n"

static void one_desk(struct desk *k, const char *counts)
{
    desk_new(k);
    loads(k, "counts", counts);
}

static int64_t absent(const struct counted *x, const char *unit, const char *category, size_t w)
{
    return x->tally.absent[cell_at(x, unit, category, w)];
}

/* ---- which rows a window uses ---- */

static void a_year_is_not_added_to_its_months(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    one_desk(&k, COUNTS "30037,XHTE.TD,2023,40\n30037,XHTE.TD,2023-01,3\n30037,XHTE.TD,2023-02,4\n"
                        "30037,XHTE.BL,2023,1\n");
    count_all(&x, &k, "XHTE", "2023 2023-01 2023-02");
    CHECK_CELL(&x, "30037", "XHTE.TD", 0, 40);
    CHECK_CELL(&x, "30037", "XHTE.TD", 1, 3);
    CHECK_CELL(&x, "30037", "XHTE.TD", 2, 4);
    CHECK_CELL(&x, "872", "XHTE", 0, 41);
    counted_free(&x);
    desk_free(&k);
}

static void rows_of_several_lengths_are_put_together(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    one_desk(&k, COUNTS "30037,XHTE,2023Q1,10\n30037,XHTE,2023-03,5\n30037,XHTE,2023-04,1\n"
                        "30037,XHTE,2023-05,2\n30037,XHTE,2023-06,3\n");
    count_all(&x, &k, "XHTE", "2023H1 2023-03..2023-04");
    CHECK_CELL(&x, "30037", "XHTE", 0, 16);
    CHECK_CELL(&x, "30037", "XHTE", 1, 6); /* the quarter sticks out; its March is known */
    counted_free(&x);
    desk_free(&k);
}

static void a_row_coarser_than_the_period_makes_it_unknown(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    one_desk(&k, COUNTS "30037,XHTE,2023,40\n30037,XHTE,2022,30\n");
    count_all(&x, &k, "XHTE", "2023H1 2023 2022..2023 2022-07..2023-12");
    assert_int_equal(marks(&x, "30037", "XHTE", 0), TALLY_COARSE);
    assert_int_equal(marks(&x, "872", "XHTE", 0), TALLY_COARSE);
    CHECK_CELL(&x, "30037", "XHTE", 1, 40);
    CHECK_CELL(&x, "30037", "XHTE", 2, 70);
    CHECK_UNKNOWN(&x, "30037", "XHTE", 3);
    counted_free(&x);
    desk_free(&k);
}

/* ---- written empty ---- */

static void a_cell_written_empty_is_unknown_and_so_is_what_is_above(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    one_desk(&k, COUNTS "30037,XHTE.TD,2023,\n30037,XHTE.BL,2023,2\n30040,XHTE.TD,2023,0\n"
                        "30040,XHTE.BL,2023,0\n");
    count_all(&x, &k, "XHTE", "2023");
    assert_int_equal(marks(&x, "30037", "XHTE.TD", 0), TALLY_UNKNOWN);
    CHECK_CELL(&x, "30037", "XHTE.BL", 0, 2);
    CHECK_UNKNOWN(&x, "30037", "XHTE", 0);
    CHECK_UNKNOWN(&x, "872", "XHTE", 0);
    CHECK_CELL(&x, "872", "XHTE.BL", 0, 2);
    CHECK_CELL(&x, "30040", "XHTE", 0, 0);
    counted_free(&x);
    desk_free(&k);
}

static void an_empty_total_is_the_sum_of_its_parts(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    one_desk(&k, COUNTS "30037,XHTE,2023,\n30037,XHTE.TD,2023,3\n30037,XHTE.BL,2023,2\n"
                        "30040,XHTE.TD,2023H1,3\n30040,XHTE.TD,2023H2,4\n30040,XHTE.TD,2023,\n"
                        "30040,XHTE.BL,2023,0\n");
    count_all(&x, &k, "XHTE", "2023");
    CHECK_CELL(&x, "30037", "XHTE", 0, 5);
    CHECK_CELL(&x, "30040", "XHTE.TD", 0, 7); /* an empty year over its halves */
    CHECK_CELL(&x, "872", "XHTE", 0, 12);
    counted_free(&x);
    desk_free(&k);
}

/* ---- absent rows ---- */

static void an_absent_row_beside_others_is_zero_and_numbered(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    one_desk(&k, COUNTS "30037,XHTE.TD,2023,4\n30037,XHTE.TD,2022,5\n30037,XHTE.BL,2022,6\n");
    count_all(&x, &k, "XHTE", "2023 2022");
    CHECK_CELL(&x, "30037", "XHTE.BL", 0, 0);
    assert_int_equal(absent(&x, "30037", "XHTE.BL", 0), 1);
    assert_int_equal(absent(&x, "872", "XHTE", 0), 1);
    CHECK_CELL(&x, "30037", "XHTE", 0, 4);
    assert_int_equal(absent(&x, "872", "XHTE", 1), 0);
    counted_free(&x);
    count_all(&x, &k, "XHTE.BL", "2023"); /* also where the others are not asked for */
    CHECK_CELL(&x, "30037", "XHTE.BL", 0, 0);
    assert_int_equal(absent(&x, "30037", "XHTE.BL", 0), 1);
    counted_free(&x);
    desk_free(&k);
}

static void a_total_without_parts_leaves_them_unknown(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    one_desk(&k, COUNTS "30037,XHTE,2023,4\n30040,XHTE,2023,0\n");
    count_all(&x, &k, "XHTE", "2023");
    CHECK_CELL(&x, "30037", "XHTE", 0, 4);
    CHECK_UNKNOWN(&x, "30037", "XHTE.TD", 0);
    CHECK_UNKNOWN(&x, "872", "XHTE.TD", 0);
    CHECK_CELL(&x, "30040", "XHTE.TD", 0, 0); /* of nothing every part is nothing */
    CHECK_CELL(&x, "872", "XHTE", 0, 4);
    counted_free(&x);
    desk_free(&k);
}

static void parts_given_for_half_the_year_are_known_for_that_half(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    one_desk(&k, COUNTS "30037,XHTE,2023H1,9\n30037,XHTE,2023H2,8\n30037,XHTE.TD,2023H2,5\n"
                        "30037,XHTE.BL,2023H2,3\n");
    count_all(&x, &k, "XHTE", "2023 2023H1 2023H2");
    CHECK_CELL(&x, "30037", "XHTE", 0, 17);
    CHECK_UNKNOWN(&x, "30037", "XHTE.TD", 0);
    CHECK_UNKNOWN(&x, "30037", "XHTE.TD", 1);
    CHECK_CELL(&x, "30037", "XHTE.TD", 2, 5);
    counted_free(&x);
    desk_free(&k);
}

static void a_category_is_not_expected_outside_its_validity(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    desk_new(&k);
    loads(&k, "categories",
          "category,name,parent,valid_from,valid_to\nMPS,Crime,,,\nMPS.B,Burglary,MPS,,\n"
          "MPS.B.D,Domestic,MPS.B,,2023-07-31\nMPS.B.H,Home,MPS.B,2023-08-01,\n"
          "MPS.T,Theft,MPS,,\n");
    loads(&k, "counts",
          COUNTS "30037,MPS.B.D,2023-01..2023-07,70\n30037,MPS.B.H,2023-08..2023-12,50\n"
                 "30037,MPS.T,2023-01..2023-07,1\n30037,MPS.T,2023-08..2023-12,2\n");
    count_all(&x, &k, "MPS", "2023");
    CHECK_CELL(&x, "30037", "MPS.B.D", 0, 70);
    CHECK_CELL(&x, "30037", "MPS.B.H", 0, 50);
    CHECK_CELL(&x, "30037", "MPS", 0, 123);
    assert_int_equal(absent(&x, "872", "MPS", 0), 0);
    counted_free(&x);
    desk_free(&k);
}

/* ---- totals and their parts ---- */

static void a_stated_total_stands_for_its_parts(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    one_desk(&k, COUNTS "30037,XHTE,2023,10\n30037,XHTE.TD,2023,3\n30037,XHTE.BL,2023,4\n"
                        "30040,XHTE,2023,5\n30040,XHTE.TD,2023,3\n30040,XHTE.BL,2023,4\n");
    count_all(&x, &k, "XHTE", "2023");
    CHECK_CELL(&x, "30037", "XHTE", 0, 10);
    assert_int_equal(marks(&x, "30037", "XHTE", 0), TALLY_STATED);
    assert_int_equal(marks(&x, "30040", "XHTE", 0), TALLY_STATED | TALLY_NEGATIVE);
    CHECK_CELL(&x, "872", "XHTE", 0, 15);
    CHECK_CELL(&x, "872", "XHTE.TD", 0, 6);
    assert_int_equal(marks(&x, "872", "XHTE", 0), 0);
    counted_free(&x);
    desk_free(&k);
}

static void a_parent_units_own_total_is_its_value(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    one_desk(&k, COUNTS "872,XHTE,2023,20\n30037,XHTE,2023,4\n30040,XHTE,2023,5\n"
                        "872,XHTE,2022,8\n30037,XHTE,2022,9\n");
    count_all(&x, &k, "XHTE", "2023 2022");
    CHECK_CELL(&x, "872", "XHTE", 0, 20);
    assert_int_equal(marks(&x, "872", "XHTE", 0), TALLY_STATED);
    assert_int_equal(marks(&x, "872", "XHTE", 1), TALLY_STATED | TALLY_NEGATIVE);
    CHECK_CELL(&x, "30037", "XHTE", 0, 4);
    counted_free(&x);
    desk_free(&k);
}

static void what_a_parent_unit_does_not_break_down_its_units_may(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    one_desk(&k, COUNTS "872,XHTE,2023,20\n872,XHTE,2022,20\n30037,XHTE.TD,2023,4\n"
                        "30037,XHTE.BL,2023,1\n30040,XHTE.TD,2023,5\n30040,XHTE.BL,2023,1\n"
                        "30043,XHTE.TD,2023,0\n30043,XHTE.BL,2023,0\n");
    count_all(&x, &k, "XHTE", "2023 2022");
    CHECK_CELL(&x, "872", "XHTE", 0, 20);
    CHECK_CELL(&x, "872", "XHTE.TD", 0, 9);
    CHECK_UNKNOWN(&x, "872", "XHTE.TD", 1);
    CHECK_CELL(&x, "872", "XHTE", 1, 20);
    counted_free(&x);
    desk_free(&k);
}

/* ---- rows and cases ---- */

static void counts_of_half_a_year_and_cases_of_the_other_are_added(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    one_desk(&k, COUNTS "30037,XHTE.TD,2023H1,7\n30037,XHTE.BL,2023H1,1\n");
    loads_with(&k, "incidents",
               CASES "A-1,30037,XHTE.TD,2023-07-01\nA-2,30037,XHTE.TD,2023-12-31\n",
               (struct options){.covers = "2023H2"});
    count_all(&x, &k, "XHTE", "2023 2023H2");
    CHECK_CELL(&x, "30037", "XHTE.TD", 0, 9);
    CHECK_CELL(&x, "30037", "XHTE", 0, 10);
    CHECK_CELL(&x, "872", "XHTE", 0, 10);
    CHECK_CELL(&x, "30037", "XHTE", 1, 2);
    assert_int_equal(absent(&x, "872", "XHTE", 0), 0);
    counted_free(&x);
    desk_free(&k);
}

static void a_row_stands_for_the_cases_of_its_days(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    one_desk(&k, COUNTS "872,XHTE,2023H1,7\n");
    loads(&k, "incidents", CASES "A-1,30037,XHTE.TD,2023-03-01\nA-2,30040,XHTE.BL,2023-12-31\n");
    count_all(&x, &k, "XHTE", "2023 2023H1");
    CHECK_CELL(&x, "30037", "XHTE", 0, 1);
    CHECK_CELL(&x, "872", "XHTE.TD", 0, 1);
    CHECK_CELL(&x, "872", "XHTE", 0, 8); /* 7 of the first half, one case of the second */
    assert_int_equal(marks(&x, "872", "XHTE", 1), TALLY_STATED);
    counted_free(&x);
    desk_free(&k);
}

static void where_case_files_speak_a_coarse_row_hides_nothing(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    one_desk(&k, COUNTS "30037,XHTE,2023,7\n");
    loads_with(&k, "incidents", CASES "A-1,30037,XHTE.TD,2023-03-01\n",
               (struct options){.covers = "2023"});
    count_all(&x, &k, "XHTE", "2023H1 2023");
    CHECK_CELL(&x, "30037", "XHTE", 0, 1);
    CHECK_CELL(&x, "30037", "XHTE", 1, 7);
    counted_free(&x);
    desk_free(&k);
}

/* ---- what counts cannot tell ---- */

static void assert_refused(struct desk *k, enum basis basis, enum count_unit count,
                           const char *want)
{
    struct counted x;
    const struct tally_query q = {
        .state = STATE_NOW, .basis = basis, .count = count, .as_of = DAY_NONE};
    assert_false(count_periods(&x, k, "XHTE", "2023", &q));
    assert_int_equal(x.err.code, ERR_INPUT);
    assert_string_equal(x.err.msg, want);
    counted_free(&x);
}

static void a_source_of_counts_refuses_what_needs_cases_by_name(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads_with(&k, "counts", COUNTS "30037,XHTE,2023,7\n", (struct options){.source = "CAH"});
    assert_refused(&k, BASIS_OCCURRED, COUNT_CASES,
                   "source CAH has only counts by another date here: choose another --basis, or "
                   "other units with --unit");
    assert_refused(&k, BASIS_RECEIVED, COUNT_VICTIMS,
                   "source CAH has only counts of cases here: count cases, or choose other units "
                   "with --unit");
    desk_free(&k);
}

static void counts_that_have_the_number_give_it(void **state)
{
    (void)state;
    struct desk k;
    struct counted x;
    const struct tally_query q = {.state = STATE_NOW, .count = COUNT_VICTIMS, .as_of = DAY_NONE};
    desk_new(&k);
    loads(&k, "counts",
          "unit,category,period,count,victims\n30037,XHTE.TD,2023,7,9\n30037,XHTE.BL,2023,1,2\n");
    assert_true(count_periods(&x, &k, "XHTE", "2023", &q));
    CHECK_CELL(&x, "872", "XHTE", 0, 11);
    CHECK_NEAR(x.tally.sums[cell_at(&x, "872", "XHTE", 0)], 11, 0, 0);
    assert_true(isnan(x.tally.squares[cell_at(&x, "872", "XHTE", 0)]));
    counted_free(&x);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_year_is_not_added_to_its_months),
        cmocka_unit_test(rows_of_several_lengths_are_put_together),
        cmocka_unit_test(a_row_coarser_than_the_period_makes_it_unknown),
        cmocka_unit_test(a_cell_written_empty_is_unknown_and_so_is_what_is_above),
        cmocka_unit_test(an_empty_total_is_the_sum_of_its_parts),
        cmocka_unit_test(an_absent_row_beside_others_is_zero_and_numbered),
        cmocka_unit_test(a_total_without_parts_leaves_them_unknown),
        cmocka_unit_test(parts_given_for_half_the_year_are_known_for_that_half),
        cmocka_unit_test(a_category_is_not_expected_outside_its_validity),
        cmocka_unit_test(a_stated_total_stands_for_its_parts),
        cmocka_unit_test(a_parent_units_own_total_is_its_value),
        cmocka_unit_test(what_a_parent_unit_does_not_break_down_its_units_may),
        cmocka_unit_test(counts_of_half_a_year_and_cases_of_the_other_are_added),
        cmocka_unit_test(a_row_stands_for_the_cases_of_its_days),
        cmocka_unit_test(where_case_files_speak_a_coarse_row_hides_nothing),
        cmocka_unit_test(a_source_of_counts_refuses_what_needs_cases_by_name),
        cmocka_unit_test(counts_that_have_the_number_give_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
