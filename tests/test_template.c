/* Templates as they go out and come back: the cells are filled in the sheet's own XML, as Excel
 * does, and by way of LibreOffice where it is. */
#include "fixtures_ingest.h"

#include <stdio.h>

#include "cli/load_returned.h"
#include "ingest/match.h"
#include "ingest/office.h"
#include "ingest/returned.h"
#include "report/package.h"
#include "report/template.h"
#include "sys/sys.h"

struct fixture {
    struct world w;
    struct buf folder, path;
    struct err e;
};

static void setup(struct fixture *f)
{
    *f = (struct fixture){.e = {.lang = LANG_EN}};
    world_init(&f->w);
    assert_true(sys_temp_folder(&f->folder, &f->e));
    buf_addf(&f->path, "%s/mau.xlsx", buf_text(&f->folder));
}

static void teardown(struct fixture *f)
{
    sys_temp_remove(buf_text(&f->folder));
    buf_free(&f->folder);
    buf_free(&f->path);
    world_free(&f->w);
}

static const char *const units[] = {"Thị trấn Mỹ An", "Xã Trường Xuân"};
static const char *const abuse[] = {"Xâm hại trẻ em", "Dâm ô đối với người dưới 16 tuổi",
                                    "Giết trẻ em; giết hoặc vứt bỏ con mới đẻ"};
static const char *const young[] = {"Tội phạm do người dưới 18 tuổi gây ra",
                                    "Hiếp dâm (U18.HIEPDAM)", "Trộm cắp tài sản"};
static const struct template_axis axes[] = {{"Xâm hại trẻ em", {abuse, 3}},
                                            {"Tội phạm do người dưới 18 tuổi gây ra", {young, 3}}};

/* Of Trường Xuân alone, or of two units. */
static void make(struct fixture *f, bool one)
{
    const struct template_book t = {.lang = LANG_VI,
                                    .units = {units + one, one ? 1 : 2},
                                    .axes = axes,
                                    .axis_count = 2,
                                    .lists = f->w.lists,
                                    .span = {day_of(2024, 10, 1), day_of(2024, 10, 31)},
                                    .period = "tháng 10 năm 2024",
                                    .created = 1727740800};
    assert_true(template_write(buf_text(&f->path), &t, &f->e));
}

/* ---- filling in ---- */

/* A serial date or number, "n:45566"; all else text. The cell keeps its style, n bytes. */
static void put_cell(struct buf *made, const char *style, size_t n, const char *value)
{
    buf_add(made, style, n);
    if (!strncmp(value, "n:", 2))
        buf_addf(made, "><v>%s</v></c>", value + 2);
    else
        buf_addf(made, " t=\"inlineStr\"><is><t>%s</t></is></c>", value);
}

static void fill_cell(struct buf *sheet, const char *ref, const char *value)
{
    char open[32];
    struct buf made = {0};
    snprintf(open, sizeof open, "<c r=\"%s\" ", ref);
    const char *cell = strstr(buf_text(sheet), open);
    assert_non_null(cell);
    const char *end = strstr(cell, "/>");
    assert_non_null(end);
    buf_add(&made, sheet->data, (size_t)(cell - sheet->data));
    put_cell(&made, cell, (size_t)(end - cell), value);
    buf_adds(&made, end + 2);
    buf_free(sheet);
    *sheet = made;
}

/* Pairs of cell and value, NULL-terminated. */
static void fill(struct fixture *f, const char *const *cells)
{
    static const char part[] = "xl/worksheets/sheet1.xml";
    struct office *o;
    struct buf sheet = {0}, whole = {0}, made = {0};
    assert_true(office_open(&o, buf_text(&f->path), &f->e));
    assert_true(office_bytes(o, part, &sheet, &f->e));
    office_close(o);
    for (; *cells; cells += 2)
        fill_cell(&sheet, cells[0], cells[1]);
    const struct package_change change = {part, buf_text(&sheet), sheet.len};
    assert_true(sys_read_whole(buf_text(&f->path), &whole, &f->e));
    assert_true(package_change(&whole, &change, 1, buf_text(&f->path), &made, &f->e));
    assert_true(sys_write_whole(buf_text(&f->path), made.data, made.len, &f->e));
    buf_free(&sheet);
    buf_free(&whole);
    buf_free(&made);
}

/* ---- reading back ---- */

static struct ingest_options options_of(const struct fixture *f)
{
    return (struct ingest_options){.input = {.path = buf_text(&f->path)},
                                   .calendar = CALENDAR_CIVIL,
                                   .today = day_of(2026, 1, 31)};
}

static void assert_read(struct fixture *f, const char *want)
{
    struct shown s = {0};
    const struct ingest_options o = options_of(f);
    show_file(&s, &f->w, &o, LANG_EN);
    assert_string_equal(buf_text(&s.text), want);
    buf_free(&s.text);
}

