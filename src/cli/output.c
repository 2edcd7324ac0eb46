#include "cli/output.h"

#include <errno.h>
#include <string.h>

bool output_open(struct output *o, const char *path, bool secret, struct err *e)
{
    *o = (struct output){.path = path, .to = stdout};
    if (!path)
        return true;
    if (!sys_output_open(&o->file, path, secret, e))
        return false;
    o->to = o->file.file;
    return true;
}

static bool fail(struct output *o, struct err *e)
{
    if (!o->path && (errno == EPIPE || errno == EBADF)) {
        o->closed = true;
        return true;
    }
    if (!o->path)
        return err_set(e, ERR_FAILED, "standard output: cannot write: %s", strerror(errno));
    return err_set(e, ERR_FAILED, "%s: cannot write: %s", o->path, strerror(errno));
}

bool output_write(struct output *o, const char *bytes, size_t n, struct err *e)
{
    errno = 0;
    return o->closed || fwrite(bytes, 1, n, o->to) == n || fail(o, e);
}

bool output_flush(struct output *o, struct err *e)
{
    errno = 0;
    return o->closed || !fflush(o->to) || fail(o, e);
}

/* Flushed here, so that a full disk shows before anything is renamed. */
bool output_close(struct output *o, struct err *e)
{
    bool ok = output_flush(o, e);
    ok = ok && (!o->path || sys_output_commit(&o->file, e));
    if (!ok)
        output_abort(o);
    return ok;
}

void output_abort(struct output *o)
{
    sys_output_abort(&o->file);
}

bool output_text(const struct buf *b, const char *path, struct err *e)
{
    struct output o;
    if (b->failed)
        return err_memory(e);
    if (!output_open(&o, path, false, e))
        return false;
    if (output_write(&o, buf_text(b), b->len, e))
        return output_close(&o, e);
    output_abort(&o);
    return false;
}

bool output_has_suffix(const char *path, const char *suffix)
{
    size_t n = strlen(path), k = strlen(suffix);
    return n > k && !strcmp(path + n - k, suffix);
}

void output_say(const char *lines)
{
    while (*lines) {
        size_t n = strcspn(lines, "\n");
        fprintf(stderr, "keogiam: %.*s\n", (int)n, lines);
        lines += n + (lines[n] == '\n');
    }
}
