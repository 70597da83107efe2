/* Every rule and schedule, computed in random covered orders and judged: no result may deviate. Errors of 1.5 times the
 * budget, planted: each must be found. And the fast path must say what MPFR says.
 *
 * usage: soak COORDINATES BY_BOTH SEED [RULE...]
 *
 * COORDINATES is a number for each rule and format, of which BY_BOTH are judged once more in MPFR alone. One line for each:
 * how many were judged exact, faithful, within budget, deviating, undecided; the largest share of a budget that was used;
 * how many errors were planted and found; how many the fast path left to MPFR; how many were judged by both, and how many
 * rows of results differed. Then a table in Markdown: of each rule's results, the percentage that the fast path left to
 * MPFR, of ordinary numbers and of all (schedules, one number a step, have no fast path). Exit status 0: no false alarm, no
 * miss, no difference. */
#include "orders.h"

#include "eval/evaluator.h"
#include "trace/trace.h"
#include "verdict/check.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LENGTH = 50,
    STEPS = 6,
    LATER_STEPS = 30,
    MAX_HYPERS = 32,
    PLANT_EVERY = 100,
    MEASURED = 10
};

struct counts {
    size_t coordinates, exact, faithful, within_budget, deviates, undecided, planted, found;
    size_t by_mpfr, by_both, differ;
    size_t ordinary, ordinary_by_mpfr;
    double worst_share;
};

/* A rule in a format, at some hyperparameters, and the trace of one run. */
struct trial {
    const goldstep_library *library;
    const struct spec *spec;
    const struct format *format;
    goldstep_format trace_format;
    struct program *program;
    struct orders *orders;
    goldstep_trace *trace;
    double hypers[MAX_HYPERS];
    size_t length, steps;
    bool ordinary; /* no number is tiny or huge */
    bool near_ties;
    bool hides_scalars; /* the trace does not record the scalar states */
    bool planting;      /* `planted` takes the place of the first result of the last step */
    double planted;
};

static goldstep_error error;

static void check(bool good)
{
    if (!good) {
        fprintf(stderr, "soak: %s\n", error.message);
        exit(2);
    }
}

/* --- what a run is given --------------------------------------------------------------------------------------- */

static double uniform(struct trial *trial)
{
    return (double)(orders_random(trial->orders) >> 11) * 0x1p-53;
}

static double in_format(const struct trial *trial, double value)
{
    return format_round_double(trial->format, value);
}

/* A power of two, or a number whose last bits are set: their sums lie half way between numbers, or next to that. */
static double draw_near_tie(struct trial *trial)
{
    int exponent = (int)(orders_random(trial->orders) % 5) - 2;
    double last = (double)(orders_random(trial->orders) % 8);
    double size =
        orders_random(trial->orders) & 1
            ? ldexp(1, exponent - trial->format->precision)
            : ldexp(ldexp(1, trial->format->precision) - last, exponent - trial->format->precision);
    size = in_format(trial, size);
    return orders_random(trial->orders) & 1 ? -size : size;
}

/* Ordinary, near 1e-8, or of any size at all; sometimes 0; sometimes what makes ties. */
static double draw(struct trial *trial)
{
    if (trial->near_ties)
        return draw_near_tie(trial);
    double least = log2(trial->format->min_subnormal), most = log2(trial->format->max_finite);
    double low[] = {-14, -14, -30, least, most / 2 - 20}, high[] = {3, 3, -20, most, most / 2};
    size_t kind = trial->ordinary ? 0 : orders_random(trial->orders) % 5;
    if (orders_random(trial->orders) % 16 == 0)
        return 0;
    double size = exp2(low[kind] + (high[kind] - low[kind]) * uniform(trial));
    size = fmin(in_format(trial, size), trial->format->max_finite);
    return orders_random(trial->orders) & 1 ? -size : size;
}

/* The defaults, each kept, moved a little or drawn anew, as far as the domain goes. */
static void draw_hypers(struct trial *trial)
{
    const struct items *hypers = &trial->spec->hypers;
    for (size_t i = 0; i < hypers->count; i++)
        trial->hypers[i] = hypers->list[i].value;
    for (size_t i = 0; i < hypers->count; i++) {
        double before = trial->hypers[i];
        double tries[] = {before, before * (0.5 + uniform(trial)), uniform(trial), 0,
                          exp2(-30 * uniform(trial))};
        trial->hypers[i] = tries[orders_random(trial->orders) % 5];
        if (trial->near_ties)
            trial->hypers[i] = ldexp(1, -(int)(orders_random(trial->orders) % 5));
        if (domain_check(trial->program, trial->hypers, "", NULL) != GOLDSTEP_OK)
            trial->hypers[i] = before;
    }
}

