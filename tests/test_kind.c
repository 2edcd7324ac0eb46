#include "check.h"

#include <string.h>

#include "base/text.h"
#include "ingest/kind.h"
#include "ingest/lists.h"
#include "ingest/match.h"

static void kinds_are_found_by_name_and_by_number(void **state)
{
    (void)state;
    assert_ptr_equal(kind_find("counts"), kind_of(KIND_COUNTS));
    assert_null(kind_find("count"));
    assert_null(kind_find(""));
    assert_null(kind_find(NULL));
    assert_null(kind_of(KIND_TOTAL));
    for (int k = 0; k < KIND_TOTAL; k++) {
        assert_int_equal(kind_of((enum kind_id)k)->id, k);
        assert_ptr_equal(kind_find(kind_of((enum kind_id)k)->name), kind_of((enum kind_id)k));
        assert_true(kind_of((enum kind_id)k)->column_count <= ROW_SLOTS);
    }
}

static void check_slot(enum kind_id kind, size_t slot, const char *name)
{
    assert_string_equal(kind_of(kind)->columns[slot].name, name);
}

static void slots_stand_in_the_order_of_the_enums(void **state)
{
    (void)state;
    check_slot(KIND_INCIDENTS, INC_CASE_ID, "case_id");
    check_slot(KIND_INCIDENTS, INC_INTAKE, "intake");
    check_slot(KIND_INCIDENTS, INC_SOLVED_ON, "solved_on");
    check_slot(KIND_INCIDENTS, INC_OFFENDERS_U18, "offenders_u18");
    check_slot(KIND_OUTCOMES, INC_FACTORS, "factors");
    check_slot(KIND_OUTCOMES, INC_SYNTHETIC, "synthetic");
    check_slot(KIND_COUNTS, CNT_FROM, "period");
    check_slot(KIND_COUNTS, CNT_BASIS, "basis");
    check_slot(KIND_COUNTS, CNT_SOLVED, "solved");
    check_slot(KIND_COUNTS, CNT_CALENDAR, "calendar");
    check_slot(KIND_COVERAGE, COV_TOTAL, "total");
    check_slot(KIND_UNITS, UNIT_AREA_KM2, "area_km2");
    check_slot(KIND_CATEGORIES, CAT_VALID_TO, "valid_to");
    check_slot(KIND_TARGETS, TGT_NOTE, "note");
}

/* A head must not fit two columns of a kind: the second would never be found. */
static void no_name_or_alias_means_two_columns_of_a_kind(void **state)
{
    (void)state;
    for (int k = 0; k < KIND_TOTAL; k++) {
        struct column_names c;
        assert_true(column_names_init(&c, kind_of((enum kind_id)k), NULL));
        for (size_t i = 0; i < c.count; i++)
            for (size_t j = 0; j < i; j++)
                if (!strcmp(c.names[i].key, c.names[j].key))
                    fail_msg("%s: '%s' twice", c.kind->name, c.names[i].key);
        column_names_free(&c);
    }
}

static void a_column_is_known_by_its_name_or_alias(void **state)
{
    (void)state;
    struct column_names c;
    assert_true(column_names_init(&c, kind_of(KIND_INCIDENTS), NULL));
    assert_int_equal(column_names_find(&c, "case_id"), INC_CASE_ID);
    assert_int_equal(column_names_find(&c, "Case ID"), INC_CASE_ID);
    assert_int_equal(column_names_find(&c, "MÃ VỤ"), INC_CASE_ID);
    assert_int_equal(column_names_find(&c, "ngay tiep nhan"), INC_RECEIVED_ON);
    assert_int_equal(column_names_find(&c, "NgayKhoiTo"), INC_PROSECUTED_ON);
    assert_int_equal(column_names_find(&c, "parent"), ROLE_PARENT);
    assert_int_equal(column_names_find(&c, "-"), ROLE_LEFT_OUT);
    assert_int_equal(column_names_find(&c, "họ tên"), ROLE_UNKNOWN);
    assert_int_equal(column_names_find(&c, ""), ROLE_UNKNOWN);
    column_names_free(&c);
    assert_true(column_names_init(&c, kind_of(KIND_UNITS), NULL));
    assert_int_equal(column_names_find(&c, "parent"), UNIT_PARENT);
    column_names_free(&c);
}

/* ---- lists ---- */

static void check_items(const struct lists *l, const char *list, const char *const codes[],
                        size_t n)
{
    size_t count;
    const struct list_item *items = lists_items(l, list, &count);
    assert_int_equal(count, n);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(items[i].code, codes[i]);
}

#define CHECK_ITEMS(l, list, ...)                                                                  \
    do {                                                                                           \
        static const char *const codes[] = {__VA_ARGS__};                                          \
        check_items(l, list, codes, sizeof codes / sizeof codes[0]);                               \
    } while (0)

