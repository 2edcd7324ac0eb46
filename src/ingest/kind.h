/* kind.h: the kinds of input: one table entry a kind declares its columns, their aliases and what
 * they hold.
 *
 * The reader's records become rows of this shape: one `struct value` a slot, in the order of the
 * kind's columns. The store's tables have the same columns in the same order, so a new input is a
 * new entry here and a table there. Files are recognised from their heads; --as forces a kind.
 */
#ifndef KEOGIAM_INGEST_KIND_H
#define KEOGIAM_INGEST_KIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum kind_id {
    KIND_INCIDENTS,
    KIND_OUTCOMES, /* same slots as incidents: what changed of a case */
    KIND_COUNTS,
    KIND_COVERAGE,
    KIND_UNITS,
    KIND_GROUPS,
    KIND_SUCCESSIONS,
    KIND_POPULATION,
    KIND_COVARIATES,
    KIND_NEIGHBOURS,
    KIND_BOUNDARIES,
    KIND_CATEGORIES,
    KIND_TARGETS,
    KIND_INDICATORS,
    KIND_INTERVENTIONS,
    KIND_EVENTS,
    KIND_BENCHMARKS,
    KIND_ALIASES,
    KIND_TOTAL /* how many kinds */
};

enum slot_type {
    SLOT_CASE_ID, /* TEXT: [A-Za-z0-9/._-]{1,40} */
    SLOT_CODE,    /* TEXT: a new code: letters, digits, . _ / - ?, up to 80 */
    SLOT_NAME, /* TEXT: reference files only (names of areas, categories, models); NFC, ≤ 500 bytes
                */
    SLOT_UNIT,       /* INT: id in the directory */
    SLOT_OLD_UNIT,   /* TEXT: code of a unit of the day before the row's, which may be missing */
    SLOT_CATEGORY,   /* INT: id in the directory */
    SLOT_CATEGORIES, /* INT: index of a category set in the directory (one id a root) */
    SLOT_DATE,       /* INT: day */
    SLOT_FROM,       /* INT: first day; the column holds a date or a period */
    SLOT_TO,    /* INT: last day; filled from the FROM column's period where it has no column */
    SLOT_COUNT, /* INT >= 0 */
    SLOT_REAL,  /* REAL */
    SLOT_BOOL,  /* INT 0/1 (có/không, x, yes/no, true/false) */
    SLOT_YEAR,  /* INT 1900-2200 */
    SLOT_LIST,  /* INT: item number in the closed list named */
    SLOT_LISTS  /* INT: bit mask over the closed list's item numbers (items 0-62) */
};

struct kind_column {
    const char *name;    /* the contract's English name */
    const char *aliases; /* '|'-separated Vietnamese and other heads, matched by text_key */
    enum slot_type type;
    bool required;
    const char *list; /* SLOT_LIST, SLOT_LISTS: the list's name (lists.h) */
};

struct kind {
    enum kind_id id;
    const char *name; /* "incidents" */
    const struct kind_column *columns;
    size_t column_count;
};

#define ROW_SLOTS 32

enum value_type { VALUE_NONE, VALUE_INT, VALUE_REAL, VALUE_TEXT };

struct value {
    enum value_type type;
    union {
        int64_t i;
        double x;
        const char *s; /* lives as long as its batch */
    } as;
};

/* Lines of workbooks carry the sheet's number, from 1, in their upper half, so that they ascend
 * through the file; other files have 0 there. */
_Static_assert(sizeof(size_t) >= 8, "a line holds the number of a sheet and that of a line");
#define LINE_SHEET_SHIFT 32
static inline size_t line_in_sheet(size_t sheet, size_t line)
{
    return (sheet + 1) << LINE_SHEET_SHIFT | line;
}
static inline size_t line_number(size_t line)
{
    return line & (((size_t)1 << LINE_SHEET_SHIFT) - 1);
}
/* 0: the file has no sheets. */
static inline size_t line_sheet(size_t line)
{
    return line >> LINE_SHEET_SHIFT;
}

/* A checked row. Nothing in it is ambiguous, impossible or unknown. */
struct row {
    size_t line; /* of the file, see above */
    struct value slots[ROW_SLOTS];
};

