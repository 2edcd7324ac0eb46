/* The whole database through a sealed file and back. */
#include "fixtures_store.h"

#include "store/backup.h"

#define PASSPHRASE "bốn con mèo đen"
static const struct seal_cost cheap = {1, 8192};

/* A copy on its way; `meanwhile` is tried once, in the middle of it. */
struct copy {
    struct buf bytes;
    size_t at;
    const struct desk *meanwhile;
    const char *sql;
    int answer; /* of sqlite3_exec */
};

static void try_meanwhile(struct copy *c)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(c->meanwhile->path.data, &db), SQLITE_OK);
    c->answer = sqlite3_exec(db, c->sql, NULL, NULL, NULL);
    sqlite3_close(db);
    c->meanwhile = NULL;
}

static bool put(void *context, const void *bytes, size_t n, struct err *e)
{
    struct copy *c = context;
    (void)e;
    buf_add(&c->bytes, bytes, n);
    if (c->meanwhile && c->bytes.len > SEAL_PIECE)
        try_meanwhile(c);
    return !c->bytes.failed;
}

static bool get(void *context, void *bytes, size_t n, size_t *got, struct err *e)
{
    struct copy *c = context;
    (void)e;
    *got = c->bytes.len - c->at < n ? c->bytes.len - c->at : n;
    memcpy(bytes, c->bytes.data + c->at, *got);
    c->at += *got;
    return true;
}

static bool write_piece(void *context, const void *bytes, size_t n, struct err *e)
{
    (void)e;
    return fwrite(bytes, 1, n, context) == n;
}

static bool back_up(struct desk *k, struct copy *c, struct err *e)
{
    const struct seal_to to = {put, c};
    desk_close(k);
    desk_open(k, STORE_READ);
    bool ok = store_backup(k->store, PASSPHRASE, &cheap, &to, e);
    desk_close(k);
    desk_open(k, STORE_WRITE);
    return ok;
}

/* The copy as the database of another desk, in a folder of its own. */
static void unpack(struct copy *c, struct desk *k)
{
    struct err e = {0};
    desk_new_in(k, "");
    desk_close(k);
    FILE *f = fopen(k->path.data, "wb");
    assert_non_null(f);
    const struct seal_from from = {get, c, "a copy"};
    const struct seal_to to = {write_piece, f};
    if (!seal_open(&from, PASSPHRASE, &to, &e))
        fail_msg("%s", e.msg);
    assert_int_equal(fclose(f), 0);
    desk_open(k, STORE_WRITE);
}

static void load_many(struct desk *k, int cases)
{
    struct buf csv = {0};
    buf_adds(&csv, CASES);
    for (int i = 0; i < cases; i++)
        buf_addf(&csv, "TM-%06d,%d,XHTE.TD,20%02d-%02d-%02d\n", i, 30037 + 3 * (i % 3), 10 + i % 14,
                 i % 12 + 1, i % 28 + 1);
    assert_false(csv.failed);
    loads_with(k, "incidents", csv.data, (struct options){.expected_rows = BULK});
    buf_free(&csv);
}

static void assert_same_answer(const struct desk *a, const struct desk *b, const char *sql)
{
    struct buf x = {0}, y = {0};
    add_answer(a, sql, &x);
    add_answer(b, sql, &y);
    assert_true(x.len > 0);
    assert_same(x, y);
}

/* Cases with an update, a load taken back, settings, audit: several megabytes. */
static void everything_comes_back(void **state)
{
    (void)state;
    struct desk k, r;
    struct copy c = {0};
    struct err e = {0};
    int64_t bytes = 0, undone, undo;
    desk_new(&k);
    load_many(&k, 60000);
    loads_with(&k, "incidents", CASES "TM-000001,30037,XHTE.BL,2024-05-03\n",
               (struct options){.update = true});
    loads(&k, "incidents", CASES "TM-X,30037,XHTE.BL,2024-05-03\n");
    assert_true(store_undo(k.store, 0, &undone, &undo, &e));
    assert_true(store_config_set(k.store, "lang", "vi", &e));
    assert_true(store_audit(k.store, "load", "của tôi", &e));
    assert_true(sys_file_size(k.path.data, &bytes));
    assert_in_range(bytes, 4000000, 100000000);
    if (!back_up(&k, &c, &e))
        fail_msg("%s", e.msg);
    unpack(&c, &r);
    assert_true(store_check(r.store, &e));
    assert_same(everything(&k), everything(&r));
    assert_same_answer(&k, &r, "SELECT * FROM load ORDER BY id");
    assert_same_answer(&k, &r, "SELECT * FROM audit ORDER BY id");
    assert_same_answer(&k, &r, "SELECT * FROM config ORDER BY key");
    assert_same_answer(&k, &r, "SELECT rowid, * FROM coverage ORDER BY rowid");
    buf_free(&c.bytes);
    desk_free(&k);
    desk_free(&r);
}

