/* permutation_draw.c: see permutation_draw.h. */
#include "risk/permutation_draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "risk/scan_random.h"

static const int64_t PICKED_A_SITE = 32;

bool permutation_init(struct permutation *p, const struct scan_sites *sites, int64_t total)
{
    int64_t recent = 0;
    size_t at = 0;

    p->total = total;
    for (size_t k = 0; k < PERMUTATION_MONTHS_MOST; k++)
        recent += p->recent[k];
    if (recent > PICKED_A_SITE * (int64_t)sites->n)
        return true;
    p->space = (size_t)total * sizeof *p->site;
    p->site = malloc(p->space + 1);
    for (uint32_t i = 0; p->site && i < sites->n; i++)
        for (int64_t n = (int64_t)sites->weight[i]; n > 0; n--)
            p->site[at++] = i;
    return p->site != NULL;
}

void permutation_free(struct permutation *p)
{
    free(p->site);
    *p = (struct permutation){0};
}

/* ---- few: case by case ---- */

/* The first steps of a shuffle: each month takes its cases from those not yet taken. */
static void pick(const struct permutation *p, uint64_t seed, uint32_t *count,
                 const struct scan_model *m, uint32_t *site)
{
    uint32_t from = 0, all = (uint32_t)p->total;

    memcpy(site, p->site, p->space);
    for (size_t k = 0; k < m->layers; k++, count += m->sites->n)
        for (int64_t n = p->recent[k]; n > 0; n--, from++) {
            uint32_t bits = (uint32_t)(scan_random(&seed) >> 32);
            uint32_t at = from + scan_random_below(bits, all - from);
            count[site[at]]++;
            site[at] = site[from];
        }
}

/* ---- many: site by site ---- */

/* log n! by Stirling's series, to 1e-12 from 16 on. */
static double log_factorial(int64_t n)
{
    static const double small[16] = {
        0,
        0,
        0.69314718055994531,
        1.7917594692280550,
        3.1780538303479456,
        4.7874917427820460,
        6.5792512120101010,
        8.5251613610654143,
        10.604602902745250,
        12.801827480081469,
        15.104412573075516,
        17.502307845873886,
        19.987214495661886,
        22.552163853123423,
        25.191221182738682,
        27.899271383840892,
    };
    double x = (double)n, inverse = 1 / (x * x);
    if (n < 16)
        return small[n];
    return (x + 0.5) * log(x) - x + 0.91893853320467274 +
           (1 / 12.0 - inverse * (1 / 360.0 - inverse * (1 / 1260.0 - inverse / 1680.0))) / x;
}

static double log_choose(int64_t n, int64_t k)
{
    return log_factorial(n) - log_factorial(k) - log_factorial(n - k);
}

int64_t hypergeometric_draw(uint64_t *state, int64_t k, int64_t good, int64_t bad)
{
    int64_t low = k > bad ? k - bad : 0, high = k < good ? k : good;
    if (low == high)
        return low;
    int64_t mode = (int64_t)((double)(k + 1) * (double)(good + 1) / (double)(good + bad + 2));
    mode = mode < low ? low : mode > high ? high : mode;
    double p = exp(log_choose(good, mode) + log_choose(bad, k - mode) - log_choose(good + bad, k));
    double left = scan_random_uniform(state) - p, above = p, below = p;
    for (int64_t up = mode, down = mode; left > 0 && (up < high || down > low);) {
        if (up < high) {
            above *= (double)(good - up) * (double)(k - up) /
                     ((double)(up + 1) * (double)(bad - k + up + 1));
            left -= above;
            mode = ++up;
        }
        if (left > 0 && down > low) {
            below *= (double)down * (double)(bad - k + down) /
                     ((double)(good - down + 1) * (double)(k - down + 1));
            left -= below;
            mode = --down;
        }
    }
    return mode;
}

/* A site's cases of the last months, parted over them. */
static void split(int64_t n, uint64_t *state, int64_t *left, int64_t recent, uint32_t *count,
                  size_t sites)
{
    for (size_t k = 0; n > 0; k++, count += sites) {
        int64_t here = hypergeometric_draw(state, n, left[k], recent - left[k]);
        *count = (uint32_t)here;
        recent -= left[k];
        left[k] -= here;
        n -= here;
    }
}

static void deal(const struct permutation *p, uint64_t seed, uint32_t *count,
                 const struct scan_sites *sites)
{
    int64_t left[PERMUTATION_MONTHS_MOST], recent = 0, all = p->total;

    memcpy(left, p->recent, sizeof left);
    for (size_t k = 0; k < PERMUTATION_MONTHS_MOST; k++)
        recent += left[k];
    for (size_t i = 0; recent > 0 && i < sites->n; i++) {
        int64_t cases = (int64_t)sites->weight[i];
        int64_t n = hypergeometric_draw(&seed, cases, recent, all - recent);
        split(n, &seed, left, recent, count + i, sites->n);
        recent -= n;
        all -= cases;
    }
}

void permutation_draw(const struct scan_model *m, uint64_t seed, uint32_t *count, void *space)
{
    const struct permutation *p = m->own;
    size_t n = m->sites->n;

    if (p->site)
        pick(p, seed, count, m, space);
    else
        deal(p, seed, count, m->sites);
    for (size_t i = n; i < m->layers * n; i++)
        count[i] += count[i - n];
}
