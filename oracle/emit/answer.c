#include "emit/answer.h"

#include "verdict/judge.h"

#include <math.h>
#include <string.h>

/* --- the step as a trace --------------------------------------------------------------------------------------- */

/* Every array of a list, where `rows` has one row of `width` numbers for each. */
static goldstep_status add_arrays(goldstep_trace *trace, size_t step, const struct items *items,
                                  const double *rows, size_t stride, size_t width,
                                  goldstep_error *error)
{
    goldstep_status status = GOLDSTEP_OK;
    for (size_t i = 0; i < items->count && status == GOLDSTEP_OK; i++)
        status = trace_add_numbers(trace, step, "w", items->list[i].name, width, rows + i * stride,
                                   error);
    return status;
}

/* Step 0 is what the step starts from. Step 1 has its inputs, and a result, which makes it a step. */
static goldstep_status fill_trace(goldstep_trace *trace, const struct spec *spec,
                                  const struct given *given, goldstep_error *error)
{
    const struct values *before = &given->before;
    const char *result = spec->kind == SPEC_SCHEDULE ? "lr" : "x";
    goldstep_status status = GOLDSTEP_OK;
    if (spec->kind == SPEC_RULE)
        status = trace_add_numbers(trace, 0, "w", result, given->width, before->x, error);
    if (status == GOLDSTEP_OK)
        status =
            add_arrays(trace, 0, &spec->states, before->states[0], MAX_WIDTH, given->width, error);
    if (status == GOLDSTEP_OK)
        status = add_arrays(trace, 0, &spec->scalar_states, before->scalar_states, 1, 1, error);
    if (status == GOLDSTEP_OK)
        status = trace_add_numbers(trace, 1, "w", result, given->width, before->x, error);
    if (status == GOLDSTEP_OK)
        status =
            add_arrays(trace, 1, &spec->inputs, given->inputs[0], MAX_WIDTH, given->width, error);
    if (status == GOLDSTEP_OK)
        status = add_arrays(trace, 1, &spec->scalar_inputs, given->scalar_inputs, 1, 1, error);
    return status;
}

static goldstep_status make_trace(goldstep_trace **trace, const struct spec *spec,
                                  goldstep_format format, const double *hypers,
                                  const struct given *given, goldstep_error *error)
{
    goldstep_status status = goldstep_trace_new(trace, spec->name, format, error);
    if (status != GOLDSTEP_OK)
        return status;
    for (size_t i = 0; i < spec->hypers.count && status == GOLDSTEP_OK; i++)
        status = goldstep_trace_set_hyper(*trace, 0, spec->hypers.list[i].name, hypers[i], error);
    if (status == GOLDSTEP_OK)
        status = fill_trace(*trace, spec, given, error);
    return status;
}

/* --- judging it ------------------------------------------------------------------------------------------------ */

/* The larger distance of the set's ends from the rounded value, in its ulps, rounded up. */
static double distance_to_set(struct run *run, double expected)
{
    double ulp = format_ulp(run->session->format, expected);
    mpfr_sub_d(run->error, &run->hull->right, expected, MPFR_RNDU);
    mpfr_d_sub(run->got, expected, &run->hull->left, MPFR_RNDU);
    mpfr_max(run->error, run->error, run->got, MPFR_RNDU);
    mpfr_div_d(run->error, run->error, ulp, MPFR_RNDU);
    return mpfr_get_d(run->error, MPFR_RNDU);
}

static struct tally judge_as(struct run *run, const struct frame *frame, const struct place *place,
                             int root, double got)
{
    struct tally tally = {0};
    struct carry unused = {.exact_problem = PROBLEM_NONE}; /* the state is given */
    goldstep_format format = trace_format(run->session->trace);
    const struct format *own = format_of(format);
    double numbers[MAX_WIDTH]; /* as many bytes as any format needs */
    const struct trace_array recorded = {numbers, MAX_WIDTH, format};
    for (size_t i = 0; i < MAX_WIDTH; i++)
        format_store(own, got, (char *)numbers + i * own->size);
    judge(run, frame, place, root, &recorded, &unused, &tally);
    return tally;
}

