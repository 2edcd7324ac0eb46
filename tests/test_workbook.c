/* Workbooks of many sheets, as unzip and the eyes of Excel find them. */
#include "fixtures_show.h"

#include "report/workbook.h"

static const struct column table_columns[] = {
    {"unit", "unit", COLUMN_TEXT, 0},       {"count", "now", COLUMN_COUNT, 0},
    {"change", "change", COLUMN_CHANGE, 0}, {"pct", "reduction", COLUMN_PERCENT, 0},
    {"first", "first", COLUMN_TEXT, 0},     {"month", "month", COLUMN_TEXT, 0},
};
enum { TABLE_COLUMNS = sizeof table_columns / sizeof table_columns[0] };

static void table_start(struct fixture *f)
{
    result_init(&f->r, "yoy", table_columns, TABLE_COLUMNS, LANG_VI);
    f->r.title = "Theo xã";
}

static struct cell *table_row(struct fixture *f, const char *unit, int64_t count, int64_t change)
{
    struct cell *row = add_row(f, unit);
    row[1] = cell_int(count);
    row[2] = cell_int(change);
    return row;
}

/* A total above its three rows: 9 = 4 + 5 + 0; its change stands on another base. */
static void make_table(struct fixture *f)
{
    table_start(f);
    table_row(f, "Huyện", 9, -4)[3] = cell_real(30.8);
    struct cell *row = table_row(f, "A", 4, -2);
    row[4] = cell_text("2024-02-29");
    row[5] = cell_text("2024-02");
    row = table_row(f, "B", 5, -1);
    row[4] = cell_text("1999-12-31");
    row[5] = cell_text("1999-12");
    table_row(f, "C", 0, 0);
}

static const char *path_of(struct fixture *f)
{
    static char path[512];
    if (!f->folder.data)
        assert_true(sys_temp_folder(&f->folder, &f->e));
    snprintf(path, sizeof path, "%s/a.xlsx", buf_text(&f->folder));
    return path;
}

static void write_book(struct fixture *f, const struct workbook_sheet *sheets, size_t n,
                       const struct workbook_text *texts, size_t text_count)
{
    if (!workbook_write(path_of(f), sheets, n, texts, text_count, 1735603200, &f->e))
        fail_msg("%s", f->e.msg);
}

/* The part `name` of the workbook into f->b. */
static const char *part(struct fixture *f, const char *name)
{
    int status = -1;
    const char *const argv[] = {"unzip", "-p", path_of(f), name, NULL};
    buf_clear(&f->b);
    assert_true(sys_run(&(struct sys_program){.argv = argv, .said = &f->b}, &status, &f->e));
    assert_int_equal(status, 0);
    return text_of(f);
}

static void assert_has(const char *text, const char *what)
{
    if (!strstr(text, what))
        fail_msg("no %s in %s", what, text);
}

static struct workbook_sheet summed(const struct result *r, size_t total, size_t first, size_t last)
{
    return (struct workbook_sheet){
        .name = "T", .result = r, .total_row = total, .first_row = first, .last_row = last};
}

static struct workbook_sheet sheet_of(const char *name, const struct result *r)
{
    return (struct workbook_sheet){.name = name, .result = r, .total_row = SIZE_MAX};
}

/* ---- totals ---- */

static void a_total_that_is_the_sum_of_its_rows_is_live(void **state)
{
    struct fixture *f = *state;
    make_table(f);
    struct workbook_sheet s = summed(&f->r, 0, 1, 3);
    write_book(f, &s, 1, NULL, 0);
    const char *sheet = part(f, "xl/worksheets/sheet1.xml");
    assert_has(sheet, "<f>SUM(B4:B6)</f><v>9</v>");
    assert_has(sheet, "<v>-4</v>"); /* -3 would be the sum */
    assert_null(strstr(sheet, "SUM(C"));
    assert_null(strstr(sheet, "SUM(D")); /* percentages have no sum */
    assert_has(part(f, "xl/workbook.xml"), "fullCalcOnLoad=\"1\"");
}

