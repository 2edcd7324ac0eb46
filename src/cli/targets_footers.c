/* What a committee may be told of its targets, in set sentences chosen by the numbers
 * (report/LAYOUT.md 0): how much of a reduction may be luck, once; what is open in a rate that is
 * not met; on which units a total rests. */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "cli/targets_writing.h"

const char *targets_number(struct writing *w, int64_t n)
{
    struct buf b = {0};
    num_add_prose(&b, n, w->lang);
    const char *text = b.failed ? NULL : arena_text(&w->words, buf_text(&b));
    w->b.failed |= !text;
    buf_free(&b);
    return text ? text : "";
}

const char *targets_date(struct writing *w, day d)
{
    char text[11];
    session_date(d, w->lang, text);
    const char *copy = arena_text(&w->words, text);
    w->b.failed |= !copy;
    return copy ? copy : "";
}

/* The text, with the unit behind it where several are shown. */
static const char *with_unit(struct writing *w, const char *text, const struct judged *j)
{
    if (w->t->place_count < 2)
        return text;
    const struct targets_table *t = w->t;
    const char *unit = session_unit_name(t->s, j->place->top, t->period.span.to, &w->words);
    const char *both = unit ? arena_format(&w->words, "%s, %s", text, unit) : NULL;
    w->b.failed |= !both;
    return both ? both : "";
}

/* The text, with what is supposed behind it. */
static const char *with_supposed(struct writing *w, const char *text, const struct judged *j)
{
    struct buf b = {0};
    if (!j->supposed)
        return text;
    targets_add_supposed(&b, j->supposed, w->lang);
    text = arena_format(&w->words, tr(w->lang, "%s (supposing %s)"), text, buf_text(&b));
    w->b.failed |= !text || b.failed;
    buf_free(&b);
    return text ? text : "";
}

const char *targets_indicator(struct writing *w, const struct judged *j)
{
    return with_unit(w, j->target->indicator, j);
}

/* Where another sentence of the same line goes. */
static struct buf *next_sentence(struct writing *w)
{
    if (w->b.len)
        buf_addc(&w->b, ' ');
    return &w->b;
}

static bool finish(struct writing *w, struct err *e)
{
    bool ok = !w->b.failed || err_memory(e);
    if (ok && w->b.len)
        ok = result_add_footer(w->t->r, e, buf_text(&w->b));
    buf_clear(&w->b);
    return ok;
}

/* ---- luck, once ---- */

/* The plan's first target on children, else its first reduction. */
static const struct judged *main_reduction(const struct targets_table *t)
{
    const struct judged *first = NULL;
    const struct directory *d = &t->s->directory;
    for (size_t i = 0; i < t->head_count; i++) {
        const struct judged *j = &t->heads[i];
        if (j->target->kind != TARGET_REDUCTION || !j->has_missed || isnan(j->prob_reduction))
            continue;
        if (j->set && !strcmp(d->categories[j->set->root].code, "XHTE"))
            return j;
        first = first ? first : j;
    }
    return first;
}

/* A chance is never none nor certain. */
static const char *chance(struct writing *w, double p)
{
    if (p < 0.01)
        return tr(w->lang, "under 1%");
    if (p > 0.99)
        return tr(w->lang, "over 99%");
    struct buf b = {0};
    num_add_human(&b, 100 * p, 0, w->lang);
    const char *text = arena_format(&w->words, tr(w->lang, "about %s%%"), buf_text(&b));
    w->b.failed |= !text;
    buf_free(&b);
    return text ? text : "";
}

