/* Where: which units rose, which stand above the common level, which have not reported, and what
 * stood out of late. */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "report/fact_cells.h"

enum { names_max = 5 };

/* Names with what is said of each, five at most. */
struct names {
    struct buf b;
    size_t count;
};

static bool names_take(struct names *n)
{
    n->count++;
    if (n->count > names_max + 1)
        return false;
    buf_adds(&n->b, n->count == 1 ? "" : "; ");
    if (n->count == names_max + 1)
        buf_adds(&n->b, "…");
    return n->count <= names_max;
}

/* ---- up and down ---- */

struct units_told {
    size_t down, same, up, none, unknown;
    bool beyond; /* one of the rises is more than the usual variation, all units considered */
};

static bool is_beyond(const struct result *r, size_t row)
{
    double q = cells_number(r, row, "q_value"), p = cells_number(r, row, "p_value");
    return isnan(q) ? p < 0.05 : q < 0.05;
}

static void count_unit(struct units_told *t, const struct result *r, size_t row)
{
    double change = cells_number(r, row, "change");
    bool incomplete = !strcmp(cells_text(r, row, "verdict"), "incomplete");
    if (isnan(change) || incomplete)
        t->unknown++;
    else if (change < 0)
        t->down++;
    else if (change > 0)
        t->up++;
    else if (say_count(r, row, "count") == 0)
        t->none++;
    else
        t->same++;
    t->beyond |= change > 0 && !incomplete && is_beyond(r, row);
}

static void add_part(struct buf *b, size_t n, const char *words, enum lang lang)
{
    if (!n)
        return;
    buf_adds(b, b->len ? "; " : "");
    say_number(b, (int64_t)n, lang);
    buf_addf(b, " %s", words);
}

static void add_tally(struct buf *b, const struct units_told *t, enum lang lang)
{
    struct buf parts = {0};
    add_part(&parts, t->down, tr(lang, "units down"), lang);
    add_part(&parts, t->same, tr(lang, "units unchanged"), lang);
    add_part(&parts, t->up, tr(lang, "units up"), lang);
    add_part(&parts, t->none, tr(lang, "units without a case in either period"), lang);
    add_part(&parts, t->unknown, tr(lang, "units without the figures to compare"), lang);
    buf_adds(b, buf_text(&parts));
    b->failed |= parts.failed;
    buf_free(&parts);
}

/* "xã Trường Xuân 03 vụ (cùng kỳ không xảy ra)" */
static void name_rise(struct names *n, const struct result *r, size_t row)
{
    struct buf count = {0}, before = {0};
    if (!names_take(n))
        return;
    say_unit(&n->b, cells_text(r, row, "unit_name"), r->lang);
    say_cases(&count, say_count(r, row, "count"), r->lang);
    say_cases(&before, say_count(r, row, "count_before"), r->lang);
    if (say_count(r, row, "count_before") == 0)
        buf_addf(&n->b, tr(r->lang, ": %s (none in the same period)"), buf_text(&count));
    else
        buf_addf(&n->b, tr(r->lang, ": %s (%s in the same period)"), buf_text(&count),
                 buf_text(&before));
    n->b.failed |= count.failed || before.failed;
    buf_free(&count);
    buf_free(&before);
}

static void add_rises(struct buf *b, const struct facts *f, const struct result *r,
                      const struct units_told *t)
{
    struct names n = {0};
    for (size_t i = r->row_count; i-- > 0;) /* by change: the largest rises stand last */
        if (say_is_unit(f, r, i) && cells_number(r, i, "change") > 0 &&
            strcmp(cells_text(r, i, "verdict"), "incomplete"))
            name_rise(&n, r, i);
    if (n.count)
        buf_addf(b,
                 t->beyond ? tr(f->lang, " Up: %s; at least one beyond the usual variation.")
                           : tr(f->lang, " Up: %s; within the usual variation."),
                 buf_text(&n.b));
    b->failed |= n.b.failed;
    buf_free(&n.b);
}

void say_units(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    struct units_told t = {0};
    struct buf tally = {0};
    size_t units = 0;
    for (size_t i = 0; i < r->units.row_count; i++) {
        if (!say_is_unit(f, &r->units, i))
            continue;
        units++;
        count_unit(&t, &r->units, i);
    }
    if (!units)
        return;
    say_next(b);
    add_tally(&tally, &t, f->lang);
    buf_addf(b, tr(f->lang, "Of %s: %s."), r->brief, buf_text(&tally));
    add_rises(b, f, &r->units, &t);
    b->failed |= tally.failed;
    buf_free(&tally);
}

/* ---- levels ---- */

static void name_level(struct names *n, const struct result *r, size_t row)
{
    struct buf count = {0}, expected = {0};
    if (!names_take(n))
        return;
    say_unit(&n->b, cells_text(r, row, "unit_name"), r->lang);
    say_cases(&count, say_count(r, row, "count"), r->lang);
    num_add_human(&expected, cells_number(r, row, "expected"), 1, r->lang);
    buf_addf(&n->b, tr(r->lang, ": %s (by the common level and population about %s)"),
             buf_text(&count), buf_text(&expected));
    n->b.failed |= count.failed || expected.failed;
    buf_free(&count);
    buf_free(&expected);
}