static void a_total_below_its_rows_is_live_as_well(void **state)
{
    struct fixture *f = *state;
    table_start(f);
    table_row(f, "A", 1000000, 3);
    table_row(f, "B", 2, -5);
    table_row(f, "Cộng", 1000002, -2);
    struct workbook_sheet s = summed(&f->r, 2, 0, 1);
    write_book(f, &s, 1, NULL, 0);
    const char *sheet = part(f, "xl/worksheets/sheet1.xml");
    assert_has(sheet, "<f>SUM(B3:B4)</f><v>1000002</v>");
    assert_has(sheet, "<f>SUM(C3:C4)</f><v>-2</v>");
}

/* A suppressed number is no number: SUM would pass over it. */
static void a_total_over_a_star_keeps_its_number(void **state)
{
    struct fixture *f = *state;
    make_table(f);
    f->r.cells[3 * TABLE_COLUMNS + 1] = cell_text("*");
    struct workbook_sheet s = summed(&f->r, 0, 1, 3);
    write_book(f, &s, 1, NULL, 0);
    assert_null(strstr(part(f, "xl/worksheets/sheet1.xml"), "<f>"));
}

static void a_total_among_its_own_rows_or_without_rows_is_no_formula(void **state)
{
    struct fixture *f = *state;
    table_start(f);
    table_row(f, "A", 0, 0);
    table_row(f, "B", 0, 0);
    const struct workbook_sheet wrong[] = {summed(&f->r, 0, 0, 1), summed(&f->r, 0, 1, 2),
                                           summed(&f->r, 1, 1, 0), summed(&f->r, 7, 0, 1)};
    for (size_t i = 0; i < 4; i++) {
        write_book(f, &wrong[i], 1, NULL, 0);
        assert_null(strstr(part(f, "xl/worksheets/sheet1.xml"), "<f>"));
    }
}

/* ---- dates ---- */

/* 2024-02-29 is day 45351 and 1999-12-31 day 36525 of Excel; 2024-02-01 is 45323. */
static void dates_and_months_are_excels(void **state)
{
    struct fixture *f = *state;
    make_table(f);
    struct workbook_sheet s = sheet_of("T", &f->r);
    write_book(f, &s, 1, NULL, 0);
    const char *sheet = part(f, "xl/worksheets/sheet1.xml");
    assert_has(sheet, "<v>45351</v>");
    assert_has(sheet, "<v>36525</v>");
    assert_has(sheet, "<v>45323</v>");
    const char *styles = part(f, "xl/styles.xml");
    assert_has(styles, "formatCode=\"dd/mm/yyyy\"");
    assert_has(styles, "formatCode=\"mm/yyyy\"");
}

static void a_column_with_anything_else_in_it_stays_text(void **state)
{
    static const char *const others[] = {"2024-02-30", "1900-02-28", "2024", "2024-2-01", "1/2"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct fixture *f = *state;
        result_free(&f->r);
        make_table(f);
        table_row(f, "D", 0, 0)[4] = cell_text(others[i]);
        struct workbook_sheet s = sheet_of("T", &f->r);
        write_book(f, &s, 1, NULL, 0);
        assert_null(strstr(part(f, "xl/worksheets/sheet1.xml"), "<v>45351</v>"));
        assert_has(part(f, "xl/sharedStrings.xml"), "<t>2024-02-29</t>");
    }
}

/* ---- sheets ---- */

