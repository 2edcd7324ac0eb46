/* Bytes closed under a passphrase: what was changed is found, wherever it was changed. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "store/seal.h"

#define PASSPHRASE "bốn con mèo đen"
static const struct seal_cost cheap = {1, 8192};

/* ---- to and from memory ---- */

struct memory {
    struct buf bytes;
    size_t at, room; /* read so far; SIZE_MAX, else put fails behind so many */
};

static bool put(void *context, const void *bytes, size_t n, struct err *e)
{
    struct memory *m = context;
    if (m->bytes.len + n > m->room)
        return err_set(e, ERR_FAILED, "the disk is full");
    buf_add(&m->bytes, bytes, n);
    return !m->bytes.failed;
}

static bool get(void *context, void *bytes, size_t n, size_t *got, struct err *e)
{
    struct memory *m = context;
    (void)e;
    *got = m->bytes.len - m->at < n ? m->bytes.len - m->at : n;
    if (*got)
        memcpy(bytes, m->bytes.data + m->at, *got);
    m->at += *got;
    return true;
}

static bool close_bytes(const void *bytes, size_t n, struct memory *m, struct err *e)
{
    struct seal *s = malloc(sizeof *s);
    const struct seal_to to = {put, m};
    assert_non_null(s);
    bool ok = seal_begin(s, &to, PASSPHRASE, &cheap, e);
    for (size_t at = 0, part; ok && at < n; at += part) {
        part = n - at < 10007 ? n - at : 10007; /* no multiple of anything */
        ok = seal_add(s, (const char *)bytes + at, part, e);
    }
    ok = ok && seal_end(s, e);
    seal_wipe(s);
    free(s);
    return ok;
}

static bool open_bytes(struct memory *m, const char *passphrase, struct buf *out, struct err *e)
{
    struct memory into = {.room = SIZE_MAX};
    const struct seal_from from = {get, m, "x.kgbackup"};
    const struct seal_to to = {put, &into};
    m->at = 0;
    bool ok = seal_open(&from, passphrase, &to, e);
    buf_clear(out);
    buf_add(out, buf_text(&into.bytes), into.bytes.len);
    buf_free(&into.bytes);
    return ok;
}

/* n bytes that do not repeat, closed. */
static struct memory closed(size_t n, struct buf *plain)
{
    struct memory m = {.room = SIZE_MAX};
    struct err e = {0};
    uint32_t state = 1;
    for (size_t i = 0; i < n; i++) {
        state = state * 1664525U + 1013904223U;
        buf_addc(plain, (char)(state >> 24));
    }
    if (!close_bytes(buf_text(plain), n, &m, &e))
        fail_msg("%s", e.msg);
    return m;
}

static void assert_refused(struct memory *m, const char *passphrase, const char *why)
{
    struct err e = {0};
    struct buf out = {0};
    if (open_bytes(m, passphrase, &out, &e))
        fail_msg("opened, and should not: %s", why);
    assert_int_equal(e.code, ERR_INPUT);
    if (!strstr(e.msg, why) || strncmp(e.msg, "x.kgbackup: ", 12) || strchr(e.msg, '\n'))
        fail_msg("'%s' does not say: %s", e.msg, why);
    buf_free(&out);
}

/* ---- the claims ---- */

static void what_was_closed_opens_as_it_was(void **state)
{
    (void)state;
    static const size_t sizes[] = {
        0, 1, SEAL_PIECE - 1, SEAL_PIECE, SEAL_PIECE + 1, 2 * SEAL_PIECE, 3 * SEAL_PIECE + 5};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct buf plain = {0}, out = {0};
        struct err e = {0};
        struct memory m = closed(sizes[i], &plain);
        size_t pieces = sizes[i] / SEAL_PIECE + 2; /* the lock, whole ones, a shorter last one */
        assert_int_equal(m.bytes.len, SEAL_HEAD + sizes[i] + pieces * SEAL_MORE);
        assert_true(open_bytes(&m, PASSPHRASE, &out, &e));
        assert_int_equal(out.len, sizes[i]);
        assert_memory_equal(buf_text(&out), buf_text(&plain), sizes[i]);
        buf_free(&plain);
        buf_free(&out);
        buf_free(&m.bytes);
    }
}

