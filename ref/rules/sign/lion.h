/* Lion. */
#ifndef GOLDSTEP_LION_H
#define GOLDSTEP_LION_H

#include "real.h"
#include "rules/sign/lion.acsl"

struct lion {
    real_t lr, beta1, beta2, weight_decay;
};

/*@ requires range: finite_in(g, -0x1p10, 0x1p10) && finite_in(m, -0x1p10, 0x1p10) &&
                    finite_in(beta1, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p11, 0x1p11);
    ensures result: computes(\result, lion_c(g, m, beta1), 2560); */
real_t lion_c(real_t g, real_t m, real_t beta1);

/* The sign of c jumps at 0: a sum that is within its rounding error of 0 may come out with the other one. */
/*@ requires range:   finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                      finite_in(m, -0x1p10, 0x1p10) && finite_in(lr, 0, 1) &&
                      finite_in(beta1, 0, 0x1.fff8p-1) && finite_in(weight_decay, 0, 1);
    assigns \nothing;
    ensures length:   over_reals(0 <= lr ==> -lr <= \result - (x - lr * weight_decay * x) <= lr);
    ensures range:    finite_in(\result, -0x1p11, 0x1p11);
    ensures result:   over_reals(\result == lion_x(x, g, m, lr, beta1, weight_decay));
    ensures rounding: !computes(0, lion_c(g, m, beta1), 2560) ==>
                      computes(\result, lion_x(x, g, m, lr, beta1, weight_decay), 4096); */
real_t lion_x(real_t x, real_t g, real_t m, real_t lr, real_t beta1, real_t weight_decay);

/*@ requires range: finite_in(g, -0x1p10, 0x1p10) && finite_in(m, -0x1p10, 0x1p10) &&
                    finite_in(beta2, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures mean:   over_reals((0 <= beta2 <= 1 && m <= g ==> m <= \result <= g) &&
                    (0 <= beta2 <= 1 && g <= m ==> g <= \result <= m));
    ensures range:  finite_in(\result, -0x1p11, 0x1p11);
    ensures result: computes(\result, lion_m(g, m, beta2), 2560); */
real_t lion_m(real_t g, real_t m, real_t beta2);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1));
    requires domain: lion_domain(h.lr, h.beta1, h.beta2, h.weight_decay);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(m[i], -0x1p10, 0x1p10);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.beta1, 0, 0x1.fff8p-1) &&
                     finite_in(h.beta2, 0, 0x1.fff8p-1) && finite_in(h.weight_decay, 0, 1);
    assigns x[0 .. n - 1], m[0 .. n - 1];
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p11, 0x1p11) && finite_in(m[i], -0x1p11, 0x1p11);
    ensures x: \forall integer i; 0 <= i < n ==>
                 over_reals(x[i] == lion_x(\old(x[i]), g[i], \old(m[i]), h.lr, h.beta1, h.weight_decay));
    ensures rounding: \forall integer i; 0 <= i < n ==>
                 !computes(0, lion_c(g[i], \old(m[i]), h.beta1), 2560) ==>
                 computes(x[i], lion_x(\old(x[i]), g[i], \old(m[i]), h.lr, h.beta1, h.weight_decay), 4096);
    ensures m: \forall integer i; 0 <= i < n ==> computes(m[i], lion_m(g[i], \old(m[i]), h.beta2), 2560); */
void lion_step(size_t n, real_t *x, const real_t *g, real_t *m, struct lion h);

#endif
