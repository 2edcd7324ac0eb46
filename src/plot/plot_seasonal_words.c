/* What the heat map says: the finding, the notes. */
#include <math.h>

#include "base/lang.h"
#include "base/num.h"
#include "plot/seasonal.h"

static enum lang lang_of(const struct seasonal *s)
{
    return s->m.result->lang;
}

static double rounded(double mean)
{
    return mean < 99.95 ? round(mean * 10) / 10 : round(mean);
}

void seasonal_add_mean(struct buf *b, double mean, enum lang lang)
{
    num_add_human(b, mean, mean < 99.95 ? 1 : 0, lang);
}

/* ---- the finding ---- */

static const char *month_name(size_t month, enum lang lang)
{
    static const char *const names[] = {N_("January"), N_("February"), N_("March"),
                                        N_("April"),   N_("May"),      N_("June"),
                                        N_("July"),    N_("August"),   N_("September"),
                                        N_("October"), N_("November"), N_("December")};
    return tr(lang, names[month]);
}

bool seasonal_extremes(const struct seasonal *s, size_t *high, size_t *low)
{
    size_t known = 0;
    for (size_t i = 0; i < 12; i++) {
        if (isnan(s->means[i]))
            continue;
        if (known == 0 || s->means[i] > s->means[*high])
            *high = i;
        if (known == 0 || s->means[i] < s->means[*low])
            *low = i;
        known++;
    }
    return known > 2;
}

static void add_mean_amount(struct buf *b, const struct seasonal *s, size_t month)
{
    words_amount(b, rounded(s->means[month]), s->m.counted, lang_of(s));
}

/* The fitted season has two waves a year and may peak beside the month with the highest mean; where
 * the two are further apart, both are told. */
static void add_peak(struct buf *b, const struct seasonal *s, size_t high, size_t low)
{
    enum lang lang = lang_of(s);
    struct buf most = {0}, least = {0};
    size_t peak = s->peak ? (size_t)s->peak - 1 : high;
    add_mean_amount(&most, s, high);
    add_mean_amount(&least, s, low);
    if ((peak + 13 - high) % 12 <= 2)
        buf_addf(b, tr(lang, "Highest in %s (mean %s); lowest in %s (%s)"), month_name(high, lang),
                 buf_text(&most), month_name(low, lang), buf_text(&least));
    else
        buf_addf(b, tr(lang, "The season peaks around %s; the highest mean is that of %s (%s)"),
                 month_name(peak, lang), month_name(high, lang), buf_text(&most));
    b->failed |= most.failed || least.failed;
    buf_free(&most);
    buf_free(&least);
}

static void add_no_season(struct buf *b, const struct seasonal *s, size_t high, size_t low)
{
    enum lang lang = lang_of(s);
    struct buf most = {0}, least = {0};
    seasonal_add_mean(&least, s->means[low], lang);
    add_mean_amount(&most, s, high);
    buf_addf(b, tr(lang, "No clear season: the months' means lie between %s and %s"),
             buf_text(&least), buf_text(&most));
    b->failed |= most.failed || least.failed;
    buf_free(&most);
    buf_free(&least);
}

void seasonal_add_title(struct buf *b, const struct seasonal *s)
{
    size_t high = 0, low = 0;
    bool has_extremes = seasonal_extremes(s, &high, &low);
    int first = s->m.years[0].year, last = s->m.years[s->m.year_count - 1].year;
    const char *subject = tr(lang_of(s), s->m.counted->subject);
    if (has_extremes && s->p < 0.05)
        add_peak(b, s, high, low);
    else if (has_extremes && s->p >= 0.05)
        add_no_season(b, s, high, low);
    else if (first < last)
        buf_addf(b, tr(lang_of(s), "%s by month and year, %d–%d"), subject, first, last);
    else
        buf_addf(b, tr(lang_of(s), "%s by month, %d"), subject, first);
}

/* ---- the notes ---- */

/* A p that would be printed as 0.050 shows on which side of it it lies. */
static void add_test(struct buf *b, const struct seasonal *s)
{
    bool is_close = fabs(s->p - 0.05) < 0.0005;
    struct buf p = {0};
    buf_adds(&p, s->p < 0.001 ? "<\u00a0" : "=\u00a0");
    num_add_human(&p, fmax(s->p, 0.001), is_close ? 4 : 3, lang_of(s));
    words_next(b);
    buf_addf(b, tr(lang_of(s), "Test of the season: p %s."), buf_text(&p));
    b->failed |= p.failed;
    buf_free(&p);
}

void seasonal_add_notes(struct buf *b, const struct seasonal *s)
{
    enum lang lang = lang_of(s);
    if (s->class_count > 1)
        buf_adds(b, tr(lang, "The darker, the more."));
    words_next(b);
    buf_adds(b, tr(lang, "Bars: the month's mean over the years, of complete months."));
    if (!isnan(s->p))
        add_test(b, s);
}
