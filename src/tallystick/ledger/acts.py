"""Name what may be written into the journal: one function for each deed.

The list of acts is closed: an act that ``fold`` does not know is refused before it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tallystick.errors import Refused
from tallystick.records import Claim, Entry, Issue, LinkVerdict, Review, Source, Statement

__all__ = [
    "Draft",
    "StrayRecord",
    "case_opened",
    "claim_reviewed",
    "custody_taken",
    "estimated",
    "exported",
    "figure_reckoned",
    "incidents_decided",
    "link_decided",
    "list_read",
    "people_linked",
    "published",
    "reckoned",
    "settings_changed",
    "source_added",
    "source_described",
    "source_read",
    "withdrawn",
]

Told = Mapping[str, object]
DECIMAL = "~"


class Tells(Protocol):
    """A record that gives its own JSON object."""

    def as_json(self) -> dict[str, object]: ...


class StrayRecord(Refused):
    """A record of one source was to be kept as the reading of another."""

    code = "stray-record"

    def __init__(self, record: str, source: str) -> None:
        super().__init__(
            f"{record} does not belong to source {source}.",
            then="read the source again, and keep what that reading gives.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Hold what is to be written: the journal adds its place, time, actor and chain.

    Args:
        act: One of the closed list (``ledger.ACTS``).
        obj: Opaque id of what it is done to.
        body: What is said; JSON values, decimals as ``plain`` makes them.
        blobs: SHA-256 of the preserved files it rests on; they are durable already.
        tool: Name and version of what did the work.
        why: A code for the reason.
    """

    act: str
    obj: str
    body: Told = field(default_factory=dict)
    blobs: tuple[str, ...] = ()
    tool: str = ""
    why: str = ""


def case_opened(settings: Told) -> Draft:
    """Write that the case was opened with these settings; the first entry of every journal."""
    return Draft(act="case.open", obj="case", body={"settings": plain(settings)})


def settings_changed(settings: Told, *, blobs: Iterable[str] = ()) -> Draft:
    """Write that these are the settings of the case from now on, and the files they name."""
    told = {"settings": plain(settings)}
    return Draft(act="config.set", obj="case", body=told, blobs=tuple(blobs))


def source_added(source: Source, issues: Iterable[Issue] = (), *, tool: str = "") -> Draft:
    """Write that a source is in the case, with what its bytes and its text dump are."""
    return _of_source("source.add", source, issues, tool)


def source_described(source: Source, issues: Iterable[Issue] = (), *, tool: str = "") -> Draft:
    """Write that more is known of a source; its bytes stay what they were."""
    return _of_source("source.describe", source, issues, tool)


def _of_source(act: str, source: Source, issues: Iterable[Issue], tool: str) -> Draft:
    blobs = (source.sha256, *((source.text.sha256,) if source.text else ()))
    body = {"source": source.as_json(), "issues": _told(issues)}
    return Draft(act=act, obj=source.id, body=body, blobs=tuple(dict.fromkeys(blobs)), tool=tool)


def custody_taken(
    source: str,
    custody: Told,
    blobs: Iterable[str],
    *,
    issues: Iterable[Issue] = (),
    tool: str = "",
) -> Draft:
    """Write that these bytes came in: how, under which name, from what container.

    Args:
        source: Id of the source, or of the container of many (``s-`` and 12 digits likewise).
        custody: What is known of its way here.
        blobs: SHA-256 of the bytes, and of their container.
        issues: What is wrong with it that no source record holds.
        tool: Name and version of what took them in.
    """
    told = {"custody": plain(custody), "issues": _told(issues)}
    return Draft(act="source.custody", obj=source, body=told, blobs=tuple(blobs), tool=tool)


def source_read(
    source: str,
    *,
    method: str,
    claims: Sequence[Claim] = (),
    statements: Sequence[Statement] = (),
    entries: Sequence[Tells | Told] = (),
    issues: Sequence[Issue] = (),
) -> Draft:
    """Write a machine's reading of a source; it takes the place of the reading before it.

    Reviews stay: they are entries of their own and follow the claim's id.

    Raises:
        StrayRecord: A claim or statement of another source.
    """
    told: tuple[Claim | Statement, ...] = (*claims, *statements)
    for item in told:
        if item.source != source:
            raise StrayRecord(item.id, source)
    body = {
        "method": method,
        "claims": _told(claims),
        "statements": _told(statements),
        "entries": _told(entries),
        "issues": _told(issues),
    }
    return Draft(act="source.read", obj=source, body=body, tool=method)


def claim_reviewed(review: Review, seen: Claim | Statement | None) -> Draft:
    """Write a person's decision, with the machine's reading as that person saw it.

    Args:
        review: The decision; its ``claim`` is the id of a claim or a statement.
        seen: What the machine had read; None for an added claim.
    """
    body = {"review": plain(review.as_json()), "seen": seen.as_json() if seen else None}
    return Draft(act="claim.review", obj=review.claim, body=body)


