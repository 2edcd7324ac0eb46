/* match_names.c: the names of columns that each kind knows. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ingest/match.h"

bool head_key(const char *text, size_t n, struct buf *key)
{
    size_t kept = 0;
    if (!text_key(text, n, key))
        return false;
    for (size_t i = 0; i < key->len; i++)
        if (key->data[i] != ' ')
            key->data[kept++] = key->data[i];
    key->len = kept;
    if (key->data)
        key->data[kept] = '\0';
    return true;
}

size_t head_numbered(const char *name)
{
    size_t n = strcspn(name, ":");
    while (n && name[n - 1] == ' ')
        n--;
    bool numbered = n > 2 && name[n - 1] >= '1' && name[n - 1] <= '9' && name[n - 2] == ' ';
    return numbered ? n - 2 : 0;
}

static bool add_name(struct column_names *c, const char *text, size_t n, int slot, struct err *e)
{
    struct buf key = {0};
    void *names = c->names;
    const char *copy =
        head_key(text, n, &key) ? arena_copy(&c->arena, buf_text(&key), key.len) : NULL;
    buf_free(&key);
    if (!copy)
        return err_memory(e);
    if (!array_grow(&names, &c->cap, c->count + 1, sizeof *c->names, e))
        return false;
    c->names = names;
    c->names[c->count++] = (struct column_name){copy, slot};
    return true;
}

static bool add_aliases(struct column_names *c, const char *aliases, int slot, struct err *e)
{
    while (*aliases) {
        size_t n = strcspn(aliases, "|");
        if (!add_name(c, aliases, n, slot, e))
            return false;
        aliases += n + (aliases[n] == '|');
    }
    return true;
}

bool column_names_init(struct column_names *c, const struct kind *k, struct err *e)
{
    bool ok = true;
    *c = (struct column_names){.kind = k};
    for (size_t i = 0; ok && i < k->column_count; i++)
        ok = add_name(c, k->columns[i].name, strlen(k->columns[i].name), (int)i, e);
    for (size_t i = 0; ok && i < k->column_count; i++)
        ok = add_aliases(c, k->columns[i].aliases, (int)i, e);
    if (!ok)
        column_names_free(c);
    return ok;
}

void column_names_free(struct column_names *c)
{
    free(c->names);
    arena_free(&c->arena);
    *c = (struct column_names){0};
}

const struct column_names *known_heads_of(struct known_heads *known, const struct kind *k,
                                          struct err *e)
{
    struct column_names *c = &known->kinds[k->id];
    return c->kind || column_names_init(c, k, e) ? c : NULL;
}

void known_heads_free(struct known_heads *known)
{
    for (size_t i = 0; i < KIND_TOTAL; i++)
        column_names_free(&known->kinds[i]);
}

int column_names_find_key(const struct column_names *c, const char *key)
{
    for (size_t i = 0; *key && i < c->count; i++)
        if (!strcmp(c->names[i].key, key))
            return c->names[i].slot;
    return ROLE_UNKNOWN;
}

static bool has_category(const struct kind *k)
{
    for (size_t i = 0; i < k->column_count; i++)
        if (k->columns[i].type == SLOT_CATEGORY || k->columns[i].type == SLOT_CATEGORIES)
            return true;
    return false;
}

int column_names_find(const struct column_names *c, const char *name)
{
    struct buf key = {0};
    if (!strcmp(name, "-"))
        return ROLE_LEFT_OUT;
    int found = head_key(name, strlen(name), &key) ? column_names_find_key(c, buf_text(&key))
                                                   : ROLE_UNKNOWN;
    if (found < 0 && has_category(c->kind) && !strcmp(buf_text(&key), "parent"))
        found = ROLE_PARENT;
    buf_free(&key);
    return found;
}
