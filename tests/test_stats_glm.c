/* test_stats_glm.c: Poisson and NB2 regression against R 4.2 and identities; data that have no
 * maximum or too many columns.
 * The R code of every expected value:
 *   p <- glm(y ~ X - 1 + offset(off), family = poisson(), control = glm.control(epsilon = 1e-14))
 *   coef(p); sqrt(diag(vcov(p))); deviance(p); logLik(p); sum(residuals(p, "pearson")^2)
 *   MASS::glm.nb(y ~ X - 1 + offset(off)), then beta and theta in turn until theta moves by less
 *   than 1e-12 (nb_fit of oracle/reference.R); se from the expected information, theta fixed */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "stats/glm.h"

enum { ROWS_MOST = 120 };

struct regression {
    double y[ROWS_MOST], x[ROWS_MOST * GLM_COLUMNS_MAX], offset[ROWS_MOST], mu[ROWS_MOST];
    struct glm_data d;
    struct glm_fit poisson, negbin;
};

static void regression_init(struct regression *g, size_t n)
{
    assert_true(n <= ROWS_MOST);
    memset(g, 0, sizeof *g);
    g->d = (struct glm_data){g->y, g->x, g->offset, n, 0};
}

static double *column_add(struct regression *g)
{
    return g->x + g->d.n * g->d.p++;
}

static void regression_copy(struct regression *to, const struct regression *from)
{
    *to = *from;
    to->d = (struct glm_data){to->y, to->x, to->offset, from->d.n, from->d.p};
}

/* 1 and time, a twelfth a row, 0 in the middle. */
static void line_add(struct regression *g)
{
    double *one = column_add(g), *time = column_add(g);
    for (size_t i = 0; i < g->d.n; i++) {
        one[i] = 1;
        time[i] = ((double)i - ((double)g->d.n - 1) / 2) / 12;
    }
}

static void fit(struct regression *g)
{
    assert_true(glm_poisson(&g->d, NULL, &g->poisson, g->mu));
    assert_true(glm_negbin(&g->d, &g->poisson, &g->negbin, NULL));
}

struct expected {
    double beta[2], se[2], theta, loglik, deviance, pearson;
};

static void check_fit(const struct glm_fit *f, const struct expected *e)
{
    assert_int_equal(f->state, GLM_OK);
    for (size_t j = 0; j < 2; j++) {
        CHECK_NEAR(f->beta[j], e->beta[j], 1e-9, 0);
        CHECK_NEAR(f->se[j], e->se[j], 1e-9, 0);
    }
    if (e->theta > 0)
        CHECK_NEAR(f->theta, e->theta, 1e-9, 0);
    CHECK_NEAR(f->loglik, e->loglik, 1e-11, 0);
    CHECK_NEAR(f->deviance, e->deviance, 1e-9, 0);
    CHECK_NEAR(f->pearson, e->pearson, 1e-9, 0);
}

/* y <- c(2,9,1,12,5,0,14,8,22,3,30,17); X <- cbind(1, 1:12 - 6.5); off <- log(days of the month) */
static void small_set(struct regression *g)
{
    static const double y[12] = {2, 9, 1, 12, 5, 0, 14, 8, 22, 3, 30, 17};
    static const double days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    regression_init(g, 12);
    line_add(g);
    for (size_t i = 0; i < 12; i++) {
        g->y[i] = y[i];
        g->offset[i] = log(days[i]);
        g->x[12 + i] *= 12;
    }
}

static void twelve_months_agree_with_r(void **state)
{
    static const struct expected poisson = {{-1.235123489687, 0.157649568615006},
                                            {0.103671791385246, 0.0285404851110583},
                                            0,
                                            -53.28438171428,
                                            63.8033302264253,
                                            54.3654343560235};
    static const struct expected negbin = {{-1.22112894741276, 0.151588791332439},
                                           {0.244418232049957, 0.0712355597871411},
                                           1.69727376424935,
                                           -38.5805194748284,
                                           14.078705649765,
                                           8.55344406606527};
    struct regression g;
    (void)state;
    small_set(&g);
    fit(&g);
    check_fit(&g.poisson, &poisson);
    check_fit(&g.negbin, &negbin);
    CHECK_NEAR(g.mu[0], 3.7878216352031, 1e-10, 0);
    assert_true(isinf(g.poisson.theta));
}

