/* RAdam. */
#ifndef GOLDSTEP_RADAM_H
#define GOLDSTEP_RADAM_H

#include "real.h"
#include "rules/adam/radam.acsl"

/* Where rho, r and x have a bound in IEEE arithmetic. rho is a difference of two numbers of about 2 / (1 - beta2): its
 * error is the larger the nearer beta2 is to 1. For beta2 up to 0.999 it is at most 1.21e+6 u in the first steps, and
 * 3.2e+5 u from step 5 on. The former is 0.073 in binary32: with beta2 = 0.9989975, rho of step 4 is 3.9975, but
 * computed as 4.0005, so that the other branch is taken. So x has a bound where rho is below the threshold by more than
 * its error, and where it is at least 4.75, as it is from step 5 on with a beta2 of 0.94 or more.
 *
 * Some premises always hold, and are premises because they are not proved here. The shortfall is at most
 * 2 beta2 / (1 - beta2), by Bernoulli's inequality. For these beta2, beta2^t is at most 0.9951 from step 5 on, 0.9941
 * from step 6, 0.78 from step 257, and 2^-5 from step 4097 (radam_settled goes as far as step 2^16). And r is from 2^-7
 * to 1 where rho is at least 4.75. */
/*@ logic real radam_rate(integer t, real beta2) = radam_r(radam_rho(t, beta2), radam_rho_inf(beta2));

    predicate radam_early(integer t, real beta2) =
      bounded(beta2, 0x1.ff7dp-1) && bounded(radam_shortfall(t, beta2), 2001) && bounded(t, 16);

    predicate radam_settled(integer t, real beta2, real power) =
      bounded(beta2, 0x1.ff7dp-1) && bounded(radam_shortfall(t, beta2), 2001) &&
      (bounded(t, 0x1p8) && bounded(\pow(beta2, t), power) ||
       bounded(t, 0x1p12) && bounded(\pow(beta2, t), 0.78) ||
       bounded(t, 0x1p16) && bounded(\pow(beta2, t), 0x1p-5));

    predicate radam_adapts(integer t, real beta2, real least) =
      bounded(beta2, 0x1.ff7dp-1) && bounded(least, radam_rho(t, beta2)) &&
      bounded(0x1p-7, radam_rate(t, beta2)) && bounded(radam_rate(t, beta2), 1); */

struct radam {
    real_t lr, beta1, beta2;
};

/*@ requires range: finite_in(m, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(beta1, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p11, 0x1p11);
    ensures result: computes(\result, radam_m(m, g, beta1), 2560); */
real_t radam_m(real_t m, real_t g, real_t beta1);

/*@ requires range: finite_in(v, 0, 0x1p20) && finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(beta2, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures sign:   0 <= v && 0 <= beta2 < 1 ==> 0 <= \result;
    ensures range:  finite_in(\result, 0, 0x1p21);
    ensures range:  (finite_in(v, 0, 0) || finite_in(v, 0x1p-70, 0x1p20)) &&
                    (finite_in(g, 0, 0) || finite_in(g, -0x1p10, -0x1p-28) || finite_in(g, 0x1p-28, 0x1p10)) &&
                    finite_in(beta2, 0.75, 0x1.fff4p-1) ==>
                    finite_in(\result, 0, 0) || finite_in(\result, 0x1p-71, 0x1p21);
    ensures result: computes(\result, radam_v(v, g, beta2), 3.2e+6); */
real_t radam_v(real_t v, real_t g, real_t beta2);

/*@ requires domain: 0 <= beta2 < 1;
    requires range:  finite_in(beta2, 0.75, 0x1.fff4p-1);
    assigns \nothing;
    ensures range:   finite_in(\result, 6, 0x1p15);
    ensures result:  computes(\result, radam_rho_inf(beta2), 5.47e+4);
    ensures usual:   bounded(beta2, 0x1.ff7dp-1) ==> computes(\result, radam_rho_inf(beta2), 4050); */
