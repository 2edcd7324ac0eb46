#include "store/table.h"

#include <string.h>

/* clang-format off */
/* K: part of the key; U, C: refers to a unit, a category. */
#define INT_(n) {n, TABLE_INT, false, false, false}
#define REAL_(n) {n, TABLE_REAL, false, false, false}
#define TEXT_(n) {n, TABLE_TEXT, false, false, false}
#define KINT(n) {n, TABLE_INT, true, false, false}
#define KTEXT(n) {n, TABLE_TEXT, true, false, false}
#define KUNIT(n) {n, TABLE_INT, true, true, false}
#define UNIT_(n) {n, TABLE_INT, false, true, false}
#define KCATEGORY(n) {n, TABLE_INT, true, false, true}
#define CATEGORY_(n) {n, TABLE_INT, false, false, true}

static const struct table_column unit_columns[] = {
    KTEXT("code"),   KINT("valid_from"), INT_("valid_to"), TEXT_("name"),    TEXT_("parent"),
    TEXT_("level"), REAL_("lat"),       REAL_("lon"),     REAL_("area_km2"),
};
static const struct table_column category_columns[] = {
    KTEXT("code"),  TEXT_("name"), TEXT_("parent"), TEXT_("aliases"),  TEXT_("articles"),
    TEXT_("iccs"), REAL_("weight"), INT_("valid_from"), INT_("valid_to"),
};
static const struct table_column incident_columns[] = {
    KTEXT("case_id"),        UNIT_("unit"),          INT_("category_set"),
    INT_("received_on"),     INT_("occurred_on"),    INT_("prosecuted_on"),
    INT_("intake"),          INT_("resolved_on"),    INT_("outcome"),
    INT_("indicted_on"),     INT_("tried_on"),       INT_("solved_on"),
    INT_("victims"),         INT_("victims_u16"),    INT_("victims_u18"),
    INT_("victims_supported"), INT_("offenders"),    INT_("offenders_u18"),
    INT_("online"),          INT_("severity"),       INT_("victim_age_band"),
    INT_("victim_sex"),      INT_("offender_age_band"), INT_("relation"),
    INT_("setting"),         INT_("time_of_day"),    INT_("at_risk_group"),
    INT_("factors"),         INT_("synthetic"),
};
static const struct table_column count_columns[] = {
    KUNIT("unit"),       KCATEGORY("category"), KINT("day_from"),     KINT("day_to"),
    INT_("count"),       KINT("basis"),         INT_("offenders"),    INT_("victims"),
    INT_("accepted"),    INT_("carried_over"),  INT_("transferred"),  INT_("resolved"),
    INT_("overdue"),     INT_("solved"),        INT_("synthetic"),    TEXT_("calendar"),
    INT_("supported"),   INT_("suspended"),
};
static const struct table_column coverage_columns[] = {
    KUNIT("unit"), KINT("day_from"), KINT("day_to"), KCATEGORY("category"), INT_("total"),
};
static const struct table_column group_columns[] = {KTEXT("code"), KUNIT("unit"), TEXT_("name")};
static const struct table_column succession_columns[] = {KTEXT("old_unit"), KUNIT("new_unit"),
                                                         KINT("day"), REAL_("share")};
static const struct table_column population_columns[] = {
    KUNIT("unit"),          KINT("year"),           INT_("population"), INT_("population_u16"),
    INT_("population_u18"), INT_("population_14_17"), TEXT_("source"),
};
static const struct table_column covariate_columns[] = {KUNIT("unit"), KINT("year"), KTEXT("name"),
                                                        REAL_("value")};
static const struct table_column neighbour_columns[] = {KUNIT("unit"), KUNIT("neighbour")};
static const struct table_column boundary_columns[] = {KUNIT("unit"), TEXT_("geometry")};
static const struct table_column target_columns[] = {
    KTEXT("plan"), KTEXT("indicator"),    INT_("kind"),      INT_("op"),
    REAL_("threshold"), {"unit", TABLE_INT, true, true, false}, CATEGORY_("category"),
    INT_("numerator"), INT_("denominator"), TEXT_("name"), TEXT_("quote"), TEXT_("note"),
};
static const struct table_column indicator_columns[] = {
    KTEXT("indicator"), KUNIT("unit"),     KINT("day_from"),
    KINT("day_to"),     INT_("numerator"), INT_("denominator"),
};
static const struct table_column intervention_columns[] = {
    KTEXT("intervention"), KUNIT("unit"), KINT("starts_on"), INT_("ends_on"), TEXT_("name")};
