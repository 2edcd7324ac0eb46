/* workbook_table.c: a sheet with the table of a result. Widths are known only when all cells are
 * written, so the lines below the table come last. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "report/show.h"
#include "report/show_parts.h"
#include "report/workbook_parts.h"

/* Widths in characters. */
static const double width_number = 9, width_date = 11, width_most = 60;

/* Days from Excel's first day to ours; it counts a 29 February 1900, so that only days from March
 * of that year on have the number that they should. */
enum { DAYS_TO_1970 = 25569, DAYS_LEAST = 61 };

/* Excel and LibreOffice put the reader's own decimal and thousands signs. Percentages are on the
 * 0-100 scale, chances on 0-1. */
static const char *const number_formats[] = {
    [COLUMN_COUNT] = "#,##0;\"−\"#,##0",
    [COLUMN_CHANGE] = "+#,##0;\"−\"#,##0;0",
    [COLUMN_PERCENT] = "0.0\"%\";\"−\"0.0\"%\"",
    [COLUMN_PROB] = "[<0.01]\"<1%\";[>0.99]\">99%\";0%",
    [COLUMN_P] = "0.000",
};

enum dates { NO_DATES, DAYS, MONTHS };
static const char *const date_formats[] = {[DAYS] = "dd/mm/yyyy", [MONTHS] = "mm/yyyy"};

/* One column of the sheet. */
struct tab_column {
    size_t at; /* in the result */
    const struct column *column;
    enum dates dates;
    lxw_format *head, *format, *strong; /* of its cells; of those of the total */
    double width, wanted;               /* as it is; without a bound */
};

struct tab {
    struct book *w;
    const struct workbook_sheet *s;
    const struct result *r;
    lxw_row_t first; /* the sheet's row of the result's first */
    struct tab_column *columns;
    size_t column_count;
};

/* `row` is the result's, i the sheet's. */
static const struct cell *tab_cell(const struct tab *t, size_t row, size_t i)
{
    return &t->r->cells[row * t->r->column_count + t->columns[i].at];
}

/* ---- what a column is ---- */

/* Excel's number of the day that a text is, or of a month's first day; 0: it is none. */
static double serial_of(const char *text, enum dates dates)
{
    char shape[] = "0000-00-00";
    bool impossible;
    day d;
    size_t n = dates == DAYS ? 10 : 7;
    if (strlen(text) != n || text[4] != '-' || (n == 10 && text[7] != '-'))
        return 0;
    memcpy(shape, text, n);
    if (dates == MONTHS)
        shape[9] = '1';
    if (!day_parse(shape, 10, &d, &impossible) || d < DAYS_LEAST - DAYS_TO_1970)
        return 0;
    return d + DAYS_TO_1970;
}

static bool all_are(const struct tab *t, size_t i, enum dates dates)
{
    bool some = false;
    for (size_t k = 0; k < t->r->row_count; k++) {
        const struct cell *cell = tab_cell(t, k, i);
        if (cell->type == CELL_EMPTY)
            continue;
        if (cell->type != CELL_TEXT || serial_of(cell->as.s, dates) == 0)
            return false;
        some = true;
    }
    return some;
}

static enum dates dates_of(const struct tab *t, size_t i)
{
    if (t->columns[i].column->type != COLUMN_TEXT)
        return NO_DATES;
    return all_are(t, i, DAYS) ? DAYS : all_are(t, i, MONTHS) ? MONTHS : NO_DATES;
}

static const char *number_format(struct tab *t, size_t i)
{
    const struct column *column = t->columns[i].column;
    if (t->columns[i].dates)
        return date_formats[t->columns[i].dates];
    if (column->type != COLUMN_REAL)
        return number_formats[column->type];
    char digits[16] = "";
    for (int k = 0; k < column->decimals && k < 12; k++)
        strcat(digits, k ? "0" : ".0");
    buf_clear(&t->w->text);
    buf_addf(&t->w->text, "#,##0%s;\"−\"#,##0%s", digits, digits);
    return buf_text(&t->w->text);
}

static bool is_number(const struct tab *t, size_t i)
{
    return !show_is_words(t->columns[i].column->type) || t->columns[i].dates;
}

/* Words behind a number, which ends where they begin, keep away from it. */
static bool keeps_away(const struct tab *t, size_t i)
{
    return i > 0 && !is_number(t, i) && is_number(t, i - 1);
}

static lxw_format *make_format(struct tab *t, size_t i, bool strong)
{
    lxw_format *format = workbook_add_format(t->w->file);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (strong)
        format_set_bold(format);
    if (is_number(t, i)) {
        format_set_align(format, LXW_ALIGN_RIGHT);
        format_set_num_format(format, number_format(t, i));
        return format;
    }
    format_set_text_wrap(format);
    if (keeps_away(t, i))
        format_set_indent(format, 1);
    return format;
}

