/* The table of `yoy`: which rows, in which order, what is said of each. */
#include "fixtures_yoy.h"

#include "stats/comparison.h"

#define ALL_COVERED                                                                                \
    COVERS "30037,2021-01-01,2024-12-31,XHTE,\n30040,2021-01-01,2024-12-31,XHTE,\n"                \
           "30043,2021-01-01,2024-12-31,XHTE,\n"
#define TARGETS "plan,indicator,kind,op,threshold,category\n2024,1,reduction,>=,3,XHTE\n"

static void add_cases(struct buf *csv, const char *unit, const char *category, int year, int n)
{
    for (int i = 0; i < n; i++)
        buf_addf(csv, "%s-%s-%d-%d,%s,%s,%d-%02d-10\n", unit, category, year, i, unit, category,
                 year, i % 9 + 1);
}

/* 30037: 10 -> 4, 30040: 5 -> 6, 30043: 8 -> 8; one of unknown place now. */
static void desk_of_three(struct desk *k)
{
    struct buf csv = {0};
    buf_adds(&csv, CASES);
    add_cases(&csv, "30037", "XHTE.TD", 2023, 10);
    add_cases(&csv, "30037", "XHTE.TD", 2024, 4);
    add_cases(&csv, "30040", "XHTE.BL", 2023, 5);
    add_cases(&csv, "30040", "XHTE.BL", 2024, 6);
    add_cases(&csv, "30043", "XHTE.TD", 2023, 7);
    add_cases(&csv, "30043", "XHTE.TD", 2024, 8);
    add_cases(&csv, "30043", "XHTE.BL", 2023, 1);
    buf_adds(&csv, "U-1,872/?,XHTE.TD,2024-05-05\n");
    desk_new(k);
    loads(k, "coverage", ALL_COVERED);
    loads(k, "targets", TARGETS);
    loads(k, "incidents", csv.data);
    buf_free(&csv);
}

/* ---- rows ---- */

static void the_total_comes_first_and_the_unknown_place_last(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_of_three(&k);
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_BY, "unit"});
    assert_table(&y, "unit category count count_before change",
                 "872|XHTE|19|23|-4\n30037|XHTE|4|10|-6\n30043|XHTE|8|8|0\n30040|XHTE|6|5|1\n"
                 "872/?|XHTE|1|0|1\n");
    yoy_free(&y);
    desk_free(&k);
}

static void by_category_the_root_comes_first_and_its_parts_by_change(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_of_three(&k);
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_BY, "category"});
    assert_table(&y, "unit category count count_before",
                 "872|XHTE|19|23\n872|XHTE.TD|13|17\n872|XHTE.BL|6|6\n");
    yoy_free(&y);
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_BY, "unit,category"}, {OPT_UNIT, "30037,30040"});
    assert_table(&y, "unit category count count_before",
                 "30037|XHTE|4|10\n30037|XHTE.TD|4|10\n30037|XHTE.BL|0|0\n30040|XHTE.TD|0|0\n"
                 "30040|XHTE|6|5\n30040|XHTE.BL|6|5\n");
    yoy_free(&y);
    desk_free(&k);
}

static void without_by_each_unit_asked_for_is_a_row(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_of_three(&k);
    YOY(&y, &k, {OPT_PERIOD, "2024"});
    assert_table(&y, "unit count", "872|19\n");
    yoy_free(&y);
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_UNIT, "872,30040"});
    assert_table(&y, "unit count q_value", "872|19|\n30040|6|1\n");
    yoy_free(&y);
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_UNIT, "872/?"});
    assert_table(&y, "unit count verdict", "872/?|1|new\n");
    yoy_free(&y);
    desk_free(&k);
}

static void what_is_not_broken_down_is_a_row_of_its_own(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_new(&k);
    loads(&k, "counts",
          "unit,category,period,count\n872,XHTE,2024,10\n872,XHTE.TD,2024,3\n872,XHTE.BL,2024,4\n"
          "872,XHTE,2023,12\n872,XHTE.TD,2023,6\n872,XHTE.BL,2023,5\n");
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_BY, "category"});
    assert_table(&y, "category category_name count count_before change p_value q_value note",
                 "XHTE|Xâm hại trẻ em|10|12|-2|0.8318||stated=1;\n"
                 "XHTE.TD|Tình dục|3|6|-3|0.5078|1|\nXHTE.BL|Bạo lực|4|5|-1|1|1|\n"
                 "XHTE/?|(not broken down)|3|1|2|||not_broken_down=3;\n");
    yoy_free(&y);
    desk_free(&k);
}

