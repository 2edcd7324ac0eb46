#include "series/stated.h"

#include <stdlib.h>
#include <string.h>

/* ---- rows ---- */

static bool add_row(struct stated *s, struct stated_row row, struct err *e)
{
    void *rows = s->rows;
    if (!array_grow(&rows, &s->cap, s->count + 1, sizeof *s->rows, e))
        return false;
    s->rows = rows;
    s->rows[s->count++] = row;
    return true;
}

bool stated_init(struct stated *s, const struct cover *cover, struct err *e)
{
    *s = (struct stated){.directory = cover->directory};
    bool ok = true;
    for (size_t i = 0; ok && i < cover->count; i++) {
        const struct cover_row *r = &cover->rows[i];
        if (r->total >= 0)
            ok = add_row(s,
                         (struct stated_row){.unit = r->unit,
                                             .category = r->category,
                                             .days = r->span,
                                             .basis = BASIS_RECEIVED,
                                             .kind = STATED_TOTAL,
                                             .source = cover->sources[r->source],
                                             .n = r->total},
                         e);
    }
    return ok;
}

void stated_free(struct stated *s)
{
    free(s->rows);
    free(s->first);
    free(s->longest);
    free(s->speakers);
    arena_free(&s->arena);
    *s = (struct stated){0};
}

bool stated_add_counts(struct stated *s, const struct row *row, const char *source, struct err *e)
{
    const struct value *v = row->slots;
    struct stated_row r = {.unit = directory_unit_by_id(s->directory, v[CNT_UNIT].as.i),
                           .category = directory_category_by_id(s->directory, v[CNT_CATEGORY].as.i),
                           .days = {(day)v[CNT_FROM].as.i, (day)v[CNT_TO].as.i},
                           .basis = (enum basis)v[CNT_BASIS].as.i,
                           .n = v[CNT_COUNT].type == VALUE_INT ? v[CNT_COUNT].as.i : -1};
    if (r.unit == NO_ENTRY || r.category == NO_ENTRY)
        return true; /* an area or category that this state no longer has */
    r.source = source;
    return stated_add(s, r, e);
}

bool stated_add(struct stated *s, struct stated_row row, struct err *e)
{
    if (!s->last_source || strcmp(s->last_source, row.source) != 0)
        s->last_source = arena_text(&s->arena, row.source);
    row.source = s->last_source;
    return row.source ? add_row(s, row, e) : err_memory(e);
}

static int by_place(const void *a, const void *b)
{
    const struct stated_row *x = a, *y = b;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    if (x->days.from != y->days.from)
        return x->days.from < y->days.from ? -1 : 1;
    if (x->days.to != y->days.to)
        return x->days.to < y->days.to ? -1 : 1;
    if (x->category != y->category)
        return x->category < y->category ? -1 : 1;
    if (x->basis != y->basis)
        return x->basis < y->basis ? -1 : 1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

bool stated_index(struct stated *s, struct err *e)
{
    size_t units = s->directory->unit_count;
    s->first = calloc(units + 2, sizeof *s->first);
    s->longest = calloc(units + 1, sizeof *s->longest);
    if (!s->first || !s->longest)
        return err_memory(e);
    if (s->count)
        qsort(s->rows, s->count, sizeof *s->rows, by_place);
    for (size_t i = 0; i < s->count; i++) {
        size_t u = s->rows[i].unit;
        int64_t days = span_days(s->rows[i].days);
        s->first[u + 1]++;
        s->longest[u] = days > s->longest[u] ? days : s->longest[u];
    }
    for (size_t u = 0; u < units; u++)
        s->first[u + 1] += s->first[u];
    return true;
}

size_t stated_find(const struct stated *s, const struct stated_row *like)
{
    size_t n = s->first[like->unit + 1] - s->first[like->unit];
    const struct stated_row *found =
        n ? bsearch(like, s->rows + s->first[like->unit], n, sizeof *like, by_place) : NULL;
    return found ? (size_t)(found - s->rows) : NO_ENTRY;
}

/* ---- cases ---- */

bool stated_is_speaker(const struct stated *s, const char *source)
{
    for (size_t i = 0; i < s->speaker_count; i++)
        if (!strcmp(s->speakers[i], source))
            return true;
    return false;
}

bool stated_add_speaker(struct stated *s, const char *source, struct err *e)
{
    void *speakers = s->speakers;
    if (stated_is_speaker(s, source))
        return true;
    if (!array_grow(&speakers, &s->speaker_cap, s->speaker_count + 1, sizeof *s->speakers, e))
        return false;
    s->speakers = speakers;
    s->speakers[s->speaker_count++] = source;
    return true;
}

static void take_case(const struct stated *s, struct stated_row *r, const struct stated_case *c)
{
    if (r->kind == STATED_TOTAL ? strcmp(r->source, c->source) != 0 : !c->is_case)
        return;
    for (size_t i = 0; i < c->set->count; i++) {
        if (!directory_category_contains(s->directory, r->category, c->set->categories[i]))
            continue;
        if (!r->found++)
            r->found_from = c->source;
        r->found_several |= strcmp(r->found_from, c->source) != 0;
    }
}

/* The unit's first row that may still reach the day. */
static size_t first_of(const struct stated *s, size_t unit, day on)
{
    size_t low = s->first[unit], high = s->first[unit + 1];
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->rows[mid].days.from + s->longest[unit] <= on)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static void look_at_unit(struct stated *s, size_t unit, enum basis basis,
                         const struct stated_case *c)
{
    day on = c->dates[basis];
    for (size_t i = first_of(s, unit, on); i < s->first[unit + 1] && s->rows[i].days.from <= on;
         i++)
        if (s->rows[i].basis == basis && s->rows[i].days.to >= on)
            take_case(s, &s->rows[i], c);
}

void stated_add_case(struct stated *s, const struct stated_case *c)
{
    if (!s->count)
        return;
    for (size_t u = c->unit; u != NO_ENTRY; u = s->directory->units[u].parent)
        for (int b = 0; s->first[u] != s->first[u + 1] && b < BASIS_TOTAL; b++)
            if (c->dates[b] != DAY_NONE)
                look_at_unit(s, u, (enum basis)b, c);
}
