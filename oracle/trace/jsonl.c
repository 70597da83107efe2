/* Traces as JSON lines, one object a line:
 *
 *     {"goldstep": 1, "rule": "adamw", "format": "binary32", "hyper": {"lr": 0.001, "beta1": 0.9}}
 *     {"step": 0, "tensors": {"w": {"x": [1.0, "0x1.8p-3"], "m": [0, 0]}}}
 *     {"step": 1, "hyper": {"lr": 0.01}, "tensors": {"w": {"g": [0.1, "NaN"], "x": [1, 2], "m": [0, 0]}}}
 *
 * "format" is what the implementation computes in, and the format of its arrays but those whose quantities
 * "formats": {"x": "bfloat16"} beside it names.
 *
 * "goldstep" is the version of this format; "rule", "formats" and "hyper" may be left out; a step's "hyper" holds from that step
 * on. A step may go over several lines. Numbers are as reader_number reads them, rounded to their array's format; a
 * scalar may stand without its brackets. Blank lines after the first are skipped. */
#include "reader.h"

#include "error.h"
#include "eval/format.h"
#include "trace/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What one trace may hold: JSON lines are for small ones. */
enum { MAX_LINE = 64 << 20, MAX_NUMBERS = 1 << 27, MAX_ARRAYS = 1 << 22 };
#define INSTEAD "write a .safetensors file instead"

#define FIRST_LINE "{\"goldstep\": 1, \"format\": …}"

struct lines {
    struct reader reader;
    FILE *in;
    char *text;
    size_t length, room;
    size_t numbers, arrays;
    json_t *formats; /* quantity: format */
};

/* --- lines ---------------------------------------------------------------------------------------------------- */

static goldstep_status line_put(struct lines *lines, char byte)
{
    if (lines->length == MAX_LINE)
        return reader_refuse(&lines->reader, "the line is longer than 64 MiB: " INSTEAD);
    if (lines->length == lines->room) {
        size_t more = lines->room == 0 ? 4096 : 2 * lines->room;
        char *grown = realloc(lines->text, more);
        if (grown == NULL)
            return error_memory(lines->reader.error);
        lines->text = grown;
        lines->room = more;
    }
    lines->text[lines->length++] = byte;
    return GOLDSTEP_OK;
}

/* Reads one line without its end; *end: there is none. */
static goldstep_status line_read(struct lines *lines, bool *end)
{
    goldstep_status status = GOLDSTEP_OK;
    int byte;
    lines->length = 0;
    lines->reader.line++;
    flockfile(lines->in);
    while (status == GOLDSTEP_OK && (byte = getc_unlocked(lines->in)) != EOF && byte != '\n')
        status = line_put(lines, (char)byte);
    *end = byte == EOF && lines->length == 0;
    funlockfile(lines->in);
    return status == GOLDSTEP_OK && ferror(lines->in) ? reader_fail(&lines->reader) : status;
}

static bool line_blank(const struct lines *lines)
{
    for (size_t i = 0; i < lines->length; i++)
        if (strchr(" \t\r", lines->text[i]) == NULL || lines->text[i] == '\0')
            return false;
    return true;
}

static goldstep_status line_json(struct lines *lines, json_t **json)
{
    const struct reader *reader = &lines->reader;
    json_error_t problem;
    *json = reader_json(lines->text, lines->length, &problem);
    if (*json == NULL)
        return error_set(reader->error, GOLDSTEP_BAD_INPUT, reader->file, reader->line,
                         problem.column > 0 ? (size_t)problem.column : 0, "%s", problem.text);
    if (json_is_object(*json))
        return GOLDSTEP_OK;
    json_decref(*json);
    return reader_refuse(reader, "expected an object, found an array");
}

/* Refuses a key that is not one of `keys`, which ends with NULL. */
static goldstep_status check_keys(const struct reader *reader, json_t *object,
                                  const char *const *keys)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        size_t i = 0;
        while (keys[i] != NULL && strcmp(keys[i], key) != 0)
            i++;
        if (keys[i] == NULL)
            return reader_refuse(reader, "unknown key %s", reader_show_key(key).text);
    }
    return GOLDSTEP_OK;
}

/* --- the first line ------------------------------------------------------------------------------------------- */

static goldstep_status read_format(const struct reader *reader, const json_t *value,
                                   goldstep_format *format)
{
    if (!format_named(json_is_string(value) ? json_string_value(value) : "", format))
        return reader_mismatch(reader, "format", FORMAT_NAMES, value);
    return GOLDSTEP_OK;
}

