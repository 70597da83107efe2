#include "vector.h"

/*@ predicate rounded_near(real a, real exact) = computes(a, exact, exact + 0x1p-100);

    logic real product(real a, real b) = a * b; */

real_t vector_add_square(real_t s, real_t a)
{
    real_t square = a * a;
    //@ assert square_sign: 0 <= square;
    //@ assert square_range: finite_in(square, 0, 0x1p20);
    //@ assert square_small: a * a <= 0x1p-100 ==> computes(square, a * a, 0x1p-100);
    //@ assert square_large: 0x1p-100 <= a * a ==> computes(relative_error(square, a * a), 0, 1);
    real_t sum = s + square;
    //@ assert sum_small: s + square <= 0x1p-100 ==> computes(sum, s + square, 0x1p-100);
    //@ assert sum_large: 0x1p-100 <= s + square ==> computes(relative_error(sum, s + square), 0, 1);
    //@ assert square_rounded: rounded_near(square, a * a);
    //@ assert sum_rounded: rounded_near(sum, s + square);
    //@ assert room: bounded(a * a, 0x1p20);
    return sum;
}

real_t vector_sumsq_next(real_t s, const real_t *a, size_t i)
{
    real_t last = a[i];
    //@ assert last: finite_in(last, -0x1p10, 0x1p10);
    //@ assert index: 0 <= i && bounded(i, 0x1p20);
    //@ assert exact: 0 <= sumsq(a, i) && bounded(sumsq(a, i), 0x1p40);
    //@ assert square: 0 <= last * last;
    //@ assert square_room: bounded(last * last, 0x1p20);
    //@ assert more: 0 <= product(i, last * last);
    //@ assert less: bounded(product(0x1p20 - i, sumsq(a, i)) - 0x1p60, 0x1p60);
    //@ assert sum: sumsq(a, i + 1) == sumsq(a, i) + last * last;
    s = vector_add_square(s, last);
    return s;
}

real_t vector_add_squares(real_t s, size_t n, const real_t *a)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant sum:    sums_up(s, sumsq(a, i), i);
        loop assigns i, s;
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        s = vector_sumsq_next(s, a, i);
    }
    return s;
}

real_t vector_sumsq(size_t n, const real_t *a)
{
    real_t s = vector_add_squares(0, n, a);
    //@ assert exact: 0 <= sumsq(a, n) && bounded(sumsq(a, n), 0x1p40);
    //@ assert less: bounded(product(0x1p20 - n, sumsq(a, n)) - 0x1p60, 0x1p60);
    return s;
}

real_t vector_norm2(size_t n, const real_t *a)
{
    real_t s = vector_sumsq(n, a);
    return real_sqrt(s);
}
