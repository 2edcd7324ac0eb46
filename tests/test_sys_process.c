#include "check.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sys/sys.h"

static int run(const char *const argv[], const char *input, size_t n, struct buf *said)
{
    int status = -1;
    struct err e = {0};
    struct sys_program p = {.argv = argv, .input = input, .input_bytes = n, .said = said};
    assert_true(sys_run(&p, &status, &e));
    return status;
}

static int run_shell(const char *script, struct buf *said)
{
    const char *const argv[] = {"sh", "-c", script, NULL};
    return run(argv, NULL, 0, said);
}

/* The script's status with a limit of one second; fails where it takes three. */
static int run_a_second(const char *script, const char *input, size_t n, struct buf *said)
{
    const char *const argv[] = {"sh", "-c", script, NULL};
    struct sys_program p = {
        .argv = argv, .input = input, .input_bytes = n, .seconds = 1, .said = said};
    struct err e = {0};
    int status = -7;
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    assert_true(sys_run(&p, &status, &e));
    clock_gettime(CLOCK_MONOTONIC, &after);
    assert_true(after.tv_sec - before.tv_sec < 3);
    return status;
}

/* Waits up to two seconds for the process to be gone: a killed one whose parent died before it is
 * collected by process 1, when that comes to it. */
static bool is_gone(const char *pid)
{
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%.20s/stat", pid);
    for (int i = 0; i < 200; i++) {
        FILE *f = fopen(path, "r");
        if (!f)
            return true;
        bool dead = fgets(line, sizeof line, f) && strstr(line, ") Z ");
        fclose(f);
        if (dead)
            return true;
        nanosleep(&(struct timespec){0, 10 * 1000 * 1000}, NULL);
    }
    return false;
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

static void a_program_that_hangs_is_killed_with_its_children_in_time(void **state)
{
    (void)state;
    struct buf said = {0};
    /* A child in the background, one in the foreground, and TERM ignored. */
    assert_int_equal(
        run_a_second("trap '' TERM; sleep 60 & echo $!; echo $$; sleep 60; true", NULL, 0, &said),
        SYS_TIMED_OUT);
    char *second = strchr(said.data, '\n');
    assert_non_null(second);
    *second++ = '\0';
    second[strcspn(second, "\n")] = '\0';
    assert_true(is_gone(said.data));
    assert_true(is_gone(second));
    buf_free(&said);
}

static void one_that_closed_its_ends_and_hangs_is_killed_too(void **state)
{
    (void)state;
    assert_int_equal(run_a_second("exec <&- >&- 2>&-; sleep 60", "input", 5, NULL), SYS_TIMED_OUT);
}

static void one_that_never_stops_talking_or_never_listens_is_killed(void **state)
{
    (void)state;
    size_t n = 1000 * 1000;
    char *input = calloc(1, n);
    assert_non_null(input);
    assert_int_equal(run_a_second("while :; do echo y; done", NULL, 0, NULL), SYS_TIMED_OUT);
    assert_int_equal(run_a_second("exec sleep 60", input, n, NULL), SYS_TIMED_OUT);
    free(input);
}

static void one_that_left_our_group_and_holds_the_pipe_does_not_hold_us(void **state)
{
    (void)state;
    struct buf said = {0};
    assert_int_equal(run_a_second("setsid sh -c 'echo $$; exec sleep 5' & wait", NULL, 0, &said),
                     SYS_TIMED_OUT);
    buf_free(&said);
}

static void in_time_the_limit_changes_nothing(void **state)
{
    (void)state;
    struct buf said = {0};
    assert_int_equal(run_a_second("cat; exit 4", "heard", 5, &said), 4);
    assert_string_equal(said.data, "heard");
    buf_clear(&said);
    assert_int_equal(run_a_second("exec >&- 2>&-; sleep 0.3; exit 5", NULL, 0, &said), 5);
    assert_int_equal(said.len, 0);
    buf_free(&said);
}

static void what_a_program_left_behind_ends_with_it(void **state)
{
    (void)state;
    struct buf said = {0};
    assert_int_equal(run_shell("sleep 60 >/dev/null 2>&1 </dev/null & echo $!", &said), 0);
    said.data[strcspn(said.data, "\n")] = '\0';
    assert_true(is_gone(said.data));
    buf_free(&said);
}

static void what_is_added_to_the_environment_is_heard_once_and_by_the_child_only(void **state)
{
    (void)state;
    struct buf said = {0};
    struct err e = {0};
    int status = -1;
    assert_int_equal(setenv("KEOGIAM_TEST", "old", 1), 0);
    const char *const argv[] = {"sh", "-c", "env | grep ^KEOGIAM_TEST | sort", NULL};
    const char *const added[] = {"KEOGIAM_TEST=new", "KEOGIAM_TEST_2=a b=c", NULL};
    struct sys_program p = {.argv = argv, .said = &said, .environment = added};
    assert_true(sys_run(&p, &status, &e));
    assert_string_equal(said.data, "KEOGIAM_TEST=new\nKEOGIAM_TEST_2=a b=c\n");
    assert_string_equal(getenv("KEOGIAM_TEST"), "old");
    assert_null(getenv("KEOGIAM_TEST_2"));
    assert_int_equal(unsetenv("KEOGIAM_TEST"), 0);
    buf_free(&said);
}

static void the_user_changes_the_limit_by_a_whole_number_only(void **state)
{
    (void)state;
    static const char *const refused[] = {"", "x", "-1", "1.5", "5s", " 5", "1000001", "99999999"};
    assert_int_equal(unsetenv("KEOGIAM_TIMEOUT"), 0);
    assert_int_equal(sys_program_seconds(60), 60);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        assert_int_equal(setenv("KEOGIAM_TIMEOUT", refused[i], 1), 0);
        assert_int_equal(sys_program_seconds(60), 60);
    }
    assert_int_equal(setenv("KEOGIAM_TIMEOUT", "5", 1), 0);
    assert_int_equal(sys_program_seconds(60), 5);
    assert_int_equal(setenv("KEOGIAM_TIMEOUT", "0", 1), 0);
    assert_int_equal(sys_program_seconds(60), 0);
    assert_int_equal(unsetenv("KEOGIAM_TIMEOUT"), 0);
}

