/* The situation assessment: its outline, its appendices, and what it says where results are not
 * there. */
#include "fixtures_compose.h"

#include "report/situation.h"

/* ---- the outline ---- */

static void six_chapters_and_what_is_missing_in_each(void **state)
{
    static const char *const chapters[] = {"SCOPE",   "THE COURSE",    "BY LOCALITY",
                                           "TARGETS", "UNUSUAL SIGNS", "ASSESSMENT AND FORECAST"};
    (void)state;
    struct desk k;
    size_t n = 0;
    desk_open(&k);
    assert_true(compose_situation(&k.doc, &k.f, &k.err));
    for (size_t i = 0; i < k.doc.block_count; i++) {
        const struct doc_block *b = k.doc.blocks[i];
        if (b->type == DOC_HEADING && b->level == 1 && n < 6)
            assert_memory_equal(b->runs[0].text, chapters[n], strlen(chapters[n])), n++;
    }
    assert_int_equal(n, 6);
    doc_text(&k.doc, &k.b);
    ASSERT_SAYS(&k.b, "Nothing is known of this period yet.");
    ASSERT_SAYS(&k.b, "There are no units below to compare.");
    ASSERT_SAYS(&k.b, "The level of the places cannot be judged");
    ASSERT_SAYS(&k.b, "No plan with targets is loaded for this period.");
    ASSERT_SAYS(&k.b, "The latest months cannot be judged");
    ASSERT_SAYS(&k.b, "there is no rest of it to forecast");
    assert_int_equal(k.doc.figures, 0);
    desk_close(&k);
}

static void without_boundaries_it_says_that_there_is_no_map(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].risk, "unit=1|unit_name=Alpha|count=2|expected=2|rr=1|level=normal");
    add_fact(&k.roots[0].risk, "unit=2|unit_name=Beta|count=2|expected=2|rr=1|level=normal");
    assert_true(compose_situation(&k.doc, &k.f, &k.err));
    doc_text(&k.doc, &k.b);
    ASSERT_SAYS(&k.b, "No map");
    desk_close(&k);
}

static void alarms_stand_in_a_table(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].alerts,
             "unit=1|unit_name=Alpha|month=2024-11|count=3|expected=0.34|upper=2");
    add_fact(&k.roots[0].alerts,
             "unit=2|unit_name=Beta|month=2024-11|count=1|expected=0.5|upper=2");
    assert_true(situation_alarms(&k.doc, &k.f));
    doc_text(&k.doc, &k.b);
    ASSERT_SAYS(&k.b, "|Alpha|abuse|2024-11|3|0.3|2|");
    ASSERT_SILENT(&k.b, "Beta");
    ASSERT_SILENT(&k.b, "just before it");
    desk_close(&k);
}

/* ---- sentences ---- */

/* "3 cases, at most 0" would be read as a fault of the table. */
static void an_alarm_of_a_run_of_months_has_no_limit_of_its_own(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].alerts,
             "unit=1|unit_name=Alpha|month=2024-11|count=1|expected=0.34|upper=0");
    assert_true(situation_alarms(&k.doc, &k.f));
    doc_text(&k.doc, &k.b);
    ASSERT_SAYS(&k.b, "|Alpha|abuse|2024-11|1|0.3|–|");
    ASSERT_SAYS(&k.b, "–: it is the month with those just before it");
    desk_close(&k);
}

static void months_that_units_owe_are_counted(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_months(&k.roots[0].states, 2024, "10x110000xxx");
    situation_say_reported(&k.b, &k.f);
    ASSERT_SAYS(&k.b, "From 2024-01 to 2024-12");
    ASSERT_SAYS(&k.b, "12 monthly reports in all; 8 are there");
    desk_close(&k);
}

static void cases_without_a_place_are_told_of(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].total, "unit=9|count=11|count_before=11");
    add_fact(&k.roots[0].units, "unit=9|count=11|note=total=1;");
    situation_say_unplaced(&k.b, &k.f);
    assert_string_equal(buf_text(&k.b), "");
    add_fact(&k.roots[0].units, "unit=9/?|count=1");
    situation_say_unplaced(&k.b, &k.f);
    ASSERT_SAYS(&k.b, "Of 11 cases of abuse the place is not known for 1");
    desk_close(&k);
}

/* Parents, and what did not change, are not among those that moved. */
static void kinds_that_moved_are_the_lowest_ones(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].kinds, "category=A|category_name=All|count=4|count_before=9|change=-5");
    add_fact(&k.roots[0].kinds, "category=A.S|category_name=S|count=2|count_before=9|change=-7");
    add_fact(&k.roots[0].kinds, "category=A.S.R|category_name=R|count=2|count_before=9|change=-7");
    add_fact(&k.roots[0].kinds, "category=A.Z|category_name=Z|count=0|count_before=0|change=0");
    add_fact(&k.roots[0].kinds, "category=A.V|category_name=V|count=2|count_before=0|change=2");
    situation_say_kinds(&k.b, &k.f, &k.roots[0]);
    ASSERT_SAYS(&k.b, "fell most (cases now/in the same period): R (2/9).");
    ASSERT_SAYS(&k.b, "rose most (cases now/in the same period): V (2/0).");
    desk_close(&k);
}

/* ---- appendices ---- */

