/* fixtures_series.h: what is counted of a small database (fixtures_store.h): a tally over named
 * periods, a comparison, cells and rows by codes. */
#ifndef KEOGIAM_TESTS_FIXTURES_SERIES_H
#define KEOGIAM_TESTS_FIXTURES_SERIES_H

#include "fixtures_store.h"

#include "series/compare.h"

static inline struct period period_of(const char *text)
{
    struct period p;
    if (!period_parse(text, strlen(text), CALENDAR_CIVIL, &p))
        fail_msg("%s: no period", text);
    return p;
}

static inline day day_of(const char *text)
{
    day d = DAY_NONE;
    bool impossible;
    assert_true(day_parse(text, strlen(text), &d, &impossible));
    return d;
}

/* A unit by code, valid in 2024 if one of that code is; a category by code. */
static inline size_t unit_of(const struct directory *d, const char *code)
{
    size_t u = directory_unit_by_code(d, code, day_of("2024-06-30"));
    for (size_t i = 0; u == NO_ENTRY && i < d->unit_count; i++)
        if (!strcmp(d->units[i].code, code))
            u = i;
    if (u == NO_ENTRY)
        fail_msg("no unit %s", code);
    return u;
}

static inline size_t category_of(const struct directory *d, const char *code)
{
    size_t c = directory_category_by_code(d, code);
    if (c == NO_ENTRY)
        fail_msg("no category %s", code);
    return c;
}

/* ---- a tally ---- */

#define WINDOWS 8

struct counted {
    struct cover cover;
    struct scope scope;
    struct known known;
    struct tally tally;
    struct spans days[WINDOWS];
    struct window windows[WINDOWS];
    size_t window_count;
    struct err err;
};

/* Counts a category's subtree in every unit, in periods separated by spaces. */
static inline bool count_periods(struct counted *x, struct desk *k, const char *category,
                                 const char *periods, const struct tally_query *q)
{
    *x = (struct counted){0};
    size_t root = category_of(&k->directory, category);
    while (*periods) {
        char text[40];
        size_t n = strcspn(periods, " ");
        snprintf(text, sizeof text, "%.*s", (int)n, periods);
        assert_true(spans_add(&x->days[x->window_count], period_of(text).span, NULL));
        x->windows[x->window_count].days = &x->days[x->window_count];
        x->window_count++;
        periods += n + (periods[n] == ' ');
    }
    return cover_load(&x->cover, k->store, q->state, &k->directory, &x->err) &&
           scope_init(&x->scope, &k->directory, NULL, NULL, 0, &root, 1, &x->err) &&
           known_init(&x->known, &x->scope, &x->cover, root, &x->err) &&
           tally_init(&x->tally, k->store, &x->scope, q, x->windows, x->window_count, &x->known,
                      &x->err);
}

static inline void counted_free(struct counted *x)
{
    tally_free(&x->tally);
    known_free(&x->known);
    scope_free(&x->scope);
    cover_free(&x->cover);
    for (size_t i = 0; i < WINDOWS; i++)
        spans_free(&x->days[i]);
}

static inline void count_all(struct counted *x, struct desk *k, const char *category,
                             const char *periods)
{
    const struct tally_query q = {.state = STATE_NOW, .as_of = DAY_NONE};
    if (!count_periods(x, k, category, periods, &q))
        fail_msg("%s", x->err.msg);
}

static inline size_t cell_at(const struct counted *x, const char *unit, const char *category,
                             size_t window)
{
    size_t u = x->scope.unit_slot[unit_of(x->scope.directory, unit)];
    size_t c = x->scope.category_slot[category_of(x->scope.directory, category)];
    assert_true(u != NO_ENTRY && c != NO_ENTRY && window < x->window_count);
    return tally_at(&x->tally, u, c, window);
}

static inline int64_t cell(const struct counted *x, const char *unit, const char *category,
                           size_t window)
{
    return x->tally.counts[cell_at(x, unit, category, window)];
}

