/* issued.h: official reports: the figures that went out under a number, as they were then.
 *
 * Append-only, like the audit table: what was said stays said. A correction is a report of its own
 * that names the one it corrects; the newest of a chain is what was said last. Issuing is one
 * transaction: begin, add, the document's files, commit with the audit line; whatever fails leaves
 * neither figures nor a number taken.
 */
#ifndef KEOGIAM_STORE_ISSUED_H
#define KEOGIAM_STORE_ISSUED_H

#include "store/store.h"

/* One headline figure. `total` of a root and `kind` of a category under it: cases recorded now and
 * in the same period before; `target`: an indicator's numerator and denominator. */
struct issued_figure {
    const char *figure;   /* token: total, kind, target */
    const char *key;      /* code of the category, number of the indicator */
    const char *category; /* whose cases are counted; "": an indicator that counts none */
    const char *name;
    bool has_count, has_base;
    int64_t count, base;
    const char *verdict; /* token; "": none */
};

/* Texts are "" where nothing was asked for. */
struct issued_report {
    int64_t id, at; /* at: seconds since 1970, UTC */
    const char *number;
    const char *kind;   /* "briefing", "situation", "unit", "correction" */
    const char *period; /* label */
    struct span span;   /* its days */
    const char *unit;   /* code */
    const char *body;   /* code of the unit that reports: of a page on one unit not that one */
    const char *plan, *basis, *calendar, *as_of, *units_as_of, *split, *audience;
    int64_t state;       /* the load after which the data stood as they were */
    day data_end;        /* DAY_NONE: not known */
    int64_t corrects;    /* id of the first of the chain; 0: it corrects none */
    const char *command; /* that makes the document again, without the program's name */
    const struct issued_figure *figures;
    size_t figure_count;
};

struct issued_list {
    struct issued_report *items; /* in the order of issue */
    size_t count, cap;
    struct arena arena; /* texts and figures */
};

/* All of them. */
bool issued_read(struct store *s, struct issued_list *list, struct err *e);
void issued_free(struct issued_list *list); /* accepts zero */

/* The newest of x's chain of those issued before the id `before` (INT64_MAX: of all): its last
 * correction, else x itself. */
const struct issued_report *issued_latest(const struct issued_list *list,
                                          const struct issued_report *x, int64_t before);
/* By its number, or the digits that it begins with: 15 is 15/BC-BCĐ138; with a period's label only
 * of that period (NULL: any). The newest; *count: how many there are. NULL: none. */
const struct issued_report *issued_find(const struct issued_list *list, const char *name,
                                        const char *period, size_t *count);

/* ---- issuing ---- */

/* 1 to 40 of 0-9 A-Z a-z Đ đ . _ / -: a number, no free text. */
bool issued_is_number(const char *number);

/* Opens the transaction. Fails (ERR_FAILED): the database cannot be written; something was loaded
 * since `last`, the newest load when the figures were read. */
bool issued_begin(struct store *s, int64_t last, struct err *e);
/* One more than the highest running number of the year (its digits before the first other
 * character). */
bool issued_next(struct store *s, int year, int64_t *next, struct err *e);
/* Sets r->id. Fails (ERR_INPUT): no number; the number was given in that year already, and to what.
 */
bool issued_add(struct store *s, struct issued_report *r, struct err *e);
/* With the line in the audit table. A failure has aborted. */
bool issued_commit(struct store *s, const char *detail, struct err *e);
void issued_abort(struct store *s);

#endif
