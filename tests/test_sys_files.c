#include "check.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixtures_files.h"

static unsigned mode_of(const char *name)
{
    struct stat st;
    assert_int_equal(stat(name, &st), 0);
    return st.st_mode & 0777;
}

/* Files in the folder, hidden ones included. */
static int file_count(void)
{
    int n = 0;
    DIR *d = opendir(folder.data);
    assert_non_null(d);
    for (struct dirent *entry; (entry = readdir(d));)
        n += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
    closedir(d);
    return n;
}

static void assert_error(const struct err *e, const char *place, const char *what)
{
    assert_int_equal(e->code, ERR_FAILED);
    if (strncmp(e->msg, place, strlen(place)) || !strstr(e->msg, what))
        fail_msg("'%s' does not say %s: %s", e->msg, place, what);
    assert_null(strchr(e->msg, '\n'));
}

static void kinds_of_paths_are_told_apart(void **state)
{
    (void)state;
    int64_t bytes = 7;
    assert_int_equal(sys_path_kind(path), SYS_MISSING);
    write_file(path, "12345");
    snprintf(path_b, sizeof path_b, "%s/below", path);
    assert_int_equal(sys_path_kind(path), SYS_FILE);
    assert_int_equal(sys_path_kind(path_b), SYS_MISSING);
    assert_int_equal(sys_path_kind(folder.data), SYS_FOLDER);
    assert_int_equal(sys_path_kind("/dev/null"), SYS_OTHER);
    assert_false(sys_file_size(folder.data, &bytes));
    assert_false(sys_file_size(path_b, &bytes));
    assert_int_equal(bytes, 7);
    assert_true(sys_file_size(path, &bytes));
    assert_int_equal(bytes, 5);
}

static void what_cannot_be_read_is_named(void **state)
{
    (void)state;
    struct err missing = {0}, is_folder = {0}, closed = {0};
    assert_null(sys_open_read(path, &missing));
    assert_error(&missing, path, "no such file");
    assert_null(sys_open_read(folder.data, &is_folder));
    assert_error(&is_folder, folder.data, "is a folder");
    write_file(path, "x");
    assert_int_equal(chmod(path, 0), 0);
    FILE *f = sys_open_read(path, &closed);
    if (f)
        fclose(f); /* root reads everything */
    else
        assert_error(&closed, path, "may not be read");
}

static void output_appears_whole_at_commit(void **state)
{
    (void)state;
    struct sys_output o;
    struct err e = {0};
    write_file(path, "old");
    assert_true(sys_output_open(&o, path, false, &e));
    fputs("new", o.file);
    fflush(o.file);
    assert_content(path, "old");
    assert_true(sys_output_commit(&o, &e));
    assert_content(path, "new");
    assert_int_equal(file_count(), 1);
    sys_output_abort(&o);
    assert_content(path, "new");
}

static void abort_leaves_what_was_there(void **state)
{
    (void)state;
    struct sys_output o;
    struct err e = {0};
    write_file(path, "old");
    assert_true(sys_output_open(&o, path, false, &e));
    fputs("new", o.file);
    sys_output_abort(&o);
    assert_content(path, "old");
    assert_true(sys_output_open(&o, path_b, false, &e));
    sys_output_abort(&o);
    sys_output_abort(&o);
    assert_int_equal(sys_path_kind(path_b), SYS_MISSING);
    assert_int_equal(file_count(), 1);
    sys_output_abort(&(struct sys_output){0});
}

static void secret_output_is_for_its_owner_only(void **state)
{
    (void)state;
    struct sys_output o;
    struct err e = {0};
    mode_t umask_before = umask(022);
    assert_true(sys_output_open(&o, path, true, &e));
    assert_int_equal(mode_of(o.temporary), 0600);
    assert_true(sys_output_commit(&o, &e));
    assert_int_equal(mode_of(path), 0600);
    assert_true(sys_output_open(&o, path_b, false, &e));
    assert_true(sys_output_commit(&o, &e));
    assert_int_equal(mode_of(path_b), 0644);
    umask(umask_before);
}

