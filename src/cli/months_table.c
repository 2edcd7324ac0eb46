#include "cli/months_table.h"

#include <stdlib.h>
#include <string.h>

static const struct column columns[] = {
    {"unit", N_("Unit code"), COLUMN_TEXT, 0},
    {"unit_name", N_("Unit"), COLUMN_TEXT, 0},
    {"category", N_("Category code"), COLUMN_TEXT, 0},
    {"category_name", N_("Category"), COLUMN_TEXT, 0},
    {"month", N_("Month"), COLUMN_TEXT, 0},
    {"count", N_("Count"), COLUMN_COUNT, 0},
    {"state", N_("Known"), COLUMN_TOKEN, 0},
};
enum { M_UNIT, M_UNIT_NAME, M_CATEGORY, M_CATEGORY_NAME, M_MONTH, M_COUNT, M_STATE, M_COLUMNS };

enum { months_max = 2400 };

struct months {
    struct session *s;
    size_t unit, category; /* directory indices */
    struct scope scope;
    struct known known;
    struct tally_query q;
    struct spans *days; /* one a month */
    char (*labels)[8];
    size_t count;
};

/* ---- which series ---- */

static bool sole_top(const struct session *s, size_t *unit, struct err *e)
{
    *unit = NO_ENTRY;
    for (size_t i = 0; i < s->cover.count; i++) {
        size_t u = s->cover.rows[i].unit;
        while (s->directory.units[u].parent != NO_ENTRY)
            u = s->directory.units[u].parent;
        if (*unit != NO_ENTRY && *unit != u)
            return err_set(e, ERR_USAGE, "there are several top units: choose one with --unit");
        *unit = u;
    }
    return *unit != NO_ENTRY || err_set(e, ERR_INPUT,
                                        "%s: no cases or counts are loaded yet: load them with "
                                        "'keogiam load'",
                                        s->request->place);
}

static bool choose_unit(struct months *m, struct err *e)
{
    size_t *units = NULL, count = 0;
    if (!session_units(m->s, OPT_UNIT, DAY_NONE, &units, &count, e))
        return false;
    bool ok = count == 0   ? sole_top(m->s, &m->unit, e)
              : count == 1 ? true
                           : err_set(e, ERR_USAGE, "--unit: this chart shows one unit: name one");
    if (ok && count == 1)
        m->unit = units[0];
    free(units);
    return ok;
}

static bool choose_category(struct months *m, struct err *e)
{
    size_t *items = NULL, count = 0;
    if (!session_categories(m->s, OPT_CATEGORY, &items, &count, e))
        return false;
    if (!count) {
        free(items);
        if (!session_roots(m->s, &items, &count, e))
            return false;
    }
    bool ok = count == 1 ||
              err_set(e, ERR_USAGE, "this chart shows one category: choose it with --category");
    if (ok)
        m->category = items[0];
    free(items);
    return ok;
}

/* ---- which months ---- */

static struct span known_reach(const struct months *m)
{
    struct span all = {DAY_MAX, DAY_MIN};
    for (size_t u = 0; u < m->scope.unit_count; u++)
        for (size_t i = 0; i < m->known.spans[u].count; i++) {
            struct span x = m->known.spans[u].items[i];
            all.from = x.from < all.from ? x.from : all.from;
            all.to = x.to > all.to ? x.to : all.to;
        }
    return all;
}

static bool read_month(const struct months *m, enum option_id id, bool end, day *bound,
                       struct err *e)
{
    const char *text = arg(m->s->request, id);
    struct period p;
    if (!text)
        return true;
    if (!period_parse(text, strlen(text), m->s->calendar, &p))
        return err_set(e, ERR_USAGE, "--%s %s: is no month: write 2024-05", options[id].name, text);
    *bound = end ? p.span.to : p.span.from;
    return true;
}

static bool add_month(struct months *m, int year, int month, struct err *e)
{
    snprintf(m->labels[m->count], sizeof m->labels[0], "%04u-%02u", (unsigned)year % 10000,
             (unsigned)month % 100);
    return spans_add(&m->days[m->count++], calendar_month(m->s->calendar, year, month), e);
}

static bool choose_months(struct months *m, struct err *e)
{
    struct span reach = known_reach(m);
    const char *period = arg(m->s->request, OPT_PERIOD);
    struct period p;
    if (period && !session_period(m->s, &p, e))
        return false;
    if (period)
        reach = p.span;
    if (!read_month(m, OPT_FROM, false, &reach.from, e) ||
        !read_month(m, OPT_TO, true, &reach.to, e))
        return false;
    if (span_is_empty(reach))
        return err_set(e, ERR_INPUT,
                       "no month is known of this unit and category: see 'keogiam status'");
    int year, month, last_year, last_month;
    calendar_locate(m->s->calendar, reach.from, &year, &month);
    calendar_locate(m->s->calendar, reach.to, &last_year, &last_month);
    size_t n = (size_t)((last_year - year) * 12 + last_month - month + 1);
    if (n > months_max)
        return err_set(e, ERR_USAGE, "--from and --to: more than %d months: choose fewer",
                       months_max);
    m->days = calloc(n, sizeof *m->days);
    m->labels = calloc(n, sizeof *m->labels);
    if (!m->days || !m->labels)
        return err_memory(e);
    bool ok = true;
    for (; ok && m->count < n; month = month % 12 + 1, year += month == 1)
        ok = add_month(m, year, month, e);
    return ok;
}