static lxw_format *make_head(struct tab *t, size_t i)
{
    lxw_format *format = workbook_add_format(t->w->file);
    book_dress_head(format);
    if (is_number(t, i))
        format_set_align(format, LXW_ALIGN_RIGHT);
    else if (keeps_away(t, i))
        format_set_indent(format, 1);
    return format;
}

static void prepare_columns(struct tab *t)
{
    for (size_t i = 0; i < t->column_count; i++) {
        struct tab_column *c = &t->columns[i];
        c->dates = dates_of(t, i);
        c->head = make_head(t, i);
        c->format = make_format(t, i, false);
        c->strong = t->s->total_row < t->r->row_count ? make_format(t, i, true) : c->format;
    }
}

/* ---- cells ---- */

static void widen(struct tab *t, size_t i, double width)
{
    struct tab_column *c = &t->columns[i];
    c->wanted = fmax(width, c->wanted);
    c->width = fmin(c->wanted, width_most);
}

static const char *title_of(const struct tab *t, size_t i)
{
    const struct column *column = t->columns[i].column;
    return column->title ? tr(t->r->lang, column->title) : column->name;
}

static void put_head(struct tab *t, lxw_row_t row, size_t i)
{
    struct book *w = t->w;
    const char *title = title_of(t, i);
    book_put_text(w, row, (lxw_col_t)i, title, t->columns[i].head);
    /* The longest word must fit beside the filter's button; the rest of the title wraps. */
    for (const char *word = title; *word; word += *word == ' ') {
        size_t n = strcspn(word, " ");
        buf_clear(&w->text);
        buf_add(&w->text, word, n);
        widen(t, i, (double)text_width(buf_text(&w->text)) + 4);
        word += n;
    }
    if (is_number(t, i))
        widen(t, i, width_number);
}

static double number_of(const struct cell *cell)
{
    if (cell->type == CELL_INT)
        return (double)cell->as.i;
    return cell->type == CELL_REAL ? cell->as.x : NAN;
}

/* Is the total the sum of its rows? Whole numbers are compared, beyond 2^53 none is. */
static bool is_sum(const struct tab *t, size_t i)
{
    enum column_type type = t->columns[i].column->type;
    double sum = 0, total = number_of(tab_cell(t, t->s->total_row, i));
    if (type != COLUMN_COUNT && type != COLUMN_CHANGE)
        return false;
    for (size_t k = t->s->first_row; k <= t->s->last_row; k++) {
        const struct cell *cell = tab_cell(t, k, i);
        if (cell->type == CELL_TEXT)
            return false;
        if (cell->type != CELL_EMPTY)
            sum += number_of(cell);
    }
    return sum == total && fabs(sum) < 9007199254740992.0 && total == floor(total);
}

static bool sums_rows(const struct tab *t, size_t row)
{
    const struct workbook_sheet *s = t->s;
    bool within = s->first_row <= s->last_row && s->last_row < t->r->row_count;
    return row == s->total_row && within && (row < s->first_row || row > s->last_row);
}

static void put_number(struct tab *t, size_t row, size_t i, double x, lxw_format *format)
{
    struct book *w = t->w;
    lxw_row_t at = t->first + (lxw_row_t)row;
    if (!sums_rows(t, row) || !is_sum(t, i)) {
        book_check(w, worksheet_write_number(w->sheet, at, (lxw_col_t)i, x, format));
        return;
    }
    char range[LXW_MAX_CELL_RANGE_LENGTH], formula[LXW_MAX_CELL_RANGE_LENGTH + 8];
    lxw_rowcol_to_range(range, t->first + (lxw_row_t)t->s->first_row, (lxw_col_t)i,
                        t->first + (lxw_row_t)t->s->last_row, (lxw_col_t)i);
    snprintf(formula, sizeof formula, "=SUM(%s)", range);
    book_check(w, worksheet_write_formula_num(w->sheet, at, (lxw_col_t)i, formula, format, x));
}

/* `row` is the result's. */
static void put_cell(struct tab *t, size_t row, size_t i)
{
    struct tab_column *c = &t->columns[i];
    const struct cell *cell = tab_cell(t, row, i);
    lxw_format *format = row == t->s->total_row ? c->strong : c->format;
    double x = number_of(cell);
    if (cell->type == CELL_EMPTY || (cell->type == CELL_REAL && !isfinite(x)))
        return;
    if (c->dates) {
        widen(t, i, width_date);
        put_number(t, row, i, serial_of(cell->as.s, c->dates), format);
        return;
    }
    if (cell->type != CELL_TEXT && !show_is_words(t->columns[i].column->type)) {
        double digits = floor(log10(fmax(fabs(x), 1))) + 1;
        widen(t, i, digits * 4 / 3 + t->columns[i].column->decimals + 3);
        put_number(t, row, i, x, format);
        return;
    }
    buf_clear(&t->w->text);
    show_cell(t->r, row, c->at, &t->w->text);
    widen(t, i, (double)text_width(buf_text(&t->w->text)) + (keeps_away(t, i) ? 4 : 2));
    book_put(t->w, t->first + (lxw_row_t)row, (lxw_col_t)i, format);
}

