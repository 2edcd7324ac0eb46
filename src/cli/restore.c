/* restore: the database out of a copy. Until every byte has proved right it has another name. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "cli/output.h"
#include "cli/passphrase.h"
#include "cli/session.h"
#include "store/backup.h"

struct restoring {
    const struct request *request;
    const char *copy; /* the file given, … */
    FILE *from;       /* … open */
    struct buf passphrase;
    struct output out; /* the database that is made */
    struct store *old; /* the one that is there, held; NULL: none */
    struct buf kept;   /* … and the name under which it stays */
    int64_t load, cases;
    day to;         /* the last day that anybody speaks for */
    enum lang lang; /* as the copy has it */
};

/* ---- what is in the way ---- */

static bool may_replace(const struct restoring *x, struct err *e)
{
    const char *place = x->request->place;
    return arg(x->request, OPT_OVERWRITE) || sys_path_kind(place) == SYS_MISSING ||
           err_set(e, ERR_INPUT,
                   "%s: exists already: give another file with --db, or let it be replaced with "
                   "--yes (it is kept beside)",
                   place);
}

static bool name_kept(struct restoring *x, struct err *e)
{
    for (int i = 1; i < 1000; i++) {
        buf_clear(&x->kept);
        buf_addf(&x->kept, "%s.before-restore", x->out.file.path);
        if (i > 1)
            buf_addf(&x->kept, "-%d", i);
        if (x->kept.failed)
            return err_memory(e);
        if (sys_path_kind(x->kept.data) == SYS_MISSING)
            return true;
    }
    return err_set(e, ERR_FAILED, "%s: exists already: choose another name or remove it",
                   x->kept.data);
}

/* Opening it plays back what was broken off in it. What cannot be opened stays where it is: it may
 * be in use, or no database at all. */
static bool hold_old(struct restoring *x, struct err *e)
{
    struct err own = {.lang = e->lang};
    if (sys_path_kind(x->out.file.path) == SYS_MISSING)
        return true;
    if (store_open(&x->old, x->out.file.path, STORE_WRITE, &own) && store_hold(x->old, &own))
        return name_kept(x, e);
    return err_set(e, own.code,
                   "%s (nothing was restored: give another file with --db, or rename that one)",
                   own.msg);
}

/* What a broken load left would be played into the next database of the name. */
static bool has_no_rest(const char *path, struct err *e)
{
    static const char *const suffixes[] = {"-journal", "-wal"};
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof suffixes / sizeof suffixes[0]; i++) {
        struct buf rest = {0};
        buf_addf(&rest, "%s%s", path, suffixes[i]);
        if (rest.failed)
            ok = err_memory(e);
        else if (sys_path_kind(rest.data) != SYS_MISSING)
            ok = err_set(e, ERR_FAILED,
                         "%s: is left of another database of that name: move it away first",
                         rest.data);
        buf_free(&rest);
    }
    return ok;
}

/* ---- the copy ---- */

static bool get(void *context, void *bytes, size_t n, size_t *got, struct err *e)
{
    struct restoring *x = context;
    *got = fread(bytes, 1, n, x->from);
    return !ferror(x->from) || err_set(e, ERR_FAILED, "%s: cannot read", x->copy);
}

static bool put(void *context, const void *bytes, size_t n, struct err *e)
{
    struct restoring *x = context;
    return output_write(&x->out, bytes, n, e);
}

static bool unpack(struct restoring *x, struct err *e)
{
    const struct seal_from from = {get, x, x->copy};
    const struct seal_to to = {put, x};
    return seal_open(&from, buf_text(&x->passphrase), &to, e) && output_flush(&x->out, e);
}

/* ---- what came out ---- */

static bool count_case(void *context, const struct case_dates *c, struct err *e)
{
    int64_t *cases = context;
    (void)e;
    *cases += c->outcome != OUTCOME_UNFOUNDED && c->outcome != OUTCOME_TRANSFERRED;
    return true;
}

