/* writers.h: a document into the bytes of a file. All of them walk the same blocks (doc.h), after
 * doc_draw; the same document gives the same bytes. Each appends the whole file to *file and fails
 * (ERR_FAILED) for want of memory only, but for pdf_write.
 */
#ifndef KEOGIAM_REPORT_WRITERS_H
#define KEOGIAM_REPORT_WRITERS_H

#include "report/doc.h"

/* Word: styles, numbered headings, captions as fields, repeated heads of tables, PNG with its SVG
 * twin. svg_first: the SVG is the main picture, for the conversion to PDF. */
bool docx_write(const struct doc *d, bool svg_first, struct buf *file, struct err *e);

/* PowerPoint: a slide a heading of level 1. */
bool pptx_write(const struct doc *d, bool svg_first, struct buf *file, struct err *e);

/* One self-contained page, charts inline. */
bool html_write(const struct doc *d, struct buf *file, struct err *e);

/* PDF by LibreOffice, from the DOCX (pages) or PPTX (slides) that svg_first makes, with a profile
 * of its own. Fails (ERR_FAILED): LibreOffice is not there (the package is named), takes longer
 * than its time, writes nothing. The clock and random identifiers in the file are overwritten:
 * the same document, the same bytes wherever LibreOffice is the same. */
bool pdf_write(const struct doc *d, struct buf *file, struct err *e);

#endif
