/* The DOCX writer: what official form asks for, appendices, documents in English. */
#include "docx_check.h"

/* ---- official form ---- */

/* As LibreOffice prints them with Liberation Serif (pdftotext -bbox): 95.57 and 60.39 mm. */
static void widths_are_those_of_the_printed_page(void **state)
{
    (void)state;
    CHECK_NEAR(docx_width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, true) / DOCX_TWIPS_PER_MM,
               95.57, 0, 0.3);
    CHECK_NEAR(docx_width("Độc lập - Tự do - Hạnh phúc", 14, true) / DOCX_TWIPS_PER_MM, 60.39, 0,
               0.3);
    CHECK_NEAR(docx_width("", 14, true), 0, 0, 0);
    CHECK_NEAR(docx_width("i\nmm\ni", 10, false), docx_width("mm", 10, false), 0, 1e-9);
    CHECK_NEAR(docx_width("Ê\u00a0ế", 10, false), docx_width("E e", 10, false), 0, 1e-9);
}

static void a_subject_of_two_lines_is_broken_evenly(void **state)
{
    (void)state;
    const char *subject = "một hai ba bốn năm sáu bảy tám chín mười";
    double whole = docx_width(subject, 14, true);
    double even = docx_even_width(subject, 14, true, whole * 0.9);
    assert_true(even >= whole / 2 - docx_width(" ", 14, true) && even <= whole * 0.65);
    CHECK_NEAR(docx_even_width(subject, 14, true, whole * 2), whole, 0, 1e-9);
    CHECK_NEAR(docx_even_width(subject, 14, true, 10), 10, 0, 1e-9);
}

/* Length of the line that stands behind `words`, in a column of `room`. */
static double rule_behind(const struct buf *text, const char *words, double room)
{
    const char *at = strstr(strstr(buf_text(text), words), "<w:pStyle w:val=\"Rule\"/>");
    assert_non_null(at);
    return room - 2 * strtod(strstr(at, "w:left=\"") + 8, NULL);
}

static void lines_are_as_long_as_form_wants(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    sample_document(&d, DOC_PAGES, LANG_VI);
    body_of(&d, &text);
    double body = rule_behind(&text, ">BAN CHỈ ĐẠO 138<", 3515);
    double ratio = body / docx_width("BAN CHỈ ĐẠO 138", 13, true);
    assert_true(ratio >= 1.0 / 3 && ratio <= 0.5);
    CHECK_NEAR(rule_behind(&text, ">Độc lập - Tự do - Hạnh phúc<", 5556),
               docx_width("Độc lập - Tự do - Hạnh phúc", 14, true), 0, 2);
    buf_free(&text);
}

static void the_clerk_has_room_for_number_and_day(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    sample_document(&d, DOC_PAGES, LANG_VI);
    body_of(&d, &text);
    assert_says(&text, "Số:\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0/BC-BCĐ138<");
    assert_says(&text, "Tháp Mười, ngày\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0tháng\u00a012\u00a0năm"
                       "\u00a02024<");
    buf_free(&text);
}

static void january_and_february_have_a_leading_zero(void **state)
{
    (void)state;
    /* 1 January 00:00, 28 February 23:59:59, 1 March 2025 */
    static const int64_t created[] = {1735689600, 1740787199, 1740787200};
    static const char *const said[] = {"tháng\u00a001\u00a0năm\u00a02025<",
                                       "tháng\u00a002\u00a0năm\u00a02025<",
                                       "tháng\u00a03\u00a0năm\u00a02025<"};
    for (size_t i = 0; i < 3; i++) {
        struct doc d;
        struct buf text = {0};
        sample_document(&d, DOC_PAGES, LANG_VI);
        d.created = created[i];
        body_of(&d, &text);
        assert_says(&text, said[i]);
        buf_free(&text);
    }
}

static void recipients_end_with_semicolons_and_the_last_with_a_full_stop(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    sample_document(&d, DOC_PAGES, LANG_VI);
    body_of(&d, &text);
    assert_says(&text, ">Nơi nhận:<");
    assert_says(&text, ">- Công an tỉnh;<");
    assert_says(&text, ">- UBND các xã, thị trấn;<");
    assert_says(&text, ">- Lưu: VT, CAH.<");
    buf_free(&text);
}

