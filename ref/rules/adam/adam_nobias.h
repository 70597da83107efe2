/* Adam without bias corrections. */
#ifndef GOLDSTEP_ADAM_NOBIAS_H
#define GOLDSTEP_ADAM_NOBIAS_H

#include "real.h"
#include "rules/adam/adam.h"
#include "rules/adam/adam_nobias.acsl"

struct adam_nobias {
    real_t lr, beta1, beta2, eps;
};

/*@ requires domain: 0 < eps;
    requires state:  0 <= v_next;
    requires range:  finite_in(m_next, -0x1p11, 0x1p11) && finite_in(v_next, 0, 0x1p21) &&
                     finite_in(lr, 0, 1) && finite_in(eps, 0x1p-30, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p42, 0x1p42);
    ensures result:  bounded(adam_nobias_update(m_next, v_next, lr, eps), 8) ==>
                     computes(\result, adam_nobias_update(m_next, v_next, lr, eps), 32.1); */
real_t adam_nobias_update(real_t m_next, real_t v_next, real_t lr, real_t eps);

/*@ requires domain: 0 < eps;
    requires state:  0 <= v_next;
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(m_next, -0x1p11, 0x1p11) &&
                     finite_in(v_next, 0, 0x1p21) && finite_in(lr, 0, 1) &&
                     finite_in(eps, 0x1p-30, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p43, 0x1p43);
    ensures result:  bounded(adam_nobias_update(m_next, v_next, lr, eps), 8) ==>
                     computes(\result, adam_nobias_x(x, m_next, v_next, lr, eps), 1060); */
real_t adam_nobias_x(real_t x, real_t m_next, real_t v_next, real_t lr, real_t eps);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1)) && \valid(v + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1), v + (0 .. n - 1));
    requires domain: adam_domain(h.lr, h.beta1, h.beta2, h.eps);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= v[i];
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(m[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(v[i], 0, 0x1p20);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.beta1, 0, 0x1.fff8p-1) &&
                     finite_in(h.beta2, 0, 0x1.fff8p-1) && finite_in(h.eps, 0x1p-30, 1);
    assigns x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p43, 0x1p43) && finite_in(m[i], -0x1p11, 0x1p11) &&
                       finite_in(v[i], 0, 0x1p21);
    ensures m: \forall integer i; 0 <= i < n ==> computes(m[i], adam_m(\old(m[i]), g[i], h.beta1), 2560);
    ensures v: \forall integer i; 0 <= i < n ==> computes(v[i], adam_v(\old(v[i]), g[i], h.beta2), 3.2e+6);
    ensures x: \forall integer i; 0 <= i < n ==>
                 bounded(adam_nobias_update(m[i], v[i], h.lr, h.eps), 8) ==>
                 computes(x[i], adam_nobias_x(\old(x[i]), m[i], v[i], h.lr, h.eps), 1060); */
void adam_nobias_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v,
                      struct adam_nobias h);

#endif
