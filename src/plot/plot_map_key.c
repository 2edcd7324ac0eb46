/* The key beside the map, and the notes below it. */
#include <math.h>

#include "base/lang.h"
#include "base/num.h"
#include "plot/map.h"

#define SWATCH_MM 10.0 /* a sample and the gap behind it */
#define NUMBER_MM 7.5  /* a number, likewise */
#define RIGHT_MM 8.0   /* what stands at the right edge */

static enum lang lang_of(const struct map *m)
{
    return m->k.result->lang;
}

/* ---- lines ---- */

/* Keeps what b holds as the words of a new line, broken to the width that the sample leaves. */
static bool add_item(struct map *m, struct map_item item, struct buf *b, struct err *e)
{
    void *items = m->items;
    struct buf lines = {0};
    bool has_sample = item.kind != MAP_KEY_HEAD && item.kind != MAP_KEY_TEXT;
    bool is_narrow = item.kind == MAP_KEY_NUMBER && m->is_bound;
    item.indent = has_sample ? fmax(is_narrow ? NUMBER_MM : SWATCH_MM, item.widest * 2 + 3) : 0;
    double right = item.right ? draw_width(DRAW_MUTED, item.right) + 2 : 0;
    right = item.right && !is_narrow ? fmax(RIGHT_MM, right) : right;
    item.width = m->number_items ? m->numbers_width : m->key_width;
    double room = item.width - item.indent - right;
    enum draw_style style = item.kind == MAP_KEY_HEAD ? DRAW_STRONG : DRAW_LABEL;
    size_t n = draw_wrap(&lines, style, buf_text(b), room, 6);
    item.words = draw_keep(&m->arena, &lines);
    buf_clear(b);
    buf_free(&lines);
    if (!item.words || !array_grow(&items, &m->item_cap, m->item_count + 1, sizeof item, e))
        return err_memory(e);
    bool is_tight = item.kind == MAP_KEY_NUMBER && isfinite(m->page.most_mm);
    double gap = is_narrow ? 0 : is_tight ? 0.2 : has_sample ? 1.4 : 1;
    item.height = (double)n * draw_leading(DRAW_LABEL) + gap;
    item.height = fmax(item.height, 2 * item.radius + 1);
    m->items = items;
    m->items[m->item_count++] = item;
    return true;
}

static const char *number_text(struct map *m, double x)
{
    struct buf b = {0};
    words_number(&b, x, lang_of(m));
    const char *kept = draw_keep(&m->arena, &b);
    buf_free(&b);
    return kept;
}

/* "1.05–1.25"; the lower bound belongs to the class. */
static void add_class_words(struct buf *b, const struct map *m, int class)
{
    struct buf low = {0}, high = {0};
    enum lang lang = lang_of(m);
    if (class > 0)
        risk_add_ratio(&low, m->breaks[class - 1], lang);
    if (class < MAP_CLASSES - 1)
        risk_add_ratio(&high, m->breaks[class], lang);
    if (class == 0)
        buf_addf(b, tr(lang, "under %s"), buf_text(&high));
    else if (class == MAP_CLASSES - 1)
        buf_addf(b, tr(lang, "%s and more"), buf_text(&low));
    else
        buf_addf(b, "%s–%s", buf_text(&low), buf_text(&high));
    b->failed |= low.failed || high.failed;
    buf_free(&low);
    buf_free(&high);
}

static bool add_classes(struct map *m, struct buf *b, struct err *e)
{
    bool ok = true;
    for (int class = MAP_CLASSES - 1; ok && class >= 0; class --) {
        struct map_item item = {.kind = MAP_KEY_CLASS, .class = class};
        item.right = number_text(m, (double)m->by_class[class]);
        add_class_words(b, m, class);
        ok = item.right ? add_item(m, item, b, e) : err_memory(e);
    }
    if (!ok || m->unknown == 0)
        return ok;
    struct map_item missing = {.kind = MAP_KEY_MISSING, .class = MAP_UNKNOWN};
    missing.right = number_text(m, (double)m->unknown);
    buf_adds(b, tr(lang_of(m), "not known, which is not zero"));
    return missing.right ? add_item(m, missing, b, e) : err_memory(e);
}

