import numpy as np
import pytest

from tallystick.linking import TooFewVerdicts, default_model, learned
from tallystick.linking.cluster import grouped, laid_out
from tallystick.linking.learn import fitted
from tallystick.linking.score import Scored
from tallystick.linking.verdicts import bound
from tallystick.records import LinkVerdict

NUMBERS = {f"e{at}": at for at in range(6)}
SCORED = Scored(
    np.array([0, 3], np.int32),
    np.array([1, 4], np.int32),
    np.array([4.0, 4.0], np.float32),
    np.array([4.0, 4.0], np.float32),
    np.array([1, 1], np.uint8),
    2,
)


def verdict(left, right, says, at="2025-01-01T00:00"):
    return LinkVerdict(left=left, right=right, says=says, reason="seen", author="r1", at=at)


def groups(*verdicts):
    found, _ = bound(SCORED, verdicts, NUMBERS)
    return grouped(laid_out(6, found.left, found.right, found.log_odds), 0.0).tolist()


def test_different_keeps_apart():
    assert groups() == [0, 0, 2, 3, 3, 5]
    assert groups(verdict("e0", "e1", "different")) == [0, 1, 2, 3, 3, 5]


def test_same_joins_what_was_never_compared():
    assert groups(verdict("e2", "e5", "same")) == [0, 0, 2, 3, 3, 2]


def test_not_enough_binds_nobody():
    assert groups(verdict("e0", "e1", "not-enough")) == groups()


def test_the_later_verdict_holds():
    first = verdict("e0", "e1", "different", "2025-01-01")
    later = verdict("e0", "e1", "same", "2025-02-01")

    assert groups(later, first) == groups()


def test_a_verdict_changes_its_own_component_alone():
    for says in ("same", "different"):
        assert groups(verdict("e0", "e1", says))[3:] == groups()[3:]


def test_contradicting_verdicts_are_told():
    said = [
        verdict("e0", "e1", "same"),
        verdict("e1", "e2", "same"),
        verdict("e0", "e2", "different"),
    ]
    _, issues = bound(SCORED, said, NUMBERS)

    assert [issue.code for issue in issues] == ["linking.verdicts-contradict"]


def test_a_verdict_about_nobody_is_told_and_binds_nobody():
    found, issues = bound(SCORED, [verdict("e0", "gone", "same")], NUMBERS)

    assert [issue.code for issue in issues] == ["linking.verdict-without-entry"]
    assert found.left.tolist() == SCORED.left.tolist()


def test_a_verdict_has_its_reason():
    with pytest.raises(ValueError, match="why"):
        LinkVerdict(left="a", right="b", says="same", reason="", author="r", at="2025")


def test_learning_finds_the_scale_the_verdicts_follow():
    rng = np.random.default_rng(2)
    x = rng.normal(0, 3, 4000)
    y = rng.random(4000) < 1 / (1 + np.exp(-(1.4 * x - 0.8)))
    slope, shift = fitted(x, y.astype(float))

    assert abs(slope - 1.4) < 0.1
    assert abs(shift + 0.8) < 0.15


def test_few_verdicts_teach_nothing():
    with pytest.raises(TooFewVerdicts):
        learned(default_model(), [1.0] * 10, [True] * 10)


def test_learning_a_stricter_reader_raises_the_cut():
    rng = np.random.default_rng(3)
    x = rng.normal(0, 3, 500)
    y = rng.random(500) < 1 / (1 + np.exp(-(x - 3)))
    model = default_model()

    assert learned(model, x.tolist(), y.tolist()).cut > model.cut
