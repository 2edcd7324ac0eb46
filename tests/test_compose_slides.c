/* Slides: titles that claim no more than the numbers, no slide without a message. */
#include "fixtures_compose.h"

#include "report/slides_next.h"
#include "report/slides_words.h"

#define NB "\u00a0"

/* ---- titles ---- */

static void change_names_both_counts_and_claims_no_trend_in_between(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].total,
             "count=55|count_before=60|change=-5|reduction_pct=8.3|prob_reduction=0.68");
    slides_say_change(&k.b, &k.f, &k.roots[0]);
    assert_string_equal(k.b.data, "Cases, abuse down 60" NB "→" NB
                                  "55; this is not enough to conclude on a trend");
    desk_close(&k);
}

static void change_says_on_whose_figures_it_rests(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].total, "count=2|count_before=1|change=1|prob_reduction=0.3|"
                                "note=compared_units=12/13;left_out=3;recorded=4;");
    slides_say_change(&k.b, &k.f, &k.roots[0]);
    ASSERT_SAYS(&k.b, "up 1" NB "→" NB "2 (12/13 units that reported in full)");
    desk_close(&k);
}

static void change_without_a_base_compares_nothing(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].total, "count=3");
    slides_say_change(&k.b, &k.f, &k.roots[0]);
    ASSERT_SAYS(&k.b, "no figures of the same period");
    ASSERT_SILENT(&k.b, "→");
    desk_close(&k);
}

static void nothing_twice_is_said_as_that(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].total, "count=0|count_before=0|change=0|prob_reduction=0.5");
    slides_say_change(&k.b, &k.f, &k.roots[0]);
    assert_string_equal(k.b.data, "Cases, abuse: none in either period");
    desk_close(&k);
}

static void a_period_of_which_nothing_is_known_has_no_title(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].total, "count_before=4");
    slides_say_change(&k.b, &k.f, &k.roots[0]);
    slides_say_trend(&k.b, &k.f, &k.roots[0]);
    slides_say_places(&k.b, &k.f, &k.roots[0]);
    slides_say_forecast(&k.b, &k.f, &k.roots[0]);
    slides_say_rates(&k.b, &k.f);
    assert_string_equal(buf_text(&k.b), "");
    desk_close(&k);
}

static void rates_name_what_they_lack(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.f.targets, "indicator=1|kind=reduction|verdict=not_met|missing=over by 1 case");
    add_fact(&k.f.targets, "indicator=3a|kind=rate|verdict=met");
    add_fact(&k.f.targets, "indicator=7|kind=rate|verdict=not_met|missing=short by 2 victims");
    add_fact(&k.f.targets, "indicator=4|kind=count");
    slides_say_rates(&k.b, &k.f);
    assert_string_equal(k.b.data,
                        "Rates: 1 of 2 indicators judged are met; not met: 7 (short by 2 victims)");
    buf_clear(&k.b);
    slides_say_result(&k.b, &k.f);
    ASSERT_SAYS(&k.b, "1 of 3 indicators judged are met");
    desk_close(&k);
}

static void a_rate_that_may_yet_be_met_is_at_risk_not_missed(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.f.targets, "indicator=3a|kind=rate|verdict=at_risk|missing=short by 1 report");
    slides_say_rates(&k.b, &k.f);
    assert_string_equal(k.b.data, "Rates: 0 of 1 indicators on course so far; at risk: 3a (short "
                                  "by 1 report)");
    desk_close(&k);
}

static void trend_shows_whole_years_only(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_months(&k.roots[0].months, 2021, "11111111111x1111111111112222222222223330");
    slides_say_trend(&k.b, &k.f, &k.roots[0]);
    assert_string_equal(k.b.data, "Cases, abuse, 2022–2023: 12, 24");
    desk_close(&k);
}

static void trend_is_named_by_its_interval(void **state)
{
    static const char *const rows[] = {"annual_change_pct=5|ci_low=-1|ci_high=9",
                                       "annual_change_pct=5|ci_low=1|ci_high=9",
                                       "annual_change_pct=-5|ci_low=-9|ci_high=-1",
                                       ("annual_change_pct=5|ci_low=1|ci_high=9|joinpoints=2022-01|"
                                        "segment_low=2;-9|segment_high=3;4")};
    static const char *const words[] = {"not enough to conclude", "grounds to speak of a rise",
                                        "grounds to speak of a fall", "not enough to conclude"};
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct desk k;
        desk_open(&k);
        add_months(&k.roots[0].months, 2023, "111111111111222222222222");
        add_fact(&k.roots[0].trend, rows[i]);
        slides_say_trend(&k.b, &k.f, &k.roots[0]);
        ASSERT_SAYS(&k.b, words[i]);
        desk_close(&k);
    }
}

