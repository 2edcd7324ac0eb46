/* The workbook, by libxlsxwriter: a sheet of all columns and a sheet of sources. Widths are known
 * only when all cells are written, so the lines above and below the table come last. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <xlsxwriter.h>

#include "base/lang.h"
#include "base/text.h"
#include "report/show.h"
#include "report/show_parts.h"
#include "sys/sys.h"

/* 1980-01-01, the first day that a zip entry can carry. */
static const time_t created_default = 315532800;

/* Widths in characters. */
static const double width_number = 9, width_most = 48, width_label = 30, width_value = 110;

/* A cell holds 32 767 characters; a longer text (case ids behind a number) is cut, with an
 * ellipsis. */
enum { CELL_BYTES = 32000 };

/* Excel and LibreOffice put the reader's own decimal and thousands signs. Percentages are on the
 * 0-100 scale, chances on 0-1. */
static const char *const number_formats[] = {
    [COLUMN_COUNT] = "#,##0;\"−\"#,##0",
    [COLUMN_CHANGE] = "+#,##0;\"−\"#,##0;0",
    [COLUMN_PERCENT] = "0.0\"%\";\"−\"0.0\"%\"",
    [COLUMN_PROB] = "[<0.01]\"<1%\";[>0.99]\">99%\";0%",
    [COLUMN_P] = "0.000",
};

struct book {
    const struct result *r;
    lxw_workbook *file;
    lxw_worksheet *sheet; /* the one being written */
    lxw_format *title, *head, *bold, *wrap;
    lxw_format **formats; /* of the columns */
    double *widths;       /* of the columns */
    struct buf text;      /* of the cell being written */
    lxw_error error;      /* the first */
};

static void book_check(struct book *w, lxw_error error)
{
    if (w->error == LXW_NO_ERROR)
        w->error = error;
}

static void book_cut(struct buf *text)
{
    if (text->len <= CELL_BYTES)
        return;
    size_t n = CELL_BYTES;
    while (n && ((unsigned char)text->data[n] & 0xc0) == 0x80)
        n--;
    text->len = n;
    buf_adds(text, "…");
}

/* Writes w->text. */
static void book_put(struct book *w, lxw_row_t row, lxw_col_t column, lxw_format *format)
{
    book_cut(&w->text);
    book_check(w, worksheet_write_string(w->sheet, row, column, buf_text(&w->text), format));
}

static void book_put_text(struct book *w, lxw_row_t row, lxw_col_t column, const char *text,
                          lxw_format *format)
{
    buf_clear(&w->text);
    buf_adds(&w->text, text);
    book_put(w, row, column, format);
}

/* ---- formats ---- */

static lxw_format *book_words(struct book *w, bool bold)
{
    lxw_format *format = workbook_add_format(w->file);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (bold)
        format_set_bold(format);
    return format;
}

static lxw_format *book_head(struct book *w)
{
    lxw_format *format = book_words(w, true);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_bg_color(format, 0xE6EAED);
    format_set_bottom(format, LXW_BORDER_THIN);
    return format;
}

static lxw_format *book_column_format(struct book *w, const struct column *column)
{
    if (show_is_words(column->type))
        return w->wrap;
    lxw_format *format = workbook_add_format(w->file);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    format_set_align(format, LXW_ALIGN_RIGHT);
    if (column->type != COLUMN_REAL) {
        format_set_num_format(format, number_formats[column->type]);
        return format;
    }
    char digits[16] = "";
    for (int i = 0; i < column->decimals && i < 12; i++)
        strcat(digits, i ? "0" : ".0");
    buf_clear(&w->text);
    buf_addf(&w->text, "#,##0%s;\"−\"#,##0%s", digits, digits);
    format_set_num_format(format, buf_text(&w->text));
    return format;
}

static void book_formats(struct book *w)
{
    w->wrap = book_words(w, false);
    w->bold = workbook_add_format(w->file);
    format_set_bold(w->bold);
    w->title = workbook_add_format(w->file);
    format_set_bold(w->title);
    format_set_font_size(w->title, 14);
    w->head = book_head(w);
    for (size_t i = 0; i < w->r->column_count; i++)
        w->formats[i] = book_column_format(w, &w->r->columns[i]);
}

/* ---- the table ---- */

static void book_widen(struct book *w, size_t column, double width)
{
    if (width > w->widths[column])
        w->widths[column] = fmin(width, width_most);
}

