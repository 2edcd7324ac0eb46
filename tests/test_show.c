/* What machines read: CSV, JSON, workbooks, and how files appear. */
#include "fixtures_show.h"

/* ---- CSV ---- */

static void csv_is_plain_for_machines(void **state)
{
    struct fixture *f = *state;
    add_my_an(f);
    add_row(f, "xã \"A\", ấp 1");
    assert_true(show_csv(&f->r, false, &f->b));
    assert_string_equal(text_of(f),
                        "unit,count,count_before,change,reduction_pct,ci_low,ci_high,p_value,prob,"
                        "phi,verdict,note\n"
                        "TT. Mỹ An,5,8,-3,37.5,-67.24,55.75,0.0325,0.45,1.125,not_judged_at_all,"
                        "compared_units=12/13;recorded=6;\n"
                        "\"xã \"\"A\"\", ấp 1\",,,,,,,,,,,\n");
}

static void columns_added_later_stand_at_the_end(void **state)
{
    static const struct column more[] = {{"missing", "Missing", COLUMN_REAL, 1},
                                         {"low", "From", COLUMN_COUNT, 0}};
    struct fixture *f = *state;
    add_my_an(f);
    assert_true(result_add_columns(&f->r, more, 2, NULL));
    f->r.cells[f->r.column_count - 2] = cell_real(1.5);
    add_row(f, "ấp 2")[f->r.column_count - 1] = cell_int(4); /* rows may still come */
    assert_true(show_csv(&f->r, false, &f->b));
    assert_string_equal(text_of(f),
                        "unit,count,count_before,change,reduction_pct,ci_low,ci_high,p_value,prob,"
                        "phi,verdict,note,missing,low\n"
                        "TT. Mỹ An,5,8,-3,37.5,-67.24,55.75,0.0325,0.45,1.125,not_judged_at_all,"
                        "compared_units=12/13;recorded=6;,1.5,\n"
                        "ấp 2,,,,,,,,,,,,,4\n");
}

static void csv_for_excel_has_bom_semicolons_and_decimal_commas(void **state)
{
    struct fixture *f = *state;
    add_my_an(f);
    assert_true(show_csv(&f->r, true, &f->b));
    assert_string_equal(text_of(f),
                        "\xEF\xBB\xBFunit;count;count_before;change;reduction_pct;ci_low;ci_high;"
                        "p_value;prob;phi;verdict;note\r\n"
                        "TT. Mỹ An;5;8;-3;37,5;-67,24;55,75;0,0325;0,45;1,125;not_judged_at_all;"
                        "\"compared_units=12/13;recorded=6;\"\r\n");
}

static void text_that_excel_would_run_is_defused_only_for_excel(void **state)
{
    struct fixture *f = *state;
    static const char *const harmful[] = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1"};
    for (size_t i = 0; i < sizeof harmful / sizeof harmful[0]; i++)
        add_row(f, harmful[i]);
    add_row(f, NULL)[3] = cell_int(-3); /* a number is no text */
    assert_true(show_csv(&f->r, true, &f->b));
    assert_non_null(strstr(text_of(f), "\r\n'=1+1;"));
    assert_non_null(strstr(text_of(f), "\r\n'+1;"));
    assert_non_null(strstr(text_of(f), "\r\n'-1;"));
    assert_non_null(strstr(text_of(f), "\r\n'@SUM(A1);"));
    assert_non_null(strstr(text_of(f), "\r\n'\t=1;"));
    assert_non_null(strstr(text_of(f), "\r\n;;;-3;"));
    buf_clear(&f->b);
    assert_true(show_csv(&f->r, false, &f->b));
    assert_non_null(strstr(text_of(f), "\n=1+1,"));
    assert_null(strchr(text_of(f), '\''));
}

/* More numbers than the memo holds, every one of them twice: the text must be that of the number.
 */
