#include "fixtures_reader.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- quotes ---- */

#define NOT_CLOSED                                                                                 \
    "the quote opened here is not closed where the field ends: close it, and double every quote "  \
    "inside the field\n"
#define INSIDE                                                                                     \
    "a quote inside a field that does not begin with one: put the field in quotes and double "     \
    "every quote inside it\n"

static void a_quote_left_open_is_reported_where_it_opened(void **state)
{
    (void)state;
    assert_text_read("a,b\n1,2\n3,\"4\n5,6\n7,8\n",
                     "1:a|b\n2:1|2\n! a.csv:3: column 2: " NOT_CLOSED);
    assert_text_read("a,b\n1,2\n\"3\n\nx\n4\",\"5\n5,6",
                     "1:a|b\n2:1|2\n! a.csv:6: column 2: " NOT_CLOSED);
    assert_text_read("a,\"b\n", "! a.csv:1: column 2: " NOT_CLOSED);
    assert_text_read("\"", "! a.csv:1: column 1: " NOT_CLOSED);
}

static void a_quote_closed_too_early_is_reported_where_it_opened(void **state)
{
    (void)state;
    assert_text_read("a,b\n\"say \"hi\"\",x\n", "1:a|b\n! a.csv:2: column 1: " NOT_CLOSED);
    assert_text_read("a,b\nx,\"one\ntwo\nthree\" four\n",
                     "1:a|b\n! a.csv:2: column 2: " NOT_CLOSED);
}

static void a_quote_inside_a_plain_field_is_reported_on_its_line(void **state)
{
    (void)state;
    assert_text_read("a,b\n\"x\ny\",z\n1,5\" 6\n", "1:a|b\n2:x\ny|z\n! a.csv:4: column 2: " INSIDE);
}

/* ---- length ---- */

static void assert_refused_unread(char first, const char *want)
{
    size_t n = 3 * READER_RECORD_MAX;
    char *bytes = malloc(n);
    assert_non_null(bytes);
    memset(bytes, 'x', n);
    memcpy(bytes, "a,b\n", 4);
    bytes[4] = first;
    struct reader_options o = {.path = "a.csv", .memory = bytes, .memory_bytes = n};
    struct buf shown = {0};
    shown_read(&shown, &o, DECODER_CHUNK);
    assert_string_equal(buf_text(&shown), want);
    buf_free(&shown);
    free(bytes);
}

static void a_record_without_end_is_refused_with_its_line(void **state)
{
    (void)state;
    assert_refused_unread('x', "1:a|b\n! a.csv:2: a record longer than 4 MB: does the file have "
                               "line ends?\n");
    assert_refused_unread('"', "1:a|b\n! a.csv:2: column 1: the quote opened here is not closed "
                               "within 4 MB: close it\n");
}

/* The rest of the line is not asked for: reading it would end in the error of the NUL behind it. */
static void a_long_record_is_not_read_to_its_end(void **state)
{
    (void)state;
    size_t n = 2 * READER_RECORD_MAX;
    char *bytes = calloc(n, 1);
    assert_non_null(bytes);
    memset(bytes, 'x', READER_RECORD_MAX + 2 * DECODER_CHUNK);
    struct decoder d;
    struct csv_records c;
    struct record rec;
    struct err e = {0};
    bool more;
    struct reader_options o = {.path = "a.csv", .memory = bytes, .memory_bytes = n};
    assert_true(decoder_open(&d, &o, "a.csv", DECODER_CHUNK, &e));
    assert_true(records_open(&c, &d, 0, &e));
    assert_false(records_next(&c, &rec, &more, &e));
    assert_true(d.memory_left >= n - READER_RECORD_MAX - 2 * DECODER_CHUNK);
    assert_non_null(strstr(e.msg, "a record longer than"));
    records_close(&c);
    decoder_close(&d);
    free(bytes);
}

