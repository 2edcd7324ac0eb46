#include "ingest/returned.h"

#include <string.h>

#include "base/text.h"
#include "ingest/fields.h"

static const char *const labels[RETURNED_LABELS][2] = {
    [RETURNED_UNIT] = {"Reporting unit", "Đơn vị báo cáo"},
    [RETURNED_PERIOD] = {"Reporting period", "Kỳ báo cáo"},
    [RETURNED_NIL] = {"No case in the period", "Trong kỳ không phát sinh vụ nào"},
};

const char *returned_label(enum returned_label label, enum lang lang)
{
    return labels[label][lang];
}

void returned_free(struct returned *r)
{
    buf_free(&r->unit);
    *r = (struct returned){0};
}

/* ---- labels and values ---- */

static bool has_label(const char *text, size_t n, enum returned_label label)
{
    struct buf said = {0}, key = {0};
    bool found = false;
    for (int lang = 0; lang < 2 && !found; lang++) {
        const char *name = labels[label][lang];
        found = text_key(text, n, &said) && text_key(name, strlen(name), &key) &&
                said.len >= key.len && !memcmp(buf_text(&said), buf_text(&key), key.len);
    }
    buf_free(&said);
    buf_free(&key);
    return found;
}

/* The first cell that is not blank, from `at` on; count where there is none. */
static size_t next_cell(const struct preview_row *line, size_t at, const char **text, size_t *n)
{
    for (; at < line->count; at++) {
        *text = line->cells[at];
        *n = strlen(*text);
        if (field_trim(text, n))
            break;
    }
    return at;
}

/* What stands behind the colon, else in the next cell; *n = 0 where nothing does. */
static void find_value(const struct preview_row *line, size_t at, const char **text, size_t *n)
{
    const char *colon = memchr(*text, ':', *n);
    size_t rest = colon ? (size_t)(*text + *n - colon - 1) : 0;
    const char *behind = colon ? colon + 1 : NULL;
    if (rest && field_trim(&behind, &rest)) {
        *text = behind;
        *n = rest;
    } else if (next_cell(line, at + 1, text, n) == line->count) {
        *n = 0;
    }
}

/* ---- what they mean ---- */

static bool is_date_sign(char c)
{
    return (c >= '0' && c <= '9') || c == '/' || c == '-' || c == '.';
}

/* The next date of the text, *text moved behind it. */
static bool next_date(const char **text, const char *end, day *out)
{
    bool impossible;
    while (*text < end) {
        const char *from = *text;
        while (*text < end && is_date_sign(**text))
            ++*text;
        if (*text > from && day_parse(from, (size_t)(*text - from), out, &impossible))
            return true;
        *text += *text == from;
    }
    return false;
}

static void take_period(struct returned *r, const char *text, size_t n)
{
    struct span span;
    const char *end = text + n;
    if (next_date(&text, end, &span.from) && next_date(&text, end, &span.to) &&
        !span_is_empty(span)) {
        r->span = span;
        r->is_template = true;
    }
}

static void take_nil(struct returned *r, const char *text, size_t n)
{
    struct buf why = {0};
    int64_t ticked = 0;
    r->nil_seen = true;
    r->is_nil = n && field_bool(text, n, LANG_EN, &ticked, &why) && ticked;
    buf_free(&why);
}

static void take_line(struct returned *r, const struct preview_row *line)
{
    const char *text, *said;
    size_t n, said_n;
    size_t at = next_cell(line, 0, &text, &n);
    if (at == line->count)
        return;
    said = text;
    said_n = n;
    find_value(line, at, &text, &n);
    if (has_label(said, said_n, RETURNED_PERIOD)) {
        take_period(r, text, n);
    } else if (has_label(said, said_n, RETURNED_NIL)) {
        take_nil(r, text, n);
    } else if (has_label(said, said_n, RETURNED_UNIT)) {
        buf_clear(&r->unit);
        buf_add(&r->unit, text, n);
    }
}

bool returned_look(struct returned *r, const struct preview *p, size_t rows)
{
    for (size_t i = 0; i < rows; i++)
        take_line(r, &p->rows[i]);
    r->is_template = r->is_template && r->nil_seen;
    return !r->unit.failed;
}
