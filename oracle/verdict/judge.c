#include "verdict/judge.h"

#include <math.h>
#include <string.h>

/* What was found about one value. */
struct finding {
    const struct format *format; /* in which it is recorded */
    enum problem exact_problem, set_problem;
    mpfi_srcptr exact;
    bool contained; /* the result is in the set, on one of its sides */
    bool split;     /* the set has more than one side */
};

static bool rounds_alike(const struct format *format, mpfi_srcptr value)
{
    return format_round(format, &value->left) == format_round(format, &value->right);
}

static bool contains(mpfi_srcptr set, double got)
{
    return !isnan(got) && mpfr_cmp_d(&set->left, got) <= 0 && mpfr_cmp_d(&set->right, got) >= 0;
}

/* The exact value, at the first precision that decides its rounding; a free run does not ask for that. */
static void find_exact(struct run *run, const struct frame *frame, const struct place *place,
                       int root, bool decide, struct finding *finding)
{
    for (int rung = 0; rung < RUNGS; rung++) {
        struct evaluator *evaluator = run->exact[rung];
        if (rung > 0) {
            if (evaluator == NULL)
                evaluator = run->exact[rung] =
                    evaluator_new(run->session->program, NULL, (mpfr_prec_t)PRECISION << rung);
            if (evaluator == NULL)
                return;
            set_step_leaves(run, evaluator, frame);
            if (place != NULL)
                set_coordinate_leaves(run, evaluator, frame, *place);
        }
        finding->exact = evaluator_value(evaluator, root, &finding->exact_problem);
        bool decided = finding->exact_problem == PROBLEM_NONE
                           ? rounds_alike(finding->format, finding->exact)
                           : finding->exact_problem != PROBLEM_PRECISION;
        if (decided || !decide)
            return;
    }
}

/* A result that is recorded in another format than it is computed in is rounded once more. */
static void round_ends(const struct format *format, mpfi_ptr set)
{
    mpfr_set_d(&set->left, format_round(format, &set->left), MPFR_RNDD);
    mpfr_set_d(&set->right, format_round(format, &set->right), MPFR_RNDU);
}

/* The set of conforming results: the hull of its sides goes to run->hull. */
static void find_set(struct run *run, int root, double got, struct finding *finding)
{
    bool first = true;
    do {
        enum problem problem;
        mpfi_srcptr side = evaluator_value(run->set, root, &problem);
        if (problem != PROBLEM_NONE) {
            finding->set_problem = problem;
        } else {
            mpfi_set(run->side, side);
            if (finding->format != run->session->format)
                round_ends(finding->format, run->side);
            finding->contained = finding->contained || contains(run->side, got);
            finding->split = finding->split || !first;
            if (evaluator_overflows(run->set, root))
                finding->set_problem = PROBLEM_OVERFLOW;
            if (first)
                mpfi_set(run->hull, run->side);
            else
                mpfi_union(run->hull, run->hull, run->side);
            first = false;
        }
    } while (evaluator_next_path(run->set));
}

/* Infinity stands for the number that follows the largest finite one. */
static void set_number(const struct format *format, mpfr_ptr number, double value)
{
    if (isinf(value)) {
        mpfr_set_d(number, format->max_finite, MPFR_RNDN);
        mpfr_add_d(number, number, format_ulp(format, format->max_finite), MPFR_RNDN);
        if (value < 0)
            mpfr_neg(number, number, MPFR_RNDN);
    } else {
        mpfr_set_d(number, value, MPFR_RNDN);
    }
}

/* The larger distance of `number` from the ends, in ulps, rounded up. */
static double distance_ulps(struct run *run, mpfr_srcptr number, mpfi_srcptr interval, double ulp)
{
    mpfr_sub(run->error, &interval->right, number, MPFR_RNDU);
    mpfr_div_d(run->error, run->error, ulp, MPFR_RNDU);
    double right = mpfr_get_d(run->error, MPFR_RNDU);
    mpfr_sub(run->error, number, &interval->left, MPFR_RNDU);
    mpfr_div_d(run->error, run->error, ulp, MPFR_RNDU);
    double left = mpfr_get_d(run->error, MPFR_RNDU);
    return fmax(left, right); /* one of them is not negative */
}

/* How far a conforming result may be from the value, in its ulps. */
static double budget_ulps(struct run *run, const struct finding *finding, double expected)
{
    if (finding->set_problem != PROBLEM_NONE)
        return INFINITY;
    return distance_ulps(run, run->middle, run->hull, format_ulp(finding->format, expected));
}

