/* sheets.c: which sheets of a workbook are read, and the layout of each. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ingest/head_find.h"
#include "ingest/ingest_state.h"
#include "ingest/title.h"

/* A sheet that was looked at. */
struct candidate {
    size_t sheet;
    struct preview preview;
    struct found_head head;
    struct returned returned; /* what the lines above the head say */
    bool chosen;
};

struct choosing {
    struct ingest *in;
    const struct ingest_options *o;
    struct xlsx *x;
    struct candidate *items;
    size_t count;
};

static void choosing_free(struct choosing *c)
{
    for (size_t i = 0; i < c->count; i++)
        preview_free(&c->items[i].preview);
    for (size_t i = 0; i < c->count; i++)
        returned_free(&c->items[i].returned);
    free(c->items);
}

static bool takes_all(const struct ingest_options *o)
{
    return o->sheet && (!strcmp(o->sheet, "all") || !strcmp(o->sheet, "tatca"));
}

static const char *sheet_name(const struct choosing *c, size_t i)
{
    return c->x->sheets[c->items[i].sheet].name;
}

/* ---- which are looked at ---- */

static bool is_named(const char *name, const char *wanted)
{
    struct buf a = {0}, b = {0};
    bool same = text_nfc(name, strlen(name), &a) && text_nfc(wanted, strlen(wanted), &b) &&
                !strcmp(buf_text(&a), buf_text(&b));
    buf_free(&a);
    buf_free(&b);
    return same;
}

static bool look_at(struct choosing *c, size_t sheet, struct err *e)
{
    struct candidate *made = &c->items[c->count++];
    *made = (struct candidate){.sheet = sheet};
    return preview_read(&made->preview, c->x, sheet, e) &&
           head_find(&made->head, &made->preview, c->o, &c->in->known, &c->in->arena, e) &&
           (returned_look(&made->returned, &made->preview, made->head.row) || err_memory(e));
}

/* Its other sheets are ours. */
static bool is_template(const struct choosing *c)
{
    bool is = false;
    for (size_t i = 0; i < c->count; i++)
        is = is || (c->items[i].returned.is_template && c->items[i].head.fits);
    return is;
}

static void add_names(const struct xlsx *x, bool hidden, struct buf *names)
{
    for (size_t i = 0; i < x->sheet_count; i++)
        if (x->sheets[i].is_hidden == hidden)
            buf_addf(names, "%s%s", names->len ? ", " : "", x->sheets[i].name);
}

static void warn_names(struct ingest *in, const char *text, const struct buf *names)
{
    if (!names->len)
        return;
    buf_addf(&in->warnings, "%s: %s: %s\n", reader_name(in->reader), text, buf_text(names));
}

static bool look_at_named(struct choosing *c, struct err *e)
{
    for (size_t i = 0; i < c->x->sheet_count; i++)
        if (is_named(c->x->sheets[i].name, c->o->sheet)) {
            c->items->chosen = look_at(c, i, e);
            return c->items->chosen;
        }
    struct buf names = {0};
    add_names(c->x, false, &names);
    err_set(e, ERR_INPUT, "%s: --sheet %s: there is no sheet of that name: it has %s", c->x->path,
            c->o->sheet, buf_text(&names));
    buf_free(&names);
    return false;
}

static bool look_at_visible(struct choosing *c, struct err *e)
{
    struct buf hidden = {0};
    for (size_t i = 0; i < c->x->sheet_count; i++)
        if (!c->x->sheets[i].is_hidden && !look_at(c, i, e))
            return false;
    add_names(c->x, true, &hidden);
    if (!is_template(c))
        warn_names(c->in, tr(c->in->lang, "hidden sheets are not read"), &hidden);
    if (!c->count)
        err_set(e, ERR_INPUT, "%s: all its sheets are hidden: name one with --sheet: %s",
                c->x->path, buf_text(&hidden));
    buf_free(&hidden);
    return c->count > 0;
}

