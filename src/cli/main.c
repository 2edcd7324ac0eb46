#include <gsl/gsl_errno.h>
#include <stdio.h>

#include "cli/command.h"
#include "sys/sys.h"

int main(int argc, char **argv)
{
    struct err e = {0};
    struct request r;
    sys_ignore_broken_pipes();
    gsl_set_error_handler_off();
    bool ok = request_read(&r, argc, argv, &e);
    if (ok && arg(&r, OPT_VERSION))
        printf("keogiam %s\n", KEOGIAM_VERSION);
    else if (ok)
        ok = r.command->run(&r, &e);
    request_free(&r);
    if (ok)
        return 0;
    fprintf(stderr, "keogiam: %s\n", e.msg);
    return e.code == ERR_NONE ? ERR_FAILED : (int)e.code;
}
