/* seal.h: bytes closed under a passphrase, in one pass and a fixed amount of memory.
 *
 * Receives: any number of bytes, and what people can remember.
 * Hands on: a file that tells nothing without the passphrase, and with it either every byte as it
 *   was or the reason why not: whatever was changed, cut off, appended or put in another order is
 *   found.
 *
 * The file: a head of 72 bytes, then sealed pieces.
 *   head   8 bytes "KGBACKUP"; version of this layout, 4; bytes in a whole piece, 4; cost of the
 *          key: operations, 8, and bytes of memory, 8; salt, 16; nonce of the stream, 24. Numbers
 *          are unsigned, least byte first.
 *   lock   the empty message, sealed: it opens under the right passphrase alone.
 *   pieces each of PIECE bytes but the last, which is shorter, maybe empty, and marked as the last.
 * Each takes 17 bytes more than it holds.
 *
 * Source: libsodium: crypto_pwhash (Argon2id 1.3, RFC 9106) makes the key,
 *   crypto_secretstream_xchacha20poly1305 the pieces. The head is authenticated with every one.
 */
#ifndef KEOGIAM_STORE_SEAL_H
#define KEOGIAM_STORE_SEAL_H

#include <sodium.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum {
    SEAL_PIECE = 65536,
    SEAL_HEAD = 48 + crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    SEAL_MORE = crypto_secretstream_xchacha20poly1305_ABYTES,
    SEAL_KEY = crypto_secretstream_xchacha20poly1305_KEYBYTES
};

/* What one guess at the passphrase costs whoever tries. The usual one is libsodium's MODERATE, 3
 * passes over 256 MiB, 0.7 s here: a copy leaves the office on a stick and can be tried for years,
 * and it is made once a week. INTERACTIVE (64 MiB) would save that half second only. */
struct seal_cost {
    uint64_t operations, memory;
};
extern const struct seal_cost seal_cost_usual;

/* Where bytes go: false with e set, as it failed. */
struct seal_to {
    bool (*put)(void *context, const void *bytes, size_t n, struct err *e);
    void *context;
};
/* Where they come from: fills n bytes unless it ends before; *got says how many. */
struct seal_from {
    bool (*get)(void *context, void *bytes, size_t n, size_t *got, struct err *e);
    void *context;
    const char *name; /* for messages */
};

struct seal {
    struct seal_to to;
    crypto_secretstream_xchacha20poly1305_state stream;
    unsigned char head[SEAL_HEAD];
    unsigned char piece[SEAL_PIECE], sealed[SEAL_PIECE + SEAL_MORE];
    size_t n; /* bytes in the piece */
};

/* begin, add as often as need be, end: without the end what was written does not open. Fails: what
 * `to` says; out of memory. seal_wipe in any case: it takes the key out of the memory. */
bool seal_begin(struct seal *s, const struct seal_to *to, const char *passphrase,
                const struct seal_cost *cost, struct err *e);
bool seal_add(struct seal *s, const void *bytes, size_t n, struct err *e);
bool seal_end(struct seal *s, struct err *e);
void seal_wipe(struct seal *s);

/* Hands all bytes on, those of a piece when it has proved right; true only where the last is, and
 * nothing follows: until then they are not to be relied on. Fails (ERR_INPUT), naming `from`: no
 * such file, one of a newer layout, the wrong passphrase, damaged, cut off, something behind its
 * end. Cost: 200 KB, and the key's. */
bool seal_open(const struct seal_from *from, const char *passphrase, const struct seal_to *to,
               struct err *e);

#endif
