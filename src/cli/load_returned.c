#include "cli/load_returned.h"

#include <stdlib.h>

static bool find_unit(const struct session *s, const struct returned *r, const char *path,
                      size_t *unit, struct err *e)
{
    struct buf why = {0};
    bool ok = directory_find_unit(&s->directory, buf_text(&r->unit), r->unit.len, r->span.to,
                                  NO_ENTRY, true, e->lang, unit, &why) ||
              err_set(e, ERR_INPUT, "%s: the unit that reports: %s", path, buf_text(&why));
    buf_free(&why);
    return ok;
}

bool returned_claim(const struct session *s, const struct returned *r, const char *path,
                    struct coverage_claim *claim, struct err *e)
{
    const struct directory *d = &s->directory;
    size_t unit, count = 0;
    *claim = (struct coverage_claim){.span = r->span};
    if (!find_unit(s, r, path, &unit, e))
        return false;
    size_t *units = malloc(sizeof *units);
    size_t *roots = malloc((d->category_count + 1) * sizeof *roots);
    if (!units || !roots) {
        free(units);
        free(roots);
        return err_memory(e);
    }
    units[0] = unit;
    for (size_t c = 0; c < d->category_count; c++)
        if (d->categories[c].root == c &&
            !span_is_empty(span_intersect(d->categories[c].valid, r->span)))
            roots[count++] = c;
    *claim = (struct coverage_claim){r->span, units, roots, 1, count};
    return true;
}

bool returned_check(const struct returned *r, size_t rows, const char *path, struct err *e)
{
    if (!r)
        return true;
    if (r->is_nil && rows)
        return err_set(e, ERR_INPUT,
                       "%s: is ticked as having no case, but has rows (%zu): take out the tick or "
                       "the rows",
                       path, rows);
    if (r->is_nil && !r->unit.len)
        return err_set(e, ERR_INPUT,
                       "%s: does not say which unit had no case: choose it in the cell of the "
                       "reporting unit",
                       path);
    return rows || r->is_nil ||
           err_set(e, ERR_INPUT,
                   "%s: has no rows: where there was no case, tick the cell for that with X", path);
}

void returned_say(const struct returned *r, const char *path, FILE *out, enum lang lang)
{
    struct buf days = {0};
    if (!r || !r->unit.len)
        return;
    session_span(r->span, lang, &days);
    fprintf(out,
            r->is_nil ? tr(lang, "%s: nil return of %s, %s: known to have no case\n")
                      : tr(lang, "%s: report of %s, %s: what it lacks there is known to be zero\n"),
            path, buf_text(&r->unit), buf_text(&days));
    buf_free(&days);
}

bool returned_load_nil(struct session *s, const struct returned *r, const struct load_file *f,
                       struct err *e)
{
    struct buf row = {0};
    char from[11], to[11];
    size_t unit;
    if (!find_unit(s, r, f->path, &unit, e))
        return false;
    day_text(r->span.from, from);
    day_text(r->span.to, to);
    buf_addf(&row, "unit,from,to,total\n%s,%s,%s,0\n", s->directory.units[unit].code, from, to);
    struct load_file nil = *f;
    nil.as = "coverage";
    nil.memory = buf_text(&row);
    nil.memory_bytes = row.len;
    bool ok = row.failed ? err_memory(e) : load_one_file(s, &nil, e);
    if (ok && f->talk)
        returned_say(r, f->path, f->talk, e->lang);
    buf_free(&row);
    return ok;
}
