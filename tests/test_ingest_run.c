/* Streaming: the two threads, the order of rows, totals, errors under way. */
#include "fixtures_ingest.h"

/* ---- long files ---- */

static void add_cases(struct buf *csv, size_t first, size_t count)
{
    static const char *const units[] = {"30067", "Xã Mỹ An", "tt my an", "30046"};
    static const char *const categories[] = {"XHTE", "Trộm cắp", "XHTE.TD.HIEPDAM;U18.HIEPDAM",
                                             "U18;XHTE.TD"};
    for (size_t i = first; i < first + count; i++)
        buf_addf(csv, "TM-%zu,%s,%s,2024-%02zu-%02zu,%zu\n", i, units[i % 4], categories[i / 7 % 4],
                 1 + i % 12, 1 + i % 28, i % 3);
}

struct counted {
    struct world *world;
    size_t rows, last_line, stop_after;
    int64_t victims;
    size_t sets[CATEGORY_SET_MAX];
};

/* Reads what the caller's thread may read while the file is being read: the directory and its sets.
 */
static bool count_row(void *context, const struct row *row, struct err *e)
{
    struct counted *c = context;
    const struct directory *d = &c->world->d;
    (void)e;
    assert_true(row->line > c->last_line);
    c->last_line = row->line;
    c->victims += row->slots[INC_VICTIMS].as.i;
    size_t set = (size_t)row->slots[INC_CATEGORY].as.i;
    assert_true(set < d->set_count);
    const char *code = d->categories[d->sets[set].categories[0]].code;
    size_t i = row->line - 2, which = i / 7 % 4;
    static const char *const firsts[] = {"XHTE", "U18.TROM", "XHTE.TD.HIEPDAM", "XHTE.TD"};
    assert_string_equal(code, firsts[which]);
    assert_int_equal(d->sets[set].count, which < 2 ? 1 : 2);
    char want[32];
    snprintf(want, sizeof want, "TM-%zu", i);
    assert_string_equal(row->slots[INC_CASE_ID].as.s, want);
    return ++c->rows != c->stop_after;
}

static struct ingest *open_text(struct world *w, const struct buf *csv, struct err *e)
{
    struct ingest *in = NULL;
    struct ingest_options o = options_for(buf_text(csv));
    if (!ingest_open(&in, &o, &w->d, w->lists, e))
        fail_msg("%s", e->msg);
    return in;
}

static void a_long_file_comes_out_whole_and_in_order(void **state)
{
    (void)state;
    enum { ROWS = 20000 };
    struct world w;
    struct buf csv = {0};
    struct err e = {0};
    struct rejects rejects;
    world_init(&w);
    rejects_init(&rejects);
    buf_adds(&csv, "case_id,unit,category,received_on,victims\n");
    add_cases(&csv, 0, ROWS);
    struct ingest *in = open_text(&w, &csv, &e);
    struct counted c = {.world = &w};
    struct sink sink = {count_row, &c};
    assert_true(ingest_run(in, &sink, &rejects, &e));
    assert_int_equal(c.rows, ROWS);
    assert_int_equal(ingest_rows_read(in), ROWS);
    assert_int_equal(c.victims, ROWS - 1);
    assert_int_equal(rejects.total, 0);
    assert_int_equal(w.d.set_count, 4);
    assert_string_equal(buf_text(ingest_warnings(in)), "");
    ingest_close(in);
    buf_free(&csv);
    rejects_free(&rejects);
    world_free(&w);
}

static void a_sink_that_says_stop_ends_the_run(void **state)
{
    (void)state;
    struct world w;
    struct buf csv = {0};
    world_init(&w);
    buf_adds(&csv, "case_id,unit,category,received_on,victims\n");
    add_cases(&csv, 0, 20000);
    for (size_t stop = 1; stop < 20000; stop = stop * 5 + 3) {
        struct err e = {0};
        struct rejects rejects;
        rejects_init(&rejects);
        struct ingest *in = open_text(&w, &csv, &e);
        struct counted c = {.world = &w, .stop_after = stop};
        struct sink sink = {count_row, &c};
        assert_false(ingest_run(in, &sink, &rejects, &e));
        assert_int_equal(c.rows, stop);
        ingest_close(in);
        rejects_free(&rejects);
    }
    buf_free(&csv);
    world_free(&w);
}

