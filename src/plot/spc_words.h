/* spc_words.h: what control charts say of a `control` row: variation and assurance. Internal to
 * plot/.
 *
 * Columns read, of the first row: unit and category of the series; from, to, n, total; variation
 * (token: common / improving / worsening / earlier / too_few), signals (count, of the segment in
 * force), signal (token of the last one), signal_from, signal_to ("2024-05" or "2024-05-03");
 * target (cases a year), assurance (token: meets / unsure / fails), prob_within; open_prob (of
 * gaps: P(an open gap so long)).
 * A column that is not there counts as empty, and so does a control of NULL or without rows.
 */
#ifndef KEOGIAM_PLOT_SPC_WORDS_H
#define KEOGIAM_PLOT_SPC_WORDS_H

#include "base/buf.h"
#include "base/result.h"
#include "plot/words.h"

/* "5/2024"; "03/05/2024" in Vietnamese, ISO in English; what is neither as it is. Append. */
void spc_add_when(struct buf *b, const char *when, enum lang lang);

/* "3/2024–10/2024"; one of them where they are the same. Append. */
void spc_add_span(struct buf *b, const char *from, const char *to, enum lang lang);

/* A mean: two decimals below 1, one where it is not whole. Append. */
void spc_add_mean(struct buf *b, double mean, enum lang lang);

/* "about 24%"; "less than 1%". Append. */
void spc_add_chance(struct buf *b, double p, enum lang lang);

/* What stands behind the fact in a title: "; within the usual variation"; nothing without a
 * verdict. ▲ before a rise. Append. */
void spc_add_conclusion(struct buf *b, const struct result *control, enum lang lang);

/* Lines under the panel, '\n' between: variation with its last signal, assurance. Append. */
void spc_add_verdict(struct buf *b, const struct result *control, const struct counted *counted,
                     enum lang lang);

/* Sentences of how to read what the verdict needs: that few among many signs are chance. Append. */
void spc_add_caution(struct buf *b, const struct result *control, enum lang lang);

#endif
