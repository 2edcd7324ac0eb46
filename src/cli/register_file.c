#include "cli/register_file.h"

#include <stdio.h>
#include <string.h>

#include "cli/letterhead_of.h"
#include "cli/output.h"
#include "cli/register_table.h"
#include "report/register.h"
#include "report/writers.h"

enum document { AS_TABLE, AS_DOCX, AS_HTML, AS_PDF, DOCUMENTS };
static const char *const suffixes[DOCUMENTS] = {"", ".docx", ".html", ".pdf"};

/* --format decides, where it names a document or a table; else the suffix of -o. */
static enum document document_of(const struct request *r)
{
    const char *format = arg(r, OPT_FORMAT), *path = arg(r, OPT_OUTPUT);
    for (int i = AS_DOCX; i < DOCUMENTS; i++)
        if (format ? !strcmp(format, suffixes[i] + 1)
                   : path && output_has_suffix(path, suffixes[i]))
            return (enum document)i;
    return AS_TABLE;
}

static bool write_document(const struct doc *d, enum document kind, struct buf *file, struct err *e)
{
    if (kind == AS_DOCX)
        return docx_write(d, false, file, e);
    return kind == AS_HTML ? html_write(d, file, e) : pdf_write(d, file, e);
}

struct register_document {
    struct session s;
    struct result rows;
    struct register_body body;
    struct doc doc;
    struct arena arena;
    const char *path;
};

static bool compose(struct register_document *x, struct err *e)
{
    const struct unit *u = &x->s.directory.units[x->body.unit];
    const char *name = session_unit_name(&x->s, x->body.unit, x->body.base_to, &x->arena);
    const struct letterhead_unit unit = {name, u->level, x->body.base_to};
    struct register_page page = {&x->rows, x->body.year, result_cell(&x->rows, 0, "plan")->as.s};
    doc_init(&x->doc, DOC_PAGES, x->s.lang);
    x->doc.created = document_created(x->body.base_to);
    return letterhead_of(&x->s, &unit, &x->doc.head, &x->arena, e) &&
           compose_register(&x->doc, &page, e) && doc_draw(&x->doc, e);
}

static void leave_audit_line(const struct register_document *x)
{
    struct err unwritten = {0};
    struct buf line = {0};
    int64_t state = x->s.state;
    if (state == STATE_NOW && !store_last_load(x->s.store, &state, &unwritten))
        state = 0;
    buf_addf(&line, "year=%d plan=%s unit=%s state=%lld to=%s", x->body.year,
             result_cell(&x->rows, 0, "plan")->as.s, result_cell(&x->rows, 0, "unit")->as.s,
             (long long)state, x->path);
    if (!session_audit(&x->s, "register", &line))
        output_say(tr(x->s.talk, "the database cannot be written: this report leaves no "
                                 "line in its audit table"));
    buf_free(&line);
}

static bool write_file(struct register_document *x, enum document kind, struct err *e)
{
    struct buf file = {0};
    x->path = arg(x->s.request, OPT_OUTPUT);
    if (!x->path)
        x->path = arena_format(&x->arena, "dang-ky-chi-tieu-%d%s", x->body.year, suffixes[kind]);
    bool ok = (x->path || err_memory(e)) && write_document(&x->doc, kind, &file, e) &&
              sys_write_whole(x->path, buf_text(&file), file.len, e);
    if (ok && !arg(x->s.request, OPT_QUIET))
        printf(tr(x->s.talk, "%s: written\n"), x->path);
    if (ok)
        leave_audit_line(x);
    buf_free(&file);
    return ok;
}

/* Documents are in Vietnamese unless somebody chose. */
static bool open_session(struct register_document *x, const struct request *r, bool is_table,
                         struct err *e)
{
    struct err unwritten;
    if (is_table)
        return session_open(&x->s, r, STORE_READ, e);
    if (!session_open_any(&x->s, r, &unwritten, e))
        return false;
    session_speak_for_documents(&x->s);
    return true;
}

bool register_show(const struct request *r, struct err *e)
{
    struct register_document x = {0};
    enum document kind = document_of(r);
    if (kind == AS_TABLE && arg(r, OPT_LETTERHEAD))
        return err_set(e, ERR_USAGE, "--letterhead: is of a document: name it with -o FILE.docx");
    if (!open_session(&x, r, kind == AS_TABLE, e))
        return false;
    bool ok = register_build(&x.s, &x.rows, &x.body, e);
    if (ok && kind == AS_TABLE)
        ok = session_show(&x.s, &x.rows, e);
    else
        ok = ok && compose(&x, e) && write_file(&x, kind, e);
    doc_free(&x.doc);
    result_free(&x.rows);
    arena_free(&x.arena);
    session_close(&x.s);
    return ok;
}
