/* RMSProp as in PyTorch: coupled weight decay, momentum, centering. */
#ifndef GOLDSTEP_RMSPROP_TORCH_H
#define GOLDSTEP_RMSPROP_TORCH_H

#include "rules/rmsprop/rmsprop.h"
#include "rules/rmsprop/rmsprop_torch.acsl"
#include "rules/rmsprop/running_variance.h"

struct rmsprop_torch {
    real_t lr, alpha, eps, weight_decay, momentum, centered;
};

/*@ predicate rmsprop_torch_centered(real v, real a, real centered) = centered == 1 ==> 0 <= variance(v, a);

    predicate rmsprop_torch_spread(real v, real a, real centered) = centered == 1 ==> spread(v, a); */

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p9, 0x1p9) &&
                    finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p10, 0x1p10);
    ensures result: computes(\result, rmsprop_torch_g(x, g, weight_decay), 768); */
real_t rmsprop_torch_g(real_t x, real_t g, real_t weight_decay);

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(v, 0, 0x1p20) &&
                    finite_in(g, -0x1p9, 0x1p9) && finite_in(alpha, 0, 0x1.fff8p-1) &&
                    finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures sign:   0 <= v && 0 <= alpha < 1 ==> 0 <= \result;
    ensures range:  finite_in(\result, 0, 0x1p21);
    ensures result: computes(\result, rmsprop_torch_v(x, v, g, alpha, weight_decay), 4.73e+6); */
real_t rmsprop_torch_v(real_t x, real_t v, real_t g, real_t alpha, real_t weight_decay);

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(a, -0x1p10, 0x1p10) &&
                    finite_in(g, -0x1p9, 0x1p9) && finite_in(alpha, 0, 0x1.fff8p-1) &&
                    finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p11, 0x1p11);
    ensures result: computes(\result, rmsprop_torch_mean(x, a, g, alpha, weight_decay), 3330); */
real_t rmsprop_torch_mean(real_t x, real_t a, real_t g, real_t alpha, real_t weight_decay);

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(a, -0x1p10, 0x1p10) &&
                    finite_in(g, -0x1p9, 0x1p9) && finite_in(alpha, 0, 0x1.fff8p-1) &&
                    finite_in(weight_decay, 0, 0.5) && finite_in(centered, 0, 1);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p11, 0x1p11);
    ensures kept:   centered != 1 ==> \result == a;
    ensures result: computes(\result, rmsprop_torch_a(x, a, g, alpha, weight_decay, centered), 3330); */
real_t rmsprop_torch_a(real_t x, real_t a, real_t g, real_t alpha, real_t weight_decay,
                       real_t centered);

/* The rounding of g + weight_decay * x, which may cancel, is divided by the root: there are bounds where that is not
 * small. */
/*@ requires domain: 0 < eps;
    requires state:  0 <= v_next;
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p9, 0x1p9) &&
                     finite_in(v_next, 0, 0x1p21) && finite_in(eps, 0x1p-30, 1) &&
                     finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p60, 0x1p60);
    ensures result:  bounded(0x1p-6, rmsprop_torch_root(v_next, eps)) ==>
                     bounded(rmsprop_torch_g(x, g, weight_decay) / rmsprop_torch_root(v_next, eps), 16) ==>
                     computes(\result, rmsprop_torch_g(x, g, weight_decay) / rmsprop_torch_root(v_next, eps),
                              49212); */
real_t rmsprop_torch_plain(real_t x, real_t g, real_t v_next, real_t eps, real_t weight_decay);

/*@ requires domain: 0 < eps;
    requires state:  over_reals(0 <= variance(v_next, a_next));
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p9, 0x1p9) &&
                     finite_in(v_next, 0, 0x1p21) && finite_in(a_next, -0x1p11, 0x1p11) &&
                     finite_in(eps, 0x1p-30, 1) && finite_in(weight_decay, 0, 0.5);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p60, 0x1p60);
    ensures result:  spread(v_next, a_next) ==>
                     bounded(0x1p-6, rmsprop_torch_root(variance(v_next, a_next), eps)) ==>
                     bounded(rmsprop_torch_g(x, g, weight_decay) /
                             rmsprop_torch_root(variance(v_next, a_next), eps), 16) ==>
                     computes(\result, rmsprop_torch_g(x, g, weight_decay) /
                                       rmsprop_torch_root(variance(v_next, a_next), eps), 49400); */
real_t rmsprop_torch_scaled(real_t x, real_t g, real_t v_next, real_t a_next, real_t eps,
                            real_t weight_decay);

