/* load_say.h: what a file's load says when it is done. */
#ifndef KEOGIAM_CLI_LOAD_SAY_H
#define KEOGIAM_CLI_LOAD_SAY_H

#include <stdio.h>

#include "ingest/returned.h"
#include "store/store.h"

/* Pairs of cases that may be one. */
struct load_doubles {
    int64_t within, against; /* both in the file; one of them there before */
    struct buf named;        /* a line for each of the first few */
};
/* After load_finish, before the load is settled. The sheets' names are as in struct rejects. */
bool load_doubles_find(struct load_doubles *d, struct load *l, const char *const *sheets,
                       struct err *e);

struct load_talk {
    FILE *out;
    const char *file;
    const char *name;         /* of the file, as in FILE.rejects.csv */
    const char *kind;         /* translated */
    bool commit;              /* load, not check */
    bool calendar_open;       /* the file names periods and leaves open by which calendar … */
    struct calendar calendar; /* … so they went by this one */
    const struct returned *returned; /* a template that came back, or NULL */
    const struct load_summary *summary;
    const struct load_doubles *doubles;
    const struct buf *warnings; /* of ingest */
    size_t rejected;
};
void load_say(const struct load_talk *t, enum lang lang);

#endif
