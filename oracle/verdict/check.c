/* The check of a whole trace: tensor by tensor, a block of coordinates at a time, through all steps. */
#include "c_locale.h"
#include "error.h"
#include "verdict/check.h"
#include "verdict/fast.h"
#include "verdict/judge.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

size_t check_rows(const struct session *session)
{
    return vector_count(session) + session->spec->scalar_states.count + 1;
}

/* --- coordinates, by MPFR -------------------------------------------------------------------------------------- */

static void set_step(struct run *run, const struct frame *frame)
{
    set_step_leaves(run, run->exact[0], frame);
    set_step_leaves(run, run->set, frame);
}

static void start_scalars(struct run *run, const struct frame *frame)
{
    const struct session *session = run->session;
    set_step(run, frame);
    for (size_t s = 0; s < session->spec->scalar_states.count; s++)
        judge_start(run, session->program->initial_scalars[s], frame->scalars_after[s], 0,
                    &run->scalars[s]);
}

static void start_coordinate(struct run *run, const struct frame *frame, struct place place)
{
    const struct session *session = run->session;
    struct evaluator *evaluators[] = {run->exact[0], run->set};
    struct carry *x = vector_carry(run, 0, place.coordinate);
    judge_start(run, NO_INSTRUCTION, frame->after[0], place.index, x);
    for (size_t e = 0; e < 2; e++) {
        set_carried(run, evaluators[e], session->leaves.x, x);
        evaluator_new_coordinate(evaluators[e]);
    }
    for (size_t s = 0; s < session->spec->states.count; s++)
        judge_start(run, session->program->initial_states[s], frame->after[s + 1], place.index,
                    vector_carry(run, s + 1, place.coordinate));
}

static void judge_coordinate(struct run *run, const struct frame *frame, struct place place,
                             struct row *rows)
{
    set_coordinate_leaves(run, run->exact[0], frame, place);
    set_coordinate_leaves(run, run->set, frame, place);
    for (size_t q = 0; q < vector_count(run->session); q++)
        judge(run, frame, &place, program_result(run->session->program, q), frame->after[q],
              vector_carry(run, q, place.coordinate), &rows[q].tally);
}

static void judge_copies(struct run *run, const struct frame *frame, size_t first, size_t count,
                         struct row *rows)
{
    struct tally *tally = &rows[check_rows(run->session) - 1].tally;
    for (size_t i = 0; i < count && frame->low != NULL; i++)
        judge_copy(run, frame, (struct place){i, first + i}, tally);
}

/* A tensor's scalar states are judged once, with its first coordinates. */
static void judge_scalars(struct run *run, const struct frame *frame, struct row *rows)
{
    const struct session *session = run->session;
    for (size_t s = 0; s < session->spec->scalar_states.count; s++)
        judge(run, frame, NULL, session->program->scalar_states[s], frame->scalars_after[s],
              &run->scalars[s], rows != NULL ? &rows[vector_count(session) + s].tally : NULL);
}

void check_start(struct run *run, struct frame *frame, size_t first, size_t count)
{
    start_scalars(run, frame);
    for (size_t i = 0; i < count && run->session->spec->kind == SPEC_RULE; i++)
        start_coordinate(run, frame, (struct place){i, first + i});
}

void check_step(struct run *run, const struct frame *frame, size_t first, size_t count,
                struct row *rows)
{
    set_step(run, frame);
    for (size_t i = 0; i < count; i++)
        judge_coordinate(run, frame, (struct place){i, first + i}, rows);
    judge_copies(run, frame, first, count, rows);
    judge_scalars(run, frame, first == 0 ? rows : NULL);
}

/* --- ranges of coordinates ------------------------------------------------------------------------------------- */

/* What one thread works with. */
struct worker {
    struct run run;
    struct frame frame;
    struct fast *fast; /* NULL: there is no fast path */
    size_t *left;      /* the coordinates of a range that a step leaves to MPFR */
    struct row *rows;
    struct candidate *worst; /* of x, then of the states */
};

static void check_slowly(struct worker *worker, size_t first, size_t count)
{
    struct run *run = &worker->run;
    struct frame *frame = &worker->frame;
    frame_load(frame, run->session, 0);
    check_start(run, frame, first, count);
    for (size_t step = 1; step <= run->session->steps; step++) {
        frame_load(frame, run->session, step);
        check_step(run, frame, first, count, worker->rows);
    }
}

/* Judges listed coordinates of a range at the step that the frame holds. All that it starts from is recorded, or it is the
 * first and starts from the initial values. */
