/* joinpoint_model.c: the design of a joinpoint regression; see joinpoint_search.h. */
#include <stdlib.h>
#include <string.h>

#include "stats/joinpoint_search.h"

bool joinpoint_model_init(struct joinpoint_model *m, const struct time_series *s)
{
    *m = (struct joinpoint_model){.series = s};
    if (!trend_design_init(&m->design, s))
        return false;
    m->n = m->design.data.n;
    m->base = m->design.data.p;
    m->step = malloc((m->n + 1) * sizeof *m->step);
    m->x = malloc((m->base + JOINPOINTS_MOST) * (m->n + 1) * sizeof *m->x);
    if (!m->step || !m->x)
        return false;
    memcpy(m->x, m->design.data.x, m->base * m->n * sizeof *m->x);
    for (size_t i = 0, row = 0; i < s->n; i++)
        if (trend_is_known(s, i))
            m->step[row++] = i;
    return true;
}

void joinpoint_model_free(struct joinpoint_model *m)
{
    trend_design_free(&m->design);
    free(m->step);
    free(m->x);
    *m = (struct joinpoint_model){0};
}

double joinpoint_hinge(const struct time_series *s, size_t step, size_t at)
{
    return step > at ? (double)(step - at) / s->per_year : 0;
}

bool joinpoint_regress(struct joinpoint_model *m, struct joinpoint_fit *f)
{
    struct glm_data d = m->design.data;

    d.x = m->x;
    d.p = m->base + f->count;
    for (size_t k = 0; k < f->count; k++)
        for (size_t i = 0; i < m->n; i++)
            m->x[(m->base + k) * m->n + i] = joinpoint_hinge(m->series, m->step[i], f->at[k]);
    m->fits++;
    return glm_poisson(&d, NULL, &f->glm, f->mu);
}
