#include "doc_check.h"

#include <ctype.h>
#include <string.h>

#include "report/writers.h"

static void write_doc(const struct doc *d, struct buf *page)
{
    struct err e = {0};
    if (!html_write(d, page, &e))
        fail_msg("%s", e.msg);
    assert_int_equal(strlen(buf_text(page)), page->len);
}

static void sample_page(enum doc_form form, enum lang lang, struct buf *page)
{
    struct doc d;
    sample_document(&d, form, lang);
    write_doc(&d, page);
    doc_free(&d);
}

static int count(const char *text, const char *what)
{
    int n = 0;
    for (; (text = strstr(text, what)); text += strlen(what))
        n++;
    return n;
}

#define assert_has(page, what)                                                                     \
    do {                                                                                           \
        if (!strstr(buf_text(page), what))                                                         \
            fail_msg("no %s", what);                                                               \
    } while (0)
#define assert_has_not(page, what)                                                                 \
    do {                                                                                           \
        if (strstr(buf_text(page), what))                                                          \
            fail_msg("has %s", what);                                                              \
    } while (0)

/* ---- the page as a browser takes it ---- */

static bool is_void(const char *name)
{
    static const char *const voids[] = {"meta", "br", "col", "img"};
    for (size_t i = 0; i < sizeof voids / sizeof voids[0]; i++)
        if (!strcmp(name, voids[i]))
            return true;
    return false;
}

/* Reads the name behind `<` or `</`; the place of its `>`. Quotes must close before it. */
static const char *tag_read(const char *p, char name[32])
{
    size_t n = 0;
    for (; isalnum((unsigned char)*p) && n < 31; p++)
        name[n++] = *p;
    name[n] = '\0';
    assert_true(n > 0);
    bool quoted = false;
    for (; *p && (quoted || *p != '>'); p++) {
        quoted ^= *p == '"';
        assert_true(*p != '<');
    }
    assert_true(*p == '>');
    return p;
}

static void assert_balanced(const struct buf *page)
{
    char open[64][32], name[32];
    int depth = 0;
    const char *p = strchr(page->data, '\n'); /* behind the doctype */
    while ((p = strchr(p, '<'))) {
        bool closes = p[1] == '/';
        p = tag_read(p + 1 + closes, name);
        if (closes) {
            if (!depth || strcmp(open[--depth], name) != 0)
                fail_msg("</%s> closes <%s>", name, depth >= 0 ? open[depth] : "");
        } else if (!is_void(name)) {
            assert_true(depth < 64);
            strcpy(open[depth++], name);
        }
    }
    assert_int_equal(depth, 0);
}

static void every_tag_is_closed_in_order(void **state)
{
    (void)state;
    for (int form = DOC_PAGES; form <= DOC_SLIDES; form++) {
        struct buf page = {0};
        sample_page((enum doc_form)form, LANG_VI, &page);
        assert_balanced(&page);
        assert_int_equal(strncmp(page.data, "<!DOCTYPE html>\n<html lang=\"vi\">", 31), 0);
        buf_free(&page);
    }
}

static void nothing_comes_from_elsewhere_and_nothing_runs(void **state)
{
    (void)state;
    static const char *const elsewhere[] = {"http:", "https:",  "//",  "url(",      "@import",
                                            "<link", "<script", "on=", "javascript"};
    for (int form = DOC_PAGES; form <= DOC_SLIDES; form++) {
        struct buf page = {0};
        struct doc d;
        sample_document(&d, (enum doc_form)form, LANG_VI);
        for (size_t i = 0; i < d.block_count; i++)
            if (d.blocks[i]->figure)
                buf_clear(&d.blocks[i]->figure->svg); /* base64 may spell anything */
        write_doc(&d, &page);
        for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++)
            assert_has_not(&page, elsewhere[i]);
        assert_int_equal(count(page.data, " src=\""), count(page.data, " src=\"data:image/svg"));
        doc_free(&d);
        buf_free(&page);
    }
}