static void one_high_place_has_its_numbers_and_elevated_ones_are_less_than_sure(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].risk, "unit=9|unit_name=District|count=12|rr=1|note=total=1;");
    add_fact(&k.roots[0].risk, "unit=1|unit_name=Alpha|count=10|expected=4.9|rr=1.5|level=high");
    add_fact(&k.roots[0].risk, "unit=2|unit_name=Beta|count=2|expected=4|rr=0.9|level=normal");
    slides_say_places(&k.b, &k.f, &k.roots[0]);
    assert_string_equal(k.b.data, "Abuse: above the common level: Alpha (10 cases; by the common "
                                  "level and population about 4.9)");
    buf_clear(&k.b);
    slides_say_spread(&k.b, &k.f, &k.roots[0]);
    assert_string_equal(k.b.data, "Abuse: 1 of 2 places are above the common level");
    desk_close(&k);
}

static void many_high_places_are_named_up_to_three(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    for (int i = 0; i < 5; i++) {
        char row[80];
        snprintf(row, sizeof row, "unit=%d|unit_name=U%d|count=9|expected=2|rr=2|level=elevated", i,
                 i);
        add_fact(&k.roots[0].risk, row);
    }
    slides_say_places(&k.b, &k.f, &k.roots[0]);
    ASSERT_SAYS(&k.b, "U0, U1, U2 and 2 more places");
    ASSERT_SAYS(&k.b, "to be watched");
    desk_close(&k);
}

static void forecast_has_its_range_and_what_the_target_allows(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].forecast, "pi_low=52|pi_high=72|allowance=58");
    slides_say_forecast(&k.b, &k.f, &k.roots[0]);
    assert_string_equal(k.b.data, "Abuse: forecast for the whole of 2024: about 52–72 cases; at "
                                  "most 58 to meet the target");
    desk_close(&k);
}

/* ---- what to do ---- */

static void next_names_places_rates_silence_and_alarms_in_four_lines(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].risk, "unit=1|unit_name=Alpha|rr=2|level=elevated");
    add_fact(&k.f.targets, "indicator=7|kind=rate|verdict=not_met|missing=short by 2 victims");
    add_fact(&k.roots[0].units, "unit=9|count=4|note=total=1;");
    add_fact(&k.roots[0].units,
             "unit=2|unit_name=Beta|count=4|verdict=incomplete|note=covered_to=2024-09-30;");
    add_fact(&k.roots[0].alerts, "unit=3|unit_name=Gamma|month=2024-11|count=3|upper=2");
    add_fact(&k.roots[0].alerts, "unit=3|unit_name=Gamma|month=2024-12|count=2|upper=1");
    add_fact(&k.roots[0].alerts, "unit=1|unit_name=Alpha|month=2024-12|count=1|upper=1");
    slides_next(&k.doc, &k.f);
    assert_int_equal(k.doc.block_count, 4);
    doc_text(&k.doc, &k.b);
    ASSERT_SAYS(&k.b, "Alpha (abuse)");
    ASSERT_SAYS(&k.b, "7 (short by 2 victims)");
    ASSERT_SAYS(&k.b, "Beta (reported to 2024-09-30)");
    ASSERT_SAYS(&k.b, "Gamma (2024-11, 2024-12).");
    desk_close(&k);
}

static void next_says_so_where_nothing_asks_for_work(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    slides_next(&k.doc, &k.f);
    assert_int_equal(k.doc.block_count, 1);
    desk_close(&k);
}

/* ---- the deck ---- */

static size_t count_headings(const struct doc *d)
{
    size_t n = 0;
    for (size_t i = 0; i < d->block_count; i++)
        n += d->blocks[i]->type == DOC_HEADING;
    return n;
}

