/* keep.h: what people typed into an edition in Word goes into the next (`report --keep FILE.docx`).
 *
 * The edition itself knows what the program said in it (record.h); what it says now beyond that is
 * somebody's. Paragraphs of one's own, typed into the grey fields or anywhere else, go the way that
 * --notes go (notes.h): to the end of the part under the same heading, or, where that is gone,
 * under a heading of their own at the end. What the program says it says anew: figures and words
 * that were typed over are listed, never carried over.
 */
#ifndef KEOGIAM_REPORT_KEEP_H
#define KEOGIAM_REPORT_KEEP_H

#include "report/doc.h"

/* Puts the own paragraphs of the DOCX at `path` into the composed document; those that --notes have
 * put there already stay single. Appends to *said, in e's language, a line for each figure typed
 * over (what it was, what was typed, what it is now), each wording changed, each paragraph deleted,
 * each paragraph kept though it stood between ours, what cannot be kept (pictures, comments,
 * footnotes, the form of tables), and a last line that counts. Fails, and changes nothing then:
 * (ERR_INPUT) no .docx, damaged, not written by this program or before it could do this, another
 * kind of report (d->of); out of memory. */
bool keep_apply(struct doc *d, const char *path, struct buf *said, struct err *e);

#endif
