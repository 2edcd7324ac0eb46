#include "report/workbook.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "report/show_parts.h"
#include "report/workbook_parts.h"
#include "sys/sys.h"

/* Of the sheet of sources, in characters. */
static const double width_label = 30, width_value = 110;

/* How wide letters are to a digit, in Calibri or what stands in for it; and the most points that a
 * row may be high. */
static const double wide = 0.95, wide_bold = 1.1, height_most = 409;

/* A cell holds 32 767 characters; a longer text (case ids behind a number) is cut, with an
 * ellipsis. */
enum { CELL_BYTES = 32000 };

/* ---- cells ---- */

static void cut(struct buf *text)
{
    if (text->len <= CELL_BYTES)
        return;
    size_t n = CELL_BYTES;
    while (n && ((unsigned char)text->data[n] & 0xc0) == 0x80)
        n--;
    text->len = n;
    buf_adds(text, "…");
}

void book_put(struct book *w, lxw_row_t row, lxw_col_t column, lxw_format *format)
{
    cut(&w->text);
    book_check(w, worksheet_write_string(w->sheet, row, column, buf_text(&w->text), format));
}

void book_put_text(struct book *w, lxw_row_t row, lxw_col_t column, const char *text,
                   lxw_format *format)
{
    buf_clear(&w->text);
    buf_adds(&w->text, text);
    book_put(w, row, column, format);
}

void book_put_merged(struct book *w, lxw_row_t row, lxw_col_t last, const char *text,
                     lxw_format *format)
{
    if (last > 0)
        book_check(w, worksheet_merge_range(w->sheet, row, 0, row, last, "", format));
    book_put_text(w, row, 0, text, format);
}

/* Words go to the next line where they do not fit, as they do in a cell. */
double book_height(const char *text, double width, bool bold)
{
    double room = fmax(width / (bold ? wide_bold : wide), 1), used = 0, lines = 1;
    struct buf word = {0};
    for (size_t n; *text; text += n + (text[n] != '\0')) {
        n = strcspn(text, " \n");
        buf_clear(&word);
        buf_add(&word, text, n);
        double length = (double)text_width(buf_text(&word));
        bool fits = used == 0 || used + 1 + length <= room;
        lines += !fits + (length > room ? ceil(length / room) - 1 : 0) + (text[n] == '\n');
        used = text[n] == '\n' ? 0 : fits && used > 0 ? used + 1 + length : fmin(length, room);
    }
    buf_free(&word);
    return fmin(lines * LXW_DEF_ROW_HEIGHT, height_most);
}

void book_set_height(struct book *w, lxw_row_t row, double height)
{
    if (height > LXW_DEF_ROW_HEIGHT)
        book_check(w, worksheet_set_row(w->sheet, row, height, NULL));
}

lxw_row_t book_put_above(struct book *w, const char *title, bool synthetic, enum lang lang)
{
    lxw_row_t row = 0;
    if (title)
        book_put_text(w, row++, 0, title, w->title);
    if (synthetic)
        book_put_text(w, row++, 0, show_simulated(lang), w->bold);
    return row;
}

void book_page(struct book *w)
{
    worksheet_set_landscape(w->sheet);
    worksheet_set_paper(w->sheet, 9); /* A4 */
    worksheet_fit_to_pages(w->sheet, 1, 0);
    book_check(w, worksheet_set_footer(w->sheet, "&C&P/&N"));
}

/* ---- formats ---- */

static lxw_format *words_format(struct book *w, bool bold)
{
    lxw_format *format = workbook_add_format(w->file);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (bold)
        format_set_bold(format);
    return format;
}

