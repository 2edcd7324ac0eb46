/* The store's tables, the kinds of input and the schema say the same. */
#include "fixtures_store.h"

#include "store/table.h"

static const char *type_name(enum table_value type)
{
    static const char *const names[] = {"INTEGER", "REAL", "TEXT"};
    return names[type];
}

/* The source is the whole file's and stands in the lead. */
static size_t kept(const struct kind *k)
{
    size_t source = kind_source_slot(k);
    assert_true(source >= k->column_count - 1);
    return source;
}

static void every_kind_has_a_table_with_a_column_a_slot(void **state)
{
    (void)state;
    for (int kind = 0; kind < KIND_TOTAL; kind++)
        assert_int_equal(table_of((enum kind_id)kind)->count, kept(kind_of((enum kind_id)kind)));
    assert_int_equal(table_count, KIND_TOTAL - 1); /* outcomes are the incidents' */
    assert_ptr_equal(table_of(KIND_OUTCOMES), table_of(KIND_INCIDENTS));
}

static void columns_are_of_their_slots_types(void **state)
{
    (void)state;
    for (size_t t = 0; t < table_count; t++) {
        const struct kind *k = kind_of(tables[t].kind);
        for (size_t i = 0; i < kept(k); i++) {
            enum slot_type type = k->columns[i].type;
            bool text = type == SLOT_CASE_ID || type == SLOT_CODE || type == SLOT_NAME ||
                        type == SLOT_OLD_UNIT;
            enum table_value want = text ? TABLE_TEXT : type == SLOT_REAL ? TABLE_REAL : TABLE_INT;
            if (tables[t].columns[i].type != want ||
                tables[t].columns[i].is_unit != (type == SLOT_UNIT) ||
                tables[t].columns[i].is_category != (type == SLOT_CATEGORY))
                fail_msg("%s.%s", tables[t].name, tables[t].columns[i].name);
        }
    }
}

/* Name and type of each column, as the table's description has it. */
static struct buf described(const struct table *t)
{
    struct buf text = {0};
    if (t->kind == KIND_INCIDENTS)
        buf_adds(&text, "id INTEGER\n");
    if (table_lead_name(t))
        buf_addf(&text, "%s INTEGER\n", table_lead_name(t));
    for (size_t i = 0; i < t->count; i++)
        buf_addf(&text, "%s %s\n", t->columns[i].name, type_name(t->columns[i].type));
    if (t->has_declared)
        buf_adds(&text, "declared INTEGER\n");
    buf_adds(&text, "made_by INTEGER\nload_from INTEGER\nload_to INTEGER\n");
    return text;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The lines in the order of strcmp: a migration adds its columns at the end. */
static struct buf sorted(struct buf text)
{
    char *lines[64];
    size_t count = 0;
    struct buf out = {0};
    for (char *line = strtok(text.data, "\n"); line; line = strtok(NULL, "\n"))
        lines[count++] = line;
    qsort(lines, count, sizeof *lines, by_text);
    for (size_t i = 0; i < count; i++)
        buf_addf(&out, "%s\n", lines[i]);
    buf_free(&text);
    return out;
}

static void the_schema_has_the_columns(void **state)
{
    (void)state;
    struct desk k;
    desk_new_in(&k, "");
    for (size_t t = 0; t < table_count; t++) {
        struct buf got = {0}, sql = {0};
        buf_addf(&sql, "SELECT name || ' ' || type FROM pragma_table_info('%s')", tables[t].name);
        add_answer(&k, sql.data, &got);
        assert_same(sorted(described(&tables[t])), sorted(got));
        buf_free(&sql);
    }
    desk_free(&k);
}

/* The columns of the unique index over the current versions. */
static struct buf key_of(const struct table *t)
{
    struct buf text = {0};
    if (t->lead == LEAD_SOURCE)
        buf_adds(&text, "source\n");
    for (size_t i = 0; i < t->count; i++)
        if (t->columns[i].is_key)
            buf_addf(&text, "%s\n", t->columns[i].name);
    if (t->has_declared)
        buf_adds(&text, "declared\n");
    return text;
}

static void the_unique_index_is_over_the_key(void **state)
{
    (void)state;
    struct desk k;
    desk_new_in(&k, "");
    for (size_t t = 0; t < table_count; t++) {
        struct buf got = {0}, sql = {0}, want = key_of(&tables[t]), keys = {0};
        buf_addf(&sql,
                 "SELECT ifnull(x.name, 'unit') FROM pragma_index_list('%s') l,"
                 " pragma_index_info(l.name) x WHERE l.\"unique\" AND l.partial"
                 " AND l.name = '%s_key' ORDER BY 1",
                 tables[t].name, tables[t].name);
        add_answer(&k, sql.data, &got);
        buf_clear(&sql);
        buf_addf(&sql, "SELECT value FROM json_each('[\"");
        for (char *name = strtok(want.data, "\n"); name;) {
            buf_adds(&sql, name);
            name = strtok(NULL, "\n");
            buf_adds(&sql, name ? "\",\"" : "\"]') ORDER BY 1");
        }
        add_answer(&k, sql.data, &keys);
        assert_same(keys, got);
        buf_free(&sql);
        buf_free(&want);
    }
    desk_free(&k);
}

static void units_and_categories_are_checked_references(void **state)
{
    (void)state;
    struct desk k;
    desk_new_in(&k, "");
    for (size_t t = 0; t < table_count; t++) {
        const struct table *x = &tables[t];
        for (size_t i = 0; i < x->count; i++) {
            struct buf sql = {0};
            if (!x->columns[i].is_unit && !x->columns[i].is_category)
                continue;
            buf_addf(&sql,
                     "SELECT \"table\" FROM pragma_foreign_key_list('%s') WHERE \"from\" = '%s'",
                     x->name, x->columns[i].name);
            assert_answer(&k, sql.data, x->columns[i].is_unit ? "unit\n" : "category\n");
            buf_free(&sql);
        }
    }
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_a_table_with_a_column_a_slot),
        cmocka_unit_test(columns_are_of_their_slots_types),
        cmocka_unit_test(the_schema_has_the_columns),
        cmocka_unit_test(the_unique_index_is_over_the_key),
        cmocka_unit_test(units_and_categories_are_checked_references),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
