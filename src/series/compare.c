#include "series/compare.h"

#include <math.h>
#include <stdlib.h>

#include "series/compare_private.h"

/* ---- windows ---- */

/* What one set needs while its cases are counted. */
struct counting {
    struct spans period, before;
    bool *apart; /* by unit slot: not compared */
    struct window windows[W_COUNT], whole[2];
    size_t count;
};

static void counting_free(struct counting *k)
{
    spans_free(&k->period);
    spans_free(&k->before);
    free(k->apart);
}

/* Every place where something is recorded is compared, on all days of both periods, from all that
 * was received: two windows are enough. */
static bool is_plain(const struct compare *c, const struct counting *k)
{
    if (c->limit_count)
        return false;
    for (size_t u = 0; u < c->scope.unit_count; u++)
        if ((c->scope.is_leaf[u] || c->known.counts[u].count) &&
            !(c->compared[u] && spans_equal(&c->now[u], &k->period) &&
              spans_equal(&c->before[u], &k->before)))
            return false;
    return true;
}

/* Units that are not compared have days of their own to tell of. */
static bool any_own_days(const struct compare *c)
{
    for (size_t u = 0; u < c->scope.unit_count; u++)
        if (!c->compared[u] && (c->now[u].count || c->before[u].count))
            return true;
    return false;
}

static void choose_windows(struct compare *c, struct counting *k)
{
    static const size_t plain[W_COUNT] = {0, 1, 0, 1, 1, 0, 1};
    static const size_t without_own[W_COUNT] = {0, 1, 2, 3, 4, 0, 1};
    static const size_t all[W_COUNT] = {0, 1, 2, 3, 4, 5, 6};
    bool is = is_plain(c, k), own = any_own_days(c);
    for (size_t i = 0; i < W_COUNT; i++)
        c->window[i] = is ? plain[i] : own ? all[i] : without_own[i];
    k->count = is ? 2 : own ? W_COUNT : W_OWN;
    k->whole[0] = (struct window){.days = &k->period};
    k->whole[1] = (struct window){.days = &k->before};
    k->windows[W_NOW] = (struct window){.by_unit = c->now, .units = c->compared};
    k->windows[W_BEFORE] = (struct window){.by_unit = c->before, .units = c->compared};
    k->windows[W_RECORDED] = k->whole[0];
    k->windows[W_RECORDED_BEFORE] = k->whole[1];
    k->windows[W_WHOLE] = (struct window){.days = &k->before, .units = c->compared};
    k->windows[W_OWN] = (struct window){.by_unit = c->now, .units = k->apart};
    k->windows[W_OWN_BEFORE] = (struct window){.by_unit = c->before, .units = k->apart};
    static const enum compare_window limited[] = {W_NOW, W_BEFORE, W_OWN, W_OWN_BEFORE};
    for (size_t i = 0; i < sizeof limited / sizeof limited[0]; i++) {
        k->windows[limited[i]].limits = c->limits;
        k->windows[limited[i]].limit_count = c->limit_count;
    }
}

static bool counting_init(struct counting *k, struct compare *c, struct err *e)
{
    bool ok = spans_add(&k->period, c->q->period.span, e);
    for (size_t i = 0; ok && i < c->q->before_count; i++)
        ok = spans_add(&k->before, c->q->before[i].span, e);
    k->apart = calloc(c->scope.unit_count + 1, sizeof *k->apart);
    if (!ok || !k->apart)
        return err_memory(e);
    for (size_t u = 0; u < c->scope.unit_count; u++)
        k->apart[u] = !c->compared[u];
    choose_windows(c, k);
    return true;
}

static bool count_dated(struct compare *const *sets, const struct counting *k,
                        struct tally_job *jobs, size_t count, struct store *s, struct err *e)
{
    for (size_t i = 0; i < count; i++)
        jobs[i] = (struct tally_job){&sets[i]->tally, &sets[i]->scope,
                                     k[i].count == 2 ? k[i].whole : k[i].windows, k[i].count,
                                     &sets[i]->known};
    return tally_init_all(jobs, count, s, &sets[0]->q->tally, e);
}

