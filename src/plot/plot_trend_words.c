/* What the chart of the trend says: the finding, the paces, how to read it. */
#include <math.h>
#include <string.h>

#include "base/lang.h"
#include "base/num.h"
#include "plot/cells.h"
#include "plot/trend.h"

/* ---- per cent a year ---- */

/* Without its sign; what rounds to nothing is not printed as none. */
static void add_size(struct buf *b, double pct, enum lang lang)
{
    bool is_tiny = pct != 0 && fabs(pct) < 0.05;
    buf_adds(b, is_tiny ? "<" : "");
    num_add_human(b, is_tiny ? 0.1 : fabs(pct), fabs(pct) < 999.5 ? 1 : 0, lang);
    buf_addc(b, '%');
}

static void add_signed(struct buf *b, double pct, enum lang lang)
{
    buf_adds(b, pct > 0 ? "+" : pct < 0 ? "−" : "");
    add_size(b, pct, lang);
}

static bool is_certain(const struct trend_segment *s)
{
    return s->low > 0 || s->high < 0;
}

/* "+2.1% a year (95%: +1.0% to +3.2%)" */
static void add_pace(struct buf *b, const struct trend_segment *s, enum lang lang)
{
    struct buf pct = {0}, low = {0}, high = {0};
    add_signed(&pct, s->pct, lang);
    add_signed(&low, s->low, lang);
    add_signed(&high, s->high, lang);
    buf_addf(b, tr(lang, "%s a year"), buf_text(&pct));
    if (!isnan(s->low) && !isnan(s->high)) {
        buf_addc(b, ' ');
        buf_addf(b, tr(lang, "(95%%: %s to %s)"), buf_text(&low), buf_text(&high));
    }
    if (!is_certain(s))
        buf_addf(b, ", %s", tr(lang, "uncertain"));
    b->failed |= pct.failed || low.failed || high.failed;
    buf_free(&pct);
    buf_free(&low);
    buf_free(&high);
}

/* ---- segments ---- */

static void add_total(struct buf *b, const struct trend *t, const struct trend_segment *s)
{
    struct buf total = {0};
    words_amount(&total, s->total, t->m.counted, t->m.result->lang);
    buf_addf(b, tr(t->m.result->lang, "%s in %d months"), buf_text(&total), (int)s->months);
    b->failed |= total.failed;
    buf_free(&total);
}

void trend_add_paces(struct buf *b, const struct trend *t)
{
    enum lang lang = t->m.result->lang;
    for (size_t i = 0; t->row && i < t->segment_count; i++) {
        const struct trend_segment *s = &t->segments[i];
        if (isnan(s->pct) && t->segment_count == 1)
            return;
        buf_adds(b, b->len ? "\n" : "");
        marks_add_month(b, s->from);
        buf_adds(b, "–");
        marks_add_month(b, s->to);
        buf_adds(b, ": ");
        add_total(b, t, s);
        buf_adds(b, ", ");
        if (isnan(s->pct))
            buf_adds(b, tr(lang, "too few to estimate a pace"));
        else
            add_pace(b, s, lang);
    }
}

/* ---- the finding ---- */

static const struct month_year *full_year(const struct months *m, bool last)
{
    const struct month_year *found = NULL;
    for (size_t i = 0; i < m->year_count; i++)
        if (month_year_is_full(&m->years[i]) && (last || !found))
            found = &m->years[i];
    return found;
}

/* "Cases 58 (2019) → 62 (2023)"; where these two cannot be held against each other (a step between
 * them), or there are not two, the total. */
static void add_fact(struct buf *b, const struct trend *t)
{
    enum lang lang = t->m.result->lang;
    const struct month_year *first = full_year(&t->m, false), *last = full_year(&t->m, true);
    const char *subject = tr(lang, t->m.counted->subject);
    if (first != last && !t->marks.has[MARK_STEP]) {
        buf_addf(b, "%s %s (%d) → %s (%d)", subject, first->number, first->year, last->number,
                 last->year);
        return;
    }
    struct buf total = {0};
    add_total(&total, t, &t->segments[0]);
    buf_adds(b, buf_text(&total));
    b->failed |= total.failed;
    buf_free(&total);
}

static void add_last_segment(struct buf *b, const struct trend *t, const struct trend_segment *s)
{
    struct buf month = {0}, total = {0};
    marks_add_month(&month, s->from);
    add_total(&total, t, s);
    buf_addf(b, tr(t->m.result->lang, "Since %s: %s"), buf_text(&month), buf_text(&total));
    b->failed |= month.failed || total.failed;
    buf_free(&month);
    buf_free(&total);
}

/* A slope only where its interval leaves out 0; it is said in one direction, nearer bound first. */
static void add_conclusion(struct buf *b, const struct trend_segment *s, enum lang lang)
{
    struct buf pct = {0}, low = {0}, high = {0};
    bool is_rise = s->low > 0;
    add_size(&pct, s->pct, lang);
    add_size(&low, is_rise ? s->low : s->high, lang);
    add_size(&high, is_rise ? s->high : s->low, lang);
    if (!is_certain(s))
        buf_adds(b, tr(lang, "too little to conclude on a trend"));
    else if (is_rise)
        buf_addf(b, tr(lang, "trend: up %s a year (from %s to %s)"), buf_text(&pct), buf_text(&low),
                 buf_text(&high));
    else
        buf_addf(b, tr(lang, "trend: down %s a year (from %s to %s)"), buf_text(&pct),
                 buf_text(&low), buf_text(&high));
    b->failed |= pct.failed || low.failed || high.failed;
    buf_free(&pct);
    buf_free(&low);
    buf_free(&high);
}

void trend_add_title(struct buf *b, const struct trend *t)
{
    const struct trend_segment *last = &t->segments[t->segment_count - 1];
    if (!t->row || (isnan(last->pct) && t->segment_count == 1)) {
        months_add_title(b, &t->m);
        return;
    }
    if (t->segment_count > 1)
        add_last_segment(b, t, last);
    else
        add_fact(b, t);
    buf_adds(b, "; ");
    add_conclusion(b, last, t->m.result->lang);
}

/* ---- how to read it ---- */

static bool has_excluded(const struct months *m)
{
    for (size_t i = 0; i < m->count; i++)
        if (m->months[i].excluded)
            return true;
    return false;
}

void trend_add_reading(struct buf *b, const struct trend *t)
{
    enum lang lang = t->m.result->lang;
    bool has_pace = t->row && !isnan(t->segments[t->segment_count - 1].pct);
    const struct {
        bool is_said;
        const char *sentence;
    } sentences[] = {
        {t->row && !t->has_fit && !has_pace, tr(lang, "Too few figures to estimate a trend.")},
        {t->has_fit, tr(lang, "Line: what the model expects of the month; band: its 95% "
                              "interval.")},
        {t->is_cut, tr(lang, "The band goes beyond the axis.")},
        {has_excluded(&t->m), tr(lang, "Hatched bar: left out of the model.")},
        {t->marks.has[MARK_JOINPOINT], tr(lang, "Long dashes: the pace changes.")},
        {t->marks.has[MARK_STEP], tr(lang, "Solid upright line: a change of level, in the "
                                           "model.")},
        {t->marks.has[MARK_EVENT], tr(lang, "Dotted upright line: an event.")}};
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
        if (!sentences[i].is_said)
            continue;
        words_next(b);
        buf_adds(b, sentences[i].sentence);
    }
    marks_add_left_over(b, &t->marks, lang);
}
