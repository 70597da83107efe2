#include "rules/sign/lion.h"

#include "compare.h"

real_t lion_x(real_t x, real_t g, real_t m, real_t lr, real_t beta1, real_t weight_decay)
{
    real_t c = beta1 * m + (1 - beta1) * g;
    return x - lr * (real_sign(c) + weight_decay * x);
}

real_t lion_m(real_t g, real_t m, real_t beta2)
{
    return beta2 * m + (1 - beta2) * g;
}

void lion_step(size_t n, real_t *x, const real_t *g, real_t *m, struct lion h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant x: \forall integer j; 0 <= j < i ==>
          x[j] == lion_x(\at(x[j], Pre), g[j], \at(m[j], Pre), h.lr, h.beta1, h.weight_decay);
        loop invariant m: \forall integer j; 0 <= j < i ==>
          m[j] == lion_m(g[j], \at(m[j], Pre), h.beta2);
        loop invariant todo: \forall integer j; i <= j < n ==>
          x[j] == \at(x[j], Pre) && m[j] == \at(m[j], Pre);
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        x[i] = lion_x(x[i], g[i], m[i], h.lr, h.beta1, h.weight_decay);
        m[i] = lion_m(g[i], m[i], h.beta2);
    }
}
