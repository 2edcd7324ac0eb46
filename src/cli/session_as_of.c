/* --as-of: what had been received by a day. */
#include <string.h>

#include "cli/session.h"

/* Behind the last day that is known nothing can have come in: the period before would be given days
 * that this one has not had. */
bool session_read_as_of(struct session *s, struct err *e)
{
    const char *text = arg(s->request, OPT_AS_OF);
    day last = session_last_known(s);
    bool impossible;
    char to[11];
    s->as_of = DAY_NONE;
    if (!text)
        return true;
    if (!day_parse(text, strlen(text), &s->as_of, &impossible))
        return err_set(e, ERR_USAGE, "--as-of %s: is no date: write 2024-10-31", text);
    session_date(last, e->lang, to);
    if (last != DAY_NONE && s->as_of > last)
        return err_set(e, ERR_INPUT,
                       "--as-of %s: the data end on %s: choose that day or an earlier one", text,
                       to);
    cover_end(&s->cover, s->as_of);
    return true;
}

bool session_reaches(const struct session *s, const struct period *p, struct err *e)
{
    return s->as_of == DAY_NONE || s->as_of >= p->span.from ||
           err_set(e, ERR_INPUT,
                   "--as-of %s: is before the period %s begins: choose a later day, or an earlier "
                   "--period",
                   arg(s->request, OPT_AS_OF), p->label);
}

bool session_add_as_of(const struct session *s, bool before, struct result *r, struct err *e)
{
    char value[11], shown[11];
    if (s->as_of == DAY_NONE)
        return true;
    day_text(s->as_of, value);
    session_date(s->as_of, r->lang, shown);
    const char *said =
        before
            ? arena_format(&r->arena, tr(r->lang, "%s (before: the same day of its year)"), shown)
            : shown;
    return said ? result_add_prov(r, "as_of", N_("Received by"), value, said, e) : err_memory(e);
}
