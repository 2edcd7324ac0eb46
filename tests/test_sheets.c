/* From a workbook to rows: which sheets, where their tables stand, what stands below. */
#define PATH "build/sheets-test.xlsx"
#include "fixtures_sheets.h"

/* ---- heads ---- */

static void a_head_in_the_first_row_is_read_as_in_a_csv(void **state)
{
    (void)state;
    assert_sheet(
        "STT|Mã vụ|Xã|Hành vi|Ngày tiếp nhận|Số nạn nhân\n"
        "1|TM-1|Phú Điền|Dâm ô|d:45415|1\n"
        "2|TM-2|30040|XHTE.GIET|03/06/2024|2\n",
        NULL,
        "1:2 case_id=TM-1 unit=30067 category=XHTE.TD.DAMO received_on=2024-05-03 "
        "victims=1\n"
        "1:3 case_id=TM-2 unit=30040 category=XHTE.GIET received_on=2024-06-03 victims=2\n");
}

static void titles_above_the_head_and_numbers_under_it_are_passed_over(void **state)
{
    (void)state;
    assert_sheet("CÔNG AN HUYỆN THÁP MƯỜI|||CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
                 "BẢNG KÊ VỤ VIỆC\n"
                 ".\n"
                 "TT|Số hồ sơ|Xã, thị trấn|Loại vụ việc|Ngày tiếp nhận\n"
                 "A|B|(1)|(2)|(3)\n"
                 "1|TM-1|Phú Điền|Dâm ô|d:45415\n",
                 "A1:C1 A2:E2",
                 "1:6 case_id=TM-1 unit=30067 category=XHTE.TD.DAMO received_on=2024-05-03\n");
}

static void two_rows_of_a_head_are_read_together(void **state)
{
    (void)state;
    assert_sheet("Mã vụ|Xã|Hành vi|Ngày tiếp nhận|Nạn nhân|||Cùng kỳ\n"
                 "||||Giới tính|Tuổi|Số trẻ em|Số nạn nhân\n"
                 "TM-1|Phú Điền|Dâm ô|d:45415|nữ|12|1|7\n",
                 "A1:A2 B1:B2 C1:C2 D1:D2 E1:G1",
                 "1:3 case_id=TM-1 unit=30067 category=XHTE.TD.DAMO received_on=2024-05-03 "
                 "victims_u16=1 victim_age_band=6_12 victim_sex=female\n" PATH
                 "[T]: columns that are not stored: Cùng kỳ Số nạn nhân\n");
}

static void a_lower_row_of_the_head_that_says_nothing_new_is_no_row_of_the_table(void **state)
{
    (void)state;
    assert_sheet("Mã vụ|Xã|Hành vi|Ngày tiếp nhận|Bị hại|\n"
                 "||||Họ tên|Năm sinh\n"
                 "TM-1|Phú Điền|Dâm ô|d:45415|x|2012\n",
                 "A1:A2 B1:B2 C1:C2 D1:D2 E1:F1",
                 "1:3 case_id=TM-1 unit=30067 category=XHTE.TD.DAMO received_on=2024-05-03\n" PATH
                 "[T]: columns that are not stored: Bị hại Họ tên, Bị hại Năm sinh\n");
}

static void the_annex_form_gives_what_stands_under_this_period(void **state)
{
    (void)state;
    assert_sheet("Đơn vị: xã Phú Điền\n"
                 "PHỤ LỤC SỐ LIỆU THÁNG 5/2024\n"
                 "STT|Nội dung (hành vi)|Kỳ này|||Cùng kỳ|\n"
                 "||Vụ|Đối tượng|Trẻ em|Vụ|Đối tượng\n"
                 "1|Dâm ô|2|2|3|1|1\n"
                 "2|XHTE.GIET|0|0|0|0|0\n"
                 "|Cộng|2|2|3|1|1\n",
                 "A1:G1 A2:G2 A3:A4 B3:B4 C3:E3 F3:G3",
                 "1:5 unit=30067 category=XHTE.TD.DAMO period=2024-05-01 period_to=2024-05-31 "
                 "count=2 basis=received offenders=2 victims=3\n"
                 "1:6 unit=30067 category=XHTE.GIET period=2024-05-01 period_to=2024-05-31 count=0 "
                 "basis=received offenders=0 victims=0\n" PATH
                 "[T]: no column of units: the unit is taken from the title: xã Phú Điền\n" PATH
                 "[T]: no column of periods: the period is taken from the title: 2024-05\n" PATH
                 "[T]: columns that are not stored: Cùng kỳ Vụ, Cùng kỳ Đối tượng\n");
}

