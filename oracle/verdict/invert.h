/* The value of a hyperparameter that would explain a trace. */
#ifndef GOLDSTEP_INVERT_H
#define GOLDSTEP_INVERT_H

#include "verdict/suspect.h"

/* The values that explain what was looked at, and the simplest decimal among them. */
struct solution {
    double value, least, most;
};

/* Searches the values of `change` (CHANGE_VALUE, CHANGE_SCALE, or whole numbers for CHANGE_STEP) for one that explains `selection`,
 * beginning with the values that explain `first`. False where none is found. */
bool invert(struct suspect *suspect, struct change change, const struct selection *selection,
            const struct observation *first, struct solution *solution);

/* Narrows a solution to the values that explain `selection` too; false where there are none. */
bool invert_further(struct suspect *suspect, struct change change,
                    const struct selection *selection, struct solution *solution);

/* The shortest decimal from `least` to `most`; of several equally short, the one nearest to the middle. */
double simplest_decimal(double least, double most);

#endif
