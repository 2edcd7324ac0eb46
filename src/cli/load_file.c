#include "cli/load_file.h"

#include <stdlib.h>
#include <string.h>

#include "cli/load_options.h"
#include "cli/load_returned.h"
#include "cli/load_say.h"
#include "cli/suggest.h"
#include "ingest/ingest.h"
#include "sys/sys.h"

/* One file on its way: what has to be freed together. */
struct loading {
    struct session *s;
    const struct load_file *f;
    struct lists *lists;
    struct ingest *in;
    struct load *load;
    struct rejects rejects;
    struct coverage_claim claim;
    bool has_claim;
    size_t *claim_units, *claim_categories;
    struct name_value *maps, *consts;
    struct load_summary summary;
    struct load_doubles doubles;
    struct buf source; /* of the file's rows, "" where they name none */
};

/* ---- options ---- */

static bool read_claim(struct loading *l, struct err *e)
{
    const struct request *r = l->s->request;
    const char *text = arg(r, OPT_COVERS);
    struct period p;
    if (!text && (arg(r, OPT_FOR) || arg(r, OPT_OF)))
        return err_set(
            e, ERR_USAGE,
            "--for and --of: say of which units and categories --covers speaks: add --covers A..B");
    if (!text)
        return true;
    if (!period_parse(text, strlen(text), l->s->calendar, &p))
        return err_set(e, ERR_USAGE,
                       "--covers %s: is no period: write 2024-01-01..2024-06-30 or 2024H1", text);
    l->claim.span = p.span;
    l->has_claim = true;
    if (!session_units(l->s, OPT_FOR, p.span.to, &l->claim_units, &l->claim.unit_count, e) ||
        !session_categories(l->s, OPT_OF, &l->claim_categories, &l->claim.category_count, e))
        return false;
    l->claim.units = l->claim_units;
    l->claim.categories = l->claim_categories;
    return true;
}

static bool open_input(struct loading *l, struct err *e)
{
    const struct request *r = l->s->request;
    struct ingest_options o = {
        .input = {.path = l->f->path, .memory = l->f->memory, .memory_bytes = l->f->memory_bytes},
        .sheet = l->f->memory ? NULL : arg(r, OPT_SHEET),
        .as = l->f->as ? l->f->as : arg(r, OPT_AS),
        .within = arg(r, OPT_WITHIN),
        .make_ids = arg(r, OPT_MAKE_IDS) != NULL,
        .calendar = l->s->calendar,
        .today =
            l->f->memory ? DAY_NONE : (day)(sys_now() / 86400), /* what we ship is not judged */
    };
    if (!load_read_pairs(r->args.maps, r->args.map_count, OPT_MAP, &l->rejects.arena, &l->maps,
                         e) ||
        !load_read_pairs(r->args.consts, r->args.const_count, OPT_CONST, &l->rejects.arena,
                         &l->consts, e) ||
        !load_read_skip(r, &o.input.skip_rows, e) || !load_hash_key(r, &o.hash_key, e))
        return false;
    o.maps = l->maps;
    o.map_count = r->args.map_count;
    o.consts = l->consts;
    o.const_count = r->args.const_count;
    return ingest_open(&l->in, &o, &l->s->directory, l->lists, e);
}

/* ---- the load ---- */

static uint64_t slots_of(const struct ingest *in, const struct kind *kind)
{
    uint64_t slots = 0;
    for (size_t i = 0; i < kind->column_count; i++)
        slots |= (uint64_t)ingest_has_slot(in, i) << i;
    return slots;
}

/* The file names periods and leaves open by which calendar. */
static bool leaves_calendar(const struct loading *l)
{
    enum kind_id kind = ingest_kind(l->in);
    return kind == KIND_INDICATORS ||
           (kind == KIND_COUNTS && !ingest_has_slot(l->in, CNT_CALENDAR));
}

