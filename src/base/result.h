/* result.h: what every statistic returns and everything else shows.
 *
 * A result is a table with declared columns, rows of cells, footers, and its provenance. Commands
 * build it; walkers show it (table, CSV, JSON, XLSX, chart, document). No walker computes a number.
 *
 * Machine walkers print cells in full precision and tokens as they are; human walkers print the
 * result's views, translate tokens and format numbers by each column's type.
 */
#ifndef KEOGIAM_BASE_RESULT_H
#define KEOGIAM_BASE_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/lang.h"

/* What a column holds, and so how people see it. */
enum column_type {
    COLUMN_TEXT,    /* names and codes, shown as they are */
    COLUMN_TOKEN,   /* a fixed English token, translated for people by tr() */
    COLUMN_NOTE,    /* `code=value;` tokens: codes translated for people */
    COLUMN_COUNT,   /* whole number */
    COLUMN_CHANGE,  /* signed whole number, shown with + or − */
    COLUMN_REAL,    /* `decimals` digits */
    COLUMN_PERCENT, /* 0–100 scale, one decimal */
    COLUMN_PROB,    /* 0–1, shown as a percentage */
    COLUMN_P        /* p- or q-value: 3 decimals, "<0.001" */
};

struct column {
    const char *name;  /* the contract's, for machines */
    const char *title; /* English, for people; passed through tr() */
    enum column_type type;
    int decimals; /* COLUMN_REAL only */
};

enum cell_type { CELL_EMPTY, CELL_INT, CELL_REAL, CELL_TEXT };

struct cell {
    enum cell_type type;
    union {
        int64_t i;
        double x;
        const char *s; /* in the result's arena, or static */
    } as;
};

/* A column of the short table on a terminal and of documents, made of one to three columns, so that
 * a percentage never stands without its counts. */
enum view_type {
    VIEW_CELL,     /* column a, by its type */
    VIEW_COUNTS,   /* a/b: now, before: "5/8" */
    VIEW_CHANGE,   /* a = change, b = reduction_pct, c = count_before: "giảm 3 vụ (-12,5%)" */
    VIEW_INTERVAL, /* a..b are a reduction's interval: "từ tăng 67,2% đến giảm 55,8%" */
    VIEW_RATE,     /* a/b (c %): numerator, denominator, value: "49/52 (94,2%)" */
    VIEW_RANGE,    /* a–b, by a's type */
    VIEW_PACE, /* a is a change a year in %, b..c its interval: "−3,1% (từ −15,2% đến +10,4%)" */
    VIEW_ESTIMATE, /* a with its interval b–c, by a's type: "1,45 (0,90–2,31)" */
    VIEW_SEASON /* a = month of the peak, b = its p: "tháng 6 (p 0,031)"; nothing clear: words */
};

struct view {
    const char *title; /* English, through tr() */
    enum view_type type;
    const char *a, *b, *c; /* names of columns; NULL where not used */
};

struct prov {
    const char
        *key; /* machine: "basis", "calendar", "period", "against", "data_end", "source"... */
    const char *label; /* English for people, through tr(); NULL: machines only */
    const char *value; /* tokens and dates as machines read them */
    const char *shown; /* for people, in the result's language; NULL: value */
};

struct result {
    const char *command; /* "yoy" */
    enum lang lang;      /* of everything a person reads */
    const struct column *columns;
    size_t column_count;
    const struct view *views;
    size_t view_count;
    struct cell *cells; /* row_count x column_count */
    size_t row_count, row_cap;
    const char *title;    /* for people, may be NULL */
    const char **footers; /* for people, in `lang` */
    size_t footer_count, footer_cap;
    struct prov *provs;
    size_t prov_count, prov_cap;
    bool synthetic; /* every output then says "số liệu mô phỏng" */
    struct arena arena;
};

/* columns and views are static tables. */
void result_init(struct result *r, const char *command, const struct column *columns,
                 size_t column_count, enum lang lang);
void result_free(struct result *r); /* accepts zero */

/* More columns at the end, empty in the rows that are there. */
bool result_add_columns(struct result *r, const struct column *columns, size_t count,
                        struct err *e);

/* A new row of empty cells (valid until the next call); NULL when out of memory. */
struct cell *result_add_row(struct result *r, struct err *e);

/* Index of a column by name; column_count where there is none. */
size_t result_column(const struct result *r, const char *name);
/* Is any cell of the column (an index) filled? */
bool result_has(const struct result *r, size_t column);
const struct cell *result_cell(const struct result *r, size_t row, const char *column);

/* Takes `code=value;` out of every row's note. False: out of memory, notes are missing. */
bool result_drop_note(struct result *r, const char *code);

bool result_add_footer(struct result *r, struct err *e, const char *text); /* already in r->lang */
bool result_add_prov(struct result *r, const char *key, const char *label, const char *value,
                     const char *shown, struct err *e); /* copies value and shown */

static inline struct cell cell_int(int64_t i)
{
    return (struct cell){CELL_INT, {.i = i}};
}
/* Not finite: empty. */
struct cell cell_real(double x);
/* NULL or "": empty. The text is not copied. */
struct cell cell_text(const char *s);

#endif
