/* Who sits before the program, and what time it is there. */
#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "sys/sys.h"

bool sys_is_terminal(FILE *f)
{
    return isatty(fileno(f));
}

int sys_terminal_columns(FILE *f)
{
    struct winsize size;
    if (ioctl(fileno(f), TIOCGWINSZ, &size) || size.ws_col == 0)
        return 80;
    return size.ws_col;
}

/* Ctrl-C must not end the program while the terminal shows nothing: it becomes a letter that ends
 * the line. */
enum { CTRL_C = 3 };

static void hide_letters(struct termios *t)
{
    t->c_lflag &= (tcflag_t) ~(ECHO | ISIG);
    t->c_lflag |= ICANON | ECHONL;
    t->c_cc[VEOL] = CTRL_C;
}

/* Appends at most size - 1 bytes; false: given up, or too long. */
static bool read_line(int fd, char *line, size_t size)
{
    size_t n = 0;
    for (;;) {
        char c;
        if (read(fd, &c, 1) != 1 || c == CTRL_C || n + 1 >= size)
            return false;
        if (c == '\n')
            break;
        line[n++] = c;
    }
    line[n] = '\0';
    return true;
}

bool sys_ask_secret(const char *question, char *answer, size_t size, struct err *e)
{
    struct termios before, hidden;
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (fd < 0 || tcgetattr(fd, &before)) {
        if (fd >= 0)
            close(fd);
        return err_set(e, ERR_FAILED, "there is no terminal to ask on");
    }
    hidden = before;
    hide_letters(&hidden);
    bool ok = !tcsetattr(fd, TCSAFLUSH, &hidden) &&
              write(fd, question, strlen(question)) == (ssize_t)strlen(question) &&
              read_line(fd, answer, size);
    (void)tcsetattr(fd, TCSAFLUSH, &before);
    close(fd);
    return ok || err_set(e, ERR_FAILED, "given up: nothing was done");
}

/* The account, not $USER: the audit line must not say what anybody can set. */
const char *sys_user_name(void)
{
    const struct passwd *account = getpwuid(getuid());
    return account && account->pw_name && *account->pw_name ? account->pw_name : "unknown";
}

/* Source: reproducible-builds.org, SOURCE_DATE_EPOCH specification 1.1: ASCII digits only. */
static bool parse_epoch(const char *text, int64_t *seconds)
{
    enum { DIGITS_MAX = 12 }; /* to the year 33658 */
    size_t n = text ? strlen(text) : 0;
    if (n < 1 || n > DIGITS_MAX || strspn(text, "0123456789") != n)
        return false;
    *seconds = strtoll(text, NULL, 10);
    return *seconds <= INT64_C(253402300799); /* 9999-12-31T23:59:59Z */
}

int64_t sys_now(void)
{
    int64_t seconds;
    return parse_epoch(getenv("SOURCE_DATE_EPOCH"), &seconds) ? seconds : (int64_t)time(NULL);
}
