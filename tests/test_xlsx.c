/* xlsx.c and its like: what a workbook's parts say, cell by cell. */
#include "ingest/xlsx.h"

#include "fixtures_xlsx.h"

#define PATH "build/xlsx-test.xlsx"

/* Each row as LINE and COLUMN=TEXT, faults as ! (error) and ? (never calculated), or the error. */
static const char *read_sheet(size_t sheet)
{
    static struct buf shown;
    static struct err e;
    struct xlsx *x = NULL;
    struct xlsx_rows *rows = NULL;
    struct xlsx_row row;
    bool more = true;
    e = (struct err){.lang = LANG_EN};
    buf_clear(&shown);
    bool ok = xlsx_open(&x, PATH, &e) && xlsx_rows_open(&rows, x, sheet, &e);
    while (ok && (ok = xlsx_rows_next(rows, &row, &more, &e)) && more) {
        buf_addf(&shown, "%zu:", row.line);
        for (size_t i = 0; i < row.count; i++) {
            const struct xlsx_cell *c = &row.cells[i];
            assert_int_equal(strlen(c->text.text), c->text.n);
            buf_addf(&shown, " %zu=%s%s", c->column, c->text.text,
                     c->fault == CELL_ERROR          ? "!"
                     : c->fault == CELL_UNCALCULATED ? "?"
                                                     : "");
        }
        buf_addc(&shown, '\n');
    }
    xlsx_rows_close(rows);
    xlsx_close(x);
    return ok ? buf_text(&shown) : e.msg;
}

static const char *read_book(const struct book *b)
{
    book_write(b, PATH);
    return read_sheet(0);
}

static const char *read_xml(const char *xml)
{
    struct book b = {.sheets = {{.name = "A", .xml = xml}}};
    return read_book(&b);
}

/* One row of cells that are given as XML. */
static const char *read_cells(const char *cells, const char *formats, bool from_1904)
{
    struct buf xml = {0};
    buf_addf(&xml, "<sheetData><row r='1'>%s</row></sheetData>", cells);
    struct book b = {.sheets = {{.name = "A", .xml = buf_text(&xml)}},
                     .formats = formats,
                     .from_1904 = from_1904};
    const char *shown = read_book(&b);
    buf_free(&xml);
    return shown;
}

static void cells_stand_where_their_references_put_them(void **state)
{
    (void)state;
    assert_string_equal(
        read_xml("<sheetData><row r='2'><c r='C2'><v>1</v></c><c><v>2</v></c></row><row r='5'>"
                 "<c r='AB5'><v>3</v></c></row><row><c><v>4</v></c></row></sheetData>"),
        "2: 2=1 3=2\n5: 27=3\n6: 0=4\n");
}

static void shared_texts_join_their_runs_and_leave_reading_aids_out(void **state)
{
    (void)state;
    struct book b = {
        .sheets = {{.name = "A",
                    .xml = "<sheetData><row r='1'><c r='A1' t='s'><v>1</v></c><c r='B1' t='s'><v>0"
                           "</v></c></row></sheetData>"}},
        .strings = "<si><r><t>L\xC3\xA1ng</t></r><r><rPr/><t xml:space='preserve'> Bi</t></r>"
                   "<rPh sb='0'><t>x</t></rPh></si><si><t>a &amp; b</t></si>"};
    assert_string_equal(read_book(&b), "1: 0=a & b 1=L\xC3\xA1ng Bi\n");
}

static void texts_may_stand_in_their_cells(void **state)
{
    (void)state;
    assert_string_equal(
        read_cells("<c r='A1' t='inlineStr'><is><r><t>Ph\xC3\xBA </t></r><r><t>\xC4\x90i\xE1\xBB"
                   "\x81n</t></r></is></c><c r='B1' t='str'><f>A1</f><v>x</v></c>"
                   "<c r='C1' t='b'><v>1</v></c><c r='D1' t='d'><v>2024-05-03T00:00:00</v></c>",
                   NULL, false),
        "1: 0=Ph\xC3\xBA \xC4\x90i\xE1\xBB\x81n 1=x 2=1 3=2024-05-03\n");
}

