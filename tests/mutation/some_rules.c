/* The tests of test_reference.c, for some rules only, and of single functions; stops at the first that fails.
 *
 * usage: some_rules SECONDS RULE... (where one test of one rule takes longer, SIGALRM ends all)
 *
 * Standard output names each test before it runs, so that its last line is the one that failed. */
#define main reference_main
#include "../reference/test_reference.c"
#undef main

#include <unistd.h>

/* -1 where there is none. */
static int index_of(const char *rule)
{
    int count = (int)library_count(library);
    for (int i = 0; i < count; i++)
        if (strcmp(library_spec(library, (size_t)i)->name, rule) == 0)
            return i;
    return -1;
}

static bool passes(const TTest *test, int rule)
{
    Suite *suite = suite_create("some rules");
    TCase *group = tcase_create("one");
    tcase_add_loop_test(group, test, rule, rule + 1);
    suite_add_tcase(suite, group);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0;
}

int main(int argc, char **argv)
{
    goldstep_error error;
    if (argc < 3 || goldstep_library_open(&library, &error) != GOLDSTEP_OK)
        return 2;
    puts(test_clip_norm_scale->name);
    if (!passes(test_clip_norm_scale, 0))
        return 1;
    const TTest *const tests[] = {test_nudge, test_long_run, test_overflow, test_conforms,
                                  test_hyper_changed}; /* those that are quick first */
    for (size_t i = 0; i < LENGTH(tests); i++) {
        for (int k = 2; k < argc; k++) {
            int rule = index_of(argv[k]);
            if (rule < 0)
                return 2;
            printf("%s of %s\n", tests[i]->name, argv[k]);
            fflush(stdout);
            alarm((unsigned)atoi(argv[1]));
            if (!passes(tests[i], rule))
                return 1;
        }
    }
    goldstep_library_free(library);
    return 0;
}
