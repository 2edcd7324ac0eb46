#include "series/monthly.h"

#include <stdlib.h>
#include <string.h>

#include "series/spans.h"

enum { MONTHS_MOST = 240, DAYS_MOST = 240 * 31 };

/* ---- what is asked ---- */

static bool choose_topics(struct monthly *m, struct err *e)
{
    const struct directory *d = m->directory;
    size_t n = d->category_count + 1;
    bool *covered = calloc(n, sizeof *covered);
    m->topics = malloc(n * sizeof *m->topics);
    m->topic_of = malloc(n * sizeof *m->topic_of);
    if (!covered || !m->topics || !m->topic_of) {
        free(covered);
        return err_memory(e);
    }
    for (size_t i = 0; i < m->cover->count; i++)
        covered[m->cover->rows[i].category] = true;
    for (size_t c = 0; c < d->category_count; c++) {
        size_t p = d->categories[c].parent;
        m->topic_of[c] = p == NO_ENTRY ? NO_ENTRY : m->topic_of[p];
        if (m->topic_of[c] != NO_ENTRY || !covered[c])
            continue;
        m->topic_of[c] = m->topic_count;
        m->topics[m->topic_count++] = c;
    }
    free(covered);
    return true;
}

static struct span covered_span(const struct cover *c)
{
    struct span all = {DAY_MAX, DAY_MIN};
    for (size_t i = 0; i < c->count; i++) {
        struct span by = c->rows[i].span;
        all.from = by.from < all.from ? by.from : all.from;
        all.to = by.to > all.to ? by.to : all.to;
    }
    return all;
}

/* The month before, or behind. */
static struct span next_month(struct calendar c, struct span month, int step)
{
    int year, number;
    calendar_locate(c, step < 0 ? month.from - 1 : month.to + 1, &year, &number);
    return calendar_month(c, year, number);
}

static bool choose_months(struct monthly *m, struct calendar calendar, struct err *e)
{
    struct span all = covered_span(m->cover), months[MONTHS_MOST];
    size_t n = 0;
    if (span_is_empty(all))
        return true;
    int year, number;
    calendar_locate(calendar, all.to, &year, &number);
    struct span month = calendar_month(calendar, year, number);
    for (; n < MONTHS_MOST && month.to >= all.from; month = next_month(calendar, month, -1))
        months[n++] = month;
    m->months = malloc(n * sizeof *m->months);
    m->month_of = malloc(DAYS_MOST * sizeof *m->month_of);
    if (!m->months || !m->month_of)
        return err_memory(e);
    for (size_t i = 0; i < n; i++)
        m->months[i] = months[n - 1 - i];
    m->n = n;
    m->days = (struct span){m->months[0].from, m->months[n - 1].to};
    for (size_t i = 0; i < n; i++)
        for (day on = m->months[i].from; on <= m->months[i].to; on++)
            m->month_of[on - m->days.from] = (uint16_t)i;
    return true;
}

static bool choose_units(struct monthly *m, struct err *e)
{
    size_t units = m->directory->unit_count;
    m->is_leaf = malloc((units + 1) * sizeof *m->is_leaf);
    m->speaking = malloc((units + 1) * sizeof *m->speaking);
    m->cells = calloc(m->topic_count * units * m->n + 1, sizeof *m->cells);
    if (!m->is_leaf || !m->speaking || !m->cells)
        return err_memory(e);
    for (size_t u = 0; u < units; u++) {
        m->is_leaf[u] = true;
        m->speaking[u] = NO_ENTRY;
        if (m->directory->units[u].parent != NO_ENTRY)
            m->is_leaf[m->directory->units[u].parent] = false;
    }
    return true;
}

bool monthly_init(struct monthly *m, const struct directory *d, const struct cover *cover,
                  struct calendar calendar, struct err *e)
{
    *m = (struct monthly){.directory = d, .cover = cover};
    return choose_topics(m, e) && choose_months(m, calendar, e) && choose_units(m, e);
}

void monthly_free(struct monthly *m)
{
    free(m->months);
    free(m->month_of);
    free(m->topics);
    free(m->topic_of);
    free(m->is_leaf);
    free(m->cells);
    free(m->speaking);
    free(m->speakers);
    *m = (struct monthly){0};
}

/* ---- cases ---- */

bool monthly_has_cases(const struct monthly *m, size_t unit, size_t source)
{
    size_t i = m->speaking[unit];
    while (i != NO_ENTRY && m->speakers[i].source != source)
        i = m->speakers[i].next;
    return i != NO_ENTRY;
}

