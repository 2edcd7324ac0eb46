/* form_find.c: where the words in braces stand in strings and paragraphs. */
#include <stdlib.h>

#include "report/form_parts.h"

static bool add_string(struct form_file *f, const struct form_found *found, struct err *e)
{
    void *strings = f->strings;
    if (!array_grow(&strings, &f->string_cap, f->string_count + 1, sizeof *f->strings, e))
        return false;
    f->strings = strings;
    f->strings[f->string_count++] = (struct form_string){found->first, found->count, found->alone};
    return true;
}

static bool find_in_strings(struct form_file *f, struct form_part *part, struct err *e)
{
    struct form_text t = {0};
    struct xml_tag tag;
    struct form_found found;
    bool ok = true;
    for (size_t at = 0; ok && xml_next(&part->bytes, &at, &tag);) {
        if (tag.is_end || !xml_is(&part->bytes, &tag, "si"))
            continue;
        form_text_clear(&t);
        ok = (tag.is_empty || form_text_read(part, &at, "si", &t, &tag, e)) &&
             form_text_take(f, part, &t, &found, e) && add_string(f, &found, e);
    }
    form_text_free(&t);
    return ok;
}

static bool end_paragraph(struct form_file *f, struct form_part *part, struct form_text *t,
                          struct err *e)
{
    struct form_found found;
    bool ok = form_text_take(f, part, t, &found, e) && form_found_use(f, &found, part->name, e);
    form_text_clear(t);
    return ok;
}

/* Paragraphs hold others (of text boxes): where any begins or ends, a text does. */
static bool find_in_text(struct form_file *f, struct form_part *part, struct err *e)
{
    struct form_text t = {0};
    struct xml_tag tag;
    bool ok = true;
    struct xml_tag start = {0};
    for (size_t at = 0; ok && xml_next(&part->bytes, &at, &tag);) {
        if (xml_is(&part->bytes, &tag, "p"))
            ok = end_paragraph(f, part, &t, e);
        else if (!xml_is(&part->bytes, &tag, "t"))
            continue;
        else if (!tag.is_end)
            start = tag;
        else
            ok = form_text_add(&t, part, &start, tag.from, e);
    }
    form_text_free(&t);
    return ok;
}

static int by_place(const void *a, const void *b)
{
    const struct form_edit *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

static bool find(struct form_file *f, struct form_part *part, struct err *e)
{
    switch (part->kind) {
    case FORM_STRINGS:
        return find_in_strings(f, part, e);
    case FORM_SHEET:
        return form_find_in_sheet(f, part, e);
    case FORM_TEXT:
        return find_in_text(f, part, e);
    default:
        return true;
    }
}

bool form_find(struct form_file *f, struct form_part *part, struct err *e)
{
    bool ok = find(f, part, e);
    if (part->edit_count)
        qsort(part->edits, part->edit_count, sizeof *part->edits, by_place);
    return ok;
}