static void months_typed_into_a_head_are_periods(void **state)
{
    (void)state;
    struct book b = {
        .sheets = {{.name = "T", .text = "Xã|Hành vi|d:45292|d:45323\nPhú Điền|Dâm ô|1|2\n"}},
        .formats = "<cellXfs><xf numFmtId='0'/><xf numFmtId='17'/></cellXfs>"};
    assert_book(&b, "1:2 unit=30067 category=XHTE.TD.DAMO period=2024-01-01 period_to=2024-01-31 "
                    "count=1 basis=received\n"
                    "1:2 unit=30067 category=XHTE.TD.DAMO period=2024-02-01 period_to=2024-02-29 "
                    "count=2 basis=received\n");
}

static void a_sheet_without_a_head_is_told_what_is_missing(void **state)
{
    (void)state;
    assert_sheet("x|y\n1|2\n", NULL,
                 "! " PATH "[T]: knows none of its columns: is its head in the first row "
                 "(--skip-rows)? Name columns with --map\n");
    assert_sheet("Mã vụ|Hành vi|Xã\n1|2|3\n", NULL,
                 "! " PATH "[T]: its head fits no kind of file; the nearest is incidents, which "
                 "lacks received_on|occurred_on|prosecuted_on: name the columns with --map, or the "
                 "kind with --as\n");
    assert_sheet("", NULL,
                 "! " PATH "[T]: has no head row: write the names of the columns above the rows\n");
    assert_sheet("Mã vụ|Xã|Hành vi|Ngày tiếp nhận\n", NULL,
                 "! " PATH ": has no rows below its head: nothing to load\n");
}

/* ---- rows ---- */

#define HEAD "Mã vụ|Xã|Hành vi|Ngày tiếp nhận|Số nạn nhân|Ghi chú\n"
#define NOT_STORED PATH "[T]: columns that are not stored: Ghi chú\n"

static void signatures_and_notes_under_the_table_are_no_rows(void **state)
{
    (void)state;
    assert_sheet(HEAD "TM-1|Phú Điền|Dâm ô|d:45415\n"
                      "|Cộng|||\n"
                      ".\n"
                      "Ghi chú: số liệu tính đến hết tháng\n"
                      "|||Phú Điền, ngày 31 tháng 5 năm 2024\n"
                      "Người lập biểu|||TM. UBND XÃ\n"
                      "|||CHỦ TỊCH\n"
                      "Nguyễn Văn A|||Trần Thị B\n",
                 "A5:F5 A7:B7",
                 ROW("2", "TM-1") NOT_STORED PATH
                 "[T]:5: rows that hold notes or signatures, not data, were passed over (from this "
                 "one on: 5)\n");
}

static void a_real_row_that_lacks_cells_is_refused_though_it_is_the_last(void **state)
{
    (void)state;
    assert_sheet(HEAD "TM-1|Phú Điền|Dâm ô|d:45415\nTM-2\n", NULL,
                 ROW("2", "TM-1") "1:3! Xã: empty {}\n" NOT_STORED);
    assert_sheet(HEAD "TM-1|Phú Điền|Dâm ô|d:45415\n|Phú Điền\n", NULL,
                 ROW("2", "TM-1") "1:3! Mã vụ: empty {}\n" NOT_STORED);
    assert_sheet(
        HEAD "TM-1|Phú Điền|Dâm ô|d:45415\nXem phụ lục\nTM-3|Phú Điền|Dâm ô|d:45415\n", NULL,
        ROW("2", "TM-1") ROW("4", "TM-3") "1:3! Mã vụ: not a case id: letters, digits and / . _ -, "
                                          "at most 40; or load with --hash-ids {}\n" NOT_STORED);
}

static void rows_numbered_beforehand_and_headings_of_groups_are_passed_over(void **state)
{
    (void)state;
    assert_sheet("STT|Mã vụ|Xã|Hành vi|Ngày tiếp nhận\n"
                 "I. Trẻ em\n"
                 "1|TM-1|Phú Điền|Dâm ô|d:45415\n"
                 "2\n3\n",
                 "A2:E2",
                 ROW("3", "TM-1") PATH
                 "[T]:2: rows that hold notes or signatures, not data, were passed over (from this "
                 "one on: 1)\n");
}

