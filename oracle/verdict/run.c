#include "verdict/run.h"

#include "error.h"

#include <stdlib.h>

size_t vector_count(const struct session *session)
{
    return 1 + session->spec->states.count;
}

struct carry *vector_carry(const struct run *run, size_t quantity, size_t coordinate)
{
    return &run->vectors[quantity * BLOCK + coordinate];
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

static void free_evaluators(struct run *run)
{
    for (int i = 0; i < RUNGS; i++) {
        evaluator_free(run->exact[i]);
        run->exact[i] = NULL;
    }
    evaluator_free(run->set);
    run->set = NULL;
}

static goldstep_status make_evaluators(struct run *run, goldstep_error *error)
{
    const struct session *session = run->session;
    run->exact[0] = evaluator_new(session->program, NULL, PRECISION);
    run->set = evaluator_new(session->program, session->format, SET_PRECISION);
    if (run->exact[0] == NULL || run->set == NULL)
        return error_memory(error);
    return GOLDSTEP_OK;
}

goldstep_status run_open(struct run *run, const struct session *session, enum mode mode,
                         goldstep_error *error)
{
    *run = (struct run){.session = session, .given = mode == MODE_STATE_GIVEN};
    goldstep_status status = make_evaluators(run, error);
    run->vectors = carries_new(vector_count(session) * BLOCK, PRECISION);
    run->scalars = carries_new(session->spec->scalar_states.count, PRECISION);
    mpfi_init2(run->side, SET_PRECISION);
    mpfi_init2(run->hull, SET_PRECISION);
    mpfr_inits2(64, run->middle, run->error, (mpfr_ptr)0);
    mpfr_init2(run->got, 64);
    if (run->vectors == NULL || run->scalars == NULL)
        return error_memory(error);
    return status;
}

goldstep_status run_edit(struct run *run, struct session *session, const struct edit *edit,
                         goldstep_error *error)
{
    free_evaluators(run); /* which read the program that they were made for */
    goldstep_status status = session_edit(session, edit, error);
    goldstep_status made = make_evaluators(run, status == GOLDSTEP_OK ? error : NULL);
    return status == GOLDSTEP_OK ? made : status;
}

void run_close(struct run *run)
{
    free_evaluators(run);
    carries_free(run->vectors, vector_count(run->session) * BLOCK);
    carries_free(run->scalars, run->session->spec->scalar_states.count);
    mpfi_clear(run->side);
    mpfi_clear(run->hull);
    mpfr_clears(run->middle, run->error, run->got, (mpfr_ptr)0);
}

void frame_close(struct frame *frame)
{
    free(frame->inputs);
}

/* One allocation holds all the lists. */
goldstep_status frame_open(struct frame *frame, const struct session *session,
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

void frame_load(struct frame *frame, const struct session *session, size_t step)
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
    frame->low = trace_find(session->trace, step, frame->tensor, LOW_COPY);
}

bool frame_starts_recorded(const struct frame *frame, const struct session *session)
{
    for (size_t q = 0; q < vector_count(session); q++)
        if (frame->before[q] == NULL)
            return false;
    for (size_t s = 0; s < session->spec->scalar_states.count; s++)
        if (frame->scalars_before[s] == NULL)
            return false;
    return true;
}

/* --- setting leaves -------------------------------------------------------------------------------------------- */

void set_carried(const struct run *run, struct evaluator *evaluator, int leaf,
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

void set_step_leaves(const struct run *run, struct evaluator *evaluator, const struct frame *frame)
{
    const struct session *session = run->session;
    const struct leaves *leaves = &session->leaves;
    const struct spec *spec = session->spec;
    double t = session_t(session, frame->step);
    evaluator_set(evaluator, leaves->t, t, true);
    evaluator_set(evaluator, leaves->k, frame->step > 0 ? t - 1 : 0, true);
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

void set_coordinate_leaves(const struct run *run, struct evaluator *evaluator,
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