/* Keeps a sighting, with the value's digits. */
static void keep_sighting(const struct run *run, struct sighting *kept, const struct sighting *seen)
{
    *kept = *seen;
    if (!isnan(seen->expected))
        mpfr_snprintf(kept->expected_decimal, sizeof kept->expected_decimal, "%.17Rg", run->middle);
}

/* Whether `seen` comes before what is kept, by step and index. */
static bool is_earlier(const struct sighting *seen, const struct sighting *kept)
{
    return !kept->seen || seen->step < kept->step ||
           (seen->step == kept->step && seen->index < kept->index);
}

static bool is_worse(const struct sighting *seen, const struct sighting *kept)
{
    return !kept->seen || seen->error_ulps > kept->error_ulps ||
           (seen->error_ulps == kept->error_ulps && is_earlier(seen, kept));
}

static void count_undecided(const struct run *run, struct tally *tally, struct sighting *seen,
                            enum problem problem)
{
    tally->undecided++;
    seen->problem = problem;
    if (is_earlier(seen, &tally->first_undecided))
        keep_sighting(run, &tally->first_undecided, seen);
}

/* What is known of the value and the result's error. */
static struct sighting describe(struct run *run, const struct finding *finding, double got)
{
    const struct format *format = finding->format;
    struct sighting seen = {
        .seen = true, .got = got, .expected = NAN, .expected_decimal = "undefined"};
    seen.error_ulps = seen.budget_ulps = INFINITY;
    if (finding->exact_problem != PROBLEM_NONE)
        return seen;
    mpfi_mid(run->middle, finding->exact);
    seen.expected = format_round(
        format, rounds_alike(format, finding->exact) ? &finding->exact->left : run->middle);
    seen.budget_ulps = budget_ulps(run, finding, seen.expected);
    if (!isnan(got)) {
        set_number(format, run->got, got);
        seen.error_ulps =
            distance_ulps(run, run->got, finding->exact, format_ulp(format, seen.expected));
    }
    return seen;
}

/* How large the result's part is that the step decides: the update of an x, the whole of a state; in ulps. */
static double size_ulps(struct run *run, const struct frame *frame, const struct place *place,
                        const struct carry *carry, const struct format *format, double expected)
{
    if (isnan(expected))
        return 0;
    if (place == NULL || carry != vector_carry(run, 0, place->coordinate))
        mpfr_set(run->error, run->middle, MPFR_RNDN);
    else if (run->given && frame->before[0] != NULL)
        mpfr_sub_d(run->error, run->middle, array_get(frame->before[0], place->index), MPFR_RNDN);
    else
        mpfr_sub(run->error, run->middle, &carry->exact->left, MPFR_RNDN);
    return fabs(mpfr_get_d(run->error, MPFR_RNDN)) / format_ulp(format, expected);
}

/* `size`: how large the part of the result is that the step decides. */
static void count(struct run *run, const struct finding *finding, struct tally *tally,
                  struct sighting seen, double size)
{
    tally->coordinates++;
    tally->by_mpfr++;
    tally->at_discontinuity += finding->split;
    if (finding->exact_problem != PROBLEM_NONE) {
        count_undecided(run, tally, &seen, finding->exact_problem);
        return;
    }
    bool exact = seen.got == seen.expected && rounds_alike(finding->format, finding->exact);
    bool faithful = !exact && seen.error_ulps < 1;
    bool within = !exact && !faithful && finding->contained;
    if (!exact && !faithful && !within && finding->set_problem != PROBLEM_NONE) {
        count_undecided(run, tally, &seen, finding->set_problem);
        return;
    }
    tally->exact += exact;
    tally->faithful += faithful;
    tally->within_budget += within;
    tally->unbounded += within && isinf(seen.budget_ulps);
    tally->vague += within && seen.budget_ulps >= size;
    tally->error_sum += seen.error_ulps;
    tally->histogram[histogram_bin(seen.error_ulps)]++;
    if (within)
        tally->worst_share = fmax(tally->worst_share, seen.error_ulps / seen.budget_ulps);
    if (is_worse(&seen, &tally->worst))
        keep_sighting(run, &tally->worst, &seen);
    if (exact || faithful || within)
        return;
    tally->deviates++;
    if (is_earlier(&seen, &tally->first_deviation))
        keep_sighting(run, &tally->first_deviation, &seen);
}

