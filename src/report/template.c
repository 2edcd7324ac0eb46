#include "report/template.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "ingest/returned.h"
#include "report/template_parts.h"
#include "sys/sys.h"

/* So many rows are printed, with lines; the others are as good. */
enum { ROWS_RULED = 40 };

/* Excel's page size A4; the table is two pages wide: one is too small to read. */
enum { PAPER_A4 = 9, PAGES_WIDE = 2 };

struct sheet {
    struct book *w;
    const struct template_book *t;
    struct template_column columns[TEMPLATE_COLUMNS];
    struct template_range ranges[TEMPLATE_COLUMNS]; /* by column … */
    struct template_range units;
    size_t count;
    lxw_format *text, *date, *number;                   /* of cells that take something … */
    lxw_format *ruled_text, *ruled_date, *ruled_number; /* … and with lines */
    lxw_format *label, *value, *chosen, *note;
};

/* ---- formats ---- */

static lxw_format *input(struct book *w, const char *format, bool ruled)
{
    lxw_format *f = workbook_add_format(w->file);
    format_set_unlocked(f);
    format_set_num_format(f, format);
    format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    if (format[0] == '@')
        format_set_text_wrap(f);
    else
        format_set_align(f, LXW_ALIGN_CENTER);
    if (ruled) {
        format_set_border(f, LXW_BORDER_THIN);
        format_set_border_color(f, 0x9AA7B2);
    }
    return f;
}

static void make_formats(struct sheet *s)
{
    struct book *w = s->w;
    s->text = input(w, "@", false);
    s->date = input(w, "dd/mm/yyyy", false);
    s->number = input(w, "0", false);
    s->ruled_text = input(w, "@", true);
    s->ruled_date = input(w, "dd/mm/yyyy", true);
    s->ruled_number = input(w, "0", true);
    s->label = workbook_add_format(w->file);
    s->value = workbook_add_format(w->file);
    format_set_bold(s->value);
    s->chosen = input(w, "@", true);
    format_set_bold(s->chosen);
    s->note = workbook_add_format(w->file);
    format_set_italic(s->note);
    format_set_align(s->note, LXW_ALIGN_VERTICAL_TOP);
    w->title = workbook_add_format(w->file);
    format_set_bold(w->title);
    format_set_font_size(w->title, 14);
    w->wrap = workbook_add_format(w->file);
    format_set_text_wrap(w->wrap);
    format_set_align(w->wrap, LXW_ALIGN_VERTICAL_TOP);
    w->head = workbook_add_format(w->file);
    book_dress_head(w->head);
    format_set_border(w->head, LXW_BORDER_THIN);
    format_set_border_color(w->head, 0x9AA7B2);
    format_set_align(w->head, LXW_ALIGN_CENTER);
}

static lxw_format *format_of(const struct sheet *s, size_t i, bool ruled)
{
    enum template_content content = s->columns[i].content;
    if (content == AS_DATE)
        return ruled ? s->ruled_date : s->date;
    if (content == AS_COUNT || content == AS_GRADE)
        return ruled ? s->ruled_number : s->number;
    return ruled ? s->ruled_text : s->text;
}

static void protect(struct book *w)
{
    lxw_protection allowed = {.format_columns = 1, .format_rows = 1};
    worksheet_protect(w->sheet, NULL, &allowed);
}

/* ---- the lists, on the hidden sheet ---- */

static struct template_range
put_list(struct sheet *s, lxw_worksheet *lists, lxw_col_t at, const char *head, size_t count,
         const char *(*item)(const struct sheet *s, size_t column, size_t i), size_t column)
{
    struct template_range range;
    char letters[4] = "";
    s->w->sheet = lists;
    book_put_text(s->w, 0, at, head, NULL);
    for (size_t i = 0; i < count; i++)
        book_put_text(s->w, (lxw_row_t)(i + 1), at, item(s, column, i), NULL);
    lxw_col_to_name(letters, at, 0);
    snprintf(range.formula, sizeof range.formula, "='%.24s'!$%s$2:$%s$%zu", lists->name, letters,
             letters, count + 1);
    return range;
}

static const char *unit_item(const struct sheet *s, size_t column, size_t i)
{
    (void)column;
    return s->t->units.items[i];
}

static const char *category_item(const struct sheet *s, size_t column, size_t i)
{
    return s->t->axes[s->columns[column].axis].categories.items[i];
}

static const char *list_item(const struct sheet *s, size_t column, size_t i)
{
    size_t count;
    const struct list_item *items = lists_items(s->t->lists, s->columns[column].list, &count);
    return s->t->lang == LANG_VI ? items[i].name_vi : items[i].name_en;
}

