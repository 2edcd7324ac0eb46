/* xlsx_rows.c: the rows of a sheet, chunk by chunk. Reading the XML takes longer than all that is
 * done with its rows: a thread of its own reads ahead, where one can be started. Chunks go back and
 * forth through two queues, so that memory does not grow with the sheet. */
#include <stdlib.h>

#include "ingest/sheet_parse.h"
#include "sys/sys.h"

enum { CHUNKS = 8 };

struct xlsx_rows {
    struct sheet_parser parser; /* the worker's, where there is one */
    struct chunk chunks[CHUNKS];
    struct sys_queue *full, *empty; /* NULL without a worker */
    struct sys_worker *worker;
    struct err fault; /* the worker's until `full` has run dry */

    struct chunk *chunk; /* the one whose rows are given */
    size_t next;
    bool ended;
    struct xlsx_cell *given; /* of the row last given */
    size_t given_cap;
};

/* ---- the worker ---- */

static void read_ahead(void *context)
{
    struct xlsx_rows *r = context;
    struct chunk *c;
    bool more = true;
    while (more && (c = sys_queue_pop(r->empty))) {
        more = sheet_parser_fill(&r->parser, c, &r->fault) && !c->is_last;
        if (r->fault.code == ERR_NONE && !sys_queue_push(r->full, c))
            more = false;
    }
    sys_queue_close(r->full);
}

static void queues_delete(struct xlsx_rows *r)
{
    sys_queue_delete(r->full);
    sys_queue_delete(r->empty);
    r->full = r->empty = NULL;
}

static void start_worker(struct xlsx_rows *r)
{
    r->full = sys_queue_new(CHUNKS);
    r->empty = sys_queue_new(CHUNKS);
    for (size_t i = 0; r->full && r->empty && i < CHUNKS; i++)
        sys_queue_push(r->empty, &r->chunks[i]);
    if (r->full && r->empty)
        r->worker = sys_worker_start(read_ahead, r);
    if (!r->worker)
        queues_delete(r);
}

/* ---- the caller ---- */

bool xlsx_rows_open(struct xlsx_rows **out, struct xlsx *x, size_t sheet, struct err *e)
{
    struct xlsx_rows *r = calloc(1, sizeof *r);
    *out = NULL;
    if (!r)
        return err_memory(e);
    r->fault.lang = e ? e->lang : LANG_EN;
    if (!sheet_parser_open(&r->parser, x, sheet, e)) {
        xlsx_rows_close(r);
        return false;
    }
    start_worker(r);
    *out = r;
    return true;
}

void xlsx_rows_close(struct xlsx_rows *r)
{
    if (!r)
        return;
    if (r->worker) {
        sys_queue_close(r->full);
        sys_queue_close(r->empty);
        sys_worker_join(r->worker);
    }
    queues_delete(r);
    sheet_parser_close(&r->parser);
    for (size_t i = 0; i < CHUNKS; i++)
        chunk_free(&r->chunks[i]);
    free(r->given);
    free(r);
}

/* The next chunk, the one before being done with. */
static bool take_chunk(struct xlsx_rows *r, struct err *e)
{
    struct chunk *done = r->chunk;
    r->next = 0;
    r->ended = done && done->is_last;
    if (r->ended)
        return true;
    if (!r->worker) {
        r->chunk = &r->chunks[0];
        return sheet_parser_fill(&r->parser, r->chunk, e);
    }
    if (done)
        sys_queue_push(r->empty, done);
    r->chunk = sys_queue_pop(r->full);
    if (!r->chunk && e && e->code == ERR_NONE)
        *e = r->fault;
    return r->chunk != NULL;
}

static bool give(struct xlsx_rows *r, const struct chunk_row *ready, struct xlsx_row *row,
                 struct err *e)
{
    void *given = r->given;
    if (!array_grow(&given, &r->given_cap, ready->count, sizeof *r->given, e))
        return false;
    r->given = given;
    for (size_t i = 0; i < ready->count; i++) {
        const struct chunk_cell *c = &r->chunk->cells[ready->first + i];
        r->given[i] = c->cell;
        if (!c->cell.text.text)
            r->given[i].text.text = r->chunk->text.data + c->at;
    }
    *row = (struct xlsx_row){ready->line, ready->count, r->given};
    return true;
}

bool xlsx_rows_next(struct xlsx_rows *r, struct xlsx_row *row, bool *more, struct err *e)
{
    while (!r->ended && (!r->chunk || r->next == r->chunk->row_count))
        if (!take_chunk(r, e))
            return false;
    *more = !r->ended;
    return !*more || give(r, &r->chunk->rows[r->next++], row, e);
}
