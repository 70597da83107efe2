/* The specification language: what each construct means, and each refusal with its place and words. */
#include "eval/evaluator.h"
#include "speclang/spec.h"

#include <check.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Suite *speclang_suite(void);

/* --- helpers -------------------------------------------------------------------------------------------------- */

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static goldstep_error error;
static struct spec *spec;
static struct program *program;

static void set_up(void)
{
    memset(&error, 0xa5, sizeof error);
    spec = NULL;
    program = NULL;
}

static void tear_down(void)
{
    program_free(program);
    spec_free(spec);
}

/* Parses, links and compiles; `spec` and `program` are what came of it. */
static goldstep_status load_bytes(const char *file, const char *text, size_t length,
                                  const struct spec *parent)
{
    tear_down();
    set_up();
    goldstep_status status = spec_parse(&spec, file, text, length, &error);
    if (status == GOLDSTEP_OK)
        status = spec_link(spec, parent, &error);
    if (status == GOLDSTEP_OK)
        status = program_compile(spec, &program, &error);
    return status;
}

static goldstep_status load(const char *text)
{
    return load_bytes("r.acsl", text, strlen(text), NULL);
}

static void accepted(goldstep_status status)
{
    ck_assert_msg(status == GOLDSTEP_OK, "%s", error.message);
}

/* The message is `expected`, and the fields say the same place. */
static void refused(goldstep_status status, const char *expected)
{
    char place[128];
    ck_assert_msg(status == GOLDSTEP_BAD_INPUT, "accepted, where this was expected: %s", expected);
    ck_assert_str_eq(error.message, expected);
    ck_assert_int_eq(error.status, GOLDSTEP_BAD_INPUT);
    snprintf(place, sizeof place, ":%zu:%zu: ", error.line, error.column);
    if (error.line > 0)
        ck_assert_ptr_nonnull(strstr(error.message, place));
}

/* `text` with its first `part` replaced, in a buffer that the call after the next overwrites. */
static const char *replaced(const char *text, const char *part, const char *by)
{
    static char results[2][4 * SPEC_MAX_BYTES];
    static size_t turn;
    char *result = results[turn++ % 2];
    const char *at = strstr(text, part);
    ck_assert_msg(at != NULL, "the text has no %s", part);
    snprintf(result, sizeof *results, "%.*s%s%s", (int)(at - text), text, by, at + strlen(part));
    return result;
}

static char *repeated(const char *word, size_t count)
{
    static char text[2 * SPEC_MAX_BYTES];
    size_t length = strlen(word);
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * length, word, length);
    text[count * length] = '\0';
    return text;
}

static const char good[] = "/* Title.\n"
                           " *\n"
                           " * rule:   r\n"
                           " * source: here\n"
                           " * inputs: g\n"
                           " * state:  m = 0\n"
                           " * hyper:  lr = 0.5, b = 1\n"
                           " */\n"
                           "/*@ predicate r_domain(real lr) = 0 <= lr;\n"
                           "    logic real r_m(real m, real g) = m + g;\n"
                           "    logic real r_x(real x, real m_next, real lr) = x - lr * m_next;\n"
                           "*/\n";

struct change {
    const char *part, *by, *message; /* without "r.acsl:" */
};

static void refuse_changes(const struct change *changes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char message[1024];
        snprintf(message, sizeof message, "r.acsl:%s", changes[i].message);
        refused(load(replaced(good, changes[i].part, changes[i].by)), message);
    }
}

/* The term stands alone on line 11. */
static const char frame[] =
    "/* Title.\n * rule: r\n * source: s\n * inputs: g\n * state: m = 0\n * hyper: lr = 7, b = "
    "0.5\n */\n"
    "/*@ logic real r_m(real m) = m;\n"
    "    logic real r_f(real a, integer n) = a * n; predicate r_p(real a) = a > 2;\n"
    "    logic real r_x(real x, real g, real m, real lr, real b, integer t, integer k) =\n"
    "TERM\n;*/";

static goldstep_status load_term(const char *term)
{
    return load(replaced(frame, "TERM", term));
}

static double leaf_value(const struct instruction *instruction)
{
    switch (instruction->leaf.kind) {
    case BIND_X:
        return 2;
    case BIND_INPUT: /* g */
        return 3;
    case BIND_STATE: /* m */
        return 5;
    case BIND_HYPER: /* lr and b */
        return instruction->leaf.index == 0 ? 7 : 0.5;
    default: /* t and k */
        return instruction->leaf.kind == BIND_T ? 11 : 10;
    }
}

static double term_value(void)
{
    enum problem problem;
    struct evaluator *evaluator = evaluator_new(program, NULL, 128);
    for (int i = 0; i < program->count; i++)
        if (program->code[i].op == NODE_NAME)
            evaluator_set(evaluator, i, leaf_value(&program->code[i]), false);
    evaluator_new_step(evaluator);
    double value = mpfi_get_d(evaluator_value(evaluator, program->output, &problem));
    ck_assert_int_eq(problem, PROBLEM_NONE);
    evaluator_free(evaluator);
    return value;
}

/* --- meaning -------------------------------------------------------------------------------------------------- */

/* x = 2, g = 3, m = 5, lr = 7, b = 0.5, t = 11, k = 10. */
static const struct meaning {
    const char *text, *printed; /* NULL: as written */
    double value;
} terms[] = {
    {"x", NULL, 2},
    {"42", NULL, 42},
    {"1.5", NULL, 1.5},
    {".5", NULL, 0.5},
    {"5.", NULL, 5},
    {"1.0e2", NULL, 100},
    {"1e-2", NULL, 0.01},
    {"1.0E+2", NULL, 100},
    {"0x1.8p-3", NULL, 0.1875},
    {"0X.8P4", NULL, 8},
    {"0x1p+2", NULL, 4},
    {"x + g * m", NULL, 17},
    {"(x + g) * m", NULL, 25},
    {"x * g + m", NULL, 11},
    {"x - g - m", NULL, -6},
    {"x - (g - m)", NULL, 4},
    {"lr / x / m", NULL, 0.7},
    {"lr / (x / m)", NULL, 17.5},
    {"lr / x * m", NULL, 17.5},
    {"lr / (x * m)", NULL, 0.7},
    {"-x * g", NULL, -6},
    {"-(x * g)", NULL, -6},
    {"-x + g", NULL, 1},
    {"-(x + g)", NULL, -5},
    {"x - -g", NULL, 5},
    {"--x", NULL, 2},
    {"x * -g", NULL, -6},
    {"((x))", "x", 2},
    {"x>1?g:m", "x > 1 ? g : m", 3},
    {"x > 2 ? g : m", NULL, 5},
    {"x > 2 ? g : x > 1 ? m : lr", NULL, 5},
    {"x > 1 ? x > 2 ? g : m : lr", NULL, 5},
    {"(x > 1 ? g : m) * 2", NULL, 6},
    {"x > 1 ? g : m * 2", NULL, 3},
    {"1 + (x > 1 ? g : m) + 1", NULL, 5},
    {"\\let a = x * g; a + 1", NULL, 7},
    {"1 + \\let a = x; a * 3 + 4", "1 + (\\let a = x; a * 3 + 4)", 11},
    {"\\let a = x; \\let a = a + 1; a * a", NULL, 9},
    {"(\\let x = 10; x) + x", NULL, 12},
    {"\\let a = \\let b = 4; b + 1; a + b", NULL, 5.5},
    {"\\let big = x > 1; big ? 1 : 0", NULL, 1},
    {"\\sqrt(x + lr)", NULL, 3},
    {"\\pow(x, m)", NULL, 32},
    {"\\exp(x - 2)", NULL, 1},
    {"\\log(\\exp(m))", NULL, 5},
    {"\\cos(\\pi)", NULL, -1},
    {"\\sin(\\pi / 2)", NULL, 1},
    {"\\abs(x - g)", NULL, 1},
    {"\\min(x, g)", NULL, 2},
    {"\\max(x, g)", NULL, 3},
    {"\\floor(lr / x)", NULL, 3},
    {"\\floor(-lr / x)", NULL, -4},
    {"\\pi", NULL, M_PI},
    {"r_f(x, 4)", NULL, 8},
    {"r_f(x + 1, t * 2)", NULL, 66},
    {"r_p(x) ? 1 : 0", NULL, 0},
    {"t * 2 - k", NULL, 12},
    {"t / x", NULL, 5.5},
    {"x // + 1\n + g", "x + g", 5},
    {"x /\n g", "x / g", 2.0 / 3.0},
};

static void expect_meaning(const struct meaning *meaning)
{
    char printed[512];
    accepted(load_term(meaning->text));
    node_print(spec->output->body, printed, sizeof printed);
    ck_assert_str_eq(printed, meaning->printed != NULL ? meaning->printed : meaning->text);
    ck_assert_msg(term_value() == meaning->value, "%s is %.17g, not %.17g", meaning->text,
                  term_value(), meaning->value);
}

START_TEST(test_terms_mean_what_they_say)
{
    expect_meaning(&terms[_i]);
}
END_TEST

START_TEST(test_printed_terms_mean_the_same)
{
    struct meaning again = terms[_i];
    again.text = terms[_i].printed != NULL ? terms[_i].printed : terms[_i].text;
    again.printed = again.text;
    expect_meaning(&again);
}
END_TEST

