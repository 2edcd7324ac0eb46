/* What a document says, whatever an editor did to its XML. */
#include "keep_check.h"

#define W "<w:document " DOCX_W "><w:body>"
#define END "</w:body></w:document>"
#define P(runs) "<w:p>" runs "</w:p>"
#define T(text) "<w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r>"

#define CELL(content) "<w:tc>" content "</w:tc>"
#define ROW(cells) "<w:tr>" cells "</w:tr>"
#define TABLE(rows) "<w:tbl>" rows "</w:tbl>"
#define CONTROL(mark, content)                                                                     \
    "<w:sdt><w:sdtPr>" mark "</w:sdtPr><w:sdtContent>" content "</w:sdtContent></w:sdt>"
#define STYLED(id, text) P("<w:pPr><w:pStyle w:val=\"" id "\"/></w:pPr>" T(text))

/* An item a line: "1 heading", "own", "[row|of|cells]", "(picture)", "- bullet"; own text behind
 * '*', prompts behind '?'. */
static void show(const struct record *r, struct buf *b)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct record_item *item = &r->items[i];
        buf_adds(b, item->is_prompt ? "?" : item->is_own ? "*" : "");
        if (item->kind == RECORD_HEADING)
            buf_addf(b, "%d ", item->level);
        buf_adds(b, item->is_bullet ? "- " : "");
        for (size_t c = 0; c < item->cell_count; c++)
            buf_addf(b, "%s%s", c ? "|" : item->is_head ? "[!" : "[", item->cells[c]);
        buf_addf(b, item->kind == RECORD_FIGURE ? "(%s)\n" : "%s%s\n", item->text,
                 item->kind == RECORD_ROW ? "]" : "");
    }
}

static void check_says(const char *xml, const char *said)
{
    struct record r = {0};
    struct buf document = {0}, shown = {0};
    struct err e = {0};
    buf_adds(&document, xml);
    if (!record_read_written(&r, &document, &e))
        fail_msg("%s", e.msg);
    show(&r, &shown);
    assert_string_equal(buf_text(&shown), said);
    buf_free(&document);
    buf_free(&shown);
    record_free(&r);
}

static void runs_that_an_editor_splits_are_one_text(void **state)
{
    (void)state;
    check_says(
        W P(T("Toàn huyện ") "<w:proofErr w:type=\"spellStart\"/>" T("có") T(" 2") T("2 vụ.")) END,
        "Toàn huyện có 22 vụ.\n");
}

static void blanks_and_breaks_are_one_space(void **state)
{
    (void)state;
    check_says(W P(T(" 22\u00a0vụ, ") "<w:r><w:br/></w:r>" T(" giảm") "<w:r><w:tab/></w:r>" T(
                   "3%  ")) P("") P(T("  ")) END,
               "22 vụ, giảm 3%\n");
}

static void tab_stops_are_no_blanks(void **state)
{
    (void)state;
    check_says(W P("<w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"720\"/></w:tabs></w:pPr>" T("ab"))
                   END,
               "ab\n");
}

static void the_last_state_of_tracked_changes_counts(void **state)
{
    (void)state;
#define INSERTED "<w:ins w:id=\"1\" w:author=\"A\">" T("24") "</w:ins>"
#define GONE "<w:del w:id=\"2\" w:author=\"A\"><w:r><w:delText>22</w:delText></w:r></w:del>"
#define FROM "<w:moveFrom w:id=\"3\" w:author=\"A\">" T("nhiều ") "</w:moveFrom>"
#define TO "<w:moveTo w:id=\"4\" w:author=\"A\">" T(" nhiều") "</w:moveTo>"
    check_says(W P(T("có ") INSERTED GONE FROM T(" vụ") TO) END, "có 24 vụ nhiều\n");
}

static void a_paragraph_whose_mark_was_deleted_goes_on_in_the_next(void **state)
{
    (void)state;
    check_says(W P("<w:pPr><w:rPr><w:del w:id=\"1\" w:author=\"A\"/></w:rPr></w:pPr>" T("Một "))
                   P(T("hai")) P(T("ba")) END,
               "Một hai\nba\n");
}

static void a_deleted_row_is_not_there(void **state)
{
    (void)state;
#define DELETED "<w:trPr><w:del w:id=\"1\" w:author=\"A\"/></w:trPr>"
    static const char xml[] =
        W TABLE(ROW(CELL(P(T("a")))) ROW(DELETED CELL(P(T("b"))))) P(T("c")) END;
    check_says(xml, "[a]\nc\n");
}

