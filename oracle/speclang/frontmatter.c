/* The leading comment of a specification: `key: value` lines. */
#include "speclang/lexer.h"
#include "speclang/spec.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_NOTES = 64 };

/* A value: a slice of the comment, in which the decoration of each line is blanked out. */
struct value {
    const char *text;
    size_t length, line, column;
};

/* Blanks the ` *` that begins each line but the first, so that positions stay true. */
static char *undecorated(struct spec *spec, const char *comment, size_t length)
{
    char *text = arena_copy(&spec->arena, comment, length);
    if (text == NULL)
        return NULL;
    bool line_start = false;
    for (char *at = text; at < text + length; at++) {
        if (line_start && *at == '*')
            *at = ' ';
        if (*at == '\n')
            line_start = true;
        else if (!isspace((unsigned char)*at))
            line_start = false;
    }
    return text;
}

/* The value's words, one space apart. */
static const char *words(struct spec *spec, struct value value)
{
    char *text = arena_copy(&spec->arena, value.text, value.length);
    if (text == NULL)
        return NULL;
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (!isspace((unsigned char)*from))
            *to++ = *from;
        else if (to > text && to[-1] != ' ')
            *to++ = ' ';
    }
    if (to > text && to[-1] == ' ')
        to--;
    *to = '\0';
    return text;
}

/* The extent of an item's right side: up to a comma outside parentheses. */
static size_t term_extent(const char *text, size_t length)
{
    int depth = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '(')
            depth++;
        else if (text[i] == ')')
            depth--;
        else if (text[i] == ',' && depth <= 0)
            return i;
    }
    return length;
}

enum item_form { NAMES_ONLY, NAMES_WITH_VALUES };

/* `a, b` or `a = TERM, b = TERM`. */
static goldstep_status parse_items(struct spec *spec, struct value value, enum item_form form,
                                   struct items *items, goldstep_error *error)
{
    struct lexer lexer = {
        spec->file, value.text, value.text + value.length, value.line, value.column, {0}, error};
    struct item list[MAX_ITEMS];
    size_t count = 0;
    goldstep_status status = lexer_next(&lexer);
    while (status == GOLDSTEP_OK) {
        if (lexer.token.kind != TOKEN_NAME || count == MAX_ITEMS)
            return lexer_fail(&lexer, "a name");
        struct item *item = &list[count++];
        *item = (struct item){.line = lexer.token.line, .column = lexer.token.column};
        item->name = arena_copy(&spec->arena, lexer.token.text, lexer.token.length);
        if (item->name == NULL)
            return error_memory(error);
        status = lexer_next(&lexer);
        if (status == GOLDSTEP_OK && form == NAMES_WITH_VALUES) {
            if (!lexer_is(&lexer, "="))
                return lexer_fail(&lexer, "`=`");
            const char *start = lexer.at;
            size_t length = term_extent(start, (size_t)(lexer.end - start));
            item->text = words(spec, (struct value){start, length, 0, 0});
            char *term = arena_copy(&spec->arena, start, length);
            if (term == NULL || item->text == NULL)
                return error_memory(error);
            item->text_line = lexer.line;
            item->text_column = lexer.column;
            status = term_parse(spec, term, lexer.line, lexer.column, &item->term, error);
            while (status == GOLDSTEP_OK && lexer.token.text < start + length &&
                   lexer.token.kind != TOKEN_END)
                status = lexer_next(&lexer);
        }
        if (status != GOLDSTEP_OK || lexer.token.kind == TOKEN_END)
            break;
        status = lexer_expect(&lexer, ",");
    }
    if (status != GOLDSTEP_OK)
        return status;
    items->list = arena_alloc(&spec->arena, count, sizeof *list);
    if (items->list == NULL)
        return error_memory(error);
    memcpy(items->list, list, count * sizeof *list);
    items->count = count;
    items->given = true;
    return GOLDSTEP_OK;
}

/* A hyperparameter's default: a number, maybe negative. */
static goldstep_status parse_defaults(struct spec *spec, goldstep_error *error)
{
    for (size_t i = 0; i < spec->hypers.count; i++) {
        struct item *hyper = &spec->hypers.list[i];
        const struct node *term = hyper->term;
        bool negative = term->kind == NODE_NEGATE;
        if (negative)
            term = term->args[0];
        hyper->value = term->kind == NODE_NUMBER ? strtod(term->text, NULL) : NAN;
        if (negative)
            hyper->value = -hyper->value;
        if (!isfinite(hyper->value))
            return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, hyper->text_line,
                             hyper->text_column, "%s: expected a number as its default, found `%s`",
                             hyper->name, hyper->text);
    }
    return GOLDSTEP_OK;
}

static goldstep_status set_name(struct spec *spec, struct value value, const char **name,
                                goldstep_error *error)
{
    struct items items = {0};
    goldstep_status status = parse_items(spec, value, NAMES_ONLY, &items, error);
    if (status != GOLDSTEP_OK)
        return status;
    if (items.count != 1 || *name != NULL)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, value.line, value.column,
                         "expected one name");
    *name = items.list[0].name;
    return GOLDSTEP_OK;
}

