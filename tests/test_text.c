#include "check.h"

#include <string.h>

#include "base/text.h"

typedef bool make(const char *, size_t, struct buf *);

static void assert_made(make *f, const char *text, size_t n, const char *want)
{
    struct buf out = {0};
    buf_adds(&out, "what was there before");
    if (!f(text, n, &out))
        fail_msg("'%s' is refused", text);
    assert_string_equal(buf_text(&out), want);
    assert_int_equal(out.len, strlen(want));
    buf_free(&out);
}

static void assert_nfc(const char *text, const char *want)
{
    assert_made(text_nfc, text, strlen(text), want);
}

static void assert_key(const char *text, const char *want)
{
    assert_made(text_key, text, strlen(text), want);
}

static void assert_marked(const char *text, const char *want)
{
    assert_made(text_key_marked, text, strlen(text), want);
}

/* ---- UTF-8 ---- */

static void valid_utf8_is_valid(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "abc",
                                        "twelve bytes",
                                        "Thị trấn Mỹ An",
                                        "\x7F\xC2\x80\xDF\xBF",
                                        "\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF",
                                        "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        size_t bad = 99;
        assert_true(text_is_utf8(texts[i], strlen(texts[i]), &bad));
        assert_int_equal(bad, 99);
    }
}

/* Source: Unicode 15, table 3-7, well-formed byte sequences. */
static void the_first_bad_byte_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t bad;
    } cases[] = {
        {"\x80", 0},
        {"abc\xFF", 3},
        {"Mỹ \xC3(", 5},
        {"12345678\xC0\xAF", 8}, /* overlong */
        {"\xC1\xBF", 0},         /* overlong */
        {"\xE0\x9F\xBF", 0},     /* overlong */
        {"\xF0\x8F\xBF\xBF", 0}, /* overlong */
        {"a\xED\xA0\x80", 1},    /* surrogate */
        {"a\xED\xBF\xBF", 1},    /* surrogate */
        {"\xF4\x90\x80\x80", 0}, /* beyond U+10FFFF */
        {"\xF5\x80\x80\x80", 0},
        {"ok\xE1\xBB", 2},       /* cut short */
        {"\xE1\xBB\xB9\xE1", 3}, /* cut short */
        {"\xF0\x9F\x98", 0},     /* cut short */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t bad = 99;
        struct buf out = {0};
        const char *text = cases[i].text;
        assert_false(text_is_utf8(text, strlen(text), &bad));
        assert_int_equal(bad, cases[i].bad);
        buf_adds(&out, "kept");
        assert_false(text_nfc(text, strlen(text), &out));
        assert_false(text_key(text, strlen(text), &out));
        assert_false(text_key_marked(text, strlen(text), &out));
        assert_string_equal(out.data, "kept");
        buf_free(&out);
    }
}

static void every_code_point_and_no_surrogate_is_valid(void **state)
{
    (void)state;
    for (unsigned c = 0x80; c <= 0x10FFFF; c++) {
        size_t bad, n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        char text[4];
        for (size_t i = 1; i < n; i++)
            text[i] = (char)(0x80 | (c >> (6 * (n - 1 - i)) & 0x3F));
        text[0] = (char)((0xF00 >> n & 0xFF) | c >> (6 * (n - 1)));
        if (text_is_utf8(text, n, &bad) != (c < 0xD800 || c > 0xDFFF))
            fail_msg("U+%04X", c);
    }
}

/* ---- NFC ---- */

static void nfd_and_nfc_become_the_same(void **state)
{
    (void)state;
    assert_nfc("Th\u1ECB tr\u1EA5n M\u1EF9 An", "Thị trấn Mỹ An");
    assert_nfc("Thi\u0323 tra\u0302\u0301n My\u0303 An", "Thị trấn Mỹ An");
    assert_nfc("Tha\u0301p Mu\u031Bo\u031B\u0300i", "Tháp Mười");
    assert_nfc("\u00EA\u0323", "\u1EC7");  /* half composed, as Windows-1258 does it */
    assert_nfc("e\u0302\u0323", "\u1EC7"); /* marks in the wrong order */
    assert_nfc("\u212B", "\u00C5");
}

