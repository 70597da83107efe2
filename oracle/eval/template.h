/* Around a generated kernel's text: with KERNEL_VARIANT, its functions for that width and processor; without, the table's
 * entry. */
#ifndef GOLDSTEP_TEMPLATE_H
#define GOLDSTEP_TEMPLATE_H

#define JOIN(a, b, c) a##_##b##_##c
#define JOINED(a, b, c) JOIN(a, b, c)

#ifdef KERNEL_VARIANT

#define VARIANT(name) JOINED(name, KERNEL_NAME, KERNEL_VARIANT)

#include "eval/arithmetic.h"

#define KERNEL                                                                                     \
    kernel_function VARIANT(step);                                                                 \
    void VARIANT(step)(const struct kernel_step *step, size_t count, double *const *before,        \
                       const struct kernel_vector *after, double *undecided)

/* A scalar, its inverse and its extent, of which the text may use any. */
#define SCALAR(index, place)                                                                       \
    const struct value s##index = scalar_value(&step->scalars[place]);                             \
    const struct value i##index = scalar_inverse(&step->scalars[place]);                           \
    const struct extent e##index = scalar_extent(&step->scalars[place]);                           \
    (void)s##index, (void)i##index, (void)e##index

#define CONTEXT(name)                                                                              \
    const struct context name = {step->unit, step->least, everywhere(step->most),                  \
                                 everywhere(step->leaf), zero}

#define TRUTH(index, place) const mask t##index = (long long)step->truths[place] - (mask){0} != 0

#define FOR_EACH(i, count) for (size_t i = 0; i < count; i += LANES)
#define AT(array) (*(number *)&(array)[i])

#ifdef KERNEL_PAIR_WIDTH
#define SET_LOW(vector, value) AT((vector).low) = (value)
#else
#define SET_LOW(vector, value) (void)0
#endif

#define LEAF(k, own) point(&c, AT(before[k]), own)

#define RESULT(k, value)                                                                           \
    AT(after[k].high) = (value).high;                                                              \
    SET_LOW(after[k], (value).low);                                                                \
    AT(after[k].error) = error_of(value);                                                          \
    AT(after[k].within) = within_of(value)

#define UNDECIDED AT(undecided)

#else

#include "eval/kernel.h"
#include "eval/program.h"

#define DECLARE(name)                                                                              \
    extern kernel_function step_##name##_single_portable, step_##name##_pair_portable,             \
        step_##name##_single_avx2, step_##name##_pair_avx2

#ifdef __x86_64__
#define FUNCTIONS(name)                                                                            \
    {                                                                                              \
        {step_##name##_single_portable, step_##name##_single_avx2},                                \
        {                                                                                          \
            step_##name##_pair_portable, step_##name##_pair_avx2                                   \
        }                                                                                          \
    }
#else
#define FUNCTIONS(name)                                                                            \
    {                                                                                              \
        {step_##name##_single_portable, NULL},                                                     \
        {                                                                                          \
            step_##name##_pair_portable, NULL                                                      \
        }                                                                                          \
    }
#endif

#endif
#endif
