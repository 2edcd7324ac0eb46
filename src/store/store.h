/* store.h: rows <-> database: questions and answers in the words of the contract.
 *
 * The store keeps sources only: cases with their dates, count rows with their spans, coverage,
 * reference tables. Every row version knows the load that made it and the load that ended it, so
 * the state at any load can be asked for. It enforces what depends on other rows: one current
 * version a key, coverage (declared or assumed), conflicts between sources, the history of
 * replaced values. Callers never see SQL.
 *
 * A `state` is a load's number; STATE_NOW is the present. */
#ifndef KEOGIAM_STORE_STORE_H
#define KEOGIAM_STORE_STORE_H

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "ingest/directory.h"
#include "ingest/ingest.h"
#include "ingest/kind.h"
#include "ingest/lists.h"

#define STATE_NOW INT64_MAX

struct store;
enum store_mode { STORE_WRITE, STORE_READ };

/* Makes a new, empty database (0600) with the closed lists in it. Fails where the file exists. */
bool store_create(const char *place, const struct lists *lists, struct err *e);
/* STORE_READ sees one state from its first question until it is closed (what others load
 * meanwhile has to wait for it). STORE_WRITE falls back to nothing: a read-only file is an error
 * there. Fails: ERR_INPUT no database of ours, or one of a newer program; ERR_FAILED missing,
 * locked, unreadable. */
bool store_open(struct store **s, const char *place, enum store_mode mode, struct err *e);
void store_close(struct store *s); /* accepts NULL */

/* ---- settings and audit ---- */
bool store_config_get(struct store *s, const char *key, struct buf *value, bool *found,
                      struct err *e);
bool store_config_set(struct store *s, const char *key, const char *value, struct err *e);
/* One line of the append-only audit table, in the transaction that is open, else in its own. */
bool store_audit(struct store *s, const char *action, const char *detail, struct err *e);
/* The lines of an action, oldest first. Texts live until the next. */
struct audit_line {
    int64_t at; /* seconds since 1970, UTC */
    const char *who, *detail;
};
typedef bool (*store_audit_fn)(void *context, const struct audit_line *line, struct err *e);
bool store_each_audit(struct store *s, const char *action, store_audit_fn fn, void *context,
                      struct err *e);
/* The newest line of an action: *at in seconds since 1970, UTC; 0: there is none. */
bool store_last_audit(struct store *s, const char *action, struct buf *detail, int64_t *at,
                      struct err *e);

/* ---- what is there ---- */
/* Units and categories as of `state`, with the category sets. Directory set i is the store's
 * i + 1 in every state; members that a state lacks are left out: a set may be empty there. */
bool store_directory(struct store *s, int64_t state, struct directory *d, struct err *e);

/* Rows of a kind's table as of `state`, in key order, as slots (kind.h; units and categories by
 * their ids; incidents: INC_CATEGORY is the set's index). info.source is "" where the kind has no
 * sources. */
struct row_info {
    const char *source;
    int declared; /* coverage: 0 assumed, 1 declared, 2 from a counts file */
    int64_t made_by;
};
typedef bool (*store_row_fn)(void *context, const struct row *row, const struct row_info *info,
                             struct err *e);
bool store_each_row(struct store *s, int64_t state, enum kind_id kind, store_row_fn fn,
                    void *context, struct err *e);

/* A case or a counts row that is not the same in two states. */
struct store_change {
    const char *source;
    const struct row *then, *now; /* as store_each_row gives them; NULL: not there */
    bool was_before; /* then NULL: it had been there before the earlier state, and was withdrawn */
};
typedef bool (*store_change_fn)(void *context, const struct store_change *c, struct err *e);
/* In key order; what was taken back and came again as it was is no change. kind: KIND_INCIDENTS or
 * KIND_COUNTS. */
bool store_each_change(struct store *s, int64_t then, int64_t now, enum kind_id kind,
                       store_change_fn fn, void *context, struct err *e);

/* Cases whose date on `basis` lies in `span`, in no order that means anything. The fast way: only
 * what counts need. Amounts are -1 where blank. as_of: only those received by that day, so that
 * one without a date of receipt is not among them; DAY_NONE: all. */
struct case_query {
    int64_t state;
    enum basis basis;
    struct span span;
    day as_of;
    bool ids;     /* the rows' ids too */
    bool amounts; /* victims, offenders too */
};
struct case_row {
    int64_t id;       /* of the row: the same case with other values is another row; 0: not asked */
    int64_t unit;     /* id */
    size_t set;       /* index in the directory's sets */
    day on, received; /* DAY_NONE: not known when */
    int outcome;      /* enum outcome, OUTCOME_NONE */
    int64_t victims, victims_u16, offenders, offenders_u18;
};
typedef void (*store_case_fn)(void *context, const struct case_row *row);
bool store_each_case(struct store *s, const struct case_query *q, store_case_fn fn, void *context,
                     struct err *e);
