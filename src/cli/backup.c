/* backup: the whole database as one file that tells nothing without its passphrase. */
#include "store/backup.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "cli/output.h"
#include "cli/passphrase.h"
#include "cli/session.h"

struct copying {
    const struct request *request;
    struct buf path, passphrase;
    int64_t state, bytes;
    enum lang lang; /* as the database has it, once it is open */
};

/* -o, else keogiam-YYYY-MM-DD.kgbackup beside the database. */
static bool name_file(struct copying *c, struct err *e)
{
    const char *place = c->request->place, *slash = strrchr(place, '/');
    char today[11];
    if (arg(c->request, OPT_OUTPUT)) {
        buf_adds(&c->path, arg(c->request, OPT_OUTPUT));
    } else {
        day_text((day)(sys_now() / 86400), today);
        buf_add(&c->path, place, slash ? (size_t)(slash - place) + 1 : 0);
        buf_addf(&c->path, "keogiam-%s.kgbackup", today);
    }
    return !c->path.failed || err_memory(e);
}

static bool check_path(const struct copying *c, struct err *e)
{
    const char *path = c->path.data;
    if (sys_is_same_file(path, c->request->place))
        return err_set(e, ERR_USAGE, "-o %s: is the database itself: name another file", path);
    return arg(c->request, OPT_OVERWRITE) || sys_path_kind(path) == SYS_MISSING ||
           err_set(
               e, ERR_INPUT,
               "%s: exists already: name another file with -o, or let it be replaced with --yes",
               path);
}

struct counting {
    struct output *out;
    int64_t bytes;
};

static bool put(void *context, const void *bytes, size_t n, struct err *e)
{
    struct counting *c = context;
    c->bytes += (int64_t)n;
    return output_write(c->out, bytes, n, e);
}

static bool write_copy(struct copying *c, struct store *s, struct err *e)
{
    struct output out;
    struct counting counting = {&out, 0};
    const struct seal_to to = {put, &counting};
    if (!output_open(&out, c->path.data, true, e))
        return false;
    if (!store_last_load(s, &c->state, e) ||
        !store_backup(s, buf_text(&c->passphrase), &seal_cost_usual, &to, e)) {
        output_abort(&out);
        return false;
    }
    c->bytes = counting.bytes;
    return output_close(&out, e);
}

/* The copy is as good where the database cannot be written, but that does not know of it. */
static void leave_audit_line(const struct copying *c)
{
    struct err unwritten = {0};
    struct store *s = NULL;
    struct buf line = {0};
    buf_addf(&line, "state=%" PRId64 " bytes=%" PRId64 " to=%s", c->state, c->bytes, c->path.data);
    if (line.failed || !store_open(&s, c->request->place, STORE_WRITE, &unwritten) ||
        !store_audit(s, "backup", line.data, &unwritten))
        output_say(tr(c->lang, "the database cannot be written: this copy leaves no line "
                               "in its audit table"));
    store_close(s);
    buf_free(&line);
}

static void say_done(const struct copying *c)
{
    struct buf bytes = {0};
    num_add_count(&bytes, c->bytes, c->lang);
    printf(tr(c->lang,
              "%s: written, %s bytes: everything up to load %lld\n"
              "Keep the passphrase apart from the file: without it nobody can open the copy.\n"
              "To try it: keogiam --db try.db restore %s\n"),
           c->path.data, buf_text(&bytes), (long long)c->state, c->path.data);
    buf_free(&bytes);
}

/* What another program keeps in a second file comes into this one where it can be written. */
static void make_one_file(const struct copying *c)
{
    struct err unwritten = {0};
    struct store *s = NULL;
    if (store_open(&s, c->request->place, STORE_WRITE, &unwritten))
        store_close(s);
}

static bool copy(struct copying *c, struct err *e)
{
    struct store *s = NULL;
    make_one_file(c);
    if (!name_file(c, e) || !store_open(&s, c->request->place, STORE_READ, e))
        return false;
    bool chosen;
    bool ok = session_language(s, c->request, &c->lang, &chosen, e) && check_path(c, e) &&
              passphrase_new(&c->passphrase, e) && write_copy(c, s, e);
    store_close(s);
    return ok;
}

bool command_backup(const struct request *r, struct err *e)
{
    struct copying c = {.request = r};
    bool ok = copy(&c, e);
    if (ok)
        leave_audit_line(&c);
    if (ok && !arg(r, OPT_QUIET))
        say_done(&c);
    passphrase_free(&c.passphrase);
    buf_free(&c.path);
    return ok;
}