static bool count_undated(struct compare *const *sets, const struct counting *k,
                          struct tally_job *jobs, size_t count, struct store *s, struct err *e)
{
    struct tally_query q = sets[0]->q->tally;
    q.undated = true;
    q.weighted = false;
    q.count = q.count == COUNT_REPORTS ? COUNT_REPORTS : COUNT_CASES;
    for (size_t i = 0; i < count; i++)
        jobs[i] = (struct tally_job){&sets[i]->undated, &sets[i]->scope, k[i].whole, 2, NULL};
    return tally_init_all(jobs, count, s, &q, e);
}

static bool count_all(struct compare *const *sets, size_t count, struct store *s, struct err *e)
{
    struct counting *k = calloc(count + 1, sizeof *k);
    struct tally_job *jobs = calloc(count + 1, sizeof *jobs);
    bool ok = (k && jobs) || err_memory(e);
    for (size_t i = 0; ok && i < count; i++)
        ok = counting_init(&k[i], sets[i], e);
    ok = ok && count_dated(sets, k, jobs, count, s, e) && count_undated(sets, k, jobs, count, s, e);
    for (size_t i = 0; k && i < count; i++)
        counting_free(&k[i]);
    free(k);
    free(jobs);
    return ok;
}

/* A second time, where some units cannot be compared after all. */
static bool count_compared(struct compare *const *sets, size_t count, struct store *s,
                           struct err *e)
{
    bool again = false;
    if (!count_all(sets, count, s, e))
        return false;
    for (size_t i = 0; i < count; i++)
        again |= compare_set_apart(sets[i]);
    for (size_t i = 0; again && i < count; i++) {
        tally_free(&sets[i]->tally);
        tally_free(&sets[i]->undated);
    }
    return !again || count_all(sets, count, s, e);
}

/* ---- sums over subtrees ---- */

static void sum_unit(struct compare *c, size_t u)
{
    struct compare_sum *sum = &c->sums[u];
    sum->knows_now |= c->now[u].count > 0;
    sum->knows_before |= c->before[u].count > 0;
    c->knows[u] |= c->known.spans[u].count > 0;
    sum->compared += c->scope.is_leaf[u] && sum->units && c->compared[u];
    if (!c->scope.is_leaf[u] || !sum->compared)
        return;
    sum->days = (double)spans_days(&c->now[u]);
    sum->days_before = (double)spans_days(&c->before[u]);
    sum->people = c->person_years ? c->person_years[2 * u] : 0;
    sum->people_before = c->person_years ? c->person_years[2 * u + 1] : 0;
}

static void add_sum(struct compare_sum *to, const struct compare_sum *from)
{
    to->units += from->units;
    to->compared += from->compared;
    to->knows_now |= from->knows_now;
    to->knows_before |= from->knows_before;
    to->days += from->days;
    to->days_before += from->days_before;
    to->people += from->people;
    to->people_before += from->people_before;
}

/* Children stand behind their parents: going backwards, each is complete before it is added. */
static void sum_units(struct compare *c)
{
    for (size_t u = c->scope.unit_count; u-- > 0;) {
        size_t p = c->scope.parent[u];
        sum_unit(c, u);
        if (p == NO_ENTRY)
            continue;
        add_sum(&c->sums[p], &c->sums[u]);
        c->knows[p] |= c->knows[u];
    }
}

/* ---- one row ---- */

static bool is_compared(const struct compare *c, size_t unit)
{
    return c->compared[unit] || c->sums[unit].compared > 0;
}

void compare_windows(const struct compare *c, size_t unit, size_t *now, size_t *before)
{
    bool compared = is_compared(c, unit);
    *now = c->window[compared ? W_NOW : W_OWN];
    *before = c->window[compared ? W_BEFORE : W_OWN_BEFORE];
}

