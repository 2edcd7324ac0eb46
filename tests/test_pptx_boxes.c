/* Sizes and places: titles, pictures, the foot, tables, text; nothing leaves its slide. */
#include "pptx_check.h"

/* ---- titles ---- */

static void title_that_fits_keeps_the_size_of_the_layout(void **state)
{
    (void)state;
    struct doc d;
    one_slide(&d, "Số vụ giảm từ 64 xuống 52, hơn mức chỉ tiêu 5%; hai xã tăng");
    write_deck(&d, false);
    assert_true(read_slide(1));
    assert_part_says("<a:rPr lang=\"vi-VN\"/><a:t>Số vụ giảm từ 64 xuống 52, hơn mức chỉ tiêu 5%; "
                     "hai xã\u00a0tăng<");
    doc_free(&d);
}

/* By the hmtx table of LiberationSans-Bold the two words are 2667 and 2334 thousandths of the size
 * wide, a space 278: a line of 310 mm holds 11.9 of them at 26 pt, 14.1 at 22, 15.5 at 20. */
static void title_of_three_lines_is_set_smaller(void **state)
{
    (void)state;
    static const struct {
        int words;
        const char *size;
    } cases[] = {{22, "<a:rPr lang=\"vi-VN\"/>"},
                 {27, " sz=\"2200\""},
                 {30, " sz=\"2000\""},
                 {42, " sz=\"1800\""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct doc d;
        struct buf title = {0};
        for (int k = 0; k < cases[i].words; k++)
            buf_adds(&title, k % 2 ? " giảm" : k ? " nhiều" : "Nhiều");
        one_slide(&d, buf_text(&title));
        write_deck(&d, false);
        assert_true(read_slide(1));
        assert_part_says(cases[i].size);
        buf_free(&title);
        finish(&d, "title.pptx");
    }
}

/* ---- pictures ---- */

static struct box picture_of(double width_mm, double height_mm)
{
    struct doc d;
    one_slide(&d, "Kết luận");
    sample_figure(&d, width_mm, height_mm, "Số vụ theo xã", "Thạnh Lợi tăng từ 5 lên 7 vụ.");
    write_deck(&d, false);
    assert_true(read_slide(1));
    const char *at = strstr(buf_text(&part), "<p:pic>");
    struct box b = box_behind(&at);
    doc_free(&d);
    return b;
}

static void picture_keeps_its_proportion_in_the_middle_of_the_box(void **state)
{
    (void)state;
    struct box wide = picture_of(160, 71), high = picture_of(160, 100);
    CHECK_NEAR(wide.x, 14, 0, 0.01);
    CHECK_NEAR(wide.w, 310, 0, 0.01);
    CHECK_NEAR(wide.h, 310 * 71.0 / 160, 0, 0.01);
    CHECK_NEAR(wide.y + wide.h / 2, 34 + 69, 0, 0.01);
    CHECK_NEAR(high.h, 138, 0, 0.01);
    CHECK_NEAR(high.w, 138 * 1.6, 0, 0.01);
    CHECK_NEAR(high.x + high.w / 2, 14 + 155, 0, 0.01);
}

static void picture_stands_in_its_placeholder_with_its_vector_twin(void **state)
{
    (void)state;
    struct doc d;
    one_slide(&d, "Kết luận");
    sample_figure(&d, 160, 71, "Số vụ theo xã", "Thạnh Lợi tăng từ 5 lên 7 vụ.");
    write_deck(&d, false);
    assert_true(read_slide(1));
    assert_part_says("descr=\"Thạnh Lợi tăng từ 5 lên 7\u00a0vụ.\"");
    assert_part_says("<p:ph type=\"pic\" idx=\"1\"/>");
    assert_part_says("<a:blip r:embed=\"rId2\"><a:extLst>");
    assert_part_says("r:embed=\"rId3\"/></a:ext>");
    assert_true(read_part("ppt/slides/_rels/slide1.xml.rels"));
    assert_part_says("Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
                     "relationships/image\" Target=\"../media/image1.png\"");
    assert_true(read_part("ppt/media/image1.png"));
    assert_memory_equal(part.data, sample_png, sizeof sample_png);
    assert_true(read_part("ppt/media/image1.svg"));
    assert_string_equal(part.data, sample_svg);
    doc_free(&d);
}

static void vector_alone_goes_into_the_deck_for_the_pdf(void **state)
{
    (void)state;
    struct doc d;
    one_slide(&d, "Kết luận");
    sample_figure(&d, 160, 71, "Số vụ theo xã", "");
    write_deck(&d, true);
    assert_true(read_slide(1));
    assert_part_says("<a:blip r:embed=\"rId2\"/>");
    assert_part_says("descr=\"Số vụ theo xã\"");
    assert_true(read_part("ppt/slides/_rels/slide1.xml.rels"));
    assert_part_says("image1.svg");
    assert_false(read_part("ppt/media/image1.png"));
    doc_free(&d);
}

static void two_pictures_are_two_slides(void **state)
{
    (void)state;
    struct doc d;
    one_slide(&d, "Kết luận chung");
    sample_figure(&d, 160, 71, "Một", "Một.");
    sample_figure(&d, 160, 71, "Hai", "Hai.");
    write_deck(&d, false);
    assert_int_equal(slide_count(), 2);
    assert_true(read_part("ppt/slides/_rels/slide2.xml.rels"));
    assert_part_says("image2.png");
    finish(&d, "two.pptx");
}

/* ---- the foot ---- */

static void sources_are_the_foot(void **state)
{
    (void)state;
    struct doc d;
    one_slide(&d, "Kết luận");
    doc_paragraph(&d, DOC_SOURCE, "Nguồn: một.");
    doc_paragraph(&d, DOC_BODY, "Nội dung.");
    doc_paragraph(&d, DOC_SOURCE, "Nguồn: hai.");
    write_deck(&d, false);
    assert_true(read_slide(1));
    assert_part_says("idx=\"10\"/></p:nvPr></p:nvSpPr><p:spPr></p:spPr>");
    assert_part_says("<a:rPr lang=\"vi-VN\"/><a:t>Nguồn: một. Nguồn: hai.<");
    finish(&d, "foot.pptx");
}

static void long_foot_grows_upwards_and_the_rest_makes_room(void **state)
{
    (void)state;
    struct doc d;
    one_slide(&d, "Kết luận");
    sample_figure(&d, 160, 100, "Số vụ", "Số vụ giảm.");
    for (int i = 0; i < 12; i++)
        doc_paragraph(&d, DOC_SOURCE,
                      "Không dùng để xếp loại thi đua; số vụ tăng có thể do phát "
                      "hiện, tố giác tốt hơn.");
    write_deck(&d, false);
    assert_true(read_slide(1));
    const char *at = strstr(buf_text(&part), "<p:pic>");
    struct box picture = box_behind(&at);
    struct box foot = box_behind(&at);
    CHECK_NEAR(foot.y + foot.h, 185, 0, 0.01);
    assert_true(foot.h > 9);
    assert_true(picture.y + picture.h <= foot.y - 3.9);
    finish(&d, "long-foot.pptx");
}

/* ---- tables ---- */

/* Rows of one line but every third, whose content takes two. */
static struct doc_table *add_rows(struct doc *d, size_t rows)
{
    struct doc_table *t = doc_table(d, "Các chỉ tiêu", sample_columns, 5);
    for (size_t i = 1; i <= rows; i++) {
        char text[160];
        doc_row(d, t, false);
        snprintf(text, sizeof text, "Dòng %zu%s", i,
                 i % 3 ? "" : ": vi phạm pháp luật liên quan đến người dưới 18 tuổi ở các xã xa");
        doc_cell(d, t, 1, text);
    }
    return t;
}

static void thirteen_rows_stand_on_one_slide(void **state)
{
    (void)state;
    struct doc d;
    one_slide(&d, "Mười ba chỉ tiêu");
    add_rows(&d, 13);
    doc_paragraph(&d, DOC_SOURCE, "Nguồn: dữ liệu vụ việc.");
    write_deck(&d, false);
    assert_int_equal(slide_count(), 1);
    assert_true(read_slide(1));
    assert_int_equal(count("<a:tr h="), 14);
    assert_part_silent("sz=\"1100\"");
    assert_part_says("descr=\"Các chỉ tiêu\"");
    finish(&d, "thirteen.pptx");
}

static void long_table_goes_on_under_its_head_and_title(void **state)
{
    (void)state;
    struct doc d;
    char next[64];
    size_t seen = 0, slides, fewest = SIZE_MAX, most = 0;
    one_slide(&d, "Bảng dài");
    add_rows(&d, 40);
    doc_paragraph(&d, DOC_SOURCE, "Nguồn: dữ liệu.");
    write_deck(&d, false);
    slides = slide_count();
    assert_true(slides >= 2 && slides <= 4);
    snprintf(next, sizeof next, "Bảng\u00a0dài\u00a0%s", tr(LANG_VI, "(continued)"));
    for (size_t i = 1; i <= slides; i++) {
        assert_true(read_slide(i));
        assert_int_equal(count(">Nội dung<"), 1);
        assert_int_equal(count(next), i > 1);
        assert_int_equal(count("Nguồn: dữ liệu."), 1);
        size_t rows = count("<a:tr h=") - 1;
        fewest = rows < fewest ? rows : fewest;
        most = rows > most ? rows : most;
        seen += rows;
    }
    assert_int_equal(seen, 40);
    assert_true(most - fewest <= 3);
    finish(&d, "forty.pptx");
}

static void table_is_as_wide_as_the_body_whatever_its_columns(void **state)
{
    (void)state;
    struct doc d;
    one_slide(&d, "Bảng");
    sample_grouped_table(&d, "Số vụ", 4);
    write_deck(&d, false);
    assert_true(read_slide(1));
    double sum = 0;
    for (const char *at = buf_text(&part);;) {
        double w = number_behind(&at, "<a:gridCol w=\"");
        if (!at)
            break;
        sum += w;
    }
    CHECK_NEAR(sum, 11160000, 0, 0);
    doc_free(&d);
}

static void grouped_heads_span_their_columns_and_the_rest_both_rows(void **state)
{
    (void)state;
    struct doc d;
    one_slide(&d, "Bảng");
    sample_grouped_table(&d, "Số vụ", 1);
    write_deck(&d, false);
    assert_true(read_slide(1));
    assert_int_equal(count(" gridSpan=\"2\""), 1);
    assert_int_equal(count(" gridSpan=\"3\""), 1);
    assert_int_equal(count(" hMerge=\"1\""), 3);
    assert_int_equal(count(" rowSpan=\"2\""), 2);
    assert_int_equal(count(" vMerge=\"1\""), 2);
    assert_int_equal(count("<a:tc>") + count("<a:tc "), 3 * 7);
    assert_int_equal(count(">Đơn vị<"), 1);
    finish(&d, "grouped.pptx");
}

static void heads_and_strong_rows_are_bold_the_rest_is_not(void **state)
{
    (void)state;
    struct doc d;
    one_slide(&d, "Bảng");
    sample_table(&d, "Chỉ tiêu", 3);
    write_deck(&d, false);
    assert_true(read_slide(1));
    assert_part_says("sz=\"1400\" b=\"1\"/><a:t>Nội dung<");
    assert_part_says("sz=\"1400\"/><a:t>Nội dung 2<");
    assert_part_says("sz=\"1400\" b=\"1\"/><a:t>Nội dung 3<");
    assert_int_equal(count("E6EAED"), 5);
    finish(&d, "strong.pptx");
}

static void very_long_cell_stays_on_its_slide(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    one_slide(&d, "Bảng");
    struct doc_table *t = add_rows(&d, 3);
    for (int i = 0; i < 300; i++)
        buf_adds(&text, "chưa báo cáo ");
    doc_cell_made(&d, t, 1, &text);
    write_deck(&d, false);
    assert_slides_hold();
    buf_free(&text);
    finish(&d, "cell.pptx");
}

static void table_without_rows_shows_its_head(void **state)
{
    (void)state;
    struct doc d;
    one_slide(&d, "Bảng");
    doc_table(&d, "Trống", sample_columns, 5);
    write_deck(&d, false);
    assert_true(read_slide(1));
    assert_int_equal(count("<a:tr h="), 1);
    finish(&d, "rowless.pptx");
}

/* ---- text ---- */

static void text_shrinks_before_it_takes_a_second_slide(void **state)
{
    (void)state;
    static const char sentence[] =
        "Số vụ lấy từ báo cáo hằng tháng của công an các xã, thị trấn; tháng chưa báo cáo không "
        "tính là không có vụ nào. Khoảng tin cậy 95% tính theo phân phối nhị thức.";
    static const struct {
        int paragraphs;
        size_t slides;
        const char *size;
    } cases[] = {{3, 1, "sz=\"2400\""}, {9, 1, "sz=\"1400\""}, {20, 3, "sz=\"1800\""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct doc d;
        one_slide(&d, "Phương pháp");
        for (int k = 0; k < cases[i].paragraphs; k++)
            doc_paragraph(&d, DOC_BODY, sentence);
        write_deck(&d, false);
        assert_int_equal(slide_count(), cases[i].slides);
        assert_true(read_slide(1));
        assert_part_says(cases[i].size);
        finish(&d, "text.pptx");
    }
}

static void heading_goes_with_what_it_heads(void **state)
{
    (void)state;
    struct doc d;
    one_slide(&d, "Hai phần");
    sample_figure(&d, 160, 71, "Một", "Một.");
    doc_heading(&d, 2, "Phần hai");
    sample_figure(&d, 160, 71, "Hai", "Hai.");
    write_deck(&d, false);
    assert_int_equal(slide_count(), 2);
    assert_true(read_slide(1));
    assert_part_silent("Phần hai");
    assert_true(read_slide(2));
    assert_part_says("Phần hai");
    finish(&d, "headed.pptx");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(title_that_fits_keeps_the_size_of_the_layout),
        cmocka_unit_test(title_of_three_lines_is_set_smaller),
        cmocka_unit_test(picture_keeps_its_proportion_in_the_middle_of_the_box),
        cmocka_unit_test(picture_stands_in_its_placeholder_with_its_vector_twin),
        cmocka_unit_test(vector_alone_goes_into_the_deck_for_the_pdf),
        cmocka_unit_test(two_pictures_are_two_slides),
        cmocka_unit_test(sources_are_the_foot),
        cmocka_unit_test(long_foot_grows_upwards_and_the_rest_makes_room),
        cmocka_unit_test(thirteen_rows_stand_on_one_slide),
        cmocka_unit_test(long_table_goes_on_under_its_head_and_title),
        cmocka_unit_test(table_is_as_wide_as_the_body_whatever_its_columns),
        cmocka_unit_test(grouped_heads_span_their_columns_and_the_rest_both_rows),
        cmocka_unit_test(heads_and_strong_rows_are_bold_the_rest_is_not),
        cmocka_unit_test(very_long_cell_stays_on_its_slide),
        cmocka_unit_test(table_without_rows_shows_its_head),
        cmocka_unit_test(text_shrinks_before_it_takes_a_second_slide),
        cmocka_unit_test(heading_goes_with_what_it_heads)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
