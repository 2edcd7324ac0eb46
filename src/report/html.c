/* The HTML writer: a walk over the blocks. */
#include "report/html.h"

#include "report/official.h"
#include "report/writers.h"

/* ---- what opens and closes around blocks ---- */

static void end_list(struct html *h)
{
    if (h->list)
        buf_adds(h->b, "</ul>\n");
    h->list = false;
}

static void end_section(struct html *h)
{
    end_list(h);
    if (h->section)
        buf_adds(h->b, "</section>\n");
    h->section = false;
}

static void begin_section(struct html *h, const char *classes)
{
    end_section(h);
    buf_addf(h->b, "<section class=\"%s\">\n", classes);
    h->section = true;
}

/* ---- blocks ---- */

/* The page's own heading is <h1>; those of level 1 follow it. */
static void add_heading(struct html *h, const struct doc_block *b)
{
    if (h->d->form == DOC_SLIDES && b->level == 1)
        begin_section(h, "slide");
    buf_addf(h->b, "<h%d id=\"s%d\">", b->level + 1, ++h->anchors);
    html_heading_number(h, &h->numbers, b->level);
    html_runs(h, b);
    buf_addf(h->b, "</h%d>\n", b->level + 1);
}

static void add_bullet(struct html *h, const struct doc_block *b)
{
    if (!h->list)
        buf_adds(h->b, "<ul>\n");
    h->list = true;
    buf_adds(h->b, "<li>");
    html_runs(h, b);
    buf_adds(h->b, "</li>\n");
}

static void add_paragraph(struct html *h, const struct doc_block *b)
{
    static const char *const classes[] = {[DOC_BODY] = "",
                                          [DOC_BULLET] = "",
                                          [DOC_PROMPT] = " class=\"prompt\"",
                                          [DOC_NOTE] = " class=\"note\" role=\"note\"",
                                          [DOC_SOURCE] = " class=\"source\"",
                                          [DOC_LAST] = " class=\"last\""};
    if (b->role == DOC_BULLET) {
        add_bullet(h, b);
        return;
    }
    buf_addf(h->b, "<p%s>", classes[b->role]);
    html_runs(h, b);
    buf_adds(h->b, "</p>\n");
}

/* Its size in the 96ths of an inch that HTML counts in, so that the page does not jump while the
 * pictures are read. */
static void add_figure(struct html *h, const struct doc_figure *f)
{
    buf_addf(h->b, "<figure>\n<div class=\"wide\"><img width=\"%.0f\" height=\"%.0f\" alt=\"",
             f->plot.width_mm / 25.4 * 96, f->plot.height_mm / 25.4 * 96);
    html_attribute(h, f->alt);
    buf_adds(h->b, "\" src=\"data:image/svg+xml;base64,");
    html_base64(h, &f->svg);
    buf_adds(h->b, "\"></div>\n<figcaption>");
    if (h->d->form == DOC_PAGES) {
        html_text(h, tr(h->d->lang, "Figure"));
        buf_addf(h->b, "&nbsp;%d. ", f->number);
    }
    html_text(h, f->caption);
    buf_adds(h->b, "</figcaption>\n</figure>\n");
}

static void add_appendix(struct html *h, const struct doc_block *b)
{
    struct buf text = {0};
    begin_section(h, b->landscape ? "appendix landscape" : "appendix");
    h->numbers = (struct html_numbers){0};
    buf_addf(h->b, "<h2 id=\"s%d\">", ++h->anchors);
    official_appendix(&text, h->d, b->number);
    html_made(h, &text);
    buf_adds(h->b, "<br><span class=\"upper\">");
    html_runs(h, b);
    buf_adds(h->b, "</span></h2>\n<p class=\"attached\">");
    official_attached(&text, h->d);
    html_made(h, &text);
    buf_adds(h->b, "</p>\n");
    buf_free(&text);
}

static void add_cover(struct html *h, const struct doc_block *b)
{
    begin_section(h, "slide cover");
    buf_adds(h->b, "<h1>");
    html_text(h, h->d->subject ? h->d->subject : "");
    buf_adds(h->b, "</h1>\n<p>");
    html_runs(h, b);
    buf_adds(h->b, "</p>\n");
}

