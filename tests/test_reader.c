#include "fixtures_reader.h"

#include <stdlib.h>

/* ---- records, fields and lines ---- */

static void rows_come_as_records_with_their_lines(void **state)
{
    (void)state;
    const char *want = "1:unit|name\n2:30046|b\n3:30037|c\n";
    assert_text_read("unit,name\n30046,b\n30037,c\n", want);
    assert_text_read("unit,name\r\n30046,b\r\n30037,c\r\n", want);
    assert_text_read("unit,name\r30046,b\r30037,c\r", want);
    assert_text_read("unit,name\r\n30046,b\r30037,c\n", want);
}

static void the_last_row_needs_no_line_end(void **state)
{
    (void)state;
    assert_text_read("unit,name\n30046,b", "1:unit|name\n2:30046|b\n");
    assert_text_read("unit,name\n30046,\"b\"", "1:unit|name\n2:30046|b\n");
    assert_text_read("unit,name\n30046,", "1:unit|name\n2:30046|\n");
    assert_text_read("unit,name\r\n30046,b\r", "1:unit|name\n2:30046|b\n");
    assert_text_read("unit", "1:unit\n");
}

static void empty_fields_are_fields(void **state)
{
    (void)state;
    assert_text_read("a,b,c\n,,x\nx,,\n,\"\",\"x\"\n", "1:a|b|c\n2:||x\n3:x||\n4:||x\n");
}

static void doubled_quotes_are_one(void **state)
{
    (void)state;
    assert_text_read("a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n\"x,y\",2\n",
                     "1:a|b\n2:say \"hi\"|\"\n3:x,y|2\n");
}

static void lines_inside_quotes_are_counted(void **state)
{
    (void)state;
    assert_text_read("a,b\n\"one\ntwo\",x\ny,z\n", "1:a|b\n2:one\ntwo|x\n4:y|z\n");
    assert_text_read("a,b\r\n\"one\r\n\r\ntwo\",x\r\ny,z\r\n",
                     "1:a|b\n2:one\r\n\r\ntwo|x\n5:y|z\n");
    assert_text_read("a,b\r\"one\rtwo\",x\ry,z\r", "1:a|b\n2:one\rtwo|x\n4:y|z\n");
}

static void blank_lines_are_passed_over_and_counted(void **state)
{
    (void)state;
    assert_text_read("\n\na,b\n\n  \n,\n\"\",\n1,2\r\n\r\n3,4\n\n", "3:a|b\n8:1|2\n10:3|4\n");
}

static void space_around_a_field_is_dropped_unless_quoted(void **state)
{
    (void)state;
    assert_text_read("a , b\n 1 1\t,\t2\n \" x \" , \"y\"\n", "1:a|b\n2:1 1|2\n3: x |y\n");
    assert_text_read("a\t b\n\tx\n1 \t2\n", "1:a|b\n2:|x\n3:1|2\n");
}

static void skipped_rows_are_rows_of_the_sheet_blank_ones_too(void **state)
{
    (void)state;
    static const char text[] = "Title\n\n\"by\nunit\"\na,b\n1,2\n";
    struct reader_options o = {"a.csv", text, sizeof text - 1, 3};
    assert_shown(&o, "5:a|b\n6:1|2\n");
    o.skip_rows = 4;
    assert_shown(&o, "6:1|2\n");
}

static void a_record_may_be_longer_than_a_chunk(void **state)
{
    (void)state;
    size_t n = 3 * DECODER_CHUNK;
    struct buf text = {0};
    buf_adds(&text, "a,b\n\"");
    for (size_t i = 0; i < n; i++)
        buf_adds(&text, i % 100 ? "x" : "\n");
    buf_adds(&text, "\",1\n2,3\n");
    struct reader_options o = {.path = "a", .memory = text.data, .memory_bytes = text.len};
    struct reader *r = NULL;
    struct record rec;
    struct err e = {0};
    bool more;
    assert_true(reader_open(&r, &o, &e));
    assert_true(reader_next(r, &rec, &more, &e) && reader_next(r, &rec, &more, &e));
    assert_int_equal(rec.fields[0].n, n);
    assert_true(reader_next(r, &rec, &more, &e) && more);
    assert_int_equal(rec.line, 3 + (n + 99) / 100);
    assert_string_equal(rec.fields[1].text, "3");
    reader_close(r);
    buf_free(&text);
}

