/* The page on one place: what is real, what is open, what is missing; no verdict on it. */
#include "fixtures_compose.h"

#include "report/unit_page.h"

static void assert_answer(const char *row, const char *want)
{
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].units, row);
    unit_say_real(&k.b, &k.roots[0], 0, LANG_EN);
    ASSERT_SAYS(&k.b, want);
    desk_close(&k);
}

static void a_rise_of_small_numbers_is_not_shown_to_be_real(void **state)
{
    (void)state;
    assert_answer("count=13|count_before=6|change=7|p_value=0.167|q_value=1",
                  "not shown: within the usual variation");
    assert_answer("count=13|count_before=6|change=7|p_value=0.167|q_value=1",
                  "about 17 of 100 such comparisons");
}

/* Among a hundred communes five differ by p < 0.05 with nothing changed anywhere. */
static void a_rare_change_of_one_among_many_is_not_certain(void **state)
{
    (void)state;
    assert_answer("count=13|count_before=2|change=11|p_value=0.01|q_value=0.4", "not certain");
}

static void a_change_beyond_variation_of_all_is_real(void **state)
{
    (void)state;
    assert_answer("count=40|count_before=2|change=38|p_value=0.0001|q_value=0.001",
                  "yes: the rise");
    assert_answer("count=2|count_before=40|change=-38|p_value=0.0001|q_value=0.001",
                  "yes: the fall");
}

static void what_was_not_reported_to_its_end_cannot_be_answered(void **state)
{
    (void)state;
    assert_answer("count=2|count_before=40|change=-38|p_value=0.0001|q_value=0.001|"
                  "verdict=incomplete",
                  "cannot be said, since the period is not reported");
    assert_answer("count=2", "for want of figures");
    assert_answer("count=2|count_before=2|change=0|p_value=1|q_value=1", "there is no change");
}

static void change_stands_beside_both_counts(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].units, "count=5|count_before=17|change=-12");
    unit_say_change(&k.b, &k.roots[0], 0, LANG_EN);
    assert_string_equal(k.b.data, "abuse: down 12 cases (5/17).");
    desk_close(&k);
}

static void level_has_what_the_population_would_give(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].risk, "unit=1|count=10|expected=4.89|rr=1.5|level=elevated");
    unit_say_level(&k.b, &k.roots[0], 0, LANG_EN);
    ASSERT_SAYS(&k.b, "10 cases in three years, by the common level and population about 4.9");
    ASSERT_SAYS(&k.b, "not certain");
    desk_close(&k);
}

static void months_that_are_missing_are_told_in_runs(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_months(&k.roots[0].states, 2024, "10x110000xxx");
    unit_say_reported(&k.b, &k.roots[0], "1", LANG_EN);
    ASSERT_SAYS(&k.b, "8 of 12 months");
    ASSERT_SAYS(&k.b, ": 2024-03, 2024-10–2024-12.");
    buf_clear(&k.b);
    unit_say_reported(&k.b, &k.roots[0], "2", LANG_EN);
    assert_string_equal(buf_text(&k.b), "");
    desk_close(&k);
}

static void open_work_is_counted_with_what_is_late(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.own.targets,
             "name=Resolved|kind=rate|denominator=9|missed=3|verdict=not_met|note=overdue=1;");
    add_fact(&k.own.targets, "name=Support|kind=rate|denominator=4|missed=0|verdict=met");
    add_fact(&k.own.targets, "name=None|kind=rate|denominator=0|missed=0");
    add_fact(&k.own.targets, "name=Fewer|kind=reduction|missed=2|verdict=not_met");
    unit_say_open(&k.b, &k.own.targets, LANG_EN);
    assert_string_equal(k.b.data, "Resolved: 3 still open, overdue: 1.");
    desk_close(&k);
}

