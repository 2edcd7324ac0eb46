#include "cli/command.h"
bool command_form(const struct request *r, struct err *e)
{
    (void)r;
    return err_set(e, ERR_FAILED, "not yet");
}