static void put_lists(struct sheet *s, lxw_worksheet *lists)
{
    lxw_col_t at = 0;
    s->units = put_list(s, lists, at++, returned_label(RETURNED_UNIT, s->t->lang),
                        s->t->units.count, unit_item, 0);
    for (size_t i = 0; i < s->count; i++) {
        const struct template_column *c = &s->columns[i];
        size_t count = 0;
        if (c->content == AS_UNIT)
            s->ranges[i] = s->units;
        else if (c->content == AS_CATEGORY)
            s->ranges[i] = put_list(s, lists, at++, c->head, s->t->axes[c->axis].categories.count,
                                    category_item, i);
        else if (c->content == AS_LIST && lists_items(s->t->lists, c->list, &count))
            s->ranges[i] = put_list(s, lists, at++, c->head, count, list_item, i);
    }
    protect(s->w);
    worksheet_hide(lists);
}

/* ---- the lines above the head ---- */

/* The value over so many columns. */
static void put_line(struct sheet *s, lxw_row_t row, enum returned_label label, const char *more,
                     const char *value, lxw_col_t columns, lxw_format *format)
{
    struct book *w = s->w;
    buf_clear(&w->text);
    buf_addf(&w->text, "%s%s:", returned_label(label, s->t->lang), more);
    book_check(w, worksheet_merge_range(w->sheet, row, LABEL_FIRST, row, LABEL_LAST,
                                        buf_text(&w->text), s->label));
    if (columns > 1)
        book_check(w, worksheet_merge_range(w->sheet, row, VALUE_FIRST, row,
                                            (lxw_col_t)(VALUE_FIRST + columns - 1), "", format));
    if (*value)
        book_put_text(w, row, VALUE_FIRST, value, format);
    else
        book_check(w, worksheet_write_blank(w->sheet, row, VALUE_FIRST, format));
}

static void put_period(struct sheet *s)
{
    struct date from = date_from_day(s->t->span.from), to = date_from_day(s->t->span.to);
    char value[160];
    snprintf(value, sizeof value, tr(s->t->lang, "%s (from %02d/%02d/%d to %02d/%02d/%d)"),
             s->t->period, from.mday, from.month, from.year, to.mday, to.month, to.year);
    put_line(s, ROW_PERIOD, RETURNED_PERIOD, "", value, 6, s->value);
}

static void put_above(struct sheet *s)
{
    const struct template_book *t = s->t;
    bool one = t->units.count == 1;
    book_put_text(s->w, ROW_TITLE, LABEL_FIRST,
                  tr(t->lang, "CASES THAT CONCERN CHILDREN AND PEOPLE UNDER 18"), s->w->title);
    put_line(s, ROW_UNIT, RETURNED_UNIT, "", one ? t->units.items[0] : "", 3,
             one ? s->value : s->chosen);
    put_period(s);
    put_line(s, ROW_NIL, RETURNED_NIL, tr(t->lang, " (tick with X)"), "", 1, s->chosen);
    book_put_text(s->w, ROW_NOTE, LABEL_FIRST,
                  tr(t->lang, "Write no names, no addresses, no telephone or identity numbers of "
                              "anybody. One row a case; choose from the lists; leave empty what is "
                              "not known."),
                  s->note);
    if (!one)
        template_validate_cell(s->w, t, ROW_UNIT, VALUE_FIRST, &s->units);
    template_validate_cell(s->w, t, ROW_NIL, VALUE_FIRST, NULL);
}

/* ---- the table ---- */

/* The columns' own format opens them to the bottom, so what stands above must be locked again. */
static void lock_above(struct sheet *s)
{
    for (lxw_row_t row = ROW_TITLE; row < ROW_HEAD; row++)
        for (size_t i = 0; i < s->count; i++)
            book_check(s->w, worksheet_write_blank(s->w->sheet, row, (lxw_col_t)i, s->label));
}

static void put_table(struct sheet *s)
{
    double high = LXW_DEF_ROW_HEIGHT;
    for (size_t i = 0; i < s->count; i++) {
        const struct template_column *c = &s->columns[i];
        lxw_col_t at = (lxw_col_t)i;
        book_check(s->w,
                   worksheet_set_column(s->w->sheet, at, at, c->width, format_of(s, i, false)));
        book_put_text(s->w, ROW_HEAD, at, c->head, s->w->head);
        template_validate(s->w, s->t, c, at, &s->ranges[i]);
        high = fmax(high, book_height(c->head, c->width - 1, true));
        for (lxw_row_t row = ROW_FIRST; row < ROW_FIRST + ROWS_RULED; row++)
            book_check(s->w, worksheet_write_blank(s->w->sheet, row, at, format_of(s, i, true)));
    }
    book_set_height(s->w, ROW_HEAD, high);
}

