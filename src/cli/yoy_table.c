#include "cli/yoy_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "cli/yoy_private.h"
#include "cli/yoy_query.h"
#include "series/notes.h"
#include "series/plan.h"
#include "stats/verdict.h"

static const struct column columns[YOY_COLUMNS] = {
    [YOY_UNIT] = {"unit", N_("Unit code"), COLUMN_TEXT, 0},
    [YOY_UNIT_NAME] = {"unit_name", N_("Unit"), COLUMN_TEXT, 0},
    [YOY_CATEGORY] = {"category", N_("Category code"), COLUMN_TEXT, 0},
    [YOY_PERIOD] = {"period", N_("Period"), COLUMN_TEXT, 0},
    [YOY_AGAINST] = {"against", N_("Against"), COLUMN_TEXT, 0},
    [YOY_COUNT] = {"count", N_("Now"), COLUMN_COUNT, 0},
    [YOY_COUNT_BEFORE] = {"count_before", N_("Before"), COLUMN_COUNT, 0},
    [YOY_EXPOSURE] = {"exposure", N_("Exposure now"), COLUMN_REAL, 1},
    [YOY_EXPOSURE_BEFORE] = {"exposure_before", N_("Exposure before"), COLUMN_REAL, 1},
    [YOY_CHANGE] = {"change", N_("Change"), COLUMN_CHANGE, 0},
    [YOY_REDUCTION_PCT] = {"reduction_pct", N_("Reduction %"), COLUMN_PERCENT, 0},
    [YOY_CI_LOW] = {"ci_low", N_("95% from"), COLUMN_PERCENT, 0},
    [YOY_CI_HIGH] = {"ci_high", N_("95% to"), COLUMN_PERCENT, 0},
    [YOY_P_VALUE] = {"p_value", N_("p"), COLUMN_P, 0},
    [YOY_Q_VALUE] = {"q_value", N_("q"), COLUMN_P, 0},
    [YOY_PROB_REDUCTION] = {"prob_reduction", N_("P(fell)"), COLUMN_PROB, 0},
    [YOY_TARGET_PCT] = {"target_pct", N_("Target %"), COLUMN_PERCENT, 0},
    [YOY_ALLOWANCE] = {"allowance", N_("Cases allowed"), COLUMN_COUNT, 0},
    [YOY_VERDICT] = {"verdict", N_("Verdict"), COLUMN_TOKEN, 0},
    [YOY_PROB_TARGET] = {"prob_target", N_("P(target)"), COLUMN_PROB, 0},
    [YOY_LUCK] = {"luck", N_("Met by luck"), COLUMN_PROB, 0},
    [YOY_DETECTABLE_PCT] = {"detectable_pct", N_("Detectable %"), COLUMN_PERCENT, 0},
    [YOY_REDUCTION_EB] = {"reduction_eb", N_("Shrunken reduction %"), COLUMN_PERCENT, 0},
    [YOY_EB_LOW] = {"eb_low", N_("Shrunken from"), COLUMN_PERCENT, 0},
    [YOY_EB_HIGH] = {"eb_high", N_("Shrunken to"), COLUMN_PERCENT, 0},
    [YOY_PHI] = {"phi", N_("Over-dispersion"), COLUMN_REAL, 2},
    [YOY_CI_LOW_PHI] = {"ci_low_phi", N_("95% from, over-dispersed"), COLUMN_PERCENT, 0},
    [YOY_CI_HIGH_PHI] = {"ci_high_phi", N_("95% to, over-dispersed"), COLUMN_PERCENT, 0},
    [YOY_NOTE] = {"note", N_("Note"), COLUMN_NOTE, 0},
    [YOY_CATEGORY_NAME] = {"category_name", N_("Category"), COLUMN_TEXT, 0},
    [YOY_CASES] = {"cases", N_("Cases now"), COLUMN_TEXT, 0},
    [YOY_CASES_BEFORE] = {"cases_before", N_("Cases before"), COLUMN_TEXT, 0},
};

