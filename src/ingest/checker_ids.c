/* checker_ids.c: ids of cases that have only a running number. */
#include <string.h>

#include "ingest/checker.h"
#include "ingest/fields.h"

/* The number that the row has: in the column of ids, else in that of running numbers. */
static long row_number(const struct checker *c, const struct record *rec, const struct row *row)
{
    const struct value *id = &row->slots[INC_CASE_ID];
    if (id->type == VALUE_TEXT)
        return made_ids_number(id->as.s, strlen(id->as.s));
    if (c->layout->number_field == NO_ENTRY)
        return 0;
    const char *text = rec->fields[c->layout->number_field].text;
    size_t n = rec->fields[c->layout->number_field].n;
    return field_trim(&text, &n) ? made_ids_number(text, n) : 0;
}

/* An id of its own stays. */
static bool has_id(const struct row *row)
{
    const struct value *id = &row->slots[INC_CASE_ID];
    return id->type == VALUE_TEXT && !made_ids_number(id->as.s, strlen(id->as.s));
}

static bool is_complete(const struct row *row)
{
    return row->slots[INC_UNIT].type == VALUE_INT && row->slots[INC_CATEGORY].type == VALUE_INT &&
           (row->slots[INC_RECEIVED_ON].type == VALUE_INT ||
            row->slots[INC_OCCURRED_ON].type == VALUE_INT ||
            row->slots[INC_PROSECUTED_ON].type == VALUE_INT);
}

/* An unknown place's code ends in /?, which no id may. */
static void add_unit(struct buf *id, const char *code)
{
    for (; *code; code++)
        buf_addc(id, *code == '?' ? '_' : *code);
}

static void add_roots(const struct checker *c, const struct row *row, struct buf *id)
{
    const struct directory *d = c->directory;
    const struct category_set *set = &c->sets.sets[row->slots[INC_CATEGORY].as.i];
    for (size_t i = 0; i < set->count; i++)
        buf_addf(id, "%s%s", i ? "." : "",
                 d->categories[d->categories[set->categories[i]].root].code);
}

static void write_id(const struct checker *c, const struct row *row, long number, struct buf *id)
{
    const struct directory *d = c->directory;
    char on[11];
    day_text(cell_row_day(c, row), on);
    add_unit(id, d->units[directory_unit_by_id(d, row->slots[INC_UNIT].as.i)].code);
    buf_addf(id, "-%.7s-", on);
    add_roots(c, row, id);
    buf_addf(id, "-%03ld", number);
}

static bool refuse_double(struct checker *c, const struct made_id *before)
{
    buf_addf(&c->why,
             tr(c->lang, "the number gives the id %s, which %s:%zu has: one unit, month "
                         "and axis has each number once"),
             before->id, before->place, line_number(before->line));
    return false;
}

static bool note_id(struct checker *c, const char *text, size_t line)
{
    const struct made_id id = {text, c->file, line}, *before;
    struct err e = {.lang = c->lang};
    if (!made_ids_add(&c->made, &id, &before, &e))
        buf_adds(&c->why, e.msg);
    else if (before)
        refuse_double(c, before);
    return !c->why.len;
}

/* What is not complete is refused for what it lacks. */
bool checker_make_id(struct checker *c, const struct record *rec, struct row *row,
                     struct arena *texts)
{
    struct buf id = {0};
    long number = row_number(c, rec, row);
    buf_clear(&c->why);
    if (has_id(row))
        return true;
    if (!number) {
        buf_adds(&c->why, tr(c->lang, "no running number (STT) of which to make an id"));
        return false;
    }
    if (is_complete(row))
        write_id(c, row, number, &id);
    else
        buf_adds(&id, "-");
    bool ok = !id.failed && field_case_id(buf_text(&id), id.len, c->lang, &c->why);
    if (ok && is_complete(row))
        ok = note_id(c, buf_text(&id), rec->line);
    row->slots[INC_CASE_ID] = (struct value){VALUE_TEXT, {.s = arena_text(texts, buf_text(&id))}};
    buf_free(&id);
    return ok;
}

void checker_say(const struct checker *c, struct buf *warnings)
{
    buf_add(warnings, buf_text(&c->said), c->said.len);
    warnings->failed |= c->said.failed;
    if (!c->made.count)
        return;
    buf_addf(warnings,
             tr(c->lang, "%s: case ids made from unit, month of receipt, axis and running number: "
                         "%zu, the first %s; keep each number with its case and add rows at the "
                         "end: a row put in between moves the ids of those behind it"),
             c->file, c->made.count, c->made.items[0].id);
    buf_addc(warnings, '\n');
}