static void set_leaf(struct trial *trial, enum binding_kind kind, size_t index, double value)
{
    orders_set(trial->orders, program_leaf(trial->program, kind, index), value);
}

/* --- one run --------------------------------------------------------------------------------------------------- */

static void record(struct trial *trial, size_t step, const char *name, size_t count,
                   const double *values)
{
    check(trace_add_numbers(trial->trace, step, "w", name, count, values, &error) == GOLDSTEP_OK);
}

static double initial(struct trial *trial, int root, double x)
{
    set_leaf(trial, BIND_X, 0, x);
    orders_new_coordinate(trial->orders);
    return in_format(trial, orders_value(trial->orders, root));
}

struct arrays {
    double x[LENGTH], inputs[MAX_ITEMS][LENGTH], states[MAX_ITEMS][LENGTH];
    double scalar_inputs[MAX_ITEMS], scalar_states[MAX_ITEMS];
};

static void start(struct trial *trial, struct arrays *now)
{
    const struct spec *spec = trial->spec;
    orders_new_step(trial->orders);
    for (size_t i = 0; i < trial->length; i++) {
        now->x[i] = draw(trial);
        for (size_t s = 0; s < spec->states.count; s++)
            now->states[s][i] = initial(trial, trial->program->initial_states[s], now->x[i]);
    }
    for (size_t s = 0; s < spec->scalar_states.count; s++)
        now->scalar_states[s] = initial(trial, trial->program->initial_scalars[s], 0);
    record(trial, 0, "x", trial->length, now->x);
    for (size_t s = 0; s < spec->states.count; s++)
        record(trial, 0, spec->states.list[s].name, trial->length, now->states[s]);
    for (size_t s = 0; s < spec->scalar_states.count && !trial->hides_scalars; s++)
        record(trial, 0, spec->scalar_states.list[s].name, 1, &now->scalar_states[s]);
}

static double dot(const struct trial *trial, const double *a, const double *b)
{
    double sum = 0;
    for (size_t i = 0; i < trial->length; i++)
        sum += a[i] * b[i];
    return sum;
}

static double reduction(const struct trial *trial, const struct arrays *now, size_t index)
{
    const struct reduction *reduction = &trial->spec->reductions[index];
    double sum = 0;
    switch (reduction->kind) {
    case REDUCE_SUM:
        for (size_t i = 0; i < trial->length; i++)
            sum += now->inputs[reduction->inputs[0]][i];
        return in_format(trial, sum);
    case REDUCE_DOT:
        return in_format(trial, dot(trial, now->inputs[reduction->inputs[0]],
                                    now->inputs[reduction->inputs[1]]));
    case REDUCE_SUMSQ:
        return in_format(trial, dot(trial, now->inputs[reduction->inputs[0]],
                                    now->inputs[reduction->inputs[0]]));
    default:
        return in_format(trial, sqrt(dot(trial, now->inputs[reduction->inputs[0]],
                                         now->inputs[reduction->inputs[0]])));
    }
}

static void draw_inputs(struct trial *trial, struct arrays *now, size_t step)
{
    const struct spec *spec = trial->spec;
    for (size_t n = 0; n < spec->inputs.count; n++) {
        for (size_t i = 0; i < trial->length; i++)
            now->inputs[n][i] = draw(trial);
        record(trial, step, spec->inputs.list[n].name, trial->length, now->inputs[n]);
    }
    for (size_t n = 0; n < spec->scalar_inputs.count; n++) {
        now->scalar_inputs[n] = draw(trial);
        record(trial, step, spec->scalar_inputs.list[n].name, 1, &now->scalar_inputs[n]);
    }
}

