/* slides_next.h: the last two slides: what to do first, and how the figures are known. Both append
 * bullets: no more than is seen at a glance. */
#ifndef KEOGIAM_REPORT_SLIDES_NEXT_H
#define KEOGIAM_REPORT_SLIDES_NEXT_H

#include "report/doc.h"
#include "report/facts.h"

void slides_next(struct doc *d, const struct facts *f);
void slides_known(struct doc *d, const struct facts *f);

#endif
