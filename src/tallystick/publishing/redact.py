"""Let out only what may be shown: a profile lists the fields that go out, all others stay.

Runs before any page or file is made, on the records themselves, so that what is withheld is in
nothing that is written: no page, no JSON file, no attribute. A field that a record gains later
stays in until a profile names it. Persons and entries of lists have no way out at all; a figure
tells how many are named, never who. Of the text of a source only the passages go out that claims
and statements are pinned to, unless the one who publishes asks for the whole by the source's id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import NewType

from tallystick.errors import NotFound, Refused
from tallystick.publishing.dossier import Dossier, Preserved, Told
from tallystick.publishing.excerpts import Excerpts, excerpts_of, mentions, whole_text
from tallystick.publishing.profiles import Release
from tallystick.publishing.veil import veil_for
from tallystick.records import Claim, Issue, Source, Span, Statement, short_id

__all__ = ["NoSuchText", "Redacted", "RestrictedText", "redact"]

Redacted = NewType("Redacted", Dossier)
"""A dossier in which everything may be shown; only ``redact`` makes one."""

# In a table of these kinds a row may be a person; a tally or statement of an office counts.
_TABLES = ("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_OF_COUNTS = ("tally", "statement")
_CONFIRMED = ("accept", "correct", "add")


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
    """Hold what one redaction needs to know: what goes out, what is cited, which names do not."""

    def __init__(self, dossier: Dossier, release: Release) -> None:
        self.dossier = dossier
        self.profile = release.fields
        self.whole_texts = release.whole_texts
        sources = [kept.source for kept in dossier.sources]
        self.restricted = frozenset(one.id for one in sources if one.access != "public")
        self.of_people = frozenset(one.id for one in sources if _may_list_people(one))
        self.bare = frozenset(told.claim.id for told in dossier.claims if self._is_bare(told))
        self.veil = veil_for(dossier, self.restricted, self.bare)
        self.cited = self._cited()

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
                    for saying in filter(self._may_say, given.statements)
                ),
                issues=tuple(issue for issue in given.issues if self._may_show(issue)),
                figures=tuple(self._figure(told, proofs) for told in given.figures),
                certificates={str(told["id"]): told for told in proofs.values()},
                lists=frozenset(),
                premises={name: self.veil.plain(said) for name, said in given.premises.items()},
                estimates=tuple(self._object(told, profile.estimate) for told in given.estimates),
            )
        )

    def _tells_freely(self, source: str) -> bool:
        """Say whether what a machine read out of a source is shown with its words."""
        asked = source in self.whole_texts
        return source not in self.restricted and (asked or source not in self.of_people)

    def _may_say(self, saying: Statement) -> bool:
        return self._tells_freely(saying.source)

    def _is_bare(self, told: Told) -> bool:
        """Say whether a claim is shown without its words.

        Out of a list of people a machine may read a row for a count; a person has to have said
        that it is one.
        """
        if told.claim.source in self.restricted:
            return True
        return not self._tells_freely(told.claim.source) and told.verdict not in _CONFIRMED

    def _cited(self) -> Mapping[str, list[tuple[int, int]]]:
        """Return the stretches of each text that a claim or statement shown is pinned to."""
        cited: dict[str, list[tuple[int, int]]] = {}
        for claim in (told.claim for told in self.dossier.claims if told.claim.id not in self.bare):
            spans = (claim.span, *claim.also) if claim.span else claim.also
            cited.setdefault(claim.source, []).extend(spans)
        for saying in filter(self._may_say, self.dossier.statements):
            cited.setdefault(saying.source, []).append(saying.span)
        return cited

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
        names = mentions(kept.text, kept.named)
        return excerpts_of(kept.text, cited, bare=kept.source.id in self.of_people, names=names)

    def _told(self, told: Told) -> Told:
        if told.claim.id in self.bare:
            bare = self._claim(told.claim, self.profile.restricted_claim)
            if told.claim.source in self.restricted:
                return Told(claim=bare, verdict=told.verdict)
            return replace(told, claim=bare, read=None)
        claim = self._claim(told.claim, self.profile.claim)
        read = self._claim(told.read, self.profile.claim) if told.read else None
        if read is not None:
            # Where a reviewer chose other words, those that the machine took are no longer cited.
            read = replace(read, quote=claim.quote, span=claim.span, also=claim.also)
        return replace(told, claim=claim, read=read)

    def _claim(self, claim: Claim, fields: frozenset[str]) -> Claim:
        return Claim.from_json(self._object(claim.as_json(), fields))

    def _may_show(self, issue: Issue) -> bool:
        """Show an issue only where it points into something that is shown itself."""
        shown = {k.source.id for k in self.dossier.sources if self._tells_freely(k.source.id)}
        if isinstance(issue.where, Span):
            return issue.where.source in shown
        claims = {told.claim.id for told in self.dossier.claims}
        return issue.where in shown | (claims - self.bare)

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
        return self.veil.over(_allowed(told, fields))


def _allowed(told: Mapping[str, object], fields: frozenset[str]) -> dict[str, object]:
    return {name: value for name, value in told.items() if name in fields}


def _source(source: Source, fields: frozenset[str]) -> Source:
    return Source.from_json(_allowed(source.as_json(), fields))


def _statement(saying: Statement, fields: frozenset[str]) -> Statement:
    return Statement(
        **{name: getattr(saying, name) for name in Statement.__slots__ if name in fields}
    )


def _may_list_people(source: Source) -> bool:
    """Say whether what stands around a cell may be people: a list, or a table of unknown kind."""
    is_table = source.media_type in _TABLES and source.kind not in _OF_COUNTS
    return source.kind == "list" or is_table
