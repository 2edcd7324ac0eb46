/* What is still to be reported of the cases behind a reduction, by the date of the act. */
#include "cli/listing.h"
#include "cli/targets_private.h"

static bool say(const struct targets_table *t, const struct judged *j, const struct nowcast *x,
                struct err *e)
{
    struct buf b = {0}, subject = {0};
    size_t category = j->target->category;
    if (!nowcast_is_said(x) || t->s->directory.categories[category].root != category)
        return true;
    if (t->place_count > 1)
        buf_addf(&subject, "%s, ",
                 session_unit_name(t->s, j->place->top, t->period.span.to, &t->r->arena));
    buf_adds(&subject, *j->target->name ? j->target->name : j->target->indicator);
    nowcast_say(&b, buf_text(&subject), x, COUNT_CASES, t->r->lang);
    b.failed |= subject.failed;
    buf_free(&subject);
    return footer_say_made(t->r, &b, e);
}

bool targets_add_nowcast(struct targets_table *t, const struct judged *j, bool is_head,
                         struct err *e)
{
    if (!t->nowcasts.is_for)
        return true;
    struct nowcast *x = nowcasts_next(&t->nowcasts, e);
    if (!x || !j->set || j->indicator || j->target->kind != TARGET_REDUCTION)
        return x != NULL;
    const struct compare *c = &j->set->compare;
    return nowcast_compared(&t->nowcasts.of, c, j->slot,
                            c->scope.category_slot[j->target->category], &j->compared, x, e) &&
           (!is_head || say(t, j, x, e));
}
