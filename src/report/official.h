/* official.h: the set lines of official form (report/LAYOUT.md 2), the same in every file format.
 * All append to *b.
 */
#ifndef KEOGIAM_REPORT_OFFICIAL_H
#define KEOGIAM_REPORT_OFFICIAL_H

#include "report/doc.h"

/* "Số:       /BC-BCĐ138": the clerk writes the number; of one that was issued "Số: 15/BC-BCĐ138".
 */
void official_number(struct buf *b, const struct doc *d);
/* "Tháp Mười, ngày      tháng 12 năm 2024": the clerk writes the day, unless it was issued; the
 * month is that of d->created, January and February with a leading 0. */
void official_date(struct buf *b, const struct doc *d);

/* "Công an tỉnh;", the last with a full stop: the line of *rest, a place in d->head.recipients,
 * which moves to the next. False: there is none left. */
bool official_recipient(struct buf *b, const char **rest);

/* I, II, III … */
void official_roman(struct buf *b, int number);
/* "I. ", "1. ", "a) ": the number of a heading of the level. */
void official_heading_number(struct buf *b, int level, int number);
/* "Phụ lục II" */
void official_appendix(struct buf *b, const struct doc *d, int number);
/* "(Kèm theo Báo cáo số …/BC-BCĐ138 ngày … của …)" */
void official_attached(struct buf *b, const struct doc *d);

#endif
