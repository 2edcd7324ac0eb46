/* test_risk_peers.c: distances against R 4.2, and who is nearest. */
#include "check.h"

#include "risk/peers.h"

/* R: x <- cbind(log(c(12000, 9000, 15000, 30000, 8000)), c(0.1, 0.3, 0.2, 0.05, 0.4))
 *    as.matrix(dist(scale(x)))[2, ] */
static void distances_agree_with_r(void **state)
{
    double feature[] = {log(12000), log(9000), log(15000), log(30000), log(8000),
                        0.1,        0.3,       0.2,        0.05,       0.4};
    double expected[] = {1.501023402871976, 0, 1.199805891739915, 2.8871585939886,
                         0.7337594323527799};
    double distance[5];
    (void)state;
    assert_true(peers_distances(feature, 5, 2, 1, distance));
    for (size_t i = 0; i < 5; i++)
        CHECK_NEAR(distance[i], expected[i], 1e-12, 1e-15);
}

static void unit_of_measure_does_not_matter(void **state)
{
    double feature[] = {1, 4, 9, 16, 5, 3, 8, 1};
    double scaled[] = {100, 400, 900, 1600, 0.5, 0.3, 0.8, 0.1};
    double a[4], b[4];
    (void)state;
    assert_true(peers_distances(feature, 4, 2, 2, a) && peers_distances(scaled, 4, 2, 2, b));
    for (size_t i = 0; i < 4; i++)
        CHECK_NEAR(a[i], b[i], 1e-12, 1e-15);
    CHECK_NEAR(a[2], 0, 0, 0);
}

static void feature_that_is_the_same_everywhere_adds_nothing(void **state)
{
    double feature[] = {1, 2, 3, 7, 7, 7}, distance[3];
    (void)state;
    assert_true(peers_distances(feature, 3, 2, 0, distance));
    CHECK_NEAR(distance[1], 1, 1e-15, 0);
    CHECK_NEAR(distance[2], 2, 1e-15, 0);
}

/* R: sd(c(1, 3)) = 1.414214 */
static void unit_with_a_gap_takes_no_part(void **state)
{
    double feature[] = {1, NAN, 3, 100, 5, 6, 7, NAN}, distance[4];
    (void)state;
    assert_true(peers_distances(feature, 4, 2, 0, distance));
    assert_true(isnan(distance[1]) && isnan(distance[3]));
    CHECK_NEAR(distance[2], 2, 1e-12, 0); /* each feature 2 / sqrt(2) */
    assert_false(peers_distances(feature, 4, 2, 1, distance));
    assert_true(isnan(distance[0]) && isnan(distance[2]));
    assert_false(peers_distances(feature, 4, 2, 9, distance));
}

static void nearest_come_first_and_never_the_unit_itself(void **state)
{
    double distance[] = {2, 0, 1, NAN, 1, 0.5, 3};
    size_t nearest[6];
    (void)state;
    assert_int_equal(peers_nearest(distance, 7, 1, 3, nearest), 3);
    assert_int_equal(nearest[0], 5);
    assert_int_equal(nearest[1], 2);
    assert_int_equal(nearest[2], 4);
    assert_int_equal(peers_nearest(distance, 7, 1, 6, nearest), 5);
    assert_int_equal(nearest[4], 6);
    assert_int_equal(peers_nearest(distance, 7, 1, 0, nearest), 0);
    assert_int_equal(peers_nearest(distance, 0, 0, 6, nearest), 0);
    assert_int_equal(peers_nearest(distance, 2, 1, 1, nearest), 1);
    assert_int_equal(nearest[0], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distances_agree_with_r),
        cmocka_unit_test(unit_of_measure_does_not_matter),
        cmocka_unit_test(feature_that_is_the_same_everywhere_adds_nothing),
        cmocka_unit_test(unit_with_a_gap_takes_no_part),
        cmocka_unit_test(nearest_come_first_and_never_the_unit_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
