/* What stands between title and foot: text, notes, tables, pictures. */
#include "base/buf.h"
#include "base/lang.h"
#include "report/pptx.h"

#include <math.h>
#include <stddef.h>

/* ---- text and notes ---- */

/* framed: a thin line around, the text in its middle. */
static void open_text(struct pptx_page *p, const char *name, struct pptx_box box, bool framed)
{
    long inset = framed ? pptx_emu(PPTX_NOTE_PAD) : 0;
    buf_adds(&p->xml, "<p:sp><p:nvSpPr>");
    pptx_named(&p->xml, ++p->shapes, name, "");
    buf_adds(&p->xml, "<p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr>");
    pptx_place(&p->xml, "a:xfrm", box);
    buf_adds(&p->xml, "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/>");
    if (framed)
        buf_addf(&p->xml,
                 "<a:ln w=\"9525\"><a:solidFill><a:srgbClr val=\"%s\"/></a:solidFill>"
                 "</a:ln>",
                 PPTX_MUTED);
    buf_addf(&p->xml,
             "</p:spPr><p:txBody><a:bodyPr wrap=\"square\" lIns=\"%ld\" tIns=\"%ld\" rIns=\"%ld\""
             " bIns=\"%ld\" anchor=\"%s\"><a:noAutofit/></a:bodyPr><a:lstStyle/>",
             inset, inset / 2, inset, inset / 2, framed ? "ctr" : "t");
}

static void add_runs(struct pptx_page *p, const struct doc_block *b, struct pptx_look base)
{
    for (size_t i = 0; i < b->run_count; i++) {
        struct pptx_look look = base;
        look.bold |= b->runs[i].bold;
        look.italic |= b->runs[i].italic;
        pptx_run(&p->xml, p->lang, &look, b->runs[i].text);
    }
}

static void add_block_text(struct pptx_page *p, const struct doc_block *b, double pt)
{
    bool prompt = b->type == DOC_PARAGRAPH && b->role == DOC_PROMPT;
    bool bullet = b->type == DOC_PARAGRAPH && b->role == DOC_BULLET;
    long dash = bullet ? pptx_emu(pptx_bullet_mm(pt)) : 0;
    buf_addf(&p->xml,
             "<a:p><a:pPr marL=\"%ld\" indent=\"%ld\"><a:spcAft><a:spcPts val=\"%ld\"/></a:spcAft>",
             dash, -dash, lround(50 * pt));
    buf_adds(&p->xml, bullet ? "<a:buFont typeface=\"Arial\"/><a:buChar char=\"–\"/></a:pPr>"
                             : "<a:buNone/></a:pPr>");
    add_runs(p, b,
             (struct pptx_look){
                 .pt = pt, .bold = b->type == DOC_HEADING, .colour = prompt ? PPTX_MUTED : NULL});
    buf_adds(&p->xml, "</a:p>");
}

static void add_text(struct pptx_page *p, const struct pptx_body *body, size_t from, size_t end,
                     struct pptx_box box)
{
    open_text(p, tr(p->lang, "Text"), box, false);
    for (size_t i = from; i < end; i++)
        add_block_text(p, body->units[i].block, body->text_pt);
    pptx_close_text(p);
}

static void add_note(struct pptx_page *p, const struct doc_block *b, struct pptx_box box)
{
    open_text(p, tr(p->lang, "Note"), box, true);
    buf_adds(&p->xml, "<a:p><a:pPr algn=\"ctr\"/>");
    add_runs(p, b, (struct pptx_look){.pt = PPTX_NOTE_PT, .italic = true});
    buf_adds(&p->xml, "</a:p>");
    pptx_close_text(p);
}

/* ---- tables and pictures ---- */

