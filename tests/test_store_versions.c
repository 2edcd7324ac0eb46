/* Databases of an older program: brought up to date when they are first opened. */
#include "fixtures_store.h"

#include <sys/stat.h>
#include <unistd.h>

/* Two units that end and two that follow. */
static void desk_of_two_eras(struct desk *k)
{
    desk_new_in(k, "");
    loads(k, "units",
          "unit,name,valid_from,valid_to\n1,Một,,2025-06-30\n2,Hai,,2025-06-30\n"
          "1,Một mới,2025-07-01,\n9,Chín,2025-07-01,\n");
    loads(k, "units", "unit,name,valid_from\n10,Mười,2025-07-01\n");
}

static const char *const all_of_them =
    "SELECT s.rowid, old_unit, u.code, date(day * 86400, 'unixepoch'), share, made_by, load_from,"
    " load_to FROM succession s JOIN unit u ON u.id = s.new_unit ORDER BY s.rowid";

/* What version 1 had in the place of today's tables. */
static const char *const version_1 =
    "PRAGMA user_version = 1; DROP TABLE succession; DROP TABLE issued_figure;"
    "DROP TABLE issued_report; DROP TABLE alias;"
    "ALTER TABLE count_row DROP COLUMN suspended; ALTER TABLE count_row DROP COLUMN supported;"
    "CREATE TABLE succession(old_unit INTEGER NOT NULL REFERENCES unit(id),"
    " new_unit INTEGER NOT NULL REFERENCES unit(id), day INTEGER NOT NULL, share REAL,"
    " made_by INTEGER NOT NULL REFERENCES load(id),"
    " load_from INTEGER NOT NULL REFERENCES load(id), load_to INTEGER REFERENCES load(id)) STRICT;"
    "CREATE UNIQUE INDEX succession_key ON succession(old_unit, new_unit, day) WHERE load_to IS"
    " NULL;";
static const char *const its_rows =
    "INSERT INTO succession VALUES"
    " ((SELECT id FROM unit WHERE code = '1' AND valid_from < 0),"
    "  (SELECT id FROM unit WHERE code = '1' AND valid_from > 0), 20270, 0.5, 1, 1, 2),"
    " ((SELECT id FROM unit WHERE code = '2'), (SELECT id FROM unit WHERE code = '9'), 20270,"
    "  NULL, 1, 1, NULL),"
    " ((SELECT id FROM unit WHERE code = '1' AND valid_from < 0),"
    "  (SELECT id FROM unit WHERE code = '1' AND valid_from > 0), 20270, 1, 1, 2, NULL)";

static void a_database_of_version_1_is_brought_up_to_date(void **state)
{
    (void)state;
    struct desk k, fresh;
    struct buf before = {0}, after = {0};
    const char *const schema = "SELECT type, name, tbl_name, replace(sql, '\"', '') FROM"
                               " sqlite_schema ORDER BY type, name";
    desk_of_two_eras(&k);
    desk_close(&k);
    assert_answer(&k, version_1, "");
    assert_answer(&k, its_rows, "");
    desk_open(&k, STORE_READ);
    assert_answer(&k, all_of_them,
                  "1|1|1|2025-07-01|0.5|1|1|2\n2|2|9|2025-07-01||1|1|\n"
                  "3|1|1|2025-07-01|1.0|1|2|\n");
    assert_answer(&k, "PRAGMA user_version; PRAGMA foreign_key_check; PRAGMA integrity_check",
                  "5\nok\n");
    desk_new_in(&fresh, "");
    add_answer(&fresh, schema, &before);
    add_answer(&k, schema, &after);
    assert_same(before, after);
    desk_free(&fresh);
    desk_free(&k);
}

static void an_old_database_that_may_not_be_written_is_said(void **state)
{
    (void)state;
    struct desk k;
    struct err e = {0};
    struct store *s = NULL;
    desk_of_two_eras(&k);
    desk_close(&k);
    assert_answer(&k, version_1, "");
    assert_int_equal(chmod(k.path.data, 0400), 0);
    if (access(k.path.data, W_OK) != 0) { /* the superuser may write everything */
        assert_false(store_open(&s, k.path.data, STORE_READ, &e));
        assert_non_null(strstr(e.msg, "a.db: was made by an older keogiam: open it once where"));
    }
    assert_int_equal(chmod(k.path.data, 0600), 0);
    desk_open(&k, STORE_WRITE);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_database_of_version_1_is_brought_up_to_date),
        cmocka_unit_test(an_old_database_that_may_not_be_written_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