static void a_category_that_ends_between_the_periods_is_not_compared(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_new(&k);
    loads(&k, "categories",
          "category,name,parent,valid_from,valid_to\nMPS,Crime,,,\nMPS.D,Domestic,MPS,,2023-12-31\n"
          "MPS.H,Home,MPS,2023-07-01,\nMPS.T,Theft,MPS,,\n");
    loads(&k, "counts",
          "unit,category,period,count\n872,MPS.D,2023,70\n872,MPS.H,2023H2,9\n872,MPS.T,2023,2\n"
          "872,MPS.H,2024,50\n872,MPS.T,2024,2\n");
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_BY, "category"});
    assert_table(&y, "category count count_before change p_value verdict note",
                 "MPS|52|81|-29|0.01487||kinds_changed=MPS.D,MPS.H;\nMPS.T|2|2|0|1||\n"
                 "MPS.D||70||||kinds_changed=MPS.D;\n"
                 "MPS.H|50|9|||no_base|kinds_changed=MPS.H;\n");
    assert_true(says(&y, "Not compared, since not recorded throughout both periods: Domestic (to "
                         "2023-12-31), Home (from 2023-07-01)."));
    yoy_free(&y);
    desk_free(&k);
}

/* ---- numbers ---- */

static void numbers_are_those_of_the_counts_and_the_plans_target(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_of_three(&k);
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_BY, "unit"});
    struct comparison x = comparison_exact(10, 1, 4, 1, 3);
    CHECK_NEAR(real_in(&y, 1, "reduction_pct"), 60, 1e-14, 0);
    CHECK_NEAR(real_in(&y, 1, "ci_low"), x.ci_low, 0, 0);
    CHECK_NEAR(real_in(&y, 1, "p_value"), x.p_value, 0, 0);
    CHECK_NEAR(real_in(&y, 1, "prob_target"), x.prob_target, 0, 0);
    CHECK_NEAR(real_in(&y, 1, "allowance"), 9, 0, 0);
    CHECK_NEAR(real_in(&y, 1, "luck"), x.luck, 0, 0);
    assert_table(&y, "unit target_pct verdict",
                 "872|3|met\n30037|3|met\n30043|3|not_met\n30040|3|not_met\n872/?|3|new\n");
    yoy_free(&y);
    desk_free(&k);
}

static void a_target_is_not_inherited_and_is_overridden(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_of_three(&k);
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_CATEGORY, "XHTE.TD"});
    assert_table(&y, "category target_pct allowance verdict luck", "XHTE.TD||||\n");
    yoy_free(&y);
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_CATEGORY, "XHTE.TD"}, {OPT_TARGET, "50"});
    assert_table(&y, "category target_pct allowance verdict", "XHTE.TD|50|8|not_met\n");
    yoy_free(&y);
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_COUNT, "reports"}); /* a plan's target is on cases */
    assert_table(&y, "count target_pct verdict", "19||\n");
    yoy_free(&y);
    desk_free(&k);
}

static void q_is_over_the_rows_and_neither_totals_nor_unknown_places(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_of_three(&k);
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_BY, "unit"});
    double p = real_in(&y, 1, "p_value");
    assert_true(isnan(real_in(&y, 0, "q_value")));
    CHECK_NEAR(real_in(&y, 1, "q_value"), 3 * p, 1e-14, 0); /* the least of three */
    CHECK_NEAR(real_in(&y, 2, "q_value"), 1, 0, 0);
    assert_true(isnan(real_in(&y, 4, "q_value")));
    assert_true(isnan(real_in(&y, 0, "reduction_eb")));
    assert_false(isnan(real_in(&y, 1, "reduction_eb")));
    assert_true(isnan(real_in(&y, 4, "reduction_eb")));
    yoy_free(&y);
    desk_free(&k);
}

static void one_row_is_not_shrunken(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_of_three(&k);
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_BY, "unit"}, {OPT_UNIT, "30037"});
    assert_table(&y, "unit reduction_eb eb_low", "30037||\n");
    yoy_free(&y);
    YOY(&y, &k, {OPT_PERIOD, "2024"});
    assert_table(&y, "unit reduction_eb q_value", "872||\n");
    yoy_free(&y);
    desk_free(&k);
}

static void a_mean_is_compared_by_its_years(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_of_three(&k);
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_AGAINST, "mean3"}, {OPT_UNIT, "30037"});
    assert_table(&y, "against count count_before exposure exposure_before change allowance",
                 "mean3|4|10|1|3|0.6667|3\n");
    CHECK_NEAR(real_in(&y, 0, "reduction_pct"), 100 * (1 - 4 / (10 / 3.0)), 1e-13, 0);
    yoy_free(&y);
    desk_free(&k);
}

