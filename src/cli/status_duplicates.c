/* status --duplicates: pairs of cases that may be one. */
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "cli/status.h"

static const struct column columns[] = {
    {"item", N_("Case"), COLUMN_TEXT, 0},
    {"other", N_("Other case"), COLUMN_TEXT, 0},
    {"unit", N_("Unit"), COLUMN_TEXT, 0},
    {"unit_name", N_("Unit"), COLUMN_TEXT, 0},
    {"category", N_("Category"), COLUMN_TEXT, 0},
    {"other_category", N_("Other's category"), COLUMN_TEXT, 0},
    {"from", N_("Received"), COLUMN_TEXT, 0},
    {"to", N_("Other received"), COLUMN_TEXT, 0},
    {"victims", N_("Number of victims"), COLUMN_COUNT, 0},
};
enum { COLUMNS = sizeof columns / sizeof columns[0] };

static const struct view views[] = {
    {N_("Case"), VIEW_CELL, "item", NULL, NULL},
    {N_("Other case"), VIEW_CELL, "other", NULL, NULL},
    {N_("Unit"), VIEW_CELL, "unit_name", NULL, NULL},
    {N_("Category"), VIEW_CELL, "category", NULL, NULL},
    {N_("Other's category"), VIEW_CELL, "other_category", NULL, NULL},
    {N_("Received"), VIEW_CELL, "from", NULL, NULL},
    {N_("Other received"), VIEW_CELL, "to", NULL, NULL},
    {N_("Number of victims"), VIEW_CELL, "victims", NULL, NULL},
};

struct pairs {
    const struct status *st;
    struct result *table;
};

static const char *set_codes(const struct directory *d, size_t set, struct arena *arena)
{
    struct buf codes = {0};
    for (size_t i = 0; i < d->sets[set].count; i++)
        buf_addf(&codes, "%s%s", i ? "+" : "", d->categories[d->sets[set].categories[i]].code);
    const char *kept = codes.failed ? NULL : arena_text(arena, buf_text(&codes));
    buf_free(&codes);
    return kept;
}

static bool add_pair(void *context, const struct suspect *a, const struct suspect *b, struct err *e)
{
    struct pairs *p = context;
    const struct directory *d = &p->st->session.directory;
    struct arena *arena = &p->table->arena;
    size_t unit = directory_unit_by_id(d, a->unit);
    if (!status_is_asked(p->st, unit, NO_ENTRY))
        return true;
    struct cell *row = result_add_row(p->table, e);
    if (!row)
        return false;
    struct cell victims = {.type = CELL_EMPTY};
    if (a->victims >= 0 || b->victims >= 0)
        victims = cell_int(a->victims < 0 ? b->victims : a->victims);
    const struct cell cells[COLUMNS] = {
        cell_text(arena_text(arena, a->case_id)),
        cell_text(arena_text(arena, b->case_id)),
        cell_text(d->units[unit].code),
        cell_text(session_unit_name(&p->st->session, unit, b->on, arena)),
        cell_text(set_codes(d, a->set, arena)),
        cell_text(set_codes(d, b->set, arena)),
        cell_text(status_day(p->st, p->table, a->on)),
        cell_text(status_day(p->st, p->table, b->on)),
        victims,
    };
    memcpy(row, cells, sizeof cells);
    return true;
}

static bool add_footers(struct result *t, const struct suspect_sum *sum, struct err *e)
{
    struct buf text = {0}, expected = {0};
    const char *words = tr(t->lang, "A pair has the same unit, the same category (or one on each "
                                    "axis), dates within 3 days and, where known, as many victims. "
                                    "Compare the files; nothing is joined by itself.");
    if (!result_add_footer(t, e, words))
        return false;
    if (!isfinite(sum->expected))
        return true;
    num_add_human(&expected, sum->expected, sum->expected < 100, t->lang);
    buf_addf(&text, tr(t->lang, "Pairs in all units: %lld; about %s would be there by chance."),
             (long long)sum->pairs, buf_text(&expected));
    bool ok = text.failed || expected.failed ? err_memory(e) : result_add_footer(t, e, text.data);
    buf_free(&text);
    buf_free(&expected);
    return ok;
}

bool status_duplicates(struct status *st, struct err *e)
{
    struct suspect_sum sum;
    struct session *s = &st->session;
    struct pairs p = {st, status_section(st, "duplicate",
                                         N_("Pairs of cases that may be one, to be compared"),
                                         columns, COLUMNS)};
    status_views(p.table, views, sizeof views / sizeof views[0]);
    return store_each_suspect(s->store, s->state, &s->directory, add_pair, &p, &sum, e) &&
           add_footers(p.table, &sum, e);
}
