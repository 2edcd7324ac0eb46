/* One row of `targets` as numbers: where they come from, what they amount to, the verdict. */
#include <math.h>
#include <string.h>

#include "cli/rate_parts.h"
#include "cli/targets_private.h"
#include "stats/comparison.h"

static size_t unit_index(const struct judged *j)
{
    return j->place->scope.units[j->slot];
}

/* Children stand behind their parents. */
static size_t subtree_end(const struct scope *s, size_t slot)
{
    return s->is_leaf[slot] ? slot + 1 : s->unit_count;
}

static void set_numerator(struct judged *j, int64_t n)
{
    j->numerator = n;
    j->has_numerator = true;
}

static void set_denominator(struct judged *j, int64_t n)
{
    j->denominator = n;
    j->has_denominator = true;
}

static void set_missed(struct judged *j, int64_t n)
{
    j->missed = n > 0 ? n : 0;
    j->has_missed = true;
}

/* ---- reductions ---- */

static void compare_counts(struct judged *j, const struct verdict_facts *f)
{
    struct comparison x =
        comparison_exact(f->count_before, f->exposure_before, f->count, f->exposure, f->target_pct);
    j->value = x.reduction_pct;
    j->ci_low = x.ci_low;
    j->ci_high = x.ci_high;
    j->p_value = x.p_value;
    j->prob_reduction = x.prob_reduction;
}

static bool is_judged(const struct verdict *v)
{
    return v->has_allowance && strcmp(v->token, "incomplete") && strcmp(v->token, "no_base");
}

/* A verdict on what is supposed takes the way of one on data. */
static void suppose_counts(const struct judged *j, struct verdict_facts *f)
{
    if (j->supposed)
        f->count += j->supposed->numerator;
}

static void judge_counts(struct judged *j, struct verdict_facts *f)
{
    suppose_counts(j, f);
    if (f->has_now)
        set_numerator(j, f->count);
    if (f->has_before)
        set_denominator(j, f->count_before);
    if (f->has_now && f->has_before)
        compare_counts(j, f);
    j->verdict = verdict_reduction(f);
    if (!is_judged(&j->verdict))
        return;
    set_missed(j, f->count - j->verdict.allowance);
    j->luck = comparison_luck(f->running ? f->whole_before : f->count_before, f->exposure_before,
                              f->exposure, j->verdict.allowance);
}

static struct verdict_facts facts_of_target(const struct target *target)
{
    return (struct verdict_facts){.exposure = 1,
                                  .exposure_before = 1,
                                  .target_pct = target->threshold,
                                  .is_strict = target->op == OP_GREATER};
}

/* Before: last year's value, else what the row itself gives as its denominator. */
static void judge_reported(const struct targets_table *t, struct judged *j)
{
    const struct indicator_value *now = &t->values[unit_index(j)];
    const struct indicator_value *before = &t->values_before[unit_index(j)];
    bool own = now->has && now->denominator >= 0;
    struct verdict_facts f = facts_of_target(j->target);
    f.has_now = now->has;
    f.has_before = (before->has && before->is_whole) || own;
    f.incomplete = !now->is_whole;
    f.count = now->numerator;
    f.count_before = before->has && before->is_whole ? before->numerator
                     : own                           ? now->denominator
                                                     : 0;
    if (!f.has_now)
        return;
    j->indicator = now;
    j->to = now->to;
    judge_counts(j, &f);
}

/* Counts that are known within bounds only: one of them may be known all the same. */
static void judge_bounded(struct judged *j, struct verdict_facts *f)
{
    const struct compared *k = &j->compared;
    bool counted = !(k->marks & (TALLY_UNKNOWN | TALLY_COARSE));
    f->has_now = k->has_now && counted;
    f->has_before = k->has_before && counted;
    f->incomplete = k->incomplete || !k->comparable || !counted;
    if (f->has_now && !k->possible)
        set_numerator(j, k->count);
    if (f->has_before && !k->possible_before)
        set_denominator(j, k->count_before);
    j->verdict = verdict_bounded(f, k->possible, k->possible_before);
}

static void judge_compared(struct judged *j)
{
    const struct compared *k = &j->compared;
    struct verdict_facts f = facts_of_target(j->target);
    f.has_now = k->has_now && k->known;
    f.has_before = k->has_before && k->known_before;
    f.incomplete = k->incomplete || !k->known;
    f.running = j->running;
    f.count = k->count;
    f.count_before = k->count_before;
    f.whole_before = k->whole_before;
    f.rest = j->has_rest ? &j->rest : NULL;
    f.exposure = k->exposure;
    f.exposure_before = k->exposure_before;
    if (k->possible || k->possible_before)
        judge_bounded(j, &f);
    else
        judge_counts(j, &f);
}

