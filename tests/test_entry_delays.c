/* On how many days of loading behind the one it was due a case was entered. Each load here is on
 * the day that SOURCE_DATE_EPOCH says. */
#include "fixtures_series.h"

#include <stdlib.h>

#include "series/entry_delays.h"

static void loads_on(struct desk *k, const char *on, const char *source, const char *rows)
{
    char epoch[32];
    struct buf csv = {0};
    snprintf(epoch, sizeof epoch, "%lld", 86400LL * day_of(on) + 3600);
    setenv("SOURCE_DATE_EPOCH", epoch, 1);
    buf_addf(&csv, CASES "%s", rows);
    loads_with(k, "incidents", csv.data, (struct options){.source = source, .update = true});
    buf_free(&csv);
    unsetenv("SOURCE_DATE_EPOCH");
}

struct seen {
    char text[512];
};

static bool see(void *context, int64_t delay, int64_t age, struct err *e)
{
    struct seen *s = context;
    (void)e;
    add_text(s->text, sizeof s->text, "%lld/%lld;", (long long)delay, (long long)age);
    return true;
}

static int by_text(const void *a, const void *b)
{
    return memcmp(a, b, 4);
}

/* Sorted: "0/0;" … */
static void assert_entries(struct desk *k, int64_t state, size_t steps, const char *want)
{
    struct entry_steps s;
    struct seen seen = {""};
    struct err e = {0};
    assert_true(entry_steps_read(&s, k->store, state, &e));
    assert_int_equal(s.count, steps);
    assert_true(entry_delays_each(&s, k->store, state, false, see, &seen, &e));
    qsort(seen.text, strlen(seen.text) / 4, 4, by_text);
    assert_string_equal(seen.text, want);
    entry_steps_free(&s);
}

static void loads_of_one_day_tell_nothing(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads_on(&k, "2024-02-01", "A", "A-1,30037,XHTE,2023-05-01\n");
    loads_on(&k, "2024-02-01", "A", "A-2,30037,XHTE,2023-06-01\n");
    assert_entries(&k, STATE_NOW, 0, "");
    desk_free(&k);
}

static void a_case_entered_with_others_of_its_days_is_on_time(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads_on(&k, "2024-02-01", "A", "A-1,30037,XHTE,2024-01-31\n");
    loads_on(&k, "2024-03-01", "A", "A-2,30037,XHTE,2024-02-05\nA-3,30037,XHTE,2024-02-25\n");
    assert_entries(&k, STATE_NOW, 2, "0/0;0/0;");
    loads_on(&k, "2024-04-01", "A", "A-4,30037,XHTE,2024-02-10\nA-5,30037,XHTE,2024-03-25\n");
    assert_entries(&k, STATE_NOW, 3, "0/0;0/1;0/1;1/1;");
    desk_free(&k);
}

/* What the first load lacked is not told of: its days are the office's history. */
static void what_was_due_at_the_first_load_is_passed_over(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads_on(&k, "2024-02-01", "A", "A-1,30037,XHTE,2024-01-31\n");
    loads_on(&k, "2024-03-01", "A", "A-2,30037,XHTE,2023-12-05\nA-3,30037,XHTE,2024-02-25\n");
    assert_entries(&k, STATE_NOW, 2, "0/0;");
    desk_free(&k);
}

static void a_case_changed_later_was_entered_when_it_first_came(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads_on(&k, "2024-02-01", "A", "A-1,30037,XHTE,2024-01-31\n");
    loads_on(&k, "2024-03-01", "A", "A-2,30037,XHTE,2024-02-25\n");
    loads_on(&k, "2024-04-01", "A", "A-2,30037,XHTE.TD,2024-02-25\nA-3,30037,XHTE,2024-03-25\n");
    assert_entries(&k, STATE_NOW, 3, "0/0;0/1;");
    desk_free(&k);
}

static void a_load_that_was_undone_brought_nothing(void **state)
{
    (void)state;
    struct desk k;
    int64_t undone, undo;
    struct err e = {0};
    desk_new(&k);
    loads_on(&k, "2024-02-01", "A", "A-1,30037,XHTE,2024-01-31\n");
    loads_on(&k, "2024-03-01", "A", "A-2,30037,XHTE,2024-02-25\n");
    if (!store_undo(k.store, 0, &undone, &undo, &e))
        fail_msg("%s", e.msg);
    desk_read(&k);
    assert_entries(&k, STATE_NOW, 0, "");
    loads_on(&k, "2024-04-01", "A", "A-2,30037,XHTE,2024-02-25\n");
    assert_entries(&k, STATE_NOW, 2, "0/0;");
    desk_free(&k);
}

static void several_sources_tell_nothing(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads_on(&k, "2024-02-01", "A", "A-1,30037,XHTE,2024-01-31\n");
    loads_on(&k, "2024-03-01", "B", "B-1,30040,XHTE,2024-02-25\n");
    assert_entries(&k, STATE_NOW, 0, "");
    desk_free(&k);
}

static void an_earlier_state_knows_of_no_later_load(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads_on(&k, "2024-02-01", "A", "A-1,30037,XHTE,2024-01-31\n");
    loads_on(&k, "2024-03-01", "A", "A-2,30037,XHTE,2024-02-25\n");
    loads_on(&k, "2024-04-01", "A", "A-3,30037,XHTE,2024-02-10\n");
    assert_entries(&k, 4, 2, "0/0;");
    assert_entries(&k, 3, 0, "");
    desk_free(&k);
}

static void days_are_as_old_as_the_step_they_were_due_at(void **state)
{
    (void)state;
    struct entry_step items[] = {{0, 1, 100}, {30, 2, 130}, {60, 3, 130}, {90, 4, 190}};
    const struct entry_steps s = {items, 4, 4};
    (void)state;
    assert_int_equal(entry_age(&s, 100), 3);
    assert_int_equal(entry_age(&s, 101), 2);
    assert_int_equal(entry_age(&s, 130), 2);
    assert_int_equal(entry_age(&s, 131), 0); /* the third load reached no farther */
    assert_int_equal(entry_age(&s, 500), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loads_of_one_day_tell_nothing),
        cmocka_unit_test(a_case_entered_with_others_of_its_days_is_on_time),
        cmocka_unit_test(what_was_due_at_the_first_load_is_passed_over),
        cmocka_unit_test(a_case_changed_later_was_entered_when_it_first_came),
        cmocka_unit_test(a_load_that_was_undone_brought_nothing),
        cmocka_unit_test(several_sources_tell_nothing),
        cmocka_unit_test(an_earlier_state_knows_of_no_later_load),
        cmocka_unit_test(days_are_as_old_as_the_step_they_were_due_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
