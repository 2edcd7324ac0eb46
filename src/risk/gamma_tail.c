/* gamma_tail.c: see gamma_tail.h. */
#include "risk/gamma_tail.h"

#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>
#include <math.h>
#include <stdbool.h>

static const double SHAPE_LARGE = 100; /* from here on four terms give 1e-11 */
static const double ETA_MOST = 1;      /* up to here the series in eta give 1e-13 */

/* Taylor coefficients in eta of the terms in 1, 1/a, 1/a^2, 1/a^3. */
static const double TERM_0[] = {
    -0.33333333333333331,    0.083333333333333329,    -0.014814814814814815,
    0.0011574074074074073,   0.00035273368606701942,  -0.0001787551440329218,
    3.9192631785224377e-05,  -2.185448510679992e-06,  -1.85406221071516e-06,
    8.2967113409530865e-07,  -1.7665952736826078e-07, 6.7078535434014984e-09,
    1.0261809784240309e-08,  -4.3820360184533529e-09, 9.1476995822367902e-10,
    -2.5514193994946248e-11, -5.8307721325504256e-11, 2.4361948020667415e-11,
    -5.0276692801141755e-12, 1.1004392031956135e-13};
static const double TERM_1[] = {
    -0.0018518518518518519,  -0.003472222222222222,   0.0026455026455026454,
    -0.00099022633744855963, 0.00020576131687242798,  -4.018775720164609e-07,
    -1.8098550334489977e-05, 7.6491609160811098e-06,  -1.6120900894563446e-06,
    4.647127802807434e-09,   1.3786334469157209e-07,  -5.7525456035177047e-08,
    1.1951628599778148e-08,  -1.7543241719747647e-11, -1.0091543710600413e-09};
static const double TERM_2[] = {
    0.0041335978835978834,   -0.0026813271604938273, 0.0007716049382716049,
    2.0093878600823047e-06,  -0.0001073665322636516, 5.2923448829120125e-05,
    -1.2760635188618728e-05, 3.4235787340961378e-08, 1.3721957309062934e-06,
    -6.2989921383800548e-07, 1.4280614206064242e-07};
static const double TERM_3[] = {0.00064943415637860077,  0.00022947209362139917,
                                -0.0004691894943952557,  0.00026772063206283885,
                                -7.5618016718839766e-05, -2.3965051138672968e-07,
                                1.1082654115347302e-05};

enum { TERMS_0 = 20, TERMS_1 = 15, TERMS_2 = 11, TERMS_3 = 7 };

static double polynomial(const double *c, int terms, double x)
{
    double sum = c[terms - 1];
    for (int i = terms - 2; i >= 0; i--)
        sum = sum * x + c[i];
    return sum;
}

/* log(1 + x) - x for x > -1, without cancellation near 0. */
static double log_excess(double x)
{
    gsl_sf_result r;
    if (fabs(x) > 0.1)
        return log1p(x) - x;
    return gsl_sf_log_1plusx_mx_e(x, &r) == 0 ? r.val : NAN;
}

/* eta with eta^2/2 = mu - log(1 + mu), mu = z/a - 1, and its sign; false where the expansion does
 * not serve. */
static bool is_uniform(double a, double z, double *eta)
{
    if (!(a >= SHAPE_LARGE && z > 0 && z < 4 * a))
        return false;
    double mu = (z - a) / a;
    *eta = copysign(sqrt(-2 * log_excess(mu)), mu);
    return fabs(*eta) <= ETA_MOST;
}

/* What P(X > z) has beyond the normal tail in eta sqrt(a). */
static double correction(double a, double eta)
{
    double series = polynomial(TERM_3, TERMS_3, eta);
    series = polynomial(TERM_2, TERMS_2, eta) + series / a;
    series = polynomial(TERM_1, TERMS_1, eta) + series / a;
    series = polynomial(TERM_0, TERMS_0, eta) + series / a;
    return exp(-0.5 * a * eta * eta) / sqrt(2 * 3.14159265358979323846 * a) * series;
}

double gamma_tail_lower(double a, double z)
{
    double eta;
    gsl_sf_result r;

    if (is_uniform(a, z, &eta))
        return 0.5 * erfc(-eta * sqrt(a / 2)) - correction(a, eta);
    gsl_sf_gamma_inc_P_e(a, z, &r);
    return r.val;
}

double gamma_tail_upper(double a, double z)
{
    double eta;
    gsl_sf_result r;

    if (is_uniform(a, z, &eta))
        return 0.5 * erfc(eta * sqrt(a / 2)) + correction(a, eta);
    gsl_sf_gamma_inc_Q_e(a, z, &r);
    return r.val;
}
