#include "check.h"

#include <string.h>

#include "base/date.h"

static const struct calendar police = {12, 15};

static day day_of(int year, int month, int mday)
{
    day d = DAY_NONE;
    assert_true(day_from_date((struct date){year, month, mday}, &d));
    return d;
}

static void assert_day(day d, const char *want)
{
    char text[11];
    day_text(d, text);
    assert_string_equal(text, want);
}

static void assert_span(struct span s, const char *from, const char *to)
{
    assert_day(s.from, from);
    assert_day(s.to, to);
}

static day parsed(const char *text)
{
    day d = DAY_NONE;
    bool impossible = true;
    if (!day_parse(text, strlen(text), &d, &impossible))
        fail_msg("%s is not read", text);
    assert_false(impossible);
    return d;
}

static bool is_impossible(const char *text)
{
    day d = DAY_NONE;
    bool impossible = false;
    assert_false(day_parse(text, strlen(text), &d, &impossible));
    assert_int_equal(d, DAY_NONE);
    return impossible;
}

/* ---- days ---- */

static void day_zero_is_1970_and_the_limits_are_as_named(void **state)
{
    (void)state;
    assert_int_equal(day_of(1970, 1, 1), 0);
    assert_int_equal(day_of(1582, 10, 15), DAY_MIN);
    assert_int_equal(day_of(9999, 12, 31), DAY_MAX);
    assert_int_equal(day_of(2000, 2, 29), 11016); /* R: as.integer(as.Date("2000-02-29")) */
    assert_int_equal(day_of(2024, 5, 3), 19846);  /* R: as.integer(as.Date("2024-05-03")) */
}

static void every_day_from_1582_to_9999_follows_the_one_before(void **state)
{
    (void)state;
    struct date want = {1582, 10, 15};
    for (day d = DAY_MIN; d <= DAY_MAX; d++) {
        struct date got = date_from_day(d);
        if (got.year != want.year || got.month != want.month || got.mday != want.mday)
            fail_msg("day %d is %d-%d-%d", d, got.year, got.month, got.mday);
        if (++want.mday > date_month_days(want.year, want.month)) {
            want.mday = 1;
            want.year += want.month == 12;
            want.month = want.month % 12 + 1;
        }
    }
}

static void every_day_from_1970_to_2100_survives_text_and_back(void **state)
{
    (void)state;
    for (day d = 0; d <= day_of(2100, 12, 31); d++) {
        char text[11];
        day again = DAY_NONE;
        day_text(d, text);
        assert_int_equal(parsed(text), d);
        assert_true(day_from_date(date_from_day(d), &again));
        assert_int_equal(again, d);
    }
}

static void centuries_are_leap_only_every_four_hundred_years(void **state)
{
    (void)state;
    assert_int_equal(date_month_days(1900, 2), 28);
    assert_int_equal(date_month_days(2000, 2), 29);
    assert_int_equal(date_month_days(2023, 2), 28);
    assert_int_equal(date_month_days(2024, 2), 29);
    assert_int_equal(date_month_days(2100, 2), 28);
}

static void dates_that_do_not_exist_make_no_day(void **state)
{
    (void)state;
    static const struct date none[] = {{2024, 2, 30},  {2023, 2, 29}, {1900, 2, 29}, {2024, 4, 31},
                                       {2024, 0, 1},   {2024, 13, 1}, {2024, 1, 0},  {2024, 1, 32},
                                       {1582, 10, 14}, {10000, 1, 1}, {-1, 1, 1}};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        day d = 7;
        assert_false(day_from_date(none[i], &d));
        assert_int_equal(d, 7);
    }
}

static void text_of_no_day_is_empty(void **state)
{
    (void)state;
    assert_day(DAY_NONE, "");
    assert_day(DAY_MAX + 1, "");
    assert_day(DAY_MIN, "1582-10-15");
    assert_day(DAY_MAX, "9999-12-31");
}

/* ---- reading ---- */

