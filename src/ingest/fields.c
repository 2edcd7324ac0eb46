#include "ingest/fields.h"

#include <string.h>

#include "base/num.h"
#include "base/text.h"

/* ---- white space ---- */

/* Bytes of the white space that begins at text; 0 where there is none. */
static size_t space_bytes(const char *text, size_t n)
{
    if (*text == ' ' || (*text >= '\t' && *text <= '\r'))
        return 1;
    if (n >= 2 && !memcmp(text, "\xC2\xA0", 2))
        return 2;
    return n >= 3 && (!memcmp(text, "\xEF\xBB\xBF", 3) || !memcmp(text, "\xE3\x80\x80", 3)) ? 3 : 0;
}

static size_t space_bytes_before(const char *end, size_t n)
{
    for (size_t bytes = 1; bytes <= 3 && bytes <= n; bytes++)
        if (space_bytes(end - bytes, bytes) == bytes)
            return bytes;
    return 0;
}

bool field_trim(const char **text, size_t *n)
{
    const char *at = *text, *end = at + *n;
    for (size_t bytes = 1; at < end && bytes; at += bytes)
        bytes = space_bytes(at, (size_t)(end - at));
    for (size_t bytes = 1; at < end && bytes; end -= bytes)
        bytes = space_bytes_before(end, (size_t)(end - at));
    *text = at;
    *n = (size_t)(end - at);
    return *n > 0;
}

static bool say(struct buf *why, enum lang lang, const char *english)
{
    buf_adds(why, tr(lang, english));
    return false;
}

/* ---- numbers ---- */

bool field_count(const char *text, size_t n, enum lang lang, int64_t *out, struct buf *why)
{
    bool fractional;
    int64_t value;
    if (!num_parse_int(text, n, &value, &fractional))
        return say(why, lang, fractional ? N_("not a whole number") : N_("not a number"));
    if (value < 0)
        return say(why, lang, N_("negative count"));
    *out = value;
    return true;
}

bool field_real(const char *text, size_t n, enum lang lang, double *out, struct buf *why)
{
    return num_parse_real(text, n, out) || say(why, lang, N_("not a number"));
}

bool field_bool(const char *text, size_t n, enum lang lang, int64_t *out, struct buf *why)
{
    static const char *const yes[] = {"1", "co", "x", "yes", "y", "true", "dung"};
    static const char *const no[] = {"0", "khong", "no", "n", "false", "sai"};
    struct buf key = {0};
    int64_t value = -1;
    bool ok = text_key(text, n, &key);
    for (size_t i = 0; ok && i < sizeof yes / sizeof yes[0]; i++)
        value = strcmp(buf_text(&key), yes[i]) ? value : 1;
    for (size_t i = 0; ok && i < sizeof no / sizeof no[0]; i++)
        value = strcmp(buf_text(&key), no[i]) ? value : 0;
    buf_free(&key);
    if (value < 0)
        return say(why, lang, N_("not yes or no: write 1 or 0"));
    *out = value;
    return true;
}

bool field_year(const char *text, size_t n, enum lang lang, int64_t *out, struct buf *why)
{
    int64_t year = 0;
    for (size_t i = 0; i < n && i < 5; i++)
        year = text[i] >= '0' && text[i] <= '9' ? year * 10 + (text[i] - '0') : -100000;
    if (n != 4 || year < 1900 || year > 2200)
        return say(why, lang, N_("not a year from 1900 to 2200"));
    *out = year;
    return true;
}

/* ---- days ---- */

bool field_date(const char *text, size_t n, day today, enum lang lang, day *out, struct buf *why)
{
    bool impossible;
    day found;
    if (!day_parse(text, n, &found, &impossible))
        return say(why, lang,
                   impossible ? N_("no such date")
                              : N_("not a date: write 2024-05-03 or 03/05/2024"));
    if (today != DAY_NONE && found > today)
        return say(why, lang, N_("date in the future"));
    *out = found;
    return true;
}

bool field_period(const char *text, size_t n, struct calendar c, day today, enum lang lang,
                  struct span *out, struct buf *why)
{
    bool impossible;
    day found;
    struct period period;
    struct span span;
    if (day_parse(text, n, &found, &impossible))
        span = (struct span){found, found};
    else if (impossible)
        return say(why, lang, N_("no such date"));
    else if (period_parse(text, n, c, &period))
        span = period.span;
    else
        return say(why, lang, N_("not a period: write 2024, 2024H1, 2024Q2 or 2024-05"));
    if (today != DAY_NONE && span.from > today)
        return say(why, lang, N_("period in the future"));
    *out = span;
    return true;
}

