/* What the forecast chart says: the finding, the labels at the right, the notes. */
#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/lang.h"
#include "plot/cells.h"
#include "plot/forecast.h"
#include "stats/verdict.h"

static enum lang lang_of(const struct forecast *f)
{
    return f->m.result->lang;
}

/* ---- pieces ---- */

/* "49–66" and, as an amount, "49–66 vụ". */
static void add_numbers(struct buf *b, double low, double high, enum lang lang)
{
    words_number(b, low, lang);
    buf_adds(b, low < high ? "–" : "");
    if (low < high)
        words_number(b, high, lang);
}

static void add_range(struct buf *b, const struct forecast *f, double low, double high)
{
    if (low < high) {
        words_number(b, low, lang_of(f));
        buf_adds(b, "–");
    }
    words_amount(b, high, f->m.counted, lang_of(f));
}

/* A day as the provenance writes it: 30/06/2024, 2024-06-30. */
static bool add_day(struct buf *b, const char *text, enum lang lang)
{
    bool impossible = false;
    day on;
    if (!day_parse(text, strlen(text), &on, &impossible))
        return false;
    struct date date = date_from_day(on);
    if (lang == LANG_VI)
        buf_addf(b, "%02d/%02d/%d", date.mday, date.month, date.year);
    else
        buf_addf(b, "%04d-%02d-%02d", date.year, date.month, date.mday);
    return true;
}

static void add_period(struct buf *b, const struct forecast *f)
{
    const char *label = cells_text(f->row, 0, "period");
    struct buf name = {0};
    if (!words_period(&name, label, lang_of(f)))
        buf_adds(&name, label);
    if (f->is_year)
        buf_addf(b, tr(lang_of(f), "the year %s"), buf_text(&name));
    else
        buf_addf(b, tr(lang_of(f), "period %s"), buf_text(&name));
    b->failed |= name.failed;
    buf_free(&name);
}

/* ---- the finding ---- */

static void add_seen(struct buf *b, const struct forecast *f)
{
    enum lang lang = lang_of(f);
    struct buf on = {0}, count = {0};
    words_amount(&count, f->observed, f->m.counted, lang);
    if (f->seen == 0)
        buf_adds(b, tr(lang, "No figures of this period yet"));
    else if (add_day(&on, cells_text(f->row, 0, "observed_to"), lang))
        buf_addf(b, tr(lang, "To %s: %s"), buf_text(&on), buf_text(&count));
    else
        buf_addf(b, tr(lang, "So far %s"), buf_text(&count));
    b->failed |= on.failed || count.failed;
    buf_free(&on);
    buf_free(&count);
}

static void add_maximum(struct buf *b, const struct forecast *f, const char *format)
{
    struct buf allowance = {0};
    words_amount(&allowance, f->allowance, f->m.counted, lang_of(f));
    const char *slot = strstr(format, "%s");
    buf_add(b, format, (size_t)(slot - format));
    buf_adds(b, buf_text(&allowance));
    buf_adds(b, slot + 2);
    b->failed |= allowance.failed;
    buf_free(&allowance);
}

static void add_coming(struct buf *b, const struct forecast *f)
{
    enum lang lang = lang_of(f);
    const struct forecast_month *end = forecast_end(f);
    struct buf range = {0};
    /* A title is broken at its semicolon. */
    buf_adds(b, isnan(f->allowance) ? "; " : ", ");
    add_range(&range, f, end->low, end->high);
    if (f->is_year)
        buf_addf(b, tr(lang, "forecast for the whole year %s"), buf_text(&range));
    else
        buf_addf(b, tr(lang, "forecast for the whole period %s"), buf_text(&range));
    b->failed |= range.failed;
    buf_free(&range);
}

static void add_verdict(struct buf *b, const struct forecast *f)
{
    enum lang lang = lang_of(f);
    if (isnan(f->allowance))
        return;
    if (f->observed > f->allowance) {
        buf_adds(b, "; ");
        add_maximum(b, f, tr(lang, "above the maximum of %s"));
    } else if (f->is_over) {
        buf_adds(b, "; ");
        add_maximum(b, f, tr(lang, "within the maximum of %s"));
    } else if (f->has_forecast) {
        add_maximum(b, f, tr(lang, "; maximum %s: "));
        buf_adds(b, tr(lang_of(f), verdict_outlook(f->prob)));
    }
}

