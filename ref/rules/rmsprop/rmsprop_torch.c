#include "rules/rmsprop/rmsprop_torch.h"

#include "rules/rmsprop/running_variance.h"

real_t rmsprop_torch_g(real_t x, real_t g, real_t weight_decay)
{
    return g + weight_decay * x;
}

real_t rmsprop_torch_a(real_t x, real_t a, real_t g, real_t alpha, real_t weight_decay,
                       real_t centered)
{
    if (centered != 1) {
        return a;
    }
    return alpha * a + (1 - alpha) * rmsprop_torch_g(x, g, weight_decay);
}

real_t rmsprop_torch_variance(real_t v_next, real_t a_next, real_t centered)
{
    return centered == 1 ? running_variance(v_next, a_next) : v_next;
}

real_t rmsprop_torch_d(real_t x, real_t g, real_t v_next, real_t a_next, real_t eps,
                       real_t weight_decay, real_t centered)
{
    real_t root = real_sqrt(rmsprop_torch_variance(v_next, a_next, centered));
    return rmsprop_torch_g(x, g, weight_decay) / (root + eps);
}

real_t rmsprop_torch_b(real_t x, real_t b, real_t g, real_t v_next, real_t a_next, real_t eps,
                       real_t weight_decay, real_t momentum, real_t centered)
{
    if (momentum <= 0) {
        return b;
    }
    return momentum * b + rmsprop_torch_d(x, g, v_next, a_next, eps, weight_decay, centered);
}

real_t rmsprop_torch_x(real_t x, real_t g, real_t v_next, real_t a_next, real_t b_next, real_t lr,
                       real_t eps, real_t weight_decay, real_t momentum, real_t centered)
{
    if (momentum > 0) {
        return x - lr * b_next;
    }
    return x - lr * rmsprop_torch_d(x, g, v_next, a_next, eps, weight_decay, centered);
}

/* The lemma of running_variance.h, said of this rule's own equations. */
/*@ ghost
  /@ requires domain: 0 <= alpha < 1;
     requires centered: rmsprop_torch_centered(v, a, centered);
     assigns \nothing;
     ensures centered: rmsprop_torch_centered(rmsprop_torch_v(x, v, g, alpha, weight_decay),
                                              rmsprop_torch_a(x, a, g, alpha, weight_decay, centered), centered); @/
  static void rmsprop_torch_centered_step(real_t x, real_t v, real_t a, real_t g, real_t alpha, real_t weight_decay,
                                          real_t centered)
  {
      if (centered == 1) {
          running_variance_step(v, a, g + weight_decay * x, alpha);
      }
  }
*/

void rmsprop_torch_step(size_t n, real_t *x, const real_t *g, real_t *v, real_t *a, real_t *b,
                        struct rmsprop_torch h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j];
        loop invariant centered: \forall integer j; 0 <= j < n ==> rmsprop_torch_centered(v[j], a[j], h.centered);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          v[j] == rmsprop_torch_v(\at(x[j], Pre), \at(v[j], Pre), g[j], h.alpha, h.weight_decay);
        loop invariant a: \forall integer j; 0 <= j < i ==>
          a[j] == rmsprop_torch_a(\at(x[j], Pre), \at(a[j], Pre), g[j], h.alpha, h.weight_decay, h.centered);
        loop invariant b: \forall integer j; 0 <= j < i ==>
          b[j] == rmsprop_torch_b(\at(x[j], Pre), \at(b[j], Pre), g[j], v[j], a[j], h.eps, h.weight_decay,
          h.momentum, h.centered);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          x[j] == rmsprop_torch_x(\at(x[j], Pre), g[j], v[j], a[j], b[j], h.lr, h.eps, h.weight_decay, h.momentum,
          h.centered);
        loop invariant todo: \forall integer j; i <= j < n ==> x[j] == \at(x[j], Pre) && v[j] == \at(v[j], Pre) &&
                                                               a[j] == \at(a[j], Pre) && b[j] == \at(b[j], Pre);
        loop assigns i, x[0 .. n - 1], v[0 .. n - 1], a[0 .. n - 1], b[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        /*@ ghost rmsprop_torch_centered_step(x[i], v[i], a[i], g[i], h.alpha, h.weight_decay, h.centered); */
        real_t v_next = rmsprop_v(v[i], rmsprop_torch_g(x[i], g[i], h.weight_decay), h.alpha);
        real_t a_next = rmsprop_torch_a(x[i], a[i], g[i], h.alpha, h.weight_decay, h.centered);
        //@ assert centered: rmsprop_torch_centered(v_next, a_next, h.centered);
        b[i] = rmsprop_torch_b(x[i], b[i], g[i], v_next, a_next, h.eps, h.weight_decay, h.momentum,
                               h.centered);
        x[i] = rmsprop_torch_x(x[i], g[i], v_next, a_next, b[i], h.lr, h.eps, h.weight_decay,
                               h.momentum, h.centered);
        v[i] = v_next;
        a[i] = a_next;
    }
}
