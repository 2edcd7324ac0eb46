#include "doc_check.h"

#include "report/official.h"

static void assert_said(struct buf *b, const char *want)
{
    assert_string_equal(buf_text(b), want);
    buf_clear(b);
}

static void roman_numbers_are_those_of_the_textbook(void **state)
{
    (void)state;
    static const struct {
        int number;
        const char *want;
    } cases[] = {{1, "I"},    {2, "II"},    {3, "III"}, {4, "IV"},    {5, "V"},
                 {8, "VIII"}, {9, "IX"},    {10, "X"},  {14, "XIV"},  {19, "XIX"},
                 {40, "XL"},  {49, "XLIX"}, {90, "XC"}, {99, "XCIX"}, {148, "CXLVIII"}};
    struct buf b = {0};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        official_roman(&b, cases[i].number);
        assert_said(&b, cases[i].want);
    }
    buf_free(&b);
}

static void headings_are_roman_arabic_and_a_letter(void **state)
{
    (void)state;
    struct buf b = {0};
    official_heading_number(&b, 1, 4);
    official_heading_number(&b, 2, 12);
    official_heading_number(&b, 3, 3);
    assert_said(&b, "IV. 12. c) ");
    buf_free(&b);
}

static void each_recipient_ends_with_a_semicolon_the_last_with_a_full_stop(void **state)
{
    (void)state;
    struct buf b = {0};
    const char *rest = "Công an tỉnh\nLưu: VT";
    assert_true(official_recipient(&b, &rest));
    assert_said(&b, "Công an tỉnh;");
    assert_true(official_recipient(&b, &rest));
    assert_said(&b, "Lưu: VT.");
    assert_false(official_recipient(&b, &rest));
    rest = "";
    assert_false(official_recipient(&b, &rest));
    assert_said(&b, "");
    buf_free(&b);
}

static void january_and_february_take_a_leading_0_and_the_day_is_left_to_the_clerk(void **state)
{
    (void)state;
    static const struct {
        int64_t created;
        const char *want;
    } cases[] = {{1735689600, "/01/2025"}, /* 1 January 2025 */
                 {1740787199, "/02/2025"}, /* the last second of February */
                 {1740787200, "/3/2025"},
                 {1735603200, "/12/2024"}};
    struct buf b = {0};
    struct doc d;
    sample_init(&d, DOC_PAGES, LANG_EN);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        d.created = cases[i].created;
        official_date(&b, &d);
        assert_non_null(strstr(b.data, "Tháp Mười, \u00a0"));
        assert_string_equal(strchr(b.data, '/'), cases[i].want);
        buf_clear(&b);
    }
    doc_free(&d);
    buf_free(&b);
}

static void an_appendix_says_its_number_and_what_it_belongs_to(void **state)
{
    (void)state;
    struct buf b = {0};
    struct doc d;
    sample_init(&d, DOC_PAGES, LANG_EN);
    official_appendix(&b, &d, 4);
    assert_said(&b, "Appendix IV");
    official_attached(&b, &d);
    assert_non_null(strstr(b.data, "/BC-BCĐ138"));
    assert_non_null(strstr(b.data, "Ban Chỉ đạo 138 huyện Tháp Mười"));
    buf_clear(&b);
    d.head.body_name = "";
    official_attached(&b, &d);
    assert_non_null(strstr(b.data, "… by …"));
    doc_free(&d);
    buf_free(&b);
}

static void what_was_issued_has_its_whole_number_and_date(void **state)
{
    (void)state;
    struct buf b = {0};
    struct doc d;
    sample_init(&d, DOC_PAGES, LANG_VI);
    d.issued = "05/BC-BCĐ138";
    d.created = 1735689600; /* 1 January 2025 */
    official_number(&b, &d);
    assert_said(&b, "Số:\u00a005/BC-BCĐ138");
    official_date(&b, &d);
    assert_said(&b, "Tháp Mười, ngày\u00a001\u00a0tháng\u00a001\u00a0năm\u00a02025");
    official_attached(&b, &d);
    assert_said(&b, "(Kèm theo Báo cáo số 05/BC-BCĐ138 ngày 01/01/2025 của Ban Chỉ đạo 138 huyện "
                    "Tháp Mười)");
    doc_free(&d);
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roman_numbers_are_those_of_the_textbook),
        cmocka_unit_test(headings_are_roman_arabic_and_a_letter),
        cmocka_unit_test(each_recipient_ends_with_a_semicolon_the_last_with_a_full_stop),
        cmocka_unit_test(january_and_february_take_a_leading_0_and_the_day_is_left_to_the_clerk),
        cmocka_unit_test(what_was_issued_has_its_whole_number_and_date),
        cmocka_unit_test(an_appendix_says_its_number_and_what_it_belongs_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