static void set_step(struct trial *trial, const struct arrays *now, size_t step)
{
    const struct spec *spec = trial->spec;
    for (size_t h = 0; h < spec->hypers.count; h++)
        set_leaf(trial, BIND_HYPER, h, trial->hypers[h]);
    set_leaf(trial, BIND_T, 0, (double)step);
    set_leaf(trial, BIND_K, 0, (double)step - 1);
    for (size_t n = 0; n < spec->scalar_inputs.count; n++)
        set_leaf(trial, BIND_SCALAR_INPUT, n, now->scalar_inputs[n]);
    for (size_t s = 0; s < spec->scalar_states.count; s++)
        set_leaf(trial, BIND_SCALAR_STATE, s, now->scalar_states[s]);
    for (size_t r = 0; r < spec->reduce.count; r++)
        set_leaf(trial, BIND_REDUCTION, r, reduction(trial, now, r));
    orders_new_step(trial->orders);
}

static void take_step(struct trial *trial, struct arrays *now, size_t step)
{
    const struct spec *spec = trial->spec;
    struct arrays next = *now;
    draw_inputs(trial, &next, step);
    set_step(trial, &next, step);
    for (size_t i = 0; i < trial->length; i++) {
        set_leaf(trial, BIND_X, 0, now->x[i]);
        for (size_t n = 0; n < spec->inputs.count; n++)
            set_leaf(trial, BIND_INPUT, n, next.inputs[n][i]);
        for (size_t s = 0; s < spec->states.count; s++)
            set_leaf(trial, BIND_STATE, s, now->states[s][i]);
        orders_new_coordinate(trial->orders);
        for (size_t s = 0; s < spec->states.count; s++)
            next.states[s][i] = orders_value(trial->orders, trial->program->states[s]);
        next.x[i] = orders_value(trial->orders, trial->program->output);
    }
    for (size_t s = 0; s < spec->scalar_states.count; s++)
        next.scalar_states[s] = orders_value(trial->orders, trial->program->scalar_states[s]);
    if (trial->planting && step == trial->steps)
        next.x[0] = trial->planted;
    record(trial, step, "x", trial->length, next.x);
    for (size_t s = 0; s < spec->states.count; s++)
        record(trial, step, spec->states.list[s].name, trial->length, next.states[s]);
    for (size_t s = 0; s < spec->scalar_states.count && !trial->hides_scalars; s++)
        record(trial, step, spec->scalar_states.list[s].name, 1, &next.scalar_states[s]);
    *now = next;
}

static void run_schedule(struct trial *trial, struct arrays *now)
{
    for (size_t step = 1; step <= trial->steps; step++) {
        set_step(trial, now, step);
        double lr = orders_value(trial->orders, trial->program->output);
        if (trial->planting && step == trial->steps)
            lr = trial->planted;
        record(trial, step, "lr", 1, &lr);
    }
}

/* Makes the trace of a run at hyperparameters drawn anew. */
static void run(struct trial *trial)
{
    struct arrays now;
    memset(&now, 0, sizeof now);
    draw_hypers(trial);
    check(goldstep_trace_new(&trial->trace, trial->spec->name, trial->trace_format, &error) ==
          GOLDSTEP_OK);
    for (size_t h = 0; h < trial->spec->hypers.count; h++)
        check(goldstep_trace_set_hyper(trial->trace, 0, trial->spec->hypers.list[h].name,
                                       trial->hypers[h], &error) == GOLDSTEP_OK);
    if (trial->spec->kind == SPEC_SCHEDULE) {
        run_schedule(trial, &now);
        return;
    }
    start(trial, &now);
    for (size_t step = 1; step <= trial->steps; step++)
        take_step(trial, &now, step);
}

/* --- verdicts -------------------------------------------------------------------------------------------------- */

/* What the trace holds of the coordinate, before the step and after it. */
static void print_arrays(const struct trial *trial, const struct sighting *seen)
{
    for (size_t step = seen->step - 1; step <= seen->step; step++) {
        printf("; step %zu:", step);
        for (size_t q = 0; q < trace_quantities(trial->trace, 0); q++) {
            const char *name = trace_quantity_name(trial->trace, 0, q);
            const struct trace_array *array = trace_find(trial->trace, step, 0, name);
            if (array != NULL)
                printf(" %s = %a", name, array_get(array, array->count > 1 ? seen->index : 0));
        }
    }
}

