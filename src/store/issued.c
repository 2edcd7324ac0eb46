#include "store/issued.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "store/store_private.h"

/* ---- reading ---- */

static const char *keep(struct arena *a, struct stmt *s, int column, bool *failed)
{
    const char *text = arena_text(a, db_text(s, column));
    *failed |= !text;
    return text;
}

enum {
    COL_ID,
    COL_AT,
    COL_NUMBER,
    COL_KIND,
    COL_PERIOD,
    COL_FROM,
    COL_TO,
    COL_UNIT,
    COL_BODY,
    COL_PLAN,
    COL_BASIS,
    COL_CALENDAR,
    COL_AS_OF,
    COL_UNITS_AS_OF,
    COL_SPLIT,
    COL_AUDIENCE,
    COL_STATE,
    COL_DATA_END,
    COL_CORRECTS,
    COL_COMMAND
};
#define COLUMNS                                                                                    \
    "id, at, number, kind, period, day_from, day_to, unit, body, plan, basis, calendar, as_of,"    \
    " units_as_of, split, audience, state, data_end, corrects, command"

static bool take_report(struct issued_list *list, struct stmt *s, struct err *e)
{
    void *items = list->items;
    bool failed = false;
    struct arena *a = &list->arena;
    if (!array_grow(&items, &list->cap, list->count + 1, sizeof *list->items, e))
        return false;
    list->items = items;
    list->items[list->count++] = (struct issued_report){
        .id = db_int(s, COL_ID),
        .at = db_int(s, COL_AT),
        .number = keep(a, s, COL_NUMBER, &failed),
        .kind = keep(a, s, COL_KIND, &failed),
        .period = keep(a, s, COL_PERIOD, &failed),
        .span = {(day)db_int(s, COL_FROM), (day)db_int(s, COL_TO)},
        .unit = keep(a, s, COL_UNIT, &failed),
        .body = keep(a, s, COL_BODY, &failed),
        .plan = keep(a, s, COL_PLAN, &failed),
        .basis = keep(a, s, COL_BASIS, &failed),
        .calendar = keep(a, s, COL_CALENDAR, &failed),
        .as_of = keep(a, s, COL_AS_OF, &failed),
        .units_as_of = keep(a, s, COL_UNITS_AS_OF, &failed),
        .split = keep(a, s, COL_SPLIT, &failed),
        .audience = keep(a, s, COL_AUDIENCE, &failed),
        .state = db_int(s, COL_STATE),
        .data_end = db_is_null(s, COL_DATA_END) ? DAY_NONE : (day)db_int(s, COL_DATA_END),
        .corrects = db_int(s, COL_CORRECTS),
        .command = keep(a, s, COL_COMMAND, &failed),
    };
    return !failed || err_memory(e);
}

static bool read_reports(struct store *s, struct issued_list *list, struct err *e)
{
    struct stmt *ask = NULL;
    if (!db_prepare(s->db, "SELECT " COLUMNS " FROM issued_report ORDER BY id", &ask, e))
        return false;
    enum db_step step = DB_DONE;
    bool ok = true;
    while (ok && (step = db_step(ask, e)) == DB_ROW)
        ok = take_report(list, ask, e);
    db_finalize(ask);
    return ok && step == DB_DONE;
}

static struct issued_figure figure_of(struct stmt *s, struct arena *a, bool *failed)
{
    return (struct issued_figure){.figure = keep(a, s, 0, failed),
                                  .key = keep(a, s, 1, failed),
                                  .category = keep(a, s, 2, failed),
                                  .name = keep(a, s, 3, failed),
                                  .has_count = !db_is_null(s, 4),
                                  .has_base = !db_is_null(s, 5),
                                  .count = db_int(s, 4),
                                  .base = db_int(s, 5),
                                  .verdict = keep(a, s, 6, failed)};
}

