/* Single changes of a rule's trees, as they occur by mistake. */
#ifndef GOLDSTEP_EDITS_H
#define GOLDSTEP_EDITS_H

#include "verdict/suspect.h"

/* The changes of one rule, the simpler ones first; they live as long as the arena. */
struct edits {
    const struct tree_change **list;
    size_t count;
};

/* Lists the changes that the rule's equations admit: an operator, a root, a term or a factor that is dropped, added or
 * another, operands or names exchanged, a sign, a constant or a step number that is off by one, eps or parentheses in
 * the wrong place; and the same change made in all places where it can be. */
goldstep_status edits_list(const struct spec *spec, struct arena *arena, struct edits *edits,
                           goldstep_error *error);

void edits_free(struct edits *edits);

#endif
