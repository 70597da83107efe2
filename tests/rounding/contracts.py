#!/usr/bin/python3
"""Writes C that holds what the contracts of a reference file claim of rounding errors: the table of search.h.

usage: tests/rounding/contracts.py FILE.c <TEXT

TEXT is FILE.c with all that it includes, comments kept: `gcc -E -C -P`. A claim is an `ensures` that ends in
`computes(value, exact, k)`, of a function that FILE.c defines and that takes numbers only; the value most often is
\\result alone. The specification's functions become C functions over quad, a number of 113 bits.
"""

import pathlib
import re
import sys

TOKEN = re.compile(r"0x[\dA-Fa-f.]+p[-+]?\d+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|\\?[A-Za-z_]\w*"
                   r"|==>|&&|\|\||[<>=!]=|\.\.|\S")
LEVELS = (("||",), ("&&",), ("<", "<=", ">", ">=", "==", "!="), ("+", "-"), ("*", "/"))
CHAIN = 2
BUILTINS = {"\\sqrt": "sqrtf128", "\\pow": "powf128", "\\exp": "expf128", "\\log": "logf128", "\\cos": "cosf128",
            "\\sin": "sinf128", "\\abs": "fabsf128", "\\min": "fminf128", "\\max": "fmaxf128", "\\floor": "floorf128"}
CONSTANTS = {"\\pi": "M_PIf128", "\\true": "true", "\\false": "false", "UINT64_MAX": "(quad)UINT64_MAX",
             "\\result": "result"}
WORDS = ("computes", "rounds", "finite_in", "bounded", "same", "ulps", "whole")
FUNCTION = r"(?:static )?real_t (\w+)\(([^;{()]*)\)"


class Unreadable(Exception):
    """A contract, or a specification, that this does not understand."""


class Parser:
    """A text in ACSL, read from left to right. A formula becomes a tree: a tuple of its kind and its parts."""

    def __init__(self, text):
        self.tokens = TOKEN.findall(re.sub(r"//.*|@$", "", text, flags=re.MULTILINE)) + [""]
        self.at = 0

    def peek(self, *tokens):
        return self.tokens[self.at] in tokens

    def take(self, expected=None):
        token = self.tokens[self.at]
        if expected not in (None, token):
            raise Unreadable(f"expected `{expected}`, found `{' '.join(self.tokens[self.at:self.at + 8])}`")
        self.at += 1
        return token

    def skip(self, *ends):
        while not self.peek(*ends, ""):
            self.at += 1

    def items(self, item):
        """`(item, item, …)`"""
        self.take("(")
        found = []
        while not self.peek(")"):
            found.append(item())
            if not self.peek(")"):
                self.take(",")
        self.take(")")
        return found

    def primary(self):
        token = self.take()
        if token == "(":
            if self.peek("real_t"):
                self.take()
                self.take(")")
                return ("rounded", self.primary())
            inner = self.formula()
            self.take(")")
            return inner
        if token in ("-", "!"):
            return ("prefix", token, self.primary())
        if token == "\\let":
            name = self.take()
            self.take("=")
            value = self.formula()
            self.take(";")
            return ("let", name, value, self.formula())
        if re.match(r"[\d.]", token):
            return ("number", token)
        return ("call", token, self.items(self.formula)) if self.peek("(") else ("name", token)

    def level(self, number):
        if number == len(LEVELS):
            return self.primary()
        operands, operators = [self.level(number + 1)], []
        while self.peek(*LEVELS[number]):
            operators.append(self.take())
            operands.append(self.level(number + 1))
        return ("chain" if number == CHAIN else "infix", operands, operators) if operators else operands[0]

    def implication(self):
        left = self.level(0)
        if not self.peek("==>"):
            return left
        self.take()
        return ("implies", left, self.implication())

    def formula(self):
        """Of the operators that a formula has, `?:` binds least."""
        condition = self.implication()
        if not self.peek("?"):
            return condition
        self.take()
        yes = self.formula()
        self.take(":")
        return ("if", condition, yes, self.formula())


