/* Nadam. */
#ifndef GOLDSTEP_NADAM_H
#define GOLDSTEP_NADAM_H

#include "real.h"
#include "rules/adam/nadam.acsl"

struct nadam {
    real_t lr, beta1, beta2, eps, momentum_decay;
};

/* Of momentum_decay = 0 nothing is claimed in IEEE arithmetic: the exponent has a relative error. */
/*@ requires domain: 0 <= momentum_decay;
    requires range:  finite_in(momentum_decay, 0x1p-30, 1);
    assigns \nothing;
    ensures bound:   0 <= \result <= 1;
    ensures range:   finite_in(\result, 0, 1);
    ensures result:  computes(\result, nadam_decay(t, momentum_decay), 5.05); */
real_t nadam_decay(uint64_t t, real_t momentum_decay);

/*@ requires domain: 0 <= a <= 1 && 0 <= b;
    requires range:  finite_in(a, 0, 1) && finite_in(b, 0, 1);
    assigns \nothing;
    ensures bound:   over_reals(0 <= \result <= b && (b <= 1 ==> \result <= a));
    ensures range:   finite_in(\result, 0, 1);
    ensures result:  rounds(\result, a * b); */
real_t nadam_shrink(real_t a, real_t b);

/*@ requires domain: 0 <= beta1 < 1 && 0 <= momentum_decay;
    requires range:  finite_in(beta1, 0, 0x1.fff8p-1) && finite_in(momentum_decay, 0x1p-30, 1);
    assigns \nothing;
    ensures bound:   over_reals(0 <= \result <= beta1);
    ensures range:   finite_in(\result, 0, 0x1.fff8p-1);
    ensures result:  computes(\result, nadam_mu(t, beta1, momentum_decay), 3.78); */
real_t nadam_mu(uint64_t t, real_t beta1, real_t momentum_decay);

/*@ requires range: finite_in(m, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(beta1, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p11, 0x1p11);
    ensures result: computes(\result, nadam_m(m, g, beta1), 2560); */
real_t nadam_m(real_t m, real_t g, real_t beta1);

/*@ requires range: finite_in(v, 0, 0x1p20) && finite_in(g, -0x1p10, 0x1p10) &&
                    finite_in(beta2, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures sign:   0 <= v && 0 <= beta2 < 1 ==> 0 <= \result;
    ensures range:  finite_in(\result, 0, 0x1p21);
    ensures result: computes(\result, nadam_v(v, g, beta2), 3.2e+6); */
real_t nadam_v(real_t v, real_t g, real_t beta2);

/*@ requires domain: 0 <= beta1 < 1 && 0 <= momentum_decay;
    requires scalar: 0 <= mu_product <= 1;
    requires range:  finite_in(mu_product, 0, 1) && finite_in(beta1, 0, 0x1.fff8p-1) &&
                     finite_in(momentum_decay, 0x1p-30, 1);
    assigns \nothing;
    ensures bound:   over_reals(0 <= \result <= beta1 && \result <= mu_product);
    ensures scalar:  0 <= \result < 1;
    ensures range:   finite_in(\result, 0, 0x1.fff8p-1);
    ensures result:  computes(\result, nadam_mu_product(mu_product, t, beta1, momentum_decay), 4.29); */
real_t nadam_mu_product(real_t mu_product, uint64_t t, real_t beta1, real_t momentum_decay);

/* The momentum of the next step and the gradient of this one, each with its correction. */
/*@ requires domain: product_t < 1 && product_t1 < 1;
    requires range:  finite_in(g, -0x1p10, 0x1p10) && finite_in(m, -0x1p11, 0x1p11) &&
                     finite_in(mu_t, 0, 0x1.fff8p-1) && finite_in(mu_t1, 0, 0x1.fff8p-1) &&
                     finite_in(product_t, 0, 0x1.fff8p-1) && finite_in(product_t1, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p26, 0x1p26);
    ensures result:  computes(\result, nadam_average(g, m, mu_t, mu_t1, product_t, product_t1), 1.77e+8);
    ensures near:    bounded(product_t, 0.52) && bounded(product_t1, 0.52) &&
                     bounded(g, 2) && bounded(m, 2) ==>
                     computes(\result, nadam_average(g, m, mu_t, mu_t1, product_t, product_t1), 35.2); */
real_t nadam_average(real_t g, real_t m, real_t mu_t, real_t mu_t1, real_t product_t,
                     real_t product_t1);

/* After the first step the product is at most 0.52, where momentum_decay is at most 1, and it falls. */
/*@ requires domain: 0 <= beta1 < 1 && 0 <= momentum_decay;
    requires scalar: 0 <= mu_product_next < 1;
    requires step:   1 <= t < UINT64_MAX;
    requires range:  finite_in(g, -0x1p10, 0x1p10) && finite_in(m_next, -0x1p11, 0x1p11) &&
                     finite_in(mu_product_next, 0, 0x1.fff8p-1) && finite_in(beta1, 0, 0x1.fff8p-1) &&
                     finite_in(momentum_decay, 0x1p-30, 1);
    assigns \nothing;
    ensures weight:  bounded(1 - nadam_mu(t, beta1, momentum_decay), 0x1.001p0);
    ensures range:   finite_in(\result, -0x1p26, 0x1p26);
    ensures result:  bounded(mu_product_next, 0.52) && bounded(g, 2) && bounded(m_next, 2) ==>
                     computes(\result, nadam_m_hat(g, m_next, mu_product_next, t, beta1, momentum_decay),
                              88.8); */
