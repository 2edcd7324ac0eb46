/* Running another program. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/sys.h"

void sys_ignore_broken_pipes(void)
{
    signal(SIGPIPE, SIG_IGN);
}

static void close_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Both ends lie above the standard three, even where one of those is closed, and close in programs
 * that are started. */
static bool pipe_open(int ends[2])
{
    if (pipe(ends))
        return false;
    for (int i = 0; i < 2; i++) {
        int low = ends[i];
        ends[i] = fcntl(low, F_DUPFD_CLOEXEC, 3);
        close(low);
    }
    return ends[0] >= 0 && ends[1] >= 0;
}

/* In the child, between fork and exec: calls that are safe there only. 127 and 126 as in the shell.
 */
static void child_run(const char *const argv[], int in, int out)
{
    signal(SIGPIPE, SIG_DFL);
    if (dup2(in, 0) >= 0 && dup2(out, 1) >= 0 && dup2(1, 2) >= 0)
        execvp(argv[0], (char *const *)argv);
    _exit(errno == EACCES ? 126 : 127);
}

/* What is on its way between us and the child. */
struct talk {
    int in, out; /* -1: closed */
    const char *input;
    size_t left;
    struct buf *said;
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
 * as we wait for it. poll passes over a negative descriptor. */
static void talk_run(struct talk *t)
{
    if (!t->left)
        close_end(&t->in);
    while (t->in >= 0 || t->out >= 0) {
        struct pollfd ends[2] = {{.fd = t->out, .events = POLLIN},
                                 {.fd = t->in, .events = POLLOUT}};
        if (poll(ends, 2, -1) < 0 && errno != EINTR)
            return;
        if (ends[0].revents)
            talk_read(t);
        if (ends[1].revents)
            talk_write(t);
    }
}

static int wait_for(pid_t child)
{
    int state;
    while (waitpid(child, &state, 0) < 0) {
        if (errno != EINTR)
            return 127;
    }
    return WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
}

bool sys_run(const char *const argv[], const char *input, size_t input_bytes, struct buf *said,
             int *status, struct err *e)
{
    int to[2] = {-1, -1}, from[2] = {-1, -1};
    pid_t child = -1;
    if (pipe_open(to) && pipe_open(from) && fcntl(to[1], F_SETFL, O_NONBLOCK) != -1)
        child = fork();
    if (child == 0)
        child_run(argv, to[0], from[1]);
    int problem = errno;
    close_end(&to[0]);
    close_end(&from[1]);
    if (child > 0) {
        struct talk talk = {to[1], from[0], input, input_bytes, said};
        sys_ignore_broken_pipes();
        talk_run(&talk);
        to[1] = talk.in;
        from[0] = talk.out;
        *status = wait_for(child);
    }
    close_end(&to[1]);
    close_end(&from[0]);
    return child > 0 || err_set(e, ERR_FAILED,
                                "%s: could not be started (%s): close other programs and try again",
                                argv[0], strerror(problem));
}
