#include "verdict/invert.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    GRID_ROOM = 512,
    BISECTIONS = 1100, /* halves any interval of binary64 numbers to neighbours */
    REFINEMENTS = 40,  /* results that narrow the interval, one by one */
    DIGITS = 17,
};

/* Where a result stands when the rule is judged with some value. */
enum side { SIDE_BELOW, SIDE_INSIDE, SIDE_ABOVE, SIDE_UNKNOWN };

struct search {
    struct suspect *suspect;
    struct change change;
    const struct observation *observation;
    double grid[GRID_ROOM];
    enum side sides[GRID_ROOM];
    size_t count;
};

static enum side side_of(const struct search *search, double value)
{
    struct change change = search->change;
    change.value = value;
    struct answer answer = suspect_answer(search->suspect, &change, search->observation);
    if (answer.outcome == OUTCOME_EXPLAINED)
        return SIDE_INSIDE;
    if (answer.outcome != OUTCOME_UNEXPLAINED || isnan(answer.sighting.got) ||
        isnan(answer.sighting.expected))
        return SIDE_UNKNOWN;
    return answer.sighting.got < answer.sighting.expected ? SIDE_BELOW : SIDE_ABOVE;
}

static bool opposite(enum side a, enum side b)
{
    return (a == SIDE_BELOW && b == SIDE_ABOVE) || (a == SIDE_ABOVE && b == SIDE_BELOW);
}

/* --- the grid --------------------------------------------------------------------------------------------------- */

/* 0 is tried outside the domain too: an eps that is forgotten, or lost in a format. */
static bool is_admitted(const struct search *search, double value)
{
    struct change change = search->change;
    change.value = value;
    return value == 0 || suspect_admits(search->suspect, &change);
}

static void grid_add(struct search *search, double value)
{
    if (search->count < GRID_ROOM && is_admitted(search, value))
        search->grid[search->count++] = value;
}

