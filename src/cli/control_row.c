/* The row of a control chart: the segment in force and its verdict. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "cli/control_private.h"
#include "series/plan.h"
#include "stats/comparison.h"

enum {
    CTL_UNIT,
    CTL_UNIT_NAME,
    CTL_CATEGORY,
    CTL_CATEGORY_NAME,
    CTL_FROM,
    CTL_TO,
    CTL_N,
    CTL_TOTAL,
    CTL_CENTRE,
    CTL_LOWER,
    CTL_UPPER,
    CTL_SEGMENT_FROM,
    CTL_VARIATION,
    CTL_SIGNALS,
    CTL_TARGET,
    CTL_ASSURANCE,
    CTL_PROB_WITHIN,
    CTL_NOTE,
    CTL_SIGNAL, /* the last, and its first and last month or day */
    CTL_SIGNAL_FROM,
    CTL_SIGNAL_TO,
    CTL_OPEN_PROB,
    CTL_COLUMNS
};

static const struct column columns[CTL_COLUMNS] = {
    [CTL_UNIT] = {"unit", N_("Unit code"), COLUMN_TEXT, 0},
    [CTL_UNIT_NAME] = {"unit_name", N_("Unit"), COLUMN_TEXT, 0},
    [CTL_CATEGORY] = {"category", N_("Category code"), COLUMN_TEXT, 0},
    [CTL_CATEGORY_NAME] = {"category_name", N_("Category"), COLUMN_TEXT, 0},
    [CTL_FROM] = {"from", N_("From"), COLUMN_TEXT, 0},
    [CTL_TO] = {"to", N_("To"), COLUMN_TEXT, 0},
    [CTL_N] = {"n", N_("Steps known"), COLUMN_COUNT, 0},
    [CTL_TOTAL] = {"total", N_("Count"), COLUMN_COUNT, 0},
    [CTL_CENTRE] = {"centre", N_("Centre"), COLUMN_REAL, 2},
    [CTL_LOWER] = {"lower", N_("Lower limit"), COLUMN_REAL, 0},
    [CTL_UPPER] = {"upper", N_("Upper limit"), COLUMN_REAL, 0},
    [CTL_SEGMENT_FROM] = {"segment_from", N_("Segment from"), COLUMN_TEXT, 0},
    [CTL_VARIATION] = {"variation", N_("Variation"), COLUMN_TOKEN, 0},
    [CTL_SIGNALS] = {"signals", N_("Signals"), COLUMN_COUNT, 0},
    [CTL_TARGET] = {"target", N_("Cases allowed"), COLUMN_COUNT, 0},
    [CTL_ASSURANCE] = {"assurance", N_("Assurance"), COLUMN_TOKEN, 0},
    [CTL_PROB_WITHIN] = {"prob_within", N_("P(target met)"), COLUMN_PROB, 0},
    [CTL_NOTE] = {"note", N_("Note"), COLUMN_NOTE, 0},
    [CTL_SIGNAL] = {"signal", N_("Last signal"), COLUMN_TEXT, 0},
    [CTL_SIGNAL_FROM] = {"signal_from", N_("Signal from"), COLUMN_TEXT, 0},
    [CTL_SIGNAL_TO] = {"signal_to", N_("Signal to"), COLUMN_TEXT, 0},
    [CTL_OPEN_PROB] = {"open_prob", N_("P(so long a gap)"), COLUMN_PROB, 0},
};

void control_begin(const struct one_series *x, struct result *control)
{
    result_init(control, "control", columns, CTL_COLUMNS, x->s->lang);
}

static bool write_signal(const struct control_verdict *v, const struct control_labels *labels,
                         struct arena *a, struct cell *out)
{
    struct buf signal = {0};
    if (!v->signal)
        return true;
    control_add_signals(&signal, v->signal);
    out[CTL_SIGNAL] = cell_text(arena_text(a, buf_text(&signal)));
    out[CTL_SIGNAL_FROM] = cell_text(arena_text(a, labels->signal_from));
    out[CTL_SIGNAL_TO] = cell_text(arena_text(a, labels->signal_to));
    bool ok = !signal.failed;
    buf_free(&signal);
    return ok;
}

