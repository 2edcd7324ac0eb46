/* report: one document in every format asked for. The facts are gathered once; each format is made
 * in memory and takes its name whole. */
#include <stdio.h>
#include <string.h>

#include "cli/letterhead_of.h"
#include "cli/output.h"
#include "cli/report_book.h"
#include "cli/report_facts.h"
#include "report/compose.h"
#include "report/keep.h"
#include "report/notes.h"
#include "report/writers.h"

/* ---- what can be made ---- */

enum file_format { FILE_DOCX, FILE_PDF, FILE_HTML, FILE_PPTX, FILE_XLSX, FILE_FORMATS };
static const char *const suffixes[FILE_FORMATS] = {".docx", ".pdf", ".html", ".pptx", ".xlsx"};

static const struct report_kind {
    const char *name, *vi_name;
    const char *stem; /* of the file, before the period */
    bool slides, one_unit;
} kinds[] = {
    {"briefing", "soket", "bao-cao", false, false},
    {"situation", "danhgia", "danh-gia-tinh-hinh", false, false},
    {"slides", "trinhchieu", "trinh-chieu", true, false},
    {"unit", "donvi", "don-vi", false, true},
};
enum { kind_count = sizeof kinds / sizeof kinds[0] };

struct report {
    const struct request *request;
    const struct report_kind *kind;
    bool formats[FILE_FORMATS];
    struct buf stem; /* path without suffix */
    struct session s;
    struct report_facts whole, own;
    struct doc doc;
    bool writable;
    int64_t state;   /* that it is made from: a load's number */
    struct buf made; /* names of files, for the audit table */
};

static bool read_kind(struct report *x, struct err *e)
{
    const struct args *a = &x->request->args;
    for (size_t i = 0; i < kind_count; i++)
        if (!strcmp(a->positional[0], kinds[i].name) || !strcmp(a->positional[0], kinds[i].vi_name))
            x->kind = &kinds[i];
    if (!x->kind)
        return err_set(e, ERR_USAGE,
                       "report %s: is no kind of report: briefing, situation, slides or unit U",
                       a->positional[0]);
    if (x->kind->one_unit && a->positional_count < 2)
        return err_set(e, ERR_USAGE, "report unit: of which unit? report unit CODE-OR-NAME");
    if (x->kind->slides && arg(x->request, OPT_KEEP))
        return err_set(e, ERR_USAGE,
                       "report slides: --keep is for Word documents: give what you wrote with "
                       "--notes");
    if (!x->kind->one_unit && a->positional_count > 1)
        return err_set(e, ERR_USAGE, "%s: is one word too many: see 'keogiam help report'",
                       a->positional[1]);
    return true;
}

/* ---- formats and names ---- */

static bool allow(struct report *x, enum file_format format, struct err *e)
{
    bool wrong = format == (x->kind->slides ? FILE_DOCX : FILE_PPTX);
    x->formats[format] = true;
    if (wrong && x->kind->slides)
        return err_set(e, ERR_USAGE,
                       "report slides: are no text document: pptx, pdf, html or xlsx");
    return !wrong ||
           err_set(e, ERR_USAGE, "report %s: is no slides: docx, pdf, html or xlsx", x->kind->name);
}

static bool read_format(struct report *x, const char *word, size_t n, struct err *e)
{
    for (int i = 0; i < FILE_FORMATS; i++)
        if (strlen(suffixes[i]) == n + 1 && !strncmp(suffixes[i] + 1, word, n))
            return allow(x, (enum file_format)i, e);
    return err_set(e, ERR_USAGE, "--format %.*s: is none of docx, pdf, html, pptx, xlsx", (int)n,
                   word);
}

static bool read_formats(struct report *x, const char *list, struct err *e)
{
    while (*list) {
        size_t n = strcspn(list, ",");
        if (!read_format(x, list, n, e))
            return false;
        list += n + (list[n] == ',');
    }
    return true;
}

/* -o with a suffix names the format where --format does not. */
static bool read_output(struct report *x, struct err *e)
{
    const char *path = arg(x->request, OPT_OUTPUT), *list = arg(x->request, OPT_FILES);
    int named = -1;
    for (int i = 0; path && i < FILE_FORMATS; i++)
        if (output_has_suffix(path, suffixes[i]))
            named = i;
    if (path)
        buf_add(&x->stem, path, strlen(path) - (named < 0 ? 0 : strlen(suffixes[named])));
    const char *slash = strrchr(buf_text(&x->stem), '/');
    if (named < 0 && path && !list && strchr(slash ? slash : path, '.'))
        return err_set(e, ERR_USAGE,
                       "-o %s: not a kind of document: name the file .docx, .pdf, .html, .pptx or "
                       ".xlsx",
                       path);
    if (list)
        return read_formats(x, list, e);
    if (named < 0)
        named = x->kind->slides ? FILE_PPTX : FILE_DOCX;
    return allow(x, (enum file_format)named, e);
}

