/* export incidents: every stored column in the contract's order, as codes and ISO dates. */
#include <stdlib.h>
#include <string.h>

#include "cli/case_cells.h"
#include "cli/export.h"

struct incident_writer {
    struct export *x;
    struct case_cells cells;
    size_t columns;
    struct buf cell;
    struct buf source; /* of the row before */
    int64_t sources, undated;
};

static bool in_scope(const struct export *x, const struct row *row)
{
    const struct directory *d = x->scope.directory;
    const struct category_set *set = &d->sets[row->slots[INC_CATEGORY].as.i];
    if (export_unit(x, row->slots[INC_UNIT].as.i) == NO_ENTRY)
        return false;
    for (size_t i = 0; i < set->count; i++)
        if (x->scope.category_slot[set->categories[i]] != NO_ENTRY)
            return true;
    return false;
}

static const struct value *basis_day(const struct export *x, const struct row *row)
{
    static const int slots[BASIS_TOTAL] = {INC_RECEIVED_ON, INC_OCCURRED_ON, INC_PROSECUTED_ON};
    return &row->slots[slots[x->basis]];
}

static bool is_wanted(struct incident_writer *w, const struct row *row, const struct row_info *info)
{
    const struct export *x = w->x;
    if ((x->source && strcmp(x->source, info->source)) || !in_scope(x, row))
        return false;
    if (!x->limited)
        return true;
    const struct value *on = basis_day(x, row);
    w->undated += on->type == VALUE_NONE;
    return on->type == VALUE_INT && span_has(x->span, (day)on->as.i);
}

static void write_cell(struct incident_writer *w, size_t slot, const struct value *v)
{
    buf_clear(&w->cell);
    case_cell_code(&w->cells, slot, v, &w->cell);
    w->x->sheet.text.failed |= w->cell.failed;
    sheet_text(&w->x->sheet, buf_text(&w->cell));
}

static void note_source(struct incident_writer *w, const char *source)
{
    if (w->sources && !strcmp(buf_text(&w->source), source))
        return;
    w->sources++;
    buf_clear(&w->source);
    buf_adds(&w->source, source);
}

static bool write_incident(void *context, const struct row *row, const struct row_info *info,
                           struct err *e)
{
    struct incident_writer *w = context;
    if (!is_wanted(w, row, info))
        return true;
    note_source(w, info->source);
    for (size_t i = 0; i < w->columns; i++)
        write_cell(w, i, &row->slots[i]);
    return sheet_end_row(&w->x->sheet, e);
}

static void add_notices(const struct incident_writer *w)
{
    enum lang lang = w->x->session.lang;
    if (w->sources > 1)
        buf_addf(&w->x->notices,
                 tr(lang, "the cases of %lld sources are in one file: load reads them back as of "
                          "one source\n"),
                 (long long)w->sources);
    if (w->undated)
        buf_addf(&w->x->notices,
                 tr(lang, "%lld cases without a date on this basis are in no month and left out\n"),
                 (long long)w->undated);
}

/* The mark of simulated rows is a column only where something is simulated. */
bool export_incidents(struct export *x, struct err *e)
{
    struct incident_writer w = {.x = x,
                                .columns = x->session.synthetic ? INC_SLOTS : INC_SYNTHETIC};
    case_cells_init(&w.cells, x->scope.directory, x->lists);
    for (size_t i = 0; i < w.columns; i++)
        sheet_text(&x->sheet, w.cells.kind->columns[i].name);
    bool ok = sheet_end_row(&x->sheet, e) && store_each_row(x->session.store, x->session.state,
                                                            KIND_INCIDENTS, write_incident, &w, e);
    add_notices(&w);
    buf_free(&w.source);
    buf_free(&w.cell);
    return ok;
}
