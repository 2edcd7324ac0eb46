/* From the cells of an `alert` result to series of months. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "plot/alert.h"
#include "plot/cells.h"

/* ---- series ---- */

static bool is_same(const struct result *r, size_t a, size_t b, const char *column)
{
    return !strcmp(cells_text(r, a, column), cells_text(r, b, column));
}

static bool add_series(struct alert *a, size_t row, struct err *e)
{
    void *items = a->series;
    if (!array_grow(&items, &a->series_cap, a->series_count + 1, sizeof *a->series, e))
        return false;
    a->series = items;
    struct alert_series *s = &a->series[a->series_count++];
    *s = (struct alert_series){
        .row = row, .latest = ALERT_NEVER, .latest_known = ALERT_NEVER, .most = 1};
    s->months = arena_alloc(&a->arena, a->count * sizeof *s->months);
    if (!s->months)
        return err_memory(e);
    for (size_t i = 0; i < a->count; i++)
        s->months[i] = (struct alert_month){NAN, NAN, NAN, NAN, false, MONTHS_NO_ROW};
    return true;
}

static void read_month(struct alert *a, struct alert_series *s, size_t row)
{
    const struct result *r = a->result;
    int index = a->first;
    cells_read_month(cells_text(r, row, "month"), &index);
    struct alert_month *m = &s->months[index - a->first];
    *m = (struct alert_month){.count = cells_number(r, row, "count"),
                              .expected = cells_number(r, row, "expected"),
                              .upper = cells_number(r, row, "upper"),
                              .p = cells_number(r, row, "p_value"),
                              .row = row};
    m->is_alarm = m->count > m->upper;
}

static void sum_series(struct alert *a, struct alert_series *s)
{
    for (size_t i = 0; i < a->count; i++) {
        const struct alert_month *m = &s->months[i];
        a->has_unknown |= isnan(m->count);
        a->has_upper |= !isnan(m->upper);
        a->has_expected |= !isnan(m->expected);
        s->most = fmax(s->most, fmax(isnan(m->count) ? 0 : m->count, m->upper));
        s->most = fmax(s->most, m->expected);
        if (isnan(m->count))
            continue;
        s->latest_known = (int)i;
        a->total += m->count;
        s->alarms += m->is_alarm;
        a->has_alarm |= m->is_alarm;
        s->latest = m->is_alarm ? (int)i : s->latest;
    }
}

/* Rows of one series need not stand together. */
static bool read_series(struct alert *a, struct err *e)
{
    const struct result *r = a->result;
    for (size_t i = 0; i < r->row_count; i++) {
        size_t s = a->series_count;
        bool is_next = s > 0 && is_same(r, i, a->series[s - 1].row, "unit") &&
                       is_same(r, i, a->series[s - 1].row, "category");
        for (s = is_next ? s - 1 : 0; !is_next && s < a->series_count; s++)
            if (is_same(r, i, a->series[s].row, "unit") &&
                is_same(r, i, a->series[s].row, "category"))
                break;
        if (s == a->series_count && !add_series(a, i, e))
            return false;
        read_month(a, &a->series[s], i);
    }
    for (size_t s = 0; s < a->series_count; s++)
        sum_series(a, &a->series[s]);
    return true;
}

/* ---- names and order ---- */

static const char *or_else(const char *text, const char *other)
{
    return *text ? text : other;
}

/* By what tells the series apart: unit, category, or both. */
static bool name_series(struct alert *a, struct err *e)
{
    const struct result *r = a->result;
    bool units = false, categories = false;
    for (size_t s = 1; s < a->series_count; s++) {
        units |= !is_same(r, a->series[s].row, a->series[0].row, "unit");
        categories |= !is_same(r, a->series[s].row, a->series[0].row, "category");
    }
    for (size_t s = 0; s < a->series_count; s++) {
        size_t row = a->series[s].row;
        const char *unit = or_else(cells_text(r, row, "unit_name"), cells_text(r, row, "unit"));
        const char *category =
            or_else(cells_text(r, row, "category_name"), cells_text(r, row, "category"));
        a->series[s].name = categories && !units ? category
                            : categories         ? arena_format(&a->arena, "%s: %s", unit, category)
                                                 : unit;
        if (!a->series[s].name)
            return err_memory(e);
    }
    return true;
}

static double latest_p(const struct alert_series *s)
{
    double p = s->latest == ALERT_NEVER ? NAN : s->months[s->latest].p;
    return isnan(p) ? 1 : p;
}

static int compare_series(const void *left, const void *right)
{
    const struct alert_series *a = left, *b = right;
    if (a->latest != b->latest)
        return a->latest > b->latest ? -1 : 1;
    if (latest_p(a) != latest_p(b))
        return latest_p(a) < latest_p(b) ? -1 : 1;
    return a->row < b->row ? -1 : 1;
}

bool alert_read(struct alert *a, const struct result *r, struct err *e)
{
    *a = (struct alert){.result = r, .counted = words_counted(r)};
    if (!months_range(a->result, &a->first, &a->count, e) || !read_series(a, e) ||
        !name_series(a, e))
        return false;
    qsort(a->series, a->series_count, sizeof *a->series, compare_series);
    return true;
}

void alert_free(struct alert *a)
{
    free(a->series);
    arena_free(&a->arena);
    *a = (struct alert){0};
}

int alert_latest(const struct alert *a)
{
    int latest = ALERT_NEVER;
    for (size_t s = 0; s < a->series_count; s++)
        latest = a->series[s].latest_known > latest ? a->series[s].latest_known : latest;
    return latest;
}
