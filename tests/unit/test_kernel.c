/* Kernels: which rules have one, and what is written of an operation that they do not know. That kernels say what MPFR says,
 * tests/soak checks. */
#include "emit/kernel.h"
#include "eval/kernel.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *kernel_suite(void);

static goldstep_error error;

static const struct kernel *kernel_of(const struct program *program)
{
    unsigned char digest[KERNEL_DIGEST];
    program_digest(program, digest);
    for (size_t i = 0; kernels[i] != NULL; i++)
        if (memcmp(kernels[i]->digest, digest, KERNEL_DIGEST) == 0)
            return kernels[i];
    return NULL;
}

static char *text_of(const struct program *program)
{
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    ck_assert_int_eq(emit_kernel(file, "some", program, &error), GOLDSTEP_OK);
    fclose(file);
    return text;
}

/* Every rule of spec/; a schedule has one value a step, and needs none. */
START_TEST(test_every_rule_has_a_kernel)
{
    goldstep_library *library;
    ck_assert_int_eq(goldstep_library_open(&library, &error), GOLDSTEP_OK);
    for (size_t i = 0; i < library_count(library); i++) {
        const struct spec *spec = library_spec(library, i);
        struct program *program;
        ck_assert_int_eq(program_compile(spec, &program, &error), GOLDSTEP_OK);
        const struct kernel *kernel = kernel_of(program);
        char *text = text_of(program);
        ck_assert_ptr_nonnull(kernel);
        for (int width = 0; width < KERNEL_WIDTHS; width++)
            ck_assert_msg((kernel->functions[width][KERNEL_PORTABLE] != NULL) ==
                              (spec->kind == SPEC_RULE),
                          "%s", spec->name);
        ck_assert_msg((strstr(text, "FOR_EACH") != NULL) == (spec->kind == SPEC_RULE), "%s",
                      spec->name);
        free(text);
        program_free(program);
    }
    goldstep_library_free(library);
}
END_TEST

static struct program *compile(const char *equation, struct spec **spec)
{
    char text[1000];
    struct program *program;
    int length =
        snprintf(text, sizeof text,
                 "/* R.\n *\n * rule: r\n * source: none\n * inputs: g\n * hyper: lr = 1\n */\n"
                 "/*@ logic real r_x(real x, real g, real lr) = %s; */\n",
                 equation);
    ck_assert_msg(spec_parse(spec, "r.acsl", text, (size_t)length, &error) == GOLDSTEP_OK &&
                      spec_link(*spec, NULL, &error) == GOLDSTEP_OK &&
                      program_compile(*spec, &program, &error) == GOLDSTEP_OK,
                  "%s", error.message);
    return program;
}

static const struct {
    const char *equation;
    bool known;
} operations[] = {
    {"x - lr * g", true},
    {"x - \\exp(lr) * g", true},
    {"x - lr * \\exp(g)", false},
    {"x - \\min(\\max(g, lr), \\abs(x))", true},
    {"(x < g || !(g == lr)) && x != 0 ? x : g", true},
    {"x <= g ==> x >= lr ? -x : g", true},
    {"\\sqrt(x) > lr ? x : g", false},
    {"x / (g * g + lr)", true},
    {"x / \\sqrt(g / x)", false},
};

START_TEST(test_operations_on_coordinates)
{
    struct spec *spec = NULL;
    struct program *program = compile(operations[_i].equation, &spec);
    char *text = text_of(program);
    ck_assert_int_eq(strstr(text, "FOR_EACH") != NULL, operations[_i].known);
    ck_assert_int_eq(strstr(text, "FUNCTIONS") != NULL, operations[_i].known);
    ck_assert_ptr_eq(kernel_of(program), NULL);
    free(text);
    program_free(program);
    spec_free(spec);
}
END_TEST

Suite *kernel_suite(void)
{
    Suite *suite = suite_create("kernel");
    TCase *tests = tcase_create("kernels");
    tcase_add_test(tests, test_every_rule_has_a_kernel);
    tcase_add_loop_test(tests, test_operations_on_coordinates, 0,
                        (int)(sizeof operations / sizeof *operations));
    suite_add_tcase(suite, tests);
    return suite;
}
