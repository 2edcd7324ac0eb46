/* What official form puts at the head and at the end. */
#include "report/html.h"
#include "report/official.h"

/* Nothing for "". */
static void add_line(struct html *h, const char *class, const char *text)
{
    if (!*text)
        return;
    buf_addf(h->b, "<p class=\"%s\">", class);
    html_text(h, text);
    buf_adds(h->b, "</p>\n");
}

static void add_made(struct html *h, const char *class, struct buf *text)
{
    h->b->failed |= text->failed;
    add_line(h, class, buf_text(text));
    buf_clear(text);
}

/* The lines below names are looks, so .ruled of the style draws them. */
void html_letterhead(struct html *h)
{
    const struct doc *d = h->d;
    struct buf text = {0};
    buf_adds(h->b, "<header>\n<div class=\"letterhead\">\n<div>\n");
    add_line(h, "capitals", d->head.superior);
    add_line(h, "capitals strong ruled short", d->head.body);
    official_number(&text, d);
    add_made(h, "number", &text);
    buf_adds(h->b, "</div>\n<div>\n");
    add_line(h, "capitals strong", tr(d->lang, "SOCIALIST REPUBLIC OF VIET NAM"));
    add_line(h, "motto strong ruled", tr(d->lang, "Independence - Freedom - Happiness"));
    official_date(&text, d);
    add_made(h, "date", &text);
    buf_adds(h->b, "</div>\n</div>\n<h1>");
    html_text(h, d->kind);
    buf_adds(h->b, "<br><span class=\"subject\">");
    html_text(h, d->subject);
    buf_adds(h->b, "</span></h1>\n</header>\n");
    buf_free(&text);
}

static void add_recipients(struct html *h)
{
    const char *rest = h->d->head.recipients;
    struct buf text = {0};
    buf_adds(h->b, "<div class=\"recipients\">\n");
    add_line(h, "to", tr(h->d->lang, "Recipients:"));
    buf_adds(h->b, "<ul>\n");
    while (official_recipient(&text, &rest)) {
        buf_adds(h->b, "<li>");
        html_made(h, &text);
        buf_adds(h->b, "</li>\n");
    }
    buf_adds(h->b, "</ul>\n</div>\n");
    buf_free(&text);
}

void html_closing(struct html *h)
{
    const struct letterhead *l = &h->d->head;
    buf_adds(h->b, "<footer class=\"closing\">\n");
    add_recipients(h);
    buf_adds(h->b, "<div class=\"signature\">\n");
    add_line(h, "strong", l->sign_for);
    add_line(h, "strong", l->sign_title);
    buf_adds(h->b, "<div class=\"room\"></div>\n");
    add_line(h, "strong", l->sign_office);
    add_line(h, "strong", l->signer);
    buf_adds(h->b, "</div>\n</footer>\n");
}
