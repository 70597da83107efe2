#include "rules/rmsprop/rmsprop_torch.h"

real_t rmsprop_torch_g(real_t x, real_t g, real_t weight_decay)
{
    return g + weight_decay * x;
}

real_t rmsprop_torch_v(real_t x, real_t v, real_t g, real_t alpha, real_t weight_decay)
{
    return rmsprop_v(v, rmsprop_torch_g(x, g, weight_decay), alpha);
}

real_t rmsprop_torch_mean(real_t x, real_t a, real_t g, real_t alpha, real_t weight_decay)
{
    return alpha * a + (1 - alpha) * rmsprop_torch_g(x, g, weight_decay);
}

real_t rmsprop_torch_a(real_t x, real_t a, real_t g, real_t alpha, real_t weight_decay,
                       real_t centered)
{
    if (centered != 1) {
        return a;
    }
    return rmsprop_torch_mean(x, a, g, alpha, weight_decay);
}

real_t rmsprop_torch_plain(real_t x, real_t g, real_t v_next, real_t eps, real_t weight_decay)
{
    real_t d = rmsprop_torch_g(x, g, weight_decay);
    /*@ assert moved: bounded(0x1p-6, rmsprop_torch_root(v_next, eps)) ==>
                      computes(d / rmsprop_torch_root(v_next, eps),
                               rmsprop_torch_g(x, g, weight_decay) / rmsprop_torch_root(v_next, eps), 49153); */
    //@ assert cases: sign_cases(d) && square_cases(v_next);
    real_t scaled = d / (real_sqrt(v_next) + eps);
    /*@ assert near: bounded(d / rmsprop_torch_root(v_next, eps), 17) ==>
                     computes(scaled, d / rmsprop_torch_root(v_next, eps), 52); */
    return scaled;
}

real_t rmsprop_torch_scaled(real_t x, real_t g, real_t v_next, real_t a_next, real_t eps,
                            real_t weight_decay)
{
    real_t d = rmsprop_torch_g(x, g, weight_decay);
    /*@ assert moved: spread(v_next, a_next) ==>
                      bounded(0x1p-6, rmsprop_torch_root(variance(v_next, a_next), eps)) ==>
                      computes(d / rmsprop_torch_root(variance(v_next, a_next), eps),
                               rmsprop_torch_g(x, g, weight_decay) /
                               rmsprop_torch_root(variance(v_next, a_next), eps), 49153); */
    real_t rest = running_variance(v_next, a_next);
    //@ assert cases: sign_cases(d);
    real_t scaled = d / (real_sqrt(rest) + eps);
    /*@ assert near: spread(v_next, a_next) ==>
                     bounded(d / rmsprop_torch_root(variance(v_next, a_next), eps), 17) ==>
                     computes(scaled, d / rmsprop_torch_root(variance(v_next, a_next), eps), 207); */
    return scaled;
}

real_t rmsprop_torch_d(real_t x, real_t g, real_t v_next, real_t a_next, real_t eps,
                       real_t weight_decay, real_t centered)
{
    if (centered == 1) {
        //@ assert centered: rmsprop_torch_variance(v_next, a_next, centered) == variance(v_next, a_next);
        return rmsprop_torch_scaled(x, g, v_next, a_next, eps, weight_decay);
    }
    //@ assert plain: rmsprop_torch_variance(v_next, a_next, centered) == v_next;
    return rmsprop_torch_plain(x, g, v_next, eps, weight_decay);
}

real_t rmsprop_torch_gathered(real_t b, real_t d, real_t momentum)
{
    return momentum * b + d;
}

real_t rmsprop_torch_b(real_t x, real_t b, real_t g, real_t v_next, real_t a_next, real_t eps,
                       real_t weight_decay, real_t momentum, real_t centered)
{
    if (momentum <= 0) {
        return b;
    }
    real_t d = rmsprop_torch_d(x, g, v_next, a_next, eps, weight_decay, centered);
    return rmsprop_torch_gathered(b, d, momentum);
}

real_t rmsprop_torch_moved(real_t x, real_t d, real_t lr)
{
    return x - lr * d;
}

