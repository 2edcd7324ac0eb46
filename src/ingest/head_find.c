#include "ingest/head_find.h"

#include <stdlib.h>
#include <string.h>

enum { START_ROWS = 20, HEAD_ROWS = 3, CONSTS_MAX = 64 };

struct finder {
    const struct preview *p;
    const struct ingest_options *o;
    struct known_heads *known;
    struct arena *a;
    struct found_head best;
};

/* ---- one head ---- */

static void join(struct buf *text, const struct finder *f, size_t row, size_t rows, size_t column)
{
    const char *last = "";
    buf_clear(text);
    for (size_t i = row; i < row + rows; i++) {
        const char *cell = f->p->rows[i].spread[column];
        if (*cell && strcmp(cell, last)) {
            if (*last)
                buf_addc(text, HEAD_JOIN);
            buf_adds(text, cell);
            last = cell;
        }
    }
}

/* The columns from the first to the last that a row of the head has itself. */
static void find_columns(const struct finder *f, size_t row, size_t rows, size_t *first,
                         size_t *end)
{
    *first = f->p->columns;
    *end = 0;
    for (size_t i = row; i < row + rows; i++) {
        const struct preview_row *r = &f->p->rows[i];
        for (size_t c = 0; c < r->count; c++) {
            if (!*r->cells[c])
                continue;
            *first = c < *first ? c : *first;
            *end = c + 1 > *end ? c + 1 : *end;
        }
    }
}

static bool make_head(const struct finder *f, size_t row, size_t rows, struct found_head *made,
                      struct err *e)
{
    size_t first, end;
    struct buf text = {0};
    find_columns(f, row, rows, &first, &end);
    size_t count = end > first ? end - first : 0;
    struct field *fields = arena_alloc(f->a, (count + 1) * sizeof *fields);
    bool ok = fields != NULL;
    for (size_t c = 0; ok && c < count; c++) {
        join(&text, f, row, rows, first + c);
        fields[c] = (struct field){arena_copy(f->a, buf_text(&text), text.len), text.len};
        ok = fields[c].text && !text.failed;
    }
    buf_free(&text);
    *made = (struct found_head){
        .row = row,
        .rows = rows,
        .first_column = first,
        .head = {.line = f->p->rows[row].line, .count = count, .fields = fields}};
    return ok || err_memory(e);
}

/* ---- how well it fits ---- */

/* Kinds whose rows may all be of one unit or one period. */
static const struct trial {
    enum kind_id kind;
    bool unit, period;
} trials[] = {
    {KIND_INCIDENTS, true, false}, {KIND_COUNTS, true, false},     {KIND_COUNTS, false, true},
    {KIND_COUNTS, true, true},     {KIND_INDICATORS, true, false}, {KIND_INDICATORS, false, true},
    {KIND_INDICATORS, true, true},
};

static bool rate(const struct finder *f, const struct ingest_options *o,
                 const struct found_head *made, struct match_rating *rating, struct err *e)
{
    struct head h;
    struct err own = {0};
    *rating = (struct match_rating){0};
    if (!head_init(&h, o, f->known, "", &made->head, &own))
        return own.code == ERR_INPUT || err_memory(e); /* a name in --map that it lacks */
    bool ok = match_rate(&h, rating, e);
    head_free(&h);
    return ok;
}

/* The rating with a unit, a period or both from elsewhere. */
static bool rate_trial(const struct finder *f, const struct trial *t, struct found_head *made,
                       struct err *e)
{
    struct name_value consts[CONSTS_MAX + 2];
    struct ingest_options o = *f->o;
    struct match_rating rating;
    const char *name = kind_of(t->kind)->name;
    if (o.const_count > CONSTS_MAX || (o.as && strcmp(o.as, name)))
        return true;
    for (size_t i = 0; i < o.const_count; i++)
        consts[i] = o.consts[i];
    if (t->unit)
        consts[o.const_count++] = (struct name_value){"unit", ""};
    if (t->period)
        consts[o.const_count++] = (struct name_value){"period", ""};
    o.consts = consts;
    o.as = name;
    if (!rate(f, &o, made, &rating, e))
        return false;
    if (rating.kind && rating.fits && (!made->fits || rating.score > made->score)) {
        made->kind = rating.kind;
        made->fits = true;
        made->score = rating.score;
        made->lacks_unit = t->unit;
        made->lacks_period = t->period;
    }
    return true;
}

