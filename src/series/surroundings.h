/* surroundings.h: what lies about the units of a scope: who touches whom, where they are, what
 * their outline is, what kind of places they are.
 */
#ifndef KEOGIAM_SERIES_SURROUNDINGS_H
#define KEOGIAM_SERIES_SURROUNDINGS_H

#include "ingest/geometry.h"
#include "series/scope.h"

/* Pairs of unit slots that share a border, as loaded: once or twice each. */
struct touching {
    struct touching_pair {
        size_t a, b;
    } * items;
    size_t count, cap;
};
bool touching_read(struct touching *t, struct store *s, int64_t state, const struct scope *scope,
                   struct err *e);
void touching_free(struct touching *t); /* accepts zero */

/* Outlines by unit slot; those that have none are empty. */
struct outlines {
    struct geometry *items; /* [unit_count] */
    size_t unit_count;
    size_t count; /* that are not empty */
};
bool outlines_read(struct outlines *o, struct store *s, int64_t state, const struct scope *scope,
                   struct err *e);
void outlines_free(struct outlines *o); /* accepts zero */

/* Where a unit is: its own latitude and longitude, else the middle of its outline (o may be NULL);
 * NAN where neither is known. */
void unit_place(const struct scope *scope, const struct outlines *o, size_t unit, double *lat,
                double *lon);

/* The places of n units (slots): lat, lon [n]. Outlines are read only where one is needed. */
bool unit_places(struct store *s, int64_t state, const struct scope *scope, const size_t *units,
                 size_t n, double *lat, double *lon, struct err *e);

/* Values of one covariate by unit slot: of the last year up to `year` that is loaded, else of the
 * first behind it; NAN where none is. *values [unit_count] is to be freed; *found: the name is
 * loaded at all. */
bool covariate_read(struct store *s, int64_t state, const struct scope *scope, const char *name,
                    int year, double **values, bool *found, struct err *e);

/* The names of all covariates that are loaded, in their order, each once; in the arena. */
bool covariate_names(struct store *s, int64_t state, struct arena *arena, const char ***names,
                     size_t *count, struct err *e);

#endif
