/* What is said below a table of trends, in set sentences chosen by the numbers (report/LAYOUT.md
 * 0): counts first, year by year, so that every pace can be looked up on the page. */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "cli/listing.h"
#include "cli/trend_private.h"

enum { YEARS_MAX = 8 };

/* ---- a total ---- */

/* The total of a calendar year of which every step is known; NAN. */
static double year_total(const struct time_series *s, int64_t year)
{
    double total = 0;
    for (int k = 0; k < s->per_year; k++) {
        int64_t i = year * s->per_year + k - s->first;
        total = i < 0 || i >= (int64_t)s->n ? NAN : total + s->count[i];
    }
    return total;
}

/* "by year 2019: 12, 2020: 9": the last whole years. */
static void add_years(struct buf *b, const struct time_series *s, enum lang lang)
{
    int64_t last = time_series_year(s, s->n - 1);
    size_t named = 0;
    for (int64_t year = last - YEARS_MAX + 1; year <= last; year++) {
        double total = year_total(s, year);
        if (isnan(total))
            continue;
        buf_adds(b, named++ ? ", " : tr(lang, "; by year: "));
        buf_addf(b, "%d: ", (int)year);
        num_add_count(b, (int64_t)total, lang);
    }
}

static void add_signed(struct buf *b, double pct, enum lang lang)
{
    buf_adds(b, pct > 0 ? "+" : "");
    num_add_human(b, pct, 1, lang);
    buf_addc(b, '%');
}

static void add_pace(struct buf *b, double pct, double low, double high, enum lang lang)
{
    struct buf pace = {0}, from = {0}, to = {0};
    add_signed(&pace, pct, lang);
    add_signed(&from, low, lang);
    add_signed(&to, high, lang);
    buf_addf(b, tr(lang, "%s a year (95%% interval from %s to %s)"), buf_text(&pace),
             buf_text(&from), buf_text(&to));
    b->failed |= pace.failed || from.failed || to.failed;
    buf_free(&pace);
    buf_free(&from);
    buf_free(&to);
}

static const char *worth(double low, double high, enum lang lang)
{
    if (high < 0)
        return tr(lang, "there are grounds to speak of a fall");
    if (low > 0)
        return tr(lang, "there are grounds to speak of a rise");
    return tr(lang, "this is not enough to conclude on a trend");
}

static const struct joinpoint_segment *last_segment(const struct trend_row *t)
{
    return &t->joinpoints.segment[t->joinpoints.count];
}

/* With change points one pace over the whole says nothing: that of the last stretch is told. */
static void add_last_pace(struct buf *b, const struct trend_row *t, enum count_unit count,
                          const char *joinpoints, enum lang lang)
{
    const struct joinpoint_segment *s = last_segment(t);
    buf_addf(b, tr(lang, "; the pace changes at %s"), joinpoints);
    if (isnan(s->annual_change_pct) || isnan(s->low) || isnan(s->high))
        return;
    buf_adds(b, tr(lang, "; since then "));
    session_add_count(b, (int64_t)s->total, count, lang);
    buf_adds(b, ", ");
    add_pace(b, s->annual_change_pct, s->low, s->high, lang);
    buf_addf(b, ": %s", worth(s->low, s->high, lang));
}

static void add_whole_pace(struct buf *b, const struct trend *t, enum lang lang)
{
    if (isnan(t->annual_change_pct)) {
        buf_addf(b, "; %s", tr(lang, "too few cases to estimate a trend"));
        return;
    }
    buf_adds(b, "; ");
    add_pace(b, t->annual_change_pct, t->ci_low, t->ci_high, lang);
    buf_addf(b, ": %s", worth(t->ci_low, t->ci_high, lang));
}

/* Months are dates to people: 03/2020. */
static void add_months(struct buf *b, const char *months, enum lang lang)
{
    for (const char *m = months; *m; m += strcspn(m, ";") + (m[strcspn(m, ";")] == ';')) {
        buf_adds(b, m == months ? "" : ", ");
        session_add_month(b, m, strcspn(m, ";"), lang);
    }
}

