/* What stands between title and foot: cut into units, measured, given sizes and pages. */
#include "base/buf.h"
#include "report/pptx.h"

#include <math.h>
#include <stddef.h>

/* A chart that is lower than that cannot be read from the back of the room. */
#define FIGURE_LEAST 95.0

struct sizes {
    double text_pt, table_pt;
};

/* From what a room reads easily down to the least; the first two are for text alone. */
static const struct sizes steps[] = {{24, 14}, {22, 14}, {20, 14}, {20, 13}, {20, 12},
                                     {18, 12}, {16, 12}, {16, 11}, {14, 11}};
#define STEPS (sizeof steps / sizeof *steps)
#define STEPS_TEXT 2

/* Of what goes over several pages. */
static const struct sizes of_many = {18, 12};
#define LEAST_PT 6

bool pptx_is_text(const struct doc_block *b)
{
    if (b->type == DOC_PARAGRAPH)
        return b->role != DOC_NOTE && b->role != DOC_SOURCE;
    return b->type == DOC_HEADING;
}

bool pptx_is_shown(const struct doc_block *b)
{
    return b->type == DOC_PARAGRAPH || b->type == DOC_HEADING || b->type == DOC_TABLE ||
           b->type == DOC_FIGURE;
}

/* ---- units ---- */

static void add_unit(struct pptx_body *body, const struct doc_block *b, size_t row)
{
    void *units = body->units;
    bool ok = array_grow(&units, &body->cap, body->count + 1, sizeof *body->units, NULL);
    body->failed |= !ok;
    if (!ok)
        return;
    body->units = units;
    body->units[body->count++] = (struct pptx_unit){.block = b, .row = row};
}

static void add_table(struct pptx_body *body, const struct doc_block *b)
{
    add_unit(body, b, 0);
    for (size_t row = 1; row < b->table->row_count; row++)
        add_unit(body, b, row);
}

void pptx_body_fill(struct pptx_body *body, const struct doc *d, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        const struct doc_block *b = d->blocks[i];
        if (b->type == DOC_TABLE)
            add_table(body, b);
        else if (pptx_is_shown(b) && !(b->type == DOC_PARAGRAPH && b->role == DOC_SOURCE))
            add_unit(body, b, 0);
    }
}

/* ---- heights ---- */

static bool is_bold(const struct doc_block *b)
{
    bool bold = b->type == DOC_HEADING;
    for (size_t i = 0; i < b->run_count; i++)
        bold |= b->runs[i].bold;
    return bold;
}

/* With half a line behind it. */
static double text_mm(const struct doc_block *b, double pt)
{
    struct buf text = {0};
    doc_block_text(b, &text);
    double width = PPTX_BODY.w - (b->role == DOC_BULLET ? pptx_bullet_mm(pt) : 0);
    double mm = pptx_lines_mm(pptx_lines(buf_text(&text), is_bold(b), pt, width), pt);
    buf_free(&text);
    return mm + pptx_after_mm(pt);
}

static double note_mm(const struct doc_block *b)
{
    struct buf text = {0};
    doc_block_text(b, &text);
    size_t lines =
        pptx_lines(buf_text(&text), false, PPTX_NOTE_PT, PPTX_BODY.w - 4 * PPTX_NOTE_PAD);
    buf_free(&text);
    return pptx_lines_mm(lines, PPTX_NOTE_PT) + 2 * PPTX_NOTE_PAD;
}

static void measure_unit(const struct pptx_body *body, struct pptx_unit *u)
{
    const struct doc_block *b = u->block;
    if (b->type == DOC_TABLE) {
        u->head_mm = pptx_head_mm(b->table, body->table_pt);
        u->mm = u->row < b->table->row_count ? pptx_row_mm(b->table, u->row, body->table_pt) : 0;
    } else if (b->type == DOC_FIGURE) {
        u->mm = fmin(FIGURE_LEAST, body->height_mm);
    } else {
        u->mm = pptx_is_text(b) ? text_mm(b, body->text_pt) : note_mm(b);
    }
}

