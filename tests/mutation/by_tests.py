#!/usr/bin/python3
"""Which mutants of the reference the tests alone find: tests/reference, in both number types.

usage: by_tests.py [FILE...]    without files, all of ref/ but ref/real.c

A mutant is compiled by itself and linked with what is built already under $BUILD, or else under build/. Then
the tests of the rules that use its file are run (some_rules.c), and test_real.c where that does. A mutant is
killed where a test fails, crashes or, for one rule, takes over ten seconds. One line a mutant:
`killed IDENTIFIER: TEST`, `survived IDENTIFIER` or, if it does not compile, `invalid IDENTIFIER`; then the
sums. Exit status 0: every mutant is killed; 1: some survived; 2: the tests do not pass without any mistake.
"""

import argparse
import collections
import functools
import multiprocessing
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

from mutants import GCC, KINDS, REAL_TYPES, ROOT, TRUSTED, compiles, generated, references

BUILD = ROOT / os.environ.get("BUILD", "build")
SCRATCH = BUILD / "mutation"
PROCESSES = 2
SECONDS = 10
COMPILE = [*GCC, "-ffp-contract=off", "-c"]
COMPILE_TEST = ["gcc", "-O2", "-std=c11", "-D_GNU_SOURCE", "-Ioracle", "-Iref", "-Ispec", "-Itests/reference",
                "-c", "tests/mutation/some_rules.c"]
LIBRARIES = ["-fopenmp", "-lpthread", "-ljansson", "-lmd", "-lmpfi", "-lmpfr", "-lgmp", "-lm"]


def run(*command, check=False, **options):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, cwd=ROOT, check=False,
                          **options)
    if check and done.returncode != 0:
        raise RuntimeError(f"{' '.join(done.args)}: {done.stdout}{done.stderr}")
    return done


def objects(paths, base, folder):
    """What files under a base folder are compiled to."""
    return [(BUILD / folder / path.relative_to(ROOT / base)).with_suffix(".o") for path in paths]


def prepare():
    """Builds all that a mutant is linked with. Once, before killed_by_tests is called in any process."""
    build = BUILD.relative_to(ROOT)
    targets = [build / "tests" / f"{name}{bits}" for name in ("reference", "real") for bits in REAL_TYPES]
    run("make", f"-j{PROCESSES}", f"BUILD={build}", *targets, check=True)
    SCRATCH.mkdir(exist_ok=True)
    apart = {"kernels.c", "classifier.c"}  # a program of the build, and what is compiled as the kernels are
    oracle = [path for path in (ROOT / "oracle").rglob("*.c") if path.parent.name != "cli" and path.name not in apart]
    archives = {"oracle": [*objects(oracle, "oracle", "oracle"), *(BUILD / "kernels").glob("*.o"), BUILD / "builtin.o"]}
    for bits, flags in REAL_TYPES.items():
        archives[f"ref{bits}"] = objects([*references(), TRUSTED], "ref", f"ref{bits}")
        run(*COMPILE_TEST, *flags, "-o", SCRATCH / f"some_rules{bits}.o", check=True)
    for name, members in archives.items():
        (SCRATCH / f"lib{name}.a").unlink(missing_ok=True)
        run("ar", "rcs", SCRATCH / f"lib{name}.a", *members, check=True)


@functools.cache
def check_libraries():
    return run("pkg-config", "--libs", "check", check=True).stdout.split()


# --- which tests concern a file ---


@functools.cache
def needs():
    """For each file of the reference, and for "test_real", the files whose functions it calls."""
    paths = [*references(), TRUSTED]
    names = dict(zip(map(str, objects(paths, "ref", "ref64")), paths))
    names[str(BUILD / "tests/reference/test_real64.o")] = "test_real"
    defined, called = {}, []
    for line in run("nm", "-A", "-P", "-g", *names, check=True).stdout.splitlines():
        place, symbol, kind = line.split()[:3]
        name = names[place.removesuffix(":")]
        if kind == "U":
            called.append((name, symbol))
        else:
            defined[symbol] = name
    direct = collections.defaultdict(set)
    for name, symbol in called:
        if symbol in defined:
            direct[name].add(defined[symbol])
    return direct


def reaches(start, file):
    """Whether a file calls another one, at whatever remove."""
    seen, todo = set(), [start]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += needs()[name]
    return file in seen


def is_rule(path):
    return (ROOT / "spec" / path.relative_to(ROOT / "ref")).with_suffix(".acsl").exists()