static goldstep_status read_formats(struct lines *lines, json_t *formats)
{
    const struct reader *reader = &lines->reader;
    const char *quantity;
    json_t *value;
    if (!json_is_object(formats))
        return reader_mismatch(reader, "formats", "an object of formats", formats);
    json_object_foreach(formats, quantity, value)
    {
        goldstep_error inner;
        goldstep_format format;
        goldstep_status status = name_check_identifier("quantity", quantity, &inner);
        if (status != GOLDSTEP_OK)
            return reader_pass(reader, status, &inner);
        if (!format_named(json_is_string(value) ? json_string_value(value) : "", &format))
            return reader_refuse(reader, "formats.%s: expected " FORMAT_NAMES ", found %s",
                                 quantity, reader_show(value).text);
    }
    lines->formats = json_incref(formats);
    return GOLDSTEP_OK;
}

static goldstep_format format_of_quantity(const struct lines *lines, const char *quantity)
{
    const json_t *own = json_object_get(lines->formats, quantity);
    goldstep_format format = trace_format(lines->reader.trace);
    if (own != NULL)
        format_named(json_string_value(own), &format);
    return format;
}

static goldstep_status read_first(struct lines *lines, json_t *line)
{
    static const char *const keys[] = {"goldstep", "rule", "format", "formats", "hyper", NULL};
    struct reader *reader = &lines->reader;
    const json_t *version = json_object_get(line, "goldstep");
    const json_t *rule = json_object_get(line, "rule"), *hyper = json_object_get(line, "hyper");
    if (version == NULL)
        return reader_refuse(reader, "expected the first line " FIRST_LINE
                                     ", found a line without \"goldstep\"");
    if (!json_is_number(version) || json_number_value(version) != 1)
        return reader_mismatch(reader, "goldstep", "1, the version of the format", version);
    json_t *formats = json_object_get(line, "formats");
    goldstep_format format;
    goldstep_status status = check_keys(reader, line, keys);
    if (status == GOLDSTEP_OK)
        status = read_format(reader, json_object_get(line, "format"), &format);
    if (status == GOLDSTEP_OK && formats != NULL)
        status = read_formats(lines, formats);
    if (status == GOLDSTEP_OK && rule != NULL && !json_is_string(rule))
        status = reader_mismatch(reader, "rule", "a string", rule);
    if (status == GOLDSTEP_OK)
        status = reader_begin(reader, json_string_value(rule), format);
    if (status == GOLDSTEP_OK && hyper != NULL)
        status = reader_hyper(reader, "hyper", 0, hyper);
    return status;
}

/* --- a step --------------------------------------------------------------------------------------------------- */

struct place {
    const char *tensor, *quantity;
    size_t step;
};

/* The `count` numbers of an array, or of a scalar without brackets, in the format. */
static goldstep_status read_numbers(struct lines *lines, const struct place *at,
                                    const json_t *values, goldstep_format format, size_t count,
                                    char *numbers)
{
    const struct reader *reader = &lines->reader;
    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_is_array(values) ? json_array_get(values, i) : values;
        double number;
        const char *expected = reader_number(reader, value, format, &number);
        char index[32] = "";
        if (expected != NULL && json_is_array(values))
            snprintf(index, sizeof index, "[%zu]", i);
        if (expected != NULL)
            return reader_refuse(reader, "tensors.%s.%s%s: expected %s, found %s", at->tensor,
                                 at->quantity, index, expected, reader_show(value).text);
        format_store(format_of(format), number, numbers + i * format_of(format)->size);
    }
    return GOLDSTEP_OK;
}

static goldstep_status read_array(struct lines *lines, const struct place *at, const json_t *values)
{
    struct reader *reader = &lines->reader;
    goldstep_error inner;
    goldstep_status status = name_check_identifier("quantity", at->quantity, &inner);
    if (status != GOLDSTEP_OK)
        return reader_pass(reader, status, &inner);
    size_t count = json_is_array(values) ? json_array_size(values) : 1;
    lines->numbers += count;
    if (lines->numbers > MAX_NUMBERS)
        return reader_refuse(reader, "more than 2^27 numbers: " INSTEAD);
    if (++lines->arrays > MAX_ARRAYS)
        return reader_refuse(reader, "more than 2^22 arrays: " INSTEAD);
    goldstep_format format = format_of_quantity(lines, at->quantity);
    char *numbers = calloc(count + 1, format_of(format)->size);
    if (numbers == NULL)
        return error_memory(reader->error);
    status = read_numbers(lines, at, values, format, count, numbers);
    if (status == GOLDSTEP_OK)
        status = reader_pass(reader,
                             goldstep_trace_add_as(reader->trace, at->step, at->tensor,
                                                   at->quantity, format, count, numbers, &inner),
                             &inner);
    free(numbers);
    return status;
}

