#include <check.h>
Suite *verdict_suite(void);
Suite *verdict_suite(void) { return suite_create("verdict"); }
