/* issuing.h: `report --official`: the number, the figures that are frozen under it, the transaction
 * in which the document is written.
 */
#ifndef KEOGIAM_CLI_ISSUING_H
#define KEOGIAM_CLI_ISSUING_H

#include "cli/figures.h"
#include "report/facts.h"

/* What is issued. */
struct issuing_query {
    const char *kind;
    const struct facts *facts; /* of what the figures are of, with the letterhead */
    const char *body;          /* code of the unit that reports */
    const char *audience;      /* "" all */
    int64_t state;             /* that the facts were read in, a load's number */
    int64_t last;              /* the newest load then */
    int64_t corrects;          /* 0: none */
    bool judged;
};

struct issuing {
    bool begun;
    struct issued_report record; /* number, date: what the document says of itself */
    struct figures figures;
    struct arena arena;
};

/* --official: reads the figures, opens the transaction, gives the number. Fails: ERR_FAILED the
 * database cannot be written, or was changed meanwhile; ERR_INPUT the number was given already, or
 * the letterhead has none. Then nothing is begun. */
bool issuing_begin(struct issuing *x, struct session *s, const struct issuing_query *q,
                   struct err *e);
/* The files are there: figures, number and the audit line are kept, or (a failure) none of them. */
bool issuing_end(struct issuing *x, struct session *s, const char *detail, struct err *e);
/* Gives up what was begun, and frees; accepts zero. */
void issuing_free(struct issuing *x, struct session *s);

/* --number without --official: the document of a report that was issued, made again. Fails
 * (ERR_INPUT): none has the number; it is of another kind, unit, period or state. */
bool issuing_again(struct issuing *x, struct session *s, const struct issuing_query *q,
                   struct err *e);

#endif
