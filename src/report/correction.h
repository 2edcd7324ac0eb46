/* correction.h: the correction of a report that was issued: what was said, what it should have
 * been, why, and whether a conclusion changes.
 */
#ifndef KEOGIAM_REPORT_CORRECTION_H
#define KEOGIAM_REPORT_CORRECTION_H

#include "report/doc.h"
#include "report/facts.h"
#include "report/said.h"

struct correction {
    const char *number; /* of the report that is corrected */
    day on;             /* its date */
    const char *last;   /* number of its last correction, which said this; NULL: none */
    day last_on;        /* its date */
    size_t compared;    /* figures */
    day data_end_then, data_end_now; /* DAY_NONE: not known */
    const struct said_lines *lines;  /* those that changed: at least one */
};

/* As compose.h's functions. Of the facts only period, language and letterhead are read, and the
 * place of a report on one. */
bool compose_correction(struct doc *d, const struct facts *f, const struct correction *c,
                        struct err *e);

#endif