static bool read_figures(struct stmt *ask, struct issued_report *r, struct arena *a, struct err *e)
{
    struct issued_figure *figures = NULL;
    size_t cap = 0;
    bool ok = true, failed = false;
    enum db_step step = DB_DONE;
    db_bind_int(ask, 1, r->id);
    while (ok && (step = db_step(ask, e)) == DB_ROW) {
        void *grown = figures;
        ok = array_grow(&grown, &cap, r->figure_count + 1, sizeof *figures, e);
        figures = grown;
        if (ok)
            figures[r->figure_count++] = figure_of(ask, a, &failed);
    }
    db_reset(ask);
    ok = ok && step == DB_DONE;
    struct issued_figure *kept = arena_alloc(a, (r->figure_count + 1) * sizeof *kept);
    if (kept && r->figure_count)
        memcpy(kept, figures, r->figure_count * sizeof *kept);
    r->figures = kept;
    free(figures);
    return ok && ((kept && !failed) || err_memory(e));
}

bool issued_read(struct store *s, struct issued_list *list, struct err *e)
{
    struct stmt *ask = NULL;
    *list = (struct issued_list){0};
    bool ok = read_reports(s, list, e) &&
              db_prepare(s->db,
                         "SELECT figure, key, category, name, count, base, verdict"
                         " FROM issued_figure WHERE report = ?1 ORDER BY place",
                         &ask, e);
    for (size_t i = 0; ok && i < list->count; i++)
        ok = read_figures(ask, &list->items[i], &list->arena, e);
    db_finalize(ask);
    if (!ok)
        issued_free(list);
    return ok;
}

void issued_free(struct issued_list *list)
{
    free(list->items);
    arena_free(&list->arena);
    *list = (struct issued_list){0};
}

const struct issued_report *issued_latest(const struct issued_list *list,
                                          const struct issued_report *x, int64_t before)
{
    int64_t first = x->corrects ? x->corrects : x->id;
    const struct issued_report *latest = x;
    for (size_t i = 0; i < list->count; i++) {
        const struct issued_report *r = &list->items[i];
        if (r->corrects == first && r->id > latest->id && r->id < before)
            latest = r;
    }
    return latest;
}

static bool is_named(const struct issued_report *r, const char *name)
{
    int64_t asked, running;
    bool fractional;
    size_t digits = strspn(r->number, "0123456789");
    return !strcmp(r->number, name) ||
           (num_parse_int(name, strlen(name), &asked, &fractional) &&
            num_parse_int(r->number, digits, &running, &fractional) && asked == running);
}

const struct issued_report *issued_find(const struct issued_list *list, const char *name,
                                        const char *period, size_t *count)
{
    const struct issued_report *found = NULL;
    *count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct issued_report *r = &list->items[i];
        if (!is_named(r, name) || (period && strcmp(r->period, period)))
            continue;
        found = r;
        ++*count;
    }
    return found;
}

/* ---- issuing ---- */

bool issued_is_number(const char *number)
{
    static const char letters[] =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz/._-";
    size_t n = 0;
    while (*number) {
        bool barred_d = !strncmp(number, "Đ", 2) || !strncmp(number, "đ", 2);
        if (!barred_d && !strchr(letters, *number))
            return false;
        number += barred_d ? 2 : 1;
        n++;
    }
    return n >= 1 && n <= 40;
}

bool issued_begin(struct store *s, int64_t last, struct err *e)
{
    int64_t now = 0;
    if (!db_exec(s->db, "BEGIN IMMEDIATE", e))
        return false;
    if (store_last_load(s, &now, e) &&
        (now == last || err_set(e, ERR_FAILED,
                                "another program changed the database meanwhile: make the report "
                                "again")))
        return true;
    issued_abort(s);
    return false;
}

bool issued_next(struct store *s, int year, int64_t *next, struct err *e)
{
    struct stmt *ask = NULL;
    if (!db_prepare(s->db, "SELECT max(CAST(number AS INTEGER)) FROM issued_report WHERE year = ?1",
                    &ask, e))
        return false;
    db_bind_int(ask, 1, year);
    enum db_step step = db_step(ask, e);
    *next = 1 + (step == DB_ROW ? db_int(ask, 0) : 0);
    db_finalize(ask);
    return step != DB_ERROR;
}

