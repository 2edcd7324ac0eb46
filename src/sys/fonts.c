/* Which font a text would be drawn in. */
#include <string.h>

#include "sys/sys.h"

enum { ANSWER_SECONDS = 10 };

bool sys_has_font(const char *family, const char *const as_wide[])
{
    const char *const argv[] = {"fc-match", "-f", "%{family}", family, NULL};
    struct buf said = {0};
    struct err unasked = {0};
    int status = 0;
    struct sys_program p = {.argv = argv, .seconds = ANSWER_SECONDS, .said = &said};
    bool asked = sys_run(&p, &status, &unasked) && status == 0 && said.len > 0;
    bool found = !asked;
    for (size_t i = 0; asked && as_wide[i]; i++)
        found |= strstr(buf_text(&said), as_wide[i]) != NULL;
    buf_free(&said);
    return found;
}
