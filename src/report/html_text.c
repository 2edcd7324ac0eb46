/* Text into HTML, and the numbers of headings. */
#include "report/html.h"

#include <string.h>

#include "report/official.h"
#include "report/package.h"

static void add_escaped(struct html *h, const char *text, const char *line_break)
{
    struct buf escaped = {0};
    package_escape(&escaped, text);
    for (const char *p = buf_text(&escaped); *p; p++) {
        if (*p == '\n')
            buf_adds(h->b, line_break);
        else
            buf_addc(h->b, *p);
    }
    h->b->failed |= escaped.failed;
    buf_free(&escaped);
}

void html_text(struct html *h, const char *text)
{
    add_escaped(h, text, "<br>");
}

void html_attribute(struct html *h, const char *text)
{
    add_escaped(h, text, " ");
}

void html_runs(struct html *h, const struct doc_block *block)
{
    for (size_t i = 0; i < block->run_count; i++) {
        const struct doc_run *run = &block->runs[i];
        buf_adds(h->b, run->bold ? "<b>" : "");
        buf_adds(h->b, run->italic ? "<i>" : "");
        html_text(h, run->text);
        buf_adds(h->b, run->italic ? "</i>" : "");
        buf_adds(h->b, run->bold ? "</b>" : "");
    }
}

void html_base64(struct html *h, const struct buf *bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes->len; i += 3) {
        size_t n = bytes->len - i < 3 ? bytes->len - i : 3;
        unsigned char three[3] = {0};
        memcpy(three, bytes->data + i, n);
        unsigned bits = (unsigned)three[0] << 16 | (unsigned)three[1] << 8 | three[2];
        char four[4];
        for (size_t k = 0; k < 4; k++)
            four[k] = k <= n ? digits[bits >> (18 - 6 * k) & 63] : '=';
        buf_add(h->b, four, sizeof four);
    }
}

void html_made(struct html *h, struct buf *text)
{
    h->b->failed |= text->failed;
    html_text(h, buf_text(text));
    buf_clear(text);
}

void html_heading_number(struct html *h, struct html_numbers *n, int level)
{
    if (h->d->form == DOC_SLIDES)
        return;
    int number = ++n->at[level - 1];
    for (int below = level; below < 3; below++)
        n->at[below] = 0;
    official_heading_number(h->b, level, number);
}
