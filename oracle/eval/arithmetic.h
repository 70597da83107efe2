/* Arithmetic with bounds, for the generated kernels: in binary64, or, with KERNEL_PAIR_WIDTH, in unevaluated sums of two
 * binary64 numbers. oracle/verdict/README.md ("The fast path") states and proves the bounds. */
#ifndef GOLDSTEP_ARITHMETIC_H
#define GOLDSTEP_ARITHMETIC_H

#include "eval/kernel.h"

#include <math.h>

#define INLINE static inline __attribute__((always_inline))

#ifdef __AVX2__
enum { LANES = 4 };
#else
enum { LANES = 2 };
#endif

/* A number of each of some coordinates, or all bits of it set or none. */
typedef double number __attribute__((vector_size(LANES * sizeof(double))));
typedef long long mask __attribute__((vector_size(LANES * sizeof(double))));

/* What does not change from coordinate to coordinate. */
struct context {
    double unit, least; /* as in kernel_step */
    bool sets;          /* the distances within which a conforming value may be are asked for */
};

/* A coordinate's value. */
struct value {
    number high, low; /* the value is their sum, … */
    number error;     /* … and the specification's value no farther from it than this, … */
    number within;    /* … from which a conforming one may be as far as this */
    number excess;    /* the expanded value (eval/rounding.h) exceeds the absolute value by this at least */
    bool exact, sure; /* its error is 0; and no other value conforms */
};

/* What a condition needs of its operands. */
struct extent {
    number outside; /* a conforming value is no farther from the specification's, … */
    number expanded; /* … whose terms' absolute values add up to no more than this, … */
    number largest; /* … and whose factors' products are no larger */
};

static const number zero = {0};

INLINE number everywhere(double a)
{
    return a - zero;
}

INLINE number select(mask condition, number a, number b)
{
    return (number)(((mask)a & condition) | ((mask)b & ~condition));
}

INLINE number absolute(number a)
{
    return (number)((mask)a & 0x7fffffffffffffff);
}

INLINE number least_of(number a, number b)
{
    return select(a < b, a, b);
}

INLINE number not_negative(number a)
{
    return select(a > 0, a, zero);
}

INLINE number roots(number a)
{
    for (int i = 0; i < LANES; i++)
        a[i] = sqrt(a[i]);
    return a;
}

/* The specification's value is at least this in size; … */
INLINE number least_size(struct value a)
{
    number size = absolute(a.high) * (1 - 0x1p-50);
    return a.exact ? size : not_negative(size - a.error * (1 + 0x1p-50));
}

/* … every conforming one within `within` of it, this; … */
INLINE number near_size(struct value a)
{
    number size = absolute(a.high) * (1 - 0x1p-50);
    return a.exact && a.sure ? size : not_negative(size - (a.error + a.within) * (1 + 0x1p-50));
}

/* … and what is computed here, at most this. */
INLINE number most_size(struct value a)
{
    return absolute(a.high) * (1 + 0x1p-50);
}

#ifdef KERNEL_PAIR_WIDTH

#define ROUNDING 0x1p-100

struct pair {
    number high, low;
};

INLINE struct pair fast_sum(number a, number b)
{
    number high = a + b;
    return (struct pair){high, b - (high - a)};
}

INLINE struct pair exact_sum(number a, number b)
{
    number high = a + b, b_part = high - a;
    return (struct pair){high, (a - (high - b_part)) + (b - b_part)};
}

#ifdef __FMA__
INLINE struct pair exact_product(number a, number b)
{
    number high = a * b, low;
    for (int i = 0; i < LANES; i++)
        low[i] = __builtin_fma(a[i], b[i], -high[i]);
    return (struct pair){high, low};
}
#else
INLINE struct pair halves(number a)
{
    number scaled = a * 0x1.0000002p27, high = scaled - (scaled - a);
    return (struct pair){high, a - high};
}

INLINE struct pair exact_product(number a, number b)
{
    number high = a * b;
    struct pair x = halves(a), y = halves(b);
    number low = x.low * y.low - (((high - x.high * y.high) - x.low * y.high) - x.high * y.low);
    return (struct pair){high, low};
}
#endif

INLINE struct pair pair_add(struct pair a, struct pair b)
{
    struct pair high = exact_sum(a.high, b.high), low = exact_sum(a.low, b.low);
    high = fast_sum(high.high, high.low + low.high);
    return fast_sum(high.high, low.low + high.low);
}

