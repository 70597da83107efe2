#include "trace.h"

#include "error.h"
#include "eval/format.h"
#include "names.h"

#include <float.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

_Static_assert(sizeof(float) == 4 && FLT_MANT_DIG == 24, "float is binary32");
_Static_assert(sizeof(double) == 8 && DBL_MANT_DIG == 53, "double is binary64");

/* The array of one step. */
struct entry {
    size_t step;
    struct trace_array array;
    bool copied; /* the trace frees the data */
};

/* A quantity: its arrays in order of steps, so that a step is found by bisection. */
struct series {
    char *name;
    struct entry *entries;
    size_t size, room;
};

struct tensor {
    char *name;
    struct series *quantities;
    size_t size, room;
};

/* The hyperparameters are kept as a tensor without a name: a hyperparameter is a quantity of one binary64 number,
 * with an entry where it changes. */
struct goldstep_trace {
    char *file, *rule;
    goldstep_format format;
    size_t last_step, last_hyper_step;
    struct tensor *tensors;
    size_t size, room;
    struct tensor hypers;
    json_t *index; /* see key_of */
    void *mapping;
    size_t mapping_length;
};

enum { KEY_SIZE = 2 * NAME_MAX_BYTES + 2 };

#define refuse(error, ...) error_set(error, GOLDSTEP_BAD_INPUT, NULL, 0, 0, __VA_ARGS__)

/* --- lookup --------------------------------------------------------------------------------------------------- */

/* The index makes a lookup independent of the number of names. It holds a tensor's place by its name, and the place
 * of a quantity in its tensor by both names. No two keys collide, as no name has the control character between. */
static const char *key_of(char key[KEY_SIZE], const char *tensor, const char *quantity)
{
    stpcpy(stpcpy(stpcpy(key, tensor), "\n"), quantity);
    return key;
}

static bool index_find(const goldstep_trace *trace, const char *key, size_t *place)
{
    const json_t *found = json_object_get(trace->index, key);
    *place = found == NULL ? 0 : (size_t)json_integer_value(found);
    return found != NULL;
}

static struct series *find_series(const goldstep_trace *trace, const struct tensor *tensor,
                                  const char *name)
{
    char key[KEY_SIZE];
    size_t at;
    if (strnlen(name, NAME_MAX_BYTES + 1) > NAME_MAX_BYTES)
        return NULL;
    return index_find(trace, key_of(key, tensor->name, name), &at) ? &tensor->quantities[at] : NULL;
}

/* The last entry at `step` or before, or NULL. */
static const struct entry *find_entry(const struct series *series, size_t step)
{
    size_t from = 0, to = series == NULL ? 0 : series->size;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (series->entries[middle].step <= step)
            from = middle + 1;
        else
            to = middle;
    }
    return from == 0 ? NULL : &series->entries[from - 1];
}

/* --- growth --------------------------------------------------------------------------------------------------- */

/* Makes room for one more item; returns the items, or NULL (and they stay as they are). */
static void *grow(void *items, size_t size, size_t *room, size_t item_size)
{
    if (size < *room)
        return items;
    size_t more = *room == 0 ? 1 : 2 * *room;
    void *grown = reallocarray(items, more, item_size);
    if (grown != NULL)
        *room = more;
    return grown;
}

/* Enters a place into the index and returns a copy of the name, or NULL. */
static char *index_add(goldstep_trace *trace, const char *key, size_t place, const char *name)
{
    char *copy = strdup(name);
    if (copy != NULL &&
        json_object_set_new_nocheck(trace->index, key, json_integer((json_int_t)place)) == 0)
        return copy;
    free(copy);
    return NULL;
}

/* The tensor of this name, made where there is none; NULL: out of memory. */
static struct tensor *tensor_get(goldstep_trace *trace, const char *name)
{
    size_t at;
    if (index_find(trace, name, &at))
        return &trace->tensors[at];
    struct tensor *grown = grow(trace->tensors, trace->size, &trace->room, sizeof *grown);
    if (grown == NULL)
        return NULL;
    trace->tensors = grown;
    struct tensor made = {.name = index_add(trace, name, trace->size, name)};
    if (made.name == NULL)
        return NULL;
    grown[trace->size] = made;
    return &grown[trace->size++];
}

