/* What came of what: an old unit is a code and a day, and what is said of it must add up. */
#include "fixtures_undo.h"

#include <time.h>

#define OLD                                                                                        \
    "unit,name,valid_from,valid_to\n1,Một,,2025-06-30\n2,Hai,,2025-06-30\n3,Ba,,2025-06-30\n"
#define NEW "unit,name,valid_from\n1,Một mới,2025-07-01\n9,Chín,2025-07-01\n"
#define SUCCESSIONS "old_unit,new_unit,on,share\n"

/* Load 1 is the old units, 2 the new ones. */
static void desk_of_two_eras(struct desk *k)
{
    desk_new_in(k, "");
    assert_int_equal(loads(k, "units", OLD), 1);
    assert_int_equal(loads(k, "units", NEW), 2);
}

static const char *const all_of_them =
    "SELECT s.rowid, old_unit, u.code, date(day * 86400, 'unixepoch'), share, made_by, load_from,"
    " load_to FROM succession s JOIN unit u ON u.id = s.new_unit ORDER BY s.rowid";

/* ---- codes ---- */

static void an_old_unit_is_the_area_that_had_the_code_before(void **state)
{
    (void)state;
    struct desk k;
    desk_of_two_eras(&k);
    loads(&k, "successions", SUCCESSIONS "1,1,2025-07-01,1\nHai,Chín,2025-07-01,1\n");
    assert_answer(&k, all_of_them, "1|1|1|2025-07-01|1.0|3|3|\n2|2|9|2025-07-01|1.0|3|3|\n");
    desk_free(&k);
}

static void an_old_unit_that_is_not_there_is_kept_and_named(void **state)
{
    (void)state;
    struct desk k;
    desk_of_two_eras(&k);
    struct loaded r =
        load_text(&k, "successions", SUCCESSIONS "30082,9,2025-07-01,1\n9,9,2025-07-01,1\n",
                  (struct options){0});
    assert_true(r.ok);
    assert_string_equal(
        r.warnings,
        "a.csv: old unit 30082 is not among the units of 2025-06-30: 9 is incomplete before "
        "2025-07-01\n"
        "a.csv: old unit 9 is not among the units of 2025-06-30: 9 is incomplete before "
        "2025-07-01\n");
    assert_answer(&k, all_of_them, "1|30082|9|2025-07-01|1.0|3|3|\n2|9|9|2025-07-01|1.0|3|3|\n");
    desk_free(&k);
}

static void a_number_that_is_the_name_of_several_is_no_code(void **state)
{
    (void)state;
    struct desk k;
    desk_new_in(&k, "");
    loads(&k, "units", "unit,name,valid_to\nA1,Phường 1,2025-06-30\nB1,Phường 1,2025-06-30\n");
    loads(&k, "units", "unit,name,valid_from\nC9,Phường 9,2025-07-01\n");
    assert_rejects(&k, "successions", SUCCESSIONS "1,C9,2025-07-01,1\n2,C9,2025-07-01,1\n",
                   (struct options){.keep_good = true},
                   "2 old_unit: ambiguous: Phường 1 (A1), Phường 1 (B1)\n");
    assert_answer(&k, all_of_them, "1|2|C9|2025-07-01|1.0|3|3|\n");
    desk_free(&k);
}

static void the_warnings_are_twenty_and_a_number(void **state)
{
    (void)state;
    struct desk k;
    struct buf csv = {0};
    desk_of_two_eras(&k);
    buf_adds(&csv, SUCCESSIONS);
    for (int i = 100; i < 123; i++)
        buf_addf(&csv, "%d,9,2025-07-01,1\n", i);
    struct loaded r = load_text(&k, "successions", csv.data, (struct options){0});
    assert_true(r.ok);
    assert_non_null(strstr(r.warnings, "old unit 119 is not"));
    assert_null(strstr(r.warnings, "old unit 120 is not"));
    assert_non_null(
        strstr(r.warnings, "a.csv: 3 further old units are not among the units of their day\n"));
    buf_free(&csv);
    desk_free(&k);
}

/* ---- what must hold ---- */

static const struct options update = {.update = true};

