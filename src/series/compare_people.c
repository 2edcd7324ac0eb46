/* The people behind the days compared. */
#include <stdlib.h>

#include "series/compare_private.h"
#include "series/population.h"

/* A parent that nobody covers as a whole is taken over the days that its units can have. */
static bool parent_people(struct compare *c, struct population *p, size_t u, struct err *e)
{
    struct spans now = {0}, before = {0};
    struct span period = c->q->period.span;
    if (c->data_end != DAY_NONE && c->data_end < period.to)
        period.to = c->data_end;
    bool ok = spans_add(&now, period, e);
    for (size_t i = 0; ok && i < c->q->before_count; i++) {
        struct span then = c->q->before[i].span;
        int years = date_from_day(c->q->period.span.to).year - date_from_day(then.to).year;
        ok = spans_add(&before, c->same_span ? span_shift_years(period, -years) : then, e);
    }
    c->person_years[2 * u] = population_person_years(p, u, &now);
    c->person_years[2 * u + 1] = population_person_years(p, u, &before);
    spans_free(&now);
    spans_free(&before);
    return ok;
}

static bool unit_people(struct compare *c, struct population *p, size_t u, struct err *e)
{
    if (!c->scope.is_leaf[u] && !c->compared[u])
        return parent_people(c, p, u, e);
    c->person_years[2 * u] = population_person_years(p, u, &c->now[u]);
    c->person_years[2 * u + 1] = population_person_years(p, u, &c->before[u]);
    return true;
}

bool compare_read_people(struct compare *c, struct store *s, struct err *e)
{
    if (c->q->per != PER_POPULATION)
        return true;
    struct population p = {0};
    c->person_years = calloc(2 * c->scope.unit_count + 1, sizeof *c->person_years);
    bool ok = c->person_years
                  ? population_init(&p, s, &c->scope, c->q->tally.state, c->q->categories[0], e)
                  : err_memory(e);
    for (size_t u = 0; ok && u < c->scope.unit_count; u++)
        ok = unit_people(c, &p, u, e);
    c->population_column = p.column ? p.column : "";
    c->population_proxy = p.is_proxy;
    c->population_held = p.held;
    population_free(&p);
    return ok;
}
