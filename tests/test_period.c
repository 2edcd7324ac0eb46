#include "check.h"

#include <string.h>

#include "base/date.h"

static const struct calendar police = {12, 15};

static void assert_period(struct period p, const char *label, const char *from, const char *to)
{
    char first[11], last[11];
    day_text(p.span.from, first);
    day_text(p.span.to, last);
    if (strcmp(p.label, label) || strcmp(first, from) || strcmp(last, to))
        fail_msg("%s %s..%s, expected %s %s..%s", p.label, first, last, label, from, to);
}

static struct period parsed(const char *text, struct calendar c)
{
    struct period p = {"", {0, -1}};
    if (!period_parse(text, strlen(text), c, &p))
        fail_msg("%s is not read", text);
    return p;
}

struct example {
    const char *text, *label, *from, *to;
};

static void check_examples(const struct example *examples, size_t n, struct calendar c)
{
    for (size_t i = 0; i < n; i++)
        assert_period(parsed(examples[i].text, c), examples[i].label, examples[i].from,
                      examples[i].to);
}

static void periods_are_read_in_every_listed_form(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"2024", "2024", "2024-01-01", "2024-12-31"},
        {"2024H1", "2024H1", "2024-01-01", "2024-06-30"},
        {"2024h2", "2024H2", "2024-07-01", "2024-12-31"},
        {"2024Q1", "2024Q1", "2024-01-01", "2024-03-31"},
        {"2024Q2", "2024Q2", "2024-04-01", "2024-06-30"},
        {"2024-Q4", "2024Q4", "2024-10-01", "2024-12-31"},
        {"Q2/2010", "2010Q2", "2010-04-01", "2010-06-30"},
        {"Q2 2010", "2010Q2", "2010-04-01", "2010-06-30"},
        {"2024M9", "2024M9", "2024-01-01", "2024-09-30"},
        {"9T2024", "2024M9", "2024-01-01", "2024-09-30"},
        {"6T2024", "2024M6", "2024-01-01", "2024-06-30"},
        {"11T/2024", "2024M11", "2024-01-01", "2024-11-30"},
        {"2024M12", "2024M12", "2024-01-01", "2024-12-31"},
        {"2024-05", "2024-05", "2024-05-01", "2024-05-31"},
        {"2024-5", "2024-05", "2024-05-01", "2024-05-31"},
        {"202402", "2024-02", "2024-02-01", "2024-02-29"},
        {"T5/2024", "2024-05", "2024-05-01", "2024-05-31"},
        {"05/2024", "2024-05", "2024-05-01", "2024-05-31"},
        {"5-2024", "2024-05", "2024-05-01", "2024-05-31"},
        {"T12024", "2024-01", "2024-01-01", "2024-01-31"},
        {"T122024", "2024-12", "2024-12-01", "2024-12-31"},
        {"2024-05-03", "2024-05-03", "2024-05-03", "2024-05-03"},
        {"03/05/2024", "2024-05-03", "2024-05-03", "2024-05-03"},
        {"20240503", "2024-05-03", "2024-05-03", "2024-05-03"},
    };
    check_examples(examples, sizeof examples / sizeof examples[0], CALENDAR_CIVIL);
}