static void name_alarm(const struct trial *trial, const struct row *row, enum mode mode)
{
    const struct sighting *seen = &row->tally.first_deviation;
    printf("false alarm: %s, %s, %s: step %zu, %s[%zu]: got %a, value %s, error %g ulps, budget %g",
           trial->spec->name, trial->format->name, mode_name(mode), seen->step, row->quantity,
           seen->index, seen->got, seen->expected_decimal, seen->error_ulps, seen->budget_ulps);
    for (size_t h = 0; h < trial->spec->hypers.count; h++)
        printf(", %s = %.17g", trial->spec->hypers.list[h].name, trial->hypers[h]);
    print_arrays(trial, seen);
    printf("\n");
}

/* Whether two ways to judge found the same. */
static bool alike(const struct tally *a, const struct tally *b)
{
    const struct sighting *seen[][2] = {{&a->worst, &b->worst},
                                        {&a->first_deviation, &b->first_deviation},
                                        {&a->first_undecided, &b->first_undecided}};
    bool same = a->coordinates == b->coordinates && a->exact == b->exact &&
                a->faithful == b->faithful && a->within_budget == b->within_budget &&
                a->deviates == b->deviates && a->undecided == b->undecided &&
                a->at_discontinuity == b->at_discontinuity && a->vague <= b->vague &&
                a->unbounded == b->unbounded && a->worst_share >= b->worst_share * (1 - 1e-6) &&
                (a->error_sum == b->error_sum ||
                 fabs(a->error_sum - b->error_sum) <= 1e-6 * (1 + b->error_sum)) &&
                memcmp(a->histogram, b->histogram, sizeof a->histogram) == 0;
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
        same = same && seen[i][0]->seen == seen[i][1]->seen &&
               (seen[i][0]->error_ulps == seen[i][1]->error_ulps ||
                fabs(seen[i][0]->error_ulps - seen[i][1]->error_ulps) <=
                    1e-6 * seen[i][1]->error_ulps);
    return same;
}

/* One mode's rows, zeros before; the caller frees them. */
static struct row *rows_of(struct session *session, enum mode mode, bool slow)
{
    struct row *rows = calloc(trace_tensors(session->trace) * check_rows(session), sizeof *rows);
    session->slow = slow;
    check(rows != NULL && check_mode(session, mode, rows, &error) == GOLDSTEP_OK);
    return rows;
}

static void count_row(struct counts *counts, const struct tally *tally)
{
    counts->coordinates += tally->coordinates;
    counts->exact += tally->exact;
    counts->faithful += tally->faithful;
    counts->within_budget += tally->within_budget;
    counts->undecided += tally->undecided;
    counts->by_mpfr += tally->by_mpfr;
    counts->worst_share = fmax(counts->worst_share, tally->worst_share);
}

static void name_difference(const struct trial *trial, size_t row, enum mode mode,
                            const struct tally *fast, const struct tally *slow)
{
    printf("the fast path differs: %s, %s, %s, row %zu:", trial->spec->name, trial->format->name,
           mode_name(mode), row);
    for (int i = 0; i < 2; i++) {
        const struct tally *tally = i == 0 ? fast : slow;
        printf("%s %zu exact, %zu faithful, %zu within, %zu deviate, %zu undecided, worst %.17g, "
               "share %.17g, sum %.17g, vague %zu, unbounded %zu",
               i == 0 ? "" : "; MPFR:", tally->exact, tally->faithful, tally->within_budget,
               tally->deviates, tally->undecided, tally->worst.error_ulps, tally->worst_share,
               tally->error_sum, tally->vague, tally->unbounded);
        for (size_t b = 0; b < HISTOGRAM_BINS; b++)
            printf("%c%zu", b == 0 ? ':' : ' ', tally->histogram[b]);
    }
    printf("\n");
}

static void judge(struct trial *trial, bool by_both, struct counts *counts)
{
    struct session *session;
    check(session_open(&session, trial->spec, trial->trace, &error) == GOLDSTEP_OK);
    size_t rows = check_rows(session);
    for (enum mode mode = 0; mode < MODE_COUNT; mode++) {
        struct row *fast = rows_of(session, mode, false);
        struct row *slow = by_both ? rows_of(session, mode, true) : NULL;
        for (size_t i = 0; i < rows; i++) {
            const struct tally *tally = &fast[i].tally;
            if (tally->deviates > 0)
                name_alarm(trial, &fast[i], mode);
            counts->deviates += tally->deviates;
            if (mode == MODE_STATE_GIVEN)
                count_row(counts, tally);
            if (slow == NULL)
                continue;
            counts->by_both += tally->coordinates;
            if (!alike(tally, &slow[i].tally)) {
                counts->differ++;
                name_difference(trial, i, mode, tally, &slow[i].tally);
            }
        }
        free(fast);
        free(slow);
    }
    session_close(session);
}