static void names_that_excel_refuses_are_changed(void **state)
{
    struct fixture *f = *state;
    make_table(f);
    const char *const names[] = {"a/b[c]:*?\\'d",
                                 "A-B-C------D",
                                 "",
                                 "History",
                                 "Phụ lục: số liệu về người dưới 18 tuổi bị xâm hại",
                                 "Nguồn",
                                 "Sources and methods",
                                 "Phụ lục- số liệu về người dưới 18 tuổi"};
    enum { N = sizeof names / sizeof names[0] };
    struct workbook_sheet sheets[N];
    for (size_t i = 0; i < N; i++)
        sheets[i] = sheet_of(names[i], &f->r);
    f->r.lang = LANG_EN;
    write_book(f, sheets, N, NULL, 0);
    const char *book = part(f, "xl/workbook.xml");
    assert_has(book, "<sheet name=\"a-b-c------d\"");
    assert_has(book, "<sheet name=\"A-B-C------D (2)\"");
    assert_has(book, "<sheet name=\"-\"");
    assert_has(book, "<sheet name=\"History (2)\"");
    assert_has(book, "<sheet name=\"Phụ lục- số liệu về người dưới\"");  /* 30 and a blank */
    assert_has(book, "<sheet name=\"Phụ lục- số liệu về người d (2)\""); /* 31 */
    assert_has(book, "<sheet name=\"Sources and methods (2)\"");
    assert_has(book, "<sheet name=\"Sources and methods\" sheetId=\"9\"");
}

static void every_sheet_says_that_it_is_simulated_and_where_it_comes_from(void **state)
{
    struct fixture *f = *state;
    struct fixture second = {0};
    make_table(f);
    f->r.synthetic = true;
    small_start(&second, LANG_VI);
    second.r.title = "Bảng khác";
    assert_true(result_add_prov(&f->r, "basis", "basis", "received", "ngày nhận", &f->e));
    assert_true(result_add_footer(&f->r, &f->e, "Chú thích một."));
    const struct workbook_sheet sheets[] = {summed(&f->r, 0, 1, 3), sheet_of("Hai", &second.r)};
    const struct workbook_text texts[] = {{"Phương pháp", "Khoảng tin cậy chính xác."}};
    write_book(f, sheets, 2, texts, 1);
    for (int i = 1; i <= 3; i++) {
        char name[64];
        snprintf(name, sizeof name, "xl/worksheets/sheet%d.xml", i);
        const char *sheet = part(f, name);
        assert_has(sheet, "<c r=\"A2\" s=\"2\" t=\"s\"><v>1</v>"); /* the simulated-data line */
        assert_has(sheet, "orientation=\"landscape\"");
        assert_has(sheet, "fitToHeight=\"0\"");
    }
    const char *strings = part(f, "xl/sharedStrings.xml");
    static const char *const said[] = {"Theo xã",
                                       "SỐ LIỆU MÔ PHỎNG",
                                       "Bảng khác",
                                       "Phương pháp",
                                       "Khoảng tin cậy chính xác.",
                                       "T",
                                       "Hai",
                                       "Chú thích một.",
                                       "Footer.",
                                       "ngày nhận",
                                       "tiếp nhận"};
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        char text[128];
        snprintf(text, sizeof text, "<t>%s</t>", said[i]);
        assert_has(strings, text);
    }
    const char *book = part(f, "xl/workbook.xml");
    assert_has(book, "localSheetId=\"0\">T!$A$1:$F$10</definedName>");
    assert_has(book, "localSheetId=\"1\">Hai!$3:$3</definedName>");
    result_free(&second.r);
}

static void a_sheet_shows_the_columns_asked_for_in_their_order(void **state)
{
    struct fixture *f = *state;
    make_table(f);
    static const char *const shown[] = {"first", "nothing", "unit", "count", NULL};
    struct workbook_sheet s = summed(&f->r, 0, 1, 3);
    s.columns = shown;
    write_book(f, &s, 1, NULL, 0);
    const char *sheet = part(f, "xl/worksheets/sheet1.xml");
    assert_has(sheet, "<f>SUM(C4:C6)</f><v>9</v>");
    assert_has(sheet, "<autoFilter ref=\"A2:C6\"/>");
    assert_has(sheet, "<v>45351</v></c><c r=\"B4\"");
    static const char *const none[] = {"nothing", NULL};
    s.columns = none;
    write_book(f, &s, 1, NULL, 0);
    assert_null(strstr(part(f, "xl/worksheets/sheet1.xml"), "autoFilter"));
}

