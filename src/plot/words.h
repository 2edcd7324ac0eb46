/* words.h: the words that the charts share: what is counted, periods in few letters, the source
 * line. Internal to plot/. */
#ifndef KEOGIAM_PLOT_WORDS_H
#define KEOGIAM_PLOT_WORDS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/result.h"

/* English literals, each to be passed through tr(). */
struct counted {
    const char *subject;    /* "Cases": opens a title or heads a column */
    const char *one, *many; /* formats of "%s case" and "%s cases" */
};

/* What the result counts, from its provenance `count`; cases where it says nothing. */
const struct counted *words_counted(const struct result *r);

/* A provenance entry; NULL where there is none. */
const struct prov *words_prov(const struct result *r, const char *key);

/* A number of cells: whole where it is whole, else one decimal (a mean of years). Append. */
void words_number(struct buf *b, double x, enum lang lang);

/* "1 case", "1,234 cases"; "1.234 vụ". Append. */
void words_amount(struct buf *b, double x, const struct counted *c, enum lang lang);

/* A period's canonical label in at most some ten letters: "2024", "6T/2024" (H1 2024), "QII/2024",
 * "T5/2024", "2021–2022", "TB 3 năm". Appends nothing and returns false for spans that need more.
 */
bool words_period(struct buf *b, const char *label, enum lang lang);

/* A sentence follows: a space, unless it is the first. Append. */
void words_next(struct buf *b);

/* The provenance that people are shown: "Nguồn: …; kỳ: …; …." Append. */
void words_source(struct buf *b, const struct result *r);

#endif
