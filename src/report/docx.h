/* docx.h: the pieces of the DOCX writer (docx_write of writers.h), for each other.
 *
 * docx.c zips the parts; docx_blocks.c walks the blocks into word/document.xml; docx_head.c writes
 * what official form puts at the head, at the end and above an appendix; docx_table.c tables;
 * docx_text.c paragraphs and runs; docx_styles.c the parts that no content changes; docx_width.c
 * knows how wide text is. Looks are in styles: a paragraph carries its style, what keeps it on a
 * page, and indents that come from the width of its text.
 *
 * Lengths of the file are twips, twentieths of a point. Nothing fails but for memory: xml.failed.
 */
#ifndef KEOGIAM_REPORT_DOCX_H
#define KEOGIAM_REPORT_DOCX_H

#include "report/doc.h"

/* A4, its margins and the text between them (report/LAYOUT.md 2). */
#define DOCX_TEXT_PORTRAIT 9071   /* 160 mm */
#define DOCX_TEXT_LANDSCAPE 14003 /* 247 mm */
#define DOCX_TWIPS_PER_MM (1440 / 25.4)

#define DOCX_XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define DOCX_W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define DOCX_R "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""

struct docx {
    const struct doc *d;
    size_t at;        /* the block being written */
    int own;          /* the field for own text being written, from 1; 0: none */
    int own_count;    /* those begun so far */
    struct buf xml;   /* word/document.xml */
    bool svg_first;   /* for the conversion to PDF: no fields either */
    bool landscape;   /* the section being written */
    bool after_table; /* nothing stands behind the last table yet */
    int appendix;     /* the one being written; 0: the main text */
};

/* ---- text ---- */

/* Opens a paragraph of a style; `properties` are further children of w:pPr, in the schema's order
 * ("<w:keepNext/>"), or "". */
void docx_open(struct docx *x, const char *style, const char *properties);
/* Text of a run, '\n' as line break; `look` is a character style or NULL. Nothing for "". */
void docx_run(struct docx *x, const char *text, const char *look);
void docx_close(struct docx *x);
/* A whole paragraph of one run. */
void docx_line(struct docx *x, const char *style, const char *text);
/* An empty paragraph whose upper border is a line `length` long, centred in `room`; nothing where
 * it is 0. */
void docx_rule(struct docx *x, double room, double length);
/* "Bảng 1. caption", the number a SEQ field; word is tr()'s "Table" or "Figure". */
void docx_caption(struct docx *x, const char *style, const char *word, int number,
                  const char *caption);

/* <w:tbl> of fixed columns, behind a paragraph that parts it from a table before it; `style` is a
 * table style. docx_table_close ends it. */
void docx_table_open(struct docx *x, const char *style, const int *widths, size_t count,
                     const char *caption);
void docx_table_close(struct docx *x);

/* True where a DOC_SOURCE follows the block being written: it stays with it. */
bool docx_source_follows(const struct docx *x);

/* ---- blocks ---- */

void docx_table(struct docx *x, const struct doc_table *t);
void docx_letterhead(struct docx *x);
void docx_closing(struct docx *x);
/* The head of an appendix; the section before it must have been ended. */
void docx_appendix_head(struct docx *x, const struct doc_block *b);
/* The whole word/document.xml into x->xml. */
void docx_document(struct docx *x);

/* ---- parts ---- */

/* Relationship ids of figure n: rIdP1 its PNG, rIdS1 its SVG. */
void docx_styles(struct buf *part, const struct doc *d);
/* Headings I. 1. a), begun anew in each appendix (numbering 3, 4 …); bullets (2). */
void docx_numbering(struct buf *part, int appendices);
void docx_settings(struct buf *part, enum lang lang);
/* Page number, or nothing. */
void docx_header(struct buf *part, bool number);

/* ---- widths ---- */

/* Twips that the longest line of text is wide in Times New Roman. */
double docx_width(const char *text, double points, bool bold);
/* The least width that takes no more lines than `room` does, so that no line is left nearly empty;
 * never more than room. */
double docx_even_width(const char *text, double points, bool bold, double room);

/* Text in capitals. Appends. */
void docx_capitals(struct buf *b, const char *text);

#endif
