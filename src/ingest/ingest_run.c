/* ingest_run.c: the reading thread and the caller's.
 *
 * The reading thread owns reader and checker and only reads directory, lists and layout. It fills
 * batches and pushes them to the queue `full`; the caller's thread hands their rows to the sink and
 * pushes them back to the queue `empty`. So what is in flight is bounded, rows come in the file's
 * order, and nothing is touched by both threads at once.
 *
 * Category sets are the one thing that a file adds to the directory: growing directory.sets in the
 * reading thread would move them under the sink that reads them. The reading thread numbers the
 * sets in a table of its own; a batch brings those that are new, and the caller's thread adds them
 * to the directory and puts the directory's numbers into the rows.
 */
#include <stdlib.h>

#include "ingest/ingest_state.h"
#include "ingest/remarks.h"
#include "sys/sys.h"

enum { BATCHES = 6 };

struct run {
    struct ingest *in;
    const struct sink *sink;
    struct rejects *rejects;
    struct batch *batches;
    struct sys_queue *full, *empty; /* NULL without a second thread */
    size_t sets_sent;               /* the reading thread's: sets that batches have brought */
    struct err worker_err;          /* the reading thread's until it is joined */
    struct err *caller_err;
    bool stopped; /* without a second thread: the sink said stop */
};

/* ---- the caller's side ---- */

static bool take_sets(struct ingest *in, const struct batch *b, struct err *e)
{
    void *numbers = in->set_numbers;
    if (!array_grow(&numbers, &in->set_cap, in->set_count + b->set_count, sizeof *in->set_numbers,
                    e))
        return false;
    in->set_numbers = numbers;
    for (size_t i = 0; i < b->set_count; i++) {
        const struct category_set *set = &b->sets[i];
        if (!directory_set(in->directory, set->categories, set->count,
                           &in->set_numbers[in->set_count], e))
            return false;
        in->set_count++;
    }
    return true;
}

static bool take_rows(struct run *r, struct batch *b, struct err *e)
{
    enum kind_id kind = ingest_kind(r->in);
    bool has_sets = kind == KIND_INCIDENTS || kind == KIND_OUTCOMES;
    for (size_t i = 0; i < b->row_count; i++) {
        struct value *v = &b->rows[i].slots[INC_CATEGORY];
        if (has_sets && v->type == VALUE_INT)
            v->as.i = (int64_t)r->in->set_numbers[v->as.i];
        if (!r->sink->row(r->sink->context, &b->rows[i], e))
            return false;
    }
    return true;
}

static bool take_notes(struct run *r, const struct batch *b, struct err *e)
{
    for (size_t i = 0; i < b->note_count; i++) {
        const struct note *n = &b->notes[i];
        if (!rejects_add(r->rejects, n->line, n->column, n->reason, n->value, n->value_bytes, e))
            return false;
    }
    return true;
}

static bool take_batch(struct run *r, struct batch *b, struct err *e)
{
    struct buf *warnings = &r->in->warnings;
    r->in->rows_read += b->rows_read;
    buf_add(warnings, buf_text(&b->warnings), b->warnings.len);
    if (warnings->failed || b->warnings.failed)
        return err_memory(e);
    return take_sets(r->in, b, e) && take_rows(r, b, e) && take_notes(r, b, e);
}

static void batch_clear(struct batch *b)
{
    b->row_count = b->note_count = b->set_count = b->rows_read = 0;
    buf_clear(&b->warnings);
    arena_free(&b->arena);
}

/* ---- the reading side ---- */

/* Puts into the batch the sets that it is the first to use. */
static bool bring_sets(struct run *r, struct batch *b, struct err *e)
{
    const struct set_table *t = &r->in->checker.sets;
    void *sets = b->sets;
    if (!array_grow(&sets, &b->set_cap, t->count - r->sets_sent, sizeof *b->sets, e))
        return false;
    b->sets = sets;
    while (r->sets_sent < t->count)
        b->sets[b->set_count++] = t->sets[r->sets_sent++];
    return true;
}

/* As outlet.send; `last`: no further batch is wanted. */
static struct batch *hand_over(struct run *r, struct batch *b, bool last)
{
    if (!bring_sets(r, b, &r->worker_err))
        return NULL;
    if (r->full)
        return sys_queue_push(r->full, b) && !last ? sys_queue_pop(r->empty) : NULL;
    r->stopped = !take_batch(r, b, r->caller_err);
    batch_clear(b);
    return last || r->stopped ? NULL : b;
}

static struct batch *send_batch(void *run, struct batch *full)
{
    return hand_over(run, full, false);
}