static void add_block(struct html *h, const struct doc_block *b)
{
    if (b->type != DOC_PARAGRAPH || b->role != DOC_BULLET)
        end_list(h);
    switch (b->type) {
    case DOC_LETTERHEAD:
        html_letterhead(h);
        break;
    case DOC_COVER:
        add_cover(h, b);
        break;
    case DOC_HEADING:
        add_heading(h, b);
        break;
    case DOC_PARAGRAPH:
        add_paragraph(h, b);
        break;
    case DOC_TABLE:
        html_table(h, b->table);
        break;
    case DOC_FIGURE:
        add_figure(h, b->figure);
        break;
    case DOC_APPENDIX:
        add_appendix(h, b);
        break;
    case DOC_CLOSING:
        html_closing(h);
        break;
    }
}

/* ---- the page ---- */

/* A line of the contents: where it is an appendix, its number and title. */
static void add_link(struct html *h, const struct doc_block *b, struct html_numbers *numbers,
                     int anchor)
{
    bool appendix = b->type == DOC_APPENDIX;
    struct buf text = {0};
    buf_addf(h->b, "<li class=\"level%d\"><a href=\"#s%d\">", appendix ? 1 : b->level, anchor);
    if (appendix) {
        official_appendix(&text, h->d, b->number);
        buf_adds(&text, ". ");
    } else {
        html_heading_number(h, numbers, b->level);
    }
    doc_block_text(b, &text);
    html_made(h, &text);
    buf_adds(h->b, "</a></li>\n");
    buf_free(&text);
}

/* Headings of level 1 and 2 and the appendices, each with a link to it. */
static void add_contents(struct html *h)
{
    struct html_numbers numbers = {0};
    int anchor = 0;
    buf_adds(h->b, "<nav aria-labelledby=\"contents\">\n<p id=\"contents\">");
    html_text(h, tr(h->d->lang, "Contents"));
    buf_adds(h->b, "</p>\n<ul>\n");
    bool inside = false; /* an appendix: its headings are not listed */
    for (size_t i = 0; i < h->d->block_count; i++) {
        const struct doc_block *b = h->d->blocks[i];
        inside |= b->type == DOC_APPENDIX;
        if (b->type != DOC_HEADING && b->type != DOC_APPENDIX)
            continue;
        anchor++;
        if (b->type == DOC_APPENDIX || (!inside && b->level <= 2))
            add_link(h, b, &numbers, anchor);
    }
    buf_adds(h->b, "</ul>\n</nav>\n");
}

static void add_head(struct html *h)
{
    const struct doc *d = h->d;
    buf_addf(h->b, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
             d->lang == LANG_VI ? "vi" : "en");
    buf_adds(h->b, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                   "style-src 'unsafe-inline'; img-src data:\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta name=\"color-scheme\" content=\"light\">\n<title>");
    html_attribute(h, d->kind ? d->kind : "");
    buf_adds(h->b, " ");
    html_attribute(h, d->subject ? d->subject : "");
    buf_adds(h->b, "</title>\n<style>\n");
    html_style(h);
    buf_addf(h->b, "</style>\n</head>\n<body class=\"%s\">\n",
             d->form == DOC_SLIDES ? "slides" : "pages");
}

bool html_write(const struct doc *d, struct buf *file, struct err *e)
{
    struct buf page = {0};
    struct html h = {.d = d, .b = &page};
    add_head(&h);
    add_contents(&h);
    buf_adds(&page, "<main>\n");
    for (size_t i = 0; i < d->block_count; i++)
        add_block(&h, d->blocks[i]);
    end_section(&h);
    buf_adds(&page, "</main>\n</body>\n</html>\n");
    if (!d->failed && !page.failed)
        buf_add(file, page.data, page.len);
    bool ok = !d->failed && !page.failed && !file->failed;
    buf_free(&page);
    return ok || err_memory(e);
}
