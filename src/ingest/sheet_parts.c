/* sheet_parts.c: the layout of each sheet that is read; what the words around its table give. */
#include <stdlib.h>
#include <string.h>

#include "ingest/sheets.h"
#include "ingest/title.h"

/* ---- what the words around a table give ---- */

enum { CONSTS_MAX = 64, TITLES_MAX = 400 };

/* Where a unit or a period may be named, the nearest to the table first. */
struct around {
    const char *titles[TITLES_MAX];
    size_t title_count;
    const char *tab, *file;
};

static const char *file_stem(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return arena_copy(a, name, dot ? (size_t)(dot - name) : strlen(name));
}

static bool around_init(struct around *w, struct choosing *c, const struct candidate *k,
                        struct err *e)
{
    *w = (struct around){.tab = c->x->sheets[k->sheet].name,
                         .file = file_stem(&c->in->arena, c->x->path)};
    for (size_t r = 0; r < k->head.row; r++)
        for (size_t i = 0; i < k->preview.rows[r].count; i++)
            if (*k->preview.rows[r].cells[i] && w->title_count < TITLES_MAX)
                w->titles[w->title_count++] = k->preview.rows[r].cells[i];
    return w->file || err_memory(e);
}

typedef bool title_reader(const struct title_scope *s, const char *const *texts, size_t count,
                          struct buf *found);

/* What the first of title, tab and file name that names exactly one says; *from: which it was. */
static bool read_around(const struct around *w, const struct title_scope *s, title_reader *read,
                        enum lang lang, struct buf *found, const char **from)
{
    *from = tr(lang, "the title");
    if (read(s, w->titles, w->title_count, found))
        return true;
    *from = tr(lang, "the tab");
    if (read(s, &w->tab, 1, found))
        return true;
    *from = tr(lang, "the file's name");
    return read(s, &w->file, 1, found);
}

/* A table's options: those given, and what was read around it. */
struct table_options {
    struct ingest_options o;
    struct name_value consts[CONSTS_MAX + 2];
    const char *place;
};

static bool set_const(struct table_options *t, struct ingest *in, const char *column,
                      const struct buf *value, struct err *e)
{
    const char *copy = arena_text(&in->arena, buf_text(value));
    if (!copy || value->failed)
        return err_memory(e);
    t->consts[t->o.const_count++] = (struct name_value){column, copy};
    return true;
}

static bool add_const(struct table_options *t, struct ingest *in, const char *column,
                      const struct buf *value, const char *from, struct err *e)
{
    if (!set_const(t, in, column, value, e))
        return false;
    const char *copy = t->consts[t->o.const_count - 1].value;
    if (!strcmp(column, "unit"))
        buf_addf(&in->warnings,
                 tr(in->lang, "%s: no column of units: the unit is taken from %s: %s"), t->place,
                 from, copy);
    else
        buf_addf(&in->warnings,
                 tr(in->lang, "%s: no column of periods: the period is taken from %s: %s"),
                 t->place, from, copy);
    buf_addc(&in->warnings, '\n');
    return true;
}

static size_t within_unit(const struct ingest *in, const char *within)
{
    size_t found = NO_ENTRY;
    struct buf why = {0};
    if (within && !directory_find_unit(in->directory, within, strlen(within), DAY_NONE, NO_ENTRY,
                                       false, in->lang, &found, &why))
        found = NO_ENTRY;
    buf_free(&why);
    return found;
}

/* The unit that has no others under it, wherever it is said; of counts, which may be an area's,
 * else any. */
static bool unit_around(const struct around *w, struct title_scope s, bool may_be_area,
                        enum lang lang, struct buf *unit, const char **from)
{
    s.leaf = true;
    if (read_around(w, &s, title_unit, lang, unit, from))
        return true;
    s.leaf = false;
    return may_be_area && read_around(w, &s, title_unit, lang, unit, from);
}

/* "Năm 2024" above a tab "T5" is May 2024. */
static bool narrow_to_tab(const struct around *w, const struct title_scope *s, struct buf *period)
{
    enum { YEAR_CHARS = 4 };
    struct buf text = {0};
    struct period month;
    buf_addf(&text, "%s/%s", w->tab, buf_text(period));
    bool ok = period->len == YEAR_CHARS && !text.failed &&
              period_parse(buf_text(&text), text.len, s->calendar, &month);
    buf_free(&text);
    if (ok) {
        buf_clear(period);
        buf_adds(period, month.label);
    }
    return ok;
}

static bool period_around(const struct around *w, const struct title_scope *s, enum lang lang,
                          struct buf *period, const char **from)
{
    if (!read_around(w, s, title_period, lang, period, from))
        return false;
    if (narrow_to_tab(w, s, period))
        *from = tr(lang, "the title and the tab");
    return true;
}

