/* Counts, exposures and surroundings of the units that are compared. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/risk_private.h"

/* ---- the periods ---- */

static int years_of(const struct period *p)
{
    int years = 1;
    while (span_shift_years(p->span, -years).to >= p->span.from)
        years++;
    return years;
}

/* The same length, one behind the other into the past. */
static struct span period_days(const struct session *s, const struct risk_ask *a, size_t back)
{
    int years = years_of(&a->period);
    return period_years_before(&a->period, s->calendar, years * (int)back).span;
}

/* As of a day, periods before are told by what was received by the same day of their years. */
static day same_day(const struct session *s, const struct risk_ask *a, size_t back)
{
    return day_shift_years(s->as_of, -years_of(&a->period) * (int)back);
}

static bool choose_days(struct risk_group *g, const struct session *s, struct err *e)
{
    size_t units = g->scope.unit_count;
    bool ok = true;
    g->days = calloc(RISK_PERIODS * units + 1, sizeof *g->days);
    if (!g->days)
        return err_memory(e);
    for (size_t p = 0; p < RISK_PERIODS; p++)
        for (size_t u = 0; ok && u < units; u++) {
            struct span valid = g->scope.life[u];
            struct span days = span_intersect(period_days(s, g->ask, p), valid);
            if (s->as_of != DAY_NONE && days.to > same_day(s, g->ask, p))
                days.to = same_day(s, g->ask, p);
            ok = span_is_empty(days) ||
                 spans_clip(&g->days[p * units + u], &g->known.spans[u], days, e);
        }
    for (size_t u = 0; u < units; u++)
        g->assumed |= g->known.assumed[u];
    return ok;
}

static bool is_wanted(const struct risk_group *g, size_t slot)
{
    const struct directory *d = g->scope.directory;
    size_t category = g->scope.categories[slot];
    struct span valid = d->categories[category].valid;
    if (g->ask->by_category)
        return !span_is_empty(span_intersect(valid, g->ask->period.span));
    for (size_t i = 0; i < g->category_count; i++)
        if (g->categories[i] == category)
            return true;
    return false;
}

static bool choose_categories(struct risk_group *g, size_t *wanted, struct err *e)
{
    g->wanted = malloc((g->scope.category_count + 1) * sizeof *g->wanted);
    *wanted = 0;
    for (size_t c = 0; g->wanted && c < g->scope.category_count; c++)
        g->wanted[c] = is_wanted(g, c) ? (*wanted)++ : NO_ENTRY;
    return g->wanted || err_memory(e);
}

static void keep_category(struct risk_group *g, const struct tally *t, size_t c)
{
    const struct directory *d = g->scope.directory;
    struct risk_cell *cell = &g->cells[g->wanted[c] * RISK_PERIODS * g->n];
    for (size_t p = 0; p < RISK_PERIODS; p++)
        for (size_t i = 0; i < g->n; i++) {
            size_t at = tally_at(t, g->units[i], c, p);
            bool open = tally_possible(t, at) > 0; /* cases of divided units may be its own */
            *cell++ = (struct risk_cell){t->counts[at], t->marks[at] | (open ? TALLY_UNKNOWN : 0)};
        }
    for (size_t u = 0; u < g->scope.unit_count; u++)
        if (d->units[g->scope.units[u]].is_unknown)
            g->unknown_place[g->wanted[c]] += t->counts[tally_at(t, u, c, 0)];
}

/* What is needed of a tally that has every category of the root. */
static bool keep(struct risk_group *g, const struct tally *t, struct err *e)
{
    size_t wanted;
    if (!choose_categories(g, &wanted, e))
        return false;
    g->cells = malloc((wanted * RISK_PERIODS * g->n + 1) * sizeof *g->cells);
    g->unknown_place = calloc(wanted + 1, sizeof *g->unknown_place);
    if (!g->cells || !g->unknown_place)
        return err_memory(e);
    for (size_t c = 0; c < g->scope.category_count; c++)
        if (g->wanted[c] != NO_ENTRY)
            keep_category(g, t, c);
    return true;
}

