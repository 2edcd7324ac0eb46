/* risk/ears.h: is this month's count higher than seven recent months lead one to expect? For short
 * series, which have no past years to compare with.
 *
 * Receives: counts of consecutive months, the judged month the last; NAN: not known.
 * Hands on: expected count, upper bound, a p-value, and whether it is an alarm.
 * Model (EARS C2): baseline the seven months i - 9 ... i - 3; upper = mean + z(1 - alpha) *
 *   max(sd, min_sigma), sd with n - 1. min_sigma 1 keeps a single case after seven empty months
 *   from being an alarm. Unknown months are left out, 5 known ones are enough.
 * The bound ignores that mean and sd are estimates, so that alarms are more than alpha; p_value and
 *   level do not: y lies in units of sd sqrt(1 + 1/n) like Student's t with n - 1 degrees: an alarm
 *   at alpha 0.01 may have p = 0.03.
 * False alarms, steady series, alpha 0.01, min_sigma 1, 200,000 simulated (R, set.seed(1)); level
 *   is 0.036:
 *     mean        1      2      5      20     100
 *     Poisson   .026   .045   .048   .043   .040
 *     phi = 2   .060   .069   .062   .049   .043
 * Source: Hutwagner et al. (2003) J. Urban Health 80:i89; contract 5; oracle README 6.
 * Checked: tests/test_risk_ears.c: R surveillance::earsC(method = "C2") by oracle/alert_c2.csv.
 * Pure, reentrant, takes no memory.
 */
#ifndef KEOGIAM_RISK_EARS_H
#define KEOGIAM_RISK_EARS_H

#include <stdbool.h>
#include <stddef.h>

enum { EARS_BASELINE = 7, EARS_LAG = 2, EARS_MONTHS_MIN = 5 };

struct ears_control {
    double alpha;     /* 0 < alpha < 1/2 */
    double min_sigma; /* >= 0 */
};

/* The contract's: alpha 0.01, min_sigma 1. */
extern const struct ears_control EARS_STANDARD;

enum ears_state {
    EARS_OK,
    EARS_UNKNOWN, /* the month judged is not known */
    EARS_SHORT    /* fewer than 9 months before it, or than 5 known in the baseline */
};

struct ears {
    enum ears_state state; /* unless OK: all NAN, no alarm */
    double expected;       /* mean of the baseline */
    double upper;
    double score;   /* (y - expected)/(upper - expected); NAN where those are equal */
    double p_value; /* P(Y >= y); NAN with the score */
    double level;   /* P(Y > upper) if nothing has changed; 0 unless OK, NAN with the score */
    bool alarm;     /* y > upper */
};

/* Judges month i of count[0 ... i]. Cost: 0.5 us. */
void ears_judge(const double *count, size_t i, struct ears_control control, struct ears *e);

#endif