static const struct meaning formulas[] = {
    {"x < g", NULL, 1},
    {"x < 2", NULL, 0},
    {"x <= 2", NULL, 1},
    {"x > 2", NULL, 0},
    {"x >= 2", NULL, 1},
    {"x == 2", NULL, 1},
    {"x != 2", NULL, 0},
    {"1 < x < g", "1 < x && x < g", 1},
    {"1 < x < 2", "1 < x && x < 2", 0},
    {"2 < x < 3", "2 < x && x < 3", 0},
    {"3 > x >= 2 > 1", "3 > x && x >= 2 && 2 > 1", 1},
    {"2 == x < 3", "2 == x && x < 3", 1},
    {"1 <= x == 2 <= 1", "1 <= x && x == 2 && 2 <= 1", 0},
    {"x > 1 || x > 9 && x > 9", NULL, 1},
    {"(x > 1 || x > 9) && x > 9", NULL, 0},
    {"!(x > 1)", NULL, 0},
    {"!(x > 9) && x > 1", NULL, 1},
    {"!!(x > 1)", NULL, 1},
    {"x > 1 && (g > 1 && m > 1)", "x > 1 && g > 1 && m > 1", 1},
    {"x > 9 ==> g > 9", NULL, 1},
    {"x > 1 ==> g > 9", NULL, 0},
    {"x > 9 ==> g > 9 ==> m > 9", NULL, 1},
    {"(x > 9 ==> g > 9) ==> m > 9", NULL, 0},
    {"x > 9 || g > 9 ==> m > 9", NULL, 1},
    {"x > 9 || (g > 9 ==> m > 9)", NULL, 1},
    {"r_p(g) && !r_p(x)", NULL, 1},
    {"x == 2 || 1 / (x - 2) > 0", NULL, 1},
    {"x == 3 && 1 / (x - 2) > 0", NULL, 0},
    {"x == 3 ==> 1 / (x - 2) > 0", NULL, 1},
};

START_TEST(test_formulas_mean_what_they_say)
{
    char term[256], printed[128];
    snprintf(term, sizeof term, "(%s) ? 1 : 0", formulas[_i].text);
    accepted(load_term(term));
    node_print(spec->output->body->args[0], printed, sizeof printed);
    ck_assert_str_eq(printed,
                     formulas[_i].printed != NULL ? formulas[_i].printed : formulas[_i].text);
    ck_assert_double_eq(term_value(), formulas[_i].value);
    snprintf(term, sizeof term, "(%s) ? 1 : 0", printed);
    accepted(load_term(term));
    ck_assert_double_eq(term_value(), formulas[_i].value);
}
END_TEST

START_TEST(test_print_is_cut_short)
{
    char text[32];
    accepted(load_term("\\sqrt(x + lr) * \\max(x, g)"));
    for (size_t size = 0; size <= 27; size++) {
        memset(text, '#', sizeof text);
        node_print(spec->output->body, text, size);
        if (size > 0)
            ck_assert_uint_eq(strnlen(text, sizeof text), size < 27 ? size - 1 : 26);
        ck_assert_int_eq(text[size], '#');
    }
    ck_assert_int_eq(strncmp(text, "\\sqrt(x + lr) * \\max(x, g)", 26), 0);
}
END_TEST

START_TEST(test_types)
{
    static const struct {
        const char *term;
        enum type type;
    } cases[] = {
        {"t", TYPE_INTEGER},
        {"t + 1", TYPE_INTEGER},
        {"-t", TYPE_INTEGER},
        {"t * k - 2", TYPE_INTEGER},
        {"\\abs(t)", TYPE_INTEGER},
        {"\\min(t, 1)", TYPE_INTEGER},
        {"\\max(t, x)", TYPE_REAL},
        {"\\floor(x)", TYPE_INTEGER},
        {"\\pow(t, t)", TYPE_REAL},
        {"x > 0 ? t : 1", TYPE_INTEGER},
        {"x > 0 ? t : 1.0", TYPE_REAL},
        {"t / 2.0", TYPE_REAL},
        {"2", TYPE_INTEGER},
        {"2.0", TYPE_REAL},
        {"\\pi", TYPE_REAL},
        {"\\let n = t; n", TYPE_INTEGER},
        {"r_f(x, 1)", TYPE_REAL},
        {"\\sqrt(t)", TYPE_REAL},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        accepted(load_term(cases[i].term));
        ck_assert_msg(spec->output->body->type == cases[i].type, "%s", cases[i].term);
    }
}
END_TEST

/* ACSL, and so Frama-C, reads these otherwise: 010 is 8, and 0x7 / 2 truncates. */
START_TEST(test_integers_are_acsls)
{
    ck_assert_msg(load_term("010 + x") != GOLDSTEP_OK || term_value() == 10,
                  "010 is read as decimal; ACSL reads octal, or refuses it");
    ck_assert_msg(load_term("0x7 / 2") != GOLDSTEP_OK, "a quotient of two integers is accepted");
}
END_TEST

/* --- refusals of terms ---------------------------------------------------------------------------------------- */

#define TOO_LARGE "the expression is too large (at most 4000 operations, nested 100 deep)"

static const struct {
    const char *term, *message; /* after "r.acsl:11:" */
} bad_terms[] = {
    /* the lexer's */
    {"x + 1e10", "5: Frama-C 25 misreads `1e10`: write a point before the exponent, as in 1.0e10"},
    {"1.5.2", "1: expected a number, found `1.5.2`"},
    {"0x", "1: expected a number, found `0x`"},
    {"0x1.8", "1: expected a number, found `0x1.8`"},
    {"0xp1", "1: expected a number, found `0xp1`"},
    {"1.0e", "1: expected a number, found `1.0e`"},
    {"1.0e+", "1: expected a number, found `1.0e+`"},
    {"1.0f", "1: expected a number, found `1.0f`"},
    {"1.0e123456", "1: expected a number, found `1.0e123456`"},
    {"x + .", "5: expected a number, found `.`"},
    {"x @ g", "3: unexpected character `@`"},
    {"x & g", "3: unexpected character `&`"},
    {"x | g", "3: unexpected character `|`"},
    {"x \x01", "3: unexpected byte 0x01"},
    {"x \xc3\xa9", "3: unexpected byte 0xc3"},
    /* the parser's */
    {"(x + g", "0: "},
    {"\\sqrt x", "7: expected `(`, found `x`"},
    {"\\sqrt(x, g)", "1: \\sqrt takes 1 argument, found 2"},
    {"x + \\pow(x)", "5: \\pow takes 2 arguments, found 1"},
    {"\\max(x, g, m)", "1: \\max takes 2 arguments, found 3"},
    {"\\sqrt()", "7: expected a term, found `)`"},
    {"\\tan(x)",
     "1: expected one of \\sqrt \\pow \\exp \\log \\cos \\sin \\abs \\min \\max \\floor "
     "\\pi \\let, found `\\tan`"},
    {"\\", "1: expected one of \\sqrt \\pow \\exp \\log \\cos \\sin \\abs \\min \\max \\floor "
           "\\pi \\let, found `\\`"},
    {"x + * g", "5: expected a term, found `*`"},
    {"x g", "3: expected `;`, found `g`"},
    {"x % 2", "3: unexpected character `%`"},
    {"+x", "1: expected a term, found `+`"},
    {"\\let = 1; x", "6: expected a name after \\let, found `=`"},
    {"\\let a 1; x", "8: expected `=`, found `1`"},
    {"\\let a = 1, x", "11: expected `;`, found `,`"},
    {"x > 0 ? 1 , 2", "11: expected `:`, found `,`"},
    {"r_f(x 1)", "7: expected `)`, found `1`"},
    {"0 < x > 1 ? 1 : 2", "7: expected a comparison in the chain's direction, found `>`"},
    {"0 >= x == 1 <= 1 ? 1 : 2", "13: expected a comparison in the chain's direction, found `<=`"},
    {"0 < x != 1 ? 1 : 2", "7: expected a comparison in the chain's direction, found `!=`"},
    /* names and types */
    {"x + y", "5: `y`: this name is neither a parameter nor bound by \\let"},
    {"(\\let a = 1; a) + a", "19: `a`: this name is neither a parameter nor bound by \\let"},
    {"\\let a = a; a", "10: `a`: this name is neither a parameter nor bound by \\let"},
    {"r_y(x)", "1: `r_y`: no function of this name stands above or in a parent"},
    {"x + r_x(x)", "5: `r_x`: no function of this name stands above or in a parent"},
    {"r_f(x)", "1: `r_f` takes 2 arguments, found 1"},
    {"r_f(x, g)", "8: `g`: expected an integer"},
    {"r_f(x > 0, 1)", "7: `>`: expected a number"},
    {"r_f(x, 1 > 0)", "10: `>`: expected an integer"},
    {"t / 2", "3: `/`: a quotient of two integers, which ACSL truncates: make one of them real"},
    {"x * (1 / 2)",
     "8: `/`: a quotient of two integers, which ACSL truncates: make one of them real"},
    {"\\floor(x) / t",
     "11: `/`: a quotient of two integers, which ACSL truncates: make one of them real"},
    {"x > 0", "3: `>`: expected a term as the function's body"},
    {"x + (x > 0)", "8: `>`: expected a term, found a formula"},
    {"-(x > 0)", "5: `>`: expected a term, found a formula"},
    {"\\sqrt(x > 0)", "9: `>`: expected a term, found a formula"},
    {"x ? 1 : 2", "1: `x`: expected a formula, found a term"},
    {"x > 0 ? x > 1 : 2", "11: `>`: expected a term, found a formula"},
    {"x > 0 ? 1 : x > 2", "15: `>`: expected a term, found a formula"},
    {"!x ? 1 : 2", "2: `x`: expected a formula, found a term"},
    {"x && x > 0 ? 1 : 2", "1: `x`: expected a formula, found a term"},
    {"x > 0 || x ? 1 : 2", "10: `x`: expected a formula, found a term"},
    {"x > 0 ==> x ? 1 : 2", "11: `x`: expected a formula, found a term"},
    {"(x > 0) == (g > 0) ? 1 : 2", "4: `>`: expected a term, found a formula"},
    {"\\let b = x > 0; b + 1", "17: `b`: expected a term, found a formula"},
};

