/* What is said below a table of places (report/LAYOUT.md 0): who is above the common level for
 * sure, what the rows do not hold, where the clusters are, and what the table is not for. */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "cli/listing.h"
#include "cli/risk_private.h"

struct speaker {
    const struct session *s;
    const struct risk_group *g;
    const struct risk_fit *f;
    size_t category;
    struct result *r;
};

static const char *unit_name(const struct speaker *x, size_t i)
{
    return session_unit_name(x->s, x->g->scope.units[x->g->units[i]], x->g->ask->period.span.to,
                             &x->r->arena);
}

/* What an expected number rests on. */
static const char *yardstick(const struct speaker *x)
{
    return x->g->ask->per == PER_POPULATION ? tr(x->r->lang, "by the common level and population")
                                            : tr(x->r->lang, "by the common level");
}

static void add_cases(struct buf *b, const struct speaker *x, int64_t n)
{
    session_add_count(b, n, x->g->ask->places.tally.count, x->r->lang);
}

/* Each sentence says of which category it speaks: it may be quoted alone. */
static void add_subject(struct buf *b, const struct speaker *x)
{
    const struct scope *scope = &x->g->scope;
    const struct category *c = &scope->directory->categories[scope->categories[x->category]];
    buf_addf(b, "%s: ", *c->name ? c->name : c->code);
}

/* ---- who is above ---- */

static void name_high(struct listing *l, const struct speaker *x, size_t i)
{
    struct buf expected = {0};
    if (!listing_take(l))
        return;
    num_add_human(&expected, x->f->expected[i], 1, x->r->lang);
    buf_addf(&l->b, "%s (", unit_name(x, i));
    add_cases(&l->b, x, x->f->count[i]);
    buf_addf(&l->b, tr(x->r->lang, "; %s about %s)"), yardstick(x), buf_text(&expected));
    l->b.failed |= expected.failed;
    buf_free(&expected);
}

static bool say_high(const struct speaker *x, struct err *e)
{
    struct listing l = {0};
    struct buf b = {0};
    if (x->f->total.units < 2) /* of nothing known, or against itself, nothing is said */
        return true;
    for (size_t i = 0; i < x->g->n; i++) {
        size_t unit = x->f->order[i];
        if (risk_level_of(x->f->risk[unit].prob_excess, x->f->expected[unit]) == RISK_HIGH)
            name_high(&l, x, unit);
    }
    add_subject(&b, x);
    if (!x->f->total.cases)
        buf_adds(&b, tr(x->r->lang, "no case in these units in this period."));
    else if (!l.count)
        buf_adds(&b, tr(x->r->lang, "no unit is above the common level for sure (chance of 95% or "
                                    "more)."));
    else
        buf_addf(&b, tr(x->r->lang, "above the common level (chance of 95%% or more): %s."),
                 buf_text(&l.b));
    b.failed |= l.b.failed;
    buf_free(&l.b);
    return footer_say_made(x->r, &b, e);
}

/* Cases of visitors are counted on the people who live there. */
static bool say_town(const struct speaker *x, struct err *e)
{
    size_t first = x->g->n ? x->f->order[0] : 0;
    if (!x->g->n || x->g->ask->per != PER_POPULATION ||
        risk_level_of(x->f->risk[first].prob_excess, x->f->expected[first]) > RISK_ELEVATED ||
        strncmp(unit_name(x, first), "Thị trấn", strlen("Thị trấn")))
        return true;
    return footer_say(x->r,
                      tr(x->r->lang,
                         "A market town also takes cases from visitors; the rate counts "
                         "residents only."),
                      e);
}

/* ---- what the rows do not hold ---- */

static bool say_unknown_place(const struct speaker *x, struct err *e)
{
    int64_t unknown = x->f->unknown_place, all = unknown + x->f->total.cases;
    struct buf b = {0}, share = {0};
    if (!unknown || x->g->alike.distance) /* of the like units nobody knows it either */
        return true;
    num_add_human(&share, 100.0 * (double)unknown / (double)all, 1, x->r->lang);
    add_subject(&b, x);
    buf_addf(&b, tr(x->r->lang, "place unknown, in no row: %lld of %lld (%s%%)."),
             (long long)unknown, (long long)all, buf_text(&share));
    b.failed |= share.failed;
    buf_free(&share);
    return footer_say_made(x->r, &b, e);
}

