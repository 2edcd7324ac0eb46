/* What stands around the panels: title and subtitle, notes; how high all of it may be. */
#include <math.h>

#include "base/lang.h"
#include "plot/draw.h"
#include "plot/words.h"

#define TOP_MM 1.0  /* above the first line, and below the last of the notes */
#define EDGE_MM 0.2 /* below a chart without notes */
#define SUBTITLE_GAP_MM 0.5

struct draw_page draw_page(const struct result *r, const struct plot_options *o)
{
    return (struct draw_page){.result = r,
                              .titled = !o->untitled,
                              .most_mm = o->most_mm > 0 ? o->most_mm : INFINITY,
                              .title_mm = DRAW_TEXT_MM};
}

void draw_page_free(struct draw_page *g)
{
    buf_free(&g->title);
    buf_free(&g->notes);
    buf_free(&g->left_out);
    buf_free(&g->source);
    buf_free(&g->foot);
}

double draw_page_head(const struct draw_page *g, double gap_mm)
{
    double top = TOP_MM;
    if (!g->titled)
        return top;
    top += draw_paragraph_height(DRAW_TITLE, g->title_mm, buf_text(&g->title));
    if (g->result->title)
        top +=
            SUBTITLE_GAP_MM + draw_paragraph_height(DRAW_SUBTITLE, DRAW_TEXT_MM, g->result->title);
    return top + gap_mm;
}

/* ---- the foot ---- */

static void add_part(struct buf *foot, const struct buf *part)
{
    foot->failed |= part->failed;
    if (part->len == 0)
        return;
    words_next(foot);
    buf_add(foot, part->data, part->len);
}

static bool is_marked(const struct draw_page *g)
{
    return g->titled && g->result->synthetic;
}

void draw_page_close(struct draw_page *g, double notes_top)
{
    buf_clear(&g->foot);
    add_part(&g->foot, &g->notes);
    add_part(&g->foot, &g->left_out);
    if (g->titled)
        add_part(&g->foot, &g->source);
    g->notes_top = notes_top;
    double height = draw_paragraph_height(DRAW_NOTE, DRAW_TEXT_MM, buf_text(&g->foot));
    height += g->foot.len || is_marked(g) ? TOP_MM : EDGE_MM;
    g->height = notes_top + height + (is_marked(g) ? draw_leading(DRAW_NOTE_STRONG) : 0);
}

/* Heights at the two ends, and between them the line through both, which the height is nowhere
 * above. */
bool draw_page_fit(struct draw_page *g, draw_stack *stack, void *chart)
{
    stack(chart, 1);
    double loose = g->height;
    if (loose <= g->most_mm)
        return true;
    stack(chart, 0);
    double tight = g->height;
    if (tight > g->most_mm)
        return false;
    stack(chart, (g->most_mm - tight) / (loose - tight));
    return true;
}

bool draw_page_squeeze(struct draw_page *g, draw_stack *stack, void *chart)
{
    if (draw_page_fit(g, stack, chart))
        return true;
    buf_clear(&g->notes);
    return draw_page_fit(g, stack, chart);
}

/* ---- drawing ---- */

void draw_page_begin(struct plot *p, const struct draw_page *g)
{
    plot_begin(p, DRAW_PAGE_MM, g->height, g->result->lang, g->titled);
}

void draw_page_title(struct plot *p, const struct draw_page *g)
{
    if (!g->titled)
        return;
    double y =
        draw_paragraph(p, DRAW_TITLE, DRAW_EDGE_MM, TOP_MM, g->title_mm, buf_text(&g->title));
    if (g->result->title)
        draw_paragraph(p, DRAW_SUBTITLE, DRAW_EDGE_MM, y + SUBTITLE_GAP_MM, DRAW_TEXT_MM,
                       g->result->title);
    p->script.failed |= g->title.failed;
}

void draw_page_notes(struct plot *p, const struct draw_page *g)
{
    double y = g->notes_top;
    if (is_marked(g))
        y = draw_paragraph(p, DRAW_NOTE_STRONG, DRAW_EDGE_MM, y, DRAW_TEXT_MM,
                           tr(p->lang, "SIMULATED DATA"));
    draw_paragraph(p, DRAW_NOTE, DRAW_EDGE_MM, y, DRAW_TEXT_MM, buf_text(&g->foot));
    p->script.failed |= g->foot.failed;
}
