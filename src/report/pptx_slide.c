/* Slides: placeholders (title, foot, number) around what pptx_shapes.c puts into the body. */
#include "base/buf.h"
#include "base/lang.h"
#include "report/pptx.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* ---- sizes of single boxes ---- */

/* A size, and how many lines of it its box holds; the last of a list takes whatever comes. */
struct fit {
    double pt;
    size_t lines;
};

static const struct fit title_fits[] = {{26, 2}, {22, 2}, {20, 2}, {18, 3}, {16, 3},
                                        {14, 4}, {12, 4}, {10, 5}, {8, 7},  {0, 0}};
static const struct fit cover_fits[] = {{34, 3}, {30, 4}, {26, 5},  {22, 6},
                                        {18, 7}, {14, 9}, {10, 13}, {0, 0}};
static const struct fit cover_text_fits[] = {{20, 6}, {16, 7}, {12, 10}, {8, 15}, {0, 0}};
static const struct fit foot_fits[] = {{12, 1}, {10.5, 2}, {9, 40}, {0, 0}};

static double fit_pt(const struct fit *fits, const char *text, bool bold, double width_mm)
{
    while (fits[1].pt > 0 && pptx_lines(text, bold, fits->pt, width_mm) > fits->lines)
        fits++;
    return fits->pt;
}

/* ---- a slide opened and closed ---- */

static void open_page(struct pptx_page *p, struct pptx_deck *deck, int layout)
{
    *p = (struct pptx_page){.deck = deck, .lang = deck->doc->lang, .shapes = 1, .relations = 1};
    buf_addf(&p->rels,
             PPTX_RELS_OPEN "<Relationship Id=\"rId1\" Type=\"" PPTX_OFFICE
                            "/slideLayout\" Target=\"../slideLayouts/slideLayout%d.xml\"/>",
             layout);
    buf_adds(&p->xml, PPTX_XML "<p:sld" PPTX_SPACES "><p:cSld><p:spTree>" PPTX_TREE);
}

static void close_page(struct pptx_page *p)
{
    struct pptx_deck *deck = p->deck;
    buf_adds(&p->rels, "</Relationships>");
    buf_adds(&p->xml, "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
                      "</p:sld>");
    void *slides = deck->slides;
    if (!array_grow(&slides, &deck->slide_cap, deck->slide_count + 1, sizeof *deck->slides, NULL)) {
        deck->failed = true;
        buf_free(&p->xml);
        buf_free(&p->rels);
        return;
    }
    deck->slides = slides;
    deck->slides[deck->slide_count++] = (struct pptx_slide){p->xml, p->rels};
}

/* ---- placeholders ---- */

/* box NULL: where the layout has it. */
static void open_placeholder(struct pptx_page *p, const char *name, const char *kind,
                             const struct pptx_box *box)
{
    buf_adds(&p->xml, "<p:sp><p:nvSpPr>");
    pptx_named(&p->xml, ++p->shapes, name, "");
    buf_addf(&p->xml,
             "<p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph %s/></p:nvPr>"
             "</p:nvSpPr><p:spPr>",
             kind);
    if (box)
        pptx_place(&p->xml, "a:xfrm", *box);
    buf_adds(&p->xml, "</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/>");
}

void pptx_close_text(struct pptx_page *p)
{
    buf_adds(&p->xml, "</p:txBody></p:sp>");
}

/* pt: what the layout gives, so that nothing need be said. */
static void add_placeholder(struct pptx_page *p, const char *name, const char *kind,
                            const struct pptx_look *look, const char *text)
{
    open_placeholder(p, name, kind, NULL);
    buf_adds(&p->xml, "<a:p>");
    pptx_run(&p->xml, p->lang, look, text);
    buf_adds(&p->xml, "</a:p>");
    pptx_close_text(p);
}

/* The text with its last word tied to the one before: none stands alone in a line. */
static void tie_last_word(struct buf *b, const char *text)
{
    const char *space = strrchr(text, ' ');
    if (!space) {
        buf_adds(b, text);
        return;
    }
    buf_add(b, text, (size_t)(space - text));
    buf_addf(b, "\u00A0%s", space + 1);
}

/* The size is said only where it is not the layout's. */
static void add_title(struct pptx_page *p, const char *kind, const struct fit *fits,
                      struct pptx_box box, const char *text)
{
    double pt = fit_pt(fits, text, true, box.w);
    struct pptx_look look = {.pt = pt < fits->pt ? pt : 0};
    add_placeholder(p, tr(p->lang, "Title"), kind, &look, text);
}

static void add_number(struct pptx_page *p)
{
    open_placeholder(p, tr(p->lang, "Slide number"), "type=\"sldNum\" sz=\"quarter\" idx=\"11\"",
                     NULL);
    buf_addf(&p->xml,
             "<a:p><a:fld id=\"{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}\" type=\"slidenum\">"
             "<a:rPr lang=\"%s\"/><a:t>%zu</a:t></a:fld></a:p>",
             pptx_language(p->lang), p->deck->slide_count + 1);
    pptx_close_text(p);
}

