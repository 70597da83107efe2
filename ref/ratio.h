/* A quotient on its own: its sign, which the provers do not see inside a longer expression. */
#ifndef GOLDSTEP_RATIO_H
#define GOLDSTEP_RATIO_H

#include "real.h"

/*@ requires domain: 0 < b;
    requires range:  finite_in(a, -0x1p40, 0x1p40) && finite_in(b, 0x1p-40, 0x1p40);
    assigns \nothing;
    ensures sign:    0 <= a ==> 0 <= \result;
    ensures range:   finite_in(\result, -0x1p80, 0x1p80);
    ensures result:  rounds(\result, a / b); */
real_t ratio(real_t a, real_t b);

#endif