/* Cases that have no date on the basis, placed by the date that they have: for `note`, `status`.
 * With as_of, those without a date of receipt too. */
bool store_each_undated(struct store *s, const struct case_query *q, store_case_fn fn,
                        void *context, struct err *e);

/* Every case, dated or not, with what `status` asks of it, in no order that means anything: reading
 * a million takes 0.4 s here, by store_each_row 3 s. */
struct case_dates {
    const char *source;
    int64_t unit;                       /* id */
    size_t set;                         /* index in the directory's sets */
    day received, occurred, prosecuted; /* DAY_NONE where blank */
    int outcome;                        /* enum outcome, OUTCOME_NONE */
};
typedef bool (*store_dates_fn)(void *context, const struct case_dates *c, struct err *e);
bool store_each_dates(struct store *s, int64_t state, store_dates_fn fn, void *context,
                      struct err *e);

/* Every case with a date of receipt, and the load that first brought it (not one that was undone),
 * in no order that means anything. */
struct case_entry {
    int64_t load;
    day received;
    int outcome; /* enum outcome, OUTCOME_NONE */
};
typedef bool (*store_entry_fn)(void *context, const struct case_entry *c, struct err *e);
bool store_each_entry(struct store *s, int64_t state, store_entry_fn fn, void *context,
                      struct err *e);

/* ---- case_ids.c ---- */
/* The present case of that id, once a source that has one, in the order of the sources' names; as
 * store_each_row gives it. */
bool store_find_case(struct store *s, const char *case_id, store_row_fn fn, void *context,
                     struct err *e);

/* Every version of every case, in the order in which they came; texts until the next. */
struct case_name {
    const char *source, *case_id;
    int64_t unit;     /* id */
    size_t set;       /* index in the directory's sets */
    day received, on; /* DAY_NONE where blank; received, else occurred, else prosecuted */
    int64_t victims;  /* -1: blank */
    int64_t ended_by; /* the load that changed or withdrew it; 0: it stands */
};
typedef bool (*store_name_fn)(void *context, const struct case_name *name, struct err *e);
bool store_each_case_name(struct store *s, store_name_fn fn, void *context, struct err *e);

/* Pairs of cases that may be one (store/duplicates.h says when), each once. Chance makes such pairs
 * too: nothing is joined for it. */
struct suspect {
    const char *source, *case_id; /* until fn returns */
    int64_t unit;                 /* id */
    size_t set;                   /* index in the directory's sets */
    day on;                       /* received, else occurred, else prosecuted */
    int64_t victims;              /* -1: blank */
};
struct suspect_sum {
    int64_t pairs;
    double expected; /* by chance; NAN where that cannot be told */
};
typedef bool (*store_suspect_fn)(void *context, const struct suspect *a, const struct suspect *b,
                                 struct err *e);
bool store_each_suspect(struct store *s, int64_t state, const struct directory *d,
                        store_suspect_fn fn, void *context, struct suspect_sum *sum, struct err *e);

struct load_info {
    int64_t id, at, added, changed, ended, rejected, undoes, undone_by; /* 0: none */
    const char *action, *kind, *source, *file;
};
typedef bool (*store_load_fn)(void *context, const struct load_info *info, struct err *e);
bool store_each_load(struct store *s, store_load_fn fn, void *context, struct err *e);
/* The newest load's number, 0 in an empty database. */
bool store_last_load(struct store *s, int64_t *load, struct err *e);
/* True if a current row of a case or count from this state is simulated. */
bool store_is_synthetic(struct store *s, int64_t state, bool *synthetic, struct err *e);
/* The calendars by which count rows name their periods, as said in the file or chosen at its load,
 * each with the first source that has one; count rows of no whole months name none. Text owned by
 * the buffers. */
struct count_calendars {
    size_t count; /* 0, 1, 2 (two or more: the first two) */
    struct calendar calendars[2];
    struct buf sources[2];
};
bool store_count_calendars(struct store *s, int64_t state, struct count_calendars *out,
                           struct err *e);
void count_calendars_free(struct count_calendars *c);

/* ---- loading: all or nothing ---- */
struct coverage_claim { /* --covers A..B [--for U,…] [--of C,…] */
    struct span span;
    const size_t *units, *categories; /* directory indices; none: the parents of the units that
                                         appear, the roots that appear */
    size_t unit_count, category_count;
};

/* The default source is the same for every file of a database, so that its cases, counts and
 * coverage speak for each other: the code of the sole top unit that has units under it; of
 * several, the one that is a source already, else the one valid today; else the code of a sole
 * unit at all. Where that names none, the only source that the database has; "" where it has
 * several. Appends. */
