/* One pass over every table: how many rows of what, from when to when, and what cases lack. */
#include <stdlib.h>
#include <string.h>

#include "cli/status.h"

struct pass {
    struct status_facts *f;
    const struct session *s;
    enum kind_id kind;
    struct status_rows *at; /* of the row before … */
    size_t source;          /* … its source in the coverage, NO_ENTRY */
};

static struct status_rows *rows_of(struct status_facts *f, enum kind_id kind, const char *source,
                                   struct err *e)
{
    for (size_t i = 0; i < f->row_count; i++)
        if (f->rows[i].kind == kind && !strcmp(f->rows[i].source, source))
            return &f->rows[i];
    void *rows = f->rows;
    if (!array_grow(&rows, &f->row_cap, f->row_count + 1, sizeof *f->rows, e))
        return NULL;
    f->rows = rows;
    struct status_rows *r = &f->rows[f->row_count];
    *r = (struct status_rows){arena_text(&f->arena, source),
                              kind,
                              0,
                              kind == KIND_INCIDENTS ? 0 : -1,
                              {DAY_MAX, DAY_MIN}};
    if (!r->source) {
        err_memory(e);
        return NULL;
    }
    f->row_count++;
    return r;
}

static void widen(struct span *s, day from, day to)
{
    s->from = from < s->from ? from : s->from;
    s->to = to > s->to ? to : s->to;
}

/* Whatever days the row names. */
static void widen_by_row(struct status_rows *r, const struct row *row)
{
    const struct kind *k = kind_of(r->kind);
    for (size_t i = 0; i < k->column_count; i++) {
        const struct value *v = &row->slots[i];
        enum slot_type type = k->columns[i].type;
        if (v->type != VALUE_INT)
            continue;
        if (type == SLOT_DATE || type == SLOT_FROM || type == SLOT_TO)
            widen(&r->span, (day)v->as.i, (day)v->as.i);
        else if (type == SLOT_YEAR) {
            struct span year = calendar_year(CALENDAR_CIVIL, (int)v->as.i);
            widen(&r->span, year.from, year.to);
        }
    }
}

/* ---- cases ---- */

static const struct known *known_of(struct pass *p, size_t category, struct err *e)
{
    struct status_facts *f = p->f;
    if (!f->known_made[category])
        f->known_made[category] =
            known_init(&f->known[category], &f->scope, &p->s->cover, category, e);
    return f->known_made[category] ? &f->known[category] : NULL;
}

/* Somebody speaks for one of its categories on the day of its receipt. */
static bool is_covered(struct pass *p, size_t unit, const struct category_set *set, day on,
                       bool *covered, struct err *e)
{
    size_t slot = p->f->scope.unit_slot[unit];
    *covered = false;
    for (size_t i = 0; !*covered && i < set->count; i++) {
        const struct known *k = known_of(p, set->categories[i], e);
        if (!k)
            return false;
        *covered = spans_has(&k->spans[slot], on);
    }
    return true;
}

/* Beside what others state, and into its month. */
static bool place_case(struct pass *p, const struct case_dates *c, size_t unit, bool is_case,
                       struct err *e)
{
    const struct category_set *set = &p->s->directory.sets[c->set];
    const day dates[BASIS_TOTAL] = {[BASIS_RECEIVED] = c->received,
                                    [BASIS_OCCURRED] = c->occurred,
                                    [BASIS_PROSECUTED] = c->prosecuted};
    stated_add_case(&p->f->stated, &(struct stated_case){unit, set, dates, is_case, p->at->source});
    return !is_case || c->received == DAY_NONE ||
           monthly_add(&p->f->monthly, unit, set, c->received, p->source, e);
}

