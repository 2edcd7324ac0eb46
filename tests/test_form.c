/* Forms of others: what is filled in, and that nothing else is touched. */
#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "ingest/office.h"
#include "report/form_file.h"
#include "sys/sys.h"

#define PATH "build/form-test.zip"
#define OUT "build/form-test-out.zip"

#define TYPES(list)                                                                                \
    "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>" list "</Types>"
#define TYPE(part, type)                                                                           \
    "<Override PartName='/" part                                                                   \
    "' ContentType='application/vnd.openxmlformats-officedocument." type "+xml'/>"
#define BOOK_TYPES                                                                                 \
    TYPES(TYPE("xl/workbook.xml", "spreadsheetml.sheet.main")                                      \
              TYPE("xl/worksheets/sheet1.xml", "spreadsheetml.worksheet")                          \
                  TYPE("xl/sharedStrings.xml", "spreadsheetml.sharedStrings"))
#define LINK(id, type, target)                                                                     \
    "<Relationships><Relationship Id='" id "' Type='http://schemas.openxmlformats.org/"            \
    "officeDocument/2006/relationships/" type "' Target='" target "'/></Relationships>"
#define BOOK(more)                                                                                 \
    "<workbook xmlns:r='r'><sheets><sheet name='Biểu &amp; 1' r:id='rId7'/></sheets>" more         \
    "</workbook>"
#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"
#define STRINGS(items) "<sst>" items "</sst>"

/* Name, text, name, text …; the last with an attribute of its own, so that entries differ. */
static void pack(const char *const *parts)
{
    int code;
    zip_t *z = zip_open(PATH, ZIP_CREATE | ZIP_TRUNCATE, &code);
    assert_non_null(z);
    for (size_t i = 0; parts[i]; i += 2) {
        zip_int64_t at = zip_file_add(
            z, parts[i], zip_source_buffer(z, parts[i + 1], strlen(parts[i + 1]), 0), 0);
        assert_true(at >= 0);
        assert_int_equal(zip_file_set_mtime(z, (zip_uint64_t)at, 1709600000 + (time_t)i * 60, 0),
                         0);
    }
    assert_int_equal(zip_close(z), 0);
}

static void pack_book(const char *book, const char *strings, const char *sheet)
{
    const char *const parts[] = {"xl/worksheets/sheet1.xml",
                                 sheet,
                                 "[Content_Types].xml",
                                 BOOK_TYPES,
                                 "xl/media/stamp.bin",
                                 "not {{XML}} at all",
                                 "xl/workbook.xml",
                                 book,
                                 "xl/_rels/workbook.xml.rels",
                                 LINK("rId7", "worksheet", "worksheets/sheet1.xml"),
                                 "_rels/.rels",
                                 LINK("rId1", "officeDocument", "xl/workbook.xml"),
                                 "xl/sharedStrings.xml",
                                 strings,
                                 NULL};
    pack(parts);
}

static struct form_file *open_form(void)
{
    struct form_file *f;
    struct err e = {.lang = LANG_EN};
    if (!form_open(&f, PATH, &e))
        fail_msg("%s", e.msg);
    return f;
}

/* Every word as a number that is its place, from 1, or as a text. */
static void fill(struct form_file *f, bool numbers)
{
    struct form_value values[16];
    struct buf whole = {0};
    struct err e = {.lang = LANG_EN};
    char texts[16][24];
    for (size_t i = 0; i < form_token_count(f); i++) {
        snprintf(texts[i], sizeof texts[i], "<%zu>", i + 1);
        values[i] = (struct form_value){numbers, (int64_t)i + 1, texts[i]};
    }
    assert_true(form_fill(f, values, &whole, &e));
    assert_true(sys_write_whole(OUT, whole.data, whole.len, &e));
    buf_free(&whole);
    form_close(f);
}

static void assert_part(const char *name, const char *want)
{
    struct office *o;
    struct buf bytes = {0};
    struct err e = {.lang = LANG_EN};
    assert_true(office_open(&o, OUT, &e));
    assert_true(office_bytes(o, name, &bytes, &e));
    assert_string_equal(buf_text(&bytes), want);
    buf_free(&bytes);
    office_close(o);
}

static void assert_token(const struct form_file *f, size_t i, const char *text, const char *place,
                         size_t uses)
{
    assert_string_equal(form_token(f, i)->text, text);
    assert_string_equal(form_token(f, i)->place, place);
    assert_int_equal(form_token(f, i)->uses, uses);
}

/* ---- workbooks ---- */

static void a_word_alone_in_its_cell_becomes_a_number(void **state)
{
    (void)state;
    pack_book(BOOK(""), STRINGS("<si><t>A</t></si><si><t> {{a.b}} </t></si>"),
              SHEET("<row r='1'><c r='A1' s='3' t='s'><v>1</v></c><c t='s' r='B1'><v>0</v></c>"
                    "<c r='C1' t='s'><v>1</v></c></row>"));
    struct form_file *f = open_form();
    assert_int_equal(form_token_count(f), 1);
    assert_token(f, 0, "a.b", "Biểu & 1!A1", 2);
    fill(f, true);
    assert_part("xl/worksheets/sheet1.xml",
                SHEET("<row r='1'><c r='A1' s='3'><v>1</v></c><c t='s' r='B1'><v>0</v></c>"
                      "<c r='C1'><v>1</v></c></row>"));
    assert_part("xl/workbook.xml", BOOK(""));
}

