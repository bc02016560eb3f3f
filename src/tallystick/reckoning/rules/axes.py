"""Hold the three axes on which evidence is judged, apart: voices, attribution, standard.

Organisations mix them into one grade. Here no axis is folded into another; a grade is derived
from them where an organisation has one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tallystick.reckoning.rules.setting import Setting
from tallystick.records import Claim, Standard

__all__ = ["FIGHTING", "Axes", "axes_of", "is_own_count"]

FIGHTING = ("armed-forces", "fighter")
_LADDER: tuple[Standard, ...] = ("reported", "documented", "verified")


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """Hold where an incident's evidence stands on each axis.

    Args:
        voices: Independent originators that count harm, by voice, sorted; never the accused.
        accused: Ids of those to whom somebody ascribes it; two that are not parts of one
            another are competing claims of responsibility.
        accepted_by: Those of the accused who accept responsibility.
        denied_by: Those of the accused who deny it.
        standard: The highest that a voice claims for its own count; None = nobody says.
    """

    voices: tuple[str, ...] = ()
    accused: tuple[str, ...] = ()
    accepted_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    standard: Standard | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "voices": list(self.voices),
            "accused": list(self.accused),
            "accepted_by": list(self.accepted_by),
            "denied_by": list(self.denied_by),
            "standard": self.standard,
        }


def axes_of(claims: Iterable[Claim], setting: Setting) -> Axes:
    """Return where the claims and the setting's statements stand on each axis."""
    listed = tuple(claims)
    accused = _accused(listed, setting)
    counting = [c for c in listed if c.polarity == "asserted" and not is_own_count(c, setting)]
    return Axes(
        voices=tuple(sorted({setting.actors.voice_of(claim.originator) for claim in counting})),
        accused=_outermost(accused, setting),
        accepted_by=_accepting(listed, accused, setting),
        denied_by=_denying(listed, accused, setting),
        standard=max(
            (claim.standard for claim in counting if claim.standard in _LADDER),
            key=_rank,
            default=None,
        ),
    )


def is_own_count(claim: Claim, setting: Setting) -> bool:
    """Say whether the claim is the accused's own count of those it is said to have harmed."""
    if claim.by is None:
        return False
    return setting.same_side(claim.originator, claim.by)


def _rank(standard: Standard | None) -> int:
    return -1 if standard is None else _LADDER.index(standard)


def _accused(claims: tuple[Claim, ...], setting: Setting) -> set[str]:
    named = {claim.by for claim in claims if claim.by is not None}
    return named | {
        told.against
        for told in setting.statements
        if told.kind == "accusation" and told.against is not None
    }


def _outermost(accused: set[str], setting: Setting) -> tuple[str, ...]:
    inside = {
        id_
        for id_ in accused
        if any(other != id_ and setting.actors.contains(other, id_) for other in accused)
    }
    return tuple(sorted(accused - inside))


def _accepting(claims: tuple[Claim, ...], accused: set[str], setting: Setting) -> tuple[str, ...]:
    # Who counts civilians whom it is itself said to have harmed accepts that it harmed them; who
    # says that it killed fighters accepts no civilian harm.
    own = {
        claim.originator
        for claim in claims
        if claim.polarity == "asserted"
        and claim.lo > 0
        and is_own_count(claim, setting)
        and claim.whom.get("status") not in FIGHTING
    }
    said = _speakers("admission", accused, setting)
    return tuple(sorted(own | said))


def _denying(claims: tuple[Claim, ...], accused: set[str], setting: Setting) -> tuple[str, ...]:
    own = {
        claim.originator
        for claim in claims
        if claim.polarity == "denied" and _is_among(claim.originator, accused, setting)
    }
    return tuple(sorted(own | _speakers("denial", accused, setting)))


def _speakers(kind: str, accused: set[str], setting: Setting) -> set[str]:
    return {
        told.speaker
        for told in setting.statements
        if told.kind == kind and _is_among(told.speaker, accused, setting)
    }


def _is_among(id_: str, accused: set[str], setting: Setting) -> bool:
    return any(setting.same_side(id_, other) for other in accused)
