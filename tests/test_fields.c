#include "fixtures_ingest.h"

#include "ingest/case_hash.h"
#include "ingest/cell_cache.h"
#include "ingest/fields.h"

static struct buf why;

static const char *reason(bool ok)
{
    return ok ? "" : buf_text(&why);
}

static int free_why(void **state)
{
    (void)state;
    buf_free(&why);
    return 0;
}

static void white_space_of_every_kind_is_taken_off_the_ends(void **state)
{
    (void)state;
    static const char *const texts[] = {"a b", " a b ",
                                        "\xC2\xA0"
                                        "a b\xC2\xA0\xC2\xA0",
                                        "\xEF\xBB\xBF"
                                        "a b\t",
                                        "\xE3\x80\x80"
                                        "a b\r\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const char *text = texts[i];
        size_t n = strlen(text);
        assert_true(field_trim(&text, &n));
        assert_int_equal(n, 3);
        assert_memory_equal(text, "a b", 3);
    }
    static const char *const blanks[] = {"", " ", "\t\xC2\xA0 "};
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
        const char *text = blanks[i];
        size_t n = strlen(text);
        assert_false(field_trim(&text, &n));
        assert_int_equal(n, 0);
    }
    const char *letter = "ấ"; /* ends in bytes that are no space */
    size_t n = strlen(letter);
    assert_true(field_trim(&letter, &n));
    assert_int_equal(n, strlen("ấ"));
}

static const char *count(const char *text, int64_t want)
{
    int64_t got = -1;
    buf_clear(&why);
    bool ok = field_count(text, strlen(text), LANG_EN, &got, &why);
    assert_int_equal(got, ok ? want : -1);
    return reason(ok);
}

static void a_count_is_a_whole_number_from_nought(void **state)
{
    (void)state;
    assert_string_equal(count("0", 0), "");
    assert_string_equal(count("1.234", 1234), "");
    assert_string_equal(count("9007199254740993", 9007199254740993), "");
    assert_string_equal(count("-1", 0), "negative count");
    assert_string_equal(count("1,5", 0), "not a whole number");
    assert_string_equal(count("-", 0), "not a number");
    assert_string_equal(count("–", 0), "not a number");
    assert_string_equal(count("hai", 0), "not a number");
    assert_string_equal(count("99999999999999999999", 0), "not a number");
}

static void check_bool(const char *text, int64_t want)
{
    int64_t got = -1;
    buf_clear(&why);
    assert_int_equal(field_bool(text, strlen(text), LANG_EN, &got, &why), want >= 0);
    assert_int_equal(got, want);
}

static void yes_and_no_are_read_in_both_languages(void **state)
{
    (void)state;
    check_bool("1", 1);
    check_bool("Có", 1);
    check_bool("X", 1);
    check_bool("TRUE", 1);
    check_bool("0", 0);
    check_bool("không", 0);
    check_bool("No", 0);
    check_bool("2", -1);
    check_bool("maybe", -1);
}

static const char *date(const char *text, day today, day want)
{
    day got = DAY_NONE;
    buf_clear(&why);
    bool ok = field_date(text, strlen(text), today, LANG_EN, &got, &why);
    assert_int_equal(got, ok ? want : DAY_NONE);
    return reason(ok);
}

static void a_date_exists_and_is_not_in_the_future(void **state)
{
    (void)state;
    day may = day_of(2024, 5, 3);
    assert_string_equal(date("2024-05-03", may, may), "");
    assert_string_equal(date("03/05/2024", may, may), "");
    assert_string_equal(date("3-5-2024", may, may), "");
    assert_string_equal(date("30/02/2024", may, 0), "no such date");
    assert_string_equal(date("2023-02-29", DAY_NONE, 0), "no such date");
    assert_string_equal(date("04/05/2024", may, 0), "date in the future");
    assert_string_equal(date("04/05/2024", DAY_NONE, may + 1), "");
    assert_string_equal(date("May", may, 0), "not a date: write 2024-05-03 or 03/05/2024");
}

static const char *period(const char *text, struct calendar c, day from, day to)
{
    struct span got = {0, 0};
    buf_clear(&why);
    bool ok = field_period(text, strlen(text), c, day_of(2024, 8, 1), LANG_EN, &got, &why);
    assert_int_equal(got.from, ok ? from : 0);
    assert_int_equal(got.to, ok ? to : 0);
    return reason(ok);
}

