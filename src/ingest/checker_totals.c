/* checker_totals.c: rows of a file that state totals. */
#include "base/num.h"
#include "ingest/checker.h"
#include "ingest/fields.h"

bool record_is_total_cell(const struct record *rec, size_t field)
{
    return field < rec->count && totals_is_word(rec->fields[field].text, rec->fields[field].n);
}

bool record_is_blank_cell(const struct record *rec, size_t field)
{
    const char *text = rec->fields[field].text;
    size_t n = rec->fields[field].n;
    if (rec->faults && rec->faults[field] != CELL_GOOD)
        return false;
    return !n || !field_trim(&text, &n);
}

bool checker_is_total(const struct checker *c, const struct record *rec)
{
    bool total = record_is_total_cell(rec, 0);
    for (size_t i = 0; i < c->layout->cell_count; i++) {
        const struct layout_cell *pc = &c->layout->cells[i];
        if (pc->field == NO_ENTRY || !pc->column)
            continue;
        enum slot_type type = pc->column->type;
        bool says = record_is_total_cell(rec, pc->field);
        if (type == SLOT_CASE_ID && !says && !record_is_blank_cell(rec, pc->field))
            return false;
        if (type == SLOT_CASE_ID || type == SLOT_UNIT || type == SLOT_OLD_UNIT ||
            type == SLOT_CATEGORY || type == SLOT_CATEGORIES)
            total = total || says;
    }
    return total;
}

/* What the total states besides the total: cells that cannot be read state nothing. */
static void read_stated(struct checker *c, const struct record *rec, size_t first, size_t last,
                        struct arena *texts, struct row *stated)
{
    for (size_t i = first; i < last; i++) {
        struct bad_cell bad;
        size_t field = c->layout->cells[i].field;
        if (field == NO_ENTRY || !record_is_total_cell(rec, field))
            cell_read_range(c, rec, i, i + 1, texts, stated, &bad);
    }
}

/* Whole numbers of a total under cases that are in no column of counts may be the number of rows.
 */
static void compare_rows(struct checker *c, const struct record *rec, const struct total_place *at,
                         struct buf *warnings)
{
    int64_t stated = -1;
    for (size_t field = 0; field < rec->count; field++) {
        bool counted = false, fractional;
        int64_t number;
        for (size_t i = 0; i < c->layout->cell_count; i++)
            counted =
                counted || (c->layout->cells[i].field == field && c->layout->cells[i].column &&
                            c->layout->cells[i].column->type == SLOT_COUNT);
        if (counted ||
            !num_parse_int(rec->fields[field].text, rec->fields[field].n, &number, &fractional))
            continue;
        if (number == c->totals.rows)
            return;
        stated = stated < 0 ? number : stated;
    }
    if (stated >= 0)
        totals_compare_rows(&c->totals, stated, at, warnings);
}

static bool compare_periods(struct checker *c, const struct record *rec, struct row *stated,
                            struct total_place *at, struct batch *b, struct err *e)
{
    for (size_t p = 0; p < c->layout->period_count; p++) {
        const struct layout_period *period = &c->layout->periods[p];
        const char *reason;
        stated->slots[CNT_FROM] = (struct value){VALUE_INT, {.i = period->span.from}};
        stated->slots[CNT_TO] = (struct value){VALUE_INT, {.i = period->span.to}};
        at->column = period->head;
        cell_read_count(c, &rec->fields[period->field], &stated->slots[CNT_COUNT], &reason);
        if (!totals_compare(&c->totals, stated, at, &b->warnings, e))
            return false;
    }
    return true;
}

bool checker_compare_total(struct checker *c, const struct record *rec, struct batch *b,
                           struct err *e)
{
    struct row stated = {.line = rec->line};
    struct total_place at = {c->file, line_number(rec->line), NULL, c->refused, c->lang};
    enum kind_id kind = c->layout->kind->id;
    checker_start_row(c);
    read_stated(c, rec, 0, c->layout->first_placed, &b->arena, &stated);
    c->at = c->layout->period_count ? c->layout->periods[0].span.from : cell_row_day(c, &stated);
    read_stated(c, rec, c->layout->first_placed, c->layout->cell_count, &b->arena, &stated);
    if (c->layout->period_count)
        return compare_periods(c, rec, &stated, &at, b, e);
    if (kind == KIND_INCIDENTS || kind == KIND_OUTCOMES)
        compare_rows(c, rec, &at, &b->warnings);
    return totals_compare(&c->totals, &stated, &at, &b->warnings, e);
}
