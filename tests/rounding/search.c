/* Looks for the point where a function's rounding error is largest, of all that its contract speaks of.
 *
 * Corners of the box and random points are tried first. From the best of them it climbs: a coordinate or two are moved,
 * and the new point is kept where its error is no less, or hardly less. Where a point lies outside of what the contract
 * speaks of, or could go further, another coordinate is moved to the edge. The better half of the points goes on with
 * twice the tries, until one is left. The same program finds the same points again.
 *
 * Prints a line for each claim: FUNCTION LABEL BOUND FOUND NAME=VALUE…, both numbers in units of u. Exit status 1 where
 * a claim is false, or speaks of no point that was tried. */
#include "search.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_PARAMETERS = 24,
    CLIMBERS = 32,
    CORNERS = 512,    /* tried at the most */
    RANDOM = 2500,    /* points tried at the start */
    TRIES = 120,      /* of each climber in the first round, for each parameter */
    REPAIRS = 4,      /* of a point that the contract does not speak of */
    BISECTIONS = 20,  /* on the way to an edge */
    SMALL_COUNT = 20, /* a small number of steps is less than 2 to this */
};

static const double SLACK = 0.1; /* the part of its error that a climber gives up at the most */

struct range {
    double low, high;
};

struct point {
    double at[MAX_PARAMETERS];
    quad error; /* in units of u; negative where the contract does not speak of the point */
};

struct search {
    const struct claim *claim;
    struct range ranges[MAX_PARAMETERS]; /* the box, as the format holds it */
    struct point climbers[CLIMBERS];     /* the best first */
    uint64_t seed;
    size_t tries;
};

/* --- random numbers ------------------------------------------------------------------------------------------- */

