/* On what a total of `targets` rests: which units, which days, which changes lie between. */
#include "cli/targets_writing.h"

/* Names of the units of the place that are not compared, at most five. */
static void add_names(struct writing *w, const struct judged *j, struct buf *names)
{
    const struct compare *c = &j->set->compare;
    day at = w->t->period.span.to;
    size_t named = 0;
    for (size_t u = 0; u < c->scope.unit_count && named <= 5; u++) {
        if (!compare_asks(c, u) || c->compared[u])
            continue;
        buf_adds(names, named ? ", " : "");
        buf_adds(names,
                 named < 5 ? session_unit_name(w->t->s, c->scope.units[u], at, &w->words) : "…");
        named++;
    }
}

void targets_add_base(struct writing *w, const struct judged *j)
{
    const struct compared *k = &j->compared;
    struct buf names = {0};
    add_names(w, j, &names);
    buf_addf(&w->b,
             tr(w->lang,
                "Indicator %s: in all %s cases recorded, %s in the same period; the result "
                "is on the same base of comparison (%s of %s units). Not compared: %s."),
             targets_indicator(w, j), targets_number(w, k->recorded),
             targets_number(w, k->recorded_before), targets_number(w, (int64_t)k->units_compared),
             targets_number(w, (int64_t)k->units), buf_text(&names));
    w->b.failed |= names.failed;
    buf_free(&names);
}

bool targets_is_compared(const struct judged *j)
{
    return j->target->kind == TARGET_REDUCTION && j->set && !j->indicator && j->slot == 0 &&
           j->compared.units_compared;
}

bool targets_has_base(const struct judged *j)
{
    return targets_is_compared(j) && j->compared.units_compared < j->compared.units;
}

/* Units compared, but not on all days; at most five. */
void targets_add_partly(struct writing *w, const struct judged *j)
{
    const struct compare *c = &j->set->compare;
    struct buf names = {0};
    size_t named = 0;
    for (size_t u = 0; u < c->scope.unit_count && named <= 5; u++)
        if (c->partly[u]) {
            buf_adds(&names, named ? ", " : "");
            buf_adds(&names, named < 5 ? session_unit_name(w->t->s, c->scope.units[u],
                                                           w->t->period.span.to, &w->words)
                                       : "…");
            named++;
        }
    if (named)
        buf_addf(&w->b,
                 tr(w->lang, "Indicator %s: compared on the days that both periods know, not on "
                             "all: %s."),
                 targets_indicator(w, j), buf_text(&names));
    w->b.failed |= names.failed;
    buf_free(&names);
}

void targets_add_breaks(struct writing *w, const struct judged *j)
{
    const struct compare *c = &j->set->compare;
    const struct event *event;
    struct buf list = {0};
    size_t i = 0;
    while ((event = events_next(&w->t->events, c->scope.units[j->slot], events_days(c), &i)))
        buf_addf(&list, "%s%s %s", list.len ? "; " : "", targets_date(w, event->on), event->label);
    if (list.len)
        buf_addf(&w->b, tr(w->lang, "Changes between the periods, to be borne in mind: %s."),
                 buf_text(&list));
    w->b.failed |= list.failed;
    buf_free(&list);
}

/* Values that were reported for other days than the period's. */
void targets_add_misfits(struct writing *w)
{
    const struct targets_table *t = w->t;
    struct buf names = {0};
    struct span row, first = {0, 0};
    for (size_t i = 0; i < t->head_count; i++)
        if (targets_is_misfit(t, &t->heads[i], &row)) {
            first = names.len ? first : row;
            buf_addf(&names, "%s%s", names.len ? ", " : "", targets_indicator(w, &t->heads[i]));
        }
    if (names.len)
        buf_addf(&w->b,
                 tr(w->lang, "Indicators %s: values are reported for other spans (such as %s – "
                             "%s), which are not divided."),
                 buf_text(&names), targets_date(w, first.from), targets_date(w, first.to));
    w->b.failed |= names.failed;
    buf_free(&names);
}
