/* cell_parse.c: what the cache does not know: a parser for each type of cell. */
#include <string.h>

#include "ingest/checker.h"
#include "ingest/directory_index.h"
#include "ingest/fields.h"
#include "ingest/kind_tables.h"

typedef bool cell_parser(struct checker *c, const struct kind_column *column, const char *text,
                         size_t n, struct cell_value *cell);

static size_t slot_of(const struct checker *c, const struct kind_column *column)
{
    return (size_t)(column - c->layout->kind->columns);
}

static bool take_int(struct cell_value *cell, int64_t i)
{
    cell->value = (struct value){VALUE_INT, {.i = i}};
    return true;
}

day cell_date_limit(const struct checker *c, const struct kind_column *column)
{
    switch (c->layout->kind->id) {
    case KIND_INCIDENTS:
    case KIND_OUTCOMES:
        return c->today;
    case KIND_INTERVENTIONS:
        return slot_of(c, column) == ITV_STARTS_ON ? c->today : DAY_NONE;
    default:
        return DAY_NONE;
    }
}

static bool parse_date(struct checker *c, const struct kind_column *column, const char *text,
                       size_t n, struct cell_value *cell)
{
    day found;
    return field_date(text, n, cell_date_limit(c, column), c->lang, &found, &c->why) &&
           take_int(cell, found);
}

static bool parse_from(struct checker *c, const struct kind_column *column, const char *text,
                       size_t n, struct cell_value *cell)
{
    struct span span;
    (void)column;
    if (!field_period(text, n, c->row_calendar, c->today, c->lang, &span, &c->why))
        return false;
    cell->to = span.to;
    return take_int(cell, span.from);
}

static bool parse_to(struct checker *c, const struct kind_column *column, const char *text,
                     size_t n, struct cell_value *cell)
{
    struct span span;
    (void)column;
    return field_period(text, n, c->row_calendar, DAY_NONE, c->lang, &span, &c->why) &&
           take_int(cell, span.to);
}

static bool parse_count(struct checker *c, const struct kind_column *column, const char *text,
                        size_t n, struct cell_value *cell)
{
    int64_t found;
    (void)column;
    return field_count(text, n, c->lang, &found, &c->why) && take_int(cell, found);
}

static bool parse_real(struct checker *c, const struct kind_column *column, const char *text,
                       size_t n, struct cell_value *cell)
{
    double found;
    (void)column;
    if (!field_real(text, n, c->lang, &found, &c->why))
        return false;
    cell->value = (struct value){VALUE_REAL, {.x = found}};
    return true;
}

static bool parse_bool(struct checker *c, const struct kind_column *column, const char *text,
                       size_t n, struct cell_value *cell)
{
    int64_t found;
    (void)column;
    return field_bool(text, n, c->lang, &found, &c->why) && take_int(cell, found);
}

static bool parse_year(struct checker *c, const struct kind_column *column, const char *text,
                       size_t n, struct cell_value *cell)
{
    int64_t found;
    (void)column;
    return field_year(text, n, c->lang, &found, &c->why) && take_int(cell, found);
}

static bool parse_list(struct checker *c, const struct kind_column *column, const char *text,
                       size_t n, struct cell_value *cell)
{
    int64_t found;
    return field_list(c->lists, column->list, text, n, c->lang, &found, &c->why) &&
           take_int(cell, found);
}

static bool parse_lists(struct checker *c, const struct kind_column *column, const char *text,
                        size_t n, struct cell_value *cell)
{
    int64_t found;
    return field_lists(c->lists, column->list, text, n, c->lang, &found, &c->why) &&
           take_int(cell, found);
}

/* ---- places and categories ---- */

day cell_unit_day(const struct checker *c, const struct kind_column *column)
{
    return column->type == SLOT_OLD_UNIT && c->at != DAY_NONE ? c->at - 1 : c->at;
}

/* Codes are used again for other areas: a row without a day does not say which one it means.
 * (Successions without one are refused for that.) */
static bool is_one_area(struct checker *c, size_t unit)
{
    size_t first;
    const struct name_table *codes = &c->directory->index->units.codes;
    if (c->at != DAY_NONE || c->layout->kind->id == KIND_SUCCESSIONS ||
        name_table_find(codes, c->directory->units[unit].code, &first) == 1)
        return true;
    buf_adds(&c->why, tr(c->lang, "one code, but different areas on different days: say which with "
                                  "--const valid_on=2024-12-31"));
    return false;
}

static bool parse_unit(struct checker *c, const struct kind_column *column, const char *text,
                       size_t n, struct cell_value *cell)
{
    size_t found;
    enum kind_id kind = c->layout->kind->id;
    bool leaf_only = kind == KIND_INCIDENTS || kind == KIND_OUTCOMES;
    return directory_find_unit(c->directory, text, n, cell_unit_day(c, column), c->within_unit,
                               leaf_only, c->lang, &found, &c->why) &&
           is_one_area(c, found) && take_int(cell, c->directory->units[found].id);
}

static bool take_code(struct cell_value *cell, const char *code)
{
    cell->value = (struct value){VALUE_TEXT, {.s = code}};
    return code != NULL;
}