static void a_period_of_two_years_is_compared_with_the_two_before(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_of_three(&k);
    YOY(&y, &k, {OPT_PERIOD, "2023..2024"}, {OPT_UNIT, "30037"});
    assert_table(&y, "period against count count_before", "2023..2024|2021..2022|14|0\n");
    yoy_free(&y);
    desk_free(&k);
}

static void spans_of_unlike_length_are_rates_a_day(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_of_three(&k);
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_AGAINST, "2023H1"}, {OPT_UNIT, "30040"});
    assert_table(&y, "count count_before exposure exposure_before change note",
                 "6|5|366|181|-4.11|unequal_spans=1;\n");
    assert_true(says(&y, "those of the cases a day"));
    yoy_free(&y);
    desk_free(&k);
}

static void victims_have_an_interval_of_their_own_and_no_verdict(void **state)
{
    (void)state;
    struct desk k;
    struct yoy y;
    desk_new(&k);
    loads(&k, "coverage", ALL_COVERED);
    loads(&k, "targets", TARGETS);
    loads(&k, "incidents",
          "case_id,unit,category,received_on,victims_u16\nA-1,30037,XHTE.TD,2024-03-01,3\n"
          "A-2,30037,XHTE.TD,2024-03-01,\nA-3,30037,XHTE.TD,2023-03-01,4\n"
          "A-4,30037,XHTE.TD,2023-04-01,1\n");
    YOY(&y, &k, {OPT_PERIOD, "2024"}, {OPT_COUNT, "victims"});
    assert_table(&y, "count count_before reduction_pct phi p_value q_value target_pct verdict note",
                 "3|5|40|3.25|||||blank=1;\n");
    assert_true(isnan(real_in(&y, 0, "ci_low")));
    struct comparison_interval x = comparison_overdispersed(5, 1, 3, 1, 26 / 8.0);
    CHECK_NEAR(real_in(&y, 0, "ci_low_phi"), x.ci_low, 1e-14, 0);
    CHECK_NEAR(real_in(&y, 0, "ci_high_phi"), x.ci_high, 1e-14, 0);
    assert_true(says(&y, "Cases that do not give the number, not counted: 1 (XHTE)."));
    yoy_free(&y);
    desk_free(&k);
}

/* ---- wrong usage ---- */

static void what_cannot_be_asked_is_refused(void **state)
{
    (void)state;
    struct desk k;
    desk_of_three(&k);
    ASSERT_REFUSED(&k, ERR_USAGE,
                   "--against 2025: does not end before the period 2024 begins: choose an earlier "
                   "one",
                   {OPT_PERIOD, "2024"}, {OPT_AGAINST, "2025"});
    ASSERT_REFUSED(&k, ERR_USAGE,
                   "--level village: no unit has it: see the column `level` of units",
                   {OPT_PERIOD, "2024"}, {OPT_BY, "unit"}, {OPT_LEVEL, "village"});
    ASSERT_REFUSED(&k, ERR_USAGE,
                   "--per cases: 2024H1 and 2023 are different parts of the year: use --per days",
                   {OPT_PERIOD, "2024H1"}, {OPT_AGAINST, "2023"}, {OPT_PER, "cases"});
    ASSERT_REFUSED(&k, ERR_USAGE,
                   "--target 120: is no reduction in percent: write a number from 0 to 100",
                   {OPT_PERIOD, "2024"}, {OPT_TARGET, "120"});
    ASSERT_REFUSED(&k, ERR_USAGE, "--by place: is none of total|unit|category|unit,category",
                   {OPT_BY, "place"});
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_total_comes_first_and_the_unknown_place_last),
        cmocka_unit_test(by_category_the_root_comes_first_and_its_parts_by_change),
        cmocka_unit_test(without_by_each_unit_asked_for_is_a_row),
        cmocka_unit_test(what_is_not_broken_down_is_a_row_of_its_own),
        cmocka_unit_test(a_category_that_ends_between_the_periods_is_not_compared),
        cmocka_unit_test(numbers_are_those_of_the_counts_and_the_plans_target),
        cmocka_unit_test(a_target_is_not_inherited_and_is_overridden),
        cmocka_unit_test(q_is_over_the_rows_and_neither_totals_nor_unknown_places),
        cmocka_unit_test(one_row_is_not_shrunken),
        cmocka_unit_test(a_mean_is_compared_by_its_years),
        cmocka_unit_test(a_period_of_two_years_is_compared_with_the_two_before),
        cmocka_unit_test(spans_of_unlike_length_are_rates_a_day),
        cmocka_unit_test(victims_have_an_interval_of_their_own_and_no_verdict),
        cmocka_unit_test(what_cannot_be_asked_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
