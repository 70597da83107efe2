#include "verdict/suspect.h"

#include "error.h"
#include "verdict/check.h"
#include "verdict/judge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static size_t hypers_size(const struct suspect *suspect)
{
    return (suspect->session->steps + 1) * suspect->spec->hypers.count * sizeof(double);
}

static void find_rows(struct suspect *suspect)
{
    size_t hypers = suspect->spec->hypers.count;
    for (size_t step = 0; step <= suspect->session->steps; step++) {
        const double *row = &suspect->given[step * hypers];
        if (suspect->row_count < DOMAIN_ROWS &&
            (step == 0 || memcmp(row, row - hypers, hypers * sizeof *row) != 0))
            suspect->rows[suspect->row_count++] = step;
    }
}

goldstep_status suspect_open(struct suspect *suspect, const struct spec *spec,
                             const goldstep_trace *trace, const struct spec *owner, bool partial,
                             goldstep_error *error)
{
    *suspect = (struct suspect){.spec = spec};
    goldstep_status status =
        session_open_other(&suspect->session, spec, trace, owner, partial, error);
    if (status != GOLDSTEP_OK)
        return status;
    suspect->given = malloc(hypers_size(suspect) + 1);
    if (suspect->given == NULL)
        status = error_memory(error);
    else
        memcpy(suspect->given, suspect->session->hypers, hypers_size(suspect));
    if (status == GOLDSTEP_OK)
        find_rows(suspect);
    goldstep_status opened = run_open(&suspect->run, suspect->session, MODE_STATE_GIVEN, error);
    status = status == GOLDSTEP_OK ? opened : status;
    if (status == GOLDSTEP_OK)
        status = frame_open(&suspect->frame, suspect->session, error);
    if (status != GOLDSTEP_OK)
        suspect_close(suspect);
    return status;
}

void suspect_close(struct suspect *suspect)
{
    if (suspect->session == NULL)
        return;
    frame_close(&suspect->frame);
    run_close(&suspect->run);
    session_close(suspect->session);
    free(suspect->given);
    suspect->session = NULL;
}

size_t suspect_quantities(const struct suspect *suspect)
{
    return vector_count(suspect->session) + suspect->spec->scalar_states.count;
}

const char *suspect_quantity(const struct suspect *suspect, size_t quantity)
{
    size_t vectors = vector_count(suspect->session);
    if (quantity == 0)
        return session_result(suspect->session);
    return quantity < vectors ? suspect->spec->states.list[quantity - 1].name
                              : suspect->spec->scalar_states.list[quantity - vectors].name;
}

/* --- changes ---------------------------------------------------------------------------------------------------- */

double suspect_given(const struct suspect *suspect, size_t step, size_t hyper)
{
    return suspect->given[step * suspect->spec->hypers.count + hyper];
}

bool suspect_varies(const struct suspect *suspect, size_t hyper)
{
    for (size_t step = 2; step <= suspect->session->steps; step++)
        if (suspect_given(suspect, step, hyper) != suspect_given(suspect, 1, hyper))
            return true;
    return false;
}

/* The nearest number of `bits` significant bits, whatever its exponent. */
static double round_bits(double value, int bits)
{
    int exponent;
    double fraction = frexp(value, &exponent);
    return ldexp(rint(ldexp(fraction, bits)), exponent - bits);
}

static double changed(const struct suspect *suspect, const struct change *change, size_t step,
                      size_t hyper)
{
    double given = suspect_given(suspect, step, hyper);
    if (change->kind == CHANGE_ROUND)
        return round_bits(given, (int)change->value);
    if (change->kind == CHANGE_SWAP && hyper == change->other)
        return suspect_given(suspect, step, change->hyper);
    if (hyper != change->hyper)
        return given;
    switch (change->kind) {
    case CHANGE_VALUE:
        return change->value;
    case CHANGE_SCALE:
        return change->value * given;
    case CHANGE_LATE:
        return suspect_given(suspect, step > 1 ? step - 1 : step, hyper);
    case CHANGE_SWAP:
        return suspect_given(suspect, step, change->other);
    default:
        return given;
    }
}

/* Puts the change's trees into force. */
static bool apply_tree(struct suspect *suspect, const struct tree_change *tree)
{
    if (tree == suspect->tree && suspect->run.exact[0] != NULL && suspect->run.set != NULL)
        return true;
    if (run_edit(&suspect->run, suspect->session, tree != NULL ? &tree->edit : NULL, NULL) !=
        GOLDSTEP_OK)
        return false;
    suspect->tree = tree;
    return true;
}

/* Puts the change into force at steps `from` to `to`; false where its trees cannot be evaluated. */
static bool apply(struct suspect *suspect, const struct change *change, size_t from, size_t to)
{
    struct session *session = suspect->session;
    if (!apply_tree(suspect, change->tree))
        return false;
    size_t hypers = suspect->spec->hypers.count;
    bool step_changes = change->kind == CHANGE_STEP;
    session->step_factor = step_changes ? change->factor : 1;
    session->step_shift = step_changes ? change->value : 0;
    for (size_t step = from; step <= to; step++)
        for (size_t h = 0; h < hypers; h++)
            session->hypers[step * hypers + h] = changed(suspect, change, step, h);
    return true;
}

