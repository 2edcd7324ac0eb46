/* workbook_parts.h: what the parts of a workbook share; for workbook*.c alone.
 */
#ifndef KEOGIAM_REPORT_WORKBOOK_PARTS_H
#define KEOGIAM_REPORT_WORKBOOK_PARTS_H

#include <xlsxwriter.h>

#include "base/buf.h"
#include "report/workbook.h"

struct book {
    lxw_workbook *file;
    lxw_worksheet *sheet; /* the one being written */
    lxw_format *title, *head, *bold, *wrap, *strong;
    struct buf text; /* of the cell being written; its `failed` is the whole book's */
    lxw_error error; /* the first */
};

static inline void book_check(struct book *w, lxw_error error)
{
    if (w->error == LXW_NO_ERROR)
        w->error = error;
}

/* Writes w->text, cut where it is longer than a cell holds. */
void book_put(struct book *w, lxw_row_t row, lxw_col_t column, lxw_format *format);
void book_put_text(struct book *w, lxw_row_t row, lxw_col_t column, const char *text,
                   lxw_format *format);
/* The same over the columns 0 to `last`, merged. */
void book_put_merged(struct book *w, lxw_row_t row, lxw_col_t last, const char *text,
                     lxw_format *format);

/* How high a row must be for `text` in `width` characters, in points: no less than a row is, no
 * more than Excel takes. Excel itself fits rows when it opens a file, but not those of merged
 * cells, and other programs none. */
double book_height(const char *text, double width, bool bold);
void book_set_height(struct book *w, lxw_row_t row, double height);

/* Bold on grey above a line. */
void book_dress_head(lxw_format *format);

/* Title (may be NULL) and simulated-data line. Returns the first row that stays free. */
lxw_row_t book_put_above(struct book *w, const char *title, bool synthetic, enum lang lang);

/* A4 landscape, one page wide. */
void book_page(struct book *w);

/* The table of a result on w->sheet. */
void book_put_table(struct book *w, const struct workbook_sheet *s);

/* The name nearest to `wanted` that Excel takes and that is none of the `taken`. Into *name,
 * replacing. */
void book_name(const char *wanted, const char *const *taken, size_t taken_count, struct buf *name);

#endif
