/* Adam's step with epsilon-hat, added to the root of the raw moment (Kingma and Ba 2014, before section 2.1). */
#ifndef GOLDSTEP_EPSILON_HAT_H
#define GOLDSTEP_EPSILON_HAT_H

#include "real.h"

/*@ requires domain: 0 <= beta1 < 1 && 0 <= beta2 < 1 && 0 < eps;
    requires state:  0 <= v;
    requires step:   1 <= t;
    assigns \nothing;
    behavior reals:
      ensures result: \result == lr * \sqrt(1 - \pow(beta2, t)) / (1 - \pow(beta1, t)) * m / (\sqrt(v) + eps); */
real_t epsilon_hat_step(real_t m, real_t v, uint64_t t, real_t lr, real_t beta1, real_t beta2,
                        real_t eps);

#endif
