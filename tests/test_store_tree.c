/* Units and categories hang together, or the file that would break them is refused. */
#include "fixtures_store.h"

#include <time.h>

#define TREE "unit,name,parent\n"
#define DATED "unit,name,parent,valid_from,valid_to\n"

static const char *const unknown_places =
    "SELECT code, ifnull(parent, '-'), date(valid_from * 86400, 'unixepoch'),"
    " date(valid_to * 86400, 'unixepoch'), load_from FROM unit_version"
    " WHERE load_to IS NULL AND code LIKE '%/?' ORDER BY code, valid_from";

static void empty_desk(struct desk *k)
{
    desk_new_in(k, "");
}

static void a_missing_parent_is_refused_with_its_line(void **state)
{
    (void)state;
    struct desk k;
    empty_desk(&k);
    assert_rejects(&k, "units", TREE "1,Một,\n\n2,Hai,9\n3,Ba,2\n4,Bốn,1\n", (struct options){0},
                   "4 parent: there is no 9: load the parent before or in the same file\n"
                   "5 parent: 2 was refused, or stands below this one itself\n");
    assert_answer(&k, "SELECT count(*) FROM unit_version", "0\n");
    assert_rejects(&k, "categories", "category,name,parent\nX,Một,Y\nZ,Hai,\n", (struct options){0},
                   "2 parent: there is no Y: load the parent before or in the same file\n");
    desk_free(&k);
}

static void the_good_rows_of_a_tree_are_kept_if_wanted(void **state)
{
    (void)state;
    struct desk k;
    empty_desk(&k);
    struct loaded r = load_text(&k, "units", TREE "1,Một,\n2,Hai,9\n3,Ba,2\n4,Bốn,1\n",
                                (struct options){.keep_good = true});
    assert_true(r.ok);
    assert_int_equal(r.added, 2);
    assert_answer(&k, "SELECT code FROM unit_version ORDER BY 1", "1\n1/?\n4\n");
    assert_int_equal(k.directory.unit_count, 3);
    assert_answer(&k, "SELECT added, rejected FROM load", "2|2\n");
    desk_free(&k);
}

static void a_circle_is_refused(void **state)
{
    (void)state;
    struct desk k;
    empty_desk(&k);
    assert_rejects(&k, "units", TREE "1,Một,2\n2,Hai,1\n3,Ba,3\n4,Bốn,\n", (struct options){0},
                   "2 parent: 2 was refused, or stands below this one itself\n"
                   "3 parent: 1 was refused, or stands below this one itself\n"
                   "4 parent: 3 was refused, or stands below this one itself\n");
    loads(&k, "units", TREE "1,Một,\n2,Hai,1\n");
    assert_rejects(&k, "units", TREE "1,Một,2\n", (struct options){.update = true},
                   "2 parent: 2 was refused, or stands below this one itself\n");
    struct buf before = everything(&k);
    load_text(&k, "units", TREE "1,Một,2\n", (struct options){.update = true, .keep_good = true});
    assert_same(before, everything(&k));
    assert_rejects(&k, "categories", "category,name,parent\nX,Một,Y\nY,Hai,X\n",
                   (struct options){0},
                   "2 parent: Y was refused, or stands below this one itself\n"
                   "3 parent: X was refused, or stands below this one itself\n");
    desk_free(&k);
}

static void a_code_is_valid_once_on_any_day(void **state)
{
    (void)state;
    struct desk k;
    empty_desk(&k);
    loads(&k, "units", DATED "30037,Mỹ An,,2009-04-01,\n");
    assert_rejects(&k, "units", DATED "30037,Tháp Mười,,2025-07-01,\n", (struct options){0},
                   "2 valid_from: the code is valid from 2009-04-01 to 9999-12-31 already: end "
                   "that one first (valid_to)\n");
    assert_rejects(&k, "units", "unit,name\n30037,Tháp Mười\n", (struct options){0},
                   "2 valid_from: the code is valid from 2009-04-01 to 9999-12-31 already: end "
                   "that one first (valid_to)\n");
    loads_with(&k, "units",
               DATED "30037,Tháp Mười,,2025-07-01,\n30037,Mỹ An,,2009-04-01,2025-06-30\n",
               (struct options){.update = true});
    assert_rejects(&k, "units", DATED "5,Năm,,2020-01-01,2021-01-01\n5,Năm,,2021-01-01,\n",
                   (struct options){0},
                   "3 valid_from: the code is valid from 2020-01-01 to 2021-01-01 already: end "
                   "that one first (valid_to)\n");
    assert_int_equal(k.directory.unit_count, 2);
    desk_free(&k);
}

