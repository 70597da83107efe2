#include "emit/kernel.h"

#include "error.h"
#include "eval/kernel.h"
#include "eval/rounding.h"

#include <sha2.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CHARGE = 40 }; /* eval/arithmetic.h: what a condition's operation may be charged */

struct writer {
    FILE *out;
    const struct program *program;
    struct rounding *rounding;
    bool *needed;   /* what the results depend on, of the coordinates' */
    bool *extended; /* what a condition on coordinates depends on */
    bool *divides;  /* a divisor, or what it is the root of, that must be seen not to be 0 */
    int *scalars,
        *truths; /* the place of a scalar, or of a condition on scalars; or NO_INSTRUCTION */
    int *scalar_list, *truth_list;
    int scalar_count, truth_count;
    bool own_ceilings; /* of what each coordinate reads, as a divisor has no floor */
    bool unknown;      /* has an operation that kernels do not know */
};

/* --- what the kernel is of ------------------------------------------------------------------------------------- */

void program_digest(const struct program *program, unsigned char *digest)
{
    SHA2_CTX context;
    char text[256];
    SHA256Init(&context);
    for (int i = 0; i < program->count; i++) {
        const struct instruction *this = &program->code[i];
        int length =
            snprintf(text, sizeof text, "%d %d %d %d %d %d %zu %.150s\n", (int)this->op,
                     this->args[0], this->args[1], this->args[2], (int)this->type,
                     (int)this->leaf.kind, this->leaf.index, this->text != NULL ? this->text : "");
        SHA256Update(&context, (const uint8_t *)text, (size_t)length);
    }
    for (size_t i = 0; i <= program->spec->states.count; i++) {
        int length = snprintf(text, sizeof text, "%d\n", program_result(program, i));
        SHA256Update(&context, (const uint8_t *)text, (size_t)length);
    }
    SHA256Final(digest, &context);
}

static bool is_comparison(enum node_kind op)
{
    return op >= NODE_LESS && op <= NODE_NOT_EQUAL;
}

static bool is_known(enum node_kind op)
{
    return op >= NODE_LESS || op == NODE_NAME || op == NODE_IF || op == NODE_NEGATE ||
           op == NODE_ADD || op == NODE_SUBTRACT || op == NODE_MULTIPLY || op == NODE_DIVIDE ||
           op == NODE_SQRT || op == NODE_ABS || op == NODE_MIN || op == NODE_MAX;
}

/* Those whose operands' extents give the result's. */
static bool has_extent(enum node_kind op)
{
    return op == NODE_NAME || op == NODE_NEGATE || op == NODE_ADD || op == NODE_SUBTRACT ||
           op == NODE_MULTIPLY || op == NODE_ABS || op == NODE_MIN || op == NODE_MAX;
}

static void list(int *places, int *entries, int *count, int index)
{
    if (places[index] != NO_INSTRUCTION)
        return;
    places[index] = *count;
    entries[(*count)++] = index;
}

static void need(struct writer *writer, int index, bool extended)
{
    const struct instruction *this = &writer->program->code[index];
    if (this->uniform) {
        if (this->type == TYPE_BOOLEAN)
            list(writer->truths, writer->truth_list, &writer->truth_count, index);
        else
            list(writer->scalars, writer->scalar_list, &writer->scalar_count, index);
        return;
    }
    if (writer->needed[index] && (writer->extended[index] || !extended))
        return;
    struct charge charge = rounding_charge(writer->rounding, index);
    writer->needed[index] = true;
    writer->extended[index] = writer->extended[index] || extended;
    writer->unknown =
        writer->unknown || !is_known(this->op) ||
        (extended && (!has_extent(this->op) || charge.own + charge.spread > MOST_CHARGE));
    for (int i = 0; i < 3; i++)
        if (this->args[i] != NO_INSTRUCTION)
            need(writer, this->args[i], extended || is_comparison(this->op));
}

/* The place of x, an input or a state among the vectors. */
static size_t vector_of(const struct spec *spec, struct binding leaf)
{
    if (leaf.kind == BIND_X)
        return 0;
    return leaf.index + (leaf.kind == BIND_INPUT ? 1 : 1 + spec->inputs.count);
}

static bool is_zero(const struct instruction *this)
{
    return this->op == NODE_NUMBER && strtod(this->text, NULL) == 0;
}

/* What must be positive so that the divisor is. */
static int radicand_of(const struct writer *writer, int divisor)
{
    const struct instruction *this = &writer->program->code[divisor];
    return this->op == NODE_SQRT ? this->args[0] : divisor;
}