static struct series *series_get(goldstep_trace *trace, struct tensor *tensor, const char *name)
{
    struct series *known = find_series(trace, tensor, name);
    if (known != NULL)
        return known;
    struct series *grown = grow(tensor->quantities, tensor->size, &tensor->room, sizeof *grown);
    if (grown == NULL)
        return NULL;
    tensor->quantities = grown;
    char key[KEY_SIZE];
    struct series made = {
        .name = index_add(trace, key_of(key, tensor->name, name), tensor->size, name)};
    if (made.name == NULL)
        return NULL;
    grown[tensor->size] = made;
    return &grown[tensor->size++];
}

static goldstep_status append(goldstep_trace *trace, struct tensor *tensor, const char *name,
                              const struct entry *entry, goldstep_error *error)
{
    struct series *series = tensor == NULL ? NULL : series_get(trace, tensor, name);
    struct entry *grown =
        series == NULL ? NULL : grow(series->entries, series->size, &series->room, sizeof *grown);
    if (grown == NULL)
        return error_memory(error);
    series->entries = grown;
    series->entries[series->size++] = *entry;
    return GOLDSTEP_OK;
}

static goldstep_status append_copy(goldstep_trace *trace, struct tensor *tensor, const char *name,
                                   struct entry entry, size_t size, goldstep_error *error)
{
    void *copy = malloc(size == 0 ? 1 : size);
    if (copy == NULL)
        return error_memory(error);
    if (size > 0)
        memcpy(copy, entry.array.data, size);
    entry.array.data = copy;
    entry.copied = true;
    goldstep_status status = append(trace, tensor, name, &entry, error);
    if (status != GOLDSTEP_OK)
        free(copy);
    return status;
}

/* --- building ------------------------------------------------------------------------------------------------- */

static goldstep_status check_format(goldstep_format format, goldstep_error *error)
{
    if ((unsigned)format < FORMAT_COUNT)
        return GOLDSTEP_OK;
    return refuse(error, "format %d: expected a goldstep_format, from 0 to %d", (int)format,
                  FORMAT_COUNT - 1);
}

goldstep_status goldstep_trace_new(goldstep_trace **trace, const char *rule, goldstep_format format,
                                   goldstep_error *error)
{
    *trace = NULL;
    goldstep_status status = check_format(format, error);
    if (status != GOLDSTEP_OK)
        return status;
    goldstep_trace *made = calloc(1, sizeof *made);
    if (made == NULL)
        return error_memory(error);
    made->format = format;
    made->index = json_object();
    made->hypers.name = strdup("");
    if (made->index == NULL || made->hypers.name == NULL)
        status = error_memory(error);
    else if (rule != NULL)
        status = trace_set_rule(made, rule, error);
    if (status == GOLDSTEP_OK)
        *trace = made;
    else
        goldstep_trace_free(made);
    return status;
}

static goldstep_status replace(char **text, const char *by, goldstep_error *error)
{
    char *copy = strdup(by);
    if (copy == NULL)
        return error_memory(error);
    free(*text);
    *text = copy;
    return GOLDSTEP_OK;
}

goldstep_status trace_set_rule(goldstep_trace *trace, const char *rule, goldstep_error *error)
{
    goldstep_status status = name_check("rule", rule, error);
    return status == GOLDSTEP_OK ? replace(&trace->rule, rule, error) : status;
}

goldstep_status trace_set_file(goldstep_trace *trace, const char *path, goldstep_error *error)
{
    return replace(&trace->file, path, error);
}

void trace_own_mapping(goldstep_trace *trace, void *address, size_t length)
{
    trace->mapping = address;
    trace->mapping_length = length;
}

