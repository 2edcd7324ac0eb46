#include "report/slides_words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "report/fact_cells.h"

/* A title has two lines: more names than these are counted. */
enum { MOST_MISSING = 4, MOST_PLACES = 3 };

/* ---- indicators ---- */

struct verdicts {
    size_t met, total;
    bool running; /* some are judged by where they are heading */
};

static bool is_one_of(const struct result *r, size_t row, const char *const *tokens, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fact_is(r, row, "verdict", tokens[i]))
            return true;
    return false;
}

static struct verdicts count_verdicts(const struct facts *f, const char *kind)
{
    static const char *const met[] = {"met", "held_zero", "on_track"};
    static const char *const running[] = {"on_track", "at_risk"};
    const struct result *r = &f->targets;
    struct verdicts v = {0};
    for (size_t i = 0; i < r->row_count; i++) {
        if (!*cells_text(r, i, "verdict") || (kind && !fact_is(r, i, "kind", kind)))
            continue;
        v.total++;
        v.met += is_one_of(r, i, met, 3);
        v.running |= is_one_of(r, i, running, 2);
    }
    return v;
}

static bool is_missing(const struct facts *f, size_t row, const char *kind)
{
    static const char *const missed[] = {"not_met", "new", "lost", "at_risk"};
    return (!kind || fact_is(&f->targets, row, "kind", kind)) &&
           is_one_of(&f->targets, row, missed, 4);
}

size_t slides_add_missing(struct buf *b, const struct facts *f, const char *kind)
{
    size_t n = 0;
    for (size_t i = 0; i < f->targets.row_count; i++) {
        if (!is_missing(f, i, kind))
            continue;
        const char *missing = cells_text(&f->targets, i, "missing");
        buf_addf(b, "%s%s", n++ ? ", " : "", cells_text(&f->targets, i, "indicator"));
        if (*missing)
            buf_addf(b, " (%s)", missing);
    }
    return n;
}

static void add_recorded(struct buf *b, const struct facts *f)
{
    for (size_t i = 0; i < f->root_count; i++) {
        const struct facts_root *r = &f->roots[i];
        if (!r->total.row_count)
            continue;
        buf_adds(b, i ? ", " : ": ");
        say_cases(b, fact_recorded(&r->total, 0), f->lang);
        buf_addf(b, f->lang == LANG_VI ? " %s" : " (%s)", r->noun);
    }
}

static void add_met(struct buf *b, const struct verdicts *v, enum lang lang)
{
    if (v->running)
        buf_addf(b, tr(lang, ": %zu of %zu indicators on course so far"), v->met, v->total);
    else if (v->met == v->total)
        buf_addf(b, tr(lang, ": all %zu indicators judged are met"), v->total);
    else
        buf_addf(b, tr(lang, ": %zu of %zu indicators judged are met"), v->met, v->total);
}

void slides_say_result(struct buf *b, const struct facts *f)
{
    struct verdicts v = count_verdicts(f, NULL);
    size_t start = b->len;
    say_period(b, f);
    fact_capital(b, start);
    if (v.total)
        add_met(b, &v, f->lang);
    else
        add_recorded(b, f);
}

/* Long lists are counted. */
static void add_missing_short(struct buf *b, const struct facts *f, bool running)
{
    struct buf names = {0};
    size_t n = slides_add_missing(&names, f, "rate");
    if (n && n <= MOST_MISSING)
        buf_addf(b, running ? tr(f->lang, "; at risk: %s") : tr(f->lang, "; not met: %s"),
                 buf_text(&names));
    b->failed |= names.failed;
    buf_free(&names);
}

void slides_say_rates(struct buf *b, const struct facts *f)
{
    struct verdicts v = count_verdicts(f, "rate");
    if (!v.total)
        return;
    buf_adds(b, tr(f->lang, "Rates"));
    add_met(b, &v, f->lang);
    add_missing_short(b, f, v.running);
}

/* ---- the whole ---- */

