/* record_reading.h: a document.xml on its way into a record; for record_document.c, which follows
 * the elements, and record_build.c, which makes items of what they hold.
 */
#ifndef KEOGIAM_REPORT_RECORD_READING_H
#define KEOGIAM_REPORT_RECORD_READING_H

#include "report/record_styles.h"

/* Text of one look, as it stands in the file. */
struct piece {
    size_t at, n; /* in reading.raw */
    bool bold, italic;
};

struct reading {
    struct record *r;
    struct record_styles *styles;  /* NULL: of our own document */
    size_t dropped;                /* depth inside of what does not count */
    size_t paragraphs;             /* depth of w:p: text boxes stand inside a paragraph */
    size_t tables, controls;       /* depths of w:tbl, w:sdt */
    size_t own;                    /* the control that is ours; 0: outside */
    bool is_prompt;                /* it shows its placeholder */
    bool in_run, in_text, in_mark; /* in_mark: w:rPr of the paragraph's mark */
    bool in_row_properties;
    int table; /* counts those that are in no other */
    /* the run */
    bool bold, italic;
    /* the paragraph */
    struct buf raw;
    struct piece *pieces;
    size_t piece_count, piece_cap;
    struct record_style style;
    const char *list; /* w:numId, in the record's arena; NULL: as its style has it */
    int level;
    bool has_picture, is_own, was_prompt, joins_next;
    struct buf alt;
    /* the row */
    bool in_row, row_deleted, row_is_head, row_has_picture;
    int span;
    struct buf cell;
    size_t row; /* its item */
    struct buf nfc;
};

void reading_text(struct reading *x, const char *bytes, size_t n);
void reading_start_paragraph(struct reading *x);
void reading_end_paragraph(struct reading *x);
void reading_start_row(struct reading *x);
void reading_end_cell(struct reading *x);
void reading_end_row(struct reading *x);

#endif
