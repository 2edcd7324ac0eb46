/* Asking: cases by date and state, rows of any kind, what analysts see. */
#include "fixtures_store.h"

static const char *const cases =
    "case_id,unit,category,received_on,occurred_on,prosecuted_on,outcome,resolved_on,victims,"
    "victims_u16,synthetic\n"
    "A-1,30037,XHTE.TD,2024-01-05,2023-12-01,2024-02-01,prosecuted,2024-02-01,2,1,1\n"
    "A-2,30040,XHTE.TD;U18.TTXH,2024-02-05,,,unfounded,2024-02-09,,,1\n"
    "A-3,872/?,U18.TTXH,2024-02-29,2024-02-20,,,,3,,\n"
    "A-4,30037,XHTE,,2024-02-10,,,,,,\n";

static day on(const char *text)
{
    day d;
    bool impossible;
    assert_true(day_parse(text, strlen(text), &d, &impossible));
    return d;
}

struct seen {
    const struct desk *k;
    char lines[8][80];
    size_t count;
};

static void see_case(void *context, const struct case_row *row)
{
    struct seen *s = context;
    const struct directory *d = &s->k->directory;
    char text[11];
    day_text(row->on, text);
    assert_true(s->count < 8);
    snprintf(s->lines[s->count++], sizeof s->lines[0], "%s %s %d %lld/%lld;", text,
             d->units[directory_unit_by_id(d, row->unit)].code, row->outcome,
             (long long)row->victims, (long long)row->victims_u16);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

typedef bool (*asking)(struct store *, const struct case_query *, store_case_fn, void *,
                       struct err *);

/* Cases come in no order: `want` has them by day. */
static void assert_cases(const struct desk *k, asking ask, struct case_query q, const char *want)
{
    struct seen s = {.k = k};
    struct err e = {0};
    char got[640] = "";
    if (!ask(k->store, &q, see_case, &s, &e))
        fail_msg("%s", e.msg);
    qsort(s.lines, s.count, sizeof s.lines[0], by_text);
    for (size_t i = 0; i < s.count; i++)
        add_text(got, sizeof got, "%s", s.lines[i]);
    assert_string_equal(got, want);
}

static struct case_query query(const char *from, const char *to)
{
    return (struct case_query){.state = STATE_NOW, .span = {on(from), on(to)}, .as_of = DAY_NONE};
}

static void cases_are_found_by_their_date_on_the_basis(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", cases);
    struct case_query q = query("2024-01-05", "2024-02-28");
    assert_cases(&k, store_each_case, q, "2024-01-05 30037 0 -1/-1;2024-02-05 30040 4 -1/-1;");
    q.basis = BASIS_OCCURRED;
    assert_cases(&k, store_each_case, q, "2024-02-10 30037 -1 -1/-1;2024-02-20 872/? -1 -1/-1;");
    q.basis = BASIS_PROSECUTED;
    assert_cases(&k, store_each_case, q, "2024-02-01 30037 0 -1/-1;");
    q = query("2024-01-01", "2024-12-31");
    q.amounts = true;
    assert_cases(&k, store_each_case, q,
                 "2024-01-05 30037 0 2/1;2024-02-05 30040 4 -1/-1;2024-02-29 872/? -1 3/-1;");
    desk_free(&k);
}

static void as_of_a_day_only_what_was_received_by_then(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", cases);
    struct case_query q = query("2023-01-01", "2024-12-31");
    q.as_of = on("2024-02-05");
    assert_cases(&k, store_each_case, q, "2024-01-05 30037 0 -1/-1;2024-02-05 30040 4 -1/-1;");
    q.basis = BASIS_OCCURRED;
    assert_cases(&k, store_each_case, q, "2023-12-01 30037 0 -1/-1;");
    desk_free(&k);
}

static void undated_cases_are_placed_by_the_date_they_have(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", cases);
    struct case_query q = query("2024-01-01", "2024-12-31");
    assert_cases(&k, store_each_undated, q, "2024-02-10 30037 -1 -1/-1;");
    q.basis = BASIS_OCCURRED;
    assert_cases(&k, store_each_undated, q, "2024-02-05 30040 4 -1/-1;");
    q.basis = BASIS_PROSECUTED;
    q.span.to = on("2024-02-10");
    assert_cases(&k, store_each_undated, q, "2024-02-05 30040 4 -1/-1;2024-02-10 30037 -1 -1/-1;");
    desk_free(&k);
}

static void a_state_has_the_cases_that_it_had(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", cases);
    loads_with(&k, "incidents", CASES "A-1,30043,XHTE.TD,2024-01-06\nA-9,30043,XHTE,2024-01-09\n",
               (struct options){.update = true});
    struct case_query q = query("2024-01-01", "2024-01-31");
    assert_cases(&k, store_each_case, q, "2024-01-06 30043 0 -1/-1;2024-01-09 30043 -1 -1/-1;");
    q.state = 3;
    assert_cases(&k, store_each_case, q, "2024-01-05 30037 0 -1/-1;");
    q.span.to = on("2024-12-31");
    assert_cases(&k, store_each_undated, q, "2024-02-10 30037 -1 -1/-1;");
    q.state = 2;
    assert_cases(&k, store_each_case, q, "");
    desk_free(&k);
}

static bool see_row(void *context, const struct row *row, const struct row_info *info,
                    struct err *e)
{
    (void)e;
    buf_addf(context, "%s %s %lld %d %lld;", info->source, row->slots[0].as.s,
             (long long)row->slots[INC_CATEGORY].as.i, info->declared, (long long)info->made_by);
    return true;
}

static void rows_come_in_key_order_with_set_indices_and_their_source(void **state)
{
    (void)state;
    struct desk k;
    struct buf text = {0};
    desk_new(&k);
    loads_with(&k, "incidents", CASES "B-1,30037,XHTE,2024-01-05\nA-1,30037,U18,2024-01-05\n",
               (struct options){.source = "Z"});
    loads_with(&k, "incidents", CASES "A-1,30040,XHTE,2024-01-05\n",
               (struct options){.source = "Y"});
    assert_true(store_each_row(k.store, STATE_NOW, KIND_INCIDENTS, see_row, &text, NULL));
    assert_string_equal(text.data, "Z A-1 1 0 3;Z B-1 0 0 3;Y A-1 0 0 4;");
    buf_clear(&text);
    assert_true(store_each_row(k.store, 3, KIND_INCIDENTS, see_row, &text, NULL));
    assert_string_equal(text.data, "Z A-1 1 0 3;Z B-1 0 0 3;");
    buf_free(&text);
    desk_free(&k);
}

static bool see_dates(void *context, const struct case_dates *c, struct err *e)
{
    (void)e;
    char received[11], occurred[11], prosecuted[11];
    day_text(c->received, received);
    day_text(c->occurred, occurred);
    day_text(c->prosecuted, prosecuted);
    buf_addf(context, "%s %zu %d %s/%s/%s;", c->source, c->set, c->outcome, received, occurred,
             prosecuted);
    return true;
}

static void the_dates_of_all_cases_can_be_asked_for(void **state)
{
    (void)state;
    struct desk k;
    struct buf text = {0};
    desk_new(&k);
    loads(&k, "incidents",
          "case_id,unit,category,received_on,occurred_on,prosecuted_on\n"
          "A-1,30037,XHTE.TD,2024-01-05,2023-12-01,2024-02-01\n");
    loads(&k, "incidents", CASES "A-2,30037,U18,2024-01-07\n");
    assert_true(store_each_dates(k.store, 3, see_dates, &text, NULL));
    assert_string_equal(text.data, "872 0 -1 2024-01-05/2023-12-01/2024-02-01;");
    buf_clear(&text);
    assert_true(store_each_dates(k.store, STATE_NOW, see_dates, &text, NULL));
    assert_non_null(strstr(text.data, "872 1 -1 2024-01-07//;"));
    buf_free(&text);
    desk_free(&k);
}

static bool see_load(void *context, const struct load_info *info, struct err *e)
{
    (void)e;
    buf_addf(context, "%lld %s %s %s %s +%lld ~%lld -%lld undoes %lld by %lld\n",
             (long long)info->id, info->action, info->kind, info->source, info->file,
             (long long)info->added, (long long)info->changed, (long long)info->ended,
             (long long)info->undoes, (long long)info->undone_by);
    return true;
}

static void loads_are_listed_with_what_they_did(void **state)
{
    (void)state;
    struct desk k;
    struct buf text = {0};
    int64_t undone, undo;
    desk_new(&k);
    loads_with(&k, "incidents", cases, (struct options){.file = "x/vu.csv"});
    assert_true(store_undo(k.store, 0, &undone, &undo, NULL));
    assert_true(store_each_load(k.store, see_load, &text, NULL));
    assert_string_equal(text.data, "1 load units  a.csv +4 ~0 -0 undoes 0 by 0\n"
                                   "2 load categories  a.csv +5 ~0 -0 undoes 0 by 0\n"
                                   "3 load incidents 872 vu.csv +4 ~0 -0 undoes 0 by 4\n"
                                   "4 undo undo   +0 ~0 -6 undoes 3 by 0\n");
    buf_free(&text);
    desk_free(&k);
}

static void simulated_rows_are_noticed_in_the_state_that_has_them(void **state)
{
    (void)state;
    struct desk k;
    bool synthetic = true;
    desk_new(&k);
    loads(&k, "incidents", CASES "B-1,30037,XHTE,2024-01-05\n");
    assert_true(store_is_synthetic(k.store, STATE_NOW, &synthetic, NULL));
    assert_false(synthetic);
    loads(&k, "counts", "unit,category,period,count,synthetic\n30040,XHTE,2024,4,1\n");
    assert_true(store_is_synthetic(k.store, STATE_NOW, &synthetic, NULL));
    assert_true(synthetic);
    assert_true(store_is_synthetic(k.store, 3, &synthetic, NULL));
    assert_false(synthetic);
    desk_free(&k);
}

static void settings_are_kept(void **state)
{
    (void)state;
    struct desk k;
    struct buf value = {0};
    bool found = true;
    desk_new(&k);
    assert_true(store_config_get(k.store, "calendar", &value, &found, NULL));
    assert_false(found);
    assert_true(store_config_set(k.store, "calendar", "12-15", NULL));
    assert_true(store_config_set(k.store, "calendar", "01-01", NULL));
    assert_true(store_config_get(k.store, "calendar", &value, &found, NULL));
    assert_true(found);
    assert_string_equal(value.data, "01-01");
    buf_free(&value);
    desk_free(&k);
}

/* ---- what analysts see ---- */

static void the_view_of_incidents_speaks_in_codes_and_iso_dates(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents",
          "case_id,unit,category,received_on,outcome,resolved_on,factors,victim_sex\n"
          "A-1,30037,U18;XHTE.TD,2024-01-05,prosecuted,2024-01-06,orphan;drugs,female\n");
    assert_answer(&k,
                  "SELECT case_id, source, unit, unit_name, category, received_on, outcome,"
                  " resolved_on, victim_sex, factors, synthetic, load FROM analysis_incidents",
                  "A-1|872|30037|Mỹ An|XHTE.TD;U18|2024-01-05|prosecuted|2024-01-06|female|"
                  "orphan;drugs|0|3\n");
    desk_free(&k);
}

