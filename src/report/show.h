/* show.h: walkers over a result: table, CSV, JSON, XLSX. None of them computes.
 *
 * table  for people, in the result's language: the views (at most seven columns) or, wide, every
 *        column; title, simulated-data line, footers, provenance line. Widths by text_width.
 * csv    for machines: header of column names, %.15g, `.`, empty = missing, RFC 4180, LF. Nothing
 *        else. excel: BOM, `;`, CRLF, decimal comma; the names stay.
 * json   {"provenance":{...},"rows":[{...}]}, numbers as numbers, missing as null.
 * xlsx   one sheet of all columns with number formats, frozen and repeated head row, A4 landscape
 *        fitted to one page wide, source line; a second sheet "Nguồn"/"Sources" with provenance and
 *        footers. Same input, same bytes (`created` from SOURCE_DATE_EPOCH, else 1980-01-01).
 */
#ifndef KEOGIAM_REPORT_SHOW_H
#define KEOGIAM_REPORT_SHOW_H

#include <stdio.h>

#include "base/result.h"

enum format { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON, FORMAT_XLSX };

struct show {
    enum format format;
    bool wide;        /* table: every column */
    bool excel;       /* csv: for Excel with Vietnamese settings */
    bool quiet;       /* table: no footers, no provenance (the simulated-data line stays) */
    const char *path; /* NULL: stdout (not for xlsx: an error) */
};

/* Shows r. To a path: written whole or not at all; a CSV also gets PATH.meta.json (provenance,
 * footers). Fails: cannot write; xlsx without a path. A closed stdout is not an error. */
bool show_result(const struct result *r, const struct show *how, struct err *e);

/* The parts, for tests: append to b. */
bool show_csv(const struct result *r, bool excel, struct buf *b);
bool show_json(const struct result *r, struct buf *b);
bool show_table(const struct result *r, bool wide, bool quiet, struct buf *b);

/* One cell or view as people read it (documents and charts use the same words). Append. */
void show_cell(const struct result *r, size_t row, size_t column, struct buf *b);
void show_view(const struct result *r, size_t row, const struct view *view, struct buf *b);

/* A token (a verdict, a kind) in words; one that the catalogue lacks loses its underscores. Append.
 */
void show_token(struct buf *b, const char *token, enum lang lang);

/* "giảm 3 vụ (-12,5%)", "tăng 2 vụ (+40,0%)", "phát sinh 2 vụ (cùng kỳ không xảy ra)", "không xảy
 * ra", "bằng cùng kỳ"; English: "down 3 cases (-12.5%)"... reduction_pct NAN where there is none.
 * Append. */
void show_change(struct buf *b, int64_t change, double reduction_pct, int64_t count_before,
                 enum lang lang);
/* The same as official prose writes it: "giảm 03 vụ (−12,5%)". */
void show_change_prose(struct buf *b, int64_t change, double reduction_pct, int64_t count_before,
                       enum lang lang);
/* "từ tăng 67,2% đến giảm 55,8%" from an interval of the reduction; an unbounded low end (NAN)
 * reads "từ không giới hạn trên…": chosen wording in the catalogue. Append; nothing where both are
 * NAN. */
void show_interval(struct buf *b, double ci_low, double ci_high, enum lang lang);

#endif
