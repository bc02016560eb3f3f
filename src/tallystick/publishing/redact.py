"""Let out only what may be shown: a profile lists the fields that go out, all others stay.

Runs before any page or file is made, on the records themselves, so that what is withheld is in
nothing that is written: no page, no JSON file, no attribute. A field that a record gains later
stays in until a profile names it. Persons and entries of lists have no way out at all; a figure
tells how many are named, never who. Of the text of a source only the passages go out that claims
and statements are pinned to, unless the one who publishes asks for the whole by the source's id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NewType

from tallystick.errors import NotFound, Refused
from tallystick.publishing.dossier import Dossier, Preserved, Told
from tallystick.publishing.excerpts import Excerpts, excerpts_of, whole_text
from tallystick.publishing.profiles import Release
from tallystick.records import Claim, Issue, Source, Span, Statement, short_id

__all__ = ["NoSuchText", "Redacted", "RestrictedText", "redact"]

Redacted = NewType("Redacted", Dossier)
"""A dossier in which everything may be shown; only ``redact`` makes one."""

# In a table of these kinds a row may be a person; a tally or statement of an office counts.
_TABLES = ("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_OF_COUNTS = ("tally", "statement")


class NoSuchText(NotFound):
    """The whole text of a source is asked for, and the report has no such source or no text."""

    code = "no-such-text"

    def __init__(self, id_: str) -> None:
        super().__init__(
            f"The report has no source {id_[:40]} with a text that could be shown whole.",
            then="name a source by its id, s-…, as the report lists it.",
        )


class RestrictedText(Refused):
    """The whole text of a restricted source is asked for."""

    code = "restricted-text"

    def __init__(self, id_: str) -> None:
        super().__init__(
            f"The source {id_[:40]} is restricted; its text never leaves the case.",
            then="leave it out of what is to be shown whole.",
        )


def redact(dossier: Dossier, release: Release | None = None) -> Redacted:
    """Return the dossier with nothing in it but what the one who publishes lets out.

    Raises:
        UnknownProfile: There is no such profile.
        NoSuchText: A whole text is asked for that the dossier does not hold.
        RestrictedText: A whole text is asked for that is restricted.
    """
    release = release or Release()
    _check_may_be_whole(dossier.sources, release.whole_texts)
    return _Redaction(dossier, release).result()


def _check_may_be_whole(sources: Iterable[Preserved], asked: Collection[str]) -> None:
    known = {kept.source.id: kept for kept in sources}
    for id_ in sorted(asked):
        if id_ in known and known[id_].source.access != "public":
            raise RestrictedText(id_)
        if id_ not in known or known[id_].text is None:
            raise NoSuchText(id_)


class _Redaction:
    """Hold what one redaction needs to know: the profile, the restricted sources, hidden names."""

    def __init__(self, dossier: Dossier, release: Release) -> None:
        self.dossier = dossier
        self.profile = release.fields
        self.whole_texts = release.whole_texts
        self.cited = _cited(dossier)
        self.restricted = frozenset(
            kept.source.id for kept in dossier.sources if kept.source.access != "public"
        )
        self.hidden = _hidden_names(dossier.claims, self.restricted)
        self.incidents = _hidden_incidents(dossier.claims, self.restricted)

    def result(self) -> Redacted:
        given, profile = self.dossier, self.profile
        proofs = {id_: self._proof(told) for id_, told in given.certificates.items()}
        return Redacted(
            replace(
                given,
                sources=tuple(self._preserved(kept) for kept in given.sources),
                claims=tuple(self._told(told) for told in given.claims),
                statements=tuple(
                    _statement(saying, profile.statement)
                    for saying in given.statements
                    if saying.source not in self.restricted
                ),
                issues=tuple(issue for issue in given.issues if self._may_show(issue)),
                figures=tuple(self._figure(told, proofs) for told in given.figures),
                certificates={str(told["id"]): told for told in proofs.values()},
                estimates=tuple(self._object(told, profile.estimate) for told in given.estimates),
            )
        )

    def _preserved(self, kept: Preserved) -> Preserved:
        if kept.source.id in self.restricted:
            return Preserved(_source(kept.source, self.profile.restricted_source))
        return Preserved(_source(kept.source, self.profile.source), shown=self._shown(kept))

    def _shown(self, kept: Preserved) -> Excerpts | None:
        if kept.text is None:
            return None
        if kept.source.id in self.whole_texts:
            return whole_text(kept.text)
        cited = self.cited.get(kept.source.id, ())
        return excerpts_of(kept.text, cited, bare=_may_list_people(kept.source))

    def _told(self, told: Told) -> Told:
        if told.claim.source in self.restricted:
            bare = self._claim(told.claim, self.profile.restricted_claim)
            return Told(claim=bare, verdict=told.verdict)
        read = self._claim(told.read, self.profile.claim) if told.read else None
        return replace(told, claim=self._claim(told.claim, self.profile.claim), read=read)

    def _claim(self, claim: Claim, fields: frozenset[str]) -> Claim:
        shown = _allowed(claim.as_json(), fields)
        told = self._renamed(shown)
        assert isinstance(told, Mapping), "renaming keeps an object an object"
        return Claim.from_json(told)

    def _may_show(self, issue: Issue) -> bool:
        """Show an issue only where it points into something that is shown itself."""
        shown = {kept.source.id for kept in self.dossier.sources} - self.restricted
        if isinstance(issue.where, Span):
            return issue.where.source in shown
        claims = {
            told.claim.id
            for told in self.dossier.claims
            if told.claim.source not in self.restricted
        }
        return issue.where in shown | claims

    def _proof(self, told: Mapping[str, object]) -> Mapping[str, object]:
        """Return a certificate under the id of its words; names that change make another id."""
        shown = self._object(told, self.profile.certificate)
        body = {name: value for name, value in shown.items() if name not in ("type", "id")}
        return {**shown, "id": short_id("p", body)}

    def _figure(
        self, told: Mapping[str, object], proofs: Mapping[str, Mapping[str, object]]
    ) -> Mapping[str, object]:
        shown = self._object(told, self.profile.figure)
        documented = shown.get("documented")
        if not isinstance(documented, Mapping):
            return shown
        id_ = str(documented.get("certificate"))
        proof = proofs[id_]["id"] if id_ in proofs else documented.get("certificate")
        return {**shown, "documented": {**documented, "certificate": proof}}

    def _object(self, told: Mapping[str, object], fields: frozenset[str]) -> Mapping[str, object]:
        renamed = self._renamed(_allowed(told, fields))
        assert isinstance(renamed, Mapping), "renaming keeps an object an object"
        return renamed

    def _renamed(self, value: object, *, is_incident: bool = False) -> object:
        """Put numbers for the names, and for the incident labels, of restricted sources."""
        if isinstance(value, str):
            if is_incident and value in self.incidents:
                return self.incidents[value]
            for name, number in self.hidden.items():
                value = value.replace(name, number)
            for label, number in self.incidents.items():
                value = value.replace(f" #{label} ", f" #{number} ")  # in the name of a match cell
            return value
        if isinstance(value, Mapping):
            return {
                str(self._renamed(key, is_incident=is_incident)): self._renamed(
                    item, is_incident=is_incident or self._is_its_incident(str(key))
                )
                for key, item in value.items()
            }
        if isinstance(value, list | tuple):
            return [self._renamed(item, is_incident=is_incident) for item in value]
        return value

    def _is_its_incident(self, key: str) -> bool:
        """Say whether a key holds labels of reviewers, or of a restricted source."""
        dimension, _, source = key.partition(" ")
        return key in ("incident", "incidents") or (
            dimension == "incident" and source in self.restricted
        )


def _allowed(told: Mapping[str, object], fields: frozenset[str]) -> dict[str, object]:
    return {name: value for name, value in told.items() if name in fields}


def _source(source: Source, fields: frozenset[str]) -> Source:
    return Source.from_json(_allowed(source.as_json(), fields))


def _statement(saying: Statement, fields: frozenset[str]) -> Statement:
    return Statement(
        **{name: getattr(saying, name) for name in Statement.__slots__ if name in fields}
    )


def _cited(dossier: Dossier) -> Mapping[str, list[tuple[int, int]]]:
    """Return the stretches of each source's text that a claim or statement is pinned to."""
    cited: dict[str, list[tuple[int, int]]] = {}
    for source, span in _pins(dossier):
        cited.setdefault(source, []).append(span)
    return cited


