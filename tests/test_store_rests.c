/* A load is not taken back while later ones rest on its rows: those are named. */
#include "fixtures_undo.h"

static const struct options update = {.update = true};

static void updates_rest_on_what_they_replaced(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", FIRST);
    loads_with(&k, "incidents", SECOND, update);
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
    loads(&k, "incidents", FIRST);
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
    loads(&k, "incidents", FIRST);
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
    loads(&k, "incidents", FIRST);
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
    loads(&k, "incidents", FIRST);
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

static void a_load_that_has_the_same_rows_rests_on_them(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", FIRST);
    loads(&k, "incidents", FIRST "A-4,30037,XHTE,2024-01-06\n");
    assert_rests(&k, 3, 4);
    undo(&k, 4);
    undo(&k, 3);
    loads(&k, "units", UNITS "1,Ấp,30037\n");
    assert_rests(&k, 1, 7);
    desk_free(&k);
}

static void an_undo_rests_on_what_an_undo_brought_back(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", FIRST);
    loads_with(&k, "incidents", SECOND, update);
    undo(&k, 4);
    undo(&k, 3);
    assert_rests(&k, 5, 6);
    undo(&k, 6);
    assert_answer(&k, "SELECT case_id FROM analysis_incidents", "A-1\nA-2\n");
    desk_free(&k);
}

static void all_that_rest_are_named_the_newest_first(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", FIRST);
    loads_with(&k, "incidents", CASES "A-1,30043,XHTE.TD,2024-01-05\n", update);
    loads_with(&k, "incidents", CASES "A-2,30043,XHTE.TD,2024-01-05\n", update);
    assert_refused(&k, 3,
                   "load 3: loads 5, 4 rest on its rows: take them back first, in this order");
    undo(&k, 5);
    undo(&k, 4);
    undo(&k, 3);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
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
        cmocka_unit_test(a_load_that_has_the_same_rows_rests_on_them),
        cmocka_unit_test(an_undo_rests_on_what_an_undo_brought_back),
        cmocka_unit_test(all_that_rest_are_named_the_newest_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
