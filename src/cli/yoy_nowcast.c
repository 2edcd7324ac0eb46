/* What is still to be reported of a comparison's period, by the date of the act. */
#include "cli/listing.h"
#include "cli/yoy_private.h"

bool yoy_nowcast_row(struct nowcasts *n, const struct yoy_set *set, const struct yoy_row *row,
                     struct result *r, struct err *e)
{
    const struct scope *s = &set->compare.scope;
    const struct category *c = &s->directory->categories[s->categories[row->category]];
    if (!n->is_for)
        return true;
    struct nowcast *x = nowcasts_next(n, e);
    if (!x || row->is_rest)
        return x != NULL;
    if (!nowcast_compared(&n->of, &set->compare, row->unit, row->category, &row->counts, x, e))
        return false;
    if (!yoy_is_head(set, row) || !nowcast_is_said(x))
        return true;
    struct buf b = {0}, subject = {0};
    if (set->q.top_count > 1)
        buf_addf(&subject, "%s, ",
                 session_unit_name(set->s, s->units[row->unit], set->q.period.span.to, &r->arena));
    buf_adds(&subject, *c->name ? c->name : c->code);
    nowcast_say(&b, buf_text(&subject), x, set->q.tally.count, r->lang);
    b.failed |= subject.failed;
    buf_free(&subject);
    return footer_say_made(r, &b, e);
}

bool yoy_add_nowcast(const struct yoy_sets *all, struct result *r, struct err *e)
{
    struct nowcasts n;
    bool ok = nowcasts_init(&n, all->s, &all->q.compare.tally, e);
    for (size_t i = 0; ok && i < all->count; i++)
        for (size_t k = 0; ok && k < all->items[i].count; k++)
            ok = yoy_nowcast_row(&n, &all->items[i], yoy_row_at(&all->items[i], k), r, e);
    ok = ok && nowcasts_write(&n, r, e);
    nowcasts_free(&n);
    return ok;
}