/*@ requires domain: 0 < eps;
    requires state:  0 <= v_next && over_reals(rmsprop_torch_centered(v_next, a_next, centered));
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p9, 0x1p9) &&
                     finite_in(v_next, 0, 0x1p21) && finite_in(a_next, -0x1p11, 0x1p11) &&
                     finite_in(eps, 0x1p-30, 1) && finite_in(weight_decay, 0, 0.5) && finite_in(centered, 0, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p60, 0x1p60);
    ensures result:  rmsprop_torch_spread(v_next, a_next, centered) ==>
                     bounded(0x1p-6, rmsprop_torch_root(rmsprop_torch_variance(v_next, a_next, centered), eps)) ==>
                     bounded(rmsprop_torch_d(x, g, v_next, a_next, eps, weight_decay, centered), 16) ==>
                     computes(\result, rmsprop_torch_d(x, g, v_next, a_next, eps, weight_decay, centered),
                              49400); */
real_t rmsprop_torch_d(real_t x, real_t g, real_t v_next, real_t a_next, real_t eps,
                       real_t weight_decay, real_t centered);

/*@ requires range: finite_in(b, -0x1p10, 0x1p10) && finite_in(d, -0x1p60, 0x1p60) &&
                    finite_in(momentum, 0, 0x1.fff8p-1);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p61, 0x1p61);
    ensures result: bounded(d, 17) ==> computes(\result, rmsprop_torch_gathered(b, d, momentum), 1537); */
real_t rmsprop_torch_gathered(real_t b, real_t d, real_t momentum);

/*@ requires domain: 0 < eps;
    requires state:  0 <= v_next && over_reals(rmsprop_torch_centered(v_next, a_next, centered));
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(b, -0x1p10, 0x1p10) && finite_in(g, -0x1p9, 0x1p9) &&
                     finite_in(v_next, 0, 0x1p21) && finite_in(a_next, -0x1p11, 0x1p11) &&
                     finite_in(eps, 0x1p-30, 1) && finite_in(weight_decay, 0, 0.5) &&
                     finite_in(momentum, 0, 0x1.fff8p-1) && finite_in(centered, 0, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p61, 0x1p61);
    ensures kept:    momentum <= 0 ==> \result == b;
    ensures result:  rmsprop_torch_spread(v_next, a_next, centered) ==>
                     bounded(0x1p-6, rmsprop_torch_root(rmsprop_torch_variance(v_next, a_next, centered),
                                                        eps)) ==>
                     bounded(rmsprop_torch_d(x, g, v_next, a_next, eps, weight_decay, centered), 16) ==>
                     computes(\result, rmsprop_torch_b(x, b, g, v_next, a_next, eps, weight_decay, momentum,
                                               centered), 50937); */
real_t rmsprop_torch_b(real_t x, real_t b, real_t g, real_t v_next, real_t a_next, real_t eps,
                       real_t weight_decay, real_t momentum, real_t centered);

/*@ requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(d, -0x1p61, 0x1p61) && finite_in(lr, 0, 1);
    assigns \nothing;
    ensures range:  finite_in(\result, -0x1p62, 0x1p62);
    ensures result: bounded(d, 0x1p11) ==> computes(\result, rmsprop_torch_moved(x, d, lr), 3072); */
real_t rmsprop_torch_moved(real_t x, real_t d, real_t lr);

/*@ requires domain: 0 < eps;
    requires state:  0 <= v_next && over_reals(rmsprop_torch_centered(v_next, a_next, centered));
    requires range:  finite_in(x, -0x1p10, 0x1p10) && finite_in(g, -0x1p9, 0x1p9) &&
                     finite_in(v_next, 0, 0x1p21) && finite_in(a_next, -0x1p11, 0x1p11) &&
                     finite_in(b_next, -0x1p61, 0x1p61) && finite_in(lr, 0, 1) && finite_in(eps, 0x1p-30, 1) &&
                     finite_in(weight_decay, 0, 0.5) && finite_in(momentum, 0, 0x1.fff8p-1) &&
                     finite_in(centered, 0, 1);
    assigns \nothing;
    ensures range:   finite_in(\result, -0x1p62, 0x1p62);
    ensures result:  bounded(b_next, 0x1p11) ==> rmsprop_torch_spread(v_next, a_next, centered) ==>
                     bounded(0x1p-6, rmsprop_torch_root(rmsprop_torch_variance(v_next, a_next, centered),
                                                        eps)) ==>
                     bounded(rmsprop_torch_d(x, g, v_next, a_next, eps, weight_decay, centered), 16) ==>
                     computes(\result, rmsprop_torch_x(x, g, v_next, a_next, b_next, lr, eps, weight_decay,
                                               momentum, centered), 52472); */
real_t rmsprop_torch_x(real_t x, real_t g, real_t v_next, real_t a_next, real_t b_next, real_t lr,
                       real_t eps, real_t weight_decay, real_t momentum, real_t centered);

