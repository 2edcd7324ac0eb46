/* A target's row in words: what is wanted, what came out, what is missing. */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "cli/targets_private.h"

/* ---- what is wanted ---- */

static void add_threshold(struct buf *b, double x, enum lang lang)
{
    int decimals = 0;
    while (decimals < 6 && fabs(x * pow(10, decimals) - nearbyint(x * pow(10, decimals))) > 1e-9)
        decimals++;
    num_add_human(b, x, decimals, lang);
}

void targets_add_target(struct buf *b, const struct target *target, enum lang lang)
{
    struct buf amount = {0};
    if (isnan(target->threshold)) {
        buf_adds(b, tr(lang, "watched, not judged"));
        return;
    }
    add_threshold(&amount, target->threshold, lang);
    const char *text = buf_text(&amount);
    const char *op = target->op == OP_GREATER ? ">" : "≥";
    if (target->kind == TARGET_REDUCTION && target->op == OP_GREATER)
        buf_addf(b, tr(lang, "down more than %s%%"), text);
    else if (target->kind == TARGET_REDUCTION)
        buf_addf(b, tr(lang, "down %s%%"), text);
    else
        buf_addf(b, "%s %s%s", op, text, target->kind == TARGET_RATE ? "%" : "");
    b->failed |= amount.failed;
    buf_free(&amount);
}

/* ---- what came out ---- */

static void add_pair(struct buf *b, const struct judged *j, enum lang lang)
{
    struct buf pair = {0};
    num_add_count(&pair, j->numerator, lang);
    buf_addc(&pair, '/');
    num_add_count(&pair, j->denominator, lang);
    buf_addf(b, tr(lang, "%s cases"), buf_text(&pair));
    b->failed |= pair.failed;
    buf_free(&pair);
}

/* In a list of communes a percentage of a few cases says nothing: whether it is more than chance
 * does (report/LAYOUT.md 0). */
static void add_reduction(struct buf *b, const struct judged *j, bool by_unit, enum lang lang)
{
    if (!j->has_denominator) {
        session_add_count(b, j->numerator, COUNT_CASES, lang);
        return;
    }
    int64_t change = j->numerator - j->denominator;
    bool plain = by_unit && !j->is_total;
    if (j->denominator) {
        add_pair(b, j, lang);
        buf_adds(b, ", ");
    }
    show_change(b, change, plain ? NAN : j->value, j->denominator, lang);
    if (plain && change)
        buf_addf(b, ", %s",
                 j->p_value < 0.05 ? tr(lang, "more than the usual variation")
                                   : tr(lang, "within the usual variation"));
}

static void add_within(struct buf *b, int64_t n, int64_t possible, enum lang lang)
{
    num_add_count(b, n, lang);
    if (!possible)
        return;
    buf_adds(b, "–");
    num_add_count(b, n + possible, lang);
}

/* "3/4–14 cases": of divided units the share is not known. */
static void add_bounded(struct buf *b, const struct compared *k, enum lang lang)
{
    struct buf pair = {0};
    add_within(&pair, k->count, k->possible, lang);
    buf_addc(&pair, '/');
    add_within(&pair, k->count_before, k->possible_before, lang);
    buf_addf(b, tr(lang, "%s cases"), buf_text(&pair));
    b->failed |= pair.failed;
    buf_free(&pair);
}

static void add_rate(struct buf *b, const struct judged *j, enum lang lang)
{
    num_add_count(b, j->numerator, lang);
    if (!j->has_denominator)
        return;
    buf_addc(b, '/');
    num_add_count(b, j->denominator, lang);
    if (isnan(j->value))
        return;
    buf_adds(b, " (");
    num_add_human(b, j->value, 1, lang);
    buf_adds(b, "%)");
}

void targets_add_result(struct buf *b, const struct judged *j, bool by_unit, enum lang lang)
{
    const struct compared *k = &j->compared;
    struct buf supposed = {0};
    if (j->supposed) {
        targets_add_supposed(&supposed, j->supposed, lang);
        buf_addf(b, tr(lang, "supposing %s: "), buf_text(&supposed));
        b->failed |= supposed.failed;
        buf_free(&supposed);
    }
    if (j->target->kind == TARGET_REDUCTION && (k->possible || k->possible_before))
        add_bounded(b, k, lang);
    else if (!j->has_numerator)
        buf_adds(b, tr(lang, "no data"));
    else if (j->target->kind == TARGET_REDUCTION)
        add_reduction(b, j, by_unit, lang);
    else
        add_rate(b, j, lang);
}

/* ---- what is missing ---- */

/* One of a pair of sentences, with the number in it. */
static void add_counted(struct buf *b, const char *one, const char *many, int64_t n, enum lang lang)
{
    const char *sentence = n == 1 ? one : many, *slot = strstr(sentence, "%s");
    struct buf amount = {0};
    num_add_count(&amount, n, lang);
    buf_add(b, sentence, (size_t)(slot - sentence));
    buf_adds(b, buf_text(&amount));
    buf_adds(b, slot + 2);
    b->failed |= amount.failed;
    buf_free(&amount);
}

static void add_short(struct buf *b, int numerator, int64_t n, enum lang lang)
{
    if (numerator == RATE_RESOLVED || numerator == RATE_ACCEPTED)
        add_counted(b, tr(lang, "short by %s report"), tr(lang, "short by %s reports"), n, lang);
    else if (numerator == RATE_SOLVED || numerator == RATE_CASES)
        add_counted(b, tr(lang, "short by %s case"), tr(lang, "short by %s cases"), n, lang);
    else if (numerator == RATE_SUPPORTED || numerator == RATE_VICTIMS)
        add_counted(b, tr(lang, "short by %s victim"), tr(lang, "short by %s victims"), n, lang);
    else
        add_counted(b, tr(lang, "short by %s"), tr(lang, "short by %s"), n, lang);
}

static void add_margin(struct buf *b, const struct judged *j, enum lang lang)
{
    int64_t left = j->verdict.allowance - j->numerator;
    if (j->missed > 0)
        add_counted(b, tr(lang, "over by %s case"), tr(lang, "over by %s cases"), j->missed, lang);
    else if (j->running && left == 0)
        buf_adds(b, tr(lang, "no room for another case"));
    else if (j->running)
        add_counted(b, tr(lang, "room for %s more case"), tr(lang, "room for %s more cases"), left,
                    lang);
}

void targets_add_missing(struct buf *b, const struct judged *j, enum lang lang)
{
    if (!strcmp(j->verdict.token, "incomplete"))
        return;
    if (j->target->kind == TARGET_REDUCTION && j->has_missed) {
        add_margin(b, j, lang);
    } else if (j->target->kind == TARGET_RATE && *j->verdict.token && j->has_missed) {
        enum rate_op op = j->target->op == OP_GREATER ? RATE_OVER : RATE_AT_LEAST;
        int64_t n = rate_missing_for(j->numerator, j->denominator, op, j->target->threshold);
        if (n > 0)
            add_short(b, j->target->numerator, n, lang);
    }
}
