/* The unit and the period of a table that has no column of them: from title, tab or file name. */
#define PATH "build/around-test.xlsx"
#include "fixtures_sheets.h"

#define BARE "Mã vụ|Hành vi|Ngày tiếp nhận\nTM-1|Dâm ô|d:45415\n"

static void the_unit_comes_from_title_then_tab_then_file_name(void **state)
{
    (void)state;
    struct book title = {
        .sheets = {{.name = "Phú Điền", .text = "HUYỆN THÁP MƯỜI\nUBND xã Thạnh Lợi\n" BARE}}};
    assert_book(&title,
                "1:4 case_id=TM-1 unit=30040 category=XHTE.TD.DAMO received_on=2024-05-03\n" PATH
                "[Phú Điền]: no column of units: the unit is taken from the title: xã Thạnh "
                "Lợi\n");
    struct book tab = {.sheets = {{.name = "Phú Điền", .text = "BẢNG KÊ\n" BARE}}};
    assert_book(&tab, ROW("3", "TM-1") PATH
                "[Phú Điền]: no column of units: the unit is taken from the tab: Phú Điền\n");
    struct book file = {.sheets = {{.name = "Sheet1", .text = BARE}}};
    assert_book_with(
        &file, "build/bao-cao-xa-phu-dien.xlsx", (struct ingest_options){0},
        ROW("2",
            "TM-1") "build/bao-cao-xa-phu-dien.xlsx[Sheet1]: no column of units: the unit is taken "
                    "from the file's name: xa-phu-dien\n");
    remove("build/bao-cao-xa-phu-dien.xlsx");
}

/* The world's 872 has seven communes under it. */
static void an_area_is_meant_only_where_no_unit_inside_it_is_said(void **state)
{
    (void)state;
    static const char text[] = "HUYỆN THÁP MƯỜI\nHành vi|Kỳ|Số vụ\nDâm ô|2024|3\n";
    struct book commune = {.sheets = {{.name = "Phú Điền", .text = text}}};
    assert_book(&commune,
                "1:3 unit=30067 category=XHTE.TD.DAMO period=2024-01-01 period_to=2024-12-31 "
                "count=3 basis=received\n" PATH
                "[Phú Điền]: no column of units: the unit is taken from the tab: Phú Điền\n");
    struct book district = {.sheets = {{.name = "Cả năm", .text = text}}};
    assert_book(&district,
                "1:3 unit=872 category=XHTE.TD.DAMO period=2024-01-01 period_to=2024-12-31 "
                "count=3 basis=received\n" PATH
                "[Cả năm]: no column of units: the unit is taken from the title: HUYỆN THÁP "
                "MƯỜI\n");
}

static void two_units_in_one_title_are_none_and_const_goes_before_all(void **state)
{
    (void)state;
    static const struct name_value unit[] = {{"unit", "30058"}};
    struct book b = {.sheets = {{.name = "T", .text = "Xã Phú Điền, xã Thạnh Lợi\n" BARE}}};
    assert_book(&b, "! " PATH "[T]: has no column of units, and neither its title nor its tab nor "
                    "the file's name names exactly one: give it with --const unit=NAME\n");
    assert_book_with(&b, PATH, (struct ingest_options){.consts = unit, .const_count = 1},
                     "1:3 case_id=TM-1 unit=30058 category=XHTE.TD.DAMO received_on=2024-05-03\n");
}

static void a_month_of_the_title_is_no_date_of_a_case(void **state)
{
    (void)state;
    assert_sheet("Tháng 5/2024\nMã vụ|Xã|Hành vi|Ngày tiếp nhận\nTM-1|Phú Điền|Dâm ô|\n", NULL,
                 "1:3! : no date: give received_on, occurred_on or prosecuted_on {}\n");
}

static void counts_take_their_period_from_title_tab_or_days(void **state)
{
    (void)state;
    static const char *const titles[][2] = {
        {"BÁO CÁO THÁNG 5 NĂM 2024", "title: 2024-05"},
        {"Quý II/2024", "title: 2024Q2"},
        {"6 tháng đầu năm 2024", "title: 2024H1"},
        {"(Từ ngày 15/4/2024 đến ngày 14/5/2024)", "title: 2024-04-15..2024-05-14"},
        {"Năm 2023", "title and the tab: 2023-03"},
        {"Số 12/BC ngày 05/06/2024", "tab: 2024-03"},
    };
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        char text[300], want[400];
        struct book b = {
            .sheets = {{.name = i + 1 < sizeof titles / sizeof titles[0] ? "T3" : "T3-2024",
                        .text = text}}};
        struct world w;
        struct shown s = {0};
        struct ingest_options o = {.input = {.path = PATH}, .calendar = CALENDAR_CIVIL};
        snprintf(text, sizeof text, "%s\nXã|Hành vi|Số vụ\nPhú Điền|Dâm ô|1\n", titles[i][0]);
        snprintf(want, sizeof want, "the period is taken from the %s\n", titles[i][1]);
        book_write(&b, PATH);
        o.today = day_of(2026, 1, 31);
        world_init(&w);
        show_file(&s, &w, &o, LANG_EN);
        if (!strstr(buf_text(&s.text), want))
            fail_msg("%s: %s", titles[i][0], buf_text(&s.text));
        buf_free(&s.text);
        world_free(&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_unit_comes_from_title_then_tab_then_file_name),
        cmocka_unit_test(an_area_is_meant_only_where_no_unit_inside_it_is_said),
        cmocka_unit_test(two_units_in_one_title_are_none_and_const_goes_before_all),
        cmocka_unit_test(a_month_of_the_title_is_no_date_of_a_case),
        cmocka_unit_test(counts_take_their_period_from_title_tab_or_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
