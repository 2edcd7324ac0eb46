#include "check.h"

#include <float.h>
#include <string.h>

#include "base/num.h"

/* ---- whole numbers ---- */

static void assert_int(const char *text, int64_t want)
{
    int64_t got = 77;
    bool fractional = true;
    if (!num_parse_int(text, strlen(text), &got, &fractional))
        fail_msg("'%s' is refused", text);
    assert_int_equal(got, want);
    assert_false(fractional);
}

static void assert_no_int(const char *text, bool is_fractional)
{
    int64_t got = 77;
    bool fractional = !is_fractional;
    if (num_parse_int(text, strlen(text), &got, &fractional))
        fail_msg("'%s' is read", text);
    assert_int_equal(got, 77);
    if (fractional != is_fractional)
        fail_msg("'%s': fractional is %d", text, fractional);
}

static void whole_numbers_are_read(void **state)
{
    (void)state;
    assert_int("0", 0);
    assert_int("12", 12);
    assert_int(" 12\t", 12);
    assert_int("007", 7);
    assert_int("999999999999999999", INT64_C(999999999999999999));
    assert_int("1000000000000000000", INT64_C(1000000000000000000));
    assert_int("-3", -3);
    assert_int("\u22123", -3);
    assert_int("+3", 3);
    assert_int("-0", 0);
}

static void groups_of_three_are_joined_whatever_parts_them(void **state)
{
    (void)state;
    assert_int("1.234", 1234);
    assert_int("1,234", 1234);
    assert_int("1 234", 1234);
    assert_int("1\u00A0234", 1234);
    assert_int("1\u202F234", 1234);
    assert_int("12.345.678", 12345678);
    assert_int("-123,456,789", -123456789);
    assert_int("1.000", 1000);
}

static void groups_must_be_three_digits_and_parted_alike(void **state)
{
    (void)state;
    static const char *const texts[] = {"1.234.56",  "1.234.5678",    "1 23",   "1 2345",
                                        "1 234 5",   "1 234,567 890", "1..234", "0 123",
                                        "1\u00A023", "1 234\u00A0567"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        int64_t got = 77;
        bool fractional;
        if (num_parse_int(texts[i], strlen(texts[i]), &got, &fractional))
            fail_msg("'%s' is read", texts[i]);
    }
}

static void a_fraction_of_zeros_is_whole(void **state)
{
    (void)state;
    assert_int("3.0", 3);
    assert_int("3,0", 3);
    assert_int("3.00", 3);
    assert_int("1.234,0", 1234);
    assert_int("1,234.00", 1234);
    assert_int("1234.000", 1234);
    assert_int("0.000", 0);
}

static void fractions_are_told_from_what_is_no_number(void **state)
{
    (void)state;
    static const char *const fractions[] = {"1.5",    "1,5",      "-0.5",    "0.123",
                                            "0,500",  ".5",       "1.234,5", "1,234.5",
                                            "1.2345", "1234.567", "1 234,5"};
    static const char *const others[] = {"",     " ",   "-",     "+",   "--3", "+-3",  "- 3",
                                         "abc",  "12a", "a12",   ".",   "1.",  "5,",   "1e3",
                                         "0x10", "3%",  "1.5.2", "inf", "nan", "\xFF", "१"};
    for (size_t i = 0; i < sizeof fractions / sizeof fractions[0]; i++)
        assert_no_int(fractions[i], true);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_no_int(others[i], false);
}

static void what_does_not_fit_is_refused(void **state)
{
    (void)state;
    assert_int("9223372036854775807", INT64_MAX);
    assert_int("-9223372036854775808", INT64_MIN);
    assert_int("9.223.372.036.854.775.807", INT64_MAX);
    assert_int("00000000000000000000000000000000009", 9);
    assert_no_int("9223372036854775808", false);
    assert_no_int("-9223372036854775809", false);
    assert_no_int("18446744073709551616", false);
    assert_no_int("99999999999999999999999999", false);
    char long_text[1000];
    memset(long_text, '9', sizeof long_text);
    long_text[999] = '\0';
    assert_no_int(long_text, false);
}

static void reading_stops_after_n_bytes(void **state)
{
    (void)state;
    int64_t got;
    double x;
    bool fractional;
    assert_true(num_parse_int("123", 2, &got, &fractional));
    assert_int_equal(got, 12);
    assert_false(num_parse_int("12\0", 3, &got, &fractional));
    assert_true(num_parse_real("1.25", 3, &x));
    CHECK_NEAR(x, 1.2, 1e-15, 0);
}

/* ---- reals ---- */

