/* batch.h: what the reading thread hands to the caller's: rows and all that was found on the way,
 * in one piece. Internal to ingest/.
 *
 * A batch belongs to one thread at a time; it goes back and forth through two queues
 * (ingest_run.c), so the memory of a run does not grow with the file.
 */
#ifndef KEOGIAM_INGEST_BATCH_H
#define KEOGIAM_INGEST_BATCH_H

#include "ingest/directory.h"
#include "ingest/kind.h"

#define BATCH_ROWS 512

/* A reject on its way: `value` is kept or dropped by rejects_add. */
struct note {
    size_t line;
    const char *column, *reason, *value;
    size_t value_bytes;
};

struct batch {
    struct row rows[BATCH_ROWS];
    size_t row_count;
    struct note *notes;
    size_t note_count, note_cap;
    struct category_set
        *sets; /* first met in this batch: their numbers go on from the batch before */
    size_t set_count, set_cap;
    struct buf warnings;
    size_t rows_read;
    struct arena arena; /* texts of rows and notes */
};

static inline bool batch_is_full(const struct batch *b)
{
    return b->row_count == BATCH_ROWS || b->note_count >= BATCH_ROWS;
}

/* Where finished rows go: `send` takes a batch that is full and returns an empty one, NULL to stop.
 */
struct outlet {
    struct batch *batch;
    struct batch *(*send)(void *context, struct batch *full);
    void *context;
};

#endif