static void take_amounts(const struct tally *t, size_t now, size_t before, struct compared *row)
{
    row->weight_now = t->sums[now];
    row->weight_before = t->sums[before];
    row->sums = t->sums[now] + t->sums[before];
    row->squares = t->squares[now] + t->squares[before];
    row->blank = t->blank[now] + t->blank[before];
}

static bool is_known(unsigned char marks)
{
    return !(marks & (TALLY_UNKNOWN | TALLY_COARSE));
}

/* Of counts that do not fit the days a part would be no record of them. */
static int64_t recorded_in(const struct tally *t, size_t at, int64_t compared)
{
    return t->marks[at] & TALLY_COARSE ? compared : t->counts[at];
}

static void take_counts(const struct compare *c, size_t unit, size_t at, struct compared *row)
{
    const struct tally *t = &c->tally;
    size_t now, before;
    compare_windows(c, unit, &now, &before);
    now += at;
    before += at;
    row->count = t->counts[now];
    row->count_before = t->counts[before];
    row->marks = t->marks[now] | t->marks[before];
    row->bounded = scope_is_bounded(&c->scope, unit,
                                    (struct span){c->q->before[0].span.from, c->q->period.span.to});
    row->possible = tally_possible(t, now);
    row->possible_before = tally_possible(t, before);
    row->known = is_known(t->marks[now]) && !row->possible;
    row->known_before = is_known(t->marks[before]) && !row->possible_before;
    row->absent = t->absent ? t->absent[now] + t->absent[before] : 0;
    if (t->sums)
        take_amounts(t, now, before, row);
    row->recorded = recorded_in(t, at + c->window[W_RECORDED], row->count);
    row->recorded_before = recorded_in(t, at + c->window[W_RECORDED_BEFORE], row->count_before);
    size_t whole = at + c->window[is_compared(c, unit) ? W_WHOLE : W_RECORDED_BEFORE];
    row->whole_before = t->counts[whole];
    row->known_whole = is_known(t->marks[whole]);
}

/* A parent whose own total is stated, or known as a whole, is compared whatever its parts are. */
static size_t units_compared(const struct compare *c, size_t unit, size_t at)
{
    const struct compare_sum *sum = &c->sums[unit];
    bool stated = c->tally.marks[at + c->window[W_NOW]] & c->tally.marks[at + c->window[W_BEFORE]] &
                  TALLY_STATED;
    bool whole = !c->scope.is_leaf[unit] && c->compared[unit] && (stated || !sum->compared);
    return whole ? sum->units : sum->compared;
}

/* Over 5 % of the cases of either period have no date (contract 2). */
static bool take_undated(const struct compare *c, size_t unit, size_t category,
                         struct compared *row)
{
    size_t at = tally_at(&c->undated, unit, category, 0);
    int64_t now = c->undated.counts[at], before = c->undated.counts[at + 1];
    row->undated = now + before;
    return 20 * now > now + row->recorded || 20 * before > before + row->recorded_before;
}

static void take_days(const struct compare *c, size_t unit, struct compared *row)
{
    const struct compare_sum *sum = &c->sums[unit];
    bool mean = !c->scope.is_leaf[unit] && sum->compared; /* of the average unit */
    row->days = mean ? sum->days / (double)sum->compared : (double)spans_days(&c->now[unit]);
    row->days_before =
        mean ? sum->days_before / (double)sum->compared : (double)spans_days(&c->before[unit]);
}

/* Of a parent, the people of the units compared; where one's are not known, its own if all are. */
static void take_people(const struct compare *c, size_t unit, struct compared *row)
{
    const struct compare_sum *sum = &c->sums[unit];
    bool own = c->scope.is_leaf[unit] || !sum->compared ||
               (isnan(sum->people) && sum->compared == sum->units);
    row->exposure = own ? c->person_years[2 * unit] : sum->people;
    row->exposure_before = own ? c->person_years[2 * unit + 1] : sum->people_before;
}

