/* What a committee may be told of a total, in set sentences chosen by the numbers (report/LAYOUT.md 0): counts,
 * the change, the verdict, and once, in words, how much of it may be luck. */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "cli/yoy_private.h"

static double real_of(const struct cell *c, double missing)
{
    return c->type == CELL_REAL ? c->as.x : c->type == CELL_INT ? (double)c->as.i : missing;
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

/* Against a mean the years before are given as cases a year. */
static void add_mean(struct buf *b, const struct cell *row, enum lang lang)
{
    num_add_count(b, row[YOY_COUNT].as.i, lang);
    buf_adds(b, tr(lang, " cases, on average of the years before "));
    num_add_human(b, (double)row[YOY_COUNT_BEFORE].as.i / row[YOY_EXPOSURE_BEFORE].as.x, 1, lang);
    buf_adds(b, tr(lang, " cases a year"));
}

static void add_counts(struct buf *b, const struct cell *row, enum lang lang)
{
    int64_t count = row[YOY_COUNT].as.i, before = row[YOY_COUNT_BEFORE].as.i;
    buf_addf(b, "%s: ", row[YOY_CATEGORY_NAME].as.s);
    if (!strncmp(row[YOY_AGAINST].as.s, "mean", 4)) {
        add_mean(b, row, lang);
        return;
    }
    num_add_count(b, count, lang);
    buf_adds(b, tr(lang, " cases, in the same period "));
    num_add_count(b, before, lang);
    buf_adds(b, tr(lang, " cases: "));
    show_change(b, count - before, real_of(&row[YOY_REDUCTION_PCT], NAN), before, lang);
}

static bool has_luck(const struct cell *row)
{
    return row[YOY_LUCK].type == CELL_REAL && row[YOY_LUCK].as.x >= 0.05;
}

static void add_luck(struct buf *b, const struct cell *row, enum lang lang)
{
    buf_adds(b, row[YOY_COUNT_BEFORE].as.i < 100
                    ? tr(lang, " Since the numbers are small, the target would be met with a chance of about ")
                    : tr(lang, " The target would be met with a chance of about "));
    num_add_human(b, 100 * row[YOY_LUCK].as.x, 0, lang);
    buf_adds(b, tr(lang, "% even if nothing had changed."));
}

static void add_verdict(struct buf *b, const struct result *r, size_t row_index)
{
    const struct cell *row = &r->cells[row_index * r->column_count];
    enum lang lang = r->lang;
    if (row[YOY_VERDICT].type != CELL_TEXT)
        return;
    buf_adds(b, "; ");
    show_cell(r, row_index, YOY_VERDICT, b);
    if (row[YOY_TARGET_PCT].type != CELL_REAL)
        return;
    buf_adds(b, tr(lang, " (target: down "));
    num_add_human(b, row[YOY_TARGET_PCT].as.x, row[YOY_TARGET_PCT].as.x == (double)(int)row[YOY_TARGET_PCT].as.x ? 0 : 1,
                  lang);
    buf_adds(b, "%)");
}

static bool add_sentence(struct result *r, size_t row_index, struct err *e)
{
    const struct cell *row = &r->cells[row_index * r->column_count];
    struct buf b = {0};
    enum lang lang = r->lang;
    add_counts(&b, row, lang);
    add_verdict(&b, r, row_index);
    if (row[YOY_PROB_REDUCTION].type == CELL_REAL)
        buf_addf(&b, "; %s", trend_words(row[YOY_PROB_REDUCTION].as.x, lang));
    buf_adds(&b, ".");
    if (has_luck(row))
        add_luck(&b, row, lang);
    bool ok = b.failed ? err_memory(e) : result_add_footer(r, e, b.data);
    buf_free(&b);
    return ok;
}

bool yoy_add_sentences(const struct yoy_set *set, struct result *r, size_t first, struct err *e)
{
    for (size_t i = 0; i < set->count; i++) {
        const struct yoy_row *row = &set->rows[i];
        bool is_top = set->compare.scope.category_parent[row->category] == NO_ENTRY || !set->o->by_category;
        bool is_head = is_top && row->is_total == set->o->by_unit;
        if (is_head && row->pair && !add_sentence(r, first + i, e))
            return false;
    }
    return true;
}