static bool say_left_out(const struct speaker *x, struct err *e)
{
    struct listing l = {0};
    for (size_t i = 0; i < x->g->n; i++)
        if (isnan(x->f->expected[i]) && listing_take(&l))
            buf_adds(&l.b, unit_name(x, i));
    return listing_say(
        &l, x->r,
        tr(x->r->lang, "Left out, since count, population or a covariate is not known: %s."), e);
}

static bool say_few(const struct speaker *x, struct err *e)
{
    const char *few = tr(x->r->lang, "Differences between so few units can hardly be shown.");
    const char *small =
        tr(x->r->lang, "With fewer than 20 units neither Gi* nor clusters are looked for.");
    return (x->f->total.units >= SMR_UNITS_FEW || footer_say(x->r, few, e)) &&
           (x->f->total.units >= NEIGHBOURS_UNITS_FEW || footer_say(x->r, small, e));
}

/* What is not looked for because it is not known where the units are. */
static bool say_nowhere(const struct speaker *x, struct err *e)
{
    const char *unplaced =
        tr(x->r->lang, "Fewer than 20 units have coordinates: no clusters are looked for.");
    const char *alone =
        tr(x->r->lang, "No neighbours are loaded: neither Gi* nor Moran's I are computed.");
    if (x->f->total.units < NEIGHBOURS_UNITS_FEW || !x->f->total.cases)
        return true;
    return (x->f->has_scan || footer_say(x->r, unplaced, e)) &&
           (x->g->pair_count || footer_say(x->r, alone, e));
}

/* ---- clusters ---- */

static void add_members(struct buf *b, const struct speaker *x, const struct scan_cluster *c)
{
    struct listing l = {0};
    for (size_t m = 0; m < c->member_count; m++)
        if (listing_take(&l))
            buf_adds(&l.b, unit_name(x, c->member[m].unit));
    buf_adds(b, buf_text(&l.b));
    b->failed |= l.b.failed;
    buf_free(&l.b);
}

/* Members that may well be outside, and units outside that may well belong. */
static void add_border(struct buf *b, const struct speaker *x, const struct scan_cluster *c)
{
    struct listing l = {0};
    for (size_t m = 0; m < c->member_count + c->near_count; m++) {
        const struct scan_member *u = &c->member[m];
        bool unsure = m < c->member_count ? u->certainty < 0.8 : u->certainty >= 0.2;
        if (!unsure || !listing_take(&l))
            continue;
        buf_addf(&l.b, "%s (", unit_name(x, u->unit));
        num_add_human(&l.b, 100 * u->certainty, 0, x->r->lang);
        buf_adds(&l.b, "%)");
    }
    if (l.count)
        buf_addf(b, tr(x->r->lang, "; not sure whether in it: %s"), buf_text(&l.b));
    b->failed |= l.b.failed;
    buf_free(&l.b);
}

/* As the rows say it: the scan itself scales what is expected to the sum of the cases. */
static double expected_in(const struct speaker *x, const struct scan_cluster *c)
{
    double sum = 0;
    for (size_t m = 0; m < c->member_count; m++)
        sum += x->f->expected[c->member[m].unit];
    return sum;
}

static bool say_cluster(const struct speaker *x, size_t number, const struct scan_cluster *c,
                        struct err *e)
{
    struct buf b = {0}, expected = {0}, p = {0};
    num_add_human(&expected, expected_in(x, c), 1, x->r->lang);
    num_add_p(&p, c->p_value, x->r->lang);
    add_subject(&b, x);
    buf_addf(&b, tr(x->r->lang, "cluster %zu (units: %zu): "), number, c->member_count);
    add_members(&b, x, c);
    buf_adds(&b, ": ");
    add_cases(&b, x, c->observed);
    buf_addf(&b, tr(x->r->lang, ", %s about %s (p %s)"), yardstick(x), buf_text(&expected),
             buf_text(&p));
    add_border(&b, x, c);
    buf_addc(&b, '.');
    b.failed |= expected.failed || p.failed;
    buf_free(&expected);
    buf_free(&p);
    return footer_say_made(x->r, &b, e);
}