static void add_table(struct pptx_page *p, const struct pptx_body *body, size_t from, size_t end,
                      struct pptx_box box)
{
    const struct doc_table *t = body->units[from].block->table;
    size_t last = t->row_count ? body->units[end - 1].row + 1 : 0;
    buf_adds(&p->xml, "<p:graphicFrame><p:nvGraphicFramePr>");
    pptx_named(&p->xml, ++p->shapes, tr(p->lang, "Table"), t->caption);
    buf_adds(&p->xml, "<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp=\"1\"/>"
                      "</p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>");
    pptx_place(&p->xml, "p:xfrm", box);
    buf_adds(&p->xml, "<a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/"
                      "drawingml/2006/table\">");
    pptx_table(&p->xml, t, p->lang, body->units[from].row, last, body->table_pt);
    buf_adds(&p->xml, "</a:graphicData></a:graphic></p:graphicFrame>");
}

static void add_relation(struct pptx_page *p, const char *kind, int number)
{
    buf_addf(&p->rels,
             "<Relationship Id=\"rId%zu\" Type=\"" PPTX_OFFICE
             "/image\" Target=\"../media/image%d.%s\"/>",
             ++p->relations, number, kind);
}

/* The PNG with its SVG twin, which newer PowerPoints show; or the SVG alone. */
static void add_blip(struct pptx_page *p, int number)
{
    if (p->deck->svg_first) {
        add_relation(p, "svg", number);
        buf_addf(&p->xml, "<a:blip r:embed=\"rId%zu\"/>", p->relations);
        return;
    }
    add_relation(p, "png", number);
    add_relation(p, "svg", number);
    buf_addf(&p->xml,
             "<a:blip r:embed=\"rId%zu\"><a:extLst><a:ext "
             "uri=\"{96DAC541-7B7A-43D3-8B79-37D633B846F1}\"><asvg:svgBlip "
             "xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" "
             "r:embed=\"rId%zu\"/></a:ext></a:extLst></a:blip>",
             p->relations - 1, p->relations);
}

/* As large as the box allows in its own proportion, in the middle of it. */
static struct pptx_box picture_box(const struct plot *plot, struct pptx_box box)
{
    double scale = fmin(box.w / plot->width_mm, box.h / plot->height_mm);
    double w = scale * plot->width_mm, h = scale * plot->height_mm;
    return (struct pptx_box){box.x + (box.w - w) / 2, box.y + (box.h - h) / 2, w, h};
}

static void add_picture(struct pptx_page *p, const struct doc_figure *f, struct pptx_box box)
{
    buf_adds(&p->xml, "<p:pic><p:nvPicPr>");
    pptx_named(&p->xml, ++p->shapes, tr(p->lang, "Chart"), *f->alt ? f->alt : f->caption);
    buf_adds(&p->xml, "<p:cNvPicPr><a:picLocks noGrp=\"1\" noChangeAspect=\"1\"/></p:cNvPicPr>"
                      "<p:nvPr><p:ph type=\"pic\" idx=\"1\"/></p:nvPr></p:nvPicPr><p:blipFill>");
    add_blip(p, f->number);
    buf_adds(&p->xml, "<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>");
    pptx_place(&p->xml, "a:xfrm", picture_box(&f->plot, box));
    buf_adds(&p->xml, "</p:spPr></p:pic>");
}

static void add_group(struct pptx_page *p, const struct pptx_body *body, size_t from, size_t end,
                      struct pptx_box box)
{
    const struct doc_block *b = body->units[from].block;
    if (b->type == DOC_TABLE)
        add_table(p, body, from, end, box);
    else if (b->type == DOC_FIGURE)
        add_picture(p, b->figure, box);
    else if (pptx_is_text(b))
        add_text(p, body, from, end, box);
    else
        add_note(p, b, box);
}

void pptx_add_groups(struct pptx_page *p, const struct pptx_body *body, size_t from, size_t end)
{
    struct pptx_box box = PPTX_BODY;
    double left = body->height_mm - pptx_body_mm(body, from, end);
    for (size_t i = from, next; i < end; i = next) {
        next = pptx_body_group(body, i, end);
        box.h = pptx_body_mm(body, i, next);
        if (body->units[i].block->type == DOC_FIGURE)
            box.h += left;
        add_group(p, body, i, next, box);
        box.y += box.h + PPTX_GAP;
    }
}
