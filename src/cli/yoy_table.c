#include "cli/yoy_table.h"

#include <stdlib.h>
#include <string.h>

#include "cli/benchmarks_table.h"
#include "cli/yoy_private.h"

static const struct column columns[YOY_COLUMNS] = {
    [YOY_UNIT] = {"unit", N_("Unit code"), COLUMN_TEXT, 0},
    [YOY_UNIT_NAME] = {"unit_name", N_("Unit"), COLUMN_TEXT, 0},
    [YOY_CATEGORY] = {"category", N_("Category code"), COLUMN_TEXT, 0},
    [YOY_PERIOD] = {"period", N_("Period"), COLUMN_TEXT, 0},
    [YOY_AGAINST] = {"against", N_("Against"), COLUMN_TEXT, 0},
    [YOY_COUNT] = {"count", N_("Now"), COLUMN_COUNT, 0},
    [YOY_COUNT_BEFORE] = {"count_before", N_("Before"), COLUMN_COUNT, 0},
    [YOY_EXPOSURE] = {"exposure", N_("Exposure now"), COLUMN_REAL, 1},
    [YOY_EXPOSURE_BEFORE] = {"exposure_before", N_("Exposure before"), COLUMN_REAL, 1},
    [YOY_CHANGE] = {"change", N_("Change"), COLUMN_CHANGE, 0},
    [YOY_REDUCTION_PCT] = {"reduction_pct", N_("Reduction %"), COLUMN_PERCENT, 0},
    [YOY_CI_LOW] = {"ci_low", N_("95% from"), COLUMN_PERCENT, 0},
    [YOY_CI_HIGH] = {"ci_high", N_("95% to"), COLUMN_PERCENT, 0},
    [YOY_P_VALUE] = {"p_value", N_("p"), COLUMN_P, 0},
    [YOY_Q_VALUE] = {"q_value", N_("q"), COLUMN_P, 0},
    [YOY_PROB_REDUCTION] = {"prob_reduction", N_("P(fell)"), COLUMN_PROB, 0},
    [YOY_TARGET_PCT] = {"target_pct", N_("Target %"), COLUMN_PERCENT, 0},
    [YOY_ALLOWANCE] = {"allowance", N_("Cases allowed"), COLUMN_COUNT, 0},
    [YOY_VERDICT] = {"verdict", N_("Verdict"), COLUMN_TOKEN, 0},
    [YOY_PROB_TARGET] = {"prob_target", N_("P(target)"), COLUMN_PROB, 0},
    [YOY_LUCK] = {"luck", N_("Met by luck"), COLUMN_PROB, 0},
    [YOY_DETECTABLE_PCT] = {"detectable_pct", N_("Detectable %"), COLUMN_PERCENT, 0},
    [YOY_REDUCTION_EB] = {"reduction_eb", N_("Shrunken reduction %"), COLUMN_PERCENT, 0},
    [YOY_EB_LOW] = {"eb_low", N_("Shrunken from"), COLUMN_PERCENT, 0},
    [YOY_EB_HIGH] = {"eb_high", N_("Shrunken to"), COLUMN_PERCENT, 0},
    [YOY_PHI] = {"phi", N_("Over-dispersion"), COLUMN_REAL, 2},
    [YOY_CI_LOW_PHI] = {"ci_low_phi", N_("95% from, over-dispersed"), COLUMN_PERCENT, 0},
    [YOY_CI_HIGH_PHI] = {"ci_high_phi", N_("95% to, over-dispersed"), COLUMN_PERCENT, 0},
    [YOY_NOTE] = {"note", N_("Note"), COLUMN_NOTE, 0},
    [YOY_CATEGORY_NAME] = {"category_name", N_("Category"), COLUMN_TEXT, 0},
    [YOY_PROB_REDUCTION_PHI] = {"prob_reduction_phi", N_("P(fell), over-dispersed"), COLUMN_PROB,
                                0},
    [YOY_COUNT_LOW] = {"count_low", N_("Now, at least"), COLUMN_COUNT, 0},
    [YOY_COUNT_HIGH] = {"count_high", N_("Now, at most"), COLUMN_COUNT, 0},
    [YOY_COUNT_BEFORE_LOW] = {"count_before_low", N_("Before, at least"), COLUMN_COUNT, 0},
    [YOY_COUNT_BEFORE_HIGH] = {"count_before_high", N_("Before, at most"), COLUMN_COUNT, 0},
    [YOY_CASES] = {"cases", N_("Cases now"), COLUMN_TEXT, 0},
    [YOY_CASES_BEFORE] = {"cases_before", N_("Cases before"), COLUMN_TEXT, 0},
};

