#include "rules/adam/bias_correction.h"

real_t bias_correction(real_t beta, uint64_t t)
{
    return 1 - real_powi(beta, t);
}

real_t corrected_root(real_t v, real_t correction)
{
    real_t v_hat = v / correction;
    //@ assert sign: 0 <= v_hat;
    return real_sqrt(v_hat);
}