static void a_parent_that_ignores_its_children_does_not_cost_us_the_status(void **state)
{
    (void)state;
    signal(SIGCHLD, SIG_IGN);
    assert_int_equal(run_shell("exit 3", NULL), 3);
}

enum { RUNS = 40, CALLERS = 8 };
struct caller {
    int wrong;
    char mark;
};

static void call_again_and_again(void *context)
{
    struct caller *c = context;
    const char *const argv[] = {"cat", NULL};
    char input[20000];
    memset(input, c->mark, sizeof input);
    for (int i = 0; i < RUNS; i++) {
        struct buf said = {0};
        struct err e = {0};
        int status = -1;
        struct sys_program p = {.argv = argv,
                                .input = input,
                                .input_bytes = sizeof input,
                                .seconds = 20,
                                .said = &said};
        bool right = sys_run(&p, &status, &e) && status == 0 && said.len == sizeof input &&
                     !memcmp(said.data, input, sizeof input);
        c->wrong += !right;
        buf_free(&said);
    }
}

static void many_threads_run_programs_at_once_and_hear_their_own(void **state)
{
    (void)state;
    struct caller callers[CALLERS];
    struct sys_worker *workers[CALLERS];
    for (int i = 0; i < CALLERS; i++) {
        callers[i] = (struct caller){0, (char)('a' + i)};
        workers[i] = sys_worker_start(call_again_and_again, &callers[i]);
        assert_non_null(workers[i]);
    }
    for (int i = 0; i < CALLERS; i++)
        sys_worker_join(workers[i]);
    for (int i = 0; i < CALLERS; i++)
        assert_int_equal(callers[i].wrong, 0);
}

static void a_program_inherits_no_file_of_ours(void **state)
{
    (void)state;
    struct buf folder = {0}, said = {0}, path = {0};
    struct err e = {0};
    assert_true(sys_temp_folder(&folder, &e));
    buf_addf(&path, "%s/ours", folder.data);
    assert_true(sys_write_whole(path.data, "x", 1, &e));
    FILE *f = sys_open_read(path.data, &e);
    assert_non_null(f);
    assert_int_equal(run_shell("ls -l /proc/self/fd", &said), 0);
    assert_non_null(strstr(said.data, "pipe:"));
    assert_null(strstr(said.data, folder.data));
    fclose(f);
    sys_temp_remove(folder.data);
    buf_free(&folder);
    buf_free(&said);
    buf_free(&path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(output_and_errors_are_heard_and_the_status_is_known),
        cmocka_unit_test(a_missing_program_is_127),
        cmocka_unit_test(arguments_pass_without_a_shell),
        cmocka_unit_test(ten_megabytes_go_through_cat_without_a_deadlock),
        cmocka_unit_test(a_program_that_does_not_read_is_no_harm),
        cmocka_unit_test(a_program_we_start_dies_of_a_broken_pipe_as_usual),
        cmocka_unit_test(a_program_that_hangs_is_killed_with_its_children_in_time),
        cmocka_unit_test(one_that_closed_its_ends_and_hangs_is_killed_too),
        cmocka_unit_test(one_that_never_stops_talking_or_never_listens_is_killed),
        cmocka_unit_test(one_that_left_our_group_and_holds_the_pipe_does_not_hold_us),
        cmocka_unit_test(in_time_the_limit_changes_nothing),
        cmocka_unit_test(what_a_program_left_behind_ends_with_it),
        cmocka_unit_test(what_is_added_to_the_environment_is_heard_once_and_by_the_child_only),
        cmocka_unit_test(the_user_changes_the_limit_by_a_whole_number_only),
        cmocka_unit_test(a_parent_that_ignores_its_children_does_not_cost_us_the_status),
        cmocka_unit_test(many_threads_run_programs_at_once_and_hear_their_own),
        cmocka_unit_test(a_program_inherits_no_file_of_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