static void csv_repeats_numbers_exactly(void **state)
{
    struct fixture *f = *state;
    enum { ROWS = 40000, DISTINCT = 20000 };
    for (int i = 0; i < ROWS; i++)
        add_row(f, "a")[9] = cell_real((i % DISTINCT - 7) / 3.0);
    assert_true(show_csv(&f->r, false, &f->b));
    const char *line = strchr(text_of(f), '\n') + 1;
    for (int i = 0; i < ROWS; i++) {
        char want[64];
        int n = snprintf(want, sizeof want, "a,,,,,,,,,%.15g,,\n", (i % DISTINCT - 7) / 3.0);
        assert_memory_equal(line, want, (size_t)n);
        line += n;
    }
    assert_int_equal(*line, '\0');
}

static void csv_writes_whole_numbers_to_the_ends_of_their_range(void **state)
{
    struct fixture *f = *state;
    struct cell *row = add_row(f, "a");
    row[1] = cell_int(INT64_MAX);
    row[2] = cell_int(INT64_MIN);
    row[3] = cell_int(0);
    assert_true(show_csv(&f->r, false, &f->b));
    assert_non_null(strstr(text_of(f), "\na,9223372036854775807,-9223372036854775808,0,"));
}

static void a_number_that_is_not_finite_is_empty_everywhere(void **state)
{
    struct fixture *f = *state;
    add_row(f, "a")[4] = (struct cell){CELL_REAL, {.x = NAN}};
    assert_true(show_csv(&f->r, false, &f->b));
    assert_non_null(strstr(text_of(f), "\na,,,,,,"));
    buf_clear(&f->b);
    assert_true(show_json(&f->r, &f->b));
    assert_non_null(strstr(text_of(f), "\"reduction_pct\":null"));
    buf_clear(&f->b);
    show_cell(&f->r, 0, 4, &f->b);
    assert_string_equal(text_of(f), "–");
}

/* ---- JSON ---- */

static void json_carries_provenance_and_one_row_a_line(void **state)
{
    struct fixture *f = *state;
    f->r.synthetic = true;
    f->r.title = "Năm 2024";
    add_my_an(f);
    assert_true(result_add_prov(&f->r, "basis", "Basis", "received", "ngày tiếp nhận", &f->e));
    assert_true(result_add_prov(&f->r, "source", NULL, "a.csv", NULL, &f->e));
    assert_true(result_add_prov(&f->r, "seed", NULL, "1", NULL, &f->e));
    assert_true(result_add_prov(&f->r, "source", NULL, "b.csv", NULL, &f->e));
    assert_true(result_add_footer(&f->r, &f->e, "Một dòng."));
    assert_true(show_json(&f->r, &f->b));
    assert_string_equal(
        text_of(f),
        "{\"provenance\":{\"basis\":\"received\",\"source\":[\"a.csv\",\"b.csv\"],\"seed\":\"1\"},"
        "\n"
        "\"command\":\"yoy\",\n\"language\":\"vi\",\n\"synthetic\":true,\n\"title\":\"Năm 2024\",\n"
        "\"footers\":[\"Một dòng.\"],\n\"rows\":[\n"
        "{\"unit\":\"TT. Mỹ An\",\"count\":5,\"count_before\":8,\"change\":-3,"
        "\"reduction_pct\":37.5,\"ci_low\":-67.24,\"ci_high\":55.75,\"p_value\":0.0325,"
        "\"prob\":0.45,\"phi\":1.125,\"verdict\":\"not_judged_at_all\","
        "\"note\":\"compared_units=12/13;recorded=6;\"}\n]}\n");
}

static void json_escapes_quotes_backslashes_and_controls(void **state)
{
    struct fixture *f = *state;
    add_row(f, "\"a\\b\"\n\t\x01\x1f Mỹ");
    assert_true(show_json(&f->r, &f->b));
    assert_non_null(
        strstr(text_of(f), "{\"unit\":\"\\\"a\\\\b\\\"\\n\\t\\u0001\\u001f Mỹ\",\"count\":null"));
}

static void json_of_no_rows_is_an_empty_array(void **state)
{
    struct fixture *f = *state;
    assert_true(show_json(&f->r, &f->b));
    assert_string_equal(text_of(f), "{\"provenance\":{},\n\"command\":\"yoy\",\n"
                                    "\"language\":\"vi\",\n\"synthetic\":false,\n\"title\":null,\n"
                                    "\"footers\":[],\n\"rows\":[]}\n");
}

/* ---- files ---- */

