/* Which heir each case of a divided unit is counted for. */
#include <math.h>

#include "fixtures_reform.h"

#include "series/allotment.h"

static void every_heir_is_within_one_of_its_share_after_any_number_of_cases(void **state)
{
    (void)state;
    static const struct heir heirs[2] = {{0, 0.6}, {1, 0.4}};
    int64_t n[2] = {0};
    for (int64_t all = 1; all <= 1000; all++) {
        allotment_next(heirs, 2, n);
        assert_int_equal(n[0] + n[1], all);
        assert_true(fabs((double)n[0] - 0.6 * (double)all) < 1);
    }
}

static void ten_cases_of_six_and_four_tenths_are_six_and_four(void **state)
{
    (void)state;
    static const struct heir heirs[2] = {{0, 0.6}, {1, 0.4}};
    int64_t n[2] = {0}, given[2];
    allotment_deal(heirs, 2, n, 10, given);
    assert_int_equal(given[0], 6);
    assert_int_equal(given[1], 4);
}

static void dealing_at_once_gives_what_dealing_piecewise_gives(void **state)
{
    (void)state;
    static const struct heir heirs[3] = {{0, 0.5}, {1, 0.3}, {2, 0.2}};
    int64_t once[3] = {0}, piecewise[3] = {0}, given[3], sum[3] = {0};
    allotment_deal(heirs, 3, once, 777, given);
    for (int64_t left = 777; left > 0; left -= 7) {
        int64_t part[3];
        allotment_deal(heirs, 3, piecewise, 7, part);
        for (int i = 0; i < 3; i++)
            sum[i] += part[i];
    }
    for (int i = 0; i < 3; i++) {
        assert_int_equal(given[i], sum[i]);
        assert_int_equal(once[i], piecewise[i]);
    }
}

static void large_amounts_are_dealt_to_the_last(void **state)
{
    (void)state;
    static const struct heir heirs[3] = {{0, 1 / 3.0}, {1, 1 / 3.0}, {2, 1 / 3.0}};
    int64_t n[3] = {0}, given[3];
    allotment_deal(heirs, 3, n, 10000000000, given);
    assert_int_equal(given[0] + given[1] + given[2], 10000000000);
    for (int i = 0; i < 3; i++)
        assert_true(fabs((double)given[i] - 1e10 / 3) < 2);
}

static void a_share_of_nothing_gets_nothing(void **state)
{
    (void)state;
    static const struct heir heirs[2] = {{0, 1}, {1, 0}};
    int64_t n[2] = {0};
    for (int i = 0; i < 100; i++)
        assert_int_equal(allotment_next(heirs, 2, n), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_heir_is_within_one_of_its_share_after_any_number_of_cases),
        cmocka_unit_test(ten_cases_of_six_and_four_tenths_are_six_and_four),
        cmocka_unit_test(dealing_at_once_gives_what_dealing_piecewise_gives),
        cmocka_unit_test(large_amounts_are_dealt_to_the_last),
        cmocka_unit_test(a_share_of_nothing_gets_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