static void numbers_are_what_a_person_sees_and_never_a_thousand_by_mistake(void **state)
{
    (void)state;
    assert_string_equal(
        read_cells("<c><v>30067</v></c><c><v>3.0</v></c><c><v>0.30000000000000004</v></c>"
                   "<c><v>1.234</v></c><c><v>1E3</v></c><c><v>-12.5</v></c><c><v>x</v></c>",
                   NULL, false),
        "1: 0=30067 1=3 2=0.3 3=1.2340 4=1000 5=-12.5 6=x\n");
}

static void styles_make_dates_months_times_percentages_and_zeros(void **state)
{
    (void)state;
    static const char formats[] =
        "<numFmts><numFmt numFmtId='170' formatCode='[$-42A]d mmmm yyyy;@'/>"
        "<numFmt numFmtId='171' formatCode='mm/yyyy'/><numFmt numFmtId='172' formatCode='00000'/>"
        "<numFmt numFmtId='173' formatCode='#,##0 \"\xC4\x91\"'/></numFmts>"
        "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/>"
        "<xf numFmtId='22'/><xf numFmtId='170'/><xf numFmtId='171'/><xf numFmtId='20'/>"
        "<xf numFmtId='10'/><xf numFmtId='172'/><xf numFmtId='173'/></cellXfs>";
    assert_string_equal(
        read_cells("<c s='0'><v>45415</v></c><c s='1'><v>45415.75</v></c><c s='2'><v>45415</v></c>"
                   "<c s='3'><v>45415</v></c><c s='4'><v>0.604166666666667</v></c>"
                   "<c s='5'><v>0.07</v></c><c s='6'><v>49</v></c><c s='7'><v>2000</v></c>"
                   "<c s='99'><v>5</v></c>",
                   formats, false),
        "1: 0=45415 1=2024-05-03 2=2024-05-03 3=2024-05 4=14:30 5=7% 6=00049 7=2000 8=5\n");
}

/* Excel's 1900 has a 29 February, its day 60. By hand: 45415 - 25569 = 19846 days since 1970. */
static void days_are_counted_from_1900_or_from_1904(void **state)
{
    (void)state;
    static const char days[] = "<c s='1'><v>1</v></c><c s='1'><v>59</v></c><c s='1'><v>61</v></c>"
                               "<c s='1'><v>45415</v></c><c s='1'><v>-3</v></c>";
    static const char mac[] = "<c s='1'><v>0</v></c><c s='1'><v>43953</v></c>";
    assert_string_equal(read_cells(days, NULL, false),
                        "1: 0=1900-01-01 1=1900-02-28 2=1900-03-01 3=2024-05-03 4=-3\n");
    assert_string_equal(read_cells(mac, NULL, true), "1: 0=1904-01-01 1=2024-05-03\n");
}

static void a_format_is_a_date_by_its_letters_outside_quotes_and_brackets(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        unsigned char want;
    } formats[] = {{"General", NUMBER_PLAIN},
                   {"dd/mm/yyyy", NUMBER_DATE},
                   {"DD-MM-YY", NUMBER_DATE},
                   {"[$-F800]dddd, mmmm dd, yyyy", NUMBER_DATE},
                   {"d/m/yyyy h:mm;@", NUMBER_DATE},
                   {"mmm-yy", NUMBER_MONTH},
                   {"\"Th\xC3\xA1ng\" m/yyyy", NUMBER_MONTH},
                   {"yyyy", NUMBER_YEAR},
                   {"h:mm AM/PM", NUMBER_TIME},
                   {"[h]:mm", NUMBER_TIME},
                   {"[Red]0.00", NUMBER_PLAIN},
                   {"0 \"ng\xC3\xA0y\"", NUMBER_PLAIN},
                   {"0\\d", NUMBER_PLAIN},
                   {"#,##0_m", NUMBER_PLAIN},
                   {"0.0%", NUMBER_PERCENT},
                   {"0.00", NUMBER_PLAIN},
                   {"0", NUMBER_PLAIN},
                   {"000", NUMBER_PADDED + 3},
                   {"0;yyyy", NUMBER_PLAIN}};
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (xlsx_format_class(formats[i].code) != formats[i].want)
            fail_msg("%s: is %d", formats[i].code, xlsx_format_class(formats[i].code));
}