static void book_put_head(struct book *w, lxw_row_t row, size_t i)
{
    const struct column *column = &w->r->columns[i];
    const char *title = column->title ? tr(w->r->lang, column->title) : column->name;
    book_put_text(w, row, (lxw_col_t)i, title, w->head);
    /* The longest word must fit beside the filter's button; the rest of the title wraps. */
    for (const char *word = title; *word; word += *word == ' ') {
        size_t n = strcspn(word, " ");
        buf_clear(&w->text);
        buf_add(&w->text, word, n);
        book_widen(w, i, (double)text_width(buf_text(&w->text)) + 4);
        word += n;
    }
    if (!show_is_words(column->type))
        book_widen(w, i, width_number);
}

static void book_put_number(struct book *w, lxw_row_t row, size_t i, double x)
{
    double digits = floor(log10(fmax(fabs(x), 1))) + 1;
    book_widen(w, i, digits * 4 / 3 + w->r->columns[i].decimals + 3);
    book_check(w, worksheet_write_number(w->sheet, row, (lxw_col_t)i, x, w->formats[i]));
}

/* `r_row` is the result's row, `row` the sheet's. */
static void book_put_cell(struct book *w, lxw_row_t row, size_t r_row, size_t i)
{
    const struct cell *cell = &w->r->cells[r_row * w->r->column_count + i];
    if (cell->type == CELL_EMPTY || (cell->type == CELL_REAL && !isfinite(cell->as.x)))
        return;
    if (cell->type != CELL_TEXT && !show_is_words(w->r->columns[i].type)) {
        book_put_number(w, row, i, cell->type == CELL_INT ? (double)cell->as.i : cell->as.x);
        return;
    }
    buf_clear(&w->text);
    show_cell(w->r, r_row, i, &w->text);
    book_widen(w, i, (double)text_width(buf_text(&w->text)) + 2);
    book_put(w, row, (lxw_col_t)i, w->formats[i]);
}

/* A line below the table, wrapped over its whole width. Excel does not fit the height of merged
 * cells by itself. */
static void book_put_line(struct book *w, lxw_row_t row, const char *text)
{
    lxw_col_t last = (lxw_col_t)(w->r->column_count - 1);
    double room = 0;
    for (size_t i = 0; i < w->r->column_count; i++)
        room += w->widths[i];
    double lines = ceil((double)text_width(text) * 1.1 / room);
    buf_clear(&w->text);
    buf_adds(&w->text, text);
    book_cut(&w->text);
    book_check(w, worksheet_set_row(w->sheet, row, LXW_DEF_ROW_HEIGHT * fmax(lines, 1), NULL));
    if (last > 0)
        book_check(w,
                   worksheet_merge_range(w->sheet, row, 0, row, last, buf_text(&w->text), w->wrap));
    else
        book_put(w, row, 0, w->wrap);
}

/* Returns the first row of the sheet that stays free. */
static lxw_row_t book_put_below(struct book *w, lxw_row_t row)
{
    row++;
    for (size_t i = 0; i < w->r->footer_count; i++)
        book_put_line(w, row++, w->r->footers[i]);
    struct buf provenance = {0};
    show_provenance(w->r, &provenance);
    if (provenance.len)
        book_put_line(w, row++, buf_text(&provenance));
    w->text.failed |= provenance.failed;
    buf_free(&provenance);
    return row;
}

static void book_page(struct book *w)
{
    worksheet_set_landscape(w->sheet);
    worksheet_set_paper(w->sheet, 9); /* A4 */
    worksheet_fit_to_pages(w->sheet, 1, 0);
    book_check(w, worksheet_set_footer(w->sheet, "&C&P/&N"));
}

static lxw_row_t book_put_above(struct book *w)
{
    lxw_row_t row = 0;
    if (w->r->title)
        book_put_text(w, row++, 0, w->r->title, w->title);
    if (w->r->synthetic)
        book_put_text(w, row++, 0, show_simulated(w->r->lang), w->bold);
    return row;
}

