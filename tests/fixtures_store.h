/* fixtures_store.h: a database of its own for each test, files given as text, and the database's
 * contents as text to compare. The way of a file is that of src/cli/load_file.c. */
#ifndef KEOGIAM_TESTS_FIXTURES_STORE_H
#define KEOGIAM_TESTS_FIXTURES_STORE_H

#include "check.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/ingest.h"
#include "store/cover.h"
#include "store/store.h"
#include "sys/sys.h"

/* What a command has open. */
struct desk {
    struct buf folder, path;
    struct lists *lists;
    struct store *store;
    struct directory directory;
};

/* How a file is loaded; zero: plainly. */
struct options {
    bool update, replace, keep_good, alone, make_ids;
    bool check;                     /* the same, but nothing is kept */
    const char *source;             /* NULL: the default */
    const char *file;               /* its name, NULL: a.csv */
    const char *entry;              /* for the record, NULL: the file's name */
    const char *covers, *of, *only; /* the claim: a period, codes of categories, of units */
    int64_t expected_rows;          /* over 20000: the bulk way */
    size_t fail_at;                 /* the sink fails at this row, 0: never */
    enum lang lang;
};
#define BULK 30000

/* What became of it. Texts live until the next load of the desk's. */
struct loaded {
    bool ok;
    int64_t load, read, added, changed, unchanged, withdrawn, joined;
    char error[1024];
    char rejects[4096]; /* "LINE column: reason" a line */
    char covers[1024], warnings[4096];
    char gone[1024];    /* the preview of --replace, "A B " */
    char doubles[1024]; /* "A:LINE B:LINE\n" */
};
static inline void desk_read(struct desk *k)
{
    struct err e = {0};
    directory_free(&k->directory);
    if (!store_directory(k->store, STATE_NOW, &k->directory, &e))
        fail_msg("%s", e.msg);
}

static inline void desk_open(struct desk *k, enum store_mode mode)
{
    struct err e = {0};
    if (!store_open(&k->store, k->path.data, mode, &e))
        fail_msg("%s", e.msg);
    desk_read(k);
}

static inline void desk_close(struct desk *k)
{
    directory_free(&k->directory);
    store_close(k->store);
    k->store = NULL;
}

/* An empty database in a folder, "" for a fresh one. */
static inline void desk_new_in(struct desk *k, const char *folder)
{
    struct err e = {0};
    *k = (struct desk){0};
    if (*folder)
        buf_adds(&k->folder, folder);
    else if (!sys_temp_folder(&k->folder, &e))
        fail_msg("%s", e.msg);
    buf_addf(&k->path, "%s/a.db", k->folder.data);
    if (!lists_new(&k->lists, &e) || !store_create(k->path.data, k->lists, &e))
        fail_msg("%s", e.msg);
    desk_open(k, STORE_WRITE);
}

static inline void desk_free(struct desk *k)
{
    desk_close(k);
    sys_temp_remove(k->folder.data);
    lists_delete(k->lists);
    buf_free(&k->folder);
    buf_free(&k->path);
}

/* ---- loading ---- */

/* One text on its way. */
struct way {
    struct desk *desk;
    const struct options *o;
    struct ingest *in;
    struct load *load;
    struct rejects rejects;
    struct load_summary summary;
    struct coverage_claim claim;
    size_t units[8], categories[8];
    size_t rows;
};

static inline size_t claim_codes(const struct directory *d, const char *codes, bool units, day at,
                                 size_t *found)
{
    size_t count = 0;
    char code[80];
    while (codes && *codes) {
        size_t n = strcspn(codes, ",");
        snprintf(code, sizeof code, "%.*s", (int)n, codes);
        found[count] =
            units ? directory_unit_by_code(d, code, at) : directory_category_by_code(d, code);
        assert_true(found[count++] != NO_ENTRY);
        codes += n + (codes[n] == ',');
    }
    return count;
}

static inline void way_claim(struct way *w)
{
    struct period p;
    if (!w->o->covers)
        return;
    assert_true(period_parse(w->o->covers, strlen(w->o->covers), CALENDAR_CIVIL, &p));
    w->claim.span = p.span;
    w->claim.units = w->units;
    w->claim.categories = w->categories;
    w->claim.unit_count = claim_codes(&w->desk->directory, w->o->only, true, p.span.to, w->units);
    w->claim.category_count =
        claim_codes(&w->desk->directory, w->o->of, false, p.span.to, w->categories);
}

static inline bool way_row(void *context, const struct row *row, struct err *e)
{
    struct way *w = context;
    if (++w->rows == w->o->fail_at)
        return err_set(e, ERR_FAILED, "the sink failed");
    return load_row(w->load, row, e);
}