/* Whether a condition of the rule says that it is. */
static bool is_guarded(const struct writer *writer, int radicand)
{
    const struct instruction *code = writer->program->code;
    for (int i = 0; i < writer->program->count; i++)
        if (writer->needed[i] && code[i].op == NODE_GREATER && code[i].args[0] == radicand &&
            is_zero(&code[code[i].args[1]]))
            return true;
    return false;
}

/* Whether its floor says so: a root and a positive scalar, say. */
static bool has_floor(const struct writer *writer, int index)
{
    const struct instruction *this = &writer->program->code[index];
    bool root = this->op == NODE_SQRT || this->op == NODE_ABS;
    if (this->op == NODE_ADD)
        return has_floor(writer, this->args[0]) && has_floor(writer, this->args[1]);
    if (this->op == NODE_MAX)
        return has_floor(writer, this->args[0]) || has_floor(writer, this->args[1]);
    return root || this->uniform;
}

static void find_divisors(struct writer *writer)
{
    const struct program *program = writer->program;
    for (int i = 0; i < program->count; i++) {
        int divisor = program->code[i].args[1];
        if (!writer->needed[i] || program->code[i].op != NODE_DIVIDE ||
            program->code[divisor].uniform)
            continue;
        int radicand = radicand_of(writer, divisor);
        bool floor = has_floor(writer, divisor) && radicand == divisor;
        writer->own_ceilings = writer->own_ceilings || !floor;
        writer->divides[radicand] = !floor && !is_guarded(writer, radicand);
        if (writer->divides[radicand])
            need(writer, radicand, true);
    }
}

static void find_needs(struct writer *writer)
{
    const struct program *program = writer->program;
    const struct spec *spec = program->spec;
    if (1 + spec->inputs.count + spec->states.count > KERNEL_VECTORS)
        writer->unknown = true;
    for (size_t i = 0; i <= spec->states.count; i++) {
        int root = program_result(program, i);
        writer->unknown = writer->unknown || program->code[root].uniform;
        need(writer, root, false);
    }
    find_divisors(writer);
}

/* --- the text -------------------------------------------------------------------------------------------------- */

static const char *prefix(const struct writer *writer, int index)
{
    return writer->program->code[index].uniform ? "s" : "v";
}

/* An operand; `whole`: without its terms. */
static void write_operand(const struct writer *writer, int index, bool whole)
{
    fprintf(writer->out, whole ? "whole(%s%d)" : "%s%d", prefix(writer, index), index);
}

static bool is_seen_positive(const struct writer *writer, int divisor)
{
    int radicand = radicand_of(writer, divisor);
    return writer->divides[radicand] || is_guarded(writer, radicand);
}

/* name(&c, a, b, own, spread) */
static void write_operation(const struct writer *writer, int index, const char *name)
{
    const int *args = writer->program->code[index].args;
    struct charge charge = rounding_charge(writer->rounding, index);
    bool negated = writer->program->code[index].op == NODE_SUBTRACT;
    fprintf(writer->out, "%s(&c, ", name);
    write_operand(writer, args[0], rounding_takes_whole(writer->rounding, index, 0));
    fputs(negated ? ", negative(" : ", ", writer->out);
    write_operand(writer, args[1], rounding_takes_whole(writer->rounding, index, 1));
    fputs(negated ? ")" : "", writer->out);
    if (strcmp(name, "share") == 0)
        fprintf(writer->out, ", i%d", args[1]);
    if (strcmp(name, "quotient") == 0) {
        int scale = rounding_scale(writer->rounding, index);
        fputs(is_seen_positive(writer, args[1]) ? ", true" : ", false", writer->out);
        if (scale != NO_INSTRUCTION)
            fprintf(writer->out, ", fold(s%d, i%d)", scale, scale);
        else
            fputs(", everywhere(1)", writer->out);
    }
    fprintf(writer->out, ", %d, %d)", charge.own, charge.spread);
}

static void write_plain(const struct writer *writer, int index, const char *name)
{
    const int *args = writer->program->code[index].args;
    fprintf(writer->out, "%s(", name);
    for (int i = 0; i < 2 && args[i] != NO_INSTRUCTION; i++) {
        fputs(i > 0 ? ", " : "", writer->out);
        write_operand(writer, args[i], rounding_takes_whole(writer->rounding, index, i));
    }
    fputc(')', writer->out);
}

