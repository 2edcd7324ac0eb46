/* say.h: the sentences of reports, chosen and filled by the numbers (report/LAYOUT.md 0, 3;
 * domain.md 8): right direction, counts beside every percentage, uncertainty once and in set
 * words, nothing that the numbers do not carry. Every function appends to *b, in the language of
 * the facts, whole sentences that end with a full stop unless it says otherwise, and nothing where
 * there is nothing to say.
 */
#ifndef KEOGIAM_REPORT_SAY_H
#define KEOGIAM_REPORT_SAY_H

#include "report/facts.h"

/* ---- parts of sentences ---- */

/* "năm 2024", "6 tháng đầu năm 2024", "quý II năm 2024", "tháng 5 năm 2024", "giai đoạn …". */
void say_period(struct buf *b, const struct facts *f);
/* "Từ ngày 01/01/2024 đến ngày 31/12/2024" */
void say_span(struct buf *b, struct span span, enum lang lang);
/* "toàn huyện"; "toàn địa bàn" where the level is not known. */
void say_whole(struct buf *b, const struct facts *f);
/* "06 vụ", "112 vụ": as official prose writes numbers. */
void say_cases(struct buf *b, int64_t n, enum lang lang);
void say_number(struct buf *b, int64_t n, enum lang lang);
void say_date(struct buf *b, day d, enum lang lang);
/* A period of this label inside a sentence: "6 tháng đầu năm 2024", "tháng 5 năm 2024". */
void say_label(struct buf *b, const char *label, struct span span, enum lang lang);
/* A unit's name in the middle of a sentence: "xã Mỹ Quý", "thị trấn Mỹ An". */
void say_unit(struct buf *b, const char *name, enum lang lang);
/* "giảm 05 vụ (−8,3%)", "bằng so với cùng kỳ", "phát sinh 02 vụ (cùng kỳ không xảy ra)". */
void say_change(struct buf *b, const struct result *yoy, size_t row);
/* Where the whole stands on its own base of comparison: "12/13 đơn vị"; false: all are in it. */
bool say_base(struct buf *b, const struct facts_root *r, enum lang lang);
/* The set words by the chance of a true reduction; "" where nothing may be concluded. */
const char *say_trend_words(const struct result *yoy, size_t row, enum lang lang);

/* ---- sentences ---- */

/* What was recorded, in the same period, the change; on the same base where that differs. */
void say_recorded(struct buf *b, const struct facts *f, const struct facts_root *r);
/* Several years: "2020–2024: 45, 56, 64, 52 vụ; …; so với bình quân 03 năm (55 vụ) giảm 5,5%." */
void say_years(struct buf *b, const struct facts *f, const struct facts_root *r);
/* How much may be luck, and what may be concluded. */
void say_luck(struct buf *b, const struct facts *f, const struct facts_root *r);
/* How many units went down, stayed, went up; who rose most, and that it is no ranking. */
void say_units(struct buf *b, const struct facts *f, const struct facts_root *r);
/* Units at the levels high and elevated, with what their population would give; or that none is. */
void say_levels(struct buf *b, const struct facts *f, const struct facts_root *r);
/* The period is not over: to which day the figures reach; nothing where it is. */
void say_running(struct buf *b, const struct facts *f);
/* Units of which it is not known what happened to the end of the period. */
void say_unreported(struct buf *b, const struct facts *f);
/* Which counts are likely to grow, by how many cases: reports still to come in. */
void say_growth(struct buf *b, const struct facts *f);
/* Alarms of the last months; nothing where there is none. */
void say_alerts(struct buf *b, const struct facts *f, const struct facts_root *r);
/* How many alarms chance alone gives, over all roots: said once, behind them. */
void say_alert_chance(struct buf *b, const struct facts *f);
/* The rest of the reporting year: range, what the target allows, how likely. */
void say_forecast(struct buf *b, const struct facts *f, const struct facts_root *r);
/* Met, not met and how many; which rates lack how much. */
void say_targets(struct buf *b, const struct facts *f);
/* What was reported of the period, of the same one before, of parts of it, where it reads otherwise
 * now: counts of roots, and indicators of which the verdict changes. */
void say_said(struct buf *b, const struct facts *f);
/* What changed between the two periods in law, boundaries, recording. */
void say_breaks(struct buf *b, const struct facts *f);

#endif
