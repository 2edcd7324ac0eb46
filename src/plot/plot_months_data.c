/* From the cells of a monthly result to months and years, and what is said of them. */
#include <math.h>
#include <string.h>

#include "base/lang.h"
#include "plot/cells.h"
#include "plot/draw.h"
#include "plot/months.h"

/* ---- cells ---- */

static bool is_same_series(const struct result *r, size_t row)
{
    return !strcmp(cells_text(r, row, "unit"), cells_text(r, 0, "unit")) &&
           !strcmp(cells_text(r, row, "category"), cells_text(r, 0, "category"));
}

bool months_range(const struct result *r, int *first, size_t *count, struct err *e)
{
    int low = 0, high = 0;
    if (r->row_count == 0)
        return err_set(e, ERR_USAGE, "no months to draw: choose others with --from and --to");
    for (size_t i = 0; i < r->row_count; i++) {
        int index;
        if (!cells_read_month(cells_text(r, i, "month"), &index))
            return err_set(e, ERR_USAGE, "\"%s\" is no month: write it as 2024-05",
                           cells_text(r, i, "month"));
        low = i == 0 || index < low ? index : low;
        high = i == 0 || index > high ? index : high;
    }
    if (high - low >= MONTHS_MOST)
        return err_set(e, ERR_USAGE,
                       "more than %d months to draw: narrow them with --from and --to",
                       MONTHS_MOST);
    *first = low;
    *count = (size_t)(high - low) + 1;
    return true;
}

static bool check_series(const struct result *r, struct err *e)
{
    for (size_t i = 0; i < r->row_count; i++)
        if (!is_same_series(r, i))
            return err_set(e, ERR_USAGE,
                           "the chart shows one series: choose one with --unit and "
                           "--category");
    return true;
}

static void read_row(struct months *m, size_t row)
{
    const struct result *r = m->result;
    int index = m->first;
    cells_read_month(cells_text(r, row, "month"), &index);
    struct month *month = &m->months[index - m->first];
    const char *state = cells_text(r, row, "state");
    month->row = row;
    month->count = strcmp(state, "unknown") ? cells_number(r, row, "count") : NAN;
    month->partial = !isnan(month->count) && !strcmp(state, "partial");
    month->excluded = !isnan(month->count) && !strcmp(state, "excluded");
}

static void sum_months(struct months *m)
{
    m->max = 1;
    for (size_t i = 0; i < m->count; i++) {
        const struct month *month = &m->months[i];
        size_t at = (size_t)((m->first + (int)i) / 12 - m->first / 12);
        struct month_year *year = &m->years[at];
        year->year = (m->first + (int)i) / 12;
        year->first = year->count ? year->first : i;
        year->count++;
        m->has_unknown |= isnan(month->count);
        m->has_partial |= month->partial;
        m->has_zero |= month->count == 0 && !month->partial;
        if (isnan(month->count))
            continue;
        year->known += !month->partial;
        year->total += month->count;
        m->max = fmax(m->max, month->count);
    }
}

static bool write_years(struct months *m, struct err *e)
{
    struct buf b = {0};
    bool ok = true;
    enum lang lang = m->result->lang;
    for (size_t i = 0; i < m->year_count; i++) {
        struct month_year *year = &m->years[i];
        words_number(&b, year->total, lang);
        year->number = draw_keep(&m->arena, &b);
        words_amount(&b, year->total, m->counted, lang);
        year->words = draw_keep(&m->arena, &b);
        if (!month_year_is_full(year))
            buf_addf(&b, tr(lang, "%zu/12 months"), year->known);
        m->all_full &= month_year_is_full(year);
        year->coverage = draw_keep(&m->arena, &b);
        ok &= year->number && year->words && year->coverage;
    }
    buf_free(&b);
    return ok || err_memory(e);
}

bool months_read(struct months *m, const struct result *r, struct err *e)
{
    *m = (struct months){.result = r, .counted = words_counted(r), .all_full = true};
    if (!check_series(r, e) || !months_range(r, &m->first, &m->count, e))
        return false;
    m->year_count = (size_t)((m->first + (int)m->count - 1) / 12 - m->first / 12) + 1;
    m->months = arena_alloc(&m->arena, m->count * sizeof *m->months);
    m->years = arena_alloc(&m->arena, m->year_count * sizeof *m->years);
    if (!m->months || !m->years)
        return err_memory(e);
    for (size_t i = 0; i < m->count; i++)
        m->months[i] = (struct month){.count = NAN, .row = MONTHS_NO_ROW};
    for (size_t i = 0; i < r->row_count; i++)
        read_row(m, i);
    sum_months(m);
    return write_years(m, e);
}

