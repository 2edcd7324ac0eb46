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

/* ---- programs ---- */

static int run(const char *const argv[], const char *input, size_t n, struct buf *said)
{
    int status = -1;
    struct err e = {0};
    assert_true(sys_run(argv, input, n, said, &status, &e));
    return status;
}

static int run_shell(const char *script, struct buf *said)
{
    const char *const argv[] = {"sh", "-c", script, NULL};
    return run(argv, NULL, 0, said);
}

static void output_and_errors_are_heard_and_the_status_is_known(void **state)
{
    (void)state;
    struct buf said = {0};
    buf_adds(&said, "before ");
    assert_int_equal(run_shell("printf out; printf err >&2; exit 3", &said), 3);
    assert_string_equal(said.data, "before outerr");
    buf_free(&said);
    assert_int_equal(run_shell("echo unheard", NULL), 0);
    assert_int_equal(run_shell("kill -9 $$", NULL), 128 + 9);
}

static void a_missing_program_is_127(void **state)
{
    (void)state;
    const char *const missing[] = {"keogiam-no-such-program", NULL};
    assert_int_equal(run(missing, "input", 5, NULL), 127);
    const char *const folder[] = {"/", NULL};
    assert_int_equal(run(folder, NULL, 0, NULL), 126);
}

static void arguments_pass_without_a_shell(void **state)
{
    (void)state;
    struct buf said = {0};
    const char *const argv[] = {"printf", "%s|", "$HOME", "a b", "*", NULL};
    assert_int_equal(run(argv, NULL, 0, &said), 0);
    assert_string_equal(said.data, "$HOME|a b|*|");
    buf_free(&said);
}

static void ten_megabytes_go_through_cat_without_a_deadlock(void **state)
{
    (void)state;
    size_t n = 10 * 1000 * 1000;
    char *input = malloc(n);
    struct buf said = {0};
    assert_non_null(input);
    for (size_t i = 0; i < n; i++)
        input[i] = (char)(i * 2654435761U >> 24);
    const char *const argv[] = {"cat", NULL};
    assert_int_equal(run(argv, input, n, &said), 0);
    assert_int_equal(said.len, n);
    assert_memory_equal(said.data, input, n);
    buf_free(&said);
    free(input);
}

static void a_program_that_does_not_read_is_no_harm(void **state)
{
    (void)state;
    size_t n = 1000 * 1000;
    char *input = calloc(1, n);
    const char *const deaf[] = {"true", NULL};
    const char *const mute[] = {"sh", "-c", "exec >&- 2>&-; cat | wc -c >/dev/null; exit 5", NULL};
    assert_non_null(input);
    assert_int_equal(run(deaf, input, n, NULL), 0);
    assert_int_equal(run(mute, input, n, NULL), 5);
    free(input);
}

static void a_program_we_start_dies_of_a_broken_pipe_as_usual(void **state)
{
    (void)state;
    sys_ignore_broken_pipes();
    struct buf said = {0};
    assert_int_equal(run_shell("(yes; echo $? >&2) | head -n 1 >/dev/null", &said), 0);
    assert_string_equal(said.data, "141\n");
    buf_free(&said);
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
        cmocka_unit_test(output_and_errors_are_heard_and_the_status_is_known),
        cmocka_unit_test(a_missing_program_is_127),
        cmocka_unit_test(arguments_pass_without_a_shell),
        cmocka_unit_test(ten_megabytes_go_through_cat_without_a_deadlock),
        cmocka_unit_test(a_program_that_does_not_read_is_no_harm),
        cmocka_unit_test(a_program_we_start_dies_of_a_broken_pipe_as_usual),
        cmocka_unit_test(every_item_passes_two_queues_and_threads_in_order),
        cmocka_unit_test(closing_frees_a_pusher_that_waits_and_keeps_what_is_in),
        cmocka_unit_test(closing_frees_a_popper_that_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
