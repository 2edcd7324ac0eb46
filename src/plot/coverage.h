/* coverage.h: which units reported which months, as the tile map draws it. Internal to plot/.
 *
 * A month without a row was not asked for; it stays empty. */
#ifndef KEOGIAM_PLOT_COVERAGE_H
#define KEOGIAM_PLOT_COVERAGE_H

#include "plot/draw.h"
#include "plot/month_axis.h"
#include "plot/words.h"

enum coverage_state {
    COVERAGE_NONE, /* nothing was asked for */
    COVERAGE_KNOWN,
    COVERAGE_PARTIAL,
    COVERAGE_UNKNOWN
};

struct coverage_tile {
    enum coverage_state state;
    double count; /* NAN: not known */
};

#define COVERAGE_NEVER (-1)
#define COVERAGE_GAP_MM 2.5 /* between names, tiles and words */

struct coverage_unit {
    const char *code, *name;
    struct coverage_tile *tiles; /* one a month of the whole span */
    int reached;                 /* the last month known as a whole; COVERAGE_NEVER */
    size_t known, asked;         /* months up to the last that anyone has reported */
    bool is_late;                /* has not reported that one, though it was asked for */
    bool has_gap;                /* late, or a month before is not known as a whole */
    const char *lines;           /* its name, broken */
};

struct coverage {
    const struct result *result;
    const struct counted *counted;
    struct coverage_unit *units;
    size_t count;
    int first;     /* year * 12 + month - 1 of the first month */
    size_t months; /* of the whole span */
    int last;      /* the last month, from 0, that a unit knows as a whole; COVERAGE_NEVER */
    size_t complete, late, gaps;
    bool has[4]; /* states that are drawn */
    /* The page: blocks of units side by side. */
    const struct coverage_unit **drawn;
    size_t drawn_count, blocks, rows; /* rows of a block */
    size_t from;                      /* the first month drawn */
    double name_width, block_width, pitch, row_mm, key, top;
    bool has_state; /* words at the right of a row: a single block */
    struct months span;
    struct draw_page page;
    struct arena arena;
};

/* Fails as months_range does. *c is to be freed in any case. */
bool coverage_read(struct coverage *c, const struct result *r, struct err *e);
void coverage_free(struct coverage *c); /* accepts zero */

/* Fails: memory. */
bool coverage_layout(struct coverage *c, const struct plot_options *o, struct err *e);

/* Where a row stands: the left edge of its block, its upper edge. */
double coverage_left(const struct coverage *c, size_t row);
double coverage_top(const struct coverage *c, size_t row);

/* Title, notes, source, into c->page. */
void coverage_add_words(struct coverage *c);
/* "70/72", "▲ to 9/2024": how many months, and where it stays behind. Append. */
void coverage_add_state(struct buf *b, const struct coverage *c, const struct coverage_unit *u);

#endif
