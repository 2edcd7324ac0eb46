/* Successions are judged when all are there: rows of the file that break a rule are refused with
 * their line; where rows that were there before would break, the file fails. What came before may
 * not be among the units: that is a warning. */
#include "store/load_private.h"

/* The old units of this load that no unit of the day before has, each with what follows it. */
static const char *const sql_missing =
    "SELECT s.old_unit, u.code, s.day FROM succession s JOIN unit u ON u.id = s.new_unit"
    " WHERE s.load_to IS NULL AND s.load_from = ?1 AND NOT EXISTS"
    " (SELECT 1 FROM unit_version o WHERE o.load_to IS NULL AND o.code = s.old_unit"
    "  AND o.valid_from < s.day AND o.valid_to >= s.day - 1) ORDER BY s.rowid";

static void warn_missing(const struct load *l, struct stmt *ask, struct buf *warnings,
                         enum lang lang)
{
    char on[11], before[11];
    day_text((day)db_int(ask, 2), on);
    day_text((day)db_int(ask, 2) - 1, before);
    buf_addf(warnings,
             tr(lang, "%s: old unit %s is not among the units of %s: %s is incomplete before %s\n"),
             l->q.file, db_text(ask, 0), before, db_text(ask, 1), on);
}

static bool warn_all(struct load *l, struct load_summary *summary, struct err *e)
{
    enum { LINES_MAX = 20 };
    struct stmt *ask = NULL;
    if (!db_prepare(l->s->db, sql_missing, &ask, e))
        return false;
    db_bind_int(ask, 1, l->id);
    enum db_step step;
    int64_t lines = 0;
    while ((step = db_step(ask, e)) == DB_ROW)
        if (lines++ < LINES_MAX)
            warn_missing(l, ask, &summary->warnings, e->lang);
    db_finalize(ask);
    if (lines > LINES_MAX)
        buf_addf(&summary->warnings,
                 tr(e->lang, "%s: %lld further old units are not among the units of their day\n"),
                 l->q.file, (long long)(lines - LINES_MAX));
    return step == DB_DONE;
}

static bool refuse_broken(void *context, const struct broken *b, struct err *e)
{
    return load_refuse(context, b->rowid, b->column, b->reason, e);
}

static bool fail_broken(void *context, const struct broken *b, struct err *e)
{
    const struct load *l = context;
    return succession_fail(b, l->q.file, e);
}

bool load_succession_finish(struct load *l, struct load_summary *summary, struct err *e)
{
    bool any = l->t->kind == KIND_SUCCESSIONS;
    if (!any && l->t->kind != KIND_UNITS)
        return true;
    while (any)
        if (!succession_each_broken(l->s, refuse_broken, l, e) ||
            !load_take_out_refused(l, &any, e))
            return false;
    return succession_each_broken(l->s, fail_broken, l, e) &&
           (l->t->kind != KIND_SUCCESSIONS || warn_all(l, summary, e));
}
