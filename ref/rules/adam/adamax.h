/* AdaMax. */
#ifndef GOLDSTEP_ADAMAX_H
#define GOLDSTEP_ADAMAX_H

#include "real.h"
#include "rules/adam/adamax.acsl"

struct adamax {
    real_t lr, beta1, beta2;
};

/*@ requires range: finite_in(m, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(beta1, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p11, 0x1p11);
    ensures result: computes(\result, adamax_m(m, g, beta1), 2560); */
real_t adamax_m(real_t m, real_t g, real_t beta1);

/*@ requires range: finite_in(u, 0, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(beta2, 0x1p-1, 0x1.fff8p-1);
    requires range: finite_in(u, 0, 0) || finite_in(u, 0x1p-30, 0x1p10);
    requires range: finite_in(g, 0, 0) || finite_in(g, -0x1p10, -0x1p-30) || finite_in(g, 0x1p-30, 0x1p10);
    assigns \nothing;
    ensures sign:   0 <= \result;
    ensures covers: g <= \result && -g <= \result;
    ensures range:  finite_in(\result, 0, 0x1p11);
    ensures range:  finite_in(\result, 0, 0) || finite_in(\result, 0x1p-31, 0x1p11);
    ensures result: computes(\result, adamax_u(u, g, beta2), 512); */
real_t adamax_u(real_t u, real_t g, real_t beta2);

/*@ requires domain: 0 <= beta1 < 1;
    requires state:  0 < u_next;
    requires step:   1 <= t;
    requires range:  finite_in(m_next, -0x1p11, 0x1p11) && finite_in(u_next, 0x1p-31, 0x1p11) &&
                     finite_in(lr, 0, 1) && finite_in(beta1, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p60, 0x1p60);
    ensures result:  bounded(adamax_update(m_next, u_next, t, lr, beta1), 8) ==>
                     computes(\result, adamax_update(m_next, u_next, t, lr, beta1), 7.23e+4); */
real_t adamax_update(real_t m_next, real_t u_next, uint64_t t, real_t lr, real_t beta1);

/*@ requires domain: 0 <= beta1 < 1;
    requires state:  0 <= u_next;
    requires step:   1 <= t;
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(m_next, -0x1p11, 0x1p11) &&
                     finite_in(u_next, 0, 0x1p11) && finite_in(lr, 0, 1) && finite_in(beta1, 0, 0x1.fff8p-1);
    requires range:  finite_in(u_next, 0, 0) || finite_in(u_next, 0x1p-31, 0x1p11);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p61, 0x1p61);
    ensures result:  (0 < u_next ==> bounded(adamax_update(m_next, u_next, t, lr, beta1), 8)) ==>
                     computes(\result, adamax_x(x, m_next, u_next, t, lr, beta1), 7.34e+4); */
real_t adamax_x(real_t x, real_t m_next, real_t u_next, uint64_t t, real_t lr, real_t beta1);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1)) && \valid(u + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1), u + (0 .. n - 1));
    requires domain: adamax_domain(h.lr, h.beta1, h.beta2);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= u[i];
    requires step:   1 <= t;
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==>
                       finite_in(g[i], 0, 0) || finite_in(g[i], -0x1p10, -0x1p-30) || finite_in(g[i], 0x1p-30, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(m[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(u[i], 0, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(u[i], 0, 0) || finite_in(u[i], 0x1p-30, 0x1p10);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.beta1, 0, 0x1.fff8p-1) &&
                     finite_in(h.beta2, 0x1p-1, 0x1.fff8p-1);
    assigns x[0 .. n - 1], m[0 .. n - 1], u[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= u[i];
    ensures covers:  \forall integer i; 0 <= i < n ==> g[i] <= u[i] && -g[i] <= u[i];
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p61, 0x1p61) && finite_in(m[i], -0x1p11, 0x1p11) &&
                       finite_in(u[i], 0, 0x1p11);
    ensures m: \forall integer i; 0 <= i < n ==> computes(m[i], adamax_m(\old(m[i]), g[i], h.beta1), 2560);
    ensures u: \forall integer i; 0 <= i < n ==> computes(u[i], adamax_u(\old(u[i]), g[i], h.beta2), 512);
    ensures x: \forall integer i; 0 <= i < n ==>
                 (0 < u[i] ==> bounded(adamax_update(m[i], u[i], t, h.lr, h.beta1), 8)) ==>
                 computes(x[i], adamax_x(\old(x[i]), m[i], u[i], t, h.lr, h.beta1), 7.34e+4); */
void adamax_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *u, uint64_t t,
                 struct adamax h);

#endif
