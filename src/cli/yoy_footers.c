/* What a reader must know before concluding from a table of comparisons. */
#include <string.h>

#include "base/num.h"
#include "cli/listing.h"
#include "cli/yoy_private.h"

/* ---- who is left out ---- */

/* It was made of areas of which nothing is loaded, in the time that is compared. */
static bool is_missing(const struct yoy_set *set, size_t slot)
{
    const struct scope *scope = &set->compare.scope;
    const struct lineage_unit *line =
        scope->lineage ? &scope->lineage->units[scope->units[slot]] : NULL;
    return line && line->missing_before != DAY_NONE &&
           line->missing_before > set->q.before[0].span.from;
}

static bool say_left_out(const struct yoy_set *set, struct result *r, struct err *e)
{
    const struct compare *c = &set->compare;
    struct listing n = {0};
    for (size_t u = 0; u < c->scope.unit_count; u++) {
        char to[11];
        size_t unit = c->scope.units[u];
        if (!c->lagging[u] || is_missing(set, u) || !listing_take(&n))
            continue;
        const char *name = session_unit_name(set->s, unit, set->q.period.span.to, &r->arena);
        session_date(spans_end(&c->now[u]), r->lang, to);
        if (c->now[u].count)
            buf_addf(&n.b, tr(r->lang, "%s (to %s)"), name, to);
        else
            buf_adds(&n.b, name);
    }
    return listing_say(
        &n, r, tr(r->lang, "Not in the totals compared, since not reported to the end: %s."), e);
}

/* Known now, but not before. */
static bool say_without_base(const struct yoy_set *set, struct result *r, struct err *e)
{
    const struct compare *c = &set->compare;
    struct listing n = {0};
    for (size_t u = 0; u < c->scope.unit_count; u++)
        if (compare_asks(c, u) && !c->compared[u] && !c->lagging[u] && !is_missing(set, u) &&
            !(c->now[u].count && c->before[u].count) && listing_take(&n))
            buf_adds(&n.b, session_unit_name(set->s, c->scope.units[u], set->q.period.span.to,
                                             &r->arena));
    return listing_say(
        &n, r,
        tr(r->lang, "Not in the totals compared, since no day is known of both periods: %s."), e);
}

/* "Xã Hưng Thạnh (without 2024-01-01 – 2024-06-30)" */
static void add_days(struct listing *n, const struct spans *days, enum lang lang)
{
    struct buf b = {0};
    for (size_t i = 0; i < days->count; i++) {
        buf_adds(&b, i ? ", " : "");
        session_span(days->items[i], lang, &b);
    }
    buf_addf(&n->b, tr(lang, " (without %s)"), buf_text(&b));
    n->b.failed |= b.failed;
    buf_free(&b);
}

static bool say_partly(const struct yoy_set *set, struct result *r, struct err *e)
{
    const struct compare *c = &set->compare;
    struct listing n = {0};
    bool ok = true;
    for (size_t u = 0; ok && u < c->scope.unit_count; u++) {
        struct spans days = {0};
        if (!c->partly[u] || !listing_take(&n))
            continue;
        ok = compare_left_out(c, u, &days, e);
        if (ok) {
            buf_adds(&n.b, session_unit_name(set->s, c->scope.units[u], set->q.period.span.to,
                                             &r->arena));
            add_days(&n, &days, r->lang);
        }
        spans_free(&days);
    }
    return listing_say(&n, r,
                       tr(r->lang, "Compared on the days that both periods know, not on all: %s."),
                       e) &&
           ok;
}

/* ---- boundaries that changed ---- */

/* Units that were made of areas of which nothing is loaded. */
static bool say_missing(const struct yoy_set *set, struct result *r, struct err *e)
{
    const struct scope *scope = &set->compare.scope;
    struct listing n = {0};
    for (size_t u = 0; u < scope->unit_count; u++) {
        if (!is_missing(set, u) || !listing_take(&n))
            continue;
        const struct lineage_unit *line = &scope->lineage->units[scope->units[u]];
        buf_addf(&n.b, "%s (%s)",
                 session_unit_name(set->s, scope->units[u], set->q.period.span.to, &r->arena),
                 line->missing);
    }
    return listing_say(&n, r,
                       tr(r->lang, "Not known before the boundaries changed, since areas that they "
                                   "were made of are not loaded: %s."),
                       e);
}

