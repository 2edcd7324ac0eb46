/* plot.h: charts as walkers over a result: struct -> gnuplot script -> file.
 *
 * plot_begin and plot_end bracket every chart: begin opens a script with the common look (palette,
 * fonts, sizes of report/LAYOUT.md section 6), end hands it to gnuplot (or writes it out), checks
 * the exit status, and renames the finished file into place. A script that gnuplot refuses is kept
 * and named. The file's suffix decides: .png (300 dpi), .svg, .pdf; with `script` the path gets the
 * gnuplot script.
 *
 * Charts compute nothing: titles and sentences are made here from the result's cells, numbers are
 * not.
 */
#ifndef KEOGIAM_PLOT_PLOT_H
#define KEOGIAM_PLOT_PLOT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/result.h"

struct plot_options {
    const char *path; /* file to make */
    bool script;      /* write the gnuplot script to path instead of drawing */
    bool untitled;    /* inside a document or slide: caption and title are there */
};

struct plot {
    struct buf script;
    double width_mm, height_mm;
    enum lang lang;
    bool titled;
};

/* Head of the script for a chart of this size (millimetres). */
void plot_begin(struct plot *p, double width_mm, double height_mm, enum lang lang, bool titled);
/* Draws and frees. Fails (ERR_FAILED): gnuplot missing (how to get it), gnuplot refused the script
 * (kept in a named file), cannot write; (ERR_USAGE): unknown suffix. The target is untouched on
 * failure. */
bool plot_end(struct plot *p, const struct plot_options *o, struct err *e);
void plot_free(struct plot *p);

/* The one function that quotes text for gnuplot: a double-quoted string, with `\`, `"`, newline and
 * enhanced-mode characters made safe. Paths too. */
void plot_quote(struct buf *b, const char *text);

/* Dumbbell by unit from a `yoy --by unit` result: rows with unit and total rows. */
bool plot_yoy(const struct result *yoy, const struct plot_options *o, struct err *e);

/* Months as they are, from a result with columns unit, unit_name, category, category_name, month
 * ("2024-05"), count (empty: unknown), state (token: known / unknown / partial). One series. */
bool plot_months(const struct result *months, const struct plot_options *o, struct err *e);

#endif