/* The short table, at most seven columns. What is said of the change, which interval, and what is
 * judged, depends on what is counted. */
enum short_view {
    SHOW_UNIT,
    SHOW_CATEGORY,
    SHOW_COUNTS,
    SHOW_CHANGE,
    SHOW_DIFFERENCE,
    SHOW_REDUCTION,
    SHOW_INTERVAL,
    SHOW_INTERVAL_PHI,
    SHOW_VERDICT,
    SHOW_LUCK,
    SHOW_CASES,
    SHOW_CASES_BEFORE,
    SHOW_TOTAL
};
static const struct view views[SHOW_TOTAL] = {
    [SHOW_UNIT] = {N_("Unit"), VIEW_CELL, "unit_name", NULL, NULL},
    [SHOW_CATEGORY] = {N_("Category"), VIEW_CELL, "category_name", NULL, NULL},
    [SHOW_COUNTS] = {N_("Now/before"), VIEW_COUNTS, "count", "count_before", NULL},
    [SHOW_CHANGE] = {N_("Change"), VIEW_CHANGE, "change", "reduction_pct", "count_before"},
    [SHOW_DIFFERENCE] = {N_("Change"), VIEW_CELL, "change", NULL, NULL},
    [SHOW_REDUCTION] = {N_("Reduction %"), VIEW_CELL, "reduction_pct", NULL, NULL},
    [SHOW_INTERVAL] = {N_("95% interval"), VIEW_INTERVAL, "ci_low", "ci_high", NULL},
    [SHOW_INTERVAL_PHI] = {N_("95% interval"), VIEW_INTERVAL, "ci_low_phi", "ci_high_phi", NULL},
    [SHOW_VERDICT] = {N_("Verdict"), VIEW_CELL, "verdict", NULL, NULL},
    [SHOW_LUCK] = {N_("Met by luck"), VIEW_CELL, "luck", NULL, NULL},
    [SHOW_CASES] = {N_("Cases now"), VIEW_CELL, "cases", NULL, NULL},
    [SHOW_CASES_BEFORE] = {N_("Cases before"), VIEW_CELL, "cases_before", NULL, NULL},
};

/* One table under way. */
struct building {
    struct session *s;
    const struct yoy_options *o;
    struct yoy_sets sets;
    struct yoy_cache *cache;
    struct result *r;
};

static bool build_set(struct building *b, struct yoy_set *set, struct err *e)
{
    size_t first = b->r->row_count;
    bool cases = arg(b->s->request, OPT_SHOW_CASES) != NULL;
    return yoy_rows_add(set, e) && yoy_family(set, b->cache, e) &&
           yoy_dispersion(set, &b->sets.events, e) && yoy_outlook(set, &b->sets.events, e) &&
           yoy_rows_sort(set, e) && yoy_write_rows(set, b->r, e) &&
           (!cases || yoy_add_cases(set, b->r, first, e)) && yoy_add_sentences(set, b->r, first, e);
}

static bool build_sets(struct building *b, struct err *e)
{
    b->cache = yoy_cache_new();
    bool ok = b->cache || err_memory(e);
    for (size_t i = 0; ok && i < b->sets.count; i++)
        ok = build_set(b, &b->sets.items[i], e);
    yoy_cache_delete(b->cache);
    return ok && yoy_add_nowcast(&b->sets, b->r, e) &&
           yoy_add_footers(b->sets.items, b->sets.count, b->r, e) &&
           coarse_judge(&b->sets.coarse, b->s, YOY_COUNT, b->r, e);
}

/* ---- the whole table ---- */

