/* show_parts.h: what the walkers of show.h share among themselves; nobody else includes it. Each
 * function appends to b and leaves a failed allocation in b->failed.
 */
#ifndef KEOGIAM_REPORT_SHOW_PARTS_H
#define KEOGIAM_REPORT_SHOW_PARTS_H

#include "base/result.h"

/* Words stand left and read as text; every other type is a number and stands right. */
static inline bool show_is_words(enum column_type type)
{
    return type == COLUMN_TEXT || type == COLUMN_TOKEN || type == COLUMN_NOTE;
}

/* What stands for an empty cell. */
extern const char show_missing[];

/* A cell by its column's type; its number, NAN where it has none. */
void show_value(struct buf *b, const struct column *column, const struct cell *cell,
                enum lang lang);
double show_cell_number(const struct cell *cell);

/* A change in words, with its percentage in brackets where that is a number. none_before: new
 * cases; prose: as running text has it. */
void show_change_amount(struct buf *b, double change, double reduction_pct, bool none_before,
                        bool prose, enum lang lang);

/* `code=value;` tokens as words, joined by "; ". A code that the table does not know stays as it
 * is. Dates in values read 03/05/2024 and a value that is a decimal number 12,5 in Vietnamese. */
void show_note(struct buf *b, const char *note, enum lang lang);

/* "Label: shown; Label: shown" of the provenance that has labels; nothing where none has. */
void show_provenance(const struct result *r, struct buf *b);

/* "SIMULATED DATA" in the result's language. */
const char *show_simulated(enum lang lang);

/* The object beside a CSV file: everything of the JSON but its rows. */
bool show_meta(const struct result *r, struct buf *b);

/* Writes the workbook to path, whole or not at all. Fails: cannot write; more rows than a sheet
 * has. */
bool show_xlsx(const struct result *r, const char *path, struct err *e);

#endif
