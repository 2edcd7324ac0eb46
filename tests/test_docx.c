/* The DOCX writer: the package, the order that the schemas fix, text and headings. */
#include "docx_check.h"

#include <time.h>

#include "sys/sys.h"

/* ---- the package ---- */

static void the_same_document_gives_the_same_bytes(void **state)
{
    (void)state;
    struct buf first = {0}, second = {0};
    for (int i = 0; i < 2; i++) {
        struct doc d;
        sample_document(&d, DOC_PAGES, LANG_VI);
        write_docx(&d, false, i ? &second : &first);
        doc_free(&d);
    }
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.data, second.data, first.len);
    buf_free(&first);
    buf_free(&second);
}

/* West of Greenwich the first moment of 1980 is in 1979, which a zip entry can not say. */
static void the_time_zone_changes_no_byte(void **state)
{
    (void)state;
    static const char *const zones[] = {"UTC0", "ICT-7", "EST5"};
    struct buf files[3] = {{0}};
    for (size_t i = 0; i < 3; i++) {
        struct doc d;
        setenv("TZ", zones[i], 1);
        tzset();
        sample_document(&d, DOC_PAGES, LANG_VI);
        write_docx(&d, false, &files[i]);
        doc_free(&d);
        assert_int_equal(files[i].len, files[0].len);
        assert_memory_equal(files[i].data, files[0].data, files[0].len);
    }
    unsetenv("TZ");
    tzset();
    for (size_t i = 0; i < 3; i++)
        buf_free(&files[i]);
}

static void content_types_come_first_and_no_entry_has_a_clock(void **state)
{
    (void)state;
    struct doc d;
    struct buf file = {0};
    sample_document(&d, DOC_PAGES, LANG_VI);
    write_docx(&d, false, &file);
    zip_t *z = open_zip(&file);
    assert_string_equal(zip_get_name(z, 0, 0), "[Content_Types].xml");
    for (zip_int64_t i = 0; i < zip_get_num_entries(z, 0); i++) {
        zip_stat_t s;
        assert_int_equal(zip_stat_index(z, (zip_uint64_t)i, 0, &s), 0);
        assert_true(s.mtime >= 315532800 - 86400 && s.mtime <= 315532800 + 86400);
    }
    zip_close(z);
    buf_free(&file);
    doc_free(&d);
}

static void the_date_is_the_documents_own(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    sample_document(&d, DOC_PAGES, LANG_VI);
    d.created += 3600 + 120 + 3;
    part_of(&d, "docProps/core.xml", &text);
    assert_int_equal(count_of(buf_text(&text), "2024-12-31T01:02:03Z"), 2);
    assert_says(&text, "<dc:language>vi-VN</dc:language>");
    buf_free(&text);
}

/* ---- the order that the schema fixes ---- */

static const char *const paragraph_order[] = {"pStyle", "keepNext", "keepLines",  "widowControl",
                                              "numPr",  "pBdr",     "shd",        "spacing",
                                              "ind",    "jc",       "outlineLvl", "sectPr"};
static const char *const run_order[] = {"rStyle", "rFonts", "b",  "bCs",  "i",
                                        "iCs",    "color",  "sz", "szCs", "lang"};
static const char *const table_order[] = {"tblStyle",  "tblW",       "tblInd",  "tblBorders",
                                          "tblLayout", "tblCellMar", "tblLook", "tblCaption"};
static const char *const cell_order[] = {"tcW", "gridSpan", "vMerge", "shd", "vAlign"};
static const char *const row_order[] = {"cantSplit", "tblHeader"};
static const char *const section_order[] = {"headerReference", "pgSz", "pgMar", "titlePg"};

static const struct {
    const char *parent;
    const char *const *order;
    size_t count;
} orders[] = {{"<w:pPr>", paragraph_order, sizeof paragraph_order / sizeof(char *)},
              {"<w:rPr>", run_order, sizeof run_order / sizeof(char *)},
              {"<w:tblPr>", table_order, sizeof table_order / sizeof(char *)},
              {"<w:tcPr>", cell_order, sizeof cell_order / sizeof(char *)},
              {"<w:trPr>", row_order, sizeof row_order / sizeof(char *)},
              {"<w:sectPr>", section_order, sizeof section_order / sizeof(char *)}};

static size_t place_in(const char *const *order, size_t count, const char *name, size_t n)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(order[i]) == n && !strncmp(order[i], name, n))
            return i;
    fail_msg("no place for %.*s", (int)n, name);
    return count;
}

