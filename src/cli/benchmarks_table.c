#include "cli/benchmarks_table.h"

#include <math.h>
#include <string.h>

#include "base/num.h"
#include "cli/listing.h"
#include "series/population.h"
#include "stats/comparison.h"

static const struct column columns[BMT_COLUMNS] = {
    [BMT_NAME] = {"name", N_("Figures of"), COLUMN_TEXT, 0},
    [BMT_CATEGORY] = {"category", N_("Category code"), COLUMN_TEXT, 0},
    [BMT_CATEGORY_NAME] = {"category_name", N_("Category"), COLUMN_TEXT, 0},
    [BMT_PERIOD] = {"period", N_("Period"), COLUMN_TEXT, 0},
    [BMT_COUNT] = {"count", N_("Count"), COLUMN_COUNT, 0},
    [BMT_COUNT_BEFORE] = {"count_before", N_("Before"), COLUMN_COUNT, 0},
    [BMT_POPULATION] = {"population", N_("People"), COLUMN_COUNT, 0},
    [BMT_RATE] = {"rate_100k", N_("Cases per 100,000"), COLUMN_REAL, 1},
    [BMT_OWN_COUNT] = {"own_count", N_("Our count"), COLUMN_COUNT, 0},
    [BMT_OWN_POPULATION] = {"own_population", N_("Our people"), COLUMN_COUNT, 0},
    [BMT_OWN_RATE] = {"own_rate_100k", N_("Ours per 100,000"), COLUMN_REAL, 1},
    [BMT_SOURCE] = {"source", N_("Source"), COLUMN_TEXT, 0},
    [BMT_COUNT_TEXT] = {"count_text", N_("Count"), COLUMN_TEXT, 0},
    [BMT_CHANGE_TEXT] = {"change_text", N_("Change"), COLUMN_TEXT, 0},
    [BMT_RATE_TEXT] = {"rate_text", N_("Cases per 100,000"), COLUMN_TEXT, 0},
    [BMT_OWN_TEXT] = {"own_text", N_("Ours per 100,000"), COLUMN_TEXT, 0},
};

/* One category of ours. */
struct beside {
    const struct benchmarks_ask *ask;
    const struct benchmark_own *own;
    double people;     /* ours in the period; NAN: not known, or of another age */
    const char *whose; /* "children": per 100,000 of them */
    struct result *r;
};

/* ---- our people ---- */

static const char *people_word(const char *column)
{
    if (!strcmp(column, "population_u16"))
        return N_("children under 16");
    if (!strcmp(column, "population_14_17"))
        return N_("people aged 14 to 17");
    return N_("people");
}

static bool find_people(struct beside *x, struct err *e)
{
    const struct session *s = x->ask->s;
    const struct lineage *lineage;
    struct scope scope = {0};
    struct population p = {0};
    x->people = NAN;
    x->whose = "";
    if (x->ask->unit == NO_ENTRY || !x->own->has_count)
        return true;
    bool ok =
        session_lineage(s, x->ask->period->span.to, &lineage, e) &&
        scope_init(&scope, &s->directory, lineage, &x->ask->unit, 1, &x->own->category, 1, e) &&
        population_init(&p, s->store, &scope, s->state, x->own->category, e);
    if (ok && *p.column && !p.is_proxy) {
        x->people = population_people(&p, 0, x->ask->period->span);
        x->whose = people_word(p.column);
    }
    population_free(&p);
    scope_free(&scope);
    return ok;
}

/* ---- words ---- */

static void add_people(struct buf *b, double people, enum lang lang)
{
    struct buf n = {0};
    if (people < 1e6) {
        num_add_human(b, people, 0, lang);
        return;
    }
    num_add_human(&n, people / 1e6, 1, lang);
    buf_addf(b, tr(lang, "%s million"), buf_text(&n));
    b->failed |= n.failed;
    buf_free(&n);
}

/* "7.1 (8/112,300)" */
static void add_rate(struct buf *b, const char *format, int64_t count, double people,
                     enum lang lang)
{
    struct buf rate = {0};
    num_add_human(&rate, 1e5 * (double)count / people, 1, lang);
    buf_addf(b, "%s%s (", buf_text(&rate), format);
    num_add_count(b, count, lang);
    buf_addc(b, '/');
    add_people(b, people, lang);
    buf_addc(b, ')');
    b->failed |= rate.failed;
    buf_free(&rate);
}

