/* match.c: how well a head fits a kind. */
#include "ingest/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ingest/fields.h"
#include "ingest/kind_tables.h"

/* ---- the head ---- */

static const char *key_of(struct head *h, const char *text, size_t n)
{
    struct buf key = {0};
    const char *copy =
        head_key(text, n, &key) ? arena_copy(&h->arena, buf_text(&key), key.len) : NULL;
    buf_free(&key);
    return copy;
}

/* A head's name loses line breaks that a spreadsheet cell had. */
static const char *name_of(struct head *h, const char *text, size_t n)
{
    struct buf nfc = {0};
    const char *copy =
        text_nfc(text, n, &nfc) ? arena_copy(&h->arena, buf_text(&nfc), nfc.len) : NULL;
    buf_free(&nfc);
    return copy;
}

/* A head under another is also known by itself where the upper one says that it is about now: what
 * stands under "cùng kỳ" or "tăng, giảm" is not what its own words say. */
static bool speaks_of_now(const char *upper)
{
    static const char *const others[] = {"cungky", "kytruoc", "namtruoc", "tang",
                                         "giam",   "sosanh",  "luyke",    "before"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strstr(upper, others[i]))
            return false;
    return true;
}

/* "Nạn nhân" over "giới tính" is also looked up as "giới tính nạn nhân" and as "giới tính". */
static bool name_joined(struct head *h, size_t i, const struct field *f)
{
    struct buf all = {0};
    const char *last = f->text + f->n;
    while (last > f->text && last[-1] != HEAD_JOIN)
        last--;
    size_t upper = last > f->text ? (size_t)(last - f->text) - 1 : 0;
    for (size_t c = 0; c < f->n; c++)
        buf_addc(&all, f->text[c] == HEAD_JOIN ? ' ' : f->text[c]);
    h->names[i] = all.failed ? NULL : name_of(h, buf_text(&all), all.len);
    h->keys[i] = all.failed ? NULL : key_of(h, buf_text(&all), all.len);
    buf_clear(&all);
    buf_addf(&all, "%s %.*s", last, (int)upper, f->text);
    h->turned[i] = upper ? key_of(h, buf_text(&all), all.len) : "";
    const char *above = upper ? key_of(h, f->text, upper) : "";
    bool alone = above && *above && speaks_of_now(above);
    h->under[i] = alone ? key_of(h, last, strlen(last)) : "";
    buf_free(&all);
    return h->names[i] && h->keys[i] && h->turned[i] && above && h->under[i];
}

static bool head_names(struct head *h, const struct record *rec, struct err *e)
{
    h->count = rec->count;
    h->names = arena_alloc(&h->arena, (h->count + 1) * sizeof *h->names);
    h->keys = arena_alloc(&h->arena, (h->count + 1) * sizeof *h->keys);
    h->turned = arena_alloc(&h->arena, (h->count + 1) * sizeof *h->turned);
    h->under = arena_alloc(&h->arena, (h->count + 1) * sizeof *h->under);
    h->mapped = arena_alloc(&h->arena, (h->count + 1) * sizeof *h->mapped);
    bool ok = h->names && h->keys && h->turned && h->under && h->mapped;
    for (size_t i = 0; ok && i < h->count; i++)
        ok = name_joined(h, i, &rec->fields[i]);
    return ok || err_memory(e);
}

/* A head that is all marks (%, #) has no key and is matched as it is written. */
static bool is_head(const struct head *h, size_t i, const char *name, const char *key)
{
    return *key ? !strcmp(h->keys[i], key) : !strcmp(h->names[i], name);
}

static bool head_maps(struct head *h, struct err *e)
{
    for (size_t m = 0; m < h->options->map_count; m++) {
        const struct name_value *map = &h->options->maps[m];
        const char *key = key_of(h, map->name, strlen(map->name));
        bool found = false;
        if (!key)
            return err_memory(e);
        for (size_t i = 0; i < h->count; i++)
            if (is_head(h, i, map->name, key)) {
                h->mapped[i] = map->value;
                found = true;
            }
        if (!found)
            return err_set(e, ERR_INPUT,
                           "%s: --map %s=%s: the file has no column of that name: look at its head",
                           h->file, map->name, map->value);
    }
    return true;
}

/* Names of periods in the head are read in the calendar that --const gives, if it does. */
static bool head_calendar(struct head *h, struct err *e)
{
    h->calendar = h->options->calendar;
    for (size_t i = 0; i < h->options->const_count; i++) {
        const struct name_value *c = &h->options->consts[i];
        struct buf why = {0};
        bool ok =
            strcmp(c->name, "calendar") != 0 ||
            field_calendar(c->value, strlen(c->value), e ? e->lang : LANG_EN, &h->calendar, &why);
        if (!ok)
            err_set(e, ERR_INPUT, "%s: --const %s: %s", h->file, c->name, buf_text(&why));
        buf_free(&why);
        if (!ok)
            return false;
    }
    return true;
}

bool head_init(struct head *h, const struct ingest_options *o, struct known_heads *known,
               const char *file, const struct record *rec, struct err *e)
{
    *h = (struct head){.file = file, .options = o, .known = known};
    if (head_names(h, rec, e) && head_maps(h, e) && head_calendar(h, e))
        return true;
    head_free(h);
    return false;
}

void head_free(struct head *h)
{
    arena_free(&h->arena);
    *h = (struct head){0};
}

bool head_is_number(const char *key)
{
    static const char *const keys[] = {"stt", "tt", "sothutu", "sott"};
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++)
        if (!strcmp(key, keys[k]))
            return true;
    return false;
}