goldstep_status goldstep_trace_set_hyper(goldstep_trace *trace, size_t step, const char *name,
                                         double value, goldstep_error *error)
{
    goldstep_status status = name_check("hyperparameter", name, error);
    if (status != GOLDSTEP_OK)
        return status;
    if (!isfinite(value))
        return refuse(error, "hyperparameter %s: expected a finite number, found %g", name, value);
    if (step < trace->last_hyper_step)
        return refuse(
            error, "hyperparameter %s: step %zu follows step %zu: they are set in order of steps",
            name, step, trace->last_hyper_step);
    struct series *known = find_series(trace, &trace->hypers, name);
    if (known != NULL && known->size > 0 && known->entries[known->size - 1].step == step) {
        memcpy((void *)known->entries[known->size - 1].array.data, &value, sizeof value);
        return GOLDSTEP_OK;
    }
    struct entry entry = {.step = step, .array = {&value, 1, GOLDSTEP_BINARY64}};
    status = append_copy(trace, &trace->hypers, name, entry, sizeof value, error);
    if (status == GOLDSTEP_OK)
        trace->last_hyper_step = step;
    return status;
}

static goldstep_status check_step(const goldstep_trace *trace, size_t step, goldstep_error *error)
{
    size_t last = trace->last_step;
    if (trace->size == 0 && step > 1)
        return refuse(
            error,
            "step %zu comes first: expected step 0, which holds what the run starts from, "
            "or step 1",
            step);
    if (step < last)
        return refuse(error, "step %zu follows step %zu: steps are added in order", step, last);
    if (step - last > 1)
        return refuse(error, "step %zu follows step %zu: expected step %zu", step, last, last + 1);
    return GOLDSTEP_OK;
}

/* What an array must keep to, given the arrays of earlier steps. */
static goldstep_status check_earlier(const goldstep_trace *trace, size_t step, const char *tensor,
                                     const char *quantity, goldstep_format format, size_t count,
                                     goldstep_error *error)
{
    size_t at;
    bool known = index_find(trace, tensor, &at);
    const struct entry *last =
        known ? find_entry(find_series(trace, &trace->tensors[at], quantity), step) : NULL;
    if (last == NULL)
        return GOLDSTEP_OK;
    if (last->step == step)
        return refuse(error, "tensor %s, quantity %s: step %zu has it already", tensor, quantity,
                      step);
    if (last->array.count != count)
        return refuse(error, "tensor %s, quantity %s: %zu numbers in step %zu, %zu in step %zu",
                      tensor, quantity, count, step, last->array.count, last->step);
    if (last->array.format != format)
        return refuse(error, "tensor %s, quantity %s: %s in step %zu, %s in step %zu", tensor,
                      quantity, format_of(format)->name, step, format_of(last->array.format)->name,
                      last->step);
    return GOLDSTEP_OK;
}

static goldstep_status check_array(const goldstep_trace *trace, size_t step, const char *tensor,
                                   const char *quantity, goldstep_format format, size_t count,
                                   const void *data, goldstep_error *error)
{
    goldstep_status status = check_format(format, error);
    if (status == GOLDSTEP_OK)
        status = name_check("tensor", tensor, error);
    if (status == GOLDSTEP_OK)
        status = name_check_identifier("quantity", quantity, error);
    if (status == GOLDSTEP_OK)
        status = check_step(trace, step, error);
    if (status == GOLDSTEP_OK)
        status = check_earlier(trace, step, tensor, quantity, format, count, error);
    if (status == GOLDSTEP_OK && count > PTRDIFF_MAX / sizeof(double))
        status = refuse(error, "tensor %s, quantity %s: %zu numbers do not fit into memory", tensor,
                        quantity, count);
    if (status == GOLDSTEP_OK && count > 0 && data == NULL)
        status = refuse(error, "tensor %s, quantity %s: the data is NULL", tensor, quantity);
    return status;
}

goldstep_status trace_add_numbers(goldstep_trace *trace, size_t step, const char *tensor,
                                  const char *quantity, size_t count, const double *numbers,
                                  goldstep_error *error)
{
    const struct format *format = format_of(trace->format);
    char *data = malloc(count * format->size + 1);
    if (data == NULL)
        return error_memory(error);
    for (size_t i = 0; i < count; i++)
        format_store(format, numbers[i], data + i * format->size);
    goldstep_status status = goldstep_trace_add(trace, step, tensor, quantity, count, data, error);
    free(data);
    return status;
}