static void a_file_that_breaks_under_way_is_an_error(void **state)
{
    (void)state;
    struct world w;
    struct buf csv = {0};
    struct err e = {0};
    struct rejects rejects;
    world_init(&w);
    rejects_init(&rejects);
    buf_adds(&csv, "case_id,unit,category,received_on,victims\n");
    add_cases(&csv, 0, 5000);
    buf_adds(&csv, "TM-x,\"30067\"x,XHTE,2024-05-03,1\n");
    struct ingest *in = open_text(&w, &csv, &e);
    struct counted c = {.world = &w};
    struct sink sink = {count_row, &c};
    assert_false(ingest_run(in, &sink, &rejects, &e));
    assert_int_equal(e.code, ERR_INPUT);
    assert_non_null(strstr(e.msg, "a.csv:5002"));
    ingest_close(in);
    buf_free(&csv);
    rejects_free(&rejects);
    world_free(&w);
}

static void rows_that_are_all_bad_do_not_pile_up_in_one_batch(void **state)
{
    (void)state;
    enum { ROWS = 5000 };
    struct world w;
    struct buf csv = {0};
    struct err e = {0};
    struct rejects rejects;
    world_init(&w);
    rejects_init(&rejects);
    buf_adds(&csv, "case_id,unit,category,received_on\n");
    for (int i = 0; i < ROWS; i++)
        buf_addf(&csv, "TM-%d,Lan %d,XHTE,2024-05-03\n", i, i);
    struct ingest *in = open_text(&w, &csv, &e);
    struct counted c = {.world = &w};
    struct sink sink = {count_row, &c};
    assert_true(ingest_run(in, &sink, &rejects, &e));
    assert_int_equal(c.rows, 0);
    assert_int_equal(rejects.total, ROWS);
    for (size_t i = 0; i < ROWS; i++) {
        assert_int_equal(rejects.items[i].line, i + 2);
        assert_string_equal(rejects.items[i].reason, "unknown unit");
        assert_null(rejects.items[i].value);
    }
    assert_int_equal(ingest_rows_read(in), ROWS);
    ingest_close(in);
    buf_free(&csv);
    rejects_free(&rejects);
    world_free(&w);
}

/* ---- totals ---- */

static void a_total_that_adds_up_is_passed_over(void **state)
{
    (void)state;
    assert_taken("unit,category,2023,2024\n30067,XHTE,1,2\n30064,XHTE,3,\nCộng,XHTE,4,2\n"
                 "Tổng cộng,,4,2\n",
                 "2 unit=30067 category=XHTE period=2023-01-01 period_to=2023-12-31 count=1 "
                 "basis=received\n"
                 "2 unit=30067 category=XHTE period=2024-01-01 period_to=2024-12-31 count=2 "
                 "basis=received\n"
                 "3 unit=30064 category=XHTE period=2023-01-01 period_to=2023-12-31 count=3 "
                 "basis=received\n"
                 "3 unit=30064 category=XHTE period=2024-01-01 period_to=2024-12-31 "
                 "basis=received\n");
}

static void a_total_that_does_not_add_up_is_a_warning(void **state)
{
    (void)state;
    assert_taken("unit,category,period,count,victims\n30067,XHTE,2023,1,1\n30064,XHTE,2023,3,2\n"
                 "30067,U18,2023,7,\nTổng,XHTE,2023,5,3\n30067,Cộng,2023,9,\nTOTAL,,2023,11,4\n"
                 "Cộng,,2024,1,\n",
                 "2 unit=30067 category=XHTE period=2023-01-01 period_to=2023-12-31 count=1 "
                 "basis=received victims=1\n"
                 "3 unit=30064 category=XHTE period=2023-01-01 period_to=2023-12-31 count=3 "
                 "basis=received victims=2\n"
                 "4 unit=30067 category=U18 period=2023-01-01 period_to=2023-12-31 count=7 "
                 "basis=received\n"
                 "a.csv:5: total of count says 5, rows add up to 4\n"
                 "a.csv:6: total of count says 9, rows add up to 8\n"
                 "a.csv:7: total of victims says 4, rows add up to 3\n"
                 "a.csv:8: total of count says 1, rows add up to 0\n");
}