static void gather_level(struct names *n, const struct facts *f, const struct result *r,
                         const char *level)
{
    for (size_t i = 0; i < r->row_count; i++)
        if (say_is_unit(f, r, i) && !strcmp(cells_text(r, i, "level"), level))
            name_level(n, r, i);
}

/* Who is told of one unit is told nothing of "any unit". */
static void add_no_level(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    struct buf name = {0};
    size_t own = f->audience ? fact_row(&r->risk, f->audience) : NO_ROW;
    if (own != NO_ROW)
        say_unit(&name, cells_text(&r->risk, own, "unit_name"), f->lang);
    if (f->audience)
        buf_addf(b,
                 tr(f->lang, "Of %s, there are no grounds to see %s above the common level over "
                             "several years."),
                 r->brief, buf_text(&name));
    else
        buf_addf(b,
                 tr(f->lang, "Of %s, there are no grounds to see any unit above the common "
                             "level over several years."),
                 r->brief);
    b->failed |= name.failed;
    buf_free(&name);
}

void say_levels(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    struct names high = {0}, elevated = {0};
    if (!r->risk.row_count)
        return;
    gather_level(&high, f, &r->risk, "high");
    gather_level(&elevated, f, &r->risk, "elevated");
    say_next(b);
    if (high.count)
        buf_addf(b,
                 tr(f->lang, "Of %s, there are grounds to see these above the common level over "
                             "several years: %s."),
                 r->brief, buf_text(&high.b));
    else
        add_no_level(b, f, r);
    if (elevated.count)
        buf_addf(b, tr(f->lang, " There are signs, not certain, that these are above it: %s."),
                 buf_text(&elevated.b));
    if (high.count + elevated.count)
        say_footer(b, &r->risk,
                   tr(f->lang, "A market town also takes cases from visitors; the rate counts "
                               "residents only."));
    if (cells_has_note(&r->risk, 0, "few_units"))
        buf_adds(b, tr(f->lang, " With so few units differences can hardly be shown."));
    b->failed |= high.b.failed || elevated.b.failed;
    buf_free(&high.b);
    buf_free(&elevated.b);
}

/* ---- who has not reported ---- */

void say_unreported(struct buf *b, const struct facts *f)
{
    const char *sentence =
        tr(f->lang, "Not in the totals compared, since not reported to the end: %s.");
    for (size_t i = 0; i < f->root_count; i++)
        if (say_footer(b, &f->roots[i].total, sentence))
            return;
}

/* ---- what stood out ---- */

/* "xã Mỹ Quý tháng 10/2024 (03 vụ, thông thường không quá 1)"; the unit's name only where it is not
 * that of the alarm before. */
static void name_alarm(struct names *n, const struct result *r, size_t row, const char *before)
{
    double upper = floor(cells_number(r, row, "upper"));
    const char *unit = cells_text(r, row, "unit_name");
    struct buf count = {0}, month = {0}, most = {0};
    if (!names_take(n))
        return;
    if (strcmp(unit, before))
        say_unit(&n->b, unit, r->lang);
    buf_adds(&n->b, strcmp(unit, before) ? " " : "");
    say_cases(&count, say_count(r, row, "count"), r->lang);
    fact_add_month(&month, cells_text(r, row, "month"), r->lang);
    num_add_human(&most, upper, 0, r->lang);
    if (upper < 1) /* the months before it make the alarm */
        buf_addf(&n->b, tr(r->lang, "%s (%s, with the months just before it)"), buf_text(&month),
                 buf_text(&count));
    else
        buf_addf(&n->b, tr(r->lang, "%s (%s, usually at most %s)"), buf_text(&month),
                 buf_text(&count), buf_text(&most));
    n->b.failed |= count.failed || month.failed || most.failed;
    buf_free(&count);
    buf_free(&month);
    buf_free(&most);
}

void say_alerts(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    struct names n = {0};
    const char *before = "";
    for (size_t i = 0; i < r->alerts.row_count; i++) {
        if (!fact_is_alarm(&r->alerts, i))
            continue;
        name_alarm(&n, &r->alerts, i, before);
        before = cells_text(&r->alerts, i, "unit_name");
    }
    if (n.count) {
        say_next(b);
        buf_addf(b, tr(f->lang, "Of %s, above the usual: %s."), r->brief, buf_text(&n.b));
    }
    b->failed |= n.b.failed;
    buf_free(&n.b);
}

void say_alert_chance(struct buf *b, const struct facts *f)
{
    double expected = 0;
    size_t judged = 0;
    struct buf number = {0};
    for (size_t k = 0; k < f->root_count; k++)
        for (size_t i = 0; i < f->roots[k].alerts.row_count; i++) {
            double chance = cells_number(&f->roots[k].alerts, i, "false_alarm");
            judged += !isnan(chance);
            expected += isnan(chance) ? 0 : chance;
        }
    if (!judged)
        return;
    say_next(b);
    num_add_human(&number, fmax(expected, 0.1), 1, f->lang);
    buf_addf(b,
             expected < 0.1
                 ? tr(f->lang, "Chance alone would give fewer than %s such signs among %zu months "
                               "judged; a sign asks for a look at the cases.")
                 : tr(f->lang, "Chance alone would give about %s such signs among %zu months "
                               "judged; a sign asks for a look at the cases."),
             buf_text(&number), judged);
    b->failed |= number.failed;
    buf_free(&number);
}