static void judge_left(struct worker *worker, size_t first, const size_t *list, size_t count)
{
    struct run *run = &worker->run;
    struct frame *frame = &worker->frame;
    size_t step = frame->step;
    for (size_t done = 0; done < count; done += BLOCK) {
        size_t end = count - done < BLOCK ? count : done + BLOCK;
        if (step == 1) {
            frame_load(frame, run->session, 0);
            set_step(run, frame);
            for (size_t i = done; i < end; i++)
                start_coordinate(run, frame, (struct place){i - done, first + list[i]});
            frame_load(frame, run->session, step);
            set_step(run, frame);
        }
        for (size_t i = done; i < end; i++)
            judge_coordinate(run, frame, (struct place){i - done, first + list[i]}, worker->rows);
    }
}

/* Through the steps by the fast path; what it leaves of a step is judged at once. */
static void check_quickly(struct worker *worker, size_t first, size_t count)
{
    struct run *run = &worker->run;
    struct frame *frame = &worker->frame;
    frame_load(frame, run->session, 0);
    start_scalars(run, frame);
    for (size_t step = 1; step <= run->session->steps; step++) {
        frame_load(frame, run->session, step);
        set_step(run, frame);
        size_t found =
            fast_step(worker->fast, frame, first, count, worker->rows, worker->worst, worker->left);
        judge_left(worker, first, worker->left, found);
        judge_copies(run, frame, first, count, worker->rows);
        judge_scalars(run, frame, first == 0 ? worker->rows : NULL);
    }
}

/* MPFR's word on the worst result that a kernel judged. */
static void settle(struct worker *worker, size_t quantity, const struct candidate *worst,
                   struct row *rows)
{
    struct run *run = &worker->run;
    struct frame *frame = &worker->frame;
    if (!worst->seen)
        return;
    memset(worker->rows, 0, check_rows(run->session) * sizeof *worker->rows);
    frame_load(frame, run->session, 0);
    start_scalars(run, frame);
    frame_load(frame, run->session, worst->step);
    set_step(run, frame);
    judge_left(worker, worst->index, &(size_t){0}, 1);
    tally_add(&rows[quantity].tally, &(struct tally){.worst = worker->rows[quantity].tally.worst});
}

static void worker_close(struct worker *worker)
{
    fast_close(worker->fast);
    frame_close(&worker->frame);
    run_close(&worker->run);
    free(worker->left);
    free(worker->rows);
    free(worker->worst);
}

static goldstep_status worker_open(struct worker *worker, const struct session *session,
                                   enum mode mode, goldstep_error *error)
{
    size_t quantities = vector_count(session);
    goldstep_status status = run_open(&worker->run, session, mode, error);
    if (status == GOLDSTEP_OK)
        status = frame_open(&worker->frame, session, error);
    if (status == GOLDSTEP_OK && !session->slow)
        status = fast_open(&worker->fast, &worker->run, &worker->frame, error);
    if (status != GOLDSTEP_OK)
        return status;
    worker->left = calloc(FAST_RANGE, sizeof *worker->left);
    worker->rows = calloc(check_rows(session), sizeof *worker->rows);
    worker->worst = calloc(quantities, sizeof *worker->worst);
    bool complete = worker->left != NULL && worker->rows != NULL && worker->worst != NULL;
    return complete ? GOLDSTEP_OK : error_memory(error);
}

/* --- tensors --------------------------------------------------------------------------------------------------- */

struct crew {
    size_t count;
    struct worker *workers;
};

static size_t tensor_length(const struct session *session, size_t tensor)
{
    return session->spec->kind == SPEC_SCHEDULE ? 1
                                                : trace_find(session->trace, 0, tensor, "x")->count;
}

static void check_range(struct worker *worker, size_t tensor, size_t first, size_t count)
{
    const struct session *session = worker->run.session;
    size_t quantities = vector_count(session);
    locale_t outer = c_locale_enter();
    worker->frame.tensor = tensor;
    memset(worker->rows, 0, check_rows(session) * sizeof *worker->rows);
    memset(worker->worst, 0, quantities * sizeof *worker->worst);
    if (worker->fast != NULL)
        check_quickly(worker, first, count);
    else
        check_slowly(worker, first, count);
    c_locale_leave(outer);
}

/* The ranges' results are added in their order, so that they do not depend on the number of threads. */
static void check_tensor(const struct crew *crew, size_t tensor, struct row *rows,
                         struct candidate *worst)
{
    struct worker *one = crew->workers;
    const struct session *session = one->run.session;
    size_t quantities = vector_count(session), length = tensor_length(session, tensor);
    size_t range = one->fast != NULL ? FAST_RANGE : BLOCK;
    size_t ranges = (length + range - 1) / range;
    memset(worst, 0, quantities * sizeof *worst);
#pragma omp parallel for ordered schedule(dynamic, 1) num_threads((int)crew->count) if (ranges > 1)
    for (size_t i = 0; i < ranges; i++) {
        struct worker *worker = &crew->workers[omp_get_thread_num()];
        size_t first = i * range, count = length - first < range ? length - first : range;
        check_range(worker, tensor, first, count);
#pragma omp ordered
        {
            for (size_t q = 0; q < check_rows(session); q++)
                tally_add(&rows[q].tally, &worker->rows[q].tally);
            for (size_t q = 0; q < quantities; q++)
                candidate_offer(&worst[q], &worker->worst[q]);
        }
        if (worker != one)
            mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE);
    }
    one->frame.tensor = tensor;
    for (size_t q = 0; q < quantities && one->fast != NULL; q++)
        settle(one, q, &worst[q], rows);
}

