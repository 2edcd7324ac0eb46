/* cells.c: cells become values: the fast ways for dates and counts, the cache for the rest. */
#include <string.h>

#include "base/text.h"
#include "ingest/checker.h"
#include "ingest/directory_index.h"
#include "ingest/fields.h"
#include "ingest/kind_tables.h"

/* ---- the cache ---- */

enum { ERA_BITS = 12, ERA_MAX = (1 << ERA_BITS) - 1 };

/* What else than its text the cell's meaning depends on: the calendar, the days between two changes
 * of validity, the parent. False where that fits in no number: then the cell is parsed each time.
 */
static bool cell_context(const struct checker *c, const struct layout_cell *pc, uint32_t *context)
{
    enum slot_type type = pc->column ? pc->column->type : SLOT_CATEGORY;
    const struct directory_index *index = c->directory->index;
    *context = 0;
    if (type == SLOT_FROM || type == SLOT_TO)
        *context = (uint32_t)(c->row_calendar.month * 32 + c->row_calendar.mday);
    else if (type == SLOT_UNIT || type == SLOT_OLD_UNIT)
        *context = index ? name_index_era(&index->units, cell_unit_day(c, pc->column)) : 0;
    if (type != SLOT_CATEGORY && type != SLOT_CATEGORIES)
        return true;
    uint32_t era = index ? name_index_era(&index->categories, c->at) : 0;
    size_t parent = pc->slot == CELL_PARENT ? 0 : c->parent + 1; /* NO_ENTRY + 1 is 0 */
    era = era == UINT32_MAX ? ERA_MAX : era;
    *context = (uint32_t)parent << ERA_BITS | era;
    return era <= ERA_MAX && parent < (size_t)1 << (32 - ERA_BITS);
}

static const struct cell_value *cell_value(struct checker *c, const struct layout_cell *pc,
                                           const char *text, size_t n, struct cell_value *made)
{
    uint32_t context;
    bool cached = cell_context(c, pc, &context);
    struct cell_cache *cache = &c->caches[pc->slot];
    const struct cell_value *known = cached ? cell_cache_find(cache, text, n, context) : NULL;
    if (known)
        return known;
    cell_parse(c, pc, text, n, made);
    if (cached)
        cell_cache_add(cache, text, n, context, made);
    return made;
}

/* ---- fast ways ---- */

/* Value of a digit; above 9 where it is none. */
static unsigned digit(char c)
{
    return (unsigned)((unsigned char)c - '0');
}

/* 2024-05-03, of a day that exists. */
static bool iso_day(const char *t, size_t n, day *out)
{
    if (n != 10 || t[4] != '-' || t[7] != '-')
        return false;
    unsigned d[8] = {digit(t[0]), digit(t[1]), digit(t[2]), digit(t[3]),
                     digit(t[5]), digit(t[6]), digit(t[8]), digit(t[9])};
    for (size_t i = 0; i < 8; i++)
        if (d[i] > 9)
            return false;
    struct date date = {(int)(d[0] * 1000 + d[1] * 100 + d[2] * 10 + d[3]), (int)(d[4] * 10 + d[5]),
                        (int)(d[6] * 10 + d[7])};
    return day_from_date(date, out);
}

/* Up to nine digits. */
static bool plain_count(const char *text, size_t n, int64_t *out)
{
    int64_t value = 0;
    if (n < 1 || n > 9)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (digit(text[i]) > 9)
            return false;
        value = value * 10 + (int64_t)digit(text[i]);
    }
    *out = value;
    return true;
}

/* True if the cell was read. */
static bool read_fast(const struct checker *c, const struct layout_cell *pc, const char *text,
                      size_t n, struct value *out)
{
    if (!pc->column)
        return false;
    if (pc->column->type == SLOT_COUNT) {
        int64_t count;
        if (!plain_count(text, n, &count))
            return false;
        *out = (struct value){VALUE_INT, {.i = count}};
        return true;
    }
    day found, limit;
    if (pc->column->type != SLOT_DATE || !iso_day(text, n, &found))
        return false;
    limit = cell_date_limit(c, pc->column);
    if (limit != DAY_NONE && found > limit)
        return false;
    *out = (struct value){VALUE_INT, {.i = found}};
    return true;
}