static void a_period_is_read_in_its_calendar_or_is_a_day(void **state)
{
    (void)state;
    struct calendar police = {12, 15};
    assert_string_equal(period("2023", CALENDAR_CIVIL, day_of(2023, 1, 1), day_of(2023, 12, 31)),
                        "");
    assert_string_equal(period("2024-05", police, day_of(2024, 4, 15), day_of(2024, 5, 14)), "");
    assert_string_equal(period("2024", CALENDAR_CIVIL, day_of(2024, 1, 1), day_of(2024, 12, 31)),
                        "");
    assert_string_equal(period("03/05/2024", police, day_of(2024, 5, 3), day_of(2024, 5, 3)), "");
    assert_string_equal(period("2024-09", CALENDAR_CIVIL, 0, 0), "period in the future");
    assert_string_equal(period("31/04/2024", CALENDAR_CIVIL, 0, 0), "no such date");
    assert_string_equal(period("soon", CALENDAR_CIVIL, 0, 0),
                        "not a period: write 2024, 2024H1, 2024Q2 or 2024-05");
}

static void the_reason_of_a_list_tells_what_it_takes(void **state)
{
    (void)state;
    struct lists *l;
    int64_t got = -1;
    assert_true(lists_new(&l, NULL));
    buf_clear(&why);
    assert_false(field_list(l, "intake", "Lan", 3, LANG_EN, &got, &why));
    assert_string_equal(buf_text(&why), "not in the list of intake; listed: denunciation, report, "
                                        "recommendation");
    assert_null(strstr(buf_text(&why), "Lan"));
    assert_true(field_list(l, "intake", "tin báo", strlen("tin báo"), LANG_EN, &got, &why));
    assert_int_equal(got, 1);
    lists_delete(l);
}

static int64_t mask(const struct lists *l, const char *text)
{
    int64_t got = -1;
    buf_clear(&why);
    field_lists(l, "factors", text, strlen(text), LANG_EN, &got, &why);
    return got;
}

static int64_t bit(const struct lists *l, const char *code)
{
    return (int64_t)1 << lists_find(l, "factors", code, strlen(code));
}

static void several_items_stand_behind_any_separator_even_their_own(void **state)
{
    (void)state;
    struct lists *l;
    assert_true(lists_new(&l, NULL));
    int64_t poor = bit(l, "poor_household"), alcohol = bit(l, "alcohol"), drugs = bit(l, "drugs");
    assert_int_equal(mask(l, "alcohol"), alcohol);
    assert_int_equal(mask(l, "alcohol;drugs"), alcohol | drugs);
    assert_int_equal(mask(l, "rượu bia + ma túy"), alcohol | drugs);
    assert_int_equal(mask(l, "rượu bia, ma túy"), alcohol | drugs);
    assert_int_equal(mask(l, "hộ nghèo, cận nghèo, rượu bia"), poor | alcohol);
    assert_int_equal(mask(l, "rượu bia; hộ nghèo, cận nghèo;"), poor | alcohol);
    assert_int_equal(mask(l, "alcohol; Nguyễn Văn A"), -1);
    assert_int_equal(mask(l, ";"), -1);
    char many[4001];
    memset(many, ',', sizeof many - 1);
    many[sizeof many - 1] = '\0';
    assert_int_equal(mask(l, many), -1);
    lists_delete(l);
}

static const char *case_id(const char *text)
{
    buf_clear(&why);
    return reason(field_case_id(text, strlen(text), LANG_EN, &why));
}

static void a_case_id_has_forty_letters_digits_and_marks(void **state)
{
    (void)state;
    assert_string_equal(case_id("TM-2024_001/a.b"), "");
    assert_string_equal(case_id("1234567890123456789012345678901234567890"), "");
    const char *bad =
        "not a case id: letters, digits and / . _ -, at most 40; or load with --hash-ids";
    assert_string_equal(case_id("12345678901234567890123456789012345678901"), bad);
    assert_string_equal(case_id("TM 1"), bad);
    assert_string_equal(case_id("Nguyễn"), bad);
    assert_string_equal(case_id("a?"), bad);
}

