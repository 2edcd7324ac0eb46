/* briefing.h: the later chapters of the briefing (briefing_rest.c). Internal to report/. */
#ifndef KEOGIAM_REPORT_BRIEFING_H
#define KEOGIAM_REPORT_BRIEFING_H

#include "report/doc.h"
#include "report/facts.h"

/* II: what was done: numbers where they are loaded, else room to write. */
void briefing_work(struct doc *d, const struct facts *f);
/* III: what was met, what was not and by how much. */
void briefing_review(struct doc *d, const struct facts *f);
/* IV: where to look first, what is left to do. */
void briefing_next(struct doc *d, const struct facts *f);

/* Makes the first letter a capital. */
void briefing_capital(struct buf *b);

#endif
