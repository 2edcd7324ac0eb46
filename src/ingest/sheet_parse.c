/* sheet_parse.c: what the XML of a sheet says, as it goes by. */
#include "ingest/sheet_parse.h"

#include <stdlib.h>
#include <string.h>

void chunk_free(struct chunk *c)
{
    buf_free(&c->text);
    free(c->cells);
    free(c->rows);
    *c = (struct chunk){0};
}

/* ---- handlers ---- */

static void fail(struct sheet_parser *p)
{
    err_set(&p->fault, ERR_INPUT,
            "%s[%s]: behind row %zu the sheet is damaged: open it in Excel, save it again and try "
            "anew",
            p->x->path, p->sheet, p->last_line);
    p->lexer.stopped = true;
}

static void fail_memory(struct sheet_parser *p)
{
    err_memory(&p->fault);
    p->lexer.stopped = true;
}

bool xlsx_reference(const char *text, size_t *column, size_t *line)
{
    size_t c = 0, l = 0;
    for (; *text >= 'A' && *text <= 'Z' && c <= XLSX_COLUMNS_MAX; text++)
        c = c * 26 + (size_t)(*text - 'A') + 1;
    for (; *text >= '0' && *text <= '9' && l <= XLSX_ROWS_MAX; text++)
        l = l * 10 + (size_t)(*text - '0');
    *column = c ? c - 1 : 0;
    *line = l;
    return c && c <= XLSX_COLUMNS_MAX && l <= XLSX_ROWS_MAX && !*text;
}

static void start_row(struct sheet_parser *p, const char *const *attributes)
{
    const char *at = office_attribute(attributes, "r");
    p->line = at ? strtoul(at, NULL, 10) : p->last_line + 1;
    p->first = p->into->count;
    p->value_at = p->into->text.len;
    p->column = 0;
    p->in_row = true;
    if (p->line <= p->last_line || p->line > XLSX_ROWS_MAX)
        fail(p);
    else
        p->last_line = p->line;
}

static enum cell_type type_of(const char *t)
{
    switch (t[0]) {
    case 's':
        return t[1] ? TYPE_TEXT : TYPE_SHARED; /* str */
    case 'i':
        return TYPE_TEXT; /* inlineStr */
    case 'b':
        return TYPE_BOOL;
    case 'e':
        return TYPE_ERROR;
    case 'd':
        return TYPE_DATE;
    default:
        return TYPE_NUMBER;
    }
}

static void start_cell(struct sheet_parser *p, const char *const *attributes)
{
    size_t line, style = 0;
    p->type = TYPE_NUMBER;
    p->has_value = p->has_formula = false;
    p->value_at = p->into->text.len;
    for (size_t i = 0; attributes[i]; i += 2) {
        const char *value = attributes[i + 1];
        if (attributes[i][1])
            continue; /* those that matter are one letter */
        switch (attributes[i][0]) {
        case 'r':
            if (!xlsx_reference(value, &p->column, &line))
                fail(p);
            break;
        case 's':
            style = strtoul(value, NULL, 10);
            break;
        case 't':
            p->type = type_of(value);
            break;
        default:
            break;
        }
    }
    p->format = style < p->x->format_count ? p->x->formats[style] : NUMBER_PLAIN;
    if (p->column >= XLSX_COLUMNS_MAX || p->into->count - p->first >= XLSX_COLUMNS_MAX)
        fail(p);
}

/* The names of nearly all elements are one letter. */
static bool is(const char *name, char letter)
{
    return name[0] == letter && !name[1];
}

static void on_start(void *context, const char *name, const char *const *attributes)
{
    struct sheet_parser *p = context;
    if (is(name, 'c') && p->in_row)
        start_cell(p, attributes);
    else if (is(name, 'v'))
        p->in_text = p->has_value = true;
    else if (is(name, 't'))
        p->in_text = !p->in_reading;
    else if (is(name, 'f'))
        p->has_formula = true;
    else if (!strcmp(name, "row"))
        start_row(p, attributes);
    else if (!strcmp(name, "rPh"))
        p->in_reading = true;
}

static void on_text(void *context, const char *bytes, size_t n)
{
    struct sheet_parser *p = context;
    if (!p->in_text || !p->in_row)
        return;
    buf_add(&p->into->text, bytes, n);
    if (p->into->text.failed)
        fail_memory(p);
    else if (p->into->text.len - p->value_at > READER_RECORD_MAX)
        fail(p);
}

/* The text behind value_at becomes what the cell shows. */
static void settle_text(struct sheet_parser *p, struct chunk_cell *w)
{
    const char *raw = buf_text(&p->into->text) + p->value_at;
    size_t n = p->into->text.len - p->value_at;
    if (p->type == TYPE_ERROR) {
        w->cell.fault = CELL_ERROR;
        n = 0;
    } else if (p->type == TYPE_SHARED) {
        size_t i = strtoul(raw, NULL, 10);
        n = 0;
        if (i < p->x->string_count)
            w->cell.text = p->x->strings[i];
        else
            fail(p);
    } else if (p->type == TYPE_DATE) {
        n = strcspn(raw, "T");
    } else if (p->type == TYPE_NUMBER && n) {
        buf_clear(&p->shown);
        xlsx_add_number(p->x, raw, n, p->format, &p->shown);
        p->into->text.len = p->value_at;
        buf_add(&p->into->text, buf_text(&p->shown), p->shown.len);
        n = p->shown.len;
    }
    p->into->text.failed = p->into->text.failed || p->shown.failed;
    p->into->text.len = p->value_at + n;
    if (p->into->text.data)
        p->into->text.data[p->into->text.len] = '\0';
    if (!w->cell.text.text) {
        w->cell.text.n = n;
        w->at = p->value_at;
        buf_add(&p->into->text, "", 1);
    }
}