/* A published change is told with whether it is more than chance, like ours. */
static void add_change(struct buf *b, const struct benchmark *m, enum lang lang)
{
    struct comparison c = comparison_exact(m->count_before, 1, m->count, 1, NAN);
    struct buf before = {0};
    num_add_count(&before, m->count_before, lang);
    buf_addf(b, tr(lang, "same period %s: "), buf_text(&before));
    show_change(b, m->count - m->count_before, c.reduction_pct, m->count_before, lang);
    if (m->count != m->count_before && m->count_before)
        buf_addf(b, ", %s",
                 c.p_value < 0.05 ? tr(lang, "more than chance alone gives")
                                  : tr(lang, "within the usual variation"));
    b->failed |= before.failed;
    buf_free(&before);
}

static void add_period(struct buf *b, const struct session *s, struct span span, enum lang lang)
{
    int year, month;
    calendar_locate(s->calendar, span.to, &year, &month);
    struct span whole = calendar_year(s->calendar, year);
    if (whole.from == span.from && whole.to == span.to)
        buf_addf(b, "%d", year);
    else
        session_span(span, lang, b);
}

/* ---- one row ---- */

static bool take(struct result *r, struct buf *b, struct cell *out, struct err *e)
{
    const char *text = b->failed ? NULL : arena_text(&r->arena, buf_text(b));
    buf_clear(b);
    *out = cell_text(text);
    return text || err_memory(e);
}

static bool is_same_span(const struct beside *x, const struct benchmark *m)
{
    struct span own = x->ask->period->span;
    return m->span.from == own.from && m->span.to == own.to;
}

static bool has_rates(const struct beside *x, const struct benchmark *m)
{
    return is_same_span(x, m) && m->population > 0 && x->people > 0;
}

static bool write_rates(const struct beside *x, const struct benchmark *m, struct cell *out,
                        struct err *e)
{
    struct buf b = {0}, per = {0};
    enum lang lang = x->r->lang;
    double people = round(x->people);
    if (!has_rates(x, m))
        return true;
    out[BMT_RATE] = cell_real(1e5 * (double)m->count / (double)m->population);
    out[BMT_OWN_COUNT] = cell_int(x->own->count);
    out[BMT_OWN_POPULATION] = cell_int((int64_t)people);
    out[BMT_OWN_RATE] = cell_real(1e5 * (double)x->own->count / people);
    buf_addf(&per, tr(lang, " cases/100,000 %s"), tr(lang, x->whose));
    add_rate(&b, buf_text(&per), m->count, (double)m->population, lang);
    bool ok = !per.failed && take(x->r, &b, &out[BMT_RATE_TEXT], e);
    add_rate(&b, "", x->own->count, people, lang);
    if (x->own->incomplete)
        buf_adds(&b, tr(lang, ", not all reported"));
    ok = ok && take(x->r, &b, &out[BMT_OWN_TEXT], e);
    buf_free(&per);
    buf_free(&b);
    return ok;
}

static bool write_row(const struct beside *x, const struct benchmark *m, struct err *e)
{
    struct result *r = x->r;
    const struct category *c = &x->ask->s->directory.categories[m->category];
    struct cell *out = result_add_row(r, e);
    struct buf b = {0};
    if (!out)
        return false;
    out[BMT_NAME] = cell_text(arena_text(&r->arena, m->name));
    out[BMT_CATEGORY] = cell_text(arena_text(&r->arena, c->code));
    out[BMT_CATEGORY_NAME] = cell_text(arena_text(&r->arena, *c->name ? c->name : c->code));
    out[BMT_SOURCE] = cell_text(arena_text(&r->arena, m->source));
    out[BMT_COUNT] = cell_int(m->count);
    if (m->count_before >= 0)
        out[BMT_COUNT_BEFORE] = cell_int(m->count_before);
    if (m->population >= 0)
        out[BMT_POPULATION] = cell_int(m->population);
    add_period(&b, x->ask->s, m->span, r->lang);
    bool ok = take(r, &b, &out[BMT_PERIOD], e);
    session_add_count(&b, m->count, COUNT_CASES, r->lang);
    ok = ok && take(r, &b, &out[BMT_COUNT_TEXT], e);
    if (m->count_before >= 0)
        add_change(&b, m, r->lang);
    ok = ok && take(r, &b, &out[BMT_CHANGE_TEXT], e) && write_rates(x, m, out, e);
    buf_free(&b);
    return ok;
}

