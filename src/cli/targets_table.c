#include "cli/targets_table.h"

#include <stdlib.h>
#include <string.h>

#include "cli/targets_private.h"

static const struct column columns[TGC_COLUMNS] = {
    [TGC_PLAN] = {"plan", N_("Plan"), COLUMN_TEXT, 0},
    [TGC_INDICATOR] = {"indicator", N_("Indicator"), COLUMN_TEXT, 0},
    [TGC_NAME] = {"name", N_("Name"), COLUMN_TEXT, 0},
    [TGC_UNIT] = {"unit", N_("Unit code"), COLUMN_TEXT, 0},
    [TGC_PERIOD] = {"period", N_("Period"), COLUMN_TEXT, 0},
    [TGC_KIND] = {"kind", N_("Kind"), COLUMN_TOKEN, 0},
    [TGC_OP] = {"op", N_("Op"), COLUMN_TEXT, 0},
    [TGC_THRESHOLD] = {"threshold", N_("Threshold"), COLUMN_REAL, 1},
    [TGC_NUMERATOR] = {"numerator", N_("Numerator"), COLUMN_COUNT, 0},
    [TGC_DENOMINATOR] = {"denominator", N_("Denominator"), COLUMN_COUNT, 0},
    [TGC_VALUE] = {"value", N_("Value"), COLUMN_PERCENT, 0},
    [TGC_CI_LOW] = {"ci_low", N_("95% from"), COLUMN_PERCENT, 0},
    [TGC_CI_HIGH] = {"ci_high", N_("95% to"), COLUMN_PERCENT, 0},
    [TGC_VERDICT] = {"verdict", N_("Verdict"), COLUMN_TOKEN, 0},
    [TGC_MISSED] = {"missed", N_("Missed"), COLUMN_COUNT, 0},
    [TGC_MAY_MISS] = {"may_miss", N_("May miss"), COLUMN_COUNT, 0},
    [TGC_PROB_MET] = {"prob_met", N_("P(met)"), COLUMN_PROB, 0},
    [TGC_NOTE] = {"note", N_("Note"), COLUMN_NOTE, 0},
    [TGC_UNIT_NAME] = {"unit_name", N_("Unit"), COLUMN_TEXT, 0},
    [TGC_TARGET] = {"target", N_("Target"), COLUMN_TEXT, 0},
    [TGC_RESULT] = {"result", N_("Result"), COLUMN_TEXT, 0},
    [TGC_MISSING] = {"missing", N_("Missing"), COLUMN_TEXT, 0},
};

static const struct view views[] = {
    {N_("Indicator"), VIEW_CELL, "indicator", NULL, NULL},
    {N_("Name"), VIEW_CELL, "name", NULL, NULL},
    {N_("Target"), VIEW_CELL, "target", NULL, NULL},
    {N_("Result"), VIEW_CELL, "result", NULL, NULL},
    {N_("Verdict"), VIEW_CELL, "verdict", NULL, NULL},
    {N_("Missing"), VIEW_CELL, "missing", NULL, NULL},
};

static const struct view views_of_units[] = {
    {N_("Indicator"), VIEW_CELL, "indicator", NULL, NULL},
    {N_("Unit"), VIEW_CELL, "unit_name", NULL, NULL},
    {N_("Target"), VIEW_CELL, "target", NULL, NULL},
    {N_("Result"), VIEW_CELL, "result", NULL, NULL},
    {N_("Verdict"), VIEW_CELL, "verdict", NULL, NULL},
    {N_("Missing"), VIEW_CELL, "missing", NULL, NULL},
};

/* The plan sets no target for communes: with nothing changed half would fail by chance. Their
 * verdicts stand in the wide table and in files (report/LAYOUT.md 0). */
static const struct view views_by_unit[] = {
    {N_("Indicator"), VIEW_CELL, "indicator", NULL, NULL},
    {N_("Name"), VIEW_CELL, "name", NULL, NULL},
    {N_("Unit"), VIEW_CELL, "unit_name", NULL, NULL},
    {N_("Target"), VIEW_CELL, "target", NULL, NULL},
    {N_("Result"), VIEW_CELL, "result", NULL, NULL},
};