static void take_exposure(const struct compare *c, size_t unit, struct compared *row)
{
    take_days(c, unit, row);
    row->exposure = 1;
    row->exposure_before = (double)c->q->before_count;
    if (c->q->per == PER_DAYS) {
        row->exposure = row->days;
        row->exposure_before = row->days_before;
    } else if (c->q->per == PER_POPULATION) {
        take_people(c, unit, row);
    }
}

void compare_row(const struct compare *c, size_t unit, size_t category, struct compared *row)
{
    const struct compare_sum *sum = &c->sums[unit];
    size_t at = tally_at(&c->tally, unit, category, 0);
    bool leaf = c->scope.is_leaf[unit];
    *row = (struct compared){.has_now = sum->knows_now,
                             .has_before = sum->knows_before,
                             .units = sum->units,
                             .units_compared = units_compared(c, unit, at),
                             .covered_to = compare_end(c, unit)};
    row->comparable = leaf ? c->now[unit].count && c->before[unit].count : is_compared(c, unit);
    take_counts(c, unit, at, row);
    row->incomplete = take_undated(c, unit, category, row);
    row->incomplete |=
        leaf ? c->lagging[unit] : row->units && !row->units_compared && c->lagging_any;
    take_exposure(c, unit, row);
}

bool compare_asks(const struct compare *c, size_t unit)
{
    return c->scope.is_leaf[unit] && c->sums[unit].units > 0;
}

/* ---- the whole ---- */

static bool prepare(struct compare *c, const struct directory *d, const struct cover *cover,
                    struct err *e)
{
    const struct compare_query *q = c->q;
    c->data_end = DAY_NONE;
    c->population_column = "";
    if (!scope_init(&c->scope, d, q->tally.lineage, q->tops, q->top_count, q->categories,
                    q->category_count, e) ||
        !known_init(&c->known, &c->scope, cover, q->categories[0], e))
        return false;
    size_t n = c->scope.unit_count + 1;
    bool ok = (c->lagging = calloc(n, sizeof *c->lagging)) &&
              (c->compared = calloc(n, sizeof *c->compared)) &&
              (c->knows = calloc(n, sizeof *c->knows)) && (c->now = calloc(n, sizeof *c->now)) &&
              (c->before = calloc(n, sizeof *c->before)) && (c->sums = calloc(n, sizeof *c->sums));
    for (size_t u = 0; ok && u < c->scope.unit_count; u++)
        c->assumed |= c->known.assumed[u];
    return ok ? compare_choose_days(c, e) : err_memory(e);
}

bool compare_init_all(struct compare *const *sets, size_t count, struct store *s,
                      const struct directory *d, const struct cover *cover, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = prepare(sets[i], d, cover, e);
    ok = ok && (!count || count_compared(sets, count, s, e));
    for (size_t i = 0; ok && i < count; i++) {
        ok = compare_read_people(sets[i], s, e) && compare_mark_partly(sets[i], e);
        sum_units(sets[i]);
    }
    for (size_t i = 0; !ok && i < count; i++)
        compare_free(sets[i]);
    return ok;
}

bool compare_init(struct compare *c, struct store *s, const struct directory *d,
                  const struct cover *cover, const struct compare_query *q, struct err *e)
{
    *c = (struct compare){.q = q};
    return compare_init_all(&c, 1, s, d, cover, e);
}

void compare_free(struct compare *c)
{
    for (size_t u = 0; u < c->scope.unit_count; u++) {
        if (c->now)
            spans_free(&c->now[u]);
        if (c->before)
            spans_free(&c->before[u]);
    }
    free(c->now);
    free(c->before);
    free(c->lagging);
    free(c->compared);
    free(c->partly);
    free(c->knows);
    free(c->sums);
    free(c->person_years);
    tally_free(&c->undated);
    tally_free(&c->tally);
    known_free(&c->known);
    scope_free(&c->scope);
    *c = (struct compare){0};
}
