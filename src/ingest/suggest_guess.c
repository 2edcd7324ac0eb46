/* suggest_guess.c: what each spelling was probably meant to be. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ingest/directory_index.h"
#include "ingest/suggest_private.h"

/* A name that a spelling may mean: its plain key, and whose it is. */
struct candidate {
    const char *key;
    size_t entry;
};

struct candidates {
    struct candidate *items;
    size_t count, cap;
    struct arena arena;
};

enum { OTHERS_MAX = 4, NEAR_SCORE = 10 };

struct guessing {
    struct suggestions *s;
    const struct directory *d;
    const struct lists *lists;
    enum lang lang;
    size_t root;                         /* the sheet's, NO_ENTRY */
    struct candidates units, categories; /* made when first asked for */
    struct buf key, expanded;
    int *scores; /* of the spelling in hand, by entry */
    size_t entries;
    struct err *e;
};

/* ---- candidates ---- */

static bool add_candidate(struct candidates *c, const char *key, size_t entry, struct err *e)
{
    void *items = c->items;
    if (!*key)
        return true;
    if (!array_grow(&items, &c->cap, c->count + 1, sizeof *c->items, e))
        return false;
    c->items = items;
    c->items[c->count] = (struct candidate){arena_text(&c->arena, key), entry};
    return c->items[c->count++].key || err_memory(e);
}

static bool add_text(struct candidates *c, const char *text, size_t n, size_t entry, struct err *e)
{
    struct buf key = {0};
    bool ok =
        suggest_key(text, n, &key) ? add_candidate(c, buf_text(&key), entry, e) : err_memory(e);
    buf_free(&key);
    return ok;
}

/* With and without the word that says what kind of area it is. */
static bool add_unit(struct candidates *c, const struct unit *u, size_t entry, struct err *e)
{
    struct name_forms f = {0};
    bool ok = name_forms_read(&f, u->name, strlen(u->name), true) || err_memory(e);
    ok = ok && add_text(c, f.base[NAME_PLAIN], strlen(f.base[NAME_PLAIN]), entry, e) &&
         add_text(c, f.full[NAME_PLAIN], strlen(f.full[NAME_PLAIN]), entry, e);
    name_forms_free(&f);
    return ok;
}

static bool make_units(struct guessing *g)
{
    bool ok = true;
    if (g->units.count)
        return true;
    for (size_t u = 0; ok && u < g->d->unit_count; u++)
        if (!g->d->units[u].is_unknown && !g->d->units[u].is_group &&
            unit_is_inside(g->d, g->s->unit, u))
            ok = add_unit(&g->units, &g->d->units[u], u, g->e);
    return ok;
}

static bool add_category(struct candidates *c, const struct category *k, size_t entry,
                         struct err *e)
{
    bool ok = add_text(c, k->name, strlen(k->name), entry, e);
    for (const char *alias = k->aliases; ok && *alias;) {
        size_t n = strcspn(alias, ";");
        ok = add_text(c, alias, n, entry, e);
        alias += n + (alias[n] == ';');
    }
    return ok;
}

static bool make_categories(struct guessing *g)
{
    bool ok = true;
    if (g->categories.count)
        return true;
    for (size_t c = 0; ok && c < g->d->category_count; c++)
        if (category_is_inside(g->d, g->s->category, c))
            ok = add_category(&g->categories, &g->d->categories[c], c, g->e);
    return ok;
}

/* ---- scores ---- */

static void offer(struct guessing *g, size_t entry, int score)
{
    if (score > g->scores[entry])
        g->scores[entry] = score;
}

static void score_all(struct guessing *g, const struct candidates *c, bool words)
{
    enum { WRITTEN_OUT = 96 }; /* an abbreviation may mean something else */
    const char *key = buf_text(&g->key);
    bool expanded = words && suggest_expand(key, &g->expanded);
    for (size_t i = 0; i < c->count; i++) {
        const struct candidate *k = &c->items[i];
        offer(g, k->entry, suggest_score(key, k->key, words));
        int score = expanded ? suggest_score(buf_text(&g->expanded), k->key, words) : 0;
        offer(g, k->entry, score > WRITTEN_OUT ? WRITTEN_OUT : score);
    }
}

/* What stands in front of a unit's name beside the kind of area. */
static const char *behind_office(const char *key)
{
    static const char *const offices[] = {"cong an ", "ca ", "cax ", "cap ", "ubnd ", "dia ban "};
    for (size_t i = 0; i < sizeof offices / sizeof offices[0]; i++)
        if (!strncmp(key, offices[i], strlen(offices[i])))
            return key + strlen(offices[i]);
    return key;
}

static bool score_name(struct guessing *g, const char *name)
{
    if (!suggest_key(name, strlen(name), &g->key))
        return err_memory(g->e);
    score_all(g, &g->units, false);
    return true;
}

