#include "verdict/explain.h"

#include "c_locale.h"
#include "error.h"
#include "verdict/check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_SIZE = 400, LABEL_SHOWN = 64, LABEL_DEPTH = 12 };

/* What is written so far, and which instructions it shows. */
struct explanation {
    struct run *run;
    int root;
    bool *shown;
    FILE *file;
};

bool result_place_read(const char *text, struct result_place *place)
{
    char *end;
    const char *comma = strchr(text, ','), *bracket = strrchr(text, '[');
    if (comma == NULL || bracket == NULL || bracket < comma)
        return false;
    const char *dot = bracket;
    while (dot > comma && *dot != '.')
        dot--;
    size_t tensor = (size_t)(dot - comma), quantity = (size_t)(bracket - dot);
    place->step = strtoull(text, &end, 10);
    if (end == text || end != comma || dot == comma || tensor > sizeof place->tensor ||
        quantity > sizeof place->quantity)
        return false;
    snprintf(place->tensor, sizeof place->tensor, "%.*s", (int)tensor - 1, comma + 1);
    snprintf(place->quantity, sizeof place->quantity, "%.*s", (int)quantity - 1, dot + 1);
    place->index = strtoull(bracket + 1, &end, 10);
    return end != bracket + 1 && strcmp(end, "]") == 0;
}

/* --- labels ---------------------------------------------------------------------------------------------------- */

/* "m_next", of what the step returns, or NULL. */
static const char *output_name(const struct program *program, int index, char *name, size_t size)
{
    const struct spec *spec = program->spec;
    for (size_t i = 0; i < spec->states.count; i++)
        if (program->states[i] == index &&
            snprintf(name, size, "%s_next", spec->states.list[i].name) > 0)
            return name;
    for (size_t i = 0; i < spec->scalar_states.count; i++)
        if (program->scalar_states[i] == index &&
            snprintf(name, size, "%s_next", spec->scalar_states.list[i].name) > 0)
            return name;
    return NULL;
}

static const char *operator_of(enum node_kind op)
{
    static const char *const operators[] = {
        [NODE_ADD] = " + ",        [NODE_SUBTRACT] = " - ",       [NODE_MULTIPLY] = " * ",
        [NODE_DIVIDE] = " / ",     [NODE_LESS] = " < ",           [NODE_LESS_EQUAL] = " <= ",
        [NODE_GREATER] = " > ",    [NODE_GREATER_EQUAL] = " >= ", [NODE_EQUAL] = " == ",
        [NODE_NOT_EQUAL] = " != ", [NODE_AND] = " && ",           [NODE_OR] = " || ",
        [NODE_IMPLIES] = " ==> ",
    };
    return op < sizeof operators / sizeof *operators ? operators[op] : NULL;
}

static const char *function_of(enum node_kind op)
{
    static const char *const functions[] = {
        [NODE_SQRT] = "sqrt", [NODE_POW] = "pow",     [NODE_EXP] = "exp", [NODE_LOG] = "log",
        [NODE_COS] = "cos",   [NODE_SIN] = "sin",     [NODE_ABS] = "abs", [NODE_MIN] = "min",
        [NODE_MAX] = "max",   [NODE_FLOOR] = "floor",
    };
    return op < sizeof functions / sizeof *functions ? functions[op] : NULL;
}

static void label(const struct program *program, int index, bool inner, int depth, char *text,
                  size_t size);

static void label_arguments(const struct program *program, const int *args, const char *between,
                            bool inner, int depth, char *text, size_t size)
{
    size_t used = 0;
    for (int i = 0; i < 2 && args[i] != NO_INSTRUCTION && used + 1 < size; i++) {
        if (i > 0)
            used += (size_t)snprintf(text + used, size - used, "%s", between);
        if (used + 1 >= size)
            return;
        label(program, args[i], inner, depth + 1, text + used, size - used);
        used += strlen(text + used);
    }
}

/* The expression, cut short; `inner`: in parentheses where it is a sum, a product or the like. */
static void label(const struct program *program, int index, bool inner, int depth, char *text,
                  size_t size)
{
    const struct instruction *instruction = &program->code[index];
    char arguments[LABEL_SIZE] = "", name[300];
    const char *output = depth > 0 ? output_name(program, index, name, sizeof name) : NULL;
    const char *between = operator_of(instruction->op), *function = function_of(instruction->op);
    if (output != NULL)
        snprintf(text, size, "%s", output);
    else if (instruction->op == NODE_NAME)
        snprintf(text, size, "%s", spec_binding_name(program->spec, instruction->leaf));
    else if (instruction->op == NODE_NUMBER)
        snprintf(text, size, "%s", instruction->text);
    else if (instruction->op == NODE_PI)
        snprintf(text, size, "pi");
    else if (depth == LABEL_DEPTH || instruction->op == NODE_IF)
        snprintf(text, size, "…");
    else if (function != NULL) {
        label_arguments(program, instruction->args, ", ", false, depth, arguments,
                        sizeof arguments);
        snprintf(text, size, "%s(%s)", function, arguments);
    } else {
        bool negated = between == NULL;
        label_arguments(program, instruction->args, negated ? "" : between, true, depth, arguments,
                        sizeof arguments);
        snprintf(text, size, inner ? "(%s%s)" : "%s%s",
                 !negated ? "" : (instruction->op == NODE_NOT ? "!" : "-"), arguments);
    }
}