static void a_text_stays_a_text_and_is_escaped(void **state)
{
    (void)state;
    pack_book(BOOK(""), STRINGS("<si><t>{{a.b}}</t></si><si><t>x &amp; {{a.b}}, {{c}}</t></si>"),
              SHEET("<row><c r='A1' t='s'><v>0</v></c><c r='A2' t='s'><v>1</v></c></row>"));
    fill(open_form(), false);
    assert_part("xl/sharedStrings.xml",
                STRINGS("<si><t>&lt;1&gt;</t></si><si><t>x &amp; &lt;1&gt;, &lt;2&gt;</t></si>"));
    assert_part("xl/worksheets/sheet1.xml",
                SHEET("<row><c r='A1' t='s'><v>0</v></c><c r='A2' t='s'><v>1</v></c></row>"));
}

static void a_word_cut_over_runs_is_one_word(void **state)
{
    (void)state;
    pack_book(BOOK(""),
              STRINGS("<si><r><rPr><b/></rPr><t>Có {{XH</t></r><r><t>TE.vu</t></r><r><t>.ky}} vụ"
                      "</t></r><rPh sb='0' eb='1'><t>{{no}}</t></rPh></si>"),
              SHEET("<row><c r='B9' t='s'><v>0</v></c></row>"));
    struct form_file *f = open_form();
    assert_int_equal(form_token_count(f), 1);
    assert_token(f, 0, "XHTE.vu.ky", "Biểu & 1!B9", 1);
    fill(f, false);
    assert_part("xl/sharedStrings.xml",
                STRINGS("<si><r><rPr><b/></rPr><t>Có &lt;1&gt;</t></r><r><t></t></r><r>"
                        "<t xml:space=\"preserve\"> vụ</t></r><rPh sb='0' eb='1'><t>{{no}}</t>"
                        "</rPh></si>"));
}

static void inline_strings_are_filled_in_too(void **state)
{
    (void)state;
    pack_book(BOOK(""), STRINGS(""),
              "<x:worksheet xmlns:x='x'><x:c r='A1' t='inlineStr'><x:is><x:t>{{a</x:t>"
              "<x:r><x:t>}}</x:t></x:r></x:is></x:c><x:c r='A2' t=\"inlineStr\"><x:is>"
              "<x:t>n = {{a}}</x:t></x:is></x:c></x:worksheet>");
    struct form_file *f = open_form();
    assert_token(f, 0, "a", "Biểu & 1!A1", 2);
    fill(f, true);
    assert_part("xl/worksheets/sheet1.xml",
                "<x:worksheet xmlns:x='x'><x:c r='A1'><x:v>1</x:v></x:c>"
                "<x:c r='A2' t=\"inlineStr\"><x:is><x:t>n = &lt;1&gt;</x:t></x:is></x:c>"
                "</x:worksheet>");
}

static void formulas_are_worked_out_anew(void **state)
{
    (void)state;
    const char *const books[][2] = {
        {BOOK(""), BOOK("<calcPr fullCalcOnLoad=\"1\"/>")},
        {BOOK("<definedNames/><oleSize/>"),
         BOOK("<definedNames/><calcPr fullCalcOnLoad=\"1\"/><oleSize/>")},
        {BOOK("<calcPr calcId='1'/>"), BOOK("<calcPr fullCalcOnLoad=\"1\" calcId='1'/>")},
        {BOOK("<calcPr fullCalcOnLoad='0'/>"), BOOK("<calcPr fullCalcOnLoad='1'/>")},
    };
    for (size_t i = 0; i < sizeof books / sizeof books[0]; i++) {
        pack_book(
            books[i][0], STRINGS("<si><t>{{a}}</t></si>"),
            SHEET("<row><c r='A1' t='s'><v>0</v></c><c r='A2'><f>A1*2</f><v>0</v></c>"
                  "<c r='A3'><f t='shared' si='0'/><v>7</v></c><c r='A4'><v>7</v></c></row>"));
        struct form_file *f = open_form();
        assert_true(form_has_formulas(f));
        fill(f, true);
        assert_part("xl/workbook.xml", books[i][1]);
        assert_part("xl/worksheets/sheet1.xml",
                    SHEET("<row><c r='A1'><v>1</v></c><c r='A2'><f>A1*2</f></c>"
                          "<c r='A3'><f t='shared' si='0'/></c><c r='A4'><v>7</v></c></row>"));
    }
}

