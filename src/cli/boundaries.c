#include "cli/boundaries.h"

#include <stdlib.h>
#include <string.h>

struct boundaries {
    day asked;
    enum split split;
    struct lineage **items; /* pointers, because others point to them */
    size_t count, cap;
    const struct lineage *last;
};

static bool read_split(struct boundaries *b, const char *text, struct err *e)
{
    static const char *const words[] = {"", "population", "area", "equal"};
    for (int i = SPLIT_POPULATION; text && i <= SPLIT_EQUAL; i++)
        if (!strcmp(text, words[i])) {
            b->split = (enum split)i;
            return true;
        }
    return !text ||
           err_set(e, ERR_USAGE, "--split %s: is none of %s", text, options[OPT_SPLIT].value);
}

bool boundaries_new(struct boundaries **out, const struct request *r, struct err *e)
{
    const char *text = arg(r, OPT_UNITS_AS_OF);
    struct boundaries *b = calloc(1, sizeof *b);
    bool impossible;
    *out = b;
    if (!b)
        return err_memory(e);
    b->asked = DAY_NONE;
    if (text && !day_parse(text, strlen(text), &b->asked, &impossible))
        return err_set(e, ERR_USAGE, "--units-as-of %s: is no date: write 2025-07-01 or 01/07/2025",
                       text);
    return read_split(b, arg(r, OPT_SPLIT), e);
}

void boundaries_delete(struct boundaries *b)
{
    for (size_t i = 0; b && i < b->count; i++) {
        lineage_free(b->items[i]);
        free(b->items[i]);
    }
    if (b)
        free(b->items);
    free(b);
}

day boundaries_asked(const struct boundaries *b)
{
    return b->asked;
}

void boundaries_keep(struct boundaries *b, day on)
{
    b->asked = b->asked == DAY_NONE ? on : b->asked;
}

static bool add_lineage(struct boundaries *b, struct store *s, int64_t state,
                        const struct directory *d, day on, struct err *e)
{
    void *items = b->items;
    struct lineage *l = NULL;
    if (!array_grow(&items, &b->cap, b->count + 1, sizeof(struct lineage *), e))
        return false;
    b->items = items;
    if (!(l = malloc(sizeof *l)))
        return err_memory(e);
    if (!lineage_init(l, s, state, d, on, b->split, e)) {
        free(l);
        return false;
    }
    b->items[b->count++] = l;
    return l->guessed || !l->divided || b->split == SPLIT_NONE ||
           err_set(e, ERR_INPUT,
                   "--split %s: not loaded of the units that divided ones went to: load it "
                   "(see 'keogiam help load'), or choose --split equal",
                   b->split == SPLIT_AREA ? "area" : "population");
}

bool boundaries_lineage(struct boundaries *b, struct store *s, int64_t state,
                        const struct directory *d, day at, const struct lineage **l, struct err *e)
{
    day on = b->asked == DAY_NONE ? at : b->asked;
    size_t i = 0;
    while (i < b->count && b->items[i]->on != on)
        i++;
    if (i == b->count && !add_lineage(b, s, state, d, on, e))
        return false;
    *l = b->last = b->items[i];
    return true;
}

const struct lineage *boundaries_last(const struct boundaries *b)
{
    return b->last;
}
