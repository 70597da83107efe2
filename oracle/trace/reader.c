#include "reader.h"

#include "c_locale.h"
#include "error.h"
#include "eval/format.h"
#include "trace/names.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* jansson needs up to 250 bytes for an object or array and 50 for any other value: these bounds hold what a small
 * file can make it allocate below 2 GiB. */
enum { MAX_BRACKETS = 1 << 22, MAX_COMMAS = 1 << 24 };

goldstep_status reader_open(struct reader *reader, const char *path, goldstep_error *error)
{
    *reader = (struct reader){.path = path, .file = path, .error = error};
    if (strcmp(path, "-") == 0)
        reader->file = "standard input";
    reader->plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    return reader->plain == (locale_t)0 ? error_memory(error) : GOLDSTEP_OK;
}

goldstep_status reader_close(struct reader *reader, goldstep_status status, goldstep_trace **trace)
{
    if (reader->plain != (locale_t)0)
        freelocale(reader->plain);
    if (status == GOLDSTEP_OK)
        *trace = reader->trace;
    else
        goldstep_trace_free(reader->trace);
    return status;
}

goldstep_status reader_begin(struct reader *reader, const char *rule, goldstep_format format)
{
    goldstep_error inner;
    goldstep_status status = goldstep_trace_new(&reader->trace, rule, format, &inner);
    if (status == GOLDSTEP_OK)
        status = trace_set_file(reader->trace, reader->file, &inner);
    return reader_pass(reader, status, &inner);
}

/* --- errors --------------------------------------------------------------------------------------------------- */