static const struct view views[] = {
    {N_("Unit"), VIEW_CELL, "unit_name", NULL, NULL},
    {N_("Category"), VIEW_CELL, "category_name", NULL, NULL},
    {N_("Now/before"), VIEW_COUNTS, "count", "count_before", NULL},
    {N_("Change"), VIEW_CHANGE, "change", "reduction_pct", "count_before"},
    {N_("95% interval"), VIEW_INTERVAL, "ci_low", "ci_high", NULL},
    {N_("Verdict"), VIEW_CELL, "verdict", NULL, NULL},
    {N_("Met by luck"), VIEW_CELL, "luck", NULL, NULL},
};

/* ---- which rows ---- */

/* --target, or the plan's target of the exact category. */
static double target_of(const struct yoy_set *set, size_t category)
{
    return set->target_given ? set->target_pct
                             : plan_reduction_target(set->plan, set->compare.scope.categories[category]);
}

static bool add_row(struct yoy_set *set, size_t unit, size_t category, bool is_total, bool in_family,
                    struct err *e)
{
    void *rows = set->rows;
    if (!array_grow(&rows, &set->cap, set->count + 1, sizeof *set->rows, e))
        return false;
    set->rows = rows;
    struct yoy_row *row = &set->rows[set->count++];
    *row = (struct yoy_row){.unit = unit, .category = category, .is_total = is_total, .in_family = in_family,
                            .target_pct = target_of(set, category), .q_value = NAN, .eb = NAN, .eb_low = NAN, .eb_high = NAN};
    compare_row(&set->compare, unit, category, &row->counts);
    return true;
}

/* Categories outside their validity in both periods are not expected. */
static bool category_expected(const struct yoy_set *set, size_t slot)
{
    struct span valid = set->s->directory.categories[set->compare.scope.categories[slot]].valid;
    bool expected = !span_is_empty(span_intersect(valid, set->q.period.span));
    for (size_t i = 0; i < set->q.before_count; i++)
        expected |= !span_is_empty(span_intersect(valid, set->q.before[i].span));
    return expected;
}

static bool is_selected(const struct yoy_set *set, size_t slot)
{
    for (size_t i = 0; i < set->q.category_count; i++)
        if (set->q.categories[i] == set->compare.scope.categories[slot])
            return true;
    return false;
}

/* A category whose parts stand in the table beside it. */
static bool has_parts_shown(const struct yoy_set *set, size_t slot)
{
    const struct directory *d = &set->s->directory;
    size_t category = set->compare.scope.categories[slot];
    if (set->o->by_category)
        return d->categories[category].has_children;
    for (size_t i = 0; i < set->q.category_count; i++)
        if (set->q.categories[i] != category && directory_category_contains(d, category, set->q.categories[i]))
            return true;
    return false;
}

/* The rows of one unit: the selected categories, with their subtrees in a table by category. */
static bool add_unit(struct yoy_set *set, size_t unit, bool is_total, bool in_family, struct err *e)
{
    bool ok = true;
    for (size_t c = 0; ok && c < set->compare.scope.category_count; c++)
        if (set->o->by_category ? category_expected(set, c) : is_selected(set, c))
            ok = add_row(set, unit, c, is_total, in_family && !has_parts_shown(set, c), e);
    return ok;
}

static bool unknown_place_has_counts(const struct yoy_set *set, size_t unit)
{
    struct compared k;
    for (size_t c = 0; c < set->compare.scope.category_count; c++) {
        compare_row(&set->compare, unit, c, &k);
        if (k.recorded || k.recorded_before)
            return true;
    }
    return false;
}

static bool add_unknown_places(struct yoy_set *set, struct err *e)
{
    const struct scope *scope = &set->compare.scope;
    bool ok = true;
    for (size_t u = 0; ok && u < scope->unit_count; u++)
        if (set->s->directory.units[scope->units[u]].is_unknown && unknown_place_has_counts(set, u))
            ok = add_unit(set, u, false, false, e);
    return ok;
}

static bool add_totals(struct yoy_set *set, struct err *e)
{
    const struct scope *scope = &set->compare.scope;
    bool ok = true;
    for (size_t u = 0; ok && u < scope->unit_count; u++)
        if (scope->parent[u] == NO_ENTRY && set->compare.knows[u] &&
            (!set->o->by_unit || !scope->is_leaf[u]))
            ok = add_unit(set, u, set->o->by_unit, !set->o->by_unit, e);
    return ok;
}

