/* xlsx_rows.c: the rows of one sheet as its XML goes by. A piece of XML gives many rows: they wait
 * in one array of cells and one buffer of text until they are asked for. */
#include <stdlib.h>
#include <string.h>

#include "ingest/office.h"
#include "ingest/xlsx.h"

enum cell_type { TYPE_NUMBER, TYPE_SHARED, TYPE_TEXT, TYPE_BOOL, TYPE_ERROR, TYPE_DATE };

/* A cell that waits: its text is shared, or bytes of the buffer. */
struct waiting {
    struct xlsx_cell cell;
    size_t at; /* of its text in the buffer; only where cell.text.text is NULL */
};

struct ready_row {
    size_t line, first, count;
};

struct xlsx_rows {
    struct xlsx *x;
    struct office_part *part;
    const char *sheet;
    struct err fault; /* of a handler */
    bool more;

    struct buf text, shown;
    struct waiting *cells;
    size_t count, cap;
    struct ready_row *rows; /* complete ones; next is the one to be asked for */
    size_t row_count, row_cap, next;
    struct xlsx_cell *given; /* of the row last asked for */
    size_t given_cap;

    /* of the row and the cell that are being read */
    bool in_row;
    size_t line, first, last_line, column, value_at;
    enum cell_type type;
    unsigned char format;
    bool in_text, in_reading, has_value, has_formula;
};

/* ---- handlers ---- */

static void fail(struct xlsx_rows *r)
{
    err_set(&r->fault, ERR_INPUT,
            "%s[%s]: line %zu of its XML is no sheet: open it in Excel, save it again and try anew",
            r->x->path, r->sheet, office_part_line(r->part));
    office_part_stop(r->part);
}