def link_decided(verdict: LinkVerdict) -> Draft:
    """Write whether two entries are one person; the latest verdict on the two holds."""
    body = {"link": plain(verdict.as_json())}
    return Draft(act="link.decide", obj=verdict.id, body=body)


def list_read(
    source: str, *, method: str, mapping: Told, entries: Sequence[Entry], issues: Sequence[Issue]
) -> Draft:
    """Write the rows of a list of victims; they take the place of those read from it before.

    Args:
        source: Id of the source that holds the list.
        method: Name and version of what read it.
        mapping: Field → header, where somebody said which column is which.
        entries: One a row.
        issues: What is odd about the list.
    """
    body = {
        "method": method,
        "mapping": plain(mapping),
        "entries": _told(entries),
        "issues": _told(issues),
    }
    return Draft(act="list.read", obj=source, body=body, tool=method)


def people_linked(
    persons: Iterable[Tells | Told],
    *,
    run: Told,
    tool: str,
    households: Iterable[Tells | Told] = (),
    issues: Iterable[Issue] = (),
    blobs: Iterable[str] = (),
) -> Draft:
    """Write the persons and households that linking gave; they take the place of those before.

    Args:
        persons: All of them, the unnamed among them.
        run: What was linked and how many persons that makes.
        tool: Name and version of the method.
        households: Persons who seem to have died as one family.
        issues: What is odd about the lists together, alarms among it.
        blobs: SHA-256 of the files that hold the draws.
    """
    body = {
        "run": plain(run),
        "persons": _told(persons),
        "households": _told(households),
        "issues": _told(issues),
    }
    return Draft(act="people.link", obj="people", body=body, blobs=tuple(blobs), tool=tool)


def incidents_decided(incidents: Iterable[Tells | Told], *, tool: str = "") -> Draft:
    """Write which claims and persons belong to one event; takes the place of those before."""
    body = {"incidents": _told(incidents)}
    return Draft(act="incident.decide", obj="incidents", body=body, tool=tool)


def figure_reckoned(
    figure: Tells | Told, certificates: Iterable[Tells | Told] = (), *, tool: str = ""
) -> Draft:
    """Write one figure with its certificates; each carries its own ``id``."""
    (told,) = _told([figure])
    assert isinstance(told, dict)
    body = {"figure": told, "certificates": _told(certificates)}
    return Draft(act="figure.add", obj=str(told["id"]), body=body, tool=tool)


def reckoned(asked: Told, figures: Sequence[str], *, tool: str) -> Draft:
    """Write that a reckoning is complete: what was asked, and the ids of its figures in order."""
    body = {"asked": plain(asked), "figures": list(figures)}
    return Draft(act="reckoning.add", obj="reckoning", body=body, tool=tool)


def estimated(
    estimates: Iterable[Tells | Told], *, asked: Told, tool: str, blobs: Iterable[str] = ()
) -> Draft:
    """Write estimates and the table they rest on; they take the place of those before them."""
    body = {"asked": plain(asked), "estimates": _told(estimates)}
    return Draft(act="estimate.add", obj="estimate", body=body, blobs=tuple(blobs), tool=tool)


def published(
    publication: str, told: Tells | Told, *, blobs: Iterable[str] = (), tool: str = ""
) -> Draft:
    """Write that a report went out: its figures, and the digest of each of its files."""
    (report,) = _told([told])
    assert isinstance(report, dict)
    body = {"publication": {**report, "id": publication}}
    return Draft(act="number.publish", obj=publication, body=body, blobs=tuple(blobs), tool=tool)


def withdrawn(publication: str, *, why: str) -> Draft:
    """Write that a report no longer stands."""
    return Draft(act="number.withdraw", obj=publication, body={"withdrawn": True}, why=why)


def exported(export: str, told: Told, *, tool: str = "") -> Draft:
    """Write that records left the case as a file: which profile, and the file's digest."""
    return Draft(act="export.make", obj=export, body={"export": plain(told)}, tool=tool)


def _told(items: Iterable[Tells | Told]) -> list[object]:
    return [plain(item if isinstance(item, Mapping) else item.as_json()) for item in items]


def plain(value: object) -> object:
    """Return a JSON value that the journal can hold: ``0.5`` becomes ``{"~": "0.5"}``.

    RFC 8785 would write decimals by rules of its own; the journal holds none. Sets become sorted
    lists, as every record with one has the same bytes then.
    """
    if isinstance(value, float):
        return {DECIMAL: repr(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def told(value: dict[str, object]) -> object:
    """Return what an object of the journal stood for; the inverse of ``plain`` for decimals."""
    if value.keys() == {DECIMAL}:
        return float(str(value[DECIMAL]))
    return value
