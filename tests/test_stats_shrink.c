/* test_stats_shrink.c: shrunken reductions against R 4.2 and identities.
 * The R code of every expected value (metafor's REML written out):
 *   y <- digamma(x1+.5) - digamma(x0+.5) - log(e1/e0); v <- trigamma(x1+.5) + trigamma(x0+.5)
 *   sc <- function(t2) { w <- 1/(v+t2); m <- sum(w*y)/sum(w)
 *                        sum(w^2*(y-m)^2) - sum(w) + sum(w^2)/sum(w) }
 *   t2 <- uniroot(sc, around the maximum, tol = 1e-15)$root     # = rma(y, v)$tau2
 *   B <- t2/(t2+v); th <- yT + B*(y-yT); se <- sqrt(B*v + (1-B)^2*vT)
 *   100*(1 - exp(th)); 100*(1 - exp(th + qnorm(.975)*se)); 100*(1 - exp(th - qnorm(.975)*se)) */
#include "check.h"

#include "stats/shrink.h"

enum { MANY = 10 };

static const int64_t BEFORE[MANY] = {40, 22, 60, 15, 8, 0, 120, 33, 5, 71};
static const int64_t NOW[MANY] = {20, 30, 55, 22, 1, 2, 90, 60, 5, 40};

static struct shrink_row row_of(int64_t x0, double e0, int64_t x1, double e1)
{
    return (struct shrink_row){.counts = {x0, e0, x1, e1}, .multiplicity = 1};
}

static void many_fill(struct shrink_row *row, double e0, double e1)
{
    for (int i = 0; i < MANY; i++)
        row[i] = row_of(BEFORE[i], e0, NOW[i], e1);
}

static void shrunken_rows_agree_with_r(void **state)
{
    static const double eb[MANY] = {41.142401517023387,  -18.832721799692465, 9.1268324962549769,
                                    -19.905339025177192, 34.015907084486251,  4.940039637554106,
                                    23.911113796523729,  -55.973942871160645, 9.2334834023167005,
                                    39.116023782763101};
    static const double low[MANY] = {7.4356929764951785, -88.378338517594756, -27.117617267203652,
                                     -101.2526984382196, -43.632177415339427, -117.77429167826159,
                                     1.3189071466864988, -127.93137317528478, -82.190455000558444,
                                     13.421044098543867};
    static const double high[MANY] = {62.575024752212286, 25.038006591165651,  35.03707236106095,
                                      28.561005947673234, 69.687150914011212,  58.505680379114253,
                                      41.331024654423842, -6.7333141369150695, 54.780504087043056,
                                      57.185224499124232};
    struct shrink_row row[MANY];
    (void)state;
    many_fill(row, 1, 1);
    struct shrink_fit fit = shrink_rows(row, MANY, (struct shrink_counts){374, 1, 325, 1});
    CHECK_NEAR(fit.tau2, 0.17922260139347093, 1e-10, 0);
    assert_int_equal(fit.rows, MANY);
    for (int i = 0; i < MANY; i++) {
        CHECK_NEAR(row[i].reduction_eb, eb[i], 1e-9, 0);
        CHECK_NEAR(row[i].eb_low, low[i], 1e-9, 0);
        CHECK_NEAR(row[i].eb_high, high[i], 1e-9, 0);
    }
}

/* the total may hold more than the rows do (unit unknown); exposures of a leap year */
static void total_need_not_be_the_sum_of_the_rows(void **state)
{
    struct shrink_row row[MANY];
    (void)state;
    many_fill(row, 366, 365);
    struct shrink_fit fit = shrink_rows(row, MANY, (struct shrink_counts){377, 366, 326, 365});
    CHECK_NEAR(fit.tau2, 0.17922260139347093, 1e-10, 0);
    CHECK_NEAR(row[0].reduction_eb, 41.066692304280451, 1e-9, 0);
    CHECK_NEAR(row[0].eb_low, 7.3176772663685714, 1e-9, 0);
    CHECK_NEAR(row[5].eb_high, 58.586816510786079, 1e-9, 0);
    CHECK_NEAR(row[9].reduction_eb, 39.002938828119262, 1e-9, 0);
}

