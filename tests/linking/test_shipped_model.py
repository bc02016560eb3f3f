"""The shipped model is what `tools/train_linker.py` writes, and fits today's evidence."""

import json
import subprocess
import sys
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[2] / "tools"
DATA = files("tallystick.linking") / "data"


@pytest.fixture
def trainer(monkeypatch):
    pytest.importorskip("sklearn")
    monkeypatch.syspath_prepend(str(TOOLS))
    import train_linker

    return train_linker


def noted():
    return json.loads((DATA / "default-1.json").read_text())


def test_the_file_is_the_one_that_training_wrote():
    assert sha256((DATA / "default-1.npz").read_bytes()).hexdigest() == noted()["sha256"]


def test_evidence_is_still_what_the_trees_were_grown_on(trainer):
    """Whoever changes a feature or a rule trains anew: see the head of tools/train_linker.py."""
    assert trainer.evidence_mark() == noted()["evidence"]


@pytest.mark.slow
def test_training_gives_the_same_bytes_again(tmp_path):
    """On worlds a fortieth of the size; each run in a process of its own."""
    outs = [tmp_path / "a.npz", tmp_path / "b.npz"]
    for out in outs:
        subprocess.run(
            [sys.executable, str(TOOLS / "train_linker.py"), "--out", str(out), "--shrink", "40"],
            check=True, capture_output=True,
        )  # fmt: skip

    assert outs[0].read_bytes() == outs[1].read_bytes()