/* i <- 0:59; y <- 1e6 + 40000*((i*37) %% 11 - 5) + 5000*i; X <- cbind(1, (i - 29.5)/12) */
static void millions_agree_with_r(void **state)
{
    static const struct expected poisson = {{13.946056707702, 0.0533695834442735},
                                            {0.000121120827536704, 8.38274793865976e-05},
                                            0,
                                            -427266.379646625,
                                            853586.106734546,
                                            851057.78543097};
    static const struct expected negbin = {{13.9460244170847, 0.0539531648933252},
                                           {0.0145436648981834, 0.0100775472145068},
                                           78.8008961375834,
                                           -790.637547441815,
                                           60.1269635659064,
                                           59.5391061831988};
    struct regression g;
    (void)state;
    regression_init(&g, 60);
    line_add(&g);
    for (int i = 0; i < 60; i++)
        g.y[i] = 1e6 + 40000 * ((i * 37) % 11 - 5) + 5000 * i;
    fit(&g);
    check_fit(&g.poisson, &poisson);
    check_fit(&g.negbin, &negbin);
}

/* y <- ifelse(i == 20, 400, i %% 3) */
static void one_spike_agrees_with_r(void **state)
{
    static const struct expected poisson = {{1.91324138138039, -0.34246717206499},
                                            {0.0523684456320733, 0.0347363001548887},
                                            0,
                                            -1488.6418008504,
                                            2879.79343628198,
                                            17566.4971131569};
    static const struct expected negbin = {{1.69230843767626, -0.816572020768924},
                                           {0.277771261411493, 0.194849797427301},
                                           0.232920726614855,
                                           -130.466418622976,
                                           60.7653551632764,
                                           331.206475461982};
    struct regression g;
    (void)state;
    regression_init(&g, 60);
    line_add(&g);
    for (int i = 0; i < 60; i++)
        g.y[i] = i == 20 ? 400 : i % 3;
    fit(&g);
    check_fit(&g.poisson, &poisson);
    check_fit(&g.negbin, &negbin);
}

/* y <- as.numeric(i %% 7 == 2 | i == 40); y[i %% 14 == 9] <- 0: six in five years */
static void rare_cases_have_no_overdispersion(void **state)
{
    static const struct expected poisson = {{-2.31044831384133, 0.0869636276970641},
                                            {0.411460973085421, 0.284218915319941},
                                            0,
                                            -19.7684792863762,
                                            27.5369585727524,
                                            54.0712715285349};
    struct regression g;
    (void)state;
    regression_init(&g, 60);
    line_add(&g);
    for (int i = 0; i < 60; i++)
        g.y[i] = (i % 7 == 2 || i == 40) && i % 14 != 9;
    fit(&g);
    check_fit(&g.poisson, &poisson);
    assert_int_equal(g.negbin.state, GLM_BOUNDARY);
    assert_true(isinf(g.negbin.theta));
    CHECK_NEAR(g.negbin.beta[1], g.poisson.beta[1], 0, 0);
    CHECK_NEAR(g.negbin.loglik, g.poisson.loglik, 0, 0);
}

/* a Poisson count over halves of each period, halves equal in rate, tells the same */
static void splitting_each_period_changes_no_poisson_estimate(void **state)
{
    struct regression g, h;
    (void)state;
    small_set(&g);
    regression_init(&h, 2 * g.d.n);
    h.d.p = 2;
    for (size_t i = 0; i < h.d.n; i++) {
        size_t from = i / 2;
        h.y[i] = i % 2 ? g.y[from] - floor(g.y[from] / 3) : floor(g.y[from] / 3);
        h.offset[i] = g.offset[from] + log(i % 2 ? 0.75 : 0.25);
        h.x[i] = 1;
        h.x[h.d.n + i] = g.x[g.d.n + from];
    }
    fit(&g);
    fit(&h);
    for (size_t j = 0; j < 2; j++) {
        CHECK_NEAR(h.poisson.beta[j], g.poisson.beta[j], 1e-11, 0);
        CHECK_NEAR(h.poisson.se[j], g.poisson.se[j], 1e-11, 0);
    }
}

