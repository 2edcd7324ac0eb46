/* What came of what: an old unit is a code and a day, and what is said of it must add up. */
#include "fixtures_undo.h"

#include <sys/stat.h>
#include <unistd.h>

#define OLD                                                                                        \
    "unit,name,valid_from,valid_to\n1,Một,,2025-06-30\n2,Hai,,2025-06-30\n3,Ba,,2025-06-30\n"
#define NEW "unit,name,valid_from\n1,Một mới,2025-07-01\n9,Chín,2025-07-01\n"
#define SUCCESSIONS "old_unit,new_unit,on,share\n"

/* Load 1 is the old units, 2 the new ones. */
static void desk_of_two_eras(struct desk *k)
{
    desk_new_in(k, "");
    assert_int_equal(loads(k, "units", OLD), 1);
    assert_int_equal(loads(k, "units", NEW), 2);
}

static const char *const all_of_them =
    "SELECT s.rowid, old_unit, u.code, date(day * 86400, 'unixepoch'), share, made_by, load_from,"
    " load_to FROM succession s JOIN unit u ON u.id = s.new_unit ORDER BY s.rowid";

/* ---- codes ---- */

static void an_old_unit_is_the_area_that_had_the_code_before(void **state)
{
    (void)state;
    struct desk k;
    desk_of_two_eras(&k);
    loads(&k, "successions", SUCCESSIONS "1,1,2025-07-01,1\nHai,Chín,2025-07-01,1\n");
    assert_answer(&k, all_of_them, "1|1|1|2025-07-01|1.0|3|3|\n2|2|9|2025-07-01|1.0|3|3|\n");
    desk_free(&k);
}

static void an_old_unit_that_is_not_there_is_kept_and_named(void **state)
{
    (void)state;
    struct desk k;
    desk_of_two_eras(&k);
    struct loaded r =
        load_text(&k, "successions", SUCCESSIONS "30082,9,2025-07-01,1\n9,9,2025-07-01,1\n",
                  (struct options){0});
    assert_true(r.ok);
    assert_string_equal(
        r.warnings,
        "a.csv: old unit 30082 is not among the units of 2025-06-30: 9 is incomplete before "
        "2025-07-01\n"
        "a.csv: old unit 9 is not among the units of 2025-06-30: 9 is incomplete before "
        "2025-07-01\n");
    assert_answer(&k, all_of_them, "1|30082|9|2025-07-01|1.0|3|3|\n2|9|9|2025-07-01|1.0|3|3|\n");
    desk_free(&k);
}

static void a_number_that_is_the_name_of_several_is_no_code(void **state)
{
    (void)state;
    struct desk k;
    desk_new_in(&k, "");
    loads(&k, "units", "unit,name,valid_to\nA1,Phường 1,2025-06-30\nB1,Phường 1,2025-06-30\n");
    loads(&k, "units", "unit,name,valid_from\nC9,Phường 9,2025-07-01\n");
    assert_rejects(&k, "successions", SUCCESSIONS "1,C9,2025-07-01,1\n2,C9,2025-07-01,1\n",
                   (struct options){.keep_good = true},
                   "2 old_unit: ambiguous: Phường 1 (A1), Phường 1 (B1)\n");
    assert_answer(&k, all_of_them, "1|2|C9|2025-07-01|1.0|3|3|\n");
    desk_free(&k);
}

static void the_warnings_are_twenty_and_a_number(void **state)
{
    (void)state;
    struct desk k;
    struct buf csv = {0};
    desk_of_two_eras(&k);
    buf_adds(&csv, SUCCESSIONS);
    for (int i = 100; i < 123; i++)
        buf_addf(&csv, "%d,9,2025-07-01,1\n", i);
    struct loaded r = load_text(&k, "successions", csv.data, (struct options){0});
    assert_true(r.ok);
    assert_non_null(strstr(r.warnings, "old unit 119 is not"));
    assert_null(strstr(r.warnings, "old unit 120 is not"));
    assert_non_null(
        strstr(r.warnings, "a.csv: 3 further old units are not among the units of their day\n"));
    buf_free(&csv);
    desk_free(&k);
}

/* ---- undo ---- */

static void a_succession_rests_on_the_units_that_it_found(void **state)
{
    (void)state;
    struct desk k;
    desk_of_two_eras(&k);
    loads(&k, "successions", SUCCESSIONS "2,9,2025-07-01,1\n");
    assert_rests(&k, 1, 3);
    assert_rests(&k, 2, 3);
    undo(&k, 3);
    undo(&k, 1);
    desk_free(&k);
}

static void a_succession_rests_not_on_units_that_came_after_it(void **state)
{
    (void)state;
    struct desk k;
    desk_of_two_eras(&k);
    loads(&k, "successions", SUCCESSIONS "30082,9,2025-07-01,1\n");
    loads(&k, "units", "unit,name,valid_to\n30082,Xã khác,2025-06-30\n");
    undo(&k, 4);
    loads(&k, "units", "unit,name,valid_to\n30082,Xã khác,2025-06-30\n");
    loads_with(&k, "successions", SUCCESSIONS "30082,9,2025-07-01,\n",
               (struct options){.update = true});
    assert_rests(&k, 6, 7);
    desk_free(&k);
}

/* ---- databases of an older program ---- */

/* What version 1 had in the place of today's table. */
static const char *const version_1 =
    "PRAGMA user_version = 1; DROP TABLE succession;"
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
                  "2\nok\n");
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
        cmocka_unit_test(an_old_unit_is_the_area_that_had_the_code_before),
        cmocka_unit_test(an_old_unit_that_is_not_there_is_kept_and_named),
        cmocka_unit_test(a_number_that_is_the_name_of_several_is_no_code),
        cmocka_unit_test(the_warnings_are_twenty_and_a_number),
        cmocka_unit_test(a_succession_rests_on_the_units_that_it_found),
        cmocka_unit_test(a_succession_rests_not_on_units_that_came_after_it),
        cmocka_unit_test(a_database_of_version_1_is_brought_up_to_date),
        cmocka_unit_test(an_old_database_that_may_not_be_written_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
