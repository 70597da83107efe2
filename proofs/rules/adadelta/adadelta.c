/* The bound on ADADELTA's step before lr, over the reals: d^2 (1 - rho) <= u + eps, because e >= (1 - rho) g^2 after
 * every step. */
#include "rules/adadelta/adadelta.h"

#include "../algebra.h"

/*@ requires domain: 0 <= rho < 1 && 0 < eps && 0 <= e && 0 <= u;
    assigns \nothing;
    ensures step:  \result == adadelta_d(g, adadelta_e(e, g, rho), u, eps);
    ensures bound: \result * \result * (1 - rho) <= u + eps; */
real_t adadelta_step_bound(real_t e, real_t g, real_t u, real_t rho, real_t eps)
{
    real_t e_next = adadelta_e(e, g, rho), root = real_sqrt(u + eps), divisor = real_sqrt(e_next + eps);
    real_t ratio = root / divisor, step = ratio * g;
    //@ assert average: e_next == adadelta_e(e, g, rho);
    //@ assert step: step == adadelta_d(g, e_next, u, eps);
    square(g);
    //@ assert older: 0 <= rho * e;
    //@ assert floor: (1 - rho) * (g * g) <= e_next;
    rooted(u + eps);
    rooted(e_next + eps);
    //@ assert share: (1 - rho) * (g * g) <= divisor * divisor;
    divided(root, divisor);
    //@ assert ratio: ratio * divisor == root;
    //@ assert quotient: step * divisor == root * g;
    quotient_bound(step, root, g, 1 - rho, divisor, divisor);
    return step;
}
