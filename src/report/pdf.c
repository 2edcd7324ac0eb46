/* PDF: the DOCX or PPTX, whose pictures are SVG, through LibreOffice. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "report/writers.h"
#include "sys/sys.h"

/* What the two forms differ in. */
static const struct route {
    bool (*write)(const struct doc *d, bool svg_first, struct buf *file, struct err *e);
    const char *suffix, *filter, *package;
} routes[] = {
    [DOC_PAGES] = {docx_write, "docx", "writer_pdf_Export", "libreoffice-writer-nogui"},
    [DOC_SLIDES] = {pptx_write, "pptx", "impress_pdf_Export", "libreoffice-impress-nogui"},
};

/* ---- a folder of its own for each conversion ---- */

struct folder {
    struct buf path, source, profile, output, result;
};

/* A path as a URL: what is no letter, digit or one of "/-._~" by the numbers of its bytes. */
static void add_url(struct buf *b, const char *path)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789/-._~";
    buf_adds(b, "file://");
    for (; *path; path++) {
        if (strchr(plain, *path))
            buf_addc(b, *path);
        else
            buf_addf(b, "%%%02X", (unsigned char)*path);
    }
}

/* The profile is fresh, since LibreOffice writes nothing where another one uses it. */
static bool folder_make(struct folder *f, const char *suffix, struct err *e)
{
    if (!sys_temp_folder(&f->path, e)) {
        buf_clear(&f->path);
        return false;
    }
    const char *path = f->path.data;
    buf_addf(&f->source, "%s/document.%s", path, suffix);
    buf_adds(&f->profile, "-env:UserInstallation=");
    add_url(&f->profile, path);
    buf_adds(&f->profile, "/profile");
    buf_addf(&f->output, "%s/output", path);
    buf_addf(&f->result, "%s/output/document.pdf", path);
    bool failed = f->source.failed || f->profile.failed || f->output.failed || f->result.failed;
    return failed ? err_memory(e) : sys_make_folder(f->output.data, e);
}

static void folder_remove(struct folder *f)
{
    if (f->path.len)
        sys_temp_remove(f->path.data);
    buf_free(&f->path);
    buf_free(&f->source);
    buf_free(&f->profile);
    buf_free(&f->output);
    buf_free(&f->result);
}

/* ---- LibreOffice ---- */

static bool fail_missing(const struct route *r, struct err *e)
{
    return err_set(e, ERR_FAILED,
                   "PDF: LibreOffice is not installed: install it (apt-get install %s) or choose "
                   "another format",
                   r->package);
}

/* Without its part for the document LibreOffice starts, writes nothing, and is content. */
static bool fail_unwritten(const struct route *r, struct err *e)
{
    return err_set(e, ERR_FAILED,
                   "PDF: LibreOffice wrote no file: is %s installed (apt-get install %s), and is "
                   "there room on the disk of temporary files?",
                   r->package, r->package);
}

/* Its exit status means nothing: whether the file is there does. Tags are for those who have the
 * page read out; without lossless compression bitmaps become JPEG. The time zone is fixed because
 * the date in the file is shorter in this one, the language because defaults follow it. */
static bool convert(const struct folder *f, const struct route *r, struct err *e)
{
    static const char *const environment[] = {"TZ=UTC", "LC_ALL=C.UTF-8", NULL};
    struct buf to = {0}, said = {0};
    buf_addf(&to,
             "pdf:%s:{\"UseTaggedPDF\":{\"type\":\"boolean\",\"value\":\"true\"},"
             "\"UseLosslessCompression\":{\"type\":\"boolean\",\"value\":\"true\"}}",
             r->filter);
    const char *const argv[] = {"soffice",      "--headless",   f->profile.data,
                                "--convert-to", to.data,        "--outdir",
                                f->output.data, f->source.data, NULL};
    struct sys_program soffice = {.argv = argv,
                                  .seconds = sys_program_seconds(120),
                                  .said = &said,
                                  .environment = environment};
    int status = 0;
    int64_t bytes = 0;
    bool ok = to.failed ? err_memory(e) : sys_run(&soffice, &status, e);
    if (ok && status == SYS_TIMED_OUT)
        ok = err_set(e, ERR_FAILED,
                     "PDF: LibreOffice was stopped, not ready after %d seconds: try again, or give "
                     "it more time with KEOGIAM_TIMEOUT=SECONDS",
                     soffice.seconds);
    else if (ok && status == 127)
        ok = fail_missing(r, e);
    else if (ok && (!sys_file_size(f->result.data, &bytes) || !bytes))
        ok = fail_unwritten(r, e);
    buf_free(&to);
    buf_free(&said);
    return ok;
}

/* ---- the same document, the same bytes ---- */

/* The next place behind key from *at on; NULL: none. */
static char *find_behind(struct buf *b, size_t *at, const char *key)
{
    size_t n = strlen(key);
    for (size_t i = *at; i + n <= b->len; i++) {
        if (b->data[i] != key[0] || memcmp(b->data + i, key, n) != 0)
            continue;
        *at = i + n;
        return b->data + *at;
    }
    return NULL;
}

/* Behind each key, up to `end`: all hexadecimal digits become 0. */
static void overwrite_digits(struct buf *b, const char *key, char end)
{
    size_t at = 0;
    for (char *hit; (hit = find_behind(b, &at, key));)
        for (; hit < b->data + b->len && *hit != end; hit++)
            if (*hit && strchr("0123456789ABCDEFabcdef", *hit))
                *hit = '0';
}

static void overwrite_date(struct buf *b, const char *key, int64_t created)
{
    struct date on = date_from_day((day)(created / 86400));
    int seconds = (int)(created % 86400);
    char text[64];
    int n = snprintf(text, sizeof text, "%04d%02d%02d%02d%02d%02d", on.year, on.month, on.mday,
                     seconds / 3600, seconds / 60 % 60, seconds % 60);
    size_t at = 0;
    for (char *hit; (hit = find_behind(b, &at, key));)
        if (b->len - at >= (size_t)n && strspn(hit, "0123456789") == (size_t)n)
            memcpy(hit, text, (size_t)n);
}

bool pdf_write(const struct doc *d, struct buf *file, struct err *e)
{
    const struct route *r = &routes[d->form];
    struct folder f = {0};
    struct buf source = {0}, pdf = {0};
    bool ok = r->write(d, true, &source, e) && folder_make(&f, r->suffix, e) &&
              sys_write_whole(f.source.data, source.data, source.len, e) && convert(&f, r, e) &&
              sys_read_whole(f.result.data, &pdf, e);
    folder_remove(&f);
    if (ok) {
        overwrite_date(&pdf, "/CreationDate(D:", d->created);
        overwrite_digits(&pdf, "/ID [", ']');
        overwrite_digits(&pdf, "/DocChecksum /", '\n');
        buf_add(file, pdf.data, pdf.len);
        ok = !file->failed || err_memory(e);
    }
    buf_free(&source);
    buf_free(&pdf);
    return ok;
}