static void write_leaf(const struct writer *writer, int index)
{
    struct binding leaf = writer->program->code[index].leaf;
    size_t vector = vector_of(writer->program->spec, leaf);
    fprintf(writer->out, "LEAF(%zu, %s)", vector, writer->own_ceilings ? "true" : "false");
    if (!writer->own_ceilings)
        fprintf(writer->out, ";\n        unknown |= too_large(&c, v%d)", index);
}

static void write_value(const struct writer *writer, int index)
{
    const struct instruction *this = &writer->program->code[index];
    fprintf(writer->out, "        const struct value v%d = ", index);
    switch (this->op) {
    case NODE_NAME:
        write_leaf(writer, index);
        break;
    case NODE_ADD:
    case NODE_SUBTRACT:
        write_operation(writer, index, "sum");
        break;
    case NODE_MULTIPLY:
        write_operation(writer, index, "product");
        break;
    case NODE_DIVIDE:
        write_operation(writer, index,
                        writer->program->code[this->args[1]].uniform ? "share" : "quotient");
        break;
    case NODE_SQRT:
        fprintf(writer->out, "root(&c, v%d, %d)", this->args[0],
                rounding_charge(writer->rounding, index).own);
        break;
    case NODE_NEGATE:
        write_plain(writer, index, "negative");
        break;
    case NODE_ABS:
        write_plain(writer, index, "size");
        break;
    case NODE_MAX:
        write_plain(writer, index, "larger");
        break;
    case NODE_MIN:
        write_plain(writer, index, "smaller");
        break;
    default: { /* NODE_IF */
        bool uniform = writer->program->code[this->args[0]].uniform;
        fprintf(writer->out, uniform ? "chosen(t%d, " : "chosen(c%d, ", this->args[0]);
        write_operand(writer, this->args[1], rounding_is_whole(writer->rounding, this->args[1]));
        fputs(", ", writer->out);
        write_operand(writer, this->args[2], rounding_is_whole(writer->rounding, this->args[2]));
        fputc(')', writer->out);
    }
    }
    fputs(";\n", writer->out);
}

static void write_extent(const struct writer *writer, int index)
{
    const struct instruction *this = &writer->program->code[index];
    const int *args = this->args;
    struct charge charge = rounding_charge(writer->rounding, index);
    fprintf(writer->out, "        const struct extent e%d = ", index);
    if (this->op == NODE_NAME)
        fprintf(writer->out, "point_extent(v%d)", index);
    else if (this->op == NODE_NEGATE || this->op == NODE_ABS)
        fprintf(writer->out, "e%d", args[0]);
    else
        fprintf(writer->out, "%s_extent(&c, e%d, e%d, %d)",
                this->op == NODE_MULTIPLY ? "product" : "sum", args[0], args[1],
                charge.own + charge.spread);
    fputs(";\n", writer->out);
}

static void write_truth_operand(const struct writer *writer, int index)
{
    fprintf(writer->out, writer->program->code[index].uniform ? "t%d" : "c%d", index);
}

static void write_condition(const struct writer *writer, int index)
{
    static const char *const operators[] = {
        [NODE_LESS] = "<",    [NODE_LESS_EQUAL] = "<=",
        [NODE_GREATER] = ">", [NODE_GREATER_EQUAL] = ">=",
        [NODE_EQUAL] = "==",  [NODE_NOT_EQUAL] = "!=",
        [NODE_AND] = "&",     [NODE_OR] = "|",
    };
    const struct instruction *this = &writer->program->code[index];
    const int *args = this->args;
    if (is_comparison(this->op)) {
        fprintf(writer->out, "        const number d%d = difference(", index);
        for (int i = 0; i < 2; i++)
            fprintf(writer->out, "%s%s%d, e%d", i > 0 ? ", " : "", prefix(writer, args[i]), args[i],
                    args[i]);
        fprintf(writer->out, ");\n        unknown |= d%d != d%d;\n", index, index);
        fprintf(writer->out, "        const mask c%d = d%d %s 0;\n", index, index,
                operators[this->op]);
        return;
    }
    fprintf(writer->out, "        const mask c%d = ", index);
    if (this->op == NODE_NOT || this->op == NODE_IMPLIES)
        fputc('~', writer->out);
    write_truth_operand(writer, args[0]);
    if (this->op != NODE_NOT) {
        fprintf(writer->out, " %s ", this->op == NODE_IMPLIES ? "|" : operators[this->op]);
        write_truth_operand(writer, args[1]);
    }
    fputs(";\n", writer->out);
}

static void write_scalars(const struct writer *writer)
{
    for (int i = 0; i < writer->scalar_count; i++)
        fprintf(writer->out, "    SCALAR(%d, %d);\n", writer->scalar_list[i], i);
    for (int i = 0; i < writer->truth_count; i++)
        fprintf(writer->out, "    TRUTH(%d, %d);\n", writer->truth_list[i], i);
}

