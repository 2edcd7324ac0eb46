/* What became of every unit on the boundaries of one day. */
#include <math.h>

#include "fixtures_reform.h"

static void a_unit_that_exists_on_the_day_stays(void **state)
{
    (void)state;
    struct reform r;
    reform_new(&r, DIVIDED);
    reform_on(&r, "2025-12-31", SPLIT_NONE);
    assert_int_equal(line_of(&r, "N1")->fate, FATE_STAYS);
    assert_int_equal(line_of(&r, "P")->fate, FATE_STAYS);
    reform_on(&r, "2024-12-31", SPLIT_NONE);
    assert_int_equal(line_of(&r, "A")->fate, FATE_STAYS);
    assert_int_equal(line_of(&r, "D")->fate, FATE_STAYS);
    reform_free(&r);
}

static void the_day_of_the_reform_belongs_to_the_new_units(void **state)
{
    (void)state;
    struct reform r;
    reform_new(&r, DIVIDED);
    reform_on(&r, "2025-07-01", SPLIT_NONE);
    assert_int_equal(line_of(&r, "B")->fate, FATE_WHOLE);
    reform_on(&r, "2025-06-30", SPLIT_NONE);
    assert_int_equal(line_of(&r, "B")->fate, FATE_STAYS);
    assert_int_equal(line_of(&r, "N3")->fate, FATE_DIVIDED);
    reform_free(&r);
}

static void a_merged_unit_is_whole_in_its_heir_over_several_reforms(void **state)
{
    (void)state;
    struct reform r;
    reform_new(&r, "");
    reform_on(&r, "2025-12-31", SPLIT_NONE);
    assert_int_equal(line_of(&r, "A1")->fate, FATE_WHOLE);
    assert_heirs(&r, "A1", "N1 1");
    assert_heirs(&r, "A", "N1 1");
    reform_on(&r, "2023-12-31", SPLIT_NONE);
    assert_heirs(&r, "A1", "A 1");
    reform_free(&r);
}

static void a_divided_unit_has_several_heirs_and_unknown_shares(void **state)
{
    (void)state;
    struct reform r;
    reform_new(&r, DIVIDED);
    reform_on(&r, "2025-12-31", SPLIT_NONE);
    assert_int_equal(line_of(&r, "X")->fate, FATE_DIVIDED);
    assert_heirs(&r, "X", "N2 ?, N3 ?");
    assert_false(r.lineage.guessed);
    reform_free(&r);
}

static void loaded_shares_are_kept(void **state)
{
    (void)state;
    struct reform r;
    reform_new(&r, SHARED);
    reform_on(&r, "2025-12-31", SPLIT_EQUAL);
    assert_int_equal(line_of(&r, "X")->fate, FATE_SHARED);
    assert_heirs(&r, "X", "N2 0.6, N3 0.4");
    assert_false(r.lineage.guessed);
    reform_free(&r);
}

static void a_guess_weighs_the_heirs(void **state)
{
    (void)state;
    struct reform r;
    reform_new(&r, DIVIDED);
    reform_on(&r, "2025-12-31", SPLIT_AREA);
    assert_heirs(&r, "X", "N2 0.2, N3 0.8");
    assert_true(r.lineage.guessed);
    reform_on(&r, "2025-12-31", SPLIT_EQUAL);
    assert_heirs(&r, "X", "N2 0.5, N3 0.5");
    loads(&r.desk, "population", "unit,year,population\nN2,2025,900\nN2,2026,3000\nN3,2025,1000\n");
    reform_on(&r, "2025-12-31", SPLIT_POPULATION);
    assert_heirs(&r, "X", "N2 0.75, N3 0.25");
    reform_free(&r);
}

static void where_a_weight_is_missing_nothing_is_guessed(void **state)
{
    (void)state;
    struct reform r;
    reform_new(&r, DIVIDED);
    loads(&r.desk, "population", "unit,year,population\nN2,2025,900\n");
    reform_on(&r, "2025-12-31", SPLIT_POPULATION);
    assert_heirs(&r, "X", "N2 ?, N3 ?");
    assert_int_equal(line_of(&r, "X")->fate, FATE_DIVIDED);
    assert_false(r.lineage.guessed);
    reform_free(&r);
}

