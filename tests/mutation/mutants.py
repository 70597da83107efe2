#!/usr/bin/python3
"""Mutants of the reference: copies of a file under ref/, each with one small mistake in one function.

usage: mutants.py list [FILE...]    one identifier a line; without files, of all of ref/ but ref/real.c
       mutants.py show IDENTIFIER   the mutant as a unified diff

The kinds of mistakes:

  operator    + and -, * and /, += and -=, && and || for each other; unary - as +
  constant    0 as 1, 1 as 0 and as 2, another whole number as the next; of a decimal fraction the last digit
  index       a[i] as a[i + 1]; a loop that starts at 1, or ends one early
  exchange    the operands of - and of /; two arguments of one type that follow each other in a call
  drop        a statement that is an expression: an assignment, a call
  comparison  the contrary: < as >=, == as !=
  boundary    < as <=, and the like

Comments, and with them annotations and ghost code, are no part of what is read here. What is not understood
is an error: nothing is left out unseen. Mutants that gcc refuses, with the warnings that the reference
is compiled with, are left out, and `list` says which.
"""

import argparse
import difflib
import functools
import pathlib
import re
import subprocess
import sys
from dataclasses import dataclass, field

ROOT = pathlib.Path(__file__).resolve().parents[2]
TRUSTED = ROOT / "ref" / "real.c"
GCC = ["gcc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-Wconversion", "-Wno-unused-parameter", "-pedantic", "-Iref", "-Ispec"]
REAL_TYPES = {64: [], 32: ["-DGOLDSTEP_REAL_FLOAT"]}

KINDS = ["operator", "constant", "index", "exchange", "drop", "comparison", "boundary"]


def both_ways(pairs):
    return pairs | {new: old for old, new in pairs.items()}


SWAPPED = both_ways({"+": "-", "*": "/", "+=": "-=", "*=": "/=", "&&": "||"})
CONTRARY = both_ways({"<": ">=", ">": "<=", "==": "!="})
BOUNDARY = both_ways({"<": "<=", ">": ">="})

# --- reading C ---

TOKEN = re.compile(r"""(?P<space> \s+ | /\*.*?\*/ | //[^\n]* | ^[ \t]*\#(?:\\\n|[^\n])*)
                     | (?P<number> \.?\d(?:[eEpP][-+]|[\w.])*)
                     | (?P<word> [A-Za-z_]\w*)
                     | (?P<mark> \+\+|--|->|&&|\|\||[-+*/<>=!]=|[-+*/<>=!?:;,.&(){}[\]])""",
                   re.VERBOSE | re.DOTALL | re.MULTILINE)
TYPES = {"void", "int", "float", "double", "real_t", "size_t", "uint64_t", "struct", "const", "static"}
ASSIGNMENTS = ("=", "+=", "-=", "*=", "/=")
LEVELS = [ASSIGNMENTS, ("?",), ("||",), ("&&",), ("==", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "/")]
LEVEL = {mark: level for level, marks in enumerate(LEVELS) for mark in marks}
UNARY = len(LEVELS)


@dataclass
class Token:
    """A word, a number or a mark, and where it stands."""
    kind: str
    text: str
    start: int
    end: int


