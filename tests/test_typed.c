/* Rows that are typed in: one load each, or nothing at all. */
#include "fixtures_typed.h"

#include "cli/case_twins.h"

static const char *const present =
    "SELECT case_id, ifnull(victims, '-'), ifnull(outcome, '-') FROM incident"
    " WHERE load_to IS NULL ORDER BY 1";

/* What became of one call. */
struct made {
    bool ok;
    int64_t load;
    char error[1024];
};

static struct made make(struct desk *k, const struct typed_change *c)
{
    struct session s;
    struct request r;
    struct err e = {0};
    struct typed_done done;
    struct made m;
    typed_start(&s, &r, k, LANG_EN);
    m.ok = typed_make(&s, c, &done, &e);
    m.load = done.load;
    snprintf(m.error, sizeof m.error, "%s", e.msg);
    typed_done_free(&done);
    typed_end(&s);
    desk_read(k);
    return m;
}

static struct typed_row row_of(const char *const *words, size_t count, struct arena *texts)
{
    struct err e = {0};
    struct typed_row row = {.kind = kind_of(KIND_INCIDENTS)};
    if (!typed_assign(&row, words, count, texts, &e))
        fail_msg("%s", e.msg);
    return row;
}

static struct made add(struct desk *k, const char *id, const char *unit, const char *on)
{
    struct typed_row row = {.kind = kind_of(KIND_INCIDENTS)};
    row.cells[INC_CASE_ID] = id;
    row.cells[INC_UNIT] = unit;
    row.cells[INC_CATEGORY] = "XHTE";
    row.cells[INC_RECEIVED_ON] = on;
    const struct typed_change c = {.name = "add", .source = "872", .rows = &row, .row_count = 1};
    return make(k, &c);
}

static void a_call_is_one_load_and_one_line_of_the_audit(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    assert_int_equal(add(&k, "A-1", "30037", "03/05/2024").load, 3);
    assert_answer(&k, "SELECT action, kind, file, added FROM load WHERE id = 3",
                  "load|incidents|add|1\n");
    assert_answer(&k, "SELECT action, detail FROM audit ORDER BY id DESC LIMIT 1",
                  "load|add load=3 read=1 added=1 changed=0 withdrawn=0 rejected=0\n");
    desk_free(&k);
}

static void what_is_refused_changes_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *id, *unit, *on, *error;
    } refused[] = {
        {"A-1", "30037", "03/05/2924", "add: received_on: date in the future: nothing was saved"},
        {"A-1", "30037", "",
         "add: no date: give received_on, occurred_on or prosecuted_on: "
         "nothing was saved"},
        {"A-1", "Nowhere", "2024-05-03", "add: unit: unknown unit: nothing was saved"},
        {"A-0", "30037", "2024-05-04",
         "add: case_id: is there already with other values: load with --update to replace them, "
         "or with --replace where the file is the whole truth: nothing was saved"},
    };
    struct desk k;
    desk_new(&k);
    add(&k, "A-0", "30037", "2024-05-03");
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct buf before = everything(&k);
        struct made m = add(&k, refused[i].id, refused[i].unit, refused[i].on);
        assert_false(m.ok);
        assert_string_equal(m.error, refused[i].error);
        assert_same(before, everything(&k));
    }
    desk_free(&k);
}

static void what_is_there_already_makes_no_load(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    add(&k, "A-1", "30037", "2024-05-03");
    struct made m = add(&k, "A-1", "30037", "2024-05-03");
    assert_true(m.ok);
    assert_int_equal(m.load, 0);
    assert_answer(&k, "SELECT max(id) FROM load", "3\n");
    desk_free(&k);
}

static void only_the_slots_that_are_named_change(void **state)
{
    (void)state;
    static const char *const words[] = {"mã vụ=A-1",    "unit=30040",
                                        "category=U18", "received_on=1/6/2024",
                                        "victims=",     "số đối tượng=3"};
    struct desk k;
    struct arena texts = {0};
    desk_new(&k);
    loads(&k, "incidents",
          "case_id,unit,category,received_on,victims,offenders\nA-1,30037,XHTE,2024-05-03,2,1\n");
    struct typed_row row = row_of(words, sizeof words / sizeof words[0], &texts);
    const struct typed_change c = {.name = "set",
                                   .source = "872",
                                   .rows = &row,
                                   .row_count = 1,
                                   .update = true,
                                   .slots = 1U << INC_VICTIMS | 1U << INC_OFFENDERS};
    assert_true(make(&k, &c).ok);
    assert_answer(&k,
                  "SELECT u.code, s.key, date(received_on * 86400, 'unixepoch'),"
                  " ifnull(victims, '-'), offenders FROM incident i JOIN unit u ON u.id = i.unit"
                  " JOIN category_set s ON s.id = i.category_set WHERE load_to IS NULL",
                  "30037|XHTE|2024-05-03|-|3\n");
    arena_free(&texts);
    desk_free(&k);
}

static void a_change_by_another_program_meanwhile_is_seen(void **state)
{
    (void)state;
    struct desk k;
    struct session s;
    struct request r;
    struct err e = {0};
    struct typed_done done;
    struct store *other = NULL;
    desk_new(&k);
    add(&k, "A-1", "30037", "2024-05-03");
    int64_t undone, state_now;
    typed_start(&s, &r, &k, LANG_EN);
    assert_true(store_open(&other, k.path.data, STORE_WRITE, &e));
    assert_true(store_undo(other, 3, &undone, &state_now, &e));
    store_close(other);
    const struct typed_change c = {.name = "withdraw mistake", .source = "872", .withdrawn = "A-1"};
    assert_false(typed_make(&s, &c, &done, &e));
    assert_string_equal(e.msg,
                        "add: another program changed the database meanwhile: load it again");
    typed_done_free(&done);
    typed_end(&s);
    desk_free(&k);
}

