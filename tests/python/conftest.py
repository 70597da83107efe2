"""What the tests need of the build: a missing one is a failure, not a skip."""

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "oracle/python"))


def built(name: str) -> str:
    path = ROOT / os.environ.get("BUILD", "build") / name
    if not path.exists():
        pytest.fail(f"{path} is missing: run make first", pytrace=False)
    return str(path)


@pytest.fixture(scope="session")
def command() -> str:
    """The command's path."""
    return built("goldstep")


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package works on this build's shared library."""
    monkeypatch.setenv("GOLDSTEP_LIBRARY", built("libgoldstep.so"))