static void vietnamese_forms_are_read_with_and_without_marks(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"Năm 2023", "2023", "2023-01-01", "2023-12-31"},
        {"NAM 2023", "2023", "2023-01-01", "2023-12-31"},
        {"Cả năm 2023", "2023", "2023-01-01", "2023-12-31"},
        {"T4/2010", "2010-04", "2010-04-01", "2010-04-30"},
        {"Tháng 4/2010", "2010-04", "2010-04-01", "2010-04-30"},
        {"THÁNG 04/2010", "2010-04", "2010-04-01", "2010-04-30"},
        {"thang 4 nam 2010", "2010-04", "2010-04-01", "2010-04-30"},
        {"tháng 12 năm 2010", "2010-12", "2010-12-01", "2010-12-31"},
        {"Th\u00E1ng\u00A04 / 2010", "2010-04", "2010-04-01", "2010-04-30"},
        {"Tha\u0301ng 4 na\u0306m 2010", "2010-04", "2010-04-01", "2010-04-30"},
        {"Quý II/2010", "2010Q2", "2010-04-01", "2010-06-30"},
        {"quý I năm 2010", "2010Q1", "2010-01-01", "2010-03-31"},
        {"Quý III 2010", "2010Q3", "2010-07-01", "2010-09-30"},
        {"Quí III-2010", "2010Q3", "2010-07-01", "2010-09-30"},
        {"QUÝ IV/2010", "2010Q4", "2010-10-01", "2010-12-31"},
        {"Quý 2 năm 2010", "2010Q2", "2010-04-01", "2010-06-30"},
        {"6 tháng đầu năm 2024", "2024H1", "2024-01-01", "2024-06-30"},
        {"06 THÁNG ĐẦU NĂM 2024", "2024H1", "2024-01-01", "2024-06-30"},
        {"6 tháng cuối năm 2024", "2024H2", "2024-07-01", "2024-12-31"},
        {"9 tháng năm 2024", "2024M9", "2024-01-01", "2024-09-30"},
        {"9 tháng đầu năm 2024", "2024M9", "2024-01-01", "2024-09-30"},
        {"9 tháng/2024", "2024M9", "2024-01-01", "2024-09-30"},
        {"9T năm 2024", "2024M9", "2024-01-01", "2024-09-30"},
    };
    check_examples(examples, sizeof examples / sizeof examples[0], CALENDAR_CIVIL);
}

static void ranges_run_from_the_start_of_one_to_the_end_of_the_other(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"2021..2022", "2021..2022", "2021-01-01", "2022-12-31"},
        {"2021 .. 2022", "2021..2022", "2021-01-01", "2022-12-31"},
        {"2024-01-01..2024-06-30", "2024-01-01..2024-06-30", "2024-01-01", "2024-06-30"},
        {"1/1/2024..30/6/2024", "2024-01-01..2024-06-30", "2024-01-01", "2024-06-30"},
        {"3.5.2024..4.5.2024", "2024-05-03..2024-05-04", "2024-05-03", "2024-05-04"},
        {"2024-05..2024-07", "2024-05..2024-07", "2024-05-01", "2024-07-31"},
        {"2023H2..2024Q1", "2023H2..2024Q1", "2023-07-01", "2024-03-31"},
        {"2024-02-10..2024-03", "2024-02-10..2024-03", "2024-02-10", "2024-03-31"},
        {"tháng 11/2023..tháng 1/2024", "2023-11..2024-01", "2023-11-01", "2024-01-31"},
        {"2024..2024", "2024", "2024-01-01", "2024-12-31"},
        {"2024-05-03..3/5/2024", "2024-05-03", "2024-05-03", "2024-05-03"},
    };
    check_examples(examples, sizeof examples / sizeof examples[0], CALENDAR_CIVIL);
}

static void police_periods_start_on_15_december_and_dates_stay_dates(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"2024", "2024", "2023-12-15", "2024-12-14"},
        {"2024-08", "2024-08", "2024-07-15", "2024-08-14"},
        {"2024H1", "2024H1", "2023-12-15", "2024-06-14"},
        {"2024H2", "2024H2", "2024-06-15", "2024-12-14"},
        {"2024Q1", "2024Q1", "2023-12-15", "2024-03-14"},
        {"2024M9", "2024M9", "2023-12-15", "2024-09-14"},
        {"9T2024", "2024M9", "2023-12-15", "2024-09-14"},
        {"6T2024", "2024M6", "2023-12-15", "2024-06-14"},
        {"6 tháng đầu năm 2024", "2024H1", "2023-12-15", "2024-06-14"},
        {"6 tháng cuối năm 2024", "2024H2", "2024-06-15", "2024-12-14"},
        {"9 tháng năm 2024", "2024M9", "2023-12-15", "2024-09-14"},
        {"Lũy kế 9 tháng năm 2024", "2024M9", "2023-12-15", "2024-09-14"},
        {"luỹ kế đến tháng 9/2024", "2024M9", "2023-12-15", "2024-09-14"},
        {"Quý III/2024", "2024Q3", "2024-06-15", "2024-09-14"},
        {"Tháng 3/2023", "2023-03", "2023-02-15", "2023-03-14"},
        {"2021..2022", "2021..2022", "2020-12-15", "2022-12-14"},
        {"2024-01-01..2024-06-30", "2024-01-01..2024-06-30", "2024-01-01", "2024-06-30"},
        {"2024-05-03", "2024-05-03", "2024-05-03", "2024-05-03"},
        {"2024-05-03..2024-08", "2024-05-03..2024-08", "2024-05-03", "2024-08-14"},
    };
    check_examples(examples, sizeof examples / sizeof examples[0], police);
}

