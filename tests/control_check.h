/* control_check.h: series of counts made by hand. For the tests of stats/control. */
#ifndef KEOGIAM_TESTS_CONTROL_CHECK_H
#define KEOGIAM_TESTS_CONTROL_CHECK_H

#include "check.h"

#include <string.h>

#include "stats/control.h"

#define MOST 240

static const struct control_target no_target = {NAN, 1};

/* A series made by hand, an exposure of 1 a step. */
struct made {
    double count[MOST], exposure[MOST];
    struct control_point points[MOST];
    struct time_series s;
};

static inline void make(struct made *m)
{
    memset(m, 0, sizeof *m);
    for (size_t i = 0; i < MOST; i++)
        m->exposure[i] = 1;
    m->s = (struct time_series){m->count, m->exposure, 0, 24000, 12, NULL, 0};
}

static inline void add(struct made *m, double count)
{
    m->count[m->s.n++] = count;
}

/* n steps that take turns. */
static inline void add_turns(struct made *m, size_t n, double one, double other)
{
    for (size_t i = 0; i < n; i++)
        add(m, i % 2 ? other : one);
}

static inline struct control_verdict chart(struct made *m)
{
    return control_counts(&m->s, NAN, no_target, m->points);
}

static inline void assert_marked(const struct made *m, size_t from, size_t to, unsigned signals)
{
    for (size_t i = 0; i < m->s.n; i++)
        if (m->points[i].signals != (i >= from && i <= to ? signals : 0))
            fail_msg("point %zu has signals %u", i, m->points[i].signals);
}

#endif
