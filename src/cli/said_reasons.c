/* Why the figures of an official report read otherwise now: the cases behind them, by class. */
#include <stdlib.h>
#include <string.h>

#include "cli/diff_private.h"
#include "cli/said_compare.h"

struct asking {
    struct diff_states *d;
    struct changes_query q;
    struct period periods[2]; /* the report's, and the one before where they are apart */
    size_t *tops[2];
    struct said_lines *lines;
};

static bool read_question(struct asking *x, const struct issued_report *r, struct err *e)
{
    const struct session *now = &x->d->sessions[NOW];
    int basis;
    diff_set_states(&x->q, x->d);
    x->periods[1] = period_years_before(&x->periods[0], now->calendar, 1);
    x->q.periods = x->periods;
    x->q.period_count = 1 + span_is_empty(span_intersect(x->periods[0].span, x->periods[1].span));
    if (!session_choice(now->request, OPT_BASIS, BASIS_RECEIVED, &basis, e) ||
        !session_units(now, OPT_UNIT, r->span.to, &x->tops[NOW], &x->q.states[NOW].top_count, e))
        return false;
    x->q.basis = (enum basis)basis;
    x->q.states[NOW].tops = x->tops[NOW];
    return diff_match_tops(&x->q, &x->tops[THEN], e);
}

/* ---- one number ---- */

static size_t place_of(const struct changes *c, const char *category)
{
    for (size_t i = 0; i < c->category_count; i++) {
        int side = c->categories[i].slot[NOW] != NO_ENTRY ? NOW : THEN;
        const struct scope *s = &c->scopes[side];
        size_t k = s->categories[c->categories[i].slot[side]];
        if (!strcmp(s->directory->categories[k].code, category))
            return i;
    }
    return NO_ENTRY;
}

/* Units asked for, each by itself: a group has several. */
static bool is_top(const struct changes *c, size_t unit)
{
    int side = c->units[unit].slot[NOW] != NO_ENTRY ? NOW : THEN;
    return c->scopes[side].parent[c->units[unit].slot[side]] == NO_ENTRY;
}

/* What the recorded cases do not explain is a matter of who is compared. */
static void explain(const struct changes *c, size_t category, size_t period, int64_t change,
                    struct said_why *why)
{
    *why = (struct said_why){.known = true, .compared = change};
    for (size_t u = 0; u < c->unit_count; u++) {
        struct changed row;
        if (!is_top(c, u))
            continue;
        changes_row(c, u, category, period, &row);
        why->known &=
            row.known[THEN] && row.known[NOW] && !(row.marks & (TALLY_UNKNOWN | TALLY_COARSE));
        why->compared -= row.counts[NOW] - row.counts[THEN];
        why->stated += row.other;
        for (int k = 0; k < CHANGE_KINDS; k++)
            why->numbers[k] += row.numbers[k];
    }
}

static void explain_line(const struct asking *x, const struct changes *c, struct said_line *l)
{
    size_t category = place_of(c, l->then.category);
    if (category == NO_ENTRY)
        return;
    if (l->then.has_count && l->now.has_count)
        explain(c, category, 0, l->now.count - l->then.count, &l->why);
    if (l->then.has_base && l->now.has_base && x->q.period_count > 1)
        explain(c, category, 1, l->now.base - l->then.base, &l->why_before);
}

/* ---- all ---- */

static bool is_asked(const struct asking *x, size_t root)
{
    const struct directory *d = x->q.states[NOW].directory;
    for (size_t i = 0; i < x->lines->count; i++) {
        size_t c = directory_category_by_code(d, x->lines->items[i].then.category);
        if (c != NO_ENTRY && d->categories[c].root == root)
            return true;
    }
    return false;
}

static bool explain_root(struct asking *x, size_t root, struct err *e)
{
    struct changes c;
    const struct directory *then = x->q.states[THEN].directory, *now = x->q.states[NOW].directory;
    x->q.roots[THEN] = directory_category_by_id(then, now->categories[root].id);
    x->q.roots[NOW] = root;
    if (!changes_init(&c, x->d->sessions[NOW].store, &x->q, e))
        return false;
    for (size_t i = 0; i < x->lines->count; i++)
        explain_line(x, &c, &x->lines->items[i]);
    changes_free(&c);
    return true;
}

bool said_read_reasons(struct diff_states *d, const struct issued_report *r,
                       const struct period *period, struct said_lines *lines, struct err *e)
{
    struct asking x = {.d = d, .periods = {*period}, .lines = lines};
    if (*r->as_of)
        return true; /* the cases are those received by a day, the changes all */
    bool ok = read_question(&x, r, e);
    const struct directory *now = x.q.states[NOW].directory;
    for (size_t c = 0; ok && c < now->category_count; c++)
        if (now->categories[c].parent == NO_ENTRY && is_asked(&x, c))
            ok = explain_root(&x, c, e);
    free(x.tops[THEN]);
    free(x.tops[NOW]);
    return ok;
}
