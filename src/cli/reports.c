/* reports: what was issued, what it said, and whether it would read otherwise today. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "cli/listing.h"
#include "cli/said_compare.h"

enum reports_column {
    REP_NUMBER,
    REP_DATE,
    REP_KIND,
    REP_PERIOD,
    REP_UNIT,
    REP_UNIT_NAME,
    REP_STATE,
    REP_FIGURES,
    REP_CHANGED,
    REP_COMPARED,
    REP_COMMAND,
    REP_NOTE,
    REP_ON, /* the date as people write it */
    REP_COLUMNS
};

static const struct column columns[REP_COLUMNS] = {
    [REP_NUMBER] = {"number", N_("Document No."), COLUMN_TEXT, 0},
    [REP_DATE] = {"date", N_("Date (ISO)"), COLUMN_TEXT, 0},
    [REP_KIND] = {"kind", N_("Kind of report"), COLUMN_TOKEN, 0},
    [REP_PERIOD] = {"period", N_("Period"), COLUMN_TEXT, 0},
    [REP_UNIT] = {"unit", N_("Unit code"), COLUMN_TEXT, 0},
    [REP_UNIT_NAME] = {"unit_name", N_("Unit"), COLUMN_TEXT, 0},
    [REP_STATE] = {"state", N_("State"), COLUMN_COUNT, 0},
    [REP_FIGURES] = {"figures", N_("Figures then"), COLUMN_TEXT, 0},
    [REP_CHANGED] = {"changed", N_("Otherwise today"), COLUMN_COUNT, 0},
    [REP_COMPARED] = {"compared", N_("Figures compared"), COLUMN_COUNT, 0},
    [REP_COMMAND] = {"command", N_("Command"), COLUMN_TEXT, 0},
    [REP_NOTE] = {"note", N_("Note"), COLUMN_NOTE, 0},
    [REP_ON] = {"on", N_("Date"), COLUMN_TEXT, 0},
};

static const struct view views[] = {
    {N_("Document No."), VIEW_CELL, "number", NULL, NULL},
    {N_("Date"), VIEW_CELL, "on", NULL, NULL},
    {N_("Kind of report"), VIEW_CELL, "kind", NULL, NULL},
    {N_("Period"), VIEW_CELL, "period", NULL, NULL},
    {N_("Figures then"), VIEW_CELL, "figures", NULL, NULL},
    {N_("Otherwise today"), VIEW_COUNTS, "changed", "compared", NULL},
    {N_("Note"), VIEW_CELL, "note", NULL, NULL},
};

struct reports {
    struct session s;
    struct issued_list list;
    int64_t now;
    struct result r;
};

/* ---- one row ---- */

/* "U18 57/62; XHTE 11/12" */
static void add_figures(struct buf *b, const struct issued_report *r)
{
    for (size_t i = 0; i < r->figure_count; i++) {
        const struct issued_figure *f = &r->figures[i];
        if (strcmp(f->figure, "total") || !f->has_count)
            continue;
        buf_addf(b, "%s%s %" PRId64, b->len ? "; " : "", f->key, f->count);
        if (f->has_base)
            buf_addf(b, "/%" PRId64, f->base);
    }
}

struct taken_back {
    int64_t state;
    struct buf *b;
    size_t count;
};

static bool name_taken_back(void *context, const struct load_info *l, struct err *e)
{
    struct taken_back *x = context;
    (void)e;
    if (l->id <= x->state && l->undone_by > x->state)
        buf_addf(x->b, "%s%" PRId64, x->count++ ? "," : "undone=", l->id);
    return true;
}

static bool add_note(struct reports *x, const struct issued_report *r, struct buf *b, struct err *e)
{
    const struct issued_report *last = issued_latest(&x->list, r, INT64_MAX);
    struct taken_back back = {.state = r->state, .b = b};
    if (r->corrects)
        for (size_t i = 0; i < x->list.count; i++)
            if (x->list.items[i].id == r->corrects)
                buf_addf(b, "corrects=%s;", x->list.items[i].number);
    if (last != r)
        buf_addf(b, "corrected_by=%s;", last->number);
    if (*r->audience)
        buf_addf(b, "audience=%s;", r->audience);
    if (!store_each_load(x->s.store, name_taken_back, &back, e))
        return false;
    buf_adds(b, back.count ? ";" : "");
    return true;
}