static void closed_twice_nothing_is_the_same(void **state)
{
    (void)state;
    struct buf plain = {0}, again = {0};
    struct memory a = closed(1000, &plain), b = closed(1000, &again);
    assert_int_equal(a.bytes.len, b.bytes.len);
    assert_memory_equal(a.bytes.data, b.bytes.data, 32); /* version and cost; then the salt */
    size_t same = 0;
    for (size_t i = 32; i < a.bytes.len; i++)
        same += a.bytes.data[i] == b.bytes.data[i];
    assert_in_range(same, 0, 30); /* 1 in 256 by chance: 4.2 of 1074 */
    buf_free(&plain);
    buf_free(&again);
    buf_free(&a.bytes);
    buf_free(&b.bytes);
}

static void no_piece_of_the_plain_bytes_shows(void **state)
{
    (void)state;
    struct memory m = {.room = SIZE_MAX};
    struct err e = {0};
    char text[3 * SEAL_PIECE];
    memset(text, 'A', sizeof text);
    assert_true(close_bytes(text, sizeof text, &m, &e));
    for (size_t i = 0; i + 8 <= m.bytes.len; i++)
        assert_int_not_equal(memcmp(m.bytes.data + i, "AAAAAAAA", 8), 0);
    buf_free(&m.bytes);
}

static void the_wrong_passphrase_opens_nothing(void **state)
{
    (void)state;
    struct buf plain = {0};
    struct memory m = closed(100, &plain);
    assert_refused(&m, "bốn con mèo đe", "wrong passphrase");
    assert_refused(&m, "", "wrong passphrase");
    assert_refused(&m, PASSPHRASE " ", "wrong passphrase");
    buf_free(&plain);
    buf_free(&m.bytes);
}

/* Every length of a small one; of one of three pieces those around each border. */
static void cut_off_anywhere_it_is_refused(void **state)
{
    (void)state;
    struct buf plain = {0};
    struct memory m = closed(200, &plain);
    while (m.bytes.len-- > 0)
        assert_refused(&m, PASSPHRASE,
                       m.bytes.len < 8 ? "is no copy" : "is damaged or was cut off");
    buf_free(&plain);
    buf_free(&m.bytes);

    m = closed(2 * SEAL_PIECE + 100, &plain);
    size_t lock = SEAL_HEAD + SEAL_MORE, piece = SEAL_PIECE + SEAL_MORE;
    const size_t borders[] = {SEAL_HEAD, lock, lock + piece, lock + 2 * piece, m.bytes.len};
    for (size_t i = 5; i-- > 0;)
        for (size_t before = i == 4 ? 1 : 0; before < 3; before++) {
            m.bytes.len = borders[i] - before;
            assert_refused(&m, PASSPHRASE, "is damaged or was cut off");
        }
    buf_free(&plain);
    buf_free(&m.bytes);
}

/* Bit by bit through the head, the lock and a small last piece. */
static void a_changed_bit_anywhere_is_found(void **state)
{
    (void)state;
    struct buf plain = {0}, out = {0};
    struct memory m = closed(40, &plain);
    for (size_t i = 0; i < m.bytes.len; i++) {
        struct err e = {0};
        char was = m.bytes.data[i];
        m.bytes.data[i] = (char)(was ^ (1 << (i % 8)));
        assert_false(open_bytes(&m, PASSPHRASE, &out, &e));
        assert_int_equal(e.code, ERR_INPUT);
        m.bytes.data[i] = was;
    }
    struct err e = {0};
    assert_true(open_bytes(&m, PASSPHRASE, &out, &e));
    buf_free(&plain);
    buf_free(&out);
    buf_free(&m.bytes);
}