static bool say_clusters(const struct speaker *x, struct err *e)
{
    size_t found = 0;
    bool ok = true;
    for (size_t c = 0; ok && x->f->has_scan && c < x->f->scan.clusters.n; c++) {
        const struct scan_cluster *cluster = &x->f->scan.clusters.cluster[c];
        if (cluster->p_value > SCAN_CLUSTER_P)
            continue;
        found++;
        ok = say_cluster(x, c + 1, cluster, e);
    }
    struct buf b = {0};
    if (!ok || !x->f->has_scan || x->f->scan.state != SCAN_OK || found)
        return ok;
    add_subject(&b, x);
    buf_addf(&b,
             tr(x->r->lang, "no cluster beyond chance (p ≤ 0.05) among circles of up to %.4g%% "
                            "of the population."),
             100 * x->g->ask->max_cluster);
    return footer_say_made(x->r, &b, e);
}

/* ---- the models ---- */

static void add_name(struct buf *b, const char *name)
{
    buf_addf(b, "%s%s = ", b->len && b->data[b->len - 1] != ' ' ? "; " : "", name);
}

static void add_model(struct buf *b, const char *name, double x, int decimals, enum lang lang)
{
    if (isnan(x))
        return;
    add_name(b, name);
    num_add_human(b, x, decimals, lang);
}

static bool say_models(const struct speaker *x, struct err *e)
{
    const struct risk_fit *f = x->f;
    struct buf b = {0};
    if (!f->total.cases || f->total.units < 2)
        return true;
    add_subject(&b, x);
    buf_adds(&b, tr(x->r->lang, "gamma–Poisson (marginal maximum likelihood): "));
    if (f->ml.boundary)
        buf_adds(&b, tr(x->r->lang, "no differences beyond chance"));
    add_model(&b, "ν", f->ml.nu, 2, x->r->lang);
    add_model(&b, "m", f->ml.m, 3, x->r->lang);
    add_model(&b, tr(x->r->lang, "funnel φ"), f->funnel.phi, 2, x->r->lang);
    add_model(&b, "τ²", f->funnel.tau2, 4, x->r->lang);
    add_model(&b, "Moran I", f->moran.i, 3, x->r->lang);
    if (!isnan(f->moran.p_value)) {
        add_name(&b, "p");
        num_add_p(&b, f->moran.p_value, x->r->lang);
    }
    buf_addc(&b, '.');
    return footer_say_made(x->r, &b, e);
}

static bool say_effect(const struct speaker *x, size_t k, struct err *e)
{
    const struct adjust_effect *a = &x->f->adjustment.effect[k];
    struct buf b = {0}, ratio = {0}, low = {0}, high = {0};
    num_add_human(&ratio, a->ratio, 2, x->r->lang);
    num_add_human(&low, a->low, 2, x->r->lang);
    num_add_human(&high, a->high, 2, x->r->lang);
    add_subject(&b, x);
    buf_addf(&b,
             tr(x->r->lang, "allowed for: %s; one standard deviation more goes with %s times the "
                            "rate (95%% interval %s to %s). This is about places, not children."),
             x->g->ask->covariates[k], buf_text(&ratio), buf_text(&low), buf_text(&high));
    b.failed |= ratio.failed || low.failed || high.failed;
    buf_free(&ratio);
    buf_free(&low);
    buf_free(&high);
    return footer_say_made(x->r, &b, e);
}

bool risk_add_footers(const struct session *s, const struct risk_group *g, const struct risk_fit *f,
                      size_t category, struct result *r, struct err *e)
{
    const struct speaker x = {s, g, f, category, r};
    bool ok = say_high(&x, e) && say_town(&x, e) && say_clusters(&x, e) &&
              say_unknown_place(&x, e) && say_left_out(&x, e) && say_few(&x, e) &&
              say_nowhere(&x, e);
    for (size_t k = 0; ok && k < g->ask->covariate_count; k++)
        ok = say_effect(&x, k, e);
    return ok && say_models(&x, e) &&
           footer_say(r,
                      tr(r->lang, "Not for ranking offices: more cases recorded may mean better "
                                  "detection and reporting."),
                      e);
}