/* Lines that end inside a chunk and hold no quote are cut, all others are libcsv's: small chunks
 * send more to libcsv than large ones. */
static void any_text_reads_the_same_in_chunks_of_any_size(void **state)
{
    (void)state;
    static const char *const parts[] = {"a",  "b",  "1",  ",",    ",",   ",",  "\n", "\n",
                                        "\r", " ",  "\t", "\r\n", "\"x", "\"", ";",  "ư",
                                        "ớ",  "\"", "\"", "\"\"", "xyz", "|",  "a",  "\n\n"};
    struct buf text = {0}, want = {0};
    srand(3);
    for (int round = 0; round < 400; round++) {
        buf_clear(&text);
        for (int i = 0; i < 60; i++) {
            size_t choices = round % 2 ? 24 : 12; /* even rounds: text without quotes */
            buf_adds(&text, parts[(size_t)rand() % choices]);
        }
        struct reader_options o = {.path = "a", .memory = text.data, .memory_bytes = text.len};
        shown_read(&want, &o, DECODER_CHUNK);
        assert_shown(&o, want.data);
    }
    buf_free(&text);
    buf_free(&want);
}

/* ---- the delimiter ---- */

static void the_delimiter_is_found_in_the_first_lines(void **state)
{
    (void)state;
    assert_delimiter("a,b,c\n1,2,3\n", ',');
    assert_delimiter("a;b;c\n1;2;3\n", ';');
    assert_delimiter("a\tb\tc\n1\t2\t3\n", '\t');
    assert_delimiter("a|b|c\n1|2|3\n", '|');
    assert_delimiter("a\n1\n2\n", ',');
}

static void decimal_commas_do_not_make_a_comma_file(void **state)
{
    (void)state;
    assert_delimiter("unit;value\n30046;1,5\n30037;2,25\n", ';');
    assert_text_read("unit;value\n30046;1,5\n", "1:unit|value\n2:30046|1,5\n");
}

static void marks_inside_quotes_do_not_count(void **state)
{
    (void)state;
    assert_delimiter("a,b\n\"x;y;z\",1\n\"x;y;z\",2\n", ',');
    assert_delimiter("a,b\n\"x\n;;\n;;\n\",1\n\"x;y;z\",2\n", ',');
}

static void lists_in_cells_do_not_make_a_semicolon_file(void **state)
{
    (void)state;
    assert_delimiter("id,category,on\n1,XHTE.TD;U18.TTXH,2024-05-01\n2,A;B,2024-05-02\n", ',');
}

static void titles_do_not_hide_the_delimiter(void **state)
{
    (void)state;
    assert_delimiter("Bảng 1, năm 2024\nĐơn vị; xã\na;b;c\n1;2;3\n4;5;6\n", ';');
}

static void a_sep_line_names_the_delimiter_and_is_no_record(void **state)
{
    (void)state;
    assert_file_read(READER_DIR "excel_sep.csv", "2:unit|value\n3:30046|1,5\n");
    assert_text_read("sep=|\na,b,c\n1,2,3\n", "2:a,b,c\n3:1,2,3\n");
    static const char text[] = "sep=;\nTitle\na;b\n1;2\n";
    struct reader_options o = {"a.csv", text, sizeof text - 1, 1};
    assert_shown(&o, "3:a|b\n4:1|2\n");
}

/* ---- encodings ---- */

#define COMMUNES "1:unit|name\n2:30046|Xã Trường Xuân\n3:30037|Thị trấn Mỹ An, huyện Tháp Mười\n"