/* ---- texts ---- */

static bool take_text(struct checker *c, const char *text, size_t n, struct arena *texts,
                      struct value *out)
{
    const char *copy = arena_copy(texts, text, n);
    if (copy)
        *out = (struct value){VALUE_TEXT, {.s = copy}};
    else
        buf_adds(&c->why, tr(c->lang, "out of memory: close other programs and try again"));
    return copy != NULL;
}

static bool read_case_id(struct checker *c, const char *text, size_t n, struct arena *texts,
                         struct value *out)
{
    char hashed[CASE_HASH_CHARS + 1];
    if (!c->has_hash)
        return field_case_id(text, n, c->lang, &c->why) && take_text(c, text, n, texts, out);
    if (!text_nfc(text, n, &c->nfc))
        return false;
    case_hash_text(&c->hash, buf_text(&c->nfc), c->nfc.len, hashed);
    return take_text(c, hashed, CASE_HASH_CHARS, texts, out);
}

static bool read_name(struct checker *c, const struct layout_cell *pc, const char *text, size_t n,
                      struct arena *texts, struct value *out)
{
    if (c->layout->kind->id == KIND_BOUNDARIES && pc->slot == BND_GEOMETRY)
        return take_text(c, text, n, texts, out); /* JSON, as long as it is */
    return field_name(text, n, c->lang, &c->nfc, &c->why) &&
           take_text(c, buf_text(&c->nfc), c->nfc.len, texts, out);
}

static bool is_text(const struct checker *c, const struct layout_cell *pc)
{
    if (!pc->column)
        return false;
    enum slot_type type = pc->column->type;
    bool calendar = c->layout->kind->id == KIND_COUNTS && pc->slot == CNT_CALENDAR;
    return type == SLOT_CASE_ID || type == SLOT_NAME || (type == SLOT_CODE && !calendar);
}

static bool read_text(struct checker *c, const struct layout_cell *pc, const char *text, size_t n,
                      struct arena *texts, struct value *out)
{
    buf_clear(&c->why);
    if (!field_trim(&text, &n))
        return true;
    if (pc->column->type == SLOT_CASE_ID)
        return read_case_id(c, text, n, texts, out);
    if (pc->column->type == SLOT_NAME)
        return read_name(c, pc, text, n, texts, out);
    return field_code(text, n, c->lang, &c->why) && take_text(c, text, n, texts, out);
}

/* ---- rows ---- */

/* Puts a value that is there where it belongs. */
static void place_value(struct checker *c, const struct layout_cell *pc,
                        const struct cell_value *cell, struct row *row)
{
    if (cell->value.type == VALUE_NONE)
        return;
    if (pc->slot == CELL_PARENT) {
        c->parent = (size_t)cell->value.as.i;
        return;
    }
    row->slots[pc->slot] = cell->value;
    if (pc->column->type == SLOT_FROM)
        row->slots[pc->slot + 1] = (struct value){VALUE_INT, {.i = cell->to}};
    if (pc->column->type == SLOT_CODE)
        calendar_parse(cell->value.as.s, &c->row_calendar);
}

static bool read_cell(struct checker *c, const struct layout_cell *pc, const char *text, size_t n,
                      struct arena *texts, struct row *row, const char **reason)
{
    if (is_text(c, pc)) {
        *reason = buf_text(&c->why);
        bool ok = read_text(c, pc, text, n, texts, &row->slots[pc->slot]);
        *reason = buf_text(&c->why);
        return ok;
    }
    if (read_fast(c, pc, text, n, pc->column ? &row->slots[pc->slot] : NULL))
        return true;
    struct cell_value made;
    const struct cell_value *cell = cell_value(c, pc, text, n, &made);
    *reason = cell->reason;
    if (!cell->reason)
        place_value(c, pc, cell, row);
    return !cell->reason;
}

