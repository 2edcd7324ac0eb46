/* --peers: a unit among those most like it in population and covariates. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "cli/listing.h"
#include "cli/risk_private.h"
#include "risk/peers.h"

enum { PEERS_DEFAULT = 10, PEERS_FEWEST = 5, PEERS_MOST = 1000 };

/* ---- what is asked ---- */

static bool read_number(const char *text, size_t *peers, struct err *e)
{
    int64_t n = PEERS_DEFAULT;
    bool fractional;
    if (*text &&
        (!num_parse_int(text, strlen(text), &n, &fractional) || n < PEERS_FEWEST || n > PEERS_MOST))
        return err_set(e, ERR_USAGE, "--peers %s: is no whole number from %d to %d", text,
                       (int)PEERS_FEWEST, (int)PEERS_MOST);
    *peers = (size_t)n;
    return true;
}

bool risk_peers_read(const struct session *s, struct risk_ask *a, struct err *e)
{
    const char *text = arg(s->request, OPT_PEERS);
    if (!text)
        return true;
    if (a->places.top_count != 1)
        return err_set(e, ERR_USAGE, "--peers: of which unit? name one with --unit CODE-OR-NAME");
    a->peer_of = a->places.tops[0];
    a->places.top_count = 0;
    return read_number(text, &a->peers, e);
}

/* ---- features ---- */

struct features {
    double *values; /* [k * n + i], k = 0 the log of the population */
    size_t count;
    struct population population;
    struct arena arena;
};

static bool take_population(struct features *f, const struct risk_group *g, const struct session *s,
                            struct err *e)
{
    if (!population_init(&f->population, s->store, &g->scope, s->state, g->categories[0], e))
        return false;
    if (!*f->population.column)
        return err_set(
            e, ERR_INPUT,
            "--peers: no population is loaded, by which units are alike: load one (unit, "
            "year, population…)");
    for (size_t i = 0; i < g->n; i++) {
        double people = population_people(&f->population, g->units[i], g->ask->period.span);
        f->values[i] = people > 0 ? log(people) : NAN;
    }
    f->count = 1;
    return true;
}

/* One that some unit lacks would leave that unit out: then it is left out itself. */
static bool take_covariate(struct features *f, struct risk_group *g, const struct session *s,
                           const char *name, struct err *e)
{
    int year = date_from_day(g->ask->period.span.to).year;
    double *values = NULL, *column = &f->values[f->count * g->n];
    bool found, whole = true;
    bool ok = covariate_read(s->store, s->state, &g->scope, name, year, &values, &found, e);
    for (size_t i = 0; ok && i < g->n; i++) {
        column[i] = values[g->units[i]];
        whole &= !isnan(column[i]) || isnan(f->values[i]);
    }
    free(values);
    if (!ok)
        return false;
    struct buf *names = whole ? &g->alike.used : &g->alike.gaps;
    buf_addf(names, "%s%s", names->len ? ", " : "", name);
    f->count += whole;
    return true;
}

static bool take_features(struct features *f, struct risk_group *g, const struct session *s,
                          struct err *e)
{
    const char **names;
    size_t count;
    if (!covariate_names(s->store, s->state, &f->arena, &names, &count, e))
        return false;
    f->values = malloc((count + 1) * (g->n + 1) * sizeof *f->values);
    bool ok = (f->values || err_memory(e)) && take_population(f, g, s, e);
    for (size_t k = 0; ok && k < count; k++)
        ok = take_covariate(f, g, s, names[k], e);
    return ok;
}

/* ---- the nearest ---- */

static size_t find_self(const struct risk_group *g)
{
    for (size_t i = 0; i < g->n; i++)
        if (g->scope.units[g->units[i]] == g->ask->peer_of)
            return i;
    return NO_ENTRY;
}

/* The unit itself first. */
static void keep(struct risk_group *g, const double *distance, size_t self, const size_t *nearest,
                 size_t count)
{
    size_t own = g->units[self];
    size_t *units = malloc((count + 1) * sizeof *units);
    double *kept = malloc((count + 1) * sizeof *kept);
    for (size_t i = 0; units && kept && i < count; i++) {
        units[i + 1] = g->units[nearest[i]];
        kept[i + 1] = distance[nearest[i]];
    }
    if (units && kept) {
        units[0] = own;
        kept[0] = 0;
        memcpy(g->units, units, (count + 1) * sizeof *units);
        g->n = count + 1;
        g->alike.distance = kept;
    } else {
        free(kept);
    }
    free(units);
}

