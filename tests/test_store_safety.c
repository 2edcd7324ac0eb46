/* All or nothing: whatever breaks a load off leaves the database as it was. What is no database of
 * ours, or cannot be written, is said in one line. */
#include "fixtures_store.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MANY = 200000 };

/* A file of MANY cases. */
static struct buf many_cases(void)
{
    struct buf csv = {0};
    buf_adds(&csv, CASES);
    for (int i = 0; i < MANY; i++)
        buf_addf(&csv, "C-%06x,%s,XHTE.TD,2023-%02d-%02d\n", (unsigned)i * 2654435761U % 0xffffff,
                 i % 2 ? "30037" : "30040", 1 + i % 12, 1 + i % 28);
    return csv;
}

static const char *const few = CASES "A-1,30037,XHTE,2024-01-05\nA-2,30037,U18,2024-01-05\n"
                                     "A-3,30037,XHTE,2024-01-07\n";

static void a_sink_that_fails_leaves_everything_as_it_was(void **state)
{
    (void)state;
    for (int bulk = 0; bulk < 2; bulk++) {
        struct desk k;
        desk_new(&k);
        struct buf before = everything(&k);
        struct loaded r = load_text(
            &k, "incidents", few, (struct options){.fail_at = 3, .expected_rows = bulk ? BULK : 0});
        assert_false(r.ok);
        assert_string_equal(r.error, "the sink failed");
        assert_same(before, everything(&k));
        assert_int_equal(loads(&k, "incidents", few), 3);
        assert_answer(&k, "PRAGMA foreign_key_check", "");
        desk_free(&k);
    }
}

static void a_file_with_rejects_leaves_everything_as_it_was(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    struct buf before = everything(&k);
    assert_rejects(&k, "incidents", CASES "A-1,30037,XHTE,2024-01-05\nA-2,30037,XHTE,2024-13-05\n",
                   (struct options){0}, "3 received_on: no such date\n");
    assert_same(before, everything(&k));
    desk_free(&k);
}

static void a_row_of_a_unit_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    struct err e = {0};
    struct options o = {0};
    struct way w = {.desk = &k, .o = &o};
    rejects_init(&w.rejects);
    assert_true(way_begin(&w, "coverage", COVERS, &e));
    struct row row = {.line = 2};
    row.slots[COV_UNIT] = (struct value){VALUE_INT, {.i = 4711}};
    assert_false(load_row(w.load, &row, &e));
    load_abort(w.load);
    ingest_close(w.in);
    rejects_free(&w.rejects);
    desk_free(&k);
}

/* ---- killed ---- */

/* In a child: loads, and tells the pipe when only the commit is to come. kill_at: the row at which
 * it kills itself, 0: it goes on. */
static void child_load(const struct desk *parent, const char *csv, size_t kill_at, int told)
{
    struct desk k = *parent;
    struct err e = {0};
    struct options o = {.expected_rows = MANY, .fail_at = kill_at};
    struct way w = {.desk = &k, .o = &o};
    struct sink sink = {way_row, &w};
    k.directory = (struct directory){0};
    desk_open(&k, STORE_WRITE);
    rejects_init(&w.rejects);
    if (!way_begin(&w, "incidents", csv, &e))
        _exit(1);
    if (!ingest_run(w.in, &sink, &w.rejects, &e))
        raise(SIGKILL);
    if (!load_finish(w.load, &w.summary, &e) || write(told, "x", 1) != 1)
        _exit(1);
    _exit(load_commit(w.load, &e) ? 0 : 1);
}

static off_t size_of(const struct desk *k)
{
    struct stat s;
    assert_int_equal(stat(k->path.data, &s), 0);
    return s.st_size;
}

/* Kills the child while its commit writes into the file, unless it kills itself before. */
static void load_killed(struct desk *k, const char *csv, size_t kill_at)
{
    int ends[2], status = 0;
    char byte;
    off_t size = size_of(k);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (!child)
        child_load(k, csv, kill_at, ends[1]);
    close(ends[1]);
    if (read(ends[0], &byte, 1) == 1)
        while (size_of(k) == size && !waitpid(child, &status, WNOHANG))
            continue;
    kill(child, SIGKILL);
    close(ends[0]);
    waitpid(child, &status, 0);
}

static void killed_among_its_rows_or_in_its_commit_it_leaves_no_half(void **state)
{
    (void)state;
    struct buf csv = many_cases();
    for (size_t kill_at = 0; kill_at <= MANY; kill_at += MANY - 10) {
        struct desk k;
        struct buf count = {0};
        desk_new(&k);
        loads(&k, "incidents", few);
        struct buf before = everything(&k);
        desk_close(&k);
        load_killed(&k, csv.data, kill_at);
        desk_open(&k, STORE_READ);
        desk_close(&k);
        desk_open(&k, STORE_WRITE);
        add_answer(&k, "SELECT count(*) FROM incident", &count);
        if (strcmp(count.data, "200003\n"))
            assert_same(before, everything(&k));
        else
            buf_free(&before);
        assert_answer(&k, "PRAGMA integrity_check", "ok\n");
        buf_free(&count);
        desk_free(&k);
    }
    buf_free(&csv);
}

