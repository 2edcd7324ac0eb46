#include "report/show.h"

#include <errno.h>
#include <string.h>

#include "report/show_parts.h"
#include "sys/sys.h"

static bool show_format(const struct result *r, const struct show *how, struct buf *b,
                        struct err *e)
{
    bool ok = false;
    switch (how->format) {
    case FORMAT_TABLE:
        ok = show_table(r, how->wide, how->quiet, b);
        break;
    case FORMAT_CSV:
        ok = show_csv(r, how->excel, b);
        break;
    case FORMAT_JSON:
        ok = show_json(r, b);
        break;
    case FORMAT_XLSX: /* not a text: show_result hands it to show_xlsx */
        break;
    }
    return ok || err_memory(e);
}

/* A reader that has seen enough (`keogiam yoy | head`) closes the pipe, and `>&-` asks for no
 * output: neither is a failure. */
static bool write_stdout(const struct buf *b, struct err *e)
{
    errno = 0;
    if (fwrite(buf_text(b), 1, b->len, stdout) == b->len && !fflush(stdout))
        return true;
    if (errno == EPIPE || errno == EBADF)
        return true;
    return err_set(e, ERR_FAILED, "standard output: cannot write: %s", strerror(errno));
}

/* Flushed here, so that a full disk shows before anything is renamed. */
static bool write_output(struct sys_output *o, const struct buf *b, struct err *e)
{
    errno = 0;
    if (fwrite(buf_text(b), 1, b->len, o->file) == b->len && !fflush(o->file))
        return true;
    return err_set(e, ERR_FAILED, "%s: cannot write: %s", o->path, strerror(errno));
}

static bool write_path(const struct buf *b, const char *path, struct err *e)
{
    struct sys_output o;
    if (!sys_output_open(&o, path, false, e))
        return false;
    bool ok = write_output(&o, b, e) && sys_output_commit(&o, e);
    if (!ok)
        sys_output_abort(&o);
    return ok;
}

/* The CSV is renamed last: where it is new, what it says about itself is new as well. */
static bool write_pair(const struct buf *csv, const char *path, const struct buf *meta,
                       const char *meta_path, struct err *e)
{
    struct sys_output a = {0}, z = {0};
    bool ok = sys_output_open(&a, path, false, e) && sys_output_open(&z, meta_path, false, e) &&
              write_output(&a, csv, e) && write_output(&z, meta, e) && sys_output_commit(&z, e) &&
              sys_output_commit(&a, e);
    if (!ok) {
        sys_output_abort(&a);
        sys_output_abort(&z);
    }
    return ok;
}

static bool write_csv(const struct result *r, const struct buf *csv, const char *path,
                      struct err *e)
{
    struct buf meta = {0}, meta_path = {0};
    buf_addf(&meta_path, "%s.meta.json", path);
    bool ok = show_meta(r, &meta) && !meta_path.failed;
    ok = ok ? write_pair(csv, path, &meta, buf_text(&meta_path), e) : err_memory(e);
    buf_free(&meta);
    buf_free(&meta_path);
    return ok;
}

static bool show_workbook(const struct result *r, const char *path, struct err *e)
{
    if (!path)
        return err_set(e, ERR_USAGE, "a workbook needs a file: name it with -o FILE.xlsx");
    return show_xlsx(r, path, e);
}

bool show_result(const struct result *r, const struct show *how, struct err *e)
{
    if (how->format == FORMAT_XLSX)
        return show_workbook(r, how->path, e);
    struct buf b = {0};
    bool ok = show_format(r, how, &b, e);
    if (ok && !how->path)
        ok = write_stdout(&b, e);
    else if (ok && how->format == FORMAT_CSV)
        ok = write_csv(r, &b, how->path, e);
    else if (ok)
        ok = write_path(&b, how->path, e);
    buf_free(&b);
    return ok;
}