static void the_last_sentence_stays_with_the_signature(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    sample_document(&d, DOC_PAGES, LANG_VI);
    body_of(&d, &text);
    assert_says(&text, "<w:pStyle w:val=\"BodyText\"/><w:keepNext/><w:keepLines/></w:pPr><w:r>"
                       "<w:t xml:space=\"preserve\">Trên đây");
    buf_free(&text);
}

static void an_empty_letterhead_still_makes_cells(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    sample_init(&d, DOC_PAGES, LANG_VI);
    d.head = (struct letterhead){"", "", "", "", "", "", "", "", "", "", "", ""};
    d.kind = d.subject = "";
    doc_add(&d, DOC_LETTERHEAD);
    doc_add(&d, DOC_CLOSING);
    doc_appendix(&d, "", false);
    body_of(&d, &text);
    assert_silent(&text, "</w:tcPr></w:tc>");
    assert_int_equal(count_of(buf_text(&text), "\"Rule\""), 1); /* the motto's */
    buf_free(&text);
}

/* ---- appendices ---- */

static void an_appendix_is_a_section_of_its_own(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    sample_document(&d, DOC_PAGES, LANG_VI);
    body_of(&d, &text);
    assert_int_equal(count_of(buf_text(&text), "<w:sectPr>"), 3);
    assert_int_equal(count_of(buf_text(&text), "w:orient=\"landscape\""), 1);
    assert_int_equal(count_of(buf_text(&text), "w:type=\"default\" r:id=\"rIdH1\""), 3);
    assert_int_equal(count_of(buf_text(&text), "<w:titlePg/>"), 1);
    const char *first = strstr(buf_text(&text), "<w:titlePg/>");
    assert_true(first < strstr(buf_text(&text), "w:orient"));
    buf_free(&text);
}

static void an_appendix_stands_in_the_navigation_pane(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    sample_document(&d, DOC_PAGES, LANG_VI);
    body_of(&d, &text);
    assert_says(&text, "<w:pStyle w:val=\"Appendix\"/></w:pPr><w:r><w:t xml:space=\"preserve\">"
                       "Phụ lục I</w:t><w:br/><w:t xml:space=\"preserve\">SỐ VỤ THEO ĐƠN VỊ HÀNH "
                       "CHÍNH</w:t>");
    assert_says(&text, ">Phụ lục II</w:t>");
    assert_says(&text, ">(Kèm theo Báo cáo số …/BC-BCĐ138 ngày … tháng … năm … của Ban Chỉ đạo 138 "
                       "huyện Tháp Mười)<");
    sample_document(&d, DOC_PAGES, LANG_VI);
    part_of(&d, "word/styles.xml", &text);
    struct buf style = {0};
    element_with(buf_text(&text), "w:style", "w:styleId=\"Appendix\"", &style);
    assert_says(&style, "<w:outlineLvl w:val=\"0\"/>");
    assert_silent(&style, "numPr");
    buf_free(&style);
    buf_free(&text);
}

/* ---- English ---- */

static void an_english_document_says_so(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    sample_document(&d, DOC_PAGES, LANG_EN);
    body_of(&d, &text);
    assert_says(&text, " SEQ Table \\* ARABIC ");
    assert_says(&text, " SEQ Figure \\* ARABIC ");
    assert_says(&text, ">Recipients:<");
    assert_says(&text, ">Appendix I</w:t>");
    assert_says(&text, ">SOCIALIST REPUBLIC OF VIET NAM<");
    assert_silent(&text, "Hạnh phúc");
    sample_document(&d, DOC_PAGES, LANG_EN);
    part_of(&d, "word/styles.xml", &text);
    assert_says(&text, "<w:lang w:val=\"en-GB\"");
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_are_those_of_the_printed_page),
        cmocka_unit_test(a_subject_of_two_lines_is_broken_evenly),
        cmocka_unit_test(lines_are_as_long_as_form_wants),
        cmocka_unit_test(the_clerk_has_room_for_number_and_day),
        cmocka_unit_test(january_and_february_have_a_leading_zero),
        cmocka_unit_test(recipients_end_with_semicolons_and_the_last_with_a_full_stop),
        cmocka_unit_test(the_last_sentence_stays_with_the_signature),
        cmocka_unit_test(an_empty_letterhead_still_makes_cells),
        cmocka_unit_test(an_appendix_is_a_section_of_its_own),
        cmocka_unit_test(an_appendix_stands_in_the_navigation_pane),
        cmocka_unit_test(an_english_document_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
