/* Running another program. */
#define _GNU_SOURCE /* pipe2, execvpe */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sys/sys.h"

void sys_ignore_broken_pipes(void)
{
    signal(SIGPIPE, SIG_IGN);
}

int sys_program_seconds(int standard)
{
    const char *said = getenv("KEOGIAM_TIMEOUT");
    size_t n = said ? strspn(said, "0123456789") : 0;
    long seconds = n && n <= 7 && !said[n] ? strtol(said, NULL, 10) : -1;
    return seconds >= 0 && seconds <= 1000000 ? (int)seconds : standard;
}

/* ---- the child ---- */

static void close_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Both ends lie above the standard three, even where one of those is closed, and close in programs
 * that are started: at no moment may one that another thread starts inherit them, or the reader of
 * the pipe would wait for that program, too. */
static bool pipe_open(int ends[2])
{
    if (pipe2(ends, O_CLOEXEC))
        return false;
    for (int i = 0; i < 2; i++) {
        int low = ends[i];
        ends[i] = fcntl(low, F_DUPFD_CLOEXEC, 3);
        close(low);
    }
    return ends[0] >= 0 && ends[1] >= 0;
}

/* Is there one among `added` for the name of "NAME=value"? */
static bool is_set_in(const char *const *added, const char *pair)
{
    size_t n = strcspn(pair, "=") + 1;
    for (; *added; added++)
        if (!strncmp(*added, pair, n))
            return true;
    return false;
}

/* Our environment with what is added, made before the fork: there is no memory to be had behind it.
 * NULL when out of memory. */
static const char **environment_make(const char *const *added)
{
    static const char *const none[] = {NULL};
    size_t n = 0, count = 1;
    added = added ? added : none;
    for (char **pair = environ; pair && *pair; pair++)
        count++;
    for (const char *const *pair = added; *pair; pair++)
        count++;
    const char **made = calloc(count, sizeof *made);
    if (!made)
        return NULL;
    for (char **pair = environ; pair && *pair; pair++)
        if (!is_set_in(added, *pair))
            made[n++] = *pair;
    while (*added)
        made[n++] = *added++;
    return made;
}

/* In the child, between fork and exec: calls that are safe there only. 127 and 126 as in the shell.
 */
static void child_run(const char *const *argv, const char **environment, int in, int out)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a Ctrl-C reaches our group only */
    signal(SIGPIPE, SIG_DFL);
    if (dup2(in, 0) >= 0 && dup2(out, 1) >= 0 && dup2(1, 2) >= 0)
        execvpe(argv[0], (char *const *)argv, (char *const *)environment);
    _exit(errno == EACCES ? 126 : 127);
}

/* ---- its time ---- */

/* On a clock that nobody sets. */
static int64_t milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* As poll takes it, -1: no limit. */
static int time_left(int64_t deadline)
{
    int64_t left = deadline - milliseconds();
    return !deadline ? -1 : left <= 0 ? 0 : left < 1000000 ? (int)left : 1000000;
}

/* ---- what we say to it and it to us ---- */

struct talk {
    int in, out; /* -1: closed */
    const char *input;
    size_t left;
    struct buf *said;
    int64_t deadline; /* of milliseconds(); 0: none */
};

static void talk_read(struct talk *t)
{
    char chunk[8192];
    ssize_t n = read(t->out, chunk, sizeof chunk);
    if (n > 0 && t->said)
        buf_add(t->said, chunk, (size_t)n);
    if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
        close_end(&t->out);
}

static void talk_write(struct talk *t)
{
    ssize_t n = write(t->in, t->input, t->left);
    if (n > 0) {
        t->input += n;
        t->left -= (size_t)n;
    }
    bool broken = n < 0 && errno != EINTR && errno != EAGAIN;
    if (broken || !t->left)
        close_end(&t->in);
}

/* Feeds and listens at once: a program that answers before it has read everything would wait for us
 * as we wait for it. poll passes over a negative descriptor. False: the time was over. */
static bool talk_run(struct talk *t)
{
    if (!t->left)
        close_end(&t->in);
    while (t->in >= 0 || t->out >= 0) {
        struct pollfd ends[2] = {{.fd = t->out, .events = POLLIN},
                                 {.fd = t->in, .events = POLLOUT}};
        int left = time_left(t->deadline);
        if (!left)
            return false;
        if (poll(ends, 2, left) < 0 && errno != EINTR)
            return true;
        if (ends[0].revents)
            talk_read(t);
        if (ends[1].revents)
            talk_write(t);
    }
    return true;
}

/* ---- its end ---- */

/* Waits until the child is dead, and leaves it there: its number still names its group. A program
 * may close its ends and live on: then we look again and again, at first soon. False: the time was
 * over. */
static bool wait_for(pid_t child, int64_t deadline)
{
    struct timespec pause = {0, 500 * 1000};
    siginfo_t dead = {0};
    while (!waitid(P_PID, (id_t)child, &dead, WEXITED | WNOWAIT | (deadline ? WNOHANG : 0)) ||
           errno == EINTR) {
        if (dead.si_pid == child)
            return true;
        if (!time_left(deadline))
            return false;
        nanosleep(&pause, NULL);
        pause.tv_nsec = pause.tv_nsec < 20 * 1000 * 1000 ? pause.tv_nsec * 2 : pause.tv_nsec;
    }
    return true;
}

/* Ends the child, if it still lives, and what it has started. Its exit status. */
static int end_group(pid_t child)
{
    int state = 0;
    kill(-child, SIGKILL);
    while (waitpid(child, &state, 0) < 0)
        if (errno != EINTR)
            return 128 + SIGKILL;
    return WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
}

static int attend(pid_t child, struct talk *t)
{
    setpgid(child, child); /* whichever of us comes first */
    bool in_time = talk_run(t) && wait_for(child, t->deadline);
    int status = end_group(child);
    return in_time ? status : SYS_TIMED_OUT;
}

/* A SIGCHLD that whoever started us ignores would take the child's status away. */
static pid_t start(const struct sys_program *p, const char **environment, int to[2], int from[2])
{
    if (!pipe_open(to) || !pipe_open(from) || fcntl(to[1], F_SETFL, O_NONBLOCK) == -1)
        return -1;
    sys_ignore_broken_pipes();
    signal(SIGCHLD, SIG_DFL);
    pid_t child = fork();
    if (!child)
        child_run(p->argv, environment, to[0], from[1]);
    return child;
}

bool sys_run(const struct sys_program *p, int *status, struct err *e)
{
    int to[2] = {-1, -1}, from[2] = {-1, -1};
    const char **environment = environment_make(p->environment);
    if (!environment)
        return err_memory(e);
    pid_t child = start(p, environment, to, from);
    int problem = errno;
    free(environment);
    close_end(&to[0]);
    close_end(&from[1]);
    struct talk talk = {to[1], from[0], p->input, p->input_bytes, p->said, 0};
    if (child > 0) {
        talk.deadline = p->seconds ? milliseconds() + (int64_t)p->seconds * 1000 : 0;
        *status = attend(child, &talk);
    }
    close_end(&talk.in);
    close_end(&talk.out);
    return child > 0 || err_set(e, ERR_FAILED,
                                "%s: could not be started (%s): close other programs and try again",
                                p->argv[0], strerror(problem));
}