bool field_calendar(const char *text, size_t n, enum lang lang, struct calendar *out,
                    struct buf *why)
{
    char copy[8] = "";
    if (n < sizeof copy)
        memcpy(copy, text, n);
    return calendar_parse(copy, out) ||
           say(why, lang,
               N_("not a calendar: write the day on which its year starts, 01-01 or 12-15"));
}

/* ---- closed lists ---- */

static void say_list(const struct lists *l, const char *list, enum lang lang, struct buf *why)
{
    size_t count;
    const struct list_item *items = lists_items(l, list, &count);
    buf_addf(why, tr(lang, "not in the list of %s; listed:"), list);
    for (size_t i = 0; i < count; i++)
        buf_addf(why, "%s %s", i ? "," : "", lang == LANG_VI ? items[i].name_vi : items[i].code);
}

bool field_list(const struct lists *l, const char *list, const char *text, size_t n, enum lang lang,
                int64_t *out, struct buf *why)
{
    int item = lists_find(l, list, text, n);
    if (item >= 0)
        *out = item;
    else
        say_list(l, list, lang, why);
    return item >= 0;
}

struct mask {
    const struct lists *lists;
    const char *list;
    int64_t bits;
};

static bool take_item(void *context, const char *part, size_t n)
{
    struct mask *mask = context;
    int item = lists_find(mask->lists, mask->list, part, n);
    if (item < 0 || item > 62)
        return false;
    mask->bits |= (int64_t)1 << item;
    return true;
}

bool field_lists(const struct lists *l, const char *list, const char *text, size_t n,
                 enum lang lang, int64_t *out, struct buf *why)
{
    struct mask mask = {l, list, 0};
    bool ok = field_split(text, n, ";+,", take_item, &mask) && mask.bits;
    if (ok)
        *out = mask.bits;
    else
        say_list(l, list, lang, why);
    return ok;
}

/* The longest part from `at` on that is taken; NULL where none is. */
static const char *take_longest(const char *at, const char *end, const char *separators,
                                bool (*take)(void *, const char *, size_t), void *context)
{
    for (const char *stop = end; stop > at;) {
        const char *part = at;
        size_t n = (size_t)(stop - at);
        if (!field_trim(&part, &n) || take(context, part, n))
            return stop;
        do
            stop--;
        while (stop > at && !strchr(separators, *stop));
    }
    return NULL;
}

bool field_split(const char *text, size_t n, const char *separators,
                 bool (*take)(void *context, const char *part, size_t n), void *context)
{
    enum { SPLIT_MAX = 2000 }; /* the joinings tried grow with the square of the parts */
    const char *end = text + n;
    while (n <= SPLIT_MAX && text && text < end)
        text = strchr(separators, *text) ? text + 1
                                         : take_longest(text, end, separators, take, context);
    return text == end;
}

/* ---- texts ---- */

static bool is_code_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '/' || c == '-';
}

static bool is_code(const char *text, size_t n, char also, size_t most)
{
    for (size_t i = 0; i < n; i++)
        if (!is_code_byte(text[i]) && text[i] != also)
            return false;
    return n >= 1 && n <= most;
}

bool field_case_id(const char *text, size_t n, enum lang lang, struct buf *why)
{
    return is_code(text, n, '-', 40) || say(why, lang,
                                            N_("not a case id: letters, digits and / . _ -, at "
                                               "most 40; or load with --hash-ids"));
}

bool field_code(const char *text, size_t n, enum lang lang, struct buf *why)
{
    enum { CODE_BYTES = 80 }; /* a category's code may spell out its ancestors */
    return is_code(text, n, '?', CODE_BYTES) ||
           say(why, lang, N_("not a code: letters, digits and . _ / -, at most 80"));
}

bool field_name(const char *text, size_t n, enum lang lang, struct buf *nfc, struct buf *why)
{
    enum { NAME_BYTES = 500 };
    if (!text_nfc(text, n, nfc))
        return say(why, lang, N_("not readable text"));
    return nfc->len <= NAME_BYTES || say(why, lang, N_("longer than 500 bytes"));
}
