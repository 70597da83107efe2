/* What the two readers share: errors with their place, and what JSON says of numbers. */
#ifndef GOLDSTEP_READER_H
#define GOLDSTEP_READER_H

#include "trace/trace.h"

#include <jansson.h>
#include <locale.h>

struct reader {
    goldstep_trace *trace;
    const char *path; /* as given */
    const char *file; /* as shown */
    size_t line;      /* 0 where the file has no lines */
    locale_t plain;   /* the C locale */
    goldstep_error *error;
};

/* Opens a reader of `path`; reader_close frees the trace unless `status` is GOLDSTEP_OK, or hands it over. */
goldstep_status reader_open(struct reader *reader, const char *path, goldstep_error *error);
goldstep_status reader_close(struct reader *reader, goldstep_status status, goldstep_trace **trace);

/* Begins the trace. */
goldstep_status reader_begin(struct reader *reader, const char *rule, goldstep_format format);

/* Bad input: the place and the printf text. */
goldstep_status reader_refuse(const struct reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The file cannot be read: the place and errno. */
goldstep_status reader_fail(const struct reader *reader);

/* "WHERE: expected EXPECTED, found VALUE". */
goldstep_status reader_mismatch(const struct reader *reader, const char *where,
                                const char *expected, const json_t *value);

/* Hands on what the trace's builder says, with the place before it. */
goldstep_status reader_pass(const struct reader *reader, goldstep_status status,
                            const goldstep_error *inner);

/* One JSON object or array, or NULL and *problem (its position and column are 0 where there is none). */
json_t *reader_json(const char *text, size_t length, json_error_t *problem);

/* A number, rounded to nearest to `format`: a JSON number or a string that strtod reads whole in the C locale
 * (decimal, hex float, "NaN", "Infinity", "-Infinity"). An integer or a string is rounded once, from what is
 * written; a JSON number with a point or an exponent to binary64 first. Returns NULL, or what was expected. */
const char *reader_number(const struct reader *reader, const json_t *value, goldstep_format format,
                          double *number);

/* Sets the hyperparameters of a JSON object {"NAME": NUMBER, …} from `step` on. */
goldstep_status reader_hyper(struct reader *reader, const char *where, size_t step,
                             const json_t *values);

/* A JSON value as a message shows it. */
struct shown {
    char text[640];
};
struct shown reader_show(const json_t *value);
struct shown reader_show_key(const char *key);

#endif
