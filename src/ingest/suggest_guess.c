/* suggest_guess.c: what each spelling was probably meant to be. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ingest/suggest_private.h"

enum { OTHERS_MAX = 4, NEAR_SCORE = 10 };

/* ---- what an entry is called ---- */

struct called {
    const char *code, *name;
};

static const char *list_of(const struct guessing *g, int kind)
{
    size_t count;
    return lists_items(g->lists, "alias_kind", &count)[kind].code;
}

static struct called call(const struct guessing *g, int kind, size_t entry)
{
    size_t count;
    if (kind == ALIAS_UNIT)
        return (struct called){g->d->units[entry].code, g->d->units[entry].name};
    if (kind == ALIAS_CATEGORY)
        return (struct called){g->d->categories[entry].code, g->d->categories[entry].name};
    const struct list_item *item = &lists_items(g->lists, list_of(g, kind), &count)[entry];
    return (struct called){item->code, g->lang == LANG_VI ? item->name_vi : item->name_en};
}

/* ---- choosing ---- */

/* The entry with the best score, the earlier of two; NO_ENTRY where none is near. */
static size_t best_entry(const struct guessing *g)
{
    size_t best = NO_ENTRY;
    for (size_t i = 0; i < g->entries; i++)
        if (g->scores[i] >= SCORE_GOOD && (best == NO_ENTRY || g->scores[i] > g->scores[best]))
            best = i;
    return best;
}

/* One code is one thing, whenever it is valid: only its first entry stays. */
static void drop_code(struct guessing *g, int kind, const char *code)
{
    for (size_t i = 0; i < g->entries; i++)
        if (g->scores[i] && !strcmp(call(g, kind, i).code, code))
            g->scores[i] = 0;
}

/* Where the sheet is of one root, what is outside it goes if anything inside is near. */
static void keep_root(struct guessing *g, int kind)
{
    bool inside = false;
    if (kind != ALIAS_CATEGORY || g->root == NO_ENTRY)
        return;
    for (size_t i = 0; i < g->entries; i++)
        inside = inside || (g->scores[i] >= SCORE_GOOD && g->d->categories[i].root == g->root);
    for (size_t i = 0; inside && i < g->entries; i++)
        if (g->d->categories[i].root != g->root)
            g->scores[i] = 0;
}

/* The best is the guess unless another is as good; those that are nearly as good are named. */
static bool choose(struct guessing *g, struct suggestion *s, int *score)
{
    struct buf others = {0};
    keep_root(g, s->kind);
    size_t best = best_entry(g), first = best;
    *score = best == NO_ENTRY ? 0 : g->scores[best];
    if (best == NO_ENTRY)
        return true;
    struct called named = call(g, s->kind, best);
    drop_code(g, s->kind, named.code);
    for (int n = 0; n < OTHERS_MAX && (best = best_entry(g)) != NO_ENTRY; n++) {
        struct called other = call(g, s->kind, best);
        if (g->scores[best] < *score - NEAR_SCORE)
            break;
        if (n == 0 && g->scores[best] == *score) {
            buf_addf(&others, "%s %s; ", named.code, named.name);
            first = NO_ENTRY;
        }
        buf_addf(&others, "%s %s; ", other.code, other.name);
        drop_code(g, s->kind, other.code);
    }
    s->code = first == NO_ENTRY ? "" : named.code;
    s->name = first == NO_ENTRY ? "" : named.name;
    s->others = arena_copy(&g->s->arena, buf_text(&others), others.len ? others.len - 2 : 0);
    bool ok = s->others && !others.failed;
    buf_free(&others);
    return ok || err_memory(g->e);
}

static size_t entries_of(const struct guessing *g, int kind)
{
    size_t count;
    if (kind == ALIAS_UNIT)
        return g->d->unit_count;
    if (kind == ALIAS_CATEGORY)
        return g->d->category_count;
    lists_items(g->lists, list_of(g, kind), &count);
    return count;
}

static bool guess(struct guessing *g, struct suggestion *s, int *score)
{
    g->entries = entries_of(g, s->kind);
    g->scores = calloc(g->entries + 1, sizeof *g->scores);
    bool ok = g->scores != NULL;
    if (!ok)
        return err_memory(g->e);
    if (s->kind == ALIAS_UNIT)
        ok = guess_unit(g, s->spelling);
    else if (s->kind == ALIAS_CATEGORY)
        ok = guess_category(g, s->spelling);
    else
        ok = guess_item(g, list_of(g, s->kind), s->spelling);
    ok = ok && choose(g, s, score);
    free(g->scores);
    return ok;
}

/* The root of all cells that are known. */
static size_t sole_root(const struct suggestions *s, const struct directory *d)
{
    size_t found = NO_ENTRY, count = 0;
    for (size_t c = 0; s->roots && c < d->category_count; c++)
        if (s->roots[c]) {
            found = c;
            count++;
        }
    return count == 1 ? found : NO_ENTRY;
}

/* ---- all of them ---- */

static int compare(const void *a, const void *b)
{
    const struct suggestion *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return strcmp(x->key, y->key);
}

/* What may be a name is kept only where it is surely something else. */
static bool is_held(const struct suggestion *s, int score)
{
    return suggest_is_number(s->spelling) ||
           (score < SCORE_STRONG && suggest_is_person(s->spelling));
}

static void hold(struct suggestions *s, const struct suggestion *item)
{
    s->held += item->count;
    s->cells -= item->count;
}

static bool is_unguessed(const struct suggestion *s)
{
    return !*s->code && !*s->others;
}

/* A column of which so much is near nothing is another than it is taken for: of names, perhaps. */
static void hold_strange_columns(struct suggestions *s, int kinds)
{
    enum { STRANGE = 50 };
    for (int kind = 0; kind < kinds; kind++) {
        size_t unguessed = 0, kept = 0;
        for (size_t i = 0; i < s->count; i++)
            unguessed += s->items[i].kind == kind && is_unguessed(&s->items[i]);
        for (size_t i = 0; unguessed > STRANGE && i < s->count; i++) {
            if (s->items[i].kind == kind && is_unguessed(&s->items[i]))
                hold(s, &s->items[i]);
            else
                s->items[kept++] = s->items[i];
        }
        s->count = unguessed > STRANGE ? kept : s->count;
    }
}

bool suggestions_guess(struct suggestions *s, const struct directory *d, const struct lists *l,
                       enum lang lang, struct err *e)
{
    struct guessing g = {.s = s, .d = d, .lists = l, .lang = lang, .e = e};
    size_t kept = 0, sole = sole_root(s, d), kinds;
    bool ok = true;
    for (size_t i = 0; ok && i < s->count; i++) {
        int score = 0;
        g.root = s->items[i].root != NO_ENTRY ? s->items[i].root : sole;
        ok = guess(&g, &s->items[i], &score);
        if (ok && is_held(&s->items[i], score))
            hold(s, &s->items[i]);
        else
            s->items[kept++] = s->items[i];
    }
    s->count = kept;
    lists_items(l, "alias_kind", &kinds);
    hold_strange_columns(s, (int)kinds);
    if (ok && s->count)
        qsort(s->items, s->count, sizeof *s->items, compare);
    guessing_free(&g);
    return ok;
}
