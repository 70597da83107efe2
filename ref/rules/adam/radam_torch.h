/* RAdam as in PyTorch. */
#ifndef GOLDSTEP_RADAM_TORCH_H
#define GOLDSTEP_RADAM_TORCH_H

#include "real.h"
#include "rules/adam/radam.h"
#include "rules/adam/radam_torch.acsl"

struct radam_torch {
    real_t lr, beta1, beta2, eps, weight_decay;
};

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p9, 0x1p9) &&
                    finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p10, 0x1p10);
    ensures result: computes(\result, radam_torch_g(x, g, weight_decay), 768); */
real_t radam_torch_g(real_t x, real_t g, real_t weight_decay);

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(m, -0x1p10, 0x1p10) &&
                    finite_in(g, -0x1p9, 0x1p9) && finite_in(beta1, 0, 0x1.fff8p-1) &&
                    finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p11, 0x1p11);
    ensures result: computes(\result, radam_torch_m(x, m, g, beta1, weight_decay), 3330); */
real_t radam_torch_m(real_t x, real_t m, real_t g, real_t beta1, real_t weight_decay);

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(v, 0, 0x1p20) &&
                    finite_in(g, -0x1p9, 0x1p9) && finite_in(beta2, 0, 0x1.fff8p-1) &&
                    finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures sign:   0 <= v && 0 <= beta2 < 1 ==> 0 <= \result;
    ensures range:  finite_in(\result, 0, 0x1p21);
    ensures result: computes(\result, radam_torch_v(x, v, g, beta2, weight_decay), 4.8e+6); */
real_t radam_torch_v(real_t x, real_t v, real_t g, real_t beta2, real_t weight_decay);

/*@ requires domain: radam_domain(lr, beta1, beta2) && 0 < eps;
    requires state:  0 <= v_next;
    requires step:   1 <= t;
    requires range:  finite_in(m_next, -0x1p11, 0x1p11) && finite_in(v_next, 0, 0x1p21) &&
                     finite_in(r, 0, 0x1p24) && finite_in(lr, 0, 1) && finite_in(beta1, 0, 0x1.fff8p-1) &&
                     finite_in(beta2, 0.75, 0x1.fff4p-1) && finite_in(eps, 0x1p-30, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p100, 0x1p100);
    ensures result:  bounded(0x1p-20, r) && bounded(r, 1.125) && bounded(0x1p-30, lr) &&
                     bounded(radam_torch_rectified(m_next, v_next, t, r, lr, beta1, beta2, eps), 8.25) ==>
                     computes(\result, radam_torch_rectified(m_next, v_next, t, r, lr, beta1, beta2, eps),
                              9.95e+4); */
real_t radam_torch_rectified(real_t m_next, real_t v_next, uint64_t t, real_t r, real_t lr,
                             real_t beta1, real_t beta2, real_t eps);

/*@ requires domain: radam_domain(lr, beta1, beta2) && 0 < eps && 4 < rho && over_reals(rho <= radam_rho_inf(beta2));
    requires state:  0 <= v_next;
    requires step:   1 <= t;
    requires range:  finite_in(m_next, -0x1p11, 0x1p11) && finite_in(v_next, 0, 0x1p21) &&
                     finite_in(rho, 4, 0x1p15) && finite_in(lr, 0, 1) && finite_in(beta1, 0, 0x1.fff8p-1) &&
                     finite_in(beta2, 0.75, 0x1.fff4p-1) && finite_in(eps, 0x1p-30, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p100, 0x1p100);
    ensures rho:     over_reals(\result == radam_torch_rectified(m_next, v_next, t, radam_r(rho, radam_rho_inf(beta2)),
                                                                 lr, beta1, beta2, eps));
    ensures result:  radam_adapts(t, beta2, 5.75) && computes(rho, radam_rho(t, beta2), 2.62e+5) &&
                     bounded(0x1p-30, lr) &&
                     bounded(radam_torch_rectified(m_next, v_next, t, radam_rate(t, beta2),
                                                   lr, beta1, beta2, eps), 8) ==>
                     computes(\result, radam_torch_rectified(m_next, v_next, t, radam_rate(t, beta2),
                                                             lr, beta1, beta2, eps),
                              1.19e+6); */
real_t radam_torch_rectify(real_t m_next, real_t v_next, uint64_t t, real_t rho, real_t lr,
                           real_t beta1, real_t beta2, real_t eps);

