/* Rows of their own (typed in, one by one), the withdrawal of one case, and cases by their ids. */
#include "fixtures_undo.h"

/* Current rows of coverage: "unit category from to declared total". */
static const char *const rows =
    "SELECT u.code || ' ' || k.code || ' ' || date(day_from * 86400, 'unixepoch') || ' ' ||"
    " date(day_to * 86400, 'unixepoch') || ' ' || declared || ifnull(' ' || total, '')"
    " FROM coverage c JOIN unit u ON u.id = c.unit JOIN category k ON k.id = c.category"
    " WHERE load_to IS NULL ORDER BY 1";

static const struct options alone = {.alone = true};
static const struct options nil = {.alone = true, .update = true, .entry = LOAD_NIL};
static const struct options alone_update = {.alone = true, .update = true};

/* ---- coverage ---- */

static void one_case_says_nothing_of_other_days(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", CASES "A-1,30037,XHTE,2024-10-05\n");
    struct loaded r = load_text(&k, "incidents", CASES "A-2,30040,XHTE,2024-11-05\n", alone);
    assert_true(r.ok);
    assert_int_equal(r.added, 1);
    assert_string_equal(r.covers, "");
    assert_string_equal(r.warnings, "");
    assert_answer(&k, rows, "872 XHTE 2024-01-01 2024-10-31 0\n");
    desk_free(&k);
}

static void a_file_after_it_is_assumed_to_know_what_it_would_without_it(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads_with(&k, "incidents", CASES "A-2,30040,XHTE,2024-11-05\n", alone);
    assert_answer(&k, rows, "");
    loads(&k, "incidents", CASES "A-1,30037,XHTE,2024-02-05\n");
    assert_answer(&k, rows, "872 XHTE 2024-01-01 2024-02-29 0\n");
    desk_free(&k);
}

static void a_nil_return_leaves_what_is_assumed_of_the_others(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", CASES "A-1,30037,XHTE,2024-10-05\n");
    loads_with(&k, "coverage", COVERS "30040,2024-10-01,2024-10-31,XHTE,0\n", nil);
    assert_answer(&k, rows,
                  "30040 XHTE 2024-10-01 2024-10-31 1 0\n872 XHTE 2024-01-01 2024-10-31 0\n");
    desk_free(&k);
}

/* The order in which returns come in must not matter. */
static void behind_a_nil_return_the_others_file_is_assumed_all_the_same(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads_with(&k, "coverage", COVERS "30040,2024-10-01,2024-10-31,XHTE,0\n", nil);
    loads(&k, "incidents", CASES "A-1,30037,XHTE,2024-10-05\n");
    assert_answer(&k, rows,
                  "30040 XHTE 2024-10-01 2024-10-31 1 0\n872 XHTE 2024-01-01 2024-10-31 0\n");
    desk_free(&k);
}

static void a_nil_return_twice_changes_nothing(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    static const char csv[] = "unit,from,to,total\n30040,2024-10-01,2024-10-31,0\n";
    assert_int_equal(loads_with(&k, "coverage", csv, nil), 3);
    assert_int_equal(loads_with(&k, "coverage", csv, nil), 0);
    desk_free(&k);
}

static void of_stated_totals_only_the_units_own_are_told(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", CASES "A-1,30037,XHTE,2024-10-05\n");
    loads(&k, "coverage",
          COVERS "30037,2024-10-01,2024-10-31,XHTE,2\n30040,2024-10-01,2024-10-31,XHTE,0\n");
    struct loaded r = load_text(&k, "incidents", CASES "A-2,30040,XHTE,2024-10-06\n", alone);
    assert_string_equal(r.warnings, "a.csv: unit 30040, XHTE, 2024-10-01 to 2024-10-31: the "
                                    "coverage states 0 reports, 1 are loaded\n");
    desk_free(&k);
}

static void an_undo_leaves_all_as_it_was(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", CASES "A-1,30037,XHTE,2024-10-05\n");
    int64_t one = loads_with(&k, "incidents", CASES "A-2,30040,XHTE,2024-11-05\n", alone);
    int64_t none = loads_with(&k, "coverage", COVERS "30043,2024-10-01,2024-10-31,XHTE,0\n", nil);
    undo(&k, one);
    undo(&k, none);
    assert_answer(&k, rows, "872 XHTE 2024-01-01 2024-10-31 0\n");
    assert_answer(&k, "SELECT case_id FROM incident WHERE load_to IS NULL", "A-1\n");
    desk_free(&k);
}

/* A sheet of one axis says nothing of the other; who types says what the case is. */
static void a_case_typed_anew_is_of_the_categories_that_were_typed(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", CASES "A-1,30037,XHTE.TD;U18,2024-10-05\n");
    loads_with(&k, "incidents", CASES "A-1,30037,XHTE.BL,2024-10-05\n", alone_update);
    assert_answer(&k,
                  "SELECT s.key FROM incident i JOIN category_set s ON s.id = i.category_set"
                  " WHERE load_to IS NULL",
                  "XHTE.BL\n");
    desk_free(&k);
}

/* ---- the withdrawal of one case ---- */