static void measure(struct pptx_body *body, struct sizes sizes)
{
    body->text_pt = sizes.text_pt;
    body->table_pt = sizes.table_pt;
    for (size_t i = 0; i < body->count; i++)
        measure_unit(body, &body->units[i]);
}

/* ---- pages ---- */

static bool continues(const struct pptx_body *body, size_t i)
{
    const struct doc_block *before = body->units[i - 1].block, *b = body->units[i].block;
    return (before == b && b->type == DOC_TABLE) || (pptx_is_text(before) && pptx_is_text(b));
}

/* What unit i adds to a page that began with `from`. */
static double added_mm(const struct pptx_body *body, size_t from, size_t i)
{
    const struct pptx_unit *u = &body->units[i];
    if (i == from)
        return u->head_mm + u->mm;
    return continues(body, i) ? u->mm : PPTX_GAP + u->head_mm + u->mm;
}

size_t pptx_body_page(const struct pptx_body *body, size_t from)
{
    size_t end = from;
    double used = 0;
    for (; end < body->count; end++) {
        used += added_mm(body, from, end);
        if (end > from && used > body->limit_mm)
            break;
    }
    /* A heading stays with what it heads. */
    while (end < body->count && end > from + 1 && body->units[end - 1].block->type == DOC_HEADING)
        end--;
    return end;
}

static size_t pages(struct pptx_body *body, double limit_mm)
{
    size_t n = 0;
    body->limit_mm = limit_mm;
    for (size_t at = 0; at < body->count; at = pptx_body_page(body, at))
        n++;
    return n;
}

static bool has_page_for_each(const struct pptx_body *body)
{
    for (size_t i = 0; i < body->count; i++)
        if (added_mm(body, i, i) > body->height_mm)
            return false;
    return true;
}

static bool is_text_alone(const struct pptx_body *body)
{
    for (size_t i = 0; i < body->count; i++)
        if (!pptx_is_text(body->units[i].block))
            return false;
    return true;
}

/* The largest sizes at which there are no more than that many pages. */
static bool fit_pages(struct pptx_body *body, size_t most)
{
    for (size_t i = is_text_alone(body) ? 0 : STEPS_TEXT; i < STEPS; i++) {
        measure(body, steps[i]);
        if (has_page_for_each(body) && pages(body, body->height_mm) <= most)
            return true;
    }
    return false;
}

/* How many pages it takes at sizes that can be read, or that a very long cell needs. */
static size_t pages_needed(struct pptx_body *body)
{
    struct sizes sizes = of_many;
    measure(body, sizes);
    while (!has_page_for_each(body) && sizes.table_pt > LEAST_PT) {
        sizes.table_pt--;
        sizes.text_pt = fmax(LEAST_PT, sizes.text_pt - 2);
        measure(body, sizes);
    }
    return pages(body, body->height_mm);
}

void pptx_body_fit(struct pptx_body *body)
{
    if (fit_pages(body, 1))
        return;
    size_t most = pages_needed(body);
    struct sizes sizes = {body->text_pt, body->table_pt};
    if (!fit_pages(body, most)) {
        measure(body, sizes);
        pages(body, body->height_mm);
    }
    /* None much emptier than the others. */
    double limit = body->height_mm;
    while (limit > 1 && pages(body, limit - 1) == most)
        limit--;
    body->limit_mm = limit;
}

size_t pptx_body_group(const struct pptx_body *body, size_t from, size_t end)
{
    size_t at = from + 1;
    while (at < end && continues(body, at))
        at++;
    return at;
}

double pptx_body_mm(const struct pptx_body *body, size_t from, size_t end)
{
    double mm = 0;
    for (size_t i = from; i < end; i++)
        mm += added_mm(body, from, i);
    return mm;
}
