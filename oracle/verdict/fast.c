#include "verdict/fast.h"

#include "emit/kernel.h"
#include "error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 64 }; /* bytes: the arrays' alignment */

#define MOST_FACTOR 0x1p128 /* eval/arithmetic.h: LOSS */

/* Coordinates that are evaluated together. */
struct block {
    double *before[KERNEL_VECTORS];
    struct kernel_vector after[KERNEL_VECTORS];
    double *undecided, *worst, *zeros;
    double *got[KERNEL_VECTORS], *class[KERNEL_VECTORS], *ulps[KERNEL_VECTORS],
        *doubt[KERNEL_VECTORS];
    double *memory;
};

struct fast {
    struct run *run;
    const struct kernel *kernel;
    enum kernel_target target;
    struct kernel_scalar *scalars[KERNEL_WIDTHS];
    bool *truths;
    struct block all,
        few; /* a block of the tensor's, and what of it is looked at again, in pairs */
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

/* That of the first look; the second is in pairs. */
static enum kernel_width width_of(const struct fast *fast)
{
    return fast->run->session->format->precision > 24 ? KERNEL_PAIR : KERNEL_SINGLE;
}

static enum kernel_target this_processor(void)
{
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return KERNEL_AVX2;
#endif
    return KERNEL_PORTABLE;
}

static double *take(double **memory)
{
    double *array = *memory;
    *memory += KERNEL_BLOCK;
    return array;
}

static goldstep_status allocate_block(struct block *block, goldstep_error *error)
{
    size_t bytes = (KERNEL_VECTORS * 9 + 3) * KERNEL_BLOCK * sizeof(double);
    block->memory = aligned_alloc(LINE, bytes);
    if (block->memory == NULL)
        return error_memory(error);
    memset(block->memory, 0, bytes);
    double *memory = block->memory;
    for (size_t i = 0; i < KERNEL_VECTORS; i++) {
        struct kernel_vector *after = &block->after[i];
        double **arrays[] = {&block->before[i], &after->high,      &after->low,
                             &after->error,     &after->within,    &block->got[i],
                             &block->class[i],  &block -> ulps[i], &block -> doubt[i]};
        for (size_t a = 0; a < sizeof arrays / sizeof *arrays; a++)
            *arrays[a] = take(&memory);
    }
    block->undecided = take(&memory);
    block->worst = take(&memory);
    block->zeros = take(&memory);
    return GOLDSTEP_OK;
}

static goldstep_status allocate(struct fast *fast, goldstep_error *error)
{
    size_t scalars = fast->kernel->scalar_count;
    fast->scalars[KERNEL_SINGLE] = calloc(scalars + 1, sizeof(struct kernel_scalar));
    fast->scalars[KERNEL_PAIR] = calloc(scalars + 1, sizeof(struct kernel_scalar));
    fast->truths = calloc(fast->kernel->truth_count + 1, sizeof *fast->truths);
    if (fast->scalars[KERNEL_SINGLE] == NULL || fast->scalars[KERNEL_PAIR] == NULL ||
        fast->truths == NULL)
        return error_memory(error);
    goldstep_status status = allocate_block(&fast->all, error);
    return status == GOLDSTEP_OK ? allocate_block(&fast->few, error) : status;
}

/* Whether the trace records all that the steps after the first start from. */
static bool records_all(const struct session *session, struct frame *frame)
{
    for (frame->tensor = 0; frame->tensor < trace_tensors(session->trace); frame->tensor++)
        for (size_t step = 2; step <= session->steps; step++) {
            frame_load(frame, session, step);
            if (!frame_starts_recorded(frame, session))
                return false;
        }
    return true;
}

goldstep_status fast_open(struct fast **result, struct run *run, struct frame *frame,
                          goldstep_error *error)
{
    const struct session *session = run->session;
    const struct kernel *kernel = find_kernel(session->program);
    if (kernel == NULL || !run->given || !records_all(session, frame))
        return GOLDSTEP_OK;
    struct fast *fast = calloc(1, sizeof *fast);
    if (fast == NULL)
        return error_memory(error);
    *fast = (struct fast){.run = run, .kernel = kernel, .target = this_processor()};
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
    free(fast->all.memory);
    free(fast->few.memory);
    free(fast->scalars[KERNEL_SINGLE]);
    free(fast->scalars[KERNEL_PAIR]);
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
static void split_middle(enum kernel_width width, mpfi_srcptr interval, double *high, double *low)
{
    mpfr_t wide;
    mpfr_init2(wide, 256);
    mpfi_mid(wide, interval);
    *high = mpfr_get_d(wide, MPFR_RNDN);
    mpfr_sub_d(wide, wide, *high, MPFR_RNDN);
    *low = width == KERNEL_PAIR && isfinite(*high) ? mpfr_get_d(wide, MPFR_RNDN) : 0;
    mpfr_clear(wide);
}

static void find_scalar(const struct fast *fast, enum kernel_width width,
                        struct kernel_scalar *scalar, mpfi_srcptr exact, mpfi_srcptr set)
{
    mpfr_ptr scratch = fast->run->error;
    split_middle(width, exact, &scalar->high, &scalar->low);
    if (fabs(scalar->high) > MOST_FACTOR)
        scalar->high = NAN;
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
    if (mpfi_has_zero(exact) || mpfi_has_zero(set))
        return;
    mpfi_t inverse;
    mpfi_init2(inverse, mpfi_get_prec(exact));
    mpfi_inv(inverse, exact);
    split_middle(width, inverse, &scalar->inverse_high, &scalar->inverse_low);
    scalar->inverse_error = farthest(scratch, inverse, scalar->inverse_high, scalar->inverse_low);
    mpfi_clear(inverse);
    if (fabs(scalar->inverse_high) > MOST_FACTOR)
        scalar->inverse_high = NAN;
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
        bool known =
            exact_problem == PROBLEM_NONE && set_problem == PROBLEM_NONE && mpfi_bounded_p(set);
        if (known && evaluator_overflows(run->set, index))
            return false;
        for (enum kernel_width width = width_of(fast); width < KERNEL_WIDTHS; width++) {
            struct kernel_scalar *scalar = &fast->scalars[width][i];
            if (known)
                find_scalar(fast, width, scalar, exact, set);
            else
                *scalar = (struct kernel_scalar){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
        }
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

static struct kernel_format kernel_format_of(const struct format *format)
{
    return (struct kernel_format){.size = format->size,
                                  .splitter = ldexp(1, 53 - format->precision) + 1,
                                  .ulps = ldexp(1, format->precision - 1),
                                  .least = fmax(2 * format->min_normal, 0x1p-900),
                                  .most = fmin(format->max_finite / 4, 0x1p900),
                                  .nothing =
                                      format->precision > 24 ? 0 : format->min_subnormal * 0x1p-50};
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
    struct kernel_format recorded = kernel_format_of(format);
    const char *from = (const char *)array->data + index * format->size;
#ifdef __x86_64__
    if (fast->target == KERNEL_AVX2) {
        load_block_single_avx2(&recorded, from, count, to);
        return;
    }
#endif
    load_block_single_portable(&recorded, from, count, to);
}

/* Classifies a quantity's results. */
static void classify(const struct fast *fast, const struct block *block, enum kernel_width width,
                     const struct format *format, size_t q, size_t count, double share,
                     struct class_counts *counts)
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
    struct kernel_format recorded = kernel_format_of(format);
    struct classification results = {.value = &block->after[q],
                                     .got = block->got[q],
                                     .from = q == 0 ? block->before[0] : block->zeros,
                                     .share = share,
                                     .class = block->class[q],
                                     .ulps = block->ulps[q],
                                     .doubt = block->doubt[q],
                                     .worst = block->worst};
    judges[width][fast->target](&recorded, count, &results, counts);
}

/* What a state starts from where step 0 does not give it: 0, or what only MPFR may say, NaN here. */
static double start_of(const struct fast *fast, size_t q)
{
    const struct program *program = fast->run->session->program;
    int root = q == 0 ? NO_INSTRUCTION : program->initial_states[q - 1];
    enum problem problem;
    if (root == NO_INSTRUCTION || program->code[root].op != NODE_NUMBER)
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
        read_array(fast, frame->inputs[i], index, count, fast->all.before[1 + i]);
    for (size_t q = 0; q < vector_count(session); q++) {
        double *to = fast->all.before[q == 0 ? 0 : inputs + q];
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
    bool earlier =
        seen->step < kept->step || (seen->step == kept->step && seen->index < kept->index);
    if (seen->seen &&
        (!kept->seen || seen->ulps > kept->ulps || (seen->ulps == kept->ulps && earlier)))
        *kept = *seen;
}

/* One result, wherever it has been looked at last. */
struct result {
    const struct block *block;
    size_t q, at;
};

static enum kernel_class class_of(const struct result *result)
{
    return (enum kernel_class)result->block->class[result->q][result->at];
}

static double ulps_of(const struct result *result)
{
    return result->block->ulps[result->q][result->at];
}

/* The part of its budget that it takes, at most. */
static double share_of(const struct result *result)
{
    const struct kernel_vector *value = &result->block->after[result->q];
    double got = result->block->got[result->q][result->at], low = value->low[result->at];
    double off = fabs((got - value->high[result->at]) - low);
    return (off + 2 * value->error[result->at]) / value->within[result->at];
}

/* Its bin of the histogram, or HISTOGRAM_BINS where that, or what it is, is not certain. */
static size_t place_of(const struct result *result)
{
    enum kernel_class class = class_of(result);
    double ulps = ulps_of(result), doubt = result->block->doubt[result->q][result->at];
    if (class <= CLASS_NEAR)
        return class;
    bool certain =
        class == CLASS_WITHIN && histogram_bin(ulps - doubt) == histogram_bin(ulps + doubt);
    return certain ? histogram_bin(ulps) : HISTOGRAM_BINS;
}

/* Notes a result that may be the worst, and the part of its budget that it takes. */
static void note(const struct result *result, size_t step, size_t index, struct tally *tally,
                 struct candidate *worst)
{
    candidate_offer(worst, &(struct candidate){true, ulps_of(result), step, index});
    if (class_of(result) > CLASS_FAITHFUL)
        tally->worst_share = fmax(tally->worst_share, share_of(result));
}

/* The class is that of the first look: whether a result has been counted with its block. */
static bool is_counted(double class)
{
    return class <= CLASS_NEAR;
}

/* Classifies a quantity's results in a block, and counts those that are exact, faithful or near. */
static void count_block(struct fast *fast, const struct frame *frame, size_t q, size_t first,
                        size_t count, struct tally *tally, struct candidate *worst)
{
    const struct format *format = format_of(frame->after[q]->format);
    enum kernel_width width = width_of(fast);
    struct class_counts counts = {0};
    read_array(fast, frame->after[q], first, count, fast->all.got[q]);
    if (width == KERNEL_SINGLE &&
        format->precision > 24) /* recorded in a wider format than computed in */
        for (size_t i = 0; i < count; i++)
            fast->all.class[q][i] = fast->all.worst[i] = CLASS_UNKNOWN;
    else
        classify(fast, &fast->all, width, format, q, count, tally->worst_share, &counts);
    size_t found = counts.exact + counts.faithful + counts.near;
    tally->coordinates += found;
    tally->exact += counts.exact;
    tally->faithful += counts.faithful;
    tally->within_budget += counts.near;
    tally->histogram[0] += counts.exact;
    tally->histogram[1] += counts.faithful;
    tally->histogram[2] += counts.near;
    tally->error_sum += counts.ulps;
    if (!counts.record && (found == 0 || (worst->seen && counts.worst <= worst->ulps)))
        return;
    for (size_t i = 0; i < count; i++)
        if (is_counted(fast->all.class[q][i]))
            note(&(struct result){&fast->all, q, i}, frame->step, first + i, tally, worst);
}

/* Takes out what has been counted of a coordinate that is left to MPFR. */
static void uncount(const struct result *result, struct tally *tally)
{
    enum kernel_class class = class_of(result);
    tally->coordinates--;
    tally->exact -= class == CLASS_EXACT;
    tally->faithful -= class == CLASS_FAITHFUL;
    tally->within_budget -= class == CLASS_NEAR;
    tally->histogram[class]--;
    tally->error_sum -= ulps_of(result);
}

static void count_result(const struct result *result, size_t step, size_t index,
                         struct tally *tally, struct candidate *worst)
{
    enum kernel_class class = class_of(result);
    tally->coordinates++;
    tally->exact += class == CLASS_EXACT;
    tally->faithful += class == CLASS_FAITHFUL;
    tally->within_budget += class > CLASS_FAITHFUL;
    tally->histogram[place_of(result)]++;
    tally->error_sum += ulps_of(result);
    note(result, step, index, tally, worst);
}

/* Counts what has not been counted of coordinate i of the block, which is at `again` of the few, or, at KERNEL_BLOCK, not
 * among them; or returns false where a result is not certain. */
static bool count_coordinate(struct fast *fast, const struct frame *frame, size_t i, size_t again,
                             size_t first, struct row *rows, struct candidate *worst)
{
    size_t quantities = vector_count(fast->run->session);
    struct result results[KERNEL_VECTORS];
    bool certain =
        fast->all.undecided[i] == 0 && (again == KERNEL_BLOCK || fast->few.undecided[again] == 0);
    for (size_t q = 0; q < quantities; q++) {
        results[q] = (struct result){&fast->all, q, i};
        if (fast->all.class[q][i] == CLASS_UNKNOWN && again < KERNEL_BLOCK)
            results[q] = (struct result){&fast->few, q, again};
        certain = certain && (frame->after[q] == NULL || place_of(&results[q]) < HISTOGRAM_BINS);
    }
    for (size_t q = 0; q < quantities; q++) {
        bool counted = is_counted(fast->all.class[q][i]);
        if (frame->after[q] == NULL)
            continue;
        if (counted && !certain)
            uncount(&results[q], &rows[q].tally);
        else if (!counted && certain)
            count_result(&results[q], frame->step, first + i, &rows[q].tally, &worst[q]);
    }
    return certain;
}

static void evaluate(struct fast *fast, struct block *block, enum kernel_width width, size_t count)
{
    const struct format *format = fast->run->session->format;
    /* the fourth power of a number that a step reads, with small scalars, stays in range */
    const struct kernel_step step = {.unit = format->unit,
                                     .least = format->min_subnormal,
                                     .most = format->max_finite / 4,
                                     .leaf = pow(format->max_finite, 0.2),
                                     .scalars = fast->scalars[width],
                                     .truths = fast->truths};
    fast->kernel->functions[width][fast->target](&step, count, block->before, block->after,
                                                 block->undecided);
    for (size_t i = 0; i < count; i++)
        block->worst[i] = block->undecided[i] * CLASS_UNKNOWN;
}

/* Looks at listed coordinates of the block in pairs: most lie nearer to a tie than binary64 can tell. */
static void look_again(struct fast *fast, const struct frame *frame, const size_t *list,
                       size_t count, const struct row *rows)
{
    const struct session *session = fast->run->session;
    struct class_counts ignored;
    for (size_t v = 0; v < vector_count(session) + session->spec->inputs.count; v++)
        for (size_t i = 0; i < count; i++)
            fast->few.before[v][i] = fast->all.before[v][list[i]];
    evaluate(fast, &fast->few, KERNEL_PAIR, count);
    for (size_t q = 0; q < vector_count(session); q++) {
        if (frame->after[q] == NULL)
            continue;
        for (size_t i = 0; i < count; i++)
            fast->few.got[q][i] = fast->all.got[q][list[i]];
        classify(fast, &fast->few, KERNEL_PAIR, format_of(frame->after[q]->format), q, count,
                 rows[q].tally.worst_share, &ignored);
    }
}

static size_t judge_block(struct fast *fast, const struct frame *frame, size_t first, size_t count,
                          struct row *rows, struct candidate *worst, size_t *left)
{
    enum kernel_width width = width_of(fast);
    size_t again[KERNEL_BLOCK], list[KERNEL_BLOCK], listed = 0, found = 0;
    read_block(fast, frame, first, count);
    evaluate(fast, &fast->all, width, count);
    for (size_t q = 0; q < vector_count(fast->run->session); q++)
        if (frame->after[q] != NULL)
            count_block(fast, frame, q, first, count, &rows[q].tally, &worst[q]);
    for (size_t i = 0; i < count; i++) {
        again[i] = KERNEL_BLOCK;
        if (width == KERNEL_SINGLE && fast->all.worst[i] == CLASS_UNKNOWN &&
            fast->all.undecided[i] == 0) {
            again[i] = listed;
            list[listed++] = i;
        }
    }
    if (listed > 0)
        look_again(fast, frame, list, listed, rows);
    for (size_t i = 0; i < count; i++)
        if (fast->all.worst[i] > CLASS_NEAR &&
            !count_coordinate(fast, frame, i, again[i], first, rows, worst))
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
