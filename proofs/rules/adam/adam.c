/* The bound on Adam's step, over the reals. Kingma and Ba (arXiv:1412.6980, section 2.1) state that the step is at most
 * lr max(1, (1 - beta1) / sqrt(1 - beta2)); it is not: at their own settings, lr 7.27 is reached, where they allow
 * lr 3.17. What holds, for beta1^2 < beta2, is
 *
 *     |step| (1 - beta1^t) <= lr sqrt(k (1 - beta2^t)),   k = (1 - beta1)^2 beta2 / ((1 - beta2) (beta2 - beta1^2)),
 *
 * because m^2 <= k v holds at the start and is kept. The published bound stands in proofs/canaries/steps.c. */
#include "rules/adam/adam.h"

#include "../algebra.h"
#include "ratio.h"

/*@ requires step:  step * divisor == lr * m_hat;
    requires m_hat: m_hat * p1 == m;
    assigns \nothing;
    ensures product: step * p1 * divisor == lr * m; */
void product(real_t step, real_t divisor, real_t lr, real_t m_hat, real_t p1, real_t m)
{
    //@ assert both: step * divisor * p1 == lr * m_hat * p1;
}

/*@ requires domain: 0 <= beta1 && 0 <= beta2 < 1 && 0 < p && 0 <= v;
    requires gap:    p == beta2 - beta1 * beta1;
    requires k:      (1 - beta1) * (1 - beta1) * beta2 <= k * (1 - beta2) * p;
    requires before: m * m <= k * v;
    assigns \nothing;
    ensures after: adam_m(m, g, beta1) * adam_m(m, g, beta1) <= k * adam_v(v, g, beta2); */
void adam_moments(real_t m, real_t v, real_t g, real_t beta1, real_t beta2, real_t p, real_t k)
{
    real_t a = beta1 * m, b = (1 - beta1) * g, sum = a + b, d = p * m - beta1 * b;
    real_t limit = k * (beta2 * v + (1 - beta2) * (g * g));
    //@ assert sum: sum * sum == a * a + 2 * a * b + b * b;
    square(d);
    //@ assert square: d * d == p * (p * m * m - 2 * a * b) + beta1 * beta1 * b * b;
    //@ assert older: beta2 * (m * m) <= beta2 * (k * v);
    //@ assert newer: b * b * beta2 <= k * (1 - beta2) * p * (g * g);
    //@ assert scaled: p * (sum * sum) <= p * (beta2 * (k * v) + k * (1 - beta2) * (g * g));
    //@ assert limit: beta2 * (k * v) + k * (1 - beta2) * (g * g) == limit;
    //@ assert product: 0 <= p * (limit - sum * sum);
    cancel(p, limit - sum * sum);
    //@ assert bound: sum * sum <= limit;
}

/*@ requires domain: 0 <= k && 0 < p1 && 0 < p2 && 0 <= root < divisor;
    requires moments: m * m <= k * v;
    requires root:    root * root * p2 == v;
    requires step:    step * p1 * divisor == lr * m;
    assigns \nothing;
    ensures bound: (step * p1) * (step * p1) <= lr * lr * k * p2; */
void adam_quotient(real_t m, real_t v, real_t lr, real_t k, real_t p1, real_t p2, real_t root, real_t divisor,
                   real_t step)
{
    real_t s = step * p1, limit = lr * lr * k * p2;
    square(lr);
    //@ assert step: s * divisor == lr * m;
    squares(s * divisor, lr * m);
    //@ assert top: (s * divisor) * (s * divisor) == lr * lr * (m * m);
    //@ assert moments: lr * lr * (m * m) <= lr * lr * (k * v);
    //@ assert roots: root * root <= divisor * divisor;
    //@ assert sign: 0 <= limit;
    //@ assert divisor: limit * (root * root) <= limit * (divisor * divisor);
    //@ assert root: limit * (root * root) == lr * lr * (k * v);
    //@ assert product: 0 <= (divisor * divisor) * (limit - s * s);
    //@ assert positive: 0 < divisor * divisor;
    cancel(divisor * divisor, limit - s * s);
}

/*@ requires domain:  adam_domain(lr, beta1, beta2, eps) && 0 <= v_next && 1 <= t && 0 <= k;
    requires moments: m_next * m_next <= k * v_next;
    assigns \nothing;
    ensures step:  \result == adam_update(m_next, v_next, t, lr, beta1, beta2, eps);
    ensures bound: (\result * (1 - \pow(beta1, t))) * (\result * (1 - \pow(beta1, t))) <=
                   lr * lr * k * (1 - \pow(beta2, t)); */
real_t adam_step_bound(real_t m_next, real_t v_next, uint64_t t, real_t lr, real_t beta1, real_t beta2, real_t eps,
                       real_t k)
{
    real_t p1 = 1 - real_powi(beta1, t), p2 = 1 - real_powi(beta2, t);
    real_t m_hat = m_next / p1, v_hat = ratio(v_next, p2);
    real_t root = real_sqrt(v_hat), divisor = root + eps;
    real_t step = lr * m_hat / divisor;
    //@ assert step: step == adam_update(m_next, v_next, t, lr, beta1, beta2, eps);
    divided(lr * m_hat, divisor);
    //@ assert quotient: step * divisor == lr * m_hat;
    divided(m_next, p1);
    //@ assert m_hat: m_hat * p1 == m_next;
    product(step, divisor, lr, m_hat, p1, m_next);
    divided(v_next, p2);
    //@ assert v_hat: v_hat * p2 == v_next;
    rooted(v_hat);
    //@ assert root: root * root == v_hat;
    //@ assert v_next: root * root * p2 == v_next;
    adam_quotient(m_next, v_next, lr, k, p1, p2, root, divisor, step);
    return step;
}