static inline bool way_begin(struct way *w, const char *kind, const char *csv, struct err *e)
{
    struct ingest_options i = {
        .input = {.path = w->o->file ? w->o->file : "a.csv",
                  .memory = csv,
                  .memory_bytes = strlen(csv)},
        .as = kind,
        .calendar = CALENDAR_CIVIL,
        .today = 20819, /* 2027-01-01 */
        .make_ids = w->o->make_ids,
    };
    if (!ingest_open(&w->in, &i, &w->desk->directory, w->desk->lists, e))
        return false;
    struct load_request q = {
        .kind = kind_of(ingest_kind(w->in)),
        .file = i.input.path,
        .entry = w->o->entry,
        .source = w->o->source,
        .directory = &w->desk->directory,
        .claim = w->o->covers ? &w->claim : NULL,
        .calendar = CALENDAR_CIVIL,
        .today = 20089, /* 2025-01-01 */
        .expected_rows = w->o->expected_rows,
        .update = w->o->update,
        .replace = w->o->replace,
        .alone = w->o->alone,
        .rejects = &w->rejects,
    };
    for (size_t s = 0; s < q.kind->column_count; s++)
        q.slots |= (uint64_t)ingest_has_slot(w->in, s) << s;
    return load_begin(w->desk->store, &q, &w->load, e);
}

__attribute__((format(printf, 3, 4))) static inline void add_text(char *text, size_t size,
                                                                  const char *format, ...)
{
    size_t n = strlen(text);
    va_list args;
    va_start(args, format);
    vsnprintf(text + n, size - n, format, args);
    va_end(args);
}

static inline bool way_gone(void *context, const char *case_id, struct err *e)
{
    (void)e;
    struct loaded *r = context;
    add_text(r->gone, sizeof r->gone, "%s ", case_id);
    return true;
}

static inline bool way_double(void *context, const struct duplicate_side *a,
                              const struct duplicate_side *b, struct err *e)
{
    (void)e;
    struct loaded *r = context;
    add_text(r->doubles, sizeof r->doubles, "%s:%zu %s:%zu\n", a->case_id, a->line, b->case_id,
             b->line);
    return true;
}

static inline int by_line(const void *a, const void *b)
{
    const struct reject *x = a, *y = b;
    return (x->line > y->line) - (x->line < y->line);
}

static inline void way_tell(struct way *w, struct loaded *r)
{
    const struct load_summary *s = &w->summary;
    r->load = s->load;
    r->read = s->read;
    r->added = s->added;
    r->changed = s->changed;
    r->unchanged = s->unchanged;
    r->withdrawn = s->withdrawn;
    r->joined = s->joined;
    add_text(r->covers, sizeof r->covers, "%s", buf_text(&s->covers));
    add_text(r->warnings, sizeof r->warnings, "%s%s", buf_text(ingest_warnings(w->in)),
             buf_text(&s->warnings));
    if (w->rejects.count)
        qsort(w->rejects.items, w->rejects.count, sizeof *w->rejects.items, by_line);
    for (size_t i = 0; i < w->rejects.count; i++)
        add_text(r->rejects, sizeof r->rejects, "%zu %s: %s\n", w->rejects.items[i].line,
                 w->rejects.items[i].column, w->rejects.items[i].reason);
}

/* Commits, or takes back what was refused, changed nothing or was only a check. */
static inline bool way_settle(struct way *w, struct err *e)
{
    bool keep = w->summary.load && !w->o->check;
    if (w->rejects.total && !w->o->keep_good)
        return err_set(e, ERR_INPUT, "refused");
    struct load *load = w->load;
    w->load = NULL;
    if (keep)
        return load_commit(load, e);
    load_abort(load);
    return true;
}

static inline struct loaded load_text(struct desk *k, const char *kind, const char *csv,
                                      struct options o)
{
    struct loaded r = {0};
    struct err e = {.lang = o.lang};
    struct way w = {.desk = k, .o = &o};
    struct sink sink = {way_row, &w};
    rejects_init(&w.rejects);
    way_claim(&w);
    r.ok = way_begin(&w, kind, csv, &e) && ingest_run(w.in, &sink, &w.rejects, &e) &&
           load_finish(w.load, &w.summary, &e);
    if (r.ok) {
        assert_true(load_each_withdrawn(w.load, way_gone, &r, &e));
        assert_true(load_each_duplicate(w.load, way_double, &r, &e));
        way_tell(&w, &r);
        r.ok = way_settle(&w, &e);
    }
    snprintf(r.error, sizeof r.error, "%s", e.msg);
    load_abort(w.load);
    load_summary_free(&w.summary);
    ingest_close(w.in);
    rejects_free(&w.rejects);
    desk_read(k);
    return r;
}

