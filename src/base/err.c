#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

/* The format is a catalogue entry chosen at run time; the tests check that every translation has
 * the same conversions as the English that the compiler checked. */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

bool err_set(struct err *e, enum err_code code, const char *english, ...)
{
    if (!e || e->code != ERR_NONE)
        return false;
    va_list args;
    va_start(args, english);
    e->code = code;
    vsnprintf(e->msg, sizeof e->msg, tr(e->lang, english), args);
    va_end(args);
    return false;
}

bool err_memory(struct err *e)
{
    return err_set(e, ERR_FAILED, "out of memory: close other programs and try again");
}

void err_clear(struct err *e)
{
    e->code = ERR_NONE;
    e->msg[0] = '\0';
}
