/* num.h: numbers from text and to text. LC_NUMERIC never decides: the program never sets a locale,
 * and these functions read and write `.` or `,` as they are told.
 */
#ifndef KEOGIAM_BASE_NUM_H
#define KEOGIAM_BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/lang.h"

/* Whole numbers: "12", "1.234" or "1 234" (groups of three), "-3"; false for anything else, and for
 * what does not fit. *fractional tells 1.5 / 1,5 from text that is no number at all. */
bool num_parse_int(const char *text, size_t n, int64_t *out, bool *fractional);

/* Reals with `.` or `,` as decimal sign, optional exponent, optional closing %. Never inf or nan.
 */
bool num_parse_real(const char *text, size_t n, double *out);

/* %.15g with `.`; nothing for a value that is not finite. Appends. */
void num_add_machine(struct buf *b, double x);

/* As people read: decimals digits behind the sign; thousands grouped; Vietnamese 1.234,5 and
 * English 1,234.5; minus is U+2212 in both. Appends. -0 is printed as 0. */
void num_add_human(struct buf *b, double x, int decimals, enum lang lang);
void num_add_count(struct buf *b, int64_t n, enum lang lang);
/* The same as official prose writes it: 06 below ten in Vietnamese (none is 0). */
void num_add_prose(struct buf *b, int64_t n, enum lang lang);

/* A p-value, three decimals, "<0.001" below that; nothing when not finite. Appends. */
void num_add_p(struct buf *b, double p, enum lang lang);

#endif
