/* The tokens of the specification language. */
#ifndef GOLDSTEP_LEXER_H
#define GOLDSTEP_LEXER_H

#include "error.h"

enum token_kind {
    TOKEN_END,     /* the end of the annotation */
    TOKEN_NAME,    /* an identifier or a keyword */
    TOKEN_BUILTIN, /* \sqrt, \let, … : the text with its backslash */
    TOKEN_NUMBER,
    TOKEN_SYMBOL, /* an operator or punctuation */
};

struct token {
    enum token_kind kind;
    const char *text;
    size_t length;
    size_t line, column;
};

struct lexer {
    const char *file;
    const char *at, *end; /* what is left of the annotation */
    size_t line, column;
    struct token token; /* the current token */
    goldstep_error *error;
};

/* Reads the next token into lexer->token. */
goldstep_status lexer_next(struct lexer *lexer);

/* Whether the current token is this text. */
bool lexer_is(const struct lexer *lexer, const char *text);

/* Moves past this text, or fails with "expected `text`, found …". */
goldstep_status lexer_expect(struct lexer *lexer, const char *text);

/* Fails at the current token: "expected WHAT, found …". */
goldstep_status lexer_fail(const struct lexer *lexer, const char *expected);

#endif
