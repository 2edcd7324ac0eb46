/* Series of months, quarters and years: what is known, partial, unknown, left out. */
#include "fixtures_series.h"

#include <math.h>

#include "series/series_set.h"

#define CASES "case_id,unit,category,received_on\n"
#define COVERS "unit,from,to,category,total\n"

/* One set of the desk's, of one category. */
struct asked_set {
    struct cover cover;
    struct events events;
    struct series_query q;
    size_t category;
    struct series_set set;
    struct series x;
    struct err err;
};

static bool try_set(struct asked_set *a, struct desk *k, const char *category, int per_year,
                    const char *reach)
{
    *a = (struct asked_set){.category = category_of(&k->directory, category)};
    a->q = (struct series_query){.tally = {.state = STATE_NOW, .as_of = DAY_NONE},
                                 .calendar = CALENDAR_CIVIL,
                                 .per_year = per_year,
                                 .reach = *reach ? period_of(reach).span
                                                 : (struct span){DAY_MIN, DAY_MAX},
                                 .per = PER_DAYS,
                                 .categories = &a->category,
                                 .category_count = 1};
    return cover_load(&a->cover, k->store, STATE_NOW, &k->directory, &a->err) &&
           events_read(&a->events, k->store, STATE_NOW, &k->directory, &a->err) &&
           series_set_init(&a->set, k->store, &k->directory, &a->cover, &a->events, &a->q, &a->err);
}

static void take(struct asked_set *a, const char *unit, const char *category)
{
    const struct directory *d = a->set.scope.directory;
    series_free(&a->x);
    assert_true(series_take(&a->set, a->set.scope.unit_slot[unit_of(d, unit)],
                            a->set.scope.category_slot[category_of(d, category)], &a->x, &a->err));
    series_trim(&a->set, &a->x);
}

static void asks_set(struct asked_set *a, struct desk *k, int per_year, const char *reach,
                     const char *unit)
{
    if (!try_set(a, k, "XHTE", per_year, reach))
        fail_msg("%s", a->err.msg);
    take(a, unit, "XHTE");
}

static void set_done(struct asked_set *a)
{
    series_free(&a->x);
    series_set_free(&a->set);
    events_free(&a->events);
    cover_free(&a->cover);
}

static void label_is(const struct asked_set *a, size_t step, const char *expected)
{
    char label[16];
    series_label(&a->set, a->x.offset + step, label);
    assert_string_equal(label, expected);
}

/* Cases in 30037 on 2023-01-05, 2023-03-31 (two), 2024-02-29; in 30040 on 2024-02-01. */
static const char *const cases = CASES "A-1,30037,XHTE.TD,2023-01-05\n"
                                       "A-2,30037,XHTE.TD,2023-03-31\n"
                                       "A-3,30037,XHTE.BL,2023-03-31\n"
                                       "A-4,30037,XHTE,2024-02-29\n"
                                       "A-5,30040,XHTE.TD,2024-02-01\n";

static void desk_covered(struct desk *k, const char *coverage)
{
    desk_new(k);
    loads(k, "coverage", coverage);
    loads(k, "incidents", cases);
}

#define WHOLE                                                                                      \
    "30037,2023-01-01,2024-12-31,XHTE,\n30040,2023-01-01,2024-12-31,XHTE,\n"                       \
    "30043,2023-01-01,2024-12-31,XHTE,\n"

static void months_without_a_case_are_zero_inside_coverage(void **state)
{
    (void)state;
    struct desk k;
    struct asked_set a;
    desk_covered(&k, COVERS WHOLE);
    asks_set(&a, &k, 12, "", "872");
    assert_int_equal(a.x.n, 24);
    assert_int_equal(a.x.known, 24);
    assert_int_equal(a.x.total, 5);
    assert_int_equal(a.x.first, 2023 * 12);
    label_is(&a, 0, "2023-01");
    label_is(&a, 23, "2024-12");
    CHECK_NEAR(a.x.count[0], 1, 0, 0);
    CHECK_NEAR(a.x.count[1], 0, 0, 0);
    CHECK_NEAR(a.x.count[2], 2, 0, 0);
    CHECK_NEAR(a.x.count[13], 2, 0, 0);
    CHECK_NEAR(a.x.exposure[13], 29, 0, 0);
    set_done(&a);
    desk_free(&k);
}

static void quarters_and_years_are_sums_of_their_months(void **state)
{
    (void)state;
    struct desk k;
    struct asked_set a;
    desk_covered(&k, COVERS WHOLE);
    asks_set(&a, &k, 4, "", "30037");
    assert_int_equal(a.x.n, 8);
    CHECK_NEAR(a.x.count[0], 3, 0, 0);
    CHECK_NEAR(a.x.exposure[0], 90, 0, 0);
    CHECK_NEAR(a.x.count[4], 1, 0, 0);
    label_is(&a, 4, "2024Q1");
    set_done(&a);
    asks_set(&a, &k, 1, "", "872");
    assert_int_equal(a.x.n, 2);
    CHECK_NEAR(a.x.count[0], 3, 0, 0);
    CHECK_NEAR(a.x.count[1], 2, 0, 0);
    CHECK_NEAR(a.x.exposure[1], 366, 0, 0);
    label_is(&a, 1, "2024");
    set_done(&a);
    desk_free(&k);
}

static void a_step_that_one_unit_has_not_reported_is_partial_in_the_total(void **state)
{
    (void)state;
    struct desk k;
    struct asked_set a;
    desk_covered(&k, COVERS "30037,2023-01-01,2024-12-31,XHTE,\n30040,2023-01-01,2024-12-31,XHTE,\n"
                            "30043,2023-01-01,2024-11-30,XHTE,\n");
    asks_set(&a, &k, 12, "", "872");
    assert_int_equal(a.x.n, 23); /* the last one, partial, is no end of what is known */
    take(&a, "30043", "XHTE");
    assert_int_equal(a.x.n, 23);
    take(&a, "30037", "XHTE");
    assert_int_equal(a.x.n, 24);
    set_done(&a);
    desk_free(&k);
}