static bool leave_audit_line(const struct restoring *x, struct store *s, struct err *e)
{
    struct buf line = {0};
    buf_addf(&line, "state=%" PRId64 " from=%s", x->load, x->copy);
    bool ok = line.failed ? err_memory(e) : store_audit(s, "restore", line.data, e);
    buf_free(&line);
    return ok;
}

static bool look_into(struct restoring *x, const struct session *s, struct err *e)
{
    x->to = session_last_known(s);
    x->lang = s->lang;
    return store_check(s->store, e) && store_last_load(s->store, &x->load, e) &&
           store_each_dates(s->store, STATE_NOW, count_case, &x->cases, e) &&
           leave_audit_line(x, s->store, e);
}

/* What is wrong with the file that nobody sees is wrong with the copy. */
static bool blame_copy(const struct restoring *x, const struct err *own, struct err *e)
{
    size_t n = strlen(x->out.file.temporary);
    bool named = !strncmp(own->msg, x->out.file.temporary, n) && own->msg[n] == ':';
    return err_set(e, ERR_INPUT, "%s: %s", x->copy, own->msg + (named ? n + 2 : 0));
}

static bool try_made(struct restoring *x, struct err *e)
{
    struct err own = {.lang = e->lang};
    struct session s;
    struct request aside = *x->request;
    aside.place = x->out.file.temporary;
    if (!session_open(&s, &aside, STORE_WRITE, &own))
        return blame_copy(x, &own, e);
    bool ok = look_into(x, &s, &own);
    session_close(&s);
    return ok || blame_copy(x, &own, e);
}

/* ---- the name ---- */

/* The old one has a second name before the new one takes the first: at any instant there is one. */
static bool take_name(struct restoring *x, struct err *e)
{
    struct buf path = {0};
    buf_adds(&path, x->out.file.path);
    bool ok = !path.failed || err_memory(e);
    bool kept = ok && x->old && sys_keep_as(path.data, x->kept.data, e);
    ok = ok && (!x->old || kept) && output_close(&x->out, e);
    if (!ok && kept && sys_path_kind(path.data) == SYS_MISSING)
        (void)rename(x->kept.data, path.data);
    else if (!ok && kept)
        sys_remove(x->kept.data);
    buf_free(&path);
    return ok;
}

static void say_done(const struct restoring *x)
{
    enum lang lang = x->lang;
    struct buf cases = {0};
    char to[11];
    session_add_count(&cases, x->cases, COUNT_CASES, lang);
    session_date(x->to, lang, to);
    printf(tr(lang, "%s: restored from %s, up to load %lld: %s"), x->request->place, x->copy,
           (long long)x->load, buf_text(&cases));
    if (x->to != DAY_NONE)
        printf(tr(lang, ", data to %s"), to);
    putchar('\n');
    if (x->kept.len)
        printf(tr(lang, "The database that was there is kept as %s\n"), x->kept.data);
    printf(tr(lang, "Look at it: keogiam --db %s status\n"), x->request->place);
    buf_free(&cases);
}

static bool restore(struct restoring *x, struct err *e)
{
    return may_replace(x, e) && (x->from = sys_open_read(x->copy, e)) &&
           passphrase_old(&x->passphrase, e) && output_open(&x->out, x->request->place, true, e) &&
           hold_old(x, e) && has_no_rest(x->out.file.path, e) && unpack(x, e) && try_made(x, e) &&
           take_name(x, e);
}

bool command_restore(const struct request *r, struct err *e)
{
    struct restoring x = {.request = r, .copy = r->args.positional[0]};
    bool ok = restore(&x, e);
    if (ok && !arg(r, OPT_QUIET))
        say_done(&x);
    output_abort(&x.out);
    store_close(x.old);
    if (x.from)
        fclose(x.from);
    passphrase_free(&x.passphrase);
    buf_free(&x.kept);
    return ok;
}
