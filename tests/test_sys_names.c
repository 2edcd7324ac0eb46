/* Files under more than one name. */
#include <string.h>
#include <unistd.h>

#include "fixtures_files.h"

static void assert_error(const struct err *e, const char *place, const char *what)
{
    assert_int_equal(e->code, ERR_FAILED);
    if (strncmp(e->msg, place, strlen(place)) || !strstr(e->msg, what))
        fail_msg("'%s' does not say %s: %s", e->msg, place, what);
    assert_null(strchr(e->msg, '\n'));
}

static void a_file_kept_under_a_second_name_outlives_its_first(void **state)
{
    (void)state;
    struct err e = {0}, exists = {0}, missing = {0};
    write_file(path, "old");
    assert_true(sys_keep_as(path, path_b, &e));
    assert_content(path, "old");
    assert_true(sys_is_same_file(path, path_b));
    assert_false(sys_keep_as(path, path_b, &exists));
    assert_error(&exists, path_b, "exists already");
    assert_true(sys_write_whole(path, "new", 3, &e));
    assert_content(path_b, "old");
    assert_false(sys_is_same_file(path, path_b));
    assert_true(sys_remove(path) && sys_remove(path_b));
    assert_false(sys_keep_as(path, path_b, &missing));
    assert_false(sys_is_same_file(path, path_b));
}

static void a_whole_path_begins_at_the_root(void **state)
{
    (void)state;
    struct buf whole = {0};
    sys_add_whole_path(path, &whole);
    assert_string_equal(buf_text(&whole), "");
    write_file(path, "x");
    assert_int_equal(symlink("a.csv", path_b), 0);
    sys_add_whole_path(path_b, &whole);
    assert_int_equal(*buf_text(&whole), '/');
    assert_true(sys_is_same_file(buf_text(&whole), path));
    assert_non_null(strstr(whole.data, "/a.csv"));
    buf_free(&whole);
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(a_file_kept_under_a_second_name_outlives_its_first),
        WITH_FOLDER(a_whole_path_begins_at_the_root),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