static void name_files(struct report *x)
{
    const struct facts *f = &x->whole.facts;
    if (x->stem.len)
        return;
    buf_adds(&x->stem, x->kind->stem);
    if (x->kind->one_unit)
        buf_addf(&x->stem, "-%s", x->own.facts.unit);
    buf_addf(&x->stem, "-%s", f->period.label);
}

/* ---- the document ---- */

static bool read_head(struct report *x, struct facts *f, struct err *e)
{
    struct letterhead_unit unit = {f->unit_name, f->level, f->period.span.to};
    return letterhead_of(&x->s, &unit, &f->head, &f->arena, e);
}

/* The place alone, with the same options. */
static bool read_own(struct report *x, struct err *e)
{
    struct request q = *x->request;
    q.args.values[OPT_UNIT] = q.args.positional[1];
    q.args.values[OPT_AUDIENCE] = "command";
    x->s.request = &q;
    bool ok = report_facts_read(&x->own, &x->s, e);
    x->s.request = x->request;
    x->whole.facts.own = ok ? &x->own.facts : NULL;
    const char *audience = x->whole.facts.audience;
    if (ok && audience && strcmp(audience, x->own.facts.unit))
        ok = err_set(e, ERR_USAGE, "report unit %s: is not the unit that reads it (%s)",
                     x->own.facts.unit, audience);
    return ok;
}

static bool compose(struct report *x, struct err *e)
{
    const struct facts *f = &x->whole.facts;
    doc_init(&x->doc, x->kind->slides ? DOC_SLIDES : DOC_PAGES, f->lang);
    x->doc.head = f->head;
    x->doc.created = document_created(f->period.span.to);
    x->doc.of =
        x->kind->one_unit ? arena_format(&x->doc.arena, "unit %s", f->own->unit) : x->kind->name;
    if (x->kind->slides)
        return compose_slides(&x->doc, f, e);
    if (x->kind->one_unit)
        return compose_unit(&x->doc, f, f->own->unit, e);
    return !strcmp(x->kind->name, "briefing") ? compose_briefing(&x->doc, f, e)
                                              : compose_situation(&x->doc, f, e);
}

/* What the analyst wrote, in a file or in an edition before; a line for each thing to be known. */
static bool add_own_text(struct report *x, struct err *e)
{
    struct buf said = {0};
    const char *notes = arg(x->request, OPT_NOTES), *kept = arg(x->request, OPT_KEEP);
    bool ok = (!notes || notes_apply(&x->doc, notes, &said, e)) &&
              (!kept || keep_apply(&x->doc, kept, &said, e));
    if (ok)
        output_say(buf_text(&said));
    buf_free(&said);
    return ok;
}

static bool is_wanted(const struct report *x, bool document)
{
    for (int i = 0; i < FILE_FORMATS; i++)
        if (x->formats[i] && (i != FILE_XLSX) == document)
            return true;
    return false;
}

/* Widths decide where lines and pages break. */
static void warn_of_fonts(const struct report *x)
{
    static const char *const as_wide[] = {"Times New Roman", "Liberation Serif", "Tinos", NULL};
    if (!plot_has_font() ||
        (x->formats[FILE_PDF] && !x->kind->slides && !sys_has_font("Times New Roman", as_wide)))
        output_say(tr(x->request->lang, "Liberation fonts are not installed, texts and pages may "
                                        "break elsewhere: install them (apt-get install "
                                        "fonts-liberation2)"));
}

static bool make_document(struct report *x, struct err *e)
{
    return !is_wanted(x, true) || (compose(x, e) && add_own_text(x, e) && doc_draw(&x->doc, e));
}

/* ---- the files ---- */

