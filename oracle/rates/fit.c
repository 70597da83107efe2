/* How fast a sequence falls: least squares over the last half of the steps. */
#include "rates/rates.h"

#include <math.h>

/* The natural logarithm of a number that may be far outside binary64's range. */
static double logarithm(mpfr_srcptr value)
{
    long exponent;
    double mantissa = mpfr_get_d_2exp(&exponent, value, MPFR_RNDN);
    return log(mantissa) + (double)exponent * log(2);
}

static bool is_positive(mpfr_srcptr value)
{
    return mpfr_regular_p(value) && mpfr_sgn(value) > 0;
}

struct line {
    size_t points;
    double slope, residual; /* the sum of squares */
};

/* The line through (t or log t, log value) for the rows from `first` on whose values are both positive. */
static struct line fit(const struct row *rows, size_t first, size_t count, bool geometric,
                       bool bound)
{
    double sums[5] = {0}; /* of x, y, xx, xy, yy, about the first point, so that little is lost */
    double x0 = 0, y0 = 0;
    struct line line = {0};
    for (size_t t = first; t < count; t++) {
        if (t == 0 || !rows[t].known || !rows[t].resolved || !is_positive(rows[t].measured) ||
            !is_positive(rows[t].bound))
            continue;
        double x = geometric ? (double)t : log((double)t);
        double y = logarithm(bound ? rows[t].bound : rows[t].measured);
        if (line.points++ == 0) {
            x0 = x;
            y0 = y;
        }
        x -= x0;
        y -= y0;
        sums[0] += x;
        sums[1] += y;
        sums[2] += x * x;
        sums[3] += x * y;
        sums[4] += y * y;
    }
    double n = (double)line.points;
    double xx = n * sums[2] - sums[0] * sums[0], xy = n * sums[3] - sums[0] * sums[1],
           yy = n * sums[4] - sums[1] * sums[1];
    line.slope = xx > 0 ? xy / xx : 0;
    line.residual = line.points > 0 ? (yy - line.slope * xy) / n : 0;
    return line;
}

struct rate rate_fit(const struct row *rows, size_t count)
{
    size_t first = count / 2;
    struct line power = fit(rows, first, count, false, true);
    struct line geometric = fit(rows, first, count, true, true);
    if (power.points < 3)
        return (struct rate){0};
    bool falls_geometrically = geometric.residual < power.residual;
    double bound = falls_geometrically ? exp(geometric.slope) : power.slope;
    double slope = fit(rows, first, count, falls_geometrically, false).slope;
    return (struct rate){true, falls_geometrically, falls_geometrically ? exp(slope) : slope,
                         bound};
}
