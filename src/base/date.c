#include "base/date.h"

#include <string.h>

enum { YEAR_MIN = 1582, YEAR_MAX = 9999 };

static bool year_is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int date_month_days(int year, int month)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && year_is_leap(year));
}

/* Days since 1970-01-01 of a date that exists. Counting years from 1 March puts the leap day last,
 * so that months have fixed offsets; 719468 days lie between 0000-03-01 and 1970-01-01. Source: H.
 * Hinnant, "chrono-compatible low-level date algorithms", days_from_civil. */
static day days_from_civil(int year, int month, int mday)
{
    int march_year = month > 2 ? year : year - 1;
    int era = march_year / 400;
    int of_era = march_year - era * 400;
    int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + mday - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

bool day_from_date(struct date d, day *out)
{
    if (d.year < YEAR_MIN || d.year > YEAR_MAX || d.month < 1 || d.month > 12 || d.mday < 1 ||
        d.mday > date_month_days(d.year, d.month))
        return false;
    day found = days_from_civil(d.year, d.month, d.mday);
    if (found < DAY_MIN)
        return false;
    *out = found;
    return true;
}

/* Source: Hinnant, as above, civil_from_days. */
struct date date_from_day(day d)
{
    int shifted = d + 719468;
    int era = shifted / 146097;
    int of_era = shifted - era * 146097;
    int year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year + year / 4 - year / 100);
    int march_month = (5 * of_year + 2) / 153;
    int month = march_month < 10 ? march_month + 3 : march_month - 9;
    return (struct date){year + era * 400 + (month <= 2), month,
                         of_year - (153 * march_month + 2) / 5 + 1};
}

/* The day of a date whose month and mday exist; the nearest day there is for a year beyond the
 * range. */
static day day_within(int year, int month, int mday)
{
    if (year < YEAR_MIN)
        return DAY_MIN;
    if (year > YEAR_MAX)
        return DAY_MAX;
    day found = days_from_civil(year, month, mday);
    return found < DAY_MIN ? DAY_MIN : found;
}

static void put_digits(char *at, int digits, int value)
{
    for (; digits > 0; value /= 10)
        at[--digits] = (char)('0' + value % 10);
}

void day_text(day d, char text[11])
{
    text[0] = '\0';
    if (d < DAY_MIN || d > DAY_MAX)
        return;
    struct date date = date_from_day(d);
    put_digits(text, 4, date.year);
    put_digits(text + 5, 2, date.month);
    put_digits(text + 8, 2, date.mday);
    text[4] = text[7] = '-';
    text[10] = '\0';
}

/* ---- reading ---- */

struct cursor {
    const char *at, *end;
};

/* Reads at most `most` digits; returns how many there were. */
static int read_number(struct cursor *c, int most, int *value)
{
    int digits = 0;
    *value = 0;
    while (digits < most && c->at < c->end && *c->at >= '0' && *c->at <= '9') {
        *value = *value * 10 + (*c->at++ - '0');
        digits++;
    }
    return digits;
}

/* Reads one character if it is one of `any`; '\0' if not. */
static char read_any(struct cursor *c, const char *any)
{
    if (c->at == c->end || !*c->at || !strchr(any, *c->at))
        return '\0';
    return *c->at++;
}

static bool read_date(struct cursor *c, struct date *d)
{
    int first, month, last;
    int first_digits = read_number(c, 8, &first);
    if (first_digits == 8) {
        *d = (struct date){first / 10000, first / 100 % 100, first % 100};
        return true;
    }
    char mark = read_any(c, "-/.");
    if (!mark || !read_number(c, 2, &month) || read_any(c, "-/.") != mark)
        return false;
    int last_digits = read_number(c, 4, &last);
    if (first_digits == 4 && (last_digits == 1 || last_digits == 2))
        *d = (struct date){first, month, last};
    else if ((first_digits == 1 || first_digits == 2) && last_digits == 4)
        *d = (struct date){last, month, first};
    else
        return false;
    return true;
}

/* Z, +07:00 or nothing. */
static bool read_zone(struct cursor *c)
{
    int hours, minutes;
    if (read_any(c, "Zz") || !read_any(c, "+-"))
        return true;
    if (read_number(c, 2, &hours) != 2 || hours > 14)
        return false;
    read_any(c, ":");
    return c->at == c->end || (read_number(c, 2, &minutes) == 2 && minutes < 60);
}

/* AM and PM, or SA and CH (sáng, chiều), as spreadsheets write them; or nothing. */
static void read_half_of_day(struct cursor *c)
{
    struct cursor ahead = *c;
    read_any(&ahead, " ");
    char first = read_any(&ahead, "AaPpSsCc");
    char second = read_any(&ahead, first && strchr("Ss", first) ? "Aa" : "MmHh");
    if (first && second)
        *c = ahead;
}