static goldstep_status read_tensor(struct lines *lines, struct place *at, json_t *quantities)
{
    const struct reader *reader = &lines->reader;
    goldstep_error inner;
    goldstep_status status = name_check("tensor", at->tensor, &inner);
    if (status != GOLDSTEP_OK)
        return reader_pass(reader, status, &inner);
    if (json_object_size(quantities) == 0)
        return reader_refuse(reader, "tensors.%s: expected an object of arrays, found %s",
                             at->tensor,
                             json_is_object(quantities) ? "none" : reader_show(quantities).text);
    json_t *values;
    json_object_foreach(quantities, at->quantity, values)
    {
        status = read_array(lines, at, values);
        if (status != GOLDSTEP_OK)
            return status;
    }
    return GOLDSTEP_OK;
}

/* Below it every whole number is a double and a size_t, so that no step is rounded. */
static const double step_limit = 0x1p53;
_Static_assert(SIZE_MAX >= 1ULL << 53, "size_t holds every step");

static goldstep_status read_step(struct lines *lines, json_t *line)
{
    static const char *const keys[] = {"step", "hyper", "tensors", NULL};
    struct reader *reader = &lines->reader;
    const json_t *step = json_object_get(line, "step"), *hyper = json_object_get(line, "hyper");
    json_t *tensors = json_object_get(line, "tensors"), *quantities;
    goldstep_status status = check_keys(reader, line, keys);
    if (status != GOLDSTEP_OK)
        return status;
    double number = json_is_number(step) ? json_number_value(step) : -1;
    if (!(0 <= number && number < step_limit) || number != (double)(size_t)number)
        return reader_mismatch(reader, "step", "a whole number below 2^53", step);
    bool may_be_empty = number == 0; /* a schedule starts from nothing */
    if (json_object_size(tensors) == 0 && !(may_be_empty && json_is_object(tensors)))
        return reader_refuse(reader, "tensors: expected an object of tensors, found %s",
                             json_is_object(tensors) ? "none" : reader_show(tensors).text);
    struct place at = {.step = (size_t)number};
    if (hyper != NULL)
        status = reader_hyper(reader, "hyper", at.step, hyper);
    if (status != GOLDSTEP_OK)
        return status;
    json_object_foreach(tensors, at.tensor, quantities)
    {
        status = read_tensor(lines, &at, quantities);
        if (status != GOLDSTEP_OK)
            return status;
    }
    return GOLDSTEP_OK;
}

/* --- the file ------------------------------------------------------------------------------------------------- */

static goldstep_status read_line(struct lines *lines)
{
    bool first = lines->reader.trace == NULL;
    if (line_blank(lines) && !first)
        return GOLDSTEP_OK;
    if (line_blank(lines))
        return reader_refuse(&lines->reader,
                             "expected the first line " FIRST_LINE ", found a blank line");
    json_t *json;
    goldstep_status status = line_json(lines, &json);
    if (status != GOLDSTEP_OK)
        return status;
    status = first ? read_first(lines, json) : read_step(lines, json);
    json_decref(json);
    return status;
}

static goldstep_status read_lines(struct lines *lines)
{
    struct reader *reader = &lines->reader;
    bool end;
    goldstep_status status = line_read(lines, &end);
    while (status == GOLDSTEP_OK && !end) {
        status = read_line(lines);
        if (status == GOLDSTEP_OK)
            status = line_read(lines, &end);
    }
    if (status != GOLDSTEP_OK)
        return status;
    reader->line = 0;
    if (reader->trace == NULL)
        return reader_refuse(reader, "the file is empty: expected the first line " FIRST_LINE);
    if (trace_tensors(reader->trace) == 0)
        return reader_refuse(reader, "the trace holds no arrays");
    return GOLDSTEP_OK;
}

goldstep_status trace_read_jsonl(goldstep_trace **trace, const char *path, goldstep_error *error)
{
    struct lines lines = {.in = NULL};
    *trace = NULL;
    goldstep_status status = reader_open(&lines.reader, path, error);
    bool standard = strcmp(path, "-") == 0;
    if (status == GOLDSTEP_OK) {
        lines.in = standard ? stdin : fopen(path, "re");
        status = lines.in == NULL ? reader_fail(&lines.reader) : read_lines(&lines);
    }
    if (lines.in != NULL && !standard)
        fclose(lines.in);
    free(lines.text);
    json_decref(lines.formats);
    return reader_close(&lines.reader, status, trace);
}
