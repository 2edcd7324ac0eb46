/* scan_walk_32.c: the innermost loop for machines with AVX2; see scan_kernel.h. */
#ifdef __x86_64__
#define SCAN_HALF 32
#include "risk/scan_kernel.h"

bool scan_has_32(void)
{
    return __builtin_cpu_supports("avx2");
}

__attribute__((target("avx2"))) void scan_walk_32(const struct scan_leg *g,
                                                  const struct scan_list *list, size_t lists)
{
    walk(g, list, lists);
}
#else
#include "risk/scan_private.h"

bool scan_has_32(void)
{
    return false;
}

void scan_walk_32(const struct scan_leg *g, const struct scan_list *list, size_t lists)
{
    scan_walk_16(g, list, lists);
}
#endif
