#include "cli/groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ingest/kind_tables.h"

struct group {
    char *code, *name;
    size_t *members;
    size_t count, cap;
};

struct reading {
    const struct directory *d;
    struct group *items;
    size_t count, cap;
    struct arena arena;
};

/* ---- reading ---- */

/* Rows come by code. */
static struct group *group_of(struct reading *r, const char *code, const char *name, struct err *e)
{
    void *items = r->items;
    if (r->count && !strcmp(r->items[r->count - 1].code, code))
        return &r->items[r->count - 1];
    if (!array_grow(&items, &r->cap, r->count + 1, sizeof *r->items, e))
        return NULL;
    r->items = items;
    struct group *g = &r->items[r->count++];
    *g = (struct group){.code = arena_text(&r->arena, code), .name = arena_text(&r->arena, name)};
    if (g->code && g->name)
        return g;
    err_memory(e);
    return NULL;
}

static bool add_member(void *context, const struct row *row, const struct row_info *info,
                       struct err *e)
{
    struct reading *r = context;
    const struct value *v = row->slots;
    size_t unit = directory_unit_by_id(r->d, v[GRP_UNIT].as.i);
    (void)info;
    if (unit == NO_ENTRY)
        return true;
    const char *name = v[GRP_NAME].type == VALUE_TEXT ? v[GRP_NAME].as.s : v[GRP_GROUP].as.s;
    struct group *g = group_of(r, v[GRP_GROUP].as.s, name, e);
    if (!g)
        return false;
    void *members = g->members;
    if (!array_grow(&members, &g->cap, g->count + 1, sizeof *g->members, e))
        return false;
    g->members = members;
    g->members[g->count++] = unit;
    return true;
}

/* ---- names ---- */

static bool is_called(const char *code, const char *name, const char *word, size_t n)
{
    struct buf asked = {0}, key = {0};
    bool same = strlen(code) == n && !strncmp(code, word, n);
    if (!same && text_key(word, n, &asked) && text_key(name, strlen(name), &key))
        same = asked.len && !strcmp(buf_text(&asked), buf_text(&key));
    buf_free(&asked);
    buf_free(&key);
    return same;
}

static bool is_asked(const struct group *g, const char *names)
{
    while (*names) {
        size_t n = strcspn(names, ",");
        if (is_called(g->code, g->name, names, n))
            return true;
        names += n + (names[n] == ',');
    }
    return false;
}

size_t groups_find(const struct directory *d, const char *name, size_t n)
{
    for (size_t i = 0; i < d->group_count; i++) {
        const struct unit *u = &d->units[d->groups[i].unit];
        if (is_called(u->code, u->name, name, n))
            return d->groups[i].unit;
    }
    return NO_ENTRY;
}

/* ---- the whole ---- */

bool groups_add(struct directory *d, struct store *s, int64_t state, const char *names,
                struct err *e)
{
    struct reading r = {.d = d};
    bool ok = !names || store_each_row(s, state, KIND_GROUPS, add_member, &r, e);
    for (size_t i = 0; i < r.count; i++) {
        const struct group *g = &r.items[i];
        if (ok && is_asked(g, names) && directory_unit_by_code(d, g->code, DAY_NONE) == NO_ENTRY)
            ok = directory_add_group(d, g->code, g->name, g->members, g->count, e);
        free(g->members);
    }
    free(r.items);
    arena_free(&r.arena);
    return ok;
}
