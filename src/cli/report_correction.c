#include "cli/report_correction.h"

#include <stdio.h>
#include <string.h>

/* What the report was of is settled; --period tells reports of one number apart. */
static bool check_options(const struct request *r, struct err *e)
{
    static const enum option_id settled[] = {OPT_UNIT,     OPT_PLAN,        OPT_BASIS,
                                             OPT_CALENDAR, OPT_AS_OF,       OPT_SEED,
                                             OPT_SPLIT,    OPT_UNITS_AS_OF, OPT_AUDIENCE};
    for (size_t i = 0; i < sizeof settled / sizeof settled[0]; i++)
        if (arg(r, settled[i]))
            return err_set(e, ERR_USAGE,
                           "--%s: a correction is of what its report was of: leave the option out",
                           options[settled[i]].name);
    return true;
}

static const struct issued_report *by_id(const struct issued_list *list, int64_t id)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].id == id)
            return &list->items[i];
    return NULL;
}

static bool read_list(struct report_correction *c, const struct request *r, struct err *e)
{
    struct store *s = NULL;
    bool ok = store_open(&s, r->place, STORE_READ, e) && issued_read(s, &c->list, e);
    store_close(s);
    return ok;
}

/* What stood before it; the one made again does not correct itself. */
static int64_t made_again(const struct report_correction *c, const struct request *r)
{
    size_t count;
    const char *number = arg(r, OPT_OFFICIAL) ? NULL : arg(r, OPT_NUMBER);
    const struct issued_report *again =
        number ? issued_find(&c->list, number, c->first->period, &count) : NULL;
    return again && again->corrects == c->first->id ? again->id : INT64_MAX;
}

static bool find(struct report_correction *c, const struct request *r, struct err *e)
{
    size_t count;
    const char *name = r->args.positional[1];
    const struct issued_report *found = issued_find(&c->list, name, arg(r, OPT_PERIOD), &count);
    if (!found)
        return err_set(e, ERR_INPUT,
                       "report correction %s: no report was issued under this number: see "
                       "'keogiam reports'",
                       name);
    if (count > 1)
        return err_set(e, ERR_INPUT,
                       "report correction %s: %zu reports have this number: give it whole, or the "
                       "report's --period",
                       name, count);
    c->first = found->corrects ? by_id(&c->list, found->corrects) : found;
    c->last = issued_latest(&c->list, c->first, made_again(c, r));
    return true;
}

bool report_correction_find(struct report_correction *c, const struct request *r, struct err *e)
{
    if (!check_options(r, e) || !read_list(c, r, e) || !find(c, r, e))
        return false;
    c->request = *r;
    figures_ask(&c->request, c->first);
    return true;
}

void report_correction_free(struct report_correction *c)
{
    said_report_free(&c->said);
    issued_free(&c->list);
    *c = (struct report_correction){0};
}

bool report_correction_compare(struct report_correction *c, int64_t state, struct err *e)
{
    if (state < c->last->state)
        return err_set(e, ERR_USAGE, "--state %lld: No. %s was of a later state, %lld",
                       (long long)state, c->last->number, (long long)c->last->state);
    if (!said_compare(&c->request, c->last, state, &c->said, e))
        return false;
    return !c->said.unknown ||
           err_set(e, ERR_INPUT,
                   "No. %s: what it was of (unit %s, period %s) is not in the data now: load it "
                   "again",
                   c->last->number, c->last->unit, c->last->period);
}

static day date_of(const struct issued_report *r)
{
    return (day)(r->at / 86400);
}

bool report_correction_compose(const struct report_correction *c, struct doc *d,
                               const struct facts *f, struct err *e)
{
    bool again = c->last != c->first;
    struct correction made = {.number = c->first->number,
                              .on = date_of(c->first),
                              .last = again ? c->last->number : NULL,
                              .last_on = date_of(c->last),
                              .compared = c->said.compared,
                              .data_end_then = c->last->data_end,
                              .data_end_now = c->said.data_end,
                              .lines = &c->said.lines};
    return compose_correction(d, f, &made, e);
}

bool report_correction_none(const struct report_correction *c)
{
    printf(tr(c->request.lang, "No. %s: no figure has changed since, nothing to correct\n"),
           c->last->number);
    return true;
}

void report_correction_stem(const struct report_correction *c, struct buf *stem)
{
    const char *number = c->first->number;
    size_t digits = strspn(number, "0123456789");
    buf_addc(stem, '-');
    if (digits)
        buf_add(stem, number, digits);
    else
        buf_addf(stem, "%lld", (long long)c->first->id);
}
