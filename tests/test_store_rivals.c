/* Two sources that speak of the same days, places and acts: the later is refused, the earlier
 * named. */
#include "fixtures_store.h"

#define COUNTS "unit,category,period,count\n"
#define SPEAKS(name)                                                                               \
    "source " name " already speaks of these days here: name that --source, or undo it\n"
static const struct options by_b = {.source = "B"};

static void desk_of_a(struct desk *k, const char *kind, const char *csv)
{
    desk_new(k);
    loads_with(k, kind, csv, (struct options){.source = "A"});
}

static void what_another_declared_is_refused(void **state)
{
    (void)state;
    struct desk k;
    desk_of_a(&k, "coverage", COVERS "872,2024-01-01,2024-06-30,XHTE,\n");
    assert_rejects(&k, "incidents", CASES "1,30037,XHTE,2023-12-31\n2,30037,XHTE.TD,2024-06-30\n",
                   by_b, "3 unit: " SPEAKS("A"));
    assert_rejects(&k, "counts", COUNTS "30040,XHTE,2024-06,1\n", by_b, "2 unit: " SPEAKS("A"));
    assert_rejects(&k, "coverage", COVERS "30040,2024-06-30,2024-07-31,XHTE.BL,\n", by_b,
                   "2 unit: " SPEAKS("A"));
    desk_free(&k);
}

static void other_units_days_and_roots_are_no_conflict(void **state)
{
    (void)state;
    struct desk k;
    desk_of_a(&k, "coverage", COVERS "30037,2024-01-01,2024-06-30,XHTE,\n");
    loads_with(&k, "incidents",
               CASES "1,30037,U18,2024-03-01\n2,30040,XHTE,2024-03-01\n3,30037,XHTE,2024-07-01\n",
               by_b);
    loads_with(&k, "counts",
               COUNTS "30040,XHTE,2024-01,1\n30037,U18,2024-01,1\n30037,XHTE,2023,1\n", by_b);
    desk_free(&k);
}

static void what_is_assumed_of_another_counts_only_where_it_has_cases(void **state)
{
    (void)state;
    struct desk k;
    desk_of_a(&k, "incidents", CASES "1,30037,XHTE,2024-03-01\n");
    loads_with(&k, "incidents", CASES "1,30040,XHTE,2024-03-01\n", by_b);
    assert_rejects(&k, "incidents", CASES "2,30037,XHTE.TD,2024-02-01\n", by_b,
                   "2 unit: " SPEAKS("A"));
    assert_rejects(&k, "incidents", CASES "2,30040,XHTE,2024-02-01\n",
                   (struct options){.source = "A"}, "2 unit: " SPEAKS("B"));
    loads_with(&k, "incidents", CASES "2,30037,XHTE,2024-04-01\n", by_b);
    desk_free(&k);
}

static void a_case_on_two_axes_conflicts_on_either(void **state)
{
    (void)state;
    struct desk k;
    desk_of_a(&k, "coverage", COVERS "30037,2024-01-01,2024-12-31,U18,\n");
    assert_rejects(&k, "incidents",
                   CASES "1,30037,XHTE;U18.TTXH,2024-03-01\n2,30037,XHTE,2024-02-01\n",
                   (struct options){.source = "B", .keep_good = true}, "2 unit: " SPEAKS("A"));
    assert_answer(&k,
                  "SELECT date(day_to * 86400, 'unixepoch'), k.code FROM coverage c"
                  " JOIN category k ON k.id = c.category WHERE declared = 0",
                  "2024-02-29|XHTE\n");
    desk_free(&k);
}

static void a_district_total_stands_beside_its_communes(void **state)
{
    (void)state;
    struct desk k;
    desk_of_a(&k, "incidents", CASES "1,30037,XHTE,2024-03-01\n");
    loads_with(&k, "counts", COUNTS "872,XHTE,2024,9\n", by_b);
    loads_with(&k, "incidents", CASES "2,30040,XHTE,2024-03-01\n", (struct options){.source = "A"});
    desk_free(&k);
}

