#include "base/buf.h"
#include "plot/draw.h"
#include "report/package.h"
#include "report/pptx.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#define MM_PER_PT (25.4 / 72)

/* Arial's lines are 1.15 of the size apart; rounding and kerning are let pass with 2 % of width. */
#define LEADING 1.18
#define WIDTH_SURE 0.98

const char *pptx_language(enum lang lang)
{
    return lang == LANG_VI ? "vi-VN" : "en-GB";
}

size_t pptx_lines(const char *text, bool bold, double pt, double width_mm)
{
    enum draw_style style = bold ? DRAW_STRONG : DRAW_LABEL;
    /* Measured at the size that the charts have; a figure is 0.556 of it wide. */
    double measured = draw_width(style, "0") / 0.556;
    struct buf lines = {0};
    size_t n = draw_wrap(&lines, style, text, width_mm * WIDTH_SURE * measured / (pt * MM_PER_PT),
                         SIZE_MAX);
    buf_free(&lines);
    return n;
}

double pptx_lines_mm(size_t lines, double pt)
{
    return (double)lines * LEADING * pt * MM_PER_PT;
}

double pptx_after_mm(double pt)
{
    return 0.5 * pt * MM_PER_PT;
}

double pptx_bullet_mm(double pt)
{
    return pt * MM_PER_PT;
}

long pptx_emu(double mm)
{
    return lround(mm * 36000);
}

static void add_look(struct buf *b, const char *tag, enum lang lang, const struct pptx_look *look)
{
    buf_addf(b, "<a:%s lang=\"%s\"", tag, pptx_language(lang));
    if (look->pt > 0)
        buf_addf(b, " sz=\"%ld\"", lround(100 * look->pt));
    buf_adds(b, look->bold ? " b=\"1\"" : "");
    buf_adds(b, look->italic ? " i=\"1\"" : "");
    if (look->colour)
        buf_addf(b, "><a:solidFill><a:srgbClr val=\"%s\"/></a:solidFill></a:%s>", look->colour,
                 tag);
    else
        buf_adds(b, "/>");
}

static void add_line(struct buf *b, enum lang lang, const struct pptx_look *look, const char *text,
                     size_t n)
{
    struct buf line = {0};
    buf_add(&line, text, n);
    buf_adds(b, "<a:r>");
    add_look(b, "rPr", lang, look);
    buf_adds(b, "<a:t>");
    package_escape(b, buf_text(&line));
    buf_adds(b, "</a:t></a:r>");
    b->failed |= line.failed;
    buf_free(&line);
}

void pptx_run(struct buf *b, enum lang lang, const struct pptx_look *look, const char *text)
{
    while (*text) {
        size_t n = strcspn(text, "\n");
        if (n)
            add_line(b, lang, look, text, n);
        text += n;
        if (!*text)
            return;
        buf_adds(b, "<a:br>");
        add_look(b, "rPr", lang, look);
        buf_adds(b, "</a:br>");
        text++;
    }
}

void pptx_paragraph(struct buf *b, enum lang lang, const struct pptx_look *look,
                    enum doc_align align, const char *text)
{
    static const char *const aligns[] = {"l", "ctr", "r"};
    buf_addf(b, "<a:p><a:pPr algn=\"%s\"/>", aligns[align]);
    pptx_run(b, lang, look, text);
    if (!*text)
        add_look(b, "endParaRPr", lang, look);
    buf_adds(b, "</a:p>");
}

void pptx_named(struct buf *b, size_t id, const char *name, const char *alt)
{
    buf_addf(b, "<p:cNvPr id=\"%zu\" name=\"", id);
    package_escape(b, name);
    if (*alt) {
        buf_adds(b, "\" descr=\"");
        package_escape(b, alt);
    }
    buf_adds(b, "\"/>");
}

void pptx_place(struct buf *b, const char *tag, struct pptx_box box)
{
    buf_addf(b, "<%s><a:off x=\"%ld\" y=\"%ld\"/><a:ext cx=\"%ld\" cy=\"%ld\"/></%s>", tag,
             pptx_emu(box.x), pptx_emu(box.y), pptx_emu(box.w), pptx_emu(box.h), tag);
}
