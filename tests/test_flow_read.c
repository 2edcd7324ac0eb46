/* Flows over a small database: which of cases, declared coverage and counts rows speak. */
#include "fixtures_series.h"

#include "series/flow.h"

struct asked_flows {
    struct cover cover;
    struct scope scope;
    struct flow_query q;
    struct flows flows;
};

static void ask_flows(struct asked_flows *x, struct desk *k, const char *category)
{
    struct err e = {0};
    size_t root = category_of(&k->directory, category);
    *x = (struct asked_flows){0};
    if (!cover_load(&x->cover, k->store, STATE_NOW, &k->directory, &e) ||
        !scope_init(&x->scope, &k->directory, NULL, NULL, 0, &root, 1, &e))
        fail_msg("%s", e.msg);
    x->q = (struct flow_query){.scope = &x->scope,
                               .cover = &x->cover,
                               .category = root,
                               .span = period_of("2024").span,
                               .rest = {1, 0},
                               .as_of = DAY_NONE};
    if (!flows_read(&x->flows, &x->q, 1, k->store, STATE_NOW, &e))
        fail_msg("%s", e.msg);
}

static const struct flow *flow_of(const struct asked_flows *x, const char *unit)
{
    return &x->flows.of_span[x->scope.unit_slot[unit_of(x->scope.directory, unit)]];
}

static void forget(struct asked_flows *x)
{
    flows_free(&x->flows, 1);
    scope_free(&x->scope);
    cover_free(&x->cover);
}

#define COUNTS                                                                                     \
    "unit,category,period,count,accepted,carried_over,transferred,resolved,overdue,solved,"        \
    "victims,supported,suspended\n"
static const char sent[] = COUNTS "30037,XHTE.TD,2024,5,6,1,1,3,1,2,5,4,1\n"
                                  "30040,XHTE.TD,2024,0,0,0,0,0,0,0,0,0,0\n";
static const char declared[] = "unit,from,to\n30037,2024-01-01,2024-12-31\n"
                               "30040,2024-01-01,2024-12-31\n30043,2024-01-01,2024-12-31\n";

static void counts_rows_speak_where_coverage_was_declared_beside_them(void **state)
{
    (void)state;
    struct desk k;
    struct asked_flows x;
    desk_new(&k);
    loads(&k, "counts", sent);
    loads(&k, "coverage", declared);
    ask_flows(&x, &k, "XHTE");
    const struct flow *f = flow_of(&x, "872");
    assert_int_equal(f->accepted, 6);
    assert_int_equal(f->resolved, 3);
    assert_int_equal(f->suspended, 1);
    assert_int_equal(f->victims, 5);
    assert_int_equal(f->supported, 4);
    assert_int_equal(f->lacks, 0);
    assert_true(flow_is_balanced(f));
    assert_int_equal(f->open_in_time + f->open_extended + f->overdue, 2);
    assert_int_equal(flow_of(&x, "30040")->sources, FLOW_COUNTS);
    assert_int_equal(flow_of(&x, "30043")->sources, FLOW_CASES); /* a nil return */
    forget(&x);
    desk_free(&k);
}

static void counts_rows_that_say_nothing_of_suspended_or_supported_lack_them(void **state)
{
    (void)state;
    struct desk k;
    struct asked_flows x;
    desk_new(&k);
    loads(&k, "counts",
          "unit,category,period,count,accepted,carried_over,transferred,resolved,solved,victims\n"
          "30037,XHTE,2024,5,6,1,1,3,2,5\n");
    ask_flows(&x, &k, "XHTE");
    assert_int_equal(flow_of(&x, "872")->lacks, FLOW_NO_SUSPENDED | FLOW_NO_SUPPORT);
    forget(&x);
    desk_free(&k);
}

static void a_unit_with_cases_is_told_by_them(void **state)
{
    (void)state;
    struct desk k;
    struct asked_flows x;
    desk_new(&k);
    loads(&k, "counts", sent);
    loads(&k, "coverage", declared);
    loads(&k, "incidents",
          "case_id,unit,category,received_on,outcome,resolved_on\n"
          "A-1,30043,XHTE,2024-01-05,prosecuted,2024-01-09\n");
    ask_flows(&x, &k, "XHTE");
    assert_int_equal(flow_of(&x, "30043")->accepted, 1);
    assert_int_equal(flow_of(&x, "30043")->sources, FLOW_CASES);
    assert_int_equal(flow_of(&x, "872")->accepted, 7);
    assert_int_equal(flow_of(&x, "872")->sources, FLOW_CASES | FLOW_COUNTS);
    forget(&x);
    desk_free(&k);
}

static void an_unknown_place_is_known_when_the_units_beside_it_are(void **state)
{
    (void)state;
    struct desk k;
    struct asked_flows x;
    desk_new(&k);
    loads(&k, "coverage", "unit,from,to\n30037,2023-01-01,2023-12-31\n");
    ask_flows(&x, &k, "XHTE");
    assert_int_equal(flow_of(&x, "872/?")->sources, 0);
    forget(&x);
    loads(&k, "coverage", declared);
    ask_flows(&x, &k, "XHTE");
    assert_int_equal(flow_of(&x, "872/?")->sources, FLOW_CASES);
    forget(&x);
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_rows_speak_where_coverage_was_declared_beside_them),
        cmocka_unit_test(counts_rows_that_say_nothing_of_suspended_or_supported_lack_them),
        cmocka_unit_test(a_unit_with_cases_is_told_by_them),
        cmocka_unit_test(an_unknown_place_is_known_when_the_units_beside_it_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
