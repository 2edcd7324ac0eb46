/* The section on months that places have not reported, within what somebody said. Of a country's
 * communes people see a line a district or province. */
#include <string.h>

#include "cli/status_found.h"
#include "cli/status_unreported.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* The section while it is made. */
struct telling {
    struct status *st;
    struct result *t;
    const struct unreported *g;
};

/* ---- a line a place ---- */

static const char *months_text(const struct telling *x, const struct gap *gap)
{
    struct buf labels = {0};
    month_list_add(&labels, &gap->months, x->st->for_people ? x->t->lang : LANG_EN);
    bool say_never = gap->never && x->st->for_people;
    const char *text =
        labels.failed
            ? NULL
            : arena_format(&x->t->arena, say_never ? tr(x->t->lang, "%s (never reported)") : "%s",
                           buf_text(&labels));
    buf_free(&labels);
    return text;
}

static bool add_row(struct telling *x, const struct gap *gap, struct err *e)
{
    const struct session *s = &x->st->session;
    struct cell *row = result_add_row(x->t, e);
    if (!row)
        return false;
    row[0] = cell_text(s->directory.units[gap->unit].code);
    row[1] = cell_text(session_unit_name(s, gap->unit, gap->to, &x->t->arena));
    row[2] = cell_text(s->directory.categories[gap->category].code);
    row[3] = cell_int((int64_t)gap->months.count);
    row[4] = cell_text(months_text(x, gap));
    if (gap->never)
        row[5] = cell_int(1);
    return row[4].as.s || err_memory(e);
}

/* ---- a line a district or province ---- */

/* The unit above that a line is for: at most this deep. */
static size_t group_of(const struct directory *d, size_t unit, size_t depth)
{
    while (d->units[unit].depth > depth)
        unit = d->units[unit].parent;
    return unit;
}

/* Lines of a category and a group stand together: gaps are by category, then by tree. */
static size_t lines_at(const struct telling *x, size_t depth)
{
    const struct directory *d = &x->st->session.directory;
    const struct unreported *g = x->g;
    size_t lines = 0;
    for (size_t i = 0; i < g->count; i++)
        lines += !i || g->items[i].category != g->items[i - 1].category ||
                 group_of(d, g->items[i].unit, depth) != group_of(d, g->items[i - 1].unit, depth);
    return lines;
}

static bool add_line(struct telling *x, size_t group, size_t from, size_t to, struct err *e)
{
    const struct session *s = &x->st->session;
    int64_t months = 0;
    for (size_t i = from; i < to; i++)
        months += (int64_t)x->g->items[i].months.count;
    struct cell *row = result_add_row(x->t, e);
    if (!row)
        return false;
    row[0] = cell_text(s->directory.units[group].code);
    row[1] = cell_text(session_unit_name(s, group, x->g->items[from].to, &x->t->arena));
    row[2] = cell_text(s->directory.categories[x->g->items[from].category].code);
    row[3] = cell_int(months);
    row[4] = cell_text(arena_format(&x->t->arena, tr(x->t->lang, "%zu of %zu places"), to - from,
                                    x->g->due[group]));
    return row[4].as.s || err_memory(e);
}

static bool summarise(struct telling *x, struct err *e)
{
    const struct directory *d = &x->st->session.directory;
    size_t depth = d->units[x->g->items[0].unit].depth;
    while (depth > 0 && lines_at(x, depth) > FOUND_SHOWN)
        depth--;
    bool ok = true;
    for (size_t i = 0; ok && i < x->g->count;) {
        size_t from = i, group = group_of(d, x->g->items[i].unit, depth);
        while (i < x->g->count && x->g->items[i].category == x->g->items[from].category &&
               group_of(d, x->g->items[i].unit, depth) == group)
            i++;
        ok = add_line(x, group, from, i, e);
    }
    return ok && result_add_footer(x->t, e,
                                   tr(x->t->lang, "A line for all places below; each place: --unit "
                                                  "CODE, or --wide."));
}

/* ---- the section ---- */

/* "12-15: 2024-08 = 2024-07-15 – 2024-08-14" */
static bool tell_calendar(struct telling *x, struct err *e)
{
    struct calendar c = x->st->session.calendar;
    struct buf days = {0}, label = {0};
    int year, month;
    char machine[16];
    if (!x->st->for_people || !x->g->count || (c.month == 1 && c.mday == 1))
        return true;
    calendar_locate(c, x->g->items[0].to, &year, &month);
    snprintf(machine, sizeof machine, "%04d-%02d", year, month);
    session_add_month(&label, machine, 7, x->t->lang);
    session_span(calendar_month(c, year, month), x->t->lang, &days);
    const char *text =
        arena_format(&x->t->arena, tr(x->t->lang, "Months of the reporting year: %s is %s."),
                     buf_text(&label), buf_text(&days));
    bool ok =
        !days.failed && !label.failed && text ? result_add_footer(x->t, e, text) : err_memory(e);
    buf_free(&days);
    buf_free(&label);
    return ok;
}

static bool show(struct telling *x, struct err *e)
{
    bool ok = true;
    if (!found_is_shown(x->st, x->g->count - 1) && x->g->count)
        ok = summarise(x, e);
    else
        for (size_t i = 0; ok && i < x->g->count; i++)
            ok = add_row(x, &x->g->items[i], e);
    return ok && tell_calendar(x, e);
}

bool status_gaps(struct status *st, struct err *e)
{
    static const struct column columns[] = {
        {"unit", N_("Code"), COLUMN_TEXT, 0},           {"item", N_("Unit"), COLUMN_TEXT, 0},
        {"category", N_("Category"), COLUMN_TEXT, 0},   {"value", N_("Months"), COLUMN_COUNT, 0},
        {"months", N_("Not reported"), COLUMN_TEXT, 0}, {"never", N_("Never"), COLUMN_COUNT, 0},
    };
    static const struct view views[] = {
        {N_("Code"), VIEW_CELL, "unit", NULL, NULL},
        {N_("Unit"), VIEW_CELL, "item", NULL, NULL},
        {N_("Category"), VIEW_CELL, "category", NULL, NULL},
        {N_("Months"), VIEW_CELL, "value", NULL, NULL},
        {N_("Not reported"), VIEW_CELL, "months", NULL, NULL},
    };
    struct unreported g;
    struct telling x = {st, NULL, &g};
    bool ok = unreported_find(&g, st, false, e);
    if (ok && (g.said.count || st->focused)) {
        x.t = status_section(st, "gaps", N_("Months not reported, where reporting is declared"),
                             columns, COUNT(columns));
        status_views(x.t, views, COUNT(views));
        ok = show(&x, e);
    }
    if (ok && x.t && !g.said.count)
        ok = result_add_footer(x.t, e,
                               tr(x.t->lang, "Nobody has declared what is reported: a month "
                                             "without cases and one without a report look alike."));
    unreported_free(&g);
    return ok;
}
