/* say_private.h: what the files of say share. */
#ifndef KEOGIAM_REPORT_SAY_PRIVATE_H
#define KEOGIAM_REPORT_SAY_PRIVATE_H

#include "plot/cells.h"
#include "report/say.h"

/* A space, unless the text is empty or ends with one: another sentence follows. */
void say_next(struct buf *b);

/* "năm 2024", "6 tháng đầu năm 2024" …: a period's label in words, else its days. */
void say_label(struct buf *b, const char *label, struct span span, enum lang lang);

/* The count of a cell; -1 where it has none. */
int64_t say_count(const struct result *r, size_t row, const char *column);

/* The value of a code of the row's note, up to its semicolon; false: it has no such code. */
bool say_note(const struct result *r, size_t row, const char *code, struct buf *value);

/* A row that stands for one unit: not the whole, not a place unknown. */
bool say_is_unit(const struct facts *f, const struct result *r, size_t row);

/* Appends the footer that begins as the format does before its first %; false: there is none. */
bool say_footer(struct buf *b, const struct result *r, const char *format);

#endif