static void text_cannot_become_markup(void **state)
{
    (void)state;
    struct buf page = {0};
    sample_page(DOC_PAGES, LANG_VI, &page);
    assert_has(&page, "a&lt;b &amp; &quot;c&quot; &gt; &#39;d&#39;; Ưỡng \xf0\x9f\x93\x88 −1");
    assert_has(&page, "alt=\"Thạnh Lợi tăng từ 5 lên 7\u00a0vụ &amp; &lt;đứng đầu&gt;.\"");
    assert_has(&page, ".<br>Dòng thứ hai của đoạn.");
    for (const char *p = page.data; *p; p++)
        assert_true((unsigned char)*p >= ' ' || *p == '\n');
    buf_free(&page);
}

static void the_same_document_gives_the_same_bytes(void **state)
{
    (void)state;
    struct buf one = {0}, other = {0};
    sample_page(DOC_PAGES, LANG_VI, &one);
    sample_page(DOC_PAGES, LANG_VI, &other);
    assert_string_equal(one.data, other.data);
    buf_free(&one);
    buf_free(&other);
}

static void a_document_short_of_memory_writes_nothing(void **state)
{
    (void)state;
    struct doc d;
    struct err e = {0};
    struct buf page = {0};
    buf_adds(&page, "before");
    sample_document(&d, DOC_PAGES, LANG_EN);
    d.failed = true;
    assert_false(html_write(&d, &page, &e));
    assert_int_equal(e.code, ERR_FAILED);
    assert_string_equal(page.data, "before");
    doc_free(&d);
    buf_free(&page);
}

/* ---- pictures ---- */

static int base64_value(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

static void decode(struct buf *b, const char *text)
{
    unsigned bits = 0;
    int have = 0;
    for (; base64_value(*text) >= 0; text++) {
        bits = bits << 6 | (unsigned)base64_value(*text);
        have += 6;
        if (have >= 8) {
            have -= 8;
            buf_addc(b, (char)(bits >> have & 255));
        }
    }
}

static void a_picture_is_the_svg_itself_with_alt_text_and_its_size(void **state)
{
    (void)state;
    static const char key[] = "src=\"data:image/svg+xml;base64,";
    for (size_t n = 0; n < 4; n++) { /* 0, 1 and 2 bytes over */
        struct buf page = {0}, got = {0};
        struct doc d;
        sample_init(&d, DOC_PAGES, LANG_VI);
        sample_figure(&d, 160, 80, "Số vụ", "Câu một.\nCâu hai.");
        struct buf *svg = &d.blocks[0]->figure->svg;
        buf_add(svg, "\xff\xfe\0\x80", n);
        write_doc(&d, &page);
        const char *picture = strstr(page.data, key);
        assert_non_null(picture);
        decode(&got, picture + strlen(key));
        assert_int_equal(got.len, svg->len);
        assert_memory_equal(got.data, svg->data, got.len);
        assert_has(&page, "<img width=\"605\" height=\"302\" alt=\"Câu một. Câu hai.\" ");
        assert_has(&page, "&nbsp;1. Số vụ</figcaption>");
        doc_free(&d);
        buf_free(&page);
        buf_free(&got);
    }
}

/* ---- headings ---- */

static void headings_carry_their_numbers_in_the_text(void **state)
{
    (void)state;
    static const char *const headings[] = {">I. TÌNH HÌNH VÀ KẾT QUẢ THỰC HIỆN CHỈ TIÊU</h2>",
                                           ">1. Kết luận chung</h3>",
                                           ">2. Tình hình theo địa bàn</h3>",
                                           ">a) Địa bàn trọng điểm</h4>",
                                           ">b) Loại vụ việc</h4>",
                                           ">II. KẾT QUẢ CÁC MẶT CÔNG TÁC</h2>",
                                           ">1. Công tác chỉ đạo, điều hành</h3>"};
    struct buf page = {0};
    sample_page(DOC_PAGES, LANG_VI, &page);
    const char *at = page.data;
    for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++) {
        at = strstr(at, headings[i]);
        if (!at)
            fail_msg("no %s", headings[i]);
    }
    buf_free(&page);
}

