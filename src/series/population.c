#include "series/population.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"

/* Slots of KIND_POPULATION: unit, year, then the four columns. */
enum { POP_UNIT, POP_YEAR, POP_ALL, POP_U16, POP_U18, POP_14_17, POP_COLUMNS = 4 };

static const char *const column_names[POP_COLUMNS] = {N_("population"), N_("population_u16"),
                                                      N_("population_u18"), N_("population_14_17")};
/* Preference of columns by root, as offsets from POP_ALL. */
static const int for_children[POP_COLUMNS] = {1, 2, 3, 0};
static const int for_youths[POP_COLUMNS] = {3, 2, 1, 0};
static const int for_all[POP_COLUMNS] = {0, 2, 1, 3};

struct reading {
    struct population *p;
    const struct scope *scope;
    bool present[POP_COLUMNS]; /* first pass */
    int chosen;                /* second pass; -1 in the first */
};

static bool append_point(struct population *p, size_t unit, struct population_point point,
                         struct err *e)
{
    void *points = p->points[unit];
    size_t cap = p->counts[unit]; /* grown one at a time: a few years a unit */
    points = realloc(points, (cap + 1) * sizeof **p->points);
    if (!points)
        return err_memory(e);
    p->points[unit] = points;
    p->points[unit][p->counts[unit]++] = point;
    return true;
}

/* Of a part with a share, that share. */
static struct population_point share_of(const struct scope *s, size_t slot,
                                        struct population_point point)
{
    const struct scope_part *part = slot < s->unit_count ? NULL : &s->parts[slot - s->unit_count];
    if (part && part->heir != NO_ENTRY)
        point.people *= part->line->heirs[part->heir].share;
    return point;
}

/* Rows come in (unit, year) order. */
static bool take_row(void *context, const struct row *row, const struct row_info *info,
                     struct err *e)
{
    (void)info;
    struct reading *r = context;
    size_t u = directory_unit_by_id(r->scope->directory, row->slots[POP_UNIT].as.i);
    size_t slot = u == NO_ENTRY                         ? NO_ENTRY
                  : r->scope->first_part[u] != NO_ENTRY ? r->scope->first_part[u]
                                                        : r->scope->unit_slot[u];
    if (slot == NO_ENTRY)
        return true;
    for (int i = 0; r->chosen < 0 && i < POP_COLUMNS; i++)
        r->present[i] |= row->slots[POP_ALL + i].type == VALUE_INT;
    if (r->chosen < 0 || row->slots[POP_ALL + r->chosen].type != VALUE_INT)
        return true;
    struct population_point point = {(int)row->slots[POP_YEAR].as.i,
                                     (double)row->slots[POP_ALL + r->chosen].as.i};
    for (; slot < r->scope->slot_count && r->scope->units[slot] == u; slot++)
        if (!append_point(r->p, slot, share_of(r->scope, slot, point), e))
            return false;
    return true;
}

static const int *preference(const struct directory *d, size_t category)
{
    const char *root = d->categories[d->categories[category].root].code;
    return !strcmp(root, "XHTE") ? for_children : !strcmp(root, "U18") ? for_youths : for_all;
}

/* A unit is on the basis of its parts where any of these has people. */
static bool choose_basis(struct population *p, struct err *e)
{
    const struct scope *s = p->scope;
    p->by_parts = calloc(s->unit_count + 1, sizeof *p->by_parts);
    if (!p->by_parts)
        return err_memory(e);
    for (size_t u = 0; u < s->unit_count; u++) {
        const size_t *parts;
        size_t n = scope_parts(s, u, &parts);
        for (size_t i = 0; i < n; i++)
            p->by_parts[u] |= p->counts[parts[i]] > 0;
    }
    return true;
}

bool population_init(struct population *p, struct store *s, const struct scope *scope,
                     int64_t state, size_t category, struct err *e)
{
    *p = (struct population){.scope = scope, .slot_count = scope->slot_count, .column = ""};
    p->points = calloc(scope->slot_count + 1, sizeof *p->points);
    p->counts = calloc(scope->slot_count + 1, sizeof *p->counts);
    if (!p->points || !p->counts)
        return err_memory(e);
    struct reading r = {.p = p, .scope = scope, .chosen = -1};
    if (!store_each_row(s, state, KIND_POPULATION, take_row, &r, e))
        return false;
    const int *wanted = preference(scope->directory, category);
    int i = 0;
    while (i < POP_COLUMNS && !r.present[wanted[i]])
        i++;
    if (i == POP_COLUMNS)
        return true;
    r.chosen = wanted[i];
    p->column = column_names[wanted[i]];
    p->is_proxy = i > 0;
    return store_each_row(s, state, KIND_POPULATION, take_row, &r, e) && choose_basis(p, e);
}

