/* export coverage: what was declared. What was only assumed is assumed again when the cases are
 * loaded, and a counts file speaks for itself: neither must come back as a declaration. */
#include <stdlib.h>
#include <string.h>

#include "cli/export.h"

struct claim {
    size_t unit, category; /* slots */
    struct span span;
    int64_t total; /* -1: none */
};

static int by_key(const void *a, const void *b)
{
    const struct claim *x = a, *y = b;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    if (x->category != y->category)
        return x->category < y->category ? -1 : 1;
    if (x->span.from != y->span.from)
        return x->span.from < y->span.from ? -1 : 1;
    return (x->span.to > y->span.to) - (x->span.to < y->span.to);
}

/* False: the row is not in the question. A total is of all the row's days. */
static bool take_row(const struct export *x, const struct cover_row *row, struct claim *c)
{
    *c = (struct claim){.unit = x->scope.unit_slot[row->unit],
                        .category = x->scope.category_slot[row->category],
                        .span = span_intersect(row->span, x->span),
                        .total = row->total};
    if (c->span.from != row->span.from || c->span.to != row->span.to)
        c->total = -1;
    const char *source = x->session.cover.sources[row->source];
    return c->unit != NO_ENTRY && c->category != NO_ENTRY && !span_is_empty(c->span) &&
           (!x->source || !strcmp(x->source, source));
}

static bool write_row(struct export *x, const struct claim *c, struct err *e)
{
    const struct directory *d = x->scope.directory;
    sheet_text(&x->sheet, d->units[x->scope.units[c->unit]].code);
    sheet_day(&x->sheet, c->span.from);
    sheet_day(&x->sheet, c->span.to);
    sheet_text(&x->sheet, d->categories[x->scope.categories[c->category]].code);
    sheet_amount(&x->sheet, c->total);
    sheet_text(&x->sheet, buf_text(&x->office));
    return sheet_end_row(&x->sheet, e);
}

static bool write_head(struct export *x, struct err *e)
{
    static const char *const heads[] = {"unit", "from", "to", "category", "total", "source"};
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        sheet_text(&x->sheet, heads[i]);
    return sheet_end_row(&x->sheet, e);
}

/* Two sources may declare the same: one row says it. */
static bool is_repeated(const struct claim *claims, size_t i)
{
    return i && !by_key(&claims[i - 1], &claims[i]);
}

bool export_coverage(struct export *x, struct err *e)
{
    const struct cover *cover = &x->session.cover;
    struct claim *claims = malloc((cover->count + 1) * sizeof *claims);
    size_t count = 0;
    int64_t assumed = 0;
    if (!claims)
        return err_memory(e);
    for (size_t i = 0; i < cover->count; i++) {
        bool taken = take_row(x, &cover->rows[i], &claims[count]);
        assumed += taken && cover->rows[i].declared == COVER_ASSUMED;
        count += taken && cover->rows[i].declared == COVER_DECLARED;
    }
    qsort(claims, count, sizeof *claims, by_key);
    bool ok = write_head(x, e);
    for (size_t i = 0; ok && i < count; i++)
        ok = is_repeated(claims, i) || write_row(x, &claims[i], e);
    free(claims);
    if (assumed)
        buf_addf(
            &x->notices,
            tr(x->session.lang,
               "%lld rows of assumed coverage are left out: read back they would be declared\n"),
            (long long)assumed);
    return ok;
}
