#include "cli/register_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/register_private.h"
#include "stats/comparison.h"

static const struct column columns[REG_COLUMNS] = {
    [REG_PLAN] = {"plan", N_("Plan"), COLUMN_TEXT, 0},
    [REG_INDICATOR] = {"indicator", N_("Indicator"), COLUMN_TEXT, 0},
    [REG_NAME] = {"name", N_("Name"), COLUMN_TEXT, 0},
    [REG_UNIT] = {"unit", N_("Unit code"), COLUMN_TEXT, 0},
    [REG_YEAR] = {"year", N_("Year signed for"), COLUMN_TEXT, 0},
    [REG_KIND] = {"kind", N_("Kind"), COLUMN_TOKEN, 0},
    [REG_OP] = {"op", N_("Op"), COLUMN_TEXT, 0},
    [REG_THRESHOLD] = {"threshold", N_("Threshold"), COLUMN_REAL, 1},
    [REG_BASE_YEAR] = {"base_year", N_("Base year"), COLUMN_TEXT, 0},
    [REG_BASE] = {"base", N_("Base recorded"), COLUMN_COUNT, 0},
    [REG_BASE_DENOMINATOR] = {"base_denominator", N_("Base of"), COLUMN_COUNT, 0},
    [REG_BASE_STATE] = {"base_state", N_("State of the base"), COLUMN_TOKEN, 0},
    [REG_BASE_TO] = {"base_to", N_("Base to"), COLUMN_TEXT, 0},
    [REG_FORECAST] = {"forecast", N_("Base forecast"), COLUMN_REAL, 1},
    [REG_FORECAST_LOW] = {"forecast_low", N_("Forecast, 80% from"), COLUMN_COUNT, 0},
    [REG_FORECAST_HIGH] = {"forecast_high", N_("Forecast, 80% to"), COLUMN_COUNT, 0},
    [REG_MEAN3] = {"mean3", N_("Mean of three years"), COLUMN_REAL, 1},
    [REG_COUNTS3] = {"counts3", N_("Three years"), COLUMN_TEXT, 0},
    [REG_DENOMINATORS3] = {"denominators3", N_("Three years, of"), COLUMN_TEXT, 0},
    [REG_ALLOWANCE] = {"allowance", N_("Cases allowed"), COLUMN_COUNT, 0},
    [REG_MAY_MISS] = {"may_miss", N_("May miss"), COLUMN_COUNT, 0},
    [REG_LUCK] = {"luck", N_("Met by luck"), COLUMN_PROB, 0},
    [REG_FALL_80_PCT] = {"fall_80_pct", N_("True fall needed %"), COLUMN_PERCENT, 0},
    [REG_LEVEL_80] = {"level_80", N_("Cases a year after it"), COLUMN_REAL, 1},
    [REG_NOTE] = {"note", N_("Note"), COLUMN_NOTE, 0},
    [REG_UNIT_NAME] = {"unit_name", N_("Unit"), COLUMN_TEXT, 0},
    [REG_TARGET] = {"target", N_("Target"), COLUMN_TEXT, 0},
    [REG_BASE_TEXT] = {"base_text", N_("Year before"), COLUMN_TEXT, 0},
    [REG_YEARS_TEXT] = {"years_text", N_("Three years"), COLUMN_TEXT, 0},
    [REG_ALLOWED_TEXT] = {"allowed_text", N_("Allowed"), COLUMN_TEXT, 0},
    [REG_NEEDED_TEXT] = {"needed_text", N_("True fall needed for a chance of 80%"), COLUMN_TEXT, 0},
};

static const struct view views[] = {
    {N_("Indicator"), VIEW_CELL, "indicator", NULL, NULL},
    {N_("Name"), VIEW_CELL, "name", NULL, NULL},
    {N_("Target"), VIEW_CELL, "target", NULL, NULL},
    {N_("Year before"), VIEW_CELL, "base_text", NULL, NULL},
    {N_("Three years"), VIEW_CELL, "years_text", NULL, NULL},
    {N_("Allowed"), VIEW_CELL, "allowed_text", NULL, NULL},
    {N_("True fall needed for a chance of 80%"), VIEW_CELL, "needed_text", NULL, NULL},
};

/* ---- what is asked ---- */

