#include "cli/risk_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/risk_private.h"

static const struct column columns[RSK_COLUMNS] = {
    [RSK_RANK] = {"rank", N_("Rank"), COLUMN_COUNT, 0},
    [RSK_UNIT] = {"unit", N_("Unit code"), COLUMN_TEXT, 0},
    [RSK_UNIT_NAME] = {"unit_name", N_("Unit"), COLUMN_TEXT, 0},
    [RSK_CATEGORY] = {"category", N_("Category code"), COLUMN_TEXT, 0},
    [RSK_PERIOD] = {"period", N_("Period"), COLUMN_TEXT, 0},
    [RSK_COUNT] = {"count", N_("Count"), COLUMN_COUNT, 0},
    [RSK_POPULATION] = {"population", N_("Person-years"), COLUMN_REAL, 0},
    [RSK_EXPECTED] = {"expected", N_("By the common level"), COLUMN_REAL, 1},
    [RSK_SMR] = {"smr", N_("Ratio"), COLUMN_REAL, 2},
    [RSK_SMR_LOW] = {"smr_low", N_("Ratio, 95% from"), COLUMN_REAL, 2},
    [RSK_SMR_HIGH] = {"smr_high", N_("Ratio, 95% to"), COLUMN_REAL, 2},
    [RSK_RR] = {"rr", N_("Shrunken ratio"), COLUMN_REAL, 2},
    [RSK_RR_LOW] = {"rr_low", N_("Shrunken, 95% from"), COLUMN_REAL, 2},
    [RSK_RR_HIGH] = {"rr_high", N_("Shrunken, 95% to"), COLUMN_REAL, 2},
    [RSK_PROB_EXCESS] = {"prob_excess", N_("P(above)"), COLUMN_PROB, 0},
    [RSK_RANK_LOW] = {"rank_low", N_("Rank from"), COLUMN_COUNT, 0},
    [RSK_RANK_HIGH] = {"rank_high", N_("Rank to"), COLUMN_COUNT, 0},
    [RSK_FUNNEL_Z] = {"funnel_z", N_("Funnel z"), COLUMN_REAL, 2},
    [RSK_Q_VALUE] = {"q_value", N_("q"), COLUMN_P, 0},
    [RSK_LOCAL_G] = {"local_g", N_("Gi*"), COLUMN_REAL, 2},
    [RSK_CLUSTER] = {"cluster", N_("Cluster"), COLUMN_COUNT, 0},
    [RSK_CLUSTER_P] = {"cluster_p", N_("p of the cluster"), COLUMN_P, 0},
    [RSK_PERSISTENCE] = {"persistence", N_("High before"), COLUMN_PROB, 0},
    [RSK_LEVEL] = {"level", N_("Level of risk"), COLUMN_TOKEN, 0},
    [RSK_NOTE] = {"note", N_("Note"), COLUMN_NOTE, 0},
    [RSK_CLUSTER_P_GUMBEL] = {"cluster_p_gumbel", N_("p by Gumbel"), COLUMN_P, 0},
    [RSK_CLUSTER_CERTAINTY] = {"cluster_certainty", N_("How sure in the cluster"), COLUMN_PROB, 0},
    [RSK_CATEGORY_NAME] = {"category_name", N_("Category"), COLUMN_TEXT, 0},
    [RSK_DISTANCE] = {"distance", N_("Unlikeness"), COLUMN_REAL, 2},
};

enum {
    SHOW_RANK,
    SHOW_UNIT,
    SHOW_CATEGORY,
    SHOW_COUNTS,
    SHOW_RATIO,
    SHOW_PROB,
    SHOW_LEVEL,
    SHOW_CLUSTER,
    SHOW_DISTANCE,
    SHOW_VIEWS
};
static const struct view views[SHOW_VIEWS] = {
    [SHOW_RANK] = {N_("Rank (95%)"), VIEW_RANGE, "rank_low", "rank_high", NULL},
    [SHOW_UNIT] = {N_("Unit"), VIEW_CELL, "unit_name", NULL, NULL},
    [SHOW_CATEGORY] = {N_("Category"), VIEW_CELL, "category_name", NULL, NULL},
    [SHOW_COUNTS] = {N_("Actual/by the common level"), VIEW_COUNTS, "count", "expected", NULL},
    [SHOW_RATIO] = {N_("Shrunken ratio (95%)"), VIEW_ESTIMATE, "rr", "rr_low", "rr_high"},
    [SHOW_PROB] = {N_("P(above)"), VIEW_CELL, "prob_excess", NULL, NULL},
    [SHOW_LEVEL] = {N_("Level of risk"), VIEW_CELL, "level", NULL, NULL},
    [SHOW_CLUSTER] = {N_("Cluster"), VIEW_CELL, "cluster", NULL, NULL},
    [SHOW_DISTANCE] = {N_("Unlikeness"), VIEW_CELL, "distance", NULL, NULL},
};