static void judge_reduction(const struct targets_table *t, struct judged *j)
{
    if (j->set && (j->compared.has_now || j->compared.has_before))
        judge_compared(j);
    else
        judge_reported(t, j);
}

/* ---- rates and counts: where they come from ---- */

/* Where nobody speaks of the period, old reports still open are no flow of it. */
static const struct flow *usable_flow(const struct flows *flows, const struct judged *j)
{
    if (!flows || !j->compared.has_now)
        return NULL;
    const struct flow *f = &flows->of_span[j->slot];
    unsigned needed = rate_lacks(j->target->numerator) | rate_lacks(j->target->denominator);
    return f->sources && !(f->lacks & needed) ? f : NULL;
}

static void take_reported(const struct targets_table *t, struct judged *j)
{
    const struct indicator_value *v = &t->values[unit_index(j)];
    j->running = false;
    j->to = v->to;
    if (!v->has)
        return;
    j->indicator = v;
    set_numerator(j, v->numerator);
    if (v->denominator >= 0)
        set_denominator(j, v->denominator);
}

static void take_numbers(const struct targets_table *t, const struct flows *flows, struct judged *j)
{
    j->flow = usable_flow(flows, j);
    if (!j->flow) {
        take_reported(t, j);
        return;
    }
    set_numerator(j, rate_part(j->flow, j->target->numerator));
    if (j->target->denominator >= 0)
        set_denominator(j, rate_whole(j->flow, j->target->denominator));
}

static void suppose_numbers(struct judged *j)
{
    if (!j->supposed)
        return;
    j->numerator += j->supposed->numerator;
    j->denominator += j->supposed->denominator;
}

/* ---- what is still to come ---- */

static bool knows_days(const struct compare *c, size_t slot, struct span days)
{
    for (size_t u = slot; u < subtree_end(&c->scope, slot); u++)
        if (scope_is_under(&c->scope, slot, u) && spans_touch(&c->known.spans[u], days))
            return true;
    return false;
}

static int64_t incoming(const struct flow *f, int numerator)
{
    return numerator == RATE_SUPPORTED ? f->victims
           : numerator == RATE_SOLVED  ? f->cases
                                       : f->accepted;
}

/* Last year's same rest; where nobody knows of it, the pace so far. */
static int64_t expected_rest(const struct flows *flows, const struct judged *j)
{
    const struct flow_query *q = flows->query;
    int64_t rest_days = span_days(q->rest), days = span_days(q->span);
    if (knows_days(&j->set->compare, j->slot, q->rest))
        return incoming(&flows->of_rest[j->slot], j->target->numerator);
    double pace = (double)incoming(j->flow, j->target->numerator) / (double)(days ? days : 1);
    return (int64_t)llround(pace * (double)rest_days);
}

/* What is suspended stays so, what is closed without being solved too; but support may come late.
 */
static void set_pending(const struct flow *f, int numerator, struct rate_facts *facts)
{
    if (numerator == RATE_SOLVED) {
        facts->pending = f->unsolved_open - f->unsolved_late;
        facts->possible = f->unsolved_open;
    } else if (numerator == RATE_SUPPORTED) {
        facts->pending = f->blank_support_of;
        facts->possible = f->victims - f->supported;
    } else {
        facts->pending = f->open_in_time + f->open_extended;
        facts->possible = facts->pending + f->overdue;
    }
}

static int64_t clamp(int64_t n, int64_t low, int64_t high)
{
    return n < low ? low : n > high ? high : n;
}

/* What is supposed to be resolved was among the open ones; what is supposed to come in beside it is
 * open. */
static void suppose_pending(const struct judged *j, struct rate_facts *facts)
{
    int64_t left = facts->total > facts->met ? facts->total - facts->met : 0;
    if (!j->supposed)
        return;
    int64_t opened = j->supposed->denominator - j->supposed->numerator;
    facts->possible = clamp(facts->possible + opened, 0, left);
    facts->pending = clamp(facts->pending + opened, 0, facts->possible);
}

/* ---- verdicts on rates and counts ---- */

/* Every unit that is asked to report lags behind: of a single unit, that it does. */
static bool all_lag(const struct judged *j)
{
    const struct compare *c = &j->set->compare;
    bool any = false;
    for (size_t u = j->slot; u < subtree_end(&c->scope, j->slot); u++) {
        const struct unit *unit = &c->scope.directory->units[c->scope.units[u]];
        bool exists = !span_is_empty(span_intersect(unit->valid, c->q->period.span));
        if (!c->scope.is_leaf[u] || unit->is_unknown || !exists ||
            !scope_is_under(&c->scope, j->slot, u))
            continue;
        if (!c->lagging[u])
            return false;
        any = true;
    }
    return any;
}