static void the_view_of_cells_agrees_with_the_cases(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", cases);
    loads(&k, "counts", "unit,category,period,count\n30043,XHTE,2024-02,5\n30043,XHTE,2024-03,\n");
    assert_answer(&k,
                  "SELECT origin, unit, category, day_from, day_to, count, reports"
                  " FROM analysis_cells ORDER BY 1, 2, 3, 4",
                  "cases|30037|XHTE|2024-01-01|2024-01-31|1|1\n"
                  "cases|30037|XHTE.TD|2024-01-01|2024-01-31|1|1\n"
                  "cases|30040|U18|2024-02-01|2024-02-29|0|1\n"
                  "cases|30040|U18.TTXH|2024-02-01|2024-02-29|0|1\n"
                  "cases|30040|XHTE|2024-02-01|2024-02-29|0|1\n"
                  "cases|30040|XHTE.TD|2024-02-01|2024-02-29|0|1\n"
                  "cases|872/?|U18|2024-02-01|2024-02-29|1|1\n"
                  "cases|872/?|U18.TTXH|2024-02-01|2024-02-29|1|1\n"
                  "counts|30043|XHTE|2024-02-01|2024-02-29|5|\n"
                  "counts|30043|XHTE|2024-03-01|2024-03-31||\n");
    desk_free(&k);
}

