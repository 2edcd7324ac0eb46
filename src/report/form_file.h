/* form_file.h: somebody else's form (.xlsx, .docx) with words in double braces, {{XHTE.vu.kynay}},
 * that are to be replaced by figures, everything else staying byte for byte what it was.
 *
 * Words are looked for in the cells of a workbook's sheets and in the paragraphs of a document's
 * text, headers, footers and footnotes, also where Office has cut them over several runs of
 * letters. A cell with one word and nothing else becomes a number where its figure is one, so that
 * the form's formulas count on. The one other change: where there are formulas, what they showed is
 * taken out, since it is no longer so, and the workbook is told to work them out when opened.
 *
 * Source: ECMA-376 part 1, 18.4 (shared strings), 18.3.1.4 (cells), 17.3.3.31 (text).
 * Checked: tests/test_form.c, tests/golden/form.
 */
#ifndef KEOGIAM_REPORT_FORM_FILE_H
#define KEOGIAM_REPORT_FORM_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct form_token {
    const char *text;  /* between the braces, trimmed */
    const char *place; /* where it stands first: "Biểu 1!C5", "word/document.xml" */
    size_t uses;
};

struct form_value {
    bool is_number;
    int64_t number;   /* of a cell that holds nothing else … */
    const char *text; /* … and what stands everywhere else */
};

struct form_file;

/* Fails (ERR_INPUT): as office_open; neither a workbook nor a document. */
bool form_open(struct form_file **f, const char *path, struct err *e);
void form_close(struct form_file *f); /* accepts NULL */

/* Each word once, in the order of the file. */
size_t form_token_count(const struct form_file *f);
const struct form_token *form_token(const struct form_file *f, size_t i);
/* Names of parts that have braces where none are replaced (text boxes, comments, names of sheets,
 * formulas, a word that is not closed), comma-separated; "" without. */
const char *form_left(const struct form_file *f);
bool form_has_formulas(const struct form_file *f);

/* Appends the file, filled in; values by token. Fails: out of memory, libzip. */
bool form_fill(struct form_file *f, const struct form_value *values, struct buf *file,
               struct err *e);

#endif
