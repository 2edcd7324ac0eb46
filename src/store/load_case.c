#include <stdio.h>

#include "store/load_private.h"

bool load_case_prepare(struct load *l, struct err *e)
{
    struct buf get = {0};
    buf_adds(&get, "SELECT ");
    table_add_columns(l->t, &get);
    buf_adds(&get, " FROM incident WHERE id = ?1");
    bool ok = (get.failed ? err_memory(e) : db_prepare(l->s->db, get.data, &l->case_get, e)) &&
              db_prepare(l->s->db, "DELETE FROM incident WHERE id = ?1", &l->case_delete, e);
    buf_free(&get);
    return ok;
}

bool load_read_case(struct load *l, int64_t id, struct table_row *row, char case_id[CASE_ID_BYTES],
                    struct err *e)
{
    db_bind_int(l->case_get, 1, id);
    if (db_step(l->case_get, e) != DB_ROW)
        return false;
    table_read_row(l->t, l->case_get, 0, row);
    snprintf(case_id, CASE_ID_BYTES, "%s", row->slots[INC_CASE_ID].as.s);
    row->slots[INC_CASE_ID].as.s = case_id;
    db_reset(l->case_get);
    return true;
}

bool load_delete_case(struct load *l, int64_t id, struct err *e)
{
    db_bind_int(l->case_delete, 1, id);
    return db_run(l->case_delete, e);
}

bool load_file_of(struct store *s, int64_t load, struct buf *file, struct err *e)
{
    struct stmt *ask = NULL;
    if (!db_prepare(s->db, "SELECT file FROM load WHERE id = ?1", &ask, e))
        return false;
    db_bind_int(ask, 1, load);
    enum db_step step = db_step(ask, e);
    if (step == DB_ROW)
        buf_adds(file, db_text(ask, 0));
    db_finalize(ask);
    return step != DB_ERROR;
}
