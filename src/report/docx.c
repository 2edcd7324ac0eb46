#include "report/docx.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "report/package.h"
#include "report/record.h"
#include "report/writers.h"

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define WORD_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define RECORD_PROPERTIES "customXml/itemProps1.xml"
#define RELATIONS DOCX_XML "<Relationships xmlns=\"" PACKAGE "relationships\">"
#define RELATION(id, type, target)                                                                 \
    "<Relationship Id=\"" id "\" Type=\"" type "\" Target=\"" target "\"/>"
#define PART(name, type) "<Override PartName=\"/" name "\" ContentType=\"" type "+xml\"/>"

static const char content_types[] = DOCX_XML
    "<Types xmlns=\"" PACKAGE "content-types\">"
    "<Default Extension=\"rels\" "
    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Default Extension=\"png\" ContentType=\"image/png\"/>"
    "<Default Extension=\"svg\" ContentType=\"image/svg+xml\"/>" PART(
        "word/document.xml", WORD_TYPE "document.main") PART("word/styles.xml", WORD_TYPE "styles")
        PART("word/numbering.xml", WORD_TYPE "numbering") PART(
            "word/settings.xml", WORD_TYPE "settings") PART("word/header1.xml", WORD_TYPE "header")
            PART("word/header2.xml", WORD_TYPE "header")
                PART(RECORD_PROPERTIES,
                     "application/vnd.openxmlformats-officedocument.customXmlProperties")
                    PART("docProps/core.xml",
                         "application/vnd.openxmlformats-package.core-properties") "</Types>";

static const char root_relations[] =
    RELATIONS RELATION("rId1", OFFICE "officeDocument", "word/document.xml")
        RELATION("rId2", PACKAGE "relationships/metadata/core-properties",
                 "docProps/core.xml") "</Relationships>";

static const char fixed_relations[] = RELATIONS RELATION("rIdSt", OFFICE "styles", "styles.xml")
    RELATION("rIdNu", OFFICE "numbering", "numbering.xml")
        RELATION("rIdSe", OFFICE "settings", "settings.xml")
            RELATION("rIdH1", OFFICE "header", "header1.xml")
                RELATION("rIdH2", OFFICE "header", "header2.xml")
                    RELATION("rIdRe", OFFICE "customXml", "../" RECORD_PART);

/* What names the part to Office, which keeps it then. */
static const char record_relations[] =
    RELATIONS RELATION("rId1", OFFICE "customXmlProps", "itemProps1.xml") "</Relationships>";

static const char record_properties[] =
    DOCX_XML "<ds:datastoreItem ds:itemID=\"{A3D96BA0-5C0E-4B7E-9A55-6B656F676961}\" "
             "xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\">"
             "<ds:schemaRefs><ds:schemaRef ds:uri=\"" RECORD_NAMESPACE "\"/></ds:schemaRefs>"
             "</ds:datastoreItem>";

static void relations(struct buf *part, const struct doc *d, bool svg_first)
{
    buf_adds(part, fixed_relations);
    for (int i = 1; i <= d->figures; i++) {
        if (!svg_first)
            buf_addf(part, RELATION("rIdP%d", OFFICE "image", "media/figure%d.png"), i, i);
        buf_addf(part, RELATION("rIdS%d", OFFICE "image", "media/figure%d.svg"), i, i);
    }
    buf_adds(part, "</Relationships>");
}

static void add_text(struct package *p, const char *name, const char *text)
{
    package_add(p, name, text, strlen(text));
}

static void add_pictures(struct package *p, const struct doc *d, bool svg_first)
{
    for (size_t i = 0; i < d->block_count; i++) {
        const struct doc_figure *f = d->blocks[i]->figure;
        char name[48];
        if (!f)
            continue;
        snprintf(name, sizeof name, "word/media/figure%d.png", f->number);
        if (!svg_first)
            package_add(p, name, buf_text(&f->png), f->png.len);
        snprintf(name, sizeof name, "word/media/figure%d.svg", f->number);
        package_add(p, name, buf_text(&f->svg), f->svg.len);
    }
}

/* What the program says in the document: the next edition must know (keep.h). Appends the part. */
static bool make_record(const struct doc *d, const struct buf *document, struct buf *part,
                        struct err *e)
{
    struct record r = {.of = d->of};
    bool ok = (!document->failed || err_memory(e)) && record_read_written(&r, document, e);
    if (ok)
        record_write(&r, part);
    record_free(&r);
    return ok;
}

static void add_record(struct package *p, struct buf *record)
{
    package_add_made(p, RECORD_PART, record);
    add_text(p, RECORD_PROPERTIES, record_properties);
    add_text(p, "customXml/_rels/item1.xml.rels", record_relations);
}

static void add_parts(struct package *p, const struct doc *d, struct buf *document, bool svg_first)
{
    struct buf part = {0};
    add_text(p, "[Content_Types].xml", content_types);
    add_text(p, "_rels/.rels", root_relations);
    package_add_made(p, "word/document.xml", document);
    relations(&part, d, svg_first);
    package_add_made(p, "word/_rels/document.xml.rels", &part);
    docx_styles(&part, d);
    package_add_made(p, "word/styles.xml", &part);
    docx_numbering(&part, d->appendices);
    package_add_made(p, "word/numbering.xml", &part);
    docx_settings(&part, d->lang);
    package_add_made(p, "word/settings.xml", &part);
    docx_header(&part, true);
    package_add_made(p, "word/header1.xml", &part);
    docx_header(&part, false);
    package_add_made(p, "word/header2.xml", &part);
    package_add_properties(p, d);
    add_pictures(p, d, svg_first);
    buf_free(&part);
}

bool docx_write(const struct doc *d, bool svg_first, struct buf *file, struct err *e)
{
    struct docx x = {.d = d, .svg_first = svg_first};
    struct buf record = {0};
    struct package *p = d->failed ? NULL : package_new();
    if (!p)
        return err_memory(e);
    docx_document(&x);
    bool ok = make_record(d, &x.xml, &record, e);
    if (ok) {
        add_parts(p, d, &x.xml, svg_first);
        add_record(p, &record);
        ok = package_finish(p, file, e);
    }
    package_delete(p);
    buf_free(&record);
    buf_free(&x.xml);
    return ok;
}