/* Loads what must go in; gives the load's number. */
static inline int64_t loads_with(struct desk *k, const char *kind, const char *csv,
                                 struct options o)
{
    struct loaded r = load_text(k, kind, csv, o);
    if (!r.ok)
        fail_msg("%s\n%s", r.error, r.rejects);
    return r.load;
}

static inline int64_t loads(struct desk *k, const char *kind, const char *csv)
{
    return loads_with(k, kind, csv, (struct options){0});
}

static inline void assert_rejects(struct desk *k, const char *kind, const char *csv,
                                  struct options o, const char *want)
{
    struct loaded r = load_text(k, kind, csv, o);
    assert_string_equal(r.rejects, want);
    assert_int_equal(r.ok, o.keep_good || !*want);
}

/* ---- a small district ---- */

#define UNITS                                                                                      \
    "unit,name,parent\n872,Huyện Tháp Mười,\n30037,Mỹ An,872\n30040,Thạnh Lợi,872\n"   \
    "30043,Hưng Thạnh,872\n"
#define CATEGORIES                                                                                 \
    "category,name,parent\nXHTE,Xâm hại trẻ em,\nXHTE.TD,Tình dục,XHTE\n"                  \
    "XHTE.BL,Bạo lực,XHTE\nU18,Dưới 18,\nU18.TTXH,Trật tự,U18\n"
#define CASES "case_id,unit,category,received_on\n"
#define COVERS "unit,from,to,category,total\n"

/* Loads 1 and 2 are the units and the categories. */
static inline void desk_new(struct desk *k)
{
    desk_new_in(k, "");
    assert_int_equal(loads(k, "units", UNITS), 1);
    assert_int_equal(loads(k, "categories", CATEGORIES), 2);
}

/* ---- looking into the file, past the store ---- */

static inline int add_line(void *context, int count, char **values, char **names)
{
    (void)names;
    for (int i = 0; i < count; i++)
        buf_addf(context, "%s%s", i ? "|" : "", values[i] ? values[i] : "");
    buf_addc(context, '\n');
    return 0;
}

static inline void add_answer(const struct desk *k, const char *sql, struct buf *out)
{
    sqlite3 *db = NULL;
    char *message = NULL;
    assert_int_equal(sqlite3_open(k->path.data, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, add_line, out, &message) != SQLITE_OK)
        buf_addf(out, "error: %s\n", message);
    sqlite3_free(message);
    sqlite3_close(db);
}

static inline void assert_answer(const struct desk *k, const char *sql, const char *want)
{
    struct buf got = {0};
    add_answer(k, sql, &got);
    assert_string_equal(buf_text(&got), want);
    buf_free(&got);
}

/* Every row of every table but load and audit; with `state` only what is true now, without the
 * numbers of rows and of the loads from which it is. */
static inline void add_dump(const struct desk *k, bool state, struct buf *out)
{
    struct buf tables = {0}, sql = {0};
    add_answer(k,
               "SELECT m.name || '|' || group_concat(c.name) FROM sqlite_schema m,"
               " pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT IN"
               " ('load', 'audit') AND c.name NOT IN ('load_from', 'load_to')"
               " AND NOT (m.name = 'incident' AND c.name = 'id') GROUP BY m.name ORDER BY m.name",
               &tables);
    for (char *line = strtok(tables.data, "\n"); line; line = strtok(NULL, "\n")) {
        char *columns = strchr(line, '|');
        bool versions = strstr(columns, "made_by") != NULL;
        *columns++ = '\0';
        if (state && !versions)
            continue;
        buf_clear(&sql);
        buf_addf(&sql, "SELECT '%s', %s%s FROM %s%s ORDER BY %s", line, columns,
                 versions && !state ? ", load_from, load_to" : "", line,
                 state ? " WHERE load_to IS NULL" : "", columns);
        add_answer(k, sql.data, out);
    }
    buf_free(&tables);
    buf_free(&sql);
}

/* What is true now; to be freed. */
static inline struct buf now(const struct desk *k)
{
    struct buf out = {0};
    add_dump(k, true, &out);
    assert_false(out.failed);
    return out;
}

static inline struct buf everything(const struct desk *k)
{
    struct buf out = {0};
    add_dump(k, false, &out);
    assert_false(out.failed);
    return out;
}

/* Both are freed. */
static inline void assert_same(struct buf before, struct buf after)
{
    assert_string_equal(buf_text(&before), buf_text(&after));
    buf_free(&before);
    buf_free(&after);
}

#endif