struct building {
    struct session *s;
    struct risk_ask ask;
    struct session_facts facts;
    struct coarse coarse;
    struct result *r;
    struct funnel funnel; /* of the last category */
    double most_expected;
};

/* ---- sets ---- */

static void gather_facts(struct building *b, const struct risk_group *g)
{
    struct session_facts *f = &b->facts;
    f->assumed |= g->assumed;
    if (g->population.column && *g->population.column)
        f->population = g->population.column;
    for (size_t i = 0; i < g->n; i++) {
        day end = spans_end(&g->days[g->units[i]]);
        f->data_end = end > f->data_end ? end : f->data_end;
    }
}

static bool add_category(struct building *b, const struct risk_group *g, size_t category,
                         struct err *e)
{
    struct risk_fit f;
    bool ok = risk_fit_init(&f, g, category, e) && risk_write(b->s, g, &f, category, b->r, e) &&
              risk_peers_say(b->s, g, &f, category, b->r, e) &&
              risk_add_footers(b->s, g, &f, category, b->r, e);
    b->funnel = f.funnel;
    for (size_t i = 0; ok && i < g->n; i++)
        if (f.expected[i] > b->most_expected)
            b->most_expected = f.expected[i];
    risk_fit_free(&f);
    return ok;
}

static bool add_group(struct building *b, size_t first, size_t *next, struct err *e)
{
    struct risk_group g;
    bool ok = risk_group_init(&g, b->s, &b->ask, first, next, e);
    for (size_t c = 0; ok && c < g.scope.category_count; c++)
        if (g.wanted[c] != NO_ENTRY)
            ok = add_category(b, &g, c, e);
    if (ok)
        gather_facts(b, &g);
    if (!b->coarse.source.len) {
        b->coarse = g.coarse;
        g.coarse = (struct coarse){0};
    }
    risk_group_free(&g);
    return ok;
}

/* ---- the whole ---- */

/* Among its like a unit's rank is of no interest, and who is how much like it is. */
static bool is_shown(const struct building *b, int view)
{
    bool one = !b->ask.by_category && b->ask.places.category_count == 1, peers = b->ask.peers > 0;
    switch (view) {
    case SHOW_RANK:
        return !peers;
    case SHOW_CATEGORY:
        return !one;
    case SHOW_CLUSTER:
        return result_has(b->r, RSK_CLUSTER);
    case SHOW_DISTANCE:
        return peers;
    default:
        return true;
    }
}

static bool choose_views(const struct building *b, struct err *e)
{
    struct result *r = b->r;
    struct view *shown = arena_alloc(&r->arena, sizeof views);
    if (!shown)
        return err_memory(e);
    for (int i = 0; i < SHOW_VIEWS; i++)
        if (is_shown(b, i))
            shown[r->view_count++] = views[i];
    r->views = shown;
    return true;
}

static const char *make_title(const struct building *b, const char *period)
{
    struct result *r = b->r;
    const char *counted = session_counted(b->ask.places.tally.count, r->lang);
    const char *subject = places_subject(b->s, &b->ask.places, r->lang);
    if (!b->ask.peers)
        return arena_format(&r->arena, tr(r->lang, "Number of %s against the common level, %s: %s"),
                            counted, subject, period);
    const char *unit = session_unit_name(b->s, b->ask.peer_of, b->ask.period.span.to, &r->arena);
    return arena_format(&r->arena,
                        tr(r->lang, "Number of %s of %s against units most like it, %s: %s"),
                        counted, unit, subject, period);
}

static bool set_title(const struct building *b, struct err *e)
{
    struct buf period = {0};
    session_add_period(b->s, &b->ask.period, &period);
    b->r->title = period.failed ? NULL : make_title(b, buf_text(&period));
    buf_free(&period);
    return b->r->title || err_memory(e);
}

