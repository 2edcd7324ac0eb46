/* Coverage: what is declared, what has to be assumed, what a counts file speaks for. */
#include "fixtures_store.h"

/* Current rows: "unit category from to declared total". */
static const char *const rows =
    "SELECT u.code || ' ' || k.code || ' ' || date(day_from * 86400, 'unixepoch') || ' ' ||"
    " date(day_to * 86400, 'unixepoch') || ' ' || declared || ifnull(' ' || total, '')"
    " FROM coverage c JOIN unit u ON u.id = c.unit JOIN category k ON k.id = c.category"
    " WHERE load_to IS NULL ORDER BY 1";

static void it_is_assumed_of_all_units_beside_from_new_year_to_the_months_end(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    struct loaded r =
        load_text(&k, "incidents", CASES "A-1,30037,XHTE.TD,2023-03-05\nA-2,30040,U18,2024-02-05\n",
                  (struct options){0});
    assert_answer(&k, rows, "872 U18 2023-01-01 2024-02-29 0\n872 XHTE 2023-01-01 2024-02-29 0\n");
    assert_string_equal(r.covers, "--covers 2023-01-01..2024-02-29 --for 872 --of U18,XHTE");
    desk_free(&k);
}

static void a_unit_at_the_top_is_assumed_itself(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", CASES "A-1,872/?,XHTE,2024-03-05\n");
    loads(&k, "units", "unit,name\n99,Khác\n");
    loads_with(&k, "incidents", CASES "A-1,99,XHTE,2024-03-05\n", (struct options){.source = "B"});
    assert_answer(&k, rows, "872 XHTE 2024-01-01 2024-03-31 0\n99 XHTE 2024-01-01 2024-03-31 0\n");
    desk_free(&k);
}

static void where_all_districts_appear_the_province_stands_for_them(void **state)
{
    (void)state;
    struct desk k;
    desk_new_in(&k, "");
    loads(&k, "categories", CATEGORIES);
    loads(&k, "units",
          "unit,name,parent\nP,Tỉnh,\nD1,Một,P\nD2,Hai,P\nD3,Ba,P\na,a,D1\nb,b,D2\nc,c,D3\n");
    loads(&k, "incidents", CASES "1,a,XHTE,2024-01-05\n2,b,XHTE,2024-01-05\n");
    assert_answer(&k, rows, "D1 XHTE 2024-01-01 2024-01-31 0\nD2 XHTE 2024-01-01 2024-01-31 0\n");
    loads(&k, "incidents", CASES "3,a,XHTE,2023-01-05\n4,b,XHTE,2023-01-05\n5,c,XHTE,2023-01-05\n");
    assert_answer(&k, rows,
                  "D1 XHTE 2024-01-01 2024-01-31 0\nD2 XHTE 2024-01-01 2024-01-31 0\n"
                  "P XHTE 2023-01-01 2023-01-31 0\n");
    desk_free(&k);
}

static void monthly_files_extend_it(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    struct cover c;
    loads(&k, "incidents", CASES "A-1,30037,XHTE,2024-01-05\n");
    loads(&k, "incidents", CASES "A-2,30040,XHTE,2024-02-05\n");
    loads(&k, "incidents", CASES "A-3,30040,XHTE,2024-02-06\n");
    assert_answer(&k, rows, "872 XHTE 2024-01-01 2024-01-31 0\n872 XHTE 2024-01-01 2024-02-29 0\n");
    assert_true(cover_load(&c, k.store, STATE_NOW, &k.directory, NULL));
    assert_int_equal(c.count, 2);
    cover_free(&c);
    desk_free(&k);
}

static const char *const scattered = CASES "A-1,30037,XHTE,2024-01-05\nA-2,30040,XHTE,2024-05-05\n"
                                           "A-3,30043,XHTE,2024-10-05\nA-4,30043,U18,2024-10-05\n";

