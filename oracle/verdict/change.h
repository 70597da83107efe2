/* Changes and numbers in words. */
#ifndef GOLDSTEP_CHANGE_H
#define GOLDSTEP_CHANGE_H

#include "verdict/suspect.h"

enum { CHANGE_TEXT = 512, NUMBER_TEXT = 32 };

/* A change as it is said and what it means, where it has a meaning of its own: "weight_decay = 0 in place of 0.01" and
 * ": weight decay is not applied". */
struct change_text {
    char change[CHANGE_TEXT], remark[CHANGE_TEXT];
};

void change_describe(const struct suspect *suspect, const struct change *change,
                     struct change_text *text);

/* Whether the change is one of a single hyperparameter, `change->hyper`. */
bool change_has_hyper(const struct change *change);

/* The fewest digits that give the number back. */
const char *number_text(double value, char text[NUMBER_TEXT]);

#endif