static void write_names(const struct one_series *x, const struct control_labels *labels,
                        struct arena *a, struct cell *out)
{
    const struct scope *scope = &x->group.set.scope;
    const struct directory *d = scope->directory;
    out[CTL_UNIT] = cell_text(arena_text(a, d->units[scope->units[x->unit]].code));
    out[CTL_UNIT_NAME] = cell_text(arena_text(a, series_unit_name(&x->group, x->s, x->unit, a)));
    out[CTL_CATEGORY] =
        cell_text(arena_text(a, d->categories[scope->categories[x->category]].code));
    out[CTL_CATEGORY_NAME] = cell_text(arena_text(a, series_category_name(&x->group, x->category)));
    out[CTL_FROM] = out[CTL_SEGMENT_FROM] = cell_text(arena_text(a, labels->from));
    out[CTL_TO] = cell_text(arena_text(a, labels->to));
}

bool control_write(const struct one_series *x, const struct control_verdict *v,
                   const struct control_target *target, const struct control_labels *labels,
                   double open_prob, const char *note, struct result *control, struct err *e)
{
    struct cell *out = result_add_row(control, e);
    if (!out)
        return false;
    write_names(x, labels, &control->arena, out);
    out[CTL_N] = cell_int((int64_t)v->n);
    out[CTL_TOTAL] = cell_int((int64_t)v->total);
    out[CTL_CENTRE] = cell_real(v->centre);
    out[CTL_LOWER] = cell_real(v->lower);
    out[CTL_UPPER] = cell_real(v->upper);
    out[CTL_VARIATION] = cell_text(control_variation_token(v->variation));
    out[CTL_SIGNALS] = cell_int((int64_t)v->signals);
    if (!isnan(target->count))
        out[CTL_TARGET] = cell_int((int64_t)target->count);
    out[CTL_ASSURANCE] = cell_text(control_assurance_token(v->assurance));
    out[CTL_PROB_WITHIN] = cell_real(v->prob_within);
    out[CTL_NOTE] = cell_text(arena_text(&control->arena, note));
    out[CTL_OPEN_PROB] = cell_real(open_prob);
    return write_signal(v, labels, &control->arena, out) || err_memory(e);
}

/* ---- the target ---- */

static bool wanted_pct(const struct one_series *x, const struct period *year, double *pct,
                       struct err *e)
{
    const struct session *s = x->s;
    const char *text = arg(s->request, OPT_TARGET);
    struct plan plan = {0};
    if (text)
        return num_parse_real(text, strlen(text), pct) ||
               err_set(e, ERR_USAGE,
                       "--target %s: is no reduction in percent: write a number from 0 to 100",
                       text);
    if (!plan_read(&plan, s->store, s->state, &s->directory, arg(s->request, OPT_PLAN), year, e))
        return false;
    *pct = x->ask.places.tally.count == COUNT_CASES
               ? plan_reduction_target(&plan, x->ask.places.categories[0])
               : NAN;
    plan_free(&plan);
    return true;
}

static double year_total(const struct one_series *x, int year)
{
    double total = 0;
    for (int k = 0; k < 12; k++) {
        int64_t i = (int64_t)year * 12 + k - x->whole.first;
        total = i < 0 || i >= (int64_t)x->whole.n ? NAN : total + x->whole.count[i];
    }
    return total;
}

bool control_read_target(const struct one_series *x, double exposure, struct control_target *target,
                         struct err *e)
{
    int year = (int)((x->whole.first + (int64_t)x->to - 1) / 12);
    struct period period = {.span = calendar_year(x->s->calendar, year)};
    double pct = NAN, before = year_total(x, year - 1);
    int64_t allowance;
    snprintf(period.label, sizeof period.label, "%d", year);
    *target = (struct control_target){NAN, exposure};
    if (!wanted_pct(x, &period, &pct, e))
        return false;
    if (!isnan(before) && comparison_allowance((int64_t)before, 1, 1, pct, &allowance))
        target->count = (double)allowance;
    return true;
}
