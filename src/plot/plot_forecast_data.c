/* From the cells of the period's months and of the forecast's row to what is drawn. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "plot/cells.h"
#include "plot/forecast.h"

const struct forecast_month *forecast_end(const struct forecast *f)
{
    return f->has_forecast ? &f->months[f->m.count - 1] : NULL;
}

static void read_month(struct forecast *f, size_t i)
{
    struct forecast_month *month = &f->months[i];
    *month = (struct forecast_month){
        .now = months_number(&f->m, i, "cumulative"),
        .before = months_number(&f->m, i, "cumulative_before"),
        .expected = months_number(&f->m, i, "expected"),
        .low = months_number(&f->m, i, "pi_low"),
        .high = months_number(&f->m, i, "pi_high"),
        .wide_low = months_number(&f->m, i, "wide_low"),
        .wide_high = months_number(&f->m, i, "wide_high"),
    };
    if (!isnan(month->now))
        f->seen = i + 1;
    const double all[] = {month->now, month->before, month->expected, month->high,
                          month->wide_high};
    for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
        f->most = fmax(f->most, all[k]);
}

/* The last month with something in it may itself be running: what is observed then ends on the
 * data's last day, in its middle where that is not told. */
static double part_of_month(const struct forecast *f)
{
    const char *text = cells_text(f->row, 0, "observed_to");
    int index = f->m.first + (int)f->seen - 1;
    bool impossible = false;
    day on;
    if (isnan(f->months[f->seen - 1].expected))
        return 1;
    if (!day_parse(text, strlen(text), &on, &impossible))
        return 0.5;
    struct date date = date_from_day(on);
    if (date.year * 12 + date.month - 1 != index)
        return 0.5;
    return (double)date.mday / date_month_days(date.year, date.month);
}

static void read_row(struct forecast *f)
{
    const char *period = cells_text(f->row, 0, "period");
    f->observed = cells_number(f->row, 0, "observed");
    f->allowance = cells_number(f->row, 0, "allowance");
    f->left = cells_number(f->row, 0, "left");
    f->prob = cells_number(f->row, 0, "prob_total");
    f->is_year = strlen(period) == 4 && strspn(period, "0123456789") == 4;
    f->before = f->months[f->m.count - 1].before;
    f->most = fmax(f->most, f->allowance);
    f->has_forecast = !isnan(f->months[f->m.count - 1].expected);
    f->is_over = f->seen == f->m.count && !f->has_forecast;
    f->seen_to = f->seen ? (double)(f->seen - 1) + part_of_month(f) : 0;
    if (isnan(f->observed))
        f->observed = f->seen ? f->months[f->seen - 1].now : 0;
    if (isnan(f->left))
        f->left = f->allowance - f->observed;
}

bool forecast_read(struct forecast *f, const struct result *months, const struct result *row,
                   struct err *e)
{
    *f = (struct forecast){.row = row, .most = 1};
    if (!row || row->row_count == 0)
        return err_set(e, ERR_USAGE, "no forecast to draw: choose a period with --period");
    if (!months_read(&f->m, months, e))
        return false;
    f->months = arena_alloc(&f->arena, f->m.count * sizeof *f->months);
    if (!f->months)
        return err_memory(e);
    for (size_t i = 0; i < f->m.count; i++)
        read_month(f, i);
    read_row(f);
    return true;
}

void forecast_free(struct forecast *f)
{
    months_free(&f->m);
    arena_free(&f->arena);
    *f = (struct forecast){0};
}
