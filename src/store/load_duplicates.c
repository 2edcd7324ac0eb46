/* load_duplicates.c: cases of the file that may be there already, in it or in the database. */
#include "store/duplicates.h"
#include "store/load_private.h"

struct screening {
    struct load *l;
    load_duplicate_fn fn;
    void *context;
};

static bool name_side(struct load *l, const struct suspect_row *row, char id[CASE_ID_BYTES],
                      struct duplicate_side *side, struct err *e)
{
    struct table_row values;
    if (!load_read_case(l, row->id, &values, id, e))
        return false;
    *side = (struct duplicate_side){id, load_axes_line(l, row->id)};
    return true;
}

/* Pairs of rows that were there before are no news. */
static bool take_pair(void *context, const struct suspect_row *a, const struct suspect_row *b,
                      struct err *e)
{
    struct screening *s = context;
    struct duplicate_side x, y;
    char first[CASE_ID_BYTES], second[CASE_ID_BYTES];
    if (a->id < s->l->first_new && b->id < s->l->first_new)
        return true;
    return name_side(s->l, a, first, &x, e) && name_side(s->l, b, second, &y, e) &&
           s->fn(s->context, &x, &y, e);
}

bool load_each_duplicate(struct load *l, load_duplicate_fn fn, void *context, struct err *e)
{
    enum { ROWS_MAX = 50000, MARGIN = 3 };
    struct screening s = {l, fn, context};
    struct suspect_rows rows;
    bool any = l->q.kind->id == KIND_INCIDENTS && !span_is_empty(l->seen) &&
               l->added + l->changed > 0 && l->added + l->changed <= ROWS_MAX;
    if (!any)
        return true;
    struct span days = {l->seen.from - MARGIN, l->seen.to + MARGIN};
    bool ok = suspect_rows_read(&rows, l->s, STATE_NOW, l->q.directory, days, e) &&
              suspect_rows_each(&rows, take_pair, &s, e);
    suspect_rows_free(&rows);
    return ok;
}