/* ---- a full disk ---- */

static bool run(const char *const argv[])
{
    int status = 1;
    return sys_run(&(struct sys_program){.argv = argv}, &status, NULL) && status == 0;
}

static void a_full_disk_leaves_everything_as_it_was(void **state)
{
    (void)state;
    struct buf folder = {0}, csv = many_cases();
    struct desk k;
    assert_true(sys_temp_folder(&folder, NULL));
    const char *const mount[] = {"mount",   "-t",    "tmpfs",     "-o",
                                 "size=2m", "tmpfs", folder.data, NULL};
    const char *const unmount[] = {"umount", folder.data, NULL};
    if (!run(mount)) {
        sys_temp_remove(folder.data);
        buf_free(&folder);
        buf_free(&csv);
        print_message("SKIPPED: no small disk could be mounted: this test is for root\n");
        skip();
    }
    desk_new_in(&k, folder.data);
    loads(&k, "units", UNITS);
    loads(&k, "categories", CATEGORIES);
    loads(&k, "incidents", few);
    struct buf before = everything(&k);
    for (int bulk = 0; bulk < 2; bulk++) {
        struct loaded r = load_text(&k, "incidents", csv.data,
                                    (struct options){.expected_rows = bulk ? BULK : 0});
        assert_false(r.ok);
        assert_non_null(strstr(r.error, "a.db: the disk is full, nothing was changed"));
    }
    assert_same(before, everything(&k));
    desk_free(&k);
    assert_true(run(unmount));
    sys_temp_remove(folder.data);
    buf_free(&folder);
    buf_free(&csv);
}

/* ---- others at work ---- */