static void what_is_changed_is_named(void **state)
{
    (void)state;
    struct buf plain = {0};
    struct memory m = closed(SEAL_PIECE + 40, &plain);
    char *b = m.bytes.data;
    b[0] ^= 1;
    assert_refused(&m, PASSPHRASE, "is no copy");
    b[0] ^= 1;
    b[8] = 2; /* the layout's version */
    assert_refused(&m, PASSPHRASE, "newer keogiam");
    b[8] = 1;
    b[40] ^= 1; /* the salt */
    assert_refused(&m, PASSPHRASE, "wrong passphrase, or its beginning was changed");
    b[40] ^= 1;
    b[SEAL_HEAD + SEAL_MORE + 5000] ^= 1;
    assert_refused(&m, PASSPHRASE, "is damaged");
    buf_free(&plain);
    buf_free(&m.bytes);
}

/* What is read before it has proved right must not make the program take all memory. */
static void a_forged_cost_is_not_paid(void **state)
{
    (void)state;
    struct buf plain = {0};
    struct memory m = closed(40, &plain);
    m.bytes.data[24 + 6] = 1; /* 2^48 bytes */
    assert_refused(&m, PASSPHRASE, "is damaged");
    m.bytes.data[24 + 6] = 0;
    m.bytes.data[16 + 3] = 1; /* 2^24 passes */
    assert_refused(&m, PASSPHRASE, "is damaged");
    buf_free(&plain);
    buf_free(&m.bytes);
}

static void pieces_in_another_order_are_refused(void **state)
{
    (void)state;
    struct buf plain = {0};
    struct memory m = closed(3 * SEAL_PIECE, &plain);
    size_t piece = SEAL_PIECE + SEAL_MORE;
    char *first = m.bytes.data + SEAL_HEAD + SEAL_MORE, *keep = malloc(piece);
    assert_non_null(keep);
    memcpy(keep, first, piece);
    memcpy(first, first + piece, piece);
    memcpy(first + piece, keep, piece);
    assert_refused(&m, PASSPHRASE, "is damaged");
    free(keep);
    buf_free(&plain);
    buf_free(&m.bytes);
}

static void what_follows_the_end_is_refused(void **state)
{
    (void)state;
    struct buf plain = {0};
    struct memory m = closed(SEAL_PIECE - SEAL_MORE, &plain);
    buf_addc(&m.bytes, 'x');
    assert_refused(&m, PASSPHRASE, "is damaged");
    m.bytes.len--;
    buf_add(&m.bytes, "a second copy behind the first", 30);
    assert_refused(&m, PASSPHRASE, "is damaged");
    buf_free(&plain);
    buf_free(&m.bytes);
}

static void other_files_are_no_copies(void **state)
{
    (void)state;
    static const char *const files[] = {"", "K", "SQLite format 3", "case_id,unit,category\n"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct memory m = {.room = SIZE_MAX};
        buf_adds(&m.bytes, files[i]);
        assert_refused(&m, PASSPHRASE, "is no copy that 'keogiam backup' made");
        buf_free(&m.bytes);
    }
}

static void a_full_disk_is_told_as_it_was(void **state)
{
    (void)state;
    char much[2 * SEAL_PIECE] = {0};
    static const size_t rooms[] = {0, SEAL_HEAD, SEAL_HEAD + SEAL_MORE,
                                   SEAL_HEAD + SEAL_PIECE + 2 * SEAL_MORE};
    for (size_t i = 0; i < sizeof rooms / sizeof rooms[0]; i++) {
        struct memory m = {.room = rooms[i]};
        struct err e = {0};
        assert_false(close_bytes(much, sizeof much, &m, &e));
        assert_string_equal(e.msg, "the disk is full");
        buf_free(&m.bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_closed_opens_as_it_was),
        cmocka_unit_test(closed_twice_nothing_is_the_same),
        cmocka_unit_test(no_piece_of_the_plain_bytes_shows),
        cmocka_unit_test(the_wrong_passphrase_opens_nothing),
        cmocka_unit_test(cut_off_anywhere_it_is_refused),
        cmocka_unit_test(a_changed_bit_anywhere_is_found),
        cmocka_unit_test(what_is_changed_is_named),
        cmocka_unit_test(a_forged_cost_is_not_paid),
        cmocka_unit_test(pieces_in_another_order_are_refused),
        cmocka_unit_test(what_follows_the_end_is_refused),
        cmocka_unit_test(other_files_are_no_copies),
        cmocka_unit_test(a_full_disk_is_told_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
