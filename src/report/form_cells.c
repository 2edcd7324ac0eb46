/* form_cells.c: the words in the cells of a sheet: by the number of a shared string, or inline. */
#include "report/form_parts.h"

struct cell_reading {
    struct form_file *f;
    struct form_part *part;
    struct xml_tag start;
    struct form_text text;
    size_t type_from, type_to; /* the attribute's bytes; equal: none */
    bool is_shared, is_formula;
    struct buf place;
};

static bool add_cell(struct cell_reading *c, size_t token, size_t from, size_t to,
                     const struct xml_tag *inside, struct err *e)
{
    void *cells = c->part->cells;
    if (!array_grow(&cells, &c->part->cell_cap, c->part->cell_count + 1, sizeof *c->part->cells, e))
        return false;
    c->part->cells = cells;
    c->part->cells[c->part->cell_count++] =
        (struct form_cell){.token = token,
                           .type_from = c->type_from,
                           .type_to = c->type_to,
                           .from = from,
                           .to = to,
                           .is_inline = inside != NULL,
                           .prefix = c->start.name - c->start.prefix_n,
                           .prefix_n = c->start.prefix_n};
    return true;
}

static void start_cell(struct cell_reading *c, const struct xml_tag *tag)
{
    const struct buf *b = &c->part->bytes;
    size_t start, from, to;
    c->start = *tag;
    c->type_from = c->type_to = 0;
    c->is_shared = c->is_formula = false;
    if (xml_attribute(b, tag, "t", &start, &from, &to)) {
        c->type_from = start - 1; /* the blank before it */
        c->type_to = to + 1;
        c->is_shared = to - from == 1 && b->data[from] == 's';
    }
    buf_clear(&c->place);
    buf_addf(&c->place, "%s!", c->part->title ? c->part->title : c->part->name);
    if (xml_attribute(b, tag, "r", &start, &from, &to))
        buf_add(&c->place, b->data + from, to - from);
}

/* <v>12</v>: the number of a shared string. */
static bool take_shared(struct cell_reading *c, const struct xml_tag *v, struct err *e)
{
    const struct buf *b = &c->part->bytes;
    size_t at = v->to, number = 0;
    for (; at < b->len && b->data[at] >= '0' && b->data[at] <= '9'; at++)
        number = number < SIZE_MAX / 20 ? number * 10 + (size_t)(b->data[at] - '0') : number;
    if (!c->is_shared || at == v->to || number >= c->f->string_count)
        return true;
    const struct form_string *s = &c->f->strings[number];
    const struct form_found found = {s->first, s->count, s->alone};
    return form_found_use(c->f, &found, buf_text(&c->place), e) &&
           (s->alone == NO_TOKEN || add_cell(c, s->alone, v->to, at, NULL, e));
}

/* One token alone makes the cell; its edits then know it. */
static bool take_inline(struct cell_reading *c, size_t *at, const struct xml_tag *is, struct err *e)
{
    struct xml_tag end = *is;
    struct form_found found;
    size_t first = c->part->edit_count, cell = c->part->cell_count;
    if (!form_text_read(c->part, at, "is", &c->text, &end, e) ||
        !form_text_take(c->f, c->part, &c->text, &found, e) ||
        !form_found_use(c->f, &found, buf_text(&c->place), e))
        return false;
    if (found.alone == NO_TOKEN)
        return true;
    for (size_t i = first; i < c->part->edit_count; i++)
        c->part->edits[i].cell = cell;
    return add_cell(c, found.alone, is->from, end.to, is, e);
}

/* What a formula showed is no longer so, and not every program works it out anew when told to. */
static bool drop_result(struct cell_reading *c, size_t *at, const struct xml_tag *v, struct err *e)
{
    struct xml_tag end = *v;
    while (!(end.is_end && xml_is(&c->part->bytes, &end, "v")) &&
           xml_next(&c->part->bytes, at, &end))
        ;
    const struct form_edit edit = {
        .from = v->from, .to = end.to, .token = NO_TOKEN, .cell = NO_TOKEN};
    return form_edit_add(c->part, &edit, e);
}

static bool take_value(struct cell_reading *c, size_t *at, const struct xml_tag *v, struct err *e)
{
    return c->is_formula ? drop_result(c, at, v, e) : take_shared(c, v, e);
}

bool form_find_in_sheet(struct form_file *f, struct form_part *part, struct err *e)
{
    struct cell_reading c = {.f = f, .part = part};
    struct xml_tag tag;
    bool ok = true;
    for (size_t at = 0; ok && xml_next(&part->bytes, &at, &tag);) {
        if (tag.is_end)
            continue;
        if (xml_is(&part->bytes, &tag, "c"))
            start_cell(&c, &tag);
        else if (xml_is(&part->bytes, &tag, "v") && !tag.is_empty)
            ok = take_value(&c, &at, &tag, e);
        else if (xml_is(&part->bytes, &tag, "is") && !tag.is_empty)
            ok = take_inline(&c, &at, &tag, e);
        c.is_formula |= xml_is(&part->bytes, &tag, "f");
        part->has_formulas |= c.is_formula;
    }
    form_text_free(&c.text);
    buf_free(&c.place);
    return ok;
}