/* "FOLDER/name" in f->b. */
static const char *path_in_folder(struct fixture *f, const char *name)
{
    if (!f->folder.data)
        assert_true(sys_temp_folder(&f->folder, &f->e));
    buf_clear(&f->b);
    buf_addf(&f->b, "%s/%s", buf_text(&f->folder), name);
    return text_of(f);
}

static void read_file(const char *path, struct buf *b)
{
    char bytes[4096];
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    buf_clear(b);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, in)) > 0;)
        buf_add(b, bytes, n);
    fclose(in);
}

static void a_csv_file_has_its_provenance_beside_it(void **state)
{
    struct fixture *f = *state;
    struct buf got = {0};
    small_start(f, LANG_VI);
    struct show how = {.format = FORMAT_CSV, .path = path_in_folder(f, "a.csv")};
    assert_true(show_result(&f->r, &how, &f->e));
    read_file(how.path, &got);
    assert_string_equal(buf_text(&got), "unit,count,note\n");
    read_file(path_in_folder(f, "a.csv.meta.json"), &got);
    assert_string_equal(
        buf_text(&got),
        "{\"provenance\":{\"basis\":\"received\",\"seed\":\"1\",\"period\":\"2024\"},\n"
        "\"command\":\"yoy\",\n\"language\":\"vi\",\n\"synthetic\":true,\n\"title\":\"2024\",\n"
        "\"footers\":[\"Footer.\"]}\n");
    buf_free(&got);
}

static void what_cannot_be_written_is_an_error_and_leaves_nothing(void **state)
{
    struct fixture *f = *state;
    static const enum format formats[] = {FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON, FORMAT_XLSX};
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        struct show how = {.format = formats[i], .path = path_in_folder(f, "none/a")};
        err_clear(&f->e);
        assert_false(show_result(&f->r, &how, &f->e));
        assert_int_equal(f->e.code, ERR_FAILED);
        assert_non_null(strstr(f->e.msg, "none/a"));
        assert_int_equal(sys_path_kind(how.path), SYS_MISSING);
    }
}

static void a_workbook_needs_a_file(void **state)
{
    struct fixture *f = *state;
    struct show how = {.format = FORMAT_XLSX};
    assert_false(show_result(&f->r, &how, &f->e));
    assert_int_equal(f->e.code, ERR_USAGE);
}

/* The part `name` of the workbook, as unzip reads it. */
static void unzip_part(struct fixture *f, const char *path, const char *name, struct buf *said)
{
    int status = -1;
    const char *const argv[] = {"unzip", "-p", path, name, NULL};
    buf_clear(said);
    assert_true(sys_run(&(struct sys_program){.argv = argv, .said = said}, &status, &f->e));
    assert_int_equal(status, 0);
}

static void a_workbook_holds_numbers_texts_formats_and_sources(void **state)
{
    struct fixture *f = *state;
    struct buf part = {0};
    f->r.title = "Năm 2024";
    f->r.synthetic = true;
    add_my_an(f);
    add_row(f, "=1+1")[1] = cell_text("*");
    assert_true(result_add_prov(&f->r, "basis", "basis", "received", "ngày tiếp nhận", &f->e));
    assert_true(result_add_footer(&f->r, &f->e, "Một dòng chú thích."));
    struct show how = {.format = FORMAT_XLSX, .path = path_in_folder(f, "a.xlsx")};
    assert_true(show_result(&f->r, &how, &f->e));

    unzip_part(f, how.path, "xl/workbook.xml", &part);
    assert_non_null(strstr(buf_text(&part), "<sheet name=\"Số liệu\""));
    assert_non_null(strstr(buf_text(&part), "<sheet name=\"Nguồn\""));
    assert_non_null(strstr(buf_text(&part), "'Số liệu'!$A$1:$L$8</definedName>")); /* print area */
    assert_non_null(strstr(buf_text(&part), "'Số liệu'!$3:$3</definedName>"));     /* repeated */

    unzip_part(f, how.path, "xl/worksheets/sheet1.xml", &part);
    assert_non_null(strstr(buf_text(&part), "<pane ySplit=\"3\" topLeftCell=\"A4\""));
    assert_non_null(strstr(buf_text(&part), "<v>37.5</v>"));
    assert_non_null(strstr(buf_text(&part), "<autoFilter ref=\"A3:L5\"/>"));
    assert_non_null(strstr(buf_text(&part), "paperSize=\"9\""));
    assert_non_null(strstr(buf_text(&part), "orientation=\"landscape\""));
    assert_non_null(strstr(buf_text(&part), "fitToHeight=\"0\""));
    assert_null(strstr(buf_text(&part), "<f>")); /* no formula */

    unzip_part(f, how.path, "xl/sharedStrings.xml", &part);
    assert_non_null(strstr(buf_text(&part), "SỐ LIỆU MÔ PHỎNG"));
    assert_non_null(strstr(buf_text(&part), "trên cùng cơ sở so sánh (12/13 đơn vị)"));
    assert_non_null(strstr(buf_text(&part), "basis: ngày tiếp nhận"));
    assert_non_null(strstr(buf_text(&part), "<t>=1+1</t>"));
    buf_free(&part);
}