static void replaced_files_keep_their_permissions_unless_secret(void **state)
{
    (void)state;
    struct sys_output o;
    struct err e = {0};
    write_file(path, "old");
    assert_int_equal(chmod(path, 0640), 0);
    assert_true(sys_output_open(&o, path, false, &e) && sys_output_commit(&o, &e));
    assert_int_equal(mode_of(path), 0640);
    assert_true(sys_output_open(&o, path, true, &e) && sys_output_commit(&o, &e));
    assert_int_equal(mode_of(path), 0600);
}

static void output_through_a_link_replaces_what_it_names(void **state)
{
    (void)state;
    struct sys_output o;
    struct err e = {0};
    struct stat st;
    write_file(path, "old");
    assert_int_equal(symlink("a.csv", path_b), 0);
    assert_true(sys_output_open(&o, path_b, false, &e));
    fputs("new", o.file);
    assert_true(sys_output_commit(&o, &e));
    assert_content(path, "new");
    assert_int_equal(lstat(path_b, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
}

static void two_outputs_beside_each_other_do_not_meet(void **state)
{
    (void)state;
    struct sys_output a, b;
    struct err e = {0};
    assert_true(sys_output_open(&a, path, false, &e));
    assert_true(sys_output_open(&b, path, false, &e));
    fputs("a", a.file);
    fputs("b", b.file);
    assert_true(sys_output_commit(&b, &e));
    assert_true(sys_output_commit(&a, &e));
    assert_content(path, "a");
    assert_int_equal(file_count(), 1);
}

static void a_full_disk_fails_the_commit(void **state)
{
    (void)state;
    if (sys_path_kind("/dev/full") != SYS_OTHER)
        skip();
    char much[100000];
    memset(much, 'x', sizeof much);
    for (size_t n = 1; n <= sizeof much; n += sizeof much - 1) {
        struct sys_output o;
        struct err e = {0};
        assert_true(sys_output_open(&o, "/dev/full", false, &e));
        fwrite(much, 1, n, o.file); /* one byte fails at the flush, many fail here */
        assert_false(sys_output_commit(&o, &e));
        assert_error(&e, "/dev/full", "disk is full");
        assert_null(o.file);
    }
    assert_int_equal(sys_path_kind("/dev/full"), SYS_OTHER);
}

static void devices_are_written_not_replaced(void **state)
{
    (void)state;
    struct sys_output o;
    struct err e = {0};
    assert_true(sys_output_open(&o, "/dev/null", false, &e));
    fputs("x", o.file);
    assert_true(sys_output_commit(&o, &e));
    assert_int_equal(sys_path_kind("/dev/null"), SYS_OTHER);
}

static void output_that_cannot_be_opened_is_named(void **state)
{
    (void)state;
    struct sys_output o;
    struct err is_folder = {0}, nowhere = {0}, below_file = {0};
    char where[600];
    assert_false(sys_output_open(&o, folder.data, false, &is_folder));
    assert_error(&is_folder, folder.data, "is a folder");
    snprintf(where, sizeof where, "%s/none/x.csv", folder.data);
    assert_false(sys_output_open(&o, where, false, &nowhere));
    assert_error(&nowhere, where, "folder does not exist");
    write_file(path, "x");
    snprintf(where, sizeof where, "%s/x.csv", path);
    assert_false(sys_output_open(&o, where, false, &below_file));
    assert_error(&below_file, where, "folder does not exist");
    assert_null(o.file);
    assert_int_equal(file_count(), 1);
}

static void a_commit_that_cannot_rename_leaves_nothing_behind(void **state)
{
    (void)state;
    struct sys_output o;
    struct err e = {0};
    assert_true(sys_output_open(&o, path_b, false, &e));
    assert_true(sys_make_folder(path_b, &e));
    assert_false(sys_output_commit(&o, &e));
    assert_error(&e, path_b, "is a folder");
    assert_int_equal(file_count(), 1);
    assert_int_equal(rmdir(path_b), 0);
}

static void a_private_file_is_made_once_only(void **state)
{
    (void)state;
    struct err e = {0};
    assert_true(sys_create_private(path, &e));
    assert_int_equal(mode_of(path), 0600);
    assert_content(path, "");
    write_file(path, "kept");
    assert_false(sys_create_private(path, &e));
    assert_error(&e, path, "exists already");
    assert_content(path, "kept");
    assert_true(sys_remove(path));
    assert_false(sys_remove(path));
}

static void folders_are_made_one_level_and_may_exist(void **state)
{
    (void)state;
    struct err e = {0};
    assert_true(sys_make_folder(path_b, &e));
    assert_true(sys_make_folder(path_b, &e));
    assert_int_equal(rmdir(path_b), 0);
    write_file(path, "x");
    assert_false(sys_make_folder(path, &e));
    assert_error(&e, path, "is no folder");
    err_clear(&e);
    snprintf(path_b, sizeof path_b, "%s/one/two", folder.data);
    assert_false(sys_make_folder(path_b, &e));
    assert_error(&e, path_b, "folder does not exist");
}

static void a_temporary_folder_is_private_and_goes_with_its_files(void **state)
{
    (void)state;
    struct buf own = {0}, again = {0};
    struct err e = {0};
    char file[512];
    assert_true(sys_temp_folder(&own, &e) && sys_temp_folder(&again, &e));
    assert_string_not_equal(own.data, again.data);
    assert_int_equal(mode_of(own.data), 0700);
    snprintf(file, sizeof file, "%s/.hidden", own.data);
    write_file(file, "x");
    sys_temp_remove(own.data);
    sys_temp_remove(again.data);
    sys_temp_remove(again.data);
    assert_int_equal(sys_path_kind(own.data), SYS_MISSING);
    buf_free(&own);
    buf_free(&again);
}

static void a_temporary_folder_goes_with_what_is_below_it_and_no_link_is_followed(void **state)
{
    (void)state;
    struct buf own = {0};
    struct err e = {0};
    char name[1024];
    assert_true(sys_temp_folder(&own, &e));
    size_t end = (size_t)snprintf(name, sizeof name, "%s", own.data);
    for (int depth = 0; depth < 40; depth++) {
        end += (size_t)snprintf(name + end, sizeof name - end, "/.d%d", depth);
        assert_true(sys_make_folder(name, &e));
    }
    snprintf(name + end, sizeof name - end, "/file");
    write_file(name, "x");
    write_file(path, "kept"); /* outside: a file, and a folder that holds it */
    snprintf(name, sizeof name, "%s/to-file", own.data);
    assert_int_equal(symlink(path, name), 0);
    snprintf(name, sizeof name, "%s/to-folder", own.data);
    assert_int_equal(symlink(folder.data, name), 0);
    snprintf(name, sizeof name, "%s/to-nothing", own.data);
    assert_int_equal(symlink("nowhere", name), 0);
    snprintf(name, sizeof name, "%s/to-itself", own.data);
    assert_int_equal(symlink(own.data, name), 0);
    sys_temp_remove(own.data);
    assert_int_equal(sys_path_kind(own.data), SYS_MISSING);
    assert_content(path, "kept");
    buf_free(&own);
}

static void a_link_to_a_folder_is_no_temporary_folder(void **state)
{
    (void)state;
    char inside[1100];
    struct err e = {0};
    assert_true(sys_make_folder(path_b, &e));
    snprintf(inside, sizeof inside, "%s/file", path_b);
    write_file(inside, "kept");
    assert_int_equal(symlink(path_b, path), 0);
    sys_temp_remove(path);
    assert_content(inside, "kept");
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(kinds_of_paths_are_told_apart),
        WITH_FOLDER(what_cannot_be_read_is_named),
        WITH_FOLDER(output_appears_whole_at_commit),
        WITH_FOLDER(abort_leaves_what_was_there),
        WITH_FOLDER(secret_output_is_for_its_owner_only),
        WITH_FOLDER(replaced_files_keep_their_permissions_unless_secret),
        WITH_FOLDER(output_through_a_link_replaces_what_it_names),
        WITH_FOLDER(two_outputs_beside_each_other_do_not_meet),
        cmocka_unit_test(a_full_disk_fails_the_commit),
        cmocka_unit_test(devices_are_written_not_replaced),
        WITH_FOLDER(output_that_cannot_be_opened_is_named),
        WITH_FOLDER(a_commit_that_cannot_rename_leaves_nothing_behind),
        WITH_FOLDER(a_private_file_is_made_once_only),
        WITH_FOLDER(folders_are_made_one_level_and_may_exist),
        cmocka_unit_test(a_temporary_folder_is_private_and_goes_with_its_files),
        WITH_FOLDER(a_temporary_folder_goes_with_what_is_below_it_and_no_link_is_followed),
        WITH_FOLDER(a_link_to_a_folder_is_no_temporary_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
