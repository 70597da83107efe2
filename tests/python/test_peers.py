"""tests/peers: what becomes of a peer that is missing, conforms or deviates. `make peers` has the real ones."""

import json
import sys
from pathlib import Path

import pytest

import goldstep

HERE = Path(__file__).resolve().parents[1] / "peers"


@pytest.fixture
def peers(monkeypatch, tmp_path, command, library):
    monkeypatch.syspath_prepend(str(HERE))
    import peers
    monkeypatch.setattr(peers, "BUILD", Path(command).parent)
    monkeypatch.setattr(peers, "TRACES", tmp_path / "traces")
    monkeypatch.setattr(peers, "TABLE", tmp_path / "conformance.md")
    monkeypatch.setattr(peers, "PEERS", {})
    yield peers
    sys.modules.pop("peers")


def sgd(path, factor, quantity="x"):
    """A run whose one step has `factor` times the rate that it says."""
    trace = goldstep.Trace("sgd", "binary64", {"lr": 0.5})
    trace.add(0, "w", quantity, [1.0])
    trace.add(1, "w", "g", [1.0])
    trace.add(1, "w", quantity, [1.0 - 0.5 * factor])
    trace.save(path)
    return path


def lines_of(peers):
    return [line for line in peers.TABLE.read_text().splitlines() if line.startswith("| P ")]


def test_verdicts(peers):
    def runs():
        for name, factors in {"good": [1], "bad": [2], "mixed": [1, 2]}.items():
            for number, factor in enumerate(factors):
                yield peers.Run("P", "1", name, "", sgd(peers.TRACES / f"{name}{number}.jsonl", factor))

    peers.PEERS["P"] = runs
    assert peers.main() == 0
    good, bad, mixed = lines_of(peers)
    assert good == "| P | 1 | good | binary64 | sgd | conforms |  |"
    assert bad.startswith("| P | 1 | bad | binary64 | sgd | deviates | ")
    assert mixed.startswith("| P | 1 | mixed | binary64 | sgd | deviates in 1 of 2 runs | ")


def test_paths_are_named_where_they_differ(peers):
    def runs():
        for name, path, factor in [("a", "slow", 1), ("a", "fast", 1), ("b", "slow", 1), ("b", "fast", 2)]:
            yield peers.Run("P", "1", name, path, sgd(peers.TRACES / f"{name}{path}.jsonl", factor))

    peers.PEERS["P"] = runs
    assert peers.main() == 0
    assert [line.split(" | ")[2] for line in lines_of(peers)] == ["a", "b, slow", "b, fast"]


def test_what_a_peer_computes_is_tried(peers, tmp_path):
    """A run of ADADELTA whose steps divide by the root of the e of the step before."""
    trace = goldstep.Trace("adadelta", "binary64", {"lr": 0.5, "rho": 0.5, "eps": 0.25})
    trace.add(0, "w", "x", [1.0])
    trace.add(1, "w", "g", [1.0])
    trace.add(1, "w", "x", [1.0 - 0.5 * 1.0])  # sqrt(u + eps) / sqrt(e + eps) = 1
    trace.save(tmp_path / "own.jsonl")
    peers.PEERS["P"] = lambda: [peers.Run("P", "1", "a", "", tmp_path / "own.jsonl")]
    assert peers.main() == 0
    said = "the step is divided by the root of e before this step's gradient is in it"
    assert lines_of(peers)[0].endswith(f"| deviates | computes adadelta.tfjs: {said} |")


def test_a_missing_peer_is_named_and_the_table_stays(peers, monkeypatch, capsys):
    monkeypatch.setenv("PATH", "/nonexistent")
    peers.PEERS["TensorFlow.js"] = peers.tfjs
    peers.TABLE.write_text("as it was")
    assert peers.main() == 77
    assert "SKIPPED: TensorFlow.js: there is no node" in capsys.readouterr().err
    assert peers.TABLE.read_text() == "as it was"


def test_a_peer_that_is_not_installed(peers, monkeypatch, tmp_path):
    monkeypatch.setattr(peers, "BUILD", tmp_path)
    monkeypatch.setattr(peers.shutil, "which", lambda name: name)
    with pytest.raises(peers.Missing, match="@tensorflow/tfjs is not in"):
        list(peers.tfjs())


def test_a_trace_that_cannot_be_judged_ends_the_program(peers):
    def runs():
        yield peers.Run("P", "1", "a", "", sgd(peers.TRACES / "a.jsonl", 1, quantity="y"))

    peers.PEERS["P"] = runs
    with pytest.raises(SystemExit, match="goldstep check .*has no `x`"):
        peers.main()


def test_the_lock_file_names_no_host():
    lock = json.loads((HERE / "package-lock.json").read_text())
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in lock["packages"].items() if name)
