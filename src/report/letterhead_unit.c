#include "report/letterhead_unit.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

/* Names begin with one of these, written out or short. */
static const struct {
    const char *prefix; /* as text_key makes it */
    const char *kind, *key;
} kinds[] = {
    {"tinh", "tỉnh", "tinh"},         {"thanh pho", "thành phố", "thanh pho"},
    {"tp", "thành phố", "thanh pho"}, {"huyen", "huyện", "huyen"},
    {"quan", "quận", "quan"},         {"thi xa", "thị xã", "thi xa"},
    {"tx", "thị xã", "thi xa"},       {"xa", "xã", "xa"},
    {"phuong", "phường", "phuong"},   {"thi tran", "thị trấn", "thi tran"},
    {"tt", "thị trấn", "thi tran"},   {"dac khu", "đặc khu", "dac khu"},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static size_t find_kind(const char *name, size_t n, struct buf *key)
{
    size_t i = 0;
    if (!text_key(name, n, key))
        return KINDS;
    while (i < KINDS && strcmp(kinds[i].prefix, buf_text(key)))
        i++;
    return i;
}

/* The kind that the first word, or the first two, name; *rest is what follows. "Thị xã" is no xã:
 * neither is a kind by its first word alone. */
static size_t split_kind(const char *name, const char **rest, struct buf *key)
{
    const char *end = name;
    for (int words = 0; words < 2; words++) {
        end += strcspn(end, " .");
        size_t kind = *end ? find_kind(name, (size_t)(end - name), key) : KINDS;
        end += strspn(end, " .");
        if (kind < KINDS && *end) {
            *rest = end;
            return kind;
        }
    }
    *rest = name;
    return KINDS;
}

static void add_upper(struct buf *b, const char *text)
{
    utf8proc_int32_t point;
    for (utf8proc_ssize_t n; *text; text += n) {
        utf8proc_uint8_t bytes[4];
        n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &point);
        if (n <= 0)
            return;
        buf_add(b, (const char *)bytes,
                (size_t)utf8proc_encode_char(utf8proc_toupper(point), bytes));
    }
}

bool unit_words_init(struct unit_words *w, const struct letterhead_unit *unit, struct err *e)
{
    struct buf key = {0};
    const char *rest;
    *w = (struct unit_words){.kind_key = ""};
    size_t kind = split_kind(unit->name, &rest, &key);
    if (kind < KINDS) {
        w->kind_key = kinds[kind].key;
        buf_adds(&w->kind, kinds[kind].kind);
        buf_addf(&w->unit, "%s ", kinds[kind].kind);
    }
    buf_adds(&w->unit, rest);
    add_upper(&w->upper, buf_text(&w->unit));
    add_upper(&w->kind_upper, buf_text(&w->kind));
    /* "Quận 1" is no place called 1. */
    buf_adds(&w->name, strchr("0123456789", *rest) ? unit->name : rest);
    snprintf(w->year, sizeof w->year, "%d", date_from_day(unit->on).year);
    bool ok = !key.failed && !w->unit.failed && !w->upper.failed && !w->name.failed &&
              !w->kind.failed && !w->kind_upper.failed;
    buf_free(&key);
    return ok || err_memory(e);
}

void unit_words_free(struct unit_words *w)
{
    buf_free(&w->unit);
    buf_free(&w->upper);
    buf_free(&w->name);
    buf_free(&w->kind);
    buf_free(&w->kind_upper);
}

bool unit_which_known(const char *key)
{
    bool known = !strcmp(key, "province") || !strcmp(key, "district") || !strcmp(key, "commune");
    for (size_t i = 0; i < KINDS; i++)
        known |= !strcmp(key, kinds[i].key);
    return known;
}

const char *unit_word(const struct unit_words *w, const char *word, size_t n)
{
    const struct {
        const char *name, *text;
    } words[] = {
        {"unit", buf_text(&w->unit)},       {"UNIT", buf_text(&w->upper)},
        {"name", buf_text(&w->name)},       {"kind", buf_text(&w->kind)},
        {"KIND", buf_text(&w->kind_upper)}, {"year", w->year},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i].name) == n && !memcmp(words[i].name, word, n))
            return words[i].text;
    return NULL;
}
