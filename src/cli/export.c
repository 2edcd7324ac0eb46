/* export: what is loaded as CSV that load reads back: cells for the next level up, cases, coverage.
 */
#include "cli/export.h"

#include <stdlib.h>
#include <string.h>

#include "ingest/fields.h"
#include "report/show.h"

static const struct export_kind {
    const char *name;
    bool (*write)(struct export *x, struct err *e);
    bool secret; /* case rows: the file is for its owner alone */
} kinds[] = {
    {"cells", export_cells, false},
    {"incidents", export_incidents, true},
    {"coverage", export_coverage, false},
    {"indicators", export_indicators, false},
};

static const struct export_kind *choose_kind(const struct request *r, struct err *e)
{
    const char *word = r->args.positional_count ? r->args.positional[0] : kinds[0].name;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (!strcmp(kinds[i].name, word))
            return &kinds[i];
    err_set(e, ERR_USAGE, "%s: is nothing to export: cells, incidents, coverage or indicators",
            word);
    return NULL;
}

/* ---- the question ---- */

static bool read_month(const struct export *x, enum option_id id, struct period *p, bool *given,
                       struct err *e)
{
    const char *text = arg(x->session.request, id);
    *given = text != NULL;
    return !text || period_parse(text, strlen(text), x->session.calendar, p) ||
           err_set(e, ERR_USAGE, "--%s %s: is no month: write it as 2024-05", options[id].name,
                   text);
}

static bool read_span(struct export *x, struct err *e)
{
    struct period from = {0}, to = {0};
    bool has_from, has_to;
    x->span = (struct span){DAY_MIN, DAY_MAX};
    if (!read_month(x, OPT_FROM, &from, &has_from, e) || !read_month(x, OPT_TO, &to, &has_to, e))
        return false;
    if (has_from)
        x->span.from = from.span.from;
    if (has_to)
        x->span.to = to.span.to;
    x->limited = has_from || has_to;
    return !span_is_empty(x->span) ||
           err_set(e, ERR_USAGE, "--from %s --to %s: ends before it begins: change the two",
                   from.label, to.label);
}

/* A unit named by a code that had several validities means all of them. */
static bool add_same_codes(const struct directory *d, size_t **items, size_t *count, struct err *e)
{
    size_t named = *count, cap = named;
    for (size_t u = 0; u < d->unit_count; u++)
        for (size_t i = 0; i < named; i++) {
            if (u == (*items)[i] || strcmp(d->units[u].code, d->units[(*items)[i]].code))
                continue;
            void *grown = *items;
            if (!array_grow(&grown, &cap, *count + 1, sizeof **items, e))
                return false;
            *items = grown;
            (*items)[(*count)++] = u;
        }
    return true;
}

static bool read_scope(struct export *x, struct err *e)
{
    const struct session *s = &x->session;
    size_t *tops = NULL, *roots = NULL, top_count = 0, root_count = 0;
    day at = x->span.to < DAY_MAX ? x->span.to : DAY_NONE;
    bool ok = session_units(s, OPT_UNIT, at, &tops, &top_count, e) &&
              add_same_codes(&s->directory, &tops, &top_count, e) &&
              session_categories(s, OPT_CATEGORY, &roots, &root_count, e) &&
              scope_init(&x->scope, &s->directory, NULL, tops, top_count, roots, root_count, e);
    free(tops);
    free(roots);
    return ok;
}

/* A name that load would not take for a code stays out of the file. */
static bool check_office(struct export *x, struct err *e)
{
    struct buf why = {0};
    if (x->office.len && !field_code(x->office.data, x->office.len, e->lang, &why))
        buf_clear(&x->office);
    bool ok = !x->office.failed && !why.failed;
    buf_free(&why);
    return ok || err_memory(e);
}

/* Under one name a file replaces what it said before and nothing else: that of the only source in
 * it, else of the database's own office. */
static bool read_office(struct export *x, struct err *e)
{
    const struct session *s = &x->session;
    const char *only = s->cover.source_count == 1 ? s->cover.sources[0] : NULL;
    if (x->source || only) {
        buf_adds(&x->office, x->source ? x->source : only);
        return check_office(x, e);
    }
    return store_default_source(s->store, &s->directory, (day)(sys_now() / 86400), &x->office, e) &&
           check_office(x, e);
}

static bool read_question(struct export *x, struct err *e)
{
    int basis;
    if (!session_choice(x->session.request, OPT_BASIS, BASIS_RECEIVED, &basis, e))
        return false;
    x->basis = (enum basis)basis;
    x->source = arg(x->session.request, OPT_SOURCE);
    return read_office(x, e) && read_span(x, e) && read_scope(x, e) && lists_new(&x->lists, e);
}

static void export_free(struct export *x)
{
    sheet_abort(&x->sheet);
    scope_free(&x->scope);
    lists_delete(x->lists);
    session_close(&x->session);
    buf_free(&x->notices);
    buf_free(&x->office);
}