void book_dress_head(lxw_format *format)
{
    format_set_text_wrap(format);
    format_set_bold(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_bg_color(format, 0xE6EAED);
    format_set_bottom(format, LXW_BORDER_THIN);
}

static void make_formats(struct book *w)
{
    w->wrap = words_format(w, false);
    w->strong = words_format(w, true);
    w->bold = workbook_add_format(w->file);
    format_set_bold(w->bold);
    w->title = workbook_add_format(w->file);
    format_set_bold(w->title);
    format_set_font_size(w->title, 14);
    w->head = workbook_add_format(w->file);
    book_dress_head(w->head);
}

/* ---- the last sheet ---- */

struct parts {
    const struct workbook_sheet *sheets;
    size_t sheet_count;
    const struct workbook_text *texts;
    size_t text_count;
    const char **names; /* of the sheets, the last one's first */
    bool synthetic;
    enum lang lang;
};

static bool has_one_table(const struct parts *p)
{
    return p->sheet_count == 1 && p->text_count == 0;
}

static const char *last_name(const struct parts *p)
{
    return tr(p->lang, has_one_table(p) ? "Sources" : "Sources and methods");
}

static void put_pair(struct book *w, lxw_row_t row, const char *label, const char *text, bool head)
{
    double height =
        fmax(book_height(label, width_label, true), book_height(text, width_value, head));
    book_set_height(w, row, height);
    book_put_text(w, row, 0, label, head ? w->head : w->strong);
    book_put_text(w, row, 1, text, head ? w->head : w->wrap);
}

/* Where one table comes from. Returns the first row that stays free. */
static lxw_row_t put_source(struct book *w, const struct result *r, lxw_row_t row)
{
    for (size_t i = 0; i < r->prov_count; i++) {
        const struct prov *p = &r->provs[i];
        put_pair(w, row++, p->label ? tr(r->lang, p->label) : p->key,
                 p->shown ? p->shown : p->value, false);
    }
    for (size_t i = 0; i < r->footer_count; i++)
        put_pair(w, row++, tr(r->lang, "Note"), r->footers[i], false);
    return row;
}

/* A head of its own where there are several. */
static lxw_row_t put_sheet_source(struct book *w, const struct parts *p, size_t at, lxw_row_t row)
{
    const struct result *r = p->sheets[at].result;
    if (!has_one_table(p)) {
        row++;
        put_pair(w, row++, p->names[at + 1], r->title ? r->title : "", true);
    }
    return put_source(w, r, row);
}

static void put_sources(struct book *w, const struct parts *p)
{
    const char *title = has_one_table(p) ? p->sheets[0].result->title : last_name(p);
    lxw_row_t row = book_put_above(w, title, p->synthetic, p->lang);
    for (size_t i = 0; i < p->text_count; i++)
        put_pair(w, row++, p->texts[i].label, p->texts[i].text, false);
    for (size_t i = 0; i < p->sheet_count; i++)
        row = put_sheet_source(w, p, i, row);
    book_check(w, worksheet_set_column(w->sheet, 0, 0, width_label, NULL));
    book_check(w, worksheet_set_column(w->sheet, 1, 1, width_value, NULL));
    book_page(w);
}

/* ---- the file ---- */

static void set_properties(struct book *w, const struct parts *p, int64_t created)
{
    lxw_doc_properties properties = {.created = (time_t)created};
    if (p->sheet_count == 1)
        properties.title = (char *)p->sheets[0].result->title;
    if (p->synthetic)
        properties.comments = (char *)show_simulated(p->lang);
    book_check(w, workbook_set_properties(w->file, &properties));
}

static bool add_sheet(struct book *w, const char *name)
{
    w->sheet = workbook_add_worksheet(w->file, name);
    if (!w->sheet)
        book_check(w, LXW_ERROR_SHEETNAME_ALREADY_USED);
    return w->sheet != NULL;
}

/* The last sheet's first: none of the others may have it. */
static bool make_names(struct parts *p, struct arena *arena)
{
    struct buf name = {0};
    p->names[0] = last_name(p);
    for (size_t i = 0; i < p->sheet_count; i++) {
        book_name(p->sheets[i].name, p->names, i + 1, &name);
        p->names[i + 1] = name.failed ? NULL : arena_text(arena, buf_text(&name));
        if (!p->names[i + 1])
            break;
    }
    bool ok = !name.failed && p->names[p->sheet_count];
    buf_free(&name);
    return ok;
}

static void fill(struct book *w, const struct parts *p, int64_t created)
{
    make_formats(w);
    set_properties(w, p, created);
    for (size_t i = 0; i < p->sheet_count && !w->text.failed; i++)
        if (add_sheet(w, p->names[i + 1]))
            book_put_table(w, &p->sheets[i]);
    if (add_sheet(w, p->names[0]))
        put_sources(w, p);
}

/* `file` is where the library writes, `path` what the user asked for. */
static bool write_file(const struct parts *p, const char *file, const char *path, int64_t created,
                       struct err *e)
{
    struct book w = {.file = workbook_new(file)};
    if (!w.file)
        return err_memory(e);
    fill(&w, p, created);
    book_check(&w, workbook_close(w.file)); /* frees it in any case */
    bool whole = !w.text.failed;
    buf_free(&w.text);
    if (!whole)
        return err_memory(e);
    if (w.error != LXW_NO_ERROR)
        return err_set(e, ERR_FAILED, "%s: cannot write the workbook: %s", path,
                       lxw_strerror(w.error));
    return true;
}

static bool check_rows(const struct parts *p, const char *path, struct err *e)
{
    for (size_t i = 0; i < p->sheet_count; i++) {
        size_t rows = p->sheets[i].result->row_count;
        if (rows > LXW_ROW_MAX / 2)
            return err_set(e, ERR_FAILED, "%s: %zu rows are too many for a sheet: use --format csv",
                           path, rows);
    }
    return true;
}

/* The library opens the reserved file by name and writes over it; o.file stays empty and open, so
 * that commit can sync and rename. */
static bool write_whole(const struct parts *p, const char *path, int64_t created, struct err *e)
{
    struct sys_output o;
    if (!sys_output_open(&o, path, false, e))
        return false;
    bool ok = write_file(p, o.temporary, path, created, e) && sys_output_commit(&o, e);
    if (!ok)
        sys_output_abort(&o);
    return ok;
}

bool workbook_write(const char *path, const struct workbook_sheet *sheets, size_t sheet_count,
                    const struct workbook_text *texts, size_t text_count, int64_t created,
                    struct err *e)
{
    struct arena arena = {0};
    struct parts p = {.sheets = sheets,
                      .sheet_count = sheet_count,
                      .texts = texts,
                      .text_count = text_count,
                      .lang = sheets[0].result->lang};
    for (size_t i = 0; i < sheet_count; i++)
        p.synthetic |= sheets[i].result->synthetic;
    p.names = calloc(sheet_count + 1, sizeof *p.names);
    bool ok = check_rows(&p, path, e) && ((p.names && make_names(&p, &arena)) || err_memory(e)) &&
              write_whole(&p, path, created, e);
    free(p.names);
    arena_free(&arena);
    return ok;
}
