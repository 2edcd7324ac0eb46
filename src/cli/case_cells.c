#include "cli/case_cells.h"

#include <inttypes.h>

#include "cli/session.h"

void case_cells_init(struct case_cells *c, const struct directory *d, const struct lists *lists)
{
    *c = (struct case_cells){.kind = kind_of(KIND_INCIDENTS), .directory = d};
    for (size_t i = 0; i < INC_SLOTS; i++)
        if (c->kind->columns[i].list)
            c->items[i] = lists_items(lists, c->kind->columns[i].list, &c->item_counts[i]);
}

/* ---- codes ---- */

static void add_category_codes(const struct directory *d, int64_t set, struct buf *b)
{
    const struct category_set *s = &d->sets[set];
    for (size_t i = 0; i < s->count; i++)
        buf_addf(b, "%s%s", i ? ";" : "", d->categories[s->categories[i]].code);
}

static void add_item_codes(const struct list_item *items, int64_t mask, struct buf *b)
{
    const char *comma = "";
    for (int i = 0; i < 63; i++)
        if (mask >> i & 1) {
            buf_addf(b, "%s%s", comma, items[i].code);
            comma = ";";
        }
}

static void add_plain(const struct value *v, struct buf *b)
{
    if (v->type == VALUE_TEXT)
        buf_adds(b, v->as.s);
    else
        buf_addf(b, "%" PRId64, v->as.i);
}

void case_cell_code(const struct case_cells *c, size_t slot, const struct value *v, struct buf *b)
{
    const struct directory *d = c->directory;
    char date[11];
    if (v->type == VALUE_NONE)
        return;
    switch (c->kind->columns[slot].type) {
    case SLOT_UNIT:
        buf_adds(b, d->units[directory_unit_by_id(d, v->as.i)].code);
        break;
    case SLOT_CATEGORIES:
        add_category_codes(d, v->as.i, b);
        break;
    case SLOT_DATE:
        day_text((day)v->as.i, date);
        buf_adds(b, date);
        break;
    case SLOT_LIST:
        buf_adds(b, c->items[slot][v->as.i].code);
        break;
    case SLOT_LISTS:
        add_item_codes(c->items[slot], v->as.i, b);
        break;
    default:
        add_plain(v, b);
    }
}

/* ---- words ---- */

static void add_unit_name(const struct directory *d, int64_t id, enum lang lang, struct buf *b)
{
    const struct unit *u = &d->units[directory_unit_by_id(d, id)];
    if (u->is_unknown)
        buf_adds(b, tr(lang, "(place unknown)"));
    else
        buf_adds(b, *u->name ? u->name : u->code);
}

static void add_category_names(const struct directory *d, int64_t set, struct buf *b)
{
    const struct category_set *s = &d->sets[set];
    for (size_t i = 0; i < s->count; i++) {
        const struct category *k = &d->categories[s->categories[i]];
        buf_addf(b, "%s%s (%s)", i ? "; " : "", *k->name ? k->name : k->code, k->code);
    }
}

static const char *item_name(const struct list_item *item, enum lang lang)
{
    return lang == LANG_VI ? item->name_vi : item->name_en;
}

static void add_item_names(const struct list_item *items, int64_t mask, enum lang lang,
                           struct buf *b)
{
    const char *comma = "";
    for (int i = 0; i < 63; i++)
        if (mask >> i & 1) {
            buf_addf(b, "%s%s", comma, item_name(&items[i], lang));
            comma = "; ";
        }
}

void case_cell_words(const struct case_cells *c, size_t slot, const struct value *v, enum lang lang,
                     struct buf *b)
{
    char date[11];
    if (v->type == VALUE_NONE) {
        buf_adds(b, "–");
        return;
    }
    switch (c->kind->columns[slot].type) {
    case SLOT_UNIT:
        add_unit_name(c->directory, v->as.i, lang, b);
        break;
    case SLOT_CATEGORIES:
        add_category_names(c->directory, v->as.i, b);
        break;
    case SLOT_DATE:
        session_date((day)v->as.i, lang, date);
        buf_adds(b, date);
        break;
    case SLOT_LIST:
        buf_adds(b, item_name(&c->items[slot][v->as.i], lang));
        break;
    case SLOT_LISTS:
        add_item_names(c->items[slot], v->as.i, lang, b);
        break;
    case SLOT_BOOL:
        buf_adds(b, v->as.i ? tr(lang, "yes") : tr(lang, "no"));
        break;
    default:
        add_plain(v, b);
    }
}

void case_cells_line(const struct case_cells *c, const char *case_id, const struct row *row,
                     enum lang lang, struct buf *b)
{
    static const size_t shown[] = {INC_UNIT, INC_CATEGORY};
    buf_addf(b, "%s: ", case_id);
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        case_cell_words(c, shown[i], &row->slots[shown[i]], lang, b);
        buf_adds(b, ", ");
    }
    size_t on = INC_RECEIVED_ON;
    while (on < INC_PROSECUTED_ON && row->slots[on].type == VALUE_NONE)
        on++;
    case_cell_words(c, on, &row->slots[on], lang, b);
}
