#include "cli/rate_parts.h"

unsigned rate_lacks(int source)
{
    switch (source) {
    case RATE_ACCEPTED:
    case RATE_RESOLVED:
        return FLOW_NO_OUTCOMES;
    case RATE_SOLVED:
        return FLOW_NO_SOLVED;
    case RATE_VICTIMS:
        return FLOW_NO_VICTIMS;
    case RATE_SUPPORTED:
        return FLOW_NO_VICTIMS | FLOW_NO_SUPPORT;
    default:
        return 0;
    }
}

int64_t rate_part(const struct flow *f, int source)
{
    switch (source) {
    case RATE_ACCEPTED:
        return f->accepted;
    case RATE_RESOLVED:
        return f->resolved;
    case RATE_SOLVED:
        return f->solved;
    case RATE_VICTIMS:
        return f->victims;
    case RATE_SUPPORTED:
        return f->supported;
    default:
        return f->cases;
    }
}

int64_t rate_whole(const struct flow *f, int source)
{
    return source == RATE_ACCEPTED ? flow_to_resolve(f) : rate_part(f, source);
}
