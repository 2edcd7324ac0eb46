/* Cases one by one, with the days between them. */
#include <math.h>
#include <stdlib.h>

#include "cli/control_private.h"
#include "series/case_days.h"

enum {
    GAP_UNIT,
    GAP_UNIT_NAME,
    GAP_CATEGORY,
    GAP_CATEGORY_NAME,
    GAP_ON,
    GAP_CASES,
    GAP_GAP,
    GAP_CENTRE,
    GAP_LOWER,
    GAP_UPPER,
    GAP_SIGNAL,
    GAP_COLUMNS
};

static const struct column columns[GAP_COLUMNS] = {
    [GAP_UNIT] = {"unit", N_("Unit code"), COLUMN_TEXT, 0},
    [GAP_UNIT_NAME] = {"unit_name", N_("Unit"), COLUMN_TEXT, 0},
    [GAP_CATEGORY] = {"category", N_("Category code"), COLUMN_TEXT, 0},
    [GAP_CATEGORY_NAME] = {"category_name", N_("Category"), COLUMN_TEXT, 0},
    [GAP_ON] = {"on", N_("Day"), COLUMN_TEXT, 0},
    [GAP_CASES] = {"cases", N_("Cases"), COLUMN_COUNT, 0},
    [GAP_GAP] = {"gap", N_("Days since the case before"), COLUMN_COUNT, 0},
    [GAP_CENTRE] = {"centre", N_("Centre"), COLUMN_REAL, 1},
    [GAP_LOWER] = {"lower", N_("Lower limit"), COLUMN_REAL, 1},
    [GAP_UPPER] = {"upper", N_("Upper limit"), COLUMN_REAL, 1},
    [GAP_SIGNAL] = {"signal", N_("Signal"), COLUMN_TEXT, 0},
};

struct gaps {
    struct one_series *x;
    struct spans known; /* days on which every unit that takes part is known */
    struct case_days days;
    double *at, *rebase;
    day *rebase_on;
    size_t rebase_count;
    struct control_gap *gaps;
    struct control_open open;
    struct control_verdict verdict;
    struct control_target target;
};

/* ---- the clock of what is known ---- */

static bool take_known(struct gaps *g, struct err *e)
{
    const struct series_set *set = &g->x->group.set;
    bool ok = true;
    for (size_t i = g->x->from; ok && i < g->x->to; i++)
        if (g->x->whole.state[i] == STEP_KNOWN)
            ok = spans_add(&g->known, set->days[i].items[0], e);
    return ok;
}

/* Days known before a day. */
static double clock_at(const struct gaps *g, day d)
{
    int64_t days = 0;
    for (size_t i = 0; i < g->known.count; i++) {
        struct span before = {g->known.items[i].from, d - 1};
        days += span_days(span_intersect(before, g->known.items[i]));
    }
    return (double)days;
}

/* Cases on days that are not known as a whole stand outside. */
static void drop_unknown(struct gaps *g)
{
    size_t kept = 0;
    for (size_t i = 0; i < g->days.count; i++)
        if (spans_has(&g->known, g->days.items[i]))
            g->days.items[kept++] = g->days.items[i];
    g->days.count = kept;
}

static bool has_counts_only(const struct gaps *g)
{
    const struct known *k = &g->x->group.set.known;
    const struct scope *scope = &g->x->group.set.scope;
    for (size_t u = 0; u < scope->unit_count; u++)
        if (k->counts[u].count && scope_is_under(scope, g->x->unit, u))
            return true;
    return false;
}

static bool read_days(struct gaps *g, struct err *e)
{
    const struct session *s = g->x->s;
    if (has_counts_only(g))
        return err_set(e, ERR_INPUT,
                       "this chart needs single cases with their dates, and some sources have "
                       "only counts here: see 'keogiam status', or choose 'plot spc'");
    if (g->x->ask.places.tally.count > COUNT_REPORTS)
        return err_set(e, ERR_USAGE, "--count: this chart shows cases or reports");
    if (!take_known(g, e))
        return false;
    if (!g->known.count)
        return err_set(e, ERR_INPUT,
                       "no month is known of this unit and category: see 'keogiam status'");
    struct span all = {g->known.items[0].from, spans_end(&g->known)};
    bool ok = case_days_read(&g->days, s->store, &g->x->group.set.scope, g->x->group.set.parts,
                             &g->x->ask.places.tally, g->x->unit, g->x->category, all, e);
    drop_unknown(g);
    return ok;
}

/* ---- limits ---- */

static bool place_rebases(struct gaps *g, struct err *e)
{
    const struct series_set *set = &g->x->group.set;
    const struct event *event;
    struct span days = {g->known.items[0].from + 1, spans_end(&g->known)};
    size_t i = 0;
    g->rebase = malloc((g->x->ask.events.count + 1) * sizeof *g->rebase);
    g->rebase_on = malloc((g->x->ask.events.count + 1) * sizeof *g->rebase_on);
    if (!g->rebase || !g->rebase_on)
        return err_memory(e);
    while ((event = events_next(&g->x->ask.events, set->scope.units[g->x->unit], days, &i)))
        if (event->action == EVENT_STEP) {
            g->rebase_on[g->rebase_count] = event->on;
            g->rebase[g->rebase_count++] = clock_at(g, event->on);
        }
    return true;
}