static void a_merged_cell_says_where_all_its_rows_are_but_counts_once(void **state)
{
    (void)state;
    assert_sheet(HEAD "TM-1|Phú Điền|Dâm ô|d:45415|2\n"
                      "TM-2||Dâm ô|d:45415\n"
                      "TM-3||Dâm ô|d:45415\n",
                 "B2:B3 E2:E4",
                 "1:2 case_id=TM-1 unit=30067 category=XHTE.TD.DAMO received_on=2024-05-03 "
                 "victims=2\n" ROW("3", "TM-2") "1:4! Xã: empty {}\n" NOT_STORED);
}

static void cells_at_fault_are_named_where_they_are_read(void **state)
{
    (void)state;
    struct book b = {
        .sheets = {
            {.name = "T",
             .xml = "<sheetData><row r='1'><c r='C1' t='inlineStr'><is><t>category</t></is></c>"
                    "<c r='D1' t='inlineStr'><is><t>name</t></is></c>"
                    "<c r='E1' t='inlineStr'><is><t>x</t></is></c></row><row r='2'><c r='C2' "
                    "t='inlineStr'><is><t>A</t></is></c><c r='D2' t='e'><v>#N/A</v></c></row>"
                    "<row r='3'><c r='C3'><f>A9</f></c><c r='D3'><v>1</v></c></row><row r='4'>"
                    "<c r='C4' t='inlineStr'><is><t>B</t></is></c><c r='D4' t='inlineStr'><is><t>b"
                    "</t></is></c><c r='E4' t='e'><v>#N/A</v></c></row></sheetData>"}}};
    assert_book(&b, "1:4 category=B name=b\n"
                    "1:2! name: cell D2: the cell shows an error (#REF!, #N/A …): correct its "
                    "formula {}\n"
                    "1:3! category: cell C3: a formula without a result: open the file in Excel or "
                    "LibreOffice, save it there and load it again {}\n" PATH
                    "[T]: columns that are not stored: x\n");
}

static void a_date_typed_as_text_is_a_date_and_nonsense_is_none(void **state)
{
    (void)state;
    assert_sheet(
        HEAD "TM-1|Phú Điền|Dâm ô|3-5-2024\nTM-2|Phú Điền|Dâm ô|45415\n"
             "TM-3|Phú Điền|Dâm ô|31/02/2024\n",
        NULL,
        ROW("2", "TM-1") "1:3! Ngày tiếp nhận: not a date: write 2024-05-03 or 03/05/2024 {45415}\n"
                         "1:4! Ngày tiếp nhận: no such date {31/02/2024}\n" NOT_STORED);
}

/* ---- several sheets ---- */

static const struct book several = {
    .sheets = {{.name = "Hướng dẫn", .text = "Đề nghị điền đủ các cột\nkhông để trống\n"},
               {.name = "XHTE",
                .text = "Mã vụ|Xã|Hành vi|Ngày tiếp nhận\n"
                        "TM-1|Phú Điền|Dâm ô|d:45415\n"},
               {.name = "Nháp", .text = HEAD, .is_hidden = true},
               {.name = "U18",
                .text = "Tỷ lệ\nMã vụ|Ngày tiếp nhận|Xã|Hành vi\n"
                        "TM-2|d:45415|Phú Điền|U18.TROM\nTM-3|x|Phú Điền|U18.TROM\n"}}};

#define HIDDEN PATH ": hidden sheets are not read: Nháp\n"

static void of_several_sheets_that_fit_one_must_be_named(void **state)
{
    (void)state;
    assert_book(&several, "! " PATH ": several of its sheets can be loaded: XHTE, U18: say which "
                          "with --sheet NAME, or --sheet all\n");
    assert_book_with(&several, PATH, (struct ingest_options){.sheet = "XHTE"},
                     "2:2 case_id=TM-1 unit=30067 category=XHTE.TD.DAMO received_on=2024-05-03\n");
    assert_book_with(&several, PATH, (struct ingest_options){.sheet = "U19"},
                     "! " PATH ": --sheet U19: there is no sheet of that name: it has Hướng dẫn, "
                     "XHTE, U18\n");
}

