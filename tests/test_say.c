#include "fixtures_compose.h"

#include "report/say.h"

static int setup(void **state)
{
    struct desk *k = calloc(1, sizeof *k);
    assert_non_null(k);
    desk_open(k);
    k->f.lang = LANG_VI;
    *state = k;
    return 0;
}

static int teardown(void **state)
{
    desk_close(*state);
    free(*state);
    return 0;
}

/* A row of the whole, in the language of the facts. */
static void total(struct desk *k, const char *pairs)
{
    result_free(&k->roots[0].total);
    add_fact(&k->roots[0].total, pairs);
    k->roots[0].total.lang = k->f.lang;
    buf_clear(&k->b);
}

typedef void (*say_root)(struct buf *b, const struct facts *f, const struct facts_root *r);

static struct buf *said(struct desk *k, say_root say)
{
    buf_clear(&k->b);
    say(&k->b, &k->f, &k->roots[0]);
    return &k->b;
}

static void assert_period(struct desk *k, const char *label, const char *words)
{
    snprintf(k->f.period.label, sizeof k->f.period.label, "%s", label);
    buf_clear(&k->b);
    say_period(&k->b, &k->f);
    assert_string_equal(buf_text(&k->b), words);
}

static void periods_are_called_as_officials_call_them(void **state)
{
    struct desk *k = *state;
    assert_period(k, "2024", "năm 2024");
    assert_period(k, "2024H1", "6 tháng đầu năm 2024");
    assert_period(k, "2024H2", "6 tháng cuối năm 2024");
    assert_period(k, "2024Q2", "quý II năm 2024");
    assert_period(k, "2024M9", "9 tháng đầu năm 2024");
    assert_period(k, "2024-05", "tháng 5 năm 2024");
    assert_period(k, "2024-01-01..2024-12-31", "giai đoạn từ 01/01/2024 đến 31/12/2024");
}

static void numbers_below_ten_take_a_zero_in_prose_but_none_is_none(void **state)
{
    struct desk *k = *state;
    say_cases(&k->b, 6, LANG_VI);
    say_cases(&k->b, 0, LANG_VI);
    say_cases(&k->b, 1234, LANG_VI);
    say_cases(&k->b, 1, LANG_EN);
    assert_string_equal(buf_text(&k->b), "06 vụ0 vụ1.234 vụ1 case");
}

static void fall_rise_and_no_change_have_their_own_words(void **state)
{
    struct desk *k = *state;
    total(k, "count=7|count_before=8|change=-1|reduction_pct=12.5");
    ASSERT_SAYS(said(k, say_recorded),
                "ghi nhận 07 vụ abuse (cùng kỳ 08 vụ), giảm 01 vụ (−12,5%).");
    total(k, "count=9|count_before=8|change=1|reduction_pct=-12.5");
    ASSERT_SAYS(said(k, say_recorded), "(cùng kỳ 08 vụ), tăng 01 vụ (+12,5%).");
    total(k, "count=8|count_before=8|change=0|reduction_pct=0");
    ASSERT_SAYS(said(k, say_recorded), "(cùng kỳ 08 vụ), bằng so với cùng kỳ.");
}

static void nothing_before_has_no_percentage(void **state)
{
    struct desk *k = *state;
    total(k, "count=2|count_before=0|change=2");
    ASSERT_SAYS(said(k, say_recorded), "ghi nhận 02 vụ abuse (cùng kỳ không xảy ra).");
    ASSERT_SILENT(&k->b, "%");
    total(k, "count=2");
    ASSERT_SAYS(said(k, say_recorded), "ghi nhận 02 vụ abuse (chưa có số liệu cùng kỳ).");
    total(k, "count=0|count_before=0|change=0");
    ASSERT_SAYS(said(k, say_recorded), "không ghi nhận vụ abuse nào (cùng kỳ không xảy ra).");
    total(k, "unit=9");
    ASSERT_SAYS(said(k, say_recorded), "chưa có số liệu về abuse");
}

static void another_base_stands_behind_what_was_recorded(void **state)
{
    struct desk *k = *state;
    total(k, "count=55|count_before=60|change=-5|reduction_pct=8.33333|"
             "note=compared_units=12/13;recorded=57;recorded_before=62;");
    ASSERT_SAYS(said(k, say_recorded),
                "ghi nhận 57 vụ abuse (cùng kỳ 62 vụ); trên cùng cơ sở so sánh (12/13 đơn vị): "
                "55 vụ, cùng kỳ 60 vụ, giảm 05 vụ (−8,3%).");
}

static void assert_trend(struct desk *k, double prob, const char *words)
{
    char row[120];
    snprintf(row, sizeof row, "count=7|count_before=8|prob_reduction=%.5f", prob);
    total(k, row);
    const char *said_words = say_trend_words(&k->roots[0].total, 0, LANG_VI);
    if (!strstr(said_words, words))
        fail_msg("%g: %s", prob, said_words);
}

