/* Is a target met, can it still be: every verdict in its order, margins, chances. */
#include "check.h"

#include <string.h>

#include "stats/verdict.h"

/* ---- verdicts on reductions, in their order ---- */

struct reduction_case {
    const char *token;
    bool has_now, has_before, incomplete, running;
    int64_t count, count_before, whole_before;
    double target_pct;
};

static const struct reduction_case reductions[] = {
    {"no_base", true, false, true, true, 9, 0, 0, 3},
    {"no_base", false, false, false, false, 0, 0, 0, 3},
    {"incomplete", true, true, true, true, 99, 8, 8, 3},
    {"incomplete", false, true, false, false, 0, 8, 8, 3},
    {"lost", true, true, false, true, 8, 0, 8, 3},
    {"on_track", true, true, false, true, 7, 8, 8, 3},
    {"on_track", true, true, false, true, 0, 2, 8, 3},
    {"at_risk", true, true, false, true, 7, 6, 8, 3},
    {"at_risk", true, true, false, true, 0, 0, 1, 3},
    {"held_zero", true, true, false, true, 0, 0, 0, 3},
    {"new", true, true, false, true, 1, 0, 0, 3},
    {"held_zero", true, true, false, false, 0, 0, 0, 3},
    {"new", true, true, false, false, 2, 0, 0, 3},
    {"met", true, true, false, false, 97, 100, 100, 3},
    {"not_met", true, true, false, false, 98, 100, 100, 3},
    {"met", true, true, false, false, 7, 8, 8, 3},
    {"not_met", true, true, false, false, 8, 8, 8, 3},
    {"no_base", true, false, false, false, 3, 0, 0, NAN},
    {"incomplete", true, true, true, false, 3, 8, 8, NAN},
    {"held_zero", true, true, false, false, 0, 0, 0, NAN},
    {"new", true, true, false, false, 4, 0, 0, NAN},
    {"", true, true, false, false, 7, 8, 8, NAN},
    {"", true, true, false, true, 7, 8, 8, NAN},
};

static struct verdict_facts facts_of(const struct reduction_case *c)
{
    return (struct verdict_facts){.has_now = c->has_now,
                                  .has_before = c->has_before,
                                  .incomplete = c->incomplete,
                                  .running = c->running,
                                  .count = c->count,
                                  .count_before = c->count_before,
                                  .whole_before = c->whole_before,
                                  .exposure = 1,
                                  .exposure_before = 1,
                                  .target_pct = c->target_pct};
}

static void the_first_verdict_that_fits_is_given(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof reductions / sizeof reductions[0]; i++) {
        struct verdict_facts f = facts_of(&reductions[i]);
        struct verdict v = verdict_reduction(&f);
        if (strcmp(v.token, reductions[i].token) != 0)
            fail_msg("case %zu: %s, expected %s", i, v.token, reductions[i].token);
        assert_true(f.running || isnan(v.prob_met));
    }
}

/* R: pnbinom(7 - 6, 2.5, 1/2) for the rest of 8 - 6 = 2 last year; the allowance of 8 is 7. */
static void the_chance_of_a_running_period_is_the_predictive_of_its_rest(void **state)
{
    (void)state;
    struct verdict_facts f = facts_of(&reductions[7]);
    f.count = 6;
    struct verdict v = verdict_reduction(&f);
    assert_int_equal(v.allowance, 7);
    CHECK_NEAR(v.prob_met, 0.397747564417433, 1e-12, 0);
    f.running = false;
    assert_true(isnan(verdict_reduction(&f).prob_met));
}

static void a_mean_of_three_years_allows_a_third_of_their_sum(void **state)
{
    (void)state;
    struct verdict_facts f = facts_of(&reductions[13]);
    f.count_before = 24;
    f.exposure_before = 3;
    f.count = 7;
    struct verdict v = verdict_reduction(&f);
    assert_int_equal(v.allowance, 7); /* 24 / 3 * 0.97 = 7.76 */
    assert_string_equal(v.token, "met");
    f.count = 8;
    assert_string_equal(verdict_reduction(&f).token, "not_met");
}

static void whole_exposures_carry_part_of_a_year_to_all_of_it(void **state)
{
    (void)state;
    struct verdict_facts f = facts_of(&reductions[5]);
    f.count = 18; /* in 91 of 366 days, against 160 in 730 */
    f.count_before = f.whole_before = 160;
    f.exposure = 91;
    f.exposure_before = f.whole_exposure_before = 730;
    f.whole_exposure = 366;
    struct verdict v = verdict_reduction(&f);
    assert_int_equal(v.allowance, 77);                  /* 160 * 366 / 730 * 0.97 = 77.8 */
    CHECK_NEAR(v.prob_met, 0.470624536991726, 1e-9, 0); /* R: pnbinom(59, 160.5, 730 / 1005) */
}

static void more_than_three_percent_is_not_three_percent(void **state)
{
    (void)state;
    struct verdict_facts f = facts_of(&reductions[13]);
    assert_string_equal(verdict_reduction(&f).token, "met");
    f.is_strict = true;
    assert_string_equal(verdict_reduction(&f).token, "not_met");
    assert_int_equal(verdict_reduction(&f).allowance, 96);
    f.count = 96;
    assert_string_equal(verdict_reduction(&f).token, "met");
}

/* ---- verdicts on rates ---- */