static void add_luck(struct writing *w, const struct judged *j)
{
    const char *trend = tr(w->lang, verdict_trend(j->prob_reduction)), *name = j->target->name;
    bool small = j->denominator < 100;
    name = with_supposed(w, with_unit(w, *name ? name : j->target->indicator, j), j);
    if (!j->running && small && !isnan(j->luck))
        buf_addf(&w->b,
                 tr(w->lang, "%s: since the numbers are small, the chance of meeting the target "
                             "would be %s even if nothing had changed; %s."),
                 name, chance(w, j->luck), trend);
    else if (!j->running && !isnan(j->luck))
        buf_addf(&w->b,
                 tr(w->lang, "%s: the chance of meeting the target would be %s even if nothing had "
                             "changed; %s."),
                 name, chance(w, j->luck), trend);
    else if (!strcmp(j->verdict.token, "lost"))
        buf_addf(&w->b,
                 tr(w->lang, "%s: the cases so far are more than the whole period allows; %s."),
                 name, trend);
    else if (!isnan(j->verdict.prob_met))
        buf_addf(&w->b,
                 tr(w->lang, "%s: if the rest of the period is like the same part of last year, "
                             "the chance of meeting the target is %s; %s."),
                 name, chance(w, j->verdict.prob_met), trend);
}

/* ---- rates that are not met ---- */

static void add_open(struct writing *w, const struct judged *j)
{
    const struct flow *f = j->flow;
    int64_t in_time = f->open_in_time + f->open_extended;
    const char *indicator = targets_indicator(w, j), *on = targets_date(w, j->to);
    const char *late = targets_number(w, f->overdue);
    if (f->sources & FLOW_COUNTS) /* tallies do not tell why a report is open */
        buf_addf(&w->b, tr(w->lang, "Indicator %s: on %s open and not overdue: %s; overdue: %s."),
                 indicator, on, targets_number(w, in_time), late);
    else if (in_time == 0)
        buf_addf(&w->b,
                 tr(w->lang, "Indicator %s: on %s no report is being verified within the legal "
                             "time; overdue: %s."),
                 indicator, on, late);
    else if (in_time == 1)
        buf_addf(&w->b,
                 tr(w->lang, "Indicator %s: on %s %s report is being verified, within the legal "
                             "time; overdue: %s."),
                 indicator, on, targets_number(w, in_time), late);
    else
        buf_addf(&w->b,
                 tr(w->lang, "Indicator %s: on %s %s reports are being verified, within the legal "
                             "time; overdue: %s."),
                 indicator, on, targets_number(w, in_time), late);
    if (f->suspended)
        buf_addf(next_sentence(w), tr(w->lang, "Suspended: %s."), targets_number(w, f->suspended));
}

static void add_resolve(struct writing *w, const struct judged *j, int64_t needed)
{
    const struct flow *f = j->flow;
    int64_t open = f->open_in_time + f->open_extended + f->overdue;
    if (open > 0 && (needed > open || needed == 0))
        buf_adds(next_sentence(w),
                 tr(w->lang, "Resolving all that is open would not meet the target."));
    else if (open > 0 && needed == 1)
        buf_addf(next_sentence(w), tr(w->lang, "Resolving %s more report would meet the target."),
                 targets_number(w, needed));
    else if (open > 0)
        buf_addf(next_sentence(w), tr(w->lang, "Resolving %s more reports would meet the target."),
                 targets_number(w, needed));
}

static void add_unsolved(struct writing *w, const struct judged *j, int64_t needed)
{
    const char *left = targets_number(w, j->missed), *indicator = targets_indicator(w, j);
    if (j->missed == 1)
        buf_addf(&w->b, tr(w->lang, "Indicator %s: %s case is not solved."), indicator, left);
    else
        buf_addf(&w->b, tr(w->lang, "Indicator %s: %s cases are not solved."), indicator, left);
    if (needed == 0)
        return;
    if (needed == 1)
        buf_addf(next_sentence(w), tr(w->lang, "Solving %s more case would meet the target."),
                 targets_number(w, needed));
    else
        buf_addf(next_sentence(w), tr(w->lang, "Solving %s more cases would meet the target."),
                 targets_number(w, needed));
}

static void add_unsupported(struct writing *w, const struct judged *j, int64_t needed)
{
    const char *left = targets_number(w, j->missed), *indicator = targets_indicator(w, j);
    if (j->missed == 1)
        buf_addf(&w->b, tr(w->lang, "Indicator %s: no support is shown for %s victim."), indicator,
                 left);
    else
        buf_addf(&w->b, tr(w->lang, "Indicator %s: no support is shown for %s victims."), indicator,
                 left);
    if (j->flow->blank_support)
        buf_addf(next_sentence(w),
                 tr(w->lang, "Cases in which nothing is entered about support: %s."),
                 targets_number(w, j->flow->blank_support));
    if (needed == 1)
        buf_addf(next_sentence(w), tr(w->lang, "Supporting %s more victim would meet the target."),
                 targets_number(w, needed));
    else
        buf_addf(next_sentence(w), tr(w->lang, "Supporting %s more victims would meet the target."),
                 targets_number(w, needed));
}