INLINE struct pair pair_multiply(struct pair a, struct pair b)
{
    struct pair product = exact_product(a.high, b.high);
    return fast_sum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

INLINE struct pair pair_times(struct pair a, number b)
{
    return pair_multiply(a, (struct pair){b, zero});
}

INLINE struct pair pair_divide(struct pair a, struct pair b)
{
    number first = a.high / b.high;
    struct pair back = pair_times(b, first);
    struct pair rest = pair_add(a, (struct pair){-back.high, -back.low});
    return fast_sum(first, rest.high / b.high);
}

INLINE struct pair pair_root(struct pair a)
{
    number first = roots(a.high);
    struct pair square = exact_product(first, first);
    struct pair rest = pair_add(a, (struct pair){-square.high, -square.low});
    return fast_sum(first, select(first > 0, rest.high / (2 * first), zero));
}

/* A product below this may have lost digits, unless it is a zero's. */
INLINE number product_loss(struct value a, struct value b, number product)
{
    mask kept = (absolute(product) >= 0x1p-900) | (a.high == 0) | (b.high == 0);
    return select(kept, zero, everywhere(INFINITY));
}

#define PAIR(a) ((struct pair){(a).high, (a).low})

#else

#define ROUNDING 0x1p-52

struct pair {
    number high, low;
};

INLINE struct pair pair_add(struct pair a, struct pair b)
{
    return (struct pair){a.high + b.high, zero};
}

INLINE struct pair pair_multiply(struct pair a, struct pair b)
{
    return (struct pair){a.high * b.high, zero};
}

INLINE struct pair pair_divide(struct pair a, struct pair b)
{
    return (struct pair){a.high / b.high, zero};
}

INLINE struct pair pair_root(struct pair a)
{
    return (struct pair){roots(a.high), zero};
}

/* No number of a narrower format, nor a product of some, comes near this. */
INLINE number product_loss(struct value a, struct value b, number product)
{
    (void)a, (void)b, (void)product;
    return everywhere(0x1p-1070);
}

#define PAIR(a) ((struct pair){(a).high, zero})

#endif

/* --- leaves ---------------------------------------------------------------------------------------------------- */

INLINE struct value scalar_value(const struct kernel_scalar *scalar)
{
    return (struct value){everywhere(scalar->high),
                          everywhere(scalar->low),
                          everywhere(scalar->error),
                          everywhere(scalar->within),
                          zero,
                          false,
                          false};
}

INLINE struct value scalar_inverse(const struct kernel_scalar *scalar)
{
    return (struct value){everywhere(scalar->inverse_high),
                          everywhere(scalar->inverse_low),
                          everywhere(scalar->inverse_error),
                          zero,
                          zero,
                          false,
                          true};
}

INLINE struct extent scalar_extent(const struct kernel_scalar *scalar)
{
    double size = fabs(scalar->high) + scalar->error + scalar->outside;
    return (struct extent){everywhere(scalar->outside), everywhere(size), everywhere(1 + size)};
}

INLINE struct extent point_extent(struct value a)
{
    return (struct extent){zero, absolute(a.high), 1 + absolute(a.high)};
}

/* What an implementer computes and rounds as such has no terms of its own. */
INLINE struct value whole(struct value a)
{
    a.excess = zero;
    return a;
}

/* --- operations ------------------------------------------------------------------------------------------------ */

/* A result, with what the operation's own roundings add: `own` of its size and `spread` of its excess, in units of u. */
INLINE struct value rounded(struct context c, struct pair result, number error, number within,
                            number excess, int own, int spread)
{
    struct value a = {result.high, result.low, error, within, excess, false, !c.sets};
    if (c.sets) {
        a.within += own * c.unit * near_size(a);
        if (spread > 0)
            a.within += spread * c.unit * excess;
    }
    return a;
}

INLINE struct value negative(struct value a)
{
    a.high = -a.high;
    a.low = -a.low;
    return a;
}

INLINE struct value sum(struct context c, struct value a, struct value b, int own, int spread)
{
    struct pair result = pair_add(PAIR(a), PAIR(b));
    mask opposite = (a.high < 0) ^ (b.high < 0);
    number lost = select(opposite, 2 * least_of(least_size(a), least_size(b)), zero);
    number error = a.error + b.error + ROUNDING * absolute(result.high);
    return rounded(c, result, error, a.within + b.within, a.excess + b.excess + lost, own, spread);
}

INLINE struct value product(struct context c, struct value a, struct value b, int own, int spread)
{
    struct pair result = pair_multiply(PAIR(a), PAIR(b));
    number error = ROUNDING * absolute(result.high) + product_loss(a, b, result.high);
    number within = zero;
    if (!a.exact)
        error += a.error * (most_size(b) + b.error);
    if (!b.exact)
        error += b.error * most_size(a);
    if (!b.sure)
        within += b.within * near_size(a);
    if (!a.sure)
        within += a.within * least_size(b);
    number excess = a.excess * (least_size(b) + b.excess) + b.excess * least_size(a);
    return rounded(c, result, error, within, excess, own, spread);
}

/* a / b, from 1 / b, a scalar. */
INLINE struct value share(struct context c, struct value a, struct value b, struct value inverse,
                          int own, int spread)
{
    struct pair result = pair_multiply(PAIR(a), PAIR(inverse));
    number error = inverse.error * most_size(a) + ROUNDING * absolute(result.high) +
                   product_loss(a, inverse, result.high);
    if (!a.exact)
        error += a.error * (most_size(inverse) + inverse.error);
    number size = least_size(inverse);
    number at_least = not_negative(absolute(result.high) * (1 - 0x1p-50) - error);
    number within = (a.within + b.within * at_least) * (size / (1 + b.within * size));
    return rounded(c, result, error, within, a.excess * size, own, spread);
}

/* An error that reaches a quarter of the divisor's size leaves no bound. */
INLINE struct value quotient(struct context c, struct value a, struct value b, int own, int spread)
{
    struct pair result = pair_divide(PAIR(a), PAIR(b));
    number inverse = 1 / absolute(b.high), size = absolute(result.high);
    number error = 2 * (a.error + size * b.error) * inverse + ROUNDING * size +
                   product_loss(a, b, result.high);
    error = select(b.error * inverse <= 0.25, error, everywhere(INFINITY));
    number share = b.within * inverse;
    number within =
        (a.within + b.within * not_negative(size * (1 - 0x1p-50) - error)) * inverse * (1 - share);
    within = select((b.error * inverse <= 0x1p-40) & (share < 1), within, zero);
    return rounded(c, result, error, within, a.excess * inverse, own, spread);
}

/* A number that is 0 but for an error of underflow has a root of that kind. */
INLINE struct value root(struct context c, struct value a, int own)
{
    struct pair result = pair_root(PAIR(a));
    number half = select(result.high > 0, 0.5 / result.high, zero);
    number error = 2.5 * half * a.error + ROUNDING * result.high;
    number vanishing =
        select(a.high + a.error <= 0x1p-980, everywhere(0x1p-489), everywhere(INFINITY));
    error = select(a.error <= 0.5 * a.high, error, vanishing);
    number within = a.within * half, share = within * half;
    within = select((a.error <= 0x1p-40 * a.high) & (share < 1), within * (1 - share), zero);
    return rounded(c, result, error, within, zero, own, 0);
}

INLINE struct value size(struct value a)
{
    struct value negated = negative(a), result = a;
    result.high = absolute(a.high);
    result.low = select(a.high < 0, negated.low, a.low);
    result.within = least_of(a.within, least_size(a));
    result.excess = zero;
    return result;
}

INLINE struct value chosen(mask condition, struct value a, struct value b)
{
    return (struct value){select(condition, a.high, b.high),     select(condition, a.low, b.low),
                          select(condition, a.error, b.error),   select(condition, a.within, b.within),
                          select(condition, a.excess, b.excess), a.exact && b.exact,
                          a.sure && b.sure};
}

INLINE struct value larger(struct value a, struct value b)
{
    mask first = (a.high > b.high) | ((a.high == b.high) & (a.low > b.low));
    struct value result = chosen(first, a, b), other = chosen(first, b, a);
    result.error = select(a.error > b.error, a.error, b.error);
    number apart =
        absolute(a.high - b.high) - 0x1p-50 * absolute(a.high) - 2.5 * result.error;
    result.within = least_of(result.within, not_negative(apart) + other.within);
    result.excess = zero;
    return result;
}

INLINE struct value smaller(struct value a, struct value b)
{
    return negative(larger(negative(a), negative(b)));
}

/* --- conditions ------------------------------------------------------------------------------------------------ */

/* `charge`: all that the operation is charged, in units of u, at most 40: their sum is within 5/4 of that. */
INLINE struct extent sum_extent(struct context c, struct extent a, struct extent b, int charge)
{
    number outside = a.outside + b.outside, expanded = a.expanded + b.expanded;
    return (struct extent){outside + 1.25 * charge * c.unit * (expanded + outside), expanded,
                           a.largest + b.largest};
}

INLINE struct extent product_extent(struct context c, struct extent a, struct extent b, int charge)
{
    mask nothing = (a.expanded == 0) | (b.expanded == 0);
    number outside = a.expanded * b.outside + b.expanded * a.outside + a.outside * b.outside;
    number expanded = a.expanded * b.expanded + select(nothing, zero, everywhere(0x1p-1060));
    number largest = a.largest * b.largest;
    number underflow = select(nothing, zero, 64 * c.least * largest);
    return (struct extent){outside + 1.25 * charge * c.unit * (expanded + outside) + underflow,
                           expanded, largest};
}

/* a - b where it is decided that it is not 0, or is 0; NaN where that is not decided. */
INLINE number difference(struct value a, struct extent a_extent, struct value b,
                         struct extent b_extent)
{
    struct value negated = negative(b);
    struct pair apart = pair_add(PAIR(a), PAIR(negated));
    number margin = (a.error + b.error + a_extent.outside + b_extent.outside) * (1 + 0x1p-40) +
                    ROUNDING * absolute(apart.high);
    mask equal = (margin == 0) | (a_extent.expanded + b_extent.expanded == 0);
    return select(absolute(apart.high) > margin, apart.high,
                  select(equal, zero, everywhere(NAN)));
}

#endif