static void a_name_is_stored_in_nfc_and_has_500_bytes(void **state)
{
    (void)state;
    struct buf nfc = {0};
    char text[502];
    memset(text, 'a', sizeof text);
    buf_clear(&why);
    assert_true(field_name(text, 500, LANG_EN, &nfc, &why));
    assert_false(field_name(text, 501, LANG_EN, &nfc, &why));
    assert_string_equal(buf_text(&why), "longer than 500 bytes");
    const char *nfd = "My\xCC\x83  An";
    assert_true(field_name(nfd, strlen(nfd), LANG_EN, &nfc, &why));
    assert_string_equal(buf_text(&nfc), "Mỹ An");
    buf_free(&nfc);
}

/* RFC 4231, test case 2: key "Jefe", data "what do ya want for nothing?",
 * HMAC-SHA-256 = 5bdcc146bf60754e6a042426089575c7 5a003f089d2739839dec58b964ec3843. */
static void a_hashed_id_is_the_first_half_of_its_hmac(void **state)
{
    (void)state;
    struct case_hash h;
    char hashed[CASE_HASH_CHARS + 1];
    case_hash_init(&h, "Jefe");
    case_hash_text(&h, "what do ya want for nothing?", 28, hashed);
    assert_string_equal(hashed, "5bdcc146bf60754e6a042426089575c7");
    case_hash_text(&h, "what do ya want for nothing?", 28, hashed);
    assert_string_equal(hashed, "5bdcc146bf60754e6a042426089575c7");
}

static void a_cache_tells_texts_and_contexts_apart(void **state)
{
    (void)state;
    struct cell_cache c = {0};
    char text[16];
    assert_null(cell_cache_find(&c, "a", 1, 0));
    for (int round = 0; round < 2; round++)
        for (int64_t i = 0; i < 5000; i++) {
            struct cell_value cell = {{VALUE_INT, {.i = i}}, DAY_NONE, NULL};
            int n = snprintf(text, sizeof text, "%d", (int)(i / 2));
            uint32_t context = (uint32_t)(i % 2);
            const struct cell_value *found = cell_cache_find(&c, text, (size_t)n, context);
            assert_int_equal(found != NULL, round);
            if (found)
                assert_int_equal(found->value.as.i, i);
            else
                cell_cache_add(&c, text, (size_t)n, context, &cell);
        }
    assert_null(cell_cache_find(&c, "1", 1, 2));
    cell_cache_free(&c);
}

static void a_cache_that_is_full_takes_no_more(void **state)
{
    (void)state;
    struct cell_cache c = {0};
    char text[300];
    memset(text, 'x', sizeof text);
    struct cell_value bad = {{VALUE_NONE, {0}}, DAY_NONE, "why"};
    cell_cache_add(&c, text, 300, 0, &bad);
    assert_null(cell_cache_find(&c, text, 300, 0));
    for (int i = 0; i < 70000; i++) {
        int n = snprintf(text, sizeof text, "%d", i);
        cell_cache_add(&c, text, (size_t)n, 0, &bad);
    }
    assert_int_equal(c.count, 1 << 16);
    assert_string_equal(cell_cache_find(&c, "0", 1, 0)->reason, "why");
    assert_null(cell_cache_find(&c, "69999", 5, 0));
    cell_cache_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(white_space_of_every_kind_is_taken_off_the_ends),
        cmocka_unit_test(a_count_is_a_whole_number_from_nought),
        cmocka_unit_test(yes_and_no_are_read_in_both_languages),
        cmocka_unit_test(a_date_exists_and_is_not_in_the_future),
        cmocka_unit_test(a_period_is_read_in_its_calendar_or_is_a_day),
        cmocka_unit_test(the_reason_of_a_list_tells_what_it_takes),
        cmocka_unit_test(several_items_stand_behind_any_separator_even_their_own),
        cmocka_unit_test(a_case_id_has_forty_letters_digits_and_marks),
        cmocka_unit_test(a_name_is_stored_in_nfc_and_has_500_bytes),
        cmocka_unit_test(a_hashed_id_is_the_first_half_of_its_hmac),
        cmocka_unit_test(a_cache_tells_texts_and_contexts_apart),
        cmocka_unit_test(a_cache_that_is_full_takes_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, free_why);
}