real_t radam_rho_inf(real_t beta2);

/*@ requires domain: 0 <= beta2 < 1;
    requires step:   1 <= t;
    requires range:  finite_in(beta2, 0.75, 0x1.fff4p-1);
    assigns \nothing;
    ensures sign:    0 <= \result;
    ensures range:   finite_in(\result, 0, 0x1p85);
    ensures result:  bounded(t, 0x1p12) && bounded(radam_shortfall(t, beta2), 0x1.6p14) ==>
                     computes(\result, radam_shortfall(t, beta2), 1.86e+8);
    ensures early:   radam_early(t, beta2) ==> computes(\result, radam_shortfall(t, beta2), 1.2e+6);
    ensures settled: radam_settled(t, beta2, 0.9951) ==> computes(\result, radam_shortfall(t, beta2), 3.1e+5);
    ensures later:   radam_settled(t, beta2, 0.9941) ==> computes(\result, radam_shortfall(t, beta2), 2.55e+5); */
real_t radam_shortfall(uint64_t t, real_t beta2);

/*@ requires domain: 0 <= beta2 < 1;
    requires step:   1 <= t;
    requires range:  finite_in(beta2, 0.75, 0x1.fff4p-1);
    assigns \nothing;
    ensures bound:   over_reals(\result <= radam_rho_inf(beta2));
    ensures range:   finite_in(\result, -0x1p85, 0x1p15);
    ensures result:  bounded(t, 0x1p12) && bounded(radam_shortfall(t, beta2), 0x1.6p14) ==>
                     computes(\result, radam_rho(t, beta2), 1.87e+8);
    ensures early:   radam_early(t, beta2) ==> computes(\result, radam_rho(t, beta2), 1.21e+6);
    ensures settled: radam_settled(t, beta2, 0.9951) ==> computes(\result, radam_rho(t, beta2), 3.2e+5);
    ensures later:   radam_settled(t, beta2, 0.9941) ==> computes(\result, radam_rho(t, beta2), 2.62e+5); */
real_t radam_rho(uint64_t t, real_t beta2);

/*@ requires domain: 4 < rho && over_reals(rho <= rho_inf);
    requires range:  finite_in(rho, 4, 0x1p15) && finite_in(rho_inf, 6, 0x1p15);
    assigns \nothing;
    ensures bound:   over_reals(0 <= \result <= 1);
    ensures range:   finite_in(\result, 0, 0x1p24);
    ensures result:  bounded(4.25, rho) && bounded(radam_r(rho, rho_inf), 1.0625) ==>
                     computes(\result, radam_r(rho, rho_inf), 5.95); */
real_t radam_r(real_t rho, real_t rho_inf);

/* A quotient on its own, as in ratio.h, for a v_next that may be smaller. */
/*@ requires domain: 0 <= correction;
    requires state:  0 < v_next;
    requires range:  finite_in(v_next, 0x1p-71, 0x1p21) && finite_in(correction, 0, 1);
    assigns \nothing;
    ensures sign:    0 <= \result;
    ensures range:   finite_in(\result, 0, 0x1p81);
    ensures result:  rounds(\result, correction / v_next); */
real_t radam_l_square(real_t v_next, real_t correction);

/*@ requires domain: radam_domain(lr, beta1, beta2);
    requires state:  0 < v_next;
    requires step:   1 <= t;
    requires range:  finite_in(m_next, -0x1p11, 0x1p11) && finite_in(v_next, 0x1p-71, 0x1p21) &&
                     finite_in(r, 0, 0x1p24) && finite_in(lr, 0, 1) && finite_in(beta1, 0, 0x1.fff8p-1) &&
                     finite_in(beta2, 0.75, 0x1.fff4p-1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p100, 0x1p100);
    ensures result:  bounded(0x1p-20, r) && bounded(r, 1.125) && bounded(0x1p-30, lr) &&
                     bounded(radam_rectified(m_next, v_next, t, r, lr, beta1, beta2), 8.25) ==>
                     computes(\result, radam_rectified(m_next, v_next, t, r, lr, beta1, beta2), 1.13e+5); */