static inline unsigned marks(const struct counted *x, const char *unit, const char *category,
                             size_t window)
{
    return x->tally.marks[cell_at(x, unit, category, window)];
}

/* Known, and so many. */
#define CHECK_CELL(x, unit, category, window, want)                                                \
    do {                                                                                           \
        assert_int_equal(marks(x, unit, category, window) & (TALLY_UNKNOWN | TALLY_COARSE), 0);    \
        assert_int_equal(cell(x, unit, category, window), want);                                   \
    } while (0)

#define CHECK_UNKNOWN(x, unit, category, window)                                                   \
    assert_true(marks(x, unit, category, window) & (TALLY_UNKNOWN | TALLY_COARSE))

/* ---- a comparison ---- */

/* What is asked; zero: cases of XHTE in 2024 against 2023, by date of receipt. */
struct asked {
    const char *period, *against; /* mean3; NULL: the same period a year before */
    const char *category;
    const char *unit; /* NULL: all */
    enum per per;
    enum basis basis;
    enum count_unit count;
    const char *as_of; /* NULL: all that was received; coverage ends there */
};

struct set {
    struct cover cover;
    struct compare_query q;
    struct compare compare;
    size_t top, category;
    struct err err;
};

static inline void ask_before(struct set *s, const struct asked *a)
{
    bool mean = a->against && !strcmp(a->against, "mean3");
    s->q.before_count = mean ? 3 : 1;
    for (size_t i = 0; i < s->q.before_count; i++)
        s->q.before[i] = a->against && !mean ? period_of(a->against)
                                             : period_years_before(&s->q.period, CALENDAR_CIVIL,
                                                                   (int)(s->q.before_count - i));
}

static inline bool ask(struct set *s, struct desk *k, struct asked a)
{
    *s = (struct set){0};
    s->q.tally = (struct tally_query){.state = STATE_NOW,
                                      .basis = a.basis,
                                      .count = a.count,
                                      .as_of = a.as_of ? day_of(a.as_of) : DAY_NONE};
    s->q.calendar = CALENDAR_CIVIL;
    s->q.period = period_of(a.period ? a.period : "2024");
    s->q.per = a.per;
    ask_before(s, &a);
    if (a.unit) {
        s->top = unit_of(&k->directory, a.unit);
        s->q.tops = &s->top;
        s->q.top_count = 1;
    }
    s->category = category_of(&k->directory, a.category ? a.category : "XHTE");
    s->q.categories = &s->category;
    s->q.category_count = 1;
    if (!cover_load(&s->cover, k->store, STATE_NOW, &k->directory, &s->err))
        return false;
    if (a.as_of)
        cover_end(&s->cover, s->q.tally.as_of);
    return compare_init(&s->compare, k->store, &k->directory, &s->cover, &s->q, &s->err);
}

static inline void asks(struct set *s, struct desk *k, struct asked a)
{
    if (!ask(s, k, a))
        fail_msg("%s", s->err.msg);
}

static inline void set_free(struct set *s)
{
    compare_free(&s->compare);
    cover_free(&s->cover);
}

static inline size_t slot_of(const struct set *s, const char *unit)
{
    size_t u = s->compare.scope.unit_slot[unit_of(s->compare.scope.directory, unit)];
    assert_true(u != NO_ENTRY);
    return u;
}

static inline struct compared row_of(const struct set *s, const char *unit, const char *category)
{
    struct compared row;
    const struct scope *scope = &s->compare.scope;
    compare_row(&s->compare, slot_of(s, unit),
                scope->category_slot[category_of(scope->directory, category)], &row);
    return row;
}

#define CHECK_ROW(row, now, before)                                                                \
    do {                                                                                           \
        assert_true((row).has_now && (row).has_before && (row).known && (row).known_before);       \
        assert_int_equal((row).count, now);                                                        \
        assert_int_equal((row).count_before, before);                                              \
    } while (0)

#endif