static void two_rows_are_enough(void **state)
{
    struct shrink_row row[2] = {row_of(100, 1, 50, 1), row_of(40, 1, 44, 1)};
    (void)state;
    struct shrink_fit fit = shrink_rows(row, 2, (struct shrink_counts){140, 1, 94, 1});
    CHECK_NEAR(fit.tau2, 0.27195696556021481, 1e-10, 0);
    CHECK_NEAR(row[0].reduction_eb, 48.513339401619923, 1e-9, 0);
    CHECK_NEAR(row[0].eb_low, 28.868188078712777, 1e-9, 0);
    CHECK_NEAR(row[0].eb_high, 62.732901806210428, 1e-9, 0);
    CHECK_NEAR(row[1].reduction_eb, -2.1844217254163523, 1e-9, 0);
}

/* thirteen communes of few cases: every row is the total's change with the total's interval */
static void rows_without_excess_spread_get_the_change_of_the_total(void **state)
{
    static const int64_t x0[13] = {9, 0, 1, 4, 1, 3, 2, 0, 7, 1, 2, 0, 5};
    static const int64_t x1[13] = {7, 1, 0, 4, 2, 2, 2, 0, 6, 1, 1, 1, 4};
    struct shrink_row row[13];
    (void)state;
    for (int i = 0; i < 13; i++)
        row[i] = row_of(x0[i], 1, x1[i], 1);
    struct shrink_fit fit = shrink_rows(row, 13, (struct shrink_counts){35, 1, 31, 1});
    CHECK_NEAR(fit.tau2, 0, 0, 0);
    for (int i = 0; i < 13; i++) {
        CHECK_NEAR(row[i].reduction_eb, 11.427744081298464, 1e-9, 0);
        CHECK_NEAR(row[i].eb_low, -43.623920115567081, 1e-9, 0);
        CHECK_NEAR(row[i].eb_high, 45.377869423035946, 1e-9, 0);
    }
}

static void order_of_the_rows_does_not_matter(void **state)
{
    struct shrink_row row[MANY], back[MANY];
    (void)state;
    many_fill(row, 1, 1);
    for (int i = 0; i < MANY; i++)
        back[MANY - 1 - i] = row[i];
    struct shrink_counts total = {374, 1, 325, 1};
    shrink_rows(row, MANY, total);
    shrink_rows(back, MANY, total);
    for (int i = 0; i < MANY; i++) {
        CHECK_NEAR(back[MANY - 1 - i].reduction_eb, row[i].reduction_eb, 1e-10, 0);
        CHECK_NEAR(back[MANY - 1 - i].eb_low, row[i].eb_low, 1e-10, 0);
    }
}

static void multiplicity_stands_for_equal_rows(void **state)
{
    struct shrink_row all[3 * MANY], once[MANY];
    (void)state;
    for (int i = 0; i < 3; i++)
        many_fill(all + i * MANY, 1, 1);
    many_fill(once, 1, 1);
    for (int i = 0; i < MANY; i++)
        once[i].multiplicity = 3;
    struct shrink_counts total = {1122, 1, 975, 1};
    struct shrink_fit a = shrink_rows(all, 3 * MANY, total);
    struct shrink_fit b = shrink_rows(once, MANY, total);
    assert_int_equal(a.rows, b.rows);
    CHECK_NEAR(b.tau2, a.tau2, 1e-10, 0);
    CHECK_NEAR(once[4].eb_high, all[4].eb_high, 1e-10, 0);
}

static void unit_of_exposure_does_not_matter(void **state)
{
    struct shrink_row row[MANY], scaled[MANY];
    (void)state;
    many_fill(row, 1, 1);
    many_fill(scaled, 1e-9, 1e-9);
    shrink_rows(row, MANY, (struct shrink_counts){374, 1, 325, 1});
    shrink_rows(scaled, MANY, (struct shrink_counts){374, 1e6, 325, 1e6});
    for (int i = 0; i < MANY; i++)
        CHECK_NEAR(scaled[i].reduction_eb, row[i].reduction_eb, 1e-9, 0);
}

