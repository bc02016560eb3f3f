"""Say why two entries score as they do: field by field, in words, adding up to the score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tallystick.linking.columns import C
from tallystick.linking.context import CONTEXT, Seen, context_of, graph_of
from tallystick.linking.features import FEATURES, World, features_of
from tallystick.linking.model import reasons, scores
from tallystick.linking.score import Model, Scored, probability

__all__ = ["Reasons", "Step", "explain"]


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one step of the waterfall.

    Args:
        field: Name of the evidence.
        says: What it measures, in words.
        value: What was measured; None if missing.
        moves: By how much it moved the log-odds.
    """

    field: str
    says: str
    value: float | None
    moves: float


@dataclass(frozen=True, slots=True)
class Reasons:
    """Hold why a pair scores as it does: ``start`` plus all moves is ``log_odds``."""

    start: float
    steps: tuple[Step, ...]
    log_odds: float
    p: float

    def lines(self, most: int = 8) -> list[str]:
        """Print the waterfall, the strongest reasons first."""
        ranked = sorted(self.steps, key=lambda step: -abs(step.moves))[:most]
        out = [f"{'before any evidence':<62} {self.start:+6.2f}"]
        for step in ranked:
            value = "not stated" if step.value is None else f"{step.value:.2f}"
            out.append(f"{step.says[:50]:<50} {value:>11} {step.moves:+6.2f}")
        rest = self.log_odds - self.start - sum(step.moves for step in ranked)
        out.append(f"{'everything else':<62} {rest:+6.2f}")
        out.append(f"{f'together: probability {self.p:.3f}':<62} {self.log_odds:+6.2f}")
        return out


def explain(i: int, j: int, world: World, scored: Scored, model: Model) -> Reasons:
    """Explain one pair by record numbers, among the rivals of a finished scoring."""
    left, right = np.array([min(i, j)], np.int32), np.array([max(i, j)], np.int32)
    evidence = features_of(left, right, world)
    alone = scores(evidence, model.first)
    graph = graph_of(
        scored.left, scored.right, probability(scored.log_odds), world.cells[:, C.LIST]
    )
    seen = Seen(left, right, alone, alone, np.zeros(1, np.uint8))
    for trees in model.rounds[:-1]:
        seen = seen._replace(before=scores(context_of(seen, graph, world), trees))
    context = context_of(seen, graph, world)[0]
    moved = reasons(context, model.rounds[-1], len(CONTEXT))
    first = reasons(evidence[0], model.first, len(FEATURES))
    return _joined(context, moved, evidence[0], first)


def _joined(
    context: np.ndarray, moved: np.ndarray, evidence: np.ndarray, first: np.ndarray
) -> Reasons:
    """Share out what the first score moved among the fields that made it."""
    by_field: dict[str, float] = {}
    alone = float(moved[1] + moved[2])
    spread = float(np.abs(first[1:]).sum())
    # What the rounds before say enters as two fields; their part goes to the fields of the first
    # comparison, each by the size of what it moved there, with its sign where the part has the
    # sign of the sum.
    total = float(first[1:].sum())
    share = alone / total if abs(total) > 0.5 else 0.0
    for name, moves in zip(FEATURES, first[1:], strict=True):
        by_field[name] = (
            share * float(moves) if share else alone * abs(float(moves)) / max(spread, 1e-9)
        )
    for name, moves in zip(list(CONTEXT)[2:], moved[3:], strict=True):
        by_field[name] = by_field.get(name, 0.0) + float(moves)
    values = dict(zip(CONTEXT, context.tolist(), strict=True)) | dict(
        zip(FEATURES, evidence.tolist(), strict=True)
    )
    says = {name: text for name, (_, text) in (CONTEXT | FEATURES).items()}
    log_odds = float(moved.sum())
    return Reasons(
        start=float(moved[0]),
        steps=tuple(
            Step(name, says[name], None if np.isnan(values[name]) else values[name], moves)
            for name, moves in by_field.items()
        ),
        log_odds=log_odds,
        p=float(1 / (1 + np.exp(-log_odds))),
    )
