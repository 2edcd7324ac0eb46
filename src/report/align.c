#include "report/align.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* What is alike scores up to 100; less than LEAST is not. */
enum { SAME = 100, SAME_WORDS = 90, LEAST = 40 };

struct words {
    uint64_t *hashes; /* sorted; digits are all the same digit */
    size_t count;
};

/* The items of a record that take part. */
struct side {
    const struct record *r;
    size_t *at;
    struct words *words;
    size_t count;
    struct arena arena;
};

/* ---- words ---- */

static int by_hash(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* FNV-1a of the word, runs of digits counting as one '0'. */
static uint64_t word_hash(const char *word, size_t n)
{
    char masked[64];
    size_t len = 0;
    for (size_t i = 0; i < n && len < sizeof masked; i++) {
        bool digit = word[i] >= '0' && word[i] <= '9';
        if (!digit || !len || masked[len - 1] != '0')
            masked[len++] = digit ? '0' : word[i];
    }
    return text_hash(masked, len);
}

static bool find_words(struct side *s, const char *text, struct words *w)
{
    size_t most = 1;
    for (const char *at = text; *at; at++)
        most += *at == ' ';
    w->hashes = arena_alloc(&s->arena, most * sizeof *w->hashes);
    if (!w->hashes)
        return false;
    while (*text) {
        size_t n = strcspn(text, " ");
        if (n)
            w->hashes[w->count++] = word_hash(text, n);
        text += n + (text[n] == ' ');
    }
    qsort(w->hashes, w->count, sizeof *w->hashes, by_hash);
    return true;
}

static size_t common_words(const struct words *a, const struct words *b)
{
    size_t i = 0, j = 0, n = 0;
    while (i < a->count && j < b->count) {
        int order = by_hash(&a->hashes[i], &b->hashes[j]);
        n += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    return n;
}

/* ---- how alike ---- */

/* A row is its cells; another table's row may stand for one, but not gladly. */
static int alike_rows(const struct record_item *a, const struct record_item *b)
{
    size_t same = 0, n = a->cell_count > b->cell_count ? a->cell_count : b->cell_count;
    for (size_t i = 0; i < a->cell_count && i < b->cell_count; i++)
        same += !strcmp(a->cells[i], b->cells[i]);
    if (same == n)
        return SAME;
    if (a->cell_count == b->cell_count && a->is_head == b->is_head)
        return 10 + (int)(80 * same / n);
    return (int)(60 * same / n);
}

static int alike_words(const char *a, const struct words *x, const char *b, const struct words *y)
{
    size_t all = x->count + y->count, common = common_words(x, y);
    int share = all ? (int)(SAME_WORDS * 2 * common / all) : 0;
    if (share < 60 && x->count >= 3 && strstr(b, a))
        share = 60;
    return share >= LEAST ? share : 0;
}

static int alike(const struct side *a, size_t i, const struct side *b, size_t j)
{
    const struct record_item *x = &a->r->items[a->at[i]], *y = &b->r->items[b->at[j]];
    if (x->kind != y->kind)
        return 0;
    if (x->kind == RECORD_ROW)
        return alike_rows(x, y);
    if (!strcmp(x->text, y->text))
        return SAME;
    if (x->kind == RECORD_FIGURE)
        return 20;
    return alike_words(x->text, &a->words[i], y->text, &b->words[j]);
}

/* ---- the pairing ---- */

static bool take_side(struct side *s, const struct record *r)
{
    s->r = r;
    s->at = calloc(r->count + 1, sizeof *s->at);
    s->words = calloc(r->count + 1, sizeof *s->words);
    bool ok = s->at && s->words;
    for (size_t i = 0; ok && i < r->count; i++) {
        if (r->items[i].is_own)
            continue;
        s->at[s->count] = i;
        ok = find_words(s, r->items[i].text, &s->words[s->count++]);
    }
    return ok;
}

static void free_side(struct side *s)
{
    free(s->at);
    free(s->words);
    arena_free(&s->arena);
}

enum step { BOTH, SKIP_A, SKIP_B };

struct grid {
    const struct side *a, *b;
    size_t from, a_end, b_end; /* what is equal at both ends is outside */
    unsigned char *steps;      /* of (a_end - from + 1) × (b_end - from + 1) */
    int *row, *above;          /* best scores */
};

/* Equal at both ends. */
static void trim(struct grid *g)
{
    const struct side *a = g->a, *b = g->b;
    g->a_end = a->count;
    g->b_end = b->count;
    while (g->from < g->a_end && g->from < g->b_end && alike(a, g->from, b, g->from) == SAME)
        g->from++;
    while (g->a_end > g->from && g->b_end > g->from &&
           alike(a, g->a_end - 1, b, g->b_end - 1) == SAME) {
        g->a_end--;
        g->b_end--;
    }
}

static bool make_grid(struct grid *g)
{
    size_t high = g->a_end - g->from + 1, wide = g->b_end - g->from + 1;
    g->steps = malloc(high * wide);
    g->row = calloc(wide, sizeof *g->row);
    g->above = calloc(wide, sizeof *g->above);
    return g->steps && g->row && g->above;
}

static void fill_row(struct grid *g, size_t i, size_t wide)
{
    unsigned char *steps = g->steps + i * wide;
    g->row[0] = 0;
    steps[0] = SKIP_A;
    for (size_t j = 1; j < wide; j++) {
        int score = alike(g->a, g->from + i - 1, g->b, g->from + j - 1);
        int both = score ? g->above[j - 1] + score : -1;
        enum step step = g->above[j] >= g->row[j - 1] ? SKIP_A : SKIP_B;
        int best = step == SKIP_A ? g->above[j] : g->row[j - 1];
        g->row[j] = both >= best ? both : best;
        steps[j] = (unsigned char)(both >= best ? BOTH : step);
    }
}

static void fill(struct grid *g)
{
    size_t high = g->a_end - g->from + 1, wide = g->b_end - g->from + 1;
    memset(g->steps, SKIP_B, wide);
    for (size_t i = 1; i < high; i++) {
        int *row = g->above;
        g->above = g->row;
        g->row = row;
        if (i == 1)
            memset(g->above, 0, wide * sizeof *g->above);
        fill_row(g, i, wide);
    }
}

static void walk_back(const struct grid *g, size_t *match)
{
    size_t i = g->a_end - g->from, j = g->b_end - g->from, wide = j + 1;
    while (i && j) {
        enum step step = (enum step)g->steps[i * wide + j];
        i -= step != SKIP_B;
        j -= step != SKIP_A;
        if (step == BOTH)
            match[g->a->at[g->from + i]] = g->b->at[g->from + j];
    }
}

bool align_records(const struct record *a, const struct record *b, size_t *match, struct err *e)
{
    struct side x = {0}, y = {0};
    struct grid g = {.a = &x, .b = &y};
    for (size_t i = 0; i < a->count; i++)
        match[i] = ALIGN_NONE;
    bool ok = take_side(&x, a) && take_side(&y, b);
    if (ok) {
        trim(&g);
        ok = make_grid(&g);
    }
    if (ok) {
        fill(&g);
        walk_back(&g, match);
        for (size_t i = 0; i < g.from; i++)
            match[x.at[i]] = y.at[i];
        for (size_t i = g.a_end, j = g.b_end; i < x.count; i++, j++)
            match[x.at[i]] = y.at[j];
    }
    free(g.steps);
    free(g.row);
    free(g.above);
    free_side(&x);
    free_side(&y);
    return ok || err_memory(e);
}
