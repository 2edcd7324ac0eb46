/* template: the workbook in which units report their cases, one for all or one each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/output.h"
#include "cli/session.h"
#include "report/say.h"
#include "report/template.h"
#include "sys/sys.h"

struct making {
    const struct request *request;
    struct session s;
    struct lists *lists;
    struct period period;
    struct buf called; /* the period, as people call it */
    size_t *units;     /* directory indices */
    size_t unit_count;
    const char **unit_names, **codes; /* in the order of units */
    struct template_axis axes[TEMPLATE_AXES];
    size_t axis_count;
    size_t made;
    struct arena arena;
};

/* ---- which period ---- */

/* The month behind the last day that is known, else the one of today. */
static void next_month(struct making *m)
{
    day last = DAY_NONE;
    int year, month;
    for (size_t i = 0; i < m->s.cover.count; i++)
        last = m->s.cover.rows[i].span.to > last ? m->s.cover.rows[i].span.to : last;
    calendar_locate(m->s.calendar, last == DAY_NONE ? (day)(sys_now() / 86400) : last + 1, &year,
                    &month);
    m->period.span = calendar_month(m->s.calendar, year, month);
    snprintf(m->period.label, sizeof m->period.label, "%04d-%02d", year, month);
}

static bool read_period(struct making *m, struct err *e)
{
    if (!arg(m->request, OPT_PERIOD))
        next_month(m);
    else if (!session_period(&m->s, &m->period, e))
        return false;
    say_label(&m->called, m->period.label, m->period.span, m->s.lang);
    return !m->called.failed || err_memory(e);
}

/* ---- which units ---- */

/* A name that load finds again, else with its code. */
static const char *unit_name(struct making *m, const struct unit *u, size_t unit)
{
    struct buf why = {0};
    size_t found;
    bool same = *u->name &&
                directory_find_unit(&m->s.directory, u->name, strlen(u->name), m->period.span.to,
                                    NO_ENTRY, true, LANG_EN, &found, &why) &&
                found == unit;
    buf_free(&why);
    return same ? u->name : arena_format(&m->arena, "%s (%s)", u->name, u->code);
}

static bool name_units(struct making *m, const struct scope *scope, const size_t *rows,
                       struct err *e)
{
    size_t bytes = (m->unit_count + 1) * sizeof(char *);
    m->unit_names = arena_alloc(&m->arena, bytes);
    m->codes = arena_alloc(&m->arena, bytes);
    if (!m->unit_names || !m->codes)
        return err_memory(e);
    for (size_t i = 0; i < m->unit_count; i++) {
        size_t unit = scope->units[rows[i]];
        const struct unit *u = &m->s.directory.units[unit];
        m->unit_names[i] = unit_name(m, u, unit);
        m->codes[i] = u->code;
        if (!m->unit_names[i])
            return err_memory(e);
    }
    return m->unit_count || err_set(e, ERR_INPUT,
                                    "template: no unit is valid in %s: load the units of that time "
                                    "with 'keogiam load'",
                                    m->period.label);
}

static bool read_units(struct making *m, struct err *e)
{
    struct scope scope = {0};
    size_t *tops = NULL, top_count = 0, *rows = NULL;
    const struct lineage *lineage = NULL;
    bool ok = session_units(&m->s, OPT_UNIT, m->period.span.to, &tops, &top_count, e) &&
              scope_init(&scope, &m->s.directory, lineage, tops, top_count, NULL, 0, e) &&
              scope_rows(&scope, NULL, m->period.span.to, &rows, &m->unit_count, e) &&
              name_units(m, &scope, rows, e);
    scope_free(&scope);
    free(tops);
    free(rows);
    return ok;
}

/* ---- which categories ---- */

static const char *category_name(struct making *m, size_t category)
{
    const struct category *c = &m->s.directory.categories[category];
    struct buf why = {0};
    size_t found;
    bool same = *c->name &&
                directory_find_category(&m->s.directory, c->name, strlen(c->name),
                                        m->period.span.to, NO_ENTRY, LANG_EN, &found, &why) &&
                found == category;
    buf_free(&why);
    return same ? c->name : arena_format(&m->arena, "%s (%s)", c->name, c->code);
}

static bool is_valid(const struct making *m, size_t category)
{
    struct span valid = m->s.directory.categories[category].valid;
    return !span_is_empty(span_intersect(valid, m->period.span));
}

static bool read_axis(struct making *m, size_t root, struct err *e)
{
    const struct directory *d = &m->s.directory;
    struct template_axis *axis = &m->axes[m->axis_count];
    const char **names = arena_alloc(&m->arena, (d->category_count + 1) * sizeof *names);
    if (!names)
        return err_memory(e);
    *axis = (struct template_axis){category_name(m, root), {names, 0}};
    for (size_t c = 0; c < d->category_count; c++)
        if (d->categories[c].root == root && is_valid(m, c))
            names[axis->categories.count++] = category_name(m, c);
    m->axis_count++;
    for (size_t i = 0; i < axis->categories.count; i++)
        if (!names[i])
            return err_memory(e);
    return axis->name || err_memory(e);
}

