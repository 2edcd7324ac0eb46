/* From the cells of the months and of the model's row to what is drawn. */
#include <math.h>
#include <string.h>

#include "base/lang.h"
#include "plot/cells.h"
#include "plot/trend.h"

/* ---- the fitted curve ---- */

static double *column_of(struct trend *t, const char *column)
{
    double *values = arena_alloc(&t->arena, t->m.count * sizeof *values);
    for (size_t i = 0; values && i < t->m.count; i++)
        values[i] = months_number(&t->m, i, column);
    return values;
}

/* An interval that is wild at the ends must not press the counts flat: it is cut, and said so. */
static bool read_curve(struct trend *t, struct err *e)
{
    double *fitted = column_of(t, "fitted"), *low = column_of(t, "fitted_low");
    double *high = column_of(t, "fitted_high"), most = 0;
    if (!fitted || !low || !high)
        return err_memory(e);
    t->most = t->m.max;
    for (size_t i = 0; i < t->m.count; i++) {
        t->has_fit |= !isnan(fitted[i]);
        t->most = fmax(t->most, fitted[i]);
        most = fmax(most, high[i]);
    }
    double limit = t->most * 1.3;
    t->is_cut = most > limit;
    t->most = fmax(t->most, fmin(most, limit));
    for (size_t i = 0; i < t->m.count; i++)
        high[i] = high[i] > t->most ? t->most : high[i];
    t->fitted = fitted;
    t->low = low;
    t->high = high;
    return true;
}

/* ---- segments ---- */

/* Counts of the model are of what it used; without them the known months speak. */
static void count_segment(const struct trend *t, struct trend_segment *s)
{
    double total = 0, months = 0;
    for (int index = s->from; index <= s->to; index++) {
        const struct month *month = &t->m.months[index - t->m.first];
        total += isnan(month->count) ? 0 : month->count;
        months += !isnan(month->count);
    }
    s->total = isnan(s->total) ? total : s->total;
    s->months = isnan(s->months) ? months : s->months;
}

static void read_segment(const struct trend *t, struct trend_segment *s, size_t part)
{
    s->pct = cells_part_number(t->row, 0, "segment_change_pct", part);
    s->low = cells_part_number(t->row, 0, "segment_low", part);
    s->high = cells_part_number(t->row, 0, "segment_high", part);
    s->total = cells_part_number(t->row, 0, "segment_total", part);
    s->months = cells_part_number(t->row, 0, "segment_months", part);
    if (t->segment_count == 1 && isnan(s->pct)) {
        s->pct = cells_number(t->row, 0, "annual_change_pct");
        s->low = cells_number(t->row, 0, "ci_low");
        s->high = cells_number(t->row, 0, "ci_high");
    }
    count_segment(t, s);
}

/* Joinpoints in order of time, inside the series; what is not is passed over. */
static bool read_segments(struct trend *t, struct err *e)
{
    size_t parts = cells_parts(t->row, 0, "joinpoints");
    int last = t->m.first + (int)t->m.count - 1, index = 0;
    t->segments = arena_alloc(&t->arena, (parts + 1) * sizeof *t->segments);
    if (!t->segments)
        return err_memory(e);
    t->segments[0] = (struct trend_segment){.from = t->m.first, .to = last};
    t->segment_count = 1;
    for (size_t i = 0; i < parts; i++) {
        struct trend_segment *before = &t->segments[t->segment_count - 1];
        if (!cells_part_month(t->row, 0, "joinpoints", i, &index) || index <= before->from ||
            index > last)
            continue;
        before->to = index - 1;
        t->segments[t->segment_count++] = (struct trend_segment){.from = index, .to = last};
    }
    for (size_t i = 0; i < t->segment_count; i++)
        read_segment(t, &t->segments[i], i);
    return true;
}

/* ---- marks ---- */

static bool read_marks(struct trend *t, struct err *e)
{
    struct buf month = {0}, words = {0};
    bool ok = true;
    for (size_t i = 1; ok && i < t->segment_count; i++) {
        buf_clear(&month);
        buf_clear(&words);
        marks_add_month(&month, t->segments[i].from);
        buf_addf(&words, tr(t->m.result->lang, "joinpoint %s"), buf_text(&month));
        ok = (!month.failed && !words.failed) || err_memory(e);
        ok = ok && marks_add(&t->marks, MARK_JOINPOINT, (size_t)(t->segments[i].from - t->m.first),
                             1, buf_text(&words), e);
    }
    buf_free(&month);
    buf_free(&words);
    return ok && marks_add_events(&t->marks, &t->m, e);
}

bool trend_read(struct trend *t, const struct result *months, const struct result *row,
                struct err *e)
{
    *t = (struct trend){.row = row && row->row_count ? row : NULL};
    return months_read(&t->m, months, e) && read_curve(t, e) && read_segments(t, e) &&
           read_marks(t, e);
}

void trend_free(struct trend *t)
{
    marks_free(&t->marks);
    months_free(&t->m);
    arena_free(&t->arena);
    *t = (struct trend){0};
}
