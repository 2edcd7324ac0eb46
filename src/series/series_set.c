#include "series/series_set.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- steps ---- */

static int months_per_step(const struct series_set *s)
{
    return 12 / s->q->per_year;
}

static int64_t step_of(const struct series_set *s, day d)
{
    int year, month;
    calendar_locate(s->q->calendar, d, &year, &month);
    return (int64_t)year * s->q->per_year + (month - 1) / months_per_step(s);
}

static struct span step_days(const struct series_set *s, int64_t number)
{
    int year = (int)(number / s->q->per_year), place = (int)(number % s->q->per_year);
    int first = place * months_per_step(s) + 1, last = first + months_per_step(s) - 1;
    return (struct span){calendar_month(s->q->calendar, year, first).from,
                         calendar_month(s->q->calendar, year, last).to};
}

static struct span known_reach(const struct series_set *s)
{
    struct span all = {DAY_MAX, DAY_MIN};
    for (size_t u = 0; u < s->scope.unit_count; u++) {
        const struct spans *known = &s->known.spans[u];
        if (known->count && known->items[0].from < all.from)
            all.from = known->items[0].from;
        if (known->count && spans_end(known) > all.to)
            all.to = spans_end(known);
    }
    return all;
}

static bool choose_steps(struct series_set *s, struct err *e)
{
    struct span reach = span_intersect(known_reach(s), s->q->reach);
    if (span_is_empty(reach))
        return err_set(e, ERR_INPUT,
                       "no month is known of these units and categories: see 'keogiam status'");
    int64_t last = step_of(s, reach.to);
    s->first = step_of(s, reach.from);
    s->first += step_days(s, s->first).from < s->q->reach.from;
    last -= step_days(s, last).to > s->q->reach.to;
    if (last < s->first)
        return err_set(e, ERR_USAGE,
                       "--from and --to: not one whole month, quarter or year: "
                       "choose a longer span");
    if (last - s->first >= SERIES_STEPS_MAX)
        return err_set(e, ERR_USAGE, "--from and --to: more than %d months: choose fewer",
                       SERIES_STEPS_MAX);
    s->n = (size_t)(last - s->first + 1);
    s->days = calloc(s->n, sizeof *s->days);
    bool ok = s->days || err_memory(e);
    for (size_t i = 0; ok && i < s->n; i++)
        ok = spans_add(&s->days[i], step_days(s, s->first + (int64_t)i), e);
    return ok;
}

void series_label(const struct series_set *s, size_t step, char label[16])
{
    int64_t number = s->first + (int64_t)step;
    unsigned year = (unsigned)(number / s->q->per_year) % 10000;
    unsigned place = (unsigned)(number % s->q->per_year) % 12 + 1;
    if (s->q->per_year == 12)
        snprintf(label, 16, "%04u-%02u", year, place);
    else if (s->q->per_year == 4)
        snprintf(label, 16, "%04uQ%u", year, place);
    else
        snprintf(label, 16, "%04u", year);
}

/* ---- who knows what ---- */

static bool is_reporter(const struct series_set *s, size_t u)
{
    return s->scope.is_leaf[u] && !s->scope.directory->units[s->scope.units[u]].is_unknown;
}

static void look_at_leaf(struct series_set *s, size_t u)
{
    struct span valid = s->scope.life[u];
    for (size_t i = 0; i < s->n; i++) {
        struct span due = span_intersect(s->days[i].items[0], valid);
        size_t at = u * s->n + i;
        if (span_is_empty(due))
            continue;
        s->due[at] = 1;
        s->full[at] = spans_contain(&s->known.spans[u], due);
        s->some[at] = spans_touch(&s->known.spans[u], due);
    }
}

static void look_at_leaves(struct series_set *s)
{
    for (size_t u = 0; u < s->scope.unit_count; u++)
        if (s->scope.is_leaf[u])
            look_at_leaf(s, u);
}

/* Steps that at least half of those who exist know as a whole. */
static bool *usual_steps(const struct series_set *s, struct err *e)
{
    bool *usual = calloc(s->n + 1, sizeof *usual);
    for (size_t i = 0; usual && i < s->n; i++) {
        size_t due = 0, full = 0;
        for (size_t u = 0; u < s->scope.unit_count; u++)
            if (is_reporter(s, u)) {
                due += s->due[u * s->n + i];
                full += s->full[u * s->n + i];
            }
        usual[i] = full > 0 && 2 * full >= due;
    }
    if (!usual)
        err_memory(e);
    return usual;
}

/* Lacks at most a tenth of the usual steps, and is not more than a month behind. */
static bool takes_part(const struct series_set *s, size_t u, const bool *usual)
{
    size_t due = 0, lacks = 0, behind = 0;
    for (size_t i = 0; i < s->n; i++) {
        size_t at = u * s->n + i;
        if (!usual[i] || !s->due[at])
            continue;
        due++;
        lacks += !s->full[at];
        behind = s->full[at] ? 0 : behind + 1;
    }
    return 10 * lacks <= due && behind <= (s->q->per_year == 12 ? 1 : 0);
}

static bool choose_parts(struct series_set *s, struct err *e)
{
    bool *usual = usual_steps(s, e);
    for (size_t u = 0; usual && u < s->scope.unit_count; u++)
        s->parts[u] =
            !is_reporter(s, u) || (s->q->parts ? s->q->parts[u] : takes_part(s, u, usual));
    free(usual);
    return usual != NULL;
}