/* As many threads as there are processors and ranges for. */
static size_t crew_size(const struct session *session)
{
    size_t longest = 1, most = (size_t)omp_get_max_threads();
    for (size_t i = 0; i < trace_tensors(session->trace); i++) {
        size_t length = tensor_length(session, i);
        longest = length > longest ? length : longest;
    }
    size_t ranges = (longest + BLOCK - 1) / BLOCK;
    return ranges < most ? ranges : most;
}

goldstep_status check_mode(const struct session *session, enum mode mode, struct row *rows,
                           goldstep_error *error)
{
    size_t quantities = vector_count(session);
    size_t per_tensor = check_rows(session);
    struct crew crew = {.count = crew_size(session)};
    struct candidate *worst = calloc(quantities, sizeof *worst);
    crew.workers = calloc(crew.count, sizeof *crew.workers);
    goldstep_status status =
        worst != NULL && crew.workers != NULL ? GOLDSTEP_OK : error_memory(error);
    size_t opened = 0;
    for (; opened < crew.count && status == GOLDSTEP_OK; opened++)
        status = worker_open(&crew.workers[opened], session, mode, error);
    for (size_t i = 0; i < trace_tensors(session->trace) && status == GOLDSTEP_OK; i++)
        check_tensor(&crew, i, &rows[i * per_tensor], worst);
    for (size_t i = 0; i < opened; i++)
        worker_close(&crew.workers[i]);
    free(crew.workers);
    free(worst);
    return status;
}

/* --- the report ------------------------------------------------------------------------------------------------ */

/* The format in which the trace records the quantity, the same at all steps. */
static const struct format *recorded_format(const struct session *session, size_t tensor,
                                            const char *quantity)
{
    for (size_t step = 0; step <= session->steps; step++) {
        const struct trace_array *array = trace_find(session->trace, step, tensor, quantity);
        if (array != NULL)
            return format_of(array->format);
    }
    return session->format;
}

static void name_rows(const struct session *session, struct row *rows, size_t tensor,
                      const char *tensor_name)
{
    const struct spec *spec = session->spec;
    struct row *row = rows;
    (row++)->quantity = session_result(session);
    for (size_t i = 0; i < spec->states.count; i++)
        (row++)->quantity = spec->states.list[i].name;
    for (size_t i = 0; i < spec->scalar_states.count; i++)
        (row++)->quantity = spec->scalar_states.list[i].name;
    row->quantity = LOW_COPY;
    for (size_t i = 0; i < check_rows(session); i++) {
        rows[i].tensor = tensor_name;
        rows[i].format = recorded_format(session, tensor, rows[i].quantity);
    }
}

/* A report outlives its trace, so it has the tensors' names in one block of its own. */
static goldstep_status report_open(const struct session *session, goldstep_report *report,
                                   goldstep_error *error)
{
    size_t tensors = trace_tensors(session->trace), bytes = 1;
    size_t per_tensor = check_rows(session);
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
            name_rows(session, &report->rows[mode][i * per_tensor], i, name);
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
                         report->spec->kind == SPEC_SCHEDULE ? "lr" : "x");
    return GOLDSTEP_OK;
}

static goldstep_status check_session(const struct session *session, goldstep_report *report,
                                     goldstep_error *error)
{
    goldstep_status status = report_open(session, report, error);
    if (status == GOLDSTEP_OK)
        status = check_mode(session, MODE_STATE_GIVEN, report->rows[MODE_STATE_GIVEN], error);
    /* the first step is the same in both */
    if (status == GOLDSTEP_OK && session->steps == 1)
        memcpy(report->rows[MODE_FREE_RUNNING], report->rows[MODE_STATE_GIVEN],
               report->row_count * sizeof(struct row));
    else if (status == GOLDSTEP_OK)
        status = check_mode(session, MODE_FREE_RUNNING, report->rows[MODE_FREE_RUNNING], error);
    if (status == GOLDSTEP_OK)
        status = drop_empty_rows(report, trace_file(session->trace), error);
    return status == GOLDSTEP_OK ? report_write_json(report, error) : status;
}

static goldstep_status check(const goldstep_library *library, const goldstep_trace *trace,
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

goldstep_status goldstep_check(const goldstep_library *library, const goldstep_trace *trace,
                               const char *rule, goldstep_report **report, goldstep_error *error)
{
    locale_t outer = c_locale_enter();
    goldstep_status status = check(library, trace, rule, report, error);
    mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE); /* constants that MPFR keeps for this thread */
    c_locale_leave(outer);
    return status;
}