static const struct table_column event_columns[] = {
    KINT("day"), KTEXT("label"), INT_("action"), {"unit", TABLE_INT, true, true, false}};
static const struct table_column benchmark_columns[] = {
    KTEXT("name"),        KCATEGORY("category"),  KINT("day_from"),   KINT("day_to"),
    INT_("count"),        INT_("count_before"),   INT_("population"), TEXT_("source"),
};
static const struct table_column alias_columns[] = {KINT("kind"), KTEXT("spelling"), KTEXT("root"),
                                                    TEXT_("code")};
/* clang-format on */

#define COLUMNS(c) c, sizeof c / sizeof c[0]

const struct table tables[] = {
    {KIND_UNITS, "unit_version", LEAD_UNIT, false, COLUMNS(unit_columns)},
    {KIND_CATEGORIES, "category_version", LEAD_CATEGORY, false, COLUMNS(category_columns)},
    {KIND_INCIDENTS, "incident", LEAD_SOURCE, false, COLUMNS(incident_columns)},
    {KIND_COUNTS, "count_row", LEAD_SOURCE, false, COLUMNS(count_columns)},
    {KIND_COVERAGE, "coverage", LEAD_SOURCE, true, COLUMNS(coverage_columns)},
    {KIND_GROUPS, "group_member", LEAD_NONE, false, COLUMNS(group_columns)},
    {KIND_SUCCESSIONS, "succession", LEAD_NONE, false, COLUMNS(succession_columns)},
    {KIND_POPULATION, "population", LEAD_NONE, false, COLUMNS(population_columns)},
    {KIND_COVARIATES, "covariate", LEAD_NONE, false, COLUMNS(covariate_columns)},
    {KIND_NEIGHBOURS, "neighbour", LEAD_NONE, false, COLUMNS(neighbour_columns)},
    {KIND_BOUNDARIES, "boundary", LEAD_NONE, false, COLUMNS(boundary_columns)},
    {KIND_TARGETS, "target", LEAD_NONE, false, COLUMNS(target_columns)},
    {KIND_INDICATORS, "indicator_value", LEAD_SOURCE, false, COLUMNS(indicator_columns)},
    {KIND_INTERVENTIONS, "intervention", LEAD_NONE, false, COLUMNS(intervention_columns)},
    {KIND_EVENTS, "event", LEAD_NONE, false, COLUMNS(event_columns)},
    {KIND_BENCHMARKS, "benchmark", LEAD_NONE, false, COLUMNS(benchmark_columns)},
    {KIND_ALIASES, "alias", LEAD_NONE, false, COLUMNS(alias_columns)},
};
const size_t table_count = sizeof tables / sizeof tables[0];

const struct table *table_of(enum kind_id kind)
{
    if (kind == KIND_OUTCOMES)
        kind = KIND_INCIDENTS;
    size_t i = 0;
    while (tables[i].kind != kind)
        i++;
    return &tables[i];
}

const char *table_lead_name(const struct table *t)
{
    static const char *const names[] = {NULL, "source", "unit", "category"};
    return names[t->lead];
}

void table_add_columns(const struct table *t, struct buf *sql)
{
    const char *comma = "";
    if (table_lead_name(t)) {
        buf_adds(sql, table_lead_name(t));
        comma = ", ";
    }
    for (size_t i = 0; i < t->count; i++) {
        buf_addf(sql, "%s%s", comma, t->columns[i].name);
        comma = ", ";
    }
    if (t->has_declared)
        buf_addf(sql, "%sdeclared", comma);
}

static int value_count(const struct table *t)
{
    return (int)t->count + (table_lead_name(t) != NULL) + t->has_declared;
}

static bool prepare(struct db *db, struct buf *sql, struct stmt **s, struct err *e)
{
    bool ok = sql->failed ? err_memory(e) : db_prepare(db, sql->data, s, e);
    buf_free(sql);
    return ok;
}

bool table_prepare_insert(const struct table *t, struct db *db, struct stmt **s, struct err *e)
{
    struct buf sql = {0};
    buf_addf(&sql, "INSERT INTO %s(", t->name);
    table_add_columns(t, &sql);
    buf_adds(&sql, ", made_by, load_from) VALUES (");
    int n = value_count(t) + 2;
    for (int i = 1; i <= n; i++)
        buf_addf(&sql, "%s?%d", i > 1 ? ", " : "", i);
    buf_adds(&sql, ")");
    return prepare(db, &sql, s, e);
}