bool suspect_admits(struct suspect *suspect, const struct change *change)
{
    const struct session *session = suspect->session;
    for (size_t i = 0; i < suspect->row_count; i++) {
        size_t step = suspect->rows[i];
        if (!apply(suspect, change, step, step) ||
            domain_check(session->program, &session->hypers[step * suspect->spec->hypers.count], "",
                         NULL) != GOLDSTEP_OK)
            return false;
    }
    return true;
}

/* --- judging ---------------------------------------------------------------------------------------------------- */

/* Where the rule is undefined, it explains a NaN or an infinity and nothing else; an unbounded set explains nothing. */
static struct answer read_tally(const struct tally *tally)
{
    struct answer answer = {.sighting = tally->worst, .vague = tally->vague > 0};
    if (tally->deviates > 0) {
        answer = (struct answer){OUTCOME_UNEXPLAINED, false, tally->first_deviation};
    } else if (tally->undecided > 0) {
        answer = (struct answer){OUTCOME_UNDECIDED, false, tally->first_undecided};
        if (answer.sighting.problem == PROBLEM_NOT_FINITE)
            answer.outcome = OUTCOME_SILENT;
        else if (answer.sighting.problem == PROBLEM_UNDEFINED)
            answer.outcome =
                isfinite(answer.sighting.got) ? OUTCOME_UNEXPLAINED : OUTCOME_EXPLAINED;
    } else if (tally->unbounded > 0) {
        answer.outcome = OUTCOME_UNDECIDED;
        answer.sighting.problem = PROBLEM_UNBOUNDED;
    }
    return answer;
}

/* Judges one quantity of the frame's step, the coordinate's leaves being set; false where the trace has no result. */
static bool ask(struct suspect *suspect, size_t quantity, struct place place, struct answer *answer)
{
    const struct session *session = suspect->session;
    struct frame *frame = &suspect->frame;
    struct tally tally = {0};
    suspect->asked++;
    size_t vectors = vector_count(session);
    if (quantity < vectors) {
        judge(&suspect->run, frame, &place, program_result(session->program, quantity),
              frame->after[quantity], vector_carry(&suspect->run, quantity, place.coordinate),
              &tally);
    } else {
        size_t scalar = quantity - vectors;
        judge(&suspect->run, frame, NULL, session->program->scalar_states[scalar],
              frame->scalars_after[scalar], &suspect->run.scalars[scalar], &tally);
    }
    *answer = read_tally(&tally);
    return tally.coordinates > 0;
}

static void set_step(struct suspect *suspect)
{
    set_step_leaves(&suspect->run, suspect->run.exact[0], &suspect->frame);
    set_step_leaves(&suspect->run, suspect->run.set, &suspect->frame);
}

static void set_coordinate(struct suspect *suspect, struct place place)
{
    set_coordinate_leaves(&suspect->run, suspect->run.exact[0], &suspect->frame, place);
    set_coordinate_leaves(&suspect->run, suspect->run.set, &suspect->frame, place);
}

static void count(struct score *score, const struct answer *answer, const struct frame *frame,
                  size_t quantity, size_t index)
{
    if (score->of != NULL && score->of->one_quantity && score->of->quantity != quantity)
        return;
    score->explained += answer->outcome == OUTCOME_EXPLAINED;
    score->undecided += answer->outcome == OUTCOME_UNDECIDED;
    score->silent += answer->outcome == OUTCOME_SILENT;
    score->good[quantity] += answer->outcome == OUTCOME_EXPLAINED;
    score->vague[quantity] += answer->outcome == OUTCOME_EXPLAINED && answer->vague;
    if (answer->outcome != OUTCOME_UNEXPLAINED)
        return;
    score->bad[quantity]++;
    bool earlier = score->unexplained == 0 || frame->step < score->first.step;
    bool cause = !earlier && frame->step == score->first.step && score->first.quantity == 0;
    score->unexplained++;
    if (earlier || (cause && quantity > 0)) {
        score->first = (struct observation){frame->step, frame->tensor, quantity, index};
        score->answer = *answer;
    }
}

/* One step of a block; the scalar states belong to a tensor's first block. */
static void examine_step(struct suspect *suspect, size_t first, size_t length, struct score *score)
{
    struct answer answer;
    size_t vectors = vector_count(suspect->session);
    set_step(suspect);
    for (size_t i = 0; i < length; i++) {
        struct place place = {i, first + i};
        set_coordinate(suspect, place);
        for (size_t q = 0; q < vectors; q++)
            if (ask(suspect, q, place, &answer))
                count(score, &answer, &suspect->frame, q, place.index);
    }
    for (size_t q = vectors; q < suspect_quantities(suspect); q++)
        if (ask(suspect, q, (struct place){0, 0}, &answer) && first == 0)
            count(score, &answer, &suspect->frame, q, 0);
}

