#include "ingest/totals.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/text.h"

enum { KEYS_MAX = 100000, WARNED_MAX = 20 };
#define NO_VALUE INT64_MIN

/* ---- words ---- */

bool totals_is_word(const char *text, size_t n)
{
    static const char *const words[] = {"cong",        "tong",      "tong cong", "tong so",
                                        "toan huyen",  "toan tinh", "toan xa",   "total",
                                        "grand total", "sum",       "cong chung"};
    static const char *const beginnings[] = {"tong cong ", "tong so ", "grand total "};
    enum { WORD_MAX = 80 };
    struct buf key = {0};
    bool is_word = false;
    if (n <= WORD_MAX && text_key(text, n, &key)) {
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
            is_word = is_word || !strcmp(buf_text(&key), words[i]);
        for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++)
            is_word = is_word || !strncmp(buf_text(&key), beginnings[i], strlen(beginnings[i]));
    }
    buf_free(&key);
    return is_word;
}

/* ---- sums ---- */

void totals_init(struct totals *t, const struct kind *kind, const struct directory *d)
{
    *t = (struct totals){.kind = kind,
                         .directory = d,
                         .unit = ROW_SLOTS,
                         .category = ROW_SLOTS,
                         .from = ROW_SLOTS,
                         .to = ROW_SLOTS};
    bool cases = kind->id == KIND_INCIDENTS || kind->id == KIND_OUTCOMES;
    for (size_t i = 0; i < kind->column_count; i++) {
        enum slot_type type = kind->columns[i].type;
        if (type == SLOT_COUNT)
            t->measures[t->measure_count++] = i;
        if (cases) /* one sum over the file: a million cases have a million keys */
            continue;
        if (type == SLOT_UNIT && t->unit == ROW_SLOTS)
            t->unit = i;
        else if (type == SLOT_CATEGORY)
            t->category = i;
        else if (type == SLOT_FROM || type == SLOT_YEAR)
            t->from = i;
        else if (type == SLOT_TO)
            t->to = i;
    }
}

void totals_free(struct totals *t)
{
    free(t->keys);
    free(t->sums);
    free(t->slots);
    *t = (struct totals){0};
}

static int64_t slot_value(const struct row *row, size_t slot)
{
    return slot < ROW_SLOTS && row->slots[slot].type == VALUE_INT ? row->slots[slot].as.i
                                                                  : NO_VALUE;
}

static struct total_key key_of(const struct totals *t, const struct row *row)
{
    return (struct total_key){slot_value(row, t->unit), slot_value(row, t->category),
                              slot_value(row, t->from), slot_value(row, t->to)};
}

static bool keys_equal(const struct total_key *a, const struct total_key *b)
{
    return a->unit == b->unit && a->category == b->category && a->from == b->from && a->to == b->to;
}