/* The verdict on NaN tells what is expected. The verdict on that must be "exact", or the rounding is not decided. */
static enum problem answer_root(struct run *run, const struct frame *frame,
                                const struct place *place, int root, double *value, double *budget)
{
    struct tally tally = judge_as(run, frame, place, root, NAN);
    const struct sighting *seen = tally.undecided > 0 ? &tally.first_undecided : &tally.worst;
    if (isnan(seen->expected))
        return seen->problem;
    *value = seen->expected + 0.0; /* a zero is written as +0 */
    tally = judge_as(run, frame, place, root, *value);
    if (tally.exact != 1)
        return PROBLEM_PRECISION;
    *budget = isfinite(tally.worst.budget_ulps) ? distance_to_set(run, *value) : INFINITY;
    return PROBLEM_NONE;
}

/* Answers one result, unless one before it has no value. */
static void answer_one(struct run *run, const struct frame *frame, const struct place *place,
                       int root, const char *name, double *value, double *budget,
                       struct answer *answer)
{
    if (answer->undefined != NULL)
        return;
    answer->problem = answer_root(run, frame, place, root, value, budget);
    if (answer->problem != PROBLEM_NONE)
        answer->undefined = name;
}

static void answer_coordinate(struct run *run, const struct frame *frame, size_t i,
                              struct answer *answer)
{
    const struct session *session = run->session;
    const struct spec *spec = session->spec;
    struct place place = {i, i};
    set_coordinate_leaves(run, run->exact[0], frame, place);
    set_coordinate_leaves(run, run->set, frame, place);
    answer_one(run, frame, &place, session->program->output, session_result(session),
               &answer->after.x[i], &answer->budget.x[i], answer);
    for (size_t s = 0; s < spec->states.count; s++)
        answer_one(run, frame, &place, session->program->states[s], spec->states.list[s].name,
                   &answer->after.states[s][i], &answer->budget.states[s][i], answer);
}

static void answer_all(struct run *run, struct frame *frame, size_t width, struct answer *answer)
{
    const struct session *session = run->session;
    const struct spec *spec = session->spec;
    frame_load(frame, session, 1);
    set_step_leaves(run, run->exact[0], frame);
    set_step_leaves(run, run->set, frame);
    for (size_t i = 0; i < width; i++)
        answer_coordinate(run, frame, i, answer);
    for (size_t s = 0; s < spec->scalar_states.count; s++)
        answer_one(run, frame, NULL, session->program->scalar_states[s],
                   spec->scalar_states.list[s].name, &answer->after.scalar_states[s],
                   &answer->budget.scalar_states[s], answer);
}

static goldstep_status answer_session(const struct session *session, size_t width,
                                      struct answer *answer, goldstep_error *error)
{
    struct run run;
    struct frame frame = {0};
    goldstep_status status = run_open(&run, session, MODE_STATE_GIVEN, error);
    if (status == GOLDSTEP_OK)
        status = frame_open(&frame, session, error);
    if (status == GOLDSTEP_OK)
        answer_all(&run, &frame, width, answer);
    frame_close(&frame);
    run_close(&run);
    return status;
}

goldstep_status answer_step(const struct spec *spec, goldstep_format format, const double *hypers,
                            const struct given *given, struct answer *answer, goldstep_error *error)
{
    goldstep_trace *trace = NULL;
    struct session *session = NULL;
    memset(answer, 0, sizeof *answer);
    goldstep_status status = make_trace(&trace, spec, format, hypers, given, error);
    if (status == GOLDSTEP_OK)
        status = session_open(&session, spec, trace, error);
    if (status == GOLDSTEP_OK) {
        session->step_factor = 0;
        session->step_shift = (double)given->t;
        status = answer_session(session, given->width, answer, error);
    }
    session_close(session);
    goldstep_trace_free(trace);
    return status;
}
