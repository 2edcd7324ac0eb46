/* The cells of a comparison's rows. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/yoy_private.h"
#include "stats/verdict.h"

/* Names are copied once, not once a row. */
struct names {
    const char *code, *name;
};

struct writer {
    const struct yoy_set *set;
    struct result *r;
    struct names *units, *categories; /* by slot */
    const char *period, *against;
    struct buf note;
    const char *last_note;
};

/* ---- names ---- */

static const struct names *unit_names(struct writer *w, size_t slot)
{
    struct names *n = &w->units[slot];
    const struct session *s = w->set->s;
    size_t unit = w->set->compare.scope.units[slot];
    if (!n->code) {
        day at = w->set->q.period.span.to;
        n->code = arena_text(&w->r->arena, s->directory.units[unit].code);
        n->name = arena_text(&w->r->arena, session_unit_name(s, unit, at, &w->r->arena));
    }
    return n;
}

static const struct names *category_names(struct writer *w, size_t slot)
{
    struct names *n = &w->categories[slot];
    const struct compare *c = &w->set->compare;
    if (!n->code) {
        const struct category *x = &c->scope.directory->categories[c->scope.categories[slot]];
        n->code = arena_text(&w->r->arena, x->code);
        n->name = arena_text(&w->r->arena, *x->name ? x->name : x->code);
    }
    return n;
}

static bool write_names(struct writer *w, const struct yoy_row *row, struct cell *out)
{
    const struct names *unit = unit_names(w, row->unit);
    const struct names *category = category_names(w, row->category);
    const char *code = category->code, *name = category->name;
    if (code && row->is_rest) {
        code = arena_format(&w->r->arena, "%s/?", code);
        name = tr(w->r->lang, "(not broken down)");
    }
    out[YOY_UNIT] = cell_text(unit->code);
    out[YOY_UNIT_NAME] = cell_text(unit->name);
    out[YOY_CATEGORY] = cell_text(code);
    out[YOY_CATEGORY_NAME] = cell_text(name);
    out[YOY_PERIOD] = cell_text(w->period);
    out[YOY_AGAINST] = cell_text(w->against);
    return unit->code && unit->name && code && name;
}

/* ---- numbers ---- */

/* A category that does not exist in the period has no count there. */
static bool exists(const struct writer *w, const struct yoy_row *row)
{
    const struct compare *c = &w->set->compare;
    struct span valid = c->scope.directory->categories[c->scope.categories[row->category]].valid;
    return !span_is_empty(span_intersect(valid, w->set->q.period.span));
}