@functools.cache
def rules_that_use(file):
    """The names of the rules whose references call the file, its own first."""
    rules = [path for path in references() if is_rule(path) and reaches(path, file)]
    return [path.stem for path in sorted(rules, key=lambda path: (path != file, path))]


# --- running them ---


def link(program, bits, *parts):
    """Links a test. What is among the parts takes the place of the same functions in the reference."""
    run("gcc", "-fuse-ld=gold", "-o", program, *parts, SCRATCH / f"libref{bits}.a", SCRATCH / "liboracle.a",
        *check_libraries(), *LIBRARIES, check=True)


def failed_rule(folder, bits, rules, *mutated):
    """The test of one of the rules that fails, or '': none where no rule uses the file."""
    if not rules:
        return ""
    program = folder / f"some_rules{bits}"
    link(program, bits, SCRATCH / f"some_rules{bits}.o", BUILD / f"tests/references{bits}.o", *mutated)
    done = run(program, SECONDS, *rules)
    if done.returncode == 0:
        return ""
    if done.returncode > 1:
        raise RuntimeError(f"some_rules: exit status {done.returncode}: {' '.join(rules)}")
    how = "" if done.returncode == 1 else f", {signal.Signals(-done.returncode).name}"
    return f"{done.stdout.splitlines()[-1]}, binary{bits}{how}"


def failed_real(folder, bits, *mutated):
    """The test of ref/real.h, compare.h and vector.h that fails, or ''."""
    program = folder / f"real{bits}"
    link(program, bits, BUILD / f"tests/reference/test_real{bits}.o", *mutated)
    done = run(program, env={**os.environ, "CK_VERBOSITY": "normal"})
    if done.returncode == 0:
        return ""
    failure = re.search(r":[FE]:[^:]*:(\w+):", done.stdout)
    return f"{failure[1]}, binary{bits}"


def killed_by_tests(mutant):
    """Whether the tests find the mistake, and the name of the test that does, or ''."""
    file = ROOT / mutant.file
    with tempfile.TemporaryDirectory(dir=SCRATCH) as name:
        folder = pathlib.Path(name)
        source, mutated = folder / file.name, folder / "mutated.o"
        source.write_text(mutant.text)
        for bits, flags in REAL_TYPES.items():
            run(*COMPILE, *flags, source, "-o", mutated, check=True)
            failed = failed_rule(folder, bits, rules_that_use(file), mutated)
            if not failed and reaches("test_real", file):
                failed = failed_real(folder, bits, mutated)
            if failed:
                return True, failed
    return False, ""


def failed_without_mistake():
    """The test that fails on the reference as it is, or ''."""
    rules = [path.stem for path in references() if is_rule(path)]
    with tempfile.TemporaryDirectory(dir=SCRATCH) as name:
        folder = pathlib.Path(name)
        return next(filter(None, (failed_rule(folder, bits, rules) for bits in REAL_TYPES)), "")


# --- the command ---


def judge(mutant):
    """The mutant, its verdict, the test that killed it, and the seconds it took."""
    start = time.monotonic()
    if not compiles(mutant):
        return mutant, "invalid", "", 0
    killed, test = killed_by_tests(mutant)
    return mutant, "killed" if killed else "survived", test, time.monotonic() - start


def print_sums(counts, seconds):
    verdicts = ["killed", "survived", "invalid"]
    print(" " * 12 + "".join(f"{verdict:>9}" for verdict in verdicts))
    for kind in [*KINDS, "all"]:
        print(f"{kind:12}" + "".join(f"{counts[kind, verdict]:9}" for verdict in verdicts))
    judged = counts["all", "killed"] + counts["all", "survived"]
    print(f"{seconds / max(judged, 1):.2f} s a mutant")


def main():
    parser = argparse.ArgumentParser(description="Which mutants of the reference the tests alone find.")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    prepare()
    failed = failed_without_mistake()
    if failed:
        print(f"by_tests.py: fails without any mistake: {failed}", file=sys.stderr)
        return 2
    mutants = [mutant for path in options.files or references() for mutant in generated(path)]
    counts, seconds = collections.Counter(), 0
    with multiprocessing.Pool(PROCESSES) as pool:
        for mutant, verdict, test, spent in pool.imap(judge, mutants):
            print(f"{verdict} {mutant.id}" + (f": {test}" if test else ""), flush=True)
            counts.update([(mutant.kind, verdict), ("all", verdict)])
            seconds += spent
    print_sums(counts, seconds)
    return int(counts["all", "survived"] > 0)


if __name__ == "__main__":
    sys.exit(main())
