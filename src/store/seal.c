#include "store/seal.h"

#include <stdlib.h>
#include <string.h>

enum { LAYOUT = 1, SALT_AT = 32, NONCE_AT = 48 };

static const unsigned char magic[8] = {'K', 'G', 'B', 'A', 'C', 'K', 'U', 'P'};

const struct seal_cost seal_cost_usual = {crypto_pwhash_OPSLIMIT_MODERATE,
                                          crypto_pwhash_MEMLIMIT_MODERATE};
/* A head is read before it has proved right: what it asks for is done within these. */
static const struct seal_cost cost_least = {crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN};
static const struct seal_cost cost_most = {crypto_pwhash_OPSLIMIT_SENSITIVE,
                                           crypto_pwhash_MEMLIMIT_SENSITIVE};

/* ---- the head ---- */

static void put_number(unsigned char *at, size_t bytes, uint64_t n)
{
    for (size_t i = 0; i < bytes; i++)
        at[i] = (unsigned char)(n >> (8 * i) & 0xff);
}

static uint64_t get_number(const unsigned char *at, size_t bytes)
{
    uint64_t n = 0;
    for (size_t i = bytes; i-- > 0;)
        n = n << 8 | at[i];
    return n;
}

static void make_head(unsigned char head[SEAL_HEAD], const struct seal_cost *cost)
{
    memcpy(head, magic, sizeof magic);
    put_number(head + 8, 4, LAYOUT);
    put_number(head + 12, 4, SEAL_PIECE);
    put_number(head + 16, 8, cost->operations);
    put_number(head + 24, 8, cost->memory);
    randombytes_buf(head + SALT_AT, crypto_pwhash_SALTBYTES);
}

static bool damaged(const struct seal_from *from, struct err *e)
{
    return err_set(e, ERR_INPUT,
                   "%s: is damaged or was cut off, nothing of it was taken: use another copy",
                   from->name);
}

static bool read_head(const unsigned char head[SEAL_HEAD], size_t n, const struct seal_from *from,
                      struct seal_cost *cost, struct err *e)
{
    if (n < sizeof magic || memcmp(head, magic, sizeof magic))
        return err_set(e, ERR_INPUT,
                       "%s: is no copy that 'keogiam backup' made: give it the file .kgbackup",
                       from->name);
    if (n < SEAL_HEAD)
        return damaged(from, e);
    *cost = (struct seal_cost){get_number(head + 16, 8), get_number(head + 24, 8)};
    if (get_number(head + 8, 4) > LAYOUT)
        return err_set(e, ERR_INPUT, "%s: was made by a newer keogiam: install that version",
                       from->name);
    return (get_number(head + 8, 4) == LAYOUT && get_number(head + 12, 4) == SEAL_PIECE &&
            cost->operations >= cost_least.operations && cost->operations <= cost_most.operations &&
            cost->memory >= cost_least.memory && cost->memory <= cost_most.memory) ||
           damaged(from, e);
}

static bool make_key(unsigned char key[SEAL_KEY], const unsigned char head[SEAL_HEAD],
                     const char *passphrase, const struct seal_cost *cost, struct err *e)
{
    return !crypto_pwhash(key, SEAL_KEY, passphrase, strlen(passphrase), head + SALT_AT,
                          cost->operations, (size_t)cost->memory, crypto_pwhash_ALG_ARGON2ID13) ||
           err_memory(e);
}

static bool start(struct err *e)
{
    return sodium_init() >= 0 || err_set(e, ERR_FAILED, "libsodium cannot start: install it again");
}

/* ---- closing ---- */

static bool put_piece(struct seal *s, unsigned char tag, struct err *e)
{
    crypto_secretstream_xchacha20poly1305_push(&s->stream, s->sealed, NULL, s->piece, s->n, s->head,
                                               SEAL_HEAD, tag);
    size_t n = s->n + SEAL_MORE;
    s->n = 0;
    return s->to.put(s->to.context, s->sealed, n, e);
}

