/* form_fill.c: a form's parts with figures for their words, and the package around them. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/form_parts.h"
#include "report/package.h"

struct filling {
    struct form_part *part;
    const struct form_value *values;
    struct buf *out;
    size_t at; /* copied up to here */
};

static void copy_to(struct filling *f, size_t to)
{
    if (to > f->at)
        buf_add(f->out, f->part->bytes.data + f->at, to - f->at);
    f->at = to > f->at ? to : f->at;
}

/* <c r="B2" s="1" t="s"><v>7</v></c> becomes <c r="B2" s="1"><v>22</v></c>. */
static void fill_cell(struct filling *f, const struct form_cell *c)
{
    const char *prefix = f->part->bytes.data + c->prefix;
    copy_to(f, c->type_from);
    f->at = c->type_to;
    copy_to(f, c->from);
    if (c->is_inline)
        buf_addf(f->out, "<%.*sv>", (int)c->prefix_n, prefix);
    buf_addf(f->out, "%" PRId64, f->values[c->token].number);
    if (c->is_inline)
        buf_addf(f->out, "</%.*sv>", (int)c->prefix_n, prefix);
    f->at = c->to;
}

static bool becomes_number(const struct filling *f, size_t cell)
{
    return cell < f->part->cell_count && f->values[f->part->cells[cell].token].is_number &&
           f->part->cells[cell].is_inline;
}

static void fill_edit(struct filling *f, const struct form_edit *edit)
{
    copy_to(f, edit->from);
    if (edit->token != NO_TOKEN)
        package_escape(f->out, f->values[edit->token].text);
    if (edit->keeps_blanks)
        buf_adds(f->out, " xml:space=\"preserve\"");
    f->at = edit->to;
}

/* Cells and edits, both ascending, as one. An edit of a cell that becomes a number is that cell's.
 */
static void fill_part(struct filling *f)
{
    const struct form_part *part = f->part;
    size_t edit = 0, cell = 0;
    while (edit < part->edit_count || cell < part->cell_count) {
        bool is_cell = cell < part->cell_count && (edit == part->edit_count ||
                                                   part->cells[cell].from < part->edits[edit].from);
        if (!is_cell && !becomes_number(f, part->edits[edit].cell))
            fill_edit(f, &part->edits[edit]);
        else if (is_cell && f->values[part->cells[cell].token].is_number)
            fill_cell(f, &part->cells[cell]);
        cell += is_cell;
        edit += !is_cell;
    }
    copy_to(f, part->bytes.len);
}

/* ---- the workbook's formulas ---- */

/* Where calcPr stands, else where it may: behind the first of these that is there (18.2.27). */
static bool find_calc(const struct buf *b, struct xml_tag *tag, bool *is_there)
{
    static const char *const before[] = {"definedNames", "externalReferences", "functionGroups",
                                         "sheets"};
    enum { BEFORE = sizeof before / sizeof before[0] };
    struct xml_tag t;
    size_t rank = BEFORE;
    *is_there = false;
    for (size_t at = 0; !*is_there && xml_next(b, &at, &t);) {
        *is_there = !t.is_end && xml_is(b, &t, "calcPr");
        if (*is_there)
            *tag = t;
        for (size_t i = 0; i < rank && (t.is_end || t.is_empty); i++)
            if (xml_is(b, &t, before[i])) {
                rank = i;
                *tag = t;
            }
    }
    return *is_there || rank < BEFORE;
}

static void fill_workbook(struct filling *f)
{
    static const char on[] = " fullCalcOnLoad=\"1\"";
    const struct buf *b = &f->part->bytes;
    struct xml_tag tag;
    bool is_there;
    size_t start, from, to;
    if (find_calc(b, &tag, &is_there) && !is_there) {
        copy_to(f, tag.to);
        const char *prefix = b->data + tag.name - tag.prefix_n;
        buf_addf(f->out, "<%.*scalcPr%s/>", (int)tag.prefix_n, prefix, on);
    } else if (is_there && xml_attribute(b, &tag, "fullCalcOnLoad", &start, &from, &to)) {
        copy_to(f, from);
        buf_addc(f->out, '1');
        f->at = to;
    } else if (is_there) {
        copy_to(f, tag.name + tag.name_n);
        buf_adds(f->out, on);
    }
    copy_to(f, b->len);
}

/* ---- the package ---- */

/* The parts that change, each once more; *count of them. */
static bool make_parts(struct form_file *f, const struct form_value *values, struct buf *made,
                       struct package_change *changes, size_t *count)
{
    bool formulas = form_has_formulas(f) && f->token_count, ok = true;
    for (size_t i = 0; ok && i < f->part_count; i++) {
        struct form_part *part = &f->parts[i];
        struct buf *out = &made[*count];
        struct filling filling = {.part = part, .values = values, .out = out};
        bool workbook = part->kind == FORM_WORKBOOK && formulas;
        if (!part->edit_count && !part->cell_count && !workbook)
            continue;
        if (workbook)
            fill_workbook(&filling);
        else
            fill_part(&filling);
        ok = !out->failed;
        changes[(*count)++] = (struct package_change){part->name, buf_text(out), out->len};
    }
    return ok;
}

bool form_fill(struct form_file *f, const struct form_value *values, struct buf *file,
               struct err *e)
{
    struct package_change *changes = calloc(f->part_count + 1, sizeof *changes);
    struct buf *made = calloc(f->part_count + 1, sizeof *made);
    size_t count = 0;
    bool ok = changes && made && make_parts(f, values, made, changes, &count);
    ok = ok ? package_change(&f->whole, changes, count, f->path, file, e) : err_memory(e);
    for (size_t i = 0; made && i < count; i++)
        buf_free(&made[i]);
    free(made);
    free(changes);
    return ok;
}
