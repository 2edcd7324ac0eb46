/* office.c: packages as programs and strangers make them. */
#include "ingest/office.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "check.h"

#define PATH "build/office-test.zip"

static void write_package(const char *part, const char *text, size_t n, const char *password)
{
    int code;
    zip_t *z = zip_open(PATH, ZIP_CREATE | ZIP_TRUNCATE, &code);
    assert_non_null(z);
    zip_int64_t at = zip_file_add(z, part, zip_source_buffer(z, text, n, 0), 0);
    assert_true(at >= 0);
    if (password)
        assert_int_equal(zip_file_set_encryption(z, (zip_uint64_t)at, ZIP_EM_TRAD_PKWARE, password),
                         0);
    assert_int_equal(zip_close(z), 0);
}

static void write_text(const char *text)
{
    write_package("a.xml", text, strlen(text), NULL);
}

/* Every place where the package gives the size n, a little-endian word, now gives another. */
static void lie_about_size(uint32_t n, uint32_t other)
{
    FILE *f = fopen(PATH, "r+b");
    assert_non_null(f);
    static unsigned char all[1 << 16];
    size_t size = fread(all, 1, sizeof all, f), changed = 0;
    for (size_t i = 0; i + 4 <= size; i++)
        if (!memcmp(all + i, &n, 4)) {
            memcpy(all + i, &other, 4);
            changed++;
        }
    assert_int_equal(changed, 2);
    rewind(f);
    assert_int_equal(fwrite(all, 1, size, f), size);
    assert_int_equal(fclose(f), 0);
}

static void on_start(void *context, const char *name, const char *const *attributes)
{
    const char *id = office_attribute(attributes, "id");
    buf_addf(context, "<%s%s%s>", name, id ? " " : "", id ? id : "");
}

static void on_end(void *context, const char *name)
{
    buf_addf(context, "</%s>", name);
}

static void on_text(void *context, const char *bytes, size_t n)
{
    buf_add(context, bytes, n);
}

static const struct office_xml all = {on_start, on_end, on_text};

/* What is told of a.xml, or why nothing is. */
static const char *told(void)
{
    static struct buf text;
    static struct err e;
    struct office *o;
    e = (struct err){.lang = LANG_EN};
    buf_clear(&text);
    bool ok = office_open(&o, PATH, &e) && office_read(o, "a.xml", &all, &text, &e);
    office_close(o);
    return ok ? buf_text(&text) : e.msg;
}

#define CHECK_TOLD(part)                                                                           \
    do {                                                                                           \
        const char *is = told();                                                                   \
        if (!strstr(is, part))                                                                     \
            fail_msg("\"%s\" is not in: %s", part, is);                                            \
    } while (0)

static void names_come_without_prefix_and_text_with_entities_resolved(void **state)
{
    (void)state;
    write_text("<x:a xmlns:x='u' xmlns:r='v'><x:b r:id='rId1'>L\xC3\xA1ng &amp; Bi</x:b></x:a>");
    assert_string_equal(told(), "<a><b rId1>L\xC3\xA1ng & Bi</b></a>");
}

static void a_part_of_many_pieces_is_read_to_its_end(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_adds(&text, "<a>");
    for (int i = 0; i < 100000; i++)
        buf_addf(&text, "<b id='%d'/>", i);
    buf_adds(&text, "</a>");
    write_package("a.xml", text.data, text.len, NULL);
    buf_free(&text);
    CHECK_TOLD("<b 99999></b></a>");
}

static void a_doctype_is_refused_before_its_entities_grow(void **state)
{
    (void)state;
    write_text("<!DOCTYPE a [<!ENTITY x 'xxxxxxxx'>]><a>&x;&x;&x;</a>");
    CHECK_TOLD("has a DOCTYPE");
}

static void broken_xml_names_the_part_and_the_line(void **state)
{
    (void)state;
    write_text("<a>\n<b></a>");
    CHECK_TOLD(PATH ": line 2 of a.xml is not right");
}

static void a_part_cut_short_is_not_taken_for_whole(void **state)
{
    (void)state;
    write_text("<a><b/>");
    CHECK_TOLD("a.xml is not right");
}

static void a_part_larger_than_it_says_is_damaged(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_adds(&text, "<a>");
    while (text.len < 50000)
        buf_adds(&text, "<b/>");
    buf_adds(&text, "</a>");
    write_package("a.xml", text.data, text.len, NULL);
    lie_about_size((uint32_t)text.len, 10);
    buf_free(&text);
    CHECK_TOLD("a damaged one");
}

static void a_bomb_is_refused_by_its_stated_size(void **state)
{
    (void)state;
    write_text("<a>0123456789012345678901234567890123456789</a>");
    lie_about_size(47, 0x7fffffff);
    CHECK_TOLD("would unpack to more than 1024 MB");
}

static void a_package_under_a_password_says_so(void **state)
{
    (void)state;
    write_package("a.xml", "<a/>", 4, "secret");
    CHECK_TOLD("is under a password");
}

static void no_package_no_part_and_no_file_are_told_apart(void **state)
{
    (void)state;
    write_package("b.xml", "<a/>", 4, NULL);
    CHECK_TOLD("lacks its part a.xml");
    FILE *f = fopen(PATH, "wb");
    assert_non_null(f);
    fputs("PK\3\4 and then nothing of the kind", f);
    assert_int_equal(fclose(f), 0);
    CHECK_TOLD("is no Office file");
    remove(PATH);
    CHECK_TOLD("there is no such file");
}

static void bytes_come_as_they_are(void **state)
{
    (void)state;
    struct err e = {0};
    struct office *o;
    struct buf bytes = {0};
    write_package("img.png", "\x89PNG\0\1", 6, NULL);
    assert_true(office_open(&o, PATH, &e));
    assert_true(office_has(o, "img.png"));
    assert_false(office_has(o, "IMG.png"));
    assert_true(office_bytes(o, "img.png", &bytes, &e));
    assert_int_equal(bytes.len, 6);
    assert_memory_equal(bytes.data, "\x89PNG\0\1", 6);
    buf_free(&bytes);
    office_close(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_come_without_prefix_and_text_with_entities_resolved),
        cmocka_unit_test(a_part_of_many_pieces_is_read_to_its_end),
        cmocka_unit_test(a_doctype_is_refused_before_its_entities_grow),
        cmocka_unit_test(broken_xml_names_the_part_and_the_line),
        cmocka_unit_test(a_part_cut_short_is_not_taken_for_whole),
        cmocka_unit_test(a_part_larger_than_it_says_is_damaged),
        cmocka_unit_test(a_bomb_is_refused_by_its_stated_size),
        cmocka_unit_test(a_package_under_a_password_says_so),
        cmocka_unit_test(no_package_no_part_and_no_file_are_told_apart),
        cmocka_unit_test(bytes_come_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
