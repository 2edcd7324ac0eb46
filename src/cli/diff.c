/* diff: what changed between two states of the data. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "cli/diff_table.h"
#include "series/changes.h"

/* ---- the two states ---- */

bool diff_open(struct diff_states *d, const struct request *r, const int64_t states[2],
               struct err *e)
{
    for (int i = NOW; i >= THEN; i--) {
        d->states[i] = states[i];
        snprintf(d->texts[i], sizeof d->texts[i], "%" PRId64, states[i]);
        d->requests[i] = *r;
        d->requests[i].args.values[OPT_STATE] = d->texts[i];
        d->opened[i] = session_open(&d->sessions[i], &d->requests[i], STORE_READ, e);
        if (!d->opened[i])
            return false;
    }
    return true;
}

void diff_close(struct diff_states *d)
{
    for (int i = THEN; i <= NOW; i++)
        if (d->opened[i])
            session_close(&d->sessions[i]);
    *d = (struct diff_states){0};
}

/* ---- the command ---- */

static bool read_number(const struct request *r, size_t i, int64_t last, int64_t *load,
                        struct err *e)
{
    const char *text = r->args.positional[i];
    bool fractional;
    if (!num_parse_int(text, strlen(text), load, &fractional) || *load < 1)
        return err_set(e, ERR_USAGE, "diff %s: is not a load's number: see 'keogiam status'", text);
    return *load <= last || err_set(e, ERR_INPUT,
                                    "diff %s: there is no such state, the newest load is %lld: see "
                                    "'keogiam status'",
                                    text, (long long)last);
}

/* diff A, diff A B: the states; without B the present. */
static bool read_states(const struct request *r, int64_t states[2], struct err *e)
{
    struct store *s = NULL;
    int64_t last = 0;
    bool ok = store_open(&s, r->place, STORE_READ, e) && store_last_load(s, &last, e);
    store_close(s);
    states[NOW] = last;
    for (size_t i = 0; ok && i < r->args.positional_count; i++)
        ok = read_number(r, i, last, &states[i], e);
    return ok &&
           (states[THEN] <= states[NOW] ||
            err_set(e, ERR_USAGE, "diff %lld %lld: the earlier state comes first: diff %lld %lld",
                    (long long)states[THEN], (long long)states[NOW], (long long)states[NOW],
                    (long long)states[THEN]));
}

/* The figures are the report's own: its place, period and basis. */
static bool asks_nothing(const struct request *r, struct err *e)
{
    static const enum option_id own[] = {OPT_PERIOD, OPT_UNIT,  OPT_CATEGORY, OPT_BY,
                                         OPT_LEVEL,  OPT_BASIS, OPT_CALENDAR, OPT_SHOW_CASES};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (arg(r, own[i]))
            return err_set(e, ERR_USAGE,
                           "--%s: the last report's figures are compared as it gave them: name "
                           "the states (diff LOAD LOAD), or leave the option out",
                           options[own[i]].name);
    return true;
}

bool command_diff(const struct request *r, struct err *e)
{
    struct diff_states d = {0};
    struct result table = {0};
    int64_t states[2];
    bool ok = r->args.positional_count ? read_states(r, states, e) && diff_open(&d, r, states, e) &&
                                             diff_build(&d, &table, e)
                                       : asks_nothing(r, e) && figures_build(&d, r, &table, e);
    ok = ok && session_show(&d.sessions[NOW], &table, e);
    result_free(&table);
    diff_close(&d);
    return ok;
}
