/* The analyst's paragraphs find their headings, and none of them is lost. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "report/notes.h"
#include "sys/sys.h"

struct fixture {
    struct doc d;
    struct err e;
    struct buf folder, path, unknown, shown;
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    if (!f)
        return -1;
    doc_init(&f->d, DOC_PAGES, LANG_EN);
    return sys_temp_folder(&f->folder, &f->e) ? 0 : -1;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    sys_temp_remove(buf_text(&f->folder));
    buf_free(&f->folder);
    buf_free(&f->path);
    buf_free(&f->unknown);
    buf_free(&f->shown);
    doc_free(&f->d);
    free(f);
    return 0;
}

static bool apply_bytes(struct fixture *f, const char *bytes, size_t n)
{
    buf_clear(&f->path);
    buf_addf(&f->path, "%s/n.md", buf_text(&f->folder));
    assert_true(sys_write_whole(buf_text(&f->path), bytes, n, &f->e));
    return notes_apply(&f->d, buf_text(&f->path), &f->unknown, &f->e);
}

static void apply(struct fixture *f, const char *text)
{
    if (!apply_bytes(f, text, strlen(text)))
        fail_msg("%s", f->e.msg);
}

/* A block a line: "# heading", "- bullet", "? prompt", "= last", bold as <b>, italic as <i>. */
static void show_block(struct fixture *f, const struct doc_block *b)
{
    static const char *const marks[] = {[DOC_BODY] = "",   [DOC_BULLET] = "- ", [DOC_PROMPT] = "? ",
                                        [DOC_NOTE] = "! ", [DOC_SOURCE] = "~ ", [DOC_LAST] = "= "};
    if (b->type == DOC_HEADING)
        buf_addf(&f->shown, "%.*s ", b->level, "####");
    else if (b->type == DOC_PARAGRAPH)
        buf_adds(&f->shown, marks[b->role]);
    else
        buf_addf(&f->shown, "[%d]", (int)b->type);
    for (size_t i = 0; i < b->run_count; i++)
        buf_addf(&f->shown, "%s%s%s%s%s", b->runs[i].bold ? "<b>" : "",
                 b->runs[i].italic ? "<i>" : "", b->runs[i].text, b->runs[i].italic ? "</i>" : "",
                 b->runs[i].bold ? "</b>" : "");
    buf_addc(&f->shown, '\n');
}

static const char *shown(struct fixture *f)
{
    buf_clear(&f->shown);
    for (size_t i = 0; i < f->d.block_count; i++)
        show_block(f, f->d.blocks[i]);
    assert_false(f->d.failed || f->shown.failed);
    return buf_text(&f->shown);
}

/* Two chapters that both have a part of the same name. */
static void make_report(struct fixture *f)
{
    struct doc *d = &f->d;
    doc_add(d, DOC_LETTERHEAD);
    doc_paragraph(d, DOC_BODY, "Opening:");
    doc_heading(d, 1, "TÌNH HÌNH");
    doc_heading(d, 2, "Kết luận chung");
    doc_paragraph(d, DOC_BODY, "64 to 52.");
    doc_paragraph(d, DOC_SOURCE, "Source.");
    doc_heading(d, 1, "KẾT QUẢ CÁC MẶT CÔNG TÁC");
    doc_heading(d, 2, "Công tác tuyên truyền");
    doc_paragraph(d, DOC_PROMPT, "[Bổ sung nội dung]");
    doc_heading(d, 2, "Công tác đấu tranh");
    doc_paragraph(d, DOC_PROMPT, "[Bổ sung nội dung]");
    doc_heading(d, 1, "PHƯƠNG HƯỚNG");
    doc_heading(d, 2, "Công tác tuyên truyền");
    doc_paragraph(d, DOC_LAST, "End.");
    doc_add(d, DOC_CLOSING);
}

static const char head[] = "[0]\nOpening:\n";
static const char situation[] = "# TÌNH HÌNH\n## Kết luận chung\n64 to 52.\n~ Source.\n";
static const char results[] = "# KẾT QUẢ CÁC MẶT CÔNG TÁC\n";
static const char work[] = "## Công tác tuyên truyền\n? [Bổ sung nội dung]\n"
                           "## Công tác đấu tranh\n? [Bổ sung nội dung]\n";
static const char plans[] = "# PHƯƠNG HƯỚNG\n## Công tác tuyên truyền\n";
static const char last[] = "= End.\n[7]\n";

/* What the report shows, its parts given one behind the other, to a NULL. */
static void assert_report(struct fixture *f, const char *const parts[])
{
    struct buf want = {0};
    for (; *parts; parts++)
        buf_adds(&want, *parts);
    assert_string_equal(shown(f), buf_text(&want));
    buf_free(&want);
}
#define ASSERT_REPORT(f, ...) assert_report(f, (const char *const[]){__VA_ARGS__, NULL})

