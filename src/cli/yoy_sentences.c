/* What a committee may be told of a total, in set sentences chosen by the numbers (report/LAYOUT.md
 * 0): what was recorded, the counts on the same base, the change, the verdict, and once, in words,
 * how much of it may be luck. */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "cli/yoy_private.h"
#include "stats/verdict.h"

/* More totals than sentences_max and the table speaks for itself. */
enum { sentences_max = 8 };

struct sentence {
    const struct yoy_set *set;
    const struct yoy_row *row;
    const struct result *r;
    size_t index; /* of the row in the result */
    const struct cell *cells;
    enum lang lang;
    struct buf b;
};

static double real_of(const struct cell *c)
{
    return c->type == CELL_REAL ? c->as.x : c->type == CELL_INT ? (double)c->as.i : NAN;
}

static void add_now(const struct sentence *s, int64_t n, struct buf *b)
{
    session_add_count(b, n, s->set->q.tally.count, s->lang);
}

static void add_mean(const struct sentence *s, int64_t sum, struct buf *b)
{
    struct buf number = {0};
    num_add_human(&number, (double)sum / (double)s->set->q.before_count, 1, s->lang);
    session_amount(b, buf_text(&number), true, s->set->q.tally.count, s->lang);
    b->failed |= number.failed;
    buf_free(&number);
}

/* "in the same period 12 cases", "in 2019 12 cases", "on average of the years before 12.3 cases a
 * year" */
static void add_before(const struct sentence *s, int64_t before, struct buf *b)
{
    const struct yoy_query *q = s->set->query;
    struct buf count = {0};
    if (q->compare.before_count > 1) {
        add_mean(s, before, &count);
        buf_addf(b, tr(s->lang, "on average of the years before %s a year"), buf_text(&count));
    } else {
        add_now(s, before, &count);
        if (q->same_period)
            buf_addf(b, tr(s->lang, "in the same period %s"), buf_text(&count));
        else
            buf_addf(b, tr(s->lang, "in %s %s"), q->against, buf_text(&count));
    }
    b->failed |= count.failed;
    buf_free(&count);
}

/* What both periods have in common, where they do not have all. */
static void add_base(const struct sentence *s, struct buf *b)
{
    const struct compared *k = &s->row->counts;
    bool some = k->units_compared < k->units;
    char to[11], received[11];
    session_date(s->set->compare.data_end, s->lang, to);
    session_date(s->set->compare.received_to, s->lang, received);
    if (some && s->set->compare.running)
        buf_addf(b, tr(s->lang, "%zu/%zu units, to %s"), k->units_compared, k->units, to);
    else if (some)
        buf_addf(b, tr(s->lang, "%zu/%zu units"), k->units_compared, k->units);
    else if (s->set->compare.running)
        buf_addf(b, tr(s->lang, "to %s"), to);
    else if (s->set->compare.limit_count)
        buf_addf(b, tr(s->lang, "received by %s, by the same day of its year before"), received);
    else
        buf_adds(b, tr(s->lang, "days known of both periods"));
}

/* What is recorded comes first, where that is more than what is compared. */
static void add_recorded(struct sentence *s)
{
    const struct compared *k = &s->row->counts;
    struct buf now = {0}, before = {0}, base = {0};
    bool same = k->recorded == k->count && k->recorded_before == k->count_before;
    if (same && k->units_compared >= k->units)
        return;
    add_now(s, k->recorded, &now);
    add_before(s, k->recorded_before, &before);
    add_base(s, &base);
    if (same)
        buf_addf(&s->b, tr(s->lang, "on the same base of comparison (%s):"), buf_text(&base));
    else
        buf_addf(&s->b, tr(s->lang, "recorded %s, %s; on the same base of comparison (%s):"),
                 buf_text(&now), buf_text(&before), buf_text(&base));
    buf_addc(&s->b, ' ');
    s->b.failed |= now.failed || before.failed || base.failed;
    buf_free(&now);
    buf_free(&before);
    buf_free(&base);
}

static void add_counts(struct sentence *s)
{
    static const struct view change = {"", VIEW_CHANGE, "change", "reduction_pct", "count_before"};
    add_now(s, s->row->counts.count, &s->b);
    buf_adds(&s->b, ", ");
    add_before(s, s->row->counts.count_before, &s->b);
    if (s->set->q.tally.count != COUNT_CASES)
        return;
    buf_adds(&s->b, ": ");
    show_view(s->r, s->index, &change, &s->b);
}

