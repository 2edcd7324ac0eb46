/* xml_scan.c: tags by their place in the bytes, for edits that leave every other byte alone. */
#include <string.h>

#include "report/form_parts.h"

static size_t find(const struct buf *part, size_t at, const char *what)
{
    size_t n = strlen(what);
    for (; at + n <= part->len; at++)
        if (!memcmp(part->data + at, what, n))
            return at + n;
    return part->len;
}

static bool begins(const struct buf *part, size_t at, const char *what)
{
    size_t n = strlen(what);
    return at + n <= part->len && !memcmp(part->data + at, what, n);
}

/* Behind the > that closes the tag: one inside quotes does not. */
static size_t tag_end(const struct buf *part, size_t at)
{
    char quote = '\0';
    for (; at < part->len; at++) {
        char c = part->data[at];
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return at + 1;
    }
    return part->len;
}

static void name_tag(const struct buf *part, struct xml_tag *tag)
{
    size_t at = tag->from + 1 + tag->is_end, start = at;
    tag->name = at;
    for (; at < tag->to && !strchr(" \t\r\n/>", part->data[at]); at++)
        if (part->data[at] == ':')
            tag->name = at + 1;
    tag->prefix_n = tag->name - start;
    tag->name_n = at - tag->name;
}

bool xml_next(const struct buf *part, size_t *at, struct xml_tag *tag)
{
    while (*at < part->len) {
        const char *open = memchr(part->data + *at, '<', part->len - *at);
        if (!open)
            return false;
        size_t from = (size_t)(open - part->data);
        if (begins(part, from, "<!--"))
            *at = find(part, from, "-->");
        else if (begins(part, from, "<![CDATA["))
            *at = find(part, from, "]]>");
        else if (begins(part, from, "<?"))
            *at = find(part, from, "?>");
        else {
            *at = tag_end(part, from);
            *tag = (struct xml_tag){.from = from,
                                    .to = *at,
                                    .is_end = begins(part, from, "</"),
                                    .is_empty = *at >= 2 && part->data[*at - 2] == '/'};
            name_tag(part, tag);
            return true;
        }
    }
    return false;
}

bool xml_is(const struct buf *part, const struct xml_tag *tag, const char *name)
{
    return strlen(name) == tag->name_n && !memcmp(part->data + tag->name, name, tag->name_n);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool xml_attribute(const struct buf *part, const struct xml_tag *tag, const char *name,
                   size_t *start, size_t *from, size_t *to)
{
    size_t n = strlen(name), at = tag->name + tag->name_n;
    while (at < tag->to) {
        while (at < tag->to && is_blank(part->data[at]))
            at++;
        *start = at;
        while (at < tag->to && !strchr("= \t\r\n/>", part->data[at]))
            at++;
        bool same = at - *start == n && !memcmp(part->data + *start, name, n);
        while (at < tag->to && part->data[at] != '"' && part->data[at] != '\'')
            at++;
        if (at == tag->to)
            break;
        char quote = part->data[at];
        *from = ++at;
        while (at < tag->to && part->data[at] != quote)
            at++;
        *to = at++;
        if (same)
            return true;
    }
    return false;
}
