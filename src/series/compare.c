#include "series/compare.h"

#include <math.h>
#include <stdlib.h>

#include "series/population.h"

/* ---- who is compared, on which days ---- */

/* A unit is asked to report for the period if it exists then. */
static bool takes_part(const struct compare *c, size_t u)
{
    const struct unit *unit = &c->scope.directory->units[c->scope.units[u]];
    return c->scope.is_leaf[u] && !unit->is_unknown &&
           !span_is_empty(span_intersect(unit->valid, c->q->period.span));
}

static day end_in_period(const struct compare *c, size_t u)
{
    const struct spans *k = &c->known.spans[u];
    day end = DAY_NONE;
    for (size_t i = 0; i < k->count; i++) {
        struct span in = span_intersect(k->items[i], c->q->period.span);
        end = span_is_empty(in) ? end : in.to;
    }
    return end;
}

/* The last day by which a unit could have reported. */
static day could_reach(const struct compare *c, size_t u, day latest)
{
    day to = c->scope.directory->units[c->scope.units[u]].valid.to;
    return to < latest ? to : latest;
}

static void find_data_end(struct compare *c)
{
    day latest = DAY_NONE;
    for (size_t u = 0; u < c->scope.unit_count; u++)
        if (end_in_period(c, u) > latest)
            latest = end_in_period(c, u);
    c->data_end = latest;
    if (latest == DAY_NONE)
        return;
    for (size_t u = 0; u < c->scope.unit_count; u++) {
        day end = end_in_period(c, u), reach = could_reach(c, u, latest);
        if (!takes_part(c, u))
            continue;
        c->lagging[u] = end == DAY_NONE || end < reach - COMPARE_LAG_DAYS;
        c->lagging_any |= c->lagging[u];
        if (!c->lagging[u] && reach == latest && end < c->data_end)
            c->data_end = end;
    }
    c->running = c->data_end < c->q->period.span.to;
}

static int years_between(const struct compare *c, size_t i)
{
    return date_from_day(c->q->period.span.to).year - date_from_day(c->q->before[i].span.to).year;
}

static bool is_same_span(const struct compare *c)
{
    for (size_t i = 0; i < c->q->before_count; i++) {
        struct span s = span_shift_years(c->q->before[i].span, years_between(c, i));
        if (s.from != c->q->period.span.from || s.to != c->q->period.span.to)
            return false;
    }
    return true;
}

/* Keeps in `now` the days whose counterpart in before[i] is known too. */
static bool keep_common(struct compare *c, size_t u, size_t i, struct spans *now, struct err *e)
{
    struct spans then = {0}, moved = {0}, both = {0};
    bool ok = spans_clip(&then, &c->known.spans[u], c->q->before[i].span, e) &&
              spans_shift_years(&moved, &then, years_between(c, i), e) &&
              spans_intersect(&both, now, &moved, e);
    spans_free(&then);
    spans_free(&moved);
    spans_free(now);
    *now = both;
    return ok;
}

static bool add_all(struct spans *to, const struct spans *from, struct err *e)
{
    for (size_t i = 0; i < from->count; i++)
        if (!spans_add(to, from->items[i], e))
            return false;
    return true;
}

/* The days compared of one unit: what both periods know, day by day of the year. */
static bool common_days(struct compare *c, size_t u, struct spans *now, struct spans *before, struct err *e)
{
    struct span period = c->q->period.span;
    if (!c->lagging[u] && c->data_end != DAY_NONE && c->data_end < period.to)
        period.to = c->data_end;
    if (!spans_clip(now, &c->known.spans[u], period, e))
        return false;
    for (size_t i = 0; i < c->q->before_count; i++) {
        struct spans then = {0};
        bool ok = c->same_span ? keep_common(c, u, i, now, e)
                               : spans_clip(&then, &c->known.spans[u], c->q->before[i].span, e);
        ok = ok && add_all(before, &then, e);
        spans_free(&then);
        if (!ok)
            return false;
    }
    for (size_t i = 0; c->same_span && i < c->q->before_count; i++) {
        struct spans back = {0};
        bool ok = spans_shift_years(&back, now, -years_between(c, i), e) && add_all(before, &back, e);
        spans_free(&back);
        if (!ok)
            return false;
    }
    return true;
}

