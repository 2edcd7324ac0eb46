#include "report/doc.h"

#include <stdlib.h>
#include <string.h>

void doc_init(struct doc *d, enum doc_form form, enum lang lang)
{
    *d = (struct doc){.form = form, .lang = lang};
}

static void figure_free(struct doc_figure *f)
{
    plot_free(&f->plot);
    buf_free(&f->png);
    buf_free(&f->svg);
}

/* Blocks are the arena's; what grows beside them is freed one by one. */
static void block_free(struct doc_block *b)
{
    free(b->runs);
    if (b->table)
        free(b->table->rows);
    if (b->figure)
        figure_free(b->figure);
}

void doc_free(struct doc *d)
{
    for (size_t i = 0; i < d->block_count; i++)
        block_free(d->blocks[i]);
    free(d->blocks);
    arena_free(&d->arena);
    *d = (struct doc){0};
}

void doc_remove(struct doc *d, size_t at)
{
    block_free(d->blocks[at]);
    d->block_count--;
    memmove(d->blocks + at, d->blocks + at + 1, (d->block_count - at) * sizeof *d->blocks);
}

/* ---- blocks ---- */

static void *allocate(struct doc *d, size_t bytes)
{
    void *made = arena_alloc(&d->arena, bytes);
    d->failed |= !made;
    return made;
}

/* What a number counts stays on its line. */
static bool is_unit(const char *text)
{
    static const char *const units[] = {"vụ", "tin", "đơn vị", "cases", "case", "reports"};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (!strncmp(text, units[i], strlen(units[i])))
            return true;
    return false;
}

static const char *keep(struct doc *d, const char *text)
{
    struct buf b = {0};
    for (const char *at = text; *at; at++) {
        bool joins = *at == ' ' && at > text && at[-1] >= '0' && at[-1] <= '9' && is_unit(at + 1);
        buf_adds(&b, joins ? "\u00a0" : "");
        buf_add(&b, at, joins ? 0 : 1);
    }
    const char *copy = b.failed ? NULL : arena_text(&d->arena, buf_text(&b));
    buf_free(&b);
    d->failed |= !copy;
    return copy ? copy : "";
}

/* Makes room; false: out of memory, noted. */
static bool grow(struct doc *d, void **items, size_t *cap, size_t need, size_t size)
{
    bool ok = array_grow(items, cap, need, size, NULL);
    d->failed |= !ok;
    return ok;
}

struct doc_block *doc_block_new(struct doc *d, enum doc_type type)
{
    struct doc_block *b = allocate(d, sizeof *b);
    if (b)
        b->type = type;
    return b;
}

void doc_insert(struct doc *d, size_t at, struct doc_block *b)
{
    void *blocks = d->blocks;
    if (!b || !grow(d, &blocks, &d->block_cap, d->block_count + 1, sizeof *d->blocks))
        return;
    d->blocks = blocks;
    memmove(d->blocks + at + 1, d->blocks + at, (d->block_count - at) * sizeof *d->blocks);
    d->blocks[at] = b;
    d->block_count++;
}

struct doc_block *doc_add(struct doc *d, enum doc_type type)
{
    size_t before = d->block_count;
    struct doc_block *b = doc_block_new(d, type);
    doc_insert(d, before, b);
    return d->block_count > before ? b : NULL;
}

void doc_run(struct doc *d, struct doc_block *b, const char *text, bool bold, bool italic)
{
    if (!b)
        return;
    void *runs = b->runs;
    if (!grow(d, &runs, &b->run_cap, b->run_count + 1, sizeof *b->runs))
        return;
    b->runs = runs;
    b->runs[b->run_count++] = (struct doc_run){keep(d, text), bold, italic};
}

void doc_block_text(const struct doc_block *b, struct buf *text)
{
    for (size_t i = 0; i < b->run_count; i++)
        buf_adds(text, b->runs[i].text);
}

