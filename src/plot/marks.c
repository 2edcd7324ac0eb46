#include "plot/marks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"

#define MOST_LANES 4
#define LABEL_MM 62.0 /* a longer label is shortened */
#define GAP_MM 2.0    /* between two labels of a lane */
#define CLEAR_MM 0.8  /* between a label and another one's line */
#define MOST_NOTED 8

/* ---- what there is ---- */

void marks_add_month(struct buf *b, int index)
{
    buf_addf(b, "%d/%d", index % 12 + 1, index / 12);
}

static const char *shortened(struct marks *k, const char *words)
{
    struct buf b = {0};
    draw_wrap(&b, DRAW_LABEL, words, LABEL_MM, 1);
    const char *label = draw_keep(&k->arena, &b);
    buf_free(&b);
    return label;
}

bool marks_add(struct marks *k, enum mark_kind kind, size_t month, size_t months, const char *words,
               struct err *e)
{
    void *items = k->items;
    if (!array_grow(&items, &k->cap, k->count + 1, sizeof *k->items, e))
        return false;
    k->items = items;
    struct mark mark = {.kind = kind, .month = month, .months = months};
    mark.words = arena_text(&k->arena, words);
    mark.label = shortened(k, words);
    if (!mark.words || !mark.label)
        return err_memory(e);
    mark.width = draw_width(DRAW_LABEL, mark.label);
    k->has[kind] = true;
    k->items[k->count++] = mark;
    return true;
}

static enum mark_kind kind_of(const char *action)
{
    if (!strcmp(action, "step"))
        return MARK_STEP;
    return strcmp(action, "exclude") ? MARK_EVENT : MARK_EXCLUDE;
}

static size_t run_of(const struct months *m, size_t from)
{
    size_t to = from + 1;
    while (to < m->count && !strcmp(months_text(m, to, "event"), months_text(m, from, "event")) &&
           !strcmp(months_text(m, to, "action"), months_text(m, from, "action")))
        to++;
    return to - from;
}

bool marks_add_events(struct marks *k, const struct months *m, struct err *e)
{
    struct buf words = {0};
    bool ok = true;
    for (size_t i = 0, run; ok && i < m->count; i += run) {
        const char *event = months_text(m, i, "event");
        run = run_of(m, i);
        if (!*event)
            continue;
        buf_clear(&words);
        marks_add_month(&words, m->first + (int)i);
        if (run > 1) {
            buf_adds(&words, "–");
            marks_add_month(&words, m->first + (int)(i + run) - 1);
        }
        buf_addf(&words, ": %s", event);
        ok = !words.failed || err_memory(e);
        ok = ok && marks_add(k, kind_of(months_text(m, i, "action")), i, run, buf_text(&words), e);
    }
    buf_free(&words);
    return ok;
}

void marks_free(struct marks *k)
{
    free(k->items);
    arena_free(&k->arena);
    *k = (struct marks){0};
}

/* ---- where it stands ---- */

static bool covers(const struct mark *label, const struct mark *line)
{
    return line->x > label->left - CLEAR_MM && line->x < label->left + label->width + CLEAR_MM;
}

static bool is_free(const struct marks *k, const struct mark *mark, size_t lane)
{
    for (size_t i = 0; i < k->count; i++) {
        const struct mark *other = &k->items[i];
        if (!other->is_placed)
            continue;
        bool meets = other->lane == lane && mark->left < other->left + other->width + GAP_MM &&
                     other->left < mark->left + mark->width + GAP_MM;
        if (meets || (other->lane < lane && covers(other, mark)) ||
            (other->lane > lane && covers(mark, other)))
            return false;
    }
    return true;
}

static int earlier_first(const void *a, const void *b)
{
    const struct mark *one = a, *other = b;
    if (one->x != other->x)
        return one->x < other->x ? -1 : 1;
    return (int)other->kind - (int)one->kind;
}

static void place(struct marks *k, struct mark *mark, double left)
{
    mark->left = left;
    for (size_t lane = 0; lane < MOST_LANES; lane++) {
        if (!is_free(k, mark, lane))
            continue;
        mark->lane = lane;
        mark->is_placed = true;
        k->lanes = lane >= k->lanes ? lane + 1 : k->lanes;
        return;
    }
}