static void order_of_columns_does_not_matter(void **state)
{
    struct regression g, h;
    (void)state;
    small_set(&g);
    regression_copy(&h, &g);
    memcpy(h.x, g.x + g.d.n, g.d.n * sizeof *g.x);
    memcpy(h.x + g.d.n, g.x, g.d.n * sizeof *g.x);
    fit(&g);
    fit(&h);
    for (size_t j = 0; j < 2; j++) {
        CHECK_NEAR(h.poisson.beta[1 - j], g.poisson.beta[j], 1e-11, 0);
        CHECK_NEAR(h.negbin.beta[1 - j], g.negbin.beta[j], 1e-10, 0);
        CHECK_NEAR(h.negbin.se[1 - j], g.negbin.se[j], 1e-10, 0);
    }
}

static void a_start_only_saves_work(void **state)
{
    struct regression g;
    struct glm_fit f;
    double start[2] = {-3, 0.5};
    (void)state;
    small_set(&g);
    fit(&g);
    assert_true(glm_poisson(&g.d, start, &f, NULL));
    CHECK_NEAR(f.beta[0], g.poisson.beta[0], 1e-11, 0);
    CHECK_NEAR(f.beta[1], g.poisson.beta[1], 1e-11, 0);
}

static void dispersion_alone_is_that_of_the_fit(void **state)
{
    struct regression g;
    (void)state;
    small_set(&g);
    fit(&g);
    CHECK_NEAR(glm_poisson_dispersion(&g.d), g.poisson.pearson / 10, 1e-12, 0);
    g.d.n = 1;
    g.d.p = 1;
    assert_true(isnan(glm_poisson_dispersion(&g.d)));
}

static void columns_that_others_explain_are_dropped(void **state)
{
    struct regression g, h;
    (void)state;
    small_set(&g);
    regression_copy(&h, &g);
    double *sum = column_add(&h), *none = column_add(&h);
    for (size_t i = 0; i < h.d.n; i++) {
        sum[i] = 3 * h.x[i] - 0.1 * h.x[h.d.n + i];
        none[i] = 0;
    }
    fit(&g);
    fit(&h);
    for (size_t j = 0; j < 4; j++) {
        assert_int_equal(h.poisson.dropped[j], j > 1);
        assert_int_equal(h.negbin.dropped[j], j > 1);
    }
    assert_int_equal(h.poisson.rank, 2);
    assert_int_equal(h.poisson.state, GLM_OK);
    CHECK_NEAR(h.poisson.beta[1], g.poisson.beta[1], 1e-11, 0);
    CHECK_NEAR(h.negbin.theta, g.negbin.theta, 1e-9, 0);
}

/* nothing after row 8: no finite step, and what is left is the fit of the first rows */
static void a_step_into_nothing_is_separated(void **state)
{
    struct regression g, h;
    (void)state;
    small_set(&g);
    double *step = column_add(&g);
    for (size_t i = 8; i < 12; i++) {
        step[i] = 1;
        g.y[i] = 0;
    }
    regression_init(&h, 8);
    h.d.p = 2;
    for (size_t i = 0; i < 8; i++) {
        h.y[i] = g.y[i];
        h.offset[i] = g.offset[i];
        h.x[i] = 1;
        h.x[8 + i] = g.x[12 + i];
    }
    fit(&g);
    fit(&h);
    assert_int_equal(g.poisson.state, GLM_SEPARATED);
    assert_int_equal(g.negbin.state, GLM_SEPARATED);
    assert_true(isnan(g.poisson.se[2]) && isnan(g.negbin.se[2]));
    CHECK_NEAR(g.poisson.beta[1], h.poisson.beta[1], 1e-6, 0);
    CHECK_NEAR(g.poisson.se[1], h.poisson.se[1], 1e-6, 0);
    CHECK_NEAR(g.poisson.loglik, h.poisson.loglik, 1e-6, 0);
    CHECK_NEAR(g.negbin.theta, h.negbin.theta, 1e-6, 0);
    CHECK_NEAR(g.negbin.se[1], h.negbin.se[1], 1e-6, 0);
    assert_true(g.mu[11] < 1e-6);
}

