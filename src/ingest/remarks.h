/* remarks.h: what stands in a sheet among and under the rows of its table: headings of groups,
 * notes, dates and signatures, rows numbered beforehand. Internal to ingest/.
 *
 * A row that has nothing in any column that is read is passed over. So are rows behind the last
 * that could be one of the table, where few cells are filled and none of them reads as what its
 * column holds: until a row of the table follows they are held back, and given to the checker then.
 */
#ifndef KEOGIAM_INGEST_REMARKS_H
#define KEOGIAM_INGEST_REMARKS_H

#include "ingest/checker.h"

#define REMARKS_HELD 60

struct remarks {
    struct checker *checker;
    struct record held[REMARKS_HELD];
    size_t held_count;
    size_t passed, first_line; /* rows passed over that say something, the first of them */
    struct arena arena;        /* of the rows held */
};

void remarks_init(struct remarks *r, struct checker *c);
void remarks_free(struct remarks *r);

/* A record for the checker, at once, later or not at all. As checker_record. */
bool remarks_record(struct remarks *r, const struct record *rec, struct outlet *out, struct err *e);
/* The table has ended: what is held was no row. A warning counts what was passed over. */
bool remarks_end(struct remarks *r, struct outlet *out, struct err *e);

#endif
