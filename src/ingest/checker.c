#include "ingest/checker.h"

#include <sodium.h>
#include <string.h>

#include "ingest/directory_index.h"
#include "ingest/fields.h"
#include "ingest/rows.h"
#include "ingest/suggest_private.h"

/* ---- opening ---- */

static bool find_within(struct checker *c, const char *within, struct err *e)
{
    struct buf why = {0}, why_category = {0};
    size_t n = within ? strlen(within) : 0, found;
    if (!n)
        return true;
    if (directory_find_unit(c->directory, within, n, DAY_NONE, NO_ENTRY, false, c->lang, &found,
                            &why))
        c->within_unit = found;
    if (directory_find_category(c->directory, within, n, DAY_NONE, NO_ENTRY, c->lang, &found,
                                &why_category))
        c->within_category = found;
    bool ok = c->within_unit != NO_ENTRY || c->within_category != NO_ENTRY;
    if (!ok)
        err_set(e, ERR_INPUT, "--within %s: %s; %s", within, buf_text(&why),
                buf_text(&why_category));
    buf_free(&why);
    buf_free(&why_category);
    return ok;
}

static bool take_key(struct checker *c, const char *key, struct err *e)
{
    c->has_hash = key != NULL;
    if (!key)
        return true;
    if (!*key)
        return err_set(e, ERR_INPUT,
                       "$KEOGIAM_HASH_KEY is empty: set it to a secret that only this office has");
    if (sodium_init() < 0)
        return err_set(e, ERR_FAILED, "libsodium cannot start: install it again");
    case_hash_init(&c->hash, key);
    return true;
}

void checker_start_row(struct checker *c)
{
    c->row_calendar = c->calendar;
    c->at = c->layout->valid_on;
    if (c->axis_of != c->file)
        checker_find_axis(c);
    c->parent = c->within_category != NO_ENTRY ? c->within_category : c->axis;
}

/* A constant that is bad in itself is bad once, not in every row. Units and categories hang on each
 * row's day and are left to the rows. */
static bool check_consts(struct checker *c, struct err *e)
{
    struct arena texts = {NULL};
    struct row row = {0};
    bool ok = true;
    checker_start_row(c);
    for (size_t i = 0; ok && i < c->layout->first_placed; i++) {
        struct bad_cell bad;
        if (c->layout->cells[i].field == NO_ENTRY &&
            !cell_read_range(c, NULL, i, i + 1, &texts, &row, &bad))
            ok = err_set(e, ERR_INPUT, "%s: --const %s: %s", c->file, c->layout->cells[i].head,
                         bad.reason);
    }
    arena_free(&texts);
    return ok;
}

bool checker_init(struct checker *c, const struct layout *layout, const struct ingest_options *o,
                  const char *file, const struct directory *d, const struct lists *lists,
                  struct err *e)
{
    *c = (struct checker){.layout = layout,
                          .directory = d,
                          .lists = lists,
                          .file = file,
                          .lang = e ? e->lang : LANG_EN,
                          .today = o->today,
                          .calendar = o->calendar,
                          .within_unit = NO_ENTRY,
                          .within_category = NO_ENTRY};
    totals_init(&c->totals, layout->kind, d);
    if (directory_prepare_names(d, e) && find_within(c, o->within, e) &&
        take_key(c, o->hash_key, e) && check_consts(c, e))
        return true;
    checker_free(c);
    return false;
}

bool checker_turn(struct checker *c, const struct layout *layout, const char *file, struct err *e)
{
    c->layout = layout;
    c->file = file;
    c->refused = 0;
    totals_free(&c->totals);
    totals_init(&c->totals, layout->kind, c->directory);
    return check_consts(c, e);
}

void checker_free(struct checker *c)
{
    for (size_t i = 0; i <= ROW_SLOTS; i++)
        cell_cache_free(&c->caches[i]);
    set_table_free(&c->sets);
    totals_free(&c->totals);
    made_ids_free(&c->made);
    buf_free(&c->said);
    buf_free(&c->why);
    buf_free(&c->nfc);
    buf_free(&c->joined);
    sodium_memzero(&c->hash, sizeof c->hash);
}

/* ---- refusing ---- */

static bool add_note(struct batch *b, const struct note *note, struct err *e)
{
    enum { VALUE_BYTES = 40 }; /* longer ones are kept nowhere */
    void *notes = b->notes;
    struct note copy = *note;
    bool keep = note->value && note->value_bytes <= VALUE_BYTES;
    copy.reason = arena_text(&b->arena, note->reason);
    copy.value = keep ? arena_copy(&b->arena, note->value, note->value_bytes) : NULL;
    if (!copy.reason || (keep && !copy.value))
        return err_memory(e);
    if (!array_grow(&notes, &b->note_cap, b->note_count + 1, sizeof *b->notes, e))
        return false;
    b->notes = notes;
    b->notes[b->note_count++] = copy;
    return true;
}