static void set_views(const struct targets_table *t)
{
    struct result *r = t->r;
    r->views = views;
    r->view_count = sizeof views / sizeof views[0];
    if (t->by_unit) {
        r->views = views_by_unit;
        r->view_count = sizeof views_by_unit / sizeof views_by_unit[0];
    } else if (t->place_count > 1) {
        r->views = views_of_units;
        r->view_count = sizeof views_of_units / sizeof views_of_units[0];
    }
}

/* ---- one row written ---- */

static void write_target(const struct targets_table *t, const struct target *target,
                         struct cell *out)
{
    static const char *const kinds[] = {N_("reduction"), N_("rate"), N_("count")};
    static const char *const ops[] = {">", ">=", ""};
    struct arena *a = &t->r->arena;
    out[TGC_PLAN] = cell_text(arena_text(a, t->plan.name));
    out[TGC_INDICATOR] = cell_text(arena_text(a, target->indicator));
    out[TGC_NAME] = cell_text(arena_text(a, target->name));
    out[TGC_PERIOD] = cell_text(arena_text(a, t->period.label));
    out[TGC_KIND] = cell_text(kinds[target->kind]);
    out[TGC_OP] = cell_text(ops[target->op]);
    out[TGC_THRESHOLD] = cell_real(target->threshold);
}

static void write_unit(const struct targets_table *t, const struct judged *j, struct cell *out)
{
    struct arena *a = &t->r->arena;
    size_t unit = j->place->scope.units[j->slot];
    const char *name = session_unit_name(t->s, unit, t->period.span.to, a);
    out[TGC_UNIT] = cell_text(arena_text(a, t->s->directory.units[unit].code));
    out[TGC_UNIT_NAME] = cell_text(name ? arena_text(a, name) : NULL);
}

static void write_numbers(const struct judged *j, struct cell *out)
{
    if (j->has_numerator)
        out[TGC_NUMERATOR] = cell_int(j->numerator);
    if (j->has_denominator)
        out[TGC_DENOMINATOR] = cell_int(j->denominator);
    out[TGC_VALUE] = cell_real(j->value);
    out[TGC_CI_LOW] = cell_real(j->ci_low);
    out[TGC_CI_HIGH] = cell_real(j->ci_high);
    out[TGC_VERDICT] = cell_text(j->verdict.token);
    if (j->has_missed)
        out[TGC_MISSED] = cell_int(j->missed);
    if (j->has_missed && j->verdict.has_allowance)
        out[TGC_MAY_MISS] = cell_int(j->verdict.allowance);
    out[TGC_PROB_MET] = cell_real(j->verdict.prob_met);
}

static bool take_text(const struct targets_table *t, struct buf *b, struct cell *out, struct err *e)
{
    const char *text = b->failed ? NULL : arena_text(&t->r->arena, buf_text(b));
    buf_clear(b);
    *out = cell_text(text);
    return text || err_memory(e);
}

static bool write_words(const struct targets_table *t, const struct judged *j, struct cell *out,
                        struct err *e)
{
    struct buf b = {0};
    enum lang lang = t->r->lang;
    targets_add_note(&b, t, j);
    bool ok = take_text(t, &b, &out[TGC_NOTE], e);
    targets_add_target(&b, j->target, lang);
    ok = ok && take_text(t, &b, &out[TGC_TARGET], e);
    targets_add_result(&b, j, t->by_unit, lang);
    ok = ok && take_text(t, &b, &out[TGC_RESULT], e);
    targets_add_missing(&b, j, lang);
    ok = ok && take_text(t, &b, &out[TGC_MISSING], e);
    buf_free(&b);
    return ok;
}

static bool add_row(const struct targets_table *t, const struct judged *j, struct err *e)
{
    struct cell *out = result_add_row(t->r, e);
    if (!out)
        return false;
    write_target(t, j->target, out);
    write_unit(t, j, out);
    write_numbers(j, out);
    return write_words(t, j, out, e);
}

