/* The plan's indicators, the outlook to the end of the year, breaks between the periods. */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "report/say_private.h"
#include "stats/verdict.h"

/* ---- targets ---- */

static size_t count_verdicts(const struct result *r, const char *const *tokens, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < r->row_count; i++)
        for (size_t k = 0; k < n; k++)
            count += !strcmp(cells_text(r, i, "verdict"), tokens[k]);
    return count;
}

static void add_count(struct buf *b, size_t n, const char *words, enum lang lang)
{
    if (!n)
        return;
    buf_adds(b, b->len ? ", " : "");
    say_number(b, (int64_t)n, lang);
    buf_addf(b, " %s", words);
}

void say_targets(struct buf *b, const struct facts *f)
{
    static const char *const met[] = {"met", "held_zero"}, *const missed[] = {"not_met", "new"},
                             *const ahead[] = {"on_track"}, *const risk[] = {"at_risk"},
                             *const lost[] = {"lost"}, *const open[] = {"incomplete", "no_base"};
    const struct result *r = &f->targets;
    struct buf parts = {0}, all = {0};
    size_t judged = 0;
    for (size_t i = 0; i < r->row_count; i++)
        judged += *cells_text(r, i, "verdict") != 0;
    if (!judged)
        return;
    add_count(&parts, count_verdicts(r, met, 2), tr(f->lang, "met"), f->lang);
    add_count(&parts, count_verdicts(r, missed, 2), tr(f->lang, "not met"), f->lang);
    add_count(&parts, count_verdicts(r, ahead, 1), tr(f->lang, "on track"), f->lang);
    add_count(&parts, count_verdicts(r, risk, 1), tr(f->lang, "at risk"), f->lang);
    add_count(&parts, count_verdicts(r, lost, 1), tr(f->lang, "lost"), f->lang);
    add_count(&parts, count_verdicts(r, open, 2), tr(f->lang, "not yet to be judged"), f->lang);
    say_number(&all, (int64_t)judged, f->lang);
    say_next(b);
    buf_addf(b, tr(f->lang, "Of %s indicators judged: %s."), buf_text(&all), buf_text(&parts));
    b->failed |= parts.failed || all.failed;
    buf_free(&parts);
    buf_free(&all);
}

/* ---- outlook ---- */

static void add_allowed(struct buf *b, const struct result *r)
{
    int64_t allowance = say_count(r, 0, "allowance");
    double left = cells_number(r, 0, "left"), prob = cells_number(r, 0, "prob_total");
    double target = cells_number(r, 0, "target");
    struct buf most = {0}, more = {0}, down = {0};
    if (allowance < 0 || isnan(left) || isnan(target))
        return;
    say_cases(&most, allowance, r->lang);
    num_add_human(&down, target, target == floor(target) ? 0 : 1, r->lang);
    buf_addf(b, tr(r->lang, "; at most %s to meet the target (down %s%%)"), buf_text(&most),
             buf_text(&down));
    say_cases(&more, left < 0 ? 0 : (int64_t)left, r->lang);
    if (left < 0)
        buf_adds(b, tr(r->lang, ", already exceeded: the target can no longer be met"));
    else
        buf_addf(b, tr(r->lang, ", so the rest of the year may bring %s at most"), buf_text(&more));
    if (left >= 0 && !isnan(prob))
        buf_addf(b, "; %s", tr(r->lang, verdict_outlook(prob)));
    b->failed |= most.failed || more.failed || down.failed;
    buf_free(&most);
    buf_free(&more);
    buf_free(&down);
}

void say_forecast(struct buf *b, const struct facts *f, const struct facts_root *r)
{
    const struct result *x = &r->forecast;
    double low = cells_number(x, 0, "pi_low"), high = cells_number(x, 0, "pi_high");
    int64_t observed = say_count(x, 0, "observed");
    struct buf so_far = {0}, from = {0}, to = {0}, end = {0};
    if (!x->row_count || observed < 0 || isnan(low) || isnan(high))
        return;
    say_next(b);
    say_cases(&so_far, observed, f->lang);
    say_date(&end, f->data_end == DAY_NONE ? f->period.span.to : f->data_end, f->lang);
    num_add_count(&from, (int64_t)low, f->lang);
    num_add_count(&to, (int64_t)high, f->lang);
    buf_addf(b,
             tr(f->lang, "Of %s: %s by %s; forecast for the whole year %s: about %s–%s cases (80%% "
                         "range)"),
             r->brief, buf_text(&so_far), buf_text(&end), f->year.label, buf_text(&from),
             buf_text(&to));
    add_allowed(b, x);
    buf_addc(b, '.');
    b->failed |= so_far.failed || from.failed || to.failed || end.failed;
    buf_free(&so_far);
    buf_free(&from);
    buf_free(&to);
    buf_free(&end);
}

/* ---- breaks ---- */

void say_breaks(struct buf *b, const struct facts *f)
{
    say_footer(b, &f->targets,
               tr(f->lang, "Changes between the periods, to be borne in mind: %s."));
}

/* ---- what is still to come in ---- */

void say_growth(struct buf *b, const struct facts *f)
{
    for (size_t i = 0; i < f->root_count; i++)
        say_footer(b, &f->roots[i].total, tr(f->lang, "Likely to grow: %s"));
}