/* Children stand behind their parents: going backwards, each is complete before it is added. */
static void add_to_parents(struct series_set *s)
{
    for (size_t u = s->scope.unit_count; u-- > 0;) {
        size_t p = s->scope.parent[u];
        bool counts = s->scope.is_leaf[u] ? is_reporter(s, u) && s->parts[u] : true;
        for (size_t i = 0; p != NO_ENTRY && counts && i < s->n; i++) {
            s->due[p * s->n + i] += s->due[u * s->n + i];
            s->full[p * s->n + i] += s->full[u * s->n + i];
            s->some[p * s->n + i] += s->some[u * s->n + i];
        }
    }
}

static bool look_at_units(struct series_set *s, struct err *e)
{
    size_t units = s->scope.unit_count, cells = units * s->n + 1;
    bool ok = (s->parts = calloc(units + 1, sizeof *s->parts)) &&
              (s->due = calloc(cells, sizeof *s->due)) &&
              (s->full = calloc(cells, sizeof *s->full)) &&
              (s->some = calloc(cells, sizeof *s->some));
    if (!ok)
        return err_memory(e);
    for (size_t u = 0; u < units; u++)
        s->assumed |= s->known.assumed[u];
    look_at_leaves(s);
    if (!choose_parts(s, e))
        return false;
    add_to_parents(s);
    return true;
}

/* ---- counting ---- */

static bool *others(const struct series_set *s, bool *any, struct err *e)
{
    bool *apart = calloc(s->scope.unit_count + 1, sizeof *apart);
    *any = false;
    for (size_t u = 0; apart && u < s->scope.unit_count; u++)
        *any |= apart[u] = !s->parts[u];
    if (!apart)
        err_memory(e);
    return apart;
}

static bool count_undated(struct series_set *s, struct store *store, struct err *e)
{
    struct tally_query q = s->q->tally;
    struct spans all = {0};
    struct window window = {.days = &all};
    q.undated = true;
    q.weighted = false;
    q.count = q.count == COUNT_REPORTS ? COUNT_REPORTS : COUNT_CASES;
    struct span reach = {s->days[0].items[0].from, s->days[s->n - 1].items[0].to};
    bool ok = spans_add(&all, reach, e) &&
              tally_init(&s->undated, store, &s->scope, &q, &window, 1, NULL, e);
    spans_free(&all);
    return ok;
}

static bool count_steps(struct series_set *s, struct store *store, struct err *e)
{
    bool any = false, *apart = others(s, &any, e);
    struct window *windows = calloc(2 * s->n + 1, sizeof *windows);
    bool ok = apart && (windows || err_memory(e));
    for (size_t i = 0; ok && i < s->n; i++) {
        windows[i] = (struct window){.days = &s->days[i], .units = any ? s->parts : NULL};
        windows[s->n + i] = (struct window){.days = &s->days[i], .units = apart};
    }
    ok = ok && tally_init(&s->tally, store, &s->scope, &s->q->tally, windows, any ? 2 * s->n : s->n,
                          &s->known, e);
    free(windows);
    free(apart);
    return ok && count_undated(s, store, e);
}

/* ---- counts that do not fit the steps ---- */

/* Takes from a leaf the steps that its counts do not fit into. */
static bool clear_coarse(struct series_set *s, size_t u)
{
    size_t category = s->scope.category_slot[s->q->categories[0]];
    bool any = false;
    for (size_t i = 0; i < s->n; i++)
        if (s->tally.marks[tally_at(&s->tally, u, category, i)] & TALLY_COARSE) {
            s->full[u * s->n + i] = s->some[u * s->n + i] = 0;
            any = true;
        }
    return any;
}

/* Where most know more than those whose counts do not fit, these take no part. */
static bool drop_coarse(struct series_set *s, bool *dropped, struct err *e)
{
    size_t units = s->scope.unit_count, cells = units * s->n, left = 0, parts = 0;
    bool any = false;
    *dropped = false;
    for (size_t u = 0; u < units; u++) {
        parts += s->parts[u];
        any |= is_reporter(s, u) && s->parts[u] && clear_coarse(s, u);
    }
    if (!any)
        return true;
    if (!choose_parts(s, e))
        return false;
    for (size_t u = 0; u < units; u++)
        left += s->parts[u];
    *dropped = left != parts;
    memset(s->due, 0, cells * sizeof *s->due);
    memset(s->full, 0, cells * sizeof *s->full);
    memset(s->some, 0, cells * sizeof *s->some);
    look_at_leaves(s);
    add_to_parents(s);
    return true;
}

static bool count_parts(struct series_set *s, struct store *store, struct err *e)
{
    bool again;
    if (!count_steps(s, store, e) || !drop_coarse(s, &again, e))
        return false;
    if (!again)
        return true;
    tally_free(&s->tally);
    tally_free(&s->undated);
    return count_steps(s, store, e);
}

bool series_set_init(struct series_set *s, struct store *store, const struct directory *d,
                     const struct cover *cover, const struct events *events,
                     const struct series_query *q, struct err *e)
{
    *s = (struct series_set){.q = q, .events = events};
    bool ok = scope_init(&s->scope, d, q->tally.lineage, q->tops, q->top_count, q->categories,
                         q->category_count, e) &&
              known_init(&s->known, &s->scope, cover, q->categories[0], e) && choose_steps(s, e) &&
              look_at_units(s, e) && count_parts(s, store, e) &&
              (q->per != PER_POPULATION || population_init(&s->population, store, &s->scope,
                                                           q->tally.state, q->categories[0], e));
    if (!ok)
        series_set_free(s);
    return ok;
}

void series_set_free(struct series_set *s)
{
    for (size_t i = 0; s->days && i < s->n; i++)
        spans_free(&s->days[i]);
    free(s->days);
    free(s->parts);
    free(s->due);
    free(s->full);
    free(s->some);
    population_free(&s->population);
    tally_free(&s->undated);
    tally_free(&s->tally);
    known_free(&s->known);
    scope_free(&s->scope);
    *s = (struct series_set){0};
}
