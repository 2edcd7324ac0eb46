/* Published figures of others, as loaded. */
#include "fixtures_series.h"

#include "series/benchmarks.h"

static void figures_come_with_what_is_loaded_of_them(void **state)
{
    (void)state;
    struct desk d;
    struct benchmarks b;
    desk_new(&d);
    assert_true(benchmarks_read(&b, d.store, STATE_NOW, &d.directory, NULL));
    assert_int_equal(b.count, 0);
    benchmarks_free(&b);
    loads(&d, "benchmarks",
          "name,category,period,count,count_before,population,source\n"
          "B,XHTE,2024H1,41,,,\nA,XHTE.TD,2024,1547,1592,24800000,Office\n");
    assert_true(benchmarks_read(&b, d.store, STATE_NOW, &d.directory, NULL));
    assert_int_equal(b.count, 2);
    assert_string_equal(b.items[0].name, "A");
    assert_string_equal(b.items[0].source, "Office");
    assert_int_equal(b.items[0].category, category_of(&d.directory, "XHTE.TD"));
    assert_int_equal(b.items[0].span.from, day_of("2024-01-01"));
    assert_int_equal(b.items[0].span.to, day_of("2024-12-31"));
    assert_int_equal(b.items[0].count, 1547);
    assert_int_equal(b.items[0].count_before, 1592);
    assert_int_equal(b.items[0].population, 24800000);
    assert_string_equal(b.items[1].source, "");
    assert_int_equal(b.items[1].span.to, day_of("2024-06-30"));
    assert_int_equal(b.items[1].count_before, -1);
    assert_int_equal(b.items[1].population, -1);
    benchmarks_free(&b);
    desk_free(&d);
}

static void an_earlier_state_lacks_later_figures(void **state)
{
    (void)state;
    struct desk d;
    struct benchmarks b;
    int64_t before;
    desk_new(&d);
    assert_true(store_last_load(d.store, &before, NULL));
    loads(&d, "benchmarks", "name,category,period,count\nA,XHTE,2024,7\n");
    assert_true(benchmarks_read(&b, d.store, before, &d.directory, NULL));
    assert_int_equal(b.count, 0);
    benchmarks_free(&b);
    desk_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_come_with_what_is_loaded_of_them),
        cmocka_unit_test(an_earlier_state_lacks_later_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
