#include "cli/one_series.h"

#include <math.h>
#include <stdio.h>

/* ---- which ---- */

static bool one_category(const struct one_series *x, struct err *e)
{
    return x->ask.places.category_count == 1 ||
           err_set(e, ERR_USAGE, "this chart shows one category: choose it with --category");
}

static bool one_unit(const struct one_series *x, struct err *e)
{
    if (x->group.count == 1)
        return true;
    if (x->group.count > 1 && x->ask.places.top_count)
        return err_set(e, ERR_USAGE, "--unit: this chart shows one unit: name one");
    if (x->group.count > 1)
        return err_set(e, ERR_USAGE, "there are several top units: choose one with --unit");
    return err_set(e, ERR_INPUT,
                   "no month is known of this unit and category: see 'keogiam status'");
}

static void find_ends(struct one_series *x)
{
    x->from = 0;
    x->to = x->whole.n;
    while (x->from < x->to && isnan(x->whole.recorded[x->from]))
        x->from++;
    while (x->to > x->from && isnan(x->whole.recorded[x->to - 1]))
        x->to--;
}

static bool take(struct one_series *x, struct err *e)
{
    x->unit = x->group.rows[0].unit;
    x->category = x->group.rows[0].category;
    if (!series_take(&x->group.set, x->unit, x->category, &x->whole, e) ||
        !series_row_take(&x->group.set, x->unit, x->category, true, &x->row, e))
        return false;
    find_ends(x);
    return x->from < x->to ||
           err_set(e, ERR_INPUT,
                   "no month is known of this unit and category: see 'keogiam status'");
}

bool one_series_init(struct one_series *x, struct session *s, enum per per, struct err *e)
{
    size_t next;
    *x = (struct one_series){.s = s};
    if (!series_ask_read(s, false, &x->ask, e) || !one_category(x, e))
        return false;
    x->ask.per_year = 12;
    if (!arg(s->request, OPT_PER))
        x->ask.per = per;
    return series_group_init(&x->group, s, &x->ask, 0, &next, e) &&
           series_group_check(&x->group, s, e) && one_unit(x, e) && take(x, e);
}

void one_series_free(struct one_series *x)
{
    series_row_free(&x->row);
    series_free(&x->whole);
    series_group_free(&x->group);
    series_ask_free(&x->ask);
    *x = (struct one_series){0};
}

/* ---- the result ---- */

bool one_series_begin(const struct one_series *x, const char *command, const struct column *columns,
                      size_t column_count, struct result *r, struct err *e)
{
    result_init(r, command, columns, column_count, x->s->lang);
    r->title = arena_format(&r->arena, tr(r->lang, "Number of %s, %s, %s"),
                            session_counted(x->ask.places.tally.count, r->lang),
                            series_category_name(&x->group, x->category),
                            series_unit_name(&x->group, x->s, x->unit, &r->arena));
    return (r->title || err_memory(e)) &&
           series_group_provenance(x->s, &x->group, x->from, x->to, r, e);
}

static void write_names(const struct one_series *x, struct result *r, struct cell *out)
{
    const struct scope *scope = &x->group.set.scope;
    const struct directory *d = scope->directory;
    struct arena *a = &r->arena;
    out[MON_UNIT] = cell_text(arena_text(a, d->units[scope->units[x->unit]].code));
    out[MON_UNIT_NAME] = cell_text(arena_text(a, series_unit_name(&x->group, x->s, x->unit, a)));
    out[MON_CATEGORY] =
        cell_text(arena_text(a, d->categories[scope->categories[x->category]].code));
    out[MON_CATEGORY_NAME] = cell_text(arena_text(a, series_category_name(&x->group, x->category)));
}

/* What happened in a month; the action that does most to the models. */
static bool write_events(const struct one_series *x, size_t month, struct result *r,
                         struct cell *out, struct err *e)
{
    static const char *const tokens[] = {"mark", "step", "exclude"};
    const struct series_set *set = &x->group.set;
    const struct event *event;
    struct buf labels = {0};
    enum event_action action = EVENT_MARK;
    size_t i = 0;
    while ((event = events_next(&x->ask.events, set->scope.units[x->unit],
                                set->days[month].items[0], &i))) {
        buf_addf(&labels, "%s%s", labels.len ? "; " : "", event->label);
        action = event->action > action ? event->action : action;
    }
    if (labels.len) {
        out[MON_EVENT] = cell_text(arena_text(&r->arena, labels.data));
        out[MON_ACTION] = cell_text(tokens[action]);
    }
    bool ok = !labels.failed || err_memory(e);
    buf_free(&labels);
    return ok;
}

struct cell *one_series_add(const struct one_series *x, size_t i, struct result *r, struct err *e)
{
    static const char *const states[] = {N_("known"), N_("partial"), N_("unknown"), N_("excluded")};
    char label[16];
    struct cell *out = result_add_row(r, e);
    if (!out)
        return NULL;
    series_label(&x->group.set, i, label);
    write_names(x, r, out);
    out[MON_MONTH] = cell_text(arena_text(&r->arena, label));
    out[MON_STATE] = cell_text(states[x->whole.state[i]]);
    if (!isnan(x->whole.recorded[i]))
        out[MON_COUNT] = cell_int((int64_t)x->whole.recorded[i]);
    return write_events(x, i, r, out, e) ? out : NULL;
}
