/* slides_words.h: titles of slides: each the finding, in one sentence without a full stop that
 * claims no more than its interval allows. They append to *b, nothing where there is no finding.
 */
#ifndef KEOGIAM_REPORT_SLIDES_WORDS_H
#define KEOGIAM_REPORT_SLIDES_WORDS_H

#include "report/facts.h"

/* How many of the plan's indicators are met; without a plan what was recorded. */
void slides_say_result(struct buf *b, const struct facts *f);
/* The change of the whole against the same period. */
void slides_say_change(struct buf *b, const struct facts *f, const struct facts_root *r);
/* Which rates lack how much. */
void slides_say_rates(struct buf *b, const struct facts *f);
/* The whole years of the chart side by side, and whether they go anywhere. */
void slides_say_trend(struct buf *b, const struct facts *f, const struct facts_root *r);
/* The places at the levels high and elevated, with what their population would give. */
void slides_say_places(struct buf *b, const struct facts *f, const struct facts_root *r);
/* Some place is at one of these levels. */
bool slides_has_watched(const struct facts_root *r);
/* How many places differ from the common level for sure. */
void slides_say_spread(struct buf *b, const struct facts *f, const struct facts_root *r);
/* The range of the whole year and the most that the target allows. */
void slides_say_forecast(struct buf *b, const struct facts *f, const struct facts_root *r);

/* "3a (thiếu 1 tin), 7 (thiếu 2 nạn nhân)": the indicators that are not met; kind: "rate",
 * "reduction", NULL: all. Append; how many they are. */
size_t slides_add_missing(struct buf *b, const struct facts *f, const char *kind);

#endif