static void cumulative_months_count_from_the_start_of_any_reporting_year(void **state)
{
    (void)state;
    struct calendar december = {12, 1}, july = {7, 1};
    assert_period(parsed("11 tháng năm 2023", december), "2023M11", "2022-12-01", "2023-10-31");
    assert_period(parsed("2024H1", july), "2024H1", "2023-07-01", "2023-12-31");
    assert_period(parsed("2024Q4", july), "2024Q4", "2024-04-01", "2024-06-30");
}

static void nonsense_is_no_period(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        " ",
        "2024H3",
        "2024H0",
        "2024-13",
        "2024-00",
        "24",
        "2024Q5",
        "2024Q0",
        "2024M13",
        "2024M0",
        "2022..2021",
        "abc",
        "2024..",
        "..2024",
        "..",
        "2021..2022..2023",
        "1899",
        "2201",
        "1899-12-31",
        "2201-01-01",
        "202413",
        "202400",
        "20242",
        "T13/2024",
        "T0/2024",
        "Quý V/2010",
        "Quý 5/2010",
        "Quý/2010",
        "2024-02-30",
        "2024-05-03 10:20",
        "2024H",
        "H1",
        "tháng 5",
        "6 tháng đầu năm",
        "7 tháng cuối năm 2024",
        "2024-05-",
        "/2024",
        "2021–2022",
        "5",
        "202",
        "2024x",
        "x2024",
        "2024H12",
        "-2024",
        "2024..2024H1",
        "2024H1..2024-03",
        "năm",
        "२०२४",
        "2024M9.",
        "\xFF\xFE",
        "2024\xCC",
        "20 24 05 03 01",
        "2024-01-01..2024-06-30..........................................................x",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct period p = {"kept", {3, 4}};
        if (period_parse(texts[i], strlen(texts[i]), CALENDAR_CIVIL, &p))
            fail_msg("'%s' is read as %s", texts[i], p.label);
        assert_string_equal(p.label, "kept");
        assert_int_equal(p.span.from, 3);
    }
}

static void reading_stops_after_n_bytes_and_a_nul_is_no_end(void **state)
{
    (void)state;
    struct period p;
    assert_true(period_parse("2024H15", 6, CALENDAR_CIVIL, &p));
    assert_string_equal(p.label, "2024H1");
    assert_false(period_parse("2024\0H1", 7, CALENDAR_CIVIL, &p));
    assert_false(period_parse("2024\0", 5, CALENDAR_CIVIL, &p));
}

static void labels_read_back_as_the_same_period(void **state)
{
    (void)state;
    static const char *const texts[] = {"2024",
                                        "2024H2",
                                        "2024Q3",
                                        "2024M7",
                                        "2024-02",
                                        "2021..2022",
                                        "2024-05-03",
                                        "2024-01-01..2024-06-30",
                                        "2024-05..2024-07"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct period first = parsed(texts[i], police), again = parsed(first.label, police);
        assert_string_equal(first.label, texts[i]);
        assert_string_equal(again.label, first.label);
        assert_int_equal(again.span.from, first.span.from);
        assert_int_equal(again.span.to, first.span.to);
    }
}

/* ---- the same period earlier ---- */

static struct period before(const char *text, struct calendar c, int years)
{
    struct period p = parsed(text, c);
    return period_years_before(&p, c, years);
}

