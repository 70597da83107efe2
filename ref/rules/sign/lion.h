/* Lion. */
#ifndef GOLDSTEP_LION_H
#define GOLDSTEP_LION_H

#include "real.h"
#include "rules/sign/lion.acsl"

struct lion {
    real_t lr, beta1, beta2, weight_decay;
};

/*@ assigns \nothing;
    behavior reals:
      ensures result: \result == lion_x(x, g, m, lr, beta1, weight_decay); */
real_t lion_x(real_t x, real_t g, real_t m, real_t lr, real_t beta1, real_t weight_decay);

/*@ requires range: finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(m, -0x1p10, 0x1p10) &&
                    finite_in(beta2, 0, 1);
    assigns \nothing;
    ensures result: computes(\result, lion_m(g, m, beta2), 0x1p12); */
real_t lion_m(real_t g, real_t m, real_t beta2);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1));
    requires domain: lion_domain(h.lr, h.beta1, h.beta2, h.weight_decay);
    assigns x[0 .. n - 1], m[0 .. n - 1];
    behavior reals:
      ensures x: \forall integer i; 0 <= i < n ==>
                   x[i] == lion_x(\old(x[i]), g[i], \old(m[i]), h.lr, h.beta1, h.weight_decay);
      ensures m: \forall integer i; 0 <= i < n ==> m[i] == lion_m(g[i], \old(m[i]), h.beta2); */
void lion_step(size_t n, real_t *x, const real_t *g, real_t *m, struct lion h);

#endif