static void how_things_looked_before_does_not_count(void **state)
{
    (void)state;
    check_says(W P("<w:pPr><w:pStyle w:val=\"BodyText\"/><w:pPrChange w:id=\"1\" w:author=\"A\">"
                   "<w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr></w:pPrChange></w:pPr>" T("Đoạn"))
                   END,
               "Đoạn\n");
}

static void a_field_says_its_result(void **state)
{
    (void)state;
    check_says(W P(T("Bảng ") "<w:r><w:instrText> SEQ Bảng </w:instrText></w:r>" T("1") T(". Số"))
                   END,
               "Bảng 1. Số\n");
}

static void a_text_box_is_said_once(void **state)
{
    (void)state;
#define CHOICE "<mc:Choice>" P(T("hộp")) "</mc:Choice>"
#define FALLBACK "<mc:Fallback>" P(T("hộp")) "</mc:Fallback>"
    check_says(W P("<w:r>" CHOICE FALLBACK "</w:r>" T("ngoài")) END, "hộp ngoài\n");
}

static void headings_bullets_and_pictures_are_told_by_their_styles(void **state)
{
    (void)state;
#define PICTURE "<w:r><w:drawing><wp:docPr id=\"1\" descr=\"7 vụ\"/></w:drawing></w:r>"
    static const char xml[] = W STYLED("Heading2", "Mục") STYLED("Appendix", "Phụ lục I")
        STYLED("ListBullet", "ý") P(PICTURE) END;
    check_says(xml, "2 Mục\n1 Phụ lục I\n- ý\n(7 vụ)\n");
}

static void controls_of_ours_are_known_by_tag_or_title(void **state)
{
    (void)state;
    static const char tagged[] =
        W CONTROL("<w:tag w:val=\"keogiam-own\"/>", P(T("một")) P(T("hai"))) P(T("ba")) END;
    static const char titled[] =
        W P(CONTROL("<w:alias w:val=\"Nội dung tự nhập\"/>", T("bốn"))) P(T("năm")) END;
    static const char other[] = W CONTROL("<w:tag w:val=\"khác\"/>", P(T("sáu"))) END;
    check_says(tagged, "*một\n*hai\nba\n");
    check_says(titled, "*bốn\nnăm\n");
    check_says(other, "sáu\n");
}

static void a_placeholder_is_a_prompt(void **state)
{
    (void)state;
    static const char xml[] = W CONTROL("<w:tag w:val=\"keogiam-own\"/><w:showingPlcHdr/>",
                                        P(T("[Bổ sung]"))) P(T("a")) END;
    check_says(xml, "?[Bổ sung]\na\n");
}

static void a_cell_over_columns_stands_in_each(void **state)
{
    (void)state;
#define WIDE "<w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>"
#define HEAD "<w:trPr><w:tblHeader/></w:trPr>"
#define INNER TABLE(ROW(CELL(P(T("trong"))))) P("")
    static const char xml[] =
        W TABLE(ROW(HEAD CELL(P(T("Đơn vị"))) CELL(WIDE P(T("Số")) P(T("vụ"))))
                    ROW(CELL(INNER) CELL(P(T("1"))) CELL(P(T("2"))))) END;
    check_says(xml, "[!Đơn vị|Số vụ|Số vụ]\n[trong|1|2]\n");
}

/* No editor writes such a thing. */
static void cells_outside_of_rows_are_no_harm(void **state)
{
    (void)state;
    check_says(W "<w:tbl>" CELL(P(T("a"))) "</w:tbl>" CELL(P(T("b"))) P(T("c")) END, "b\nc\n");
}

/* ---- files ---- */

static void read_file(struct folder *f, struct record *r, bool part)
{
    struct office *o;
    struct err e = {0};
    bool found = true;
    if (!office_open(&o, in_folder(f, "a.docx"), &e))
        fail_msg("%s", e.msg);
    if (!(part ? record_read(r, o, &found, &e) : record_read_document(r, o, "a.docx", &e)))
        fail_msg("%s", e.msg);
    assert_true(found);
    office_close(o);
}