/* --- lines ----------------------------------------------------------------------------------------------------- */

/* The larger distance of the set's ends from the value, in ulps of it. */
static double error_ulps(const struct run *run, mpfi_srcptr exact, mpfi_srcptr set)
{
    mpfr_t middle, distance;
    mpfr_inits2(mpfr_get_prec(&exact->left) + 1, middle, distance, (mpfr_ptr)0);
    mpfi_mid(middle, exact);
    double ulp = format_ulp(run->session->format, format_round(run->session->format, middle));
    mpfr_sub(distance, &set->right, middle, MPFR_RNDU);
    double above = mpfr_get_d(distance, MPFR_RNDU) / ulp;
    mpfr_sub(distance, middle, &set->left, MPFR_RNDU);
    double below = mpfr_get_d(distance, MPFR_RNDU) / ulp;
    mpfr_clears(middle, distance, (mpfr_ptr)0);
    return fmax(above, below);
}

/* Cut to `width` characters; bytes that continue one do not count. */
static void write_label(FILE *file, const char *text, int width)
{
    int written = 0;
    for (; *text != '\0' && (written < width || (*text & 0xc0) == 0x80); text++) {
        written += (*text & 0xc0) != 0x80;
        putc(*text, file);
    }
    for (; written < width; written++)
        putc(' ', file);
}

static void write_value(const struct explanation *explanation, int index)
{
    struct run *run = explanation->run;
    enum problem exact_problem, set_problem;
    mpfi_srcptr exact = evaluator_value(run->exact[0], index, &exact_problem);
    mpfi_srcptr set = evaluator_value(run->set, index, &set_problem);
    char decimal[40], low[40], high[40];
    if (exact_problem != PROBLEM_NONE || set_problem != PROBLEM_NONE) {
        enum problem problem = exact_problem != PROBLEM_NONE ? exact_problem : set_problem;
        fprintf(explanation->file, "  %s\n", problem_text(problem));
        return;
    }
    mpfr_t middle;
    mpfr_init2(middle, mpfr_get_prec(&exact->left) + 1);
    mpfi_mid(middle, exact);
    mpfr_snprintf(decimal, sizeof decimal, "%.17Rg", middle);
    mpfr_clear(middle);
    fprintf(explanation->file, "  %-25s %10.4g  ", decimal, error_ulps(run, exact, set));
    mpfr_snprintf(low, sizeof low, "%.17RDg", &set->left);
    mpfr_snprintf(high, sizeof high, "%.17RUg", &set->right);
    fprintf(explanation->file, "[%s, %s]\n", low, high);
}

/* The node, then its operands, unless they were shown before. Of an undecided condition, one side. */
static void write_node(struct explanation *explanation, int index, int depth)
{
    const struct program *program = explanation->run->session->program;
    const struct instruction *instruction = &program->code[index];
    char text[LABEL_SIZE], name[300] = "";
    bool again = explanation->shown[index];
    label(program, index, false, 0, text, sizeof text);
    if (index != explanation->root && output_name(program, index, name, sizeof name) != NULL)
        snprintf(text, sizeof text, "%s%s", name, again ? "" : " =");
    fprintf(explanation->file, "%*s", 2 * depth + 2, "");
    write_label(explanation->file, text, LABEL_SHOWN - 2 * depth);
    if (instruction->type == TYPE_BOOLEAN)
        fprintf(explanation->file, "  %s\n",
                evaluator_truth(explanation->run->exact[0], index) == 1 ? "true" : "false");
    else
        write_value(explanation, index);
    explanation->shown[index] = true;
    for (int i = 0; i < 3 && !again && instruction->op != NODE_NAME; i++)
        if (instruction->args[i] != NO_INSTRUCTION && depth < LABEL_SHOWN / 2 - 4)
            write_node(explanation, instruction->args[i], depth + 1);
}

/* --- finding the result ---------------------------------------------------------------------------------------- */

static int root_of(const struct session *session, const char *quantity)
{
    const struct spec *spec = session->spec;
    if (strcmp(quantity, session_result(session)) == 0)
        return session->program->output;
    for (size_t i = 0; i < spec->states.count; i++)
        if (strcmp(quantity, spec->states.list[i].name) == 0)
            return session->program->states[i];
    for (size_t i = 0; i < spec->scalar_states.count; i++)
        if (strcmp(quantity, spec->scalar_states.list[i].name) == 0)
            return session->program->scalar_states[i];
    return NO_INSTRUCTION;
}

