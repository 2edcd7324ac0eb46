/* record_document.c: the elements of word/document.xml. */
#include <stdlib.h>
#include <string.h>

#include "report/record_reading.h"

/* ---- tables ---- */

static void start_table(struct reading *x, const char *const *attributes)
{
    (void)attributes;
    x->table += !x->tables++;
}

static void end_table(struct reading *x)
{
    x->tables--;
}

static void start_row(struct reading *x, const char *const *attributes)
{
    (void)attributes;
    if (x->tables == 1)
        reading_start_row(x);
}

static void end_row(struct reading *x)
{
    if (x->tables == 1 && x->in_row)
        reading_end_row(x);
}

static void start_cell(struct reading *x, const char *const *attributes)
{
    (void)attributes;
    if (x->tables != 1)
        return;
    buf_clear(&x->cell);
    x->span = 1;
}

static void end_cell(struct reading *x)
{
    if (x->tables == 1 && x->in_row)
        reading_end_cell(x);
}

static void start_row_properties(struct reading *x, const char *const *attributes)
{
    (void)attributes;
    x->in_row_properties = true;
}

static void end_row_properties(struct reading *x)
{
    x->in_row_properties = false;
}

/* ---- controls ---- */

static void start_control(struct reading *x, const char *const *attributes)
{
    (void)attributes;
    x->controls++;
}

static void end_control(struct reading *x)
{
    if (x->own == x->controls)
        x->own = 0;
    x->controls--;
    x->is_prompt &= x->own > 0;
}

static void name_control(struct reading *x, const char *const *attributes)
{
    const char *value = office_attribute(attributes, "val");
    bool ours = value && (!strcmp(value, RECORD_TAG) || !strcmp(value, record_title(LANG_VI)) ||
                          !strcmp(value, record_title(LANG_EN)));
    if (ours && x->controls && !x->own) {
        x->own = x->controls;
        x->is_prompt = false;
    }
}

static void start_placeholder(struct reading *x, const char *const *attributes)
{
    (void)attributes;
    x->is_prompt |= x->own && x->own == x->controls;
}

/* ---- properties ---- */

static bool is_on(const char *const *attributes)
{
    const char *value = office_attribute(attributes, "val");
    return !value || (strcmp(value, "0") && strcmp(value, "false") && strcmp(value, "off") &&
                      strcmp(value, "none"));
}

static void set_style(struct reading *x, const char *const *attributes)
{
    const char *id = office_attribute(attributes, "val");
    if (x->paragraphs == 1 && id)
        x->style = record_style_of(x->styles, id);
}

static void set_look(struct reading *x, const char *const *attributes)
{
    const char *id = office_attribute(attributes, "val");
    if (!x->in_run || !id)
        return;
    struct record_style style = record_style_of(x->styles, id);
    x->bold |= style.bold;
    x->italic |= style.italic;
}

static void set_bold(struct reading *x, const char *const *attributes)
{
    if (x->in_run)
        x->bold = is_on(attributes);
}

static void set_italic(struct reading *x, const char *const *attributes)
{
    if (x->in_run)
        x->italic = is_on(attributes);
}

static void set_list(struct reading *x, const char *const *attributes)
{
    const char *value = office_attribute(attributes, "val");
    if (!value || x->paragraphs != 1)
        return;
    x->list = arena_text(&x->r->arena, value);
    x->r->failed |= !x->list;
}

static void set_level(struct reading *x, const char *const *attributes)
{
    const char *value = office_attribute(attributes, "val");
    if (value && x->paragraphs == 1)
        x->level = atoi(value);
}

static void set_span(struct reading *x, const char *const *attributes)
{
    const char *value = office_attribute(attributes, "val");
    int n = value ? atoi(value) : 1;
    if (x->tables == 1)
        x->span = n < 1 ? 1 : n > 63 ? 63 : n;
}

static void set_head(struct reading *x, const char *const *attributes)
{
    if (x->tables == 1)
        x->row_is_head = is_on(attributes);
}

/* ---- paragraphs and runs ---- */

static void start_paragraph(struct reading *x, const char *const *attributes)
{
    (void)attributes;
    reading_start_paragraph(x);
}

static void start_run(struct reading *x, const char *const *attributes)
{
    (void)attributes;
    x->in_run = true;
    x->bold = x->italic = false;
}

static void end_run(struct reading *x)
{
    x->in_run = false;
}

static void start_mark(struct reading *x, const char *const *attributes)
{
    (void)attributes;
    x->in_mark = !x->in_run;
}

static void end_mark(struct reading *x)
{
    x->in_mark = false;
}

static void start_text(struct reading *x, const char *const *attributes)
{
    (void)attributes;
    x->in_text = true;
}

static void end_text(struct reading *x)
{
    x->in_text = false;
}

static void add_break(struct reading *x, const char *const *attributes)
{
    const char *type = office_attribute(attributes, "type");
    if (x->in_run)
        reading_text(x, type ? " " : "\n", 1);
}

/* A w:tab of w:tabs stands in no run. */
static void add_blank(struct reading *x, const char *const *attributes)
{
    (void)attributes;
    if (x->in_run)
        reading_text(x, " ", 1);
}

static void add_hyphen(struct reading *x, const char *const *attributes)
{
    (void)attributes;
    if (x->in_run)
        reading_text(x, "-", 1);
}

static void add_picture(struct reading *x, const char *const *attributes)
{
    (void)attributes;
    x->has_picture = true;
}

