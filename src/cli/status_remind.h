/* status_remind.h: status --remind: who has not reported which months, as letters to send.
 *
 * For people: a list of all, then a letter to each place that still exists: to whom, from the body
 * that the letterhead names, of which months (with their days where they are not the civil ones),
 * by when (--deadline). For machines: a row a place, category and month.
 */
#ifndef KEOGIAM_CLI_STATUS_REMIND_H
#define KEOGIAM_CLI_STATUS_REMIND_H

#include "cli/status_unreported.h"
#include "report/letterhead.h"

/* One place: its gaps stand together in letters.gaps. */
struct letter {
    size_t unit;
    struct gap *const *gaps;
    size_t count;
};

struct letters {
    const struct status *st;
    enum lang lang; /* as of reports: Vietnamese unless another is chosen */
    struct unreported found;
    struct gap **gaps;      /* by place, then category */
    day deadline;           /* DAY_NONE: none is named */
    const char *letterhead; /* the setting; NULL: the built-in one */
    struct buf kept;
    size_t sender;          /* top unit whose letterhead is read; NO_ENTRY: none yet */
    struct letterhead head; /* of the sender */
    struct arena arena;
    struct buf text;
};

/* The command's part. Fails: ERR_USAGE no date; ERR_INPUT nobody has declared who reports: then a
 * month without cases and one without a report look alike; what the letterhead says. */
bool status_remind(struct status *st, struct err *e);

/* ---- status_letters.c ---- */
/* Appends list and letters to l->text. */
bool letters_write(struct letters *l, struct err *e);
/* The letter from gap `at` on; its count is 0 behind the last. */
struct letter letters_at(const struct letters *l, size_t at);

#endif
