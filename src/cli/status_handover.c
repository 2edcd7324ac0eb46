/* Sections for whoever takes the desk over: where things are, how they are set, what was made. */
#include <inttypes.h>
#include <string.h>

#include "base/num.h"
#include "cli/config.h"
#include "cli/status.h"
#include "cli/status_found.h"
#include "store/issued.h"
#include "sys/sys.h"

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

static const struct column facts[] = {{"item", N_("Item"), COLUMN_TOKEN, 0},
                                      {"value", N_("Value"), COLUMN_TEXT, 0}};

/* ---- where the database is ---- */

static bool add_fact(struct result *t, const char *item, const struct buf *value, struct err *e)
{
    struct cell *row = result_add_row(t, e);
    const char *text = row && !value->failed ? arena_text(&t->arena, buf_text(value)) : NULL;
    if (!text)
        return err_memory(e);
    row[0] = cell_text(item);
    row[1] = cell_text(text);
    return true;
}

/* The path below the table: as wide as it is, it would stretch the columns. */
static bool add_path(struct status *st, struct result *t, struct err *e)
{
    struct buf path = {0}, line = {0};
    sys_add_whole_path(st->session.request->place, &path);
    buf_addf(&line, tr(t->lang, "All data are in this one file: %s"), buf_text(&path));
    bool ok = path.failed || line.failed ? err_memory(e)
              : st->for_people           ? result_add_footer(t, e, buf_text(&line))
                                         : add_fact(t, N_("path"), &path, e);
    buf_free(&path);
    buf_free(&line);
    return ok;
}

bool status_place(struct status *st, struct err *e)
{
    int64_t bytes = 0;
    struct buf size = {0};
    struct result *t = status_section(st, "place", N_("Where it is kept"), facts, COUNT(facts));
    sys_file_size(st->session.request->place, &bytes);
    num_add_count(&size, bytes, st->for_people ? t->lang : LANG_EN);
    if (!st->for_people) {
        buf_clear(&size);
        buf_addf(&size, "%" PRId64, bytes);
    }
    bool ok = add_fact(t, N_("bytes"), &size, e) && add_path(st, t, e);
    buf_free(&size);
    return ok;
}

/* ---- settings ---- */

static bool add_setting(struct status *st, struct result *t, const struct setting *setting,
                        struct buf *command, struct err *e)
{
    struct buf kept = {0};
    bool found = false;
    struct cell *row = result_add_row(t, e);
    bool ok = row && store_config_get(st->session.store, setting->key, &kept, &found, e);
    const char *value =
        ok ? arena_text(&t->arena, found ? buf_text(&kept) : setting->missing) : NULL;
    if (found)
        buf_addf(command, " %s='%s'", setting->key, buf_text(&kept));
    buf_free(&kept);
    if (!value)
        return err_memory(e);
    row[0] = cell_text(setting->key);
    row[1] = cell_text(value);
    row[2] = cell_text(found ? N_("set") : N_("default"));
    row[3] = cell_text(st->for_people ? tr(t->lang, setting->meaning) : NULL);
    return true;
}

bool status_settings(struct status *st, struct err *e)
{
    static const struct column columns[] = {
        {"item", N_("Setting"), COLUMN_TEXT, 0},
        {"value", N_("Value"), COLUMN_TEXT, 0},
        {"origin", N_("Origin"), COLUMN_TOKEN, 0},
        {"meaning", N_("Meaning"), COLUMN_TEXT, 0},
    };
    struct buf command = {0};
    struct result *t = status_section(st, "settings", N_("Settings"), columns, COUNT(columns));
    bool ok = true;
    buf_adds(&command, "keogiam config");
    size_t none = command.len;
    for (size_t i = 0; ok && i < setting_count; i++)
        ok = add_setting(st, t, &settings[i], &command, e);
    if (ok && command.len > none)
        ok = command.failed ? err_memory(e) : result_add_footer(t, e, buf_text(&command));
    buf_free(&command);
    return ok;
}

/* ---- plans ---- */

struct plan_list {
    struct result *t;
    struct cell *row; /* of the plan that rows are of */
};

/* Targets come in the order of their plans. */
static bool count_target(void *context, const struct row *row, const struct row_info *info,
                         struct err *e)
{
    struct plan_list *l = context;
    const char *plan = row->slots[TGT_PLAN].as.s;
    (void)info;
    if (!l->row || strcmp(l->row[0].as.s, plan) != 0) {
        const char *name = arena_text(&l->t->arena, plan);
        l->row = result_add_row(l->t, e);
        if (!l->row || !name)
            return err_memory(e);
        l->row[0] = cell_text(name);
        l->row[1] = cell_int(0);
    }
    l->row[1].as.i++;
    return true;
}

