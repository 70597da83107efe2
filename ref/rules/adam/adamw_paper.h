/* AdamW as its paper prints it. */
#ifndef GOLDSTEP_ADAMW_PAPER_H
#define GOLDSTEP_ADAMW_PAPER_H

#include "real.h"
#include "rules/adam/adamw.h"
#include "rules/adam/adamw_paper.acsl"

struct adamw_paper {
    real_t lr, beta1, beta2, eps, weight_decay, eta;
};

/*@ requires domain: adamw_paper_domain(lr, beta1, beta2, eps, weight_decay, eta);
    requires state:  0 <= v_next;
    requires step:   1 <= t;
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(m_next, -0x1p11, 0x1p11) &&
                     finite_in(v_next, 0, 0x1p21) && finite_in(lr, 0, 1) &&
                     finite_in(beta1, 0, 0x1.fff8p-1) && finite_in(beta2, 0, 0x1.fff8p-1) &&
                     finite_in(eps, 0x1p-30, 1) && finite_in(weight_decay, 0, 1) &&
                     finite_in(eta, 0, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p61, 0x1p61);
    ensures result:  bounded(adamw_update(m_next, v_next, t, lr, beta1, beta2, eps), 8) ==>
                     computes(\result, adamw_paper_x(x, m_next, v_next, t, lr, beta1, beta2, eps,
                                                     weight_decay, eta), 1.15e+5); */
real_t adamw_paper_x(real_t x, real_t m_next, real_t v_next, uint64_t t, real_t lr, real_t beta1,
                     real_t beta2, real_t eps, real_t weight_decay, real_t eta);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1)) && \valid(v + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1), v + (0 .. n - 1));
    requires domain: adamw_paper_domain(h.lr, h.beta1, h.beta2, h.eps, h.weight_decay, h.eta);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= v[i];
    requires step:   1 <= t;
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(m[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(v[i], 0, 0x1p20);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.beta1, 0, 0x1.fff8p-1) &&
                     finite_in(h.beta2, 0, 0x1.fff8p-1) && finite_in(h.eps, 0x1p-30, 1) &&
                     finite_in(h.weight_decay, 0, 1) && finite_in(h.eta, 0, 1);
    assigns x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p61, 0x1p61) && finite_in(m[i], -0x1p11, 0x1p11) &&
                       finite_in(v[i], 0, 0x1p21);
    ensures m: \forall integer i; 0 <= i < n ==> computes(m[i], adamw_m(\old(m[i]), g[i], h.beta1), 2560);
    ensures v: \forall integer i; 0 <= i < n ==> computes(v[i], adamw_v(\old(v[i]), g[i], h.beta2), 3.2e+6);
    ensures x: \forall integer i; 0 <= i < n ==>
                 bounded(adamw_update(m[i], v[i], t, h.lr, h.beta1, h.beta2, h.eps), 8) ==>
                 computes(x[i], adamw_paper_x(\old(x[i]), m[i], v[i], t, h.lr, h.beta1, h.beta2, h.eps,
                                              h.weight_decay, h.eta), 1.15e+5); */
void adamw_paper_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, uint64_t t,
                      struct adamw_paper h);

#endif
