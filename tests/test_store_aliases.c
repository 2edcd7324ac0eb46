/* Spellings that the office remembers, ids that it makes, and cases that may be one. */
#include "fixtures_store.h"

#define ALIASES "kind,spelling,code\n"

static const char *const remembered =
    "SELECT kind, spelling, root, code FROM alias WHERE load_to IS NULL ORDER BY 1, 2, 3";

static const char *unit_of(struct desk *k, const char *text, day at)
{
    static char code[80];
    struct buf why = {0};
    size_t found;
    bool ok = directory_find_unit(&k->directory, text, strlen(text), at, NO_ENTRY, false, LANG_EN,
                                  &found, &why);
    snprintf(code, sizeof code, "%s", ok ? k->directory.units[found].code : "-");
    buf_free(&why);
    return code;
}

static const char *category_of(struct desk *k, const char *text, const char *within)
{
    static char code[200];
    struct buf why = {0};
    size_t found, inside = within ? directory_category_by_code(&k->directory, within) : NO_ENTRY;
    bool ok = directory_find_category(&k->directory, text, strlen(text), DAY_NONE, inside, LANG_EN,
                                      &found, &why);
    snprintf(code, sizeof code, "%s", ok ? k->directory.categories[found].code : buf_text(&why));
    buf_free(&why);
    return code;
}

static void a_spelling_is_known_once_it_is_loaded_and_no_more_after_undo(void **state)
{
    (void)state;
    struct desk k;
    struct err e = {0};
    int64_t undone, undo;
    desk_new(&k);
    assert_string_equal(unit_of(&k, "Th. Lợi", DAY_NONE), "-");
    int64_t load = loads(&k, "aliases", ALIASES "unit,Th. Lợi,30040\n");
    assert_string_equal(unit_of(&k, "Th. Lợi", DAY_NONE), "30040");
    assert_string_equal(unit_of(&k, "xã TH LOI", DAY_NONE), "30040");
    assert_int_equal(loads(&k, "aliases", ALIASES "unit,th lợi,Thạnh Lợi\n"), 0);
    assert_true(store_undo(k.store, load, &undone, &undo, &e));
    desk_read(&k);
    assert_string_equal(unit_of(&k, "Th. Lợi", DAY_NONE), "-");
    desk_free(&k);
}

static void an_alias_is_of_the_unit_that_has_the_code_on_the_day(void **state)
{
    (void)state;
    struct desk k;
    desk_new_in(&k, "");
    loads(&k, "units",
          "unit,name,valid_from,valid_to\n1,Cũ,,2025-06-30\n1,Mới,2025-07-01,\n2,Hai,,\n");
    loads(&k, "aliases", ALIASES "unit,Đ.B,1\n");
    struct buf why = {0};
    size_t then, later;
    assert_true(directory_find_unit(&k.directory, "đb", 3, 20000, NO_ENTRY, false, LANG_EN, &then,
                                    &why) == false);
    assert_true(
        directory_find_unit(&k.directory, "Đ.B", 4, 20000, NO_ENTRY, false, LANG_EN, &then, &why));
    assert_true(
        directory_find_unit(&k.directory, "Đ.B", 4, 20300, NO_ENTRY, false, LANG_EN, &later, &why));
    assert_string_equal(k.directory.units[then].name, "Cũ");
    assert_string_equal(k.directory.units[later].name, "Mới");
    buf_free(&why);
    desk_free(&k);
}

static void an_alias_never_stands_before_a_name(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    assert_rejects(&k, "aliases", ALIASES "unit,hưng thạnh,30040\nunit,30043,30040\n",
                   (struct options){0},
                   "2 spelling: is a name of 30043 already: an alias cannot change that\n"
                   "3 spelling: is a name of 30043 already: an alias cannot change that\n");
    loads(&k, "aliases", ALIASES "unit,Hưng,30040\n");
    loads(&k, "units", "unit,name,parent\n30046,Hưng,872\n");
    assert_string_equal(unit_of(&k, "Hưng", DAY_NONE), "30046");
    desk_free(&k);
}

static void codes_that_are_not_there_are_refused(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    assert_rejects(
        &k, "aliases",
        ALIASES "unit,a,99\ncategory,b,XHTE.XX\nsetting,c,moon\nmoon,d,1\nunit,--,30040\n",
        (struct options){0},
        "2 code: unknown unit\n"
        "3 code: unknown category; nearest: Bạo lực (XHTE.BL), Tình dục (XHTE.TD)\n"
        "4 code: is no value of the list setting; it takes: family, school, public, "
        "care_facility, online, other, unknown\n"
        "5 kind: not in the list of alias_kind; listed: unit, category, intake, outcome, "
        "victim_age_band, victim_sex, offender_age_band, relation, setting, time_of_day, "
        "at_risk_group, factors\n"
        "6 spelling: has no letter or digit\n");
    desk_free(&k);
}

