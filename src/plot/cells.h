/* cells.h: a result's cells as a chart takes them. Internal to plot/. */
#ifndef KEOGIAM_PLOT_CELLS_H
#define KEOGIAM_PLOT_CELLS_H

#include "base/result.h"

/* The cell's text; "" where it has none, or r has no such row or column. */
const char *cells_text(const struct result *r, size_t row, const char *column);

/* The cell's number; NAN where it has none, or r has no such row or column. */
double cells_number(const struct result *r, size_t row, const char *column);

/* How many parts a text cell of ";"-separated parts has; 0 for an empty one. */
size_t cells_parts(const struct result *r, size_t row, const char *column);

/* Its part as a number ('.' decimals); NAN where that part is empty, no number, or not there. */
double cells_part_number(const struct result *r, size_t row, const char *column, size_t part);

/* Its part as a month, "2024-05" as months since the year 0. False where it is none. */
bool cells_part_month(const struct result *r, size_t row, const char *column, size_t part,
                      int *index);

/* "2024-05" as months since the year 0. False for anything else. */
bool cells_read_month(const char *label, int *index);

/* A note is `code=value;` one behind the other. */
bool cells_has_note(const struct result *r, size_t row, const char *code);

#endif