static void what_is_wrong_with_a_row_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *csv, *want;
    } files[] = {
        /* the successor has ended; it begins later; the old unit goes on */
        {"1,2,2025-07-01,1\n",
         "2 new_unit: ended on 2025-06-30 already: correct `on` or its valid_to\n"},
        {"1,9,2025-06-30,1\n", "2 new_unit: begins on 2025-07-01 only: correct `on` or its "
                               "valid_from\n"}, /* one reason a row */
        {"9,1,2025-08-01,1\n", "2 old_unit: still valid on that day: end it on the day before "
                               "(valid_to), or its cases would be in two units\n"},
        {"1,1,2025-08-01,1\n", "2 old_unit: still valid on that day: end it on the day before "
                               "(valid_to), or its cases would be in two units\n"},
        {"2,9,2025-07-02,1\n",
         "2 old_unit: ended on 2025-06-30, not on the day before: correct `on` or its valid_to\n"},
        {"2,8,2025-07-01,1\n", "2 new_unit: unknown unit\n"},
        {"2,9,2025-07-01,1\n2,9,2025-07-01,1\n",
         "3 old_unit: stands in this file twice: keep one of the rows\n"},
        {"2,9,2025-07-01,0.9\n", "2 share: the only successor, but its share is 0.900 and the rest "
                                 "goes nowhere: write 1 or add the others\n"},
        {"2,9,2025-07-01,0.6\n2,1,2025-07-01,0.3\n1,1,2025-07-01,1\n",
         "2 share: the shares of this old unit's 2 successors on that day sum to 0.900, not 1\n3 "
         "share: the shares of this old unit's 2 successors on that day sum to 0.900, not 1\n"},
        {"2,9,2025-07-01,1\n2,1,2025-07-01,1\n",
         "2 share: the shares of this old unit's 2 successors on that day sum to 2.000, not 1\n3 "
         "share: the shares of this old unit's 2 successors on that day sum to 2.000, not 1\n"},
        {"2,9,2025-07-01,0.6\n2,1,2025-07-01,\n",
         "2 share: a share is given for 1 of this old unit's 2 successors on that day: give it for "
         "all or for none\n3 share: a share is given for 1 of this old unit's 2 successors on that "
         "day: give it for all or for none\n"},
        {"30082,9,2025-07-01,0.4\n30082,1,2025-07-01,0.4\n",
         "2 share: the shares of this old unit's 2 successors on that day sum to 0.800, not 1\n3 "
         "share: the shares of this old unit's 2 successors on that day sum to 0.800, not 1\n"},
    };
    struct desk k;
    desk_of_two_eras(&k);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct buf csv = {0}, before = everything(&k);
        buf_addf(&csv, SUCCESSIONS "%s", files[i].csv);
        assert_rejects(&k, "successions", csv.data, (struct options){0}, files[i].want);
        assert_same(before, everything(&k));
        buf_free(&csv);
    }
    desk_free(&k);
}

static void what_holds_is_taken(void **state)
{
    (void)state;
    struct desk k;
    desk_of_two_eras(&k);
    loads(&k, "successions",
          SUCCESSIONS "1,1,2025-07-01,0.3333\n1,9,2025-07-01,0.6663\n" /* within 0.001 */
                      "2,9,2025-07-01,\n"                              /* whole */
                      "3,9,2025-07-01,\n3,1,2025-07-01,\n");           /* unknown */
    assert_answer(&k, "SELECT count(*), count(share) FROM succession", "5|2\n");
    desk_free(&k);
}

static void shares_are_judged_with_those_that_are_there(void **state)
{
    (void)state;
    struct desk k;
    desk_of_two_eras(&k);
    loads(&k, "successions", SUCCESSIONS "2,9,2025-07-01,1\n3,9,2025-07-01,\n");
    assert_rejects(
        &k, "successions", SUCCESSIONS "2,1,2025-07-01,0.4\n", update,
        "2 share: the shares of this old unit's 2 successors on that day sum to 1.400, not 1\n");
    assert_rejects(&k, "successions", SUCCESSIONS "3,1,2025-07-01,0.4\n", update,
                   "2 share: a share is given for 1 of this old unit's 2 successors on that day: "
                   "give it for all or for none\n");
    loads_with(&k, "successions",
               SUCCESSIONS "2,1,2025-07-01,0.4\n2,9,2025-07-01,0.6\n3,1,2025-07-01,\n", update);
    assert_rejects(
        &k, "successions", SUCCESSIONS "2,9,2025-07-01,0.7\n", update,
        "2 share: the shares of this old unit's 2 successors on that day sum to 1.100, not 1\n");
    desk_free(&k);
}

