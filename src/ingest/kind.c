#include "ingest/kind.h"

#include <string.h>

#include "ingest/kind_tables.h"

#define KIND(id, name, slots)                                                                      \
    {                                                                                              \
        id, #name, name##_columns, slots                                                           \
    }

/* In the order of enum kind_id. */
static const struct kind kinds[KIND_TOTAL] = {
    KIND(KIND_INCIDENTS, incidents, INC_SLOTS),
    KIND(KIND_OUTCOMES, outcomes, INC_SLOTS),
    KIND(KIND_COUNTS, counts, CNT_SLOTS),
    KIND(KIND_COVERAGE, coverage, COV_SLOTS),
    KIND(KIND_UNITS, units, UNIT_SLOTS),
    KIND(KIND_GROUPS, groups, GRP_SLOTS),
    KIND(KIND_SUCCESSIONS, successions, SUC_SLOTS),
    KIND(KIND_POPULATION, population, POP_SLOTS),
    KIND(KIND_COVARIATES, covariates, COVAR_SLOTS),
    KIND(KIND_NEIGHBOURS, neighbours, NBR_SLOTS),
    KIND(KIND_BOUNDARIES, boundaries, BND_SLOTS),
    KIND(KIND_CATEGORIES, categories, CAT_SLOTS),
    KIND(KIND_TARGETS, targets, TGT_SLOTS),
    KIND(KIND_INDICATORS, indicators, IND_SLOTS),
    KIND(KIND_INTERVENTIONS, interventions, ITV_SLOTS),
    KIND(KIND_EVENTS, events, EVT_SLOTS),
    KIND(KIND_BENCHMARKS, benchmarks, BMK_SLOTS),
    KIND(KIND_ALIASES, aliases, ALS_SLOTS),
};

const struct kind *kind_find(const char *name)
{
    for (size_t i = 0; name && i < KIND_TOTAL; i++)
        if (!strcmp(kinds[i].name, name))
            return &kinds[i];
    return NULL;
}

size_t kind_source_slot(const struct kind *k)
{
    switch (k->id) {
    case KIND_COUNTS:
        return CNT_SOURCE;
    case KIND_COVERAGE:
        return COV_SOURCE;
    case KIND_INDICATORS:
        return IND_SOURCE;
    default:
        return k->column_count;
    }
}

const struct kind *kind_of(enum kind_id id)
{
    return (unsigned)id < KIND_TOTAL ? &kinds[id] : NULL;
}
