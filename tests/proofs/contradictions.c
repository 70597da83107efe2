/* Functions that a contradiction makes provable, whatever they claim: a smoke test must find each. The contracts without
 * a body are those of admitted functions that contradict themselves. */
#include "ratio.h"
#include "rules/adam/adam.h"

/*@ assigns \nothing;
    ensures low:  \result < x;
    ensures high: \result > x; */
real_t torn(real_t x);

/*@ assigns \nothing;
    ensures sign: 0 < \result;
    ensures odd:  x < 0 ==> \result < 0; */
real_t odd(real_t x);

/*@ requires room: \valid(x);
    assigns *x;
    ensures low:  *x < 0;
    ensures high: *x > 0; */
void tear(real_t *x);

/*@ requires room: n > 0 && \valid(x + (0 .. n - 1));
    assigns x[0 .. n - 1];
    ensures all:  \forall integer j; 0 <= j < n ==> x[j] == \old(x[j]) + 1;
    ensures same: \forall integer j; 0 <= j < n ==> x[j] <= \old(x[j]); */
void lift(size_t n, real_t *x);

/*@ requires base: 0 <= base <= 1;
    assigns \nothing;
    ensures above: 1 < \result;
    ensures power: \result == \pow(base, n) && \result <= 1; */
real_t power(real_t base, uint64_t n);

/*@ requires low:  x < 1;
    requires high: 2 < x;
    assigns \nothing; */
real_t range(real_t x)
{
    return x;
}

/*@ requires domain: adam_domain(lr, beta1, beta2, eps);
    requires above:  1 <= beta1 + beta2 - 1;
    assigns \nothing; */
real_t domain(real_t lr, real_t beta1, real_t beta2, real_t eps)
{
    return lr;
}

/*@ requires square: x * x < 0;
    assigns \nothing; */
real_t square(real_t x)
{
    return x;
}

/*@ requires signs: 0 < x && y < 0 && 0 < x * y;
    assigns \nothing; */
real_t signs(real_t x, real_t y)
{
    return x + y;
}

/*@ requires room: 0 < n && \valid_read(x + (0 .. n - 1));
    requires all:  \forall integer j; 0 <= j < n ==> 0 < x[j];
    requires one:  \exists integer j; 0 <= j < n && x[j] == 0;
    assigns \nothing; */
real_t quantified(size_t n, const real_t *x)
{
    return x[0];
}

/*@ requires room:  0 < n && \valid(x + (0 .. n - 1)) && \valid(y + (0 .. n - 1));
    requires apart: \separated(x + (0 .. n - 1), y + (0 .. n - 1));
    requires same:  x == y;
    assigns x[0 .. n - 1]; */
void overlap(size_t n, real_t *x, real_t *y)
{
    x[0] = y[0];
}

/*@ assigns \nothing; */
real_t call(real_t x)
{
    return torn(x);
}

/*@ requires below: x < 0;
    assigns \nothing; */
real_t call_below(real_t x)
{
    return odd(x) + 1;
}

/*@ requires base: 0 <= base <= 1;
    assigns \nothing; */
real_t call_power(real_t base, uint64_t n)
{
    return 1 - power(base, n);
}

/*@ requires positive: 0 < x;
    assigns \nothing; */
real_t call_first(real_t x, real_t beta1, real_t beta2, uint64_t t)
{
    real_t a = torn(x);
    real_t b = real_sqrt(x);
    real_t c = real_sqrt(x + 1);
    real_t d = real_floor(b * c);
    return a + d / c;
}

/*@ requires positive: 0 < x;
    assigns \nothing; */
real_t call_last(real_t x)
{
    real_t b = real_sqrt(x);
    real_t c = real_sqrt(x + 1);
    real_t d = real_floor(b * c);
    return d + torn(c);
}

/*@ requires room: \valid(x);
    assigns *x; */
void call_and_go_on(real_t *x)
{
    tear(x);
    *x = 0;
}

/*@ requires room: 0 < n && \valid(x + (0 .. n - 1));
    assigns x[0 .. n - 1]; */
void call_array(size_t n, real_t *x)
{
    lift(n, x);
    x[0] = 1;
}

/*@ requires room: \valid(x + (0 .. n - 1));
    assigns x[0 .. n - 1]; */
void body(size_t n, real_t *x)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop assigns i, x[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        x[i] = torn(x[i]);
    }
}

/*@ requires room: \valid(x + (0 .. n - 1));
    assigns x[0 .. n - 1]; */
void body_end(size_t n, real_t *x)
{
    /*@ loop invariant bounds: 0 <= i <= n;
        loop assigns i, x[0 .. n - 1];
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        x[i] = 0;
        tear(x + i);
    }
}

/*@ assigns \nothing; */
real_t branch(real_t x)
{
    if (x < 0) {
        return odd(x);
    }
    return x;
}

/*@ requires room: \valid_read(x + (0 .. n - 1)) && 0 < n;
    assigns \nothing; */
real_t invariant(size_t n, const real_t *x)
{
    real_t sum = torn(0);
    /*@ loop invariant bounds: 0 <= i <= n;
        loop invariant low:  sum < 0;
        loop invariant high: 0 < sum;
        loop assigns i, sum;
        loop variant n - i; */
    for (size_t i = 0; i < n; i++) {
        sum = sum + x[i];
    }
    return sum;
}

/*@ requires domain: adam_domain(lr, beta1, beta2, eps);
    requires state:  0 <= v;
    requires step:   0 < t;
    assigns \nothing; */
real_t deep(real_t m, real_t v, uint64_t t, real_t lr, real_t beta1, real_t beta2, real_t eps)
{
    real_t m_hat = m / (2 + odd(-eps));
    real_t v_hat = ratio(v, 1 - real_powi(beta2, t));
    return lr * m_hat / (1 - real_powi(beta1, t)) / (real_sqrt(v_hat) + eps);
}

/*@ requires domain: adam_domain(lr, beta1, beta2, eps);
    requires state:  0 <= v;
    requires step:   0 < t;
    assigns \nothing; */
real_t deep_end(real_t m, real_t v, uint64_t t, real_t lr, real_t beta1, real_t beta2, real_t eps)
{
    real_t m_hat = m / (1 - real_powi(beta1, t));
    real_t v_hat = ratio(v, 1 - real_powi(beta2, t));
    return lr * m_hat / (real_sqrt(v_hat) + eps) + power(beta1, t);
}