static void assert_real(const char *text, double want)
{
    double got = 77;
    if (!num_parse_real(text, strlen(text), &got))
        fail_msg("'%s' is refused", text);
    assert_true(got == want);
}

static void reals_are_read_with_point_or_comma(void **state)
{
    (void)state;
    assert_real("1.5", 1.5);
    assert_real("1,5", 1.5);
    assert_real("-0,25", -0.25);
    assert_real("\u22122.5", -2.5);
    assert_real("+.5", 0.5);
    assert_real("1.234", 1.234);
    assert_real("1,234", 1.234);
    assert_real("10.771273", 10.771273);
    assert_real("1.5e3", 1500);
    assert_real("1,5E-3", 0.0015);
    assert_real("12", 12);
    assert_real("0.1", 0.1);
    assert_real("1.7976931348623157e308", DBL_MAX);
}

static void a_closing_percent_sign_is_passed_over(void **state)
{
    (void)state;
    assert_real("95%", 95);
    assert_real("3,5 %", 3.5);
}

static void groups_in_reals_are_joined_where_they_cannot_be_fractions(void **state)
{
    (void)state;
    assert_real("1.234,5", 1234.5);
    assert_real("1,234.5", 1234.5);
    assert_real("1.234.567", 1234567);
    assert_real("1 234", 1234);
    assert_real("1\u00A0234,5", 1234.5);
}

static void what_is_no_finite_real_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",    " ",     "inf",   "nan", "-inf", "1e999", "0x1p3", "1e",      "1e+", "e5",       "%",
        "1%%", "1.5.2", "1,5,2", "--1", ".",    "1.2a",  "1e5.5", "1e99999", "5 5", "1.234,5,6"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        double got = 77;
        if (num_parse_real(texts[i], strlen(texts[i]), &got))
            fail_msg("'%s' is read as %g", texts[i], got);
        assert_true(got == 77);
    }
}

/* ---- writing ---- */

static void assert_machine(double x, const char *want)
{
    struct buf b = {0};
    num_add_machine(&b, x);
    assert_string_equal(buf_text(&b), want);
    buf_free(&b);
}

static void assert_human(double x, int decimals, enum lang lang, const char *want)
{
    struct buf b = {0};
    num_add_human(&b, x, decimals, lang);
    assert_string_equal(buf_text(&b), want);
    buf_free(&b);
}

static void assert_count(int64_t n, enum lang lang, const char *want)
{
    struct buf b = {0};
    num_add_count(&b, n, lang);
    assert_string_equal(buf_text(&b), want);
    buf_free(&b);
}

static void machines_get_fifteen_digits_and_nothing_for_no_number(void **state)
{
    (void)state;
    assert_machine(0.1, "0.1");
    assert_machine(-12.5, "-12.5");
    assert_machine(1.0 / 3, "0.333333333333333");
    assert_machine(1e300, "1e+300");
    assert_machine(-0.0, "0");
    assert_machine(NAN, "");
    assert_machine(INFINITY, "");
    assert_machine(-INFINITY, "");
}

static void people_get_their_language_s_signs(void **state)
{
    (void)state;
    assert_human(1234.5, 1, LANG_VI, "1.234,5");
    assert_human(1234.5, 1, LANG_EN, "1,234.5");
    assert_human(-12.5, 1, LANG_VI, "\u221212,5");
    assert_human(1234567, 0, LANG_VI, "1.234.567");
    assert_human(999, 0, LANG_EN, "999");
    assert_human(1000, 0, LANG_EN, "1,000");
    assert_human(0, 2, LANG_VI, "0,00");
    assert_human(NAN, 1, LANG_VI, "");
    assert_human(INFINITY, 1, LANG_EN, "");
}

static void halves_are_rounded_away_from_zero(void **state)
{
    (void)state;
    assert_human(0.5, 0, LANG_EN, "1");
    assert_human(2.5, 0, LANG_EN, "3");
    assert_human(-2.5, 0, LANG_EN, "\u22123");
    assert_human(6.25, 1, LANG_EN, "6.3");
    assert_human(0.125, 2, LANG_EN, "0.13");
    assert_human(2.675, 2, LANG_EN, "2.68");
    assert_human(0.49999999, 0, LANG_EN, "0");
    assert_human(1.2499999, 1, LANG_EN, "1.2");
}

