#include "ingest/rows.h"

#include <math.h>

#include "base/date.h"
#include "ingest/kind_tables.h"
#include "ingest/lists.h"

/* A rule that two slots keep when both are there: a <= b. */
struct order {
    enum kind_id kind;
    size_t a, b;
    size_t at_fault; /* slot to name */
    const char *reason;
};

static const struct order orders[] = {
    {KIND_INCIDENTS, INC_OCCURRED_ON, INC_RECEIVED_ON, INC_OCCURRED_ON,
     N_("occurred_on is after received_on")},
    {KIND_INCIDENTS, INC_RECEIVED_ON, INC_RESOLVED_ON, INC_RESOLVED_ON, N_("before received_on")},
    {KIND_INCIDENTS, INC_OCCURRED_ON, INC_RESOLVED_ON, INC_RESOLVED_ON, N_("before occurred_on")},
    {KIND_INCIDENTS, INC_RECEIVED_ON, INC_PROSECUTED_ON, INC_PROSECUTED_ON,
     N_("before received_on")},
    {KIND_INCIDENTS, INC_OCCURRED_ON, INC_PROSECUTED_ON, INC_PROSECUTED_ON,
     N_("before occurred_on")},
    {KIND_INCIDENTS, INC_RECEIVED_ON, INC_SOLVED_ON, INC_SOLVED_ON, N_("before received_on")},
    {KIND_INCIDENTS, INC_OCCURRED_ON, INC_SOLVED_ON, INC_SOLVED_ON, N_("before occurred_on")},
    {KIND_INCIDENTS, INC_RECEIVED_ON, INC_INDICTED_ON, INC_INDICTED_ON, N_("before received_on")},
    {KIND_INCIDENTS, INC_OCCURRED_ON, INC_INDICTED_ON, INC_INDICTED_ON, N_("before occurred_on")},
    {KIND_INCIDENTS, INC_RECEIVED_ON, INC_TRIED_ON, INC_TRIED_ON, N_("before received_on")},
    {KIND_INCIDENTS, INC_OCCURRED_ON, INC_TRIED_ON, INC_TRIED_ON, N_("before occurred_on")},
    {KIND_INCIDENTS, INC_VICTIMS_U16, INC_VICTIMS_U18, INC_VICTIMS_U16,
     N_("more victims under 16 than under 18")},
    {KIND_INCIDENTS, INC_VICTIMS_U16, INC_VICTIMS, INC_VICTIMS_U16, N_("more than victims")},
    {KIND_INCIDENTS, INC_VICTIMS_U18, INC_VICTIMS, INC_VICTIMS_U18, N_("more than victims")},
    {KIND_INCIDENTS, INC_VICTIMS_SUPPORTED, INC_VICTIMS, INC_VICTIMS_SUPPORTED,
     N_("more than victims")},
    {KIND_INCIDENTS, INC_OFFENDERS_U18, INC_OFFENDERS, INC_OFFENDERS_U18,
     N_("more than offenders")},
    {KIND_COUNTS, CNT_FROM, CNT_TO, CNT_TO, N_("ends before it begins")},
    {KIND_COVERAGE, COV_FROM, COV_TO, COV_TO, N_("ends before it begins")},
    {KIND_UNITS, UNIT_VALID_FROM, UNIT_VALID_TO, UNIT_VALID_TO, N_("ends before it begins")},
    {KIND_CATEGORIES, CAT_VALID_FROM, CAT_VALID_TO, CAT_VALID_TO, N_("ends before it begins")},
    {KIND_INDICATORS, IND_FROM, IND_TO, IND_TO, N_("ends before it begins")},
    {KIND_BENCHMARKS, BMK_FROM, BMK_TO, BMK_TO, N_("ends before it begins")},
    {KIND_INTERVENTIONS, ITV_STARTS_ON, ITV_ENDS_ON, ITV_ENDS_ON, N_("ends before it begins")},
    {KIND_POPULATION, POP_U16, POP_U18, POP_U16, N_("more people under 16 than under 18")},
    {KIND_POPULATION, POP_14_17, POP_U18, POP_14_17, N_("more people of 14 to 17 than under 18")},
    {KIND_POPULATION, POP_U16, POP_POPULATION, POP_U16, N_("more than the population")},
    {KIND_POPULATION, POP_U18, POP_POPULATION, POP_U18, N_("more than the population")},
    {KIND_POPULATION, POP_14_17, POP_POPULATION, POP_14_17, N_("more than the population")},
};

