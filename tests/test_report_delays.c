/* How long after the act reports came in: which reports tell it, and how old their acts are. */
#include "fixtures_series.h"

#include "series/report_delays.h"

struct seen {
    const struct directory *directory;
    char lines[16][64];
    size_t count;
};

static bool see(void *context, const struct report_delay *r, struct err *e)
{
    struct seen *s = context;
    (void)e;
    assert_true(s->count < 16);
    snprintf(s->lines[s->count++], sizeof s->lines[0], "%s %lld/%lld%s;",
             s->directory->categories[r->root].code, (long long)r->delay, (long long)r->age,
             r->is_old ? " old" : "");
    return true;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void assert_delays(struct desk *k, enum count_unit count, const char *as_of,
                          const char *want)
{
    struct seen s = {.directory = &k->directory};
    struct cover cover;
    struct err e = {0};
    char got[1024] = "";
    const struct tally_query q = {
        .state = STATE_NOW, .count = count, .as_of = as_of ? day_of(as_of) : DAY_NONE};
    assert_true(cover_load(&cover, k->store, STATE_NOW, &k->directory, &e));
    if (as_of)
        cover_end(&cover, q.as_of);
    if (!report_delays_each(k->store, &k->directory, &cover, &q, see, &s, &e))
        fail_msg("%s", e.msg);
    qsort(s.lines, s.count, sizeof s.lines[0], by_text);
    for (size_t i = 0; i < s.count; i++)
        add_text(got, sizeof got, "%s", s.lines[i]);
    assert_string_equal(got, want);
    cover_free(&cover);
}

static void desk_with(struct desk *k, const char *coverage, const char *rows)
{
    struct buf csv = {0};
    desk_new(k);
    loads(k, "coverage", coverage);
    buf_addf(&csv, "case_id,unit,category,received_on,occurred_on,outcome,resolved_on\n%s", rows);
    loads(k, "incidents", csv.data);
    buf_free(&csv);
}

#define YEAR COVERS "872,2024-01-01,2024-12-31,XHTE,\n872,2024-01-01,2024-06-30,U18,\n"

static void age_is_up_to_the_last_receipts_in_hand(void **state)
{
    (void)state;
    struct desk k;
    desk_with(&k, YEAR, "A,30037,XHTE.TD,2024-01-11,2024-01-01,,\n");
    assert_delays(&k, COUNT_CASES, NULL, "XHTE 10/365;");
    assert_delays(&k, COUNT_CASES, "2024-01-31", "XHTE 10/30;");
    desk_free(&k);
}

static void a_case_of_two_roots_is_told_of_in_each(void **state)
{
    (void)state;
    struct desk k;
    desk_with(&k, YEAR, "A,30037,XHTE.TD;U18.TTXH,2024-06-01,2024-06-01,,\n");
    assert_delays(&k, COUNT_CASES, NULL, "U18 0/29;XHTE 0/213;");
    desk_free(&k);
}

static void an_act_before_the_first_receipts_is_old(void **state)
{
    (void)state;
    struct desk k;
    desk_with(&k, YEAR,
              "A,30037,XHTE.TD,2024-01-11,2023-12-31,,\nB,30037,XHTE.TD,2024-01-11,2024-01-01,,\n");
    assert_delays(&k, COUNT_CASES, NULL, "XHTE 10/365;XHTE 11/366 old;");
    desk_free(&k);
}

static void what_tells_no_delay_is_passed_over(void **state)
{
    (void)state;
    struct desk k;
    desk_with(&k, YEAR, "A,30037,XHTE.TD,2024-01-11,,,\nB,30037,XHTE.TD,,2024-01-01,,\n");
    assert_delays(&k, COUNT_CASES, NULL, "");
    desk_free(&k);
}

static void as_of_a_day_later_receipts_tell_nothing(void **state)
{
    (void)state;
    struct desk k;
    desk_with(&k, YEAR,
              "A,30037,XHTE.TD,2024-02-11,2024-01-01,,\nB,30037,XHTE.TD,2024-01-31,2024-01-01,,\n");
    assert_delays(&k, COUNT_CASES, "2024-01-31", "XHTE 30/30;");
    desk_free(&k);
}

static void unfounded_reports_are_no_cases(void **state)
{
    (void)state;
    struct desk k;
    desk_with(&k, YEAR, "A,30037,XHTE.TD,2024-02-11,2024-02-01,unfounded,2024-02-20\n");
    assert_delays(&k, COUNT_CASES, NULL, "");
    assert_delays(&k, COUNT_REPORTS, NULL, "XHTE 10/334;");
    desk_free(&k);
}

/* Each unit's receipts end on a day of their own. */
static void each_unit_has_its_own_last_day(void **state)
{
    (void)state;
    struct desk k;
    desk_with(&k, COVERS "30037,2024-01-01,2024-01-31,XHTE,\n30040,2024-01-01,2024-02-29,XHTE,\n",
              "A,30037,XHTE.TD,2024-01-11,2024-01-01,,\nB,30040,XHTE.TD,2024-01-11,2024-01-01,,\n");
    assert_delays(&k, COUNT_CASES, NULL, "XHTE 10/30;XHTE 10/59;");
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(age_is_up_to_the_last_receipts_in_hand),
        cmocka_unit_test(a_case_of_two_roots_is_told_of_in_each),
        cmocka_unit_test(an_act_before_the_first_receipts_is_old),
        cmocka_unit_test(what_tells_no_delay_is_passed_over),
        cmocka_unit_test(as_of_a_day_later_receipts_tell_nothing),
        cmocka_unit_test(unfounded_reports_are_no_cases),
        cmocka_unit_test(each_unit_has_its_own_last_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