static bool add_facts(struct building *b, struct err *e)
{
    char seed[24], share[24];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)b->ask.seed);
    snprintf(share, sizeof share, "%.4g%%", 100 * b->ask.max_cluster);
    b->facts.basis = b->ask.places.tally.basis;
    b->facts.count = b->ask.places.tally.count;
    b->facts.period = &b->ask.period;
    return session_provenance(b->s, &b->facts, b->r, e) &&
           result_add_prov(b->r, "max_cluster", N_("Largest cluster"), share, NULL, e) &&
           result_add_prov(b->r, "seed", N_("Seed"), seed, NULL, e);
}

static bool build(struct building *b, struct err *e)
{
    bool ok = risk_ask_read(b->s, &b->ask, e);
    for (size_t i = 0; ok && i < b->ask.places.category_count;)
        ok = add_group(b, i, &i, e);
    ok = ok && coarse_judge(&b->coarse, b->s, RSK_COUNT, b->r, e) && set_title(b, e) &&
         choose_views(b, e) && add_facts(b, e);
    coarse_free(&b->coarse);
    return ok;
}

bool risk_build(struct session *s, struct result *r, struct err *e)
{
    struct building b = {.s = s, .r = r, .facts = {.data_end = DAY_NONE}};
    bool peers = arg(s->request, OPT_PEERS) != NULL;
    result_init(r, "risk", columns, peers ? RSK_COLUMNS : RSK_DISTANCE, s->lang);
    bool ok = build(&b, e);
    risk_ask_free(&b.ask);
    return ok;
}

/* ---- for charts ---- */

static bool one_category(const struct result *r, struct err *e)
{
    for (size_t i = 1; i < r->row_count; i++)
        if (strcmp(r->cells[i * r->column_count + RSK_CATEGORY].as.s, r->cells[RSK_CATEGORY].as.s))
            return err_set(e, ERR_USAGE,
                           "this chart shows one category: choose it with --category");
    return true;
}

bool risk_build_one(struct session *s, struct result *r, struct err *e)
{
    return risk_build(s, r, e) && one_category(r, e);
}

enum { LIM_EXPECTED, LIM_LOW_95, LIM_HIGH_95, LIM_LOW_998, LIM_HIGH_998, LIM_NOTE, LIM_COLUMNS };
static const struct column limit_columns[LIM_COLUMNS] = {
    [LIM_EXPECTED] = {"expected", N_("By the common level"), COLUMN_REAL, 2},
    [LIM_LOW_95] = {"low_95", N_("95% from"), COLUMN_REAL, 2},
    [LIM_HIGH_95] = {"high_95", N_("95% to"), COLUMN_REAL, 2},
    [LIM_LOW_998] = {"low_998", N_("99.8% from"), COLUMN_REAL, 2},
    [LIM_HIGH_998] = {"high_998", N_("99.8% to"), COLUMN_REAL, 2},
    [LIM_NOTE] = {"note", N_("Note"), COLUMN_NOTE, 0},
};

/* From a tenth of a case up to beyond the largest, in even ratios. */
static bool write_limits(const struct building *b, struct result *limits, struct err *e)
{
    enum { POINTS = 120 };
    double from = 0.1, to = fmax(1, 1.3 * b->most_expected);
    for (int i = 0; i <= POINTS; i++) {
        double expected = from * pow(to / from, (double)i / POINTS);
        struct funnel_limits wide = funnel_limits_at(expected, 0.998, b->funnel.tau2);
        struct funnel_limits narrow = funnel_limits_at(expected, 0.95, b->funnel.tau2);
        struct cell *out = result_add_row(limits, e);
        if (!out)
            return false;
        out[LIM_EXPECTED] = cell_real(expected);
        out[LIM_LOW_95] = cell_real(narrow.low);
        out[LIM_HIGH_95] = cell_real(narrow.high);
        out[LIM_LOW_998] = cell_real(wide.low);
        out[LIM_HIGH_998] = cell_real(wide.high);
        out[LIM_NOTE] = cell_text(b->funnel.tau2 > 0 ? "dispersed_limits=1;" : "");
    }
    return true;
}

bool risk_build_funnel(struct session *s, struct result *r, struct result *limits, struct err *e)
{
    struct building b = {.s = s, .r = r, .facts = {.data_end = DAY_NONE}};
    result_init(r, "risk", columns, RSK_DISTANCE, s->lang);
    result_init(limits, "funnel", limit_columns, LIM_COLUMNS, s->lang);
    bool ok = build(&b, e) && one_category(r, e) && write_limits(&b, limits, e);
    risk_ask_free(&b.ask);
    return ok;
}
