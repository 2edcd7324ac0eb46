/* --replace: the file is the whole truth for its coverage. */
#include "fixtures_store.h"

#define COUNTS "unit,category,period,count\n"
static const struct options replace = {.replace = true};

static const char *const cases = CASES "A-1,30037,XHTE.TD,2024-01-05\nA-2,30040,XHTE,2024-02-05\n"
                                       "A-3,30043,XHTE,2024-03-05\nA-4,30043,U18,2024-03-05\n"
                                       "A-5,30037,XHTE,2023-12-31\nA-6,872/?,XHTE.BL,2024-02-01\n";

static void it_withdraws_what_the_file_lacks_in_its_coverage(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", cases);
    struct loaded r =
        load_text(&k, "incidents",
                  CASES "A-1,30037,XHTE.TD,2024-01-05\nA-9,30037,XHTE,2024-02-05\n", replace);
    assert_true(r.ok);
    assert_string_equal(r.gone, "A-2 A-6 ");
    assert_int_equal(r.withdrawn, 2);
    assert_int_equal(r.unchanged, 1);
    assert_int_equal(r.added, 1);
    assert_answer(&k, "SELECT case_id FROM analysis_incidents ORDER BY 1",
                  "A-1\nA-3\nA-4\nA-5\nA-9\n");
    assert_answer(&k, "SELECT ended FROM load ORDER BY id DESC LIMIT 1", "2\n");
    desk_free(&k);
}

static void it_updates_the_cases_that_it_names(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", cases);
    struct loaded r =
        load_text(&k, "incidents",
                  CASES "A-1,30037,XHTE.BL,2024-01-06\nA-2,30040,XHTE,2024-02-05\n", replace);
    assert_int_equal(r.changed, 1);
    assert_string_equal(r.gone, "A-6 ");
    desk_free(&k);
}

static void a_claim_bounds_it(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", cases);
    struct loaded r = load_text(
        &k, "incidents", CASES "A-9,30043,XHTE,2024-03-06\n",
        (struct options){.replace = true, .covers = "2024-03-01..2024-12-31", .only = "30043"});
    assert_string_equal(r.gone, "A-3 ");
    r = load_text(&k, "incidents", CASES "A-9,30043,XHTE,2024-03-06\n",
                  (struct options){.replace = true, .covers = "2024", .of = "XHTE.BL,U18"});
    assert_string_equal(r.gone, "A-4 A-6 ");
    desk_free(&k);
}

static void other_sources_stay(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads_with(&k, "incidents", CASES "A-1,30037,XHTE,2024-01-05\n",
               (struct options){.source = "A"});
    loads_with(&k, "incidents", CASES "B-1,30040,XHTE,2024-01-05\nB-2,30040,XHTE,2024-01-06\n",
               (struct options){.source = "B"});
    struct loaded r = load_text(&k, "incidents", CASES "B-2,30040,XHTE,2024-01-06\n",
                                (struct options){.source = "B", .replace = true});
    assert_string_equal(r.gone, "B-1 ");
    assert_answer(&k, "SELECT case_id FROM analysis_incidents ORDER BY 1", "A-1\nB-2\n");
    desk_free(&k);
}

static void the_same_file_twice_withdraws_nothing(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads_with(&k, "incidents", cases, replace);
    struct buf before = everything(&k);
    assert_int_equal(loads_with(&k, "incidents", cases, replace), 0);
    assert_same(before, everything(&k));
    desk_free(&k);
}

static void a_preview_withdraws_nothing(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", cases);
    struct buf before = everything(&k);
    struct loaded r = load_text(&k, "incidents", CASES "A-3,30043,XHTE,2024-03-05\n",
                                (struct options){.replace = true, .check = true});
    assert_string_equal(r.gone, "A-1 A-2 A-6 ");
    assert_same(before, everything(&k));
    desk_free(&k);
}

static void undone_it_gives_them_back(void **state)
{
    (void)state;
    struct desk k;
    int64_t undone, undo;
    desk_new(&k);
    loads(&k, "incidents", cases);
    struct buf before = now(&k);
    loads_with(&k, "incidents", CASES "A-1,30037,XHTE.BL,2024-01-05\nA-9,30037,XHTE,2024-01-05\n",
               replace);
    assert_true(store_undo(k.store, 0, &undone, &undo, NULL));
    assert_same(before, now(&k));
    desk_free(&k);
}

static void a_case_that_is_named_twice_or_refused_is_not_withdrawn(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", cases);
    struct loaded r = load_text(
        &k, "incidents",
        "case_id,unit,category,received_on,outcome,resolved_on\nA-1,30037,XHTE.TD,2024-01-05,,\n"
        "A-1,30037,XHTE.TD,2024-01-05,,\nA-2,30040,XHTE,2024-02-05,,\n",
        (struct options){.replace = true, .keep_good = true});
    assert_string_equal(r.gone, "A-6 ");
    desk_free(&k);
}

/* An empty file cannot come by way of ingest, which has nothing to load; the desk of a later issue
 * can bring one. */
