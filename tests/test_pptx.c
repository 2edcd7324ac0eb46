/* Which blocks make which slides, and what the file holds. */
#include "pptx_check.h"

/* ---- the deck ---- */

static void every_block_type_makes_a_valid_deck(void **state)
{
    (void)state;
    struct doc d;
    sample_document(&d, DOC_SLIDES, LANG_VI);
    write_deck(&d, true);
    assert_slides_hold();
    assert_valid("every-svg.pptx");
    finish(&d, "every.pptx");
}

static void content_types_come_first_in_the_file(void **state)
{
    (void)state;
    struct doc d;
    sample_document(&d, DOC_SLIDES, LANG_VI);
    write_deck(&d, false);
    zip_t *zip = open_file();
    assert_string_equal(zip_get_name(zip, 0, 0), "[Content_Types].xml");
    zip_discard(zip);
    doc_free(&d);
}

static void same_document_is_the_same_bytes(void **state)
{
    (void)state;
    struct doc d;
    struct buf first = {0};
    sample_document(&d, DOC_SLIDES, LANG_VI);
    write_deck(&d, false);
    buf_add(&first, file.data, file.len);
    doc_free(&d);
    sample_document(&d, DOC_SLIDES, LANG_VI);
    write_deck(&d, false);
    assert_int_equal(first.len, file.len);
    assert_memory_equal(first.data, file.data, file.len);
    buf_free(&first);
    doc_free(&d);
}

static void properties_carry_the_documents_own_date(void **state)
{
    (void)state;
    struct doc d;
    one_slide(&d, "Kết luận");
    d.created = 1735603200 + 3600 * 5 + 60 * 6 + 7;
    write_deck(&d, false);
    assert_true(read_part("docProps/core.xml"));
    assert_int_equal(count(">2024-12-31T05:06:07Z<"), 2);
    doc_free(&d);
}

/* report/LAYOUT.md 5: title, chart, source, number. */
static void layout_has_the_four_boxes(void **state)
{
    (void)state;
    static const struct box boxes[] = {
        {0, 0, 0, 0}, {14, 8, 310, 24}, {14, 34, 310, 138}, {14, 176, 280, 9}, {300, 176, 24, 9}};
    struct doc d;
    one_slide(&d, "Kết luận");
    write_deck(&d, false);
    assert_true(read_part("ppt/slideLayouts/slideLayout2.xml"));
    const char *at = buf_text(&part);
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++) {
        struct box b = box_behind(&at);
        assert_memory_equal(&b, &boxes[i], sizeof b);
    }
    doc_free(&d);
}

static void document_without_blocks_is_a_deck_without_slides(void **state)
{
    (void)state;
    struct doc d;
    sample_init(&d, DOC_SLIDES, LANG_VI);
    write_deck(&d, false);
    assert_int_equal(slide_count(), 0);
    finish(&d, "empty.pptx");
}

static void document_that_ran_out_of_memory_is_refused(void **state)
{
    (void)state;
    struct doc d;
    struct err e = {0};
    one_slide(&d, "Kết luận");
    d.failed = true;
    buf_clear(&file);
    assert_false(pptx_write(&d, false, &file, &e));
    assert_int_equal(e.code, ERR_FAILED);
    assert_int_equal(file.len, 0);
    doc_free(&d);
}

static void english_deck_has_no_word_of_vietnamese_language(void **state)
{
    (void)state;
    struct doc d;
    sample_document(&d, DOC_SLIDES, LANG_EN);
    write_deck(&d, false);
    zip_t *zip = open_file();
    zip_int64_t n = zip_get_num_entries(zip, 0);
    size_t english = 0;
    for (zip_int64_t i = 0; i < n; i++) {
        assert_true(read_entry(zip, zip_get_name(zip, (zip_uint64_t)i, 0)));
        assert_part_silent("vi-VN");
        english += count("en-GB");
    }
    zip_discard(zip);
    assert_true(english > 20);
    assert_true(read_part("ppt/slideLayouts/slideLayout2.xml"));
    assert_part_says("<p:cSld name=\"Finding and chart\">");
    finish(&d, "english.pptx");
}

/* ---- slides of blocks ---- */

static void each_heading_of_level_one_opens_a_slide(void **state)
{
    (void)state;
    struct doc d;
    sample_init(&d, DOC_SLIDES, LANG_VI);
    doc_heading(&d, 1, "Một");
    doc_heading(&d, 2, "Dưới một");
    doc_heading(&d, 1, "Hai");
    doc_heading(&d, 1, "Ba");
    write_deck(&d, false);
    assert_int_equal(slide_count(), 3);
    assert_true(read_slide(1));
    assert_part_says(">Một<");
    assert_part_says(" b=\"1\"/><a:t>Dưới một<");
    assert_true(read_slide(3));
    assert_part_says("<a:t>3</a:t></a:fld>");
    finish(&d, "headings.pptx");
}

