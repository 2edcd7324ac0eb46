/* lists.h: the closed lists that attributes take their values from (contract 3, domain.md 6).
 *
 * An item's number is its place in its list from 0 and is what the store keeps; codes are English
 * tokens. Attribute lists come from datasets/builtin/lists.csv; the short technical ones (basis,
 * op, kind of target, source of a numerator, action of an event) are here in code.
 */
#ifndef KEOGIAM_INGEST_LISTS_H
#define KEOGIAM_INGEST_LISTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/lang.h"

enum outcome {
    OUTCOME_PROSECUTED,
    OUTCOME_ADMINISTRATIVE,
    OUTCOME_DIVERTED,
    OUTCOME_NOT_PROSECUTED,
    OUTCOME_UNFOUNDED,
    OUTCOME_SUSPENDED,
    OUTCOME_TRANSFERRED,
    OUTCOME_OPEN,
    OUTCOME_NONE = -1
};
enum basis { BASIS_RECEIVED, BASIS_OCCURRED, BASIS_PROSECUTED, BASIS_TOTAL };
enum count_unit { COUNT_CASES, COUNT_REPORTS, COUNT_OFFENDERS, COUNT_VICTIMS };
enum target_kind { TARGET_REDUCTION, TARGET_RATE, TARGET_COUNT };
enum target_op { OP_GREATER, OP_AT_LEAST, OP_NONE };
enum rate_source {
    RATE_CASES,
    RATE_ACCEPTED,
    RATE_RESOLVED,
    RATE_SOLVED,
    RATE_VICTIMS,
    RATE_SUPPORTED,
    RATE_INDICATOR
};
enum event_action { EVENT_MARK, EVENT_STEP, EVENT_EXCLUDE };

struct list_item {
    const char *code, *name_vi, *name_en;
};

/* Opaque set of all lists; built once a command, read-only afterwards. */
struct lists;
bool lists_new(struct lists **l, struct err *e);
void lists_delete(struct lists *l);

/* Items of a list in order; *count = 0 where there is no such list. */
const struct list_item *lists_items(const struct lists *l, const char *list, size_t *count);
size_t lists_count(const struct lists *l);
const char *lists_name(const struct lists *l, size_t i);

/* The item that a cell names by code, name or alias (text_key); -1 where none does. For age bands
 * an exact age ("12", "12 tuổi") gives its band. */
int lists_find(const struct lists *l, const char *list, const char *text, size_t n);
/* The same without what was learnt. */
int lists_named(const struct lists *l, const char *list, const char *text, size_t n);

/* A further spelling of the item of that code; where there is no such item nothing is learnt. */
bool lists_learn(struct lists *l, const char *list, const char *spelling, const char *code,
                 struct err *e);

/* Codes, names and aliases of a list's items, as text_key gives them. False: fn said so. */
bool lists_each_name(const struct lists *l, const char *list,
                     bool (*fn)(void *context, int item, const char *key), void *context);

#endif