static goldstep_status twice(const struct spec *spec, const char *key, struct value value,
                             goldstep_error *error)
{
    return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, value.line, value.column,
                     "the key `%s` stands twice", key);
}

static goldstep_status add_note(struct spec *spec, const char *key, struct value value,
                                goldstep_error *error)
{
    if (spec->notes == NULL)
        spec->notes = arena_alloc(&spec->arena, MAX_NOTES, sizeof *spec->notes);
    const char *text = words(spec, value);
    if (spec->notes == NULL || text == NULL)
        return error_memory(error);
    if (spec->note_count == MAX_NOTES)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, value.line, value.column,
                         "expected at most %d notes", MAX_NOTES);
    spec->notes[spec->note_count++] = (struct note){key, text};
    return GOLDSTEP_OK;
}

/* What is said once of a theorem, and the class once of an objective. */
static goldstep_status add_theorem_note(struct spec *spec, const char *key, struct value value,
                                        goldstep_error *error)
{
    if (spec_note(spec, key) != NULL)
        return twice(spec, key, value, error);
    goldstep_status status = add_note(spec, key, value, error);
    const char *text = spec_note(spec, key);
    if (status == GOLDSTEP_OK && strcmp(key, "expectation") == 0 && strcmp(text, "no") != 0 &&
        strcmp(text, "yes") != 0 && strncmp(text, "over ", 5) != 0)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, value.line, value.column,
                         "expected `no`, `yes`, or `over` and what is random, found `%s`", text);
    return status;
}

static goldstep_status set_items(struct spec *spec, struct value value, enum item_form form,
                                 struct items *items, const char *key, goldstep_error *error)
{
    if (items->given)
        return twice(spec, key, value, error);
    return parse_items(spec, value, form, items, error);
}

/* Whether a theorem's bound is an upper or a lower one. */
static goldstep_status set_bound(struct spec *spec, struct value value, goldstep_error *error)
{
    goldstep_status status = set_name(spec, value, &spec->bound, error);
    if (status == GOLDSTEP_OK && strcmp(spec->bound, "upper") != 0 &&
        strcmp(spec->bound, "lower") != 0)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, value.line, value.column,
                         "expected `upper` or `lower`, found `%s`", spec->bound);
    return status;
}

static bool is_one_of(const char *key, const char *const *keys)
{
    while (*keys != NULL && strcmp(key, *keys) != 0)
        keys++;
    return *keys != NULL;
}

/* Of what kind the file is may stand below a key: spec_parse looks at what this leaves. */
static void remember(struct spec *spec, struct key key)
{
    static const char *const keys[KEY_OWNERS][8] = {
        [OWNER_STEP] = {"variant-of", "also", "inputs", "scalar inputs", "scalar state", "reduce",
                        "state"},
        [OWNER_THEOREM] = {"rules", "quantity", "expectation", "bound", "problem", "try"},
        [OWNER_STATEMENT] = {"class"},
        [OWNER_OBJECTIVE] = {"instance"},
    };
    for (size_t i = 0; i < KEY_OWNERS; i++)
        if (spec->owned[i].name == NULL && is_one_of(key.name, keys[i]))
            spec->owned[i] = key;
}

static goldstep_status set_kind(struct spec *spec, const char *key, struct value value,
                                goldstep_error *error)
{
    spec->kind = strcmp(key, "rule") == 0       ? SPEC_RULE
                 : strcmp(key, "schedule") == 0 ? SPEC_SCHEDULE
                 : strcmp(key, "theorem") == 0  ? SPEC_THEOREM
                                                : SPEC_OBJECTIVE;
    return set_name(spec, value, &spec->name, error);
}

static goldstep_status add_instance(struct spec *spec, struct value value, goldstep_error *error)
{
    if (spec->instances == NULL)
        spec->instances = arena_alloc(&spec->arena, MAX_ITEMS, sizeof *spec->instances);
    const char *text = words(spec, value);
    if (spec->instances == NULL || text == NULL)
        return error_memory(error);
    if (spec->instance_count == MAX_ITEMS)
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, value.line, value.column,
                         "expected at most %d instances", MAX_ITEMS);
    spec->instances[spec->instance_count++] =
        (struct instance){.text = text, .line = value.line, .column = value.column};
    return GOLDSTEP_OK;
}