size_t head_number(const struct head *h)
{
    for (size_t i = 0; i < h->count; i++)
        if (head_is_number(h->keys[i]))
            return i;
    return NO_ENTRY;
}

/* ---- one kind ---- */

/* "Nguyên nhân 2": what takes several values may have several columns. */
static int numbered_role(const struct head *h, const struct column_names *c, size_t i)
{
    struct buf key = {0};
    size_t n = head_numbered(h->names[i]);
    int slot = n && head_key(h->names[i], n, &key) ? column_names_find_key(c, buf_text(&key))
                                                   : ROLE_UNKNOWN;
    buf_free(&key);
    return slot >= 0 && kind_takes_several(&c->kind->columns[slot]) ? slot : ROLE_UNKNOWN;
}

static int role_of(const struct head *h, const struct column_names *c, size_t i)
{
    struct period period;
    if (h->mapped[i])
        return column_names_find(c, h->mapped[i]);
    int slot = column_names_find_key(c, h->keys[i]);
    if (slot < 0)
        slot = column_names_find_key(c, h->turned[i]);
    if (slot < 0)
        slot = column_names_find_key(c, h->under[i]);
    if (slot < 0)
        slot = numbered_role(h, c, i);
    if (slot < 0 && c->kind->id == KIND_COUNTS &&
        period_parse(h->names[i], strlen(h->names[i]), h->calendar, &period))
        return ROLE_PERIOD;
    return slot;
}

static bool is_valid_on(const char *name)
{
    return !strcmp(name, "valid_on");
}

static void match_consts(struct match *m, const struct head *h)
{
    for (size_t i = 0; i < h->options->const_count; i++) {
        int slot = column_names_find(m->names, h->options->consts[i].name);
        if (slot >= 0)
            m->filled[slot] = true;
        m->maps_fit = m->maps_fit &&
                      (slot >= 0 || slot == ROLE_PARENT || is_valid_on(h->options->consts[i].name));
    }
}

/* The columns `period` and `count` make a file long; period heads are then no columns of it. */
static void settle_wide(struct match *m, size_t count)
{
    bool is_long = m->filled[CNT_FROM] || m->filled[CNT_COUNT];
    if (m->kind->id != KIND_COUNTS || !m->periods)
        return;
    for (size_t i = 0; is_long && i < count; i++)
        if (m->roles[i] == ROLE_PERIOD)
            m->roles[i] = ROLE_UNKNOWN;
    if (is_long) {
        m->matched -= m->periods;
        m->periods = 0;
    } else {
        m->filled[CNT_FROM] = m->filled[CNT_TO] = m->filled[CNT_COUNT] = true;
    }
}

/* Running numbers are as good as ids where ids are to be made. */
static void match_number(struct match *m, const struct head *h)
{
    size_t number = h->options->make_ids ? head_number(h) : NO_ENTRY;
    if (m->kind->id != KIND_INCIDENTS || number == NO_ENTRY || m->roles[number] != ROLE_UNKNOWN)
        return;
    m->roles[number] = ROLE_LEFT_OUT;
    m->filled[INC_CASE_ID] = true;
}

/* A period fills both its days. */
static void fill_ends(struct match *m)
{
    for (size_t i = 0; i + 1 < m->kind->column_count; i++)
        if (m->kind->columns[i].type == SLOT_FROM && m->filled[i] &&
            !m->kind->columns[i + 1].required)
            m->filled[i + 1] = true;
}

bool match_init(struct match *m, const struct head *h, const struct kind *k, struct err *e)
{
    *m = (struct match){.kind = k, .maps_fit = true, .names = known_heads_of(h->known, k, e)};
    if (!m->names)
        return false;
    m->roles = malloc((h->count + 1) * sizeof *m->roles);
    if (!m->roles) {
        match_free(m);
        return err_memory(e);
    }
    for (size_t i = 0; i < h->count; i++) {
        int role = role_of(h, m->names, i);
        m->roles[i] = role;
        if (h->mapped[i] && role == ROLE_UNKNOWN)
            m->maps_fit = false;
        m->doubles += role >= 0 && m->filled[role] && !head_numbered(h->names[i]);
        if (role >= 0)
            m->filled[role] = true;
        m->matched += role >= 0 || role == ROLE_PARENT || role == ROLE_PERIOD;
        m->periods += role == ROLE_PERIOD;
    }
    match_consts(m, h);
    match_number(m, h);
    settle_wide(m, h->count);
    fill_ends(m);
    return true;
}

void match_free(struct match *m)
{
    free(m->roles);
    *m = (struct match){0};
}

static void add_missing(struct buf *missing, const char *name)
{
    buf_addf(missing, "%s%s", missing->len ? ", " : "", name);
}

static bool any_filled(const struct match *m, size_t first, size_t last)
{
    while (first <= last && !m->filled[first])
        first++;
    return first <= last;
}

void match_missing(const struct match *m, struct buf *missing)
{
    for (size_t i = 0; i < m->kind->column_count; i++)
        if (m->kind->columns[i].required && !m->filled[i])
            add_missing(missing, m->kind->columns[i].name);
    if (m->kind->id == KIND_INCIDENTS && !any_filled(m, INC_RECEIVED_ON, INC_PROSECUTED_ON))
        add_missing(missing, "received_on|occurred_on|prosecuted_on");
    if (m->kind->id == KIND_POPULATION && !any_filled(m, POP_POPULATION, POP_14_17))
        add_missing(missing, "population|population_u16|population_u18|population_14_17");
    if (m->kind->id == KIND_OUTCOMES && !any_filled(m, INC_UNIT, INC_SLOTS - 1))
        add_missing(missing, "outcome|resolved_on|…");
}
