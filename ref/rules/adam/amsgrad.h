/* AMSGrad. */
#ifndef GOLDSTEP_AMSGRAD_H
#define GOLDSTEP_AMSGRAD_H

#include "real.h"
#include "rules/adam/amsgrad.acsl"

struct amsgrad {
    real_t lr, beta1, beta2;
};

/*@ requires range: finite_in(m, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(beta1, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p11, 0x1p11);
    ensures result: computes(\result, amsgrad_m(m, g, beta1), 2560); */
real_t amsgrad_m(real_t m, real_t g, real_t beta1);

/*@ requires range: finite_in(v, 0, 0x1p20) && finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(beta2, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures sign:   0 <= v && 0 <= beta2 < 1 ==> 0 <= \result;
    ensures range:  finite_in(\result, 0, 0x1p21);
    ensures range:  (finite_in(v, 0, 0) || finite_in(v, 0x1p-80, 0x1p20)) &&
                    (finite_in(g, 0, 0) || finite_in(g, -0x1p10, -0x1p-30) || finite_in(g, 0x1p-30, 0x1p10)) &&
                    finite_in(beta2, 0x1p-1, 0x1.fff8p-1) ==>
                    finite_in(\result, 0, 0) || finite_in(\result, 0x1p-81, 0x1p21);
    ensures result: computes(\result, amsgrad_v(v, g, beta2), 3.2e+6); */
real_t amsgrad_v(real_t v, real_t g, real_t beta2);

/*@ requires range:   finite_in(v_max, 0, 0x1p20) && finite_in(v_next, 0, 0x1p21);
    assigns \nothing;
    ensures monotone: v_max <= \result;
    ensures covers:   v_next <= \result;
    ensures range:    finite_in(\result, 0, 0x1p21);
    ensures range:    (finite_in(v_max, 0, 0) || finite_in(v_max, 0x1p-80, 0x1p20)) &&
                      (finite_in(v_next, 0, 0) || finite_in(v_next, 0x1p-81, 0x1p21)) ==>
                      finite_in(\result, 0, 0) || finite_in(\result, 0x1p-81, 0x1p21);
    ensures result:   \result == amsgrad_v_max(v_max, v_next); */
real_t amsgrad_v_max(real_t v_max, real_t v_next);

/*@ requires state:  0 < v_max_next;
    requires range:  finite_in(m_next, -0x1p11, 0x1p11) && finite_in(v_max_next, 0x1p-81, 0x1p21) &&
                     finite_in(lr, 0, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p60, 0x1p60);
    ensures result:  bounded(amsgrad_update(m_next, v_max_next, lr), 8) ==>
                     computes(\result, amsgrad_update(m_next, v_max_next, lr), 24.1); */
real_t amsgrad_update(real_t m_next, real_t v_max_next, real_t lr);

/*@ requires state:  0 <= v_max_next;
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(m_next, -0x1p11, 0x1p11) &&
                     finite_in(v_max_next, 0, 0x1p21) && finite_in(lr, 0, 1);
    requires range:  finite_in(v_max_next, 0, 0) || finite_in(v_max_next, 0x1p-81, 0x1p21);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p61, 0x1p61);
    ensures result:  (0 < v_max_next ==> bounded(amsgrad_update(m_next, v_max_next, lr), 8)) ==>
                     computes(\result, amsgrad_x(x, m_next, v_max_next, lr), 1049); */
real_t amsgrad_x(real_t x, real_t m_next, real_t v_max_next, real_t lr);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1)) && \valid(v + (0 .. n - 1)) &&
                     \valid(v_max + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1), v + (0 .. n - 1),
                                v_max + (0 .. n - 1));
    requires domain: amsgrad_domain(h.lr, h.beta1, h.beta2);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= v[i] && 0 <= v_max[i];
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(m[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(v[i], 0, 0x1p20);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(v_max[i], 0, 0x1p20);
    requires range:  \forall integer i; 0 <= i < n ==>
                       finite_in(g[i], 0, 0) || finite_in(g[i], -0x1p10, -0x1p-30) || finite_in(g[i], 0x1p-30, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(v[i], 0, 0) || finite_in(v[i], 0x1p-80, 0x1p20);
    requires range:  \forall integer i; 0 <= i < n ==>
                       finite_in(v_max[i], 0, 0) || finite_in(v_max[i], 0x1p-80, 0x1p20);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.beta1, 0, 0x1.fff8p-1) &&
                     finite_in(h.beta2, 0, 0x1.fff8p-1) && finite_in(h.beta2, 0x1p-1, 0x1.fff8p-1);
    assigns x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1], v_max[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i] && 0 <= v_max[i];
    ensures monotone: \forall integer i; 0 <= i < n ==> \old(v_max[i]) <= v_max[i];
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p61, 0x1p61) && finite_in(m[i], -0x1p11, 0x1p11) &&
                       finite_in(v[i], 0, 0x1p21) && finite_in(v_max[i], 0, 0x1p21);
    ensures m: \forall integer i; 0 <= i < n ==> computes(m[i], amsgrad_m(\old(m[i]), g[i], h.beta1), 2560);
    ensures v: \forall integer i; 0 <= i < n ==> computes(v[i], amsgrad_v(\old(v[i]), g[i], h.beta2), 3.2e+6);
    ensures v_max: \forall integer i; 0 <= i < n ==> v_max[i] == amsgrad_v_max(\old(v_max[i]), v[i]);
    ensures x: \forall integer i; 0 <= i < n ==>
                 (0 < v_max[i] ==> bounded(amsgrad_update(m[i], v_max[i], h.lr), 8)) ==>
                 computes(x[i], amsgrad_x(\old(x[i]), m[i], v_max[i], h.lr), 1049); */
void amsgrad_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, real_t *v_max,
                  struct amsgrad h);

#endif
