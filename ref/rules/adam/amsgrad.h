/* AMSGrad. */
#ifndef GOLDSTEP_AMSGRAD_H
#define GOLDSTEP_AMSGRAD_H

#include "real.h"
#include "rules/adam/amsgrad.acsl"

struct amsgrad {
    real_t lr, beta1, beta2;
};

/*@ assigns \nothing;
    behavior reals:
      ensures result: \result == amsgrad_m(m, g, beta1);
    behavior binary64:
      assumes range:  finite_in(m, -0x1p10, 0x1p10) &&
                      finite_in(g, -0x1p10, 0x1p10) &&
                      finite_in(beta1, 0, 1);
      ensures finite: \is_finite(\result);
      ensures error:  within(\result, amsgrad_m(m, g, beta1), 0x1p-41); */
real_t amsgrad_m(real_t m, real_t g, real_t beta1);

/*@ assigns \nothing;
    ensures sign: 0 <= v && 0 <= beta2 < 1 ==> 0 <= \result;
    behavior reals:
      ensures result: \result == amsgrad_v(v, g, beta2);
    behavior binary64:
      assumes range:  finite_in(v, 0, 0x1p20) &&
                      finite_in(g, -0x1p10, 0x1p10) &&
                      finite_in(beta2, 0, 1);
      ensures finite: \is_finite(\result);
      ensures error:  within(\result, amsgrad_v(v, g, beta2), 0x1p-31); */
real_t amsgrad_v(real_t v, real_t g, real_t beta2);

/*@ assigns \nothing;
    ensures monotone: v_max <= \result;
    ensures covers:   v_next <= \result;
    behavior reals:
      ensures result: \result == amsgrad_v_max(v_max, v_next); */
real_t amsgrad_v_max(real_t v_max, real_t v_next);

/*@ requires state:  0 <= v_max_next;
    assigns \nothing;
    behavior reals:
      ensures result: \result == amsgrad_x(x, m_next, v_max_next, lr); */
real_t amsgrad_x(real_t x, real_t m_next, real_t v_max_next, real_t lr);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1)) && \valid(v + (0 .. n - 1)) &&
                     \valid(v_max + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1), v + (0 .. n - 1),
                                v_max + (0 .. n - 1));
    requires domain: amsgrad_domain(h.lr, h.beta1, h.beta2);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= v[i] && 0 <= v_max[i];
    assigns x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1], v_max[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i] && 0 <= v_max[i];
    behavior reals:
      ensures m: \forall integer i; 0 <= i < n ==> m[i] == amsgrad_m(\old(m[i]), g[i], h.beta1);
      ensures v: \forall integer i; 0 <= i < n ==> v[i] == amsgrad_v(\old(v[i]), g[i], h.beta2);
      ensures v_max: \forall integer i; 0 <= i < n ==> v_max[i] == amsgrad_v_max(\old(v_max[i]), v[i]);
      ensures x: \forall integer i; 0 <= i < n ==> x[i] == amsgrad_x(\old(x[i]), m[i], v_max[i], h.lr); */
void amsgrad_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, real_t *v_max,
                  struct amsgrad h);

#endif