/* "CA xã Trường Xuân, huyện Tháp Mười": what is before the comma, without the office's word; with
 * and without the kind of area, which "P. Điền" may not be. */
static bool score_unit(struct guessing *g, const char *spelling)
{
    struct buf plain = {0};
    struct name_forms f = {0};
    bool ok =
        make_units(g) && (text_key(spelling, strcspn(spelling, ",("), &plain) || err_memory(g->e));
    const char *name = behind_office(buf_text(&plain));
    ok = ok && (name_forms_read(&f, name, strlen(name), true) || err_memory(g->e)) &&
         score_name(g, f.full[NAME_PLAIN]) && score_name(g, f.base[NAME_PLAIN]);
    name_forms_free(&f);
    buf_free(&plain);
    return ok;
}

/* An article says more than the words around it, which choose among those that have it. */
static void score_articles(struct guessing *g, const struct articles *a)
{
    enum { BY_ARTICLE = 90 };
    for (size_t c = 0; c < g->d->category_count; c++) {
        bool meets = articles_meet(a, g->d->categories[c].articles) &&
                     category_is_inside(g->d, g->s->category, c);
        g->scores[c] = meets ? BY_ARTICLE + g->scores[c] / 10 : 0;
    }
}

static bool score_category(struct guessing *g, const char *spelling)
{
    struct articles articles;
    if (!make_categories(g))
        return false;
    if (!suggest_key(spelling, strlen(spelling), &g->key))
        return err_memory(g->e);
    score_all(g, &g->categories, true);
    articles_read(buf_text(&g->key), &articles);
    if (articles.count)
        score_articles(g, &articles);
    return true;
}

struct list_scores {
    struct guessing *g;
    struct buf key;
};

static bool score_item(void *context, int item, const char *name)
{
    struct list_scores *s = context;
    if (suggest_key(name, strlen(name), &s->key))
        offer(s->g, (size_t)item, suggest_score(buf_text(&s->g->key), buf_text(&s->key), true));
    return !s->key.failed;
}

static bool score_list(struct guessing *g, const char *list, const char *spelling)
{
    struct list_scores s = {.g = g};
    bool ok = suggest_key(spelling, strlen(spelling), &g->key) &&
              lists_each_name(g->lists, list, score_item, &s);
    buf_free(&s.key);
    return ok || err_memory(g->e);
}

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
        ok = score_unit(g, s->spelling);
    else if (s->kind == ALIAS_CATEGORY)
        ok = score_category(g, s->spelling);
    else
        ok = score_list(g, list_of(g, s->kind), s->spelling);
    ok = ok && choose(g, s, score);
    free(g->scores);
    return ok;
}

/* ---- the sheet's root ---- */

static bool has_word(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = words; n && (at = strstr(at, word)); at += n)
        if ((at == words || at[-1] == ' ') && (!at[n] || at[n] == ' '))
            return true;
    return false;
}

/* The root whose code the file's name holds: XHTE-thang-5.csv. */
static size_t root_named(const struct directory *d, const char *name)
{
    struct buf words = {0}, code = {0};
    size_t found = NO_ENTRY, count = 0;
    for (size_t c = 0; c < d->category_count; c++) {
        const struct category *k = &d->categories[c];
        if (k->parent == NO_ENTRY && text_key(name, strlen(name), &words) &&
            text_key(k->code, strlen(k->code), &code) &&
            has_word(buf_text(&words), buf_text(&code))) {
            found = c;
            count++;
        }
    }
    buf_free(&words);
    buf_free(&code);
    return count == 1 ? found : NO_ENTRY;
}

static size_t find_root(const struct suggestions *s, const struct directory *d, const char *name)
{
    size_t found = NO_ENTRY, count = 0;
    if (s->category != NO_ENTRY)
        return d->categories[s->category].root;
    size_t named = root_named(d, name);
    if (named != NO_ENTRY)
        return named;
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

bool suggestions_guess(struct suggestions *s, const struct directory *d, const struct lists *l,
                       const char *name, enum lang lang, struct err *e)
{
    struct guessing g = {.s = s, .d = d, .lists = l, .lang = lang, .e = e};
    size_t kept = 0;
    bool ok = true;
    g.root = find_root(s, d, name);
    for (size_t i = 0; ok && i < s->count; i++) {
        int score = 0;
        ok = guess(&g, &s->items[i], &score);
        if (ok && is_held(&s->items[i], score)) {
            s->held += s->items[i].count;
            s->cells -= s->items[i].count;
        } else {
            s->items[kept++] = s->items[i];
        }
    }
    s->count = kept;
    if (ok && s->count)
        qsort(s->items, s->count, sizeof *s->items, compare);
    free(g.units.items);
    free(g.categories.items);
    arena_free(&g.units.arena);
    arena_free(&g.categories.arena);
    buf_free(&g.key);
    buf_free(&g.expanded);
    return ok;
}
