/* report_correction.h: `report correction N`: what an issued report said, held against the data. */
#ifndef KEOGIAM_CLI_REPORT_CORRECTION_H
#define KEOGIAM_CLI_REPORT_CORRECTION_H

#include "cli/said_compare.h"
#include "report/correction.h"

struct report_correction {
    struct issued_list list;
    const struct issued_report *first; /* the one named, of a correction the one that it corrects */
    const struct issued_report *last;  /* its last correction; else first */
    struct request request;            /* the caller's, with the options that the report was of */
    struct said_report said;
};

/* Fails: ERR_INPUT there is none, or there are several; ERR_USAGE an option that the report has
 * settled. *c is to be freed in any case. */
bool report_correction_find(struct report_correction *c, const struct request *r, struct err *e);
void report_correction_free(struct report_correction *c); /* accepts zero */

bool report_correction_compare(struct report_correction *c, int64_t state, struct err *e);
bool report_correction_compose(const struct report_correction *c, struct doc *d,
                               const struct facts *f, struct err *e);
/* Says that nothing differs. Always true. */
bool report_correction_none(const struct report_correction *c);
/* "-15": of the file's name. Append. */
void report_correction_stem(const struct report_correction *c, struct buf *stem);

#endif
