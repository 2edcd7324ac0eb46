/* What the bullets say. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/lang.h"
#include "base/num.h"
#include "plot/bullets.h"
#include "plot/cells.h"
#include "plot/words.h"

static enum lang lang_of(const struct bullets *t)
{
    return t->result->lang;
}

const char *bullets_section_head(const struct bullets *t, enum bullets_kind kind)
{
    static const char *const heads[BULLETS_KINDS] = {N_("Reductions (number of cases)"),
                                                     N_("Rates (%)"), N_("Numbers")};
    return tr(lang_of(t), heads[kind]);
}

/* ---- names ---- */

/* The start of a text in whole words and "…", or all of it. */
static void add_start(struct buf *b, const char *text, double width_mm)
{
    struct buf line = {0};
    if (draw_wrap(&line, DRAW_LABEL, text, width_mm, SIZE_MAX) < 2) {
        buf_adds(b, text);
    } else {
        buf_clear(&line);
        draw_wrap(&line, DRAW_LABEL, text, width_mm - draw_width(DRAW_LABEL, "…"), SIZE_MAX);
        buf_add(b, buf_text(&line), strcspn(buf_text(&line), "\n"));
        buf_adds(b, "…");
    }
    b->failed |= line.failed;
    buf_free(&line);
}

/* "Resolved…: sexual abuse": names often differ behind a colon only, which so has at least two
 * thirds of the room. */
static void add_shortened(struct buf *b, const char *name, double width_mm)
{
    const char *colon = strrchr(name, ':'), *tail = colon ? colon : "";
    struct buf head = {0};
    buf_add(&head, name, strlen(name) - strlen(tail));
    size_t from = b->len;
    add_start(b, buf_text(&head), fmax(width_mm - draw_width(DRAW_LABEL, tail), width_mm / 3));
    if (*tail)
        add_start(b, tail, width_mm - draw_width(DRAW_LABEL, buf_text(b) + from));
    b->failed |= head.failed;
    buf_free(&head);
}

void bullets_add_name(struct buf *b, const char *name, size_t lines, double width_mm)
{
    if (lines == 1 && draw_width(DRAW_LABEL, name) > width_mm)
        add_shortened(b, name, width_mm);
    else
        draw_wrap(b, DRAW_LABEL, name, width_mm, lines);
}

/* ---- the finding ---- */

static void add_missed(struct buf *b, const struct bullets *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->count; i++)
        if (t->rows[i].state == BULLETS_MISSED)
            buf_addf(b, "%s%s", n++ ? ", " : "", t->rows[i].indicator);
}

static void add_title(struct buf *b, const struct bullets *t)
{
    enum lang lang = lang_of(t);
    struct buf missed = {0};
    add_missed(&missed, t);
    if (t->by_state[BULLETS_OPEN] == t->count)
        buf_adds(b, tr(lang, "No target can be judged yet"));
    else if (t->running)
        buf_addf(b, tr(lang, "So far %zu of %zu targets met"), t->by_state[BULLETS_MET], t->count);
    else
        buf_addf(b, tr(lang, "%zu of %zu targets met"), t->by_state[BULLETS_MET], t->count);
    if (t->by_state[BULLETS_MISSED])
        buf_addf(b, tr(lang, "; not met: %s"), buf_text(&missed));
    if (t->by_state[BULLETS_OPEN] && t->by_state[BULLETS_OPEN] < t->count)
        buf_addf(b, tr(lang, "; not judged yet: %zu"), t->by_state[BULLETS_OPEN]);
    b->failed |= missed.failed;
    buf_free(&missed);
}

/* ---- the notes ---- */

static void add_reading(struct buf *b, const struct bullets *t)
{
    enum lang lang = lang_of(t);
    const struct draw_axis *rates = &t->sections[BULLETS_RATE].axis;
    bool has_rates = t->sections[BULLETS_RATE].count > 0;
    if (t->by_state[BULLETS_MISSED])
        buf_adds(b, tr(lang, "●: now; ▲: now, target not met;"));
    else
        buf_adds(b, tr(lang, "●: now;"));
    if (t->sections[BULLETS_REDUCTION].count) {
        words_next(b);
        buf_adds(b, tr(lang, "○: the same period before;"));
    }
    words_next(b);
    buf_adds(b, t->sections[BULLETS_REDUCTION].count
                    ? tr(lang, "dashed line: the target (of cases: the most allowed).")
                    : tr(lang, "dashed line: the target."));
    if (has_rates && rates->low > 0) {
        words_next(b);
        buf_addf(b, tr(lang, "The axis of rates begins at %d%%."), (int)rates->low);
    }
    if (t->sections[BULLETS_REDUCTION].axis.scale == DRAW_SQRT) {
        words_next(b);
        buf_adds(b, tr(lang, "The axis of counts is a square-root scale."));
    }
    if (t->running) {
        words_next(b);
        buf_adds(b, tr(lang, "The period is not over: results may still change."));
    }
}

/* With their names where no table stands beside the chart. */
static void add_watched(struct buf *b, const struct bullets *t)
{
    const struct result *r = t->result;
    size_t n = 0;
    words_next(b);
    buf_adds(b, tr(lang_of(t), "Watched, not judged: "));
    for (size_t i = 0; i < r->row_count; i++) {
        if (!isnan(cells_number(r, i, "threshold")))
            continue;
        buf_addf(b, "%s%s", n++ ? "; " : "", cells_text(r, i, "indicator"));
        if (t->page.titled)
            buf_addf(b, " %s", cells_text(r, i, "name"));
        buf_addf(b, " (%s)", cells_text(r, i, "result"));
    }
    buf_addc(b, '.');
}

void bullets_add_words(struct bullets *t)
{
    add_title(&t->page.title, t);
    add_reading(&t->page.notes, t);
    if (t->watched)
        add_watched(&t->page.notes, t);
    words_source(&t->page.source, t->result);
}
