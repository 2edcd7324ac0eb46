/* From the cells of a `targets` result to rows by kind. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "plot/bullets.h"
#include "plot/cells.h"

static enum bullets_kind kind_of(const char *token)
{
    if (!strcmp(token, "reduction"))
        return BULLETS_REDUCTION;
    return strcmp(token, "rate") ? BULLETS_COUNT : BULLETS_RATE;
}

static enum bullets_state state_of(const char *token)
{
    if (!strcmp(token, "met") || !strcmp(token, "held_zero"))
        return BULLETS_MET;
    bool is_missed = !strcmp(token, "not_met") || !strcmp(token, "lost");
    return is_missed ? BULLETS_MISSED : BULLETS_OPEN;
}

/* "▲ not met": the mark stays on a photocopy. */
static const char *verdict_words(struct bullets *t, const char *token, enum bullets_state state)
{
    struct buf b = {0};
    buf_adds(&b, state == BULLETS_MISSED ? "▲\u00a0" : "");
    for (const char *c = tr(t->result->lang, token); *c; c++)
        buf_addc(&b, *c == '_' ? ' ' : *c);
    const char *words = draw_keep(&t->arena, &b);
    buf_free(&b);
    return words;
}

static bool read_row(struct bullets *t, size_t at)
{
    const struct result *r = t->result;
    const char *token = cells_text(r, at, "verdict");
    struct bullets_row row = {.kind = kind_of(cells_text(r, at, "kind")),
                              .state = state_of(token),
                              .indicator = cells_text(r, at, "indicator"),
                              .name = cells_text(r, at, "name"),
                              .missing = cells_text(r, at, "missing"),
                              .target = cells_text(r, at, "target"),
                              .result = cells_text(r, at, "result"),
                              .now = cells_number(r, at, "numerator"),
                              .before = NAN,
                              .goal = cells_number(r, at, "threshold")};
    row.verdict = verdict_words(t, token, row.state);
    if (row.kind == BULLETS_REDUCTION) {
        row.before = cells_number(r, at, "denominator");
        row.goal = cells_number(r, at, "may_miss");
    } else if (row.kind == BULLETS_RATE)
        row.now = cells_number(r, at, "value");
    t->by_state[row.state]++;
    t->running |= !isnan(cells_number(r, at, "prob_met"));
    t->rows[t->count++] = row;
    return row.verdict != NULL;
}

static bool check_result(const struct result *r, struct err *e)
{
    size_t judged = 0;
    for (size_t i = 0; i < r->row_count; i++) {
        judged += !isnan(cells_number(r, i, "threshold"));
        if (strcmp(cells_text(r, i, "unit"), cells_text(r, 0, "unit")) != 0)
            return err_set(e, ERR_USAGE,
                           "the chart shows the targets of one unit, and there are %s and %s: "
                           "choose one with --unit",
                           cells_text(r, 0, "unit"), cells_text(r, i, "unit"));
    }
    if (judged == 0)
        return err_set(e, ERR_USAGE, "no target to draw: choose a plan that has targets (--plan)");
    return true;
}

/* Of each kind those with a threshold, in their order. */
static bool read_kind(struct bullets *t, enum bullets_kind kind)
{
    const struct result *r = t->result;
    struct bullets_section *s = &t->sections[kind];
    bool ok = true;
    s->first = t->count;
    for (size_t i = 0; ok && i < r->row_count; i++) {
        bool is_judged = !isnan(cells_number(r, i, "threshold"));
        if (is_judged && kind_of(cells_text(r, i, "kind")) == kind)
            ok = read_row(t, i);
    }
    s->count = t->count - s->first;
    return ok;
}

bool bullets_read(struct bullets *t, const struct result *r, struct err *e)
{
    *t = (struct bullets){.result = r};
    if (!check_result(r, e))
        return false;
    t->rows = malloc(r->row_count * sizeof *t->rows);
    if (!t->rows)
        return err_memory(e);
    for (int kind = 0; kind < BULLETS_KINDS; kind++)
        if (!read_kind(t, (enum bullets_kind)kind))
            return err_memory(e);
    t->watched = r->row_count - t->count;
    return true;
}

void bullets_free(struct bullets *t)
{
    free(t->rows);
    for (size_t i = 0; i < BULLETS_KINDS; i++)
        draw_ticks_free(&t->sections[i].ticks);
    draw_page_free(&t->page);
    arena_free(&t->arena);
    *t = (struct bullets){0};
}
