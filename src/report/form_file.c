#include "report/form_file.h"

#include <stdlib.h>
#include <string.h>

#include "ingest/xlsx.h"
#include "report/form_parts.h"
#include "sys/sys.h"

/* ---- which parts there are ---- */

static bool ends(const char *text, const char *with)
{
    size_t n = strlen(text), k = strlen(with);
    return n >= k && !strcmp(text + n - k, with);
}

static enum form_kind kind_of_type(const char *type)
{
    static const char *const texts[] = {"document.main+xml", "header+xml", "footer+xml",
                                        "footnotes+xml", "endnotes+xml"};
    if (ends(type, "sheet.main+xml") || ends(type, "sheet.macroEnabled.main+xml"))
        return FORM_WORKBOOK;
    if (ends(type, "spreadsheetml.worksheet+xml"))
        return FORM_SHEET;
    if (ends(type, "spreadsheetml.sharedStrings+xml"))
        return FORM_STRINGS;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (strstr(type, "wordprocessingml.") && ends(type, texts[i]))
            return FORM_TEXT;
    return FORM_OTHER;
}

struct reading {
    struct form_file *f;
    struct err *e;
    bool failed;
};

static void take_type(void *context, const char *name, const char *const *attributes)
{
    struct reading *r = context;
    const char *part = office_attribute(attributes, "PartName");
    const char *type = office_attribute(attributes, "ContentType");
    void *parts = r->f->parts;
    enum form_kind kind =
        part && type && !strcmp(name, "Override") ? kind_of_type(type) : FORM_OTHER;
    if (r->failed || kind == FORM_OTHER || part[0] != '/')
        return;
    const char *copy = arena_text(&r->f->arena, part + 1);
    if (!copy ||
        !array_grow(&parts, &r->f->part_cap, r->f->part_count + 1, sizeof *r->f->parts, r->e)) {
        r->failed = true;
        return;
    }
    r->f->parts = parts;
    r->f->parts[r->f->part_count++] = (struct form_part){.name = copy, .kind = kind};
}

static bool find_parts(struct form_file *f, struct err *e)
{
    struct reading r = {.f = f, .e = e};
    const struct office_xml types = {.start = take_type};
    if (!office_read(f->office, "[Content_Types].xml", &types, &r, e))
        return false;
    if (r.failed)
        return err_memory(e);
    return f->part_count ||
           err_set(e, ERR_INPUT,
                   "%s: is neither an Excel workbook nor a Word document: save the "
                   "form as .xlsx or .docx",
                   f->path);
}

/* ---- names of sheets ---- */

static bool name_sheets(struct form_file *f, const struct xlsx *x)
{
    for (size_t i = 0; i < x->sheet_count; i++)
        for (size_t p = 0; p < f->part_count; p++)
            if (!strcmp(f->parts[p].name, x->sheets[i].part) &&
                !(f->parts[p].title = arena_text(&f->arena, x->sheets[i].name)))
                return false;
    return true;
}

static bool name_all(struct form_file *f, struct err *e)
{
    struct xlsx *x;
    bool is_book = false;
    for (size_t i = 0; i < f->part_count; i++)
        is_book = is_book || f->parts[i].kind == FORM_WORKBOOK;
    if (!is_book)
        return true;
    if (!xlsx_open(&x, f->path, e))
        return false;
    bool ok = name_sheets(f, x) || err_memory(e);
    xlsx_close(x);
    return ok;
}

/* ---- their bytes ---- */

/* Read once by expat, which refuses what is not well-formed; edits are made in the bytes. */
static bool read_part(struct form_file *f, struct form_part *part, struct err *e)
{
    const struct office_xml nothing = {0};
    if (!office_read(f->office, part->name, &nothing, NULL, e) ||
        !office_bytes(f->office, part->name, &part->bytes, e))
        return false;
    return !memchr(buf_text(&part->bytes), '\0', part->bytes.len) ||
           err_set(e, ERR_INPUT,
                   "%s: its part %s is not in UTF-8: save the form again in Excel or "
                   "Word",
                   f->path, part->name);
}

