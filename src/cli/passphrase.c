#include "cli/passphrase.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "sys/sys.h"

enum { TYPED_MAX = 1024 };

static bool take(struct buf *p, const char *typed, struct err *e)
{
    size_t bad;
    if (!text_is_utf8(typed, strlen(typed), &bad))
        return err_set(e, ERR_INPUT, "the passphrase is not UTF-8: set the terminal to UTF-8");
    return text_nfc(typed, strlen(typed), p) || err_memory(e);
}

static bool ask(struct buf *p, const char *question, struct err *e)
{
    char typed[TYPED_MAX];
    bool ok = sys_ask_secret(tr(e->lang, question), typed, sizeof typed, e) && take(p, typed, e);
    sodium_memzero(typed, sizeof typed);
    return ok;
}

/* From the environment; *given: it is there. */
static bool look_up(struct buf *p, bool *given, struct err *e)
{
    const char *set = getenv("KEOGIAM_PASSPHRASE");
    *given = set != NULL;
    if (!set && !sys_is_terminal(stdin))
        return err_set(e, ERR_USAGE,
                       "nobody to ask for the passphrase: set KEOGIAM_PASSPHRASE, or run this on a "
                       "terminal");
    return !set || take(p, set, e);
}

static size_t count_letters(const char *text, size_t *different)
{
    size_t letters = 0;
    *different = 0;
    for (const char *at = text, *end; *at; at = end, letters++) {
        size_t n = 1;
        while (((unsigned char)at[n] & 0xc0) == 0x80)
            n++;
        end = at + n;
        bool seen = false;
        for (const char *before = text; !seen && before < at; before++)
            seen = !strncmp(before, at, n);
        *different += !seen;
    }
    return letters;
}

static bool is_strong(const struct buf *p, struct err *e)
{
    size_t different, letters = count_letters(buf_text(p), &different);
    return (letters >= PASSPHRASE_LEAST && different >= PASSPHRASE_DIFFERENT) ||
           err_set(e, ERR_INPUT,
                   "the passphrase is too weak: whoever finds the copy can try millions; take %d "
                   "characters or more, %d of them different: four or five words that belong to no "
                   "saying",
                   PASSPHRASE_LEAST, PASSPHRASE_DIFFERENT);
}

static bool ask_again(const struct buf *p, struct err *e)
{
    struct buf again = {0};
    bool ok = ask(&again, N_("The same passphrase again: "), e) &&
              (!strcmp(buf_text(p), buf_text(&again)) ||
               err_set(e, ERR_INPUT, "the two passphrases are not the same: nothing was done"));
    passphrase_free(&again);
    return ok;
}

bool passphrase_new(struct buf *p, struct err *e)
{
    bool given = false;
    return look_up(p, &given, e) &&
           (given || ask(p, N_("Passphrase for the copy (it does not show): "), e)) &&
           is_strong(p, e) && (given || ask_again(p, e));
}

bool passphrase_old(struct buf *p, struct err *e)
{
    bool given = false;
    return look_up(p, &given, e) &&
           (given || ask(p, N_("Passphrase of the copy (it does not show): "), e));
}

void passphrase_free(struct buf *p)
{
    if (p->data)
        sodium_memzero(p->data, p->cap);
    buf_free(p);
}
