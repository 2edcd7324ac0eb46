#include "series/changes_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS_THEN, DAYS_NOW, DAYS_ADDED, DAYS_TAKEN, DAYS_NUMBERS };

size_t changes_climb(const size_t *parent, const size_t *place, size_t slot, size_t out[DEPTH_MAX])
{
    size_t n = 0;
    for (; slot != NO_ENTRY && n < DEPTH_MAX; slot = parent[slot])
        out[n++] = place[slot];
    return n;
}

/* ---- what is known ---- */

static int64_t days_of(const struct spans *s, struct span by)
{
    int64_t days = 0;
    for (size_t i = 0; i < s->count; i++) {
        struct span x = span_intersect(s->items[i], by);
        days += span_is_empty(x) ? 0 : (int64_t)x.to - x.from + 1;
    }
    return days;
}

/* The days on which a unit exists that are known of it; of one that has units below it, what counts
 * files say of it alone. */
static const struct spans *spans_of(const struct changes *c, int side, size_t place,
                                    struct span *valid)
{
    static const struct spans nothing;
    size_t slot = c->units[place].slot[side];
    if (slot == NO_ENTRY)
        return &nothing;
    const struct scope *s = &c->scopes[side];
    const struct unit *u = &s->directory->units[s->units[slot]];
    *valid = u->valid;
    return s->is_leaf[slot] ? &c->known[side].spans[slot] : &c->known[side].counts[slot];
}

static bool is_asked(const struct changes *c, size_t place)
{
    int side = c->units[place].slot[NOW] != NO_ENTRY ? NOW : THEN;
    const struct scope *s = &c->scopes[side];
    size_t slot = c->units[place].slot[side];
    return s->is_leaf[slot] && !s->directory->units[s->units[slot]].is_unknown;
}

/* Each state's numbers go up its own tree. */
static void add_days(struct changes *c, size_t place, size_t period, const int64_t n[DAYS_NUMBERS])
{
    static const int sides[DAYS_NUMBERS] = {
        [DAYS_THEN] = THEN, [DAYS_NOW] = NOW, [DAYS_ADDED] = NOW, [DAYS_TAKEN] = THEN};
    for (int k = 0; k < DAYS_NUMBERS; k++) {
        size_t above[DEPTH_MAX];
        int side = sides[k];
        size_t count = changes_climb(c->scopes[side].parent, c->unit_place[side],
                                     c->units[place].slot[side], above);
        for (size_t i = 0; i < count; i++)
            c->days[(above[i] * c->q->period_count + period) * DAYS_NUMBERS + (size_t)k] += n[k];
    }
}

static bool compare_days(struct changes *c, size_t place, struct err *e)
{
    struct span valid[2] = {{DAY_MIN, DAY_MAX}, {DAY_MIN, DAY_MAX}};
    const struct spans *then = spans_of(c, THEN, place, &valid[THEN]),
                       *now = spans_of(c, NOW, place, &valid[NOW]);
    struct spans both = {0};
    bool ok = spans_intersect(&both, then, now, e), asked = is_asked(c, place);
    for (size_t p = 0; ok && p < c->q->period_count; p++) {
        struct span of[2] = {span_intersect(c->q->periods[p].span, valid[THEN]),
                             span_intersect(c->q->periods[p].span, valid[NOW])};
        int64_t n[DAYS_NUMBERS] = {days_of(then, of[THEN]), days_of(now, of[NOW])};
        int64_t same = days_of(&both, span_intersect(of[THEN], of[NOW]));
        n[DAYS_ADDED] = asked ? n[DAYS_NOW] - same : 0;
        n[DAYS_TAKEN] = asked ? n[DAYS_THEN] - same : 0;
        add_days(c, place, p, n);
    }
    spans_free(&both);
    return ok;
}

/* ---- one cell ---- */

static void read_side(const struct changes *c, int side, size_t unit, size_t category,
                      size_t period, struct changed *row)
{
    size_t u = c->units[unit].slot[side], k = c->categories[category].slot[side];
    if (!c->has[side] || u == NO_ENTRY || k == NO_ENTRY)
        return;
    size_t at = tally_at(&c->tallies[side], u, k, period);
    row->counts[side] = c->tallies[side].counts[at];
    row->marks |= c->tallies[side].marks[at];
    row->known[side] =
        !(c->tallies[side].marks[at] & (TALLY_UNKNOWN | TALLY_COARSE)) &&
        (row->counts[side] ||
         c->days[(unit * c->q->period_count + period) * DAYS_NUMBERS + (size_t)side]);
}

