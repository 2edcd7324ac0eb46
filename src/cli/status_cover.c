/* The section on coverage: the days each source speaks for. */
#include <stdlib.h>
#include <string.h>

#include "cli/status.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

enum { NAMES_SHOWN = 5 };

static struct span widened(struct span s, struct span by)
{
    return (struct span){by.from < s.from ? by.from : s.from, by.to > s.to ? by.to : s.to};
}

/* ---- coverage: source x category ---- */

/* Coverage rows of one source and category. */
struct cover_group {
    size_t source, category;
    struct span span;
    int64_t by_kind[3]; /* assumed, declared, from counts */
    int64_t units;
    day *ends; /* by unit: its last day, DAY_NONE */
};

struct cover_groups {
    const struct cover *cover;
    struct cover_group *items;
    size_t count, cap;
};

static struct cover_group *group_of(struct cover_groups *g, const struct cover_row *row,
                                    struct err *e)
{
    size_t units = g->cover->directory->unit_count;
    for (size_t i = 0; i < g->count; i++)
        if (g->items[i].source == row->source && g->items[i].category == row->category)
            return &g->items[i];
    void *items = g->items;
    if (!array_grow(&items, &g->cap, g->count + 1, sizeof *g->items, e))
        return NULL;
    g->items = items;
    struct cover_group *made = &g->items[g->count];
    *made = (struct cover_group){row->source, row->category, {DAY_MAX, DAY_MIN}, {0}, 0, NULL};
    made->ends = malloc((units + 1) * sizeof *made->ends);
    if (!made->ends) {
        err_memory(e);
        return NULL;
    }
    for (size_t u = 0; u < units; u++)
        made->ends[u] = DAY_NONE;
    g->count++;
    return made;
}

static bool group_rows(struct cover_groups *g, struct err *e)
{
    for (size_t i = 0; i < g->cover->count; i++) {
        const struct cover_row *row = &g->cover->rows[i];
        struct cover_group *x = group_of(g, row, e);
        if (!x)
            return false;
        x->span = widened(x->span, row->span);
        x->by_kind[row->declared]++;
        x->units += x->ends[row->unit] == DAY_NONE;
        x->ends[row->unit] = row->span.to > x->ends[row->unit] ? row->span.to : x->ends[row->unit];
    }
    return true;
}

static int by_source(const void *a, const void *b)
{
    const struct cover_group *x = a, *y = b;
    if (x->source != y->source)
        return x->source < y->source ? -1 : 1;
    return (x->category > y->category) - (x->category < y->category);
}

/* Units whose days end before the others', or before their own validity does: "Thạnh Lợi
 * (30/09/2024), +2". */
static const char *earlier_text(struct status *st, struct result *t, const struct cover_group *x)
{
    const struct directory *d = &st->session.directory;
    struct buf b = {0};
    size_t named = 0, more = 0;
    for (size_t u = 0; u < d->unit_count; u++) {
        day due = x->span.to < d->units[u].valid.to ? x->span.to : d->units[u].valid.to;
        if (x->ends[u] == DAY_NONE || x->ends[u] >= due)
            continue;
        if (st->for_people && named >= NAMES_SHOWN) {
            more++;
            continue;
        }
        const char *name = st->for_people
                               ? session_unit_name(&st->session, u, x->ends[u], &t->arena)
                               : d->units[u].code;
        const char *on = status_day(st, t, x->ends[u]);
        buf_addf(&b, "%s%s (%s)", named++ ? ", " : "", name, on ? on : "");
    }
    if (more)
        buf_addf(&b, ", +%zu", more);
    const char *text = b.failed ? NULL : arena_text(&t->arena, buf_text(&b));
    buf_free(&b);
    return text;
}

static const char *how_token(const struct cover_group *x)
{
    static const char *const tokens[] = {N_("assumed"), N_("declared"), N_("from counts")};
    size_t kinds = 0, last = 0;
    for (size_t i = 0; i < COUNT(tokens); i++)
        if (x->by_kind[i]) {
            kinds++;
            last = i;
        }
    return kinds == 1 ? tokens[last] : N_("mixed");
}

static bool add_group(struct status *st, struct result *t, const struct cover_group *x,
                      struct err *e)
{
    const struct cover *cover = &st->session.cover;
    struct cell *row = result_add_row(t, e);
    if (!row)
        return false;
    row[0] = cell_text(cover->sources[x->source]);
    row[1] = cell_text(cover->directory->categories[x->category].code);
    row[2] = cell_text(status_day(st, t, x->span.from));
    row[3] = cell_text(status_day(st, t, x->span.to));
    row[4] = cell_int(x->units);
    row[5] = cell_text(how_token(x));
    row[6] = cell_text(earlier_text(st, t, x));
    row[7] = cell_int(x->by_kind[COVER_ASSUMED]);
    row[8] = cell_int(x->by_kind[COVER_DECLARED]);
    row[9] = cell_int(x->by_kind[COVER_COUNTS]);
    return true;
}

bool status_coverage(struct status *st, struct err *e)
{
    static const struct column columns[] = {
        {"item", N_("Source"), COLUMN_TEXT, 0},
        {"category", N_("Category"), COLUMN_TEXT, 0},
        {"from", N_("From"), COLUMN_TEXT, 0},
        {"to", N_("To"), COLUMN_TEXT, 0},
        {"value", N_("Units named"), COLUMN_COUNT, 0},
        {"how", N_("How known"), COLUMN_TOKEN, 0},
        {"earlier", N_("Ends earlier"), COLUMN_TEXT, 0},
        {"assumed", N_("Rows assumed"), COLUMN_COUNT, 0},
        {"declared", N_("Rows declared"), COLUMN_COUNT, 0},
        {"counts", N_("Rows from counts"), COLUMN_COUNT, 0},
    };
    static const struct view views[] = {
        {N_("Source"), VIEW_CELL, "item", NULL, NULL},
        {N_("Category"), VIEW_CELL, "category", NULL, NULL},
        {N_("From"), VIEW_CELL, "from", NULL, NULL},
        {N_("To"), VIEW_CELL, "to", NULL, NULL},
        {N_("Units named"), VIEW_CELL, "value", NULL, NULL},
        {N_("How known"), VIEW_CELL, "how", NULL, NULL},
        {N_("Ends earlier"), VIEW_CELL, "earlier", NULL, NULL},
    };
    struct cover_groups g = {.cover = &st->session.cover};
    if (!g.cover->count)
        return true;
    struct result *t = status_section(
        st, "coverage", N_("Coverage: days on which no case means zero"), columns, COUNT(columns));
    status_views(t, views, COUNT(views));
    bool ok = group_rows(&g, e);
    if (ok)
        qsort(g.items, g.count, sizeof *g.items, by_source);
    for (size_t i = 0; ok && i < g.count; i++)
        ok = add_group(st, t, &g.items[i], e);
    for (size_t i = 0; i < g.count; i++)
        free(g.items[i].ends);
    free(g.items);
    return ok;
}
