/* What was recorded, against the same period and against several years; what the rest may bring. */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "report/fact_cells.h"
#include "stats/verdict.h"

/* ---- recorded ---- */

static void add_same_period(struct buf *b, const struct facts_root *r, int64_t before, bool same,
                            enum lang lang)
{
    if (before < 0) {
        buf_adds(b, cells_has_note(&r->total, 0, "coarse")
                        ? tr(lang, " (the figures of the same period cannot be cut to its days)")
                        : tr(lang, " (no figures of the same period)"));
        return;
    }
    struct buf count = {0};
    say_cases(&count, before, lang);
    if (before == 0)
        buf_adds(b, tr(lang, " (none in the same period"));
    else
        buf_addf(b, tr(lang, " (%s in the same period"), buf_text(&count));
    buf_addc(b, ')');
    if (same && before > 0) {
        buf_adds(b, ", ");
        say_change(b, &r->total, 0);
    }
    b->failed |= count.failed;
    buf_free(&count);
}

/* "; trên cùng cơ sở so sánh (12/13 đơn vị): 11 vụ, cùng kỳ 11 vụ, bằng so với cùng kỳ" */
static void add_base(struct buf *b, const struct facts_root *r, enum lang lang)
{
    struct buf base = {0}, now = {0}, before = {0}, change = {0};
    if (!say_base(&base, r, lang))
        buf_adds(&base, tr(lang, "days known of both periods"));
    say_cases(&now, say_count(&r->total, 0, "count"), lang);
    say_cases(&before, say_count(&r->total, 0, "count_before"), lang);
    say_change(&change, &r->total, 0);
    buf_addf(b, tr(lang, "; on the same base of comparison (%s): %s, %s in the same period, %s"),
             buf_text(&base), buf_text(&now), buf_text(&before), buf_text(&change));
    b->failed |= base.failed || now.failed || before.failed || change.failed;
    buf_free(&base);
    buf_free(&now);
    buf_free(&before);
    buf_free(&change);
}

void say_recorded(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    if (!r->total.row_count)
        return;
    int64_t now = fact_recorded(&r->total, 0);
    int64_t before = fact_recorded_before(&r->total, 0);
    bool same = now == say_count(&r->total, 0, "count") &&
                before == say_count(&r->total, 0, "count_before");
    struct buf whole = {0}, count = {0};
    say_next(b);
    say_whole(&whole, f);
    if (same && before >= 0)
        fact_add_base(&whole, &r->total, f->lang);
    say_cases(&count, now, f->lang);
    if (now < 0)
        buf_addf(b, tr(f->lang, "nothing is known of %s in %s"), r->noun, buf_text(&whole));
    else if (now == 0)
        buf_addf(b, tr(f->lang, "%s recorded no case of %s"), buf_text(&whole), r->noun);
    else
        buf_addf(b, tr(f->lang, "%s recorded %s of %s"), buf_text(&whole), buf_text(&count),
                 r->noun);
    if (now >= 0)
        add_same_period(b, r, before, same, f->lang);
    if (now >= 0 && before >= 0 && !same)
        add_base(b, r, f->lang);
    buf_addc(b, '.');
    b->failed |= whole.failed || count.failed;
    buf_free(&whole);
    buf_free(&count);
}

void say_running(struct buf *b, const struct facts *f)
{
    struct buf to = {0};
    if (!f->is_running)
        return;
    say_next(b);
    say_date(&to, f->data_end, f->lang);
    buf_addf(b, tr(f->lang, "The period is not over: figures to %s, compared on the same days."),
             buf_text(&to));
    b->failed |= to.failed;
    buf_free(&to);
}

/* ---- luck ---- */

static void add_chance(struct buf *b, double p, enum lang lang)
{
    struct buf pct = {0};
    num_add_human(&pct, 100 * p, 0, lang);
    if (p < 0.01)
        buf_adds(b, tr(lang, "under 1%"));
    else if (p > 0.99)
        buf_adds(b, tr(lang, "over 99%"));
    else
        buf_addf(b, tr(lang, "about %s%%"), buf_text(&pct));
    b->failed |= pct.failed;
    buf_free(&pct);
}

static void add_luck(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    bool met = !strcmp(cells_text(&r->total, 0, "verdict"), "met");
    bool small = say_count(&r->total, 0, "count_before") < 100;
    const char *words = say_trend_words(&r->total, 0, f->lang);
    struct buf chance = {0};
    add_chance(&chance, cells_number(&r->total, 0, "luck"), f->lang);
    if (small && met)
        buf_addf(b,
                 tr(f->lang, "Since the numbers are small, the target for %s would be met with a "
                             "chance of %s even if nothing had changed; %s."),
                 r->brief, buf_text(&chance), words);
    else if (small)
        buf_addf(b,
                 tr(f->lang, "Since the numbers are small, with nothing changed the chance to meet "
                             "the target for %s would be %s only; %s."),
                 r->brief, buf_text(&chance), words);
    else
        buf_addf(b,
                 tr(f->lang, "With nothing changed the chance to meet the target for %s would be "
                             "%s; %s."),
                 r->brief, buf_text(&chance), words);
    b->failed |= chance.failed;
    buf_free(&chance);
}

/* Of a finished period whose numbers say little: one that runs is judged by its forecast, and what
 * is as good as sure is not called luck. */