static void estimate_lies_between_the_row_and_the_total(void **state)
{
    struct shrink_row row[MANY];
    (void)state;
    many_fill(row, 1, 1);
    struct shrink_fit fit = shrink_rows(row, MANY, (struct shrink_counts){374, 1, 325, 1});
    for (int i = 0; i < MANY; i++) {
        double theta = log1p(-row[i].reduction_eb / 100);
        assert_true((theta - fit.centre) * (theta - row[i].log_ratio) <= 0);
        assert_true(row[i].eb_low < row[i].reduction_eb && row[i].reduction_eb < row[i].eb_high);
    }
}

static void huge_counts_are_hardly_shrunken(void **state)
{
    struct shrink_row row[3] = {row_of(1000000000, 1, 900000000, 1),
                                row_of(1000000000, 1, 500000000, 1), row_of(2, 1, 0, 1)};
    (void)state;
    shrink_rows(row, 3, (struct shrink_counts){2000000002, 1, 1400000000, 1});
    CHECK_NEAR(row[0].reduction_eb, 10, 1e-6, 0);
    CHECK_NEAR(row[1].reduction_eb, 50, 1e-6, 0);
}

static void check_missing(const struct shrink_row *r)
{
    assert_true(isnan(r->reduction_eb) && isnan(r->eb_low) && isnan(r->eb_high));
}

static void one_row_or_none_is_missing(void **state)
{
    struct shrink_row row = row_of(10, 1, 5, 1);
    struct shrink_counts total = {10, 1, 5, 1};
    (void)state;
    struct shrink_fit fit = shrink_rows(&row, 1, total);
    assert_true(isnan(fit.tau2));
    assert_int_equal(fit.rows, 1);
    check_missing(&row);
    assert_int_equal(shrink_rows(NULL, 0, total).rows, 0);
}

static void unusable_rows_take_no_part(void **state)
{
    struct shrink_row clean[MANY], row[MANY + 4];
    (void)state;
    many_fill(clean, 1, 1);
    many_fill(row, 1, 1);
    row[MANY] = row_of(-1, 1, 5, 1);
    row[MANY + 1] = row_of(5, NAN, 5, 1);
    row[MANY + 2] = row_of(5, 1, 5, 0);
    row[MANY + 3] = row_of(5, 1, 500, 1);
    row[MANY + 3].multiplicity = 0;
    struct shrink_counts total = {374, 1, 325, 1};
    struct shrink_fit a = shrink_rows(clean, MANY, total);
    struct shrink_fit b = shrink_rows(row, MANY + 4, total);
    CHECK_NEAR(b.tau2, a.tau2, 0, 0);
    assert_int_equal(b.rows, MANY);
    for (int i = 0; i < 4; i++)
        check_missing(&row[MANY + i]);
}

static void unusable_total_is_missing(void **state)
{
    struct shrink_row row[MANY];
    (void)state;
    many_fill(row, 1, 1);
    shrink_rows(row, MANY, (struct shrink_counts){374, 0, 325, 1});
    check_missing(&row[0]);
}

static void all_equal_rows_have_no_spread(void **state)
{
    struct shrink_row row[4] = {row_of(10, 1, 7, 1), row_of(10, 1, 7, 1), row_of(10, 1, 7, 1),
                                row_of(10, 1, 7, 1)};
    (void)state;
    CHECK_NEAR(shrink_rows(row, 4, (struct shrink_counts){40, 1, 28, 1}).tau2, 0, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shrunken_rows_agree_with_r),
        cmocka_unit_test(total_need_not_be_the_sum_of_the_rows),
        cmocka_unit_test(two_rows_are_enough),
        cmocka_unit_test(rows_without_excess_spread_get_the_change_of_the_total),
        cmocka_unit_test(order_of_the_rows_does_not_matter),
        cmocka_unit_test(multiplicity_stands_for_equal_rows),
        cmocka_unit_test(unit_of_exposure_does_not_matter),
        cmocka_unit_test(estimate_lies_between_the_row_and_the_total),
        cmocka_unit_test(huge_counts_are_hardly_shrunken),
        cmocka_unit_test(one_row_or_none_is_missing),
        cmocka_unit_test(unusable_rows_take_no_part),
        cmocka_unit_test(unusable_total_is_missing),
        cmocka_unit_test(all_equal_rows_have_no_spread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
