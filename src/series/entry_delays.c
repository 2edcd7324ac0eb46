#include "series/entry_delays.h"

#include <stdlib.h>
#include <string.h>

enum { SECONDS_A_DAY = 86400 };

/* ---- steps ---- */

struct loads {
    struct entry_steps *steps;
    int64_t state;
    struct buf source; /* of the first */
    bool several;
};

static bool is_undone(const struct load_info *l, int64_t state)
{
    return l->undone_by && l->undone_by <= state;
}

static bool add_load(void *context, const struct load_info *l, struct err *e)
{
    struct loads *x = context;
    struct entry_steps *s = x->steps;
    int64_t on = l->at / SECONDS_A_DAY;
    void *items = s->items;
    if (l->id > x->state || is_undone(l, x->state) || l->undoes || strcmp(l->kind, "incidents"))
        return true;
    if (!s->count)
        buf_adds(&x->source, l->source);
    x->several |= strcmp(buf_text(&x->source), l->source) != 0;
    if (s->count && s->items[s->count - 1].on >= on)
        return !x->source.failed || err_memory(e);
    if (!array_grow(&items, &s->cap, s->count + 1, sizeof *s->items, e))
        return false;
    s->items = items;
    s->items[s->count++] = (struct entry_step){on, l->id, DAY_NONE};
    return !x->source.failed || err_memory(e);
}

/* The last step that begins with this load or before it. */
static size_t step_of(const struct entry_steps *s, int64_t load)
{
    size_t i = s->count - 1;
    while (i > 0 && s->items[i].first > load)
        i--;
    return i;
}

static bool take_reach(void *context, const struct case_entry *c, struct err *e)
{
    struct entry_steps *s = context;
    struct entry_step *step = &s->items[step_of(s, c->load)];
    (void)e;
    step->reach = c->received > step->reach ? c->received : step->reach;
    return true;
}

bool entry_steps_read(struct entry_steps *s, struct store *store, int64_t state, struct err *e)
{
    *s = (struct entry_steps){0};
    struct loads x = {.steps = s, .state = state};
    bool ok = store_each_load(store, add_load, &x, e);
    buf_free(&x.source);
    if (x.several || s->count < 2)
        s->count = 0;
    ok = ok && (!s->count || store_each_entry(store, state, take_reach, s, e));
    for (size_t i = 1; i < s->count; i++)
        if (s->items[i].reach < s->items[i - 1].reach)
            s->items[i].reach = s->items[i - 1].reach;
    return ok;
}

void entry_steps_free(struct entry_steps *s)
{
    free(s->items);
    *s = (struct entry_steps){0};
}

/* ---- delays ---- */

/* The first step that reaches as far; behind all, the last. */
static size_t due_at(const struct entry_steps *s, day received)
{
    size_t i = 0;
    while (i + 1 < s->count && s->items[i].reach < received)
        i++;
    return i;
}

int64_t entry_age(const struct entry_steps *s, day received)
{
    return (int64_t)(s->count - 1 - due_at(s, received));
}

struct pass {
    const struct entry_steps *steps;
    bool reports;
    entry_delay_fn fn;
    void *context;
};

static bool add_entry(void *context, const struct case_entry *c, struct err *e)
{
    struct pass *p = context;
    const struct case_row row = {.outcome = c->outcome};
    size_t due = due_at(p->steps, c->received), at = step_of(p->steps, c->load);
    if (due == 0 || at < due || (!p->reports && !tally_is_case(&row)))
        return true;
    return p->fn(p->context, (int64_t)(at - due), (int64_t)(p->steps->count - 1 - due), e);
}

bool entry_delays_each(const struct entry_steps *s, struct store *store, int64_t state,
                       bool reports, entry_delay_fn fn, void *context, struct err *e)
{
    struct pass p = {s, reports, fn, context};
    return !s->count || store_each_entry(store, state, add_entry, &p, e);
}
