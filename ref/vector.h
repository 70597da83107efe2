/* Reductions over a vector, summed in the order of its coordinates: over the reals only. */
#ifndef GOLDSTEP_VECTOR_H
#define GOLDSTEP_VECTOR_H

#include "real.h"
#include "../spec/vector.h"

/*@ requires valid: \valid_read(a + (0 .. n - 1));
    assigns \nothing;
    ensures sign:   0 <= \result;
    ensures result: \result == sumsq(a, n); */
real_t vector_sumsq(size_t n, const real_t *a);

/*@ requires valid: \valid_read(a + (0 .. n - 1));
    assigns \nothing;
    ensures sign:   0 <= \result;
    ensures result: \result == norm2(a, n); */
real_t vector_norm2(size_t n, const real_t *a);

#endif
