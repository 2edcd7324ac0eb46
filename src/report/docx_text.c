#include "report/docx.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/package.h"

void docx_open(struct docx *x, const char *style, const char *properties)
{
    buf_addf(&x->xml, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>%s</w:pPr>", style, properties);
    x->after_table = false;
}

void docx_close(struct docx *x)
{
    buf_adds(&x->xml, "</w:p>");
}

/* A line of the run's text, of n bytes. */
static void text_piece(struct docx *x, const char *text, size_t n)
{
    struct buf piece = {0};
    buf_add(&piece, text, n);
    buf_adds(&x->xml, "<w:t xml:space=\"preserve\">");
    package_escape(&x->xml, buf_text(&piece));
    buf_adds(&x->xml, "</w:t>");
    x->xml.failed |= piece.failed;
    buf_free(&piece);
}

void docx_run(struct docx *x, const char *text, const char *look)
{
    if (!*text)
        return;
    buf_adds(&x->xml, "<w:r>");
    if (look)
        buf_addf(&x->xml, "<w:rPr><w:rStyle w:val=\"%s\"/></w:rPr>", look);
    for (;;) {
        size_t n = strcspn(text, "\n");
        if (n)
            text_piece(x, text, n);
        if (!text[n])
            break;
        buf_adds(&x->xml, "<w:br/>");
        text += n + 1;
    }
    buf_adds(&x->xml, "</w:r>");
}

void docx_line(struct docx *x, const char *style, const char *text)
{
    docx_open(x, style, "");
    docx_run(x, text, NULL);
    docx_close(x);
}

void docx_rule(struct docx *x, double room, double length)
{
    char indent[80];
    long side = lround((room - length) / 2);
    if (length <= 0)
        return;
    snprintf(indent, sizeof indent, "<w:ind w:left=\"%ld\" w:right=\"%ld\"/>", side, side);
    docx_open(x, "Rule", indent);
    docx_close(x);
}

void docx_caption(struct docx *x, const char *style, const char *word, int number,
                  const char *caption)
{
    docx_open(x, style, docx_source_follows(x) ? "<w:keepNext/>" : "");
    docx_run(x, word, NULL);
    docx_run(x, "\u00a0", NULL);
    buf_addf(&x->xml,
             "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>"
             "<w:r><w:instrText xml:space=\"preserve\"> SEQ %s \\* ARABIC </w:instrText></w:r>"
             "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>%d</w:t></w:r>"
             "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
             word, number);
    docx_run(x, ". ", NULL);
    docx_run(x, caption, NULL);
    docx_close(x);
}

void docx_table_open(struct docx *x, const char *style, const int *widths, size_t count,
                     const char *caption)
{
    if (x->after_table)
        docx_line(x, "LastLine", "");
    int sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += widths[i];
    buf_addf(&x->xml,
             "<w:tbl><w:tblPr><w:tblStyle w:val=\"%s\"/><w:tblW w:w=\"%d\" w:type=\"dxa\"/>"
             "<w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0620\" w:firstRow=\"1\" "
             "w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" "
             "w:noVBand=\"1\"/>",
             style, sum);
    if (*caption) {
        buf_adds(&x->xml, "<w:tblCaption w:val=\"");
        package_escape(&x->xml, caption);
        buf_adds(&x->xml, "\"/>");
    }
    buf_adds(&x->xml, "</w:tblPr><w:tblGrid>");
    for (size_t i = 0; i < count; i++)
        buf_addf(&x->xml, "<w:gridCol w:w=\"%d\"/>", widths[i]);
    buf_adds(&x->xml, "</w:tblGrid>");
}

void docx_table_close(struct docx *x)
{
    buf_adds(&x->xml, "</w:tbl>");
    x->after_table = true;
}

bool docx_source_follows(const struct docx *x)
{
    if (x->at + 1 >= x->d->block_count)
        return false;
    const struct doc_block *next = x->d->blocks[x->at + 1];
    return next->type == DOC_PARAGRAPH && next->role == DOC_SOURCE;
}