/* 100 (1 - x1/x0) in floating point falls on either side of the half that the counts mean. */
static void percentages_of_counts_round_as_by_hand(void **state)
{
    (void)state;
    for (int before = 1; before <= 400; before++) {
        for (int now = 0; now <= before; now++) {
            struct buf got = {0};
            int tenths = (2000 * (before - now) + before) / (2 * before); /* half up, in integers */
            char want[16];
            snprintf(want, sizeof want, "%d.%d", tenths / 10, tenths % 10);
            num_add_human(&got, 100 * (1 - (double)now / before), 1, LANG_EN);
            if (strcmp(got.data, want))
                fail_msg("%d to %d: %s, expected %s", before, now, got.data, want);
            buf_free(&got);
        }
    }
}

static void carries_run_through_to_a_new_digit(void **state)
{
    (void)state;
    assert_human(999.95, 1, LANG_VI, "1.000,0");
    assert_human(9.5, 0, LANG_EN, "10");
    assert_human(99.999, 2, LANG_EN, "100.00");
    assert_human(-999999.5, 0, LANG_EN, "\u22121,000,000");
}

static void what_rounds_to_zero_has_no_sign(void **state)
{
    (void)state;
    assert_human(-0.0, 0, LANG_EN, "0");
    assert_human(-0.04, 1, LANG_EN, "0.0");
    assert_human(-0.05, 1, LANG_EN, "\u22120.1");
}

static void extremes_are_written_in_full(void **state)
{
    (void)state;
    struct buf b = {0};
    num_add_human(&b, -DBL_MAX, 15, LANG_EN);
    assert_false(b.failed);
    assert_int_equal(b.len, 3 + 309 + 102 + 1 + 15);
    buf_clear(&b);
    num_add_human(&b, DBL_MIN, 99, LANG_EN);
    assert_string_equal(b.data, "0.000000000000000");
    buf_free(&b);
    assert_human(1.5, -1, LANG_EN, "2");
}

static void counts_are_grouped(void **state)
{
    (void)state;
    assert_count(0, LANG_VI, "0");
    assert_count(1547, LANG_VI, "1.547");
    assert_count(-1547, LANG_EN, "\u22121,547");
    assert_count(INT64_MAX, LANG_EN, "9,223,372,036,854,775,807");
    assert_count(INT64_MIN, LANG_VI, "\u22129.223.372.036.854.775.808");
}

static void a_p_value_is_never_shown_as_zero(void **state)
{
    (void)state;
    static const struct {
        double p;
        enum lang lang;
        const char *want;
    } cases[] = {
        {0, LANG_EN, "<0.001"},     {0.00099, LANG_VI, "<0,001"}, {0.001, LANG_EN, "0.001"},
        {0.0505, LANG_VI, "0,051"}, {1, LANG_EN, "1.000"},        {NAN, LANG_EN, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf b = {0};
        num_add_p(&b, cases[i].p, cases[i].lang);
        assert_string_equal(buf_text(&b), cases[i].want);
        buf_free(&b);
    }
}

static void what_is_printed_for_people_reads_back(void **state)
{
    (void)state;
    static const int64_t counts[] = {0, 7, -7, 999, 1000, -123456, INT64_MIN, INT64_MAX};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        struct buf b = {0};
        num_add_count(&b, counts[i], i % 2 ? LANG_VI : LANG_EN);
        assert_int(b.data, counts[i]);
        buf_free(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers_are_read),
        cmocka_unit_test(groups_of_three_are_joined_whatever_parts_them),
        cmocka_unit_test(groups_must_be_three_digits_and_parted_alike),
        cmocka_unit_test(a_fraction_of_zeros_is_whole),
        cmocka_unit_test(fractions_are_told_from_what_is_no_number),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(reading_stops_after_n_bytes),
        cmocka_unit_test(reals_are_read_with_point_or_comma),
        cmocka_unit_test(a_closing_percent_sign_is_passed_over),
        cmocka_unit_test(groups_in_reals_are_joined_where_they_cannot_be_fractions),
        cmocka_unit_test(what_is_no_finite_real_is_refused),
        cmocka_unit_test(machines_get_fifteen_digits_and_nothing_for_no_number),
        cmocka_unit_test(people_get_their_language_s_signs),
        cmocka_unit_test(halves_are_rounded_away_from_zero),
        cmocka_unit_test(percentages_of_counts_round_as_by_hand),
        cmocka_unit_test(carries_run_through_to_a_new_digit),
        cmocka_unit_test(what_rounds_to_zero_has_no_sign),
        cmocka_unit_test(extremes_are_written_in_full),
        cmocka_unit_test(counts_are_grouped),
        cmocka_unit_test(a_p_value_is_never_shown_as_zero),
        cmocka_unit_test(what_is_printed_for_people_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
