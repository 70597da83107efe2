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
    number most, leaf;  /* no product of factors may be larger; or what a step reads */
    number ceiling;     /* the largest of a coordinate's */
};

/* A coordinate's value. */
struct value {
    number high, low; /* the value is their sum, … */
    number error;     /* … and the specification's value no farther from it than this, … */
    number within;    /* … from which a conforming one may be as far as this */
    number
        excess; /* the expanded value (eval/rounding.h) exceeds the absolute value by this at least */
    number ceiling; /* at least 1; no product of its factors, or conforming value, is larger */
    number floor;   /* with has_floor: no conforming value is less */
    /* What is known when the kernel is compiled: error is 0; within is; excess is; error and within are in units of the
     * value's size, but for LOSS; and it is a product of so many. */
    bool exact, sure, plain, relative, has_floor;
    int factors;
};

/* What a condition needs of its operands. */
struct extent {
    number outside;  /* a conforming value is no farther from the specification's, … */
    number expanded; /* … whose terms' absolute values add up to no more than this, … */
    number largest;  /* … and whose factors' products are no larger */
};

static const number zero = {0};

INLINE number everywhere(double a)
{
    return a - zero;
}

INLINE number select(mask condition, number a, number b)
{
#ifdef __AVX2__
    return __builtin_ia32_blendvpd256(b, a, (number)condition);
#else
    return (number)(((mask)a & condition) | ((mask)b & ~condition));
#endif
}

INLINE number where(mask condition, number a)
{
    return (number)((mask)a & condition);
}

INLINE number absolute(number a)
{
    return (number)((mask)a & 0x7fffffffffffffff);
}

INLINE number least_of(number a, number b)
{
    return select(a < b, a, b);
}

INLINE number largest_of(number a, number b)
{
    return select(a > b, a, b);
}

INLINE number not_negative(number a)
{
    return where(a > 0, a);
}

INLINE number roots(number a)
{
    for (int i = 0; i < LANES; i++)
        a[i] = sqrt(a[i]);
    return a;
}

/* An unevaluated sum; in binary64 alone, low is 0. */
struct pair {
    number high, low;
};

#ifdef KERNEL_PAIR_WIDTH

#define ROUNDING 0x1p-100

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

/* No product's value is in units of its size, as it may have lost digits below the normal range. */
enum { MOST_FACTORS = 0 };
#define LOSS 0.0
#define LEAST_ROOT 0x1p-600

INLINE number product_loss(struct value a, struct value b, number product)
{
    mask kept = (absolute(product) >= 0x1p-900) | (a.high == 0) | (b.high == 0);
    return where(~kept, everywhere(INFINITY));
}

#define PAIR(a) ((struct pair){(a).high, (a).low})

#else

#define ROUNDING 0x1p-52

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

/* What products of so many factors below 2^128 may lose below the normal range: far less than a narrower format's least
 * number. */
enum { MOST_FACTORS = 5 };
#define LOSS 0x1p-500
#define LEAST_ROOT 0x1p-300

INLINE number product_loss(struct value a, struct value b, number product)
{
    (void)a, (void)b, (void)product;
    return everywhere(LOSS);
}

#define PAIR(a) ((struct pair){(a).high, zero})

#endif

/* --- what is known of a value ---------------------------------------------------------------------------------- */

INLINE number error_of(struct value a)
{
    if (a.exact)
        return zero;
    return a.relative ? a.error * absolute(a.high) + LOSS : a.error;
}

INLINE number within_of(struct value a)
{
    if (a.sure)
        return zero;
    return a.relative ? a.within * absolute(a.high) : a.within;
}

/* The specification's value is at least this in size; … */
INLINE number least_size(struct value a)
{
    number size = absolute(a.high);
    if (a.exact)
        return size;
    return a.relative ? size * not_negative(1 - a.error) : not_negative(size - a.error);
}

/* … every conforming one within `within` of it, this; … */
INLINE number near_size(struct value a)
{
    number size = absolute(a.high);
    number moved = a.exact ? zero : a.error;
    if (!a.sure)
        moved += a.within;
    if (a.exact && a.sure)
        return size;
    return a.relative ? size * not_negative(1 - moved) : not_negative(size - moved);
}

/* … and what is computed here, at most this. */
INLINE number most_size(struct value a)
{
    return absolute(a.high) * (1 + 0x1p-50);
}

