/* False statements about memory and loops. */
#include "real.h"

/* open: reals past assert_rte_mem_access
   One cell too far. */
/*@ requires valid: \valid(a + (0 .. n - 1));
    assigns a[0 .. n - 1]; */
void past(size_t n, real_t *a)
{
    /*@ loop invariant bounds: 0 <= i;
        loop assigns i, a[0 .. n - 1];
        loop variant n - i + 1; */
    for (size_t i = 0; i <= n; i++) {
        a[i] = 0 * a[i];
    }
}

/* open: reals overlap loop_invariant_done_preserved
   open: binary64 overlap loop_invariant_done_preserved
   open: binary32 overlap loop_invariant_done_preserved
   The arrays may overlap. */
/*@ requires valid: \valid(a + (0 .. n - 1)) && \valid_read(b + (0 .. n - 1));
    requires range: \forall integer i; 0 <= i < n ==> finite_in(b[i], -1, 1);
    assigns a[0 .. n - 1]; */
void overlap(size_t n, real_t *a, const real_t *b)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant done: \forall integer j; 0 <= j < i ==> same(a[j], \at(b[j], Pre));
        loop assigns i, a[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        a[i] = b[i];
    }
}

/* open: reals frame loop_assigns_part3
   It writes b, and does not say so. */
/*@ requires valid: \valid(a + (0 .. n - 1)) && \valid(b + (0 .. n - 1));
    requires sep: \separated(a + (0 .. n - 1), b + (0 .. n - 1));
    assigns a[0 .. n - 1]; */
void frame(size_t n, real_t *a, real_t *b)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop assigns i, a[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        b[i] = a[i];
    }
}

/* open: reals endless loop_variant_decrease
   It does not end. */
/*@ assigns \nothing; */
void endless(size_t n)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop assigns i;
        loop variant n - i; */
    for (size_t i = 0; i < n; i += 0) {
    }
}

/* open: reals contradiction default_requires
   A smoke test: nothing meets this contract, so that all is proved of it. */
/*@ requires domain: 0 < x && x < 0;
    assigns \nothing;
    ensures false: \result == 3; */
real_t contradiction(real_t x)
{
    return x;
}
