/* notes_parts.h: the notes as read, before they are in a document; for notes*.c alone.
 */
#ifndef KEOGIAM_REPORT_NOTES_PARTS_H
#define KEOGIAM_REPORT_NOTES_PARTS_H

#include "report/doc.h"

#define NOTES_NONE SIZE_MAX

struct note_section {
    const char *heading; /* with its emphasis, number and path, in NFC */
    size_t line;         /* where it stands in the file; 0: its lines are not known */
    int depth;           /* how many # */
    size_t parent;       /* the section that it is nested in; NOTES_NONE */
};

struct note_block {
    enum doc_role role;         /* DOC_BODY, DOC_BULLET */
    bool plain;                 /* tables, code: '*' is a star, lines stay lines */
    const char *text;           /* NFC */
    const struct doc_run *runs; /* where there are any they are the text, as it looks */
    size_t run_count;
    size_t section; /* NOTES_NONE: before the first heading */
};

struct notes {
    struct note_section *sections;
    size_t section_count, section_cap;
    struct note_block *blocks; /* in the file's order */
    size_t block_count, block_cap;
    bool once; /* what stands in its section already, as somebody's own, is not said again */
    struct arena arena;
};

/* Fails: cannot be read, not UTF-8, out of memory. In any case notes_free. */
bool notes_read(struct notes *n, const char *path, struct err *e);
void notes_free(struct notes *n);

/* notes_apply of what was read. Uses n's arena. */
bool notes_place(struct doc *d, struct notes *n, const char *path, struct buf *unknown,
                 struct err *e);

/* Appends `text` to the block as runs, **bold** and *italic* taken as such; a star that has no
 * partner, or \* , is a star. */
void notes_add_runs(struct doc *d, struct doc_block *b, const char *text);

#endif