START_TEST(test_bad_terms)
{
    char message[512];
    snprintf(message, sizeof message, "r.acsl:11:%s", bad_terms[_i].message);
    if (strcmp(bad_terms[_i].message, "0: ") == 0) /* found on the next line */
        strcpy(message, "r.acsl:12:1: expected `)`, found `;`");
    refused(load_term(bad_terms[_i].term), message);
}
END_TEST

/* A chain that has `!=` anywhere is refused by Frama-C ("Inconsistent relation chain"). */
START_TEST(test_a_chain_does_not_begin_with_unequal)
{
    refused(load_term("0 != x < 1 ? 1 : 2"),
            "r.acsl:11:8: expected a comparison in the chain's direction, found `<`");
}
END_TEST

static char *nested(const char *left, size_t count, const char *inner, const char *right)
{
    static char text[SPEC_MAX_BYTES];
    char *to = text;
    for (size_t i = 0; i < count; i++)
        to = stpcpy(to, left);
    to = stpcpy(to, inner);
    for (size_t i = 0; i < count; i++)
        to = stpcpy(to, right);
    return text;
}

START_TEST(test_depth_and_size)
{
    accepted(load_term(nested("(", 99, "x", ")")));
    refused(load_term(nested("(", 100, "x", ")")), "r.acsl:11:101: " TOO_LARGE);
    accepted(load_term(nested("-", 99, "x", "")));
    refused(load_term(nested("-", 100, "x", "")), "r.acsl:11:100: " TOO_LARGE);
    accepted(load_term(nested("x > 1 ==> ", 99, "x > 1 ? 1 : 2", "")));
    refused(load_term(nested("x > 1 ==> ", 100, "x > 1 ? 1 : 2", "")), "r.acsl:11:997: " TOO_LARGE);
    accepted(load_term(nested("x+", 1999, "x", "")));
    refused(load_term(nested("x+", 2000, "x", "")), "r.acsl:12:1: " TOO_LARGE);
    accepted(load_term(nested("\\min(x, ", 98, "x", ")")));
    ck_assert_double_eq(term_value(), 2);
}
END_TEST

START_TEST(test_too_many)
{
    char text[8192] = "r_f(";
    for (int i = 0; i < 33; i++)
        strcat(text, i < 32 ? "x," : "x)");
    ck_assert_int_eq(load_term(text), GOLDSTEP_BAD_INPUT);
    strcpy(text, "logic real r_f(");
    for (int i = 0; i < 33; i++)
        sprintf(text + strlen(text), "%sreal p%d", i > 0 ? ", " : "", i);
    strcat(text, ") = 1;\n    logic real r_m");
    ck_assert_int_eq(load(replaced(good, "logic real r_m", text)), GOLDSTEP_BAD_INPUT);
    ck_assert_uint_eq(error.line, 10);
    text[0] = '\0';
    for (int i = 0; i < 61; i++)
        sprintf(text + strlen(text), "logic real r_%d(real lr) = lr;\n", i);
    strcat(text, "    logic real r_m");
    accepted(load(replaced(good, "logic real r_m", text)));
    ck_assert_uint_eq(spec->function_count, 64);
    strcat(text, "more(real lr) = lr; logic real r_m");
    refused(load(replaced(good, "logic real r_m", text)),
            "r.acsl:72:5: expected at most 64 functions in a specification, found `logic`");
}
END_TEST

START_TEST(test_equal_calls_expand_too)
{
    char text[8192] = "logic real r_0(real a) = a + 1;\n";
    for (int i = 1; i < 20; i++)
        sprintf(text + strlen(text), "logic real r_%d(real a) = r_%d(a) + r_%d(a);\n", i, i - 1,
                i - 1);
    strcat(text, "    logic real r_m(real m, real g) = r_19(m) + g;");
    refused(
        load(replaced(good, "logic real r_m(real m, real g) = m + g;", text)),
        "r.acsl: the equations are too large when expanded (at most 100000 operations, 5000 deep)");
    strcpy(text, "0 <= lr");
    for (int i = 1; i < 64; i++)
        sprintf(text + strlen(text), " && %d != lr", i);
    accepted(load(replaced(good, "0 <= lr", text)));
    ck_assert_int_eq(program->domain_count, 64);
    strcat(text, " && 64 != lr");
    ck_assert_int_eq(load(replaced(good, "0 <= lr", text)), GOLDSTEP_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.message, ": expected at most 64 conditions"));
}
END_TEST

/* Calls that double at each level, and bodies one below the other: refused, and without a crash. */
START_TEST(test_expansion)
{
    char text[SPEC_MAX_BYTES] = "logic real r_0(real a) = a + 1;\n";
    for (int i = 1; i < 40; i++)
        sprintf(text + strlen(text), "logic real r_%d(real a) = r_%d(a + %d) * r_%d(a);\n", i,
                i - 1, i, i - 1);
    strcat(text, "logic real r_m(real m, real g) = r_39(m) + g;");
    ck_assert_int_eq(load(replaced(good, "logic real r_m(real m, real g) = m + g;", text)),
                     GOLDSTEP_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.message, "the equations are too large"));
    text[0] = '\0';
    for (int i = 0; i < 15; i++) {
        if (i == 0)
            sprintf(text, "logic real r_0(real a) = a");
        else
            sprintf(text + strlen(text), "logic real r_%d(real a) = r_%d(a)", i, i - 1);
        strcat(text, repeated("+a", 1990));
        strcat(text, ";\n");
    }
    strcat(text, "logic real r_m(real m, real g) = r_14(m) + g;");
    ck_assert_int_eq(load(replaced(good, "logic real r_m(real m, real g) = m + g;", text)),
                     GOLDSTEP_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.message, "the equations are too large"));
}
END_TEST

/* --- refusals of files ---------------------------------------------------------------------------------------- */

static const struct change bad_functions[] = {
    {"logic real r_m", "logic integer r_m", "10:11: expected `real`, found `integer`"},
    {"logic real r_m", "axiom r_m", "10:5: expected `logic` or `predicate`, found `axiom`"},
    {"logic real r_m(", "logic real (", "10:16: expected a name, found `(`"},
    {"r_m(real m, real g) =", "r_m =", "10:20: expected `(`, found `=`"},
    {"r_m(real m, real g)", "r_m()", "10:20: expected `real` or `integer`, found `)`"},
    {"r_m(real m, real g)", "r_m(float m)", "10:20: expected `real` or `integer`, found `float`"},
    {"r_m(real m, real g)", "r_m(real)", "10:24: expected a parameter's name, found `)`"},
    {"r_m(real m, real g)", "r_m(real m real g)", "10:27: expected `)`, found `real`"},
    {"r_m(real m, real g)", "r_m(real m, real m)", "10:16: r_m: the parameter `m` stands twice"},
    {"= m + g", ": m + g", "10:36: expected `=`, found `:`"},
    {"m_next;\n", "m_next\n", "12:1: expected `;`, found the end of the annotation"},
    {"m_next;\n", "(m_next\n", "12:1: expected `)`, found the end of the annotation"},
    {"logic real r_x", "logic real r_m(real m) = m; logic real r_x",
     "11:16: `r_m` is defined twice (first on line 10)"},
    {"logic real r_m", "logic real m", "10:16: expected a name that begins with `r_`, found `m`"},
    {"logic real r_m", "logic real rm", "10:16: expected a name that begins with `r_`, found `rm`"},
    {"0 <= lr;", "lr;", "9:35: `lr`: expected a formula as the predicate's body"},
    {"m + g;", "r_x(m, g, 1);",
     "10:38: `r_x`: no function of this name stands above or in a parent"},
    {"m + g;", "r_m(m, g);", "10:38: `r_m`: no function of this name stands above or in a parent"},
};

START_TEST(test_bad_functions)
{
    refuse_changes(&bad_functions[_i], 1);
}
END_TEST

#define KEYS                                                                                       \
    "expected rule, schedule, theorem, objective, variant-of, also, source, checked, inputs, "     \
    "scalar inputs, state, scalar state, hyper, reduce, rules, class, quantity, expectation, "     \
    "bound, problem, try, instance or note"