const char *months_text(const struct months *m, size_t month, const char *column)
{
    return cells_text(m->result, m->months[month].row, column);
}

double months_number(const struct months *m, size_t month, const char *column)
{
    return cells_number(m->result, m->months[month].row, column);
}

bool months_span(struct months *m, const struct result *r, int first, size_t count, struct err *e)
{
    *m = (struct months){.result = r, .counted = words_counted(r), .count = count, .first = first};
    m->years = arena_alloc(&m->arena, (count / 12 + 2) * sizeof *m->years);
    if (!m->years)
        return err_memory(e);
    for (size_t i = 0; i < count; i++) {
        int year = (first + (int)i) / 12;
        m->year_count = (size_t)(year - first / 12) + 1;
        struct month_year *y = &m->years[m->year_count - 1];
        *y = (struct month_year){
            .year = year, .first = y->count ? y->first : i, .count = y->count + 1};
    }
    return true;
}

void months_free(struct months *m)
{
    arena_free(&m->arena);
    *m = (struct months){0};
}

/* ---- words ---- */

/* The years that have this total: "in 2019, 2021"; more than four only as how many. */
static void add_years(struct buf *b, const struct months *m, double total)
{
    struct buf list = {0};
    size_t n = 0;
    for (size_t i = 0; i < m->year_count; i++) {
        if (!month_year_is_full(&m->years[i]) || m->years[i].total != total)
            continue;
        buf_addf(&list, "%s%d", n++ ? ", " : "", m->years[i].year);
    }
    if (n > 4)
        buf_addf(b, tr(m->result->lang, "in %zu of the years"), n);
    else
        buf_addf(b, tr(m->result->lang, "in %s"), buf_text(&list));
    b->failed |= list.failed;
    buf_free(&list);
}

static void add_extremes(struct buf *b, const struct months *m, double high, double low)
{
    enum lang lang = m->result->lang;
    struct buf high_years = {0}, high_count = {0}, low_years = {0}, low_count = {0};
    add_years(&high_years, m, high);
    words_amount(&high_count, high, m->counted, lang);
    add_years(&low_years, m, low);
    words_amount(&low_count, low, m->counted, lang);
    if (high > low && !m->all_full)
        buf_addf(b, tr(lang, "Among the full years: highest %s (%s); lowest %s (%s)"),
                 buf_text(&high_years), buf_text(&high_count), buf_text(&low_years),
                 buf_text(&low_count));
    else if (high > low)
        buf_addf(b, tr(lang, "Highest %s (%s); lowest %s (%s)"), buf_text(&high_years),
                 buf_text(&high_count), buf_text(&low_years), buf_text(&low_count));
    else
        buf_addf(b, tr(lang, "%s in each of the full years"), buf_text(&high_count));
    b->failed |= high_years.failed || high_count.failed || low_years.failed || low_count.failed;
    buf_free(&high_years);
    buf_free(&high_count);
    buf_free(&low_years);
    buf_free(&low_count);
}

void months_add_title(struct buf *b, const struct months *m)
{
    double high = NAN, low = NAN;
    size_t full = 0;
    for (size_t i = 0; i < m->year_count; i++) {
        if (!month_year_is_full(&m->years[i]))
            continue;
        high = fmax(high, m->years[i].total);
        low = fmin(low, m->years[i].total);
        full++;
    }
    int last = m->first + (int)m->count - 1;
    if (full > 1)
        add_extremes(b, m, high, low);
    else
        buf_addf(b, tr(m->result->lang, "%s by month, %02d/%d to %02d/%d"),
                 tr(m->result->lang, m->counted->subject), m->first % 12 + 1, m->first / 12,
                 last % 12 + 1, last / 12);
}

void months_add_source(struct buf *b, const struct months *m)
{
    enum lang lang = m->result->lang;
    double total = 0;
    size_t known = 0;
    for (size_t i = 0; i < m->year_count; i++)
        total += m->years[i].total;
    for (size_t i = 0; i < m->count; i++)
        known += !isnan(m->months[i].count);
    buf_adds(b, "n = ");
    words_amount(b, total, m->counted, lang);
    buf_addc(b, ' ');
    buf_addf(b, tr(lang, "in %zu of %zu months."), known, m->count);
    words_source(b, m->result);
}
