#include "rules/gradient/polyak.h"

real_t polyak_step_size(real_t f, real_t gsq, real_t f_star)
{
    if (gsq == 0) {
        //@ assert zero: gsq == 0;
        return 0;
    }
    real_t gap = f - f_star;
    //@ assert cases: sign_cases(gap);
    return gap / gsq;
}

real_t polyak_x(real_t x, real_t g, real_t f, real_t gsq, real_t f_star)
{
    real_t size = polyak_step_size(f, gsq, f_star);
    return x - size * g;
}

void polyak_descend(size_t n, real_t *x, const real_t *g, real_t f, real_t gsq, real_t f_star)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant range: \forall integer j; 0 <= j < i ==> finite_in(x[j], -0x1p92, 0x1p92);
        loop invariant x: \forall integer j; 0 <= j < i ==> bounded(polyak_ratio(f, gsq, f_star), 8) ==>
          computes(x[j], polyak_x(\at(x[j], Pre), g[j], f, gsq, f_star), 3.28e+4);
        loop invariant todo: \forall integer j; i <= j < n ==> same(x[j], \at(x[j], Pre));
        loop assigns i, x[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        x[i] = polyak_x(x[i], g[i], f, gsq, f_star);
    }
}

void polyak_step(size_t n, real_t *x, const real_t *g, real_t f, struct polyak h)
{
    polyak_descend(n, x, g, f, vector_sumsq(n, g), h.f_star);
}
