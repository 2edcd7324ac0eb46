/* One case on the sheets of two axes. */
#include "fixtures_store.h"

#define X_SHEET                                                                                    \
    "case_id,unit,category,received_on,victims_u16\n"                                              \
    "A-1,30037,XHTE.TD,2024-01-05,2\nA-2,30040,XHTE.BL,2024-02-05,1\n"
#define U_SHEET                                                                                    \
    "case_id,unit,category,received_on,offenders_u18\n"                                            \
    "A-1,30037,U18.TTXH,2024-01-05,3\nA-3,30040,U18,2024-02-05,1\n"
#define BOTH                                                                                       \
    "case_id,unit,category,received_on,victims_u16,offenders_u18\n"                                \
    "A-1,30037,XHTE.TD,2024-01-05,2,\nA-2,30040,XHTE.BL,2024-02-05,1,\n"                           \
    "A-1,30037,U18.TTXH,2024-01-05,,3\nA-3,30040,U18,2024-02-05,,1\n"

static const char *const all =
    "SELECT case_id, s.key, ifnull(victims_u16, '-'), ifnull(offenders_u18, '-') FROM incident i"
    " JOIN category_set s ON s.id = i.category_set WHERE load_to IS NULL ORDER BY 1";
static const char *const on_both = "A-1|U18.TTXH;XHTE.TD|2|3\nA-2|XHTE.BL|1|-\nA-3|U18|-|1\n";
static const struct options update = {.update = true}, replace = {.replace = true};

/* The set's key is in the directory's order. */
static void assert_cases(const struct desk *k, const char *want)
{
    assert_answer(k, all, want);
}

static void two_sheets_one_after_the_other_give_one_case_on_two_axes(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", X_SHEET);
    struct loaded r = load_text(&k, "incidents", U_SHEET, (struct options){0});
    assert_true(r.ok);
    assert_int_equal(r.added, 1);
    assert_int_equal(r.changed, 1);
    assert_int_equal(r.joined, 1);
    assert_cases(&k, on_both);
    desk_free(&k);
}

static void the_other_way_round_it_is_the_same_case(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", U_SHEET);
    loads(&k, "incidents", X_SHEET);
    assert_cases(&k, on_both);
    desk_free(&k);
}

static void two_rows_of_one_file_are_one_case_in_bulk_too(void **state)
{
    (void)state;
    static const int64_t expected[] = {0, BULK};
    for (size_t i = 0; i < 2; i++) {
        struct desk k;
        desk_new(&k);
        struct loaded r =
            load_text(&k, "incidents", BOTH, (struct options){.expected_rows = expected[i]});
        assert_true(r.ok);
        assert_int_equal(r.added, 3);
        assert_int_equal(r.changed, 0);
        assert_int_equal(r.joined, 1);
        assert_cases(&k, on_both);
        assert_answer(&k, "SELECT count(*) FROM incident", "3\n");
        desk_free(&k);
    }
}

static void either_sheet_again_changes_nothing(void **state)
{
    (void)state;
    static const char *const sheets[] = {X_SHEET, U_SHEET, BOTH};
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", X_SHEET);
    loads(&k, "incidents", U_SHEET);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(loads(&k, "incidents", sheets[i]), 0);
        assert_int_equal(loads_with(&k, "incidents", sheets[i], update), 0);
        assert_int_equal(
            loads_with(&k, "incidents", sheets[i], (struct options){.expected_rows = BULK}), 0);
    }
    assert_cases(&k, on_both);
    desk_free(&k);
}

static void undo_of_the_second_takes_its_axis_back(void **state)
{
    (void)state;
    struct desk k;
    struct err e = {0};
    int64_t undone, undo;
    desk_new(&k);
    loads(&k, "incidents", X_SHEET);
    struct buf before = now(&k);
    int64_t second = loads(&k, "incidents", U_SHEET);
    assert_false(store_undo(k.store, second - 1, &undone, &undo, &e));
    assert_non_null(strstr(e.msg, "rest"));
    assert_true(store_undo(k.store, second, &undone, &undo, &e));
    assert_same(before, now(&k));
    desk_free(&k);
}

static void sheets_that_disagree_are_refused_with_both_places(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    assert_rejects(&k, "incidents", CASES "A-1,30037,XHTE,2024-01-05\nA-1,30040,U18,2024-01-05\n",
                   (struct options){0},
                   "3 unit: a.csv:2 has the same case on another axis with another value: correct "
                   "one of the two\n");
    loads_with(&k, "incidents", X_SHEET, (struct options){.file = "x.csv"});
    assert_rejects(&k, "incidents", CASES "A-1,30037,U18,2024-01-06\n", (struct options){0},
                   "2 received_on: load 3 (x.csv) has the same case on another axis with another "
                   "value: correct one of the two, or load with --update\n");
    desk_free(&k);
}

