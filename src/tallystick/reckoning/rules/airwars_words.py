"""Read numbers out of words as Airwars' published incidents show them read."""

from __future__ import annotations

from collections.abc import Mapping

from tallystick.reckoning.rules.named import Named, Reading, Unread, as_named
from tallystick.reckoning.rules.rule_figure import Step
from tallystick.reckoning.rules.vague import Word, vague_word
from tallystick.records import Claim

__all__ = ["reading", "reads_joint"]

_DOZENS = Step("“Dozens” is read as 12–24 (as in CS797).", "read-off")
_LOSSES = Step("“Human losses” by one source is read as 0–1 (as in CS483).", "read-off")
_FAMILY = Step(
    "Unspecified casualties in one family, by one source, are read as 1–2 killed and 1 injured"
    " (as in CS1852).",
    "read-off",
)
# What a claim about killed and injured together says of each, where no number parts them.
_FAMILY_SAYS: Mapping[str, tuple[int, int]] = {"killed": (1, 2), "injured": (1, 1)}


def reading(kind: str, *, is_lone: bool) -> Reading:
    """Return the way to read a number of killed or of injured.

    Args:
        kind: ``killed`` or ``injured``.
        is_lone: Whether one voice alone speaks; some words are only seen read so then.
    """

    def read(claim: Claim) -> Named | Unread:
        if claim.kind not in (kind, "killed+injured"):
            return Unread(f"{claim.kind}: not a count of {kind}")
        if claim.unit != "persons":
            return _family(claim, kind, is_lone=is_lone)
        if claim.hedge == "vague":
            return _vague(claim, is_lone=is_lone)
        if claim.kind == "killed+injured":
            return Unread("killed and injured in one number; used where the other is known")
        return as_named(claim)

    return read


def reads_joint(claim: Claim) -> Named | Unread:
    """Read a number of killed and injured together."""
    if claim.kind != "killed+injured" or claim.unit != "persons" or claim.hedge == "vague":
        return Unread("no number of killed and injured together")
    return as_named(claim)


def _family(claim: Claim, kind: str, *, is_lone: bool) -> Named | Unread:
    if claim.lo > 1 or claim.hedge != "vague" or not is_lone:
        return Unread("families are not converted into persons")
    lo, hi = _FAMILY_SAYS[kind]
    return Named(lo, hi, (_FAMILY,))


def _vague(claim: Claim, *, is_lone: bool) -> Named | Unread:
    word = vague_word(claim)
    if word == "losses":
        if is_lone:
            return Named(0, 1, (_LOSSES,))
        says = "“Human losses” beside other voices: no published reading; read as 0–1."
        return Named(0, 1, (Step(says, "ours"),))
    if claim.kind == "killed+injured":
        return Unread("a vague word for killed and injured together")
    if word == "dozens":
        return Named(12, 24, (_DOZENS,))
    return _floor(claim, word)


def _floor(claim: Claim, word: Word | None) -> Named:
    says = f"“{word or 'A vague word'}” has no published reading; its floor, {claim.lo}, is kept."
    return Named(claim.lo, None, (Step(says, "ours"),))
