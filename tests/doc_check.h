/* doc_check.h: documents for the tests of the writers: one with every block type, built by hand,
 * and the pieces it is built of. */
#ifndef KEOGIAM_TESTS_DOC_CHECK_H
#define KEOGIAM_TESTS_DOC_CHECK_H

#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "report/doc.h"

/* Two grey pixels beside each other. */
static const unsigned char sample_png[] = {
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44,
    0x52, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0xd1,
    0x49, 0x20, 0x56, 0x00, 0x00, 0x00, 0x0e, 0x49, 0x44, 0x41, 0x54, 0x78, 0x01, 0x01, 0x03,
    0x00, 0xfc, 0xff, 0x00, 0x40, 0xc0, 0x01, 0x43, 0x01, 0x01, 0x9d, 0x77, 0xdc, 0xad, 0x00,
    0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};

static const char sample_svg[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"160mm\" height=\"80mm\" "
    "viewBox=\"0 0 160 80\"><rect width=\"160\" height=\"80\" fill=\"#E6EAED\"/>"
    "<text x=\"10\" y=\"20\" font-size=\"8\">Thạnh Lợi &amp; Mỹ An</text></svg>\n";

/* What a writer must not stumble over: the five signs of XML, controls that XML forbids, letters of
 * two, three and four bytes. What a reader sees of it: HARD_TEXT_SEEN. */
#define HARD_TEXT "a<b & \"c\" > 'd'\x01\x1f; Ưỡng \xf0\x9f\x93\x88 \xe2\x88\x92\x31"
#define HARD_TEXT_SEEN "a<b & \"c\" > 'd'; Ưỡng \xf0\x9f\x93\x88 \xe2\x88\x92\x31"

static const struct doc_column sample_columns[] = {{"TT", NULL, 9, DOC_CENTRE},
                                                   {"Nội dung", NULL, 62, DOC_LEFT},
                                                   {"Chỉ tiêu", NULL, 24, DOC_CENTRE},
                                                   {"Kết quả", NULL, 36, DOC_RIGHT},
                                                   {"Đánh giá", NULL, 24, DOC_CENTRE}};

/* Two columns under one head, one alone, three under the next. */
static const struct doc_column sample_grouped[] = {
    {"Đơn vị", NULL, 60, DOC_LEFT},         {"Năm trước", "Số vụ", 30, DOC_RIGHT},
    {"Năm nay", "Số vụ", 30, DOC_RIGHT},    {"Thay đổi", NULL, 40, DOC_LEFT},
    {"Dưới 6", "Số trẻ em", 25, DOC_RIGHT}, {"6 đến dưới 13", "Số trẻ em", 25, DOC_RIGHT},
    {"Từ 13", "Số trẻ em", 25, DOC_RIGHT}};

static const struct letterhead sample_letterhead = {
    .superior = "ỦY BAN NHÂN DÂN\nHUYỆN THÁP MƯỜI",
    .body = "BAN CHỈ ĐẠO 138",
    .body_name = "Ban Chỉ đạo 138 huyện Tháp Mười",
    .number = "/BC-BCĐ138",
    .place = "Tháp Mười",
    .plan = "Kế hoạch số …/KH-BCĐ138 ngày … của Ban Chỉ đạo 138 huyện",
    .recipients = "Công an tỉnh\nTT/HU, TT/HĐND huyện\nUBND các xã, thị trấn\nLưu: VT, CAH",
    .sign_for = "TM. BAN CHỈ ĐẠO",
    .sign_title = "TRƯỞNG BAN",
    .sign_office = "CHỦ TỊCH UBND HUYỆN",
    .signer = ""};

/* Empty, with head, kind, subject and date (31 December 2024). */
static inline void sample_init(struct doc *d, enum doc_form form, enum lang lang)
{
    doc_init(d, form, lang);
    d->head = sample_letterhead;
    d->kind = lang == LANG_VI ? "BÁO CÁO" : "REPORT";
    d->subject = "Kết quả phòng, chống tội phạm xâm hại trẻ em và phòng, chống tội phạm, "
                 "vi phạm pháp luật liên quan đến người dưới 18 tuổi năm 2024";
    d->created = 1735603200;
}

/* A figure as doc_draw leaves it. */
static inline void sample_figure(struct doc *d, double width_mm, double height_mm,
                                 const char *caption, const char *alt)
{
    struct plot plot = {.width_mm = width_mm, .height_mm = height_mm, .lang = d->lang};
    struct doc_figure *f = doc_figure(d, &plot, caption, alt);
    assert_non_null(f);
    buf_add(&f->png, (const char *)sample_png, sizeof sample_png);
    buf_adds(&f->svg, sample_svg);
}

/* A table of sample_columns; its cells tell their row ("Nội dung 7"). */
static inline struct doc_table *sample_table(struct doc *d, const char *caption, size_t rows)
{
    struct doc_table *t = doc_table(d, caption, sample_columns, 5);
    for (size_t i = 1; i <= rows; i++) {
        char text[64];
        doc_row(d, t, i == rows);
        snprintf(text, sizeof text, "%zu", i);
        doc_cell(d, t, 0, text);
        snprintf(text, sizeof text, "Nội dung %zu", i);
        doc_cell(d, t, 1, text);
        doc_cell(d, t, 2, ">95%");
        doc_cell(d, t, 3, "22 → 19 vụ\ngiảm\u00a013,6%");
        doc_cell(d, t, 4, i % 2 ? "Đạt" : "Chưa đạt");
    }
    return t;
}

/* A table of sample_grouped. */
static inline struct doc_table *sample_grouped_table(struct doc *d, const char *caption,
                                                     size_t rows)
{
    static const char *const cells[] = {
        "TT Mỹ\u00a0An", "5", "7", "tăng 02 vụ (7/5)", "0", "1", "6"};
    struct doc_table *t = doc_table(d, caption, sample_grouped, 7);
    for (size_t i = 0; i < rows; i++) {
        doc_row(d, t, false);
        for (size_t c = 0; c < 7; c++)
            doc_cell(d, t, c, cells[c]);
    }
    return t;
}

/* The body: headings of the three levels, each role of paragraph, table and figure. */
static inline void sample_body(struct doc *d)
{
    doc_paragraph(d, DOC_NOTE, "Toàn bộ số liệu trong văn bản này là số liệu mô phỏng.");
    doc_heading(d, 1, "TÌNH HÌNH VÀ KẾT QUẢ THỰC HIỆN CHỈ TIÊU");
    doc_heading(d, 2, "Kết luận chung");
    struct doc_block *b = doc_add(d, DOC_PARAGRAPH);
    doc_run(d, b, "Toàn huyện ghi nhận ", false, false);
    doc_run(d, b, "52 vụ", true, false);
    doc_run(d, b, " (cùng kỳ 64 vụ, giảm\u00a018,8%), ", false, false);
    doc_run(d, b, "đạt chỉ tiêu", false, true);
    doc_run(d, b, ".\nDòng thứ hai của đoạn.", false, false);
    sample_table(d, "Kết quả thực hiện các chỉ tiêu năm 2024", 4);
    doc_paragraph(d, DOC_SOURCE, "Nguồn: dữ liệu vụ việc, năm 2024.");
    doc_heading(d, 2, "Tình hình theo địa bàn");
    doc_heading(d, 3, "Địa bàn trọng điểm");
    doc_paragraph(d, DOC_BULLET, "Thạnh Lợi: 7 vụ (cùng kỳ 5);");
    doc_paragraph(d, DOC_BULLET, HARD_TEXT);
    sample_figure(d, 160, 80, "Số vụ theo xã", "Thạnh Lợi tăng từ 5 lên 7 vụ & <đứng đầu>.");
    doc_paragraph(d, DOC_SOURCE, "Nguồn: dữ liệu vụ việc.");
    doc_heading(d, 3, "Loại vụ việc");
    doc_paragraph(d, DOC_BODY, "Chưa đủ cơ sở kết luận về xu hướng.");
    doc_heading(d, 1, "KẾT QUẢ CÁC MẶT CÔNG TÁC");
    doc_heading(d, 2, "Công tác chỉ đạo, điều hành");
    doc_paragraph(d, DOC_PROMPT, "[Bổ sung nội dung]");
}

/* Every block type that the form knows; in pages an appendix of each orientation. */
static inline void sample_document(struct doc *d, enum doc_form form, enum lang lang)
{
    sample_init(d, form, lang);
    if (form == DOC_SLIDES) {
        doc_run(d, doc_add(d, DOC_COVER), "Ban Chỉ đạo 138 huyện Tháp Mười", false, false);
        sample_body(d);
        return;
    }
    doc_add(d, DOC_LETTERHEAD);
    sample_body(d);
    doc_paragraph(d, DOC_LAST, "Trên đây là báo cáo của Ban Chỉ đạo 138 huyện Tháp Mười./.");
    doc_add(d, DOC_CLOSING);
    doc_appendix(d, "Số vụ theo đơn vị hành chính", true);
    sample_grouped_table(d, "Số vụ và số trẻ em theo đơn vị", 3);
    doc_paragraph(d, DOC_SOURCE, "Nguồn: dữ liệu vụ việc.");
    doc_appendix(d, "Phương pháp", false);
    doc_paragraph(d, DOC_BODY, "Khoảng tin cậy 95% tính theo phân phối nhị thức.");
}

#endif
