#include "cli/typed.h"

#include <string.h>

#include "cli/load_file.h"
#include "cli/load_options.h"
#include "sys/sys.h"

/* ---- words into a row ---- */

const char *typed_label(const struct kind_column *column, enum lang lang, struct buf *label)
{
    buf_clear(label);
    if (lang == LANG_EN || !*column->aliases)
        buf_adds(label, column->name);
    else
        buf_add(label, column->aliases, strcspn(column->aliases, "|"));
    return buf_text(label);
}

static bool find_column(const struct kind *kind, const char *head, size_t *slot, struct err *e)
{
    const char *near = NULL;
    if (!ingest_find_column(kind, head, slot, &near, e))
        return false;
    if (*slot < kind->column_count)
        return true;
    return near ? err_set(e, ERR_USAGE, "%s: is no column: did you mean %s?", head, near)
                : err_set(e, ERR_USAGE, "%s: is no column: see 'keogiam help add'", head);
}

static bool assign(struct typed_row *row, const char *word, struct arena *texts, struct err *e)
{
    const char *equal = strchr(word, '=');
    size_t slot;
    if (!equal || equal == word)
        return err_set(e, ERR_USAGE, "%s: write COLUMN=VALUE", word);
    const char *head = arena_copy(texts, word, (size_t)(equal - word));
    if (!head)
        return err_memory(e);
    if (!find_column(row->kind, head, &slot, e))
        return false;
    if (row->cells[slot])
        return err_set(e, ERR_USAGE, "%s: is given twice", row->kind->columns[slot].name);
    row->heads[slot] = head;
    row->cells[slot] = equal + 1;
    return true;
}

bool typed_assign(struct typed_row *row, const char *const *words, size_t count,
                  struct arena *texts, struct err *e)
{
    for (size_t i = 0; i < count; i++)
        if (!assign(row, words[i], texts, e))
            return false;
    return true;
}

/* ---- a row as a file ---- */

static void add_cell(struct buf *csv, const char *text)
{
    buf_addc(csv, '"');
    for (; *text; text++) {
        if (*text == '"')
            buf_addc(csv, '"');
        buf_addc(csv, *text);
    }
    buf_addc(csv, '"');
}

static void add_line(struct buf *csv, const struct typed_row *row, bool heads, enum lang lang)
{
    struct buf label = {0};
    const char *comma = "";
    for (size_t i = 0; i < row->kind->column_count; i++) {
        if (!row->cells[i])
            continue;
        buf_adds(csv, comma);
        if (!heads)
            add_cell(csv, row->cells[i]);
        else if (row->heads[i])
            add_cell(csv, row->heads[i]);
        else
            add_cell(csv, typed_label(&row->kind->columns[i], lang, &label));
        comma = ",";
    }
    buf_addc(csv, '\n');
    csv->failed |= label.failed;
    buf_free(&label);
}

/* All rows have the first one's columns. */
static bool add_rows(struct buf *csv, const struct typed_row *rows, size_t count, enum lang lang,
                     struct err *e)
{
    add_line(csv, rows, true, lang);
    for (size_t i = 0; i < count; i++)
        add_line(csv, &rows[i], false, lang);
    return !csv->failed || err_memory(e);
}

/* One call on its way: what has to be freed together. */
struct typing {
    struct session *s;
    const struct typed_change *c;
    struct buf csv;
    struct lists *lists;
    struct ingest *in;
    struct load *load;
    struct rejects rejects;
    struct load_summary summary;
};

static void typing_free(struct typing *t)
{
    load_abort(t->load);
    ingest_close(t->in);
    lists_delete(t->lists);
    load_summary_free(&t->summary);
    rejects_free(&t->rejects);
    buf_free(&t->csv);
}

const char *typed_command(const struct session *s)
{
    const struct command *c = s->request->command;
    return s->lang == LANG_VI ? c->vi_name : c->name;
}

static bool read_rows(struct typing *t, struct sink sink, struct err *e)
{
    const struct typed_change *c = t->c;
    if (!add_rows(&t->csv, c->rows, c->row_count, t->s->lang, e) || !lists_new(&t->lists, e) ||
        !directory_teach_lists(&t->s->directory, t->lists, e))
        return false;
    const struct ingest_options o = {
        .input = {.path = typed_command(t->s), .memory = t->csv.data, .memory_bytes = t->csv.len},
        .as = c->rows->kind->name,
        .calendar = t->s->calendar,
        .today = (day)(sys_now() / 86400),
    };
    return ingest_open(&t->in, &o, &t->s->directory, t->lists, e) &&
           ingest_run(t->in, &sink, &t->rejects, e);
}

static void add_reason(const struct rejects *r, struct buf *why)
{
    const struct reject *first = &r->items[0];
    buf_addf(why, "%s%s%s", first->column, *first->column ? ": " : "", first->reason);
}

/* ---- asking ingest alone ---- */

static bool keep_row(void *context, const struct row *row, struct err *e)
{
    struct row *kept = context;
    (void)e;
    *kept = *row;
    for (size_t i = 0; i < ROW_SLOTS; i++)
        if (kept->slots[i].type == VALUE_TEXT)
            kept->slots[i] = (struct value){.type = VALUE_NONE};
    return true;
}

bool typed_check(struct session *s, const struct typed_row *row, struct typed_reply *reply,
                 struct err *e)
{
    const struct typed_change c = {.rows = row, .row_count = 1};
    struct typing t = {.s = s, .c = &c};
    const struct sink sink = {keep_row, &reply->row};
    rejects_init(&t.rejects);
    buf_clear(&reply->why);
    bool ok = read_rows(&t, sink, e);
    reply->taken = ok && !t.rejects.total;
    if (ok && !reply->taken)
        add_reason(&t.rejects, &reply->why);
    typing_free(&t);
    return ok && (!reply->why.failed || err_memory(e));
}

