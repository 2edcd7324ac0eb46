/* record.h: what a DOCX says, as one reads it: headings, paragraphs, rows of tables and pictures in
 * their order, without looks. Three documents are told in these words and compared (align.h,
 * keep.h): the one that somebody edited, the one that is being written, and what the edited one
 * said when we wrote it. The latter travels inside each DOCX as a part of its own,
 * customXml/itemN.xml: Word and LibreOffice hand it on untouched.
 *
 * Text is in NFC with one plain space between words, so that U+00A0, line breaks and the runs that
 * an editor splits do not count as changes. What says nothing (empty paragraphs, lines) is left
 * out. Of tracked changes the last state counts: what was inserted is there, what was deleted is
 * not.
 */
#ifndef KEOGIAM_REPORT_RECORD_H
#define KEOGIAM_REPORT_RECORD_H

#include "ingest/office.h"
#include "report/doc.h"

/* The tag of the content controls that hold the analyst's own paragraphs. LibreOffice drops tags
 * and keeps the title (record_title), so either is the mark. */
#define RECORD_TAG "keogiam-own"
const char *record_title(enum lang lang);

/* The part, and what it is called where we write it. */
#define RECORD_PART "customXml/item1.xml"
#define RECORD_NAMESPACE "urn:keogiam:record:1"

/* Items of a document, and bytes of their text; a file of more is no report of ours. */
#define RECORD_MAX 8000
#define RECORD_BYTES_MAX ((size_t)32 << 20)

enum record_kind { RECORD_HEADING, RECORD_TEXT, RECORD_ROW, RECORD_FIGURE };

struct record_item {
    enum record_kind kind;
    int level;                   /* RECORD_HEADING: 1 to 9; an appendix is 1 */
    const char *text;            /* RECORD_FIGURE: its alt text; RECORD_ROW: "" */
    const char **cells;          /* RECORD_ROW; one over n columns stands n times */
    size_t cell_count, cell_cap; /* of the array that the record owns */
    int table;                   /* RECORD_ROW: which one of the document, from 1 */
    bool is_head;                /* RECORD_ROW: names the columns */
    bool is_own;                 /* the analyst's: in a content control of ours */
    bool is_prompt;              /* own, and nothing was typed there yet */
    /* Of a document alone: */
    bool is_bullet, has_picture;
    struct doc_run *runs; /* RECORD_TEXT */
    size_t run_count;
};

struct record {
    const char *of; /* "briefing", "unit 30055" */
    struct record_item *items;
    size_t count, cap;
    size_t comments, footnotes; /* of a document: how many there are */
    size_t bytes;               /* of text read so far */
    bool failed;                /* out of memory */
    struct arena arena;
};

void record_free(struct record *r); /* accepts zero */
/* Appends an item without text; NULL when out of memory. Valid until the next one. */
struct record_item *record_add(struct record *r, enum record_kind kind);
/* More than RECORD_MAX or RECORD_BYTES_MAX: no more is read. */
bool record_is_full(const struct record *r);
/* A cell of the last item. */
void record_add_cell(struct record *r, const char *text);

/* Appends the part: what the program said, and its prompts; own paragraphs are left out. */
void record_write(const struct record *r, struct buf *part);
/* Reads it from whichever customXml part has it; *found = false: none has. Fails as office_read. */
bool record_read(struct record *r, struct office *o, bool *found, struct err *e);

/* Reads the document itself. Fails as office_read; (ERR_INPUT) it is too large. */
bool record_read_document(struct record *r, struct office *o, const char *path, struct err *e);
/* The same of a document.xml of our own in memory. Fails: out of memory. */
bool record_read_written(struct record *r, const struct buf *document, struct err *e);

#endif