static void a_parent_of_other_days_is_refused(void **state)
{
    (void)state;
    struct desk k;
    empty_desk(&k);
    loads(&k, "units", DATED "872,Huyện,,2009-04-01,2025-06-30\n");
    assert_rejects(&k, "units", DATED "1,Xã,872,2025-07-01,\n2,Xã,872,2025-06-30,\n",
                   (struct options){0},
                   "2 parent: 872 is not valid in these days: correct valid_from or valid_to\n");
    desk_free(&k);
}

static void a_parent_is_not_taken_from_under_its_children(void **state)
{
    (void)state;
    struct desk k;
    empty_desk(&k);
    loads(&k, "units", DATED "872,Huyện,,2009-04-01,\n1,Xã,872,2020-01-01,\n");
    struct buf before = everything(&k);
    struct loaded r = load_text(&k, "units", DATED "872,Huyện,,2009-04-01,2019-12-31\n",
                                (struct options){.update = true});
    assert_false(r.ok);
    assert_string_equal(r.error,
                        "a.csv: would leave 1 without its parent 872: correct the parent's row");
    assert_same(before, everything(&k));
    desk_free(&k);
}

static void every_parent_has_a_place_unknown(void **state)
{
    (void)state;
    struct desk k;
    empty_desk(&k);
    loads(&k, "units",
          DATED "82,Tỉnh,,2025-07-01,\n872,Huyện,,2009-04-01,2025-06-30\n"
                "1,Xã,872,2009-04-01,2025-06-30\n1,Xã,82,2025-07-01,\n");
    assert_answer(&k, unknown_places,
                  "82/?|82|2025-07-01|9999-12-31|1\n872/?|872|2009-04-01|2025-06-30|1\n");
    loads(&k, "units", DATED "1.1,Ấp,1,2025-07-01,\n");
    assert_answer(&k, unknown_places,
                  "1/?|1|2025-07-01|9999-12-31|2\n82/?|82|2025-07-01|9999-12-31|1\n"
                  "872/?|872|2009-04-01|2025-06-30|1\n");
    desk_free(&k);
}

static void the_place_unknown_ends_with_its_parent(void **state)
{
    (void)state;
    struct desk k;
    int64_t undone, undo;
    empty_desk(&k);
    loads(&k, "units", DATED "872,Huyện,,2009-04-01,\n1,Xã,872,2009-04-01,\n");
    struct buf before = now(&k);
    loads_with(&k, "units", DATED "872,Huyện,,2009-04-01,2025-06-30\n",
               (struct options){.update = true});
    assert_answer(&k, unknown_places, "872/?|872|2009-04-01|2025-06-30|2\n");
    assert_true(store_undo(k.store, 2, &undone, &undo, NULL));
    assert_same(before, now(&k));
    desk_free(&k);
}

static void categories_of_one_case_may_not_come_under_one_root(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", CASES "A-1,30037,XHTE.TD;U18.TTXH,2024-01-05\n");
    struct loaded r = load_text(&k, "categories", "category,name,parent\nU18.TTXH,Trật tự,XHTE\n",
                                (struct options){.update = true});
    assert_false(r.ok);
    assert_string_equal(r.error, "a.csv: U18.TTXH and XHTE.TD would come under one root, and cases "
                                 "have both: correct `parent`");
    loads(&k, "outcomes", "case_id,category\nA-1,XHTE.TD\n");
    loads_with(&k, "categories", "category,name,parent\nU18.TTXH,Trật tự,XHTE\n",
               (struct options){.update = true});
    desk_free(&k);
}

static void a_country_of_units_is_checked_in_a_moment(void **state)
{
    (void)state;
    struct desk k;
    struct buf csv = {0};
    empty_desk(&k);
    buf_adds(&csv, TREE);
    for (int p = 0; p < 60; p++) {
        buf_addf(&csv, "P%d,Tỉnh,\n", p);
        for (int u = 0; u < 170; u++)
            buf_addf(&csv, "P%d.%d,Xã,P%d\n", p, u, p);
    }
    time_t start = time(NULL);
    struct loaded r = load_text(&k, "units", csv.data, (struct options){0});
    assert_true(difftime(time(NULL), start) < 20);
    assert_int_equal(r.added, 60 * 171);
    assert_int_equal(k.directory.unit_count, 60 * 172);
    buf_free(&csv);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_missing_parent_is_refused_with_its_line),
        cmocka_unit_test(the_good_rows_of_a_tree_are_kept_if_wanted),
        cmocka_unit_test(a_circle_is_refused),
        cmocka_unit_test(a_code_is_valid_once_on_any_day),
        cmocka_unit_test(a_parent_of_other_days_is_refused),
        cmocka_unit_test(a_parent_is_not_taken_from_under_its_children),
        cmocka_unit_test(every_parent_has_a_place_unknown),
        cmocka_unit_test(the_place_unknown_ends_with_its_parent),
        cmocka_unit_test(categories_of_one_case_may_not_come_under_one_root),
        cmocka_unit_test(a_country_of_units_is_checked_in_a_moment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