static const struct change bad_fronts[] = {
    {"hyper: ", "hypers:", "7:4: unknown key `hypers`: " KEYS},
    {"source:", "origin:", "4:4: unknown key `origin`: " KEYS},
    {"inputs: g", "inputs: g\n * rules: gd", "6:4: a rule has no key `rules`"},
    {"inputs: g", "inputs: g\n * bound: lower", "6:4: a rule has no key `bound`"},
    {"inputs: g", "inputs: g\n * inputs: h", "6:11: the key `inputs` stands twice"},
    {"hyper:  lr", "hyper: a = 1\n * hyper:  lr", "8:10: the key `hyper` stands twice"},
    {"state:  m = 0", "state:  m = 0\n * state:", "7:10: the key `state` stands twice"},
    {"source: here", "source: here\n * rule: q", "5:9: expected one name"},
    {"rule:   r", "rule:   r, q", "3:9: expected one name"},
    {"rule:   r", "rule:", "3:9: expected a name, found the end of the annotation"},
    {"rule:   r", "rule:   2", "3:12: expected a name, found `2`"},
    {" * rule:   r\n", "",
     "1:1: expected the key `rule`, `schedule`, `theorem` or `objective` in the first comment"},
    {" * source: here\n", "", "1:1: expected the key `source`: where do the equations stand?"},
    {" Title.", "", "1:3: expected a title on the comment's first line"},
    {"rule:   r", "rule:   q", "1:1: expected `r`, the file's name, as the rule's name, found `q`"},
    {"rule:   r", "rule:   rr",
     "1:1: expected `r`, the file's name, as the rule's name, found `rr`"},
    {"inputs: g", "inputs: g h", "5:14: expected `,`, found `h`"},
    {"inputs: g", "inputs: g,", "5:14: expected a name, found the end of the annotation"},
    {"inputs: g", "inputs: 1", "5:12: expected a name, found `1`"},
    {"inputs: g", "inputs: @", "5:12: unexpected character `@`"},
    {"m = 0", "m", "6:13: expected `=`, found the end of the annotation"},
    {"m = 0", "m 0", "6:14: expected `=`, found `0`"},
    {"m = 0", "m = 0 0", "6:18: expected the end of the value, found `0`"},
    {"m = 0", "m = (0", "6:18: expected `)`, found the end of the annotation"},
    {"m = 0", "m = y", "6:16: `y`: expected `x` or a hyperparameter (a scalar state has no `x`)"},
    {"m = 0", "m = 0 < 1", "6:18: `<`: expected a term as the initial value"},
    {"m = 0", "m = 1 / 2",
     "6:18: `/`: a quotient of two integers, which ACSL truncates: make one of them real"},
    {"m = 0", "m = r_z(x)", "6:16: `r_z`: no function of this name stands above or in a parent"},
    {"lr = 0.5", "lr = 1e5",
     "7:17: Frama-C 25 misreads `1e5`: write a point before the exponent, as in 1.0e10"},
    {"lr = 0.5", "lr = x", "7:16: lr: expected a number as its default, found `x`"},
    {"lr = 0.5", "lr = 1 + 1", "7:16: lr: expected a number as its default, found `1 + 1`"},
    {"lr = 0.5", "lr = --1", "7:16: lr: expected a number as its default, found `--1`"},
    {"lr = 0.5", "lr = 1.0e999", "7:16: lr: expected a number as its default, found `1.0e999`"},
    {"lr = 0.5", "lr = -\n *   \\pi", "7:16: lr: expected a number as its default, found `- \\pi`"},
    {"lr = 0.5,", "lr = ,", "7:17: expected a term, found the end of the annotation"},
};

START_TEST(test_bad_fronts)
{
    refuse_changes(&bad_fronts[_i], 1);
}
END_TEST

START_TEST(test_good_fronts)
{
    accepted(load(good));
    ck_assert_str_eq(spec->title, "Title.");
    ck_assert_str_eq(spec->shown, "r");
    ck_assert_str_eq(spec->notes[0].text, "here");
    ck_assert(!spec_uses_step(spec));
    accepted(load(replaced(good, "here", "here and\n *   there:  twice\n * note: A: b")));
    ck_assert_str_eq(spec->notes[0].text, "here and there: twice");
    ck_assert_str_eq(spec->notes[1].key, "note");
    ck_assert_str_eq(spec->notes[1].text, "A: b");
    accepted(load(replaced(good, "lr = 0.5", "lr = -2.5e-1")));
    ck_assert_double_eq(spec->hypers.list[0].value, -0.25);
    ck_assert_str_eq(spec->hypers.list[0].text, "-2.5e-1");
    accepted(load(replaced(good, "lr = 0.5,", "lr = 0.1,\n *\t")));
    ck_assert_double_eq(spec->hypers.list[0].value, 0.1);
    ck_assert_uint_eq(spec->hypers.count, 2);
    ck_assert_str_eq(spec->hypers.list[1].name, "b");
    accepted(load(replaced(good, "m = 0", "m = \\max(x, b * 2)")));
    ck_assert_str_eq(spec->states.list[0].text, "\\max(x, b * 2)");
    accepted(load(replaced(good, "real m, real g)", "real m, real g, integer t)")));
    ck_assert(spec_uses_step(spec));
}
END_TEST

START_TEST(test_too_many_items)
{
    char text[8192] = " * hyper:  lr = 0.5";
    for (int i = 0; i < 63; i++)
        sprintf(text + strlen(text), ", h%d = 1", i);
    accepted(load(replaced(good, " * hyper:  lr = 0.5, b = 1", text)));
    strcat(text, ", last = 1");
    ck_assert_int_eq(load(replaced(good, " * hyper:  lr = 0.5, b = 1", text)), GOLDSTEP_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.message, "found `last`"));
    strcpy(text, "here");
    for (int i = 0; i < 63; i++)
        strcat(text, "\n * note: n");
    accepted(load(replaced(good, "here", text)));
    strcat(text, "\n * note: n");
    refused(load(replaced(good, "here", text)), "r.acsl:68:9: expected at most 64 notes");
}
END_TEST

static const struct change bad_links[] = {
    {"real m_next,", "real m_next, real q,",
     "11:16: r_x: the parameter `q` names no iterate, input, state, hyperparameter, reduction or "
     "step of `r`"},
    {"real m_next,", "real m_next, real b_next,",
     "11:16: r_x: the parameter `b_next` names no iterate, input, state, hyperparameter, reduction "
     "or step of `r`"},
    {"real m_next,", "integer m_next,", "11:16: r_x: expected `real m_next`"},
    {"real x, real m_next,", "real x, real m_next, real t,", "11:16: r_x: expected `integer t`"},
    {"real x, real m_next,", "real x, real m_next, real k,", "11:16: r_x: expected `integer k`"},
    {"logic real r_m", "logic real r_n", " expected the equation `logic real r_m(…)`"},
    {"logic real r_x", "logic real r_y", " expected the equation `logic real r_x(…)`"},
    {"logic real r_m(real m, real g) = m + g", "predicate r_m(real m) = m > 0",
     " expected the equation `logic real r_m(…)`"},
    {"predicate r_domain(real lr) = 0 <= lr;", "logic real r_domain(real lr) = lr;",
     "9:16: expected `predicate r_domain`"},
    {"r_domain(real lr)", "r_domain(real lr, real m)",
     "9:15: r_domain: expected hyperparameters only, found `m`"},
    {"r_domain(real lr)", "r_domain(real lr, integer t)",
     "9:15: r_domain: expected hyperparameters only, found `t`"},
    {"inputs: g", "inputs: x", "5:12: `x` has a meaning of its own"},
    {"inputs: g", "inputs: t", "5:12: `t` has a meaning of its own"},
    {"inputs: g", "inputs: x_low", "5:12: `x_low` has a meaning of its own"},
    {"inputs: g", "inputs: k", "5:12: `k` has a meaning of its own"},
    {"inputs: g", "inputs: g, domain", "5:15: `domain` has a meaning of its own"},
    {"b = 1", "g_next = 1", "7:22: `g_next` has a meaning of its own"},
    {"inputs: g", "inputs: g, g", "5:12: `g` stands twice"},
    {"b = 1", "m = 1", "6:12: `m` stands twice"},
    {"b = 1", "b = 1\n * reduce: s = sum(m)",
     "8:20: expected an input: a reduction is over the step's inputs"},
    {"b = 1", "b = 1\n * reduce: s = sum(x)",
     "8:20: expected an input: a reduction is over the step's inputs"},
    {"b = 1", "b = 1\n * reduce: s = sum(g + 1)",
     "8:22: expected an input: a reduction is over the step's inputs"},
    {"b = 1", "b = 1\n * reduce: s = norm1(g)",
     "8:15: expected sum(a), sumsq(a), norm2(a) or dot(a, b), found `norm1(g)`"},
    {"b = 1", "b = 1\n * reduce: s = dot(g)",
     "8:15: expected sum(a), sumsq(a), norm2(a) or dot(a, b), found `dot(g)`"},
    {"b = 1", "b = 1\n * reduce: s = g",
     "8:15: expected sum(a), sumsq(a), norm2(a) or dot(a, b), found `g`"},
    {"rule:  ", "schedule:",
     "1:1: a schedule has hyperparameters only: no inputs, state or reductions"},
    {"b = 1", "b = 1\n * scalar state: s = x",
     "8:22: `x`: expected `x` or a hyperparameter (a scalar state has no `x`)"},
    {"real m, real g)", "real m, real x_next, real g)", "11:16: `r_x` depends on its own value"},
    {"real m, real g)", "real m, real m_next, real g)", "10:16: `r_m` depends on its own value"},
};

START_TEST(test_bad_links)
{
    refuse_changes(&bad_links[_i], 1);
}
END_TEST