/* ---- placing ---- */

static void a_note_stands_at_the_end_of_its_section_and_the_prompt_goes(void **state)
{
    struct fixture *f = *state;
    make_report(f);
    apply(f,
          "# I. Tình hình\n## 1. ket luan CHUNG\nMột.\n\nHai.\n## b) Công tác đấu tranh ##\nBa.\n");
    ASSERT_REPORT(f, head, situation, "Một.\nHai.\n", results,
                  "## Công tác tuyên truyền\n? [Bổ sung nội dung]\n## Công tác đấu tranh\nBa.\n",
                  plans, last);
    assert_string_equal(buf_text(&f->unknown), "");
}

static void two_of_the_same_name_are_told_apart_by_nesting(void **state)
{
    struct fixture *f = *state;
    make_report(f);
    apply(f, "# Phương hướng\n## Công tác tuyên truyền\nSắp tới.\n");
    ASSERT_REPORT(f, head, situation, results, work, plans, "Sắp tới.\n", last);
    assert_string_equal(buf_text(&f->unknown), "");
}

static void two_of_the_same_name_are_told_apart_by_the_words_above(void **state)
{
    struct fixture *f = *state;
    make_report(f);
    apply(f, "### II. Kết quả các mặt công tác / 1. Công tác tuyên truyền\nĐã làm.\n");
    ASSERT_REPORT(f, head, situation, results,
                  "## Công tác tuyên truyền\nĐã làm.\n"
                  "## Công tác đấu tranh\n? [Bổ sung nội dung]\n",
                  plans, last);
    assert_string_equal(buf_text(&f->unknown), "");
}

static void a_name_that_several_have_is_kept_at_the_end_and_reported(void **state)
{
    struct fixture *f = *state;
    make_report(f);
    apply(f, "\n## Công tác tuyên truyền\nỞ đâu?\n");
    ASSERT_REPORT(f, head, situation, results, work, plans, "# Công tác tuyên truyền\nỞ đâu?\n",
                  last);
    assert_non_null(strstr(buf_text(&f->unknown), "n.md:2: 2 headings are called"));
}

static void headings_that_differ_by_diacritics_alone_are_told_apart(void **state)
{
    struct fixture *f = *state;
    doc_heading(&f->d, 1, "Tố giác");
    doc_heading(&f->d, 1, "Tờ giác");
    apply(f, "# tờ giác\nA\n# TỐ GIÁC\nB\n");
    assert_string_equal(shown(f), "# Tố giác\nB\n# Tờ giác\nA\n");
    apply(f, "# to giac\nC\n");
    assert_non_null(strstr(shown(f), "# to giac\nC\n"));
    assert_non_null(strstr(buf_text(&f->unknown), "2 headings"));
}

static void an_unknown_heading_is_kept_and_the_nearest_named(void **state)
{
    struct fixture *f = *state;
    make_report(f);
    apply(f, "# Phương hướg\nMột.\n# Ngân sách\n\n## 2. Chi *khác*\nHai.\n#### Sâu\nBa.\n"
             "# Tình hình\nBốn.\n");
    ASSERT_REPORT(f, head, "# TÌNH HÌNH\nBốn.\n## Kết luận chung\n64 to 52.\n~ Source.\n", results,
                  work, plans, "# Phương hướg\nMột.\n# Ngân sách\n## Chi <i>khác</i>\nHai.\n",
                  "### Sâu\nBa.\n", last);
    assert_non_null(strstr(buf_text(&f->unknown), "n.md:1: no heading is called 'Phương hướg'"));
    assert_non_null(strstr(buf_text(&f->unknown), "the nearest is 'PHƯƠNG HƯỚNG'\n"));
    assert_non_null(strstr(buf_text(&f->unknown), "n.md:3: no heading is called 'Ngân sách'"));
}

/* A title above everything holds nothing that could be lost; it is reported all the same. */
static void an_unknown_heading_without_text_leaves_no_empty_heading(void **state)
{
    struct fixture *f = *state;
    make_report(f);
    apply(f, "# Ghi chép\n## Công tác đấu tranh\nMột.\n## Tình hình\n");
    ASSERT_REPORT(f, head, situation, results,
                  "## Công tác tuyên truyền\n? [Bổ sung nội dung]\n## Công tác đấu tranh\nMột.\n",
                  plans, last);
    assert_non_null(strstr(buf_text(&f->unknown), "n.md:1: "));
}

