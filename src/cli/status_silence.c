/* The section on silences: places that had cases or reported, and then did not, longer than chance
 * explains. */
#include <math.h>
#include <stdlib.h>

#include "cli/status_found.h"
#include "stats/silence.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

enum silence_kind { NO_CASES, NO_REPORTS, SILENCE_KINDS };

struct silent {
    struct silence s;
    size_t first, last; /* months of the silence */
};

struct silences {
    struct status *st;
    const struct monthly *m;
    struct found_list lists[SILENCE_KINDS];
    struct silent *items; /* what `at` of the findings means */
    size_t count, cap;
    double *counts; /* [n] of one place */
    size_t step;    /* months of a return, by the usual length of what is reported at once */
    bool *reported, *usual;
    size_t *of; /* [n] the month of each entry of reported */
};

static bool is_place(const struct monthly *m, size_t unit)
{
    return m->is_leaf[unit] && !m->directory->units[unit].is_unknown;
}

/* Months that at least half of the places that exist have reported; returns the last, n if none. */
static size_t find_usual(struct silences *x, size_t topic)
{
    const struct monthly *m = x->m;
    size_t last = m->n;
    for (size_t i = 0; i < m->n; i++) {
        size_t due = 0, known = 0;
        for (size_t u = 0; u < m->directory->unit_count; u++)
            if (is_place(m, u) && monthly_is_due(m, u, i)) {
                due++;
                known += monthly_cells(m, topic, u)[i].voice != VOICE_NONE;
            }
        x->usual[i] = known && 2 * known >= due;
        last = x->usual[i] ? i : last;
    }
    return last;
}

static bool add(struct silences *x, enum silence_kind kind, size_t topic, size_t unit,
                struct silent s, struct err *e)
{
    void *items = x->items;
    if (!array_grow(&items, &x->cap, x->count + 1, sizeof *x->items, e))
        return false;
    x->items = items;
    x->items[x->count] = s;
    return found_add(&x->lists[kind], (struct found){unit, topic, s.s.p_value, NAN, x->count++}, e);
}

/* Known to have had no case up to its last known month. */
static bool look_for_cases(struct silences *x, size_t topic, size_t unit, struct err *e)
{
    const struct month_cell *cells = monthly_cells(x->m, topic, unit);
    struct silent s = {.last = 0};
    for (size_t i = 0; i < x->m->n; i++) {
        bool known = cells[i].voice != VOICE_NONE;
        x->counts[i] = known ? cells[i].count : NAN;
        s.last = known ? i : s.last;
        s.first = known && cells[i].count ? i + 1 : s.first;
    }
    while (s.first < s.last && cells[s.first].voice == VOICE_NONE)
        s.first++;
    s.s = silence_of_cases(x->counts, x->m->n);
    return add(x, NO_CASES, topic, unit, s, e);
}

/* Somebody says who has reported; where that is only assumed nobody can have stopped. */
static bool is_said(const struct silences *x, size_t topic)
{
    const struct cover *c = &x->st->session.cover;
    for (size_t i = 0; i < c->count; i++)
        if (c->rows[i].declared != COVER_ASSUMED && x->m->topic_of[c->rows[i].category] == topic)
            return true;
    return false;
}

/* ---- how much is reported at once ---- */

static void add_length(size_t lengths[13], struct span days)
{
    int64_t months = (span_days(days) + 15) / 30;
    if (months >= 1 && months <= 12)
        lengths[months]++;
}

/* The usual return in months, of those of a year or less: 1, 2, 3, 4, 6 or 12, whichever is not
 * longer than the median. Longer rows declare what is known; they are no returns. */
static size_t return_months(const struct silences *x, size_t topic)
{
    static const size_t steps[] = {12, 6, 4, 3, 2};
    const struct cover *c = &x->st->session.cover;
    const struct stated *s = &x->st->facts.stated;
    size_t lengths[13] = {0}, all = 0, below = 0, median = 0, i = 0;
    for (size_t k = 0; k < c->count; k++)
        if (c->rows[k].declared == COVER_DECLARED && x->m->topic_of[c->rows[k].category] == topic)
            add_length(lengths, c->rows[k].span);
    for (size_t k = 0; k < s->count; k++)
        if (s->rows[k].kind == STATED_COUNTS && x->m->topic_of[s->rows[k].category] == topic)
            add_length(lengths, s->rows[k].days);
    for (size_t k = 1; k <= 12; k++)
        all += lengths[k];
    while (all && 2 * below < all)
        below += lengths[++median];
    while (i < COUNT(steps) && steps[i] > median)
        i++;
    return i < COUNT(steps) ? steps[i] : 1;
}

