/* The check of a whole trace: tensor by tensor, a block of coordinates at a time, through all steps. */
#include "c_locale.h"
#include "error.h"
#include "verdict/check.h"
#include "verdict/judge.h"

#include <stdlib.h>
#include <string.h>

int vector_root(const struct session *session, size_t quantity)
{
    return quantity == 0 ? session->program->output : session->program->states[quantity - 1];
}

size_t check_rows(const struct session *session)
{
    return vector_count(session) + session->spec->scalar_states.count + 1;
}

void check_start(struct run *run, struct frame *frame, size_t first, size_t count)
{
    const struct session *session = run->session;
    const struct program *program = session->program;
    struct evaluator *evaluators[] = {run->exact[0], run->set};
    for (size_t e = 0; e < 2; e++)
        set_step_leaves(run, evaluators[e], frame);
    for (size_t s = 0; s < session->spec->scalar_states.count; s++)
        judge_start(run, program->initial_scalars[s], frame->scalars_after[s], 0, &run->scalars[s]);
    for (size_t i = 0; i < count; i++) {
        if (session->spec->schedule)
            continue;
        judge_start(run, NO_INSTRUCTION, frame->after[0], first + i, vector_carry(run, 0, i));
        for (size_t e = 0; e < 2; e++) {
            set_carried(run, evaluators[e], session->leaves.x, vector_carry(run, 0, i));
            evaluator_new_coordinate(evaluators[e]);
        }
        for (size_t s = 0; s < session->spec->states.count; s++)
            judge_start(run, program->initial_states[s], frame->after[s + 1], first + i,
                        vector_carry(run, s + 1, i));
    }
}

void check_step(struct run *run, const struct frame *frame, size_t first, size_t count,
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
        if (frame->low != NULL)
            judge_copy(run, frame, place, &rows[check_rows(session) - 1].tally);
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
        check_start(run, frame, first, count);
        for (size_t step = 1; step <= session->steps; step++) {
            frame_load(frame, session, step);
            check_step(run, frame, first, count, rows);
        }
    }
}

goldstep_status check_mode(const struct session *session, enum mode mode, struct row *rows,
                           goldstep_error *error)
{
    struct run run;
    struct frame frame = {0};
    size_t per_tensor = check_rows(session);
    goldstep_status status = run_open(&run, session, mode, error);
    if (status == GOLDSTEP_OK)
        status = frame_open(&frame, session, error);
    if (status == GOLDSTEP_OK) {
        for (frame.tensor = 0; frame.tensor < trace_tensors(session->trace); frame.tensor++)
            check_tensor(&run, &frame, &rows[frame.tensor * per_tensor]);
    }
    frame_close(&frame);
    run_close(&run);
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
                         report->spec->schedule ? "lr" : "x");
    return GOLDSTEP_OK;
}

static goldstep_status check_session(const struct session *session, goldstep_report *report,
                                     goldstep_error *error)
{
    goldstep_status status = report_open(session, report, error);
    for (enum mode mode = 0; mode < MODE_COUNT && status == GOLDSTEP_OK; mode++)
        status = check_mode(session, mode, report->rows[mode], error);
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
