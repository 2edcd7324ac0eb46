#include <inttypes.h>

#include "cli/diff_private.h"
#include "cli/listing.h"
#include "cli/typed.h"

struct between {
    const struct diff_states *d;
    struct listing list;
    enum lang lang;
};

static bool name_load(void *context, const struct load_info *l, struct err *e)
{
    struct between *b = context;
    (void)e;
    if (l->id <= b->d->states[THEN] || l->id > b->d->states[NOW] || !listing_take(&b->list))
        return true;
    buf_addf(&b->list.b, "%" PRId64 " (", l->id);
    if (l->undoes)
        buf_addf(&b->list.b, tr(b->lang, "undoes %lld"), (long long)l->undoes);
    else
        buf_adds(&b->list.b, typed_name(l->file, b->lang));
    buf_addc(&b->list.b, ')');
    return true;
}

static bool say_loads(struct diff *x, struct err *e)
{
    struct between b = {.d = x->d, .lang = x->r->lang};
    bool ok = store_each_load(x->d->sessions[NOW].store, name_load, &b, e);
    if (ok && !b.list.count)
        ok = footer_say(x->r, tr(x->r->lang, "Both are the same state: nothing was loaded since."),
                        e);
    return listing_say(&b.list, x->r, tr(x->r->lang, "Loads between the two states: %s."), e) && ok;
}

static bool say_words(struct diff *x, struct err *e)
{
    enum lang lang = x->r->lang;
    if (!x->r->row_count && x->d->states[THEN] != x->d->states[NOW] &&
        !footer_say(x->r, tr(lang, "Nothing that is counted changed."), e))
        return false;
    if (x->any_late &&
        !footer_say(x->r,
                    tr(lang, "Late: cases that came since, on days that had been reported "
                             "already; new: on days reported since."),
                    e))
        return false;
    return !x->any_other ||
           footer_say(x->r,
                      tr(lang, "Otherwise: units or categories were put elsewhere in their "
                               "trees, or a count row stands for what is below it."),
                      e);
}

static bool add_states(const struct diff *x, struct err *e)
{
    struct session_facts facts = {
        .basis = x->q.basis, .period = x->all_periods ? NULL : &x->asked, .data_end = DAY_NONE};
    const struct session *now = &x->d->sessions[NOW];
    struct session plain = *now;
    plain.state = STATE_NOW; /* the two states are named here */
    plain.synthetic |= x->d->sessions[THEN].synthetic;
    for (size_t i = 0; i < now->cover.count; i++)
        facts.assumed |= now->cover.rows[i].declared == COVER_ASSUMED;
    return session_provenance(&plain, &facts, x->r, e) &&
           result_add_prov(x->r, "state_then", N_("State then"), x->d->texts[THEN], NULL, e) &&
           result_add_prov(x->r, "state_now", N_("State now"), x->d->texts[NOW], NULL, e);
}

bool diff_add_words(struct diff *x, struct err *e)
{
    return say_words(x, e) && say_loads(x, e) && add_states(x, e);
}