/* Totals are compared; any other row that cannot be taken is refused. */
static bool refuse(struct checker *c, const struct record *rec, const struct note *note,
                   struct batch *b, struct err *e)
{
    if (checker_is_total(c, rec))
        return checker_compare_total(c, rec, b, e);
    c->refused++;
    b->rows_read++;
    return add_note(b, note, e);
}

static bool refuse_cell(struct checker *c, const struct record *rec, const struct bad_cell *bad,
                        struct batch *b, struct err *e)
{
    struct note note = {rec->line, bad->cell->head, bad->reason, bad->text, bad->n};
    return refuse(c, rec, &note, b, e);
}

/* The file's name of the contract's column, where the file has it. */
static const char *head_of(const struct checker *c, const char *column)
{
    for (size_t i = 0; i < c->layout->cell_count; i++)
        if (c->layout->cells[i].column && !strcmp(c->layout->cells[i].column->name, column))
            return c->layout->cells[i].head;
    return column;
}

/* ---- rows ---- */

/* Makes room for another row. */
static bool make_room(struct outlet *out)
{
    if (batch_is_full(out->batch))
        out->batch = out->send(out->context, out->batch);
    return out->batch != NULL;
}

static bool keep_row(struct checker *c, const struct row *row, struct batch *b, struct err *e)
{
    b->row_count++;
    return totals_add(&c->totals, row, e);
}

static bool refuse_row(struct checker *c, const struct record *rec, const char *column,
                       const char *reason, struct batch *b, struct err *e)
{
    struct note note = {rec->line, head_of(c, column), reason, NULL, 0};
    return refuse(c, rec, &note, b, e);
}

/* A suggestion whose code the analyst took away. */
static bool is_no_alias(enum kind_id kind, const struct row *row)
{
    return kind == KIND_ALIASES && row->slots[ALS_CODE].type == VALUE_NONE;
}

static bool read_long(struct checker *c, const struct record *rec, struct batch *b, struct err *e)
{
    const struct layout *p = c->layout;
    struct row *row = &b->rows[b->row_count];
    struct bad_cell bad;
    *row = (struct row){.line = rec->line};
    checker_start_row(c);
    if (!cell_read_range(c, rec, 0, p->first_placed, &b->arena, row, &bad))
        return refuse_cell(c, rec, &bad, b, e);
    c->at = cell_row_day(c, row);
    if (!cell_read_range(c, rec, p->first_placed, p->cell_count, &b->arena, row, &bad))
        return refuse_cell(c, rec, &bad, b, e);
    const char *column, *reason;
    if (p->makes_ids && !checker_make_id(c, rec, row, &b->arena))
        return refuse_row(c, rec, "case_id", buf_text(&c->why), b, e);
    rows_fill(p->kind->id, row);
    if (is_no_alias(p->kind->id, row)) {
        b->rows_read++;
        return true;
    }
    if (!rows_check(p->kind->id, row, c->lang, &column, &reason))
        return refuse_row(c, rec, column, reason, b, e);
    if (p->kind->id == KIND_ALIASES && !alias_row_read(c, row, &b->arena, &column))
        return refuse_row(c, rec, column, buf_text(&c->why), b, e);
    b->rows_read++;
    return keep_row(c, row, b, e);
}

/* One cell of a wide file: a row of its own, refused on its own. */
static bool read_period(struct checker *c, const struct record *rec, const struct row *base,
                        const struct layout_period *period, struct outlet *out, struct err *e)
{
    const char *column = period->head, *reason;
    const struct field *f = &rec->fields[period->field];
    if (!make_room(out))
        return false;
    struct batch *b = out->batch;
    struct row *row = &b->rows[b->row_count];
    struct bad_cell bad;
    *row = *base;
    row->slots[CNT_FROM] = (struct value){VALUE_INT, {.i = period->span.from}};
    row->slots[CNT_TO] = (struct value){VALUE_INT, {.i = period->span.to}};
    checker_start_row(c);
    c->at = period->span.from;
    if (!cell_read_count(c, f, &row->slots[CNT_COUNT], &reason)) {
        struct note note = {rec->line, column, reason, f->text, f->n};
        return add_note(b, &note, e);
    }
    if (!cell_read_range(c, rec, c->layout->first_placed, c->layout->cell_count, &b->arena, row,
                         &bad)) {
        struct note note = {rec->line, bad.cell->head, bad.reason, bad.text, bad.n};
        return add_note(b, &note, e);
    }
    if (c->today != DAY_NONE && period->span.from > c->today) {
        if (row->slots[CNT_COUNT].type == VALUE_NONE)
            return true; /* a form with the months to come still blank */
        struct note note = {rec->line, column, tr(c->lang, "period in the future"), NULL, 0};
        return add_note(b, &note, e);
    }
    return keep_row(c, row, b, e);
}

/* What does not hang on the period is read, and refused, once; so are units and categories that are
 * known on no day. */
