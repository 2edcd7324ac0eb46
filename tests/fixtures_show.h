/* fixtures_show.h: the results that both tests of the walkers show. */
#ifndef KEOGIAM_TESTS_FIXTURES_SHOW_H
#define KEOGIAM_TESTS_FIXTURES_SHOW_H

#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "base/result.h"
#include "report/show.h"
#include "sys/sys.h"

static const struct column columns[] = {
    {"unit", "unit", COLUMN_TEXT, 0},
    {"count", "now", COLUMN_COUNT, 0},
    {"count_before", "before", COLUMN_COUNT, 0},
    {"change", "change", COLUMN_CHANGE, 0},
    {"reduction_pct", "reduction", COLUMN_PERCENT, 0},
    {"ci_low", "low", COLUMN_PERCENT, 0},
    {"ci_high", "high", COLUMN_PERCENT, 0},
    {"p_value", "p", COLUMN_P, 0},
    {"prob", "chance", COLUMN_PROB, 0},
    {"phi", "phi", COLUMN_REAL, 2},
    {"verdict", "verdict", COLUMN_TOKEN, 0},
    {"note", "note", COLUMN_NOTE, 0},
};
enum { COLUMNS = sizeof columns / sizeof columns[0] };

static const struct view views[] = {
    {"unit", VIEW_CELL, "unit", NULL, NULL},
    {"counts", VIEW_COUNTS, "count", "count_before", NULL},
    {"change", VIEW_CHANGE, "change", "reduction_pct", "count_before"},
    {"interval", VIEW_INTERVAL, "ci_low", "ci_high", NULL},
    {"rate", VIEW_RATE, "count", "count_before", "reduction_pct"},
    {"range", VIEW_RANGE, "ci_low", "ci_high", NULL},
};

struct fixture {
    struct result r;
    struct err e;
    struct buf b;
    struct buf folder; /* made by those that write files */
};

static inline void result_start(struct fixture *f, enum lang lang)
{
    result_init(&f->r, "yoy", columns, COLUMNS, lang);
    f->r.views = views;
    f->r.view_count = sizeof views / sizeof views[0];
}

static inline int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    if (!f)
        return -1;
    result_start(f, LANG_VI);
    return 0;
}

static inline int teardown(void **state)
{
    struct fixture *f = *state;
    if (f->folder.data)
        sys_temp_remove(f->folder.data);
    buf_free(&f->folder);
    buf_free(&f->b);
    result_free(&f->r);
    free(f);
    return 0;
}

static inline struct cell *add_row(struct fixture *f, const char *unit)
{
    struct cell *row = result_add_row(&f->r, &f->e);
    assert_non_null(row);
    row[0] = cell_text(unit);
    return row;
}

/* Eight cases before, five now. */
static inline void add_my_an(struct fixture *f)
{
    struct cell *row = add_row(f, "TT. Mỹ An");
    row[1] = cell_int(5);
    row[2] = cell_int(8);
    row[3] = cell_int(-3);
    row[4] = cell_real(37.5);
    row[5] = cell_real(-67.24);
    row[6] = cell_real(55.75);
    row[7] = cell_real(0.0325);
    row[8] = cell_real(0.45);
    row[9] = cell_real(1.125);
    row[10] = cell_text("not_judged_at_all");
    row[11] = cell_text("compared_units=12/13;recorded=6;");
}

static inline const char *text_of(struct fixture *f)
{
    assert_false(f->b.failed);
    return buf_text(&f->b);
}

static const struct column small_columns[] = {
    {"unit", "unit", COLUMN_TEXT, 0},
    {"count", "count", COLUMN_COUNT, 0},
    {"note", "note", COLUMN_NOTE, 0},
};

static inline void small_start(struct fixture *f, enum lang lang)
{
    result_init(&f->r, "yoy", small_columns, 3, lang);
    f->r.title = "2024";
    f->r.synthetic = true;
    assert_true(result_add_prov(&f->r, "basis", "basis", "received", "tiếp nhận", &f->e));
    assert_true(result_add_prov(&f->r, "seed", NULL, "1", NULL, &f->e));
    assert_true(result_add_prov(&f->r, "period", "period", "2024", NULL, &f->e));
    assert_true(result_add_footer(&f->r, &f->e, "Footer."));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
