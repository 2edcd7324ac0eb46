/* form_parts.h: what the files of a form share: form_file.c (the package), form_find.c,
 * form_cells.c, form_text.c (where words stand), form_fill.c and xml_scan.c; for them alone. */
#ifndef KEOGIAM_REPORT_FORM_PARTS_H
#define KEOGIAM_REPORT_FORM_PARTS_H

#include "ingest/office.h"
#include "report/form_file.h"

#define NO_TOKEN SIZE_MAX

/* ---- xml_scan.c: the tags of a part that is known to be well-formed ---- */

struct xml_tag {
    size_t from, to;     /* of the part's bytes: from < to behind > */
    size_t name, name_n; /* without its prefix */
    size_t prefix_n;     /* with the colon, before the name */
    bool is_end, is_empty;
};
/* The next tag at or behind *at, which moves behind it; false: none is left. Comments, CDATA and
 * instructions are passed over. */
bool xml_next(const struct buf *part, size_t *at, struct xml_tag *tag);
bool xml_is(const struct buf *part, const struct xml_tag *tag, const char *name);
/* The value of an attribute (no prefix), [*from, *to); *start: of its name. */
bool xml_attribute(const struct buf *part, const struct xml_tag *tag, const char *name,
                   size_t *start, size_t *from, size_t *to);

/* ---- what is to be changed ---- */

/* Bytes that give way to a token's value as text, or to nothing. */
struct form_edit {
    size_t from, to;
    size_t token;      /* NO_TOKEN: nothing */
    size_t cell;       /* of an inline text: its cell, which may become a number; else NO_TOKEN */
    bool keeps_blanks; /* instead: the attribute by which a text keeps the blanks at its ends */
};

/* A cell that holds one token alone. */
struct form_cell {
    size_t token;
    size_t type_from, type_to; /* the attribute t, with the blank before it */
    size_t from, to;           /* what gives way to the number … */
    bool is_inline;            /* … with an element around it, of this prefix */
    size_t prefix, prefix_n;
};

enum form_kind { FORM_OTHER, FORM_STRINGS, FORM_SHEET, FORM_TEXT, FORM_WORKBOOK };

struct form_part {
    const char *name;
    const char *title; /* of a sheet: its tab */
    enum form_kind kind;
    struct buf bytes;
    struct form_edit *edits; /* ascending */
    size_t edit_count, edit_cap;
    struct form_cell *cells; /* ascending */
    size_t cell_count, cell_cap;
    bool has_formulas;
};

/* What a shared string holds. */
struct form_string {
    size_t first, count; /* of the tokens in it, in form_file.in_strings */
    size_t alone;        /* the token that it is, and nothing else; NO_TOKEN */
};

struct form_file {
    const char *path;
    struct office *office;
    struct buf whole; /* the file as it is */
    struct form_part *parts;
    size_t part_count, part_cap;
    struct form_token *tokens;
    size_t token_count, token_cap;
    struct form_string *strings;
    size_t string_count, string_cap;
    size_t *in_strings;
    size_t in_string_count, in_string_cap;
    struct buf left;
    struct arena arena;
};

/* ---- form_text.c ---- */

/* The text of one string, cell or paragraph. */
struct form_run {
    struct xml_tag tag; /* <t> */
    size_t from, to;    /* of the part's bytes */
    size_t at;          /* in the text */
};
struct form_text {
    struct form_run *runs;
    size_t count, cap;
    struct buf joined;
};

void form_text_free(struct form_text *t); /* accepts zero */
void form_text_clear(struct form_text *t);
/* The run between a start tag <t> and `to`. */
bool form_text_add(struct form_text *t, const struct form_part *part, const struct xml_tag *tag,
                   size_t to, struct err *e);
/* Adds the runs between a start tag, already read, and its end tag, *end; phonetic runs are not
 * shown. */
bool form_text_read(const struct form_part *part, size_t *at, const char *container,
                    struct form_text *t, struct xml_tag *end, struct err *e);

/* What is found in one text. */
struct form_found {
    size_t first, count; /* in form_file.in_strings */
    size_t alone;
};

/* Finds the words of the text, and adds the edits that replace them. */
bool form_text_take(struct form_file *f, struct form_part *part, const struct form_text *t,
                    struct form_found *found, struct err *e);
/* They stand at this place. */
bool form_found_use(struct form_file *f, const struct form_found *found, const char *place,
                    struct err *e);
bool form_edit_add(struct form_part *part, const struct form_edit *edit, struct err *e);

/* ---- form_cells.c ---- */
bool form_find_in_sheet(struct form_file *f, struct form_part *part, struct err *e);

/* ---- form_find.c ---- */
/* Finds the words of a part; the strings come before the sheets. */
bool form_find(struct form_file *f, struct form_part *part, struct err *e);

#endif