goldstep_status trace_borrow(goldstep_trace *trace, size_t step, const char *tensor,
                             const char *quantity, goldstep_format format, size_t count,
                             const void *data, goldstep_error *error)
{
    goldstep_status status = check_array(trace, step, tensor, quantity, format, count, data, error);
    if (status != GOLDSTEP_OK)
        return status;
    struct entry entry = {.step = step, .array = {data, count, format}};
    status = append(trace, tensor_get(trace, tensor), quantity, &entry, error);
    if (status == GOLDSTEP_OK)
        trace->last_step = step;
    return status;
}

goldstep_status goldstep_trace_add(goldstep_trace *trace, size_t step, const char *tensor,
                                   const char *quantity, size_t count, const void *data,
                                   goldstep_error *error)
{
    return goldstep_trace_add_as(trace, step, tensor, quantity, trace->format, count, data, error);
}

goldstep_status goldstep_trace_add_as(goldstep_trace *trace, size_t step, const char *tensor,
                                      const char *quantity, goldstep_format format, size_t count,
                                      const void *data, goldstep_error *error)
{
    goldstep_status status = check_array(trace, step, tensor, quantity, format, count, data, error);
    if (status != GOLDSTEP_OK)
        return status;
    struct entry entry = {.step = step, .array = {data, count, format}};
    size_t size = count * format_of(format)->size;
    status = append_copy(trace, tensor_get(trace, tensor), quantity, entry, size, error);
    if (status == GOLDSTEP_OK)
        trace->last_step = step;
    return status;
}

static void tensor_clear(struct tensor *tensor)
{
    for (size_t i = 0; i < tensor->size; i++) {
        struct series *series = &tensor->quantities[i];
        for (size_t j = 0; j < series->size; j++)
            if (series->entries[j].copied)
                free((void *)series->entries[j].array.data);
        free(series->entries);
        free(series->name);
    }
    free(tensor->quantities);
    free(tensor->name);
}

void goldstep_trace_free(goldstep_trace *trace)
{
    if (trace == NULL)
        return;
    for (size_t i = 0; i < trace->size; i++)
        tensor_clear(&trace->tensors[i]);
    tensor_clear(&trace->hypers);
    free(trace->tensors);
    json_decref(trace->index);
    if (trace->mapping != NULL)
        munmap(trace->mapping, trace->mapping_length);
    free(trace->file);
    free(trace->rule);
    free(trace);
}

/* --- reading -------------------------------------------------------------------------------------------------- */

double array_get(const struct trace_array *array, size_t index)
{
    const struct format *format = format_of(array->format);
    return format_load(format, (const unsigned char *)array->data + index * format->size);
}

const char *trace_file(const goldstep_trace *trace)
{
    return trace->file;
}

const char *trace_rule(const goldstep_trace *trace)
{
    return trace->rule;
}

goldstep_format trace_format(const goldstep_trace *trace)
{
    return trace->format;
}

size_t trace_steps(const goldstep_trace *trace)
{
    return trace->last_step;
}

size_t trace_tensors(const goldstep_trace *trace)
{
    return trace->size;
}

const char *trace_tensor_name(const goldstep_trace *trace, size_t tensor)
{
    return trace->tensors[tensor].name;
}

size_t trace_quantities(const goldstep_trace *trace, size_t tensor)
{
    return trace->tensors[tensor].size;
}

const char *trace_quantity_name(const goldstep_trace *trace, size_t tensor, size_t quantity)
{
    return trace->tensors[tensor].quantities[quantity].name;
}

const struct trace_array *trace_find(const goldstep_trace *trace, size_t step, size_t tensor,
                                     const char *quantity)
{
    const struct entry *found =
        find_entry(find_series(trace, &trace->tensors[tensor], quantity), step);
    return found != NULL && found->step == step ? &found->array : NULL;
}

size_t trace_hypers(const goldstep_trace *trace)
{
    return trace->hypers.size;
}

const char *trace_hyper_name(const goldstep_trace *trace, size_t hyper)
{
    return trace->hypers.quantities[hyper].name;
}

bool trace_hyper(const goldstep_trace *trace, size_t step, const char *name, double *value)
{
    const struct entry *found = find_entry(find_series(trace, &trace->hypers, name), step);
    if (found == NULL)
        return false;
    *value = array_get(&found->array, 0);
    return true;
}