static void errors_and_formulas_without_a_result_are_no_text(void **state)
{
    (void)state;
    assert_string_equal(
        read_cells("<c r='A1' t='e'><f>X</f><v>#REF!</v></c><c r='B1'><f>A1+1</f></c>"
                   "<c r='C1'><f>A1+1</f><v></v></c><c r='D1'><f>A1+1</f><v>5</v></c>"
                   "<c r='E1' t='str'><f>A1</f><v></v></c><c r='F1'/>",
                   NULL, false),
        "1: 0=! 1=? 2=? 3=5\n");
}

static void sheets_come_as_their_tabs_stand_hidden_ones_marked(void **state)
{
    (void)state;
    static const char row[] = "<sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData>";
    static const char other[] = "<sheetData><row r='1'><c r='A1'><v>2</v></c></row></sheetData>";
    struct book b = {.sheets = {{.name = "Hai", .xml = row},
                                {.name = "M\xE1\xBB\x99t", .xml = other, .is_hidden = true}}};
    struct xlsx *x;
    assert_string_equal(read_book(&b), "1: 0=1\n");
    assert_string_equal(read_sheet(1), "1: 0=2\n");
    assert_true(xlsx_open(&x, PATH, NULL));
    assert_int_equal(x->sheet_count, 2);
    assert_string_equal(x->sheets[0].name, "Hai");
    assert_false(x->sheets[0].is_hidden);
    assert_true(x->sheets[1].is_hidden);
    xlsx_close(x);
}

static void merged_cells_are_found_behind_the_rows(void **state)
{
    (void)state;
    struct book b = {
        .sheets = {{.name = "A",
                    .xml = "<sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>mergeCell "
                           "ref=\"A9:B9\"</t></is></c></row></sheetData><mergeCells>"
                           "<mergeCell ref=\"C2:C4\"/><x:mergeCell a='1' ref='A1:D1'/>"
                           "<mergeCell ref='?'/></mergeCells>"}}};
    struct xlsx *x;
    const struct xlsx_merge *m;
    size_t count;
    book_write(&b, PATH);
    assert_true(xlsx_open(&x, PATH, NULL));
    assert_true(xlsx_merges(x, 0, &m, &count, NULL));
    assert_int_equal(count, 2);
    assert_int_equal(m[0].line, 1);
    assert_int_equal(m[0].last_column, 3);
    assert_int_equal(m[1].column, 2);
    assert_int_equal(m[1].last_line, 4);
    xlsx_close(x);
}

/* Pieces of 64 KiB end anywhere in a row, a cell or a text. */
static void rows_are_whole_wherever_the_pieces_of_xml_end(void **state)
{
    (void)state;
    enum { ROWS = 9000 };
    struct buf xml = {0}, want = {0};
    buf_adds(&xml, "<sheetData>");
    for (int i = 1; i <= ROWS; i++) {
        int n = i % 7;
        buf_addf(&xml, "<row r='%d'><c r='A%d' t='s'><v>%d</v></c><c r='B%d' s='1'><v>%d</v></c>",
                 i, i, n % 2, i, 45415 + n);
        buf_addf(&xml, "<c r='C%d' t='inlineStr'><is><t>%.*s</t></is></c></row>", i, n + 1,
                 "abcdefgh");
        buf_addf(&want, "%d: 0=%s 1=2024-05-%02d 2=%.*s\n", i, n % 2 ? "mot" : "khong", 3 + n,
                 n + 1, "abcdefgh");
    }
    buf_adds(&xml, "</sheetData>");
    struct book b = {.sheets = {{.name = "A", .xml = buf_text(&xml)}},
                     .strings = "<si><t>khong</t></si><si><t>mot</t></si>"};
    const char *shown = read_book(&b);
    assert_int_equal(strlen(shown), want.len);
    assert_string_equal(shown, buf_text(&want));
    buf_free(&xml);
    buf_free(&want);
}

static void assert_damaged(const char *xml, size_t row)
{
    char want[200];
    snprintf(want, sizeof want,
             PATH "[A]: behind row %zu the sheet is damaged: open it in Excel, save it again and "
                  "try anew",
             row);
    assert_string_equal(read_xml(xml), want);
}