static bool control(struct gaps *g, struct err *e)
{
    size_t n = g->days.count;
    g->at = malloc((n + 1) * sizeof *g->at);
    g->gaps = calloc(n + 1, sizeof *g->gaps);
    if (!g->at || !g->gaps)
        return err_memory(e);
    for (size_t i = 0; i < n; i++)
        g->at[i] = clock_at(g, g->days.items[i]);
    const struct control_gaps_input in = {.at = g->at,
                                          .n = n,
                                          .end = (double)(spans_days(&g->known) - 1),
                                          .rebase = g->rebase,
                                          .rebase_count = g->rebase_count,
                                          .target = g->target};
    g->verdict = control_gaps(&in, g->gaps, &g->open);
    return true;
}

/* ---- rows ---- */

/* What a day of cases, or the end without one, shows. */
struct shown {
    day on;
    size_t cases;
    double gap, centre, lower, upper;
    unsigned signals;
};

static bool write_shown(const struct gaps *g, const struct shown *x, struct result *r,
                        struct err *e)
{
    const struct one_series *one = g->x;
    const struct scope *scope = &one->group.set.scope;
    const struct directory *d = scope->directory;
    struct arena *a = &r->arena;
    struct cell *out = result_add_row(r, e);
    struct buf signals = {0};
    char on[11];
    if (!out)
        return false;
    day_text(x->on, on);
    control_add_signals(&signals, x->signals);
    out[GAP_UNIT] = cell_text(arena_text(a, d->units[scope->units[one->unit]].code));
    out[GAP_UNIT_NAME] =
        cell_text(arena_text(a, series_unit_name(&one->group, one->s, one->unit, a)));
    out[GAP_CATEGORY] =
        cell_text(arena_text(a, d->categories[scope->categories[one->category]].code));
    out[GAP_CATEGORY_NAME] =
        cell_text(arena_text(a, series_category_name(&one->group, one->category)));
    out[GAP_ON] = cell_text(arena_text(a, on));
    out[GAP_CASES] = cell_int((int64_t)x->cases);
    out[GAP_GAP] = cell_real(x->gap);
    out[GAP_CENTRE] = cell_real(x->centre);
    out[GAP_LOWER] = cell_real(x->lower);
    out[GAP_UPPER] = cell_real(x->upper);
    out[GAP_SIGNAL] = cell_text(arena_text(a, buf_text(&signals)));
    bool ok = !signals.failed || err_memory(e);
    buf_free(&signals);
    return ok;
}

/* One row a day: its first case has the gap to the day before; signals of all its cases. */
static bool write_days(const struct gaps *g, struct result *r, struct err *e)
{
    bool ok = true;
    for (size_t i = 0, next; ok && i < g->days.count; i = next) {
        const struct control_gap *first = &g->gaps[i];
        struct shown x = {
            g->days.items[i], 0, first->gap, first->centre, first->lower, first->upper,
            first->signals};
        for (next = i; next < g->days.count && g->days.items[next] == x.on; next++)
            x.signals |= g->gaps[next].signals;
        x.cases = next - i;
        ok = write_shown(g, &x, r, e);
    }
    return ok;
}

/* The gap that has not ended: a last row without a case, on the last day known. */
static bool write_open(const struct gaps *g, struct result *r, struct err *e)
{
    struct shown x = {
        spans_end(&g->known), 0, g->open.gap, g->verdict.centre, g->verdict.lower, g->verdict.upper,
        g->open.signals};
    return write_shown(g, &x, r, e);
}

static void label_case(const struct gaps *g, size_t i, char text[16])
{
    day_text(i < g->days.count ? g->days.items[i] : spans_end(&g->known), text);
}

static bool write_row(const struct gaps *g, struct result *r, struct err *e)
{
    const struct control_verdict *v = &g->verdict;
    struct control_labels labels = {"", "", "", ""};
    struct buf note = {0};
    day_text(g->rebase_count ? g->rebase_on[g->rebase_count - 1] : g->known.items[0].from,
             labels.from);
    day_text(spans_end(&g->known), labels.to);
    if (v->signal) {
        label_case(g, v->signal_from, labels.signal_from);
        label_case(g, v->signal_to, labels.signal_to);
    }
    buf_addf(&note, "open_gap=%.0f;", g->open.gap);
    series_note(&note, &g->x->group.set, g->x->unit, g->x->category, &g->x->row.series);
    bool ok = !note.failed &&
              control_write(g->x, v, &g->target, &labels, g->open.prob, buf_text(&note), r, e);
    buf_free(&note);
    return ok;
}

bool gaps_build(struct session *s, struct result *cases, struct result *control_row, struct err *e)
{
    struct one_series x;
    struct gaps g = {.x = &x};
    bool ok = one_series_init(&x, s, PER_DAYS, e);
    control_begin(&x, control_row);
    ok = ok && control_read_target(&x, 365, &g.target, e) && read_days(&g, e) &&
         place_rebases(&g, e) && control(&g, e) &&
         one_series_begin(&x, "control", columns, GAP_COLUMNS, cases, e) &&
         write_days(&g, cases, e) && write_open(&g, cases, e) && write_row(&g, control_row, e);
    case_days_free(&g.days);
    spans_free(&g.known);
    free(g.at);
    free(g.rebase);
    free(g.rebase_on);
    free(g.gaps);
    one_series_free(&x);
    return ok;
}