/* Over 5 % of reports without a date of receipt (contract 2, basis). */
static bool is_undated(const struct flow *f)
{
    return 20 * f->undated > f->undated + f->accepted;
}

static bool is_incomplete(const struct judged *j)
{
    if (j->indicator)
        return !j->indicator->is_whole;
    return j->flow && (is_undated(j->flow) || (j->set && all_lag(j)));
}

static void judge_rate(const struct flows *flows, struct judged *j)
{
    struct rate_facts f = {
        .incomplete = is_incomplete(j),
        .running = j->running,
        .met = j->numerator,
        .total = j->denominator,
        .op = j->target->op == OP_GREATER ? RATE_OVER : RATE_AT_LEAST,
        .threshold_pct = j->target->threshold,
    };
    if (j->running && j->flow) {
        set_pending(j->flow, j->target->numerator, &f);
        suppose_pending(j, &f);
        f.expected = expected_rest(flows, j);
    }
    struct proportion p = proportion_of(j->numerator, j->denominator, f.threshold_pct);
    j->ci_low = p.ci_low;
    j->ci_high = p.ci_high;
    if (j->denominator > 0)
        j->value = 100 * ((double)j->numerator / (double)j->denominator);
    j->verdict = verdict_rate(&f);
    set_missed(j, j->denominator - j->numerator);
}

/* A number of things only grows, so that one reached is met whatever is still to come. */
static void judge_count(struct judged *j)
{
    double n = (double)j->numerator, threshold = j->target->threshold;
    if (isnan(threshold))
        return;
    bool met = j->target->op == OP_GREATER ? n > threshold : n >= threshold;
    bool open = j->running || is_incomplete(j);
    j->verdict.token = met ? "met" : open ? "incomplete" : "not_met";
}

/* ---- the row ---- */

static void judge_amounts(const struct targets_table *t, struct judged *j)
{
    const struct flows *flows = NULL;
    if (targets_needs_flow(j->target))
        flows = targets_flows_of(t, j->place, j->target->category);
    take_numbers(t, flows, j);
    suppose_numbers(j);
    if (j->target->kind == TARGET_COUNT && j->has_numerator)
        judge_count(j);
    else if (j->has_numerator && j->has_denominator)
        judge_rate(flows, j);
    else if (flows && !j->compared.has_now && j->compared.has_before)
        j->verdict.token = "incomplete"; /* reported before, not of this period */
}

/* What the rest of the period may bring, where cases are counted. */
static bool look_ahead(struct judged *j, size_t category, struct err *e)
{
    struct forecasting *f = &j->set->forecasting;
    struct outlook o;
    bool ok = outlook_init(&o, f, j->slot, category, e) &&
              (outlook_fit(&o, f, j->slot, category) || err_memory(e));
    j->has_rest = ok && o.state == OUTLOOK_OK;
    if (j->has_rest)
        j->rest = o.rest;
    outlook_free(&o);
    return ok;
}

bool targets_judge(const struct targets_table *t, const struct target *target,
                   const struct targets_place *place, size_t slot, struct judged *j, struct err *e)
{
    *j = (struct judged){.target = target, .place = place, .slot = slot, .to = t->period.span.to};
    j->value = j->ci_low = j->ci_high = j->p_value = j->prob_reduction = j->luck = NAN;
    j->verdict = (struct verdict){.token = "", .prob_met = NAN};
    j->set = targets_set_of(t, place, target->category);
    j->supposed = targets_supposed(t, target);
    if (j->set) {
        const struct compare *c = &j->set->compare;
        size_t category = c->scope.category_slot[target->category];
        compare_row(c, slot, category, &j->compared);
        j->running = c->running && c->data_end != DAY_NONE;
        j->to = j->running ? c->data_end : j->to;
        if (j->running && target->kind == TARGET_REDUCTION && !look_ahead(j, category, e))
            return false;
    }
    if (target->kind == TARGET_REDUCTION)
        judge_reduction(t, j);
    else
        judge_amounts(t, j);
    return targets_check_supposed(j, e);
}

bool targets_is_misfit(const struct targets_table *t, const struct judged *j, struct span *row)
{
    return !j->has_numerator && !j->has_denominator &&
           indicators_misfit(&t->indicators, j->target->indicator, t->period.span, row);
}

bool targets_is_anything(const struct judged *j)
{
    const struct flow *f = j->flow;
    return j->numerator || j->denominator || j->compared.recorded || j->compared.recorded_before ||
           (f && (f->accepted || f->carried_over || f->undated));
}