/* Steele, Lea and Flood's SplitMix64. */
static uint64_t draw_bits(struct search *search)
{
    uint64_t z = search->seed += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static size_t draw(struct search *search, size_t below)
{
    return (size_t)(draw_bits(search) % below);
}

/* In [0, 1). */
static double draw_unit(struct search *search)
{
    return (double)(draw_bits(search) >> 11) * 0x1p-53;
}

/* In [1, 2], often near a power of two. */
static double draw_mantissa(struct search *search)
{
    double near = (double)draw(search, 4) * UNIT;
    switch (draw(search, 5)) {
    case 0:
        return 1 + 2 * near;
    case 1:
        return 2 - 2 * near;
    default:
        return 1 + draw_unit(search);
    }
}

/* --- points --------------------------------------------------------------------------------------------------- */

static double neighbour(double value, double towards)
{
    return (double)(sizeof(real_t) == sizeof(float) ? nextafterf((float)value, (float)towards)
                                                    : nextafter(value, towards));
}

/* The numbers of the format that lie in the box. */
static struct range range_of(const struct box *box)
{
    struct range range = {(double)(real_t)box->low, (double)(real_t)box->high};
    if (box->whole)
        return (struct range){(double)box->low, (double)box->high};
    if ((quad)range.low < box->low)
        range.low = neighbour(range.low, INFINITY);
    if ((quad)range.high > box->high)
        range.high = neighbour(range.high, -INFINITY);
    return range;
}

/* The value, as parameter i can have it. */
static double fitted(const struct search *search, size_t i, double value)
{
    double held = search->claim->boxes[i].whole ? floor(value) : (double)(real_t)value;
    return fmin(fmax(held, search->ranges[i].low), search->ranges[i].high);
}

static void measure(struct search *search, struct point *point)
{
    const struct claim *claim = search->claim;
    search->tries++;
    point->error = -1;
    if (!claim->admits(point->at))
        return;
    point->error = fabsf128(claim->error(point->at, claim->call(point->at))) / UNIT;
    if (isnan(point->error))
        point->error = INFINITY;
}

static double draw_whole(struct search *search)
{
    switch (draw(search, 4)) {
    case 0:
        return exp2(53 * draw_unit(search));
    case 1:
        return exp2(SMALL_COUNT * draw_unit(search));
    default:
        return (double)draw(search, 6);
    }
}

/* `factor` times as far from an end of parameter i's range as the value is. */
static double from_end(struct search *search, size_t i, double value, double factor)
{
    const struct range *range = &search->ranges[i];
    double end = draw(search, 2) == 0 ? range->low : range->high;
    return end + (value - end) * factor;
}

static double draw_magnitude(struct search *search, size_t i, size_t binades)
{
    const struct range *range = &search->ranges[i];
    double most = fmax(fabs(range->low), fabs(range->high));
    double value = ldexp(most * draw_mantissa(search) / 2, -(int)draw(search, binades));
    return draw(search, 2) == 0 ? value : -value;
}

/* Any value of parameter i, special ones more often. */
static double draw_value(struct search *search, size_t i)
{
    const struct range *range = &search->ranges[i];
    if (search->claim->boxes[i].whole)
        return draw_whole(search);
    switch (draw(search, 8)) {
    case 0:
        return range->low;
    case 1:
        return range->high;
    case 2:
        return 0;
    case 3:
        return draw_whole(search);
    case 4:
        return from_end(search, i, range->low / 2 + range->high / 2,
                        ldexp(draw_unit(search), -(int)draw(search, 50)));
    case 5:
        return draw_magnitude(search, i, 200);
    default:
        return draw_magnitude(search, i, 16);
    }
}

/* Another value of parameter i, most often near to what it is. */
static double draw_move(struct search *search, const struct point *point, size_t i)
{
    double value = point->at[i], sign = draw(search, 2) == 0 ? 1 : -1;
    size_t other = draw(search, search->claim->count);
    int exponent;
    frexp(value, &exponent);
    switch (value == 0 ? 0 : draw(search, 9)) {
    case 0:
        return draw_value(search, i);
    case 1:
        return ldexp(copysign(draw_mantissa(search), value), exponent - 1);
    case 2:
        return search->claim->boxes[i].whole ? value + sign : neighbour(value, sign * INFINITY);
    case 3:
        return value * (1 + sign * ldexp(draw_unit(search), -(int)draw(search, 50)));
    case 4:
        return ldexp(value, (int)sign * (1 + (int)draw(search, 4)));
    case 5:
        return point->at[other] * (1 + sign * UNIT * (double)draw(search, 4));
    case 6:
        return -value;
    case 7:
        return search->climbers[draw(search, CLIMBERS)].at[i];
    default:
        return from_end(search, i, value, ldexp(draw_unit(search), (int)draw(search, 4)));
    }
}

static void move(struct search *search, struct point *point, size_t i)
{
    point->at[i] = fitted(search, i, draw_move(search, point, i));
}

/* --- edges ---------------------------------------------------------------------------------------------------- */

/* The doubles in their order, as integers, and back. */
static int64_t rank(double value)
{
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits < 0 ? INT64_MIN - bits : bits;
}

static double ranked(int64_t rank)
{
    int64_t bits = rank < 0 ? INT64_MIN - rank : rank;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Moves parameter i of an admitted point to the edge before `outside`, where it is not admitted. */
static void approach(struct search *search, struct point *point, size_t i, double outside)
{
    struct point middle = *point;
    for (size_t step = 0; step < BISECTIONS; step++) {
        middle.at[i] = fitted(search, i, ranked(rank(point->at[i]) / 2 + rank(outside) / 2));
        search->tries++;
        if (search->claim->admits(middle.at))
            point->at[i] = middle.at[i];
        else
            outside = middle.at[i];
    }
    measure(search, point);
}

/* Moves parameter i to an end of its range, or as far as the contract speaks of, where the error does not grow less for
 * it. */
static void stretch(struct search *search, struct point *point, size_t i)
{
    const struct range *range = &search->ranges[i];
    const double ends[] = {range->low, range->high, 0};
    struct point end = *point;
    end.at[i] = fitted(search, i, ends[draw(search, 3)]);
    measure(search, &end);
    if (point->error >= 0 && end.error < 0) {
        double outside = end.at[i];
        end = *point;
        approach(search, &end, i, outside);
    } else if (point->error < 0 && end.error >= 0) {
        approach(search, &end, i, point->at[i]);
    }
    if (end.error >= point->error)
        *point = end;
}

/* --- the search ----------------------------------------------------------------------------------------------- */

/* The point with a coordinate or two moved. */
static struct point stepped(struct search *search, const struct point *point)
{
    size_t count = search->claim->count;
    struct point next = *point;
    move(search, &next, draw(search, count));
    if (draw(search, 4) == 0)
        move(search, &next, draw(search, count));
    measure(search, &next);
    for (size_t attempt = 0; attempt < REPAIRS && next.error < 0; attempt++)
        stretch(search, &next, draw(search, count));
    if (draw(search, 8) == 0)
        stretch(search, &next, draw(search, count));
    return next;
}

/* Climbs, down a little at times, and less so towards the end. */
static void climb(struct search *search, struct point *point, size_t tries)
{
    size_t first = search->tries, spent = 0;
    struct point now = *point;
    for (; spent < tries; spent = search->tries - first) {
        double slack = SLACK * draw_unit(search) * (double)(tries - spent) / (double)tries;
        struct point next = stepped(search, &now);
        if (next.error >= now.error * (1 - slack))
            now = next;
        if (now.error >= point->error)
            *point = now;
    }
}

/* The larger error first. */
static int compare(const void *left, const void *right)
{
    const struct point *a = left, *b = right;
    return (a->error < b->error) - (a->error > b->error);
}

/* Puts the point in the place of the least of `best`, where it is better. */
static void keep(struct point *best, const struct point *point)
{
    if (point->error <= best[CLIMBERS - 1].error)
        return;
    size_t place = CLIMBERS - 1;
    for (; place > 0 && best[place - 1].error < point->error; place--)
        best[place] = best[place - 1];
    best[place] = *point;
}

static void start(struct search *search)
{
    size_t count = search->claim->count;
    for (size_t i = 0; i < CLIMBERS; i++)
        search->climbers[i].error = -1;
    for (size_t corner = 0; corner < CORNERS && corner >> count == 0; corner++) {
        struct point point = {0};
        for (size_t i = 0; i < count; i++)
            point.at[i] = corner >> i & 1 ? search->ranges[i].high : search->ranges[i].low;
        measure(search, &point);
        keep(search->climbers, &point);
    }
    for (size_t n = 0; n < search->claim->start_count; n++) {
        struct point point = {0};
        for (size_t i = 0; i < count; i++)
            point.at[i] = fitted(search, i, search->claim->starts[n * count + i]);
        measure(search, &point);
        keep(search->climbers, &point);
    }
    for (size_t n = 0; n < RANDOM; n++) {
        struct point point = {0};
        for (size_t i = 0; i < count; i++)
            point.at[i] = fitted(search, i, draw_value(search, i));
        measure(search, &point);
        keep(search->climbers, &point);
    }
}

/* A seed of the claim's own: FNV-1a. */
static uint64_t hash(uint64_t seed, const char *text)
{
    for (; *text != '\0'; text++)
        seed = (seed ^ (unsigned char)*text) * 0x100000001b3;
    return seed;
}

static struct point worst(const struct claim *claim)
{
    struct search search = {.claim = claim};
    search.seed = hash(hash(0xcbf29ce484222325, claim->function), claim->label);
    for (size_t i = 0; i < claim->count; i++)
        search.ranges[i] = range_of(&claim->boxes[i]);
    start(&search);
    for (size_t count = CLIMBERS, tries = TRIES * claim->count; count > 0; count /= 2, tries *= 2) {
        for (size_t i = 0; i < count; i++)
            if (search.climbers[i].error >= 0)
                climb(&search, &search.climbers[i], tries);
        qsort(search.climbers, count, sizeof *search.climbers, compare);
    }
    return search.climbers[0];
}

static void print(const struct claim *claim, const struct point *point)
{
    printf("%s %s %.12g %.12g", claim->function, claim->label, (double)claim->bound,
           fmax(0, (double)point->error));
    for (size_t i = 0; i < claim->count && point->error >= 0; i++)
        printf(claim->boxes[i].whole ? " %s=%.0f" : " %s=%a", claim->names[i], point->at[i]);
    printf("\n");
}

int main(void)
{
    bool good = true;
    for (const struct claim *claim = claims; claim->function != NULL; claim++) {
        if (claim->count > MAX_PARAMETERS) {
            fprintf(stderr, "%s: more than %d parameters\n", claim->function, MAX_PARAMETERS);
            return 2;
        }
        struct point point = worst(claim);
        print(claim, &point);
        good = good && point.error >= 0 && point.error <= claim->bound;
    }
    return good ? 0 : 1;
}
