/* date.h: days, spans of days, reporting calendars and periods.
 *
 * A date is a `day`: whole days since 1970-01-01 in the proleptic Gregorian calendar. Text becomes
 * a day in ingest/ and stays one from there on. A span has both ends included.
 */
#ifndef KEOGIAM_BASE_DATE_H
#define KEOGIAM_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t day;
#define DAY_NONE INT32_MIN
#define DAY_MIN (-141427) /* 1582-10-15 */
#define DAY_MAX 2932896   /* 9999-12-31 */

struct date {
    int year, month, mday; /* month 1-12, mday 1-31 */
};

struct span {
    day from, to; /* inclusive; from > to is empty */
};

/* The day a reporting year starts: {1, 1}, or {12, 15} for police years, whose months are named
 * after their end: month 8 of 2024 is 15 July to 14 August (contract 2). */
struct calendar {
    int month, mday;
};
#define CALENDAR_CIVIL ((struct calendar){1, 1})

bool day_from_date(struct date d,
                   day *out); /* false: no such date (30 February) or outside 1582-9999 */
struct date date_from_day(day d);
int date_month_days(int year, int month);
void day_text(day d, char text[11]); /* "2024-05-03"; "" for DAY_NONE */

/* Reads n bytes: 2024-05-03, 20240503, 03/05/2024, 3-5-2024, 3.5.2024 (day first); a time of day
 * behind a space or T is accepted and dropped. Returns false where it is no date; *impossible tells
 * a date that is written well but does not exist (30/02/2024). */
bool day_parse(const char *text, size_t n, day *out, bool *impossible);

static inline bool span_is_empty(struct span s)
{
    return s.from > s.to;
}
static inline int64_t span_days(struct span s)
{
    return span_is_empty(s) ? 0 : (int64_t)s.to - s.from + 1;
}
static inline bool span_has(struct span s, day d)
{
    return d >= s.from && d <= s.to;
}
struct span span_intersect(struct span a, struct span b);

/* The same days of the calendar `years` later (negative: earlier). 29 February becomes the 28th as
 * an end, 1 March as a start, unless the target year has one; a span that ends with February ends
 * with February there too. */
struct span span_shift_years(struct span s, int years);
day day_shift_years(day d, int years); /* 29 February -> 28 February */

/* The calendar's month k (1-12) of reporting year y; year and month of a day in that calendar. */
struct span calendar_month(struct calendar c, int year, int month);
struct span calendar_year(struct calendar c, int year);
void calendar_locate(struct calendar c, day d, int *year, int *month);
bool calendar_parse(const char *text, struct calendar *out); /* "01-01", "12-15" */

static inline bool calendar_is_civil(struct calendar c)
{
    return c.month == 1 && c.mday == 1;
}

static inline bool calendar_is_same(struct calendar a, struct calendar b)
{
    return a.month == b.month && a.mday == b.mday;
}
const char *calendar_name(struct calendar c); /* "01-01", "12-15": of those that parse */

/* The calendar whose whole months the span is made of: 2024-01-01..2024-06-30 are civil months,
 * 2023-12-15..2024-06-14 those of 12-15. False: of none that calendar_parse takes. */
bool calendar_from_span(struct span s, struct calendar *out);

/* A period as the user wrote it. label is the canonical text: 2024, 2024H1, 2024Q2, 2024M9,
 * 2024-05, 2021..2022, 2024-01-01..2024-06-30. */
struct period {
    char label[32];
    struct span span;
};

/* Reads: 2024 · 2024H1 · 2024Q2 · 2024M9, 9T2024, 6T2024 (cumulative) · 2024-05, 202405, T5/2024,
 * 05/2024, Tháng 5/2024 · Quý II/2010, Q2/2010 · Năm 2024 · 2021..2022, A..B of any two of these ·
 * 6 tháng đầu năm 2024 · lũy kế 9 tháng 2024, lũy kế đến tháng 9/2024. Case, spaces and diacritics
 * do not matter. An explicit date span ignores the calendar. */
bool period_parse(const char *text, size_t n, struct calendar c, struct period *out);

/* The same period `years` earlier; its label likewise. */
struct period period_years_before(const struct period *p, struct calendar c, int years);

#endif