/* What nobody would type for a name. */
static bool looks_like_code(const char *text, size_t n)
{
    enum { OLD_CODE_BYTES = 20 };
    bool digit = false;
    for (size_t i = 0; i < n; i++) {
        unsigned char ch = (unsigned char)text[i];
        bool letter = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
        bool is_digit = ch >= '0' && ch <= '9';
        if (!letter && !is_digit && !strchr("._/-", ch))
            return false;
        digit = digit || is_digit;
    }
    return digit && n <= OLD_CODE_BYTES;
}

/* A name has to be one of the day before. A code is kept as it stands: what has it now is another
 * area, and what had it then may not be among the units. */
static bool parse_old_unit(struct checker *c, const struct kind_column *column, const char *text,
                           size_t n, struct cell_value *cell)
{
    size_t found;
    day at = cell_unit_day(c, column);
    const struct directory *d = c->directory;
    if (directory_find_unit(d, text, n, at, c->within_unit, false, c->lang, &found, &c->why)) {
        const struct unit *u = &d->units[found];
        bool is_code = strlen(u->code) == n && !memcmp(u->code, text, n);
        if (is_code || at == DAY_NONE || span_has(u->valid, at))
            return take_code(cell, u->code);
        char on[11];
        day_text(at, on);
        buf_addf(&c->why, tr(c->lang, "%s has this name, but is not valid on %s"), u->code, on);
        return false;
    }
    return looks_like_code(text, n) && !directory_unit_named(d, text, n) &&
           take_code(cell, arena_copy(&c->caches[slot_of(c, column)].arena, text, n));
}

static bool parse_category(struct checker *c, const struct kind_column *column, const char *text,
                           size_t n, struct cell_value *cell)
{
    size_t found;
    (void)column;
    return checker_find_category(c, text, n, &found) &&
           take_int(cell, c->directory->categories[found].id);
}

/* The value is the parent's index, not its id: it goes into no row. */
static bool parse_parent(struct checker *c, const char *text, size_t n, struct cell_value *cell)
{
    size_t found;
    return directory_find_parent(c->directory, text, n, c->at, c->within_category, c->lang, &found,
                                 &c->why) &&
           take_int(cell, (int64_t)found);
}

struct members {
    struct checker *c;
    size_t categories[2 * CATEGORY_SET_MAX];
    size_t count;
};

static bool take_category(void *context, const char *part, size_t n)
{
    struct members *m = context;
    buf_clear(&m->c->why);
    if (m->count == sizeof m->categories / sizeof m->categories[0])
        return false;
    if (!checker_find_category(m->c, part, n, &m->categories[m->count]))
        return false;
    m->count++;
    return true;
}

static bool parse_categories(struct checker *c, const struct kind_column *column, const char *text,
                             size_t n, struct cell_value *cell)
{
    struct members m = {.c = c};
    struct category_set set;
    struct err e = {.lang = c->lang};
    size_t number;
    (void)column;
    if (!field_split(text, n, ";+", take_category, &m)) {
        if (!c->why.len)
            buf_adds(&c->why, tr(c->lang, "too many categories"));
        return false;
    }
    if (category_set_make(c->directory, m.categories, m.count, &set, &e) &&
        set_table_number(&c->sets, &set, &number, &e))
        return take_int(cell, (int64_t)number);
    buf_adds(&c->why, e.msg);
    return false;
}

/* The only code that is cached: it is the same in every row. */
static bool parse_calendar(struct checker *c, const struct kind_column *column, const char *text,
                           size_t n, struct cell_value *cell)
{
    struct calendar found;
    (void)column;
    if (!field_calendar(text, n, c->lang, &found, &c->why))
        return false;
    cell->value = (struct value){VALUE_TEXT, {.s = calendar_name(found)}};
    return true;
}

static cell_parser *const parsers[] = {
    [SLOT_CODE] = parse_calendar,
    [SLOT_UNIT] = parse_unit,
    [SLOT_OLD_UNIT] = parse_old_unit,
    [SLOT_CATEGORY] = parse_category,
    [SLOT_CATEGORIES] = parse_categories,
    [SLOT_DATE] = parse_date,
    [SLOT_FROM] = parse_from,
    [SLOT_TO] = parse_to,
    [SLOT_COUNT] = parse_count,
    [SLOT_REAL] = parse_real,
    [SLOT_BOOL] = parse_bool,
    [SLOT_YEAR] = parse_year,
    [SLOT_LIST] = parse_list,
    [SLOT_LISTS] = parse_lists,
};

void cell_parse(struct checker *c, const struct layout_cell *pc, const char *text, size_t n,
                struct cell_value *cell)
{
    *cell = (struct cell_value){.value = {.type = VALUE_NONE}, .to = DAY_NONE};
    buf_clear(&c->why);
    if (!field_trim(&text, &n))
        return;
    bool ok = pc->slot == CELL_PARENT ? parse_parent(c, text, n, cell)
                                      : parsers[pc->column->type](c, pc->column, text, n, cell);
    if (!ok)
        cell->reason = buf_text(&c->why);
}