static bool read_wide(struct checker *c, const struct record *rec, struct outlet *out,
                      struct err *e)
{
    const struct layout *p = c->layout;
    struct batch *b = out->batch;
    struct row base = {.line = rec->line};
    struct bad_cell bad;
    checker_start_row(c);
    bool ok = cell_read_range(c, rec, 0, p->first_placed, &b->arena, &base, &bad);
    c->at = p->periods[0].span.from;
    struct row first = base;
    if (!ok || !cell_read_range(c, rec, p->first_placed, p->cell_count, &b->arena, &first, &bad))
        return refuse_cell(c, rec, &bad, b, e);
    const char *column, *reason;
    first.slots[CNT_FROM] = first.slots[CNT_TO] = (struct value){VALUE_INT, {.i = c->at}};
    rows_fill(p->kind->id, &base);
    if (!rows_check(p->kind->id, &first, c->lang, &column, &reason))
        return refuse_row(c, rec, column, reason, b, e);
    b->rows_read++;
    for (size_t i = 0; i < p->period_count; i++)
        if (!read_period(c, rec, &base, &p->periods[i], out, e))
            return false;
    return true;
}

/* ---- records ---- */

static bool is_blank(const struct record *rec, size_t from)
{
    for (size_t i = from; i < rec->count; i++)
        if (!record_is_blank_cell(rec, i))
            return false;
    return true;
}

static bool refuse_shape(struct checker *c, const struct record *rec, struct batch *b,
                         struct err *e)
{
    struct buf why = {0};
    buf_addf(&why, tr(c->lang, "wrong column count: %zu, the head has %zu"), rec->count,
             c->layout->head_count);
    struct note note = {rec->line, "", buf_text(&why), NULL, 0};
    c->refused++;
    b->rows_read++;
    bool ok = add_note(b, &note, e);
    buf_free(&why);
    return ok;
}

static const char *head_of_field(const struct layout *p, size_t field)
{
    for (size_t i = 0; i < p->cell_count; i++)
        if (p->cells[i].field == field)
            return p->cells[i].head;
    for (size_t i = 0; i < p->period_count; i++)
        if (p->periods[i].field == field)
            return p->periods[i].head;
    return NULL;
}

static const char *fault_text(enum cell_fault fault, enum lang lang)
{
    return fault == CELL_ERROR
               ? tr(lang, "the cell shows an error (#REF!, #N/A …): correct its formula")
               : tr(lang, "a formula without a result: open the file in Excel or LibreOffice, save "
                          "it there and load it again");
}

/* B12: the cell of a sheet, for people. */
static void add_cell_name(struct buf *b, size_t column, size_t line)
{
    char letters[8];
    size_t at = sizeof letters - 1;
    letters[at] = '\0';
    for (column++; column > 0 && at > 0; column = (column - 1) / 26)
        letters[--at] = (char)('A' + (column - 1) % 26);
    buf_addf(b, "%s%zu", letters + at, line);
}

/* Cells that have no text although they hold something; *refused: one of those that are read. */
static bool refuse_faults(struct checker *c, const struct record *rec, struct batch *b,
                          bool *refused, struct err *e)
{
    *refused = false;
    for (size_t i = 0; rec->faults && i < rec->count; i++) {
        const char *head = rec->faults[i] == CELL_GOOD ? NULL : head_of_field(c->layout, i);
        if (!head)
            continue;
        struct buf name = {0}, why = {0};
        add_cell_name(&name, rec->first_column + i, line_number(rec->line));
        buf_addf(&why, tr(c->lang, "cell %s: %s"), buf_text(&name),
                 fault_text(rec->faults[i], c->lang));
        struct note note = {rec->line, head, buf_text(&why), NULL, 0};
        *refused = true;
        bool ok = refuse(c, rec, &note, b, e);
        buf_free(&name);
        buf_free(&why);
        return ok;
    }
    return true;
}

/* Files that bring codes: there a total's first cell could pass for a new code. */
static bool brings_codes(const struct checker *c)
{
    enum kind_id kind = c->layout->kind->id;
    return kind == KIND_UNITS || kind == KIND_CATEGORIES || kind == KIND_GROUPS;
}

bool checker_record(struct checker *c, const struct record *rec, struct outlet *out, struct err *e)
{
    if (is_blank(rec, 0))
        return true;
    if (!make_room(out))
        return false;
    if (c->suggest) {
        out->batch->rows_read++;
        return suggest_record(c, rec, e);
    }
    bool short_row = rec->count < c->layout->head_count;
    if (short_row || (rec->count > c->layout->head_count && !is_blank(rec, c->layout->head_count)))
        return refuse_shape(c, rec, out->batch, e);
    if (brings_codes(c) && record_is_total_cell(rec, 0))
        return true;
    bool refused;
    if (!refuse_faults(c, rec, out->batch, &refused, e) || refused)
        return refused;
    return c->layout->period_count ? read_wide(c, rec, out, e) : read_long(c, rec, out->batch, e);
}
