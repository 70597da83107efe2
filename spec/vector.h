/* Reductions over the first n cells of an array, as the specifications name them. The including file defines real_t. */
#ifndef GOLDSTEP_SPEC_VECTOR_H
#define GOLDSTEP_SPEC_VECTOR_H

/*@ logic real sum{L}(real_t *a, integer n) = n <= 0 ? 0.0 : sum(a, n - 1) + a[n - 1];

    logic real dot{L}(real_t *a, real_t *b, integer n) = n <= 0 ? 0.0 : dot(a, b, n - 1) + a[n - 1] * b[n - 1];

    logic real sumsq{L}(real_t *a, integer n) = n <= 0 ? 0.0 : sumsq(a, n - 1) + a[n - 1] * a[n - 1];

    logic real norm2{L}(real_t *a, integer n) = \sqrt(sumsq(a, n));
*/

#endif
