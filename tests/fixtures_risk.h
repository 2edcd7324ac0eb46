/* fixtures_risk.h: the data sets of tests/data/oracle/risk*.csv as arrays. */
#ifndef KEOGIAM_TESTS_FIXTURES_RISK_H
#define KEOGIAM_TESTS_FIXTURES_RISK_H

#include "oracle_csv.h"
#include "risk/neighbours.h"
#include "risk/smr.h"

enum { RISK_UNITS = 128, RISK_PAIRS = 512, RISK_SETS = 4 };

static const char *const RISK_SET[RISK_SETS] = {"nc_sids_1974", "thapmuoi_made_up",
                                                "thapmuoi_no_excess_variance",
                                                "london_homicide_2019_21_per_offence"};

struct risk_set {
    size_t n;
    char unit[RISK_UNITS][32];
    int64_t x[RISK_UNITS];
    double population[RISK_UNITS], expected[RISK_UNITS], ratio[RISK_UNITS];
    size_t pairs;
    struct neighbour_pair pair[RISK_PAIRS];
};

static inline size_t risk_set_find(const struct risk_set *s, const char *unit)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->unit[i], unit) == 0)
            return i;
    fail_msg("no unit %s", unit);
    return 0;
}

static inline void risk_set_read(struct risk_set *s, const char *dataset)
{
    struct oracle o;
    s->n = s->pairs = 0;
    oracle_open(&o, "risk.csv");
    while (oracle_next(&o)) {
        if (strcmp(oracle_text(&o, "dataset"), dataset) != 0)
            continue;
        snprintf(s->unit[s->n], sizeof s->unit[0], "%s", oracle_text(&o, "unit"));
        s->x[s->n] = (int64_t)oracle_number(&o, "count");
        s->population[s->n++] = oracle_number(&o, "population");
    }
    smr_expected(s->x, s->population, s->n, s->expected);
    for (size_t i = 0; i < s->n; i++)
        s->ratio[i] = (double)s->x[i] / s->expected[i];
    oracle_open(&o, "risk_neighbours.csv");
    while (oracle_next(&o))
        if (strcmp(oracle_text(&o, "dataset"), dataset) == 0)
            s->pair[s->pairs++] =
                (struct neighbour_pair){risk_set_find(s, oracle_text(&o, "unit")),
                                        risk_set_find(s, oracle_text(&o, "neighbour"))};
}

/* The next row of this data set in an open table. */
static inline bool risk_set_next(struct oracle *o, const char *dataset)
{
    while (oracle_next(o))
        if (strcmp(oracle_text(o, "dataset"), dataset) == 0)
            return true;
    return false;
}

#endif
