/* fixtures_yoy.h: the table that `yoy` makes of a small database (fixtures_store.h), its cells as
 * text. */
#ifndef KEOGIAM_TESTS_FIXTURES_YOY_H
#define KEOGIAM_TESTS_FIXTURES_YOY_H

#include "fixtures_store.h"

#include "base/num.h"
#include "cli/yoy_query.h"
#include "cli/yoy_table.h"

struct yoy {
    struct request request;
    struct session session;
    struct result result;
    struct err err;
};

struct asked_option {
    enum option_id id;
    const char *value;
};

/* Options end with one without value. */
static inline bool yoy_asks(struct yoy *y, struct desk *k, const struct asked_option *list)
{
    struct yoy_options by = {0};
    *y = (struct yoy){.request = {.place = k->path.data, .lang_given = true}};
    for (; list->value; list++)
        y->request.args.values[list->id] = list->value;
    return places_by(&y->request, &by.by_unit, &by.by_category, &y->err) &&
           session_open(&y->session, &y->request, STORE_READ, &y->err) &&
           yoy_build(&y->session, &by, &y->result, &y->err);
}

#define YOY(y, k, ...)                                                                             \
    do {                                                                                           \
        const struct asked_option list_[] = {__VA_ARGS__, {0, NULL}};                              \
        if (!yoy_asks(y, k, list_))                                                                \
            fail_msg("%s", (y)->err.msg);                                                          \
    } while (0)

static inline void yoy_free(struct yoy *y)
{
    result_free(&y->result);
    session_close(&y->session);
}

#define ASSERT_REFUSED(k, code_, message, ...)                                                     \
    do {                                                                                           \
        const struct asked_option list_[] = {__VA_ARGS__, {0, NULL}};                              \
        struct yoy refused_;                                                                       \
        assert_false(yoy_asks(&refused_, k, list_));                                               \
        assert_int_equal(refused_.err.code, code_);                                                \
        assert_string_equal(refused_.err.msg, message);                                            \
        yoy_free(&refused_);                                                                       \
    } while (0)

static inline void add_cell(struct buf *b, const struct cell *c)
{
    if (c->type == CELL_INT)
        buf_addf(b, "%lld", (long long)c->as.i);
    else if (c->type == CELL_REAL)
        buf_addf(b, "%.4g", c->as.x);
    else if (c->type == CELL_TEXT)
        buf_adds(b, c->as.s);
}

/* "COLUMN COLUMN": those cells of every row, joined by `|`, a row a line. */
static inline void assert_table(const struct yoy *y, const char *columns, const char *want)
{
    struct buf got = {0};
    for (size_t i = 0; i < y->result.row_count; i++) {
        for (const char *c = columns; *c;) {
            char name[40];
            size_t n = strcspn(c, " ");
            snprintf(name, sizeof name, "%.*s", (int)n, c);
            assert_true(result_column(&y->result, name) < y->result.column_count);
            buf_adds(&got, c == columns ? "" : "|");
            add_cell(&got, result_cell(&y->result, i, name));
            c += n + (c[n] == ' ');
        }
        buf_addc(&got, '\n');
    }
    assert_string_equal(buf_text(&got), want);
    buf_free(&got);
}

static inline double real_in(const struct yoy *y, size_t row, const char *column)
{
    const struct cell *c = result_cell(&y->result, row, column);
    return c->type == CELL_REAL ? c->as.x : c->type == CELL_INT ? (double)c->as.i : NAN;
}

/* Some footer has this text in it. */
static inline bool says(const struct yoy *y, const char *text)
{
    for (size_t i = 0; i < y->result.footer_count; i++)
        if (strstr(y->result.footers[i], text))
            return true;
    return false;
}

#endif
