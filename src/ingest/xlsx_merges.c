/* xlsx_merges.c: the merged cells of a sheet. They stand behind its rows and are wanted before
 * them: they are found by their bytes, a fifth of the time of reading the sheet twice. In XML
 * a `<` stands in no text, so what looks like such an element is one. (A sheet in UTF-16, which no
 * program writes, would seem to have none.) */
#include <stdlib.h>
#include <string.h>

#include "ingest/office.h"
#include "ingest/xlsx.h"

/* More than an element may be long. */
enum { KEPT = 512 };

static const char element[] = "mergeCell ";

struct merging {
    struct xlsx_merge *merges;
    size_t count, cap;
    bool failed;
    struct buf text; /* the end of the piece before, and the piece */
};

static void add(struct merging *m, const char *ref)
{
    char first[16] = "", last[16] = "";
    size_t n = strcspn(ref, ":\"'>"), rest;
    void *merges = m->merges;
    struct xlsx_merge made;
    if (ref[n] != ':' || n >= sizeof first)
        return;
    rest = strcspn(ref + n + 1, "\"'>");
    if (rest >= sizeof last)
        return;
    memcpy(first, ref, n);
    memcpy(last, ref + n + 1, rest);
    if (!xlsx_reference(first, &made.column, &made.line) ||
        !xlsx_reference(last, &made.last_column, &made.last_line))
        return;
    m->failed = m->failed || !array_grow(&merges, &m->cap, m->count + 1, sizeof *m->merges, NULL);
    m->merges = merges;
    if (!m->failed)
        m->merges[m->count++] = made;
}

/* The reference in the element whose name is at `at`; NULL where it is none, or not yet whole. */
static const char *reference(const char *text, const char *at)
{
    const char *name = at;
    while (name > text && name[-1] != '<' && at - name < 32)
        name--;
    bool whole = name > text && name[-1] == '<' && (name == at || at[-1] == ':');
    const char *end = whole ? strchr(at, '>') : NULL;
    const char *ref = end ? strstr(at, "ref=") : NULL;
    return ref && ref < end ? ref + 5 : NULL;
}

/* Looks through what begins before `end`; what may go on behind it is looked at with the next
 * piece. */
static void find(struct merging *m, size_t end)
{
    const char *text = m->text.data;
    for (size_t i = 0; i < end; i++) {
        const char *at = memchr(text + i, 'm', end - i);
        if (!at)
            return;
        i = (size_t)(at - text);
        const char *ref = strncmp(at, element, sizeof element - 1) ? NULL : reference(text, at);
        if (ref)
            add(m, ref);
    }
}

static bool take_piece(struct merging *m, const char *bytes, size_t n)
{
    buf_add(&m->text, bytes, n);
    if (m->text.failed)
        return false;
    size_t end = n && m->text.len > KEPT ? m->text.len - KEPT : n ? 0 : m->text.len;
    find(m, end);
    memmove(m->text.data, m->text.data + end, m->text.len - end);
    m->text.len -= end;
    return !m->failed;
}

static int by_place(const void *a, const void *b)
{
    const struct xlsx_merge *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

static bool read_pieces(struct merging *m, struct office_stream *s, struct err *e)
{
    const char *piece;
    size_t n = 1;
    while (n)
        if (!office_stream_next(s, &piece, &n, e) || (!take_piece(m, piece, n) && !err_memory(e)))
            return false;
    return true;
}

static bool read_merges(struct merging *m, const struct xlsx *x, const char *part, struct err *e)
{
    struct office *own;
    struct office_stream *s = NULL;
    bool ok = office_open(&own, x->path, e) && office_stream_open(&s, own, part, e) &&
              read_pieces(m, s, e);
    office_stream_close(s);
    office_close(own);
    buf_free(&m->text);
    if (ok && m->count)
        qsort(m->merges, m->count, sizeof *m->merges, by_place);
    if (!ok)
        free(m->merges);
    return ok;
}

bool xlsx_merges(struct xlsx *x, size_t sheet, const struct xlsx_merge **merges, size_t *count,
                 struct err *e)
{
    struct xlsx_sheet *s = &x->sheets[sheet];
    struct merging m = {0};
    if (!s->has_merges) {
        if (!read_merges(&m, x, s->part, e))
            return false;
        s->merges = m.merges;
        s->merge_count = m.count;
        s->has_merges = true;
    }
    *merges = s->merges;
    *count = s->merge_count;
    return true;
}

bool xlsx_merge_at(struct xlsx *x, size_t sheet, size_t line, size_t column,
                   const struct xlsx_merge **merge, struct err *e)
{
    const struct xlsx_merge *merges, key = {.line = line, .column = column};
    size_t count;
    if (!xlsx_merges(x, sheet, &merges, &count, e))
        return false;
    *merge = count ? bsearch(&key, merges, count, sizeof key, by_place) : NULL;
    return true;
}