/* A label flies to the right of its line like a flag. From the last mark to the first each finds
 * its lane above those that it would meet, so no line runs through a label; those too near the
 * right end fly to the left, from the first of them to the last. */
void marks_place(struct marks *k, double left, double pitch, double low, double high)
{
    for (size_t i = 0; i < k->count; i++) {
        struct mark *mark = &k->items[i];
        double middle = mark->kind == MARK_EXCLUDE ? (double)mark->months / 2 : 0;
        mark->x = left + ((double)mark->month + middle) * pitch;
    }
    if (k->count > 1)
        qsort(k->items, k->count, sizeof *k->items, earlier_first);
    for (size_t i = k->count; i-- > 0;)
        if (k->items[i].x + k->items[i].width <= high)
            place(k, &k->items[i], k->items[i].x);
    for (size_t i = 0; i < k->count; i++)
        if (!k->items[i].is_placed && k->items[i].x - k->items[i].width >= low)
            place(k, &k->items[i], k->items[i].x - k->items[i].width);
}

double marks_height(const struct marks *k)
{
    return k->lanes ? (double)k->lanes * draw_leading(DRAW_LABEL) + 1 : 0;
}

/* ---- drawing ---- */

/* The lower edge of a placed label. */
static double label_foot(const struct mark *mark, double foot)
{
    return foot - 0.6 - (double)mark->lane * draw_leading(DRAW_LABEL);
}

void marks_draw_labels(struct plot *p, const struct marks *k, double foot)
{
    for (size_t i = 0; i < k->count; i++)
        if (k->items[i].is_placed)
            draw_text(p, k->items[i].kind == MARK_JOINPOINT ? DRAW_TARGET : DRAW_LABEL, DRAW_LEFT,
                      k->items[i].left,
                      label_foot(&k->items[i], foot) - draw_leading(DRAW_LABEL) / 2,
                      k->items[i].label);
}

static void add_line(struct buf *rows, const struct mark *mark, double foot, double bottom,
                     double pitch)
{
    double top = mark->is_placed ? label_foot(mark, foot) : foot;
    if (mark->kind != MARK_EXCLUDE) {
        draw_line(rows, mark->x, top, mark->x, bottom);
        return;
    }
    double half = (double)mark->months / 2 * pitch;
    if (mark->is_placed)
        draw_line(rows, mark->x, top, mark->x, foot);
    draw_line(rows, mark->x - half, foot, mark->x + half, foot);
    draw_line(rows, mark->x - half, foot, mark->x - half, foot + 1.2);
    draw_line(rows, mark->x + half, foot, mark->x + half, foot + 1.2);
}

void marks_draw(struct plot *p, const struct marks *k, double foot, double bottom, double pitch)
{
    static const char *const looks[] = {"lc rgb GOAL lw 1.4 dt (6,3)", "lc rgb INK lw 1.2",
                                        "lc rgb INK lw 1", "lc rgb INK lw 1 dt (2,2)"};
    for (int kind = MARK_JOINPOINT; kind <= MARK_EVENT; kind++) {
        struct buf rows = {0};
        for (size_t i = 0; i < k->count; i++)
            if ((int)k->items[i].kind == kind)
                add_line(&rows, &k->items[i], foot, bottom, pitch);
        draw_lines(p, &rows, looks[kind]);
        buf_free(&rows);
    }
}

void marks_add_left_over(struct buf *b, const struct marks *k, enum lang lang)
{
    size_t noted = 0;
    struct buf list = {0};
    for (size_t i = 0; i < k->count; i++) {
        const struct mark *mark = &k->items[i];
        if (mark->is_placed && !strcmp(mark->label, mark->words))
            continue;
        if (noted++ < MOST_NOTED)
            buf_addf(&list, "%s%s", list.len ? "; " : "", mark->words);
    }
    if (noted == 0)
        return;
    words_next(b);
    buf_addf(b, tr(lang, "Marked too: %s"), buf_text(&list));
    if (noted > MOST_NOTED)
        buf_addf(b, tr(lang, "; and %zu more"), noted - MOST_NOTED);
    buf_addc(b, '.');
    b->failed |= list.failed;
    buf_free(&list);
}
