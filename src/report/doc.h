/* doc.h: a document as its writers see it: blocks in order (headings, paragraphs, tables, figures),
 * what stands at its head and its end, and nothing of how a file format says so.
 *
 * Composers (briefing, situation, slides, a unit's page) append blocks; then doc_draw has gnuplot
 * draw all figures at once; then docx_write, pptx_write, html_write walk the same blocks. No writer
 * computes or words anything. Text is UTF-8 NFC; '\n' in it is a line break inside the paragraph;
 * U+00A0 stands where no line may be broken.
 *
 * The functions below fail only for want of memory: then d->failed is set, like buf's, and the
 * writers say so. They copy every text, and join a number to what it counts by U+00A0.
 */
#ifndef KEOGIAM_REPORT_DOC_H
#define KEOGIAM_REPORT_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/lang.h"
#include "plot/plot.h"
#include "report/letterhead.h"

/* A page of official form (report/LAYOUT.md 2: A4 portrait, 160 mm of text), or slides (5: 16:9;
 * each heading of level 1 opens one). */
enum doc_form { DOC_PAGES, DOC_SLIDES };

enum doc_type {
    DOC_LETTERHEAD, /* issuing body, motto, number, place, date, kind and subject: from d->head */
    DOC_COVER,      /* first slide: title d->subject, under it `text` */
    DOC_HEADING,    /* level 1 to 3; writers number them I. 1. a) in pages, not in slides */
    DOC_PARAGRAPH,
    DOC_TABLE,
    DOC_FIGURE,
    DOC_APPENDIX, /* a new page: text is the title under "Phụ lục I" (number) */
    DOC_CLOSING   /* recipients and signature: from d->head */
};

enum doc_role {
    DOC_BODY,   /* justified, first line indented */
    DOC_BULLET, /* one of a list; writers put the dash */
    DOC_PROMPT, /* grey: to be filled in by hand */
    DOC_NOTE,   /* thin frame, centred: simulated data */
    DOC_SOURCE, /* small, italic: below a table or figure; in slides the foot of the slide */
    DOC_LAST    /* last sentence, kept on the page of the closing block */
};

struct doc_run {
    const char *text;
    bool bold, italic;
};

enum doc_align { DOC_LEFT, DOC_CENTRE, DOC_RIGHT };

struct doc_column {
    const char *head;
    const char *group; /* neighbours of the same group stand under one head; NULL: none */
    double width_mm;   /* shares of the text's width: writers scale them to fill it */
    enum doc_align align;
};

struct doc_row {
    const char **cells; /* column_count; "" where empty */
    bool strong;        /* bold: totals */
};

struct doc_table {
    const char *caption;
    int number; /* "Bảng 1" */
    const struct doc_column *columns;
    size_t column_count;
    struct doc_row *rows;
    size_t row_count, row_cap;
};

struct doc_figure {
    const char *caption; /* neutral: what is shown */
    const char *alt;     /* the finding and its numbers, for those who cannot see it */
    int number;          /* "Hình 1" */
    struct plot plot;    /* its script, width and height in mm */
    struct buf png, svg; /* filled by doc_draw */
};

struct doc_block {
    enum doc_type type;
    enum doc_role role;   /* DOC_PARAGRAPH */
    int level;            /* DOC_HEADING */
    int number;           /* DOC_APPENDIX: 1, 2, 3: I, II, III */
    bool landscape;       /* DOC_APPENDIX */
    bool is_own;          /* the analyst's, not the program's; DOC_PROMPT is room for such text */
    struct doc_run *runs; /* DOC_COVER, DOC_HEADING, DOC_PARAGRAPH, DOC_APPENDIX */
    size_t run_count, run_cap;
    struct doc_table *table;
    struct doc_figure *figure;
};

struct doc {
    enum doc_form form;
    enum lang lang;
    bool compact;           /* pages: the running text as close as the form lets it stand */
    struct letterhead head; /* what stands at the head and the end; its texts live in the arena */
    const char *of;         /* what is reported, as its command says: "briefing", "unit 30055" */
    const char *kind;       /* "BÁO CÁO" */
    const char *subject;    /* "Kết quả phòng, chống … năm 2024" */
    const char *issued;     /* its whole number, dated `created`; NULL: the clerk writes both */
    int64_t created;        /* seconds since 1970: SOURCE_DATE_EPOCH, else the end of the period */
    struct doc_block **blocks;
    size_t block_count, block_cap;
    int tables, figures, appendices; /* numbers given so far */
    bool failed;                     /* out of memory */
    struct arena arena;
};

void doc_init(struct doc *d, enum doc_form form, enum lang lang);
void doc_free(struct doc *d); /* accepts zero */

/* Appends and returns a block, its runs empty; NULL when out of memory. Valid until doc_free. */
struct doc_block *doc_add(struct doc *d, enum doc_type type);
/* A block that is in no place yet: for whoever puts blocks between others. */
struct doc_block *doc_block_new(struct doc *d, enum doc_type type);
/* Puts a block before the one of index `at`. */
void doc_insert(struct doc *d, size_t at, struct doc_block *b);
/* Takes the block of index `at` out; numbers that it had stay as they are. */
void doc_remove(struct doc *d, size_t at);

void doc_run(struct doc *d, struct doc_block *b, const char *text, bool bold, bool italic);
void doc_heading(struct doc *d, int level, const char *text);
void doc_paragraph(struct doc *d, enum doc_role role, const char *text);
/* The same of a text put together; empties it. Nothing for an empty one. */
void doc_paragraph_made(struct doc *d, enum doc_role role, struct buf *text);
void doc_appendix(struct doc *d, const char *title, bool landscape);

/* The columns and their texts must be static or live in the arena. NULL when out of memory. */
struct doc_table *doc_table(struct doc *d, const char *caption, const struct doc_column *columns,
                            size_t column_count);
/* Some column stands under a group: the head has two rows. */
bool doc_has_groups(const struct doc_table *t);
/* How many columns from `at` on stand under the same group's head: at least 1. */
size_t doc_group_size(const struct doc_table *t, size_t at);
/* A row of empty cells, to be filled with doc_cell. */
void doc_row(struct doc *d, struct doc_table *t, bool strong);
/* Sets a cell of the last row; the second form empties the text put together. */
void doc_cell(struct doc *d, struct doc_table *t, size_t column, const char *text);
void doc_cell_made(struct doc *d, struct doc_table *t, size_t column, struct buf *text);

/* Takes the script over (*plot is zero then). */
struct doc_figure *doc_figure(struct doc *d, struct plot *plot, const char *caption,
                              const char *alt);

/* The text of a block's runs, one behind the other. Append. */
void doc_block_text(const struct doc_block *b, struct buf *text);

/* Draws every figure, PNG at 300 dpi and SVG, several at once. Fails as plot_draw does. */
bool doc_draw(struct doc *d, struct err *e);

#endif
