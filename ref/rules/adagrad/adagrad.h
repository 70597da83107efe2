/* AdaGrad (Duchi, Hazan and Singer 2011), diagonal. */
#ifndef GOLDSTEP_ADAGRAD_H
#define GOLDSTEP_ADAGRAD_H

#include "real.h"
#include "rules/adagrad/adagrad.acsl"

struct adagrad {
    real_t lr, initial_accumulator, eps;
};

/*@ assigns \nothing;
    ensures sign: 0 <= s ==> 0 <= \result;
    behavior reals:
      ensures result: \result == adagrad_s(s, g);
    behavior binary64:
      assumes range:  finite_in(s, 0, 0x1p20) &&
                      finite_in(g, -0x1p10, 0x1p10);
      ensures finite: \is_finite(\result);
      ensures error:  within(\result, adagrad_s(s, g), 0x1p-31); */
real_t adagrad_s(real_t s, real_t g);

/*@ requires domain: 0 < eps;
    requires state:  0 <= s_next;
    assigns \nothing;
    behavior reals:
      ensures result: \result == adagrad_x(x, g, s_next, lr, eps); */
real_t adagrad_x(real_t x, real_t g, real_t s_next, real_t lr, real_t eps);

/*@ requires valid:  \valid(x + (0 .. n - 1)) && \valid_read(g + (0 .. n - 1)) && \valid(s + (0 .. n - 1));
    requires sep:    \separated(x + (0 .. n - 1), g + (0 .. n - 1), s + (0 .. n - 1));
    requires domain: adagrad_domain(h.lr, h.initial_accumulator, h.eps);
    requires state:   \forall integer i; 0 <= i < n ==> 0 <= s[i];
    assigns x[0 .. n - 1], s[0 .. n - 1];
    ensures state:   \forall integer i; 0 <= i < n ==> 0 <= s[i];
    behavior reals:
      ensures s: \forall integer i; 0 <= i < n ==> s[i] == adagrad_s(\old(s[i]), g[i]);
      ensures x: \forall integer i; 0 <= i < n ==> x[i] == adagrad_x(\old(x[i]), g[i], s[i], h.lr, h.eps); */
void adagrad_step(size_t n, real_t *x, const real_t *g, real_t *s, struct adagrad h);

#endif
