#include "ingest/suggest.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ingest/fields.h"
#include "ingest/ingest_state.h"
#include "ingest/suggest_private.h"

enum {
    SPELLINGS_MAX = 5000, /* a column of names has as many as rows: enough is enough */
    SPELLING_BYTES = 200
};

void suggestions_init(struct suggestions *s)
{
    *s = (struct suggestions){.unit = NO_ENTRY, .category = NO_ENTRY};
}

void suggestions_free(struct suggestions *s)
{
    free(s->items);
    free(s->roots);
    buf_free(&s->example);
    arena_free(&s->arena);
    suggestions_init(s);
}

struct reading {
    struct checker *c;
    struct suggestions *s;
    int kind; /* of the cell in hand */
    struct err *e;
    bool ok;
};

/* ---- one spelling ---- */

static struct suggestion *find(struct suggestions *s, int kind, size_t root, const char *key)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->items[i].kind == kind && s->items[i].root == root && !strcmp(s->items[i].key, key))
            return &s->items[i];
    return NULL;
}

static bool add(struct suggestions *s, int kind, size_t root, const char *text, size_t n,
                const char *key, struct err *e)
{
    void *items = s->items;
    if (!array_grow(&items, &s->cap, s->count + 1, sizeof *s->items, e))
        return false;
    s->items = items;
    struct suggestion *made = &s->items[s->count];
    *made = (struct suggestion){.kind = kind,
                                .root = root,
                                .spelling = arena_copy(&s->arena, text, n),
                                .key = arena_text(&s->arena, key),
                                .count = 1,
                                .code = "",
                                .name = "",
                                .others = ""};
    if (!made->spelling || !made->key)
        return err_memory(e);
    s->count++;
    return true;
}

static bool count_spelling(struct reading *r, const char *text, size_t n, const char *key)
{
    size_t root = NO_ENTRY;
    if (r->kind == ALIAS_CATEGORY && r->c->parent != NO_ENTRY)
        root = r->c->directory->categories[r->c->parent].root;
    struct suggestion *known = find(r->s, r->kind, root, key);
    if (!known && (!*key || n > SPELLING_BYTES || r->s->count == SPELLINGS_MAX)) {
        r->s->held++;
        return true;
    }
    r->s->cells++;
    if (!known)
        return add(r->s, r->kind, root, text, n, key, r->e);
    known->count++;
    return true;
}

static bool is_alias(const struct directory *d, int kind, const char *key)
{
    for (size_t i = 0; i < d->alias_count; i++)
        if (d->aliases[i].kind == kind && !strcmp(d->aliases[i].spelling, key))
            return true;
    return false;
}

/* A name that fits several things asks for --within, not for an alias. */
static bool names_several(const struct reading *r, const char *text, size_t n, const char *key)
{
    const struct checker *c = r->c;
    const struct directory *d = c->directory;
    if (r->kind == ALIAS_UNIT)
        return directory_unit_named(d, text, n) || is_alias(d, r->kind, key);
    return r->kind == ALIAS_CATEGORY && (directory_category_named(d, text, n, c->parent) ||
                                         (c->parent == NO_ENTRY && is_alias(d, r->kind, key)));
}

static bool take_spelling(struct reading *r, const char *text, size_t n)
{
    struct buf nfc = {0}, key = {0};
    bool ok = (text_nfc(text, n, &nfc) && text_key_marked(text, n, &key)) || err_memory(r->e);
    if (ok && names_several(r, text, n, buf_text(&key))) {
        if (!r->s->several++)
            buf_adds(&r->s->example, buf_text(&nfc));
    } else if (ok) {
        ok = count_spelling(r, buf_text(&nfc), nfc.len, buf_text(&key));
    }
    buf_free(&nfc);
    buf_free(&key);
    return ok;
}

/* ---- one cell ---- */

static bool is_known(const struct reading *r, const struct kind_column *column, const char *text,
                     size_t n)
{
    const struct checker *c = r->c;
    struct buf why = {0};
    size_t found;
    bool known = column->list ? lists_find(c->lists, column->list, text, n) >= 0
                              : directory_find_category(c->directory, text, n, c->at, c->parent,
                                                        c->lang, &found, &why);
    buf_free(&why);
    return known;
}

