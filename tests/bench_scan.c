/* bench_scan FILE [N]: times the spatial scan alone, 999 replications, of the units of FILE (as in
 * datasets/vn/units_2025-07-01.csv: latitude fifth, longitude, area; no quotes), or of N made from
 * them by jittering. Populations and cases are made up, from a seed: 90 million people, about 4,000
 * cases. Prints `name value` lines; the time is the least of three runs. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "risk/scan.h"
#include "risk/scan_random.h"

enum { MOST_UNITS = 100000, RUNS = 3, CASES = 4000 };

static double lat[MOST_UNITS], lon[MOST_UNITS], area[MOST_UNITS], population[MOST_UNITS];
static int64_t cases[MOST_UNITS];
static size_t units;
static uint64_t seed = 5;

static double uniform(void)
{
    return ((double)(scan_random(&seed) >> 11) + 0.5) / 9007199254740992.0;
}

static void read_unit(char *line)
{
    char *at = line;
    for (int comma = 0; at && comma < 4; comma++)
        at = strchr(at + 1, ',');
    if (at && units < MOST_UNITS &&
        sscanf(at, ",%lf,%lf,%lf", &lat[units], &lon[units], &area[units]) == 3)
        units++;
}

/* Units beyond those read: near one of them, within its area. */
static void add_units(size_t wanted)
{
    size_t known = units;
    for (; units < wanted && units < MOST_UNITS; units++) {
        size_t near = (size_t)(uniform() * (double)known);
        double side = sqrt(area[near]) / 111;
        lat[units] = lat[near] + side * (uniform() - 0.5);
        lon[units] = lon[near] + side * (uniform() - 0.5);
    }
}

/* Log-normal populations; cases by chance, but for ten times as many about the first unit. */
static void make_up(void)
{
    double sum = 0;
    for (size_t i = 0; i < units; i++)
        sum += population[i] = exp(0.8 * sqrt(-2 * log(uniform())) * cos(2 * acos(-1) * uniform()));
    for (size_t i = 0; i < units; i++) {
        double near = hypot(lat[i] - lat[0], lon[i] - lon[0]) < 0.05 ? 10 : 1;
        double mean = near * CASES * population[i] / sum, p = exp(-mean), at = p, u = uniform();
        for (; u > at && cases[i] < 1000; at += p)
            p *= mean / (double)++cases[i];
        population[i] = floor(population[i] / sum * 9e7) + 1;
    }
}

int main(int argc, char **argv)
{
    static char line[4096];
    struct scan_points points = {0, lat, lon};
    struct scan_options options = SCAN_OPTIONS_DEFAULT;
    double least = 1e9;
    FILE *f = argc == 2 || argc == 3 ? fopen(argv[1], "r") : NULL;

    if (!f) {
        fprintf(stderr, "usage: bench_scan FILE [N]\n");
        return 64;
    }
    while (fgets(line, sizeof line, f))
        read_unit(line);
    fclose(f);
    add_units(argc == 3 ? strtoul(argv[2], NULL, 10) : 0);
    make_up();
    points.n = units;
    for (int run = 0; run < RUNS; run++) {
        struct timespec from, to;
        struct scan s;
        timespec_get(&from, TIME_UTC);
        if (!scan_run(&points, cases, population, &options, &s))
            return 1;
        timespec_get(&to, TIME_UTC);
        least = fmin(least, (double)(to.tv_sec - from.tv_sec) +
                                1e-9 * (double)(to.tv_nsec - from.tv_nsec));
        if (run == 0)
            printf("units %zu\ncases %lld\nclusters %zu\nllr %.6f\nmedian %.6f\n", points.n,
                   (long long)s.cases, s.clusters.n, s.clusters.n ? s.clusters.cluster[0].llr : 0,
                   s.maxima[s.replications / 2]);
        scan_free(&s);
    }
    printf("seconds %.6f\n", least);
    return 0;
}