static const struct {
    const char *token;
    struct rate_facts facts;
    int64_t may_miss; /* -1: none */
} rates[] = {
    {"incomplete", {.incomplete = true, .met = 0, .total = 0, .threshold_pct = 95}, -1},
    {"", {.met = 0, .total = 0, .threshold_pct = 95}, -1},
    {"", {.met = 4, .total = 5, .threshold_pct = NAN}, -1},
    {"", {.running = true, .expected = 9, .threshold_pct = 95}, -1},
    {"not_met", {.met = 19, .total = 20, .op = RATE_OVER, .threshold_pct = 95}, 0},
    {"met", {.met = 20, .total = 20, .op = RATE_OVER, .threshold_pct = 95}, 0},
    {"met", {.met = 19, .total = 20, .op = RATE_AT_LEAST, .threshold_pct = 95}, 1},
    {"met", {.met = 13, .total = 13, .op = RATE_AT_LEAST, .threshold_pct = 100}, 0},
    {"not_met", {.met = 12, .total = 13, .op = RATE_AT_LEAST, .threshold_pct = 100}, 0},
    {"met", {.met = 6, .total = 5, .op = RATE_OVER, .threshold_pct = 95}, 0},
    {"lost",
     {.running = true,
      .met = 10,
      .total = 12,
      .pending = 1,
      .possible = 1,
      .op = RATE_OVER,
      .threshold_pct = 95},
     0},
    {"at_risk",
     {.running = true, .met = 10, .total = 12, .possible = 2, .op = RATE_OVER, .threshold_pct = 95},
     0},
    {"on_track",
     {.running = true, .met = 12, .total = 12, .expected = 3, .op = RATE_OVER, .threshold_pct = 95},
     0},
};

static void rates_are_judged_in_whole_reports(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        struct verdict v = verdict_rate(&rates[i].facts);
        if (strcmp(v.token, rates[i].token) != 0)
            fail_msg("case %zu: %s, expected %s", i, v.token, rates[i].token);
        assert_int_equal(v.has_allowance ? v.allowance : -1, rates[i].may_miss);
        assert_true(rates[i].facts.running || isnan(v.prob_met));
    }
}

static void a_rate_that_is_lost_has_no_chance(void **state)
{
    (void)state;
    struct rate_facts f = {.running = true,
                           .met = 5,
                           .total = 9,
                           .pending = 1,
                           .possible = 2,
                           .expected = 4,
                           .op = RATE_OVER,
                           .threshold_pct = 95};
    struct verdict v = verdict_rate(&f);
    assert_string_equal(v.token, "lost");
    CHECK_NEAR(v.prob_met, 0, 0, 0);
}

static void an_outlook_is_judged_as_it_would_be_printed(void **state)
{
    (void)state;
    assert_string_equal(verdict_outlook(1), "the target will very likely be met");
    assert_string_equal(verdict_outlook(0.9496), "the target will very likely be met"); /* 95.0 */
    assert_string_equal(verdict_outlook(0.9494), "the target will probably be met");
    assert_string_equal(verdict_outlook(0.8), "the target will probably be met");
    assert_string_equal(verdict_outlook(0.7994),
                        "it cannot be said yet whether the target will be met");
    assert_string_equal(verdict_outlook(0.2),
                        "it cannot be said yet whether the target will be met");
    assert_string_equal(verdict_outlook(NAN),
                        "it cannot be said yet whether the target will be met");
    assert_string_equal(verdict_outlook(0.1994), "the target will probably be missed");
    assert_string_equal(verdict_outlook(0.0506), "the target will probably be missed");
    assert_string_equal(verdict_outlook(0.05), "the target will very likely be missed");
    assert_string_equal(verdict_outlook(0), "the target will very likely be missed");
}

/* 30 so far, at most 40: what the rest brings decides. R: pnbinom(10, 8, mu = 12) */
static void a_forecast_takes_the_place_of_last_years_rest(void **state)
{
    (void)state;
    struct predictive rest = {0};
    predictive_add(&rest, 1, 12, 8);
    predictive_normalise(&rest);
    struct verdict_facts f = {.has_now = true,
                              .has_before = true,
                              .running = true,
                              .count = 30,
                              .count_before = 20,
                              .whole_before = 42,
                              .exposure = 1,
                              .exposure_before = 1,
                              .rest = &rest,
                              .target_pct = 3};
    struct verdict v = verdict_reduction(&f);
    assert_int_equal(v.allowance, 40);
    CHECK_NEAR(v.prob_met, 0.43655915249650873, 1e-12, 0);
    assert_string_equal(v.token, "at_risk");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_verdict_that_fits_is_given),
        cmocka_unit_test(the_chance_of_a_running_period_is_the_predictive_of_its_rest),
        cmocka_unit_test(a_mean_of_three_years_allows_a_third_of_their_sum),
        cmocka_unit_test(whole_exposures_carry_part_of_a_year_to_all_of_it),
        cmocka_unit_test(more_than_three_percent_is_not_three_percent),
        cmocka_unit_test(rates_are_judged_in_whole_reports),
        cmocka_unit_test(a_rate_that_is_lost_has_no_chance),
        cmocka_unit_test(an_outlook_is_judged_as_it_would_be_printed),
        cmocka_unit_test(a_forecast_takes_the_place_of_last_years_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
