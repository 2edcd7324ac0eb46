#include "report/pptx.h"

#include <stdio.h>
#include <stdlib.h>

#include "report/package.h"
#include "report/writers.h"

/* ---- blocks into slides ---- */

static bool opens_slide(const struct doc_block *b)
{
    return b->type == DOC_COVER || (b->type == DOC_HEADING && b->level == 1);
}

static size_t slide_end(const struct doc *d, size_t at)
{
    while (at < d->block_count && !opens_slide(d->blocks[at]))
        at++;
    return at;
}

static bool shows_any(const struct doc *d, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (pptx_is_shown(d->blocks[i]))
            return true;
    return false;
}

/* The cover takes the paragraphs that follow it: the note that data are simulated. */
static size_t add_cover(struct pptx_deck *deck, size_t at)
{
    const struct doc *d = deck->doc;
    size_t end = at + 1;
    while (end < d->block_count && d->blocks[end]->type == DOC_PARAGRAPH)
        end++;
    pptx_cover(deck, at, end);
    return end;
}

/* What no heading stands above has the subject as its title. */
static size_t add_slide(struct pptx_deck *deck, size_t at)
{
    const struct doc *d = deck->doc;
    bool headed = opens_slide(d->blocks[at]);
    size_t first = headed ? at + 1 : at, end = slide_end(d, first);
    struct buf title = {0};
    if (headed)
        doc_block_text(d->blocks[at], &title);
    else
        buf_adds(&title, d->subject ? d->subject : "");
    if (headed || shows_any(d, first, end))
        pptx_slides(deck, buf_text(&title), first, end);
    deck->failed |= title.failed;
    buf_free(&title);
    return end;
}

static void add_slides(struct pptx_deck *deck)
{
    const struct doc *d = deck->doc;
    for (size_t at = 0; at < d->block_count;)
        at = d->blocks[at]->type == DOC_COVER ? add_cover(deck, at) : add_slide(deck, at);
}

/* ---- parts into the file ---- */

#define KIND "application/vnd.openxmlformats-officedocument."

static void add_types(struct package *p, size_t slides)
{
    static const char *const fixed[][2] = {
        {"ppt/presentation.xml", KIND "presentationml.presentation.main+xml"},
        {"ppt/theme/theme1.xml", KIND "theme+xml"},
        {"ppt/slideMasters/slideMaster1.xml", KIND "presentationml.slideMaster+xml"},
        {"ppt/slideLayouts/slideLayout1.xml", KIND "presentationml.slideLayout+xml"},
        {"ppt/slideLayouts/slideLayout2.xml", KIND "presentationml.slideLayout+xml"},
        {"docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"}};
    struct buf b = {0};
    buf_adds(&b, PPTX_XML
             "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
             "<Default Extension=\"rels\" "
             "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
             "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
             "<Default Extension=\"png\" ContentType=\"image/png\"/>"
             "<Default Extension=\"svg\" ContentType=\"image/svg+xml\"/>");
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        buf_addf(&b, "<Override PartName=\"/%s\" ContentType=\"%s\"/>", fixed[i][0], fixed[i][1]);
    for (size_t i = 1; i <= slides; i++)
        buf_addf(&b,
                 "<Override PartName=\"/ppt/slides/slide%zu.xml\" ContentType=\"" KIND
                 "presentationml.slide+xml\"/>",
                 i);
    buf_adds(&b, "</Types>");
    package_add_made(p, "[Content_Types].xml", &b);
    buf_free(&b);
}

/* One relationship: of the file, or of the presentation. */
static void add_relation(struct buf *b, const char *id, const char *type, const char *target)
{
    buf_addf(b, "<Relationship Id=\"%s\" Type=\"%s\" Target=\"%s\"/>", id, type, target);
}

static void add_file_relations(struct package *p)
{
    struct buf b = {0};
    buf_adds(&b, PPTX_RELS_OPEN);
    add_relation(&b, "rId1", PPTX_OFFICE "/officeDocument", "ppt/presentation.xml");
    add_relation(&b, "rId2",
                 "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
                 "core-properties",
                 "docProps/core.xml");
    buf_adds(&b, "</Relationships>");
    package_add_made(p, "_rels/.rels", &b);
    buf_free(&b);
}

