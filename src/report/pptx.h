/* pptx.h: the PowerPoint writer's parts, among themselves (writers.h is for everybody else).
 *
 * pptx.c cuts the document into slides and packs the file; pptx_flow.c chooses sizes and breaks
 * what is too much into pages; pptx_slide.c writes slides, pptx_shapes.c what stands in their
 * middle, pptx_table.c tables; pptx_text.c measures and writes text; pptx_parts.c holds what is the
 * same in every deck.
 *
 * Places are millimetres on a slide of 338.67 x 190.5. Texts are measured as Arial sets them, so
 * that nothing leaves its box before PowerPoint sees it. Functions that append XML fail only by
 * b->failed.
 */
#ifndef KEOGIAM_REPORT_PPTX_H
#define KEOGIAM_REPORT_PPTX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "report/doc.h"

struct pptx_box {
    double x, y, w, h;
};

/* The boxes of report/LAYOUT.md 5, which the layouts carry too (pptx_parts.c). */
#define PPTX_TITLE ((struct pptx_box){14, 8, 310, 24})
#define PPTX_BODY ((struct pptx_box){14, 34, 310, 138})
#define PPTX_FOOT ((struct pptx_box){14, 176, 280, 9})
#define PPTX_COVER_TITLE ((struct pptx_box){30, 45, 278, 55})
#define PPTX_COVER_TEXT ((struct pptx_box){30, 109, 278, 50})

/* ---- text ---- */

struct pptx_look {
    double pt;          /* 0: as the placeholder has it */
    bool bold, italic;  /* on top of what the placeholder has */
    const char *colour; /* "5B6770"; NULL: the placeholder's */
};

#define PPTX_MUTED "5B6770"

const char *pptx_language(enum lang lang); /* "vi-VN", "en-GB" */
/* Lines that the text takes at most in a box of that width; and what lines are high. */
size_t pptx_lines(const char *text, bool bold, double pt, double width_mm);
double pptx_lines_mm(size_t lines, double pt);
double pptx_after_mm(double pt);  /* room behind a paragraph */
double pptx_bullet_mm(double pt); /* from the dash of a list to its text */

/* Text as runs of a paragraph, '\n' as a line break. Append. */
void pptx_run(struct buf *b, enum lang lang, const struct pptx_look *look, const char *text);
/* A paragraph of one look, centred (DOC_CENTRE) or as said. Append. */
void pptx_paragraph(struct buf *b, enum lang lang, const struct pptx_look *look,
                    enum doc_align align, const char *text);
/* Name of a shape and what it tells those who cannot see it ("" nothing), as attributes. Append. */
void pptx_named(struct buf *b, size_t id, const char *name, const char *alt);
/* tag: "a:xfrm" or "p:xfrm". Append. */
void pptx_place(struct buf *b, const char *tag, struct pptx_box box);
long pptx_emu(double mm);

/* ---- tables ---- */

/* Height of the head and of a row when the table is as wide as the body. */
double pptx_head_mm(const struct doc_table *t, double pt);
double pptx_row_mm(const struct doc_table *t, size_t row, double pt);
/* The a:tbl of rows first to end - 1 under the head. Append. */
void pptx_table(struct buf *b, const struct doc_table *t, enum lang lang, size_t first, size_t end,
                double pt);

/* ---- what stands between title and foot ---- */

struct pptx_unit {
    const struct doc_block *block; /* what no page break divides: a paragraph, figure, table row */
    size_t row;                    /* of a table; its row_count: a table without rows */
    double head_mm, mm;            /* head_mm: the table's, where it begins on a page */
};

struct pptx_body {
    struct pptx_unit *units;
    size_t count, cap;
    double height_mm;         /* what there is on a page */
    double limit_mm;          /* what is used of it: pages are filled alike */
    double text_pt, table_pt; /* chosen by pptx_body_fit */
    bool failed;              /* out of memory */
};

#define PPTX_GAP 4.0 /* mm between text, table and figure */
#define PPTX_NOTE_PT 14
#define PPTX_NOTE_PAD 2.0

/* The units of the blocks first to end - 1 of d. */
void pptx_body_fill(struct pptx_body *body, const struct doc *d, size_t first, size_t end);
/* Chooses the largest sizes at which all stands on one page of height_mm, else those of several. */
void pptx_body_fit(struct pptx_body *body);
/* The end of the page that begins with unit `from`. */
size_t pptx_body_page(const struct pptx_body *body, size_t from);
/* The end of what is one shape: text below text, rows of one table. */
size_t pptx_body_group(const struct pptx_body *body, size_t from, size_t end);
/* The height of such a shape, or of a whole page; a figure's is the least it may have. */
double pptx_body_mm(const struct pptx_body *body, size_t from, size_t end);
bool pptx_is_text(
    const struct doc_block *b); /* paragraph, bullet, prompt, heading below the title */
bool pptx_is_shown(const struct doc_block *b); /* has a place on a slide, its foot included */

/* ---- slides ---- */

struct pptx_slide {
    struct buf xml, rels;
};

struct pptx_deck {
    const struct doc *doc;
    bool svg_first;
    struct pptx_slide *slides;
    size_t slide_count, slide_cap;
    bool failed; /* out of memory */
};

/* A slide being written. */
struct pptx_page {
    struct pptx_deck *deck;
    enum lang lang;
    struct buf xml, rels;
    size_t shapes, relations;
};

void pptx_close_text(struct pptx_page *p); /* ends a shape that holds text */
/* The units from `from` to end - 1, one below the other; a picture takes what the rest leaves. */
void pptx_add_groups(struct pptx_page *p, const struct pptx_body *body, size_t from, size_t end);

/* The cover: the subject, and below it the texts of the blocks first to end - 1. */
void pptx_cover(struct pptx_deck *deck, size_t first, size_t end);
/* A slide (or as many as it takes) of the blocks first to end - 1 under that title. */
void pptx_slides(struct pptx_deck *deck, const char *title, size_t first, size_t end);

/* ---- fixed parts ---- */

#define PPTX_OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PPTX_XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define PPTX_SPACES                                                                                \
    " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"" PPTX_OFFICE    \
    "\" xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\""
/* What each tree of shapes opens with. */
#define PPTX_TREE                                                                                  \
    "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>"  \
    "<a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/>"         \
    "<a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>"
#define PPTX_RELS_OPEN                                                                             \
    PPTX_XML                                                                                       \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

struct package;

/* Theme, master, the two layouts and their relationships, in the language of the document. */
void pptx_add_fixed(struct package *p, enum lang lang);

#endif
