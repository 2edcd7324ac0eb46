/* Which units and categories a question is about, and which days are known of them. */
#include "fixtures_series.h"

static void scope_of(struct scope *s, struct desk *k, const char *unit, const char *category)
{
    size_t u = unit ? unit_of(&k->directory, unit) : 0;
    size_t c = category ? category_of(&k->directory, category) : 0;
    assert_true(scope_init(s, &k->directory, NULL, &u, unit != NULL, &c, category != NULL, NULL));
}

static const char *code_of(const struct scope *s, size_t slot)
{
    return s->directory->units[s->units[slot]].code;
}

/* "A B C" */
static void assert_units(const struct scope *s, const size_t *slots, size_t count, const char *want)
{
    struct buf got = {0};
    for (size_t i = 0; i < count; i++)
        buf_addf(&got, "%s%s", i ? " " : "", code_of(s, slots[i]));
    assert_string_equal(buf_text(&got), want);
    buf_free(&got);
}

static void slots_hold_everything_with_parents_first(void **state)
{
    (void)state;
    struct desk k;
    struct scope s;
    desk_new(&k);
    scope_of(&s, &k, NULL, NULL);
    assert_int_equal(s.unit_count, k.directory.unit_count);
    assert_int_equal(s.category_count, k.directory.category_count);
    for (size_t u = 0; u < s.unit_count; u++) {
        assert_int_equal(s.unit_slot[s.units[u]], u);
        assert_true(s.parent[u] == NO_ENTRY || s.parent[u] < u);
        assert_int_equal(s.is_leaf[u], strcmp(code_of(&s, u), "872") != 0);
    }
    for (size_t c = 0; c < s.category_count; c++) {
        assert_int_equal(s.category_slot[s.categories[c]], c);
        assert_true(s.category_parent[c] == NO_ENTRY || s.category_parent[c] < c);
    }
    scope_free(&s);
    desk_free(&k);
}

static void what_was_not_asked_for_has_no_slot(void **state)
{
    (void)state;
    struct desk k;
    struct scope s;
    desk_new(&k);
    scope_of(&s, &k, "30040", "XHTE.TD");
    assert_int_equal(s.unit_count, 1);
    assert_int_equal(s.parent[0], NO_ENTRY);
    assert_int_equal(s.unit_slot[unit_of(&k.directory, "872")], NO_ENTRY);
    assert_int_equal(s.category_count, 1);
    assert_int_equal(s.category_slot[category_of(&k.directory, "XHTE")], NO_ENTRY);
    assert_int_equal(s.category_slot[category_of(&k.directory, "U18")], NO_ENTRY);
    scope_free(&s);
    desk_free(&k);
}

static void a_unit_asked_for_with_its_parent_stays_below_it(void **state)
{
    (void)state;
    struct desk k;
    struct scope s;
    desk_new(&k);
    const size_t tops[] = {unit_of(&k.directory, "30040"), unit_of(&k.directory, "872")};
    assert_true(scope_init(&s, &k.directory, NULL, tops, 2, NULL, 0, NULL));
    assert_int_equal(s.unit_count, k.directory.unit_count);
    assert_true(scope_is_under(&s, s.unit_slot[tops[1]], s.unit_slot[tops[0]]));
    assert_false(scope_is_under(&s, s.unit_slot[tops[0]], s.unit_slot[tops[1]]));
    scope_free(&s);
    desk_free(&k);
}

#define OLD_AND_NEW                                                                                \
    "unit,name,parent,level,valid_from,valid_to\n"                                                 \
    "87,Tỉnh,,province,,\n"                                                                      \
    "872,Huyện,87,district,,2025-06-30\n"                                                        \
    "30037,Mỹ An,872,commune,,2025-06-30\n30046,Trường Xuân,872,commune,,2025-06-30\n"       \
    "30046,Trường Xuân,87,commune,2025-07-01,\n"

static void rows_are_the_units_valid_in_the_period(void **state)
{
    (void)state;
    static const struct {
        const char *level;
        const char *period, *want;
    } asked[] = {
        {NULL, "2024", "30037 30046"},
        {NULL, "2026", "30046"},
        {NULL, "2025", "30037 30046 30046"},
        {"district", "2024", "872"},
        {"district", "2026", ""},
        {"commune", "2025H1", "30037 30046"},
        {"province", "2026", "87"},
        {"nowhere", "2024", ""},
    };
    struct desk k;
    struct scope s;
    desk_new_in(&k, "");
    loads(&k, "units", OLD_AND_NEW);
    scope_of(&s, &k, NULL, NULL);
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        size_t *rows = NULL, count = 0;
        assert_true(scope_rows_in(&s, asked[i].level, period_of(asked[i].period).span, &rows,
                                  &count, NULL));
        for (size_t a = 0; a < count; a++) /* codes repeat: order them for the comparison */
            for (size_t b = a + 1; b < count; b++)
                if (strcmp(code_of(&s, rows[b]), code_of(&s, rows[a])) < 0) {
                    size_t swap = rows[a];
                    rows[a] = rows[b];
                    rows[b] = swap;
                }
        assert_units(&s, rows, count, asked[i].want);
        free(rows);
    }
    scope_free(&s);
    desk_free(&k);
}

