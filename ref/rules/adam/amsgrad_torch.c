#include "rules/adam/amsgrad_torch.h"

#include "rules/adam/bias_correction.h"

real_t amsgrad_torch_g(real_t x, real_t g, real_t weight_decay)
{
    return g + weight_decay * x;
}

real_t amsgrad_torch_m(real_t x, real_t m, real_t g, real_t beta1, real_t weight_decay)
{
    return amsgrad_m(m, amsgrad_torch_g(x, g, weight_decay), beta1);
}

real_t amsgrad_torch_v(real_t x, real_t v, real_t g, real_t beta2, real_t weight_decay)
{
    return amsgrad_v(v, amsgrad_torch_g(x, g, weight_decay), beta2);
}

real_t amsgrad_torch_x(real_t x, real_t m_next, real_t v_max_next, uint64_t t, real_t lr,
                       real_t beta1, real_t beta2, real_t eps)
{
    real_t m_hat = m_next / bias_correction(beta1, t);
    real_t root = corrected_root(v_max_next, bias_correction(beta2, t));
    return x - lr * m_hat / (root + eps);
}

void amsgrad_torch_step(size_t n, real_t *x, const real_t *g, real_t *m, real_t *v, real_t *v_max,
                        uint64_t t, struct amsgrad_torch h)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant state:  \forall integer j; 0 <= j < n ==> 0 <= v[j] && 0 <= v_max[j];
        loop invariant m: \forall integer j; 0 <= j < i ==>
          m[j] == amsgrad_torch_m(\at(x[j], Pre), \at(m[j], Pre), g[j], h.beta1, h.weight_decay);
        loop invariant v: \forall integer j; 0 <= j < i ==>
          v[j] == amsgrad_torch_v(\at(x[j], Pre), \at(v[j], Pre), g[j], h.beta2, h.weight_decay);
        loop invariant v_max: \forall integer j; 0 <= j < i ==>
          v_max[j] == amsgrad_v_max(\at(v_max[j], Pre), v[j]);
        loop invariant x: \forall integer j; 0 <= j < i ==>
          x[j] == amsgrad_torch_x(\at(x[j], Pre), m[j], v_max[j], t, h.lr, h.beta1, h.beta2, h.eps);
        loop invariant todo: \forall integer j; i <= j < n ==>
          x[j] == \at(x[j], Pre) && m[j] == \at(m[j], Pre) && v[j] == \at(v[j], Pre) && v_max[j] == \at(v_max[j], Pre);
        loop assigns i, x[0 .. n - 1], m[0 .. n - 1], v[0 .. n - 1], v_max[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        m[i] = amsgrad_torch_m(x[i], m[i], g[i], h.beta1, h.weight_decay);
        v[i] = amsgrad_torch_v(x[i], v[i], g[i], h.beta2, h.weight_decay);
        v_max[i] = amsgrad_v_max(v_max[i], v[i]);
        x[i] = amsgrad_torch_x(x[i], m[i], v_max[i], t, h.lr, h.beta1, h.beta2, h.eps);
    }
}
