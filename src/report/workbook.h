/* workbook.h: results as a workbook by libxlsxwriter: a sheet each, and a last one of sources and
 * methods. `--format xlsx` of a table is a workbook of one sheet; a report's appendix has many.
 *
 * A sheet: title, simulated-data line, the columns (numbers as numbers with their formats, dates
 * and months as dates where every cell of a column is one, chances and percentages as everywhere),
 * footers and source line; the head row frozen, with a filter, repeated on every page; A4
 * landscape, one page wide. The last sheet: the texts, then provenance and footers of every sheet.
 */
#ifndef KEOGIAM_REPORT_WORKBOOK_H
#define KEOGIAM_REPORT_WORKBOOK_H

#include "base/result.h"

struct workbook_sheet {
    const char *name; /* the tab; what Excel does not take ([]:*?/\ ', more than 31 characters, a
                         name again) is changed until it does */
    const struct result *result; /* of any number of rows */
    /* The row that holds totals (bold), SIZE_MAX: none; it is the sum of the rows first_row ...
     * last_row, it not among them. In columns of counts and changes it is a formula where its
     * number is that sum, and keeps its number where it is not (another base of comparison). */
    size_t total_row, first_row, last_row;
    /* Names of the columns shown, in this order, NULL-terminated; those that the result lacks are
     * passed over. NULL: all, which on paper are too small to read where they are many. */
    const char *const *columns;
};

struct workbook_text {
    const char *label, *text; /* a line of the last sheet: methods, and what the tables are */
};

/* Writes path, whole or not at all: one sheet or more, all in one language. `created`: seconds
 * since 1970, not 0: the same input, the same bytes. Fails (ERR_FAILED): cannot write, more rows
 * than a sheet has. */
bool workbook_write(const char *path, const struct workbook_sheet *sheets, size_t sheet_count,
                    const struct workbook_text *texts, size_t text_count, int64_t created,
                    struct err *e);

#endif