def _pins(dossier: Dossier) -> Iterator[tuple[str, tuple[int, int]]]:
    for told in dossier.claims:
        if told.claim.span:
            yield told.claim.source, told.claim.span
        yield from ((told.claim.source, again) for again in told.claim.also)
    yield from ((saying.source, saying.span) for saying in dossier.statements)


def _may_list_people(source: Source) -> bool:
    """Say whether what stands around a cell may be people: a list, or a table of unknown kind."""
    is_table = source.media_type in _TABLES and source.kind not in _OF_COUNTS
    return source.kind == "list" or is_table


def _hidden_names(told: Iterable[Told], restricted: frozenset[str]) -> Mapping[str, str]:
    """Give a number to each name that only restricted sources have told.

    An id such as ``x:…`` or ``anon:…`` is made from the words of a source; the words of a
    restricted source must not come out by way of it.
    """
    by_access: dict[bool, set[str]] = {True: set(), False: set()}
    for one in told:
        is_restricted = one.claim.source in restricted
        for claim in filter(None, (one.claim, one.read)):
            names = (claim.originator, claim.by or "", claim.via, *claim.where, *claim.to)
            by_access[is_restricted].update(name for name in names if name.startswith("x:"))
    only = sorted(by_access[True] - by_access[False], key=lambda name: (-len(name), name))
    return {name: f"withheld-{number}" for number, name in enumerate(only, start=1)}


def _hidden_incidents(told: Iterable[Told], restricted: frozenset[str]) -> Mapping[str, str]:
    """Give a number to each label of an incident that a restricted source tells apart."""
    labels = {
        claim.incident
        for one in told
        if one.claim.source in restricted
        for claim in filter(None, (one.claim, one.read))
        if claim.incident
    }
    return {label: f"incident-{number}" for number, label in enumerate(sorted(labels), start=1)}