/* The text between the tags of what starts at p, up to `end`. */
static void add_plain(struct buf *b, const char *p, const char *end)
{
    for (; p < end; p++) {
        if (*p == '<')
            p = strchr(p, '>');
        else
            buf_addc(b, *p);
    }
}

static void each_line_of_the_contents_leads_to_the_heading_it_names(void **state)
{
    (void)state;
    static const char link[] = "<a href=\"#";
    for (int form = DOC_PAGES; form <= DOC_SLIDES; form++) {
        struct buf page = {0};
        int links = 0;
        sample_page((enum doc_form)form, LANG_VI, &page);
        const char *main_part = strstr(page.data, "<main>");
        for (const char *p = page.data; (p = strstr(p, link)) && p < main_part; links++) {
            struct buf said = {0}, id = {0}, heading = {0};
            p += strlen(link);
            buf_adds(&id, " id=\"");
            buf_add(&id, p, strcspn(p, "\""));
            buf_adds(&id, "\">");
            add_plain(&said, strchr(p, '>') + 1, strstr(p, "</a>"));
            const char *there = strstr(main_part, id.data);
            assert_non_null(there);
            add_plain(&heading, there + id.len, strstr(there, "</h"));
            if (strncmp(said.data, heading.data, 10) != 0)
                fail_msg("'%s' leads to '%s'", said.data, heading.data);
            assert_int_equal(count(page.data, id.data), 1);
            buf_free(&said);
            buf_free(&id);
            buf_free(&heading);
        }
        assert_int_equal(links, form == DOC_PAGES ? 7 : 5);
        buf_free(&page);
    }
}

static void headings_of_an_appendix_are_numbered_anew_and_not_in_the_contents(void **state)
{
    (void)state;
    struct buf page = {0};
    struct doc d;
    sample_init(&d, DOC_PAGES, LANG_EN);
    doc_heading(&d, 1, "Main");
    doc_appendix(&d, "First", true);
    doc_heading(&d, 1, "One");
    doc_appendix(&d, "Second", false);
    doc_heading(&d, 1, "Two");
    write_doc(&d, &page);
    assert_has(&page, "<section class=\"appendix landscape\">");
    assert_has(&page, "<section class=\"appendix\">");
    assert_has(&page, "Appendix II<br><span class=\"upper\">Second</span></h2>");
    assert_has(&page, "<h2 id=\"s3\">I. One</h2>");
    assert_has(&page, "<h2 id=\"s5\">I. Two</h2>");
    assert_has(&page, "<a href=\"#s4\">Appendix II. Second</a>");
    assert_has_not(&page, "<a href=\"#s3\">");
    assert_balanced(&page);
    doc_free(&d);
    buf_free(&page);
}

static void each_heading_of_level_1_opens_a_slide_and_none_is_numbered(void **state)
{
    (void)state;
    struct buf page = {0};
    sample_page(DOC_SLIDES, LANG_VI, &page);
    assert_int_equal(count(page.data, "<section class=\"slide\">\n<h2 "), 2);
    assert_int_equal(count(page.data, "<section class=\"slide cover\">\n<h1>"), 1);
    assert_int_equal(count(page.data, "</section>"), 3);
    assert_has(&page, "\">KẾT QUẢ CÁC MẶT CÔNG TÁC</h2>");
    assert_has(&page, "<caption>Kết quả thực hiện");
    buf_free(&page);
}

/* ---- tables ---- */