goldstep_status reader_refuse(const struct reader *reader, const char *format, ...)
{
    char text[sizeof reader->error->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return error_set(reader->error, GOLDSTEP_BAD_INPUT, reader->file, reader->line, 0, "%s", text);
}

goldstep_status reader_fail(const struct reader *reader)
{
    return error_set(reader->error, GOLDSTEP_SYSTEM_ERROR, reader->file, reader->line, 0, "%m");
}

goldstep_status reader_mismatch(const struct reader *reader, const char *where,
                                const char *expected, const json_t *value)
{
    return reader_refuse(reader, "%s: expected %s, found %s", where, expected,
                         reader_show(value).text);
}

goldstep_status reader_pass(const struct reader *reader, goldstep_status status,
                            const goldstep_error *inner)
{
    if (status != GOLDSTEP_OK)
        error_set(reader->error, status, reader->file, reader->line, 0, "%s", inner->message);
    return status;
}

struct shown reader_show(const json_t *value)
{
    struct shown shown = {""};
    size_t size = sizeof shown.text;
    if (value == NULL)
        return (struct shown){"nothing"};
    if (json_is_object(value))
        return (struct shown){"an object"};
    if (json_is_array(value))
        return (struct shown){"an array"};
    /* In ASCII, so that a terminal is sent no control characters. */
    size_t length = json_dumpb(value, shown.text, size - 1,
                               JSON_ENCODE_ANY | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(15));
    if (length >= size)
        snprintf(shown.text, size, "a string of %zu bytes", json_string_length(value));
    else
        shown.text[length] = '\0';
    return shown;
}

struct shown reader_show_key(const char *key)
{
    json_t *value = json_string(key);
    struct shown shown = reader_show(value);
    json_decref(value);
    return shown;
}

/* --- JSON ----------------------------------------------------------------------------------------------------- */

/* What jansson would not refuse, or NULL. */
static const char *fault(const char *text, size_t length)
{
    size_t brackets = 0, commas = 0;
    for (size_t i = 0; i < length; i++) {
        brackets += text[i] == '{' || text[i] == '[';
        commas += text[i] == ',';
    }
    if (brackets > MAX_BRACKETS || commas > MAX_COMMAS)
        return "more than 16777216 values or 4194304 objects and arrays";
    if (memchr(text, '\0', length) != NULL) /* jansson takes it for the end and skips the rest */
        return "there is a byte 0 in the text";
    return NULL;
}

json_t *reader_json(const char *text, size_t length, json_error_t *problem)
{
    const char *wrong = fault(text, length);
    *problem = (json_error_t){.line = 0};
    if (wrong != NULL) {
        stpcpy(problem->text, wrong);
        return NULL;
    }
    json_t *json = json_loadb(text, length, JSON_REJECT_DUPLICATES, problem);
    /* JavaScript writes 1e20 as an integer, which only a real can hold. */
    if (json == NULL && json_error_code(problem) == json_error_numeric_overflow)
        json = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, problem);
    if (json == NULL && problem->text[0] == '\0')
        stpcpy(problem->text, "out of memory");
    for (char *c = problem->text; json == NULL && *c != '\0'; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            *c = '?';
    return json;
}

static const char *const a_number = "a number or a hex float string";

static const char *out_of_range(goldstep_format format)
{
    static const char *const texts[FORMAT_COUNT] = {
        [GOLDSTEP_BINARY64] = "a number within the range of binary64",
        [GOLDSTEP_BINARY32] = "a number within the range of binary32",
        [GOLDSTEP_BINARY16] = "a number within the range of binary16",
        [GOLDSTEP_BFLOAT16] = "a number within the range of bfloat16",
    };
    return texts[format];
}

/* The number that `text`, in the C locale, is to the left of its last bit; the last bit is 1 where more follows. To
 * round that to at most 51 bits is to round the text once. */
static double to_odd(const char *text)
{
    MPFR_DECL_INIT(number, 53);
    uint64_t bits;
    locale_t outer = c_locale_enter();
    int inexact = mpfr_strtofr(number, text, NULL, 0, MPFR_RNDZ);
    c_locale_leave(outer);
    double cut = mpfr_get_d(number, MPFR_RNDZ);
    memcpy(&bits, &cut, sizeof bits);
    bits |= inexact != 0;
    memcpy(&cut, &bits, sizeof cut);
    return cut;
}

static const char *string_number(const char *text, locale_t plain, goldstep_format format,
                                 double *number)
{
    char *end;
    if (text[0] == '\0' || strchr(" \t\n\v\f\r", text[0]) != NULL)
        return a_number;
    errno = 0;
    if (format == GOLDSTEP_BINARY32)
        *number = (double)strtof_l(text, &end, plain);
    else
        *number = strtod_l(text, &end, plain);
    if (*end != '\0')
        return a_number;
    bool written = !isfinite(*number) && errno != ERANGE; /* as "Infinity" or "NaN" */
    if (format_of(format)->size == 2 && isfinite(*number))
        *number = format_round_double(format_of(format), to_odd(text));
    return isinf(*number) && !written ? out_of_range(format) : NULL;
}

const char *reader_number(const struct reader *reader, const json_t *value, goldstep_format format,
                          double *number)
{
    if (json_is_string(value))
        return string_number(json_string_value(value), reader->plain, format, number);
    if (!json_is_number(value))
        return a_number;
    if (json_is_integer(value)) {
        MPFR_DECL_INIT(integer, 64);
        mpfr_set_sj(integer, json_integer_value(value), MPFR_RNDN);
        *number = format_round(format_of(format), integer);
    } else {
        *number = format_round_double(format_of(format), json_real_value(value));
    }
    return isinf(*number) ? out_of_range(format) : NULL;
}

goldstep_status reader_hyper(struct reader *reader, const char *where, size_t step,
                             const json_t *values)
{
    const char *name;
    json_t *value;
    if (!json_is_object(values))
        return reader_mismatch(reader, where, "an object of numbers", values);
    json_object_foreach((json_t *)values, name, value)
    {
        goldstep_error inner;
        goldstep_status status = name_check("hyperparameter", name, &inner);
        if (status != GOLDSTEP_OK)
            return reader_pass(reader, status, &inner);
        double number;
        const char *expected = reader_number(reader, value, GOLDSTEP_BINARY64, &number);
        if (expected != NULL)
            return reader_refuse(reader, "%s.%s: expected %s, found %s", where, name, expected,
                                 reader_show(value).text);
        status = goldstep_trace_set_hyper(reader->trace, step, name, number, &inner);
        if (status != GOLDSTEP_OK)
            return reader_pass(reader, status, &inner);
    }
    return GOLDSTEP_OK;
}
