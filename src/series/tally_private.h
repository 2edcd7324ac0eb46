/* tally_private.h: shared by tally.c (cases), tally_rows.c (reading count rows and choosing those
 * that a window uses), tally_counts.c (what they say of values), tally_parts.c (units of other
 * boundaries). */
#ifndef KEOGIAM_SERIES_TALLY_PRIVATE_H
#define KEOGIAM_SERIES_TALLY_PRIVATE_H

#include "series/allotment.h"
#include "series/tally.h"

/* A count row of a scope's root. */
struct count_row {
    size_t unit;     /* slot, of a part too */
    size_t category; /* directory index: also of categories beside the scope's */
    struct span days;
    int64_t n;
    bool known;         /* false: written empty */
    const char *source; /* in the rows' arena */
};

/* A row in a window. mark: 0, used as it is; else why it is not (enum tally_mark). */
struct row_use {
    size_t row, window;
    unsigned char mark;
};

/* Days of a window on which a unit x category has a row of its own. */
struct said {
    struct spans days;
    struct spans zero; /* those of them that say 0: then every part is 0 too */
    bool coarse;       /* a row sticks out of the window */
};

struct count_rows {
    struct span reach; /* of the windows: rows outside it are passed over */
    struct count_row *items;
    size_t count, cap;
    struct row_use *uses;
    size_t use_count, use_cap;
    struct said **said;  /* [unit slot * categories of the directory + category]: by window; NULL */
    struct spans *below; /* by unit slot: what is known of the units under it */
    bool *is_root;       /* by directory index: a root of the scope */
    struct arena arena;
};

/* The categories of a set that are in a scope. */
struct set_slots {
    size_t count;
    size_t slots[CATEGORY_SET_MAX];
};

/* Which windows a day may lie in: those whose reach has it. Many windows of few days each (months)
 * are not to be asked one by one for every case. */
struct day_windows {
    struct span days;
    size_t *starts; /* [days + 1] into windows, by day from days.from */
    size_t *windows;
};

/* One job under way. */
struct tallying {
    struct tally *t;
    const struct scope *scope;
    const struct tally_query *q;
    const struct window *windows;
    const struct known *known;
    size_t *unit_of; /* store id -> unit slot, NO_ENTRY */
    int64_t unit_ids;
    struct set_slots *sets;   /* by category set */
    struct span *reach;       /* [window] from its first day to its last, of any unit */
    struct spans *part_days;  /* [window * parts + part] days of parts that several units have */
    bool *part_split;         /* [window * parts + part] these units differ in their days */
    struct allotment *shares; /* which heir each case of a divided unit goes to; NULL: none is */
    struct day_windows by_day;
    struct count_rows *rows; /* NULL: no counts file speaks in the scope */
};

/* What is added to a cell. */
struct amount {
    int64_t n, blank, absent;
    double sum, square;
    unsigned char marks;
};

extern const struct spans no_days;

/* tally_parts.c: the days of a window on which a part is counted. */
const struct spans *tally_part_days(const struct tallying *y, size_t window, size_t slot);

/* The days of a window that a slot has. */
static inline const struct spans *window_days(const struct tallying *y, size_t window, size_t slot)
{
    const struct window *w = &y->windows[window];
    if (slot >= y->scope->unit_count)
        return tally_part_days(y, window, slot);
    if (w->units && !w->units[slot])
        return &no_days;
    return w->by_unit ? &w->by_unit[slot] : w->days;
}

/* tally_parts.c: the days of parts; what is to be said of divided units once all is counted. */
bool tally_index_parts(struct tallying *y, struct err *e);
void tally_index_parts_free(struct tallying *y); /* accepts zero */
bool tally_judge_parts(struct tallying *y, struct err *e);

/* From the first to the last day that any window has. */
struct span windows_reach(const struct tallying *y);

/* tally_days.c: fills reach and by_day. */
bool tally_index_days(struct tallying *y, struct err *e);
void tally_index_free(struct tallying *y); /* accepts zero */

void tally_add(struct tally *t, size_t at, const struct amount *a);

/* Reads the count rows of all jobs that have `rows`, and chooses those that each window uses. */
bool tally_read_rows(struct tallying *jobs, size_t count, struct store *s, struct err *e);
void tally_rows_delete(struct tallying *y); /* accepts none */

/* The row of its own that a cell has, in a window; NULL: none. category: directory index. */
const struct said *tally_said(const struct tallying *y, size_t unit, size_t category,
                              size_t window);

/* A row of the cell sticks out of the window. */
bool tally_is_coarse(const struct tallying *y, size_t unit, size_t category, size_t window);

/* Adds an amount on some days to a cell (category: slot) and to every cell above it, up to where a
 * row stands for it on these days. */
void tally_put(struct tallying *y, size_t unit, size_t category, size_t window, struct span days,
               const struct amount *a);
/* Everything that count rows say, before the cases come; and what can be said only afterwards. */
bool tally_put_rows(struct tallying *y, struct err *e);
bool tally_judge_rows(struct tallying *y, struct err *e);

#endif