static void a_locked_database_is_said_within_four_seconds(void **state)
{
    (void)state;
    struct desk k;
    struct err e = {0};
    struct store *s = NULL;
    sqlite3 *other = NULL;
    desk_new(&k);
    assert_int_equal(sqlite3_open(k.path.data, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
    time_t start = time(NULL);
    assert_false(store_audit(k.store, "x", "", &e));
    assert_true(difftime(time(NULL), start) <= 4);
    assert_non_null(strstr(e.msg, "a.db: another program is using the database: try again"));
    assert_int_equal(e.code, ERR_FAILED);
    err_clear(&e);
    assert_false(store_open(&s, k.path.data, STORE_READ, &e));
    assert_non_null(strstr(e.msg, "a.db: another program is using the database: try again"));
    sqlite3_close(other);
    assert_int_equal(loads(&k, "incidents", few), 3);
    desk_free(&k);
}

static void a_reader_sees_one_state_until_it_closes(void **state)
{
    (void)state;
    struct desk k, reader;
    struct directory d;
    int64_t last = 0;
    desk_new(&k);
    reader = k;
    reader.directory = (struct directory){0};
    desk_open(&reader, STORE_READ);
    struct loaded r = load_text(&k, "incidents", few, (struct options){0});
    assert_false(r.ok);
    assert_non_null(strstr(r.error, "another program is using the database"));
    assert_true(store_last_load(reader.store, &last, NULL));
    assert_int_equal(last, 2);
    assert_true(store_directory(reader.store, STATE_NOW, &d, NULL));
    directory_free(&d);
    desk_close(&reader);
    assert_int_equal(loads(&k, "incidents", few), 3);
    desk_free(&k);
}

static void what_another_loaded_meanwhile_is_noticed(void **state)
{
    (void)state;
    struct desk k, other;
    desk_new(&k);
    other = k;
    other.directory = (struct directory){0};
    desk_open(&other, STORE_WRITE);
    loads(&other, "incidents", few);
    desk_close(&other);
    struct loaded r = load_text(&k, "incidents", few, (struct options){0});
    assert_false(r.ok);
    assert_string_equal(r.error,
                        "a.csv: another program changed the database meanwhile: load it again");
    r = load_text(&k, "incidents", few, (struct options){0});
    assert_true(r.ok);
    assert_int_equal(r.unchanged, 3);
    desk_free(&k);
}

/* ---- files ---- */

/* In a child without root's rights: 0 if a read-only database can be read and not written. */
static int try_read_only(const struct desk *k)
{
    struct err e = {0};
    struct store *s = NULL;
    struct directory d;
    if (!geteuid() && setuid(65534))
        return 1;
    if (store_open(&s, k->path.data, STORE_WRITE, &e))
        return 2;
    if (!strstr(e.msg, "a.db: the database is read-only: change its permissions or copy it"))
        return 3;
    if (!store_open(&s, k->path.data, STORE_READ, &e) || !store_directory(s, STATE_NOW, &d, &e))
        return 4;
    return 0;
}

static void a_read_only_file_is_read_and_not_opened_for_writing(void **state)
{
    (void)state;
    struct desk k;
    int status = 0;
    desk_new(&k);
    desk_close(&k);
    assert_int_equal(chmod(k.folder.data, 0755), 0);
    assert_int_equal(chmod(k.path.data, 0444), 0);
    pid_t child = fork();
    if (!child)
        _exit(try_read_only(&k));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    desk_open(&k, STORE_READ);
    desk_free(&k);
}

static void assert_not_opened(const char *path, enum err_code code, const char *want)
{
    for (int mode = STORE_WRITE; mode <= STORE_READ; mode++) {
        struct err e = {0};
        struct store *s = NULL;
        assert_false(store_open(&s, path, (enum store_mode)mode, &e));
        assert_int_equal(e.code, code);
        if (!strstr(e.msg, want))
            fail_msg("%s", e.msg);
    }
}

static void write_file(const struct desk *k, const char *text)
{
    FILE *f = fopen(k->path.data, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void what_is_no_database_of_ours_is_said(void **state)
{
    (void)state;
    struct desk k;
    sqlite3 *db = NULL;
    desk_new(&k);
    assert_answer(&k, "PRAGMA user_version = 99", "");
    assert_not_opened(k.path.data, ERR_INPUT, "a.db: was made by a newer keogiam: install that");
    desk_close(&k);
    write_file(&k, "case_id,unit\nA-1,30037\nthis is a table of text, and long enough to be one\n");
    assert_not_opened(k.path.data, ERR_INPUT, "a.db: is not a keogiam database: make one with");
    write_file(&k, "");
    assert_not_opened(k.path.data, ERR_INPUT, "a.db: is not a keogiam database: make one with");
    assert_int_equal(sqlite3_open(k.path.data, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE incident(id)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    assert_not_opened(k.path.data, ERR_INPUT, "a.db: is not a keogiam database: make one with");
    assert_not_opened(k.folder.data, ERR_FAILED, "is not a database file");
    assert_true(sys_remove(k.path.data));
    assert_not_opened(k.path.data, ERR_FAILED, "no such database: make one with 'keogiam init'");
    sys_temp_remove(k.folder.data);
    lists_delete(k.lists);
    buf_free(&k.folder);
    buf_free(&k.path);
}

static void a_new_database_is_its_owners_alone_and_replaces_none(void **state)
{
    (void)state;
    struct desk k;
    struct stat s;
    struct err e = {0};
    desk_new(&k);
    assert_int_equal(stat(k.path.data, &s), 0);
    assert_int_equal(s.st_mode & 0777, 0600);
    struct buf before = everything(&k);
    assert_false(store_create(k.path.data, k.lists, &e));
    assert_non_null(strstr(e.msg, "exists already"));
    assert_same(before, everything(&k));
    desk_free(&k);
}

static void one_file_remains(void **state)
{
    (void)state;
    static const char *const beside[] = {"-wal", "-shm", "-journal"};
    struct desk k;
    desk_new(&k);
    desk_close(&k);
    assert_answer(&k, "PRAGMA journal_mode = WAL", "wal\n");
    desk_open(&k, STORE_WRITE);
    loads(&k, "incidents", few);
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
        struct buf path = {0};
        buf_addf(&path, "%s%s", k.path.data, beside[i]);
        assert_int_equal(sys_path_kind(path.data), SYS_MISSING);
        buf_free(&path);
    }
    assert_answer(&k, "PRAGMA journal_mode", "delete\n");
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sink_that_fails_leaves_everything_as_it_was),
        cmocka_unit_test(a_file_with_rejects_leaves_everything_as_it_was),
        cmocka_unit_test(a_row_of_a_unit_that_is_not_there_is_an_error),
        cmocka_unit_test(killed_among_its_rows_or_in_its_commit_it_leaves_no_half),
        cmocka_unit_test(a_full_disk_leaves_everything_as_it_was),
        cmocka_unit_test(a_locked_database_is_said_within_four_seconds),
        cmocka_unit_test(a_reader_sees_one_state_until_it_closes),
        cmocka_unit_test(what_another_loaded_meanwhile_is_noticed),
        cmocka_unit_test(a_read_only_file_is_read_and_not_opened_for_writing),
        cmocka_unit_test(what_is_no_database_of_ours_is_said),
        cmocka_unit_test(a_new_database_is_its_owners_alone_and_replaces_none),
        cmocka_unit_test(one_file_remains),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