/* As with radam_x, there is a bound where rho is below the threshold by more than its error, and where it is at least
 * 5.75, as it is from step 6 on with a beta2 of 0.96 or more. */
/*@ requires domain: radam_domain(lr, beta1, beta2) && 0 < eps;
    requires state:  0 <= v_next;
    requires step:   1 <= t;
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(m_next, -0x1p11, 0x1p11) &&
                     finite_in(v_next, 0, 0x1p21) && finite_in(lr, 0, 1) &&
                     finite_in(beta1, 0, 0x1.fff8p-1) && finite_in(beta2, 0.75, 0x1.fff4p-1) &&
                     finite_in(eps, 0x1p-30, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p101, 0x1p101);
    ensures early:   radam_early(t, beta2) && radam_rho(t, beta2) <= 5 - ulps(1.21e+6) &&
                     bounded(radam_plain(m_next, t, lr, beta1), 8) ==>
                     computes(\result, radam_torch_x(x, m_next, v_next, t, lr, beta1, beta2, eps), 7.33e+4);
    ensures settled: radam_settled(t, beta2, 0.9941) && radam_adapts(t, beta2, 5.75) && bounded(0x1p-30, lr) &&
                     bounded(radam_torch_rectified(m_next, v_next, t, radam_rate(t, beta2),
                                                   lr, beta1, beta2, eps), 8) ==>
                     computes(\result, radam_torch_x(x, m_next, v_next, t, lr, beta1, beta2, eps), 1.2e+6);
    ensures result:  over_reals(\result == radam_torch_x(x, m_next, v_next, t, lr, beta1, beta2, eps)); */
real_t radam_torch_x(real_t x, real_t m_next, real_t v_next, uint64_t t, real_t lr, real_t beta1,
                     real_t beta2, real_t eps);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1)) && \valid(v + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1), v + (0 .. n - 1));
    requires domain: radam_torch_domain(h.lr, h.beta1, h.beta2, h.eps, h.weight_decay);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= v[i];
    requires step:   1 <= t;
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p9, 0x1p9);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(m[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(v[i], 0, 0x1p20);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.beta1, 0, 0x1.fff8p-1) &&
                     finite_in(h.beta2, 0, 0x1.fff8p-1) && finite_in(h.beta2, 0.75, 0x1.fff4p-1) &&
                     finite_in(h.eps, 0x1p-30, 1) && finite_in(h.weight_decay, 0, 0.5);
    assigns x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p101, 0x1p101) && finite_in(m[i], -0x1p11, 0x1p11) &&
                       finite_in(v[i], 0, 0x1p21);
    ensures m: \forall integer i; 0 <= i < n ==>
                 computes(m[i], radam_torch_m(\old(x[i]), \old(m[i]), g[i], h.beta1, h.weight_decay), 3330);
    ensures v: \forall integer i; 0 <= i < n ==>
                 computes(v[i], radam_torch_v(\old(x[i]), \old(v[i]), g[i], h.beta2, h.weight_decay), 4.8e+6);
    ensures early: \forall integer i; 0 <= i < n ==>
                     radam_early(t, h.beta2) && radam_rho(t, h.beta2) <= 5 - ulps(1.21e+6) &&
                     bounded(radam_plain(m[i], t, h.lr, h.beta1), 8) ==>
                     computes(x[i], radam_torch_x(\old(x[i]), m[i], v[i], t, h.lr, h.beta1, h.beta2, h.eps), 7.33e+4);
    ensures settled: \forall integer i; 0 <= i < n ==>
                     radam_settled(t, h.beta2, 0.9941) && radam_adapts(t, h.beta2, 5.75) && bounded(0x1p-30, h.lr) &&
                     bounded(radam_torch_rectified(m[i], v[i], t, radam_rate(t, h.beta2),
                                                   h.lr, h.beta1, h.beta2, h.eps),
                             8) ==>
                     computes(x[i], radam_torch_x(\old(x[i]), m[i], v[i], t, h.lr, h.beta1, h.beta2, h.eps), 1.2e+6);
    ensures x: \forall integer i; 0 <= i < n ==>
                 over_reals(x[i] == radam_torch_x(\old(x[i]), m[i], v[i], t, h.lr, h.beta1, h.beta2, h.eps)); */
void radam_torch_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, uint64_t t,
                      struct radam_torch h);

#endif
