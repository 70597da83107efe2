/* The judgement: tensor by tensor, a block of coordinates at a time, through all steps. */
#include "eval/interval.h"
#include "error.h"
#include "verdict/report.h"
#include "verdict/session.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK = 512,        /* coordinates that are carried through the steps together */
    RUNGS = 7,          /* precisions tried for the exact value: the first, doubled six times */
    SET_PRECISION = 96, /* the set's ends need no more: they are widened by many of its last bits */
};

/* A value that the trace does not give, carried from step to step. */
struct carry {
    mpfi_t exact, set;
    enum problem exact_problem, set_problem;
};

/* One mode's evaluators and what it carries. */
struct run {
    const struct session *session;
    bool given; /* takes recorded states where the trace has them */
    mpfr_prec_t precision;
    struct evaluator *exact[RUNGS]; /* the higher ones are made when first needed */
    struct evaluator *set;
    struct carry
        *vectors; /* [quantity][coordinate of the block]; quantity 0 is x, then the states */
    struct carry *scalars; /* [scalar state] */
    mpfi_t hull;
    mpfr_t middle, error, got;
};

/* The arrays of one tensor at one step. */
struct frame {
    size_t step, tensor;
    const struct trace_array **inputs, **scalar_inputs;
    const struct trace_array **before, **after; /* x, then the states */
    const struct trace_array **scalars_before, **scalars_after;
};

/* Which of a run's values a leaf takes: a coordinate of the block, at its index in the tensor. */
struct place {
    size_t coordinate, index;
};

static size_t vector_count(const struct session *session)
{
    return 1 + session->spec->states.count;
}

static struct carry *vector_carry(const struct run *run, size_t quantity, size_t coordinate)
{
    return &run->vectors[quantity * BLOCK + coordinate];
}

static int vector_root(const struct session *session, size_t quantity)
{
    return quantity == 0 ? session->program->output : session->program->states[quantity - 1];
}

/* --- making and freeing ---------------------------------------------------------------------------------------- */

static struct carry *carries_new(size_t count, mpfr_prec_t precision)
{
    struct carry *list = calloc(count + 1, sizeof *list);
    for (size_t i = 0; list != NULL && i < count; i++) {
        mpfi_init2(list[i].exact, precision);
        mpfi_init2(list[i].set, SET_PRECISION);
    }
    return list;
}

static void carries_free(struct carry *list, size_t count)
{
    for (size_t i = 0; list != NULL && i < count; i++) {
        mpfi_clear(list[i].exact);
        mpfi_clear(list[i].set);
    }
    free(list);
}

static goldstep_status run_open(struct run *run, const struct session *session, enum mode mode,
                                goldstep_error *error)
{
    *run = (struct run){.session = session,
                        .given = mode == MODE_STATE_GIVEN,
                        .precision = session->format->precision > 32 ? 128 : 64};
    run->exact[0] = evaluator_new(session->program, NULL, run->precision);
    run->set = evaluator_new(session->program, session->format, SET_PRECISION);
    run->vectors = carries_new(vector_count(session) * BLOCK, run->precision);
    run->scalars = carries_new(session->spec->scalar_states.count, run->precision);
    mpfi_init2(run->hull, SET_PRECISION);
    mpfr_inits2(64, run->middle, run->error, (mpfr_ptr)0);
    mpfr_init2(run->got, 64);
    if (run->exact[0] == NULL || run->set == NULL || run->vectors == NULL || run->scalars == NULL)
        return error_memory(error);
    return GOLDSTEP_OK;
}

static void run_close(struct run *run)
{
    for (int i = 0; i < RUNGS; i++)
        evaluator_free(run->exact[i]);
    evaluator_free(run->set);
    carries_free(run->vectors, vector_count(run->session) * BLOCK);
    carries_free(run->scalars, run->session->spec->scalar_states.count);
    mpfi_clear(run->hull);
    mpfr_clears(run->middle, run->error, run->got, (mpfr_ptr)0);
}

static void frame_close(struct frame *frame)
{
    free(frame->inputs);
}

