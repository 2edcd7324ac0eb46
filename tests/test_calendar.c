/* Police reporting years, from 15 December: periods, comparisons and series by them, and which
 * calendar counts declare. */
#include "fixtures_series.h"

#include "series/series_set.h"

static const struct calendar police = {12, 15};

/* ---- names ---- */

static void a_calendar_has_the_name_that_is_read_as_it(void **state)
{
    (void)state;
    assert_string_equal(calendar_name(CALENDAR_CIVIL), "01-01");
    assert_string_equal(calendar_name(police), "12-15");
    for (int mday = 2; mday <= 28; mday++) {
        struct calendar c = {12, mday}, again;
        assert_true(calendar_parse(calendar_name(c), &again));
        assert_true(calendar_is_same(c, again));
    }
}

static void a_span_of_whole_months_tells_its_calendar(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *name;
    } spans[] = {
        {"2024-01-01", "2024-01-31", "01-01"}, {"2024-02-01", "2024-02-29", "01-01"},
        {"2023-02-01", "2023-02-28", "01-01"}, {"2016-01-01", "2023-12-31", "01-01"},
        {"2024-07-15", "2024-08-14", "12-15"}, {"2024-02-15", "2024-03-14", "12-15"},
        {"2023-12-15", "2024-12-14", "12-15"}, {"2023-12-20", "2024-06-19", "12-20"},
        {"2024-01-01", "2024-01-01", ""},      {"2024-01-01", "2024-01-30", ""},
        {"2023-02-01", "2023-03-01", ""},      {"2024-01-31", "2024-02-29", ""},
        {"2024-01-15", "2024-02-15", ""},      {"2024-02-14", "2024-01-15", ""},
    };
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        struct calendar c;
        bool found =
            calendar_from_span((struct span){day_of(spans[i].from), day_of(spans[i].to)}, &c);
        assert_string_equal(found ? calendar_name(c) : "", spans[i].name);
    }
}

/* ---- every kind of period, in years with and without 29 February ---- */

/* Month k of a police year begins on the 15th of the civil month before. */
static day month_start(int year, int month)
{
    day d = DAY_NONE;
    int through = 12 * year + month - 2;
    assert_true(day_from_date((struct date){through / 12, through % 12 + 1, 15}, &d));
    return d;
}

static void check_period(const char *label, int year, int first, int last)
{
    struct period p;
    assert_true(period_parse(label, strlen(label), police, &p));
    assert_string_equal(p.label, label);
    assert_int_equal(p.span.from, month_start(year, first));
    assert_int_equal(p.span.to, month_start(year, last + 1) - 1);
    struct period before = period_years_before(&p, police, 1);
    assert_int_equal(before.span.from, month_start(year - 1, first));
    assert_int_equal(before.span.to, month_start(year - 1, last + 1) - 1);
    assert_int_equal(span_shift_years(p.span, -1).from, before.span.from);
    assert_int_equal(span_shift_years(p.span, -1).to, before.span.to);
    struct period again = period_years_before(&before, police, -1);
    assert_string_equal(again.label, label);
    assert_int_equal(again.span.to, p.span.to);
}

static void every_kind_of_period_keeps_its_days_in_any_year(void **state)
{
    (void)state;
    char label[16];
    for (int year = 1999; year <= 2033; year++) {
        snprintf(label, sizeof label, "%d", year);
        check_period(label, year, 1, 12);
        for (int k = 1; k <= 12; k++) {
            snprintf(label, sizeof label, "%d-%02d", year, k);
            check_period(label, year, k, k);
            snprintf(label, sizeof label, "%dM%d", year, k);
            check_period(label, year, 1, k);
        }
        for (int k = 1; k <= 4; k++) {
            snprintf(label, sizeof label, "%dQ%d", year, k);
            check_period(label, year, 3 * k - 2, 3 * k);
        }
        for (int k = 1; k <= 2; k++) {
            snprintf(label, sizeof label, "%dH%d", year, k);
            check_period(label, year, 6 * k - 5, 6 * k);
        }
    }
}

static int64_t days_of(const char *label)
{
    struct period p;
    assert_true(period_parse(label, strlen(label), police, &p));
    return span_days(p.span);
}