static bool rate_all(const struct finder *f, struct found_head *made, struct err *e)
{
    struct match_rating rating;
    if (!rate(f, f->o, made, &rating, e))
        return false;
    made->kind = rating.kind;
    made->fits = rating.kind && rating.fits;
    made->score = rating.kind ? rating.score : 0;
    bool ok = true, known = !made->fits && made->score > 1;
    for (size_t i = 0; ok && known && i < sizeof trials / sizeof trials[0]; i++)
        ok = rate_trial(f, &trials[i], made, e);
    return ok;
}

/* Of two that fit alike the one with fewer rows, then the upper one. */
static bool is_better(const struct found_head *a, const struct found_head *b)
{
    if (!b->rows || a->fits != b->fits)
        return !b->rows || a->fits;
    return a->score != b->score ? a->score > b->score : a->rows < b->rows;
}

static bool try_row(struct finder *f, size_t row, struct err *e)
{
    for (size_t rows = 1; rows <= HEAD_ROWS && row + rows <= f->p->row_count; rows++) {
        struct found_head made;
        if (!make_head(f, row, rows, &made, e))
            return false;
        if (made.head.count < 2)
            continue;
        if (!rate_all(f, &made, e))
            return false;
        if (is_better(&made, &f->best))
            f->best = made;
    }
    return true;
}

/* ---- what follows the head ---- */

/* The row has nothing under what the head's rows say themselves, but something under a group. */
static bool belongs_to_group(const struct finder *f, const struct preview_row *row)
{
    const struct preview_row *last = &f->p->rows[f->best.row + f->best.rows - 1];
    bool any = false;
    if (!last->has_group)
        return false;
    for (size_t c = 0; c < row->count; c++) {
        bool in_group = c > 0 && *last->spread[c] && !strcmp(last->spread[c], last->spread[c - 1]);
        in_group = in_group || (c + 1 < f->p->columns && *last->spread[c] &&
                                !strcmp(last->spread[c], last->spread[c + 1]));
        if (*row->cells[c] && !in_group)
            return false;
        any = any || *row->cells[c];
    }
    return any;
}

/* A lower row of which nothing is stored is a row of the head all the same. */
static bool extend(struct finder *f, struct err *e)
{
    struct found_head made;
    size_t next = f->best.row + f->best.rows;
    while (f->best.rows < HEAD_ROWS && next < f->p->row_count &&
           belongs_to_group(f, &f->p->rows[next])) {
        if (!make_head(f, f->best.row, f->best.rows + 1, &made, e) || !rate_all(f, &made, e))
            return false;
        if (made.score < f->best.score || made.fits != f->best.fits)
            return true;
        f->best = made;
        next++;
    }
    return true;
}

/* "(3)", "3" or "B": its place in the row of numbers; 0 where it is none. */
static long numbering(const char *cell, bool *is_letter)
{
    char *end;
    cell += *cell == '(';
    *is_letter = cell[0] >= 'A' && cell[0] <= 'Z' && (!cell[1] || cell[1] == ')');
    if (*is_letter)
        return cell[0] - 'A' + 1;
    long n = strtol(cell, &end, 10);
    return end > cell && (!*end || strchr(")=", *end)) ? n : 0;
}

/* (1) (2) (3) …, A B (1) (2) … under the head. */
static bool is_numbering(const struct preview_row *row)
{
    long last[2] = {0, 0}; /* numbers, letters */
    size_t cells = 0;
    for (size_t c = 0; c < row->count; c++) {
        bool is_letter;
        if (!*row->cells[c])
            continue;
        long n = numbering(row->cells[c], &is_letter);
        if (n != last[is_letter] + 1)
            return false;
        last[is_letter] = n;
        cells++;
    }
    return cells >= 3;
}

bool head_find(struct found_head *found, const struct preview *p, const struct ingest_options *o,
               struct known_heads *known, struct arena *a, struct err *e)
{
    struct finder f = {.p = p, .o = o, .known = known, .a = a};
    for (size_t row = 0; row < p->row_count && row < START_ROWS; row++)
        if (p->rows[row].line > o->input.skip_rows && !try_row(&f, row, e))
            return false;
    if (f.best.rows && !extend(&f, e))
        return false;
    *found = f.best;
    if (!found->rows)
        return true;
    size_t next = found->row + found->rows;
    found->first_line = p->rows[next - 1].line + 1;
    if (next < p->row_count && is_numbering(&p->rows[next]))
        found->first_line = p->rows[next].line + 1;
    return true;
}