/* ---- the load ---- */

static uint64_t slots_of(const struct typed_change *c)
{
    uint64_t slots = 0;
    if (c->slots || !c->row_count)
        return c->slots;
    for (size_t i = 0; i < ROW_SLOTS; i++)
        slots |= (uint64_t)(c->rows->cells[i] != NULL) << i;
    return slots;
}

static bool begin(struct typing *t, struct err *e)
{
    const struct typed_change *c = t->c;
    struct load_request q = {
        .kind = c->row_count ? c->rows->kind : kind_of(KIND_INCIDENTS),
        .file = typed_command(t->s),
        .entry = c->name,
        .source = c->source,
        .directory = &t->s->directory,
        .calendar = t->s->calendar,
        .today = (day)(sys_now() / 86400),
        .slots = slots_of(c),
        .update = c->update,
        .alone = true,
        .rejects = &t->rejects,
    };
    return load_begin(t->s->store, &q, &t->load, e);
}

static bool take_row(void *context, const struct row *row, struct err *e)
{
    struct typing *t = context;
    return load_row(t->load, row, e);
}

static bool withdraw(struct typing *t, struct err *e)
{
    bool found = false;
    return load_withdraw(t->load, t->c->withdrawn, &found, e) &&
           (found || err_set(e, ERR_INPUT, "%s: there is no such case", t->c->withdrawn));
}

static bool judge(struct typing *t, struct err *e)
{
    struct buf why = {0};
    if (!t->rejects.total)
        return true;
    add_reason(&t->rejects, &why);
    bool ok = why.failed ? err_memory(e)
                         : err_set(e, ERR_INPUT, "%s: %s: nothing was saved", typed_command(t->s),
                                   buf_text(&why));
    buf_free(&why);
    return ok;
}

static bool note_audit(struct typing *t, struct err *e)
{
    const struct load_summary *s = &t->summary;
    struct buf detail = {0};
    buf_addf(&detail, "%s load=%lld read=%lld added=%lld changed=%lld withdrawn=%lld rejected=0",
             t->c->name, (long long)s->load, (long long)s->read, (long long)s->added,
             (long long)s->changed, (long long)s->withdrawn);
    bool ok = detail.failed ? err_memory(e) : store_audit(t->s->store, "load", detail.data, e);
    buf_free(&detail);
    return ok;
}

/* A load and its line in the audit table are one; of a load that changes nothing only the line
 * stays. */
static bool settle(struct typing *t, struct err *e)
{
    struct load *load = t->load;
    if (t->summary.load) {
        if (!note_audit(t, e))
            return false;
        t->load = NULL;
        return load_commit(load, e);
    }
    t->load = NULL;
    load_abort(load);
    return note_audit(t, e);
}

bool typed_make(struct session *s, const struct typed_change *c, struct typed_done *done,
                struct err *e)
{
    struct typing t = {.s = s, .c = c};
    const struct sink sink = {take_row, &t};
    *done = (struct typed_done){0};
    rejects_init(&t.rejects);
    bool ok = begin(&t, e) && (c->row_count ? read_rows(&t, sink, e) : withdraw(&t, e)) &&
              load_finish(t.load, &t.summary, e) && judge(&t, e) && settle(&t, e);
    if (ok) {
        done->load = t.summary.load;
        buf_adds(&done->warnings, buf_text(&t.summary.warnings));
        ok = !done->warnings.failed || err_memory(e);
    }
    typing_free(&t);
    return ok;
}

void typed_done_free(struct typed_done *done)
{
    buf_free(&done->warnings);
}

/* ---- the session ---- */

bool typed_open(struct session *s, const struct request *r, struct err *e)
{
    if (!session_open(s, r, STORE_WRITE, e))
        return false;
    e->lang = s->lang;
    if (s->directory.unit_count)
        return true;
    session_close(s);
    return err_set(e, ERR_INPUT,
                   "%s: no unit is loaded yet: load the units first (keogiam load units.csv), or "
                   "try the demonstration (keogiam --db demo.db init --demo)",
                   r->place);
}

bool typed_source(struct session *s, struct buf *name, struct err *e)
{
    const char *given = arg(s->request, OPT_SOURCE);
    if (given)
        buf_adds(name, given);
    else if (!store_default_source(s->store, &s->directory, (day)(sys_now() / 86400), name, e))
        return false;
    if (name->failed)
        return err_memory(e);
    return name->len || err_set(e, ERR_INPUT,
                                "%s: there are several sources here: say whose case it is with "
                                "--source NAME, as 'keogiam status' lists them",
                                typed_command(s));
}

const char *typed_name(const char *file, enum lang lang)
{
    static const struct {
        const char *file, *words;
    } names[] = {{"add", N_("add: one case")},
                 {"set", N_("set: one case")},
                 {LOAD_NIL, N_("nil return")},
                 {"withdraw duplicate", N_("withdraw: a duplicate")},
                 {"withdraw mistake", N_("withdraw: a mistake")},
                 {"withdraw elsewhere", N_("withdraw: not of this office")}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!strcmp(file, names[i].file))
            return tr(lang, names[i].words);
    return file;
}

bool typed_case_id(const struct session *s, const char *id, struct buf *code, struct err *e)
{
    const char *key = NULL;
    if (!load_hash_key(s->request, &key, e))
        return false;
    if (key)
        return ingest_hash_id(key, id, code, e);
    buf_adds(code, id);
    return !code->failed || err_memory(e);
}
