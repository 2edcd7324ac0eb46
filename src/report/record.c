#include "report/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/docx.h"
#include "report/package.h"

const char *record_title(enum lang lang)
{
    return tr(lang, "Your own text");
}

void record_free(struct record *r)
{
    for (size_t i = 0; i < r->count; i++)
        free(r->items[i].cells);
    free(r->items);
    arena_free(&r->arena);
    *r = (struct record){0};
}

struct record_item *record_add(struct record *r, enum record_kind kind)
{
    void *items = r->items;
    if (!array_grow(&items, &r->cap, r->count + 1, sizeof *r->items, NULL)) {
        r->failed = true;
        return NULL;
    }
    r->items = items;
    r->items[r->count] = (struct record_item){.kind = kind, .text = ""};
    return &r->items[r->count++];
}

bool record_is_full(const struct record *r)
{
    return r->count > RECORD_MAX || r->bytes > RECORD_BYTES_MAX;
}

void record_add_cell(struct record *r, const char *text)
{
    struct record_item *item = &r->items[r->count - 1];
    void *cells = item->cells;
    const char *copy = arena_text(&r->arena, text);
    if (!copy ||
        !array_grow(&cells, &item->cell_cap, item->cell_count + 1, sizeof *item->cells, NULL)) {
        r->failed = true;
        return;
    }
    item->cells = cells;
    item->cells[item->cell_count++] = copy;
}

/* ---- the part, written ---- */

static void write_text(struct buf *part, const char *name, const char *text)
{
    buf_addf(part, "<%s>", name);
    package_escape(part, text);
    buf_addf(part, "</%s>", name);
}

static void write_row(struct buf *part, const struct record_item *item)
{
    buf_adds(part, item->is_head ? "<r h=\"1\">" : "<r>");
    for (size_t i = 0; i < item->cell_count; i++)
        write_text(part, "c", item->cells[i]);
    buf_adds(part, "</r>");
}

static void write_item(struct buf *part, const struct record_item *item)
{
    char name[] = "h1";
    switch (item->kind) {
    case RECORD_HEADING:
        name[1] = (char)('0' + item->level);
        write_text(part, name, item->text);
        break;
    case RECORD_TEXT:
        write_text(part, item->is_prompt ? "q" : "p", item->text);
        break;
    case RECORD_ROW:
        write_row(part, item);
        break;
    case RECORD_FIGURE:
        write_text(part, "f", item->text);
        break;
    }
}

void record_write(const struct record *r, struct buf *part)
{
    int table = 0;
    buf_adds(part, DOCX_XML "<keogiamRecord xmlns=\"" RECORD_NAMESPACE "\" of=\"");
    package_escape(part, r->of ? r->of : "");
    buf_adds(part, "\">");
    for (size_t i = 0; i < r->count; i++) {
        const struct record_item *item = &r->items[i];
        if (item->is_own && !item->is_prompt)
            continue;
        if (item->kind == RECORD_ROW && item->table != table)
            buf_adds(part, "<t/>");
        table = item->kind == RECORD_ROW ? item->table : table;
        write_item(part, item);
    }
    buf_adds(part, "</keogiamRecord>");
}

/* ---- the part, read ---- */

struct part_reading {
    struct record *r;
    bool is_ours;
    int table;
    struct buf text;
};

static void start_item(struct part_reading *x, const char *name, const char *const *attributes)
{
    static const struct {
        char name;
        enum record_kind kind;
    } kinds[] = {{'h', RECORD_HEADING},
                 {'p', RECORD_TEXT},
                 {'q', RECORD_TEXT},
                 {'r', RECORD_ROW},
                 {'f', RECORD_FIGURE}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (*name != kinds[i].name)
            continue;
        struct record_item *item = record_add(x->r, kinds[i].kind);
        if (!item)
            return;
        item->level = *name == 'h' && name[1] >= '1' && name[1] <= '9' ? name[1] - '0' : 1;
        item->is_own = item->is_prompt = *name == 'q';
        item->table = x->table;
        item->is_head = office_attribute(attributes, "h") != NULL;
    }
}

static void part_start(void *context, const char *name, const char *const *attributes)
{
    struct part_reading *x = context;
    if (!strcmp(name, "keogiamRecord")) {
        const char *of = office_attribute(attributes, "of");
        x->is_ours = true;
        x->r->of = arena_text(&x->r->arena, of ? of : "");
        x->r->failed |= !x->r->of;
    } else if (x->is_ours && !record_is_full(x->r)) {
        x->table += !strcmp(name, "t");
        start_item(x, name, attributes);
        buf_clear(&x->text);
    }
}

static void part_text(void *context, const char *bytes, size_t n)
{
    struct part_reading *x = context;
    if (!x->is_ours || record_is_full(x->r))
        return;
    x->r->bytes += n;
    buf_add(&x->text, bytes, n);
}

static void part_end(void *context, const char *name)
{
    struct part_reading *x = context;
    if (!x->is_ours || !x->r->count || record_is_full(x->r))
        return;
    struct record_item *last = &x->r->items[x->r->count - 1];
    if (*name == 'c' && last->kind == RECORD_ROW)
        record_add_cell(x->r, buf_text(&x->text));
    else if (strchr("hpqf", *name) && last->kind != RECORD_ROW) {
        const char *copy = arena_text(&x->r->arena, buf_text(&x->text));
        x->r->failed |= !copy;
        last->text = copy ? copy : "";
    }
}

bool record_read(struct record *r, struct office *o, bool *found, struct err *e)
{
    static const struct office_xml xml = {part_start, part_end, part_text};
    struct part_reading x = {.r = r};
    bool ok = true;
    for (int i = 1; ok && !x.is_ours && i <= 20; i++) {
        char name[32];
        snprintf(name, sizeof name, "customXml/item%d.xml", i);
        ok = !office_has(o, name) || office_read(o, name, &xml, &x, e);
    }
    r->failed |= x.text.failed;
    buf_free(&x.text);
    *found = x.is_ours;
    return ok && (!r->failed || err_memory(e));
}
