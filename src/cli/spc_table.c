/* A series of months under control limits. */
#include <math.h>
#include <stdlib.h>

#include "cli/control_private.h"
#include "stats/trend.h"

enum { SMO_CENTRE = MON_COLUMNS, SMO_LOWER, SMO_UPPER, SMO_SEGMENT, SMO_SIGNAL, SMO_COLUMNS };

static const struct column columns[SMO_COLUMNS] = {
    MONTH_COLUMNS,
    [SMO_CENTRE] = {"centre", N_("Centre"), COLUMN_REAL, 2},
    [SMO_LOWER] = {"lower", N_("Lower limit"), COLUMN_REAL, 0},
    [SMO_UPPER] = {"upper", N_("Upper limit"), COLUMN_REAL, 0},
    [SMO_SEGMENT] = {"segment", N_("Segment"), COLUMN_COUNT, 0},
    [SMO_SIGNAL] = {"signal", N_("Signal"), COLUMN_TEXT, 0},
};

struct spc_months {
    struct one_series *x;
    double *exposure; /* days, times the month's season where there is one */
    double phi;
    bool seasonal, dispersed;
    struct control_point *points;
    struct control_verdict verdict;
    struct control_target target;
};

/* What belongs to the season is ordinary: where there is one for sure, limits go with it. Large
 * counts vary more than Poisson counts where the trend's family says so. */
static bool look_at_series(struct spc_months *m, struct err *e)
{
    const struct time_series *ts = &m->x->row.ts;
    struct trend t;
    double season[12];
    m->exposure = malloc((ts->n + 1) * sizeof *m->exposure);
    if (!m->exposure || !trend_fit(ts, &t))
        return err_memory(e);
    m->seasonal = t.season_p < 0.01 && trend_season(ts, &t, season);
    m->dispersed = t.family == TREND_NEGBIN;
    m->phi = m->dispersed ? t.phi : 1;
    for (size_t i = 0; i < ts->n; i++)
        m->exposure[i] = ts->exposure[i] * (m->seasonal ? season[time_series_place(ts, i)] : 1);
    return true;
}

static bool control(struct spc_months *m, struct err *e)
{
    struct time_series ts = m->x->row.ts;
    ts.exposure = m->exposure;
    m->points = calloc(ts.n + 1, sizeof *m->points);
    if (!m->points)
        return err_memory(e);
    m->verdict = control_counts(&ts, m->phi, m->target, m->points);
    return true;
}

static bool write_month(const struct spc_months *m, size_t i, struct result *r, struct err *e)
{
    const struct series *x = &m->x->row.series;
    struct cell *out = one_series_add(m->x, i, r, e);
    if (!out || i < x->offset || i >= x->offset + x->n)
        return out != NULL;
    const struct control_point *p = &m->points[i - x->offset];
    struct buf signals = {0};
    control_add_signals(&signals, p->signals);
    out[SMO_CENTRE] = cell_real(p->centre);
    out[SMO_LOWER] = cell_real(p->lower);
    out[SMO_UPPER] = cell_real(p->upper);
    out[SMO_SEGMENT] = cell_int((int64_t)p->segment + 1);
    out[SMO_SIGNAL] = cell_text(arena_text(&r->arena, buf_text(&signals)));
    bool ok = !signals.failed || err_memory(e);
    buf_free(&signals);
    return ok;
}

static bool write_months(const struct spc_months *m, struct result *r, struct err *e)
{
    bool ok = one_series_begin(m->x, "control", columns, SMO_COLUMNS, r, e);
    for (size_t i = m->x->from; ok && i < m->x->to; i++)
        ok = write_month(m, i, r, e);
    return ok;
}

static void label(const struct spc_months *m, size_t step, char text[16])
{
    series_label(&m->x->group.set, m->x->row.series.offset + step, text);
}

static bool write_row(const struct spc_months *m, struct result *r, struct err *e)
{
    const struct control_verdict *v = &m->verdict;
    struct control_labels labels = {"", "", "", ""};
    struct buf note = {0};
    if (v->to > v->from) {
        label(m, v->from, labels.from);
        label(m, v->to - 1, labels.to);
    }
    if (v->signal) {
        label(m, v->signal_from, labels.signal_from);
        label(m, v->signal_to, labels.signal_to);
    }
    notes_flag(&note, "seasonal_limits", m->seasonal);
    notes_flag(&note, "dispersed_limits", m->dispersed);
    series_note(&note, &m->x->group.set, m->x->unit, m->x->category, &m->x->row.series);
    bool ok =
        !note.failed && control_write(m->x, v, &m->target, &labels, NAN, buf_text(&note), r, e);
    buf_free(&note);
    return ok;
}

/* Of twelve average months. */
static double year_exposure(const struct time_series *ts)
{
    double sum = 0;
    for (size_t i = 0; i < ts->n; i++)
        sum += ts->exposure[i];
    return ts->n ? 12 * sum / (double)ts->n : 12;
}

bool spc_build(struct session *s, struct result *months, struct result *control_row, struct err *e)
{
    struct one_series x;
    struct spc_months m = {.x = &x};
    bool ok = one_series_init(&x, s, PER_CASES, e);
    control_begin(&x, control_row);
    ok = ok && control_read_target(&x, year_exposure(&x.row.ts), &m.target, e) &&
         look_at_series(&m, e) && control(&m, e) && write_months(&m, months, e) &&
         write_row(&m, control_row, e);
    free(m.exposure);
    free(m.points);
    one_series_free(&x);
    return ok;
}
