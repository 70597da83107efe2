/* A trace in memory, as the verdict reads it. See goldstep.h for how one is built. */
#ifndef GOLDSTEP_TRACE_H
#define GOLDSTEP_TRACE_H

#include "goldstep.h"

#include <stdint.h>

/* One array of one step. `data` may be unaligned (a mapped file): read it through array_get. */
struct trace_array {
    const void *data;
    size_t count;
    goldstep_format format;
};

/* Element `index` (< count) as a double, which holds it exactly. */
double array_get(const struct trace_array *array, size_t index);

const char *trace_file(const goldstep_trace *trace); /* what was read, for messages, or NULL */
const char *trace_rule(const goldstep_trace *trace); /* NULL: the trace names none */
goldstep_format trace_format(const goldstep_trace *trace);

/* The number of steps after step 0. */
size_t trace_steps(const goldstep_trace *trace);

/* Tensors in the order in which they first appear. */
size_t trace_tensors(const goldstep_trace *trace);
const char *trace_tensor_name(const goldstep_trace *trace, size_t tensor);

/* The quantities that `tensor` has in any step, in the order in which they first appear. */
size_t trace_quantities(const goldstep_trace *trace, size_t tensor);
const char *trace_quantity_name(const goldstep_trace *trace, size_t tensor, size_t quantity);

/* The array of one step, or NULL where the trace does not hold it. */
const struct trace_array *trace_find(const goldstep_trace *trace, size_t step, size_t tensor,
                                     const char *quantity);

/* Hyperparameters that the trace sets at any step; false where `name` is not set at `step` or before. */
size_t trace_hypers(const goldstep_trace *trace);
const char *trace_hyper_name(const goldstep_trace *trace, size_t hyper);
bool trace_hyper(const goldstep_trace *trace, size_t step, const char *name, double *value);

/* As goldstep_trace_add, of numbers that the trace's format holds. */
goldstep_status trace_add_numbers(goldstep_trace *trace, size_t step, const char *tensor,
                                  const char *quantity, size_t count, const double *numbers,
                                  goldstep_error *error);

/* --- for the readers ------------------------------------------------------------------------------------------ */

goldstep_status trace_set_rule(goldstep_trace *trace, const char *rule, goldstep_error *error);
goldstep_status trace_set_file(goldstep_trace *trace, const char *path, goldstep_error *error);

/* As goldstep_trace_add_as, without the copy: the trace keeps `data`, which lives as long as the mapping. */
goldstep_status trace_borrow(goldstep_trace *trace, size_t step, const char *tensor,
                             const char *quantity, goldstep_format format, size_t count,
                             const void *data, goldstep_error *error);

/* Hands a mapping over to the trace, which unmaps it when freed. */
void trace_own_mapping(goldstep_trace *trace, void *address, size_t length);

goldstep_status trace_read_jsonl(goldstep_trace **trace, const char *path, goldstep_error *error);
goldstep_status trace_read_safetensors(goldstep_trace **trace, const char *path,
                                       goldstep_error *error);

#endif
