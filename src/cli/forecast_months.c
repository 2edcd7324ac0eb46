/* One forecast for its chart: the months of the period, counted up, with the fan to its end. */
#include <math.h>
#include <stdlib.h>

#include "cli/forecast_private.h"

enum {
    FMO_UNIT,
    FMO_UNIT_NAME,
    FMO_CATEGORY,
    FMO_CATEGORY_NAME,
    FMO_MONTH,
    FMO_COUNT,
    FMO_STATE,
    FMO_CUMULATIVE,
    FMO_BEFORE,
    FMO_EXPECTED,
    FMO_LOW,
    FMO_HIGH,
    FMO_WIDE_LOW,
    FMO_WIDE_HIGH,
    FMO_COLUMNS
};

static const struct column columns[FMO_COLUMNS] = {
    [FMO_UNIT] = {"unit", N_("Unit code"), COLUMN_TEXT, 0},
    [FMO_UNIT_NAME] = {"unit_name", N_("Unit"), COLUMN_TEXT, 0},
    [FMO_CATEGORY] = {"category", N_("Category code"), COLUMN_TEXT, 0},
    [FMO_CATEGORY_NAME] = {"category_name", N_("Category"), COLUMN_TEXT, 0},
    [FMO_MONTH] = {"month", N_("Month"), COLUMN_TEXT, 0},
    [FMO_COUNT] = {"count", N_("Count"), COLUMN_COUNT, 0},
    [FMO_STATE] = {"state", N_("Known"), COLUMN_TOKEN, 0},
    [FMO_CUMULATIVE] = {"cumulative", N_("Cumulative"), COLUMN_COUNT, 0},
    [FMO_BEFORE] = {"cumulative_before", N_("Cumulative before"), COLUMN_COUNT, 0},
    [FMO_EXPECTED] = {"expected", N_("Expected"), COLUMN_REAL, 1},
    [FMO_LOW] = {"pi_low", N_("80% from"), COLUMN_COUNT, 0},
    [FMO_HIGH] = {"pi_high", N_("80% to"), COLUMN_COUNT, 0},
    [FMO_WIDE_LOW] = {"wide_low", N_("95% from"), COLUMN_COUNT, 0},
    [FMO_WIDE_HIGH] = {"wide_high", N_("95% to"), COLUMN_COUNT, 0},
};

/* Both periods counted up to the end of each month of the period. */
struct months {
    struct session *s;
    const struct forecast_row *x;
    struct spans *days; /* [2 n]: from the start to the end of month i; a year before */
    struct window *windows;
    size_t n;
    int64_t first;
    struct tally tally;
    struct result *r;
};

static struct span month_days(const struct months *m, int64_t number)
{
    return calendar_month(m->s->calendar, (int)(number / 12), (int)(number % 12) + 1);
}

static int64_t month_of(const struct months *m, day d)
{
    int year, month;
    calendar_locate(m->s->calendar, d, &year, &month);
    return (int64_t)year * 12 + month - 1;
}

static bool is_observed(const struct months *m, size_t i)
{
    day end = month_days(m, m->first + (int64_t)i).to;
    end = end < m->x->set->q.period.span.to ? end : m->x->set->q.period.span.to;
    return end <= m->x->outlook->observed_to;
}

static bool choose_windows(struct months *m, struct err *e)
{
    const struct compare_query *q = &m->x->set->q;
    const struct forecasting *f = m->x->f;
    bool alone = !f->parts[m->x->row->unit] && f->compare->scope.is_leaf[m->x->row->unit];
    int years = date_from_day(q->period.span.to).year - date_from_day(q->before[0].span.to).year;
    bool ok = true;
    for (size_t i = 0; ok && i < m->n; i++) {
        struct span to = {q->period.span.from, month_days(m, m->first + (int64_t)i).to};
        to.to = to.to < q->period.span.to ? to.to : q->period.span.to;
        ok = spans_add(&m->days[m->n + i], span_shift_years(to, -years), e);
        to.to = to.to < m->x->outlook->observed_to ? to.to : m->x->outlook->observed_to;
        ok = ok && spans_add(&m->days[i], to, e);
    }
    for (size_t i = 0; i < 2 * m->n; i++) {
        m->windows[i] =
            (struct window){.days = &m->days[i], .units = alone ? NULL : m->x->f->parts};
        if (is_observed(m, i % m->n)) { /* behind, the whole of the period before */
            m->windows[i].limits = f->compare->limits;
            m->windows[i].limit_count = f->compare->limit_count;
        }
    }
    return ok;
}

static bool count(struct months *m, struct err *e)
{
    const struct compare *c = &m->x->set->compare;
    const struct span *period = &m->x->set->q.period.span;
    m->first = month_of(m, period->from);
    m->n = (size_t)(month_of(m, period->to) - m->first + 1);
    m->days = calloc(2 * m->n, sizeof *m->days);
    m->windows = calloc(2 * m->n, sizeof *m->windows);
    return ((m->days && m->windows) || err_memory(e)) && choose_windows(m, e) &&
           tally_init(&m->tally, m->s->store, &c->scope, &m->x->set->q.tally, m->windows, 2 * m->n,
                      &c->known, e);
}

/* ---- cells ---- */

static int64_t cumulative(const struct months *m, size_t window)
{
    return m->tally.counts[tally_at(&m->tally, m->x->row->unit, m->x->row->category, window)];
}

