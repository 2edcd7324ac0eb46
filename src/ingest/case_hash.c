#include "ingest/case_hash.h"

#include <string.h>

void case_hash_init(struct case_hash *h, const char *key)
{
    crypto_auth_hmacsha256_init(&h->keyed, (const unsigned char *)key, strlen(key));
}

void case_hash_text(const struct case_hash *h, const char *text, size_t n,
                    char out[CASE_HASH_CHARS + 1])
{
    unsigned char mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state = h->keyed;
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)text, n);
    crypto_auth_hmacsha256_final(&state, mac);
    sodium_bin2hex(out, CASE_HASH_CHARS + 1, mac, CASE_HASH_CHARS / 2);
}
