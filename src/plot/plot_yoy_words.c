/* What the dumbbell says in words: changes, the finding, the notes. */
#include <math.h>

#include "base/lang.h"
#include "base/num.h"
#include "plot/yoy.h"

static enum lang lang_of(const struct yoy *y)
{
    return y->result->lang;
}

/* ---- a row ---- */

/* A change that rounds to nothing is not printed as none. */
static void add_pct(struct buf *b, double pct, enum lang lang)
{
    bool tiny = pct != 0 && fabs(pct) < 0.05;
    if (tiny)
        buf_adds(b, pct < 0 ? "−<" : "+<");
    else if (pct > 0)
        buf_addc(b, '+');
    num_add_human(b, tiny ? 0.1 : pct, 1, lang);
    buf_addc(b, '%');
}

static void add_moved(struct buf *b, const struct yoy *y, const struct yoy_row *row)
{
    enum lang lang = lang_of(y);
    buf_adds(b, row->change > 0 ? "▲ +" : "");
    if (y->is_terse)
        words_number(b, row->change, lang);
    else
        words_amount(b, row->change, y->counted, lang);
    if (row->before == 0)
        buf_addf(b, " (%s)", tr(lang, "none before"));
    if (row->before == 0 || isnan(row->ratio))
        return;
    struct buf pct = {0};
    add_pct(&pct, 100 * (row->ratio - 1), lang);
    buf_adds(b, " (");
    buf_addf(b, y->is_rate ? tr(lang, "rate %s") : "%s", buf_text(&pct));
    buf_addc(b, ')');
    b->failed |= pct.failed;
    buf_free(&pct);
}

void yoy_add_change(struct buf *b, const struct yoy *y, const struct yoy_row *row)
{
    enum lang lang = lang_of(y);
    if (row->lack)
        buf_adds(b, tr(lang, row->lack));
    else if (isnan(row->now))
        buf_adds(b, tr(lang, "not reported yet"));
    else if (isnan(row->before))
        buf_adds(b, tr(lang, "no figures before"));
    else if (isnan(row->change))
        buf_adds(b, tr(lang, "not compared"));
    else if (row->now == 0 && row->before == 0)
        buf_adds(b, tr(lang, "none in either period"));
    else if (row->change == 0 && !y->is_rate)
        buf_adds(b, tr(lang, "no change"));
    else
        add_moved(b, y, row);
    if (row->incomplete)
        buf_adds(b, " *");
}

/* ---- the finding ---- */

static bool is_large(const struct yoy_row *row)
{
    return row->now + row->before > 1000;
}

/* Large counts vary more than Poisson counts do; until that is in the interval, nothing is
 * concluded from it. */
static bool is_too_narrow(const struct yoy_row *row)
{
    return is_large(row) && !(row->wide_low < row->low || row->wide_high > row->high);
}

/* The set sentences of report/LAYOUT.md section 0. The chance is judged as it would be printed,
 * with one decimal, so that sentence and number never contradict each other; and a title says no
 * more than the interval (the wider one, where counts are over-dispersed) allows. */
static const char *conclusion(const struct yoy *y)
{
    enum lang lang = lang_of(y);
    const struct yoy_row *t = &y->total;
    double prob = is_large(t) ? t->prob_dispersed : t->prob_reduction;
    double pct = round(prob * 1000) / 10;
    bool is_fall = t->wide_high<1, is_rise = t->wide_low> 1;
    if (!y->comparable)
        return tr(lang, "the two periods are not directly comparable");
    if ((isnan(pct) && isnan(t->wide_low)) || is_too_narrow(t))
        return NULL;
    if (is_fall && !(pct < 95))
        return tr(lang, "there are grounds to see an improvement");
    if (pct >= 80)
        return tr(lang, "in line with a downward trend, too little to confirm it");
    if (is_rise && !(pct >= 20))
        return tr(lang, "the rise exceeds ordinary variation");
    if (pct < 20)
        return tr(lang, "no downward trend shows");
    return tr(lang, "too little to conclude on a trend");
}

static void add_reporting(struct buf *b, const struct yoy *y)
{
    if (y->reported == y->units)
        return;
    buf_addc(b, ' ');
    buf_addf(b, tr(lang_of(y), "in the %zu of %zu units that reported"), y->reported, y->units);
}

static void add_rate_change(struct buf *b, const struct yoy *y, const char *before, const char *now)
{
    struct buf pct = {0};
    add_pct(&pct, 100 * (y->total.ratio - 1), lang_of(y));
    buf_addf(b, tr(lang_of(y), "%s from %s to %s, the rate %s"),
             tr(lang_of(y), y->counted->subject), before, now, buf_text(&pct));
    b->failed |= pct.failed;
    buf_free(&pct);
}

static void add_from_to(struct buf *b, const struct yoy *y, const char *before, const char *now)
{
    enum lang lang = lang_of(y);
    const char *subject = tr(lang, y->counted->subject);
    double change = y->total.change;
    if (y->is_rate)
        add_rate_change(b, y, before, now);
    else if (change < 0)
        buf_addf(b, tr(lang, "%s fell from %s to %s"), subject, before, now);
    else if (change > 0)
        buf_addf(b, tr(lang, "%s rose from %s to %s"), subject, before, now);
    else
        buf_addf(b, tr(lang, "%s unchanged at %s"), subject, now);
}

