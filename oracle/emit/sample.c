#include "emit/sample.h"

#include <math.h>

uint64_t sample_next(uint64_t *random)
{
    uint64_t z = *random += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

double sample_uniform(uint64_t *random)
{
    return (double)(sample_next(random) >> 11) * 0x1p-53;
}

double sample_round(const struct format *format, double value)
{
    return format_round_double(format, fmax(-format->max_finite, fmin(value, format->max_finite)));
}

double sample_initial(const struct program *program, struct evaluator *evaluator,
                      const struct format *format, const double *hypers, int root, double x)
{
    enum problem problem;
    for (size_t i = 0; i < program->spec->hypers.count; i++)
        evaluator_set(evaluator, program_leaf(program, BIND_HYPER, i), hypers[i], false);
    evaluator_set(evaluator, program_leaf(program, BIND_X, 0), x, false);
    evaluator_new_step(evaluator);
    mpfi_srcptr value = evaluator_value(evaluator, root, &problem);
    return problem == PROBLEM_NONE ? format_round(format, &value->left) : NAN;
}
