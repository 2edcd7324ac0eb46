#include "ingest/office.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

struct office {
    zip_t *zip;
    char *path;
};

/* ---- the package ---- */

static bool damaged(const struct office *o, struct err *e)
{
    return err_set(e, ERR_INPUT,
                   "%s: is no Office file, or a damaged one: open it, save it again and try anew",
                   o->path);
}

static bool check_sizes(const struct office *o, struct err *e)
{
    zip_int64_t n = zip_get_num_entries(o->zip, 0);
    zip_uint64_t total = 0;
    for (zip_int64_t i = 0; i < n; i++) {
        zip_stat_t s;
        if (zip_stat_index(o->zip, (zip_uint64_t)i, 0, &s) || !(s.valid & ZIP_STAT_SIZE))
            return damaged(o, e);
        if ((s.valid & ZIP_STAT_ENCRYPTION_METHOD) && s.encryption_method != ZIP_EM_NONE)
            return err_set(e, ERR_INPUT, "%s: is under a password: take it off and save again",
                           o->path);
        if (s.size > OFFICE_PART_MAX || (total += s.size) > OFFICE_TOTAL_MAX)
            return err_set(e, ERR_INPUT,
                           "%s: would unpack to more than %zu MB: split it, or save its sheet as "
                           "\"CSV UTF-8\"",
                           o->path, OFFICE_PART_MAX >> 20);
    }
    return true;
}

static bool open_zip(struct office *o, struct err *e)
{
    int code = 0;
    o->zip = zip_open(o->path, ZIP_RDONLY | ZIP_CHECKCONS, &code);
    if (o->zip)
        return check_sizes(o, e);
    if (code == ZIP_ER_MEMORY)
        return err_memory(e);
    if (code == ZIP_ER_NOENT)
        return err_set(e, ERR_INPUT, "%s: there is no such file: look at its name and folder",
                       o->path);
    return damaged(o, e);
}

bool office_open(struct office **out, const char *path, struct err *e)
{
    struct office *o = calloc(1, sizeof *o);
    size_t n = strlen(path) + 1;
    *out = NULL;
    if (!o || !(o->path = malloc(n))) {
        free(o);
        return err_memory(e);
    }
    memcpy(o->path, path, n);
    if (!open_zip(o, e)) {
        office_close(o);
        return false;
    }
    *out = o;
    return true;
}

void office_close(struct office *o)
{
    if (!o)
        return;
    if (o->zip)
        zip_discard(o->zip);
    free(o->path);
    free(o);
}

size_t office_count(const struct office *o)
{
    return (size_t)zip_get_num_entries(o->zip, 0);
}

const char *office_name(const struct office *o, size_t i)
{
    const char *name = zip_get_name(o->zip, i, 0);
    return name ? name : "";
}

bool office_has(const struct office *o, const char *part)
{
    return zip_name_locate(o->zip, part, 0) >= 0;
}

/* ---- one part, unpacked ---- */

struct unpacking {
    zip_file_t *file;
    zip_uint64_t left; /* of what the package says */
};

static bool unpack_open(struct unpacking *u, struct office *o, const char *part, struct err *e)
{
    zip_stat_t s;
    *u = (struct unpacking){0};
    if (zip_stat(o->zip, part, 0, &s))
        return err_set(e, ERR_INPUT,
                       "%s: lacks its part %s: save it again as a workbook or document", o->path,
                       part);
    u->left = s.size;
    u->file = zip_fopen(o->zip, part, 0);
    return u->file || damaged(o, e);
}

/* The next bytes, 0 at the end. A part that unpacks to more or less than it should is damaged: zip
 * checks its sum at the end. */
static bool unpack(struct unpacking *u, const struct office *o, char *bytes, size_t *n,
                   struct err *e)
{
    zip_int64_t got = zip_fread(u->file, bytes, OFFICE_PIECE);
    if (got < 0 || (zip_uint64_t)got > u->left || (!got && u->left))
        return damaged(o, e);
    u->left -= (zip_uint64_t)got;
    *n = (size_t)got;
    return true;
}

static void unpack_close(struct unpacking *u)
{
    if (u->file)
        zip_fclose(u->file);
}

struct office_stream {
    struct office *o;
    struct unpacking file;
    char bytes[OFFICE_PIECE];
};

bool office_stream_open(struct office_stream **out, struct office *o, const char *part,
                        struct err *e)
{
    struct office_stream *s = malloc(sizeof *s);
    *out = NULL;
    if (!s)
        return err_memory(e);
    s->o = o;
    if (!unpack_open(&s->file, o, part, e)) {
        free(s);
        return false;
    }
    *out = s;
    return true;
}

void office_stream_close(struct office_stream *s)
{
    if (s)
        unpack_close(&s->file);
    free(s);
}

bool office_stream_next(struct office_stream *s, const char **bytes, size_t *n, struct err *e)
{
    *bytes = s->bytes;
    return unpack(&s->file, s->o, s->bytes, n, e);
}

bool office_bytes(struct office *o, const char *part, struct buf *bytes, struct err *e)
{
    struct office_stream *s;
    const char *piece;
    size_t n = 1;
    bool ok = office_stream_open(&s, o, part, e);
    while (ok && n) {
        ok = office_stream_next(s, &piece, &n, e);
        buf_add(bytes, piece, ok ? n : 0);
    }
    if (ok)
        office_stream_close(s);
    return ok && (!bytes->failed || err_memory(e));
}