/* Slots of the kinds that code speaks of by name: the order of the columns. */
enum incident_slot {
    INC_CASE_ID,
    INC_UNIT,
    INC_CATEGORY,
    INC_RECEIVED_ON,
    INC_OCCURRED_ON,
    INC_PROSECUTED_ON,
    INC_INTAKE,
    INC_RESOLVED_ON,
    INC_OUTCOME,
    INC_INDICTED_ON,
    INC_TRIED_ON,
    INC_SOLVED_ON,
    INC_VICTIMS,
    INC_VICTIMS_U16,
    INC_VICTIMS_U18,
    INC_VICTIMS_SUPPORTED,
    INC_OFFENDERS,
    INC_OFFENDERS_U18,
    INC_ONLINE,
    INC_SEVERITY,
    INC_VICTIM_AGE_BAND,
    INC_VICTIM_SEX,
    INC_OFFENDER_AGE_BAND,
    INC_RELATION,
    INC_SETTING,
    INC_TIME_OF_DAY,
    INC_AT_RISK_GROUP,
    INC_FACTORS,
    INC_SYNTHETIC, /* 1: simulated; every output made from it says so */
    INC_SLOTS
};
enum count_slot {
    CNT_UNIT,
    CNT_CATEGORY,
    CNT_FROM, /* column `period` */
    CNT_TO,
    CNT_COUNT, /* VALUE_NONE: written empty, that is unknown */
    CNT_BASIS,
    CNT_OFFENDERS,
    CNT_VICTIMS,
    CNT_ACCEPTED,
    CNT_CARRIED_OVER,
    CNT_TRANSFERRED,
    CNT_RESOLVED,
    CNT_OVERDUE,
    CNT_SOLVED,
    CNT_SYNTHETIC,
    CNT_CALENDAR, /* as given, for the check that the file's months are the database's */
    CNT_SUPPORTED,
    CNT_SUSPENDED,
    CNT_SOURCE, /* the office that speaks: of the whole file, in no table (kind_source_slot) */
    CNT_SLOTS
};
enum coverage_slot { COV_UNIT, COV_FROM, COV_TO, COV_CATEGORY, COV_TOTAL, COV_SOURCE, COV_SLOTS };
enum indicator_slot {
    IND_INDICATOR,
    IND_UNIT,
    IND_FROM,
    IND_TO,
    IND_NUMERATOR,
    IND_DENOMINATOR,
    IND_SOURCE,
    IND_SLOTS
};
enum unit_slot {
    UNIT_CODE,
    UNIT_VALID_FROM, /* DAY_MIN where empty */
    UNIT_VALID_TO,   /* DAY_MAX where empty */
    UNIT_NAME,
    UNIT_PARENT, /* code */
    UNIT_LEVEL,
    UNIT_LAT,
    UNIT_LON,
    UNIT_AREA_KM2,
    UNIT_SLOTS
};
enum category_slot {
    CAT_CODE,
    CAT_NAME,
    CAT_PARENT, /* code */
    CAT_ALIASES,
    CAT_ARTICLES,
    CAT_ICCS,
    CAT_WEIGHT,
    CAT_VALID_FROM,
    CAT_VALID_TO,
    CAT_SLOTS
};
enum target_slot {
    TGT_PLAN,
    TGT_INDICATOR,
    TGT_KIND,
    TGT_OP,
    TGT_THRESHOLD,
    TGT_UNIT,
    TGT_CATEGORY,
    TGT_NUMERATOR,
    TGT_DENOMINATOR,
    TGT_NAME,
    TGT_QUOTE,
    TGT_NOTE,
    TGT_SLOTS
};

/* A cell of the column may name several items. */
static inline bool kind_takes_several(const struct kind_column *c)
{
    return c->type == SLOT_CATEGORIES || c->type == SLOT_LISTS;
}

/* What a spelling stands for: a unit, a category, a value of a closed list. The items of the list
 * alias_kind (lists.h); those from ALIAS_LISTS on are called as the list that they speak of. */
enum alias_kind { ALIAS_UNIT, ALIAS_CATEGORY, ALIAS_LISTS };
/* A row without a code says that the spelling is no alias: it goes no further than the checks. */
enum alias_slot {
    ALS_KIND,
    ALS_SPELLING, /* as text_key_marked gives it */
    ALS_ROOT,     /* of a category: code of its root, in which the alias holds; else "" */
    ALS_CODE,     /* the file may say a name */
    ALS_SLOTS
};

/* NULL where the name is none. */
const struct kind *kind_find(const char *name);
const struct kind *kind_of(enum kind_id id);
/* The column that names the office that speaks; column_count where the kind has none. */
size_t kind_source_slot(const struct kind *k);

#endif