real_t nadam_m_hat(real_t g, real_t m_next, real_t mu_product_next, uint64_t t, real_t beta1,
                   real_t momentum_decay);

/*@ requires domain: 0 <= beta2 < 1 && 0 < eps;
    requires state:  0 <= v_next;
    requires step:   1 <= t;
    requires range:  finite_in(m_hat, -0x1p26, 0x1p26) && finite_in(v_next, 0, 0x1p21) &&
                     finite_in(lr, 0, 1) && finite_in(beta2, 0, 0x1.fff8p-1) &&
                     finite_in(eps, 0x1p-30, 1);
    assigns \nothing;
    ensures root:    bounded(nadam_root(v_next, t, beta2, eps), 0x1p20);
    ensures range:   finite_in(\result, -0x1p60, 0x1p60);
    ensures result:  bounded(nadam_update(m_hat, v_next, t, lr, beta2, eps), 10) ==>
                     computes(\result, nadam_update(m_hat, v_next, t, lr, beta2, eps), 4.52e+4); */
real_t nadam_update(real_t m_hat, real_t v_next, uint64_t t, real_t lr, real_t beta2, real_t eps);

/* Where the two terms of m_hat cancel, the root divides their rounding errors: the bound is for g and m of at most 2,
 * and roots of at least 2^-8. */
/*@ requires domain: nadam_domain(lr, beta1, beta2, eps, momentum_decay);
    requires state:  0 <= v_next;
    requires scalar: 0 <= mu_product_next < 1;
    requires step:   1 <= t < UINT64_MAX;
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p10, 0x1p10) &&
                     finite_in(m_next, -0x1p11, 0x1p11) && finite_in(v_next, 0, 0x1p21) &&
                     finite_in(mu_product_next, 0, 0x1.fff8p-1) && finite_in(lr, 0, 1) &&
                     finite_in(beta1, 0, 0x1.fff8p-1) && finite_in(beta2, 0, 0x1.fff8p-1) &&
                     finite_in(eps, 0x1p-30, 1) && finite_in(momentum_decay, 0x1p-30, 1);
    assigns \nothing;
    ensures weight:  bounded(1 - nadam_mu(t, beta1, momentum_decay), 0x1.001p0);
    ensures root:    bounded(nadam_root(v_next, t, beta2, eps), 0x1p20);
    ensures range:   finite_in(\result, -0x1p61, 0x1p61);
    ensures result:  bounded(mu_product_next, 0.52) && bounded(g, 2) && bounded(m_next, 2) &&
                     bounded(0x1p-8, nadam_root(v_next, t, beta2, eps)) &&
                     bounded(nadam_change(g, m_next, v_next, mu_product_next, t, lr, beta1, beta2, eps,
                                          momentum_decay), 9) ==>
                     computes(\result, nadam_x(x, g, m_next, v_next, mu_product_next, t,
                                               lr, beta1, beta2, eps, momentum_decay), 6.92e+4); */
real_t nadam_x(real_t x, real_t g, real_t m_next, real_t v_next, real_t mu_product_next, uint64_t t,
               real_t lr, real_t beta1, real_t beta2, real_t eps, real_t momentum_decay);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1)) && \valid(v + (0 .. n - 1)) && \valid(mu_product);
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1), v + (0 .. n - 1), mu_product);
    requires domain: nadam_domain(h.lr, h.beta1, h.beta2, h.eps, h.momentum_decay);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= v[i];
    requires scalar: 0 <= *mu_product <= 1;
    requires step:   1 <= t < UINT64_MAX;
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(m[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(v[i], 0, 0x1p20);
    requires range:  finite_in(*mu_product, 0, 1) && finite_in(h.lr, 0, 1) &&
                     finite_in(h.beta1, 0, 0x1.fff8p-1) && finite_in(h.beta2, 0, 0x1.fff8p-1) &&
                     finite_in(h.eps, 0x1p-30, 1) && finite_in(h.momentum_decay, 0x1p-30, 1);
    assigns x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1], *mu_product;
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    ensures scalar:  0 <= *mu_product <= 1;
    ensures falls:   over_reals(*mu_product <= \old(*mu_product));
    ensures range:   finite_in(*mu_product, 0, 0x1.fff8p-1);
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p61, 0x1p61) && finite_in(m[i], -0x1p11, 0x1p11) &&
                       finite_in(v[i], 0, 0x1p21);
    ensures mu_product: computes(*mu_product,
                                 nadam_mu_product(\old(*mu_product), t, h.beta1, h.momentum_decay), 4.29);
    ensures m: \forall integer i; 0 <= i < n ==> computes(m[i], nadam_m(\old(m[i]), g[i], h.beta1), 2560);
    ensures v: \forall integer i; 0 <= i < n ==> computes(v[i], nadam_v(\old(v[i]), g[i], h.beta2), 3.2e+6);
    ensures x: \forall integer i; 0 <= i < n ==>
                 bounded(*mu_product, 0.52) && bounded(g[i], 2) && bounded(m[i], 2) &&
                 bounded(0x1p-8, nadam_root(v[i], t, h.beta2, h.eps)) &&
                 bounded(nadam_change(g[i], m[i], v[i], *mu_product, t, h.lr, h.beta1, h.beta2, h.eps,
                                      h.momentum_decay), 9) ==>
                 computes(x[i], nadam_x(\old(x[i]), g[i], m[i], v[i], *mu_product, t, h.lr, h.beta1, h.beta2,
                                        h.eps, h.momentum_decay), 6.92e+4); */
void nadam_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, real_t *mu_product,
                uint64_t t, struct nadam h);

#endif