/* --- leaves ---------------------------------------------------------------------------------------------------- */

/* A number that the step reads. Its ceiling is the same for all coordinates, which costs nothing but asking too_large; or,
 * where a divisor has no floor, its own. */
INLINE struct value point(const struct context *c, number high, bool own)
{
    number size = absolute(high);
    return (struct value){.high = high,
                          .ceiling = own ? largest_of(size, everywhere(1)) : c->leaf,
                          .exact = true,
                          .sure = true,
                          .plain = true,
                          .relative = true,
                          .factors = 1};
}

INLINE mask too_large(const struct context *c, struct value a)
{
    return ~(absolute(a.high) <= c->leaf);
}

/* Of zero only 0 is a share. */
INLINE number in_sizes(double part, double whole)
{
    return everywhere(part == 0 ? 0 : part / fabs(whole));
}

INLINE struct value scalar_value(const struct kernel_scalar *scalar)
{
    double spread = scalar->error + scalar->outside;
    double most = (fabs(scalar->high) + spread) * (1 + 0x1p-40);
    double least = (scalar->high - spread) * (1 - 0x1p-40);
    return (struct value){.high = everywhere(scalar->high),
                          .low = everywhere(scalar->low),
                          .error = in_sizes(scalar->error, scalar->high),
                          .within = in_sizes(scalar->within, scalar->high),
                          .ceiling = everywhere(most > 1 ? most : 1),
                          .floor = everywhere(least > 0 ? least : -INFINITY),
                          .plain = true,
                          .relative = true,
                          .has_floor = true,
                          .factors = 1};
}

INLINE struct value scalar_inverse(const struct kernel_scalar *scalar)
{
    double least = (fabs(scalar->high) - scalar->error - scalar->outside) * (1 - 0x1p-40);
    return (struct value){.high = everywhere(scalar->inverse_high),
                          .low = everywhere(scalar->inverse_low),
                          .error = in_sizes(scalar->inverse_error, scalar->inverse_high),
                          .ceiling = everywhere(least >= 1 ? 1 : 1 / least),
                          .sure = true,
                          .plain = true,
                          .relative = true,
                          .factors = 1};
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
    a.plain = true;
    return a;
}

/* --- operations ------------------------------------------------------------------------------------------------ */

/* A result, with what the operation's own roundings add: `own` of its size and `spread` of its excess, in units of u. */
INLINE struct value rounded(struct context *c, struct value a, int own, int spread)
{
    c->ceiling = largest_of(c->ceiling, a.ceiling);
    if (a.relative)
        a.within += own * c->unit * not_negative(1 - a.within - a.error);
    else
        a.within += own * c->unit * near_size(a);
    if (!a.plain && spread > 0) {
        number more = spread * c->unit * a.excess;
        a.within = (a.relative ? within_of(a) : a.within) + more;
        a.error = a.relative ? error_of(a) : a.error;
        a.relative = false;
    }
    return a;
}

INLINE struct value negative(struct value a)
{
    a.high = -a.high;
    a.low = -a.low;
    a.has_floor = false;
    return a;
}

INLINE struct value sum(struct context *c, struct value a, struct value b, int own, int spread)
{
    struct pair result = pair_add(PAIR(a), PAIR(b));
    mask opposite = (a.high < 0) ^ (b.high < 0);
    number lost = select(opposite, 2 * least_of(least_size(a), least_size(b)), zero);
    return rounded(
        c,
        (struct value){.high = result.high,
                       .low = result.low,
                       .error = error_of(a) + error_of(b) + ROUNDING * absolute(result.high),
                       .within = within_of(a) + within_of(b),
                       .excess = a.excess + b.excess + lost,
                       .ceiling = 2 * (a.ceiling + b.ceiling),
                       .floor = (a.floor + b.floor) * (1 - 2 * own * c->unit),
                       .has_floor = a.has_floor && b.has_floor && a.plain && b.plain},
        own, spread);
}

