/* Golden vectors as JSON; tests/golden/schema.json describes the file. */
#ifndef GOLDSTEP_VECTORS_H
#define GOLDSTEP_VECTORS_H

#include "emit/answer.h"

#include <jansson.h>
#include <stdio.h>

/* One test. Takes over `flags`, the list of its flags. */
json_t *vector_json(const struct spec *spec, json_int_t id, const char *comment, json_t *flags,
                    const struct given *given, const struct answer *answer);

/* Writes the file, one test a line, so that a changed value is one changed line. Takes over `flags`, each with its
 * explanation. Of `groups`, each with `format`, `comment`, `hyper` and `tests`, the tests are taken out. */
goldstep_status vectors_write(FILE *out, const struct spec *spec, json_t *flags, json_t *groups,
                              goldstep_error *error);

#endif
