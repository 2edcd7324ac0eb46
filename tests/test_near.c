/* How far words are apart, and which one was meant. */
#include "check.h"

#include <string.h>

#include "base/near.h"

static void known_distances(void **state)
{
    (void)state;
    assert_int_equal(near_distance("kitten", "sitting", 9), 3); /* Wagner & Fischer's example */
    assert_int_equal(near_distance("", "abc", 9), 3);
    assert_int_equal(near_distance("abc", "", 9), 3);
    assert_int_equal(near_distance("", "", 0), 0);
    assert_int_equal(near_distance("ab", "ba", 9), 2);
}

static void distance_is_the_same_both_ways_and_stops_at_its_bound(void **state)
{
    (void)state;
    static const char *const words[] = {"",         "a",   "tinh hinh", "tinh hinh chung",
                                        "ket luan", "aaaa"};
    for (size_t i = 0; i < 6; i++)
        for (size_t j = 0; j < 6; j++)
            for (size_t most = 0; most < 20; most++) {
                size_t whole = near_distance(words[i], words[j], 1000);
                size_t want = whole < most + 1 ? whole : most + 1;
                assert_int_equal(near_distance(words[i], words[j], most), want);
                assert_int_equal(near_distance(words[j], words[i], most), want);
            }
}

static void words_of_any_length_are_compared(void **state)
{
    (void)state;
    char a[2000], b[2000];
    memset(a, 'x', sizeof a);
    memset(b, 'x', sizeof b);
    a[1999] = b[1999] = '\0';
    b[100] = 'y';
    assert_int_equal(near_distance(a, b, 5), 1);
    b[100] = 'x';
    b[1500] = 'y'; /* behind what is compared */
    assert_int_equal(near_distance(a, b, 5), 0);
}

static void the_first_of_the_nearest_is_kept_and_the_far_is_not(void **state)
{
    (void)state;
    struct near_word near = {0};
    near_offer(&near, "forcast", "briefing", "briefing", 3);
    assert_null(near.word);
    near_offer(&near, "forcast", "forecasts", "A", 3);
    near_offer(&near, "forcast", "forecast", "B", 3);
    near_offer(&near, "forcast", "forcasts", "C", 3);
    assert_string_equal(near.word, "B");
    assert_int_equal(near.distance, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_distances),
        cmocka_unit_test(distance_is_the_same_both_ways_and_stops_at_its_bound),
        cmocka_unit_test(words_of_any_length_are_compared),
        cmocka_unit_test(the_first_of_the_nearest_is_kept_and_the_far_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