START_TEST(test_scalar_state)
{
    char copy[1024];
    strcpy(copy, replaced(good, "b = 1", "b = 1\n * scalar state: s = lr"));
    accepted(load(replaced(copy, "logic real r_m",
                           "logic real r_s(real s, real b) = s * b; logic real r_m")));
    ck_assert(program->code[program->scalar_states[0]].uniform);
    ck_assert(!program->code[program->output].uniform);
    refused(load(replaced(copy, "logic real r_m",
                          "logic real r_s(real s, real g) = s + g; logic real r_m")),
            "r.acsl:11:16: a scalar state's equation reads no x, input or state: those differ from "
            "coordinate to coordinate");
}
END_TEST

static const char schedule[] = "/* Title.\n * schedule: r\n * source: s\n * hyper: lr = 1\n */\n"
                               "/*@ logic real r_lr(integer k, real lr) = lr / (k + 1.0); */";

START_TEST(test_schedules)
{
    accepted(load(schedule));
    ck_assert(spec->kind == SPEC_SCHEDULE);
    ck_assert(spec_uses_step(spec));
    refused(load(replaced(schedule, "r_lr", "r_x")),
            "r.acsl: expected the equation `logic real r_lr(…)`");
    refused(load(replaced(schedule, "real lr", "real x, real lr")),
            "r.acsl:6:16: r_lr: the parameter `x` names no iterate, input, state, hyperparameter, "
            "reduction or step of `r`");
    refused(load(replaced(schedule, "real lr", "real lr_next, real lr")),
            "r.acsl:6:16: r_lr: the parameter `lr_next` names no iterate, input, state, "
            "hyperparameter, reduction or step of `r`");
    refused(load(replaced(schedule, " * hyper", " * scalar inputs: f\n * hyper")),
            "r.acsl:1:1: a schedule has hyperparameters only: no inputs, state or reductions");
}
END_TEST

/* --- theorems ------------------------------------------------------------------------------------------------- */

static const char theorem[] =
    "/* Title.\n"
    " * theorem: r\n"
    " * source: s\n"
    " * rules: gd, sgd\n"
    " * class: convex, smooth(L)\n"
    " * quantity: f(x_t) - min f\n"
    " * expectation: no\n"
    " * hyper: L = 2, gamma = 0.5, n = 3\n"
    " */\n"
    "/*@ predicate r_domain(real L, real gamma, integer n) = 0 < gamma <= 1 / L && 1 <= n;\n"
    "    logic real r_part(real y, integer m) = y * m;\n"
    "    logic real r_bound(integer t, real gamma, integer n) = r_part(gamma, n) / t;\n"
    "*/\n";

START_TEST(test_theorems)
{
    accepted(load(theorem));
    ck_assert_int_eq(spec->kind, SPEC_THEOREM);
    ck_assert_str_eq(spec_kind_name(spec), "theorem");
    ck_assert_uint_eq(spec->rules.count, 2);
    ck_assert_str_eq(spec->rules.list[1].name, "sgd");
    ck_assert_str_eq(spec_note(spec, "class"), "convex, smooth(L)");
    ck_assert_str_eq(spec_note(spec, "quantity"), "f(x_t) - min f");
    ck_assert_str_eq(spec_note(spec, "expectation"), "no");
    ck_assert_ptr_null(spec_note(spec, "note"));
    ck_assert_str_eq(spec->output->name, "r_bound");
    ck_assert_ptr_null(spec->bound);
    accepted(load(replaced(theorem, " * hyper", " * bound: lower\n * hyper")));
    ck_assert_str_eq(spec->bound, "lower");
    accepted(load(replaced(theorem, "tion: no", "tion: yes")));
    accepted(load(replaced(theorem, "tion: no", "tion: over the indices")));
    accepted(load(replaced(theorem, "r_part(gamma, n) / t", "gamma")));
    accepted(load(replaced(replaced(theorem, "r_part(gamma, n) / t", "gamma"), "integer t, ", "")));
}
END_TEST

static const struct change bad_theorems[] = {
    {"theorem: r", "theorem: q",
     "1:1: expected `r`, the file's name, as the theorem's name, found `q`"},
    {" * source: s\n", "", "1:1: expected the key `source`: where do the equations stand?"},
    {" * rules: gd, sgd\n", "", "1:1: expected the key `rules`, as in every theorem"},
    {" * class: convex, smooth(L)\n", "", "1:1: expected the key `class`, as in every theorem"},
    {" * quantity: f(x_t) - min f\n", "", "1:1: expected the key `quantity`, as in every theorem"},
    {" * expectation: no\n", "", "1:1: expected the key `expectation`, as in every theorem"},
    {"tion: no", "tion: maybe",
     "7:16: expected `no`, `yes`, or `over` and what is random, found `maybe`"},
    {"tion: no", "tion: no\n * expectation: no", "8:16: the key `expectation` stands twice"},
    {"class: convex", "class: any\n * class: convex", "6:10: the key `class` stands twice"},
    {"gd, sgd", "gd\n * rules: sgd", "5:10: the key `rules` stands twice"},
    {"gd, sgd", "gd sgd", "4:14: expected `,`, found `sgd`"},
    {" * hyper", " * bound: two\n * hyper", "8:10: expected `upper` or `lower`, found `two`"},
    {" * hyper", " * bound: upper\n * bound: upper\n * hyper", "9:10: expected one name"},
    {" * hyper", " * inputs: g\n * hyper", "8:4: a theorem has no key `inputs`"},
    {" * hyper", " * state: m = 0\n * hyper", "8:4: a theorem has no key `state`"},
    {"theorem: r", "also: q\n * theorem: r", "2:4: a theorem has no key `also`"},
    {" * hyper", " * instance: x = 1\n * hyper", "8:4: a theorem has no key `instance`"},
    {" * hyper", " * problem: q, r\n * hyper", "8:12: expected one name"},
    {" * hyper", " * try: gamma\n * hyper", "8:14: expected `=`, found the end of the annotation"},
    {" * hyper", " * try: beta = 1\n * hyper", "8:9: expected a constant of `hyper`, found `beta`"},
    {" * hyper", " * try: gamma = 1 / M\n * hyper",
     "8:21: `M`: expected `x` or a hyperparameter (a scalar state has no `x`)"},
    {"theorem: r", "theorem: r\n * variant-of: q", "3:4: a theorem has no key `variant-of`"},
    {"theorem: r", "theorem: r\n * rule: r", "3:9: expected one name"},
    {"r_part", "s_part", "11:16: expected a name that begins with `r_`, found `s_part`"},
    {"r_bound", "r_limit", " expected the equation `logic real r_bound(…)`"},
    {"r_domain", "r_range", " expected `predicate r_domain(…)`: which constants does it hold for?"},
    {"r_domain(real L", "r_domain(integer t, real L",
     "10:15: r_domain: expected hyperparameters only, found `t`"},
    {"r_bound(integer t", "r_bound(real x, integer t",
     "12:16: r_bound: expected constants of `hyper` and `integer t` only, found `x`"},
    {"r_bound(integer t", "r_bound(integer k, integer t",
     "12:16: r_bound: expected constants of `hyper` and `integer t` only, found `k`"},
    {"r_bound(integer t", "r_bound(real beta, integer t",
     "12:16: r_bound: expected constants of `hyper` and `integer t` only, found `beta`"},
    {"r_bound(integer t", "r_bound(real t", "12:16: r_bound: expected `integer t`"},
    {"n = 3", "n = 2.5", "12:16: r_bound: expected `real n`: its example is no integer"},
    {"real gamma, integer n) = 0", "real gamma, real n) = 0",
     "10:15: r_domain: expected `integer n`, as in the bound"},
};

START_TEST(test_bad_theorems)
{
    char message[1024];
    const struct change *change = &bad_theorems[_i];
    snprintf(message, sizeof message, "r.acsl:%s", change->message);
    refused(load(replaced(theorem, change->part, change->by)), message);
}
END_TEST

/* --- objectives ------------------------------------------------------------------------------------------------ */

static const char objective[] = "/* Title.\n"
                                " * objective: r\n"
                                " * source: s\n"
                                " * class: convex, smooth(L)\n"
                                " * hyper: h = 2, w = 0.5\n"
                                " * instance: x = 1 -2.5 0x1p-3, h = 3, w = 1 2 3\n"
                                " * instance: x = 1\n"
                                " */\n"
                                "/*@ logic real r_f(real x, real h) = h * x * x / 2;\n"
                                "    logic real r_g(real x, real h) = h * x;\n"
                                "    logic real r_xstar(real h) = 0;\n"
                                "    logic real r_min(real h) = 0;\n"
                                "    logic real r_L(real h) = h;\n"
                                "*/\n";

START_TEST(test_objectives)
{
    accepted(load(objective));
    ck_assert_int_eq(spec->kind, SPEC_OBJECTIVE);
    ck_assert_str_eq(spec_kind_name(spec), "objective");
    ck_assert_str_eq(spec->output->name, "r_f");
    ck_assert_uint_eq(spec->instance_count, 2);
    const struct instance *first = &spec->instances[0], *second = &spec->instances[1];
    const double x[] = {1, -2.5, 0.125}, hypers[] = {3, 3, 3, 1, 2, 3};
    ck_assert_uint_eq(first->n, 3);
    ck_assert_mem_eq(first->x, x, sizeof x);
    ck_assert_mem_eq(first->hypers, hypers, sizeof hypers);
    ck_assert_uint_eq(second->n, 1);
    ck_assert_double_eq(second->hypers[0], 2);
    ck_assert_double_eq(second->hypers[1], 0.5);
}
END_TEST