static void the_same_workbook_twice_is_the_same_bytes(void **state)
{
    struct fixture *f = *state;
    struct buf a = {0}, b = {0};
    f->r.title = "Năm 2024";
    add_my_an(f);
    struct show how = {.format = FORMAT_XLSX, .path = path_in_folder(f, "a.xlsx")};
    assert_true(show_result(&f->r, &how, &f->e));
    read_file(how.path, &a);
    assert_true(show_result(&f->r, &how, &f->e));
    read_file(how.path, &b);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
    unzip_part(f, how.path, "docProps/core.xml", &a);
    if (!getenv("SOURCE_DATE_EPOCH"))
        assert_non_null(strstr(buf_text(&a), ">1980-01-01T00:00:00Z<"));
    buf_free(&a);
    buf_free(&b);
}

static void a_workbook_of_no_rows_and_of_one_column_is_written(void **state)
{
    struct fixture *f = *state;
    result_init(&f->r, "yoy", small_columns, 1, LANG_VI);
    assert_true(result_add_footer(&f->r, &f->e, "Footer."));
    struct show how = {.format = FORMAT_XLSX, .path = path_in_folder(f, "a.xlsx")};
    assert_true(show_result(&f->r, &how, &f->e));
    assert_int_equal(sys_path_kind(how.path), SYS_FILE);
}

/* A cell takes 32 767 characters; a longer list of case ids is cut between two characters. */
static void a_workbook_cuts_a_text_that_no_cell_can_hold(void **state)
{
    struct fixture *f = *state;
    struct buf text = {0}, part = {0};
    for (int i = 0; i < 40000; i++)
        buf_adds(&text, "ấ");
    add_row(f, buf_text(&text));
    struct show how = {.format = FORMAT_XLSX, .path = path_in_folder(f, "a.xlsx")};
    assert_true(show_result(&f->r, &how, &f->e));
    unzip_part(f, how.path, "xl/sharedStrings.xml", &part);
    assert_non_null(strstr(buf_text(&part), "ấấ…</t>"));
    buf_free(&text);
    buf_free(&part);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(csv_is_plain_for_machines),
        TEST(columns_added_later_stand_at_the_end),
        TEST(csv_for_excel_has_bom_semicolons_and_decimal_commas),
        TEST(text_that_excel_would_run_is_defused_only_for_excel),
        TEST(csv_repeats_numbers_exactly),
        TEST(csv_writes_whole_numbers_to_the_ends_of_their_range),
        TEST(a_number_that_is_not_finite_is_empty_everywhere),
        TEST(json_carries_provenance_and_one_row_a_line),
        TEST(json_escapes_quotes_backslashes_and_controls),
        TEST(json_of_no_rows_is_an_empty_array),
        TEST(a_csv_file_has_its_provenance_beside_it),
        TEST(what_cannot_be_written_is_an_error_and_leaves_nothing),
        TEST(a_workbook_needs_a_file),
        TEST(a_workbook_holds_numbers_texts_formats_and_sources),
        TEST(the_same_workbook_twice_is_the_same_bytes),
        TEST(a_workbook_of_no_rows_and_of_one_column_is_written),
        TEST(a_workbook_cuts_a_text_that_no_cell_can_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