static void one_spelling_has_one_code(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    assert_rejects(&k, "aliases", ALIASES "unit,T.L,30040\nunit,t l,30043\n", (struct options){0},
                   "3 spelling: stands in this file twice: keep one of the rows\n");
    loads(&k, "aliases", ALIASES "unit,T.L,30040\nunit,t l,30040\n");
    assert_rejects(&k, "aliases", ALIASES "unit,T L,30043\n", (struct options){0},
                   "2 spelling: is there already with other values: load with --update to replace "
                   "them\n");
    loads_with(&k, "aliases", ALIASES "unit,T L,30043\n", (struct options){.update = true});
    assert_answer(&k, remembered, "0|t l||30043\n");
    desk_free(&k);
}

static void a_spelling_of_two_roots_is_settled_by_within(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "aliases", ALIASES "category,Đ.134,XHTE.BL\ncategory,Đ.134,U18.TTXH\n");
    assert_string_equal(category_of(&k, "đ 134", "XHTE"), "XHTE.BL");
    assert_string_equal(category_of(&k, "đ 134", "U18"), "U18.TTXH");
    assert_string_equal(
        category_of(&k, "đ 134", NULL),
        "ambiguous: Trật tự (U18.TTXH), Bạo lực (XHTE.BL): write the code, or load with "
        "--within U18 or --within XHTE");
    desk_free(&k);
}

/* What a sheet of that name takes the category for, or why it refuses it. */
static void assert_sheet(struct desk *k, const char *file, const char *category, const char *want)
{
    static int number;
    struct buf csv = {0}, ask = {0};
    buf_addf(&csv, CASES "A-%d,30040,%s,2024-05-03\n", ++number, category);
    struct loaded r = load_text(k, "incidents", csv.data, (struct options){.file = file});
    buf_addf(&ask,
             "SELECT s.key FROM incident i JOIN category_set s ON s.id = i.category_set"
             " WHERE case_id = 'A-%d'",
             number);
    if (r.ok)
        assert_answer(k, ask.data, want);
    else
        assert_string_equal(r.rejects, want);
    buf_free(&csv);
    buf_free(&ask);
}

static void a_sheet_called_after_an_axis_means_its_categories(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "aliases", ALIASES "category,Đ.134,XHTE.BL\ncategory,Đ.134,U18.TTXH\n");
    assert_sheet(&k, "bieu XHTE T5.csv", "Đ.134", "XHTE.BL\n");
    assert_sheet(&k, "U18/a.xlsx[U18]", "đ 134", "U18.TTXH\n");
    assert_sheet(&k, "XHTE.xlsx[U18 T5]", "đ 134", "U18.TTXH\n");
    assert_sheet(&k, "XHTE-U18.csv", "Đ.134",
                 "2 category: ambiguous: Trật tự (U18.TTXH), Bạo lực (XHTE.BL): write the code, or "
                 "load with --within U18 or --within XHTE\n");
    assert_sheet(&k, "U18.csv", "XHTE.TD", "XHTE.TD\n");
    assert_sheet(&k, "u18-2.csv", "bạo lực", "XHTE.BL\n");
    desk_free(&k);
}

static void an_alias_of_one_axis_is_not_heard_on_the_sheet_of_another(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "aliases", ALIASES "category,BLTE,XHTE.BL\n");
    assert_sheet(&k, "U18.csv", "BLTE", "2 category: unknown category\n");
    assert_sheet(&k, "XHTE.csv", "BLTE", "XHTE.BL\n");
    assert_sheet(&k, "b.csv", "BLTE", "XHTE.BL\n");
    desk_free(&k);
}

static void an_article_that_two_axes_have_is_settled_by_the_sheet_alone(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads_with(&k, "categories",
               "category,name,parent,articles\nXHTE.BL,Bạo lực,XHTE,134\n"
               "U18.TTXH,Trật tự,U18,134;173\n",
               (struct options){.update = true});
    loads(&k, "aliases", ALIASES "category,Đ.134,XHTE.BL\ncategory,Đ.173,U18.TTXH\n");
    assert_sheet(&k, "a.csv", "Đ.134",
                 "2 category: ambiguous: Bạo lực (XHTE.BL), Trật tự (U18.TTXH): write the code, or "
                 "load with --within XHTE or --within U18\n");
    assert_sheet(&k, "XHTE.csv", "Đ.134", "XHTE.BL\n");
    assert_sheet(&k, "c.csv", "Đ.173", "U18.TTXH\n");
    desk_free(&k);
}