static bool add_rows(struct yoy_set *set, const char *level, struct err *e)
{
    size_t *units = NULL, count = 0;
    if (!add_totals(set, e))
        return false;
    if (!set->o->by_unit)
        return true;
    bool ok = scope_rows(&set->compare.scope, level, set->q.period.span.to, &units, &count, e);
    for (size_t i = 0; ok && i < count; i++)
        if (compare_expects(&set->compare, units[i]))
            ok = add_unit(set, units[i], false, true, e);
    free(units);
    return ok && add_unknown_places(set, e);
}

/* ---- one row written ---- */

struct writer {
    struct yoy_set *set;
    struct result *r;
    const struct events *events;
};

static void write_names(const struct writer *w, const struct yoy_row *row, struct cell *out)
{
    const struct yoy_set *set = w->set;
    size_t unit = set->compare.scope.units[row->unit];
    const struct category *c = &set->s->directory.categories[set->compare.scope.categories[row->category]];
    struct arena *arena = &w->r->arena;
    out[YOY_UNIT] = cell_text(arena_text(arena, set->s->directory.units[unit].code));
    out[YOY_UNIT_NAME] = cell_text(
        arena_text(arena, session_unit_name(set->s, unit, set->q.period.span.to, arena)));
    out[YOY_CATEGORY] = cell_text(arena_text(arena, c->code));
    out[YOY_CATEGORY_NAME] = cell_text(arena_text(arena, *c->name ? c->name : c->code));
    out[YOY_PERIOD] = cell_text(arena_text(arena, set->q.period.label));
    out[YOY_AGAINST] = cell_text(arena_text(arena, set->against));
}

static void write_counts(const struct yoy_row *row, struct cell *out)
{
    const struct compared *k = &row->counts;
    out[YOY_EXPOSURE] = cell_real(k->exposure);
    out[YOY_EXPOSURE_BEFORE] = cell_real(k->exposure_before);
    if (k->has_now && k->known)
        out[YOY_COUNT] = cell_int(k->count);
    if (k->has_before && k->known_before)
        out[YOY_COUNT_BEFORE] = cell_int(k->count_before);
    if (!yoy_has_counts(row))
        return;
    double change = (double)k->count - (double)k->count_before / k->exposure_before * k->exposure;
    out[YOY_CHANGE] = k->exposure_before == k->exposure ? cell_int(k->count - k->count_before)
                                                        : cell_real(change);
}

static void write_exact(const struct yoy_row *row, const struct comparison *x, struct cell *out)
{
    out[YOY_REDUCTION_PCT] = cell_real(x->reduction_pct);
    out[YOY_CI_LOW] = cell_real(x->ci_low);
    out[YOY_CI_HIGH] = cell_real(x->ci_high);
    out[YOY_P_VALUE] = cell_real(x->p_value);
    out[YOY_Q_VALUE] = cell_real(row->q_value);
    out[YOY_PROB_REDUCTION] = cell_real(x->prob_reduction);
    out[YOY_PROB_TARGET] = cell_real(x->prob_target);
    out[YOY_DETECTABLE_PCT] = cell_real(x->detectable_pct);
    out[YOY_REDUCTION_EB] = cell_real(row->eb);
    out[YOY_EB_LOW] = cell_real(row->eb_low);
    out[YOY_EB_HIGH] = cell_real(row->eb_high);
}

/* Amounts a case (victims, offenders) are over-dispersed by their nature: the interval takes phi = Σw²/Σw,
 * and what speaks of cases stays empty. */
static void write_amounts(const struct yoy_row *row, struct cell *out)
{
    const struct compared *k = &row->counts;
    double phi = comparison_weight_phi(k->squares, k->sums);
    struct comparison_interval x = comparison_overdispersed((double)k->count_before, k->exposure_before,
                                                            (double)k->count, k->exposure, phi);
    out[YOY_REDUCTION_PCT] = cell_real(x.reduction_pct);
    out[YOY_PHI] = cell_real(phi);
    out[YOY_CI_LOW_PHI] = cell_real(x.ci_low);
    out[YOY_CI_HIGH_PHI] = cell_real(x.ci_high);
}

