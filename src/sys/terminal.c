/* Who sits before the program, and what time it is there. */
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
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