void doc_heading(struct doc *d, int level, const char *text)
{
    struct doc_block *b = doc_add(d, DOC_HEADING);
    if (b)
        b->level = level;
    doc_run(d, b, text, false, false);
}

void doc_paragraph(struct doc *d, enum doc_role role, const char *text)
{
    struct doc_block *b = doc_add(d, DOC_PARAGRAPH);
    if (b)
        b->role = role;
    doc_run(d, b, text, false, false);
}

void doc_paragraph_made(struct doc *d, enum doc_role role, struct buf *text)
{
    d->failed |= text->failed;
    if (text->len)
        doc_paragraph(d, role, buf_text(text));
    buf_clear(text);
}

void doc_appendix(struct doc *d, const char *title, bool landscape)
{
    struct doc_block *b = doc_add(d, DOC_APPENDIX);
    if (b) {
        b->number = ++d->appendices;
        b->landscape = landscape;
    }
    doc_run(d, b, title, false, false);
}

/* ---- tables ---- */

struct doc_table *doc_table(struct doc *d, const char *caption, const struct doc_column *columns,
                            size_t column_count)
{
    struct doc_block *b = doc_add(d, DOC_TABLE);
    struct doc_table *t = allocate(d, sizeof *t);
    if (!b || !t)
        return NULL;
    *t = (struct doc_table){.caption = keep(d, caption),
                            .number = ++d->tables,
                            .columns = columns,
                            .column_count = column_count};
    b->table = t;
    return t;
}

bool doc_has_groups(const struct doc_table *t)
{
    for (size_t i = 0; i < t->column_count; i++)
        if (t->columns[i].group)
            return true;
    return false;
}

size_t doc_group_size(const struct doc_table *t, size_t at)
{
    const char *group = t->columns[at].group;
    size_t n = 1;
    while (group && at + n < t->column_count && t->columns[at + n].group &&
           !strcmp(t->columns[at + n].group, group))
        n++;
    return n;
}

void doc_row(struct doc *d, struct doc_table *t, bool strong)
{
    if (!t)
        return;
    const char **cells = allocate(d, t->column_count * sizeof *cells);
    void *rows = t->rows;
    if (!cells || !grow(d, &rows, &t->row_cap, t->row_count + 1, sizeof *t->rows))
        return;
    for (size_t i = 0; i < t->column_count; i++)
        cells[i] = "";
    t->rows = rows;
    t->rows[t->row_count++] = (struct doc_row){cells, strong};
}

void doc_cell(struct doc *d, struct doc_table *t, size_t column, const char *text)
{
    if (t && t->row_count)
        t->rows[t->row_count - 1].cells[column] = keep(d, text);
}

void doc_cell_made(struct doc *d, struct doc_table *t, size_t column, struct buf *text)
{
    d->failed |= text->failed;
    doc_cell(d, t, column, buf_text(text));
    buf_clear(text);
}

/* ---- figures ---- */

struct doc_figure *doc_figure(struct doc *d, struct plot *plot, const char *caption,
                              const char *alt)
{
    struct doc_block *b = doc_add(d, DOC_FIGURE);
    struct doc_figure *f = b ? allocate(d, sizeof *f) : NULL;
    if (!f) {
        plot_free(plot);
        return NULL;
    }
    *f = (struct doc_figure){
        .caption = keep(d, caption), .alt = keep(d, alt), .number = ++d->figures, .plot = *plot};
    *plot = (struct plot){0};
    b->figure = f;
    return f;
}

bool doc_draw(struct doc *d, struct err *e)
{
    struct plot_picture *pictures = calloc((size_t)d->figures + 1, sizeof *pictures);
    size_t n = 0;
    bool ok = (pictures && !d->failed) || err_memory(e);
    for (size_t i = 0; ok && i < d->block_count; i++) {
        struct doc_figure *f = d->blocks[i]->figure;
        if (f)
            pictures[n++] = (struct plot_picture){&f->plot, &f->png, &f->svg};
    }
    ok = ok && plot_draw(pictures, n, e);
    free(pictures);
    return ok;
}