static void write_verdict(const struct writer *w, const struct yoy_row *row, struct cell *out)
{
    const struct compared *k = &row->counts;
    struct verdict_facts facts = {.has_now = k->has_now,
                                  .has_before = k->has_before,
                                  .incomplete = k->incomplete || (k->has_before && !yoy_has_counts(row)),
                                  .running = w->set->compare.running,
                                  .count = k->count,
                                  .count_before = k->count_before,
                                  .whole_before = k->whole_before,
                                  .exposure = k->exposure,
                                  .exposure_before = k->exposure_before,
                                  .target_pct = row->target_pct};
    struct verdict v = verdict_reduction(&facts);
    out[YOY_TARGET_PCT] = cell_real(row->target_pct);
    out[YOY_VERDICT] = cell_text(v.token);
    if (!v.has_allowance)
        return;
    out[YOY_ALLOWANCE] = cell_int(v.allowance);
    if (facts.incomplete)
        return;
    out[YOY_LUCK] = cell_real(comparison_luck(facts.running ? k->whole_before : k->count_before,
                                              k->exposure_before, k->exposure, v.allowance));
}

static bool write_row(const struct writer *w, const struct yoy_row *row, struct err *e)
{
    struct cell *out = result_add_row(w->r, e);
    if (!out)
        return false;
    write_names(w, row, out);
    write_counts(row, out);
    if (yoy_is_exact(w->set)) {
        if (row->pair)
            write_exact(row, &row->pair->exact, out);
        write_verdict(w, row, out);
    } else if (yoy_has_counts(row)) {
        write_amounts(row, out);
    }
    struct buf note = {0};
    notes_compared(&note, &w->set->compare, row->unit, row->category, &row->counts, row->is_total);
    notes_compared_events(&note, w->events, &w->set->compare, row->unit);
    out[YOY_NOTE] = cell_text(arena_text(&w->r->arena, buf_text(&note)));
    bool ok = note.failed ? err_memory(e) : true;
    buf_free(&note);
    return ok;
}

/* Totals first, then by change in cases, the largest fall first; then as stored. */
static int by_change(const void *a, const void *b)
{
    const struct yoy_row *x = a, *y = b;
    if (x->is_total != y->is_total)
        return x->is_total ? -1 : 1;
    double dx = yoy_has_counts(x) ? (double)x->counts.count - (double)x->counts.count_before /
                                                                  x->counts.exposure_before
                                  : INFINITY;
    double dy = yoy_has_counts(y) ? (double)y->counts.count - (double)y->counts.count_before /
                                                                  y->counts.exposure_before
                                  : INFINITY;
    if (dx < dy || dy < dx)
        return dx < dy ? -1 : 1;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    return (x->category > y->category) - (x->category < y->category);
}

/* What the plan and the calendar of events say of all rows. */
struct yoy_context {
    struct plan plan;
    struct events events;
};

static bool build_set(struct yoy_set *set, const struct yoy_context *k, struct result *r, struct err *e)
{
    struct writer w = {set, r, &k->events};
    struct yoy_cache *cache = yoy_cache_new();
    set->plan = &k->plan;
    bool ok = cache ? add_rows(set, arg(set->s->request, OPT_LEVEL), e) && yoy_family(set, cache, e)
                    : err_memory(e);
    if (ok)
        qsort(set->rows, set->count, sizeof *set->rows, by_change);
    for (size_t i = 0; ok && i < set->count; i++)
        ok = write_row(&w, &set->rows[i], e);
    yoy_cache_delete(cache);
    return ok;
}

/* ---- the whole table ---- */

static bool start_set(struct session *s, const struct yoy_options *o, const struct yoy_query *q, size_t first,
                      struct yoy_set *set, struct err *e)
{
    *set = (struct yoy_set){.s = s, .o = o, .q = q->compare, .against = q->against,
                            .target_pct = q->target_pct, .target_given = q->target_given};
    set->q.categories = &q->categories[first];
    set->q.category_count = yoy_query_group(s, q, first);
    return compare_init(&set->compare, s->store, &s->directory, &s->cover, &set->q, e);
}

