/* The diagnosis in words and in JSON. */
#include "verdict/diagnose.h"

#include "error.h"

#include <jansson.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SENTENCE_MAX = 1024,
    MAX_TIES = 8,   /* further explanations that are spelled out */
    TABLE_MAX = 24, /* lines of the table */
};

/* --- names ------------------------------------------------------------------------------------------------------ */

/* The fewest digits that give the number back. */
static const char *number(double value, char text[32])
{
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, 32, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    return text;
}

/* weight_decay is "weight decay" in a sentence. */
static void spoken(const char *name, char text[128])
{
    snprintf(text, 128, "%s", name);
    for (char *at = text; *at != '\0'; at++)
        if (*at == '_')
            *at = ' ';
}

/* "beta2 = 0.99 in place of 0.999"; `remark` says what that means, where it has a meaning of its own. */
static void value_text(const struct suspect *suspect, const struct change *change, char *text,
                       size_t size, char *remark, size_t remark_size)
{
    char value[32], given[32], words[128];
    const char *name = suspect->spec->hypers.list[change->hyper].name;
    double first = suspect_given(suspect, 1, change->hyper);
    number(change->value, value);
    spoken(name, words);
    if (suspect_varies(suspect, change->hyper))
        snprintf(text, size, "%s = %s at every step", name, value);
    else
        snprintf(text, size, "%s = %s in place of %s", name, value, number(first, given));
    if (change->value == 0)
        snprintf(remark, remark_size, ": %s is not applied", words);
    else if (change->value == first)
        snprintf(remark, remark_size, ": %s keeps its first value", words);
}

static void scale_text(const struct suspect *suspect, const struct change *change, char *text,
                       size_t size, char *remark, size_t remark_size)
{
    char value[32];
    const char *name = suspect->spec->hypers.list[change->hyper].name;
    if (change->value == -1) {
        snprintf(text, size, "-%s in place of %s", name, name);
        snprintf(remark, remark_size, ": the step goes the other way");
    } else {
        snprintf(text, size, "%s * %s in place of %s", number(change->value, value), name, name);
    }
}

static void change_text(const struct suspect *suspect, const struct change *change, char *text,
                        size_t size, char *remark, size_t remark_size)
{
    char value[32];
    const char *name = suspect->spec->hypers.count > change->hyper
                           ? suspect->spec->hypers.list[change->hyper].name
                           : "";
    const char *t = suspect->spec->schedule ? "k" : "t";
    *text = *remark = '\0';
    number(fabs(change->value), value);
    switch (change->kind) {
    case CHANGE_NONE:
        break;
    case CHANGE_VALUE:
        value_text(suspect, change, text, size, remark, remark_size);
        break;
    case CHANGE_SCALE:
        scale_text(suspect, change, text, size, remark, remark_size);
        break;
    case CHANGE_LATE:
        snprintf(text, size, "%s one step late", name);
        break;
    case CHANGE_STEP_SHIFT:
        snprintf(text, size, "%s = %s %c %s", t, t, change->value < 0 ? '-' : '+', value);
        break;
    case CHANGE_STEP_CONSTANT:
        snprintf(text, size, "t = %s at every step", value);
        break;
    }
}

/* "adamw with beta2 = 0.99 in place of 0.999", and the remark where `remark` is not NULL. */
static void hypothesis_name(const struct inquiry *inquiry, const struct hypothesis *hypothesis,
                            char *text, size_t size, char *remark)
{
    const struct suspect *suspect = &inquiry->suspects[hypothesis->suspect];
    char change[192], words[192];
    change_text(suspect, &hypothesis->change, change, sizeof change, words, sizeof words);
    snprintf(text, size, "%s%s%s", suspect->spec->shown, *change != '\0' ? " with " : "", change);
    if (remark != NULL)
        strcpy(remark, words);
}

/* --- sentences -------------------------------------------------------------------------------------------------- */

