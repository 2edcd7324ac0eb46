#include "cli/case_find.h"

#include <string.h>

#include "base/near.h"
#include "cli/listing.h"
#include "cli/typed.h"

/* ---- who has it ---- */

struct owners {
    struct found_case *c;
    const char *wanted;     /* the source */
    struct listing sources; /* that have one */
    bool found;             /* the wanted source has */
};

static bool take_owner(void *context, const struct row *row, const struct row_info *info,
                       struct err *e)
{
    struct owners *o = context;
    if (listing_take(&o->sources))
        buf_adds(&o->sources.b, info->source);
    if (strcmp(info->source, o->wanted))
        return true;
    o->found = true;
    o->c->row = *row;
    for (size_t i = 0; i < INC_SLOTS; i++)
        if (row->slots[i].type == VALUE_TEXT) {
            o->c->row.slots[i].as.s = arena_text(&o->c->arena, row->slots[i].as.s);
            if (!o->c->row.slots[i].as.s)
                return err_memory(e);
        }
    return true;
}

/* ---- nobody has it ---- */

enum { NEAR_MAX = 3, SLIPS = 2 };

struct near_ids {
    const char *wanted;
    struct arena arena;
    const char *ids[NEAR_MAX]; /* the nearest first, in order where they are as near */
    size_t distances[NEAR_MAX], count;
    int64_t ended_by; /* the load that took the wanted one out; 0: it never was there */
};

static bool is_known(const struct near_ids *n, const char *id)
{
    for (size_t i = 0; i < n->count; i++)
        if (!strcmp(n->ids[i], id))
            return true;
    return false;
}

static bool take_name(void *context, const struct case_name *name, struct err *e)
{
    struct near_ids *n = context;
    if (!strcmp(name->case_id, n->wanted))
        n->ended_by = name->ended_by > n->ended_by ? name->ended_by : n->ended_by;
    size_t distance = name->ended_by ? SLIPS + 1 : near_distance(n->wanted, name->case_id, SLIPS);
    size_t at = n->count;
    while (at > 0 &&
           (n->distances[at - 1] > distance ||
            (n->distances[at - 1] == distance && strcmp(n->ids[at - 1], name->case_id) > 0)))
        at--;
    if (distance > SLIPS || at == NEAR_MAX || is_known(n, name->case_id))
        return true;
    const char *copy = arena_text(&n->arena, name->case_id);
    if (!copy)
        return err_memory(e);
    n->count += n->count < NEAR_MAX;
    for (size_t i = n->count - 1; i > at; i--) {
        n->ids[i] = n->ids[i - 1];
        n->distances[i] = n->distances[i - 1];
    }
    n->ids[at] = copy;
    n->distances[at] = distance;
    return true;
}

static bool say_near(const struct near_ids *n, struct err *e)
{
    struct buf list = {0};
    for (size_t i = 0; i < n->count; i++)
        buf_addf(&list, "%s%s", i ? ", " : "", n->ids[i]);
    if (list.failed)
        err_memory(e);
    else if (n->ended_by)
        err_set(e, ERR_INPUT,
                "%s: load %lld took this case out: 'keogiam undo %lld' brings it back", n->wanted,
                (long long)n->ended_by, (long long)n->ended_by);
    else if (n->count)
        err_set(e, ERR_INPUT, "%s: there is no such case: did you mean %s?", n->wanted, list.data);
    else
        err_set(e, ERR_INPUT,
                "%s: there is no such case: 'keogiam export incidents' lists the cases", n->wanted);
    buf_free(&list);
    return false;
}

static bool refuse_unknown(struct session *s, const char *case_id, struct err *e)
{
    struct near_ids n = {.wanted = case_id};
    bool ok = store_each_case_name(s->store, take_name, &n, e) && say_near(&n, e);
    arena_free(&n.arena);
    return ok;
}

/* ---- which is meant ---- */

static bool judge(struct session *s, const char *case_id, const struct owners *o, struct err *e)
{
    bool named = arg(s->request, OPT_SOURCE) != NULL;
    const char *sources = buf_text(&o->sources.b);
    if (!o->sources.count)
        return refuse_unknown(s, case_id, e);
    if (o->sources.count > 1 && !(named && o->found))
        return err_set(e, ERR_INPUT,
                       "%s: several sources have a case of this id: say which with --source (%s)",
                       case_id, sources);
    return o->found || err_set(e, ERR_INPUT,
                               "%s: that case is of source %s: ask that office, or say --source %s",
                               case_id, sources, sources);
}

bool case_find(struct session *s, const char *case_id, struct found_case *c, struct err *e)
{
    *c = (struct found_case){0};
    if (!typed_source(s, &c->source, e))
        return false;
    struct owners o = {.c = c, .wanted = buf_text(&c->source)};
    bool ok = store_find_case(s->store, case_id, take_owner, &o, e) &&
              (!o.sources.b.failed || err_memory(e)) && judge(s, case_id, &o, e);
    buf_free(&o.sources.b);
    return ok;
}

void case_found_free(struct found_case *c)
{
    buf_free(&c->source);
    arena_free(&c->arena);
}