static int64_t withdraws(struct desk *k, const char *source, const char *case_id, bool *found)
{
    struct err e = {0};
    struct rejects rejects;
    struct load *load = NULL;
    struct load_summary summary;
    rejects_init(&rejects);
    const struct load_request q = {.kind = kind_of(KIND_INCIDENTS),
                                   .file = "withdraw",
                                   .entry = "withdraw mistake",
                                   .source = source,
                                   .directory = &k->directory,
                                   .calendar = CALENDAR_CIVIL,
                                   .alone = true,
                                   .rejects = &rejects};
    assert_true(load_begin(k->store, &q, &load, &e));
    assert_true(load_withdraw(load, case_id, found, &e));
    assert_true(load_finish(load, &summary, &e));
    assert_int_equal(summary.withdrawn, *found);
    if (*found)
        assert_true(load_commit(load, &e));
    else
        load_abort(load);
    int64_t made = summary.load;
    load_summary_free(&summary);
    rejects_free(&rejects);
    desk_read(k);
    return made;
}

static const char *const present = "SELECT s.name || ' ' || i.case_id FROM incident i JOIN source s"
                                   " ON s.id = i.source WHERE load_to IS NULL ORDER BY 1";

static void a_withdrawn_case_is_gone_until_the_withdrawal_is_taken_back(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    bool found;
    loads(&k, "incidents", CASES "A-1,30037,XHTE,2024-01-05\nA-2,30040,XHTE,2024-02-05\n");
    int64_t made = withdraws(&k, "872", "A-1", &found);
    assert_int_equal(made, 4);
    assert_answer(&k, present, "872 A-2\n");
    assert_answer(&k, "SELECT action, file, ended FROM load WHERE id = 4",
                  "load|withdraw mistake|1\n");
    assert_rests(&k, 3, 4);
    undo(&k, made);
    assert_answer(&k, present, "872 A-1\n872 A-2\n");
    desk_free(&k);
}

static void no_other_sources_case_is_withdrawn(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    bool found;
    loads_with(&k, "incidents", CASES "A-1,30037,XHTE,2024-01-05\n",
               (struct options){.source = "B"});
    assert_int_equal(withdraws(&k, "872", "A-1", &found), 0);
    assert_false(found);
    assert_answer(&k, present, "B A-1\n");
    desk_free(&k);
}

/* ---- by id ---- */

static bool add_found(void *context, const struct row *row, const struct row_info *info,
                      struct err *e)
{
    (void)e;
    buf_addf(context, "%s %s %d;", info->source, row->slots[INC_CASE_ID].as.s,
             (int)row->slots[INC_CATEGORY].as.i);
    return true;
}

static void every_source_that_has_the_id_is_found(void **state)
{
    (void)state;
    struct desk k;
    struct err e = {0};
    struct buf b = {0};
    desk_new(&k);
    loads_with(&k, "incidents", CASES "A-1,30037,U18,2024-01-05\n",
               (struct options){.source = "B"});
    loads_with(&k, "incidents", CASES "A-1,30040,XHTE,2024-01-05\n",
               (struct options){.source = "A"});
    assert_true(store_find_case(k.store, "A-1", add_found, &b, &e));
    assert_string_equal(buf_text(&b), "A A-1 1;B A-1 0;");
    buf_clear(&b);
    assert_true(store_find_case(k.store, "A-2", add_found, &b, &e));
    assert_string_equal(buf_text(&b), "");
    buf_free(&b);
    desk_free(&k);
}

static bool add_name(void *context, const struct case_name *name, struct err *e)
{
    (void)e;
    buf_addf(context, "%s %s %d %lld;", name->source, name->case_id, name->on,
             (long long)name->ended_by);
    return true;
}

static void ids_that_were_withdrawn_or_changed_are_told_too(void **state)
{
    (void)state;
    struct desk k;
    struct err e = {0};
    struct buf b = {0};
    bool found;
    desk_new(&k);
    loads(&k, "incidents", CASES "A-1,30037,XHTE,1970-01-05\nA-2,30040,XHTE,1970-01-06\n");
    withdraws(&k, "872", "A-1", &found);
    loads_with(&k, "incidents", CASES "A-2,30040,XHTE,1970-01-07\n", alone_update);
    assert_true(store_each_case_name(k.store, add_name, &b, &e));
    assert_string_equal(buf_text(&b), "872 A-1 4 4;872 A-2 5 5;872 A-2 6 0;");
    buf_free(&b);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_case_says_nothing_of_other_days),
        cmocka_unit_test(a_file_after_it_is_assumed_to_know_what_it_would_without_it),
        cmocka_unit_test(a_nil_return_leaves_what_is_assumed_of_the_others),
        cmocka_unit_test(behind_a_nil_return_the_others_file_is_assumed_all_the_same),
        cmocka_unit_test(a_nil_return_twice_changes_nothing),
        cmocka_unit_test(of_stated_totals_only_the_units_own_are_told),
        cmocka_unit_test(an_undo_leaves_all_as_it_was),
        cmocka_unit_test(a_case_typed_anew_is_of_the_categories_that_were_typed),
        cmocka_unit_test(a_withdrawn_case_is_gone_until_the_withdrawal_is_taken_back),
        cmocka_unit_test(no_other_sources_case_is_withdrawn),
        cmocka_unit_test(every_source_that_has_the_id_is_found),
        cmocka_unit_test(ids_that_were_withdrawn_or_changed_are_told_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
