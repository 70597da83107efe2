/* An objective at one instance: the sum over the coordinates of its function, each with its own parameters. */
#ifndef GOLDSTEP_OBJECTIVE_H
#define GOLDSTEP_OBJECTIVE_H

#include "rates/formula.h"

struct objective {
    const struct spec *spec;
    const struct instance *instance;
    struct formula f, g, xstar, least;
    mpfr_prec_t precision;
    mpfi_t term, parameter;
    mpfi_t *minimiser, *minimum; /* of each coordinate */
};

/* After this, even where it fails, the caller closes the objective. */
goldstep_status objective_open(struct objective *objective, const struct spec *spec,
                               const struct instance *instance, goldstep_error *error);
void objective_close(struct objective *objective);

/* Sets the precision of all that follows; *problem says whether the minimum is known. */
goldstep_status objective_precision(struct objective *objective, mpfr_prec_t precision,
                                    enum problem *problem, goldstep_error *error);

/* f(x) - min f, f(x), the gradient, and ||x - x*||^2. */
enum problem objective_gap(struct objective *objective, mpfi_t *x, mpfi_ptr result);
enum problem objective_value(struct objective *objective, mpfi_t *x, mpfi_ptr result);
enum problem objective_gradient(struct objective *objective, mpfi_t *x, mpfi_t *result);
void objective_distance(struct objective *objective, mpfi_t *x, mpfi_ptr result);

/* min f. */
void objective_minimum(const struct objective *objective, mpfi_ptr result);

/* A constant that its class names: the largest of the coordinates' (smoothness), or the least (strong convexity, and
 * the Polyak-Lojasiewicz inequality), which is the sum's. */
goldstep_status objective_constant(struct objective *objective, const char *name, bool largest,
                                   mpfi_ptr result, enum problem *problem, goldstep_error *error);

/* The number of the first coordinate whose parameters are outside the domain, or do not decide it; n where none is. */
goldstep_status objective_outside(struct objective *objective, size_t *coordinate,
                                  goldstep_error *error);

#endif
