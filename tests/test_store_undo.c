/* Taking loads back: exactly what was before, unless later loads rest on them. */
#include "fixtures_store.h"

static int64_t undo(struct desk *k, int64_t load)
{
    struct err e = {0};
    int64_t undone = 0, state = 0;
    if (!store_undo(k->store, load, &undone, &state, &e))
        fail_msg("%s", e.msg);
    if (load)
        assert_int_equal(undone, load);
    desk_read(k);
    return state;
}

static void assert_refused(struct desk *k, int64_t load, const char *want)
{
    struct err e = {0};
    int64_t undone, state;
    struct buf before = everything(k);
    assert_false(store_undo(k->store, load, &undone, &state, &e));
    assert_int_equal(e.code, ERR_INPUT);
    assert_string_equal(e.msg, want);
    assert_same(before, everything(k));
}

static void assert_rests(struct desk *k, int64_t load, int64_t on)
{
    char want[100];
    snprintf(want, sizeof want, "load %d: load %d rests on its rows: take that one back first",
             (int)load, (int)on);
    assert_refused(k, load, want);
}

static const char *const first =
    CASES "A-1,30037,XHTE.TD,2024-01-05\nA-2,30040,XHTE;U18,2024-02-05\n";
static const char *const second = CASES "A-2,30043,XHTE.BL,2024-02-06\nA-3,872/?,U18,2024-03-05\n";
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
        loads(&k, "incidents", first);
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
    loads(&k, "incidents", first);
    struct buf one = now(&k);
    loads_with(&k, "incidents", second, update);
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
    loads(&k, "incidents", first);
    states[1] = now(&k);
    loads_with(&k, "incidents", second, update);
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
    loads(&k, "incidents", first);
    loads_with(&k, "incidents", second, update);
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
    loads(&k, "incidents", first);
    loads_with(&k, "incidents", second, update);
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

static void updates_rest_on_what_they_replaced(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", first);
    loads_with(&k, "incidents", second, update);
    assert_rests(&k, 3, 4);
    desk_free(&k);
}

static void rows_rest_on_their_units(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *csv;
    } files[] = {
        {"incidents", CASES "A-1,1,XHTE,2024-01-05\n"},
        {"incidents", CASES "A-1,30037/?,XHTE,2024-01-05\n"},
        {"counts", "unit,category,period,count\n1,XHTE,2024,4\n"},
        {"coverage", COVERS "1,2024-01-15,2024-02-15,XHTE,0\n"},
        {"population", "unit,year,population\n1,2024,9000\n"},
        {"neighbours", "unit,neighbour\n30040,1\n"},
        {"events", "date,label,unit\n2024-01-01,Luật,1\n"},
        {"units", "unit,name,parent\n1.1,Tổ,1\n"},
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct desk k;
        desk_new(&k);
        loads(&k, "units", "unit,name,parent\n1,Ấp,30037\n");
        loads(&k, files[i].kind, files[i].csv);
        assert_rests(&k, 3, 4);
        undo(&k, 4);
        undo(&k, 3);
        desk_free(&k);
    }
}

static void an_update_of_a_unit_is_taken_back_though_it_has_cases(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads_with(&k, "units", "unit,name,parent\n30037,Mỹ An mới,872\n", update);
    loads(&k, "incidents", first);
    undo(&k, 3);
    assert_answer(&k, "SELECT name FROM unit_version WHERE load_to IS NULL AND code = '30037'",
                  "Mỹ An\n");
    desk_free(&k);
}

static void cases_rest_on_the_categories_of_their_sets(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "categories", "category,name,parent\nXHTE.MB,Mua bán,XHTE\n");
    loads(&k, "incidents", CASES "A-1,30037,XHTE.MB;U18,2024-01-05\n");
    assert_rests(&k, 3, 4);
    undo(&k, 4);
    undo(&k, 3);
    desk_free(&k);
}

static void sets_keep_their_numbers_without_their_categories(void **state)
{
    (void)state;
    struct desk k;
    struct directory d;
    desk_new(&k);
    loads(&k, "categories", "category,name,parent\nXHTE.MB,Mua bán,XHTE\n");
    loads(&k, "incidents",
          CASES "A-1,30037,XHTE.MB,2024-01-05\nA-2,30037,XHTE.MB;U18,2024-01-05\n"
                "A-3,30037,U18,2024-01-05\n");
    assert_true(store_directory(k.store, 2, &d, NULL)); /* before XHTE.MB was there */
    assert_int_equal(d.set_count, 3);
    assert_int_equal(d.sets[0].count, 0);
    assert_int_equal(d.sets[1].count, 1);
    directory_free(&d);
    undo(&k, 4);
    undo(&k, 3);
    assert_int_equal(k.directory.set_count, 3);
    loads(&k, "incidents", CASES "A-3,30037,U18,2024-01-05\nA-4,30037,XHTE,2024-01-05\n");
    assert_answer(&k, "SELECT case_id, category FROM analysis_incidents ORDER BY 1",
                  "A-3|U18\nA-4|XHTE\n");
    loads(&k, "categories", "category,name,parent\nXHTE.MB,Mua bán,XHTE\n");
    loads(&k, "incidents",
          CASES "A-2,30037,XHTE.MB;U18,2024-01-05\nA-5,30037,XHTE.MB,2024-01-05\n");
    assert_answer(&k,
                  "SELECT case_id, category, category_set FROM analysis_incidents a"
                  " JOIN incident i USING(case_id) WHERE load_to IS NULL ORDER BY 1",
                  "A-2|U18;XHTE.MB|2\nA-3|U18|3\nA-4|XHTE|4\nA-5|XHTE.MB|1\n");
    assert_answer(&k, "PRAGMA foreign_key_check", "");
    desk_free(&k);
}

