/* What a committee may be told of a total, in set sentences chosen by the numbers (report/LAYOUT.md
 * 0): what was recorded, the counts on the same base, the change, the verdict, and once, in words,
 * how much of it may be luck. */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "cli/yoy_private.h"

/* More totals than this and the table speaks for itself. */
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

static void add_cases(struct sentence *s, int64_t n)
{
    num_add_count(&s->b, n, s->lang);
    buf_adds(&s->b, tr(s->lang, n == 1 ? N_(" case") : N_(" cases")));
}

static void add_reports_or_cases(struct sentence *s, int64_t n)
{
    if (s->set->q.tally.count == COUNT_CASES) {
        add_cases(s, n);
        return;
    }
    num_add_count(&s->b, n, s->lang);
    buf_adds(&s->b, tr(s->lang, n == 1 ? N_(" report") : N_(" reports")));
}

/* ", in the same period 12 cases", ", in 2019 12 cases", ", on average of the years before 12.3" */
static void add_before(struct sentence *s, int64_t before)
{
    const struct yoy_query *q = s->set->query;
    if (q->compare.before_count > 1) {
        buf_adds(&s->b, tr(s->lang, ", on average of the years before "));
        num_add_human(&s->b, (double)before / (double)q->compare.before_count, 1, s->lang);
        return;
    }
    if (q->same_period)
        buf_adds(&s->b, tr(s->lang, ", in the same period "));
    else
        buf_addf(&s->b, tr(s->lang, ", in %s "), q->against);
    add_reports_or_cases(s, before);
}

/* "recorded 12 cases, in the same period 13 cases; on the same base of comparison (12/13 units, to
 * 2024-09-30): " where that is more than what is compared. */
static void add_recorded(struct sentence *s)
{
    const struct compared *k = &s->row->counts;
    const struct compare *c = &s->set->compare;
    char to[11];
    if (k->recorded == k->count && k->recorded_before == k->count_before)
        return;
    buf_adds(&s->b, tr(s->lang, "recorded "));
    add_reports_or_cases(s, k->recorded);
    add_before(s, k->recorded_before);
    buf_adds(&s->b, tr(s->lang, "; on the same base of comparison"));
    session_date(c->data_end, s->lang, to);
    if (k->units_compared < k->units && c->running)
        buf_addf(&s->b, tr(s->lang, " (%zu/%zu units, to %s)"), k->units_compared, k->units, to);
    else if (k->units_compared < k->units)
        buf_addf(&s->b, tr(s->lang, " (%zu/%zu units)"), k->units_compared, k->units);
    else if (c->running)
        buf_addf(&s->b, tr(s->lang, " (to %s)"), to);
    buf_adds(&s->b, ": ");
}

static void add_counts(struct sentence *s)
{
    static const struct view change = {"", VIEW_CHANGE, "change", "reduction_pct", "count_before"};
    add_reports_or_cases(s, s->row->counts.count);
    add_before(s, s->row->counts.count_before);
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

/* By the chance of a true reduction. */
static const char *trend_words(double prob_reduction, enum lang lang)
{
    if (prob_reduction >= 0.95)
        return tr(lang, "there are grounds to speak of an improvement");
    if (prob_reduction >= 0.80)
        return tr(lang, "this is consistent with a fall");
    if (prob_reduction >= 0.20)
        return tr(lang, "this is not enough to conclude on a trend");
    return tr(lang, "this does not show a fall");
}

static void add_luck(struct sentence *s)
{
    const struct cell *luck = &s->cells[YOY_LUCK];
    if (luck->type != CELL_REAL || luck->as.x < 0.05)
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
    double prob = real_of(&s->cells[YOY_PROB_REDUCTION]);
    add_subject(s);
    add_recorded(s);
    add_counts(s);
    add_verdict(s);
    if (!isnan(prob) && (s->row->counts.count || s->row->counts.count_before))
        buf_addf(&s->b, "; %s", trend_words(prob, s->lang));
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