static bool is_luck(const struct facts *f, const struct facts_root *r)
{
    double prob = cells_number(&r->total, 0, "prob_reduction");
    return !f->is_running && cells_number(&r->total, 0, "luck") >= 0.05 && prob >= 0.2 &&
           prob < 0.95 && !isnan(cells_number(&r->total, 0, "target_pct"));
}

void say_luck(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    const char *words = say_trend_words(&r->total, 0, f->lang);
    if (!r->total.row_count || !*words)
        return;
    say_next(b);
    if (is_luck(f, r))
        add_luck(b, f, r);
    else
        buf_addf(b, tr(f->lang, "Of %s: %s."), r->brief, words);
}

/* ---- several years ---- */

static void add_counts(struct buf *b, const struct facts_root *r, enum lang lang)
{
    for (size_t i = 0; i < r->year_count; i++) {
        buf_adds(b, i ? ", " : "");
        if (r->years[i].known)
            num_add_prose(b, r->years[i].count, lang);
        else
            buf_adds(b, "…");
    }
}

/* The years before with the most and the fewest cases. */
static bool extremes(const struct facts_root *r, size_t *most, size_t *least)
{
    size_t known = 0;
    for (size_t i = 0; i + 1 < r->year_count; i++) {
        if (!r->years[i].known)
            continue;
        if (!known++)
            *most = *least = i;
        *most = r->years[i].count > r->years[*most].count ? i : *most;
        *least = r->years[i].count < r->years[*least].count ? i : *least;
    }
    return known >= 2 && r->years[r->year_count - 1].known;
}

static void add_year(struct buf *b, const char *format, const struct facts_year *y, enum lang lang)
{
    struct buf count = {0};
    say_cases(&count, y->count, lang);
    const char *first = strstr(format, "%s"), *second = first ? strstr(first + 2, "%s") : NULL;
    if (first && second) {
        buf_add(b, format, (size_t)(first - format));
        buf_add(b, y->label, strcspn(y->label, "HQM-."));
        buf_add(b, first + 2, (size_t)(second - first - 2));
        buf_adds(b, buf_text(&count));
        buf_adds(b, second + 2);
    }
    b->failed |= count.failed;
    buf_free(&count);
}

/* Where this period stands among the years before. */
static void add_standing(struct buf *b, const struct facts_root *r, enum lang lang)
{
    size_t most = 0, least = 0;
    if (!extremes(r, &most, &least))
        return;
    int64_t now = r->years[r->year_count - 1].count;
    buf_adds(b, "; ");
    if (now < r->years[least].count)
        buf_adds(b, tr(lang, "the fewest of these years"));
    else if (now > r->years[most].count)
        buf_adds(b, tr(lang, "the most of these years"));
    else if (now < r->years[most].count && now > r->years[least].count) {
        add_year(b, tr(lang, "below %s (%s)"), &r->years[most], lang);
        buf_adds(b, ", ");
        add_year(b, tr(lang, "above %s (%s)"), &r->years[least], lang);
    } else if (now < r->years[most].count)
        add_year(b, tr(lang, "below %s (%s)"), &r->years[most], lang);
    else if (now > r->years[least].count)
        add_year(b, tr(lang, "above %s (%s)"), &r->years[least], lang);
    else
        buf_adds(b, tr(lang, "the same in all these years"));
}

/* Against the mean of the three years before, on the same base. */
static void add_mean(struct buf *b, const struct facts_root *r, enum lang lang)
{
    double sum = cells_number(&r->mean, 0, "count_before");
    double pct = cells_number(&r->mean, 0, "reduction_pct");
    struct buf mean = {0}, size = {0}, now = {0}, base = {0};
    if (isnan(sum) || isnan(pct) || cells_number(&r->mean, 0, "exposure_before") != 3)
        return;
    if (say_note(&r->mean, 0, "compared_units", &base))
        buf_addf(&now, tr(lang, "on the same base of comparison (%s units): "), buf_text(&base));
    say_cases(&now, say_count(&r->mean, 0, "count"), lang);
    num_add_human(&mean, sum / 3, 1, lang);
    num_add_human(&size, fabs(pct), 1, lang);
    const char *cases = buf_text(&now), *before = buf_text(&mean), *by = buf_text(&size);
    if (fabs(pct) < 0.05)
        buf_addf(b, tr(lang, "; %s, the same as the mean of the three years before (%s cases)"),
                 cases, before);
    else if (pct > 0)
        buf_addf(b, tr(lang, "; %s, down %s%% from the mean of the three years before (%s cases)"),
                 cases, by, before);
    else
        buf_addf(b, tr(lang, "; %s, up %s%% from the mean of the three years before (%s cases)"),
                 cases, by, before);
    b->failed |= mean.failed || size.failed || now.failed || base.failed;
    buf_free(&base);
    buf_free(&mean);
    buf_free(&size);
    buf_free(&now);
}

void say_years(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    struct buf counts = {0};
    if (r->year_count < 2)
        return;
    say_next(b);
    add_counts(&counts, r, f->lang);
    const struct facts_year *first = &r->years[0], *last = &r->years[r->year_count - 1];
    buf_addf(b,
             f->is_year && !f->is_running
                 ? tr(f->lang, "Cases of %s, %.4s–%.4s: %s")
                 : tr(f->lang, "Cases of %s in the same period of the years %.4s–%.4s: %s"),
             r->brief, first->label, last->label, buf_text(&counts));
    add_standing(b, r, f->lang);
    add_mean(b, r, f->lang);
    buf_addc(b, '.');
    b->failed |= counts.failed;
    buf_free(&counts);
}