static goldstep_status refuse(const struct session *session, const char *what, const char *expected,
                              goldstep_error *error)
{
    return error_set(error, GOLDSTEP_BAD_INPUT, trace_file(session->trace), 0, 0,
                     "no %s to explain: expected %s", what, expected);
}

/* Where the place is in the trace: the tensor's index. */
static goldstep_status find_place(const struct session *session, const struct result_place *place,
                                  size_t *tensor, goldstep_error *error)
{
    char expected[80];
    size_t tensors = trace_tensors(session->trace);
    for (*tensor = 0; *tensor < tensors; (*tensor)++)
        if (strcmp(trace_tensor_name(session->trace, *tensor), place->tensor) == 0)
            break;
    if (*tensor == tensors)
        return refuse(session, "such tensor", "one that the report names", error);
    if (root_of(session, place->quantity) == NO_INSTRUCTION)
        return refuse(session, "such quantity", "x or a state", error);
    if (place->step < 1 || place->step > session->steps) {
        snprintf(expected, sizeof expected, "1 to %zu", session->steps);
        return refuse(session, "such step", expected, error);
    }
    const struct trace_array *x =
        trace_find(session->trace, session->spec->kind == SPEC_SCHEDULE ? place->step : 0, *tensor,
                   session_result(session));
    size_t count = x != NULL ? x->count : 1;
    if (place->index >= count) {
        snprintf(expected, sizeof expected, "0 to %zu", count - 1);
        return refuse(session, "such index", expected, error);
    }
    return GOLDSTEP_OK;
}

static goldstep_status write_all(struct explanation *explanation, struct frame *frame,
                                 const struct result_place *place, goldstep_error *error)
{
    struct run *run = explanation->run;
    struct row *rows =
        calloc(vector_count(run->session) + run->session->spec->scalar_states.count, sizeof *rows);
    if (rows == NULL)
        return error_memory(error);
    frame_load(frame, run->session, 0);
    check_start(run, frame, place->index, 1);
    for (size_t step = 1; step < place->step; step++) {
        frame_load(frame, run->session, step);
        check_step(run, frame, place->index, 1, rows);
    }
    free(rows);
    frame_load(frame, run->session, place->step);
    struct evaluator *evaluators[] = {run->exact[0], run->set};
    for (size_t e = 0; e < 2; e++) {
        set_step_leaves(run, evaluators[e], frame);
        if (run->session->spec->kind == SPEC_RULE)
            set_coordinate_leaves(run, evaluators[e], frame, (struct place){0, place->index});
    }
    fprintf(explanation->file, "step %zu, %s.%s[%zu], %s, %s:\n", place->step, place->tensor,
            place->quantity, place->index, run->session->spec->shown, run->session->format->name);
    fprintf(explanation->file, "  ");
    write_label(explanation->file, "node", LABEL_SHOWN);
    fprintf(explanation->file, "  %-25s %10s  %s\n", "value", "error, ulps", "set");
    write_node(explanation, explanation->root, 0);
    return GOLDSTEP_OK;
}

static goldstep_status explain_session(const struct session *session,
                                       const struct result_place *place, char **text,
                                       goldstep_error *error)
{
    struct run run;
    struct frame frame = {0};
    size_t size;
    struct explanation explanation = {.run = &run, .root = root_of(session, place->quantity)};
    goldstep_status status = run_open(&run, session, MODE_STATE_GIVEN, error);
    if (status == GOLDSTEP_OK)
        status = frame_open(&frame, session, error);
    if (status == GOLDSTEP_OK)
        status = find_place(session, place, &frame.tensor, error);
    if (status == GOLDSTEP_OK) {
        explanation.shown = calloc((size_t)session->program->count, sizeof(bool));
        explanation.file = open_memstream(text, &size);
        if (explanation.shown == NULL || explanation.file == NULL)
            status = error_memory(error);
        else
            status = write_all(&explanation, &frame, place, error);
        if (explanation.file != NULL)
            fclose(explanation.file);
    }
    free(explanation.shown);
    frame_close(&frame);
    run_close(&run);
    return status;
}

goldstep_status explain(const goldstep_library *library, const goldstep_trace *trace,
                        const char *rule, const struct result_place *place, char **text,
                        goldstep_error *error)
{
    locale_t outer = c_locale_enter();
    struct session *session = NULL;
    const struct spec *spec = library_find(library, rule != NULL ? rule : trace_rule(trace), error);
    goldstep_status status = GOLDSTEP_BAD_INPUT;
    *text = NULL;
    if (spec != NULL)
        status = session_open(&session, spec, trace, error);
    if (status == GOLDSTEP_OK)
        status = explain_session(session, place, text, error);
    session_close(session);
    mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE);
    c_locale_leave(outer);
    return status;
}