static void periods_of_the_calendar_are_the_same_periods_a_year_earlier(void **state)
{
    (void)state;
    assert_period(before("2024", CALENDAR_CIVIL, 1), "2023", "2023-01-01", "2023-12-31");
    assert_period(before("2024-02", CALENDAR_CIVIL, 1), "2023-02", "2023-02-01", "2023-02-28");
    assert_period(before("2025-02", CALENDAR_CIVIL, 1), "2024-02", "2024-02-01", "2024-02-29");
    assert_period(before("2024H1", police, 1), "2023H1", "2022-12-15", "2023-06-14");
    assert_period(before("2024M9", police, 3), "2021M9", "2020-12-15", "2021-09-14");
    assert_period(before("2024Q2", CALENDAR_CIVIL, -1), "2025Q2", "2025-04-01", "2025-06-30");
    assert_period(before("2021..2022", CALENDAR_CIVIL, 2), "2019..2020", "2019-01-01",
                  "2020-12-31");
    assert_period(before("1900", CALENDAR_CIVIL, 1), "1899", "1899-01-01", "1899-12-31");
}

static void date_spans_shift_by_their_days(void **state)
{
    (void)state;
    assert_period(before("2024-01-01..2024-06-30", police, 1), "2023-01-01..2023-06-30",
                  "2023-01-01", "2023-06-30");
    assert_period(before("2025-02-01..2025-02-28", CALENDAR_CIVIL, 1), "2024-02-01..2024-02-29",
                  "2024-02-01", "2024-02-29");
    assert_period(before("2024-02-10..2024-03", CALENDAR_CIVIL, 1), "2023-02-10..2023-03",
                  "2023-02-10", "2023-03-31");
    assert_period(before("2024-02-29..2024-03-01", CALENDAR_CIVIL, 1), "2023-03-01", "2023-03-01",
                  "2023-03-01");
}

static void one_day_stays_one_day(void **state)
{
    (void)state;
    assert_period(before("2024-05-03", CALENDAR_CIVIL, 1), "2023-05-03", "2023-05-03",
                  "2023-05-03");
    assert_period(before("2024-02-29", CALENDAR_CIVIL, 1), "2023-02-28", "2023-02-28",
                  "2023-02-28");
    assert_period(before("2025-02-28", CALENDAR_CIVIL, 1), "2024-02-28", "2024-02-28",
                  "2024-02-28");
}

static void a_period_cut_short_shifts_by_its_days(void **state)
{
    (void)state;
    struct period p = parsed("2024", CALENDAR_CIVIL);
    p.span.to = parsed("2024-09-30", CALENDAR_CIVIL).span.to;
    assert_period(period_years_before(&p, CALENDAR_CIVIL, 1), "2023-01-01..2023-09-30",
                  "2023-01-01", "2023-09-30");
}

static void a_year_before_and_a_year_after_is_the_same_period(void **state)
{
    (void)state;
    static const char *const texts[] = {"2023-02", "2024-02",    "2024",
                                        "2024H1",  "2021..2022", "2024-01-01..2024-06-30"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct period there = before(texts[i], CALENDAR_CIVIL, 1);
        struct period back = period_years_before(&there, CALENDAR_CIVIL, -1);
        assert_string_equal(back.label, texts[i]);
        assert_int_equal(back.span.to, parsed(texts[i], CALENDAR_CIVIL).span.to);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_are_read_in_every_listed_form),
        cmocka_unit_test(vietnamese_forms_are_read_with_and_without_marks),
        cmocka_unit_test(ranges_run_from_the_start_of_one_to_the_end_of_the_other),
        cmocka_unit_test(police_periods_start_on_15_december_and_dates_stay_dates),
        cmocka_unit_test(cumulative_months_count_from_the_start_of_any_reporting_year),
        cmocka_unit_test(nonsense_is_no_period),
        cmocka_unit_test(reading_stops_after_n_bytes_and_a_nul_is_no_end),
        cmocka_unit_test(labels_read_back_as_the_same_period),
        cmocka_unit_test(periods_of_the_calendar_are_the_same_periods_a_year_earlier),
        cmocka_unit_test(date_spans_shift_by_their_days),
        cmocka_unit_test(one_day_stays_one_day),
        cmocka_unit_test(a_period_cut_short_shifts_by_its_days),
        cmocka_unit_test(a_year_before_and_a_year_after_is_the_same_period),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
