#include "verdict/fast.h"

#include "emit/kernel.h"
#include "error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 64 }; /* bytes: the arrays' alignment */

#define MOST_FACTOR 0x1p128 /* eval/arithmetic.h: LOSS */

struct fast {
    struct run *run;
    const struct kernel *kernel;
    enum kernel_width width;
    enum kernel_target target;
    struct kernel_scalar *scalars;
    bool *truths;
    double *before[KERNEL_VECTORS];
    struct kernel_vector after[KERNEL_VECTORS];
    double *undecided, *worst, *zeros;
    double *got[KERNEL_VECTORS], *class[KERNEL_VECTORS], *ulps[KERNEL_VECTORS],
        *doubt[KERNEL_VECTORS];
    void *memory;
};

/* --- making and freeing ---------------------------------------------------------------------------------------- */

static const struct kernel *find_kernel(const struct program *program)
{
    unsigned char digest[KERNEL_DIGEST];
    program_digest(program, digest);
    for (size_t i = 0; kernels[i] != NULL; i++)
        if (kernels[i]->functions[0][0] != NULL &&
            memcmp(kernels[i]->digest, digest, KERNEL_DIGEST) == 0)
            return kernels[i];
    return NULL;
}

static enum kernel_target this_processor(void)
{
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return KERNEL_AVX2;
#endif
    return KERNEL_PORTABLE;
}

static double *take(char **memory)
{
    double *array = (double *)*memory;
    *memory += KERNEL_BLOCK * sizeof(double);
    return array;
}

static goldstep_status allocate(struct fast *fast, goldstep_error *error)
{
    size_t bytes = (KERNEL_VECTORS * 9 + 3) * KERNEL_BLOCK * sizeof(double);
    fast->memory = aligned_alloc(LINE, bytes);
    fast->scalars = calloc(fast->kernel->scalar_count + 1, sizeof *fast->scalars);
    fast->truths = calloc(fast->kernel->truth_count + 1, sizeof *fast->truths);
    if (fast->memory == NULL || fast->scalars == NULL || fast->truths == NULL)
        return error_memory(error);
    memset(fast->memory, 0, bytes);
    char *memory = fast->memory;
    for (size_t i = 0; i < KERNEL_VECTORS; i++) {
        struct kernel_vector *after = &fast->after[i];
        double **arrays[] = {&fast->before[i], &after->high,   &after->low,
                             &after->error,    &after->within, &fast->got[i],
                             &fast->class[i],  &fast->ulps[i], &fast->doubt[i]};
        for (size_t a = 0; a < sizeof arrays / sizeof *arrays; a++)
            *arrays[a] = take(&memory);
    }
    fast->undecided = take(&memory);
    fast->worst = take(&memory);
    fast->zeros = take(&memory);
    return GOLDSTEP_OK;
}

/* Whether the trace holds x and all states at every step that another one starts from, but step 0. */
static bool records_all(const struct session *session)
{
    const struct spec *spec = session->spec;
    for (size_t tensor = 0; tensor < trace_tensors(session->trace); tensor++)
        for (size_t step = 1; step < session->steps; step++)
            for (size_t q = 0; q < vector_count(session); q++)
                if (trace_find(session->trace, step, tensor,
                               q == 0 ? session_result(session) : spec->states.list[q - 1].name) ==
                    NULL)
                    return false;
    return true;
}

goldstep_status fast_open(struct fast **result, struct run *run, goldstep_error *error)
{
    const struct session *session = run->session;
    const struct kernel *kernel = find_kernel(session->program);
    if (kernel == NULL || !run->given || !records_all(session))
        return GOLDSTEP_OK;
    struct fast *fast = calloc(1, sizeof *fast);
    if (fast == NULL)
        return error_memory(error);
    *fast = (struct fast){.run = run,
                          .kernel = kernel,
                          .width = session->format->precision > 24 ? KERNEL_PAIR : KERNEL_SINGLE,
                          .target = this_processor()};
    goldstep_status status = allocate(fast, error);
    if (status == GOLDSTEP_OK)
        *result = fast;
    else
        fast_close(fast);
    return status;
}

