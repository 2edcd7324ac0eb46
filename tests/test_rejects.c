#include "fixtures_ingest.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "sys/sys.h"

static const char *kept(const char *value)
{
    static char copy[64];
    struct rejects r;
    rejects_init(&r);
    assert_true(rejects_add(&r, 2, "unit", "bad", value, strlen(value), NULL));
    snprintf(copy, sizeof copy, "%s", r.items[0].value ? r.items[0].value : "(none)");
    rejects_free(&r);
    return copy;
}

static void dates_numbers_and_plain_codes_are_kept(void **state)
{
    (void)state;
    static const char *const values[] = {"30/02/2024", "2024-13-01", "-3",      "1,5", "12 345",
                                         "99999",      "2024H1",     "T5/2024", "?1",  "A12",
                                         "12%",        "3a",         "20240230"};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        assert_string_equal(kept(values[i]), strchr(values[i], '?') ? "(none)" : values[i]);
}

static void no_name_is_ever_kept(void **state)
{
    (void)state;
    static const char *const values[] = {
        "Lan",        "LAN",  "NGUYEN VAN A", "Nguyễn Văn A", "Lan 2009", "LAN-2009", "Lan2009",
        "N.V.A 2010", "An",   "TM-2024-013",  "b\xC3\xA9 12", "Trần 12",  "12 tuổi",  "",
        " ",          "XHTE", "lan@x.com",    "Lê",
    };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        assert_string_equal(kept(values[i]), "(none)");
}

static void no_telephone_or_identity_number_is_kept(void **state)
{
    (void)state;
    static const char *const values[] = {"0912345678",   "091 234 5678", "0912.345.678",
                                         "087204001234", "341234567",    "+84 912345678"};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        assert_string_equal(kept(values[i]), "(none)");
}

static void a_value_is_its_bytes_and_no_longer_than_forty(void **state)
{
    (void)state;
    struct rejects r;
    rejects_init(&r);
    assert_true(rejects_add(&r, 2, "unit", "bad", "12345", 3, NULL));
    assert_string_equal(r.items[0].value, "123");
    assert_true(rejects_add(&r, 2, "unit", "bad", "1\0002", 3, NULL));
    assert_null(r.items[1].value);
    assert_string_equal(kept("1.......................................2"), "(none)");
    assert_string_equal(kept("1......................................2"),
                        "1......................................2");
    assert_true(rejects_add(&r, 2, "unit", "bad", NULL, 0, NULL));
    assert_null(r.items[2].value);
    rejects_free(&r);
}

static void beyond_the_most_that_are_kept_they_are_counted(void **state)
{
    (void)state;
    struct rejects r;
    rejects_init(&r);
    for (size_t i = 0; i < REJECTS_KEPT + 5; i++)
        assert_true(rejects_add(&r, i, "", "bad", NULL, 0, NULL));
    assert_int_equal(r.count, REJECTS_KEPT);
    assert_int_equal(r.total, REJECTS_KEPT + 5);
    rejects_free(&r);
    assert_int_equal(r.total, 0);
}

static void read_back(const char *path, char *text, size_t size)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    text[fread(text, 1, size - 1, f)] = '\0';
    fclose(f);
}

static void the_file_is_sorted_quoted_and_closed_to_others(void **state)
{
    (void)state;
    struct buf folder = {0}, path = {0};
    struct rejects r;
    struct stat st;
    char text[512];
    rejects_init(&r);
    assert_true(sys_temp_folder(&folder, NULL));
    buf_addf(&path, "%s/a.csv.rejects.csv", buf_text(&folder));
    assert_true(rejects_add(&r, 30, "received_on", "no such date", "30/02/2024", 10, NULL));
    assert_true(rejects_add(&r, 4, "unit", "ambiguous: a, b", "An", 2, NULL));
    assert_true(rejects_add(&r, 30, "say \"x\"", "first", NULL, 0, NULL));
    assert_true(rejects_add(&r, 5, "count", "not a whole number", "1,5", 3, NULL));
    assert_true(rejects_write(&r, buf_text(&path), NULL));
    read_back(buf_text(&path), text, sizeof text);
    assert_string_equal(text, "line,column,reason,value\n"
                              "4,unit,\"ambiguous: a, b\",\n"
                              "5,count,not a whole number,\"1,5\"\n"
                              "30,received_on,no such date,30/02/2024\n"
                              "30,\"say \"\"x\"\"\",first,\n");
    assert_int_equal(stat(buf_text(&path), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    rejects_free(&r);
    sys_temp_remove(buf_text(&folder));
    buf_free(&folder);
    buf_free(&path);
}

static void of_a_workbook_each_says_its_sheet(void **state)
{
    (void)state;
    static const char *const sheets[] = {"XHTE", "U18, 2024"};
    char text[200];
    struct rejects r;
    rejects_init(&r);
    r.sheets = sheets;
    assert_true(rejects_add(&r, line_in_sheet(1, 3), "unit", "empty", NULL, 0, NULL));
    assert_true(rejects_add(&r, line_in_sheet(0, 9), "unit", "empty", NULL, 0, NULL));
    assert_true(rejects_write(&r, "build/rejects-sheets.csv", NULL));
    read_back("build/rejects-sheets.csv", text, sizeof text);
    assert_string_equal(text, "line,column,reason,value,sheet\n9,unit,empty,,XHTE\n"
                              "3,unit,empty,,\"U18, 2024\"\n");
    remove("build/rejects-sheets.csv");
    rejects_free(&r);
}

static void a_place_that_cannot_be_written_is_an_error(void **state)
{
    (void)state;
    struct rejects r;
    struct err e = {0};
    rejects_init(&r);
    assert_false(rejects_write(&r, "/no/such/folder/a.rejects.csv", &e));
    assert_int_equal(e.code, ERR_FAILED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_numbers_and_plain_codes_are_kept),
        cmocka_unit_test(no_name_is_ever_kept),
        cmocka_unit_test(no_telephone_or_identity_number_is_kept),
        cmocka_unit_test(a_value_is_its_bytes_and_no_longer_than_forty),
        cmocka_unit_test(beyond_the_most_that_are_kept_they_are_counted),
        cmocka_unit_test(the_file_is_sorted_quoted_and_closed_to_others),
        cmocka_unit_test(of_a_workbook_each_says_its_sheet),
        cmocka_unit_test(a_place_that_cannot_be_written_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