static void what_was_divided_and_merged_again_is_whole(void **state)
{
    (void)state;
    struct reform r;
    reform_new(&r, DIVIDED);
    const struct options update = {.update = true};
    loads_with(&r.desk, "units",
               "unit,name,parent,level,valid_from,valid_to\n"
               "N2,Xã N2,P,commune,2025-07-01,2026-12-31\n"
               "N3,Xã N3,P,commune,2025-07-01,2026-12-31\n"
               "Z,Xã Z,P,commune,2027-01-01,\n",
               update);
    loads(&r.desk, "successions", "old_unit,new_unit,on\nN2,Z,2027-01-01\nN3,Z,2027-01-01\n");
    reform_on(&r, "2027-06-30", SPLIT_NONE);
    assert_int_equal(line_of(&r, "X")->fate, FATE_WHOLE);
    assert_int_equal(line_of(&r, "X")->heir_count, 1);
    reform_free(&r);
}

static void shares_multiply_along_the_way(void **state)
{
    (void)state;
    struct reform r;
    reform_new(&r, SHARED);
    const struct options update = {.update = true};
    loads_with(&r.desk, "units",
               "unit,name,parent,level,valid_from,valid_to\n"
               "N2,Xã N2,P,commune,2025-07-01,2026-12-31\n"
               "Z1,Xã Z1,P,commune,2027-01-01,\nZ2,Xã Z2,P,commune,2027-01-01,\n",
               update);
    loads(&r.desk, "successions",
          "old_unit,new_unit,on,share\nN2,Z1,2027-01-01,0.5\nN2,Z2,2027-01-01,0.5\n");
    reform_on(&r, "2027-06-30", SPLIT_NONE);
    assert_heirs(&r, "X", "N3 0.4, Z1 0.3, Z2 0.3");
    reform_free(&r);
}

static void backward_a_merged_unit_is_divided_among_its_predecessors(void **state)
{
    (void)state;
    struct reform r;
    reform_new(&r, DIVIDED);
    reform_on(&r, "2024-12-31", SPLIT_NONE);
    assert_int_equal(line_of(&r, "N1")->fate, FATE_DIVIDED);
    assert_heirs(&r, "N1", "A ?, B ?");
    assert_heirs(&r, "N2", "C ?, X ?");
    reform_on(&r, "2021-06-30", SPLIT_NONE);
    assert_heirs(&r, "N1", "A1 ?, A2 ?, B ?");
    reform_free(&r);
}

static void backward_a_guess_weighs_the_predecessors(void **state)
{
    (void)state;
    struct reform r;
    reform_new(&r, SHARED);
    loads(&r.desk, "population", "unit,year,population\nC,2024,400\nX,2024,1000\nY,2024,600\n");
    reform_on(&r, "2024-12-31", SPLIT_POPULATION);
    assert_heirs(&r, "N2", "C 0.4, X 0.6"); /* 400 and 0.6 of 1000 */
    assert_heirs(&r, "N3", "X 0.4, Y 0.6"); /* 0.4 of 1000 and 600 */
    reform_free(&r);
}

static void a_district_that_lost_every_commune_is_above_their_heirs(void **state)
{
    (void)state;
    struct reform r;
    reform_new(&r, DIVIDED);
    reform_on(&r, "2025-12-31", SPLIT_NONE);
    assert_int_equal(line_of(&r, "D")->fate, FATE_ABOVE);
    assert_heirs(&r, "D", "N1 ?, N2 ?");
    assert_int_equal(line_of(&r, "D/?")->fate, FATE_ABOVE);
    assert_heirs(&r, "E", "N2 ?, N3 ?");
    reform_free(&r);
}

static void a_district_with_a_commune_of_unknown_fate_stays(void **state)
{
    (void)state;
    struct reform r;
    reform_new(&r, "");
    reform_on(&r, "2025-12-31", SPLIT_NONE);
    assert_int_equal(line_of(&r, "X")->fate, FATE_STAYS);
    assert_int_equal(line_of(&r, "E")->fate, FATE_STAYS);
    assert_int_equal(line_of(&r, "E")->heir_count, 0);
    reform_free(&r);
}