static void outer_white_space_goes_and_inner_becomes_one_space(void **state)
{
    (void)state;
    assert_nfc("  TT.   An \t Binh \r\n", "TT. An Binh");
    assert_nfc("a\nb", "a b");
    assert_nfc(" a", "a");
    assert_nfc("a ", "a");
    assert_nfc("\u00A0\u3000Mỹ\u00A0\u2003 An\u2028", "Mỹ An");
    assert_nfc("\uFEFF case_id", "case_id");
    assert_nfc(" \uFEFF \uFEFF", "");
    assert_nfc("x\uFEFF \u00A0", "x");
    assert_nfc("é\uFEFFé", "é\uFEFFé");
}

static void empty_text_stays_empty(void **state)
{
    (void)state;
    assert_nfc("", "");
    assert_nfc("   ", "");
    assert_nfc("\u00A0", "");
    assert_key("", "");
    assert_key(" .-/ ", "");
    assert_key("–", "");
    assert_marked("", "");
    assert_marked("“”", "");
}

static void a_nul_byte_stays_in_nfc_and_parts_words_in_keys(void **state)
{
    (void)state;
    struct buf out = {0};
    assert_true(text_nfc("a\0ỹ", 5, &out));
    assert_int_equal(out.len, 5);
    assert_made(text_key, "a\0b", 3, "a b");
    assert_made(text_key, "a\0ỹ", 5, "a y");
    buf_free(&out);
}

static void nfc_of_nfc_is_itself(void **state)
{
    (void)state;
    static const char *const texts[] = {"Thị trấn Mỹ An", "\u0958",       "\uAC00\u11A8", "\u0344",
                                        "q\u0307\u0323",  "\u1E9B\u0323", "\u2126"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct buf once = {0};
        assert_true(text_nfc(texts[i], strlen(texts[i]), &once));
        assert_nfc(once.data, once.data);
        buf_free(&once);
    }
}

/* ---- keys ---- */

static void keys_have_no_case_no_marks_and_single_spaces(void **state)
{
    (void)state;
    assert_key("TT. Mỹ  An", "tt my an");
    assert_key("  X. ĐỐC BINH KIỀU ", "x doc binh kieu");
    assert_key("đường-sắt/số_2", "duong sat so 2");
    assert_key("Tân Kiều (cũ)", "tan kieu cu");
    assert_key("case_id", "case id");
    assert_key("ABC xyz 0189", "abc xyz 0189");
    assert_key("[`@{", "");
}

static void every_vietnamese_letter_has_a_plain_key_in_nfc_and_nfd(void **state)
{
    (void)state;
    static const struct {
        const char *nfc, *nfd, *key;
    } letters[] = {
        {"àảãáạ", "a\u0300a\u0309a\u0303a\u0301a\u0323", "aaaaa"},
        {"ăằẳẵắặ", "a\u0306a\u0306\u0300a\u0306\u0309a\u0306\u0303a\u0306\u0301a\u0323\u0306",
         "aaaaaa"},
        {"âầẩẫấậ", "a\u0302a\u0302\u0300a\u0302\u0309a\u0302\u0303a\u0302\u0301a\u0323\u0302",
         "aaaaaa"},
        {"ÈẺẼÉẸ", "E\u0300E\u0309E\u0303E\u0301E\u0323", "eeeee"},
        {"ÊỀỂỄẾỆ", "E\u0302E\u0302\u0300E\u0302\u0309E\u0302\u0303E\u0302\u0301E\u0323\u0302",
         "eeeeee"},
        {"ìỉĩíị", "i\u0300i\u0309i\u0303i\u0301i\u0323", "iiiii"},
        {"òỏõóọ", "o\u0300o\u0309o\u0303o\u0301o\u0323", "ooooo"},
        {"ôồổỗốộ", "o\u0302o\u0302\u0300o\u0302\u0309o\u0302\u0303o\u0302\u0301o\u0323\u0302",
         "oooooo"},
        {"ƠỜỞỠỚỢ", "O\u031BO\u031B\u0300O\u031B\u0309O\u031B\u0303O\u031B\u0301O\u031B\u0323",
         "oooooo"},
        {"ùủũúụ", "u\u0300u\u0309u\u0303u\u0301u\u0323", "uuuuu"},
        {"ưừửữứự", "u\u031Bu\u031B\u0300u\u031B\u0309u\u031B\u0303u\u031B\u0301u\u031B\u0323",
         "uuuuuu"},
        {"ỳỷỹýỵ", "y\u0300y\u0309y\u0303y\u0301y\u0323", "yyyyy"},
        {"đĐ", "đĐ", "dd"},
    };
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        assert_key(letters[i].nfc, letters[i].key);
        assert_key(letters[i].nfd, letters[i].key);
        assert_nfc(letters[i].nfd, letters[i].nfc);
    }
}