/* What a refused row had ended stands again, and the rest of its group goes with it. */
static void the_good_rows_are_kept_if_wanted(void **state)
{
    (void)state;
    struct desk k;
    desk_of_two_eras(&k);
    loads(&k, "successions", SUCCESSIONS "2,9,2025-07-01,1\n");
    struct loaded r = load_text(&k, "successions",
                                SUCCESSIONS "2,9,2025-07-01,0.5\n2,1,2025-07-02,0.5\n1,1,2025-07-"
                                            "01,1\n3,9,2025-07-01,0.5\n3,8,2025-07-01,0.5\n",
                                (struct options){.update = true, .keep_good = true});
    assert_true(r.ok);
    assert_int_equal(r.added, 1);
    assert_int_equal(r.changed, 0);
    assert_answer(&k, all_of_them, "1|2|9|2025-07-01|1.0|3|3|\n4|1|1|2025-07-01|1.0|4|4|\n");
    assert_answer(&k, "SELECT added, changed, rejected FROM load WHERE id = 4", "1|0|4\n");
    desk_free(&k);
}

#define DATED "unit,name,valid_from,valid_to\n"

/* Each leads to a later time: a circle names a unit that is gone, or one that never went. */
static void a_circle_is_refused_unless_the_code_is_valid_anew(void **state)
{
    (void)state;
    struct desk k;
    desk_new_in(&k, "");
    loads(&k, "units",
          DATED "A1,A,,2019-12-31\nB1,B,2020-01-01,2024-12-31\nC1,C,2020-01-01,\nD1,D,,\n");
    assert_rejects(
        &k, "successions",
        SUCCESSIONS "A1,B1,2020-01-01,1\nB1,A1,2025-01-01,1\nD1,D1,2020-01-01,1\nD1,C1,2020-01-01,"
                    "1\nC1,D1,2021-01-01,1\n",
        (struct options){.lang = LANG_VI},
        "3 new_unit: đã hết hiệu lực từ sau ngày 2019-12-31: sửa `on` hoặc valid_to của đơn vị\n4 "
        "old_unit: vào ngày đó vẫn còn hiệu lực: cho hết hiệu lực vào ngày liền trước (valid_to), "
        "nếu không một vụ sẽ thuộc hai đơn vị\n5 old_unit: vào ngày đó vẫn còn hiệu lực: cho hết "
        "hiệu lực vào ngày liền trước (valid_to), nếu không một vụ sẽ thuộc hai đơn vị\n6 "
        "old_unit: vào ngày đó vẫn còn hiệu lực: cho hết hiệu lực vào ngày liền trước (valid_to), "
        "nếu không một vụ sẽ thuộc hai đơn vị\n");
    loads(&k, "units", DATED "A1,A lập lại,2025-01-01,\n");
    loads(&k, "successions", SUCCESSIONS "A1,B1,2020-01-01,1\nB1,A1,2025-01-01,1\n");
    desk_free(&k);
}

static void units_are_not_changed_under_a_succession(void **state)
{
    (void)state;
    static const char *const files[] = {DATED "2,Hai,,\n", DATED "2,Hai,,2025-05-31\n",
                                        DATED "9,Chín,2025-07-01,2025-07-31\n",
                                        DATED "2,Hai,2025-06-30,2025-07-31\n"};
    static const char *const want[] = {
        "a.csv: the succession of 2 to 9 on 2025-07-01 would not hold: old_unit: still valid on "
        "that day: end it on the day before (valid_to), or its cases would be in two units",
        "a.csv: the succession of 2 to 9 on 2025-07-01 would not hold: old_unit: ended on "
        "2025-05-31, not on the day before: correct `on` or its valid_to"};
    struct desk k;
    desk_of_two_eras(&k);
    loads(&k, "successions", SUCCESSIONS "2,9,2025-07-01,1\n");
    for (size_t i = 0; i < 2; i++) {
        struct buf before = everything(&k);
        struct loaded r = load_text(&k, "units", files[i], update);
        assert_false(r.ok);
        assert_string_equal(r.error, want[i]);
        assert_same(before, everything(&k));
    }
    assert_true(load_text(&k, "units", files[2], update).ok);
    assert_false(load_text(&k, "units", files[3], update).ok);
    desk_free(&k);
}

