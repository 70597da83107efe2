"""Runs Gappa on a goal of Why3's, as it can use it.     usage: proofs/gappa FILE, proofs/gappa --bound FILE

Gappa reasons about enclosures: a term between two numbers. So that it sees them, this
- writes a + (-1 * b), which WP makes of a - b, as a - b again; computes constant terms; writes a / 2 as a * 0.5, and
  a - 2 <= 0 as a <= 2;
- puts each name's value for it, where a hypothesis says `name = value`;
- adds a <= 2 where a <= b and b <= 2 are known;
- leaves out the hypotheses that have no connection with the goal, over which Gappa takes long;
- takes a hypothesis `A or B` apart where the goal does not hold without it, and nothing else says which of them holds;
  and a goal `A and B` where both do not come out together, a run for each.
Each step leaves an equivalent goal, or one that is harder to prove. All runs together get the processor time that the
caller limits this program to. Where GAPPA_KEEP names a folder, the problems are kept there. --bound prints instead, for
a goal -b <= error <= b, the least b that is provable.
"""

import fractions
import os
import re
import resource
import subprocess
import sys

SECONDS = 5  # of one run, of the processor's time
NUMBER = r"-?(?:0x[\dA-Fa-f.]+p-?\d+|\d+(?:\.\d*)?(?:e-?\d+)?)"
CONSTANT = re.compile(rf"\(({NUMBER}) ([-+*/]) ({NUMBER})\)|\(-\(({NUMBER})\)\)|\(({NUMBER})\)")

DIVIDED = re.compile(rf" / ({NUMBER})\)")
NAME = re.compile(r"\b(?!(?:sqrt|float|fixed|not|in|ne|ieee_64|ieee_32)\b)[A-Za-z_]\w*")


def value(number):
    """The exact value of a literal of Gappa's."""
    if "0x" not in number:
        return fractions.Fraction(number)
    sign, digits, exponent = re.fullmatch(r"(-?)0x([\dA-Fa-f.]+)p(-?\d+)", number).groups()
    whole, _, part = digits.partition(".")
    return int(sign + whole + part, 16) * fractions.Fraction(2) ** (int(exponent) - 4 * len(part))


def literal(number):
    """A literal of Gappa's with the value `number`, or None where that has no end in base 10."""
    places = 0
    while number.denominator != 1 and places < 1200:
        number, places = number * 10, places + 1
    return f"{number.numerator}e-{places}" if number.denominator == 1 else None


def computed(match):
    left, operator, right, negated, alone = match.groups()
    if operator == "/" and value(right) == 0:
        return match[0]
    number = (-value(negated) if negated else value(alone) if alone else
              {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b,
               "/": lambda a, b: a / b}[operator](value(left), value(right)))
    text = literal(number) or match[0]
    applied = re.match(r"[\w>]", match.string[match.start() - 1:match.start()])  # the parentheses are those of a function
    return f"({text})" if applied and text != match[0] else text


def split(text, separator):
    """The parts of `text` at each `separator` that no parenthesis encloses."""
    parts, depth, start = [], 0, 0
    if separator in text:
        for match in re.finditer(rf"[()]|{re.escape(separator)}", text):
            if match[0] in "()":
                depth += 1 if match[0] == "(" else -1
            elif depth == 0:
                parts.append(text[start:match.start()])
                start = match.end()
    return [part.strip() for part in parts + [text[start:]]]


def closing(text, start):
    """Where the parenthesis that opens at `start` is closed."""
    depth = 0
    for match in re.compile("[()]").finditer(text, start):
        depth += 1 if match[0] == "(" else -1
        if depth == 0:
            return match.start()
    return len(text)


def bare(text):
    """`text` without the parentheses that enclose all of it."""
    while text.startswith("(") and closing(text, 0) == len(text) - 1:
        text = text[1:-1].strip()
    return text


def undoubled(text):
    """`text` with (a) for each ((a))."""
    for start in range(len(text) - 1, -1, -1):
        if text.startswith("((", start):
            end = closing(text, start + 1) + 1
            if text[end] == ")":
                text = text[:start] + text[start + 1:end - 1] + text[end:]
    return text