static void name_picture(struct reading *x, const char *const *attributes)
{
    const char *alt = office_attribute(attributes, "descr");
    buf_clear(&x->alt);
    buf_adds(&x->alt, alt ? alt : "");
}

static void add_comment(struct reading *x, const char *const *attributes)
{
    (void)attributes;
    x->r->comments++;
}

static void add_footnote(struct reading *x, const char *const *attributes)
{
    (void)attributes;
    x->r->footnotes++;
}

/* ---- what was deleted, and how things were before ---- */

/* Of a paragraph's mark or a row a deletion is an empty element among the properties. */
static void start_deletion(struct reading *x, const char *const *attributes)
{
    (void)attributes;
    x->joins_next |= x->in_mark && x->paragraphs == 1;
    x->row_deleted |= x->in_row_properties && x->tables == 1;
    x->dropped = 1;
}

static void start_dropped(struct reading *x, const char *const *attributes)
{
    (void)attributes;
    x->dropped = 1;
}

/* ---- the elements ---- */

static const struct element {
    const char *name;
    void (*start)(struct reading *x, const char *const *attributes);
    void (*end)(struct reading *x);
} elements[] = {
    {"p", start_paragraph, reading_end_paragraph},
    {"r", start_run, end_run},
    {"t", start_text, end_text},
    {"br", add_break, NULL},
    {"cr", add_break, NULL},
    {"tab", add_blank, NULL},
    {"noBreakHyphen", add_hyphen, NULL},
    {"rPr", start_mark, end_mark},
    {"pStyle", set_style, NULL},
    {"rStyle", set_look, NULL},
    {"b", set_bold, NULL},
    {"i", set_italic, NULL},
    {"numId", set_list, NULL},
    {"ilvl", set_level, NULL},
    {"tbl", start_table, end_table},
    {"tr", start_row, end_row},
    {"trPr", start_row_properties, end_row_properties},
    {"tblHeader", set_head, NULL},
    {"tc", start_cell, end_cell},
    {"gridSpan", set_span, NULL},
    {"sdt", start_control, end_control},
    {"tag", name_control, NULL},
    {"alias", name_control, NULL},
    {"showingPlcHdr", start_placeholder, NULL},
    {"drawing", add_picture, NULL},
    {"pict", add_picture, NULL},
    {"object", add_picture, NULL},
    {"docPr", name_picture, NULL},
    {"commentReference", add_comment, NULL},
    {"footnoteReference", add_footnote, NULL},
    {"endnoteReference", add_footnote, NULL},
    {"del", start_deletion, NULL},
    {"moveFrom", start_deletion, NULL},
    {"Fallback", start_dropped, NULL},
    {"pPrChange", start_dropped, NULL},
    {"rPrChange", start_dropped, NULL},
    {"tblPrChange", start_dropped, NULL},
    {"tblGridChange", start_dropped, NULL},
    {"trPrChange", start_dropped, NULL},
    {"tcPrChange", start_dropped, NULL},
    {"sectPrChange", start_dropped, NULL},
};

static const struct element *element_of(const char *name)
{
    for (size_t i = 0; i < sizeof elements / sizeof elements[0]; i++)
        if (!strcmp(elements[i].name, name))
            return &elements[i];
    return NULL;
}

static void on_start(void *context, const char *name, const char *const *attributes)
{
    struct reading *x = context;
    const struct element *element = x->dropped ? NULL : element_of(name);
    if (x->dropped)
        x->dropped++;
    else if (x->r->failed || record_is_full(x->r))
        x->dropped = SIZE_MAX / 2; /* nothing counts any more */
    else if (element)
        element->start(x, attributes);
}

static void on_end(void *context, const char *name)
{
    struct reading *x = context;
    const struct element *element = element_of(name);
    if (x->dropped)
        x->dropped--;
    else if (element && element->end)
        element->end(x);
}

static void on_text(void *context, const char *bytes, size_t n)
{
    struct reading *x = context;
    if (!x->in_text || x->dropped || record_is_full(x->r))
        return;
    x->r->bytes += n;
    reading_text(x, bytes, n);
}

static const struct office_xml xml = {on_start, on_end, on_text};

static void end_reading(struct reading *x)
{
    x->r->failed |= x->raw.failed || x->cell.failed || x->nfc.failed || x->alt.failed;
    free(x->pieces);
    buf_free(&x->raw);
    buf_free(&x->cell);
    buf_free(&x->nfc);
    buf_free(&x->alt);
}

bool record_read_document(struct record *r, struct office *o, const char *path, struct err *e)
{
    struct record_styles styles = {0};
    struct reading x = {.r = r, .styles = &styles};
    struct buf part = {0};
    bool ok = record_main_part(o, &part, e) && record_styles_read(&styles, o, e) &&
              office_read(o, buf_text(&part), &xml, &x, e);
    buf_free(&part);
    end_reading(&x);
    r->failed |= styles.failed;
    record_styles_free(&styles);
    if (!ok)
        return false;
    if (r->failed)
        return err_memory(e);
    return !record_is_full(r) ||
           err_set(e, ERR_INPUT, "%s: is much larger than a report: it is none of keogiam's", path);
}

bool record_read_written(struct record *r, const struct buf *document, struct err *e)
{
    struct reading x = {.r = r};
    bool ok =
        office_read_bytes("word/document.xml", buf_text(document), document->len, &xml, &x, e);
    end_reading(&x);
    return ok && (!r->failed || err_memory(e));
}
