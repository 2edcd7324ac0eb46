/* The section on months that places have not reported, within what somebody said. Of a country's
 * communes people see a line a district or province. */
#include <stdlib.h>
#include <string.h>

#include "cli/cover_part.h"
#include "cli/status_found.h"
#include "cli/status_months.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

/* One place that lacks months of a category. */
struct gap {
    size_t unit, category; /* directory indices */
    int64_t months;
    const char *labels; /* in the table's arena */
    bool never;         /* has not reported at all */
    day to;             /* last day that anybody spoke for */
};

struct gaps {
    struct status *st;
    struct result *t;
    struct cover said; /* declared or from counts */
    size_t category;
    struct known known;
    struct span all;   /* from the first to the last day that anybody spoke for */
    bool *has_sibling; /* by unit slot: some unit of the same parent is spoken for */
    struct gap *items;
    size_t count, cap;
    size_t *due; /* by unit: places under it, itself included, that should have reported */
};

/* ---- who lacks what ---- */

static struct span said_span(const struct cover *said, size_t category)
{
    struct span all = {DAY_MAX, DAY_MIN};
    for (size_t i = 0; i < said->count; i++) {
        struct span by = said->rows[i].span;
        if (said->rows[i].category != category)
            continue;
        all.from = by.from < all.from ? by.from : all.from;
        all.to = by.to > all.to ? by.to : all.to;
    }
    return all;
}

static bool mark_siblings(struct gaps *g, struct err *e)
{
    const struct scope *s = &g->st->facts.scope;
    bool *parents = calloc(s->unit_count + 1, sizeof *parents);
    free(g->has_sibling);
    g->has_sibling = calloc(s->unit_count + 1, sizeof *g->has_sibling);
    if (!parents || !g->has_sibling) {
        free(parents);
        return err_memory(e);
    }
    for (size_t u = 0; u < s->unit_count; u++)
        if (g->known.spans[u].count && !s->directory->units[s->units[u]].is_unknown)
            parents[s->parent[u] == NO_ENTRY ? s->unit_count : s->parent[u]] = true;
    for (size_t u = 0; u < s->unit_count; u++)
        g->has_sibling[u] = parents[s->parent[u] == NO_ENTRY ? s->unit_count : s->parent[u]];
    free(parents);
    return true;
}

static bool add_gap(struct gaps *g, struct gap gap, struct err *e)
{
    void *items = g->items;
    if (!array_grow(&items, &g->cap, g->count + 1, sizeof *g->items, e))
        return false;
    g->items = items;
    g->items[g->count++] = gap;
    return gap.labels || err_memory(e);
}

static void count_due(struct gaps *g, size_t unit)
{
    for (size_t u = unit; u != NO_ENTRY; u = g->st->session.directory.units[u].parent)
        g->due[u]++;
}

/* Only places without places below them report; a unit that nobody beside it reports either is not
 * missed. */
static bool look_at_unit(struct gaps *g, size_t slot, struct err *e)
{
    const struct scope *s = &g->st->facts.scope;
    const struct unit *unit = &s->directory->units[s->units[slot]];
    struct span due = span_intersect(span_intersect(g->all, unit->valid), g->st->reach);
    struct buf months = {0};
    if (!s->is_leaf[slot] || unit->is_unknown || !g->has_sibling[slot] || span_is_empty(due) ||
        !status_is_asked(g->st, s->units[slot], g->category))
        return true;
    enum lang lang = g->st->for_people ? g->t->lang : LANG_EN;
    const struct spans *known = &g->known.spans[slot];
    int64_t missing = months_missing(g->st->session.calendar, known, due, lang, &months);
    count_due(g, s->units[slot]);
    bool ok = !months.failed || err_memory(e);
    if (ok && missing)
        ok = add_gap(g,
                     (struct gap){s->units[slot], g->category, missing,
                                  arena_text(&g->t->arena, buf_text(&months)), !known->count,
                                  g->all.to},
                     e);
    buf_free(&months);
    return ok;
}

static bool look_at_category(struct gaps *g, size_t category, struct err *e)
{
    const struct scope *s = &g->st->facts.scope;
    g->category = category;
    g->all = said_span(&g->said, category);
    if (span_is_empty(g->all))
        return true;
    bool ok = known_init(&g->known, s, &g->said, category, e) && mark_siblings(g, e);
    for (size_t u = 0; ok && u < s->unit_count; u++)
        ok = look_at_unit(g, u, e);
    known_free(&g->known);
    return ok;
}

/* ---- a line a place ---- */