static void a_silent_unit_is_left_out_of_the_total_and_keeps_its_own_series(void **state)
{
    (void)state;
    struct desk k;
    struct asked_set a;
    struct buf note = {0};
    desk_covered(&k, COVERS "30037,2023-01-01,2024-12-31,XHTE,\n30040,2023-07-01,2024-12-31,XHTE,\n"
                            "30043,2023-01-01,2024-12-31,XHTE,\n");
    asks_set(&a, &k, 12, "", "872");
    assert_int_equal(a.x.known, 24);
    assert_int_equal(a.x.total, 4); /* without A-5 of 30040 */
    assert_int_equal(a.x.units, 3);
    assert_int_equal(a.x.units_compared, 2);
    series_note(&note, &a.set, a.set.scope.unit_slot[unit_of(&k.directory, "872")], 0, &a.x);
    assert_non_null(strstr(buf_text(&note), "compared_units=2/3;left_out=30040;"));
    take(&a, "30040", "XHTE");
    assert_int_equal(a.x.n, 18);
    assert_int_equal(a.x.total, 1);
    label_is(&a, 0, "2023-07");
    buf_free(&note);
    set_done(&a);
    desk_free(&k);
}

static void a_month_known_in_part_is_not_known(void **state)
{
    (void)state;
    struct desk k;
    struct asked_set a;
    desk_covered(&k,
                 COVERS "30037,2023-01-01,2023-02-14,XHTE,\n30037,2023-03-01,2024-02-29,XHTE,\n");
    asks_set(&a, &k, 12, "", "30037");
    assert_int_equal(a.x.n, 14);
    assert_int_equal(a.x.known, 13);
    assert_int_equal(a.x.state[1], STEP_PARTIAL);
    assert_true(isnan(a.x.count[1]));
    CHECK_NEAR(a.x.recorded[1], 0, 0, 0);
    set_done(&a);
    desk_free(&k);
}

static void events_exclude_months_and_step_inside_them(void **state)
{
    (void)state;
    struct desk k;
    struct asked_set a;
    struct series_step *steps;
    size_t count;
    desk_covered(&k, COVERS WHOLE);
    loads(&k, "events",
          "date,label,action,unit\n2023-03-10,Lũ,exclude,872\n2024-02-15,Cách đếm mới,step,872\n"
          "2023-06-01,Ghi nhớ,mark,872\n2023-01-01,Từ đầu,step,872\n2023-05-01,Nơi "
          "khác,step,30043\n");
    desk_read(&k);
    asks_set(&a, &k, 12, "", "872");
    assert_int_equal(a.x.state[2], STEP_EXCLUDED);
    assert_true(isnan(a.x.count[2]));
    CHECK_NEAR(a.x.recorded[2], 2, 0, 0);
    assert_int_equal(a.x.known, 23);
    assert_int_equal(a.x.total, 3);
    assert_true(series_level_steps(&a.set, a.set.scope.unit_slot[unit_of(&k.directory, "872")],
                                   &a.x, &steps, &count, &a.err));
    assert_int_equal(count, 1); /* not the one that all of the series lies behind */
    assert_int_equal(steps[0].at, 13);
    CHECK_NEAR(steps[0].share, 15.0 / 29, 1e-15, 0);
    free(steps);
    set_done(&a);
    desk_free(&k);
}

static void a_yearly_total_is_unknown_by_the_month_and_known_by_the_year(void **state)
{
    (void)state;
    struct desk k;
    struct asked_set a;
    desk_new(&k);
    loads(&k, "counts", "unit,category,period,count\n30037,XHTE,2021,4\n30037,XHTE,2022,6\n");
    asks_set(&a, &k, 12, "", "30037");
    assert_int_equal(a.x.n, 0);
    set_done(&a);
    asks_set(&a, &k, 1, "", "30037");
    assert_int_equal(a.x.n, 2);
    assert_int_equal(a.x.total, 10);
    set_done(&a);
    desk_free(&k);
}

static void only_whole_steps_inside_the_span_asked_for_are_taken(void **state)
{
    (void)state;
    struct desk k;
    struct asked_set a;
    desk_covered(&k, COVERS WHOLE);
    asks_set(&a, &k, 4, "2023-02-01..2024-02-29", "872");
    assert_int_equal(a.x.n, 3);
    label_is(&a, 0, "2023Q2");
    label_is(&a, 2, "2023Q4");
    set_done(&a);
    assert_false(try_set(&a, &k, "XHTE", 1, "2023-02"));
    assert_int_equal(a.err.code, ERR_USAGE);
    set_done(&a);
    assert_false(try_set(&a, &k, "XHTE", 12, "2019"));
    assert_int_equal(a.err.code, ERR_INPUT);
    set_done(&a);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_without_a_case_are_zero_inside_coverage),
        cmocka_unit_test(quarters_and_years_are_sums_of_their_months),
        cmocka_unit_test(a_step_that_one_unit_has_not_reported_is_partial_in_the_total),
        cmocka_unit_test(a_silent_unit_is_left_out_of_the_total_and_keeps_its_own_series),
        cmocka_unit_test(a_month_known_in_part_is_not_known),
        cmocka_unit_test(events_exclude_months_and_step_inside_them),
        cmocka_unit_test(a_yearly_total_is_unknown_by_the_month_and_known_by_the_year),
        cmocka_unit_test(only_whole_steps_inside_the_span_asked_for_are_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
