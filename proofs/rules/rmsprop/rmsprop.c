/* The bound on RMSProp's step, over the reals: |step| sqrt(1 - rho) <= lr, because v >= (1 - rho) g^2 after every step. */
#include "rules/rmsprop/rmsprop.h"

#include "../algebra.h"

/*@ requires domain: rmsprop_domain(lr, rho, eps) && 0 <= v;
    assigns \nothing;
    ensures step:  \result == rmsprop_update(g, rmsprop_v(v, g, rho), lr, eps);
    ensures bound: \result * \result * (1 - rho) <= lr * lr; */
real_t rmsprop_step_bound(real_t v, real_t g, real_t lr, real_t rho, real_t eps)
{
    real_t v_next = rmsprop_v(v, g, rho), root = real_sqrt(v_next), divisor = root + eps;
    real_t step = lr * g / divisor;
    //@ assert average: v_next == rmsprop_v(v, g, rho);
    //@ assert step: step == rmsprop_update(g, v_next, lr, eps);
    square(g);
    //@ assert older: 0 <= rho * v;
    //@ assert floor: (1 - rho) * (g * g) <= v_next;
    rooted(v_next);
    //@ assert share: (1 - rho) * (g * g) <= root * root;
    divided(lr * g, divisor);
    //@ assert quotient: step * divisor == lr * g;
    quotient_bound(step, lr, g, 1 - rho, root, divisor);
    return step;
}
