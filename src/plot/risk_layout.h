/* risk_layout.h: where everything on the caterpillar stands, in mm. Internal to plot/. */
#ifndef KEOGIAM_PLOT_RISK_LAYOUT_H
#define KEOGIAM_PLOT_RISK_LAYOUT_H

#include "plot/draw.h"
#include "plot/risk.h"

#define RISK_HEAD_LINES 3

/* More rows than this, and only the first of them by rank, two thirds, and the last are drawn. */
#define RISK_MOST_ROWS 60

/* A row that is drawn: its marks and texts stand in the middle of its strip. */
struct risk_place {
    const struct risk_row *row; /* NULL: stands for those that are not drawn */
    const char *name;           /* broken into lines */
    double top, bottom;
};

/* From left to right: names, counts, what the population would give, the panel, ranks, levels. A
 * document that is signed has no ranks: they would be read as a league table. */
struct risk_layout {
    const struct risk *risk;
    double name_width, count_right, expected_right, from, to, rank_right, level_left;
    bool has_ranks, has_levels;
    double heads, rule, bottom;
    struct risk_place *places;
    size_t count, omitted, others_omitted;
    struct draw_axis axis; /* ratios to the overall level */
    struct draw_ticks ticks;
    struct draw_page page;
    struct arena arena;
};

/* Fails: out of memory. *l is to be freed in any case. */
bool risk_layout_init(struct risk_layout *l, const struct risk *k, const struct plot_options *o,
                      struct err *e);
void risk_layout_free(struct risk_layout *l);

/* The lines of the heads; "" where a head has fewer. */
struct risk_heads {
    const char *count[RISK_HEAD_LINES], *expected[RISK_HEAD_LINES], *panel[RISK_HEAD_LINES],
        *rank[RISK_HEAD_LINES];
};
struct risk_heads risk_heads(const struct risk *k);

/* "▲ high"; "" for what needs no word. */
const char *risk_level_words(const struct risk_row *row, enum lang lang);

/* "2–7". Append. */
void risk_add_ranks(struct buf *b, const struct risk_row *row, enum lang lang);

#endif