def definitions(text):
    """The specification's functions and predicates over numbers: name, whether it is a predicate, parameters, body."""
    for annotation in re.findall(r"/\*@(?=\s*(?:logic|predicate)\b)(.*?)\*/", text, re.DOTALL):
        parser = Parser(annotation)
        while not parser.peek(""):
            predicate = parser.take() == "predicate"
            if not predicate:
                parser.take()
            name = parser.take()
            if parser.peek("{"):  # it is about arrays
                parser.skip("logic", "predicate")
                continue
            parameters = parser.items(lambda: (parser.take(), parser.take())[1])
            parser.take("=")
            yield name, predicate, parameters, parser.formula()
            parser.take(";")


def clauses(text):
    """The clauses of a contract: `requires` or `ensures`, the label, the formula."""
    parser = Parser(text)
    while not parser.peek(""):
        word = parser.take()
        if word in ("requires", "ensures"):
            label = parser.take()
            parser.take(":")
            yield word, label, parser.formula()
        else:
            parser.skip(";")
        parser.take()


def conjuncts(formula):
    """The formulas that the formula joins with `&&`."""
    if formula[0] == "infix" and formula[2][0] == "&&":
        return [part for operand in formula[1] for part in conjuncts(operand)]
    return [formula]


def claims(formula, premises=()):
    """Each `computes(value, exact, k)` that the formula says, with its premises: (premises, value, exact, k)."""
    if formula[0] == "implies":
        return claims(formula[2], (*premises, formula[1]))
    if formula[0] == "infix" and formula[2][0] == "&&":
        return [claim for part in conjuncts(formula) for claim in claims(part, premises)]
    if formula[:2] == ("call", "computes"):
        return [(premises, *formula[2])]
    if "'computes'" in repr(formula):
        raise Unreadable("a clause has `computes` elsewhere than at its end")
    return []


def written_number(text):
    """The literal, of type quad: the suffix makes one of what has a point or an exponent."""
    return f"{text}f128" if re.search(r"[.pP]|(?<!0x)[eE]", text) else f"{text}.0f128"


def written_call(name, arguments, known):
    if name == "over_reals":
        return "true"
    if name not in known and name not in BUILTINS and name not in WORDS:
        raise Unreadable(f"`{name}` is no function that is known here")
    function = BUILTINS.get(name, name if name in WORDS else f"spec_{name}")
    return f"{function}({', '.join(written(argument, known) for argument in arguments)})"


def written(tree, known):
    """The formula in C; `known` are the specification's functions."""
    kind, *parts = tree
    if kind == "number":
        return written_number(parts[0])
    if kind == "name":
        return CONSTANTS.get(parts[0], parts[0])
    if kind == "call":
        return written_call(*parts, known)
    if kind == "prefix":
        return f"({parts[0]}{written(parts[1], known)})"
    if kind == "rounded":
        return f"(quad)(real_t){written(parts[0], known)}"
    if kind == "let":
        return f"({{ const quad {parts[0]} = {written(parts[1], known)}; {written(parts[2], known)}; }})"
    if kind == "if":
        return "({} ? {} : {})".format(*(written(part, known) for part in parts))
    if kind == "implies":
        return "(!{} || {})".format(*(written(part, known) for part in parts))
    operands = [written(operand, known) for operand in parts[0]]
    if kind == "chain":
        pairs = zip(operands, parts[1], operands[1:])
        return f"({' && '.join(f'{left} {operator} {right}' for left, operator, right in pairs)})"
    return "(" + operands[0] + "".join(f" {operator} {right}" for operator, right in zip(parts[1], operands[1:])) + ")"


def constant(tree):
    """Whether the term has no variables."""
    return tree[0] == "number" or (tree[0] == "prefix" and constant(tree[2])) or (
        tree[0] == "infix" and all(map(constant, tree[1])))


def starts(function, names):
    """The points of points.txt at which the search starts, each with the parameters in their order."""
    for line in (pathlib.Path(__file__).parent / "points.txt").read_text().splitlines():
        name, *values = line.split() or [""]
        if name != function:
            continue
        point = dict(value.split("=") for value in values)
        if set(point) != set(names):
            raise Unreadable(f"points.txt: {function} takes {', '.join(names)}")
        yield [point[parameter] for parameter in names]


