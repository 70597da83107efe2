/* Why one result is judged as it is: its expression, node by node. */
#ifndef GOLDSTEP_EXPLAIN_H
#define GOLDSTEP_EXPLAIN_H

#include "goldstep.h"

/* One result: step (from 1), tensor, quantity ("x" or a state), index. */
struct result_place {
    size_t step, index;
    char tensor[256], quantity[256];
};

/* Reads "STEP,TENSOR.QUANTITY[INDEX]", as a report names a result. */
bool result_place_read(const char *text, struct result_place *place);

/* A line for each node of the result's expression, with the state given: its value, how far a conforming evaluation may be
 * from that, and the set. The caller frees *text. */
goldstep_status explain(const goldstep_library *library, const goldstep_trace *trace,
                        const char *rule, const struct result_place *place, char **text,
                        goldstep_error *error);

#endif