static void all_sheets_are_one_file_and_rejects_say_theirs(void **state)
{
    (void)state;
    assert_book_with(
        &several, PATH, (struct ingest_options){.sheet = "all"},
        "2:2 case_id=TM-1 unit=30067 category=XHTE.TD.DAMO received_on=2024-05-03\n"
        "4:3 case_id=TM-2 unit=30067 category=U18.TROM received_on=2024-05-03\n"
        "4:4! Ngày tiếp nhận: not a date: write 2024-05-03 or 03/05/2024 {}\n" HIDDEN PATH
        ": sheets without a table that can be loaded: Hướng dẫn\n");
}

static void sheets_of_two_kinds_are_no_one_file(void **state)
{
    (void)state;
    struct book b = {.sheets = {{.name = "A",
                                 .text = "Mã vụ|Xã|Hành vi|Ngày tiếp nhận\n"
                                         "TM-1|Phú Điền|Dâm ô|d:45415\n"},
                                {.name = "B",
                                 .text = "Xã|Từ ngày|Đến ngày\n"
                                         "Phú Điền|d:45415|d:45416\n"}}};
    assert_book_with(&b, PATH, (struct ingest_options){.sheet = "all"},
                     "! " PATH ": its sheets are of several kinds: A (incidents), B (coverage): "
                     "load those of one kind with --as, or one with --sheet\n");
    assert_book_with(&b, PATH, (struct ingest_options){.sheet = "all", .as = "coverage"},
                     "2:2 unit=30067 from=2024-05-03 to=2024-05-04\n" PATH
                     ": sheets without a table that can be loaded: A\n");
}

static void totals_are_of_their_own_sheet(void **state)
{
    (void)state;
    static const char text[] = "Xã|Hành vi|Kỳ|Số vụ\nPhú Điền|%s|T5/2024|2\nCộng|||2\n";
    char first[200], second[200];
    struct book b = {.sheets = {{.name = "A", .text = first}, {.name = "B", .text = second}}};
    snprintf(first, sizeof first, text, "Dâm ô");
    snprintf(second, sizeof second, text, "U18.TROM");
    assert_book_with(&b, PATH, (struct ingest_options){.sheet = "all"},
                     "1:2 unit=30067 category=XHTE.TD.DAMO period=2024-05-01 period_to=2024-05-31 "
                     "count=2 basis=received\n"
                     "2:2 unit=30067 category=U18.TROM period=2024-05-01 period_to=2024-05-31 "
                     "count=2 basis=received\n");
}

static void a_text_file_has_no_sheets(void **state)
{
    (void)state;
    struct ingest_options o = options_for("unit,name\n1,a\n");
    o.sheet = "all";
    assert_taken_with(&o, "! a.csv: --sheet all: the file is no workbook and has no sheets: leave "
                          "--sheet out\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_head_in_the_first_row_is_read_as_in_a_csv),
        cmocka_unit_test(titles_above_the_head_and_numbers_under_it_are_passed_over),
        cmocka_unit_test(two_rows_of_a_head_are_read_together),
        cmocka_unit_test(a_lower_row_of_the_head_that_says_nothing_new_is_no_row_of_the_table),
        cmocka_unit_test(the_annex_form_gives_what_stands_under_this_period),
        cmocka_unit_test(months_typed_into_a_head_are_periods),
        cmocka_unit_test(a_sheet_without_a_head_is_told_what_is_missing),
        cmocka_unit_test(signatures_and_notes_under_the_table_are_no_rows),
        cmocka_unit_test(a_real_row_that_lacks_cells_is_refused_though_it_is_the_last),
        cmocka_unit_test(rows_numbered_beforehand_and_headings_of_groups_are_passed_over),
        cmocka_unit_test(a_merged_cell_says_where_all_its_rows_are_but_counts_once),
        cmocka_unit_test(cells_at_fault_are_named_where_they_are_read),
        cmocka_unit_test(a_date_typed_as_text_is_a_date_and_nonsense_is_none),
        cmocka_unit_test(of_several_sheets_that_fit_one_must_be_named),
        cmocka_unit_test(all_sheets_are_one_file_and_rejects_say_theirs),
        cmocka_unit_test(sheets_of_two_kinds_are_no_one_file),
        cmocka_unit_test(totals_are_of_their_own_sheet),
        cmocka_unit_test(a_text_file_has_no_sheets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
