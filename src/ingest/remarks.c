#include "ingest/remarks.h"

#include <string.h>

#include "base/num.h"
#include "ingest/fields.h"

void remarks_init(struct remarks *r, struct checker *c)
{
    *r = (struct remarks){.checker = c};
}

void remarks_free(struct remarks *r)
{
    arena_free(&r->arena);
}

static void pass_over(struct remarks *r, const struct record *rec)
{
    if (!r->passed++)
        r->first_line = line_number(rec->line);
}

/* ---- rows with nothing in the columns that are read ---- */

static bool is_hollow(const struct layout *p, const struct record *rec)
{
    for (size_t i = 0; i < p->cell_count; i++)
        if (p->cells[i].field != NO_ENTRY && !record_is_blank_cell(rec, p->cells[i].field))
            return false;
    for (size_t i = 0; i < p->period_count; i++)
        if (!record_is_blank_cell(rec, p->periods[i].field))
            return false;
    return true;
}

/* Rows that only carry their number say nothing. */
static bool says_something(const struct record *rec)
{
    for (size_t i = 0; i < rec->count; i++) {
        int64_t number;
        bool fractional;
        if (!record_is_blank_cell(rec, i) &&
            !num_parse_int(rec->fields[i].text, rec->fields[i].n, &number, &fractional))
            return true;
    }
    return false;
}

/* ---- rows that could be none of the table ---- */

/* The cell reads as what its column holds. Names read always, and so do ids that are hashed. */
static bool reads_well(struct checker *c, const struct record *rec, size_t cell)
{
    const struct layout_cell *pc = &c->layout->cells[cell];
    const struct field *f = &rec->fields[pc->field];
    struct arena texts = {NULL};
    struct row row = {0};
    struct bad_cell bad;
    if (!pc->column || pc->column->type == SLOT_NAME ||
        (pc->column->type == SLOT_CASE_ID && c->has_hash))
        return false;
    if (pc->column->type == SLOT_UNIT)
        return directory_unit_named(c->directory, f->text, f->n) != NULL;
    checker_start_row(c);
    bool ok = cell_read_range(c, rec, cell, cell + 1, &texts, &row, &bad);
    arena_free(&texts);
    return ok;
}

static bool may_be_remark(struct checker *c, const struct record *rec)
{
    const struct layout *p = c->layout;
    size_t filled = 0, most = rec->count / 3 > 2 ? rec->count / 3 : 2;
    for (size_t i = 0; i < rec->count && filled <= most; i++)
        filled += !record_is_blank_cell(rec, i);
    if (filled > most || checker_is_total(c, rec))
        return false;
    for (size_t i = 0; i < p->cell_count; i++) {
        size_t field = p->cells[i].field;
        if (field == NO_ENTRY || record_is_blank_cell(rec, field))
            continue;
        if ((rec->faults && rec->faults[field] != CELL_GOOD) || reads_well(c, rec, i))
            return false;
    }
    for (size_t i = 0; i < p->period_count; i++)
        if (!record_is_blank_cell(rec, p->periods[i].field))
            return false;
    return true;
}

static bool hold(struct remarks *r, const struct record *rec, struct err *e)
{
    struct field *fields = arena_alloc(&r->arena, (rec->count + 1) * sizeof *fields);
    if (!fields)
        return err_memory(e);
    for (size_t i = 0; i < rec->count; i++) {
        const struct field *f = &rec->fields[i];
        fields[i] = (struct field){arena_copy(&r->arena, f->text, f->n), f->n};
        if (!fields[i].text)
            return err_memory(e);
    }
    r->held[r->held_count++] =
        (struct record){.line = rec->line, .count = rec->count, .fields = fields};
    return true;
}

static bool release(struct remarks *r, struct outlet *out, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < r->held_count; i++)
        ok = checker_record(r->checker, &r->held[i], out, e);
    r->held_count = 0;
    arena_free(&r->arena);
    return ok;
}

bool remarks_record(struct remarks *r, const struct record *rec, struct outlet *out, struct err *e)
{
    struct checker *c = r->checker;
    if (is_hollow(c->layout, rec) && !checker_is_total(c, rec)) {
        if (says_something(rec))
            pass_over(r, rec);
        return true;
    }
    if (r->held_count < REMARKS_HELD && may_be_remark(c, rec))
        return hold(r, rec, e);
    return release(r, out, e) && checker_record(c, rec, out, e);
}

bool remarks_end(struct remarks *r, struct outlet *out, struct err *e)
{
    struct checker *c = r->checker;
    if (!out->batch)
        return true;
    for (size_t i = 0; i < r->held_count; i++)
        pass_over(r, &r->held[i]);
    if (!r->passed)
        return true;
    struct buf *warnings = &out->batch->warnings;
    buf_addf(warnings,
             tr(c->lang, "%s:%zu: rows that hold notes or signatures, not data, were passed over "
                         "(from this one on: %zu)"),
             c->file, r->first_line, r->passed);
    buf_addc(warnings, '\n');
    return !warnings->failed || err_memory(e);
}