static void parts_beside_their_whole_are_added_once(void **state)
{
    (void)state;
    assert_taken(
        "unit,category,period,count\n30067,XHTE,2023,5\n30067,XHTE.TD,2023,3\n"
        "30067,XHTE.TD.DAMO,2023,2\n30067,U18,2023,1\nCộng,,2023,6\n",
        "2 unit=30067 category=XHTE period=2023-01-01 period_to=2023-12-31 count=5 "
        "basis=received\n"
        "3 unit=30067 category=XHTE.TD period=2023-01-01 period_to=2023-12-31 count=3 "
        "basis=received\n"
        "4 unit=30067 category=XHTE.TD.DAMO period=2023-01-01 period_to=2023-12-31 count=2 "
        "basis=received\n"
        "5 unit=30067 category=U18 period=2023-01-01 period_to=2023-12-31 count=1 "
        "basis=received\n");
}

static void rows_that_were_refused_are_told_beside_a_total(void **state)
{
    (void)state;
    assert_taken(
        "unit,year,population\n30067,2019,100\nnowhere,2019,50\nTổng số,2019,150\n",
        "2 unit=30067 year=2019 population=100\n"
        "3! unit: unknown unit {}\n"
        "a.csv:4: total of population says 150, rows add up to 100 (rows refused above: 1)\n");
}

static void a_total_under_cases_states_their_number(void **state)
{
    (void)state;
    const char *rows = "2 case_id=1 unit=30067 category=XHTE received_on=2024-05-03 victims=2\n"
                       "3 case_id=2 unit=30067 category=XHTE received_on=2024-05-03 victims=1\n";
    const char *head = "case_id,unit,category,received_on,victims\n1,30067,XHTE,2024-05-03,2\n"
                       "2,30067,XHTE,2024-05-03,1\n";
    static const char *const totals[][2] = {
        {"Cộng,2,,,3\n", ""},
        {"Tổng cộng,,,,\n", ""},
        {"Cộng,54,,,3\n", "a.csv:4: total of the rows says 54, rows add up to 2\n"},
        {"Cộng,2,,,4\n", "a.csv:4: total of victims says 4, rows add up to 3\n"},
        {"3,Tổng,XHTE,2024-05-03,1\n", "4! unit: unknown unit {}\n"},
    };
    for (size_t i = 0; i < sizeof totals / sizeof totals[0]; i++) {
        struct buf csv = {0}, want = {0};
        buf_addf(&csv, "%s%s", head, totals[i][0]);
        buf_addf(&want, "%s%s", rows, totals[i][1]);
        assert_taken(buf_text(&csv), buf_text(&want));
        buf_free(&csv);
        buf_free(&want);
    }
}

static void a_total_in_a_file_of_codes_is_no_code(void **state)
{
    (void)state;
    assert_taken("unit,name\n1,a\nTotal,1\n",
                 "2 unit=1 valid_from=1582-10-15 valid_to=9999-12-31 name=a\n");
}

static void only_so_many_totals_are_warned_about(void **state)
{
    (void)state;
    struct world w;
    struct buf csv = {0};
    struct shown s = {0};
    world_init(&w);
    buf_adds(&csv, "unit,year,population\n30067,2019,100\n");
    for (int i = 0; i < 30; i++)
        buf_adds(&csv, "Cộng,2019,1\n");
    struct ingest_options o = options_for(buf_text(&csv));
    show_file(&s, &w, &o, LANG_EN);
    assert_non_null(strstr(buf_text(&s.text),
                           "a.csv:22: total of population says 1, rows add up to "
                           "100\na.csv: more totals are not looked at\n"));
    assert_null(strstr(buf_text(&s.text), "a.csv:23"));
    buf_free(&csv);
    buf_free(&s.text);
    world_free(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_long_file_comes_out_whole_and_in_order),
        cmocka_unit_test(a_sink_that_says_stop_ends_the_run),
        cmocka_unit_test(a_file_that_breaks_under_way_is_an_error),
        cmocka_unit_test(rows_that_are_all_bad_do_not_pile_up_in_one_batch),
        cmocka_unit_test(a_total_that_adds_up_is_passed_over),
        cmocka_unit_test(a_total_that_does_not_add_up_is_a_warning),
        cmocka_unit_test(parts_beside_their_whole_are_added_once),
        cmocka_unit_test(rows_that_were_refused_are_told_beside_a_total),
        cmocka_unit_test(a_total_under_cases_states_their_number),
        cmocka_unit_test(a_total_in_a_file_of_codes_is_no_code),
        cmocka_unit_test(only_so_many_totals_are_warned_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
