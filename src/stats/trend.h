/* stats/trend.h: is a series going up or down, by how much a year, and has it a season?
 *
 * Receives: counts at even steps (stats/time_series.h): months, quarters or years, with exposures.
 * Hands on: the change in % a year with its interval and p, over-dispersion and the family it
 *   asks for, the test of the season and its peak; and, for charts, the fitted curve.
 * Model: log mu = log exposure + a + b t + steps + season (stats/trend_design.h), t in years.
 * Family: NB2 when its likelihood-ratio test against Poisson (p halved: theta = infinity is on the
 *   edge) is under 0.05, else Poisson; quasi-Poisson where the NB maximum is not found.
 *   sum (y - mu)^2 - y <= 0 at the Poisson fit: no over-dispersion, lr = 0, p = 0.5.
 * Missing: NAN, 0 for the month of the peak. Under 3 known steps or 5 incidents everything is, and
 *   `reason` says why. What the data cannot carry is missing, and `flags` say what and why: no wild
 *   number leaves.
 * Source: contract 5 "Trend", oracle/README.md section 3; Venables & Ripley (2002) for glm.nb.
 * Checked: tests/test_stats_trend.c, every column of oracle/trend.csv (R 4.2, MASS 7.3-58).
 * Pure, reentrant; memory is taken for the rows and given back.
 */
#ifndef KEOGIAM_STATS_TREND_H
#define KEOGIAM_STATS_TREND_H

#include <stdbool.h>
#include <stddef.h>

#include "stats/glm.h"
#include "stats/time_series.h"

enum trend_reason { TREND_ESTIMATED, TREND_FEW_PERIODS, TREND_FEW_INCIDENTS };

enum trend_family { TREND_NONE, TREND_POISSON, TREND_NEGBIN, TREND_QUASIPOISSON };

enum trend_flag {
    TREND_NO_OVERDISPERSION = 1 << 0,
    /* The slope has no finite estimate (no incidents at one end), or is a combination of others:
     * the change, its interval and p are missing. */
    TREND_SLOPE_NOT_ESTIMABLE = 1 << 1,
    /* The interval's upper end is over TREND_CHANGE_MOST: a few months tell nothing about a year.
     * The change and its interval are missing; p is there. */
    TREND_CHANGE_TOO_WIDE = 1 << 2,
    /* Part of the season cannot be told apart (months of the year never seen): test and peak are
     * missing. */
    TREND_SEASON_NOT_ESTIMABLE = 1 << 3,
    /* Some months of the year have no incident at all, and the season runs off: the test stands
     * (the likelihood has a limit), the multipliers are only "next to nothing". */
    TREND_SEASON_UNBOUNDED = 1 << 4,
    /* A step left out: it says what other columns say (before the first or after the last known
     * step of time, two in one place), has no finite estimate (no incidents on one side), or is one
     * too many. */
    TREND_STEP_DROPPED = 1 << 5
};

#define TREND_CHANGE_MOST 1e6 /* % a year: 10,000-fold */

struct trend {
    enum trend_reason reason;
    unsigned flags; /* of enum trend_flag */
    size_t known;   /* steps of time with a count */
    double total;   /* their incidents */
    enum trend_family family;
    double annual_change_pct, ci_low, ci_high; /* 100 (exp b - 1), 95 %, Wald on the log scale */
    double p_value;                            /* of b = 0, two-sided, normal quantile */
    double dispersion;                /* Pearson/df of the Poisson fit; missing if df = 0 */
    double phi;                       /* max(1, dispersion) */
    double theta;                     /* missing unless the family is NB */
    double nb_lr, nb_p;               /* missing when the NB maximum is not found */
    double season_lr, season_p;       /* all season columns against none */
    int season_peak;                  /* month 1..12 (quarter 1..4) of the fitted maximum */
    double loglik;                    /* of the family chosen, with all constants */
    double deviance;                  /* of the Poisson fit */
    double poisson_slope, poisson_se; /* b a year on the log scale */
    double negbin_slope, negbin_se, negbin_theta; /* missing unless the NB maximum is inside */
    struct glm_fit fit;                           /* of the family chosen */
};

/* Fails: false without memory; t is then not filled.
 * Cost: 188 months with a season: 60 us where the family is NB.
 * Checked: GLM and theta 1e-6, log-likelihood and deviance 1e-9. */
bool trend_fit(const struct time_series *s, struct trend *t);

/* Only phi = max(1, Pearson/df) of the Poisson fit, for intervals of counts of the same series
 * (stats/comparison.h). Missing under 3 years of known steps or 5 incidents, without df, without
 * memory.
 * Cost: 188 months: 11 us.
 * Checked: `dispersion` of oracle/trend.csv. */
double trend_phi(const struct time_series *s);

/* For each of the s->n steps the expected count and the 95 % interval of that mean, for the series
 * t was fitted to. Steps that are not known have an expected count too.
 * Missing: all NAN if nothing is estimated; the interval where a coefficient has no finite
 * estimate, the expected count too if the step is not known then.
 * Fails: false without memory. */
bool trend_curve(const struct time_series *s, const struct trend *t, double *fitted, double *low,
                 double *high);

/* How each month (quarter) of the year stands to the mean of all of them, as fitted, trend and days
 * apart: season[0 .. per_year - 1], their mean is 1. False, nothing filled, without a season. */
bool trend_season(const struct time_series *s, const struct trend *t, double *season);

#endif