/* What a slot may hold: low <= value <= high; `open_low`: low itself not. */
struct range {
    enum kind_id kind;
    size_t slot;
    double low, high;
    bool open_low;
    const char *reason;
};

static const struct range ranges[] = {
    {KIND_INCIDENTS, INC_SEVERITY, 1, 4, false, N_("not from 1 to 4")},
    {KIND_UNITS, UNIT_LAT, -90, 90, false, N_("not from -90 to 90")},
    {KIND_UNITS, UNIT_LON, -180, 180, false, N_("not from -180 to 180")},
    {KIND_UNITS, UNIT_AREA_KM2, 0, HUGE_VAL, true, N_("not above 0")},
    {KIND_CATEGORIES, CAT_WEIGHT, 0, HUGE_VAL, false, N_("below 0")},
    {KIND_SUCCESSIONS, SUC_SHARE, 0, 1, true, N_("not above 0 and up to 1")},
    {KIND_TARGETS, TGT_THRESHOLD, 0, HUGE_VAL, false, N_("below 0")},
};

/* Required columns whose cells may be empty: an unknown count, a target without a number. */
static const struct {
    enum kind_id kind;
    size_t slot;
} may_be_empty[] = {
    {KIND_COUNTS, CNT_COUNT},
    {KIND_TARGETS, TGT_OP},
    {KIND_TARGETS, TGT_THRESHOLD},
};

struct verdict {
    size_t slot; /* ROW_SLOTS: the row */
    const char *reason;
};

static bool has(const struct row *row, size_t slot)
{
    return row->slots[slot].type != VALUE_NONE;
}

/* Outcomes rows keep the rules of cases. */
static enum kind_id rules_of(enum kind_id kind)
{
    return kind == KIND_OUTCOMES ? KIND_INCIDENTS : kind;
}

static bool refuse(struct verdict *v, size_t slot, const char *reason)
{
    *v = (struct verdict){slot, reason};
    return false;
}

static bool is_exempt(enum kind_id kind, size_t slot)
{
    for (size_t i = 0; i < sizeof may_be_empty / sizeof may_be_empty[0]; i++)
        if (may_be_empty[i].kind == kind && may_be_empty[i].slot == slot)
            return true;
    return false;
}

static bool check_required(enum kind_id kind, const struct row *row, struct verdict *v)
{
    const struct kind *k = kind_of(kind);
    for (size_t slot = 0; slot < k->column_count; slot++)
        if (!has(row, slot) && k->columns[slot].required && !is_exempt(kind, slot))
            return refuse(v, slot, N_("empty"));
    return true;
}

static bool check_orders(enum kind_id kind, const struct row *row, struct verdict *v)
{
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        const struct order *o = &orders[i];
        if (o->kind == rules_of(kind) && has(row, o->a) && has(row, o->b) &&
            row->slots[o->a].as.i > row->slots[o->b].as.i)
            return refuse(v, o->at_fault, o->reason);
    }
    return true;
}

static bool check_ranges(enum kind_id kind, const struct row *row, struct verdict *v)
{
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        const struct range *r = &ranges[i];
        if (r->kind != rules_of(kind) || !has(row, r->slot))
            continue;
        const struct value *value = &row->slots[r->slot];
        double x = value->type == VALUE_REAL ? value->as.x : (double)value->as.i;
        if (!(x >= r->low && x <= r->high) || (r->open_low && x <= r->low))
            return refuse(v, r->slot, r->reason);
    }
    return true;
}

