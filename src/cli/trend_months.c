/* One series for its chart: its months with the fitted curve, and its row of the trend table. */
#include <math.h>
#include <stdlib.h>

#include "cli/one_series.h"
#include "cli/trend_private.h"

enum { TMO_FITTED = MON_COLUMNS, TMO_LOW, TMO_HIGH, TMO_SEGMENT, TMO_COLUMNS };

static const struct column columns[TMO_COLUMNS] = {
    MONTH_COLUMNS,
    [TMO_FITTED] = {"fitted", N_("Fitted"), COLUMN_REAL, 2},
    [TMO_LOW] = {"fitted_low", N_("Fitted, 95% from"), COLUMN_REAL, 2},
    [TMO_HIGH] = {"fitted_high", N_("Fitted, 95% to"), COLUMN_REAL, 2},
    [TMO_SEGMENT] = {"segment", N_("Segment"), COLUMN_COUNT, 0},
};

/* The fitted curve over the months of the model. */
struct curve {
    double *fitted, *low, *high;
    size_t n;
};

static void curve_free(struct curve *c)
{
    free(c->fitted);
    free(c->low);
    free(c->high);
}

static bool curve_fit(struct curve *c, const struct trend_row *t, struct err *e)
{
    size_t n = t->x.ts.n;
    *c = (struct curve){malloc((n + 1) * sizeof(double)), malloc((n + 1) * sizeof(double)),
                        malloc((n + 1) * sizeof(double)), n};
    if (!c->fitted || !c->low || !c->high || t->failed)
        return err_memory(e);
    bool turns = t->joinpoints.state == JOINPOINT_OK && t->joinpoints.count > 0;
    return (turns ? joinpoint_curve(&t->x.ts, &t->joinpoints, c->fitted, c->low, c->high)
                  : trend_curve(&t->x.ts, &t->trend, c->fitted, c->low, c->high)) ||
           err_memory(e);
}

static int segment_of(const struct joinpoints *j, size_t step)
{
    int segment = 1;
    for (int i = 0; i < j->count; i++)
        segment += step >= j->at[i];
    return segment;
}

static bool write_months(const struct one_series *x, const struct trend_row *t,
                         const struct curve *c, struct result *r, struct err *e)
{
    for (size_t i = x->from; i < x->to; i++) {
        size_t k = i - t->x.series.offset;
        struct cell *out = one_series_add(x, i, r, e);
        if (!out)
            return false;
        if (i < t->x.series.offset || k >= c->n || isnan(c->fitted[k]))
            continue;
        out[TMO_FITTED] = cell_real(c->fitted[k]);
        out[TMO_LOW] = cell_real(c->low[k]);
        out[TMO_HIGH] = cell_real(c->high[k]);
        out[TMO_SEGMENT] = cell_int(segment_of(&t->joinpoints, k));
    }
    return true;
}

bool trend_build_months(struct session *s, struct result *months, struct result *row, struct err *e)
{
    struct one_series x;
    struct trend_row t = {0};
    struct curve c = {0};
    int most;
    result_init(row, "trend", trend_columns, TRD_COLUMNS, s->lang);
    bool ok = trend_read_joinpoints(s, &most, e) && one_series_init(&x, s, PER_DAYS, e);
    if (ok) {
        t.x = x.row;
        trend_row_fit(&t, most);
        ok = curve_fit(&c, &t, e) && trend_write(s, &x.group, 0, &t, row, e) &&
             one_series_begin(&x, "trend", columns, TMO_COLUMNS, months, e) &&
             write_months(&x, &t, &c, months, e);
    }
    curve_free(&c);
    one_series_free(&x);
    return ok;
}