static struct loaded load_nothing(struct desk *k, struct options o)
{
    struct loaded r = {0};
    struct err e = {0};
    struct way w = {.desk = k, .o = &o};
    rejects_init(&w.rejects);
    way_claim(&w);
    assert_true(way_begin(&w, "incidents", CASES, &e));
    assert_true(load_finish(w.load, &w.summary, &e));
    assert_true(load_each_withdrawn(w.load, way_gone, &r, &e));
    way_tell(&w, &r);
    r.ok = way_settle(&w, &e);
    load_summary_free(&w.summary);
    ingest_close(w.in);
    rejects_free(&w.rejects);
    desk_read(k);
    return r;
}

static void an_empty_file_withdraws_what_its_claim_has(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", cases);
    assert_int_equal(load_nothing(&k, replace).load, 0);
    struct options o = {.replace = true, .covers = "2024", .only = "30043,30040", .of = "XHTE"};
    assert_string_equal(load_nothing(&k, o).gone, "A-2 A-3 ");
    o.of = NULL;
    assert_string_equal(load_nothing(&k, o).gone, "A-4 ");
    assert_answer(&k, "SELECT case_id FROM analysis_incidents ORDER BY 1", "A-1\nA-5\nA-6\n");
    desk_free(&k);
}

static const char *const spoken =
    "SELECT u.code || ' ' || date(day_from * 86400, 'unixepoch') || ' ' ||"
    " date(day_to * 86400, 'unixepoch') FROM coverage c JOIN unit u ON u.id = c.unit"
    " WHERE load_to IS NULL AND declared = 2 ORDER BY 1";

static void counts_are_withdrawn_and_their_coverage_shrinks(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "counts",
          COUNTS "30037,XHTE,2024-01,1\n30037,XHTE,2024-02,1\n30037,XHTE,2024-03,1\n"
                 "30040,XHTE,2024-01,1\n30040,XHTE,2023-12,1\n");
    struct loaded r =
        load_text(&k, "counts", COUNTS "30037,XHTE,2024-01,1\n30037,XHTE,2024-03,2\n", replace);
    assert_string_equal(r.gone,
                        "30037 XHTE 2024-02-01..2024-02-29 30040 XHTE 2024-01-01..2024-01-31 ");
    assert_answer(&k, spoken,
                  "30037 2024-01-01 2024-01-31\n30037 2024-03-01 2024-03-31\n"
                  "30040 2023-12-01 2023-12-31\n");
    desk_free(&k);
}

static void counts_outside_the_days_of_the_file_stay(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "counts",
          COUNTS "30037,XHTE,2024-01,1\n30037,XHTE,2024-02,1\n30040,XHTE,2024-02,1\n"
                 "30037,XHTE,2024-03,1\n");
    struct loaded r = load_text(&k, "counts", COUNTS "30037,XHTE,2024-02,4\n", replace);
    assert_string_equal(r.gone, "30040 XHTE 2024-02-01..2024-02-29 ");
    assert_int_equal(r.changed, 1);
    desk_free(&k);
}

static void counts_of_another_basis_or_root_stay(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "counts",
          "unit,category,period,count,basis\n30037,XHTE,2024-01,1,received\n"
          "30037,XHTE,2024-01,1,occurred\n30037,U18,2024-01,1,received\n");
    struct loaded r = load_text(&k, "counts", COUNTS "30040,XHTE,2024-01,1\n", replace);
    assert_string_equal(r.gone, "30037 XHTE 2024-01-01..2024-01-31 ");
    desk_free(&k);
}

static void coverage_rows_that_still_hold_are_not_made_anew(void **state)
{
    (void)state;
    struct desk k;
    int64_t undone, undo;
    desk_new(&k);
    loads(&k, "counts", COUNTS "30043,XHTE,2024-01,1\n");
    loads(&k, "counts", COUNTS "30037,XHTE,2024-01,1\n30037,XHTE,2024-02,1\n");
    loads_with(&k, "counts", COUNTS "30037,XHTE,2024-01,1\n",
               (struct options){.replace = true, .covers = "2024", .only = "30037"});
    assert_answer(&k, spoken, "30037 2024-01-01 2024-01-31\n30043 2024-01-01 2024-01-31\n");
    assert_true(store_undo(k.store, 3, &undone, &undo, NULL)); /* nothing rests on it */
    desk_free(&k);
}

static void other_kinds_are_not_replaced(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    struct loaded r = load_text(&k, "population", "unit,year,population\n872,2024,5\n", replace);
    assert_false(r.ok);
    assert_string_equal(r.error,
                        "--replace: is for incidents and counts: load a correction with --update");
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_withdraws_what_the_file_lacks_in_its_coverage),
        cmocka_unit_test(it_updates_the_cases_that_it_names),
        cmocka_unit_test(a_claim_bounds_it),
        cmocka_unit_test(other_sources_stay),
        cmocka_unit_test(the_same_file_twice_withdraws_nothing),
        cmocka_unit_test(a_preview_withdraws_nothing),
        cmocka_unit_test(undone_it_gives_them_back),
        cmocka_unit_test(a_case_that_is_named_twice_or_refused_is_not_withdrawn),
        cmocka_unit_test(an_empty_file_withdraws_what_its_claim_has),
        cmocka_unit_test(counts_are_withdrawn_and_their_coverage_shrinks),
        cmocka_unit_test(counts_outside_the_days_of_the_file_stay),
        cmocka_unit_test(counts_of_another_basis_or_root_stay),
        cmocka_unit_test(coverage_rows_that_still_hold_are_not_made_anew),
        cmocka_unit_test(other_kinds_are_not_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
