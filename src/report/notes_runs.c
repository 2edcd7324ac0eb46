/* notes_runs.c: **bold** and *italic*. Runs of stars are paired as CommonMark does: each that may
 * close looks back for the nearest that may open; two stars at both are bold, one is italic. */
#include <stdlib.h>
#include <string.h>

#include "report/notes_parts.h"

struct stars {
    size_t at, count; /* where and how many are written */
    size_t left;      /* how many found no partner: they are text */
    bool opens, closes;
    int bold, italic; /* what changes here: how many begin, less how many end */
};

struct stars_list {
    struct stars *items;
    size_t count, cap;
    bool failed;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\0';
}

static void add_stars(struct stars_list *l, const char *text, size_t at, size_t n)
{
    void *items = l->items;
    if (!array_grow(&items, &l->cap, l->count + 1, sizeof *l->items, NULL)) {
        l->failed = true;
        return;
    }
    l->items = items;
    l->items[l->count++] = (struct stars){.at = at,
                                          .count = n,
                                          .left = n,
                                          .opens = !is_blank(text[at + n]),
                                          .closes = at > 0 && !is_blank(text[at - 1])};
}

/* Does a backslash here make the next character text? */
static bool is_escape(const char *at)
{
    return at[0] == '\\' && (at[1] == '*' || at[1] == '\\' || at[1] == '#' || at[1] == '-');
}

static void find_stars(struct stars_list *l, const char *text)
{
    for (size_t i = 0; text[i];) {
        size_t n = strspn(text + i, "*");
        if (n)
            add_stars(l, text, i, n);
        i += is_escape(text + i) ? 2 : n ? n : 1;
    }
}

/* A run that may both open and close pairs only where the sum of both is no multiple of three, or
 * both are: CommonMark's rule, by which the stars of *a**b*, say, stay where they are meant. */
static bool may_pair(const struct stars *open, const struct stars *close)
{
    bool both = (open->opens && open->closes) || (close->opens && close->closes);
    bool thirds = open->count % 3 == 0 && close->count % 3 == 0;
    return open->opens && open->left && (!both || (open->count + close->count) % 3 || thirds);
}

/* Between the two there are no openers any more. */
static void pair(struct stars_list *l, size_t open, size_t close)
{
    struct stars *a = &l->items[open], *z = &l->items[close];
    size_t n = a->left >= 2 && z->left >= 2 ? 2 : 1;
    a->left -= n;
    z->left -= n;
    *(n == 2 ? &a->bold : &a->italic) += 1;
    *(n == 2 ? &z->bold : &z->italic) -= 1;
    for (size_t i = open + 1; i < close; i++)
        l->items[i].opens = false;
}

static void pair_all(struct stars_list *l)
{
    for (size_t close = 1; close < l->count; close++) {
        size_t open = close;
        while (open-- > 0 && l->items[close].closes && l->items[close].left)
            for (; may_pair(&l->items[open], &l->items[close]) && l->items[close].left;)
                pair(l, open, close);
    }
}

/* ---- runs ---- */

struct writing {
    struct doc *d;
    struct doc_block *b;
    struct buf run;
    int bold, italic;
};

static void end_run(struct writing *w)
{
    w->d->failed |= w->run.failed;
    if (w->run.len)
        doc_run(w->d, w->b, buf_text(&w->run), w->bold > 0, w->italic > 0);
    buf_clear(&w->run);
}

static void write_left(struct writing *w, const struct stars *s)
{
    for (size_t i = 0; i < s->left; i++)
        buf_addc(&w->run, '*');
}

/* Pairs are made from the inside: stars left over stand outside of what begins or ends here. */
static void write_stars(struct writing *w, const struct stars *s)
{
    bool begins = s->bold > 0 || s->italic > 0;
    if (begins)
        write_left(w, s);
    if (s->bold || s->italic)
        end_run(w);
    w->bold += s->bold;
    w->italic += s->italic;
    if (!begins)
        write_left(w, s);
}

void notes_add_runs(struct doc *d, struct doc_block *b, const char *text)
{
    struct stars_list l = {0};
    struct writing w = {.d = d, .b = b};
    find_stars(&l, text);
    pair_all(&l);
    size_t at = 0;
    for (size_t i = 0; text[i];) {
        if (at < l.count && l.items[at].at == i) {
            write_stars(&w, &l.items[at]);
            i += l.items[at++].count;
            continue;
        }
        i += is_escape(text + i);
        buf_addc(&w.run, text[i++]);
    }
    end_run(&w);
    d->failed |= l.failed;
    free(l.items);
    buf_free(&w.run);
}