static void add_presentation(struct package *p, const struct pptx_deck *deck)
{
    struct buf b = {0};
    buf_adds(&b, PPTX_XML "<p:presentation" PPTX_SPACES ">"
                          "<p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rIdM\"/>"
                          "</p:sldMasterIdLst>");
    buf_adds(&b, deck->slide_count ? "<p:sldIdLst>" : "");
    for (size_t i = 1; i <= deck->slide_count; i++)
        buf_addf(&b, "<p:sldId id=\"%zu\" r:id=\"rId%zu\"/>", 255 + i, i);
    buf_adds(&b, deck->slide_count ? "</p:sldIdLst>" : "");
    buf_adds(&b, "<p:sldSz cx=\"12192000\" cy=\"6858000\"/>"
                 "<p:notesSz cx=\"6858000\" cy=\"9144000\"/>");
    buf_addf(&b,
             "<p:defaultTextStyle><a:lvl1pPr marL=\"0\" indent=\"0\" algn=\"l\"><a:buNone/>"
             "<a:defRPr lang=\"%s\" sz=\"2000\"><a:solidFill><a:schemeClr val=\"tx1\"/>"
             "</a:solidFill><a:latin typeface=\"+mn-lt\"/></a:defRPr></a:lvl1pPr>"
             "</p:defaultTextStyle></p:presentation>",
             pptx_language(deck->doc->lang));
    package_add_made(p, "ppt/presentation.xml", &b);
    buf_adds(&b, PPTX_RELS_OPEN);
    add_relation(&b, "rIdM", PPTX_OFFICE "/slideMaster", "slideMasters/slideMaster1.xml");
    add_relation(&b, "rIdT", PPTX_OFFICE "/theme", "theme/theme1.xml");
    for (size_t i = 1; i <= deck->slide_count; i++)
        buf_addf(&b,
                 "<Relationship Id=\"rId%zu\" Type=\"" PPTX_OFFICE
                 "/slide\" Target=\"slides/slide%zu.xml\"/>",
                 i, i);
    buf_adds(&b, "</Relationships>");
    package_add_made(p, "ppt/_rels/presentation.xml.rels", &b);
    buf_free(&b);
}

static void add_slide_parts(struct package *p, struct pptx_deck *deck)
{
    char name[64];
    for (size_t i = 0; i < deck->slide_count; i++) {
        snprintf(name, sizeof name, "ppt/slides/slide%zu.xml", i + 1);
        package_add_made(p, name, &deck->slides[i].xml);
        snprintf(name, sizeof name, "ppt/slides/_rels/slide%zu.xml.rels", i + 1);
        package_add_made(p, name, &deck->slides[i].rels);
    }
}

/* The PNG is left out where no slide names it. */
static void add_pictures(struct package *p, const struct pptx_deck *deck)
{
    char name[64];
    for (size_t i = 0; i < deck->doc->block_count; i++) {
        const struct doc_figure *f = deck->doc->blocks[i]->figure;
        if (!f)
            continue;
        snprintf(name, sizeof name, "ppt/media/image%d.png", f->number);
        if (!deck->svg_first)
            package_add(p, name, buf_text(&f->png), f->png.len);
        snprintf(name, sizeof name, "ppt/media/image%d.svg", f->number);
        package_add(p, name, buf_text(&f->svg), f->svg.len);
    }
}

static bool pack(struct pptx_deck *deck, struct buf *file, struct err *e)
{
    struct package *p = package_new();
    if (!p)
        return err_memory(e);
    add_types(p, deck->slide_count);
    add_file_relations(p);
    package_add_properties(p, deck->doc);
    add_presentation(p, deck);
    pptx_add_fixed(p, deck->doc->lang);
    add_slide_parts(p, deck);
    add_pictures(p, deck);
    bool ok = package_finish(p, file, e);
    package_delete(p);
    return ok;
}

bool pptx_write(const struct doc *d, bool svg_first, struct buf *file, struct err *e)
{
    if (d->failed)
        return err_memory(e);
    struct pptx_deck deck = {.doc = d, .svg_first = svg_first};
    add_slides(&deck);
    bool ok = deck.failed ? err_memory(e) : pack(&deck, file, e);
    for (size_t i = 0; i < deck.slide_count; i++) {
        buf_free(&deck.slides[i].xml);
        buf_free(&deck.slides[i].rels);
    }
    free(deck.slides);
    return ok;
}