/* Units whose counts are known within bounds only. */
static bool say_divided(const struct yoy_set *set, struct result *r, struct err *e)
{
    struct listing n = {0};
    for (size_t i = 0; i < set->count; i++) {
        const struct yoy_row *row = yoy_row_at(set, i);
        if ((row->counts.possible || row->counts.possible_before) && listing_take(&n))
            buf_adds(&n.b, session_unit_name(set->s, set->compare.scope.units[row->unit],
                                             set->q.period.span.to, &r->arena));
    }
    return listing_say(&n, r,
                       tr(r->lang, "From … to …: units that were divided have gone to several, and "
                                   "no share is loaded (--split guesses one): %s."),
                       e);
}

/* ---- what has no date, no number ---- */

/* As of a day, those without a date of receipt too. */
static const char *undated_words(const struct tally_query *q, enum lang lang)
{
    static const char *const words[BASIS_TOTAL] = {
        N_("Cases of the two periods without a date of receipt, in no count here: %s."),
        N_("Cases of the two periods without a date of the act, in no count here: %s."),
        N_("Cases of the two periods without a date of prosecution, in no count here: %s."),
    };
    if (q->as_of != DAY_NONE && q->basis != BASIS_RECEIVED)
        return tr(lang,
                  N_("Cases of the two periods without the dates that this count needs, in no "
                     "count here: %s."));
    return tr(lang, words[q->basis]);
}

struct gaps {
    int64_t undated, blank;
};

/* Of the totals, or of the units asked for. */
static struct gaps gaps_of(const struct yoy_set *set)
{
    struct gaps g = {0};
    for (size_t i = 0; i < set->count; i++) {
        const struct yoy_row *row = &set->rows[i];
        if (!yoy_is_head(set, row))
            continue;
        g.undated += row->counts.undated;
        g.blank += row->counts.blank;
    }
    return g;
}

/* "68 (U18), 1 (XHTE)" */
static void take_gap(struct listing *n, const struct yoy_set *set, int64_t count, enum lang lang)
{
    const struct compare *c = &set->compare;
    if (!count || !listing_take(n))
        return;
    num_add_count(&n->b, count, lang);
    buf_addf(&n->b, " (%s)", c->scope.directory->categories[c->scope.categories[0]].code);
}

static bool say_gaps(const struct yoy_set *sets, size_t count, struct result *r, struct err *e)
{
    struct listing undated = {0}, blank = {0};
    for (size_t i = 0; i < count; i++) {
        struct gaps g = gaps_of(&sets[i]);
        take_gap(&undated, &sets[i], g.undated, r->lang);
        take_gap(&blank, &sets[i], g.blank, r->lang);
    }
    bool ok = listing_say(&undated, r, undated_words(&sets[0].q.tally, r->lang), e);
    return listing_say(&blank, r,
                       tr(r->lang, "Cases that do not give the number, not counted: %s."), e) &&
           ok;
}

/* ---- what cannot be compared ---- */

static void name_category(const struct yoy_set *set, const struct yoy_row *row, struct listing *n,
                          enum lang lang)
{
    const struct compare *c = &set->compare;
    const struct category *x = &c->scope.directory->categories[c->scope.categories[row->category]];
    char from[11], to[11];
    session_date(x->valid.from, lang, from);
    session_date(x->valid.to, lang, to);
    const char *name = *x->name ? x->name : x->code;
    if (x->valid.from > DAY_MIN && x->valid.to < DAY_MAX)
        buf_addf(&n->b, tr(lang, "%s (%s to %s)"), name, from, to);
    else if (x->valid.to < DAY_MAX)
        buf_addf(&n->b, tr(lang, "%s (to %s)"), name, to);
    else
        buf_addf(&n->b, tr(lang, "%s (from %s)"), name, from);
}

/* One row a category is enough: the totals', or without them any unit's first. */
static bool say_broken(const struct yoy_set *set, struct result *r, struct err *e)
{
    struct listing n = {0};
    size_t unit = set->count ? yoy_row_at(set, 0)->unit : 0;
    for (size_t i = 0; i < set->count; i++) {
        const struct yoy_row *row = yoy_row_at(set, i);
        if (!row->is_valid && !row->is_rest && row->unit == unit && listing_take(&n))
            name_category(set, row, &n, r->lang);
    }
    return listing_say(
        &n, r, tr(r->lang, "Not compared, since not recorded throughout both periods: %s."), e);
}

static bool say_nothing_known(const struct yoy_set *set, struct result *r, struct err *e)
{
    struct listing n = {0};
    if (set->compare.data_end == DAY_NONE && listing_take(&n))
        buf_adds(&n.b, set->q.period.label);
    return listing_say(
        &n, r, tr(r->lang, "Nothing is known of %s: the coverage of no unit reaches it."), e);
}

