/* fixtures_ingest.h: a small world (Tháp Mười before and after July 2025, two roots of categories,
 * a made up tree in which names repeat) and a file shown as what becomes of it.
 *
 * Each row is "LINE name=value …\n", each reject "LINE! column: reason {value}\n", then the
 * warnings; an error ends the text with "! message\n". Units, categories and list items are shown
 * by their codes. */
#ifndef KEOGIAM_TESTS_FIXTURES_INGEST_H
#define KEOGIAM_TESTS_FIXTURES_INGEST_H

#include "check.h"

#include <string.h>

#include "base/num.h"
#include "ingest/ingest.h"

struct world {
    struct directory d;
    struct lists *lists;
};

static inline day day_of(int year, int month, int mday)
{
    day found = DAY_NONE;
    assert_true(day_from_date((struct date){year, month, mday}, &found));
    return found;
}

static inline void world_add_unit(struct world *w, const char *code, const char *name,
                                  const char *parent, day from, day to)
{
    size_t n = strlen(code);
    struct unit u = {.id = 100 + (int64_t)w->d.unit_count,
                     .code = code,
                     .name = name,
                     .level = "",
                     .parent_code = parent,
                     .valid = {from, to},
                     .lat = NAN,
                     .lon = NAN,
                     .area_km2 = NAN,
                     .is_unknown = code[n - 1] == '?'};
    assert_true(directory_add_unit(&w->d, &u, NULL));
}

static inline void world_add_category(struct world *w, const char *code, const char *name,
                                      const char *parent, const char *aliases)
{
    struct category c = {.id = 500 + (int64_t)w->d.category_count,
                         .code = code,
                         .name = name,
                         .parent_code = parent,
                         .aliases = aliases,
                         .valid = {DAY_MIN, DAY_MAX},
                         .weight = 1};
    assert_true(directory_add_category(&w->d, &c, NULL));
}

static inline void world_add_units(struct world *w)
{
    static const char *const old[][2] = {
        {"30037", "Thị trấn Mỹ An"}, {"30040", "Xã Thạnh Lợi"}, {"30046", "Xã Trường Xuân"},
        {"30055", "Xã Mỹ Quý"},      {"30058", "Xã Mỹ Đông"},   {"30064", "Xã Mỹ An"},
        {"30067", "Xã Phú Điền"},
    };
    static const char *const new[][2] = {
        {"30037", "Xã Tháp Mười"},
        {"30046", "Xã Trường Xuân"},
        {"30055", "Xã Mỹ Quí"},
    };
    day start = day_of(2009, 4, 1), last = day_of(2025, 6, 30), first = last + 1;
    for (size_t i = 0; i < sizeof old / sizeof old[0]; i++)
        world_add_unit(w, old[i][0], old[i][1], "872", start, last);
    for (size_t i = 0; i < sizeof new / sizeof new[0]; i++)
        world_add_unit(w, new[i][0], new[i][1], "82", first, DAY_MAX);
    world_add_unit(w, "872", "Huyện Tháp Mười", "", start, last);
    world_add_unit(w, "82", "Tỉnh Đồng Tháp", "", first, DAY_MAX);
    world_add_unit(w, "872/?", "", "872", start, last);
    world_add_unit(w, "82/?", "", "82", first, DAY_MAX);
}

static inline void world_add_categories(struct world *w)
{
    world_add_category(w, "XHTE.TD.DAMO", "Dâm ô đối với người dưới 16 tuổi", "XHTE.TD",
                       "Dâm ô;Dâm ô trẻ em");
    world_add_category(w, "XHTE.TD", "Xâm hại tình dục trẻ em", "XHTE", "XHTD");
    world_add_category(w, "XHTE.TD.HIEPDAM", "Hiếp dâm người dưới 16 tuổi", "XHTE.TD", "Hiếp dâm");
    world_add_category(w, "XHTE", "Xâm hại trẻ em", "", "");
    world_add_category(w, "XHTE.GIET", "Giết trẻ em; giết hoặc vứt bỏ con mới đẻ", "XHTE", "");
    world_add_category(w, "U18", "Tội phạm do người dưới 18 tuổi gây ra", "", "");
    world_add_category(w, "U18.HIEPDAM", "Hiếp dâm", "U18", "");
    world_add_category(w, "U18.TROM", "Trộm cắp tài sản", "U18", "Trộm cắp;Trộm");
    world_add_category(w, "MPS", "Recorded crime", "", "");
    world_add_category(w, "MPS.FRAUD", "FRAUD AND FORGERY", "MPS", "");
    world_add_category(w, "MPS.FRAUD.FRAUD", "FRAUD AND FORGERY", "MPS.FRAUD", "");
    world_add_category(w, "MPS.THEFT", "THEFT", "MPS", "");
    world_add_category(w, "MPS.THEFT.OTHER", "OTHER THEFT", "MPS.THEFT", "");
}