/* 150 letters in a column of 60, where about as many have room: three lines of 15 points. */
static void rows_of_wrapped_text_are_high_enough(void **state)
{
    struct fixture *f = *state;
    struct buf text = {0};
    for (int i = 0; i < 15; i++)
        buf_adds(&text, "tám chín, ");
    table_start(f);
    table_row(f, buf_text(&text), 1, 1);
    table_row(f, "ngắn", 1, 1);
    struct workbook_sheet s = sheet_of("T", &f->r);
    write_book(f, &s, 1, NULL, 0);
    const char *sheet = part(f, "xl/worksheets/sheet1.xml");
    assert_has(sheet, "<row r=\"3\" spans=\"1:6\" ht=\"45\" customHeight=\"1\">");
    assert_has(sheet, "<row r=\"4\" spans=\"1:6\">");
    buf_free(&text);
}

static void a_sheet_without_rows_is_written(void **state)
{
    struct fixture *f = *state;
    table_start(f);
    const struct workbook_sheet sheets[] = {summed(&f->r, 0, 0, 0), sheet_of("B", &f->r)};
    write_book(f, sheets, 2, NULL, 0);
    assert_null(strstr(part(f, "xl/worksheets/sheet1.xml"), "<f>"));
}

/* ---- the file ---- */

static void the_same_book_twice_is_the_same_bytes(void **state)
{
    struct fixture *f = *state;
    struct buf a = {0}, b = {0};
    make_table(f);
    const struct workbook_sheet sheets[] = {summed(&f->r, 0, 1, 3), sheet_of("B", &f->r)};
    write_book(f, sheets, 2, NULL, 0);
    assert_true(sys_read_whole(path_of(f), &a, &f->e));
    write_book(f, sheets, 2, NULL, 0);
    assert_true(sys_read_whole(path_of(f), &b, &f->e));
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
    assert_has(part(f, "docProps/core.xml"), ">2024-12-31T00:00:00Z<");
    buf_free(&a);
    buf_free(&b);
}

static void what_cannot_be_written_leaves_nothing(void **state)
{
    struct fixture *f = *state;
    make_table(f);
    struct workbook_sheet s = sheet_of("A", &f->r);
    assert_false(workbook_write("/nowhere/a.xlsx", &s, 1, NULL, 0, 1, &f->e));
    assert_non_null(strstr(f->e.msg, "/nowhere/a.xlsx"));
    err_clear(&f->e);
    f->r.row_count = 1048576;
    assert_false(workbook_write(path_of(f), &s, 1, NULL, 0, 1, &f->e));
    assert_non_null(strstr(f->e.msg, "1048576"));
    f->r.row_count = 4;
    assert_int_equal(sys_path_kind(path_of(f)), SYS_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_total_that_is_the_sum_of_its_rows_is_live),
        TEST(a_total_below_its_rows_is_live_as_well),
        TEST(a_total_over_a_star_keeps_its_number),
        TEST(a_total_among_its_own_rows_or_without_rows_is_no_formula),
        TEST(dates_and_months_are_excels),
        TEST(a_column_with_anything_else_in_it_stays_text),
        TEST(names_that_excel_refuses_are_changed),
        TEST(every_sheet_says_that_it_is_simulated_and_where_it_comes_from),
        TEST(a_sheet_shows_the_columns_asked_for_in_their_order),
        TEST(rows_of_wrapped_text_are_high_enough),
        TEST(a_sheet_without_rows_is_written),
        TEST(the_same_book_twice_is_the_same_bytes),
        TEST(what_cannot_be_written_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