/* One allocation holds all the lists. */
static goldstep_status frame_open(struct frame *frame, const struct session *session,
                                  goldstep_error *error)
{
    const struct spec *spec = session->spec;
    size_t inputs = spec->inputs.count, scalar_inputs = spec->scalar_inputs.count;
    size_t vectors = vector_count(session), scalars = spec->scalar_states.count;
    const struct trace_array **all =
        calloc(inputs + scalar_inputs + 2 * vectors + 2 * scalars, sizeof *all);
    if (all == NULL)
        return error_memory(error);
    frame->inputs = all;
    frame->scalar_inputs = frame->inputs + inputs;
    frame->before = frame->scalar_inputs + scalar_inputs;
    frame->after = frame->before + vectors;
    frame->scalars_before = frame->after + vectors;
    frame->scalars_after = frame->scalars_before + scalars;
    return GOLDSTEP_OK;
}

static void find_arrays(const struct session *session, const struct frame *frame, size_t step,
                        const struct items *items, const struct trace_array **arrays)
{
    for (size_t i = 0; i < items->count; i++)
        arrays[i] = trace_find(session->trace, step, frame->tensor, items->list[i].name);
}

/* Moves to a step: its inputs and results, and the results of the step before. */
static void frame_load(struct frame *frame, const struct session *session, size_t step)
{
    const struct spec *spec = session->spec;
    frame->step = step;
    if (step > 0) {
        find_arrays(session, frame, step, &spec->inputs, frame->inputs);
        find_arrays(session, frame, step, &spec->scalar_inputs, frame->scalar_inputs);
        frame->before[0] =
            trace_find(session->trace, step - 1, frame->tensor, session_result(session));
        find_arrays(session, frame, step - 1, &spec->states, frame->before + 1);
        find_arrays(session, frame, step - 1, &spec->scalar_states, frame->scalars_before);
    }
    frame->after[0] = trace_find(session->trace, step, frame->tensor, session_result(session));
    find_arrays(session, frame, step, &spec->states, frame->after + 1);
    find_arrays(session, frame, step, &spec->scalar_states, frame->scalars_after);
}

/* --- setting leaves -------------------------------------------------------------------------------------------- */

static void set_carried(const struct run *run, struct evaluator *evaluator, int leaf,
                        const struct carry *carry)
{
    bool set = evaluator == run->set;
    evaluator_set_interval(evaluator, leaf, set ? carry->set : carry->exact);
    evaluator_set_problem(evaluator, leaf, set ? carry->set_problem : carry->exact_problem);
}

/* A value before the step: the recorded one where this run takes those, else the carried one. */
static void set_before(const struct run *run, struct evaluator *evaluator, int leaf,
                       const struct trace_array *recorded, size_t index, const struct carry *carry)
{
    if (run->given && recorded != NULL)
        evaluator_set(evaluator, leaf, array_get(recorded, index), false);
    else
        set_carried(run, evaluator, leaf, carry);
}

static void set_step_leaves(const struct run *run, struct evaluator *evaluator,
                            const struct frame *frame)
{
    const struct session *session = run->session;
    const struct leaves *leaves = &session->leaves;
    const struct spec *spec = session->spec;
    double t = (double)frame->step;
    evaluator_set(evaluator, leaves->t, t, true);
    evaluator_set(evaluator, leaves->k, t > 0 ? t - 1 : 0, true);
    for (size_t i = 0; i < spec->hypers.count; i++)
        evaluator_set(evaluator, leaves->hypers[i], session_hyper(session, frame->step, i), true);
    if (frame->step > 0) {
        for (size_t i = 0; i < spec->scalar_inputs.count; i++)
            evaluator_set(evaluator, leaves->scalar_inputs[i],
                          array_get(frame->scalar_inputs[i], 0), false);
        for (size_t i = 0; i < spec->scalar_states.count; i++)
            set_before(run, evaluator, leaves->scalar_states[i], frame->scalars_before[i], 0,
                       &run->scalars[i]);
        for (size_t i = 0; i < spec->reduce.count; i++) {
            const struct reduced *reduced = session_reduced(session, frame->step, i);
            evaluator_set_interval(evaluator, leaves->reductions[i],
                                   evaluator == run->set ? reduced->set : reduced->exact);
            evaluator_set_problem(evaluator, leaves->reductions[i], reduced->problem);
        }
    }
    evaluator_new_step(evaluator);
}

static void set_coordinate_leaves(const struct run *run, struct evaluator *evaluator,
                                  const struct frame *frame, struct place place)
{
    const struct session *session = run->session;
    const struct leaves *leaves = &session->leaves;
    for (size_t i = 0; i < session->spec->inputs.count; i++)
        evaluator_set(evaluator, leaves->inputs[i], array_get(frame->inputs[i], place.index),
                      false);
    for (size_t q = 0; q < vector_count(session); q++)
        set_before(run, evaluator, q == 0 ? leaves->x : leaves->states[q - 1], frame->before[q],
                   place.index, vector_carry(run, q, place.coordinate));
    evaluator_new_coordinate(evaluator);
}

