#include <stdio.h>
#include <string.h>

#include "base/builtin.h"
#include "cli/load_file.h"
#include "sys/sys.h"

/* In the order in which they refer to each other. The closed lists are in the schema already. */
static const struct {
    const char *file, *kind, *name;
} builtin[] = {
    {"categories.csv", "categories", "built-in categories"},
    {"targets.csv", "targets", "built-in targets"},
    {"events.csv", "events", "built-in events"},
};

static const struct {
    const char *file, *kind;
} demo[] = {
    {"thapmuoi/units.csv", "units"},
    {"thapmuoi/neighbours.csv", "neighbours"},
    {"thapmuoi/boundaries.geojson", "boundaries"},
    {"thapmuoi/population.csv", "population"},
    {"thapmuoi/coverage.csv", "coverage"},
    {"thapmuoi/incidents.csv", "incidents"},
    {"thapmuoi/indicators.csv", "indicators"},
    {"thapmuoi/interventions.csv", "interventions"},
};

static bool load_builtin(struct session *s, const char *file, const char *kind, const char *name,
                         struct err *e)
{
    const struct builtin_file *b = builtin_files;
    while (b->name && strcmp(b->name, file))
        b++;
    if (!b->name)
        return err_set(e, ERR_FAILED, "%s: is not in this program: build it anew", file);
    struct load_file f = {.path = name,
                          .memory = (const char *)b->data,
                          .memory_bytes = b->size,
                          .as = kind,
                          .commit = true};
    return load_one_file(s, &f, e);
}

static bool fill(struct session *s, struct err *e)
{
    const struct request *r = s->request;
    bool ok =
        store_config_set(s->store, "level", arg(r, OPT_LEVEL) ? arg(r, OPT_LEVEL) : "district", e);
    for (size_t i = 0; ok && i < sizeof builtin / sizeof builtin[0]; i++)
        ok = load_builtin(s, builtin[i].file, builtin[i].kind, builtin[i].name, e);
    for (size_t i = 0; ok && arg(r, OPT_DEMO) && i < sizeof demo / sizeof demo[0]; i++)
        ok = load_builtin(s, demo[i].file, demo[i].kind, demo[i].file, e);
    return ok && store_audit(s->store, "init", arg(r, OPT_DEMO) ? "demo" : "", e);
}

static bool check_level(const struct request *r, struct err *e)
{
    const char *level = arg(r, OPT_LEVEL);
    return !level || !strcmp(level, "commune") || !strcmp(level, "province") ||
           !strcmp(level, "district") ||
           err_set(e, ERR_USAGE, "--level %s: is none of commune, province, district", level);
}

/* The database at a place of its own, whole or not at all. */
static bool make(const struct request *r, struct err *e)
{
    struct lists *lists = NULL;
    struct session s = {0};
    if (!lists_new(&lists, e))
        return false;
    bool made = store_create(r->place, lists, e);
    bool ok = made && session_open(&s, r, STORE_WRITE, e) && fill(&s, e);
    session_close(&s);
    lists_delete(lists);
    if (made && !ok)
        sys_remove(r->place);
    return ok;
}

/* What an init that was killed left: a journal without its database would be played into the
 * next. */
static bool clear_unfinished(const char *unfinished, struct err *e)
{
    struct buf journal = {0};
    buf_addf(&journal, "%s-journal", unfinished);
    bool ok = !journal.failed || err_memory(e);
    if (ok) {
        sys_remove(unfinished);
        sys_remove(journal.data);
    }
    buf_free(&journal);
    return ok;
}

/* Made under another name first: killed at any instant, there is no database or a complete one. */
static bool make_and_rename(const struct request *r, const char *unfinished, struct err *e)
{
    struct request aside = *r;
    aside.place = unfinished;
    if (sys_path_kind(r->place) != SYS_MISSING)
        return err_set(e, ERR_FAILED, "%s: exists already: choose another name or remove it",
                       r->place);
    if (!clear_unfinished(unfinished, e) || !make(&aside, e))
        return false;
    if (!rename(unfinished, r->place)) /* ISO C */
        return true;
    sys_remove(unfinished);
    return err_set(e, ERR_FAILED, "%s: cannot be opened: check the folder and the permissions",
                   r->place);
}

bool command_init(const struct request *r, struct err *e)
{
    struct buf unfinished = {0};
    if (!check_level(r, e))
        return false;
    buf_addf(&unfinished, "%s.new", r->place);
    bool ok = unfinished.failed ? err_memory(e) : make_and_rename(r, unfinished.data, e);
    buf_free(&unfinished);
    if (ok && !arg(r, OPT_QUIET))
        printf(tr(r->lang, "%s: a new database; next: keogiam load units.csv incidents.csv\n"),
               r->place);
    return ok;
}