static bool take(struct result *r, struct cell *out, struct buf *b, struct err *e)
{
    const char *text = b->failed ? NULL : arena_text(&r->arena, buf_text(b));
    buf_clear(b);
    *out = cell_text(text);
    return text || err_memory(e);
}

static const char *name_of(const struct reports *x, const struct issued_report *r)
{
    size_t unit = directory_unit_by_code(&x->s.directory, r->unit, r->span.to);
    return unit == NO_ENTRY || !*x->s.directory.units[unit].name ? r->unit
                                                                 : x->s.directory.units[unit].name;
}

static bool fill_texts(struct reports *x, const struct issued_report *r, bool unknown,
                       struct cell *out, struct err *e)
{
    char iso[11], shown[11];
    struct buf b = {0};
    day_text((day)(r->at / 86400), iso);
    session_date((day)(r->at / 86400), x->r.lang, shown);
    out[REP_NUMBER] = cell_text(r->number);
    out[REP_KIND] = cell_text(r->kind);
    out[REP_PERIOD] = cell_text(r->period);
    out[REP_UNIT] = cell_text(r->unit);
    out[REP_UNIT_NAME] = cell_text(name_of(x, r));
    out[REP_STATE] = cell_int(r->state);
    buf_adds(&b, iso);
    bool ok = take(&x->r, &out[REP_DATE], &b, e);
    buf_adds(&b, shown);
    ok = ok && take(&x->r, &out[REP_ON], &b, e);
    buf_addf(&b, "keogiam %s", r->command);
    ok = ok && take(&x->r, &out[REP_COMMAND], &b, e);
    add_figures(&b, r);
    ok = ok && take(&x->r, &out[REP_FIGURES], &b, e);
    buf_adds(&b, unknown ? "unknown_now=1;" : "");
    ok = ok && add_note(x, r, &b, e) && take(&x->r, &out[REP_NOTE], &b, e);
    buf_free(&b);
    return ok;
}

/* What was corrected since is the correction's to put right. */
static bool say_next(struct reports *x, const struct issued_report *r, size_t changed,
                     struct err *e)
{
    struct buf b = {0};
    if (!changed || issued_latest(&x->list, r, INT64_MAX) != r)
        return true;
    buf_addf(&b,
             tr(x->r.lang, "No. %s would read otherwise today: 'keogiam report correction %s'."),
             r->number, r->number);
    return footer_say_made(&x->r, &b, e);
}

static bool add_row(struct reports *x, const struct issued_report *r, struct err *e)
{
    struct said_report said;
    struct cell *out = result_add_row(&x->r, e);
    bool ok = out && said_compare(x->s.request, r, x->now, &said, e);
    if (ok) {
        if (!said.unknown)
            out[REP_CHANGED] = cell_int((int64_t)said.lines.count);
        out[REP_COMPARED] = cell_int((int64_t)said.compared);
        ok = fill_texts(x, r, said.unknown, out, e) && say_next(x, r, said.lines.count, e);
    }
    if (out)
        said_report_free(&said);
    return ok;
}

/* ---- the table ---- */

static bool fill(struct reports *x, struct err *e)
{
    bool ok = store_last_load(x->s.store, &x->now, e) && issued_read(x->s.store, &x->list, e);
    for (size_t i = 0; ok && i < x->list.count; i++)
        ok = add_row(x, &x->list.items[i], e);
    x->r.title = tr(x->r.lang, "Reports issued");
    x->r.views = views;
    x->r.view_count = sizeof views / sizeof views[0];
    x->r.synthetic = x->s.synthetic;
    if (!ok || x->list.count)
        return ok && footer_say(&x->r,
                                tr(x->r.lang, "Figures: cases recorded in the period/in the same "
                                              "period before, as they were reported."),
                                e);
    return result_add_footer(&x->r, e,
                             tr(x->r.lang, "No report has been issued from this database: "
                                           "'keogiam report briefing --official'."));
}

bool command_reports(const struct request *r, struct err *e)
{
    struct reports x = {0};
    if (!session_open(&x.s, r, STORE_READ, e))
        return false;
    result_init(&x.r, "reports", columns, REP_COLUMNS, x.s.lang);
    bool ok = fill(&x, e) && session_show(&x.s, &x.r, e);
    result_free(&x.r);
    issued_free(&x.list);
    session_close(&x.s);
    return ok;
}