static bool is_unmet_rate(const struct judged *j)
{
    static const char *const tokens[] = {"not_met", "at_risk", "lost"};
    for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++)
        if (j->target->kind == TARGET_RATE && !strcmp(j->verdict.token, tokens[i]))
            return true;
    return false;
}

static void add_rate(struct writing *w, const struct judged *j)
{
    enum rate_op op = j->target->op == OP_GREATER ? RATE_OVER : RATE_AT_LEAST;
    int64_t n = rate_missing_for(j->numerator, j->denominator, op, j->target->threshold);
    if (n <= 0)
        return;
    if (!strcmp(j->verdict.token, "lost"))
        n = 0; /* none that are left would do */
    /* what the reports say is not what is supposed */
    int numerator = j->flow && !j->supposed ? j->target->numerator : RATE_INDICATOR;
    if (numerator == RATE_RESOLVED) {
        add_open(w, j);
        add_resolve(w, j, n);
    } else if (numerator == RATE_SOLVED) {
        add_unsolved(w, j, n);
    } else if (numerator == RATE_SUPPORTED) {
        add_unsupported(w, j, n);
    } else {
        buf_addf(&w->b, tr(w->lang, "Indicator %s: %s short of the target."),
                 with_supposed(w, targets_indicator(w, j), j), targets_number(w, n));
    }
}

/* ---- all ---- */

static bool add_of_heads(struct writing *w, struct err *e)
{
    const struct targets_table *t = w->t;
    bool ok = true;
    for (size_t i = 0; ok && i < t->head_count; i++) {
        if (is_unmet_rate(&t->heads[i]))
            add_rate(w, &t->heads[i]);
        ok = finish(w, e);
    }
    for (size_t i = 0; ok && i < t->head_count; i++) {
        if (targets_has_base(&t->heads[i]))
            targets_add_base(w, &t->heads[i]);
        ok = finish(w, e);
        if (ok && targets_is_compared(&t->heads[i]))
            targets_add_partly(w, &t->heads[i]);
        ok = ok && finish(w, e);
    }
    return ok;
}

/* Once a unit. */
static bool add_running(struct writing *w, struct err *e)
{
    const struct targets_table *t = w->t;
    bool ok = true;
    for (size_t i = 0; ok && i < t->place_count; i++) {
        const struct judged *j = t->heads, *end = t->heads + t->head_count;
        while (j < end && !(j->running && j->place == t->places[i]))
            j++;
        if (j < end)
            buf_addf(&w->b,
                     tr(w->lang, "%s: the period is still running, data to %s; a reduction is "
                                 "judged for the whole period."),
                     session_unit_name(t->s, j->place->top, t->period.span.to, &w->words),
                     targets_date(w, j->to));
        ok = finish(w, e);
    }
    return ok;
}

static bool add_all(struct writing *w, struct err *e)
{
    const struct judged *main = main_reduction(w->t);
    if (!add_running(w, e))
        return false;
    if (main)
        add_luck(w, main);
    if (!finish(w, e) || !add_of_heads(w, e))
        return false;
    targets_add_misfits(w);
    if (!finish(w, e))
        return false;
    if (main && main->set)
        targets_add_breaks(w, main);
    if (!finish(w, e))
        return false;
    if (w->t->by_unit)
        buf_adds(&w->b, tr(w->lang, "Not for ranking offices: more cases recorded may mean better "
                                    "detection and reporting."));
    return finish(w, e);
}

bool targets_add_footers(const struct targets_table *t, struct err *e)
{
    struct writing w = {.t = t, .lang = t->r->lang};
    bool ok = add_all(&w, e);
    buf_free(&w.b);
    arena_free(&w.words);
    return ok;
}
