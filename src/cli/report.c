/* report: one document in every format asked for. The facts are gathered once; each format is made
 * in memory and takes its name whole. */
#include <stdio.h>
#include <string.h>

#include "cli/issuing.h"
#include "cli/letterhead_of.h"
#include "cli/output.h"
#include "cli/report_book.h"
#include "cli/report_correction.h"
#include "cli/report_facts.h"
#include "cli/report_files.h"
#include "report/compose.h"
#include "report/keep.h"
#include "report/notes.h"
#include "report/writers.h"

struct report {
    const struct request *request;
    struct report_files files;
    struct report_correction correction;
    struct issuing issuing;
    struct session s;
    struct report_facts whole, own;
    struct doc doc;
    int64_t state; /* that it is made from: a load's number … */
    int64_t last;  /* … and the newest */
    bool written[FILE_FORMATS];
    struct buf made; /* names of files, for the audit table */
};

/* ---- names ---- */

static void name_files(struct report *x)
{
    const struct facts *f = &x->whole.facts;
    if (x->files.stem.len)
        return;
    buf_adds(&x->files.stem, x->files.kind->stem);
    if (x->files.kind->one_unit)
        buf_addf(&x->files.stem, "-%s", x->own.facts.unit);
    if (x->files.kind->correction)
        report_correction_stem(&x->correction, &x->files.stem);
    buf_addf(&x->files.stem, "-%s", f->period.label);
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

/* A correction is not of before what it corrects. */
static int64_t created_at(const struct report *x)
{
    const struct issued_report *corrected = x->correction.last;
    day last = x->whole.facts.period.span.to;
    if (x->issuing.record.number)
        return x->issuing.record.at;
    if (corrected && corrected->at / 86400 > last)
        last = (day)(corrected->at / 86400);
    return document_created(last);
}

/* What an edition says that it is one of. */
static const char *of_document(struct report *x)
{
    const char *name = x->files.kind->name;
    if (x->files.kind->one_unit)
        return arena_format(&x->doc.arena, "unit %s", x->own.facts.unit);
    if (x->files.kind->correction)
        return arena_format(&x->doc.arena, "%s %s", name, x->correction.first->number);
    return name;
}

static bool compose(struct report *x, struct err *e)
{
    const struct facts *f = &x->whole.facts;
    doc_init(&x->doc, x->files.kind->slides ? DOC_SLIDES : DOC_PAGES, f->lang);
    x->doc.head = f->head;
    x->doc.issued = x->issuing.record.number;
    x->doc.created = created_at(x);
    x->doc.of = of_document(x);
    if (x->files.kind->correction)
        return report_correction_compose(&x->correction, &x->doc, f, e);
    if (x->files.kind->slides)
        return compose_slides(&x->doc, f, e);
    if (x->files.kind->one_unit)
        return compose_unit(&x->doc, f, f->own->unit, e);
    return !strcmp(x->files.kind->name, "briefing") ? compose_briefing(&x->doc, f, e)
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

/* Widths decide where lines and pages break. */
static void warn_of_fonts(const struct report *x)
{
    static const char *const as_wide[] = {"Times New Roman", "Liberation Serif", "Tinos", NULL};
    if (!plot_has_font() || (x->files.formats[FILE_PDF] && !x->files.kind->slides &&
                             !sys_has_font("Times New Roman", as_wide)))
        output_say(tr(x->s.talk, "Liberation fonts are not installed, texts and pages may "
                                 "break elsewhere: install them (apt-get install "
                                 "fonts-liberation2)"));
}

static bool make_document(struct report *x, struct err *e)
{
    return !report_files_wants(&x->files, true) ||
           (compose(x, e) && add_own_text(x, e) && doc_draw(&x->doc, e));
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
        return report_book_write(&x->whole.facts, created_at(x), path, e);
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

static void say_written(const struct report *x, const char *path)
{
    if (!arg(x->request, OPT_QUIET))
        printf(tr(x->s.talk, "%s: written\n"), path);
}

static void write_one(struct report *x, enum file_format format, struct err *e)
{
    struct err own = {.lang = e->lang};
    struct buf path = {0};
    buf_addf(&path, "%s%s", buf_text(&x->files.stem), report_suffixes[format]);
    if (!path.failed && write_format(x, format, path.data, &own)) {
        x->written[format] = true;
        buf_addf(&x->made, " %s", path.data);
        if (!x->issuing.begun)
            say_written(x, path.data);
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
        if (x->files.formats[i] && (composed || i == FILE_XLSX))
            write_one(x, (enum file_format)i, e);
    return e->code == ERR_NONE;
}

/* ---- the record of it ---- */

static void add_audit(const struct report *x, struct buf *line)
{
    const struct facts *f = x->whole.facts.own ? x->whole.facts.own : &x->whole.facts;
    static const enum option_id asked[] = {OPT_PLAN,        OPT_BASIS, OPT_AS_OF,
                                           OPT_UNITS_AS_OF, OPT_SPLIT, OPT_AUDIENCE};
    buf_addf(line, "%s period=%s unit=%s calendar=%02d-%02d state=%lld", x->files.kind->name,
             f->period.label, f->unit, x->s.calendar.month, x->s.calendar.mday,
             (long long)x->state);
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
        if (arg(x->request, asked[i]))
            buf_addf(line, " %s=%s", options[asked[i]].name, arg(x->request, asked[i]));
    if (x->issuing.record.number)
        buf_addf(line, " number=%s", x->issuing.record.number);
    buf_addf(line, " to=%s", buf_text(&x->made) + (x->made.len ? 1 : 0));
}

static void leave_audit_line(struct report *x)
{
    struct buf line = {0};
    add_audit(x, &line);
    if (!session_audit(&x->s, "report", &line))
        output_say(tr(x->s.talk, "the database cannot be written: this report leaves no "
                                 "line in its audit table"));
    buf_free(&line);
}

static bool read_number(struct report *x, struct err *e)
{
    const struct issued_report *corrected = x->correction.first;
    struct issuing_query q = {.kind = x->files.kind->name,
                              .facts = x->whole.facts.own ? x->whole.facts.own : &x->whole.facts,
                              .body = x->whole.facts.unit,
                              .audience = "",
                              .state = x->state,
                              .last = x->last,
                              .corrects = corrected ? corrected->id : 0,
                              .judged = !x->files.kind->one_unit};
    struct facts *f = &x->whole.facts;
    if (f->own)
        x->own.facts.head = f->head;
    if (corrected)
        q.audience = corrected->audience;
    else if (f->audience)
        q.audience = arena_format(&f->arena, "unit:%s", f->audience);
    if (corrected)
        q.judged = figures_are_judged(corrected);
    if (!q.audience)
        return err_memory(e);
    if (arg(x->request, OPT_OFFICIAL))
        return issuing_begin(&x->issuing, &x->s, &q, e);
    return !arg(x->request, OPT_NUMBER) || issuing_again(&x->issuing, &x->s, &q, e);
}

/* What was issued is said; nothing frozen, nothing issued: then the files go again. Returns ok. */
static bool settle(const struct report *x, bool ok)
{
    for (int i = 0; i < FILE_FORMATS; i++) {
        struct buf path = {0};
        buf_addf(&path, "%s%s", buf_text(&x->files.stem), report_suffixes[i]);
        if (x->written[i] && !path.failed && ok)
            say_written(x, path.data);
        else if (x->written[i] && !path.failed)
            sys_remove(path.data);
        buf_free(&path);
    }
    return ok;
}

static bool issue(struct report *x, struct err *e)
{
    struct buf line = {0};
    add_audit(x, &line);
    bool ok = line.failed ? err_memory(e) : issuing_end(&x->issuing, &x->s, line.data, e);
    buf_free(&line);
    if (settle(x, ok) && !arg(x->request, OPT_QUIET))
        printf(tr(x->s.talk, "issued as No. %s: %zu figures kept, of state %lld\n"),
               x->issuing.record.number, x->issuing.record.figure_count, (long long)x->state);
    return ok;
}

/* ---- the command ---- */

static bool open_session(struct report *x, struct err *e)
{
    struct err unwritten;
    bool ok = session_open_any(&x->s, x->request, &unwritten, e);
    if (!ok)
        return false;
    if (!x->s.writable && arg(x->request, OPT_OFFICIAL)) {
        *e = unwritten;
        session_close(&x->s);
        return false;
    }
    session_speak_for_documents(&x->s);
    return true;
}

/* Of what the report was of, and of the body that gave it. */
static bool read_frames(struct report *x, struct err *e)
{
    const struct issued_report *r = x->correction.first;
    if (!report_facts_frame(&x->whole, &x->s, r->body, e) ||
        !report_facts_frame(&x->own, &x->s, r->unit, e))
        return false;
    x->whole.facts.own = strcmp(r->body, r->unit) ? &x->own.facts : NULL;
    return true;
}

static bool read_facts(struct report *x, struct err *e)
{
    if (!store_last_load(x->s.store, &x->last, e))
        return false;
    x->state = x->s.state == STATE_NOW ? x->last : x->s.state;
    if (x->files.kind->correction)
        return report_correction_compare(&x->correction, x->state, e) && read_frames(x, e);
    return report_facts_read(&x->whole, &x->s, e) && (!x->files.kind->one_unit || read_own(x, e));
}

static bool run(struct report *x, struct err *e)
{
    if (!read_facts(x, e))
        return false;
    if (x->files.kind->correction && !x->correction.said.lines.count)
        return report_correction_none(&x->correction);
    if (!read_head(x, &x->whole.facts, e) || !read_number(x, e))
        return false;
    bool ok = write_all(x, e);
    if (ok && report_files_wants(&x->files, true))
        warn_of_fonts(x);
    if (x->issuing.begun)
        return ok ? issue(x, e) : settle(x, false);
    if (x->made.len)
        leave_audit_line(x);
    return ok;
}

bool command_report(const struct request *r, struct err *e)
{
    struct report x = {.request = r};
    bool ok = report_files_read(&x.files, r, e);
    if (ok && x.files.kind->correction) {
        ok = report_correction_find(&x.correction, r, e);
        x.request = &x.correction.request;
    }
    ok = ok && open_session(&x, e);
    if (ok) {
        ok = run(&x, e);
        issuing_free(&x.issuing, &x.s);
        doc_free(&x.doc);
        report_facts_free(&x.own);
        report_facts_free(&x.whole);
        session_close(&x.s);
    }
    report_correction_free(&x.correction);
    buf_free(&x.made);
    buf_free(&x.files.stem);
    return ok;
}
