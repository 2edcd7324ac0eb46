/* nowcasting.h: how many cases of a period are not in its count yet.
 *
 * By the date of the act: those not reported yet, by the delays of the database's reports, a root
 * each. By the date of receipt: those not entered yet, by the days on which the office loaded
 * cases, where the database tells (series/entry_delays.h). By the date of prosecution neither is
 * sound.
 * The delays of all units are taken together: a commune's own are too few to tell.
 */
#ifndef KEOGIAM_CLI_NOWCASTING_H
#define KEOGIAM_CLI_NOWCASTING_H

#include "cli/session.h"
#include "series/entry_delays.h"
#include "series/series_set.h"
#include "stats/nowcast.h"

struct nowcast_root {
    struct delays all;  /* of every report with both dates */
    struct delays seen; /* of acts on days whose receipts are in hand from the first */
    struct completeness fit;
    int64_t old; /* reports in all and not in seen */
};

struct nowcasting {
    struct nowcast_root *roots; /* by category index; by receipt one for all; NULL: nothing known */
    size_t count;
    struct entry_steps steps; /* by receipt; none: by the act */
};

/* *n is to be freed in any case. */
bool nowcasting_init(struct nowcasting *n, const struct session *s, const struct tally_query *q,
                     struct err *e);
/* The same by the dates of receipt and of the loads; *n stays zero where these tell nothing. */
bool nowcasting_init_entry(struct nowcasting *n, const struct session *s,
                           const struct tally_query *q, struct err *e);
void nowcasting_free(struct nowcasting *n); /* accepts zero */

/* What is still to come where so many were counted. */
struct nowcast {
    bool is_asked; /* there is a count … */
    bool is_told;  /* … and enough reports tell how complete the days are */
    struct seen_share seen;
    struct missing missing;
    int64_t reports, max_delay; /* that tell it; what takes longer is in no estimate */
    size_t steps;               /* by receipt: days on which cases were loaded; else 0 */
};

/* Of `count` cases of acts of these ages. */
struct nowcast nowcast_ages(const struct nowcast_root *x, struct ages ages, int64_t count);
/* Of `count` cases on these days, receipts being in hand to day `to`. root: directory index. *n of
 * no root, no days: not told. */
bool nowcast_days(const struct nowcasting *n, size_t root, const struct spans *days, day to,
                  int64_t count, struct nowcast *out, struct err *e);
/* Of a row of a comparison, now. unit, category: slots. */
bool nowcast_compared(const struct nowcasting *n, const struct compare *c, size_t unit,
                      size_t category, const struct compared *row, struct nowcast *out,
                      struct err *e);

/* Of a row of a series set: of its latest steps, from the first on that may not be complete; *from,
 * *to: which of the series' steps these are (from > to: none). */
bool nowcast_series(const struct nowcasting *n, const struct series_set *set, size_t unit,
                    size_t category, const struct series *x, struct nowcast *out, size_t *from,
                    size_t *to, struct err *e);

/* More is more likely to come than not. */
bool nowcast_is_said(const struct nowcast *x);
/* "Likely to grow: (subject), by about 3 cases (80% interval: 1 to 6) …": a whole sentence,
 * appended. Reports find it by its beginning (say_growth). */
void nowcast_say(struct buf *b, const char *subject, const struct nowcast *x, enum count_unit count,
                 enum lang lang);

/* ---- a table's ---- */

struct nowcasts {
    bool is_for; /* false: nothing is nowcast, and nothing below does anything */
    struct nowcasting of;
    struct nowcast *rows; /* as in the result */
    size_t count, cap;
};

/* Reads the delays, if q counts cases or reports by the date of the act or of receipt. *n is to be
 * freed in any case. */
bool nowcasts_init(struct nowcasts *n, const struct session *s, const struct tally_query *q,
                   struct err *e);
void nowcasts_free(struct nowcasts *n); /* accepts zero */

/* The next row's, of nothing yet: once for each row of the result. NULL: out of memory. */
struct nowcast *nowcasts_next(struct nowcasts *n, struct err *e);

/* By the date of the act: adds the columns unreported, unreported_low, unreported_high and
 * completeness behind all others, and to the notes delay_reports and delay_max; where nothing is
 * told of what was counted, delay_unknown, with the reports that are too few. */
bool nowcasts_write(const struct nowcasts *n, struct result *r, struct err *e);

#endif