/* Items' numbers are what the store keeps and what code compares with the enums. */
static void lists_stand_in_the_order_of_the_enums(void **state)
{
    (void)state;
    struct lists *l;
    assert_true(lists_new(&l, NULL));
    CHECK_ITEMS(l, "outcome", "prosecuted", "administrative", "diverted", "not_prosecuted",
                "unfounded", "suspended", "transferred", "open");
    assert_int_equal(lists_find(l, "outcome", "transferred", 11), OUTCOME_TRANSFERRED);
    assert_int_equal(lists_find(l, "outcome", "open", 4), OUTCOME_OPEN);
    CHECK_ITEMS(l, "intake", "denunciation", "report", "recommendation");
    CHECK_ITEMS(l, "basis", "received", "occurred", "prosecuted");
    CHECK_ITEMS(l, "target_kind", "reduction", "rate", "count");
    CHECK_ITEMS(l, "target_op", ">", ">=", "none");
    assert_int_equal(lists_find(l, "target_op", "none", 4), OP_NONE);
    CHECK_ITEMS(l, "rate_source", "cases", "accepted", "resolved", "solved", "victims", "supported",
                "indicator");
    assert_int_equal(lists_find(l, "rate_source", "indicator", 9), RATE_INDICATOR);
    CHECK_ITEMS(l, "event_action", "mark", "step", "exclude");
    lists_delete(l);
}

static int find(const struct lists *l, const char *list, const char *text)
{
    return lists_find(l, list, text, strlen(text));
}

static void an_item_is_found_by_code_name_and_alias(void **state)
{
    (void)state;
    struct lists *l;
    assert_true(lists_new(&l, NULL));
    assert_int_equal(find(l, "outcome", "Khởi tố"), OUTCOME_PROSECUTED);
    assert_int_equal(find(l, "outcome", "khoi to"), OUTCOME_PROSECUTED);
    assert_int_equal(find(l, "outcome", "XLHC"), OUTCOME_ADMINISTRATIVE);
    assert_int_equal(find(l, "outcome", "Not prosecuted"), OUTCOME_NOT_PROSECUTED);
    assert_int_equal(find(l, "outcome", "maybe"), -1);
    assert_int_equal(find(l, "no such list", "open"), -1);
    assert_int_equal(find(l, "target_op", ">="), OP_AT_LEAST);
    assert_int_equal(find(l, "target_op", "≥"), OP_AT_LEAST);
    assert_int_equal(find(l, "target_op", ">"), OP_GREATER);
    assert_int_equal(find(l, "target_op", "="), -1);
    assert_int_equal(find(l, "target_op", ""), -1);
    lists_delete(l);
}

static const char *band(const struct lists *l, const char *list, const char *text)
{
    size_t count;
    int item = find(l, list, text);
    return item < 0 ? "" : lists_items(l, list, &count)[item].code;
}

static void an_exact_age_gives_its_band(void **state)
{
    (void)state;
    struct lists *l;
    assert_true(lists_new(&l, NULL));
    assert_string_equal(band(l, "victim_age_band", "0"), "under_6");
    assert_string_equal(band(l, "victim_age_band", "5"), "under_6");
    assert_string_equal(band(l, "victim_age_band", "6"), "6_12");
    assert_string_equal(band(l, "victim_age_band", "12 tuổi"), "6_12");
    assert_string_equal(band(l, "victim_age_band", "13"), "13_15");
    assert_string_equal(band(l, "victim_age_band", "17"), "16_17");
    assert_string_equal(band(l, "victim_age_band", "18"), "18_plus");
    assert_string_equal(band(l, "victim_age_band", "120"), "18_plus");
    assert_string_equal(band(l, "victim_age_band", "121"), "");
    assert_string_equal(band(l, "victim_age_band", "-3"), "");
    assert_string_equal(band(l, "victim_age_band", "6-12"), "6_12");
    assert_string_equal(band(l, "offender_age_band", "13"), "under_14");
    assert_string_equal(band(l, "offender_age_band", "14"), "14_15");
    assert_int_equal(find(l, "outcome", "12"), -1);
    lists_delete(l);
}

/* Every list that a column names exists, and masks have room for its items. */
static void every_list_of_a_column_exists(void **state)
{
    (void)state;
    struct lists *l;
    assert_true(lists_new(&l, NULL));
    for (int k = 0; k < KIND_TOTAL; k++)
        for (size_t i = 0; i < kind_of((enum kind_id)k)->column_count; i++) {
            const struct kind_column *c = &kind_of((enum kind_id)k)->columns[i];
            size_t count = 1;
            if (c->type == SLOT_LIST || c->type == SLOT_LISTS)
                lists_items(l, c->list, &count);
            assert_in_range(count, 1, 63);
        }
    lists_delete(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_are_found_by_name_and_by_number),
        cmocka_unit_test(slots_stand_in_the_order_of_the_enums),
        cmocka_unit_test(no_name_or_alias_means_two_columns_of_a_kind),
        cmocka_unit_test(a_column_is_known_by_its_name_or_alias),
        cmocka_unit_test(lists_stand_in_the_order_of_the_enums),
        cmocka_unit_test(an_item_is_found_by_code_name_and_alias),
        cmocka_unit_test(an_exact_age_gives_its_band),
        cmocka_unit_test(every_list_of_a_column_exists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