bool changes_row(const struct changes *c, size_t unit, size_t category, size_t period,
                 struct changed *row)
{
    const int64_t *numbers = &c->numbers[changes_cell(c, unit, category, period) * CHANGE_KINDS];
    const int64_t *days = &c->days[(unit * c->q->period_count + period) * DAYS_NUMBERS];
    bool any = false;
    *row = (struct changed){.days_added = days[DAYS_ADDED], .days_taken = days[DAYS_TAKEN]};
    read_side(c, THEN, unit, category, period, row);
    read_side(c, NOW, unit, category, period, row);
    row->other = row->counts[NOW] - row->counts[THEN];
    for (int k = 0; k < CHANGE_KINDS; k++) {
        row->numbers[k] = numbers[k];
        row->other -= change_sign((enum change_kind)k) * numbers[k];
        any |= numbers[k] != 0;
    }
    return any || row->other;
}

/* ---- the whole ---- */

static bool count_state(struct changes *c, struct store *s, int side, struct err *e)
{
    const struct changes_query *q = c->q;
    const struct changes_state *x = &q->states[side];
    if (x->none || q->roots[side] == NO_ENTRY)
        return true;
    struct window *windows = calloc(q->period_count + 1, sizeof *windows);
    struct tally_query tq = {.state = x->state, .basis = q->basis, .as_of = DAY_NONE};
    bool ok = windows || err_memory(e);
    for (size_t p = 0; ok && p < q->period_count; p++)
        windows[p].days = &c->windows[p];
    ok = ok && scope_init(&c->scopes[side], x->directory, NULL, x->tops, x->top_count,
                          &q->roots[side], 1, e);
    c->has[side] = ok;
    ok = ok && known_init(&c->known[side], &c->scopes[side], x->cover, q->roots[side], e) &&
         tally_init(&c->tallies[side], s, &c->scopes[side], &tq, windows, q->period_count,
                    &c->known[side], e);
    free(windows);
    return ok;
}

static bool make_windows(struct changes *c, struct err *e)
{
    c->windows = calloc(c->q->period_count + 1, sizeof *c->windows);
    bool ok = c->windows || err_memory(e);
    for (size_t p = 0; ok && p < c->q->period_count; p++)
        ok = spans_add(&c->windows[p], c->q->periods[p].span, e);
    return ok;
}

/* What is there now, in its order; then what was there only. of: the id of a slot's unit or
 * category. */
static void match_places(const struct changes *c, bool units, struct changes_place *out,
                         size_t *count, size_t *const place[2])
{
    const struct scope *s = c->scopes;
    size_t now = !c->has[NOW] ? 0 : units ? s[NOW].unit_count : s[NOW].category_count;
    size_t then = !c->has[THEN] ? 0 : units ? s[THEN].unit_count : s[THEN].category_count;
    for (*count = 0; *count < now; (*count)++) {
        out[*count] = (struct changes_place){{NO_ENTRY, *count}};
        place[NOW][*count] = *count;
    }
    for (size_t i = 0; i < then; i++) {
        const struct directory *was = s[THEN].directory, *is = s[NOW].directory;
        size_t at = NO_ENTRY;
        if (c->has[NOW] && units)
            at = directory_same_unit(is, &was->units[s[THEN].units[i]]);
        else if (c->has[NOW])
            at = directory_category_by_id(is, was->categories[s[THEN].categories[i]].id);
        if (at != NO_ENTRY)
            at = units ? s[NOW].unit_slot[at] : s[NOW].category_slot[at];
        if (at == NO_ENTRY)
            out[at = (*count)++] = (struct changes_place){{NO_ENTRY, NO_ENTRY}};
        out[at].slot[THEN] = i;
        place[THEN][i] = at;
    }
}

static bool alloc_places(struct changes *c, struct err *e)
{
    size_t nu = 1, nc = 1;
    for (int side = THEN; side <= NOW; side++) {
        nu += c->scopes[side].unit_count;
        nc += c->scopes[side].category_count;
    }
    c->units = malloc(nu * sizeof *c->units);
    c->categories = malloc(nc * sizeof *c->categories);
    bool ok = c->units && c->categories;
    for (int side = THEN; side <= NOW; side++) {
        c->unit_place[side] = malloc(nu * sizeof **c->unit_place);
        c->category_place[side] = malloc(nc * sizeof **c->category_place);
        ok = ok && c->unit_place[side] && c->category_place[side];
    }
    if (!ok)
        return err_memory(e);
    match_places(c, true, c->units, &c->unit_count, c->unit_place);
    match_places(c, false, c->categories, &c->category_count, c->category_place);
    size_t cells = c->unit_count * c->category_count * c->q->period_count;
    c->numbers = calloc(cells * CHANGE_KINDS + 1, sizeof *c->numbers);
    c->days = calloc(c->unit_count * c->q->period_count * DAYS_NUMBERS + 1, sizeof *c->days);
    return (c->numbers && c->days) || err_memory(e);
}

