/* workbook_names.c: names of sheets that Excel takes. */
#include <string.h>

#include "base/text.h"
#include "report/workbook_parts.h"

enum { NAME_CHARACTERS = 31 };

/* Bytes of the first n characters; none of ours is more than one of Excel's. */
static size_t bytes_of(const char *text, size_t n)
{
    size_t i = 0;
    for (; text[i]; i++)
        if (((unsigned char)text[i] & 0xc0) != 0x80 && n-- == 0)
            break;
    return i;
}

static size_t characters_of(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xc0) != 0x80;
    return n;
}

/* An apostrophe may stand inside, but every reference to the sheet then doubles it. */
static void clean(const char *name, struct buf *out)
{
    struct buf plain = {0};
    for (; *name; name++)
        buf_addc(&plain, strchr("[]:*?/\\'", *name) ? '-' : *name);
    if (!plain.len)
        buf_adds(&plain, "-");
    if (!text_nfc(buf_text(&plain), plain.len, out))
        out->failed = true;
    out->failed |= plain.failed;
    buf_free(&plain);
}

/* `name`, to which "(2)" and the like are added, as long as there is room. */
static void add_number(const char *name, size_t number, struct buf *out)
{
    struct buf tail = {0};
    if (number > 1)
        buf_addf(&tail, " (%zu)", number);
    size_t room = NAME_CHARACTERS - characters_of(buf_text(&tail));
    buf_clear(out);
    buf_add(out, name, bytes_of(name, room));
    while (out->len && out->data[out->len - 1] == ' ')
        out->data[--out->len] = '\0';
    buf_adds(out, buf_text(&tail));
    out->failed |= tail.failed;
    buf_free(&tail);
}

/* Excel does not tell capitals from small letters, and keeps "History" for itself. */
static bool is_same(const char *a, const char *b, struct buf *failed)
{
    struct buf x = {0}, y = {0};
    bool made = text_key_marked(a, strlen(a), &x) && text_key_marked(b, strlen(b), &y);
    bool same = made && !strcmp(buf_text(&x), buf_text(&y));
    failed->failed |= !made || x.failed || y.failed;
    buf_free(&x);
    buf_free(&y);
    return same;
}

static bool is_taken(const char *const *taken, size_t taken_count, struct buf *name)
{
    bool found = is_same(buf_text(name), "History", name);
    for (size_t i = 0; i < taken_count && !found; i++)
        found = is_same(buf_text(name), taken[i], name);
    return found;
}

void book_name(const char *wanted, const char *const *taken, size_t taken_count, struct buf *name)
{
    struct buf plain = {0};
    size_t number = 0;
    clean(wanted, &plain);
    do
        add_number(buf_text(&plain), ++number, name);
    while (is_taken(taken, taken_count, name) && !name->failed);
    name->failed |= plain.failed;
    buf_free(&plain);
}