INLINE struct value product(struct context *c, struct value a, struct value b, int own, int spread)
{
    struct pair result = pair_multiply(PAIR(a), PAIR(b));
    struct value p = {.high = result.high,
                      .low = result.low,
                      .ceiling = 2 * a.ceiling * b.ceiling,
                      .plain = a.plain && b.plain,
                      .relative = a.relative && b.relative && a.factors + b.factors <= MOST_FACTORS,
                      .factors = a.factors + b.factors};
    if (!p.plain)
        p.excess = a.excess * (least_size(b) + b.excess) + b.excess * least_size(a);
    if (p.relative) {
        p.error = (a.error + b.error + a.error * b.error + ROUNDING) * (1 + 0x1p-40);
        p.within = a.within + b.within - a.within * b.within;
    } else {
        p.error = ROUNDING * absolute(result.high) + product_loss(a, b, result.high);
        if (!a.exact)
            p.error += error_of(a) * (most_size(b) + error_of(b));
        if (!b.exact)
            p.error += error_of(b) * most_size(a);
        p.within = zero;
        if (!b.sure)
            p.within += within_of(b) * near_size(a);
        if (!a.sure)
            p.within += within_of(a) * least_size(b);
    }
    return rounded(c, p, own, spread);
}

/* a / b, from 1 / b, a scalar. */
INLINE struct value share(struct context *c, struct value a, struct value b, struct value inverse,
                          int own, int spread)
{
    struct pair result = pair_multiply(PAIR(a), PAIR(inverse));
    number size = absolute(result.high);
    struct value q = {.high = result.high,
                      .low = result.low,
                      .excess = a.excess * least_size(inverse),
                      .ceiling = 2 * a.ceiling * inverse.ceiling,
                      .plain = a.plain,
                      .relative = a.relative && a.factors < MOST_FACTORS,
                      .factors = a.factors + 1};
    if (q.relative) {
        q.error = (a.error + inverse.error + a.error * inverse.error + ROUNDING) * (1 + 0x1p-40);
        q.within = (a.within + b.within) / (1 + b.within);
    } else {
        q.error = inverse.error * most_size(a) * absolute(inverse.high) + ROUNDING * size +
                  product_loss(a, inverse, result.high);
        if (!a.exact)
            q.error += error_of(a) * (absolute(inverse.high) * (1 + inverse.error));
        q.within = within_of(a) * (least_size(inverse) / (1 + b.within)) +
                   not_negative(size - q.error) * (b.within / (1 + b.within));
    }
    return rounded(c, q, own, spread);
}

/* What multiplying both sides by a scalar's root may add to the size of a product of factors, at most. */
INLINE number fold(struct value scalar, struct value inverse)
{
    return scalar.ceiling * inverse.ceiling;
}

/* A divisor that is not known well leaves no bound, nor does one that may be 0: its floor excludes that, or, `guarded`, a
 * condition does. */
INLINE struct value quotient(struct context *c, struct value a, struct value b, bool guarded,
                             number folded, int own, int spread)
{
    struct pair result = pair_divide(PAIR(a), PAIR(b));
    number inverse = 1 / absolute(b.high), size = absolute(result.high);
    number divisor_error = error_of(b), part = within_of(b) * inverse;
    number error = 2 * (error_of(a) + size * divisor_error) * inverse + ROUNDING * size +
                   product_loss(a, b, result.high);
    number within = (within_of(a) * inverse + part * not_negative(size - error)) * (1 - part);
    number ceiling = 2 * folded * a.ceiling * largest_of(2 * inverse, everywhere(1));
    if (!guarded && b.has_floor)
        ceiling = select(b.floor > 0, 2 * folded * a.ceiling / least_of(b.floor, everywhere(1)),
                         everywhere(INFINITY));
    error = select(divisor_error * inverse <= 0x1p-30, error, everywhere(INFINITY));
    return rounded(
        c,
        (struct value){.high = result.high,
                       .low = result.low,
                       .error = error,
                       .within = within,
                       .excess = a.excess * inverse,
                       .ceiling = guarded || b.has_floor ? ceiling : everywhere(INFINITY),
                       .plain = a.plain},
        own, spread);
}

/* The least numbers serve where a value is 0 but for LOSS. */
INLINE struct value root(struct context *c, struct value a, int own)
{
    struct pair result = pair_root(PAIR(a));
    struct value r = {.high = result.high,
                      .low = result.low,
                      .ceiling = roots(a.ceiling),
                      .plain = true,
                      .has_floor = true,
                      .factors = 1};
    r.floor = a.has_floor ? not_negative(roots(a.floor)) * (1 - 2 * own * c->unit) : zero;
    number error = error_of(a), half = 0.5 / (result.high + LEAST_ROOT);
    number within = within_of(a) * half;
    mask known = (error <= 0x1p-24 * a.high) | (a.high + error <= 4 * LOSS);
    r.error = 2.5 * half * error + ROUNDING * result.high;
    r.error = select(known, r.error, everywhere(INFINITY));
    r.within = within * (1 - within * half);
    return rounded(c, r, own, 0);
}