static void the_set_words_change_at_95_80_and_20_percent_as_printed(void **state)
{
    struct desk *k = *state;
    assert_trend(k, 0.9496, "có cơ sở");
    assert_trend(k, 0.9494, "phù hợp");
    assert_trend(k, 0.7996, "phù hợp");
    assert_trend(k, 0.7994, "chưa đủ cơ sở");
    assert_trend(k, 0.1996, "chưa đủ cơ sở");
    assert_trend(k, 0.1994, "chưa cho thấy");
    total(k, "count=7|count_before=8|prob_reduction=0.99|note=not_comparable=2025-07-01;");
    assert_string_equal(say_trend_words(&k->roots[0].total, 0, LANG_VI), "");
    total(k, "count=0|count_before=0|prob_reduction=0.5");
    assert_string_equal(say_trend_words(&k->roots[0].total, 0, LANG_VI), "");
}

static void add_year(struct facts_root *r, const char *label, int64_t count)
{
    r->years[r->year_count++] = (struct facts_year){label, true, true, count};
}

static void years_say_where_this_one_stands(void **state)
{
    struct desk *k = *state;
    struct facts_root *r = &k->roots[0];
    add_year(r, "2021", 45);
    add_year(r, "2022", 56);
    add_year(r, "2023", 64);
    add_year(r, "2024", 52);
    ASSERT_SAYS(said(k, say_years), "các năm 2021–2024: 45, 56, 64, 52; thấp hơn năm 2023 (64 vụ), "
                                    "cao hơn năm 2021 (45 vụ).");
    r->years[3].count = 40;
    ASSERT_SAYS(said(k, say_years), "thấp nhất trong các năm này");
    r->years[3].count = 70;
    ASSERT_SAYS(said(k, say_years), "cao nhất trong các năm này");
    r->years[1].known = false;
    ASSERT_SAYS(said(k, say_years), "45, …, 64, 70");
}

static void the_largest_rises_are_named_first_and_five_at_most(void **state)
{
    struct desk *k = *state;
    struct result *r = &k->roots[0].units;
    for (int i = 1; i <= 7; i++) {
        char row[120];
        snprintf(row, sizeof row,
                 "unit=%d|unit_name=Xã U%d|count=%d|count_before=1|change=%d|p_value=0.5", i, i,
                 1 + i, i);
        add_fact(r, row);
    }
    r->lang = LANG_VI;
    ASSERT_SAYS(said(k, say_units), "Tăng: xã U7: 08 vụ (cùng kỳ 01 vụ); xã U6");
    ASSERT_SAYS(&k->b, "xã U3: 04 vụ (cùng kỳ 01 vụ); …; trong dao động thông thường.");
    ASSERT_SILENT(&k->b, "U2");
}

static void a_rise_beyond_chance_is_said_only_where_one_is(void **state)
{
    struct desk *k = *state;
    struct result *r = &k->roots[0].units;
    add_fact(r, "unit=1|unit_name=Xã A|count=9|count_before=1|change=8|p_value=0.01|q_value=0.2");
    add_fact(r, "unit=2|unit_name=Xã B|count=0|count_before=0|change=0|p_value=1|q_value=1");
    r->lang = LANG_VI;
    ASSERT_SAYS(said(k, say_units), "01 đơn vị tăng; 01 đơn vị không xảy ra trong cả hai kỳ. Tăng: "
                                    "xã A: 09 vụ (cùng kỳ 01 vụ); trong dao động thông thường.");
    r->cells[result_column(r, "q_value")] = cell_real(0.01);
    ASSERT_SAYS(said(k, say_units), "có nơi vượt dao động thông thường");
}

static void who_is_told_of_one_unit_is_told_nothing_of_others(void **state)
{
    struct desk *k = *state;
    add_fact(&k->roots[0].risk, "unit=30055|unit_name=Xã Mỹ Quý|count=4|expected=4|level=normal");
    k->roots[0].risk.lang = LANG_VI;
    ASSERT_SAYS(said(k, say_levels), "đơn vị nào");
    k->f.audience = "30055";
    ASSERT_SAYS(said(k, say_levels), "xã Mỹ Quý");
    ASSERT_SILENT(&k->b, "đơn vị nào");
}

static void alarms_are_counted_against_those_of_chance_once(void **state)
{
    struct desk *k = *state;
    struct result *r = &k->roots[0].alerts;
    add_fact(r, "unit=1|unit_name=Xã A|month=2024-10|count=3|upper=1.7");
    add_fact(r, "unit=1|unit_name=Xã A|month=2024-11|count=1|upper=0.4");
    add_fact(r, "unit=1|unit_name=Xã A|month=2024-12|count=0|upper=0.4");
    r->lang = LANG_VI;
    ASSERT_SAYS(
        said(k, say_alerts),
        "xã A tháng 10/2024 (03 vụ, thông thường không quá 1); tháng 11/2024 (01 vụ, tính cả "
        "các tháng ngay trước).");
    ASSERT_SILENT(&k->b, "12/2024");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(periods_are_called_as_officials_call_them),
        TEST(numbers_below_ten_take_a_zero_in_prose_but_none_is_none),
        TEST(fall_rise_and_no_change_have_their_own_words),
        TEST(nothing_before_has_no_percentage),
        TEST(another_base_stands_behind_what_was_recorded),
        TEST(the_set_words_change_at_95_80_and_20_percent_as_printed),
        TEST(years_say_where_this_one_stands),
        TEST(the_largest_rises_are_named_first_and_five_at_most),
        TEST(a_rise_beyond_chance_is_said_only_where_one_is),
        TEST(who_is_told_of_one_unit_is_told_nothing_of_others),
        TEST(alarms_are_counted_against_those_of_chance_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
