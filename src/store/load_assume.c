/* What has to be assumed of an incidents file that nobody declared (contract 2): it knows every
 * unit under the parents of the units that appear, the roots that appear, from the first day of the
 * first month's year to the end of the last month. Of days that the office has spoken of itself
 * nothing is assumed. */
#include <stdlib.h>

#include "store/load_private.h"

struct span load_assumed_span(const struct load *l, struct span rows)
{
    int year, month;
    calendar_locate(l->q.calendar, rows.from, &year, &month);
    struct span s = {calendar_year(l->q.calendar, year).from, 0};
    calendar_locate(l->q.calendar, rows.to, &year, &month);
    s.to = calendar_month(l->q.calendar, year, month).to;
    return s;
}

/* Where every unit under one is marked, the one stands for them: a country's file is assumed of its
 * provinces, not of 700 districts. Children stand behind their parents. */
static bool roll_up(const struct directory *d, bool *marks, struct err *e)
{
    size_t *unmarked = calloc(d->unit_count + 1, sizeof *unmarked);
    size_t *marked = calloc(d->unit_count + 1, sizeof *marked);
    bool ok = (unmarked && marked) || err_memory(e);
    for (size_t u = d->unit_count; ok && u-- > 0;) {
        marks[u] |= marked[u] && !unmarked[u];
        size_t p = d->units[u].parent;
        if (p != NO_ENTRY && !d->units[u].is_unknown) {
            marked[p] += marks[u];
            unmarked[p] += !marks[u];
        }
    }
    for (size_t u = d->unit_count; ok && u-- > 0;)
        if (d->units[u].parent != NO_ENTRY && marks[d->units[u].parent])
            marks[u] = false;
    free(unmarked);
    free(marked);
    return ok;
}

bool *load_assumed_units(const struct directory *d, const bool *seen, struct err *e)
{
    bool *parents = calloc(d->unit_count + 1, sizeof *parents);
    if (!parents) {
        err_memory(e);
        return NULL;
    }
    for (size_t u = 0; u < d->unit_count; u++)
        if (seen[u])
            parents[d->units[u].parent != NO_ENTRY ? d->units[u].parent : u] = true;
    if (roll_up(d, parents, e))
        return parents;
    free(parents);
    return NULL;
}

/* What is assumed of one root: at most a span before the declared days and one after them. */
struct assumed {
    struct span spans[2];
    size_t count;
};

static struct assumed assumed_of(const struct load *l, size_t root)
{
    struct assumed a = {.count = 0};
    struct span whole = load_assumed_span(l, l->open), declared = l->own_declared[root];
    if (span_is_empty(span_intersect(whole, declared))) {
        a.spans[a.count++] = whole;
        return a;
    }
    const struct span pieces[] = {{whole.from, declared.from - 1}, {declared.to + 1, whole.to}};
    for (size_t i = 0; i < 2; i++)
        if (!span_is_empty(span_intersect(pieces[i], l->open)))
            a.spans[a.count++] = pieces[i];
    return a;
}

/* ---- what is there already ---- */

struct reaching {
    const struct load *l;
    day from, reached; /* rows found so far cover from..reached */
    bool further;
};

/* A row that speaks for the next day carries on to its end. */
static bool reach_on(void *context, const struct cover_row *row)
{
    struct reaching *r = context;
    if (row->source == r->l->own_source && row->declared != COVER_COUNTS &&
        row->span.from <= r->reached + 1 && row->span.to > r->reached) {
        r->reached = row->span.to;
        r->further = true;
    }
    return true;
}

static bool is_covered(const struct load *l, size_t unit, size_t category, struct span span)
{
    struct reaching r = {l, span.from, span.from - 1, l->own_source != NO_ENTRY};
    while (r.further && r.reached < span.to) {
        r.further = false;
        cover_each(&l->cover, unit, category, reach_on, &r);
    }
    return r.reached >= span.to;
}

/* ---- the line that would declare the same ---- */

static void add_codes(struct buf *line, const char *option, const char *comma, const char *code)
{
    buf_addf(line, "%s%s", *comma ? comma : option, code);
}

/* Of every root that has the span. */
static void add_line(const struct load *l, const bool *units, struct span span, struct buf *lines)
{
    const struct directory *d = l->q.directory;
    char from[11], to[11];
    day_text(span.from, from);
    day_text(span.to, to);
    buf_addf(lines, "%s--covers %s..%s", lines->len ? "\n" : "", from, to);
    const char *comma = "";
    for (size_t u = 0; u < d->unit_count; u++)
        if (units[u]) {
            add_codes(lines, " --for ", comma, d->units[u].code);
            comma = ",";
        }
    comma = "";
    for (size_t c = 0; c < d->category_count; c++) {
        struct assumed a = l->open_roots[c] ? assumed_of(l, c) : (struct assumed){.count = 0};
        for (size_t i = 0; i < a.count; i++)
            if (a.spans[i].from == span.from && a.spans[i].to == span.to) {
                add_codes(lines, " --of ", comma, d->categories[c].code);
                comma = ",";
            }
    }
}

/* The first root that has the span speaks for all of them. */
static bool is_first(const struct load *l, size_t root, struct span span)
{
    for (size_t c = 0; c < root; c++) {
        struct assumed a = l->open_roots[c] ? assumed_of(l, c) : (struct assumed){.count = 0};
        for (size_t i = 0; i < a.count; i++)
            if (a.spans[i].from == span.from && a.spans[i].to == span.to)
                return false;
    }
    return true;
}

static bool assume_root(struct cover_writer *w, size_t root, const bool *units, struct buf *lines,
                        struct err *e)
{
    struct load *l = w->l;
    struct assumed a = assumed_of(l, root);
    for (size_t i = 0; i < a.count; i++) {
        for (size_t u = 0; u < l->q.directory->unit_count; u++)
            if (units[u] && !is_covered(l, u, root, a.spans[i]) &&
                !cover_write(w, u, root, a.spans[i], COVER_ASSUMED, e))
                return false;
        if (is_first(l, root, a.spans[i]))
            add_line(l, units, a.spans[i], lines);
    }
    return true;
}

bool load_assume(struct cover_writer *w, struct load_summary *summary, struct err *e)
{
    struct load *l = w->l;
    const struct directory *d = l->q.directory;
    int64_t covered = l->covered;
    if (span_is_empty(l->open))
        return true;
    bool *units = load_assumed_units(d, l->open_units, e), ok = units != NULL;
    for (size_t c = 0; ok && c < d->category_count; c++)
        ok = !l->open_roots[c] || assume_root(w, c, units, &summary->covers, e);
    if (l->covered == covered)
        buf_clear(&summary->covers); /* all of it is there already */
    free(units);
    return ok;
}
