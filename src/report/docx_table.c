#include "report/docx.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A table of so many rows is kept on one page. */
enum { WHOLE_ROWS = 12 };

static const char *const cell_styles[] = {
    [DOC_LEFT] = "CellLeft", [DOC_CENTRE] = "CellCentre", [DOC_RIGHT] = "CellRight"};

/* The columns' shares of `room`, rounded so that they add up to it. */
static void share_widths(const struct doc_table *t, double room, int *widths)
{
    double sum = 0, reached = 0;
    for (size_t i = 0; i < t->column_count; i++)
        sum += t->columns[i].width_mm;
    for (size_t i = 0; i < t->column_count; i++) {
        double before = reached;
        reached += t->columns[i].width_mm;
        widths[i] = (int)(lround(reached / sum * room) - lround(before / sum * room));
    }
}

/* ---- head ---- */

/* merge: "" or the schema's elements between tcW and shd. */
static void head_cell(struct docx *x, int width, const char *merge, const char *text)
{
    buf_addf(&x->xml,
             "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>%s<w:shd w:val=\"clear\" "
             "w:color=\"auto\" w:fill=\"E6EAED\"/><w:vAlign w:val=\"center\"/></w:tcPr>",
             width, merge);
    docx_line(x, "CellHead", text);
    buf_adds(&x->xml, "</w:tc>");
}

static void head_row_open(struct docx *x)
{
    buf_adds(&x->xml, "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
}

/* The upper row of a head of two: a cell a group; a column without one goes through both. */
static void group_row(struct docx *x, const struct doc_table *t, const int *widths)
{
    head_row_open(x);
    for (size_t i = 0, n; i < t->column_count; i += n) {
        char span[48] = "<w:vMerge w:val=\"restart\"/>";
        int width = 0;
        n = doc_group_size(t, i);
        for (size_t k = 0; k < n; k++)
            width += widths[i + k];
        if (t->columns[i].group)
            snprintf(span, sizeof span, "<w:gridSpan w:val=\"%zu\"/>", n);
        head_cell(x, width, span, t->columns[i].group ? t->columns[i].group : t->columns[i].head);
    }
    buf_adds(&x->xml, "</w:tr>");
}

static void head_row(struct docx *x, const struct doc_table *t, const int *widths, bool grouped)
{
    head_row_open(x);
    for (size_t i = 0; i < t->column_count; i++) {
        bool merged = grouped && !t->columns[i].group;
        head_cell(x, widths[i], merged ? "<w:vMerge/>" : "", merged ? "" : t->columns[i].head);
    }
    buf_adds(&x->xml, "</w:tr>");
}

/* ---- rows ---- */

/* No page ends behind the first row or before the last, nor within a small table, nor between the
 * last row and the source below it. */
static bool stays_with_next(const struct docx *x, const struct doc_table *t, size_t row)
{
    if (row + 1 == t->row_count)
        return docx_source_follows(x);
    return row == 0 || row + 2 == t->row_count || t->row_count <= WHOLE_ROWS;
}

static void body_row(struct docx *x, const struct doc_table *t, size_t row, const int *widths)
{
    const char *keep = stays_with_next(x, t, row) ? "<w:keepNext/>" : "";
    buf_adds(&x->xml, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    for (size_t i = 0; i < t->column_count; i++) {
        buf_addf(&x->xml,
                 "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>"
                 "<w:vAlign w:val=\"center\"/></w:tcPr>",
                 widths[i]);
        docx_open(x, cell_styles[t->columns[i].align], keep);
        docx_run(x, t->rows[row].cells[i], t->rows[row].strong ? "Strong" : NULL);
        docx_close(x);
        buf_adds(&x->xml, "</w:tc>");
    }
    buf_adds(&x->xml, "</w:tr>");
}

void docx_table(struct docx *x, const struct doc_table *t)
{
    int *widths = calloc(t->column_count + 1, sizeof *widths);
    if (!widths) {
        x->xml.failed = true;
        return;
    }
    bool grouped = doc_has_groups(t);
    share_widths(t, x->landscape ? DOCX_TEXT_LANDSCAPE : DOCX_TEXT_PORTRAIT, widths);
    docx_caption(x, "TableCaption", tr(x->d->lang, "Table"), t->number, t->caption);
    docx_table_open(x, "TableGrid", widths, t->column_count, t->caption);
    if (grouped)
        group_row(x, t, widths);
    head_row(x, t, widths, grouped);
    for (size_t i = 0; i < t->row_count; i++)
        body_row(x, t, i, widths);
    docx_table_close(x);
    free(widths);
}
