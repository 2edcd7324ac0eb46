/* compose.h: the documents, from the facts: each function fills an initialised doc (kind, subject,
 * blocks; figures as scripts, not yet drawn). Fails: out of memory, and what the charts fail with.
 */
#ifndef KEOGIAM_REPORT_COMPOSE_H
#define KEOGIAM_REPORT_COMPOSE_H

#include "report/doc.h"
#include "report/facts.h"

/* Sơ kết, tổng kết: 2 to 4 pages in the official order (report/LAYOUT.md 3). */
bool compose_briefing(struct doc *d, const struct facts *f, struct err *e);
/* Đánh giá tình hình: the long version with its appendices (LAYOUT 4, domain.md 9). */
bool compose_situation(struct doc *d, const struct facts *f, struct err *e);
/* 16:9, one message a slide (LAYOUT 5). */
bool compose_slides(struct doc *d, const struct facts *f, struct err *e);
/* One page on one place; its rows are those of `unit` (a code) in the results. */
bool compose_unit(struct doc *d, const struct facts *f, const char *unit, struct err *e);

/* ---- parts that several have ---- */

/* Heading block, "simulated" note; opening sentence; last sentence and closing block. */
void compose_head(struct doc *d, const struct facts *f);
void compose_end(struct doc *d, const struct facts *f);

/* Something is known of the plan's indicators: else it is another body's, or there is none. */
bool compose_has_targets(const struct facts *f);
/* The plan's indicators: number, what, target, result, verdict, what is missing. */
void compose_targets_table(struct doc *d, const struct facts *f);
/* A root (NULL: all) and the kinds right under it: now, before, change. */
void compose_kinds_table(struct doc *d, const struct facts *f, const struct facts_root *r);

/* Charts with caption and alt text, none (and true) where there is nothing to draw. most_mm as in
 * plot_options. */
bool compose_chart_targets(struct doc *d, const struct facts *f, double most_mm, struct err *e);
/* The rates alone: reductions have charts of their own. */
bool compose_chart_rates(struct doc *d, const struct facts *f, double most_mm, struct err *e);
bool compose_chart_units(struct doc *d, const struct facts *f, const struct facts_root *r,
                         double most_mm, struct err *e);
bool compose_chart_trend(struct doc *d, const struct facts *f, const struct facts_root *r,
                         double most_mm, struct err *e);
/* Map, or where no unit has a place the caterpillar. */
bool compose_chart_places(struct doc *d, const struct facts *f, const struct facts_root *r,
                          double most_mm, struct err *e);
bool compose_chart_risk(struct doc *d, const struct facts *f, const struct facts_root *r,
                        double most_mm, struct err *e);
bool compose_chart_funnel(struct doc *d, const struct facts *f, const struct facts_root *r,
                          double most_mm, struct err *e);
bool compose_chart_forecast(struct doc *d, const struct facts *f, const struct facts_root *r,
                            double most_mm, struct err *e);
bool compose_chart_seasonal(struct doc *d, const struct facts *f, const struct facts_root *r,
                            double most_mm, struct err *e);
bool compose_chart_coverage(struct doc *d, const struct facts *f, double most_mm, struct err *e);

/* What a number is, in plain words: the i-th of them; false: there are no more. */
bool compose_term(size_t i, enum lang lang, const char **what, const char **is);

/* The line below a table or figure: source, period, number of cases, simulated. */
void compose_source(struct doc *d, const struct facts *f, const struct result *r);

#endif
