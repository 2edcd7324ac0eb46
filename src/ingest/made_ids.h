/* made_ids.h: case ids of sheets that only number their rows. Internal to ingest/.
 *
 * UNIT-YEAR-MONTH-ROOT-NUMBER, as 30046-2024-05-XHTE-003: the unit's code, the month of receipt
 * (else of the act, else of prosecution), the codes of the case's roots, the running number. The
 * same sheet gives the same ids, and so does the sheet with other cells corrected; a row put in
 * between the others does not, since it moves the numbers of those behind it.
 */
#ifndef KEOGIAM_INGEST_MADE_IDS_H
#define KEOGIAM_INGEST_MADE_IDS_H

#include "base/buf.h"
#include "base/err.h"

/* The ids of a file so far, and where they stand. */
struct made_ids {
    struct made_id {
        const char *id;
        const char *place; /* the file or sheet, as whoever adds it calls it */
        size_t line;
    } * items;
    size_t count, cap;
    size_t *slots; /* hash table of places + 1; 0: free */
    size_t slot_count;
    struct arena arena;
};
void made_ids_free(struct made_ids *m); /* accepts zero */

/* Notes the id and, but for its text, keeps what it is given; *before is the entry that has the id
 * already, NULL where it is new. False: out of memory. */
bool made_ids_add(struct made_ids *m, const struct made_id *id, const struct made_id **before,
                  struct err *e);

/* "3", "003", "3.": the number, 1 to 99999; 0 for anything else. */
long made_ids_number(const char *text, size_t n);

#endif
