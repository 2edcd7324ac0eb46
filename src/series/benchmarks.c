#include "series/benchmarks.h"

#include <stdlib.h>

#include "ingest/kind_tables.h"

struct reading {
    struct benchmarks *b;
    const struct directory *d;
};

static int64_t amount(const struct value *v)
{
    return v->type == VALUE_INT ? v->as.i : -1;
}

static const char *text(struct arena *a, const struct value *v)
{
    return arena_text(a, v->type == VALUE_TEXT ? v->as.s : "");
}

static bool add_benchmark(void *context, const struct row *row, const struct row_info *info,
                          struct err *e)
{
    const struct reading *r = context;
    const struct value *v = row->slots;
    struct benchmarks *b = r->b;
    void *items = b->items;
    (void)info;
    struct benchmark x = {.name = text(&b->arena, &v[BMK_NAME]),
                          .source = text(&b->arena, &v[BMK_SOURCE]),
                          .category = directory_category_by_id(r->d, v[BMK_CATEGORY].as.i),
                          .span = {(day)v[BMK_FROM].as.i, (day)v[BMK_TO].as.i},
                          .count = amount(&v[BMK_COUNT]),
                          .count_before = amount(&v[BMK_COUNT_BEFORE]),
                          .population = amount(&v[BMK_POPULATION])};
    if (!x.name || !x.source)
        return err_memory(e);
    if (x.category == NO_ENTRY)
        return true;
    if (!array_grow(&items, &b->cap, b->count + 1, sizeof *b->items, e))
        return false;
    b->items = items;
    b->items[b->count++] = x;
    return true;
}

bool benchmarks_read(struct benchmarks *b, struct store *s, int64_t state,
                     const struct directory *d, struct err *e)
{
    struct reading r = {b, d};
    *b = (struct benchmarks){0};
    return store_each_row(s, state, KIND_BENCHMARKS, add_benchmark, &r, e);
}

void benchmarks_free(struct benchmarks *b)
{
    free(b->items);
    arena_free(&b->arena);
    *b = (struct benchmarks){0};
}