static void a_suggestion_without_a_code_is_passed_over(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads(&k, "aliases",
          "\xEF\xBB\xBF"
          "cột;cách ghi trong tệp;số lần;gợi ý;tên gợi ý;mã đúng;có thể là\r\n"
          "Đơn vị;T.L;3;30043;Hưng Thạnh;30040;\r\nĐơn vị;abc;1;;;;\r\n");
    assert_answer(&k, remembered, "0|t l||30040\n");
    desk_free(&k);
}

static void lists_learn_their_aliases_behind_their_names(void **state)
{
    (void)state;
    struct desk k;
    struct err e = {0};
    desk_new(&k);
    loads(&k, "aliases", ALIASES "outcome,KT,prosecuted\nvictim_sex,b gái,female\n");
    assert_int_equal(lists_find(k.lists, "outcome", "kt", 2), -1);
    assert_true(directory_teach_lists(&k.directory, k.lists, &e));
    assert_int_equal(lists_find(k.lists, "outcome", "kt", 2), OUTCOME_PROSECUTED);
    assert_int_equal(lists_named(k.lists, "outcome", "kt", 2), -1);
    assert_true(lists_learn(k.lists, "outcome", "khởi tố", "open", &e));
    assert_int_equal(lists_find(k.lists, "outcome", "khoi to", 7), OUTCOME_PROSECUTED);
    desk_free(&k);
}

/* ---- ids ---- */

static const struct options make = {.make_ids = true};
#define NUMBERED "STT,unit,category,received_on,occurred_on,victims\n"

static void the_same_numbered_sheet_gives_the_same_ids(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads_with(&k, "incidents",
               NUMBERED "1,30040,XHTE.TD,2024-05-03,,1\n2,30040,XHTE,2024-06-03,,\n"
                        "1,30037,XHTE,2024-05-09,,\n1,30040,U18,,2024-05-30,\n"
                        "2.,30040,XHTE+U18,2024-05-03,,\n7,872,XHTE,2024-05-03,,\n",
               make);
    assert_answer(&k, "SELECT case_id FROM incident ORDER BY 1",
                  "30037-2024-05-XHTE-001\n30040-2024-05-U18-001\n30040-2024-05-U18.XHTE-002\n"
                  "30040-2024-05-XHTE-001\n30040-2024-06-XHTE-002\n872/_-2024-05-XHTE-007\n");
    assert_int_equal(loads_with(&k, "incidents", NUMBERED "1,30040,XHTE.TD,2024-05-03,,1\n", make),
                     0);
    struct loaded r = load_text(&k, "incidents", NUMBERED "1,30040,XHTE.BL,2024-05-04,,1\n",
                                (struct options){.make_ids = true, .update = true});
    assert_int_equal(r.changed, 1);
    assert_int_equal(r.added, 0);
    desk_free(&k);
}

static void two_rows_of_one_id_are_refused_with_both_lines(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    assert_rejects(&k, "incidents",
                   NUMBERED "1,30040,XHTE.TD,2024-05-03,,\n1,30040,XHTE.BL,2024-05-04,,\n"
                            "x,30040,XHTE,2024-05-04,,\n,30040,XHTE,2024-05-04,,\n"
                            "5,30040,,2024-05-04,,\n6,30040,XHTE,,,\n",
                   make,
                   "3 case_id: the number gives the id 30040-2024-05-XHTE-001, which a.csv:2 has: "
                   "one unit, month and axis has each number once\n"
                   "4 case_id: no running number (STT) of which to make an id\n"
                   "5 case_id: no running number (STT) of which to make an id\n"
                   "6 category: empty\n"
                   "7 : no date: give received_on, occurred_on or prosecuted_on\n");
    desk_free(&k);
}

static void ids_of_their_own_stay_and_plain_numbers_do_not(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    loads_with(&k, "incidents",
               CASES "1,30040,XHTE,2024-05-03\nTM-7,30040,XHTE,2024-05-03\n"
                     "123456,30040,XHTE,2024-05-03\n",
               make);
    assert_answer(&k, "SELECT case_id FROM incident ORDER BY 1",
                  "123456\n30040-2024-05-XHTE-001\nTM-7\n");
    desk_free(&k);
}

/* ---- cases that may be one ---- */

#define VICTIMS "case_id,unit,category,received_on,occurred_on,victims\n"

static bool add_pair(void *context, const struct suspect *a, const struct suspect *b, struct err *e)
{
    (void)e;
    buf_addf(context, "%s %s\n", a->case_id, b->case_id);
    return true;
}