static bool is_compared(const struct compare *c, size_t u)
{
    return !c->lagging[u] && c->now[u].count && c->before[u].count;
}

/* ---- windows ---- */

struct windows {
    struct spans period, before;
    struct spans *whole, *own, *own_before; /* by unit slot */
    struct spans *now, *now_before;
    size_t units;
};

static bool alloc_windows(struct windows *w, size_t units, struct err *e)
{
    w->units = units;
    return ((w->whole = calloc(units + 1, sizeof *w->whole)) &&
            (w->own = calloc(units + 1, sizeof *w->own)) &&
            (w->own_before = calloc(units + 1, sizeof *w->own_before))) ||
           err_memory(e);
}

static void free_windows(struct windows *w)
{
    struct spans *const lists[] = {w->whole, w->own, w->own_before};
    for (size_t i = 0; i < 3; i++) {
        for (size_t u = 0; lists[i] && u < w->units; u++)
            spans_free(&lists[i][u]);
        free(lists[i]);
    }
    spans_free(&w->period);
    spans_free(&w->before);
}

/* A unit that is not compared keeps its days for its own row; totals leave them out. */
static bool set_apart(struct compare *c, struct windows *w, size_t u, struct err *e)
{
    w->own[u] = c->now[u];
    w->own_before[u] = c->before[u];
    c->now[u] = c->before[u] = (struct spans){0};
    return w->own[u].count || spans_clip(&w->own[u], &c->known.spans[u], c->q->period.span, e);
}

static bool fill_windows(struct compare *c, struct windows *w, struct err *e)
{
    bool ok = alloc_windows(w, c->scope.unit_count, e) && spans_add(&w->period, c->q->period.span, e);
    for (size_t i = 0; ok && i < c->q->before_count; i++)
        ok = spans_add(&w->before, c->q->before[i].span, e);
    for (size_t u = 0; ok && u < c->scope.unit_count; u++) {
        ok = common_days(c, u, &c->now[u], &c->before[u], e);
        if (ok && is_compared(c, u))
            ok = spans_copy(&w->whole[u], &w->before, e);
        else if (ok)
            ok = set_apart(c, w, u, e);
    }
    return ok;
}

static bool count_undated(struct compare *c, struct store *s, const struct windows *w, struct err *e)
{
    struct tally_query q = c->q->tally;
    struct tally t = {0};
    const struct window period = {.days = &w->period};
    q.undated = true;
    q.weighted = false;
    q.count = q.count == COUNT_REPORTS ? COUNT_REPORTS : COUNT_CASES;
    if (!tally_init(&t, s, &c->scope, &q, &period, 1, NULL, e))
        return false;
    c->undated = t.counts;
    t.counts = NULL;
    tally_free(&t);
    return true;
}

/* Every place where cases are recorded is compared, on all days of both periods. */
static bool is_plain(const struct compare *c, const struct windows *w)
{
    for (size_t u = 0; u < c->scope.unit_count; u++)
        if (c->scope.is_leaf[u] && !(spans_equal(&c->now[u], &w->period) && spans_equal(&c->before[u], &w->before)))
            return false;
    return true;
}

static size_t choose_windows(struct compare *c, const struct windows *w)
{
    static const size_t plain[W_COUNT] = {0, 1, 0, 1, 1, 0, 1};
    bool is = is_plain(c, w);
    for (size_t i = 0; i < W_COUNT; i++)
        c->window[i] = is ? plain[i] : i;
    return is ? 2 : W_COUNT;
}

static bool count_all(struct compare *c, struct store *s, struct err *e)
{
    struct windows w = {0};
    bool ok = fill_windows(c, &w, e);
    const struct window windows[W_COUNT] = {
        [W_NOW] = {.by_unit = c->now},
        [W_BEFORE] = {.by_unit = c->before},
        [W_RECORDED] = {.days = &w.period},
        [W_RECORDED_BEFORE] = {.days = &w.before},
        [W_WHOLE] = {.by_unit = w.whole},
        [W_OWN] = {.by_unit = w.own},
        [W_OWN_BEFORE] = {.by_unit = w.own_before},
    };
    const struct window whole[] = {{.days = &w.period}, {.days = &w.before}};
    size_t count = ok ? choose_windows(c, &w) : 0;
    ok = ok && tally_init(&c->tally, s, &c->scope, &c->q->tally, count == 2 ? whole : windows, count, &c->known, e) &&
         count_undated(c, s, &w, e);
    free_windows(&w);
    return ok;
}