/* The lemma of running_variance.h, said of this rule's own equations. */
/*@ ghost
  /@ requires domain: 0 <= alpha < 1;
     requires centered: over_reals(rmsprop_torch_centered(v, a, centered));
     requires range: finite_in(x, -0x1p10, 0x1p10) && finite_in(v, 0, 0x1p20) && finite_in(a, -0x1p10, 0x1p10) &&
                     finite_in(g, -0x1p9, 0x1p9) && finite_in(alpha, 0, 0x1.fff8p-1) &&
                     finite_in(weight_decay, 0, 0.5) && finite_in(centered, 0, 1);
     assigns \nothing;
     ensures centered: over_reals(rmsprop_torch_centered(
                         rmsprop_torch_v(x, v, g, alpha, weight_decay),
                         rmsprop_torch_a(x, a, g, alpha, weight_decay, centered), centered)); @/
  void rmsprop_torch_lemma(real_t x, real_t v, real_t a, real_t g, real_t alpha, real_t weight_decay,
                           real_t centered);
*/

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(v + (0 .. n - 1)) &&
                     \valid(a + (0 .. n - 1)) && \valid(b + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), v + (0 .. n - 1), a + (0 .. n - 1),
                                b + (0 .. n - 1));
    requires domain: rmsprop_torch_domain(h.lr, h.alpha, h.eps, h.weight_decay, h.momentum, h.centered);
    requires state:  \forall integer i; 0 <= i < n ==> 0 <= v[i];
    requires centered: \forall integer i; 0 <= i < n ==>
                         over_reals(rmsprop_torch_centered(v[i], a[i], h.centered));
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(x[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(g[i], -0x1p9, 0x1p9);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(v[i], 0, 0x1p20);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(a[i], -0x1p10, 0x1p10);
    requires range:  \forall integer i; 0 <= i < n ==> finite_in(b[i], -0x1p10, 0x1p10);
    requires range:  finite_in(h.lr, 0, 1) && finite_in(h.alpha, 0, 0x1.fff8p-1) && finite_in(h.eps, 0x1p-30, 1) &&
                     finite_in(h.weight_decay, 0, 0.5) && finite_in(h.momentum, 0, 0x1.fff8p-1) &&
                     finite_in(h.centered, 0, 1);
    assigns x[0 .. n - 1], v[0 .. n - 1], a[0 .. n - 1], b[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= v[i];
    ensures centered: \forall integer i; 0 <= i < n ==>
                        over_reals(rmsprop_torch_centered(v[i], a[i], h.centered));
    ensures range:   \forall integer i; 0 <= i < n ==>
                       finite_in(x[i], -0x1p62, 0x1p62) && finite_in(v[i], 0, 0x1p21) &&
                       finite_in(a[i], -0x1p11, 0x1p11) && finite_in(b[i], -0x1p61, 0x1p61);
    ensures v: \forall integer i; 0 <= i < n ==>
                 computes(v[i],
                          rmsprop_torch_v(\old(x[i]), \old(v[i]), g[i], h.alpha, h.weight_decay), 4.73e+6);
    ensures a: \forall integer i; 0 <= i < n ==>
                 computes(a[i], rmsprop_torch_a(\old(x[i]), \old(a[i]), g[i], h.alpha, h.weight_decay,
                                                h.centered), 3330);
    ensures b: \forall integer i; 0 <= i < n ==>
                 rmsprop_torch_spread(v[i], a[i], h.centered) ==>
                 bounded(0x1p-6, rmsprop_torch_root(rmsprop_torch_variance(v[i], a[i], h.centered), h.eps)) ==>
                 bounded(rmsprop_torch_d(\old(x[i]), g[i], v[i], a[i], h.eps, h.weight_decay, h.centered), 16) ==>
                 computes(b[i], rmsprop_torch_b(\old(x[i]), \old(b[i]), g[i], v[i], a[i], h.eps, h.weight_decay,
                                                h.momentum, h.centered), 50937);
    ensures x: \forall integer i; 0 <= i < n ==>
                 bounded(b[i], 0x1p11) ==>
                 rmsprop_torch_spread(v[i], a[i], h.centered) ==>
                 bounded(0x1p-6, rmsprop_torch_root(rmsprop_torch_variance(v[i], a[i], h.centered), h.eps)) ==>
                 bounded(rmsprop_torch_d(\old(x[i]), g[i], v[i], a[i], h.eps, h.weight_decay, h.centered), 16) ==>
                 computes(x[i], rmsprop_torch_x(\old(x[i]), g[i], v[i], a[i], b[i], h.lr, h.eps, h.weight_decay,
                                                h.momentum, h.centered), 52472); */
void rmsprop_torch_step(size_t n, real_t *x, const real_t *g, real_t *v, real_t *a, real_t *b,
                        struct rmsprop_torch h);

#endif