static void dates_are_read_in_every_listed_form_day_first(void **state)
{
    (void)state;
    static const char *const forms[] = {"2024-05-03", "20240503",     "03/05/2024", "3/5/2024",
                                        "3-5-2024",   "3.5.2024",     "03.05.2024", "2024/05/03",
                                        "2024-5-3",   " 2024-05-03 ", "2024.05.03"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        assert_int_equal(parsed(forms[i]), day_of(2024, 5, 3));
}

static void a_time_of_day_is_dropped(void **state)
{
    (void)state;
    static const char *const forms[] = {"2024-05-03T10:20:30",
                                        "2024-05-03 00:00:00",
                                        "2024-05-03T10:20:30Z",
                                        "2024-05-03T10:20+0700",
                                        "2024-05-03T10:20:30+07:00",
                                        "3/5/2024 10:20:30.125",
                                        "03/05/2024 14:30",
                                        "3/5/2024 2:30 PM",
                                        "3/5/2024 2:30:00 SA",
                                        "3/5/2024 2:30CH",
                                        "20240503 23:59"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        assert_int_equal(parsed(forms[i]), day_of(2024, 5, 3));
}

static void dates_written_well_that_do_not_exist_are_called_impossible(void **state)
{
    (void)state;
    static const char *const forms[] = {"30/02/2024", "2023-02-29",     "29/2/1900", "2024-13-01",
                                        "20240230",   "31/04/2024",     "0/5/2024",  "2024-05-00",
                                        "0001-01-01", "30/2/2024 10:20"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (!is_impossible(forms[i]))
            fail_msg("%s is not called impossible", forms[i]);
    }
}

static void what_is_no_date_is_not_called_impossible(void **state)
{
    (void)state;
    static const char *const forms[] = {"",
                                        " ",
                                        "2024",
                                        "2024-05",
                                        "3/5/24",
                                        "03/05-2024",
                                        "2024-05-03x",
                                        "202405031",
                                        "abc",
                                        "2024-05-03 25:00",
                                        "3/5",
                                        "--",
                                        "2024-05-03T",
                                        "2024-05-03 1",
                                        "+3/5/2024",
                                        "003/5/2024",
                                        "3/5/2024 10",
                                        "3/5/12024",
                                        "2024-05-03 10:61",
                                        "2024-05-030",
                                        "3//5/2024",
                                        "3 5 2024",
                                        "-2024-05-03"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (is_impossible(forms[i]))
            fail_msg("%s is called impossible", forms[i]);
    }
}

static void reading_stops_after_n_bytes(void **state)
{
    (void)state;
    day d = DAY_NONE;
    bool impossible;
    assert_true(day_parse("2024-05-039", 10, &d, &impossible));
    assert_int_equal(d, day_of(2024, 5, 3));
    assert_false(day_parse("2024-05-03\0", 11, &d, &impossible));
}

/* ---- spans ---- */

static void spans_include_both_ends(void **state)
{
    (void)state;
    struct span s = {10, 12};
    assert_int_equal(span_days(s), 3);
    assert_true(span_has(s, 10) && span_has(s, 12));
    assert_false(span_has(s, 9) || span_has(s, 13));
    assert_int_equal(span_days((struct span){10, 9}), 0);
    assert_int_equal(span_days((struct span){INT32_MIN, INT32_MAX}), INT64_C(4294967296));
}

static void intersections_may_be_empty(void **state)
{
    (void)state;
    struct span both = span_intersect((struct span){0, 10}, (struct span){5, 20});
    assert_int_equal(both.from, 5);
    assert_int_equal(both.to, 10);
    assert_true(span_is_empty(span_intersect((struct span){0, 4}, (struct span){5, 20})));
}

static struct span shifted(const char *from, const char *to, int years)
{
    return span_shift_years((struct span){parsed(from), parsed(to)}, years);
}

static void spans_shift_to_the_same_days_of_the_calendar(void **state)
{
    (void)state;
    assert_span(shifted("2024-01-01", "2024-06-30", -1), "2023-01-01", "2023-06-30");
    assert_span(shifted("2023-12-15", "2024-06-14", -1), "2022-12-15", "2023-06-14");
    assert_span(shifted("2024-05-03", "2024-05-03", 10), "2034-05-03", "2034-05-03");
    assert_span(shifted("2024-02-29", "2024-02-29", 0), "2024-02-29", "2024-02-29");
}

static void an_end_with_february_stays_one(void **state)
{
    (void)state;
    assert_span(shifted("2024-02-01", "2024-02-29", -1), "2023-02-01", "2023-02-28");
    assert_span(shifted("2023-02-01", "2023-02-28", 1), "2024-02-01", "2024-02-29");
    assert_span(shifted("2023-02-01", "2023-02-28", -1), "2022-02-01", "2022-02-28");
    assert_span(shifted("2024-02-01", "2024-02-28", -4), "2020-02-01", "2020-02-28");
    assert_span(shifted("2024-02-01", "2024-02-29", -4), "2020-02-01", "2020-02-29");
    assert_span(shifted("1999-02-01", "1999-02-28", -99), "1900-02-01", "1900-02-28");
    assert_span(shifted("1999-02-01", "1999-02-28", 1), "2000-02-01", "2000-02-29");
}

static void a_start_on_29_february_becomes_1_march(void **state)
{
    (void)state;
    assert_span(shifted("2024-02-29", "2024-03-31", -1), "2023-03-01", "2023-03-31");
    assert_span(shifted("2024-02-29", "2024-03-31", 4), "2028-02-29", "2028-03-31");
    assert_true(span_is_empty(shifted("2024-02-29", "2024-02-29", -1)));
}

static void neighbouring_spans_stay_neighbours_when_shifted(void **state)
{
    (void)state;
    for (day d = day_of(2019, 12, 31); d <= day_of(2024, 12, 31); d++) {
        for (int years = -5; years <= 5; years++) {
            struct span before = span_shift_years((struct span){d - 400, d}, years);
            struct span after = span_shift_years((struct span){d + 1, d + 400}, years);
            /* 28 February of a common year ends February, so 29 February goes with it. */
            assert_int_equal(before.to + 1, after.from);
        }
    }
}

static void a_day_shifts_from_29_to_28_february(void **state)
{
    (void)state;
    assert_day(day_shift_years(day_of(2024, 2, 29), -1), "2023-02-28");
    assert_day(day_shift_years(day_of(2024, 2, 29), -4), "2020-02-29");
    assert_day(day_shift_years(day_of(2023, 2, 28), 1), "2024-02-28");
    assert_int_equal(day_shift_years(DAY_NONE, 1), DAY_NONE);
}

static void shifts_beyond_the_range_stop_at_its_ends(void **state)
{
    (void)state;
    struct span ever = span_shift_years((struct span){DAY_MIN, DAY_MAX}, -1);
    assert_int_equal(ever.from, DAY_MIN);
    assert_day(ever.to, "9998-12-31");
    assert_int_equal(day_shift_years(DAY_MAX, 1), DAY_MAX);
    assert_int_equal(day_shift_years(DAY_MAX, -9000), DAY_MIN);
}

/* ---- calendars ---- */

static void police_months_are_named_after_their_end(void **state)
{
    (void)state;
    assert_span(calendar_month(police, 2024, 8), "2024-07-15", "2024-08-14");
    assert_span(calendar_month(police, 2024, 1), "2023-12-15", "2024-01-14");
    assert_span(calendar_month(police, 2024, 12), "2024-11-15", "2024-12-14");
    assert_span(calendar_month(police, 2024, 3), "2024-02-15", "2024-03-14");
    assert_span(calendar_year(police, 2024), "2023-12-15", "2024-12-14");
}

static void civil_months_and_years_are_the_civil_ones(void **state)
{
    (void)state;
    assert_span(calendar_month(CALENDAR_CIVIL, 2024, 2), "2024-02-01", "2024-02-29");
    assert_span(calendar_month(CALENDAR_CIVIL, 2024, 12), "2024-12-01", "2024-12-31");
    assert_span(calendar_year(CALENDAR_CIVIL, 2024), "2024-01-01", "2024-12-31");
}

static void any_other_year_is_named_after_its_end(void **state)
{
    (void)state;
    assert_span(calendar_year((struct calendar){7, 1}, 2024), "2023-07-01", "2024-06-30");
    assert_span(calendar_year((struct calendar){1, 2}, 2024), "2023-01-02", "2024-01-01");
    assert_span(calendar_year((struct calendar){11, 15}, 2024), "2023-11-15", "2024-11-14");
}

static void every_day_is_in_the_month_that_locates_it(void **state)
{
    (void)state;
    static const struct calendar calendars[] = {{1, 1}, {12, 15}, {12, 28}, {7, 1}, {11, 16}};
    for (size_t i = 0; i < sizeof calendars / sizeof calendars[0]; i++) {
        struct calendar c = calendars[i];
        for (day d = day_of(1999, 1, 1); d <= day_of(2005, 1, 1); d++) {
            int year, month;
            calendar_locate(c, d, &year, &month);
            assert_in_range(month, 1, 12);
            assert_true(span_has(calendar_month(c, year, month), d));
            assert_true(span_has(calendar_year(c, year), d));
        }
    }
}

static void the_twelve_months_make_up_the_year(void **state)
{
    (void)state;
    for (int year = 1999; year <= 2030; year++) {
        struct span whole = calendar_year(police, year);
        day next = whole.from;
        for (int month = 1; month <= 12; month++) {
            struct span s = calendar_month(police, year, month);
            assert_int_equal(s.from, next);
            next = s.to + 1;
        }
        assert_int_equal(next, whole.to + 1);
        assert_int_equal(next, calendar_year(police, year + 1).from);
    }
}

static void calendars_are_read_where_their_months_can_be_named(void **state)
{
    (void)state;
    struct calendar c = {0, 0};
    assert_true(calendar_parse("01-01", &c));
    assert_true(c.month == 1 && c.mday == 1);
    assert_true(calendar_parse("12-15", &c));
    assert_true(c.month == 12 && c.mday == 15);
    static const char *const refused[] = {"",      "1-1",    "12-29", "12-31", "13-01", "00-15",
                                          "12/15", "12-15x", "12-00", "07-01", "12-01", "abc"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        assert_false(calendar_parse(refused[i], &c));
    assert_true(c.month == 12 && c.mday == 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(day_zero_is_1970_and_the_limits_are_as_named),
        cmocka_unit_test(every_day_from_1582_to_9999_follows_the_one_before),
        cmocka_unit_test(every_day_from_1970_to_2100_survives_text_and_back),
        cmocka_unit_test(centuries_are_leap_only_every_four_hundred_years),
        cmocka_unit_test(dates_that_do_not_exist_make_no_day),
        cmocka_unit_test(text_of_no_day_is_empty),
        cmocka_unit_test(dates_are_read_in_every_listed_form_day_first),
        cmocka_unit_test(a_time_of_day_is_dropped),
        cmocka_unit_test(dates_written_well_that_do_not_exist_are_called_impossible),
        cmocka_unit_test(what_is_no_date_is_not_called_impossible),
        cmocka_unit_test(reading_stops_after_n_bytes),
        cmocka_unit_test(spans_include_both_ends),
        cmocka_unit_test(intersections_may_be_empty),
        cmocka_unit_test(spans_shift_to_the_same_days_of_the_calendar),
        cmocka_unit_test(an_end_with_february_stays_one),
        cmocka_unit_test(a_start_on_29_february_becomes_1_march),
        cmocka_unit_test(neighbouring_spans_stay_neighbours_when_shifted),
        cmocka_unit_test(a_day_shifts_from_29_to_28_february),
        cmocka_unit_test(shifts_beyond_the_range_stop_at_its_ends),
        cmocka_unit_test(police_months_are_named_after_their_end),
        cmocka_unit_test(civil_months_and_years_are_the_civil_ones),
        cmocka_unit_test(any_other_year_is_named_after_its_end),
        cmocka_unit_test(every_day_is_in_the_month_that_locates_it),
        cmocka_unit_test(the_twelve_months_make_up_the_year),
        cmocka_unit_test(calendars_are_read_where_their_months_can_be_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