/* --- judging one value ----------------------------------------------------------------------------------------- */

/* What was found about one value. */
struct finding {
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
                    evaluator_new(run->session->program, NULL, run->precision << rung);
            if (evaluator == NULL)
                return;
            set_step_leaves(run, evaluator, frame);
            if (place != NULL)
                set_coordinate_leaves(run, evaluator, frame, *place);
        }
        finding->exact = evaluator_value(evaluator, root, &finding->exact_problem);
        bool decided = finding->exact_problem == PROBLEM_NONE
                           ? rounds_alike(run->session->format, finding->exact)
                           : finding->exact_problem != PROBLEM_PRECISION;
        if (decided || !decide)
            return;
    }
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
            finding->contained = finding->contained || contains(side, got);
            finding->split = finding->split || !first;
            if (first)
                mpfi_set(run->hull, side);
            else
                mpfi_union(run->hull, run->hull, side);
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
    double right = mpfr_get_d(run->error, MPFR_RNDU);
    mpfr_sub(run->error, number, &interval->left, MPFR_RNDU);
    double left = mpfr_get_d(run->error, MPFR_RNDU);
    return fmax(fabs(left), fabs(right)) / ulp;
}

static void note(struct run *run, const struct finding *finding, struct sighting *sighting,
                 const struct sighting *seen)
{
    *sighting = *seen;
    sighting->budget_ulps = INFINITY;
    if (finding->exact_problem != PROBLEM_NONE) {
        strcpy(sighting->expected_decimal, "undefined");
        return;
    }
    mpfr_snprintf(sighting->expected_decimal, sizeof sighting->expected_decimal, "%.17Rg",
                  run->middle);
    if (finding->set_problem == PROBLEM_NONE)
        sighting->budget_ulps = distance_ulps(run, run->middle, run->hull,
                                              format_ulp(run->session->format, seen->expected));
}

static void count_undecided(struct run *run, const struct finding *finding, struct tally *tally,
                            struct sighting *seen, enum problem problem)
{
    tally->undecided++;
    seen->problem = problem;
    if (!tally->first_undecided.seen)
        note(run, finding, &tally->first_undecided, seen);
}

