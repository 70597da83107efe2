/* AdaGrad as in PyTorch: with a decaying step size and coupled weight decay. */
#ifndef GOLDSTEP_ADAGRAD_TORCH_H
#define GOLDSTEP_ADAGRAD_TORCH_H

#include "rules/adagrad/adagrad.h"
#include "rules/adagrad/adagrad_torch.acsl"

struct adagrad_torch {
    real_t lr, lr_decay, weight_decay, initial_accumulator, eps;
};

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p9, 0x1p9) &&
                    finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p10, 0x1p10);
    ensures result: computes(\result, adagrad_torch_g(x, g, weight_decay), 768); */
real_t adagrad_torch_g(real_t x, real_t g, real_t weight_decay);

/*@ requires domain:  0 <= lr_decay;
    requires range:   finite_in(lr, 0x1p-40, 1) && finite_in(lr_decay, 0, 1);
    assigns \nothing;
    ensures range:    finite_in(\result, 0, 1);
    ensures exact:    bounded(adagrad_torch_decayed(past, lr, lr_decay), 1) &&
                      bounded(0x1p-105, adagrad_torch_decayed(past, lr, lr_decay));
    ensures result:   computes(\result, adagrad_torch_decayed(past, lr, lr_decay), 3.5);
    ensures relative: 0 < adagrad_torch_decayed(past, lr, lr_decay) ==>
                      computes((\result - adagrad_torch_decayed(past, lr, lr_decay)) /
                               adagrad_torch_decayed(past, lr, lr_decay), 0, 4.01); */
real_t adagrad_torch_decayed(uint64_t past, real_t lr, real_t lr_decay);

/*@ requires domain:  0 <= lr_decay;
    requires step:    1 <= t;
    requires range:   finite_in(lr, 0x1p-40, 1) && finite_in(lr_decay, 0, 1);
    assigns \nothing;
    ensures range:    finite_in(\result, 0, 1);
    ensures exact:    bounded(adagrad_torch_rate(t, lr, lr_decay), 1) &&
                      bounded(0x1p-105, adagrad_torch_rate(t, lr, lr_decay));
    ensures result:   computes(\result, adagrad_torch_rate(t, lr, lr_decay), 3.5);
    ensures relative: 0 < adagrad_torch_rate(t, lr, lr_decay) ==>
                      computes((\result - adagrad_torch_rate(t, lr, lr_decay)) /
                               adagrad_torch_rate(t, lr, lr_decay), 0, 4.01); */
real_t adagrad_torch_rate(uint64_t t, real_t lr, real_t lr_decay);

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(s, 0, 0x1p20) &&
                    finite_in(g, -0x1p9, 0x1p9) && finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures sign:   0 <= s ==> 0 <= \result;
    ensures grows:  over_reals(s <= \result);
    ensures range:  finite_in(\result, 0, 0x1p21);
    ensures result: computes(\result, adagrad_torch_s(x, s, g, weight_decay), 3.16e+6); */
real_t adagrad_torch_s(real_t x, real_t s, real_t g, real_t weight_decay);

/* The rounding of g + weight_decay * x, which may cancel, is divided by the root: there is a bound where that is
 * not small. */
/*@ requires domain: 0 <= lr_decay && 0 < eps;
    requires state:  0 <= s_next;
    requires step:   1 <= t;
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p9, 0x1p9) &&
                     finite_in(s_next, 0, 0x1p21) && finite_in(lr, 0x1p-40, 1) && finite_in(lr_decay, 0, 1) &&
                     finite_in(weight_decay, 0, 0.5) && finite_in(eps, 0x1p-34, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p60, 0x1p60);
    ensures result:  bounded(0x1p-6, adagrad_torch_root(s_next, eps)) ==>
                     bounded(adagrad_torch_update(x, g, s_next, t, lr, lr_decay, weight_decay, eps), 8) ==>
                     computes(\result, adagrad_torch_update(x, g, s_next, t, lr, lr_decay, weight_decay, eps),
                              49226); */
real_t adagrad_torch_update(real_t x, real_t g, real_t s_next, uint64_t t, real_t lr,
                            real_t lr_decay, real_t weight_decay, real_t eps);

/*@ requires domain: 0 <= lr_decay && 0 < eps;
    requires state:  0 <= s_next;
    requires step:   1 <= t;
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p9, 0x1p9) &&
                     finite_in(s_next, 0, 0x1p21) && finite_in(lr, 0x1p-40, 1) && finite_in(lr_decay, 0, 1) &&
                     finite_in(weight_decay, 0, 0.5) && finite_in(eps, 0x1p-34, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p61, 0x1p61);
    ensures result:  bounded(0x1p-6, adagrad_torch_root(s_next, eps)) ==>
                     bounded(adagrad_torch_update(x, g, s_next, t, lr, lr_decay, weight_decay, eps), 8) ==>
                     computes(\result, adagrad_torch_x(x, g, s_next, t, lr, lr_decay, weight_decay, eps),
                              50255); */
real_t adagrad_torch_x(real_t x, real_t g, real_t s_next, uint64_t t, real_t lr, real_t lr_decay,
                       real_t weight_decay, real_t eps);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(s + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), s + (0 .. n - 1));
    requires domain: adagrad_torch_domain(h.lr, h.lr_decay, h.weight_decay, h.initial_accumulator, h.eps);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= s[i];
    requires step:   1 <= t;
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p9, 0x1p9);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(s[i], 0, 0x1p20);
    requires range:  finite_in(h.lr, 0x1p-40, 1) && finite_in(h.lr_decay, 0, 1) &&
                     finite_in(h.weight_decay, 0, 0.5) && finite_in(h.eps, 0x1p-34, 1);
    assigns x[0 .. n - 1], s[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= s[i];
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p61, 0x1p61) && finite_in(s[i], 0, 0x1p21);
    ensures s: \forall integer i; 0 <= i < n ==>
                 computes(s[i], adagrad_torch_s(\old(x[i]), \old(s[i]), g[i], h.weight_decay), 3.16e+6);
    ensures x: \forall integer i; 0 <= i < n ==>
                 bounded(0x1p-6, adagrad_torch_root(s[i], h.eps)) ==>
                 bounded(adagrad_torch_update(\old(x[i]), g[i], s[i], t, h.lr, h.lr_decay, h.weight_decay,
                                              h.eps), 8) ==>
                 computes(x[i], adagrad_torch_x(\old(x[i]), g[i], s[i], t, h.lr, h.lr_decay, h.weight_decay,
                                                h.eps), 50255); */
void adagrad_torch_step(size_t n, real_t *x, const real_t *g, real_t *s, uint64_t t,
                        struct adagrad_torch h);

#endif