static void counts_and_cases_of_one_unit_conflict(void **state)
{
    (void)state;
    struct desk k;
    desk_of_a(&k, "counts", COUNTS "30037,XHTE.TD,2024,4\n");
    assert_rejects(&k, "incidents",
                   CASES "1,30037,XHTE.TD,2024-03-01\n2,30037,XHTE.BL,2024-03-01\n", by_b,
                   "2 unit: " SPEAKS("A"));
    desk_free(&k);
    desk_of_a(&k, "incidents", CASES "1,30037,XHTE.TD,2024-03-01\n");
    assert_rejects(&k, "counts", COUNTS "30037,XHTE,2024-02,4\n30037,XHTE,2024-05,4\n", by_b,
                   "2 unit: " SPEAKS("A"));
    desk_free(&k);
}

static void counts_of_two_sources_conflict_on_one_category_and_basis(void **state)
{
    (void)state;
    struct desk k;
    desk_of_a(&k, "counts", COUNTS "30037,XHTE.TD,2024-02,4\n30037,U18,2024,2\n");
    assert_rejects(&k, "counts", COUNTS "30037,XHTE.BL,2024-02,1\n30037,XHTE.TD,2024,5\n", by_b,
                   "3 unit: " SPEAKS("A"));
    loads_with(&k, "counts", "unit,category,period,count,basis\n30037,XHTE.TD,2024,5,occurred\n",
               by_b);
    desk_free(&k);
}

static void one_source_may_have_counts_and_cases(void **state)
{
    (void)state;
    struct desk k;
    desk_of_a(&k, "counts", COUNTS "30037,XHTE.TD,2024,4\n");
    loads_with(&k, "incidents", CASES "1,30037,XHTE.TD,2024-03-01\n",
               (struct options){.source = "A"});
    desk_free(&k);
}

static void coverage_of_a_district_is_refused_where_another_speaks_inside(void **state)
{
    (void)state;
    static const char *const district = COVERS "872,2024-01-01,2024-12-31,XHTE,\n";
    struct desk k;
    desk_of_a(&k, "coverage", COVERS "30037,2024-05-01,2024-06-30,XHTE.TD,\n");
    assert_rejects(&k, "coverage", district, by_b, "2 unit: " SPEAKS("A"));
    desk_free(&k);
    desk_of_a(&k, "incidents", CASES "1,30037,XHTE,2024-03-01\n");
    assert_rejects(&k, "coverage", district, by_b, "2 unit: " SPEAKS("A"));
    loads_with(&k, "coverage", COVERS "30040,2024-01-01,2024-12-31,XHTE,\n", by_b);
    desk_free(&k);
}

static void a_claim_to_what_another_declared_fails(void **state)
{
    (void)state;
    struct desk k;
    desk_of_a(&k, "coverage", COVERS "30037,2024-01-01,2024-12-31,XHTE,\n");
    struct loaded r = load_text(&k, "incidents", CASES "1,30040,XHTE,2024-03-01\n",
                                (struct options){.source = "B", .covers = "2024"});
    assert_false(r.ok);
    assert_string_equal(r.error, "a.csv: --covers: source A already speaks of these days in 872: "
                                 "name your own units with --for");
    loads_with(&k, "incidents", CASES "1,30040,XHTE,2024-03-01\n",
               (struct options){.source = "B", .covers = "2024", .only = "30040,30043"});
    desk_free(&k);
}

static void a_source_whose_loads_are_undone_speaks_no_longer(void **state)
{
    (void)state;
    int64_t undone, undo;
    struct desk k;
    desk_of_a(&k, "incidents", CASES "1,30037,XHTE,2024-03-01\n");
    assert_true(store_undo(k.store, 0, &undone, &undo, NULL));
    desk_read(&k);
    loads_with(&k, "incidents", CASES "1,30037,XHTE,2024-03-01\n", by_b);
    desk_free(&k);
}

/* ---- the default source ---- */

static const char *const old_and_new = "unit,name,parent,valid_from,valid_to\n"
                                       "872,Huyện Tháp Mười,,2009-04-01,2025-06-30\n"
                                       "30037,Mỹ An,872,2009-04-01,2025-06-30\n"
                                       "82,Tỉnh Đồng Tháp,,2025-07-01,\n"
                                       "30037,Tháp Mười,82,2025-07-01,\n";
static const char *const two_tops = "unit,name,parent\n1,Một,\n2,Hai,\n3,Ba,1\n4,Bốn,2\n";