static void kinds_are_numbered_as_a_tree_with_offenders_and_children(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].kinds, "category=A|category_name=All|count=4|count_before=5|change=-1|"
                                "reduction_pct=20|note=recorded=6;");
    add_fact(&k.roots[0].kinds, "category=A.V|category_name=V|count=1|count_before=0|change=1");
    add_fact(&k.roots[0].kinds, "category=A.S.R|category_name=R|count=3|count_before=5|change=-2|"
                                "reduction_pct=40");
    add_fact(&k.roots[0].kinds, "category=A.S|category_name=S|count=3|count_before=5|change=-2|"
                                "reduction_pct=40");
    add_fact(&k.roots[0].kinds, "category=A.Z|category_name=Z|count=0|count_before=0|change=0");
    add_fact(&k.roots[0].offenders, "category=A.S.R|count=4|count_before=7");
    add_fact(&k.roots[0].victims, "category=A.S.R|count=3|count_before=6");
    situation_kinds(&k.doc, &k.f);
    doc_text(&k.doc, &k.b);
    ASSERT_SAYS(&k.b, "||All|4|–|–|5|–|–|−1|−20.0|recorded 6/5|\n"
                      "|1|S|3|–|–|5|–|–|−2|−40.0||\n"
                      "|1.1|R|3|4|3|5|7|6|−2|−40.0||\n"
                      "|2|V|1|–|–|0|–|–|+1|–||\n");
    ASSERT_SAYS(&k.b, "No case is recorded of: Z.");
    assert_true(k.doc.blocks[0]->landscape);
    desk_close(&k);
}

static void two_roots_are_one_appendix_on_two_pages(void **state)
{
    (void)state;
    struct desk k;
    size_t pages = 0;
    desk_open(&k);
    k.f.root_count = 2;
    add_fact(&k.roots[0].kinds, "category=A|category_name=All|count=4|count_before=5|change=-1");
    add_fact(&k.roots[1].kinds, "category=U|category_name=Any|count=4|count_before=5|change=-1");
    situation_kinds(&k.doc, &k.f);
    for (size_t i = 0; i < k.doc.block_count; i++)
        if (k.doc.blocks[i]->type == DOC_APPENDIX) {
            assert_int_equal(k.doc.blocks[i]->number, 1);
            pages++;
        }
    assert_int_equal(pages, 2);
    desk_close(&k);
}

/* By code, whatever the change: the list is no order of merit. */
static void units_are_listed_by_code_with_the_unknown_place_and_the_total_last(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    k.f.root_count = 2;
    add_fact(&k.roots[0].units, "unit=9|unit_name=District|count=7|count_before=7|change=0|"
                                "note=total=1;compared_units=2/3;");
    add_fact(&k.roots[0].units, "unit=2|unit_name=Beta|count=0|count_before=4|change=-4");
    add_fact(&k.roots[0].units, "unit=1|unit_name=Alpha|count=7|count_before=3|change=4");
    add_fact(&k.roots[0].units,
             "unit=3|unit_name=Gamma|count_before=1|note=covered_to=2024-09-30;");
    add_fact(&k.roots[0].units, "unit=9/?|unit_name=unknown|count=1|count_before=0|change=1");
    add_fact(&k.roots[1].units, "unit=1|unit_name=Alpha|count=2|count_before=2|change=0");
    situation_units(&k.doc, &k.f);
    doc_text(&k.doc, &k.b);
    ASSERT_SAYS(&k.b, "|1|Alpha|7|3|+4|–|2|2|0|–||\n"
                      "|2|Beta|0|4|−4|–|||||" /* no row of the second root */
                      "|\n"
                      "|3|Gamma|–|1||–|||||reported to 2024-09-30|\n"
                      "||unknown|1|0|+1|–||||||\n"
                      "||District|7|7|0|–|||||2/3 units|\n");
    desk_close(&k);
}

static void one_unit_alone_has_no_appendix_of_units(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].units, "unit=9|unit_name=District|count=7|count_before=7|change=0");
    situation_units(&k.doc, &k.f);
    assert_int_equal(k.doc.block_count, 0);
    desk_close(&k);
}

/* Signed pages have none of them: here they are. */
static void intervals_and_chances_stand_in_the_last_appendix(void **state)
{
    (void)state;
    struct desk k;
    desk_open(&k);
    add_fact(&k.roots[0].total, "count=55|count_before=60|ci_low=-34.4|ci_high=37.6|"
                                "prob_reduction=0.68|luck=0.41");
    situation_method(&k.doc, &k.f);
    doc_text(&k.doc, &k.b);
    ASSERT_SAYS(&k.b, "|abuse|55/60|from up 34.4% to down 37.6%|68%|41%|");
    desk_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(six_chapters_and_what_is_missing_in_each),
        cmocka_unit_test(without_boundaries_it_says_that_there_is_no_map),
        cmocka_unit_test(alarms_stand_in_a_table),
        cmocka_unit_test(an_alarm_of_a_run_of_months_has_no_limit_of_its_own),
        cmocka_unit_test(months_that_units_owe_are_counted),
        cmocka_unit_test(cases_without_a_place_are_told_of),
        cmocka_unit_test(kinds_that_moved_are_the_lowest_ones),
        cmocka_unit_test(kinds_are_numbered_as_a_tree_with_offenders_and_children),
        cmocka_unit_test(two_roots_are_one_appendix_on_two_pages),
        cmocka_unit_test(units_are_listed_by_code_with_the_unknown_place_and_the_total_last),
        cmocka_unit_test(one_unit_alone_has_no_appendix_of_units),
        cmocka_unit_test(intervals_and_chances_stand_in_the_last_appendix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
