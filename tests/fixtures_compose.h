/* fixtures_compose.h: facts of a report put together by hand, and what a document made of them
 * holds. */
#ifndef KEOGIAM_TESTS_FIXTURES_COMPOSE_H
#define KEOGIAM_TESTS_FIXTURES_COMPOSE_H

#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "report/compose.h"
#include "report/fact_cells.h"

/* ---- results ---- */

/* Every column that composers read, whatever the result. */
static const struct column fact_columns[] = {
    {"unit", "", COLUMN_TEXT, 0},
    {"unit_name", "", COLUMN_TEXT, 0},
    {"category", "", COLUMN_TEXT, 0},
    {"category_name", "", COLUMN_TEXT, 0},
    {"month", "", COLUMN_TEXT, 0},
    {"state", "", COLUMN_TOKEN, 0},
    {"count", "", COLUMN_COUNT, 0},
    {"count_before", "", COLUMN_COUNT, 0},
    {"change", "", COLUMN_CHANGE, 0},
    {"reduction_pct", "", COLUMN_PERCENT, 0},
    {"ci_low", "", COLUMN_PERCENT, 0},
    {"ci_high", "", COLUMN_PERCENT, 0},
    {"p_value", "", COLUMN_P, 0},
    {"q_value", "", COLUMN_P, 0},
    {"prob_reduction", "", COLUMN_PROB, 0},
    {"luck", "", COLUMN_PROB, 0},
    {"verdict", "", COLUMN_TOKEN, 0},
    {"note", "", COLUMN_NOTE, 0},
    {"indicator", "", COLUMN_TEXT, 0},
    {"name", "", COLUMN_TEXT, 0},
    {"kind", "", COLUMN_TOKEN, 0},
    {"missed", "", COLUMN_COUNT, 0},
    {"denominator", "", COLUMN_COUNT, 0},
    {"target", "", COLUMN_TEXT, 0},
    {"result", "", COLUMN_TEXT, 0},
    {"missing", "", COLUMN_TEXT, 0},
    {"expected", "", COLUMN_REAL, 1},
    {"rr", "", COLUMN_REAL, 2},
    {"level", "", COLUMN_TOKEN, 0},
    {"upper", "", COLUMN_REAL, 0},
    {"annual_change_pct", "", COLUMN_PERCENT, 0},
    {"segment_low", "", COLUMN_TEXT, 0},
    {"segment_high", "", COLUMN_TEXT, 0},
    {"joinpoints", "", COLUMN_TEXT, 0},
    {"from", "", COLUMN_TEXT, 0},
    {"to", "", COLUMN_TEXT, 0},
    {"total", "", COLUMN_COUNT, 0},
    {"pi_low", "", COLUMN_COUNT, 0},
    {"pi_high", "", COLUMN_COUNT, 0},
    {"allowance", "", COLUMN_COUNT, 0},
};
enum { FACT_COLUMNS = sizeof fact_columns / sizeof fact_columns[0] };

static inline struct cell cell_of(struct arena *a, const char *text)
{
    char *end;
    double x = strtod(text, &end);
    if (*text && !*end && x == floor(x))
        return cell_int((int64_t)x);
    return *text && !*end ? cell_real(x) : cell_text(arena_text(a, text));
}

/* Columns whose cells are text even where they read as numbers. */
static inline bool is_text_column(size_t column)
{
    return fact_columns[column].type == COLUMN_TEXT;
}

/* Adds a row: "unit=30055|count=5|note=total=1;". */
static inline void add_fact(struct result *r, const char *pairs)
{
    if (!r->columns)
        result_init(r, "test", fact_columns, FACT_COLUMNS, LANG_EN);
    struct cell *out = result_add_row(r, NULL);
    assert_non_null(out);
    while (*pairs) {
        char name[32], value[160];
        size_t n = strcspn(pairs, "="), all = strcspn(pairs, "|");
        snprintf(name, sizeof name, "%.*s", (int)n, pairs);
        snprintf(value, sizeof value, "%.*s", (int)(all - n - 1), pairs + n + 1);
        size_t column = result_column(r, name);
        if (column == FACT_COLUMNS)
            fail_msg("no column %s", name);
        out[column] = is_text_column(column) ? cell_text(arena_text(&r->arena, value))
                                             : cell_of(&r->arena, value);
        pairs += all + (pairs[all] == '|');
    }
}

