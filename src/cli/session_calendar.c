/* The calendar of a session: which one questions are asked in, and how it is shown. */
#include "cli/session.h"

#include <stdio.h>

/* Commands that take a basis ask what was counted when; the others look after the data, mixed or
 * not. */
static bool is_question(const struct session *s)
{
    return command_takes(s->request->command, OPT_BASIS);
}

static bool refuse_mixed(const struct session *s, const struct count_calendars *found,
                         struct err *e)
{
    const char *first = calendar_name(found->calendars[0]);
    const char *second = calendar_name(found->calendars[1]);
    return err_set(e, ERR_INPUT,
                   "%s: the counts of source %s go by reporting years from %s, those of source %s "
                   "by years from %s: choose with --calendar %s or --calendar %s",
                   s->request->place, buf_text(&found->sources[0]), first,
                   buf_text(&found->sources[1]), second, first, second);
}

/* What the data declares (contract 2). */
static bool take_declared(struct session *s, struct err *e)
{
    struct count_calendars found;
    bool ok = store_count_calendars(s->store, s->state, &found, e);
    s->calendar_is_mixed = ok && found.count > 1;
    if (ok && found.count == 1)
        s->calendar = found.calendars[0];
    if (ok && s->calendar_is_mixed && is_question(s))
        ok = refuse_mixed(s, &found, e);
    count_calendars_free(&found);
    return ok;
}

bool session_choose_calendar(struct session *s, struct err *e)
{
    const char *text = arg(s->request, OPT_CALENDAR);
    struct buf kept = {0};
    bool found = false;
    s->calendar = CALENDAR_CIVIL;
    s->calendar_is_mixed = false;
    if (!text && !store_config_get(s->store, "calendar", &kept, &found, e))
        return false;
    if (!text && found)
        text = buf_text(&kept);
    bool ok =
        text ? calendar_parse(text, &s->calendar) ||
                   err_set(e, ERR_USAGE,
                           "--calendar %s: is no start of a reporting year: 01-01 or 12-15", text)
             : take_declared(s, e);
    buf_free(&kept);
    return ok;
}

void session_label_months(const struct session *s, struct period *p)
{
    int year, month, last_year, last_month;
    calendar_locate(s->calendar, p->span.from, &year, &month);
    calendar_locate(s->calendar, p->span.to, &last_year, &last_month);
    int n = snprintf(p->label, sizeof p->label, "%04d-%02d", year, month);
    if (year != last_year || month != last_month)
        snprintf(p->label + n, sizeof p->label - (size_t)n, "..%04d-%02d", last_year, last_month);
}

void session_add_period(const struct session *s, const struct period *p, struct buf *b)
{
    buf_adds(b, p->label);
    if (calendar_is_civil(s->calendar))
        return;
    buf_adds(b, " (");
    session_span(p->span, s->lang, b);
    buf_adds(b, ")");
}

bool session_add_calendar(const struct session *s, struct result *r, struct err *e)
{
    const struct calendar c = s->calendar;
    const char *text = calendar_name(c);
    if (calendar_is_civil(c))
        return result_add_prov(r, "calendar", NULL, text, NULL, e);
    const char *shown = arena_format(
        &r->arena, tr(r->lang, "from %02d/%02d of the year before, months named after their end"),
        c.mday, c.month);
    return shown ? result_add_prov(r, "calendar", N_("Reporting year"), text, shown, e)
                 : err_memory(e);
}
