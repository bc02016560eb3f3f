"""Publish a case: reckon what its report asks, write the report, enter it in the journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from tallystick import __version__
from tallystick.casework.case import Case, now
from tallystick.casework.grounds import Grounds, grounds_of_case
from tallystick.casework.reckon_case import CaseReckoned, reckon_case
from tallystick.ledger import Standing, published
from tallystick.publishing import Dossier, Preserved, Redacted, Release, Table, Told, redact
from tallystick.publishing import publish as write_report
from tallystick.records import Issue, Publication, short_id

__all__ = ["dossier_of", "publish", "would_publish"]

TOOL = f"tallystick-publish {__version__}"
_VERDICTS = {"accepted": "accept", "corrected": "correct", "rejected": "reject", "added": "add"}


def publish(
    case: Case,
    out: Path,
    *,
    release: Release | None = None,
    as_of: dt.date | None = None,
    actor: str = "local",
    at: str | None = None,
) -> tuple[Publication, CaseReckoned]:
    """Reckon, write the report into a folder, and enter it in the journal.

    Args:
        case: What to publish.
        out: Folder of the report; made if it is not there.
        release: What is let out; None = what anybody may see.
        as_of: Say what could be said at the end of this day; None = everything.
        actor: Opaque id of who publishes.
        at: RFC 3339 time; None = now.

    Returns:
        What was written, and the reckoning that it shows.
    """
    at = at or now()
    reckoned = reckon_case(case, as_of=as_of, actor=actor, at=at)
    report = write_report(dossier_of(case, reckoned, as_of=as_of), out, release)
    told = report.as_json() | {"figures": [figure.id for figure in reckoned.figures]}
    name = short_id("pub", {"manifest": report.manifest, "at": at})
    case.ledger.append(published(name, told, tool=TOOL), actor=actor, at=at)
    return report, reckoned


def would_publish(
    case: Case, *, release: Release | None = None, as_of: dt.date | None = None
) -> dict[str, object]:
    """Say what a report would hold, and write nothing: neither files nor entries.

    Raises:
        UnknownProfile: There is no such profile.
        NoSuchText, RestrictedText: A whole text is asked for that may not or cannot be shown.
    """
    reckoned = reckon_case(case, as_of=as_of, is_dry=True)
    shown = redact(dossier_of(case, reckoned, as_of=as_of), release)
    return {
        "figures": len(shown.figures),
        "claims": len(shown.claims),
        "sources": len(shown.sources),
        "whole_texts": sorted(release.whole_texts) if release else [],
        "certificates": len(shown.certificates),
        "named_by_words": _named_by_words(shown),
    }


def _named_by_words(shown: Redacted) -> list[str]:
    """Return the claims and statements whose teller no actor list knows: it may be a witness."""
    tellers = [(told.claim.id, told.claim.originator) for told in shown.claims]
    speakers = [(saying.id, saying.speaker) for saying in shown.statements]
    return sorted(id_ for id_, name in (*tellers, *speakers) if name.startswith("x:"))


def dossier_of(case: Case, reckoned: CaseReckoned, *, as_of: dt.date | None = None) -> Dossier:
    """Gather all that a report is made of; the same case gives the same dossier."""
    ground = grounds_of_case(case.folder)
    ids = dict(zip(reckoned.queries, (figure.id for figure in reckoned.figures), strict=True))
    aside = _set_aside(reckoned.issues)
    sources, named = case.ledger.sources(), _named(case)
    return Dossier(
        title=case.settings.title,
        lang=case.settings.lang,
        window=case.settings.window,
        as_of=as_of,
        sources=tuple(
            Preserved(source, case.text_of(source) or None, tuple(named.get(source.id, ())))
            for source in sources
        ),
        claims=tuple(
            told for item in case.ledger.standings() if (told := _told(item, aside)) is not None
        ),
        statements=tuple(case.ledger.statements()),
        lists=_lists(case, ground),
        issues=(*ground.issues, *case.ledger.issues(), *reckoned.issues),
        figures=tuple(figure.as_json() for figure in reckoned.figures),
        headline=tuple(ids[query] for query in reckoned.questions.headline),
        tables=tuple(
            Table(asked.axis, ids[asked.whole], tuple(ids[row] for row in asked.rows))
            for asked in reckoned.questions.tables
        ),
        certificates={proof.id: proof.as_json() for proof in reckoned.certificates},
        estimates=tuple(case.ledger.estimates()),
        places=ground.places,
        actors=ground.actors,
        premises=reckoned.premises,
        made=_last_day(case),
        version=__version__,
    )


def _named(case: Case) -> Mapping[str, list[tuple[int, int]]]:
    """Return where each text names a victim, as it was read."""
    named: dict[str, list[tuple[int, int]]] = {}
    for person in case.ledger.named_in_texts():
        span = person.get("span")
        if isinstance(span, list):
            named.setdefault(str(person["source"]), []).append((int(span[0]), int(span[1])))
    return named


def _lists(case: Case, ground: Grounds) -> frozenset[str]:
    """Return what the lists of people are called: as they stand, and as figures call them."""
    names = {
        entry.list
        for source in case.ledger.listings()
        for entry in case.ledger.entries_of_lists(source)
    }
    return frozenset(names | {ground.actors.resolve(name) or name for name in names})


def _last_day(case: Case) -> dt.date | None:
    """Return the day of the newest decision on the evidence: the report says nothing newer."""
    days = [
        opened.entry.ts[:10]
        for opened in case.ledger.entries()
        if not opened.entry.act.startswith(("number.", "figure.", "reckoning.", "export."))
    ]
    return dt.date.fromisoformat(max(days)) if days else None


def _set_aside(issues: tuple[Issue, ...]) -> Mapping[str, str]:
    return {
        str(issue.where): f"{issue.says} {issue.then}"
        for issue in issues
        if issue.weight == "fault" and isinstance(issue.where, str)
    }


def _told(standing: Standing, aside: Mapping[str, str]) -> Told | None:
    claim = standing.claim or standing.read
    if claim is None:
        return None
    reason = standing.reviews[-1].reason if standing.reviews else ""
    why = aside.get(claim.id, "")
    if standing.claim is None:
        why = reason or "overtaken by a reviewed reading of the same words"
    return Told(
        claim=claim,
        read=standing.read,
        verdict=_VERDICTS.get(standing.state, ""),
        reason=reason,
        set_aside=why,
    )