/* Each part that is not known; the names that hold a separator are known as a whole. */
static bool take_parts(struct reading *r, const struct kind_column *column, const char *text,
                       size_t n, const char *separators)
{
    for (size_t at = 0; at < n;) {
        size_t length = 0;
        while (at + length < n && !strchr(separators, text[at + length]))
            length++;
        const char *part = text + at;
        size_t bytes = length;
        if (field_trim(&part, &bytes) && !is_known(r, column, part, bytes) &&
            !take_spelling(r, part, bytes))
            return false;
        at += length + 1;
    }
    return true;
}

static bool take_cell(struct reading *r, const struct kind_column *column, const char *text,
                      size_t n)
{
    if (!field_trim(&text, &n))
        return true;
    if (column->type == SLOT_CATEGORIES)
        return take_parts(r, column, text, n, ";+");
    if (column->type == SLOT_LISTS)
        return take_parts(r, column, text, n, ";+,");
    return take_spelling(r, text, n);
}

/* The item of alias_kind; -1 for columns that take no aliases. */
static int kind_of_column(const struct lists *l, const struct kind_column *column)
{
    if (!column)
        return -1;
    if (column->type == SLOT_UNIT)
        return ALIAS_UNIT;
    if (column->type == SLOT_CATEGORY || column->type == SLOT_CATEGORIES)
        return ALIAS_CATEGORY;
    return column->list ? lists_find(l, "alias_kind", column->list, strlen(column->list)) : -1;
}

/* ---- the file ---- */

static void note_roots(struct reading *r, const struct kind_column *column, const struct value *v)
{
    const struct checker *c = r->c;
    const struct directory *d = c->directory;
    if (v->type != VALUE_INT)
        return;
    if (column->type == SLOT_CATEGORY) {
        size_t category = directory_category_by_id(d, v->as.i);
        if (category != NO_ENTRY)
            r->s->roots[d->categories[category].root] = true;
    }
    if (column->type == SLOT_CATEGORIES) {
        const struct category_set *set = &c->sets.sets[v->as.i];
        for (size_t i = 0; i < set->count; i++)
            r->s->roots[d->categories[set->categories[i]].root] = true;
    }
}

static bool read_cells(struct reading *r, const struct record *rec, size_t first, size_t last,
                       struct arena *texts, struct row *row)
{
    struct checker *c = r->c;
    for (size_t i = first; r->ok && i < last; i++) {
        const struct layout_cell *pc = &c->layout->cells[i];
        struct bad_cell bad;
        bool good = cell_read_range(c, rec, i, i + 1, texts, row, &bad);
        r->kind = pc->field == NO_ENTRY ? -1 : kind_of_column(c->lists, pc->column);
        if (r->kind < 0)
            continue;
        if (good)
            note_roots(r, pc->column, &row->slots[pc->slot]);
        else
            r->ok = take_cell(r, pc->column, bad.text, bad.n);
    }
    return r->ok;
}

static bool read_record(struct reading *r, const struct record *rec, struct arena *texts)
{
    struct checker *c = r->c;
    const struct layout *p = c->layout;
    struct row row = {.line = rec->line};
    if (rec->count < p->head_count || checker_is_total(c, rec))
        return true;
    checker_start_row(c);
    if (!read_cells(r, rec, 0, p->first_placed, texts, &row))
        return false;
    c->at = p->period_count ? p->periods[0].span.from : cell_row_day(c, &row);
    return read_cells(r, rec, p->first_placed, p->cell_count, texts, &row);
}

bool suggest_record(struct checker *c, const struct record *rec, struct err *e)
{
    struct reading r = {.c = c, .s = c->suggest, .e = e, .ok = true};
    struct arena texts = {NULL};
    bool ok = read_record(&r, rec, &texts);
    arena_free(&texts);
    return ok;
}

static bool need_roots(struct suggestions *s, const struct directory *d, struct err *e)
{
    if (!s->roots)
        s->roots = calloc(d->category_count + 1, sizeof *s->roots);
    return s->roots || err_memory(e);
}

static bool take_nothing(void *context, const struct row *row, struct err *e)
{
    (void)context;
    (void)row;
    (void)e;
    return true;
}

bool ingest_suggest(struct ingest *in, struct suggestions *s, struct err *e)
{
    const struct sink none = {take_nothing, NULL};
    struct rejects rejects;
    if (!need_roots(s, in->directory, e))
        return false;
    s->unit = in->checker.within_unit;
    s->category = in->checker.within_category;
    in->checker.suggest = s;
    rejects_init(&rejects);
    bool ok = ingest_run(in, &none, &rejects, e);
    rejects_free(&rejects);
    in->checker.suggest = NULL;
    return ok && (!s->example.failed || err_memory(e));
}
