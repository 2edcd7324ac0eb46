#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sys/sys.h"

/* ---- terminal, clock ---- */

static void a_file_is_no_terminal_and_has_80_columns(void **state)
{
    (void)state;
    FILE *f = tmpfile();
    assert_non_null(f);
    assert_false(sys_is_terminal(f));
    assert_int_equal(sys_terminal_columns(f), 80);
    fclose(f);
}

static void the_user_has_a_name(void **state)
{
    (void)state;
    assert_true(strlen(sys_user_name()) > 0);
}

static void the_clock_obeys_source_date_epoch_where_it_is_valid(void **state)
{
    (void)state;
    static const char *const refused[] = {"",   "abc", "-5",           " 5",
                                          "5x", "1e3", "253402300800", "99999999999999999999999"};
    assert_int_equal(setenv("SOURCE_DATE_EPOCH", "1714694400", 1), 0);
    assert_int_equal(sys_now(), 1714694400);
    assert_int_equal(setenv("SOURCE_DATE_EPOCH", "0", 1), 0);
    assert_int_equal(sys_now(), 0);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        assert_int_equal(setenv("SOURCE_DATE_EPOCH", refused[i], 1), 0);
        assert_true(llabs(sys_now() - (int64_t)time(NULL)) <= 2);
    }
    assert_int_equal(unsetenv("SOURCE_DATE_EPOCH"), 0);
    assert_true(llabs(sys_now() - (int64_t)time(NULL)) <= 2);
}

/* ---- whole files ---- */

static void assert_error(struct err *e, const char *place, const char *what)
{
    assert_int_equal(e->code, ERR_FAILED);
    if (strncmp(e->msg, place, strlen(place)) != 0 || !strstr(e->msg, what))
        fail_msg("%s", e->msg);
    err_clear(e);
}

static void whole_files_are_written_and_read_back_byte_by_byte(void **state)
{
    (void)state;
    struct buf folder = {0}, path = {0}, b = {0};
    struct err e = {0};
    char bytes[100000];
    assert_true(sys_temp_folder(&folder, &e));
    buf_addf(&path, "%s/file", folder.data);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 2654435761U >> 24);
    assert_false(sys_read_whole(path.data, &b, &e));
    assert_error(&e, path.data, "no such file");
    assert_true(sys_write_whole(path.data, bytes, sizeof bytes, &e));
    buf_adds(&b, "before");
    assert_true(sys_read_whole(path.data, &b, &e));
    assert_int_equal(b.len, 6 + sizeof bytes);
    assert_memory_equal(b.data + 6, bytes, sizeof bytes);
    buf_clear(&b);
    assert_true(sys_write_whole(path.data, "", 0, &e) && sys_read_whole(path.data, &b, &e));
    assert_int_equal(b.len, 0);
    if (sys_path_kind("/dev/full") == SYS_OTHER) {
        assert_false(sys_write_whole("/dev/full", bytes, sizeof bytes, &e));
        assert_error(&e, "/dev/full", "disk is full");
    }
    sys_temp_remove(folder.data);
    buf_free(&folder);
    buf_free(&path);
    buf_free(&b);
}

static void a_relative_place_of_temporary_files_is_passed_over(void **state)
{
    (void)state;
    struct buf folder = {0};
    struct err e = {0};
    char *before = getenv("TMPDIR") ? strdup(getenv("TMPDIR")) : NULL;
    assert_int_equal(setenv("TMPDIR", ".", 1), 0);
    assert_true(sys_temp_folder(&folder, &e));
    assert_int_equal(folder.data[0], '/');
    sys_temp_remove(folder.data);
    assert_int_equal(before ? setenv("TMPDIR", before, 1) : unsetenv("TMPDIR"), 0);
    free(before);
    buf_free(&folder);
}

/* ---- threads ---- */

enum { ITEMS = 20000 };
struct relay {
    struct sys_queue *there, *back;
    long pushed;
};

static void relay_all(void *context)
{
    struct relay *r = context;
    for (void *item; (item = sys_queue_pop(r->there));)
        sys_queue_push(r->back, item);
    sys_queue_close(r->back);
}

static void feed_all(void *context)
{
    struct relay *r = context;
    static char items[ITEMS];
    for (r->pushed = 0; r->pushed < ITEMS; r->pushed++) {
        if (!sys_queue_push(r->there, items + r->pushed))
            return;
    }
    sys_queue_close(r->there);
}

static void every_item_passes_two_queues_and_threads_in_order(void **state)
{
    (void)state;
    for (size_t capacity = 1; capacity <= 100; capacity += 33) {
        struct relay r = {sys_queue_new(capacity), sys_queue_new(capacity), 0};
        struct sys_worker *feeder = sys_worker_start(feed_all, &r);
        struct sys_worker *relayer = sys_worker_start(relay_all, &r);
        assert_true(feeder && relayer);
        char *first = sys_queue_pop(r.back), *last = first;
        long count = 1;
        for (char *item; (item = sys_queue_pop(r.back)); last = item, count++)
            assert_true(item == last + 1);
        sys_worker_join(feeder);
        sys_worker_join(relayer);
        assert_int_equal(count, ITEMS);
        assert_null(sys_queue_pop(r.back));
        sys_queue_delete(r.there);
        sys_queue_delete(r.back);
    }
}

static void closing_frees_a_pusher_that_waits_and_keeps_what_is_in(void **state)
{
    (void)state;
    struct relay r = {sys_queue_new(3), NULL, 0};
    struct sys_worker *feeder = sys_worker_start(feed_all, &r);
    assert_non_null(feeder);
    assert_non_null(sys_queue_pop(r.there));
    sys_queue_close(r.there);
    sys_worker_join(feeder); /* would wait for ever */
    long left = 0;
    while (sys_queue_pop(r.there))
        left++;
    assert_int_equal(left + 1, r.pushed);
    assert_false(sys_queue_push(r.there, &r));
    sys_queue_delete(r.there);
}

static void closing_frees_a_popper_that_waits(void **state)
{
    (void)state;
    struct relay r = {sys_queue_new(3), sys_queue_new(3), 0};
    struct sys_worker *relayer = sys_worker_start(relay_all, &r);
    assert_non_null(relayer);
    sys_queue_close(r.there);
    sys_worker_join(relayer);
    assert_null(sys_queue_pop(r.back));
    sys_queue_delete(r.there);
    sys_queue_delete(r.back);
    sys_queue_delete(NULL);
    sys_worker_join(NULL);
    assert_null(sys_queue_new(0));
    assert_null(sys_queue_new(SIZE_MAX));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_no_terminal_and_has_80_columns),
        cmocka_unit_test(the_user_has_a_name),
        cmocka_unit_test(the_clock_obeys_source_date_epoch_where_it_is_valid),
        cmocka_unit_test(whole_files_are_written_and_read_back_byte_by_byte),
        cmocka_unit_test(a_relative_place_of_temporary_files_is_passed_over),
        cmocka_unit_test(every_item_passes_two_queues_and_threads_in_order),
        cmocka_unit_test(closing_frees_a_pusher_that_waits_and_keeps_what_is_in),
        cmocka_unit_test(closing_frees_a_popper_that_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
