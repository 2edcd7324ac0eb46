/* The sections on open reports and the days by which the law wants them decided. */
#include <stdlib.h>
#include <string.h>

#include "cli/status_found.h"
#include "series/flow.h"

enum { OPEN_SHOWN = 200 }; /* of each section, to people */

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

struct open_report {
    const char *id, *source; /* in the list's arena */
    size_t unit, set;        /* directory indices */
    day received;
    enum flow_stage stage;
    day deadline; /* the first that is not over; of one overdue the last */
};

struct open_list {
    const struct status *st;
    day at;
    struct open_report *items;
    size_t count, cap;
    int64_t undated, suspended; /* open without a date of receipt; suspended by that day */
    struct arena arena;
};

/* ---- finding ---- */

static day day_or_none(const struct value *v)
{
    return v->type == VALUE_INT ? (day)v->as.i : DAY_NONE;
}

static day first_deadline(day received, day at)
{
    if (at <= flow_due(received))
        return flow_due(received);
    return at <= flow_due_complicated(received) ? flow_due_complicated(received)
                                                : flow_due_extended(received);
}

static bool is_asked(const struct open_list *l, const struct open_report *x)
{
    const struct category_set *set = &l->st->session.directory.sets[x->set];
    bool asked = false;
    for (size_t i = 0; i < set->count; i++)
        asked |=
            set->categories[i] != NO_ENTRY && status_is_asked(l->st, x->unit, set->categories[i]);
    return asked && (x->received == DAY_NONE || span_has(l->st->reach, x->received));
}

static bool add_report(struct open_list *l, struct open_report x, struct err *e)
{
    void *items = l->items;
    if (!array_grow(&items, &l->cap, l->count + 1, sizeof *l->items, e))
        return false;
    l->items = items;
    x.id = arena_text(&l->arena, x.id);
    x.source = arena_text(&l->arena, x.source);
    l->items[l->count++] = x;
    return (x.id && x.source) || err_memory(e);
}

static bool look_at(void *context, const struct row *row, const struct row_info *info,
                    struct err *e)
{
    struct open_list *l = context;
    const struct value *v = row->slots;
    day received = day_or_none(&v[INC_RECEIVED_ON]);
    const struct flow_report report = {
        .received_on = received == DAY_NONE ? l->at : received, /* open or closed all the same */
        .resolved_on = day_or_none(&v[INC_RESOLVED_ON]),
        .outcome = v[INC_OUTCOME].type == VALUE_INT ? (int)v[INC_OUTCOME].as.i : OUTCOME_NONE};
    struct open_report x = {v[INC_CASE_ID].as.s,
                            info->source,
                            directory_unit_by_id(&l->st->session.directory, v[INC_UNIT].as.i),
                            (size_t)v[INC_CATEGORY].as.i,
                            received,
                            flow_stage(&report, l->at),
                            DAY_NONE};
    if (x.unit == NO_ENTRY || x.set >= l->st->session.directory.set_count || x.received > l->at ||
        !is_asked(l, &x))
        return true;
    l->suspended += x.stage == FLOW_CLOSED && report.outcome == OUTCOME_SUSPENDED;
    if (x.stage == FLOW_CLOSED)
        return true;
    if (x.received == DAY_NONE) {
        l->undated++;
        return true;
    }
    x.deadline = first_deadline(x.received, l->at);
    return add_report(l, x, e);
}

static int by_deadline(const void *a, const void *b)
{
    const struct open_report *x = a, *y = b;
    if (x->deadline != y->deadline)
        return x->deadline < y->deadline ? -1 : 1;
    if (x->received != y->received)
        return x->received < y->received ? -1 : 1;
    int by_source = strcmp(x->source, y->source);
    return by_source ? by_source : strcmp(x->id, y->id);
}

/* ---- a row ---- */

static const struct column columns[] = {
    {"item", N_("Case"), COLUMN_TEXT, 0},
    {"unit", N_("Code"), COLUMN_TEXT, 0},
    {"name", N_("Unit"), COLUMN_TEXT, 0},
    {"category", N_("Category"), COLUMN_TEXT, 0},
    {"from", N_("Received"), COLUMN_TEXT, 0},
    {"due", N_("20 days"), COLUMN_TEXT, 0},
    {"due_complicated", N_("2 months"), COLUMN_TEXT, 0},
    {"due_extended", N_("4 months"), COLUMN_TEXT, 0},
    {"value", N_("Days left"), COLUMN_COUNT, 0},
    {"stage", N_("Stage"), COLUMN_TOKEN, 0},
    {"source", N_("Source"), COLUMN_TEXT, 0},
    {"standing", N_("Standing"), COLUMN_TEXT, 0},
};
static const struct view views[] = {
    {N_("Case"), VIEW_CELL, "item", NULL, NULL},
    {N_("Unit"), VIEW_CELL, "name", NULL, NULL},
    {N_("Category"), VIEW_CELL, "category", NULL, NULL},
    {N_("Received"), VIEW_CELL, "from", NULL, NULL},
    {N_("20 days"), VIEW_CELL, "due", NULL, NULL},
    {N_("2 months"), VIEW_CELL, "due_complicated", NULL, NULL},
    {N_("4 months"), VIEW_CELL, "due_extended", NULL, NULL},
    {N_("Standing"), VIEW_CELL, "standing", NULL, NULL},
};

static const char *stage_token(const struct open_report *x)
{
    if (x->stage == FLOW_OVERDUE)
        return N_("overdue");
    if (x->stage == FLOW_IN_TIME)
        return N_("within_20_days");
    return x->deadline == flow_due_complicated(x->received) ? N_("within_2_months")
                                                            : N_("within_4_months");
}