bool trend_add_sentence(const struct series_group *g, const struct trend_row *t, size_t row,
                        struct result *r, struct err *e)
{
    const struct cell *c = &r->cells[row * r->column_count];
    struct buf b = {0}, points = {0};
    if (!t->x.series.n)
        return true;
    if (g->ask->places.top_count > 1)
        buf_addf(&b, "%s, ", c[TRD_UNIT_NAME].as.s);
    buf_addf(&b, "%s: ", c[TRD_CATEGORY_NAME].as.s);
    session_add_count(&b, t->x.series.total, g->q.tally.count, r->lang);
    add_years(&b, &t->x.ts, r->lang);
    if (c[TRD_JOINPOINTS].type == CELL_TEXT)
        add_months(&points, c[TRD_JOINPOINTS].as.s, r->lang);
    if (points.len)
        add_last_pace(&b, t, g->q.tally.count, points.data, r->lang);
    else
        add_whole_pace(&b, &t->trend, r->lang);
    buf_adds(&b, ".");
    bool ok = b.failed || points.failed ? err_memory(e) : result_add_footer(r, e, b.data);
    buf_free(&b);
    buf_free(&points);
    return ok;
}

/* ---- the whole ---- */

/* "Likely to grow: Xâm hại trẻ em, 2024-09 – 2024-12, by about 3 cases …" */
static bool say_missing(const struct series_group *g, size_t category, const struct nowcast *x,
                        size_t from, size_t to, struct result *r, struct err *e)
{
    char first[16], last[16];
    struct buf b = {0}, subject = {0};
    series_label(&g->set, from, first);
    series_label(&g->set, to, last);
    buf_addf(&subject, "%s, ", series_category_name(g, category));
    session_add_month(&subject, first, strlen(first), r->lang);
    buf_adds(&subject, from < to ? " – " : "");
    session_add_month(&subject, last, from < to ? strlen(last) : 0, r->lang);
    nowcast_say(&b, buf_text(&subject), x, g->set.q->tally.count, r->lang);
    b.failed |= subject.failed;
    buf_free(&subject);
    return footer_say_made(r, &b, e);
}

bool trend_add_nowcast(struct nowcasts *n, const struct series_group *g, size_t row,
                       const struct trend_row *t, struct result *r, struct err *e)
{
    const struct series *x = &t->x.series;
    size_t category = g->rows[row].category, from, to;
    if (!n->is_for)
        return true;
    struct nowcast *out = nowcasts_next(n, e);
    if (!out ||
        !nowcast_series(&n->of, &g->set, g->rows[row].unit, category, x, out, &from, &to, e))
        return false;
    return !r || !nowcast_is_said(out) ||
           say_missing(g, category, out, x->offset + from, x->offset + to, r, e);
}

static bool say_left_out(const struct session *s, const struct series_group *g, struct result *r,
                         struct err *e)
{
    struct listing l = {0};
    for (size_t u = 0; u < g->set.scope.unit_count; u++)
        if (!g->set.parts[u] && listing_take(&l))
            buf_adds(&l.b, series_unit_name(g, s, u, &r->arena));
    return listing_say(
        &l, r,
        tr(r->lang,
           "Not in the totals, since many of their months are not known, or the last: %s."),
        e);
}

/* From the first step to the last day known. */
static struct span days_told(const struct series_group *g)
{
    struct span days = {g->set.days[0].items[0].from, g->set.days[g->set.n - 1].items[0].to};
    struct session_facts facts = {.data_end = DAY_NONE};
    series_group_facts(g, &facts);
    if (facts.data_end != DAY_NONE && facts.data_end < days.to)
        days.to = facts.data_end;
    return days;
}

/* Of the first total alone. */
static bool say_events(const struct series_group *g, struct result *r, struct err *e)
{
    const struct event *event;
    struct span days = days_told(g);
    struct listing l = {0};
    size_t i = 0;
    while (g->count &&
           (event = events_next(&g->ask->events, g->set.scope.units[g->rows[0].unit], days, &i))) {
        char on[11];
        session_date(event->on, r->lang, on);
        if (listing_take(&l))
            buf_addf(&l.b, "%s (%s)", event->label, on);
    }
    return listing_say(&l, r, tr(r->lang, "What happened in these months: %s."), e);
}

bool trend_add_footers(const struct session *s, const struct series_group *g, struct result *r,
                       struct err *e)
{
    return say_left_out(s, g, r, e) && say_events(g, r, e) &&
           (!g->ask->by_unit ||
            footer_say(r,
                       tr(r->lang, "Not for ranking offices: more cases recorded may mean "
                                   "better detection and reporting."),
                       e));
}