/* Where chance cannot be told. */
static void assert_pairs(struct desk *k, const char *want)
{
    struct buf text = {0};
    struct suspect_sum sum;
    struct err e = {0};
    assert_true(store_each_suspect(k->store, STATE_NOW, &k->directory, add_pair, &text, &sum, &e));
    assert_string_equal(buf_text(&text), want);
    assert_true(isnan(sum.expected));
    buf_free(&text);
}

static void cases_alike_within_three_days_are_named(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    struct loaded r = load_text(&k, "incidents",
                                VICTIMS "A,30040,XHTE,2024-01-10,,1\nB,30040,XHTE,2024-01-13,,\n"
                                        "C,30040,XHTE,2024-01-14,,2\nD,30037,XHTE,2024-01-10,,1\n"
                                        "E,30040,XHTE.TD,2024-01-10,,1\nF,30040,U18,,2024-01-11,1\n"
                                        "G,872,XHTE,2024-01-10,,1\nH,872,XHTE,2024-01-10,,1\n",
                                (struct options){0});
    assert_true(r.ok);
    assert_string_equal(r.doubles, "A:2 F:7\nA:2 B:3\nE:6 F:7\nF:7 B:3\nB:3 C:4\n");
    r = load_text(&k, "incidents", VICTIMS "Z,30037,XHTE,2024-01-08,,\nY,30037,XHTE,2024-01-06,,\n",
                  (struct options){.check = true});
    assert_string_equal(r.doubles, "Y:3 Z:2\nZ:2 D:0\n");
    desk_free(&k);
}

/* 100 days, a case a day in one unit: 97 + 98 + 99 pairs of three, two, one days; 92 + … + 65 pairs
 * of 8 to 35, of which chance says 92 + … + 65 times (100 + 2·(99 + 98 + 97)) / (2·(92 + … + 65)) =
 * 344. */
static void the_number_by_chance_is_that_of_pairs_further_apart(void **state)
{
    (void)state;
    struct desk k;
    struct buf csv = {0}, text = {0};
    struct suspect_sum sum;
    struct err e = {0};
    desk_new(&k);
    buf_adds(&csv, CASES);
    for (int i = 0; i < 100; i++) {
        char on[11];
        day_text(19723 + i, on);
        buf_addf(&csv, "A-%d,30040,XHTE,%s\n", i, on);
    }
    loads(&k, "incidents", csv.data);
    assert_true(store_each_suspect(k.store, STATE_NOW, &k.directory, add_pair, &text, &sum, &e));
    assert_int_equal(sum.pairs, 97 + 98 + 99);
    CHECK_NEAR(sum.expected, 344, 0, 1e-9);
    buf_free(&csv);
    buf_free(&text);
    desk_free(&k);
}

static void in_less_than_two_months_chance_is_not_told(void **state)
{
    (void)state;
    struct desk k;
    desk_new(&k);
    assert_pairs(&k, "");
    loads(&k, "incidents", VICTIMS "A,30040,XHTE,2024-01-10,,1\nB,30040,XHTE,2024-01-10,,1\n");
    assert_pairs(&k, "A B\n");
    desk_free(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_spelling_is_known_once_it_is_loaded_and_no_more_after_undo),
        cmocka_unit_test(an_alias_is_of_the_unit_that_has_the_code_on_the_day),
        cmocka_unit_test(an_alias_never_stands_before_a_name),
        cmocka_unit_test(codes_that_are_not_there_are_refused),
        cmocka_unit_test(one_spelling_has_one_code),
        cmocka_unit_test(a_spelling_of_two_roots_is_settled_by_within),
        cmocka_unit_test(a_sheet_called_after_an_axis_means_its_categories),
        cmocka_unit_test(an_alias_of_one_axis_is_not_heard_on_the_sheet_of_another),
        cmocka_unit_test(an_article_that_two_axes_have_is_settled_by_the_sheet_alone),
        cmocka_unit_test(a_suggestion_without_a_code_is_passed_over),
        cmocka_unit_test(lists_learn_their_aliases_behind_their_names),
        cmocka_unit_test(the_same_numbered_sheet_gives_the_same_ids),
        cmocka_unit_test(two_rows_of_one_id_are_refused_with_both_lines),
        cmocka_unit_test(ids_of_their_own_stay_and_plain_numbers_do_not),
        cmocka_unit_test(cases_alike_within_three_days_are_named),
        cmocka_unit_test(the_number_by_chance_is_that_of_pairs_further_apart),
        cmocka_unit_test(in_less_than_two_months_chance_is_not_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