static void add_over(struct buf *b, const struct forecast *f)
{
    enum lang lang = lang_of(f);
    struct buf period = {0}, count = {0};
    add_period(&period, f);
    words_amount(&count, f->observed, f->m.counted, lang);
    buf_addf(b, tr(lang, "At the end of %s: %s"), buf_text(&period), buf_text(&count));
    if (isnan(f->allowance) && !isnan(f->before)) {
        buf_adds(b, "; ");
        forecast_add_before(b, f);
    }
    b->failed |= period.failed || count.failed;
    buf_free(&period);
    buf_free(&count);
}

void forecast_add_title(struct buf *b, const struct forecast *f)
{
    if (f->is_over)
        add_over(b, f);
    else
        add_seen(b, f);
    if (f->has_forecast)
        add_coming(b, f);
    else if (!f->is_over)
        buf_addf(b, "; %s", tr(lang_of(f), "too few figures for a forecast"));
    add_verdict(b, f);
}

/* ---- labels ---- */

void forecast_add_end(struct buf *b, const struct forecast *f)
{
    enum lang lang = lang_of(f);
    const struct forecast_month *end = forecast_end(f);
    struct buf expected = {0};
    double whole = end->expected < 10 ? round(end->expected * 10) / 10 : round(end->expected);
    words_amount(&expected, whole, f->m.counted, lang);
    buf_addf(b, tr(lang, "forecast: about %s"), buf_text(&expected));
    if (!isnan(end->low) && !isnan(end->high)) {
        buf_adds(b, "\n80%: ");
        add_numbers(b, end->low, end->high, lang);
    }
    if (!isnan(end->wide_low) && !isnan(end->wide_high)) {
        buf_adds(b, "\n95%: ");
        add_numbers(b, end->wide_low, end->wide_high, lang);
    }
    b->failed |= expected.failed;
    buf_free(&expected);
}

void forecast_add_now(struct buf *b, const struct forecast *f)
{
    struct buf count = {0};
    words_amount(&count, f->observed, f->m.counted, lang_of(f));
    buf_addf(b, tr(lang_of(f), "this period: %s"), buf_text(&count));
    b->failed |= count.failed;
    buf_free(&count);
}

void forecast_add_before(struct buf *b, const struct forecast *f)
{
    struct buf count = {0};
    words_amount(&count, f->before, f->m.counted, lang_of(f));
    buf_addf(b, tr(lang_of(f), "a year before: %s"), buf_text(&count));
    b->failed |= count.failed;
    buf_free(&count);
}

void forecast_add_allowance(struct buf *b, const struct forecast *f)
{
    enum lang lang = lang_of(f);
    struct buf count = {0};
    add_maximum(b, f, tr(lang, "most that still meets the target: %s"));
    words_amount(&count, fabs(f->left), f->m.counted, lang);
    if (f->left < 0 || !f->is_over)
        buf_addc(b, '\n');
    if (f->left < 0)
        buf_addf(b, tr(lang, "%s beyond it"), buf_text(&count));
    else if (!f->is_over)
        buf_addf(b, tr(lang, "%s left"), buf_text(&count));
    b->failed |= count.failed;
    buf_free(&count);
}

/* ---- the notes ---- */

void forecast_add_notes(struct buf *b, const struct forecast *f)
{
    enum lang lang = lang_of(f);
    bool has_before = false, has_unknown = false, has_partial = false;
    for (size_t i = 0; i < f->m.count; i++) {
        has_before |= !isnan(f->months[i].before);
        has_partial |= i < f->seen && f->m.months[i].partial;
        has_unknown |= i < f->seen && isnan(f->m.months[i].count);
    }
    const struct {
        bool is_said;
        const char *sentence;
    } sentences[] = {
        {f->seen > 0, tr(lang, "Dark steps: this period, added up.")},
        {has_before, tr(lang, "Grey steps: the same period a year before.")},
        {f->has_forecast, tr(lang, "Dark band: 80% forecast interval; pale band: 95%.")},
        {has_partial, tr(lang, "Dashed steps: month not complete.")},
        {has_unknown, tr(lang, "Hatched: no figures yet, not zero.")}};
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
        if (!sentences[i].is_said)
            continue;
        words_next(b);
        buf_adds(b, sentences[i].sentence);
    }
}

void forecast_add_source(struct buf *b, const struct forecast *f)
{
    buf_adds(b, "n = ");
    words_amount(b, f->observed, f->m.counted, lang_of(f));
    buf_addc(b, ' ');
    buf_addf(b, tr(lang_of(f), "in %zu of %zu months."), f->seen, f->m.count);
    words_source(b, f->m.result);
}