static void what_is_declared_supersedes_what_was_assumed(void **state)
{
    (void)state;
    static const struct {
        const char *span, *want;
    } cases[] = {
        {"2024-04-01,2024-06-30", "30037 XHTE 2024-04-01 2024-06-30 1\n"
                                  "872 U18 2024-01-01 2024-10-31 0\n"
                                  "872 XHTE 2024-01-01 2024-03-31 0\n"
                                  "872 XHTE 2024-07-01 2024-10-31 0\n"},
        {"2023-07-01,2024-02-29", "30037 XHTE 2023-07-01 2024-02-29 1\n"
                                  "872 U18 2024-01-01 2024-10-31 0\n"
                                  "872 XHTE 2024-03-01 2024-10-31 0\n"},
        {"2024-08-01,2025-01-31", "30037 XHTE 2024-08-01 2025-01-31 1\n"
                                  "872 U18 2024-01-01 2024-10-31 0\n"
                                  "872 XHTE 2024-01-01 2024-07-31 0\n"},
        {"2023-01-01,2025-01-31", "30037 XHTE 2023-01-01 2025-01-31 1\n"
                                  "872 U18 2024-01-01 2024-10-31 0\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct desk k;
        char csv[200];
        desk_new(&k);
        loads(&k, "incidents", scattered);
        snprintf(csv, sizeof csv, COVERS "30037,%s,XHTE,\n", cases[i].span);
        loads(&k, "coverage", csv);
        assert_answer(&k, rows, cases[i].want);
        assert_int_equal(loads(&k, "incidents", scattered), 0);
        assert_answer(&k, rows, cases[i].want);
        desk_free(&k);
    }
}

static void after_a_coverage_file_only_days_outside_it_are_assumed(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "coverage", COVERS "872,2024-04-01,2024-06-30,XHTE,\n");
    struct loaded r = load_text(&k, "incidents", scattered, (struct options){0});
    assert_true(r.ok);
    assert_answer(&k, rows,
                  "872 U18 2024-01-01 2024-10-31 0\n872 XHTE 2024-01-01 2024-03-31 0\n"
                  "872 XHTE 2024-04-01 2024-06-30 1\n872 XHTE 2024-07-01 2024-10-31 0\n");
    assert_string_equal(r.covers, "--covers 2024-01-01..2024-10-31 --for 872 --of U18\n"
                                  "--covers 2024-01-01..2024-03-31 --for 872 --of XHTE\n"
                                  "--covers 2024-07-01..2024-10-31 --for 872 --of XHTE");
    assert_int_equal(loads(&k, "incidents", scattered), 0);
    desk_free(&k);
}

static void days_before_what_is_declared_are_not_assumed_of_later_rows(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "coverage", COVERS "872,2024-04-01,2024-06-30,XHTE,\n");
    loads(&k, "incidents", CASES "A-3,30043,XHTE,2024-10-05\n");
    assert_answer(&k, rows, "872 XHTE 2024-04-01 2024-06-30 1\n872 XHTE 2024-07-01 2024-10-31 0\n");
    desk_free(&k);
}

static void rows_outside_what_is_declared_warn_and_assume_nothing(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "coverage",
          COVERS "30037,2024-01-01,2024-12-31,XHTE,\n30037,2024-01-01,2024-12-31,U18,\n");
    struct loaded r = load_text(&k, "incidents",
                                CASES "A-1,30037,XHTE,2024-01-05\nA-2,30040,XHTE;U18,2024-01-05\n"
                                      "A-3,30040,XHTE,2024-01-06\n",
                                (struct options){0});
    assert_string_equal(r.warnings, "a.csv: 2 rows lie outside the declared coverage and count "
                                    "only as recorded\n");
    assert_string_equal(r.covers, "");
    assert_answer(&k, rows,
                  "30037 U18 2024-01-01 2024-12-31 1\n30037 XHTE 2024-01-01 2024-12-31 1\n");
    desk_free(&k);
}

