/* draw.h: what the charts share: texts measured and placed, axes with ticks, hatching. Internal to
 * plot/.
 *
 * Places are millimetres from the left and the top edge of the picture; a chart knows where
 * everything stands before gnuplot sees it, so that columns do not meet and long names and notes
 * are broken in time. What can be read off the data (points, bars, intervals) is still drawn by
 * gnuplot from data blocks.
 */
#ifndef KEOGIAM_PLOT_DRAW_H
#define KEOGIAM_PLOT_DRAW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "plot/plot.h"

/* ---- texts ---- */

/* Size, weight and colour go together. Nothing is smaller than 9 pt on a page of 160 mm of text. */
enum draw_style {
    DRAW_TITLE,
    DRAW_SUBTITLE,
    DRAW_LABEL,
    DRAW_STRONG,
    DRAW_MUTED,
    DRAW_TARGET, /* words at the target's line */
    DRAW_NOTE,
    DRAW_NOTE_STRONG
};
#define DRAW_STYLES 8

enum draw_align { DRAW_LEFT, DRAW_CENTRE, DRAW_RIGHT };

/* Width of one line of text in mm, as Liberation Sans (and Arial) set it. */
double draw_width(enum draw_style style, const char *text);
/* That or width_mm, whichever is more: for columns as wide as what stands in them. */
double draw_widest(double width_mm, enum draw_style style, const char *text);

/* Distance between the lines of a text in mm. */
double draw_leading(enum draw_style style);

/* Appends text broken at spaces into lines of at most width_mm, with '\n' between them (one in text
 * stays a break); a word too long for a line is broken in itself, the last of max_lines (>= 1) ends
 * in "…" where text is left over. Returns the number of lines. */
size_t draw_wrap(struct buf *b, enum draw_style style, const char *text, double width_mm,
                 size_t max_lines);

/* Puts text there: y is the middle of its first line; '\n' starts another. */
void draw_text(struct plot *p, enum draw_style style, enum draw_align align, double x, double y,
               const char *text);

/* The same, with the middle of its lines at y; and how many lines a broken text has. */
void draw_text_around(struct plot *p, enum draw_style style, enum draw_align align, double x,
                      double y, const char *text);
size_t draw_line_count(const char *text);

/* One line, turned a quarter: (x, y) is the middle of its foot, it is read upwards. */
void draw_text_upwards(struct plot *p, enum draw_style style, double x, double y, const char *text);

/* A text in lines of at most width_mm from (x, y); returns the y at which the next one starts. */
double draw_paragraph(struct plot *p, enum draw_style style, double x, double y, double width_mm,
                      const char *text);
/* The height in mm that draw_paragraph will take. */
double draw_paragraph_height(enum draw_style style, double width_mm, const char *text);

/* Text that C formats piece by piece: takes what b holds, empties b, keeps the text in the arena.
 */
const char *draw_keep(struct arena *a, struct buf *b);

/* ---- the page ---- */

#define DRAW_PAGE_MM 160.0
#define DRAW_EDGE_MM 0.5
#define DRAW_TEXT_MM (DRAW_PAGE_MM - 2 * DRAW_EDGE_MM)

/* What stands around the panels of every chart. A chart writes all of it; inside a document or a
 * slide there are no title, subtitle and source, which are there already. */
struct draw_page {
    const struct result *result; /* its title is the subtitle */
    bool titled;
    double most_mm;  /* the page is no higher, if it can be helped; INFINITY: as it likes */
    double title_mm; /* the length of the title's lines */
    struct buf title;
    struct buf notes;    /* what signs and axes mean; may go where there is no room for it */
    struct buf left_out; /* what is not drawn */
    struct buf source;   /* n, where it is from, what it may not be used for */
    struct buf foot;     /* of these, what is printed */
    double notes_top, height;
};

struct draw_page draw_page(const struct result *r, const struct plot_options *o);
void draw_page_free(struct draw_page *g); /* accepts zero */

/* Where title and subtitle end, with the gap below them. */
double draw_page_head(const struct draw_page *g, double gap_mm);

/* Sets notes_top, foot and height. May be called again after a change. */
void draw_page_close(struct draw_page *g, double notes_top);

/* Closes the page (draw_page_close) with everything of the chart where it stands; looseness is from
 * 0, as close as can be read, to 1, as the chart likes it, and height grows no slower from there
 * on. */
typedef void draw_stack(void *chart, double looseness);

static inline double draw_between(double looseness, double tight, double loose)
{
    return tight + looseness * (loose - tight);
}

/* Stacks as loosely as the page allows. False: it is too high even at 0. */
bool draw_page_fit(struct draw_page *g, draw_stack *stack, void *chart);
/* The same, and without the notes where it is too high with them. */
bool draw_page_squeeze(struct draw_page *g, draw_stack *stack, void *chart);

/* plot_begin for the closed page. */
void draw_page_begin(struct plot *p, const struct draw_page *g);
/* Title and subtitle; and what stands at the foot. */
void draw_page_title(struct plot *p, const struct draw_page *g);
void draw_page_notes(struct plot *p, const struct draw_page *g);

/* ---- lines and areas ---- */

/* A row of a data block that `with vectors nohead` draws: from one corner to the other. */
void draw_line(struct buf *b, double x0, double y0, double x1, double y1);

/* Slanting lines that fill a rectangle (x0 < x1, y0 < y1), as rows like those of draw_line. The
 * patterns of gnuplot are counted in pixels and vanish at 300 dpi. */
void draw_hatch(struct buf *b, double x0, double y0, double x1, double y1);

/* Draws such rows, one plot on the whole page in mm; colour and dash are gnuplot's words. Nothing
 * for none. */
void draw_lines(struct plot *p, const struct buf *rows, const char *look);
/* The same with rows of another style: "points", "filledcurves closed" (an empty line between). */
void draw_rows(struct plot *p, const struct buf *rows, const char *style, const char *look);

/* The following `plot` draws inside this rectangle: its screen margins. */
void draw_panel(struct plot *p, double left, double top, double right, double bottom);

/* A number of a row that gnuplot plots, behind a blank; NaN where there is none. Append. */
void draw_datum(struct buf *b, double x);

/* ---- axes ---- */

enum draw_scale { DRAW_LINEAR, DRAW_SQRT, DRAW_LOG };

struct draw_axis {
    enum draw_scale scale;
    double low, high; /* values at its two ends, low < high; DRAW_LOG: > 0; DRAW_SQRT: >= 0 */
    double from, to;  /* where these stand, mm; a y axis has from > to */
};

double draw_axis_at(const struct draw_axis *a, double value);

/* Ticks of an axis: `list` is what stands between the brackets of gnuplot's `set xtics (...)`. */
struct draw_ticks {
    struct buf list;
    size_t count;
    double at[24], half[24]; /* place and half the room that the text takes along the axis, mm */
};

/* False for a tick that lies outside the axis, whose text would stand out far beyond it, or would
 * meet one that is there already; draw_ticks_add passes over such a one. */
bool draw_ticks_fit(const struct draw_ticks *t, const struct draw_axis *a, double value,
                    const char *text);
void draw_ticks_add(struct draw_ticks *t, const struct draw_axis *a, double value,
                    const char *text);

/* Whole numbers from 0 upwards that suit the axis (linear or square root), as people write them. */
void draw_ticks_count(struct draw_ticks *t, const struct draw_axis *a, enum lang lang);
void draw_ticks_free(struct draw_ticks *t);

#endif