/* Result, what to do, how it is known. */
static void results_without_rows_make_no_slides(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].total, "count=1|count_before=0|change=1|prob_reduction=0.2");
    assert_true(compose_slides(&k.doc, &k.f, &k.err));
    assert_int_equal(k.doc.blocks[0]->type, DOC_COVER);
    assert_int_equal(count_headings(&k.doc), 3);
    assert_int_equal(k.doc.figures, 0);
    doc_text(&k.doc, &k.b);
    ASSERT_SAYS(&k.b, "No plan with targets is loaded");
    desk_close(&k);
}

static void no_slide_is_empty(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].total, "unit=9|count=1|count_before=2|change=-1|prob_reduction=0.7");
    add_fact(&k.roots[0].units, "unit=9|unit_name=District|count=1|count_before=2|change=-1");
    assert_true(compose_slides(&k.doc, &k.f, &k.err));
    for (size_t i = 0; i + 1 < k.doc.block_count; i++)
        if (k.doc.blocks[i]->type == DOC_HEADING)
            assert_int_not_equal(k.doc.blocks[i + 1]->type, DOC_HEADING);
    assert_int_not_equal(k.doc.blocks[k.doc.block_count - 1]->type, DOC_HEADING);
    desk_close(&k);
}

/* Five shades of what does not differ would be read as differences. */
static void without_a_place_that_stands_out_there_is_no_map(void **state)
{
    static const struct map_shape spots[] = {{"1", 105, 10, 0, NULL, NULL},
                                             {"2", 105.2, 10, 0, NULL, NULL}};
    static const struct map_shapes shapes = {spots, 2};
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct desk k;
        desk_open(&k);
        k.roots[0].shapes = &shapes;
        add_fact(&k.roots[0].risk,
                 i ? "unit=1|unit_name=Alpha|count=9|expected=2|rr=2|level=high"
                   : "unit=1|unit_name=Alpha|count=3|expected=2|rr=1|level=normal");
        add_fact(&k.roots[0].risk, "unit=2|unit_name=Beta|count=2|expected=2|rr=1|level=normal");
        assert_true(compose_slides(&k.doc, &k.f, &k.err));
        assert_int_equal(k.doc.figures, i ? 2 : 1);
        desk_close(&k);
    }
}

static void an_indicator_that_is_not_met_is_marked_without_colour(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.f.targets, "indicator=7|name=Support|kind=rate|verdict=not_met|target=> 95%|"
                           "result=7/9 (77.8%)|missing=short by 2 victims");
    add_fact(&k.f.targets, "indicator=3|name=Intake|kind=rate|verdict=met|result=9/9 (100.0%)");
    add_fact(&k.f.targets, "indicator=4|name=Talks|kind=count|result=131");
    assert_true(compose_slides(&k.doc, &k.f, &k.err));
    doc_text(&k.doc, &k.b);
    ASSERT_SAYS(&k.b, "|7|Support|> 95%|7/9 (77.8%)|▲" NB "Not met, short by 2 victims|");
    ASSERT_SAYS(&k.b, "|3|Intake||9/9 (100.0%)|Met|");
    ASSERT_SILENT(&k.b, "Talks");
    desk_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(change_names_both_counts_and_claims_no_trend_in_between),
        cmocka_unit_test(change_says_on_whose_figures_it_rests),
        cmocka_unit_test(change_without_a_base_compares_nothing),
        cmocka_unit_test(nothing_twice_is_said_as_that),
        cmocka_unit_test(a_period_of_which_nothing_is_known_has_no_title),
        cmocka_unit_test(rates_name_what_they_lack),
        cmocka_unit_test(a_rate_that_may_yet_be_met_is_at_risk_not_missed),
        cmocka_unit_test(trend_shows_whole_years_only),
        cmocka_unit_test(trend_is_named_by_its_interval),
        cmocka_unit_test(one_high_place_has_its_numbers_and_elevated_ones_are_less_than_sure),
        cmocka_unit_test(many_high_places_are_named_up_to_three),
        cmocka_unit_test(forecast_has_its_range_and_what_the_target_allows),
        cmocka_unit_test(next_names_places_rates_silence_and_alarms_in_four_lines),
        cmocka_unit_test(next_says_so_where_nothing_asks_for_work),
        cmocka_unit_test(results_without_rows_make_no_slides),
        cmocka_unit_test(no_slide_is_empty),
        cmocka_unit_test(without_a_place_that_stands_out_there_is_no_map),
        cmocka_unit_test(an_indicator_that_is_not_met_is_marked_without_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