static void rows_outside_a_claim_warn_too(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    struct loaded r =
        load_text(&k, "incidents", scattered, (struct options){.covers = "2024-01-01..2024-06-30"});
    assert_string_equal(r.warnings, "a.csv: 2 rows lie outside the declared coverage and count "
                                    "only as recorded\n");
    assert_answer(&k, rows, "872 U18 2024-01-01 2024-06-30 1\n872 XHTE 2024-01-01 2024-06-30 1\n");
    desk_free(&k);
}

/* The text after `option`, in out. */
static const char *part(const char *line, const char *option, char *out)
{
    const char *at = strstr(line, option);
    assert_non_null(at);
    sscanf(at + strlen(option), " %99[^ \n]", out);
    return out;
}

static void the_line_printed_declares_the_same(void **state)
{
    (void)state;
    char covers[100], only[100], of[100];
    struct desk k, other;
    struct buf assumed = {0}, declared = {0};
    const char *same =
        "SELECT source, unit, category, day_from, day_to FROM coverage ORDER BY 2, 3";
    desk_new(&k);
    desk_new(&other);
    struct loaded r = load_text(&k, "incidents", scattered, (struct options){0});
    loads_with(&other, "incidents", scattered,
               (struct options){.covers = part(r.covers, "--covers", covers),
                                .only = part(r.covers, "--for", only),
                                .of = part(r.covers, "--of", of)});
    add_answer(&k, same, &assumed);
    add_answer(&other, same, &declared);
    assert_same(assumed, declared);
    assert_answer(&other, "SELECT DISTINCT declared FROM coverage", "1\n");
    desk_free(&k);
    desk_free(&other);
}

static void a_claim_after_the_load_declares_what_was_assumed(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", scattered);
    struct options o = {.covers = "2024", .only = "30037,30040"};
    assert_int_not_equal(loads_with(&k, "incidents", scattered, o), 0);
    assert_int_equal(loads_with(&k, "incidents", scattered, o), 0);
    assert_answer(&k, rows,
                  "30037 U18 2024-01-01 2024-12-31 1\n30037 XHTE 2024-01-01 2024-12-31 1\n"
                  "30040 U18 2024-01-01 2024-12-31 1\n30040 XHTE 2024-01-01 2024-12-31 1\n");
    desk_free(&k);
}

static void coverage_without_a_category_is_of_every_root(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    assert_int_not_equal(
        loads(&k, "coverage", "unit,from,to,total\n30037,2024-01-01,2024-06-30,0\n"), 0);
    assert_int_equal(loads(&k, "coverage", "unit,from,to,total\n30037,2024-01-01,2024-06-30,0\n"),
                     0);
    assert_answer(&k, rows,
                  "30037 U18 2024-01-01 2024-06-30 1 0\n30037 XHTE 2024-01-01 2024-06-30 1 0\n");
    assert_rejects(&k, "coverage",
                   "unit,from,to,total\n30037,2024-07-01,2024-12-31,3\n"
                   "30037,2024-01-01,2024-06-30,0\n30037,2024-01-01,2024-06-30,0\n",
                   (struct options){0},
                   "2 total: a total needs its category: what is in one root may be in another "
                   "too\n4 unit: stands in this file twice: keep one of the rows\n");
    desk_free(&k);
}