def enclosure(formula):
    """a - C <= 0 as a <= C, and the like, all through the formula."""
    for separator in ("->", "/\\", "\\/"):
        parts = split(bare(formula), separator)
        if len(parts) > 1:
            return f"({f' {separator} '.join(map(enclosure, parts))})"
    sides = re.fullmatch(r"(not )?(.*) (<=|>=) (0|0\.0|0e-0)", bare(formula), re.DOTALL)
    if sides is None:
        return formula
    negated, term, relation, _ = sides.groups()
    for operator in (" - ", " + "):
        left, *right = split(bare(term), operator)
        if len(right) == 1 and re.fullmatch(NUMBER, right[0]):
            limit = value(right[0]) if operator == " - " else -value(right[0])
            return f"{negated or ''}{left} {relation} {literal(limit)}"
        if len(right) == 1 and re.fullmatch(NUMBER, left):
            flipped = relation if operator == " + " else {"<=": ">=", ">=": "<="}[relation]
            limit = value(left) if operator == " - " else -value(left)
            return f"{negated or ''}{right[0]} {flipped} {literal(limit)}"
    return formula


def facts(formula):
    """The formula as a list of formulas that all hold."""
    formula = bare(formula)
    if formula.startswith("not not "):
        return facts(formula.removeprefix("not not "))
    both = split(formula, "/\\")
    if len(both) > 1 and len(split(formula, "->")) == len(split(formula, "\\/")) == 1:
        return [fact for part in both for fact in facts(part)]
    return [formula]


def alternatives(formula):
    """The formula as a list of formulas of which one holds."""
    either = split(bare(formula), "\\/")
    if len(either) > 1 and len(split(bare(formula), "->")) == 1:
        return [part for whole in either for part in alternatives(whole)]
    return [formula]


def known_values(formulas):
    """Puts each name's value for it, where a hypothesis says what it is equal to."""
    for i, formula in enumerate(formulas[:-1]):
        sides = [bare(side) for side in split(formula, " = ")]
        if any(len(split(formula, word)) > 1 for word in ("->", "/\\", "\\/")) or formula.startswith("not "):
            continue
        point = re.fullmatch(rf"(\w+) in \[({NUMBER}),({NUMBER})\]", formula)
        if point and value(point[2]) == value(point[3]):
            sides = [point[1], point[2]]
        name = next((side for side in sides if len(sides) == 2 and side.isidentifier()), None)
        if name is not None:
            term = sides[1 - sides.index(name)]
            rest = formulas[:i] + formulas[i + 1:]
            return known_values([re.sub(rf"\b{name}\b", lambda _: f"({term})", other) for other in rest])
    return formulas


def multiplied(match):
    """a / 2 as a * 0.5, where that is exact: Gappa sees no more in the one than in the other, and not that they are the
    same."""
    inverse = literal(1 / value(match[1])) if value(match[1]) != 0 else None
    return f" * {inverse})" if inverse else match[0]


def constants(text):
    before = None
    while text != before:
        before, text = text, DIVIDED.sub(multiplied, CONSTANT.sub(computed, text))
    return text


def chained(formulas):
    """The numbers above and below a, of which it is known only that a - b <= 0."""
    limits = {"<=": {}, ">=": {}}
    for formula in formulas:
        match = re.fullmatch(rf"(.*) (<=|>=) ({NUMBER})", formula, re.DOTALL)
        if match and not formula.startswith("not "):
            limits[match[2]][bare(match[1])] = match[3]
    for formula in formulas:
        match = re.fullmatch(r"(.*) <= (?:0|0\.0)", formula, re.DOTALL)
        sides = [bare(side) for side in split(bare(match[1]), " - ")] if match else []
        if len(sides) == 2 and sides[1] in limits["<="]:
            yield f"{sides[0]} <= {limits['<='][sides[1]]}"
        if len(sides) == 2 and sides[0] in limits[">="]:
            yield f"{sides[1]} >= {limits['>='][sides[0]]}"


def connected(hypotheses, goal):
    """The hypotheses that share a name with the goal or, from one to the next, with one that does; each once."""
    names = {formula: set(NAME.findall(formula)) for formula in (*hypotheses, goal)}
    known, rest = names[goal], dict.fromkeys(hypotheses)
    kept = {formula for formula in rest if not names[formula]}
    while new := [formula for formula in rest if formula not in kept and names[formula] & known]:
        kept.update(new)
        known = known.union(*(names[formula] for formula in new))
    return [formula for formula in rest if formula in kept]


def seconds():
    """What the next run of Gappa may take."""
    limit, _ = resource.getrlimit(resource.RLIMIT_CPU)
    if limit == resource.RLIM_INFINITY:
        return SECONDS
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return min(SECONDS, round(limit - used.ru_utime - used.ru_stime))


