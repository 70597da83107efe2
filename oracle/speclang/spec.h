/* One specification (a rule, a schedule, a theorem or an objective), and the library of them. CONTRIBUTING.md describes
 * the language. */
#ifndef GOLDSTEP_SPEC_H
#define GOLDSTEP_SPEC_H

#include "goldstep.h"
#include "speclang/arena.h"
#include "speclang/syntax.h"

enum {
    SPEC_MAX_BYTES = 65536, /* of one file */
    MAX_ITEMS = 64,         /* of one list of the front matter */
};

/* A named list of the front matter: an input, a state, a hyperparameter, a reduction. */
struct item {
    const char *name;
    size_t line, column;
    const char *text; /* what stands after the `=`, or NULL */
    size_t text_line, text_column;
    struct node *term;               /* a state's initial value, a hyperparameter's default */
    double value;                    /* a hyperparameter's default, rounded to binary64 */
    const struct function *equation; /* a state's, set when linked */
};

struct items {
    struct item *list;
    size_t count;
    bool given; /* the front matter has the key */
};

enum reduction_kind { REDUCE_SUM, REDUCE_SUMSQ, REDUCE_NORM2, REDUCE_DOT };

struct reduction {
    const char *name;
    enum reduction_kind kind;
    size_t inputs[2]; /* indices into the rule's inputs */
};

/* The keys whose value is text for people, in the order of the file. */
struct note {
    const char *key, *text;
};

/* A key, and where it stands; without a name there is none. */
struct key {
    const char *name;
    size_t line, column;
};

enum spec_kind { SPEC_RULE, SPEC_SCHEDULE, SPEC_THEOREM, SPEC_OBJECTIVE };

/* Who alone has a key: rules and schedules, theorems, theorems and objectives, or objectives. */
enum key_owner { OWNER_STEP, OWNER_THEOREM, OWNER_STATEMENT, OWNER_OBJECTIVE, KEY_OWNERS };

/* An objective of n coordinates: where a run begins, and each coordinate's parameters. */
struct instance {
    const char *text;
    size_t line, column;
    size_t n;       /* set when linked, as what follows */
    double *x;      /* n values */
    double *hypers; /* n values for each of `hyper`, one after the other */
};

struct spec {
    struct arena arena;
    const char *file;   /* the path, for messages */
    const char *source; /* the whole text */
    const char *title;
    const char *name;  /* adam_keras */
    const char *shown; /* adam.keras */
    enum spec_kind kind;
    const char *parent_name;
    size_t parent_line, parent_column;
    const struct spec *parent;
    struct note *notes;
    size_t note_count;
    struct items also, inputs, scalar_inputs, states, scalar_states, hypers, reduce;
    struct items rules;  /* that a theorem speaks of */
    struct items tries;  /* values of a theorem's constants that its check takes */
    const char *bound;   /* a theorem's: "upper" or "lower", or NULL, which is upper */
    const char *problem; /* the one objective that a theorem is about, or NULL: all of its class */
    struct key owned[KEY_OWNERS]; /* the first key of each owner */
    struct instance *instances;   /* an objective's */
    size_t instance_count;
    struct function *functions;
    size_t function_count;

    /* Set when linked. */
    bool linked, linking;
    const struct function *domain; /* NULL: everything is admitted */
    const struct function
        *output; /* the equation of x, a schedule's lr, a theorem's bound, an objective's f */
    struct reduction *reductions;
};

/* Reads one specification from text; `file` is copied. On success the caller owns *spec. */
goldstep_status spec_parse(struct spec **spec, const char *file, const char *text, size_t length,
                           goldstep_error *error);

void spec_free(struct spec *spec);

/* "rule", "schedule", "theorem" or "objective". */
const char *spec_kind_name(const struct spec *spec);

/* The text of a key whose value is text for people; NULL where the front matter has it not. */
const char *spec_note(const struct spec *spec, const char *key);

/* The function of this name that `spec` sees: its own, or an ancestor's. NULL where there is none. */
const struct function *spec_function(const struct spec *spec, const char *name, size_t length);