static void views_show_what_is_true_now(void **state)
{
    (void)state;
    struct desk k;
    int64_t undone, undo;
    desk_new(&k);
    loads(&k, "incidents", cases);
    assert_true(store_undo(k.store, 0, &undone, &undo, NULL));
    assert_answer(&k, "SELECT count(*) FROM analysis_incidents", "0\n");
    assert_answer(&k, "SELECT count(*) FROM analysis_cells", "0\n");
    desk_free(&k);
}

static void outcomes_of_the_view_are_those_of_the_list(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    assert_answer(&k, "SELECT item, code FROM list_item WHERE list = 'outcome' AND item IN (4, 6)",
                  "4|unfounded\n6|transferred\n");
    assert_int_equal(OUTCOME_UNFOUNDED, 4);
    assert_int_equal(OUTCOME_TRANSFERRED, 6);
    desk_free(&k);
}

/* ---- what the file itself refuses ---- */

static void assert_file_refuses(const struct desk *k, const char *sql, const char *why)
{
    struct buf got = {0}, before = everything(k);
    add_answer(k, sql, &got);
    if (!strstr(buf_text(&got), why))
        fail_msg("%s: %s", sql, buf_text(&got));
    buf_free(&got);
    assert_same(before, everything(k));
}

static void the_audit_table_is_append_only(void **state)
{
    (void)state;
    static const char *const attempts[] = {
        "UPDATE audit SET who = 'x'", "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit SELECT id, at, 'x', action, detail FROM audit"};
    struct desk k;
    desk_new(&k);
    assert_true(store_audit(k.store, "load", "a", NULL));
    assert_true(store_audit(k.store, "load", "b", NULL));
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++)
        assert_file_refuses(&k, attempts[i], "append-only");
    assert_answer(&k, "SELECT id, action, detail, who <> 'x' FROM audit",
                  "1|load|a|1\n2|load|b|1\n");
    desk_free(&k);
}