void population_free(struct population *p)
{
    for (size_t u = 0; p->points && u < p->slot_count; u++)
        free(p->points[u]);
    free(p->points);
    free(p->counts);
    free(p->by_parts);
    *p = (struct population){0};
}

static double people_in(struct population *p, size_t unit, int year)
{
    const struct population_point *x = p->points[unit];
    size_t n = p->counts[unit];
    if (!n)
        return NAN;
    for (size_t i = 0; i < n; i++)
        if (x[i].year == year)
            return x[i].people;
    p->held = true;
    if (year < x[0].year)
        return x[0].people;
    for (size_t i = 1; i < n; i++)
        if (year < x[i].year)
            return x[i - 1].people + (x[i].people - x[i - 1].people) * (year - x[i - 1].year) /
                                         (x[i].year - x[i - 1].year);
    return x[n - 1].people;
}

/* ---- units with parts ---- */

static struct span valid_of(const struct scope *s, size_t slot)
{
    return s->directory->units[s->units[slot]].valid;
}

/* The people of what the unit was made of on that day, or as near to it as it had parts; of a
 * divided part nobody knows. */
static double people_of_parts(struct population *p, size_t unit, int year, day on)
{
    const struct scope *s = p->scope;
    const size_t *parts;
    size_t n = scope_parts(s, unit, &parts);
    struct span lived = {DAY_MAX, DAY_MIN};
    if (s->lineage->units[s->units[unit]].missing_before != DAY_NONE)
        return NAN; /* of an area that is not loaded */
    for (size_t i = 0; i < n; i++) {
        struct span valid = valid_of(s, parts[i]);
        lived.from = valid.from < lived.from ? valid.from : lived.from;
        lived.to = valid.to > lived.to ? valid.to : lived.to;
    }
    day then = on < lived.from ? lived.from : on > lived.to ? lived.to : on;
    double sum = span_has(valid_of(s, unit), then) ? people_in(p, unit, year) : 0;
    for (size_t i = 0; i < n; i++)
        if (span_has(valid_of(s, parts[i]), then))
            sum +=
                s->parts[parts[i] - s->unit_count].is_divided ? NAN : people_in(p, parts[i], year);
    return sum;
}

double population_person_years(struct population *p, size_t unit, const struct spans *days)
{
    double sum = 0;
    for (size_t i = 0; i < days->count; i++)
        for (int y = date_from_day(days->items[i].from).year;
             y <= date_from_day(days->items[i].to).year; y++) {
            struct span year = calendar_year(CALENDAR_CIVIL, y);
            struct span in = span_intersect(days->items[i], year);
            double part = (double)span_days(in);
            double people = p->by_parts && p->by_parts[unit] ? people_of_parts(p, unit, y, in.from)
                                                             : people_in(p, unit, y);
            sum += people * part / (double)span_days(year);
        }
    return sum;
}

/* As person-years count them: a leap year is one. */
static double years_in(struct span days)
{
    double sum = 0;
    for (int y = date_from_day(days.from).year; y <= date_from_day(days.to).year; y++) {
        struct span year = calendar_year(CALENDAR_CIVIL, y);
        sum += (double)span_days(span_intersect(days, year)) / (double)span_days(year);
    }
    return sum;
}

static double people_of_leaf(struct population *p, size_t unit, struct span days)
{
    struct span in = span_intersect(days, p->scope->life[unit]);
    const struct spans all = {&in, 1, 1};
    return span_is_empty(in) ? NAN : population_person_years(p, unit, &all) / years_in(in);
}

double population_people(struct population *p, size_t unit, struct span days)
{
    const struct scope *s = p->scope;
    double sum = 0;
    if (s->is_leaf[unit])
        return people_of_leaf(p, unit, days);
    for (size_t u = unit + 1; u < s->unit_count; u++)
        if (s->is_leaf[u] && !s->directory->units[s->units[u]].is_unknown &&
            !span_is_empty(span_intersect(days, s->life[u])) && scope_is_under(s, unit, u))
            sum += people_of_leaf(p, u, days);
    return sum;
}
