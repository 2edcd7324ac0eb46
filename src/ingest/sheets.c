/* sheets.c: which sheets of a workbook are read. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ingest/sheets.h"

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

bool sheets_open(struct ingest *in, const struct ingest_options *o, struct err *e)
{
    struct choosing c = {.in = in, .o = o, .x = reader_workbook(in->reader)};
    c.items = calloc(c.x->sheet_count + 1, sizeof *c.items);
    if (!c.items)
        return err_memory(e);
    bool named = o->sheet && !takes_all(o);
    bool ok = named ? look_at_named(&c, e) : look_at_visible(&c, e) && choose(&c, e);
    ok = ok && sheets_open_chosen(&c, e);
    choosing_free(&c);
    return ok;
}