static const char *const two_cases[] = {"A7", "30046/24/01",
                                        "B7", "Dâm ô đối với người dưới 16 tuổi",
                                        "D7", "n:45573",
                                        "F7", "Tố giác",
                                        "G7", "Khởi tố",
                                        "H7", "n:45580",
                                        "K7", "n:1",
                                        "L7", "n:1",
                                        "P7", "2",
                                        "V7", "Có",
                                        "Y7", "Rượu bia",
                                        "Z7", "Hộ nghèo, cận nghèo",
                                        "A8", "30046/24/02",
                                        "B8", "Giết trẻ em; giết hoặc vứt bỏ con mới đẻ",
                                        "C8", "Hiếp dâm (U18.HIEPDAM)",
                                        "D8", "n:45590",
                                        NULL};
static const char two_rows[] =
    "1:7 case_id=30046/24/01 unit=30046 category=XHTE.TD.DAMO received_on=2024-10-08 "
    "intake=denunciation resolved_on=2024-10-15 outcome=prosecuted victims=1 victims_u16=1 "
    "online=1 severity=2 factors=768\n"
    "1:8 case_id=30046/24/02 unit=30046 category=XHTE.GIET;U18.HIEPDAM received_on=2024-10-25\n";

static void what_is_chosen_and_typed_comes_back_without_a_word(void **state)
{
    struct fixture f;
    (void)state;
    setup(&f);
    make(&f, true);
    fill(&f, two_cases);
    assert_read(&f, two_rows);
    teardown(&f);
}

static bool through_libreoffice(struct fixture *f)
{
    struct buf profile = {0}, out = {0};
    int status;
    buf_addf(&profile, "-env:UserInstallation=file://%s/profile", buf_text(&f->folder));
    buf_addf(&out, "%s/back", buf_text(&f->folder));
    const char *const argv[] = {"soffice", buf_text(&profile), "--headless",   "--convert-to",
                                "xlsx",    "--outdir",         buf_text(&out), buf_text(&f->path),
                                NULL};
    const struct sys_program p = {.argv = argv, .seconds = 120, .said = &profile};
    assert_true(sys_run(&p, &status, &f->e));
    buf_clear(&f->path);
    buf_addf(&f->path, "%s/mau.xlsx", buf_text(&out));
    buf_free(&profile);
    buf_free(&out);
    return sys_path_kind(buf_text(&f->path)) == SYS_FILE;
}

static void libreoffice_saves_it_and_nothing_is_lost(void **state)
{
    struct fixture f;
    (void)state;
    setup(&f);
    make(&f, true);
    fill(&f, two_cases);
    if (through_libreoffice(&f))
        assert_read(&f, two_rows);
    teardown(&f);
}

static void rows_without_a_unit_are_of_the_one_that_reports(void **state)
{
    static const char *const cells[] = {
        "E2", "Xã Trường Xuân",   "A7", "1",       "C7", "Xâm hại trẻ em",
        "E7", "n:45573",          "A8", "2",       "B8", "Thị trấn Mỹ An",
        "D8", "Trộm cắp tài sản", "E8", "n:45574", NULL};
    struct fixture f;
    (void)state;
    setup(&f);
    make(&f, false);
    fill(&f, cells);
    assert_read(&f, "1:7 case_id=1 unit=30046 category=XHTE received_on=2024-10-08\n"
                    "1:8 case_id=2 unit=30037 category=U18.TROM received_on=2024-10-09\n");
    teardown(&f);
}

static void a_wrong_list_value_is_refused_with_those_that_are_right(void **state)
{
    struct fixture f;
    (void)state;
    setup(&f);
    make(&f, true);
    fill(&f, (const char *const[]){"A7", "1", "B7", "Xâm hại trẻ em", "D7", "n:45573", "F7",
                                   "Điện thoại", NULL});
    assert_read(&f, "1:7! Nguồn tin: not in the list of intake; listed: denunciation, report, "
                    "recommendation {}\n");
    teardown(&f);
}

/* What the lines above the table say. */
static void assert_returned(struct fixture *f, const char *unit, bool nil)
{
    struct ingest *in = NULL;
    const struct ingest_options o = options_of(f);
    assert_true(ingest_open(&in, &o, &f->w.d, f->w.lists, &f->e));
    const struct returned *r = ingest_returned(in);
    assert_non_null(r);
    assert_string_equal(buf_text(&r->unit), unit);
    assert_int_equal(r->span.from, day_of(2024, 10, 1));
    assert_int_equal(r->span.to, day_of(2024, 10, 31));
    assert_int_equal(r->is_nil, nil);
    ingest_close(in);
}

static void a_tick_is_a_nil_return_of_the_unit_and_the_days(void **state)
{
    struct fixture f;
    (void)state;
    setup(&f);
    make(&f, true);
    assert_returned(&f, "Xã Trường Xuân", false);
    fill(&f, (const char *const[]){"D4", "x", NULL});
    assert_returned(&f, "Xã Trường Xuân", true);
    if (through_libreoffice(&f))
        assert_returned(&f, "Xã Trường Xuân", true);
    teardown(&f);
}