/* The same with its bounds in the numbers' own unit. */
INLINE struct value bounded(struct value a)
{
    a.error = error_of(a);
    a.within = within_of(a);
    a.relative = false;
    return a;
}

INLINE struct value size(struct value a)
{
    struct value result = bounded(a), negated = negative(a);
    result.high = absolute(a.high);
    result.low = select(a.high < 0, negated.low, a.low);
    result.within = least_of(result.within, least_size(a));
    result.floor = zero;
    result.has_floor = true;
    return whole(result);
}

INLINE struct value chosen(mask condition, struct value first, struct value second)
{
    struct value a = bounded(first), b = bounded(second);
    return (struct value){.high = select(condition, a.high, b.high),
                          .low = select(condition, a.low, b.low),
                          .error = select(condition, a.error, b.error),
                          .within = select(condition, a.within, b.within),
                          .excess = select(condition, a.excess, b.excess),
                          .ceiling = largest_of(a.ceiling, b.ceiling),
                          .plain = a.plain && b.plain,
                          .factors = 1};
}

INLINE struct value larger(struct value a, struct value b)
{
    mask first = (a.high > b.high) | ((a.high == b.high) & (a.low > b.low));
    struct value result = chosen(first, a, b), other = chosen(first, b, a);
    result.error = select(other.error > result.error, other.error, result.error);
    number apart = absolute(a.high - b.high) - 0x1p-50 * absolute(a.high) - 2.5 * result.error;
    result.within = least_of(result.within, not_negative(apart) + other.within);
    result.floor = largest_of(a.has_floor ? a.floor : zero, b.has_floor ? b.floor : zero);
    result.has_floor = a.has_floor || b.has_floor;
    return whole(result);
}

INLINE struct value smaller(struct value a, struct value b)
{
    struct value result = negative(larger(negative(a), negative(b)));
    result.has_floor = false;
    return result;
}

/* --- conditions ------------------------------------------------------------------------------------------------ */

/* `charge`: all that the operation is charged, in units of u, at most 40: their sum is within 5/4 of that. */
INLINE struct extent sum_extent(const struct context *c, struct extent a, struct extent b,
                                int charge)
{
    number outside = a.outside + b.outside, expanded = a.expanded + b.expanded;
    return (struct extent){outside + 1.25 * charge * c->unit * (expanded + outside), expanded,
                           a.largest + b.largest};
}

INLINE struct extent product_extent(const struct context *c, struct extent a, struct extent b,
                                    int charge)
{
    mask nothing = (a.expanded == 0) | (b.expanded == 0);
    number outside = a.expanded * b.outside + b.expanded * a.outside + a.outside * b.outside;
    number expanded = a.expanded * b.expanded + select(nothing, zero, everywhere(0x1p-1060));
    number largest = a.largest * b.largest;
    number underflow = select(nothing, zero, 64 * c->least * largest);
    return (struct extent){outside + 1.25 * charge * c->unit * (expanded + outside) + underflow,
                           expanded, largest};
}

/* a - b where it is decided that it is not 0, nor less than half as large, or is 0; NaN where that is not decided. */
INLINE number difference(struct value a, struct extent a_extent, struct value b,
                         struct extent b_extent)
{
    struct value negated = negative(b);
    struct pair apart = pair_add(PAIR(a), PAIR(negated));
    number margin =
        (error_of(a) + error_of(b) + a_extent.outside + b_extent.outside) * (1 + 0x1p-40) +
        ROUNDING * absolute(apart.high);
    mask equal = (margin == 0) | (a_extent.expanded + b_extent.expanded == 0);
    return select(absolute(apart.high) > 2 * margin, apart.high,
                  select(equal, zero, everywhere(NAN)));
}

/* Whether a divisor, or what it is the root of, may be 0 or less. */
INLINE mask may_be_zero(struct value a, struct extent extent)
{
    struct value nothing = {.exact = true, .sure = true};
    return ~(difference(a, extent, nothing, (struct extent){zero, zero, zero}) > 0);
}

#endif