/* Items behind each other, as they may stand in one cell. */
static void join_fields(struct checker *c, const struct layout_cell *pc, const struct record *rec)
{
    buf_clear(&c->joined);
    buf_add(&c->joined, rec->fields[pc->field].text, rec->fields[pc->field].n);
    for (size_t i = 0; i < pc->more_count; i++) {
        const struct field *f = &rec->fields[pc->more[i]];
        if (f->n && c->joined.len)
            buf_addc(&c->joined, ';');
        buf_add(&c->joined, f->text, f->n);
    }
}

/* What the row says in a cell's place. */
static struct field field_of(struct checker *c, const struct layout_cell *pc,
                             const struct record *rec)
{
    struct field f = {pc->constant, pc->constant_bytes};
    if (pc->field == NO_ENTRY)
        return f;
    if (!pc->more_count)
        return rec->fields[pc->field].n ? rec->fields[pc->field] : f;
    join_fields(c, pc, rec);
    return (struct field){buf_text(&c->joined), c->joined.len};
}

bool cell_read_range(struct checker *c, const struct record *rec, size_t first, size_t last,
                     struct arena *texts, struct row *row, struct bad_cell *bad)
{
    for (size_t i = first; i < last; i++) {
        const struct layout_cell *pc = &c->layout->cells[i];
        const struct field f = field_of(c, pc, rec);
        const char *reason = NULL;
        if (f.n && !read_cell(c, pc, f.text, f.n, texts, row, &reason)) {
            *bad = (struct bad_cell){pc, reason, f.text, f.n};
            return false;
        }
    }
    return true;
}

bool cell_read_count(struct checker *c, const struct field *f, struct value *out,
                     const char **reason)
{
    const char *text = f->text;
    size_t n = f->n;
    int64_t count;
    *out = (struct value){.type = VALUE_NONE};
    if (!plain_count(text, n, &count)) {
        buf_clear(&c->why);
        if (!field_trim(&text, &n))
            return true;
        if (!field_count(text, n, c->lang, &count, &c->why)) {
            *reason = buf_text(&c->why);
            return false;
        }
    }
    *out = (struct value){VALUE_INT, {.i = count}};
    return true;
}

static day slot_day(const struct checker *c, const struct row *row, size_t slot)
{
    return row->slots[slot].type == VALUE_INT ? (day)row->slots[slot].as.i : c->layout->valid_on;
}

/* The middle of a year, on which its population is meant. */
static day year_day(const struct checker *c, const struct row *row, size_t slot)
{
    day found = c->layout->valid_on;
    if (row->slots[slot].type == VALUE_INT)
        day_from_date((struct date){(int)row->slots[slot].as.i, 7, 1}, &found);
    return found;
}

static day incident_day(const struct checker *c, const struct row *row)
{
    static const size_t slots[] = {INC_RECEIVED_ON, INC_OCCURRED_ON, INC_PROSECUTED_ON};
    for (size_t i = 0; i < sizeof slots / sizeof slots[0]; i++)
        if (row->slots[slots[i]].type == VALUE_INT)
            return (day)row->slots[slots[i]].as.i;
    return c->layout->valid_on;
}

day cell_row_day(const struct checker *c, const struct row *row)
{
    switch (c->layout->kind->id) {
    case KIND_INCIDENTS:
    case KIND_OUTCOMES:
        return incident_day(c, row);
    case KIND_COUNTS:
        return slot_day(c, row, CNT_FROM);
    case KIND_COVERAGE:
        return slot_day(c, row, COV_FROM);
    case KIND_INDICATORS:
        return slot_day(c, row, IND_FROM);
    case KIND_BENCHMARKS:
        return slot_day(c, row, BMK_FROM);
    case KIND_SUCCESSIONS:
        return slot_day(c, row, SUC_ON);
    case KIND_INTERVENTIONS:
        return slot_day(c, row, ITV_STARTS_ON);
    case KIND_EVENTS:
        return slot_day(c, row, EVT_DATE);
    case KIND_POPULATION:
        return year_day(c, row, POP_YEAR);
    case KIND_COVARIATES:
        return year_day(c, row, COVAR_YEAR);
    default:
        return c->layout->valid_on;
    }
}
