#include "rates/statement.h"

#include <stdio.h>
#include <string.h>

static const char *const phrases[QUANTITIES] = {
    [QUANTITY_GAP] = "f(x_t) - min f",
    [QUANTITY_GAP_INF] = "f(x_t) - inf f",
    [QUANTITY_DISTANCE] = "||x_t - x*||^2",
    [QUANTITY_GRADIENT] = "||grad f(x_t)||^2",
    [QUANTITY_LEAST_GRADIENT_BEFORE] = "min over s < t of ||grad f(x_s)||^2",
    [QUANTITY_LEAST_GRADIENT] = "min over s <= t of ||grad f(x_s)||^2",
    [QUANTITY_MEAN_GAP] = "mean over s < t of f(x_s) - min f",
};

enum quantity statement_quantity(const struct spec *theorem)
{
    enum quantity quantity = 0;
    while (quantity < QUANTITIES && strcmp(phrases[quantity], spec_note(theorem, "quantity")) != 0)
        quantity++;
    return quantity;
}

bool statement_is_lower(const struct spec *theorem)
{
    return theorem->bound != NULL && strcmp(theorem->bound, "lower") == 0;
}

/* --- classes --------------------------------------------------------------------------------------------------- */

/* What a word of an objective's class implies, and which of its constants that word's are. */
static const struct {
    const char *wanted, *by;
    size_t count, constants[CLASS_NAMES];
    bool largest[CLASS_NAMES];
} implications[] = {
    {"convex", "convex", 0, {0}, {false}},
    {"convex", "strongly_convex", 0, {0}, {false}},
    {"convex", "quadratic", 0, {0}, {false}},
    {"smooth", "smooth", 1, {0}, {true}},
    {"smooth", "quadratic", 1, {1}, {true}},
    {"strongly_convex", "strongly_convex", 1, {0}, {false}},
    {"strongly_convex", "quadratic", 1, {0}, {false}},
    {"pl", "pl", 1, {0}, {false}},
    {"pl", "strongly_convex", 1, {0}, {false}},
    {"pl", "quadratic", 1, {0}, {false}},
    {"quadratic", "quadratic", 2, {0, 1}, {false, true}},
};

enum { IMPLICATIONS = sizeof implications / sizeof *implications };

static bool is_known(const struct class_word *word)
{
    for (size_t i = 0; i < IMPLICATIONS; i++)
        if (strcmp(implications[i].wanted, word->name) == 0)
            return implications[i].count == word->count;
    return false;
}

/* Finds a word of the objective's class that implies `word`, and notes where the constants come from. */
static bool is_implied(const struct spec *theorem, const struct spec *objective,
                       const struct class_word *word, struct source sources[MAX_ITEMS])
{
    for (size_t i = 0; i < IMPLICATIONS; i++) {
        if (strcmp(implications[i].wanted, word->name) != 0)
            continue;
        const char *at = spec_note(objective, "class");
        struct class_word by;
        while (class_next(&at, &by) > 0) {
            if (strcmp(by.name, implications[i].by) != 0)
                continue;
            bool whole = true;
            for (size_t c = 0; c < word->count; c++) {
                size_t from = implications[i].constants[c];
                struct binding binding = spec_bind(theorem, word->constants[c]);
                whole = whole && from < by.count && binding.kind == BIND_HYPER;
                if (!whole)
                    break;
                struct source *source = &sources[binding.index];
                source->origin = ORIGIN_CLASS;
                source->largest = implications[i].largest[c];
                memcpy(source->constant, by.constants[from], CLASS_NAME_MAX);
            }
            if (whole)
                return true;
        }
    }
    return false;
}

bool statement_fits(const struct spec *theorem, const struct spec *objective,
                    struct source sources[MAX_ITEMS], char reason[REASON_MAX])
{
    static const struct {
        const char *name;
        enum origin origin;
    } starts[] = {{"R2", ORIGIN_R2}, {"d0", ORIGIN_D0}, {"x0", ORIGIN_X0}};
    const char *at = spec_note(theorem, "class");
    struct class_word word;
    int found;
    bool fits = theorem->problem == NULL || strcmp(theorem->problem, objective->name) == 0;
    *reason = '\0';
    memset(sources, 0, MAX_ITEMS * sizeof *sources);
    while ((found = class_next(&at, &word)) > 0) {
        if (!is_known(&word)) {
            snprintf(reason, REASON_MAX, "`%.40s` is no class that is known here", word.name);
            return false;
        }
        fits = is_implied(theorem, objective, &word, sources) && fits;
    }
    if (found < 0) {
        snprintf(reason, REASON_MAX, "its class is not understood from `%.60s` on", at);
        return false;
    }
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        struct binding binding = spec_bind(theorem, starts[i].name);
        if (binding.kind == BIND_HYPER)
            sources[binding.index].origin = starts[i].origin;
    }
    return fits;
}

/* --- choices --------------------------------------------------------------------------------------------------- */

static void add(struct choices *choices, struct choice choice)
{
    if (choices->count < MAX_CHOICES_OF_VALUE)
        choices->list[choices->count++] = choice;
}

/* Takes values from the conditions `NAME <= TERM`, `NAME < TERM` and `NAME == TERM`: the largest that is allowed and half
 * of it, or, where there is no largest, three quarters and half. */
static void add_limits(const struct node *node, const char *name, size_t constant,
                       struct choices *choices)
{
    if (node->kind == NODE_AND) {
        add_limits(node->args[0], name, constant, choices);
        add_limits(node->args[1], name, constant, choices);
        return;
    }
    bool strict = node->kind == NODE_LESS, equal = node->kind == NODE_EQUAL;
    if ((!strict && !equal && node->kind != NODE_LESS_EQUAL) || node->args[0]->kind != NODE_NAME ||
        strcmp(node->args[0]->text, name) != 0)
        return;
    add(choices, (struct choice){constant, node->args[1], equal || !strict ? 1 : 0.75, equal});
    if (!equal)
        add(choices, (struct choice){constant, node->args[1], 0.5, false});
}

bool statement_choices(const struct spec *theorem, const struct source sources[MAX_ITEMS],
                       const bool set[MAX_ITEMS], struct choices *choices, char reason[REASON_MAX])
{
    size_t open = 0, constant = 0;
    *choices = (struct choices){0};
    for (size_t h = 0; h < theorem->hypers.count; h++) {
        if (sources[h].origin != ORIGIN_NONE || set[h])
            continue;
        constant = h;
        open++;
    }
    if (open == 0) {
        add(choices, (struct choice){0});
        return true;
    }
    const char *name = theorem->hypers.list[constant].name;
    if (open > 1) {
        snprintf(reason, REASON_MAX,
                 "nothing gives %zu of its constants a value, `%.60s` among them", open, name);
        return false;
    }
    for (size_t i = 0; i < theorem->tries.count; i++)
        if (strcmp(theorem->tries.list[i].name, name) == 0)
            add(choices, (struct choice){constant, theorem->tries.list[i].term, 1, false});
    if (choices->count == 0)
        add_limits(theorem->domain->body, name, constant, choices);
    if (choices->count == 0)
        snprintf(reason, REASON_MAX, "nothing gives its constant `%.60s` a value", name);
    return choices->count > 0;
}