static bool check_calendar(const struct loading *l, struct err *e)
{
    return !l->s->calendar_is_mixed || !leaves_calendar(l) ||
           err_set(e, ERR_INPUT,
                   "%s: the database has counts of two calendars: say by which this file names its "
                   "periods: --calendar 01-01 or --calendar 12-15",
                   l->f->path);
}

/* A case row is seldom shorter than this. */
enum { bytes_a_row = 60 };

/* --source, else what the file's own rows say. */
static const char *named_source(const struct loading *l)
{
    const char *named = l->f->source ? l->f->source : arg(l->s->request, OPT_SOURCE);
    return named || !l->source.len ? named : buf_text(&l->source);
}

static bool begin(struct loading *l, struct err *e)
{
    const struct request *r = l->s->request;
    const struct kind *kind = kind_of(ingest_kind(l->in));
    int64_t bytes = 0;
    if (!l->f->memory)
        sys_file_size(l->f->path, &bytes);
    struct load_request q = {
        .kind = kind,
        .file = l->f->path,
        .source = named_source(l),
        .directory = &l->s->directory,
        .claim = l->has_claim ? &l->claim : NULL,
        .calendar = l->s->calendar,
        .today = (day)(sys_now() / 86400),
        .expected_rows = bytes / bytes_a_row,
        .slots = slots_of(l->in, kind),
        .sheet_slots = ingest_sheet_slots(l->in),
        .update = arg(r, OPT_UPDATE) != NULL,
        .replace = arg(r, OPT_REPLACE) != NULL,
        .rejects = &l->rejects,
    };
    return load_begin(l->s->store, &q, &l->load, e);
}

static const char *row_source(const struct loading *l, const struct row *row)
{
    const struct kind *kind = kind_of(ingest_kind(l->in));
    size_t slot = kind_source_slot(kind);
    bool given = slot < kind->column_count && row->slots[slot].type == VALUE_TEXT;
    return given ? row->slots[slot].as.s : "";
}

/* A file is one office's: the first row's. The load begins when it is known. */
static bool take_row(void *context, const struct row *row, struct err *e)
{
    struct loading *l = context;
    const char *source = row_source(l, row);
    if (!l->load) {
        buf_adds(&l->source, source);
        if (l->source.failed)
            return err_memory(e);
        if (!begin(l, e))
            return false;
    }
    if (strcmp(buf_text(&l->source), source) && !arg(l->s->request, OPT_SOURCE))
        return rejects_add(&l->rejects, row->line, "source",
                           tr(e->lang, "another source than in the rows before: a file is of one "
                                       "office; name it with --source, or divide the file"),
                           source, strlen(source), e);
    return load_row(l->load, row, e);
}

static bool say_withdrawn(void *context, const char *case_id, struct err *e)
{
    (void)e;
    fprintf(context, "  %s\n", case_id);
    return true;
}

/* What --replace will withdraw, and, on a terminal, the question whether to go on. */
static bool preview(struct loading *l, struct err *e)
{
    const struct request *r = l->s->request;
    if (!arg(r, OPT_REPLACE) || !l->summary.withdrawn)
        return true;
    fprintf(stderr, tr(e->lang, "%s: will be withdrawn, since the file lacks them (%lld):\n"),
            l->f->path, (long long)l->summary.withdrawn);
    if (!load_each_withdrawn(l->load, say_withdrawn, stderr, e))
        return false;
    if (!l->f->commit || arg(r, OPT_YES) || !sys_is_terminal(stdin))
        return true;
    fprintf(stderr, "%s", tr(e->lang, "Go on? [y/N] "));
    int answer = getchar();
    return answer == 'y' || answer == 'Y' || answer == 'c' || answer == 'C' ||
           err_set(e, ERR_FAILED, "%s: not loaded: you said no", l->f->path);
}

/* ---- rejects ---- */

/* What rejects are called after. */
static const char *name_of(const struct loading *l)
{
    return strcmp(l->f->path, "-") ? l->f->path : "stdin";
}