static void a_key_taken_anew_rests_on_the_withdrawal(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", first);
    loads_with(&k, "incidents", CASES "A-1,30037,XHTE.TD,2024-01-05\nA-9,30037,XHTE,2024-02-05\n",
               (struct options){.replace = true});
    loads(&k, "incidents", CASES "A-2,30043,XHTE,2024-02-05\n");
    assert_rests(&k, 4, 5);
    undo(&k, 5);
    undo(&k, 4);
    desk_free(&k);
}

static void rows_rest_on_the_coverage_that_was_assumed_before_them(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", first);
    loads(&k, "incidents", CASES "A-8,30037,XHTE,2024-01-05\n");
    assert_rests(&k, 3, 4);
    loads(&k, "incidents", CASES "A-9,30037,XHTE,2024-03-05\nA-10,30037,U18,2024-03-05\n");
    undo(&k, 3); /* load 5 assumed the same days and more */
    desk_free(&k);
    desk_new(&k);
    loads(&k, "counts", "unit,category,period,count\n30037,XHTE,2024,4\n");
    loads(&k, "counts", "unit,category,period,count\n30037,XHTE.TD,2024,2\n");
    assert_rests(&k, 3, 4);
    desk_free(&k);
}

static void declared_coverage_is_taken_back_at_will(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "coverage", COVERS "872,2024-01-01,2024-12-31,,\n");
    loads(&k, "incidents", first);
    undo(&k, 3);
    desk_free(&k);
}

static void an_undo_does_not_bring_back_rows_whose_units_went_since(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "units", "unit,name,parent\n1,Ấp,30037\n");
    loads(&k, "categories", "category,name,parent\nXHTE.MB,Mua bán,XHTE\n");
    loads(&k, "incidents", CASES "A-1,1,XHTE.MB,2024-01-05\n");
    undo(&k, 5);
    undo(&k, 4);
    assert_refused(&k, 6,
                   "load 6: units or categories of its rows went with load 7: take that one "
                   "back first");
    undo(&k, 7);
    undo(&k, 3);
    assert_refused(&k, 6,
                   "load 6: units or categories of its rows went with load 9: take that one "
                   "back first");
    undo(&k, 9);
    undo(&k, 6);
    assert_answer(&k, "SELECT unit, category FROM analysis_incidents", "1|XHTE.MB\n");
    desk_free(&k);
}

static void an_undo_leaves_no_unit_without_its_parent(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "units", "unit,name\nB,Bê\n");
    loads_with(&k, "units", "unit,name,parent\n30037,Mỹ An,B\n", update);
    assert_rests(&k, 3, 4);
    undo(&k, 4);
    undo(&k, 3);
    struct err e = {0};
    int64_t undone, at;
    assert_false(store_undo(k.store, 5, &undone, &at, &e));
    desk_read(&k);
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
    loads(&k, "incidents", first);
    struct buf before = now(&k);
    loads_with(&k, "incidents", second, (struct options){.update = true, .expected_rows = BULK});
    undo(&k, 0);
    assert_same(before, now(&k));
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
        cmocka_unit_test(updates_rest_on_what_they_replaced),
        cmocka_unit_test(rows_rest_on_their_units),
        cmocka_unit_test(an_update_of_a_unit_is_taken_back_though_it_has_cases),
        cmocka_unit_test(cases_rest_on_the_categories_of_their_sets),
        cmocka_unit_test(sets_keep_their_numbers_without_their_categories),
        cmocka_unit_test(a_key_taken_anew_rests_on_the_withdrawal),
        cmocka_unit_test(rows_rest_on_the_coverage_that_was_assumed_before_them),
        cmocka_unit_test(declared_coverage_is_taken_back_at_will),
        cmocka_unit_test(an_undo_does_not_bring_back_rows_whose_units_went_since),
        cmocka_unit_test(an_undo_leaves_no_unit_without_its_parent),
        cmocka_unit_test(what_is_no_load_is_said),
        cmocka_unit_test(a_bulk_load_is_taken_back_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