static void utf8_with_and_without_mark_reads_the_same(void **state)
{
    (void)state;
    assert_file_read(READER_DIR "utf8.csv", COMMUNES);
    assert_file_read(READER_DIR "utf8_bom.csv", COMMUNES);
}

static void utf16_reads_in_both_byte_orders(void **state)
{
    (void)state;
    assert_file_read(READER_DIR "utf16le.csv", COMMUNES);
    assert_file_read(READER_DIR "utf16be.csv", COMMUNES);
}

/* A surrogate pair: U+1F600. */
static void utf16_pairs_are_one_character(void **state)
{
    (void)state;
    static const char bytes[] = "\xFF\xFE"
                                "a\0,\0b\0\n\0x\0,\0\x3D\xD8\x00\xDE\n";
    assert_bytes_read(bytes, sizeof bytes, "1:a|b\n2:x|\xF0\x9F\x98\x80\n");
}

/* Tone marks are bytes of their own there; iconv joins most with their letter, but not a with
 * U+0303. */
static void windows1258_is_read_where_bytes_are_no_utf8(void **state)
{
    (void)state;
    assert_file_read(READER_DIR "windows1258.csv", "1:unit|name\n2:30046|Xa\u0303 Trường Xuân\n"
                                                   "3:30037|Thị trấn Mỹ An, huyện Tháp Mười\n");
}

static void windows1258_keeps_the_last_letter(void **state)
{
    (void)state;
    assert_text_read("a,b\n\xD0,\xFD", "1:a|b\n2:Đ|ư\n");
    assert_text_read("a,b\n\xD0,x", "1:a|b\n2:Đ|x\n");
}

/* ---- standard input ---- */

static void standard_input_is_read_like_a_file(void **state)
{
    (void)state;
    struct buf shown = {0};
    struct reader_options o = {.path = "-"};
    assert_non_null(freopen(READER_DIR "utf8_bom.csv", "rb", stdin));
    shown_read(&shown, &o, DECODER_CHUNK);
    assert_string_equal(buf_text(&shown), COMMUNES);
    assert_non_null(freopen(READER_DIR "nul.csv", "rb", stdin));
    shown_read(&shown, &o, DECODER_CHUNK);
    assert_non_null(strstr(shown.data, "! standard input:3: column 1: a NUL byte"));
    buf_free(&shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_as_records_with_their_lines),
        cmocka_unit_test(the_last_row_needs_no_line_end),
        cmocka_unit_test(empty_fields_are_fields),
        cmocka_unit_test(doubled_quotes_are_one),
        cmocka_unit_test(lines_inside_quotes_are_counted),
        cmocka_unit_test(blank_lines_are_passed_over_and_counted),
        cmocka_unit_test(space_around_a_field_is_dropped_unless_quoted),
        cmocka_unit_test(skipped_rows_are_rows_of_the_sheet_blank_ones_too),
        cmocka_unit_test(a_record_may_be_longer_than_a_chunk),
        cmocka_unit_test(any_text_reads_the_same_in_chunks_of_any_size),
        cmocka_unit_test(the_delimiter_is_found_in_the_first_lines),
        cmocka_unit_test(decimal_commas_do_not_make_a_comma_file),
        cmocka_unit_test(marks_inside_quotes_do_not_count),
        cmocka_unit_test(lists_in_cells_do_not_make_a_semicolon_file),
        cmocka_unit_test(titles_do_not_hide_the_delimiter),
        cmocka_unit_test(a_sep_line_names_the_delimiter_and_is_no_record),
        cmocka_unit_test(utf8_with_and_without_mark_reads_the_same),
        cmocka_unit_test(utf16_reads_in_both_byte_orders),
        cmocka_unit_test(utf16_pairs_are_one_character),
        cmocka_unit_test(windows1258_is_read_where_bytes_are_no_utf8),
        cmocka_unit_test(windows1258_keeps_the_last_letter),
        cmocka_unit_test(standard_input_is_read_like_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