static struct trial open_trial(const goldstep_library *library, const struct spec *spec,
                               goldstep_format format, uint64_t seed)
{
    struct trial trial = {
        .library = library, .spec = spec, .format = format_of(format), .trace_format = format};
    check(spec->hypers.count <= MAX_HYPERS);
    check(program_compile(spec, &trial.program, &error) == GOLDSTEP_OK);
    trial.orders = orders_new(trial.program, trial.format, seed);
    return trial;
}

static void close_trial(struct trial *trial)
{
    orders_free(trial->orders);
    program_free(trial->program);
}

static void soak(const struct trial *opened, size_t coordinates, size_t by_both,
                 struct counts *counts)
{
    struct trial trial = *opened;
    trial.length = LENGTH;
    while (counts->coordinates < coordinates) {
        trial.steps = orders_random(trial.orders) % 4 == 0 ? LATER_STEPS : STEPS;
        trial.near_ties = orders_random(trial.orders) % 4 == 0;
        trial.hides_scalars = orders_random(trial.orders) % 4 == 0;
        run(&trial);
        judge(&trial, counts->coordinates < by_both, counts);
        goldstep_trace_free(trial.trace);
    }
}

/* How many results of ordinary numbers, in short runs, the fast path leaves to MPFR. */
static void measure(const struct trial *opened, size_t coordinates, struct counts *counts)
{
    struct trial trial = *opened;
    trial.length = LENGTH;
    trial.steps = STEPS;
    trial.ordinary = true;
    while (counts->ordinary < coordinates && trial.spec->kind != SPEC_SCHEDULE) {
        struct session *session;
        run(&trial);
        check(session_open(&session, trial.spec, trial.trace, &error) == GOLDSTEP_OK);
        struct row *rows = rows_of(session, MODE_STATE_GIVEN, false);
        for (size_t i = 0; i < check_rows(session); i++) {
            counts->ordinary += rows[i].tally.coordinates;
            counts->ordinary_by_mpfr += rows[i].tally.by_mpfr;
        }
        free(rows);
        session_close(session);
        goldstep_trace_free(trial.trace);
    }
}

/* --- planted errors -------------------------------------------------------------------------------------------- */

/* One result of one run, as it is judged with the state given. The same seed makes the same run. */
static struct tally judge_one(const struct trial *like, uint64_t seed, bool planting,
                              double planted)
{
    struct trial trial = open_trial(like->library, like->spec, like->trace_format, seed);
    goldstep_report *report;
    trial.length = 1;
    trial.steps = like->spec->kind == SPEC_SCHEDULE ? 1 + seed % 50 : 1;
    trial.planting = planting;
    trial.planted = planted;
    run(&trial);
    check(goldstep_check(trial.library, trial.trace, NULL, &report, &error) == GOLDSTEP_OK);
    struct tally tally = report->rows[MODE_STATE_GIVEN][0].tally;
    goldstep_report_free(report);
    goldstep_trace_free(trial.trace);
    close_trial(&trial);
    return tally;
}

/* 1.5 budgets beyond the value, and past its own rounding; or NaN, where there is no such number. */
static double beyond(const struct trial *trial, const struct sighting *seen, bool above)
{
    double ulps = ceil(fmax(1.5 * seen->budget_ulps, 1) + 0.5), direction = above ? 1 : -1;
    double least = seen->expected + direction * ulps * format_ulp(trial->format, seen->expected);
    double got = in_format(trial, least);
    if (direction * got < direction * least) /* rounded back, where the numbers are coarser */
        got = in_format(trial, got + direction * format_ulp(trial->format, got));
    return isfinite(got) ? got : NAN;
}