@dataclass
class Node:
    """An expression: what it is (an operator, "call", "index", …), where it stands, and its parts."""
    what: str
    start: int
    end: int
    parts: list = field(default_factory=list)
    mark: Token = None
    level: int = UNARY

    def walk(self):
        """The expression and all that are in it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass
class Statement:
    """A statement that holds expressions: "for", "if", "return", "declaration" or "expression"."""
    what: str
    start: int
    end: int
    expressions: list


def tokens_of(text, name):
    """The tokens of a C text, without comments and directives."""
    tokens, at = [], 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"{name}:{text.count(chr(10), 0, at) + 1}: not understood: {text[at:at + 20]!r}")
        if match.lastgroup != "space":
            tokens.append(Token(match.lastgroup, match[0], at, match.end()))
        at = match.end()
    return tokens


class Parser:
    """Reads the functions of a C file: as much of C as the reference is written in."""

    def __init__(self, text, name):
        self.text, self.name = text, name
        self.tokens = tokens_of(text, name) + [Token("end", "", len(text), len(text))]
        self.at = 0

    def next(self):
        return self.tokens[self.at]

    def take(self, *texts):
        """The next token, which must be one of these, where any are given."""
        token = self.next()
        if token.kind == "end" or (texts and token.text not in texts):
            line = self.text.count("\n", 0, token.start) + 1
            raise ValueError(f"{self.name}:{line}: expected {' '.join(texts)}, not {token.text!r}")
        self.at += 1
        return token

    def found(self, text):
        """Takes the next token where it is this one."""
        if self.next().text != text:
            return False
        self.at += 1
        return True

    def until(self, *texts):
        """The tokens up to the first of these outside parentheses and braces."""
        depth, tokens = 0, []
        while depth > 0 or self.next().text not in texts:
            token = self.take()
            depth += (token.text in "({") - (token.text in ")}")
            tokens.append(token)
        return tokens

    def types_of_parameters(self):
        """For each function that a header declares, or the file defines, the types of its parameters."""
        types = {}
        while self.next().kind != "end":
            head = self.until(";", "{")
            if self.found("{"):
                self.until("}")
                self.take("}")
            else:
                self.take(";")
            opened = next((i for i, token in enumerate(head) if token.text == "("), None)
            if opened is not None:
                inside = " ".join(token.text for token in head[opened + 1:-1])
                types[head[opened - 1].text] = [re.sub(r" ?\w+$", "", part) for part in inside.split(" , ")]
        return types

    def functions(self):
        """For each function that the file defines, its name and its statements, those inside others too."""
        while self.next().kind != "end":
            head = self.until("{", ";")
            name = next(before.text for before, token in zip(head, head[1:]) if token.text == "(")
            yield name, (list(self.statements()) if self.next().text == "{" else [])
            self.found(";")

    def statements(self):
        """The next statement, and all that are in it."""
        start = self.next().start
        word = self.next().text
        if self.found("{"):
            while not self.found("}"):
                yield from self.statements()
        elif self.found("if"):
            self.take("(")
            condition = self.expression()
            yield Statement("if", start, self.take(")").end, [condition])
            yield from self.statements()
            if self.found("else"):
                yield from self.statements()
        elif self.found("for"):
            self.take("(")
            initial = self.simple()
            condition = self.expression()
            self.take(";")
            step = self.expression()
            yield Statement("for", start, self.take(")").end, [*initial.expressions, condition, step])
            yield from self.statements()
        elif self.found("return"):
            value = [] if self.next().text == ";" else [self.expression()]
            yield Statement("return", start, self.take(";").end, value)
        elif word in ("while", "do", "switch", "goto", "break", "continue", "else"):
            self.take("a statement as the reference has them")
        else:
            yield self.simple()

    def simple(self):
        """A declaration, or an expression with its semicolon."""
        start = self.next().start
        if self.next().text in TYPES:
            self.until("=", ";")
            values = [self.expression()] if self.found("=") else []
            return Statement("declaration", start, self.take(";").end, values)
        value = self.expression()
        return Statement("expression", start, self.take(";").end, [value])

    def expression(self, least=0):
        """An expression whose operators bind at least so tightly."""
        left = self.unary()
        while LEVEL.get(self.next().text, -1) >= least:
            mark = self.take()
            level = LEVEL[mark.text]
            parts = [left]
            if mark.text == "?":
                parts.append(self.expression())
                self.take(":")
            to_the_right = mark.text == "?" or mark.text in ASSIGNMENTS
            parts.append(self.expression(level if to_the_right else level + 1))
            left = Node(mark.text, left.start, parts[-1].end, parts, mark, level)
        return left

    def unary(self):
        token = self.next()
        if token.text in ("-", "+", "!", "*", "&", "++", "--"):
            self.take()
            part = self.unary()
            return Node("unary " + token.text, token.start, part.end, [part], token)
        if token.text == "(" and self.tokens[self.at + 1].text in TYPES:
            self.take()
            self.until(")")
            self.take(")")
            part = self.unary()
            return Node("cast", token.start, part.end, [part])
        return self.postfix()

    def postfix(self):
        token = self.take()
        if token.text == "(":
            part = self.expression()
            left = Node("group", token.start, self.take(")").end, [part])
        elif token.kind in ("number", "word"):
            left = Node(token.kind, token.start, token.end)
        else:
            self.at -= 1
            self.take("an expression")
        while True:
            if self.found("["):
                parts = [left, self.expression()]
                left = Node("index", left.start, self.take("]").end, parts)
            elif self.found("("):
                parts = [left]
                while self.next().text != ")":
                    parts.append(self.expression())
                    if self.next().text != ")":
                        self.take(",")
                left = Node("call", left.start, self.take(")").end, parts)
            elif self.next().text in (".", "->"):
                self.take()
                left = Node("member", left.start, self.take().end, [left])
            elif self.next().text in ("++", "--"):
                left = Node("step", left.start, self.take().end, [left])
            else:
                return left


@functools.cache
def declared():
    """For each function that the headers of ref/ declare, the types of its parameters."""
    types = {}
    for path in sorted((ROOT / "ref").rglob("*.h")):
        types.update(Parser(path.read_text(), path.relative_to(ROOT)).types_of_parameters())
    return types


# --- mistakes ---


@dataclass(frozen=True)
class Mutant:
    """A file of the reference, by its path from the root, with one mistake in it; `text` is all of it."""
    file: str
    function: str
    line: int
    column: int
    kind: str
    before: str
    after: str
    text: str

    @property
    def id(self):
        place = f"{self.file}:{self.function}:{self.kind}:{self.line}:{self.column}"
        return f"{place}:{self.before} -> {self.after}"


def other_constants(literal):
    """The numbers that are written in the place of a number."""
    if literal == "1":
        return ["0", "2"]
    if literal.isdecimal():
        return [str(int(literal) + 1)]
    match = re.fullmatch(r"([\d.]*)(\d)(\.?(?:[eE][-+]?\d+)?)", literal)
    if match is None:
        raise ValueError(f"the number is not understood: {literal}")
    return [f"{match[1]}{'8' if match[2] == '9' else int(match[2]) + 1}{match[3]}"]


class Mistakes:
    """The mistakes that can be made in a C text, each as (kind, start, end, what stands there then)."""

    def __init__(self, text, types):
        self.text, self.types = text, types

    def of(self, part, level=0):
        """The text of a part, in parentheses where it binds less tightly."""
        text = self.text[part.start:part.end]
        return f"({text})" if part.level < level else text

    def in_statement(self, statement):
        if statement.what == "expression":
            yield "drop", statement.start, statement.end, ";"
        if statement.what == "for":
            yield from self.in_loop(*statement.expressions)
        for expression in statement.expressions:
            for node in expression.walk():
                yield from self.in_node(node)

    def in_loop(self, initial, condition, _):
        """That it starts late, and that it ends early."""
        if self.of(initial) == "0":
            yield "index", initial.start, initial.end, "1"
        left = condition.parts[0]
        yield "index", left.start, left.end, f"{self.of(left)} + 1"

    def in_node(self, node):
        if node.mark is not None:
            yield from self.in_operator(node)
        if node.what == "number":
            for other in other_constants(self.of(node)):
                yield "constant", node.start, node.end, other
        if node.what == "index":
            index = node.parts[1]
            yield "index", index.start, index.end, f"{self.of(index)} + 1"
        if node.what == "call":
            yield from self.in_call(*node.parts)

    def in_operator(self, node):
        mark = node.mark
        if node.what in SWAPPED or node.what == "unary -":
            yield "operator", mark.start, mark.end, SWAPPED[mark.text]
        if node.what in CONTRARY:
            yield "comparison", mark.start, mark.end, CONTRARY[mark.text]
        if node.what in BOUNDARY:
            yield "boundary", mark.start, mark.end, BOUNDARY[mark.text]
        if node.what in ("-", "/"):
            left, right = node.parts
            between = self.text[left.end:right.start]
            exchanged = self.of(right, node.level) + between + self.of(left, node.level + 1)
            yield "exchange", node.start, node.end, exchanged

    def in_call(self, function, *arguments):
        """Two arguments exchanged, where no other of their type is between them."""
        name = self.of(function)
        if name not in self.types:
            raise ValueError(f"no header declares {name}")
        last = {}
        for argument, kind in zip(arguments, self.types[name], strict=True):
            if kind in last:
                first = last[kind]
                between = self.text[first.end:argument.start]
                yield "exchange", first.start, argument.end, self.of(argument) + between + self.of(first)
            last[kind] = argument


def one_line(text):
    return " ".join(text.split())


def generated(path):
    """All mutants of a file, no two of them with the same text, in the order of their places."""
    path = pathlib.Path(path).resolve()
    file, text = str(path.relative_to(ROOT)), path.read_text()
    mistakes = Mistakes(text, declared() | Parser(text, file).types_of_parameters())
    different = {text: None}
    for function, statements in Parser(text, file).functions():
        found = [mistake for statement in statements for mistake in mistakes.in_statement(statement)]
        for kind, start, end, after in sorted(found, key=lambda mistake: mistake[1]):
            before = text[start:end]
            if "/*" in before or "//" in before:
                raise ValueError(f"{file}: a comment inside what is changed: {before!r}")
            line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
            changed = text[:start] + after + text[end:]
            mutant = Mutant(file, function, line, column, kind, one_line(before), one_line(after), changed)
            different.setdefault(changed, mutant)
    del different[text]
    return list(different.values())


def compiles(mutant):
    """Whether gcc takes it in both number types."""
    return all(subprocess.run([*GCC, *flags, "-fsyntax-only", "-x", "c", "-"], input=mutant.text, text=True,
                              capture_output=True, cwd=ROOT, check=False).returncode == 0
               for flags in REAL_TYPES.values())


def mutants(path):
    """The mutants of a file that compile."""
    return [mutant for mutant in generated(path) if compiles(mutant)]


def references():
    """The files that are mutated: all that the proofs are about."""
    return [path for path in sorted((ROOT / "ref").rglob("*.c")) if path != TRUSTED]


def find(identifier):
    """The mutant of that identifier."""
    file = identifier.partition(":")[0]
    return next((mutant for mutant in generated(ROOT / file) if mutant.id == identifier), None)


def show(identifier):
    mutant = find(identifier)
    if mutant is None:
        sys.exit(f"mutants.py: no such mutant: {identifier}")
    old, new = (text.splitlines(keepends=True) for text in ((ROOT / mutant.file).read_text(), mutant.text))
    sys.stdout.writelines(difflib.unified_diff(old, new, f"a/{mutant.file}", f"b/{mutant.file}"))


def list_all(paths):
    invalid = 0
    for path in paths:
        for mutant in generated(path):
            if compiles(mutant):
                print(mutant.id, flush=True)
            else:
                invalid += 1
                print(f"mutants.py: does not compile: {mutant.id}", file=sys.stderr)
    print(f"mutants.py: {invalid} left out, as they do not compile", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description="Mutants of the reference.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list").add_argument("files", nargs="*", type=pathlib.Path)
    commands.add_parser("show").add_argument("identifier")
    options = parser.parse_args()
    if options.command == "show":
        show(options.identifier)
    else:
        list_all(options.files or references())


if __name__ == "__main__":
    main()
