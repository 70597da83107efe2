/* Runs every suite of unit tests; the exit status is 1 where one fails. CK_RUN_SUITE=NAME runs one suite. */
#include <check.h>
#include <stdlib.h>

Suite *trace_suite(void);
Suite *speclang_suite(void);
Suite *eval_suite(void);
Suite *verdict_suite(void);
Suite *diagnose_suite(void);
Suite *kernel_suite(void);
Suite *rates_suite(void);

static Suite *(*const suites[])(void) = {trace_suite,    speclang_suite, eval_suite, verdict_suite,
                                         diagnose_suite, kernel_suite,   rates_suite};

int main(void)
{
    SRunner *runner = srunner_create(NULL);
    for (size_t i = 0; i < sizeof suites / sizeof *suites; i++)
        srunner_add_suite(runner, suites[i]());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
