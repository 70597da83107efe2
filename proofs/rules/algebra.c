#include "algebra.h"

void square(real_t a)
{
}

void cancel(real_t p, real_t a)
{
}

void squares(real_t a, real_t b)
{
}

void divided(real_t a, real_t b)
{
}

void rooted(real_t a)
{
}

void quotient_bound(real_t step, real_t a, real_t g, real_t q, real_t root, real_t divisor)
{
    squares(step * divisor, a * g);
    //@ assert squares: (step * step) * (divisor * divisor) == a * a * (g * g);
    square(a);
    //@ assert share: a * a * (q * (g * g)) <= a * a * (root * root);
    //@ assert roots: root * root <= divisor * divisor;
    //@ assert divisor: a * a * (root * root) <= a * a * (divisor * divisor);
    //@ assert product: 0 <= (divisor * divisor) * (a * a - step * step * q);
    cancel(divisor * divisor, a * a - step * step * q);
}