static bool fill_from_around(struct table_options *t, struct choosing *c, const struct candidate *k,
                             struct err *e)
{
    struct around w;
    struct ingest *in = c->in;
    struct buf unit = {0}, period = {0};
    const char *from;
    struct title_scope s = {in->directory, c->o->calendar, c->o->today,
                            within_unit(in, c->o->within), false};
    bool may_be_area = k->head.kind->id != KIND_INCIDENTS;
    if (!around_init(&w, c, k, e))
        return false;
    bool ok = true;
    if (k->head.lacks_unit && k->returned.is_template && k->returned.unit.len)
        ok = set_const(t, in, "unit", &k->returned.unit, e);
    else if (k->head.lacks_unit)
        ok = unit_around(&w, s, may_be_area, in->lang, &unit, &from)
                 ? add_const(t, in, "unit", &unit, from, e)
                 : err_set(e, ERR_INPUT,
                           "%s: has no column of units, and neither its title nor its tab nor the "
                           "file's name names exactly one: give it with --const unit=NAME",
                           t->place);
    if (ok && k->head.lacks_period)
        ok =
            period_around(&w, &s, in->lang, &period, &from)
                ? add_const(t, in, "period", &period, from, e)
                : err_set(e, ERR_INPUT,
                          "%s: has no column of periods, and neither its title nor its tab nor the "
                          "file's name names exactly one: give it with --const period=2024-05",
                          t->place);
    buf_free(&unit);
    buf_free(&period);
    return ok;
}

/* ---- tables ---- */

/* A merged cell says of all its lines where and when they were and what they are about; a number of
 * victims it says once. */
static bool is_filled_down(const struct layout *l, const struct layout_cell *c)
{
    if (!c->column || c->field == NO_ENTRY)
        return false;
    switch (c->column->type) {
    case SLOT_UNIT:
    case SLOT_OLD_UNIT:
    case SLOT_CATEGORY:
    case SLOT_CATEGORIES:
    case SLOT_FROM:
    case SLOT_TO:
    case SLOT_YEAR:
        return true;
    case SLOT_DATE:
        return l->kind->id != KIND_INCIDENTS ||
               (c->slot >= INC_RECEIVED_ON && c->slot <= INC_PROSECUTED_ON);
    default:
        return false;
    }
}

static bool find_fills(struct part *p, struct arena *a, struct err *e)
{
    bool *fills = arena_alloc(a, (p->table.columns + 1) * sizeof *fills);
    if (!fills)
        return err_memory(e);
    for (size_t i = 0; i < p->layout.cell_count; i++)
        if (is_filled_down(&p->layout, &p->layout.cells[i]))
            fills[p->layout.cells[i].field] = true;
    p->table.fills = fills;
    return true;
}

static bool open_part(struct choosing *c, struct candidate *k, struct part *p, struct err *e)
{
    struct ingest *in = c->in;
    struct table_options t = {.o = *c->o};
    p->place = arena_format(&in->arena, "%s[%s]", c->x->path, c->x->sheets[k->sheet].name);
    if (!p->place)
        return err_memory(e);
    t.place = p->place;
    if (!k->head.rows)
        return err_set(e, ERR_INPUT,
                       "%s: has no head row: write the names of the columns above the rows",
                       p->place);
    for (size_t i = 0; i < t.o.const_count && i < CONSTS_MAX; i++)
        t.consts[i] = c->o->consts[i];
    if (k->head.lacks_unit || k->head.lacks_period) {
        t.o.consts = t.consts;
        t.o.as = k->head.kind->name;
        if (!fill_from_around(&t, c, k, e))
            return false;
    }
    p->table = (struct sheet_table){.sheet = k->sheet,
                                    .first_line = k->head.first_line,
                                    .first_column = k->head.first_column,
                                    .columns = k->head.head.count};
    struct layout_source from = {p->place, &k->head.head, false};
    return layout_make(&p->layout, &t.o, &in->known, &from, &in->warnings, e) &&
           find_fills(p, &in->arena, e) && ingest_take_returned(in, p, &k->returned, e);
}

static uint64_t slots_of(const struct layout *l)
{
    uint64_t slots = 0;
    for (size_t i = 0; i < l->kind->column_count; i++)
        slots |= (uint64_t)l->has_slot[i] << i;
    return slots;
}

bool sheets_open_chosen(struct choosing *c, struct err *e)
{
    struct ingest *in = c->in;
    in->parts = calloc(c->count + 1, sizeof *in->parts);
    in->sheet_slots = calloc(c->x->sheet_count + 1, sizeof *in->sheet_slots);
    in->sheet_names = arena_alloc(&in->arena, (c->x->sheet_count + 1) * sizeof *in->sheet_names);
    if (!in->parts || !in->sheet_slots || !in->sheet_names)
        return err_memory(e);
    for (size_t i = 0; i < c->x->sheet_count; i++)
        in->sheet_names[i] = c->x->sheets[i].name;
    for (size_t i = 0; i < c->count; i++) {
        struct part *p = &in->parts[in->part_count];
        if (!c->items[i].chosen)
            continue;
        in->part_count++;
        if (!open_part(c, &c->items[i], p, e))
            return false;
        in->sheet_slots[c->items[i].sheet + 1] = slots_of(&p->layout);
    }
    return true;
}
