/* Taking loads back gives exactly what was before. */
#include "fixtures_undo.h"

static const struct options update = {.update = true};

static void it_gives_back_exactly_what_was_before(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *csv;
    } files[] = {
        {"incidents", "case_id,unit,category,received_on\nA-2,30043,XHTE.BL,2024-02-06\n"},
        {"outcomes", "case_id,outcome,resolved_on\nA-1,prosecuted,2024-03-01\n"},
        {"counts", "unit,category,period,count\n30043,XHTE,2022,4\n"},
        {"coverage", COVERS "872,2024-01-15,2024-02-15,XHTE,9\n"},
        {"units", "unit,name,parent\n30037,Mỹ An mới,872\n1,Ấp,30037\n"},
        {"categories", "category,name,parent\nXHTE.TD,Mới,XHTE\nXHTE.TD.X,Con,XHTE.TD\n"},
        {"groups", "group,unit,name\nKV1,30037,Khu\n"},
        {"population", "unit,year,population\n30037,2024,9000\n"},
        {"events", "date,label\n2024-01-01,Luật\n"},
        {"targets", "plan,indicator,kind,op,threshold,category\n2024,1,reduction,>=,3,XHTE\n"},
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct desk k;
        desk_new(&k);
        loads(&k, "incidents", FIRST);
        struct buf before = now(&k);
        int64_t load = loads_with(&k, files[i].kind, files[i].csv, update);
        assert_int_equal(load, 4);
        undo(&k, 0);
        assert_same(before, now(&k));
        assert_int_equal(loads_with(&k, files[i].kind, files[i].csv, update), 6);
        desk_free(&k);
    }
}

static void an_undo_can_be_undone_and_that_again(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", FIRST);
    struct buf one = now(&k);
    loads_with(&k, "incidents", SECOND, update);
    struct buf two = now(&k);
    int64_t u = undo(&k, 4);
    assert_same(one, now(&k));
    int64_t v = undo(&k, u);
    assert_same(two, now(&k));
    undo(&k, v);
    one = now(&k);
    undo(&k, 7);
    undo(&k, 4);
    assert_same(one, now(&k));
    desk_free(&k);
}

static void loads_are_taken_back_one_after_another(void **state)
{
    (void)state;
    struct desk k;
    struct buf states[4];
    desk_new(&k);
    states[0] = now(&k);
    loads(&k, "incidents", FIRST);
    states[1] = now(&k);
    loads_with(&k, "incidents", SECOND, update);
    states[2] = now(&k);
    loads_with(&k, "incidents", CASES "A-2,30043,XHTE,2024-02-07\n", update);
    undo(&k, 0);
    assert_same(states[2], now(&k));
    undo(&k, 0);
    assert_same(states[1], now(&k));
    undo(&k, 0);
    assert_same(states[0], now(&k));
    desk_free(&k);
}

static void each_state_stays_as_it_was(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", FIRST);
    loads_with(&k, "incidents", SECOND, update);
    undo(&k, 4);
    loads(&k, "incidents", CASES "A-4,30037,XHTE,2024-01-06\n");
    static const char *const sql =
        "SELECT case_id || ' ' || s.key FROM incident i JOIN category_set s ON s.id = "
        "i.category_set"
        " WHERE load_from <= %d AND (load_to IS NULL OR load_to > %d) ORDER BY 1";
    static const char *const want[] = {"",
                                       "",
                                       "",
                                       "A-1 XHTE.TD\nA-2 U18;XHTE\n",
                                       "A-1 XHTE.TD\nA-2 XHTE.BL\nA-3 U18\n",
                                       "A-1 XHTE.TD\nA-2 U18;XHTE\n",
                                       "A-1 XHTE.TD\nA-2 U18;XHTE\nA-4 XHTE\n"};
    for (int n = 1; n <= 6; n++) {
        char text[300];
        snprintf(text, sizeof text, sql, n, n);
        assert_answer(&k, text, want[n]);
    }
    desk_free(&k);
}

static void a_row_that_came_back_is_updated_and_taken_back_like_any(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", FIRST);
    loads_with(&k, "incidents", SECOND, update);
    undo(&k, 4);
    struct buf before = now(&k);
    loads_with(&k, "incidents", CASES "A-2,30040,XHTE.BL,2024-02-05\n", update);
    assert_rests(&k, 3, 6);
    assert_rests(&k, 5, 6);
    undo(&k, 6);
    assert_same(before, now(&k));
    undo(&k, 3);
    assert_answer(&k, "SELECT count(*) FROM incident WHERE load_to IS NULL", "0\n");
    assert_answer(&k, "SELECT count(*) FROM coverage WHERE load_to IS NULL", "0\n");
    desk_free(&k);
}

static void what_is_no_load_is_said(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    assert_refused(&k, 9, "load 9: is not there or was taken back already: see 'keogiam status'");
    undo(&k, 2);
    assert_refused(&k, 2, "load 2: is not there or was taken back already: see 'keogiam status'");
    undo(&k, 1);
    assert_refused(&k, 0, "there is no load to take back: see 'keogiam status'");
    assert_answer(&k, "SELECT action, detail FROM audit",
                  "undo|load=2 state=3\nundo|load=1 state=4\n");
    desk_free(&k);
}

static void a_bulk_load_is_taken_back_too(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", FIRST);
    struct buf before = now(&k);
    loads_with(&k, "incidents", SECOND, (struct options){.update = true, .expected_rows = BULK});
    undo(&k, 0);
    assert_same(before, now(&k));
    desk_free(&k);
}

static void what_stands_is_known_after_any_number_of_undos(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", FIRST);
    for (int64_t u = undo(&k, 3), i = 0; i < 5; i++) {
        assert_answer(&k, "SELECT ifnull(undone_by, 0) FROM load WHERE id = 3",
                      i % 2 ? "0\n" : "4\n");
        assert_answer(&k, "SELECT count(*) FROM analysis_incidents", i % 2 ? "2\n" : "0\n");
        u = undo(&k, u);
    }
    undo(&k, 3);
    assert_answer(&k, "SELECT undone_by FROM load WHERE id = 3", "10\n");
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_gives_back_exactly_what_was_before),
        cmocka_unit_test(an_undo_can_be_undone_and_that_again),
        cmocka_unit_test(loads_are_taken_back_one_after_another),
        cmocka_unit_test(each_state_stays_as_it_was),
        cmocka_unit_test(a_row_that_came_back_is_updated_and_taken_back_like_any),
        cmocka_unit_test(what_is_no_load_is_said),
        cmocka_unit_test(a_bulk_load_is_taken_back_too),
        cmocka_unit_test(what_stands_is_known_after_any_number_of_undos),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
