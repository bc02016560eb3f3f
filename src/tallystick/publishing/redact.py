"""Let out only what may be shown: a profile lists the fields that go out, all others stay.

Runs before any page or file is made, on the records themselves, so that what is withheld is in
nothing that is written: no page, no JSON file, no attribute. A field that a record gains later
stays in until a profile names it. Persons and entries of lists have no way out at all; a figure
tells how many are named, never who.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NewType

from tallystick.errors import UnknownTerm
from tallystick.publishing.dossier import Dossier, Preserved, Told
from tallystick.records import Claim, Issue, Source, Span, Statement, short_id

__all__ = ["PROFILES", "Profile", "Redacted", "UnknownProfile", "redact"]

Redacted = NewType("Redacted", Dossier)
"""A dossier in which everything may be shown; only ``redact`` makes one."""


class UnknownProfile(UnknownTerm):
    """A report is asked for under a profile that does not exist."""

    code = "unknown-profile"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is no redaction profile “{name[:40]}”.",
            then=f"use one of {', '.join(sorted(PROFILES))}.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """List the fields that go out; ``restricted_…`` for what comes from a restricted source."""

    source: frozenset[str]
    restricted_source: frozenset[str]
    claim: frozenset[str]
    restricted_claim: frozenset[str]
    statement: frozenset[str]
    figure: frozenset[str]
    certificate: frozenset[str]
    estimate: frozenset[str]


_BARE_SOURCE = frozenset({"id", "media_type", "sha256", "size", "access"})
# What reckoning used, without a word of the source: the proof could not be checked without it.
_BARE_CLAIM = frozenset(
    {
        "id", "source", "published", "kind", "unit", "lo", "hi", "hedge", "polarity", "role",
        "part_of", "supersedes", "retracts", "pins", "whom", "where", "to", "during", "counted",
        "originator", "edition", "by", "standard",
    }
)  # fmt: skip

PROFILES: Mapping[str, Profile] = {
    "public": Profile(
        source=_BARE_SOURCE
        | {"title", "outlet", "url", "published", "retrieved", "lang", "kind", "text"},
        restricted_source=_BARE_SOURCE,
        claim=_BARE_CLAIM
        | {
            "span", "quote", "also", "incident", "category", "place", "date", "attributed_to",
            "via", "actor", "method",
        },
        restricted_claim=_BARE_CLAIM,
        statement=frozenset(
            {
                "id", "source", "published", "span", "quote", "kind", "speaker_words", "speaker",
                "about", "against_words", "against", "due", "method",
            }
        ),
        figure=frozenset(
            {
                "type", "id", "query", "documented", "single", "believed", "corroborated",
                "withstands", "corroborated_k", "withstands_k", "otherwise", "flags", "claimed",
                "highest", "named", "contested", "derived", "method",
            }
        ),
        certificate=frozenset(
            {
                "type", "id", "method", "query", "lo", "value", "premises", "asked", "inside",
                "units", "incidents", "cuts", "tellers", "cover",
            }
        ),
        estimate=frozenset(
            {
                "type", "id", "stratum", "method", "n_observed", "median", "lo", "hi", "assumes",
                "diagnostics", "refused", "seed", "table",
            }
        ),
    )
}  # fmt: skip


def redact(dossier: Dossier, profile: str = "public") -> Redacted:
    """Return the dossier with nothing in it but what the profile lets out.

    Raises:
        UnknownProfile: There is no such profile.
    """
    if profile not in PROFILES:
        raise UnknownProfile(profile)
    return _Redaction(dossier, PROFILES[profile]).result()


class _Redaction:
    """Hold what one redaction needs to know: the profile, the restricted sources, hidden names."""

    def __init__(self, dossier: Dossier, profile: Profile) -> None:
        self.dossier = dossier
        self.profile = profile
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
        return Preserved(_source(kept.source, self.profile.source), kept.text)

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
