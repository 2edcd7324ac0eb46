/* Who issues a document: the built-in letterhead by level and day, and files of one's own. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "report/letterhead.h"
#include "sys/sys.h"

struct fixture {
    struct letterhead l;
    struct arena arena;
    struct err e;
    struct buf folder, path;
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    return f && sys_temp_folder(&f->folder, &f->e) ? 0 : -1;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    sys_temp_remove(buf_text(&f->folder));
    buf_free(&f->folder);
    buf_free(&f->path);
    arena_free(&f->arena);
    free(f);
    return 0;
}

static struct letterhead_unit unit_of(const char *name, const char *level, int year, int month,
                                      int mday)
{
    struct letterhead_unit u = {.name = name, .level = level};
    assert_true(day_from_date((struct date){year, month, mday}, &u.on));
    return u;
}

static void read_builtin(struct fixture *f, struct letterhead_unit u)
{
    if (!letterhead_read(&f->l, NULL, &u, &f->arena, &f->e))
        fail_msg("%s", f->e.msg);
}

/* The n bytes as a file, read for Tháp Mười in 2024. */
static bool read_bytes(struct fixture *f, const char *bytes, size_t n)
{
    buf_clear(&f->path);
    buf_addf(&f->path, "%s/mine.txt", buf_text(&f->folder));
    assert_true(sys_write_whole(buf_text(&f->path), bytes, n, &f->e));
    struct letterhead_unit u = unit_of("Huyện Tháp Mười", "district", 2024, 12, 31);
    return letterhead_read(&f->l, buf_text(&f->path), &u, &f->arena, &f->e);
}

static bool read_text(struct fixture *f, const char *text)
{
    return read_bytes(f, text, strlen(text));
}

static void assert_refused(struct fixture *f, const char *text, const char *where, const char *what)
{
    err_clear(&f->e);
    assert_false(read_text(f, text));
    assert_int_equal(f->e.code, ERR_INPUT);
    if (!strstr(f->e.msg, where) || !strstr(f->e.msg, what))
        fail_msg("%s", f->e.msg);
}

/* ---- the built-in one ---- */

/* Word for word what report/LAYOUT.md 2 prescribes. */
static void a_district_of_2024_has_the_letterhead_of_the_plan(void **state)
{
    struct fixture *f = *state;
    read_builtin(f, unit_of("Huyện Tháp Mười", "district", 2024, 12, 31));
    assert_string_equal(f->l.superior, "ỦY BAN NHÂN DÂN\nHUYỆN THÁP MƯỜI");
    assert_string_equal(f->l.body, "BAN CHỈ ĐẠO 138");
    assert_string_equal(f->l.body_name, "Ban Chỉ đạo 138 huyện Tháp Mười");
    assert_string_equal(f->l.number, "/BC-BCĐ138");
    assert_string_equal(f->l.place, "Tháp Mười");
    assert_non_null(strstr(f->l.plan, "Kế hoạch số …/KH-BCĐ138 ngày … tháng … năm 2024"));
    assert_string_equal(f->l.recipients,
                        "Công an tỉnh\nTT/HU, TT/HĐND huyện\n"
                        "CT, các PCT/UBND huyện\nThành viên Ban Chỉ đạo 138 huyện\n"
                        "UBND các xã, thị trấn\nLưu: VT, CAH");
    assert_string_equal(f->l.sign_for, "TM. BAN CHỈ ĐẠO");
    assert_string_equal(f->l.sign_title, "TRƯỞNG BAN");
    assert_string_equal(f->l.sign_office, "CHỦ TỊCH UBND HUYỆN");
    assert_string_equal(f->l.signer, "");
}

static void the_last_day_of_districts_is_30_june_2025(void **state)
{
    struct fixture *f = *state;
    read_builtin(f, unit_of("Huyện Tháp Mười", "district", 2025, 6, 30));
    assert_non_null(strstr(f->l.superior, "HUYỆN"));
    read_builtin(f, unit_of("Huyện Tháp Mười", "district", 2025, 7, 1));
    const char *const texts[] = {f->l.superior,   f->l.body,     f->l.body_name,
                                 f->l.place,      f->l.plan,     f->l.number,
                                 f->l.recipients, f->l.sign_for, f->l.sign_title};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_null(strstr(texts[i], "HUYỆN"));
        assert_null(strstr(texts[i], "huyện"));
        assert_non_null(strchr(texts[i], '['));
    }
}