static bool add_speaker(struct monthly *m, size_t unit, size_t source, struct err *e)
{
    void *speakers = m->speakers;
    if (source == NO_ENTRY || monthly_has_cases(m, unit, source))
        return true;
    if (!array_grow(&speakers, &m->speaker_cap, m->speaker_count + 1, sizeof *m->speakers, e))
        return false;
    m->speakers = speakers;
    m->speakers[m->speaker_count] = (struct monthly_speaker){source, m->speaking[unit]};
    m->speaking[unit] = m->speaker_count++;
    return true;
}

bool monthly_add(struct monthly *m, size_t unit, const struct category_set *set, day on,
                 size_t source, struct err *e)
{
    if (!m->n || !span_has(m->days, on))
        return true;
    size_t month = m->month_of[on - m->days.from];
    for (size_t i = 0; i < set->count; i++)
        if (m->topic_of[set->categories[i]] != NO_ENTRY)
            monthly_cells(m, m->topic_of[set->categories[i]], unit)[month].count++;
    return add_speaker(m, unit, source, e);
}

/* ---- who speaks of a leaf: case files ---- */

/* What one source says of a unit. weak: assumed, and it has no case there. */
struct saying {
    size_t source;
    bool weak;
    struct spans days;
};

struct sayings {
    const struct monthly *m;
    size_t unit;
    struct saying *items;
    size_t count, cap;
    bool ok;
    struct err *e;
};

static struct saying *saying_of(struct sayings *s, size_t source, bool weak)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->items[i].source == source && s->items[i].weak == weak)
            return &s->items[i];
    void *items = s->items;
    if (!array_grow(&items, &s->cap, s->count + 1, sizeof *s->items, s->e))
        return NULL;
    s->items = items;
    s->items[s->count] = (struct saying){source, weak, {0}};
    return &s->items[s->count++];
}

static bool take_row(void *context, const struct cover_row *row)
{
    struct sayings *s = context;
    if (row->declared == COVER_COUNTS)
        return true;
    bool weak = row->declared == COVER_ASSUMED && !monthly_has_cases(s->m, s->unit, row->source);
    struct saying *x = saying_of(s, row->source, weak);
    s->ok = x && spans_add(&x->days, row->span, s->e);
    return s->ok;
}

static uint16_t both(uint16_t voice, uint16_t other)
{
    return voice == VOICE_NONE || voice == other ? other : (uint16_t)VOICE_MANY;
}

static void speak(const struct sayings *s, bool weak, struct month_cell *cells)
{
    for (size_t i = 0; i < s->m->n; i++) {
        uint16_t voice = VOICE_NONE;
        if (cells[i].voice != VOICE_NONE || !monthly_is_due(s->m, s->unit, i))
            continue;
        for (size_t k = 0; k < s->count; k++)
            if (s->items[k].weak == weak && spans_contain(&s->items[k].days, s->m->months[i]))
                voice = both(voice, (uint16_t)(VOICE_FIRST + 2 * s->items[k].source));
        cells[i].voice = voice;
    }
}

static bool speak_of_leaf(const struct monthly *m, size_t topic, size_t unit, struct err *e)
{
    struct sayings s = {.m = m, .unit = unit, .ok = true, .e = e};
    cover_each(m->cover, unit, m->topics[topic], take_row, &s);
    if (s.ok) {
        speak(&s, false, monthly_cells(m, topic, unit));
        speak(&s, true, monthly_cells(m, topic, unit));
    }
    for (size_t i = 0; i < s.count; i++)
        spans_free(&s.items[i].days);
    free(s.items);
    return s.ok;
}

/* ---- counts rows ---- */

/* Another row of the same unit and days is of a category above it. */
static bool is_part(const struct stated *s, const struct stated_row *r)
{
    const struct stated_row *first = r, *end = s->rows + s->first[r->unit + 1];
    while (first > s->rows + s->first[r->unit] && first[-1].days.from == r->days.from)
        first--;
    for (; first < end && first->days.from == r->days.from; first++)
        if (first != r && first->kind == STATED_COUNTS && first->basis == r->basis &&
            first->days.to == r->days.to && first->category != r->category &&
            directory_category_contains(s->directory, first->category, r->category))
            return true;
    return false;
}

/* The months that a row's days are, whole ones. */
static bool months_of(const struct monthly *m, struct span days, size_t *from, size_t *to)
{
    if (!m->n || days.from < m->days.from || days.to > m->days.to)
        return false;
    *from = m->month_of[days.from - m->days.from];
    *to = m->month_of[days.to - m->days.from];
    return m->months[*from].from == days.from && m->months[*to].to == days.to;
}

/* Nothing has been said of its months by counts rows, or only by another kind's row of the very
 * same days. */