static void what_is_no_sheet_is_refused_with_its_place(void **state)
{
    (void)state;
    static const char *const cells[] = {"<c r='XFE1'/>",
                                        "<c r='1A'/>",
                                        "<c t='s'><v>7</v></c>",
                                        "<c><v>&x;</v></c>",
                                        "<c><v>&#0;</v></c>",
                                        "<c><v>&#xD800;</v></c>",
                                        "<c><v>1 & 2</v></c>",
                                        "<c t='inlineStr'><is><t>\xFF</t></is></c>",
                                        "<c t='inlineStr'><is><t>\x01</t></is></c>",
                                        "<c><v>1</v></row>",
                                        "<c r=A1/>",
                                        "<c r='A1/>",
                                        "<c r='A1's='1'/>",
                                        "<c><v>1</c>",
                                        "<!DOCTYPE a>"};
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        char xml[200];
        snprintf(xml, sizeof xml, "<sheetData><row r='3'>%s</row></sheetData>", cells[i]);
        assert_damaged(xml, 3);
    }
    assert_damaged("<sheetData><row r='5'/><row r='4'/></sheetData>", 5);
    assert_damaged("<sheetData><row r='9999999'/></sheetData>", 0);
    assert_damaged("<sheetData>", 0);
    assert_damaged("</worksheet>x", 0);
    assert_damaged("</worksheet><worksheet>", 0);
}

static void xml_of_any_form_reads_alike(void **state)
{
    (void)state;
    assert_string_equal(
        read_xml("<!-- <row> --><?x <row> ?><x:sheetData xmlns:x='u'><x:row\n r = \"2\" a='>'>"
                 "<x:c r='A2' t='inlineStr' ><x:is><x:t>&lt;&#76;&#xE1;ng&gt;<![CDATA[ <&> ]]>"
                 "</x:t ></x:is></x:c></x:row></x:sheetData>"),
        "2: 0=<L\xC3\xA1ng> <&> \n");
}

static void a_package_that_is_no_workbook_says_so(void **state)
{
    (void)state;
    struct book b = {.sheets = {{.name = "A", .xml = ""}}, .main = "word/document.xml"};
    assert_string_equal(read_book(&b),
                        PATH ": a zip package, but no Excel workbook (.xlsx): open it and save the "
                             "table as .xlsx or as \"CSV UTF-8\"");
    b = (struct book){.main = NULL};
    assert_string_equal(read_book(&b), PATH ": the workbook has no sheet with rows");
}

static void references_are_letters_then_digits(void **state)
{
    (void)state;
    size_t column, line;
    assert_true(xlsx_reference("A1", &column, &line) && column == 0 && line == 1);
    assert_true(xlsx_reference("XFD1048576", &column, &line) && column == 16383);
    assert_false(xlsx_reference("XFE1", &column, &line));
    assert_false(xlsx_reference("A1048577x", &column, &line));
    assert_false(xlsx_reference("", &column, &line));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_stand_where_their_references_put_them),
        cmocka_unit_test(shared_texts_join_their_runs_and_leave_reading_aids_out),
        cmocka_unit_test(texts_may_stand_in_their_cells),
        cmocka_unit_test(numbers_are_what_a_person_sees_and_never_a_thousand_by_mistake),
        cmocka_unit_test(styles_make_dates_months_times_percentages_and_zeros),
        cmocka_unit_test(days_are_counted_from_1900_or_from_1904),
        cmocka_unit_test(a_format_is_a_date_by_its_letters_outside_quotes_and_brackets),
        cmocka_unit_test(errors_and_formulas_without_a_result_are_no_text),
        cmocka_unit_test(sheets_come_as_their_tabs_stand_hidden_ones_marked),
        cmocka_unit_test(merged_cells_are_found_behind_the_rows),
        cmocka_unit_test(rows_are_whole_wherever_the_pieces_of_xml_end),
        cmocka_unit_test(what_is_no_sheet_is_refused_with_its_place),
        cmocka_unit_test(xml_of_any_form_reads_alike),
        cmocka_unit_test(a_package_that_is_no_workbook_says_so),
        cmocka_unit_test(references_are_letters_then_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
