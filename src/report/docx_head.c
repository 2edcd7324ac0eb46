#include "report/docx.h"

#include <stdio.h>

#include "report/official.h"

/* The two columns of the head (62 and 98 mm) and of the end (80 each). */
static const int head_widths[] = {3515, 5556};
static const int closing_widths[] = {4536, 4535};

/* Below a name stands a line of 1/3 to 1/2 of its length. */
static const double name_line = 5.0 / 12;

static void cell_open(struct docx *x, int width)
{
    buf_addf(&x->xml, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr>", width);
}

static void cell_close(struct docx *x)
{
    buf_adds(&x->xml, "</w:tc>");
}

static void row_open(struct docx *x)
{
    buf_adds(&x->xml, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
}

static void row_close(struct docx *x)
{
    buf_adds(&x->xml, "</w:tr>");
}

static void line_if_any(struct docx *x, const char *style, const char *text)
{
    if (*text)
        docx_line(x, style, text);
}

static void body_cell(struct docx *x)
{
    const struct letterhead *l = &x->d->head;
    double room = head_widths[0];
    cell_open(x, head_widths[0]);
    line_if_any(x, "Superior", l->superior);
    docx_line(x, "Body", l->body);
    docx_rule(x, room, name_line * docx_even_width(l->body, 13, true, room));
    cell_close(x);
}

static void motto_cell(struct docx *x)
{
    const char *country = tr(x->d->lang, "SOCIALIST REPUBLIC OF VIET NAM");
    const char *motto = tr(x->d->lang, "Independence - Freedom - Happiness");
    cell_open(x, head_widths[1]);
    docx_line(x, "Body", country);
    docx_line(x, "Motto", motto);
    docx_rule(x, head_widths[1], docx_width(motto, 14, true));
    cell_close(x);
}

/* The clerk writes number and day. */
static void number_row(struct docx *x)
{
    struct buf text = {0};
    row_open(x);
    cell_open(x, head_widths[0]);
    official_number(&text, x->d);
    docx_line(x, "Number", buf_text(&text));
    cell_close(x);
    buf_clear(&text);
    cell_open(x, head_widths[1]);
    official_date(&text, x->d);
    docx_line(x, "Place", buf_text(&text));
    cell_close(x);
    row_close(x);
    x->xml.failed |= text.failed;
    buf_free(&text);
}

/* Type and subject, in lines of even length. */
static void title(struct docx *x)
{
    const char *subject = x->d->subject;
    double width = docx_even_width(subject, 14, true, DOCX_TEXT_PORTRAIT);
    /* A millimetre and a half each side: where the font is another's the lines still hold. */
    int side = (int)((DOCX_TEXT_PORTRAIT - width) / 2 - 85);
    char indent[80] = "";
    if (side > 0)
        snprintf(indent, sizeof indent, "<w:ind w:left=\"%d\" w:right=\"%d\"/>", side, side);
    docx_line(x, "Title", x->d->kind);
    docx_open(x, "Subtitle", indent);
    docx_run(x, subject, NULL);
    docx_close(x);
    docx_rule(x, DOCX_TEXT_PORTRAIT, name_line * width);
    docx_line(x, "AfterTable", "");
}

void docx_letterhead(struct docx *x)
{
    docx_table_open(x, "Plain", head_widths, 2, "");
    row_open(x);
    body_cell(x);
    motto_cell(x);
    row_close(x);
    number_row(x);
    docx_table_close(x);
    title(x);
}

static void recipients(struct docx *x)
{
    const char *rest = x->d->head.recipients;
    struct buf text = {0};
    docx_line(x, "RecipientsHead", tr(x->d->lang, "Recipients:"));
    buf_adds(&text, "- ");
    while (official_recipient(&text, &rest)) {
        docx_line(x, "Recipients", buf_text(&text));
        buf_clear(&text);
        buf_adds(&text, "- ");
    }
    x->xml.failed |= text.failed;
    buf_free(&text);
}

static void signature(struct docx *x)
{
    const struct letterhead *l = &x->d->head;
    line_if_any(x, "Signature", l->sign_for);
    line_if_any(x, "Signature", l->sign_title);
    for (int i = 0; i < 3; i++)
        docx_line(x, "Signature", "");
    line_if_any(x, "Signature", l->sign_office);
    docx_line(x, "Signature", l->signer);
}

void docx_closing(struct docx *x)
{
    docx_table_open(x, "Plain", closing_widths, 2, "");
    row_open(x);
    cell_open(x, closing_widths[0]);
    recipients(x);
    cell_close(x);
    cell_open(x, closing_widths[1]);
    signature(x);
    cell_close(x);
    row_close(x);
    docx_table_close(x);
}

/* ---- appendix ---- */

/* "Phụ lục I" and the title are one paragraph: the navigation pane shows both. */
void docx_appendix_head(struct docx *x, const struct doc_block *b)
{
    struct buf text = {0}, heading = {0};
    doc_block_text(b, &text);
    official_appendix(&heading, x->d, b->number);
    buf_addc(&heading, '\n');
    docx_capitals(&heading, buf_text(&text));
    docx_line(x, "Appendix", buf_text(&heading));
    buf_clear(&text);
    official_attached(&text, x->d);
    docx_line(x, "Attached", buf_text(&text));
    x->xml.failed |= text.failed || heading.failed;
    buf_free(&text);
    buf_free(&heading);
}
