#include "cli/issuing.h"

#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "sys/sys.h"

/* ---- the command that makes it again ---- */

static void add_word(struct buf *b, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "._/:,=-";
    buf_addc(b, ' ');
    if (*word && word[strspn(word, plain)] == '\0') {
        buf_adds(b, word);
        return;
    }
    buf_addc(b, '\'');
    for (; *word; word++)
        buf_adds(b, *word == '\'' ? "'\\''" : (char[]){*word, '\0'});
    buf_addc(b, '\'');
}

static void add_option(struct buf *b, enum option_id id, const char *value)
{
    buf_addf(b, " --%s", options[id].name);
    add_word(b, value);
}

/* Of the state and the boundaries it was made from, under its number. */
static const char *command_of(struct issuing *x, const struct session *s, const char *calendar)
{
    static const enum option_id kept[] = {OPT_PLAN,       OPT_BASIS, OPT_AS_OF, OPT_SPLIT,
                                          OPT_SEED,       OPT_FILES, OPT_NOTES, OPT_KEEP,
                                          OPT_LETTERHEAD, OPT_OUTPUT};
    struct buf b = {0};
    const struct issued_report *r = &x->record;
    const struct args *a = &s->request->args;
    char state[24];
    snprintf(state, sizeof state, "%lld", (long long)r->state);
    buf_addf(&b, "report");
    for (size_t i = 0; i < a->positional_count; i++)
        add_word(&b, a->positional[i]);
    add_option(&b, OPT_NUMBER, r->number);
    add_option(&b, OPT_PERIOD, r->period);
    if (!r->corrects) {
        add_option(&b, OPT_CALENDAR, calendar);
        if (arg(s->request, OPT_UNIT) || strcmp(r->kind, "unit"))
            add_option(&b, OPT_UNIT,
                       arg(s->request, OPT_UNIT) ? arg(s->request, OPT_UNIT) : r->unit);
        if (*r->audience)
            add_option(&b, OPT_AUDIENCE, r->audience);
        if (arg(s->request, OPT_UNITS_AS_OF))
            add_option(&b, OPT_UNITS_AS_OF, arg(s->request, OPT_UNITS_AS_OF));
    }
    add_option(&b, OPT_STATE, state);
    for (size_t i = r->corrects ? 5 : 0; i < sizeof kept / sizeof kept[0]; i++)
        if (arg(s->request, kept[i]))
            add_option(&b, kept[i], arg(s->request, kept[i]));
    const char *text = b.failed ? NULL : arena_text(&x->arena, buf_text(&b));
    buf_free(&b);
    return text;
}

/* ---- the record ---- */

static const char *keep(struct issuing *x, const char *text)
{
    return arena_text(&x->arena, text ? text : "");
}

/* DAY_NONE: the period's last. */
static const char *boundaries_day(struct issuing *x, const struct session *s, day last)
{
    char on[11];
    day asked = boundaries_asked(s->boundaries);
    day_text(asked == DAY_NONE ? last : asked, on);
    return keep(x, on);
}

static bool fill(struct issuing *x, const struct session *s, const struct issuing_query *q,
                 struct err *e)
{
    char calendar[8];
    const struct facts *f = q->facts;
    const char *basis = arg(s->request, OPT_BASIS);
    snprintf(calendar, sizeof calendar, "%02d-%02d", s->calendar.month, s->calendar.mday);
    struct issued_report *r = &x->record;
    *r = (struct issued_report){.at = sys_now(),
                                .number = r->number,
                                .kind = q->kind,
                                .period = keep(x, f->period.label),
                                .span = f->period.span,
                                .unit = keep(x, f->unit),
                                .body = keep(x, q->body),
                                .plan = keep(x, arg(s->request, OPT_PLAN)),
                                .basis = keep(x, basis ? basis : "received"),
                                .calendar = keep(x, calendar),
                                .as_of = keep(x, arg(s->request, OPT_AS_OF)),
                                .units_as_of = boundaries_day(x, s, f->period.span.to),
                                .split = keep(x, arg(s->request, OPT_SPLIT)),
                                .audience = keep(x, q->audience),
                                .state = q->state,
                                .data_end = x->figures.data_end,
                                .corrects = q->corrects,
                                .figures = x->figures.items,
                                .figure_count = x->figures.count};
    r->command = command_of(x, s, calendar);
    return (r->period && r->unit && r->body && r->plan && r->basis && r->calendar && r->as_of &&
            r->units_as_of && r->split && r->audience && r->command) ||
           err_memory(e);
}

