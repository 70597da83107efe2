/* The claims of a file's contracts about rounding errors, as contracts.py writes them and search.c tries them. */
#ifndef GOLDSTEP_TEST_SEARCH_H
#define GOLDSTEP_TEST_SEARCH_H

#include "real.h"

#include <math.h>
#include <stdbool.h>

/* 113 bits: what is exact is computed so. */
typedef _Float128 quad;

#ifdef GOLDSTEP_REAL_FLOAT
#define UNIT 0x1p-24
#else
#define UNIT 0x1p-53
#endif

/* What a parameter may be; `whole` numbers are those of type uint64_t, and where the contract says so. */
struct box {
    quad low, high;
    bool whole;
};

/* |error| <= bound u for the function's result, where `admits` says that the function's requirements and the clause's
 * premises hold. A point has a number for each parameter. */
struct claim {
    const char *function, *label;
    size_t count;
    const char *const *names;
    const struct box *boxes;
    real_t (*call)(const double *point);
    bool (*admits)(const double *point);
    quad (*error)(const double *point, quad result);
    quad bound;
    const double *starts; /* points to start from, one after the other */
    size_t start_count;
};

extern const struct claim claims[]; /* ended by a NULL function */

/* The words of ref/real.h. */

static inline bool finite_in(quad a, quad low, quad high)
{
    return low <= a && a <= high;
}

static inline bool bounded(quad a, quad b)
{
    return fabsf128(a) <= b;
}

static inline bool computes(quad a, quad exact, quad k)
{
    return fabsf128(a - exact) <= k * UNIT;
}

static inline quad ulps(quad k)
{
    return k * UNIT;
}

static inline bool whole(quad a)
{
    return floorf128(a) == a;
}

static inline bool rounds(quad a, quad exact)
{
    return a == (quad)(real_t)exact;
}

static inline bool same(quad a, quad b)
{
    return a == b && signbit(a) == signbit(b);
}

#endif