bool status_plans(struct status *st, struct err *e)
{
    static const struct column columns[] = {{"item", N_("Plan"), COLUMN_TEXT, 0},
                                            {"value", N_("Targets"), COLUMN_COUNT, 0}};
    struct plan_list l = {
        status_section(st, "plans", N_("Plans of targets"), columns, COUNT(columns)), NULL};
    return store_each_row(st->session.store, st->session.state, KIND_TARGETS, count_target, &l,
                          e) &&
           result_add_footer(l.t, e,
                             tr(l.t->lang, "Used is the plan of the period's year, unless the "
                                           "setting or --plan names another."));
}

/* ---- the audit table ---- */

/* Lines of one action; people see the newest. */
struct line_list {
    struct status *st;
    struct result *t;
    const char *action;
    int64_t lines, after; /* in all; those up to here are not shown */
    bool (*add)(struct line_list *l, struct cell *row, const struct audit_line *line);
};
enum { LINES_SHOWN = 20 };

static bool count_line(void *context, const struct audit_line *line, struct err *e)
{
    struct line_list *l = context;
    (void)line;
    (void)e;
    l->lines++;
    return true;
}

static bool add_line(void *context, const struct audit_line *line, struct err *e)
{
    struct line_list *l = context;
    if (++l->lines <= l->after)
        return true;
    struct cell *row = result_add_row(l->t, e);
    if (!row)
        return false;
    row[0] = cell_text(l->action);
    row[1] = cell_text(status_utc(l->t, line->at));
    row[2] = cell_text(arena_text(&l->t->arena, line->who));
    return l->add(l, row, line) || err_memory(e);
}

static bool add_lines(struct line_list *l, const char *action, struct err *e)
{
    struct store *s = l->st->session.store;
    l->action = action;
    l->lines = 0;
    if (!store_each_audit(s, action, count_line, l, e))
        return false;
    l->after =
        l->st->for_people && !l->st->wide && l->lines > LINES_SHOWN ? l->lines - LINES_SHOWN : 0;
    l->lines = 0;
    return store_each_audit(s, action, add_line, l, e) &&
           found_tell_rest(l->st, l->t, (size_t)l->after, e);
}

/* ---- a line's parts: "WORD key=value key=value … to=FILES" ---- */

struct part {
    const char *key, *value; /* in the line, not closed by NUL */
    size_t key_bytes, value_bytes;
};

/* The word that is an assignment, from `at` on; the line's end where there is none. */
static const char *next_key(const char *at)
{
    while (*at && at[strcspn(at, " =")] != '=') {
        at += strcspn(at, " ");
        at += strspn(at, " ");
    }
    return at;
}

/* The part at *at, which moves on; a value may have spaces; "to" and "from" go to the end. */
static bool next_part(const char **at, struct part *p)
{
    const char *key = next_key(*at);
    if (!*key)
        return false;
    p->key = key;
    p->key_bytes = strcspn(key, "=");
    p->value = key + p->key_bytes + 1;
    bool last = !strncmp(key, "to=", 3) || !strncmp(key, "from=", 5);
    const char *end = p->value + strcspn(p->value, " ");
    end = last ? p->value + strlen(p->value) : next_key(end + strspn(end, " "));
    *at = end;
    while (end > p->value && end[-1] == ' ')
        end--;
    p->value_bytes = (size_t)(end - p->value);
    return true;
}

static const char *value_of(struct arena *a, const char *line, const char *key)
{
    struct part p;
    while (next_part(&line, &p))
        if (p.key_bytes == strlen(key) && !strncmp(p.key, key, p.key_bytes))
            return arena_copy(a, p.value, p.value_bytes);
    return "";
}

/* ---- reports ---- */

static void add_value(struct buf *b, const struct part *p)
{
    const char *quote = memchr(p->value, ' ', p->value_bytes) ? "'" : "";
    buf_addf(b, " %s%.*s%s", quote, (int)p->value_bytes, p->value, quote);
}

/* "keogiam report unit 30037 --period 2024 …", with the state: it gives the same figures. */
static const char *command_of(struct arena *a, const char *line)
{
    struct buf place = {0}, asked = {0};
    struct part p;
    size_t kind = strcspn(line, " ");
    bool one_unit = !strncmp(line, "unit ", 5);
    for (const char *at = line + kind; next_part(&at, &p) && strncmp(p.key, "to=", 3) != 0;) {
        bool is_place = one_unit && !strncmp(p.key, "unit=", 5);
        if (!strncmp(p.key, "number=", 7))
            continue; /* given once, to that edition */
        if (!is_place)
            buf_addf(&asked, " --%.*s", (int)p.key_bytes, p.key);
        add_value(is_place ? &place : &asked, &p);
    }
    const char *command = place.failed || asked.failed
                              ? NULL
                              : arena_format(a, "keogiam report %.*s%s%s", (int)kind, line,
                                             buf_text(&place), buf_text(&asked));
    buf_free(&place);
    buf_free(&asked);
    return command;
}

