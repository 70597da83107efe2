/* The plain way to judge an AdamW trace: every coordinate of step 1 in MPFR at 128 bits, rounded and compared.
 * usage: mpfr_loop TRACE.safetensors    prints the coordinates (x, m and v) that differ in more than one ulp */
#include "eval/format.h"
#include "trace/trace.h"

#include <math.h>
#include <stdio.h>

enum { PRECISION = 128 };

static double hyper(const goldstep_trace *trace, const char *name)
{
    double value = NAN;
    trace_hyper(trace, 1, name, &value);
    return value;
}

static double at(const goldstep_trace *trace, size_t step, const char *quantity, size_t index)
{
    return array_get(trace_find(trace, step, 0, quantity), index);
}

/* beta * old + (1 - beta) * new */
static void average(mpfr_t result, double beta, double old, mpfr_t new, mpfr_t scratch)
{
    mpfr_set_d(scratch, 1.0, MPFR_RNDN);
    mpfr_sub_d(scratch, scratch, beta, MPFR_RNDN);
    mpfr_mul(scratch, scratch, new, MPFR_RNDN);
    mpfr_set_d(result, beta, MPFR_RNDN);
    mpfr_mul_d(result, result, old, MPFR_RNDN);
    mpfr_add(result, result, scratch, MPFR_RNDN);
}

static int differs(double got, const mpfr_t value)
{
    const struct format *format = format_of(GOLDSTEP_BINARY32);
    double expected = format_round(format, value);
    return fabs(got - expected) > format_ulp(format, expected);
}

int main(int argc, char **argv)
{
    goldstep_trace *trace;
    goldstep_error error;
    if (argc != 2 || goldstep_trace_read(&trace, argv[1], &error) != GOLDSTEP_OK) {
        fprintf(stderr, "usage: mpfr_loop TRACE\n");
        return 2;
    }
    double lr = hyper(trace, "lr"), beta1 = hyper(trace, "beta1"), beta2 = hyper(trace, "beta2");
    double eps = hyper(trace, "eps"), decay = hyper(trace, "weight_decay");
    mpfr_t g, m, v, x, c1, c2, scratch;
    mpfr_inits2(PRECISION, g, m, v, x, c1, c2, scratch, (mpfr_ptr)0);
    mpfr_set_d(c1, 1.0, MPFR_RNDN);
    mpfr_sub_d(c1, c1, beta1, MPFR_RNDN);
    mpfr_set_d(c2, 1.0, MPFR_RNDN);
    mpfr_sub_d(c2, c2, beta2, MPFR_RNDN);
    size_t count = trace_find(trace, 0, 0, "x")->count, wrong = 0;
    for (size_t i = 0; i < count; i++) {
        double old = at(trace, 0, "x", i);
        mpfr_set_d(g, at(trace, 1, "g", i), MPFR_RNDN);
        average(m, beta1, 0, g, scratch);
        mpfr_sqr(g, g, MPFR_RNDN);
        average(v, beta2, 0, g, scratch);
        wrong += (size_t)(differs(at(trace, 1, "m", i), m) + differs(at(trace, 1, "v", i), v));
        mpfr_div(m, m, c1, MPFR_RNDN);
        mpfr_mul_d(m, m, lr, MPFR_RNDN);
        mpfr_div(v, v, c2, MPFR_RNDN);
        mpfr_sqrt(v, v, MPFR_RNDN);
        mpfr_add_d(v, v, eps, MPFR_RNDN);
        mpfr_div(m, m, v, MPFR_RNDN);
        mpfr_set_d(x, lr, MPFR_RNDN);
        mpfr_mul_d(x, x, decay, MPFR_RNDN);
        mpfr_mul_d(x, x, old, MPFR_RNDN);
        mpfr_d_sub(x, old, x, MPFR_RNDN);
        mpfr_sub(x, x, m, MPFR_RNDN);
        wrong += (size_t)differs(at(trace, 1, "x", i), x);
    }
    printf("%zu of %zu\n", wrong, 3 * count);
    mpfr_clears(g, m, v, x, c1, c2, scratch, (mpfr_ptr)0);
    goldstep_trace_free(trace);
    return 0;
}
