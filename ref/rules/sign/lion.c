#include "rules/sign/lion.h"

#include "compare.h"

real_t lion_c(real_t g, real_t m, real_t beta1)
{
    return beta1 * m + (1 - beta1) * g;
}

real_t lion_x(real_t x, real_t g, real_t m, real_t lr, real_t beta1, real_t weight_decay)
{
    real_t c = lion_c(g, m, beta1);
    real_t direction = real_sign(c);
    //@ assert direction: c > 0 && direction == 1 || c < 0 && direction == -1 || c == 0 && direction == 0;
    return x - lr * (direction + weight_decay * x);
}

real_t lion_m(real_t g, real_t m, real_t beta2)
{
    return beta2 * m + (1 - beta2) * g;
}

void lion_step(size_t n, real_t *x, const real_t *g, real_t *m, struct lion h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant range: \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p11, 0x1p11) && finite_in(m[j], -0x1p11, 0x1p11);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          over_reals(x[j] == lion_x(\at(x[j], Pre), g[j], \at(m[j], Pre), h.lr, h.beta1, h.weight_decay));
        loop invariant rounding: \forall integer j; 0 <= j < i ==>
          !computes(0, lion_c(g[j], \at(m[j], Pre), h.beta1), 2560) ==>
          computes(x[j], lion_x(\at(x[j], Pre), g[j], \at(m[j], Pre), h.lr, h.beta1, h.weight_decay), 4096);
        loop invariant m: \forall integer j; 0 <= j < i ==>
          computes(m[j], lion_m(g[j], \at(m[j], Pre), h.beta2), 2560);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(m[j], \at(m[j], Pre));
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        x[i] = lion_x(x[i], g[i], m[i], h.lr, h.beta1, h.weight_decay);
        m[i] = lion_m(g[i], m[i], h.beta2);
    }
}
