"""Say which claims of a case count, and under which premises, from its settings.

``[admission]`` in ``tallystick.toml`` may say ``review`` (``open``: claims count until somebody
rejects them; ``required``: only those that a person accepted, corrected or added), ``standards``
(of reported, documented, verified, estimated), ``leave_out`` and ``labels_from`` (originators),
``one_voice`` (lists of originators that were found to rely on one another), and ``near_days``.
The journal holds who changed them and when.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tallystick.casework.case import BadSettings, Case
from tallystick.ledger import Standing
from tallystick.reckoning import Options
from tallystick.records import Claim, Days

__all__ = ["Admission", "admission_of", "admitted", "unreviewed"]

_REVIEWED = ("accepted", "corrected", "added")
_STANDARDS = ("reported", "documented", "verified", "estimated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """Hold whom and what a case admits.

    Args:
        review: Only claims that a person confirmed count.
        standards: Standards that count; a claim that says none is reported.
        leave_out: Originators that are not admitted.
        one_voice: Originators that somebody found to rely on one another.
        options: The premises of the reckoning.
    """

    review: bool
    standards: tuple[str, ...]
    leave_out: tuple[str, ...]
    one_voice: tuple[tuple[str, ...], ...] = ()
    options: Options

    def premises(self) -> dict[str, str]:
        """Return the premises in words, in the order in which a report shows them."""
        told = {
            "apart": self.options.apart,
            "near_days": str(self.options.near_days),
            "review": "required" if self.review else "open",
            "standards": ", ".join(self.standards),
        }
        if self.leave_out:
            told["leave_out"] = ", ".join(self.leave_out)
        if self.one_voice:
            told["one_voice"] = "; ".join(" + ".join(group) for group in self.one_voice)
        if self.options.labels_from:
            told["labels_from"] = ", ".join(self.options.labels_from)
        return told


def admission_of(settings: Mapping[str, object]) -> Admission:
    """Read the table ``[admission]``.

    Raises:
        BadSettings: An unknown key, or a value that it cannot hold.
    """
    left = dict(settings)
    review = left.pop("review", "open")
    near_days = left.pop("near_days", 1)
    standards = _names("standards", left.pop("standards", _STANDARDS[:3]))
    leave_out = _names("leave_out", left.pop("leave_out", ()))
    labels_from = _names("labels_from", left.pop("labels_from", ()))
    one_voice = _groups(left.pop("one_voice", ()))
    if left:
        raise BadSettings(f"admission has no key “{min(left)[:40]}”.", "take it out.")
    if review not in ("open", "required"):
        raise BadSettings(f"review “{str(review)[:40]}” is neither open nor required.")
    if isinstance(near_days, bool) or not isinstance(near_days, int) or near_days < 0:
        raise BadSettings("near_days is no number of days.", "write 0, 1, 7 …")
    if set(standards) - set(_STANDARDS):
        raise BadSettings("standards names one that is not known.", f"of {', '.join(_STANDARDS)}.")
    options = Options(
        near_days=near_days, labels_from=labels_from, estimated="estimated" in standards
    )
    return Admission(
        review=review == "required",
        standards=standards,
        leave_out=leave_out,
        one_voice=one_voice,
        options=options,
    )


def _groups(value: object) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list | tuple):
        raise BadSettings("one_voice must be a list of lists of names.")
    groups = tuple(_names("each group of one_voice", group) for group in value)
    if any(len(group) < 2 for group in groups):
        raise BadSettings("one_voice has a group of fewer than two names.")
    return groups


def _names(name: str, value: object) -> tuple[str, ...]:
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return tuple(str(item) for item in value)
    raise BadSettings(f"{name} must be a list of names.")


def admitted(case: Case, admission: Admission) -> tuple[Claim, ...]:
    """Return the claims of a case that count; an event of unknown day lies in the window."""
    held = [item.claim for item in case.ledger.standings() if _counts(item, admission)]
    return tuple(_within(claim, case.settings.window) for claim in held if claim is not None)


def _counts(standing: Standing, admission: Admission) -> bool:
    claim = standing.claim
    if claim is None or (admission.review and standing.state not in _REVIEWED):
        return False
    is_admitted = (claim.standard or "reported") in admission.standards
    return is_admitted and claim.originator not in admission.leave_out


def _within(claim: Claim, window: Days | None) -> Claim:
    if claim.during is not None or window is None or claim.role in ("subset", "part"):
        return claim  # a part takes its days from its whole
    return replace(claim, during=window, pins=claim.pinned)


def unreviewed(standings: Iterable[Standing]) -> int:
    """Count the claims that wait for a person."""
    return sum(1 for item in standings if item.state == "unreviewed")
