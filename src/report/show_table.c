/* The table for people: a grid of texts is filled first, because widths are known only at its end.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "report/show.h"
#include "report/show_parts.h"

/* A column on the terminal: a view or, where the result has none, a column of the result. */
struct field {
    const struct view *view; /* NULL: the result's column `column` */
    size_t column;
    size_t width;
    bool is_number; /* stands right */
};

struct grid {
    const struct result *r;
    struct field *fields;
    size_t field_count;
    struct buf text; /* the head's and the cells' texts, each closed by NUL */
    size_t *starts;  /* (1 + row_count) x field_count, into text */
};

static bool view_is_number(const struct result *r, const struct view *v)
{
    size_t a = result_column(r, v->a);
    if (v->type == VIEW_CHANGE || v->type == VIEW_INTERVAL)
        return false; /* words */
    return a == r->column_count || !show_is_words(r->columns[a].type);
}

static bool grid_init(struct grid *g, const struct result *r, bool wide)
{
    bool by_view = !wide && r->view_count;
    size_t n = by_view ? r->view_count : r->column_count;
    *g = (struct grid){.r = r, .field_count = n};
    g->fields = calloc(n + 1, sizeof *g->fields);
    g->starts = calloc((r->row_count + 1) * n + 1, sizeof *g->starts);
    if (!g->fields || !g->starts)
        return false;
    for (size_t i = 0; i < n; i++) {
        struct field *f = &g->fields[i];
        f->view = by_view ? &r->views[i] : NULL;
        f->column = i;
        f->is_number = by_view ? view_is_number(r, f->view) : !show_is_words(r->columns[i].type);
    }
    return true;
}

static void grid_free(struct grid *g)
{
    free(g->fields);
    free(g->starts);
    buf_free(&g->text);
}

static const char *field_title(const struct grid *g, const struct field *f)
{
    if (f->view)
        return tr(g->r->lang, f->view->title);
    const struct column *column = &g->r->columns[f->column];
    return column->title ? tr(g->r->lang, column->title) : column->name;
}

/* Names come from files: no byte of theirs may steer a terminal or break a line. C1 controls are
 * two bytes in UTF-8, C2 80 to C2 9F. */
static void clean_controls(char *text)
{
    for (unsigned char *c = (unsigned char *)text; *c; c++) {
        if (*c < 0x20 || *c == 0x7f)
            *c = ' ';
        else if (c[0] == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0)
            c[0] = c[1] = ' ';
    }
}

/* Line 0 is the head, line k the result's row k - 1. */
static void grid_fill_cell(struct grid *g, size_t line, size_t i)
{
    struct field *f = &g->fields[i];
    size_t start = g->text.len;
    g->starts[line * g->field_count + i] = start;
    if (line == 0)
        buf_adds(&g->text, field_title(g, f));
    else if (f->view)
        show_view(g->r, line - 1, f->view, &g->text);
    else
        show_cell(g->r, line - 1, f->column, &g->text);
    buf_addc(&g->text, '\0');
    if (g->text.failed)
        return;
    clean_controls(g->text.data + start);
    size_t width = text_width(g->text.data + start);
    if (width > f->width)
        f->width = width;
}

static void grid_fill(struct grid *g)
{
    for (size_t line = 0; line <= g->r->row_count; line++)
        for (size_t i = 0; i < g->field_count; i++)
            grid_fill_cell(g, line, i);
}

static void add_spaces(struct buf *b, size_t n)
{
    static const char spaces[] = "                                ";
    for (; n > sizeof spaces - 1; n -= sizeof spaces - 1)
        buf_adds(b, spaces);
    buf_add(b, spaces, n);
}

/* Spaces wait until a text follows them, so that no line ends with one. */
static void add_line(const struct grid *g, size_t line, struct buf *b)
{
    size_t waiting = 0;
    for (size_t i = 0; i < g->field_count; i++) {
        const struct field *f = &g->fields[i];
        const char *text = g->text.data + g->starts[line * g->field_count + i];
        size_t rest = f->width - text_width(text);
        waiting += (i ? 2 : 0) + (f->is_number ? rest : 0);
        if (*text) {
            add_spaces(b, waiting);
            buf_adds(b, text);
            waiting = 0;
        }
        waiting += f->is_number ? 0 : rest;
    }
    buf_addc(b, '\n');
}

static void add_rule(const struct grid *g, struct buf *b)
{
    for (size_t i = 0; i < g->field_count; i++) {
        buf_adds(b, i ? "  " : "");
        for (size_t k = 0; k < g->fields[i].width; k++)
            buf_adds(b, "─");
    }
    buf_addc(b, '\n');
}

/* Titles and footers hold names as well. */
static void add_text_line(struct buf *b, const char *text)
{
    size_t start = b->len;
    buf_adds(b, text);
    if (!b->failed)
        clean_controls(b->data + start);
    buf_addc(b, '\n');
}

static void add_above(const struct result *r, struct buf *b)
{
    if (r->title)
        add_text_line(b, r->title);
    if (r->synthetic)
        add_text_line(b, show_simulated(r->lang));
    if (r->title || r->synthetic)
        buf_addc(b, '\n');
}

static void add_below(const struct result *r, struct buf *b)
{
    struct buf provenance = {0};
    show_provenance(r, &provenance);
    if (r->footer_count || provenance.len)
        buf_addc(b, '\n');
    for (size_t i = 0; i < r->footer_count; i++)
        add_text_line(b, r->footers[i]);
    if (provenance.len)
        add_text_line(b, buf_text(&provenance));
    b->failed |= provenance.failed;
    buf_free(&provenance);
}

static void add_grid(const struct grid *g, struct buf *b)
{
    add_line(g, 0, b);
    add_rule(g, b);
    for (size_t line = 1; line <= g->r->row_count; line++)
        add_line(g, line, b);
    if (!g->r->row_count)
        add_text_line(b, tr(g->r->lang, "Nothing to show."));
}

bool show_table(const struct result *r, bool wide, bool quiet, struct buf *b)
{
    struct grid g;
    bool ok = grid_init(&g, r, wide);
    if (ok)
        grid_fill(&g);
    if (!ok || g.text.failed) {
        b->failed = true;
    } else {
        add_above(r, b);
        add_grid(&g, b);
        if (!quiet)
            add_below(r, b);
    }
    grid_free(&g);
    return !b->failed;
}