static bool read_year(struct register_table *x, struct err *e)
{
    const char *text = arg(x->asked, OPT_PROPOSE);
    static const enum option_id apart[] = {OPT_PERIOD, OPT_BY, OPT_LEVEL, OPT_WHAT_IF};
    bool is_year = strlen(text) == 4 && strspn(text, "0123456789") == 4;
    x->year = is_year ? atoi(text) : 0;
    if (x->year < 1600)
        return err_set(e, ERR_USAGE, "--propose %s: is no year: write 2025", text);
    for (size_t i = 0; i < sizeof apart / sizeof apart[0]; i++)
        if (arg(x->asked, apart[i]))
            return err_set(e, ERR_USAGE,
                           "--%s: does not go with --propose, which goes by the year "
                           "before: leave it out",
                           options[apart[i]].name);
    return true;
}

/* The plan asked for, else that of the year, else the last there is. */
static bool choose_plan(struct register_table *x, struct err *e)
{
    struct plan p = {0};
    struct period year = {.span = calendar_year(x->s->calendar, x->year)};
    snprintf(year.label, sizeof year.label, "%d", x->year);
    x->plan = arg(x->asked, OPT_PLAN);
    if (x->plan)
        return true;
    bool ok = plan_read(&p, x->s->store, x->s->state, &x->s->directory, NULL, &year, e);
    const char *all = buf_text(&p.others), *last = strrchr(all, ' ');
    if (ok && p.count) {
        x->plan = arena_text(&x->arena, p.name);
    } else if (ok && *all) {
        x->plan = arena_text(&x->arena, last ? last + 1 : all);
        x->plan_is_other = true;
    }
    if (ok && *all && !x->plan)
        ok = err_memory(e);
    plan_free(&p);
    return ok;
}

/* ---- the three years ---- */

static bool read_table(struct register_table *x, size_t k, struct err *e)
{
    struct request *q = &x->questions[k];
    int year = x->year - REGISTER_YEARS + (int)k;
    char *label = arena_format(&x->arena, "%d", year);
    if (!label)
        return err_memory(e);
    *q = *x->asked;
    q->args.values[OPT_PERIOD] = label;
    q->args.values[OPT_PLAN] = x->plan;
    x->tables[k] = (struct targets_table){.s = x->s, .r = x->r};
    x->s->request = q;
    bool ok = targets_prepare(&x->tables[k], e);
    x->s->request = x->asked;
    return ok;
}

/* The base first: all years are told on its boundaries. */
static bool read_tables(struct register_table *x, struct err *e)
{
    struct span base = calendar_year(x->s->calendar, x->year - 1);
    boundaries_keep(x->s->boundaries, base.to);
    for (size_t k = REGISTER_YEARS; k-- > 0;)
        if (!read_table(x, k, e))
            return false;
    return true;
}

/* ---- one row ---- */

static void reckon_reduction(struct register_row *row)
{
    const struct target *target = row->target;
    row->has_base = register_year_total(register_base(row), &row->base);
    if (!row->has_base)
        return;
    struct verdict_facts f = {.has_now = true,
                              .has_before = true,
                              .count_before = row->base,
                              .exposure = 1,
                              .exposure_before = 1,
                              .target_pct = target->threshold,
                              .is_strict = target->op == OP_GREATER};
    struct verdict v = verdict_reduction(&f);
    row->has_allowance = v.has_allowance;
    row->allowance = v.allowance;
    if (!v.has_allowance)
        return;
    row->luck = comparison_luck(row->base, 1, 1, v.allowance);
    row->fall = comparison_fall_needed(row->base, 1, 1, v.allowance);
}

static void reckon_rate(struct register_row *row)
{
    const struct register_year *base = register_base(row);
    enum rate_op op = row->target->op == OP_GREATER ? RATE_OVER : RATE_AT_LEAST;
    if (base->denominator <= 0 || isnan(row->target->threshold))
        return;
    row->allowance = rate_may_miss(base->denominator, op, row->target->threshold);
    row->has_allowance = row->allowance >= 0;
}

static void reckon_mean(struct register_row *row)
{
    double sum = 0;
    row->mean = NAN;
    if (row->target->kind == TARGET_RATE)
        return;
    for (size_t k = 0; k < REGISTER_YEARS; k++) {
        int64_t total;
        if (!register_year_total(&row->years[k], &total))
            return;
        sum += (double)total;
    }
    row->mean = sum / REGISTER_YEARS;
}

static void reckon(struct register_row *row)
{
    row->luck = row->fall = NAN;
    reckon_mean(row);
    if (row->target->kind == TARGET_REDUCTION)
        reckon_reduction(row);
    else if (row->target->kind == TARGET_RATE)
        reckon_rate(row);
}