static uint64_t mix(uint64_t hash, int64_t value)
{
    hash = (hash ^ (uint64_t)value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

/* The slot that holds the key, or the free one where it belongs. */
static size_t *key_slot(const struct totals *t, const struct total_key *key)
{
    uint64_t hash = mix(mix(mix(mix(0, key->unit), key->category), key->from), key->to);
    size_t at = (size_t)hash & (t->slot_count - 1);
    while (t->slots[at] && !keys_equal(&t->keys[t->slots[at] - 1], key))
        at = (at + 1) & (t->slot_count - 1);
    return &t->slots[at];
}

static bool slots_grow(struct totals *t, struct err *e)
{
    struct totals bigger = *t;
    if (t->slot_count > 2 * t->count)
        return true;
    bigger.slot_count = t->slot_count ? 2 * t->slot_count : 256;
    bigger.slots = calloc(bigger.slot_count, sizeof *bigger.slots);
    if (!bigger.slots)
        return err_memory(e);
    for (size_t i = 0; i < t->count; i++)
        *key_slot(&bigger, &t->keys[i]) = i + 1;
    free(t->slots);
    *t = bigger;
    return true;
}

/* The place of the key's sums; added if new. */
static bool key_place(struct totals *t, const struct total_key *key, size_t *place, struct err *e)
{
    if (!slots_grow(t, e))
        return false;
    size_t *slot = key_slot(t, key);
    if (!*slot) {
        void *keys = t->keys, *sums = t->sums;
        bool ok = array_grow(&keys, &t->cap, t->count + 1, sizeof *t->keys, e);
        t->keys = keys;
        ok = ok &&
             array_grow(&sums, &t->sums_cap, t->count + 1, t->measure_count * sizeof *t->sums, e);
        t->sums = sums;
        if (!ok)
            return false;
        t->keys[t->count] = *key;
        for (size_t m = 0; m < t->measure_count; m++)
            t->sums[t->count * t->measure_count + m] = 0;
        *slot = ++t->count;
    }
    *place = *slot - 1;
    return true;
}

static int64_t add(int64_t a, int64_t b)
{
    return a > INT64_MAX - b ? INT64_MAX : a + b;
}

bool totals_add(struct totals *t, const struct row *row, struct err *e)
{
    struct total_key key = key_of(t, row);
    size_t place;
    t->rows++;
    if (!t->measure_count || t->too_many)
        return true;
    if (t->count >= KEYS_MAX) {
        t->too_many = true;
        return true;
    }
    if (!key_place(t, &key, &place, e))
        return false;
    for (size_t m = 0; m < t->measure_count; m++) {
        const struct value *v = &row->slots[t->measures[m]];
        int64_t *sum = &t->sums[place * t->measure_count + m];
        if (v->type == VALUE_INT)
            *sum = add(*sum, v->as.i);
    }
    return true;
}

/* ---- comparing ---- */

static bool fits(int64_t stated, int64_t value)
{
    return stated == NO_VALUE || stated == value;
}

static bool key_fits(const struct total_key *stated, const struct total_key *key)
{
    return fits(stated->unit, key->unit) && fits(stated->category, key->category) &&
           fits(stated->from, key->from) && fits(stated->to, key->to);
}

/* Which units and categories are among the rows that a total speaks of. */
struct present {
    bool *units, *categories;
};

static size_t unit_at(const struct totals *t, const struct total_key *key)
{
    return key->unit == NO_VALUE ? NO_ENTRY : directory_unit_by_id(t->directory, key->unit);
}

static size_t category_at(const struct totals *t, const struct total_key *key)
{
    return key->category == NO_VALUE ? NO_ENTRY
                                     : directory_category_by_id(t->directory, key->category);
}

static bool present_init(const struct totals *t, const struct total_key *stated, struct present *p,
                         struct err *e)
{
    p->units = calloc(t->directory->unit_count + 1, sizeof *p->units);
    p->categories = calloc(t->directory->category_count + 1, sizeof *p->categories);
    if (!p->units || !p->categories)
        return err_memory(e);
    for (size_t i = 0; i < t->count; i++) {
        size_t unit = unit_at(t, &t->keys[i]), category = category_at(t, &t->keys[i]);
        if (!key_fits(stated, &t->keys[i]))
            continue;
        if (unit != NO_ENTRY)
            p->units[unit] = true;
        if (category != NO_ENTRY)
            p->categories[category] = true;
    }
    return true;
}

static void present_free(struct present *p)
{
    free(p->units);
    free(p->categories);
}

/* A part of another unit or category that is there too. */
static bool is_part(const struct totals *t, const struct present *p, const struct total_key *key)
{
    const struct directory *d = t->directory;
    size_t unit = unit_at(t, key), category = category_at(t, key);
    for (size_t up = unit == NO_ENTRY ? NO_ENTRY : d->units[unit].parent; up != NO_ENTRY;
         up = d->units[up].parent)
        if (p->units[up])
            return true;
    for (size_t up = category == NO_ENTRY ? NO_ENTRY : d->categories[category].parent;
         up != NO_ENTRY; up = d->categories[up].parent)
        if (p->categories[up])
            return true;
    return false;
}

static void add_sums(const struct totals *t, const struct total_key *stated,
                     const struct present *p, int64_t *sums)
{
    for (size_t i = 0; i < t->count; i++) {
        if (!key_fits(stated, &t->keys[i]) || is_part(t, p, &t->keys[i]))
            continue;
        for (size_t m = 0; m < t->measure_count; m++)
            sums[m] = add(sums[m], t->sums[i * t->measure_count + m]);
    }
}

static void warn_no_more(const struct total_place *at, struct buf *warnings)
{
    buf_addf(warnings, tr(at->lang, "%s: more totals are not looked at"), at->file);
    buf_addc(warnings, '\n');
}

static void warn(struct totals *t, const struct total_place *at, const char *column, int64_t stated,
                 int64_t sum, struct buf *warnings)
{
    struct buf says = {0}, is = {0};
    if (t->warned++ >= WARNED_MAX)
        return;
    num_add_count(&says, stated, at->lang);
    num_add_count(&is, sum, at->lang);
    buf_addf(warnings, tr(at->lang, "%s:%zu: total of %s says %s, rows add up to %s"), at->file,
             at->line, column, buf_text(&says), buf_text(&is));
    if (at->refused) {
        buf_addc(warnings, ' ');
        buf_addf(warnings, tr(at->lang, "(rows refused above: %zu)"), at->refused);
    }
    buf_addc(warnings, '\n');
    if (t->warned == WARNED_MAX)
        warn_no_more(at, warnings);
    buf_free(&says);
    buf_free(&is);
}

static bool states_any(const struct totals *t, const struct row *stated)
{
    for (size_t m = 0; m < t->measure_count; m++)
        if (stated->slots[t->measures[m]].type == VALUE_INT)
            return true;
    return false;
}

bool totals_compare(struct totals *t, const struct row *stated, const struct total_place *at,
                    struct buf *warnings, struct err *e)
{
    struct total_key key = key_of(t, stated);
    struct present present = {NULL, NULL};
    int64_t sums[ROW_SLOTS] = {0};
    if (!states_any(t, stated) || t->warned >= WARNED_MAX)
        return true;
    if (t->too_many) {
        warn_no_more(at, warnings);
        t->warned = WARNED_MAX;
        return true;
    }
    bool ok = present_init(t, &key, &present, e);
    if (ok)
        add_sums(t, &key, &present, sums);
    for (size_t m = 0; ok && m < t->measure_count; m++) {
        const struct value *v = &stated->slots[t->measures[m]];
        const char *column = at->column ? at->column : t->kind->columns[t->measures[m]].name;
        if (v->type == VALUE_INT && v->as.i != sums[m])
            warn(t, at, column, v->as.i, sums[m], warnings);
    }
    present_free(&present);
    return ok;
}

void totals_compare_rows(struct totals *t, int64_t stated, const struct total_place *at,
                         struct buf *warnings)
{
    if (stated != t->rows)
        warn(t, at, tr(at->lang, "the rows"), stated, t->rows, warnings);
}
