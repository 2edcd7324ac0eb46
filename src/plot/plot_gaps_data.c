/* From the cells of the cases to the gaps between them. */
#include <math.h>
#include <string.h>

#include "base/lang.h"
#include "plot/cells.h"
#include "plot/gaps.h"

static enum gap_mark mark_of(const char *signals, double days)
{
    if (isnan(days))
        return GAP_NONE;
    if (strstr(signals, "long") || strstr(signals, "apart"))
        return GAP_LONG;
    return strstr(signals, "close") ? GAP_CLOSE : GAP_PLAIN;
}

static bool read_day(const char *text, day *on)
{
    bool impossible;
    return day_parse(text, strlen(text), on, &impossible);
}

static bool check_row(const struct result *r, size_t row, struct err *e)
{
    day on;
    if (strcmp(cells_text(r, row, "unit"), cells_text(r, 0, "unit")) != 0 ||
        strcmp(cells_text(r, row, "category"), cells_text(r, 0, "category")) != 0)
        return err_set(e, ERR_USAGE,
                       "the chart shows one series: choose one with --unit and "
                       "--category");
    if (!read_day(cells_text(r, row, "on"), &on))
        return err_set(e, ERR_USAGE, "\"%s\" is no date: write it as 2024-05-03",
                       cells_text(r, row, "on"));
    return true;
}

static bool check_rows(const struct result *r, struct err *e)
{
    if (r->row_count == 0)
        return err_set(e, ERR_USAGE, "no cases to draw: choose others with --from and --to");
    if (r->row_count > GAPS_MOST)
        return err_set(e, ERR_USAGE,
                       "more than %d days with cases to draw: narrow them with --from and --to, or "
                       "draw their months with plot spc",
                       GAPS_MOST);
    for (size_t i = 0; i < r->row_count; i++)
        if (!check_row(r, i, e))
            return false;
    return true;
}

static void read_row(struct gaps *g, size_t row)
{
    const struct result *r = g->result;
    const char *signals = cells_text(r, row, "signal");
    struct gap *gap = &g->items[row];
    read_day(cells_text(r, row, "on"), &gap->on);
    gap->before = row ? g->items[row - 1].on : gap->on;
    gap->cases = cells_number(r, row, "cases");
    gap->days = cells_number(r, row, "gap");
    gap->centre = cells_number(r, row, "centre");
    gap->lower = cells_number(r, row, "lower");
    gap->upper = cells_number(r, row, "upper");
    gap->mark = mark_of(signals, gap->days);
    gap->is_open = gap->cases == 0;
    gap->is_beyond = strstr(signals, "long") != NULL;
    g->first = row == 0 || gap->on < g->first ? gap->on : g->first;
    g->last = row == 0 || gap->on > g->last ? gap->on : g->last;
    g->cases += isnan(gap->cases) ? 0 : gap->cases;
    g->has[gap->mark] = true;
    g->has_open |= gap->is_open && gap->mark == GAP_PLAIN;
    g->has_several |= gap->cases > 1;
    g->has_limits |= !isnan(gap->upper);
    g->most = fmax(g->most, fmax(gap->days, gap->upper));
}

bool gaps_read(struct gaps *g, const struct result *cases, const struct result *control,
               struct err *e)
{
    *g = (struct gaps){.result = cases,
                       .control = control && control->row_count ? control : NULL,
                       .counted = words_counted(cases),
                       .most = 1};
    if (!check_rows(cases, e))
        return false;
    g->count = cases->row_count;
    g->items = arena_alloc(&g->arena, g->count * sizeof *g->items);
    if (!g->items)
        return err_memory(e);
    for (size_t i = 0; i < g->count; i++)
        read_row(g, i);
    return true;
}

void gaps_free(struct gaps *g)
{
    arena_free(&g->arena);
    *g = (struct gaps){0};
}
