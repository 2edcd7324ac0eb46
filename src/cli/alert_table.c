#include "cli/alert_table.h"

#include <stdio.h>

#include "cli/alert_private.h"
#include "cli/coarse.h"

static const struct column columns[ALR_COLUMNS] = {
    [ALR_UNIT] = {"unit", N_("Unit code"), COLUMN_TEXT, 0},
    [ALR_UNIT_NAME] = {"unit_name", N_("Unit"), COLUMN_TEXT, 0},
    [ALR_CATEGORY] = {"category", N_("Category code"), COLUMN_TEXT, 0},
    [ALR_MONTH] = {"month", N_("Month"), COLUMN_TEXT, 0},
    [ALR_COUNT] = {"count", N_("Count"), COLUMN_COUNT, 0},
    [ALR_EXPECTED] = {"expected", N_("By the months before"), COLUMN_REAL, 1},
    [ALR_UPPER] = {"upper", N_("Usually at most"), COLUMN_REAL, 1},
    [ALR_SCORE] = {"score", N_("Score"), COLUMN_REAL, 2},
    [ALR_P_VALUE] = {"p_value", N_("p"), COLUMN_P, 0},
    [ALR_Q_VALUE] = {"q_value", N_("q"), COLUMN_P, 0},
    [ALR_METHOD] = {"method", N_("Method"), COLUMN_TOKEN, 0},
    [ALR_CLUSTER] = {"cluster", N_("Cluster"), COLUMN_COUNT, 0},
    [ALR_NOTE] = {"note", N_("Note"), COLUMN_NOTE, 0},
    [ALR_CATEGORY_NAME] = {"category_name", N_("Category"), COLUMN_TEXT, 0},
    [ALR_FALSE_ALARM] = {"false_alarm", N_("P(false alarm)"), COLUMN_PROB, 0},
    [ALR_CLUSTER_P] = {"cluster_p", N_("p of the cluster"), COLUMN_P, 0},
    [ALR_RECURRENCE] = {"recurrence_days", N_("By chance once in days"), COLUMN_REAL, 0},
};

static const struct view views[] = {
    {N_("Unit"), VIEW_CELL, "unit_name", NULL, NULL},
    {N_("Category"), VIEW_CELL, "category_name", NULL, NULL},
    {N_("Month"), VIEW_CELL, "month", NULL, NULL},
    {N_("Count"), VIEW_CELL, "count", NULL, NULL},
    {N_("By the months before"), VIEW_CELL, "expected", NULL, NULL},
    {N_("Usually at most"), VIEW_CELL, "upper", NULL, NULL},
    {N_("p"), VIEW_CELL, "p_value", NULL, NULL},
    {N_("Cluster"), VIEW_CELL, "cluster", NULL, NULL}, /* the last: left out where there is none */
};

struct building {
    struct session *s;
    struct series_ask ask;
    struct session_facts facts;
    struct period span;
    struct coarse coarse;
    struct result *r;
    struct alert_ask own;
};

static void widen_span(struct building *b, const struct alert_set *a)
{
    struct span set = {a->g->set.days[a->from].items[0].from,
                       a->g->set.days[a->from + a->last - 1].items[0].to};
    b->span.span.from = set.from < b->span.span.from ? set.from : b->span.span.from;
    b->span.span.to = set.to > b->span.span.to ? set.to : b->span.span.to;
}

static bool add_group(struct building *b, size_t first, size_t *next, struct err *e)
{
    struct series_group g;
    struct alert_set a = {0};
    bool ok = series_group_init(&g, b->s, &b->ask, first, next, e) &&
              series_group_check(&g, b->s, e) && alert_set_init(&a, b->s, &g, &b->own, e) &&
              alert_set_write(&a, b->r, e) && alert_add_footers(&a, b->r, e);
    if (ok) {
        widen_span(b, &a);
        series_group_facts(&g, &b->facts);
        coarse_look(&b->coarse, &g.set.tally);
    }
    alert_set_free(&a);
    series_group_free(&g);
    return ok;
}

static bool set_title(const struct building *b, struct err *e)
{
    struct result *r = b->r;
    const struct places *p = &b->ask.places;
    const char *counted = session_counted(p->tally.count, r->lang);
    const char *subject = places_subject(b->s, p, r->lang);
    r->title =
        p->top_count == 1
            ? arena_format(&r->arena, tr(r->lang, "Months with more %s than expected, %s, %s"),
                           counted, subject,
                           session_unit_name(b->s, p->tops[0], b->span.span.to, &r->arena))
            : arena_format(&r->arena, tr(r->lang, "Months with more %s than expected, %s"), counted,
                           subject);
    r->views = views;
    r->view_count = sizeof views / sizeof views[0] - !result_has(r, ALR_CLUSTER);
    return r->title || err_memory(e);
}

static bool add_facts(struct building *b, struct err *e)
{
    session_label_months(b->s, &b->span);
    b->facts.period = &b->span;
    char seed[24];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)b->own.seed);
    return session_provenance(b->s, &b->facts, b->r, e) &&
           (!b->own.clusters || result_add_prov(b->r, "seed", N_("Seed"), seed, NULL, e));
}

/* Everything before --from is learnt from; nothing behind --to is seen. */
static bool read_ask(struct building *b, struct err *e)
{
    double seed = 1;
    if (!series_ask_read(b->s, true, &b->ask, e) ||
        !session_number(b->s->request, OPT_SEED, 0, 4e9, &seed, e))
        return false;
    b->own.seed = (uint64_t)seed;
    b->ask.reach.from = DAY_MIN;
    b->ask.per_year = 12;
    b->ask.by_unit |= !arg(b->s->request, OPT_BY);
    return true;
}

static bool build(struct building *b, struct err *e)
{
    result_init(b->r, "alert", columns, ALR_COLUMNS, b->s->lang);
    bool ok = read_ask(b, e);
    for (size_t i = 0; ok && i < b->ask.places.category_count;)
        ok = add_group(b, i, &i, e);
    ok = ok && set_title(b, e) && add_facts(b, e) &&
         coarse_judge(&b->coarse, b->s, ALR_COUNT, b->r, e);
    coarse_free(&b->coarse);
    series_ask_free(&b->ask);
    return ok;
}

bool alert_build(struct session *s, struct result *r, struct err *e)
{
    struct building b = {.s = s,
                         .r = r,
                         .facts = {.data_end = DAY_NONE},
                         .span = {.span = {DAY_MAX, DAY_MIN}},
                         .own = {.months = 1, .clusters = true}};
    return build(&b, e);
}

bool alert_build_chart(struct session *s, struct result *r, struct err *e)
{
    struct building b = {.s = s,
                         .r = r,
                         .facts = {.data_end = DAY_NONE},
                         .span = {.span = {DAY_MAX, DAY_MIN}},
                         .own = {.months = 24}};
    return build(&b, e);
}
