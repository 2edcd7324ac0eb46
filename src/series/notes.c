#include "series/notes.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/builtin.h"

#define NAMED_MAX 5

void notes_count(struct buf *b, const char *code, int64_t n)
{
    buf_addf(b, "%s=%" PRId64 ";", code, n);
}

void notes_some(struct buf *b, const char *code, int64_t n)
{
    if (n)
        notes_count(b, code, n);
}

void notes_flag(struct buf *b, const char *code, bool set)
{
    if (!set)
        return;
    buf_adds(b, code);
    buf_adds(b, "=1;");
}

static void add_date(struct buf *b, const char *code, day d)
{
    char text[11];
    if (d == DAY_NONE)
        return;
    day_text(d, text);
    buf_addf(b, "%s=%s;", code, text);
}

void notes_name(struct buf *b, const char *code, const char *name, size_t *named)
{
    if (*named > NAMED_MAX)
        return;
    buf_addf(b, *named ? "," : "%s=", code);
    buf_adds(b, *named < NAMED_MAX ? name : "…");
    ++*named;
}

void notes_names_end(struct buf *b, size_t named)
{
    buf_adds(b, named ? ";" : "");
}

/* A value may hold anything but what separates tokens. */
static void add_label(struct buf *b, const char *label)
{
    for (; *label; label++)
        buf_addc(b, *label == ';' ? ',' : *label);
}

/* ---- who is compared ---- */

static void add_left_out(struct buf *b, const struct compare *c, size_t top)
{
    size_t named = 0;
    for (size_t u = top; u < c->scope.unit_count; u++)
        if (compare_asks(c, u) && !c->compared[u] && scope_is_under(&c->scope, top, u))
            notes_name(b, "left_out", c->scope.directory->units[c->scope.units[u]].code, &named);
    notes_names_end(b, named);
}

static void add_units(struct buf *b, const struct compare *c, size_t unit,
                      const struct compared *row)
{
    if (c->scope.is_leaf[unit] || row->units_compared >= row->units)
        return;
    buf_addf(b, "compared_units=%zu/%zu;", row->units_compared, row->units);
    add_left_out(b, c, unit);
}

/* ---- which days are not compared ---- */

static void add_days(struct buf *b, const struct spans *days)
{
    size_t named = 0;
    for (size_t i = 0; i < days->count; i++) {
        char from[11], to[11], text[32];
        day_text(days->items[i].from, from);
        day_text(days->items[i].to, to);
        snprintf(text, sizeof text, "%s..%s", from, to);
        notes_name(b, "left_out_days", text, &named);
    }
    notes_names_end(b, named);
}

/* Of a place, the days; of a total, the places. */
static void add_partly(struct buf *b, const struct compare *c, size_t top)
{
    size_t named = 0;
    if (c->partly[top]) {
        struct spans days = {0};
        b->failed |= !compare_left_out(c, top, &days, NULL);
        add_days(b, &days);
        spans_free(&days);
    }
    for (size_t u = top + 1; c->any_partly && u < c->scope.unit_count; u++)
        if (c->partly[u] && scope_is_under(&c->scope, top, u))
            notes_name(b, "partly_compared", c->scope.directory->units[c->scope.units[u]].code,
                       &named);
    notes_names_end(b, named);
}

static bool is_assumed(const struct compare *c, size_t unit)
{
    return c->scope.is_leaf[unit] ? c->known.assumed[unit] : c->assumed;
}

/* ---- the row ---- */

static void add_recorded(struct buf *b, const struct compared *row)
{
    if (row->recorded != row->count)
        notes_count(b, "recorded", row->recorded);
    if (row->recorded_before != row->count_before)
        notes_count(b, "recorded_before", row->recorded_before);
}

static void add_marks(struct buf *b, const struct compared *row)
{
    notes_flag(b, "unknown", row->marks & TALLY_UNKNOWN);
    notes_flag(b, "coarse", row->marks & TALLY_COARSE);
    notes_flag(b, "stated", row->marks & TALLY_STATED);
    notes_flag(b, "negative_rest", row->marks & TALLY_NEGATIVE);
    notes_some(b, "blank", row->blank);
}

static void add_population(struct buf *b, const struct compare *c)
{
    if (c->population_proxy)
        buf_addf(b, "population_proxy=%s;", c->population_column);
    notes_flag(b, "population_held", c->population_held);
}

/* A kind of act that begins or ends between two days was counted on some of them only: a total that
 * holds it may change for that alone. */
static bool changes_within(struct span valid, struct span days)
{
    return (valid.from > days.from && valid.from <= days.to) ||
           (valid.to >= days.from && valid.to < days.to);
}

static bool is_below(const struct scope *s, size_t slot, size_t top)
{
    while (slot != NO_ENTRY && slot != top)
        slot = s->category_parent[slot];
    return slot == top;
}

void notes_kinds(struct buf *b, const struct scope *s, size_t top, struct span days)
{
    size_t named = 0;
    for (size_t k = top; k < s->category_count; k++) {
        const struct category *kind = &s->directory->categories[s->categories[k]];
        if (!kind->has_children && changes_within(kind->valid, days) && is_below(s, k, top))
            notes_name(b, "kinds_changed", kind->code, &named);
    }
    notes_names_end(b, named);
}

void notes_boundaries(struct buf *b, const struct scope *s, size_t unit, day from)
{
    const size_t *parts;
    size_t n = scope_parts(s, unit, &parts);
    bool shared = false;
    for (size_t i = 0; i < n; i++)
        shared |= s->parts[parts[i] - s->unit_count].heir != NO_ENTRY;
    notes_flag(b, "apportioned", shared);
    const struct lineage_unit *line = s->lineage ? &s->lineage->units[s->units[unit]] : NULL;
    if (line && line->missing_before != DAY_NONE && line->missing_before > from)
        buf_addf(b, "missing=%s;", line->missing);
}