static inline void world_init(struct world *w)
{
    struct err e = {0};
    directory_init(&w->d);
    world_add_units(w);
    world_add_categories(w);
    if (!directory_finish(&w->d, &e) || !lists_new(&w->lists, &e))
        fail_msg("%s", e.msg);
}

static inline void world_free(struct world *w)
{
    directory_free(&w->d);
    lists_delete(w->lists);
}

/* ---- showing ---- */

struct shown {
    const struct world *world;
    const struct ingest *in;
    struct buf text;
    size_t rows, stop_after; /* 0: never */
};

static inline void show_int(struct shown *s, const struct kind_column *c, int64_t i)
{
    char text[11];
    size_t count;
    switch (c->type) {
    case SLOT_UNIT:
        buf_adds(&s->text, s->world->d.units[directory_unit_by_id(&s->world->d, i)].code);
        break;
    case SLOT_CATEGORY:
        buf_adds(&s->text, s->world->d.categories[directory_category_by_id(&s->world->d, i)].code);
        break;
    case SLOT_CATEGORIES:
        for (size_t m = 0; m < s->world->d.sets[i].count; m++)
            buf_addf(&s->text, "%s%s", m ? ";" : "",
                     s->world->d.categories[s->world->d.sets[i].categories[m]].code);
        break;
    case SLOT_DATE:
    case SLOT_FROM:
    case SLOT_TO:
        day_text((day)i, text);
        buf_adds(&s->text, text);
        break;
    case SLOT_LIST:
        buf_adds(&s->text, lists_items(s->world->lists, c->list, &count)[i].code);
        break;
    default:
        buf_addf(&s->text, "%lld", (long long)i);
    }
}

/* LINE; of a workbook SHEET:LINE, the sheet by its number. */
static inline void show_line(struct shown *s, size_t line)
{
    if (line_sheet(line))
        buf_addf(&s->text, "%zu:", line_sheet(line));
    buf_addf(&s->text, "%zu", line_number(line));
}

static inline bool show_row(void *context, const struct row *row, struct err *e)
{
    struct shown *s = context;
    const struct kind *k = kind_of(ingest_kind(s->in));
    (void)e;
    show_line(s, row->line);
    for (size_t i = 0; i < k->column_count; i++) {
        const struct value *v = &row->slots[i];
        if (v->type == VALUE_NONE)
            continue;
        buf_addf(&s->text, " %s=", k->columns[i].name);
        if (v->type == VALUE_INT)
            show_int(s, &k->columns[i], v->as.i);
        else if (v->type == VALUE_REAL)
            num_add_machine(&s->text, v->as.x);
        else
            buf_adds(&s->text, v->as.s);
    }
    buf_addc(&s->text, '\n');
    return ++s->rows != s->stop_after;
}

static inline void show_rejects(struct shown *s, const struct rejects *r)
{
    for (size_t i = 0; i < r->count; i++) {
        show_line(s, r->items[i].line);
        buf_addf(&s->text, "! %s: %s {%s}\n", r->items[i].column, r->items[i].reason,
                 r->items[i].value ? r->items[i].value : "");
    }
}

/* Options for a file given as text, of the world's calendar and a day in 2026. */
static inline struct ingest_options options_for(const char *csv)
{
    return (struct ingest_options){
        .input = {.path = "a.csv", .memory = csv, .memory_bytes = strlen(csv)},
        .calendar = CALENDAR_CIVIL,
        .today = day_of(2026, 1, 31)};
}

static inline void show_file(struct shown *s, struct world *w, const struct ingest_options *o,
                             enum lang lang)
{
    struct err e = {.lang = lang};
    struct ingest *in = NULL;
    struct rejects rejects;
    rejects_init(&rejects);
    s->world = w;
    buf_clear(&s->text);
    if (ingest_open(&in, o, &w->d, w->lists, &e)) {
        struct sink sink = {show_row, s};
        s->in = in;
        ingest_run(in, &sink, &rejects, &e);
        show_rejects(s, &rejects);
        buf_adds(&s->text, buf_text(ingest_warnings(in)));
    }
    if (e.code != ERR_NONE)
        buf_addf(&s->text, "! %s\n", e.msg);
    ingest_close(in);
    rejects_free(&rejects);
}

static inline void assert_taken_with(const struct ingest_options *o, const char *want)
{
    struct world w;
    struct shown s = {0};
    world_init(&w);
    show_file(&s, &w, o, LANG_EN);
    assert_string_equal(buf_text(&s.text), want);
    buf_free(&s.text);
    world_free(&w);
}

static inline void assert_taken(const char *csv, const char *want)
{
    struct ingest_options o = options_for(csv);
    assert_taken_with(&o, want);
}

#endif
