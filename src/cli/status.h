/* status.h: what the files of `status` share.
 *
 * Facts are read once; each section is a table of its own with columns of its own. People see one
 * table after another; machines one table of section,item,unit,category,from,to,value,note, into
 * whose note the further columns go as `name=value;`.
 */
#ifndef KEOGIAM_CLI_STATUS_H
#define KEOGIAM_CLI_STATUS_H

#include "cli/session.h"
#include "cli/status_rates.h"
#include "series/monthly.h"
#include "series/scope.h"

/* Rows of one kind of one source. */
struct status_rows {
    const char *source; /* "" where the kind has none */
    enum kind_id kind;
    int64_t rows, cases; /* cases: of incidents, else -1 */
    struct span span;    /* of the days that the rows name; empty where they name none */
};

struct status_facts {
    struct status_rows *rows;
    size_t row_count, row_cap;
    int64_t reports, cases;
    int64_t undated[BASIS_TOTAL]; /* cases that lack the date */
    int64_t no_place;             /* cases of a place unknown */
    int64_t outside;              /* cases received on days that nobody speaks for */
    struct known *known;          /* by category index; made where a case is of it */
    bool *known_made;
    struct scope scope; /* everything */
    struct stated stated;
    struct status_rates rates;
    struct monthly monthly;
    struct arena arena;
};

struct status_section {
    const char *name; /* the machine's */
    struct result table;
};

enum { STATUS_SECTIONS = 20 };

struct status {
    struct session session;
    struct status_facts facts;
    struct status_section sections[STATUS_SECTIONS];
    size_t count;
    bool for_people; /* dates as they read them, long lists cut … */
    bool wide;       /* … unless --wide asks for all of them */
    bool focused;    /* some places, categories or months are asked for: only sections about them */
    bool *units, *categories; /* by directory index: asked for; NULL: all */
    struct span reach;        /* --from, --to */
};

/* Reads all rows of all kinds. The facts are zero before; freed, too, after a failure. */
bool status_facts_read(struct status_facts *f, const struct session *s, struct err *e);
void status_facts_free(struct status_facts *f);

/* A new section; the title is English, for tr(). The table is the caller's to fill. */
struct result *status_section(struct status *st, const char *name, const char *title,
                              const struct column *columns, size_t column_count);
/* Views for people where not every column is theirs. */
void status_views(struct result *table, const struct view *views, size_t count);

/* Whether the options ask for the unit and the category (NO_ENTRY: none). */
bool status_is_asked(const struct status *st, size_t unit, size_t category);

/* 2024-05-03T10:20:30Z; in the table's arena, NULL where out of memory. */
const char *status_utc(struct result *table, int64_t seconds);
/* A day as the reader wants it, in the table's arena; NULL (an empty cell) for DAY_NONE or out of
 * memory. */
const char *status_day(const struct status *st, struct result *table, day d);

/* ---- the sections, in their order; each adds one, or none where it has nothing to say ---- */
bool status_database(struct status *st, struct err *e);
bool status_next(struct status *st, struct err *e); /* what to do first with an empty database */
bool status_units(struct status *st, struct err *e);
bool status_categories(struct status *st, struct err *e);
bool status_sources(struct status *st, struct err *e);
bool status_coverage(struct status *st, struct err *e);
bool status_gaps(struct status *st, struct err *e);
bool status_disagreements(struct status *st, struct err *e);
bool status_silences(struct status *st, struct err *e);
bool status_jumps(struct status *st, struct err *e);
bool status_undated(struct status *st, struct err *e);
bool status_delays(struct status *st, struct err *e);
bool status_loads(struct status *st, struct err *e);
bool status_warnings(struct status *st, struct err *e);

/* ---- of --handover alone ---- */
bool status_place(struct status *st, struct err *e);    /* where the database is, how big */
bool status_settings(struct status *st, struct err *e); /* what `config` keeps */
bool status_plans(struct status *st, struct err *e);
bool status_aliases(struct status *st, struct err *e); /* spellings that people taught it */
/* Two sections: open reports over their legal time, and those that still have some. They name
 * cases. Fails (ERR_INPUT): the database is set to an audience that must not see them. */
bool status_open(struct status *st, struct err *e);
bool status_reports(struct status *st, struct err *e);  /* made, with the commands that make them */
bool status_official(struct status *st, struct err *e); /* issued under a number */
bool status_copies(struct status *st, struct err *e);   /* backups made, and restored */

/* Instead of the sections above: --duplicates. */
bool status_duplicates(struct status *st, struct err *e);

#endif