def run(head, hypotheses, goal):
    """What Gappa says of the problem; nothing, where it runs out of time."""
    hypotheses = connected(hypotheses, goal)
    return subprocess.run(["prlimit", f"--cpu={max(seconds(), 0)}", "gappa", "-Eprecision=70"], capture_output=True,
                          input=f"{head}{{ {' -> '.join((*hypotheses, goal))} }}\n", text=True, check=False)


def prepared(hypotheses, goal):
    """The problem with the values of names put for them, and what is enclosed seen as enclosed."""
    formulas = known_values([fact for hypothesis in hypotheses for fact in facts(hypothesis)] + [goal])
    *hypotheses, goal = [enclosure(constants(formula)) for formula in formulas]
    return hypotheses + list(chained(hypotheses)), goal


def settled(hypotheses):
    """The hypotheses, without each `A or B` of which A is known, and with A for it where B is known to be false."""
    known = {hypothesis for hypothesis in hypotheses if len(alternatives(hypothesis)) == 1}

    def denied(fact):
        return (fact.removeprefix("not ") if fact.startswith("not ") else f"not {fact}") in known

    for i, hypothesis in enumerate(hypotheses):
        choices = alternatives(hypothesis)
        if len(choices) == 1:
            continue
        rest = hypotheses[:i] + hypotheses[i + 1:]
        if any(known.issuperset(facts(choice)) for choice in choices):
            return settled(rest)
        possible = [choice for choice in choices if not any(map(denied, facts(choice)))]
        if len(possible) == 1:
            return settled(rest + facts(possible[0]))
    return hypotheses


def problems(hypotheses, goal, depth=6):
    """The problems that together are the problem: one for each choice from the hypotheses `A or B`."""
    hypotheses = settled(hypotheses)
    for i, hypothesis in enumerate(hypotheses):
        choices = alternatives(hypothesis)
        if len(choices) > 1 and depth > 0:
            for choice in choices:
                yield from problems(hypotheses[:i] + facts(choice) + hypotheses[i + 1:], goal, depth - 1)
            return
    yield prepared(hypotheses, goal)


def proves(head, hypotheses, goal):
    sides = [undoubled(bare(side)) for side in split(goal, " = ")]
    if len(sides) == 2 and sides[0] == sides[1]:
        return True
    return run(head, hypotheses, goal).returncode == 0


def holds(head, hypotheses, goal):
    premise, *conclusion = split(bare(goal), "->")
    if conclusion:
        return holds(head, hypotheses + facts(premise), " -> ".join(conclusion))
    parts = facts(goal)
    if len(parts) > 1 and "->" in goal:  # its cases are mostly those of a hypothesis, which the premises settle
        return all(holds(head, hypotheses, part) for part in parts)
    hypotheses = settled(hypotheses)
    whole = [hypothesis for hypothesis in hypotheses if len(alternatives(hypothesis)) == 1]
    if (proves(head, *prepared(whole, goal))
            or len(whole) < len(hypotheses)
            and all(proves(head, *problem) for problem in problems(hypotheses, goal))):
        return True
    return len(parts) > 1 and all(holds(head, hypotheses, part) for part in parts)


def bound(head, hypotheses, goal):
    """The least b for which Gappa proves -b <= error <= b, where the goal asks for some b; None: it proves none."""
    error = re.split(" (?:<=|>=) ", facts(goal)[0])[0]
    done = run(head, hypotheses, f"{error} in ?")
    if "anything can be proved" in done.stderr:
        return 0.0
    return max((abs(float(end)) for end in re.findall(r"\{(-?[\d.e+-]+)", done.stderr)), default=None)


def read(text):
    """Why3's text as what stands before the problem, its hypotheses, and its goal."""
    text = re.sub("#.*", "", text)
    head, _, rest = text.replace(" + (-1.0 * ", " - (").partition("{")
    *hypotheses, goal = split(rest.rpartition("}")[0], "->")
    return head, [fact for hypothesis in hypotheses for fact in facts(hypothesis)], goal


def main():
    with open(sys.argv[-1], encoding="ascii") as file:
        text = file.read()
    if "GAPPA_KEEP" in os.environ:
        with open(os.path.join(os.environ["GAPPA_KEEP"], f"{os.getpid()}.gappa"), "w", encoding="ascii") as kept:
            kept.write(text)
    head, hypotheses, goal = read(text)
    if sys.argv[1] == "--bound":
        bounds = [bound(head, *problem) for problem in problems(hypotheses, goal)]
        print("none" if None in bounds else max(bounds))
        return 0
    if holds(head, hypotheses, goal):
        return 0
    print("no contradiction was found")
    return 1
