/* What a committee may be told of a forecast (report/LAYOUT.md 0): what was counted, the range for
 * the whole period, how many more cases the target allows, and in words how likely that is. */
#include <math.h>

#include "base/num.h"
#include "cli/forecast_private.h"
#include "cli/listing.h"
#include "stats/verdict.h"

struct sentence {
    const struct forecast_row *x;
    const struct cell *c;
    enum lang lang;
    struct buf b;
};

static void add_cases(struct sentence *s, int64_t n)
{
    session_add_count(&s->b, n, s->x->set->q.tally.count, s->lang);
}

static void add_observed(struct sentence *s)
{
    char to[11];
    session_date(s->x->outlook->observed_to, s->lang, to);
    if (forecast_is_ahead(s->x)) {
        buf_addf(&s->b, tr(s->lang, "from the figures to %s"), to);
        return;
    }
    buf_addf(&s->b, tr(s->lang, "to %s: "), to);
    add_cases(s, s->c[FCT_OBSERVED].as.i);
}

static void add_range(struct sentence *s)
{
    struct buf range = {0};
    if (s->x->outlook->state == OUTLOOK_FAR)
        buf_addf(&s->b, "; %s", tr(s->lang, "more than two years ahead, not forecast"));
    if (s->x->outlook->state != OUTLOOK_OK)
        return;
    num_add_count(&range, s->c[FCT_PI_LOW].as.i, s->lang);
    buf_adds(&range, "–");
    num_add_count(&range, s->c[FCT_PI_HIGH].as.i, s->lang);
    buf_addf(&s->b, tr(s->lang, "; whole of %s: about "), s->x->set->q.period.label);
    session_amount(&s->b, buf_text(&range), true, s->x->set->q.tally.count, s->lang);
    buf_adds(&s->b, tr(s->lang, " (80% range)"));
    s->b.failed |= range.failed;
    buf_free(&range);
}

static void add_left(struct sentence *s, int64_t left)
{
    if (left < 0) {
        buf_adds(&s->b, tr(s->lang, ", already exceeded: the target can no longer be met"));
        return;
    }
    buf_adds(&s->b, tr(s->lang, ", so the rest may still bring "));
    add_cases(s, left);
}

static void add_target(struct sentence *s)
{
    double target = s->x->row->target_pct;
    if (s->c[FCT_LEFT].type != CELL_INT)
        return;
    buf_adds(&s->b, tr(s->lang, "; at most, to meet the target (down "));
    num_add_human(&s->b, target, target == floor(target) ? 0 : 1, s->lang);
    buf_adds(&s->b, "%): ");
    add_cases(s, s->c[FCT_ALLOWANCE].as.i);
    int64_t left = s->c[FCT_LEFT].as.i;
    if (s->x->outlook->state == OUTLOOK_FINISHED)
        return;
    if (!forecast_is_ahead(s->x))
        add_left(s, left);
    if (left >= 0 && s->c[FCT_PROB_TOTAL].type == CELL_REAL)
        buf_addf(&s->b, "; %s", tr(s->lang, verdict_outlook(s->c[FCT_PROB_TOTAL].as.x)));
}

bool forecast_add_sentence(const struct forecast_row *x, size_t row, struct result *r,
                           struct err *e)
{
    struct sentence s = {.x = x, .c = &r->cells[row * r->column_count], .lang = r->lang};
    if (s.c[FCT_OBSERVED].type != CELL_INT)
        return true;
    if (x->set->q.top_count > 1)
        buf_addf(&s.b, "%s, ", s.c[FCT_UNIT_NAME].as.s);
    buf_addf(&s.b, "%s: ", s.c[FCT_CATEGORY_NAME].as.s);
    add_observed(&s);
    add_range(&s);
    add_target(&s);
    buf_adds(&s.b, ".");
    bool ok = s.b.failed ? err_memory(e) : result_add_footer(r, e, s.b.data);
    buf_free(&s.b);
    return ok;
}

/* ---- the whole ---- */

static bool say_finished(const struct yoy_set *set, struct result *r, struct err *e)
{
    const struct compare *c = &set->compare;
    if (c->running || c->data_end == DAY_NONE)
        return true;
    struct period next = period_years_before(&set->q.period, set->q.calendar, -1);
    const char *text = arena_format(
        &r->arena,
        tr(r->lang, "The period %s is over, nothing is left to forecast; the next one: "
                    "keogiam forecast --period %s"),
        set->q.period.label, next.label);
    return text ? footer_say(r, text, e) : err_memory(e);
}

bool forecast_say_left_out(const struct forecast_row *x, struct result *r, struct err *e)
{
    const struct scope *scope = &x->set->compare.scope;
    struct listing l = {0};
    for (size_t u = 0; u < scope->unit_count; u++)
        if (!x->f->set.parts[u] && listing_take(&l))
            buf_adds(&l.b, session_unit_name(x->set->s, scope->units[u], x->set->q.period.span.to,
                                             &r->arena));
    return listing_say(&l, r, tr(r->lang, "Not in the totals, since more than a month behind: %s."),
                       e);
}

bool forecast_add_footers(const struct forecast_sets *f, struct result *r, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < f->yoy.count; i++)
        ok = say_finished(&f->yoy.items[i], r, e);
    ok = ok && (!f->yoy.count || yoy_say_no_plan(f->yoy.items, f->yoy.count, r, e));
    return ok && (!f->yoy.o->by_unit ||
                  footer_say(r,
                             tr(r->lang, "Not for ranking offices: more cases recorded may mean "
                                         "better detection and reporting."),
                             e));
}
