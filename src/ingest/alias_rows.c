/* alias_rows.c: a row that says what a spelling stands for. */
#include <string.h>

#include "base/text.h"
#include "ingest/checker.h"
#include "ingest/kind_tables.h"

struct alias_row {
    struct checker *c;
    const char *list; /* "unit", "category" or the list's name */
    int kind;
    const char *spelling, *code; /* as in the file */
    const char *found, *root;    /* what the code is */
};

static bool find_unit(struct alias_row *a)
{
    size_t found;
    const struct checker *c = a->c;
    if (!directory_find_unit(c->directory, a->code, strlen(a->code), DAY_NONE, c->within_unit,
                             false, c->lang, &found, &a->c->why))
        return false;
    a->found = c->directory->units[found].code;
    return true;
}

static bool find_category(struct alias_row *a)
{
    size_t found;
    const struct directory *d = a->c->directory;
    if (!directory_find_category(d, a->code, strlen(a->code), DAY_NONE, a->c->within_category,
                                 a->c->lang, &found, &a->c->why))
        return false;
    a->found = d->categories[found].code;
    a->root = d->categories[d->categories[found].root].code;
    return true;
}

static bool find_item(struct alias_row *a)
{
    size_t count;
    const struct list_item *items = lists_items(a->c->lists, a->list, &count);
    int item = lists_named(a->c->lists, a->list, a->code, strlen(a->code));
    if (item >= 0) {
        a->found = items[item].code;
        return true;
    }
    buf_addf(&a->c->why, tr(a->c->lang, "is no value of the list %s; it takes:"), a->list);
    for (size_t i = 0; i < count; i++)
        buf_addf(&a->c->why, "%s %s", i ? "," : "", items[i].code);
    return false;
}

/* What the spelling is the code or name of already; NULL: of nothing. */
static const char *named(const struct alias_row *a)
{
    const struct directory *d = a->c->directory;
    size_t n = strlen(a->spelling), count;
    if (a->kind == ALIAS_UNIT)
        return directory_unit_named(d, a->spelling, n);
    if (a->kind == ALIAS_CATEGORY)
        return directory_category_named(d, a->spelling, n, directory_category_by_code(d, a->root));
    int item = lists_named(a->c->lists, a->list, a->spelling, n);
    return item < 0 ? NULL : lists_items(a->c->lists, a->list, &count)[item].code;
}

static bool find_code(struct alias_row *a)
{
    return a->kind == ALIAS_UNIT       ? find_unit(a)
           : a->kind == ALIAS_CATEGORY ? find_category(a)
                                       : find_item(a);
}

static bool put(struct row *row, size_t slot, struct arena *texts, const char *text)
{
    row->slots[slot] = (struct value){VALUE_TEXT, {.s = arena_text(texts, text)}};
    return row->slots[slot].as.s != NULL;
}

static bool fill(struct alias_row *a, struct row *row, struct arena *texts)
{
    struct buf key = {0};
    bool ok = text_key_marked(a->spelling, strlen(a->spelling), &key) &&
              put(row, ALS_SPELLING, texts, buf_text(&key)) && put(row, ALS_ROOT, texts, a->root) &&
              put(row, ALS_CODE, texts, a->found);
    bool empty = ok && !key.len;
    if (!ok)
        buf_adds(&a->c->why, tr(a->c->lang, "out of memory: close other programs and try again"));
    else if (empty)
        buf_adds(&a->c->why, tr(a->c->lang, "has no letter or digit"));
    buf_free(&key);
    return ok && !empty;
}

/* Aliases stand behind all names, so one that is a name would never be heard. */
bool alias_row_read(struct checker *c, struct row *row, struct arena *texts, const char **column)
{
    size_t count;
    int kind = (int)row->slots[ALS_KIND].as.i;
    struct alias_row a = {.c = c,
                          .list = lists_items(c->lists, "alias_kind", &count)[kind].code,
                          .kind = kind,
                          .spelling = row->slots[ALS_SPELLING].as.s,
                          .code = row->slots[ALS_CODE].as.s,
                          .root = ""};
    buf_clear(&c->why);
    *column = "code";
    if (!find_code(&a))
        return false;
    *column = "spelling";
    const char *name = named(&a);
    if (!name || !strcmp(name, a.found))
        return fill(&a, row, texts);
    buf_addf(&c->why, tr(c->lang, "is a name of %s already: an alias cannot change that"), name);
    return false;
}

bool directory_teach_lists(const struct directory *d, struct lists *l, struct err *e)
{
    size_t count;
    const struct list_item *kinds = lists_items(l, "alias_kind", &count);
    bool ok = true;
    for (size_t i = 0; ok && i < d->alias_count; i++) {
        const struct alias *a = &d->aliases[i];
        if (a->kind >= ALIAS_LISTS && (size_t)a->kind < count)
            ok = lists_learn(l, kinds[a->kind].code, a->spelling, a->code, e);
    }
    return ok;
}