static bool write_rejects(struct loading *l, struct err *e)
{
    struct buf path = {0};
    buf_addf(&path, "%s.rejects.csv", name_of(l));
    bool ok = path.failed ? err_memory(e) : rejects_write(&l->rejects, path.data, e);
    buf_free(&path);
    return ok;
}

/* Some row was refused for what it calls a unit, a category or a value. */
static bool has_spellings(const struct loading *l, enum lang lang)
{
    const char *const reasons[] = {tr(lang, "unknown unit"), tr(lang, "unknown category"),
                                   tr(lang, "ambiguous:"),
                                   tr(lang, "not in the list of %s; listed:")};
    for (size_t i = 0; i < l->rejects.count; i++)
        for (size_t k = 0; k < sizeof reasons / sizeof reasons[0]; k++)
            if (!strncmp(l->rejects.items[i].reason, reasons[k], strcspn(reasons[k], "%")))
                return true;
    return false;
}

/* The file as the next command would name it. */
static void add_file(const struct loading *l, struct buf *b)
{
    const char *sheet = arg(l->s->request, OPT_SHEET);
    buf_adds(b, l->f->path);
    if (sheet)
        buf_addf(b, " --sheet '%s'", sheet);
}

static bool refuse(struct loading *l, struct err *e)
{
    const struct reject *first = &l->rejects.items[0];
    for (size_t i = 1; i < l->rejects.count; i++)
        if (l->rejects.items[i].line < first->line)
            first = &l->rejects.items[i];
    struct buf place = {0}, file = {0};
    const char *colon = *first->column ? ": " : "";
    ingest_place(l->in, first->line, &place);
    add_file(l, &file);
    if (ingest_kind(l->in) != KIND_ALIASES && has_spellings(l, e->lang))
        err_set(e, ERR_INPUT,
                "%s: %s%s%s: nothing was loaded; bad rows: %zu, see %s.rejects.csv; for "
                "spellings that it does not know: keogiam check %s --suggest",
                buf_text(&place), first->column, colon, first->reason, l->rejects.total, name_of(l),
                buf_text(&file));
    else
        err_set(e, ERR_INPUT, "%s: %s%s%s: nothing was loaded; bad rows: %zu, see %s.rejects.csv",
                buf_text(&place), first->column, colon, first->reason, l->rejects.total,
                name_of(l));
    buf_free(&place);
    buf_free(&file);
    return false;
}

/* A file with bad rows is refused unless its good rows are wanted; the whole truth it never is. */
static bool judge(struct loading *l, struct err *e)
{
    const struct request *r = l->s->request;
    if (!l->rejects.total)
        return true;
    if (!write_rejects(l, e))
        return false;
    if (!arg(r, OPT_KEEP_GOOD))
        return refuse(l, e);
    return !arg(r, OPT_REPLACE) ||
           err_set(e, ERR_INPUT,
                   "%s: a file with bad rows is not the whole truth, which --replace takes it for: "
                   "correct them (%zu, see %s.rejects.csv)",
                   l->f->path, l->rejects.total, name_of(l));
}

/* ---- talking ---- */

static void say_summary(const struct loading *l, enum lang lang)
{
    const struct load_talk t = {.out = l->f->talk,
                                .file = l->f->path,
                                .name = name_of(l),
                                .kind = tr(lang, kind_of(ingest_kind(l->in))->name),
                                .commit = l->f->commit,
                                .calendar_open = leaves_calendar(l),
                                .calendar = l->s->calendar,
                                .returned =
                                    arg(l->s->request, OPT_COVERS) ? NULL : ingest_returned(l->in),
                                .summary = &l->summary,
                                .doubles = &l->doubles,
                                .warnings = ingest_warnings(l->in),
                                .rejected = l->rejects.total};
    load_say(&t, lang);
}

