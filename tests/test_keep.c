/* What was typed into an edition, in the next. */
#include "keep_check.h"

#include "report/keep.h"
#include "report/notes.h"

/* What the program says with `cases`; one table, one field for own text. */
static void compose(struct doc *d, int cases, const char *of)
{
    char text[80];
    sample_init(d, DOC_PAGES, LANG_VI);
    d->of = of;
    doc_add(d, DOC_LETTERHEAD);
    doc_heading(d, 1, "TÌNH HÌNH");
    snprintf(text, sizeof text, "Toàn huyện ghi nhận %d vụ, giảm so với cùng kỳ 64 vụ.", cases);
    doc_paragraph(d, DOC_BODY, text);
    struct doc_table *t = doc_table(d, "Chỉ tiêu", sample_columns, 5);
    doc_row(d, t, false);
    doc_cell(d, t, 0, "1");
    doc_cell(d, t, 1, "Giảm số vụ");
    snprintf(text, sizeof text, "%d/64", cases);
    doc_cell(d, t, 3, text);
    doc_heading(d, 2, "Công tác chỉ đạo");
    doc_paragraph(d, DOC_PROMPT, "[Bổ sung nội dung]");
    doc_heading(d, 2, "Công tác tuyên truyền");
    doc_paragraph(d, DOC_BODY, "Chưa có số liệu tuyên truyền trong kỳ này.");
    doc_paragraph(d, DOC_LAST, "Trên đây là báo cáo./.");
    doc_add(d, DOC_CLOSING);
}

/* An edition of 52 cases as somebody changed it, at a.docx. */
static void write_edited(struct folder *f, const char *const *pairs)
{
    struct doc d;
    struct buf file = {0};
    compose(&d, 52, "briefing");
    write_docx(&d, false, &file);
    edit_docx(&file, pairs);
    write_file(f, "a.docx", &file);
    buf_free(&file);
    doc_free(&d);
}

/* Own text and prompts of the document, a line each; what was said, without the folder's path. */
struct outcome {
    struct buf own, said;
    struct err e;
    bool ok;
};

static void show_own(const struct doc *d, struct buf *own)
{
    for (size_t i = 0; i < d->block_count; i++) {
        const struct doc_block *b = d->blocks[i];
        bool prompt = b->type == DOC_PARAGRAPH && b->role == DOC_PROMPT;
        if (!b->is_own && !prompt)
            continue;
        buf_adds(own, b->type == DOC_HEADING ? "# " : prompt ? "? " : "");
        buf_adds(own, b->type == DOC_PARAGRAPH && b->role == DOC_BULLET ? "- " : "");
        for (size_t k = 0; k < b->run_count; k++)
            buf_addf(own, b->runs[k].bold ? "<b>%s</b>" : "%s", b->runs[k].text);
        buf_adds(own, "\n");
    }
}

/* The edition of 53 cases, keeping a.docx. */
static struct outcome keep_into(struct folder *f, struct doc *d)
{
    struct outcome o = {0};
    struct buf said = {0};
    const char *path = in_folder(f, "a.docx");
    o.ok = keep_apply(d, path, &said, &o.e);
    for (const char *at = buf_text(&said); *at;) {
        bool named = !strncmp(at, path, strlen(path));
        at += named ? strlen(path) + 2 : 0;
        size_t n = strcspn(at, "\n") + 1;
        buf_add(&o.said, at, n);
        at += n;
    }
    show_own(d, &o.own);
    buf_free(&said);
    doc_free(d);
    return o;
}

static struct outcome keep(struct folder *f)
{
    struct doc d;
    compose(&d, 53, "briefing");
    return keep_into(f, &d);
}

static void check_outcome(struct outcome o, const char *own, const char *said)
{
    if (!o.ok)
        fail_msg("%s", o.e.msg);
    assert_string_equal(buf_text(&o.own), own);
    assert_string_equal(buf_text(&o.said), said);
    buf_free(&o.own);
    buf_free(&o.said);
}

static void check_refused(struct outcome o, const char *words)
{
    assert_false(o.ok);
    assert_int_equal(o.e.code, ERR_INPUT);
    if (!strstr(o.e.msg, words))
        fail_msg("%s", o.e.msg);
    buf_free(&o.own);
    buf_free(&o.said);
}

#define PART                                                                                       \
    "<w:docPartObj><w:docPartGallery w:val=\"Quick Parts\"/></w:docPartObj></w:sdtPr>"             \
    "<w:sdtContent>"