static void more_columns_than_a_sheet_has_are_refused(void **state)
{
    (void)state;
    static char text[RECORD_COLUMNS_MAX + 8];
    const char *want = "! a.csv:1: more than 16384 columns: is the delimiter one of , ; tab | ?\n";
    memset(text, ',', RECORD_COLUMNS_MAX);
    memcpy(text + RECORD_COLUMNS_MAX, "a\n", 3);
    assert_text_read(text, want);
    memcpy(text + RECORD_COLUMNS_MAX, "\"a\"\n", 5);
    assert_text_read(text, want);
}

/* ---- bytes that are no text ---- */

static void a_nul_byte_is_refused_with_line_and_column(void **state)
{
    (void)state;
    assert_file_read(READER_DIR "nul.csv", "1:unit|name\n2:30046|a\n! " READER_DIR
                                           "nul.csv:3: column 1: a NUL byte: this is not text: "
                                           "save the table again as \"CSV UTF-8\"\n");
    static const char wide[] = "u\0n\0i\0t\0,\0n\0";
    assert_bytes_read(wide, sizeof wide - 1,
                      "! a.csv:1: column 1: a NUL byte: this is not text: save the table again as "
                      "\"CSV UTF-8\"\n");
    static const char marked[] = "\xFF\xFE"
                                 "a\0,\0b\0\n\0x\0,\0\0\0y\0";
    assert_bytes_read(marked, sizeof marked - 1,
                      "1:a|b\n! a.csv:2: column 2: a NUL byte: this is not text: save the table "
                      "again as \"CSV UTF-8\"\n");
}

static void mixed_encodings_are_refused_with_their_line(void **state)
{
    (void)state;
    assert_file_read(READER_DIR "latin.csv",
                     "1:unit|name\n2:30046|Xã\n! " READER_DIR
                     "latin.csv:3: column 2: bytes that are not UTF-8: save the file as "
                     "\"CSV UTF-8\"\n");
    assert_text_read("\xEF\xBB\xBF"
                     "a,b\nH\xF4ng,x\n",
                     "1:a|b\n! a.csv:2: column 1: bytes that are not UTF-8: save the file as "
                     "\"CSV UTF-8\"\n");
    assert_text_read(
        "a,b\nxã,1\n2,\xF4 and much more behind it, more than the smallest chunk holds\n",
        "1:a|b\n2:xã|1\n! a.csv:3: column 2: bytes that are not UTF-8: save the file "
        "as \"CSV UTF-8\"\n");
    assert_text_read("a,b\nxã,1\n2,\xE1\xBB",
                     "1:a|b\n2:xã|1\n! a.csv:3: column 2: bytes that are not UTF-8: save the file "
                     "as \"CSV UTF-8\"\n");
}

/* 0x8A stands for nothing in Windows-1258. */
static void bytes_of_no_encoding_are_refused(void **state)
{
    (void)state;
    assert_text_read("a,b\n\xD0,\x8A\n",
                     "1:a|b\n! a.csv:2: column 2: bytes that are neither UTF-8 nor Windows-1258: "
                     "save the file as \"CSV UTF-8\"\n");
}

static void broken_utf16_is_refused(void **state)
{
    (void)state;
    static const char alone[] = "\xFF\xFE"
                                "a\0,\0b\0\n\0x\0,\0\x3D\xD8\n\0y\0";
    const char *want = "1:a|b\n! a.csv:2: column 2: bytes that are not UTF-16: save the file as "
                       "\"CSV UTF-8\"\n";
    assert_bytes_read(alone, sizeof alone - 1, want);
    static const char cut[] = "\xFF\xFE"
                              "a\0,\0b\0\n\0x\0,\0y\0z";
    assert_bytes_read(cut, sizeof cut - 1, want);
}

static void binary_files_are_refused_by_name(void **state)
{
    (void)state;
    assert_file_read(READER_DIR "picture.png",
                     "! " READER_DIR "picture.png:2: control character 0x1A: this is not a text "
                     "file: save the table as \"CSV UTF-8\"\n");
    assert_file_read(READER_DIR "old.xls",
                     "! " READER_DIR "old.xls: an old Excel workbook (.xls) or a file under a "
                     "password: open it, take the password off and save it as .xlsx or as "
                     "\"CSV UTF-8\"\n");
    assert_file_read(READER_DIR "book.xlsx",
                     "! " READER_DIR
                     "book.xlsx: is no Office file, or a damaged one: open it, save "
                     "it again and try anew\n");
}