static void the_whole_country_is_judged_in_a_moment(void **state)
{
    (void)state;
    enum { COUNT = 10604 };
    struct desk k;
    struct buf units = {0}, csv = {0};
    desk_new_in(&k, "");
    buf_adds(&units, DATED);
    buf_adds(&csv, SUCCESSIONS);
    for (int i = 0; i < COUNT; i++) {
        buf_addf(&units, "%05d,Xã %d,,2025-06-30\n", i, i);
        if (i % 3 == 0)
            buf_addf(&units, "%05d,Xã %d mới,2025-07-01,\n", i, i);
        buf_addf(&csv, "%05d,%05d,2025-07-01,1\n", i, i / 3 * 3);
    }
    loads(&k, "units", units.data);
    clock_t start = clock();
    struct loaded r = load_text(&k, "successions", csv.data, (struct options){0});
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    assert_true(r.ok);
    assert_int_equal(r.added, COUNT);
    if (!(seconds < 10)) /* 0.1 s as shipped, some more with the sanitizers */
        fail_msg("%.1f s", seconds);
    buf_free(&units);
    buf_free(&csv);
    desk_free(&k);
}

/* ---- undo ---- */

static void a_succession_rests_on_the_units_that_it_found(void **state)
{
    (void)state;
    struct desk k;
    desk_of_two_eras(&k);
    loads(&k, "successions", SUCCESSIONS "2,9,2025-07-01,1\n");
    assert_rests(&k, 1, 3);
    assert_rests(&k, 2, 3);
    undo(&k, 3);
    undo(&k, 1);
    desk_free(&k);
}

static void a_succession_rests_not_on_units_that_came_after_it(void **state)
{
    (void)state;
    struct desk k;
    desk_of_two_eras(&k);
    loads(&k, "successions", SUCCESSIONS "30082,9,2025-07-01,1\n");
    loads(&k, "units", "unit,name,valid_to\n30082,Xã khác,2025-06-30\n");
    undo(&k, 4);
    loads(&k, "units", "unit,name,valid_to\n30082,Xã khác,2025-06-30\n");
    loads_with(&k, "successions", SUCCESSIONS "30082,9,2025-07-01,\n",
               (struct options){.update = true});
    assert_rests(&k, 6, 7);
    desk_free(&k);
}

static void an_undo_leaves_no_succession_that_does_not_hold(void **state)
{
    (void)state;
    struct desk k;
    desk_new_in(&k, "");
    loads(&k, "units", DATED "2,Hai,,\n9,Chín,2025-07-01,\n");
    loads_with(&k, "units", DATED "2,Hai,,2025-06-30\n", update);
    loads(&k, "successions", SUCCESSIONS "2,9,2025-07-01,1\n");
    assert_rests(&k, 2, 3);
    undo(&k, 3);
    undo(&k, 2);
    assert_refused(
        &k, 4,
        "load 4: the succession of 2 to 9 on 2025-07-01 would not hold: old_unit: still valid on "
        "that day: end it on the day before (valid_to), or its cases would be in two units");
    undo(&k, 5);
    undo(&k, 4);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_old_unit_is_the_area_that_had_the_code_before),
        cmocka_unit_test(an_old_unit_that_is_not_there_is_kept_and_named),
        cmocka_unit_test(a_number_that_is_the_name_of_several_is_no_code),
        cmocka_unit_test(the_warnings_are_twenty_and_a_number),
        cmocka_unit_test(what_is_wrong_with_a_row_is_said),
        cmocka_unit_test(what_holds_is_taken),
        cmocka_unit_test(shares_are_judged_with_those_that_are_there),
        cmocka_unit_test(the_good_rows_are_kept_if_wanted),
        cmocka_unit_test(a_circle_is_refused_unless_the_code_is_valid_anew),
        cmocka_unit_test(units_are_not_changed_under_a_succession),
        cmocka_unit_test(the_whole_country_is_judged_in_a_moment),
        cmocka_unit_test(an_undo_leaves_no_succession_that_does_not_hold),
        cmocka_unit_test(a_succession_rests_on_the_units_that_it_found),
        cmocka_unit_test(a_succession_rests_not_on_units_that_came_after_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