static bool read_rows(struct register_table *x, struct err *e)
{
    size_t count = x->tables[REGISTER_YEARS - 1].plan.count;
    bool any = false;
    x->rows = calloc(count + 1, sizeof *x->rows);
    if (!x->rows)
        return err_memory(e);
    for (size_t i = 0; i < count; i++) {
        struct register_row *row = &x->rows[x->row_count];
        bool found;
        if (!register_years_read(x, i, row, &found, e))
            return false;
        if (!found)
            continue;
        reckon(row);
        any |= register_base(row)->state != YEAR_UNKNOWN;
        x->row_count++;
    }
    return any || err_set(e, ERR_INPUT,
                          "--propose %d: nothing is known of %d, the year before: load its cases "
                          "first",
                          x->year, x->year - 1);
}

/* ---- writing ---- */

static const char *state_token(enum year_state state)
{
    static const char *const tokens[] = {"", N_("full"), N_("incomplete"), N_("running")};
    return tokens[state];
}

static void write_target(const struct register_table *x, const struct register_row *row,
                         struct cell *out)
{
    static const char *const kinds[] = {"reduction", "rate", "count"};
    static const char *const ops[] = {">", ">=", ""};
    struct arena *a = &x->r->arena;
    const struct target *target = row->target;
    size_t unit = row->place->top;
    day at = register_period(x, REGISTER_YEARS - 1)->span.to;
    out[REG_PLAN] = cell_text(arena_text(a, x->plan));
    out[REG_INDICATOR] = cell_text(arena_text(a, target->indicator));
    out[REG_NAME] = cell_text(arena_text(a, target->name));
    out[REG_UNIT] = cell_text(arena_text(a, x->s->directory.units[unit].code));
    out[REG_UNIT_NAME] = cell_text(arena_text(a, session_unit_name(x->s, unit, at, a)));
    out[REG_YEAR] = cell_text(arena_format(a, "%d", x->year));
    out[REG_KIND] = cell_text(kinds[target->kind]);
    out[REG_OP] = cell_text(ops[target->op]);
    out[REG_THRESHOLD] = cell_real(target->threshold);
    out[REG_BASE_YEAR] = cell_text(arena_text(a, x->base_year));
}

static void write_base(const struct register_table *x, const struct register_row *row,
                       struct cell *out)
{
    const struct register_year *base = register_base(row);
    char to[11];
    if (base->state == YEAR_UNKNOWN)
        return;
    out[REG_BASE] = cell_int(base->count);
    out[REG_BASE_STATE] = cell_text(state_token(base->state));
    if (base->denominator >= 0)
        out[REG_BASE_DENOMINATOR] = cell_int(base->denominator);
    if (base->state != YEAR_RUNNING)
        return;
    day_text(base->to, to);
    out[REG_BASE_TO] = cell_text(arena_text(&x->r->arena, to));
    if (!base->has_rest)
        return;
    out[REG_FORECAST] = cell_real((double)base->count + predictive_mean(&base->rest));
    out[REG_FORECAST_LOW] = cell_int(base->count + predictive_quantile(&base->rest, 0.1));
    out[REG_FORECAST_HIGH] = cell_int(base->count + predictive_quantile(&base->rest, 0.9));
}

static void write_reckoned(const struct register_row *row, struct cell *out)
{
    bool reduction = row->target->kind == TARGET_REDUCTION;
    out[REG_MEAN3] = cell_real(row->mean);
    if (row->has_allowance)
        out[reduction ? REG_ALLOWANCE : REG_MAY_MISS] = cell_int(row->allowance);
    out[REG_LUCK] = cell_real(row->luck);
    out[REG_FALL_80_PCT] = cell_real(row->fall);
    out[REG_LEVEL_80] = cell_real((double)row->base * (1 - row->fall / 100));
}

static void add_list(struct buf *b, const struct register_row *row, bool denominators)
{
    for (size_t k = 0; k < REGISTER_YEARS; k++) {
        const struct register_year *y = &row->years[k];
        int64_t n = denominators ? y->denominator : y->count;
        buf_adds(b, k ? ";" : "");
        if (y->state != YEAR_UNKNOWN && n >= 0)
            buf_addf(b, "%lld", (long long)n);
    }
}

/* base_zero: no case in the year before; base_forecast: it runs, and what is reckoned rests on its
 * forecast; base_running: it runs, and cannot be forecast; plan_of: the year has no plan. */
static void add_note(struct buf *b, const struct register_table *x, const struct register_row *row)
{
    const struct register_year *base = register_base(row);
    if (base->state == YEAR_UNKNOWN)
        buf_adds(b, "no_data=1;");
    else if (row->target->kind == TARGET_REDUCTION && row->has_base && row->base == 0)
        buf_adds(b, "base_zero=1;");
    else if (row->target->kind == TARGET_REDUCTION && base->state == YEAR_RUNNING)
        buf_adds(b, row->has_base ? "base_forecast=1;" : "base_running=1;");
    if (x->plan_is_other)
        buf_addf(b, "plan_of=%s;", x->plan);
}