static void disagreeing_rows_of_a_bulk_file_are_refused_with_their_lines(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    assert_rejects(&k, "incidents",
                   CASES "A-0,30037,XHTE,2024-01-05\n\nA-1,30037,XHTE,2024-01-05\n"
                         "A-1,30037,U18,2024-01-06\n",
                   (struct options){.expected_rows = BULK},
                   "5 received_on: a.csv:4 has the same case on another axis with another value: "
                   "correct one of the two\n");
    desk_free(&k);
}

static void an_id_twice_on_one_axis_is_refused(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", X_SHEET);
    loads(&k, "incidents", U_SHEET);
    assert_rejects(&k, "incidents",
                   CASES "A-1,30037,XHTE.TD,2024-01-05\nA-1,30037,U18.TTXH,2024-01-05\n"
                         "A-1,30037,U18.TTXH,2024-01-05\n",
                   (struct options){0},
                   "4 case_id: stands in this file twice: keep one of the rows\n");
    desk_free(&k);
}

static void a_correction_of_one_sheet_keeps_the_other_axis(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", X_SHEET);
    loads(&k, "incidents", U_SHEET);
    const char *corrected = "case_id,unit,category,received_on,victims_u16,offenders_u18\n"
                            "A-1,30037,XHTE.BL,2024-01-05,1,\nA-2,30040,XHTE.BL,2024-02-05,1,\n";
    assert_rejects(&k, "incidents", corrected, (struct options){0},
                   "2 case_id: is there already with other values: load with --update to replace "
                   "them, or with --replace where the file is the whole truth\n");
    struct loaded r = load_text(&k, "incidents", corrected, update);
    assert_int_equal(r.changed, 1);
    assert_cases(&k, "A-1|U18.TTXH;XHTE.BL|1|3\nA-2|XHTE.BL|1|-\nA-3|U18|-|1\n");
    desk_free(&k);
}

static void a_file_of_both_axes_takes_one_away_by_an_update(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", BOTH);
    const char *fewer = "case_id,unit,category,received_on,victims_u16,offenders_u18\n"
                        "A-1,30037,XHTE.TD,2024-01-05,2,3\nA-2,30040,XHTE.BL,2024-02-05,1,\n"
                        "A-3,30040,U18,2024-02-05,,1\n";
    assert_rejects(
        &k, "incidents", fewer, (struct options){0},
        "2 category: is there also as U18.TTXH, of which this file has rows, but not of this "
        "case: add the row, or load with --update to take it away\n");
    struct loaded r = load_text(&k, "incidents", fewer, update);
    assert_int_equal(r.changed, 1);
    assert_cases(&k, "A-1|XHTE.TD|2|3\nA-2|XHTE.BL|1|-\nA-3|U18|-|1\n");
    desk_free(&k);
}

static void replacing_one_sheet_keeps_the_other_axis(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", BOTH);
    assert_int_equal(loads_with(&k, "incidents", X_SHEET, replace), 0);
    assert_cases(&k, on_both);
    desk_free(&k);
}

static void what_the_file_left_blank_does_not_stand_against_its_other_row(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", BOTH);
    const char *corrected = "case_id,unit,category,received_on,victims_u16,offenders_u18\n"
                            "A-1,30037,XHTE.TD,2024-01-09,2,\nA-1,30037,U18.TTXH,2024-01-09,,4\n";
    struct loaded r = load_text(&k, "incidents", corrected, update);
    assert_string_equal(r.rejects, "");
    assert_int_equal(r.changed, 1);
    assert_answer(&k,
                  "SELECT received_on, victims_u16, offenders_u18 FROM analysis_incidents WHERE"
                  " case_id = 'A-1'",
                  "2024-01-09|2|4\n");
    desk_free(&k);
}

static void the_joined_case_must_still_hold(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents",
          "case_id,unit,category,received_on,victims\nA-1,30037,XHTE,2024-01-05,1\n");
    assert_rejects(&k, "incidents",
                   "case_id,unit,category,received_on,victims_u18\nA-1,30037,U18,2024-01-05,2\n",
                   (struct options){0}, "2 victims_u18: more than victims\n");
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_sheets_one_after_the_other_give_one_case_on_two_axes),
        cmocka_unit_test(the_other_way_round_it_is_the_same_case),
        cmocka_unit_test(two_rows_of_one_file_are_one_case_in_bulk_too),
        cmocka_unit_test(either_sheet_again_changes_nothing),
        cmocka_unit_test(undo_of_the_second_takes_its_axis_back),
        cmocka_unit_test(sheets_that_disagree_are_refused_with_both_places),
        cmocka_unit_test(disagreeing_rows_of_a_bulk_file_are_refused_with_their_lines),
        cmocka_unit_test(an_id_twice_on_one_axis_is_refused),
        cmocka_unit_test(a_correction_of_one_sheet_keeps_the_other_axis),
        cmocka_unit_test(a_file_of_both_axes_takes_one_away_by_an_update),
        cmocka_unit_test(replacing_one_sheet_keeps_the_other_axis),
        cmocka_unit_test(what_the_file_left_blank_does_not_stand_against_its_other_row),
        cmocka_unit_test(the_joined_case_must_still_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