static void add_verdict(struct sentence *s)
{
    const struct cell *target = &s->cells[YOY_TARGET_PCT];
    if (s->cells[YOY_VERDICT].type != CELL_TEXT)
        return;
    buf_adds(&s->b, "; ");
    show_cell(s->r, s->index, YOY_VERDICT, &s->b);
    if (target->type != CELL_REAL || s->cells[YOY_ALLOWANCE].type != CELL_INT)
        return; /* without a base no target can be met or missed */
    bool whole = target->as.x == floor(target->as.x);
    buf_adds(&s->b, tr(s->lang, " (target: down "));
    num_add_human(&s->b, target->as.x, whole ? 0 : 1, s->lang);
    buf_adds(&s->b, "%)");
}

static bool is_large(const struct sentence *s)
{
    return s->row->counts.count + s->row->counts.count_before > YOY_LARGE;
}

/* Nothing is concluded from large counts of unknown over-dispersion, from none, and across a break.
 */
static bool is_conclusive(const struct sentence *s)
{
    int64_t both = s->row->counts.count + s->row->counts.count_before;
    struct span days = events_days(&s->set->compare);
    size_t unit = s->set->compare.scope.units[s->row->unit], i = 0;
    return both > 0 && !(is_large(s) && isnan(s->row->phi)) &&
           !events_next(s->set->events, unit, days, &i);
}

static void add_luck(struct sentence *s)
{
    const struct cell *luck = &s->cells[YOY_LUCK];
    if (luck->type != CELL_REAL || luck->as.x < 0.05 || is_large(s) || !is_conclusive(s))
        return;
    buf_adds(&s->b, s->row->counts.count_before < 100
                        ? tr(s->lang, " Since the numbers are small, the target would be met with "
                                      "a chance of about ")
                        : tr(s->lang, " The target would be met with a chance of about "));
    num_add_human(&s->b, 100 * luck->as.x, 0, s->lang);
    buf_adds(&s->b, tr(s->lang, "% even if nothing had changed."));
}

/* Where there are totals of several units each says whose it is. */
static bool has_several_units(const struct yoy_set *set)
{
    size_t unit = NO_ENTRY;
    for (size_t i = 0; i < set->count; i++) {
        if (!yoy_is_head(set, &set->rows[i]))
            continue;
        if (unit != NO_ENTRY && unit != set->rows[i].unit)
            return true;
        unit = set->rows[i].unit;
    }
    return false;
}

static void add_subject(struct sentence *s)
{
    if (has_several_units(s->set))
        buf_addf(&s->b, "%s, ", s->cells[YOY_UNIT_NAME].as.s);
    buf_addf(&s->b, "%s: ", s->cells[YOY_CATEGORY_NAME].as.s);
}

static bool add_sentence(struct sentence *s, struct result *r, struct err *e)
{
    double prob = real_of(&s->cells[is_large(s) ? YOY_PROB_REDUCTION_PHI : YOY_PROB_REDUCTION]);
    add_subject(s);
    add_recorded(s);
    add_counts(s);
    add_verdict(s);
    if (!isnan(prob) && is_conclusive(s))
        buf_addf(&s->b, "; %s", tr(s->lang, verdict_trend(prob)));
    buf_adds(&s->b, ".");
    add_luck(s);
    bool ok = s->b.failed ? err_memory(e) : result_add_footer(r, e, s->b.data);
    buf_free(&s->b);
    return ok;
}

bool yoy_is_head(const struct yoy_set *set, const struct yoy_row *row)
{
    bool top = set->compare.scope.category_parent[row->category] == NO_ENTRY;
    return (top || !set->o->by_category) && row->is_total == set->o->by_unit && !row->is_rest;
}

bool yoy_add_sentences(const struct yoy_set *set, struct result *r, size_t first, struct err *e)
{
    size_t heads = 0;
    for (size_t i = 0; i < set->count; i++)
        heads += yoy_is_head(set, &set->rows[i]);
    for (size_t i = 0; heads <= sentences_max && i < set->count; i++) {
        const struct yoy_row *row = yoy_row_at(set, i);
        struct sentence s = {.set = set, .row = row, .r = r, .index = first + i, .lang = r->lang};
        s.cells = &r->cells[s.index * r->column_count];
        if (yoy_is_head(set, row) && row->pair && !add_sentence(&s, r, e))
            return false;
    }
    return true;
}