static void others_read_while_a_copy_is_made(void **state)
{
    (void)state;
    struct desk k, r;
    struct err e = {0};
    desk_new(&k);
    load_many(&k, 3000);
    struct copy c = {.meanwhile = &k, .sql = "SELECT count(*) FROM incident"};
    assert_true(back_up(&k, &c, &e));
    assert_null(c.meanwhile);
    assert_int_equal(c.answer, SQLITE_OK);
    unpack(&c, &r);
    assert_same(everything(&k), everything(&r));
    buf_free(&c.bytes);
    desk_free(&k);
    desk_free(&r);
}

/* What is written meanwhile would be half in the copy. */
static void nobody_writes_while_a_copy_is_made(void **state)
{
    (void)state;
    struct desk k, r;
    struct err e = {0};
    desk_new(&k);
    load_many(&k, 3000);
    struct copy c = {.meanwhile = &k, .sql = "UPDATE incident SET victims = 9"};
    assert_true(back_up(&k, &c, &e));
    assert_int_equal(c.answer, SQLITE_BUSY);
    unpack(&c, &r);
    assert_answer(&r, "SELECT count(*) FROM incident WHERE victims = 9", "0\n");
    assert_same(everything(&k), everything(&r));
    buf_free(&c.bytes);
    desk_free(&k);
    desk_free(&r);
}

static void write_at(const char *path, long at, const char *bytes, size_t n)
{
    FILE *f = fopen(path, "r+b");
    assert_non_null(f);
    assert_int_equal(fseek(f, at, SEEK_SET), 0);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static void assert_no_copy(struct desk *k, const char *why)
{
    struct copy c = {0};
    struct err e = {0};
    assert_false(back_up(k, &c, &e));
    if (!strstr(e.msg, why))
        fail_msg("'%s' does not say: %s", e.msg, why);
    buf_free(&c.bytes);
}

static void of_a_damaged_database_there_is_no_copy(void **state)
{
    (void)state;
    struct desk k;
    int64_t bytes = 0;
    char noise[512];
    desk_new(&k);
    load_many(&k, 3000);
    assert_true(sys_file_size(k.path.data, &bytes));
    memset(noise, 0x5a, sizeof noise);
    /* the last page is of a table of cases or of one of its indexes */
    write_at(k.path.data, (long)bytes - 4096, noise, sizeof noise);
    assert_no_copy(&k, "the database is damaged");
    desk_free(&k);
}

static void rows_that_refer_to_nothing_are_damage(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    load_many(&k, 10);
    assert_answer(&k, "PRAGMA foreign_keys = OFF; UPDATE incident SET unit = 99 WHERE id = 1", "");
    assert_no_copy(&k, "the database is damaged");
    desk_free(&k);
}

/* Its newest rows would lie in a second file. */
static void what_another_program_splits_is_not_copied_in_part(void **state)
{
    (void)state;
    struct desk k;
    struct copy c = {0};
    struct err e = {0};
    const struct seal_to to = {put, &c};
    desk_new(&k);
    desk_close(&k);
    assert_answer(&k, "PRAGMA journal_mode = WAL", "wal\n");
    desk_open(&k, STORE_READ);
    assert_false(store_backup(k.store, PASSPHRASE, &cheap, &to, &e));
    assert_non_null(strstr(e.msg, "in a second file"));
    desk_close(&k);
    desk_open(&k, STORE_WRITE); /* makes it one file again */
    assert_true(back_up(&k, &c, &(struct err){0}));
    buf_free(&c.bytes);
    desk_free(&k);
}

static void who_holds_it_is_alone(void **state)
{
    (void)state;
    struct desk k;
    struct err e = {0};
    struct copy c = {.meanwhile = &k, .sql = "SELECT count(*) FROM incident"};
    desk_new(&k);
    assert_true(store_hold(k.store, &e));
    try_meanwhile(&c);
    assert_int_equal(c.answer, SQLITE_BUSY);
    desk_close(&k);
    c.meanwhile = &k;
    try_meanwhile(&c);
    assert_int_equal(c.answer, SQLITE_OK);
    desk_open(&k, STORE_WRITE);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_comes_back),
        cmocka_unit_test(others_read_while_a_copy_is_made),
        cmocka_unit_test(nobody_writes_while_a_copy_is_made),
        cmocka_unit_test(of_a_damaged_database_there_is_no_copy),
        cmocka_unit_test(rows_that_refer_to_nothing_are_damage),
        cmocka_unit_test(what_another_program_splits_is_not_copied_in_part),
        cmocka_unit_test(who_holds_it_is_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