#define PROMPT                                                                                     \
    "<w:showingPlcHdr/>" PART "<w:p><w:pPr><w:pStyle w:val=\"BodyText\"/></w:pPr><w:r><w:rPr>"     \
    "<w:rStyle w:val=\"PlaceholderText\"/></w:rPr><w:t xml:space=\"preserve\">"                    \
    "[Bổ sung nội dung]</w:t></w:r></w:p>"
#define FIELD(paragraphs) PART paragraphs
#define P(text) "<w:p><w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r></w:p>"
#define BOLD(text) "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define EDIT(...)                                                                                  \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }
#define TOTAL(own, figures) "own paragraphs kept: " own "; figures typed over: " figures "\n"

static void an_edition_that_nobody_touched_says_so(void **state)
{
    write_edited(*state, EDIT(NULL));
    check_outcome(keep(*state), "? [Bổ sung nội dung]\n", TOTAL("0", "0"));
}

static void text_in_a_field_takes_the_place_of_the_prompt(void **state)
{
    write_edited(
        *state, EDIT(PROMPT, FIELD("<w:p>" BOLD("03 kế hoạch") "</w:p>" P(
                                 "Hai đoạn.") "<w:p><w:pPr><w:pStyle w:val=\"ListBullet\"/></w:pPr>"
                                              "<w:r><w:t>ý một</w:t></w:r></w:p>")));
    check_outcome(keep(*state), "<b>03 kế hoạch</b>\nHai đoạn.\n- ý một\n", TOTAL("3", "0"));
}

static void text_behind_the_prompt_is_kept_without_it(void **state)
{
    write_edited(*state, EDIT("[Bổ sung nội dung]", "[Bổ sung nội dung] Đã họp."));
    check_outcome(keep(*state), "Đã họp.\n", TOTAL("1", "0"));
}

static void a_field_that_was_emptied_is_empty(void **state)
{
    write_edited(*state, EDIT("[Bổ sung nội dung]", "Nhấp vào đây để nhập văn bản."));
    check_outcome(keep(*state), "? [Bổ sung nội dung]\n", TOTAL("0", "0"));
}

/* Word takes the mark of the placeholder off; others may not. */
static void text_that_still_passes_for_a_placeholder_is_kept(void **state)
{
    write_edited(*state, EDIT("[Bổ sung nội dung]", "Đã họp 03 lần."));
    check_outcome(keep(*state), "Đã họp 03 lần.\n", TOTAL("1", "0"));
}

static void stars_that_somebody_typed_are_stars(void **state)
{
    write_edited(*state, EDIT(PROMPT, FIELD(P("**a** # b"))));
    check_outcome(keep(*state), "**a** # b\n", TOTAL("1", "0"));
}

static void a_figure_typed_over_is_named_and_not_kept(void **state)
{
    write_edited(*state, EDIT("52\u00a0vụ", "60 vụ", ">52/64<", ">60/64<"));
    check_outcome(keep(*state), "? [Bổ sung nội dung]\n",
                  "TÌNH HÌNH: \"Toàn huyện ghi nhận 52 vụ, giảm so với…\": figure typed over: was "
                  "\"52\", typed \"60\", now \"53\"\n"
                  "TÌNH HÌNH: Bảng 1, Giảm số vụ, Kết quả: figure typed over: was \"52/64\", typed "
                  "\"60/64\", now \"53/64\"\n" TOTAL("0", "2"));
}

static void other_words_are_named_and_not_kept(void **state)
{
    write_edited(*state, EDIT("giảm so với", "giảm hẳn so với"));
    check_outcome(keep(*state), "? [Bổ sung nội dung]\n",
                  "TÌNH HÌNH: \"…huyện ghi nhận 52 vụ, giảm so với cùng kỳ…\": wording "
                  "changed, not carried over: was \"\", typed \"hẳn\"\n" TOTAL("0", "0"));
}

static void the_number_that_the_clerk_gave_is_no_figure(void **state)
{
    write_edited(*state, EDIT("Số:", "Số: 45"));
    check_outcome(keep(*state), "? [Bổ sung nội dung]\n",
                  "head or end of the document (see --letterhead): wording changed, not carried "
                  "over: was \"Số: "
                  "/BC-BCĐ138\", typed \"Số: 45 /BC-BCĐ138\"\n" TOTAL("0", "0"));
}