static void a_unit_of_unknown_level_gets_prompts(void **state)
{
    struct fixture *f = *state;
    read_builtin(f, unit_of("Vùng 3", "", 2024, 12, 31));
    assert_string_equal(f->l.body, "[CƠ QUAN BAN HÀNH]");
    read_builtin(f, unit_of("", "", 2024, 12, 31));
    assert_string_equal(f->l.superior, "[CƠ QUAN CHỦ QUẢN]");
}

static void a_commune_stands_below_its_own_committee(void **state)
{
    struct fixture *f = *state;
    read_builtin(f, unit_of("Xã Tháp Mười", "commune", 2026, 6, 30));
    assert_string_equal(f->l.superior, "ỦY BAN NHÂN DÂN\nXÃ THÁP MƯỜI");
    assert_string_equal(f->l.body_name, "Ban Chỉ đạo 138 xã Tháp Mười");
    assert_string_equal(f->l.sign_office, "CHỦ TỊCH UBND XÃ");
    assert_non_null(strstr(f->l.recipients, "Công an tỉnh\n"));
    read_builtin(f, unit_of("TT. Mỹ An", "commune", 2024, 12, 31));
    assert_string_equal(f->l.superior, "ỦY BAN NHÂN DÂN\nTHỊ TRẤN MỸ AN");
    assert_string_equal(f->l.place, "Mỹ An");
    assert_null(strstr(f->l.recipients, "Công an tỉnh"));
}

static void a_province_says_so(void **state)
{
    struct fixture *f = *state;
    read_builtin(f, unit_of("Tỉnh Đồng Tháp", "province", 2026, 12, 31));
    assert_string_equal(f->l.superior, "ỦY BAN NHÂN DÂN\nTỈNH ĐỒNG THÁP");
    assert_string_equal(f->l.sign_office, "CHỦ TỊCH UBND TỈNH");
    assert_null(strstr(f->l.recipients, "huyện"));
    read_builtin(f, unit_of("Thành phố Cần Thơ", "province", 2024, 12, 31));
    assert_string_equal(f->l.body_name, "Ban Chỉ đạo 138 thành phố Cần Thơ");
    assert_non_null(strstr(f->l.recipients, "UBND các huyện"));
}

/* A city is a district's equal and has no TT/HU. */
static void a_city_of_district_level_is_not_called_huyen(void **state)
{
    struct fixture *f = *state;
    read_builtin(f, unit_of("Thành phố Cao Lãnh", "district", 2024, 12, 31));
    assert_string_equal(f->l.superior, "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ CAO LÃNH");
    assert_null(strstr(f->l.recipients, "TT/HU"));
    assert_null(strstr(f->l.recipients, "huyện"));
    read_builtin(f, unit_of("Thị xã Gò Công", "district", 2024, 12, 31));
    assert_string_equal(f->l.body_name, "Ban Chỉ đạo 138 thị xã Gò Công");
    read_builtin(f, unit_of("Quận 1", "district", 2024, 12, 31));
    assert_string_equal(f->l.place, "Quận 1");
}

/* ---- files ---- */

static void keys_are_known_in_both_languages_however_they_are_typed(void **state)
{
    struct fixture *f = *state;
    assert_true(read_text(f, "\xEF\xBB\xBF# của tôi\r\n\r\n  CO QUAN CHU QUAN :  ủy ban\r\n"
                             "body_name: Ban A\r\nNƠI:{name}\r\nNoi nhan: A\r\nnơi nhận: B: b\r\n"
                             "Sign For: KT. TRƯỞNG BAN\nChức danh: PHÓ TRƯỞNG BAN\nsố: 5#6\n"
                             "Người ký: Nguyễn Văn A"));
    assert_string_equal(f->l.superior, "ủy ban");
    assert_string_equal(f->l.body_name, "Ban A");
    assert_string_equal(f->l.place, "Tháp Mười");
    assert_string_equal(f->l.recipients, "A\nB: b");
    assert_string_equal(f->l.sign_for, "KT. TRƯỞNG BAN");
    assert_string_equal(f->l.sign_title, "PHÓ TRƯỞNG BAN");
    assert_string_equal(f->l.number, "5#6");
    assert_string_equal(f->l.signer, "Nguyễn Văn A");
    assert_string_equal(f->l.body, "[CƠ QUAN BAN HÀNH]");
}