/* Lines of cells, "" between them where there are fewer. */
static bool is_returned(const char *first, const char *second, const char *value)
{
    const char *cells[][3] = {{"", first, ""}, {second, "", value}};
    struct preview p = {.row_count = 2};
    struct returned r = {0};
    for (size_t i = 0; i < 2; i++)
        p.rows[i] = (struct preview_row){.line = i + 1, .count = 3, .cells = cells[i]};
    assert_true(returned_look(&r, &p, 2));
    bool is = r.is_template;
    returned_free(&r);
    return is;
}

static void a_sheet_without_the_lines_of_a_template_declares_nothing(void **state)
{
    static const char period[] = "Kỳ báo cáo: tháng 10 (từ 01/10/2024 đến 31/10/2024)";
    (void)state;
    assert_true(is_returned(period, "Trong kỳ không phát sinh vụ nào (đánh dấu X):", ""));
    assert_true(is_returned(period, "TRONG KY KHONG PHAT SINH VU NAO", "x"));
    assert_false(is_returned(period, "Đơn vị báo cáo:", "Xã A"));
    assert_false(is_returned("Kỳ báo cáo: tháng 10", "Trong kỳ không phát sinh vụ nào", "X"));
    assert_false(
        is_returned("Kỳ báo cáo: 31/10/2024 - 01/10/2024", "Trong kỳ không phát sinh vụ nào", "X"));
}

static void a_tick_and_rows_contradict_and_neither_says_nothing(void **state)
{
    struct returned r = {.is_template = true, .is_nil = true};
    struct err e = {.lang = LANG_EN};
    (void)state;
    assert_true(returned_check(NULL, 0, "a.xlsx", &e));
    assert_false(returned_check(&r, 2, "a.xlsx", &e));
    assert_string_equal(e.msg, "a.xlsx: is ticked as having no case, but has rows (2): take out "
                               "the tick or the rows");
    err_clear(&e);
    assert_false(returned_check(&r, 0, "a.xlsx", &e)); /* of whom? */
    err_clear(&e);
    buf_adds(&r.unit, "Xã A");
    assert_true(returned_check(&r, 0, "a.xlsx", &e));
    r.is_nil = false;
    assert_false(returned_check(&r, 0, "a.xlsx", &e));
    err_clear(&e);
    assert_true(returned_check(&r, 1, "a.xlsx", &e));
    returned_free(&r);
}

static void the_same_template_is_the_same_bytes(void **state)
{
    struct fixture f;
    struct buf first = {0}, second = {0};
    (void)state;
    setup(&f);
    make(&f, false);
    assert_true(sys_read_whole(buf_text(&f.path), &first, &f.e));
    make(&f, false);
    assert_true(sys_read_whole(buf_text(&f.path), &second, &f.e));
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.data, second.data, first.len);
    buf_free(&first);
    buf_free(&second);
    teardown(&f);
}

static void only_a_digit_behind_a_blank_numbers_a_head(void **state)
{
    (void)state;
    assert_int_equal(head_numbered("factors 2"), strlen("factors"));
    assert_int_equal(head_numbered("category 1: XHTE (under 16)"), strlen("category"));
    assert_int_equal(head_numbered("factors"), 0);
    assert_int_equal(head_numbered("victims_u16"), 0);
    assert_int_equal(head_numbered("2"), 0);
    assert_int_equal(head_numbered("ratio: 2"), 0);
}

static void numbered_columns_of_single_values_are_not_joined(void **state)
{
    (void)state;
    assert_taken("case_id,unit,category 1,category 2,received_on,outcome 1\n"
                 "1,30046,XHTE,U18.TROM,2024-05-03,open\n",
                 "2 case_id=1 unit=30046 category=XHTE;U18.TROM received_on=2024-05-03\n"
                 "a.csv: columns that are not stored: outcome 1\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_chosen_and_typed_comes_back_without_a_word),
        cmocka_unit_test(libreoffice_saves_it_and_nothing_is_lost),
        cmocka_unit_test(rows_without_a_unit_are_of_the_one_that_reports),
        cmocka_unit_test(a_wrong_list_value_is_refused_with_those_that_are_right),
        cmocka_unit_test(a_tick_is_a_nil_return_of_the_unit_and_the_days),
        cmocka_unit_test(a_sheet_without_the_lines_of_a_template_declares_nothing),
        cmocka_unit_test(a_tick_and_rows_contradict_and_neither_says_nothing),
        cmocka_unit_test(the_same_template_is_the_same_bytes),
        cmocka_unit_test(only_a_digit_behind_a_blank_numbers_a_head),
        cmocka_unit_test(numbered_columns_of_single_values_are_not_joined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
