"""What the README shows is what happens: its programs are those of tests/examples, its transcripts are real."""

import re
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT

README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
TRANSCRIPTS = [text for language, text in BLOCKS if not language and text.startswith("$ ")]


@pytest.mark.parametrize("language, name", [("c", "adamw.c"), ("python", "adamw.py")])
def test_example_is_shown(language: str, name: str) -> None:
    assert (language, (ROOT / "tests/examples" / name).read_text()) in BLOCKS


@pytest.mark.parametrize("transcript, status", zip(TRANSCRIPTS, (0, 1, 0, 1), strict=True))
def test_transcript(command: str, tmp_path: Path, transcript: str, status: int) -> None:
    lines = transcript.splitlines(keepends=True)
    script = "".join(line[2:] for line in lines if line.startswith("$ "))
    script = script.replace("tests/examples", str(ROOT / "tests/examples")).replace("build/goldstep", command)
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.returncode == status
    assert done.stdout == "".join(line for line in lines if not line.startswith("$ "))


def test_trace_that_is_shown_conforms(command: str) -> None:
    """A reader may begin with it."""
    lines = re.findall(r'^    ({"(?:goldstep|step)": .*)$', README, re.MULTILINE)
    assert len(lines) == 3
    done = subprocess.run([command, "check", "-"], input="\n".join(lines), capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_ledger_is_shown(tmp_path: Path) -> None:
    files = [path for path in sorted((ROOT / "ref").rglob("*.c")) if path != ROOT / "ref/real.c"]
    files += sorted((ROOT / "proofs/rules").rglob("*.c")) + sorted((ROOT / "proofs").rglob("*.v"))
    names = [str(path.relative_to(ROOT)) for path in files]
    done = subprocess.run(["proofs/ledger", "--to", tmp_path, *names], cwd=ROOT, capture_output=True, text=True)
    shown = [text for _, text in BLOCKS if text.endswith("goals proved, 0 open\n")]
    assert len(shown) == 1
    assert set(shown[0].splitlines()) <= set(done.stdout.splitlines())


def test_python_example(command: str) -> None:
    pipe = f"{command} gen adamw | /usr/bin/python3 {ROOT}/tests/examples/adamw.py | {command} check -"
    assert subprocess.run(["bash", "-c", pipe], capture_output=True, text=True).returncode == 0
