/* builtin.h: the data that every copy of the program carries in itself.
 *
 * Each file of datasets/builtin/, and those of the demonstration, is compiled in byte for byte, so
 * that `init` needs no file beside the program. scripts/embed writes the table
 * (build/gen/builtin.c) when the program is built: a change of a CSV is a change of the CSV alone.
 * What the bytes mean is for the stage that reads them: to this one they are files. */
#ifndef KEOGIAM_BASE_BUILTIN_H
#define KEOGIAM_BASE_BUILTIN_H

#include <stddef.h>

struct builtin_file {
    const char *name;          /* in datasets/builtin/: "categories.csv"; of the demonstration:
                                  "thapmuoi/units.csv" */
    const unsigned char *data; /* its bytes, UTF-8; a NUL that is no part of it follows them */
    size_t size;               /* how many bytes, that NUL not counted */
};

/* In the order of strcmp of their names; after the last comes an entry whose name is NULL.
 * Lifetime: the program's; nothing to free. */
extern const struct builtin_file builtin_files[];

/* How many there are, that last entry not counted. */
extern const size_t builtin_file_count;

#endif