/* ---- the rows of one target ---- */

/* Kept for the footers: numbers and pointers into what lives as long as the table, but for the
 * reported values, which are the target's at hand. */
static bool keep_head(struct targets_table *t, const struct judged *j, struct err *e)
{
    void *heads = t->heads;
    if (!array_grow(&heads, &t->head_cap, t->head_count + 1, sizeof *t->heads, e))
        return false;
    t->heads = heads;
    t->heads[t->head_count++] = *j;
    return true;
}

static bool add_head(struct targets_table *t, const struct target *target,
                     const struct targets_place *place, struct err *e)
{
    struct judged j;
    if (!targets_judge(t, target, place, 0, &j, e))
        return false;
    j.is_total = t->by_unit && !place->scope.is_leaf[0];
    return add_row(t, &j, e) && targets_add_nowcast(t, &j, true, e) && keep_head(t, &j, e);
}

static bool add_unit(struct targets_table *t, const struct judged *j, struct err *e)
{
    return add_row(t, j, e) && targets_add_nowcast(t, j, false, e);
}

static bool add_units(struct targets_table *t, const struct target *target,
                      const struct targets_place *place, struct err *e)
{
    struct judged j;
    bool ok = true;
    for (size_t i = 0; ok && i < place->row_count; i++) {
        if (place->rows[i] == 0)
            continue; /* the place itself stands above */
        ok = targets_judge(t, target, place, place->rows[i], &j, e) && add_unit(t, &j, e);
    }
    for (size_t u = 0; ok && u < place->scope.unit_count; u++) {
        if (!t->s->directory.units[place->scope.units[u]].is_unknown)
            continue;
        ok = targets_judge(t, target, place, u, &j, e) &&
             (!targets_is_anything(&j) || add_unit(t, &j, e));
    }
    return ok;
}

/* Some office there has ever spoken of it. */
static bool speaks_of(const struct targets_table *t, const struct target *target,
                      const struct targets_place *place)
{
    const struct targets_set *set = targets_set_of(t, place, target->category);
    return !set || set->compare.knows[0] || t->values[place->top].has ||
           t->values_before[place->top].has;
}

bool targets_pass_over(const struct targets_table *t, const struct target *target, size_t i)
{
    bool any = false;
    for (size_t k = 0; !t->tops_given && k < t->top_count; k++) {
        const struct targets_place *place = targets_place_of(t, target, k);
        any |= place && speaks_of(t, target, place);
    }
    return any && !speaks_of(t, target, targets_place_of(t, target, i));
}

/* As of a day, a value of a span that ends behind it was not there yet, and a period that it cuts
 * is not whole. */
static bool sum_values(const struct targets_table *t, const char *indicator, struct span span,
                       struct indicator_value *values, struct err *e)
{
    const struct directory *d = &t->s->directory;
    bool cut = t->s->as_of != DAY_NONE && t->s->as_of < span.to;
    if (cut)
        span.to = t->s->as_of;
    bool ok = indicators_sum(&t->indicators, indicator, span, d, values, e);
    for (size_t u = 0; ok && cut && u < d->unit_count; u++)
        values[u].is_whole = false;
    return ok;
}

bool targets_take_values(const struct targets_table *t, const struct target *target, struct err *e)
{
    return sum_values(t, target->indicator, t->period.span, t->values, e) &&
           sum_values(t, target->indicator, t->before.span, t->values_before, e);
}

static bool add_target(struct targets_table *t, const struct target *target, struct err *e)
{
    bool ok = targets_take_values(t, target, e);
    for (size_t i = 0; ok && i < t->top_count; i++) {
        const struct targets_place *place = targets_place_of(t, target, i);
        if (place && !targets_pass_over(t, target, i))
            ok = add_head(t, target, place, e) && (!t->by_unit || add_units(t, target, place, e));
    }
    return ok;
}

/* ---- the whole table ---- */