static const struct change bad_objectives[] = {
    {"objective: r", "objective: q",
     "1:1: expected `r`, the file's name, as the objective's name, found `q`"},
    {" * class: convex, smooth(L)\n", "", "1:1: expected the key `class`, as in every objective"},
    {" * instance: x = 1 -2.5 0x1p-3, h = 3, w = 1 2 3\n * instance: x = 1\n", "",
     "1:1: expected the key `instance`, as in every objective"},
    {" * hyper", " * rules: gd\n * hyper", "5:4: an objective has no key `rules`"},
    {" * hyper", " * inputs: g\n * hyper", "5:4: an objective has no key `inputs`"},
    {"smooth(L)", "smooth(M)", " expected the equation `logic real r_M(…)`"},
    {"smooth(L)", "smooth(L",
     " expected words such as `convex` or `smooth(L)` as the class, found ` smooth(L`"},
    {"smooth(L)", "smooth(L, L, L)",
     " expected words such as `convex` or `smooth(L)` as the class, found ` smooth(L, L, L)`"},
    {"r_f", "r_F", " expected the equation `logic real r_f(…)`"},
    {"r_g", "r_G", " expected the equation `logic real r_g(…)`"},
    {"r_xstar", "r_star", " expected the equation `logic real r_xstar(…)`"},
    {"r_min(real h)", "r_min(real x)",
     "12:16: r_min: expected parameters of `hyper` only, found `x`"},
    {"r_L(real h) = h", "r_L(real x) = x",
     "13:16: r_L: expected parameters of `hyper` only, found `x`"},
    {"r_g(real x", "r_g(integer t, real x",
     "10:16: r_g: expected `x` and parameters of `hyper` only, found `t`"},
    {"x = 1 -2.5", "h = 1 -2.5",
     "6:13: expected `x` first, found `h = 1 -2.5 0x1p-3, h = 3, w = 1 2 3`"},
    {"h = 3", "h = 3 4",
     "6:13: expected one value, or one for each coordinate, found `h = 3 4, w = 1 2 3`"},
    {"h = 3", "q = 3", "6:13: expected each parameter once, found `q = 3, w = 1 2 3`"},
    {"h = 3", "w = 3", "6:13: expected each parameter once, found `w = 1 2 3`"},
    {"h = 3", "h = ", "6:13: expected a number, found `, w = 1 2 3`"},
    {"h = 3", "h = nan", "6:13: expected a number, found `nan, w = 1 2 3`"},
    {"h = 3", "h = 3x", "6:13: expected a number, found `3x, w = 1 2 3`"},
    {"h = 3", "h 3", "6:13: expected `NAME = NUMBERS`, found `h 3, w = 1 2 3`"},
    {"w = 1 2 3", "", "6:13: expected `NAME = NUMBERS`, found `the end of the instance`"},
    {"instance: x = 1\n", "instance:\n",
     "7:13: expected `NAME = NUMBERS`, found `the end of the instance`"},
};

START_TEST(test_bad_objectives)
{
    char message[1024];
    const struct change *change = &bad_objectives[_i];
    snprintf(message, sizeof message, "r.acsl:%s", change->message);
    refused(load(replaced(objective, change->part, change->by)), message);
}
END_TEST

START_TEST(test_bad_files)
{
    static char large[SPEC_MAX_BYTES + 2];
    static const struct {
        const char *text, *message;
    } files[] = {
        {"", "r.acsl:1:1: expected a comment: a specification holds nothing else"},
        {"int x;", "r.acsl:1:1: expected a comment: a specification holds nothing else"},
        {"\n /", "r.acsl:2:2: expected a comment: a specification holds nothing else"},
        {"\n  /* Title.", "r.acsl:2:3: expected `*/`: this comment does not end"},
        {"/*/", "r.acsl:1:1: expected `*/`: this comment does not end"},
        {"/**/", "r.acsl:1:3: expected a title on the comment's first line"},
        {"/* T\n * rule: r\n * source: s */\n",
         "r.acsl:4:1: expected an annotation, /*@ … */, found the end of the file"},
    };
    for (size_t i = 0; i < LENGTH(files); i++)
        refused(load(files[i].text), files[i].message);
    refused(load(replaced(good, "*/\n/*@", "*/\n#pragma once\n/*@")),
            "r.acsl:9:1: expected a comment: a specification holds nothing else");
    refused(load(replaced(good, "m_next;\n*/", "m_next;\n")),
            "r.acsl:9:1: expected `*/`: this comment does not end");
    refused(load(replaced(good, "m_next;\n*/", "m_next;\n*/ /*@ */")),
            "r.acsl:12:6: expected one annotation, found a second");
    accepted(load(replaced(good, "m_next;\n*/", "m_next;\n*/\n/* Another comment. */")));
    memset(large, ' ', sizeof large);
    memcpy(large, good, sizeof good - 1);
    accepted(load_bytes("r.acsl", large, SPEC_MAX_BYTES, NULL));
    refused(load_bytes("r.acsl", large, SPEC_MAX_BYTES + 1, NULL),
            "r.acsl: expected at most 65536 bytes in a specification, found 65537");
}
END_TEST

/* A NUL byte ends a string in C: what follows it must not be lost without a word. */
START_TEST(test_nul_bytes)
{
    static const char *const places[] = {"m + g", "0.5",   "= 0\n",  "inputs",
                                         "here",  "Title", "*/\n/*@"};
    for (size_t i = 0; i < LENGTH(places); i++) {
        char text[sizeof good];
        memcpy(text, good, sizeof good);
        *(strstr(text, places[i]) + 1) = '\0';
        ck_assert_msg(load_bytes("r.acsl", text, sizeof good - 1, NULL) == GOLDSTEP_BAD_INPUT,
                      "a NUL in `%s` is accepted", places[i]);
    }
}
END_TEST

/* --- variants ------------------------------------------------------------------------------------------------- */

static const char variant[] = "/* Title.\n * rule: r_v\n * variant-of: r\n * source: s\n */\n"
                              "/*@ logic real r_v_x(real x, real g, real lr) = x - lr * g; */";

static goldstep_status load_variant(const struct spec *parent, const char *text)
{
    return load_bytes("r_v.acsl", text, strlen(text), parent);
}

START_TEST(test_variants)
{
    struct spec *parent;
    accepted(spec_parse(&parent, "r.acsl", good, sizeof good - 1, &error));
    accepted(spec_link(parent, NULL, &error));
    accepted(load_variant(parent, variant));
    ck_assert_str_eq(spec->shown, "r.v");
    ck_assert_uint_eq(spec->hypers.count, 2);
    ck_assert_ptr_eq(spec->domain, parent->domain);
    ck_assert_ptr_eq(spec->states.list[0].equation, parent->states.list[0].equation);
    ck_assert_str_eq(spec->output->name, "r_v_x");
    accepted(load_variant(parent, replaced(variant, "lr * g", "r_m(lr, g)")));
    refused(load_variant(parent, replaced(variant, "variant-of: r", "variant-of: r r")),
            "r_v.acsl:3:18: expected `,`, found `r`");
    refused(load_variant(parent, replaced(variant, "logic real r_v_x", "logic real r_x")),
            "r_v.acsl:6:16: expected a name that begins with `r_v_`, found `r_x`");
    refused(load_variant(parent, replaced(variant, "lr * g", "lr * r_n(g)")),
            "r_v.acsl:6:58: `r_n`: no function of this name stands above or in a parent");
    parent->name = "q";
    refused(load_variant(parent, variant),
            "r_v.acsl:3:15: expected the name of a variant of `q`: `q_DIALECT`");
    parent->name = "r_v";
    refused(load_variant(parent, variant),
            "r_v.acsl:3:15: expected the name of a variant of `r_v`: `r_v_DIALECT`");
    parent->name = "r";
    parent->kind = SPEC_SCHEDULE;
    refused(load_variant(parent, variant),
            "r_v.acsl:3:15: expected the name of a variant of `r`: `r_DIALECT`");
    spec_free(parent);
}
END_TEST

/* An inherited equation that does not fit the variant stands in the parent's file. */
START_TEST(test_the_place_of_an_inherited_equation)
{
    struct spec *parent;
    accepted(spec_parse(&parent, "r.acsl", good, sizeof good - 1, &error));
    accepted(spec_link(parent, NULL, &error));
    ck_assert_int_eq(load_variant(parent,
                                  "/* Title.\n * rule: r_v\n * variant-of: r\n * source: s\n"
                                  " * hyper: q = 1\n */\n/*@ */"),
                     GOLDSTEP_BAD_INPUT);
    ck_assert_msg(strncmp(error.message, "r_v.acsl:11:", 12) != 0, "r_v.acsl has no line 11: %s",
                  error.message);
    spec_free(parent);
}
END_TEST

/* --- the library ---------------------------------------------------------------------------------------------- */

static goldstep_library *library;
static char folder[64], path[128];

