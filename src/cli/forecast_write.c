/* One row of the forecast table. */
#include <math.h>

#include "cli/forecast_private.h"

static const char *model_token(const struct outlook *o)
{
    static const char *const tokens[] = {"trend", "level", "share", "prior", "mix"};
    return o->state == OUTLOOK_OK ? tokens[o->model.model] : "";
}

static void write_names(const struct forecast_row *x, struct result *r, struct cell *out)
{
    const struct scope *scope = &x->set->compare.scope;
    const struct session *s = x->set->s;
    size_t unit = scope->units[x->row->unit];
    const struct category *c = &scope->directory->categories[scope->categories[x->row->category]];
    struct arena *a = &r->arena;
    char to[11];
    day_text(x->outlook->observed_to, to);
    out[FCT_UNIT] = cell_text(arena_text(a, scope->directory->units[unit].code));
    out[FCT_UNIT_NAME] =
        cell_text(arena_text(a, session_unit_name(s, unit, x->set->q.period.span.to, a)));
    out[FCT_CATEGORY] = cell_text(arena_text(a, c->code));
    out[FCT_CATEGORY_NAME] = cell_text(arena_text(a, *c->name ? c->name : c->code));
    out[FCT_PERIOD] = cell_text(arena_text(a, x->set->q.period.label));
    out[FCT_OBSERVED_TO] = cell_text(arena_text(a, to));
}

bool forecast_is_ahead(const struct forecast_row *x)
{
    return x->outlook->observed_to < x->set->q.period.span.from;
}

/* Of a period that lies ahead: 0 so far. */
static bool is_observed(const struct forecast_row *x)
{
    const struct compared *k = &x->row->counts;
    return (k->has_now && k->known) || forecast_is_ahead(x);
}

static int64_t month_of(const struct forecast_row *x, day d)
{
    int year, month;
    calendar_locate(x->set->q.calendar, d, &year, &month);
    return (int64_t)year * 12 + month - 1;
}

/* The whole period before, of those that the forecast is of. While the period runs they are those
 * compared; ahead of it their months are added up. */
static bool base_of(const struct forecast_row *x, int64_t *base)
{
    const struct compared *k = &x->row->counts;
    const struct series *s = &x->outlook->row.series;
    struct span before = x->set->q.before[0].span;
    double total = 0;
    *base = k->whole_before;
    if (!forecast_is_ahead(x))
        return k->has_before && k->known_whole;
    for (int64_t m = month_of(x, before.from); m <= month_of(x, before.to); m++) {
        int64_t i = m - s->first;
        total = i < 0 || i >= (int64_t)s->n ? NAN : total + s->count[i];
    }
    *base = isnan(total) ? 0 : (int64_t)total;
    return !isnan(total);
}

static void write_expected(const struct forecast_row *x, struct cell *out)
{
    const struct outlook *o = x->outlook;
    int64_t count = x->row->counts.count;
    if (o->state == OUTLOOK_FINISHED) {
        out[FCT_EXPECTED] = cell_real((double)count);
        out[FCT_PI_LOW] = out[FCT_PI_HIGH] = cell_int(count);
    } else if (o->state == OUTLOOK_OK) {
        out[FCT_EXPECTED] = cell_real((double)count + predictive_mean(&o->rest));
        out[FCT_PI_LOW] = cell_int(count + predictive_quantile(&o->rest, 0.1));
        out[FCT_PI_HIGH] = cell_int(count + predictive_quantile(&o->rest, 0.9));
    }
}

static void write_allowance(const struct forecast_row *x, struct cell *out)
{
    const struct compared *k = &x->row->counts;
    int64_t allowance, base;
    out[FCT_TARGET] = cell_real(x->row->target_pct);
    if (!base_of(x, &base))
        return;
    out[FCT_COUNT_BEFORE] = cell_int(base);
    if (!comparison_allowance(base, 1, 1, x->row->target_pct, &allowance))
        return;
    out[FCT_ALLOWANCE] = cell_int(allowance);
    if (!is_observed(x))
        return;
    out[FCT_LEFT] = cell_int(allowance - k->count);
    if (x->outlook->state == OUTLOOK_OK)
        out[FCT_PROB_TOTAL] = cell_real(predictive_cdf(&x->outlook->rest, allowance - k->count));
}

static void note_outlook(struct buf *b, const struct forecast_row *x)
{
    const struct outlook *o = x->outlook;
    bool fitted = o->state == OUTLOOK_OK;
    notes_flag(b, "total", x->row->is_total);
    notes_flag(b, "finished", o->state == OUTLOOK_FINISHED);
    notes_flag(b, "no_history", o->state == OUTLOOK_UNKNOWN);
    notes_flag(b, "too_far", o->state == OUTLOOK_FAR);
    notes_flag(b, "few_periods", fitted && o->model.state == FORECAST_FEW_STEPS);
    notes_flag(b, "few_incidents", fitted && o->model.state == FORECAST_FEW_CASES);
    notes_flag(b, "pooled", fitted && o->model.model_weight[FORECAST_SHARE] > 0);
}

static const char *write_note(const struct forecast_row *x, struct arena *a)
{
    struct buf b = {0};
    note_outlook(&b, x);
    series_note(&b, &x->f->set, x->row->unit, x->row->category, &x->outlook->row.series);
    const char *text = b.failed ? NULL : arena_text(a, buf_text(&b));
    buf_free(&b);
    return text;
}

bool forecast_write(const struct forecast_row *x, struct result *r, struct err *e)
{
    const char *note = write_note(x, &r->arena);
    struct cell *out = result_add_row(r, e);
    if (!out || !note)
        return err_memory(e);
    write_names(x, r, out);
    if (is_observed(x)) {
        out[FCT_OBSERVED] = cell_int(x->row->counts.count);
        write_expected(x, out);
    }
    write_allowance(x, out);
    out[FCT_MODEL] = cell_text(model_token(x->outlook));
    out[FCT_NOTE] = cell_text(note);
    return true;
}