static goldstep_status set_key(struct spec *spec, const char *key, struct value value,
                               size_t key_column, goldstep_error *error)
{
    static const char *const kinds[] = {"rule", "schedule", "theorem", "objective", NULL};
    static const char *const note_keys[] = {"source", "checked", "note", NULL};
    static const char *const theorem_notes[] = {"class", "quantity", "expectation", NULL};
    const struct {
        const char *key;
        enum item_form form;
        struct items *items;
    } lists[] = {
        {"also", NAMES_ONLY, &spec->also},
        {"inputs", NAMES_ONLY, &spec->inputs},
        {"scalar inputs", NAMES_ONLY, &spec->scalar_inputs},
        {"state", NAMES_WITH_VALUES, &spec->states},
        {"scalar state", NAMES_WITH_VALUES, &spec->scalar_states},
        {"hyper", NAMES_WITH_VALUES, &spec->hypers},
        {"reduce", NAMES_WITH_VALUES, &spec->reduce},
        {"rules", NAMES_ONLY, &spec->rules},
        {"try", NAMES_WITH_VALUES, &spec->tries},
    };
    remember(spec, (struct key){key, value.line, key_column});
    if (is_one_of(key, kinds))
        return set_kind(spec, key, value, error);
    if (strcmp(key, "variant-of") == 0) {
        spec->parent_line = value.line;
        spec->parent_column = value.column;
        return set_name(spec, value, &spec->parent_name, error);
    }
    if (strcmp(key, "bound") == 0)
        return set_bound(spec, value, error);
    if (strcmp(key, "problem") == 0)
        return set_name(spec, value, &spec->problem, error);
    if (strcmp(key, "instance") == 0)
        return add_instance(spec, value, error);
    if (is_one_of(key, note_keys))
        return add_note(spec, key, value, error);
    if (is_one_of(key, theorem_notes))
        return add_theorem_note(spec, key, value, error);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strcmp(key, lists[i].key) == 0)
            return set_items(spec, value, lists[i].form, lists[i].items, lists[i].key, error);
    return error_set(
        error, GOLDSTEP_BAD_INPUT, spec->file, value.line, key_column,
        "unknown key `%s`: expected rule, schedule, theorem, objective, variant-of, also, source, "
        "checked, inputs, scalar inputs, state, scalar state, hyper, reduce, rules, class, "
        "quantity, expectation, bound, problem, try, instance or note",
        key);
}

/* A line of the comment. `column` is that of `text`, the first character after the decoration. */
struct comment_line {
    const char *text, *end;
    size_t number, column;
};

/* Whether the line begins a key: a letter in the third column from the `*` on, and a colon after a short word. */
static size_t key_length(struct comment_line line)
{
    const char *at = line.text;
    if (at == line.end || *at != ' ' || line.end - at < 2 || at[1] == ' ')
        return 0;
    at++;
    const char *start = at;
    while (at < line.end && (islower((unsigned char)*at) || *at == ' ' || *at == '-'))
        at++;
    return at < line.end && *at == ':' ? (size_t)(at - start) : 0;
}

static const char *line_end(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline != NULL ? newline : end;
}

/* The `*` that begins a line of the comment, or NULL. */
static const char *decoration(const char *at, const char *end)
{
    while (at < end && *at != '\n' && isspace((unsigned char)*at))
        at++;
    return at < end && *at == '*' ? at : NULL;
}

static goldstep_status take_key(struct spec *spec, struct comment_line line, size_t length,
                                const char *value_end, goldstep_error *error)
{
    char *key = arena_copy(&spec->arena, line.text + 1, length);
    if (key == NULL)
        return error_memory(error);
    struct value value = {line.text + length + 2, (size_t)(value_end - (line.text + length + 2)),
                          line.number, line.column + length + 2};
    return set_key(spec, key, value, line.column + 1, error);
}

goldstep_status frontmatter_parse(struct spec *spec, const char *comment, size_t length,
                                  size_t line_number, size_t column, goldstep_error *error)
{
    const char *text = undecorated(spec, comment, length);
    if (text == NULL)
        return error_memory(error);
    const char *end = text + length, *first = line_end(text, end);
    spec->title = words(spec, (struct value){text, (size_t)(first - text), line_number, column});
    if (spec->title == NULL)
        return error_memory(error);
    if (*spec->title == '\0')
        return error_set(error, GOLDSTEP_BAD_INPUT, spec->file, line_number, column,
                         "expected a title on the comment's first line");
    struct comment_line key = {0};
    size_t found = 0; /* the length of the key whose value is being collected */
    for (const char *at = first; at < end;) {
        const char *start = at + 1;
        const char *star = decoration(comment + (start - text), comment + length);
        line_number++;
        struct comment_line line = {start, line_end(start, end), line_number, 1};
        if (star != NULL) {
            line.text = text + (star - comment) + 1;
            line.column = (size_t)(line.text - start) + 1;
        }
        size_t next = star != NULL ? key_length(line) : 0;
        if (next > 0) {
            goldstep_status status =
                found > 0 ? take_key(spec, key, found, at, error) : GOLDSTEP_OK;
            if (status != GOLDSTEP_OK)
                return status;
            key = line;
            found = next;
        }
        at = line.end;
    }
    goldstep_status status = found > 0 ? take_key(spec, key, found, end, error) : GOLDSTEP_OK;
    return status == GOLDSTEP_OK ? parse_defaults(spec, error) : status;
}
