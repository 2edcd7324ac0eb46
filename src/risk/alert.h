/* risk/alert.h: are the latest months of a series higher than expected? Chooses the method by how
 * much there is to go by.
 *
 * Receives: a monthly series (stats/time_series.h, per_year 12), and for what is rare a prior of
 *   its rate from sister units.
 * Hands on: one row a month judged: expected, upper, score, p_value, alarm, and by which method.
 * Rules (contract 5 "Alert"), by the mean of the baseline: from 36 months on that of Farrington
 *   (risk/farrington.h), before that (and where none of those is known) all months up to i - 3;
 *   without any the prior's:
 *     mean >= 1, 36 months before it    improved Farrington; EARS C2 where that has no estimate for
 *                                       want of known months or of any case in the season
 *     mean >= 1, fewer months           EARS C2 (risk/ears.h)
 *     mean < 1, or none                 tests for what is rare (risk/rare.h)
 *   In all of them alarm = count > upper, and a month without a case is never an alarm.
 * A month judged sees only itself and what is before it, behind the last level step (event `step`)
 *   that has begun: the series begins there for it.
 * Exposures are not used: months count as equally long.
 * Missing: NAN, flags say why. Pure, reentrant, takes no memory: the same bytes on any number of
 *   threads.
 * Checked: tests/test_risk_alert.c; the methods by their own tests.
 */
#ifndef KEOGIAM_RISK_ALERT_H
#define KEOGIAM_RISK_ALERT_H

#include <stdbool.h>
#include <stddef.h>

#include "risk/rare.h"
#include "stats/time_series.h"

enum { ALERT_MEAN_MIN = 1, ALERT_MONTHS_MIN = 36 };

enum alert_method {
    ALERT_NONE,       /* token "" */
    ALERT_FARRINGTON, /* farrington */
    ALERT_EARS,       /* ears_c2 */
    ALERT_RARE_3, /* poisson_3, poisson_12, gap, cusum: the least of the tests for what is rare */
    ALERT_RARE_12,
    ALERT_GAP,
    ALERT_CUSUM
};

/* Bits. */
enum alert_flag {
    ALERT_UNKNOWN = 1,    /* the month judged is not known: nothing estimated */
    ALERT_FEW_MONTHS = 2, /* too few before it: nothing estimated */
    ALERT_FEW_RECENT = 4, /* fewer than 5 incidents in 4 months, which Farrington does
                             not judge: no alarm, nothing estimated */
    ALERT_NO_SEASON = 8,  /* not Farrington: no case in that season of past years */
    ALERT_NO_TREND = 16,  /* Farrington without its trend */
    ALERT_ONGOING = 32,   /* p_value <= 0.01 by the months before; no case in this one */
    ALERT_REBASED = 64,   /* begins at a level step */
    ALERT_GAPS = 128      /* months before it are not known (last 61, behind the step) */
};

struct alert {
    enum alert_method method; /* NONE with UNKNOWN and FEW_MONTHS */
    unsigned flags;
    double count; /* NAN: not known */
    double mean;  /* which chose the method; NAN for none */
    double expected, upper, score;
    double p_value; /* of Farrington: plug-in, P(Y >= y); C2: Student's; rare: of all tests run */
    double level;   /* P(alarm) if nothing has changed; 0 where nothing is judged */
    bool alarm;
};

const char *alert_method_token(enum alert_method m);

/* Judges month i of the series. Cost: 3 us by Farrington, 1 us by C2, 10-30 us where rare. */
void alert_month(const struct time_series *s, size_t i, struct rare_prior prior, struct alert *a);

/* The last `last` months, in their order, of a series with at least as many. */
void alert_months(const struct time_series *s, size_t last, struct rare_prior prior,
                  struct alert *a);

/* How many of the n rows are to be expected as alarms if nothing has changed anywhere: the sum of
 * `level`, which is what the methods attain on steady series, not their nominal 0.01. Simulated
 * (each method's header): of it, alarms are 0.7-0.9 (Poisson) to 1.1-1.6 (twice its variance) by
 * Farrington, 0.7-1.3 and 1.2-1.9 by C2, 0.9-1.1 by the rare tests from 0.1 a month on. */
double alert_false_alarms(const struct alert *a, size_t n);

/* The prior for the rare tests of n series of one kind (the units of a category), from the 60
 * months before the last `last` + 11: what none of the months judged looks at.
 * rare_prior_from of shrunken_ml_fit (risk/shrunken.h) with cases for counts, known months for
 * expected. Fewer than 3 series with known months there: RARE_NO_PRIOR.
 * Fails: false without memory; *prior is then RARE_NO_PRIOR. Cost: 0.4 ms for 1,000. */
bool alert_prior(const struct time_series *s, size_t n, size_t last, struct rare_prior *prior);

#endif