static bool add_row(struct gaps *g, const struct gap *gap, struct err *e)
{
    const struct session *s = &g->st->session;
    bool say_never = gap->never && g->st->for_people;
    struct cell *row = result_add_row(g->t, e);
    if (!row)
        return false;
    row[0] = cell_text(s->directory.units[gap->unit].code);
    row[1] = cell_text(session_unit_name(s, gap->unit, gap->to, &g->t->arena));
    row[2] = cell_text(s->directory.categories[gap->category].code);
    row[3] = cell_int(gap->months);
    row[4] = cell_text(
        say_never ? arena_format(&g->t->arena, tr(g->t->lang, "%s (never reported)"), gap->labels)
                  : gap->labels);
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
static size_t lines_at(const struct gaps *g, size_t depth)
{
    const struct directory *d = &g->st->session.directory;
    size_t lines = 0;
    for (size_t i = 0; i < g->count; i++)
        lines += !i || g->items[i].category != g->items[i - 1].category ||
                 group_of(d, g->items[i].unit, depth) != group_of(d, g->items[i - 1].unit, depth);
    return lines;
}

static bool add_line(struct gaps *g, size_t group, size_t from, size_t to, struct err *e)
{
    const struct session *s = &g->st->session;
    int64_t months = 0;
    for (size_t i = from; i < to; i++)
        months += g->items[i].months;
    struct cell *row = result_add_row(g->t, e);
    if (!row)
        return false;
    row[0] = cell_text(s->directory.units[group].code);
    row[1] = cell_text(session_unit_name(s, group, g->items[from].to, &g->t->arena));
    row[2] = cell_text(s->directory.categories[g->items[from].category].code);
    row[3] = cell_int(months);
    row[4] = cell_text(
        arena_format(&g->t->arena, tr(g->t->lang, "%zu of %zu places"), to - from, g->due[group]));
    return row[4].as.s || err_memory(e);
}

static bool summarise(struct gaps *g, struct err *e)
{
    const struct directory *d = &g->st->session.directory;
    size_t depth = d->units[g->items[0].unit].depth;
    while (depth > 0 && lines_at(g, depth) > FOUND_SHOWN)
        depth--;
    bool ok = true;
    for (size_t i = 0; ok && i < g->count;) {
        size_t from = i, group = group_of(d, g->items[i].unit, depth);
        while (i < g->count && g->items[i].category == g->items[from].category &&
               group_of(d, g->items[i].unit, depth) == group)
            i++;
        ok = add_line(g, group, from, i, e);
    }
    return ok && result_add_footer(g->t, e,
                                   tr(g->t->lang, "A line for all places below; each place: --unit "
                                                  "CODE, or --wide."));
}

/* ---- the section ---- */

/* "12-15: 2024-08 = 2024-07-15 – 2024-08-14" */
static bool tell_calendar(struct gaps *g, struct err *e)
{
    struct calendar c = g->st->session.calendar;
    struct buf days = {0}, label = {0};
    int year, month;
    char machine[16];
    if (!g->st->for_people || !g->count || (c.month == 1 && c.mday == 1))
        return true;
    calendar_locate(c, g->items[0].to, &year, &month);
    snprintf(machine, sizeof machine, "%04d-%02d", year, month);
    session_add_month(&label, machine, 7, g->t->lang);
    session_span(calendar_month(c, year, month), g->t->lang, &days);
    const char *text =
        arena_format(&g->t->arena, tr(g->t->lang, "Months of the reporting year: %s is %s."),
                     buf_text(&label), buf_text(&days));
    bool ok =
        !days.failed && !label.failed && text ? result_add_footer(g->t, e, text) : err_memory(e);
    buf_free(&days);
    buf_free(&label);
    return ok;
}

static bool show(struct gaps *g, struct err *e)
{
    bool ok = true;
    if (!found_is_shown(g->st, g->count - 1) && g->count)
        ok = summarise(g, e);
    else
        for (size_t i = 0; ok && i < g->count; i++)
            ok = add_row(g, &g->items[i], e);
    return ok && tell_calendar(g, e);
}

static bool find(struct gaps *g, struct err *e)
{
    const struct directory *d = &g->st->session.directory;
    g->due = calloc(d->unit_count + 1, sizeof *g->due);
    bool ok = g->due || err_memory(e);
    for (size_t c = 0; ok && c < d->category_count; c++)
        ok = look_at_category(g, c, e);
    return ok;
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
    struct gaps g = {.st = st};
    if (!cover_part_init(&g.said, &st->session.cover, COVER_ASSUMED, NULL, e))
        return false;
    bool ok = true;
    if (g.said.count || st->focused) {
        g.t = status_section(st, "gaps", N_("Months not reported, where reporting is declared"),
                             columns, COUNT(columns));
        status_views(g.t, views, COUNT(views));
        ok = find(&g, e) && show(&g, e);
    }
    if (ok && g.t && !g.said.count)
        ok = result_add_footer(g.t, e,
                               tr(g.t->lang, "Nobody has declared what is reported: a month "
                                             "without cases and one without a report look alike."));
    free(g.has_sibling);
    free(g.items);
    free(g.due);
    cover_part_free(&g.said);
    return ok;
}