static bool add_report(struct line_list *l, struct cell *row, const struct audit_line *line)
{
    const char *files = value_of(&l->t->arena, line->detail, "to");
    const char *command = command_of(&l->t->arena, line->detail);
    row[3] = cell_text(files);
    row[4] = cell_text(command);
    return files && command;
}

bool status_reports(struct status *st, struct err *e)
{
    static const struct column columns[] = {
        {"item", N_("What"), COLUMN_TOKEN, 0},      {"from", N_("When (UTC)"), COLUMN_TEXT, 0},
        {"who", N_("Who"), COLUMN_TEXT, 0},         {"value", N_("Files"), COLUMN_TEXT, 0},
        {"command", N_("Command"), COLUMN_TEXT, 0},
    };
    static const struct view views[] = {
        {N_("When (UTC)"), VIEW_CELL, "from", NULL, NULL},
        {N_("Files"), VIEW_CELL, "value", NULL, NULL},
        {N_("Command"), VIEW_CELL, "command", NULL, NULL},
    };
    struct line_list l = {.st = st, .add = add_report};
    l.t = status_section(st, "reports", N_("Reports made, and what makes them again"), columns,
                         COUNT(columns));
    status_views(l.t, views, COUNT(views));
    return add_lines(&l, "report", e);
}

/* ---- official reports ---- */

static bool add_issued(struct result *t, const struct issued_report *r, struct err *e)
{
    struct arena *a = &t->arena;
    struct cell *row = result_add_row(t, e);
    const char *number = arena_text(a, r->number), *kind = arena_text(a, r->kind),
               *period = arena_text(a, r->period), *unit = arena_text(a, r->unit),
               *command = arena_format(a, "keogiam %s", r->command);
    if (!row || !number || !kind || !period || !unit || !command)
        return err_memory(e);
    row[0] = cell_text(number);
    row[1] = cell_text(status_utc(t, r->at));
    row[2] = cell_text(kind);
    row[3] = cell_text(period);
    row[4] = cell_text(unit);
    row[5] = cell_text(command);
    return true;
}

bool status_official(struct status *st, struct err *e)
{
    static const struct column columns[] = {
        {"item", N_("Document No."), COLUMN_TEXT, 0},    {"from", N_("When (UTC)"), COLUMN_TEXT, 0},
        {"kind", N_("Kind of report"), COLUMN_TOKEN, 0}, {"period", N_("Period"), COLUMN_TEXT, 0},
        {"unit", N_("Unit code"), COLUMN_TEXT, 0},       {"command", N_("Command"), COLUMN_TEXT, 0},
    };
    struct issued_list list = {0};
    bool ok = issued_read(st->session.store, &list, e);
    struct result *t = NULL;
    if (ok && list.count)
        t = status_section(st, "official", N_("Official reports, and what makes them again"),
                           columns, COUNT(columns));
    for (size_t i = 0; ok && t && i < list.count; i++)
        ok = add_issued(t, &list.items[i], e);
    if (ok && t)
        ok = result_add_footer(t, e,
                               tr(t->lang, "What they said, and what would read otherwise today: "
                                           "keogiam reports"));
    issued_free(&list);
    return ok;
}

/* ---- copies ---- */

static bool add_copy(struct line_list *l, struct cell *row, const struct audit_line *line)
{
    struct arena *a = &l->t->arena;
    const char *state = value_of(a, line->detail, "state"), *to = value_of(a, line->detail, "to"),
               *from = value_of(a, line->detail, "from");
    row[3] = cell_text(state);
    row[4] = cell_text(to && *to ? to : from);
    return state && to && from;
}

bool status_copies(struct status *st, struct err *e)
{
    static const struct column columns[] = {
        {"item", N_("What"), COLUMN_TOKEN, 0}, {"from", N_("When (UTC)"), COLUMN_TEXT, 0},
        {"who", N_("Who"), COLUMN_TEXT, 0},    {"value", N_("Up to load"), COLUMN_TEXT, 0},
        {"file", N_("File"), COLUMN_TEXT, 0},
    };
    static const struct view views[] = {
        {N_("What"), VIEW_CELL, "item", NULL, NULL},
        {N_("When (UTC)"), VIEW_CELL, "from", NULL, NULL},
        {N_("Up to load"), VIEW_CELL, "value", NULL, NULL},
        {N_("File"), VIEW_CELL, "file", NULL, NULL},
    };
    struct line_list l = {.st = st, .add = add_copy};
    l.t = status_section(st, "copies", N_("Copies made and restored"), columns, COUNT(columns));
    status_views(l.t, views, COUNT(views));
    bool ok = add_lines(&l, N_("backup"), e) && add_lines(&l, N_("restore"), e);
    return ok &&
           (l.t->row_count ||
            result_add_footer(l.t, e, tr(l.t->lang, "No copy was ever made: keogiam backup")));
}
