/* file_day.h: the day that a file without dates speaks of. Internal to ingest/. */
#ifndef KEOGIAM_INGEST_FILE_DAY_H
#define KEOGIAM_INGEST_FILE_DAY_H

#include "ingest/layout.h"

/* Codes of units are used again for other areas, and files of neighbours, boundaries and groups do
 * not say of which day they are. Reads the file once ahead and sets layout->valid_on to a day on
 * which most of its codes are valid, the latest of several, with a line in *warnings. Leaves it
 * where --const valid_on was given, the kind has dates, no code of the file has more than one
 * validity, or it is standard input, which cannot be read twice (its rows with such codes are
 * refused then). What is wrong with the file is left for the run to say. Fails: out of memory. */
bool file_day_find(struct layout *layout, const struct ingest_options *o, const struct directory *d,
                   struct buf *warnings, struct err *e);

#endif
