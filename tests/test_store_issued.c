/* Official reports: what was said stays said. */
#include "fixtures_store.h"

#include "store/issued.h"

static const struct issued_figure figures[] = {
    {"total", "XHTE", "XHTE", "Child abuse", true, true, 22, 26, "met"},
    {"target", "4", "", "Campaigns", false, false, 0, 0, ""},
};

/* 2024-12-20. */
static struct issued_report report(const char *number)
{
    return (struct issued_report){.at = (int64_t)20077 * 86400,
                                  .number = number,
                                  .kind = "briefing",
                                  .period = "2024",
                                  .span = {19723, 20088},
                                  .unit = "30037",
                                  .body = "872",
                                  .plan = "",
                                  .basis = "",
                                  .calendar = "01-01",
                                  .as_of = "",
                                  .units_as_of = "",
                                  .split = "",
                                  .audience = "",
                                  .state = 2,
                                  .data_end = 20088,
                                  .command = "report briefing --period 2024",
                                  .figures = figures,
                                  .figure_count = 2};
}

static int64_t last_of(struct desk *k)
{
    struct err e = {0};
    int64_t last = 0;
    assert_true(store_last_load(k->store, &last, &e));
    return last;
}

static void issue(struct desk *k, struct issued_report *r)
{
    struct err e = {0};
    if (!issued_begin(k->store, last_of(k), &e) || !issued_add(k->store, r, &e) ||
        !issued_commit(k->store, "briefing", &e))
        fail_msg("%s", e.msg);
}

/* With two loads. */
static void desk_of_cases(struct desk *k)
{
    desk_new(k);
    loads(k, "incidents", CASES "A-1,30037,XHTE.TD,2024-01-05\n");
    while (last_of(k) < 2)
        loads(k, "incidents", CASES "A-2,30037,XHTE.TD,2024-02-05\n");
}

static void what_is_read_is_what_was_issued(void **state)
{
    (void)state;
    struct desk k;
    struct err e = {0};
    struct issued_list list;
    struct issued_report r = report("15/BC-BCĐ138");
    desk_of_cases(&k);
    issue(&k, &r);
    assert_true(issued_read(k.store, &list, &e));
    assert_int_equal(list.count, 1);
    const struct issued_report *x = &list.items[0];
    assert_string_equal(x->number, "15/BC-BCĐ138");
    assert_string_equal(x->unit, "30037");
    assert_string_equal(x->body, "872");
    assert_int_equal(x->span.to, 20088);
    assert_int_equal(x->data_end, 20088);
    assert_int_equal(x->state, 2);
    assert_int_equal(x->figure_count, 2);
    assert_int_equal(x->figures[0].count, 22);
    assert_string_equal(x->figures[0].verdict, "met");
    assert_false(x->figures[1].has_count || x->figures[1].has_base);
    issued_free(&list);
    desk_free(&k);
}

static void a_number_is_given_once_a_year_and_it_is_said_to_what(void **state)
{
    (void)state;
    struct desk k;
    struct err e = {0};
    struct issued_report r = report("15/BC-BCĐ138"), again = r, next_year = r;
    desk_of_cases(&k);
    issue(&k, &r);
    assert_true(issued_begin(k.store, last_of(&k), &e));
    assert_false(issued_add(k.store, &again, &e));
    issued_abort(k.store);
    assert_int_equal(e.code, ERR_INPUT);
    assert_non_null(strstr(e.msg, "2024-12-20"));
    assert_non_null(strstr(e.msg, "briefing, unit 30037, period 2024"));
    next_year.at += (int64_t)366 * 86400;
    issue(&k, &next_year);
    assert_answer(&k, "SELECT year FROM issued_report ORDER BY id", "2024\n2025\n");
    desk_free(&k);
}

static void the_next_number_is_one_more_than_the_highest_of_the_year(void **state)
{
    (void)state;
    struct desk k;
    struct err e = {0};
    int64_t next = 0;
    struct issued_report a = report("9/BC"), b = report("015/BC"), c = report("X-99");
    desk_of_cases(&k);
    assert_true(issued_next(k.store, 2024, &next, &e) && next == 1);
    issue(&k, &a);
    issue(&k, &b);
    issue(&k, &c);
    assert_true(issued_next(k.store, 2024, &next, &e) && next == 16);
    assert_true(issued_next(k.store, 2025, &next, &e) && next == 1);
    desk_free(&k);
}

static void nothing_in_it_can_be_changed_or_taken_out(void **state)
{
    (void)state;
    static const char *const tries[] = {
        "UPDATE issued_report SET number = '1'",
        "DELETE FROM issued_report",
        "UPDATE issued_figure SET count = 1",
        "DELETE FROM issued_figure",
        "INSERT OR REPLACE INTO issued_figure VALUES (1, 1, 'total', 'XHTE', '', '', 1, 1, '')",
        "INSERT OR REPLACE INTO issued_report SELECT * FROM issued_report"};
    struct desk k;
    struct issued_report r = report("15/BC");
    desk_of_cases(&k);
    issue(&k, &r);
    desk_close(&k);
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        sqlite3 *db = NULL;
        assert_int_equal(sqlite3_open(k.path.data, &db), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, tries[i], NULL, NULL, NULL), SQLITE_CONSTRAINT);
        sqlite3_close(db);
    }
    assert_answer(&k, "SELECT number, count FROM issued_report, issued_figure WHERE place = 1",
                  "15/BC|22\n");
    desk_free(&k);
}

