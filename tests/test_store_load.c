/* One row against what is there: new, the same, another value, twice; the live way and the bulk
 * way. */
#include "fixtures_store.h"

static const char *const three = CASES "A-1,30037,XHTE.TD,2024-01-05\n"
                                       "A-2,30040,XHTE.TD;U18,2024-02-05\n"
                                       "A-3,872/?,U18.TTXH,2024-03-05\n";

static void the_same_file_twice_changes_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *csv;
    } files[] = {
        {"units", UNITS},
        {"categories", CATEGORIES},
        {"incidents", CASES "A-1,30037,XHTE.TD,2024-01-05\nA-2,30040,XHTE.TD;U18,2024-02-05\n"},
        {"counts", "unit,category,period,count\n30043,XHTE,2023,4\n30043,U18,2023,\n"},
        {"coverage", COVERS "30043,2022-01-01,2022-12-31,XHTE,0\n"},
        {"groups", "group,unit,name\nKV1,30037,Khu vực\n"},
        {"population", "unit,year,population,population_u16\n30037,2024,9000,2000\n"},
        {"covariates", "unit,year,name,value\n30037,2024,poor,3.25\n"},
        {"neighbours", "unit,neighbour\n30037,30040\n"},
        {"targets", "plan,indicator,kind,op,threshold,category\n2024,1,reduction,>=,3,XHTE\n"},
        {"indicators", "indicator,unit,period,numerator\n4,872,2024,12\n"},
        {"interventions", "intervention,unit,starts_on\nMH,30037,2024-01-01\n"},
        {"events", "date,label,unit\n2024-01-01,Luật,\n2024-01-01,Luật,30037\n"},
        {"benchmarks", "name,category,period,count\nTỉnh,XHTE,2024,40\n"},
    };
    struct desk k;
    desk_new(&k);
    for (int round = 0; round < 2; round++) {
        struct buf before = everything(&k);
        for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
            int64_t load = loads(&k, files[i].kind, files[i].csv);
            if (round)
                assert_int_equal(load, 0);
        }
        if (round)
            assert_same(before, everything(&k));
        else
            buf_free(&before);
    }
    desk_free(&k);
}

static void a_file_that_changes_nothing_makes_no_load(void **state)
{
    (void)state;
    struct desk k;
    int64_t last = 0;
    desk_new(&k);
    assert_int_equal(loads(&k, "incidents", three), 3);
    struct loaded r = load_text(&k, "incidents", three, (struct options){0});
    assert_int_equal(r.load, 0);
    assert_int_equal(r.unchanged, 3);
    assert_string_equal(r.covers, "");
    assert_true(store_last_load(k.store, &last, NULL));
    assert_int_equal(last, 3);
    desk_free(&k);
}

static void a_changed_value_is_refused_and_with_update_replaced(void **state)
{
    (void)state;
    static const char *const changed = CASES "A-1,30037,XHTE.BL,2024-01-06\n";
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", three);
    struct buf before = everything(&k);
    assert_rejects(&k, "incidents", changed, (struct options){0},
                   "2 case_id: is there already with other values: load with --update to replace "
                   "them, or with --replace where the file is the whole truth\n");
    assert_same(before, everything(&k));
    struct loaded r = load_text(&k, "incidents", changed, (struct options){.update = true});
    assert_true(r.ok);
    assert_int_equal(r.changed, 1);
    assert_answer(&k,
                  "SELECT key, date(received_on * 86400, 'unixepoch'), load_from, load_to"
                  " FROM incident i JOIN category_set s ON s.id = i.category_set"
                  " WHERE case_id = 'A-1' ORDER BY load_from",
                  "XHTE.TD|2024-01-05|3|4\nXHTE.BL|2024-01-06|4|\n");
    desk_free(&k);
}

static void columns_that_the_file_lacks_keep_their_values(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents",
          "case_id,unit,category,received_on,victims,online\nA-1,30037,XHTE.TD,2024-01-05,2,1\n");
    loads_with(&k, "incidents",
               "case_id,unit,category,received_on,victims\nA-1,30040,XHTE.TD,2024-01-05,\n",
               (struct options){.update = true});
    assert_answer(&k,
                  "SELECT u.code, ifnull(victims, '-'), online FROM incident i"
                  " JOIN unit u ON u.id = i.unit WHERE load_to IS NULL",
                  "30040|-|1\n");
    desk_free(&k);
}

