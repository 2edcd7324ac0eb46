/* keep_parts.h: the editions being compared; for keep*.c alone.
 */
#ifndef KEOGIAM_REPORT_KEEP_PARTS_H
#define KEOGIAM_REPORT_KEEP_PARTS_H

#include "report/align.h"
#include "report/notes_parts.h"

struct keeping {
    struct doc *d;
    const char *path;
    enum lang lang;      /* of what is said */
    struct buf *said;    /* lines */
    struct record was;   /* what the program wrote into the edited edition */
    struct record typed; /* what stands there now */
    struct record now;   /* what the program says in the new one */
    size_t *typed_of;    /* of each item of `was`, in `typed`; ALIGN_NONE: deleted */
    size_t *now_of;      /* the same in `now`; ALIGN_NONE: no longer said */
    size_t *was_of;      /* of each item of `typed`; ALIGN_NONE: somebody's own */
    struct notes notes;  /* own paragraphs under their headings */
    size_t figures;      /* typed over */
};

/* The name of the part that item i of `was` stands in: its heading. Append. */
void keep_add_heading(const struct keeping *k, size_t i, struct buf *b);
/* "path: what stands where: ": begins a line. */
void keep_begin_line(struct keeping *k, const char *place);
/* The first words of a text in quotes. Append. */
void keep_add_quoted(struct buf *b, const char *text);

/* What of a paragraph of ours was left in place, and stands before and behind what was typed
 * around it: false where it was rewritten. The figures may differ. */
bool keep_split(const char *was, const char *typed, size_t *before, const char **behind);

/* A line for each difference between `was` and `typed`. */
void keep_say_changes(struct keeping *k);
/* Own paragraphs into k->notes, saying what of them is special. */
void keep_collect(struct keeping *k);

#endif
