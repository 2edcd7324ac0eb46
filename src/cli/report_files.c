#include "cli/report_files.h"

#include <string.h>

#include "cli/output.h"

const char *const report_suffixes[FILE_FORMATS] = {".docx", ".pdf", ".html", ".pptx", ".xlsx"};

static const struct report_kind kinds[] = {
    {"briefing", "soket", "bao-cao", false, false, false},
    {"situation", "danhgia", "danh-gia-tinh-hinh", false, false, false},
    {"slides", "trinhchieu", "trinh-chieu", true, false, false},
    {"unit", "donvi", "don-vi", false, true, false},
    {"correction", "dinhchinh", "dinh-chinh", false, false, true},
};
enum { kind_count = sizeof kinds / sizeof kinds[0] };

static bool read_kind(struct report_files *x, const struct request *r, struct err *e)
{
    const struct args *a = &r->args;
    for (size_t i = 0; i < kind_count; i++)
        if (!strcmp(a->positional[0], kinds[i].name) || !strcmp(a->positional[0], kinds[i].vi_name))
            x->kind = &kinds[i];
    if (!x->kind)
        return err_set(e, ERR_USAGE,
                       "report %s: is no kind of report: briefing, situation, slides, unit U or "
                       "correction N",
                       a->positional[0]);
    if (x->kind->one_unit && a->positional_count < 2)
        return err_set(e, ERR_USAGE, "report unit: of which unit? report unit CODE-OR-NAME");
    if (x->kind->slides && arg(r, OPT_KEEP))
        return err_set(e, ERR_USAGE,
                       "report slides: --keep is for Word documents: give what you wrote with "
                       "--notes");
    if (x->kind->correction && a->positional_count < 2)
        return err_set(e, ERR_USAGE,
                       "report correction: of which report? report correction NUMBER, see "
                       "'keogiam reports'");
    if (!x->kind->one_unit && !x->kind->correction && a->positional_count > 1)
        return err_set(e, ERR_USAGE, "%s: is one word too many: see 'keogiam help report'",
                       a->positional[1]);
    return true;
}

/* ---- formats and names ---- */

static bool allow(struct report_files *x, enum file_format format, struct err *e)
{
    bool wrong = format == (x->kind->slides ? FILE_DOCX : FILE_PPTX);
    x->formats[format] = true;
    if (x->kind->correction && (wrong || format == FILE_XLSX))
        return err_set(e, ERR_USAGE, "report correction: is a text document: docx, pdf or html");
    if (wrong && x->kind->slides)
        return err_set(e, ERR_USAGE,
                       "report slides: are no text document: pptx, pdf, html or xlsx");
    return !wrong ||
           err_set(e, ERR_USAGE, "report %s: is no slides: docx, pdf, html or xlsx", x->kind->name);
}

static bool read_format(struct report_files *x, const char *word, size_t n, struct err *e)
{
    for (int i = 0; i < FILE_FORMATS; i++)
        if (strlen(report_suffixes[i]) == n + 1 && !strncmp(report_suffixes[i] + 1, word, n))
            return allow(x, (enum file_format)i, e);
    return err_set(e, ERR_USAGE, "--format %.*s: is none of docx, pdf, html, pptx, xlsx", (int)n,
                   word);
}

static bool read_formats(struct report_files *x, const char *list, struct err *e)
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
static bool read_output(struct report_files *x, const struct request *r, struct err *e)
{
    const char *path = arg(r, OPT_OUTPUT), *list = arg(r, OPT_FILES);
    int named = -1;
    for (int i = 0; path && i < FILE_FORMATS; i++)
        if (output_has_suffix(path, report_suffixes[i]))
            named = i;
    if (path)
        buf_add(&x->stem, path, strlen(path) - (named < 0 ? 0 : strlen(report_suffixes[named])));
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

bool report_files_wants(const struct report_files *x, bool document)
{
    for (int i = 0; i < FILE_FORMATS; i++)
        if (x->formats[i] && (i != FILE_XLSX) == document)
            return true;
    return false;
}

static bool check_number(const struct report_files *x, const struct request *r, struct err *e)
{
    const char *option = arg(r, OPT_OFFICIAL) ? "--official" : "--number";
    if (!arg(r, OPT_OFFICIAL) && !arg(r, OPT_NUMBER))
        return true;
    if (x->kind->slides)
        return err_set(e, ERR_USAGE, "%s: slides carry no number: issue the briefing", option);
    return report_files_wants(x, true) ||
           err_set(e, ERR_USAGE, "%s: a workbook carries no number: ask for docx, pdf or html too",
                   option);
}

bool report_files_read(struct report_files *x, const struct request *r, struct err *e)
{
    return read_kind(x, r, e) && read_output(x, r, e) && check_number(x, r, e);
}
