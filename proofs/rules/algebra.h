/* Steps of reasoning over the reals that the provers do not see by themselves. Each function does nothing: to call it is
 * to use what its contract says, which is proved in algebra.c. */
#ifndef GOLDSTEP_ALGEBRA_H
#define GOLDSTEP_ALGEBRA_H

#include "real.h"

/*@ assigns \nothing;
    ensures square: 0 <= a * a; */
void square(real_t a);

/*@ requires positive: 0 < p;
    requires product:  0 <= p * a;
    assigns \nothing;
    ensures sign: 0 <= a; */
void cancel(real_t p, real_t a);

/*@ requires equal: a == b;
    assigns \nothing;
    ensures squares: a * a == b * b; */
void squares(real_t a, real_t b);

/*@ requires divisor: 0 < b;
    assigns \nothing;
    ensures quotient: (a / b) * b == a; */
void divided(real_t a, real_t b);

/*@ requires domain: 0 <= a;
    assigns \nothing;
    ensures root: \sqrt(a) * \sqrt(a) == a; */
void rooted(real_t a);

/* A quotient a g / divisor is small where g is no more than a share of the divisor. */
/*@ requires root:    0 <= root <= divisor && 0 < divisor;
    requires share:   0 <= q && q * (g * g) <= root * root;
    requires step:    step * divisor == a * g;
    assigns \nothing;
    ensures bound: step * step * q <= a * a; */
void quotient_bound(real_t step, real_t a, real_t g, real_t q, real_t root, real_t divisor);

#endif
