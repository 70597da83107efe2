/* AdamW without bias corrections. */
#ifndef GOLDSTEP_ADAMW_NOBIAS_H
#define GOLDSTEP_ADAMW_NOBIAS_H

#include "real.h"
#include "rules/adam/adamw.h"
#include "rules/adam/adamw_nobias.acsl"

struct adamw_nobias {
    real_t lr, beta1, beta2, eps, weight_decay;
};

/*@ requires domain: 0 < eps;
    requires state:  0 <= v_next;
    requires range:  finite_in(m_next, -0x1p11, 0x1p11) && finite_in(v_next, 0, 0x1p21) &&
                     finite_in(eps, 0x1p-30, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p42, 0x1p42);
    ensures result:  bounded(adamw_nobias_update(m_next, v_next, eps), 8) ==>
                     computes(\result, adamw_nobias_update(m_next, v_next, eps), 24.1); */
real_t adamw_nobias_update(real_t m_next, real_t v_next, real_t eps);

/*@ requires domain: 0 < eps;
    requires state:  0 <= v_next;
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(m_next, -0x1p11, 0x1p11) &&
                     finite_in(v_next, 0, 0x1p21) && finite_in(lr, 0, 1) &&
                     finite_in(eps, 0x1p-30, 1) && finite_in(weight_decay, 0, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p43, 0x1p43);
    ensures result:  bounded(adamw_nobias_update(m_next, v_next, eps), 8) ==>
                     computes(\result, adamw_nobias_x(x, m_next, v_next, lr, eps, weight_decay), 4640); */
real_t adamw_nobias_x(real_t x, real_t m_next, real_t v_next, real_t lr, real_t eps,
                      real_t weight_decay);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1)) && \valid(v + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1), v + (0 .. n - 1));
    requires domain: adamw_domain(h.lr, h.beta1, h.beta2, h.eps, h.weight_decay);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= v[i];
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(m[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(v[i], 0, 0x1p20);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.beta1, 0, 0x1.fff8p-1) &&
                     finite_in(h.beta2, 0, 0x1.fff8p-1) && finite_in(h.eps, 0x1p-30, 1) &&
                     finite_in(h.weight_decay, 0, 1);
    assigns x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p43, 0x1p43) && finite_in(m[i], -0x1p11, 0x1p11) &&
                       finite_in(v[i], 0, 0x1p21);
    ensures m: \forall integer i; 0 <= i < n ==> computes(m[i], adamw_m(\old(m[i]), g[i], h.beta1), 2560);
    ensures v: \forall integer i; 0 <= i < n ==> computes(v[i], adamw_v(\old(v[i]), g[i], h.beta2), 3.2e+6);
    ensures x: \forall integer i; 0 <= i < n ==>
                 bounded(adamw_nobias_update(m[i], v[i], h.eps), 8) ==>
                 computes(x[i], adamw_nobias_x(\old(x[i]), m[i], v[i], h.lr, h.eps, h.weight_decay), 4640); */
void adamw_nobias_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v,
                       struct adamw_nobias h);

#endif