static int year_of(int64_t at)
{
    return date_from_day((day)(at / 86400)).year;
}

static bool is_free(struct store *s, const struct issued_report *r, struct err *e)
{
    struct stmt *ask = NULL;
    if (!db_prepare(s->db,
                    "SELECT kind, unit, period, at FROM issued_report"
                    " WHERE year = ?1 AND number = ?2",
                    &ask, e))
        return false;
    db_bind_int(ask, 1, year_of(r->at));
    db_bind_text(ask, 2, r->number);
    enum db_step step = db_step(ask, e);
    char on[11];
    if (step == DB_ROW) {
        day_text((day)(db_int(ask, 3) / 86400), on);
        err_set(e, ERR_INPUT,
                "--number %s: was given on %s already (%s, unit %s, period %s): choose another, "
                "see 'keogiam reports'",
                r->number, on, tr(e ? e->lang : LANG_EN, db_text(ask, 0)), db_text(ask, 1),
                db_text(ask, 2));
    }
    db_finalize(ask);
    return step == DB_DONE;
}

static bool add_report(struct store *s, struct issued_report *r, struct err *e)
{
    const char *const texts[] = {r->number, r->kind,     r->period,   r->unit,  r->body,
                                 r->plan,   r->basis,    r->calendar, r->as_of, r->units_as_of,
                                 r->split,  r->audience, r->command};
    const int64_t numbers[] = {year_of(r->at), r->at, r->span.from, r->span.to, r->state};
    struct stmt *add = NULL;
    if (!db_prepare(s->db,
                    "INSERT INTO issued_report(number, kind, period, unit, body, plan, basis,"
                    " calendar, as_of, units_as_of, split, audience, command, year, at, day_from,"
                    " day_to, state, data_end, corrects) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
                    " ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
                    &add, e))
        return false;
    int at = 1;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        db_bind_text(add, at++, texts[i]);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        db_bind_int(add, at++, numbers[i]);
    if (r->data_end != DAY_NONE)
        db_bind_int(add, at, r->data_end);
    if (r->corrects)
        db_bind_int(add, at + 1, r->corrects);
    bool ok = db_run(add, e);
    r->id = db_last_id(s->db);
    db_finalize(add);
    return ok;
}

static void bind_figure(struct stmt *add, const struct issued_figure *f)
{
    db_bind_text(add, 3, f->figure);
    db_bind_text(add, 4, f->key);
    db_bind_text(add, 5, f->category);
    db_bind_text(add, 6, f->name);
    if (f->has_count)
        db_bind_int(add, 7, f->count);
    if (f->has_base)
        db_bind_int(add, 8, f->base);
    db_bind_text(add, 9, f->verdict);
}

static bool add_figures(struct store *s, const struct issued_report *r, struct err *e)
{
    struct stmt *add = NULL;
    bool ok = db_prepare(s->db,
                         "INSERT INTO issued_figure(report, place, figure, key, category, name,"
                         " count, base, verdict) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                         &add, e);
    for (size_t i = 0; ok && i < r->figure_count; i++) {
        db_bind_int(add, 1, r->id);
        db_bind_int(add, 2, (int64_t)i + 1);
        bind_figure(add, &r->figures[i]);
        ok = db_run(add, e);
    }
    db_finalize(add);
    return ok;
}

bool issued_add(struct store *s, struct issued_report *r, struct err *e)
{
    if (!issued_is_number(r->number))
        return err_set(
            e, ERR_INPUT,
            "--number %s: is no number of a document: 1 to 40 of digits, letters without "
            "marks (and Đ), . _ / -",
            r->number);
    return is_free(s, r, e) && add_report(s, r, e) && add_figures(s, r, e);
}

bool issued_commit(struct store *s, const char *detail, struct err *e)
{
    if (store_audit(s, "report", detail, e) && db_exec(s->db, "COMMIT", e))
        return true;
    issued_abort(s);
    return false;
}

void issued_abort(struct store *s)
{
    db_exec(s->db, "ROLLBACK", NULL);
}
