/* The two places where Adam's moments are corrected for their start at zero (Kingma and Ba 2014, section 3). */
#ifndef GOLDSTEP_BIAS_CORRECTION_H
#define GOLDSTEP_BIAS_CORRECTION_H

#include "real.h"

/*@ requires domain: 0 <= beta < 1 && 1 <= t;
    assigns \nothing;
    ensures sign: 0 < \result <= 1;
    behavior reals:
      ensures result: \result == 1 - \pow(beta, t); */
real_t bias_correction(real_t beta, uint64_t t);

/*@ requires domain: 0 <= v && 0 < correction;
    assigns \nothing;
    ensures sign: 0 <= \result;
    behavior reals:
      ensures result: \result == \sqrt(v / correction); */
real_t corrected_root(real_t v, real_t correction);

#endif
