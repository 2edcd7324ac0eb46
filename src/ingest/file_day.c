#include "ingest/file_day.h"

#include <stdlib.h>
#include <string.h>

#include "ingest/directory_index.h"
#include "ingest/fields.h"

struct ahead {
    const struct layout *layout;
    const struct directory *d;
    const struct name_index *units;
    int64_t
        *changes; /* codes valid from a stretch of days on, less those valid up to the one before */
    bool several; /* some code has more than one validity */
    struct buf code;
};

/* The n bytes as a code: all its validities. */
static void count_code(struct ahead *a, const char *text, size_t n)
{
    size_t first;
    if (!field_trim(&text, &n))
        return;
    buf_clear(&a->code);
    buf_add(&a->code, text, n);
    size_t count = name_table_find(&a->units->codes, buf_text(&a->code), &first);
    for (size_t i = first; i < first + count; i++) {
        struct span valid = a->d->units[a->units->codes.keys[i].entry].valid;
        a->changes[name_index_era(a->units, valid.from)]++;
        if (valid.to < DAY_MAX)
            a->changes[name_index_era(a->units, valid.to + 1)]--;
    }
    a->several = a->several || count > 1;
}

static void read_ahead(struct ahead *a, struct reader *r)
{
    struct record rec;
    bool more = true;
    if (!reader_next(r, &rec, &more, NULL)) /* the head */
        return;
    while (more && reader_next(r, &rec, &more, NULL) && more)
        for (size_t i = 0; i < a->layout->cell_count; i++) {
            const struct layout_cell *c = &a->layout->cells[i];
            if (c->column && c->column->type == SLOT_UNIT && c->field < rec.count)
                count_code(a, rec.fields[c->field].text, rec.fields[c->field].n);
        }
}

/* Some day of the stretch on which most codes are valid: its last, or the first of the one that has
 * no end. */
static day best_day(const struct ahead *a)
{
    size_t best = 0, stretches = a->units->break_count;
    int64_t valid = 0, most = 0;
    for (size_t i = 0; i <= stretches; i++) {
        valid += a->changes[i];
        if (valid >= most && valid > 0) {
            most = valid;
            best = i;
        }
    }
    if (!most)
        return DAY_NONE;
    return best < stretches ? a->units->breaks[best] - 1 : a->units->breaks[best - 1];
}

static bool has_no_day(const struct layout *layout, const struct ingest_options *o)
{
    enum kind_id kind = layout->kind->id;
    bool twice = o->input.memory || strcmp(o->input.path, "-") != 0;
    return twice && layout->valid_on == DAY_NONE &&
           (kind == KIND_NEIGHBOURS || kind == KIND_BOUNDARIES || kind == KIND_GROUPS);
}

bool file_day_find(struct layout *layout, const struct ingest_options *o, const struct directory *d,
                   struct buf *warnings, struct err *e)
{
    struct reader *r = NULL;
    if (!has_no_day(layout, o) || !d->index || !d->index->units.break_count ||
        !reader_open(&r, &o->input, NULL))
        return true;
    struct ahead a = {.layout = layout, .d = d, .units = &d->index->units};
    a.changes = calloc(a.units->break_count + 1, sizeof *a.changes);
    if (a.changes)
        read_ahead(&a, r);
    if (a.changes && a.several)
        layout->valid_on = best_day(&a);
    if (layout->valid_on != DAY_NONE) {
        char text[11];
        enum lang lang = e ? e->lang : LANG_EN;
        day_text(layout->valid_on, text);
        buf_addf(
            warnings,
            tr(lang,
               "%s: has no dates: its units are taken as of %s; another day with --const valid_on"),
            reader_name(r), text);
        buf_addc(warnings, '\n');
    }
    bool ok = a.changes != NULL;
    reader_close(r);
    buf_free(&a.code);
    free(a.changes);
    return ok ? true : err_memory(e);
}