/* Facts of the provenance gathered over the sets: the earliest data end, any assumption. */
static void gather_facts(const struct yoy_set *set, struct session_facts *f)
{
    const struct compare *c = &set->compare;
    if (c->data_end != DAY_NONE && (f->data_end == DAY_NONE || c->data_end < f->data_end))
        f->data_end = c->data_end;
    f->assumed |= c->assumed;
    if (*c->population_column)
        f->population = c->population_column;
}

static const char *counted_what(enum count_unit count, enum lang lang)
{
    static const char *const words[] = {N_("cases"), N_("reports"), N_("offenders"), N_("victims")};
    return tr(lang, words[count]);
}

/* What is the same in every row stands in the title alone. */
static bool choose_views(const struct yoy_options *o, const struct yoy_query *q, struct result *r, struct err *e)
{
    bool no_unit = !o->by_unit && q->compare.top_count <= 1;
    bool no_category = !o->by_category && q->category_count == 1;
    struct view *shown = arena_alloc(&r->arena, sizeof views);
    if (!shown)
        return err_memory(e);
    for (size_t i = 0; i < sizeof views / sizeof views[0]; i++)
        if (!(i == 0 && no_unit && !no_category) && !(i == 1 && no_category))
            shown[r->view_count++] = views[i];
    r->views = shown;
    return true;
}

static bool set_title(const struct session *s, const struct yoy_query *q, struct result *r, struct err *e)
{
    const struct category *c = &s->directory.categories[q->categories[0]];
    const char *what = q->category_count == 1 ? (*c->name ? c->name : c->code)
                                              : tr(r->lang, "by category root");
    const char *against = strncmp(q->against, "mean", 4) ? q->against
                          : q->against[4] == '3'         ? tr(r->lang, "the mean of 3 years")
                                                         : tr(r->lang, "the mean of 5 years");
    r->title = arena_format(&r->arena, tr(r->lang, "Number of %s, %s: %s against %s"),
                            counted_what(q->compare.tally.count, r->lang), what, q->compare.period.label,
                            against);
    return r->title || err_memory(e);
}

static bool add_warning(struct result *r, struct err *e)
{
    return result_add_footer(
        r, e,
        tr(r->lang, "Not for ranking offices: more cases recorded may mean better detection and reporting."));
}

static bool build_sets(struct session *s, const struct yoy_options *o, const struct yoy_query *q,
                       const struct yoy_context *k, struct session_facts *facts, struct result *r,
                       struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < q->category_count; i += yoy_query_group(s, q, i)) {
        struct yoy_set set;
        ok = start_set(s, o, q, i, &set, e);
        if (!ok)
            break;
        size_t first = r->row_count;
        ok = build_set(&set, k, r, e) &&
             (!arg(s->request, OPT_SHOW_CASES) || yoy_add_cases(&set, r, first, e)) &&
             yoy_add_sentences(&set, r, first, e);
        gather_facts(&set, facts);
        compare_free(&set.compare);
        free(set.rows);
    }
    return ok;
}

bool yoy_build(struct session *s, const struct yoy_options *o, struct result *r, struct err *e)
{
    struct yoy_query q;
    struct yoy_context k = {0};
    bool with_cases = arg(s->request, OPT_SHOW_CASES) != NULL;
    result_init(r, "yoy", columns, with_cases ? YOY_COLUMNS : YOY_CASES, s->lang);
    if (!yoy_query_read(s, &q, e))
        return false;
    struct session_facts facts = {.basis = q.compare.tally.basis,
                                  .period = &q.compare.period,
                                  .before = q.compare.before,
                                  .before_count = q.compare.before_count,
                                  .data_end = DAY_NONE};
    bool ok = plan_read(&k.plan, s->store, s->state, &s->directory, arg(s->request, OPT_PLAN),
                        &q.compare.period, e) &&
              events_read(&k.events, s->store, s->state, &s->directory, e) &&
              build_sets(s, o, &q, &k, &facts, r, e) && set_title(s, &q, r, e) &&
              choose_views(o, &q, r, e) &&
              (!o->by_unit || add_warning(r, e)) && session_provenance(s, &facts, r, e);
    events_free(&k.events);
    plan_free(&k.plan);
    yoy_query_free(&q);
    return ok;
}