/* By cell, kind, and as they came: by source and id. */
static int by_cell(const void *a, const void *b)
{
    const struct listed_case *x = a, *y = b;
    if (x->cell != y->cell)
        return x->cell < y->cell ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return strcmp(x->id, y->id);
}

bool changes_init(struct changes *c, struct store *s, const struct changes_query *q, struct err *e)
{
    *c = (struct changes){.q = q};
    bool ok = make_windows(c, e) && count_state(c, s, THEN, e) && count_state(c, s, NOW, e) &&
              alloc_places(c, e);
    for (size_t u = 0; ok && u < c->unit_count; u++)
        ok = compare_days(c, u, e);
    ok = ok && changes_read(c, s, e);
    if (ok && c->listed_count)
        qsort(c->listed, c->listed_count, sizeof *c->listed, by_cell);
    if (!ok)
        changes_free(c);
    return ok;
}

void changes_free(struct changes *c)
{
    for (int side = THEN; side <= NOW; side++) {
        tally_free(&c->tallies[side]);
        known_free(&c->known[side]);
        scope_free(&c->scopes[side]);
        free(c->unit_place[side]);
        free(c->category_place[side]);
    }
    for (size_t p = 0; c->windows && p < c->q->period_count; p++)
        spans_free(&c->windows[p]);
    free(c->windows);
    free(c->units);
    free(c->categories);
    free(c->numbers);
    free(c->days);
    free(c->listed);
    arena_free(&c->ids);
    *c = (struct changes){0};
}

/* ---- years ---- */

enum { YEAR_FIRST = 1900, YEARS = 301 };

struct years {
    struct calendar calendar;
    enum basis basis;
    bool touched[YEARS];
};

static int year_at(const struct years *y, day d)
{
    int year, month;
    calendar_locate(y->calendar, d, &year, &month);
    return year < YEAR_FIRST ? 0 : year >= YEAR_FIRST + YEARS ? YEARS - 1 : year - YEAR_FIRST;
}

static void touch(struct years *y, struct span days)
{
    for (int i = year_at(y, days.from); i <= year_at(y, days.to); i++)
        y->touched[i] = true;
}

static void touch_row(struct years *y, const struct row *row, int from, int to)
{
    if (row && row->slots[from].type == VALUE_INT && row->slots[to].type == VALUE_INT)
        touch(y, (struct span){(day)row->slots[from].as.i, (day)row->slots[to].as.i});
}

static bool touch_case(void *context, const struct store_change *change, struct err *e)
{
    struct years *y = context;
    int slot = INC_RECEIVED_ON + (int)y->basis;
    (void)e;
    touch_row(y, change->then, slot, slot);
    touch_row(y, change->now, slot, slot);
    return true;
}

static bool touch_count(void *context, const struct store_change *change, struct err *e)
{
    (void)e;
    touch_row(context, change->then, CNT_FROM, CNT_TO);
    touch_row(context, change->now, CNT_FROM, CNT_TO);
    return true;
}

static bool list_years(const struct years *y, struct period **periods, size_t *count, struct err *e)
{
    *count = 0;
    *periods = malloc(YEARS * sizeof **periods);
    if (!*periods)
        return err_memory(e);
    for (int i = 0; i < YEARS; i++) {
        if (!y->touched[i])
            continue;
        struct period *p = &(*periods)[(*count)++];
        snprintf(p->label, sizeof p->label, "%d", YEAR_FIRST + i);
        p->span = calendar_year(y->calendar, YEAR_FIRST + i);
    }
    return true;
}

bool changes_years(struct store *s, const struct changes_query *q, struct calendar calendar,
                   struct period **periods, size_t *count, struct err *e)
{
    struct years y = {.calendar = calendar, .basis = q->basis};
    int64_t then = q->states[THEN].state, now = q->states[NOW].state;
    for (int side = THEN; side <= NOW; side++)
        for (size_t i = 0; i < q->states[side].cover->count; i++)
            touch(&y, q->states[side].cover->rows[i].span);
    return store_each_change(s, then, now, KIND_INCIDENTS, touch_case, &y, e) &&
           store_each_change(s, then, now, KIND_COUNTS, touch_count, &y, e) &&
           list_years(&y, periods, count, e);
}