static void what_is_given_up_leaves_nothing(void **state)
{
    (void)state;
    struct desk k;
    struct err e = {0};
    struct issued_report r = report("15/BC");
    desk_of_cases(&k);
    struct buf before = now(&k);
    assert_true(issued_begin(k.store, last_of(&k), &e) && issued_add(k.store, &r, &e));
    issued_abort(k.store);
    assert_same(before, now(&k));
    assert_answer(&k, "SELECT count(*) FROM issued_report", "0\n");
    desk_free(&k);
}

static void it_is_not_begun_on_data_that_are_no_longer_the_last(void **state)
{
    (void)state;
    struct desk k;
    struct err e = {0};
    desk_of_cases(&k);
    assert_false(issued_begin(k.store, last_of(&k) - 1, &e));
    assert_int_equal(e.code, ERR_FAILED);
    err_clear(&e);
    assert_true(issued_begin(k.store, last_of(&k), &e)); /* nothing was left open */
    issued_abort(k.store);
    desk_free(&k);
}

static void a_database_in_use_is_refused_and_left_as_it_was(void **state)
{
    (void)state;
    struct desk k;
    struct err e = {0};
    sqlite3 *db = NULL;
    desk_of_cases(&k);
    struct buf before = now(&k);
    int64_t last = last_of(&k);
    assert_int_equal(sqlite3_open(k.path.data, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    assert_false(issued_begin(k.store, last, &e));
    assert_int_equal(e.code, ERR_FAILED);
    sqlite3_close(db);
    assert_same(before, now(&k));
    desk_free(&k);
}

static void a_load_under_it_can_be_undone(void **state)
{
    (void)state;
    struct desk k;
    struct err e = {0};
    int64_t undone, undo;
    struct issued_report r = report("15/BC");
    desk_of_cases(&k);
    issue(&k, &r);
    assert_true(store_undo(k.store, 0, &undone, &undo, &e));
    assert_answer(&k, "SELECT count(*) FROM issued_report JOIN load ON load.id = state", "1\n");
    desk_free(&k);
}

static void a_number_is_no_free_text(void **state)
{
    (void)state;
    static const char *const good[] = {"15", "15/BC-BCĐ138", "05.2/bc_đ",
                                       "1234567890123456789012345678901234567890"};
    static const char *const bad[] = {
        "",    "15 BC", "15/BC-NGUYỄN", "15;1",
        "15'", "[/BC]", "15\n",         "12345678901234567890123456789012345678901"};
    struct err e = {0};
    struct desk k;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(issued_is_number(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(issued_is_number(bad[i]));
    struct issued_report r = report("Nguyễn Văn A");
    desk_of_cases(&k);
    assert_true(issued_begin(k.store, last_of(&k), &e));
    assert_false(issued_add(k.store, &r, &e));
    assert_int_equal(e.code, ERR_INPUT);
    issued_abort(k.store);
    desk_free(&k);
}

static void it_is_found_by_its_number_or_the_digits_in_front(void **state)
{
    (void)state;
    struct issued_report items[] = {report("05/BC-BCĐ138"), report("15/BC-BCĐ138"),
                                    report("05/CV")};
    struct issued_list list = {.items = items, .count = 3};
    size_t n;
    items[2].period = "2025";
    assert_ptr_equal(issued_find(&list, "15/BC-BCĐ138", NULL, &n), &items[1]);
    assert_ptr_equal(issued_find(&list, "15", NULL, &n), &items[1]);
    assert_int_equal(n, 1);
    assert_ptr_equal(issued_find(&list, "5", NULL, &n), &items[2]);
    assert_int_equal(n, 2);
    assert_ptr_equal(issued_find(&list, "05", "2024", &n), &items[0]);
    assert_int_equal(n, 1);
    assert_null(issued_find(&list, "1", NULL, &n));
    assert_null(issued_find(&list, "/BC", NULL, &n));
    assert_int_equal(n, 0);
}

static void the_last_correction_is_what_was_said_last(void **state)
{
    (void)state;
    struct issued_report items[] = {report("1"), report("2"), report("3"), report("4")};
    struct issued_list list = {.items = items, .count = 4};
    for (int i = 0; i < 4; i++)
        items[i].id = i + 1;
    items[1].corrects = 1;
    items[3].corrects = 1;
    assert_ptr_equal(issued_latest(&list, &items[0], INT64_MAX), &items[3]);
    assert_ptr_equal(issued_latest(&list, &items[1], INT64_MAX), &items[3]);
    assert_ptr_equal(issued_latest(&list, &items[2], INT64_MAX), &items[2]);
    assert_ptr_equal(issued_latest(&list, &items[0], 4), &items[1]);
    assert_ptr_equal(issued_latest(&list, &items[0], 2), &items[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_is_what_was_issued),
        cmocka_unit_test(a_number_is_given_once_a_year_and_it_is_said_to_what),
        cmocka_unit_test(the_next_number_is_one_more_than_the_highest_of_the_year),
        cmocka_unit_test(nothing_in_it_can_be_changed_or_taken_out),
        cmocka_unit_test(what_is_given_up_leaves_nothing),
        cmocka_unit_test(it_is_not_begun_on_data_that_are_no_longer_the_last),
        cmocka_unit_test(a_database_in_use_is_refused_and_left_as_it_was),
        cmocka_unit_test(a_load_under_it_can_be_undone),
        cmocka_unit_test(a_number_is_no_free_text),
        cmocka_unit_test(it_is_found_by_its_number_or_the_digits_in_front),
        cmocka_unit_test(the_last_correction_is_what_was_said_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