class Function:
    """A pure function with a contract."""

    def __init__(self, name, parameters, contract):
        self.name = name
        self.types, self.names = zip(*(parameter.split() for parameter in parameters.split(",")))
        self.requires, self.claims = [], []
        for word, label, formula in clauses(contract):
            if word == "requires":
                self.requires += conjuncts(formula)
            else:
                self.claims += [(label, *claim) for claim in claims(formula)]

    def limits(self, word, name):
        """The constants that follow the parameter in `word(name, …)` where the contract requires that."""
        for tree in self.requires:
            if tree[:2] == ("call", word) and tree[2][0] == ("name", name) and all(map(constant, tree[2][1:])):
                return [written(bound, ()) for bound in tree[2][1:]]
        return None

    def box(self, name, kind):
        """The least and the greatest value that the contract admits for a parameter."""
        if kind == "uint64_t":
            return f"{{0, {(self.limits('bounded', name) or ['0x1p53f128'])[0]}, true}}"
        range_of = self.limits("finite_in", name)
        if range_of is None:
            raise Unreadable(f"{self.name}: no finite_in({name}, …) with constant bounds")
        whole = "false" if self.limits("whole", name) is None else "true"
        return f"{{{', '.join(range_of)}, {whole}}}"

    def write_claim(self, suffix, variables, known, claim):
        """The C functions of a claim."""
        premises, value, exact = claim
        admitted = " &&\n           ".join(written(tree, known) for tree in (*self.requires, *premises))
        print(f"static bool admits_{suffix}(const double *point)\n{{\n"
              f"    const quad {variables};\n    return {admitted};\n}}\n\n"
              f"static quad error_{suffix}(const double *point, quad result)\n{{\n"
              f"    const quad {variables};\n"
              f"    return {written(value, known)} - {written(exact, known)};\n}}\n")

    def write(self, known):
        """The function's part of the table; returns the table's lines."""
        variables = ", ".join(f"{name} = (quad)point[{i}]" for i, name in enumerate(self.names))
        arguments = ", ".join(f"({kind})point[{i}]" for i, kind in enumerate(self.types))
        boxes = ", ".join(map(self.box, self.names, self.types))
        names = ", ".join(f'"{name}"' for name in self.names)
        print(f"static real_t call_{self.name}(const double *point)\n{{\n    return {self.name}({arguments});\n}}\n\n"
              f"static const struct box boxes_{self.name}[] = {{{boxes}}};\n"
              f"static const char *const names_{self.name}[] = {{{names}}};\n")
        points = list(starts(self.name, self.names))
        if points:
            print(f"static const double starts_{self.name}[] = {{{', '.join(sum(points, []))}}};\n")
        for number, (label, *claim, bound) in enumerate(self.claims):
            suffix = f"{self.name}_{number}"
            self.write_claim(suffix, variables, known, claim)
            if not constant(bound):
                raise Unreadable(f"{self.name}: the bound of `{label}` is no constant")
            yield (f'{{"{self.name}", "{label}", {len(self.names)}, names_{self.name}, boxes_{self.name}, '
                   f"call_{self.name}, admits_{suffix}, error_{suffix}, {written(bound, known)}, "
                   f"{f'starts_{self.name}' if points else 'NULL'}, {len(points)}}},")


def functions(source, text):
    """The functions over numbers that the file defines, with their contracts: each has one, at its first mention."""
    contracts = {name: (parameters, contract) for contract, name, parameters in reversed(
        re.findall(rf"/\*@((?:(?!\*/).)*)\*/\s*{FUNCTION}", text, re.DOTALL))}
    for name, parameters in re.findall(rf"^{FUNCTION}\s*{{", source.read_text(), re.MULTILINE):
        if re.search(r"[*]|struct", parameters):
            continue
        if name not in contracts:
            raise Unreadable(f"{name} has no contract")
        yield Function(name, *contracts[name])


def write_definitions(defined, known):
    for name, predicate, parameters, body in defined:
        print(f"static {'bool' if predicate else 'quad'} spec_{name}"
              f"({', '.join(f'quad {parameter}' for parameter in parameters)})\n{{\n"
              f"    return {written(body, known)};\n}}\n")


def main():
    source, text = pathlib.Path(sys.argv[1]), sys.stdin.read()
    print(f'#include "{source.resolve()}"\n\n#include "search.h"\n')
    defined = list(definitions(text))
    known = {name for name, *_ in defined}
    write_definitions(defined, known)
    lines = [line for function in functions(source, text) if function.claims for line in function.write(known)]
    print("const struct claim claims[] = {", *(f"    {line}" for line in lines), "    {0},", "};", sep="\n")


if __name__ == "__main__":
    try:
        main()
    except Unreadable as failure:
        sys.exit(f"{sys.argv[1]}: {failure}")