/* What is the same in every row stands in the title alone. */
static bool is_shown(const struct building *b, enum short_view view)
{
    const struct yoy_query *q = &b->sets.q;
    bool one_category = !b->o->by_category && q->places.category_count == 1;
    bool one_unit = !b->o->by_unit && q->compare.top_count <= 1;
    bool exact = b->sets.count && yoy_is_exact(&b->sets.items[0]) && !yoy_is_dispersed(b->r);
    bool of_cases = q->compare.tally.count == COUNT_CASES;
    bool cases = arg(b->s->request, OPT_SHOW_CASES) != NULL;
    switch (view) {
    case SHOW_UNIT:
        return !one_unit || one_category;
    case SHOW_CATEGORY:
        return !one_category;
    case SHOW_CHANGE:
        return of_cases;
    case SHOW_DIFFERENCE:
    case SHOW_REDUCTION:
        return !of_cases;
    case SHOW_INTERVAL:
        return exact && !cases;
    case SHOW_INTERVAL_PHI:
        return !exact && !cases;
    case SHOW_VERDICT:
        return of_cases;
    case SHOW_LUCK:
        return of_cases && !cases;
    case SHOW_CASES:
    case SHOW_CASES_BEFORE:
        return cases;
    default:
        return true;
    }
}

static bool choose_views(const struct building *b, struct err *e)
{
    struct result *r = b->r;
    struct view *shown = arena_alloc(&r->arena, sizeof views);
    if (!shown)
        return err_memory(e);
    for (size_t i = 0; i < SHOW_TOTAL; i++) {
        if (!is_shown(b, (enum short_view)i))
            continue;
        shown[r->view_count] = views[i];
        if (i == SHOW_COUNTS && b->sets.q.compare.before_count == 3)
            shown[r->view_count].title = N_("Now/sum of 3 years");
        if (i == SHOW_COUNTS && b->sets.q.compare.before_count == 5)
            shown[r->view_count].title = N_("Now/sum of 5 years");
        r->view_count++;
    }
    r->views = shown;
    return true;
}

static bool set_title(const struct building *b, struct err *e)
{
    const struct yoy_query *q = &b->sets.q;
    struct result *r = b->r;
    const char *what = places_subject(b->s, &q->places, r->lang);
    struct buf now = {0}, against = {0};
    session_add_period(b->s, &q->compare.period, &now);
    if (q->compare.before_count == 1)
        session_add_period(b->s, &q->compare.before[0], &against);
    else
        buf_adds(&against, q->compare.before_count == 3 ? tr(r->lang, "the mean of 3 years")
                                                        : tr(r->lang, "the mean of 5 years"));
    if (!now.failed && !against.failed)
        r->title = arena_format(&r->arena, tr(r->lang, "Number of %s, %s: %s against %s"),
                                session_counted(q->compare.tally.count, r->lang), what,
                                buf_text(&now), buf_text(&against));
    buf_free(&now);
    buf_free(&against);
    return r->title || err_memory(e);
}

/* Published figures are of cases. */
static bool add_benchmarks(const struct building *b, struct err *e)
{
    const struct compare_query *q = &b->sets.q.compare;
    day end = b->sets.facts.data_end;
    return q->tally.count != COUNT_CASES ||
           benchmarks_say_yoy(b->s, &q->period, end == DAY_NONE || end < q->period.span.to, b->r,
                              e);
}

bool yoy_build(struct session *s, const struct yoy_options *o, struct result *r, struct err *e)
{
    struct building b = {.s = s, .o = o, .r = r};
    bool with_cases = arg(s->request, OPT_SHOW_CASES) != NULL;
    result_init(r, "yoy", columns, with_cases ? YOY_COLUMNS : YOY_CASES, s->lang);
    bool ok = yoy_sets_init(&b.sets, s, o, e) && session_reaches(s, &b.sets.q.compare.period, e) &&
              build_sets(&b, e) && add_benchmarks(&b, e) && set_title(&b, e) &&
              choose_views(&b, e) && session_provenance(s, &b.sets.facts, r, e);
    yoy_sets_free(&b.sets);
    return ok;
}