/* The equation `PREFIX_SUFFIX` of the rule, or the nearest ancestor's. */
const struct function *spec_equation(const struct spec *spec, const char *suffix);

/* What a parameter's name stands for. */
enum binding_kind {
    BIND_NONE,
    BIND_X,
    BIND_X_NEXT,
    BIND_INPUT,
    BIND_SCALAR_INPUT,
    BIND_STATE,
    BIND_STATE_NEXT,
    BIND_SCALAR_STATE,
    BIND_SCALAR_STATE_NEXT,
    BIND_HYPER,
    BIND_REDUCTION,
    BIND_T,
    BIND_K,
};

struct binding {
    enum binding_kind kind;
    size_t index; /* into the list that the kind names */
};

struct binding spec_bind(const struct spec *spec, const char *name);

/* The name that stands for a value from before the step: spec_bind's inverse. */
const char *spec_binding_name(const struct spec *spec, struct binding binding);

/* Whether an equation of the rule's step reads the step number `t` or `k`. */
bool spec_uses_step(const struct spec *spec);

/* Front-matter parsing; `comment` is the text between the first comment's delimiters. */
goldstep_status frontmatter_parse(struct spec *spec, const char *comment, size_t length,
                                  size_t line, size_t column, goldstep_error *error);

/* The functions and predicates of an annotation (the text between its delimiters). */
goldstep_status annotation_parse(struct spec *spec, const char *text, size_t length, size_t line,
                                 size_t column, goldstep_error *error);

/* A single term, for the front matter's initial values. */
goldstep_status term_parse(struct spec *spec, const char *text, size_t line, size_t column,
                           struct node **term, goldstep_error *error);

/* Resolves names, types and inheritance; `parent` is linked already. */
goldstep_status spec_link(struct spec *spec, const struct spec *parent, goldstep_error *error);

/* Checks that a term over the hyperparameters is one, as a front matter's initial value is. */
goldstep_status term_link(const struct spec *spec, struct node *term, goldstep_error *error);

/* Finds the equation NAME_SUFFIX, and checks that its parameters bind. */
goldstep_status spec_need_equation(const struct spec *spec, const char *suffix,
                                   const struct function **equation, goldstep_error *error);

/* What an objective has beside its equations: instances, and the constants that its class names. */
goldstep_status objective_link(struct spec *spec, goldstep_error *error);

/* One of a class's words, `smooth(L)`, with the names in its parentheses. */
enum { CLASS_NAMES = 2, CLASS_NAME_MAX = 32 };

struct class_word {
    char name[CLASS_NAME_MAX], constants[CLASS_NAMES][CLASS_NAME_MAX];
    size_t count;
};

/* Reads a word and moves *text behind it and its comma: 1, 0 at the end, or -1 where there is none. */
int class_next(const char **text, struct class_word *word);

/* --- the library ---------------------------------------------------------------------------------------------- */

/* The rules and schedules, sorted by name. */
size_t library_count(const goldstep_library *library);
const struct spec *library_spec(const goldstep_library *library, size_t index);

/* The theorems, sorted by name. */
size_t library_theorem_count(const goldstep_library *library);
const struct spec *library_theorem(const goldstep_library *library, size_t index);

/* The objectives, sorted by name. */
size_t library_objective_count(const goldstep_library *library);
const struct spec *library_objective(const goldstep_library *library, size_t index);

/* A rule or schedule by name, by its dotted form, or by a name of `also`; NULL with an error that suggests near names,
 * or says that a theorem or an objective is none. */
const struct spec *library_find(const goldstep_library *library, const char *name,
                                goldstep_error *error);

/* The same, or a theorem, or an objective. */
const struct spec *library_find_any(const goldstep_library *library, const char *name,
                                    goldstep_error *error);

/* The specifications compiled in: file, text pairs, ended by NULL. */
struct builtin_spec {
    const char *file, *text;
};
extern const struct builtin_spec builtin_specs[];

#endif
