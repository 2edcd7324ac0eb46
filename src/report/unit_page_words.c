#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "report/unit_page.h"

/* ---- level ---- */

static const char *level_words(const struct result *risk, size_t row)
{
    if (fact_is(risk, row, "level", "high"))
        return N_("above the common level");
    if (fact_is(risk, row, "level", "elevated"))
        return N_("signs of being above the common level, not certain");
    if (fact_is(risk, row, "level", "unclear"))
        return N_("too few for a conclusion");
    return N_("not clearly different from the common level");
}

void unit_say_level(struct buf *b, const struct facts_root *r, size_t row, enum lang lang)
{
    double expected = cells_number(&r->risk, row, "expected");
    struct buf count = {0}, number = {0};
    if (isnan(expected) || isnan(cells_number(&r->risk, row, "rr")))
        return;
    say_cases(&count, say_count(&r->risk, row, "count"), lang);
    num_add_human(&number, expected, expected < 100, lang);
    buf_addf(b, tr(lang, "%s: %s in three years, by the common level and population about %s: %s."),
             r->brief, buf_text(&count), buf_text(&number), tr(lang, level_words(&r->risk, row)));
    b->failed |= count.failed || number.failed;
    buf_free(&count);
    buf_free(&number);
}

void unit_say_course(struct buf *b, const struct facts_root *own, enum lang lang)
{
    const struct result *t = &own->trend;
    if (!t->row_count)
        return;
    bool fits = !isnan(cells_number(t, 0, "annual_change_pct"));
    buf_addf(b, "%s, ", own->brief);
    fact_add_month(b, cells_text(t, 0, "from"), lang);
    buf_adds(b, " – ");
    fact_add_month(b, cells_text(t, 0, "to"), lang);
    buf_addf(b, ": %s.", tr(lang, fits ? fact_direction(t) : N_("too few to estimate a trend")));
}

/* ---- change ---- */

static void add_moved(struct buf *b, int64_t now, int64_t before, enum lang lang)
{
    struct buf size = {0};
    say_cases(&size, now > before ? now - before : before - now, lang);
    if (now == before)
        buf_adds(b, tr(lang, "unchanged"));
    else
        buf_addf(b, tr(lang, now > before ? N_("up %s") : N_("down %s")), buf_text(&size));
    buf_adds(b, " (");
    num_add_count(b, now, lang);
    buf_addc(b, '/');
    num_add_count(b, before, lang);
    buf_addc(b, ')');
    b->failed |= size.failed;
    buf_free(&size);
}

void unit_say_change(struct buf *b, const struct facts_root *r, size_t row, enum lang lang)
{
    int64_t now = say_count(&r->units, row, "count");
    int64_t before = say_count(&r->units, row, "count_before");
    if (now < 0)
        return;
    buf_addf(b, "%s: ", r->noun);
    if (before < 0) {
        say_cases(b, now, lang);
        buf_adds(b, tr(lang, "; no figures of the same period to compare with"));
    } else if (!now && !before) {
        buf_adds(b, tr(lang, "none in either period"));
    } else if (!before) {
        say_change(b, &r->units, row);
    } else {
        add_moved(b, now, before, lang);
    }
    buf_addc(b, '.');
}

/* ---- is it real? ---- */

static bool is_below(const struct result *r, size_t row, const char *column, double limit)
{
    return cells_number(r, row, column) < limit;
}

/* Chance alone, in how many of a hundred cases. */
static void add_by_chance(struct buf *b, const struct result *units, size_t row, enum lang lang)
{
    double p = cells_number(units, row, "p_value");
    struct buf share = {0};
    if (isnan(p))
        return;
    num_add_human(&share, fmax(100 * p, 0.1), p < 0.01, lang);
    if (p < 0.001)
        buf_addf(b,
                 tr(lang, " With nothing changed, a difference of this size or more comes about by "
                          "chance in fewer than %s of 100 such comparisons."),
                 buf_text(&share));
    else if (p < 0.995)
        buf_addf(b,
                 tr(lang, " With nothing changed, a difference of this size or more comes about by "
                          "chance in about %s of 100 such comparisons."),
                 buf_text(&share));
    b->failed |= share.failed;
    buf_free(&share);
}

