/* form_sets.c: what `form` asks of the data, with the questions and the counting of `yoy` and
 * `targets`: whatever is not wholly known is said to be missing, never counted as zero. */
#include <stdlib.h>
#include <string.h>

#include "cli/form_private.h"
#include "cli/rate_parts.h"
#include "series/flow.h"

struct form_set {
    bool is_year; /* from the year's first day */
    enum count_unit count;
    size_t unit, category;
    struct yoy_query query;
    struct compare compare;
    struct compared row;
    bool has_flow[2];
    struct flow flows[2]; /* now, before */
};

/* ---- making one ---- */

static const char *const counted[] = {[COUNT_CASES] = "cases",
                                      [COUNT_REPORTS] = "reports",
                                      [COUNT_OFFENDERS] = "offenders",
                                      [COUNT_VICTIMS] = "victims"};

static bool count_set(struct form_desk *d, struct form_set *set, struct err *e)
{
    struct question x = d->question;
    const struct directory *dir = &d->s->directory;
    const struct period *now = &d->periods[set->is_year ? FORM_YEAR : FORM_NOW];
    question_ask(&x, OPT_PERIOD, now->label);
    question_ask(&x, OPT_AGAINST, now[1].label);
    question_ask(&x, OPT_COUNT, counted[set->count]);
    question_ask(&x, OPT_CATEGORY, dir->categories[set->category].code);
    if (set->unit != NO_ENTRY)
        question_ask(&x, OPT_UNIT, dir->units[set->unit].code);
    if (!question_end(&x, yoy_query_read(question_begin(&x), &set->query, e)))
        return false;
    struct compare_query *q = &set->query.compare;
    q->categories = set->query.places.categories;
    q->category_count = 1;
    if (!compare_init(&set->compare, d->s->store, dir, &d->s->cover, q, e))
        return false;
    compare_row(&set->compare, 0, 0, &set->row);
    return true;
}

static struct form_set *find_set(const struct form_desk *d, const struct form_set *like)
{
    for (size_t i = 0; i < d->set_count; i++) {
        struct form_set *s = d->sets[i];
        if (s->is_year == like->is_year && s->count == like->count && s->unit == like->unit &&
            s->category == like->category)
            return s;
    }
    return NULL;
}

/* NULL: as e says. */
static struct form_set *need_set(struct form_desk *d, const struct form_word *w,
                                 enum count_unit count, struct err *e)
{
    struct form_set like = {
        .is_year = w->span >= FORM_YEAR, .count = count, .unit = w->unit, .category = w->category};
    struct form_set *set = find_set(d, &like);
    void *sets = d->sets;
    if (set)
        return set;
    if (!array_grow(&sets, &d->set_cap, d->set_count + 1, sizeof(struct form_set *), e))
        return NULL;
    d->sets = sets;
    set = calloc(1, sizeof *set);
    if (!set) {
        err_memory(e);
        return NULL;
    }
    *set = like;
    d->sets[d->set_count++] = set;
    return count_set(d, set, e) ? set : NULL;
}

void form_sets_free(struct form_desk *d)
{
    for (size_t i = 0; i < d->set_count; i++) {
        compare_free(&d->sets[i]->compare);
        yoy_query_free(&d->sets[i]->query);
        free(d->sets[i]);
    }
    free(d->sets);
}

/* ---- what is missing ---- */

static bool knows(const struct compare *c, size_t slot, struct span days)
{
    struct span own = span_intersect(days, c->scope.life[slot]);
    return span_is_empty(own) || spans_contain(&c->known.spans[slot], own);
}

/* The units that have not reported all days, as a list; NULL: none, or the whole is told by itself.
 */
static const char *who_is_missing(struct form_desk *d, const struct compare *c, struct span days,
                                  bool *failed)
{
    struct buf names = {0};
    enum { NAMED = 3 };
    size_t missing = 0;
    if (spans_contain(&c->known.spans[0], days))
        return NULL;
    for (size_t u = 0; u < c->scope.unit_count; u++) {
        const struct unit *unit = &c->scope.directory->units[c->scope.units[u]];
        if (!c->scope.is_leaf[u] || unit->is_unknown || knows(c, u, days))
            continue;
        if (missing++ < NAMED)
            buf_addf(&names, "%s%s", missing > 1 ? ", " : "", unit->name);
    }
    if (missing > NAMED)
        buf_addf(&names, " … (%zu)", missing);
    const char *text =
        missing ? arena_format(&d->arena, tr(d->s->lang, "not reported for all days: %s"),
                               buf_text(&names))
                : NULL;
    *failed |= names.failed || (missing && !text);
    buf_free(&names);
    return text;
}

/* A count is not what it seems where cases without a date, without the number counted, or of
 * divided units may be missing. */
