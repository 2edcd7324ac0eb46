/* The cells of one category's rows, in the order of their ranks. */
#include <math.h>
#include <string.h>

#include "cli/risk_private.h"
#include "series/notes.h"

struct writer {
    const struct session *s;
    const struct risk_group *g;
    const struct risk_fit *f;
    size_t category;
    const char *category_code, *category_name, *period;
    struct result *r;
};

static const char *level_token(const struct writer *w, size_t i)
{
    static const char *const tokens[] = {N_("high"), N_("elevated"), N_("unclear"), N_("normal"),
                                         ""};
    return tokens[risk_level_of(w->f->risk[i].prob_excess, w->f->expected[i])];
}

static void write_names(const struct writer *w, size_t i, struct cell *out)
{
    size_t unit = w->g->scope.units[w->g->units[i]];
    struct arena *a = &w->r->arena;
    out[RSK_UNIT] = cell_text(arena_text(a, w->g->scope.directory->units[unit].code));
    out[RSK_UNIT_NAME] =
        cell_text(arena_text(a, session_unit_name(w->s, unit, w->g->ask->period.span.to, a)));
    out[RSK_CATEGORY] = cell_text(w->category_code);
    out[RSK_CATEGORY_NAME] = cell_text(w->category_name);
    out[RSK_PERIOD] = cell_text(w->period);
}

static void write_ratio(const struct writer *w, size_t i, struct cell *out)
{
    const struct smr *x = &w->f->smr[i];
    out[RSK_EXPECTED] = cell_real(w->f->expected[i]);
    out[RSK_SMR] = cell_real(x->ratio);
    out[RSK_SMR_LOW] = cell_real(x->low);
    out[RSK_SMR_HIGH] = cell_real(x->high);
    out[RSK_FUNNEL_Z] = cell_real(w->f->z[i]);
    out[RSK_Q_VALUE] = cell_real(w->f->q[i]);
    out[RSK_LOCAL_G] = cell_real(w->f->local_g[i]);
}

static void write_risk(const struct writer *w, size_t i, struct cell *out)
{
    const struct shrunken_risk *x = &w->f->risk[i];
    const struct rank_interval *rank = &w->f->ranks[i];
    out[RSK_RR] = cell_real(x->rr);
    out[RSK_RR_LOW] = cell_real(x->low);
    out[RSK_RR_HIGH] = cell_real(x->high);
    out[RSK_PROB_EXCESS] = cell_real(x->prob_excess);
    out[RSK_PERSISTENCE] = cell_real(w->f->persistence[i]);
    out[RSK_LEVEL] = cell_text(level_token(w, i));
    if (rank->low == 0)
        return;
    out[RSK_RANK_LOW] = cell_int((int64_t)rank->low);
    out[RSK_RANK_HIGH] = cell_int((int64_t)rank->high);
}

static void write_cluster(const struct writer *w, size_t i, struct cell *out)
{
    size_t number;
    double certainty;
    const struct scan_cluster *c = risk_cluster_of(w->f, i, &number, &certainty);
    if (!c)
        return;
    out[RSK_CLUSTER] = cell_int((int64_t)number);
    out[RSK_CLUSTER_P] = cell_real(c->p_value);
    out[RSK_CLUSTER_P_GUMBEL] = cell_real(c->p_gumbel);
    out[RSK_CLUSTER_CERTAINTY] = cell_real(certainty);
}

/* ---- the note ---- */

static void note_coverage(struct buf *b, const struct writer *w, size_t i)
{
    const struct risk_group *g = w->g;
    size_t slot = g->units[i];
    int64_t days = spans_days(&g->days[slot]);
    if (g->scope.is_leaf[slot] && days < (int64_t)g->expected_days)
        buf_addf(b, "days_known=%lld/%zu;", (long long)days, g->expected_days);
}

static const char *write_note(const struct writer *w, size_t i)
{
    const struct risk_group *g = w->g;
    unsigned marks = risk_cell_at(g, w->category, 0, i)->marks;
    struct buf b = {0};
    bool placed = !isnan(g->lat[i]) && !isnan(g->lon[i]);
    note_coverage(&b, w, i);
    notes_flag(&b, "unknown", marks & TALLY_UNKNOWN);
    notes_flag(&b, "coarse", marks & TALLY_COARSE);
    notes_flag(&b, "no_population", w->f->known[i] && isnan(w->f->expected[i]));
    notes_flag(&b, "not_reported", !w->f->known[i] && isnan(g->exposure[i]));
    notes_flag(&b, "few_units", w->f->total.units < SMR_UNITS_FEW);
    notes_flag(&b, "under_20_units", w->f->total.units < NEIGHBOURS_UNITS_FEW);
    notes_flag(&b, "no_coordinates", !placed);
    notes_flag(&b, "assumed", g->known.assumed[g->units[i]]);
    if (g->population.is_proxy)
        buf_addf(&b, "population_proxy=%s;", g->population.column);
    notes_flag(&b, "population_held", g->population.held);
    const char *text = b.failed ? NULL : arena_text(&w->r->arena, buf_text(&b));
    buf_free(&b);
    return text;
}

/* ---- rows ---- */

static bool write_row(const struct writer *w, size_t i, size_t *rank, struct err *e)
{
    const char *note = write_note(w, i);
    struct cell *out = result_add_row(w->r, e);
    if (!out || !note)
        return err_memory(e);
    write_names(w, i, out);
    if (w->f->known[i])
        out[RSK_COUNT] = cell_int(w->f->count[i]);
    out[RSK_POPULATION] = cell_real(w->g->exposure[i]);
    out[RSK_NOTE] = cell_text(note);
    if (w->g->alike.distance)
        out[RSK_DISTANCE] = cell_real(w->g->alike.distance[i]);
    if (isnan(w->f->expected[i]))
        return true;
    write_ratio(w, i, out);
    write_risk(w, i, out);
    write_cluster(w, i, out);
    if (!isnan(w->f->risk[i].prob_excess))
        out[RSK_RANK] = cell_int((int64_t)++ * rank);
    return true;
}

bool risk_write(const struct session *s, const struct risk_group *g, const struct risk_fit *f,
                size_t category, struct result *r, struct err *e)
{
    const struct category *c = &g->scope.directory->categories[g->scope.categories[category]];
    struct writer w = {.s = s,
                       .g = g,
                       .f = f,
                       .category = category,
                       .category_code = arena_text(&r->arena, c->code),
                       .category_name = arena_text(&r->arena, *c->name ? c->name : c->code),
                       .period = arena_text(&r->arena, g->ask->period.label),
                       .r = r};
    size_t rank = 0;
    bool ok = (w.category_code && w.category_name && w.period) || err_memory(e);
    for (size_t i = 0; ok && i < g->n; i++)
        ok = write_row(&w, f->order[i], &rank, e);
    return ok;
}