bool store_default_source(struct store *s, const struct directory *d, day today, struct buf *name,
                          struct err *e);

/* The entry of loads of nil returns: what they declare is of their own units, and leaves open what
 * the others know. */
#define LOAD_NIL "nil"

struct load_request {
    const struct kind *kind;
    const char *file;   /* for the record and messages */
    const char *entry;  /* for the record instead, where no file is loaded; or NULL */
    const char *source; /* NULL: the default, else the file's name without folder and suffix */
    struct directory *directory; /* the present one, read since the last change; may get sets */
    const struct coverage_claim *claim; /* NULL: none */
    struct calendar calendar;           /* of assumed coverage, and of count rows that name none */
    day today;                          /* for the default source */
    int64_t expected_rows;              /* a guess from the file's size; 0: unknown */
    uint64_t slots;                     /* bit i: the file has slot i */
    const uint64_t *sheet_slots;        /* the same by line_sheet of a row, of a workbook; NULL */
    bool update, replace;
    bool
        alone; /* rows of their own: no coverage is assumed from them, none that was assumed ends */
    struct rejects *rejects; /* rows that the store refuses go here */
};

struct load_summary {
    int64_t load; /* 0: nothing changed, no load was made */
    int64_t read, added, changed, unchanged, withdrawn;
    int64_t joined;      /* cases that got a category of a further root, among those read */
    struct buf covers;   /* what would declare the coverage newly assumed, a line each span */
    struct buf warnings; /* lines: rows outside the coverage, totals that differ … */
};
void load_summary_free(struct load_summary *s);

struct load;
/* Opens a transaction. Fails: ERR_USAGE --replace of another kind than cases and counts; ERR_FAILED
 * another program writes, or has changed the database since the directory was read. */
bool load_begin(struct store *s, const struct load_request *q, struct load **l, struct err *e);
/* Takes a checked row; a refused one goes to q->rejects and is no error: one that stands in the
 * file twice, is there with other values (without update), or of which another source speaks. A row
 * of incidents that gives a case a category of a further root and else only fills its blanks is
 * joined to it; one that lacks a root of the case says nothing of that, nor do its blanks (but in a
 * file that has rows of that root: then it is another value).
 * Coverage without a category is of every root. */
bool load_row(struct load *l, const struct row *row, struct err *e);
/* Withdraws the present case of that id of the load's source. *found: there was one. Of loads of
 * incidents. */
bool load_withdraw(struct load *l, const char *case_id, bool *found, struct err *e);
/* After the last row: doubles of a bulk load, replacement, coverage, the trees of units and
 * categories (more rejects; "P/?" for every parent), successions (more rejects: below), stated
 * totals. Nothing is committed yet. Fails (ERR_INPUT): --covers of what another source has; units,
 * categories or successions that would no longer hang together.
 *
 * What holds of the successions of a state: the new unit is valid on the day; the old one, by code
 * and the day before, ended on the day before or is not among the units (a warning; what follows
 * it is incomplete before that day); shares of one old unit and day sum to 1 ± 0.001 or none is
 * given, which of a sole successor means 1. So each leads to a later time, without circles. A new
 * unit may have begun before: then it goes on with what it took in. */
bool load_finish(struct load *l, struct load_summary *summary, struct err *e);
/* With --replace, after finish: the cases that will be withdrawn, by id. */
typedef bool (*load_withdrawn_fn)(void *context, const char *case_id, struct err *e);
bool load_each_withdrawn(struct load *l, load_withdrawn_fn fn, void *context, struct err *e);
/* After finish: pairs that may be one case, at least one of them new or changed by this load. Loads
 * of over 50,000 such rows are not screened. */
struct duplicate_side {
    const char *case_id; /* until fn returns */
    size_t line;         /* of the file; 0: was there before */
};
typedef bool (*load_duplicate_fn)(void *context, const struct duplicate_side *a,
                                  const struct duplicate_side *b, struct err *e);
bool load_each_duplicate(struct load *l, load_duplicate_fn fn, void *context, struct err *e);
bool load_commit(struct load *l, struct err *e); /* frees l on success and on failure */
void load_abort(struct load *l);                 /* accepts NULL */

/* Takes a load or an undo back (0: the last load that stands), with its line in the audit table.
 * *undone is its number, *undo the new state's. Fails (ERR_INPUT), naming a later load that
 * rests on its rows: that replaced or withdrew them, has the same ones, names its units or
 * categories, or counts on what it made the store assume. */
bool store_undo(struct store *s, int64_t load, int64_t *undone, int64_t *undo, struct err *e);

#endif
