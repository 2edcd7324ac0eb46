/* The id that `add` gives a case which comes without one. */
#include "fixtures_typed.h"

#include "cli/case_id.h"

static void assert_proposed(struct desk *k, const char *unit, const char *on, const char *want)
{
    struct session s;
    struct request r;
    struct err e = {0};
    struct buf id = {0};
    day d;
    bool impossible;
    typed_start(&s, &r, k, LANG_EN);
    assert_true(day_parse(on, strlen(on), &d, &impossible));
    size_t at = directory_unit_by_code(&s.directory, unit, DAY_NONE);
    assert_true(at != NO_ENTRY);
    assert_true(case_id_propose(&s, "872", at, d, &id, &e));
    assert_string_equal(buf_text(&id), want);
    buf_free(&id);
    typed_end(&s);
}

static void the_first_case_is_named_after_unit_and_year(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    assert_proposed(&k, "30037", "2024-05-03", "30037-2024-001");
    loads(&k, "incidents", CASES "30037-2024-001,30037,XHTE,2024-05-03\n");
    assert_proposed(&k, "30037", "2024-05-03", "30037-2024-002");
    assert_proposed(&k, "30037", "2025-01-01", "30037-2025-001");
    assert_proposed(&k, "30040", "2024-05-03", "30040-2024-001");
    desk_free(&k);
}

static void the_form_of_the_other_ids_is_kept(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents",
          CASES "TM-2023-0041,30037,XHTE,2023-05-03\nTM-2024-0009,30040,XHTE,2024-05-03\n"
                "TM-2024-0007,30040,U18,2024-05-04\nx,30040,U18,2024-05-04\n");
    assert_proposed(&k, "30037", "2024-06-01", "TM-2024-0010");
    assert_proposed(&k, "30037", "2023-06-01", "TM-2023-0042");
    assert_proposed(&k, "30037", "2022-06-01", "TM-2022-0001");
    desk_free(&k);
}

static void numbers_without_a_year_run_on(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents", CASES "9,30037,XHTE,2023-05-03\n8,30040,XHTE,2024-05-03\n");
    assert_proposed(&k, "30037", "2024-06-01", "10");
    desk_free(&k);
}

static void where_ids_have_no_common_form_the_usual_one_is_taken(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents",
          CASES "a1,30037,XHTE,2023-05-03\nb7,30040,XHTE,2024-05-03\nc,30040,XHTE,2024-05-03\n");
    assert_proposed(&k, "30037", "2024-06-01", "30037-2024-001");
    desk_free(&k);
}

/* An id that is numbered in another year than its case's. */
static void a_number_that_is_taken_is_passed_over(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "incidents",
          CASES "T-2024-1,30037,XHTE,2024-05-03\nT-2024-2,30040,XHTE,2024-05-03\n"
                "T-2024-3,30040,XHTE,2023-12-31\n");
    assert_proposed(&k, "30037", "2024-06-01", "T-2024-4");
    desk_free(&k);
}

static void the_number_of_a_case_that_is_gone_is_not_given_again(void **state)
{
    (void)state;
    struct desk k;
    struct err e = {0};
    int64_t undone, made;
    desk_new(&k);
    loads(&k, "incidents", CASES "T-2024-1,30037,XHTE,2024-05-03\n");
    loads(&k, "incidents", CASES "T-2024-2,30037,XHTE,2024-05-04\n");
    assert_true(store_undo(k.store, 4, &undone, &made, &e));
    assert_proposed(&k, "30037", "2024-06-01", "T-2024-3");
    desk_free(&k);
}

static void other_sources_numbers_do_not_count(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads_with(&k, "incidents", CASES "T-2024-5,30037,XHTE,2024-05-03\n",
               (struct options){.source = "B"});
    assert_proposed(&k, "30037", "2024-06-01", "30037-2024-001");
    desk_free(&k);
}

static void an_unknown_place_has_its_parents_code(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    assert_proposed(&k, "872/?", "2024-06-01", "872-2024-001");
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_case_is_named_after_unit_and_year),
        cmocka_unit_test(the_form_of_the_other_ids_is_kept),
        cmocka_unit_test(numbers_without_a_year_run_on),
        cmocka_unit_test(where_ids_have_no_common_form_the_usual_one_is_taken),
        cmocka_unit_test(a_number_that_is_taken_is_passed_over),
        cmocka_unit_test(the_number_of_a_case_that_is_gone_is_not_given_again),
        cmocka_unit_test(other_sources_numbers_do_not_count),
        cmocka_unit_test(an_unknown_place_has_its_parents_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
