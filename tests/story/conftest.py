"""Build the coast case once: documents preserved, read and reviewed, as the demo does."""

from __future__ import annotations

import pytest

from tallystick.casework.demo import EXAMPLE, GROUND
from tallystick.casework.new import new
from tallystick.casework.preserve import preserve
from tallystick.casework.read_case import read_case
from tallystick.casework.review import decide


@pytest.fixture(scope="session")
def coast(tmp_path_factory):
    folder = tmp_path_factory.mktemp("coast")
    for name in GROUND:
        (folder / name).write_bytes((EXAMPLE / name).read_bytes())
    at = "2025-09-01T00:00:00Z"
    with new(folder, at=at) as case:
        assert all(kept.is_done for kept in preserve(case, [EXAMPLE / "documents"], at=at))
        list(read_case(case, at=at))
        decided = decide(case, (EXAMPLE / "review.csv").read_text("utf-8"), reviewer="r", at=at)
        assert () == decided.issues
        yield case
