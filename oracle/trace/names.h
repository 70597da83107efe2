/* What the names in a trace may be. */
#ifndef GOLDSTEP_NAMES_H
#define GOLDSTEP_NAMES_H

#include "goldstep.h"

enum { NAME_MAX_BYTES = 255 };

/* A name can be shown in a message: 1 to 255 bytes of UTF-8 without control characters. `kind` ("tensor") says in
 * the error what it is the name of. */
goldstep_status name_check(const char *kind, const char *name, goldstep_error *error);

/* A name that a specification can use: a C identifier. */
goldstep_status name_check_identifier(const char *kind, const char *name, goldstep_error *error);

#endif