static bool refuse_few(size_t count, struct err *e)
{
    return count >= PEERS_FEWEST ||
           err_set(e, ERR_INPUT,
                   "--peers: units of this level whose population is known, beside this one: %zu; "
                   "at least %d are needed: leave --peers out",
                   count, (int)PEERS_FEWEST);
}

static bool choose(struct risk_group *g, const struct features *f, size_t self, struct err *e)
{
    double *distance = malloc((g->n + 1) * sizeof *distance);
    size_t *nearest = malloc((g->ask->peers + 1) * sizeof *nearest);
    bool ok = (distance && nearest) || err_memory(e);
    if (ok && !peers_distances(f->values, g->n, f->count, self, distance))
        ok = err_set(e, ERR_INPUT, "--peers: the population of this unit is not known: load it");
    if (ok) {
        size_t count = peers_nearest(distance, g->n, self, g->ask->peers, nearest);
        ok = refuse_few(count, e);
        if (ok)
            keep(g, distance, self, nearest, count);
        ok = ok && (g->alike.distance || err_memory(e));
    }
    free(distance);
    free(nearest);
    return ok;
}

bool risk_peers_choose(struct risk_group *g, const struct session *s, struct err *e)
{
    struct features f = {0};
    size_t self = find_self(g);
    bool ok =
        self != NO_ENTRY || err_set(e, ERR_INPUT,
                                    "--peers: %s is not among the units compared in this period: "
                                    "see --level, --period",
                                    s->directory.units[g->ask->peer_of].code);
    ok = ok && take_features(&f, g, s, e) && choose(g, &f, self, e);
    free(f.values);
    population_free(&f.population);
    arena_free(&f.arena);
    return ok;
}

void risk_alike_free(struct risk_alike *a)
{
    free(a->distance);
    buf_free(&a->used);
    buf_free(&a->gaps);
}

/* ---- words ---- */

static bool say_group(const struct session *s, const struct risk_group *g, struct result *r,
                      struct err *e)
{
    struct buf b = {0};
    const char *unit = session_unit_name(s, g->ask->peer_of, g->ask->period.span.to, &r->arena);
    const char *used = buf_text(&g->alike.used), *gaps = buf_text(&g->alike.gaps);
    if (*used)
        buf_addf(&b,
                 tr(r->lang, "%s against the %zu units most like it in population and: %s. The "
                             "common level is that of these units together."),
                 unit, g->n - 1, used);
    else
        buf_addf(&b,
                 tr(r->lang, "%s against the %zu units most like it in population (no covariates "
                             "are loaded of all). The common level is that of these units "
                             "together."),
                 unit, g->n - 1);
    if (*gaps)
        buf_addf(&b, tr(r->lang, " Not used, since some unit lacks it: %s."), gaps);
    b.failed |= g->alike.used.failed || g->alike.gaps.failed;
    return footer_say_made(r, &b, e);
}

/* What the question was: the unit itself. */
static bool say_unit(const struct session *s, const struct risk_group *g, const struct risk_fit *f,
                     size_t category, struct result *r, struct err *e)
{
    const struct category *c = &g->scope.directory->categories[g->scope.categories[category]];
    struct buf b = {0}, count = {0}, expected = {0};
    if (!f->known[0] || isnan(f->expected[0]))
        return true;
    session_add_count(&count, f->count[0], g->ask->places.tally.count, r->lang);
    num_add_human(&expected, f->expected[0], 1, r->lang);
    buf_addf(&b, tr(r->lang, "%s: %s: %s; by the common level of like units about %s."),
             *c->name ? c->name : c->code,
             session_unit_name(s, g->ask->peer_of, g->ask->period.span.to, &r->arena),
             buf_text(&count), buf_text(&expected));
    b.failed |= count.failed || expected.failed;
    buf_free(&count);
    buf_free(&expected);
    return footer_say_made(r, &b, e);
}

bool risk_peers_say(const struct session *s, const struct risk_group *g, const struct risk_fit *f,
                    size_t category, struct result *r, struct err *e)
{
    return !g->alike.distance || (say_group(s, g, r, e) && say_unit(s, g, f, category, r, e));
}
