/* check.h: what every test includes. cmocka wants its headers in this order. */
#ifndef KEOGIAM_TESTS_CHECK_H
#define KEOGIAM_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>

/* |got - want| <= rel * |want| + abs. Written so that a NaN on either side fails. */
static inline bool check_is_near(double got, double want, double rel, double abs_tol)
{
    return fabs(got - want) <= rel * fabs(want) + abs_tol;
}

#define CHECK_NEAR(got, want, rel, abs_tol)                                                        \
    do {                                                                                           \
        double got_ = (got), want_ = (want);                                                       \
        if (!check_is_near(got_, want_, (rel), (abs_tol)))                                         \
            fail_msg("%s = %.17g, expected %.17g", #got, got_, want_);                             \
    } while (0)

#endif