/* ---- exposure ---- */

static double days_exposure(const struct compare *c, size_t u, const struct spans *days)
{
    if (c->q->per == PER_DAYS)
        return (double)spans_days(&days[u]);
    return NAN;
}

/* Sums over the leaves below (or the unit itself) that are compared. */
struct exposure {
    double now, before;
    size_t units;
};

static bool is_under(const struct scope *s, size_t top, size_t u)
{
    while (u != NO_ENTRY && u != top)
        u = s->parent[u];
    return u == top;
}

/* Where a loop over a unit's subtree may stop: children stand behind their parents. */
static size_t subtree_end(const struct scope *s, size_t unit)
{
    return s->is_leaf[unit] ? unit + 1 : s->unit_count;
}

static bool compare_population(struct compare *c, struct store *s, struct err *e)
{
    if (c->q->per != PER_POPULATION)
        return true;
    struct population p = {0};
    c->person_years = calloc(2 * c->scope.unit_count + 1, sizeof *c->person_years);
    bool ok = c->person_years ? population_init(&p, s, &c->scope, c->q->tally.state, c->q->categories[0], e)
                              : err_memory(e);
    for (size_t u = 0; ok && u < c->scope.unit_count; u++) {
        c->person_years[2 * u] = population_person_years(&p, u, &c->now[u]);
        c->person_years[2 * u + 1] = population_person_years(&p, u, &c->before[u]);
    }
    c->population_column = p.column ? p.column : "";
    c->population_proxy = p.is_proxy;
    c->population_held = p.held;
    population_free(&p);
    return ok;
}

static void add_exposure(const struct compare *c, size_t u, struct exposure *x)
{
    bool people = c->q->per == PER_POPULATION;
    x->now += people ? c->person_years[2 * u] : days_exposure(c, u, c->now);
    x->before += people ? c->person_years[2 * u + 1] : days_exposure(c, u, c->before);
    x->units++;
}

static void set_exposure(const struct compare *c, size_t unit, struct compared *row)
{
    struct exposure x = {0};
    row->exposure = 1;
    row->exposure_before = (double)c->q->before_count;
    if (c->q->per == PER_CASES)
        return;
    for (size_t u = unit; u < subtree_end(&c->scope, unit); u++)
        if (is_under(&c->scope, unit, u) && takes_part(c, u) && is_compared(c, u))
            add_exposure(c, u, &x);
    double share = c->q->per == PER_DAYS && x.units ? (double)x.units : 1; /* days of the average unit */
    row->exposure = x.units ? x.now / share : NAN;
    row->exposure_before = x.units ? x.before / share : NAN;
}

/* ---- one row ---- */

static void count_units(const struct compare *c, size_t unit, struct compared *row)
{
    for (size_t u = unit; u < subtree_end(&c->scope, unit); u++) {
        if (!takes_part(c, u) || !is_under(&c->scope, unit, u))
            continue;
        row->units++;
        row->units_compared += is_compared(c, u);
    }
    /* a parent whose own total is stated is compared whatever its parts are */
    if (!c->scope.is_leaf[unit] && !row->units_compared && is_compared(c, unit))
        row->units_compared = row->units;
}

static void take_counts(const struct compare *c, size_t at, enum compare_window window,
                        enum compare_window window_before, struct compared *row)
{
    const struct tally *t = &c->tally;
    size_t now = c->window[window], before = c->window[window_before];
    row->count = t->counts[at + now];
    row->count_before = t->counts[at + before];
    row->marks = t->marks[at + now] | t->marks[at + before];
    row->known = !(t->marks[at + now] & (TALLY_UNKNOWN | TALLY_COARSE));
    row->known_before = !(t->marks[at + before] & (TALLY_UNKNOWN | TALLY_COARSE));
    row->absent = t->absent ? t->absent[at + now] + t->absent[at + before] : 0;
    row->rest = t->parts && (t->marks[at + now] & TALLY_STATED) ? t->counts[at + now] - t->parts[at + now] : 0;
    if (!t->sums)
        return;
    row->weight_now = t->sums[at + now];
    row->weight_before = t->sums[at + before];
    row->sums = t->sums[at + now] + t->sums[at + before];
    row->squares = t->squares[at + now] + t->squares[at + before];
    row->blank = t->blank[at + now] + t->blank[at + before];
}