static void two_years(struct facts_root *r)
{
    r->years[0] = (struct facts_year){"2022", false, false, 0};
    r->years[1] = (struct facts_year){"2023", true, true, 6};
    r->years[2] = (struct facts_year){"2024", true, true, 13};
    r->year_count = 3;
}

static void years_of_the_place_stand_under_their_labels(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    two_years(&k.own_roots[0]);
    k.f.own = &k.own;
    add_fact(&k.roots[0].units, "unit=1|unit_name=Alpha|count=13|count_before=6|change=7");
    assert_true(compose_unit(&k.doc, &k.f, "1", &k.err));
    doc_text(&k.doc, &k.b);
    ASSERT_SAYS(&k.b, "|abuse|…|6|13|");
    ASSERT_SAYS(&k.b, "Abuse: up 7\u00a0cases (13/6).");
    ASSERT_SILENT(&k.b, "* ");
    assert_string_equal(k.doc.subject, "The situation in Alpha, the year 2024");
    desk_close(&k);
}

static void a_year_that_runs_is_marked(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    two_years(&k.own_roots[0]);
    k.own.is_running = true;
    k.f.own = &k.own;
    assert_true(compose_unit(&k.doc, &k.f, "1", &k.err));
    doc_text(&k.doc, &k.b);
    ASSERT_SAYS(&k.b, "|abuse|…|6|13*|");
    ASSERT_SAYS(&k.b, "* Not reported in full.");
    desk_close(&k);
}

static void months_are_drawn_where_they_are_more_than_single_cases(void **state)
{
    static const char *const few = "000100000100", *const many = "023102321301";
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct desk k;
        desk_open(&k);
        k.f.own = &k.own;
        add_months(&k.own_roots[0].months, 2023, i ? many : few);
        add_months(&k.own_roots[0].months, 2024, i ? many : few);
        assert_true(compose_unit(&k.doc, &k.f, "1", &k.err));
        assert_int_equal(k.doc.figures, i);
        desk_close(&k);
    }
}

/* Half of all communes would "miss" a target by luck. */
static void no_verdict_is_passed_on_the_place(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    k.f.own = &k.own;
    add_fact(&k.own.targets, "indicator=1|name=Fewer|kind=reduction|verdict=not_met|missing=over");
    add_fact(&k.roots[0].units,
             "unit=1|unit_name=Alpha|count=3|count_before=2|change=1|verdict=not_met");
    assert_true(compose_unit(&k.doc, &k.f, "1", &k.err));
    doc_text(&k.doc, &k.b);
    ASSERT_SILENT(&k.b, "not met");
    ASSERT_SAYS(&k.b, "Not for ranking offices");
    desk_close(&k);
}

static void a_place_of_which_nothing_is_known_still_has_its_page(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    assert_true(compose_unit(&k.doc, &k.f, "1", &k.err));
    doc_text(&k.doc, &k.b);
    ASSERT_SAYS(&k.b, "Earlier years of this place are not known.");
    ASSERT_SAYS(&k.b, "Is it real? It cannot be said.");
    desk_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rise_of_small_numbers_is_not_shown_to_be_real),
        cmocka_unit_test(a_rare_change_of_one_among_many_is_not_certain),
        cmocka_unit_test(a_change_beyond_variation_of_all_is_real),
        cmocka_unit_test(what_was_not_reported_to_its_end_cannot_be_answered),
        cmocka_unit_test(change_stands_beside_both_counts),
        cmocka_unit_test(level_has_what_the_population_would_give),
        cmocka_unit_test(months_that_are_missing_are_told_in_runs),
        cmocka_unit_test(open_work_is_counted_with_what_is_late),
        cmocka_unit_test(years_of_the_place_stand_under_their_labels),
        cmocka_unit_test(a_year_that_runs_is_marked),
        cmocka_unit_test(months_are_drawn_where_they_are_more_than_single_cases),
        cmocka_unit_test(no_verdict_is_passed_on_the_place),
        cmocka_unit_test(a_place_of_which_nothing_is_known_still_has_its_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