/* The root that was loaded next after `id`; NO_ENTRY. */
static size_t next_root(const struct making *m, int64_t id)
{
    const struct directory *d = &m->s.directory;
    size_t next = NO_ENTRY;
    for (size_t c = 0; c < d->category_count; c++)
        if (d->categories[c].root == c && d->categories[c].id > id && is_valid(m, c) &&
            (next == NO_ENTRY || d->categories[c].id < d->categories[next].id))
            next = c;
    return next;
}

static bool read_axes(struct making *m, struct err *e)
{
    size_t root = next_root(m, 0);
    for (; root != NO_ENTRY && m->axis_count < TEMPLATE_AXES;
         root = next_root(m, m->s.directory.categories[root].id))
        if (!read_axis(m, root, e))
            return false;
    return m->axis_count || err_set(e, ERR_INPUT,
                                    "template: no category is valid in %s: load the categories of "
                                    "that time with 'keogiam load'",
                                    m->period.label);
}

/* ---- the files ---- */

static bool write_book(struct making *m, const char *path, size_t first, size_t count,
                       struct err *e)
{
    struct template_book t = {.lang = m->s.lang,
                              .units = {m->unit_names + first, count},
                              .axes = m->axes,
                              .axis_count = m->axis_count,
                              .lists = m->lists,
                              .span = m->period.span,
                              .period = buf_text(&m->called),
                              .created = (int64_t)m->period.span.from * 86400};
    if (!template_write(path, &t, e))
        return false;
    m->made++;
    if (!arg(m->request, OPT_QUIET))
        printf(tr(m->s.talk, "%s: written\n"), path);
    return true;
}

/* Codes of units may hold what a file's name may not. */
static void add_code(struct buf *b, const char *code)
{
    for (; *code; code++)
        buf_addc(b, strchr("/\\:*?\"<>|", *code) ? '-' : *code);
}

static bool write_each(struct making *m, const char *folder, struct err *e)
{
    struct buf path = {0};
    bool ok = sys_make_folder(folder, e);
    for (size_t i = 0; ok && i < m->unit_count; i++) {
        buf_clear(&path);
        buf_adds(&path, folder);
        if (path.data[path.len - 1] != '/')
            buf_addc(&path, '/');
        buf_addf(&path, "mau-%s-", m->period.label);
        add_code(&path, m->codes[i]);
        buf_adds(&path, ".xlsx");
        ok = path.failed ? err_memory(e) : write_book(m, path.data, i, 1, e);
    }
    buf_free(&path);
    return ok;
}

static bool is_folder(const char *path)
{
    size_t n = strlen(path);
    return (n && path[n - 1] == '/') || sys_path_kind(path) == SYS_FOLDER;
}

static bool write_all(struct making *m, struct err *e)
{
    const char *path = arg(m->request, OPT_OUTPUT);
    if (path && is_folder(path))
        return write_each(m, path, e);
    if (path && !output_has_suffix(path, ".xlsx"))
        return err_set(e, ERR_USAGE,
                       "-o %s: a template is an .xlsx workbook: name the file so, or a folder with "
                       "/ at its end for one file a unit",
                       path);
    return write_book(m, path ? path : arena_format(&m->arena, "mau-%s.xlsx", m->period.label), 0,
                      m->unit_count, e);
}

static void leave_audit_line(struct making *m)
{
    struct buf line = {0};
    const char *path = arg(m->request, OPT_OUTPUT);
    buf_addf(&line, "period=%s units=%zu files=%zu to=%s", m->period.label, m->unit_count, m->made,
             path ? path : "-");
    if (!session_audit(&m->s, "template", &line))
        output_say(tr(m->s.talk, "the database cannot be written: this template leaves no "
                                 "line in its audit table"));
    buf_free(&line);
}

static void say_next(const struct making *m)
{
    if (!arg(m->request, OPT_QUIET))
        printf(tr(m->s.talk, "send it out; what comes back: keogiam load FILE.xlsx\n"));
}

static bool open_session(struct making *m, struct err *e)
{
    struct err unwritten;
    if (!session_open_any(&m->s, m->request, &unwritten, e))
        return false;
    session_speak_for_documents(&m->s);
    return true;
}

/* --units is --unit with a word for all, which --unit means where it is not given. */
static struct request take_units(const struct request *r)
{
    struct request q = *r;
    const char *units = arg(r, OPT_UNITS);
    if (units)
        q.args.values[OPT_UNIT] = strcmp(units, "all") && strcmp(units, "tatca") ? units : NULL;
    return q;
}

bool command_template(const struct request *r, struct err *e)
{
    const struct request asked = take_units(r);
    struct making m = {.request = &asked};
    if (!open_session(&m, e))
        return false;
    bool ok = lists_new(&m.lists, e) && read_period(&m, e) && read_units(&m, e) &&
              read_axes(&m, e) && write_all(&m, e);
    if (m.made)
        leave_audit_line(&m);
    if (ok)
        say_next(&m);
    lists_delete(m.lists);
    buf_free(&m.called);
    session_close(&m.s);
    arena_free(&m.arena);
    return ok;
}