/* The last month of a return that ends with the year's, half-year's … last month. */
static bool ends_return(const struct silences *x, size_t i)
{
    int year, month;
    calendar_locate(x->st->session.calendar, x->m->months[i].from, &year, &month);
    return (size_t)month % x->step == 0;
}

/* Not known since some month, while most others are. Who joined late is asked from then on. Months
 * that are reported at once are one: missing one return of six months is no six chances. */
static bool look_for_reports(struct silences *x, size_t topic, size_t unit, struct err *e)
{
    const struct month_cell *cells = monthly_cells(x->m, topic, unit);
    struct silent s = {.last = 0};
    size_t n = 0;
    for (size_t i = 0; i < x->m->n; i++) {
        bool known = cells[i].voice != VOICE_NONE;
        if (!x->usual[i] || !monthly_is_due(x->m, unit, i) || !ends_return(x, i) || (!n && !known))
            continue;
        x->of[n] = i;
        x->reported[n++] = known;
        s.last = i;
    }
    s.s = silence_of_reports(x->reported, n);
    if (s.s.run)
        s.first = x->of[n - s.s.run] + 1 - x->step;
    s.s.run *= x->step;
    s.s.past *= x->step;
    s.s.cases *= (double)x->step;
    return add(x, NO_REPORTS, topic, unit, s, e);
}

static bool look_at_topic(struct silences *x, size_t topic, struct err *e)
{
    size_t from[SILENCE_KINDS] = {x->lists[NO_CASES].count, x->lists[NO_REPORTS].count};
    size_t last = find_usual(x, topic);
    bool ok = true, said = is_said(x, topic);
    x->step = return_months(x, topic);
    for (size_t u = 0; ok && last < x->m->n && u < x->m->directory->unit_count; u++)
        if (is_place(x->m, u) && monthly_is_due(x->m, u, last))
            ok = look_for_cases(x, topic, u, e) && (!said || look_for_reports(x, topic, u, e));
    for (int k = 0; ok && k < SILENCE_KINDS; k++)
        ok = found_judge(&x->lists[k], from[k], e);
    return ok;
}

/* ---- rows ---- */

static const char *past_text(struct result *t, enum silence_kind kind, const struct silence *s)
{
    return arena_format(&t->arena,
                        kind == NO_CASES ? tr(t->lang, "%lld cases in %zu months")
                                         : tr(t->lang, "reported %lld of %zu months"),
                        (long long)s->cases, s->past);
}

static bool add_row(struct silences *x, struct result *t, enum silence_kind kind,
                    const struct found *f, struct err *e)
{
    static const char *const kinds[] = {N_("no_cases"), N_("no_reports")};
    const struct directory *d = x->m->directory;
    const struct silent *s = &x->items[f->at];
    day to = x->m->months[s->last].to;
    struct cell *row = result_add_row(t, e);
    if (!row)
        return false;
    row[0] = cell_text(d->units[f->unit].code);
    row[1] = cell_text(session_unit_name(&x->st->session, f->unit, to, &t->arena));
    row[2] = cell_text(d->categories[x->m->topics[f->topic]].code);
    row[3] = cell_text(kinds[kind]);
    row[4] = cell_text(status_day(x->st, t, x->m->months[s->first].from));
    row[5] = cell_text(status_day(x->st, t, to));
    row[6] = cell_int((int64_t)s->s.run);
    row[7] = cell_int((int64_t)s->s.cases);
    row[8] = cell_int((int64_t)s->s.past);
    row[9] = cell_text(x->st->for_people ? past_text(t, kind, &s->s) : NULL);
    row[10] = cell_real(s->s.phi);
    row[11] = cell_real(f->p);
    row[12] = cell_real(f->q);
    return true;
}