static bool is_closed(const struct row *row)
{
    return has(row, INC_OUTCOME) && row->slots[INC_OUTCOME].as.i != OUTCOME_OPEN;
}

static bool check_incident(const struct row *row, struct verdict *v)
{
    if (!has(row, INC_RECEIVED_ON) && !has(row, INC_OCCURRED_ON) && !has(row, INC_PROSECUTED_ON))
        return refuse(v, ROW_SLOTS, N_("no date: give received_on, occurred_on or prosecuted_on"));
    if (is_closed(row) && !has(row, INC_RESOLVED_ON))
        return refuse(v, INC_RESOLVED_ON, N_("empty, but the outcome is not open"));
    if (has(row, INC_RESOLVED_ON) && !is_closed(row))
        return refuse(v, INC_OUTCOME, N_("open or empty, but there is a resolved_on"));
    return true;
}

/* A row that gives an outcome of open takes the date away: only the two together contradict. */
static bool check_outcome(const struct row *row, struct verdict *v)
{
    if (has(row, INC_RESOLVED_ON) && has(row, INC_OUTCOME) && !is_closed(row))
        return refuse(v, INC_OUTCOME, N_("open or empty, but there is a resolved_on"));
    return true;
}

static bool check_population(const struct row *row, struct verdict *v)
{
    for (size_t slot = POP_POPULATION; slot <= POP_14_17; slot++)
        if (has(row, slot))
            return true;
    return refuse(v, ROW_SLOTS, N_("no population in the row"));
}

static bool check_differ(const struct row *row, size_t a, size_t b, const char *reason,
                         struct verdict *v)
{
    return row->slots[a].as.i != row->slots[b].as.i || refuse(v, b, reason);
}

static bool check_target(const struct row *row, struct verdict *v)
{
    bool op = has(row, TGT_OP) && row->slots[TGT_OP].as.i != OP_NONE;
    if (op && !has(row, TGT_THRESHOLD))
        return refuse(v, TGT_THRESHOLD, N_("empty, but there is an op"));
    if (!op && has(row, TGT_THRESHOLD))
        return refuse(v, TGT_OP, N_("empty, but there is a threshold"));
    return true;
}

static bool check_kind(enum kind_id kind, const struct row *row, struct verdict *v)
{
    switch (kind) {
    case KIND_INCIDENTS:
        return check_incident(row, v);
    case KIND_OUTCOMES:
        return check_outcome(row, v);
    case KIND_POPULATION:
        return check_population(row, v);
    case KIND_NEIGHBOURS:
        return check_differ(row, NBR_UNIT, NBR_NEIGHBOUR, N_("the unit itself"), v);
    case KIND_TARGETS:
        return check_target(row, v);
    default:
        return true;
    }
}

bool rows_check(enum kind_id kind, const struct row *row, enum lang lang, const char **column,
                const char **reason)
{
    struct verdict v = {ROW_SLOTS, ""};
    if (check_required(kind, row, &v) && check_orders(kind, row, &v) &&
        check_ranges(kind, row, &v) && check_kind(kind, row, &v))
        return true;
    *column = v.slot < ROW_SLOTS ? kind_of(kind)->columns[v.slot].name : "";
    *reason = tr(lang, v.reason);
    return false;
}

static void fill(struct row *row, size_t slot, int64_t value)
{
    if (!has(row, slot))
        row->slots[slot] = (struct value){VALUE_INT, {.i = value}};
}

void rows_fill(enum kind_id kind, struct row *row)
{
    switch (kind) {
    case KIND_UNITS:
        fill(row, UNIT_VALID_FROM, DAY_MIN);
        fill(row, UNIT_VALID_TO, DAY_MAX);
        break;
    case KIND_COUNTS:
        fill(row, CNT_BASIS, BASIS_RECEIVED);
        break;
    case KIND_TARGETS:
        fill(row, TGT_OP, OP_NONE);
        break;
    case KIND_EVENTS:
        fill(row, EVT_ACTION, EVENT_MARK);
        break;
    default:
        break;
    }
}