/* Lines: blank ones, a quoted newline and rows refused on the way stand before the double. */
static const char *const doubles = CASES "A-1,30037,XHTE.TD,2024-01-05\n"
                                         "\n"
                                         "\"A-2\",\"Mỹ\nAn\",XHTE.TD,2024-01-06\n"
                                         "A-3,30040,XHTE.TD,2024-02-30\n"
                                         "\"A-4\",30040,\"XHTE.TD\",2024-01-07\n"
                                         "A-1,30037,XHTE.TD,2024-01-05\n"
                                         "\n\n"
                                         "A-5,30043,XHTE.TD,2024-01-08\n"
                                         "A-4,30040,XHTE.BL,2024-01-07\n"
                                         "A-4,30040,XHTE.BL,2024-01-09\n";

static void assert_doubles(struct options o)
{
    struct desk k;
    desk_new(&k);
    struct loaded r = load_text(&k, "incidents", doubles, o);
    assert_non_null(strstr(r.rejects, "\n8 case_id: stands in this file twice: keep one of"));
    assert_non_null(strstr(r.rejects, "\n12 case_id: stands in this file twice: keep one of"));
    assert_non_null(strstr(r.rejects, "\n13 case_id: stands in this file twice: keep one of"));
    assert_answer(&k, "SELECT case_id, category_set FROM incident ORDER BY case_id",
                  o.keep_good ? "A-1|1\nA-2|1\nA-4|1\nA-5|1\n" : "");
    desk_free(&k);
}

static void a_double_is_refused_with_its_line_the_live_way(void **state)
{
    (void)state;
    assert_doubles((struct options){0});
    assert_doubles((struct options){.keep_good = true});
}

static void a_double_is_refused_with_its_line_the_bulk_way(void **state)
{
    (void)state;
    assert_doubles((struct options){.expected_rows = BULK});
    assert_doubles((struct options){.keep_good = true, .expected_rows = BULK});
}

/* Onto A-1 … A-3: the same, other values, a new one, and doubles of each. */
static const char *const onto = CASES "A-1,30037,XHTE.TD,2024-01-05\n"
                                      "A-2,30040,XHTE.BL,2024-02-05\n"
                                      "B-1,30040,XHTE.BL,2024-02-06\n"
                                      "\n"
                                      "A-1,30037,XHTE.TD,2024-01-05\n"
                                      "A-2,30040,XHTE.BL,2024-02-07\n"
                                      "B-1,30040,XHTE.TD,2024-02-06\n"
                                      "A-3,872/?,U18.TTXH,2024-03-05\n";

/* Everything that the load may decide, as text. */
static struct buf taken(struct options o)
{
    struct buf text = {0};
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", three);
    struct loaded r = load_text(&k, "incidents", onto, o);
    buf_addf(&text, "%d %s\n%s%lld new %lld changed %lld unchanged\n", r.ok, r.error, r.rejects,
             (long long)r.added, (long long)r.changed, (long long)r.unchanged);
    add_answer(&k,
               "SELECT case_id, unit, category_set, received_on, made_by, load_from, load_to"
               " FROM incident ORDER BY 1, 6, 7",
               &text);
    add_answer(&k, "SELECT added, changed, ended, rejected FROM load", &text);
    desk_free(&k);
    return text;
}

static void the_bulk_way_decides_as_the_live_way_onto_existing_rows(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        struct options o = {.update = i & 1, .keep_good = i & 2}, bulk = o;
        bulk.expected_rows = BULK;
        assert_same(taken(o), taken(bulk));
    }
}

static void a_double_of_a_row_that_is_there_is_refused_too(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", three);
    assert_rejects(&k, "incidents", onto, (struct options){.update = true, .keep_good = true},
                   "6 case_id: stands in this file twice: keep one of the rows\n"
                   "7 case_id: stands in this file twice: keep one of the rows\n"
                   "8 case_id: stands in this file twice: keep one of the rows\n");
    assert_answer(&k, "SELECT received_on FROM incident WHERE case_id = 'A-2' AND load_to IS NULL",
                  "19758\n");
    desk_free(&k);
}