real_t rmsprop_torch_x(real_t x, real_t g, real_t v_next, real_t a_next, real_t b_next, real_t lr,
                       real_t eps, real_t weight_decay, real_t momentum, real_t centered)
{
    if (momentum > 0) {
        return rmsprop_torch_moved(x, b_next, lr);
    }
    real_t d = rmsprop_torch_d(x, g, v_next, a_next, eps, weight_decay, centered);
    return rmsprop_torch_moved(x, d, lr);
}

void rmsprop_torch_step(size_t n, real_t *x, const real_t *g, real_t *v, real_t *a, real_t *b,
                        struct rmsprop_torch h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j];
        loop invariant centered: \forall integer j; 0 <= j < n ==>
          over_reals(rmsprop_torch_centered(v[j], a[j], h.centered));
        loop invariant range:  \forall integer j; 0 <= j < i ==>
          finite_in(x[j], -0x1p62, 0x1p62) && finite_in(v[j], 0, 0x1p21) &&
          finite_in(a[j], -0x1p11, 0x1p11) && finite_in(b[j], -0x1p61, 0x1p61);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          computes(v[j],
                   rmsprop_torch_v(\at(x[j], Pre), \at(v[j], Pre), g[j], h.alpha, h.weight_decay), 4.73e+6);
        loop invariant a: \forall integer j; 0 <= j < i ==>
          computes(a[j], rmsprop_torch_a(\at(x[j], Pre), \at(a[j], Pre), g[j], h.alpha, h.weight_decay,
                                         h.centered), 3330);
        loop invariant b: \forall integer j; 0 <= j < i ==>
          rmsprop_torch_spread(v[j], a[j], h.centered) ==>
          bounded(0x1p-6, rmsprop_torch_root(rmsprop_torch_variance(v[j], a[j], h.centered), h.eps)) ==>
          bounded(rmsprop_torch_d(\at(x[j], Pre), g[j], v[j], a[j], h.eps, h.weight_decay, h.centered), 16) ==>
          computes(b[j], rmsprop_torch_b(\at(x[j], Pre), \at(b[j], Pre), g[j], v[j], a[j], h.eps,
                                         h.weight_decay, h.momentum, h.centered), 50937);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          bounded(b[j], 0x1p11) ==>
          rmsprop_torch_spread(v[j], a[j], h.centered) ==>
          bounded(0x1p-6, rmsprop_torch_root(rmsprop_torch_variance(v[j], a[j], h.centered), h.eps)) ==>
          bounded(rmsprop_torch_d(\at(x[j], Pre), g[j], v[j], a[j], h.eps, h.weight_decay, h.centered), 16) ==>
          computes(x[j], rmsprop_torch_x(\at(x[j], Pre), g[j], v[j], a[j], b[j], h.lr, h.eps,
                                         h.weight_decay, h.momentum, h.centered), 52472);
        loop invariant todo: \forall integer j; i <= j < n ==>
          same(x[j], \at(x[j], Pre)) && same(v[j], \at(v[j], Pre)) && same(a[j], \at(a[j], Pre)) &&
          same(b[j], \at(b[j], Pre));
        loop assigns i, x[0 .. n - 1], v[0 .. n - 1], a[0 .. n - 1], b[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        /*@ ghost rmsprop_torch_lemma(x[i], v[i], a[i], g[i], h.alpha, h.weight_decay, h.centered); */
        real_t v_next = rmsprop_torch_v(x[i], v[i], g[i], h.alpha, h.weight_decay);
        real_t a_next = rmsprop_torch_a(x[i], a[i], g[i], h.alpha, h.weight_decay, h.centered);
        //@ assert centered: over_reals(rmsprop_torch_centered(v_next, a_next, h.centered));
        b[i] = rmsprop_torch_b(x[i], b[i], g[i], v_next, a_next, h.eps, h.weight_decay, h.momentum,
                               h.centered);
        x[i] = rmsprop_torch_x(x[i], g[i], v_next, a_next, b[i], h.lr, h.eps, h.weight_decay,
                               h.momentum, h.centered);
        v[i] = v_next;
        a[i] = a_next;
    }
}

/*@ ghost
  void rmsprop_torch_lemma(real_t x, real_t v, real_t a, real_t g, real_t alpha, real_t weight_decay,
                           real_t centered)
  {
      if (centered == 1) {
          running_variance_step(v, a, g + weight_decay * x, alpha);
      }
  }
*/