static bool add_case(struct pass *p, const struct case_dates *c, struct err *e)
{
    const struct directory *d = &p->s->directory;
    struct status_facts *f = p->f;
    size_t unit = directory_unit_by_id(d, c->unit);
    const struct category_set *set = &d->sets[c->set];
    bool is_case = c->outcome != OUTCOME_UNFOUNDED && c->outcome != OUTCOME_TRANSFERRED;
    bool covered = true;
    f->reports++;
    if (unit != NO_ENTRY && !place_case(p, c, unit, is_case, e))
        return false;
    if (!is_case || unit == NO_ENTRY)
        return true;
    f->cases++;
    p->at->cases++;
    f->undated[BASIS_RECEIVED] += c->received == DAY_NONE;
    f->undated[BASIS_OCCURRED] += c->occurred == DAY_NONE;
    f->undated[BASIS_PROSECUTED] += c->prosecuted == DAY_NONE;
    f->no_place += d->units[unit].is_unknown;
    if (c->received != DAY_NONE && !is_covered(p, unit, set, c->received, &covered, e))
        return false;
    f->outside += !covered;
    return true;
}

static bool add_dates(void *context, const struct case_dates *c, struct err *e)
{
    struct pass *p = context;
    if (!p->at || strcmp(p->at->source, c->source)) {
        p->at = rows_of(p->f, KIND_INCIDENTS, c->source, e);
        p->source = cover_source(&p->s->cover, c->source);
        if (!p->at || !stated_add_speaker(&p->f->stated, p->at->source, e))
            return false;
    }
    /* the day that places a report: of its receipt, else of the act, else of the prosecution */
    day on = c->received != DAY_NONE   ? c->received
             : c->occurred != DAY_NONE ? c->occurred
                                       : c->prosecuted;
    widen(&p->at->span, on, on);
    p->at->rows++;
    return add_case(p, c, e);
}

/* ---- all ---- */

static bool add_row(void *context, const struct row *row, const struct row_info *info,
                    struct err *e)
{
    struct pass *p = context;
    if (!p->at || strcmp(p->at->source, info->source))
        p->at = rows_of(p->f, p->kind, info->source, e);
    if (!p->at)
        return false;
    p->at->rows++;
    widen_by_row(p->at, row);
    return p->kind != KIND_COUNTS || stated_add_counts(&p->f->stated, row, info->source, e);
}

static bool read_kind(struct status_facts *f, const struct session *s, enum kind_id kind,
                      struct err *e)
{
    struct pass p = {.f = f, .s = s, .kind = kind};
    if (kind == KIND_INCIDENTS)
        return store_each_dates(s->store, s->state, add_dates, &p, e);
    if (kind == KIND_OUTCOMES || kind == KIND_UNITS || kind == KIND_CATEGORIES)
        return true;
    return store_each_row(s->store, s->state, kind, add_row, &p, e);
}

/* Counts are read before the cases that are set beside them; they are shown behind. */
static int by_kind(const void *a, const void *b)
{
    const struct status_rows *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return strcmp(x->source, y->source);
}

static bool read_all(struct status_facts *f, const struct session *s, struct err *e)
{
    bool ok = stated_init(&f->stated, &s->cover, e) &&
              monthly_init(&f->monthly, &s->directory, &s->cover, s->calendar, e) &&
              read_kind(f, s, KIND_COUNTS, e) && status_rates_read(&f->rates, &f->stated, s, e) &&
              stated_index(&f->stated, e);
    for (int k = 0; ok && k < KIND_TOTAL; k++)
        ok = k == KIND_COUNTS || read_kind(f, s, (enum kind_id)k, e);
    if (f->row_count)
        qsort(f->rows, f->row_count, sizeof *f->rows, by_kind);
    return ok && monthly_finish(&f->monthly, &f->stated, e);
}

bool status_facts_read(struct status_facts *f, const struct session *s, struct err *e)
{
    size_t n = s->directory.category_count + 1;
    f->known = calloc(n, sizeof *f->known);
    f->known_made = calloc(n, sizeof *f->known_made);
    if (!f->known || !f->known_made)
        return err_memory(e);
    bool ok = scope_init(&f->scope, &s->directory, NULL, NULL, 0, NULL, 0, e) && read_all(f, s, e);
    for (size_t c = 0; c < n; c++)
        known_free(&f->known[c]);
    return ok;
}

void status_facts_free(struct status_facts *f)
{
    free(f->known);
    free(f->known_made);
    free(f->rows);
    stated_free(&f->stated);
    status_rates_free(&f->rates);
    monthly_free(&f->monthly);
    scope_free(&f->scope);
    arena_free(&f->arena);
    *f = (struct status_facts){0};
}