static bool find_kind(struct form_file *f, enum form_kind kind, struct err *e)
{
    for (size_t i = 0; i < f->part_count; i++)
        if (f->parts[i].kind == kind &&
            !(read_part(f, &f->parts[i], e) && form_find(f, &f->parts[i], e)))
            return false;
    return true;
}

/* ---- braces that stay ---- */

static void add_left(struct form_file *f, const char *name)
{
    buf_addf(&f->left, "%s%s", f->left.len ? ", " : "", name);
}

static size_t find_braces(const char *bytes, size_t from, size_t to)
{
    for (; from + 1 < to; from++)
        if (bytes[from] == '{' && bytes[from + 1] == '{')
            return from;
    return to;
}

/* Outside the edits. */
static bool has_braces(const struct form_part *part)
{
    size_t at = 0;
    for (size_t i = 0; i <= part->edit_count; i++) {
        size_t to = i < part->edit_count ? part->edits[i].from : part->bytes.len;
        if (find_braces(buf_text(&part->bytes), at, to) < to)
            return true;
        at = i < part->edit_count ? part->edits[i].to : to;
    }
    return false;
}

static const struct form_part *part_of(const struct form_file *f, const char *name)
{
    for (size_t i = 0; i < f->part_count; i++)
        if (!strcmp(f->parts[i].name, name))
            return &f->parts[i];
    return NULL;
}

static bool look_at_rest(struct form_file *f, struct err *e)
{
    struct buf bytes = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < office_count(f->office); i++) {
        const char *name = office_name(f->office, i);
        const struct form_part *part = part_of(f, name);
        buf_clear(&bytes);
        if (part && has_braces(part))
            add_left(f, part->title ? part->title : name);
        if (part || !ends(name, ".xml"))
            continue;
        ok = office_bytes(f->office, name, &bytes, e);
        if (ok && find_braces(buf_text(&bytes), 0, bytes.len) < bytes.len)
            add_left(f, name);
    }
    buf_free(&bytes);
    return ok && (!f->left.failed || err_memory(e));
}

/* A word in a string that no cell shows. */
static bool place_unused(struct form_file *f, struct err *e)
{
    for (size_t i = 0; i < f->token_count; i++)
        if (!f->tokens[i].place && !(f->tokens[i].place = arena_text(&f->arena, "-")))
            return err_memory(e);
    return true;
}

/* ---- opening ---- */

bool form_open(struct form_file **out, const char *path, struct err *e)
{
    struct form_file *f = calloc(1, sizeof *f);
    *out = NULL;
    if (!f)
        return err_memory(e);
    f->path = path;
    if (office_open(&f->office, path, e) && sys_read_whole(path, &f->whole, e) &&
        find_parts(f, e) && name_all(f, e) && find_kind(f, FORM_STRINGS, e) &&
        find_kind(f, FORM_SHEET, e) && find_kind(f, FORM_TEXT, e) &&
        find_kind(f, FORM_WORKBOOK, e) && look_at_rest(f, e) && place_unused(f, e)) {
        *out = f;
        return true;
    }
    form_close(f);
    return false;
}

void form_close(struct form_file *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->part_count; i++) {
        buf_free(&f->parts[i].bytes);
        free(f->parts[i].edits);
        free(f->parts[i].cells);
    }
    free(f->parts);
    free(f->tokens);
    free(f->strings);
    free(f->in_strings);
    buf_free(&f->whole);
    buf_free(&f->left);
    office_close(f->office);
    arena_free(&f->arena);
    free(f);
}

size_t form_token_count(const struct form_file *f)
{
    return f->token_count;
}

const struct form_token *form_token(const struct form_file *f, size_t i)
{
    return &f->tokens[i];
}

const char *form_left(const struct form_file *f)
{
    return buf_text(&f->left);
}

bool form_has_formulas(const struct form_file *f)
{
    bool has = false;
    for (size_t i = 0; i < f->part_count; i++)
        has |= f->parts[i].has_formulas;
    return has;
}
