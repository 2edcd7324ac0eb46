#include "cli/case_twins.h"

#include <stdlib.h>

struct seeking {
    struct listing *twins;
    int64_t unit;
    size_t set;
    day on;
};

enum { DAYS_APART = 3 };

static bool take_name(void *context, const struct case_name *name, struct err *e)
{
    const struct seeking *k = context;
    (void)e;
    if (name->ended_by || name->unit != k->unit || name->set != k->set ||
        labs((long)name->on - k->on) > DAYS_APART)
        return true;
    if (listing_take(k->twins))
        buf_adds(&k->twins->b, name->case_id);
    return true;
}

bool case_twins(struct session *s, const struct row *row, struct listing *twins, struct err *e)
{
    size_t on = INC_RECEIVED_ON;
    while (row->slots[on].type == VALUE_NONE)
        on++;
    struct seeking k = {.twins = twins,
                        .unit = row->slots[INC_UNIT].as.i,
                        .set = (size_t)row->slots[INC_CATEGORY].as.i,
                        .on = (day)row->slots[on].as.i};
    return store_each_case_name(s->store, take_name, &k, e) && (!twins->b.failed || err_memory(e));
}
