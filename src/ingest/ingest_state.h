/* ingest_state.h: an open file on its way in. Internal to ingest/. */
#ifndef KEOGIAM_INGEST_INGEST_STATE_H
#define KEOGIAM_INGEST_INGEST_STATE_H

#include "ingest/checker.h"

struct ingest {
    struct reader *reader;
    struct layout layout;
    struct checker checker; /* the reading thread's during ingest_run */
    struct directory *directory;
    enum lang lang;

    /* the caller's thread's */
    struct buf warnings;
    size_t rows_read;
    size_t *set_numbers; /* the file's category sets, as the directory numbers them */
    size_t set_count, set_cap;
};

#endif