static void words_are_columns_with_values(void **state)
{
    (void)state;
    static const struct {
        const char *word, *error;
    } wrong[] = {
        {"unit", "unit: write COLUMN=VALUE"},
        {"=3", "=3: write COLUMN=VALUE"},
        {"don_vi=1", "unit: is given twice"},
        {"ngay giai quyet=", ""},
        {"ngay giai quyt=", "ngay giai quyt: is no column: did you mean resolved_on?"},
        {"ten nan nhan=", "ten nan nhan: is no column: see 'keogiam help add'"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct err e = {0};
        struct arena texts = {0};
        const char *const words[] = {"unit=30037", wrong[i].word};
        struct typed_row row = {.kind = kind_of(KIND_INCIDENTS)};
        assert_int_equal(typed_assign(&row, words, 2, &texts, &e), !*wrong[i].error);
        assert_string_equal(e.msg, wrong[i].error);
        assert_int_equal(e.code, *wrong[i].error ? ERR_USAGE : ERR_NONE);
        arena_free(&texts);
    }
}

/* No two columns have one name for people: a row under these names is read as it was given. */
static void every_column_has_a_name_of_its_own(void **state)
{
    (void)state;
    const struct kind *kind = kind_of(KIND_INCIDENTS);
    struct buf label = {0};
    for (int lang = LANG_EN; lang <= LANG_VI; lang++)
        for (size_t i = 0; i < kind->column_count; i++) {
            size_t slot;
            const char *near;
            struct err e = {0};
            typed_label(&kind->columns[i], (enum lang)lang, &label);
            assert_true(ingest_find_column(kind, buf_text(&label), &slot, &near, &e));
            assert_int_equal(slot, i);
        }
    buf_free(&label);
}

static void assert_twins(struct desk *k, const char *unit, const char *victims, const char *on,
                         const char *want)
{
    struct session s;
    struct request r;
    struct err e = {0};
    struct listing twins = {0};
    struct typed_reply reply = {0};
    struct typed_row row = {.kind = kind_of(KIND_INCIDENTS)};
    typed_start(&s, &r, k, LANG_EN);
    row.cells[INC_CASE_ID] = "X";
    row.cells[INC_UNIT] = unit;
    row.cells[INC_CATEGORY] = "XHTE";
    row.cells[INC_RECEIVED_ON] = on;
    row.cells[INC_VICTIMS] = victims;
    assert_true(typed_check(&s, &row, &reply, &e));
    assert_true(case_twins(&s, &reply.row, &twins, &e));
    assert_string_equal(buf_text(&twins.b), want);
    buf_free(&twins.b);
    buf_free(&reply.why);
    typed_end(&s);
}

static void a_twin_is_near_in_days_and_alike_otherwise(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents",
          "case_id,unit,category,received_on,victims\nA-1,30037,XHTE,2024-05-03,2\n"
          "A-2,30037,XHTE,2024-05-05,\nA-3,30037,U18,2024-05-05,\nA-4,872/?,XHTE,2024-05-05,\n");
    assert_twins(&k, "30037", "", "2024-05-06", "A-1, A-2");
    assert_twins(&k, "30037", "1", "2024-05-06", "A-2");
    assert_twins(&k, "30037", "2", "2024-05-07", "A-2");
    assert_twins(&k, "30037", "2", "2024-05-09", "");
    assert_twins(&k, "30040", "2", "2024-05-03", "");
    assert_twins(&k, "872/?", "", "2024-05-05", "");
    desk_free(&k);
}

static void a_case_without_its_outcome_stays_as_it_is(void **state)
{
    (void)state;
    struct desk k;
    struct typed_row row = {.kind = kind_of(KIND_INCIDENTS)};
    desk_new(&k);
    add(&k, "A-1", "30037", "2024-05-03");
    row.cells[INC_CASE_ID] = "A-1";
    row.cells[INC_UNIT] = "30037";
    row.cells[INC_CATEGORY] = "XHTE";
    row.cells[INC_RECEIVED_ON] = "2024-05-03";
    row.cells[INC_OUTCOME] = "prosecuted";
    const struct typed_change c = {.name = "set",
                                   .source = "872",
                                   .rows = &row,
                                   .row_count = 1,
                                   .update = true,
                                   .slots = 1U << INC_OUTCOME};
    assert_string_equal(make(&k, &c).error,
                        "add: resolved_on: empty, but the outcome is not open: nothing was saved");
    assert_answer(&k, present, "A-1|-|-\n");
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_is_one_load_and_one_line_of_the_audit),
        cmocka_unit_test(what_is_refused_changes_nothing),
        cmocka_unit_test(what_is_there_already_makes_no_load),
        cmocka_unit_test(only_the_slots_that_are_named_change),
        cmocka_unit_test(a_change_by_another_program_meanwhile_is_seen),
        cmocka_unit_test(words_are_columns_with_values),
        cmocka_unit_test(every_column_has_a_name_of_its_own),
        cmocka_unit_test(a_twin_is_near_in_days_and_alike_otherwise),
        cmocka_unit_test(a_case_without_its_outcome_stays_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