static void add_compared_title(struct buf *b, const struct yoy *y)
{
    struct buf before = {0}, now = {0};
    words_number(&before, y->total.before, lang_of(y));
    words_number(&now, y->total.now, lang_of(y));
    add_from_to(b, y, buf_text(&before), buf_text(&now));
    add_reporting(b, y);
    const char *end = conclusion(y);
    if (end)
        buf_addf(b, "; %s", end);
    b->failed |= before.failed || now.failed;
    buf_free(&before);
    buf_free(&now);
}

/* Where a change has no base of its own: nothing before, or nothing known. */
static void add_amount_title(struct buf *b, const struct yoy *y, bool is_known)
{
    enum lang lang = lang_of(y);
    struct buf now = {0};
    words_amount(&now, y->total.now, y->counted, lang);
    if (is_known)
        buf_addf(b, tr(lang, "%s where there had been none"), buf_text(&now));
    else
        buf_addf(b, tr(lang, "%s now; no figures to compare with"), buf_text(&now));
    b->failed |= now.failed;
    buf_free(&now);
}

void yoy_add_title(struct buf *b, const struct yoy *y)
{
    enum lang lang = lang_of(y);
    const struct yoy_row *t = &y->total;
    if (!y->has_total)
        buf_adds(b, tr(lang, "Change by unit against the period before"));
    else if (isnan(t->now) || (isnan(t->change) && !isnan(t->before)))
        buf_adds(b, tr(lang, "Too little reported to compare"));
    else if (isnan(t->before))
        add_amount_title(b, y, false);
    else if (t->now == 0 && t->before == 0)
        buf_adds(b, tr(lang, "None in either of the two periods"));
    else if (t->before == 0)
        add_amount_title(b, y, true);
    else
        add_compared_title(b, y);
}

/* ---- the notes ---- */

struct seen {
    bool interval, wide, narrow, rise, not_reported, incomplete;
};

static void see_row(struct seen *s, const struct yoy_row *row)
{
    s->interval |= !isnan(row->low);
    s->wide |= row->wide_low < row->low || row->wide_high > row->high;
    s->narrow |= is_too_narrow(row);
    s->rise |= yoy_has_rise(row);
    s->not_reported |= isnan(row->now);
    s->incomplete |= row->incomplete;
}

void yoy_add_notes(struct buf *b, const struct yoy *y)
{
    struct seen s = {0};
    enum lang lang = lang_of(y);
    if (y->has_total)
        see_row(&s, &y->total);
    for (size_t i = 0; i < y->count; i++)
        see_row(&s, &y->rows[i]);
    const struct {
        bool is_said;
        const char *sentence;
    } sentences[] = {
        {s.interval, tr(lang, "Line: 95% confidence interval (Poisson, exact), on a logarithmic "
                              "axis; arrow: beyond the axis.")},
        {s.wide, tr(lang, "Thin line: the interval allowing for over-dispersion.")},
        {s.narrow, tr(lang, "Large counts vary more than Poisson counts: their intervals are too "
                            "narrow to conclude from.")},
        {s.rise, tr(lang, "▲, dashes: rose.")},
        {s.not_reported, tr(lang, "Hatched, “…”: not known, which is not zero.")},
        {s.incomplete, tr(lang, "*: figures not complete.")}};
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
        if (!sentences[i].is_said)
            continue;
        words_next(b);
        buf_adds(b, sentences[i].sentence);
    }
}

static void add_signed(struct buf *b, double change, enum lang lang)
{
    buf_adds(b, change > 0 ? "+" : "");
    words_number(b, change, lang);
}

void yoy_add_left_out(struct buf *b, const struct yoy *y)
{
    enum lang lang = lang_of(y);
    struct buf from = {0}, to = {0};
    add_signed(&from, y->omitted.change_from, lang);
    add_signed(&to, y->omitted.change_to, lang);
    if (y->omitted.compared)
        buf_addf(b,
                 tr(lang, "Of the units compared the first %d and the last %d by change are "
                          "drawn; %zu between (change from %s to %s) are not."),
                 y->omitted.first, y->omitted.last, y->omitted.compared, buf_text(&from),
                 buf_text(&to));
    if (y->omitted.compared && y->omitted.others)
        words_next(b);
    if (y->omitted.others)
        buf_addf(b, tr(lang, "%zu more units without figures are not drawn."), y->omitted.others);
    b->failed |= from.failed || to.failed;
    buf_free(&from);
    buf_free(&to);
}

/* n is the two counts of the total; without one, of the rows. */
static void add_n(struct buf *b, const struct yoy *y)
{
    enum lang lang = lang_of(y);
    double before = 0, now = 0;
    for (size_t i = 0; i < y->count && !y->has_total; i++) {
        before += isnan(y->rows[i].count_before) ? 0 : y->rows[i].count_before;
        now += isnan(y->rows[i].now) ? 0 : y->rows[i].now;
    }
    if (y->has_total) {
        before = isnan(y->total.count_before) ? 0 : y->total.count_before;
        now = isnan(y->total.now) ? 0 : y->total.now;
    }
    buf_adds(b, "n = ");
    words_amount(b, before + now, y->counted, lang);
    buf_adds(b, " (");
    words_number(b, before, lang);
    buf_adds(b, " + ");
    words_number(b, now, lang);
    buf_adds(b, ").");
}

void yoy_add_source(struct buf *b, const struct yoy *y)
{
    add_n(b, y);
    words_source(b, y->result);
    if (y->count)
        buf_addf(b, "\n%s",
                 tr(lang_of(y), "Not for ranking units in competitions; a rise may come "
                                "from better detection and reporting."));
}