static bool is_free(const struct monthly *m, const struct month_cell *cells, size_t from, size_t to,
                    uint16_t voice)
{
    size_t taken = 0, same = 0;
    for (size_t i = from; i <= to; i++) {
        taken += monthly_is_counts(cells[i].voice);
        same += cells[i].voice == voice && cells[i].continues == (i > from);
    }
    bool ends = to + 1 == m->n || !cells[to + 1].continues;
    return !taken || (same == to - from + 1 && ends);
}

static void put_counts(const struct monthly *m, const struct stated_row *r)
{
    size_t topic = m->topic_of[r->category], source = cover_source(m->cover, r->source), from, to;
    if (topic == NO_ENTRY || source == NO_ENTRY || !months_of(m, r->days, &from, &to))
        return;
    struct month_cell *cells = monthly_cells(m, topic, r->unit);
    uint16_t voice = (uint16_t)(VOICE_FIRST + 2 * source + 1);
    if (!is_free(m, cells, from, to, voice))
        return;
    for (size_t i = from; i <= to; i++) {
        int32_t had = monthly_is_counts(cells[i].voice) ? cells[i].count : 0;
        cells[i] = (struct month_cell){i == to ? had + (int32_t)r->n : 0, voice, i > from};
    }
}

/* Rows of the topic itself go before those of its kinds, single months before longer ones. */
static int rank_of(const struct monthly *m, const struct stated_row *r)
{
    size_t topic = m->topic_of[r->category];
    bool is_topic = topic != NO_ENTRY && m->topics[topic] == r->category;
    return 2 * !is_topic + (span_days(r->days) > 31);
}

static void put_all_counts(const struct monthly *m, const struct stated *s)
{
    for (int rank = 0; rank < 4; rank++)
        for (size_t i = 0; i < s->count; i++) {
            const struct stated_row *r = &s->rows[i];
            if (r->kind == STATED_COUNTS && r->n >= 0 && r->basis == BASIS_RECEIVED &&
                rank_of(m, r) == rank && !is_part(s, r))
                put_counts(m, r);
        }
}

/* ---- parents ---- */

enum { BROKEN = UINT16_MAX };

static void add_to_parent(const struct monthly *m, size_t topic, size_t unit, uint16_t *below)
{
    size_t p = m->directory->units[unit].parent;
    const struct month_cell *from = monthly_cells(m, topic, unit);
    struct month_cell *to = monthly_cells(m, topic, p);
    for (size_t i = 0; i < m->n; i++) {
        uint16_t *voice = &below[p * m->n + i];
        if (!monthly_is_counts(to[i].voice))
            to[i].count += from[i].count;
        if (m->directory->units[unit].is_unknown || !monthly_is_due(m, unit, i))
            continue;
        bool in_row = from[i].continues || (i + 1 < m->n && from[i + 1].continues);
        if (from[i].voice == VOICE_NONE || *voice == BROKEN || in_row)
            *voice = BROKEN;
        else
            *voice = both(*voice, from[i].voice);
    }
}

/* Children stand behind their parents: going backwards, each is complete before it is added. */
static void roll_up(const struct monthly *m, size_t topic, uint16_t *below)
{
    size_t units = m->directory->unit_count;
    memset(below, 0, units * m->n * sizeof *below);
    for (size_t u = units; u-- > 0;) {
        struct month_cell *cells = monthly_cells(m, topic, u);
        for (size_t i = 0; !m->is_leaf[u] && i < m->n; i++)
            if (!monthly_is_counts(cells[i].voice))
                cells[i].voice =
                    below[u * m->n + i] == BROKEN ? (uint16_t)VOICE_NONE : below[u * m->n + i];
        if (m->directory->units[u].parent != NO_ENTRY)
            add_to_parent(m, topic, u, below);
    }
}

bool monthly_finish(struct monthly *m, const struct stated *rows, struct err *e)
{
    size_t units = m->directory->unit_count;
    uint16_t *below = malloc((units * m->n + 1) * sizeof *below);
    bool ok = below || err_memory(e);
    for (size_t t = 0; ok && t < m->topic_count; t++)
        for (size_t u = 0; ok && u < units; u++)
            if (m->is_leaf[u] && !m->directory->units[u].is_unknown)
                ok = speak_of_leaf(m, t, u, e);
    if (ok)
        put_all_counts(m, rows);
    for (size_t t = 0; ok && t < m->topic_count; t++)
        roll_up(m, t, below);
    free(below);
    return ok;
}

const char *monthly_source(const struct monthly *m, uint16_t voice)
{
    return voice < VOICE_FIRST ? NULL : m->cover->sources[(voice - VOICE_FIRST) / 2];
}
