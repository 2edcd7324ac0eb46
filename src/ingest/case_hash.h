/* case_hash.h: case ids that may hold a name, turned into something that tells nothing. Internal to
 * ingest/. */
#ifndef KEOGIAM_INGEST_CASE_HASH_H
#define KEOGIAM_INGEST_CASE_HASH_H

#include <sodium.h>
#include <stdbool.h>
#include <stddef.h>

#define CASE_HASH_CHARS 32

/* The state behind the key, so that each id costs only its own bytes. */
struct case_hash {
    crypto_auth_hmacsha256_state keyed;
};

void case_hash_init(struct case_hash *h, const char *key);

/* HMAC-SHA-256 (RFC 2104, FIPS 180-4) of the n bytes, its first 128 bits as 32 hexadecimal digits
 * and a NUL. A plain hash of a name can be guessed by hashing names; with the key it cannot. */
void case_hash_text(const struct case_hash *h, const char *text, size_t n,
                    char out[CASE_HASH_CHARS + 1]);

#endif
