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
    assigns \nothing;
    behavior reals:
      ensures result: \result == adam_nobias_x(x, m_next, v_next, lr, eps); */
real_t adam_nobias_x(real_t x, real_t m_next, real_t v_next, real_t lr, real_t eps);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1)) && \valid(v + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1), v + (0 .. n - 1));
    requires domain: adam_domain(h.lr, h.beta1, h.beta2, h.eps);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= v[i];
    assigns x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    behavior reals:
      ensures m: \forall integer i; 0 <= i < n ==> m[i] == adam_m(\old(m[i]), g[i], h.beta1);
      ensures v: \forall integer i; 0 <= i < n ==> v[i] == adam_v(\old(v[i]), g[i], h.beta2);
      ensures x: \forall integer i; 0 <= i < n ==>
                   x[i] == adam_nobias_x(\old(x[i]), m[i], v[i], h.lr, h.eps); */
void adam_nobias_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v,
                      struct adam_nobias h);

#endif
