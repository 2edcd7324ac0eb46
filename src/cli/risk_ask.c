#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/risk_private.h"

/* The last three years with coverage, pooled: a commune's few cases of one year say little. */
static bool read_period(const struct session *s, struct risk_ask *a, struct err *e)
{
    if (!session_period(s, &a->period, e))
        return false;
    if (arg(s->request, OPT_PERIOD))
        return true;
    int year = atoi(a->period.label);
    struct span first = calendar_year(s->calendar, year - 2);
    day from = DAY_MAX;
    for (size_t i = 0; i < s->cover.count; i++)
        from = s->cover.rows[i].span.from < from ? s->cover.rows[i].span.from : from;
    while (first.to < from) {
        int y, m;
        calendar_locate(s->calendar, first.to, &y, &m);
        first = calendar_year(s->calendar, y + 1);
    }
    int from_year, month;
    calendar_locate(s->calendar, first.to, &from_year, &month);
    a->period.span.from = first.from;
    if (from_year < year)
        snprintf(a->period.label, sizeof a->period.label, "%d..%d", from_year, year);
    return true;
}

static bool read_covariates(const struct session *s, struct risk_ask *a, struct err *e)
{
    const char *text = arg(s->request, OPT_ADJUST);
    a->covariates = calloc(text ? strlen(text) + 1 : 1, sizeof(char *));
    if (!a->covariates)
        return err_memory(e);
    while (text && *text) {
        size_t n = strcspn(text, ",");
        char *name = arena_copy(&a->arena, text, n);
        if (!name)
            return err_memory(e);
        a->covariates[a->covariate_count++] = name;
        text += n + (text[n] == ',');
    }
    return true;
}

bool risk_ask_read(const struct session *s, struct risk_ask *a, struct err *e)
{
    bool by_unit;
    int per = PER_POPULATION;
    double percent = 50, seed = 1;
    *a = (struct risk_ask){.threshold = 1, .peer_of = NO_ENTRY};
    bool ok = places_by(s->request, &by_unit, &a->by_category, e) && read_period(s, a, e) &&
              session_reaches(s, &a->period, e) &&
              session_choice(s->request, OPT_PER, PER_POPULATION, &per, e) &&
              session_number(s->request, OPT_THRESHOLD, 0, 100, &a->threshold, e) &&
              session_number(s->request, OPT_MAX_CLUSTER, 0, 50, &percent, e) &&
              session_number(s->request, OPT_SEED, 0, 4e9, &seed, e) && read_covariates(s, a, e) &&
              places_read(s, a->period.span.to, &a->places, e) && risk_peers_read(s, a, e);
    a->per = per == PER_CASES ? PER_DAYS : (enum per)per;
    a->max_cluster = percent / 100;
    a->seed = (uint64_t)seed;
    return ok;
}

void risk_ask_free(struct risk_ask *a)
{
    places_free(&a->places);
    free(a->covariates);
    arena_free(&a->arena);
    *a = (struct risk_ask){0};
}
