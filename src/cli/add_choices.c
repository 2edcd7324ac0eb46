#include "cli/add_choices.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/text.h"

static bool add(struct choices *c, const char *code, const char *name, size_t depth, struct err *e)
{
    void *items = c->items;
    if (!array_grow(&items, &c->cap, c->count + 1, sizeof *c->items, e))
        return false;
    c->items = items;
    c->items[c->count++] = (struct choice){code, *name ? name : code, depth};
    return true;
}

static bool *parents_of(const struct directory *d, struct err *e)
{
    bool *parents = calloc(d->unit_count + 1, sizeof *parents);
    if (!parents)
        err_memory(e);
    for (size_t u = 0; parents && u < d->unit_count; u++)
        if (d->units[u].parent != NO_ENTRY && !d->units[u].is_unknown)
            parents[d->units[u].parent] = true;
    return parents;
}

static bool add_units(struct choices *c, const struct directory *d, day at, struct err *e)
{
    bool *parents = parents_of(d, e), ok = parents != NULL;
    for (size_t u = 0; ok && u < d->unit_count; u++) {
        const struct unit *unit = &d->units[u];
        if (!parents[u] && !unit->is_unknown && !unit->is_group &&
            (at == DAY_NONE || span_has(unit->valid, at)))
            ok = add(c, unit->code, unit->name, 0, e);
    }
    free(parents);
    return ok;
}

static bool add_categories(struct choices *c, const struct directory *d, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < d->category_count; i++)
        ok = add(c, d->categories[i].code, d->categories[i].name, d->categories[i].depth, e);
    return ok;
}

static bool add_items(struct choices *c, const struct list_item *items, size_t count,
                      enum lang lang, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = add(c, items[i].code, lang == LANG_VI ? items[i].name_vi : items[i].name_en, 0, e);
    return ok;
}

bool choices_init(struct choices *c, const struct case_cells *cells, size_t slot, day at,
                  enum lang lang, struct err *e)
{
    const struct kind_column *column = &cells->kind->columns[slot];
    *c = (struct choices){.many = column->type == SLOT_CATEGORIES || column->type == SLOT_LISTS};
    switch (column->type) {
    case SLOT_UNIT:
        return add_units(c, cells->directory, at, e);
    case SLOT_CATEGORIES:
        return add_categories(c, cells->directory, e);
    case SLOT_LIST:
    case SLOT_LISTS:
        c->lettered = slot == INC_VICTIM_AGE_BAND || slot == INC_OFFENDER_AGE_BAND;
        return add_items(c, cells->items[slot], cells->item_counts[slot], lang, e);
    default:
        return true;
    }
}

void choices_free(struct choices *c)
{
    free(c->items);
    *c = (struct choices){0};
}

void choices_show(const struct choices *c, const bool *marks, FILE *out)
{
    for (size_t i = 0; i < c->count; i++) {
        const struct choice *item = &c->items[i];
        if (marks && !marks[i])
            continue;
        if (c->lettered)
            fprintf(out, "  %3c. %s\n", (char)('a' + i), item->name);
        else
            fprintf(out, "  %3zu. %*s%s\n", i + 1, (int)(2 * item->depth), "", item->name);
    }
}

const struct choice *choices_by_number(const struct choices *c, const char *answer)
{
    int64_t number = 0;
    bool fractional;
    if (c->lettered && strlen(answer) == 1)
        number = (answer[0] | 0x20) - 'a' + 1;
    else if (c->lettered || !num_parse_int(answer, strlen(answer), &number, &fractional) ||
             fractional)
        return NULL;
    return number >= 1 && (size_t)number <= c->count ? &c->items[number - 1] : NULL;
}

/* 2: the key begins with the start; 1: a word of it does; 0: neither. */
static int rank_of(const char *key, const char *start)
{
    size_t n = strlen(start);
    if (!n)
        return 0;
    if (!strncmp(key, start, n))
        return 2;
    for (const char *word = strchr(key, ' '); word; word = strchr(word + 1, ' '))
        if (!strncmp(word + 1, start, n))
            return 1;
    return 0;
}

const struct choice *choices_by_start(const struct choices *c, const char *answer, bool *marks,
                                      size_t *found)
{
    struct buf start = {0}, key = {0};
    const struct choice *one = NULL;
    int best = 1;
    bool ok = text_key(answer, strlen(answer), &start);
    *found = 0;
    for (size_t i = 0; ok && i < c->count; i++) {
        const char *name = c->items[i].name;
        int rank =
            text_key(name, strlen(name), &key) ? rank_of(buf_text(&key), buf_text(&start)) : 0;
        if (rank > best) {
            memset(marks, 0, i * sizeof *marks);
            *found = 0;
            best = rank;
        }
        marks[i] = rank == best;
        *found += marks[i];
        one = marks[i] ? &c->items[i] : one;
    }
    buf_free(&start);
    buf_free(&key);
    return *found == 1 ? one : NULL;
}