static void a_wrongly_decoded_d_is_a_d(void **state)
{
    (void)state;
    assert_key("Ðốc Binh Kiều", "doc binh kieu"); /* U+00D0: Windows-1258 read as 1252 */
    assert_key("Ɖốc", "doc");
    assert_marked("Ðốc", "đốc");
}

static void marked_keys_tell_names_apart_that_differ_in_marks(void **state)
{
    (void)state;
    assert_marked("Xã  MỸ QUÝ", "xã mỹ quý");
    assert_marked("Xã  MỸ QUÍ", "xã mỹ quí");
    assert_marked("My\u0303 Quy\u0301", "mỹ quý");
    assert_marked("ĐỨC-HÒA", "đức hòa");
    assert_marked("TT. An", "tt an");
    assert_marked("\u0301a", "a"); /* a mark with nothing under it */
}

static void other_scripts_have_keys_too(void **state)
{
    (void)state;
    assert_key("Ωμέγα", "ωμεγα");
    assert_key("Łódź 7", "łodz 7");
    assert_key("日本", "日本");
    assert_key("Straße", "straße");
    assert_key("İstanbul", "istanbul");
}

/* ---- widths and hashes ---- */

static void widths_count_columns_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(text_width(""), 0);
    assert_int_equal(text_width("Tháp Mười"), 9);
    assert_int_equal(text_width("Tha\u0301p Mu\u031Bo\u031B\u0300i"), 9);
    assert_int_equal(text_width("日本"), 4);
    assert_int_equal(text_width("−3,5%"), 5);
    assert_int_equal(text_width("a\tb\x7F"), 2);
    assert_int_equal(text_width("a\xFF\xFE"), 3);
}

/* Source: Fowler, Noll, Vo: test vectors of FNV-1a 64. */
static void the_hash_is_fnv_1a(void **state)
{
    (void)state;
    assert_true(text_hash("", 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(text_hash("a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(text_hash("foobar", 6) == UINT64_C(0x85944171f73967e8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid_utf8_is_valid),
        cmocka_unit_test(the_first_bad_byte_is_named),
        cmocka_unit_test(every_code_point_and_no_surrogate_is_valid),
        cmocka_unit_test(nfd_and_nfc_become_the_same),
        cmocka_unit_test(outer_white_space_goes_and_inner_becomes_one_space),
        cmocka_unit_test(empty_text_stays_empty),
        cmocka_unit_test(a_nul_byte_stays_in_nfc_and_parts_words_in_keys),
        cmocka_unit_test(nfc_of_nfc_is_itself),
        cmocka_unit_test(keys_have_no_case_no_marks_and_single_spaces),
        cmocka_unit_test(every_vietnamese_letter_has_a_plain_key_in_nfc_and_nfd),
        cmocka_unit_test(a_wrongly_decoded_d_is_a_d),
        cmocka_unit_test(marked_keys_tell_names_apart_that_differ_in_marks),
        cmocka_unit_test(other_scripts_have_keys_too),
        cmocka_unit_test(widths_count_columns_not_bytes),
        cmocka_unit_test(the_hash_is_fnv_1a),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
