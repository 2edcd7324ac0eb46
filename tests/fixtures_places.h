/* fixtures_places.h: `risk` results to draw. For the tests of plot_risk, plot_funnel and plot_map.
 */
#ifndef KEOGIAM_TESTS_FIXTURES_PLACES_H
#define KEOGIAM_TESTS_FIXTURES_PLACES_H

#include <math.h>

#include "fixtures_charts.h"

static const struct column place_columns[] = {
    {"rank", "", COLUMN_COUNT, 0},      {"unit", "", COLUMN_TEXT, 0},
    {"unit_name", "", COLUMN_TEXT, 0},  {"category", "", COLUMN_TEXT, 0},
    {"period", "", COLUMN_TEXT, 0},     {"count", "", COLUMN_COUNT, 0},
    {"expected", "", COLUMN_REAL, 1},   {"smr", "", COLUMN_REAL, 2},
    {"rr", "", COLUMN_REAL, 2},         {"rr_low", "", COLUMN_REAL, 2},
    {"rr_high", "", COLUMN_REAL, 2},    {"rank_low", "", COLUMN_COUNT, 0},
    {"rank_high", "", COLUMN_COUNT, 0}, {"cluster", "", COLUMN_COUNT, 0},
    {"level", "", COLUMN_TOKEN, 0},     {"note", "", COLUMN_NOTE, 0}};

static inline void places_init(struct result *r, enum lang lang)
{
    result_init(r, "risk", place_columns, sizeof place_columns / sizeof *place_columns, lang);
    r->title = "Huyện Tháp Mười";
    assert_true(result_add_prov(r, "source", "Source", "số liệu thử", NULL, NULL));
}

static inline void name_place(struct result *r, const char *unit, const char *name)
{
    assert_non_null(result_add_row(r, NULL));
    put(r, "unit", cell_text(arena_text(&r->arena, unit)));
    put(r, "unit_name", cell_text(arena_text(&r->arena, name)));
    put(r, "category", cell_text("U18"));
    put(r, "period", cell_text("2022..2024"));
    put(r, "rank", cell_int((int64_t)r->row_count));
}

/* Made numbers around the count: what they come from is not the chart's matter. level: a token, ""
 * for a place that has no estimate. */
static inline void add_place(struct result *r, const char *unit, const char *name, int count,
                             double expected, const char *level)
{
    name_place(r, unit, name);
    if (count != UNKNOWN)
        put(r, "count", cell_int(count));
    put(r, "expected", cell_real(expected));
    if (!*level)
        return;
    double rr = (count + 8) / (expected + 8), width = exp(1.96 / sqrt(count + 8.0));
    put(r, "smr", cell_real(count / expected));
    put(r, "rr", cell_real(rr));
    put(r, "rr_low", cell_real(rr / width));
    put(r, "rr_high", cell_real(rr * width));
    put(r, "level", cell_text(level));
}

/* The demonstration district: 13 communes, one above the overall level, one to be watched. */
static inline void add_district(struct result *r)
{
    add_place(r, "30061", "Đốc Binh Kiều", 27, 15.4, "high");
    put(r, "cluster", cell_int(1));
    add_place(r, "30037", "TT Mỹ An", 34, 24.0, "elevated");
    add_place(r, "30046", "Trường Xuân", 16, 12.5, "normal");
    add_place(r, "30040", "Thạnh Lợi", 6, 6.0, "normal");
    add_place(r, "30052", "Mỹ Hòa", 13, 13.6, "normal");
    add_place(r, "30049", "Tân Kiều", 11, 11.7, "normal");
    add_place(r, "30073", "Thanh Mỹ", 15, 16.9, "normal");
    add_place(r, "30043", "Hưng Thạnh", 9, 10.5, "normal");
    add_place(r, "30067", "Phú Điền", 13, 16.5, "normal");
    put(r, "cluster", cell_int(1));
    add_place(r, "30064", "Xã Mỹ An", 7, 9.8, "normal");
    put(r, "cluster", cell_int(1));
    add_place(r, "30070", "Láng Biển", 0, 0.7, "unclear");
    add_place(r, "30058", "Mỹ Đông", UNKNOWN, 9.9, "");
    add_place(r, "30055", "Mỹ Quý", 12, 19.6, "normal");
}

#endif
