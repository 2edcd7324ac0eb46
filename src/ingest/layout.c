#include "ingest/layout.h"

#include <stdlib.h>
#include <string.h>

#include "ingest/fields.h"
#include "ingest/kind_tables.h"
#include "ingest/match.h"

void layout_free(struct layout *p)
{
    free(p->cells);
    free(p->periods);
    arena_free(&p->arena);
    *p = (struct layout){0};
}

/* ---- the order of reading: units hang on days, categories on their parent ---- */

enum rank { RANK_DAY, RANK_FROM, RANK_PLAIN, RANK_UNIT, RANK_PARENT, RANK_CATEGORY };

static enum rank cell_rank(const struct layout_cell *c)
{
    if (c->slot == CELL_PARENT)
        return RANK_PARENT;
    switch (c->column->type) {
    case SLOT_CODE: /* the calendar, for the period */
    case SLOT_DATE:
        return RANK_DAY;
    case SLOT_FROM:
        return RANK_FROM;
    case SLOT_UNIT:
    case SLOT_OLD_UNIT:
        return RANK_UNIT;
    case SLOT_CATEGORY:
    case SLOT_CATEGORIES:
        return RANK_CATEGORY;
    default: /* SLOT_TO comes behind SLOT_FROM, whose end it replaces */
        return RANK_PLAIN;
    }
}

/* Stable: columns of one rank stay in the order of the file. */
static void sort_cells(struct layout *p)
{
    for (size_t i = 1; i < p->cell_count; i++) {
        struct layout_cell moved = p->cells[i];
        size_t at = i;
        for (; at > 0 && cell_rank(&p->cells[at - 1]) > cell_rank(&moved); at--)
            p->cells[at] = p->cells[at - 1];
        p->cells[at] = moved;
    }
}

/* ---- columns ---- */

static const char *column_name(const struct layout_cell *c)
{
    return c->column ? c->column->name : "parent";
}

/* "Nguyên nhân 1", "Nguyên nhân 2" are one column. */
static bool join_numbered(struct layout_cell *first, const struct layout_cell *cell)
{
    if (first->slot != cell->slot || first->more_count == CELL_MORE || first->field == NO_ENTRY ||
        !head_numbered(first->head) || !head_numbered(cell->head))
        return false;
    first->more[first->more_count++] = cell->field;
    return true;
}

static bool add_cell(struct layout *p, const struct head *h, const struct layout_cell *cell,
                     struct err *e)
{
    for (size_t i = 0; i < p->cell_count; i++)
        if (join_numbered(&p->cells[i], cell))
            return true;
    for (size_t i = 0; i < p->cell_count; i++)
        if (p->cells[i].slot == cell->slot)
            return err_set(e, ERR_INPUT,
                           "%s: '%s' and '%s' are both the column %s: leave one out with --map "
                           "'%s=-', or rename it",
                           h->file, p->cells[i].head, cell->head, column_name(cell), cell->head);
    p->cells[p->cell_count++] = *cell;
    if (cell->slot < ROW_SLOTS)
        p->has_slot[cell->slot] = true;
    return true;
}

static bool add_field(struct layout *p, const struct head *h, size_t field, int role, struct err *e)
{
    struct layout_cell cell = {.slot = role == ROLE_PARENT ? CELL_PARENT : (size_t)role,
                               .field = field,
                               .constant = "",
                               .head = arena_text(&p->arena, h->names[field])};
    if (!cell.head)
        return err_memory(e);
    if (role >= 0)
        cell.column = &p->kind->columns[role];
    return add_cell(p, h, &cell, e);
}

static bool add_period(struct layout *p, const struct head *h, size_t field, struct err *e)
{
    struct period period;
    const char *name = h->names[field];
    if (!period_parse(name, strlen(name), h->calendar, &period))
        return err_set(e, ERR_INPUT, "%s: '%s' is no period", h->file, name);
    for (size_t i = 0; i < p->period_count; i++)
        if (p->periods[i].span.from == period.span.from && p->periods[i].span.to == period.span.to)
            return err_set(e, ERR_INPUT,
                           "%s: '%s' and '%s' are the same period: leave one out with "
                           "--map '%s=-'",
                           h->file, p->periods[i].head, name, name);
    const char *head = arena_text(&p->arena, name);
    if (!head)
        return err_memory(e);
    p->periods[p->period_count++] = (struct layout_period){field, period.span, head};
    return true;
}

static bool add_columns(struct layout *p, const struct head *h, const struct match *m,
                        struct err *e)
{
    for (size_t i = 0; i < h->count; i++) {
        bool ok = true;
        if (m->roles[i] == ROLE_PERIOD)
            ok = add_period(p, h, i, e);
        else if (m->roles[i] >= 0 || m->roles[i] == ROLE_PARENT)
            ok = add_field(p, h, i, m->roles[i], e);
        if (!ok)
            return false;
    }
    return true;
}

