/* bullets.h: a `targets` result as its chart draws it: rows and sections, where everything stands,
 * in mm. Internal to plot/. */
#ifndef KEOGIAM_PLOT_BULLETS_H
#define KEOGIAM_PLOT_BULLETS_H

#include "plot/draw.h"

/* Each has its own panel, in the order of drawing; counts have none. */
enum bullets_kind { BULLETS_REDUCTION, BULLETS_RATE, BULLETS_COUNT };
#define BULLETS_KINDS 3

enum bullets_state { BULLETS_OPEN, BULLETS_MET, BULLETS_MISSED };

/* NAN: not known. */
struct bullets_row {
    enum bullets_kind kind;
    enum bullets_state state;
    const char *indicator, *name;
    const char *verdict; /* in words, with its mark; "" for none */
    const char *missing; /* "short by 1 report" */
    const char *target, *result;
    double now, before; /* of reductions: counts; of rates now is the rate in per cent */
    double goal;        /* the most cases allowed; the rate wanted */
    bool is_shortened;  /* the name has no more lines than the result beside it */
    /* Broken into lines for the page. */
    const char *name_lines, *result_lines, *verdict_lines;
    double top, bottom;
};

/* Rows of one kind, under a line with the axis's numbers. */
struct bullets_section {
    size_t first, count;
    double head; /* the middle of that line */
    struct draw_axis axis;
    struct draw_ticks ticks;
};

struct bullets {
    const struct result *result;
    struct bullets_row *rows; /* those with a threshold, by kind, else as they come */
    size_t count;
    size_t by_state[3];
    size_t watched; /* rows without a threshold: in the notes alone */
    bool running;   /* the period is not over */
    struct bullets_section sections[BULLETS_KINDS];
    bool compact; /* the panel is narrow, names have its room; what is missing is left out */
    size_t drawn; /* the first of the rows */
    double code_width, name_width, from, to, result_width, result_right, target_right, verdict_left;
    struct draw_page page;
    struct arena arena;
};

/* Fails (ERR_USAGE): no row with a threshold, rows of several units. *t is to be freed in any case.
 */
bool bullets_read(struct bullets *t, const struct result *r, struct err *e);
void bullets_free(struct bullets *t); /* accepts zero */

/* Where everything stands. Fails: memory. */
bool bullets_layout(struct bullets *t, const struct plot_options *o, struct err *e);

/* Title, notes, source: into t->page, behind the axes. */
void bullets_add_words(struct bullets *t);

/* The heads of a section and of its columns. */
const char *bullets_section_head(const struct bullets *t, enum bullets_kind kind);

/* A name in lines of width_mm, `lines` at most; a single one may be shortened within. Append. */
void bullets_add_name(struct buf *b, const char *name, size_t lines, double width_mm);

#endif
