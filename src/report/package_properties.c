#include "report/package.h"

static void add_property(struct buf *b, const char *name, const char *text)
{
    buf_addf(b, "<%s>", name);
    package_escape(b, text);
    buf_addf(b, "</%s>", name);
}

static void add_moment(struct buf *b, const char *name, int64_t at)
{
    int64_t second = at % 86400;
    char on[11];
    day_text((day)(at / 86400), on);
    buf_addf(b, "<dcterms:%s xsi:type=\"dcterms:W3CDTF\">%sT%02d:%02d:%02dZ</dcterms:%s>", name, on,
             (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60), name);
}

void package_add_properties(struct package *p, const struct doc *d)
{
    struct buf b = {0}, title = {0};
    buf_adds(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                 "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/"
                 "metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                 "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
                 "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">");
    buf_adds(&title, d->form == DOC_PAGES && d->kind ? d->kind : "");
    buf_adds(&title, title.len ? " " : "");
    buf_adds(&title, d->subject ? d->subject : "");
    add_property(&b, "dc:title", buf_text(&title));
    add_property(&b, "dc:creator", d->head.body_name ? d->head.body_name : "");
    add_property(&b, "dc:language", d->lang == LANG_VI ? "vi-VN" : "en-GB");
    add_moment(&b, "created", d->created);
    add_moment(&b, "modified", d->created);
    buf_adds(&b, "</cp:coreProperties>");
    b.failed |= title.failed;
    package_add_made(p, "docProps/core.xml", &b);
    buf_free(&title);
    buf_free(&b);
}
