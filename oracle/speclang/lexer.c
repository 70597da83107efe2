#include "speclang/lexer.h"

#include <ctype.h>
#include <string.h>

static void advance(struct lexer *lexer, size_t count)
{
    for (; count > 0; count--, lexer->at++) {
        if (*lexer->at == '\n') {
            lexer->line++;
            lexer->column = 1;
        } else {
            lexer->column++;
        }
    }
}

static bool at_line_comment(const struct lexer *lexer)
{
    return lexer->end - lexer->at >= 2 && lexer->at[0] == '/' && lexer->at[1] == '/';
}

static void skip_space(struct lexer *lexer)
{
    while (lexer->at < lexer->end) {
        if (isspace((unsigned char)*lexer->at)) {
            advance(lexer, 1);
        } else if (at_line_comment(lexer)) {
            while (lexer->at < lexer->end && *lexer->at != '\n')
                advance(lexer, 1);
        } else {
            return;
        }
    }
}

static bool name_char(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static size_t name_length(const char *at, const char *end)
{
    const char *start = at;
    while (at < end && name_char(*at))
        at++;
    return (size_t)(at - start);
}

/* The extent of a number: digits, letters, points, and a sign directly after an exponent's letter. */
static size_t number_length(const char *at, const char *end)
{
    const char *start = at;
    bool hexadecimal = end - at > 1 && at[0] == '0' && (at[1] == 'x' || at[1] == 'X');
    while (at < end) {
        char last = at > start ? (char)tolower((unsigned char)at[-1]) : '0';
        bool exponent = hexadecimal ? last == 'p' : last == 'e';
        if (name_char(*at) || (*at == '.' && !(end - at > 1 && at[1] == '.')) ||
            ((*at == '+' || *at == '-') && exponent))
            at++;
        else
            break;
    }
    return (size_t)(at - start);
}

/* Decimal or hexadecimal digits with at most one point; the number of digits, or 0 where there is none. */
static size_t skip_digits(const char **at, const char *end, bool hexadecimal, bool *point)
{
    size_t digits = 0;
    for (; *at < end; (*at)++) {
        if (**at == '.' && !*point)
            *point = true;
        else if (hexadecimal ? isxdigit((unsigned char)**at) : isdigit((unsigned char)**at))
            digits++;
        else
            break;
    }
    return digits;
}

enum number_form { NUMBER_GOOD, NUMBER_BAD, NUMBER_MISREAD };

static enum number_form number_form(const char *at, size_t length)
{
    const char *start = at, *end = at + length;
    bool hexadecimal = length > 2 && at[0] == '0' && (at[1] == 'x' || at[1] == 'X');
    bool point = false;
    if (hexadecimal)
        at += 2;
    if (skip_digits(&at, end, hexadecimal, &point) == 0)
        return NUMBER_BAD;
    if (at == end) /* ACSL has octal and hexadecimal integers too, which nobody expects here */
        return hexadecimal || (!point && length > 1 && *start == '0') ? NUMBER_BAD : NUMBER_GOOD;
    if (tolower((unsigned char)*at) != (hexadecimal ? 'p' : 'e'))
        return NUMBER_BAD;
    at++;
    bool sign = at < end && (*at == '+' || *at == '-');
    if (sign)
        at++;
    const char *exponent = at;
    while (at < end && isdigit((unsigned char)*at))
        at++;
    if (at != end || at == exponent || at - exponent > 5)
        return NUMBER_BAD;
    return hexadecimal || point || sign ? NUMBER_GOOD : NUMBER_MISREAD;
}

static goldstep_status read_number(struct lexer *lexer)
{
    struct token *token = &lexer->token;
    token->kind = TOKEN_NUMBER;
    token->length = number_length(token->text, lexer->end);
    switch (number_form(token->text, token->length)) {
    case NUMBER_GOOD:
        return GOLDSTEP_OK;
    case NUMBER_MISREAD:
        return error_set(
            lexer->error, GOLDSTEP_BAD_INPUT, lexer->file, token->line, token->column,
            "Frama-C 25 misreads `%.*s`: write a point before the exponent, as in 1.0e10",
            (int)token->length, token->text);
    default:
        return error_set(lexer->error, GOLDSTEP_BAD_INPUT, lexer->file, token->line, token->column,
                         "expected a number, found `%.*s`", (int)token->length, token->text);
    }
}

static size_t symbol_length(const char *at, const char *end)
{
    static const char *const symbols[] = {"==>", "<=", ">=", "==", "!=", "&&", "||"};
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        size_t length = strlen(symbols[i]);
        if ((size_t)(end - at) >= length && memcmp(at, symbols[i], length) == 0)
            return length;
    }
    return *at != '\0' && strchr("+-*/?:;,()=<>!", *at) != NULL ? 1 : 0;
}

goldstep_status lexer_next(struct lexer *lexer)
{
    skip_space(lexer);
    struct token *token = &lexer->token;
    *token = (struct token){TOKEN_END, lexer->at, 0, lexer->line, lexer->column};
    if (lexer->at == lexer->end)
        return GOLDSTEP_OK;
    char c = *lexer->at;
    if (isdigit((unsigned char)c) || c == '.') {
        goldstep_status status = read_number(lexer);
        if (status != GOLDSTEP_OK)
            return status;
    } else if (name_char(c)) {
        token->kind = TOKEN_NAME;
        token->length = name_length(lexer->at, lexer->end);
    } else if (c == '\\') {
        token->kind = TOKEN_BUILTIN;
        token->length = 1 + name_length(lexer->at + 1, lexer->end);
    } else {
        token->kind = TOKEN_SYMBOL;
        token->length = symbol_length(lexer->at, lexer->end);
        if (token->length == 0)
            return error_set(
                lexer->error, GOLDSTEP_BAD_INPUT, lexer->file, token->line, token->column,
                isprint((unsigned char)c) ? "unexpected character `%c`" : "unexpected byte 0x%02x",
                (unsigned char)c);
    }
    advance(lexer, token->length);
    return GOLDSTEP_OK;
}

bool lexer_is(const struct lexer *lexer, const char *text)
{
    return lexer->token.kind != TOKEN_END && strlen(text) == lexer->token.length &&
           memcmp(lexer->token.text, text, lexer->token.length) == 0;
}

goldstep_status lexer_fail(const struct lexer *lexer, const char *expected)
{
    const struct token *token = &lexer->token;
    if (token->kind == TOKEN_END)
        return error_set(lexer->error, GOLDSTEP_BAD_INPUT, lexer->file, token->line, token->column,
                         "expected %s, found the end of the annotation", expected);
    return error_set(lexer->error, GOLDSTEP_BAD_INPUT, lexer->file, token->line, token->column,
                     "expected %s, found `%.*s`", expected, (int)token->length, token->text);
}

goldstep_status lexer_expect(struct lexer *lexer, const char *text)
{
    if (lexer_is(lexer, text))
        return lexer_next(lexer);
    char quoted[32];
    size_t length = strlen(text);
    quoted[0] = '`';
    memcpy(quoted + 1, text, length);
    memcpy(quoted + 1 + length, "`", 2);
    return lexer_fail(lexer, quoted);
}
