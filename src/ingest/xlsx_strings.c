/* xlsx_strings.c: the texts that cells of all sheets share. */
#include <string.h>

#include "ingest/office.h"
#include "ingest/xlsx.h"

struct shared {
    struct xlsx *x;
    struct buf text;          /* of the string that is being read */
    size_t bytes;             /* of all */
    bool in_text, in_reading; /* in the text; in the reading aid of East Asian text */
    bool failed, too_many;
};

static void on_start(void *context, const char *name, const char *const *attributes)
{
    struct shared *s = context;
    (void)attributes;
    if (!strcmp(name, "si"))
        buf_clear(&s->text);
    else if (!strcmp(name, "rPh"))
        s->in_reading = true;
    else if (!strcmp(name, "t"))
        s->in_text = !s->in_reading;
}

static void keep(struct shared *s)
{
    struct xlsx *x = s->x;
    void *strings = x->strings;
    s->bytes += s->text.len + sizeof *x->strings;
    s->too_many = s->too_many || s->bytes > XLSX_STRINGS_MAX;
    if (s->too_many || s->failed)
        return;
    const char *copy = arena_copy(&x->arena, buf_text(&s->text), s->text.len);
    s->failed =
        !copy || s->text.failed ||
        !array_grow(&strings, &x->string_cap, x->string_count + 1, sizeof *x->strings, NULL);
    x->strings = strings;
    if (!s->failed)
        x->strings[x->string_count++] = (struct field){copy, s->text.len};
}

static void on_end(void *context, const char *name)
{
    struct shared *s = context;
    if (!strcmp(name, "si"))
        keep(s);
    else if (!strcmp(name, "rPh"))
        s->in_reading = false;
    else if (!strcmp(name, "t"))
        s->in_text = false;
}

static void on_text(void *context, const char *bytes, size_t n)
{
    struct shared *s = context;
    if (s->in_text && !s->too_many)
        buf_add(&s->text, bytes, n);
    s->too_many = s->too_many || s->text.len > READER_RECORD_MAX;
}

bool xlsx_read_strings(struct xlsx *x, const char *part, struct err *e)
{
    static const struct office_xml handlers = {on_start, on_end, on_text};
    struct shared s = {.x = x};
    bool ok = office_read(x->office, part, &handlers, &s, e);
    buf_free(&s.text);
    if (ok && s.too_many)
        return err_set(e, ERR_INPUT,
                       "%s: holds more than %zu MB of text: split it, or save its sheet as "
                       "\"CSV UTF-8\"",
                       x->path, XLSX_STRINGS_MAX >> 20);
    return ok && (!s.failed || err_memory(e));
}