static void the_29th_of_february_stands_in_march(void **state)
{
    (void)state;
    assert_int_equal(days_of("2024-03"), 29);
    assert_int_equal(days_of("2023-03"), 28);
    assert_int_equal(days_of("2024-02"), 31);
    assert_int_equal(days_of("2024Q1"), 91);
    assert_int_equal(days_of("2023Q1"), 90);
    assert_int_equal(days_of("2024Q2"), days_of("2023Q2"));
    assert_int_equal(days_of("2024H1"), 183);
    assert_int_equal(days_of("2024M9"), days_of("2023M9") + 1);
    assert_int_equal(days_of("2024"), 366);
    assert_int_equal(days_of("2023..2024"), 731);
}

/* ---- comparisons ---- */

/* Cases of one commune around the leap day and both ends of the years, up to a day. */
static void desk_leap(struct desk *k, const char *covered_to)
{
    static const char *const days[] = {"2023-02-28", "2023-03-01", "2023-12-14", "2023-12-15",
                                       "2024-02-28", "2024-02-29", "2024-03-01", "2024-06-14",
                                       "2024-06-15", "2025-02-28"};
    struct buf cover = {0}, csv = {0};
    buf_addf(&cover, COVERS "30037,2021-12-15,%s,XHTE,\n", covered_to);
    buf_adds(&csv, CASES);
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
        if (strcmp(days[i], covered_to) <= 0)
            buf_addf(&csv, "A-%zu,30037,XHTE.TD,%s\n", i, days[i]);
    desk_new(k);
    loads(k, "coverage", cover.data);
    loads(k, "incidents", csv.data);
    buf_free(&cover);
    buf_free(&csv);
}

static void asks_police(struct set *s, struct desk *k, const char *label)
{
    *s = (struct set){.q = {.tally = {.state = STATE_NOW, .as_of = DAY_NONE},
                            .calendar = police,
                            .before_count = 1,
                            .category_count = 1}};
    assert_true(period_parse(label, strlen(label), police, &s->q.period));
    s->q.before[0] = period_years_before(&s->q.period, police, 1);
    s->category = category_of(&k->directory, "XHTE");
    s->q.categories = &s->category;
    if (!cover_load(&s->cover, k->store, STATE_NOW, &k->directory, &s->err) ||
        !compare_init(&s->compare, k->store, &k->directory, &s->cover, &s->q, &s->err))
        fail_msg("%s", s->err.msg);
}

static void check_counts(const char *covered_to, const char *label, int64_t now, int64_t before)
{
    struct desk k;
    struct set s;
    desk_leap(&k, covered_to);
    asks_police(&s, &k, label);
    CHECK_ROW(row_of(&s, "30037", "XHTE"), now, before);
    set_free(&s);
    desk_free(&k);
}

static void whole_periods_hold_their_first_and_last_days(void **state)
{
    (void)state;
    check_counts("2025-12-14", "2024H1", 5, 2);
    check_counts("2025-12-14", "2024Q1", 4, 2);
    check_counts("2025-12-14", "2024H2", 1, 1);
    check_counts("2025-12-14", "2024-03", 3, 2);
    check_counts("2025-12-14", "2025-03", 1, 3); /* the leap day is in the year before */
    check_counts("2025-12-14", "2024M3", 4, 2);
    check_counts("2025-12-14", "2024", 6, 3);
}

static void a_period_that_runs_to_the_end_of_february_ends_there_before_too(void **state)
{
    (void)state;
    check_counts("2024-02-29", "2024", 3, 1); /* to 29 February, against to 28 February */
    check_counts("2024-02-28", "2024", 2, 1); /* 28 February against 28 February */
    check_counts("2024-03-01", "2024H1", 4, 2);
    check_counts("2025-02-28", "2025", 1, 3); /* to 28 February, against to 29 February */
    check_counts("2025-02-27", "2025H1", 0, 1);
}

/* ---- series ---- */

