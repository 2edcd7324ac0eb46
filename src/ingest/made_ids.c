#include "ingest/made_ids.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

void made_ids_free(struct made_ids *m)
{
    free(m->items);
    free(m->slots);
    arena_free(&m->arena);
    *m = (struct made_ids){0};
}

/* The slot of the id, or the free one where it belongs. slot_count is a power of two. */
static size_t *slot_of(const struct made_ids *m, const char *id)
{
    size_t at = (size_t)text_hash(id, strlen(id)) & (m->slot_count - 1);
    while (m->slots[at] && strcmp(m->items[m->slots[at] - 1].id, id))
        at = (at + 1) & (m->slot_count - 1);
    return &m->slots[at];
}

static bool grow(struct made_ids *m, struct err *e)
{
    if (m->slot_count > 2 * m->count)
        return true;
    struct made_ids bigger = *m;
    bigger.slot_count = m->slot_count ? 2 * m->slot_count : 256;
    bigger.slots = calloc(bigger.slot_count, sizeof *bigger.slots);
    if (!bigger.slots)
        return err_memory(e);
    for (size_t i = 0; i < m->count; i++)
        *slot_of(&bigger, m->items[i].id) = i + 1;
    free(m->slots);
    *m = bigger;
    return true;
}

bool made_ids_add(struct made_ids *m, const struct made_id *id, const struct made_id **before,
                  struct err *e)
{
    void *items = m->items;
    *before = NULL;
    if (!grow(m, e) || !array_grow(&items, &m->cap, m->count + 1, sizeof *m->items, e))
        return false;
    m->items = items;
    size_t *slot = slot_of(m, id->id);
    if (*slot) {
        *before = &m->items[*slot - 1];
        return true;
    }
    m->items[m->count] = *id;
    m->items[m->count].id = arena_text(&m->arena, id->id);
    if (!m->items[m->count].id)
        return err_memory(e);
    *slot = ++m->count;
    return true;
}

long made_ids_number(const char *text, size_t n)
{
    enum { DIGITS_MAX = 5 };
    long number = 0;
    size_t digits = 0;
    n -= n > 0 && text[n - 1] == '.';
    while (digits < n && digits < DIGITS_MAX && isdigit((unsigned char)text[digits]))
        number = 10 * number + (text[digits++] - '0');
    return digits == n ? number : 0;
}