/* Name, size, sum, packed size and date of each entry. */
static void list(const char *path, struct buf *b)
{
    int code;
    zip_t *z = zip_open(path, ZIP_RDONLY, &code);
    assert_non_null(z);
    for (zip_uint64_t i = 0; i < (zip_uint64_t)zip_get_num_entries(z, 0); i++) {
        zip_stat_t s;
        assert_int_equal(zip_stat_index(z, i, 0, &s), 0);
        bool changes = strstr(s.name, "sheet1") || strstr(s.name, "Strings");
        buf_addf(b, "%s %lld", s.name, (long long)s.mtime);
        if (!changes)
            buf_addf(b, " %08x %llu %llu", (unsigned)s.crc, (unsigned long long)s.size,
                     (unsigned long long)s.comp_size);
        buf_addc(b, '\n');
    }
    zip_discard(z);
}

static void all_else_stays_as_it_was_packed(void **state)
{
    struct buf before = {0}, after = {0};
    (void)state;
    pack_book(BOOK(""), STRINGS("<si><t>{{a}}</t></si>"),
              SHEET("<row><c r='A1' t='s'><v>0</v></c></row>"));
    fill(open_form(), true);
    list(PATH, &before);
    list(OUT, &after);
    assert_string_equal(buf_text(&after), buf_text(&before));
    buf_free(&before);
    buf_free(&after);
}

static void braces_that_are_no_words_stay_and_are_told(void **state)
{
    (void)state;
    pack_book("<workbook xmlns:r='r'><sheets><sheet name='Năm {{nam}}' r:id='rId7'/></sheets>"
              "</workbook>",
              STRINGS("<si><t>{{a}} {{never closed</t></si><si><t>{{ {{b}}</t></si>"),
              SHEET("<row><c r='A1' t='s'><v>0</v></c><c r='A2' t='s'><v>1</v></c></row>"));
    struct form_file *f = open_form();
    assert_int_equal(form_token_count(f), 2);
    assert_string_equal(form_token(f, 1)->text, "b");
    assert_string_equal(form_left(f), "xl/workbook.xml, xl/sharedStrings.xml");
    form_close(f);
}

/* ---- documents ---- */

static void paragraphs_of_a_document_are_filled_in(void **state)
{
    (void)state;
    const char *const parts[] = {
        "[Content_Types].xml",
        TYPES(TYPE("word/document.xml", "wordprocessingml.document.main")
                  TYPE("word/footer1.xml", "wordprocessingml.footer")),
        "word/document.xml",
        "<w:document xmlns:w='w'><w:p><w:r><w:t>{{a</w:t></w:r><w:p><w:r><w:t>{{b}}</w:t></w:r>"
        "</w:p><w:r><w:t>}} {{c}}</w:t></w:r></w:p></w:document>",
        "word/footer1.xml",
        "<w:ftr xmlns:w='w'><w:p><w:r><w:t>{{</w:t></w:r><w:r><w:t>c }}</w:t></w:r></w:p></w:ftr>",
        NULL};
    pack(parts);
    struct form_file *f = open_form();
    assert_int_equal(form_token_count(f), 2); /* {{a is closed in another paragraph */
    assert_token(f, 0, "b", "word/document.xml", 1);
    assert_token(f, 1, "c", "word/document.xml", 2);
    fill(f, true);
    assert_part("word/footer1.xml", "<w:ftr xmlns:w='w'><w:p><w:r><w:t>&lt;2&gt;</w:t></w:r>"
                                    "<w:r><w:t></w:t></w:r></w:p></w:ftr>");
}

/* ---- refused ---- */

static void assert_refused(const char *message)
{
    struct form_file *f;
    struct err e = {.lang = LANG_EN};
    assert_false(form_open(&f, PATH, &e));
    assert_null(f);
    assert_int_equal(e.code, ERR_INPUT);
    assert_non_null(strstr(e.msg, message));
}

static void what_is_no_form_is_refused(void **state)
{
    (void)state;
    const char *const slides[] = {"[Content_Types].xml", TYPES(""), "ppt/a.xml", "<a/>", NULL};
    pack(slides);
    assert_refused("neither an Excel workbook nor a Word document");
    pack_book(BOOK(""), STRINGS("<si><t>{{a}}"), SHEET(""));
    assert_refused("sharedStrings.xml");
    pack_book(BOOK(""), "<!DOCTYPE sst [<!ENTITY a 'b'>]><sst/>", SHEET(""));
    assert_refused("sharedStrings.xml");
    struct err e = {0};
    assert_true(sys_write_whole(PATH, "no zip", 6, &e));
    assert_refused(PATH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_alone_in_its_cell_becomes_a_number),
        cmocka_unit_test(a_text_stays_a_text_and_is_escaped),
        cmocka_unit_test(a_word_cut_over_runs_is_one_word),
        cmocka_unit_test(inline_strings_are_filled_in_too),
        cmocka_unit_test(formulas_are_worked_out_anew),
        cmocka_unit_test(all_else_stays_as_it_was_packed),
        cmocka_unit_test(braces_that_are_no_words_stay_and_are_told),
        cmocka_unit_test(paragraphs_of_a_document_are_filled_in),
        cmocka_unit_test(what_is_no_form_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