static void the_part_says_what_the_document_says(void **state)
{
    struct folder *f = *state;
    struct doc d;
    struct buf file = {0}, part = {0}, document = {0};
    struct record of_part = {0}, of_document = {0};
    sample_document(&d, DOC_PAGES, LANG_VI);
    d.of = "briefing";
    write_docx(&d, false, &file);
    write_file(f, "a.docx", &file);
    read_file(f, &of_part, true);
    read_file(f, &of_document, false);
    assert_string_equal(of_part.of, "briefing");
    show(&of_part, &part);
    show(&of_document, &document);
    /* The part does not know what a bullet is. */
    for (char *at; (at = strstr(document.data, "\n- ")) != NULL;)
        memmove(at + 1, at + 3, strlen(at + 3) + 1);
    assert_string_equal(buf_text(&part), buf_text(&document));
    assert_non_null(strstr(part.data, "?[Bổ sung nội dung]\n"));
    record_free(&of_part);
    record_free(&of_document);
    buf_free(&file);
    buf_free(&part);
    buf_free(&document);
    doc_free(&d);
}

static void lists_count_as_the_numbering_says(void **state)
{
    struct folder *f = *state;
    struct package *p = package_new();
    struct record r = {0};
    struct buf file = {0}, shown = {0};
    struct err e = {0};
#define ADD(name, xml) package_add(p, name, xml, strlen(xml))
#define ITEM(list, level, text)                                                                    \
    P("<w:pPr><w:numPr><w:ilvl w:val=\"" level "\"/><w:numId w:val=\"" list                        \
      "\"/></w:numPr></w:pPr>" T(text))
#define LEVEL(level, format) "<w:lvl w:ilvl=\"" level "\"><w:numFmt w:val=\"" format "\"/></w:lvl>"
#define LIST(of, list, levels)                                                                     \
    "<w:abstractNum w:abstractNumId=\"" of "\">" levels "</w:abstractNum>"                         \
    "<w:num w:numId=\"" list "\"><w:abstractNumId w:val=\"" of "\"/></w:num>"
#define STYLE "<w:style w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style>"
    ADD("_rels/.rels", "<Relationships><Relationship Type=\"http://x/officeDocument\" "
                       "Target=\"/word/document2.xml\"/></Relationships>");
    ADD("word/numbering.xml",
        "<w:numbering " DOCX_W ">" LIST("7", "3", LEVEL("0", "decimal") LEVEL("1", "lowerLetter"))
            LIST("8", "4", LEVEL("0", "bullet")) "</w:numbering>");
    ADD("word/styles.xml", "<w:styles " DOCX_W ">" STYLE "</w:styles>");
    ADD("word/document2.xml", W ITEM("3", "0", "một") ITEM("3", "1", "hai") ITEM("3", "1", "ba")
                                  ITEM("3", "0", "bốn") ITEM("3", "1", "năm") ITEM("4", "0", "sáu")
                                      ITEM("0", "0", "bảy") STYLED("berschrift1", "Mục") END);
    assert_true(package_finish(p, &file, &e));
    package_delete(p);
    write_file(f, "a.docx", &file);
    read_file(f, &r, false);
    show(&r, &shown);
    assert_string_equal(buf_text(&shown),
                        "1. một\na) hai\nb) ba\n2. bốn\na) năm\n- sáu\nbảy\n1 Mục\n");
    record_free(&r);
    buf_free(&file);
    buf_free(&shown);
}

int main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_setup, folder_teardown)
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_that_an_editor_splits_are_one_text),
        cmocka_unit_test(blanks_and_breaks_are_one_space),
        cmocka_unit_test(tab_stops_are_no_blanks),
        cmocka_unit_test(the_last_state_of_tracked_changes_counts),
        cmocka_unit_test(a_paragraph_whose_mark_was_deleted_goes_on_in_the_next),
        cmocka_unit_test(a_deleted_row_is_not_there),
        cmocka_unit_test(how_things_looked_before_does_not_count),
        cmocka_unit_test(a_field_says_its_result),
        cmocka_unit_test(a_text_box_is_said_once),
        cmocka_unit_test(headings_bullets_and_pictures_are_told_by_their_styles),
        cmocka_unit_test(controls_of_ours_are_known_by_tag_or_title),
        cmocka_unit_test(a_placeholder_is_a_prompt),
        cmocka_unit_test(a_cell_over_columns_stands_in_each),
        cmocka_unit_test(cells_outside_of_rows_are_no_harm),
        IN_FOLDER(the_part_says_what_the_document_says),
        IN_FOLDER(lists_count_as_the_numbering_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