static bool write_format(struct report *x, enum file_format format, const char *path, struct err *e)
{
    struct buf file = {0};
    bool ok = false;
    switch (format) {
    case FILE_DOCX:
        ok = docx_write(&x->doc, false, &file, e);
        break;
    case FILE_PPTX:
        ok = pptx_write(&x->doc, false, &file, e);
        break;
    case FILE_HTML:
        ok = html_write(&x->doc, &file, e);
        break;
    case FILE_PDF:
        ok = pdf_write(&x->doc, &file, e);
        break;
    default:
        return report_book_write(&x->whole.facts, document_created(x->whole.facts.period.span.to),
                                 path, e);
    }
    ok = ok && sys_write_whole(path, buf_text(&file), file.len, e);
    buf_free(&file);
    return ok;
}

/* The first failure is the caller's to print, further ones are said at once. */
static void note_failure(struct err *e, const struct err *own)
{
    if (e->code == ERR_NONE)
        *e = *own;
    else
        output_say(own->msg);
}

static void write_one(struct report *x, enum file_format format, struct err *e)
{
    struct err own = {.lang = e->lang};
    struct buf path = {0};
    buf_addf(&path, "%s%s", buf_text(&x->stem), suffixes[format]);
    if (!path.failed && write_format(x, format, path.data, &own)) {
        buf_addf(&x->made, " %s", path.data);
        if (!arg(x->request, OPT_QUIET))
            printf(tr(x->request->lang, "%s: written\n"), path.data);
    } else {
        err_set(&own, ERR_FAILED, "%s: out of memory", buf_text(&path));
        note_failure(e, &own);
    }
    buf_free(&path);
}

/* Where the document cannot be made the workbook still is, and one format's failure is not
 * another's. */
static bool write_all(struct report *x, struct err *e)
{
    struct err own = {.lang = e->lang};
    bool composed = make_document(x, &own);
    if (!composed)
        note_failure(e, &own);
    name_files(x);
    for (int i = 0; i < FILE_FORMATS; i++)
        if (x->formats[i] && (composed || i == FILE_XLSX))
            write_one(x, (enum file_format)i, e);
    return e->code == ERR_NONE;
}

/* Read-only or locked: the document is as good, but the database does not know of it. */
static void leave_audit_line(struct report *x)
{
    struct err unwritten = {0};
    struct buf line = {0};
    const struct facts *f = x->whole.facts.own ? x->whole.facts.own : &x->whole.facts;
    static const enum option_id asked[] = {OPT_PLAN,        OPT_BASIS, OPT_AS_OF,
                                           OPT_UNITS_AS_OF, OPT_SPLIT, OPT_AUDIENCE};
    buf_addf(&line, "%s period=%s unit=%s calendar=%02d-%02d state=%lld", x->kind->name,
             f->period.label, f->unit, x->s.calendar.month, x->s.calendar.mday,
             (long long)x->state);
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
        if (arg(x->request, asked[i]))
            buf_addf(&line, " %s=%s", options[asked[i]].name, arg(x->request, asked[i]));
    buf_addf(&line, " to=%s", buf_text(&x->made) + (x->made.len ? 1 : 0));
    if (line.failed || !x->writable || !store_audit(x->s.store, "report", line.data, &unwritten))
        output_say(tr(x->request->lang, "the database cannot be written: this report leaves no "
                                        "line in its audit table"));
    buf_free(&line);
}

static bool open_session(struct report *x, struct err *e)
{
    struct err not_writable = {.lang = e->lang};
    x->writable = session_open(&x->s, x->request, STORE_WRITE, &not_writable);
    if (!x->writable && !session_open(&x->s, x->request, STORE_READ, e))
        return false;
    if (!x->s.lang_chosen)
        x->s.lang = LANG_VI;
    x->state = x->s.state;
    return true;
}

static bool run(struct report *x, struct err *e)
{
    if ((x->state == STATE_NOW && !store_last_load(x->s.store, &x->state, e)) ||
        !report_facts_read(&x->whole, &x->s, e) || (x->kind->one_unit && !read_own(x, e)) ||
        !read_head(x, &x->whole.facts, e))
        return false;
    bool ok = write_all(x, e);
    if (ok && is_wanted(x, true))
        warn_of_fonts(x);
    if (x->made.len)
        leave_audit_line(x);
    return ok;
}

bool command_report(const struct request *r, struct err *e)
{
    struct report x = {.request = r};
    bool ok = read_kind(&x, e) && read_output(&x, e) && open_session(&x, e);
    if (ok) {
        ok = run(&x, e);
        doc_free(&x.doc);
        report_facts_free(&x.own);
        report_facts_free(&x.whole);
        session_close(&x.s);
    }
    buf_free(&x.made);
    buf_free(&x.stem);
    return ok;
}
