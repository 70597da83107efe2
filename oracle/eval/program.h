/* A rule compiled for evaluation: calls and \let are expanded, and equal subexpressions are one instruction. */
#ifndef GOLDSTEP_PROGRAM_H
#define GOLDSTEP_PROGRAM_H

#include "speclang/spec.h"

enum { NO_INSTRUCTION = -1 };

struct instruction {
    enum node_kind op; /* NODE_NAME: a leaf, whose value the caller sets */
    int args[3];       /* earlier instructions */
    enum type type;
    bool uniform;     /* the same for every coordinate of a step */
    const char *text; /* of a number */
    struct binding leaf;
};

/* One condition of the domain, and where it stands. */
struct conjunct {
    int instruction;
    const struct node *node;
};

struct program {
    const struct spec *spec;
    struct instruction *code;
    int count;
    int output;  /* x, or a schedule's lr */
    int *states; /* one for each of spec->states */
    int *scalar_states;
    int *initial_states;
    int *initial_scalars;
    struct conjunct *domain; /* all must hold; none where the rule has no domain */
    int domain_count;
};

/* A tree that stands in place of one of the specification's, and more of them. Its names may be any that bind. */
struct edit {
    const struct node *at, *by;
    const struct edit *more;
};

goldstep_status program_compile(const struct spec *spec, struct program **program,
                                goldstep_error *error);

/* The same of a specification with other trees (NULL: none). */
goldstep_status program_compile_edited(const struct spec *spec, const struct edit *edit,
                                       struct program **program, goldstep_error *error);

/* One function of a specification, its parameters bound by name, or one term over the hyperparameters, as `output`;
 * without states and domain. */
goldstep_status program_compile_function(const struct spec *spec, const struct function *function,
                                         struct program **program, goldstep_error *error);
goldstep_status program_compile_term(const struct spec *spec, const struct node *term,
                                     struct program **program, goldstep_error *error);

void program_free(struct program *program);

/* Whether the step returns the instruction's value: x, a state or a scalar state. */
bool program_returns(const struct program *program, int instruction);

/* The instruction of x (result 0; a schedule's lr) or of a state (1 and on). */
int program_result(const struct program *program, size_t result);

/* The leaf that holds this value, or NO_INSTRUCTION where the program does not read it. */
int program_leaf(const struct program *program, enum binding_kind kind, size_t index);

#endif
