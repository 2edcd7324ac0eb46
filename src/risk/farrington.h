/* risk/farrington.h: is this month's count higher than the same season of past years leads one to
 * expect? The improved Farrington algorithm for monthly counts of 1 a month and more.
 *
 * Receives: counts of consecutive months, the judged month the last; NAN: not known.
 * Hands on: expected count, the highest ordinary count, a p-value, and whether it is an alarm.
 * Model, for the month judged, d months back from it:
 *   baseline   d = 7 ... 12 b + 1, b = min(5, whole years before it); unknown months are left out
 *   season     level 4: d mod 12 = 11, 0, 1; level 1: 10, 9, 8; 2: 7, 6, 5; 3: 4, 3, 2
 *   mean       quasi-Poisson, log mean = trend * d + level; phi = max(1, Pearson/(n - columns))
 *   reweight   once: s = 1.5 (y^(2/3) m^(-1/6) - m^(1/2))/sqrt(phi (1 - h)), h the leverage; weight
 *              s^-2 where s > 2.58, else 1, scaled to sum n; phi again, with the weights
 *   trend      kept unless the prediction is above the largest baseline count, or the data set it
 *              no finite slope; then all of it again without
 *   upper      0.99 quantile of NB(mean m, variance phi m), Poisson where phi = 1
 * The slope is the root of a profile score in one unknown (given it, each level is a ratio of
 * sums), which falls: Newton in a bracket, so that there is no failure to converge.
 * False alarms are more than 0.01: upper is a plug-in quantile, and the weights shrink phi. Steady
 *   series, 20,000 simulated (seed 1), attained and (mean of `level`):
 *     mean a month          1.2          2            5            20           100
 *     b = 5, Poisson    .009 (.011)  .010 (.011)  .010 (.012)  .012 (.014)  .013 (.015)
 *     b = 5, NB phi 2   .021 (.013)  .019 (.014)  .018 (.015)  .018 (.016)  .019 (.017)
 *     b = 3, Poisson    .012 (.018)  .016 (.019)  .016 (.020)  .017 (.022)  .018 (.023)
 *     b = 3, NB phi 2   .027 (.021)  .027 (.022)  .024 (.023)  .027 (.025)  .028 (.026)
 * Source: Noufaily et al. (2013) Stat. Med. 32:1206; contract 5; oracle README 6.
 * Checked: tests/test_risk_farrington.c: R surveillance::farringtonFlexible (method nbPlugin) by
 *   oracle/alert_farrington.csv; glm(quasipoisson) where the trend is dropped.
 * Pure, reentrant, takes no memory.
 */
#ifndef KEOGIAM_RISK_FARRINGTON_H
#define KEOGIAM_RISK_FARRINGTON_H

#include <stdbool.h>
#include <stddef.h>

enum {
    FARRINGTON_YEARS_MIN = 3,
    FARRINGTON_YEARS_MOST = 5,
    FARRINGTON_LEFT_OUT = 6,   /* months before the one judged */
    FARRINGTON_MONTHS_MIN = 24 /* known ones of the baseline */
};
#define FARRINGTON_ALPHA 0.01

enum farrington_state {
    FARRINGTON_OK,
    FARRINGTON_UNKNOWN,    /* the month judged is not known */
    FARRINGTON_SHORT,      /* fewer than 3 whole years before it, or 24 months known among them */
    FARRINGTON_FEW_RECENT, /* fewer than 5 incidents in it and the three months before */
    FARRINGTON_NO_SEASON   /* no case in the baseline's months of level 4 */
};

struct farrington {
    enum farrington_state state; /* unless OK: expected, upper, score, p_value NAN, no alarm */
    int years;                   /* b */
    size_t months;               /* known ones of the baseline */
    double mean;                 /* of those; NAN without any */
    double expected, upper;      /* upper: the highest count that is no alarm */
    double score;                /* (y - expected)/(upper - expected); NAN where upper is not above
                                    expected (which is then below 0.01) */
    double p_value;              /* P(Y >= y) */
    double phi;                  /* >= 1; known with FEW_RECENT too */
    double level;                /* P(alarm) if nothing has changed: the mean's uncertainty and that
                                    of phi allowed for, the rule of 5 incidents heeded; known with
                                    FEW_RECENT too, 0 with the other states */
    bool trend_kept;
    bool alarm; /* y > upper */
};

/* Judges month i of count[0 ... i].
 * Missing: by state. Unknown months among the three before add nothing to the 5 incidents.
 * Cost: 3 us. */
void farrington_judge(const double *count, size_t i, struct farrington *f);

/* Mean of the known months of the baseline of month i, whatever the number of years; NAN without
 * any. */
double farrington_baseline_mean(const double *count, size_t i);

#endif
