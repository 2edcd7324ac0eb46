/* What `status` computes itself: months not reported. */
#include "check.h"

#include <string.h>

#include "cli/status_months.h"

static day at(int year, int month, int mday)
{
    day d = DAY_NONE;
    assert_true(day_from_date((struct date){year, month, mday}, &d));
    return d;
}

/* ---- months ---- */

struct asked {
    struct spans known;
    struct month_list months;
    struct buf labels;
};

/* How many are missing; their labels. */
static int missing(struct asked *a, struct calendar c, struct span all, enum lang lang)
{
    a->months.count = 0;
    buf_clear(&a->labels);
    assert_true(months_missing(c, &a->known, all, &a->months, NULL));
    month_list_add(&a->labels, &a->months, lang);
    return (int)a->months.count;
}

static void ask_setup(struct asked *a, const struct span *spans, size_t n)
{
    *a = (struct asked){0};
    for (size_t i = 0; i < n; i++)
        assert_true(spans_add(&a->known, spans[i], NULL));
}

static void ask_free(struct asked *a)
{
    spans_free(&a->known);
    month_list_free(&a->months);
    buf_free(&a->labels);
}

static void runs_of_missing_months_are_joined(void **state)
{
    (void)state;
    struct asked a;
    struct span year = {at(2024, 1, 1), at(2024, 12, 31)};
    ask_setup(
        &a,
        (const struct span[]){{at(2024, 1, 1), at(2024, 2, 29)}, {at(2024, 4, 1), at(2024, 9, 30)}},
        2);
    assert_int_equal(missing(&a, CALENDAR_CIVIL, year, LANG_EN), 4);
    assert_string_equal(buf_text(&a.labels), "2024-03, 2024-10..2024-12");
    assert_int_equal(missing(&a, CALENDAR_CIVIL, year, LANG_VI), 4);
    assert_string_equal(buf_text(&a.labels), "03/2024, 10/2024–12/2024");
    ask_free(&a);
}

static void nothing_is_missing_where_all_is_known(void **state)
{
    (void)state;
    struct asked a;
    struct span all = {at(2023, 5, 17), at(2024, 2, 3)};
    ask_setup(&a, &all, 1);
    assert_int_equal(missing(&a, CALENDAR_CIVIL, all, LANG_EN), 0);
    assert_string_equal(buf_text(&a.labels), "");
    ask_free(&a);
}

static void a_month_that_lacks_its_last_day_is_missing(void **state)
{
    (void)state;
    struct asked a;
    struct span may = {at(2024, 5, 1), at(2024, 5, 31)};
    ask_setup(&a, (const struct span[]){{at(2024, 5, 1), at(2024, 5, 30)}}, 1);
    assert_int_equal(missing(&a, CALENDAR_CIVIL, may, LANG_EN), 1);
    assert_string_equal(buf_text(&a.labels), "2024-05");
    ask_free(&a);
}

static void days_outside_the_question_are_not_asked_for(void **state)
{
    (void)state;
    struct asked a;
    struct span all = {at(2024, 5, 10), at(2024, 6, 20)};
    ask_setup(&a, (const struct span[]){{at(2024, 5, 10), at(2024, 6, 20)}}, 1);
    assert_int_equal(missing(&a, CALENDAR_CIVIL, all, LANG_EN), 0);
    ask_free(&a);
}

static void an_empty_question_has_no_months(void **state)
{
    (void)state;
    struct asked a;
    ask_setup(&a, NULL, 0);
    assert_int_equal(missing(&a, CALENDAR_CIVIL, (struct span){5, 4}, LANG_EN), 0);
    assert_string_equal(buf_text(&a.labels), "");
    ask_free(&a);
}

/* 15 December 2023 to 14 January 2024 is the police month 2024-01. */
static void police_months_are_named_after_their_end(void **state)
{
    (void)state;
    struct asked a;
    struct calendar police = {12, 15};
    ask_setup(&a, (const struct span[]){{at(2024, 1, 15), at(2024, 6, 14)}}, 1);
    assert_int_equal(missing(&a, police, (struct span){at(2023, 12, 15), at(2024, 6, 30)}, LANG_EN),
                     2);
    assert_string_equal(buf_text(&a.labels), "2024-01, 2024-07");
    ask_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_of_missing_months_are_joined),
        cmocka_unit_test(nothing_is_missing_where_all_is_known),
        cmocka_unit_test(a_month_that_lacks_its_last_day_is_missing),
        cmocka_unit_test(days_outside_the_question_are_not_asked_for),
        cmocka_unit_test(an_empty_question_has_no_months),
        cmocka_unit_test(police_months_are_named_after_their_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