static bool add_rows(struct silences *x, struct result *t, struct err *e)
{
    size_t left_out = 0;
    bool ok = true;
    for (int k = NO_REPORTS; ok && k >= NO_CASES; k--) {
        found_choose(&x->lists[k], x->st);
        for (size_t i = 0; ok && i < x->lists[k].count; i++) {
            if (found_is_shown(x->st, t->row_count))
                ok = add_row(x, t, (enum silence_kind)k, &x->lists[k].items[i], e);
            else
                left_out++;
        }
    }
    return ok && found_tell_rest(x->st, t, left_out, e);
}

/* ---- the section ---- */

static bool tell(struct silences *x, struct result *t, struct err *e)
{
    const char *meaning =
        tr(t->lang, "Silent does not mean that nothing happened: ask the place. p: how often a "
                    "silence so long would come about by chance, given its own past.");
    return found_tell(x->st, t, FOUND_NO_CASES, &x->lists[NO_CASES], e) &&
           (!x->lists[NO_REPORTS].tested ||
            found_tell(x->st, t, FOUND_NO_REPORTS, &x->lists[NO_REPORTS], e)) &&
           (!t->row_count || result_add_footer(t, e, meaning));
}

static struct result *section(struct status *st)
{
    static const struct column columns[] = {
        {"unit", N_("Code"), COLUMN_TEXT, 0},
        {"item", N_("Unit"), COLUMN_TEXT, 0},
        {"category", N_("Category"), COLUMN_TEXT, 0},
        {"kind", N_("What is missing"), COLUMN_TOKEN, 0},
        {"from", N_("Silent from"), COLUMN_TEXT, 0},
        {"to", N_("to"), COLUMN_TEXT, 0},
        {"value", N_("Months"), COLUMN_COUNT, 0},
        {"past_count", N_("Cases or reports before"), COLUMN_COUNT, 0},
        {"past_months", N_("Months before"), COLUMN_COUNT, 0},
        {"past", N_("Before that"), COLUMN_TEXT, 0},
        {"phi", N_("Dispersion"), COLUMN_REAL, 2},
        {"p", N_("p"), COLUMN_P, 0},
        {"q", N_("q"), COLUMN_P, 0},
    };
    static const struct view views[] = {
        {N_("Unit"), VIEW_CELL, "item", NULL, NULL},
        {N_("Category"), VIEW_CELL, "category", NULL, NULL},
        {N_("What is missing"), VIEW_CELL, "kind", NULL, NULL},
        {N_("Silent from"), VIEW_CELL, "from", NULL, NULL},
        {N_("Months"), VIEW_CELL, "value", NULL, NULL},
        {N_("Before that"), VIEW_CELL, "past", NULL, NULL},
        {N_("p"), VIEW_CELL, "p", NULL, NULL},
        {N_("q"), VIEW_CELL, "q", NULL, NULL},
    };
    struct result *t =
        status_section(st, "silence", N_("Silent: to be asked about"), columns, COUNT(columns));
    status_views(t, views, COUNT(views));
    return t;
}

bool status_silences(struct status *st, struct err *e)
{
    const struct monthly *m = &st->facts.monthly;
    struct silences x = {.st = st, .m = m};
    if (!m->n)
        return true;
    x.counts = malloc(m->n * sizeof *x.counts);
    x.reported = malloc(m->n * sizeof *x.reported);
    x.usual = malloc(m->n * sizeof *x.usual);
    x.of = malloc(m->n * sizeof *x.of);
    bool ok = (x.counts && x.reported && x.usual && x.of) || err_memory(e);
    for (size_t t = 0; ok && t < m->topic_count; t++)
        ok = look_at_topic(&x, t, e);
    struct result *t = ok ? section(st) : NULL;
    ok = t && add_rows(&x, t, e) && tell(&x, t, e);
    for (int k = 0; k < SILENCE_KINDS; k++)
        found_free(&x.lists[k]);
    free(x.items);
    free(x.counts);
    free(x.reported);
    free(x.usual);
    free(x.of);
    return ok;
}