/* 10:20, 10:20:30, 10:20:30.125, each with an optional half of the day and zone. */
static bool read_time(struct cursor *c)
{
    int hour, minute, second, fraction;
    if (!read_number(c, 2, &hour) || hour > 24 || !read_any(c, ":") ||
        read_number(c, 2, &minute) != 2 || minute > 59)
        return false;
    if (read_any(c, ":") && (read_number(c, 2, &second) != 2 || second > 60))
        return false;
    if (read_any(c, ".,") && !read_number(c, 9, &fraction))
        return false;
    read_half_of_day(c);
    return read_zone(c);
}

bool day_parse(const char *text, size_t n, day *out, bool *impossible)
{
    struct cursor c = {text, text + n};
    struct date d;
    *impossible = false;
    while (read_any(&c, " \t"))
        ;
    while (c.end > c.at && (c.end[-1] == ' ' || c.end[-1] == '\t'))
        c.end--;
    if (!read_date(&c, &d))
        return false;
    if (read_any(&c, " Tt") && !read_time(&c))
        return false;
    if (c.at != c.end)
        return false;
    *impossible = !day_from_date(d, out);
    return !*impossible;
}

/* ---- spans ---- */

struct span span_intersect(struct span a, struct span b)
{
    return (struct span){a.from > b.from ? a.from : b.from, a.to < b.to ? a.to : b.to};
}

/* The same month and mday, where 29 February may be missing. */
static bool date_shift(day d, int years, struct date *out)
{
    *out = date_from_day(d);
    out->year += years;
    return out->mday <= date_month_days(out->year, out->month);
}

day day_shift_years(day d, int years)
{
    struct date moved;
    if (d == DAY_NONE)
        return d;
    if (!date_shift(d, years, &moved))
        moved.mday = 28;
    return day_within(moved.year, moved.month, moved.mday);
}

static day span_end_shift(day d, int years)
{
    struct date end = date_from_day(d);
    if (end.month != 2 || end.mday != date_month_days(end.year, 2))
        return day_shift_years(d, years);
    int year = end.year + years;
    return day_within(year, 2, date_month_days(year, 2));
}

struct span span_shift_years(struct span s, int years)
{
    struct date start;
    if (s.from == DAY_NONE || s.to == DAY_NONE)
        return s;
    if (!date_shift(s.from, years, &start))
        start = (struct date){start.year, 3, 1};
    return (struct span){day_within(start.year, start.month, start.mday),
                         span_end_shift(s.to, years)};
}

/* ---- calendars ---- */

/* Months are counted through: 12 * year + month - 1 of the civil month in which one starts. The
 * reporting year of any start but 1 January begins in the year before the one it is named after. */
static int calendar_first_month(struct calendar c, int year)
{
    return 12 * (calendar_is_civil(c) ? year : year - 1) + c.month - 1;
}

static day calendar_month_start(struct calendar c, int year, int month)
{
    int through = calendar_first_month(c, year) + month - 1;
    return day_within(through / 12, through % 12 + 1, c.mday);
}

struct span calendar_month(struct calendar c, int year, int month)
{
    return (struct span){calendar_month_start(c, year, month),
                         calendar_month_start(c, year, month + 1) - 1};
}

struct span calendar_year(struct calendar c, int year)
{
    return (struct span){calendar_month_start(c, year, 1), calendar_month_start(c, year, 13) - 1};
}

void calendar_locate(struct calendar c, day d, int *year, int *month)
{
    struct date date = date_from_day(d);
    int through = 12 * date.year + date.month - 1 - (date.mday < c.mday);
    int since = through - calendar_first_month(c, 0);
    *year = since / 12;
    *month = since % 12 + 1;
}

/* Months are named after the civil month they end in, and month k of a reporting year must be
 * called k: that holds for 1 January and for a day of December behind the first. A year from 1 July
 * or from 15 November would call its first month January; such a calendar is refused. */
bool calendar_parse(const char *text, struct calendar *out)
{
    struct cursor c = {text, text + strlen(text)};
    struct calendar read;
    if (read_number(&c, 2, &read.month) != 2 || !read_any(&c, "-") ||
        read_number(&c, 2, &read.mday) != 2 || c.at != c.end)
        return false;
    if (!calendar_is_civil(read) && !(read.month == 12 && read.mday >= 2 && read.mday <= 28))
        return false;
    *out = read;
    return true;
}

const char *calendar_name(struct calendar c)
{
    static const char names[][6] = {"01-01", "12-02", "12-03", "12-04", "12-05", "12-06", "12-07",
                                    "12-08", "12-09", "12-10", "12-11", "12-12", "12-13", "12-14",
                                    "12-15", "12-16", "12-17", "12-18", "12-19", "12-20", "12-21",
                                    "12-22", "12-23", "12-24", "12-25", "12-26", "12-27", "12-28"};
    return names[c.mday - 1];
}

bool calendar_from_span(struct span s, struct calendar *out)
{
    int mday = date_from_day(s.from).mday;
    if (span_is_empty(s) || mday > 28 || date_from_day(s.to + 1).mday != mday)
        return false;
    *out = mday == 1 ? CALENDAR_CIVIL : (struct calendar){12, mday};
    return true;
}