static bool is_known_in(const struct compare *c, size_t unit, const struct period *periods, size_t count)
{
    for (size_t u = unit; u < subtree_end(&c->scope, unit); u++)
        for (size_t i = 0; i < count; i++)
            if (spans_touch(&c->known.spans[u], periods[i].span) && is_under(&c->scope, unit, u))
                return true;
    return false;
}

void compare_row(const struct compare *c, size_t unit, size_t category, struct compared *row)
{
    *row = (struct compared){.covered_to = end_in_period(c, unit)};
    size_t at = tally_at(&c->tally, unit, category, 0);
    count_units(c, unit, row);
    bool unknown_place = c->scope.directory->units[c->scope.units[unit]].is_unknown;
    bool compared = row->units ? row->units_compared > 0 : unknown_place && is_compared(c, unit);
    row->has_now = compared || is_known_in(c, unit, &c->q->period, 1);
    row->has_before = compared || is_known_in(c, unit, c->q->before, c->q->before_count);
    if (compared)
        take_counts(c, at, W_NOW, W_BEFORE, row);
    else if (c->scope.is_leaf[unit])
        take_counts(c, at, W_OWN, W_OWN_BEFORE, row);
    else
        take_counts(c, at, W_RECORDED, W_RECORDED_BEFORE, row);
    row->recorded = c->tally.counts[at + c->window[W_RECORDED]];
    row->recorded_before = c->tally.counts[at + c->window[W_RECORDED_BEFORE]];
    row->whole_before = compared ? c->tally.counts[at + c->window[W_WHOLE]] : row->recorded_before;
    row->undated = c->undated[unit * c->scope.category_count + category];
    row->incomplete = (row->units && !row->units_compared && c->lagging_any && row->has_before &&
                       (!c->scope.is_leaf[unit] || c->lagging[unit])) ||
                      20 * row->undated > row->undated + row->recorded;
    set_exposure(c, unit, row);
}

bool compare_expects(const struct compare *c, size_t unit)
{
    size_t parent = c->scope.parent[unit];
    return c->knows[unit] || (parent != NO_ENTRY && c->knows[parent]);
}

static void find_knows(struct compare *c)
{
    for (size_t u = c->scope.unit_count; u-- > 0;) {
        c->knows[u] |= c->known.spans[u].count > 0;
        if (c->knows[u] && c->scope.parent[u] != NO_ENTRY)
            c->knows[c->scope.parent[u]] = true;
    }
}

bool compare_init(struct compare *c, struct store *s, const struct directory *d, const struct cover *cover,
                  const struct compare_query *q, struct err *e)
{
    *c = (struct compare){.q = q, .data_end = DAY_NONE, .population_column = ""};
    bool ok = scope_init(&c->scope, d, q->tops, q->top_count, q->categories, q->category_count, e) &&
              known_init(&c->known, &c->scope, cover, q->categories[0], e);
    if (ok) {
        size_t n = c->scope.unit_count + 1;
        ok = ((c->lagging = calloc(n, sizeof *c->lagging)) &&
              (c->knows = calloc(n, sizeof *c->knows)) && (c->now = calloc(n, sizeof *c->now)) &&
              (c->before = calloc(n, sizeof *c->before))) ||
             err_memory(e);
    }
    if (ok) {
        find_knows(c);
        find_data_end(c);
        c->same_span = is_same_span(c);
        for (size_t u = 0; u < c->scope.unit_count; u++)
            c->assumed |= c->known.assumed[u];
    }
    if (ok && count_all(c, s, e) && compare_population(c, s, e))
        return true;
    compare_free(c);
    return false;
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
    free(c->knows);
    free(c->undated);
    free(c->person_years);
    tally_free(&c->tally);
    known_free(&c->known);
    scope_free(&c->scope);
    *c = (struct compare){0};
}