static void tables_refuse_wrong_types_and_impossible_rows(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *why;
    } attempts[] = {
        {"UPDATE incident SET victims = 'two'", "cannot store TEXT"},
        {"UPDATE incident SET received_on = NULL", "CHECK"},
        {"UPDATE coverage SET day_to = day_from - 1", "CHECK"},
        {"UPDATE coverage SET declared = 3", "CHECK"},
        {"INSERT INTO incident SELECT NULL, source, case_id, unit, category_set, received_on,"
         " NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
         " NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 3, 3, NULL"
         " FROM incident",
         "UNIQUE"},
        {"UPDATE unit_version SET valid_to = valid_from - 1", "CHECK"},
    };
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", CASES "B-1,30037,XHTE,2024-01-05\n");
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++)
        assert_file_refuses(&k, attempts[i].sql, attempts[i].why);
    assert_answer(&k,
                  "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE"
                  " '%STRICT%'",
                  "0\n");
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_are_found_by_their_date_on_the_basis),
        cmocka_unit_test(as_of_a_day_only_what_was_received_by_then),
        cmocka_unit_test(undated_cases_are_placed_by_the_date_they_have),
        cmocka_unit_test(a_state_has_the_cases_that_it_had),
        cmocka_unit_test(rows_come_in_key_order_with_set_indices_and_their_source),
        cmocka_unit_test(the_dates_of_all_cases_can_be_asked_for),
        cmocka_unit_test(loads_are_listed_with_what_they_did),
        cmocka_unit_test(simulated_rows_are_noticed_in_the_state_that_has_them),
        cmocka_unit_test(settings_are_kept),
        cmocka_unit_test(the_view_of_incidents_speaks_in_codes_and_iso_dates),
        cmocka_unit_test(the_view_of_cells_agrees_with_the_cases),
        cmocka_unit_test(views_show_what_is_true_now),
        cmocka_unit_test(outcomes_of_the_view_are_those_of_the_list),
        cmocka_unit_test(the_audit_table_is_append_only),
        cmocka_unit_test(tables_refuse_wrong_types_and_impossible_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