/* ---- its XML ---- */

struct office_part {
    struct office *o;
    char *name;
    struct unpacking file;
    XML_Parser parser;
    const struct office_xml *x;
    void *context;
    bool has_doctype, stopped;
};

/* The name without its prefix. */
static const char *local(const char *name)
{
    const char *colon = name[0] && name[1] ? strchr(name, ':') : NULL;
    return colon ? colon + 1 : name;
}

const char *office_attribute(const char *const *attributes, const char *name)
{
    for (size_t i = 0; attributes[i]; i += 2)
        if (!strcmp(local(attributes[i]), name))
            return attributes[i + 1];
    return NULL;
}

static void on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    struct office_part *p = data;
    if (p->x->start && !p->stopped)
        p->x->start(p->context, local(name), (const char *const *)attributes);
}

static void on_end(void *data, const XML_Char *name)
{
    struct office_part *p = data;
    if (p->x->end && !p->stopped)
        p->x->end(p->context, local(name));
}

static void on_text(void *data, const XML_Char *bytes, int n)
{
    struct office_part *p = data;
    if (p->x->text && !p->stopped)
        p->x->text(p->context, bytes, (size_t)n);
}

static void on_doctype(void *data, const XML_Char *name, const XML_Char *system,
                       const XML_Char *public, int internal)
{
    struct office_part *p = data;
    (void)name, (void)system, (void)public, (void)internal;
    p->has_doctype = true;
    XML_StopParser(p->parser, XML_FALSE);
}

static bool prepare_parser(struct office_part *p, const char *part, struct err *e)
{
    size_t n = strlen(part) + 1;
    p->name = malloc(n);
    p->parser = XML_ParserCreate(NULL);
    if (!p->name || !p->parser)
        return err_memory(e);
    memcpy(p->name, part, n);
    XML_SetUserData(p->parser, p);
    XML_SetElementHandler(p->parser, on_start, on_end);
    XML_SetCharacterDataHandler(p->parser, on_text);
    XML_SetStartDoctypeDeclHandler(p->parser, on_doctype);
    return true;
}

bool office_part_open(struct office_part **out, struct office *o, const char *part,
                      const struct office_xml *x, void *context, struct err *e)
{
    struct office_part *p = calloc(1, sizeof *p);
    *out = NULL;
    if (!p)
        return err_memory(e);
    p->o = o;
    p->x = x;
    p->context = context;
    if (!prepare_parser(p, part, e) || !unpack_open(&p->file, o, part, e)) {
        office_part_close(p);
        return false;
    }
    *out = p;
    return true;
}

void office_part_close(struct office_part *p)
{
    if (!p)
        return;
    unpack_close(&p->file);
    if (p->parser)
        XML_ParserFree(p->parser);
    free(p->name);
    free(p);
}

void office_part_stop(struct office_part *p)
{
    p->stopped = true;
    XML_StopParser(p->parser, XML_FALSE);
}

size_t office_part_line(const struct office_part *p)
{
    return (size_t)XML_GetCurrentLineNumber(p->parser);
}

static bool bad_xml(const struct office_part *p, struct err *e)
{
    if (p->has_doctype)
        return err_set(e, ERR_INPUT,
                       "%s: %s has a DOCTYPE, which no Office program writes: refused", p->o->path,
                       p->name);
    if (XML_GetErrorCode(p->parser) == XML_ERROR_NO_MEMORY)
        return err_memory(e);
    return err_set(e, ERR_INPUT,
                   "%s: line %zu of %s is not right: open it, save it again and try anew",
                   p->o->path, office_part_line(p), p->name);
}

bool office_part_next(struct office_part *p, bool *more, struct err *e)
{
    size_t n;
    *more = false;
    if (p->stopped)
        return true;
    void *piece = XML_GetBuffer(p->parser, OFFICE_PIECE);
    if (!piece)
        return err_memory(e);
    if (!unpack(&p->file, p->o, piece, &n, e))
        return false;
    enum XML_Status status = XML_ParseBuffer(p->parser, (int)n, n == 0);
    if (status == XML_STATUS_ERROR && !p->stopped)
        return bad_xml(p, e);
    *more = n > 0 && !p->stopped;
    return true;
}

bool office_read(struct office *o, const char *part, const struct office_xml *x, void *context,
                 struct err *e)
{
    struct office_part *p;
    bool more = true;
    if (!office_part_open(&p, o, part, x, context, e))
        return false;
    bool ok = true;
    while (ok && more)
        ok = office_part_next(p, &more, e);
    office_part_close(p);
    return ok;
}

bool office_read_bytes(const char *name, const char *bytes, size_t n, const struct office_xml *x,
                       void *context, struct err *e)
{
    struct office nowhere = {0};
    struct office_part p = {.o = &nowhere, .x = x, .context = context};
    bool ok = prepare_parser(&p, name, e);
    nowhere.path = p.name;
    if (ok && XML_Parse(p.parser, bytes, (int)n, 1) == XML_STATUS_ERROR && !p.stopped)
        ok = bad_xml(&p, e);
    if (p.parser)
        XML_ParserFree(p.parser);
    free(p.name);
    return ok;
}