static void end_cell(struct sheet_parser *p)
{
    struct chunk_cell w = {.cell = {.column = p->column++}};
    void *cells = p->into->cells;
    bool empty = p->into->text.len == p->value_at;
    if (p->has_formula && (!p->has_value || (empty && p->type == TYPE_NUMBER)))
        w.cell.fault = CELL_UNCALCULATED;
    else if (empty)
        return;
    settle_text(p, &w);
    if (p->into->text.failed ||
        !array_grow(&cells, &p->into->cap, p->into->count + 1, sizeof *p->into->cells, NULL)) {
        fail_memory(p);
        return;
    }
    p->into->cells = cells;
    if (w.cell.text.n || w.cell.fault)
        p->into->cells[p->into->count++] = w;
}

static void end_row(struct sheet_parser *p)
{
    void *rows = p->into->rows;
    p->in_row = false;
    if (p->into->count == p->first)
        return;
    if (!array_grow(&rows, &p->into->row_cap, p->into->row_count + 1, sizeof *p->into->rows,
                    NULL)) {
        fail_memory(p);
        return;
    }
    p->into->rows = rows;
    p->into->rows[p->into->row_count++] =
        (struct chunk_row){p->line, p->first, p->into->count - p->first};
}

static void on_end(void *context, const char *name)
{
    struct sheet_parser *p = context;
    if (is(name, 'v') || is(name, 't'))
        p->in_text = false;
    else if (is(name, 'c') && p->in_row)
        end_cell(p);
    else if (!strcmp(name, "row"))
        end_row(p);
    else if (!strcmp(name, "rPh"))
        p->in_reading = false;
}

/* ---- chunks ---- */

bool sheet_parser_open(struct sheet_parser *p, struct xlsx *x, size_t sheet, struct err *e)
{
    static const struct office_xml handlers = {on_start, on_end, on_text};
    *p = (struct sheet_parser){.x = x, .sheet = x->sheets[sheet].name};
    p->fault.lang = e ? e->lang : LANG_EN;
    p->lexer = (struct xml_lexer){.x = &handlers, .context = p};
    return office_stream_open(&p->stream, x->office, x->sheets[sheet].part, e);
}

void sheet_parser_close(struct sheet_parser *p)
{
    office_stream_close(p->stream);
    xml_lexer_free(&p->lexer);
    chunk_free(&p->rest);
    buf_free(&p->shown);
}

static bool append(struct chunk *to, const struct chunk *from, size_t first, size_t text,
                   struct err *e)
{
    void *cells = to->cells;
    size_t count = from->count - first;
    if (!array_grow(&cells, &to->cap, count, sizeof *to->cells, e))
        return false;
    to->cells = cells;
    for (size_t i = 0; i < count; i++) {
        to->cells[i] = from->cells[first + i];
        to->cells[i].at -= text;
    }
    to->count = count;
    buf_clear(&to->text);
    buf_add(&to->text, buf_text(&from->text) + text, from->text.len - text);
    return !to->text.failed || err_memory(e);
}

/* Where the text of the row begins that is being read: that of its first cell with text of its own,
 * else of the cell that is being read. */
static size_t open_text(const struct sheet_parser *p, const struct chunk *c)
{
    for (size_t i = p->first; i < c->count; i++)
        if (!c->cells[i].cell.text.text)
            return c->cells[i].at;
    return p->value_at;
}

/* Takes the row that the piece has cut out of the chunk. */
static bool keep_rest(struct sheet_parser *p, struct chunk *c, struct err *e)
{
    size_t text = p->in_row ? open_text(p, c) : c->text.len;
    size_t first = p->in_row ? p->first : c->count;
    if (!append(&p->rest, c, first, text, e))
        return false;
    p->value_at = p->in_row ? p->value_at - text : 0;
    p->first = 0;
    c->count = first;
    return true;
}

bool sheet_parser_fill(struct sheet_parser *p, struct chunk *c, struct err *e)
{
    const char *bytes;
    size_t n;
    c->row_count = 0;
    if (!append(c, &p->rest, 0, 0, e))
        return false;
    p->into = c;
    if (!office_stream_next(p->stream, &bytes, &n, e))
        return false;
    if (!xml_lex(&p->lexer, bytes, n)) {
        if (p->lexer.waiting.failed)
            fail_memory(p);
        else
            fail(p);
    }
    if (p->fault.code != ERR_NONE) {
        if (e)
            *e = p->fault;
        return false;
    }
    c->is_last = n == 0;
    return keep_rest(p, c, e);
}