/* Months of one series from "YYYY-01" on; a letter instead of a digit: not known. */
static inline void add_months(struct result *r, int year, const char *counts)
{
    for (int i = 0; counts[i]; i++) {
        char row[80];
        bool known = counts[i] >= '0' && counts[i] <= '9';
        snprintf(row, sizeof row, "unit=1|month=%04d-%02d|state=%s%s%.1s", year + i / 12,
                 i % 12 + 1, known ? "known" : "unknown", known ? "|count=" : "",
                 known ? counts + i : "");
        add_fact(r, row);
    }
}

/* ---- facts ---- */

struct desk {
    struct facts f, own;
    struct facts_root roots[2], own_roots[2];
    struct doc doc;
    struct buf b;
    struct err err;
};

static inline struct span span_of(int year)
{
    day from = DAY_NONE, to = DAY_NONE;
    assert_true(day_from_date((struct date){year, 1, 1}, &from));
    assert_true(day_from_date((struct date){year, 12, 31}, &to));
    return (struct span){from, to};
}

static inline void name_root(struct facts_root *r, const char *code, const char *noun)
{
    *r = (struct facts_root){.code = code, .name = noun, .noun = noun, .brief = noun};
}

/* The year 2024 of district 9 with one axis; no result has a row yet. */
static inline void desk_open(struct desk *k)
{
    static const struct letterhead head = {
        "A", "B", "the committee", "/B", "C", "", "D", "E", "F", "G", "", ""};
    *k = (struct desk){0};
    name_root(&k->roots[0], "A", "abuse");
    name_root(&k->roots[1], "U", "offences");
    name_root(&k->own_roots[0], "A", "abuse");
    k->f = (struct facts){.lang = LANG_EN,
                          .unit = "9",
                          .unit_name = "District",
                          .level = "district",
                          .period = {"2024", span_of(2024)},
                          .before = {"2023", span_of(2023)},
                          .year = {"2024", span_of(2024)},
                          .is_year = true,
                          .data_end = span_of(2024).to,
                          .roots = k->roots,
                          .root_count = 1,
                          .head = head};
    k->own = k->f;
    k->own.roots = k->own_roots;
    doc_init(&k->doc, DOC_PAGES, LANG_EN);
    k->doc.head = head;
}

static inline void root_close(struct facts_root *r)
{
    struct result *all[] = {&r->total,   &r->mean, &r->units,  &r->kinds,   &r->offenders,
                            &r->victims, &r->risk, &r->limits, &r->months,  &r->trend,
                            &r->alerts,  &r->path, &r->states, &r->forecast};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        result_free(all[i]);
}

static inline void desk_close(struct desk *k)
{
    for (size_t i = 0; i < 2; i++) {
        root_close(&k->roots[i]);
        root_close(&k->own_roots[i]);
    }
    result_free(&k->f.targets);
    result_free(&k->own.targets);
    doc_free(&k->doc);
    buf_free(&k->b);
}

/* ---- what is in a document ---- */

static inline bool buf_has(struct buf *b, const char *text)
{
    return strstr(buf_text(b), text);
}

#define ASSERT_SAYS(b, text)                                                                       \
    do {                                                                                           \
        if (!buf_has(b, text))                                                                     \
            fail_msg("\"%s\" is not in \"%s\"", text, buf_text(b));                                \
    } while (0)
#define ASSERT_SILENT(b, text)                                                                     \
    do {                                                                                           \
        if (buf_has(b, text))                                                                      \
            fail_msg("\"%s\" is in \"%s\"", text, buf_text(b));                                    \
    } while (0)

/* All texts of the document, a line a block, a table's row a line of cells between bars. */
static inline void doc_text(const struct doc *d, struct buf *b)
{
    buf_clear(b);
    for (size_t i = 0; i < d->block_count; i++) {
        const struct doc_block *x = d->blocks[i];
        doc_block_text(x, b);
        buf_addc(b, '\n');
        for (size_t r = 0; x->table && r < x->table->row_count; r++) {
            for (size_t c = 0; c < x->table->column_count; c++)
                buf_addf(b, "|%s", x->table->rows[r].cells[c]);
            buf_adds(b, "|\n");
        }
    }
}

#endif