static bool count(struct risk_group *g, const struct session *s, struct err *e)
{
    struct window windows[RISK_PERIODS];
    struct received_by limits[RISK_PERIODS];
    struct tally t = {0};
    for (size_t p = 0; p < RISK_PERIODS; p++) {
        windows[p] = (struct window){.by_unit = &g->days[p * g->scope.unit_count]};
        if (s->as_of == DAY_NONE)
            continue;
        limits[p] = (struct received_by){period_days(s, g->ask, p), same_day(s, g->ask, p)};
        windows[p].limits = &limits[p];
        windows[p].limit_count = 1;
    }
    bool ok = tally_init(&t, s->store, &g->scope, &g->ask->places.tally, windows, RISK_PERIODS,
                         &g->known, e) &&
              keep(g, &t, e);
    coarse_look(&g->coarse, &t);
    tally_free(&t);
    return ok;
}

const struct risk_cell *risk_cell_at(const struct risk_group *g, size_t category, size_t period,
                                     size_t i)
{
    return &g->cells[(g->wanted[category] * RISK_PERIODS + period) * g->n + i];
}

/* ---- exposures ---- */

static double days_of(const struct risk_group *g, size_t period, size_t unit)
{
    return (double)spans_days(&g->days[period * g->scope.unit_count + unit]);
}

static double own_exposure(struct risk_group *g, size_t period, size_t unit)
{
    if (g->ask->per == PER_DAYS)
        return days_of(g, period, unit);
    return population_person_years(&g->population, unit,
                                   &g->days[period * g->scope.unit_count + unit]);
}

/* Of a unit with units under it, what these amount to, else its own. */
static double exposure_of(struct risk_group *g, size_t period, size_t unit)
{
    double sum = 0;
    if (g->scope.is_leaf[unit])
        return days_of(g, period, unit) > 0 ? own_exposure(g, period, unit) : NAN;
    for (size_t u = unit + 1; u < g->scope.unit_count; u++)
        if (g->scope.is_leaf[u] && days_of(g, period, u) > 0 &&
            !g->scope.directory->units[g->scope.units[u]].is_unknown &&
            scope_is_under(&g->scope, unit, u))
            sum += own_exposure(g, period, u);
    if (sum > 0)
        return sum;
    return days_of(g, period, unit) > 0 ? own_exposure(g, period, unit) : NAN;
}

static bool take_exposures(struct risk_group *g, struct session *s, struct err *e)
{
    if (g->ask->per == PER_POPULATION &&
        !population_init(&g->population, s->store, &g->scope, s->state, g->categories[0], e))
        return false;
    if (g->ask->per == PER_POPULATION && !*g->population.column)
        return err_set(e, ERR_INPUT,
                       "no population is loaded: load one (unit, year, population…), or compare "
                       "counts alone with --per days");
    g->exposure = malloc((RISK_PERIODS * g->n + 1) * sizeof *g->exposure);
    if (!g->exposure)
        return err_memory(e);
    for (size_t p = 0; p < RISK_PERIODS; p++)
        for (size_t i = 0; i < g->n; i++)
            g->exposure[p * g->n + i] = exposure_of(g, p, g->units[i]);
    return true;
}

/* ---- surroundings ---- */

static bool take_covariates(struct risk_group *g, const struct session *s, struct err *e)
{
    int year = date_from_day(g->ask->period.span.to).year;
    bool ok = true;
    g->covariate = malloc((g->ask->covariate_count * g->n + 1) * sizeof *g->covariate);
    if (!g->covariate)
        return err_memory(e);
    for (size_t k = 0; ok && k < g->ask->covariate_count; k++) {
        double *values = NULL;
        bool found = false;
        const char *name = g->ask->covariates[k];
        ok = covariate_read(s->store, s->state, &g->scope, name, year, &values, &found, e) &&
             (found || err_set(e, ERR_INPUT,
                               "--adjust %s: no covariate of this name is loaded: see the column "
                               "`name` of covariates",
                               name));
        for (size_t i = 0; ok && i < g->n; i++)
            g->covariate[k * g->n + i] = values[g->units[i]];
        free(values);
    }
    return ok;
}

static size_t index_of(const size_t *index, const struct risk_group *g, size_t slot)
{
    return slot < g->scope.unit_count ? index[slot] : NO_ENTRY;
}

