#include "rules/adam/epsilon_hat.h"

#include "rules/adam/bias_correction.h"

real_t epsilon_hat_step(real_t m, real_t v, uint64_t t, real_t lr, real_t beta1, real_t beta2,
                        real_t eps)
{
    real_t alpha = lr * real_sqrt(bias_correction(beta2, t)) / bias_correction(beta1, t);
    return alpha * m / (real_sqrt(v) + eps);
}