static void count(struct run *run, const struct finding *finding, struct tally *tally,
                  struct sighting seen)
{
    const struct format *format = run->session->format;
    tally->coordinates++;
    tally->at_discontinuity += finding->split;
    if (finding->exact_problem != PROBLEM_NONE) {
        seen.expected = NAN;
        seen.error_ulps = INFINITY;
        count_undecided(run, finding, tally, &seen, finding->exact_problem);
        return;
    }
    bool alike = rounds_alike(format, finding->exact);
    mpfi_mid(run->middle, finding->exact);
    seen.expected = format_round(format, alike ? &finding->exact->left : run->middle);
    seen.error_ulps = INFINITY;
    if (!isnan(seen.got)) {
        set_number(format, run->got, seen.got);
        seen.error_ulps =
            distance_ulps(run, run->got, finding->exact, format_ulp(format, seen.expected));
    }
    bool exact = alike && seen.got == seen.expected;
    if (exact)
        tally->exact++;
    else if (seen.error_ulps < 1)
        tally->faithful++;
    else if (finding->set_problem != PROBLEM_NONE) {
        count_undecided(run, finding, tally, &seen, finding->set_problem);
        return;
    } else if (finding->contained)
        tally->within_budget++;
    else
        tally->deviates++;
    tally->error_sum += seen.error_ulps;
    if (!tally->worst.seen || seen.error_ulps > tally->worst.error_ulps)
        note(run, finding, &tally->worst, &seen);
    bool deviates = !exact && !(seen.error_ulps < 1) && !finding->contained;
    if (deviates && !tally->first_deviation.seen)
        note(run, finding, &tally->first_deviation, &seen);
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

/* Judges one value and carries it on. `recorded` may be NULL (nothing to judge), `tally` too (judged already);
 * `place` is NULL for a scalar. */
static void judge(struct run *run, const struct frame *frame, const struct place *place, int root,
                  const struct trace_array *recorded, struct carry *carry, struct tally *tally)
{
    struct finding finding = {.exact_problem = PROBLEM_NONE};
    size_t index = place != NULL ? place->index : 0;
    double got = recorded != NULL ? array_get(recorded, index) : NAN;
    find_exact(run, frame, place, root, recorded != NULL && run->given, &finding);
    find_set(run, root, got, &finding);
    if (recorded != NULL && tally != NULL) {
        struct sighting seen = {.seen = true, .step = frame->step, .index = index, .got = got};
        count(run, &finding, tally, seen);
    }
    if (!run->given || recorded == NULL)
        keep(run, &finding, carry);
}

/* --- the walk -------------------------------------------------------------------------------------------------- */

static void start_value(struct run *run, int root, const struct trace_array *recorded, size_t index,
                        struct carry *carry)
{
    if (recorded == NULL) {
        struct finding finding = {.exact_problem = PROBLEM_NONE};
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

/* What the run starts from: the trace's step 0, or the specification's initial values. */
static void start(struct run *run, struct frame *frame, size_t first, size_t count)
{
    const struct session *session = run->session;
    const struct program *program = session->program;
    struct evaluator *evaluators[] = {run->exact[0], run->set};
    for (size_t e = 0; e < 2; e++)
        set_step_leaves(run, evaluators[e], frame);
    for (size_t s = 0; s < session->spec->scalar_states.count; s++)
        start_value(run, program->initial_scalars[s], frame->scalars_after[s], 0, &run->scalars[s]);
    for (size_t i = 0; i < count; i++) {
        if (session->spec->schedule)
            continue;
        start_value(run, NO_INSTRUCTION, frame->after[0], first + i, vector_carry(run, 0, i));
        for (size_t e = 0; e < 2; e++) {
            set_carried(run, evaluators[e], session->leaves.x, vector_carry(run, 0, i));
            evaluator_new_coordinate(evaluators[e]);
        }
        for (size_t s = 0; s < session->spec->states.count; s++)
            start_value(run, program->initial_states[s], frame->after[s + 1], first + i,
                        vector_carry(run, s + 1, i));
    }
}

/* The rows of one tensor: x, then the states, then the scalar states. */
static void step_block(struct run *run, const struct frame *frame, size_t first, size_t count,
                       struct row *rows)
{
    const struct session *session = run->session;
    size_t vectors = vector_count(session);
    set_step_leaves(run, run->exact[0], frame);
    set_step_leaves(run, run->set, frame);
    for (size_t i = 0; i < count; i++) {
        struct place place = {i, first + i};
        set_coordinate_leaves(run, run->exact[0], frame, place);
        set_coordinate_leaves(run, run->set, frame, place);
        for (size_t q = 0; q < vectors; q++)
            judge(run, frame, &place, vector_root(session, q), frame->after[q],
                  vector_carry(run, q, i), &rows[q].tally);
    }
    for (size_t s = 0; s < session->spec->scalar_states.count; s++)
        judge(run, frame, NULL, session->program->scalar_states[s], frame->scalars_after[s],
              &run->scalars[s], first == 0 ? &rows[vectors + s].tally : NULL);
}

static void check_tensor(struct run *run, struct frame *frame, struct row *rows)
{
    const struct session *session = run->session;
    size_t length = 1;
    if (!session->spec->schedule)
        length = trace_find(session->trace, 0, frame->tensor, "x")->count;
    for (size_t first = 0; first < length; first += BLOCK) {
        size_t count = length - first < BLOCK ? length - first : BLOCK;
        frame_load(frame, session, 0);
        start(run, frame, first, count);
        for (size_t step = 1; step <= session->steps; step++) {
            frame_load(frame, session, step);
            step_block(run, frame, first, count, rows);
        }
    }
}

static goldstep_status check_mode(const struct session *session, goldstep_report *report,
                                  enum mode mode, goldstep_error *error)
{
    struct run run;
    struct frame frame = {0};
    size_t per_tensor = vector_count(session) + session->spec->scalar_states.count;
    goldstep_status status = run_open(&run, session, mode, error);
    if (status == GOLDSTEP_OK)
        status = frame_open(&frame, session, error);
    if (status == GOLDSTEP_OK) {
        for (frame.tensor = 0; frame.tensor < trace_tensors(session->trace); frame.tensor++)
            check_tensor(&run, &frame, &report->rows[mode][frame.tensor * per_tensor]);
    }
    frame_close(&frame);
    run_close(&run);
    return status;
}

/* --- the report ------------------------------------------------------------------------------------------------ */

static void name_rows(const struct session *session, struct row *rows, const char *tensor)
{
    const struct spec *spec = session->spec;
    (rows++)->quantity = session_result(session);
    for (size_t i = 0; i < spec->states.count; i++)
        (rows++)->quantity = spec->states.list[i].name;
    for (size_t i = 0; i < spec->scalar_states.count; i++)
        (rows++)->quantity = spec->scalar_states.list[i].name;
    for (size_t i = 0; i < vector_count(session) + spec->scalar_states.count; i++)
        (--rows)->tensor = tensor;
}

/* A report outlives its trace, so it has the tensors' names in one block of its own. */
static goldstep_status report_open(const struct session *session, goldstep_report *report,
                                   goldstep_error *error)
{
    size_t tensors = trace_tensors(session->trace), bytes = 1;
    size_t per_tensor = vector_count(session) + session->spec->scalar_states.count;
    for (size_t i = 0; i < tensors; i++)
        bytes += strlen(trace_tensor_name(session->trace, i)) + 1;
    report->row_count = tensors * per_tensor;
    report->names = malloc(bytes);
    bool failed = report->names == NULL;
    for (enum mode mode = 0; mode < MODE_COUNT; mode++) {
        report->rows[mode] = calloc(report->row_count + 1, sizeof(struct row));
        failed = failed || report->rows[mode] == NULL;
    }
    if (failed)
        return error_memory(error);
    char *name = report->names;
    for (size_t i = 0; i < tensors; i++) {
        strcpy(name, trace_tensor_name(session->trace, i));
        for (enum mode mode = 0; mode < MODE_COUNT; mode++)
            name_rows(session, &report->rows[mode][i * per_tensor], name);
        name += strlen(name) + 1;
    }
    return GOLDSTEP_OK;
}

/* A quantity that the trace never records has nothing to say; a report without rows would conform vacuously. */
static goldstep_status drop_empty_rows(goldstep_report *report, const char *file,
                                       goldstep_error *error)
{
    size_t judged = 0, kept[MODE_COUNT] = {0};
    for (enum mode mode = 0; mode < MODE_COUNT; mode++) {
        for (size_t i = 0; i < report->row_count; i++) {
            judged += report->rows[mode][i].tally.coordinates;
            if (report->rows[mode][i].tally.coordinates > 0)
                report->rows[mode][kept[mode]++] = report->rows[mode][i];
        }
    }
    report->row_count = kept[MODE_STATE_GIVEN];
    if (judged == 0)
        return error_set(error, GOLDSTEP_BAD_INPUT, file, 0, 0,
                         "the trace holds no result to judge: expected `%s` at step 1 or later",
                         report->spec->schedule ? "lr" : "x");
    return GOLDSTEP_OK;
}

static goldstep_status check_session(const struct session *session, goldstep_report *report,
                                     goldstep_error *error)
{
    goldstep_status status = report_open(session, report, error);
    for (enum mode mode = 0; mode < MODE_COUNT && status == GOLDSTEP_OK; mode++)
        status = check_mode(session, report, mode, error);
    if (status == GOLDSTEP_OK)
        status = drop_empty_rows(report, trace_file(session->trace), error);
    return status == GOLDSTEP_OK ? report_write_json(report, error) : status;
}

goldstep_status goldstep_check(const goldstep_library *library, const goldstep_trace *trace,
                               const char *rule, goldstep_report **result, goldstep_error *error)
{
    if (rule == NULL)
        rule = trace_rule(trace);
    if (rule == NULL)
        return error_set(error, GOLDSTEP_BAD_INPUT, trace_file(trace), 0, 0,
                         "the trace names no rule: expected one in it or in the call");
    const struct spec *spec = library_find(library, rule, error);
    if (spec == NULL)
        return GOLDSTEP_BAD_INPUT;
    struct session *session = NULL;
    goldstep_report *report = calloc(1, sizeof *report);
    if (report == NULL)
        return error_memory(error);
    goldstep_status status = session_open(&session, spec, trace, error);
    if (status == GOLDSTEP_OK) {
        report->spec = spec;
        report->format = session->format;
        report->steps = session->steps;
        status = check_session(session, report, error);
    }
    session_close(session);
    if (status == GOLDSTEP_OK)
        *result = report;
    else
        goldstep_report_free(report);
    return status;
}