static bool say_events(const struct yoy_set *set, struct result *r, struct err *e)
{
    struct span days = events_days(&set->compare);
    const struct event *event;
    struct listing n = {0};
    bool asks = set->count && set->compare.data_end != DAY_NONE;
    size_t i = 0, unit = set->count ? set->compare.scope.units[yoy_row_at(set, 0)->unit] : 0;
    while (asks && (event = events_next(set->events, unit, days, &i))) {
        char on[11];
        session_date(event->on, r->lang, on);
        if (listing_take(&n))
            buf_addf(&n.b, "%s (%s)", event->label, on);
    }
    return listing_say(
        &n, r, tr(r->lang, "The two periods are not directly comparable; between them: %s."), e);
}

typedef bool (*say_fn)(const struct yoy_set *, struct result *, struct err *);

static bool say_each(say_fn say, const struct yoy_set *sets, size_t count, struct result *r,
                     struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = say(&sets[i], r, e);
    return ok;
}

/* ---- the whole table ---- */

static bool is_large(const struct cell *row)
{
    return row[YOY_CI_HIGH].type == CELL_REAL &&
           row[YOY_COUNT].as.i + row[YOY_COUNT_BEFORE].as.i > YOY_LARGE;
}

/* Large counts whose over-dispersion is not known, or (dispersed) is. */
static bool has_large_counts(const struct result *r, bool dispersed)
{
    for (size_t i = 0; i < r->row_count; i++) {
        const struct cell *row = &r->cells[i * r->column_count];
        if (is_large(row) && (row[YOY_PHI].type == CELL_REAL) == dispersed)
            return true;
    }
    return false;
}

bool yoy_is_dispersed(const struct result *r)
{
    return has_large_counts(r, true) && !has_large_counts(r, false);
}

/* Where exposures divide the counts, the counts alone give another percentage. */
static bool say_rates(enum per per, struct result *r, struct err *e)
{
    static const char *const words[] = {
        [PER_DAYS] = N_("Changes and percentages are those of the cases a day."),
        [PER_POPULATION] = N_("Changes and percentages are those of the cases a head."),
    };
    return per == PER_CASES || result_add_footer(r, e, tr(r->lang, words[per]));
}

static bool say_long(const struct yoy_set *set, struct result *r, struct err *e)
{
    return !yoy_is_long(set) || !yoy_is_exact(set) ||
           footer_say(r,
                      tr(r->lang, "In a table of more than 2000 rows phi is not estimated: choose "
                                  "fewer with --unit, --category or --level."),
                      e);
}

static bool say_large_counts(struct result *r, struct err *e)
{
    if (yoy_is_dispersed(r))
        return result_add_footer(r, e,
                                 tr(r->lang, "Large counts vary more than Poisson counts: the 95% "
                                             "intervals allow for it (column phi)."));
    return !has_large_counts(r, false) ||
           result_add_footer(r, e,
                             tr(r->lang, "Large counts vary more than Poisson counts: their "
                                         "intervals are too narrow to conclude from."));
}

static bool say_not_for_ranking(const struct yoy_options *o, struct result *r, struct err *e)
{
    return !o->by_unit ||
           result_add_footer(r, e,
                             tr(r->lang, "Not for ranking offices: more cases recorded may mean "
                                         "better detection and reporting."));
}

bool yoy_say_no_plan(const struct yoy_set *sets, size_t count, struct result *r, struct err *e)
{
    const struct yoy_set *first = &sets[0];
    bool missed = false;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < sets[i].q.category_count; k++)
            missed |= plan_is_missed(first->plan,
                                     first->s->directory.categories[sets[i].q.categories[k]].code);
    if (!missed || first->query->target_given || !*first->plan->year ||
        first->q.tally.count != COUNT_CASES)
        return true;
    const char *text = arena_format(
        &r->arena,
        tr(r->lang, "No plan has the name of the year %s, so no target is judged; choose one with "
                    "--plan: %s."),
        first->plan->year, buf_text(&first->plan->others));
    return text ? result_add_footer(r, e, text) : err_memory(e);
}

bool yoy_add_footers(const struct yoy_set *sets, size_t count, struct result *r, struct err *e)
{
    return !count ||
           (say_each(say_nothing_known, sets, count, r, e) &&
            say_each(say_left_out, sets, count, r, e) &&
            say_each(say_without_base, sets, count, r, e) &&
            say_each(say_partly, sets, count, r, e) && say_each(say_missing, sets, count, r, e) &&
            say_each(say_divided, sets, count, r, e) && say_gaps(sets, count, r, e) &&
            say_each(say_broken, sets, count, r, e) && say_each(say_events, sets, count, r, e) &&
            say_rates(sets[0].q.per, r, e) && say_each(say_long, sets, count, r, e) &&
            say_large_counts(r, e) && yoy_say_no_plan(sets, count, r, e) &&
            say_not_for_ranking(sets[0].o, r, e));
}