static void a_predecessor_that_is_not_loaded_is_named_through_every_reform(void **state)
{
    (void)state;
    struct reform r;
    reform_new(&r, "old_unit,new_unit,on\n99001,A,2022-01-01\n99002,N2,2025-07-01\n");
    reform_on(&r, "2025-12-31", SPLIT_NONE);
    assert_string_equal(line_of(&r, "N1")->missing, "99001");
    assert_int_equal(line_of(&r, "N1")->missing_before, day_of("2022-01-01"));
    assert_string_equal(line_of(&r, "N2")->missing, "99002");
    assert_int_equal(line_of(&r, "N3")->missing_before, DAY_NONE);
    reform_on(&r, "2024-12-31", SPLIT_NONE);
    assert_string_equal(line_of(&r, "A")->missing, "99001");
    assert_true(line_of(&r, "N2")->leaves);
    assert_int_equal(line_of(&r, "N2")->fate, FATE_DIVIDED);
    assert_heirs(&r, "N2", "C ?");
    reform_free(&r);
}

static void without_successions_everything_stays(void **state)
{
    (void)state;
    struct reform r = {0};
    desk_new(&r.desk);
    loads(&r.desk, "units", reform_units);
    reform_on(&r, "2025-12-31", SPLIT_NONE);
    assert_false(r.lineage.any);
    for (size_t u = 0; u < r.desk.directory.unit_count; u++)
        assert_int_equal(r.lineage.units[u].fate, FATE_STAYS);
    reform_free(&r);
}

static void a_code_used_again_is_another_unit(void **state)
{
    (void)state;
    struct reform r = {0};
    desk_new(&r.desk);
    loads(&r.desk, "units",
          "unit,name,valid_from,valid_to\n"
          "70001,Cũ,2010-01-01,2025-06-30\n70002,Kia,2010-01-01,2025-06-30\n"
          "70001,Mới,2025-07-01,\n");
    loads(&r.desk, "successions",
          "old_unit,new_unit,on\n70001,70001,2025-07-01\n70002,70001,2025-07-01\n");
    reform_on(&r, "2025-12-31", SPLIT_NONE);
    size_t old = directory_unit_by_code(&r.desk.directory, "70001", day_of("2025-01-01"));
    size_t new = directory_unit_by_code(&r.desk.directory, "70001", day_of("2025-12-31"));
    assert_int_not_equal(old, new);
    assert_int_equal(r.lineage.units[old].fate, FATE_WHOLE);
    assert_int_equal(r.lineage.units[old].heirs[0].unit, new);
    assert_int_equal(r.lineage.units[new].fate, FATE_STAYS);
    reform_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_unit_that_exists_on_the_day_stays),
        cmocka_unit_test(the_day_of_the_reform_belongs_to_the_new_units),
        cmocka_unit_test(a_merged_unit_is_whole_in_its_heir_over_several_reforms),
        cmocka_unit_test(a_divided_unit_has_several_heirs_and_unknown_shares),
        cmocka_unit_test(loaded_shares_are_kept),
        cmocka_unit_test(a_guess_weighs_the_heirs),
        cmocka_unit_test(where_a_weight_is_missing_nothing_is_guessed),
        cmocka_unit_test(what_was_divided_and_merged_again_is_whole),
        cmocka_unit_test(shares_multiply_along_the_way),
        cmocka_unit_test(backward_a_merged_unit_is_divided_among_its_predecessors),
        cmocka_unit_test(backward_a_guess_weighs_the_predecessors),
        cmocka_unit_test(a_district_that_lost_every_commune_is_above_their_heirs),
        cmocka_unit_test(a_district_with_a_commune_of_unknown_fate_stays),
        cmocka_unit_test(a_predecessor_that_is_not_loaded_is_named_through_every_reform),
        cmocka_unit_test(without_successions_everything_stays),
        cmocka_unit_test(a_code_used_again_is_another_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
