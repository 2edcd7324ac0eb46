/* Which plan a period is judged by, and values of indicators that do not fit a period. */
#include "fixtures_series.h"

#include "series/plan.h"

#define TARGETS "plan,indicator,kind,op,threshold,category\n"

static void desk_plans(struct desk *k)
{
    desk_new(k);
    loads(k, "targets",
          TARGETS "2024,1,reduction,>=,3,XHTE\n2026,1,reduction,>=,10,XHTE\n"
                  "2026,2,reduction,>=,5,U18.TTXH\n");
}

static void check_plan(const char *asked, const char *period, const char *name)
{
    struct desk k;
    struct plan p;
    struct period x = period_of(period);
    struct err e = {0};
    desk_plans(&k);
    if (!plan_read(&p, k.store, STATE_NOW, &k.directory, asked, &x, &e))
        fail_msg("%s", e.msg);
    assert_string_equal(p.name, name);
    assert_string_equal(buf_text(&p.others), "2024, 2026");
    plan_free(&p);
    desk_free(&k);
}

static void a_plan_goes_by_the_last_year_of_the_period(void **state)
{
    (void)state;
    check_plan(NULL, "2024", "2024");
    check_plan(NULL, "2024H1", "2024");
    check_plan(NULL, "2026-03", "2026");
    check_plan(NULL, "2025..2026", "2026");
    check_plan(NULL, "2023-12-15..2024-06-14", "2024");
    check_plan(NULL, "2025", "");
    check_plan("2026", "2024", "2026");
}

static void a_plan_that_is_missed_is_one_of_another_year_for_the_category(void **state)
{
    (void)state;
    struct desk k;
    struct plan p;
    struct period missing = period_of("2025"), found = period_of("2026");
    desk_plans(&k);
    assert_true(plan_read(&p, k.store, STATE_NOW, &k.directory, NULL, &missing, NULL));
    assert_string_equal(p.year, "2025");
    assert_true(plan_is_missed(&p, "XHTE"));
    assert_true(plan_is_missed(&p, "U18.TTXH"));
    assert_false(plan_is_missed(&p, "U18"));
    assert_false(plan_is_missed(&p, "XHTE.TD"));
    plan_free(&p);
    assert_true(plan_read(&p, k.store, STATE_NOW, &k.directory, NULL, &found, NULL));
    assert_false(plan_is_missed(&p, "XHTE"));
    plan_free(&p);
    desk_free(&k);
}

static void check_misfit(const struct indicators *all, const char *period, const char *from)
{
    struct span row = {0, -1};
    bool found = indicators_misfit(all, "4", period_of(period).span, &row);
    assert_int_equal(found, *from != '\0');
    if (found)
        assert_int_equal(row.from, day_of(from));
}

static void a_value_that_reaches_out_of_the_period_does_not_fit(void **state)
{
    (void)state;
    struct desk k;
    struct indicators all;
    desk_new(&k);
    loads(&k, "indicators", "indicator,unit,period,numerator\n4,872,2024H1,7\n4,872,2023,9\n");
    assert_true(indicators_read(&all, k.store, STATE_NOW, &k.directory, NULL));
    check_misfit(&all, "2024H1", "");
    check_misfit(&all, "2024", "");
    check_misfit(&all, "2023..2024", "");
    check_misfit(&all, "2024Q1", "2024-01-01");
    check_misfit(&all, "2023-12-15..2024-06-14", "2023-01-01");
    check_misfit(&all, "2025", "");
    indicators_free(&all);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_goes_by_the_last_year_of_the_period),
        cmocka_unit_test(a_plan_that_is_missed_is_one_of_another_year_for_the_category),
        cmocka_unit_test(a_value_that_reaches_out_of_the_period_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
