"""Remember what evidence was scored before, so that a new list costs only what is new.

A score is a function of the evidence on a pair and of nothing else. Evidence that was weighed in
an earlier linking is therefore not weighed again, and the outcome is the same to the last bit:
linking with a memory and linking anew are one and the same.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

from tallystick.linking.engines.jit import in_parts, jit
from tallystick.linking.model import Trees, scores

__all__ = ["Memory"]

Floats = NDArray[np.float32]
Marks = NDArray[np.uint64]
_FORM = "link-scores-1"


@dataclass(frozen=True, slots=True)
class _Known:
    """Hold scores by the mark of their evidence, in order of the first half of the mark."""

    marks: Marks
    log_odds: Floats

    def find(self, marks: Marks) -> tuple[NDArray[np.bool_], Floats]:
        """Return which are known, and their scores."""
        if not len(self.marks):
            return np.zeros(len(marks), bool), np.zeros(len(marks), np.float32)
        at = np.searchsorted(self.marks[:, 0], marks[:, 0])
        at = np.minimum(at, len(self.marks) - 1)
        return (self.marks[at] == marks).all(axis=1), self.log_odds[at]


@dataclass(slots=True)
class Memory:
    """Hold the scores of an earlier linking, and gather those of this one.

    Args:
        known: Earlier scores, by the digest of the trees that gave them.
        reused: How many scores of this linking were known.
        weighed: How many were not.
    """

    known: dict[str, _Known] = field(default_factory=dict)
    reused: int = 0
    weighed: int = 0
    _now: dict[str, list[tuple[Marks, Floats]]] = field(default_factory=dict)

    def weigh(self, evidence: Floats, trees: Trees) -> Floats:
        """Return the scores of this evidence: as ``model.scores`` does, but from memory first."""
        of = _digest(trees)
        marks = _marks_of(evidence)
        found, out = self.known.get(of, _NOTHING).find(marks)
        new = ~found
        out[new] = scores(evidence[new], trees)
        self.reused += int(found.sum())
        self.weighed += int(new.sum())
        self._now.setdefault(of, []).append((marks, out))
        return out

    def as_bytes(self) -> bytes:
        """Return what this linking weighed, for the next one; the same linking, the same bytes."""
        parts: dict[str, NDArray[np.generic]] = {}
        for of, told in sorted(self._now.items()):
            marks, at = np.unique(np.concatenate([m for m, _ in told]), axis=0, return_index=True)
            parts[f"{of}.marks"] = marks
            parts[f"{of}.log_odds"] = np.concatenate([s for _, s in told])[at]
        out = io.BytesIO()
        np.savez(out, form=np.array(_FORM), **parts)  # type: ignore[arg-type]  # arrays by name
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Memory:
        """Read what an earlier linking weighed; bytes that are no memory remember nothing."""
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as told:
                if str(told["form"]) != _FORM:
                    return cls()
                names = [name.removesuffix(".marks") for name in told if name.endswith(".marks")]
                parts = {n: _Known(told[f"{n}.marks"], told[f"{n}.log_odds"]) for n in names}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return cls()
        return cls(known=parts)


_NOTHING = _Known(np.empty((0, 2), np.uint64), np.empty(0, np.float32))


def _digest(trees: Trees) -> str:
    whole = hashlib.sha256()
    for part in fields(trees):
        whole.update(np.ascontiguousarray(getattr(trees, part.name)).tobytes())
    return whole.hexdigest()[:16]


def _marks_of(evidence: Floats) -> Marks:
    """Give each row of evidence a mark of 128 bits; rows alike to the last bit share it."""
    rows = np.ascontiguousarray(evidence, np.float32).view(np.uint32)
    out = np.empty((len(rows), 2), np.uint64)
    in_parts(lambda first, last: _mark(rows[first:last], out[first:last]), len(rows))
    return out


@jit
def _mark(rows: NDArray[np.uint32], out: Marks) -> None:
    """Mix each row twice, with multipliers of their own (xorshift and multiply, Vigna 2014)."""
    for at in range(len(rows)):
        a, b = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03)
        for word in rows[at]:
            a = (a ^ np.uint64(word)) * np.uint64(0xBF58476D1CE4E5B9)
            a ^= a >> np.uint64(29)
            b = (b ^ np.uint64(word)) * np.uint64(0x94D049BB133111EB)
            b ^= b >> np.uint64(31)
        out[at, 0], out[at, 1] = a, b
