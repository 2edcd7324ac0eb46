/* population.h: person-years at risk. Years between those loaded are interpolated, years beyond are
 * held.
 *
 * A unit with parts (scope.h) has the people of what it is made of at the time, as far as these are
 * loaded: figures published for new units are on another basis more often than not, and are used
 * only where nothing is loaded of what they were made of. */
#ifndef KEOGIAM_SERIES_POPULATION_H
#define KEOGIAM_SERIES_POPULATION_H

#include "series/scope.h"

struct population_point {
    int year;
    double people;
};

struct population {
    const struct scope *scope;
    struct population_point **points; /* by slot, ascending years */
    size_t *counts;
    size_t slot_count;
    bool *by_parts; /* by unit slot: it has the people of its parts; NULL: no column */
    const char
        *column; /* the column used for everybody: "population_u16" …; "" where none is loaded */
    bool is_proxy; /* not the one that fits the root */
    bool held;     /* a year asked for lay outside those loaded, or between them */
};

/* Picks the column that fits the category's root (XHTE: under 16, U18: 14–17, else everybody), or
 * the nearest that is loaded. */
bool population_init(struct population *p, struct store *s, const struct scope *scope,
                     int64_t state, size_t category, struct err *e);
void population_free(struct population *p); /* accepts zero */

/* Person-years of a unit over days; NAN where its population is not known. Sets p->held. */
double population_person_years(struct population *p, size_t unit, const struct spans *days);

/* How many people live in a unit in the mean of the days on which it exists; of one with units
 * under it theirs together. NAN where any of it is not known. */
double population_people(struct population *p, size_t unit, struct span days);

#endif
