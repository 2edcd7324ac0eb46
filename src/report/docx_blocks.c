#include "report/docx.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/package.h"
#include "report/record.h"

/* ---- paragraphs ---- */

static const char *const role_styles[] = {
    [DOC_BODY] = "BodyText", [DOC_BULLET] = "ListBullet", [DOC_PROMPT] = "BodyText",
    [DOC_NOTE] = "Note",     [DOC_SOURCE] = "Source",     [DOC_LAST] = "BodyText"};

static const char *look_of(const struct doc_run *r)
{
    if (r->bold)
        return r->italic ? "IntenseEmphasis" : "Strong";
    return r->italic ? "Emphasis" : NULL;
}

static bool is_prompt(const struct doc_block *b)
{
    return b->type == DOC_PARAGRAPH && b->role == DOC_PROMPT;
}

/* A prompt's grey is its runs': what is typed over it is a paragraph like others. */
static void runs(struct docx *x, const struct doc_block *b)
{
    for (size_t i = 0; i < b->run_count; i++)
        docx_run(x, b->runs[i].text, is_prompt(b) ? "PlaceholderText" : look_of(&b->runs[i]));
}

/* "… như sau:" stays with what it announces. */
static bool announces(const struct doc_block *b)
{
    const char *last = b->run_count ? b->runs[b->run_count - 1].text : "";
    size_t n = strlen(last);
    return n && last[n - 1] == ':';
}

static void paragraph(struct docx *x, const struct doc_block *b)
{
    const char *keep = b->role == DOC_LAST ? "<w:keepNext/><w:keepLines/>"
                       : announces(b)      ? "<w:keepNext/>"
                                           : "";
    docx_open(x, role_styles[b->role], keep);
    runs(x, b);
    docx_close(x);
}

/* Headings of an appendix are numbered for themselves. */
static void heading(struct docx *x, const struct doc_block *b)
{
    char style[16], number[80] = "";
    snprintf(style, sizeof style, "Heading%d", b->level);
    if (x->appendix)
        snprintf(number, sizeof number,
                 "<w:numPr><w:ilvl w:val=\"%d\"/><w:numId w:val=\"%d\"/></w:numPr>", b->level - 1,
                 x->appendix + 2);
    docx_open(x, style, number);
    runs(x, b);
    docx_close(x);
}

/* ---- fields for own text ---- */

static bool is_own(const struct doc_block *b)
{
    return b->is_own || is_prompt(b);
}

/* A content control around what is the analyst's: its mark, by which record.h knows it again. Of
 * the kind that holds a document's part: any other LibreOffice 7.4 makes an input field of its
 * first paragraph, in which bold is lost and deletions come back. */
static void open_own(struct docx *x, const struct doc_block *b)
{
    if (x->own || x->svg_first || !is_own(b))
        return;
    x->own = ++x->own_count;
    buf_addf(&x->xml,
             "<w:sdt><w:sdtPr><w:alias w:val=\"%s\"/><w:tag w:val=\"" RECORD_TAG "\"/>"
             "<w:id w:val=\"%d\"/>%s<w:docPartObj><w:docPartGallery w:val=\"Quick Parts\"/>"
             "</w:docPartObj></w:sdtPr><w:sdtContent>",
             record_title(x->d->lang), x->own, is_prompt(b) ? "<w:showingPlcHdr/>" : "");
}

/* Prompts and what was typed are fields of their own each. */
static void close_own(struct docx *x, const struct doc_block *b)
{
    const struct doc_block *next = x->at + 1 < x->d->block_count ? x->d->blocks[x->at + 1] : NULL;
    if (!x->own || (next && is_own(next) && is_prompt(next) == is_prompt(b)))
        return;
    x->own = 0;
    buf_adds(&x->xml, "</w:sdtContent></w:sdt>");
}

/* ---- figures ---- */

static const double most_portrait_mm = 230, most_landscape_mm = 140;

#define SVG_TWIN                                                                                   \
    "<a:extLst><a:ext uri=\"{96DAC541-7B7A-43D3-8B79-37D633B846F1}\"><asvg:svgBlip "               \
    "xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" "                    \
    "r:embed=\"rIdS%d\"/></a:ext></a:extLst>"

static void blip(struct docx *x, int number)
{
    buf_addf(&x->xml, "<a:blip r:embed=\"rId%c%d\">", x->svg_first ? 'S' : 'P', number);
    if (!x->svg_first)
        buf_addf(&x->xml, SVG_TWIN, number);
    buf_adds(&x->xml, "</a:blip>");
}

