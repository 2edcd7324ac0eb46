/* The arithmetic of cells: covered days cut into pieces of months, cases added to them. */
#include "cli/export_cells.h"
#include "series/flow.h"

/* The last day from d on that is in one month, and on one side of the validity's ends. */
static day piece_end(day d, struct calendar c, struct span valid)
{
    int year, month;
    calendar_locate(c, d, &year, &month);
    day end = calendar_month(c, year, month).to;
    if (d < valid.from && valid.from <= end)
        end = valid.from - 1;
    if (d <= valid.to && valid.to < end)
        end = valid.to;
    return end;
}

static bool add_piece(struct span span, bool expected, struct cell_piece **pieces, size_t *count,
                      size_t *cap, struct err *e)
{
    void *grown = *pieces;
    if (!array_grow(&grown, cap, *count + 1, sizeof **pieces, e))
        return false;
    *pieces = grown;
    (*pieces)[(*count)++] = (struct cell_piece){.span = span, .expected = expected};
    return true;
}

bool cell_pieces(const struct spans *covered, struct span within, struct calendar c,
                 struct span valid, struct cell_piece **pieces, size_t *count, size_t *cap,
                 struct err *e)
{
    bool ok = true;
    *count = 0;
    for (size_t i = 0; ok && i < covered->count; i++) {
        struct span rest = span_intersect(covered->items[i], within);
        while (ok && !span_is_empty(rest)) {
            day end = piece_end(rest.from, c, valid);
            struct span span = {rest.from, end < rest.to ? end : rest.to};
            ok = add_piece(span, span_has(valid, span.from), pieces, count, cap, e);
            rest.from = span.to + 1;
        }
    }
    return ok;
}

/* The first piece that ends on d or later. */
static size_t piece_from(const struct cell_piece *pieces, size_t count, day d)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (pieces[middle].span.to < d)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct cell_piece *piece_of(struct cell_piece *pieces, size_t count, day d)
{
    size_t i = d == DAY_NONE ? count : piece_from(pieces, count, d);
    return i < count && span_has(pieces[i].span, d) ? &pieces[i] : NULL;
}

/* A blank makes the sum unknown, for good. */
static void add_amount(int64_t *sum, int64_t n)
{
    *sum = *sum < 0 || n < 0 ? -1 : *sum + n;
}

static void add_flows(struct cell_piece *pieces, size_t count, const struct case_fact *f)
{
    struct cell_piece *closed = piece_of(pieces, count, f->closed);
    if (closed && f->is_resolved)
        closed->numbers[NUMBER_RESOLVED]++;
    if (closed && f->is_transferred)
        closed->numbers[NUMBER_TRANSFERRED]++;
    if (closed && f->is_suspended)
        closed->numbers[NUMBER_SUSPENDED]++;
    day end = f->closed == DAY_NONE ? DAY_MAX : f->closed;
    day due = flow_due_extended(f->received);
    for (size_t i = piece_from(pieces, count, f->received); i < count && pieces[i].span.from <= end;
         i++) {
        pieces[i].numbers[NUMBER_CARRIED_OVER] += pieces[i].span.from > f->received;
        pieces[i].numbers[NUMBER_OVERDUE] += pieces[i].span.to < end && pieces[i].span.to > due;
    }
}

/* Blank is not shown to be supported (contract 5); more than there are is a slip. */
static int64_t shown_supported(const struct case_fact *f)
{
    int64_t n = f->supported < 0 || f->victims < 0 ? 0 : f->supported;
    return n < f->victims ? n : f->victims < 0 ? 0 : f->victims;
}

bool cell_add(struct cell_piece *pieces, size_t count, const struct case_fact *f, bool flows)
{
    if (flows && f->received != DAY_NONE)
        add_flows(pieces, count, f);
    struct cell_piece *p = piece_of(pieces, count, f->on);
    if (!p)
        return false;
    p->numbers[NUMBER_ACCEPTED]++;
    if (!f->is_case)
        return true;
    p->numbers[NUMBER_COUNT]++;
    p->numbers[NUMBER_SOLVED] += f->is_solved;
    add_amount(&p->numbers[NUMBER_OFFENDERS], f->offenders);
    add_amount(&p->numbers[NUMBER_VICTIMS], f->victims);
    p->numbers[NUMBER_SUPPORTED] += shown_supported(f);
    return true;
}