static void examine_block(struct suspect *suspect, size_t first, size_t length, size_t steps,
                          bool stop, struct score *score)
{
    frame_load(&suspect->frame, suspect->session, 0);
    check_start(&suspect->run, &suspect->frame, first, length);
    for (size_t step = 1; step <= steps && !(stop && score->unexplained > 0); step++) {
        frame_load(&suspect->frame, suspect->session, step);
        examine_step(suspect, first, length, score);
    }
}

void suspect_examine(struct suspect *suspect, const struct change *change,
                     const struct selection *selection, bool stop, struct score *score)
{
    *score = (struct score){.of = selection};
    if (!apply(suspect, change, 0, selection->steps)) {
        score->undecided = 1;
        return;
    }
    for (size_t r = 0; r < selection->count; r++) {
        const struct range *range = &selection->ranges[r];
        suspect->frame.tensor = range->tensor;
        for (size_t done = 0; done < range->count; done += BLOCK) {
            size_t length = range->count - done < BLOCK ? range->count - done : BLOCK;
            examine_block(suspect, range->first + done, length, selection->steps, stop, score);
            if (stop && score->unexplained > 0)
                return;
        }
    }
}

bool suspect_confirm(struct suspect *suspect, const struct change *change, struct score *score)
{
    size_t quantities = suspect_quantities(suspect), deviates = 0;
    size_t per_tensor = check_rows(suspect->session);
    size_t count = trace_tensors(suspect->session->trace) * per_tensor;
    struct row *rows = calloc(count + 1, sizeof *rows);
    *score = (struct score){0};
    bool judged = rows != NULL && apply(suspect, change, 0, suspect->session->steps) &&
                  check_mode(suspect->session, MODE_STATE_GIVEN, rows, NULL) == GOLDSTEP_OK;
    for (size_t i = 0; i < count && judged; i++) {
        const struct tally *tally = &rows[i].tally;
        if (i % per_tensor >= quantities) /* the low copy, which no rule says anything about */
            continue;
        deviates += tally->deviates + tally->undecided + tally->unbounded;
        score->explained += tally->coordinates;
        score->good[i % per_tensor] += tally->coordinates;
        score->vague[i % per_tensor] += tally->vague;
    }
    free(rows);
    return judged && deviates == 0;
}

bool score_explains(const struct score *score)
{
    for (size_t q = 0; q < MAX_QUANTITIES; q++)
        if (4 * score->vague[q] > score->good[q])
            return false;
    return score->explained > 0 && score->unexplained == 0 && score->undecided == 0;
}

size_t score_told(const struct score *score)
{
    size_t told = score->explained;
    for (size_t q = 0; q < MAX_QUANTITIES; q++)
        told -= score->vague[q];
    return told;
}

static bool round_carry(const struct suspect *suspect, const struct carry *carry, double *value)
{
    if (carry->exact_problem != PROBLEM_NONE)
        return false;
    *value = format_round(suspect->session->format, &carry->exact->left);
    return isfinite(*value);
}

bool suspect_compute(struct suspect *suspect, const struct change *change, size_t length,
                     double *values)
{
    struct score ignored = {0};
    size_t vectors = vector_count(suspect->session);
    bool known = apply(suspect, change, 0, suspect->session->steps);
    suspect->frame.tensor = 0;
    examine_block(suspect, 0, length, suspect->session->steps, false, &ignored);
    for (size_t q = 0; q < vectors; q++)
        for (size_t i = 0; i < length; i++)
            known = known && round_carry(suspect, vector_carry(&suspect->run, q, i),
                                         &values[q * length + i]);
    for (size_t s = 0; s < suspect->spec->scalar_states.count; s++)
        known = known &&
                round_carry(suspect, &suspect->run.scalars[s], &values[(vectors + s) * length]);
    return known;
}

/* --- one result ------------------------------------------------------------------------------------------------- */

struct answer suspect_answer(struct suspect *suspect, const struct change *change,
                             const struct observation *observation)
{
    struct answer answer = {.outcome = OUTCOME_SILENT};
    struct score ignored = {0};
    struct frame *frame = &suspect->frame;
    size_t step = observation->step, index = observation->index;
    frame->tensor = observation->tensor;
    frame_load(frame, suspect->session, step);
    if (!apply(suspect, change, step, step))
        return answer;
    if (!frame_starts_recorded(frame, suspect->session)) {
        apply(suspect, change, 0, step);
        examine_block(suspect, index, 1, step - 1, false, &ignored);
        frame_load(frame, suspect->session, step);
    }
    set_step(suspect);
    set_coordinate(suspect, (struct place){0, index});
    ask(suspect, observation->quantity, (struct place){0, index}, &answer);
    return answer;
}