/* ---- heights, when the widths are known ---- */

static void fit_head(struct tab *t, lxw_row_t row)
{
    double height = 0;
    for (size_t i = 0; i < t->column_count; i++) /* the filter's button takes room */
        height = fmax(height, book_height(title_of(t, i), t->columns[i].width - 2, true));
    book_set_height(t->w, row, height);
}

static void fit_row(struct tab *t, size_t row)
{
    double height = 0;
    for (size_t i = 0; i < t->column_count; i++) {
        const struct tab_column *c = &t->columns[i];
        if (c->wanted <= c->width)
            continue;
        buf_clear(&t->w->text);
        show_cell(t->r, row, c->at, &t->w->text);
        height = fmax(height, book_height(buf_text(&t->w->text), c->width, row == t->s->total_row));
    }
    book_set_height(t->w, t->first + (lxw_row_t)row, height);
}

/* ---- below the table ---- */

/* A line wrapped over the whole width. */
static void put_line(struct tab *t, lxw_row_t row, const char *text)
{
    double room = 0;
    for (size_t i = 0; i < t->column_count; i++)
        room += t->columns[i].width;
    book_set_height(t->w, row, book_height(text, room, false));
    book_put_merged(t->w, row, (lxw_col_t)(t->column_count - 1), text, t->w->wrap);
}

/* Returns the first row of the sheet that stays free. */
static lxw_row_t put_below(struct tab *t, lxw_row_t row)
{
    row++;
    for (size_t i = 0; i < t->r->footer_count; i++)
        put_line(t, row++, t->r->footers[i]);
    struct buf provenance = {0};
    show_provenance(t->r, &provenance);
    if (provenance.len)
        put_line(t, row++, buf_text(&provenance));
    t->w->text.failed |= provenance.failed;
    buf_free(&provenance);
    return row;
}

/* ---- the sheet ---- */

static void put_all(struct tab *t)
{
    lxw_worksheet *sheet = t->w->sheet;
    size_t columns = t->column_count;
    lxw_col_t last = (lxw_col_t)(columns - 1);
    lxw_row_t head = t->first - 1, end = t->first + (lxw_row_t)t->r->row_count;
    prepare_columns(t);
    for (size_t i = 0; i < columns; i++)
        put_head(t, head, i);
    for (size_t k = 0; k < t->r->row_count; k++)
        for (size_t i = 0; i < columns; i++)
            put_cell(t, k, i);
    fit_head(t, head);
    for (size_t k = 0; k < t->r->row_count; k++)
        fit_row(t, k);
    for (size_t i = 0; i < columns; i++)
        book_check(t->w, worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i,
                                              t->columns[i].width, NULL));
    book_check(t->w, worksheet_autofilter(sheet, head, 0, end - 1, last));
    end = put_below(t, end);
    worksheet_freeze_panes(sheet, t->first, 0);
    book_check(t->w, worksheet_repeat_rows(sheet, head, head));
    book_check(t->w, worksheet_print_area(sheet, 0, 0, end - 1, last));
}

static void add_column(struct tab *t, size_t at)
{
    if (at < t->r->column_count)
        t->columns[t->column_count++] = (struct tab_column){.at = at, .column = &t->r->columns[at]};
}

/* False: out of memory. */
static bool choose_columns(struct tab *t)
{
    const char *const *names = t->s->columns;
    size_t n = 0;
    while (names && names[n])
        n++;
    t->columns = calloc((names ? n : t->r->column_count) + 1, sizeof *t->columns);
    if (!t->columns)
        return false;
    for (size_t i = 0; names ? i < n : i < t->r->column_count; i++)
        add_column(t, names ? result_column(t->r, names[i]) : i);
    return true;
}

void book_put_table(struct book *w, const struct workbook_sheet *s)
{
    const struct result *r = s->result;
    struct tab t = {.w = w, .s = s, .r = r};
    if (!choose_columns(&t)) {
        w->text.failed = true;
        return;
    }
    t.first = book_put_above(w, r->title, r->synthetic, r->lang) + 1;
    if (t.column_count)
        put_all(&t);
    book_page(w);
    free(t.columns);
}