static void every_head_says_what_it_is_the_head_of(void **state)
{
    (void)state;
    struct buf page = {0};
    struct doc d;
    sample_init(&d, DOC_PAGES, LANG_EN);
    sample_grouped_table(&d, "By <unit>", 2);
    write_doc(&d, &page);
    assert_has(&page, "<caption>Table&nbsp;1. By &lt;unit&gt;</caption>");
    assert_has(&page, "<thead>\n<tr><th scope=\"col\" rowspan=\"2\">Đơn vị</th>"
                      "<th scope=\"colgroup\" colspan=\"2\">Số vụ</th>"
                      "<th scope=\"col\" rowspan=\"2\">Thay đổi</th>"
                      "<th scope=\"colgroup\" colspan=\"3\">Số trẻ em</th></tr>\n"
                      "<tr><th scope=\"col\">Năm trước</th><th scope=\"col\">Năm nay</th>"
                      "<th scope=\"col\">Dưới 6</th>");
    assert_int_equal(count(page.data, "<th scope=\"row\" class=\"l\">TT Mỹ\u00a0An</th>"), 2);
    assert_int_equal(count(page.data, "<td "), 2 * 6);
    assert_int_equal(count(page.data, "<col style=\"width:"), 7);
    doc_free(&d);
    buf_free(&page);
}

static void totals_are_bold_and_a_row_without_a_name_has_no_head(void **state)
{
    (void)state;
    static const struct doc_column columns[] = {{"N", NULL, 10, DOC_RIGHT},
                                                {"M", NULL, 30, DOC_CENTRE}};
    struct buf page = {0};
    struct doc d;
    sample_init(&d, DOC_PAGES, LANG_EN);
    struct doc_table *t = doc_table(&d, "Numbers", columns, 2);
    doc_row(&d, t, true);
    doc_cell(&d, t, 0, "1");
    write_doc(&d, &page);
    assert_has(&page, "<tr class=\"strong\"><td class=\"r\">1</td><td class=\"c\"></td></tr>");
    assert_has(&page, "<col style=\"width:25.00%\"><col style=\"width:75.00%\">");
    assert_has_not(&page, "scope=\"row\"");
    doc_free(&d);
    buf_free(&page);
}

/* ---- official form ---- */

static void head_and_end_are_as_official_form_wants_them(void **state)
{
    (void)state;
    struct buf page = {0};
    struct doc d;
    sample_document(&d, DOC_PAGES, LANG_EN);
    d.created = 1738368000; /* 1 February 2025 */
    write_doc(&d, &page);
    assert_has(&page, ">ỦY BAN NHÂN DÂN<br>HUYỆN THÁP MƯỜI</p>");
    assert_has(&page, "/BC-BCĐ138</p>");
    assert_has(&page, "/02/2025</p>");
    assert_has(&page, "<li>Công an tỉnh;</li>\n<li>TT/HU, TT/HĐND huyện;</li>");
    assert_has(&page, "<li>Lưu: VT, CAH.</li>\n</ul>");
    assert_has(&page, "<p class=\"strong\">CHỦ TỊCH UBND HUYỆN</p>\n</div>"); /* no empty signer */
    assert_has(&page, "<p class=\"note\" role=\"note\">");
    assert_has(&page, "<p class=\"prompt\">[Bổ sung nội dung]</p>");
    assert_int_equal(count(page.data, "<h1>"), 1);
    doc_free(&d);
    buf_free(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_tag_is_closed_in_order),
        cmocka_unit_test(nothing_comes_from_elsewhere_and_nothing_runs),
        cmocka_unit_test(text_cannot_become_markup),
        cmocka_unit_test(the_same_document_gives_the_same_bytes),
        cmocka_unit_test(a_document_short_of_memory_writes_nothing),
        cmocka_unit_test(a_picture_is_the_svg_itself_with_alt_text_and_its_size),
        cmocka_unit_test(headings_carry_their_numbers_in_the_text),
        cmocka_unit_test(each_line_of_the_contents_leads_to_the_heading_it_names),
        cmocka_unit_test(headings_of_an_appendix_are_numbered_anew_and_not_in_the_contents),
        cmocka_unit_test(each_heading_of_level_1_opens_a_slide_and_none_is_numbered),
        cmocka_unit_test(every_head_says_what_it_is_the_head_of),
        cmocka_unit_test(totals_are_bold_and_a_row_without_a_name_has_no_head),
        cmocka_unit_test(head_and_end_are_as_official_form_wants_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
