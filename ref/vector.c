#include "vector.h"

real_t vector_sumsq(size_t n, const real_t *a)
{
    real_t s = 0;
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant sign: 0 <= s;
        loop invariant result: s == sumsq(a, i);
        loop assigns i, s;
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        s += a[i] * a[i];
    }
    return s;
}

real_t vector_norm2(size_t n, const real_t *a)
{
    return real_sqrt(vector_sumsq(n, a));
}