/* ---- the number ---- */

/* "15" is followed by what the letterhead puts behind the clerk's number; below ten with a 0. */
static const char *whole_number(struct issuing *x, const char *given, const char *behind)
{
    int64_t running;
    bool fractional;
    size_t digits = strspn(given, "0123456789");
    if (!digits || !num_parse_int(given, digits, &running, &fractional))
        return arena_text(&x->arena, given);
    return arena_format(&x->arena, "%02lld%s", (long long)running,
                        given[digits] ? given + digits : behind);
}

static bool give_number(struct issuing *x, struct session *s, const struct issuing_query *q,
                        struct err *e)
{
    char next[24];
    int64_t running = 0;
    const char *given = arg(s->request, OPT_NUMBER), *behind = q->facts->head.number;
    bool none = behind[strcspn(behind, "[]")] != '\0' || !*behind;
    if (none && (!given || given[strspn(given, "0123456789")] == '\0'))
        return err_set(e, ERR_INPUT,
                       "the letterhead does not say what stands behind the number (such as "
                       "/BC-BCĐ138): give the whole number with --number, or --letterhead FILE");
    int year = date_from_day((day)(sys_now() / 86400)).year;
    if (!given && !issued_next(s->store, year, &running, e))
        return false;
    snprintf(next, sizeof next, "%lld", (long long)running);
    x->record.number = whole_number(x, given ? given : next, behind);
    return x->record.number || err_memory(e);
}

/* ---- issuing ---- */

/* The figures of the body and period, whether they were named or not. */
static bool read_figures(struct issuing *x, struct session *s, const struct issuing_query *q,
                         struct err *e)
{
    struct request asked = *s->request;
    const struct request *own = s->request;
    asked.args.values[OPT_PERIOD] = q->facts->period.label;
    asked.args.values[OPT_UNIT] = q->facts->unit;
    s->request = &asked;
    bool ok = figures_read(s, q->judged, &x->figures, e);
    s->request = own;
    return ok;
}

static bool add(struct issuing *x, struct session *s, const struct issuing_query *q, struct err *e)
{
    return give_number(x, s, q, e) && fill(x, s, q, e) && issued_add(s->store, &x->record, e);
}

bool issuing_begin(struct issuing *x, struct session *s, const struct issuing_query *q,
                   struct err *e)
{
    if (!read_figures(x, s, q, e) || !issued_begin(s->store, q->last, e))
        return false;
    x->begun = true;
    return add(x, s, q, e);
}

bool issuing_end(struct issuing *x, struct session *s, const char *detail, struct err *e)
{
    x->begun = false;
    return issued_commit(s->store, detail, e);
}

void issuing_free(struct issuing *x, struct session *s)
{
    if (x->begun)
        issued_abort(s->store);
    figures_free(&x->figures);
    arena_free(&x->arena);
    *x = (struct issuing){0};
}

/* ---- made again ---- */

static bool is_same(const struct issued_report *r, const struct issuing_query *q)
{
    return !strcmp(r->kind, q->kind) && !strcmp(r->unit, q->facts->unit) &&
           !strcmp(r->period, q->facts->period.label) && r->state == q->state &&
           !strcmp(r->audience, q->audience);
}

bool issuing_again(struct issuing *x, struct session *s, const struct issuing_query *q,
                   struct err *e)
{
    size_t count;
    struct issued_list list;
    const char *number = arg(s->request, OPT_NUMBER);
    if (!issued_read(s->store, &list, e))
        return false;
    const struct issued_report *r = issued_find(&list, number, q->facts->period.label, &count);
    bool ok = true;
    if (!r)
        ok = err_set(e, ERR_INPUT,
                     "--number %s: no report of the period %s was issued under it: add --official "
                     "to issue this one",
                     number, q->facts->period.label);
    else if (!is_same(r, q))
        ok = err_set(e, ERR_INPUT,
                     "--number %s: that report was another (%s, unit %s, state %lld): make it "
                     "again by its own command, see 'keogiam reports'",
                     r->number, tr(e->lang, r->kind), r->unit, (long long)r->state);
    if (ok) {
        x->record.number = arena_text(&x->arena, r->number);
        x->record.at = r->at;
        ok = x->record.number || err_memory(e);
    }
    issued_free(&list);
    return ok;
}
