/* notes.h: the analyst's own paragraphs (`--notes FILE`): Markdown whose headings name those of the
 * document.
 *
 * Understood: `#` headings (any depth), paragraphs between blank lines (a line that begins with
 * "1. " or "a) " begins one, too), `- ` lists, **bold**, *italic*; the rest is text. Lines of
 * tables (`|`) and between ``` stay lines. A heading names one of the document (an appendix by its
 * title) by its words, without regard to case, diacritics, and its number ("II.", "2.", "a)"). Two
 * of the same name are told apart by their diacritics, by nesting, or by the one above: "# Kết quả
 * … / Công tác tuyên truyền". Text before the first heading stands before the document's first
 * heading, behind the opening sentence.
 */
#ifndef KEOGIAM_REPORT_NOTES_H
#define KEOGIAM_REPORT_NOTES_H

#include "report/doc.h"

/* Puts the file's paragraphs at the end of the sections that they name (behind what the program
 * says there, before the next heading); a prompt that stands there goes. What names no heading is
 * kept: it goes under a heading of its own before the last sentence, and a line for each is
 * appended to *unknown ("FILE:LINE: no heading …: the nearest is …"), in the document's language;
 * so does a name that several headings have. Fails: cannot be read; (ERR_INPUT) not UTF-8, with
 * FILE:LINE; nothing is changed then. */
bool notes_apply(struct doc *d, const char *path, struct buf *unknown, struct err *e);

#endif
