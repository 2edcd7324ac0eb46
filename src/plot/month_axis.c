#include "plot/month_axis.h"

#include <math.h>
#include <stdio.h>

#define GAP_MM 2.5    /* between panel and numbers */
#define NUMBER_MM 4.5 /* that a month's number needs */

static bool is_numbered(const struct month_axis *a)
{
    return a->pitch >= NUMBER_MM;
}

double month_axis_pitch(double width_mm, size_t count, double most_mm)
{
    static const double dot_mm = 25.4 / 300;
    return floor(fmin(width_mm / (double)count, most_mm) / dot_mm) * dot_mm;
}

double month_axis_height(const struct month_axis *a)
{
    return GAP_MM + draw_leading(DRAW_MUTED) * (is_numbered(a) ? 2 : 1);
}

static void draw_numbers(struct plot *p, const struct month_axis *a, const struct months *m)
{
    for (size_t i = 0; is_numbered(a) && i < m->count; i++) {
        char number[12];
        snprintf(number, sizeof number, "%d", (m->first + (int)i) % 12 + 1);
        draw_text(p, DRAW_MUTED, DRAW_CENTRE, a->left + ((double)i + 0.5) * a->pitch,
                  a->top + GAP_MM + draw_leading(DRAW_MUTED) / 2, number);
    }
}

/* Every year has its name where all have room, else every second, fifth, ... one. */
static int year_step(const struct month_axis *a)
{
    static const int steps[] = {1, 2, 5, 10, 20};
    size_t i = 0;
    while (i < 4 && steps[i] * 12 * a->pitch < draw_width(DRAW_MUTED, "2000") + 1)
        i++;
    return steps[i];
}

/* The name of a short year at either end neither leaves its months nor meets the next one. */
void month_axis_draw(struct plot *p, const struct month_axis *a, const struct months *m)
{
    double named_to = 0, y = a->top + month_axis_height(a) - draw_leading(DRAW_MUTED) / 2;
    int step = year_step(a);
    draw_numbers(p, a, m);
    for (size_t i = 0; i < m->year_count; i++) {
        const struct month_year *year = &m->years[i];
        char name[12];
        snprintf(name, sizeof name, "%d", year->year);
        double middle = a->left + ((double)year->first + (double)year->count / 2) * a->pitch;
        double width = draw_width(DRAW_MUTED, name);
        double room = (double)year->count * a->pitch * step + 1;
        if (year->year % step || middle - width / 2 <= named_to || width > room)
            continue;
        draw_text(p, DRAW_MUTED, DRAW_CENTRE, middle, y, name);
        named_to = middle + width / 2;
    }
}