/* ---- rows ---- */

static const char *state_of(const struct months *m, size_t i)
{
    size_t full = 0, some = 0, units = 0;
    struct span days = m->days[i].items[0];
    for (size_t u = 0; u < m->scope.unit_count; u++) {
        const struct unit *unit = &m->s->directory.units[m->scope.units[u]];
        struct span due = span_intersect(days, unit->valid);
        bool own_total = u == 0 && spans_contain(&m->known.counts[u], days);
        if (own_total)
            return "known";
        if (!m->scope.is_leaf[u] || unit->is_unknown || span_is_empty(due))
            continue;
        units++;
        full += spans_contain(&m->known.spans[u], due);
        some += spans_touch(&m->known.spans[u], due);
    }
    return units && full == units ? "known" : some ? "partial" : "unknown";
}

static bool write_month(const struct months *m, const struct tally *t, size_t i, struct result *r,
                        struct err *e)
{
    const struct unit *u = &m->s->directory.units[m->unit];
    const struct category *c = &m->s->directory.categories[m->category];
    size_t at = tally_at(t, m->scope.unit_slot[m->unit], m->scope.category_slot[m->category], i);
    const char *state = t->marks[at] & (TALLY_UNKNOWN | TALLY_COARSE) ? "unknown" : state_of(m, i);
    struct cell *out = result_add_row(r, e);
    if (!out)
        return false;
    out[M_UNIT] = cell_text(arena_text(&r->arena, u->code));
    out[M_UNIT_NAME] =
        cell_text(arena_text(&r->arena, session_unit_name(m->s, m->unit, u->valid.to, &r->arena)));
    out[M_CATEGORY] = cell_text(arena_text(&r->arena, c->code));
    out[M_CATEGORY_NAME] = cell_text(arena_text(&r->arena, *c->name ? c->name : c->code));
    out[M_MONTH] = cell_text(arena_text(&r->arena, m->labels[i]));
    out[M_STATE] = cell_text(state);
    if (strcmp(state, "unknown"))
        out[M_COUNT] = cell_int(t->counts[at]);
    return true;
}

static bool write_months(struct months *m, struct result *r, struct err *e)
{
    struct window *windows = calloc(m->count, sizeof *windows);
    struct tally t = {0};
    if (!windows)
        return err_memory(e);
    for (size_t i = 0; i < m->count; i++)
        windows[i].days = &m->days[i];
    bool ok = tally_init(&t, m->s->store, &m->scope, &m->q, windows, m->count, &m->known, e);
    for (size_t i = 0; ok && i < m->count; i++)
        ok = write_month(m, &t, i, r, e);
    tally_free(&t);
    free(windows);
    return ok;
}

static bool set_title(const struct months *m, struct result *r, struct err *e)
{
    const struct cell *first = r->cells;
    r->title = arena_format(&r->arena, tr(r->lang, "Number of %s, %s, %s"),
                            session_counted(m->q.count, r->lang), first[M_CATEGORY_NAME].as.s,
                            first[M_UNIT_NAME].as.s);
    return r->title || err_memory(e);
}

static bool add_facts(const struct months *m, struct result *r, struct err *e)
{
    struct period whole = {.span = {m->days[0].items[0].from, m->days[m->count - 1].items[0].to}};
    struct session_facts facts = {
        .basis = m->q.basis, .period = &whole, .data_end = known_reach(m).to};
    snprintf(whole.label, sizeof whole.label, "%s..%s", m->labels[0], m->labels[m->count - 1]);
    for (size_t u = 0; u < m->scope.unit_count; u++)
        facts.assumed |= m->known.assumed[u];
    return session_provenance(m->s, &facts, r, e);
}

static bool read_choices(struct months *m, struct err *e)
{
    int basis, count;
    if (!session_choice(m->s->request, OPT_BASIS, BASIS_RECEIVED, &basis, e) ||
        !session_choice(m->s->request, OPT_COUNT, COUNT_CASES, &count, e))
        return false;
    m->q = (struct tally_query){.state = m->s->state,
                                .basis = (enum basis)basis,
                                .count = (enum count_unit)count,
                                .as_of = DAY_NONE};
    return true;
}

bool months_build(struct session *s, struct result *r, struct err *e)
{
    struct months m = {.s = s};
    result_init(r, "trend", columns, M_COLUMNS, s->lang);
    bool ok = read_choices(&m, e) && choose_unit(&m, e) && choose_category(&m, e) &&
              scope_init(&m.scope, &s->directory, &m.unit, 1, &m.category, 1, e) &&
              known_init(&m.known, &m.scope, &s->cover, m.category, e) && choose_months(&m, e) &&
              write_months(&m, r, e) && set_title(&m, r, e) && add_facts(&m, r, e);
    for (size_t i = 0; i < m.count; i++)
        spans_free(&m.days[i]);
    free(m.days);
    free(m.labels);
    known_free(&m.known);
    scope_free(&m.scope);
    return ok;
}
