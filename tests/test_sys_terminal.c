/* A question on a terminal that does not show the answer. */
#define _XOPEN_SOURCE 700 /* posix_openpt */

#include "check.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "sys/sys.h"

/* What a program that asks on a terminal of its own got, and what stood on that terminal. */
struct asked {
    bool ok;
    char answer[1024]; /* or the error's message */
    char screen[256];
    bool shows_again; /* the terminal shows letters as before */
};

static void ask_there(const char *terminal, int result)
{
    struct asked a = {0};
    struct err e = {0};
    char answer[16];
    setsid(); /* the first terminal opened then is the process's own */
    if (terminal && open(terminal, O_RDWR) < 0)
        _exit(1);
    a.ok = sys_ask_secret("Secret? ", answer, sizeof answer, &e);
    snprintf(a.answer, sizeof a.answer, "%s", a.ok ? answer : e.msg);
    _exit(write(result, &a, sizeof a) != sizeof a);
}

static void add_screen(int terminal, struct asked *a)
{
    size_t n = strlen(a->screen);
    ssize_t got = read(terminal, a->screen + n, sizeof a->screen - 1 - n);
    if (got > 0)
        a->screen[n + (size_t)got] = '\0';
}

/* NULL: without a terminal. */
static struct asked ask(const char *typed)
{
    struct asked a = {0}, told = {0};
    int pipes[2], master = posix_openpt(O_RDWR | O_NOCTTY), status = 0;
    assert_true(master >= 0 && !grantpt(master) && !unlockpt(master) && !pipe(pipes));
    char name[64];
    snprintf(name, sizeof name, "%s", ptsname(master));
    int kept = open(name, O_RDWR | O_NOCTTY); /* its settings outlive the process */
    pid_t child = fork();
    assert_true(child >= 0 && kept >= 0);
    if (!child)
        ask_there(typed ? name : NULL, pipes[1]);
    while (typed && !strstr(a.screen, "Secret? "))
        add_screen(master, &a);
    if (typed)
        assert_int_equal(write(master, typed, strlen(typed)), strlen(typed));
    assert_int_equal(read(pipes[0], &told, sizeof told), sizeof told);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    struct termios t;
    assert_int_equal(tcgetattr(kept, &t), 0);
    told.shows_again = (t.c_lflag & ECHO) && (t.c_lflag & ISIG);
    assert_int_equal(write(kept, ".", 1), 1); /* the last that stands there */
    while (!strchr(a.screen, '.'))
        add_screen(master, &a);
    memcpy(told.screen, a.screen, sizeof told.screen);
    close(kept);
    close(master);
    close(pipes[0]);
    close(pipes[1]);
    return told;
}

static void an_answer_is_taken_and_not_shown(void **state)
{
    (void)state;
    struct asked a = ask("bí mật\n");
    assert_true(a.ok);
    assert_string_equal(a.answer, "bí mật");
    assert_string_equal(a.screen, "Secret? \r\n.");
    assert_true(a.shows_again);
}

static void slips_can_be_rubbed_out(void **state)
{
    (void)state;
    struct asked a = ask("abx\177c\n");
    assert_true(a.ok);
    assert_string_equal(a.answer, "abc");
}

static void an_empty_answer_is_one(void **state)
{
    (void)state;
    struct asked a = ask("\n");
    assert_true(a.ok);
    assert_string_equal(a.answer, "");
}

static void who_gives_up_gets_the_terminal_back(void **state)
{
    (void)state;
    static const char *const typed[] = {"abc\003", "\003", "\004", "more than fifteen bytes\n"};
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        struct asked a = ask(typed[i]);
        assert_false(a.ok);
        assert_string_equal(a.answer, "given up: nothing was done");
        assert_true(a.shows_again);
        assert_null(strstr(a.screen, "abc"));
        assert_null(strstr(a.screen, "more"));
    }
}

static void without_a_terminal_nobody_is_asked(void **state)
{
    (void)state;
    struct asked a = ask(NULL);
    assert_false(a.ok);
    assert_string_equal(a.answer, "there is no terminal to ask on");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_taken_and_not_shown),
        cmocka_unit_test(slips_can_be_rubbed_out),
        cmocka_unit_test(an_empty_answer_is_one),
        cmocka_unit_test(who_gives_up_gets_the_terminal_back),
        cmocka_unit_test(without_a_terminal_nobody_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
