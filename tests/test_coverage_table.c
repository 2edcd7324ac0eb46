/* Who reported when: which rows there are, and what is known of them. */
#include "fixtures_store.h"

#include "cli/coverage_table.h"

/* Two communes know 2023 and 2024, one nothing behind September 2024. */
static void desk_of_three(struct desk *k)
{
    desk_new(k);
    loads(k, "coverage",
          COVERS "30037,2023-01-01,2024-12-31,XHTE,\n30040,2023-01-01,2024-12-31,XHTE,\n"
                 "30043,2023-01-01,2024-09-15,XHTE,\n");
    loads(k, "incidents",
          CASES "C-1,30037,XHTE.TD,2024-05-10\nC-2,30037,XHTE.TD,2024-05-11\n"
                "C-3,872/?,XHTE.TD,2024-05-12\n");
}

struct asked_option {
    enum option_id id;
    const char *value;
};

struct table {
    struct request request;
    struct session session;
    struct result result;
    struct err err;
};

static bool asks(struct table *t, struct desk *k, const struct asked_option *list)
{
    *t = (struct table){.request = {.place = k->path.data, .lang_given = true}};
    for (; list->value; list++)
        t->request.args.values[list->id] = list->value;
    return session_open(&t->session, &t->request, STORE_READ, &t->err) &&
           coverage_build(&t->session, &t->result, &t->err);
}

static void table_free(struct table *t)
{
    result_free(&t->result);
    session_close(&t->session);
}

static const char *text(const struct table *t, size_t row, size_t column)
{
    const struct cell *c = &t->result.cells[row * t->result.column_count + column];
    return c->type == CELL_TEXT ? c->as.s : "";
}

static const struct cell *find(const struct table *t, const char *unit, const char *month)
{
    for (size_t i = 0; i < t->result.row_count; i++)
        if (!strcmp(text(t, i, CVG_UNIT), unit) && !strcmp(text(t, i, CVG_MONTH), month))
            return &t->result.cells[i * t->result.column_count];
    fail_msg("no row %s %s", unit, month);
    return NULL;
}

/* Units in their order, each with its months in order of time; neither the total nor the unknown
 * place is a unit that reports. */
static void every_unit_has_every_month(void **state)
{
    (void)state;
    struct desk k;
    struct table t;
    desk_of_three(&k);
    assert_true(asks(&t, &k, (const struct asked_option[]){{0, NULL}}));
    assert_int_equal(t.result.row_count % 24, 0);
    for (size_t i = 0; i < t.result.row_count; i++) {
        assert_int_equal(strcmp(text(&t, i, CVG_UNIT), text(&t, i - i % 24, CVG_UNIT)), 0);
        assert_string_not_equal(text(&t, i, CVG_UNIT), "872");
        assert_string_not_equal(text(&t, i, CVG_UNIT), "872/?");
        assert_string_equal(text(&t, i, CVG_CATEGORY), "XHTE");
        if (i % 24)
            assert_true(strcmp(text(&t, i - 1, CVG_MONTH), text(&t, i, CVG_MONTH)) < 0);
    }
    assert_string_equal(text(&t, 0, CVG_MONTH), "2023-01");
    assert_string_equal(text(&t, 23, CVG_MONTH), "2024-12");
    table_free(&t);
    desk_free(&k);
}

static void zero_partial_and_unknown_are_told_apart(void **state)
{
    (void)state;
    struct desk k;
    struct table t;
    desk_of_three(&k);
    assert_true(asks(&t, &k, (const struct asked_option[]){{0, NULL}}));
    const struct cell *row = find(&t, "30037", "2024-05");
    assert_string_equal(row[CVG_STATE].as.s, "known");
    assert_int_equal(row[CVG_COUNT].as.i, 2);
    row = find(&t, "30040", "2024-05");
    assert_string_equal(row[CVG_STATE].as.s, "known");
    assert_int_equal(row[CVG_COUNT].as.i, 0);
    row = find(&t, "30043", "2024-09");
    assert_string_equal(row[CVG_STATE].as.s, "partial");
    row = find(&t, "30043", "2024-10");
    assert_string_equal(row[CVG_STATE].as.s, "unknown");
    assert_int_equal(row[CVG_COUNT].type, CELL_EMPTY);
    table_free(&t);
    desk_free(&k);
}

static void months_asked_for_are_shown_and_no_others(void **state)
{
    (void)state;
    struct desk k;
    struct table t;
    desk_of_three(&k);
    assert_true(
        asks(&t, &k,
             (const struct asked_option[]){{OPT_FROM, "2023-03"}, {OPT_TO, "2023-05"}, {0, NULL}}));
    assert_int_equal(t.result.row_count % 3, 0);
    assert_string_equal(text(&t, 0, CVG_MONTH), "2023-03");
    assert_string_equal(text(&t, 2, CVG_MONTH), "2023-05");
    table_free(&t);
    desk_free(&k);
}

static void several_categories_are_refused(void **state)
{
    (void)state;
    struct desk k;
    struct table t;
    desk_of_three(&k);
    assert_false(
        asks(&t, &k, (const struct asked_option[]){{OPT_CATEGORY, "XHTE.TD,XHTE.BL"}, {0, NULL}}));
    assert_int_equal(t.err.code, ERR_USAGE);
    table_free(&t);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_unit_has_every_month),
        cmocka_unit_test(zero_partial_and_unknown_are_told_apart),
        cmocka_unit_test(months_asked_for_are_shown_and_no_others),
        cmocka_unit_test(several_categories_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