static void references_hold_after_a_bulk_load(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads_with(&k, "incidents", three, (struct options){.expected_rows = BULK});
    loads_with(&k, "incidents", onto,
               (struct options){.update = true, .keep_good = true, .expected_rows = BULK});
    assert_answer(&k, "PRAGMA foreign_key_check", "");
    assert_answer(&k, "PRAGMA integrity_check", "ok\n");
    assert_answer(&k,
                  "SELECT name FROM sqlite_schema WHERE tbl_name = 'incident' AND type = 'index'"
                  " AND sql IS NOT NULL ORDER BY 1",
                  "incident_key\nincident_received\nincident_synthetic\n");
    desk_free(&k);
}

static void keys_with_empty_parts_are_found_again(void **state)
{
    (void)state;
    static const char *const targets =
        "plan,indicator,kind,op,threshold,unit,category\n"
        "2024,1,reduction,>=,3,,XHTE\n2024,1,reduction,>=,4,30037,XHTE\n";
    struct desk k;
    desk_new(&k);
    loads(&k, "targets", targets);
    loads(&k, "events", "date,label,unit\n2024-01-01,Luật,\n");
    assert_int_equal(loads(&k, "targets", targets), 0);
    assert_int_equal(loads(&k, "events", "date,label,unit\n2024-01-01,Luật,\n"), 0);
    assert_rejects(&k, "targets", "plan,indicator,kind,op,threshold\n2024,1,reduction,>=,5\n",
                   (struct options){0},
                   "2 plan: is there already with other values: load with --update to replace "
                   "them\n");
    assert_rejects(&k, "events", "date,label\n2024-05-01,Mới\n2024-05-01,Mới\n",
                   (struct options){0},
                   "3 date: stands in this file twice: keep one of the rows\n");
    assert_answer(&k, "SELECT count(*) FROM target WHERE load_to IS NULL", "2\n");
    desk_free(&k);
}

static void a_source_has_its_own_keys(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads_with(&k, "incidents", CASES "1,30037,XHTE.TD,2024-01-05\n",
               (struct options){.source = "A"});
    loads_with(&k, "incidents", CASES "1,30040,XHTE.BL,2024-01-05\n",
               (struct options){.source = "B"});
    assert_answer(&k, "SELECT source, case_id FROM analysis_incidents ORDER BY 1", "A|1\nB|1\n");
    desk_free(&k);
}

static void a_check_keeps_nothing(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    struct buf before = everything(&k);
    struct loaded r = load_text(&k, "incidents", three, (struct options){.check = true});
    assert_true(r.ok);
    assert_int_equal(r.added, 3);
    assert_same(before, everything(&k));
    assert_int_equal(loads(&k, "incidents", three), 3);
    assert_answer(&k, "SELECT case_id, category FROM analysis_incidents ORDER BY 1",
                  "A-1|XHTE.TD\nA-2|XHTE.TD;U18\nA-3|U18.TTXH\n");
    desk_free(&k);
}

static void category_sets_of_a_refused_file_do_not_shift_those_that_follow(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    assert_rejects(&k, "incidents",
                   CASES "A-1,30037,XHTE.BL;U18.TTXH,2024-01-05\nA-2,30037,XHTE.BL,2024-02-30\n",
                   (struct options){0}, "3 received_on: no such date\n");
    loads(&k, "incidents", three);
    assert_answer(&k, "SELECT case_id, category FROM analysis_incidents ORDER BY 1",
                  "A-1|XHTE.TD\nA-2|XHTE.TD;U18\nA-3|U18.TTXH\n");
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_file_twice_changes_nothing),
        cmocka_unit_test(a_file_that_changes_nothing_makes_no_load),
        cmocka_unit_test(a_changed_value_is_refused_and_with_update_replaced),
        cmocka_unit_test(columns_that_the_file_lacks_keep_their_values),
        cmocka_unit_test(a_double_is_refused_with_its_line_the_live_way),
        cmocka_unit_test(a_double_is_refused_with_its_line_the_bulk_way),
        cmocka_unit_test(the_bulk_way_decides_as_the_live_way_onto_existing_rows),
        cmocka_unit_test(a_double_of_a_row_that_is_there_is_refused_too),
        cmocka_unit_test(references_hold_after_a_bulk_load),
        cmocka_unit_test(keys_with_empty_parts_are_found_again),
        cmocka_unit_test(a_source_has_its_own_keys),
        cmocka_unit_test(a_check_keeps_nothing),
        cmocka_unit_test(category_sets_of_a_refused_file_do_not_shift_those_that_follow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