/* Walks the children of the element opened before `at`; each comes no earlier than its brother. */
static void assert_children_in_order(const char *at, const char *const *order, size_t count)
{
    size_t last = 0;
    int depth = 0;
    for (;; at++) {
        if (*at != '<')
            continue;
        if (at[1] == '/') {
            if (depth-- == 0)
                return;
            continue;
        }
        const char *end = strchr(at, '>');
        if (depth == 0) {
            size_t n = strcspn(at + 3, " />");
            size_t place = place_in(order, count, at + 3, n);
            if (place < last)
                fail_msg("out of order: %.60s", at);
            last = place;
        }
        depth += end[-1] != '/';
    }
}

static void children_stand_in_the_schemas_order(void **state)
{
    (void)state;
    static const char *const parts[] = {"word/document.xml", "word/styles.xml"};
    for (size_t p = 0; p < 2; p++) {
        struct doc d;
        struct buf text = {0};
        sample_document(&d, DOC_PAGES, LANG_VI);
        part_of(&d, parts[p], &text);
        for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
            const char *at = buf_text(&text);
            while ((at = strstr(at, orders[i].parent)) != NULL) {
                at += strlen(orders[i].parent);
                assert_children_in_order(at, orders[i].order, orders[i].count);
            }
        }
        buf_free(&text);
    }
}

/* ---- text ---- */

static void signs_of_xml_are_text_and_controls_are_gone(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    sample_document(&d, DOC_PAGES, LANG_VI);
    body_of(&d, &text);
    assert_says(&text, "a&lt;b &amp; &quot;c&quot; &gt; &#39;d&#39;; Ưỡng \xf0\x9f\x93\x88 "
                       "\xe2\x88\x92\x31</w:t>");
    assert_silent(&text, "\xef\xbf\xbd");
    for (size_t i = 0; i < text.len; i++)
        assert_true((unsigned char)text.data[i] >= ' ' || text.data[i] == '\n');
    buf_free(&text);
}

static void a_line_break_and_blanks_survive(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    sample_init(&d, DOC_PAGES, LANG_VI);
    doc_paragraph(&d, DOC_BODY, "\nmột \n\n hai\n");
    body_of(&d, &text);
    assert_says(&text, "<w:r><w:br/><w:t xml:space=\"preserve\">một </w:t><w:br/><w:br/>"
                       "<w:t xml:space=\"preserve\"> hai</w:t><w:br/></w:r>");
    buf_free(&text);
}

static void looks_come_from_styles_that_exist(void **state)
{
    (void)state;
    struct doc d;
    struct buf body = {0}, styles = {0};
    sample_document(&d, DOC_PAGES, LANG_VI);
    body_of(&d, &body);
    sample_document(&d, DOC_PAGES, LANG_VI);
    part_of(&d, "word/styles.xml", &styles);
    static const char *const uses[] = {"<w:pStyle w:val=\"", "<w:rStyle w:val=\"",
                                       "<w:tblStyle w:val=\""};
    for (size_t i = 0; i < 3; i++)
        for (const char *at = buf_text(&body); (at = strstr(at, uses[i])) != NULL;) {
            char declared[80];
            at += strlen(uses[i]);
            snprintf(declared, sizeof declared, "w:styleId=\"%.*s\"", (int)strcspn(at, "\""), at);
            assert_says(&styles, declared);
        }
    assert_silent(&body, "<w:sz ");
    assert_silent(&body, "<w:b/>");
    assert_silent(&body, "<w:jc ");
    buf_free(&body);
    buf_free(&styles);
}

static void bold_and_italic_runs_have_character_styles(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    sample_document(&d, DOC_PAGES, LANG_VI);
    body_of(&d, &text);
    assert_says(&text,
                "<w:rStyle w:val=\"Strong\"/></w:rPr><w:t xml:space=\"preserve\">52\u00a0vụ<");
    assert_says(&text, "\"Emphasis\"/></w:rPr><w:t xml:space=\"preserve\">đạt chỉ tiêu<");
    buf_free(&text);
}

/* ---- headings ---- */

static void headings_are_numbered_by_their_styles(void **state)
{
    (void)state;
    static const char *const said[] = {
        "<w:numFmt w:val=\"upperRoman\"/><w:pStyle w:val=\"Heading1\"/><w:suff w:val=\"space\"/>"
        "<w:lvlText w:val=\"%1.\"/>",
        "<w:numFmt w:val=\"decimal\"/><w:pStyle w:val=\"Heading2\"/><w:suff w:val=\"space\"/>"
        "<w:lvlText w:val=\"%2.\"/>",
        "<w:numFmt w:val=\"lowerLetter\"/><w:pStyle w:val=\"Heading3\"/><w:suff w:val=\"space\"/>"
        "<w:lvlText w:val=\"%3)\"/>"};
    struct doc d;
    struct buf text = {0};
    sample_document(&d, DOC_PAGES, LANG_VI);
    part_of(&d, "word/numbering.xml", &text);
    for (size_t i = 0; i < 3; i++)
        assert_says(&text, said[i]);
    sample_document(&d, DOC_PAGES, LANG_VI);
    body_of(&d, &text);
    assert_says(&text,
                "<w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t xml:space=\"preserve\">TÌNH");
    assert_says(&text, "<w:pStyle w:val=\"Heading3\"/></w:pPr>");
    buf_free(&text);
}

