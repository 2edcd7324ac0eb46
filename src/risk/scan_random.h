/* scan_random.h: random bits, fast, the same everywhere: splitmix64 (Steele, Lea & Flood 2014), a
 * counter and a mixing function, so that every replication starts from a number of its own. */
#ifndef KEOGIAM_RISK_SCAN_RANDOM_H
#define KEOGIAM_RISK_SCAN_RANDOM_H

#include <stdint.h>

#define SCAN_RANDOM_STEP UINT64_C(0x9E3779B97F4A7C15)

static inline uint64_t scan_random(uint64_t *state)
{
    uint64_t z = *state += SCAN_RANDOM_STEP;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* A whole number in 0 ... n - 1 from 32 random bits; off by less than n/2^32 of its chance. */
static inline uint32_t scan_random_below(uint32_t bits, uint32_t n)
{
    return (uint32_t)((uint64_t)bits * n >> 32);
}

/* In [0, 1), 53 bits. */
static inline double scan_random_uniform(uint64_t *state)
{
    return (double)(scan_random(state) >> 11) / 9007199254740992.0;
}

#endif
