#include <check.h>
Suite *eval_suite(void);
Suite *eval_suite(void) { return suite_create("eval"); }
