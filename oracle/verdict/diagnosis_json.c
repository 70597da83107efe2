/* The diagnosis in JSON. */
#include "verdict/diagnose.h"

static const char *const change_names[] = {
    [CHANGE_NONE] = "none", [CHANGE_VALUE] = "value", [CHANGE_SCALE] = "scale",
    [CHANGE_LATE] = "late", [CHANGE_SWAP] = "swap",   [CHANGE_ROUND] = "round",
    [CHANGE_STEP] = "step", [CHANGE_TREE] = "tree",
};

static json_t *json_change(const struct suspect *suspect, const struct hypothesis *hypothesis)
{
    const struct change *change = &hypothesis->change;
    const struct items *hypers = &suspect->spec->hypers;
    struct change_text text;
    if (change->kind == CHANGE_NONE)
        return json_null();
    change_describe(suspect, change, &text);
    json_t *object = json_pack("{s:s, s:s, s:f}", "kind", change_names[change->kind], "text",
                               text.change, "value", change->value);
    if (change_has_hyper(change))
        json_object_set_new(object, "hyper", json_string(hypers->list[change->hyper].name));
    if (change->kind == CHANGE_VALUE)
        json_object_set_new(object, "in_place_of",
                            json_real(suspect_given(suspect, 1, change->hyper)));
    if (change->kind == CHANGE_STEP)
        json_object_set_new(object, "factor", json_real(change->factor));
    if (hypothesis->solved)
        json_object_set_new(
            object, "explaining_values",
            json_pack("[f, f]", hypothesis->solution.least, hypothesis->solution.most));
    return object;
}

static json_t *json_first(const struct suspect *suspect, const struct score *score)
{
    char got[NUMBER_TEXT];
    const struct observation *first = &score->first;
    if (score->unexplained == 0)
        return json_null();
    return json_pack("{s:I, s:s, s:s, s:I, s:s, s:s}", "step", (json_int_t)first->step, "tensor",
                     trace_tensor_name(suspect->session->trace, first->tensor), "quantity",
                     suspect_quantity(suspect, first->quantity), "index", (json_int_t)first->index,
                     "got", number_text(score->answer.sighting.got, got), "expected",
                     score->answer.sighting.expected_decimal);
}

static json_t *json_quantities(const struct suspect *suspect, const struct score *score)
{
    json_t *quantities = json_object();
    for (size_t q = 0; q < suspect_quantities(suspect); q++)
        if (score->good[q] + score->bad[q] > 0)
            json_object_set_new(quantities, suspect_quantity(suspect, q),
                                json_pack("{s:I, s:I}", "explained", (json_int_t)score->good[q],
                                          "unexplained", (json_int_t)score->bad[q]));
    return quantities;
}

static json_t *json_hypothesis(const struct inquiry *inquiry, const struct hypothesis *hypothesis)
{
    const struct suspect *suspect = &inquiry->suspects[hypothesis->suspect];
    const struct score *score = &hypothesis->score;
    char name[HYPOTHESIS_NAME];
    hypothesis_name(inquiry, hypothesis, name, NULL);
    return json_pack("{s:s, s:s, s:o, s:b, s:I, s:I, s:o, s:o}", "name", name, "rule",
                     suspect->spec->name, "change", json_change(suspect, hypothesis), "explains",
                     score_explains(score), "explained", (json_int_t)score->explained,
                     "coordinates", (json_int_t)score_coordinates(score), "quantities",
                     json_quantities(suspect, score), "first_unexplained",
                     json_first(suspect, score));
}

json_t *diagnosis_json(const struct inquiry *inquiry, bool explains, json_t *sentences,
                       json_t *separation)
{
    json_t *candidates = json_array(), *refused = json_array(), *parts = json_object();
    json_t *quantities = json_object(), *stateless = json_array();
    for (size_t i = 0; i < inquiry->hypothesis_count; i++)
        json_array_append_new(candidates, json_hypothesis(inquiry, &inquiry->hypotheses[i]));
    for (size_t i = 0; i < inquiry->refused_count; i++)
        json_array_append_new(refused,
                              json_pack("{s:s, s:s}", "rule", inquiry->refused[i].spec->name,
                                        "reason", inquiry->refused[i].reason));
    for (size_t i = 0; i < MAX_PARTS && i < trace_tensors(inquiry->trace); i++)
        if (*inquiry->parts[i] != '\0')
            json_object_set_new(parts, trace_tensor_name(inquiry->trace, i),
                                json_string(inquiry->parts[i]));
    for (size_t i = 0; i < inquiry->partial_count; i++)
        json_object_set_new(quantities, inquiry->partials[i].quantity,
                            json_hypothesis(inquiry, &inquiry->partials[i].hypothesis));
    for (size_t i = 0; i < inquiry->stateless_count; i++)
        json_array_append_new(stateless, json_hypothesis(inquiry, &inquiry->stateless[i]));
    return json_pack("{s:i, s:s, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "goldstep", 1, "rule",
                     inquiry->named->name, "explains", explains, "sentences", sentences,
                     "candidates", candidates, "not_applicable", refused, "by_tensor", parts,
                     "by_quantity", quantities, "without_states", stateless, "separation",
                     separation);
}