static void paragraphs_between_ours_are_kept_and_named(void **state)
{
    write_edited(*state, EDIT("trong kỳ này.</w:t></w:r></w:p>",
                              "trong kỳ này. Số liệu bổ sung sau.</w:t></w:r></w:p>" P(
                                  "Đã phát 400 tờ rơi.")));
    check_outcome(
        keep(*state), "? [Bổ sung nội dung]\nSố liệu bổ sung sau.\nĐã phát 400 tờ rơi.\n",
        "Công tác tuyên truyền: typed outside of the fields for own text, kept at the end "
        "of this part: \"Số liệu bổ sung sau.\"\n"
        "Công tác tuyên truyền: typed outside of the fields for own text, kept at the end "
        "of this part: \"Đã phát 400 tờ rơi.\"\n" TOTAL("2", "0"));
}

static void a_paragraph_of_ours_that_was_deleted_comes_back(void **state)
{
    write_edited(
        *state,
        EDIT("<w:t xml:space=\"preserve\">Chưa có số liệu tuyên truyền trong kỳ này.</w:t>", ""));
    check_outcome(keep(*state), "? [Bổ sung nội dung]\n",
                  "Công tác tuyên truyền: deleted by hand, written again (1): \"Chưa có số liệu "
                  "tuyên truyền trong kỳ này.\"\n" TOTAL("0", "0"));
}

static void a_heading_of_ones_own_stands_at_the_end(void **state)
{
    write_edited(*state, EDIT("trong kỳ này.</w:t></w:r></w:p>",
                              "trong kỳ này.</w:t></w:r></w:p><w:p><w:pPr><w:pStyle "
                              "w:val=\"Heading2\"/></w:pPr><w:r><w:t>Kiểm tra</w:t></w:r></w:p>" P(
                                  "05 xã.")));
    check_outcome(keep(*state), "? [Bổ sung nội dung]\n# Kiểm tra\n05 xã.\n",
                  "no heading is called 'Kiểm tra': its text stands at the end\n" TOTAL("1", "0"));
}

static void a_heading_without_text_is_kept_as_a_paragraph(void **state)
{
    write_edited(*state, EDIT("trong kỳ này.</w:t></w:r></w:p>",
                              "trong kỳ này.</w:t></w:r></w:p><w:p><w:pPr><w:pStyle "
                              "w:val=\"Heading3\"/></w:pPr><w:r><w:t>Kiểm tra</w:t></w:r></w:p>"));
    check_outcome(
        keep(*state), "? [Bổ sung nội dung]\nKiểm tra\n",
        "Công tác tuyên truyền: typed outside of the fields for own text, kept at the end "
        "of this part: \"Kiểm tra\"\n" TOTAL("1", "0"));
}

static void what_notes_said_already_is_said_once(void **state)
{
    struct folder *f = *state;
    struct doc d;
    struct buf notes = {0}, said = {0};
    struct err e = {0};
    write_edited(f, EDIT(PROMPT, FIELD(P("Đã họp 03 lần.") P("Thêm."))));
    buf_adds(&notes, "# Công tác chỉ đạo\nĐã họp **03 lần**.\n");
    write_file(f, "notes.md", &notes);
    compose(&d, 53, "briefing");
    assert_true(notes_apply(&d, in_folder(f, "notes.md"), &said, &e));
    check_outcome(keep_into(f, &d), "Đã họp <b>03 lần</b>.\nThêm.\n", TOTAL("2", "0"));
    buf_free(&notes);
    buf_free(&said);
}

/* ---- LibreOffice ---- */

static void convert(struct folder *f)
{
    struct buf profile = {0}, from = {0}, to = {0};
    int status = 127;
    int64_t bytes = 0;
    buf_addf(&profile, "-env:UserInstallation=file://%s/profile", buf_text(&f->path));
    buf_adds(&from, in_folder(f, "a.docx"));
    buf_addf(&to, "%s/lo", buf_text(&f->path));
    const char *const argv[] = {"soffice",      "--headless",    buf_text(&profile),
                                "--convert-to", "docx",          "--outdir",
                                buf_text(&to),  buf_text(&from), NULL};
    bool ran = sys_run(&(struct sys_program){.argv = argv, .seconds = 120}, &status, NULL);
    bool made = sys_file_size(in_folder(f, "lo/a.docx"), &bytes);
    buf_free(&profile);
    buf_free(&from);
    buf_free(&to);
    if (!ran || status == 127)
        skip();
    assert_true(made);
}