static void set_up_library(void)
{
    set_up();
    strcpy(folder, "/tmp/test_speclang.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    accepted(goldstep_library_open(&library, &error));
}

static void tear_down_library(void)
{
    tear_down();
    goldstep_library_free(library);
    unlink(path);
    rmdir(folder);
}

static goldstep_status add_bytes(const char *name, const char *text, size_t length)
{
    unlink(path);
    snprintf(path, sizeof path, "%s/%s.acsl", folder, name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
    return goldstep_library_add(library, path, &error);
}

static goldstep_status add(const char *name, const char *text)
{
    return add_bytes(name, text, strlen(text));
}

/* The message, without the folder before it. */
static void not_added(goldstep_status status, const char *message)
{
    ck_assert_int_eq(status, GOLDSTEP_BAD_INPUT);
    ck_assert_int_eq(strncmp(error.message, folder, strlen(folder)), 0);
    ck_assert_str_eq(error.message + strlen(folder) + 1, message);
}

/* The library is whole: each rule is linked with parents that are in it, and compiles; the theorems are as they were. */
static void expect_whole(size_t count)
{
    static size_t theorems;
    if (theorems == 0)
        theorems = library_theorem_count(library);
    ck_assert_uint_eq(library_theorem_count(library), theorems);
    ck_assert_uint_eq(library_count(library), count);
    for (size_t i = 0; i < count; i++) {
        const struct spec *one = library_spec(library, i);
        ck_assert(one->linked);
        ck_assert(i == 0 || strcmp(library_spec(library, i - 1)->name, one->name) < 0);
        if (one->parent != NULL)
            ck_assert_ptr_eq(one->parent, library_find(library, one->parent_name, NULL));
        struct program *compiled;
        accepted(program_compile(one, &compiled, &error));
        program_free(compiled);
    }
}

START_TEST(test_builtin_library)
{
    size_t count = 0;
    while (builtin_specs[count].file != NULL)
        count++;
    count -= library_theorem_count(library) + library_objective_count(library);
    ck_assert_uint_ge(count, 40);
    expect_whole(count);
    ck_assert(spec_uses_step(library_find(library, "nadam", NULL)));
    ck_assert(!spec_uses_step(library_find(library, "nesterov_convex", NULL)));
}
END_TEST

START_TEST(test_add)
{
    size_t count = library_count(library);
    accepted(add("r", good));
    expect_whole(count + 1);
    accepted(add("r_v", variant));
    expect_whole(count + 2);
    accepted(add("r", replaced(good, "Title", "Another"))); /* its variant finds the new parent */
    expect_whole(count + 2);
    ck_assert_str_eq(library_find(library, "r", NULL)->title, "Another.");
    accepted(add("r", replaced(good, "b = 1", "b = 1, c = 1")));
    ck_assert_uint_eq(library_find(library, "r.v", NULL)->hypers.count, 3);
}
END_TEST

START_TEST(test_failed_add_changes_nothing)
{
    size_t count = library_count(library);
    const struct spec *adam = library_find(library, "adam", NULL);
    not_added(add("r", replaced(good, "m + g", "m +")), "r.acsl:10:41: expected a term, found `;`");
    expect_whole(count);
    not_added(add("r", replaced(good, "m + g", "q")),
              "r.acsl:10:38: `q`: this name is neither a parameter nor bound by \\let");
    expect_whole(count);
    not_added(add("r_v", variant), "r_v.acsl:3:15: no rule is called `r`");
    expect_whole(count);
    not_added(add("r", replaced(good, "rule:   r", "rule:   r\n * variant-of: r")),
              "r.acsl:4:15: `r` is a variant of itself");
    expect_whole(count);
    /* Its variants no longer link. */
    ck_assert_int_eq(
        add("adam", replaced("/* Title.\n * rule: adam\n * source: s\n * inputs: g\n */\n"
                             "/*@ logic real adam_x(real x, real g) = x - g; */",
                             "Title", "Other")),
        GOLDSTEP_BAD_INPUT);
    expect_whole(count);
    ck_assert_ptr_eq(library_find(library, "adam", NULL), adam);
    /* A circle of two. */
    ck_assert_int_eq(
        add("adam", "/* T\n * rule: adam\n * variant-of: adam_keras\n * source: s\n */ /*@ */"),
        GOLDSTEP_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.message, " is a variant of itself"));
    expect_whole(count);
    accepted(add("r", good));
    expect_whole(count + 1);
}
END_TEST

/* Rules that a theorem names and that are still to be written. */
static const char *const pending[] = {
    "adagrad_norm", "dual_averaging", "exponentiated_gradient",
    "fista",        "frank_wolfe",    "nesterov_sc",
    "sgdm_ima",     "sps_max",
};

/* Each speaks of rules that there are, and its domain holds of its constants' examples, as its bound has a value. */
START_TEST(test_builtin_theorems)
{
    size_t count = library_theorem_count(library);
    ck_assert_uint_ge(count, 30);
    for (size_t i = 0; i < LENGTH(pending); i++)
        ck_assert_ptr_null(library_find_any(library, pending[i], &error));
    for (size_t i = 0; i < count; i++) {
        const struct spec *one = library_theorem(library, i);
        ck_assert_int_eq(one->kind, SPEC_THEOREM);
        ck_assert(i == 0 || strcmp(library_theorem(library, i - 1)->name, one->name) < 0);
        for (size_t r = 0; r < one->rules.count; r++) {
            const char *rule = one->rules.list[r].name;
            bool known = library_find(library, rule, &error) != NULL;
            for (size_t p = 0; p < LENGTH(pending); p++)
                known = known || strcmp(rule, pending[p]) == 0;
            ck_assert_msg(known, "%s: %s", one->file, error.message);
        }
        struct program *compiled;
        accepted(program_compile(one, &compiled, &error));
        struct evaluator *evaluator = evaluator_new(compiled, NULL, 128);
        ck_assert_ptr_nonnull(evaluator);
        for (size_t h = 0; h < one->hypers.count; h++)
            evaluator_set(evaluator, program_leaf(compiled, BIND_HYPER, h),
                          one->hypers.list[h].value, false);
        evaluator_set(evaluator, program_leaf(compiled, BIND_T, 0), 3, false);
        evaluator_new_step(evaluator);
        for (int d = 0; d < compiled->domain_count; d++)
            ck_assert_msg(evaluator_truth(evaluator, compiled->domain[d].instruction) == 1,
                          "%s: condition %d of the domain does not hold", one->file, d + 1);
        enum problem problem;
        evaluator_value(evaluator, compiled->output, &problem);
        ck_assert_msg(problem == PROBLEM_NONE, "%s: %s", one->file, problem_text(problem));
        evaluator_free(evaluator);
        program_free(compiled);
    }
}
END_TEST

START_TEST(test_add_theorems)
{
    size_t count = library_count(library), theorems = library_theorem_count(library);
    accepted(add("r", theorem));
    ck_assert_uint_eq(library_count(library), count);
    ck_assert_uint_eq(library_theorem_count(library), theorems + 1);
    ck_assert_ptr_null(library_find(library, "r", &error));
    ck_assert_str_eq(error.message, "`r` is a theorem: expected a rule or schedule");
    ck_assert_str_eq(library_find_any(library, "r", &error)->title, "Title.");
    ck_assert_ptr_nonnull(library_find_any(library, "adam", &error));
    ck_assert_ptr_null(library_find_any(library, "zzz", &error));
    ck_assert_str_eq(error.message, "no rule, schedule, theorem or objective is called `zzz`");
    not_added(add("r_v", variant),
              "r_v.acsl:3:15: expected the name of a variant of `r`: `r_DIALECT`");
    accepted(add("r", good)); /* a rule in a theorem's place, and back */
    expect_whole(count + 1);
    not_added(add("r", replaced(theorem, "r_bound", "r_limit")),
              "r.acsl: expected the equation `logic real r_bound(…)`");
    expect_whole(count + 1);
    accepted(add("r", theorem));
    ck_assert_uint_eq(library_count(library), count);
}
END_TEST

/* The parameters' defaults are in the domain, and f has a value at the first instance's start. */
START_TEST(test_builtin_objectives)
{
    size_t count = library_objective_count(library);
    ck_assert_uint_ge(count, 6);
    for (size_t i = 0; i < count; i++) {
        const struct spec *one = library_objective(library, i);
        ck_assert_int_eq(one->kind, SPEC_OBJECTIVE);
        ck_assert(i == 0 || strcmp(library_objective(library, i - 1)->name, one->name) < 0);
        ck_assert_ptr_null(library_find(library, one->name, &error));
        ck_assert_ptr_nonnull(strstr(error.message, "` is an objective: expected a rule or "));
        ck_assert_ptr_eq(library_find_any(library, one->name, &error), one);
        struct program *compiled;
        accepted(program_compile(one, &compiled, &error));
        struct evaluator *evaluator = evaluator_new(compiled, NULL, 128);
        ck_assert_ptr_nonnull(evaluator);
        for (size_t h = 0; h < one->hypers.count; h++)
            evaluator_set(evaluator, program_leaf(compiled, BIND_HYPER, h),
                          one->hypers.list[h].value, false);
        evaluator_set(evaluator, program_leaf(compiled, BIND_X, 0), one->instances[0].x[0], false);
        evaluator_new_step(evaluator);
        for (int d = 0; d < compiled->domain_count; d++)
            ck_assert_int_eq(evaluator_truth(evaluator, compiled->domain[d].instruction), 1);
        enum problem problem;
        evaluator_value(evaluator, compiled->output, &problem);
        ck_assert_msg(problem == PROBLEM_NONE, "%s: %s", one->file, problem_text(problem));
        evaluator_free(evaluator);
        program_free(compiled);
    }
}
END_TEST

START_TEST(test_unreadable_files)
{
    static char large[SPEC_MAX_BYTES + 1];
    char message[256];
    snprintf(path, sizeof path, "%s/none.acsl", folder);
    ck_assert_int_eq(goldstep_library_add(library, path, &error), GOLDSTEP_SYSTEM_ERROR);
    snprintf(message, sizeof message, "%s: No such file or directory", path);
    ck_assert_str_eq(error.message, message);
    ck_assert_int_eq(error.status, GOLDSTEP_SYSTEM_ERROR);
    ck_assert_int_eq(goldstep_library_add(library, folder, &error), GOLDSTEP_SYSTEM_ERROR);
    snprintf(message, sizeof message, "%s: Is a directory", folder);
    ck_assert_str_eq(error.message, message);
    memset(large, ' ', sizeof large);
    not_added(add_bytes("r", large, sizeof large),
              "r.acsl: expected at most 65536 bytes in a specification, found 65537");
    ck_assert_int_eq(goldstep_library_add(library, path, NULL), GOLDSTEP_BAD_INPUT);
    /* A name longer than a message. */
    ck_assert_int_eq(goldstep_library_add(library, repeated("a", 2000), &error),
                     GOLDSTEP_SYSTEM_ERROR);
    ck_assert_uint_eq(strlen(error.message), sizeof error.message - 1);
    goldstep_library_free(NULL);
}
END_TEST

START_TEST(test_find)
{
    static const struct {
        const char *name, *found;
    } names[] = {
        {"adam", "adam"},
        {"adam.keras", "adam_keras"},
        {"adam_keras", "adam_keras"},
        {"adam_tf1", "adam_keras"},
        {"adam.tf1", "adam_keras"},
        {"adamw_torch", "adamw"},
        {"cosine", "cosine"},
        {"clip.norm.torch", "clip_norm_torch"},
    };
    for (size_t i = 0; i < LENGTH(names); i++) {
        const struct spec *found = library_find(library, names[i].name, &error);
        ck_assert_msg(found != NULL, "%s: %s", names[i].name, error.message);
        ck_assert_str_eq(found->name, names[i].found);
    }
}
END_TEST

START_TEST(test_find_nothing)
{
    static const struct {
        const char *name, *message;
    } names[] = {
        {"Ada",
         "no rule or schedule is called `Ada`; near to it: adadelta, adadelta.torch, adagrad"},
        {"lion2", "no rule or schedule is called `lion2`; near to it: lion"},
        {"cosine.annealing",
         "no rule or schedule is called `cosine.annealing`; near to it: cosine"},
        {"zzz", "no rule or schedule is called `zzz`"},
    };
    for (size_t i = 0; i < LENGTH(names); i++) {
        memset(&error, 0, sizeof error);
        ck_assert_ptr_null(library_find(library, names[i].name, &error));
        ck_assert_int_eq(error.status, GOLDSTEP_BAD_INPUT);
        ck_assert_int_eq(strncmp(error.message, names[i].message, strlen(names[i].message)), 0);
    }
    ck_assert_str_eq(error.message, names[3].message);
    char *name = repeated("adam", 300);
    ck_assert_ptr_null(library_find(library, name, &error));
    ck_assert_uint_lt(strlen(error.message), 900);
    ck_assert_ptr_null(library_find(library, "", &error)); /* near to everything: the list is cut */
    ck_assert_uint_lt(strlen(error.message), 700);
}
END_TEST

/* A rule's own name goes before another's alias. */
START_TEST(test_a_name_goes_before_an_alias)
{
    const char *text = replaced(good, "rule:   r", "rule:   a\n * also: adam");
    text = replaced(replaced(text, "r_domain", "a_domain"), "r_m(", "a_m(");
    add("a", replaced(text, "r_x(", "a_x(")); /* `a` stands before `adam`; it may be refused */
    ck_assert_str_eq(library_find(library, "adam", NULL)->name, "adam");
}
END_TEST

/* --- mutants -------------------------------------------------------------------------------------------------- */

static uint64_t state;

static size_t random_below(size_t limit)
{
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (size_t)(z ^ (z >> 31)) % limit;
}

/* A bit flipped, a stretch left out, put in twice, or a byte of the language put in. */
static size_t mutate(char *text, size_t length)
{
    static const char bytes[] = "()+-*/;:,=<>!?&|\\@0.1e x_\n\t\0*/";
    size_t at = random_below(length), count = 1 + random_below(random_below(4) == 0 ? 64 : 2);
    if (count > length - at)
        count = length - at;
    switch (random_below(4)) {
    case 0:
        text[at] = (char)(text[at] ^ (1 << random_below(8)));
        return length;
    case 1:
        memmove(text + at, text + at + count, length - at - count);
        return length - count > 0 ? length - count : 1;
    case 2:
        memmove(text + at + count, text + at, length - at);
        return length + count;
    default:
        memmove(text + at + 1, text + at, length - at);
        text[at] = bytes[random_below(sizeof bytes - 1)];
        return length + 1;
    }
}

START_TEST(test_mutants)
{
    enum { MUTANTS = 20000 };
    static char text[2 * SPEC_MAX_BYTES];
    size_t good_ones = 0, rules = library_count(library);
    size_t count = rules + library_theorem_count(library);
    state = 1;
    for (size_t i = 0; i < MUTANTS; i++) {
        size_t index = i % count;
        const struct spec *original =
            index < rules ? library_spec(library, index) : library_theorem(library, index - rules);
        size_t length = strlen(original->source);
        memcpy(text, original->source, length);
        for (size_t n = 1 + random_below(3); n > 0; n--)
            length = mutate(text, length);
        char *exact = malloc(length); /* so that a sanitizer sees a byte read beyond it */
        ck_assert_ptr_nonnull(exact);
        memcpy(exact, text, length);
        goldstep_status status = load_bytes(original->file, exact, length, original->parent);
        free(exact);
        if (status == GOLDSTEP_OK) {
            good_ones++;
            continue;
        }
        size_t prefix = strlen(original->file);
        ck_assert_int_eq(status, GOLDSTEP_BAD_INPUT);
        ck_assert_int_eq(error.status, GOLDSTEP_BAD_INPUT);
        ck_assert_msg(strncmp(error.message, original->file, prefix) == 0 &&
                          error.message[prefix] == ':' && strlen(error.message) > prefix + 10,
                      "mutant %zu of %s: %s", i, original->file, error.message);
    }
    ck_assert_uint_gt(good_ones, MUTANTS / 20);
    ck_assert_uint_lt(good_ones, MUTANTS - MUTANTS / 20);
}
END_TEST

Suite *speclang_suite(void)
{
    Suite *suite = suite_create("speclang");
    TCase *group = tcase_create("language");
    tcase_add_checked_fixture(group, set_up, tear_down);
    tcase_add_loop_test(group, test_terms_mean_what_they_say, 0, LENGTH(terms));
    tcase_add_loop_test(group, test_printed_terms_mean_the_same, 0, LENGTH(terms));
    tcase_add_loop_test(group, test_formulas_mean_what_they_say, 0, LENGTH(formulas));
    tcase_add_loop_test(group, test_bad_terms, 0, LENGTH(bad_terms));
    tcase_add_loop_test(group, test_bad_functions, 0, LENGTH(bad_functions));
    tcase_add_loop_test(group, test_bad_fronts, 0, LENGTH(bad_fronts));
    tcase_add_loop_test(group, test_bad_links, 0, LENGTH(bad_links));
    tcase_add_loop_test(group, test_bad_theorems, 0, LENGTH(bad_theorems));
    tcase_add_loop_test(group, test_bad_objectives, 0, LENGTH(bad_objectives));
    const TTest *const tests[] = {test_print_is_cut_short,
                                  test_types,
                                  test_integers_are_acsls,
                                  test_a_chain_does_not_begin_with_unequal,
                                  test_depth_and_size,
                                  test_too_many,
                                  test_equal_calls_expand_too,
                                  test_expansion,
                                  test_good_fronts,
                                  test_too_many_items,
                                  test_scalar_state,
                                  test_schedules,
                                  test_theorems,
                                  test_objectives,
                                  test_bad_files,
                                  test_nul_bytes,
                                  test_variants,
                                  test_the_place_of_an_inherited_equation};
    for (size_t i = 0; i < LENGTH(tests); i++)
        tcase_add_test(group, tests[i]);
    suite_add_tcase(suite, group);
    TCase *libraries = tcase_create("library");
    tcase_add_checked_fixture(libraries, set_up_library, tear_down_library);
    tcase_set_timeout(libraries, 300);
    const TTest *const library_tests[] = {test_builtin_library,
                                          test_builtin_theorems,
                                          test_builtin_objectives,
                                          test_add,
                                          test_add_theorems,
                                          test_failed_add_changes_nothing,
                                          test_unreadable_files,
                                          test_find,
                                          test_find_nothing,
                                          test_a_name_goes_before_an_alias,
                                          test_mutants};
    for (size_t i = 0; i < LENGTH(library_tests); i++)
        tcase_add_test(libraries, library_tests[i]);
    suite_add_tcase(suite, libraries);
    return suite;
}