real_t radam_rectified(real_t m_next, real_t v_next, uint64_t t, real_t r, real_t lr, real_t beta1,
                       real_t beta2);

/*@ requires domain: radam_domain(lr, beta1, beta2) && 4 < rho && over_reals(rho <= radam_rho_inf(beta2));
    requires state:  0 < v_next;
    requires step:   1 <= t;
    requires range:  finite_in(m_next, -0x1p11, 0x1p11) && finite_in(v_next, 0x1p-71, 0x1p21) &&
                     finite_in(rho, 4, 0x1p15) && finite_in(lr, 0, 1) && finite_in(beta1, 0, 0x1.fff8p-1) &&
                     finite_in(beta2, 0.75, 0x1.fff4p-1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p100, 0x1p100);
    ensures rho:     over_reals(\result == radam_rectified(m_next, v_next, t, radam_r(rho, radam_rho_inf(beta2)),
                                                           lr, beta1, beta2));
    ensures result:  radam_adapts(t, beta2, 4.75) && computes(rho, radam_rho(t, beta2), 3.2e+5) &&
                     bounded(0x1p-30, lr) &&
                     bounded(radam_rectified(m_next, v_next, t, radam_rate(t, beta2), lr, beta1, beta2), 8) ==>
                     computes(\result, radam_rectified(m_next, v_next, t, radam_rate(t, beta2),
                                                       lr, beta1, beta2), 2.7e+6); */
real_t radam_rectify(real_t m_next, real_t v_next, uint64_t t, real_t rho, real_t lr, real_t beta1,
                     real_t beta2);

/*@ requires domain: radam_domain(lr, beta1, beta2) && 4 < rho && over_reals(rho <= radam_rho_inf(beta2));
    requires state:  0 <= v_next;
    requires step:   1 <= t;
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(m_next, -0x1p11, 0x1p11) &&
                     finite_in(v_next, 0, 0x1p21) && finite_in(rho, 4, 0x1p15) && finite_in(lr, 0, 1) &&
                     finite_in(beta1, 0, 0x1.fff8p-1) && finite_in(beta2, 0.75, 0x1.fff4p-1);
    requires range:  finite_in(v_next, 0, 0) || finite_in(v_next, 0x1p-71, 0x1p21);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p101, 0x1p101);
    ensures rho:     over_reals(\result == radam_adaptive(x, m_next, v_next, t, radam_r(rho, radam_rho_inf(beta2)),
                                                          lr, beta1, beta2));
    ensures result:  radam_adapts(t, beta2, 4.75) && computes(rho, radam_rho(t, beta2), 3.2e+5) &&
                     bounded(0x1p-30, lr) &&
                     (0 < v_next ==>
                      bounded(radam_rectified(m_next, v_next, t, radam_rate(t, beta2), lr, beta1, beta2), 8)) ==>
                     computes(\result, radam_adaptive(x, m_next, v_next, t, radam_rate(t, beta2), lr, beta1, beta2),
                              2.71e+6); */
real_t radam_adaptive(real_t x, real_t m_next, real_t v_next, uint64_t t, real_t rho, real_t lr,
                      real_t beta1, real_t beta2);

/*@ requires domain: 0 <= beta1 < 1;
    requires step:   1 <= t;
    requires range:  finite_in(m_next, -0x1p11, 0x1p11) && finite_in(lr, 0, 1) &&
                     finite_in(beta1, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p26, 0x1p26);
    ensures result:  bounded(radam_plain(m_next, t, lr, beta1), 8) ==>
                     computes(\result, radam_plain(m_next, t, lr, beta1), 7.22e+4); */
real_t radam_plain(real_t m_next, uint64_t t, real_t lr, real_t beta1);