/* ---- the whole ---- */

/* They speak of much the same time: at least half of the shorter of the two. */
static bool overlaps(struct span a, struct span b)
{
    int64_t both = span_days(span_intersect(a, b)), x = span_days(a), y = span_days(b);
    return both > 0 && 2 * both >= (x < y ? x : y);
}

/* Those of the same days, or the others that touch them. */
static bool write_rows(const struct beside *x, bool same, struct err *e)
{
    const struct benchmarks *all = x->ask->all;
    bool ok = true;
    for (size_t i = 0; ok && i < all->count; i++) {
        const struct benchmark *m = &all->items[i];
        if (m->category == x->own->category && is_same_span(x, m) == same &&
            overlaps(m->span, x->ask->period->span))
            ok = write_row(x, m, e);
    }
    return ok;
}

static bool is_known(const struct benchmarks *all, size_t category)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].category == category)
            return true;
    return false;
}

void benchmarks_begin(struct result *r, enum lang lang)
{
    result_init(r, "benchmarks", columns, BMT_COLUMNS, lang);
}

bool benchmarks_add(const struct benchmarks_ask *a, struct result *r, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < a->own_count; i++) {
        struct beside x = {.ask = a, .own = &a->own[i], .r = r};
        if (is_known(a->all, x.own->category))
            ok = find_people(&x, e) && write_rows(&x, true, e) && write_rows(&x, false, e);
    }
    return ok;
}

/* ---- as lines ---- */

static const char *text_of(const struct result *r, size_t row, enum benchmark_column column)
{
    const struct cell *c = &r->cells[row * r->column_count + column];
    return c->type == CELL_TEXT ? c->as.s : "";
}

static void add_part(struct buf *b, const char *before, const char *text)
{
    if (*text)
        buf_addf(b, "%s%s", before, text);
}

static bool say_row(const struct benchmarks_ask *a, const struct result *r, size_t row,
                    struct result *to, struct err *e)
{
    struct buf b = {0};
    const char *change = text_of(r, row, BMT_CHANGE_TEXT), *own = text_of(r, row, BMT_OWN_TEXT);
    const char *source = text_of(r, row, BMT_SOURCE);
    if (a->own_count > 1)
        buf_addf(&b, tr(to->lang, "For orientation, %s: "), text_of(r, row, BMT_CATEGORY_NAME));
    else
        buf_adds(&b, tr(to->lang, "For orientation: "));
    buf_addf(&b, "%s %s: %s", text_of(r, row, BMT_NAME), text_of(r, row, BMT_PERIOD),
             text_of(r, row, BMT_COUNT_TEXT));
    if (*change)
        buf_addf(&b, " (%s)", change);
    add_part(&b, "; ", text_of(r, row, BMT_RATE_TEXT));
    if (*own)
        buf_addf(&b, "; %s: %s", session_unit_name(a->s, a->unit, a->period->span.to, &to->arena),
                 own);
    if (*source)
        buf_addf(&b, tr(to->lang, "; source: %s"), source);
    buf_addc(&b, '.');
    return footer_say_made(to, &b, e);
}

static bool say_rows(const struct benchmarks_ask *a, const struct result *r, struct result *to,
                     struct err *e)
{
    bool ok = true;
    for (size_t row = 0; ok && row < r->row_count && row < LISTING_MAX; row++)
        ok = say_row(a, r, row, to, e);
    if (ok && r->row_count > LISTING_MAX) {
        struct buf b = {0};
        buf_addf(&b, tr(to->lang, "Figures of others that are loaded beside these: %zu."),
                 r->row_count - LISTING_MAX);
        ok = footer_say_made(to, &b, e);
    }
    return ok && (!r->row_count ||
                  footer_say(to,
                             tr(to->lang, "Figures of others are for orientation only: they may "
                                          "be counted in another way."),
                             e));
}

bool benchmarks_say(const struct benchmarks_ask *a, struct result *to, struct err *e)
{
    struct result r;
    benchmarks_begin(&r, to->lang);
    bool ok = benchmarks_add(a, &r, e) && say_rows(a, &r, to, e);
    result_free(&r);
    return ok;
}
