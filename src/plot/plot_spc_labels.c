#include <math.h>

#include "base/lang.h"
#include "plot/spc_labels.h"
#include "plot/spc_words.h"

#define GAP_MM 1.5 /* between the panel and the names */

static enum draw_style style_of(size_t line)
{
    return line == SPC_CENTRE ? DRAW_STRONG : DRAW_LABEL;
}

bool spc_labels_init(struct spc_labels *l, const double values[SPC_LINES], const char *centre,
                     enum lang lang, struct arena *a, struct err *e)
{
    struct buf b = {0};
    bool ok = true;
    *l = (struct spc_labels){0};
    for (size_t i = 0; i < SPC_LINES; i++) {
        l->values[i] = i == SPC_LOWER && values[i] <= 0 ? NAN : values[i];
        if (isnan(l->values[i]))
            continue;
        buf_addf(&b, "%s ", i == SPC_CENTRE ? centre : tr(lang, "limit"));
        spc_add_mean(&b, values[i], lang);
        l->words[i] = draw_keep(a, &b);
        ok &= l->words[i] != NULL;
        if (l->words[i])
            l->width = fmax(l->width, draw_width(style_of(i), l->words[i]) + GAP_MM);
    }
    buf_free(&b);
    return ok || err_memory(e);
}

/* From the lowest line upwards, then back in from the top. */
void spc_labels_place(struct spc_labels *l, const struct draw_axis *axis)
{
    double step = draw_leading(DRAW_LABEL), below = axis->from + step, above = axis->to - step;
    for (size_t i = SPC_LINES; i-- > 0;) {
        if (!l->words[i])
            continue;
        l->y[i] = fmin(draw_axis_at(axis, l->values[i]), below - step);
        below = l->y[i];
    }
    for (size_t i = 0; i < SPC_LINES; i++) {
        if (!l->words[i])
            continue;
        l->y[i] = fmax(l->y[i], above + step);
        above = l->y[i];
    }
}

void spc_labels_draw(struct plot *p, const struct spc_labels *l, double right)
{
    for (size_t i = 0; i < SPC_LINES; i++)
        if (l->words[i])
            draw_text(p, style_of(i), DRAW_LEFT, right + GAP_MM, l->y[i], l->words[i]);
}