/*@ requires domain: radam_domain(lr, beta1, beta2);
    requires state:  0 <= v_next;
    requires step:   1 <= t;
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(m_next, -0x1p11, 0x1p11) &&
                     finite_in(v_next, 0, 0x1p21) && finite_in(lr, 0, 1) &&
                     finite_in(beta1, 0, 0x1.fff8p-1) && finite_in(beta2, 0.75, 0x1.fff4p-1);
    requires range:  finite_in(v_next, 0, 0) || finite_in(v_next, 0x1p-71, 0x1p21);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p101, 0x1p101);
    ensures early:   radam_early(t, beta2) && radam_rho(t, beta2) <= 4 - ulps(1.21e+6) &&
                     bounded(radam_plain(m_next, t, lr, beta1), 8) ==>
                     computes(\result, radam_x(x, m_next, v_next, t, lr, beta1, beta2), 7.33e+4);
    ensures settled: radam_settled(t, beta2, 0.9951) && radam_adapts(t, beta2, 4.75) && bounded(0x1p-30, lr) &&
                     (0 < v_next ==>
                      bounded(radam_rectified(m_next, v_next, t, radam_rate(t, beta2), lr, beta1, beta2), 8)) ==>
                     computes(\result, radam_x(x, m_next, v_next, t, lr, beta1, beta2), 2.71e+6);
    ensures result:  over_reals(\result == radam_x(x, m_next, v_next, t, lr, beta1, beta2)); */
real_t radam_x(real_t x, real_t m_next, real_t v_next, uint64_t t, real_t lr, real_t beta1,
               real_t beta2);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1)) && \valid(v + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1), v + (0 .. n - 1));
    requires domain: radam_domain(h.lr, h.beta1, h.beta2);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= v[i];
    requires step:   1 <= t;
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(m[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(v[i], 0, 0x1p20);
    requires range:  \forall integer i; 0 <= i < n ==>
                       finite_in(g[i], 0, 0) || finite_in(g[i], -0x1p10, -0x1p-28) || finite_in(g[i], 0x1p-28, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(v[i], 0, 0) || finite_in(v[i], 0x1p-70, 0x1p20);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.beta1, 0, 0x1.fff8p-1) &&
                     finite_in(h.beta2, 0, 0x1.fff8p-1) && finite_in(h.beta2, 0.75, 0x1.fff4p-1);
    assigns x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p101, 0x1p101) && finite_in(m[i], -0x1p11, 0x1p11) &&
                       finite_in(v[i], 0, 0x1p21);
    ensures m: \forall integer i; 0 <= i < n ==> computes(m[i], radam_m(\old(m[i]), g[i], h.beta1), 2560);
    ensures v: \forall integer i; 0 <= i < n ==> computes(v[i], radam_v(\old(v[i]), g[i], h.beta2), 3.2e+6);
    ensures early: \forall integer i; 0 <= i < n ==>
                     radam_early(t, h.beta2) && radam_rho(t, h.beta2) <= 4 - ulps(1.21e+6) &&
                     bounded(radam_plain(m[i], t, h.lr, h.beta1), 8) ==>
                     computes(x[i], radam_x(\old(x[i]), m[i], v[i], t, h.lr, h.beta1, h.beta2), 7.33e+4);
    ensures settled: \forall integer i; 0 <= i < n ==>
                     radam_settled(t, h.beta2, 0.9951) && radam_adapts(t, h.beta2, 4.75) && bounded(0x1p-30, h.lr) &&
                     (0 < v[i] ==>
                      bounded(radam_rectified(m[i], v[i], t, radam_rate(t, h.beta2), h.lr, h.beta1, h.beta2), 8)) ==>
                     computes(x[i], radam_x(\old(x[i]), m[i], v[i], t, h.lr, h.beta1, h.beta2), 2.71e+6);
    ensures x: \forall integer i; 0 <= i < n ==>
                 over_reals(x[i] == radam_x(\old(x[i]), m[i], v[i], t, h.lr, h.beta1, h.beta2)); */
void radam_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, uint64_t t,
                struct radam h);

#endif
