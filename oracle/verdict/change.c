#include "verdict/change.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TREE_TEXT = 120 };

const char *number_text(double value, char text[NUMBER_TEXT])
{
    if (value == rint(value) && fabs(value) < 1e6) {
        snprintf(text, NUMBER_TEXT, "%.0f", value);
        return text;
    }
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, NUMBER_TEXT, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    return text;
}

bool change_has_hyper(const struct change *change)
{
    return change->kind == CHANGE_VALUE || change->kind == CHANGE_SCALE ||
           change->kind == CHANGE_LATE;
}

/* weight_decay is "weight decay" in a sentence. */
static void spoken(const char *name, char text[NUMBER_TEXT])
{
    snprintf(text, NUMBER_TEXT, "%s", name);
    for (char *at = text; *at != '\0'; at++)
        if (*at == '_')
            *at = ' ';
}

static void describe_value(const struct suspect *suspect, const struct change *change,
                           const char *name, struct change_text *text)
{
    char value[NUMBER_TEXT], given[NUMBER_TEXT], words[NUMBER_TEXT];
    double first = suspect_given(suspect, 1, change->hyper);
    number_text(change->value, value);
    spoken(name, words);
    if (suspect_varies(suspect, change->hyper))
        snprintf(text->change, CHANGE_TEXT, "%.99s = %s at every step", name, value);
    else
        snprintf(text->change, CHANGE_TEXT, "%.99s = %s in place of %s", name, value,
                 number_text(first, given));
    if (change->value == 0)
        snprintf(text->remark, CHANGE_TEXT, ": %s is not applied", words);
    else if (change->value == first)
        snprintf(text->remark, CHANGE_TEXT, ": %s keeps its first value", words);
}

static void describe_scale(const struct change *change, const char *name, struct change_text *text)
{
    char value[NUMBER_TEXT];
    if (change->value == -1) {
        snprintf(text->change, CHANGE_TEXT, "-%.99s in place of %.99s", name, name);
        snprintf(text->remark, CHANGE_TEXT, ": the step goes the other way");
    } else {
        snprintf(text->change, CHANGE_TEXT, "%s * %.99s in place of %.99s",
                 number_text(change->value, value), name, name);
    }
}

/* "t = t - 1", "t = 2 t", "t = 1 at every step" */
static void describe_step(const struct suspect *suspect, const struct change *change,
                          struct change_text *text)
{
    char value[NUMBER_TEXT], factor[NUMBER_TEXT];
    const char *t = suspect->spec->kind == SPEC_SCHEDULE ? "k" : "t";
    double shift = change->value;
    if (suspect->spec->kind == SPEC_SCHEDULE) /* which counts from 0: k = t - 1 */
        shift += change->factor - 1;
    number_text(fabs(shift), value);
    if (change->factor == 0 && change->value > 1e12) {
        snprintf(text->change, CHANGE_TEXT, "%s = infinity", t);
        snprintf(text->remark, CHANGE_TEXT, ": nothing is corrected for the first steps");
    } else if (change->factor == 0) {
        snprintf(text->change, CHANGE_TEXT, "%s = %s at every step", t, value);
    } else {
        if (change->factor == 1)
            snprintf(text->change, CHANGE_TEXT, "%s = %s", t, t);
        else
            snprintf(text->change, CHANGE_TEXT, "%s = %s %s", t,
                     number_text(change->factor, factor), t);
        size_t used = strlen(text->change);
        if (shift != 0)
            snprintf(text->change + used, CHANGE_TEXT - used, " %c %s", shift < 0 ? '-' : '+',
                     value);
    }
}

static const char *bits_name(double bits)
{
    return bits == 24 ? "binary32" : bits == 11 ? "binary16" : "bfloat16";
}

/* "`adam_update` computes `m_hat / v_hat` for `m_hat / \sqrt(v_hat)`" */
static void describe_tree(const struct tree_change *tree, struct change_text *text)
{
    const struct edit *first = &tree->edit;
    bool name = first->at->kind == NODE_NAME && first->more != NULL;
    if (tree->function != NULL)
        snprintf(text->change, CHANGE_TEXT, "`%.80s` computes", tree->function->name);
    else
        snprintf(text->change, CHANGE_TEXT, "%s",
                 name ? "every equation has" : "equations compute");
    for (const struct edit *edit = first; edit != NULL; edit = name ? NULL : edit->more) {
        char at[TREE_TEXT], by[TREE_TEXT];
        size_t used = strlen(text->change);
        node_print(edit->at, at, sizeof at);
        node_print(edit->by, by, sizeof by);
        snprintf(text->change + used, CHANGE_TEXT - used, "%s `%s` for `%s`",
                 edit == first ? "" : " and", by, at);
    }
}

void change_describe(const struct suspect *suspect, const struct change *change,
                     struct change_text *text)
{
    const struct items *hypers = &suspect->spec->hypers;
    const char *name = change->hyper < hypers->count ? hypers->list[change->hyper].name : "";
    *text->change = *text->remark = '\0';
    switch (change->kind) {
    case CHANGE_NONE:
        break;
    case CHANGE_VALUE:
        describe_value(suspect, change, name, text);
        break;
    case CHANGE_SCALE:
        describe_scale(change, name, text);
        break;
    case CHANGE_LATE:
        snprintf(text->change, CHANGE_TEXT, "%.99s one step late", name);
        break;
    case CHANGE_SWAP:
        snprintf(text->change, CHANGE_TEXT, "%.99s and %.99s swapped", name,
                 hypers->list[change->other].name);
        break;
    case CHANGE_ROUND:
        snprintf(text->change, CHANGE_TEXT, "hyperparameters rounded to %s",
                 bits_name(change->value));
        break;
    case CHANGE_STEP:
        describe_step(suspect, change, text);
        break;
    case CHANGE_TREE:
        describe_tree(change->tree, text);
        break;
    }
}
