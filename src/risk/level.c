/* level.c: order, level and persistence; see ranking.h. */
#include "risk/ranking.h"

#include <math.h>
#include <stdlib.h>

static const double HIGH = 0.95, ELEVATED = 0.80, EXPECTED_FEW = 1;

enum risk_level risk_level_of(double prob_excess, double expected)
{
    if (isnan(prob_excess))
        return RISK_MISSING;
    if (prob_excess >= HIGH)
        return RISK_HIGH;
    if (prob_excess >= ELEVATED)
        return RISK_ELEVATED;
    return expected < EXPECTED_FEW ? RISK_UNCLEAR : RISK_NORMAL;
}

double risk_persistence(const double *prob_excess, size_t periods)
{
    size_t known = 0, over = 0;
    for (size_t i = 0; i < periods; i++) {
        known += !isnan(prob_excess[i]);
        over += prob_excess[i] > ELEVATED;
    }
    return known > 0 ? (double)over / (double)known : NAN;
}

/* -1: a before b. Missing goes behind everything. */
static int falling(double a, double b)
{
    if (isnan(a) || isnan(b))
        return isnan(a) - isnan(b);
    return (a < b) - (a > b);
}

struct place {
    double prob, rr;
    size_t unit;
};

static int place_order(const void *p, const void *q)
{
    const struct place *a = p, *b = q;
    int by_prob = falling(a->prob, b->prob), by_rr = falling(a->rr, b->rr);
    if (by_prob != 0)
        return by_prob;
    if (by_rr != 0)
        return by_rr;
    return (a->unit > b->unit) - (a->unit < b->unit);
}

bool ranking_order(const struct shrunken_risk *risk, size_t n, size_t *order)
{
    struct place *place = malloc((n + 1) * sizeof *place);
    if (!place)
        return false;
    for (size_t i = 0; i < n; i++)
        place[i] = (struct place){risk[i].prob_excess, risk[i].rr, i};
    qsort(place, n, sizeof *place, place_order);
    for (size_t i = 0; i < n; i++)
        order[i] = place[i].unit;
    free(place);
    return true;
}