static void fail_memory(struct xlsx_rows *r)
{
    err_memory(&r->fault);
    office_part_stop(r->part);
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

static void start_row(struct xlsx_rows *r, const char *const *attributes)
{
    const char *at = office_attribute(attributes, "r");
    r->line = at ? strtoul(at, NULL, 10) : r->last_line + 1;
    r->first = r->count;
    r->value_at = r->text.len;
    r->column = 0;
    r->in_row = true;
    if (r->line <= r->last_line || r->line > XLSX_ROWS_MAX)
        fail(r);
    r->last_line = r->line;
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

static void start_cell(struct xlsx_rows *r, const char *const *attributes)
{
    size_t line, style = 0;
    r->type = TYPE_NUMBER;
    r->has_value = r->has_formula = false;
    r->value_at = r->text.len;
    for (size_t i = 0; attributes[i]; i += 2) {
        const char *value = attributes[i + 1];
        switch (attributes[i][0]) {
        case 'r':
            if (!xlsx_reference(value, &r->column, &line))
                fail(r);
            break;
        case 's':
            style = strtoul(value, NULL, 10);
            break;
        case 't':
            r->type = type_of(value);
            break;
        default:
            break;
        }
    }
    r->format = style < r->x->format_count ? r->x->formats[style] : NUMBER_PLAIN;
    if (r->column >= XLSX_COLUMNS_MAX || r->count - r->first >= XLSX_COLUMNS_MAX)
        fail(r);
}

/* The names of nearly all elements are one letter. */
static bool is(const char *name, char letter)
{
    return name[0] == letter && !name[1];
}

static void on_start(void *context, const char *name, const char *const *attributes)
{
    struct xlsx_rows *r = context;
    if (is(name, 'c') && r->in_row)
        start_cell(r, attributes);
    else if (is(name, 'v'))
        r->in_text = r->has_value = true;
    else if (is(name, 't'))
        r->in_text = !r->in_reading;
    else if (is(name, 'f'))
        r->has_formula = true;
    else if (!strcmp(name, "row"))
        start_row(r, attributes);
    else if (!strcmp(name, "rPh"))
        r->in_reading = true;
}

static void on_text(void *context, const char *bytes, size_t n)
{
    struct xlsx_rows *r = context;
    if (!r->in_text || !r->in_row)
        return;
    buf_add(&r->text, bytes, n);
    if (r->text.failed)
        fail_memory(r);
    else if (r->text.len - r->value_at > READER_RECORD_MAX)
        fail(r);
}

/* The text behind value_at becomes what the cell shows. */
static void settle_text(struct xlsx_rows *r, struct waiting *w)
{
    const char *raw = buf_text(&r->text) + r->value_at;
    size_t n = r->text.len - r->value_at;
    if (r->type == TYPE_ERROR) {
        w->cell.fault = CELL_ERROR;
        n = 0;
    } else if (r->type == TYPE_SHARED) {
        size_t i = strtoul(raw, NULL, 10);
        w->cell.text = i < r->x->string_count ? r->x->strings[i] : (struct field){"", 0};
        n = 0;
    } else if (r->type == TYPE_DATE) {
        n = strcspn(raw, "T");
    } else if (r->type == TYPE_NUMBER && n) {
        buf_clear(&r->shown);
        xlsx_add_number(r->x, raw, n, r->format, &r->shown);
        r->text.len = r->value_at;
        buf_add(&r->text, buf_text(&r->shown), r->shown.len);
        n = r->shown.len;
    }
    r->text.failed = r->text.failed || r->shown.failed;
    r->text.len = r->value_at + n;
    if (r->text.data)
        r->text.data[r->text.len] = '\0';
    if (!w->cell.text.text) {
        w->cell.text.n = n;
        w->at = r->value_at;
        buf_add(&r->text, "", 1);
    }
}

static void end_cell(struct xlsx_rows *r)
{
    struct waiting w = {.cell = {.column = r->column++}};
    void *cells = r->cells;
    bool empty = r->text.len == r->value_at;
    if (r->has_formula && (!r->has_value || (empty && r->type == TYPE_NUMBER)))
        w.cell.fault = CELL_UNCALCULATED;
    else if (empty)
        return;
    settle_text(r, &w);
    if (r->text.failed || !array_grow(&cells, &r->cap, r->count + 1, sizeof *r->cells, NULL)) {
        fail_memory(r);
        return;
    }
    r->cells = cells;
    if (w.cell.text.n || w.cell.fault)
        r->cells[r->count++] = w;
}

static void end_row(struct xlsx_rows *r)
{
    void *rows = r->rows;
    r->in_row = false;
    if (r->count == r->first)
        return;
    if (!array_grow(&rows, &r->row_cap, r->row_count + 1, sizeof *r->rows, NULL)) {
        fail_memory(r);
        return;
    }
    r->rows = rows;
    r->rows[r->row_count++] = (struct ready_row){r->line, r->first, r->count - r->first};
}

static void on_end(void *context, const char *name)
{
    struct xlsx_rows *r = context;
    if (is(name, 'v') || is(name, 't'))
        r->in_text = false;
    else if (is(name, 'c') && r->in_row)
        end_cell(r);
    else if (!strcmp(name, "row"))
        end_row(r);
    else if (!strcmp(name, "rPh"))
        r->in_reading = false;
}

/* ---- rows ---- */

bool xlsx_rows_open(struct xlsx_rows **out, struct xlsx *x, size_t sheet, struct err *e)
{
    static const struct office_xml handlers = {on_start, on_end, on_text};
    struct xlsx_rows *r = calloc(1, sizeof *r);
    *out = NULL;
    if (!r)
        return err_memory(e);
    r->x = x;
    r->sheet = x->sheets[sheet].name;
    r->fault.lang = e ? e->lang : LANG_EN;
    r->more = true;
    if (!office_part_open(&r->part, x->office, x->sheets[sheet].part, &handlers, r, e)) {
        xlsx_rows_close(r);
        return false;
    }
    *out = r;
    return true;
}

void xlsx_rows_close(struct xlsx_rows *r)
{
    if (!r)
        return;
    office_part_close(r->part);
    buf_free(&r->text);
    buf_free(&r->shown);
    free(r->cells);
    free(r->rows);
    free(r->given);
    free(r);
}

/* All complete rows were given: what is left of an unfinished one moves to the front. */
static void forget_given(struct xlsx_rows *r)
{
    size_t first = r->in_row ? r->first : r->count, from = r->value_at;
    for (size_t i = first; i < r->count; i++)
        if (!r->cells[i].cell.text.text) {
            from = r->cells[i].at;
            break;
        }
    from = r->in_row ? from : r->text.len;
    if (r->text.data)
        memmove(r->text.data, r->text.data + from, r->text.len - from + 1); /* its NUL too */
    r->text.len -= from;
    for (size_t i = first; i < r->count; i++) {
        r->cells[i - first] = r->cells[i];
        r->cells[i - first].at -= r->cells[i].cell.text.text ? 0 : from;
    }
    r->value_at -= r->in_row ? from : 0;
    r->count -= first;
    r->first = r->row_count = r->next = 0;
}

static bool give(struct xlsx_rows *r, const struct ready_row *ready, struct xlsx_row *row,
                 struct err *e)
{
    void *given = r->given;
    if (!array_grow(&given, &r->given_cap, ready->count, sizeof *r->given, e))
        return false;
    r->given = given;
    for (size_t i = 0; i < ready->count; i++) {
        const struct waiting *w = &r->cells[ready->first + i];
        r->given[i] = w->cell;
        if (!w->cell.text.text)
            r->given[i].text.text = r->text.data + w->at;
    }
    *row = (struct xlsx_row){ready->line, ready->count, r->given};
    return true;
}

bool xlsx_rows_next(struct xlsx_rows *r, struct xlsx_row *row, bool *more, struct err *e)
{
    while (r->next == r->row_count && r->more) {
        forget_given(r);
        if (!office_part_next(r->part, &r->more, e))
            return false;
        if (r->fault.code != ERR_NONE) {
            if (e)
                *e = r->fault;
            return false;
        }
    }
    *more = r->next < r->row_count;
    return !*more || give(r, &r->rows[r->next++], row, e);
}