static void steps_are_months_of_the_calendar(void **state)
{
    (void)state;
    struct desk k;
    struct cover cover;
    struct events events;
    struct series_set set;
    struct series x;
    char label[16];
    desk_leap(&k, "2025-01-31");
    size_t root = category_of(&k.directory, "XHTE");
    struct series_query q = {.tally = {.state = STATE_NOW, .as_of = DAY_NONE},
                             .calendar = police,
                             .per_year = 12,
                             .reach = {DAY_MIN, DAY_MAX},
                             .per = PER_DAYS,
                             .categories = &root,
                             .category_count = 1};
    assert_true(cover_load(&cover, k.store, STATE_NOW, &k.directory, NULL));
    assert_true(events_read(&events, k.store, STATE_NOW, &k.directory, NULL));
    assert_true(series_set_init(&set, k.store, &k.directory, &cover, &events, &q, NULL));
    assert_int_equal(set.n, 38); /* of the last, to 14 February, a part is known */
    assert_true(series_take(&set, set.scope.unit_slot[unit_of(&k.directory, "30037")],
                            set.scope.category_slot[root], &x, NULL));
    series_label(&set, 0, label);
    assert_string_equal(label, "2022-01");
    series_label(&set, 26, label);
    assert_string_equal(label, "2024-03");
    CHECK_NEAR(x.count[26], 3, 0, 0);
    CHECK_NEAR(x.exposure[26], 29, 0, 0);
    CHECK_NEAR(x.exposure[14], 28, 0, 0);
    CHECK_NEAR(x.count[23], 1, 0, 0); /* 14 December is the last day of 2023-12 … */
    CHECK_NEAR(x.count[24], 1, 0, 0); /* … and the 15th the first of 2024-01 */
    assert_int_equal(x.known, 37);
    assert_int_equal(x.state[37], STEP_PARTIAL);
    series_free(&x);
    series_set_free(&set);
    events_free(&events);
    cover_free(&cover);
    desk_free(&k);
}

/* ---- what counts declare ---- */

#define COUNTS "unit,category,period,count,calendar\n"

static void check_declared(struct desk *k, int64_t state, const char *expected)
{
    struct count_calendars found;
    struct buf text = {0};
    assert_true(store_count_calendars(k->store, state, &found, NULL));
    for (size_t i = 0; i < found.count; i++)
        buf_addf(&text, "%s %s;", calendar_name(found.calendars[i]), buf_text(&found.sources[i]));
    assert_string_equal(buf_text(&text), expected);
    buf_free(&text);
    count_calendars_free(&found);
}

static void counts_declare_the_calendar_of_their_months(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", CASES "A-1,30037,XHTE.TD,2023-12-20\n");
    check_declared(&k, STATE_NOW, "");
    loads_with(&k, "counts",
               COUNTS "30040,XHTE,2024-02-29,1,\n30040,XHTE,2024-03-05..2024-04-06,2,\n",
               (struct options){.source = "days"});
    check_declared(&k, STATE_NOW, ""); /* of no whole months */
    loads_with(&k, "counts", COUNTS "30040,XHTE,2024-08,1,12-15\n",
               (struct options){.source = "police"});
    check_declared(&k, STATE_NOW, "12-15 police;");
    int64_t last = 0;
    assert_true(store_last_load(k.store, &last, NULL));
    loads_with(&k, "counts", COUNTS "30043,XHTE,2023,1,\n", (struct options){.source = "court"});
    check_declared(&k, STATE_NOW, "01-01 court;12-15 police;");
    check_declared(&k, last, "12-15 police;");
    desk_free(&k);
}

static void counts_that_declare_nothing_go_by_the_calendar_of_their_load(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "counts", "unit,category,period,count\n30040,XHTE,2024Q1,1\n");
    check_declared(&k, STATE_NOW, "01-01 872;");
    struct loaded again = load_text(
        &k, "counts", "unit,category,period,count\n30040,XHTE,2024Q1,1\n", (struct options){0});
    assert_int_equal(again.unchanged, 1);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_calendar_has_the_name_that_is_read_as_it),
        cmocka_unit_test(a_span_of_whole_months_tells_its_calendar),
        cmocka_unit_test(every_kind_of_period_keeps_its_days_in_any_year),
        cmocka_unit_test(the_29th_of_february_stands_in_march),
        cmocka_unit_test(whole_periods_hold_their_first_and_last_days),
        cmocka_unit_test(a_period_that_runs_to_the_end_of_february_ends_there_before_too),
        cmocka_unit_test(steps_are_months_of_the_calendar),
        cmocka_unit_test(counts_declare_the_calendar_of_their_months),
        cmocka_unit_test(counts_that_declare_nothing_go_by_the_calendar_of_their_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
