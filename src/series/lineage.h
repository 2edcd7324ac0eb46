/* lineage.h: what became of every unit on the boundaries of one day.
 *
 * Units are merged, divided and renamed; history is comparable only on one day's boundaries
 * (contract 2, 3, 4: --units-as-of). Each unit that does not exist on that day is followed through
 * the successions, forward where it ended before, backward where it came later, over as many
 * reforms as lie between, to its heirs: the units of that day that have its area. A unit with one
 * heir is whole in it. Of one with several it is known how much each has where all shares on the
 * way are loaded or guessed; else any of its cases may be any heir's.
 * Checked: tests/test_lineage.c; on all of Viet Nam by tests/golden/units-as-of-national.
 */
#ifndef KEOGIAM_SERIES_LINEAGE_H
#define KEOGIAM_SERIES_LINEAGE_H

#include "store/store.h"

enum fate {
    FATE_STAYS,   /* exists on the day, or nothing is known of what became of it */
    FATE_WHOLE,   /* one heir */
    FATE_SHARED,  /* several, with shares */
    FATE_DIVIDED, /* several, shares not known; going backward perhaps units that are not loaded */
    FATE_ABOVE,   /* ended with all units under it, of whose heirs it was the total */
};

/* How the area of a divided unit is guessed where no share is loaded. */
enum split { SPLIT_NONE, SPLIT_POPULATION, SPLIT_AREA, SPLIT_EQUAL };

struct heir {
    size_t unit;  /* directory index */
    double share; /* of what it inherits from, 0..1; NAN: not known */
};

struct lineage_unit {
    enum fate fate;
    struct heir *heirs; /* by directory index */
    size_t heir_count;
    bool leaves;         /* part of it lies in units that are not loaded */
    day missing_before;  /* before this day it had areas that are not loaded; DAY_NONE */
    const char *missing; /* the codes of these: "30082", "30082, 30085" */
};

struct lineage {
    const struct directory *directory;
    day on;
    struct lineage_unit *units; /* by directory index */
    bool any;                   /* some unit's fate is another than FATE_STAYS */
    bool divided;               /* some unit is FATE_DIVIDED */
    bool guessed;               /* some share is a guess by `split` */
    enum split split;
    struct arena arena;
};

/* The directory must outlive it. Guesses weigh the heirs by the last population of everybody, by
 * area_km2, or all alike; where a weight is not loaded nothing is guessed. */
bool lineage_init(struct lineage *l, struct store *s, int64_t state, const struct directory *d,
                  day on, enum split split, struct err *e);
void lineage_free(struct lineage *l); /* accepts zero */

#endif
