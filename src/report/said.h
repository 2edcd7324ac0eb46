/* said.h: what an official report said, and what the same figure reads now: its words, the same
 * below tables, in the next report and in a correction.
 */
#ifndef KEOGIAM_REPORT_SAID_H
#define KEOGIAM_REPORT_SAID_H

#include "base/date.h"
#include "series/changes.h"
#include "store/issued.h"

/* Whose period the report was of, seen from the one asked about. */
enum said_which {
    SAID_PERIOD, /* its own */
    SAID_BEFORE, /* the same a year earlier */
    SAID_PART    /* a part of it */
};

/* Why a number of cases reads otherwise: what came in, what went out (changes.h), the rest. */
struct said_why {
    bool known;
    int64_t numbers[CHANGE_KINDS];
    int64_t stated;   /* through count rows or the trees of units and categories, signed */
    int64_t compared; /* through who is compared, signed */
};

/* A figure that reads otherwise now. What was not known then, or is not now, has neither count nor
 * base on that side. */
struct said_line {
    enum said_which which;
    const char *number; /* of the report that said it last */
    day on;
    struct period period;
    const char *unit;  /* code */
    const char *place; /* its name, where that is to be said; NULL */
    struct issued_figure then, now;
    struct said_why why, why_before; /* of count and base */
};

struct said_lines {
    struct said_line *items;
    size_t count, cap;
    struct arena arena;
};

/* Copies the line's texts to the arena. False: out of memory. */
bool said_keep(struct said_line *l, struct arena *a);

/* "+1 tin muộn, +1 đổi tội danh": nothing where the reasons are not known. Append. */
void said_reasons(struct buf *b, const struct said_why *w, enum lang lang);
/* "22 vụ", "9/10": a side of it, then or now; "…" where it was not known. Append. */
void said_value(struct buf *b, const struct issued_figure *f, bool prose, enum lang lang);
/* A sentence for each report among them: "Báo cáo số 15/BC-BCĐ138 ngày 20/12/2024: Xâm hại trẻ em
 * đã báo cáo 22 vụ, nay 24 vụ (+1 tin muộn, +1 đổi tội danh); …." Append, a space before what
 * follows another sentence. */
void said_sentences(struct buf *b, const struct said_line *const *lines, size_t count,
                    enum lang lang);
/* "kết luận không thay đổi: đạt", "kết luận thay đổi từ đạt sang chưa đạt"; nothing where neither
 * has a verdict. Append. */
void said_verdict(struct buf *b, const struct said_line *l, enum lang lang);

#endif