static void add_moved(struct buf *b, int64_t before, int64_t now, enum lang lang)
{
    buf_adds(b, tr(lang, now < before ? N_(" down ") : N_(" up ")));
    num_add_count(b, before, lang);
    buf_adds(b, "\u00a0→\u00a0");
    num_add_count(b, now, lang);
}

static void add_change(struct buf *b, const struct result *t, enum lang lang)
{
    int64_t now = say_count(t, 0, "count"), before = say_count(t, 0, "count_before");
    if (!now && !before) {
        buf_adds(b, tr(lang, ": none in either period"));
    } else if (!before) {
        buf_adds(b, ": ");
        say_change(b, t, 0);
    } else if (now == before) {
        buf_adds(b, tr(lang, " unchanged: "));
        num_add_count(b, before, lang);
        buf_adds(b, "\u00a0→\u00a0");
        num_add_count(b, now, lang);
    } else {
        add_moved(b, before, now, lang);
    }
}

/* Nothing to compare with: what there is, alone. */
static void add_only_now(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    buf_adds(b, ": ");
    say_cases(b, fact_recorded(&r->total, 0), f->lang);
    buf_adds(b, tr(f->lang, "; no figures of the same period to compare with"));
}

void slides_say_change(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    const struct result *t = &r->total;
    if (!t->row_count || isnan(cells_number(t, 0, "count")))
        return;
    buf_addf(b, tr(f->lang, "Cases, %s"), r->noun);
    if (isnan(cells_number(t, 0, "count_before"))) {
        add_only_now(b, f, r);
        return;
    }
    add_change(b, t, f->lang);
    fact_add_base(b, t, f->lang);
    const char *words = say_trend_words(t, 0, f->lang);
    if (*words)
        buf_addf(b, "; %s", words);
    else if (cells_has_note(t, 0, "not_comparable"))
        buf_adds(b, tr(f->lang, "; law, boundaries or recording changed between the periods"));
}

/* ---- years ---- */

/* The counts of the chart's own base, by year: those of which all twelve months are known. */
struct whole_year {
    char label[5];
    int64_t count;
};

static size_t whole_years(const struct result *months, struct whole_year years[FACTS_YEARS])
{
    size_t n = 0;
    for (size_t i = 0; i < months->row_count;) {
        const char *label = cells_text(months, i, "month");
        size_t end = i, known = 0;
        int64_t count = 0;
        for (; end < months->row_count && !strncmp(cells_text(months, end, "month"), label, 4);
             end++) {
            known += fact_is(months, end, "state", "known");
            count += say_count(months, end, "count");
        }
        i = end;
        if (known != 12)
            continue;
        if (n == FACTS_YEARS)
            memmove(years, years + 1, --n * sizeof *years);
        snprintf(years[n].label, sizeof years[n].label, "%.4s", label);
        years[n++].count = count;
    }
    return n;
}

static void add_years(struct buf *b, const struct whole_year *years, size_t n, enum lang lang)
{
    for (size_t i = 0; i < n; i++) {
        buf_adds(b, i ? ", " : "");
        num_add_count(b, years[i].count, lang);
    }
}

/* "2020–2024" where none of them is missing in between. */
static bool is_row(const struct whole_year *years, size_t n)
{
    return atoi(years[n - 1].label) - atoi(years[0].label) == (int)n - 1;
}

void slides_say_trend(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    struct whole_year years[FACTS_YEARS];
    size_t n = whole_years(&r->months, years);
    bool fits = !isnan(cells_number(&r->trend, 0, "annual_change_pct"));
    if (!r->months.row_count || (n < 2 && !fits))
        return;
    buf_addf(b, tr(f->lang, "Cases, %s"), r->brief);
    if (n > 1 && is_row(years, n)) {
        buf_addf(b, tr(f->lang, ", %s–%s: "), years[0].label, years[n - 1].label);
        add_years(b, years, n, f->lang);
        fact_add_base(b, &r->trend, f->lang);
    } else {
        buf_adds(b, tr(f->lang, " by month"));
    }
    if (fits)
        buf_addf(b, "; %s", tr(f->lang, fact_direction(&r->trend)));
}

