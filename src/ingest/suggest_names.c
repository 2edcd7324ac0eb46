/* suggest_names.c: the names that a spelling may mean, and how near each is. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ingest/directory_index.h"
#include "ingest/suggest_private.h"

void guessing_free(struct guessing *g)
{
    free(g->units.items);
    free(g->categories.items);
    arena_free(&g->units.arena);
    arena_free(&g->categories.arena);
    buf_free(&g->key);
    buf_free(&g->expanded);
}

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
bool guess_unit(struct guessing *g, const char *spelling)
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

bool guess_category(struct guessing *g, const char *spelling)
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

bool guess_item(struct guessing *g, const char *list, const char *spelling)
{
    struct list_scores s = {.g = g};
    bool ok = suggest_key(spelling, strlen(spelling), &g->key) &&
              lists_each_name(g->lists, list, score_item, &s);
    buf_free(&s.key);
    return ok || err_memory(g->e);
}