static bool take_text(const struct register_table *x, struct buf *b, struct cell *out,
                      struct err *e)
{
    const char *text = b->failed ? NULL : arena_text(&x->r->arena, buf_text(b));
    buf_clear(b);
    *out = cell_text(text);
    return text || err_memory(e);
}

static bool write_words(const struct register_table *x, const struct register_row *row,
                        struct cell *out, struct err *e)
{
    struct buf b = {0};
    add_list(&b, row, false);
    bool ok = take_text(x, &b, &out[REG_COUNTS3], e);
    if (row->target->kind == TARGET_RATE)
        add_list(&b, row, true);
    ok = ok && take_text(x, &b, &out[REG_DENOMINATORS3], e);
    add_note(&b, x, row);
    ok = ok && take_text(x, &b, &out[REG_NOTE], e);
    targets_add_target(&b, row->target, x->r->lang);
    ok = ok && take_text(x, &b, &out[REG_TARGET], e);
    register_add_base(&b, x, row);
    ok = ok && take_text(x, &b, &out[REG_BASE_TEXT], e);
    register_add_years(&b, x, row);
    ok = ok && take_text(x, &b, &out[REG_YEARS_TEXT], e);
    register_add_allowed(&b, x, row);
    ok = ok && take_text(x, &b, &out[REG_ALLOWED_TEXT], e);
    register_add_needed(&b, x, row);
    ok = ok && take_text(x, &b, &out[REG_NEEDED_TEXT], e);
    buf_free(&b);
    return ok;
}

static bool write_rows(const struct register_table *x, struct err *e)
{
    for (size_t i = 0; i < x->row_count; i++) {
        struct cell *out = result_add_row(x->r, e);
        if (!out)
            return false;
        write_target(x, &x->rows[i], out);
        write_base(x, &x->rows[i], out);
        write_reckoned(&x->rows[i], out);
        if (!write_words(x, &x->rows[i], out, e))
            return false;
    }
    return true;
}

/* ---- the whole ---- */

static bool set_title(const struct register_table *x, struct err *e)
{
    struct result *r = x->r;
    r->title = arena_format(&r->arena, tr(r->lang, "Register of targets for %d, by plan %s"),
                            x->year, x->plan);
    r->views = views;
    r->view_count = sizeof views / sizeof views[0];
    return r->title || err_memory(e);
}

static bool add_provenance(const struct register_table *x, struct err *e)
{
    const struct targets_table *base = &x->tables[REGISTER_YEARS - 1];
    struct session_facts f = {.basis = base->basis, .period = &base->period, .data_end = DAY_NONE};
    char years[32];
    snprintf(years, sizeof years, "%d..%d", x->year - REGISTER_YEARS, x->year - 1);
    for (size_t i = 0; i < base->set_count; i++) {
        const struct compare *c = &base->sets[i]->compare;
        f.assumed |= c->assumed;
        if (c->data_end != DAY_NONE && (f.data_end == DAY_NONE || c->data_end < f.data_end))
            f.data_end = c->data_end;
    }
    return session_provenance(x->s, &f, x->r, e) &&
           result_add_prov(x->r, "years", N_("Three years"), years, NULL, e) &&
           result_add_prov(x->r, "plan", N_("Plan"), x->plan, NULL, e);
}

static bool build(struct register_table *x, struct register_body *body, struct err *e)
{
    if (!read_year(x, e) || !choose_plan(x, e) || !read_tables(x, e) || !read_rows(x, e))
        return false;
    const struct period *base = register_period(x, REGISTER_YEARS - 1);
    snprintf(x->base_year, sizeof x->base_year, "%s", base->label);
    *body = (struct register_body){x->year, arena_text(&x->r->arena, base->label),
                                   x->rows[0].place->top, base->span.to};
    return write_rows(x, e) && set_title(x, e) && register_add_footers(x, e) &&
           add_provenance(x, e);
}

bool register_build(struct session *s, struct result *r, struct register_body *body, struct err *e)
{
    struct register_table x = {.s = s, .asked = s->request, .r = r};
    result_init(r, "register", columns, REG_COLUMNS, s->lang);
    bool ok = build(&x, body, e);
    for (size_t k = 0; k < REGISTER_YEARS; k++)
        targets_free(&x.tables[k]);
    free(x.rows);
    arena_free(&x.arena);
    return ok;
}
