/* The DOCX writer: tables and figures. */
#include "docx_check.h"

/* ---- tables ---- */

static void captions_carry_their_numbers_as_fields(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0}, paragraph = {0};
    sample_document(&d, DOC_PAGES, LANG_VI);
    body_of(&d, &text);
    element_with(buf_text(&text), "w:p", "Số vụ và số trẻ em theo đơn vị</w:t>", &paragraph);
    assert_says(&paragraph, "<w:pStyle w:val=\"TableCaption\"/>");
    assert_says(&paragraph, " SEQ Bảng \\* ARABIC ");
    assert_says(&paragraph, "<w:t>2</w:t>");
    element_with(buf_text(&text), "w:p", ">Số vụ theo xã</w:t>", &paragraph);
    assert_says(&paragraph, "<w:pStyle w:val=\"Caption\"/><w:keepNext/>");
    assert_says(&paragraph, " SEQ Hình \\* ARABIC ");
    assert_says(&paragraph, "<w:t>1</w:t>");
    buf_free(&text);
    buf_free(&paragraph);
}

static void every_head_is_repeated_and_no_row_is_split(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    sample_init(&d, DOC_PAGES, LANG_VI);
    sample_table(&d, "Một", 200);
    sample_grouped_table(&d, "Hai", 3);
    body_of(&d, &text);
    assert_int_equal(count_of(buf_text(&text), "<w:tr>"), 1 + 200 + 2 + 3);
    assert_int_equal(count_of(buf_text(&text), "<w:cantSplit/>"), 1 + 200 + 2 + 3);
    assert_int_equal(count_of(buf_text(&text), "<w:tblHeader/>"), 1 + 2);
    buf_free(&text);
}

static void neighbours_of_a_group_stand_under_one_head(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0}, cell = {0};
    sample_init(&d, DOC_PAGES, LANG_VI);
    sample_grouped_table(&d, "Nhóm", 1);
    body_of(&d, &text);
    element_with(buf_text(&text), "w:tc", ">Số trẻ em<", &cell);
    assert_says(&cell, "<w:gridSpan w:val=\"3\"/>");
    element_with(buf_text(&text), "w:tc", ">Số vụ<", &cell);
    assert_says(&cell, "<w:gridSpan w:val=\"2\"/>");
    element_with(buf_text(&text), "w:tc", ">Đơn vị<", &cell);
    assert_says(&cell, "<w:vMerge w:val=\"restart\"/>");
    assert_int_equal(count_of(buf_text(&text), "<w:vMerge/>"), 2);
    buf_free(&text);
    buf_free(&cell);
}

/* The sum of the widths in the grid behind `caption`. */
static long grid_width(const struct buf *text, const char *caption)
{
    const char *at = strstr(strstr(buf_text(text), caption), "<w:tblGrid>");
    const char *end = strstr(at, "</w:tblGrid>");
    long sum = 0;
    while ((at = strstr(at, "w:w=\"")) != NULL && at < end)
        sum += strtol(at += 5, NULL, 10);
    return sum;
}

static void columns_fill_the_text_of_their_page(void **state)
{
    (void)state;
    static const struct doc_column thirds[] = {
        {"a", NULL, 1, DOC_LEFT}, {"b", NULL, 1, DOC_LEFT}, {"c", NULL, 1, DOC_LEFT}};
    struct doc d;
    struct buf text = {0};
    sample_init(&d, DOC_PAGES, LANG_VI);
    sample_table(&d, "ĐỨNG", 1);
    doc_table(&d, "BA", thirds, 3);
    doc_appendix(&d, "Ngang", true);
    sample_table(&d, "NGANG", 1);
    body_of(&d, &text);
    assert_int_equal(grid_width(&text, "ĐỨNG"), 9071);
    assert_int_equal(grid_width(&text, "BA"), 9071);
    assert_int_equal(grid_width(&text, ". </w:t></w:r><w:r><w:t xml:space=\"preserve\">NGANG"),
                     14003);
    buf_free(&text);
}

/* Whether the first paragraph of the cell that says `words` stays with the next. */
static bool stays(const struct buf *text, const char *words)
{
    struct buf paragraph = {0};
    element_with(buf_text(text), "w:p", words, &paragraph);
    bool kept = strstr(buf_text(&paragraph), "<w:keepNext/>") != NULL;
    buf_free(&paragraph);
    return kept;
}

static void a_long_table_leaves_no_row_alone(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    sample_init(&d, DOC_PAGES, LANG_VI);
    sample_table(&d, "Dài", 40);
    doc_paragraph(&d, DOC_SOURCE, "Nguồn.");
    body_of(&d, &text);
    assert_true(stays(&text, ">Nội dung 1<"));
    assert_false(stays(&text, ">Nội dung 2<"));
    assert_false(stays(&text, ">Nội dung 38<"));
    assert_true(stays(&text, ">Nội dung 39<"));
    assert_true(stays(&text, ">Nội dung 40<")); /* with the source */
    buf_free(&text);
}