static void text_before_the_first_heading_follows_the_opening(void **state)
{
    struct fixture *f = *state;
    make_report(f);
    apply(f, "Mở đầu.\n\n# KHÔNG CÓ\nX.\n");
    ASSERT_REPORT(f, head, "Mở đầu.\n", situation, results, work, plans, "# KHÔNG CÓ\nX.\n", last);
}

static void a_heading_twice_takes_both_in_order(void **state)
{
    struct fixture *f = *state;
    make_report(f);
    apply(f, "# Công tác đấu tranh\nMột.\n# Kết luận chung\nHai.\n# Công tác đấu tranh\nBa.\n");
    ASSERT_REPORT(f, head, situation, "Hai.\n", results,
                  "## Công tác tuyên truyền\n? [Bổ sung nội dung]\n",
                  "## Công tác đấu tranh\nMột.\nBa.\n", plans, last);
}

static void a_slash_may_belong_to_the_name(void **state)
{
    struct fixture *f = *state;
    doc_heading(&f->d, 1, "Chỉ đạo của TT/HU");
    doc_heading(&f->d, 1, "HU");
    apply(f, "# Chỉ đạo của TT/HU\nA\n");
    assert_string_equal(shown(f), "# Chỉ đạo của TT/HU\nA\n# HU\n");
}

static void an_appendix_is_named_by_its_title_and_ends_a_section(void **state)
{
    struct fixture *f = *state;
    doc_heading(&f->d, 1, "Nhận định");
    doc_appendix(&f->d, "SỐ LIỆU", true);
    apply(f, "# Số liệu\nA\n# Nhận định\nB\n# Khác\nC\n");
    assert_string_equal(shown(f), "# Nhận định\nB\n# Khác\nC\n[6]SỐ LIỆU\nA\n");
}

static void a_document_without_headings_takes_all_at_its_end(void **state)
{
    struct fixture *f = *state;
    doc_paragraph(&f->d, DOC_BODY, "One.");
    apply(f, "Two.\n# Three\nFour.\n");
    assert_string_equal(shown(f), "One.\nTwo.\n# Three\nFour.\n");
}

/* ---- Markdown ---- */

/* The blocks of a text without headings. */
static const char *read_text(struct fixture *f, const char *text)
{
    doc_free(&f->d);
    apply(f, text);
    return shown(f);
}