/* Blank names at the end are what spreadsheets leave behind. */
static void warn_unknown(const struct head *h, const struct match *m, enum lang lang,
                         struct buf *warnings)
{
    size_t last = h->count;
    const char *comma = "";
    struct buf names = {0};
    while (last > 0 && !*h->names[last - 1])
        last--;
    if (m->kind->id == KIND_ALIASES)
        last = 0; /* counts and guesses stand there to be read */
    for (size_t i = 0; i < last; i++) {
        if (m->roles[i] != ROLE_UNKNOWN || head_is_number(h->keys[i]))
            continue;
        if (*h->names[i])
            buf_addf(&names, "%s%s", comma, h->names[i]);
        else
            buf_addf(&names, "%s(%zu)", comma, i + 1);
        comma = ", ";
    }
    if (names.len) {
        buf_addf(warnings, tr(lang, "%s: columns that are not stored: %s"), h->file,
                 buf_text(&names));
        buf_addc(warnings, '\n');
    }
    buf_free(&names);
}

/* ---- constants ---- */

static bool add_valid_on(struct layout *p, const struct head *h, const char *value, struct err *e)
{
    struct buf why = {0};
    bool ok = field_date(value, strlen(value), DAY_NONE, e ? e->lang : LANG_EN, &p->valid_on, &why);
    if (!ok)
        err_set(e, ERR_INPUT, "%s: --const %s: %s", h->file, "valid_on", buf_text(&why));
    buf_free(&why);
    return ok;
}

static bool add_const(struct layout *p, const struct head *h, const struct match *m,
                      const struct name_value *c, struct err *e)
{
    int role = column_names_find(m->names, c->name);
    if (!strcmp(c->name, "valid_on"))
        return add_valid_on(p, h, c->value, e);
    struct layout_cell cell = {.slot = role == ROLE_PARENT ? CELL_PARENT : (size_t)role,
                               .field = NO_ENTRY,
                               .constant = arena_text(&p->arena, c->value),
                               .constant_bytes = strlen(c->value),
                               .head = arena_text(&p->arena, c->name)};
    if (!cell.constant || !cell.head)
        return err_memory(e);
    if (role >= 0)
        cell.column = &p->kind->columns[role];
    for (size_t i = 0; i < p->cell_count; i++)
        if (p->cells[i].slot == cell.slot && p->cells[i].field != NO_ENTRY)
            return err_set(e, ERR_INPUT,
                           "%s: --const %s: the file has the column already, as '%s': leave it out "
                           "with --map '%s=-'",
                           h->file, c->name, p->cells[i].head, p->cells[i].head);
    return add_cell(p, h, &cell, e);
}

static bool add_consts(struct layout *p, const struct head *h, const struct match *m, struct err *e)
{
    for (size_t i = 0; i < h->options->const_count; i++)
        if (!add_const(p, h, m, &h->options->consts[i], e))
            return false;
    return true;
}

/* ---- the whole ---- */

/* The head of a wide file was read in one calendar. */
static bool check_wide(const struct layout *p, const struct head *h, struct err *e)
{
    for (size_t i = 0; p->period_count && i < p->cell_count; i++)
        if (p->cells[i].slot == CNT_CALENDAR && p->cells[i].field != NO_ENTRY)
            return err_set(
                e, ERR_INPUT,
                "%s: a file with one column a period has one calendar: leave '%s' out with "
                "--map '%s=-' and give --const calendar",
                h->file, p->cells[i].head, p->cells[i].head);
    return true;
}

static void mark_slots(struct layout *p, const struct match *m)
{
    for (size_t i = 0; i < p->kind->column_count; i++)
        p->has_slot[i] = p->has_slot[i] || m->filled[i];
}

static bool layout_fill(struct layout *p, const struct head *h, const struct match *m,
                        struct err *e)
{
    p->kind = m->kind;
    p->head_count = h->count;
    p->makes_ids = h->options->make_ids && m->kind->id == KIND_INCIDENTS;
    p->number_field = p->makes_ids ? head_number(h) : NO_ENTRY;
    p->valid_on = DAY_NONE;
    p->cells = calloc(h->count + h->options->const_count + 1, sizeof *p->cells);
    p->periods = calloc(m->periods + 1, sizeof *p->periods);
    if (!p->cells || !p->periods)
        return err_memory(e);
    if (!add_columns(p, h, m, e) || !add_consts(p, h, m, e) || !check_wide(p, h, e))
        return false;
    mark_slots(p, m);
    sort_cells(p);
    while (p->first_placed < p->cell_count && cell_rank(&p->cells[p->first_placed]) < RANK_UNIT)
        p->first_placed++;
    return true;
}

bool layout_make(struct layout *p, const struct ingest_options *o, struct known_heads *known,
                 const struct layout_source *from, struct buf *warnings, struct err *e)
{
    struct head h;
    struct match m = {0};
    *p = (struct layout){0};
    if (!head_init(&h, o, known, from->name, from->head, e))
        return false;
    bool ok = match_choose(&h, from->is_geojson, &m, e) && layout_fill(p, &h, &m, e);
    if (ok)
        warn_unknown(&h, &m, e ? e->lang : LANG_EN, warnings);
    else
        layout_free(p);
    match_free(&m);
    head_free(&h);
    return ok;
}

bool layout_fill_blank_units(struct layout *p, const char *unit)
{
    const char *copy = arena_text(&p->arena, unit);
    for (size_t i = 0; copy && i < p->cell_count; i++) {
        struct layout_cell *cell = &p->cells[i];
        if (!cell->column || cell->column->type != SLOT_UNIT || cell->field == NO_ENTRY)
            continue;
        cell->constant = copy;
        cell->constant_bytes = strlen(copy);
    }
    return copy != NULL;
}