void tally_add(struct tally *tally, const struct tally *more)
{
    tally->coordinates += more->coordinates;
    tally->exact += more->exact;
    tally->faithful += more->faithful;
    tally->within_budget += more->within_budget;
    tally->deviates += more->deviates;
    tally->undecided += more->undecided;
    tally->by_mpfr += more->by_mpfr;
    tally->unbounded += more->unbounded;
    tally->vague += more->vague;
    tally->at_discontinuity += more->at_discontinuity;
    for (size_t i = 0; i < HISTOGRAM_BINS; i++)
        tally->histogram[i] += more->histogram[i];
    tally->error_sum += more->error_sum;
    tally->worst_share = fmax(tally->worst_share, more->worst_share);
    if (more->worst.seen && is_worse(&more->worst, &tally->worst))
        tally->worst = more->worst;
    if (more->first_deviation.seen && is_earlier(&more->first_deviation, &tally->first_deviation))
        tally->first_deviation = more->first_deviation;
    if (more->first_undecided.seen && is_earlier(&more->first_undecided, &tally->first_undecided))
        tally->first_undecided = more->first_undecided;
    growth_add(&tally->growth, &more->growth);
}

/* Whether the step starts from results that the trace does not give, or that this run does not take. */
static bool carries(const struct run *run, const struct frame *frame)
{
    return run->session->spec->kind == SPEC_RULE &&
           (!run->given || (frame->step > 1 && !frame_starts_recorded(frame, run->session)));
}

/* Counts a result that starts from carried values. It says something where its set leaves out 0 for a state, and for an
 * x the step that is not taken; there is nothing to say of a 0 that is known to be one. */
static void count_growth(struct growth *growth, const struct sighting *seen, double size)
{
    double budget = seen->budget_ulps;
    struct growth one = {0};
    if (isfinite(budget))
        one = (struct growth){seen->step, seen->step, budget, budget, 0, 0};
    if (budget > 0 || size > 0)
        one.last_asked = seen->step;
    if (budget < size)
        one.last_telling = seen->step;
    growth_add(growth, &one);
}

static void keep(const struct run *run, const struct finding *finding, struct carry *carry)
{
    carry->exact_problem = finding->exact_problem;
    carry->set_problem = finding->set_problem;
    if (finding->exact_problem == PROBLEM_NONE)
        mpfi_set(carry->exact, finding->exact);
    if (finding->set_problem == PROBLEM_NONE)
        mpfi_set(carry->set, run->hull);
}

void judge(struct run *run, const struct frame *frame, const struct place *place, int root,
           const struct trace_array *recorded, struct carry *carry, struct tally *tally)
{
    struct finding finding = {.format = recorded != NULL ? format_of(recorded->format)
                                                         : run->session->format};
    size_t index = place != NULL ? place->index : 0;
    double got = recorded != NULL ? array_get(recorded, index) : NAN;
    find_exact(run, frame, place, root, recorded != NULL && run->given, &finding);
    find_set(run, root, got, &finding);
    if (recorded != NULL && tally != NULL) {
        struct sighting seen = describe(run, &finding, got);
        seen.step = frame->step;
        seen.index = index;
        double size = size_ulps(run, frame, place, carry, finding.format, seen.expected);
        count(run, &finding, tally, seen, size);
        if (carries(run, frame))
            count_growth(&tally->growth, &seen, size);
    }
    if (!run->given || recorded == NULL)
        keep(run, &finding, carry);
}

void judge_start(struct run *run, int root, const struct trace_array *recorded, size_t index,
                 struct carry *carry)
{
    if (recorded == NULL) {
        struct finding finding = {.format = run->session->format};
        finding.exact = evaluator_value(run->exact[0], root, &finding.exact_problem);
        find_set(run, root, NAN, &finding);
        keep(run, &finding, carry);
        return;
    }
    double value = array_get(recorded, index);
    carry->exact_problem = carry->set_problem = isfinite(value) ? PROBLEM_NONE : PROBLEM_NOT_FINITE;
    mpfi_set_d(carry->exact, value);
    mpfi_set_d(carry->set, value);
}

void judge_copy(struct run *run, const struct frame *frame, struct place place, struct tally *tally)
{
    struct finding finding = {.format = format_of(frame->low->format), .exact = run->side};
    double x = array_get(frame->after[0], place.index), got = array_get(frame->low, place.index);
    mpfi_set_d(run->side, x);
    mpfi_set(run->hull, run->side);
    round_ends(finding.format, run->hull);
    if (!isfinite(x))
        finding.exact_problem = PROBLEM_NOT_FINITE;
    struct sighting seen = describe(run, &finding, got);
    seen.step = frame->step;
    seen.index = place.index;
    count(run, &finding, tally, seen, INFINITY);
}