/* All rows of a file that is one table. */
static bool read_table(struct ingest *in, struct outlet *out, struct err *e)
{
    struct record rec;
    bool more = true;
    while (out->batch && more)
        if (!reader_next(in->reader, &rec, &more, e) ||
            (more && !checker_record(&in->checker, &rec, out, e)))
            return false;
    return out->batch != NULL;
}

/* The rows of a table in a sheet, which has more below it than rows. */
static bool read_sheet(struct ingest *in, const struct part *p, struct outlet *out, struct err *e)
{
    struct record rec;
    struct remarks remarks;
    bool more = true, ok = checker_turn(&in->checker, &p->layout, p->place, e) &&
                           reader_take_table(in->reader, &p->table, e);
    remarks_init(&remarks, &in->checker);
    while (ok && out->batch && more) {
        ok = reader_next(in->reader, &rec, &more, e);
        if (ok && more)
            ok = remarks_record(&remarks, &rec, out, e);
    }
    ok = ok && remarks_end(&remarks, out, e);
    remarks_free(&remarks);
    return ok && out->batch;
}

static bool read_part(struct ingest *in, const struct part *p, struct outlet *out, struct err *e)
{
    return reader_workbook(in->reader) ? read_sheet(in, p, out, e) : read_table(in, out, e);
}

static void read_file(void *context)
{
    struct run *r = context;
    struct outlet out = {&r->batches[0], send_batch, r};
    struct err *e = &r->worker_err;
    bool more = true;
    if (r->full)
        out.batch = sys_queue_pop(r->empty);
    for (size_t i = 0; i < r->in->part_count && more; i++)
        more = read_part(r->in, &r->in->parts[i], &out, e);
    if (out.batch)
        hand_over(r, out.batch, true);
    if (r->full)
        sys_queue_close(r->full);
}

/* ---- both ---- */

static bool run_init(struct run *r, struct err *e)
{
    r->batches = calloc(BATCHES, sizeof *r->batches);
    if (!r->batches)
        return err_memory(e);
    r->full = sys_queue_new(BATCHES);
    r->empty = sys_queue_new(BATCHES);
    for (size_t i = 0; r->full && r->empty && i < BATCHES; i++)
        sys_queue_push(r->empty, &r->batches[i]);
    return true;
}

static void queues_delete(struct run *r)
{
    sys_queue_delete(r->full);
    sys_queue_delete(r->empty);
    r->full = r->empty = NULL;
}

static void run_free(struct run *r)
{
    queues_delete(r);
    for (size_t i = 0; r->batches && i < BATCHES; i++) {
        batch_clear(&r->batches[i]);
        buf_free(&r->batches[i].warnings);
        free(r->batches[i].notes);
        free(r->batches[i].sets);
    }
    free(r->batches);
}

/* Where the sink or the rejects fail, closing both queues ends the reading thread, wherever it
 * waits. */
static bool take_all(struct run *r, struct err *e)
{
    struct batch *b;
    while ((b = sys_queue_pop(r->full))) {
        if (!take_batch(r, b, e)) {
            sys_queue_close(r->full);
            sys_queue_close(r->empty);
            return false;
        }
        batch_clear(b);
        sys_queue_push(r->empty, b);
    }
    return true;
}

static bool run_both(struct run *r, struct err *e)
{
    struct sys_worker *worker = r->full && r->empty ? sys_worker_start(read_file, r) : NULL;
    if (!worker) {
        queues_delete(r);
        read_file(r);
        return !r->stopped;
    }
    bool ok = take_all(r, e);
    sys_worker_join(worker);
    return ok;
}

static bool pass_error(const struct err *from, struct err *e)
{
    if (e && e->code == ERR_NONE) {
        enum lang lang = e->lang;
        *e = *from;
        e->lang = lang;
    }
    return false;
}

bool ingest_run(struct ingest *in, const struct sink *sink, struct rejects *rejects, struct err *e)
{
    struct err own = {.lang = in->lang},
               *heard = e ? e : &own; /* the inline way asks it for its code */
    struct run r = {.in = in,
                    .sink = sink,
                    .rejects = rejects,
                    .worker_err = {.lang = in->lang},
                    .caller_err = heard};
    rejects->sheets = in->sheet_names;
    bool ok = run_init(&r, heard) && run_both(&r, heard);
    if (ok && r.worker_err.code != ERR_NONE)
        ok = pass_error(&r.worker_err, heard);
    run_free(&r);
    if (ok)
        checker_say(&in->checker, &in->warnings);
    if (ok && in->warnings.failed)
        return err_memory(heard);
    if (ok && !in->rows_read &&
        !in->returned.is_template) /* which may say that there was nothing */
        return err_set(heard, ERR_INPUT, "%s: has no rows below its head: nothing to load",
                       reader_name(in->reader));
    return ok;
}
