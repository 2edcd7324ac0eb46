/* What was said before, in the tables of `yoy` and `targets`. */
#include <inttypes.h>
#include <string.h>

#include "cli/listing.h"
#include "cli/said_lines.h"
#include "cli/targets_table.h"
#include "cli/yoy_table.h"

/* More than this below a table nobody reads. */
enum { TOLD_MAX = 12 };

/* A table, and where its rows say what they are. */
struct saying {
    const struct session *s;
    struct result *r;
    struct issued_list list;
    struct period period;
    struct said_lines lines;
    size_t unit, unit_name, key, note; /* columns */
    bool targets, kinds;               /* kinds: those are told below the table too */
};

static const struct cell *row_of(const struct saying *x, size_t row)
{
    return &x->r->cells[row * x->r->column_count];
}

static bool is_text(const struct cell *c, const char *text)
{
    return c->type == CELL_TEXT && !strcmp(c->as.s, text);
}

/* ---- notes ---- */

static bool add_note(struct saying *x, size_t row, const struct said_line *l, struct err *e)
{
    struct cell *note = &x->r->cells[row * x->r->column_count + x->note];
    struct buf b = {0};
    buf_adds(&b, note->type == CELL_TEXT ? note->as.s : "");
    buf_addf(&b, "%s=%" PRId64 ";", l->which == SAID_BEFORE ? "said_before" : "said",
             l->then.count);
    if (x->targets && l->then.has_base)
        buf_addf(&b, "said_of=%" PRId64 ";", l->then.base);
    const char *text = b.failed ? NULL : arena_text(&x->r->arena, buf_text(&b));
    buf_free(&b);
    *note = cell_text(text);
    return text || err_memory(e);
}

/* *found: the table has the figure's row. */
static bool note_rows(struct saying *x, const struct said_line *l, bool *found, struct err *e)
{
    bool ok = true;
    *found = false;
    for (size_t i = 0; ok && i < x->r->row_count; i++) {
        const struct cell *row = row_of(x, i);
        if (!is_text(&row[x->unit], l->unit) || !is_text(&row[x->key], l->then.key))
            continue;
        *found = true;
        if (l->which != SAID_PART && l->then.has_count)
            ok = add_note(x, i, l, e);
    }
    return ok;
}

/* ---- below the table ---- */

/* Of targets the base of a root is told too: it is what their reductions are from. */
static bool is_told(const struct saying *x, const struct said_line *l, bool found)
{
    if (x->targets && !strcmp(l->then.figure, "total"))
        return l->which == SAID_BEFORE;
    return found && (x->kinds || strcmp(l->then.figure, "kind"));
}

static bool tell(struct saying *x, struct err *e)
{
    const struct said_line *told[TOLD_MAX];
    size_t count = 0;
    struct buf b = {0};
    for (size_t i = 0; i < x->lines.count; i++) {
        const struct said_line *l = &x->lines.items[i];
        bool found = false;
        if (!strcmp(l->then.figure, "target") == x->targets && !note_rows(x, l, &found, e))
            return false;
        if (is_told(x, l, found) && count < TOLD_MAX)
            told[count++] = l;
    }
    said_sentences(&b, told, count, x->r->lang);
    return !b.len || footer_say_made(x->r, &b, e);
}

/* ---- the units of the table ---- */

static bool has_report(const struct saying *x, const char *unit)
{
    for (size_t i = 0; i < x->list.count; i++)
        if (!strcmp(x->list.items[i].unit, unit))
            return true;
    return false;
}

/* Rows of a unit may stand apart: each unit once. */
static bool is_first(const struct saying *x, size_t row)
{
    for (size_t i = 0; i < row; i++)
        if (is_text(&row_of(x, i)[x->unit], row_of(x, row)[x->unit].as.s))
            return false;
    return true;
}

/* With its name behind the figure's where the table has several. */
static bool read_unit(struct saying *x, size_t row, bool several, struct err *e)
{
    const struct cell *name = &row_of(x, row)[x->unit_name];
    size_t first = x->lines.count;
    bool ok =
        said_lines_read(x->s, &x->list, row_of(x, row)[x->unit].as.s, &x->period, &x->lines, e);
    for (size_t i = first; several && i < x->lines.count; i++)
        x->lines.items[i].place = name->type == CELL_TEXT ? name->as.s : NULL;
    return ok;
}

static bool add_all(struct saying *x, struct err *e)
{
    bool ok = issued_read(x->s->store, &x->list, e), several = false;
    size_t rows = ok && x->list.count ? x->r->row_count : 0;
    for (size_t i = 1; i < rows && !several; i++)
        several = !is_text(&row_of(x, 0)[x->unit], row_of(x, i)[x->unit].as.s);
    for (size_t i = 0; ok && i < rows; i++) {
        const struct cell *unit = &row_of(x, i)[x->unit];
        if (unit->type == CELL_TEXT && has_report(x, unit->as.s) && is_first(x, i))
            ok = read_unit(x, i, several, e);
    }
    ok = ok && tell(x, e);
    said_lines_free(&x->lines);
    issued_free(&x->list);
    return ok;
}

/* ---- the two tables ---- */

/* Reports are on cases, by what is known, against the same period, with nothing supposed. */
static bool is_as_reported(const struct session *s)
{
    const char *count = arg(s->request, OPT_COUNT);
    return s->as_of == DAY_NONE && !arg(s->request, OPT_AGAINST) && !arg(s->request, OPT_WHAT_IF) &&
           (!count || !strcmp(count, "cases"));
}

bool said_add_to_yoy(const struct session *s, struct result *r, struct err *e)
{
    const char *by = arg(s->request, OPT_BY);
    struct saying x = {.s = s,
                       .r = r,
                       .unit = YOY_UNIT,
                       .unit_name = YOY_UNIT_NAME,
                       .key = YOY_CATEGORY,
                       .note = YOY_NOTE,
                       .kinds = !by || !strstr(by, "category")};
    return !is_as_reported(s) || (session_period(s, &x.period, e) && add_all(&x, e));
}

bool said_add_to_targets(const struct session *s, struct result *r, struct err *e)
{
    struct saying x = {.s = s,
                       .r = r,
                       .unit = TGC_UNIT,
                       .unit_name = TGC_UNIT_NAME,
                       .key = TGC_INDICATOR,
                       .note = TGC_NOTE,
                       .targets = true};
    return !is_as_reported(s) || (session_period(s, &x.period, e) && add_all(&x, e));
}