static void write_body(const struct writer *writer)
{
    const struct program *program = writer->program;
    fputs("KERNEL\n{\n    CONTEXT(initial);\n", writer->out);
    write_scalars(writer);
    fputs("    FOR_EACH(i, count) {\n        struct context c = initial;\n        mask unknown = "
          "{0};\n",
          writer->out);
    for (int i = 0; i < program->count; i++) {
        if (!writer->needed[i])
            continue;
        if (program->code[i].type == TYPE_BOOLEAN)
            write_condition(writer, i);
        else
            write_value(writer, i);
        if (writer->extended[i] && program->code[i].type != TYPE_BOOLEAN)
            write_extent(writer, i);
        if (writer->divides[i])
            fprintf(writer->out, "        unknown |= may_be_zero(v%d, e%d);\n", i, i);
    }
    for (size_t i = 0; i <= program->spec->states.count; i++)
        fprintf(writer->out, "        RESULT(%zu, v%d);\n", i, program_result(program, i));
    fputs("        UNDECIDED = select(unknown | ~(c.ceiling <= c.most), everywhere(1), zero);\n    "
          "}\n}\n",
          writer->out);
}

static void write_list(FILE *out, const char *name, const int *entries, int count)
{
    fprintf(out, "static const int %s[] = {", name);
    for (int i = 0; i < count; i++)
        fprintf(out, "%d, ", entries[i]);
    fputs("NO_INSTRUCTION};\n", out);
}

static void write_table(const struct writer *writer, const char *name)
{
    unsigned char digest[KERNEL_DIGEST];
    program_digest(writer->program, digest);
    write_list(writer->out, "scalars", writer->scalar_list, writer->scalar_count);
    write_list(writer->out, "truths", writer->truth_list, writer->truth_count);
    if (!writer->unknown)
        fprintf(writer->out, "DECLARE(%s);\n", name);
    fprintf(writer->out, "extern const struct kernel kernel_%s;\n", name);
    fprintf(writer->out, "const struct kernel kernel_%s = {\n    {", name);
    for (int i = 0; i < KERNEL_DIGEST; i++)
        fprintf(writer->out, "%d, ", digest[i]);
    fprintf(writer->out, "},\n    scalars, truths, %d, %d,\n", writer->scalar_count,
            writer->truth_count);
    if (writer->unknown)
        fputs("    {{0}},\n", writer->out);
    else
        fprintf(writer->out, "    FUNCTIONS(%s),\n", name);
    fputs("};\n", writer->out);
}

static void write_kernel(const struct writer *writer, const char *name)
{
    fprintf(writer->out, "/* The fast path of %s: made by the build from its specification. */\n",
            writer->program->spec->shown);
    fprintf(writer->out, "#define KERNEL_NAME %s\n#include \"eval/template.h\"\n", name);
    fputs("#ifdef KERNEL_VARIANT\n", writer->out);
    if (!writer->unknown)
        write_body(writer);
    fputs("#else\n", writer->out);
    write_table(writer, name);
    fputs("#endif\n", writer->out);
}

goldstep_status emit_kernel(FILE *out, const char *name, const struct program *program,
                            goldstep_error *error)
{
    /* what a program compiled for any format is charged is the same */
    static const goldstep_format any = GOLDSTEP_BINARY64;
    size_t count = (size_t)program->count;
    bool *flags = calloc(3 * count, sizeof *flags);
    int *numbers = malloc(4 * count * sizeof *numbers);
    struct writer writer = {.out = out,
                            .program = program,
                            .rounding = rounding_new(program, format_of(any), 64),
                            .needed = flags,
                            .extended = flags + count,
                            .divides = flags + 2 * count,
                            .scalars = numbers,
                            .truths = numbers + count,
                            .scalar_list = numbers + 2 * count,
                            .truth_list = numbers + 3 * count};
    bool complete = flags != NULL && numbers != NULL && writer.rounding != NULL;
    if (complete) {
        for (size_t i = 0; i < count; i++)
            writer.scalars[i] = writer.truths[i] = NO_INSTRUCTION;
        writer.unknown = program->spec->kind == SPEC_SCHEDULE;
        if (!writer.unknown)
            find_needs(&writer);
        write_kernel(&writer, name);
    }
    rounding_free(writer.rounding);
    free(flags);
    free(numbers);
    return complete ? GOLDSTEP_OK : error_memory(error);
}