static void put_page(struct sheet *s)
{
    lxw_worksheet *sheet = s->w->sheet;
    worksheet_freeze_panes(sheet, ROW_FIRST, 1);
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, PAPER_A4);
    worksheet_set_margins(sheet, 0.4, 0.4, 0.5, 0.6);
    worksheet_fit_to_pages(sheet, PAGES_WIDE, 0);
    book_check(s->w, worksheet_repeat_rows(sheet, ROW_HEAD, ROW_HEAD));
    book_check(s->w, worksheet_repeat_columns(sheet, 0, 0));
    book_check(s->w, worksheet_set_footer(sheet, "&C&P/&N"));
}

static void put_cases(struct sheet *s, lxw_worksheet *cases)
{
    s->w->sheet = cases;
    put_table(s);
    lock_above(s);
    put_above(s);
    put_page(s);
    protect(s->w);
}

/* ---- the instructions ---- */

static const char *const instructions[] = {
    N_("1. Fill in the sheet before this one: one row a case. Heads and titles are locked, so that "
       "what comes back can be read by the program."),
    N_("2. Write no names, addresses, telephone or identity numbers of children, victims, "
       "offenders "
       "or those who reported. The file has no column for them."),
    N_("3. Case number: your own, each only once; letters without marks, digits and . / - without "
       "blanks. A case reported before keeps its number."),
    N_("4. Where an arrow appears beside the cell, choose from the list; do not type words of your "
       "own."),
    N_("5. Dates as day/month/year, for example 05/10/2024. The date of receipt decides in which "
       "period a case is counted."),
    N_("6. A case with an outcome other than open needs the date on which it was resolved."),
    N_("7. Leave empty what is not known; 0 means that there is none."),
    N_("8. Severity: 1 less serious, 2 serious, 3 very serious, 4 especially serious."),
    N_("9. A child victim and an offender under 18 in the same case: one row, with both kinds "
       "chosen."),
    N_("10. No case in the period: tick the cell for it with X, leave the table empty, and send "
       "the "
       "file back all the same."),
    N_("11. Save as .xlsx and send the whole file back; do not delete sheets or columns."),
};

static void put_instructions(struct sheet *s, lxw_worksheet *sheet)
{
    static const double width = 100;
    s->w->sheet = sheet;
    book_check(s->w, worksheet_set_column(sheet, 0, 0, width, NULL));
    book_put_text(s->w, 0, 0, tr(s->t->lang, "HOW TO FILL IN"), s->w->title);
    for (size_t i = 0; i < sizeof instructions / sizeof instructions[0]; i++) {
        const char *text = tr(s->t->lang, instructions[i]);
        lxw_row_t row = (lxw_row_t)i + 2;
        book_put_text(s->w, row, 0, text, s->w->wrap);
        book_set_height(s->w, row, book_height(text, width, false));
    }
    book_page(s->w);
    protect(s->w);
}

/* ---- the file ---- */

static void fill(struct sheet *s)
{
    const struct template_book *t = s->t;
    lxw_workbook *file = s->w->file;
    lxw_doc_properties properties = {.created = (time_t)t->created};
    book_check(s->w, workbook_set_properties(file, &properties));
    lxw_worksheet *cases = workbook_add_worksheet(file, tr(t->lang, "Case list"));
    lxw_worksheet *how = workbook_add_worksheet(file, tr(t->lang, "Instructions"));
    lxw_worksheet *lists = workbook_add_worksheet(file, tr(t->lang, "Lists"));
    if (!cases || !how || !lists) {
        book_check(s->w, LXW_ERROR_SHEETNAME_ALREADY_USED);
        return;
    }
    make_formats(s);
    put_lists(s, lists);
    put_cases(s, cases);
    put_instructions(s, how);
    worksheet_activate(cases);
}

static bool finish(struct book *w, const char *path, struct err *e)
{
    book_check(w, workbook_close(w->file)); /* frees it in any case */
    bool whole = !w->text.failed;
    buf_free(&w->text);
    if (!whole)
        return err_memory(e);
    return w->error == LXW_NO_ERROR || err_set(e, ERR_FAILED, "%s: cannot write the workbook: %s",
                                               path, lxw_strerror(w->error));
}

static bool write_file(const struct template_book *t, const char *file, const char *path,
                       struct err *e)
{
    struct arena arena = {0};
    struct book w = {.file = workbook_new(file)};
    struct sheet *s = calloc(1, sizeof *s);
    if (s && w.file) {
        *s = (struct sheet){.w = &w, .t = t};
        s->count = template_columns(t, s->columns, &arena);
        fill(s);
    }
    bool ok = (s && w.file) || err_memory(e);
    if (w.file)
        ok = finish(&w, path, e) && ok;
    free(s);
    arena_free(&arena);
    return ok;
}

bool template_write(const char *path, const struct template_book *t, struct err *e)
{
    struct sys_output o;
    if (!sys_output_open(&o, path, false, e))
        return false;
    bool ok = write_file(t, o.temporary, path, e) && sys_output_commit(&o, e);
    if (!ok)
        sys_output_abort(&o);
    return ok;
}