static bool take_neighbours(struct risk_group *g, const struct session *s, struct err *e)
{
    struct touching t = {0};
    size_t *index = malloc((g->scope.unit_count + 1) * sizeof *index);
    bool ok = (index || err_memory(e)) && touching_read(&t, s->store, s->state, &g->scope, e);
    g->pairs = ok ? malloc((t.count + 1) * sizeof *g->pairs) : NULL;
    ok = ok && (g->pairs || err_memory(e));
    for (size_t u = 0; ok && u < g->scope.unit_count; u++)
        index[u] = NO_ENTRY;
    for (size_t i = 0; ok && i < g->n; i++)
        index[g->units[i]] = i;
    for (size_t i = 0; ok && i < t.count; i++) {
        size_t a = index_of(index, g, t.items[i].a), b = index_of(index, g, t.items[i].b);
        if (a != NO_ENTRY && b != NO_ENTRY)
            g->pairs[g->pair_count++] = (struct neighbour_pair){a, b};
    }
    touching_free(&t);
    free(index);
    return ok;
}

static bool take_places(struct risk_group *g, const struct session *s, struct err *e)
{
    g->lat = malloc((g->n + 1) * sizeof *g->lat);
    g->lon = malloc((g->n + 1) * sizeof *g->lon);
    return ((g->lat && g->lon) || err_memory(e)) &&
           unit_places(s->store, s->state, &g->scope, g->units, g->n, g->lat, g->lon, e);
}

/* ---- the whole ---- */

static bool level_exists(const struct directory *d, const char *level)
{
    for (size_t u = 0; u < d->unit_count; u++)
        if (!strcmp(d->units[u].level, level))
            return true;
    return false;
}

/* Units of a level are like each other in kind. */
static const char *level_of(const struct risk_group *g, const struct session *s)
{
    const char *level = arg(s->request, OPT_LEVEL);
    if (level || g->ask->peer_of == NO_ENTRY)
        return level;
    level = s->directory.units[g->ask->peer_of].level;
    return *level ? level : NULL;
}

static bool choose_units(struct risk_group *g, const struct session *s, struct err *e)
{
    const char *level = level_of(g, s);
    if (level && !level_exists(&s->directory, level))
        return err_set(e, ERR_USAGE, "--level %s: no unit has it: see the column `level` of units",
                       level);
    return scope_rows_in(&g->scope, level, g->ask->period.span, &g->units, &g->n, e) &&
           (g->n ||
            err_set(e, ERR_INPUT, "no unit exists in this period: choose another --period")) &&
           (g->ask->peer_of == NO_ENTRY || risk_peers_choose(g, s, e));
}

bool risk_group_init(struct risk_group *g, struct session *s, const struct risk_ask *a,
                     size_t first, size_t *next, struct err *e)
{
    size_t count_of = places_group(s, &a->places, first);
    *next = first + count_of;
    *g = (struct risk_group){.ask = a,
                             .categories = &a->places.categories[first],
                             .category_count = count_of,
                             .expected_days = (size_t)span_days(a->period.span)};
    return scope_init(&g->scope, &s->directory, a->places.tally.lineage, a->places.tops,
                      a->places.top_count, g->categories, count_of, e) &&
           known_init(&g->known, &g->scope, &s->cover, g->categories[0], e) &&
           choose_units(g, s, e) && choose_days(g, s, e) && count(g, s, e) &&
           take_exposures(g, s, e) && take_covariates(g, s, e) && take_neighbours(g, s, e) &&
           take_places(g, s, e);
}

void risk_group_free(struct risk_group *g)
{
    for (size_t i = 0; g->days && i < RISK_PERIODS * g->scope.unit_count; i++)
        spans_free(&g->days[i]);
    free(g->days);
    free(g->units);
    free(g->exposure);
    free(g->covariate);
    free(g->pairs);
    free(g->lat);
    free(g->lon);
    population_free(&g->population);
    coarse_free(&g->coarse);
    risk_alike_free(&g->alike);
    free(g->wanted);
    free(g->cells);
    free(g->unknown_place);
    known_free(&g->known);
    scope_free(&g->scope);
    *g = (struct risk_group){0};
}
