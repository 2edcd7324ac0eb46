/* fields.h: one cell's text becomes one value, for every type that needs no directory. Internal to
 * ingest/.
 *
 * `text` is n bytes of valid UTF-8, trimmed and not empty. False: the cell is bad and *why
 * (appended) says in `lang` what is wrong, never echoing the cell: it may hold a child's name.
 */
#ifndef KEOGIAM_INGEST_FIELDS_H
#define KEOGIAM_INGEST_FIELDS_H

#include "base/buf.h"
#include "base/date.h"
#include "ingest/lists.h"

/* Takes white space (also U+00A0, U+FEFF) off both ends; false where nothing is left. */
bool field_trim(const char **text, size_t *n);

/* Whole numbers from 0. */
bool field_count(const char *text, size_t n, enum lang lang, int64_t *out, struct buf *why);
bool field_real(const char *text, size_t n, enum lang lang, double *out, struct buf *why);
/* 0/1, có/không, x, yes/no, true/false. */
bool field_bool(const char *text, size_t n, enum lang lang, int64_t *out, struct buf *why);
bool field_year(const char *text, size_t n, enum lang lang, int64_t *out, struct buf *why);

/* A date up to `today` (DAY_NONE: any). */
bool field_date(const char *text, size_t n, day today, enum lang lang, day *out, struct buf *why);
/* A period in calendar c, or a date as its only day; it must have begun by `today`. */
bool field_period(const char *text, size_t n, struct calendar c, day today, enum lang lang,
                  struct span *out, struct buf *why);
bool field_calendar(const char *text, size_t n, enum lang lang, struct calendar *out,
                    struct buf *why);

/* One item of the closed list; the reason lists what it takes. */
bool field_list(const struct lists *l, const char *list, const char *text, size_t n, enum lang lang,
                int64_t *out, struct buf *why);
/* Several items behind ; + or , as a bit mask. */
bool field_lists(const struct lists *l, const char *list, const char *text, size_t n,
                 enum lang lang, int64_t *out, struct buf *why);

bool field_case_id(const char *text, size_t n, enum lang lang, struct buf *why);
bool field_code(const char *text, size_t n, enum lang lang, struct buf *why);
/* Replaces *nfc by the name as it is stored. */
bool field_name(const char *text, size_t n, enum lang lang, struct buf *nfc, struct buf *why);

/* Splits at any of `separators`, but gives `take` the longest joined parts that it accepts first:
 * names of items may hold a separator themselves ("hộ nghèo, cận nghèo"). Parts are trimmed, empty
 * ones passed over. False: some part is accepted in no joining. */
bool field_split(const char *text, size_t n, const char *separators,
                 bool (*take)(void *context, const char *part, size_t n), void *context);

#endif