static const char *standing(const struct open_list *l, struct result *t,
                            const struct open_report *x)
{
    long long days = (long long)x->deadline - l->at;
    if (x->stage == FLOW_OVERDUE)
        return arena_format(&t->arena, tr(t->lang, "days overdue: %lld"), -days);
    if (x->stage == FLOW_IN_TIME)
        return arena_format(&t->arena, tr(t->lang, "days left: %lld"), days);
    if (x->deadline == flow_due_complicated(x->received))
        return arena_format(&t->arena, tr(t->lang, "days left if complicated: %lld"), days);
    return arena_format(&t->arena, tr(t->lang, "days left if prolonged: %lld"), days);
}

static const char *set_codes(const struct open_list *l, struct result *t, size_t at)
{
    const struct directory *d = &l->st->session.directory;
    const struct category_set *set = &d->sets[at];
    struct buf b = {0};
    for (size_t i = 0; i < set->count; i++)
        if (set->categories[i] != NO_ENTRY)
            buf_addf(&b, "%s%s", b.len ? "+" : "", d->categories[set->categories[i]].code);
    const char *text = b.failed ? NULL : arena_text(&t->arena, buf_text(&b));
    buf_free(&b);
    return text;
}

static bool add_row(struct open_list *l, struct status *st, struct result *t,
                    const struct open_report *x, struct err *e)
{
    struct cell *row = result_add_row(t, e);
    const char *id = row ? arena_text(&t->arena, x->id) : NULL;
    const char *source = row ? arena_text(&t->arena, x->source) : NULL;
    if (!id || !source)
        return err_memory(e);
    row[0] = cell_text(id);
    row[1] = cell_text(st->session.directory.units[x->unit].code);
    row[2] = cell_text(session_unit_name(&st->session, x->unit, l->at, &t->arena));
    row[3] = cell_text(set_codes(l, t, x->set));
    row[4] = cell_text(status_day(st, t, x->received));
    row[5] = cell_text(status_day(st, t, flow_due(x->received)));
    row[6] = cell_text(status_day(st, t, flow_due_complicated(x->received)));
    row[7] = cell_text(status_day(st, t, flow_due_extended(x->received)));
    row[8] = cell_int((int64_t)x->deadline - l->at);
    row[9] = cell_text(stage_token(x));
    row[10] = cell_text(source);
    row[11] = cell_text(st->for_people ? standing(l, t, x) : NULL);
    return true;
}

/* ---- the sections ---- */

static bool say_law(struct open_list *l, struct result *t, struct err *e)
{
    char at[11];
    session_date(l->at, t->lang, at);
    const char *text = arena_format(
        &t->arena,
        tr(t->lang, "As of %s: 20 days from receipt; complicated ones up to 2 months, prolonged "
                    "once by up to 2 months more (Criminal Procedure Code 2015, Article 147). The "
                    "data do not say which were prolonged."),
        at);
    return text ? result_add_footer(t, e, text) : err_memory(e);
}

static bool say_rest(struct open_list *l, struct result *t, struct err *e)
{
    struct buf undated = {0}, suspended = {0};
    buf_addf(&undated,
             tr(t->lang, "Open reports without a date of receipt (no deadline can be told): %lld"),
             (long long)l->undated);
    buf_addf(&suspended, tr(t->lang, "Suspended reports, not among them: %lld"),
             (long long)l->suspended);
    bool ok = (!undated.failed && !suspended.failed) || err_memory(e);
    ok = ok && (!l->undated || result_add_footer(t, e, buf_text(&undated))) &&
         (!l->suspended || result_add_footer(t, e, buf_text(&suspended)));
    buf_free(&undated);
    buf_free(&suspended);
    return ok;
}

static bool add_section(struct open_list *l, struct status *st, bool overdue, struct err *e)
{
    struct result *t = status_section(
        st, overdue ? "overdue" : "open",
        overdue ? N_("Reports over every legal time (case ids: for internal use only)")
                : N_("Open reports by deadline (case ids: for internal use only)"),
        columns, COUNT(columns));
    status_views(t, views, COUNT(views));
    size_t rows = 0;
    bool ok = true, all = !st->for_people || st->wide;
    for (size_t i = 0; ok && i < l->count; i++)
        if ((l->items[i].stage == FLOW_OVERDUE) == overdue && (++rows <= OPEN_SHOWN || all))
            ok = add_row(l, st, t, &l->items[i], e);
    ok = ok && (all || rows <= OPEN_SHOWN || found_tell_rest(st, t, rows - OPEN_SHOWN, e));
    if (overdue)
        return ok;
    return ok && say_law(l, t, e) && say_rest(l, t, e);
}

static bool may_name_cases(const struct status *st, struct err *e)
{
    struct buf audience = {0};
    bool found = false;
    bool ok = store_config_get(st->session.store, "audience", &audience, &found, e) &&
              (!found || !strcmp(buf_text(&audience), "command") ||
               err_set(e, ERR_INPUT,
                       "--handover: names cases, which is for the command alone, and this "
                       "database is set to audience=%s: keogiam config audience=command",
                       buf_text(&audience)));
    buf_free(&audience);
    return ok;
}

bool status_open(struct status *st, struct err *e)
{
    const struct session *s = &st->session;
    struct open_list l = {.st = st, .at = s->as_of};
    if (l.at == DAY_NONE)
        l.at = session_last_known(s);
    if (!may_name_cases(st, e))
        return false;
    if (l.at == DAY_NONE)
        return true;
    bool ok = store_each_row(s->store, s->state, KIND_INCIDENTS, look_at, &l, e);
    if (ok && l.count)
        qsort(l.items, l.count, sizeof *l.items, by_deadline);
    ok = ok && add_section(&l, st, true, e) && add_section(&l, st, false, e);
    free(l.items);
    arena_free(&l.arena);
    return ok;
}