static void stated_totals_are_reconciled_with_a_warning(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "coverage",
          COVERS "30037,2024-01-01,2024-12-31,XHTE,1\n872,2024-01-01,2024-12-31,XHTE,3\n"
                 "872,2024-01-01,2024-12-31,XHTE.TD,0\n30043,2024-01-01,2024-12-31,U18,0\n");
    struct loaded r = load_text(
        &k, "incidents", CASES "A-1,30037,XHTE.TD,2024-01-05\nA-2,30040,XHTE;U18,2024-01-05\n",
        (struct options){0});
    assert_string_equal(
        r.warnings,
        "a.csv: 1 rows lie outside the declared coverage and count only as recorded\n"
        "a.csv: unit 872, XHTE, 2024-01-01 to 2024-12-31: the coverage states 3 reports, 2 are "
        "loaded\n"
        "a.csv: unit 872, XHTE.TD, 2024-01-01 to 2024-12-31: the coverage states 0 reports, 1 are "
        "loaded\n");
    r = load_text(&k, "incidents", CASES "A-3,872/?,XHTE.BL,2024-01-05\n", (struct options){0});
    assert_non_null(strstr(r.warnings, "XHTE.TD"));
    assert_null(strstr(r.warnings, "872, XHTE,"));
    desk_free(&k);
}

static void counts_speak_for_the_days_of_their_rows(void **state)
{
    (void)state;
    static const char *const csv = "unit,category,period,count\n30037,XHTE.TD,2024-03,1\n"
                                   "30037,XHTE,2024-01,2\n30037,XHTE,2024-02,2\n"
                                   "30037,XHTE,2024-06,\n30040,U18,2024,0\n";
    struct desk k;
    desk_new(&k);
    loads(&k, "counts", csv);
    assert_answer(&k, rows,
                  "30037 XHTE 2024-01-01 2024-03-31 2\n30040 U18 2024-01-01 2024-12-31 2\n");
    assert_int_equal(loads(&k, "counts", csv), 0);
    loads(&k, "counts", "unit,category,period,count\n30037,XHTE,2024-04,1\n");
    assert_answer(&k, rows,
                  "30037 XHTE 2024-01-01 2024-03-31 2\n30037 XHTE 2024-04-01 2024-04-30 2\n"
                  "30040 U18 2024-01-01 2024-12-31 2\n");
    desk_free(&k);
}

static void counts_speak_beside_what_is_declared_for_cases(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "coverage", COVERS "872,2024-01-01,2024-12-31,XHTE,\n");
    loads(&k, "counts", "unit,category,period,count\n30037,XHTE,2024,2\n");
    assert_answer(&k, rows,
                  "30037 XHTE 2024-01-01 2024-12-31 2\n872 XHTE 2024-01-01 2024-12-31 1\n");
    desk_free(&k);
}

static void counts_of_the_district_do_not_stand_for_its_cases(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "counts", "unit,category,period,count\n872,XHTE,2024,9\n");
    loads(&k, "incidents", CASES "A-1,30037,XHTE,2024-01-05\n");
    assert_answer(&k, rows, "872 XHTE 2024-01-01 2024-01-31 0\n872 XHTE 2024-01-01 2024-12-31 2\n");
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_assumed_of_all_units_beside_from_new_year_to_the_months_end),
        cmocka_unit_test(a_unit_at_the_top_is_assumed_itself),
        cmocka_unit_test(where_all_districts_appear_the_province_stands_for_them),
        cmocka_unit_test(monthly_files_extend_it),
        cmocka_unit_test(what_is_declared_supersedes_what_was_assumed),
        cmocka_unit_test(after_a_coverage_file_only_days_outside_it_are_assumed),
        cmocka_unit_test(days_before_what_is_declared_are_not_assumed_of_later_rows),
        cmocka_unit_test(rows_outside_what_is_declared_warn_and_assume_nothing),
        cmocka_unit_test(rows_outside_a_claim_warn_too),
        cmocka_unit_test(the_line_printed_declares_the_same),
        cmocka_unit_test(a_claim_after_the_load_declares_what_was_assumed),
        cmocka_unit_test(coverage_without_a_category_is_of_every_root),
        cmocka_unit_test(stated_totals_are_reconciled_with_a_warning),
        cmocka_unit_test(counts_speak_for_the_days_of_their_rows),
        cmocka_unit_test(counts_speak_beside_what_is_declared_for_cases),
        cmocka_unit_test(counts_of_the_district_do_not_stand_for_its_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