/* "TUQ. TRƯỞNG BAN" takes no more than lines of one's own. */
static void all_placeholders_are_filled_and_values_are_nfc(void **state)
{
    struct fixture *f = *state;
    assert_true(read_text(f, "body: {UNIT}|{unit}|{name}|{KIND}|{kind}|{year}\n"
                             "place: e\xCC\x82\n"
                             "sign for: TUQ. TRƯỞNG BAN\nsign for: PHÓ TRƯỞNG CÔNG AN\n"));
    assert_string_equal(f->l.body, "HUYỆN THÁP MƯỜI|huyện Tháp Mười|Tháp Mười|HUYỆN|huyện|2024");
    assert_string_equal(f->l.place, "ê");
    assert_string_equal(f->l.sign_for, "TUQ. TRƯỞNG BAN\nPHÓ TRƯỞNG CÔNG AN");
}

static void a_section_replaces_what_stands_above_it_for_its_units_and_days(void **state)
{
    struct fixture *f = *state;
    assert_true(read_text(f, "nơi: a\nnơi nhận: a\nnơi nhận: b\n"
                             "[ commune ]\nnơi: xã\n"
                             "[Huyện from 2024-01-01 to 31/12/2024]\nnơi nhận: c\nnơi nhận: d\n"
                             "[district to 2024-12-30]\nnơi nhận: past\n"
                             "[district from 2025-01-01]\nnơi nhận: future\n"));
    assert_string_equal(f->l.recipients, "c\nd");
    assert_string_equal(f->l.place, "a");
}

static void what_a_file_does_not_say_is_asked_for_in_brackets(void **state)
{
    struct fixture *f = *state;
    assert_true(read_text(f, "cơ quan ban hành: CÔNG AN XÃ\n"));
    assert_string_equal(f->l.body, "CÔNG AN XÃ");
    assert_string_equal(f->l.place, "[Địa danh]");
    assert_null(strstr(f->l.body_name, "138"));
    assert_true(read_text(f, "\xEF\xBB\xBF"));
    assert_string_equal(f->l.superior, "[CƠ QUAN CHỦ QUẢN]");
    assert_true(read_text(f, "cơ quan chủ quản:\n"));
    assert_string_equal(f->l.superior, "");
}

static void what_is_wrong_is_named_with_its_line(void **state)
{
    struct fixture *f = *state;
    f->l.body = "untouched";
    assert_refused(f, "body: a\n\nco quan ban hang: b\n", "mine.txt:3:", "cơ quan ban hành");
    assert_refused(f, "\nBAN CHỈ ĐẠO\n", "mine.txt:2:", "colon");
    assert_refused(f, "body: {huyện}\n", "mine.txt:1:", "'{huyện}'");
    assert_refused(f, "body: {unit\n", "mine.txt:1:", "'{unit'");
    assert_refused(f, "[distrct]\n", "mine.txt:1:", "[distrct]");
    assert_refused(f, "[]\n", "mine.txt:1:", "[]");
    assert_refused(f, "[district to 2025-06-31]\n", "mine.txt:1:", "2025-06-31");
    assert_refused(f, "[district to 2025-06-30 x]\n", "mine.txt:1:", "[district");
    assert_refused(f, "a\n\xff\n", "mine.txt:2:", "UTF-8");
    /* UTF-16, as an old Notepad saves "Unicode" */
    err_clear(&f->e);
    assert_false(read_bytes(f, "b\0o\0d\0y\0", 8));
    assert_non_null(strstr(f->e.msg, "mine.txt:1:"));
    assert_string_equal(f->l.body, "untouched");
}

/* Wrong lines of a section for others are found all the same. */
static void a_wrong_key_is_found_in_any_section(void **state)
{
    assert_refused(*state, "[commune]\nnobody: x\n", "mine.txt:2:", "nobody");
}

static void a_missing_file_is_named(void **state)
{
    struct fixture *f = *state;
    struct letterhead_unit u = unit_of("Huyện Tháp Mười", "district", 2024, 12, 31);
    assert_false(letterhead_read(&f->l, "/nowhere/a.txt", &u, &f->arena, &f->e));
    assert_non_null(strstr(f->e.msg, "/nowhere/a.txt"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_district_of_2024_has_the_letterhead_of_the_plan),
        TEST(the_last_day_of_districts_is_30_june_2025),
        TEST(a_unit_of_unknown_level_gets_prompts),
        TEST(a_commune_stands_below_its_own_committee),
        TEST(a_province_says_so),
        TEST(a_city_of_district_level_is_not_called_huyen),
        TEST(keys_are_known_in_both_languages_however_they_are_typed),
        TEST(all_placeholders_are_filled_and_values_are_nfc),
        TEST(a_section_replaces_what_stands_above_it_for_its_units_and_days),
        TEST(what_a_file_does_not_say_is_asked_for_in_brackets),
        TEST(what_is_wrong_is_named_with_its_line),
        TEST(a_wrong_key_is_found_in_any_section),
        TEST(a_missing_file_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
