/* verdict.c: targets met, missed and still open; see verdict.h. */
#include "stats/verdict.h"

#include <math.h>
#include <string.h>

#include "base/lang.h"
#include "stats/comparison.h"
#include "stats/predict.h"

/* ---- reductions ---- */

/* Percentages are told apart to 1e-6, as the thresholds of rates are. */
static double target_of(const struct verdict_facts *f)
{
    return f->is_strict ? f->target_pct + 1e-6 : f->target_pct;
}

static bool has_whole_exposure(const struct verdict_facts *f)
{
    return f->whole_exposure > 0 && f->whole_exposure_before > 0;
}

static void set_allowance(const struct verdict_facts *f, struct verdict *v)
{
    bool whole = f->running && has_whole_exposure(f);
    double now = whole ? f->whole_exposure : f->exposure;
    double before = whole ? f->whole_exposure_before : f->exposure_before;
    int64_t base = f->running ? f->whole_before : f->count_before;

    v->has_allowance = comparison_allowance(base, before, now, target_of(f), &v->allowance);
}

static double prob_whole_period(const struct verdict_facts *f, int64_t allowance)
{
    int64_t rest = f->whole_before > f->count_before ? f->whole_before - f->count_before : 0;
    double left = f->whole_exposure - f->exposure;
    double left_before = f->whole_exposure_before - f->exposure_before;

    if (f->rest)
        return predictive_cdf(f->rest, allowance - f->count);
    if (!has_whole_exposure(f))
        return predict_within(f->count, rest, f->exposure / f->exposure_before, allowance);
    if (left_before > 0)
        return predict_within(f->count, rest, left / left_before, allowance);
    return predict_within(f->count, f->count_before, left / f->exposure_before, allowance);
}

static const char *token_running(const struct verdict_facts *f, const struct verdict *v)
{
    if (f->count > v->allowance)
        return N_("lost");
    return v->prob_met >= 0.5 ? N_("on_track") : N_("at_risk");
}

static const char *token_finished(const struct verdict_facts *f)
{
    if (f->count_before == 0)
        return f->count == 0 ? N_("held_zero") : N_("new");
    if (isnan(f->target_pct))
        return "";
    bool met =
        comparison_met(f->count_before, f->exposure_before, f->count, f->exposure, target_of(f));
    return met ? N_("met") : N_("not_met");
}

/* A period that runs can be neither met nor missed: without a base for the whole of it, only what
 * has happened so far can be said. */
static const char *token_without_base(const struct verdict_facts *f)
{
    return f->count_before == 0 ? token_finished(f) : "";
}

const char *verdict_outlook(double prob)
{
    double pct = round(1000 * prob) / 10;
    if (pct >= 95)
        return N_("the target will very likely be met");
    if (pct >= 80)
        return N_("the target will probably be met");
    if (isnan(pct) || pct >= 20)
        return N_("it cannot be said yet whether the target will be met");
    if (pct > 5)
        return N_("the target will probably be missed");
    return N_("the target will very likely be missed");
}

const char *verdict_trend(double prob_reduction)
{
    double pct = round(1000 * prob_reduction) / 10;
    if (pct >= 95)
        return N_("there are grounds to speak of an improvement");
    if (pct >= 80)
        return N_("this is consistent with a fall");
    if (isnan(pct) || pct >= 20)
        return N_("this is not enough to conclude on a trend");
    return N_("this does not show a fall");
}

struct verdict verdict_reduction(const struct verdict_facts *f)
{
    struct verdict v = {.token = "", .prob_met = NAN};

    if (!f->has_before) {
        v.token = N_("no_base");
        return v;
    }
    set_allowance(f, &v);
    if (f->incomplete || !f->has_now) {
        v.token = N_("incomplete");
    } else if (f->running && v.has_allowance) {
        v.prob_met = prob_whole_period(f, v.allowance);
        v.token = token_running(f, &v);
    } else {
        v.token = f->running ? token_without_base(f) : token_finished(f);
    }
    return v;
}

struct verdict verdict_bounded(const struct verdict_facts *f, int64_t possible,
                               int64_t possible_before)
{
    struct verdict_facts best = *f, worst = *f;
    best.incomplete |= f->running;
    worst.incomplete |= f->running;
    best.count_before += possible_before;
    worst.count += possible;
    struct verdict a = verdict_reduction(&best), b = verdict_reduction(&worst);
    return (struct verdict){.token = strcmp(a.token, b.token) ? N_("incomplete") : a.token,
                            .prob_met = NAN};
}

/* ---- rates ---- */

static void judge_running(const struct rate_facts *f, struct verdict *v)
{
    int64_t failed = f->total - f->met - f->pending;

    v->prob_met = rate_prob_running(f->met, failed > 0 ? failed : 0, f->pending + f->expected,
                                    f->op, f->threshold_pct);
    if (!rate_is_met(f->met + f->possible + f->expected, f->total + f->expected, f->op,
                     f->threshold_pct))
        v->token = N_("lost");
    else
        v->token = v->prob_met >= 0.5 ? N_("on_track") : N_("at_risk");
}

struct verdict verdict_rate(const struct rate_facts *f)
{
    struct verdict v = {.token = "", .prob_met = NAN};

    if (isnan(f->threshold_pct))
        return v;
    int64_t may_miss = rate_may_miss(f->total, f->op, f->threshold_pct);
    v.has_allowance = may_miss >= 0;
    v.allowance = v.has_allowance ? may_miss : 0;
    if (f->incomplete)
        v.token = N_("incomplete");
    else if (f->total <= 0)
        v.token = "";
    else if (f->running)
        judge_running(f, &v);
    else
        v.token =
            rate_is_met(f->met, f->total, f->op, f->threshold_pct) ? N_("met") : N_("not_met");
    return v;
}
