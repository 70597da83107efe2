/* The diagnosis in words. */
#include "verdict/diagnose.h"

#include "error.h"
#include "verdict/probe.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SENTENCE_MAX = 2048,
    LIST_MAX = 512,
    PLACE_MAX = 256,
    MAX_TIES = 8,   /* further explanations that are spelled out */
    TABLE_MAX = 12, /* lines of the table */
};

/* --- phrases ---------------------------------------------------------------------------------------------------- */

void hypothesis_name(const struct inquiry *inquiry, const struct hypothesis *hypothesis,
                     char name[HYPOTHESIS_NAME], char *remark)
{
    const struct suspect *suspect = &inquiry->suspects[hypothesis->suspect];
    struct change_text text;
    change_describe(suspect, &hypothesis->change, &text);
    snprintf(name, HYPOTHESIS_NAME, "%.99s%s%s", suspect->spec->shown,
             hypothesis->change.kind == CHANGE_TREE ? " where "
             : *text.change != '\0'                 ? " with "
                                                    : "",
             text.change);
    if (remark != NULL)
        strcpy(remark, text.remark);
}

size_t score_coordinates(const struct score *score)
{
    return score->explained + score->unexplained + score->undecided;
}

static void say(json_t *sentences, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(json_t *sentences, const char *format, ...)
{
    char text[SENTENCE_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    json_t *sentence = json_string(text);
    if (sentence == NULL) { /* a name that was cut within a character */
        for (char *at = text; *at != '\0'; at++)
            *at = (unsigned char)*at < 0x80 ? *at : '?';
        sentence = json_string(text);
    }
    json_array_append_new(sentences, sentence);
}

/* "step 3, w0.x[2]" */
static void place_text(const struct suspect *suspect, const struct observation *at,
                       char text[PLACE_MAX])
{
    snprintf(text, PLACE_MAX, "step %zu, %.80s.%.80s[%zu]", at->step,
             trace_tensor_name(suspect->session->trace, at->tensor),
             suspect_quantity(suspect, at->quantity), at->index);
}

/* "x, m and v" */
struct list {
    char text[LIST_MAX];
    size_t count, seen;
};

/* In the first pass names are counted, in the second they are listed. */
static void list_add(struct list *list, const char *name, int pass)
{
    list->count += pass == 0;
    if (pass == 0)
        return;
    size_t used = strlen(list->text);
    const char *before = list->seen == 0 ? "" : list->seen + 1 < list->count ? ", " : " and ";
    list->seen++;
    snprintf(list->text + used, LIST_MAX - used, "%s%.80s", before, name);
}

/* --- sentences -------------------------------------------------------------------------------------------------- */

/* Which quantities a rule gets right and which it does not, where there are both. */
static void say_quantities(json_t *sentences, const struct inquiry *inquiry,
                           const struct hypothesis *hypothesis)
{
    const struct suspect *suspect = &inquiry->suspects[hypothesis->suspect];
    const struct score *score = &hypothesis->score;
    struct list good = {.count = 0}, bad = {.count = 0};
    char name[HYPOTHESIS_NAME];
    for (int pass = 0; pass < 2; pass++)
        for (size_t q = 0; q < suspect_quantities(suspect); q++)
            if (score->bad[q] > 0 || score->good[q] > 0)
                list_add(score->bad[q] > 0 ? &bad : &good, suspect_quantity(suspect, q), pass);
    if (good.count == 0 || bad.count == 0)
        return;
    hypothesis_name(inquiry, hypothesis, name, NULL);
    say(sentences, "%s %s to %s; %s %s not", good.text, good.count > 1 ? "conform" : "conforms",
        name, bad.text, bad.count > 1 ? "do" : "does");
}

/* Where one end of a tensor deviates and the rest does not. */
static void say_end(json_t *sentences, const struct inquiry *inquiry,
                    const struct hypothesis *closest, const struct range *range)
{
    struct range one = {range->tensor, 0, 1};
    struct selection selection = {.ranges = &one, .count = 1, .steps = inquiry->all.steps};
    struct score score;
    size_t changes = 0, at = 0;
    bool first_bad = false, last_bad = false;
    for (size_t i = 0; i < range->count && changes < 2; i++) {
        one.first = i;
        suspect_examine(&inquiry->suspects[closest->suspect], &closest->change, &selection, true,
                        &score);
        bool bad = score.unexplained > 0;
        if (i > 0 && bad != last_bad) {
            changes++;
            at = i;
        }
        first_bad = i == 0 ? bad : first_bad;
        last_bad = bad;
    }
    const char *tensor = trace_tensor_name(inquiry->trace, range->tensor);
    if (changes == 1 && last_bad)
        say(sentences, "in %.99s only the coordinates from %zu on deviate", tensor, at);
    else if (changes == 1 && first_bad)
        say(sentences, "in %.99s only the coordinates up to %zu deviate", tensor, at - 1);
}

/* A rule that explains all but the states that it does not have. */
static void say_stateless(json_t *sentences, const struct inquiry *inquiry,
                          const struct hypothesis *hypothesis)
{
    const struct suspect *suspect = &inquiry->suspects[hypothesis->suspect];
    const struct items *states[] = {&inquiry->named->states, &inquiry->named->scalar_states};
    struct list good = {.count = 0}, lacking = {.count = 0};
    for (int pass = 0; pass < 2; pass++) {
        for (size_t q = 0; q < suspect_quantities(suspect); q++)
            if (hypothesis->score.good[q] > 0)
                list_add(&good, suspect_quantity(suspect, q), pass);
        for (size_t k = 0; k < 2; k++)
            for (size_t i = 0; i < states[k]->count; i++)
                if (spec_bind(suspect->spec, states[k]->list[i].name).kind == BIND_NONE)
                    list_add(&lacking, states[k]->list[i].name, pass);
    }
    say(sentences, "%s %s to %.99s, which has no %s", good.text,
        good.count > 1 ? "conform" : "conforms", suspect->spec->shown, lacking.text);
}

static void say_unexplained(json_t *sentences, const struct inquiry *inquiry,
                            const struct hypothesis *closest)
{
    char name[HYPOTHESIS_NAME], place[PLACE_MAX], got[NUMBER_TEXT];
    const struct score *score = &closest->score;
    const char *part = inquiry->sampled ? " looked at" : "";
    hypothesis_name(inquiry, closest, name, NULL);
    if (score->unexplained == 0) {
        say(sentences,
            "nothing known explains this trace; closest is %s (%zu of %zu coordinates%s, and %zu "
            "more in sets that say nothing)",
            name, score_told(score), score_coordinates(score), part,
            score->explained - score_told(score));
        return;
    }
    place_text(&inquiry->suspects[closest->suspect], &score->first, place);
    say(sentences,
        "nothing known explains this trace; closest is %s (%zu of %zu coordinates%s), first "
        "unexplained %s: got %s, expected %s",
        name, score->explained, score_coordinates(score), part, place,
        number_text(score->answer.sighting.got, got), score->answer.sighting.expected_decimal);
    if (score->first.step > 1)
        say(sentences, "up to step %zu all conforms to %s", score->first.step - 1, name);
    say_quantities(sentences, inquiry, closest);
    for (size_t i = 0; i < inquiry->partial_count; i++) {
        hypothesis_name(inquiry, &inquiry->partials[i].hypothesis, name, NULL);
        say(sentences, "%.99s alone is explained by %s", inquiry->partials[i].quantity, name);
    }
    for (size_t i = 0; i < inquiry->stateless_count; i++)
        say_stateless(sentences, inquiry, &inquiry->stateless[i]);
    if (inquiry->cut_off)
        say(sentences, "not all single changes of the equations were tried");
    for (size_t i = 0; i < inquiry->all.count && !inquiry->sampled; i++)
        say_end(sentences, inquiry, closest, &inquiry->all.ranges[i]);
}

static size_t explained_parts(const struct inquiry *inquiry)
{
    size_t explained = 0;
    for (size_t i = 0; i < trace_tensors(inquiry->trace) && i < MAX_PARTS; i++)
        explained += *inquiry->parts[i] != '\0';
    return explained;
}

/* What explains the tensors one by one. */
static void say_parts(json_t *sentences, const struct inquiry *inquiry)
{
    if (explained_parts(inquiry) == 0)
        return;
    for (size_t i = 0; i < trace_tensors(inquiry->trace); i++)
        if (*inquiry->parts[i] != '\0')
            say(sentences, "tensor %.99s alone is %s", trace_tensor_name(inquiry->trace, i),
                inquiry->parts[i]);
}

/* The place that speaks for the best and against the next. */
static json_t *say_separation(json_t *sentences, const struct inquiry *inquiry,
                              const struct hypothesis *best, const struct hypothesis *next)
{
    struct suspect *right = &inquiry->suspects[best->suspect];
    struct suspect *wrong = &inquiry->suspects[next->suspect];
    struct observation at = next->score.first;
    const char *quantity = suspect_quantity(wrong, at.quantity);
    size_t q = 0;
    while (q < suspect_quantities(right) && strcmp(suspect_quantity(right, q), quantity) != 0)
        q++;
    if (next->score.unexplained == 0 || q == suspect_quantities(right))
        return json_null();
    struct observation same = {at.step, at.tensor, q, at.index};
    struct answer answer = suspect_answer(right, &best->change, &same);
    if (answer.outcome != OUTCOME_EXPLAINED)
        return json_null();
    char name[HYPOTHESIS_NAME], next_name[HYPOTHESIS_NAME], place[PLACE_MAX], got[NUMBER_TEXT];
    const struct sighting *seen = &next->score.answer.sighting;
    hypothesis_name(inquiry, best, name, NULL);
    hypothesis_name(inquiry, next, next_name, NULL);
    place_text(wrong, &at, place);
    number_text(seen->got, got);
    say(sentences, "%s tells it from %s: got %s; %s gives %s, %s gives %s", place, next_name, got,
        name, answer.sighting.expected_decimal, next_name, seen->expected_decimal);
    return json_pack("{s:s, s:s, s:I, s:s, s:s, s:I, s:s, s:s, s:s}", "best", name, "other",
                     next_name, "step", (json_int_t)at.step, "tensor",
                     trace_tensor_name(inquiry->trace, at.tensor), "quantity", quantity, "index",
                     (json_int_t)at.index, "got", got, "best_gives",
                     answer.sighting.expected_decimal, "other_gives", seen->expected_decimal);
}

/* A second hypothesis that explains everything: what keeps the two the same, or which input would part them. */
static void say_tie(json_t *sentences, const struct inquiry *inquiry, const struct hypothesis *best,
                    const struct hypothesis *other)
{
    char name[HYPOTHESIS_NAME], remark[CHANGE_TEXT];
    struct parting parting;
    const struct suspect *suspects = inquiry->suspects;
    hypothesis_name(inquiry, other, name, remark);
    goldstep_status status = tell_apart(inquiry->trace, &suspects[best->suspect], &best->change,
                                        &suspects[other->suspect], &other->change, &parting, NULL);
    if (status != GOLDSTEP_OK || !parting.possible)
        say(sentences, "this trace cannot tell it from %s%s", name, remark);
    else if (*parting.input != '\0')
        say(sentences, "this trace cannot tell it from %s%s; %s would", name, remark,
            parting.input);
    else if (*parting.conditions != '\0')
        say(sentences, "same as %s while %s", name, parting.conditions);
    else
        say(sentences, "same as %s on every input tried", name);
}

/* Hyperparameters of the trace that the rule does not have, and of the rule that the trace does not give. */
static void say_hypers(json_t *sentences, const struct inquiry *inquiry,
                       const struct hypothesis *hypothesis)
{
    const goldstep_trace *trace = inquiry->trace;
    const struct spec *spec = inquiry->suspects[hypothesis->suspect].spec;
    const struct change *change = &hypothesis->change;
    struct list ignored = {.count = 0}, lacking = {.count = 0};
    for (int pass = 0; pass < 2; pass++) { /* counts the names, then lists them */
        for (size_t i = 0; i < trace_hypers(trace); i++)
            if (inquiry_ignores(inquiry, spec, i))
                list_add(&ignored, trace_hyper_name(trace, i), pass);
        for (size_t i = 0; i < spec->hypers.count; i++)
            if (inquiry_lacks(inquiry, spec->hypers.list[i].name) &&
                !(change->kind == CHANGE_VALUE && change->hyper == i))
                list_add(&lacking, spec->hypers.list[i].name, pass);
    }
    if (ignored.count > 0)
        say(sentences, "%.99s has no %s: what the trace gives is ignored", spec->shown,
            ignored.text);
    if (lacking.count > 0)
        say(sentences, "the trace gives no %s: %.99s takes %s", lacking.text, spec->shown,
            lacking.count > 1 ? "its defaults" : "its default");
}

/* The values that would do as well, where they differ by more than a hundredth. */
static void say_interval(json_t *sentences, const struct inquiry *inquiry,
                         const struct hypothesis *hypothesis)
{
    const struct solution *solution = &hypothesis->solution;
    const struct spec *spec = inquiry->suspects[hypothesis->suspect].spec;
    if (hypothesis->solved && change_has_hyper(&hypothesis->change) && solution->value != 0 &&
        solution->most - solution->least > 0.01 * fabs(solution->most))
        say(sentences, "any %.99s from %.3g to %.3g %sexplains it",
            spec->hypers.list[hypothesis->change.hyper].name, solution->least, solution->most,
            hypothesis->change.kind == CHANGE_SCALE ? "times its value " : "");
}

/* The first row of the low copy of x, or of anything else, that deviates in either mode; NULL where none does. */
static const struct row *find_deviating(const goldstep_report *report, bool low)
{
    for (enum mode mode = 0; mode < MODE_COUNT && report != NULL; mode++)
        for (size_t i = 0; i < report->row_count; i++) {
            const struct row *row = &report->rows[mode][i];
            if (row->tally.deviates > 0 && (strcmp(row->quantity, LOW_COPY) == 0) == low)
                return row;
        }
    return NULL;
}

/* Whether each low copy is that of the step before. */
static bool is_stale(const goldstep_trace *trace)
{
    for (size_t tensor = 0; tensor < trace_tensors(trace); tensor++)
        for (size_t step = 1; step <= trace_steps(trace); step++) {
            const struct trace_array *low = trace_find(trace, step, tensor, LOW_COPY);
            const struct trace_array *x = trace_find(trace, step - 1, tensor, "x");
            for (size_t i = 0; low != NULL && i < low->count; i++)
                if (x == NULL || array_get(low, i) !=
                                     format_round_double(format_of(low->format), array_get(x, i)))
                    return false;
        }
    return true;
}

/* The low copy has no part in any rule's equations. */
static void say_low_copy(json_t *sentences, const struct inquiry *inquiry)
{
    const struct row *row = find_deviating(inquiry->report, true);
    if (row == NULL)
        return;
    char got[NUMBER_TEXT], expected[NUMBER_TEXT];
    const struct sighting *first = &row->tally.first_deviation;
    say(sentences, "%s is not x rounded to %s: step %zu, %.80s.%s[%zu] is %s, and not %s%s",
        LOW_COPY, row->format->name, first->step, row->tensor, LOW_COPY, first->index,
        number_text(first->got, got), number_text(first->expected, expected),
        is_stale(inquiry->trace) ? "; it is the x of the step before" : "");
}

/* The sentences about what explains everything; returns the separation from the next. */
static json_t *say_explained(json_t *sentences, const struct inquiry *inquiry)
{
    const struct hypothesis *best = &inquiry->hypotheses[0];
    char name[HYPOTHESIS_NAME], remark[CHANGE_TEXT];
    hypothesis_name(inquiry, best, name, remark);
    if (best->kinship == KIN_SELF && find_deviating(inquiry->report, false) != NULL)
        say(sentences,
            "each step conforms to %s from the state given, and only the free run deviates: the "
            "state is changed between the steps, or each step errs a little in the same way",
            name);
    else
        say(sentences, "this is %s%s", name, remark);
    say_interval(sentences, inquiry, best);
    say_hypers(sentences, inquiry, best);
    size_t i = 1, said = 0;
    for (; i < inquiry->hypothesis_count && score_explains(&inquiry->hypotheses[i].score); i++) {
        const struct hypothesis *other = &inquiry->hypotheses[i];
        bool simple = other->change.tree == NULL || best->change.tree == NULL ||
                      other->change.tree->rank == best->change.tree->rank;
        if (simple && ++said <= MAX_TIES)
            say_tie(sentences, inquiry, best, other);
    }
    said = said < MAX_TIES ? said : MAX_TIES;
    if (i > said + 1)
        say(sentences, "%zu more explain%s it too", i - 1 - said, i == said + 2 ? "s" : "");
    return i < inquiry->hypothesis_count
               ? say_separation(sentences, inquiry, best, &inquiry->hypotheses[i])
               : json_null();
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

static char *join(const json_t *sentences)
{
    size_t length = 1, index;
    for (index = 0; index < json_array_size(sentences); index++)
        length += json_string_length(json_array_get(sentences, index)) + 1;
    char *text = calloc(1, length), *end = text;
    for (index = 0; index < json_array_size(sentences) && text != NULL; index++)
        end = stpcpy(stpcpy(end, json_string_value(json_array_get(sentences, index))), "\n");
    return text;
}

static goldstep_status write_lines(goldstep_diagnosis *diagnosis, const struct inquiry *inquiry,
                                   goldstep_error *error)
{
    size_t count =
        inquiry->hypothesis_count < TABLE_MAX ? inquiry->hypothesis_count : (size_t)TABLE_MAX;
    diagnosis->lines = calloc(count + 1, sizeof *diagnosis->lines);
    if (diagnosis->lines == NULL)
        return error_memory(error);
    diagnosis->line_count = count;
    for (size_t i = 0; i < count; i++) {
        struct diagnosis_line *line = &diagnosis->lines[i];
        const struct hypothesis *hypothesis = &inquiry->hypotheses[i];
        hypothesis_name(inquiry, hypothesis, line->name, NULL);
        line->explained = hypothesis->score.explained;
        line->coordinates = score_coordinates(&hypothesis->score);
        line->explains = score_explains(&hypothesis->score);
    }
    return GOLDSTEP_OK;
}

goldstep_status diagnosis_write(goldstep_diagnosis *diagnosis, struct inquiry *inquiry,
                                goldstep_error *error)
{
    json_t *sentences = json_array(), *separation = json_null();
    diagnosis->explains = score_explains(&inquiry->hypotheses[0].score);
    if (diagnosis->explains) {
        separation = say_explained(sentences, inquiry);
    } else {
        diagnosis->explains = explained_parts(inquiry) == trace_tensors(inquiry->trace);
        if (diagnosis->explains)
            say(sentences, "the tensors are not treated alike");
        else
            say_unexplained(sentences, inquiry, &inquiry->hypotheses[0]);
        say_parts(sentences, inquiry);
    }
    say_low_copy(sentences, inquiry);
    diagnosis->text = join(sentences);
    json_t *root = diagnosis_json(inquiry, diagnosis->explains, sentences, separation);
    diagnosis->json = root != NULL ? json_dumps(root, JSON_INDENT(1)) : NULL;
    json_decref(root);
    if (diagnosis->json == NULL || diagnosis->text == NULL)
        return error_memory(error);
    return write_lines(diagnosis, inquiry, error);
}