static void what_was_typed_outlives_libreoffice(void **state)
{
    struct folder *f = *state;
    struct doc d;
    struct err e = {0};
    struct buf said = {0}, own = {0};
#define DRAFT                                                                                      \
    "<w:del w:id=\"1\" w:author=\"A\" w:date=\"2025-01-01T00:00:00Z\"><w:r>"                       \
    "<w:delText>nháp</w:delText></w:r></w:del>"
#define PLAIN(text) "<w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define TYPED "<w:p>" PLAIN("Ban hành ") BOLD("03 kế hoạch") DRAFT "</w:p>" P("Hai đoạn.")
    write_edited(f, EDIT(PROMPT, FIELD(TYPED), "52\u00a0vụ", "60 vụ"));
    convert(f);
    compose(&d, 53, "briefing");
    if (!keep_apply(&d, in_folder(f, "lo/a.docx"), &said, &e))
        fail_msg("%s", e.msg);
    show_own(&d, &own);
    assert_string_equal(buf_text(&own), "Ban hành <b>03 kế hoạch</b>\nHai đoạn.\n");
    assert_non_null(strstr(said.data, "was \"52\", typed \"60\", now \"53\"\n"));
    assert_null(strstr(said.data, "typed outside"));
    assert_null(strstr(said.data, "deleted by hand"));
    buf_free(&own);
    buf_free(&said);
    doc_free(&d);
}

/* ---- refusals ---- */

static void a_document_of_another_program_is_refused(void **state)
{
    struct folder *f = *state;
    struct buf file = {0};
    struct err e = {0};
    struct package *p = package_new();
    package_add(p, "word/document.xml", "<w:document/>", 13);
    assert_true(package_finish(p, &file, &e));
    package_delete(p);
    write_file(f, "a.docx", &file);
    check_refused(keep(f), "--notes");
    buf_free(&file);
}

static void another_kind_of_report_is_refused(void **state)
{
    struct doc d;
    write_edited(*state, EDIT(NULL));
    compose(&d, 53, "unit 30055");
    check_refused(keep_into(*state, &d), "'report briefing', not of 'report unit 30055'");
}

static void a_damaged_file_is_refused_and_nothing_changed(void **state)
{
    struct folder *f = *state;
    struct doc d;
    struct buf file = {0}, own = {0};
    struct err e = {0};
    compose(&d, 52, "briefing");
    write_docx(&d, false, &file);
    file.len /= 2;
    write_file(f, "a.docx", &file);
    assert_false(keep_apply(&d, in_folder(f, "a.docx"), &own, &e));
    assert_int_equal(e.code, ERR_INPUT);
    assert_int_equal(own.len, 0);
    show_own(&d, &own);
    assert_string_equal(buf_text(&own), "? [Bổ sung nội dung]\n");
    buf_free(&file);
    buf_free(&own);
    doc_free(&d);
}

static void only_docx_is_read(void **state)
{
    struct doc d;
    struct buf said = {0};
    (void)state;
    compose(&d, 52, "briefing");
    struct err e = {0};
    assert_false(keep_apply(&d, "bao-cao.doc", &said, &e));
    assert_int_equal(e.code, ERR_INPUT);
    assert_non_null(strstr(e.msg, "save it as .docx"));
    doc_free(&d);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)
    static const struct CMUnitTest tests[] = {
        TEST(an_edition_that_nobody_touched_says_so),
        TEST(text_in_a_field_takes_the_place_of_the_prompt),
        TEST(text_behind_the_prompt_is_kept_without_it),
        TEST(a_field_that_was_emptied_is_empty),
        TEST(text_that_still_passes_for_a_placeholder_is_kept),
        TEST(stars_that_somebody_typed_are_stars),
        TEST(a_figure_typed_over_is_named_and_not_kept),
        TEST(other_words_are_named_and_not_kept),
        TEST(the_number_that_the_clerk_gave_is_no_figure),
        TEST(paragraphs_between_ours_are_kept_and_named),
        TEST(a_paragraph_of_ours_that_was_deleted_comes_back),
        TEST(a_heading_of_ones_own_stands_at_the_end),
        TEST(a_heading_without_text_is_kept_as_a_paragraph),
        TEST(what_notes_said_already_is_said_once),
        TEST(what_was_typed_outlives_libreoffice),
        TEST(a_document_of_another_program_is_refused),
        TEST(another_kind_of_report_is_refused),
        TEST(a_damaged_file_is_refused_and_nothing_changed),
        TEST(only_docx_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