/* ---- cover ---- */

static void add_cover_text(struct pptx_page *p, size_t first, size_t end)
{
    const struct doc *d = p->deck->doc;
    struct buf all = {0};
    for (size_t i = first; i < end; i++) {
        buf_adds(&all, i > first ? "\n" : "");
        doc_block_text(d->blocks[i], &all);
    }
    double pt = fit_pt(cover_text_fits, buf_text(&all), false, PPTX_COVER_TEXT.w);
    struct pptx_look look = {.pt = pt < cover_text_fits->pt ? pt : 0};
    open_placeholder(p, tr(p->lang, "Subtitle"), "type=\"subTitle\" idx=\"1\"", NULL);
    for (size_t i = first; i < end; i++) {
        buf_clear(&all);
        doc_block_text(d->blocks[i], &all);
        pptx_paragraph(&p->xml, p->lang, &look, DOC_LEFT, buf_text(&all));
    }
    pptx_close_text(p);
    p->xml.failed |= all.failed;
    buf_free(&all);
}

void pptx_cover(struct pptx_deck *deck, size_t first, size_t end)
{
    struct pptx_page p;
    struct buf title = {0};
    open_page(&p, deck, 1);
    tie_last_word(&title, deck->doc->subject ? deck->doc->subject : "");
    add_title(&p, "type=\"ctrTitle\"", cover_fits, PPTX_COVER_TITLE, buf_text(&title));
    add_cover_text(&p, first, end);
    close_page(&p);
    deck->failed |= title.failed;
    buf_free(&title);
}

/* ---- slides ---- */

/* What the foot says, and where: it grows upwards when two lines do not hold it. */
struct foot {
    struct buf text;
    double pt;
    struct pptx_box box;
};

static void read_foot(struct foot *f, const struct doc *d, size_t first, size_t end)
{
    *f = (struct foot){.box = PPTX_FOOT};
    for (size_t i = first; i < end; i++) {
        const struct doc_block *b = d->blocks[i];
        if (b->type != DOC_PARAGRAPH || b->role != DOC_SOURCE)
            continue;
        buf_adds(&f->text, f->text.len ? " " : "");
        doc_block_text(b, &f->text);
    }
    f->pt = fit_pt(foot_fits, buf_text(&f->text), false, f->box.w);
    double mm = pptx_lines_mm(pptx_lines(buf_text(&f->text), false, f->pt, f->box.w), f->pt);
    double more = fmax(0, mm - f->box.h);
    f->box.y -= more;
    f->box.h += more;
}

static void add_foot(struct pptx_page *p, const struct foot *f)
{
    if (!f->text.len)
        return;
    struct pptx_look look = {.pt = f->pt < foot_fits->pt ? f->pt : 0};
    bool grown = f->box.h > PPTX_FOOT.h;
    open_placeholder(p, tr(p->lang, "Source"), "type=\"body\" sz=\"quarter\" idx=\"10\"",
                     grown ? &f->box : NULL);
    buf_adds(&p->xml, "<a:p>");
    pptx_run(&p->xml, p->lang, &look, buf_text(&f->text));
    buf_adds(&p->xml, "</a:p>");
    pptx_close_text(p);
}

/* The page from `from` on; returns its end. A later page of the same slide says so. */
static size_t add_page(struct pptx_deck *deck, const char *title, const struct pptx_body *body,
                       size_t from, const struct foot *foot)
{
    struct pptx_page p;
    struct buf words = {0};
    size_t end = pptx_body_page(body, from);
    open_page(&p, deck, 2);
    tie_last_word(&words, title);
    if (from)
        buf_addf(&words, "\u00A0%s", tr(deck->doc->lang, "(continued)"));
    add_title(&p, "type=\"title\"", title_fits, PPTX_TITLE, buf_text(&words));
    pptx_add_groups(&p, body, from, end);
    add_foot(&p, foot);
    add_number(&p);
    close_page(&p);
    deck->failed |= words.failed;
    buf_free(&words);
    return end;
}

void pptx_slides(struct pptx_deck *deck, const char *title, size_t first, size_t end)
{
    struct foot foot;
    read_foot(&foot, deck->doc, first, end);
    struct pptx_body body = {.height_mm = fmin(PPTX_BODY.h, foot.box.y - PPTX_GAP - PPTX_BODY.y)};
    pptx_body_fill(&body, deck->doc, first, end);
    pptx_body_fit(&body);
    size_t at = 0;
    do
        at = add_page(deck, title, &body, at, &foot);
    while (at < body.count);
    deck->failed |= body.failed || foot.text.failed;
    free(body.units);
    buf_free(&foot.text);
}