bool table_prepare_find(const struct table *t, struct db *db, struct stmt **s, struct err *e)
{
    struct buf sql = {0};
    buf_adds(&sql, "SELECT rowid, made_by, load_from, ");
    table_add_columns(t, &sql);
    buf_addf(&sql, " FROM %s WHERE load_to IS NULL", t->name);
    int at = 1;
    if (t->lead == LEAD_SOURCE)
        buf_addf(&sql, " AND source = ?%d", at++);
    for (size_t i = 0; i < t->count; i++)
        if (t->columns[i].is_key)
            buf_addf(&sql, " AND %s IS ?%d", t->columns[i].name, at++);
    if (t->has_declared)
        buf_addf(&sql, " AND declared = ?%d", at);
    return prepare(db, &sql, s, e);
}

bool table_prepare_end(const struct table *t, struct db *db, struct stmt **s, struct err *e)
{
    struct buf sql = {0};
    buf_addf(&sql, "UPDATE %s SET load_to = ?1 WHERE rowid = ?2", t->name);
    return prepare(db, &sql, s, e);
}

static void bind_value(struct stmt *s, int at, const struct value *v)
{
    switch (v->type) {
    case VALUE_NONE:
        break; /* reset left it null */
    case VALUE_INT:
        db_bind_int(s, at, v->as.i);
        break;
    case VALUE_REAL:
        db_bind_real(s, at, v->as.x);
        break;
    case VALUE_TEXT:
        db_bind_text(s, at, v->as.s);
        break;
    }
}

void table_bind_row(const struct table *t, struct stmt *s, const struct table_row *row)
{
    int at = 1;
    if (t->lead != LEAD_NONE)
        db_bind_int(s, at++, row->lead);
    for (size_t i = 0; i < t->count; i++)
        bind_value(s, at++, &row->slots[i]);
    if (t->has_declared)
        db_bind_int(s, at, row->declared);
}

void table_bind_key(const struct table *t, struct stmt *s, const struct table_row *row)
{
    int at = 1;
    if (t->lead == LEAD_SOURCE)
        db_bind_int(s, at++, row->lead);
    for (size_t i = 0; i < t->count; i++)
        if (t->columns[i].is_key)
            bind_value(s, at++, &row->slots[i]);
    if (t->has_declared)
        db_bind_int(s, at, row->declared);
}

static void read_value(struct stmt *s, int column, enum table_value type, struct value *v)
{
    *v = (struct value){.type = VALUE_NONE};
    if (db_is_null(s, column))
        return;
    if (type == TABLE_INT)
        *v = (struct value){VALUE_INT, {.i = db_int(s, column)}};
    else if (type == TABLE_REAL)
        *v = (struct value){VALUE_REAL, {.x = db_real(s, column)}};
    else
        *v = (struct value){VALUE_TEXT, {.s = db_text(s, column)}};
}

void table_read_row(const struct table *t, struct stmt *s, int first, struct table_row *row)
{
    memset(row, 0, sizeof *row);
    if (t->lead != LEAD_NONE)
        row->lead = db_int(s, first++);
    for (size_t i = 0; i < t->count; i++)
        read_value(s, first++, t->columns[i].type, &row->slots[i]);
    if (t->has_declared)
        row->declared = (int)db_int(s, first);
}

static int compare_values(const struct value *a, const struct value *b)
{
    if (a->type != b->type)
        return a->type < b->type ? -1 : 1;
    switch (a->type) {
    case VALUE_NONE:
        return 0;
    case VALUE_INT:
        return (a->as.i > b->as.i) - (a->as.i < b->as.i);
    case VALUE_REAL:
        return (a->as.x > b->as.x) - (a->as.x < b->as.x);
    case VALUE_TEXT:
        return strcmp(a->as.s, b->as.s);
    }
    return 0;
}

bool table_same_row(const struct table *t, const struct table_row *a, const struct table_row *b)
{
    for (size_t i = 0; i < t->count; i++)
        if (compare_values(&a->slots[i], &b->slots[i]))
            return false;
    return true;
}

int table_compare_keys(const struct table *t, const struct table_row *a, const struct table_row *b)
{
    int order = (a->lead > b->lead) - (a->lead < b->lead);
    for (size_t i = 0; !order && i < t->count; i++)
        if (t->columns[i].is_key)
            order = compare_values(&a->slots[i], &b->slots[i]);
    return order;
}