static void stars_are_bold_and_italic_where_they_have_partners(void **state)
{
    static const char *const cases[][2] = {
        {"a **b** c", "a <b>b</b> c\n"},
        {"*a* **b** ***c***", "<i>a</i> <b>b</b> <b><i>c</i></b>\n"},
        {"**bold *italic***", "<b>bold </b><b><i>italic</i></b>\n"},
        {"*italic **bold***", "<i>italic </i><b><i>bold</i></b>\n"},
        {"**a *b* c**", "<b>a </b><b><i>b</i></b><b> c</b>\n"},
        {"2 * 3 * 4", "2 * 3 * 4\n"},
        {"a * b", "a * b\n"},
        {"*a", "*a\n"},
        {"a* b *c", "a* b *c\n"},
        {"**a", "**a\n"},
        {"**a*", "*<i>a</i>\n"},
        {"\\*a\\* \\\\ c:\\d", "*a* \\ c:\\d\n"},
        {"*a**", "<i>a</i>*\n"},
        {"****", "****\n"},
        {"**Ưu điểm:**tốt", "<b>Ưu điểm:</b>tốt\n"},
        {"**hai\ndòng**", "<b>hai dòng</b>\n"},
        {"snake_case_name `code`", "snake_case_name `code`\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(read_text(*state, cases[i][0]), cases[i][1]);
}

static void lists_are_bullets_and_numbered_lines_paragraphs(void **state)
{
    assert_string_equal(read_text(*state, "Gồm:\n- một\n  tiếp\n* **hai**\n+ ba\n\nHết.\n"),
                        "Gồm:\n- một tiếp\n- <b>hai</b>\n- ba\nHết.\n");
    assert_string_equal(read_text(*state, "1. a\n2. b\nc\na) d\n2024 e\n1.5 f"),
                        "1. a\n2. b c\na) d 2024 e 1.5 f\n");
    assert_string_equal(read_text(*state, "-5 độ\n*nghiêng* x"), "-5 độ <i>nghiêng</i> x\n");
}

static void code_is_text_and_holds_no_headings(void **state)
{
    assert_string_equal(read_text(*state, "a\n```sh\n# no *heading*\n\n- b\n```\nc\n"),
                        "a\n# no *heading*\n\n- b\nc\n");
    assert_string_equal(read_text(*state, "```\n# open to the end"), "# open to the end\n");
    assert_string_equal(read_text(*state, "```not code\n```\n```in\n```\n"),
                        "```not code\n```in\n");
}

static void a_table_stays_lines(void **state)
{
    assert_string_equal(read_text(*state, "a\n| x | *y* |\n|---|---|\n| 1 | 2 |\nb\n"),
                        "a\n| x | *y* |\n|---|---|\n| 1 | 2 |\nb\n");
}

static void what_only_looks_like_a_heading_is_text(void **state)
{
    assert_string_equal(read_text(*state, "#\n\n##  ##\n"), "#\n## ##\n");
    assert_string_equal(read_text(*state, "\\# a"), "# a\n");
}

static void line_ends_and_marks_of_windows_do_not_matter(void **state)
{
    struct fixture *f = *state;
    make_report(f);
    apply(f, "\xEF\xBB\xBF# Tình hình\r\n\r\nMột\r\nhai.\r\n");
    ASSERT_REPORT(f, head, "# TÌNH HÌNH\nMột hai.\n## Kết luận chung\n64 to 52.\n~ Source.\n",
                  results, work, plans, last);
}

/* The heading as a Mac writes it: every mark a character of its own. */
static void decomposed_letters_are_the_same_letters(void **state)
{
    struct fixture *f = *state;
    doc_heading(&f->d, 1, "Tố giác");
    apply(f, "# To\xCC\x82\xCC\x81 gia\xCC\x81\x63\nto\xCC\x82\xCC\x81\n");
    assert_string_equal(shown(f), "# Tố giác\ntố\n");
}

static void an_empty_file_changes_nothing(void **state)
{
    struct fixture *f = *state;
    make_report(f);
    apply(f, "");
    apply(f, "\xEF\xBB\xBF\r\n \r\n");
    ASSERT_REPORT(f, head, situation, results, work, plans, last);
    assert_string_equal(buf_text(&f->unknown), "");
}

static void what_is_not_utf8_is_refused_with_its_line(void **state)
{
    struct fixture *f = *state;
    make_report(f);
    assert_false(apply_bytes(f, "# Tình hình\na\n\xff\n", 17));
    assert_int_equal(f->e.code, ERR_INPUT);
    assert_non_null(strstr(f->e.msg, "n.md:3: "));
    err_clear(&f->e);
    assert_false(apply_bytes(f, "a\nb\0c\n", 6));
    assert_non_null(strstr(f->e.msg, "n.md:2: "));
    err_clear(&f->e);
    assert_false(notes_apply(&f->d, "/nowhere/n.md", &f->unknown, &f->e));
    assert_non_null(strstr(f->e.msg, "/nowhere/n.md"));
    ASSERT_REPORT(f, head, situation, results, work, plans, last);
}

static void notes_applied_to_the_same_document_are_the_same(void **state)
{
    struct fixture *f = *state;
    struct buf first = {0};
    static const char text[] = "A.\n# Lạ\nB.\n# Tình hình\n- C **d**\n";
    make_report(f);
    apply(f, text);
    buf_adds(&first, shown(f));
    doc_free(&f->d);
    make_report(f);
    apply(f, text);
    assert_string_equal(shown(f), buf_text(&first));
    buf_free(&first);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_note_stands_at_the_end_of_its_section_and_the_prompt_goes),
        TEST(two_of_the_same_name_are_told_apart_by_nesting),
        TEST(two_of_the_same_name_are_told_apart_by_the_words_above),
        TEST(a_name_that_several_have_is_kept_at_the_end_and_reported),
        TEST(headings_that_differ_by_diacritics_alone_are_told_apart),
        TEST(an_unknown_heading_is_kept_and_the_nearest_named),
        TEST(an_unknown_heading_without_text_leaves_no_empty_heading),
        TEST(text_before_the_first_heading_follows_the_opening),
        TEST(a_heading_twice_takes_both_in_order),
        TEST(a_slash_may_belong_to_the_name),
        TEST(an_appendix_is_named_by_its_title_and_ends_a_section),
        TEST(a_document_without_headings_takes_all_at_its_end),
        TEST(stars_are_bold_and_italic_where_they_have_partners),
        TEST(lists_are_bullets_and_numbered_lines_paragraphs),
        TEST(code_is_text_and_holds_no_headings),
        TEST(a_table_stays_lines),
        TEST(what_only_looks_like_a_heading_is_text),
        TEST(line_ends_and_marks_of_windows_do_not_matter),
        TEST(decomposed_letters_are_the_same_letters),
        TEST(an_empty_file_changes_nothing),
        TEST(what_is_not_utf8_is_refused_with_its_line),
        TEST(notes_applied_to_the_same_document_are_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