bool seal_begin(struct seal *s, const struct seal_to *to, const char *passphrase,
                const struct seal_cost *cost, struct err *e)
{
    unsigned char key[SEAL_KEY];
    s->to = *to;
    s->n = 0;
    if (!start(e))
        return false;
    make_head(s->head, cost);
    bool ok = make_key(key, s->head, passphrase, cost, e);
    if (ok)
        crypto_secretstream_xchacha20poly1305_init_push(&s->stream, s->head + NONCE_AT, key);
    sodium_memzero(key, sizeof key);
    return ok && to->put(to->context, s->head, SEAL_HEAD, e) &&
           put_piece(s, crypto_secretstream_xchacha20poly1305_TAG_PUSH, e);
}

bool seal_add(struct seal *s, const void *bytes, size_t n, struct err *e)
{
    for (const unsigned char *from = bytes; n > 0;) {
        size_t part = SEAL_PIECE - s->n < n ? SEAL_PIECE - s->n : n;
        memcpy(s->piece + s->n, from, part);
        s->n += part;
        from += part;
        n -= part;
        if (s->n == SEAL_PIECE &&
            !put_piece(s, crypto_secretstream_xchacha20poly1305_TAG_MESSAGE, e))
            return false;
    }
    return true;
}

bool seal_end(struct seal *s, struct err *e)
{
    return put_piece(s, crypto_secretstream_xchacha20poly1305_TAG_FINAL, e);
}

void seal_wipe(struct seal *s)
{
    sodium_memzero(s, sizeof *s);
}

/* ---- opening ---- */

struct opening {
    const struct seal_from *from;
    crypto_secretstream_xchacha20poly1305_state stream;
    unsigned char head[SEAL_HEAD];
    unsigned char piece[SEAL_PIECE], sealed[SEAL_PIECE + SEAL_MORE];
    unsigned long long n; /* bytes in the piece */
    unsigned char tag;
};

/* *right: the n sealed bytes are what was sealed there. */
static bool get_piece(struct opening *o, size_t n, size_t *got, bool *right, struct err *e)
{
    if (!o->from->get(o->from->context, o->sealed, n, got, e))
        return false;
    *right = *got >= SEAL_MORE &&
             !crypto_secretstream_xchacha20poly1305_pull(&o->stream, o->piece, &o->n, &o->tag,
                                                         o->sealed, *got, o->head, SEAL_HEAD);
    return true;
}

static bool open_lock(struct opening *o, const char *passphrase, struct err *e)
{
    unsigned char key[SEAL_KEY];
    struct seal_cost cost = {0};
    size_t got;
    bool right = false;
    if (!start(e) || !o->from->get(o->from->context, o->head, SEAL_HEAD, &got, e) ||
        !read_head(o->head, got, o->from, &cost, e))
        return false;
    bool ok = make_key(key, o->head, passphrase, &cost, e);
    if (ok)
        crypto_secretstream_xchacha20poly1305_init_pull(&o->stream, o->head + NONCE_AT, key);
    sodium_memzero(key, sizeof key);
    if (!ok || !get_piece(o, SEAL_MORE, &got, &right, e))
        return false;
    if (got < SEAL_MORE)
        return damaged(o->from, e);
    return right || err_set(e, ERR_INPUT,
                            "%s: does not open: wrong passphrase, or its beginning was changed",
                            o->from->name);
}

static bool open_pieces(struct opening *o, const struct seal_to *to, struct err *e)
{
    const unsigned char last = crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    size_t got;
    bool right;
    do {
        if (!get_piece(o, sizeof o->sealed, &got, &right, e))
            return false;
        if (!right)
            return damaged(o->from, e);
        if (!to->put(to->context, o->piece, (size_t)o->n, e))
            return false;
    } while (o->tag != last);
    return (o->from->get(o->from->context, o->sealed, 1, &got, e) && !got) || damaged(o->from, e);
}

bool seal_open(const struct seal_from *from, const char *passphrase, const struct seal_to *to,
               struct err *e)
{
    struct opening *o = calloc(1, sizeof *o);
    if (!o)
        return err_memory(e);
    o->from = from;
    bool ok = open_lock(o, passphrase, e) && open_pieces(o, to, e);
    sodium_memzero(o, sizeof *o);
    free(o);
    return ok;
}