void fast_close(struct fast *fast)
{
    if (fast == NULL)
        return;
    free(fast->memory);
    free(fast->scalars);
    free(fast->truths);
    free(fast);
}

/* --- the step's scalars ---------------------------------------------------------------------------------------- */

/* The larger distance of value from the ends. */
static double farthest(mpfr_ptr scratch, mpfi_srcptr interval, double high, double low)
{
    mpfr_sub_d(scratch, &interval->right, high, MPFR_RNDU);
    mpfr_sub_d(scratch, scratch, low, MPFR_RNDU);
    double right = mpfr_get_d(scratch, MPFR_RNDU);
    mpfr_sub_d(scratch, &interval->left, high, MPFR_RNDD);
    mpfr_sub_d(scratch, scratch, low, MPFR_RNDD);
    return fmax(right, -mpfr_get_d(scratch, MPFR_RNDD));
}

/* The middle, as a sum of one number or two. */
static void split_middle(const struct fast *fast, mpfi_srcptr interval, double *high, double *low)
{
    mpfr_t wide;
    mpfr_init2(wide, 256);
    mpfi_mid(wide, interval);
    *high = mpfr_get_d(wide, MPFR_RNDN);
    mpfr_sub_d(wide, wide, *high, MPFR_RNDN);
    *low = fast->width == KERNEL_PAIR && isfinite(*high) ? mpfr_get_d(wide, MPFR_RNDN) : 0;
    mpfr_clear(wide);
}

static void find_scalar(const struct fast *fast, struct kernel_scalar *scalar, mpfi_srcptr exact,
                        mpfi_srcptr set)
{
    mpfr_ptr scratch = fast->run->error;
    split_middle(fast, exact, &scalar->high, &scalar->low);
    scalar->error = farthest(scratch, exact, scalar->high, scalar->low);
    mpfr_sub(scratch, &exact->left, &set->left, MPFR_RNDD);
    double left = mpfr_get_d(scratch, MPFR_RNDD);
    mpfr_sub(scratch, &set->right, &exact->right, MPFR_RNDD);
    scalar->within = fmax(0, fmin(left, mpfr_get_d(scratch, MPFR_RNDD)));
    mpfr_sub(scratch, &exact->right, &set->left, MPFR_RNDU);
    left = mpfr_get_d(scratch, MPFR_RNDU);
    mpfr_sub(scratch, &set->right, &exact->left, MPFR_RNDU);
    scalar->outside = fmax(left, mpfr_get_d(scratch, MPFR_RNDU));
    scalar->inverse_high = scalar->inverse_low = scalar->inverse_error = NAN;
    if (mpfi_has_zero(exact))
        return;
    mpfi_t inverse;
    mpfi_init2(inverse, mpfi_get_prec(exact));
    mpfi_inv(inverse, exact);
    split_middle(fast, inverse, &scalar->inverse_high, &scalar->inverse_low);
    scalar->inverse_error = farthest(scratch, inverse, scalar->inverse_high, scalar->inverse_low);
    mpfi_clear(inverse);
}