/* ---- which are read ---- */

static void names_that(const struct choosing *c, bool fits, struct buf *names)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->items[i].head.fits == fits)
            buf_addf(names, "%s%s", names->len ? ", " : "", sheet_name(c, i));
}

static bool fail_several(const struct choosing *c, struct err *e)
{
    struct buf names = {0};
    names_that(c, true, &names);
    err_set(e, ERR_INPUT,
            "%s: several of its sheets can be loaded: %s: say which with --sheet NAME, or --sheet "
            "all",
            c->x->path, buf_text(&names));
    buf_free(&names);
    return false;
}

static bool fail_kinds(const struct choosing *c, struct err *e)
{
    struct buf names = {0};
    for (size_t i = 0; i < c->count; i++)
        if (c->items[i].chosen)
            buf_addf(&names, "%s%s (%s)", names.len ? ", " : "", sheet_name(c, i),
                     tr(c->in->lang, c->items[i].head.kind->name));
    err_set(
        e, ERR_INPUT,
        "%s: its sheets are of several kinds: %s: load those of one kind with --as, or one with "
        "--sheet",
        c->x->path, buf_text(&names));
    buf_free(&names);
    return false;
}

/* The nearest of those that do not fit, to say what it lacks. */
static void choose_nearest(struct choosing *c)
{
    size_t best = 0;
    for (size_t i = 1; i < c->count; i++)
        if (c->items[i].head.score > c->items[best].head.score)
            best = i;
    c->items[best].chosen = true;
}

static bool choose(struct choosing *c, struct err *e)
{
    size_t fitting = 0, first = 0;
    struct buf others = {0};
    for (size_t i = 0; i < c->count; i++) {
        bool fits = c->items[i].head.fits;
        c->items[i].chosen = fits;
        first = fits && !fitting ? i : first;
        fitting += fits;
    }
    if (!fitting) {
        choose_nearest(c);
        return true;
    }
    if (fitting > 1 && !takes_all(c->o))
        return fail_several(c, e);
    for (size_t i = 0; i < c->count; i++)
        if (c->items[i].chosen && c->items[i].head.kind != c->items[first].head.kind)
            return fail_kinds(c, e);
    names_that(c, false, &others);
    if (!is_template(c))
        warn_names(c->in, tr(c->in->lang, "sheets without a table that can be loaded"), &others);
    buf_free(&others);
    return true;
}

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

/* The unit that has no others under it, wherever it is said; of counts, which may be an area's, else
 * any. */
static bool unit_around(const struct around *w, struct title_scope s, bool may_be_area,
                        enum lang lang, struct buf *unit, const char **from)
{
    s.leaf = true;
    if (read_around(w, &s, title_unit, lang, unit, from))
        return true;
    s.leaf = false;
    return may_be_area && read_around(w, &s, title_unit, lang, unit, from);
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
            read_around(&w, &s, title_period, in->lang, &period, &from)
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
           ((p->table.fills = layout_fills(&p->layout, &in->arena)) != NULL || err_memory(e)) &&
           ingest_take_returned(in, p, &k->returned, e);
}

static bool open_chosen(struct choosing *c, struct err *e)
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
        in->sheet_slots[c->items[i].sheet + 1] = layout_slots(&p->layout);
    }
    return true;
}

bool sheets_open(struct ingest *in, const struct ingest_options *o, struct err *e)
{
    struct choosing c = {.in = in, .o = o, .x = reader_workbook(in->reader)};
    c.items = calloc(c.x->sheet_count + 1, sizeof *c.items);
    if (!c.items)
        return err_memory(e);
    bool named = o->sheet && !takes_all(o);
    bool ok = named ? look_at_named(&c, e) : look_at_visible(&c, e) && choose(&c, e);
    ok = ok && open_chosen(&c, e);
    choosing_free(&c);
    return ok;
}
