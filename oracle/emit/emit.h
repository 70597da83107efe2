/* A specification's equations in other tools' languages, from the same trees that the oracle evaluates. */
#ifndef GOLDSTEP_EMIT_H
#define GOLDSTEP_EMIT_H

#include "speclang/spec.h"

#include <stdio.h>

/* A Why3 theory for the rule and one for each rule that it is a variant of, oldest first: every function and
 * predicate, over Why3's real and int. WP's simplifier does not look into these, so a difference `computed - exact`
 * reaches the provers as it stands. */
void emit_why3(FILE *out, const struct spec *spec);

/* The WP driver that makes Frama-C take these for the ACSL functions of the same names. `file` is where the theories
 * stand. */
void emit_driver(FILE *out, const struct spec *spec, const char *file);

/* Coq definitions of the rule's equations, those that it inherits first, over the reals of Coq's standard library:
 * functions to R, predicates to Prop, an integer parameter in Z. */
void emit_coq(FILE *out, const struct spec *spec);

#endif