/* Returns whether all is decided: a scalar that is not known is NaN, and matters only where it is used. */
static bool find_scalars(struct fast *fast)
{
    struct run *run = fast->run;
    for (size_t i = 0; i < fast->kernel->scalar_count; i++) {
        int index = fast->kernel->scalars[i];
        enum problem exact_problem, set_problem;
        mpfi_srcptr exact = evaluator_value(run->exact[0], index, &exact_problem);
        mpfi_srcptr set = evaluator_value(run->set, index, &set_problem);
        struct kernel_scalar *scalar = &fast->scalars[i];
        if (exact_problem != PROBLEM_NONE || set_problem != PROBLEM_NONE || !mpfi_bounded_p(set)) {
            *scalar = (struct kernel_scalar){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
            continue;
        }
        if (evaluator_overflows(run->set, index))
            return false;
        find_scalar(fast, scalar, exact, set);
        if (fabs(scalar->high) > MOST_FACTOR)
            scalar->high = NAN;
        if (fabs(scalar->inverse_high) > MOST_FACTOR)
            scalar->inverse_high = NAN;
    }
    for (size_t i = 0; i < fast->kernel->truth_count; i++) {
        int exact = evaluator_truth(run->exact[0], fast->kernel->truths[i]);
        int set = evaluator_truth(run->set, fast->kernel->truths[i]);
        if (exact < 0 || exact != set)
            return false;
        fast->truths[i] = exact == 1;
    }
    return true;
}

/* Whether the step's scalars are known, and no condition lies within its rounding error. */
static bool load_step(struct fast *fast)
{
    bool usable = find_scalars(fast);
    if (evaluator_next_path(fast->run->set))
        usable = false;
    evaluator_new_step(fast->run->set);
    return usable;
}

/* --- reading --------------------------------------------------------------------------------------------------- */

static struct kernel_format recorded_format(const struct format *format)
{
    return (struct kernel_format){
        .size = format->size,
        .splitter = ldexp(1, 53 - format->precision) + 1,
        .ulps = ldexp(1, format->precision - 1),
        .least = fmax(2 * format->min_normal, 0x1p-900),
        .most = fmin(format->max_finite / 4, 0x1p900),
        .nothing = format->precision > 24 ? 0 : format->min_subnormal * 0x1p-50};
}

static void read_array(const struct fast *fast, const struct trace_array *array, size_t index,
                       size_t count, double *to)
{
    const struct format *format = format_of(array->format);
    if (array->format == GOLDSTEP_BINARY16) {
        for (size_t i = 0; i < count; i++)
            to[i] = array_get(array, index + i);
        return;
    }
    struct kernel_format recorded = recorded_format(format);
    const char *from = (const char *)array->data + index * format->size;
#ifdef __x86_64__
    if (fast->target == KERNEL_AVX2) {
        load_block_single_avx2(&recorded, from, count, to);
        return;
    }
#endif
    load_block_single_portable(&recorded, from, count, to);
}

/* Classifies a quantity's results over the block. */
static void classify(const struct fast *fast, const struct format *format, size_t q, size_t count,
                     double share, struct class_counts *counts)
{
    static classifier_judge *const judges[KERNEL_WIDTHS][KERNEL_TARGETS] = {
#ifdef __x86_64__
        {classify_block_single_portable, classify_block_single_avx2},
        {classify_block_pair_portable, classify_block_pair_avx2},
#else
        {classify_block_single_portable, NULL},
        {classify_block_pair_portable, NULL},
#endif
    };
    *counts = (struct class_counts){0};
    if ((format->precision > 24) != (fast->width == KERNEL_PAIR)) {
        /* recorded in another width than computed in */
        for (size_t i = 0; i < count; i++)
            fast->class[q][i] = fast->worst[i] = CLASS_UNKNOWN;
        return;
    }
    struct kernel_format recorded = recorded_format(format);
    struct classification results = {.value = &fast->after[q],
                                     .got = fast->got[q],
                                     .from = q == 0 ? fast->before[0] : fast->zeros,
                                     .share = share,
                                     .class = fast->class[q],
                                     .ulps = fast->ulps[q],
                                     .doubt = fast->doubt[q],
                                     .worst = fast->worst};
    judges[fast->width][fast->target](&recorded, count, &results, counts);
}

/* What a state starts from where step 0 does not give it: 0, or what only MPFR may say, NaN here. */
static double start_of(const struct fast *fast, size_t q)
{
    const struct program *program = fast->run->session->program;
    int root = q == 0 ? NO_INSTRUCTION : program->initial_states[q - 1];
    enum problem problem;
    if (root == NO_INSTRUCTION || !program->code[root].uniform)
        return NAN;
    mpfi_srcptr exact = evaluator_value(fast->run->exact[0], root, &problem);
    return problem == PROBLEM_NONE && mpfi_is_zero(exact) ? 0 : NAN;
}

/* What the step reads: x, the inputs, the states. */
static void read_block(struct fast *fast, const struct frame *frame, size_t index, size_t count)
{
    const struct session *session = fast->run->session;
    size_t inputs = session->spec->inputs.count;
    for (size_t i = 0; i < inputs; i++)
        read_array(fast, frame->inputs[i], index, count, fast->before[1 + i]);
    for (size_t q = 0; q < vector_count(session); q++) {
        double *to = fast->before[q == 0 ? 0 : inputs + q];
        if (frame->before[q] != NULL) {
            read_array(fast, frame->before[q], index, count, to);
            continue;
        }
        double start = start_of(fast, q);
        for (size_t i = 0; i < count; i++)
            to[i] = start;
    }
}

/* --- judging --------------------------------------------------------------------------------------------------- */

void candidate_offer(struct candidate *kept, const struct candidate *seen)
{
    bool earlier = seen->step < kept->step || (seen->step == kept->step && seen->index < kept->index);
    if (seen->seen &&
        (!kept->seen || seen->ulps > kept->ulps || (seen->ulps == kept->ulps && earlier)))
        *kept = *seen;
}

static size_t bin_of(double ulps)
{
    size_t bin = 0;
    for (double most = 0.5; bin < HISTOGRAM_BINS - 1 && ulps > most; most *= 2)
        bin++;
    return bin;
}

/* The part of its budget that a result takes, at most. */
static double share_of(const struct fast *fast, size_t q, size_t i)
{
    const struct kernel_vector *value = &fast->after[q];
    double low = fast->width == KERNEL_PAIR ? value->low[i] : 0;
    double off = fabs((fast->got[q][i] - value->high[i]) - low);
    return (off + 2 * value->error[i]) / value->within[i];
}

/* Notes a result that may be the worst, and the part of its budget that it takes. */
static void note(const struct fast *fast, const struct frame *frame, size_t q, size_t i,
                 size_t first, struct tally *tally, struct candidate *worst)
{
    candidate_offer(worst, &(struct candidate){true, fast->ulps[q][i], frame->step,
                                               first + i});
    if (fast->class[q][i] > CLASS_FAITHFUL)
        tally->worst_share = fmax(tally->worst_share, share_of(fast, q, i));
}

/* Classifies a quantity's results, and counts the exact, faithful and near ones. */
static void count_block(struct fast *fast, const struct frame *frame, size_t q, size_t first,
                        size_t count, struct tally *tally, struct candidate *worst)
{
    struct class_counts counts;
    read_array(fast, frame->after[q], first, count, fast->got[q]);
    classify(fast, format_of(frame->after[q]->format), q, count, tally->worst_share,
             &counts);
    tally->coordinates += counts.exact + counts.faithful + counts.near;
    tally->exact += counts.exact;
    tally->faithful += counts.faithful;
    tally->within_budget += counts.near;
    tally->histogram[0] += counts.exact;
    tally->histogram[1] += counts.faithful;
    tally->histogram[2] += counts.near;
    tally->error_sum += counts.ulps;
    bool any = counts.exact + counts.faithful + counts.near > 0;
    if (!counts.record && (!any || (worst->seen && counts.worst <= worst->ulps)))
        return;
    for (size_t i = 0; i < count; i++)
        if (fast->class[q][i] <= CLASS_NEAR)
            note(fast, frame, q, i, first, tally, worst);
}

/* The histogram's bin of a result that lies far within its budget, or HISTOGRAM_BINS where it is not certain. */
static size_t place_far(const struct fast *fast, size_t q, size_t i)
{
    size_t bin = bin_of(fast->ulps[q][i] + fast->doubt[q][i]);
    bool certain = fast->class[q][i] == CLASS_WITHIN &&
                   bin_of(fast->ulps[q][i] - fast->doubt[q][i]) == bin;
    return certain ? bin : HISTOGRAM_BINS;
}

/* Takes out what has been counted of a coordinate that is left to MPFR. */
static void uncount(const struct fast *fast, size_t q, size_t i, struct tally *tally)
{
    double class = fast->class[q][i];
    if (class > CLASS_NEAR)
        return;
    tally->coordinates--;
    tally->exact -= class == CLASS_EXACT;
    tally->faithful -= class == CLASS_FAITHFUL;
    tally->within_budget -= class == CLASS_NEAR;
    tally->histogram[(size_t)class]--;
    tally->error_sum -= fast->ulps[q][i];
}

/* Counts a coordinate with a result that lies far within its budget, or returns false where a result is not certain. */
static bool count_coordinate(struct fast *fast, const struct frame *frame, size_t i, size_t first,
                             struct row *rows, struct candidate *worst)
{
    size_t bins[KERNEL_VECTORS], quantities = vector_count(fast->run->session);
    bool certain = fast->undecided[i] == 0;
    for (size_t q = 0; q < quantities; q++) {
        if (frame->after[q] == NULL || fast->class[q][i] <= CLASS_NEAR)
            continue;
        bins[q] = place_far(fast, q, i);
        certain = certain && bins[q] < HISTOGRAM_BINS;
    }
    for (size_t q = 0; q < quantities; q++) {
        struct tally *tally = &rows[q].tally;
        if (frame->after[q] == NULL)
            continue;
        if (!certain) {
            uncount(fast, q, i, tally);
        } else if (fast->class[q][i] > CLASS_NEAR) {
            tally->coordinates++;
            tally->within_budget++;
            tally->histogram[bins[q]]++;
            tally->error_sum += fast->ulps[q][i];
            note(fast, frame, q, i, first, tally, &worst[q]);
        }
    }
    return certain;
}

static size_t judge_block(struct fast *fast, const struct frame *frame, size_t first, size_t count,
                          struct row *rows, struct candidate *worst, size_t *left)
{
    const struct format *format = fast->run->session->format;
    /* the fourth power of a number that a step reads, with small scalars, stays in range */
    const struct kernel_step step = {.unit = format->unit,
                                     .least = format->min_subnormal,
                                     .most = format->max_finite / 4,
                                     .leaf = pow(format->max_finite, 0.2),
                                     .scalars = fast->scalars,
                                     .truths = fast->truths};
    size_t found = 0;
    read_block(fast, frame, first, count);
    fast->kernel->functions[fast->width][fast->target](&step, count, fast->before, fast->after,
                                                       fast->undecided);
    for (size_t i = 0; i < count; i++)
        fast->worst[i] = fast->undecided[i] * CLASS_UNKNOWN;
    for (size_t q = 0; q < vector_count(fast->run->session); q++)
        if (frame->after[q] != NULL)
            count_block(fast, frame, q, first, count, &rows[q].tally, &worst[q]);
    for (size_t i = 0; i < count; i++)
        if (fast->worst[i] > CLASS_NEAR &&
            !count_coordinate(fast, frame, i, first, rows, worst))
            left[found++] = i;
    return found;
}

size_t fast_step(struct fast *fast, const struct frame *frame, size_t first, size_t count,
                 struct row *rows, struct candidate *worst, size_t *left)
{
    size_t found = 0;
    bool usable = load_step(fast);
    for (size_t done = 0; done < count; done += KERNEL_BLOCK) {
        size_t length = count - done < KERNEL_BLOCK ? count - done : KERNEL_BLOCK, some = length;
        if (usable)
            some = judge_block(fast, frame, first + done, length, rows, worst, left + found);
        for (size_t i = 0; i < some; i++)
            left[found + i] = done + (usable ? left[found + i] : i);
        found += some;
    }
    return found;
}
