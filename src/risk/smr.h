/* risk/smr.h: how many cases each unit would have at the rate of all together, and the ratio of
 * observed to expected (standardised morbidity ratio).
 *
 * Receives: n units, each with a count and a population (or another exposure: person-years).
 * Hands on: expected counts; from them the ratio with its exact interval and an exact p. All of
 *   src/risk takes the same two arrays on: counts x and expected e, e[i] NAN where unit i is left
 *   out. Left-out units take no part in any sum, and their results are NAN.
 * Expected: e = pop * sum x / sum pop over the units that take part (indirect standardisation).
 * Left out: a population that is unknown (NAN) or negative, or 0 without cases. A population of 0
 *   with cases is a mistake in the data: the caller refuses it.
 * Source: contract 5 "Risk"; exact interval: Garwood (1936), Biometrika 28:437.
 * Checked: tests/test_risk_smr.c, oracle/risk.csv (R 4.2).
 * Pure, reentrant, takes no memory.
 */
#ifndef KEOGIAM_RISK_SMR_H
#define KEOGIAM_RISK_SMR_H

#include <stddef.h>
#include <stdint.h>

#define SMR_UNITS_FEW 8 /* under this: "differences between so few can hardly be shown" */

struct smr_total {
    size_t units;    /* that take part */
    size_t left_out; /* the others */
    int64_t cases;   /* of the units that take part */
    double population;
    size_t misplaced; /* index of the first unit with cases in a population of 0; n if none */
};

/* Fills expected[n]. With no cases at all every expected count is 0: ratios are then NAN.
 * misplaced < n: that unit is left out of the rest; an error of the data, to be named. */
struct smr_total smr_expected(const int64_t *x, const double *population, size_t n,
                              double *expected);

struct smr {
    double ratio;     /* x/e */
    double low, high; /* 95 %, exact Poisson */
    double p_upper;   /* P(X >= x | e), one-sided */
};

/* One unit: x >= 0 cases, e > 0 expected; everything NAN otherwise.
 * R: poisson.test(x, e)$conf.int; ppois(x - 1, e, lower.tail = FALSE).
 * q values of many units: multiple_bh (stats/multiple.h) over p_upper. Cost: 1 us; 20 us at 1e6. */
struct smr smr_of(int64_t x, double expected);

#endif