static void headings_of_an_appendix_begin_anew(void **state)
{
    (void)state;
    struct doc d;
    struct buf text = {0};
    for (int i = 0; i < 2; i++) {
        sample_document(&d, DOC_PAGES, LANG_VI);
        doc_heading(&d, 1, "CÁCH TÍNH");
        part_of(&d, i ? "word/numbering.xml" : "word/document.xml", &text);
        if (i == 0)
            assert_says(&text, "<w:pStyle w:val=\"Heading1\"/><w:numPr><w:ilvl w:val=\"0\"/>"
                               "<w:numId w:val=\"4\"/></w:numPr>");
    }
    assert_says(&text, "<w:num w:numId=\"4\"><w:abstractNumId w:val=\"0\"/>"
                       "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/>");
    buf_free(&text);
}

/* ---- the schemas ---- */

static struct buf folder;

static int make_folder(void **state)
{
    (void)state;
    return sys_temp_folder(&folder, NULL) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    sys_temp_remove(folder.data);
    buf_free(&folder);
    return 0;
}

static void save(struct doc *d, const char *name, bool svg_first)
{
    struct buf file = {0};
    char path[400];
    snprintf(path, sizeof path, "%s/%s", folder.data, name);
    write_docx(d, svg_first, &file);
    assert_true(sys_write_whole(path, file.data, file.len, NULL));
    buf_free(&file);
}

static void save_hard_cases(void)
{
    struct doc d;
    sample_init(&d, DOC_PAGES, LANG_VI);
    save(&d, "nothing.docx", false);
    sample_table(&d, "Trống", 0);
    sample_table(&d, "Dài", 200);
    sample_table(&d, HARD_TEXT, 3);
    struct doc_table *t = sample_grouped_table(&d, "Ô dài", 14);
    struct buf text = {0};
    for (int i = 0; i < 2000; i++)
        buf_adds(&text, i % 9 ? "dài" : HARD_TEXT);
    doc_cell_made(&d, t, 3, &text);
    sample_figure(&d, 160, 80, HARD_TEXT, HARD_TEXT);
    doc_appendix(&d, HARD_TEXT, false);
    doc_heading(&d, 1, HARD_TEXT);
    save(&d, "hard.docx", false);
    buf_free(&text);
    doc_free(&d);
}

static void save_samples(void)
{
    struct doc d;
    sample_document(&d, DOC_PAGES, LANG_VI);
    save(&d, "vi.docx", false);
    save(&d, "svg.docx", true);
    doc_free(&d);
    sample_document(&d, DOC_PAGES, LANG_EN);
    save(&d, "en.docx", false);
    doc_free(&d);
}

static void every_document_is_valid_by_the_schemas(void **state)
{
    (void)state;
    static const char *const names[] = {"nothing.docx", "hard.docx", "vi.docx", "svg.docx",
                                        "en.docx"};
    char paths[5][400];
    const char *argv[] = {"scripts/ooxml", paths[0], paths[1], paths[2], paths[3], paths[4], NULL};
    struct buf said = {0};
    int status = 127;
    save_hard_cases();
    save_samples();
    for (size_t i = 0; i < 5; i++)
        snprintf(paths[i], sizeof paths[i], "%s/%s", folder.data, names[i]);
    assert_true(sys_run(&(struct sys_program){.argv = argv, .said = &said}, &status, NULL));
    bool skipped = strstr(buf_text(&said), "skipped: ") != NULL;
    if (status || skipped)
        print_message("%s", buf_text(&said));
    buf_free(&said);
    assert_int_equal(status, 0);
    if (skipped)
        skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_document_gives_the_same_bytes),
        cmocka_unit_test(the_time_zone_changes_no_byte),
        cmocka_unit_test(content_types_come_first_and_no_entry_has_a_clock),
        cmocka_unit_test(the_date_is_the_documents_own),
        cmocka_unit_test(children_stand_in_the_schemas_order),
        cmocka_unit_test(signs_of_xml_are_text_and_controls_are_gone),
        cmocka_unit_test(a_line_break_and_blanks_survive),
        cmocka_unit_test(looks_come_from_styles_that_exist),
        cmocka_unit_test(bold_and_italic_runs_have_character_styles),
        cmocka_unit_test(headings_are_numbered_by_their_styles),
        cmocka_unit_test(headings_of_an_appendix_begin_anew),
        cmocka_unit_test(every_document_is_valid_by_the_schemas),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