static void assert_source(struct desk *k, const char *kind, const char *csv, struct options o,
                          const char *want)
{
    struct buf line = {0};
    loads_with(k, kind, csv, o);
    buf_addf(&line, "%s\n", want);
    assert_answer(k,
                  "SELECT name FROM source WHERE id = (SELECT source FROM load ORDER BY id DESC"
                  " LIMIT 1)",
                  line.data);
    buf_free(&line);
}

static void the_only_top_unit_is_the_source(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "units", "unit,name\n99,Sân bay\n");
    assert_source(&k, "incidents", CASES "1,30037,XHTE,2024-03-01\n", (struct options){0}, "872");
    desk_free(&k);
}

static void of_two_top_units_the_one_that_is_valid_today_is_the_source(void **state)
{
    (void)state;
    struct desk k;
    desk_new_in(&k, "");
    loads(&k, "categories", CATEGORIES);
    loads(&k, "units", old_and_new);
    assert_source(&k, "coverage", COVERS "30037,2024-01-01,2024-12-31,XHTE,\n",
                  (struct options){.file = "x/coverage.csv"}, "872"); /* today is in 2025-01 */
    assert_source(&k, "incidents", CASES "1,30037,XHTE,2024-03-01\n",
                  (struct options){.file = "x/incidents.csv"}, "872");
    desk_free(&k);
}

static void the_source_stays_when_another_top_unit_comes(void **state)
{
    (void)state;
    struct desk k;
    desk_new_in(&k, "");
    loads(&k, "categories", CATEGORIES);
    loads(&k, "units",
          "unit,name,parent,valid_from\n82,Tỉnh,,2020-01-01\n30037,Mỹ An,82,2020-01-01\n");
    assert_source(&k, "incidents", CASES "1,30037,XHTE,2024-03-01\n", (struct options){0}, "82");
    loads(&k, "units", "unit,name,parent\n83,Tỉnh khác,\n30040,Mỹ Quý,83\n");
    assert_source(&k, "incidents", CASES "2,30040,XHTE,2024-03-01\n", (struct options){0}, "82");
    desk_free(&k);
}

static void else_the_only_source_so_far_else_the_files_name(void **state)
{
    (void)state;
    struct desk k;
    desk_new_in(&k, "");
    loads(&k, "categories", CATEGORIES);
    loads(&k, "units", two_tops);
    assert_source(&k, "incidents", CASES "1,3,XHTE,2024-03-01\n",
                  (struct options){.file = "a/b.c/vu.2024.csv"}, "vu.2024");
    assert_source(&k, "coverage", COVERS "4,2024-01-01,2024-12-31,XHTE,\n",
                  (struct options){.file = "coverage.csv"}, "vu.2024");
    assert_source(&k, "incidents", CASES "1,3,U18,2022-03-01\n",
                  (struct options){.source = "X", .file = "d.csv"}, "X");
    assert_source(&k, "incidents", CASES "1,3,U18,2021-03-01\n", (struct options){.file = "d.csv"},
                  "d");
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_another_declared_is_refused),
        cmocka_unit_test(other_units_days_and_roots_are_no_conflict),
        cmocka_unit_test(what_is_assumed_of_another_counts_only_where_it_has_cases),
        cmocka_unit_test(a_case_on_two_axes_conflicts_on_either),
        cmocka_unit_test(a_district_total_stands_beside_its_communes),
        cmocka_unit_test(counts_and_cases_of_one_unit_conflict),
        cmocka_unit_test(counts_of_two_sources_conflict_on_one_category_and_basis),
        cmocka_unit_test(one_source_may_have_counts_and_cases),
        cmocka_unit_test(coverage_of_a_district_is_refused_where_another_speaks_inside),
        cmocka_unit_test(a_claim_to_what_another_declared_fails),
        cmocka_unit_test(a_source_whose_loads_are_undone_speaks_no_longer),
        cmocka_unit_test(the_only_top_unit_is_the_source),
        cmocka_unit_test(of_two_top_units_the_one_that_is_valid_today_is_the_source),
        cmocka_unit_test(the_source_stays_when_another_top_unit_comes),
        cmocka_unit_test(else_the_only_source_so_far_else_the_files_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
