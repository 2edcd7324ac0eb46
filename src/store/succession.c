/* What successions must keep together with each other and with the units. */
#include "base/num.h"
#include "store/store_private.h"

/* What each query gives first; what its reason says comes behind. */
#define BROKEN                                                                                     \
    "SELECT s.rowid, s.load_from, s.made_by, s.old_unit,"                                          \
    " (SELECT code FROM unit WHERE id = s.new_unit), s.day"
enum { FIRST_OWN = 6 };

static const char *const sql_not_yet =
    BROKEN ", v.valid_from, v.valid_to FROM succession s LEFT JOIN unit_version v"
           " ON v.unit = s.new_unit AND v.load_to IS NULL WHERE s.load_to IS NULL"
           " AND NOT ifnull(s.day BETWEEN v.valid_from AND v.valid_to, 0) ORDER BY s.rowid";
static const char *const sql_still =
    BROKEN " FROM succession s JOIN unit_version o ON o.code = s.old_unit"
           " AND o.load_to IS NULL AND o.valid_from < s.day AND o.valid_to >= s.day"
           " WHERE s.load_to IS NULL ORDER BY s.rowid";
static const char *const sql_ended =
    BROKEN ", max(o.valid_to) AS last FROM succession s JOIN unit_version o ON o.code = s.old_unit"
           " AND o.load_to IS NULL AND o.valid_from < s.day"
           " WHERE s.load_to IS NULL GROUP BY s.rowid HAVING last < s.day - 1 ORDER BY s.rowid";
static const char *const sql_shares =
    BROKEN ", g.count, g.given, g.total FROM succession s JOIN"
           " (SELECT old_unit, day, count(*) AS count, count(share) AS given, sum(share) AS total"
           "  FROM succession WHERE load_to IS NULL GROUP BY old_unit, day) g"
           " ON g.old_unit = s.old_unit AND g.day = s.day WHERE s.load_to IS NULL AND g.given > 0"
           " AND (g.given < g.count OR abs(g.total - 1) > 0.001) ORDER BY s.rowid";

static const char *day_at(struct stmt *ask, int column, char text[11])
{
    day_text((day)db_int(ask, column), text);
    return text;
}

static void say_not_yet(struct stmt *ask, enum lang lang, struct buf *why)
{
    char text[11];
    if (db_int(ask, FIRST_OWN) > db_int(ask, FIRST_OWN - 1))
        buf_addf(why, tr(lang, "begins on %s only: correct `on` or its valid_from"),
                 day_at(ask, FIRST_OWN, text));
    else
        buf_addf(why, tr(lang, "ended on %s already: correct `on` or its valid_to"),
                 day_at(ask, FIRST_OWN + 1, text));
}

static void say_still(struct stmt *ask, enum lang lang, struct buf *why)
{
    (void)ask;
    buf_adds(why, tr(lang, "still valid on that day: end it on the day before (valid_to), or its "
                           "cases would be in two units"));
}

static void say_ended(struct stmt *ask, enum lang lang, struct buf *why)
{
    char to[11];
    buf_addf(why, tr(lang, "ended on %s, not on the day before: correct `on` or its valid_to"),
             day_at(ask, FIRST_OWN, to));
}

static void say_shares(struct stmt *ask, enum lang lang, struct buf *why)
{
    int64_t count = db_int(ask, FIRST_OWN), given = db_int(ask, FIRST_OWN + 1);
    struct buf sum = {0};
    num_add_human(&sum, db_real(ask, FIRST_OWN + 2), 3, lang);
    if (given < count)
        buf_addf(why,
                 tr(lang,
                    "a share is given for %lld of this old unit's %lld successors on that day: "
                    "give it for all or for none"),
                 (long long)given, (long long)count);
    else if (count == 1)
        buf_addf(why,
                 tr(lang,
                    "the only successor, but its share is %s and the rest goes nowhere: write "
                    "1 or add the others"),
                 buf_text(&sum));
    else
        buf_addf(why,
                 tr(lang, "the shares of this old unit's %lld successors on that day sum to %s, "
                          "not 1"),
                 (long long)count, buf_text(&sum));
    why->failed = why->failed || sum.failed;
    buf_free(&sum);
}

static const struct rule {
    const char *const *sql;
    const char *column;
    void (*say)(struct stmt *ask, enum lang lang, struct buf *why);
} rules[] = {
    {&sql_not_yet, "new_unit", say_not_yet},
    {&sql_still, "old_unit", say_still},
    {&sql_ended, "old_unit", say_ended},
    {&sql_shares, "share", say_shares},
};

struct visit {
    bool (*fn)(void *context, const struct broken *b, struct err *e);
    void *context;
};

static bool hand_on(const struct rule *r, struct stmt *ask, const struct visit *v, struct err *e)
{
    struct buf why = {0};
    r->say(ask, e ? e->lang : LANG_EN, &why);
    struct broken b = {db_int(ask, 0),  db_int(ask, 1),      db_int(ask, 2), db_text(ask, 3),
                       db_text(ask, 4), (day)db_int(ask, 5), r->column,      buf_text(&why)};
    bool ok = why.failed ? err_memory(e) : v->fn(v->context, &b, e);
    buf_free(&why);
    return ok;
}

static bool each_of(struct store *s, const struct rule *r, const struct visit *v, struct err *e)
{
    struct stmt *ask = NULL;
    if (!db_prepare(s->db, *r->sql, &ask, e))
        return false;
    enum db_step step = DB_DONE;
    bool ok = true;
    while (ok && (step = db_step(ask, e)) == DB_ROW)
        ok = hand_on(r, ask, v, e);
    db_finalize(ask);
    return ok && step == DB_DONE;
}

bool succession_each_broken(struct store *s,
                            bool (*fn)(void *context, const struct broken *b, struct err *e),
                            void *context, struct err *e)
{
    struct visit v = {fn, context};
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof rules / sizeof rules[0]; i++)
        ok = each_of(s, &rules[i], &v, e);
    return ok;
}

bool succession_fail(const struct broken *b, const char *lead, struct err *e)
{
    char on[11];
    day_text(b->on, on);
    return err_set(e, ERR_INPUT, "%s: the succession of %s to %s on %s would not hold: %s: %s",
                   lead, b->old_unit, b->new_unit, on, b->column, b->reason);
}
