/* Nadam with coupled weight decay, as in PyTorch. */
#ifndef GOLDSTEP_NADAM_TORCH_H
#define GOLDSTEP_NADAM_TORCH_H

#include "real.h"
#include "rules/adam/nadam.h"
#include "rules/adam/nadam_torch.acsl"

struct nadam_torch {
    real_t lr, beta1, beta2, eps, weight_decay, momentum_decay;
};

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p9, 0x1p9) &&
                    finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p10, 0x1p10);
    ensures result: computes(\result, nadam_torch_g(x, g, weight_decay), 768);
    ensures near:   bounded(nadam_torch_g(x, g, weight_decay), 1) ==>
                    computes(\result, nadam_torch_g(x, g, weight_decay), 257); */
real_t nadam_torch_g(real_t x, real_t g, real_t weight_decay);

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(m, -0x1p10, 0x1p10) &&
                    finite_in(g, -0x1p9, 0x1p9) && finite_in(beta1, 0, 0x1.fff8p-1) &&
                    finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p11, 0x1p11);
    ensures result: computes(\result, nadam_torch_m(x, m, g, beta1, weight_decay), 3330); */
real_t nadam_torch_m(real_t x, real_t m, real_t g, real_t beta1, real_t weight_decay);

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(v, 0, 0x1p20) &&
                    finite_in(g, -0x1p9, 0x1p9) && finite_in(beta2, 0, 0x1.fff8p-1) &&
                    finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures sign:   0 <= v && 0 <= beta2 < 1 ==> 0 <= \result;
    ensures range:  finite_in(\result, 0, 0x1p21);
    ensures result: computes(\result, nadam_torch_v(x, v, g, beta2, weight_decay), 4.8e+6); */
real_t nadam_torch_v(real_t x, real_t v, real_t g, real_t beta2, real_t weight_decay);

/* Where weight_decay * x cancels g, the root divides the rounding error of their sum. */
/*@ requires domain: nadam_torch_domain(lr, beta1, beta2, eps, weight_decay, momentum_decay);
    requires state:  0 <= v_next;
    requires scalar: 0 <= mu_product_next < 1;
    requires step:   1 <= t < UINT64_MAX;
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p9, 0x1p9) &&
                     finite_in(m_next, -0x1p11, 0x1p11) && finite_in(v_next, 0, 0x1p21) &&
                     finite_in(mu_product_next, 0, 0x1.fff8p-1) && finite_in(lr, 0, 1) &&
                     finite_in(beta1, 0, 0x1.fff8p-1) && finite_in(beta2, 0, 0x1.fff8p-1) &&
                     finite_in(eps, 0x1p-30, 1) && finite_in(weight_decay, 0, 0.5) &&
                     finite_in(momentum_decay, 0x1p-30, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p61, 0x1p61);
    ensures result:  bounded(mu_product_next, 0.52) && bounded(nadam_torch_g(x, g, weight_decay), 1) &&
                     bounded(m_next, 2) && bounded(0x1p-8, nadam_root(v_next, t, beta2, eps)) &&
                     bounded(nadam_change(nadam_torch_g(x, g, weight_decay), m_next, v_next, mu_product_next,
                                          t, lr, beta1, beta2, eps, momentum_decay), 8) ==>
                     computes(\result, nadam_torch_x(x, g, m_next, v_next, mu_product_next, t, lr, beta1,
                                                     beta2, eps, weight_decay, momentum_decay), 2.08e+5); */
real_t nadam_torch_x(real_t x, real_t g, real_t m_next, real_t v_next, real_t mu_product_next,
                     uint64_t t, real_t lr, real_t beta1, real_t beta2, real_t eps,
                     real_t weight_decay, real_t momentum_decay);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) &&
                     \valid(m + (0 .. n - 1)) && \valid(v + (0 .. n - 1)) && \valid(mu_product);
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), m + (0 .. n - 1), v + (0 .. n - 1), mu_product);
    requires domain: nadam_torch_domain(h.lr, h.beta1, h.beta2, h.eps, h.weight_decay, h.momentum_decay);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= v[i];
    requires scalar: 0 <= *mu_product <= 1;
    requires step:   1 <= t < UINT64_MAX;
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p9, 0x1p9);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(m[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(v[i], 0, 0x1p20);
    requires range:  finite_in(*mu_product, 0, 1) && finite_in(h.lr, 0, 1) &&
                     finite_in(h.beta1, 0, 0x1.fff8p-1) && finite_in(h.beta2, 0, 0x1.fff8p-1) &&
                     finite_in(h.eps, 0x1p-30, 1) && finite_in(h.weight_decay, 0, 0.5) &&
                     finite_in(h.momentum_decay, 0x1p-30, 1);
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
    ensures m: \forall integer i; 0 <= i < n ==>
                 computes(m[i], nadam_torch_m(\old(x[i]), \old(m[i]), g[i], h.beta1, h.weight_decay), 3330);
    ensures v: \forall integer i; 0 <= i < n ==>
                 computes(v[i], nadam_torch_v(\old(x[i]), \old(v[i]), g[i], h.beta2, h.weight_decay), 4.8e+6);
    ensures x: \forall integer i; 0 <= i < n ==>
                 bounded(*mu_product, 0.52) && bounded(nadam_torch_g(\old(x[i]), g[i], h.weight_decay), 1) &&
                 bounded(m[i], 2) && bounded(0x1p-8, nadam_root(v[i], t, h.beta2, h.eps)) &&
                 bounded(nadam_change(nadam_torch_g(\old(x[i]), g[i], h.weight_decay), m[i], v[i],
                                      *mu_product, t, h.lr, h.beta1, h.beta2, h.eps, h.momentum_decay), 8) ==>
                 computes(x[i], nadam_torch_x(\old(x[i]), g[i], m[i], v[i], *mu_product, t, h.lr, h.beta1,
                                              h.beta2, h.eps, h.weight_decay, h.momentum_decay), 2.08e+5); */
void nadam_torch_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v,
                      real_t *mu_product, uint64_t t, struct nadam_torch h);

#endif
