#include "store/duplicates.h"

#include <math.h>
#include <stdlib.h>

#include "store/store_private.h"

enum { NEAR_DAYS = 3, FAR_FROM = 8, FAR_TO = 35, DAYS_MIN = 60, CASES_MAX = 100000 };

void suspect_rows_free(struct suspect_rows *s)
{
    free(s->items);
    *s = (struct suspect_rows){0};
}

static void take_case(void *context, const struct case_row *row)
{
    struct suspect_rows *s = context;
    void *items = s->items;
    size_t unit = directory_unit_by_id(s->directory, row->unit);
    if (s->failed || unit == NO_ENTRY || s->directory->units[unit].is_unknown)
        return;
    s->failed = !array_grow(&items, &s->cap, s->count + 1, sizeof *s->items, NULL);
    s->items = items;
    if (!s->failed)
        s->items[s->count++] =
            (struct suspect_row){row->id, row->unit, row->set, row->on, row->victims};
}

static int compare(const void *a, const void *b)
{
    const struct suspect_row *x = a, *y = b;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    if (x->on != y->on)
        return x->on < y->on ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

bool suspect_rows_read(struct suspect_rows *s, struct store *store, int64_t state,
                       const struct directory *d, struct span days, struct err *e)
{
    const struct case_query q = {.state = state,
                                 .basis = BASIS_RECEIVED,
                                 .span = days,
                                 .as_of = DAY_NONE,
                                 .ids = true,
                                 .amounts = true};
    *s = (struct suspect_rows){.directory = d};
    bool ok = store_each_case(store, &q, take_case, s, e) &&
              store_each_undated(store, &q, take_case, s, e) && (!s->failed || err_memory(e));
    if (ok && s->count)
        qsort(s->items, s->count, sizeof *s->items, compare);
    return ok;
}

static bool categories_agree(const struct directory *d, size_t a, size_t b)
{
    return a == b ||
           (d->categories[a].root != d->categories[b].root && directory_may_be_one_act(d, a, b));
}

static bool sets_agree(const struct directory *d, size_t a, size_t b)
{
    const struct category_set *x = &d->sets[a], *y = &d->sets[b];
    for (size_t i = 0; a != b && i < x->count; i++)
        for (size_t j = 0; j < y->count; j++)
            if (!categories_agree(d, x->categories[i], y->categories[j]))
                return false;
    return true;
}

static bool are_alike(const struct suspect_rows *s, const struct suspect_row *a,
                      const struct suspect_row *b)
{
    return (a->victims < 0 || b->victims < 0 || a->victims == b->victims) &&
           sets_agree(s->directory, a->set, b->set);
}

bool suspect_rows_each(const struct suspect_rows *s, suspect_pair_fn fn, void *context,
                       struct err *e)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct suspect_row *a = &s->items[i], *end = s->items + s->count;
        for (const struct suspect_row *b = a + 1;
             b < end && b->unit == a->unit && b->on - a->on <= NEAR_DAYS; b++)
            if (are_alike(s, a, b) && !fn(context, a, b, e))
                return false;
    }
    return true;
}

/* Ordered pairs of `days` days that lie from..to apart. */
static double pairs_apart(int from, int to, double days)
{
    double pairs = 0;
    for (int k = from; k <= to && k < days; k++)
        pairs += (k ? 2 : 1) * (days - k);
    return pairs;
}

static double count_far(const struct suspect_rows *s)
{
    double far = 0;
    for (size_t i = 0; i < s->count; i++) {
        const struct suspect_row *a = &s->items[i], *end = s->items + s->count;
        for (const struct suspect_row *b = a + 1;
             b < end && b->unit == a->unit && b->on - a->on <= FAR_TO; b++)
            far += b->on - a->on >= FAR_FROM && are_alike(s, a, b);
    }
    return far;
}

double suspect_rows_expected(const struct suspect_rows *s)
{
    struct span all = {DAY_MAX, DAY_MIN};
    for (size_t i = 0; i < s->count; i++) {
        all.from = s->items[i].on < all.from ? s->items[i].on : all.from;
        all.to = s->items[i].on > all.to ? s->items[i].on : all.to;
    }
    double days = s->count ? (double)span_days(all) : 0;
    if (days < DAYS_MIN || s->count > CASES_MAX)
        return NAN;
    return count_far(s) * pairs_apart(0, NEAR_DAYS, days) / pairs_apart(FAR_FROM, FAR_TO, days);
}

/* ---- for status ---- */

struct naming {
    struct store *s;
    struct stmt *ask;
    struct suspect_sum *sum;
    store_suspect_fn fn;
    void *context;
};

static bool name_row(struct naming *n, const struct suspect_row *row, struct arena *texts,
                     struct suspect *out, struct err *e)
{
    *out = (struct suspect){.unit = row->unit, .set = row->set, .on = row->on};
    out->victims = row->victims;
    db_bind_int(n->ask, 1, row->id);
    bool ok = db_step(n->ask, e) == DB_ROW;
    out->source = ok ? arena_text(texts, db_text(n->ask, 0)) : NULL;
    out->case_id = ok ? arena_text(texts, db_text(n->ask, 1)) : NULL;
    db_reset(n->ask);
    return ok && ((out->source && out->case_id) || err_memory(e));
}

static bool hand_on(void *context, const struct suspect_row *a, const struct suspect_row *b,
                    struct err *e)
{
    struct naming *n = context;
    struct arena texts = {NULL};
    struct suspect x, y;
    n->sum->pairs++;
    bool ok = name_row(n, a, &texts, &x, e) && name_row(n, b, &texts, &y, e) &&
              n->fn(n->context, &x, &y, e);
    arena_free(&texts);
    return ok;
}

bool store_each_suspect(struct store *s, int64_t state, const struct directory *d,
                        store_suspect_fn fn, void *context, struct suspect_sum *sum, struct err *e)
{
    struct suspect_rows rows;
    struct naming n = {s, NULL, sum, fn, context};
    *sum = (struct suspect_sum){.expected = NAN};
    bool ok = db_prepare(s->db,
                         "SELECT s.name, i.case_id FROM incident i JOIN source s ON s.id = i.source"
                         " WHERE i.id = ?1",
                         &n.ask, e);
    ok = ok && suspect_rows_read(&rows, s, state, d, (struct span){DAY_MIN, DAY_MAX}, e);
    if (ok) {
        sum->expected = suspect_rows_expected(&rows);
        ok = suspect_rows_each(&rows, hand_on, &n, e);
        suspect_rows_free(&rows);
    }
    db_finalize(n.ask);
    return ok;
}