static const char *answer(const struct result *units, size_t row)
{
    int64_t now = say_count(units, row, "count"), before = say_count(units, row, "count_before");
    if (fact_is(units, row, "verdict", "incomplete") || now < 0)
        return N_("cannot be said, since the period is not reported to its end.");
    if (before < 0)
        return N_("cannot be said, for want of figures of the same period.");
    if (now == before)
        return N_("there is no change.");
    if (is_below(units, row, "q_value", 0.05))
        return now > before ? N_("yes: the rise is beyond the usual variation, all units "
                                 "considered.")
                            : N_("yes: the fall is beyond the usual variation, all units "
                                 "considered.");
    if (is_below(units, row, "p_value", 0.05))
        return N_("not certain: rare for one unit alone, but among all units compared at once "
                  "chance may bring it.");
    return N_("not shown: within the usual variation of small numbers.");
}

void unit_say_real(struct buf *b, const struct facts_root *r, size_t row, enum lang lang)
{
    const struct result *units = &r->units;
    int64_t now = say_count(units, row, "count"), before = say_count(units, row, "count_before");
    buf_addf(b, "%s: %s", r->brief, tr(lang, answer(units, row)));
    if (now >= 0 && before >= 0 && now != before && !fact_is(units, row, "verdict", "incomplete"))
        add_by_chance(b, units, row, lang);
}

/* ---- months ---- */

void unit_say_alarms(struct buf *b, const struct facts_root *r, const char *unit, enum lang lang)
{
    const struct result *a = &r->alerts;
    size_t n = 0;
    for (size_t i = 0; i < a->row_count; i++) {
        if (!fact_is_alarm(a, i) || !fact_is(a, i, "unit", unit))
            continue;
        buf_adds(b, n ? ", " : "");
        if (!n++)
            buf_addf(b, "%s: ", r->brief);
        fact_add_month(b, cells_text(a, i, "month"), lang);
        buf_adds(b, " (");
        say_cases(b, say_count(a, i, "count"), lang);
        buf_addc(b, ')');
    }
    buf_adds(b, n ? "." : "");
}

/* The rows of a unit stand together, in order of time. */
static void add_missing_runs(struct buf *b, const struct result *s, size_t first, size_t end,
                             enum lang lang)
{
    size_t runs = 0;
    for (size_t i = first; i < end; i++) {
        size_t last = i;
        if (fact_is(s, i, "state", "known"))
            continue;
        while (last + 1 < end && !fact_is(s, last + 1, "state", "known"))
            last++;
        buf_adds(b, runs++ ? ", " : "");
        fact_add_month(b, cells_text(s, i, "month"), lang);
        if (last > i) {
            buf_adds(b, "–");
            fact_add_month(b, cells_text(s, last, "month"), lang);
        }
        i = last;
    }
}

void unit_say_reported(struct buf *b, const struct facts_root *r, const char *unit, enum lang lang)
{
    const struct result *s = &r->states;
    size_t first = fact_row(s, unit), end = first, known = 0;
    struct buf runs = {0};
    if (first == NO_ROW)
        return;
    for (; end < s->row_count && fact_is(s, end, "unit", unit); end++)
        known += fact_is(s, end, "state", "known");
    add_missing_runs(&runs, s, first, end, lang);
    if (runs.len)
        buf_addf(b, tr(lang, "%zu of %zu months in full; not in full or not at all: %s."), known,
                 end - first, buf_text(&runs));
    else
        buf_addf(b, tr(lang, "all of the last %zu months."), known);
    b->failed |= runs.failed;
    buf_free(&runs);
}

/* ---- what is open ---- */

static void add_open(struct buf *b, const struct result *t, size_t row, int64_t missed,
                     enum lang lang)
{
    struct buf late = {0}, open = {0};
    say_number(&open, missed, lang);
    buf_addf(b, tr(lang, "%s: %s still open"), cells_text(t, row, "name"), buf_text(&open));
    if (say_note(t, row, "overdue", &late)) {
        int64_t count = strtoll(buf_text(&late), NULL, 10);
        buf_clear(&late);
        say_number(&late, count, lang);
        buf_addf(b, tr(lang, ", overdue: %s"), buf_text(&late));
    }
    b->failed |= late.failed || open.failed;
    buf_free(&late);
    buf_free(&open);
}

void unit_say_open(struct buf *b, const struct result *targets, enum lang lang)
{
    size_t rates = 0, open = 0;
    for (size_t i = 0; i < targets->row_count; i++) {
        int64_t missed = say_count(targets, i, "missed");
        if (!fact_is(targets, i, "kind", "rate") || missed < 0 ||
            say_count(targets, i, "denominator") <= 0)
            continue;
        rates++;
        if (!missed)
            continue;
        buf_adds(b, open++ ? "; " : "");
        add_open(b, targets, i, missed, lang);
    }
    if (open)
        buf_addc(b, '.');
    else if (rates)
        buf_adds(b, tr(lang, "nothing is left open in the rates of the plan."));
}