/* ---- for the kinds ---- */

size_t export_unit(const struct export *x, int64_t id)
{
    size_t unit = directory_unit_by_id(&x->session.directory, id);
    return unit == NO_ENTRY ? NO_ENTRY : x->scope.unit_slot[unit];
}

size_t export_category(const struct export *x, int64_t id)
{
    size_t category = directory_category_by_id(&x->session.directory, id);
    return category == NO_ENTRY ? NO_ENTRY : x->scope.category_slot[category];
}

static bool is_period(const char *label, struct calendar c, struct span span)
{
    struct period p;
    return period_parse(label, strlen(label), c, &p) && p.span.from == span.from &&
           p.span.to == span.to;
}

void export_period(struct span span, struct calendar c, char label[32])
{
    int year, month;
    char from[11], to[11];
    calendar_locate(c, span.to, &year, &month);
    snprintf(label, 32, "%04d-%02d", year, month);
    if (is_period(label, c, span))
        return;
    snprintf(label, 32, "%04d", year);
    if (is_period(label, c, span))
        return;
    snprintf(label, 32, "%04dQ%d", year, (month + 2) / 3);
    if (is_period(label, c, span))
        return;
    snprintf(label, 32, "%04dH%d", year, month > 6 ? 2 : 1);
    if (is_period(label, c, span))
        return;
    day_text(span.from, from);
    day_text(span.to, to);
    snprintf(label, 32, "%s..%s", from, to);
}

/* ---- what goes beside the rows ---- */

/* FILE.meta.json: the provenance, since CSV itself stays plain. */
static bool write_meta(const struct export *x, const char *kind, const char *path, struct err *e)
{
    struct result r;
    struct buf json = {0}, meta = {0};
    struct session_facts facts = {.basis = x->basis, .data_end = DAY_NONE};
    for (size_t i = 0; i < x->session.cover.count; i++)
        facts.assumed |= x->session.cover.rows[i].declared == COVER_ASSUMED;
    result_init(&r, "export", NULL, 0, x->session.lang);
    r.title = kind;
    buf_addf(&meta, "%s.meta.json", path);
    bool ok = session_provenance(&x->session, &facts, &r, e) &&
              ((show_json(&r, &json) && !meta.failed) || err_memory(e)) &&
              output_text(&json, buf_text(&meta), e);
    result_free(&r);
    buf_free(&json);
    buf_free(&meta);
    return ok;
}

static void leave_audit_line(struct export *x, const char *kind)
{
    const char *path = arg(x->session.request, OPT_OUTPUT);
    struct buf line = {0};
    buf_addf(&line, "%s rows=%lld to=%s", kind, (long long)x->sheet.rows, path ? path : "-");
    static const enum option_id asked[] = {OPT_FROM,     OPT_TO,    OPT_UNIT,
                                           OPT_CATEGORY, OPT_BASIS, OPT_STATE};
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
        if (arg(x->session.request, asked[i]))
            buf_addf(&line, " %s=%s", options[asked[i]].name, arg(x->session.request, asked[i]));
    if (!session_audit(&x->session, "export", &line))
        buf_adds(
            &x->notices,
            tr(x->session.lang,
               "the database cannot be written: this export leaves no line in its audit table\n"));
    buf_free(&line);
}

/* One "keogiam: " a line. The line on the audit is said even with --quiet. */
static void print_notices(const struct export *x, size_t from)
{
    output_say(buf_text(&x->notices) + (x->notices.len > from ? from : x->notices.len));
}

static bool write_all(struct export *x, const struct export_kind *kind, struct err *e)
{
    const struct request *r = x->session.request;
    const char *path = arg(r, OPT_OUTPUT);
    bool has_meta = path && output_has_suffix(path, ".csv");
    return sheet_open(&x->sheet, path, kind->secret, arg(r, OPT_EXCEL) != NULL, e) &&
           kind->write(x, e) && (!has_meta || write_meta(x, kind->name, path, e)) &&
           sheet_close(&x->sheet, e);
}

bool command_export(const struct request *r, struct err *e)
{
    const struct export_kind *kind = choose_kind(r, e);
    struct export x = {0};
    struct err unwritten;
    if (!kind)
        return false;
    if (!session_open_any(&x.session, r, &unwritten, e))
        return false;
    bool ok = read_question(&x, e) && write_all(&x, kind, e);
    if (ok && x.sheet.rows && !x.office.len && !kind->secret)
        buf_adds(&x.notices,
                 tr(x.session.lang, "the office that speaks has no code that the file could "
                                    "name: load it with --source\n"));
    if (ok) {
        size_t said = arg(r, OPT_QUIET) ? x.notices.len : 0;
        leave_audit_line(&x, kind->name);
        print_notices(&x, said);
    }
    export_free(&x);
    return ok;
}