static const char *what_is_missing(const struct form_desk *d, const struct compared *k, bool before)
{
    enum lang lang = d->s->lang;
    int64_t all = k->recorded + k->recorded_before;
    if (!(before ? k->has_before : k->has_now))
        return tr(lang, "nothing is loaded of this period");
    if (!(before ? k->known_before : k->known) || (before ? k->possible_before : k->possible))
        return tr(lang, "the count is not known exactly");
    if (k->blank)
        return tr(lang, "cases without this number are among them");
    return k->undated * 20 > all ? tr(lang, "too many cases have no date") : NULL;
}

static const char *missing(struct form_desk *d, const struct form_set *set, bool before,
                           bool *failed)
{
    const struct compare_query *q = &set->query.compare;
    struct span days = before ? q->before[0].span : q->period.span;
    const char *who = who_is_missing(d, &set->compare, days, failed);
    return who ? who : what_is_missing(d, &set->row, before);
}

/* ---- answers ---- */

/* The children of a case are whom its root is about: its victims, or its offenders under 18. */
static enum count_unit counted_by(const struct form_desk *d, const struct form_word *w)
{
    const struct category *c = d->s->directory.categories;
    switch (w->measure) {
    case FORM_REPORTS:
        return COUNT_REPORTS;
    case FORM_OFFENDERS:
        return COUNT_OFFENDERS;
    case FORM_VICTIMS:
        return COUNT_VICTIMS;
    case FORM_CHILDREN:
        return strcmp(c[c[w->category].root].code, "U18") ? COUNT_VICTIMS : COUNT_OFFENDERS;
    default:
        return COUNT_CASES;
    }
}

static bool any_known(const struct compare *c, struct span days)
{
    for (size_t u = 0; u < c->scope.unit_count; u++)
        if (c->scope.is_leaf[u] && spans_contain(&c->known.spans[u], days))
            return true;
    return false;
}

/* What is recorded of a whole stands for it where some of its units have reported in full. */
static struct form_side side_of(struct form_desk *d, const struct form_set *set, bool before,
                                bool *failed)
{
    const struct compare_query *q = &set->query.compare;
    struct span days = before ? q->before[0].span : q->period.span;
    struct form_side side = {.count = before ? set->row.recorded_before : set->row.recorded};
    side.late = who_is_missing(d, &set->compare, days, failed);
    side.why = what_is_missing(d, &set->row, before);
    if (side.late && !any_known(&set->compare, days))
        side.why = side.late;
    return side;
}

bool form_pair(struct form_desk *d, const struct form_word *w, struct form_pair *p, struct err *e)
{
    bool failed = false;
    struct form_set *set = need_set(d, w, counted_by(d, w), e);
    if (!set)
        return false;
    *p = (struct form_pair){side_of(d, set, false, &failed), side_of(d, set, true, &failed)};
    return !failed || err_memory(e);
}

static bool read_flow(struct form_desk *d, struct form_set *set, bool before, struct err *e)
{
    const struct compare_query *q = &set->query.compare;
    const struct flow_query ask = {.scope = &set->compare.scope,
                                   .cover = &d->s->cover,
                                   .category = set->category,
                                   .span = before ? q->before[0].span : q->period.span,
                                   .rest = {1, 0},
                                   .as_of = DAY_NONE};
    struct flows flows = {0};
    bool ok = flows_read(&flows, &ask, 1, d->s->store, d->s->state, e);
    if (ok)
        set->flows[before] = flows.of_span[0];
    set->has_flow[before] = ok;
    flows_free(&flows, 1);
    return ok;
}

/* What the numbers rest on, of both. */
static bool is_given(const struct flow *f, const struct form_rate_of *of)
{
    unsigned needed = rate_lacks(of->part) | rate_lacks(of->whole);
    if (of->whole == RATE_ACCEPTED)
        needed |= FLOW_NO_CARRIED | FLOW_NO_MOVED;
    return f->sources && !(f->lacks & needed) && (of->whole != RATE_VICTIMS || !f->blank_victims);
}

bool form_rate(struct form_desk *d, const struct form_word *w, const struct form_rate_of *of,
               struct form_rate *r, struct err *e)
{
    bool failed = false, before = w->span == FORM_BEFORE || w->span == FORM_YEAR_BEFORE;
    struct form_set *set = need_set(d, w, COUNT_CASES, e);
    if (!set || (!set->has_flow[before] && !read_flow(d, set, before, e)))
        return false;
    const struct flow *f = &set->flows[before];
    *r = (struct form_rate){.flow = *f,
                            .part = rate_part(f, of->part),
                            .whole = rate_whole(f, of->whole),
                            .why = missing(d, set, before, &failed)};
    if (!r->why && !is_given(f, of))
        r->why = tr(d->s->lang, "nobody gives these numbers");
    return !failed || err_memory(e);
}