void notes_compared(struct buf *b, const struct compare *c, size_t unit, size_t category,
                    const struct compared *row, bool is_total)
{
    notes_flag(b, "total", is_total);
    add_units(b, c, unit, row);
    add_partly(b, c, unit);
    add_recorded(b, row);
    notes_some(b, "undated", row->undated);
    notes_some(b, "absent_zero", row->absent);
    add_marks(b, row);
    notes_flag(b, "assumed", is_assumed(c, unit));
    add_population(b, c);
    notes_some(b, "divided", row->possible + row->possible_before);
    notes_boundaries(b, &c->scope, unit, c->q->before[0].span.from);
    notes_flag(b, "unequal_spans", !c->same_span);
    notes_kinds(b, &c->scope, category,
                (struct span){c->q->before[0].span.from, c->q->period.span.to});
    if (row->incomplete)
        add_date(b, "covered_to", row->covered_to);
}

/* ---- breaks ---- */

enum { EVT_DATE, EVT_LABEL, EVT_ACTION, EVT_UNIT };

static const char *builtin_events(void)
{
    for (const struct builtin_file *f = builtin_files; f->name; f++)
        if (!strcmp(f->name, "events.csv"))
            return (const char *)f->data;
    return "";
}

struct events_reading {
    struct events *v;
    const char *builtin;
};

static enum event_action action_of(const struct value *v)
{
    return v->type == VALUE_INT ? (enum event_action)v->as.i : EVENT_MARK;
}

static bool add_event(void *context, const struct row *row, const struct row_info *info,
                      struct err *e)
{
    struct events_reading *r = context;
    struct events *v = r->v;
    const struct value *slots = row->slots;
    void *items = v->items;
    size_t unit = NO_ENTRY;
    (void)info;
    if (slots[EVT_UNIT].type == VALUE_INT) {
        unit = directory_unit_by_id(v->directory, slots[EVT_UNIT].as.i);
        if (unit == NO_ENTRY)
            return true; /* of a unit that this state does not know */
    }
    if (!array_grow(&items, &v->cap, v->count + 1, sizeof *v->items, e))
        return false;
    v->items = items;
    const char *label = slots[EVT_LABEL].type == VALUE_TEXT ? slots[EVT_LABEL].as.s : "";
    struct event event = {.on = (day)slots[EVT_DATE].as.i,
                          .label = arena_text(&v->arena, label),
                          .unit = unit,
                          .action = action_of(&slots[EVT_ACTION])};
    if (!event.label)
        return err_memory(e);
    event.is_vietnamese = event.unit == NO_ENTRY && *label && strstr(r->builtin, label);
    v->items[v->count++] = event;
    return true;
}

static int by_date(const void *a, const void *b)
{
    const struct event *x = a, *y = b;
    if (x->on != y->on)
        return x->on < y->on ? -1 : 1;
    return strcmp(x->label, y->label);
}

bool events_read(struct events *v, struct store *s, int64_t state, const struct directory *d,
                 struct err *e)
{
    *v = (struct events){.directory = d};
    struct events_reading r = {v, builtin_events()};
    if (!store_each_row(s, state, KIND_EVENTS, add_event, &r, e)) {
        events_free(v);
        return false;
    }
    if (v->count)
        qsort(v->items, v->count, sizeof *v->items, by_date);
    return true;
}

void events_free(struct events *v)
{
    free(v->items);
    arena_free(&v->arena);
    *v = (struct events){0};
}

/* Codes of the General Statistics Office are digits alone, up to the province or district. */
static bool is_vietnamese_unit(const struct directory *d, size_t unit)
{
    const struct unit_group *group = directory_group(d, unit);
    unit = group && group->count ? group->members[0] : unit;
    while (d->units[unit].parent != NO_ENTRY)
        unit = d->units[unit].parent;
    const char *code = d->units[unit].code;
    return *code && strspn(code, "0123456789") == strlen(code);
}

static bool event_holds(const struct events *v, const struct event *event, size_t unit)
{
    if (event->unit != NO_ENTRY)
        return directory_unit_contains(v->directory, event->unit, unit);
    return !event->is_vietnamese || is_vietnamese_unit(v->directory, unit);
}

const struct event *events_next(const struct events *v, size_t unit, struct span days, size_t *i)
{
    while (*i < v->count) {
        const struct event *event = &v->items[(*i)++];
        if (span_has(days, event->on) && event_holds(v, event, unit))
            return event;
    }
    return NULL;
}

void notes_events(struct buf *b, const struct events *v, size_t unit, struct span days)
{
    const struct event *event;
    size_t i = 0, named = 0;
    while ((event = events_next(v, unit, days, &i))) {
        char on[11];
        day_text(event->on, on);
        buf_addf(b, "%s%s ", named++ ? " | " : "not_comparable=", on);
        add_label(b, event->label);
    }
    buf_adds(b, named ? ";" : "");
}

struct span events_days(const struct compare *c)
{
    struct span days = c->q->period.span;
    for (size_t i = 0; i < c->q->before_count; i++)
        if (c->q->before[i].span.from < days.from)
            days.from = c->q->before[i].span.from;
    if (c->data_end != DAY_NONE && c->data_end < days.to)
        days.to = c->data_end;
    days.from++; /* a change on the first day holds for both periods */
    return days;
}

void notes_compared_events(struct buf *b, const struct events *v, const struct compare *c,
                           size_t unit_slot)
{
    notes_events(b, v, c->scope.units[unit_slot], events_days(c));
}