static void plant(const struct trial *like, size_t errors, struct counts *counts)
{
    for (size_t i = 0; i < errors; i++) {
        uint64_t seed = orders_random(like->orders);
        struct tally tally = judge_one(like, seed, false, 0);
        double got = beyond(like, &tally.worst, i % 2 == 0);
        bool single = tally.worst.step == (like->spec->kind == SPEC_SCHEDULE ? 1 + seed % 50 : 1);
        if (!single || tally.undecided > 0 || tally.at_discontinuity > 0 || !isfinite(got) ||
            !isfinite(tally.worst.budget_ulps))
            continue;
        counts->planted++;
        tally = judge_one(like, seed, true, got);
        counts->found += tally.deviates == 1;
        if (tally.deviates != 1)
            printf("miss: %s, %s, seed %llu: %a is not found\n", like->spec->name,
                   like->format->name, (unsigned long long)seed, got);
    }
}

/* --- the report ------------------------------------------------------------------------------------------------ */

static void print_line(const struct spec *spec, const struct format *format,
                       const struct counts *counts)
{
    printf("%-24s %-9s %11zu %10zu %10zu %10zu %9zu %9zu %7.3f %8zu %8zu %9zu %9zu %7zu\n",
           spec->name, format->name, counts->coordinates, counts->exact, counts->faithful,
           counts->within_budget, counts->deviates, counts->undecided, counts->worst_share,
           counts->planted, counts->found, counts->by_mpfr, counts->by_both, counts->differ);
    fflush(stdout);
}

static double percentage(size_t part, size_t whole)
{
    return whole == 0 ? 0 : 100.0 * (double)part / (double)whole;
}

static void print_shares(const goldstep_library *library, const struct counts *counts)
{
    printf("\n| rule |");
    for (goldstep_format format = 0; format < FORMAT_COUNT; format++)
        printf(" %s | of all |", format_of(format)->name);
    printf("\n| --- |");
    for (goldstep_format format = 0; format < FORMAT_COUNT; format++)
        printf(" ---: | ---: |");
    printf("\n");
    for (size_t i = 0; i < library_count(library); i++) {
        const struct counts *of_rule = counts + FORMAT_COUNT * i;
        if (of_rule->coordinates == 0 || library_spec(library, i)->kind == SPEC_SCHEDULE)
            continue;
        printf("| %s |", library_spec(library, i)->name);
        for (goldstep_format format = 0; format < FORMAT_COUNT; format++)
            printf(" %.1f | %.1f |",
                   percentage(of_rule[format].ordinary_by_mpfr, of_rule[format].ordinary),
                   percentage(of_rule[format].by_mpfr, of_rule[format].coordinates));
        printf("\n");
    }
}

static bool wanted(const char *name, char **names, int count)
{
    bool found = count == 0;
    for (int i = 0; i < count; i++)
        found = found || strcmp(names[i], name) == 0;
    return found;
}

int main(int argc, char **argv)
{
    goldstep_library *library;
    if (argc < 4) {
        fputs("usage: soak COORDINATES BY_BOTH SEED [RULE...]\n", stderr);
        return 2;
    }
    check(goldstep_library_open(&library, &error) == GOLDSTEP_OK);
    size_t coordinates = strtoull(argv[1], NULL, 10), by_both = strtoull(argv[2], NULL, 10);
    size_t wrong = 0;
    struct counts *all = calloc(library_count(library) * FORMAT_COUNT, sizeof *all);
    check(all != NULL);
    printf("%-24s %-9s %11s %10s %10s %10s %9s %9s %7s %8s %8s %9s %9s %7s\n", "rule", "format",
           "coordinates", "exact", "faithful", "in budget", "deviates", "undecided", "share",
           "planted", "found", "by MPFR", "by both", "differ");
    for (size_t i = 0; i < library_count(library); i++) {
        const struct spec *spec = library_spec(library, i);
        for (goldstep_format format = 0; format < FORMAT_COUNT; format++) {
            if (!wanted(spec->name, argv + 4, argc - 4))
                continue;
            struct counts *counts = &all[FORMAT_COUNT * i + format];
            struct trial trial = open_trial(
                library, spec, format, strtoull(argv[3], NULL, 10) + FORMAT_COUNT * i + format);
            soak(&trial, coordinates, by_both, counts);
            plant(&trial, 1 + coordinates / PLANT_EVERY, counts);
            measure(&trial, MEASURED * coordinates, counts);
            print_line(spec, trial.format, counts);
            wrong += counts->deviates + counts->planted - counts->found + counts->differ;
            close_trial(&trial);
        }
    }
    print_shares(library, all);
    free(all);
    goldstep_library_free(library);
    return wrong > 0;
}