static void say(json_t *sentences, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(json_t *sentences, const char *format, ...)
{
    char text[SENTENCE_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    json_array_append_new(sentences, json_string(text));
}

static size_t coordinates(const struct score *score)
{
    return score->explained + score->unexplained + score->undecided;
}

/* "step 3, w0.x[2]" */
static void place_text(const struct suspect *suspect, const struct observation *at, char *text,
                       size_t size)
{
    snprintf(text, size, "step %zu, %.80s.%s[%zu]", at->step,
             trace_tensor_name(suspect->session->trace, at->tensor),
             suspect_quantity(suspect, at->quantity), at->index);
}

/* "m and v" */
static void append_name(char *text, size_t size, const char *name, size_t index, size_t count)
{
    size_t used = strlen(text);
    snprintf(text + used, size - used, "%s%s",
             index == 0          ? ""
             : index + 1 < count ? ", "
                                 : " and ",
             name);
}

/* Which quantities a rule gets right and which it does not, where there are both. */
static void say_quantities(json_t *sentences, const struct inquiry *inquiry,
                           const struct hypothesis *hypothesis)
{
    const struct suspect *suspect = &inquiry->suspects[hypothesis->suspect];
    const struct score *score = &hypothesis->score;
    size_t good = 0, bad = 0, good_seen = 0, bad_seen = 0;
    char good_text[256] = "", bad_text[256] = "", name[256];
    for (size_t q = 0; q < suspect_quantities(suspect); q++) {
        good += score->bad[q] == 0 && score->good[q] > 0;
        bad += score->bad[q] > 0;
    }
    for (size_t q = 0; q < suspect_quantities(suspect); q++) {
        if (score->bad[q] > 0)
            append_name(bad_text, sizeof bad_text, suspect_quantity(suspect, q), bad_seen++, bad);
        else if (score->good[q] > 0)
            append_name(good_text, sizeof good_text, suspect_quantity(suspect, q), good_seen++,
                        good);
    }
    hypothesis_name(inquiry, hypothesis, name, sizeof name, NULL);
    if (good > 0 && bad > 0)
        say(sentences, "%s %s to %s; %s %s not", good_text, good > 1 ? "conform" : "conforms", name,
            bad_text, bad > 1 ? "do" : "does");
}

static void say_unexplained(json_t *sentences, const struct inquiry *inquiry,
                            const struct hypothesis *closest)
{
    char name[256], place[256], got[32];
    const struct score *score = &closest->score;
    hypothesis_name(inquiry, closest, name, sizeof name, NULL);
    place_text(&inquiry->suspects[closest->suspect], &score->first, place, sizeof place);
    if (score->unexplained == 0)
        say(sentences, "nothing known explains this trace; closest is %s (%zu of %zu coordinates)",
            name, score->explained, coordinates(score));
    else
        say(sentences,
            "nothing known explains this trace; closest is %s (%zu of %zu coordinates), first "
            "unexplained %s: got %s, expected %s",
            name, score->explained, coordinates(score), place,
            number(score->answer.sighting.got, got), score->answer.sighting.expected_decimal);
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
    struct observation same = at;
    same.quantity = q;
    struct answer answer = suspect_answer(right, &best->change, &same);
    if (answer.outcome != OUTCOME_EXPLAINED)
        return json_null();
    char name[256], next_name[256], place[256], got[32];
    hypothesis_name(inquiry, best, name, sizeof name, NULL);
    hypothesis_name(inquiry, next, next_name, sizeof next_name, NULL);
    place_text(wrong, &at, place, sizeof place);
    const struct sighting *seen = &next->score.answer.sighting;
    say(sentences, "%s tells it from %s: got %s; %s gives %s, %s gives %s", place, next_name,
        number(seen->got, got), name, answer.sighting.expected_decimal, next_name,
        seen->expected_decimal);
    return json_pack("{s:s, s:s, s:I, s:s, s:s, s:I, s:s, s:s, s:s}", "best", name, "other",
                     next_name, "step", (json_int_t)at.step, "tensor",
                     trace_tensor_name(inquiry->trace, at.tensor), "quantity", quantity, "index",
                     (json_int_t)at.index, "got", number(seen->got, got), "best_gives",
                     answer.sighting.expected_decimal, "other_gives", seen->expected_decimal);
}

/* Hyperparameters of the trace that the rule does not have, and of the rule that the trace does not give. */
static void say_hypers(json_t *sentences, const struct inquiry *inquiry, const struct spec *spec)
{
    char value[32];
    double given;
    for (size_t i = 0; i < trace_hypers(inquiry->trace); i++)
        if (spec_bind(spec, trace_hyper_name(inquiry->trace, i)).kind != BIND_HYPER)
            say(sentences, "%s has no %s: the trace's is ignored", spec->shown,
                trace_hyper_name(inquiry->trace, i));
    for (size_t i = 0; i < spec->hypers.count; i++)
        if (!trace_hyper(inquiry->trace, inquiry->all.steps, spec->hypers.list[i].name, &given))
            say(sentences, "the trace gives no %s: %s takes its default, %s",
                spec->hypers.list[i].name, spec->shown, number(spec->hypers.list[i].value, value));
}

/* --- JSON ------------------------------------------------------------------------------------------------------- */

static const char *const change_names[] = {
    [CHANGE_NONE] = "none",
    [CHANGE_VALUE] = "value",
    [CHANGE_SCALE] = "scale",
    [CHANGE_LATE] = "late",
    [CHANGE_STEP_SHIFT] = "step shift",
    [CHANGE_STEP_CONSTANT] = "step constant",
};

static json_t *json_change(const struct suspect *suspect, const struct hypothesis *hypothesis)
{
    const struct change *change = &hypothesis->change;
    if (change->kind == CHANGE_NONE)
        return json_null();
    json_t *object =
        json_pack("{s:s, s:f}", "kind", change_names[change->kind], "value", change->value);
    if (change->kind == CHANGE_VALUE || change->kind == CHANGE_SCALE || change->kind == CHANGE_LATE)
        json_object_set_new(object, "hyper",
                            json_string(suspect->spec->hypers.list[change->hyper].name));
    if (change->kind == CHANGE_VALUE)
        json_object_set_new(object, "in_place_of",
                            json_real(suspect_given(suspect, 1, change->hyper)));
    if (hypothesis->solved)
        json_object_set_new(
            object, "explaining_values",
            json_pack("[f, f]", hypothesis->solution.least, hypothesis->solution.most));
    return object;
}

static json_t *json_first(const struct suspect *suspect, const struct score *score)
{
    char got[32];
    if (score->unexplained == 0)
        return json_null();
    return json_pack("{s:I, s:s, s:s, s:I, s:s, s:s}", "step", (json_int_t)score->first.step,
                     "tensor", trace_tensor_name(suspect->session->trace, score->first.tensor),
                     "quantity", suspect_quantity(suspect, score->first.quantity), "index",
                     (json_int_t)score->first.index, "got", number(score->answer.sighting.got, got),
                     "expected", score->answer.sighting.expected_decimal);
}

static json_t *json_hypothesis(const struct inquiry *inquiry, const struct hypothesis *hypothesis)
{
    const struct suspect *suspect = &inquiry->suspects[hypothesis->suspect];
    const struct score *score = &hypothesis->score;
    char name[256];
    hypothesis_name(inquiry, hypothesis, name, sizeof name, NULL);
    json_t *quantities = json_object();
    for (size_t q = 0; q < suspect_quantities(suspect); q++)
        if (score->good[q] + score->bad[q] > 0)
            json_object_set_new(quantities, suspect_quantity(suspect, q),
                                json_pack("{s:I, s:I}", "explained", (json_int_t)score->good[q],
                                          "unexplained", (json_int_t)score->bad[q]));
    return json_pack("{s:s, s:s, s:o, s:b, s:I, s:I, s:o, s:o}", "name", name, "rule",
                     suspect->spec->name, "change", json_change(suspect, hypothesis), "explains",
                     score_explains(score), "explained", (json_int_t)score->explained,
                     "coordinates", (json_int_t)coordinates(score), "quantities", quantities,
                     "first_unexplained", json_first(suspect, score));
}

static json_t *json_refused(const struct inquiry *inquiry)
{
    json_t *list = json_array();
    for (size_t i = 0; i < inquiry->refused_count; i++)
        json_array_append_new(list, json_pack("{s:s, s:s}", "rule", inquiry->refused[i].spec->name,
                                              "reason", inquiry->refused[i].reason));
    return list;
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

static json_t *write_sentences(struct inquiry *inquiry, json_t *sentences)
{
    const struct hypothesis *best = &inquiry->hypotheses[0], *next = NULL;
    char name[256], remark[192];
    json_t *separation = json_null();
    hypothesis_name(inquiry, best, name, sizeof name, remark);
    size_t ties = 0;
    for (size_t i = 1; i < inquiry->hypothesis_count && next == NULL; i++) {
        if (score_explains(&inquiry->hypotheses[i].score))
            ties = i;
        else
            next = &inquiry->hypotheses[i];
    }
    if (!score_explains(&best->score)) {
        say_unexplained(sentences, inquiry, best);
        say_quantities(sentences, inquiry, best);
        return separation;
    }
    if (best->kinship == KIN_SELF && inquiry->report != NULL)
        say(sentences,
            "each step conforms to %s from the state given, and only the free run deviates: the "
            "state is changed between the steps, or each step errs a little in the same way",
            name);
    else
        say(sentences, "this is %s%s", name, remark);
    say_hypers(sentences, inquiry, inquiry->suspects[best->suspect].spec);
    for (size_t i = 1; i <= ties && i <= MAX_TIES; i++) {
        hypothesis_name(inquiry, &inquiry->hypotheses[i], name, sizeof name, remark);
        say(sentences, "%s explains it too%s", name, remark);
    }
    if (next != NULL) {
        json_decref(separation);
        separation = say_separation(sentences, inquiry, best, next);
    }
    return separation;
}

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
        hypothesis_name(inquiry, hypothesis, line->name, sizeof line->name, NULL);
        line->explained = hypothesis->score.explained;
        line->coordinates = coordinates(&hypothesis->score);
        line->explains = score_explains(&hypothesis->score);
    }
    return GOLDSTEP_OK;
}

goldstep_status diagnosis_write(goldstep_diagnosis *diagnosis, struct inquiry *inquiry,
                                goldstep_error *error)
{
    json_t *sentences = json_array(), *candidates = json_array();
    json_t *separation = write_sentences(inquiry, sentences);
    for (size_t i = 0; i < inquiry->hypothesis_count; i++)
        json_array_append_new(candidates, json_hypothesis(inquiry, &inquiry->hypotheses[i]));
    diagnosis->explains = score_explains(&inquiry->hypotheses[0].score);
    diagnosis->text = join(sentences);
    json_t *root = json_pack("{s:i, s:s, s:b, s:o, s:o, s:o, s:o}", "goldstep", 1, "rule",
                             inquiry->named->name, "explains", diagnosis->explains, "sentences",
                             sentences, "candidates", candidates, "not_applicable",
                             json_refused(inquiry), "separation", separation);
    diagnosis->json = root != NULL ? json_dumps(root, JSON_INDENT(1)) : NULL;
    json_decref(root);
    if (diagnosis->json == NULL || diagnosis->text == NULL)
        return error_memory(error);
    return write_lines(diagnosis, inquiry, error);
}
