#include "ingest/cell_cache.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 200, ENTRIES_MAX = 1 << 16 };

void cell_cache_free(struct cell_cache *c)
{
    free(c->entries);
    arena_free(&c->arena);
    *c = (struct cell_cache){0};
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

/* Eight bytes at a time; never 0. */
static uint64_t cell_hash(const char *text, size_t n, uint32_t context)
{
    uint64_t hash = mix(UINT64_C(0x2545F4914F6CDD1D) ^ n, context), word;
    for (; n >= sizeof word; n -= sizeof word, text += sizeof word) {
        memcpy(&word, text, sizeof word);
        hash = mix(hash, word);
    }
    word = 0;
    for (size_t i = 0; i < n; i++)
        word = word << 8 | (unsigned char)text[i];
    return mix(hash, word) | 1;
}

static bool is_entry(const struct cell_entry *entry, uint64_t hash, const char *text, size_t n,
                     uint32_t context)
{
    return entry->hash == hash && entry->n == n && entry->context == context &&
           !memcmp(entry->text, text, n);
}

/* The entry of the text, or the free one where it belongs. There is always a free one. */
static struct cell_entry *entry_at(const struct cell_cache *c, uint64_t hash, const char *text,
                                   size_t n, uint32_t context)
{
    size_t at = (size_t)(hash >> 32) & (c->slots - 1);
    while (c->entries[at].hash && !is_entry(&c->entries[at], hash, text, n, context))
        at = (at + 1) & (c->slots - 1);
    return &c->entries[at];
}

const struct cell_value *cell_cache_find(const struct cell_cache *c, const char *text, size_t n,
                                         uint32_t context)
{
    if (!c->slots || n > TEXT_MAX)
        return NULL;
    const struct cell_entry *entry = entry_at(c, cell_hash(text, n, context), text, n, context);
    return entry->hash ? &entry->cell : NULL;
}

static bool cache_grow(struct cell_cache *c)
{
    if (c->slots > 2 * c->count)
        return true;
    struct cell_cache bigger = *c;
    bigger.slots = c->slots ? 2 * c->slots : 32;
    bigger.entries = calloc(bigger.slots, sizeof *bigger.entries);
    if (!bigger.entries)
        return false;
    for (size_t i = 0; i < c->slots; i++) {
        const struct cell_entry *old = &c->entries[i];
        if (old->hash)
            *entry_at(&bigger, old->hash, old->text, old->n, old->context) = *old;
    }
    free(c->entries);
    *c = bigger;
    return true;
}

void cell_cache_add(struct cell_cache *c, const char *text, size_t n, uint32_t context,
                    const struct cell_value *cell)
{
    struct cell_entry entry = {.n = (uint32_t)n, .context = context, .cell = *cell};
    if (n > TEXT_MAX || c->count >= ENTRIES_MAX || !cache_grow(c))
        return;
    entry.hash = cell_hash(text, n, context);
    entry.text = arena_copy(&c->arena, text, n);
    if (cell->reason)
        entry.cell.reason = arena_text(&c->arena, cell->reason);
    if (!entry.text || (cell->reason && !entry.cell.reason))
        return;
    *entry_at(c, entry.hash, text, n, context) = entry;
    c->count++;
}