/* all in the last month: level and slope run off together */
static void all_in_the_last_row_leaves_nothing_estimated(void **state)
{
    struct regression g;
    (void)state;
    regression_init(&g, 24);
    line_add(&g);
    g.y[23] = 9;
    fit(&g);
    assert_int_equal(g.poisson.state, GLM_SEPARATED);
    assert_true(isnan(g.poisson.se[0]) && isnan(g.poisson.se[1]));
    CHECK_NEAR(g.mu[23], 9, 1e-6, 0);
    CHECK_NEAR(g.poisson.loglik, -2.0268, 1e-4, 0); /* dpois(9, 9, log = TRUE) */
}

static void all_zeros_have_no_estimate(void **state)
{
    struct regression g;
    (void)state;
    regression_init(&g, 30);
    line_add(&g);
    fit(&g);
    assert_int_equal(g.poisson.state, GLM_SEPARATED);
    assert_true(isnan(g.poisson.se[0]));
    CHECK_NEAR(g.poisson.loglik, 0, 0, 1e-6);
    assert_int_equal(g.negbin.state, GLM_BOUNDARY);
}

static void one_row_and_two_rows_are_fitted_exactly(void **state)
{
    struct regression g;
    (void)state;
    regression_init(&g, 1);
    line_add(&g);
    g.y[0] = 7;
    fit(&g);
    assert_true(g.poisson.dropped[1]);
    CHECK_NEAR(g.poisson.beta[0], log(7), 1e-12, 0);
    regression_init(&g, 2);
    line_add(&g);
    g.y[0] = 4;
    g.y[1] = 9;
    fit(&g);
    CHECK_NEAR(g.mu[0], 4, 1e-10, 0);
    CHECK_NEAR(g.mu[1], 9, 1e-10, 0);
    assert_int_equal(g.negbin.state, GLM_BOUNDARY);
}

/* sixteen columns, of which a month of the year each and a line are independent */
static void the_widest_design_is_fitted(void **state)
{
    struct regression g;
    (void)state;
    regression_init(&g, 120);
    line_add(&g);
    for (size_t m = 0; m < 14; m++) {
        double *x = column_add(&g);
        for (size_t i = 0; i < 120; i++)
            x[i] = i % 12 == m % 12;
    }
    double sums[12] = {0};
    for (size_t i = 0; i < 120; i++)
        sums[i % 12] += g.y[i] = (double)((i * i * 7) % 23 + i % 12);
    fit(&g);
    assert_int_equal(g.d.p, GLM_COLUMNS_MAX);
    assert_int_equal(g.poisson.rank, 13);
    assert_true(g.poisson.dropped[13] && g.poisson.dropped[14] && g.poisson.dropped[15]);
    for (size_t i = 0; i < 120; i++)
        sums[i % 12] -= g.mu[i];
    for (size_t m = 0; m < 12; m++)
        CHECK_NEAR(sums[m], 0, 0, 1e-8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twelve_months_agree_with_r),
        cmocka_unit_test(millions_agree_with_r),
        cmocka_unit_test(one_spike_agrees_with_r),
        cmocka_unit_test(rare_cases_have_no_overdispersion),
        cmocka_unit_test(splitting_each_period_changes_no_poisson_estimate),
        cmocka_unit_test(order_of_columns_does_not_matter),
        cmocka_unit_test(a_start_only_saves_work),
        cmocka_unit_test(dispersion_alone_is_that_of_the_fit),
        cmocka_unit_test(columns_that_others_explain_are_dropped),
        cmocka_unit_test(a_step_into_nothing_is_separated),
        cmocka_unit_test(all_in_the_last_row_leaves_nothing_estimated),
        cmocka_unit_test(all_zeros_have_no_estimate),
        cmocka_unit_test(one_row_and_two_rows_are_fitted_exactly),
        cmocka_unit_test(the_widest_design_is_fitted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
