#include "series/tiling.h"

#include <stdlib.h>

struct tile {
    struct span span;
    size_t index; /* in the caller's array */
    bool is_dead; /* what follows it does not reach the end */
};

struct search {
    struct tile *tiles; /* by first day, longest first */
    size_t count;
    size_t *path; /* tiles taken so far */
    struct span whole;
    struct tiling *best;
};

static int by_start(const void *a, const void *b)
{
    const struct tile *x = a, *y = b;
    if (x->span.from != y->span.from)
        return x->span.from < y->span.from ? -1 : 1;
    if (x->span.to != y->span.to)
        return x->span.to > y->span.to ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static void keep_best(struct search *s, size_t depth, day to)
{
    if (s->best->to != DAY_NONE && to <= s->best->to)
        return;
    for (size_t i = 0; i < depth; i++)
        s->best->chosen[i] = s->tiles[s->path[i]].index;
    s->best->count = depth;
    s->best->to = to;
}

/* Depth is at most the number of tiles: one for each day that a tile starts on. */
static bool search_from(struct search *s, size_t depth, day at)
{
    for (size_t i = 0; i < s->count; i++) {
        struct tile *t = &s->tiles[i];
        if (t->span.from != at || t->is_dead)
            continue;
        s->path[depth] = i;
        keep_best(s, depth + 1, t->span.to);
        if (t->span.to == s->whole.to || search_from(s, depth + 1, t->span.to + 1))
            return true;
        t->is_dead = true;
    }
    return false;
}

static void take_tiles(struct search *s, const struct span *spans, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool inside = spans[i].from >= s->whole.from && spans[i].to <= s->whole.to;
        if (inside && !span_is_empty(spans[i]))
            s->tiles[s->count++] = (struct tile){.span = spans[i], .index = i};
    }
    qsort(s->tiles, s->count, sizeof *s->tiles, by_start);
}

bool tiling_init(struct tiling *t, const struct span *spans, size_t count, struct span whole,
                 struct err *e)
{
    *t = (struct tiling){.to = DAY_NONE};
    struct search s = {.whole = whole, .best = t};
    s.tiles = malloc((count + 1) * sizeof *s.tiles);
    s.path = malloc((count + 1) * sizeof *s.path);
    t->chosen = malloc((count + 1) * sizeof *t->chosen);
    bool ok = s.tiles && s.path && t->chosen;
    if (ok) {
        take_tiles(&s, spans, count);
        t->is_whole = search_from(&s, 0, whole.from);
    }
    free(s.tiles);
    free(s.path);
    if (!ok)
        tiling_free(t);
    return ok || err_memory(e);
}

void tiling_free(struct tiling *t)
{
    free(t->chosen);
    *t = (struct tiling){0};
}
