#ifndef GOLDSTEP_ADAMW_H
#define GOLDSTEP_ADAMW_H

#include "real.h"
#include "rules/adam/adamw.acsl"

struct adamw {
    real_t lr, beta1, beta2, eps, weight_decay;
};

/*@ assigns \nothing;
    behavior reals:
      ensures result: \result == adamw_m(m, g, beta1);
    behavior binary64:
      assumes range:  finite_in(m, -0x1p10, 0x1p10) &&
                      finite_in(g, -0x1p10, 0x1p10) &&
                      finite_in(beta1, 0, 1);
      ensures finite: \is_finite(\result);
      ensures error:  within(\result, adamw_m(m, g, beta1), 0x1p-41); */
real_t adamw_m(real_t m, real_t g, real_t beta1);

/*@ assigns \nothing;
    ensures sign: 0 <= v && 0 <= beta2 < 1 ==> 0 <= \result;
    behavior reals:
      ensures result: \result == adamw_v(v, g, beta2);
    behavior binary64:
      assumes range:  finite_in(v, 0, 0x1p20) &&
                      finite_in(g, -0x1p10, 0x1p10) &&
                      finite_in(beta2, 0, 1);
      ensures finite: \is_finite(\result);
      ensures error:  within(\result, adamw_v(v, g, beta2), 0x1p-31); */
real_t adamw_v(real_t v, real_t g, real_t beta2);

/*@ requires domain: adamw_domain(lr, beta1, beta2, eps, weight_decay);
    requires state:  0 <= v_next;
    requires step:   1 <= t;
    assigns \nothing;
    behavior reals:
      ensures result: \result == adamw_x(x, m_next, v_next, t, lr, beta1, beta2, eps, weight_decay); */
real_t adamw_x(real_t x, real_t m_next, real_t v_next, uint64_t t, real_t lr, real_t beta1,
               real_t beta2, real_t eps, real_t weight_decay);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1)) && \valid(v + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1), v + (0 .. n - 1));
    requires domain: adamw_domain(h.lr, h.beta1, h.beta2, h.eps, h.weight_decay);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= v[i];
    requires step:   1 <= t;
    assigns x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    behavior reals:
      ensures m: \forall integer i; 0 <= i < n ==> m[i] == adamw_m(\old(m[i]), g[i], h.beta1);
      ensures v: \forall integer i; 0 <= i < n ==> v[i] == adamw_v(\old(v[i]), g[i], h.beta2);
      ensures x: \forall integer i; 0 <= i < n ==>
                   x[i] == adamw_x(\old(x[i]), m[i], v[i], t, h.lr, h.beta1, h.beta2, h.eps,
                                   h.weight_decay); */
void adamw_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, uint64_t t,
                struct adamw h);

#endif