static void cover_says_subject_and_the_paragraphs_behind_it(void **state)
{
    (void)state;
    struct doc d;
    sample_init(&d, DOC_SLIDES, LANG_VI);
    d.subject = "Kết quả năm 2024";
    doc_run(&d, doc_add(&d, DOC_COVER), "Ban Chỉ đạo 138", false, false);
    doc_paragraph(&d, DOC_NOTE, "SỐ LIỆU MÔ PHỎNG");
    doc_heading(&d, 1, "Một");
    write_deck(&d, false);
    assert_int_equal(slide_count(), 2);
    assert_true(read_slide(1));
    assert_part_says("type=\"ctrTitle\"");
    assert_part_says(">Kết quả năm\u00a02024<");
    assert_part_says(">Ban Chỉ đạo 138<");
    assert_part_says(">SỐ LIỆU MÔ PHỎNG<");
    finish(&d, "cover.pptx");
}

static void what_stands_under_no_heading_is_titled_by_the_subject(void **state)
{
    (void)state;
    struct doc d;
    sample_init(&d, DOC_SLIDES, LANG_VI);
    d.subject = "Chủ đề";
    sample_figure(&d, 160, 71, "Số vụ", "Số vụ giảm.");
    write_deck(&d, false);
    assert_true(read_slide(1));
    assert_part_says(">Chủ\u00a0đề<");
    finish(&d, "headless.pptx");
}

static void what_belongs_to_pages_makes_no_slide(void **state)
{
    (void)state;
    struct doc d;
    sample_init(&d, DOC_SLIDES, LANG_VI);
    doc_add(&d, DOC_LETTERHEAD);
    doc_heading(&d, 1, "Một");
    doc_appendix(&d, "Phụ lục", true);
    doc_add(&d, DOC_CLOSING);
    write_deck(&d, false);
    assert_int_equal(slide_count(), 1);
    assert_true(read_slide(1));
    assert_part_silent("Phụ lục");
    doc_free(&d);
}

static void prompt_is_grey_and_bullets_have_a_dash(void **state)
{
    (void)state;
    struct doc d;
    one_slide(&d, "Việc tiếp theo");
    doc_paragraph(&d, DOC_BULLET, "Rà soát");
    doc_paragraph(&d, DOC_PROMPT, "[Bổ sung]");
    write_deck(&d, false);
    assert_true(read_slide(1));
    assert_part_says("<a:buChar char=\"–\"/></a:pPr><a:r><a:rPr lang=\"vi-VN\" sz=\"2400\"/>"
                     "<a:t>Rà soát<");
    assert_part_says("<a:srgbClr val=\"5B6770\"/></a:solidFill></a:rPr><a:t>[Bổ sung]<");
    finish(&d, "prompt.pptx");
}

static void signs_of_xml_are_written_and_control_characters_dropped(void **state)
{
    (void)state;
    struct doc d;
    one_slide(&d, HARD_TEXT);
    doc_paragraph(&d, DOC_NOTE, HARD_TEXT);
    doc_paragraph(&d, DOC_SOURCE, HARD_TEXT);
    doc_row(&d, doc_table(&d, HARD_TEXT, sample_columns, 5), false);
    doc_cell(&d, d.blocks[d.block_count - 1]->table, 1, HARD_TEXT);
    sample_figure(&d, 160, 71, HARD_TEXT, HARD_TEXT);
    write_deck(&d, false);
    for (size_t i = 1; read_slide(i); i++) {
        assert_part_silent("\x01");
        assert_part_silent("\x1f");
        assert_part_says("a&lt;b &amp; &quot;c&quot; &gt; &#39;d&#39;; Ưỡng");
    }
    finish(&d, "signs.pptx");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_block_type_makes_a_valid_deck),
        cmocka_unit_test(content_types_come_first_in_the_file),
        cmocka_unit_test(same_document_is_the_same_bytes),
        cmocka_unit_test(properties_carry_the_documents_own_date),
        cmocka_unit_test(layout_has_the_four_boxes),
        cmocka_unit_test(document_without_blocks_is_a_deck_without_slides),
        cmocka_unit_test(document_that_ran_out_of_memory_is_refused),
        cmocka_unit_test(english_deck_has_no_word_of_vietnamese_language),
        cmocka_unit_test(each_heading_of_level_one_opens_a_slide),
        cmocka_unit_test(cover_says_subject_and_the_paragraphs_behind_it),
        cmocka_unit_test(what_stands_under_no_heading_is_titled_by_the_subject),
        cmocka_unit_test(what_belongs_to_pages_makes_no_slide),
        cmocka_unit_test(prompt_is_grey_and_bullets_have_a_dash),
        cmocka_unit_test(signs_of_xml_are_written_and_control_characters_dropped)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
