/* What the chart of alarms says. */
#include <math.h>
#include <string.h>

#include "base/lang.h"
#include "base/num.h"
#include "plot/alert.h"
#include "plot/cells.h"
#include "plot/marks.h"

#define MOST_NAMES 4

static enum lang lang_of(const struct alert *a)
{
    return a->result->lang;
}

/* ---- the finding ---- */

void alert_add_usual(struct buf *b, double expected, enum lang lang)
{
    num_add_human(b, expected, expected < 10 && expected != floor(expected), lang);
}

void alert_add_month(struct buf *b, const struct alert *a, const struct alert_month *m)
{
    enum lang lang = lang_of(a);
    struct buf usual = {0};
    words_amount(b, m->count, a->counted, lang);
    if (isnan(m->expected))
        return;
    alert_add_usual(&usual, m->expected, lang);
    buf_addf(b, tr(lang, ", usually about %s"), buf_text(&usual));
    b->failed |= usual.failed;
    buf_free(&usual);
}

static void add_one(struct buf *b, const struct alert *a, const struct alert_series *s)
{
    enum lang lang = lang_of(a);
    if (s->latest_known == ALERT_NEVER)
        buf_adds(b, tr(lang, "No month is known"));
    else if (s->latest == s->latest_known) {
        buf_adds(b, "▲ ");
        marks_add_month(b, a->first + s->latest);
        buf_adds(b, tr(lang, ": higher than usual: "));
        alert_add_month(b, a, &s->months[s->latest]);
    } else if (s->alarms)
        buf_addf(b, tr(lang, "The latest month is not higher than usual; months that were: %zu"),
                 s->alarms);
    else
        buf_adds(b, a->has_upper ? tr(lang, "No month is higher than usual")
                                 : tr(lang, "Too few figures to judge the months"));
}

/* Series with an alarm in that month come first. */
static void add_many(struct buf *b, const struct alert *a, int latest)
{
    enum lang lang = lang_of(a);
    size_t n = 0;
    struct buf month = {0};
    marks_add_month(&month, a->first + latest);
    while (n < a->series_count && a->series[n].latest == latest)
        n++;
    if (n == 0)
        buf_addf(b, tr(lang, "%s: no series is higher than usual"), buf_text(&month));
    else
        buf_addf(b, tr(lang, "▲ %s: higher than usual: "), buf_text(&month));
    size_t shown = n <= MOST_NAMES ? n : MOST_NAMES - 1;
    for (size_t s = 0; s < shown; s++)
        buf_addf(b, "%s%s", s ? ", " : "", a->series[s].name);
    if (n > shown) {
        buf_addc(b, ' ');
        buf_addf(b, tr(lang, "and %zu more series"), n - shown);
    }
    b->failed |= month.failed;
    buf_free(&month);
}

static void add_title(struct buf *b, const struct alert *a)
{
    int latest = alert_latest(a);
    if (a->series_count == 1 || latest == ALERT_NEVER)
        add_one(b, a, &a->series[0]);
    else
        add_many(b, a, latest);
}

/* ---- notes ---- */

/* How the latest month of the first series was judged. */
static const char *method_of(const struct alert *a)
{
    const struct alert_series *s = &a->series[0];
    for (size_t i = a->count; i-- > 0;)
        if (s->months[i].row != MONTHS_NO_ROW)
            return cells_text(a->result, s->months[i].row, "method");
    return "";
}

/* How many marks of the latest month to expect if nothing had changed anywhere; a chart of one
 * series shows its own months. */
static void add_chance(struct buf *b, const struct alert *a)
{
    int latest = alert_latest(a);
    double sum = 0;
    size_t judged = 0;
    for (size_t i = 0; latest != ALERT_NEVER && i < a->series_count; i++) {
        size_t row = a->series[i].months[latest].row;
        double level = row == MONTHS_NO_ROW ? NAN : cells_number(a->result, row, "false_alarm");
        if (isnan(level))
            continue;
        sum += level;
        judged++;
    }
    if (a->series_count < 2 || !(sum >= 0.05))
        return;
    struct buf number = {0};
    alert_add_usual(&number, sum, lang_of(a));
    buf_addf(b,
             tr(lang_of(a), " By chance alone about %s of %zu series would be ▲ in the last "
                            "month."),
             buf_text(&number), judged);
    b->failed |= number.failed;
    buf_free(&number);
}

static void add_notes(struct buf *b, const struct alert *a)
{
    enum lang lang = lang_of(a);
    const struct {
        bool is_said;
        const char *sentence;
    } sentences[] = {
        {true, tr(lang, "Bars: cases in the month.")},
        {a->has_expected,
         tr(lang, "Solid line: usual number, from earlier months of the same series.")},
        {a->has_upper, tr(lang, "Dashed line: the most that is still usual.")},
        {a->has_alarm,
         tr(lang, "▲: more than that, to be looked into; it may be chance or better reporting.")},
        {a->has_unknown, tr(lang, "Hatched: not known, which is not zero.")}};
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
        if (!sentences[i].is_said)
            continue;
        words_next(b);
        buf_adds(b, sentences[i].sentence);
    }
    add_chance(b, a);
    if (a->series_count == 1 && *method_of(a))
        buf_addf(b, tr(lang, " Method: %s."), tr(lang, method_of(a)));
}

static void add_source(struct buf *b, const struct alert *a)
{
    buf_adds(b, "n\u00a0=\u00a0");
    words_amount(b, a->total, a->counted, lang_of(a));
    buf_addc(b, '.');
    words_source(b, a->result);
    if (a->series_count > 1)
        buf_addf(b, "\n%s",
                 tr(lang_of(a), "Not for ranking units in competitions; a rise may come "
                                "from better detection and reporting."));
}

void alert_add_words(struct draw_page *g, const struct alert *a)
{
    add_title(&g->title, a);
    add_notes(&g->notes, a);
    add_source(&g->source, a);
}
