/* marks.h: what happened in some months of a series, and where its pace turned: lines down the
 * panel, their labels in lanes above it. Internal to plot/.
 *
 * The labels keep clear of one another and of the lines of those above them; what has no room in
 * the lanes, or is too long for them, is told in the notes. */
#ifndef KEOGIAM_PLOT_MARKS_H
#define KEOGIAM_PLOT_MARKS_H

#include "plot/draw.h"
#include "plot/months.h"

enum mark_kind { MARK_JOINPOINT, MARK_STEP, MARK_EXCLUDE, MARK_EVENT };

struct mark {
    enum mark_kind kind;
    size_t month, months; /* the first of them in the series, how many */
    const char *words;    /* in full: "3/2020: phong tỏa" */
    const char *label;    /* as it stands above the panel */
    double x;             /* of its line, mm; MARK_EXCLUDE: the middle of its months */
    double left, width;   /* of its label, mm */
    size_t lane;          /* of its label, 0 next to the panel; is_placed only */
    bool is_placed;
};

struct marks {
    struct mark *items;
    size_t count, cap, lanes; /* lanes that are in use */
    bool has[4];              /* by kind */
    struct arena arena;
};

/* Adds a mark of `months` months from the month on; words are copied. */
bool marks_add(struct marks *k, enum mark_kind kind, size_t month, size_t months, const char *words,
               struct err *e);

/* The columns event and action: neighbours with the same of both are one mark. */
bool marks_add_events(struct marks *k, const struct months *m, struct err *e);

/* Gives each its place: month 0 begins at `left`, labels stay between low and high (mm). */
void marks_place(struct marks *k, double left, double pitch, double low, double high);

/* Labels upwards from `foot`, where the lanes end and the panel begins. */
void marks_draw_labels(struct plot *p, const struct marks *k, double foot);

/* Lines from the labels down to `bottom`. */
void marks_draw(struct plot *p, const struct marks *k, double foot, double bottom, double pitch);

/* How tall the lanes are, mm. */
double marks_height(const struct marks *k);

/* What is not, or not in full, above the panel. Append. */
void marks_add_left_over(struct buf *b, const struct marks *k, enum lang lang);

void marks_free(struct marks *k); /* accepts zero */

/* A month since the year 0: "3/2020". Append. */
void marks_add_month(struct buf *b, int index);

#endif