static void write_observed(const struct months *m, size_t i, struct cell *out)
{
    int64_t all = cumulative(m, i), before = i ? cumulative(m, i - 1) : 0;
    out[FMO_STATE] = cell_text("known");
    out[FMO_COUNT] = cell_int(all - before);
    out[FMO_CUMULATIVE] = cell_int(all);
}

/* The total up to the end of month i: what was counted, and the rest up to there. */
static void write_fan(const struct months *m, size_t i, struct cell *out)
{
    const struct outlook *o = m->x->outlook;
    int64_t next = o->row.series.first + (int64_t)o->row.series.n;
    int64_t horizon = m->first + (int64_t)i - next + 1;
    int64_t counted = m->x->row->counts.count;
    struct predictive rest;
    out[FMO_STATE] = cell_text("unknown");
    if (o->state != OUTLOOK_OK || horizon < 1)
        return;
    forecast_total(&o->model, o->exposure, (size_t)horizon, &rest);
    out[FMO_EXPECTED] = cell_real((double)counted + predictive_mean(&rest));
    out[FMO_LOW] = cell_int(counted + predictive_quantile(&rest, 0.1));
    out[FMO_HIGH] = cell_int(counted + predictive_quantile(&rest, 0.9));
    out[FMO_WIDE_LOW] = cell_int(counted + predictive_quantile(&rest, 0.025));
    out[FMO_WIDE_HIGH] = cell_int(counted + predictive_quantile(&rest, 0.975));
}

static bool write_month(struct months *m, size_t i, struct err *e)
{
    const struct scope *scope = &m->x->set->compare.scope;
    const struct unit *u = &scope->directory->units[scope->units[m->x->row->unit]];
    const struct category *c =
        &scope->directory->categories[scope->categories[m->x->row->category]];
    struct cell *out = result_add_row(m->r, e);
    int64_t number = m->first + (int64_t)i;
    struct arena *a = &m->r->arena;
    if (!out)
        return false;
    out[FMO_UNIT] = cell_text(arena_text(a, u->code));
    out[FMO_UNIT_NAME] = cell_text(arena_text(
        a, session_unit_name(m->s, scope->units[m->x->row->unit], m->x->set->q.period.span.to, a)));
    out[FMO_CATEGORY] = cell_text(arena_text(a, c->code));
    out[FMO_CATEGORY_NAME] = cell_text(arena_text(a, *c->name ? c->name : c->code));
    out[FMO_MONTH] =
        cell_text(arena_format(a, "%04d-%02d", (int)(number / 12), (int)(number % 12) + 1));
    if (m->x->row->counts.has_before)
        out[FMO_BEFORE] = cell_int(cumulative(m, m->n + i));
    if (is_observed(m, i))
        write_observed(m, i, out);
    else
        write_fan(m, i, out);
    return true;
}

/* ---- the row asked for ---- */

struct one {
    struct session *s;
    struct result *months, *row;
};

static bool set_title(const struct one *one, const struct forecast_row *x, struct err *e)
{
    const struct cell *c = one->row->cells;
    one->months->title =
        arena_format(&one->months->arena, tr(one->months->lang, "Number of %s, %s, %s"),
                     session_counted(x->set->q.tally.count, one->months->lang),
                     c[FCT_CATEGORY_NAME].as.s, c[FCT_UNIT_NAME].as.s);
    return one->months->title || err_memory(e);
}

static bool take_row(void *context, const struct forecast_row *x, struct err *e)
{
    struct one *one = context;
    struct months m = {.s = one->s, .x = x, .r = one->months};
    if (x->outlook->state == OUTLOOK_FAR)
        return err_set(e, ERR_USAGE,
                       "--period: ends more than two years behind the last month known: choose a "
                       "nearer one");
    if (one->row->row_count)
        return err_set(e, ERR_USAGE, "this chart shows one unit: name one with --unit");
    bool ok = count(&m, e) && forecast_write(x, one->row, e) && set_title(one, x, e);
    for (size_t i = 0; ok && i < m.n; i++)
        ok = write_month(&m, i, e);
    for (size_t i = 0; m.days && i < 2 * m.n; i++)
        spans_free(&m.days[i]);
    free(m.days);
    free(m.windows);
    tally_free(&m.tally);
    return ok;
}

bool forecast_build_months(struct session *s, struct result *months, struct result *row,
                           struct err *e)
{
    const struct yoy_options o = {0};
    struct forecast_sets f;
    struct one one = {s, months, row};
    result_init(months, "forecast", columns, FMO_COLUMNS, s->lang);
    result_init(row, "forecast", forecast_columns, FCT_COLUMNS, s->lang);
    bool ok = forecast_sets_init(&f, s, &o, e) &&
              (f.yoy.q.places.category_count == 1 ||
               err_set(e, ERR_USAGE, "this chart shows one category: choose it with --category")) &&
              forecast_each(&f, &f.yoy.items[0], take_row, &one, e) &&
              (row->row_count || err_set(e, ERR_INPUT,
                                         "no month is known of this unit and category: see "
                                         "'keogiam status'")) &&
              coarse_judge(&f.yoy.coarse, s, FCT_EXPECTED, row, e) &&
              session_provenance(s, &f.yoy.facts, months, e) &&
              session_provenance(s, &f.yoy.facts, row, e);
    forecast_sets_free(&f);
    return ok;
}