static void book_data(struct book *w)
{
    size_t columns = w->r->column_count;
    lxw_col_t last = (lxw_col_t)(columns - 1);
    lxw_row_t head = book_put_above(w), row = head + 1;
    for (size_t i = 0; i < columns; i++)
        book_put_head(w, head, i);
    for (size_t k = 0; k < w->r->row_count; k++, row++)
        for (size_t i = 0; i < columns; i++)
            book_put_cell(w, row, k, i);
    for (size_t i = 0; i < columns; i++)
        book_check(w,
                   worksheet_set_column(w->sheet, (lxw_col_t)i, (lxw_col_t)i, w->widths[i], NULL));
    book_check(w, worksheet_autofilter(w->sheet, head, 0, row - 1, last));
    row = book_put_below(w, row);
    book_page(w);
    worksheet_freeze_panes(w->sheet, head + 1, 0);
    book_check(w, worksheet_repeat_rows(w->sheet, head, head));
    book_check(w, worksheet_print_area(w->sheet, 0, 0, row - 1, last));
}

/* ---- the sources ---- */

static void book_sources(struct book *w)
{
    const struct result *r = w->r;
    lxw_row_t row = book_put_above(w);
    for (size_t i = 0; i < r->prov_count; i++, row++) {
        const struct prov *p = &r->provs[i];
        book_put_text(w, row, 0, p->label ? tr(r->lang, p->label) : p->key, w->bold);
        book_put_text(w, row, 1, p->shown ? p->shown : p->value, w->wrap);
    }
    for (size_t i = 0; i < r->footer_count; i++, row++) {
        book_put_text(w, row, 0, tr(r->lang, "Note"), w->bold);
        book_put_text(w, row, 1, r->footers[i], w->wrap);
    }
    book_check(w, worksheet_set_column(w->sheet, 0, 0, width_label, NULL));
    book_check(w, worksheet_set_column(w->sheet, 1, 1, width_value, NULL));
    book_page(w);
}

/* ---- the file ---- */

/* The same input gives the same bytes: without a date of its own a workbook carries the clock's.
 * The library takes 0 for "now". */
static time_t created_time(void)
{
    if (!getenv("SOURCE_DATE_EPOCH"))
        return created_default;
    int64_t now = sys_now();
    return now > 0 ? (time_t)now : created_default;
}

static void book_properties(struct book *w)
{
    lxw_doc_properties properties = {.title = (char *)w->r->title, .created = created_time()};
    if (w->r->synthetic)
        properties.comments = (char *)show_simulated(w->r->lang);
    book_check(w, workbook_set_properties(w->file, &properties));
}

static bool book_add_sheet(struct book *w, const char *name)
{
    w->sheet = workbook_add_worksheet(w->file, name);
    if (!w->sheet)
        book_check(w, LXW_ERROR_SHEETNAME_ALREADY_USED);
    return w->sheet != NULL;
}

static void book_fill(struct book *w)
{
    w->formats = calloc(w->r->column_count, sizeof(lxw_format *));
    w->widths = calloc(w->r->column_count, sizeof *w->widths);
    if (!w->formats || !w->widths) {
        w->text.failed = true;
        return;
    }
    book_formats(w);
    book_properties(w);
    if (book_add_sheet(w, tr(w->r->lang, "Data")))
        book_data(w);
    if (book_add_sheet(w, tr(w->r->lang, "Sources")))
        book_sources(w);
}

/* `file` is where the library writes, `path` what the user asked for. */
static bool book_write(const struct result *r, const char *file, const char *path, struct err *e)
{
    struct book w = {.r = r, .file = workbook_new(file)};
    if (!w.file)
        return err_memory(e);
    book_fill(&w);
    book_check(&w, workbook_close(w.file)); /* frees it in any case */
    bool whole = !w.text.failed;
    free(w.formats);
    free(w.widths);
    buf_free(&w.text);
    if (!whole)
        return err_memory(e);
    if (w.error != LXW_NO_ERROR)
        return err_set(e, ERR_FAILED, "%s: cannot write the workbook: %s", path,
                       lxw_strerror(w.error));
    return true;
}

bool show_xlsx(const struct result *r, const char *path, struct err *e)
{
    if (r->row_count > LXW_ROW_MAX / 2)
        return err_set(e, ERR_FAILED, "%s: %zu rows are too many for a sheet: use --format csv",
                       path, r->row_count);
    struct sys_output o;
    if (!sys_output_open(&o, path, false, e))
        return false;
    /* The library opens the reserved file by name and writes over it; o.file stays empty and open,
     * so that commit can sync and rename. */
    bool ok = book_write(r, o.temporary, path, e) && sys_output_commit(&o, e);
    if (!ok)
        sys_output_abort(&o);
    return ok;
}