static bool set_title(const struct targets_table *t, struct err *e)
{
    struct result *r = t->r;
    struct buf span = {0};
    session_span(t->period.span, r->lang, &span);
    r->title = arena_format(&r->arena, tr(r->lang, "Targets of plan %s, period %s (%s)"),
                            t->plan.name, t->period.label, buf_text(&span));
    buf_free(&span);
    return r->title || err_memory(e);
}

/* The earliest data end among what was compared, any assumption. */
static bool add_provenance(const struct targets_table *t, struct err *e)
{
    struct session_facts f = {.basis = t->basis,
                              .period = &t->period,
                              .before = &t->before,
                              .before_count = 1,
                              .data_end = DAY_NONE};
    for (size_t i = 0; i < t->set_count; i++) {
        const struct compare *c = &t->sets[i]->compare;
        f.assumed |= c->assumed;
        if (c->data_end != DAY_NONE && (f.data_end == DAY_NONE || c->data_end < f.data_end))
            f.data_end = c->data_end;
    }
    return session_provenance(t->s, &f, t->r, e) &&
           result_add_prov(t->r, "plan", N_("Plan"), t->plan.name, NULL, e);
}

static bool read_plan(struct targets_table *t, struct err *e)
{
    struct session *s = t->s;
    if (!plan_read(&t->plan, s->store, s->state, &s->directory, arg(s->request, OPT_PLAN),
                   &t->period, e))
        return false;
    if (t->plan.count)
        return true;
    if (!t->plan.others.len)
        return err_set(e, ERR_INPUT, "%s: no plan is loaded: load a file of targets first",
                       s->request->place);
    return err_set(e, ERR_INPUT,
                   "--period %s: no plan has its year's name: choose one with --plan: %s",
                   t->period.label, buf_text(&t->plan.others));
}

static bool read_options(struct targets_table *t, struct err *e)
{
    int basis;
    if (!session_choice(t->s->request, OPT_BASIS, BASIS_RECEIVED, &basis, e) ||
        !session_period(t->s, &t->period, e) || !session_reaches(t->s, &t->period, e))
        return false;
    t->basis = (enum basis)basis;
    t->before = period_years_before(&t->period, t->s->calendar, 1);
    return true;
}

static bool read_delays(struct targets_table *t, struct err *e)
{
    const struct tally_query q = {.state = t->s->state, .basis = t->basis, .as_of = t->s->as_of};
    return nowcasts_init(&t->nowcasts, t->s, &q, e);
}

bool targets_prepare(struct targets_table *t, struct err *e)
{
    struct session *s = t->s;
    return read_options(t, e) && read_plan(t, e) && targets_read_supposed(t, e) &&
           indicators_read(&t->indicators, s->store, s->state, &s->directory, e) &&
           events_read(&t->events, s->store, s->state, &s->directory, e) && targets_gather(t, e);
}

static bool fill(struct targets_table *t, struct err *e)
{
    struct session *s = t->s;
    bool ok = targets_prepare(t, e) && read_delays(t, e);
    for (size_t i = 0; ok && i < t->plan.count; i++)
        ok = add_target(t, &t->plan.targets[i], e);
    if (ok)
        set_views(t);
    for (size_t i = 0; i < t->set_count; i++)
        coarse_look(&t->coarse, &t->sets[i]->compare.tally);
    return ok && nowcasts_write(&t->nowcasts, t->r, e) && set_title(t, e) &&
           targets_say_supposed(t, e) && targets_add_footers(t, e) &&
           targets_add_benchmarks(t, e) && coarse_judge(&t->coarse, s, TGC_NUMERATOR, t->r, e) &&
           add_provenance(t, e);
}

bool targets_build(struct session *s, bool by_unit, struct result *r, struct err *e)
{
    struct targets_table t = {.s = s, .by_unit = by_unit, .r = r};
    result_init(r, "targets", columns, TGC_COLUMNS, s->lang);
    bool ok = fill(&t, e);
    targets_free(&t);
    return ok;
}
