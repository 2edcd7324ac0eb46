/* From the cells of a `risk` result to its units in the order of their rank. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "plot/cells.h"
#include "plot/risk.h"

static enum risk_level level_of(const char *token)
{
    static const struct {
        const char *token;
        enum risk_level level;
    } all[] = {{"normal", RISK_NORMAL},
               {"unclear", RISK_UNCLEAR},
               {"elevated", RISK_ELEVATED},
               {"high", RISK_HIGH}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (!strcmp(token, all[i].token))
            return all[i].level;
    return RISK_NONE;
}

static bool is_no_place(const char *unit)
{
    size_t n = strlen(unit);
    return n >= 2 && !strcmp(unit + n - 2, "/?");
}

/* A cluster has a number, or a name. */
static const char *cluster_of(struct risk *k, size_t at)
{
    const struct result *r = k->result;
    double number = cells_number(r, at, "cluster");
    if (isnan(number))
        return cells_text(r, at, "cluster");
    return number > 0 ? arena_format(&k->arena, "%.0f", number) : "";
}

static bool read_row(struct risk *k, size_t at)
{
    const struct result *r = k->result;
    struct risk_row row = {.unit = cells_text(r, at, "unit"),
                           .name = cells_text(r, at, "unit_name"),
                           .level = level_of(cells_text(r, at, "level")),
                           .count = cells_number(r, at, "count"),
                           .expected = cells_number(r, at, "expected"),
                           .smr = cells_number(r, at, "smr"),
                           .rr = cells_number(r, at, "rr"),
                           .low = cells_number(r, at, "rr_low"),
                           .high = cells_number(r, at, "rr_high"),
                           .rank = cells_number(r, at, "rank"),
                           .rank_low = cells_number(r, at, "rank_low"),
                           .rank_high = cells_number(r, at, "rank_high"),
                           .cluster = cluster_of(k, at),
                           .position = at};
    bool no_place = is_no_place(row.unit);
    if (!*row.name)
        row.name = no_place ? tr(r->lang, "place unknown") : row.unit;
    row.group = no_place ? RISK_NO_PLACE : isnan(row.rr) ? RISK_NOT_ESTIMATED : RISK_ESTIMATED;
    if (row.group != RISK_ESTIMATED)
        row.level = RISK_NONE;
    k->estimated += row.group == RISK_ESTIMATED;
    k->by_level[row.level]++;
    k->total += isnan(row.count) ? 0 : row.count;
    k->rows[k->count++] = row;
    return row.cluster != NULL;
}

static int compare_rows(const void *left, const void *right)
{
    const struct risk_row *a = left, *b = right;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    if (a->rank != b->rank && !isnan(a->rank) && !isnan(b->rank))
        return a->rank < b->rank ? -1 : 1;
    return a->position < b->position ? -1 : 1;
}

static bool check_result(const struct result *r, struct err *e)
{
    if (r->row_count == 0)
        return err_set(e, ERR_USAGE, "no rows to draw: choose a period that has data (--period)");
    for (size_t i = 1; i < r->row_count; i++) {
        if (strcmp(cells_text(r, i, "category"), cells_text(r, 0, "category")) != 0)
            return err_set(e, ERR_USAGE,
                           "the chart shows one category, and there are %s and %s: choose one "
                           "with --category",
                           cells_text(r, 0, "category"), cells_text(r, i, "category"));
        if (strcmp(cells_text(r, i, "period"), cells_text(r, 0, "period")) != 0)
            return err_set(e, ERR_USAGE,
                           "the chart shows one period, and there are %s and %s: choose one with "
                           "--period",
                           cells_text(r, 0, "period"), cells_text(r, i, "period"));
    }
    return true;
}

bool risk_read(struct risk *k, const struct result *r, struct err *e)
{
    *k = (struct risk){.result = r, .counted = words_counted(r)};
    if (!check_result(r, e))
        return false;
    k->rows = malloc(r->row_count * sizeof *k->rows);
    k->names = malloc(r->row_count * sizeof *k->names);
    if (!k->rows || !k->names)
        return err_memory(e);
    for (size_t i = 0; i < r->row_count; i++)
        if (!cells_has_note(r, i, "total") && !read_row(k, i))
            return err_memory(e);
    if (k->count == 0)
        return err_set(e, ERR_USAGE, "no rows to draw: choose a period that has data (--period)");
    qsort(k->rows, k->count, sizeof *k->rows, compare_rows);
    return true;
}

void risk_free(struct risk *k)
{
    free(k->rows);
    free(k->names);
    arena_free(&k->arena);
    *k = (struct risk){0};
}