/* ---- known days ---- */

struct asking {
    struct cover cover;
    struct scope scope;
    struct known known;
};

static void ask_known(struct asking *a, struct desk *k, const char *unit, const char *category)
{
    scope_of(&a->scope, k, unit, category);
    assert_true(cover_load(&a->cover, k->store, STATE_NOW, &k->directory, NULL));
    assert_true(known_init(&a->known, &a->scope, &a->cover, a->scope.categories[0], NULL));
}

static void asking_free(struct asking *a)
{
    known_free(&a->known);
    scope_free(&a->scope);
    cover_free(&a->cover);
}

static int64_t days_of(const struct asking *a, const struct spans *by_unit, const char *unit)
{
    return spans_days(&by_unit[a->scope.unit_slot[unit_of(a->scope.directory, unit)]]);
}

static void coverage_of_a_parent_and_a_root_is_that_of_what_is_below(void **state)
{
    (void)state;
    struct desk k;
    struct asking a;
    desk_new(&k);
    loads(&k, "coverage",
          COVERS "872,2024-01-01,2024-01-31,XHTE,\n"
                 "30040,2024-02-01,2024-02-10,XHTE.TD,\n");
    ask_known(&a, &k, NULL, "XHTE.TD");
    assert_int_equal(days_of(&a, a.known.spans, "30037"), 31);
    assert_int_equal(days_of(&a, a.known.spans, "30040"), 41);
    assert_int_equal(days_of(&a, a.known.spans, "872"), 31);
    assert_int_equal(days_of(&a, a.known.counts, "30040"), 0);
    asking_free(&a);
    ask_known(&a, &k, NULL, "XHTE"); /* what is known of a part is not known of the whole */
    assert_int_equal(days_of(&a, a.known.spans, "30040"), 31);
    asking_free(&a);
    ask_known(&a, &k, NULL, "U18");
    assert_int_equal(days_of(&a, a.known.spans, "30040"), 0);
    asking_free(&a);
    desk_free(&k);
}

static void a_counts_file_speaks_for_its_own_units_alone(void **state)
{
    (void)state;
    struct desk k;
    struct asking a;
    desk_new(&k);
    loads(&k, "counts", "unit,category,period,count\n872,XHTE,2023,9\n30040,XHTE,2023-01,1\n");
    ask_known(&a, &k, NULL, "XHTE");
    assert_int_equal(days_of(&a, a.known.counts, "872"), 365);
    assert_int_equal(days_of(&a, a.known.counts, "30040"), 31);
    assert_int_equal(days_of(&a, a.known.spans, "30040"), 31);
    assert_int_equal(days_of(&a, a.known.cases, "30040"), 0);
    assert_int_equal(days_of(&a, a.known.spans, "30037"), 0);
    asking_free(&a);
    desk_free(&k);
}

static void an_unknown_place_is_known_when_the_units_beside_it_are(void **state)
{
    (void)state;
    struct desk k;
    struct asking a;
    desk_new(&k);
    loads(&k, "coverage",
          COVERS "30037,2024-01-01,2024-01-31,XHTE,\n"
                 "30040,2024-02-01,2024-02-29,XHTE,\n");
    ask_known(&a, &k, NULL, "XHTE");
    assert_int_equal(days_of(&a, a.known.spans, "872/?"), 60);
    asking_free(&a);
    ask_known(&a, &k, "872/?", "XHTE"); /* also where they are not asked for */
    assert_int_equal(days_of(&a, a.known.spans, "872/?"), 60);
    asking_free(&a);
    loads(&k, "coverage", COVERS "872/?,2024-01-01,2024-01-10,XHTE,\n");
    ask_known(&a, &k, NULL, "XHTE"); /* unless somebody speaks of it */
    assert_int_equal(days_of(&a, a.known.spans, "872/?"), 10);
    asking_free(&a);
    desk_free(&k);
}

static void assumed_coverage_says_that_it_is(void **state)
{
    (void)state;
    struct desk k;
    struct asking a;
    desk_new(&k);
    loads(&k, "incidents", CASES "A-1,30037,XHTE.TD,2024-03-05\n");
    ask_known(&a, &k, NULL, "XHTE");
    assert_true(a.known.assumed[a.scope.unit_slot[unit_of(&k.directory, "30040")]]);
    assert_int_equal(days_of(&a, a.known.spans, "30040"), 91); /* January to the end of March */
    asking_free(&a);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slots_hold_everything_with_parents_first),
        cmocka_unit_test(what_was_not_asked_for_has_no_slot),
        cmocka_unit_test(a_unit_asked_for_with_its_parent_stays_below_it),
        cmocka_unit_test(rows_are_the_units_valid_in_the_period),
        cmocka_unit_test(coverage_of_a_parent_and_a_root_is_that_of_what_is_below),
        cmocka_unit_test(a_counts_file_speaks_for_its_own_units_alone),
        cmocka_unit_test(an_unknown_place_is_known_when_the_units_beside_it_are),
        cmocka_unit_test(assumed_coverage_says_that_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
