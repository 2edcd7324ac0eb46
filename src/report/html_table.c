/* Tables: a caption, heads that say what they are the heads of, groups above their columns. */
#include <string.h>

#include "report/html.h"

static const char *const classes[] = {[DOC_LEFT] = "l", [DOC_CENTRE] = "c", [DOC_RIGHT] = "r"};

/* The shares of the columns, in per cent of the table's width. */
static void add_columns(struct html *h, const struct doc_table *t)
{
    double sum = 0;
    for (size_t c = 0; c < t->column_count; c++)
        sum += t->columns[c].width_mm;
    buf_adds(h->b, "<colgroup>");
    for (size_t c = 0; sum > 0 && c < t->column_count; c++)
        buf_addf(h->b, "<col style=\"width:%.2f%%\">", 100 * t->columns[c].width_mm / sum);
    buf_adds(h->b, "</colgroup>\n");
}

/* The upper row of heads: groups, and the heads of columns that are in none. */
static void add_groups(struct html *h, const struct doc_table *t)
{
    buf_adds(h->b, "<tr>");
    for (size_t c = 0, n; c < t->column_count; c += n) {
        const struct doc_column *column = &t->columns[c];
        n = doc_group_size(t, c);
        if (column->group)
            buf_addf(h->b, "<th scope=\"colgroup\" colspan=\"%zu\">", n);
        else
            buf_adds(h->b, "<th scope=\"col\" rowspan=\"2\">");
        html_text(h, column->group ? column->group : column->head);
        buf_adds(h->b, "</th>");
    }
    buf_adds(h->b, "</tr>\n");
}

static void add_heads(struct html *h, const struct doc_table *t)
{
    bool grouped = doc_has_groups(t);
    buf_adds(h->b, "<thead>\n");
    if (grouped)
        add_groups(h, t);
    buf_adds(h->b, "<tr>");
    for (size_t c = 0; c < t->column_count; c++) {
        if (grouped && !t->columns[c].group)
            continue;
        buf_adds(h->b, "<th scope=\"col\">");
        html_text(h, t->columns[c].head);
        buf_adds(h->b, "</th>");
    }
    buf_adds(h->b, "</tr>\n</thead>\n");
}

/* The column that names the row: the first that is set as text. column_count: none. */
static size_t naming_column(const struct doc_table *t)
{
    size_t c = 0;
    while (c < t->column_count && t->columns[c].align != DOC_LEFT)
        c++;
    return c;
}

static void add_row(struct html *h, const struct doc_table *t, const struct doc_row *row)
{
    size_t naming = naming_column(t);
    buf_adds(h->b, row->strong ? "<tr class=\"strong\">" : "<tr>");
    for (size_t c = 0; c < t->column_count; c++) {
        bool names = c == naming && *row->cells[c];
        buf_addf(h->b, names ? "<th scope=\"row\" class=\"%s\">" : "<td class=\"%s\">",
                 classes[t->columns[c].align]);
        html_text(h, row->cells[c]);
        buf_adds(h->b, names ? "</th>" : "</td>");
    }
    buf_adds(h->b, "</tr>\n");
}

void html_table(struct html *h, const struct doc_table *t)
{
    buf_addf(h->b, "<div class=\"wide\">\n<table%s>\n<caption>",
             t->column_count > 3 ? " class=\"many\"" : "");
    if (h->d->form == DOC_PAGES) {
        html_text(h, tr(h->d->lang, "Table"));
        buf_addf(h->b, "&nbsp;%d. ", t->number);
    }
    html_text(h, t->caption);
    buf_adds(h->b, "</caption>\n");
    add_columns(h, t);
    add_heads(h, t);
    buf_adds(h->b, "<tbody>\n");
    for (size_t i = 0; i < t->row_count; i++)
        add_row(h, t, &t->rows[i]);
    buf_adds(h->b, "</tbody>\n</table>\n</div>\n");
}
