/* record_styles.h: what the styles and lists of somebody's DOCX mean; for record_document.c alone.
 * Ids are an editor's own ("berschrift1" in a German Word); names of built-in styles are English
 * everywhere ("heading 1").
 */
#ifndef KEOGIAM_REPORT_RECORD_STYLES_H
#define KEOGIAM_REPORT_RECORD_STYLES_H

#include "report/record.h"

struct record_style {
    const char *id;
    int level;             /* of a heading; 0: none */
    bool bold, italic;     /* of a character style that we write */
    bool is_bullet;        /* "List Bullet" */
    const char *numbering; /* w:numId of a paragraph style, or NULL */
};

/* How a level of a list is marked. */
struct record_level {
    const char *of; /* w:abstractNumId */
    int level;
    enum { LIST_NONE, LIST_BULLET, LIST_NUMBER, LIST_LETTER } mark;
};

struct record_list {
    const char *id, *of; /* w:numId, its w:abstractNumId */
};

/* Where a numbered list has got to. */
struct record_counter {
    const char *id;
    int level, n;
};

struct record_styles {
    struct record_style *styles;
    struct record_level *levels;
    struct record_list *lists;
    struct record_counter *counters;
    size_t style_count, style_cap, level_count, level_cap, list_count, list_cap;
    size_t counter_count, counter_cap;
    bool failed;
    struct arena arena;
};

/* Where the document is: "word/document.xml", or as Word on the web calls it. Replaces *part. */
bool record_main_part(struct office *o, struct buf *part, struct err *e);

/* Reads word/styles.xml and word/numbering.xml, where they are there. */
bool record_styles_read(struct record_styles *s, struct office *o, struct err *e);
void record_styles_free(struct record_styles *s); /* accepts zero */

/* Of an id that no part explains: told from the id itself, as we write them. */
struct record_style record_style_of(const struct record_styles *s, const char *id);

/* The mark of the next paragraph of a list at that level: LIST_NUMBER and LIST_LETTER count on in
 * *n, from 1. */
int record_list_next(struct record_styles *s, const char *id, int level, int *n);

#endif
