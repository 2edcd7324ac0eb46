/* html.h: within the HTML writer: what its parts share.
 *
 * One page that needs nothing else: no script, no font, no picture from elsewhere, and a policy
 * that says so to the browser. On paper it is the official page; on a wide screen the headings
 * stand beside it, on a phone what is wider than the screen is pushed aside by itself.
 */
#ifndef KEOGIAM_REPORT_HTML_H
#define KEOGIAM_REPORT_HTML_H

#include "report/doc.h"

/* The numbers of the last heading of each level: I. 1. a) */
struct html_numbers {
    int at[3];
};

struct html {
    const struct doc *d;
    struct buf *b;
    struct html_numbers numbers;
    int anchors;  /* headings and appendices so far: the next is #s1, #s2 … */
    bool list;    /* inside <ul> */
    bool section; /* inside <section>: a slide or an appendix */
};

/* The looks, by the form. Appends to h->b. */
void html_style(struct html *h);

/* ---- html_text.c: append to h->b ---- */

/* Text with & < > " ' as entities, '\n' as <br>. */
void html_text(struct html *h, const char *text);
/* The same of a text put together; empties it. */
void html_made(struct html *h, struct buf *text);
/* The same for an attribute: '\n' as a space. */
void html_attribute(struct html *h, const char *text);
/* <b> and <i> around the runs that are so. */
void html_runs(struct html *h, const struct doc_block *block);
/* The bytes in base64. */
void html_base64(struct html *h, const struct buf *bytes);
/* "I. ", "1. ", "a) " of the next heading of `level`; nothing in slides. */
void html_heading_number(struct html *h, struct html_numbers *n, int level);
/* ---- html_table.c, html_official.c ---- */
void html_table(struct html *h, const struct doc_table *t);
void html_letterhead(struct html *h);
void html_closing(struct html *h);

#endif
