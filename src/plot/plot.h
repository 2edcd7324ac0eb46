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

struct plot {
    struct buf script;
    double width_mm, height_mm;
    enum lang lang;
    bool titled;
};

struct plot_options {
    const char *path;  /* file to make */
    bool script;       /* write the gnuplot script to path instead of drawing */
    bool untitled;     /* inside a document or slide: title, subtitle and source line are there; the
                          words that explain signs stay */
    double most_mm;    /* the chart is no higher than that, if it can be helped; 0: as it likes */
    struct plot *keep; /* takes the script instead of drawing it: for plot_draw */
};

/* Head of the script for a chart of this size (millimetres). */
void plot_begin(struct plot *p, double width_mm, double height_mm, enum lang lang, bool titled);
/* Draws and frees. Fails (ERR_FAILED): gnuplot missing (how to get it), gnuplot refused the script
 * (kept in a named file), cannot write; (ERR_USAGE): unknown suffix. The target is untouched on
 * failure. */
bool plot_end(struct plot *p, const struct plot_options *o, struct err *e);
void plot_free(struct plot *p);

/* A script that was kept, and its pictures (png: 300 dpi). */
struct plot_picture {
    const struct plot *plot;
    struct buf *png, *svg;
};
/* Draws them all, several gnuplots at once: the same bytes as one by one. Fails as plot_end. */
bool plot_draw(const struct plot_picture *pictures, size_t count, struct err *e);

/* Texts are placed by the widths of Liberation Sans. False where another font would be drawn: they
 * may then meet; the package that brings it is fonts-liberation2. */
bool plot_has_font(void);

/* The one function that quotes text for gnuplot: a double-quoted string, with `\`, `"`, newline and
 * enhanced-mode characters made safe. Paths too. */
void plot_quote(struct buf *b, const char *text);

/* Dumbbell by unit from a `yoy --by unit` result: rows with unit and total rows. */
bool plot_yoy(const struct result *yoy, const struct plot_options *o, struct err *e);

/* The charts of one series take a result of its months: columns unit, unit_name, category,
 * category_name, month ("2024-05"), count (empty: unknown), state (token: known / unknown /
 * partial / excluded), then what the chart adds; all rows of one series, in order of time. `trend`,
 * `forecast`, `control` is a result with the one row of the same series that the command shows. */

/* Months as they are, with the fitted curve of the trend model where there is one. months adds
 * fitted, fitted_low, fitted_high (expected count of the month and its 95 % interval; empty: none),
 * segment (1, 2, 3 between joinpoints; empty without a fit), event (labels of what happened in the
 * month; empty), action (token: mark / step / exclude). */
bool plot_trend(const struct result *months, const struct result *trend,
                const struct plot_options *o, struct err *e);

/* Cumulative counts of the period against the year before, the fan to its end, the allowance line.
 * months (those of the period) adds cumulative (observed up to the month's end; empty behind what
 * is observed), cumulative_before (same period a year earlier; empty: unknown), expected, pi_low,
 * pi_high (80 %), wide_low, wide_high (95 %): of the cumulative count, empty where observed. */
bool plot_forecast(const struct result *months, const struct result *forecast,
                   const struct plot_options *o, struct err *e);

/* Heat map of months by years. */
bool plot_seasonal(const struct result *months, const struct result *trend,
                   const struct plot_options *o, struct err *e);

/* Control chart. months adds centre, lower, upper (limits of the month's count), segment (from 1;
 * a rebase begins the next), signal (tokens "above,run": comma-separated; empty: none), event,
 * action. */
bool plot_spc(const struct result *months, const struct result *control,
              const struct plot_options *o, struct err *e);

/* Days between cases. cases: one row a day with cases, and a last one without (cases 0) on the last
 * day known, the gap that has not ended: columns unit, unit_name,
 * category, category_name, on ("2024-05-03"), cases (on that day), gap (days since the case before;
 * empty: the first), centre, lower, upper (limits of the gap), signal. */
bool plot_gaps(const struct result *cases, const struct result *control,
               const struct plot_options *o, struct err *e);

/* ---- places (risk, alert) ----
 *
 * The three charts of a `risk` result take its rows as the contract names them: unit, unit_name,
 * category, category_name, period, count, expected, smr, rr, rr_low, rr_high, prob_excess,
 * rank_low, rank_high, cluster, cluster_p, level (high / elevated / unclear / normal), in any order
 * of rows, all of one category and period. Rows with count but without rr (the unit P/?, no
 * population) stand apart; a row whose note has `total` is the parent's and is not drawn as one of
 * its units. */

/* Caterpillar: shrunken rr with its 95 % interval, the raw SMR as a ring, count and expected. */
bool plot_risk(const struct result *risk, const struct plot_options *o, struct err *e);

/* SMR against expected. limits: points of the control limits, by ascending expected: columns
 * expected (> 0), low_95, high_95, low_998, high_998 (as ratios to expected, empty: none). */
bool plot_funnel(const struct result *risk, const struct result *limits,
                 const struct plot_options *o, struct err *e);

/* Where a unit lies. Rings are outer rings, further parts and holes alike: what an odd number of
 * them surrounds is inside. A ring may or may not repeat its first point. */
struct map_shape {
    const char *unit;         /* code, as in the result */
    double lon, lat;          /* where a circle stands when there is no ring; NAN: not known */
    size_t ring_count;        /* 0: no boundary */
    const size_t *ring_sizes; /* points of each ring */
    const double *lon_lat;    /* longitude, latitude in degrees of each point, ring behind ring */
};
struct map_shapes {
    const struct map_shape *items; /* in any order; without a row: drawn as not known */
    size_t count;
};

/* Choropleth of rr in five classes (names, counts, level, clusters outlined; hatched: not
 * known); circles by count where no unit has a boundary. shapes may be empty or NULL: refused
 * (ERR_USAGE). */
bool plot_map(const struct result *risk, const struct map_shapes *shapes,
              const struct plot_options *o, struct err *e);

/* An `alert` result: one row a unit x category x month: unit, unit_name, category,
 * category_name, month ("2024-05"), count (empty: unknown), expected, upper, p_value, method,
 * false_alarm (chance of an alarm if nothing has changed); count > upper is an alarm. One
 * series: its months against expected and upper; several: a strip each, those with the latest
 * alarms first. */
bool plot_alert(const struct result *alert, const struct plot_options *o, struct err *e);

/* ---- targets, coverage ---- */

/* Bullets of a `targets` result (total rows): each rate on an axis of per cent with its target's
 * line, its counts and verdict beside it; reductions as the count now against the most allowed. */
bool plot_targets(const struct result *targets, const struct plot_options *o, struct err *e);

/* Who reported when. months: a row a unit x month in order of units, then time: columns unit,
 * unit_name, month ("2024-05"), state (token: known / partial / unknown), count (empty: not
 * known). */
bool plot_coverage(const struct result *months, const struct plot_options *o, struct err *e);

#endif