static bool note_audit(struct loading *l, struct err *e)
{
    struct buf detail = {0};
    buf_addf(&detail, "%s load=%lld read=%lld added=%lld changed=%lld withdrawn=%lld rejected=%zu",
             l->f->path, (long long)l->summary.load, (long long)l->summary.read,
             (long long)l->summary.added, (long long)l->summary.changed,
             (long long)l->summary.withdrawn, l->rejects.total);
    bool ok = detail.failed ? err_memory(e) : store_audit(l->s->store, "load", detail.data, e);
    buf_free(&detail);
    return ok;
}

static bool read_anew(struct session *s, struct err *e)
{
    cover_free(&s->cover);
    directory_free(&s->directory);
    return store_directory(s->store, STATE_NOW, &s->directory, e) &&
           cover_load(&s->cover, s->store, STATE_NOW, &s->directory, e) &&
           session_choose_calendar(s, e);
}

/* Commits, or takes everything back where nothing changed or nothing was meant to. A load and its
 * line in the audit table are one. */
static bool settle(struct loading *l, struct err *e)
{
    struct load *load = l->load;
    if (l->f->commit && l->summary.load) {
        if (!note_audit(l, e))
            return false;
        l->load = NULL;
        return load_commit(load, e) && read_anew(l->s, e);
    }
    l->load = NULL;
    load_abort(load);
    return !l->f->commit || (note_audit(l, e) && read_anew(l->s, e));
}

/* A template that comes back declares what it reports of; --covers goes before it. */
static bool claim_returned(struct loading *l, struct err *e)
{
    const struct returned *r = ingest_returned(l->in);
    if (!r || l->has_claim || !r->unit.len)
        return true;
    l->has_claim = returned_claim(l->s, r, l->f->path, &l->claim, e);
    l->claim_units = (size_t *)l->claim.units;
    l->claim_categories = (size_t *)l->claim.categories;
    return l->has_claim;
}

static bool suggest(struct loading *l, struct err *e)
{
    struct suggestions s;
    suggestions_init(&s);
    bool ok = ingest_suggest(l->in, &s, e) &&
              suggest_write(&s, l->s, l->lists, name_of(l), l->f->talk, e);
    suggestions_free(&s);
    return ok;
}

static bool run(struct loading *l, struct err *e)
{
    if (!lists_new(&l->lists, e) || !directory_teach_lists(&l->s->directory, l->lists, e) ||
        !read_claim(l, e) || !open_input(l, e) || !check_calendar(l, e) || !claim_returned(l, e))
        return false;
    if (l->f->suggest)
        return suggest(l, e);
    const struct sink sink = {take_row, l};
    const struct returned *back = ingest_returned(l->in);
    if (!ingest_run(l->in, &sink, &l->rejects, e) ||
        !returned_check(back, ingest_rows_read(l->in), l->f->path, e))
        return false;
    if (back && back->is_nil)
        return returned_load_nil(l->s, back, l->f, e);
    if ((!l->load && !begin(l, e)) || !load_finish(l->load, &l->summary, e) || !judge(l, e) ||
        !preview(l, e) ||
        (l->f->talk && !load_doubles_find(&l->doubles, l->load, l->rejects.sheets, e)) ||
        !settle(l, e))
        return false;
    if (l->f->talk)
        say_summary(l, e->lang);
    return true;
}

bool load_one_file(struct session *s, const struct load_file *f, struct err *e)
{
    struct loading l = {.s = s, .f = f};
    rejects_init(&l.rejects);
    bool ok = run(&l, e);
    load_abort(l.load);
    ingest_close(l.in);
    lists_delete(l.lists);
    load_summary_free(&l.summary);
    buf_free(&l.source);
    buf_free(&l.doubles.named);
    rejects_free(&l.rejects);
    free(l.claim_units);
    free(l.claim_categories);
    free(l.maps);
    free(l.consts);
    return ok;
}
