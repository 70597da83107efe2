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
    assigns \nothing;
    behavior reals:
      ensures result: \result == adamw_nobias_x(x, m_next, v_next, lr, eps, weight_decay); */
real_t adamw_nobias_x(real_t x, real_t m_next, real_t v_next, real_t lr, real_t eps,
                      real_t weight_decay);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1)) && \valid(v + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1), v + (0 .. n - 1));
    requires domain: adamw_domain(h.lr, h.beta1, h.beta2, h.eps, h.weight_decay);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= v[i];
    assigns x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    behavior reals:
      ensures m: \forall integer i; 0 <= i < n ==> m[i] == adamw_m(\old(m[i]), g[i], h.beta1);
      ensures v: \forall integer i; 0 <= i < n ==> v[i] == adamw_v(\old(v[i]), g[i], h.beta2);
      ensures x: \forall integer i; 0 <= i < n ==>
                   x[i] == adamw_nobias_x(\old(x[i]), m[i], v[i], h.lr, h.eps, h.weight_decay); */
void adamw_nobias_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v,
                       struct adamw_nobias h);

#endif
