/* session.h: what most commands open first: database, settings, directory, coverage; and the
 * reading of the options that name periods, units and categories.
 */
#ifndef KEOGIAM_CLI_SESSION_H
#define KEOGIAM_CLI_SESSION_H

#include "base/result.h"
#include "cli/boundaries.h"
#include "cli/command.h"
#include "report/show.h"
#include "series/compare.h"
#include "store/cover.h"
#include "store/store.h"

struct session {
    const struct request *request;
    enum lang lang;   /* of tables: --lang, else the database's setting, else the terminal's */
    bool lang_chosen; /* by --lang or the database: else charts and reports are in Vietnamese */
    enum lang talk;   /* of what is said to whoever typed the command */
    struct store *store;
    struct directory directory;
    struct cover cover;
    struct calendar calendar;
    bool calendar_is_mixed; /* nobody chose, and the counts loaded go by two calendars */
    int64_t state;          /* --state, else STATE_NOW */
    struct boundaries *boundaries;
    day as_of; /* --as-of: nobody has spoken for any day behind it; DAY_NONE: not asked */
    bool synthetic;
    bool writable; /* opened for writing */
};

/* The language of people: --lang, else the setting, else the terminal's, which is not chosen; e
 * speaks it from here on. Fails: the database cannot be read. */
bool session_language(struct store *s, const struct request *r, enum lang *lang, bool *chosen,
                      struct err *e);

/* Opens for reading (or writing) and reads everything as of --state. */
bool session_open(struct session *s, const struct request *r, enum store_mode mode, struct err *e);
/* For writing where that is possible, else for reading: of commands that leave a line in the audit
 * table, but are as good without it. *unwritten says why it is not writable. */
bool session_open_any(struct session *s, const struct request *r, struct err *unwritten,
                      struct err *e);
/* Leaves such a line; false where it cannot be left: the file made is as good, but the database
 * does not know of it. */
bool session_audit(const struct session *s, const char *action, const struct buf *line);
/* Documents and charts are in Vietnamese unless somebody chose. */
void session_speak_for_documents(struct session *s);
void session_close(struct session *s); /* accepts zero */

/* The last day that anybody speaks for; DAY_NONE: nobody does. */
day session_last_known(const struct session *s);

/* ---- session_as_of.c ---- */
/* --as-of, and the coverage ends there. Fails: ERR_USAGE no date; ERR_INPUT behind the last day
 * that anybody speaks for. */
bool session_read_as_of(struct session *s, struct err *e);
/* Fails (ERR_INPUT): the period begins behind --as-of. */
bool session_reaches(const struct session *s, const struct period *p, struct err *e);
/* "Received by: …"; `before`: the periods before have days of their own. */
bool session_add_as_of(const struct session *s, bool before, struct result *r, struct err *e);
/* --calendar, else the setting, else what the count rows declare, else 01-01 (contract 2). Again
 * after a load. Fails (ERR_INPUT): the counts go by two calendars, nobody chose, and the command
 * asks of time. */
bool session_choose_calendar(struct session *s, struct err *e);

/* A list of units or categories named by an option: directory indices in *items (to be freed), none
 * where the option was not given. Names are looked up on `at`. */
bool session_units(const struct session *s, enum option_id id, day at, size_t **items,
                   size_t *count, struct err *e);
bool session_categories(const struct session *s, enum option_id id, size_t **items, size_t *count,
                        struct err *e);

/* --period, else the latest calendar year in which the category (NO_ENTRY: any) has coverage. Fails
 * (ERR_INPUT) on an empty database, naming what to load. */
bool session_period(const struct session *s, struct period *p, struct err *e);

/* History on the boundaries of --units-as-of, else of day `at` (DAY_NONE: the last of which
 * anything is known), with --split; it lives as long as the session. */
bool session_lineage(const struct session *s, day at, const struct lineage **l, struct err *e);

/* --from or --to: the first or last day of the month named (of any period); *bound stays where it
 * was not given. */
bool session_month(const struct session *s, enum option_id id, bool end, day *bound, struct err *e);

/* Roots that have coverage (directory indices, to be freed), in tree order. */
bool session_roots(const struct session *s, size_t **roots, size_t *count, struct err *e);

/* A closed choice of an option: index in the '|'-separated words of the option's own help value,
 * `missing` where not given. */
bool session_choice(const struct request *r, enum option_id id, int missing, int *choice,
                    struct err *e);

/* A number of an option, over `low` and up to `high`; *x stays where the option is not given. */
bool session_number(const struct request *r, enum option_id id, double low, double high, double *x,
                    struct err *e);

/* A unit's name as shown: "(cũ)" behind one not valid on `at`, words for an unknown place. In the
 * arena. */
const char *session_unit_name(const struct session *s, size_t unit, day at, struct arena *arena);

/* --format, -o and the rest; a table on a terminal, else CSV? No: table unless --format says
 * otherwise or -o has a suffix .csv, .json, .xlsx. Shows the result and, where the database can be
 * written, adds an audit line. */
bool session_show(const struct session *s, const struct result *r, struct err *e);

/* Provenance every output carries: basis, calendar, spans, data end, version … */
struct session_facts {
    enum basis basis;
    enum count_unit count;
    const struct period *period;
    const struct period *before; /* NULL: none */
    size_t before_count;
    day data_end; /* DAY_NONE: none */
    bool assumed;
    const char *population; /* column, "" */
};
bool session_provenance(const struct session *s, const struct session_facts *f, struct result *r,
                        struct err *e);

/* Names a span of whole months after its first and last: "2024-01..2024-06", "2024-01". */
void session_label_months(const struct session *s, struct period *p);
/* A period in a title: "2024H1", with its dates where the calendar is not the civil one. Append. */
void session_add_period(const struct session *s, const struct period *p, struct buf *b);
/* The provenance's entry `calendar`, shown to people where it is not the civil one. */
bool session_add_calendar(const struct session *s, struct result *r, struct err *e);

/* What is counted, in words: "cases", "vụ". */
const char *session_counted(enum count_unit count, enum lang lang);

/* "1 case", "1,234 cases", "3 children"; `many` for what is no whole number. Append. */
void session_amount(struct buf *b, const char *number, bool many, enum count_unit count,
                    enum lang lang);
void session_add_count(struct buf *b, int64_t n, enum count_unit count, enum lang lang);

/* The n bytes of a step's label: 03/2020 for "2020-03" in Vietnamese, else as they are. Append. */
void session_add_month(struct buf *b, const char *label, size_t n, enum lang lang);

/* dd/mm/yyyy in Vietnamese, ISO in English. */
void session_date(day d, enum lang lang, char text[11]);
void session_span(struct span s, enum lang lang, struct buf *b);

#endif