static int by_value(const void *a, const void *b)
{
    const double *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

/* Quarters of decades from 1e-12 to 1e6 and of the distance from 1, twentieths up to 1, small whole numbers, of both
 * signs; 0. */
static void grid_fill_values(struct search *search)
{
    grid_add(search, 0);
    for (int sign = -1; sign <= 1; sign += 2) {
        for (int quarter = -48; quarter <= 24; quarter++)
            grid_add(search, sign * pow(10, quarter / 4.0));
        for (int quarter = -40; quarter < -1; quarter++)
            grid_add(search, sign * (1 - pow(10, quarter / 4.0)));
        for (int twentieth = 1; twentieth < 20; twentieth++)
            grid_add(search, sign * twentieth / 20.0);
        for (int whole = 2; whole <= 20; whole++)
            grid_add(search, sign * whole);
    }
}

/* Whole numbers, further and further apart. */
static void grid_fill_steps(struct search *search)
{
    for (int whole = -8; whole <= 32; whole++)
        grid_add(search, whole);
    for (int whole = 64; whole <= 1 << 20; whole *= 2)
        grid_add(search, whole);
}

static void grid_fill(struct search *search)
{
    if (search->change.kind == CHANGE_STEP)
        grid_fill_steps(search);
    else
        grid_fill_values(search);
    qsort(search->grid, search->count, sizeof *search->grid, by_value);
    for (size_t i = 0; i < search->count; i++)
        search->sides[i] = side_of(search, search->grid[i]);
}

/* --- bisection -------------------------------------------------------------------------------------------------- */

/* The middle of an interval, in the logarithm where it spans magnitudes. */
static double middle_of(double a, double b)
{
    if (a != 0 && b != 0 && (a < 0) == (b < 0) && (a / b > 4 || b / a > 4))
        return copysign(sqrt(fabs(a)) * sqrt(fabs(b)), a);
    return a + (b - a) / 2;
}

/* The middle, or a whole number near it where only those are tried. */
static double bisect(const struct search *search, double a, double b)
{
    double middle = middle_of(a, b);
    return search->change.kind == CHANGE_STEP ? rint(middle) : middle;
}

/* A value inside, between two that lie on opposite sides; false where the result jumps past what was got. */
static bool find_inside(const struct search *search, double a, double b, enum side side_a,
                        double *inside)
{
    for (int i = 0; i < BISECTIONS; i++) {
        double middle = bisect(search, a, b);
        if (middle == a || middle == b)
            return false;
        enum side side = side_of(search, middle);
        *inside = middle;
        if (side == SIDE_INSIDE)
            return true;
        if (side == SIDE_UNKNOWN)
            return false;
        *(side == side_a ? &a : &b) = middle;
    }
    return false;
}

/* The last value inside, going from `inside` towards `outside`. */
static double find_edge(const struct search *search, double inside, double outside)
{
    for (int i = 0; i < 64; i++) {
        double middle = bisect(search, inside, outside);
        if (middle == inside || middle == outside)
            break;
        *(side_of(search, middle) == SIDE_INSIDE ? &inside : &outside) = middle;
    }
    return inside;
}

/* --- decimals --------------------------------------------------------------------------------------------------- */

/* `value` to so many digits, moved by some units of the last one. */
static double round_decimal(double value, int digits, int units)
{
    char text[64], shifted[128];
    snprintf(text, sizeof text, "%.*e", digits - 1, value);
    if (units == 0)
        return strtod(text, NULL);
    int exponent = 0;
    sscanf(text, "%*[^e]e%d", &exponent);
    double moved = strtod(text, NULL) + units * pow(10, exponent - digits + 1);
    snprintf(shifted, sizeof shifted, "%.*e", digits - 1, moved);
    return strtod(shifted, NULL);
}

double simplest_decimal(double least, double most)
{
    if (least <= 0 && most >= 0)
        return 0;
    double middle = middle_of(least, most), ends[] = {middle, least, most};
    for (int digits = 1; digits < DIGITS; digits++)
        for (size_t i = 0; i < 3; i++)
            for (int units = -1; units <= 1; units++) {
                double value = round_decimal(ends[i], digits, (units + 2) % 3 - 1);
                if (least <= value && value <= most)
                    return value;
            }
    return middle;
}

/* --- the search ------------------------------------------------------------------------------------------------- */

/* Narrows the interval to the values that explain `observation` too, which its value does not. */
static bool narrow(struct search *search, const struct observation *observation,
                   struct solution *solution)
{
    search->observation = observation;
    double ends[] = {solution->least, solution->most};
    enum side here = side_of(search, solution->value);
    for (size_t i = 0; i < 2; i++) {
        double inside = ends[i];
        enum side there = side_of(search, ends[i]);
        if (there != SIDE_INSIDE && !(opposite(here, there) &&
                                      find_inside(search, solution->value, ends[i], here, &inside)))
            continue;
        double outer = there == SIDE_INSIDE ? ends[i] : find_edge(search, inside, ends[i]);
        double inner = find_edge(search, inside, solution->value);
        solution->least = fmin(inner, outer);
        solution->most = fmax(inner, outer);
        return true;
    }
    return false;
}

/* The simplest value; steps are counted in whole numbers. */
static bool choose(const struct search *search, struct solution *solution)
{
    solution->value = search->change.kind == CHANGE_STEP
                          ? ceil(solution->least)
                          : simplest_decimal(solution->least, solution->most);
    return solution->value <= solution->most;
}

/* Takes the simplest value, judges the selection with it, and lets what it does not explain narrow the interval. */
static bool refine(struct search *search, const struct selection *selection,
                   struct solution *solution)
{
    struct score score;
    for (int i = 0; i < REFINEMENTS; i++) {
        if (!choose(search, solution))
            return false;
        struct change change = search->change;
        change.value = solution->value;
        if (!is_admitted(search, solution->value))
            return false;
        suspect_examine(search->suspect, &change, selection, true, &score);
        if (score.unexplained == 0)
            return score_explains(&score);
        if (!narrow(search, &score.first, solution))
            return false;
    }
    return false;
}

/* The interval around grid point i, or between it and the next; *last is the last point inside it. */
static bool interval_at(struct search *search, size_t i, size_t *last, struct solution *solution)
{
    const double *grid = search->grid;
    const enum side *sides = search->sides;
    *last = i;
    if (sides[i] == SIDE_INSIDE) {
        while (*last + 1 < search->count && sides[*last + 1] == SIDE_INSIDE)
            ++*last;
        solution->least = i > 0 ? find_edge(search, grid[i], grid[i - 1]) : grid[i];
        solution->most = *last + 1 < search->count ? find_edge(search, grid[*last], grid[*last + 1])
                                                   : grid[*last];
        return true;
    }
    double inside;
    if (i + 1 == search->count || !opposite(sides[i], sides[i + 1]) ||
        !find_inside(search, grid[i], grid[i + 1], sides[i], &inside))
        return false;
    solution->least = find_edge(search, inside, grid[i]);
    solution->most = find_edge(search, inside, grid[i + 1]);
    return true;
}

bool invert(struct suspect *suspect, struct change change, const struct selection *selection,
            const struct observation *first, struct solution *solution)
{
    struct search search = {.suspect = suspect, .change = change, .observation = first};
    grid_fill(&search);
    for (size_t i = 0; i < search.count; i++) {
        search.observation = first;
        size_t last;
        if (interval_at(&search, i, &last, solution) && refine(&search, selection, solution))
            return true;
        i = last;
    }
    return false;
}

bool invert_further(struct suspect *suspect, struct change change,
                    const struct selection *selection, struct solution *solution)
{
    struct search search = {.suspect = suspect, .change = change};
    return refine(&search, selection, solution);
}
