/* bench_series FILE: times the statistics of many monthly series on one core. FILE: a series a
 * line, the number of its first month (year * 12 + month - 1), then its counts, all separated by
 * spaces. Prints `name seconds` for each part; the least of three runs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "risk/alert.h"
#include "stats/forecast.h"
#include "stats/joinpoint.h"
#include "stats/kendall.h"
#include "stats/trend.h"

enum { MOST_SERIES = 4096, MOST_MONTHS = 600, RUNS = 3 };

static struct time_series all[MOST_SERIES];
static size_t count;
static double sink; /* so that nothing is left out as useless */

static void read_series(char *line)
{
    double *values = malloc(2 * MOST_MONTHS * sizeof *values);
    char *end;
    struct time_series *s = &all[count++];
    if (!values)
        exit(1);
    *s = (struct time_series){.count = values,
                              .exposure = values + MOST_MONTHS,
                              .first = strtol(line, &end, 10),
                              .per_year = 12};
    for (char *at = end; s->n < MOST_MONTHS; at = end) {
        double x = strtod(at, &end);
        if (end == at)
            break;
        int64_t month = s->first + (int64_t)s->n;
        values[s->n] = x;
        values[MOST_MONTHS + s->n] = date_month_days((int)(month / 12), (int)(month % 12) + 1);
        s->n++;
    }
}

static void trend_of(const struct time_series *s)
{
    struct trend t;
    struct kendall_trend k;
    if (!trend_fit(s, &t) || !kendall_trend(s, &k))
        exit(1);
    sink += t.annual_change_pct + k.seasonal.sen;
}

static void joinpoints_of(const struct time_series *s)
{
    struct joinpoints j;
    if (!joinpoints_find(s, (struct joinpoint_options){.most = 2, .segment_least = 30}, &j))
        exit(1);
    sink += j.count;
}

static void alert_of(const struct time_series *s)
{
    enum { MONTHS = 24 };
    struct alert a[MONTHS];
    alert_months(s, MONTHS, RARE_NO_PRIOR, a);
    sink += a[MONTHS - 1].level;
}

static void forecast_of(const struct time_series *s)
{
    static const double half_year[] = {31, 31, 28, 31, 30, 31};
    struct forecaster f;
    struct predictive p;
    if (!forecast_fit(&f, s, NULL))
        exit(1);
    forecast_total(&f, half_year, 6, &p);
    sink += predictive_mean(&p);
}

static void measure(const char *name, void (*of)(const struct time_series *))
{
    double least = 1e9;
    for (int run = 0; run < RUNS; run++) {
        struct timespec from, to;
        timespec_get(&from, TIME_UTC);
        for (size_t i = 0; i < count; i++)
            of(&all[i]);
        timespec_get(&to, TIME_UTC);
        double took =
            (double)(to.tv_sec - from.tv_sec) + 1e-9 * (double)(to.tv_nsec - from.tv_nsec);
        least = took < least ? took : least;
    }
    printf("%s %.6f\n", name, least);
}

int main(int argc, char **argv)
{
    static char line[1 << 16];
    FILE *f = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (!f) {
        fprintf(stderr, "usage: bench_series FILE\n");
        return 64;
    }
    while (count < MOST_SERIES && fgets(line, sizeof line, f))
        read_series(line);
    fclose(f);
    printf("series %zu\nmonths %zu\n", count, count ? all[0].n : 0);
    measure("trend", trend_of);
    measure("joinpoints", joinpoints_of);
    measure("forecast", forecast_of);
    measure("alert", alert_of);
    return sink != sink;
}