static void a_small_table_is_kept_whole(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    sample_init(&d, DOC_PAGES, LANG_VI);
    sample_table(&d, "Ngắn", 12);
    doc_paragraph(&d, DOC_BODY, "Sau bảng.");
    body_of(&d, &text);
    for (int i = 1; i <= 11; i++) {
        char words[40];
        snprintf(words, sizeof words, ">Nội dung %d<", i);
        assert_true(stays(&text, words));
    }
    assert_false(stays(&text, ">Nội dung 12<"));
    buf_free(&text);
}

static void strong_rows_are_bold(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0}, row = {0};
    sample_init(&d, DOC_PAGES, LANG_VI);
    sample_table(&d, "Một", 2);
    body_of(&d, &text);
    element_with(buf_text(&text), "w:tr", ">Nội dung 2<", &row);
    assert_int_equal(count_of(buf_text(&row), "\"Strong\""), 5);
    element_with(buf_text(&text), "w:tr", ">Nội dung 1<", &row);
    assert_silent(&row, "Strong");
    buf_free(&text);
    buf_free(&row);
}

static void behind_every_table_stands_a_paragraph(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    sample_init(&d, DOC_PAGES, LANG_VI);
    sample_table(&d, "Một", 0);
    sample_table(&d, "Hai", 1);
    doc_add(&d, DOC_CLOSING);
    doc_add(&d, DOC_LETTERHEAD);
    doc_add(&d, DOC_CLOSING);
    body_of(&d, &text);
    assert_int_equal(count_of(buf_text(&text), "</w:tbl>"), 5);
    assert_int_equal(count_of(buf_text(&text), "</w:tbl><w:p>"), 5);
    buf_free(&text);
}

/* ---- figures ---- */

static void every_picture_says_what_it_shows(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    sample_document(&d, DOC_PAGES, LANG_VI);
    body_of(&d, &text);
    assert_says(&text,
                "<wp:docPr id=\"1\" name=\"Hình 1\" descr=\"Thạnh Lợi tăng từ 5 lên 7\u00a0vụ "
                "&amp; &lt;đứng đầu&gt;.\"/>");
    buf_free(&text);
}

static void the_png_has_its_svg_twin_and_the_svg_stands_alone(void **state)
{
    (void)state;
    struct doc d;
    struct buf file = {0}, text = {0};
    sample_document(&d, DOC_PAGES, LANG_VI);
    write_docx(&d, false, &file);
    read_part(&file, "word/document.xml", &text);
    assert_says(&text, "<a:blip r:embed=\"rIdP1\"><a:extLst>");
    assert_says(&text, "r:embed=\"rIdS1\"/></a:ext>");
    read_part(&file, "word/media/figure1.png", &text);
    assert_int_equal(text.len, sizeof sample_png);
    assert_memory_equal(text.data, sample_png, sizeof sample_png);
    buf_clear(&file);
    write_docx(&d, true, &file);
    read_part(&file, "word/document.xml", &text);
    assert_says(&text, "<a:blip r:embed=\"rIdS1\"></a:blip>");
    assert_silent(&text, "rIdP1");
    read_part(&file, "word/media/figure1.svg", &text);
    assert_string_equal(buf_text(&text), sample_svg);
    doc_free(&d);
    buf_free(&file);
    buf_free(&text);
}

static void no_figure_is_larger_than_the_text_or_out_of_shape(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    sample_init(&d, DOC_PAGES, LANG_VI);
    sample_figure(&d, 100, 50, "nhỏ", "nhỏ");
    sample_figure(&d, 320, 160, "rộng", "rộng");
    sample_figure(&d, 160, 460, "cao", "cao");
    body_of(&d, &text);
    assert_says(&text, "<wp:extent cx=\"3600000\" cy=\"1800000\"/>");
    assert_says(&text, "<wp:extent cx=\"2880000\" cy=\"8280000\"/>"); /* 80 x 230 mm */
    const char *wide = strstr(strstr(buf_text(&text), "<wp:extent") + 1, "<wp:extent");
    long cx = strtol(strstr(wide, "cx=\"") + 4, NULL, 10);
    long cy = strtol(strstr(wide, "cy=\"") + 4, NULL, 10);
    assert_in_range(cx, 5758000, 5760400); /* 160 mm */
    assert_in_range(labs(cx - 2 * cy), 0, 2);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(captions_carry_their_numbers_as_fields),
        cmocka_unit_test(every_head_is_repeated_and_no_row_is_split),
        cmocka_unit_test(neighbours_of_a_group_stand_under_one_head),
        cmocka_unit_test(columns_fill_the_text_of_their_page),
        cmocka_unit_test(a_long_table_leaves_no_row_alone),
        cmocka_unit_test(a_small_table_is_kept_whole),
        cmocka_unit_test(strong_rows_are_bold),
        cmocka_unit_test(behind_every_table_stands_a_paragraph),
        cmocka_unit_test(every_picture_says_what_it_shows),
        cmocka_unit_test(the_png_has_its_svg_twin_and_the_svg_stands_alone),
        cmocka_unit_test(no_figure_is_larger_than_the_text_or_out_of_shape),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
