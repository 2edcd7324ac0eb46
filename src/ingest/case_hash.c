#include "ingest/case_hash.h"

#include <string.h>

#include "base/text.h"
#include "ingest/ingest.h"

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

bool ingest_hash_id(const char *key, const char *id, struct buf *code, struct err *e)
{
    struct case_hash h;
    struct buf nfc = {0};
    char text[CASE_HASH_CHARS + 1];
    if (sodium_init() < 0)
        return err_set(e, ERR_FAILED, "libsodium cannot start: install it again");
    bool ok = text_nfc(id, strlen(id), &nfc) ||
              (nfc.failed ? err_memory(e) : err_set(e, ERR_INPUT, "%s: is no text: UTF-8", id));
    if (ok) {
        case_hash_init(&h, key);
        case_hash_text(&h, buf_text(&nfc), nfc.len, text);
        buf_adds(code, text);
        ok = !code->failed || err_memory(e);
    }
    sodium_memzero(&h, sizeof h);
    buf_free(&nfc);
    return ok;
}
