#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

static void an_empty_buffer_reads_as_empty_text(void **state)
{
    (void)state;
    struct buf b = {0};
    assert_string_equal(buf_text(&b), "");
    buf_clear(&b);
    buf_free(&b);
    buf_free(&b);
    buf_add(&b, "", 0);
    assert_string_equal(b.data, "");
    buf_free(&b);
}

static void everything_added_is_there_in_order(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_adds(&b, "ab");
    buf_addc(&b, 'c');
    buf_add(&b, "d\0e", 3);
    buf_addf(&b, "%d-%s", 42, "x");
    assert_int_equal(b.len, 10);
    assert_memory_equal(b.data, "abcd\0e42-x", 11);
    buf_clear(&b);
    assert_int_equal(b.len, 0);
    assert_string_equal(b.data, "");
    buf_free(&b);
}

static void a_million_bytes_one_by_one_fit(void **state)
{
    (void)state;
    struct buf b = {0};
    for (int i = 0; i < 1000000; i++)
        buf_addc(&b, (char)('a' + i % 26));
    assert_false(b.failed);
    assert_int_equal(b.len, 1000000);
    for (int i = 0; i < 1000000; i++)
        assert_true(b.data[i] == 'a' + i % 26);
    assert_true(b.data[1000000] == '\0');
    buf_free(&b);
}

static void formats_longer_than_the_buffer_are_whole(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_addf(&b, "%01000d", 7);
    assert_int_equal(b.len, 1000);
    assert_true(b.data[0] == '0' && b.data[999] == '7');
    buf_free(&b);
}

static void a_size_that_cannot_be_had_is_remembered_as_failure(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_adds(&b, "kept");
    buf_add(&b, "x", SIZE_MAX / 2);
    assert_true(b.failed);
    assert_string_equal(buf_text(&b), "kept");
    buf_adds(&b, "more");
    assert_string_equal(buf_text(&b), "kept");
    buf_free(&b);
    assert_false(b.failed);
}

static void arrays_grow_and_keep_their_items(void **state)
{
    (void)state;
    struct err e = {0};
    void *items = NULL;
    size_t cap = 0;
    for (size_t n = 0; n < 10000; n++) {
        assert_true(array_grow(&items, &cap, n + 1, sizeof(size_t), &e));
        ((size_t *)items)[n] = n;
    }
    assert_true(cap >= 10000);
    for (size_t n = 0; n < 10000; n++)
        assert_int_equal(((size_t *)items)[n], n);
    free(items);
}

static void an_array_too_large_for_memory_stays_as_it_is(void **state)
{
    (void)state;
    struct err e = {0};
    void *items = NULL;
    size_t cap = 0;
    assert_true(array_grow(&items, &cap, 1, 8, &e));
    void *before = items;
    size_t cap_before = cap;
    assert_false(array_grow(&items, &cap, SIZE_MAX / 8, 8, &e));
    assert_int_equal(e.code, ERR_FAILED);
    assert_ptr_equal(items, before);
    assert_int_equal(cap, cap_before);
    free(items);
}

static void an_arena_keeps_every_string_until_it_is_freed(void **state)
{
    (void)state;
    struct arena a = {0};
    char *texts[5000];
    for (int i = 0; i < 5000; i++) {
        texts[i] = arena_format(&a, "text %d of many that do not fit one block", i);
        assert_non_null(texts[i]);
    }
    for (int i = 0; i < 5000; i++) {
        char want[64];
        snprintf(want, sizeof want, "text %d of many that do not fit one block", i);
        assert_string_equal(texts[i], want);
    }
    assert_string_equal(arena_copy(&a, "abcdef", 3), "abc");
    assert_string_equal(arena_text(&a, ""), "");
    arena_free(&a);
    assert_null(a.head);
    arena_free(&a);
}

static void arena_memory_is_zeroed_aligned_and_as_large_as_asked(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_non_null(arena_copy(&a, "x", 1));
    unsigned char *big = arena_alloc(&a, 1000000);
    assert_non_null(big);
    assert_int_equal((uintptr_t)big % _Alignof(max_align_t), 0);
    for (size_t i = 0; i < 1000000; i++)
        assert_int_equal(big[i], 0);
    assert_null(arena_alloc(&a, SIZE_MAX - 3));
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_buffer_reads_as_empty_text),
        cmocka_unit_test(everything_added_is_there_in_order),
        cmocka_unit_test(a_million_bytes_one_by_one_fit),
        cmocka_unit_test(formats_longer_than_the_buffer_are_whole),
        cmocka_unit_test(a_size_that_cannot_be_had_is_remembered_as_failure),
        cmocka_unit_test(arrays_grow_and_keep_their_items),
        cmocka_unit_test(an_array_too_large_for_memory_stays_as_it_is),
        cmocka_unit_test(an_arena_keeps_every_string_until_it_is_freed),
        cmocka_unit_test(arena_memory_is_zeroed_aligned_and_as_large_as_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