static bool add_outlines(struct map *m, struct buf *b, struct err *e)
{
    enum lang lang = lang_of(m);
    bool ok = true;
    if (m->k.by_level[RISK_HIGH]) {
        buf_adds(b, tr(lang, "▲ high: above the overall level, chance at least 95%"));
        ok = add_item(m, (struct map_item){.kind = MAP_KEY_OUTLINE}, b, e);
    }
    if (ok && m->k.by_level[RISK_ELEVATED] && m->count <= MAP_MOST_NAMED) {
        buf_adds(b, tr(lang, "◊ to be watched: chance at least 80%"));
        ok = add_item(m, (struct map_item){.kind = MAP_KEY_TEXT}, b, e);
    }
    if (ok && m->clusters) {
        buf_adds(b, tr(lang, "cluster of places that are high together"));
        ok = add_item(m, (struct map_item){.kind = MAP_KEY_CLUSTER}, b, e);
    }
    return ok;
}

/* A circle of the largest count, and of a quarter of it. */
static bool add_circles(struct map *m, struct buf *b, struct err *e)
{
    double radius = 0;
    for (size_t i = 0; i < m->count; i++)
        if (m->places[i].row && m->places[i].row->count == m->most)
            radius = fmax(radius, m->places[i].radius);
    for (int part = 1; m->most > 0 && part <= 4; part *= 4) {
        double count = floor(m->most / part);
        if (count < 1)
            continue;
        words_amount(b, count, m->k.counted, lang_of(m));
        struct map_item item = {
            .kind = MAP_KEY_CIRCLE, .radius = radius * sqrt(count / m->most), .widest = radius};
        if (!add_item(m, item, b, e))
            return false;
    }
    return true;
}

static bool add_numbers(struct map *m, struct buf *b, struct err *e)
{
    for (size_t number = 1, found = 1; found; number++) {
        found = 0;
        for (size_t i = 0; i < m->count && !found; i++) {
            const struct map_place *place = &m->places[i];
            if (place->number != number)
                continue;
            found = number;
            struct map_item item = {.kind = MAP_KEY_NUMBER, .class = (int)number};
            item.right = isnan(place->row->count) ? "…" : number_text(m, place->row->count);
            buf_addf(b, "%s%s", risk_mark(place->row->level), place->row->name);
            if (!item.right || !add_item(m, item, b, e))
                return false;
        }
    }
    return true;
}

static bool add_head(struct map *m, const char *words, const char *right, struct buf *b,
                     struct err *e)
{
    buf_adds(b, words);
    return add_item(m, (struct map_item){.kind = MAP_KEY_HEAD, .right = right}, b, e);
}

/* What the figures on the map are. */
static bool add_figures(struct map *m, struct buf *b, struct err *e)
{
    bool is_said = false;
    for (size_t i = 0; i < m->count; i++)
        is_said |= m->places[i].label.count != NULL;
    if (!is_said)
        return true;
    buf_adds(b, tr(lang_of(m), "Bold figures: counts"));
    return add_item(m, (struct map_item){.kind = MAP_KEY_TEXT}, b, e);
}

bool map_write_key(struct map *m, struct err *e)
{
    struct buf b = {0};
    enum lang lang = lang_of(m);
    bool has_numbers = false;
    for (size_t i = 0; i < m->count; i++)
        has_numbers |= m->places[i].number > 0;
    bool ok = add_head(m, tr(lang, "Times the overall level"), tr(lang, "places"), &b, e) &&
              add_classes(m, &b, e) && add_outlines(m, &b, e) &&
              (m->circles == 0 || add_circles(m, &b, e)) && add_figures(m, &b, e);
    m->number_items = m->item_count;
    if (ok && has_numbers)
        ok = add_head(m, tr(lang, "Numbers on the map"), tr(lang, m->k.counted->subject), &b, e) &&
             add_numbers(m, &b, e);
    buf_free(&b);
    return ok;
}

/* ---- notes ---- */

void map_add_notes(struct map *m)
{
    enum lang lang = lang_of(m);
    struct buf *notes = &m->page.notes, *left_out = &m->page.left_out;
    buf_adds(notes, tr(lang, "Shade: estimate drawn towards the overall level, the more so the "
                             "fewer the cases."));
    size_t unplaced = 0;
    for (size_t i = 0; i < m->k.count; i++)
        if (!m->is_placed[i] && m->k.rows[i].group != RISK_NO_PLACE)
            m->k.names[unplaced++] = &m->k.rows[i];
    if (unplaced) {
        buf_adds(left_out, tr(lang, "No place on the map: "));
        risk_add_names(left_out, &m->k, unplaced);
        buf_addc(left_out, '.');
    }
    if (m->unnamed) {
        words_next(left_out);
        buf_addf(left_out, tr(lang, "Places without room for a name: %zu."), m->unnamed);
    }
    if (m->areas) {
        words_next(left_out);
        buf_adds(left_out, tr(lang, "Boundaries are simplified and have no legal force."));
    }
    risk_add_closing(&m->page.source, &m->k);
}
