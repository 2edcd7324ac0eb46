/* export.h: what the kinds of `export` share.
 *
 * Every export is CSV that `load` reads back: codes and ISO dates only, so nothing in it can be a
 * name. A row that is not in the file is told on stderr by a notice, never dropped silently.
 */
#ifndef KEOGIAM_CLI_EXPORT_H
#define KEOGIAM_CLI_EXPORT_H

#include "cli/output.h"
#include "cli/session.h"
#include "series/scope.h"

/* CSV written cell by cell, in constant memory. */
struct sheet {
    struct output out;
    struct buf text; /* not yet written */
    char separator;
    bool excel, in_row;
    int64_t rows; /* the head not counted */
};

bool sheet_open(struct sheet *s, const char *path, bool secret, bool excel, struct err *e);
void sheet_text(struct sheet *s, const char *text); /* "": an empty cell */
void sheet_int(struct sheet *s, int64_t n);
void sheet_amount(struct sheet *s, int64_t n); /* below 0: an empty cell */
void sheet_day(struct sheet *s, day d);
bool sheet_end_row(struct sheet *s, struct err *e);
bool sheet_close(struct sheet *s, struct err *e);
void sheet_abort(struct sheet *s); /* accepts zero and a closed one */

struct export
{
    struct session session;
    struct lists *lists;
    struct scope scope; /* below --unit and --category, else everything */
    struct span span;   /* --from … --to; DAY_MIN … DAY_MAX where neither is given */
    bool limited;       /* one of them is */
    enum basis basis;
    const char *source; /* only this one, or NULL: all */
    struct buf office;  /* who speaks in the file: load takes it for the source */
    struct sheet sheet;
    struct buf notices; /* lines for stderr: what is not in the file */
};

/* Each writes the head and the rows to x->sheet. */
bool export_cells(struct export *x, struct err *e);
bool export_incidents(struct export *x, struct err *e);
bool export_coverage(struct export *x, struct err *e);
bool export_indicators(struct export *x, struct err *e);

/* Slots in x->scope of a row's ids; NO_ENTRY outside. */
size_t export_unit(const struct export *x, int64_t id);
size_t export_category(const struct export *x, int64_t id);

/* A period's name that gives exactly these days in the calendar: 2024-05, 2024Q2, 2024H1, 2024,
 * else 2024-05-03..2024-05-09. */
void export_period(struct span span, struct calendar c, char label[32]);

#endif