/* ---- nothing to read ---- */

static void files_without_a_row_are_empty(void **state)
{
    (void)state;
    static const char *const texts[] = {"",         "\n",    "\r\n \r\n", "\xEF\xBB\xBF",
                                        "\xFF\xFE", ",,\n\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_text_read(texts[i],
                         "! a.csv: the file is empty: it needs a head row and rows of data\n");
    assert_file_read(READER_DIR "empty.csv", "! " READER_DIR "empty.csv: the file is empty: it "
                                             "needs a head row and rows of data\n");
}

static void skipping_every_row_is_refused(void **state)
{
    (void)state;
    static const char text[] = "a,b\n1,2\n";
    struct reader_options o = {"a.csv", text, sizeof text - 1, 2};
    struct buf expected = {0};
    for (o.skip_rows = 2; o.skip_rows < 5; o.skip_rows++) {
        buf_clear(&expected);
        buf_addf(&expected,
                 "! a.csv: nothing is left after the %zu rows passed over: pass over "
                 "fewer\n",
                 o.skip_rows);
        assert_shown(&o, expected.data);
    }
    buf_free(&expected);
}

static void assert_not_opened(const char *path)
{
    struct reader_options o = {.path = path};
    struct reader *r = NULL;
    struct err e = {0};
    assert_false(reader_open(&r, &o, &e));
    assert_null(r);
    assert_int_equal(e.code, ERR_INPUT);
    assert_non_null(strstr(e.msg, path));
}

static void missing_files_and_folders_are_refused_by_name(void **state)
{
    (void)state;
    assert_not_opened(READER_DIR "nowhere.csv");
    assert_not_opened(READER_DIR);
}

static void unreadable_files_are_refused_by_name(void **state)
{
    (void)state;
    if (geteuid() == 0)
        skip(); /* root reads everything */
    char path[] = "/tmp/keogiam-test-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0 && close(file) == 0 && chmod(path, 0) == 0);
    assert_not_opened(path);
    assert_int_equal(unlink(path), 0);
}

/* What is read as standard input may be a folder: the open succeeds, the read does not. */
static void a_failed_read_is_reported(void **state)
{
    (void)state;
    struct reader_options o = {.path = "-"};
    struct buf shown = {0};
    assert_non_null(freopen(READER_DIR, "rb", stdin));
    shown_read(&shown, &o, DECODER_CHUNK);
    assert_non_null(strstr(buf_text(&shown), "! standard input: could not be read to its end"));
    buf_free(&shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quote_left_open_is_reported_where_it_opened),
        cmocka_unit_test(a_quote_closed_too_early_is_reported_where_it_opened),
        cmocka_unit_test(a_quote_inside_a_plain_field_is_reported_on_its_line),
        cmocka_unit_test(a_record_without_end_is_refused_with_its_line),
        cmocka_unit_test(a_long_record_is_not_read_to_its_end),
        cmocka_unit_test(more_columns_than_a_sheet_has_are_refused),
        cmocka_unit_test(a_nul_byte_is_refused_with_line_and_column),
        cmocka_unit_test(mixed_encodings_are_refused_with_their_line),
        cmocka_unit_test(bytes_of_no_encoding_are_refused),
        cmocka_unit_test(broken_utf16_is_refused),
        cmocka_unit_test(binary_files_are_refused_by_name),
        cmocka_unit_test(files_without_a_row_are_empty),
        cmocka_unit_test(skipping_every_row_is_refused),
        cmocka_unit_test(missing_files_and_folders_are_refused_by_name),
        cmocka_unit_test(unreadable_files_are_refused_by_name),
        cmocka_unit_test(a_failed_read_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
