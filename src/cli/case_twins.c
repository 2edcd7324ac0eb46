#include "cli/case_twins.h"

#include <stdlib.h>

struct seeking {
    struct listing *twins;
    int64_t unit, victims; /* victims: -1 where blank */
    size_t set;
    day on;
};

enum { DAYS_APART = 3 };

static bool is_twin(const struct seeking *k, const struct case_name *name)
{
    bool same_victims = k->victims < 0 || name->victims < 0 || k->victims == name->victims;
    return !name->ended_by && name->unit == k->unit && name->set == k->set && same_victims &&
           labs((long)name->on - k->on) <= DAYS_APART;
}

static bool take_name(void *context, const struct case_name *name, struct err *e)
{
    const struct seeking *k = context;
    (void)e;
    if (is_twin(k, name) && listing_take(k->twins))
        buf_adds(&k->twins->b, name->case_id);
    return true;
}

bool case_twins(struct session *s, const struct row *row, struct listing *twins, struct err *e)
{
    const struct directory *d = &s->directory;
    const struct value *victims = &row->slots[INC_VICTIMS];
    size_t on = INC_RECEIVED_ON;
    while (row->slots[on].type == VALUE_NONE)
        on++;
    struct seeking k = {.twins = twins,
                        .unit = row->slots[INC_UNIT].as.i,
                        .victims = victims->type == VALUE_INT ? victims->as.i : -1,
                        .set = (size_t)row->slots[INC_CATEGORY].as.i,
                        .on = (day)row->slots[on].as.i};
    if (d->units[directory_unit_by_id(d, k.unit)].is_unknown)
        return true;
    return store_each_case_name(s->store, take_name, &k, e) && (!twins->b.failed || err_memory(e));
}
