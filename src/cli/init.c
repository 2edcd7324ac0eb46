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

bool command_init(const struct request *r, struct err *e)
{
    struct lists *lists = NULL;
    struct session s = {0};
    if (!check_level(r, e) || !lists_new(&lists, e))
        return false;
    bool made = store_create(r->place, lists, e);
    bool ok = made && session_open(&s, r, STORE_WRITE, e) && fill(&s, e);
    session_close(&s);
    lists_delete(lists);
    if (made && !ok)
        sys_remove(r->place);
    if (ok && !arg(r, OPT_QUIET))
        printf(tr(r->lang, "%s: a new database; next: keogiam load units.csv incidents.csv\n"),
               r->place);
    return ok;
}
