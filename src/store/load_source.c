/* Whose file it is. Without --source it must be the same office for every file of one database:
 * incidents.csv and coverage.csv speak for each other only under one name. */
#include <string.h>

#include "store/load_private.h"

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Top units, those with units under them first of all: [u] is true for those in question. */
struct tops {
    const struct directory *d;
    bool with_children;
    day at;                /* DAY_NONE: whenever they are valid */
    const struct buf *own; /* sources of the database, a newline around each; NULL: any will do */
};

static bool is_one_of(const struct buf *sources, const char *code)
{
    struct buf line = {0};
    buf_addf(&line, "\n%s\n", code);
    bool found = !line.failed && strstr(buf_text(sources), buf_text(&line));
    buf_free(&line);
    return found;
}

/* The top unit that a unit makes one in question; NO_ENTRY: none. */
static size_t top_of(const struct tops *t, size_t unit)
{
    const struct unit *u = &t->d->units[unit];
    size_t top = t->with_children ? u->parent : unit;
    if (u->is_unknown || top == NO_ENTRY || t->d->units[top].parent != NO_ENTRY)
        return NO_ENTRY;
    if (t->at != DAY_NONE && !span_has(t->d->units[top].valid, t->at))
        return NO_ENTRY;
    return !t->own || is_one_of(t->own, t->d->units[top].code) ? top : NO_ENTRY;
}

/* Their code, where they all have the same; NULL where there is none or there are several. */
static const char *sole(const struct tops *t)
{
    const char *found = NULL;
    for (size_t u = 0; u < t->d->unit_count; u++) {
        size_t top = top_of(t, u);
        if (top == NO_ENTRY)
            continue;
        if (found && strcmp(found, t->d->units[top].code))
            return NULL;
        found = t->d->units[top].code;
    }
    return found;
}

/* The names under which loads that stand were made, a newline around each. */
static bool read_sources(struct store *s, struct buf *names, size_t *count, struct err *e)
{
    struct stmt *ask = NULL;
    *count = 0;
    if (!db_prepare(s->db,
                    "SELECT name FROM source WHERE id IN (SELECT source FROM load"
                    " WHERE action = 'load' AND undone_by IS NULL) ORDER BY name",
                    &ask, e))
        return false;
    enum db_step step;
    buf_adds(names, "\n");
    for (; (step = db_step(ask, e)) == DB_ROW; (*count)++)
        buf_addf(names, "%s\n", db_text(ask, 0));
    db_finalize(ask);
    return step == DB_DONE && (!names->failed || err_memory(e));
}

static const char *sole_top(const struct directory *d, day today, const struct buf *sources)
{
    const struct tops all = {d, true, DAY_NONE, NULL}, own = {d, true, DAY_NONE, sources},
                      valid = {d, true, today, NULL}, bare = {d, false, DAY_NONE, NULL};
    const struct tops *const order[] = {&all, &own, &valid, &bare};
    const char *found = NULL;
    for (size_t i = 0; !found && i < sizeof order / sizeof order[0]; i++)
        found = sole(order[i]);
    return found;
}

bool store_default_source(struct store *s, const struct directory *d, day today, struct buf *name,
                          struct err *e)
{
    struct buf sources = {0};
    size_t count = 0;
    bool ok = read_sources(s, &sources, &count, e);
    const char *top = ok ? sole_top(d, today, &sources) : NULL;
    if (top)
        buf_adds(name, top);
    else if (count == 1)
        buf_add(name, sources.data + 1, sources.len - 2);
    buf_free(&sources);
    return ok && (!name->failed || err_memory(e));
}

/* a/b.csv: b */
static void add_stem(struct buf *name, const char *file)
{
    const char *base = base_name(file), *dot = strrchr(base, '.');
    buf_add(name, base, dot && dot != base ? (size_t)(dot - base) : strlen(base));
}

static bool choose_name(struct load *l, struct err *e)
{
    if (l->q.source)
        buf_adds(&l->source_name, l->q.source);
    else if (!store_default_source(l->s, l->q.directory, l->q.today, &l->source_name, e))
        return false;
    if (!l->source_name.len)
        add_stem(&l->source_name, l->q.file);
    return !l->source_name.failed || err_memory(e);
}

/* Makes the source's row where it has none. */
static bool store_name(struct load *l, struct err *e)
{
    struct stmt *add = NULL, *ask = NULL;
    if (!db_prepare(l->s->db, "INSERT INTO source(name) VALUES (?1) ON CONFLICT DO NOTHING", &add,
                    e))
        return false;
    db_bind_text(add, 1, buf_text(&l->source_name));
    bool ok = db_run(add, e);
    db_finalize(add);
    if (!ok || !db_prepare(l->s->db, "SELECT id FROM source WHERE name = ?1", &ask, e))
        return false;
    db_bind_text(ask, 1, buf_text(&l->source_name));
    ok = db_step(ask, e) == DB_ROW;
    l->source = ok ? db_int(ask, 0) : 0;
    db_finalize(ask);
    return ok;
}

const char *load_file_name(const struct load *l)
{
    return l->q.entry ? l->q.entry : base_name(l->q.file);
}

bool load_find_source(struct load *l, struct err *e)
{
    return choose_name(l, e) && store_name(l, e);
}
