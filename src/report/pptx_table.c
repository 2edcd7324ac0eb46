#include "base/buf.h"
#include "report/package.h"
#include "report/pptx.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define PAD_SIDE 1.6
#define PAD_TOP 0.8

static const char lines[] =
    "<a:ln%c w=\"6350\"><a:solidFill><a:srgbClr val=\"5B6770\"/></a:solidFill></a:ln%c>";

/* ---- measured ---- */

/* Where a column begins; that of column_count is the table's right edge. */
static double column_at(const struct doc_table *t, size_t column)
{
    double before = 0, all = 0;
    for (size_t i = 0; i < t->column_count; i++) {
        before += i < column ? t->columns[i].width_mm : 0;
        all += t->columns[i].width_mm;
    }
    return before / all * PPTX_BODY.w;
}

static double cell_mm(const struct doc_table *t, size_t column, size_t span, const char *text,
                      bool bold, double pt)
{
    double width = column_at(t, column + span) - column_at(t, column) - 2 * PAD_SIDE;
    return pptx_lines_mm(pptx_lines(text, bold, pt, width), pt) + 2 * PAD_TOP;
}

/* Heights of the two rows of the head; upper is 0 where there are no groups. A head that stands
 * over both makes the lower one higher. */
static void head_rows(const struct doc_table *t, double pt, double *upper, double *lower)
{
    *upper = *lower = 0;
    for (size_t i = 0; i < t->column_count; i += doc_group_size(t, i))
        if (t->columns[i].group)
            *upper =
                fmax(*upper, cell_mm(t, i, doc_group_size(t, i), t->columns[i].group, true, pt));
    for (size_t i = 0; i < t->column_count; i++) {
        double mm = cell_mm(t, i, 1, t->columns[i].head, true, pt);
        *lower = fmax(*lower, t->columns[i].group ? mm : mm - *upper);
    }
}

double pptx_head_mm(const struct doc_table *t, double pt)
{
    double upper, lower;
    head_rows(t, pt, &upper, &lower);
    return upper + lower;
}

double pptx_row_mm(const struct doc_table *t, size_t row, double pt)
{
    double mm = 0;
    for (size_t i = 0; i < t->column_count; i++)
        mm = fmax(mm, cell_mm(t, i, 1, t->rows[row].cells[i], t->rows[row].strong, pt));
    return mm;
}

/* ---- written ---- */

struct table_cell {
    const char *merge; /* attributes of a:tc */
    const char *text;
    enum doc_align align;
    bool bold, head;
};

static void add_cell(struct buf *b, enum lang lang, double pt, const struct table_cell *c)
{
    static const char edges[] = "LRTB";
    struct pptx_look look = {.pt = pt, .bold = c->bold};
    buf_addf(b, "<a:tc%s><a:txBody><a:bodyPr/><a:lstStyle/>", c->merge);
    pptx_paragraph(b, lang, &look, c->align, c->text);
    buf_addf(b, "</a:txBody><a:tcPr marL=\"%ld\" marR=\"%ld\" marT=\"%ld\" marB=\"%ld\"",
             pptx_emu(PAD_SIDE), pptx_emu(PAD_SIDE), pptx_emu(PAD_TOP), pptx_emu(PAD_TOP));
    buf_adds(b, " anchor=\"ctr\">");
    for (const char *edge = edges; *edge; edge++)
        buf_addf(b, lines, *edge, *edge);
    buf_adds(b, c->head ? "<a:solidFill><a:srgbClr val=\"E6EAED\"/></a:solidFill>" : "<a:noFill/>");
    buf_adds(b, "</a:tcPr></a:tc>");
}

static void open_row(struct buf *b, double mm)
{
    buf_addf(b, "<a:tr h=\"%ld\">", pptx_emu(mm));
}

static void add_head_cell(struct buf *b, enum lang lang, double pt, const char *merge,
                          const char *text)
{
    add_cell(b, lang, pt, &(struct table_cell){merge, text, DOC_CENTRE, true, true});
}

/* Groups over their columns; the heads that have none reach down into the next row. */
static void add_upper_head(struct buf *b, const struct doc_table *t, enum lang lang, double pt,
                           double mm)
{
    open_row(b, mm);
    for (size_t i = 0; i < t->column_count;) {
        size_t span = doc_group_size(t, i);
        char merge[32] = " rowSpan=\"2\"";
        if (t->columns[i].group)
            snprintf(merge, sizeof merge, " gridSpan=\"%zu\"", span);
        const char *text = t->columns[i].group ? t->columns[i].group : t->columns[i].head;
        add_head_cell(b, lang, pt, span == 1 && t->columns[i].group ? "" : merge, text);
        for (size_t k = 1; k < span; k++)
            add_head_cell(b, lang, pt, " hMerge=\"1\"", "");
        i += span;
    }
    buf_adds(b, "</a:tr>");
}

static void add_head(struct buf *b, const struct doc_table *t, enum lang lang, double pt)
{
    double upper, lower;
    bool grouped = doc_has_groups(t);
    head_rows(t, pt, &upper, &lower);
    if (grouped)
        add_upper_head(b, t, lang, pt, upper);
    open_row(b, lower);
    for (size_t i = 0; i < t->column_count; i++) {
        bool covered = grouped && !t->columns[i].group;
        add_head_cell(b, lang, pt, covered ? " vMerge=\"1\"" : "",
                      covered ? "" : t->columns[i].head);
    }
    buf_adds(b, "</a:tr>");
}

static void add_row(struct buf *b, const struct doc_table *t, enum lang lang, size_t row, double pt)
{
    const struct doc_row *r = &t->rows[row];
    open_row(b, pptx_row_mm(t, row, pt));
    for (size_t i = 0; i < t->column_count; i++)
        add_cell(b, lang, pt,
                 &(struct table_cell){"", r->cells[i], t->columns[i].align, r->strong, false});
    buf_adds(b, "</a:tr>");
}

void pptx_table(struct buf *b, const struct doc_table *t, enum lang lang, size_t first, size_t end,
                double pt)
{
    buf_adds(b, "<a:tbl><a:tblPr firstRow=\"1\"/><a:tblGrid>");
    for (size_t i = 0; i < t->column_count; i++)
        buf_addf(b, "<a:gridCol w=\"%ld\"/>",
                 pptx_emu(column_at(t, i + 1)) - pptx_emu(column_at(t, i)));
    buf_adds(b, "</a:tblGrid>");
    add_head(b, t, lang, pt);
    for (size_t row = first; row < end; row++)
        add_row(b, t, lang, row, pt);
    buf_adds(b, "</a:tbl>");
}
