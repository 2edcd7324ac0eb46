/* JSON (RFC 8259), one row a line: readable by a line tool as well as by a parser. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/num.h"
#include "report/show.h"
#include "report/show_parts.h"

static void add_escape(struct buf *b, char c)
{
    static const char from[] = "\"\\\n\t\r\b\f", to[] = "\"\\ntrbf";
    const char *found = strchr(from, c);
    if (found)
        buf_addf(b, "\\%c", to[found - from]);
    else
        buf_addf(b, "\\u%04x", (unsigned)c);
}

/* UTF-8 passes as it is; only quotes, backslashes and control characters are escaped. */
static void add_string(struct buf *b, const char *text)
{
    buf_addc(b, '"');
    const char *done = text;
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_add(b, done, (size_t)(text - done));
        add_escape(b, *text);
        done = text + 1;
    }
    buf_add(b, done, (size_t)(text - done));
    buf_addc(b, '"');
}

static void add_key(struct buf *b, const char *key)
{
    add_string(b, key);
    buf_addc(b, ':');
}

static void add_text_or_null(struct buf *b, const char *text)
{
    if (text)
        add_string(b, text);
    else
        buf_adds(b, "null");
}

static size_t prov_find(const struct result *r, const char *key, size_t from)
{
    while (from < r->prov_count && strcmp(r->provs[from].key, key))
        from++;
    return from;
}

/* A key given several times (one source a file) becomes one key with an array. */
static void add_prov(struct buf *b, const struct result *r, size_t i)
{
    const char *key = r->provs[i].key;
    size_t next = prov_find(r, key, i + 1);
    bool several = next < r->prov_count;
    add_key(b, key);
    if (several)
        buf_addc(b, '[');
    add_string(b, r->provs[i].value);
    for (; next < r->prov_count; next = prov_find(r, key, next + 1)) {
        buf_addc(b, ',');
        add_string(b, r->provs[next].value);
    }
    if (several)
        buf_addc(b, ']');
}

static void add_provs(struct buf *b, const struct result *r)
{
    add_key(b, "provenance");
    buf_addc(b, '{');
    for (size_t i = 0; i < r->prov_count; i++) {
        if (prov_find(r, r->provs[i].key, 0) < i)
            continue;
        if (i)
            buf_addc(b, ',');
        add_prov(b, r, i);
    }
    buf_addc(b, '}');
}

static void add_footers(struct buf *b, const struct result *r)
{
    add_key(b, "footers");
    buf_addc(b, '[');
    for (size_t i = 0; i < r->footer_count; i++) {
        if (i)
            buf_addc(b, ',');
        add_string(b, r->footers[i]);
    }
    buf_addc(b, ']');
}

/* Everything but the rows, without the closing brace. */
static void add_head(struct buf *b, const struct result *r)
{
    buf_addc(b, '{');
    add_provs(b, r);
    buf_adds(b, ",\n\"command\":");
    add_text_or_null(b, r->command);
    buf_addf(b, ",\n\"language\":\"%s\"", r->lang == LANG_VI ? "vi" : "en");
    buf_addf(b, ",\n\"synthetic\":%s", r->synthetic ? "true" : "false");
    buf_adds(b, ",\n\"title\":");
    add_text_or_null(b, r->title);
    buf_adds(b, ",\n");
    add_footers(b, r);
}

static void add_cell(struct buf *b, const struct cell *cell)
{
    if (cell->type == CELL_INT)
        buf_addf(b, "%" PRId64, cell->as.i);
    else if (cell->type == CELL_REAL && isfinite(cell->as.x))
        num_add_machine(b, cell->as.x);
    else if (cell->type == CELL_TEXT)
        add_string(b, cell->as.s);
    else
        buf_adds(b, "null");
}

static void add_row(struct buf *b, const struct result *r, size_t row)
{
    buf_addc(b, '{');
    for (size_t i = 0; i < r->column_count; i++) {
        if (i)
            buf_addc(b, ',');
        add_key(b, r->columns[i].name);
        add_cell(b, &r->cells[row * r->column_count + i]);
    }
    buf_addc(b, '}');
}

bool show_meta(const struct result *r, struct buf *b)
{
    add_head(b, r);
    buf_adds(b, "}\n");
    return !b->failed;
}

bool show_json(const struct result *r, struct buf *b)
{
    add_head(b, r);
    buf_adds(b, ",\n\"rows\":[");
    for (size_t row = 0; row < r->row_count; row++) {
        buf_adds(b, row ? ",\n" : "\n");
        add_row(b, r, row);
    }
    buf_adds(b, r->row_count ? "\n]}\n" : "]}\n");
    return !b->failed;
}