/* id and name of the picture, and what it shows. */
static void picture_name(struct docx *x, const char *element, const struct doc_figure *f)
{
    buf_addf(&x->xml, "<%s id=\"%d\" name=\"%s %d\" descr=\"", element, f->number,
             tr(x->d->lang, "Figure"), f->number);
    package_escape(&x->xml, f->alt);
    buf_adds(&x->xml, "\"/>");
}

static void picture(struct docx *x, const struct doc_figure *f, long width, long height)
{
    buf_addf(&x->xml,
             "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">"
             "<wp:extent cx=\"%ld\" cy=\"%ld\"/>",
             width, height);
    picture_name(x, "wp:docPr", f);
    buf_adds(&x->xml, "<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/>"
                      "</wp:cNvGraphicFramePr><a:graphic><a:graphicData "
                      "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>"
                      "<pic:nvPicPr>");
    picture_name(x, "pic:cNvPr", f);
    buf_adds(&x->xml, "<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>");
    blip(x, f->number);
    buf_addf(&x->xml,
             "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
             "<a:off x=\"0\" y=\"0\"/><a:ext cx=\"%ld\" cy=\"%ld\"/></a:xfrm>"
             "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
             "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
             width, height);
}

/* As drawn, but no larger than the page's text. */
static void figure(struct docx *x, const struct doc_figure *f)
{
    double wide = x->landscape ? DOCX_TEXT_LANDSCAPE : DOCX_TEXT_PORTRAIT;
    double high = x->landscape ? most_landscape_mm : most_portrait_mm;
    double scale =
        fmin(1, fmin(wide / DOCX_TWIPS_PER_MM / f->plot.width_mm, high / f->plot.height_mm));
    docx_open(x, "Figure", "");
    picture(x, f, lround(f->plot.width_mm * scale * 36000),
            lround(f->plot.height_mm * scale * 36000));
    docx_close(x);
    docx_caption(x, "Caption", tr(x->d->lang, "Figure"), f->number, f->caption);
}

/* ---- sections ---- */

/* The page of what was written since the section before; the number is left out on page 1. */
static void section(struct docx *x)
{
    bool first = x->appendix == 0;
    buf_addf(&x->xml,
             "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rIdH1\"/>%s%s"
             "<w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1701\" "
             "w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>%s</w:sectPr>",
             first ? "<w:headerReference w:type=\"first\" r:id=\"rIdH2\"/>" : "",
             x->landscape ? "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"
                          : "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
             first ? "<w:titlePg/>" : "");
}

/* Ends the section; the appendix opens the next. */
static void appendix(struct docx *x, const struct doc_block *b)
{
    buf_adds(&x->xml, "<w:p><w:pPr><w:pStyle w:val=\"LastLine\"/>");
    section(x);
    buf_adds(&x->xml, "</w:pPr></w:p>");
    x->after_table = false;
    x->appendix = b->number;
    x->landscape = b->landscape;
    docx_appendix_head(x, b);
}

/* ---- the document ---- */

/* Room between a table and what follows; the end of a section is a paragraph already. */
static void space_after_table(struct docx *x)
{
    bool more = x->at + 1 < x->d->block_count;
    if (more && !docx_source_follows(x) && x->d->blocks[x->at + 1]->type != DOC_APPENDIX)
        docx_line(x, "AfterTable", "");
}

static void block(struct docx *x, const struct doc_block *b)
{
    switch (b->type) {
    case DOC_LETTERHEAD:
        docx_letterhead(x);
        break;
    case DOC_COVER: /* of slides */
        break;
    case DOC_HEADING:
        heading(x, b);
        break;
    case DOC_PARAGRAPH:
        paragraph(x, b);
        break;
    case DOC_TABLE:
        docx_table(x, b->table);
        space_after_table(x);
        break;
    case DOC_FIGURE:
        figure(x, b->figure);
        break;
    case DOC_APPENDIX:
        appendix(x, b);
        break;
    case DOC_CLOSING:
        docx_closing(x);
        break;
    }
}

void docx_document(struct docx *x)
{
    buf_adds(&x->xml, DOCX_XML
             "<w:document " DOCX_W " " DOCX_R
             " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""
             " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
             " xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>");
    for (x->at = 0; x->at < x->d->block_count; x->at++) {
        open_own(x, x->d->blocks[x->at]);
        block(x, x->d->blocks[x->at]);
        close_own(x, x->d->blocks[x->at]);
    }
    if (x->after_table)
        docx_line(x, "LastLine", "");
    section(x);
    buf_adds(&x->xml, "</w:body></w:document>");
}