/* ---- places ---- */

static bool is_place(const struct result *risk, size_t row)
{
    return !fact_is_total(risk, row) && !isnan(cells_number(risk, row, "rr"));
}

static size_t count_level(const struct result *risk, const char *level)
{
    size_t n = 0;
    for (size_t i = 0; i < risk->row_count; i++)
        n += is_place(risk, i) && fact_is(risk, i, "level", level);
    return n;
}

static void add_expected(struct buf *b, const struct result *risk, size_t row, enum lang lang)
{
    double expected = cells_number(risk, row, "expected");
    struct buf count = {0}, number = {0};
    say_cases(&count, say_count(risk, row, "count"), lang);
    num_add_human(&number, expected, expected < 10, lang);
    buf_addf(b, tr(lang, " (%s; by the common level and population about %s)"), buf_text(&count),
             buf_text(&number));
    b->failed |= count.failed || number.failed;
    buf_free(&count);
    buf_free(&number);
}

static void add_level(struct buf *b, const struct result *risk, const char *level, enum lang lang)
{
    size_t total = count_level(risk, level), n = 0;
    for (size_t i = 0; i < risk->row_count && n < MOST_PLACES; i++) {
        if (!is_place(risk, i) || !fact_is(risk, i, "level", level))
            continue;
        buf_adds(b, n++ ? ", " : "");
        say_unit(b, cells_text(risk, i, "unit_name"), lang);
        if (total == 1)
            add_expected(b, risk, i, lang);
    }
    if (total > n)
        buf_addf(b, tr(lang, " and %zu more places"), total - n);
}

/* "Xâm hại trẻ em: " */
static void add_noun(struct buf *b, const struct facts_root *r)
{
    size_t start = b->len;
    buf_adds(b, r->brief);
    fact_capital(b, start);
    buf_adds(b, ": ");
}

bool slides_has_watched(const struct facts_root *r)
{
    return count_level(&r->risk, "high") || count_level(&r->risk, "elevated");
}

void slides_say_places(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    const char *level = count_level(&r->risk, "high") ? "high" : "elevated";
    if (fact_places(&r->risk) < 2)
        return;
    add_noun(b, r);
    if (!count_level(&r->risk, level)) {
        buf_adds(b, tr(f->lang, "no place is above the common level for sure"));
        return;
    }
    buf_adds(b, tr(f->lang, *level == 'h' ? N_("above the common level: ")
                                          : N_("to be watched, above the common level: ")));
    add_level(b, &r->risk, level, f->lang);
}

void slides_say_spread(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    size_t high = count_level(&r->risk, "high"), watched = count_level(&r->risk, "elevated");
    size_t places = fact_places(&r->risk);
    if (places < 2)
        return;
    add_noun(b, r);
    if (high)
        buf_addf(b, tr(f->lang, "%zu of %zu places are above the common level"), high, places);
    else if (watched)
        buf_addf(b,
                 tr(f->lang, "%zu of %zu places show signs of being above the common level, not "
                             "certain"),
                 watched, places);
    else
        buf_addf(b, tr(f->lang, "differences between the %zu places are within ordinary variation"),
                 places);
}

/* ---- the rest of the year ---- */

void slides_say_forecast(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    double low = cells_number(&r->forecast, 0, "pi_low");
    double high = cells_number(&r->forecast, 0, "pi_high");
    double most = cells_number(&r->forecast, 0, "allowance");
    struct buf range = {0};
    if (isnan(low) || isnan(high))
        return;
    num_add_human(&range, low, 0, f->lang);
    buf_adds(&range, "–");
    num_add_human(&range, high, 0, f->lang);
    add_noun(b, r);
    buf_addf(b, tr(f->lang, "forecast for the whole of %s: about %s cases"), f->year.label,
             buf_text(&range));
    if (!isnan(most))
        buf_addf(b, tr(f->lang, "; at most %.0f to meet the target"), most);
    b->failed |= range.failed;
    buf_free(&range);
}