static void write_counts(const struct writer *w, const struct yoy_row *row, struct cell *out)
{
    const struct compared *k = &row->counts;
    double change = yoy_change(row);
    out[YOY_EXPOSURE] = cell_real(k->exposure);
    out[YOY_EXPOSURE_BEFORE] = cell_real(k->exposure_before);
    if (k->has_now && k->known && exists(w, row))
        out[YOY_COUNT] = cell_int(k->count);
    if (k->has_before && k->known_before)
        out[YOY_COUNT_BEFORE] = cell_int(k->count_before);
    if (isnan(change) || !row->is_valid)
        return;
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

/* Amounts a case (victims, offenders) are over-dispersed by their nature: the interval takes phi =
 * Σw²/Σw, and what speaks of cases stays empty. */
static void write_amounts(const struct yoy_row *row, struct cell *out)
{
    const struct compared *k = &row->counts;
    double phi = comparison_weight_phi(k->squares, k->sums);
    struct comparison_interval x = comparison_overdispersed(
        (double)k->count_before, k->exposure_before, (double)k->count, k->exposure, phi);
    out[YOY_REDUCTION_PCT] = cell_real(x.reduction_pct);
    out[YOY_PHI] = cell_real(phi);
    out[YOY_CI_LOW_PHI] = cell_real(x.ci_low);
    out[YOY_CI_HIGH_PHI] = cell_real(x.ci_high);
}

static int64_t before_days(const struct yoy_set *set)
{
    int64_t days = 0;
    for (size_t i = 0; i < set->q.before_count; i++)
        days += span_days(set->q.before[i].span);
    return days;
}

/* What a row with cases of divided units has at least and at most. */
static void write_bounds(const struct compared *k, struct cell *out)
{
    if (!k->bounded && !k->possible && !k->possible_before)
        return;
    if (k->has_now) {
        out[YOY_COUNT_LOW] = cell_int(k->count);
        out[YOY_COUNT_HIGH] = cell_int(k->count + k->possible);
    }
    if (k->has_before) {
        out[YOY_COUNT_BEFORE_LOW] = cell_int(k->count_before);
        out[YOY_COUNT_BEFORE_HIGH] = cell_int(k->count_before + k->possible_before);
    }
}

/* A category that was not recorded through the period before has no base. */
static struct verdict_facts facts_of(const struct writer *w, const struct yoy_row *row)
{
    const struct compared *k = &row->counts;
    struct verdict_facts f = {.has_now = k->has_now && k->known,
                              .has_before = k->has_before && k->known_before,
                              .incomplete = k->incomplete || !k->comparable || !k->known,
                              .running = w->set->compare.running,
                              .count = k->count,
                              .count_before = k->count_before,
                              .whole_before = k->whole_before,
                              .exposure = k->exposure,
                              .exposure_before = k->exposure_before,
                              .rest = row->rest,
                              .target_pct = row->target_pct};
    if (!w->set->compare.same_span && k->days > 0 && k->days_before > 0) {
        f.whole_exposure = k->exposure * (double)span_days(w->set->q.period.span) / k->days;
        f.whole_exposure_before = k->exposure_before * (double)before_days(w->set) / k->days_before;
    }
    return f;
}

/* Large counts vary more than Poisson counts: the interval that allows for it. */
static void write_dispersed(const struct yoy_row *row, struct cell *out)
{
    out[YOY_PHI] = cell_real(row->phi);
    out[YOY_CI_LOW_PHI] = cell_real(row->dispersed.ci_low);
    out[YOY_CI_HIGH_PHI] = cell_real(row->dispersed.ci_high);
    out[YOY_PROB_REDUCTION_PHI] = cell_real(row->dispersed.prob_reduction);
}

/* Of counts that are known within bounds. */
static struct verdict bounded_verdict(const struct compared *k, const struct verdict_facts *facts)
{
    struct verdict_facts f = *facts;
    bool counted = !(k->marks & (TALLY_UNKNOWN | TALLY_COARSE));
    f.has_now = k->has_now && counted;
    f.has_before = k->has_before && counted;
    f.incomplete = k->incomplete || !k->comparable || !counted;
    return verdict_bounded(&f, k->possible, k->possible_before);
}

static void write_verdict(const struct writer *w, const struct yoy_row *row, struct cell *out)
{
    struct verdict_facts f = facts_of(w, row);
    bool bounded = row->counts.possible || row->counts.possible_before;
    struct verdict v = bounded ? bounded_verdict(&row->counts, &f) : verdict_reduction(&f);
    bool whole = f.running && f.whole_exposure > 0;
    out[YOY_TARGET_PCT] = cell_real(row->target_pct);
    out[YOY_VERDICT] = cell_text(v.token);
    if (!v.has_allowance)
        return;
    out[YOY_ALLOWANCE] = cell_int(v.allowance);
    if (f.incomplete)
        return;
    out[YOY_LUCK] = cell_real(comparison_luck(f.running ? f.whole_before : f.count_before,
                                              whole ? f.whole_exposure_before : f.exposure_before,
                                              whole ? f.whole_exposure : f.exposure, v.allowance));
}

/* A category that begins or ends between the periods: nothing is concluded. */
static void write_broken(const struct writer *w, const struct yoy_row *row, struct cell *out)
{
    const struct compare *c = &w->set->compare;
    struct span valid = c->scope.directory->categories[c->scope.categories[row->category]].valid;
    bool has_base = true;
    for (size_t i = 0; i < w->set->q.before_count; i++)
        has_base &= valid.from <= w->set->q.before[i].span.from;
    if (!has_base)
        out[YOY_VERDICT] = cell_text("no_base");
}

static void write_numbers(const struct writer *w, const struct yoy_row *row, struct cell *out)
{
    write_counts(w, row, out);
    if (row->is_rest)
        return;
    write_bounds(&row->counts, out);
    if (!row->is_valid) {
        write_broken(w, row, out);
    } else if (yoy_is_exact(w->set)) {
        if (row->pair) {
            write_exact(row, &row->pair->exact, out);
            write_dispersed(row, out);
        }
        write_verdict(w, row, out);
    } else if (yoy_has_counts(row)) {
        write_amounts(row, out);
    }
}

/* ---- notes ---- */

/* How many of a total's cases stand in none of its parts: said of the rest's own row, and of a
 * total by unit that is stated. */
static void note_rest(struct writer *w, const struct yoy_row *row)
{
    int64_t now = row->counts.count, before = 0;
    if (row->is_total && row->counts.marks & TALLY_STATED && !row->is_rest)
        compare_unit_rest(&w->set->compare, row->unit, row->category, &now, &before);
    else if (!row->is_rest)
        return;
    if (now > 0 || row->is_rest)
        notes_count(&w->note, "not_broken_down", now);
}

/* Most rows have the same note as the one before. */
static const char *write_note(struct writer *w, const struct yoy_row *row, struct err *e)
{
    buf_clear(&w->note);
    if (!row->is_rest)
        notes_compared(&w->note, &w->set->compare, row->unit, row->category, &row->counts,
                       row->is_total);
    note_rest(w, row);
    if (w->set->compare.data_end != DAY_NONE && !row->is_rest)
        notes_compared_events(&w->note, w->set->events, &w->set->compare, row->unit);
    if (w->note.failed) {
        err_memory(e);
        return NULL;
    }
    const char *text = buf_text(&w->note);
    if (w->last_note && !strcmp(text, w->last_note))
        return w->last_note;
    w->last_note = arena_text(&w->r->arena, text);
    if (!w->last_note)
        err_memory(e);
    return w->last_note;
}

/* ---- rows ---- */

static bool write_row(struct writer *w, const struct yoy_row *row, struct err *e)
{
    struct cell *out = result_add_row(w->r, e);
    if (!out)
        return false;
    if (!write_names(w, row, out))
        return err_memory(e);
    write_numbers(w, row, out);
    const char *note = write_note(w, row, e);
    out[YOY_NOTE] = cell_text(note);
    return note != NULL;
}

bool yoy_write_rows(const struct yoy_set *set, struct result *r, struct err *e)
{
    struct writer w = {.set = set,
                       .r = r,
                       .units = calloc(set->compare.scope.unit_count + 1, sizeof *w.units),
                       .categories =
                           calloc(set->compare.scope.category_count + 1, sizeof *w.categories),
                       .period = arena_text(&r->arena, set->q.period.label),
                       .against = arena_text(&r->arena, set->query->against)};
    bool ok = (w.units && w.categories && w.period && w.against) || err_memory(e);
    for (size_t i = 0; ok && i < set->count; i++)
        ok = write_row(&w, yoy_row_at(set, i), e);
    free(w.units);
    free(w.categories);
    buf_free(&w.note);
    return ok;
}
