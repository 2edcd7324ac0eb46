/* scan_walk_16.c: the innermost loop for any machine; see scan_kernel.h. */
#define SCAN_HALF 16
#include "risk/scan_kernel.h"

void scan_walk_16(const struct scan_leg *g, const struct scan_list *list, size_t lists)
{
    walk(g, list, lists);
}
